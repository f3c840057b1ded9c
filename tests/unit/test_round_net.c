/* test_round_net.c - numbers rounded so that they still add up; and what
 * somebody who knows how it is done can find out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "../oracle/chance.h"
#include "report/round_net.h"

enum { SIDE_MAX = 9, NODE_TOP = 2, TRIES = 3000 };

struct square {
    int rows, columns;
    int64_t cell[SIDE_MAX * SIDE_MAX];
};

/* The arcs: all, rows, columns, cells. */
static struct round_net
net_of(const struct square *q, struct arena *arena)
{
    struct round_net net;
    int64_t row[SIDE_MAX] = { 0 }, column[SIDE_MAX] = { 0 }, all = 0;

    for (int i = 0; i < q->rows * q->columns; i++) {
        row[i / q->columns] += q->cell[i];
        column[i % q->columns] += q->cell[i];
        all += q->cell[i];
    }
    round_net_init(&net, NODE_TOP + q->rows + q->columns,
                   1 + q->rows + q->columns + q->rows * q->columns, arena);
    round_net_add(&net, (struct round_arc){ .from = 0, .to = 1, .n = all });
    for (int r = 0; r < q->rows; r++)
        round_net_add(&net, (struct round_arc){
            .from = 1, .to = NODE_TOP + r, .n = row[r]
        });
    for (int c = 0; c < q->columns; c++)
        round_net_add(&net, (struct round_arc){
            .from = NODE_TOP + q->rows + c, .to = 0, .n = column[c]
        });
    for (int i = 0; i < q->rows * q->columns; i++)
        round_net_add(&net, (struct round_arc){
            .from = NODE_TOP + i / q->columns,
            .to = NODE_TOP + q->rows + i % q->columns, .n = q->cell[i],
            .name = (uint64_t)i * 7
        });
    return net;
}

static void
assert_adds_up(const struct round_net *net, int base)
{
    int64_t left[NODE_TOP + 2 * SIDE_MAX] = { 0 };

    for (int i = 0; i < net->arcs; i++) {
        const struct round_arc *a = &net->arc[i];

        assert_true(a->value >= 0 && a->value % base == 0);
        assert_true(llabs(a->value - a->n) < base);
        left[a->from] -= a->value;
        left[a->to] += a->value;
    }
    for (int i = 0; i < net->nodes; i++)
        assert_int_equal(left[i], 0);
}

static struct square
by_chance(struct chance *c)
{
    struct square q = { chance_int(c, 1, SIDE_MAX),
                        chance_int(c, 1, SIDE_MAX), { 0 } };
    int most = chance_int(c, 0, 1) == 0 ? 8 : 400;

    for (int i = 0; i < q.rows * q.columns; i++)
        q.cell[i] = chance_int(c, 0, 3) == 0 ? 0 : chance_int(c, 0, most);
    return q;
}

static void
tables_add_up(void **state)
{
    struct chance c = { 2014 };

    (void)state;
    for (int t = 0; t < TRIES; t++) {
        struct arena arena;
        struct square q = by_chance(&c);
        int base = chance_int(&c, 3, 25);
        struct round_net net, again;

        arena_init(&arena);
        net = net_of(&q, &arena);
        again = net_of(&q, &arena);
        assert_true(round_net_solve(&net, base));
        assert_true(round_net_solve(&again, base));
        assert_adds_up(&net, base);
        for (int i = 0; i < net.arcs; i++)
            assert_int_equal(net.arc[i].value, again.arc[i].value);
        arena_clear(&arena);
    }
}

/* Whichever of its two multiples all are to be, a table can have it. */
static void
a_whole_is_kept(void **state)
{
    struct chance c = { 5 };

    (void)state;
    for (int t = 0; t < TRIES; t++) {
        struct arena arena;
        struct square q = by_chance(&c);
        int base = chance_int(&c, 3, 25);
        struct round_net net;
        int64_t all, want;

        arena_init(&arena);
        net = net_of(&q, &arena);
        all = net.arc[0].n;
        want = all - all % base;
        if (all % base > 0 && chance_int(&c, 0, 1) == 1)
            want += base;
        net.arc[0].want = WANT_WHOLE;
        net.arc[0].value = want;
        assert_true(round_net_solve(&net, base));
        assert_int_equal(net.arc[0].value, want);
        assert_adds_up(&net, base);
        arena_clear(&arena);
    }
}

/* Two numbers in a whole: no way moves less, by trying them all. */
static void
the_least_is_moved(void **state)
{
    (void)state;
    for (int64_t a = 0; a <= 20; a++)
        for (int64_t b = 0; b <= 20; b++) {
            struct arena arena;
            struct square q = { 1, 2, { a, b } };
            struct round_net net;
            int64_t moved = 0, least = 1000;

            arena_init(&arena);
            net = net_of(&q, &arena);
            assert_true(round_net_solve(&net, 5));
            for (int i = 0; i < net.arcs; i++)
                moved += llabs(net.arc[i].value - net.arc[i].n);
            for (int64_t x = 0; x <= 25; x += 5)
                for (int64_t y = 0; y <= 25; y += 5) {
                    int64_t m = 2 * llabs(x - a) + 2 * llabs(y - b)
                        + 2 * llabs(x + y - a - b);

                    if (round_beside(x, a, 5) && round_beside(y, b, 5)
                        && round_beside(x + y, a + b, 5) && m < least)
                        least = m;
                }
            assert_int_equal(moved, least);
            arena_clear(&arena);
        }
}

static void
what_does_not_add_up_is_said(void **state)
{
    struct arena arena;
    struct round_net net;

    (void)state;
    arena_init(&arena);
    round_net_init(&net, 2, 2, &arena);
    round_net_add(&net, (struct round_arc){ .from = 0, .to = 1, .n = 12 });
    round_net_add(&net, (struct round_arc){ .from = 1, .to = 0, .n = 33 });
    assert_false(round_net_solve(&net, 5));
    assert_int_equal(net.arc[0].value, 10);
    assert_int_equal(net.arc[1].value, 35);
    arena_clear(&arena);
}

/* ---- somebody who knows the method ---- */

enum { SQUARE = 4, VALUES = 10, FILLINGS = 10000, STEPS = 5, BASE = 5 };

/* Of all fillings that are shown alike: the least and the most of a cell. */
struct seen {
    int least[SQUARE], most[SQUARE];
    bool any;
};

static int
code_of(const struct round_net *net)
{
    int code = 0;

    for (int i = 0; i < SQUARE; i++)
        code = code * STEPS + (int)(net->arc[1 + 4 + i].value / BASE);
    return code;
}

static void
fill(struct square *q, int filling)
{
    for (int i = 0; i < SQUARE; i++, filling /= VALUES)
        q->cell[i] = filling % VALUES;
}

static void
see(struct seen *s, const struct square *q)
{
    for (int i = 0; i < SQUARE; i++) {
        int n = (int)q->cell[i];

        s->least[i] = !s->any || n < s->least[i] ? n : s->least[i];
        s->most[i] = !s->any || n > s->most[i] ? n : s->most[i];
    }
    s->any = true;
}

/* All fillings of two by two, with their sums: a small number that is shown
 * as 5 can be 5 or more, and one that is shown as 0 can be 0. The reader
 * tries each filling by the method itself. */
static void
nobody_can_tell_a_small_number(void **state)
{
    static struct seen seen[STEPS * STEPS * STEPS * STEPS];
    static int shown[FILLINGS];
    struct square q = { 2, 2, { 0 } };

    (void)state;
    for (int f = 0; f < FILLINGS; f++) {
        struct arena arena;
        struct round_net net;

        arena_init(&arena);
        fill(&q, f);
        net = net_of(&q, &arena);
        assert_true(round_net_solve(&net, BASE));
        shown[f] = code_of(&net);
        see(&seen[shown[f]], &q);
        arena_clear(&arena);
    }
    for (int f = 0; f < FILLINGS; f++) {
        const struct seen *s = &seen[shown[f]];
        int code = shown[f];

        fill(&q, f);
        for (int i = SQUARE; i-- > 0; code /= STEPS) {
            if (q.cell[i] == 0 || q.cell[i] >= BASE)
                continue;
            assert_true(s->least[i] < BASE);
            if (code % STEPS == 0)
                assert_int_equal(s->least[i], 0);
            else
                assert_true(s->most[i] >= BASE);
            assert_true(s->most[i] - s->least[i] >= 2);
        }
    }
}

static void
the_nearest(void **state)
{
    (void)state;
    assert_int_equal(round_nearest(0, 5, 1), 0);
    assert_int_equal(round_nearest(2, 5, 1), 0);
    assert_int_equal(round_nearest(3, 5, 0), 5);
    assert_int_equal(round_nearest(1845, 5, 0), 1845);
    assert_int_equal(round_nearest(5, 10, 0), 0);
    assert_int_equal(round_nearest(5, 10, 1), 10);
    assert_true(round_beside(10, 6, 5) && round_beside(5, 6, 5));
    assert_false(round_beside(0, 6, 5));
    assert_false(round_beside(10, 5, 5));
    assert_false(round_beside(7, 7, 5));
    assert_int_equal(round_name("sex = male"), round_name("sex = male"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_add_up),
        cmocka_unit_test(a_whole_is_kept),
        cmocka_unit_test(the_least_is_moved),
        cmocka_unit_test(what_does_not_add_up_is_said),
        cmocka_unit_test(nobody_can_tell_a_small_number),
        cmocka_unit_test(the_nearest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
