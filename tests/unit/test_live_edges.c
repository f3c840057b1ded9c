/* test_live_edges.c - how much the server keeps in memory, and what it says
 * where that is not enough: the same as the store. */
#include "live_fixture.h"
#include <sys/stat.h>
#include "report/fixed.h"
#include "store/cache.h"

enum { MANY = 20, WIDE = 10000 };

static void
change_many(struct lab *l, struct entry *x)
{
    lab_begin(l);
    for (int i = 0; i < MANY; i++)
        lab_change(l);
    lab_commit(l);
    assert_ptr_equal(lab_use(l), x);
    live_leave(l->live, x);
}

/* More rows than the delta takes: they are counted all the same. */
static void
test_delta_full(void **state)
{
    struct lab l;
    struct entry *x;
    bool busy;

    (void)state;
    lab_start(&l, 5, false);
    lab_first_rows(&l);
    x = lab_warmed(&l);
    while (x->round->columns != NULL
           && x->round->delta_count < LIVE_DELTA_MAX - 8 * MANY)
        change_many(&l, x);
    assert_non_null(x->round->columns);
    l.plain.round->settle_due = true;
    lab_same(&l, true);
    while (x->round->columns != NULL) {
        assert_true(x->round->delta_count <= LIVE_DELTA_MAX);
        change_many(&l, x);
    }
    assert_int_equal(x->round->delta_count, 0);
    lab_same(&l, true);
    live_work(l.live, &busy);
    assert_non_null(x->round->columns);
    lab_same(&l, true);
    lab_stop(&l);
}

/* Where no columns can be made rows are counted, and it is not tried again
 * for every question. */
static void
test_no_columns(void **state)
{
    struct lab l;
    struct plan *plan;
    struct arena arena;
    const char *file;
    bool busy;

    (void)state;
    lab_start(&l, 14, false);
    lab_first_rows(&l);
    file = cache_file(l.f.path, "@live-r", &l.f.arena);
    assert_int_equal(mkdir(file, 0700), 0);
    lab_warm(&l);
    arena_init(&arena);
    plan = lab_plan(&l, &arena);
    lab_same_tables(&l, plan, NULL, true);
    live_work(l.live, &busy);
    assert_true(busy);
    assert_null(l.live->entry[0]->round->columns);
    lab_same_tables(&l, plan, NULL, true);
    live_work(l.live, &busy);
    assert_false(busy);
    plan_free(plan);
    arena_clear(&arena);
    lab_same(&l, true);
    assert_int_equal(rmdir(file), 0);
    lab_stop(&l);
}

/* As many rows as there is room for are kept; with one more the round is
 * counted in the store, and nobody tries again before it changes. */
static void
test_rows_edge(void **state)
{
    struct lab l;
    size_t bytes;
    bool busy;

    (void)state;
    lab_start(&l, 10, false);
    lab_begin(&l);
    lab_put(&l);
    lab_commit(&l);
    lab_warm(&l);
    bytes = l.live->entry[0]->round->packing.bytes;
    lab_stop(&l);
    lab_start_with(&l, 10, (struct live_options){ .ask = report_fixed,
                                                  .bytes_max = 256 * bytes });
    while (l.last < 256) {
        lab_begin(&l);
        lab_put_some(&l, l.last < 253 ? 3 : 1);
        lab_commit(&l);
    }
    lab_warm(&l);
    l.plain.round->settle_due = true;
    lab_same(&l, true);
    lab_begin(&l);
    lab_put_some(&l, 1);
    lab_commit(&l);
    assert_null(lab_use(&l));
    assert_int_equal(l.faults, 1);
    live_work(l.live, &busy);
    assert_int_equal(l.faults, 2);
    for (int i = 0; i < 3; i++) {
        assert_null(lab_use(&l));
        live_work(l.live, &busy);
        assert_false(busy);
    }
    lab_same(&l, false);
    assert_int_equal(l.faults, 2);
    l.faults = 0;
    lab_stop(&l);
}

static int wide_tables;

/* So many tables of WIDE cells and some. */
static void
ask_wide(const struct instrument *in, enum scope scope, struct arena *arena,
         struct plan *plan)
{
    int *row = arena_take(arena, sizeof *row);
    struct question q = { .rows = row, .row_count = 1, .sum = -1 };
    struct err e = { 0 };

    (void)scope;
    *row = in->role[ROLE_MUNICIPALITY];
    q.columns = in->role[ROLE_SERVICES_DONE];
    for (int i = 0; i < wide_tables; i++)
        assert_ok(plan_add(plan, &q, &e) >= 0, &e);
}

/* The fixed tables of all units together: with one too many they are not
 * kept, and counted by rows. */
static void
test_cells_edge(void **state)
{
    const int most = LIVE_CELLS_MAX / 3 / (2 * WIDE);
    struct lab l;

    (void)state;
    for (int more = 0; more < 2; more++) {
        wide_tables = most + more;
        lab_start_with(&l, 11, (struct live_options){ .ask = ask_wide });
        lab_first_rows(&l);
        lab_warm(&l);
        assert_int_equal(l.live->entry[0]->round->all.runs, 1);
        assert_int_equal(l.live->entry[0]->round->unit.runs,
                         more == 0 ? 3 : 0);
        lab_same(&l, true);
        lab_stop(&l);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delta_full),
        cmocka_unit_test(test_no_columns),
        cmocka_unit_test(test_rows_edge),
        cmocka_unit_test(test_cells_edge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
