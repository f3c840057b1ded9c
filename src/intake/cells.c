/* cells.c - see cells.h.
 *
 * A blank cell is passed over: the row starts out as unanswered. What a
 * cell may be follows from its variable's kind; the few that the program
 * itself must understand (unit, tier, municipality, year, number) have a
 * reader of their own, found by role.
 *
 * Reading a cell is mostly finding out what the same text meant a few rows
 * before: a tick, a score, one of ten codes, the round's year. So every
 * column remembers some texts that were good and of what value; all others,
 * and all that has faults, take the long way, and it is the only one that
 * knows what is right. */
#include "intake/cells.h"
#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "calc/check.h"

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

enum { KNOWN = 16, KNOWN_LEN = CSV_READABLE };

/* A text of LEN bytes, and its value. */
struct known {
    uint64_t word;              /* the first eight of them, zeros behind */
    char text[KNOWN_LEN];
    int32_t value;
    uint8_t len;                /* 0: nothing, for blank cells are not read */
};

struct cell_column {
    int id;                     /* -1: none */
    int ticks;                  /* so many columns from here on are ticks of
                                   variables in turn: "0" and "1" are 0 and
                                   1 */
    struct known *known;        /* KNOWN of them, or NULL: not remembered */
};

int (*const cells_find)(const void *ctx, const char *name, size_t len,
                        const char **near) = find_column;

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
    explicit_bzero(c->codes, (size_t)c->o->in->set_count * KNOWN
                             * sizeof *c->codes);
    free(c->codes);
    explicit_bzero(c->row.value, (size_t)c->o->in->variable_count
                                 * sizeof *c->row.value);
    free(c->row.value);
    free(c->row.bad);
    for (int i = 0; c->column != NULL && i < c->sheet->columns; i++) {
        struct known *known = c->column[i].known;

        if (known != NULL)
            explicit_bzero(known, KNOWN * sizeof *known);
        free(known);
    }
    free(c->column);
    explicit_bzero(c->row.pseudonym, sizeof c->row.pseudonym);
    key_wipe(&c->key);
    c->o = NULL;
}

void
cells_fault(struct cells *c, struct err *fault, int id)
{
    int column = sheet_column(c->sheet, id);

    if (column < 0 && id < c->o->in->variable_count)
        err_field(fault, c->o->in->variables[id].id);
    sheet_fault(c->sheet, fault, column);
    c->row.faults++;
}

/* A fault of the cell itself. */
static void
fault_cell(struct cells *c, struct err *fault, int id)
{
    if (id < c->o->in->variable_count)
        c->row.bad[id] = c->was_bad = true;
    cells_fault(c, fault, id);
}

/* Sets and tells a fault that quotes what stood in the cell. */
static void
fault_found(struct cells *c, struct csv_slice cell, int id, const char *key,
            const char *expected)
{
    struct err fault = { .code = ERR_NONE };
    char found[QUOTE_MAX];

    err_quote(found, sizeof found, cell.data, cell.len);
    err_set(&fault, ERR_INPUT, key, "%s %s", found, expected);
    fault_cell(c, &fault, id);
}

static void
fault_plain(struct cells *c, int id, const char *key)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, key, "");
    fault_cell(c, &fault, id);
}

/* What the variable takes, as text for a message: ranges and lists, which
 * need no translation. */
static void
expected_of(const struct cells *c, const struct variable *v,
            struct csv_slice cell, struct buf *out)
{
    const struct instrument *in = c->o->in;
    struct near near;

    buf_init(out, 4096);
    switch (v->kind) {
    case KIND_SCORE:
        buf_printf(out, "1..%d", in->scale_count);
        break;
    case KIND_INT:
        buf_printf(out, "%d..%d", v->min, v->max);
        break;
    case KIND_DATE:
        buf_text(out, "2014-05-20");
        break;
    case KIND_TEXT4:
        buf_printf(out, "%04d", c->o->round->municipality);
        break;
    default:
        near_begin(&near, cell.data, cell.len);
        near.far = true;
        for (int i = 0; i < v->code_count; i++)
            near_offer(&near, v->codes[i].id);
        for (int i = 0; i < v->code_count && i < 8; i++)
            if (!v->codes[i].off)
                buf_printf(out, "%s%s", out->len > 0 ? ", " : "",
                           v->codes[i].id);
        if (v->takes_unknown)
            buf_text(out, ", unknown");
        if (v->code_count > 8) {
            buf_reset(out);
            buf_text(out, near.best != NULL ? near.best : v->codes[0].id);
        }
        break;
    }
}

static const char *const value_keys[KIND_COUNT] = {
    [KIND_TEXT4] = "import.value_text4", [KIND_INT] = "import.value_int",
    [KIND_DATE] = "import.value_date", [KIND_CODE] = "import.value_code",
    [KIND_CODES] = "import.value_code", [KIND_BOOL] = "import.value_code",
    [KIND_SCORE] = "import.value_score"
};

static void
fault_value(struct cells *c, struct csv_slice cell, int id)
{
    const struct variable *v = &c->o->in->variables[id];
    struct buf expected;

    expected_of(c, v, cell, &expected);
    fault_found(c, cell, id,
                v->code_count > 8 ? "import.value_code_near"
                                  : value_keys[v->kind],
                buf_string(&expected));
    buf_clear(&expected);
}

/* The eight bytes at P, the first the lowest. */
static inline uint64_t
word_at(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return le64toh(word);
}

/* What is known of CELL, KNOWN_LEN bytes at most, or may become so; *WORD:
 * its first bytes. */
static inline struct known *
known_place(struct known *known, struct csv_slice cell, uint64_t *word)
{
    uint64_t last;

    static_assert(CSV_READABLE >= 16, "words are read whole");
    *word = word_at(cell.data);
    if (cell.len < 8)
        *word &= ((uint64_t)1 << (8 * cell.len)) - 1;
    last = cell.len > 8 ? word_at(cell.data + cell.len - 8) : cell.len;
    return &known[((*word ^ last * 3) * 0x9E3779B97F4A7C15) >> 60];
}

static inline bool
is_known(const struct known *known, struct csv_slice cell, uint64_t word)
{
    return known->len == cell.len && known->word == word
        && (cell.len <= 8
            || memcmp(known->text, cell.data, cell.len) == 0);
}

/* CELL is of VALUE from now on. */
static inline void
remember(struct known *known, struct csv_slice cell, uint64_t word,
         int32_t value)
{
    known->word = word;
    known->len = (uint8_t)cell.len;
    known->value = value;
    memcpy(known->text, cell.data, cell.len);
}

/* As variable_code. Some bytes behind PART may be read. */
static int
code_of(struct known *table, const struct variable *v, struct csv_slice part)
{
    struct known *known;
    uint64_t word;
    int code;

    if (part.len == 0 || part.len > KNOWN_LEN)
        return variable_code(v, part.data, part.len);
    known = known_place(table, part, &word);
    if (is_known(known, part, word))
        return known->value;
    code = variable_code(v, part.data, part.len);
    if (code >= 0)
        remember(known, part, word, code);
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
        int code = code_of(c->codes + place * KNOWN, v, part);

        if (code < 0 || set[code / 64] >> (code % 64) & 1) {
            /* What may not be shown whole is not shown in parts either. */
            if (code < 0)
                fault_value(c, quote_allowed(cell.data, cell.len) ? part
                                                                  : cell, id);
            else
                fault_found(c, part, id, "import.code_twice", "");
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
        fault_cell(c, &fault, id);
}

static void
fault_off(struct cells *c, int id)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "check.off", "%s",
            c->o->in->variables[id].id);
    fault_cell(c, &fault, id);
}

static void
fault_code_off(struct cells *c, const struct code *code, int id)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "check.code_off", "%s", code->id);
    fault_cell(c, &fault, id);
}

/* The number: checked, turned into a pseudonym, forgotten. */
static bool
read_ident(struct cells *c, struct csv_slice cell, int id, struct err *e)
{
    static const char *const why[] = {
        [IDENT_WHY_FORM] = "ident.form", [IDENT_WHY_DATE] = "ident.date",
        [IDENT_WHY_CONTROL] = "ident.control"
    };
    struct ident ident = ident_check(cell.data, cell.len);

    if (ident.kind == IDENT_BAD) {
        fault_plain(c, id, why[ident.why]);
        return true;
    }
    if (ident.synthetic != c->o->round->synthetic) {
        fault_plain(c, id, c->o->round->synthetic ? "ident.not_synthetic"
                                                  : "ident.synthetic");
        return true;
    }
    if (!c->has_key) {
        c->has_key = key_load(store_keys(c->o->store), c->o->round->id,
                              &c->key, e);
        if (!c->has_key)
            return false;
    }
    key_pseudonym(&c->key, cell.data, c->row.pseudonym);
    c->row.has_pseudonym = c->row.has_ident = true;
    c->row.ident = ident;
    c->row.value[id] = 0;
    return true;
}

/* What a lower-case hexadecimal digit is, plus one; 0: none. */
static const uint8_t hex_digit[256] = {
    ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6,
    ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16
};

static bool
hex_bytes(const char *text, uint8_t *out, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        unsigned high = hex_digit[(unsigned char)text[2 * i]];
        unsigned low = hex_digit[(unsigned char)text[2 * i + 1]];

        good &= high > 0 && low > 0;
        out[i] = (uint8_t)((high - 1) << 4 | ((low - 1) & 0xF));
    }
    return good;
}

static void
read_pseudonym(struct cells *c, struct csv_slice cell)
{
    int ident = c->o->in->role[ROLE_IDENT];

    if (cell.len == 2 * PSEUDONYM_BYTES
        && hex_bytes(cell.data, c->row.pseudonym, PSEUDONYM_BYTES)) {
        c->row.has_pseudonym = true;
        c->row.value[ident] = 0;
        return;
    }
    c->row.bad[ident] = c->was_bad = true;
    fault_plain(c, COLUMN_PSEUDONYM, "import.pseudonym");
}

static int64_t
read_number(struct cells *c, struct csv_slice cell, int id)
{
    int64_t n = 0;

    for (size_t i = 0; i < cell.len && n <= NUMBER_LIMIT; i++) {
        if (cell.data[i] < '0' || cell.data[i] > '9') {
            n = 0;
            break;
        }
        n = n * 10 + (cell.data[i] - '0');
    }
    if (n < 1 || n > NUMBER_LIMIT) {
        fault_found(c, cell, id, "import.number", "2147483647");
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
        status = status_of(cell.data, cell.len);
        if (status < 0)
            fault_found(c, cell, id, "import.value_code",
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
        read_pseudonym(c, cell);
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
    fault_found(c, cell, id, "import.other_round", text);
}

static bool
read_cell(struct cells *c, struct csv_slice cell, int id, struct err *e)
{
    const struct variable *v;
    int32_t value;

    if (id >= VARIABLE_MAX) {
        read_special(c, cell, id);
        return true;
    }
    v = &c->o->in->variables[id];
    if (v->off) {               /* in a draft too: it would be stored */
        fault_off(c, id);
        return true;
    }
    if (v->kind == KIND_IDENT)
        return read_ident(c, cell, id, e);
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
        fault_value(c, cell, id);
    } else if (v->kind == KIND_CODE && v->codes[value].off) {
        fault_code_off(c, &v->codes[value], id);
    } else {
        c->row.value[id] = value;
        if (v->role >= ROLE_MUNICIPALITY && v->role <= ROLE_PERIOD)
            agree(c, cell, id);
    }
    return true;
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

/* Both a number and a pseudonym: which of them is right can't be known. */
static void
check_twice(struct cells *c)
{
    int column = c->pseudonym;

    if (column >= 0 && c->sheet->row.field[column].len > 0
        && c->row.has_ident)
        fault_plain(c, COLUMN_PSEUDONYM, "import.pseudonym_ident");
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
        return read_cell(c, cell, k->id, e);
    known = known_place(k->known, cell, &word);
    if (is_known(known, cell, word)) {
        c->row.value[k->id] = known->value;
        return true;
    }
    if (!read_cell(c, cell, k->id, e))
        return false;
    if (c->row.faults > faults || c->period_warned != warned)
        return true;
    remember(known, cell, word, c->row.value[k->id]);
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
            ok = read_cell(c, cell, k->id, e);
        if (!ok)
            return false;
    }
    check_twice(c);
    return true;
}
