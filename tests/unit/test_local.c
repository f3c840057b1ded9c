/* test_local.c - local changes: read, written, applied, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "base/random.h"
#include "def/diff.h"
#include "def/local.h"

static struct buf tiny, full;
static struct arena arena;

#define assert_ok(x, e) \
    do { \
        if (!(x)) \
            fail_msg("%s: %s %s %s", #x, (e)->key, (e)->arg[0], \
                     (e)->arg[1]); \
    } while (0)

/* The text BASE with L as its block; borrowed from the arena. */
static const char *
written(const char *base, const struct local *l)
{
    struct err e = { 0 };
    const char *text;
    struct buf out;

    buf_init(&out, 0);
    assert_ok(local_write(base, strlen(base), l, &out, &e), &e);
    text = arena_text(&arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

static struct instrument *
read_text(const char *text)
{
    struct err e = { 0 };
    struct instrument *in = instrument_read(text, strlen(text), "x", &e);

    assert_ok(in != NULL, &e);
    return in;
}

/* tiny.yaml with BLOCK at its end. */
static struct instrument *
read_with(const char *block)
{
    return read_text(arena_printf(&arena, "%s%s", tiny.data, block));
}

static const struct service *
service(const struct instrument *in, const char *code)
{
    for (int i = 0; i < in->category_count; i++)
        for (int j = 0; j < in->categories[i].service_count; j++)
            if (strcmp(in->categories[i].services[j].id, code) == 0)
                return &in->categories[i].services[j];
    fail_msg("no service %s", code);
    return NULL;
}

static const struct variable *
variable(const struct instrument *in, const char *id)
{
    int v = instrument_variable(in, id, strlen(id));

    if (v < 0)
        fail_msg("no variable %s", id);
    return &in->variables[v];
}

/* --- the same text comes back */

static const char *const texts[] = {
    "a", " leading blanks", "trailing blanks  ", "a: b", "- a", "# a", "a #b",
    "---", "...", "--- a", "\"", "'", "\\", "\\n", "\"quoted\" 'twice'",
    "{a: b}", "[a, b]", "&a", "*a", "!a", "|", ">", "%YAML 1.1", "@a", "`a",
    "?", "? a", ":", "~", "null", "true", "12", "0x1F", "1e3", "=", "<<",
    "blåbærsyltetøy på Årøya", "Ænes, Øyjordsveien 3", "日本語", "😀👩‍👩‍👧",
    "a\nb", "a\n\nb\n", "\n", "\na", "a\n  b\n c", "a\n---\nb", "a\n...\nb",
    "local:\n  off: [sex]", "a\tb", "\t", "a\xC2\xA0" "b",
    "a\xE2\x80\xA8" "b\xE2\x80\xA9" "c", "\xEF\xBB\xBF" "a",
    "\xEF\xBF\xBE\xEF\xBF\xBF", "\xE2\x80\xAE" "abc", "\xF4\x8F\xBF\xBF",
    "e\xCC\x81", "<b>&amp;</b>", "{{t.login.title}}", "%s %n {1}"
};

static void
test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct local_text entry = {
            .at = "home.yellow",
            .help = { .in = { texts[i], NULL, texts[i] } }
        };
        const struct local l = { .texts = &entry, .text_count = 1 };
        const char *text = written(tiny.data, &l);
        struct instrument *in = read_text(text);
        struct err e = { 0 };
        struct local again;

        assert_ok(local_read(text, strlen(text), &arena, &again, &e), &e);
        assert_string_equal(again.texts[0].at, "home.yellow");
        assert_string_equal(again.texts[0].help.in[LANG_NB], texts[i]);
        assert_null(again.texts[0].help.in[LANG_NN]);
        assert_string_equal(
            variable(in, "home")->colours[1].local_help.in[LANG_EN],
            texts[i]);
        assert_string_equal(written(text, &again), text);
        instrument_free(in);
    }
}

/* A page sends CR LF; the file has LF, and that is no difference. */
static void
test_line_ends(void **state)
{
    const struct local_text entry = {
        .at = "visits", .help = { .in = { "a\r\nb\r\n", "", NULL } }
    };
    const struct local l = { .texts = &entry, .text_count = 1 };
    const char *text = written(tiny.data, &l);
    struct instrument *in = read_text(text);

    (void)state;
    for (int i = 0; i < LANG_COUNT; i++)
        assert_string_equal(variable(in, "visits")->local_help.in[i],
                            "a\nb\n");
    assert_null(strchr(text, '\r'));
    instrument_free(in);
}

/* Without changes the text is what it was, also behind a block. */
static void
test_nothing(void **state)
{
    static const char *const bases[] = { "full", "tiny" };
    struct local none = { .off = NULL }, l, read;
    struct err e = { 0 };

    (void)state;
    for (int i = 0; i < 2; i++) {
        const char *base = i == 0 ? full.data : tiny.data;
        const char *text;

        if (strcmp(written(base, &none), base) != 0)
            fail_msg("%s changed", bases[i]);
        l = none;
        local_set_off(&l, &arena, "birth_year", true);
        text = written(base, &l);
        assert_memory_equal(text, base, strlen(base));
        assert_ok(local_read(text, strlen(text), &arena, &read, &e), &e);
        assert_int_equal(read.off_count, 1);
        assert_string_equal(written(text, &none), base);
        assert_string_equal(written(text, &read), text);
        assert_ok(local_read(base, strlen(base), &arena, &read, &e), &e);
        assert_int_equal(read.off_count + read.text_count
                         + read.service_count + read.name_count, 0);
    }
}

/* How a block may be written by hand, and where it is found. */
static void
test_by_hand(void **state)
{
    static const char *const heads[] = {
        "# a comment\n\n", "", "# \xE2\x80\xA8 no line for grep\n"
    };
    struct local none = { .off = NULL }, l;
    struct err e = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        const char *base = arena_printf(&arena, "%s%s", heads[i], tiny.data);
        const char *text = arena_printf(
            &arena, "%slocal: {off: [visits, 'sex.male']} # here\n# end\n",
            base);

        /* a line that YAML ends is no comment any more */
        if (i == 2) {
            base = arena_printf(&arena, "# \xE2\x80\xA8# b\n%s", tiny.data);
            text = arena_printf(&arena, "%slocal: {off: [visits]}", base);
        }
        assert_ok(local_read(text, strlen(text), &arena, &l, &e), &e);
        assert_int_equal(l.off_count, i == 2 ? 1 : 2);
        assert_string_equal(l.off[0].at, "visits");
        assert_string_equal(written(text, &none), base);
    }
}

static void
test_place(void **state)
{
    struct local none = { .off = NULL };
    struct err e = { 0 };
    struct buf out;
    const char *text = arena_printf(&arena, "%s? local\n: off: [visits]\n",
                                    tiny.data);

    (void)state;
    buf_init(&out, 0);
    assert_false(local_write(text, strlen(text), &none, &out, &e));
    assert_string_equal(e.key, "local.place");
    buf_clear(&out);
}

/* --- chance */

static const struct random *dice;

static const char *
any_text(int most, bool lines)
{
    static const int32_t odd[] = {
        ' ', '"', '\\', '\'', ':', '-', '#', '{', '\n', '\t', 0xE5, 0xA0,
        0x2028, 0xFEFF, 0xFFFF, 0x1F600, '|', '%', 'a', '\n', '\n', ' '
    };
    int count = 1 + (int)random_below(dice, (uint32_t)most);
    char *out = arena_take(&arena, (size_t)count * 4 + 1), *p = out;

    for (int i = 0; i < count; i++) {
        int32_t c = odd[random_below(dice, sizeof odd / sizeof *odd)];

        if (random_below(dice, 4) == 0)
            c = (int32_t)random_below(dice, 0x110000);
        if (c < 0x20 && !(lines && (c == '\n' || c == '\t')))
            c = 'b';
        if ((c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000))
            c = 'c';
        if (c < 0x80) {
            *p++ = (char)c;
        } else if (c < 0x800) {
            *p++ = (char)(0xC0 | c >> 6);
            *p++ = (char)(0x80 | (c & 63));
        } else {
            if (c < 0x10000) {
                *p++ = (char)(0xE0 | c >> 12);
            } else {
                *p++ = (char)(0xF0 | c >> 18);
                *p++ = (char)(0x80 | (c >> 12 & 63));
            }
            *p++ = (char)(0x80 | (c >> 6 & 63));
            *p++ = (char)(0x80 | (c & 63));
        }
    }
    return out;
}

/* One language at least. */
static struct label
any_label(int most, bool lines)
{
    struct label l = { .in = { NULL } };
    uint32_t which = 1 + random_below(dice, 7);

    for (int i = 0; i < LANG_COUNT; i++)
        if (which >> i & 1)
            l.in[i] = any_text(most, lines);
    return l;
}

static struct local
any_local(void)
{
    static const char *const off[] = {
        "visits", "services.meals", "categories.work", "sex.male",
        "target.dual", "kids_obs", "birth_year", "drugs"
    };
    static const char *const at[] = {
        "visits", "home.red", "services.talks", "target.mental", "drugs",
        "services.new0", "secret"
    };
    struct local l = { .off = NULL };

    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        if (random_below(dice, 3) == 0)
            local_set_off(&l, &arena, off[i], true);
    for (int i = 0; i < 3; i++) {
        const struct local_service s = {
            .code = arena_printf(&arena, "new%d", i),
            .category = random_below(dice, 2) ? "care" : "work",
            .replaces = i == 1 ? "meals" : NULL,
            .label = any_label(LOCAL_LABEL_MAX, false),
            .examples = any_label(40, true)
        };

        if (i == 0 || random_below(dice, 2))
            local_set_service(&l, &arena, &s);
    }
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        struct local_text t = {
            .at = at[i], .help = any_label(300, true)
        };

        if (strncmp(at[i], "services.", 9) == 0)
            t.examples = any_label(300, true);
        if (random_below(dice, 2))
            local_set_text(&l, &arena, &t);
    }
    if (random_below(dice, 2)) {
        const struct local_name n = {
            .at = "services.talks", .label = any_label(30, false)
        };

        local_set_name(&l, &arena, &n);
    }
    return l;
}

static void
assert_label(const struct label *a, const struct label *b)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (a->in[i] == NULL)
            assert_null(b->in[i]);
        else
            assert_string_equal(a->in[i], b->in[i]);
    }
}

static void
assert_same(const struct local *a, const struct local *b)
{
    assert_int_equal(a->off_count, b->off_count);
    for (int i = 0; i < a->off_count; i++)
        assert_string_equal(a->off[i].at, b->off[i].at);
    assert_int_equal(a->text_count, b->text_count);
    for (int i = 0; i < a->text_count; i++) {
        assert_string_equal(a->texts[i].at, b->texts[i].at);
        assert_label(&a->texts[i].help, &b->texts[i].help);
        assert_label(&a->texts[i].examples, &b->texts[i].examples);
    }
    assert_int_equal(a->service_count, b->service_count);
    for (int i = 0; i < a->service_count; i++) {
        assert_string_equal(a->services[i].code, b->services[i].code);
        assert_string_equal(a->services[i].category, b->services[i].category);
        assert_int_equal(a->services[i].replaces == NULL,
                         b->services[i].replaces == NULL);
        assert_label(&a->services[i].label, &b->services[i].label);
        assert_label(&a->services[i].examples, &b->services[i].examples);
    }
    assert_int_equal(a->name_count, b->name_count);
    for (int i = 0; i < a->name_count; i++)
        assert_label(&a->names[i].label, &b->names[i].label);
}

/* Each is written over the one before. */
static void
test_random(void **state)
{
    struct random_state chance;
    struct random r = random_seeded(&chance, 20141);
    const char *text = tiny.data;
    struct local none = { .off = NULL };

    (void)state;
    dice = &r;
    for (int round = 0; round < 150; round++) {
        struct local l = any_local(), read;
        struct err e = { 0 };

        text = written(text, &l);
        assert_ok(local_read(text, strlen(text), &arena, &read, &e), &e);
        assert_same(&l, &read);
        assert_memory_equal(text, tiny.data, tiny.len);
    }
    assert_string_equal(written(text, &none), tiny.data);
}

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

/* Writing refuses by name too, before there is a file with lines. */
static void
refuse_write(const struct local *l, const char *key, const char *field)
{
    struct err e = { 0 };
    struct buf out;

    buf_init(&out, 0);
    if (local_write(tiny.data, tiny.len, l, &out, &e))
        fail_msg("taken: %s", key);
    assert_string_equal(e.key, key);
    assert_string_equal(e.field, field);
    buf_clear(&out);
}

static const char *
repeated(const char *text, int times)
{
    size_t n = strlen(text);
    char *out = arena_take(&arena, n * (size_t)times + 1);

    for (int i = 0; i < times; i++)
        memcpy(out + n * (size_t)i, text, n);
    return out;
}

/* Characters are counted, not bytes, and CR LF is one. */
static void
test_lengths(void **state)
{
    static const char *const pieces[] = { "a", "ø", "😀", "\r\n", "\"" };
    struct local_text t = { .at = "visits" };
    struct local_name n = { .at = "talks" };
    const struct local l = { .texts = &t, .text_count = 1 };
    const struct local m = { .names = &n, .name_count = 1 };

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        t.help.in[LANG_NN] = repeated(pieces[i], LOCAL_TEXT_MAX);
        written(tiny.data, &l);
        t.help.in[LANG_NN] = repeated(pieces[i], LOCAL_TEXT_MAX + 1);
        refuse_write(&l, "local.long", "visits");
        if (i == 3)
            continue;
        n.label.in[LANG_NN] = repeated(pieces[i], LOCAL_LABEL_MAX);
        written(tiny.data, &m);
        n.label.in[LANG_NN] = repeated(pieces[i], LOCAL_LABEL_MAX + 1);
        refuse_write(&m, "local.long", "talks");
    }
}

static void
test_not_written(void **state)
{
    struct local_text t = { .at = "visits" };
    struct local_off off = { .at = "a\nb" };
    struct local_service s = {
        .code = "x", .category = "care", .label = { .in = { "a" } }
    };
    const struct local l = { .texts = &t, .text_count = 1 };
    const struct local o = { .off = &off, .off_count = 1 };
    const struct local v = { .services = &s, .service_count = 1 };

    (void)state;
    t.help.in[LANG_NB] = "a\xC3";
    refuse_write(&l, "local.utf8", "visits");
    t.help.in[LANG_NB] = "a\x01";
    refuse_write(&l, "local.control", "visits");
    t.help.in[LANG_NB] = "a\rb";
    refuse_write(&l, "local.control", "visits");
    t.help.in[LANG_NB] = "";
    refuse_write(&l, "local.blank", "visits");
    refuse_write(&o, "local.line", "a\\x0Ab");
    off.at = "010190 12345";
    refuse_write(&o, "local.unknown", "\x1a" "12");
    off.at = "unit";
    refuse_write(&o, "local.off_role", "unit");
    written(tiny.data, &v);
    s.code = "x y";
    refuse_write(&v, "def.want_id", "x y");
    s.code = "x";
    s.replaces = "y";
    refuse_write(&v, "local.replaces", "x");
    s.replaces = "";
    written(tiny.data, &v);
}

/* 250 services in all: tiny has three. */
static void
test_services_max(void **state)
{
    struct local l = { .off = NULL };
    struct instrument *in;

    (void)state;
    for (int i = 0; i < SERVICE_MAX - 3; i++) {
        const struct local_service s = {
            .code = arena_printf(&arena, "a_code_of_26_characters%03d", i),
            .category = i % 2 ? "care" : "work", .label = { .in = { "a" } }
        };

        assert_int_equal(strlen(s.code), SERVICE_CODE_MAX);
        local_set_service(&l, &arena, &s);
    }
    in = read_text(written(tiny.data, &l));
    assert_int_equal(in->categories[0].service_count
                     + in->categories[1].service_count, SERVICE_MAX);
    instrument_free(in);
    local_set_service(&l, &arena, &(struct local_service){
        .code = "one_more", .category = "care", .label = { .in = { "a" } } });
    refuse_write(&l, "local.services", "");
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

/* --- editing */

static void
test_edit(void **state)
{
    struct local l = { .off = NULL }, before;
    struct local_text t = { .at = "a", .help = { .in = { "x" } } };

    (void)state;
    local_set_off(&l, &arena, "a", true);
    local_set_off(&l, &arena, "b", true);
    local_set_off(&l, &arena, "a", true);
    assert_int_equal(l.off_count, 2);
    before = l;
    local_set_off(&l, &arena, "a", false);
    local_set_off(&l, &arena, "c", false);
    assert_int_equal(l.off_count, 1);
    assert_string_equal(l.off[0].at, "b");
    assert_true(local_is_off(&l, "b") && !local_is_off(&l, "a"));
    assert_true(local_is_off(&before, "a") && before.off_count == 2);
    local_set_text(&l, &arena, &t);
    t.at = "b";
    local_set_text(&l, &arena, &t);
    t.at = "a";
    t.help.in[0] = "y";
    local_set_text(&l, &arena, &t);
    assert_int_equal(l.text_count, 2);
    assert_string_equal(local_text_of(&l, "a")->help.in[0], "y");
    assert_string_equal(l.texts[0].at, "a");
    t.help.in[0] = "";
    local_set_text(&l, &arena, &t);
    assert_int_equal(l.text_count, 1);
    assert_null(local_text_of(&l, "a"));
    local_set_service(&l, &arena, &(struct local_service){ .code = "s" });
    local_set_name(&l, &arena, &(struct local_name){
        .at = "s", .label = { .in = { NULL, NULL, "n" } } });
    assert_non_null(local_service_of(&l, "s"));
    assert_string_equal(local_name_of(&l, "s")->label.in[2], "n");
    local_set_name(&l, &arena, &(struct local_name){ .at = "s" });
    local_remove_service(&l, &arena, "s");
    local_remove_service(&l, &arena, "s");
    assert_null(local_service_of(&l, "s"));
    assert_int_equal(l.service_count + l.name_count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts), cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_place), cmocka_unit_test(test_random),
        cmocka_unit_test(test_added), cmocka_unit_test(test_off),
        cmocka_unit_test(test_names), cmocka_unit_test(test_two_meanings),
        cmocka_unit_test(test_shown), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_last), cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_not_written),
        cmocka_unit_test(test_services_max), cmocka_unit_test(test_follow),
        cmocka_unit_test(test_replaces_differs), cmocka_unit_test(test_edit)
    };
    struct err e = { 0 };
    int failed;

    arena_init(&arena);
    buf_init(&tiny, 0);
    buf_init(&full, 0);
    if (!buf_read_file(&tiny, "tests/data/tiny.yaml", DEFINITION_MAX, &e)
        || !buf_read_file(&full, "instruments/brukerplan-2014.yaml",
                          DEFINITION_MAX, &e))
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_clear(&tiny);
    buf_clear(&full);
    arena_clear(&arena);
    return failed;
}
