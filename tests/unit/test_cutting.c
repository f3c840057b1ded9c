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

/* Where K's route R takes CELL; -1: nowhere. */
static int
place_by(const struct cutting *k, int r, int cell)
{
    for (int i = k->first[r]; i < k->first[r + 1]; i++)
        if (k->reach[i].cell == cell)
            return k->reach[i].place;
    return -1;
}

/* Where each of four routes takes a letter of the first kind and one of the
 * second, by their numbers. */
struct known {
    int routes;
    int32_t place[2][2][4];
};

static void
route(void *ctx, const uint32_t *code, int32_t *place)
{
    const struct known *k = ctx;

    memcpy(place, k->place[code[0]][code[1]],
           (size_t)k->routes * sizeof *place);
}

static void
cut(struct cutting *k, unsigned sites, struct known *known,
    const uint8_t *taken)
{
    const struct routing routing = { known->routes, route, known,
                                     { NULL, taken } };

    cutting_make(k, &twelve, sites, &routing);
}

static void
test_cut(void **state)
{
    struct known all = { 1, { { { 2 }, { 0 } }, { { 1 }, { 7 } } } };
    struct known one = { 1, { { { 5 }, { 5 } }, { { 5 }, { 5 } } } };
    struct cutting k;

    (void)state;
    cut(&k, 3, &all, NULL);
    assert_int_equal(k.lots, 4);
    assert_int_equal(k.cells, 3);
    assert_lot(&k, 0, 0, 3, 0);         /* a x */
    assert_lot(&k, 1, 3, 5, 1);         /* a y */
    assert_lot(&k, 2, 5, 9, 2);         /* b y */
    assert_lot(&k, 3, 9, 12, 1);        /* a y again */
    assert_int_equal(k.rows[0], 3);
    assert_int_equal(k.rows[1], 5);
    assert_int_equal(k.rows[2], 4);
    assert_int_equal(place_by(&k, 0, 0), 0);
    assert_int_equal(place_by(&k, 0, 1), 2);
    assert_int_equal(place_by(&k, 0, 2), 1);
    cutting_clear(&k);

    cut(&k, 0, &one, NULL);             /* no sites: all in one */
    assert_int_equal(k.lots, 1);
    assert_lot(&k, 0, 0, 12, 0);
    assert_int_equal(k.rows[0], 12);
    cutting_clear(&k);
}

/* What goes to the same places is one cell, and beside each other one lot;
 * what goes nowhere is in none. */
static void
test_reduce(void **state)
{
    struct known two = { 2, { { { 4, 0 }, { 4, 0 } },
                              { { -1, -1 }, { -1, -1 } } } };
    struct known three = { 3, { { { 0, 1, -1 }, { 0, 1, -1 } },
                                { { 2, 1, -1 }, { 2, 1, -1 } } } };
    struct cutting k;

    (void)state;
    cut(&k, 3, &two, NULL);
    assert_int_equal(k.cells, 1);
    assert_int_equal(k.lots, 2);
    assert_lot(&k, 0, 0, 5, 0);
    assert_lot(&k, 1, 9, 12, 0);
    assert_int_equal(k.rows[0], 8);
    cutting_clear(&k);

    cut(&k, 3, &three, NULL);
    assert_int_equal(k.cells, 2);
    assert_int_equal(k.lots, 3);
    assert_lot(&k, 0, 0, 5, 0);
    assert_lot(&k, 1, 5, 9, 1);
    assert_lot(&k, 2, 9, 12, 0);
    assert_int_equal(place_by(&k, 1, 0), 1);
    assert_int_equal(place_by(&k, 0, 1), 2);
    cutting_clear(&k);
}

/* Values that no route takes are left behind without asking. */
static void
test_taken(void **state)
{
    struct known x = { 1, { { { 0 }, { 3 } }, { { 0 }, { 9 } } } };
    const uint8_t only_x[] = { 0, 1 };
    struct cutting k;

    (void)state;
    cut(&k, 3, &x, only_x);
    assert_int_equal(k.lots, 1);
    assert_int_equal(k.cells, 1);
    assert_lot(&k, 0, 0, 3, 0);
    assert_int_equal(place_by(&k, 0, 0), 3);
    cutting_clear(&k);
}

/* Where rows with those letters go, if any do: to the sum of their numbers,
 * but for those whose sum is a multiple of seven. */
static void
route_sum(void *ctx, const uint32_t *code, int32_t *place)
{
    (void)ctx;
    *place = (code[0] + code[1]) % 7 == 0 ? -1
           : (int32_t)(code[0] + code[1]);
}

/* Sites with so many values that what became of them is looked up. */
static void
test_many_values(void **state)
{
    enum { VALUES = 300, ROWS = 4 * VALUES };
    static struct stretch a[ROWS], b[ROWS];
    static int32_t values[VALUES];
    const struct ordered o = {
        .rows = ROWS, .sites = 2,
        .site = { { 0, VALUES, ROWS, values, a },
                  { 1, VALUES, ROWS, values, b } }
    };
    const struct routing routing = { 1, route_sum, NULL, { NULL, NULL } };
    struct cutting k;
    int64_t rows = 0;

    (void)state;
    for (uint32_t i = 0; i < ROWS; i++) {
        a[i] = (struct stretch){ i, i * 7 % VALUES };
        b[i] = (struct stretch){ i, i / 2 % VALUES };
    }
    cutting_make(&k, &o, 3, &routing);
    for (int i = 0; i < k.lots; i++)
        for (uint32_t row = k.lot[i].from; row < k.lot[i].to; row++, rows++)
            assert_int_equal(place_by(&k, 0, k.lot[i].place),
                             a[row].code + b[row].code);
    for (uint32_t i = 0; i < ROWS; i++)
        rows += (a[i].code + b[i].code) % 7 == 0;
    assert_int_equal(rows, ROWS);
    cutting_clear(&k);
}

static void
test_no_rows(void **state)
{
    const struct ordered none = { .rows = 0 };
    struct known one = { 1, { { { 0 } } } };
    const struct routing routing = { 1, route, &one, { NULL } };
    struct cutting k;

    (void)state;
    cutting_make(&k, &none, 0, &routing);
    assert_int_equal(k.lots, 0);
    assert_int_equal(k.cells, 0);
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
        cmocka_unit_test(test_taken), cmocka_unit_test(test_many_values),
        cmocka_unit_test(test_no_rows), cmocka_unit_test(test_numbered)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
