/* test_local_feed.c - local changes, from import to counting: what was
 * answered before a change is read right after it. */
#include "intake_fixture.h"
#include "feed/decode.h"
#include "def/local.h"

#define HEAD "unit;target_group;mental;services_done"

/* The round gets L as its next definition, if it may. */
static bool
define(struct fixture *f, const struct local *l, bool registrations)
{
    struct definition d;
    struct instrument *new;
    struct buf out;
    bool ok;

    err_clear(&f->e);
    buf_init(&out, 0);
    assert_ok(round_definition(f->s, f->o.round, 0, &f->arena, &d, &f->e),
              &f->e);
    assert_ok(local_write(d.text, d.len, l, &out, &f->e), &f->e);
    d.text = out.data;
    d.len = out.len;
    assert_ok(round_instrument(&d, f->o.round, &new, &f->e), &f->e);
    ok = local_may_follow(f->o.in, new, registrations, &f->e);
    instrument_free(new);
    if (ok) {
        assert_ok(store_begin(f->s, &f->e)
                  && round_define(f->s, &everyone, f->o.round, &d, &f->e)
                  && store_commit(f->s, &f->e), &f->e);
        fixture_use(f, "r");
    }
    buf_clear(&out);
    return ok;
}

static struct local
with_service(struct fixture *f, const char *code, const char *replaces)
{
    struct local l = { .off = NULL };
    const struct local_service s = {
        .category = "housing", .code = code, .replaces = replaces,
        .label = { .in = { "Botrening på Årstad" } }
    };

    local_set_service(&l, &f->arena, &s);
    return l;
}

/* A service that came when one had gone through the services is not taken
 * for a no; sums see what there is. */
static void
test_added(void **state)
{
    struct fixture f;
    struct local l;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";svc_housing_advice_r;svc_gp_r\n"
                 "nord;mental;2;1;1;0\nnord;mental;3;1;0;1\n"
                 "nord;dual;3;0;;\n");
    assert_int_equal(fixture_count(&f, "housing_r = 1"), 1);
    l = with_service(&f, "training", NULL);
    assert_true(define(&f, &l, true));
    assert_int_equal(f.o.round->definition, 2);
    fixture_take(&f, HEAD ";svc_training_r;svc_training_w;svc_gp_r\n"
                 "nord;mental;2;1;1;0;0\nnord;mental;2;1;0;1;1\n");
    assert_int_equal(fixture_count(&f, ""), 5);
    assert_int_equal(fixture_count(&f, "svc_training_r = 1"), 1);
    assert_int_equal(fixture_count(&f, "svc_training_r = 0"), 1);
    assert_int_equal(fixture_count(&f, "svc_training_r is unasked"), 3);
    assert_int_equal(fixture_count(&f, "svc_training_w = 1"), 1);
    assert_int_equal(fixture_count(&f, "svc_training_w is unasked"), 3);
    /* what they said of the others stands */
    assert_int_equal(fixture_count(&f, "svc_housing_advice_r = 1"), 1);
    assert_int_equal(fixture_count(&f, "svc_housing_advice_r = 0"), 3);
    assert_int_equal(fixture_count(&f, "svc_gp_r = 1"), 2);
    assert_int_equal(fixture_count(&f, "housing_r = 1"), 2);
    assert_int_equal(fixture_count(&f, "housing_r = 0"), 2);
    assert_int_equal(fixture_count(&f, "housing_w = 1"), 1);
    assert_int_equal(fixture_count(&f, "mental = 3"), 2);
    assert_string_equal(fixture_cells(&f, "svc_training_r,svc_gp_r,mental"),
                        ";0;2\n;1;3\n;;3\n1;0;2\n0;1;2\n");
    assert_int_equal(fixture_faults(&f), 0);

    /* a third definition, and the first two read right still */
    local_set_service(&l, &f.arena, &(struct local_service){
        .category = "temp_housing", .code = "a_first",
        .label = { .in = { "Akuttplass" } } });
    assert_true(define(&f, &l, true));
    assert_int_equal(fixture_count(&f, "svc_training_r is unasked"), 3);
    assert_int_equal(fixture_count(&f, "svc_training_r = 1"), 1);
    assert_int_equal(fixture_count(&f, "svc_a_first_r is unasked"), 5);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* Off before anybody is registered: not asked, refused, in no sum; and on
 * again later, without a no for those who were not asked. */
static void
test_off(void **state)
{
    struct fixture f;
    struct local l;

    (void)state;
    fixture_open(&f);
    l = with_service(&f, "training", "housing_advice");
    local_set_off(&l, &f.arena, "services.gp", true);
    local_set_off(&l, &f.arena, "categories.temp_housing", true);
    local_set_off(&l, &f.arena, "target_group.dual", true);
    local_set_off(&l, &f.arena, "crisis", true);
    assert_true(define(&f, &l, false));
    fixture_take(&f, HEAD ";svc_training_r\nnord;mental;2;1;1\n");
    assert_int_equal(fixture_count(&f, "svc_gp_r is unasked"), 1);
    assert_int_equal(fixture_count(&f, "svc_housing_advice_r is unasked"),
                     1);
    assert_int_equal(fixture_count(&f, "temp_housing_r is unasked"), 1);
    assert_int_equal(fixture_count(&f, "crisis is unasked"), 1);
    assert_int_equal(fixture_count(&f, "housing_r = 1"), 1);

    assert_false(fixture_import(&f, HEAD ";svc_gp_r;crisis;"
                                "svc_housing_advice_w\n"
                                "nord;dual;2;1;0;0;1\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2:target_group:check.code_off|dual\n"
                        "2:svc_gp_r:check.off|svc_gp_r\n"
                        "2:crisis:check.off|crisis\n"
                        "2:svc_housing_advice_w:check.off"
                        "|svc_housing_advice_w\n");

    local_set_off(&l, &f.arena, "crisis", false);
    local_set_off(&l, &f.arena, "services.gp", false);
    local_set_off(&l, &f.arena, "target_group.dual", false);
    assert_true(define(&f, &l, true));
    fixture_take(&f, HEAD ";svc_gp_r;crisis\nnord;dual;2;1;1;\n"
                 "nord;mental;2;1;0;1\n");
    assert_int_equal(fixture_count(&f, "svc_gp_r is unasked"), 1);
    assert_int_equal(fixture_count(&f, "svc_gp_r = 0"), 1);
    assert_int_equal(fixture_count(&f, "svc_gp_r = 1"), 1);
    assert_int_equal(fixture_count(&f, "target_group = dual"), 1);
    /* and may not go off again */
    local_set_off(&l, &f.arena, "services.gp", true);
    assert_false(define(&f, &l, true));
    assert_string_equal(f.e.key, "local.follow_off");
    assert_string_equal(f.e.field, "services.gp");
    if (fixture_faults(&f) != 0)
        fail_msg("%s", buf_string(&f.heard));
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_added), cmocka_unit_test(test_off)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
