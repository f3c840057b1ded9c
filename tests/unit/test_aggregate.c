/* test_aggregate.c - a round as a signed file: written and read back, every
 * byte changed, every member wrong, and sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include <sodium.h>
#include "aggregate_fixture.h"

static struct arena arena;
static struct signing_key key;
static char signers[2][SIGNING_HEX];
static struct instrument *in;
static char *text;
static struct made made;

static void
make_key(struct signing_key *k, int seed)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    memset(k->seed, seed, sizeof k->seed);
    crypto_sign_seed_keypair(public, secret, k->seed);
    sodium_bin2hex(k->hex, sizeof k->hex, public, sizeof public);
}

static int
begin(void **state)
{
    struct signing_key other;

    (void)state;
    arena_init(&arena);
    make_key(&other, 1);
    make_key(&key, 2);
    memcpy(signers[0], other.hex, SIGNING_HEX);
    memcpy(signers[1], key.hex, SIGNING_HEX);
    text = made_text(NULL, NULL);
    in = made_instrument(text);
    made_round(&made, in, text, "Bergen", 4601, 2020, 30, &arena);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    instrument_free(in);
    free(text);
    arena_clear(&arena);
    return 0;
}

static bool
reads(const char *bytes, size_t len, int count, struct aggregate *a,
      struct err *e)
{
    err_clear(e);
    return aggregate_read(bytes, len, "f.json",
                          (const char (*)[SIGNING_HEX])signers, count,
                          &arena, a, e);
}

static void
written(const struct aggregate *a, struct buf *out)
{
    buf_init(out, 0);
    aggregate_write(a, &key, out);
    assert_false(out->failed);
}

static void
test_there_and_back(void **state)
{
    struct aggregate a;
    struct buf out, again;
    struct err e;

    (void)state;
    made.areas[3].n = NUMBER_HIDDEN;
    made.areas[5].of = OF_HIDDEN;
    made.areas[6].of = OF_NONE;
    written(&made.a, &out);
    if (!reads(out.data, out.len, 2, &a, &e))
        fail_msg("%s %s", e.key, e.arg[0]);
    assert_string_equal(a.name, "Bergen");
    assert_string_equal(a.key, key.hex);
    assert_int_equal(a.municipality[0], 4601);
    assert_int_equal(a.population, 1000);
    assert_string_equal(a.in->sha256, in->sha256);
    assert_int_equal(a.report[0].recipients, 100);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(a.table[0].cell[i].n, made.areas[i].n);
        assert_int_equal(a.table[0].cell[i].of, made.areas[i].of);
    }
    /* What was read is written the same. */
    written(&a, &again);
    assert_int_equal(out.len, again.len);
    assert_memory_equal(out.data, again.data, out.len);
    aggregate_clear(&a);
    buf_clear(&out);
    buf_clear(&again);
    made_round(&made, in, text, "Bergen", 4601, 2020, 30, &arena);
}

/* Whichever byte is another, it is refused: each at both ends, some of the
 * definition's many. */
static void
test_every_byte(void **state)
{
    struct aggregate a;
    struct buf out;
    struct err e;

    (void)state;
    written(&made.a, &out);
    for (size_t i = 0; i < out.len;
         i += i > 600 && i + 2000 < out.len ? 13 : 1) {
        char was = out.data[i];

        out.data[i] = (char)(was ^ (i % 7 == 0 ? 0x20 : 1));
        if (reads(out.data, out.len, 2, &a, &e))
            fail_msg("byte %zu", i);
        assert_true(strcmp(e.key, "aggregate.signature") == 0
                    || strcmp(e.key, "aggregate.form") == 0);
        assert_string_equal(e.at.file, "f.json");
        aggregate_clear(&a);
        out.data[i] = was;
    }
    /* shorter, longer, nothing */
    assert_false(reads(out.data, out.len - 1, 2, &a, &e));
    assert_false(reads(out.data, 0, 2, &a, &e));
    buf_byte(&out, '\n');
    assert_false(reads(out.data, out.len, 2, &a, &e));
    /* by somebody we do not trust */
    assert_false(reads(out.data, out.len - 1, 1, &a, &e));
    assert_string_equal(e.key, "aggregate.signature");
    assert_false(reads(out.data, out.len - 1, 0, &a, &e));
    buf_clear(&out);
}

/* The file with OLD replaced by NEW, signed again. */
static void
spoilt(struct buf *out, const char *old, const char *new)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char hex[2 * crypto_sign_BYTES + 1];
    struct buf b;
    char *tail, *at;

    written(&made.a, &b);
    tail = strstr(b.data, ",\"signature\"");
    assert_non_null(tail);
    *tail = '\0';
    at = strstr(b.data, old);
    if (at == NULL)
        fail_msg("no %s", old);
    buf_init(out, 0);
    buf_add(out, b.data, (size_t)(at - b.data));
    buf_text(out, new);
    buf_text(out, at + strlen(old));
    crypto_sign_seed_keypair(public, secret, key.seed);
    crypto_sign_detached(signature, NULL, (const unsigned char *)out->data,
                         out->len, secret);
    sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);
    buf_printf(out, ",\"signature\":\"%s\"}\n", hex);
    buf_clear(&b);
}

static void
test_members(void **state)
{
    static const struct {
        const char *old, *new, *key, *what;
    } cases[] = {
        { "\"format\":1", "\"format\":2", "aggregate.member", "format" },
        { "\"aggregate\"", "\"report\"", "aggregate.member", "brukerplan" },
        { "\"name\":\"Bergen\"", "\"name\":\"\"", "aggregate.member",
          "name" },
        { "\"name\":\"Bergen\"", "\"name\":7", "aggregate.member", "name" },
        { "\"name\":\"Bergen\"", "\"name\":\"Ber\\u000agen\"",
          "aggregate.member", "name" },
        { "\"name\":\"Bergen\"", "\"name\":\"Ber\\u001b[2Jgen\"",
          "aggregate.member", "name" },
        { "\"name\":\"Bergen\",", "", "aggregate.member", "name" },
        { "\"name\":", "\"more\":1,\"name\":", "aggregate.member_extra",
          "more" },
        { "\"name\":", "\"total\":false,\"name\":", "aggregate.form", "" },
        { "[4601]", "[]", "aggregate.member", "municipalities" },
        { "[4601]", "[4601,4602]", "aggregate.member", "municipalities" },
        { "\"total\":false,\"municipalities\":[4601]",
          "\"total\":true,\"municipalities\":[4602,4601]",
          "aggregate.member", "municipalities" },
        { "\"year\":2020", "\"year\":20.5", "aggregate.member", "year" },
        { "\"from_age\":18,\"inc", "\"from_age\":121,\"inc",
          "aggregate.member", "from_age" },
        { "\"number\":1000", "\"number\":100000001", "aggregate.member",
          "number" },
        { "\"on\":\"2020-01-01\"", "\"on\":\"2020-02-30\"",
          "aggregate.member", "on" },
        { "\"sha256\":\"", "\"sha256\":\"0", "aggregate.member", "sha256" },
        { "\"threshold\":5", "\"threshold\":1", "aggregate.member",
          "threshold" },
        { "\"threshold\":5", "\"base\":5", "aggregate.member",
          "threshold" },
        { "\"hidden\"", "\"shown\"", "aggregate.member", "protection" },
        { "\"recipients\":100", "\"recipients\":-1", "aggregate.member",
          "recipients" },
        { "\"counts\":\"recipients\"", "\"counts\":\"dogs\"",
          "aggregate.member", "tables" },
        { "[\"home_grade\",\"drugs_grade\"]",
          "[\"home_grade\",\"home_grade\"]", "aggregate.member", "rows" },
        { "[\"home_grade\",\"drugs_grade\"]", "[\"home_grade\"]",
          "aggregate.member", "cells" },
        { "[\"home_grade\",", "[\"home grade\",", "aggregate.member",
          "rows" },
        { "[70,0,30,0,", "[70,0,30,0,1,", "aggregate.member", "cells" },
        { "[70,0,30,0,", "[101,0,30,0,", "aggregate.member", "cells" },
        { "[70,0,30,0,", "[7.5,0,30,0,", "aggregate.member", "cells" },
        { "\"own\":true,\"rule\":\"", "\"own\":true,\"rule\":\"x",
          "aggregate.member", "index" },
        { "\"version\":1,\"sha", "\"version\":2,\"sha", "aggregate.member",
          "instrument" },
        { "\\nid: tiny", "\\nid: tonny", "aggregate.member", "instrument" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct aggregate a;
        struct buf out;
        struct err e;

        spoilt(&out, cases[i].old, cases[i].new);
        if (reads(out.data, out.len, 2, &a, &e)
            || strcmp(e.key, cases[i].key) != 0
            || strcmp(e.arg[0], cases[i].what) != 0)
            fail_msg("case %zu: %s %s", i, e.key, e.arg[0]);
        aggregate_clear(&a);
        buf_clear(&out);
    }
}

/* A total of as many municipalities as may be, and one more. */
static void
test_edges(void **state)
{
    int number[AGGREGATE_MEMBERS_MAX + 1];
    struct aggregate many = made.a, a;
    struct buf out;
    struct err e;

    (void)state;
    for (int i = 0; i <= AGGREGATE_MEMBERS_MAX; i++)
        number[i] = 1000 + i;
    many.total = true;
    many.municipality = number;
    for (int extra = 0; extra < 2; extra++) {
        many.municipality_count = AGGREGATE_MEMBERS_MAX + extra;
        written(&many, &out);
        assert_int_equal(reads(out.data, out.len, 2, &a, &e), !extra);
        aggregate_clear(&a);
        buf_clear(&out);
    }
    buf_init(&out, 0);
    buf_expect(&out, AGGREGATE_BYTES_MAX + 1);
    for (int i = 0; i <= AGGREGATE_BYTES_MAX; i++)
        buf_byte(&out, ' ');
    assert_false(reads(out.data, out.len, 2, &a, &e));
    assert_string_equal(e.key, "aggregate.large");
    buf_clear(&out);
}

/* ---- sums ---- */

static void
round_to(struct made *m, int base)
{
    for (int i = 0; i < 8; i++) {
        m->areas[i].n -= m->areas[i].n % base;
        m->areas[i].of -= m->areas[i].of % base;
    }
    m->a.protection = AGGREGATE_ROUNDED;
    m->a.threshold = base;
}

/* Where one of three does not say how many it is about, nor does the sum. */
static void
hides_a_part(const struct aggregate *list)
{
    for (int which = 0; which < 3; which++) {
        struct aggregate_report report = list[which].report[0];
        struct aggregate three[3] = { list[0], list[1], list[2] }, sum;
        struct err e = { 0 };

        report.recipients = NUMBER_HIDDEN;
        three[which].report = &report;
        assert_true(aggregate_sum(three, 3, "Alle", 3, &arena, &sum, &e));
        assert_int_equal(sum.report[0].recipients, NUMBER_HIDDEN);
        if (which == 0)
            continue;
        three[which].report_count = 0;
        assert_true(aggregate_sum(three, 3, "Alle", 3, &arena, &sum, &e));
        assert_int_equal(sum.report[0].recipients, NUMBER_HIDDEN);
    }
}

static void
test_sum(void **state)
{
    struct made m[3];
    struct aggregate list[3], sum, a;
    struct buf out;
    struct err e = { 0 };

    (void)state;
    for (int i = 0; i < 3; i++) {
        made_round(&m[i], in, text, "A", 4603 - i, 2020, 10 * (i + 1),
                   &arena);
        round_to(&m[i], 5);
        list[i] = m[i].a;
    }
    assert_true(aggregate_sum(list, 3, "Alle", 3, &arena, &sum, &e));
    assert_int_equal(sum.municipality_count, 3);
    assert_int_equal(sum.municipality[0], 4601);
    assert_int_equal(sum.population, 3000);
    assert_int_equal(sum.report[0].recipients, 300);
    assert_int_equal(sum.table[0].cell[2].n, 60);
    assert_int_equal(sum.table[0].cell[2].of, 300);
    hides_a_part(list);
    written(&sum, &out);
    assert_true(reads(out.data, out.len, 2, &a, &e));
    assert_true(a.total);
    aggregate_clear(&a);
    buf_clear(&out);
    /* A rounded number is a multiple of its base. */
    m[0].areas[0].n++;
    written(&m[0].a, &out);
    assert_false(reads(out.data, out.len, 2, &a, &e));
    aggregate_clear(&a);
    buf_clear(&out);
}

static void
no_sum(const struct aggregate *list, int count, const char *why)
{
    struct aggregate sum;
    struct err e = { 0 };

    assert_false(aggregate_sum(list, count, "Alle", 3, &arena, &sum, &e));
    assert_string_equal(e.key, why);
}

static void
test_no_sum(void **state)
{
    struct made m[3];
    struct aggregate list[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        made_round(&m[i], in, text, "A", 4601 + i, 2020, 10, &arena);
        round_to(&m[i], 5);
        list[i] = m[i].a;
    }
    no_sum(list, 2, "aggregate.sum_few");
    list[2].from_age = 16;
    no_sum(list, 3, "aggregate.sum_other");
    list[2] = m[2].a;
    list[2].year = 2021;
    no_sum(list, 3, "aggregate.sum_other");
    list[2] = m[2].a;
    list[2].protection = AGGREGATE_HIDDEN;
    no_sum(list, 3, "aggregate.sum_hidden");
    list[2] = m[1].a;
    no_sum(list, 3, "aggregate.sum_twice");
}

/* ---- keys ---- */

static void
test_signer(void **state)
{
    static const struct { const char *text; bool good; } cases[] = {
        { "%s\n", true }, { "%s", true }, { "%s\n\n", false },
        { "%s ", false }, { "%.63s\n", false }, { "%.63sG\n", false },
        { "", false }
    };
    char hex[SIGNING_HEX], file[] = "/tmp/brukerplan-signer-XXXXXX";
    int fd = mkstemp(file);

    (void)state;
    assert_true(fd >= 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FILE *f = fopen(file, "w");
        struct err e = { 0 };

        fprintf(f, cases[i].text, key.hex);
        fclose(f);
        assert_int_equal(signer_read(file, hex, &e), cases[i].good);
        if (cases[i].good)
            assert_string_equal(hex, key.hex);
        else
            assert_string_equal(e.key, "aggregate.signer_form");
    }
    remove(file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_every_byte), cmocka_unit_test(test_members),
        cmocka_unit_test(test_edges), cmocka_unit_test(test_sum),
        cmocka_unit_test(test_no_sum), cmocka_unit_test(test_signer)
    };

    return cmocka_run_group_tests(tests, begin, end);
}
