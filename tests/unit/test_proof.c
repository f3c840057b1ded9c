/* test_proof.c - what the proofs promise, beside every filling there is of
 * the numbers that are hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "../oracle/chance.h"
#include "report/proof.h"

enum { SIDE = 3, NUMBERS = 64, TERMS = 400,
       LIMIT = 48, TRIES = 80, THRESHOLD = 5,
       TRIED_MAX = 100000 };

/* Two tables of rows by columns over the same rows: the rows' sums are one
 * number in both. */
struct system {
    struct arena arena;
    struct proof_number number[NUMBERS];
    struct proof_term term[TERMS];
    struct proof_sum sum[NUMBERS];
    struct proof p;
    int cell[2][SIDE][SIDE];
    int row[SIDE], column[2][SIDE], all;
};

static bool
within(void *ctx, int inner, int outer)
{
    (void)ctx;
    (void)inner;
    (void)outer;
    return false;
}

static int
add_number(struct system *s, int64_t n)
{
    struct proof_number *to = &s->number[s->p.numbers];
    bool small = n > 0 && n < THRESHOLD;

    *to = (struct proof_number){
        .n = n, .least = n > 0, .cost = 10 + (int)n, .hidden = small,
        .need = small ? THRESHOLD : 0
    };
    return s->p.numbers++;
}

static void
add_sum(struct system *s, int whole, const int *part, int step, int count)
{
    int first = s->p.sums == 0 ? 0
        : s->sum[s->p.sums - 1].first + s->sum[s->p.sums - 1].count;

    s->sum[s->p.sums++] = (struct proof_sum){ first, count + 1 };
    s->term[first] = (struct proof_term){ whole, -1 };
    for (int i = 0; i < count; i++)
        s->term[first + 1 + i] = (struct proof_term){ part[i * step], 1 };
}

static void
make(struct system *s, struct chance *c)
{
    int64_t n[2][SIDE][SIDE], rows[SIDE] = { 0 }, all = 0;

    memset(s, 0, sizeof *s);
    arena_init(&s->arena);
    for (int r = 0; r < SIDE; r++)
        for (int k = 0; k < SIDE; k++) {
            n[0][r][k] = chance_of(c, 25) ? 0 : chance_int(c, 1, 9);
            rows[r] += n[0][r][k];
        }
    for (int r = 0; r < SIDE; r++) {
        int64_t left = rows[r];

        for (int k = 0; k < SIDE; k++) {
            n[1][r][k] = k == SIDE - 1 ? left : chance_int(c, 0, (int)left);
            left -= n[1][r][k];
        }
        s->row[r] = add_number(s, rows[r]);
        all += rows[r];
    }
    s->all = add_number(s, all);
    s->number[s->all].cost = 0;
    s->number[s->all].hidden = false;
    s->number[s->all].need = 0;
    for (int t = 0; t < 2; t++)
        for (int r = 0; r < SIDE; r++)
            for (int k = 0; k < SIDE; k++)
                s->cell[t][r][k] = add_number(s, n[t][r][k]);
    for (int t = 0; t < 2; t++)
        for (int k = 0; k < SIDE; k++)
            s->column[t][k] = add_number(s, n[t][0][k] + n[t][1][k]
                                         + n[t][2][k]);
    for (int t = 0; t < 2; t++) {
        for (int r = 0; r < SIDE; r++)
            add_sum(s, s->row[r], s->cell[t][r], 1, SIDE);
        for (int k = 0; k < SIDE; k++)
            add_sum(s, s->column[t][k], &s->cell[t][0][k], SIDE, SIDE);
        add_sum(s, s->all, s->column[t], 1, SIDE);
    }
    add_sum(s, s->all, s->row, 1, SIDE);
    s->p.arena = &s->arena;
    s->p.number = s->number;
    s->p.term = s->term;
    s->p.sum = s->sum;
    s->p.within = within;
}

/* ---- every filling ---- */

struct filling {
    const struct system *s;
    int64_t n[NUMBERS];
    int hidden[NUMBERS], count;
    int goal;
    long tried;
    bool found;
};

/* Whether sum I can still hold; numbers from place AT on are open. */
static bool
can_hold(const struct filling *f, const bool *open, int i)
{
    const struct proof_sum *sum = &f->s->sum[i];
    int64_t total = 0;

    for (int k = 0; k < sum->count; k++) {
        const struct proof_term *t = &f->s->term[sum->first + k];

        if (open[t->number])
            return true;
        total += f->n[t->number] * t->times;
    }
    return total == 0;
}

static void
fill(struct filling *f, bool *open, int at)
{
    if (f->found || ++f->tried > TRIED_MAX)
        return;
    for (int i = 0; i < f->s->p.sums; i++)
        if (!can_hold(f, open, i))
            return;
    if (at == f->count) {
        f->found = f->n[f->goal] >= THRESHOLD;
        return;
    }
    open[f->hidden[at]] = false;
    for (int64_t n = 1; n <= LIMIT && !f->found; n++) {
        f->n[f->hidden[at]] = n;
        fill(f, open, at + 1);
    }
    open[f->hidden[at]] = true;
}

static bool given_up;           /* by could_be: there were too many */

/* Whether number GOAL could be THRESHOLD or more; true too where there are
 * too many fillings to try. */
static bool
could_be(const struct system *s, int goal)
{
    struct filling f = { .s = s, .goal = goal };
    bool open[NUMBERS] = { false };

    f.hidden[f.count++] = goal;
    for (int i = 0; i < s->p.numbers; i++) {
        f.n[i] = s->number[i].n;
        open[i] = s->number[i].hidden;
        if (s->number[i].hidden && i != goal)
            f.hidden[f.count++] = i;
    }
    fill(&f, open, 0);
    given_up = !f.found && f.tried > TRIED_MAX;
    return f.found || f.tried > TRIED_MAX;
}

static void
every_small_number_could_be_large(void **state)
{
    struct chance c = { 5 };
    int small = 0, complements = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct system s;

        make(&s, &c);
        if (proof_run(&s.p) == 0)
            for (int k = 0; k < s.p.numbers; k++) {
                complements += s.number[k].hidden && s.number[k].need == 0;
                if (s.number[k].need == 0)
                    continue;
                small++;
                assert_true(s.number[k].hidden);
                if (!could_be(&s, k))
                    fail_msg("system %d: number %d can be told", i, k);
            }
        arena_clear(&s.arena);
    }
    assert_true(small > TRIES && complements > TRIES);
}

static bool
all_could_be(const struct system *s)
{
    for (int i = 0; i < s->p.numbers; i++)
        if (s->number[i].need > 0 && !could_be(s, i))
            return false;
    return true;
}

/* Hides, then shows what nothing needs, the last number first. */
static bool
hide_and_spare(struct system *s)
{
    int list[NUMBERS], count = 0;

    if (proof_run(&s->p) > 0)
        return false;
    for (int i = s->p.numbers - 1; i >= 0; i--)
        if (s->number[i].hidden && s->number[i].need == 0)
            list[count++] = i;
    proof_spare(&s->p, list, count);
    return true;
}

/* Beside every filling: what is still hidden keeps the small ones safe, and
 * none of it could be shown. */
static void
nothing_is_hidden_for_nothing(void **state)
{
    struct chance c = { 7 };
    int needed = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct system s;

        make(&s, &c);
        if (hide_and_spare(&s)) {
            assert_true(all_could_be(&s));
            for (int k = 0; k < s.p.numbers; k++) {
                if (!s.number[k].hidden || s.number[k].need > 0)
                    continue;
                s.number[k].hidden = false;
                assert_true(s.number[s.number[k].because].need > 0);
                assert_true(!could_be(&s, s.number[k].because) || given_up);
                needed += !given_up;
                s.number[k].hidden = true;
            }
        }
        arena_clear(&s.arena);
    }
    assert_true(needed > TRIES / 2);
}

/* What can't be hidden is said to be so: one small part of a known whole. */
static void
what_is_known_cannot_be_hidden(void **state)
{
    struct system s;
    struct chance c = { 1 };

    (void)state;
    make(&s, &c);
    for (int i = 0; i < s.p.numbers; i++) {
        s.number[i].cost = 0;
        s.number[i].hidden = false;
        s.number[i].need = 0;
    }
    s.number[s.cell[0][1][1]].hidden = true;
    s.number[s.cell[0][1][1]].need = s.number[s.cell[0][1][1]].n + 1;
    assert_int_equal(proof_run(&s.p), 1);
    arena_clear(&s.arena);
}

/* Whole numbers: what only halves could move is moved further. */
static void
no_halves(void **state)
{
    static const struct proof_term term[] = {
        { 0, 2 }, { 1, -1 }, { 1, 1 }, { 2, -2 }, { 2, 1 }, { 3, -2 }
    };
    static const struct proof_sum sum[] = { { 0, 2 }, { 2, 2 }, { 4, 2 } };
    struct proof_number number[] = {
        { .n = 2, .hidden = true, .need = 3 }, { .n = 4, .hidden = true },
        { .n = 2, .hidden = true }, { .n = 1, .hidden = true }
    };
    struct arena arena;
    struct proof p = {
        .number = number, .numbers = 4, .term = term, .sum = sum, .sums = 3,
        .within = within, .arena = &arena
    };

    (void)state;
    arena_init(&arena);
    assert_int_equal(proof_run(&p), 0);
    /* Number 0 is number 2, and that twice number 3. */
    assert_true(number[0].proved);
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_number_could_be_large),
        cmocka_unit_test(nothing_is_hidden_for_nothing),
        cmocka_unit_test(what_is_known_cannot_be_hidden),
        cmocka_unit_test(no_halves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
