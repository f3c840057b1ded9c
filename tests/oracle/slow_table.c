/* slow_table.c - see slow_table.h. */
#include "slow_table.h"
#include <stdlib.h>
#include <string.h>

struct slow {
    const struct slow_question *q;
    const struct row *row;
    int count;
    bool *match;                /* by row: the filters hold */
    bool keyed, ticks;          /* rows are keys; rows are yes or no */
    struct keys {
        int32_t first;          /* of an int: the first key's value */
        int32_t *value;         /* of a text4: every key's */
    } rows, columns;
};

/* The variable whose value decides the row in a line I of the table. */
static int
row_variable(const struct slow *s, int i)
{
    return s->q->rows[s->keyed ? 0 : i];
}

/* The variable whose value decides the column, or -1. */
static int
column_variable(const struct slow *s, int i)
{
    if (s->keyed || s->ticks)
        return s->q->columns;
    return row_variable(s, i);
}

static bool
in_base(const struct slow *s, const struct row *row, int i)
{
    int column = column_variable(s, i);

    return row->value[row_variable(s, i)] >= 0
        && (column < 0 || row->value[column] >= 0);
}

/* Whether ROW has the key at PLACE of variable V. */
static bool
has_key(const struct slow *s, const struct row *row, int v, int place,
        const struct keys *keys)
{
    const struct instrument *in = s->q->in;
    const struct variable *var = &in->variables[v];

    if (row->value[v] < 0)
        return false;
    switch (var->kind) {
    case KIND_CODES:
        return row->set[instrument_set(in, v)][place / 64]
            & (uint64_t)1 << place % 64;
    case KIND_BOOL:
        return row->value[v] == (place == 0);
    case KIND_SCORE:
        return row->value[v] == place + 1;
    case KIND_INT:
        return row->value[v] == keys->first + place;
    case KIND_TEXT4:
        return row->value[v] == keys->value[place];
    default:
        return row->value[v] == place;
    }
}

static bool
in_column(const struct slow *s, const struct row *row, int i, int j)
{
    int column = column_variable(s, i);

    return column < 0 || has_key(s, row, column, j, &s->columns);
}

static bool
in_cell(const struct slow *s, const struct row *row, int i, int j)
{
    if (s->q->figures != NULL)
        return filter_holds(s->q->figures[i].where, row);
    if (!in_base(s, row, i) || !in_column(s, row, i, j))
        return false;
    if (s->keyed)
        return has_key(s, row, s->q->rows[0], i, &s->rows);
    return !s->ticks || row->value[s->q->rows[i]] == 1;
}

static int
sum_of(const struct slow *s, int i)
{
    return s->q->figures != NULL ? s->q->figures[i].sum : s->q->sum;
}

static bool
differs(struct buf *why, const char *what, int i, int j, int64_t want,
        int64_t got)
{
    if (want == got)
        return false;
    buf_printf(why, "%s of row %d, column %d: %lld, not %lld", what, i, j,
               (long long)got, (long long)want);
    return true;
}

static bool
cell_agrees(const struct slow *s, const struct table *t, int i, int j,
            struct buf *why)
{
    int64_t cell = 0, count = 0, of = 0, at = (int64_t)i * t->column_count + j;
    int sum = sum_of(s, i);

    for (int k = 0; k < s->count; k++) {
        const struct row *row = &s->row[k];

        if (!s->match[k])
            continue;
        if (in_cell(s, row, i, j)) {
            count++;
            cell += sum < 0 ? 1 : row->value[sum] < 0 ? 0 : row->value[sum];
        }
        if (s->q->figures != NULL)
            of += filter_holds(s->q->figures[i].of, row);
        else
            of += in_base(s, row, i) && in_column(s, row, i, j);
    }
    if (s->q->figures != NULL && !s->q->figures[i].has_of)
        of = -1;
    return !differs(why, "cell", i, j, cell, t->cell[at])
        && !differs(why, "count", i, j, count, t->count[at])
        && (t->of == NULL || !differs(why, "of", i, j, of, t->of[at]));
}

/* How many of line I have the first missing value, of row then column,
 * equal to NONE. */
static int64_t
outside_of(const struct slow *s, int i, int32_t none)
{
    int column = column_variable(s, i);
    int64_t n = 0;

    for (int k = 0; k < s->count; k++) {
        const int32_t *value = s->row[k].value;
        int32_t first = value[row_variable(s, i)];

        if (first >= 0 && column >= 0)
            first = value[column];
        n += s->match[k] && first == none;
    }
    return n;
}

/* Those a figure's base has lost: its first variable has no value. */
static int64_t
lost_of(const struct slow *s, int i, int32_t none)
{
    const struct slow_figure *f = &s->q->figures[i];
    int64_t n = 0;

    for (int k = 0; k < s->count && f->has_of; k++)
        n += s->match[k] && !filter_holds(f->of, &s->row[k])
          && s->row[k].value[filter_first(f->of)] == none;
    return n;
}

static int64_t
base_of(const struct slow *s, int i)
{
    int64_t n = 0;

    for (int k = 0; k < s->count; k++)
        n += s->match[k] && (s->q->figures != NULL
                             ? filter_holds(s->q->figures[i].of, &s->row[k])
                             : in_base(s, &s->row[k], i));
    return n;
}

/* Those of base I that are in any cell of it without a value to sum. */
static int64_t
left_out_of(const struct slow *s, const struct table *t, int i)
{
    int64_t n = 0;

    for (int k = 0; k < s->count; k++) {
        bool any = false;
        int sum = sum_of(s, i);

        for (int r = 0; r < t->row_count; r++)
            for (int j = 0; j < t->column_count; j++)
                any |= (s->keyed || r == i)
                    && in_cell(s, &s->row[k], r, j);
        n += s->match[k] && any && sum >= 0 && s->row[k].value[sum] < 0;
    }
    return n;
}

static bool
base_agrees(const struct slow *s, const struct table *t, int i,
            struct buf *why)
{
    int64_t (*of)(const struct slow *s, int i, int32_t none) =
        s->q->figures != NULL ? lost_of : outside_of;
    struct outside want = { of(s, i, VALUE_UNANSWERED),
                            of(s, i, VALUE_UNKNOWN),
                            of(s, i, VALUE_UNASKED) };

    return !differs(why, "base", i, -1, base_of(s, i), t->base[i])
        && !differs(why, "unanswered", i, -1, want.unanswered,
                    t->outside[i].unanswered)
        && !differs(why, "unknown", i, -1, want.unknown,
                    t->outside[i].unknown)
        && !differs(why, "not asked", i, -1, want.not_asked,
                    t->outside[i].not_asked)
        && (t->left_out == NULL
            || !differs(why, "left out", i, -1, left_out_of(s, t, i),
                        t->left_out[i]));
}

/* The id of key PLACE of V. */
static const char *
key_id(const struct slow *s, int v, int place, const struct keys *keys,
       char id[16])
{
    static const char *const yes_no[] = { "1", "0" };
    const struct variable *var = &s->q->in->variables[v];
    struct buf b;

    if (var->kind == KIND_BOOL)
        return yes_no[place];
    if (var->kind != KIND_INT && var->kind != KIND_SCORE
        && var->kind != KIND_TEXT4)
        return var->codes[place].id;
    buf_init(&b, 0);
    if (var->kind == KIND_TEXT4)
        buf_printf(&b, "%04d", (int)keys->value[place]);
    else
        buf_printf(&b, "%d", place + (var->kind == KIND_INT
                                      ? (int)keys->first : 1));
    memcpy(id, buf_string(&b), b.len + 1);
    buf_clear(&b);
    return id;
}

/* Lowest of int V and how many values up to the highest, among those that
 * any line's base has. V -1: the variable of each line itself. */
static int
found(const struct slow *s, int v, int lines, int32_t *first)
{
    int32_t low = INT32_MAX, high = -1;

    for (int i = 0; i < lines; i++) {
        for (int k = 0; k < s->count; k++) {
            int32_t value = s->row[k].value[v < 0 ? s->q->rows[i] : v];

            if (!s->match[k] || !in_base(s, &s->row[k], i))
                continue;
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
    }
    *first = low;
    return high < 0 ? 0 : high - low + 1;
}

static bool
has_value(const struct slow *s, int v, int lines, int32_t value)
{
    for (int i = 0; i < lines; i++)
        for (int k = 0; k < s->count; k++)
            if (s->match[k] && in_base(s, &s->row[k], i)
                && s->row[k].value[v < 0 ? s->q->rows[i] : v] == value)
                return true;
    return false;
}

/* The values of text4 V, rising, as found() counts; how many. */
static int
found_each(const struct slow *s, int v, int lines, struct keys *keys)
{
    int32_t low;
    int range = found(s, v, lines, &low), count = 0;

    keys->value = mem_take((size_t)range * sizeof *keys->value + 1);
    for (int i = 0; i < range; i++)
        if (has_value(s, v, lines, low + i))
            keys->value[count++] = low + i;
    return count;
}

/* How many keys V has. */
static int
key_count(const struct slow *s, int v, int lines, bool own,
          struct keys *keys)
{
    const struct variable *var = &s->q->in->variables[v];

    switch (var->kind) {
    case KIND_BOOL:
        return 2;
    case KIND_SCORE:
        return s->q->in->scale_count;
    case KIND_INT:
        return found(s, own ? -1 : v, lines, &keys->first);
    case KIND_TEXT4:
        return found_each(s, own ? -1 : v, lines, keys);
    default:
        return var->code_count;
    }
}

static bool
keys_agree(const struct slow *s, int v, const struct key *key, int got,
           int want, const struct keys *keys, struct buf *why)
{
    char id[16];

    if (differs(why, "keys", -1, -1, want, got))
        return false;
    for (int i = 0; i < want; i++) {
        if (strcmp(key[i].id, key_id(s, v, i, keys, id)) == 0)
            continue;
        buf_printf(why, "key %d is %s", i, key[i].id);
        return false;
    }
    return true;
}

/* Rows and columns of T are those they should be. */
static bool
sides_agree(struct slow *s, const struct table *t, struct buf *why)
{
    const struct slow_question *q = s->q;
    int lines = s->keyed ? 1 : q->row_count;
    int columns, want;

    if (q->figures != NULL)
        return !differs(why, "figures", -1, -1, q->figure_count,
                        t->row_count)
            && !differs(why, "columns", -1, -1, 1, t->column_count);
    columns = q->columns >= 0 ? q->columns
            : s->keyed || s->ticks ? -1 : q->rows[0];
    if (s->keyed) {
        want = key_count(s, q->rows[0], 1, false, &s->rows);
        if (!keys_agree(s, q->rows[0], t->row_keys, t->row_count, want,
                        &s->rows, why))
            return false;
    } else if (differs(why, "rows", -1, -1, q->row_count, t->row_count)) {
        return false;
    }
    if (columns < 0)
        return !differs(why, "columns", -1, -1, 1, t->column_count);
    want = key_count(s, columns, lines, q->columns < 0, &s->columns);
    return keys_agree(s, columns, t->column_keys, t->column_count, want,
                      &s->columns, why);
}

static bool
numbers_agree(const struct slow *s, const struct table *t, struct buf *why)
{
    if (differs(why, "bases", -1, -1, s->keyed ? 1 : t->row_count,
                t->base_count))
        return false;
    for (int i = 0; i < t->base_count; i++)
        if (!base_agrees(s, t, i, why))
            return false;
    for (int i = 0; i < t->row_count; i++)
        for (int j = 0; j < t->column_count; j++)
            if (!cell_agrees(s, t, i, j, why))
                return false;
    return true;
}

bool
slow_agrees(const struct slow_question *q, const struct row *rows,
            int count, const struct table *t, struct buf *why)
{
    struct slow s = { .q = q, .row = rows, .count = count };
    bool agrees;

    if (q->figures == NULL) {
        s.keyed = q->row_count == 1;
        s.ticks = !s.keyed
               && q->in->variables[q->rows[0]].kind == KIND_BOOL;
    }
    s.match = mem_take((size_t)count * sizeof *s.match);
    for (int i = 0; i < count; i++)
        s.match[i] = filter_holds(q->where, &rows[i])
                  && filter_holds(q->and_where, &rows[i]);
    agrees = sides_agree(&s, t, why) && numbers_agree(&s, t, why);
    free(s.match);
    free(s.rows.value);
    free(s.columns.value);
    return agrees;
}
