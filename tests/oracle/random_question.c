/* random_question.c - see random_question.h. */
#include "random_question.h"
#include <string.h>

/* Of 100 tables by municipality as many are not asked for: each has ten
 * thousand places. */
enum { DEAR = 70 };

static int32_t
random_answer(struct chance *c, const struct instrument *in, int v)
{
    static const int32_t none[] = {
        VALUE_UNANSWERED, VALUE_UNKNOWN, VALUE_UNASKED
    };

    if (chance_of(c, 15))
        return none[chance_int(c, 0, 2)];
    return random_value(c, in, v);
}

static void
random_choice(struct chance *c, const struct instrument *in, int v,
              int32_t *value, uint64_t *bits)
{
    int codes = in->variables[v].code_count;

    if (*value < 0)
        return;
    *value = 0;
    for (int i = chance_int(c, 0, 4); i > 0; i--) {
        int place = chance_int(c, 0, codes - 1);

        if ((bits[place / 64] >> (place % 64) & 1) == 0)
            (*value)++;
        bits[place / 64] |= (uint64_t)1 << (place % 64);
    }
}

void
random_person(struct chance *c, const struct instrument *in, bool high,
              int32_t *value, uint64_t *const *bits)
{
    for (int v = 0; v < in->variable_count; v++) {
        const struct variable *var = &in->variables[v];

        value[v] = random_answer(c, in, v);
        if (var->kind == KIND_CODES)
            random_choice(c, in, v, &value[v], bits[instrument_set(in, v)]);
        else if (var->kind == KIND_INT && var->max > 40
                 && var->derive == DERIVE_NONE && value[v] >= 0)
            value[v] = high ? chance_int(c, var->max - 12, var->max)
                            : chance_int(c, var->min, var->min + 12);
    }
}

struct asking {
    struct chance *chance;
    const struct instrument *in;
    struct arena *arena;
};

/* A filter for both sides, or none. */
static void
random_where(struct asking *t, int percent, const char **fast,
             const struct filter **slow)
{
    struct buf b;

    *fast = chance_of(t->chance, 50) ? "" : NULL;
    *slow = NULL;
    if (!chance_of(t->chance, percent))
        return;
    buf_init(&b, 0);
    do {
        struct filter *f = filter_random(t->chance, t->in, t->arena);

        buf_reset(&b);
        filter_print(f, t->in, t->chance, &b);
        *slow = f;
    } while (b.len > EXPR_BYTES_MAX);
    *fast = arena_text(t->arena, buf_string(&b));
    buf_clear(&b);
}

/* A variable of a kind that the bits of KINDS have; -1 sometimes, when
 * NONE percent. */
static int
random_variable(struct asking *t, unsigned kinds, int none)
{
    int v;

    if (chance_of(t->chance, none))
        return -1;
    do {
        v = chance_int(t->chance, 0, t->in->variable_count - 1);
    } while ((kinds >> t->in->variables[v].kind & 1) == 0
             || (t->in->variables[v].identifies
                 && t->in->variables[v].kind != KIND_CODES)
             || (t->in->variables[v].kind == KIND_TEXT4
                 && chance_of(t->chance, DEAR)));
    return v;
}

static bool
same_keys(const struct instrument *in, int a, int b)
{
    const struct variable *x = &in->variables[a], *y = &in->variables[b];

    return x->kind == y->kind && (x->kind == KIND_BOOL
        || x->kind == KIND_INT || x->kind == KIND_SCORE
        || x->kind == KIND_TEXT4
        || (x->code_count == y->code_count
            && strcmp(x->codes[0].id, y->codes[0].id) == 0));
}

static void
random_rows(struct asking *t, struct asked *a)
{
    const unsigned several = 1u << KIND_CODES;
    const unsigned single = 1u << KIND_INT | 1u << KIND_CODE
                          | 1u << KIND_BOOL | 1u << KIND_SCORE
                          | 1u << KIND_TEXT4;
    int n = chance_of(t->chance, 45) ? chance_int(t->chance, 2, ASKED_ROWS_MAX)
                                      : 1;

    a->rows[0] = random_variable(t, n == 1 && chance_of(t->chance, 20)
                                    ? several : single, 0);
    for (int i = 1; i < n; i++) {
        do {
            a->rows[i] = random_variable(t, single, 0);
        } while (!same_keys(t->in, a->rows[0], a->rows[i]));
    }
    a->fast.rows = a->slow.rows = a->rows;
    a->fast.row_count = a->slow.row_count = n;
    if (n == 1 || t->in->variables[a->rows[0]].kind == KIND_BOOL)
        a->slow.columns = random_variable(t, single, 40);
    a->fast.columns = a->slow.columns;
}

static void
random_figures(struct asking *t, struct asked *a)
{
    int n = chance_int(t->chance, 1, ASKED_ROWS_MAX);

    for (int i = 0; i < n; i++) {
        struct figure *f = &a->figure[i];
        struct slow_figure *s = &a->slow_figure[i];

        f->id = "figure";
        random_where(t, 80, &f->where, &s->where);
        random_where(t, 50, &f->of, &s->of);
        s->has_of = f->of != NULL;
        f->sum = random_variable(t, 1u << KIND_INT, 60);
        s->sum = f->sum >= 0 ? f->sum : a->slow.sum;
    }
    a->slow.figures = a->slow_figure;
    a->slow.figure_count = n;
    if (n == 1 && chance_of(t->chance, 50)) {
        a->slow_figure[0] = (struct slow_figure){ .sum = a->slow.sum };
        return;                 /* no figures: the single count */
    }
    a->fast.figures = a->figure;
    a->fast.figure_count = n;
}

struct asked *
random_question(struct chance *c, const struct instrument *in,
                struct arena *arena)
{
    struct asking asking = { c, in, arena }, *t = &asking;
    struct asked *a = arena_take(arena, sizeof *a);

    a->slow.in = t->in;
    a->slow.columns = a->fast.columns = -1;
    a->slow.sum = a->fast.sum = random_variable(t, 1u << KIND_INT, 65);
    random_where(t, 60, &a->fast.where, &a->slow.where);
    random_where(t, 20, &a->fast.and_where, &a->slow.and_where);
    if (chance_of(t->chance, 15))
        random_figures(t, a);
    else
        random_rows(t, a);
    return a;
}
