/* test_answers.c - answers as bytes, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/random.h"
#include "calc/answers.h"
#include "tiny_instrument.h"

enum { UNITS = 300, UNTOUCHED = 12345 };

static struct instrument *in;
static struct arena arena;
static struct layout layout;

static const struct layout_field *
field(const char *id)
{
    int v = tiny_variable(in, id);

    for (int i = 0; i < layout.count; i++)
        if (layout.field[i].variable == v)
            return &layout.field[i];
    return NULL;
}

static void
test_layout(void **state)
{
    static const char *const elsewhere[] = {
        "municipality", "year", "period", "unit", "tier", "ident",
        "completed_on", "remark", "age", "index", "care_r"
    };
    static const struct { const char *id; int min, width; } held[] = {
        { "sex", 0, 1 }, { "birth_year", 1880, 1 }, { "kids", 0, 1 },
        { "visits", 0, 2 }, { "helpers", 0, 2 }, { "plan", 0, 1 },
        { "home", 1, 1 }, { "services_done", 0, 1 }, { "svc_meals_r", 0, 1 }
    };
    size_t size = 1;

    (void)state;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        assert_null(field(elsewhere[i]));
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        const struct layout_field *f = field(held[i].id);

        assert_non_null(f);
        assert_int_equal(f->min, held[i].min);
        assert_int_equal(f->width, held[i].width);
    }
    for (int i = 0; i < layout.count; i++)
        size += (size_t)layout.field[i].width;
    assert_int_equal(layout.size, size);
    assert_true(layout.size <= ANSWERS_MAX);
}

/* The bytes themselves: the format is for ever. */
static void
test_bytes(void **state)
{
    static const struct { const char *answers, *id; int low, high; } c[] = {
        { "", "sex", 0, -1 }, { "sex=?", "sex", 1, -1 },
        { "sex=male", "sex", 2, -1 }, { "sex=female", "sex", 3, -1 },
        { "plan=0", "plan", 2, -1 }, { "plan=1", "plan", 3, -1 },
        { "plan=!", "plan", 0, -1 },
        { "home=1", "home", 2, -1 }, { "home=5", "home", 6, -1 },
        { "birth_year=1880", "birth_year", 2, -1 },
        { "birth_year=2100", "birth_year", 222, -1 },
        { "kids=20", "kids", 22, -1 },
        { "visits=0", "visits", 2, 0 }, { "visits=?", "visits", 1, 0 },
        { "visits=253", "visits", 255, 0 },
        { "visits=254", "visits", 0, 1 },
        { "visits=32000", "visits", (32002 & 255), 32002 >> 8 },
        { "helpers=u1|u299", "helpers", 4, 0 },
        { "helpers=0", "helpers", 2, 0 },
    };
    uint8_t bytes[ANSWERS_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        struct tiny_row r;
        size_t at = 1;
        const struct layout_field *f = field(c[i].id);

        tiny_fill(in, &r, c[i].answers);
        answers_pack(&layout, r.value, bytes);
        assert_int_equal(bytes[0], ANSWERS_FORMAT);
        for (const struct layout_field *p = layout.field; p < f; p++)
            at += (size_t)p->width;
        assert_int_equal(bytes[at], c[i].low);
        if (c[i].high >= 0)
            assert_int_equal(bytes[at + 1], c[i].high);
    }
}

/* A raw value that V may have. */
static int32_t
any_value(const struct random *random, const struct layout_field *f)
{
    switch (random_below(random, 5)) {
    case 0: return VALUE_UNANSWERED;
    case 1: return VALUE_UNKNOWN;
    case 2: return f->min + f->values - 1;
    default:
        return f->min + (int32_t)random_below(random, (uint32_t)f->values);
    }
}

static void
test_round_trip(void **state)
{
    struct random_state seed;
    struct random random = random_seeded(&seed, 7);
    int32_t value[VARIABLE_MAX], back[VARIABLE_MAX];
    uint8_t bytes[ANSWERS_MAX];

    (void)state;
    for (int round = 0; round < 2000; round++) {
        for (int i = 0; i < VARIABLE_MAX; i++)
            value[i] = back[i] = UNTOUCHED;
        for (int i = 0; i < layout.count; i++) {
            const struct layout_field *f = &layout.field[i];

            value[f->variable] = any_value(&random, f);
            back[f->variable] = 0;
        }
        memset(bytes, 0xEE, sizeof bytes);
        answers_pack(&layout, value, bytes);
        assert_int_equal(bytes[layout.size], 0xEE);
        assert_true(answers_unpack(&layout, bytes, layout.size, back));
        assert_memory_equal(value, back, sizeof value);
    }
}

static void
test_refused(void **state)
{
    uint8_t bytes[ANSWERS_MAX] = { 0 };
    int32_t value[VARIABLE_MAX];
    struct tiny_row r;
    size_t at = 1;

    (void)state;
    tiny_blank(&r);
    answers_pack(&layout, r.value, bytes);
    assert_true(answers_unpack(&layout, bytes, layout.size, value));
    assert_false(answers_unpack(&layout, bytes, layout.size - 1, value));
    assert_false(answers_unpack(&layout, bytes, layout.size + 1, value));
    assert_false(answers_unpack(&layout, bytes, 0, value));
    for (int format = 0; format < 256; format++) {
        bytes[0] = (uint8_t)format;
        assert_int_equal(answers_unpack(&layout, bytes, layout.size, value),
                         format == ANSWERS_FORMAT);
    }
    bytes[0] = ANSWERS_FORMAT;
    /* a value that its variable cannot have: the bytes are damaged */
    for (int i = 0; i < layout.count; i++) {
        const struct layout_field *f = &layout.field[i];
        int code = f->values + 2;

        bytes[at] = (uint8_t)(code & 255);
        if (f->width == 2)
            bytes[at + 1] = (uint8_t)(code >> 8);
        assert_false(answers_unpack(&layout, bytes, layout.size, value));
        code--;
        bytes[at] = (uint8_t)(code & 255);
        if (f->width == 2)
            bytes[at + 1] = (uint8_t)(code >> 8);
        assert_true(answers_unpack(&layout, bytes, layout.size, value));
        assert_int_equal(value[f->variable], f->min + f->values - 1);
        at += (size_t)f->width;
    }
}

/* Field by field, as the header says. */
static size_t
pack_plain(const struct layout *l, const int32_t *value, uint8_t *out)
{
    size_t n = 0;

    out[n++] = ANSWERS_FORMAT;
    for (int i = 0; i < l->count; i++) {
        const struct layout_field *f = &l->field[i];
        int32_t v = value[f->variable];
        int code = v >= 0 ? v - f->min + 2 : v == VALUE_UNKNOWN ? 1 : 0;

        out[n++] = (uint8_t)(code % 256);
        if (f->width == 2)
            out[n++] = (uint8_t)(code / 256);
    }
    return n;
}

/* No byte of BYTES may be more than it is: each is its field's last. */
static void
refuse_each(const struct layout *l, uint8_t *bytes, int32_t *value)
{
    size_t at = 1;

    assert_true(answers_unpack(l, bytes, l->size, value));
    for (int i = 0; i < l->count; i++) {
        size_t high = at + (size_t)l->field[i].width - 1;

        for (int more = 1; bytes[high] + more < 256; more += 50) {
            bytes[high] = (uint8_t)(bytes[high] + more);
            assert_false(answers_unpack(l, bytes, l->size, value));
            bytes[high] = (uint8_t)(bytes[high] - more);
        }
        at = high + 1;
    }
    assert_true(answers_unpack(l, bytes, l->size, value));
}

/* Definitions with runs of fields that are shorter than a block, and longer:
 * of the form of 2014, with some of its variables in other places. */
static void
test_runs(void **state)
{
    static const char *const files[] = {
        NULL, "instruments/brukerplan-2014.yaml"
    };
    struct random_state seed;
    struct random random = random_seeded(&seed, 8);

    (void)state;
    for (int n = 0; n < 60; n++) {
        struct instrument *of = tiny_instrument(files[n % 2], 3);
        uint8_t plain[ANSWERS_MAX], bytes[ANSWERS_MAX + 1];
        int32_t value[VARIABLE_MAX], back[VARIABLE_MAX];
        struct layout l;

        for (int i = 0; i < of->entered_count; i++)
            if (n >= 2 && random_below(&random, 2 + (uint32_t)n) < 2)
                of->variables[i].kind = random_below(&random, 2) == 0
                                      ? KIND_TEXT : KIND_CODES;
        layout_init(&l, of, &arena);
        for (int k = 0; k < 20; k++) {
            for (int i = 0; i < VARIABLE_MAX; i++)
                value[i] = back[i] = UNTOUCHED;
            for (int i = 0; i < l.count; i++)
                value[l.field[i].variable] = any_value(&random, &l.field[i]);
            bytes[l.size] = 0xEE;
            answers_pack(&l, value, bytes);
            assert_int_equal(pack_plain(&l, value, plain), l.size);
            assert_memory_equal(plain, bytes, l.size);
            assert_int_equal(bytes[l.size], 0xEE);
            assert_true(answers_unpack(&l, bytes, l.size, back));
            assert_memory_equal(value, back, sizeof value);
        }
        for (int i = 0; i < l.count; i++)
            value[l.field[i].variable] = l.field[i].min
                                       + l.field[i].values - 1;
        answers_pack(&l, value, bytes);
        refuse_each(&l, bytes, value);
        instrument_free(of);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout), cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_runs)
    };
    int failed;

    in = tiny_instrument(NULL, UNITS);
    arena_init(&arena);
    layout_init(&layout, in, &arena);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    instrument_free(in);
    return failed;
}
