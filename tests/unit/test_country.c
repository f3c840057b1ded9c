/* test_country.c - the made-up country: which rounds there are and how large
 * they are, that what a registration may not say is said by none, who is
 * registered more than once, the order of arrival, the file. That the
 * program's own import takes it, and that the store holds the same, is for
 * tests/country.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/clock.h"
#include "def/municipality.h"
#include "demo/countrying.h"

enum { ROUNDS = 3907, FIELDS = 7 + VAR_COUNT + 1 + 1 + 2 * SVC_COUNT + 2 };

static bool
add(void *ctx, const char *data, size_t len, struct err *e)
{
    (void)e;
    buf_add(ctx, data, len);
    return true;
}

static void
csv_of(int64_t n, uint64_t seed, struct buf *out)
{
    struct country *c = country_new(n, seed);
    struct err e;

    err_clear(&e);
    buf_init(out, 0);
    assert_true(country_csv(c, add, out, &e));
    assert_false(out->failed);
    country_free(c);
}

static void
test_same_bytes(void **state)
{
    struct buf a, b;

    (void)state;
    csv_of(5000, 1, &a);
    csv_of(5000, 1, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    buf_clear(&b);
    csv_of(5000, 2, &b);
    assert_true(a.len != b.len || memcmp(a.data, b.data, a.len) != 0);
    buf_clear(&a);
    buf_clear(&b);
}

/* A round for each municipality of each year, with the name it had. */
static void
test_rounds(void **state)
{
    struct country *c = country_new(100000, 7);
    struct arena arena;
    int at = 0;

    (void)state;
    arena_init(&arena);
    for (int year = COUNTRY_FIRST; year <= COUNTRY_LAST; year++) {
        int count, last = 0;

        municipality_list(year, &arena, &count);
        for (int i = 0; i < count; i++, at++) {
            const struct country_round *r = country_round(c, at);
            const char *name;

            assert_int_equal(r->year, year);
            assert_true(r->municipality > last);
            last = r->municipality;
            assert_int_equal(municipality_find(last, year, &arena, &name),
                             MUNICIPALITY_THEN);
            assert_string_equal(r->name, name);
            assert_true(r->unit_count >= 1);
            assert_true(r->unit_count <= COUNTRY_UNITS);
        }
        if (year == 2024)
            assert_int_equal(count, 357);
    }
    assert_int_equal(at, ROUNDS);
    assert_int_equal(country_rounds(c), ROUNDS);
    assert_string_equal(country_round(c, 0)->id, "m0101-2015");
    country_free(c);
    arena_clear(&arena);
}

static void
test_counts(void **state)
{
    static const int64_t sizes[] = {
        0, 1, ROUNDS - 1, ROUNDS, ROUNDS + 1, 123456, COUNTRY_MAX
    };

    (void)state;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct country *c = country_new(sizes[k], k);
        int64_t sum = 0;
        int empty = 0, most = 0;

        for (int i = 0; i < country_rounds(c); i++) {
            const struct country_round *r = country_round(c, i);

            assert_int_equal(r->start, sum);
            sum += r->count;
            empty += r->count == 0;
            most = r->count > most ? r->count : most;
        }
        assert_int_equal(sum, sizes[k]);
        if (sizes[k] >= ROUNDS)
            assert_int_equal(empty, 0);
        else
            assert_true(empty >= ROUNDS - sizes[k]);
        if (sizes[k] == COUNTRY_MAX)
            assert_true(most > 500000 && most < 3000000);
        country_free(c);
    }
}

static const struct country_round *
find_round(const struct country *c, int municipality, int year)
{
    for (int i = 0; i < country_rounds(c); i++) {
        const struct country_round *r = country_round(c, i);

        if (r->municipality == municipality && r->year == year)
            return r;
    }
    return NULL;
}

/* What a municipality of YEAR has of those the year before. */
static void
compare_years(const struct country *c, const struct country_round *r)
{
    int list[MUNICIPALITY_PARTS_MAX], count, why;
    int64_t before = 0;
    const struct country_round *old = NULL;

    if (municipality_parts(r->municipality, r->year, r->year - 1, list,
                           &count, &why) != MUNICIPALITY_WHOLE)
        return;
    for (int i = 0; i < count; i++) {
        old = find_round(c, list[i], r->year - 1);
        assert_non_null(old);
        before += old->count;
    }
    assert_true(r->count > before * 80 / 100);
    assert_true(r->count < before * 125 / 100 + 2);
    if (count > 1)
        return;
    assert_int_equal(r->unit_count, old->unit_count);
    assert_memory_equal(r->unit, old->unit, sizeof r->unit);
    for (int f = 0; f < COUNTRY_FACTORS; f++)
        assert_true(abs(r->level[f] - old->level[f]) <= 80);
}

static void
test_character(void **state)
{
    struct country *c = country_new(20000000, 3);
    int few = 0, many = 0;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        const struct country_round *r = country_round(c, i);

        few += r->unit_count <= 3;
        many += r->unit_count >= 20;
        if (r->year == 2017 || r->year >= 2020)
            compare_years(c, r);
    }
    assert_true(few > ROUNDS / 2 && many >= 2 * COUNTRY_YEARS);
    country_free(c);
}

static void
test_shuffle(void **state)
{
    static bool seen[5000];

    (void)state;
    for (uint32_t n = 1; n <= 4999; n = n < 70 ? n + 1 : n * 4 + 1) {
        memset(seen, 0, sizeof seen);
        for (uint32_t x = 0; x < n; x++) {
            uint32_t y = country_shuffle(country_mix(n), n, x);

            assert_true(y < n && !seen[y]);
            seen[y] = true;
        }
    }
}

static void
check_children(const int16_t *v, int what)
{
    bool has = v[what] == 1 || v[what] == 2;

    assert_true(has || (v[what + 1] <= 0 && v[what + 2] <= 0));
    assert_true(v[what + 1] <= 20);
    if (v[what + 2] >= 0)
        assert_true(v[what + 1] >= v[what + 2]);
}

/* What a registration may not say: of rules.md, written again. */
static void
check_rules(const struct country_round *r, const struct country_reg *g)
{
    const int16_t *v = g->v;
    int target = v[VAR_TARGET_GROUP], scores = 0;
    int age = r->year - v[VAR_BIRTH_YEAR];

    assert_true(target >= TARGET_MENTAL && target <= TARGET_DUAL);
    assert_true(v[VAR_BIRTH_YEAR] < 0 || (age >= 18 && age <= 97));
    assert_true(target == TARGET_MENTAL || v[VAR_CRISIS] < 0);
    assert_true(v[VAR_IP] == 0 || v[VAR_IP_DECLINED] < 0);
    for (int i = VAR_GROUP_NAV; i <= VAR_GROUP_OTHER; i++)
        assert_true(v[VAR_GROUP] == 1 || v[i] < 0);
    for (int i = VAR_USE_ALCOHOL; i <= VAR_INJECTING; i++)
        assert_true(target != TARGET_MENTAL || v[i] < 0);
    assert_true(target != TARGET_MENTAL || v[VAR_SUBSTANCE] < 0);
    for (int i = VAR_AREA_FIRST; i <= VAR_AREA_LAST; i++) {
        assert_true(v[i] != 0 && v[i] <= 5);
        scores += v[i] > 0;
    }
    assert_true(g->status != REG_COMPLETE || scores > 0);
    check_children(v, VAR_CARE);
    check_children(v, VAR_CONTACT);
    assert_true(g->unit >= 0 && g->unit < r->unit_count);
    assert_true(g->tier == country_units[r->unit[g->unit]].tier[0]
                || g->tier == country_units[r->unit[g->unit]].tier[1]);
    assert_true(g->serving >> r->unit_count == 0);
    assert_int_equal(g->day < 0, g->status == REG_DRAFT);
    assert_true(g->day < COUNTRY_DAYS);
    for (int i = 0; !g->services_done && i < SVC_COUNT; i++)
        assert_int_equal(g->received[i] + g->wanted[i], 0);
}

struct one {
    uint64_t pseudonym[2];
    int unit;
};

static int
by_pseudonym(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(uint64_t[2]));
}

/* How often anything was, over a country. */
struct tally {
    int status[3], target[TARGET_COUNT], blank, unknown, done, unmatched;
    int again, elsewhere, most;
};

static void
tally_reg(struct tally *t, const struct country_reg *g)
{
    t->status[g->status]++;
    t->target[g->v[VAR_TARGET_GROUP]]++;
    t->blank += g->v[VAR_MENTAL] == ANSWER_BLANK;
    t->unknown += g->v[VAR_MENTAL] == ANSWER_UNKNOWN;
    t->done += g->services_done;
    t->unmatched += !g->has_pseudonym;
}

/* The registrations of one round whose person has another. */
static void
tally_again(struct tally *t, struct one *list, int count)
{
    int run = 1;

    qsort(list, (size_t)count, sizeof *list, by_pseudonym);
    for (int i = 1; i < count; i++) {
        if (by_pseudonym(&list[i - 1], &list[i]) != 0) {
            run = 1;
            continue;
        }
        t->again++;
        t->elsewhere += list[i].unit != list[i - 1].unit;
        t->most = ++run > t->most ? run : t->most;
    }
}

static void
draw_round(const struct country *c, const struct country_round *r,
           struct tally *t)
{
    struct one *list = mem_take(((size_t)r->count + 1) * sizeof *list);
    int count = 0;

    for (int32_t n = 1; n <= r->count; n++) {
        struct country_reg g, again;

        memset(&g, 0x55, sizeof g);
        memset(&again, 0xAA, sizeof again);
        country_draw(c, r, n, &g);
        country_draw(c, r, n, &again);
        assert_memory_equal(g.v, again.v, sizeof g.v);
        assert_int_equal(g.pseudonym[0], again.pseudonym[0]);
        assert_int_equal(g.number, n);
        check_rules(r, &g);
        tally_reg(t, &g);
        if (g.has_pseudonym && g.status == REG_COMPLETE)
            list[count++] = (struct one){
                { g.pseudonym[0], g.pseudonym[1] }, g.unit
            };
    }
    tally_again(t, list, count);
    free(list);
}

static void
within(int found, int least, int most)
{
    if (found < least || found > most)
        fail_msg("%d is not %d..%d", found, least, most);
}

/* Per cent of a hundred thousand, drawn whole. */
static void
test_registrations(void **state)
{
    struct country *c = country_new(100000, 2014);
    struct tally t = { .blank = 0 };

    (void)state;
    for (int i = 0; i < ROUNDS; i++)
        draw_round(c, country_round(c, i), &t);
    within(t.again, 10000, 15000);
    within(t.elsewhere, t.again / 2, t.again);
    assert_int_equal(t.most, 3);
    within(t.status[REG_DRAFT], 1500, 3500);
    within(t.status[REG_WITHDRAWN], 300, 1500);
    within(t.target[TARGET_SUBSTANCE], 10000, 40000);
    within(t.target[TARGET_DUAL], 10000, 40000);
    within(t.blank, 2000, 10000);
    within(t.unknown, 500, 5000);
    within(100000 - t.done, 5000, 15000);
    within(t.unmatched, 1000, 4000);
    country_free(c);
}

/* Each round comes as often as it has registrations, mixed with others. */
static void
test_arrival(void **state)
{
    struct country *c = country_new(30000, 5);
    int32_t *count = mem_take(ROUNDS * sizeof *count);
    int last = -1, rises = 0;

    (void)state;
    for (int i = 0; i < 30000; i++) {
        int round = country_arrival(c, i);

        count[round]++;
        rises += round > last;
        last = round;
    }
    within(rises, 14000, 16000);
    for (int i = 0; i < ROUNDS; i++)
        assert_int_equal(count[i], country_round(c, i)->count);
    free(count);
    country_free(c);
}

static void
test_days(void **state)
{
    (void)state;
    for (int year = COUNTRY_FIRST; year <= COUNTRY_LAST; year++)
        for (int i = 0; i < COUNTRY_DAYS; i++) {
            int y, month, day;

            day_to_date(country_day(year, i), &y, &month, &day);
            assert_int_equal(y, year);
            assert_true(month == 5 || month == 6);
            assert_true(day_weekday(country_day(year, i)) <= 5);
        }
}

/* Rows with as many fields as the header; none where there is nobody. */
static void
test_csv(void **state)
{
    struct buf b;
    int fields = 0, rows = 0;

    (void)state;
    csv_of(0, 1, &b);
    assert_ptr_equal(memchr(b.data, '\n', b.len), b.data + b.len - 1);
    buf_clear(&b);
    csv_of(4000, 1, &b);
    for (size_t i = 0; i < b.len; i++) {
        fields += b.data[i] == ';' || b.data[i] == '\n';
        if (b.data[i] != '\n')
            continue;
        assert_int_equal(fields, FIELDS);
        fields = 0;
        rows++;
    }
    assert_int_equal(rows, 4001);
    buf_clear(&b);
}

static bool
refuse(void *ctx, const char *data, size_t len, struct err *e)
{
    int *left = ctx;

    (void)data;
    (void)len;
    return --*left > 0 || err_set(e, ERR_MACHINE, "file.write", "%s", "x");
}

/* Writing that fails ends it, with the writer's own words. */
static void
test_full(void **state)
{
    struct country *c = country_new(8000, 1);

    (void)state;
    for (int n = 1; n <= 3; n++) {
        struct err e;
        int left = n;

        err_clear(&e);
        assert_false(country_csv(c, refuse, &left, &e));
        assert_string_equal(e.key, "file.write");
        assert_int_equal(left, 0);
    }
    country_free(c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_rounds),
        cmocka_unit_test(test_counts), cmocka_unit_test(test_character),
        cmocka_unit_test(test_shuffle),
        cmocka_unit_test(test_registrations),
        cmocka_unit_test(test_arrival), cmocka_unit_test(test_days),
        cmocka_unit_test(test_csv), cmocka_unit_test(test_full)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
