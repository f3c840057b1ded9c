/* test_kernel.c - each set of kernels that runs here against bit by bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "column/kernel.h"

enum { MASKS = COUNT_MAX + 2, ROWS = SPREAD_WORDS * 64, PLACES = 5 };

static uint64_t mask[MASKS][SPREAD_WORDS];

static uint64_t
chance(void)
{
    static uint64_t x = 88172645463325252;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}

static int
setup(void **state)
{
    (void)state;
    for (int i = 0; i < MASKS; i++)
        for (int w = 0; w < SPREAD_WORDS; w++)
            mask[i][w] = chance() & (i % 3 == 0 ? chance() : ~UINT64_C(0));
    return 0;
}

static unsigned
bit(const uint64_t *m, size_t row)
{
    return (unsigned)(m[row / 64] >> row % 64 & 1);
}

/* Every table of three masks, also into one of them. */
static void
test_choose(void **state)
{
    static uint64_t to[SPREAD_WORDS];
    const uint64_t *x[3] = { mask[1], to, mask[2] };
    size_t words = 3 * (size_t)VECTOR;

    (void)state;
    for (const struct kernels *const *k = kernel_list; *k != NULL; k++)
        for (unsigned table = 0; table < 256 && (*k)->runs_here(); table++) {
            memcpy(to, mask[0], sizeof to);
            (*k)->choose(to, x, (uint8_t)table, words);
            for (size_t row = 0; row < words * 64; row++)
                assert_int_equal(bit(to, row),
                                 table >> (4 * bit(mask[1], row)
                                           + 2 * bit(mask[0], row)
                                           + bit(mask[2], row)) & 1);
            assert_memory_equal(to + words, mask[0] + words, 64);
        }
}

static uint64_t
all_parts(const struct lanes *l)
{
    uint64_t sum = 0;

    for (int i = 0; i < VECTOR; i++)
        sum += l->part[i];
    return sum;
}

static void
count_by(const struct kernels *k, int n, size_t words)
{
    const uint64_t *x[COUNT_MAX];
    struct lanes sum[COUNT_MAX] = { { { 7 } } }, *at[COUNT_MAX];

    for (int i = 0; i < n; i++) {
        x[i] = mask[2 + i];
        at[i] = &sum[i];
    }
    k->count(mask[0], mask[1], x, n, words, at);
    for (int i = 0; i < n; i++) {
        uint64_t ones = i == 0 ? 7 : 0;

        for (size_t row = 0; row < words * 64; row++)
            ones += bit(mask[0], row) & bit(mask[1], row) & bit(x[i], row);
        assert_int_equal(all_parts(&sum[i]), ones);
    }
}

static void
test_count(void **state)
{
    static const size_t words[] = { VECTOR, 5 * VECTOR, SPREAD_WORDS };

    (void)state;
    for (const struct kernels *const *k = kernel_list; *k != NULL; k++)
        for (int n = 1; n <= COUNT_MAX && (*k)->runs_here(); n++)
            for (int i = 0; i < 3; i++)
                count_by(*k, n, words[i]);
}

/* Lots of rows ROW..END-1 and beyond, MOST rows each, with gaps; how many. */
static int
make_lots(struct lot *lot, uint32_t row, uint32_t end, uint32_t most)
{
    int lots = 0;

    for (uint32_t at = row > 100 ? row - 100 : 0; at < end + 100; lots++) {
        uint32_t from = at + (uint32_t)(chance() % 3 == 0 ? chance() % most
                                                          : 0);

        at = from + 1 + (uint32_t)(chance() % most);
        lot[lots] = (struct lot){ from, at, (int)(chance() % PLACES) };
    }
    return lots;
}

static void
spread_by(const struct kernels *k, uint32_t row, uint32_t end,
          const struct lot *lot, int lots)
{
    struct lanes to[PLACES] = { { { 3 } } };
    uint64_t right[PLACES][VECTOR] = { { 3 } };
    const uint64_t *x[VECTOR];

    for (int i = 0; i < VECTOR; i++)
        x[i] = mask[2 + i];
    while (lots > 0 && lot->to <= row) {
        lot++;
        lots--;
    }
    k->spread(mask[0], x, row, end, lot, lots, to);
    for (int l = 0; l < lots; l++)
        for (uint32_t at = lot[l].from; at < lot[l].to && at < end; at++)
            for (int i = 0; i < VECTOR && at >= row; i++)
                right[lot[l].place][i] += bit(mask[0], at - row)
                                        & bit(x[i], at - row);
    for (int p = 0; p < PLACES; p++)
        for (int i = 0; i < VECTOR; i++)
            assert_int_equal(to[p].part[i], right[p][i]);
}

/* Lots of a row or two, of a word, of thousands of words; rows that end
 * before a block does. */
static void
test_spread(void **state)
{
    static const uint32_t most[] = { 2, 70, 700, 9000, 100000 };
    static const uint32_t rows[] = { 512, 8192, 8704, ROWS };
    static struct lot lot[3 * ROWS];

    (void)state;
    for (int m = 0; m < 5; m++)
        for (int r = 0; r < 4; r++) {
            uint32_t row = (uint32_t)(m % 2) * ROWS;
            int lots = make_lots(lot, row, row + rows[r], most[m]);

            for (const struct kernels *const *k = kernel_list; *k != NULL;
                 k++)
                if ((*k)->runs_here())
                    spread_by(*k, row, row + rows[r], lot, lots);
        }
}

/* Every bit of every square. */
static void
test_turn(void **state)
{
    uint64_t square[64 * VECTOR];

    (void)state;
    for (const struct kernels *const *k = kernel_list; *k != NULL; k++) {
        if (!(*k)->runs_here())
            continue;
        memcpy(square, mask[1], sizeof square);
        (*k)->turn(square);
        for (size_t s = 0; s < VECTOR; s++)
            for (size_t row = 0; row < 64; row++)
                for (size_t b = 0; b < 64; b++)
                    assert_int_equal(square[row * VECTOR + s] >> b & 1,
                                     mask[1][b * VECTOR + s] >> row & 1);
    }
}

/* Some variables that are alike, with codes of BITS bits; of each some values
 * were met. */
static struct alike
some_alike(int bits, int count)
{
    struct alike a = { .variable = (int)(chance() % 3), .count = count,
                       .word = (int)(chance() % 2) };
    int last = (int)(chance() % (ALIKE_VALUES - 1));

    a.shift = (int)(chance() % (uint64_t)(65 - bits * count));
    a.variables = (uint16_t)((1u << count) - 1);
    for (int i = 0; i < count; i++) {
        a.mask |= ((UINT64_C(1) << bits) - 1) << i * ALIKE_BITS;
        a.met[i] = chance() % 3 == 0 ? (uint8_t)chance() : 0xFF;
    }
    for (int v = 0; v <= last; v++) {
        a.code[v] = (uint8_t)(chance() % (1u << bits));
        a.bit[v] = chance() % 9 == 0 ? 0 : (uint8_t)(1u << chance() % 8);
    }
    return a;
}

/* Some number, mostly one that may have been met. */
static int32_t
some_number(void)
{
    static const int32_t odd[] = {
        INT32_MIN, INT32_MAX, -129, -128, -126, -4, 11, 12, 13, 124, 125,
        127, 128, 252, 253, 256, 65536, -65536
    };

    return chance() % 40 == 0 ? odd[chance() % (sizeof odd / sizeof *odd)]
                              : (int32_t)(chance() % ALIKE_VALUES)
                                    - ALIKE_STATES;
}

/* Packs VALUE one variable after another. */
static bool
pack_slowly(const struct alike *a, const int32_t *value, uint64_t *record)
{
    int bits = __builtin_popcountll(a->mask) / a->count;

    for (int i = 0; i < a->count; i++) {
        int64_t at = (int64_t)value[a->variable + i] + ALIKE_STATES;

        if (at < 0 || at >= ALIKE_VALUES || (a->bit[at] & a->met[i]) == 0)
            return false;
        record[a->word] |= (uint64_t)a->code[at] << (a->shift + i * bits);
    }
    return true;
}

/* One after the other, and both at once; at the end of what may be read. */
static void
pack_by(const struct kernels *k, int bits, int count)
{
    struct alike a[2] = { some_alike(bits, count), some_alike(bits, count) };
    size_t values = (size_t)(a[0].variable > a[1].variable
                             ? a[0].variable : a[1].variable)
                  + (size_t)count;
    int32_t *value = malloc(values * sizeof *value);
    uint64_t quick[2] = { 0, 0 }, slow[2] = { 0, 0 };
    bool ok = true;

    assert_non_null(value);
    for (size_t i = 0; i < values; i++)
        value[i] = some_number();
    for (int i = 0; i < 2; i++)
        ok = pack_slowly(&a[i], value, slow) && ok;
    assert_int_equal(k->pack(a, 2, value, quick), ok);
    if (ok)
        assert_memory_equal(quick, slow, sizeof quick);
    free(value);
}

/* Widths and lengths, of values that fit and that do not. */
static void
test_pack(void **state)
{
    (void)state;
    for (const struct kernels *const *k = kernel_list; *k != NULL; k++)
        for (int n = 0; n < 20000 && (*k)->pack != NULL; n++) {
            int bits = 1 + n % ALIKE_BITS;
            int most = 63 / bits < ALIKE_MAX ? 63 / bits : ALIKE_MAX;

            if ((*k)->runs_here())
                pack_by(*k, bits, 1 + (int)(chance() % (uint64_t)most));
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose), cmocka_unit_test(test_count),
        cmocka_unit_test(test_spread), cmocka_unit_test(test_turn),
        cmocka_unit_test(test_pack)
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
