/* test_rank.c - which of several registrations of a person counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"
#include "calc/derive.h"
#include "calc/contest.h"
#include "calc/rank.h"
#include "tiny_instrument.h"

static struct instrument *in;

struct case_ {
    const char *answers;
    int tier;
    int32_t day;
    int64_t number;
};

static uint64_t
rank(const struct case_ *c)
{
    struct tiny_row r;

    tiny_fill(in, &r, c->answers);
    derive_row(in, r.value, r.set, NULL);
    return rank_of(in, r.value, c->tier, c->day, c->number);
}

/* Each step alone, against everything behind it being better. */
static void
test_steps(void **state)
{
    static const char one[] = "target_group=mental economy=1 mental=1"
        " physical=1 housing=1 social=1 network=1 activity=1";
    static const char none[] = "target_group=mental economy=1 sex=male ip=1"
        " coordinator=1 care=none contact=none plan_crisis=0 plan_other=0"
        " plan_action=0 group=0 opioid_treatment=0 crisis=0";
    static const char more[] = "target_group=mental economy=1 mental=1"
        " physical=1 housing=1 social=1 network=1 activity=1 sex=male";
    static const struct { struct case_ better, worse; } cases[] = {
        /* an index */
        { { one, 3, -1, 4000000000 }, { none, 1, 20000, 1 } },
        /* the lowest tier */
        { { one, 1, -1, 4000000000 }, { more, 2, 20000, 1 } },
        { { none, 2, -1, 2 }, { none, 3, 20000, 1 } },
        /* the most answered */
        { { more, 2, -1, 4000000000 }, { one, 2, 20000, 1 } },
        /* the latest day; blank is the earliest */
        { { one, 2, 16001, 4000000000 }, { one, 2, 16000, 1 } },
        { { one, 2, 1, 4000000000 }, { one, 2, -1, 1 } },
        { { one, 2, RANK_DAY_MAX, 9 }, { one, 2, RANK_DAY_MAX - 1, 1 } },
        /* the lowest number */
        { { one, 2, 16000, 1 }, { one, 2, 16000, 2 } },
        { { one, 2, 16000, 4294967294 }, { one, 2, 16000, 4294967295 } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(rank(&cases[i].better) < rank(&cases[i].worse));
        assert_int_equal(rank_number(rank(&cases[i].better)),
                         cases[i].better.number);
    }
}

static int
answered(const char *answers)
{
    struct tiny_row r;

    tiny_fill(in, &r, answers);
    derive_row(in, r.value, r.set, NULL);
    return rank_answered(in, r.value);
}

static void
test_answered(void **state)
{
    (void)state;
    assert_int_equal(answered(""), 0);
    assert_int_equal(answered("sex=male"), 1);
    assert_int_equal(answered("sex=?"), 0);
    assert_int_equal(answered("care=none care_children=0"), 2);
    assert_int_equal(answered("units_serving=u1|u2"), 1);
    assert_int_equal(answered("units_serving=0"), 1);
    assert_int_equal(answered("ip=0 ip_declined=0"), 2);
    /* what is not asked is no answer */
    assert_int_equal(answered("ip=1 ip_declined=0"), 1);
    assert_int_equal(answered("target_group=mental substance=3"), 1);
    assert_int_equal(answered("target_group=dual substance=3 injecting=0"),
                     3);
    /* start fields, date and services do not count, nor what is derived */
    assert_int_equal(answered("municipality=4601 year=2014 period=1 unit=u1"
                              " tier=1 registered_on=2014-05-01"), 0);
    assert_int_equal(answered("services_done=1 svc_gp_r=1 svc_gp_w=1"), 0);
    assert_int_equal(answered("birth_year=1980"), 1);
}

/* --- the contest, against a twin that compares everybody with everybody */

struct entrant {
    uint8_t pseudonym[16];
    uint64_t rank;
};

struct seen {
    const struct entrant *all;
    int count, next, stop_at;
};

static bool
check_one(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct seen *s = ctx;
    const struct entrant *e = &s->all[s->next], *best = e;
    int64_t same = 0;

    for (int i = 0; i < s->count; i++) {
        if (memcmp(s->all[i].pseudonym, e->pseudonym, 16) != 0)
            continue;
        same++;
        if (s->all[i].rank < best->rank)
            best = &s->all[i];
    }
    assert_int_equal(number, rank_number(e->rank));
    assert_int_equal(by, best == e ? 0 : rank_number(best->rank));
    assert_int_equal(size, same);
    s->next++;
    return s->next != s->stop_at;
}

static void
run(struct entrant *all, int count)
{
    struct contest *c = contest_new();
    struct seen s = { .all = all, .count = count };
    struct err e = { 0 };

    for (int i = 0; i < count; i++)
        assert_true(contest_add(c, all[i].pseudonym, all[i].rank, &e));
    assert_true(contest_decide(c, &e));
    assert_true(contest_each(c, check_one, &s));
    assert_int_equal(s.next, count);
    if (count > 1) {
        s.next = 0;
        s.stop_at = 1;
        assert_false(contest_each(c, check_one, &s));
    }
    contest_free(c);
}

static void
test_contest(void **state)
{
    static const int people[] = { 1, 2, 7, 100, 2000 };
    struct random_state seed;
    struct random random = random_seeded(&seed, 99);
    enum { COUNT = 3000 };
    struct entrant *all = calloc(COUNT, sizeof *all);

    (void)state;
    contest_free(NULL);
    run(all, 0);
    for (size_t p = 0; p < sizeof people / sizeof *people; p++) {
        for (int i = 0; i < COUNT; i++) {
            uint32_t who = random_below(&random, (uint32_t)people[p]);

            memset(all[i].pseudonym, 0, 16);
            /* first or last bytes differ: both happen */
            memcpy(all[i].pseudonym + (p % 2 == 0 ? 0 : 12), &who, 4);
            all[i].rank = ((uint64_t)random_below(&random, 5) << 40)
                        + (uint64_t)i + 1;
        }
        run(all, COUNT);
    }
    free(all);
}

/* Pseudonyms that are counted up must not all fall into one slot. */
static void
test_counted_up(void **state)
{
    enum { COUNT = 300000 };
    struct contest *c = contest_new();
    struct err e = { 0 };

    (void)state;
    for (int place = 0; place <= 12; place += 4) {
        for (uint32_t i = 0; i < COUNT / 4; i++) {
            uint8_t pseudonym[16] = { 0 };
            uint32_t big = i << 8 | (uint32_t)place;

            memcpy(pseudonym + place, &big, 4);
            assert_true(contest_add(c, pseudonym, i + 1, &e));
        }
    }
    assert_true(contest_decide(c, &e));
    assert_false(contest_sorted(c));
    contest_free(c);
}

/* --- against a twin that sorts, for many */

struct person {
    uint8_t pseudonym[16];
    uint64_t rank;
    int64_t by, size;
};

static int
by_pseudonym(const void *a, const void *b)
{
    const struct person *const *x = a, *const *y = b;
    int order = memcmp((*x)->pseudonym, (*y)->pseudonym, 16);

    return order != 0 ? order
         : (*x)->rank < (*y)->rank ? -1 : (*x)->rank > (*y)->rank;
}

/* Who supersedes whom among COUNT, whose ranks all differ. */
static void
sort_out(struct person *all, int count)
{
    struct person **order = calloc((size_t)count + 1, sizeof *order);

    for (int i = 0; i < count; i++)
        order[i] = &all[i];
    qsort(order, (size_t)count, sizeof *order, by_pseudonym);
    for (int i = 0, end; i < count; i = end) {
        for (end = i; end < count && memcmp(order[end]->pseudonym,
                                            order[i]->pseudonym, 16) == 0;)
            end++;
        for (int k = i; k < end; k++) {
            order[k]->by = k == i ? 0 : rank_number(order[i]->rank);
            order[k]->size = end - i;
        }
    }
    free(order);
}

struct compared {
    const struct person *all;
    int next;
};

static bool
compare_one(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct compared *c = ctx;
    const struct person *p = &c->all[c->next++];

    return number == rank_number(p->rank) && by == p->by && size == p->size;
}

/* How pseudonyms may be made by somebody who knows how they are mixed: so
 * that their hashes are all the same, or only the slots. */
static void
make_pseudonym(uint8_t out[16], uint32_t who, int kind, struct random *random)
{
    const uint64_t mixed = 0xD6E8FEB86659FD93;
    uint64_t key[2] = { who, who };

    if (kind == 0) {            /* as HMAC would */
        struct random_state seed;
        struct random own = random_seeded(&seed, who + 1);

        random_fill(&own, out, 16);
        return;
    }
    if (kind == 1)              /* all the same hash */
        key[0] = key[1] * mixed;
    if (kind == 2)              /* a third of them */
        key[0] = random_below(random, 3) != 0 ? key[0] : key[1] * mixed;
    memcpy(out, key, 16);
}

static void
test_many(void **state)
{
    enum { COUNT = 40000, PARTS = 3 };
    struct person *all = calloc(COUNT, sizeof *all);
    struct random_state seed;
    struct random random = random_seeded(&seed, 7);
    struct err e = { 0 };

    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct contest *c = contest_new();
        struct compared seen = { all, 0 };

        /* Decided in between too: more may come after that. */
        for (int part = 1, i = 0; part <= PARTS; part++) {
            for (; i < COUNT * part / PARTS; i++) {
                make_pseudonym(all[i].pseudonym,
                               random_below(&random, COUNT), kind, &random);
                all[i].rank = ((uint64_t)random_below(&random, 5) << 40)
                            + (uint64_t)i + 1;
                assert_true(contest_add(c, all[i].pseudonym, all[i].rank,
                                        &e));
            }
            assert_true(contest_decide(c, &e));
        }
        assert_int_equal(contest_sorted(c), kind == 1 || kind == 2);
        sort_out(all, COUNT);
        assert_true(contest_each(c, compare_one, &seen));
        assert_int_equal(seen.next, COUNT);
        contest_free(c);
    }
    free(all);
}

/* Below 64 bytes a registration, at its dearest: where one more makes the
 * table twice as large. */
static void
test_memory(void **state)
{
    enum { DEAREST = 1 << 17 };
    struct contest *c = contest_new();
    struct random_state seed;
    struct random random = random_seeded(&seed, 5);
    struct err e = { 0 };
    size_t most = 0;

    (void)state;
    for (int i = 0; i < 2 * DEAREST; i++) {
        uint8_t pseudonym[16];

        random_fill(&random, pseudonym, sizeof pseudonym);
        assert_true(contest_add(c, pseudonym, (uint64_t)i + 1, &e));
        if (i % (DEAREST / 64) != 0 || i < DEAREST)
            continue;
        assert_true(contest_decide(c, &e));
        assert_false(contest_sorted(c));
        assert_true(contest_bytes(c) < (size_t)(i + 1) * 64);
        if (contest_bytes(c) / (size_t)(i + 1) > most)
            most = contest_bytes(c) / (size_t)(i + 1);
    }
    assert_in_range(most, 44, 48);
    contest_free(c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps), cmocka_unit_test(test_answered),
        cmocka_unit_test(test_contest), cmocka_unit_test(test_counted_up),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_memory)
    };
    int failed;

    in = tiny_instrument("instruments/brukerplan-2014.yaml", 3);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    return failed;
}
