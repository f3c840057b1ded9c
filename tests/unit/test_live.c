/* test_live.c - what the server has in memory says what the store says.
 *
 * Whatever is written, by chance, in whatever order: after each commit every
 * fixed table and some that nobody thought of, of everybody and of each unit,
 * are the same from memory and from the store, and so are who counts, who
 * overlaps and how many there are of what. */
#include "intake_fixture.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include "../oracle/random_question.h"
#include "calc/answers.h"
#include "feed/decode.h"
#include "feed/live_private.h"
#include "report/fixed.h"
#include "store/log_queue.h"
#include "store/cache.h"
#include "tab/counter.h"
#include "web/writer.h"

enum { PEOPLE = 12, ASKED = 5, STEPS = 120, FIRST_ROWS = 25,
       MANY = 20, WIDE = 10000 };

struct lab {
    struct fixture f;
    struct live *live;
    struct log_queue *log;
    struct store *reader;
    struct opened plain, quick; /* the same round, without and with */
    struct chance chance;
    struct round_key key;
    struct buf sealed, text;
    int64_t last;               /* number given */
    int faults;                 /* said by live */
};

static void
say(void *ctx, const struct err *fault)
{
    struct lab *l = ctx;

    l->faults++;
    print_message("%s %s %s\n", fault->key, fault->arg[0], fault->arg[1]);
}

static void
reopen(struct lab *l)
{
    struct err e = { 0 };

    opened_clear(&l->plain);
    opened_clear(&l->quick);
    assert_ok(opened_init(&l->plain, l->reader, "r", &e)
              && opened_init(&l->quick, l->reader, "r", &e), &e);
    l->quick.live = l->live;
}

static void
start_with(struct lab *l, uint64_t seed, struct live_options o)
{
    struct err e = { 0 };

    memset(l, 0, sizeof *l);
    o.say = say;
    o.ctx = l;
    l->chance.state = seed;
    fixture_open(&l->f);
    l->reader = store_again(l->f.s, &e);
    assert_ok(l->reader != NULL, &e);
    l->log = log_queue_start(l->f.path, &e);
    assert_ok(l->log != NULL, &e);
    store_set_log_queue(l->reader, l->log);
    store_set_log_queue(l->f.s, l->log);
    o.store = l->reader;
    l->live = live_start(&o, &e);
    assert_ok(l->live != NULL, &e);
    assert_ok(key_load(store_keys(l->f.s), "r", &l->key, &e), &e);
    buf_init(&l->sealed, 0);
    buf_init(&l->text, 0);
    reopen(l);
}

static void
start(struct lab *l, uint64_t seed, bool thread)
{
    start_with(l, seed, (struct live_options){ .ask = report_fixed,
                                               .thread = thread });
}

static void
stop(struct lab *l)
{
    struct err e = { 0 };

    live_stop(l->live);
    assert_ok(log_queue_stop(l->log, &e), &e);
    opened_clear(&l->plain);
    opened_clear(&l->quick);
    store_close(l->reader);
    buf_clear(&l->sealed);
    buf_clear(&l->text);
    assert_int_equal(l->faults, 0);
    fixture_remove(&l->f);
}

/* ---- writing ---- */

static void
begin(struct lab *l)
{
    fixture_use(&l->f, "r");
    assert_ok(store_begin(l->f.s, &l->f.e), &l->f.e);
}

/* As the writer does it. */
static void
commit(struct lab *l)
{
    live_commits(l->live);
    assert_ok(store_commit(l->f.s, &l->f.e), &l->f.e);
    live_committed(l->live, l->f.s);
    live_told(l->live, l->f.s);
}

/* Those units that serve somebody, as sealed text; how many. */
static int
seal_units(struct lab *l, int v, int64_t number)
{
    const struct variable *var = &l->f.o.in->variables[v];
    char where[128];
    int chosen = 0;

    buf_reset(&l->text);
    buf_reset(&l->sealed);
    for (int i = 0; i < var->code_count; i++) {
        if (!chance_of(&l->chance, 50))
            continue;
        buf_printf(&l->text, "%s%s", chosen++ == 0 ? "units_serving:" : "|",
                   var->codes[i].id);
    }
    buf_byte(&l->text, '\n');
    decode_where(l->f.o.round, number, where);
    if (chosen > 0)
        key_seal(&l->key, store_random(l->f.s), where, l->text.data,
                 l->text.len, &l->sealed);
    return chosen;
}

/* Answers by chance of registration NUMBER, in the fixture's arena. */
static void
answer(struct lab *l, int64_t number, struct registration *r)
{
    const struct instrument *in = l->f.o.in;
    const struct layout *layout = opened_layout(&l->f.o);
    int32_t *value = arena_array(&l->f.arena, (size_t)in->variable_count,
                                 sizeof *value);
    uint8_t *answers = arena_take(&l->f.arena, layout->size);
    int serving = instrument_variable(in, "units_serving", 13);
    int most = chance_of(&l->chance, 70) ? 80 : 20;

    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    for (int i = 0; i < layout->count; i++) {
        int v = layout->field[i].variable;

        if (v != serving && chance_of(&l->chance, most))
            value[v] = random_value(&l->chance, in, v);
        else if (in->variables[v].takes_unknown
                 && chance_of(&l->chance, 30))
            value[v] = VALUE_UNKNOWN;
    }
    value[serving] = seal_units(l, serving, number);
    if (value[serving] == 0)
        value[serving] = VALUE_UNANSWERED;
    answers_pack(layout, value, answers);
    r->answers = answers;
    r->answers_len = layout->size;
    r->definition = l->f.o.round->definition;
    r->sealed = l->sealed.len > 0 ? (const uint8_t *)l->sealed.data : NULL;
    r->sealed_len = l->sealed.len;
}

static void
who(struct lab *l, uint8_t out[16])
{
    memset(out, chance_int(&l->chance, 1, PEOPLE), 16);
}

static void
random_registration(struct lab *l, int64_t number, struct registration *r)
{
    *r = (struct registration){
        .number = number, .unit = chance_int(&l->chance, 0, 2),
        .tier = chance_int(&l->chance, 1, 3), .completed_on = -1,
        .status = chance_of(&l->chance, 70) ? STATUS_COMPLETE
            : chance_of(&l->chance, 50) ? STATUS_DRAFT : STATUS_WITHDRAWN,
        .has_pseudonym = chance_of(&l->chance, 85)
    };
    if (r->status == STATUS_COMPLETE || chance_of(&l->chance, 20))
        r->completed_on = 16000 + chance_int(&l->chance, 0, 5);
    if (r->has_pseudonym)
        who(l, r->pseudonym);
    answer(l, number, r);
}

static void
put_some(struct lab *l, int count)
{
    struct registration r;
    int64_t from = l->last + 1;

    for (int i = 0; i < count; i++) {
        random_registration(l, ++l->last, &r);
        assert_ok(registration_put(l->f.s, &everyone, l->f.o.round, &r,
                                   &l->f.e), &l->f.e);
    }
    assert_ok(registration_put_done(l->f.s, &everyone, l->f.o.round, count,
                                    from, l->last, &l->f.e), &l->f.e);
}

static void
put(struct lab *l)
{
    put_some(l, chance_int(&l->chance, 1, 3));
}

/* A change of one that may have been deleted: then nothing happens. */
static void
change(struct lab *l)
{
    struct registration r;

    random_registration(l, chance_int(&l->chance, 1, (int)l->last), &r);
    if (!registration_change(l->f.s, &everyone, l->f.o.round, &r, "",
                             &l->f.e)) {
        assert_string_equal(l->f.e.key, "registration.unknown");
        err_clear(&l->f.e);
    }
}

static const char *const nord[] = { "nord" };
static const struct actor mappers[] = {
    { .name = "eva", .rights = "mapper", .purpose = "form",
      .all_units = true },
    { .name = "ola", .rights = "mapper", .purpose = "form",
      .all_units = true },
    { .name = "per", .rights = "mapper", .purpose = "form", .units = nord,
      .unit_count = 1 }
};

static void
start_work(struct lab *l)
{
    const struct actor *a = &mappers[chance_int(&l->chance, 0, 1)];
    uint8_t pseudonym[16];
    struct registration r;
    struct work_change c;
    struct work *w;
    int unit = chance_int(&l->chance, 0, 1);

    who(l, pseudonym);
    answer(l, 1, &r);
    c = (struct work_change){ .definition = r.definition,
                              .answers = r.answers,
                              .answers_len = r.answers_len };
    if (work_start(l->f.s, a, l->f.o.round, unit, unit + 1, pseudonym, &c,
                   &l->f.arena, &w, &l->f.e)) {
        l->last = w->number;
        return;
    }
    assert_true(strcmp(l->f.e.key, "work.known") == 0
                || strcmp(l->f.e.key, "work.opted_out") == 0);
    err_clear(&l->f.e);
}

/* One of a mapper's own is saved, finished, withdrawn, taken up again or
 * given another number. */
static void
go_on(struct lab *l)
{
    const struct actor *a = &mappers[chance_int(&l->chance, 0, 1)];
    const struct work *list;
    struct registration r;
    struct work_change c;
    struct work w;
    uint8_t pseudonym[16];
    int count;
    bool ok;

    assert_ok(work_list(l->f.s, a, l->f.o.round, &l->f.arena, &list, &count,
                        &l->f.e), &l->f.e);
    if (count == 0)
        return;
    w = list[chance_int(&l->chance, 0, count - 1)];
    answer(l, w.number, &r);
    c = (struct work_change){
        .definition = r.definition, .answers = r.answers,
        .answers_len = r.answers_len, .with_sealed = true,
        .sealed = r.sealed, .sealed_len = r.sealed_len
    };
    who(l, pseudonym);
    switch (chance_int(&l->chance, 0, 5)) {
    case 0:
        ok = work_save(l->f.s, a, l->f.o.round, &w, &c, &l->f.e);
        break;
    case 1: case 2:
        ok = work_finish(l->f.s, a, l->f.o.round, &w, &c, 16003, &l->f.e);
        break;
    case 3:
        ok = work_withdraw(l->f.s, a, l->f.o.round, &w, "", &l->f.e);
        break;
    case 4:
        ok = work_restore(l->f.s, a, l->f.o.round, &w, &l->f.e);
        break;
    default:
        ok = work_replace_person(l->f.s, a, l->f.o.round, &w, pseudonym,
                                 &l->f.e);
    }
    if (!ok)
        assert_int_equal(l->f.e.code, ERR_INPUT);
    err_clear(&l->f.e);
}

static void
opt_out(struct lab *l)
{
    uint8_t pseudonym[16];
    int64_t deleted;

    who(l, pseudonym);
    assert_ok(optout_add(l->f.s, &everyone, l->f.o.round, pseudonym,
                         &deleted, &l->f.e), &l->f.e);
}

/* The round has another service switched on from now on. */
static void
redefine(struct lab *l, int n)
{
    struct definition d, now;

    assert_ok(round_definition(l->f.s, l->f.o.round, 0, &l->f.arena, &now,
                               &l->f.e), &l->f.e);
    d = (struct definition){ .text = now.text, .len = now.len,
                             .switched_on = now.switched_on };
    d.text = arena_printf(&l->f.arena, "%.*s\n# %d\n", (int)now.len,
                          now.text, n);
    d.len = strlen(d.text);
    assert_ok(round_define(l->f.s, &everyone, l->f.o.round, &d, &l->f.e),
              &l->f.e);
}

/* One thing by chance, or one undone. */
static void
step(struct lab *l, int i)
{
    bool defined = false, settle = false;
    int what = chance_int(&l->chance, 0, 99);

    begin(l);
    if (what < 25)
        put(l);
    else if (what < 45)
        change(l);
    else if (what < 60)
        start_work(l);
    else if (what < 88)
        go_on(l);
    else if (what < 92)
        opt_out(l);
    else if (what < 94)
        defined = (redefine(l, i), true);
    else if (what < 97)
        settle = true;
    if (settle)
        assert_ok(feed_settle(&l->f.o, &everyone, &l->f.e), &l->f.e);
    commit(l);
    if (defined) {
        live_outdate(l->live);
        reopen(l);
    }
    l->plain.round->settle_due = true;  /* it decides for itself */
}

/* ---- comparing ---- */

static const char *const unit_id[] = { "nord", "sor", "ost" };

/* PLAN's tables of UNIT (NULL: of all) from both. MUST: from memory. */
static void
same_tables(struct lab *l, const struct plan *plan, const char *unit,
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

static struct plan *
random_plan(struct lab *l, struct arena *arena)
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

static void
same(struct lab *l, bool must)
{
    struct plan *plan[2];
    struct arena arena;
    struct err e = { 0 };

    arena_init(&arena);
    plan[0] = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_RECIPIENTS, &arena, plan[0]);
    plan[1] = random_plan(l, &arena);
    for (int k = 0; k < 2; k++) {
        same_tables(l, plan[k], NULL, must);
        plan_free(plan[k]);
    }
    plan[0] = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_UNIT, &arena, plan[0]);
    plan[1] = random_plan(l, &arena);
    for (int k = 0; k < 2; k++) {
        for (int u = 0; u < 3; u++)
            same_tables(l, plan[k], unit_id[u], must);
        plan_free(plan[k]);
    }
    same_work(l);
    if (must)
        same_counts(l);
    assert_ok(live_check(l->live, &e), &e);
    arena_clear(&arena);
}

static void
first_rows(struct lab *l)
{
    for (int i = 0; i < FIRST_ROWS; i++) {
        begin(l);
        put(l);
        commit(l);
    }
    l->plain.round->settle_due = true;
}

static struct entry *
use(struct lab *l)
{
    return live_use(l->live, &l->quick, &everyone);
}

/* Asks, so that the round is taken in, and lets the thread's work be done. */
static void
warm(struct lab *l)
{
    bool busy;

    assert_null(use(l));
    live_work(l->live, &busy);
    assert_true(busy);
    live_work(l->live, &busy);
}

static void
random_writes(uint64_t seed)
{
    struct lab l;
    bool busy;

    start(&l, seed, false);
    first_rows(&l);
    for (int i = 0; i < STEPS; i++) {
        bool has;

        step(&l, i);
        same(&l, false);
        /* What was emptied or can be made into columns is. */
        has = live_has(l.live, l.plain.round);
        if (!has || i % 7 == 0) {
            live_work(l.live, &busy);
            assert_true(live_has(l.live, l.plain.round));
            same(&l, true);
        }
    }
    stop(&l);
}

static void
test_random(void **state)
{
    (void)state;
    random_writes(1);
}

/* The round's entry, taken in, with columns. */
static struct entry *
warmed(struct lab *l)
{
    struct plan *plan;
    struct arena arena;
    struct entry *x;
    bool busy;

    warm(l);
    arena_init(&arena);
    plan = random_plan(l, &arena);
    same_tables(l, plan, NULL, true);
    live_work(l->live, &busy);
    plan_free(plan);
    arena_clear(&arena);
    x = l->live->entry[0];
    assert_true(x->round->made);
    assert_non_null(x->round->columns);
    return x;
}

/* Until everybody has been told nothing is decided, nor even known which
 * registrations it is about. */
static void
test_after_telling(void **state)
{
    struct lab l;
    struct entry *x;
    struct registration r;
    int64_t counting;

    (void)state;
    start(&l, 3, false);
    first_rows(&l);
    x = warmed(&l);
    counting = x->round->units[0].counting + x->round->units[1].counting
               + x->round->units[2].counting;
    begin(&l);
    random_registration(&l, ++l.last, &r);
    r.status = STATUS_COMPLETE;
    r.has_pseudonym = true;
    memset(r.pseudonym, 99, 16);
    assert_ok(registration_put(l.f.s, &everyone, l.f.o.round, &r, &l.f.e)
              && registration_put_done(l.f.s, &everyone, l.f.o.round, 1,
                                       l.last, l.last, &l.f.e), &l.f.e);
    live_commits(l.live);
    assert_ok(store_commit(l.f.s, &l.f.e), &l.f.e);
    live_committed(l.live, l.f.s);
    assert_int_equal(x->pending_count, 0);
    assert_int_equal(x->round->taken, 0);
    live_told(l.live, l.f.s);
    assert_int_equal(x->pending_count, 1);
    assert_int_equal(x->round->taken, 0);
    /* Who sees some units does not wait for it; who sees all and comes
     * first does it. */
    assert_null(live_use(l.live, &l.quick, &mappers[2]));
    assert_int_equal(x->round->taken, 0);
    assert_ptr_equal(use(&l), x);
    assert_int_equal(x->round->taken, 1);
    assert_int_equal(x->round->undecided_count, 0);
    assert_int_equal(x->round->units[0].counting
                     + x->round->units[1].counting
                     + x->round->units[2].counting, counting + 1);
    live_leave(l.live, x);
    l.plain.round->settle_due = true;
    same(&l, true);
    /* A draft changes nothing but how many there are: that, too. */
    assert_non_null(live_use(l.live, &l.quick, &mappers[2]));
    live_leave(l.live, x);
    begin(&l);
    while (x->pending_count == 0) {
        start_work(&l);
        commit(&l);
        if (x->pending_count == 0)
            begin(&l);
    }
    assert_null(live_use(l.live, &l.quick, &mappers[2]));
    same(&l, true);
    stop(&l);
}

/* One that is there no more is taken out. */
static void
test_vanished(void **state)
{
    struct lab l;
    struct entry *x;
    sqlite3 *db;
    char *file;

    (void)state;
    start(&l, 12, false);
    first_rows(&l);
    x = warmed(&l);
    file = arena_printf(&l.f.arena, "%s/brukerplan.db", l.f.path);
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    for (int64_t number = 1; number <= 9; number++) {
        const char *sql = arena_printf(&l.f.arena, "delete from registration"
                                       " where number = %d", (int)number);

        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL),
                         SQLITE_OK);
        assert_true(live_round_take(x->round, number, &l.f.e));
        live_round_decide(x->round);
    }
    sqlite3_close(db);
    assert_int_equal(x->round->held[0].status, HELD_GONE);
    same(&l, true);
    stop(&l);
}

/* Whoever it is: when the deletion can be acknowledged nothing is left in
 * memory, columns and delta included, and no file. */
static void
delete_one(struct lab *l, int person)
{
    struct entry *x = warmed(l);
    struct live_round *r = x->round;
    uint8_t pseudonym[16];
    int64_t deleted;

    memset(pseudonym, person, 16);
    begin(l);
    put(l);
    commit(l);
    assert_ptr_equal(use(l), x);
    live_leave(l->live, x);
    begin(l);
    assert_ok(optout_add(l->f.s, &everyone, l->f.o.round, pseudonym,
                         &deleted, &l->f.e), &l->f.e);
    live_commits(l->live);
    assert_ok(store_commit(l->f.s, &l->f.e), &l->f.e);
    live_committed(l->live, l->f.s);
    assert_false(r->made);
    assert_true(r->held == NULL && r->row == NULL && r->person == NULL
                && r->columns == NULL && r->delta_row == NULL
                && r->all.run == NULL && r->unit.run == NULL);
    assert_int_not_equal(access(cache_file(l->f.path, "@live-r",
                                           &l->f.arena), F_OK), 0);
    live_told(l->live, l->f.s);
    l->plain.round->settle_due = true;
}

static void
test_deletion(void **state)
{
    struct lab l;

    (void)state;
    start(&l, 4, false);
    first_rows(&l);
    delete_one(&l, 1);
    delete_one(&l, 2);
    delete_one(&l, 200);        /* one whom nobody has registered */
    warm(&l);
    same(&l, true);
    stop(&l);
}

static void
change_many(struct lab *l, struct entry *x)
{
    begin(l);
    for (int i = 0; i < MANY; i++)
        change(l);
    commit(l);
    assert_ptr_equal(use(l), x);
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
    start(&l, 5, false);
    first_rows(&l);
    x = warmed(&l);
    while (x->round->columns != NULL
           && x->round->delta_count < LIVE_DELTA_MAX - 8 * MANY)
        change_many(&l, x);
    assert_non_null(x->round->columns);
    l.plain.round->settle_due = true;
    same(&l, true);
    while (x->round->columns != NULL) {
        assert_true(x->round->delta_count <= LIVE_DELTA_MAX);
        change_many(&l, x);
    }
    assert_int_equal(x->round->delta_count, 0);
    same(&l, true);
    live_work(l.live, &busy);
    assert_non_null(x->round->columns);
    same(&l, true);
    stop(&l);
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
    start(&l, 14, false);
    first_rows(&l);
    file = cache_file(l.f.path, "@live-r", &l.f.arena);
    assert_int_equal(mkdir(file, 0700), 0);
    warm(&l);
    arena_init(&arena);
    plan = random_plan(&l, &arena);
    same_tables(&l, plan, NULL, true);
    live_work(l.live, &busy);
    assert_true(busy);
    assert_null(l.live->entry[0]->round->columns);
    same_tables(&l, plan, NULL, true);
    live_work(l.live, &busy);
    assert_false(busy);
    plan_free(plan);
    arena_clear(&arena);
    same(&l, true);
    assert_int_equal(rmdir(file), 0);
    stop(&l);
}

/* What is counted wrongly is found. */
static void
test_check_finds(void **state)
{
    struct lab l;
    struct entry *x;
    struct err e = { 0 };
    struct live_round *r;

    (void)state;
    start(&l, 6, false);
    first_rows(&l);
    for (int i = 0; i < 4; i++) {
        x = i == 0 ? warmed(&l) : l.live->entry[0];
        if (i > 0)
            warm(&l);
        r = x->round;
        if (i == 0)
            r->all.run[0]->counter[0].base[0]++;
        else if (i == 1)
            r->unit.run[1]->counter[0].outside[0].unknown++;
        else if (i == 2)
            r->work[0].count++;
        else
            r->sizes[0]++;
        assert_false(live_check(l.live, &e));
        assert_string_equal(e.key, "live.differs");
        err_clear(&e);
        assert_false(r->made);
    }
    stop(&l);
}

/* Somebody else has written: the round is taken in anew. */
static void
test_other_writer(void **state)
{
    struct lab l;
    bool busy;

    (void)state;
    start(&l, 7, false);
    first_rows(&l);
    warmed(&l);
    begin(&l);
    put(&l);
    assert_ok(store_commit(l.f.s, &l.f.e), &l.f.e);
    assert_null(use(&l));
    live_work(l.live, &busy);
    l.plain.round->settle_due = true;
    same(&l, true);
    stop(&l);
}

/* The number of the newest record of the log, and in *TEXT what those after
 * FROM say, a line each, but for when. */
static int64_t
logged(struct lab *l, int64_t from, const char **text)
{
    const char *file = arena_printf(&l->f.arena, "%s/access.db", l->f.path);
    struct err e = { 0 };
    struct buf b;
    sqlite3 *db;
    sqlite3_stmt *st;

    assert_ok(store_log_flush(l->reader, &e), &e);
    buf_init(&b, 0);
    assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "select number, actor || ' '"
        " || rights || ' ' || purpose || ' ' || action || ' ' || round"
        " || ' ' || units || ' ' || what || ' ' || entries || ' '"
        " || numbers from access_log where round <> '' and number > ?"
        " order by number", -1, &st, NULL), SQLITE_OK);
    sqlite3_bind_int64(st, 1, from);
    while (sqlite3_step(st) == SQLITE_ROW) {
        from = sqlite3_column_int64(st, 0);
        buf_printf(&b, "%s\n", (const char *)sqlite3_column_text(st, 1));
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    *text = arena_text(&l->f.arena, buf_string(&b));
    buf_clear(&b);
    return from;
}

/* PLAN of UNIT (NULL: of all), from memory as from the store, and with the
 * same records, which are given back: twice, for the store's first reading
 * of a closed round makes columns. */
static const char *
same_log(struct lab *l, const struct plan *plan, const char *unit)
{
    enum scope scope = unit != NULL ? SCOPE_UNIT : SCOPE_RECIPIENTS;
    struct run *run[3];
    const char *text[3];
    struct err e = { 0 };
    int64_t last = logged(l, 0, &text[0]);

    for (int i = 0; i < 3; i++) {
        run[i] = run_new(plan);
        assert_ok(feed_run(i < 2 ? &l->plain : &l->quick, &everyone, scope,
                           unit, "same", plan, run[i], &e), &e);
        last = logged(l, last, &text[i]);
    }
    assert_int_equal(run_differs(run[1], run[2]), -1);
    assert_string_equal(text[1], text[2]);
    for (int i = 0; i < 3; i++)
        run_free(run[i]);
    return text[2];
}

/* The same of who overlaps, of how far the work has come, and of how many
 * there are as one sees them who does not see all units. */
static void
same_log_counts(struct lab *l)
{
    struct unit_count counts[2][3];
    struct overlap overlap[2];
    const struct work_count *list;
    const char *text[2];
    struct err e = { 0 };
    int64_t last = logged(l, 0, &text[0]);
    int n;

    for (int i = 0; i < 2; i++) {
        struct opened *o = i == 0 ? &l->plain : &l->quick;

        assert_ok(feed_overlap(o, &everyone, &overlap[i], &e)
                  && live_work_counts(o, &mappers[2], &l->f.arena, &list, &n,
                                      &e)
                  && live_unit_counts(o, &mappers[2], counts[i], &e), &e);
        last = logged(l, last, &text[i]);
    }
    assert_memory_equal(&overlap[0], &overlap[1], sizeof overlap[0]);
    assert_non_null(strstr(text[0], " settle "));
    assert_string_equal(text[0], text[1]);
    /* Which counts is as it was settled, and as it is decided now. */
    if (!l->plain.round->settle_due)
        assert_memory_equal(counts[0], counts[1], sizeof counts[0]);
}

/* The sexes of those whom QUESTION is about, and, SEALED, by whom they are
 * served. */
static struct plan *
served_plan(struct lab *l, const char *where, bool sealed)
{
    const struct instrument *in = l->plain.in;
    int serving = instrument_variable(in, "units_serving", 13);
    struct question q = { .rows = &in->role[ROLE_SEX], .row_count = 1,
                          .columns = -1, .where = where, .sum = -1 };
    struct plan *plan = plan_new(in);
    struct err e = { 0 };

    assert_ok(plan_add(plan, &q, &e) >= 0, &e);
    q.where = NULL;
    q.rows = memcpy(arena_take(&l->f.arena, sizeof serving), &serving,
                    sizeof serving);
    if (sealed)
        assert_ok(plan_add(plan, &q, &e) >= 0, &e);
    return plan;
}

/* The round as it is now: open or CLOSED, DUE to be settled or not. What is
 * sealed is read only for what is asked of it. */
static void
same_logs(struct lab *l, bool closed, bool due)
{
    const struct { const char *where; bool table, sealed; } asked[] = {
        { "units_serving is answered", false, false },
        { "units_serving in {nord}", false, true },
        { "sex = female", true, true },
    };
    struct plan *plan;

    live_outdate(l->live);
    reopen(l);
    warm(l);
    assert_ptr_equal(use(l), l->live->entry[0]);
    assert_true(l->live->entry[0]->round->sealed);
    live_leave(l->live, l->live->entry[0]);
    assert_int_equal(l->plain.round->status,
                     closed ? ROUND_CLOSED : ROUND_OPEN);
    assert_int_equal(l->plain.round->settle_due, due);
    plan = plan_new(l->plain.in);
    report_fixed(l->plain.in, SCOPE_RECIPIENTS, &l->f.arena, plan);
    same_log(l, plan, NULL);
    plan_free(plan);
    for (int i = 0; i < 3; i++) {
        const char *of_all, *of_unit;

        plan = served_plan(l, asked[i].where, asked[i].table);
        of_all = same_log(l, plan, NULL);
        assert_int_equal(strstr(of_all, " settle ") != NULL, due);
        assert_int_equal(strstr(of_all, " read_sealed ") != NULL,
                         asked[i].sealed);
        of_unit = same_log(l, plan, "sor");
        assert_null(strstr(of_unit, " settle "));
        assert_int_equal(strstr(of_unit, " read_sealed ") != NULL,
                         asked[i].sealed);
        plan_free(plan);
    }
    same_log_counts(l);
}

/* What the log says of a reading is what it would have said, as long as a
 * round lasts: an hourly record is not written again because another has
 * answered. */
static void
test_logged(void **state)
{
    struct lab l;
    struct plan *plan;
    const char *complete, *counting;

    (void)state;
    start(&l, 8, false);
    first_rows(&l);
    same_logs(&l, false, true);
    plan = served_plan(&l, "", false);
    complete = same_log(&l, plan, NULL);
    plan_free(plan);
    begin(&l);
    assert_ok(feed_settle(&l.f.o, &everyone, &l.f.e), &l.f.e);
    commit(&l);
    same_logs(&l, false, false);
    plan = served_plan(&l, "", false);
    counting = same_log(&l, plan, NULL);
    plan_free(plan);
    /* Some are superseded, or the two would say the same. */
    assert_null(strstr(complete, counting));
    begin(&l);
    assert_ok(round_set_status(l.f.s, &everyone, l.f.o.round, ROUND_CLOSED,
                               "", &l.f.e), &l.f.e);
    commit(&l);
    same_logs(&l, true, false);
    begin(&l);
    opt_out(&l);
    put(&l);
    commit(&l);
    same_logs(&l, true, true);
    stop(&l);
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
    start(&l, 10, false);
    begin(&l);
    put(&l);
    commit(&l);
    warm(&l);
    bytes = l.live->entry[0]->round->packing.bytes;
    stop(&l);
    start_with(&l, 10, (struct live_options){ .ask = report_fixed,
                                              .bytes_max = 256 * bytes });
    while (l.last < 256) {
        begin(&l);
        put_some(&l, l.last < 253 ? 3 : 1);
        commit(&l);
    }
    warm(&l);
    l.plain.round->settle_due = true;
    same(&l, true);
    begin(&l);
    put_some(&l, 1);
    commit(&l);
    assert_null(use(&l));
    assert_int_equal(l.faults, 1);
    live_work(l.live, &busy);
    assert_int_equal(l.faults, 2);
    for (int i = 0; i < 3; i++) {
        assert_null(use(&l));
        live_work(l.live, &busy);
        assert_false(busy);
    }
    same(&l, false);
    assert_int_equal(l.faults, 2);
    l.faults = 0;
    stop(&l);
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
        start_with(&l, 11, (struct live_options){ .ask = ask_wide });
        first_rows(&l);
        warm(&l);
        assert_int_equal(l.live->entry[0]->round->all.runs, 1);
        assert_int_equal(l.live->entry[0]->round->unit.runs,
                         more == 0 ? 3 : 0);
        same(&l, true);
        stop(&l);
    }
}

/* ---- threads ---- */

struct askers {
    struct lab *l;
    const struct plan *plan;
    atomic_bool stop;
    atomic_int answers;
};

/* Every table of an answer is of the same people. */
static void *
ask_on(void *ctx)
{
    struct askers *a = ctx;
    struct err e = { 0 };
    struct store *s = store_again(a->l->f.s, &e);
    struct opened o;

    if (s == NULL || !opened_init(&o, s, "r", &e))
        return ctx;
    store_set_log_queue(s, a->l->log);
    o.live = a->l->live;
    while (!atomic_load(&a->stop)) {
        struct run *run = run_new(a->plan);
        bool left, ok = live_run(&o, &everyone, SCOPE_RECIPIENTS, NULL, true,
                                 "threads", run, &left, &e);

        for (int i = 0; ok && !left && i < a->plan->count; i++) {
            const struct table *t = run_table(run, i);
            const struct outside *out = t->outside;

            if (t->shape == SHAPE_ONE_WAY
                && t->base[0] + out->unanswered + out->unknown
                   + out->not_asked != run_seen(run))
                ok = false;
        }
        run_free(run);
        if (!ok)
            return ctx;
        atomic_fetch_add(&a->answers, !left);
        usleep(1000);           /* the log has to keep up, too */
    }
    opened_clear(&o);
    store_close(s);
    return NULL;
}

struct one_write {
    struct write_job job;       /* first */
    struct lab *l;
    void (*what)(struct lab *l);
};

static bool
write_one(struct write_job *job, struct store *s, struct err *e)
{
    struct one_write *w = (struct one_write *)job;

    (void)s;
    (void)e;
    fixture_use(&w->l->f, "r");
    w->what(w->l);
    return true;
}

static void
watch_commits(void *ctx)
{
    live_commits(((struct lab *)ctx)->live);
}

static void
watch_committed(void *ctx)
{
    live_committed(((struct lab *)ctx)->live, ((struct lab *)ctx)->f.s);
}

static void
watch_told(void *ctx, bool undone)
{
    (void)undone;
    live_told(((struct lab *)ctx)->live, ((struct lab *)ctx)->f.s);
}

static const struct writer_watch watch_lab = {
    .commits = watch_commits, .committed = watch_committed,
    .told = watch_told
};

/* What a job sees of the round when its answer leaves. */
struct answered {
    struct one_write one;       /* first */
    atomic_int waits;           /* not yet taken in */
    atomic_int taken;
    atomic_bool used;           /* it could be counted by */
    atomic_bool done;
};

static void
answer_leaves(struct write_job *job)
{
    struct answered *a = (struct answered *)job;
    struct lab *l = a->one.l;
    const struct entry *x = l->live->entry[0];

    assert_true(job->ok);
    atomic_store(&a->waits, x->pending_count);
    atomic_store(&a->taken, (int)x->round->taken);
    atomic_store(&a->used, use(l) != NULL);
    atomic_store(&a->done, true);
}

/* The writer's order: on disk, the answer, and only then is it known which
 * registrations it was about; whoever counts after that waits for it. */
static void
test_writer(void **state)
{
    struct lab l;
    struct answered a = {
        .one = { .job = { .work = write_one, .done = answer_leaves },
                 .l = &l, .what = put }
    };
    struct writer_watch watch = watch_lab;
    struct writer *w;
    struct err e = { 0 };
    struct entry *x;

    (void)state;
    start(&l, 13, false);
    first_rows(&l);
    x = warmed(&l);
    watch.ctx = &l;
    w = writer_start(l.f.s, &watch, &e);
    assert_ok(w != NULL, &e);
    for (int i = 1; i <= 20; i++) {
        int64_t last = l.last;

        atomic_store(&a.done, false);
        writer_submit(w, &a.one.job);
        while (!atomic_load(&a.done))
            usleep(100);
        assert_int_equal(atomic_load(&a.waits), 0);
        assert_int_equal(atomic_load(&a.taken), x->round->taken);
        assert_false(atomic_load(&a.used));
        assert_ptr_equal(use(&l), x);
        assert_int_equal(x->round->taken,
                         atomic_load(&a.taken) + l.last - last);
        live_leave(l.live, x);
    }
    writer_stop(w);
    l.plain.round->settle_due = true;
    same(&l, true);
    stop(&l);
}

static void
write_all(struct lab *l, struct writer *w)
{
    static void (*const what[])(struct lab *) = {
        put, change, start_work, go_on, put, change, change, change
    };

    for (int i = 0; i < STEPS; i++) {
        struct one_write one = {
            .job.work = write_one, .l = l, .what = what[i % 8]
        };

        if (i % 40 == 39)
            one.what = opt_out;
        assert_ok(writer_run(w, &one.job), &one.job.err);
    }
}

static void
test_threads(void **state)
{
    pthread_t thread[3];
    struct lab l;
    struct askers a = { .l = &l };
    struct writer_watch watch = watch_lab;
    struct writer *w;
    struct plan *plan;
    struct arena arena;
    struct err e = { 0 };
    void *wrong;

    (void)state;
    start(&l, 9, true);
    first_rows(&l);
    arena_init(&arena);
    plan = random_plan(&l, &arena);
    for (int v = 0; v < 40; v++) {
        struct question q = { .rows = &(int){ v }, .row_count = 1,
                              .columns = -1, .sum = -1 };

        q.rows = memcpy(arena_take(&arena, sizeof v), &v, sizeof v);
        if (plan_add(plan, &q, &e) < 0)
            err_clear(&e);
    }
    a.plan = plan;
    watch.ctx = &l;
    w = writer_start(l.f.s, &watch, &e);
    assert_ok(w != NULL, &e);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_on, &a), 0);
    write_all(&l, w);
    while (atomic_load(&a.answers) < 20)
        usleep(1000);
    atomic_store(&a.stop, true);
    for (int i = 0; i < 3; i++) {
        pthread_join(thread[i], &wrong);
        assert_null(wrong);
    }
    writer_stop(w);
    assert_ok(live_check(l.live, &e), &e);
    plan_free(plan);
    arena_clear(&arena);
    stop(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_after_telling),
        cmocka_unit_test(test_vanished),
        cmocka_unit_test(test_deletion),
        cmocka_unit_test(test_delta_full),
        cmocka_unit_test(test_no_columns),
        cmocka_unit_test(test_check_finds),
        cmocka_unit_test(test_other_writer),
        cmocka_unit_test(test_logged),
        cmocka_unit_test(test_rows_edge),
        cmocka_unit_test(test_cells_edge),
        cmocka_unit_test(test_writer),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
