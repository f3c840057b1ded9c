/* test_right.c - the table of rights, and how grants become powers. The
 * table is compared with the document that people read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/msg.h"
#include "web/right.h"

static const char *const reaches[] = {
    "", "own", "today's units", "own unit", "all"
};

/* A line of the document for RIGHT. */
static void
put_row(struct buf *out, enum right right)
{
    buf_printf(out, "| %s |", msg_text(LANG_EN, right_key(right)));
    for (int d = 0; d < DUTY_COUNT; d++) {
        const char *reach = reaches[right_reach((enum duty)d, right)];

        buf_printf(out, "%s%s |", reach[0] != '\0' ? " " : "", reach);
    }
    buf_printf(out, "\n");
}

static void
test_document(void **state)
{
    static char text[16384];
    FILE *f = fopen("docs/who-may-do-what.md", "r");
    struct buf rows;
    const char *at;
    size_t n;

    (void)state;
    assert_non_null(f);
    n = fread(text, 1, sizeof text - 1, f);
    assert_true(feof(f) != 0);
    fclose(f);
    text[n] = '\0';
    buf_init(&rows, 0);
    buf_printf(&rows, "| |");
    for (int d = 0; d < DUTY_COUNT; d++)
        buf_printf(&rows, " %s |", duty_word((enum duty)d));
    buf_printf(&rows, "\n|---|---|---|---|---|---|---|---|---|\n");
    for (int r = 0; r < RIGHT_COUNT; r++)
        put_row(&rows, (enum right)r);
    buf_printf(&rows, "\n");
    at = strstr(text, "| |");
    assert_non_null(at);
    if (strncmp(at, rows.data, rows.len) != 0)
        fail_msg("docs/who-may-do-what.md should have\n%.*s", (int)rows.len,
                 rows.data);
    buf_clear(&rows);
}

static bool
nord_today(void *ctx, const char *unit)
{
    (void)ctx;
    return strcmp(unit, "nord") == 0;
}

static struct power
power_of(enum right right, const struct grant *grants, int count,
         const char *id, const char *training_of, struct arena *arena)
{
    struct round round = { .id = id, .training_of = training_of };

    return right_power(right, grants, count, &round, nord_today, NULL,
                       arena);
}

static void
test_power(void **state)
{
    static const struct grant grants[] = {
        { .duty = DUTY_MAPPER, .round = "r", .unit = "ost" },
        { .duty = DUTY_RESOURCE, .round = "r", .unit = "nord" },
        { .duty = DUTY_RESOURCE, .round = "r", .unit = "vest" },
        { .duty = DUTY_LEADER, .round = "r", .unit = "ost" },
        { .duty = DUTY_MAPPER, .round = "other", .unit = "vest" },
        { .duty = DUTY_GROUP, .round = "", .unit = "" },
    };
    enum { COUNT = sizeof grants / sizeof grants[0] };
    struct arena arena;
    struct power p;

    (void)state;
    arena_init(&arena);
    /* Of two duties in a unit the farther reach. */
    p = power_of(RIGHT_PROGRESS, grants, COUNT, "r", "", &arena);
    assert_int_equal(p.reach, REACH_UNIT);
    assert_int_equal(p.everywhere, REACH_NONE);
    assert_int_equal(power_reach(&p, "ost"), REACH_UNIT);
    assert_int_equal(power_reach(&p, "nord"), REACH_TODAY);
    assert_int_equal(power_reach(&p, "vest"), REACH_NONE);
    assert_string_equal(p.duty, "mapper,resource,leader");
    /* What is of another round gives nothing here. */
    p = power_of(RIGHT_REGISTER, grants, COUNT, "r", "", &arena);
    assert_int_equal(power_reach(&p, "ost"), REACH_OWN);
    assert_int_equal(power_reach(&p, "vest"), REACH_NONE);
    /* A duty in a round is one in its training round. */
    p = power_of(RIGHT_REGISTER, grants, COUNT, "practice", "r", &arena);
    assert_int_equal(power_reach(&p, "ost"), REACH_OWN);
    /* A duty of all rounds; of all units. */
    p = power_of(RIGHT_RESULTS, grants, COUNT, "new", "", &arena);
    assert_int_equal(p.everywhere, REACH_ALL);
    assert_int_equal(power_reach(&p, "anything"), REACH_ALL);
    /* No duty gives it. */
    p = power_of(RIGHT_ACCOUNTS, grants, COUNT, "r", "", &arena);
    assert_int_equal(p.reach, REACH_NONE);
    assert_string_equal(p.duty, "");
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document),
        cmocka_unit_test(test_power),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
