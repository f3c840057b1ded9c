/* test_box.c - sets of values beside the expressions they stand for, on
 * random expressions and random people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "../oracle/random_filter.c"
#include "calc/derive.h"
#include "def/box.h"
#include "tiny_instrument.h"

enum { PEOPLE = 60, TRIES = 1500 };

static struct instrument *in;
static struct tiny_row person[PEOPLE];

/* Somebody by chance, with what follows from it. */
static void
random_person(struct chance *c, struct tiny_row *p)
{
    static const int32_t none[] = { VALUE_UNANSWERED, VALUE_UNKNOWN };

    tiny_blank(p);
    for (int v = 0; v < in->entered_count; v++) {
        const struct variable *var = &in->variables[v];

        if (!expr_may_name(var))
            continue;
        p->value[v] = chance_of(c, 20) ? none[chance_int(c, 0, 1)]
                                       : random_value(c, in, v);
        if (var->kind == KIND_CODES && p->value[v] >= 0) {
            p->bits[instrument_set(in, v)][0] = (uint64_t)chance_int(c, 0,
                                                                     3);
            p->value[v] = __builtin_popcountll(
                p->bits[instrument_set(in, v)][0]);
        }
    }
    derive_row(in, p->value, p->set, NULL);
}

static int
begin(void **state)
{
    struct chance c = { 7 };

    (void)state;
    in = tiny_instrument(NULL, 2);
    for (int i = 0; i < PEOPLE; i++)
        random_person(&c, &person[i]);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    return 0;
}

static struct expr *
parse(const char *text, struct arena *arena)
{
    struct err e = { 0 };
    struct expr *x = expr_parse(text, in, in->variable_count, arena, NULL,
                                &e);

    if (e.code != ERR_NONE)
        fail_msg("%s: %s", text, e.key);
    return x;
}

static const char *
random_text(struct chance *c, struct arena *arena)
{
    struct buf b;
    const char *text;

    buf_init(&b, 0);
    do {
        buf_reset(&b);
        filter_print(filter_random(c, in, arena), in, c, &b);
    } while (b.len > 400);
    text = arena_text(arena, buf_string(&b));
    buf_clear(&b);
    return text;
}

/* The box's own text chooses whom the expression does, and is the text of
 * its own box again; what follows from it adds nobody and takes nobody. */
static void
says_the_same(void **state)
{
    struct chance c = { 20142 };

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct arena arena;
        struct boxes *b;
        struct box x, closed, again;
        const char *from, *text;
        struct expr *was, *is, *follows;

        arena_init(&arena);
        b = boxes_new(in, &arena);
        from = random_text(&c, &arena);
        was = parse(from, &arena);
        x = box_of(b, was);
        closed = box_closed(b, &x);
        text = box_text(b, &x);
        if (strlen(text) <= EXPR_BYTES_MAX) {
            is = parse(text, &arena);
            follows = parse(box_text(b, &closed), &arena);
            again = box_of(b, is);
            if (strstr(text, " or ") == NULL && strstr(text, "not (") == NULL)
                assert_string_equal(box_text(b, &again), text);
            for (int k = 0; k < PEOPLE; k++) {
                bool chosen = expr_test(was, &person[k].row);

                if (expr_test(is, &person[k].row) != chosen
                    || (strlen(box_text(b, &closed)) <= EXPR_BYTES_MAX
                        && expr_test(follows, &person[k].row) != chosen))
                    fail_msg("%s\nis not %s\n(%s)", from, text,
                             box_text(b, &closed));
            }
        }
        arena_clear(&arena);
    }
}

/* Whoever is in the inner one is in the outer. */
static void
lies_within(void **state)
{
    struct chance c = { 3 };
    int found = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct arena arena;
        struct boxes *b;
        struct box x, y, both;
        struct expr *inner, *outer;

        arena_init(&arena);
        b = boxes_new(in, &arena);
        inner = parse(random_text(&c, &arena), &arena);
        outer = parse(random_text(&c, &arena), &arena);
        x = box_of(b, inner);
        y = box_of(b, outer);
        both = box_and(b, &x, &y);
        x = box_closed(b, &x);
        assert_true(box_within(&both, &y));
        if (box_within(&x, &y)) {
            found++;
            for (int k = 0; k < PEOPLE; k++)
                assert_true(!expr_test(inner, &person[k].row)
                            || expr_test(outer, &person[k].row));
        }
        arena_clear(&arena);
    }
    assert_true(found > 0);
}

/* Written in two ways, one set; or not. */
static void
one_name(void **state)
{
    static const struct { const char *a, *b; bool same; } cases[] = {
        { "sex = male", "not (sex != male or sex is blank)", true },
        { "sex = male", "sex != female", true },
        { "sex = male", "not sex = female", false },
        { "home_grade = yellow", "home in {2, 3, 4}", true },
        { "home_grade = yellow", "home >= 2 and home < 5", true },
        { "home_grade is blank", "home is blank", true },
        { "age >= 26", "birth_year <= 1988", true },
        { "plan = 1 and sex = male", "sex = male and plan = 1", true },
        { "plan = 1 or sex = male", "sex = male or plan = 1", true },
        { "plan = 1 or sex = male", "not (not plan = 1 and not sex = male)",
          true },
        { "plan = 0", "not plan = 1", false },
        { "", "plan = 1 or not plan = 1", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct boxes *b;
        struct box x, y;

        arena_init(&arena);
        b = boxes_new(in, &arena);
        x = box_of(b, parse(cases[i].a, &arena));
        y = box_of(b, parse(cases[i].b, &arena));
        if ((strcmp(box_text(b, &x), box_text(b, &y)) == 0)
            != cases[i].same)
            fail_msg("%s: %s\n%s: %s", cases[i].a, box_text(b, &x),
                     cases[i].b, box_text(b, &y));
        arena_clear(&arena);
    }
}

/* Nobody is a set too, and in every other. */
static void
nobody(void **state)
{
    struct arena arena;
    struct boxes *b;
    struct box x, y;

    (void)state;
    arena_init(&arena);
    b = boxes_new(in, &arena);
    x = box_of(b, parse("sex = male and sex = female", &arena));
    y = box_of(b, parse("plan = 1", &arena));
    assert_true(x.none);
    assert_true(box_within(&x, &y));
    for (int k = 0; k < PEOPLE; k++)
        assert_false(expr_test(parse(box_text(b, &x), &arena),
                               &person[k].row));
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_same), cmocka_unit_test(lies_within),
        cmocka_unit_test(one_name), cmocka_unit_test(nobody),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
