/* test_diff.c - each kind of change, by changing tests/data/tiny.yaml in
 * one place, and what it means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "def/diff.h"

static struct buf tiny;
static struct instrument *before;
static struct arena arena;

enum { SAME = 0, BREAKS = 1, LATE = 2 };        /* neither, or which */

struct case_ {
    const char *from, *to;
    enum change_kind kind;
    const char *where, *old, *new;      /* NULL: whatever */
    int means;
};

#define END "tables: [sex_by_grade, areas]\n"
#define LOCAL_TEXT(of) "local: { texts: [{ at: " of " }] }\n"
#define LABEL "label: { nb: a, nn: a, en: a }"

static const struct case_ cases[] = {
    { "id: tiny", "id: small", CHANGE_ID, "id", "tiny", "small", LATE },
    { "nb: Liten,", "nb: Mindre,", CHANGE_TEXT, "title", "Liten", "Mindre",
      SAME },
    { "one: { nb: mottaker,", "one: { nb: bruker,", CHANGE_TEXT, "person",
      "mottaker", "bruker", SAME },
    { "en: Own choice", "en: Ours", CHANGE_TEXT, "sources.O", "Own choice",
      "Ours", SAME },
    { "  O: { title", "  P: { title: { nb: a, nn: a, en: a } }\n"
      "  O: { title", CHANGE_SOURCE, "sources.P", "", "", SAME },
    /* grades, scale, tabs */
    { "label: { nb: Rød, nn: Raud, en: Red }", "label: { nb: Rød, nn: Raud,"
      " en: Crimson }", CHANGE_LABEL, "grades.red", "Red", "Crimson",
      LATE },
    { "fill: \"#72be96\"", "fill: \"#72be97\"", CHANGE_LOOK,
      "grades.green", "#72be96", "#72be97", SAME },
    { "look: dots", "look: plain", CHANGE_LOOK, "grades.yellow", "dots",
      "plain", SAME },
    { "short: { nb: Gr,", "short: { nb: Gn,", CHANGE_TEXT, "grades.green",
      "Gr", "Gn", SAME },
    { "score: 4, grade: yellow", "score: 4, grade: red", CHANGE_SCALE,
      "scale.4", "yellow", "red", BREAKS | LATE },
    { "label: { nb: Midt i,", "label: { nb: Midten,", CHANGE_LABEL,
      "scale.3", "Midt i", "Midten", LATE },
    { "  - { id: services, label", "  - { id: extra, " LABEL ","
      " ranks: false, source: O }\n  - { id: services, label", CHANGE_TAB,
      "tabs.extra", "", "", SAME },
    { "nn: Person, en: Person },\n      ranks: true", "nn: Person,"
      " en: Person },\n      ranks: false", CHANGE_RANKS, "tabs.person",
      "1", "0", BREAKS | LATE },
    { "{ id: visits, kind: int, tab: person", "{ id: visits, kind: int,"
      " tab: areas", CHANGE_TAB, "visits", "person", "areas", SAME },
    { "{ id: visits, kind: int, tab: person", "{ id: visits, kind: int,"
      " tab: start", CHANGE_RANKS, "visits", "1", "0", BREAKS | LATE },
    /* questions */
    { "  - { id: visits", "  - { id: calls, kind: bool, tab: person, "
      LABEL ", source: O }\n  - { id: visits", CHANGE_VARIABLE_ADDED,
      "calls", "", "", SAME },
    { "{ id: visits", "{ id: calls", CHANGE_VARIABLE_REMOVED, "visits", "",
      "", BREAKS | LATE },
    { "{ id: plan, kind: bool,", "{ id: plan, kind: int, min: 0, max: 1,",
      CHANGE_KIND, "plan", "bool", "int", BREAKS | LATE },
    { "role: year, min: 2000, max: 2100,\n      label: { nb: År, nn: År,"
      " en: Year }, source: O }\n  - { id: period, kind: int, tab: start,"
      " role: period", "role: period, min: 2000, max: 2100,\n      label:"
      " { nb: År, nn: År, en: Year }, source: O }\n  - { id: period, kind:"
      " int, tab: start, role: year", CHANGE_ROLE, "year", "year", "period",
      BREAKS | LATE },
    { "{ nb: Besøk,", "{ nb: Gjester,", CHANGE_LABEL, "visits", "Besøk",
      "Gjester", LATE },
    { "{ id: visits,", "{ id: visits, help: { nb: a, nn: b, en: c },",
      CHANGE_TEXT, "visits", "", "a", SAME },
    { "asked: target = mental", "asked: target != dual", CHANGE_ASKED,
      "crisis", "target = mental", "target != dual", BREAKS | LATE },
    { ", asked: plan = 0", "", CHANGE_ASKED, "declined", "plan = 0", "",
      BREAKS | LATE },
    { "max: 32000", "max: 31999", CHANGE_NARROWED, "visits", "0-32000",
      "0-31999", LATE },
    { "min: 1880", "min: 1879", CHANGE_WIDENED, "birth_year", "1880-2100",
      "1879-2100", SAME },
    { "at_most: kids", "at_most: kids_away", CHANGE_AT_MOST, "kids_obs",
      "kids", "kids_away", LATE },
    { "refuse_digits: 11", "refuse_digits: 9", CHANGE_DIGITS, "remark",
      "11", "9", LATE },
    { "      - { code: dual,", "      - { code: none, " LABEL " }\n"
      "      - { code: dual,", CHANGE_CODE_ADDED, "target.none", "", "",
      LATE },
    { "en: Both } }", "en: Both } }\n      - { code: none, " LABEL " }",
      CHANGE_CODE_ADDED, "target.none", "", "", SAME },
    { "      - { code: female, label: { nb: Kvinne, nn: Kvinne,"
      " en: Woman } }\n", "", CHANGE_CODE_REMOVED, "sex.female", "", "",
      BREAKS | LATE },
    { "      - { code: male, label: { nb: Mann, nn: Mann, en: Man } }\n"
      "      - { code: female, label: { nb: Kvinne, nn: Kvinne,"
      " en: Woman } }\n", "      - { code: female, label: { nb: Kvinne,"
      " nn: Kvinne, en: Woman } }\n      - { code: male, label:"
      " { nb: Mann, nn: Mann, en: Man } }\n", CHANGE_CODE_ORDER, "sex",
      "male, female", "female, male", LATE },
    { "en: Both }", "en: Dual }", CHANGE_LABEL, "target.dual", "Both",
      "Dual", LATE },
    { "unknown: false\n    label: { nb: Gruppe", "unknown: true\n"
      "    label: { nb: Gruppe", CHANGE_UNKNOWN_ALLOWED, "target", "", "",
      SAME },
    { "{ id: visits,", "{ id: visits, unknown: false,",
      CHANGE_UNKNOWN_REFUSED, "visits", "", "", LATE },
    { "codes: units,\n      identifies: true,", "codes: units,",
      CHANGE_IDENTIFIES, "helpers", "1", "0", LATE },
    { ", off: true", "", CHANGE_ON, "remark", "", "", SAME },
    { "{ id: visits,", "{ id: visits, off: true,", CHANGE_OFF, "visits",
      "", "", LATE },
    { END, END "local: { off: [visits] }\n", CHANGE_OFF_LOCAL, "visits", "",
      "", LATE },
    { END, END "local: { off: [sex.male] }\n", CHANGE_OFF_LOCAL, "sex.male",
      "", "", LATE },
    { END, END "local: { off: [services.talks] }\n", CHANGE_OFF_LOCAL,
      "services.talks", "", "", LATE },
    { END, END "local: { off: [care] }\n", CHANGE_OFF_LOCAL,
      "categories.care", "", "", LATE },
    { END, END "local: { names: [{ at: talks, label: { nn: Prat } }] }\n",
      CHANGE_NAME, "services.talks", "Samtaler", "Prat", SAME },
    { END, END LOCAL_TEXT("visits, help: { nb: a }"), CHANGE_TEXT, "visits",
      "", "a", SAME },
    { END, END LOCAL_TEXT("home.red, help: { en: a }"), CHANGE_TEXT,
      "home.red", "", "a", SAME },
    { END, END LOCAL_TEXT("target.dual, help: { en: a }"), CHANGE_TEXT,
      "target.dual", "", "a", SAME },
    { END, END LOCAL_TEXT("talks, examples: { nn: a }"), CHANGE_TEXT,
      "services.talks", "", "a", SAME },
    { END, END LOCAL_TEXT("talks, help: { nn: a }"), CHANGE_TEXT,
      "services.talks", "", "a", SAME },
    { END, END "local: { services: [{ category: work, code: tea, label:"
      " { nb: Te } }] }\n", CHANGE_SERVICE_ADDED, "services.tea", "",
      "work", SAME },
    { "max: 32000,", "max: 32000, counts: children,", CHANGE_COUNTS,
      "visits", "recipients", "children", LATE },
    { "{ nb: Utrygg bolig nå,", "{ nb: Trygg bolig nå,", CHANGE_COLOUR,
      "home.yellow", "Utrygg bolig nå", "Trygg bolig nå", BREAKS | LATE },
    { "{ nb: Ingen bruk,", "{ nb: Uten bruk,", CHANGE_COLOUR,
      "drugs.green", "Ingen bruk", "Uten bruk", BREAKS | LATE },
    /* services */
    { "        - { code: talks,", "        - { code: home, " LABEL ","
      " source: O }\n        - { code: talks,", CHANGE_SERVICE_ADDED,
      "services.home", "", "care", SAME },
    { "        - { code: meals, label: { nb: Mat, nn: Mat, en: Meals },"
      " source: O }\n", "", CHANGE_SERVICE_REMOVED, "services.meals",
      "care", "", BREAKS | LATE },
    { "nb: Samtaler,", "nb: Prat,", CHANGE_LABEL, "services.talks",
      "Samtaler", "Prat", LATE },
    { "nb: Støtte,", "nb: Hjelp,", CHANGE_TEXT, "services.talks", "Støtte",
      "Hjelp", SAME },
    { "label: { nb: Mottatt,", "label: { nb: Fått,", CHANGE_LABEL,
      "services.received", "Mottatt", "Fått", LATE },
    { "    - id: work\n", "    - id: more\n      " LABEL "\n"
      "      purpose: { nb: a, nn: a, en: a }\n      source: O\n"
      "      services: [{ code: tea, " LABEL ", source: O }]\n"
      "    - id: work\n", CHANGE_CATEGORY_ADDED, "categories.more", "", "",
      SAME },
    /* complete, checks, index */
    { "answered: [target]", "answered: [target, sex]", CHANGE_COMPLETE,
      "complete.answered", "target", "target, sex", BREAKS | LATE },
    { "any_of: [home, drugs]", "any_of: [home]", CHANGE_COMPLETE,
      "complete.any_of", "home, drugs", "home", BREAKS | LATE },
    { "refuse: kids_away > 0", "refuse: kids_away > 1", CHANGE_CHECK,
      "checks.away_without_kids", NULL, NULL, LATE },
    { "message: { nb: Ingen barn", "message: { nb: Null barn", CHANGE_TEXT,
      "checks.away_without_kids", "Ingen barn", "Null barn", SAME },
    { "checks:\n", "checks:\n  - { id: extra, at: plan, refuse: plan = 1,"
      " message: { nb: a, nn: a, en: a }, source: O }\n",
      CHANGE_CHECK_ADDED, "checks.extra", "", "", LATE },
    { "weight: 2", "weight: 3", CHANGE_WEIGHT, "index.drugs", "2", "3",
      BREAKS | LATE },
    { "    - { variable: drugs, weight: 2 }\n", "", CHANGE_AREA_REMOVED,
      "index.drugs", "", "", BREAKS | LATE },
    { "red: 3000", "red: 3001", CHANGE_CUT, "index.red", "3000", "3001",
      BREAKS | LATE },
    { "unanswered_max: 1", "unanswered_max: 0", CHANGE_UNANSWERED_MAX,
      "index", "1", "0", BREAKS | LATE },
    { "index:\n  version: 1", "index:\n  version: 2", CHANGE_TEXT, "index",
      "1", "2", SAME },
    /* derived */
    { "  - { id: index, is: index,", "  - { id: old, is: when, " LABEL ","
      " when: age > 60, source: O }\n  - { id: index, is: index,",
      CHANGE_DERIVED_ADDED, "old", "", "", SAME },
    { "{ id: children,", "{ id: kids_all,", CHANGE_DERIVED_REMOVED,
      "children", "", "", BREAKS | LATE },
    { "{ id: municipal,", "{ id: local,", CHANGE_DERIVED_REMOVED,
      "municipal_w", "", "", BREAKS | LATE },
    { "when: plan = 1 or declined = 1", "when: plan = 1", CHANGE_DERIVED,
      "any_plan", "plan = 1 or declined = 1", "plan = 1", BREAKS | LATE },
    { ", needs: [coordinator]", "", CHANGE_DERIVED, "only_coordinator",
      NULL, NULL, BREAKS | LATE },
    { "of: [kids, kids_away]", "of: [kids]", CHANGE_DERIVED, "children",
      "sum: kids, kids_away", "sum: kids", BREAKS | LATE },
    { "categories: [care, work]", "categories: [care]", CHANGE_DERIVED,
      "municipal_r", NULL, NULL, BREAKS | LATE },
    { "from: 18, to: 49 }\n      - { code: 50+, label: { nb: 50+, nn: 50+,"
      " en: 50+ }, from: 50 }", "from: 18, to: 50 }\n      - { code: 50+,"
      " label: { nb: 50+, nn: 50+, en: 50+ }, from: 51 }", CHANGE_BANDS,
      "age_group", NULL, NULL, BREAKS | LATE },
    { "en: 18–49 }", "en: 18 to 49 }", CHANGE_LABEL, "age_group.18-49",
      "18–49", "18 to 49", LATE },
    /* tables, reports */
    { "tables:\n", "tables:\n  - { id: extra, title: { nb: a, nn: a,"
      " en: a }, source: O, rows: plan }\n", CHANGE_TABLE_ADDED,
      "tables.extra", "", "", SAME },
    { "columns: index_grade", "columns: home_grade", CHANGE_TABLE,
      "tables.sex_by_grade", "index_grade", "home_grade", LATE },
    { "share: rows", "share: columns", CHANGE_TABLE, "tables.sex_by_grade",
      "rows", "columns", LATE },
    { "chart: bars", "chart: mosaic", CHANGE_LOOK, "tables.sex_by_grade",
      "bars", "mosaic", SAME },
    { "chart: bars", "chart: bars\n    where: plan = 1", CHANGE_TABLE,
      "tables.sex_by_grade", "", "plan = 1", LATE },
    { "title: { nb: Kjønn,", "title: { nb: Sex,", CHANGE_TEXT,
      "tables.sex_by_grade", "Kjønn", "Sex", SAME },
    { "reports:\n", "reports:\n  - id: extra\n    title: { nb: a, nn: a,"
      " en: a }\n    people: { nb: a, nn: a, en: a }\n    sections: [{ id:"
      " x, title: { nb: a, nn: a, en: a } }]\n", CHANGE_REPORT_ADDED,
      "reports.extra", "", "", SAME },
    { "where: \"\"", "where: plan = 1", CHANGE_REPORT, "reports.whole", "",
      "plan = 1", LATE },
    { "scope: recipients", "scope: unit", CHANGE_REPORT, "reports.whole",
      "recipients", "unit", LATE },
    { "tables: [sex_by_grade, areas]", "tables: [areas]", CHANGE_LOOK,
      "reports.whole.data", "sex_by_grade, areas", "areas", SAME },
    { "    scope: recipients", "    compare: [areas]\n    scope: recipients",
      CHANGE_LOOK, "reports.whole", "", "areas", SAME },
    /* rules of focus areas: those of FOCUS below */
    { "focus:\n", "focus:\n  - { id: more, source: O, weight: 1, table: areas,"
      " key: red, title: { nb: a, nn: a, en: a }, text: { nb: a, nn: a,"
      " en: a }, found: { nb: a, nn: a, en: a } }\n", CHANGE_FOCUS_ADDED,
      "focus.more", "", "", SAME },
    { "weight: 5", "weight: 6", CHANGE_FOCUS, "focus.plans", "5", "6",
      SAME },
    { "of: plan is answered", "of: plan is answered and declined = 0",
      CHANGE_FOCUS, "focus.plans", "plan is answered",
      "plan is answered and declined = 0", SAME },
    { "key: green", "key: red", CHANGE_FOCUS, "focus.green", "green", "red",
      SAME },
    { "{1} of {2}", "{1} among {2}", CHANGE_TEXT, "focus.plans", NULL, NULL,
      SAME },
};

/* tiny.yaml has no rules of its own. */
static const char focus[] =
    "focus:\n"
    "  - { id: plans, source: O, weight: 5, where: plan = 0,\n"
    "      of: plan is answered, title: { nb: a, nn: a, en: a },\n"
    "      text: { nb: a, nn: a, en: \"{1} of {2}\" },\n"
    "      found: { nb: a, nn: a, en: a } }\n"
    "  - { id: green, source: O, weight: 1, table: areas, key: green,\n"
    "      title: { nb: a, nn: a, en: a }, text: { nb: a, nn: a, en: a },\n"
    "      found: { nb: a, nn: a, en: a } }\n";

/* In front of the reports: what a case adds at the end is local. */
static void
put_focus(void)
{
    char *rest = strdup(strstr(tiny.data, "\nreports:\n") + 1);

    tiny.len -= strlen(rest);
    buf_text(&tiny, focus);
    buf_text(&tiny, rest);
    free(rest);
}

static struct instrument *
read_changed(const struct case_ *c, long *line)
{
    const char *at = strstr(tiny.data, c->from);
    struct instrument *in;
    struct err e = { 0 };
    char *text;

    if (at == NULL)
        fail_msg("no %s in the tiny definition", c->from);
    *line = 1;
    for (const char *p = tiny.data; p < at; p++)
        *line += *p == '\n';
    text = arena_printf(&arena, "%.*s%s%s", (int)(at - tiny.data),
                        tiny.data, c->to, at + strlen(c->from));
    in = instrument_read(text, strlen(text), "new.yaml", &e);
    if (in == NULL)
        fail_msg("%s: %s (%s)", c->to, e.key, e.arg[0]);
    return in;
}

static const struct change *
find(const struct change *list, int count, const struct case_ *c)
{
    for (int i = 0; i < count; i++)
        if (list[i].kind == c->kind && strcmp(list[i].where, c->where) == 0)
            return &list[i];
    return NULL;
}

static void
test_kinds(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct case_ *c = &cases[i];
        const struct change *list, *found;
        struct err e = { 0 };
        int count, means = SAME;
        long line;
        struct instrument *after = read_changed(c, &line);

        count = instrument_diff(before, after, &arena, &list);
        found = find(list, count, c);
        for (int j = 0; j < count; j++)
            means |= (list[j].compatible ? 0 : BREAKS)
                   | (list[j].may_follow ? 0 : LATE);
        if (found == NULL || means != c->means
            || (c->old != NULL && strcmp(found->old, c->old) != 0)
            || (c->new != NULL && strcmp(found->new, c->new) != 0)) {
            wrong++;
            print_error("%s (%d changes, means %d)\n", c->to, count, means);
            for (int j = 0; j < count; j++)
                print_error("    %s %s: %s -> %s\n", list[j].key,
                            list[j].where, list[j].old, list[j].new);
        } else if (found->at.line > 0 && found->at.file != NULL) {
            assert_string_equal(found->at.file, "new.yaml");
        }
        assert_int_equal(instrument_may_follow(before, after, &e),
                         (means & LATE) == 0);
        if ((means & LATE) != 0)
            assert_string_equal(e.key, "def.follow");
        else
            assert_int_equal(e.code, ERR_NONE);
        instrument_free(after);
    }
    assert_int_equal(wrong, 0);
}

/* Every kind is tested, above or below; the order of grades alone is not,
 * as tiny.yaml has no two grades that can change places. */
static void
test_every_kind(void **state)
{
    static const enum change_kind elsewhere[] = {
        CHANGE_GRADE_ADDED, CHANGE_GRADE_REMOVED, CHANGE_GRADE_ORDER,
        CHANGE_SERVICE_MOVED, CHANGE_CATEGORY_REMOVED,
        CHANGE_CHECK_REMOVED, CHANGE_AREA_ADDED, CHANGE_TABLE_REMOVED,
        CHANGE_REPORT_REMOVED, CHANGE_FOCUS_REMOVED, CHANGE_ON_LOCAL,
        CHANGE_REPLACES
    };
    bool seen[CHANGE_KIND_COUNT] = { false };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        seen[cases[i].kind] = true;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        seen[elsewhere[i]] = true;
    for (int k = 0; k < CHANGE_KIND_COUNT; k++)
        if (!seen[k])
            fail_msg("kind %d is not tested", k);
}

static int
count_kind(const struct change *list, int count, enum change_kind kind)
{
    int n = 0;

    for (int i = 0; i < count; i++)
        n += list[i].kind == kind;
    return n;
}

/* What was added is gone the other way round. */
static void
test_backwards(void **state)
{
    static const struct { enum change_kind added, removed; } pairs[] = {
        { CHANGE_CHECK_ADDED, CHANGE_CHECK_REMOVED },
        { CHANGE_TABLE_ADDED, CHANGE_TABLE_REMOVED },
        { CHANGE_REPORT_ADDED, CHANGE_REPORT_REMOVED },
        { CHANGE_FOCUS_ADDED, CHANGE_FOCUS_REMOVED },
        { CHANGE_CATEGORY_ADDED, CHANGE_CATEGORY_REMOVED },
        { CHANGE_VARIABLE_ADDED, CHANGE_VARIABLE_REMOVED },
        { CHANGE_SERVICE_ADDED, CHANGE_SERVICE_REMOVED },
        { CHANGE_DERIVED_ADDED, CHANGE_DERIVED_REMOVED },
        { CHANGE_CODE_ADDED, CHANGE_CODE_REMOVED },
        { CHANGE_WIDENED, CHANGE_NARROWED },
        { CHANGE_ON, CHANGE_OFF }, { CHANGE_OFF_LOCAL, CHANGE_ON_LOCAL }
    };

    (void)state;
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const struct change *list;
            struct instrument *after;
            long line;
            int count;

            if (cases[i].kind != pairs[p].added)
                continue;
            after = read_changed(&cases[i], &line);
            count = instrument_diff(after, before, &arena, &list);
            assert_true(count_kind(list, count, pairs[p].removed) > 0);
            instrument_free(after);
        }
    }
}

/* The rest: changes that take more than one place. */
static void
test_grades(void **state)
{
    /* bloodred before red; the scale does not name it */
    static const struct case_ renamed = {
        "- id: bloodred", "- id: darkred", CHANGE_ID, NULL, NULL, NULL, 0
    };
    struct instrument *after;
    const struct change *list;
    struct err e = { 0 };
    char *text, *cut;
    int count;

    (void)state;
    text = arena_text(&arena, tiny.data);
    cut = strstr(text, renamed.from);
    assert_non_null(cut);
    memcpy(cut, "- id: darkxred", 14);
    cut = strstr(text, "bloodred: 4200");
    assert_non_null(cut);
    memcpy(cut, "darkxred: 4200", 14);
    after = instrument_read(text, strlen(text), "new", &e);
    assert_non_null(after);
    count = instrument_diff(before, after, &arena, &list);
    assert_int_equal(count_kind(list, count, CHANGE_GRADE_ADDED), 1);
    assert_int_equal(count_kind(list, count, CHANGE_GRADE_REMOVED), 1);
    assert_false(instrument_may_follow(before, after, &e));
    assert_string_equal(e.arg[0], "grades.darkxred");
    instrument_free(after);
}

/* An area comes, a service moves. */
static void
test_more(void **state)
{
    static const struct case_ less = {
        "    - { variable: drugs, weight: 2 }\n", "", CHANGE_ID, NULL,
        NULL, NULL, 0
    };
    struct instrument *after;
    const struct change *list;
    struct err e = { 0 };
    long line;
    int count;
    char *text, *a, *b;

    (void)state;
    after = read_changed(&less, &line);
    count = instrument_diff(after, before, &arena, &list);
    assert_int_equal(count, 1);         /* not of the index variable too */
    assert_int_equal(count_kind(list, count, CHANGE_AREA_ADDED), 1);
    instrument_free(after);
    /* swap the ids of two services of two categories */
    text = arena_text(&arena, tiny.data);
    a = strstr(text, "code: meals");
    b = strstr(text, "code: training");
    assert_true(a != NULL && b != NULL);
    memcpy(a + 6, "train", 5);
    memcpy(b + 6, "meals   ", 8);
    after = instrument_read(text, strlen(text), "new", &e);
    assert_non_null(after);
    count = instrument_diff(before, after, &arena, &list);
    assert_int_equal(count_kind(list, count, CHANGE_SERVICE_MOVED), 1);
    instrument_free(after);
}

static void
test_same(void **state)
{
    struct err e = { 0 };
    const struct change *list;
    struct instrument *again = instrument_read(tiny.data, tiny.len, "x",
                                               &e);
    struct buf b;

    (void)state;
    assert_int_equal(instrument_diff(before, again, &arena, &list), 0);
    assert_true(instrument_may_follow(before, again, &e));
    buf_init(&b, 0);
    diff_show(list, 0, LANG_EN, &b);
    assert_string_equal(buf_string(&b), "The definitions mean the same.\n");
    buf_clear(&b);
    instrument_free(again);
}

/* What people are shown, in every language: whole lines, nothing left
 * open, nothing that is no character. */
static void
check_shown(const struct buf *b)
{
    assert_true(b->len > 0 && !b->failed);
    assert_true(utf8_valid(b->data, b->len, NULL));
    assert_int_equal(b->data[b->len - 1], '\n');
    for (char n = '1'; n <= '9'; n++)
        assert_null(strstr(b->data, (char[]){ '{', n, '}', 0 }));
}

static void
test_shown(void **state)
{
    struct instrument *other;
    const struct change *list;
    struct err e = { 0 };
    struct buf text, b;
    int count;

    (void)state;
    buf_init(&text, 0);
    assert_true(buf_read_file(&text, "instruments/brukerplan-2014.yaml",
                              DEFINITION_MAX, &e));
    other = instrument_read(text.data, text.len, "2014", &e);
    assert_non_null(other);
    buf_init(&b, 0);
    count = instrument_diff(before, other, &arena, &list);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buf_reset(&b);
        diff_show(list, count, (enum lang)lang, &b);
        check_shown(&b);
        buf_reset(&b);
        instrument_show(other, (enum lang)lang, &b);
        check_shown(&b);
        for (char *p = b.data, *end; *p != '\0'; p = end + 1) {
            end = strchr(p, '\n');
            /* a word that fits no line may be longer */
            assert_true(utf8_count(p, (size_t)(end - p)) <= 100);
            assert_true(end == p || end[-1] != ' ');
        }
        assert_non_null(strstr(b.data, other->sha256));
        for (int i = 0; i < other->variable_count; i++)
            if (other->variables[i].service < 0)
                assert_non_null(strstr(b.data, other->variables[i].id));
        for (int i = 0; i < other->table_count; i++)
            assert_non_null(strstr(b.data, other->tables[i].id));
    }
    buf_clear(&b);
    buf_clear(&text);
    instrument_free(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds), cmocka_unit_test(test_every_kind),
        cmocka_unit_test(test_backwards), cmocka_unit_test(test_grades),
        cmocka_unit_test(test_more), cmocka_unit_test(test_same),
        cmocka_unit_test(test_shown)
    };
    struct err e = { 0 };
    int failed;

    arena_init(&arena);
    buf_init(&tiny, 0);
    if (!buf_read_file(&tiny, "tests/data/tiny.yaml", DEFINITION_MAX, &e))
        return 1;
    put_focus();
    before = instrument_read(tiny.data, tiny.len, "old.yaml", &e);
    if (before == NULL)
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(before);
    buf_clear(&tiny);
    arena_clear(&arena);
    return failed;
}
