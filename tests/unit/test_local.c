/* test_local.c - local changes read, written, and edited as lists. */
#include "local_fixture.h"
#include "base/random.h"

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

/* --- what is not written */

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
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_not_written),
        cmocka_unit_test(test_services_max),
        cmocka_unit_test(test_edit)
    };

    return local_run(tests);
}
