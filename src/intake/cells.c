/* cells.c - see cells.h.
 *
 * A blank cell is passed over: the row starts out as unanswered. What a
 * cell may be follows from its variable's kind; the few that the program
 * itself must understand (unit, tier, municipality, year, number) have a
 * reader of their own, found by role (cell_value.c, cell_ident.c).
 *
 * Reading a cell is mostly finding out what the same text meant a few rows
 * before: a tick, a score, one of ten codes, the round's year. So every
 * column remembers texts that were good and of what value, by the byte where
 * one byte is usual, otherwise in a table of texts (cell_known.h), and that
 * blank is unanswered. Ticks in turn are read at once. All other cells,
 * and all that have faults, take the long way (cell_read), and it is the
 * only one that knows what is right.
 *
 * In what way a column's cells are read is settled by the header; columns
 * next to each other that are read in one way are a span. */
#include "intake/cells.h"
#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include "base/near.h"
#include "intake/cell.h"
#include "intake/cell_known.h"

static const struct { const char *name; int id; } columns[] = {
    { "status", COLUMN_STATUS }, { "registration", COLUMN_REGISTRATION },
    { "pseudonym", COLUMN_PSEUDONYM },
    { "superseded_by", COLUMN_SUPERSEDED_BY }
};

static int
find_column(const void *ctx, const char *name, size_t len,
            const char **near)
{
    const struct opened *o = ctx;
    struct near n;
    int v = instrument_variable(o->in, name, len);

    if (v >= 0 && v < o->in->entered_count)
        return v;
    near_begin(&n, name, len);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct csv_slice slice = { name, len };

        if (slice_is(slice, columns[i].name))
            return columns[i].id;
        near_offer(&n, columns[i].name);
    }
    for (int i = 0; i < o->in->entered_count; i++)
        near_offer(&n, o->in->variables[i].id);
    *near = n.best;
    return -1;
}

int (*const cells_find)(const void *ctx, const char *name, size_t len,
                        const char **near) = find_column;

/* How the cells of a column are read. */
enum way {
    WAY_NONE,                   /* not at all */
    WAY_LONG,                   /* each by itself */
    WAY_KNOWN,                  /* by the text */
    WAY_BYTE,                   /* by the byte, if it is one */
    WAY_TICKS                   /* the same, all at once: ticks of services;
                                   of a span only */
};

enum { BYTES = 256, NOT_KNOWN = INT32_MIN, EIGHT = 8 };

struct cell_column {
    enum way way;
    int id;                     /* -1: none */
    int32_t *byte;              /* BYTES values, or NOT_KNOWN; that of 0 is
                                   the blank cell's. WAY_BYTE only */
    struct known *known;        /* KNOWN of them. WAY_KNOWN only */
};

struct cell_span {
    enum way way;
    int column, count;          /* count 0: the last one */
};

static size_t
codes_size(const struct cells *c)
{
    return ((size_t)c->o->in->set_count + 1) * KNOWN * sizeof *c->codes;
}

void
cells_init(struct cells *c, const struct opened *o, struct sheet *sheet)
{
    const struct instrument *in = o->in;
    size_t sets = (size_t)in->set_count;

    *c = (struct cells){ .o = o, .sheet = sheet };
    c->row.value = mem_take((size_t)in->variable_count
                            * sizeof *c->row.value);
    c->row.bad = mem_take((size_t)in->variable_count * sizeof *c->row.bad);
    c->row.set_words = ((size_t)in->facts.unit_count + 63) / 64 + 1;
    c->row.set = mem_take((sets + 1) * sizeof *c->row.set);
    for (size_t i = 0; i < sets; i++)
        c->row.set[i] = mem_take(c->row.set_words * sizeof **c->row.set);
    c->codes = mem_take(codes_size(c));
}

static void
clear_columns(struct cells *c)
{
    for (int i = 0; c->column != NULL && i < c->sheet->columns; i++) {
        mem_wipe(c->column[i].byte, BYTES * sizeof *c->column[i].byte);
        mem_wipe(c->column[i].known, KNOWN * sizeof *c->column[i].known);
    }
    free(c->column);
    free(c->span);
}

void
cells_clear(struct cells *c)
{
    if (c->o == NULL)
        return;
    for (int i = 0; i < c->o->in->set_count; i++)
        free(c->row.set[i]);
    free(c->row.set);
    mem_wipe(c->codes, codes_size(c));
    mem_wipe(c->row.value, (size_t)c->o->in->variable_count
                           * sizeof *c->row.value);
    free(c->row.bad);
    clear_columns(c);
    explicit_bzero(c->row.pseudonym, sizeof c->row.pseudonym);
    key_wipe(&c->key);
    c->o = NULL;
}

static void
reset(struct cells *c)
{
    struct entry_row *row = &c->row;
    const struct instrument *in = c->o->in;

    static_assert(VALUE_UNANSWERED == -1, "all its bytes are the same");
    memset(row->value, 0xFF, (size_t)in->variable_count
                             * sizeof *row->value);
    if (c->was_bad)
        memset(row->bad, 0, (size_t)in->variable_count * sizeof *row->bad);
    c->was_bad = false;
    for (int i = 0; i < in->set_count; i++)
        memset(row->set[i], 0, row->set_words * sizeof **row->set);
    row->status = STATUS_COMPLETE;
    row->number = row->superseded_by = row->faults = 0;
    row->has_pseudonym = row->has_ident = false;
    memset(row->pseudonym, 0, sizeof row->pseudonym);
}

/* Remembered are kinds whose cell is one value and nothing else. */
static enum way
way_of(const struct cells *c, int id)
{
    const struct variable *v;

    if (id < 0)
        return WAY_NONE;
    if (id >= VARIABLE_MAX)
        return WAY_LONG;
    v = &c->o->in->variables[id];
    if (v->off || v->kind == KIND_IDENT || v->kind == KIND_TEXT
        || v->kind == KIND_CODES)
        return WAY_LONG;
    return v->kind == KIND_BOOL || v->kind == KIND_SCORE
           || (v->kind == KIND_INT && v->max < 10) ? WAY_BYTE : WAY_KNOWN;
}

/* How many columns from COLUMN on are ticks of services, of variables in
 * turn: those are mostly answered or blank together. */
static int
count_ticks(const struct cells *c, int column)
{
    const struct variable *v = c->o->in->variables;
    int id = c->sheet->id[column], n = 0;

    while (column + n < c->sheet->columns
           && c->sheet->id[column + n] == id + n
           && c->column[column + n].way == WAY_BYTE
           && v[id + n].kind == KIND_BOOL && v[id + n].service >= 0)
        n++;
    return n;
}

static void
prepare_column(struct cells *c, int column)
{
    struct cell_column *k = &c->column[column];

    k->id = c->sheet->id[column];
    k->way = way_of(c, k->id);
    if (k->way == WAY_BYTE) {
        k->byte = mem_take(BYTES * sizeof *k->byte);
        k->byte[0] = VALUE_UNANSWERED;
        for (int i = 1; i < BYTES; i++)
            k->byte[i] = NOT_KNOWN;
    } else if (k->way == WAY_KNOWN) {
        k->known = mem_take(KNOWN * sizeof *k->known);
        k->known[0].value = VALUE_UNANSWERED;
    }
}

/* The columns from COLUMN on that are read in one way. */
static struct cell_span
span_at(const struct cells *c, int column)
{
    enum way way = c->column[column].way;
    int n = count_ticks(c, column);

    if (n >= EIGHT)
        return (struct cell_span){ WAY_TICKS, column, n };
    n = 1;
    while (column + n < c->sheet->columns && c->column[column + n].way == way
           && count_ticks(c, column + n) < EIGHT)
        n++;
    return (struct cell_span){ way, column, n };
}

/* The header is known: what to do with each column. */
static void
prepare(struct cells *c)
{
    size_t room = (size_t)c->sheet->columns + 1;
    struct cell_span *span;
    char zeros[sizeof c->zeros];

    c->column = mem_take(room * sizeof *c->column);
    for (int i = 0; i < c->sheet->columns; i++)
        prepare_column(c, i);
    c->span = span = mem_take(room * sizeof *c->span);
    for (int i = 0; i < c->sheet->columns; i += span++->count)
        *span = span_at(c, i);
    for (int i = 0; i < 4; i++) {
        zeros[2 * i] = '0';
        zeros[2 * i + 1] = csv_separator(c->sheet->csv);
    }
    memcpy(&c->zeros, zeros, sizeof zeros);
    c->pseudonym = sheet_column(c->sheet, COLUMN_PSEUDONYM);
}

static struct csv_slice
cell_at(const struct cells *c, int column)
{
    return csv_cell(&c->sheet->row, (size_t)column);
}

/* Reads CELL of ID the long way. *VALUE is what can be remembered of it:
 * NOT_KNOWN if it has a fault. (A warning is said once in a file anyway.) */
static bool
read_new(struct cells *c, struct csv_slice cell, int id, int32_t *value,
         struct err *e)
{
    int64_t faults = c->row.faults;

    *value = NOT_KNOWN;
    if (!cell_read(c, cell, id, e))
        return false;
    if (c->row.faults == faults)
        *value = c->row.value[id];
    return true;
}

static bool
read_new_byte(struct cells *c, int column, struct err *e)
{
    struct cell_column *k = &c->column[column];
    struct csv_slice cell = cell_at(c, column);
    int32_t value;

    if (!read_new(c, cell, k->id, &value, e))
        return false;
    if (cell.len == 1)
        k->byte[(unsigned char)cell.data[0]] = value;
    return true;
}

/* Reads COUNT columns by their byte. */
static bool
read_bytes(struct cells *c, int column, int count, struct err *e)
{
    const char *text = c->sheet->row.text;
    const uint32_t *start = c->sheet->row.start;
    const struct cell_column *k = c->column;
    int32_t *value = c->row.value;

    for (int i = column; i < column + count; i++) {
        uint32_t width = start[i + 1] - start[i];
        /* of a blank cell 0, whatever stands behind it */
        unsigned byte = (unsigned char)text[start[i]] & (1 - width);

        if (width <= 2 && k[i].byte[byte] != NOT_KNOWN)
            value[k[i].id] = k[i].byte[byte];
        else if (!read_new_byte(c, i, e))
            return false;
    }
    return true;
}

/* Reads CELL, which is not known; if it can be, it is at PLACE from now on. */
static bool
read_new_text(struct cells *c, struct csv_slice cell, int id,
              struct known *place, struct err *e)
{
    int32_t value;

    if (!read_new(c, cell, id, &value, e))
        return false;
    if (value != NOT_KNOWN)
        known_put(place, cell, value);
    return true;
}

/* Reads the cells of COUNT columns by their texts. */
static bool
read_known(struct cells *c, int column, int count, struct err *e)
{
    const struct csv_row row = c->sheet->row;
    const struct cell_column *k = &c->column[column];
    int32_t *value = c->row.value;

    for (int i = column; i < column + count; i++, k++) {
        struct csv_slice cell = csv_cell(&row, (size_t)i);
        struct known *place;

        if (cell.len > KNOWN_LEN) {
            if (!cell_read(c, cell, k->id, e))
                return false;
        } else if (known_find(k->known, cell, &place)) {
            value[k->id] = place->value;
        } else if (!read_new_text(c, cell, k->id, place, e)) {
            return false;
        }
    }
    return true;
}

/* How EIGHT ticks differ from those of ZEROS; 0: only by "0" and "1". */
static inline uint64_t
wrong_of_eight(const char *text, uint64_t zeros)
{
    const uint64_t ones = le64toh(0x0001000100010001);
    uint64_t half[2];

    memcpy(half, text, sizeof half);
    return ((half[0] ^ zeros) | (half[1] ^ zeros)) & ~ones;
}

/* Whether the text of COUNT ticks is "0" or "1" and a separator in turn.
 * There are at least EIGHT; the last are looked at once more, or not. */
static inline bool
are_ticks(const char *text, int count, uint64_t zeros)
{
    uint64_t wrong = wrong_of_eight(text + 2 * (count - EIGHT), zeros);

    for (int i = 0; i + EIGHT <= count; i += EIGHT)
        wrong |= wrong_of_eight(text + 2 * i, zeros);
    return wrong == 0;
}

/* The values of EIGHT ticks. */
static inline void
put_eight(int32_t *value, const char *text)
{
    uint16_t pair[EIGHT];       /* a tick and what stands behind it */

    memcpy(pair, text, sizeof pair);
    for (int i = 0; i < EIGHT; i++)
        value[i] = le16toh(pair[i]) & 1;
}

/* Reads the ticks of COUNT columns: all at once if all are blank or all are
 * there, as they mostly are, else by halves. If the cells are as long
 * together as they would be with one byte each, and a separator stands
 * wherever it would, then nothing else can stand between: none is wider. */
static bool
read_ticks(struct cells *c, int column, int count, struct err *e)
{
    const struct csv_row *row = &c->sheet->row;
    const uint32_t *start = row->start + column;
    int32_t *value = &c->row.value[c->column[column].id];
    const char *text = row->text + start[0];
    uint32_t width = start[count] - start[0];

    if (count < EIGHT)
        return read_bytes(c, column, count, e);
    if (width == (uint32_t)count)   /* the row begins as blank */
        return true;
    if (width != 2 * (uint32_t)count || !are_ticks(text, count, c->zeros))
        return read_ticks(c, column, count / 2, e)
            && read_ticks(c, column + count / 2, count - count / 2, e);
    for (int i = 0; i + EIGHT <= count; i += EIGHT)
        put_eight(value + i, text + 2 * i);
    put_eight(value + count - EIGHT, text + 2 * (count - EIGHT));
    return true;
}

/* Reads the cells of COUNT columns, each by itself. */
static bool
read_long(struct cells *c, int column, int count, struct err *e)
{
    for (int i = column; i < column + count; i++) {
        struct csv_slice cell = cell_at(c, i);
        int id = c->column[i].id;

        if (cell.len > 0 && id >= 0 && !cell_read(c, cell, id, e))
            return false;
    }
    return true;
}

static bool
read_span(struct cells *c, const struct cell_span *s, struct err *e)
{
    switch (s->way) {
    case WAY_LONG:
        return read_long(c, s->column, s->count, e);
    case WAY_KNOWN:
        return read_known(c, s->column, s->count, e);
    case WAY_BYTE:
        return read_bytes(c, s->column, s->count, e);
    case WAY_TICKS:
        return read_ticks(c, s->column, s->count, e);
    default:
        return true;
    }
}

bool
cells_read(struct cells *c, struct err *e)
{
    if (c->column == NULL)
        prepare(c);
    reset(c);
    for (const struct cell_span *s = c->span; s->count > 0; s++)
        if (!read_span(c, s, e))
            return false;
    cell_ident_twice(c);
    return true;
}

bool
cells_read_long(struct cells *c, struct err *e)
{
    if (c->column == NULL)
        prepare(c);
    reset(c);
    memset(c->codes, 0, codes_size(c));
    if (!read_long(c, 0, c->sheet->columns, e))
        return false;
    cell_ident_twice(c);
    return true;
}
