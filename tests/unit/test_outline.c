/* test_outline.c - many rows by an outline against the plain rules, row by
 * row: filters by tables, ticks by words, conditions that see each other,
 * rows without a fault and rows with one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/random.h"
#include "calc/check.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "calc/ticks.h"
#include "tiny_instrument.h"

static const char *const files[] = {
    NULL, "instruments/brukerplan-2014.yaml"
};

/* Any value at all; of a score none that a scale does not have. */
static int32_t
any_value(const struct instrument *in, int v, const struct random *random)
{
    static const int32_t edges[] = {
        59, 60, 61, 62, 63, 64, 123, 124, 125, 126, 2014, INT_MAX_VALUE
    };
    uint32_t kind = random_below(random, 16);

    if (kind < 6)
        return VALUE_UNASKED + (int32_t)kind % 3;
    if (kind < 13 || in->variables[v].kind == KIND_SCORE)
        return (int32_t)random_below(random, kind < 10 ? 2 : 6);
    if (kind < 15)
        return in->facts.year - 160 + (int32_t)random_below(random, 170);
    return edges[random_below(random, sizeof edges / sizeof *edges)];
}

static void
fill(const struct instrument *in, struct tiny_row *r,
     const struct random *random)
{
    tiny_blank(r);
    for (int i = 0; i < in->variable_count; i++)
        r->value[i] = any_value(in, i, random);
}

/* ---- filters ---- */

/* With one variable, several, each form that terms can say and those that
 * they can't; what the last few ask sees whether a question was asked. */
static const struct {
    const char *text;
    int terms;                  /* -1: none can say it */
    const char *sees, *sees_not;    /* unasked, of which variable */
} filters[] = {
    { "", 0, NULL, "kids" },
    { "target = mental", 1, NULL, "target" },
    { "target in {substance, dual}", 1, NULL, "target" },
    { "not target in {substance, dual}", 1, NULL, "target" },
    { "kids > 0 and not (target in {mental})", 2, NULL, "kids" },
    { "plan = 1 or declined = 1 or crisis = 1", 3, NULL, "plan" },
    { "not (plan = 1 or declined = 1) and kids >= 2", 3, NULL, "plan" },
    { "not (plan = 1 and declined = 1)", 2, NULL, "plan" },
    { "kids > 0 and kids < 3 and kids != 2", 1, NULL, "kids" },
    { "kids = 1 or kids = 3 or plan = 1", 2, NULL, "kids" },
    { "visits > 50", 1, NULL, "visits" },
    { "visits > 60 and kids = 1", 2, NULL, "visits" },
    { "visits != 61 or kids = 1", 2, NULL, "visits" },
    { "birth_year >= 1990", 1, NULL, "birth_year" },
    { "kids is answered", 1, NULL, "kids" },
    { "kids is blank or plan is unknown", 2, NULL, "plan" },
    { "(kids = 1 and plan = 1) or crisis = 0", -1, "plan", "target" },
    { "(kids = 1 or plan = 1) and (crisis = 0 or plan = 0)", -1, "crisis",
      "target" },
    { "helpers in {u1}", -1, "helpers", "kids" },
    { "helpers in {u1} and kids = 1", -1, "kids", "plan" },
    { "declined is unasked", 1, "declined", "kids" },
    { "not declined is unasked", 1, "declined", "kids" },
    { "not crisis is unasked", 1, "crisis", "kids" },
    { "not declined is unasked and kids = 1", 2, "declined", "kids" },
    { "declined is unasked or declined is blank", 1, NULL, "declined" }
};

static void
test_filters(void **state)
{
    struct instrument *in = tiny_instrument(NULL, 3);
    struct random_state seed;
    struct random random = random_seeded(&seed, 5);
    struct arena arena;
    struct err e = { .code = ERR_NONE };

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct expr *x = expr_parse(filters[i].text, in, in->variable_count,
                                    &arena, NULL, &e);
        struct expr_quick q;

        assert_int_equal(e.code, ERR_NONE);
        expr_quicken(&q, x, in, &arena);
        if (q.terms != filters[i].terms)
            fail_msg("%s: %d terms", filters[i].text, q.terms);
        if (filters[i].sees != NULL)
            assert_true(expr_quick_sees_unasked(
                &q, tiny_variable(in, filters[i].sees)));
        assert_false(expr_quick_sees_unasked(
            &q, tiny_variable(in, filters[i].sees_not)));
        for (int k = 0; k < 4000; k++) {
            struct tiny_row r;

            fill(in, &r, &random);
            r.bits[0][0] = random_u64(&random);
            if (expr_quick_test(&q, &r.row) != expr_test(x, &r.row))
                fail_msg("%s: row %d", filters[i].text, k);
        }
    }
    arena_clear(&arena);
    instrument_free(in);
}

/* ---- ticks ---- */

static void
test_ticks(void **state)
{
    enum { MOST = 3 * 64 + 5, GUARD = 77 };
    struct random_state seed;
    struct random random = random_seeded(&seed, 6);

    (void)state;
    for (int n = 0; n < 8 * MOST; n++) {
        int32_t plain[MOST + 1], quick[MOST + 1];
        struct ticks a = { 0 }, b = { 0 };
        int count = n % MOST;
        uint32_t odd = random_below(&random, 3);
        size_t words = (size_t)(count + 63) / 64 * sizeof *a.yes;

        for (int i = 0; i < count; i++)
            plain[i] = odd > 0 ? (int32_t)random_below(&random, 2)
                     : VALUE_UNASKED + (int32_t)random_below(&random, 6);
        plain[count] = GUARD;
        memcpy(quick, plain, sizeof plain);
        memset(&a, odd == 2 ? 255 : 0, sizeof a);   /* what was there before */
        ticks_take_plain(&a, plain, count, n % 5 > 0);
        ticks_take(&b, quick, count, n % 5 > 0);
        assert_memory_equal(plain, quick,
                            ((size_t)count + 1) * sizeof *plain);
        assert_memory_equal(a.yes, b.yes, words);
        assert_memory_equal(a.has, b.has, words);
        for (int i = 0; i < count; i++) {
            assert_int_equal(a.yes[i / 64] >> (i % 64) & 1, plain[i] == 1);
            assert_int_equal(a.has[i / 64] >> (i % 64) & 1, plain[i] >= 0);
        }
    }
}

/* ---- all of it ---- */

struct told {
    struct buf text;
    int last;                   /* the variable that was at fault */
    const struct instrument *in;
};

static void
tell(void *ctx, const struct err *fault)
{
    struct told *t = ctx;

    buf_printf(&t->text, "%s %s %s %s\n", fault->field, fault->key,
               fault->arg[0], fault->arg[1]);
    t->last = instrument_variable(t->in, fault->field,
                                  strlen(fault->field));
}

/* What CHECK says of ROW, by an outline and without; how much. */
static int
check_both(const struct outline *o, const struct row *row, int what)
{
    struct told plain = { .in = o->in }, by = plain;
    struct check_listener listener = { tell, &plain, LANG_EN };
    int faults;

    buf_init(&plain.text, 0);
    buf_init(&by.text, 0);
    faults = check_registration(o->in, row, what, &listener);
    listener.ctx = &by;
    assert_int_equal(check_by(o, row, what, &listener), faults);
    assert_string_equal(buf_string(&plain.text), buf_string(&by.text));
    buf_clear(&plain.text);
    buf_clear(&by.text);
    return faults;
}

/* Takes away what is at fault in R, or puts in what is missing. */
static void
mend(const struct instrument *in, struct tiny_row *r)
{
    struct told told = { .in = in };
    struct check_listener listener = { tell, &told, LANG_EN };

    for (int i = 0; i < 500; i++) {
        buf_init(&told.text, 0);
        if (check_registration(in, &r->row, CHECK_ASKED | CHECK_COMPLETE,
                               &listener) > 0)
            r->value[told.last] = r->value[told.last] == VALUE_UNANSWERED
                                ? i % 3 : VALUE_UNANSWERED;
        buf_clear(&told.text);
    }
}

static void
derive_both(const struct outline *o, const struct tiny_row *row,
            const bool *want)
{
    struct tiny_row plain = *row, by = *row;
    const struct instrument *in = o->in;

    derive_row(in, plain.value, row->set, want);
    derive_by(o, by.value, row->set, want);
    for (int i = 0; i < in->variable_count; i++)
        if (plain.value[i] != by.value[i])
            fail_msg("%s: %d and %d", in->variables[i].id, plain.value[i],
                     by.value[i]);
    assert_true(rank_of(in, plain.value, 1, 1000, 9)
                == rank_by(o, plain.value, 1, 1000, 9));
}

/* Puts other conditions on some questions of IN, which is tiny: those of
 * the list above that name only what stands before. */
static void
set_conditions(struct instrument *in, struct arena *arena,
               const struct random *random)
{
    for (int v = 0; v < in->entered_count; v++) {
        const char *text = filters[random_below(
            random, sizeof filters / sizeof *filters)].text;
        struct err e = { .code = ERR_NONE };
        struct expr *x = expr_parse(text, in, v, arena, NULL, &e);

        if (x == NULL || in->variables[v].service >= 0)
            continue;
        in->variables[v].asked = x;
        in->variables[v].asked_text = text;
    }
}

static void
set_off(struct instrument *in, const struct random *random)
{
    for (int i = 0; i < in->variable_count; i++)
        if (random_below(random, 10) == 0)
            in->variables[i].off = true;
}

/* What is derived by a condition, of IN, which is tiny, by another: of one
 * variable, entered or derived, with ground and without, of a set. */
static void
set_when(struct instrument *in, const char *id, const char *text,
         const char *of, const char *entered, struct arena *arena)
{
    struct variable *v = &in->variables[tiny_variable(in, id)];
    struct err e = { .code = ERR_NONE };
    int *at = arena_array(arena, 2, sizeof *at);

    at[0] = tiny_variable(in, of);
    at[1] = tiny_variable(in, entered);
    v->when = expr_parse(text, in, in->variable_count, arena, NULL, &e);
    assert_non_null(v->when);
    v->of = at;
    v->entered = at + 1;
    v->of_count = v->entered_count = 1;
}

static void
set_derived(struct instrument *in, struct arena *arena, int n)
{
    static const struct {
        const char *text, *of, *entered;
    } whens[] = {
        { "age is blank", "age", "birth_year" },
        { "helpers in {u1}", "helpers", "helpers" },
        { "kids is unknown", "kids", "kids" },
        { "kids > 1", "kids", "kids" }
    };
    int i = n % 4;

    set_when(in, "any_plan", whens[i].text, whens[i].of, whens[i].entered,
             arena);
    set_when(in, "only_coordinator", "kids != 1", "kids", "kids", arena);
}

/* Gives R some new answer: anything, or a year of birth. */
static void
change(const struct instrument *in, struct tiny_row *r,
       const struct random *random)
{
    int v = (int)random_below(random, (uint32_t)in->entered_count);

    if (random_below(random, 4) > 0)
        r->value[v] = any_value(in, v, random);
    else
        r->value[in->role[ROLE_BIRTH_YEAR]] =
            in->facts.year - (int32_t)random_below(random, 30);
}

/* Rows by chance, mended, and with one new answer; how many of those that
 * were to be without a fault are. */
static int
compare_rows(const struct outline *o, const struct random *random)
{
    const struct instrument *in = o->in;
    static bool want[VARIABLE_MAX];
    int sound = 0;

    for (int i = 0; i < in->variable_count; i++)
        want[i] = i < in->entered_count || random_below(random, 2) == 0
               || in->variables[i].derive == DERIVE_AGE
               || in->variables[i].derive == DERIVE_INDEX;
    for (int k = 0; k < 12; k++) {
        int what = (int)random_below(random, 4);
        struct tiny_row r;

        fill(in, &r, random);
        r.bits[0][0] = random_u64(random);
        check_both(o, &r.row, what);
        derive_both(o, &r, k % 2 == 0 ? want : NULL);
        mend(in, &r);
        sound += check_both(o, &r.row, 3) == 0;
        derive_both(o, &r, NULL);
        for (int i = 0; i < 4; i++) {
            struct tiny_row other = r;

            other.row.value = other.value;
            change(in, &other, random);
            check_both(o, &other.row, 3);
            derive_both(o, &other, NULL);
        }
    }
    return sound;
}

static void
test_rows(void **state)
{
    enum { DEFINITIONS = 80 };
    struct random_state seed;
    struct random random = random_seeded(&seed, 7);
    int sound = 0, nested = 0;

    (void)state;
    for (int n = 0; n < DEFINITIONS; n++) {
        struct instrument *in = tiny_instrument(files[n % 2], 3);
        struct arena arena;
        struct outline o;

        arena_init(&arena);
        in->facts.from_age = n % 3 == 0 ? 16 : 0;
        if (n % 2 == 0 && n >= 8)
            set_conditions(in, &arena, &random);
        if (n % 2 == 0)
            set_derived(in, &arena, n / 2);
        if (n % 4 >= 2)
            set_off(in, &random);
        outline_init(&o, in, &arena);
        sound += compare_rows(&o, &random);
        nested += o.nested;
        arena_clear(&arena);
        instrument_free(in);
    }
    assert_true(sound > DEFINITIONS * 12 / 2);
    assert_true(nested > 2 && nested < DEFINITIONS / 2);
}

/* Fifteen questions of the form share five conditions; ticks asked for in
 * two words. */
static void
test_made(void **state)
{
    struct instrument *in = tiny_instrument(files[1], 3);
    struct arena arena;
    struct outline o;
    int more = 0, questions = 0;

    (void)state;
    arena_init(&arena);
    outline_init(&o, in, &arena);
    for (int i = 0; i < o.any_count; i++)
        more += o.any[i].more;
    for (int i = 0; i < o.conditions; i++)
        questions += o.condition[i].questions;
    assert_int_equal(o.conditions, 5);
    assert_true(questions > 15 && more > 0);
    assert_false(o.nested);
    arena_clear(&arena);
    instrument_free(in);
}

/* Tables are filled with more values than there are scores: a scale that
 * stands alone in memory shows who looks behind it (under ASan). */
static void
test_scale(void **state)
{
    (void)state;
    for (int n = 0; n < 2; n++) {
        struct instrument *in = tiny_instrument(files[n], 3);
        size_t bytes = (size_t)in->scale_count * sizeof *in->scale;
        struct scale_step *alone = mem_take(bytes);
        const struct scale_step *kept = in->scale;
        struct arena arena;
        struct outline o;

        memcpy(alone, kept, bytes);
        in->scale = alone;
        arena_init(&arena);
        outline_init(&o, in, &arena);
        arena_clear(&arena);
        in->scale = kept;
        free(alone);
        instrument_free(in);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filters), cmocka_unit_test(test_ticks),
        cmocka_unit_test(test_rows), cmocka_unit_test(test_made),
        cmocka_unit_test(test_scale)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
