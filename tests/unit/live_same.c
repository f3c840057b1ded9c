/* live_same.c - see live_fixture.h: what memory says beside what the store
 * says. */
#include "live_fixture.h"
#include "report/fixed.h"

enum { ASKED = 5 };

static const char *const unit_id[] = { "nord", "sor", "ost" };

void
lab_same_tables(struct lab *l, const struct plan *plan, const char *unit,
                bool must)
{
    enum scope scope = unit != NULL ? SCOPE_UNIT : SCOPE_RECIPIENTS;
    struct run *fast = run_new(plan), *slow = run_new(plan);
    struct err e = { 0 };
    bool left;
    int found;

    assert_ok(feed_run(&l->plain, &everyone, scope, unit, "test", plan,
                       slow, &e), &e);
    assert_ok(live_run(&l->quick, &everyone, scope, unit, true, "test",
                       fast, &left, &e), &e);
    assert_true(!must || !left);
    if (!left) {
        found = run_differs(fast, slow);
        if (found >= 0)
            fail_msg("table %d of %s", found, unit != NULL ? unit : "all");
        assert_int_equal(run_seen(fast), run_seen(slow));
    }
    run_free(fast);
    run_free(slow);
}

struct plan *
lab_plan(struct lab *l, struct arena *arena)
{
    struct plan *plan = plan_new(l->plain.in);

    for (int i = 0; i < ASKED; i++) {
        struct asked *q = random_question(&l->chance, l->plain.in, arena);
        struct err e = { 0 };

        if (plan_add(plan, &q->fast, &e) < 0)
            err_clear(&e);
    }
    return plan;
}

static void
same_work(struct lab *l)
{
    const char *const some[] = { unit_id[chance_int(&l->chance, 0, 2)] };
    const struct actor one = { .name = "per", .rights = "leader",
                               .purpose = "test", .units = some,
                               .unit_count = 1 };
    const struct work_count *fast, *slow;
    int n, m;
    struct err e = { 0 };

    for (int k = 0; k < 2; k++) {
        const struct actor *a = k == 0 ? &everyone : &one;

        assert_ok(live_work_counts(&l->quick, a, &l->f.arena, &fast, &n, &e)
                  && work_counts(l->reader, a, l->plain.round, &l->f.arena,
                                 &slow, &m, &e), &e);
        assert_int_equal(n, m);
        for (int i = 0; i < n; i++) {
            assert_int_equal(fast[i].unit, slow[i].unit);
            assert_int_equal(fast[i].tier, slow[i].tier);
            assert_int_equal(fast[i].status, slow[i].status);
            assert_int_equal(fast[i].day, slow[i].day);
            assert_int_equal(fast[i].count, slow[i].count);
        }
    }
}

static void
same_counts(struct lab *l)
{
    struct unit_count fast[3], slow[3];
    struct overlap quick, plain;
    int64_t counting = 0;
    struct err e = { 0 };
    bool left;

    assert_ok(live_unit_counts(&l->quick, &everyone, fast, &e)
              && registration_counts(l->reader, &everyone, l->plain.round,
                                     slow, &e), &e);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(fast[i].complete, slow[i].complete);
        assert_int_equal(fast[i].draft, slow[i].draft);
        assert_int_equal(fast[i].withdrawn, slow[i].withdrawn);
        assert_int_equal(fast[i].no_number, slow[i].no_number);
        assert_int_equal(fast[i].counting + fast[i].superseded,
                         slow[i].complete);
        counting += fast[i].counting - fast[i].no_number;
    }
    assert_ok(live_overlap(&l->quick, &everyone, &quick, &left, &e)
              && feed_overlap(&l->plain, &everyone, &plain, &e), &e);
    assert_false(left);
    assert_memory_equal(&quick, &plain, sizeof quick);
    assert_int_equal(counting, quick.recipients[0] + quick.recipients[1]
                               + quick.recipients[2]);
}

void
lab_same(struct lab *l, bool must)
{
    struct plan *plan[2];
    struct arena arena;
    struct err e = { 0 };

    arena_init(&arena);
    plan[0] = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_RECIPIENTS, &arena, plan[0]);
    plan[1] = lab_plan(l, &arena);
    for (int k = 0; k < 2; k++) {
        lab_same_tables(l, plan[k], NULL, must);
        plan_free(plan[k]);
    }
    plan[0] = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_UNIT, &arena, plan[0]);
    plan[1] = lab_plan(l, &arena);
    for (int k = 0; k < 2; k++) {
        for (int u = 0; u < 3; u++)
            lab_same_tables(l, plan[k], unit_id[u], must);
        plan_free(plan[k]);
    }
    same_work(l);
    if (must)
        same_counts(l);
    assert_ok(live_check(l->live, &e), &e);
    arena_clear(&arena);
}

/* ---- taking in ---- */

struct entry *
lab_use(struct lab *l)
{
    return live_use(l->live, &l->quick, &everyone);
}

void
lab_warm(struct lab *l)
{
    bool busy;

    assert_null(lab_use(l));
    live_work(l->live, &busy);
    assert_true(busy);
    live_work(l->live, &busy);
}

struct entry *
lab_warmed(struct lab *l)
{
    struct plan *plan;
    struct arena arena;
    struct entry *x;
    bool busy;

    lab_warm(l);
    arena_init(&arena);
    plan = lab_plan(l, &arena);
    lab_same_tables(l, plan, NULL, true);
    live_work(l->live, &busy);
    plan_free(plan);
    arena_clear(&arena);
    x = l->live->entry[0];
    assert_true(x->round->made);
    assert_non_null(x->round->columns);
    return x;
}
