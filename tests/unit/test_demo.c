/* test_demo.c - the demo round's bytes: the same twice, as many as said,
 * with synthetic numbers only. That they add up to the published figures
 * is for the round's own test, and for tools/demo/verify.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "demo/demo.h"

enum { ROWS = 3556 + 430 + 25 + 12, FIELDS = 127, IDENT = 5, STATUS = 126 };

static const char header_start[] =
    "municipality;year;period;unit;tier;ident;registered_on;sex;birth_year;"
    "target_group;crisis;opioid_treatment;care;care_children;care_obs;"
    "contact;contact_children;contact_obs;units_serving;ip;ip_declined;"
    "plan_measure;plan_action;plan_crisis;plan_other;coordinator;group;"
    "group_nav;group_social;group_specialist;group_health;group_other;"
    "substance;economy;mental;physical;housing;social;network;activity;"
    "use_alcohol;use_cannabis;use_opioids;use_stimulants;use_medicines;"
    "use_other;injecting;services_done;svc_temp_housing_followup_r;"
    "svc_temp_housing_followup_w;";
static const char header_end[] =
    ";svc_substance_inpatient_r;svc_substance_inpatient_w;status\n";

static void
make(struct buf *out)
{
    struct err e;

    err_clear(&e);
    buf_init(out, 0);
    assert_true(demo_registrations(out, &e));
    assert_false(out->failed);
}

/* The Nth field of the line at P, and its length. */
static const char *
field_at(const char *p, int n, size_t *len)
{
    for (; n > 0; n--)
        p = strchr(p, ';') + 1;
    *len = strcspn(p, ";\n");
    return p;
}

static const char *
next_line(const char *p)
{
    return strchr(p, '\n') + 1;
}

static void
test_same_bytes_twice(void **state)
{
    struct buf a, b;

    (void)state;
    make(&a);
    make(&b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    buf_clear(&a);
    buf_clear(&b);
}

static void
test_header(void **state)
{
    const char *line_end;
    struct buf a;
    size_t end = sizeof header_end - 1;

    (void)state;
    make(&a);
    assert_memory_equal(a.data, header_start, sizeof header_start - 1);
    line_end = next_line(a.data);
    assert_memory_equal(line_end - end, header_end, end);
    buf_clear(&a);
}

static void
test_rows(void **state)
{
    int rows = 0, complete = 0, fields;
    struct buf a;
    size_t len;

    (void)state;
    make(&a);
    for (const char *p = next_line(a.data); p < a.data + a.len;
         p = next_line(p)) {
        const char *status = field_at(p, STATUS, &len);

        fields = 1;
        for (const char *c = p; *c != '\n'; c++)
            fields += *c == ';';
        assert_int_equal(fields, FIELDS);
        complete += len == 8 && memcmp(status, "complete", 8) == 0;
        rows++;
    }
    assert_int_equal(rows, ROWS);
    assert_int_equal(complete, 3556 + 430);
    buf_clear(&a);
}

/* Remainder of the digits of NUMBER by WEIGHTS, its control digit too. */
static int
remainder_of(const char *number, const char *weights)
{
    int sum = 0;

    for (size_t i = 0; weights[i] != '\0'; i++)
        sum += (number[i] - '0') * (weights[i] - '0');
    return sum % 11;
}

static void
test_numbers(void **state)
{
    int without = 0;
    struct buf a;
    size_t len;

    (void)state;
    make(&a);
    for (const char *p = next_line(a.data); p < a.data + a.len;
         p = next_line(p)) {
        const char *n = field_at(p, IDENT, &len);
        int month;

        if (len == 0) {
            without++;
            continue;
        }
        assert_int_equal(len, 11);
        assert_int_equal(strspn(n, "0123456789"), 11);
        month = (n[2] - '0') * 10 + n[3] - '0';
        assert_in_range(month, 81, 92);
        assert_int_equal(remainder_of(n, "3761894521"), 0);
        assert_int_equal(remainder_of(n, "54327654321"), 0);
    }
    assert_int_equal(without, 60);
    buf_clear(&a);
}

static void
test_units(void **state)
{
    int rows = 0;
    struct buf a;

    (void)state;
    buf_init(&a, 0);
    demo_units(&a);
    assert_false(a.failed);
    assert_int_equal(
        strncmp(a.data, "unit;name;tier;sector;number_required\n", 38), 0);
    for (const char *p = a.data; p < a.data + a.len; p = next_line(p))
        rows++;
    assert_int_equal(rows, 1 + 18);
    assert_non_null(strstr(a.data, "\nstrax_huset;Strax-huset;"));
    buf_clear(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
