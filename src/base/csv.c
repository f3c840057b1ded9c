/* csv.c - see csv.h.
 *
 * Nearly every row is plain: its end is the first byte that means something
 * and is no separator. Its fields follow from the places of the separators,
 * which csv_marks.h finds a whole row at a time (find_plain). Any other row,
 * with quotes, a tab, or its end not in memory, is looked at again, mark by
 * mark (find_row), and that knows all of CSV.
 *
 * Nothing is changed before the end of a row is known, so that beginning
 * again is always possible; only then are quotes taken out and what stands
 * behind them moved down, so that rows with quotes come as the others do.
 * Refilling reads a whole chunk (or to the end of the file), so a row is
 * begun again five times at most, however few bytes a pipe gives at a time.
 *
 * The bytes that mean something (separator, quote, LF, CR, NUL) are found
 * 64 at a time (csv_marks.h): a block becomes two words with a bit for each
 * such byte, one for separators, one for the others, and the scan goes from
 * bit to bit. NUL, LF and CR are found together as "not above CR", which
 * also stops at a tab and does nothing there. All high bits of the row are
 * kept in one word: only a row that has one is checked as UTF-8.
 *
 * After the bytes in memory stand BLOCK more that may be read, so that no
 * block needs to be cut. They are NUL, so that there is always a mark to
 * stop at; what find_row finds in them is masked away. */
#include "base/csv.h"
#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/csv_marks.h"
#include "base/utf8.h"

enum { BLOCK = CSV_BLOCK, CHUNK = 1 << 18 };
/* A row that is one byte too long, and a chunk behind it. */
enum { ROOM = CSV_ROW_MAX + 2 + CHUNK };
enum { BOM_LEN = 3, SHORT = 16 };
static const char BOM[] = "\xEF\xBB\xBF";

struct csv_reader {
    const struct csv_marks_kernel *marks;
    int fd;                 /* -1: from SOURCE */
    const char *source;
    size_t source_len;
    char *begin, *end;      /* what is in memory and was not given yet */
    char *top;              /* nothing was ever read at or above it */
    long line;              /* BEGIN stands on */
    int error;
    char separator;
    bool started, at_eof, stopped;
    uint32_t start[CSV_FIELDS_MAX + BLOCK]; /* of each field, from BEGIN on;
                             * the first is always 0 */
    char data[ROOM + BLOCK];
};

static struct csv_reader *
reader_new(void)
{
    struct csv_reader *r = mem_take(sizeof *r);

    memset(r, 0, offsetof(struct csv_reader, data));
    r->marks = csv_marks_best();
    r->fd = -1;
    r->begin = r->end = r->top = r->data;
    r->line = 1;
    r->separator = ';';
    return r;
}

struct csv_reader *
csv_open(int fd)
{
    struct csv_reader *r = reader_new();

    assert(fd >= 0);
    r->fd = fd;
    return r;
}

struct csv_reader *
csv_open_memory(const void *data, size_t n)
{
    struct csv_reader *r = reader_new();

    r->source = data;
    r->source_len = n;
    return r;
}

void
csv_close(struct csv_reader *r)
{
    if (r == NULL)
        return;
    explicit_bzero(r->data, (size_t)(r->top - r->data));
    free(r);
}

char
csv_separator(const struct csv_reader *r)
{
    return r->separator;
}

/* Up to N bytes, 0 at the end of the file, -1 with errno. */
static ssize_t
take(struct csv_reader *r, char *to, size_t n)
{
    ssize_t got;

    if (r->fd >= 0) {
        do
            got = read(r->fd, to, n);
        while (got < 0 && errno == EINTR);
        return got;
    }
    if (n > r->source_len)
        n = r->source_len;
    if (n > 0)
        memcpy(to, r->source, n);
    r->source += n;
    r->source_len -= n;
    return (ssize_t)n;
}

/* Reads a chunk, or to the end. False with r->error if that fails. */
static bool
refill(struct csv_reader *r)
{
    size_t held = (size_t)(r->end - r->begin), want = CHUNK;

    assert(held + want <= ROOM);
    if (r->begin != r->data)
        memmove(r->data, r->begin, held);
    r->begin = r->data;
    r->end = r->data + held;
    while (want > 0) {
        ssize_t got = take(r, r->end, want);

        if (got < 0) {
            r->error = errno;
            return false;
        }
        if (got == 0) {
            r->at_eof = true;
            break;
        }
        r->end += got;
        want -= (size_t)got;
        if (r->end > r->top)
            r->top = r->end;
    }
    memset(r->end, 0, BLOCK);
    return true;
}

/* A row while its end is looked for. */
struct scan {
    const char *limit;      /* end of the bytes in memory */
    const char *end;        /* of the row, without its line end */
    const char *next;       /* where the next row begins */
    size_t fields;          /* may be more than there is room for */
    long lines;             /* LFs, with the one that ends the row */
    uint64_t high;
    bool quotes;            /* some field has them */
    enum csv_fault fault;
    size_t fault_field;
};

static void
note(struct scan *s, enum csv_fault fault)
{
    if (s->fault != CSV_OK)
        return;
    s->fault = fault;
    s->fault_field = s->fields;
}

/* A field ends at BEFORE. */
static inline void
put_field(struct csv_reader *r, struct scan *s, const char *before)
{
    if (++s->fields <= CSV_FIELDS_MAX)
        r->start[s->fields] = (uint32_t)(before - r->begin) + 1;
}

/* Finds the row that begins at r->begin if it is plain. False if it is not,
 * or its end is not in memory; S then means nothing. */
static bool
find_plain(struct csv_reader *r, struct scan *s)
{
    struct csv_plain p = r->marks->plain(r->begin, r->separator, r->start,
                                         CSV_FIELDS_MAX - 1);
    bool cr = *p.stop == '\r';

    if (p.fields >= CSV_FIELDS_MAX || p.stop[cr] != '\n')
        return false;
    *s = (struct scan){
        .end = p.stop, .next = p.stop + cr + 1, .fields = p.fields,
        .lines = 1, .high = p.high
    };
    put_field(r, s, s->end);
    return true;
}

/* Where the scan of a row stands. */
struct walk {
    const char *block;      /* the bytes that these marks are of: those that
                             * were not looked at yet */
    uint64_t separators, others;
    const char *from;       /* the field so far begins here */
    const char *closed;     /* its closing quote, or NULL */
    bool quoted;            /* inside quotes */
};

/* Finds the marks of the block that W stands at. */
static inline void
find_marks(const struct csv_reader *r, struct scan *s, struct walk *w)
{
    struct csv_marks m = r->marks->find(w->block, r->separator);

    if (s->limit - w->block < BLOCK) {
        uint64_t before = (UINT64_C(1) << (s->limit - w->block)) - 1;

        m.separator &= before;
        m.other &= before;
    }
    w->separators = m.separator;
    w->others = m.other;
    s->high |= m.high;
}

enum step { STEP_ON, STEP_MORE, STEP_END };

/* A mark at P inside quotes. STEP_MORE: what follows must be seen first. */
static inline enum step
step_quoted(const struct csv_reader *r, struct scan *s, struct walk *w,
            const char *p)
{
    if (*p == '\n') {
        s->lines++;
    } else if (*p == '\0') {
        note(s, CSV_NUL);
    } else if (*p == '"') {
        if (p + 1 == s->limit && !r->at_eof)
            return STEP_MORE;
        if (p + 1 == s->limit || p[1] != '"') {
            w->quoted = false;
            w->closed = p;
            return STEP_ON;
        }
        /* the second one is the next mark but separators */
        if (w->others == 0) {
            w->block += BLOCK;
            find_marks(r, s, w);
        }
        w->others &= w->others - 1;
    }
    return STEP_ON;
}

/* The field ends at BEFORE. */
static inline void
end_field(struct csv_reader *r, struct scan *s, struct walk *w,
          const char *before)
{
    if (w->closed != NULL && !w->quoted && w->closed + 1 != before)
        note(s, CSV_QUOTE_AFTER);
    w->closed = NULL;
    put_field(r, s, before);
}

/* A mark at P that should not be there: what is wrong with it, unless it
 * stands behind a closing quote. */
static inline void
note_at(struct scan *s, const struct walk *w, const char *p,
        enum csv_fault fault)
{
    note(s, w->closed != NULL && w->closed + 1 != p ? CSV_QUOTE_AFTER
                                                    : fault);
}

/* A mark at P outside quotes, no separator. */
static inline enum step
step_plain(const struct csv_reader *r, struct scan *s, struct walk *w,
           const char *p)
{
    switch (*p) {
    case '"':
        if (p == w->from && w->closed == NULL) {
            w->quoted = s->quotes = true;
        } else {
            note(s, w->closed != NULL ? CSV_QUOTE_AFTER : CSV_QUOTE_INSIDE);
        }
        return STEP_ON;
    case '\r':
        if (p + 1 == s->limit && !r->at_eof)
            return STEP_MORE;
        if (p + 1 == s->limit || p[1] != '\n')
            note_at(s, w, p, CSV_CR);
        return STEP_ON;
    case '\0':
        note_at(s, w, p, CSV_NUL);
        return STEP_ON;
    case '\n':
        s->lines++;
        s->next = p + 1;
        s->end = p > r->begin && p[-1] == '\r' ? p - 1 : p;
        return STEP_END;
    default:                /* a tab or its like */
        return STEP_ON;
    }
}

/* No more bytes in memory: the end of the file ends the row. */
static bool
end_of_bytes(const struct csv_reader *r, struct scan *s, struct walk *w)
{
    if (!r->at_eof)
        return false;
    s->next = s->end = s->limit;
    if (w->quoted) {
        note(s, CSV_QUOTE_OPEN);
        w->closed = s->end;
    }
    return true;
}

/* Ends a field at each of the separators in the block that MASK leaves. */
static inline void
end_fields(struct csv_reader *r, struct scan *s, struct walk *w,
           uint64_t mask)
{
    for (uint64_t m = w->separators & mask; m != 0; m &= m - 1) {
        end_field(r, s, w, w->block + __builtin_ctzll(m));
        w->from = w->block + __builtin_ctzll(m) + 1;
    }
}

/* Finds the row that begins at r->begin, whatever it is. False if its end
 * is not in memory and the file goes on; S then means nothing. */
static bool
find_row(struct csv_reader *r, struct scan *s)
{
    struct walk w = { .block = r->begin, .from = r->begin };
    enum step step = STEP_ON;

    *s = (struct scan){ .limit = r->end };
    find_marks(r, s, &w);
    while (step == STEP_ON) {
        uint64_t next = w.others & -w.others;   /* its lowest bit */

        if (!w.quoted)
            end_fields(r, s, &w, next - 1);     /* all, where it is 0 */
        if (next == 0) {
            w.block += BLOCK;
            if (w.block >= s->limit) {
                if (!end_of_bytes(r, s, &w))
                    return false;
                end_field(r, s, &w, s->end);
                return true;
            }
            find_marks(r, s, &w);
            continue;
        }
        w.others ^= next;
        w.separators &= ~(next - 1);
        step = (w.quoted ? step_quoted : step_plain)(
            r, s, &w, w.block + __builtin_ctzll(next));
    }
    if (step == STEP_END)
        end_field(r, s, &w, s->end);
    return step == STEP_END;
}

/* Finds the separator in the first row, as far as it is in memory. */
static void
find_separator(struct csv_reader *r)
{
    long semicolons = 0, commas = 0;
    bool quoted = false;

    for (const char *p = r->begin; p < r->end; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (*p == '\n')
            break;
        else if (*p == ';')
            semicolons++;
        else if (*p == ',')
            commas++;
    }
    r->separator = commas > semicolons ? ',' : ';';
}

/* Fills the memory for the first time: with all of the longest first row
 * there may be. False with r->error. */
static bool
start(struct csv_reader *r)
{
    r->started = true;
    while (!r->at_eof && r->end - r->begin <= CSV_ROW_MAX)
        if (!refill(r))
            return false;
    if (r->end - r->begin >= BOM_LEN &&
        memcmp(r->begin, BOM, BOM_LEN) == 0)
        r->begin += BOM_LEN;
    find_separator(r);
    return true;
}

/* Moves what stands between FROM and END down to TO; where it ends there.
 * Most fields are short. */
static inline char *
move_down(char *to, const char *from, const char *end)
{
    if (end - from > SHORT) {
        memmove(to, from, (size_t)(end - from));
        return to + (end - from);
    }
    while (from < end)
        *to++ = *from++;
    return to;
}

/* The same, doubled quotes made single. */
static char *
join_quotes(char *to, const char *from, const char *end)
{
    while (from < end) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        const char *stop = quote != NULL ? quote + 1 : end;

        to = move_down(to, from, stop);
        from = stop + (quote != NULL);
    }
    return to;
}

/* Takes the quotes out of the good row of FIELDS at ROW and moves down what
 * stands behind them. A field that begins with a quote ends with one. */
static void
take_out_quotes(struct csv_reader *r, char *row, size_t fields)
{
    const char *from = row;
    char *to = row;

    for (size_t i = 0; i < fields; i++) {
        const char *end = row + r->start[i + 1] - 1;

        to = *from == '"' ? join_quotes(to, from + 1, end - 1)
                          : move_down(to, from, end);
        *to++ = r->separator;
        r->start[i + 1] = (uint32_t)(to - row);
        from = end + 1;
    }
}

/* The field that the byte AT stands in, quotes and separator included. */
static size_t
field_at(const struct csv_reader *r, const struct scan *s, size_t at)
{
    size_t i = s->fields;

    while (i > 1 && r->start[i - 1] > at)
        i--;
    return i - 1;
}

static enum csv_result
fault(struct csv_row *row, enum csv_fault kind, int field)
{
    row->fault = kind;
    row->fault_field = field;
    return CSV_FAULT;
}

static enum csv_result
too_long(struct csv_reader *r, struct csv_row *row)
{
    r->stopped = true;
    return fault(row, CSV_ROW_LONG, CSV_NO_FIELD);
}

enum csv_result
csv_next(struct csv_reader *r, struct csv_row *row)
{
    struct scan s;
    size_t len, bad;
    char *begin;

    *row = (struct csv_row){ .line = r->line, .fault_field = CSV_NO_FIELD };
    if (r->stopped)
        return CSV_END;
    if (r->error == 0 && !r->started)
        start(r);
    while (r->error == 0) {
        if (r->begin == r->end && r->at_eof)
            return CSV_END;
        if (r->begin < r->end && (find_plain(r, &s) || find_row(r, &s)))
            break;
        if (r->end - r->begin > CSV_ROW_MAX + 1)
            return too_long(r, row);
        refill(r);
    }
    if (r->error != 0) {
        row->error = r->error;
        return CSV_ERROR;
    }

    begin = r->begin;
    len = (size_t)(s.end - begin);
    if (len > CSV_ROW_MAX)
        return too_long(r, row);
    r->begin += s.next - begin;
    r->line += s.lines;
    if (len == 0)
        return fault(row, CSV_ROW_EMPTY, CSV_NO_FIELD);
    if (s.fault != CSV_OK)
        return fault(row, s.fault, (int)s.fault_field);
    if (s.fields > CSV_FIELDS_MAX)
        return fault(row, CSV_ROW_FIELDS, CSV_NO_FIELD);
    if (s.high != 0 && !utf8_valid(begin, len, &bad))
        return fault(row, CSV_UTF8, (int)field_at(r, &s, bad));
    if (s.quotes)
        take_out_quotes(r, begin, s.fields);
    row->fields = s.fields;
    row->text = begin;
    row->start = r->start;
    return CSV_ROW;
}

void
csv_writer_init(struct csv_writer *w, struct buf *out, char separator)
{
    assert(separator == ';' || separator == ',');
    *w = (struct csv_writer){ .out = out, .separator = separator,
                              .blank = true };
}

/* The separator before a field that is not the first. */
static void
put_separator(struct csv_writer *w, size_t n)
{
    if (w->fields++ > 0)
        buf_byte(w->out, w->separator);
    if (n > 0)
        w->blank = false;
}

static bool
must_quote(const char *data, size_t n)
{
    if (n >= BOM_LEN && memcmp(data, BOM, BOM_LEN) == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        if (data[i] == ';' || data[i] == ',' || data[i] == '"' ||
            data[i] == '\n' || data[i] == '\r')
            return true;
    return false;
}

void
csv_field(struct csv_writer *w, const char *data, size_t n)
{
    put_separator(w, n);
    if (!must_quote(data, n)) {
        buf_add(w->out, data, n);
        return;
    }
    buf_byte(w->out, '"');
    for (size_t i = 0, run; i < n; i += run) {
        const char *quote = memchr(data + i, '"', n - i);

        run = quote != NULL ? (size_t)(quote - data) + 1 - i : n - i;
        buf_add(w->out, data + i, run);
        if (quote != NULL)
            buf_byte(w->out, '"');
    }
    buf_byte(w->out, '"');
}

void
csv_field_text(struct csv_writer *w, const char *text)
{
    csv_field(w, text, strlen(text));
}

void
csv_field_int(struct csv_writer *w, long long value)
{
    put_separator(w, 1);
    buf_printf(w->out, "%lld", value);
}

void
csv_end_row(struct csv_writer *w)
{
    assert(w->fields > 0);
    if (w->fields == 1 && w->blank)
        buf_text(w->out, "\"\"");
    buf_byte(w->out, '\n');
    w->fields = 0;
    w->blank = true;
}
