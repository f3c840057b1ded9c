/* csv.c - see csv.h.
 *
 * A row is read twice at most: once to find its end and its fields, and
 * once more if the end was not in memory yet. Nothing is changed before the
 * end is known, so that beginning again is always possible; only then are
 * doubled quotes made single, in place. Refilling reads a whole chunk (or
 * to the end of the file), so a row is begun again five times at most,
 * however few bytes a pipe gives at a time.
 *
 * The bytes that mean something (separator, quote, LF, CR, NUL) are found
 * 64 at a time (csv_marks.h): a block becomes two words with a bit for each
 * such byte, one for separators, one for the others, and the scan goes from
 * bit to bit. Nearly all are separators, so what stands before the next
 * other mark is gone through without looking at it. NUL, LF and CR are found
 * together as "not above CR", which also stops at a tab and does nothing
 * there. All high bits of the row are kept in one word: only a row that has
 * one is checked as UTF-8.
 *
 * After the bytes in memory stand BLOCK more that may be read, so that no
 * block needs to be cut; what is found in them is masked away. */
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
enum { BOM_LEN = 3 };
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
    struct csv_slice field[CSV_FIELDS_MAX];
    /* The fields with doubled quotes, by number; how many. */
    uint16_t doubled[CSV_FIELDS_MAX];
    size_t doubled_len;
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

/* A field from FROM to BEFORE ends, and with DOUBLED has quotes to join. */
static inline void
put_field(struct csv_reader *r, struct scan *s, const char *from,
          const char *before, bool doubled)
{
    if (s->fields < CSV_FIELDS_MAX) {
        r->field[s->fields].data = from;
        r->field[s->fields].len = (size_t)(before - from);
        if (doubled)
            r->doubled[r->doubled_len++] = (uint16_t)s->fields;
    }
    s->fields++;
}

/* Where the scan of a row stands. */
struct walk {
    const char *block;      /* the bytes that these marks are of: those that
                             * were not looked at yet */
    uint64_t separators, others;
    const char *from;       /* the field so far begins here */
    const char *closed;     /* its closing quote, or NULL */
    bool quoted, doubled;   /* inside quotes; it has quotes to join */
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
        w->doubled = true;
        /* the second one is the next mark but separators */
        if (w->others == 0) {
            w->block += BLOCK;
            find_marks(r, s, w);
        }
        w->others &= w->others - 1;
    }
    return STEP_ON;
}

/* The field ends at BEFORE, or at its closing quote. */
static inline void
end_field(struct csv_reader *r, struct scan *s, struct walk *w,
          const char *before)
{
    if (w->closed == NULL) {
        put_field(r, s, w->from, before, false);
        return;
    }
    if (!w->quoted && w->closed + 1 != before)
        note(s, CSV_QUOTE_AFTER);
    put_field(r, s, w->from, w->closed, w->doubled);
    w->closed = NULL;
    w->doubled = false;
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
            w->quoted = true;
            w->from = p + 1;
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
    uint64_t these = w->separators & mask;
    const char *block = w->block, *from;
    struct csv_slice *field;

    /* A closing quote stands before the first at most, and there is hardly
     * ever no room for all. */
    while (these != 0
           && (w->closed != NULL || s->fields > CSV_FIELDS_MAX - BLOCK)) {
        end_field(r, s, w, block + __builtin_ctzll(these));
        w->from = block + __builtin_ctzll(these) + 1;
        these &= these - 1;
    }
    if (these == 0)
        return;
    from = w->from;
    field = &r->field[s->fields];
    for (; these != 0; these &= these - 1) {
        const char *p = block + __builtin_ctzll(these);

        *field++ = (struct csv_slice){ from, (size_t)(p - from) };
        from = p + 1;
    }
    w->from = from;
    s->fields = (size_t)(field - r->field);
}

/* Finds the row that begins at r->begin. False if its end is not in memory
 * and the file goes on; S then means nothing. */
static bool
find_row(struct csv_reader *r, struct scan *s)
{
    struct walk w = { .block = r->begin, .from = r->begin };
    enum step step = STEP_ON;

    *s = (struct scan){ .limit = r->end };
    r->doubled_len = 0;
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

/* Makes the doubled quotes of a field single. */
static void
join_quotes(struct csv_slice *field)
{
    /* the reader's own bytes, given out as const */
    char *to = (char *)(uintptr_t)field->data;
    const char *from = field->data, *end = from + field->len;

    while (from < end) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        size_t n = (size_t)((quote != NULL ? quote + 1 : end) - from);

        memmove(to, from, n);
        to += n;
        from += n + (quote != NULL);
    }
    field->len = (size_t)(to - field->data);
}

/* The field that the byte at P stands in, quotes and separator included. */
static size_t
field_at(const struct csv_reader *r, const struct scan *s, const char *p)
{
    size_t i = s->fields;

    while (i > 1 && r->field[i - 1].data > p)
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
    const char *begin;

    *row = (struct csv_row){ .line = r->line, .fault_field = CSV_NO_FIELD };
    if (r->stopped)
        return CSV_END;
    if (r->error == 0 && !r->started)
        start(r);
    while (r->error == 0) {
        if (r->begin == r->end && r->at_eof)
            return CSV_END;
        if (r->begin < r->end && find_row(r, &s))
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
        return fault(row, CSV_UTF8, (int)field_at(r, &s, begin + bad));
    for (size_t i = 0; i < r->doubled_len; i++)
        join_quotes(&r->field[r->doubled[i]]);
    row->fields = s.fields;
    row->field = r->field;
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
