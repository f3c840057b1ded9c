/* random_filter.c - see random_filter.h. */
#include "random_filter.h"
#include <string.h>

enum { PARTS_MAX = 3, VALUES_MAX = 6, DEPTH_MAX = 4 };
enum word { WORD_OR, WORD_AND, WORD_NOT, WORD_TEST };

struct filter {
    enum word word;
    int parts;
    struct filter *part[PARTS_MAX];
    /* A test: NAME SIGN VALUE, NAME in {VALUES}, NAME is STATE. */
    int variable, set;          /* set: -1 but for kind codes */
    const char *how;            /* "=", ..., "in", "is" */
    const char *state;
    int values;
    int32_t value[VALUES_MAX];
};

/* What a part of a derived int can be at most is little here, so that
 * tables stay small enough for the slow twin. */
static int
int_max(const struct variable *v)
{
    switch (v->derive) {
    case DERIVE_AGE:
        return 120;
    case DERIVE_SUM:
        return 40;
    default:
        return v->max;
    }
}

static int32_t
random_int(struct chance *c, const struct variable *v)
{
    int low = v->derive == DERIVE_NONE ? v->min : 0, high = int_max(v);

    if (high - low > 40 && chance_of(c, 50))
        high = low + 20;
    else if (high - low > 40 && chance_of(c, 80))
        low = high - 20;
    return chance_int(c, low, high);
}

int32_t
random_value(struct chance *c, const struct instrument *in, int v)
{
    const struct variable *var = &in->variables[v];

    switch (var->kind) {
    case KIND_INT:
        return random_int(c, var);
    case KIND_BOOL:
        return chance_int(c, 0, 1);
    case KIND_SCORE:
        return chance_int(c, 1, in->scale_count);
    case KIND_CODE:
    case KIND_CODES:
        return chance_int(c, 0, var->code_count - 1);
    case KIND_INDEX:
        return chance_int(c, 1000, 5000);
    case KIND_DATE:
        return chance_int(c, 16000, 16400);
    case KIND_TEXT4:
        return 301 + 1859 * chance_int(c, 0, 5);
    default:
        return 0;
    }
}

static bool
may_stand(const struct variable *v)
{
    return v->kind == KIND_CODES
        || (v->kind != KIND_IDENT && v->kind != KIND_TEXT
            && !v->identifies);
}

static struct filter *
random_test(struct chance *c, const struct instrument *in,
            struct arena *arena)
{
    static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };
    static const char *const states[] = {
        "answered", "blank", "unknown", "unasked"
    };
    struct filter *f = arena_take(arena, sizeof *f);
    const struct variable *v;
    bool ordered;

    do {
        f->variable = chance_int(c, 0, in->variable_count - 1);
        v = &in->variables[f->variable];
    } while (!may_stand(v));
    f->word = WORD_TEST;
    f->set = v->kind == KIND_CODES ? instrument_set(in, f->variable) : -1;
    ordered = v->kind == KIND_INT || v->kind == KIND_SCORE
           || v->kind == KIND_DATE || v->kind == KIND_INDEX;
    if (chance_of(c, 20)) {
        f->how = "is";
        f->state = states[chance_int(c, 0, 3)];
        return f;
    }
    f->values = 1;
    if (f->set >= 0 || chance_of(c, 25)) {
        f->how = "in";
        f->values = chance_int(c, 1, VALUES_MAX);
    } else {
        f->how = signs[chance_int(c, 0, ordered ? 5 : 1)];
    }
    for (int i = 0; i < f->values; i++)
        f->value[i] = random_value(c, in, f->variable);
    return f;
}

static struct filter *
random_tree(struct chance *c, const struct instrument *in,
            struct arena *arena, int depth)
{
    struct filter *f;

    if (depth == 0 || chance_of(c, 35))
        return random_test(c, in, arena);
    f = arena_take(arena, sizeof *f);
    f->word = (enum word)chance_int(c, WORD_OR, WORD_NOT);
    f->parts = f->word == WORD_NOT ? 1 : chance_int(c, 2, PARTS_MAX);
    for (int i = 0; i < f->parts; i++)
        f->part[i] = random_tree(c, in, arena, depth - 1);
    return f;
}

struct filter *
filter_random(struct chance *c, const struct instrument *in,
              struct arena *arena)
{
    return random_tree(c, in, arena, chance_int(c, 0, DEPTH_MAX));
}

/* At least one byte of white space, or none where it may be left out. */
static void
print_blank(struct chance *c, bool needed, struct buf *out)
{
    static const char *const blanks[] = { " ", " ", "  ", "\t", "\n" };

    if (needed || chance_of(c, 60))
        buf_text(out, blanks[chance_int(c, 0, 4)]);
}

/* Days since 1970 as a date, by counting the years and months. */
static void
print_date(int32_t days, struct buf *out)
{
    static const int months[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    int year = 1970, month = 0, length;

    for (;; year++) {
        length = year % 4 == 0 ? 366 : 365;
        if (days < length)
            break;
        days -= length;
    }
    for (;; month++) {
        length = months[month] + (month == 1 && year % 4 == 0);
        if (days < length)
            break;
        days -= length;
    }
    buf_printf(out, "%04d-%02d-%02d", year, month + 1, (int)days + 1);
}

static void
print_value(const struct variable *v, int32_t value, struct chance *c,
            struct buf *out)
{
    bool quoted = chance_of(c, 30);

    if (quoted)
        buf_byte(out, '"');
    if (v->kind == KIND_CODE || v->kind == KIND_CODES)
        buf_text(out, v->codes[value].id);
    else if (v->kind == KIND_DATE)
        print_date(value, out);
    else
        buf_printf(out, v->kind == KIND_TEXT4 ? "%04d" : "%d", (int)value);
    if (quoted)
        buf_byte(out, '"');
}

static void
print_test(const struct filter *f, const struct instrument *in,
           struct chance *c, struct buf *out)
{
    const struct variable *v = &in->variables[f->variable];
    bool word = f->how[0] == 'i';

    buf_text(out, v->id);
    print_blank(c, word, out);
    buf_text(out, f->how);
    print_blank(c, strcmp(f->how, "is") == 0, out);
    if (f->state != NULL) {
        buf_text(out, f->state);
    } else if (!word) {
        print_value(v, f->value[0], c, out);
    } else {
        for (int i = 0; i < f->values; i++) {
            buf_byte(out, i == 0 ? '{' : ',');
            print_blank(c, false, out);
            print_value(v, f->value[i], c, out);
            print_blank(c, false, out);
        }
        buf_byte(out, '}');
    }
}

static void print_tree(const struct filter *f, const struct instrument *in,
                       struct chance *c, struct buf *out);

/* A part binds weaker than what it stands in, or equally: brackets. */
static void
print_part(const struct filter *f, enum word around,
           const struct instrument *in, struct chance *c, struct buf *out)
{
    bool brackets = f->word < around
                 || (f->word == around && around != WORD_NOT)
                 || chance_of(c, 15);

    if (brackets) {
        buf_byte(out, '(');
        print_blank(c, false, out);
    }
    print_tree(f, in, c, out);
    if (brackets) {
        print_blank(c, false, out);
        buf_byte(out, ')');
    }
}

static void
print_tree(const struct filter *f, const struct instrument *in,
           struct chance *c, struct buf *out)
{
    if (f->word == WORD_TEST) {
        print_test(f, in, c, out);
        return;
    }
    if (f->word == WORD_NOT) {
        buf_text(out, "not");
        print_blank(c, true, out);
        print_part(f->part[0], WORD_NOT, in, c, out);
        return;
    }
    for (int i = 0; i < f->parts; i++) {
        if (i > 0) {
            print_blank(c, true, out);
            buf_text(out, f->word == WORD_AND ? "and" : "or");
            print_blank(c, true, out);
        }
        print_part(f->part[i], f->word, in, c, out);
    }
}

void
filter_print(const struct filter *f, const struct instrument *in,
             struct chance *c, struct buf *out)
{
    print_blank(c, false, out);
    print_tree(f, in, c, out);
    print_blank(c, false, out);
}

static bool
state_holds(const char *state, int32_t value)
{
    static const struct { const char *state; int32_t low, high; } states[] = {
        { "answered", 0, INT32_MAX },
        { "blank", INT32_MIN, -1 },
        { "unknown", VALUE_UNKNOWN, VALUE_UNKNOWN },
        { "unasked", VALUE_UNASKED, VALUE_UNASKED }
    };
    int i = 0;

    while (strcmp(states[i].state, state) != 0)
        i++;
    return value >= states[i].low && value <= states[i].high;
}

static bool
sign_holds(const char *sign, int32_t a, int32_t b)
{
    bool equal = sign[strlen(sign) - 1] == '=';

    switch (sign[0]) {
    case '<':
        return a < b || (equal && a == b);
    case '>':
        return a > b || (equal && a == b);
    case '!':
        return a != b;
    default:
        return a == b;
    }
}

static bool
test_holds(const struct filter *f, const struct row *row)
{
    int32_t value = row->value[f->variable];

    if (f->state != NULL)
        return state_holds(f->state, value);
    if (value < 0)
        return false;
    if (f->how[0] != 'i')
        return sign_holds(f->how, value, f->value[0]);
    for (int i = 0; i < f->values; i++) {
        int32_t v = f->value[i];

        if (f->set < 0 ? v == value
                       : (row->set[f->set][v / 64] >> (v % 64) & 1) != 0)
            return true;
    }
    return false;
}

bool
filter_holds(const struct filter *f, const struct row *row)
{
    int held = 0;

    if (f == NULL)
        return true;
    if (f->word == WORD_TEST)
        return test_holds(f, row);
    for (int i = 0; i < f->parts; i++)
        held += filter_holds(f->part[i], row);
    return f->word == WORD_NOT ? held == 0
         : f->word == WORD_AND ? held == f->parts : held > 0;
}

int
filter_first(const struct filter *f)
{
    while (f->word != WORD_TEST)
        f = f->part[0];
    return f->variable;
}
