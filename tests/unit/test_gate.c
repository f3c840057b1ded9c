/* test_gate.c - gates against the formulas they are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "column/gate.h"

enum { LEAVES = 6, MASKS = 40, ROWS = 1 << LEAVES };

static unsigned
chance(unsigned below)
{
    static uint64_t x = 2463534242;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return (unsigned)(x >> 20) % below;
}

/* Bit R of what mask I is: whether it holds where leaf L is bit L of R. */
struct formulas {
    struct mask mask[MASKS];
    uint64_t is[MASKS];
};

/* Two constants, leaves, and pairs of any before them. */
static void
make_formulas(struct formulas *f)
{
    *f = (struct formulas){ .is = { 0, ~UINT64_C(0) } };
    for (int i = MASK_FIRST; i < MASKS; i++) {
        struct mask *k = &f->mask[i];
        uint64_t a, b;

        if (i < MASK_FIRST + LEAVES) {
            k->kind = MASK_PLANE;
            for (int row = 0; row < ROWS; row++)
                f->is[i] |= (uint64_t)(row >> (i - MASK_FIRST) & 1) << row;
            continue;
        }
        *k = (struct mask){
            .kind = MASK_PAIR, .op = (enum bit_op)chance(BIT_OP_COUNT),
            .a = 1 + (int)chance((unsigned)i - 1),
            .b = 1 + (int)chance((unsigned)i - 1)
        };
        a = f->is[k->a];
        b = f->is[k->b];
        f->is[i] = k->op == BIT_AND ? a & b : k->op == BIT_OR ? a | b
                                                              : a & ~b;
    }
}

/* What G is, where its inputs are what the formulas say. */
static uint64_t
worked_out(const struct formulas *f, const struct gate *g)
{
    uint64_t is = 0;

    for (int row = 0; row < ROWS; row++) {
        unsigned at = 0;

        for (int k = 0; k < GATE_INPUTS; k++)
            at |= (unsigned)(f->is[g->input[k]] >> row & 1) << (2 - k);
        is |= (uint64_t)(g->table >> at & 1) << row;
    }
    return is;
}

static void
test_same(void **state)
{
    (void)state;
    for (int again = 0; again < 500; again++) {
        struct formulas f;
        struct masks m = { .mask = f.mask, .count = MASKS };
        bool made[MASKS];
        struct gate *gate;

        make_formulas(&f);
        for (int i = 0; i < MASKS; i++)
            made[i] = chance(4) == 0;
        gate = gates_of(&m, made);
        for (int i = 0; i < MASKS; i++) {
            assert_true(worked_out(&f, &gate[i]) == f.is[i]);
            for (int k = 0; k < GATE_INPUTS; k++)
                assert_true(gate[i].input[k] < i || i < MASK_FIRST + LEAVES);
        }
        free(gate);
    }
}

/* A score's value is one gate of its three planes. */
static void
test_value(void **state)
{
    struct mask mask[] = {
        { .kind = MASK_CONST }, { .kind = MASK_CONST },
        { .kind = MASK_PLANE }, { .kind = MASK_PLANE },
        { .kind = MASK_PLANE },
        { .kind = MASK_PAIR, .op = BIT_AND_NOT, .a = 2, .b = 3 },
        { .kind = MASK_PAIR, .op = BIT_AND, .a = 5, .b = 4 }
    };
    struct masks m = { .mask = mask, .count = 7 };
    bool made[7] = { [6] = true };
    struct gate *gate = gates_of(&m, made);

    (void)state;
    assert_int_equal(gate[6].input[0], 2);
    assert_int_equal(gate[6].input[1], 4);
    assert_int_equal(gate[6].input[2], 3);
    assert_int_equal(gate[6].table, 0x40);      /* 1, 1, 0 */
    free(gate);

    made[5] = true;                     /* what is there anyway is used */
    gate = gates_of(&m, made);
    assert_int_equal(gate[6].input[0], 5);
    assert_int_equal(gate[6].input[1], 4);
    assert_int_equal(gate[6].input[2], MASK_NONE);
    free(gate);
}

static void
test_given(void **state)
{
    (void)state;
    for (unsigned table = 0; table < 256; table++)
        for (int k = 0; k < GATE_INPUTS; k++) {
            unsigned own = 4u >> k;
            bool asks = false;

            for (unsigned row = 0; row < 8; row++) {
                assert_int_equal(
                    gate_given((uint8_t)table, k, true) >> row & 1,
                    table >> (row | own) & 1);
                assert_int_equal(
                    gate_given((uint8_t)table, k, false) >> row & 1,
                    table >> (row & ~own) & 1);
                asks = asks || (table >> (row | own) & 1)
                               != (table >> (row & ~own) & 1);
            }
            assert_int_equal(gate_asks((uint8_t)table, k), asks);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same), cmocka_unit_test(test_value),
        cmocka_unit_test(test_given)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
