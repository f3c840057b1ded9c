/* test_population.c - inhabitants from a JSON-stat file of our own with the
 * structure of table 07459, added up a second time here; and numbers of
 * municipalities through the years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/buf.h"
#include "def/municipality.h"
#include "report/population.h"

enum { AGES = 106, SEXES = 2, YEARS = 3, REGIONS = 5 };

static const char *const region[REGIONS] = { "0301", "1201", "K-4601",
                                             "1508", "1580" };
static const int year[YEARS] = { 2014, 2020, 2024 };

/* Invented: nobody of a region in a year it was not there. */
static int64_t
people(int r, int s, int a, int y)
{
    if ((r == 1 && year[y] >= 2020) || (r == 2 && year[y] < 2020)
        || (r >= 3 && year[y] < 2024))
        return 0;
    return (r + 1) * 1000 + s * 100 + a * 7 + y;
}

/* What the file is made of, so that a case can spoil a part of it. */
struct sample {
    const char *version, *sexes, *last_age, *extra, *value_0, *time_0, *geo;
    bool sparse, as_objects;
};
static const struct sample good = { "2.0", "\"2\",\"1\"", "105+", "", NULL,
                                    "2014", "Region", false, false };

static void
put_ids(struct buf *b, const struct sample *s, const char *name,
        const char *const *id, int count)
{
    buf_printf(b, "\"%s\":{\"label\":\"x\",\"category\":{\"index\":", name);
    buf_text(b, s->as_objects ? "{" : "[");
    for (int i = 0; i < count; i++) {
        buf_printf(b, "%s\"%s\"", i > 0 ? "," : "", id[i]);
        if (s->as_objects)
            buf_printf(b, ":%d", i);
    }
    buf_text(b, s->as_objects ? "}}}" : "]}}");
}

static void
put_values(struct buf *b, const struct sample *s)
{
    int at = 0;

    buf_text(b, s->sparse ? ",\"value\":{" : ",\"value\":[");
    for (int r = 0; r < REGIONS; r++)
        for (int x = 0; x < SEXES; x++)
            for (int a = 0; a < AGES; a++)
                for (int y = 0; y < YEARS; y++, at++) {
                    buf_text(b, at > 0 ? "," : "");
                    if (s->sparse)
                        buf_printf(b, "\"%d\":", at);
                    if (at == 0 && s->value_0 != NULL)
                        buf_text(b, s->value_0);
                    else
                        buf_printf(b, "%lld",
                                   (long long)people(r, x, a, y));
                }
    buf_text(b, s->sparse ? "}}" : "]}");
}

static void
make(struct buf *b, const struct sample *s)
{
    static char age[AGES][8];
    const char *ages[AGES], *years[YEARS] = { s->time_0, "2020", "2024" };
    const char *metric[] = { "Personer1" };

    for (int i = 0; i < AGES; i++) {
        snprintf(age[i], sizeof age[i], "%03d", i);
        ages[i] = i == AGES - 1 ? s->last_age : age[i];
    }
    buf_init(b, 0);
    buf_printf(b, "{\"version\":\"%s\",\"class\":\"dataset\",\"label\":"
               "\"07459: Befolkning\",\"id\":[\"Region\",\"Kjonn\",\"Alder\","
               "\"ContentsCode\",\"Tid\"],\"size\":[%d,%d,%d,1,%d],"
               "\"role\":{\"time\":[\"Tid\"],\"geo\":[\"%s\"],"
               "\"metric\":[\"ContentsCode\"]}%s,\"dimension\":{",
               s->version, REGIONS, SEXES, AGES, YEARS, s->geo, s->extra);
    put_ids(b, s, "Region", region, REGIONS);
    buf_printf(b, ",\"Kjonn\":{\"category\":{\"index\":[%s]}},", s->sexes);
    put_ids(b, s, "Alder", ages, AGES);
    buf_text(b, ",");
    put_ids(b, s, "ContentsCode", metric, 1);
    buf_text(b, ",");
    put_ids(b, s, "Tid", years, YEARS);
    buf_text(b, "}");
    put_values(b, s);
}

static bool
ask(const struct sample *s, struct population_question q,
    struct population_answer *out, struct err *e)
{
    struct arena arena;
    struct buf b;
    bool ok;

    arena_init(&arena);
    make(&b, s);
    err_clear(e);
    ok = population_read(b.data, b.len, "f.json", &q, &arena, out, e);
    buf_clear(&b);
    arena_clear(&arena);
    return ok;
}

static int64_t
slow(int r, int from_age, int y)
{
    int64_t sum = 0;

    for (int a = from_age; a < AGES; a++)
        sum += people(r, 0, a, y) + people(r, 1, a, y);
    return sum;
}

static void
test_sums(void **state)
{
    static const struct {
        struct population_question q;
        int on, regions, region[2], place[2], time;
    } cases[] = {
        { { 1201, 2014, 18, 0 }, 2014, 1, { 1201 }, { 1 }, 0 },
        { { 1201, 2014, 0, 0 }, 2014, 1, { 1201 }, { 1 }, 0 },
        { { 1201, 2014, 105, 0 }, 2014, 1, { 1201 }, { 1 }, 0 },
        /* the last there is before the round's year */
        { { 1201, 2016, 18, 0 }, 2014, 1, { 1201 }, { 1 }, 0 },
        { { 301, 2025, 16, 0 }, 2024, 1, { 301 }, { 0 }, 2 },
        /* by another number, forth and back */
        { { 1201, 2014, 18, 2020 }, 2020, 1, { 4601 }, { 2 }, 1 },
        { { 4601, 2024, 18, 2014 }, 2014, 1, { 1201 }, { 1 }, 0 },
        /* Aalesund was divided in 2024: both parts are all of it */
        { { 1507, 2023, 18, 2024 }, 2024, 2, { 1508, 1580 }, { 3, 4 }, 2 },
    };
    struct sample kinds[] = { good, good, good };

    (void)state;
    kinds[1].sparse = true;
    kinds[2].as_objects = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int k = 0; k < 3; k++) {
            struct population_answer got;
            int64_t want = 0;
            struct err e;

            for (int r = 0; r < cases[i].regions; r++)
                want += slow(cases[i].place[r], cases[i].q.from_age,
                             cases[i].time);
            if (!ask(&kinds[k], cases[i].q, &got, &e))
                fail_msg("case %zu: %s", i, e.key);
            assert_int_equal(got.number, want);
            assert_int_equal(got.on, cases[i].on);
            assert_int_equal(got.region_count, cases[i].regions);
            for (int r = 0; r < cases[i].regions; r++)
                assert_int_equal(got.region[r], cases[i].region[r]);
        }
}

static void
refused(const struct sample *s, struct population_question q,
        const char *key)
{
    struct population_answer got;
    struct err e;

    if (ask(s, q, &got, &e) || strcmp(e.key, key) != 0)
        fail_msg("%s, not %s", e.key, key);
    assert_string_equal(e.at.file, "f.json");
}

static void
test_refused(void **state)
{
    const struct population_question oslo = { 301, 2014, 0, 0 };
    struct sample s;

    (void)state;
#define SPOIL(member, text, key) \
    (s = good, s.member = text, refused(&s, oslo, key))
    SPOIL(version, "1.2", "population.form");
    SPOIL(sexes, "\"1\",\"1\"", "population.sex");
    SPOIL(sexes, "\"0\",\"1\"", "population.sex");
    SPOIL(sexes, "\"1\"", "population.dimension");
    SPOIL(last_age, "80+", "population.age");
    SPOIL(last_age, "F80", "population.age");
    SPOIL(last_age, "104", "population.age");
    SPOIL(value_0, "1.5", "population.value");
    SPOIL(value_0, "-1", "population.value");
    SPOIL(value_0, "\"1\"", "population.value");
    SPOIL(value_0, "100000001", "population.value");
    SPOIL(value_0, "1,1", "population.form");
    SPOIL(time_0, "2014K1", "population.year");
    SPOIL(extra, ",\"version\":\"2.0\"", "population.form");
    SPOIL(geo, "Tid", "population.form");
    SPOIL(geo, "Alder", "population.form");
    SPOIL(geo, "Kjonn", "population.form");
#undef SPOIL
    refused(&good, (struct population_question){ 1201, 2012, 18, 0 },
            "population.no_year");
    refused(&good, (struct population_question){ 1201, 2014, 18, 2019 },
            "population.no_year");
    refused(&good, (struct population_question){ 1103, 2014, 18, 0 },
            "population.no_region");
    /* Snillfjord was divided in 2020; Os in Hordaland was merged. */
    refused(&good, (struct population_question){ 5012, 2018, 18, 2020 },
            "population.merged");
    refused(&good, (struct population_question){ 5055, 2020, 18, 2014 },
            "population.split");
}

/* The value of Oslo's first cell is only looked at where Oslo is asked. */
static void
test_edge_of_value(void **state)
{
    struct sample s = good;
    struct population_answer got;
    struct err e;

    (void)state;
    s.value_0 = "100000000";
    assert_true(ask(&s, (struct population_question){ 301, 2014, 0, 0 },
                    &got, &e));
    s.value_0 = "null";
    assert_true(ask(&s, (struct population_question){ 301, 2014, 0, 0 },
                    &got, &e));
    assert_int_equal(got.number, slow(0, 0, 0) - people(0, 0, 0, 0));
}

/* ---- numbers through the years ---- */

static void
test_parts(void **state)
{
    static const struct {
        int number, year, other;
        enum municipality_parts how;
        int count, list[8], why;
    } cases[] = {
        { 1201, 2014, 2014, MUNICIPALITY_WHOLE, 1, { 1201 }, 0 },
        { 1201, 2014, 2025, MUNICIPALITY_WHOLE, 1, { 4601 }, 0 },
        { 4601, 2025, 2011, MUNICIPALITY_WHOLE, 1, { 1201 }, 0 },
        /* mergers and a split */
        { 1507, 2020, 2019, MUNICIPALITY_WHOLE, 5,
          { 1504, 1523, 1529, 1534, 1546 }, 0 },
        { 1504, 2019, 2020, MUNICIPALITY_MERGED, 1, { 1507 }, 1507 },
        { 1507, 2023, 2024, MUNICIPALITY_WHOLE, 2, { 1508, 1580 }, 0 },
        { 1580, 2024, 2023, MUNICIPALITY_SPLIT, 1, { 1507 }, 1507 },
        { 5012, 2019, 2020, MUNICIPALITY_MERGED, 3, { 5055, 5056, 5059 },
          5055 },
        /* Stokke went to Toensberg and Sandefjord in 2017 */
        { 704, 2016, 2017, MUNICIPALITY_MERGED, 1, { 704 }, 704 },
        { 704, 2017, 2016, MUNICIPALITY_SPLIT, 2, { 704, 720 }, 720 },
        { 301, 2012, 2024, MUNICIPALITY_WHOLE, 1, { 301 }, 0 },
        { 9999, 2012, 2024, MUNICIPALITY_WHOLE, 1, { 9999 }, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int list[MUNICIPALITY_PARTS_MAX], count, why;
        enum municipality_parts how = municipality_parts(cases[i].number,
            cases[i].year, cases[i].other, list, &count, &why);

        if (how != cases[i].how || count != cases[i].count
            || why != cases[i].why
            || memcmp(list, cases[i].list, (size_t)count * sizeof *list)
               != 0)
            fail_msg("case %zu: %d, %d of them, first %d, why %d", i, how,
                     count, list[0], why);
    }
}

/* Whatever is whole one way is whole the other, part by part. */
static void
test_parts_back(void **state)
{
    int whole = 0;

    (void)state;
    for (int number = 101; number < 5700; number++) {
        int list[MUNICIPALITY_PARTS_MAX], count, why;

        if (municipality_parts(number, 2012, 2024, list, &count, &why)
            != MUNICIPALITY_WHOLE)
            continue;
        for (int i = 0; i < count; i++) {
            int back[MUNICIPALITY_PARTS_MAX], n;

            (void)municipality_parts(list[i], 2024, 2012, back, &n, &why);
            assert_int_equal(n, 1);
            assert_int_equal(back[0], number);
        }
        whole++;
    }
    assert_true(whole > 5000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_edge_of_value), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_parts_back)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
