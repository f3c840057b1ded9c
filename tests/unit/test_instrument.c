/* test_instrument.c - the instrument of 2014 holds what the codebook says;
 * binding to a round; and each thing a definition is refused for, by
 * changing tests/data/tiny.yaml in one place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "report/build.h"
#include "tab/plan.h"
#include "tiny_instrument.h"

static const char file_2014[] = "instruments/brukerplan-2014.yaml";

static struct buf text_2014, text_tiny;
static struct instrument *in;           /* 2014, not bound */

static void
load(struct buf *b, const char *file)
{
    struct err e = { 0 };

    buf_init(b, 0);
    assert_true(buf_read_file(b, file, DEFINITION_MAX, &e));
}

static struct instrument *
bound(int from_age, const char *const *on, int on_count, struct err *e)
{
    static const char *const units[] = { "pss", "nav-1", "team_3" };
    struct round_facts facts = {
        .municipality = 1201, .year = 2014, .period = 5,
        .from_age = from_age, .unit_ids = units, .unit_names = units,
        .unit_count = 3, .switched_on = on, .switched_on_count = on_count
    };
    struct instrument *x = instrument_read(text_2014.data, text_2014.len,
                                           file_2014, e);

    assert_non_null(x);
    if (!instrument_bind(x, &facts, e)) {
        instrument_free(x);
        return NULL;
    }
    return x;
}

/* --- the codebook */

/* Cuts LINE at its tabs; how many cells. */
static int
cut(char *line, char *cell[8])
{
    int n = 0;

    while (n < 8 && (cell[n++] = strsep(&line, "\t")) != NULL)
        if (line == NULL)
            break;
    return n;
}

/* The codes in "male = mann; female = kvinne", in order. */
static void
check_codes(const struct variable *v, char *values)
{
    char *one;
    int n = 0;

    while ((one = strsep(&values, ";")) != NULL) {
        one += strspn(one, " ");
        one[strcspn(one, " =")] = '\0';
        assert_true(n < v->code_count);
        assert_string_equal(v->codes[n++].id, one);
    }
    assert_int_equal(n, v->code_count);
}

static void
check_variable(int place, char *cell[8])
{
    static const char *const tabs[][2] = {
        { "start", "start" }, { "background", "background" },
        { "automatic", "automatic" }, { "tab 2", "cooperation" },
        { "tab 3", "function" }, { "tab 3, substance", "function" },
        { "tab 4", "services" }
    };
    const struct variable *v = &in->variables[place];
    bool found = false;

    assert_string_equal(v->id, cell[0]);
    assert_string_equal(kind_word(v->kind), cell[1]);
    /* our own choice of words or codes may be said beside the source */
    assert_memory_equal(v->source, cell[4], strlen(cell[4]));
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++)
        if (strcmp(tabs[i][0], cell[3]) == 0) {
            assert_string_equal(in->tabs[v->tab].id, tabs[i][1]);
            found = true;
        }
    assert_true(found);
    if (v->kind == KIND_CODE && !v->of_units)
        check_codes(v, cell[2]);
    if (v->kind == KIND_INT && strstr(cell[2], "..") != NULL) {
        const char *to = strstr(cell[2], "..") + 2;

        assert_int_equal(v->min, atoi(cell[2]));
        if (*to >= '0' && *to <= '9')
            assert_int_equal(v->max, atoi(to));
        else
            assert_string_equal(in->variables[v->at_most].id, to);
    }
    if (strstr(cell[5], "identifying") != NULL)
        assert_true(v->identifies);
    if (strstr(cell[5], "off unless") != NULL)
        assert_true(v->off);
}

static void
check_service(int place, char *cell[8])
{
    int n = place;

    for (int c = 0; c < in->category_count; c++) {
        const struct category *cat = &in->categories[c];
        const struct service *s;
        char id[64];

        if (n >= cat->service_count) {
            n -= cat->service_count;
            continue;
        }
        s = &cat->services[n];
        assert_string_equal(cat->id, cell[1]);
        assert_string_equal(s->id, cell[2]);
        snprintf(id, sizeof id, "svc_%s_r", s->id);
        assert_string_equal(in->variables[s->received].id, id);
        snprintf(id, sizeof id, "svc_%s_w", s->id);
        assert_string_equal(in->variables[s->wanted].id, id);
        assert_int_equal(s->wanted, s->received + 1);
        assert_int_equal(in->variables[s->received].category, c);
        assert_false(in->variables[s->received].wanted);
        assert_true(in->variables[s->wanted].wanted);
        assert_false(in->variables[s->wanted].takes_unknown);
        return;
    }
    fail_msg("no service %s", cell[2]);
}

static void
test_codebook(void **state)
{
    struct buf b;
    char *rest, *line, *cell[8];
    int variables = 0, services = 0, derived = 0;

    (void)state;
    load(&b, "tests/data/codebook.tsv");
    rest = b.data;
    while ((line = strsep(&rest, "\n")) != NULL) {
        int cells;

        if (*line == '\0' || *line == '#')
            continue;
        cells = cut(line, cell);
        if (strcmp(cell[0], "service") == 0) {
            check_service(services++, cell);
        } else if (strcmp(cell[0], "derived") == 0) {
            derived++;
        } else if (strcmp(cell[0], "variable") != 0) {
            assert_true(cells >= 5);
            if (cells < 6)
                cell[5] = line + strlen(line);
            check_variable(variables++, cell);
        }
    }
    buf_clear(&b);
    assert_true(variables > 50 && services > 35 && derived > 10);
    assert_int_equal(in->entered_count, variables + 2 * services);
}

static void
test_derived(void **state)
{
    static const char *const ids[] = {
        "age", "age_group", "substance_grade", "economy_grade",
        "mental_grade", "physical_grade", "housing_grade", "social_grade",
        "network_grade", "activity_grade", "index", "index_grade",
        "other_plan", "any_plan", "only_coordinator", "children", "obs",
        "has_care", "has_contact", "nav_r", "nav_w", "specialist_r",
        "specialist_w", "mental_specialist_r", "mental_specialist_w",
        "firstline_r", "firstline_w"
    };

    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_true(tiny_variable(in, ids[i]) >= in->entered_count);
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];
        const struct variable *v = &in->variables[c->received];

        assert_int_equal(v->derive, DERIVE_ANY);
        assert_int_equal(v->of_count, c->service_count);
        assert_int_equal(in->variables[c->wanted].of_count,
                         c->service_count);
    }
    assert_int_equal(in->index_variable, tiny_variable(in, "index"));
    assert_int_equal(in->index_grade_variable,
                     tiny_variable(in, "index_grade"));
    /* what stands behind a derived one, through others too */
    assert_int_equal(in->variables[tiny_variable(in, "any_plan")]
                     .entered_count, 6);
    assert_int_equal(in->variables[tiny_variable(in, "index_grade")]
                     .entered_count, 8);
}

/* The default rule of rules.md. */
static void
test_index(void **state)
{
    static const struct { const char *id; int weight; } areas[] = {
        { "substance", 2 }, { "economy", 1 }, { "mental", 2 },
        { "physical", 1 }, { "housing", 2 }, { "social", 1 },
        { "network", 1 }, { "activity", 2 }
    };

    (void)state;
    assert_int_equal(in->index.areas, 8);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(in->index.variable[i],
                         tiny_variable(in, areas[i].id));
        assert_int_equal(in->index.weight[i], areas[i].weight);
    }
    assert_int_equal(in->index.unanswered_max, 1);
    assert_int_equal(in->index.from[0], 0);
    assert_int_equal(in->index.from[1], 1200);
    assert_int_equal(in->index.from[2], 3000);
    assert_int_equal(in->index.from[3], 4200);
    assert_string_equal(in->index.source, "O");
}

static void
test_roles(void **state)
{
    static const char *const ids[ROLE_COUNT] = {
        [ROLE_MUNICIPALITY] = "municipality", [ROLE_YEAR] = "year",
        [ROLE_PERIOD] = "period", [ROLE_UNIT] = "unit",
        [ROLE_TIER] = "tier", [ROLE_IDENT] = "ident",
        [ROLE_COMPLETED_ON] = "registered_on", [ROLE_SEX] = "sex",
        [ROLE_BIRTH_YEAR] = "birth_year",
        [ROLE_SERVICES_DONE] = "services_done"
    };

    (void)state;
    assert_int_equal(in->role[ROLE_NONE], -1);
    for (int i = ROLE_NONE + 1; i < ROLE_COUNT; i++) {
        assert_int_equal(in->role[i], tiny_variable(in, ids[i]));
        assert_int_equal(in->variables[in->role[i]].role, i);
    }
}

/* "Vet ikke" is an answer to every question but target_group; ticks, what
 * the round says and what identifies are no such questions. */
static void
test_unknown(void **state)
{
    (void)state;
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];
        bool question = v->service < 0 && v->kind != KIND_IDENT
            && v->kind != KIND_TEXT && strcmp(in->tabs[v->tab].id, "start")
            && strcmp(in->tabs[v->tab].id, "automatic")
            && v->role != ROLE_SERVICES_DONE
            && strcmp(v->id, "target_group") != 0;

        assert_int_equal(v->takes_unknown, question);
    }
}

static void
check_bands(int from_age, const char *first, int first_from, int count)
{
    struct err e = { 0 };
    struct instrument *x = bound(from_age, NULL, 0, &e);
    const struct variable *v = &x->variables[tiny_variable(x, "age_group")];

    assert_int_equal(v->code_count, count);
    assert_string_equal(v->codes[0].id, first);
    assert_int_equal(v->band_from[0], first_from);
    assert_string_equal(v->codes[count - 1].id, "56+");
    instrument_free(x);
}

static void
test_bind(void **state)
{
    static const char *const on[] = { "case_code", "subunit" };
    struct err e = { .at = { "x", 1, 2 } };
    struct instrument *x;
    const struct variable *unit, *serving;

    (void)state;
    check_bands(18, "18-25", 18, 5);
    check_bands(16, "under-18", 0, 6);
    check_bands(0, "under-18", 0, 6);
    check_bands(17, "under-18", 0, 6);
    /* the others stay where nobody can be in them: tables name them */
    check_bands(26, "18-25", 18, 5);
    check_bands(30, "18-25", 18, 5);
    check_bands(99, "18-25", 18, 5);
    x = bound(18, on, 2, &e);
    /* nothing is left in E where nothing is wrong */
    assert_string_equal(e.at.file, "x");
    assert_int_equal(e.at.column, 2);
    unit = &x->variables[tiny_variable(x, "unit")];
    serving = &x->variables[tiny_variable(x, "units_serving")];
    assert_int_equal(unit->code_count, 3);
    assert_string_equal(unit->codes[1].id, "nav-1");
    assert_string_equal(unit->codes[2].label.in[LANG_EN], "team_3");
    assert_ptr_equal(serving->codes, unit->codes);
    assert_int_equal(x->set_count, 1);
    assert_int_equal(instrument_set(x, tiny_variable(x, "units_serving")),
                     0);
    assert_false(x->variables[tiny_variable(x, "case_code")].off);
    assert_false(x->variables[tiny_variable(x, "subunit")].off);
    assert_true(x->variables[tiny_variable(x, "professional")].off);
    assert_int_equal(x->facts.year, 2014);
    instrument_free(x);
}

/* Every table and report names only bands that are there, whatever the
 * round's age limit. */
static void
test_reports_of_ages(void **state)
{
    (void)state;
    for (int age = 0; age <= 99; age++) {
        struct err e = { 0 };
        struct instrument *x = bound(age, NULL, 0, &e);

        assert_non_null(x);
        for (int i = 0; i < x->report_count; i++) {
            struct plan *p = plan_new(x);
            struct arena arena;
            int count;

            arena_init(&arena);
            if (!report_questions(x, i, NULL, &arena, p, &count, &e))
                fail_msg("%s from %d: %s %s", x->reports[i].id, age, e.key,
                         e.arg[1]);
            plan_free(p);
            arena_clear(&arena);
        }
        instrument_free(x);
    }
}

static void
test_bind_refused(void **state)
{
    static const char *const wrong[][1] = {
        { "nothing" }, { "sex" }, { "age" }
    };
    struct round_facts many = { .unit_count = CODE_MAX + 1 };
    struct err e = { 0 };
    struct instrument *x;

    (void)state;
    for (int i = 0; i < 3; i++) {
        err_clear(&e);
        assert_null(bound(18, wrong[i], 1, &e));
        assert_string_equal(e.key, "round.switch");
        assert_string_equal(e.arg[0], wrong[i][0]);
    }
    err_clear(&e);
    x = instrument_read(text_2014.data, text_2014.len, "x", &e);
    assert_false(instrument_bind(x, &many, &e));
    assert_string_equal(e.key, "round.units_max");
    instrument_free(x);
}

static void
test_find(void **state)
{
    (void)state;
    assert_int_equal(instrument_variable(in, "sexy", 3),
                     tiny_variable(in, "sex"));
    assert_int_equal(instrument_variable(in, "sexy", 4), -1);
    assert_int_equal(instrument_variable(in, "", 0), -1);
    assert_string_equal(instrument_nearest(in, "econmy", 6), "economy");
    assert_string_equal(instrument_nearest(in, "index_grad", 10),
                        "index_grade");
    assert_non_null(instrument_nearest(in, "zzzzzzzz", 8));
    assert_non_null(instrument_nearest(in, "", 0));
    assert_non_null(instrument_nearest(in, "\xC3\xB8", 2));
    assert_int_equal(instrument_report(in, "mental"), 0);
    assert_true(instrument_report(in, "unit") > 0);
    assert_int_equal(instrument_report(in, "none"), -1);
    assert_true(instrument_table(in, "activity_by_index") >= 0);
    assert_int_equal(instrument_table(in, "none"), -1);
    assert_int_equal(instrument_grade(in, "bloodred"), 3);
    assert_int_equal(instrument_grade(in, "blue"), -1);
    assert_string_equal(in->id, "brukerplan-2014");
    assert_int_equal(strlen(in->sha256), 64);
    for (int k = 0; k < KIND_COUNT; k++)
        assert_non_null(kind_word((enum kind)k));
}

/* --- what a definition is refused for */

struct change {
    const char *from, *to;      /* the first FROM becomes TO */
    const char *key;
    const char *arg;            /* the first, or NULL */
};

static const struct change changes[] = {
    { "format: 1", "format: 2", "def.format", "2" },
    { "format: 1", "format: one", "def.want_int", "one" },
    { "id: tiny", "id: +tiny", "def.want_code", "+tiny" },
    { "id: tiny", "id: unknown", "def.want_code", "unknown" },
    { "id: tiny", "id: [a]", "def.want_code", "[...]" },
    { "version: 1", "version: 0", "def.version", "0" },
    { "version: 1", "version: 00", "def.version", "00" },
    { "version: 1", "version: 32001", "def.want_int", "32001" },
    { "version: 1", "version: -1", "def.want_int", "-1" },
    { "version: 1", "versoin: 1", "def.key_near", "versoin" },
    { "version: 1", "zzz: 1", "def.key", "zzz" },
    { "version: 1\n", "", "def.key_missing", "version" },
    { "nb: Liten, nn: Liten, en: Tiny", "nb: Liten, en: Tiny",
      "def.key_missing", "nn" },
    { "nb: Liten,", "nb: \"\",", "def.want_text", "" },
    { "nb: Liten,", "nb: [a],", "def.want_text", "[...]" },
    { "title: { nb: Liten, nn: Liten, en: Tiny }", "title: Liten",
      "def.want_map", "Liten" },
    { "sources:\n  O: { title: { nb: Eget valg, nn: Eige val, en: Own"
      " choice } }", "sources: {}", "def.want_map", "{...}" },
    /* grades, scale, tabs */
    { "look: plain", "look: plan", "def.word_near", "plan" },
    { "look: plain", "look: 7", "def.word", "7" },
    { "mark: circle", "mark: star", "def.word", "star" },
    { "fill: \"#72be96\"", "fill: \"#72be9g\"", "def.want_colour",
      "#72be9g" },
    { "fill: \"#72be96\"", "fill: green", "def.want_colour", "green" },
    { "- id: yellow", "- id: green", "def.id_twice", "green" },
    { "- id: green", "- id: Green", "def.want_id", "Green" },
    { "source: O", "source: X", "def.source", "X" },
    { "source: O", "source: \"O, O\"", "def.source", "O, O" },
    { "source: O", "source: \"O,\"", "def.source", "O," },
    { "score: 2", "score: 3", "def.scale_order", "2" },
    { "score: 1, grade: green", "score: 1, grade: red", "def.scale_order",
      "2" },
    { "score: 1, grade: green", "score: 1, grade: gren", "def.word_near",
      "gren" },
    { "id: person, label: { nb: Person", "id: start, label: { nb: Person",
      "def.id_twice", "start" },
    { "ranks: true", "ranks: yes", "def.word", "yes" },
    /* variables */
    { "kind: text4", "kind: index", "def.word", "index" },
    { "kind: text4", "kind: code", "def.role_kind", "text4" },
    { "kind: int, tab: start, role: year", "kind: int, tab: strat,"
      " role: year", "def.word_near", "strat" },
    { "role: year", "role: period", "def.role_twice", "period" },
    { ", role: year", "", "def.role_missing", "year" },
    { ", role: municipality", "", "def.want_role", NULL },
    { "min: 2000, ", "", "def.want_min_max", NULL },
    { "min: 2000, max: 2100", "min: 2101, max: 2100", "def.want_min_max",
      NULL },
    { "max: 2100", "max: 2100.5", "def.want_int", "2100.5" },
    { "identifies: true, off: true", "off: true", "def.text_identifies",
      NULL },
    /* only what is kept apart may identify */
    { "kind: bool, tab: person, asked", "kind: bool, identifies: true,"
      " tab: person, asked", "def.identifies_kind", "true" },
    { "kind: int, tab: person, min: 0, max: 32000", "kind: int,"
      " identifies: true, tab: person, min: 0, max: 32000",
      "def.identifies_kind", "true" },
    { "kind: date, tab: start", "kind: date, identifies: true, tab: start",
      "def.identifies_kind", "true" },
    { "kind: text4, tab: start", "kind: text4, identifies: true,"
      " tab: start", "def.identifies_kind", "true" },
    { "    kind: code\n    tab: person\n    role: sex", "    kind: code\n"
      "    identifies: true\n    tab: person\n    role: sex",
      "def.identifies_kind", "true" },
    { "    kind: score\n", "    kind: score\n    identifies: true\n",
      "def.identifies_kind", "true" },
    { "kind: bool, tab: person, asked", "kind: bool, min: 1, tab: person,"
      " asked", "def.key_kind_of", "min" },
    { "kind: bool, tab: person, asked", "kind: bool, counts: children,"
      " tab: person, asked", "def.key_kind_of", "counts" },
    { "at_most: kids", "at_most: kdis", "def.variable_near", "kdis" },
    { "at_most: kids", "at_most: home", "def.want_int_variable", "home" },
    { "codes: units,\n      unknown: false", "unknown: false",
      "def.want_codes", NULL },
    { "codes: units,\n      identifies: true", "identifies: true,\n"
      "      codes: [{code: a, label: { nb: a, nn: a, en: a }}]",
      "def.codes_units", NULL },
    { "code: female", "code: male", "def.id_twice", "male" },
    { "code: female", "code: -female", "def.want_code", "-female" },
    { "code: female", "code: unknown", "def.want_code", "unknown" },
    { "{ id: visits", "{ id: kids", "def.id_twice", "kids" },
    { "{ id: visits", "{ id: age", "def.id_twice", "age" },
    { "{ id: visits", "{ id: not", "def.id_taken", "not" },
    { "{ id: visits", "{ id: pseudonym", "def.id_taken", "pseudonym" },
    { "{ id: visits", "{ id: status", "def.id_taken", "status" },
    { "{ id: visits", "{ id: a23456789012345678901234567890123",
      "def.want_id", NULL },
    { "asked: target = mental", "asked: target = mentle",
      "expr.value_near", NULL },
    { "asked: target = mental", "asked: kids = 1", "expr.name_near",
      NULL },
    { "asked: plan = 0", "asked: unit = u1", "expr.value_units", NULL },
    { "      red:\n        label: { nb: Ingen bolig", "      rad:\n"
      "        label: { nb: Ingen bolig", "def.key_near", "rad" },
    { "    colours:\n      green:\n        label: { nb: God bolig",
      "    rules:\n      green:\n        label: { nb: God bolig",
      "def.key", "green" },
    /* services */
    { "code: talks", "code: meals", "def.id_twice", "svc_meals_r" },
    { "code: talks", "code: a234567890123456789012345678", "def.id_long",
      "svc_a234567890123456789012345678_r" },
    { "- id: work", "- id: care", "def.id_twice", "care" },
    { "tab: services\n  received", "tab: nowhere\n  received", "def.word",
      "nowhere" },
    /* complete, checks, index */
    { "answered: [target]", "answered: [targt]", "def.variable_near",
      "targt" },
    { "answered: [target]", "answered: [age]", "def.variable", "age" },
    { "answered: [target]", "answered: []", "def.want_variables",
      "[...]" },
    { "refuse: kids_away > 0 and kids = 0", "refuse: \" \"",
      "def.want_text", NULL },
    { "refuse: kids_away > 0 and kids = 0", "refuse: children > 0",
      "expr.name_near", NULL },
    { "at: kids_away", "at: children", "def.variable", "children" },
    { "variable: home, weight: 1", "variable: kids, weight: 1",
      "def.want_score", "kids" },
    { "variable: drugs, weight: 2", "variable: home, weight: 2",
      "def.area_twice", "home" },
    { "weight: 2", "weight: 0", "def.weight", "0" },
    { "weight: 2", "weight: 1001", "def.weight", "1001" },
    { "red: 3000", "red: 1200", "def.cuts_rising", NULL },
    { "yellow: 1200", "yellow: 0", "def.cuts_rising", NULL },
    { ", bloodred: 4200", "", "def.key_missing", "bloodred" },
    { "yellow: 1200", "green: 900, yellow: 1200", "def.key", "green" },
    /* derived */
    { "is: age, of: birth_year", "is: age, of: sex", "def.of_kind",
      "int" },
    { "is: age, of: birth_year", "is: age, of: [kids, visits]",
      "def.of_kind", "int" },
    { "is: age, of: birth_year", "is: age", "def.derived_needs", "age" },
    { "is: age, of: birth_year", "is: age, of: age", "def.variable",
      "age" },
    { "is: age, of: birth_year", "is: old, of: birth_year", "def.word",
      "old" },
    { "from: 18, to: 49", "from: 19, to: 49", "def.bands", NULL },
    { "from: 18, to: 49", "from: 18, to: 17", "def.bands", NULL },
    { "from: 18, to: 49", "from: 18", "def.bands", NULL },
    { "from: 18, to: 49", "to: 49", "def.bands", NULL },
    { "code: 18-49", "code: 50+", "def.id_twice", "50+" },
    { "is: grade, of: home", "is: grade, of: kids", "def.of_kind",
      "score" },
    { "{ id: index, is: index,", "{ id: index, is: index_grade,",
      "def.index_first", "index_grade" },
    { "{ id: index_grade, is: index_grade,", "{ id: index_two, is: index,",
      "def.index_twice", "index" },
    { "{ id: index_grade, is: index_grade,",
      "{ id: worse, is: index_grade, worst: { grade: green, label: { nb: a, "
      "nn: a, en: a }, plural: { nb: a, nn: a, en: a } },", "def.worst",
      "green" },
    { "{ id: index_grade, is: index_grade,",
      "{ id: worse, is: index_grade, worst: { grade: bloodred, label: { nb: "
      "a, nn: a, en: a }, plural: { nb: a, nn: a, en: a } },", "def.worst",
      "bloodred" },
    { "{ id: index_grade, is: index_grade,",
      "{ id: worse, is: index_grade, worst: { grade: red, label: { nb: a, "
      "nn: a, en: a } },", "def.key_missing", "plural" },
    { "when: plan = 1 or declined = 1", "when: \" \"", "def.want_text",
      NULL },
    { "when: plan = 1 or declined = 1", "when: children = 1",
      "expr.name_near", NULL },
    { "when: plan = 1 or declined = 1", "when: any_plan = 1",
      "expr.name_near", NULL },
    { "is: sum, of: [kids, kids_away]", "is: sum, of: [kids, plan]",
      "def.want_int_variable", NULL },
    { "is: sum, of: [kids, kids_away]", "is: sum, of: [kids, visits]",
      "def.sum_large", NULL },
    { "categories: [care, work]", "categories: [car, work]",
      "def.word_near", "car" },
    { "categories: [care, work]", "services: [meals, dinner]", "def.word",
      "dinner" },
    { "is: services, categories: [care, work]", "is: services",
      "def.want_services", NULL },
    { "is: services, categories: [care, work]", "is: services,"
      " categories: []", "def.want_list", NULL },
    /* tables, reports */
    { "    rows: sex\n", "", "def.rows_or_figures", NULL },
    { "rows: sex", "rows: sxe", "def.variable_near", "sxe" },
    { "share: rows", "share: row", "def.word_near", "row" },
    { "chart: bars", "chart: pie", "def.word", "pie" },
    { "chart: bars", "finding: most", "def.finding", "most" },
    { "chart: bars", "finding: most blue", "def.finding_key", "blue" },
    { "chart: bars", "sum: plan", "def.want_int_variable", "plan" },
    { "chart: bars", "definitions: kids", "def.want_score", "kids" },
    { "chart: bars", "where: sex = mael", "expr.value_near", NULL },
    { "chart: bars", "labels: { target: { nb: a, nn: a, en: a } }",
      "def.label_row", NULL },
    { "- id: sex_by_grade", "- id: areas", "def.id_twice", "areas" },
    { "tables: [sex_by_grade, areas]", "tables: [sex_by_grade, aeras]",
      "def.table", "aeras" },
    { "tables: [sex_by_grade, areas]", "tables: areas", "def.want_list",
      "areas" },
    { "scope: recipients", "scope: all", "def.word", "all" },
    { "where: \"\"", "where: nobody = 1", "expr.name_near", NULL },
};

/* The tiny definition with one change, in ARENA; its LINE. */
static char *
changed(const struct change *c, struct arena *arena, long *line)
{
    const char *text = text_tiny.data, *at = strstr(text, c->from);

    if (at == NULL)
        fail_msg("no %s in the tiny definition", c->from);
    *line = 1;
    for (const char *p = text; p < at; p++)
        *line += *p == '\n';
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, c->to,
                        at + strlen(c->from));
}

/* A lowest band without `from` is left out, one with it is not. */
static void
test_open_band(void **state)
{
    static const struct {
        const char *from, *to;
        int from_age;
        const char *first;
    } cases[] = {
        { "", "", 0, "0-17" }, { "", "", 17, "0-17" },
        { "", "", 18, "18-49" }, { "", "", 50, "18-49" },
        { "en: 0–17 }, to: 17", "en: 0–17 }, from: 1, to: 17", 18, "0-17" },
        { "en: 0–17 }, to: 17", "en: 0–17 }, to: 0", 1, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct change c = { cases[i].from, cases[i].to, NULL, NULL };
        struct round_facts facts = {
            .municipality = 1201, .year = 2014, .period = 1,
            .from_age = cases[i].from_age
        };
        struct err e = { 0 };
        struct instrument *x;
        struct arena arena;
        long line;
        char *text;

        arena_init(&arena);
        text = changed(&c, &arena, &line);
        x = instrument_read(text, strlen(text), "t", &e);
        if (cases[i].first == NULL) {
            assert_null(x);             /* a gap to the next */
            assert_string_equal(e.key, "def.bands");
        } else {
            assert_non_null(x);
            assert_true(instrument_bind(x, &facts, &e));
            assert_string_equal(x->variables[tiny_variable(x, "age_group")]
                                .codes[0].id, cases[i].first);
        }
        instrument_free(x);
        arena_clear(&arena);
    }
}

/* A text refuses a person's number, whether its definition says so or
 * something stricter. */
static void
test_refuse_digits(void **state)
{
    struct instrument *x = tiny_instrument(NULL, 0);
    struct change c = { "refuse_digits: 11", "refuse_digits: 4", NULL,
                        NULL };
    struct err e = { 0 };
    struct arena arena;
    long line;
    char *text;

    (void)state;
    assert_int_equal(x->variables[tiny_variable(x, "remark")].refuse_digits,
                     11);
    assert_int_equal(x->variables[tiny_variable(x, "secret")].refuse_digits,
                     11);
    assert_int_equal(x->variables[tiny_variable(x, "sex")].refuse_digits, 0);
    instrument_free(x);
    arena_init(&arena);
    text = changed(&c, &arena, &line);
    x = instrument_read(text, strlen(text), "t", &e);
    assert_non_null(x);
    assert_int_equal(x->variables[tiny_variable(x, "remark")].refuse_digits,
                     4);
    instrument_free(x);
    arena_clear(&arena);
}

static void
check_message(const struct err *e)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b;

        if (!msg_has((enum lang)lang, e->key))
            fail_msg("no text for %s", e->key);
        buf_init(&b, 0);
        msg_error(&b, (enum lang)lang, e);
        for (char n = '1'; n <= '9'; n++)
            assert_null(strstr(buf_string(&b), (char[]){ '{', n, '}', 0 }));
        buf_clear(&b);
    }
}

static void
test_refused(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const struct change *c = &changes[i];
        struct err e = { 0 };
        struct instrument *x;
        struct arena arena;
        long line;
        char *text;

        arena_init(&arena);
        text = changed(c, &arena, &line);
        x = instrument_read(text, strlen(text), "tiny.yaml", &e);
        if (x != NULL || strcmp(e.key, c->key) != 0
            || (c->arg != NULL && strcmp(e.arg[0], c->arg) != 0)) {
            print_error("%s -> %s: %s (%s)\n", c->from, c->to, e.key,
                        e.arg[0]);
            wrong++;
        } else {
            assert_string_equal(e.at.file, "tiny.yaml");
            assert_true(e.at.line > 0 && e.at.column > 0);
            check_message(&e);
        }
        instrument_free(x);
        arena_clear(&arena);
    }
    assert_int_equal(wrong, 0);
}

/* Where the fault stands is where the text was changed. */
static void
test_places(void **state)
{
    static const struct change at_place[] = {
        { "look: plain", "look: plan", NULL, NULL },
        { "code: female", "code: -female", NULL, NULL },
        { "asked: target = mental", "asked: target = mentle", NULL, NULL },
        { "weight: 2", "weight: 0", NULL, NULL },
        { "is: age, of: birth_year", "is: age, of: sex", NULL, NULL },
        { "chart: bars", "chart: pie", NULL, NULL },
        { "scope: recipients", "scope: all", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof at_place / sizeof *at_place; i++) {
        struct err e = { 0 };
        struct arena arena;
        long line;
        char *text;

        arena_init(&arena);
        text = changed(&at_place[i], &arena, &line);
        assert_null(instrument_read(text, strlen(text), "t", &e));
        assert_int_equal(e.at.line, line);
        arena_clear(&arena);
    }
}

/* What is unusual but right. */
static void
test_taken(void **state)
{
    static const struct change taken[] = {
        { "source: O", "source: \"O,O\"", NULL, NULL },
        { "{ id: visits", "{ id: a2345678901234567890123456789012", NULL,
          NULL },
        { "code: talks", "code: a2345678901234567890123456", NULL, NULL },
        { "code: female", "code: \"7+x.y-z\"", NULL, NULL },
        { "min: 2000, max: 2100", "min: 2100, max: 2100", NULL, NULL },
        { "version: 1", "version: 32000", NULL, NULL },
        { "role: ident,", "role: ident, identifies: true,", NULL, NULL },
        { "kind: bool, tab: person, asked", "kind: bool, identifies: false,"
          " tab: person, asked", NULL, NULL },
        { "weight: 2", "weight: 1000", NULL, NULL },
        { "where: \"\"", "where: \"  \"", NULL, NULL },
        { "chart: bars", "finding: most red", NULL, NULL },
        { "chart: bars", "finding: majority", NULL, NULL },
        { "      - { code: 50+, label: { nb: 50+, nn: 50+, en: 50+ },"
          " from: 50 }", "      - { code: 50+, label: { nb: 50+, nn: 50+,"
          " en: 50+ }, from: 50, to: 99 }", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        struct err e = { 0 };
        struct instrument *x;
        struct arena arena;
        long line;
        char *text;

        arena_init(&arena);
        text = changed(&taken[i], &arena, &line);
        x = instrument_read(text, strlen(text), "t", &e);
        if (x == NULL)
            fail_msg("%s: %s", taken[i].to, e.key);
        instrument_free(x);
        arena_clear(&arena);
    }
    instrument_free(NULL);
}

static void
test_empty(void **state)
{
    struct err e = { 0 };

    (void)state;
    assert_null(instrument_read(NULL, 0, "f", &e));
    assert_string_equal(e.key, "def.empty");
    err_clear(&e);
    assert_null(instrument_read("a", 1, "f", &e));
    assert_string_equal(e.key, "def.want_map");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codebook), cmocka_unit_test(test_derived),
        cmocka_unit_test(test_index), cmocka_unit_test(test_roles),
        cmocka_unit_test(test_unknown), cmocka_unit_test(test_bind),
        cmocka_unit_test(test_reports_of_ages),
        cmocka_unit_test(test_open_band),
        cmocka_unit_test(test_refuse_digits),
        cmocka_unit_test(test_bind_refused), cmocka_unit_test(test_find),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_places),
        cmocka_unit_test(test_taken), cmocka_unit_test(test_empty)
    };
    struct err e = { 0 };
    int failed;

    load(&text_2014, file_2014);
    load(&text_tiny, "tests/data/tiny.yaml");
    in = instrument_read(text_2014.data, text_2014.len, file_2014, &e);
    if (in == NULL)
        fail_msg("%ld:%d: %s %s", e.at.line, e.at.column, e.key, e.arg[0]);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    instrument_free(in);
    buf_clear(&text_2014);
    buf_clear(&text_tiny);
    return failed;
}
