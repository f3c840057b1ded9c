/* cell_value.c - what a cell means: the long way (cells.c). */
#include "intake/cell.h"
#include <string.h>
#include "base/utf8.h"
#include "calc/check.h"
#include "intake/cell_known.h"

/* As variable_code; without V, as status_of. */
static int
word_of(const struct variable *v, struct csv_slice word)
{
    return v != NULL ? variable_code(v, word.data, word.len)
                     : status_of(word.data, word.len);
}

/* The same, remembered in TABLE. Some bytes behind WORD may be read. */
static int
word_known(struct known *table, const struct variable *v,
           struct csv_slice word)
{
    struct known *place;
    int code;

    if (word.len == 0 || word.len > KNOWN_LEN)
        return word_of(v, word);
    if (known_find(table, word, &place))
        return place->value;
    code = word_of(v, word);
    if (code >= 0)
        known_put(place, word, code);
    return code;
}

/* Ids separated by '|'. */
static void
read_codes(struct cells *c, struct csv_slice cell, int id)
{
    const struct variable *v = &c->o->in->variables[id];
    int place = instrument_set(c->o->in, id);
    uint64_t *set = c->row.set[place];
    const char *p = cell.data, *end = cell.data + cell.len;
    int32_t count = 0;

    while (p <= end) {
        const char *bar = memchr(p, '|', (size_t)(end - p));
        struct csv_slice part = {
            p, (size_t)((bar != NULL ? bar : end) - p)
        };
        int code = word_known(c->codes + place * KNOWN, v, part);

        if (code < 0 || set[code / 64] >> (code % 64) & 1) {
            /* What may not be shown whole is not shown in parts either. */
            if (code < 0)
                cell_fault_value(c, quote_allowed(cell.data, cell.len)
                                    ? part : cell, id);
            else
                cell_fault_found(c, part, id, "import.code_twice", "");
            return;
        }
        set[code / 64] |= (uint64_t)1 << (code % 64);
        count++;
        p = part.data + part.len + 1;
    }
    c->row.value[id] = count;
}

static void
read_text(struct cells *c, struct csv_slice cell, int id)
{
    struct err fault = { .code = ERR_NONE };

    if (check_text(&c->o->in->variables[id], cell.data, cell.len, &fault))
        c->row.value[id] = 0;
    else
        cell_fault(c, &fault, id);
}

int64_t
cells_number(struct csv_slice cell)
{
    int64_t n = 0;

    for (size_t i = 0; i < cell.len && n <= NUMBER_LIMIT; i++) {
        if (cell.data[i] < '0' || cell.data[i] > '9')
            return 0;
        n = n * 10 + (cell.data[i] - '0');
    }
    return n;
}

static int64_t
read_number(struct cells *c, struct csv_slice cell, int id)
{
    int64_t n = cells_number(cell);

    if (n < 1 || n > NUMBER_LIMIT) {
        cell_fault_found(c, cell, id, "import.number", "2147483647");
        return 0;
    }
    return n;
}

static void
read_special(struct cells *c, struct csv_slice cell, int id)
{
    int status;

    switch (id) {
    case COLUMN_STATUS:
        status = word_known(c->codes + c->o->in->set_count * KNOWN, NULL,
                            cell);
        if (status < 0)
            cell_fault_found(c, cell, id, "import.value_code",
                             "draft, complete, withdrawn");
        /* Of a draft the least is demanded: nothing else is told. */
        c->row.status = status < 0 ? STATUS_DRAFT : (enum status)status;
        break;
    case COLUMN_REGISTRATION:
        c->row.number = read_number(c, cell, id);
        break;
    case COLUMN_SUPERSEDED_BY:
        c->row.superseded_by = read_number(c, cell, id);
        break;
    default:
        cell_pseudonym(c, cell);
        break;
    }
}

/* Said once: the others of the file are of the same round. */
static void
warn_period(struct cells *c, int32_t ours, int id)
{
    struct err warning = { .code = ERR_NONE };

    if (c->period_warned)
        return;
    c->period_warned = true;
    err_set(&warning, ERR_INPUT, "import.period", "%d", ours);
    sheet_warn(c->sheet, &warning, sheet_column(c->sheet, id));
}

/* Municipality, year and period are the round's: a cell can only agree. */
static void
agree(struct cells *c, struct csv_slice cell, int id)
{
    const struct variable *v = &c->o->in->variables[id];
    const struct round *r = c->o->round;
    int32_t ours = v->role == ROLE_MUNICIPALITY ? r->municipality
                 : v->role == ROLE_YEAR ? r->year : r->period;
    char text[ID_MAX + 1];

    if (c->row.value[id] == ours)
        return;
    if (v->role == ROLE_PERIOD) {
        warn_period(c, ours, id);
        c->row.value[id] = ours;
        return;
    }
    variable_print(v, ours, text);
    cell_fault_found(c, cell, id, "import.other_round", text);
}

bool
cell_read(struct cells *c, struct csv_slice cell, int id, struct err *e)
{
    const struct variable *v;
    int32_t value;

    if (id >= VARIABLE_MAX) {
        read_special(c, cell, id);
        return true;
    }
    v = &c->o->in->variables[id];
    if (v->off) {               /* in a draft too: it would be stored */
        cell_fault_off(c, id);
        return true;
    }
    if (v->kind == KIND_IDENT)
        return cell_ident(c, cell, id, e);
    if (v->takes_unknown && v->kind != KIND_TEXT && cell.len == 7
        && memcmp(cell.data, "unknown", 7) == 0) {
        c->row.value[id] = VALUE_UNKNOWN;
        return true;
    }
    if (v->kind == KIND_CODES) {
        read_codes(c, cell, id);
    } else if (v->kind == KIND_TEXT) {
        read_text(c, cell, id);
    } else if (!variable_read(c->o->in, v, cell.data, cell.len, &value)
               || (v->kind == KIND_INT && (value < v->min
                                           || value > v->max))) {
        cell_fault_value(c, cell, id);
    } else if (v->kind == KIND_CODE && v->codes[value].off) {
        cell_fault_code_off(c, &v->codes[value], id);
    } else {
        c->row.value[id] = value;
        if (v->role >= ROLE_MUNICIPALITY && v->role <= ROLE_PERIOD)
            agree(c, cell, id);
    }
    return true;
}
