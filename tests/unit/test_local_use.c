/* test_local_use.c - local changes in the instrument they change, and those
 * that are refused. */
#include "local_fixture.h"
#include "base/msg.h"
#include "def/diff.h"

/* --- what it does */

static void
test_added(void **state)
{
    struct instrument *in = read_with(
        "local:\n  services:\n"
        "    - {category: work, code: tea, label: {nb: Te, en: Tea},"
        " examples: {nn: Kaffi}}\n"
        "    - {category: care, code: walks, label: {nn: Turar}}\n");
    struct instrument *base = read_text(tiny.data);
    const struct service *tea = service(in, "tea");
    const struct variable *r = &in->variables[tea->received];

    (void)state;
    /* behind the base's ticks, in the order of the block */
    assert_int_equal(in->entered_count, base->entered_count + 4);
    for (int i = 0; i < base->entered_count; i++)
        assert_string_equal(in->variables[i].id, base->variables[i].id);
    assert_int_equal(tea->received, base->entered_count);
    assert_int_equal(tea->wanted, base->entered_count + 1);
    assert_string_equal(r->id, "svc_tea_r");
    assert_string_equal(in->variables[tea->wanted].id, "svc_tea_w");
    assert_int_equal(r->tab, variable(in, "svc_meals_r")->tab);
    assert_int_equal(r->category, 1);
    assert_int_equal(r->service, 1);
    assert_true(in->variables[tea->wanted].wanted && tea->added);
    assert_string_equal(tea->label.in[LANG_NN], "Te");
    assert_string_equal(tea->label.in[LANG_EN], "Tea");
    assert_string_equal(tea->examples.in[LANG_NB], "Kaffi");
    assert_string_equal(service(in, "walks")->label.in[LANG_EN], "Turar");
    /* in the sums as any other */
    assert_int_equal(variable(in, "care_r")->of_count, 3);
    assert_int_equal(variable(in, "work_w")->of_count, 2);
    assert_int_equal(variable(in, "work_r")->of[1], tea->received);
    assert_int_equal(variable(in, "municipal_r")->of_count, 5);
    assert_false(service(in, "meals")->added);
    instrument_free(base);
    instrument_free(in);
}

static void
test_off(void **state)
{
    struct instrument *in = read_with(
        "local:\n"
        "  off: [visits, sex.male, talks, categories.work, drugs, remark]\n"
        "  services:\n"
        "    - {category: care, code: food, label: {nb: M}, replaces:"
        " meals}\n"
        "    - {category: work, code: tea, label: {nb: T}}\n");
    const struct round_facts facts = {
        .year = 2014, .switched_on = (const char *const[]){ "remark" },
        .switched_on_count = 1
    };
    struct err e = { 0 };

    (void)state;
    assert_ok(instrument_bind(in, &facts, &e), &e);
    assert_true(variable(in, "visits")->off);
    assert_false(variable(in, "kids")->off);
    assert_true(variable(in, "sex")->codes[0].off);
    assert_false(variable(in, "sex")->codes[1].off);
    assert_true(service(in, "talks")->off && service(in, "meals")->off);
    assert_true(variable(in, "svc_talks_r")->off);
    assert_true(variable(in, "svc_meals_w")->off);
    assert_false(service(in, "food")->off);
    assert_string_equal(service(in, "food")->replaces, "meals");
    assert_false(variable(in, "svc_food_r")->off);
    /* the category, with what was added to it, and what follows from it */
    assert_false(in->categories[0].off);
    assert_true(in->categories[1].off && service(in, "tea")->off);
    assert_true(variable(in, "work_r")->off);
    assert_false(variable(in, "care_r")->off);
    assert_false(variable(in, "municipal_r")->off);
    assert_true(variable(in, "drugs_grade")->off);
    assert_false(variable(in, "home_grade")->off);
    assert_false(variable(in, "index")->off);
    /* the local changes have the last word */
    assert_true(variable(in, "remark")->off);
    instrument_free(in);
}

/* What the definition itself has off is the round's to turn on: no change
 * of ours, and no fault. */
static void
test_off_by_itself(void **state)
{
    char *text = arena_text(&arena, tiny.data);
    static const char *const areas[] = { "  - id: home\n", "  - id: drugs\n" };
    struct instrument *in;

    (void)state;
    for (int i = 0; i < 2; i++) {
        const char *at = strstr(text, areas[i]);

        assert_non_null(at);
        at += strlen(areas[i]);
        text = arena_printf(&arena, "%.*s    off: true\n%s",
                            (int)(at - text), text, at);
    }
    in = read_text(text);
    assert_true(variable(in, "home")->off && variable(in, "index")->off);
    assert_false(variable(in, "home")->off_local);
    instrument_free(in);
}

static void
test_names(void **state)
{
    struct instrument *in = read_with(
        "local:\n  names:\n    - {at: talks, label: {nb: Prat, en: Chat}}\n"
        "  texts:\n"
        "    - {at: talks, help: {nb: H}, examples: {en: E}}\n"
        "    - {at: target.dual, help: {nn: D}}\n");
    const struct service *s = service(in, "talks");

    (void)state;
    assert_string_equal(s->label.in[LANG_NB], "Prat");
    assert_string_equal(s->label.in[LANG_NN], "Prat");
    assert_string_equal(s->label.in[LANG_EN], "Chat");
    assert_string_equal(s->base_label.in[LANG_NB], "Samtaler");
    assert_string_equal(variable(in, "svc_talks_w")->label.in[LANG_EN],
                        "Chat");
    assert_string_equal(s->examples.in[LANG_NB], "Støtte");
    assert_string_equal(s->local_help.in[LANG_EN], "H");
    assert_string_equal(s->local_examples.in[LANG_NB], "E");
    assert_string_equal(variable(in, "target")->codes[2].local_help
                        .in[LANG_NB], "D");
    assert_null(variable(in, "target")->local_help.in[LANG_NB]);
    assert_null(service(in, "meals")->local_help.in[LANG_NB]);
    instrument_free(in);
}

/* `housing` is a variable and a category: the bare word is the variable. */
static void
test_two_meanings(void **state)
{
    struct instrument *in;

    (void)state;
    in = read_text(arena_printf(&arena, "%slocal: {off: [housing]}\n",
                                full.data));
    assert_true(variable(in, "housing")->off);
    assert_false(variable(in, "housing_r")->off);
    instrument_free(in);
    in = read_text(arena_printf(
        &arena, "%slocal: {off: [categories.housing]}\n", full.data));
    assert_false(variable(in, "housing")->off);
    assert_true(variable(in, "housing_r")->off);
    assert_true(variable(in, "svc_housing_advice_w")->off);
    instrument_free(in);
}

static void
test_shown(void **state)
{
    struct instrument *in = read_with(
        "local:\n  off: [visits, sex.male]\n"
        "  texts: [{at: home.red, help: {nb: Hospitset}},\n"
        "          {at: talks, help: {nb: Ring}, examples: {nb: Sentrum}}]\n"
        "  names: [{at: talks, label: {nb: Prat}}]\n"
        "  services: [{category: care, code: food, label: {nb: M},"
        " replaces: meals}]\n");
    static const char *const words[] = {
        "slått av lokalt", "lokalt: Hospitset", "lokalt: Ring",
        "lokalt: Sentrum", "heter i instrumentet: Samtaler",
        "kommer i stedet for meals", "lagt til lokalt"
    };
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    instrument_show(in, LANG_NB, &b);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(buf_string(&b), words[i]) == NULL)
            fail_msg("%s is not shown", words[i]);
    buf_clear(&b);
    instrument_free(in);
}

/* --- what is refused: each names its entry */

static const struct {
    const char *block, *key, *field;
} bad[] = {
    { "off: [vists]", "local.unknown_near", "vists" },
    { "off: [\"x y: z # q\"]", "local.unknown", "x y: z # q" },
    { "off: [services.talk]", "local.unknown_near", "services.talk" },
    { "off: [target.dal]", "local.unknown_near", "target.dal" },
    { "off: [svc_talks_r]", "local.unknown_near", "svc_talks_r" },
    { "off: [crisis.1]", "local.unknown_near", "crisis.1" },
    { "off: [unit.u1]", "local.unknown", "unit.u1" },
    { "off: [age]", "local.unknown", "age" },
    { "off: [home.bloodred]", "local.unknown", "home.bloodred" },
    { "off: [visits, visits]", "local.twice", "visits" },
    { "off: [talks, services.talks]", "local.twice", "services.talks" },
    { "off: [unit]", "local.off_role", "unit" },
    { "off: [ident]", "local.off_role", "ident" },
    { "off: [services_done]", "local.off_role", "services_done" },
    { "off: [target]", "local.off_needed", "target" },
    { "off: [home.red]", "local.off_kind", "home.red" },
    { "off: [home, drugs]", "local.off_any", "drugs" },
    { "off: [sex.male, sex.female]", "local.off_codes", "sex" },
    { "off: [kids]", "local.off_limit", "kids" },
    { "off: []", "def.list_count", "" },
    { "off: visits", "def.want_list", "" },
    { "off: [[visits]]", "def.want_text", "" },
    { "of: [visits]", "def.key_near", "" },
    { "texts: [{at: visits}]", "local.blank", "visits" },
    { "texts: [{at: visits, help: {}}]", "local.blank", "visits" },
    { "texts: [{at: visits, help: {nb: ''}}]", "def.want_text", "visits" },
    { "texts: [{at: visits, help: {no: a}}]", "def.key_near", "visits" },
    { "texts: [{at: visits, hlp: {nb: a}}]", "def.key_near", "visits" },
    { "texts: [{help: {nb: a}}]", "def.key_missing", "" },
    { "texts: [{at: visits, examples: {nb: a}}]", "local.examples",
      "visits" },
    { "texts: [{at: care, help: {nb: a}}]", "local.text_category", "care" },
    { "texts: [{at: visit, help: {nb: a}}]", "local.unknown_near",
      "visit" },
    { "texts: [{at: visits, help: {nb: \"a\\e\"}}]", "local.control",
      "visits" },
    { "texts: [{at: visits, help: {nb: \"a\\rb\"}}]", "local.control",
      "visits" },
    { "texts: [{at: visits, help: {nb: \"a\\N\"}}]", "local.control",
      "visits" },
    { "texts: [{at: a, help: {nb: b}}, {at: a, help: {nb: b}}]",
      "local.unknown", "a" },
    { "names: [{at: visits, label: {nb: a}}]", "local.name_kind",
      "visits" },
    { "names: [{at: care, label: {nb: a}}]", "local.name_kind", "care" },
    { "names: [{at: talks}]", "local.blank", "talks" },
    { "names: [{at: talks, label: {nb: \"a\\nb\"}}]", "local.line",
      "talks" },
    { "names: [{at: talks, label: {nb: a}}, {at: services.talks, label:"
      " {nb: a}}]", "local.twice", "services.talks" },
    { "services: [{category: care, code: meals, label: {nb: a}}]",
      "local.code_taken", "meals" },
    { "services: [{category: work, code: x, label: {nb: a}}, {category:"
      " care, code: x, label: {nb: a}}]", "local.code_taken", "x" },
    { "services: [{category: cares, code: x, label: {nb: a}}]",
      "local.category", "x" },
    { "services: [{category: care, code: X, label: {nb: a}}]",
      "def.want_id", "X" },
    { "services: [{category: care, code: x}]", "local.blank", "x" },
    { "services: [{category: care, code: x, label: {nb: a}, replaces: y}]",
      "local.replaces", "x" },
    { "services: [{category: care, code: x, label: {nb: a}, replaces: x}]",
      "local.replaces", "x" },
    { "services: [{category: care, code: abcdefghijklmnopqrstuvwxyza, label:"
      " {nb: a}}]", "local.code_long", "abcdefghijklmnopqrstuvwxyza" },
    { "services: [{category: care, code: meals2, label: {nb: a}, x: y}]",
      "def.key", "meals2" }
};

static void
test_refused(void **state)
{
    size_t right = 0;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *text = arena_printf(&arena, "%slocal: {%s}\n", tiny.data,
                                        bad[i].block);
        struct err e = { 0 };
        struct instrument *in = instrument_read(text, strlen(text), "x", &e);

        if (in != NULL)
            fail_msg("taken: %s", bad[i].block);
        if (strcmp(e.key, bad[i].key) != 0
            || strcmp(e.field, bad[i].field) != 0)
            print_error("%s: %s of %s (%s, %s)\n", bad[i].block, e.key,
                        e.field, e.arg[0], e.arg[1]);
        else
            right++;
        assert_true(e.at.line > 0);
        if (strncmp(e.key, "local.", 6) == 0) {
            assert_string_equal(e.arg[0], e.field);
            for (int lang = 0; lang < LANG_COUNT; lang++)
                assert_string_not_equal(msg_text((enum lang)lang, e.key),
                                        e.key);
        }
    }
    assert_int_equal(right, sizeof bad / sizeof *bad);
}

static void
test_last(void **state)
{
    const char *text = arena_printf(&arena, "local: {off: [visits]}\n%s",
                                    tiny.data);
    struct err e = { 0 };

    (void)state;
    assert_null(instrument_read(text, strlen(text), "x", &e));
    assert_string_equal(e.key, "local.last");
}

/* --- a round that has registrations */

static const struct {
    const char *old, *new, *key, *field;        /* key NULL: it may */
} follow[] = {
    { "", "off: [visits]", "local.follow_off", "visits" },
    { "off: [visits]", "", NULL, NULL },
    { "", "off: [sex.male]", "local.follow_off", "sex.male" },
    { "", "off: [talks]", "local.follow_off", "services.talks" },
    { "", "off: [care]", "local.follow_off", "categories.care" },
    { "off: [talks]", "off: [care]", "local.follow_off",
      "categories.care" },
    { "off: [care]", "off: [talks]", NULL, NULL },
    { "", "services: [{category: care, code: x, label: {nb: a}}]", NULL,
      NULL },
    { "services: [{category: care, code: x, label: {nb: a}}]", "",
      "local.follow_removed", "services.x" },
    { "services: [{category: care, code: x, label: {nb: a}}]",
      "services: [{category: care, code: x, label: {nb: b}}]",
      "local.follow", "services.x" },
    { "services: [{category: care, code: x, label: {nb: a}}]",
      "services: [{category: work, code: x, label: {nb: a}}]",
      "local.follow", "services.x" },
    { "services: [{category: care, code: x, label: {nb: a}}]",
      "services: [{category: care, code: y, label: {nb: a}}, {category:"
      " care, code: x, label: {nb: a}}]", NULL, NULL },
    { "", "services: [{category: care, code: x, label: {nb: a}, replaces:"
      " talks}]", "local.follow_off", "services.talks" },
    { "off: [talks]", "services: [{category: care, code: x, label: {nb: a},"
      " replaces: talks}]", NULL, NULL },
    { "", "names: [{at: talks, label: {nb: a}}]", NULL, NULL },
    { "names: [{at: talks, label: {nb: a}}]", "", NULL, NULL },
    { "", "texts: [{at: home.red, help: {nb: a}}]", NULL, NULL },
    { "texts: [{at: home.red, help: {nb: a}}]", "texts: [{at: talks,"
      " examples: {nb: a}}]", NULL, NULL }
};

static struct instrument *
read_block(const char *block)
{
    return read_with(*block == '\0' ? ""
                     : arena_printf(&arena, "local: {%s}\n", block));
}

static void
test_follow(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
        struct instrument *old = read_block(follow[i].old);
        struct instrument *new = read_block(follow[i].new);
        struct err e = { 0 };
        bool may = local_may_follow(old, new, true, &e);

        if (may != (follow[i].key == NULL))
            fail_msg("%s -> %s: %s %s", follow[i].old, follow[i].new, e.key,
                     e.arg[0]);
        if (!may) {
            assert_string_equal(e.key, follow[i].key);
            assert_string_equal(e.field, follow[i].field);
        }
        err_clear(&e);
        assert_true(local_may_follow(old, new, false, &e));
        instrument_free(old);
        instrument_free(new);
    }
}

static void
test_replaces_differs(void **state)
{
    struct instrument *old = read_block("off: [talks], services: [{category:"
        " care, code: x, label: {nb: a}}]");
    struct instrument *new = read_block("services: [{category: care, code:"
        " x, label: {nb: a}, replaces: talks}]");
    const struct change *list;

    (void)state;
    assert_int_equal(instrument_diff(old, new, &arena, &list), 1);
    assert_int_equal(list->kind, CHANGE_REPLACES);
    assert_string_equal(list->where, "services.x");
    assert_string_equal(list->new, "talks");
    instrument_free(old);
    instrument_free(new);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_added),
        cmocka_unit_test(test_off),
        cmocka_unit_test(test_off_by_itself),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_two_meanings),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_last),
        cmocka_unit_test(test_follow),
        cmocka_unit_test(test_replaces_differs)
    };

    return local_run(tests);
}
