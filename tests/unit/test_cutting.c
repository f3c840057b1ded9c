/* test_cutting.c - rows cut at their sites, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "column/cutting.h"
#include "column/numbered.h"

/* Twelve rows: a a a a a b b b b a a a, and x x x y y y y y y y y y. */
static const int32_t letters[] = { 7, 9 };
static const struct stretch first[] = { { 0, 0 }, { 5, 1 }, { 9, 0 } };
static const struct stretch second[] = { { 0, 1 }, { 3, 0 } };
static const struct ordered twelve = {
    .rows = 12, .sites = 2,
    .site = { { 0, 2, 3, letters, first }, { 1, 2, 2, letters, second } }
};

static void
assert_lot(const struct cutting *k, int i, uint32_t from, uint32_t to,
           int place)
{
    assert_int_equal(k->lot[i].from, from);
    assert_int_equal(k->lot[i].to, to);
    assert_int_equal(k->lot[i].place, place);
}

static void
test_cut(void **state)
{
    struct cutting k;

    (void)state;
    cutting_make(&k, &twelve, 3);
    assert_int_equal(k.lots, 4);
    assert_int_equal(k.cells, 3);
    assert_lot(&k, 0, 0, 3, 0);         /* a x */
    assert_lot(&k, 1, 3, 5, 1);         /* a y */
    assert_lot(&k, 2, 5, 9, 2);         /* b y */
    assert_lot(&k, 3, 9, 12, 1);        /* a y again */
    assert_int_equal(k.rows[0], 3);
    assert_int_equal(k.rows[1], 5);
    assert_int_equal(k.rows[2], 4);
    assert_int_equal(k.code[2][0], 1);
    assert_int_equal(k.code[2][1], 0);
    cutting_clear(&k);

    cutting_make(&k, &twelve, 0);       /* no sites: all in one */
    assert_int_equal(k.lots, 1);
    assert_lot(&k, 0, 0, 12, 0);
    assert_int_equal(k.rows[0], 12);
    cutting_clear(&k);
}

/* Cells that go to the same places are one, and lots beside each other too;
 * what goes nowhere is dropped. */
static void
test_reduce(void **state)
{
    int32_t x[] = { 4, 4, -1 }, y[] = { 0, 0, -1 }, z[] = { 0, 0, 2 };
    struct route two[] = { { x }, { y } };
    struct route one[] = { { z } };
    struct cutting k;

    (void)state;
    cutting_make(&k, &twelve, 3);
    cutting_reduce(&k, two, 2);
    assert_int_equal(k.cells, 1);
    assert_int_equal(k.lots, 2);
    assert_lot(&k, 0, 0, 5, 0);
    assert_lot(&k, 1, 9, 12, 0);
    assert_int_equal(k.rows[0], 8);
    assert_int_equal(x[0], 4);
    assert_int_equal(y[0], 0);
    cutting_clear(&k);

    cutting_make(&k, &twelve, 3);
    cutting_reduce(&k, one, 1);
    assert_int_equal(k.cells, 2);
    assert_int_equal(k.lots, 3);
    assert_lot(&k, 1, 5, 9, 1);
    assert_int_equal(z[0], 0);
    assert_int_equal(z[1], 2);
    cutting_clear(&k);
}

static void
test_no_rows(void **state)
{
    const struct ordered none = { .rows = 0 };
    struct cutting k;

    (void)state;
    cutting_make(&k, &none, 0);
    assert_int_equal(k.lots, 0);
    assert_int_equal(k.cells, 0);
    cutting_reduce(&k, NULL, 0);
    cutting_clear(&k);
}

/* More than there was room for at first; the old ones keep their numbers. */
static void
test_numbered(void **state)
{
    struct numbered n = { .count = 0 };

    (void)state;
    for (int again = 0; again < 2; again++)
        for (int i = 0; i < 5000; i++)
            assert_int_equal(number_of(&n, i % 17, i, -i), i);
    assert_int_equal(n.count, 5000);
    assert_int_equal(n.list[42].b, 42);
    assert_int_equal(number_of(&n, 0, 0, 1), 5000);
    numbered_clear(&n);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut), cmocka_unit_test(test_reduce),
        cmocka_unit_test(test_no_rows), cmocka_unit_test(test_numbered)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
