/* cells.c - see cells.h.
 *
 * A blank cell is passed over: the row starts out as unanswered. What a
 * cell may be follows from its variable's kind; the few that the program
 * itself must understand (unit, tier, municipality, year, number) have a
 * reader of their own, found by role (cell_value.c, cell_ident.c).
 *
 * Reading a cell is mostly finding out what the same text meant a few rows
 * before: a tick, a score, one of ten codes, the round's year. So every
 * column remembers some texts that were good and of what value; all others,
 * and all that has faults, take the long way (cell_read), and it is the only
 * one that knows what is right. */
#include "intake/cells.h"
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

struct cell_column {
    int id;                     /* -1: none */
    int ticks;                  /* so many columns from here on are ticks of
                                   variables in turn: "0" and "1" are 0 and
                                   1 */
    struct known *known;        /* KNOWN of them, or NULL: not remembered */
};

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
    c->codes = mem_take((sets + 1) * KNOWN * sizeof *c->codes);
}

void
cells_clear(struct cells *c)
{
    if (c->o == NULL)
        return;
    for (int i = 0; i < c->o->in->set_count; i++)
        free(c->row.set[i]);
    free(c->row.set);
    mem_wipe(c->codes, (size_t)c->o->in->set_count * KNOWN
                       * sizeof *c->codes);
    mem_wipe(c->row.value, (size_t)c->o->in->variable_count
                           * sizeof *c->row.value);
    free(c->row.bad);
    for (int i = 0; c->column != NULL && i < c->sheet->columns; i++)
        mem_wipe(c->column[i].known, KNOWN * sizeof *c->column[i].known);
    free(c->column);
    explicit_bzero(c->row.pseudonym, sizeof c->row.pseudonym);
    key_wipe(&c->key);
    c->o = NULL;
}

static void
reset(struct cells *c)
{
    struct entry_row *row = &c->row;
    const struct instrument *in = c->o->in;

    for (int i = 0; i < in->variable_count; i++)
        row->value[i] = VALUE_UNANSWERED;
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

/* Kinds whose cell is one value and nothing else. */
static bool
remembers(const struct variable *v)
{
    return !v->off && v->kind != KIND_IDENT && v->kind != KIND_TEXT
        && v->kind != KIND_CODES;
}

static bool
is_tick(const struct cells *c, int column)
{
    int id = c->sheet->id[column];

    return id >= 0 && id < VARIABLE_MAX
        && c->o->in->variables[id].kind == KIND_BOOL
        && !c->o->in->variables[id].off;
}

/* The header is known: what to do with each column. */
static void
prepare(struct cells *c)
{
    c->column = mem_take(((size_t)c->sheet->columns + 1)
                         * sizeof *c->column);
    for (int i = c->sheet->columns - 1; i >= 0; i--) {
        struct cell_column *k = &c->column[i];

        k->id = c->sheet->id[i];
        if (k->id < 0 || k->id >= VARIABLE_MAX)
            continue;
        if (is_tick(c, i))
            k->ticks = k[1].ticks > 0 && k[1].id == k->id + 1
                     ? k[1].ticks + 1 : 1;
        if (remembers(&c->o->in->variables[k->id]))
            k->known = mem_take(KNOWN * sizeof *k->known);
    }
    c->pseudonym = sheet_column(c->sheet, COLUMN_PSEUDONYM);
}

/* Reads CELL of column K. What it did may be remembered if that was to set
 * one value and nothing else. */
static bool
read_known(struct cells *c, struct csv_slice cell, struct cell_column *k,
           struct err *e)
{
    int64_t faults = c->row.faults;
    bool warned = c->period_warned;
    struct known *known;
    uint64_t word;

    if (cell.len > KNOWN_LEN)
        return cell_read(c, cell, k->id, e);
    known = known_place(k->known, cell, &word);
    if (known_is(known, cell, word)) {
        c->row.value[k->id] = known->value;
        return true;
    }
    if (!cell_read(c, cell, k->id, e))
        return false;
    if (c->row.faults > faults || c->period_warned != warned)
        return true;
    known_set(known, cell, word, c->row.value[k->id]);
    return true;
}

/* Reads COUNT ticks of column I and those behind it, if all of them are
 * there as they mostly are: "0" or "1" and a separator in turn. */
static bool
read_ticks(struct cells *c, int i, int count)
{
    const struct csv_slice *field = &c->sheet->row.field[i];
    const char *text = field[0].data;
    const uint64_t want = 0x0030003000300030;
    const char between = text[1];
    int32_t *value = &c->row.value[c->column[i].id];
    uint64_t wrong = 0, marks = 0x0100010001000100 * (unsigned char)between;
    int n = 0;

    /* Then nothing else can stand between, and no cell is wider. */
    if (field[count - 1].data != text + 2 * (count - 1)
        || field[count - 1].len != 1 || field[0].len != 1
        || (between != ';' && between != ','))
        return false;
    for (; n + 4 < count; n += 4)
        wrong |= (word_at(text + 2 * n) & 0xFFFEFFFEFFFEFFFE)
               ^ (want | marks);
    for (; n < count; n++)
        wrong |= field[n].len != 1 || (text[2 * n] | 1) != '1';
    if (wrong != 0)
        return false;
    for (int k = 0; k < count; k++)
        value[k] = text[2 * k] & 1;
    return true;
}

bool
cells_read(struct cells *c, struct err *e)
{
    if (c->column == NULL)
        prepare(c);
    reset(c);
    for (int i = 0; i < c->sheet->columns; i++) {
        struct csv_slice cell = c->sheet->row.field[i];
        struct cell_column *k = &c->column[i];
        bool ok = true;

        if (cell.len == 0 || k->id < 0)
            continue;
        if (k->ticks > 1 && read_ticks(c, i, k->ticks))
            i += k->ticks - 1;
        else if (k->ticks > 0 && cell.len == 1 && (cell.data[0] | 1) == '1')
            c->row.value[k->id] = cell.data[0] - '0';
        else if (k->known != NULL)
            ok = read_known(c, cell, k, e);
        else
            ok = cell_read(c, cell, k->id, e);
        if (!ok)
            return false;
    }
    cell_ident_twice(c);
    return true;
}
