/* test_csv.c - csv against cases, against a naive twin, and round.
 *
 * A whole reading is turned into a text ("1: [a][b]", "2: fault 2 -1",
 * "end"), so that a case is two strings. The twin goes byte by byte with a
 * state and knows nothing of blocks, chunks and memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/csv.h"
#include "base/csv_marks.h"
#include "base/random.h"
#include "base/utf8.h"

static void
tell_field(struct buf *log, const char *data, size_t n)
{
    buf_byte(log, '[');
    buf_add(log, data, n);
    buf_byte(log, ']');
}

static void
tell_fault(struct buf *log, int fault, int field)
{
    buf_printf(log, "fault %d %d", fault, field);
}

/* All that R gives, as text, and closes it. */
static void
read_all(struct csv_reader *r, struct buf *log)
{
    struct csv_row row;
    enum csv_result result;

    do {
        result = csv_next(r, &row);
        if (result == CSV_END) {
            buf_text(log, "end\n");
            assert_int_equal(csv_next(r, &row), CSV_END);
            break;
        }
        buf_printf(log, "%ld: ", row.line);
        if (result == CSV_ROW) {
            assert_int_equal(row.fault, CSV_OK);
            assert_int_equal(row.fault_field, CSV_NO_FIELD);
            for (size_t i = 0; i < row.fields; i++)
                tell_field(log, csv_cell(&row, i).data,
                           csv_cell(&row, i).len);
        } else if (result == CSV_FAULT) {
            assert_int_equal(row.fields, 0);
            tell_fault(log, (int)row.fault, row.fault_field);
        } else {
            buf_printf(log, "error %d", row.error);
            assert_int_equal(csv_next(r, &row), CSV_ERROR);
        }
        buf_byte(log, '\n');
    } while (result != CSV_ERROR);
    csv_close(r);
}

/* The same, naively; ROW_MAX is not looked at. */

struct twin {
    const char *data;
    size_t n, at;
    char separator;
};

static char
twin_separator(const char *data, size_t n)
{
    int more_commas = 0;
    int inside = 0;

    for (size_t i = 0; i < n; i++) {
        if (data[i] == '"')
            inside = !inside;
        if (!inside && data[i] == '\n')
            break;
        if (!inside && data[i] == ',')
            more_commas++;
        if (!inside && data[i] == ';')
            more_commas--;
    }
    return more_commas > 0 ? ',' : ';';
}

static int
twin_bad_text(const struct buf *fields, size_t from)
{
    return !utf8_valid(buf_string(fields) + from, fields->len - from, NULL);
}

enum state { BEGIN, PLAIN, QUOTED, CLOSED, AFTER };

/* Reads one row into FIELDS (each ends with '\x1E'); a fault is told in
 * *FAULT. Returns the number of line feeds. */
static long
twin_row(struct twin *t, struct buf *fields, int *fault, int *fault_field,
         size_t *len)
{
    enum state state = BEGIN;
    size_t begin = t->at, field_at = 0;
    int count = 0, bad_field = -1;
    long lines = 0;

    *fault = CSV_OK;
    *fault_field = -1;
    for (;;) {
        int end = t->at == t->n;
        char c = end ? 0 : t->data[t->at];
        int crlf = !end && c == '\r' && t->at + 1 < t->n &&
                   t->data[t->at + 1] == '\n' && state != QUOTED;
        int wrong = CSV_OK;

        if (end || crlf || (c == '\n' && state != QUOTED)) {
            if (state == QUOTED && *fault == CSV_OK) {
                *fault = CSV_QUOTE_OPEN;
                *fault_field = count;
            }
            *len = t->at - begin;
            t->at += end ? 0 : crlf ? 2 : 1;
            if (bad_field < 0 && twin_bad_text(fields, field_at))
                bad_field = count;
            buf_byte(fields, '\x1E');
            lines += !end;
            break;
        }
        t->at++;
        if (c == '\n')
            lines++;
        if (c == t->separator && state != QUOTED) {
            if (bad_field < 0 && twin_bad_text(fields, field_at))
                bad_field = count;
            buf_byte(fields, '\x1E');
            field_at = fields->len;
            count++;
            state = BEGIN;
            continue;
        }
        if (c == '"') {
            switch (state) {
            case BEGIN:
                state = QUOTED;
                continue;
            case QUOTED:
                state = CLOSED;
                continue;
            case CLOSED:
                state = QUOTED;
                break;
            case PLAIN:
                wrong = CSV_QUOTE_INSIDE;
                break;
            case AFTER:
                wrong = CSV_QUOTE_AFTER;
                break;
            }
        } else {
            if (c == '\r' && state != QUOTED)
                wrong = CSV_CR;
            else if (c == 0)
                wrong = CSV_NUL;
            else if (state == CLOSED)
                wrong = CSV_QUOTE_AFTER;
            if (state == BEGIN)
                state = PLAIN;
            if (state == CLOSED)
                state = AFTER;
        }
        if (wrong != CSV_OK && *fault == CSV_OK) {
            *fault = wrong;
            *fault_field = count;
        }
        buf_byte(fields, c);
    }
    if (*len == 0) {
        *fault = CSV_ROW_EMPTY;
        *fault_field = -1;
    } else if (*fault == CSV_OK && count + 1 > CSV_FIELDS_MAX) {
        *fault = CSV_ROW_FIELDS;
    } else if (*fault == CSV_OK && bad_field >= 0) {
        *fault = CSV_UTF8;
        *fault_field = bad_field;
    }
    return lines;
}

static void
twin_all(const char *data, size_t n, struct buf *log)
{
    struct twin t = { .data = data, .n = n };
    struct buf fields;
    long line = 1;

    buf_init(&fields, 0);
    if (n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        t.at = 3;
    t.separator = twin_separator(data + t.at, n - t.at);
    while (t.at < t.n) {
        int fault, field;
        size_t len;
        long lines;

        buf_reset(&fields);
        lines = twin_row(&t, &fields, &fault, &field, &len);
        buf_printf(log, "%ld: ", line);
        line += lines;
        if (fault != CSV_OK) {
            tell_fault(log, fault, field);
        } else {
            const char *p = fields.data, *end = p + fields.len;

            while (p < end) {
                const char *stop = memchr(p, '\x1E', (size_t)(end - p));

                tell_field(log, p, (size_t)(stop - p));
                p = stop + 1;
            }
        }
        buf_byte(log, '\n');
    }
    buf_text(log, "end\n");
    buf_clear(&fields);
}

#define TEXT(s) s, sizeof s - 1

static const struct {
    const char *in;
    size_t n;
    const char *out;
} CASES[] = {
    { TEXT(""), "end\n" },
    { TEXT("\xEF\xBB\xBF"), "end\n" },
    { TEXT("a;b\n1;2\n"), "1: [a][b]\n2: [1][2]\nend\n" },
    { TEXT("a;b\r\n1;2"), "1: [a][b]\n2: [1][2]\nend\n" },
    { TEXT("\xEF\xBB\xBF" "a,b\n1;x,2\n"), "1: [a][b]\n2: [1;x][2]\nend\n" },
    { TEXT("a\n1;2\n"), "1: [a]\n2: [1][2]\nend\n" },
    { TEXT("a,b;c\n"), "1: [a,b][c]\nend\n" },
    { TEXT("\";;;\",b\n"), "1: [;;;][b]\nend\n" },
    { TEXT("\"a\nx,,,\";b\n1;2\n"), "1: [a\nx,,,][b]\n3: [1][2]\nend\n" },
    { TEXT(";\n;"), "1: [][]\n2: [][]\nend\n" },
    { TEXT("\"\"\n"), "1: []\nend\n" },
    { TEXT("\"\""), "1: []\nend\n" },
    { TEXT("\"\"\"\";\"a\"\"b\"\"\"\"c\"\r\n"), "1: [\"][a\"b\"\"c]\nend\n" },
    { TEXT("\"a\r\nb\rc\";\"\"\"\r\n\"\"\"\n2;\n"),
      "1: [a\r\nb\rc][\"\r\n\"]\n4: [2][]\nend\n" },
    { TEXT(" a ;\t\n"), "1: [ a ][\t]\nend\n" },
    { TEXT(" \"a\";b\n1;2\n"), "1: fault 4 0\n2: [1][2]\nend\n" },
    { TEXT("a\n\nb\n"), "1: [a]\n2: fault 2 -1\n3: [b]\nend\n" },
    { TEXT("\na\n"), "1: fault 2 -1\n2: [a]\nend\n" },
    { TEXT("a\r\n\r\n"), "1: [a]\n2: fault 2 -1\nend\n" },
    { TEXT("a;b\"c\"\n1;2\n"), "1: fault 4 1\n2: [1][2]\nend\n" },
    { TEXT("a;\"b\"c;\"\n\"\n1;2\n"), "1: fault 5 1\n3: [1][2]\nend\n" },
    { TEXT("a;\"b\" \r\n1;2\n"), "1: fault 5 1\n2: [1][2]\nend\n" },
    { TEXT("a;\"b \"c\" d\";e\n1;2\n"), "1: fault 5 1\n2: [1][2]\nend\n" },
    { TEXT("a\n1;\"b\n\n"), "1: [a]\n2: fault 6 1\nend\n" },
    { TEXT("\""), "1: fault 6 0\nend\n" },
    { TEXT("a;\"b\"\""), "1: fault 6 1\nend\n" },
    { TEXT("a\rb\nc\n"), "1: fault 7 0\n2: [c]\nend\n" },
    { TEXT("a;b\r"), "1: fault 7 1\nend\n" },
    { TEXT("\r"), "1: fault 7 0\nend\n" },
    { TEXT("a\r\r\nb"), "1: fault 7 0\n2: [b]\nend\n" },
    { TEXT("a;\"b\"\rx\n"), "1: fault 7 1\nend\n" },
    { TEXT("a;b\0c\nd"), "1: fault 8 1\n2: [d]\nend\n" },
    { TEXT("a;\"b\0\"\n"), "1: fault 8 1\nend\n" },
    { TEXT("a;b\xC3;c\nd"), "1: fault 9 1\n2: [d]\nend\n" },
    { TEXT("a;\"\"\"\xFF\";c\n"), "1: fault 9 1\nend\n" },
    { TEXT("a;b\n\xED\xA0\x80;\n"), "1: [a][b]\n2: fault 9 0\nend\n" },
    { TEXT("\xC3\xA6;\xE2\x80\xA6\n"), "1: [\xC3\xA6][\xE2\x80\xA6]\nend\n" },
};

static void
test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buf log, twin;

        buf_init(&log, 0);
        buf_init(&twin, 0);
        read_all(csv_open_memory(CASES[i].in, CASES[i].n), &log);
        twin_all(CASES[i].in, CASES[i].n, &twin);
        assert_string_equal(buf_string(&log), CASES[i].out);
        assert_string_equal(buf_string(&twin), CASES[i].out);
        buf_clear(&log);
        buf_clear(&twin);
    }
}

/* Pieces that meet in every order and at every place in a block. */
static const char *const PIECES[] = {
    "a", "a", "bc", "def", ";", ";", ";", ",", ",", "\"", "\"", "\"\"",
    ";\"", "\";", "\n", "\n", "\r\n", "\r", "\t", "\xC3\xA5", "\xE2\x80\xA6",
    "\xFF", "\"\n\"", ";\"x\";", "0123456789012345678901234567890123456789"
};

static void
fill_random(const struct random *r, struct buf *b, size_t size, bool clean)
{
    size_t many = sizeof PIECES / sizeof *PIECES;

    buf_reset(b);
    if (random_below(r, 8) == 0)
        buf_text(b, "\xEF\xBB\xBF");
    while (b->len < size) {
        uint32_t pick = random_below(r, (uint32_t)many);

        /* mostly rows without quotes, else all would be faults */
        if (clean && strchr(PIECES[pick], '"') != NULL &&
            random_below(r, 20) != 0)
            continue;
        if (random_below(r, 400) == 0)
            buf_byte(b, 0);
        buf_text(b, PIECES[pick]);
    }
}

static void
compare(const struct buf *b)
{
    struct buf log, twin;

    buf_init(&log, 0);
    buf_init(&twin, 0);
    read_all(csv_open_memory(b->data, b->len), &log);
    twin_all(b->data, b->len, &twin);
    assert_int_equal(log.len, twin.len);
    assert_memory_equal(log.data, twin.data, log.len);
    buf_clear(&log);
    buf_clear(&twin);
}

static void
test_random(void **state)
{
    struct random_state seed;
    struct random r = random_seeded(&seed, 1);
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (int i = 0; i < 20000; i++) {
        fill_random(&r, &b, 1 + random_below(&r, 200), i % 2);
        compare(&b);
    }
    for (int i = 0; i < 4; i++) {       /* several chunks */
        fill_random(&r, &b, 2500000 + random_below(&r, 70), true);
        compare(&b);
    }
    buf_clear(&b);
}

/* Every byte of a row once at the end of what is in memory. */
static void
test_chunk_ends(void **state)
{
    static const char row[] = "\"a\"\"b\nc\";\xC3\xA5;d\r\n";
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (size_t shift = 0; shift < sizeof row - 1; shift++) {
        buf_reset(&b);
        for (size_t i = 0; i <= shift; i++)
            buf_byte(&b, 'x');
        buf_byte(&b, '\n');
        while (b.len < 1600000)
            buf_add(&b, row, sizeof row - 1);
        compare(&b);
    }
    buf_clear(&b);
}

static void
test_round_trip(void **state)
{
    static const char *const parts[] = {
        "a", ";", ",", "\"", "\n", "\r", "\r\n", " ", "\xC3\xB8", "=1+1",
        "\t", "unknown"
    };
    struct random_state seed;
    struct random r = random_seeded(&seed, 2);
    struct buf out, want, got;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct csv_writer w;
        uint32_t rows = random_below(&r, 5), fields;
        long line = 1;

        buf_init(&out, 0);
        buf_init(&want, 0);
        buf_init(&got, 0);
        csv_writer_init(&w, &out, i % 2 ? ';' : ',');
        /* a header with more separators of the right kind, as ours have */
        csv_field_text(&w, "x");
        csv_field_text(&w, "y");
        csv_end_row(&w);
        buf_text(&want, "1: [x][y]\n");
        for (uint32_t row = 0; row < rows; row++) {
            line++;
            buf_printf(&want, "%ld: ", line);
            fields = 1 + random_below(&r, 4);
            for (uint32_t f = 0; f < fields; f++) {
                struct buf text;

                buf_init(&text, 0);
                for (uint32_t n = random_below(&r, 4); n > 0; n--)
                    buf_text(&text, parts[random_below(
                        &r, sizeof parts / sizeof *parts)]);
                csv_field(&w, buf_string(&text), text.len);
                tell_field(&want, buf_string(&text), text.len);
                for (size_t k = 0; k < text.len; k++)
                    line += text.data[k] == '\n';
                buf_clear(&text);
            }
            csv_end_row(&w);
            buf_byte(&want, '\n');
        }
        buf_text(&want, "end\n");
        read_all(csv_open_memory(out.data, out.len), &got);
        assert_string_equal(buf_string(&got), buf_string(&want));
        buf_clear(&out);
        buf_clear(&want);
        buf_clear(&got);
    }
}

static void
test_writer(void **state)
{
    struct buf out;
    struct csv_writer w;

    (void)state;
    buf_init(&out, 0);
    csv_writer_init(&w, &out, ';');
    csv_field_text(&w, "");
    csv_end_row(&w);
    csv_field_text(&w, "");
    csv_field_int(&w, -12);
    csv_field_text(&w, "a,b");
    csv_field_text(&w, "\"");
    csv_field_text(&w, "a b");
    csv_field(&w, NULL, 0);
    csv_end_row(&w);
    csv_field_int(&w, 0);
    csv_end_row(&w);
    csv_field_text(&w, "\xEF\xBB\xBFx");
    csv_end_row(&w);
    assert_string_equal(buf_string(&out),
                        "\"\"\n;-12;\"a,b\";\"\"\"\";a b;\n0\n"
                        "\"\xEF\xBB\xBFx\"\n");
    buf_clear(&out);
}

static void
test_separator(void **state)
{
    static const struct { const char *in; char separator; } cases[] = {
        { "", ';' }, { "a", ';' }, { "a,b", ',' }, { "a;b", ';' },
        { "a,b;c", ';' }, { "a,b,c;d", ',' }, { "\"a;;;\",b", ',' },
        { "a\nb,c", ';' }
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv_reader *r = csv_open_memory(cases[i].in,
                                               strlen(cases[i].in));
        struct csv_row row;

        assert_true(csv_next(r, &row) != CSV_ERROR);
        assert_int_equal(csv_separator(r), cases[i].separator);
        csv_close(r);
    }
    csv_close(NULL);
}

/* LEN bytes of a row, by KIND, between two short ones. */
static void
try_length(size_t len, char kind, const char *line_end, const char *want)
{
    struct buf b, log;
    struct csv_reader *r;
    struct csv_row row;

    buf_init(&b, 0);
    buf_init(&log, 0);
    buf_text(&b, "a;b\n");
    if (kind == '"') {
        buf_byte(&b, '"');
        for (size_t i = 0; i < len - 2; i++)
            buf_byte(&b, i % 3 == 0 ? '\n' : ';');
        buf_byte(&b, '"');
    } else {
        for (size_t i = 0; i < len; i++)
            buf_byte(&b, kind);
    }
    buf_text(&b, line_end);
    buf_text(&b, "c;d\n");
    r = csv_open_memory(b.data, b.len);
    assert_int_equal(csv_next(r, &row), CSV_ROW);
    for (;;) {
        enum csv_result result = csv_next(r, &row);

        if (result == CSV_END)
            break;
        if (result == CSV_ROW)
            buf_printf(&log, "row %zu ", row.fields);
        else
            buf_printf(&log, "fault %d %d ", (int)row.fault,
                       row.fault_field);
    }
    assert_string_equal(buf_string(&log), want);
    csv_close(r);
    buf_clear(&b);
    buf_clear(&log);
}

static void
test_length(void **state)
{
    (void)state;
    try_length(CSV_ROW_MAX, 'x', "\n", "row 1 row 2 ");
    try_length(CSV_ROW_MAX, 'x', "\r\n", "row 1 row 2 ");
    try_length(CSV_ROW_MAX, '"', "\r\n", "row 1 row 2 ");
    try_length(CSV_ROW_MAX + 1, 'x', "\n", "fault 1 -1 ");
    try_length(CSV_ROW_MAX + 1, 'x', "\r\n", "fault 1 -1 ");
    try_length(CSV_ROW_MAX + 1, '"', "\n", "fault 1 -1 ");
    try_length(CSV_ROW_MAX * 3, '"', "\n", "fault 1 -1 ");
    try_length(CSV_ROW_MAX * 3, ';', "\n", "fault 1 -1 ");
    try_length(CSV_FIELDS_MAX - 1, ';', "\n", "row 1024 row 2 ");
    try_length(CSV_FIELDS_MAX, ';', "\n", "fault 3 -1 row 2 ");
    try_length(CSV_ROW_MAX, ';', "\n", "fault 3 -1 row 2 ");
}

static void
test_endless(void **state)
{
    int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    struct buf log;

    (void)state;
    assert_true(fd >= 0);
    buf_init(&log, 0);
    read_all(csv_open(fd), &log);
    assert_string_equal(buf_string(&log), "1: fault 1 -1\nend\n");
    buf_clear(&log);
    close(fd);
}

static void
test_read_error(void **state)
{
    int fd = open("/", O_RDONLY | O_CLOEXEC);
    struct buf log;
    char want[32];

    (void)state;
    buf_init(&log, 0);
    read_all(csv_open(fd), &log);
    snprintf(want, sizeof want, "1: error %d\n", EISDIR);
    assert_string_equal(buf_string(&log), want);
    buf_clear(&log);
    close(fd);
}

static void
test_pipe(void **state)
{
    int fd[2];
    struct buf log;

    (void)state;
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], "a;b\n1;", 6), 6);
    assert_int_equal(write(fd[1], "\"2\n\"", 4), 4);
    close(fd[1]);
    buf_init(&log, 0);
    read_all(csv_open(fd[0]), &log);
    assert_string_equal(buf_string(&log), "1: [a][b]\n2: [1][2\n]\nend\n");
    buf_clear(&log);
    close(fd[0]);
}

/* A mark by mark twin of the kernels, at every place of a block. */
static void
test_marks(void **state)
{
    static const char bytes[] = "a;,\"\n\r\0\t\x0E\x7F\x80\x8D\xA2\xFF";
    struct random_state seed;
    struct random random = random_seeded(&seed, 3);
    char block[CSV_BLOCK];

    (void)state;
    for (int n = 0; n < 20000; n++) {
        char separator = n % 2 == 0 ? ';' : ',';
        struct csv_marks want = { 0, 0, 0 };
        const struct csv_marks_kernel *const *k = csv_marks_list;

        for (int i = 0; i < CSV_BLOCK; i++) {
            unsigned char c = n < 256 ? (unsigned char)(n + i)
                            : (unsigned char)bytes[random_below(
                                  &random, sizeof bytes - 1)];
            uint64_t bit = UINT64_C(1) << i;

            block[i] = (char)c;
            want.separator |= block[i] == separator ? bit : 0;
            want.other |= c == '"' || c <= '\r' ? bit : 0;
            want.high |= c >= 0x80;
        }
        for (; *k != NULL; k++) {
            struct csv_marks m;

            if (!(*k)->runs_here())
                continue;
            m = (*k)->find(block, separator);
            assert_true(m.separator == want.separator);
            assert_true(m.other == want.other);
            assert_int_equal(m.high != 0, want.high != 0);
        }
    }
}

/* Text of N bytes, a mark that ends it, and anything behind. */
static void
fill_plain(const struct random *r, char *text, size_t n, char separator)
{
    static const char within[] = "a0,;;;;\x7F\xFF";
    static const char others[] = "\n\r\"\t";
    uint32_t many = 1 + random_below(r, sizeof within - 1);
    bool blank = random_below(r, 4) == 0;

    for (size_t i = 0; i < n + CSV_BLOCK; i++)
        text[i] = blank && i < n ? separator
                                 : within[random_below(r, many)];
    text[n] = others[random_below(r, sizeof others)];
}

static void
compare_plain(const struct csv_marks_kernel *k, const char *text, size_t n,
              char separator, size_t room)
{
    enum { GUARD = 0x55AA55AA };
    static uint32_t start[600 + CSV_BLOCK + 2];
    struct csv_plain p;
    size_t fields = 0;
    bool high = false;

    assert_true(room + CSV_BLOCK + 1 < sizeof start / sizeof *start);
    start[0] = start[room + CSV_BLOCK + 1] = GUARD;
    p = k->plain(text, separator, start, room);
    assert_int_equal(start[0], GUARD);
    assert_int_equal(start[room + CSV_BLOCK + 1], GUARD);
    for (size_t i = 0; i < n; i++) {
        high |= (unsigned char)text[i] >= 0x80;
        if (text[i] == separator && ++fields <= p.fields)
            assert_int_equal(start[fields], i + 1);
    }
    assert_true(p.fields == fields
                || (p.fields > room && p.fields < fields));
    if (fields <= room) {
        assert_ptr_equal(p.stop, text + n);
        assert_true(p.high != 0 || !high);
    }
}

/* A row at a time, of every length, by every kernel that runs here. */
static void
test_plain(void **state)
{
    struct random_state seed;
    struct random r = random_seeded(&seed, 4);
    static char text[600 + 2 * CSV_BLOCK];

    (void)state;
    for (size_t n = 0; n < 6000; n++) {
        char separator = random_below(&r, 2) ? ';' : ',';

        fill_plain(&r, text, n % 600, separator);
        for (int k = 0; csv_marks_list[k] != NULL; k++)
            if (csv_marks_list[k]->runs_here()) {
                compare_plain(csv_marks_list[k], text, n % 600, separator,
                              600);
                compare_plain(csv_marks_list[k], text, n % 600, separator,
                              random_below(&r, 200));
            }
    }
}

/* All of it with the best kernel and the portable one, which is the last; in
 * part with those between. */
int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_separator),
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_endless),
        cmocka_unit_test(test_read_error),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_chunk_ends),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_plain),
    };
    const struct CMUnitTest part[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_random),
    };
    int failed = 0;
    bool best = true;

    for (int i = 0; csv_marks_list[i] != NULL; i++) {
        if (!csv_marks_list[i]->runs_here())
            continue;
        csv_marks_force(csv_marks_list[i]);
        failed += best || csv_marks_list[i + 1] == NULL
            ? cmocka_run_group_tests_name(csv_marks_list[i]->id, tests, NULL,
                                          NULL)
            : cmocka_run_group_tests_name(csv_marks_list[i]->id, part, NULL,
                                          NULL);
        best = false;
    }
    return failed;
}
