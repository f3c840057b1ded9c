/* test_work.c - a mapper's own registrations: whose they are, what becomes
 * a version, what is logged, and that nothing tells of another unit. */
#include "store_fixture.h"
#include <sqlite3.h>
#include "store/work.h"

enum { HOUR = 3600000 };

static const char *const nord[] = { "nord" };
static const char *const vest[] = { "vest" };
static const struct actor ola = {
    .name = "ola", .rights = "mapper", .purpose = "form", .units = nord,
    .unit_count = 1
};
static const struct actor eva = {
    .name = "eva", .rights = "mapper", .purpose = "form", .units = nord,
    .unit_count = 1
};
static const struct actor per = {
    .name = "per", .rights = "mapper", .purpose = "form", .units = vest,
    .unit_count = 1
};

/* Answers of SALT, and the change that writes them. */
static struct work_change
answers_of(int salt, uint8_t out[ANSWERS])
{
    person_bytes(5000000 + salt, out, ANSWERS);
    return (struct work_change){
        .definition = 1, .answers = out, .answers_len = ANSWERS
    };
}

/* Starts, commits; WHO 0 is without a number. False with E set. */
static bool
try_start(struct fixture *f, const struct actor *actor, int unit, int tier,
          int who, struct work **out, struct err *e)
{
    uint8_t pseudonym[16], *answers = arena_take(&f->arena, ANSWERS);
    struct work_change c = answers_of(who, answers);

    person_bytes(who, pseudonym, 16);
    begin(f);
    if (!work_start(f->s, actor, f->round, unit, tier,
                    who > 0 ? pseudonym : NULL, &c, &f->arena, out, e)) {
        store_rollback(f->s);
        return false;
    }
    return store_commit(f->s, e);
}

static struct work *
start(struct fixture *f, const struct actor *actor, int unit, int who)
{
    struct work *w;
    struct err e;

    err_clear(&e);
    assert_ok(try_start(f, actor, unit, 1, who, &w, &e), &e);
    return w;
}

static bool
try_save(struct fixture *f, const struct actor *actor, struct work *w,
         int salt, const char *sealed, struct err *e)
{
    uint8_t answers[ANSWERS];
    struct work_change c = answers_of(salt, answers);

    if (sealed != NULL) {
        c.with_sealed = true;
        c.sealed = (const uint8_t *)sealed;
        c.sealed_len = strlen(sealed);
    }
    begin(f);
    if (!work_save(f->s, actor, f->round, w, &c, e)) {
        store_rollback(f->s);
        return false;
    }
    return store_commit(f->s, e);
}

static void
save(struct fixture *f, struct work *w, int salt)
{
    struct err e;

    err_clear(&e);
    assert_ok(try_save(f, &ola, w, salt, NULL, &e), &e);
}

static void
finish(struct fixture *f, struct work *w, const struct work_change *c)
{
    struct err e;

    err_clear(&e);
    begin(f);
    assert_ok(work_finish(f->s, &ola, f->round, w, c, 20500, &e), &e);
    commit(f);
}

static struct work *
find(struct fixture *f, const struct actor *actor, const struct work *w)
{
    struct work *found;
    struct err e;

    err_clear(&e);
    assert_ok(work_find(f->s, actor, f->round, w->public_id, true,
                        &f->arena, &found, &e), &e);
    return found;
}

static int64_t
versions(struct fixture *f, const struct work *w)
{
    struct err e;
    int64_t n;

    err_clear(&e);
    assert_ok(registration_versions(f->s, &everyone, f->round, w->number,
                                    &n, &e), &e);
    return n;
}

/* How many records of the log have ACTION. */
static int
logged(struct fixture *f, const char *action)
{
    struct err e;
    struct db_stmt *st;
    int n = 0;

    err_clear(&e);
    st = db_use(f->s->log, SQL_LOG_ALL, &e);
    while (db_step(st, &e) == DB_ROW)
        n += strcmp(db_text(st, 6), action) == 0;
    db_done(st);
    return n;
}

static void
test_own(void **state)
{
    struct fixture f;
    const struct work *list;
    struct work *a, *b, *w;
    struct err e, last;
    int n, reads;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    a = start(&f, &ola, 0, 1);
    b = start(&f, &ola, 0, 2);
    w = start(&f, &eva, 0, 3);
    assert_int_equal(a->running, 1);
    assert_int_equal(b->running, 2);
    assert_int_equal(w->running, 1);
    assert_int_equal(a->revision, 1);
    assert_false(f.round->settle_due);
    reads = logged(&f, "read_sealed");
    assert_non_null(find(&f, &ola, b));
    assert_null(find(&f, &ola, w));
    assert_null(find(&f, &eva, a));
    assert_null(find(&f, &everyone, a));
    assert_int_equal(logged(&f, "read_sealed"), reads + 4);

    reads = logged(&f, "read");
    assert_ok(work_list(f.s, &ola, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].running, 2);
    assert_int_equal(list[1].running, 1);
    assert_int_equal(list[1].answers_len, ANSWERS);
    assert_memory_equal(list[1].answers, a->answers, ANSWERS);
    assert_int_equal(logged(&f, "read"), reads + 1);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

/* Whose unit was taken away finds nothing there any more. */
static void
test_unit_lost(void **state)
{
    struct actor moved = ola;
    struct fixture f;
    const struct work *list;
    struct work *w;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    moved.units = vest;
    assert_null(find(&f, &moved, w));
    assert_ok(work_list(f.s, &moved, f.round, &f.arena, &list, &n, &e),
              &e);
    assert_int_equal(n, 0);
    fixture_remove(&f);
}

static void
test_refused(void **state)
{
    struct fixture f;
    struct work *w;
    struct unit units[3];
    uint8_t pseudonym[16];
    struct err e;
    int64_t n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    start(&f, &ola, 0, 1);
    assert_fails(try_start(&f, &ola, 0, 1, 1, &w, &e), &e, ERR_INPUT,
                 "work.known");
    assert_fails(try_start(&f, &eva, 0, 1, 1, &w, &e), &e, ERR_INPUT,
                 "work.known");
    /* Another tier of the unit is another unit, and so is another unit. */
    assert_ok(try_start(&f, &eva, 0, 2, 1, &w, &e), &e);
    assert_ok(try_start(&f, &per, 2, 1, 1, &w, &e), &e);
    assert_fails(try_start(&f, &ola, 0, 2, 0, &w, &e), &e, ERR_INPUT,
                 "work.number_required");
    assert_ok(try_start(&f, &ola, 0, 1, 0, &w, &e), &e);
    assert_fails(try_start(&f, &ola, 0, 3, 9, &w, &e), &e, ERR_INPUT,
                 "work.tier");
    assert_fails(try_start(&f, &ola, 2, 1, 9, &w, &e), &e, ERR_INPUT,
                 "registration.unit_denied");
    person_bytes(9, pseudonym, 16);
    begin(&f);
    assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &n, &e), &e);
    commit(&f);
    assert_fails(try_start(&f, &ola, 0, 1, 9, &w, &e), &e, ERR_INPUT,
                 "work.opted_out");
    memcpy(units, f.round->units, sizeof units);
    units[0].off = true;
    f.round->units = units;
    assert_fails(try_start(&f, &ola, 0, 1, 8, &w, &e), &e, ERR_INPUT,
                 "work.unit_off");
    fixture_remove(&f);
}

static void
test_save(void **state)
{
    struct fixture f;
    struct work *w, other;
    struct err e;
    uint8_t want[ANSWERS];
    int writes;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    other = *w;
    writes = logged(&f, "write");
    for (int i = 1; i <= 20; i++)
        save(&f, w, i);
    assert_int_equal(logged(&f, "write"), writes);
    assert_int_equal(w->revision, 21);
    assert_fails(try_save(&f, &ola, &other, 50, NULL, &e), &e, ERR_INPUT,
                 "work.changed");
    assert_fails(try_save(&f, &eva, w, 50, NULL, &e), &e, ERR_INPUT,
                 "work.changed");
    f.fixed.now_ms += HOUR;
    assert_ok(try_save(&f, &ola, w, 30, "sealed", &e), &e);
    save(&f, w, 31);
    assert_int_equal(logged(&f, "write"), writes + 1);
    assert_int_equal(versions(&f, w), 0);

    w = find(&f, &ola, w);
    answers_of(31, want);
    assert_memory_equal(w->answers, want, ANSWERS);
    assert_int_equal(w->sealed_len, 6);
    assert_int_equal(w->revision, 23);
    assert_ok(try_save(&f, &ola, w, 32, "", &e), &e);
    assert_false(f.round->settle_due);
    fixture_remove(&f);
}

/* The answers move to the layout of the newest definition. */
static void
test_definition(void **state)
{
    const struct definition next = { 2, "id: newer\n", 10, "", NULL };
    uint8_t answers[ANSWERS];
    struct work_change c = answers_of(1, answers);
    struct fixture f;
    struct work *w;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    begin(&f);
    assert_ok(round_define(f.s, &everyone, f.round, &next, &e), &e);
    c.definition = 2;
    assert_ok(work_save(f.s, &ola, f.round, w, &c, &e), &e);
    commit(&f);
    assert_int_equal(find(&f, &ola, w)->definition, 2);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

/* One version for what stood at "Ferdig", then one an hour of changes. */
static void
test_versions(void **state)
{
    struct fixture f;
    struct work *w;
    struct err e;
    uint8_t blanked[ANSWERS];
    struct work_change c = answers_of(77, blanked);
    int writes;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    f.fixed.now_ms -= f.fixed.now_ms % HOUR;
    w = start(&f, &ola, 0, 1);
    writes = logged(&f, "write");
    assert_ok(try_save(&f, &ola, w, 1, "sealed-one", &e), &e);
    finish(&f, w, NULL);
    assert_int_equal(logged(&f, "write"), writes);
    assert_int_equal(w->status, STATUS_COMPLETE);
    assert_int_equal(w->completed_on, 20500);
    assert_int_equal(versions(&f, w), 0);
    assert_true(f.round->settle_due);

    for (int i = 2; i < 8; i++)
        save(&f, w, i);
    assert_int_equal(versions(&f, w), 1);
    assert_int_equal(find(&f, &ola, w)->sealed_len, 10);
    f.fixed.now_ms += HOUR;
    save(&f, w, 8);
    save(&f, w, 9);
    assert_int_equal(versions(&f, w), 2);
    finish(&f, w, NULL);
    assert_int_equal(w->completed_on, 20500);
    assert_int_equal(versions(&f, w), 2);
    finish(&f, w, &c);
    assert_int_equal(versions(&f, w), 3);
    assert_memory_equal(find(&f, &ola, w)->answers, blanked, ANSWERS);
    fixture_remove(&f);
}

static bool
replace(struct fixture *f, struct work *w, int who, struct err *e)
{
    uint8_t pseudonym[16];
    bool ok;

    person_bytes(who, pseudonym, 16);
    begin(f);
    ok = work_replace_person(f->s, &ola, f->round, w,
                             who > 0 ? pseudonym : NULL, e);
    if (!ok) {
        store_rollback(f->s);
        return false;
    }
    return store_commit(f->s, e);
}

static bool
withdraw(struct fixture *f, struct work *w, bool back, struct err *e)
{
    bool ok;

    begin(f);
    ok = back ? work_restore(f->s, &ola, f->round, w, e)
              : work_withdraw(f->s, &ola, f->round, w, "twice", e);
    if (!ok) {
        store_rollback(f->s);
        return false;
    }
    return store_commit(f->s, e);
}

static void
test_withdraw(void **state)
{
    struct fixture f;
    struct work *w, *again;
    struct err e, last;
    int writes;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    finish(&f, w, NULL);
    writes = logged(&f, "write");
    assert_fails(withdraw(&f, w, true, &e), &e, ERR_INPUT,
                 "work.not_withdrawn");
    assert_ok(withdraw(&f, w, false, &e), &e);
    assert_int_equal(logged(&f, "write"), writes + 1);
    assert_int_equal(versions(&f, w), 1);
    assert_fails(withdraw(&f, w, false, &e), &e, ERR_INPUT,
                 "work.withdrawn");
    assert_fails(try_save(&f, &ola, w, 2, NULL, &e), &e, ERR_INPUT,
                 "work.withdrawn");
    assert_ok(withdraw(&f, w, true, &e), &e);
    assert_int_equal(w->status, STATUS_COMPLETE);
    assert_int_equal(find(&f, &ola, w)->completed_on, 20500);
    /* A draft is a draft again; not when the person came anew. */
    again = start(&f, &ola, 0, 2);
    assert_ok(withdraw(&f, again, false, &e), &e);
    assert_ok(withdraw(&f, again, true, &e), &e);
    assert_int_equal(find(&f, &ola, again)->status, STATUS_DRAFT);
    assert_ok(withdraw(&f, again, false, &e), &e);
    start(&f, &eva, 0, 2);
    assert_fails(withdraw(&f, again, true, &e), &e, ERR_INPUT,
                 "work.known");
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_replace(void **state)
{
    struct fixture f;
    struct work *w, *found;
    uint8_t pseudonym[16];
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    start(&f, &eva, 0, 2);
    start(&f, &per, 2, 3);
    assert_fails(replace(&f, w, 2, &e), &e, ERR_INPUT, "work.known");
    assert_ok(replace(&f, w, 3, &e), &e);
    assert_int_equal(versions(&f, w), 0);
    assert_int_equal(w->revision, 2);
    assert_ok(replace(&f, w, 3, &e), &e);
    assert_int_equal(w->revision, 2);
    person_bytes(3, pseudonym, 16);
    assert_ok(work_person(f.s, &eva, f.round, 0, 1, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_int_equal(found->running, 1);
    finish(&f, w, NULL);
    assert_ok(replace(&f, w, 0, &e), &e);
    assert_int_equal(versions(&f, w), 1);
    assert_false(find(&f, &ola, w)->has_pseudonym);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static const uint8_t zeros[16];

static void
test_person(void **state)
{
    struct fixture f;
    struct work *w, *found;
    uint8_t pseudonym[16];
    struct err e;
    int reads;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    person_bytes(1, pseudonym, 16);
    reads = logged(&f, "read");
    assert_ok(work_person(f.s, &ola, f.round, 0, 1, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_memory_equal(found->public_id, w->public_id, 16);
    assert_null(found->answers);
    assert_ok(work_person(f.s, &eva, f.round, 0, 1, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_string_equal(found->mapper, "ola");
    assert_int_equal(found->running, 1);
    assert_memory_equal(found->public_id, zeros, 16);
    assert_int_equal(found->saved_ms, 0);
    assert_ok(work_person(f.s, &eva, f.round, 0, 2, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_null(found);
    assert_ok(work_person(f.s, &per, f.round, 2, 1, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_null(found);
    assert_int_equal(logged(&f, "read"), reads + 4);
    assert_fails(work_person(f.s, &per, f.round, 0, 1, pseudonym, &f.arena,
                             &found, &e), &e, ERR_INPUT,
                 "registration.unit_denied");
    assert_ok(withdraw(&f, w, false, &e), &e);
    assert_ok(work_person(f.s, &eva, f.round, 0, 1, pseudonym, &f.arena,
                          &found, &e), &e);
    assert_null(found);
    fixture_remove(&f);
}

/* A round that was closed by another: the copy here says open. */
static void
test_closed(void **state)
{
    struct fixture f;
    const struct work *list;
    struct work *w, *other;
    struct round *copy;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    assert_ok(round_load(f.s, f.round->id, &f.arena, &copy, &e), &e);
    begin(&f);
    assert_ok(round_set_status(f.s, &everyone, copy, ROUND_CLOSED, "", &e),
              &e);
    commit(&f);
    assert_int_equal(f.round->status, ROUND_OPEN);
    assert_null(find(&f, &ola, w));
    assert_ok(work_list(f.s, &ola, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 0);
    assert_fails(try_save(&f, &ola, w, 2, NULL, &e), &e, ERR_INPUT,
                 "work.closed");
    assert_fails(try_start(&f, &ola, 0, 1, 5, &other, &e), &e, ERR_INPUT,
                 "work.closed");
    begin(&f);
    assert_fails(work_finish(f.s, &ola, f.round, w, NULL, 1, &e), &e,
                 ERR_INPUT, "work.closed");
    store_rollback(f.s);
    assert_fails(withdraw(&f, w, false, &e), &e, ERR_INPUT, "work.closed");
    fixture_remove(&f);
}

static void
test_optout(void **state)
{
    struct fixture f;
    const struct work *list;
    struct work *w, *other;
    uint8_t pseudonym[16];
    struct err e, last;
    int64_t deleted;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    start(&f, &ola, 0, 2);
    start(&f, &per, 2, 2);
    assert_ok(try_start(&f, &eva, 0, 2, 2, &other, &e), &e);
    person_bytes(2, pseudonym, 16);
    begin(&f);
    assert_ok(optout_add(f.s, &everyone, f.round, pseudonym, &deleted, &e),
              &e);
    commit(&f);
    assert_int_equal(deleted, 3);
    assert_ok(work_list(f.s, &ola, f.round, &f.arena, &list, &n, &e), &e);
    assert_int_equal(n, 1);
    assert_int_equal(list[0].running, w->running);
    /* The number is not used again: it stands on paper. */
    assert_int_equal(start(&f, &ola, 0, 3)->running, 3);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_unit_list(void **state)
{
    struct fixture f;
    const struct work *list;
    const struct work_count *counts;
    struct work *w;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    finish(&f, w, NULL);
    start(&f, &eva, 0, 2);
    start(&f, &ola, 0, 3);
    start(&f, &per, 2, 1);
    assert_ok(withdraw(&f, start(&f, &ola, 0, 4), false, &e), &e);
    assert_ok(work_unit(f.s, &eva, f.round, 0, &f.arena, &list, &n, &e),
              &e);
    assert_int_equal(n, 4);
    assert_string_equal(list[0].mapper, "eva");
    assert_int_equal(list[1].running, 1);
    assert_int_equal(list[1].status, STATUS_COMPLETE);
    for (int i = 0; i < n; i++) {
        assert_null(list[i].answers);
        assert_memory_equal(list[i].public_id, zeros, 16);
        assert_int_equal(list[i].saved_ms, 0);
    }
    assert_fails(work_unit(f.s, &eva, f.round, 2, &f.arena, &list, &n, &e),
                 &e, ERR_INPUT, "registration.unit_denied");

    assert_ok(work_counts(f.s, &eva, f.round, &f.arena, &counts, &n, &e),
              &e);
    assert_int_equal(n, 2);
    assert_int_equal(counts[0].status, STATUS_DRAFT);
    assert_int_equal(counts[0].count, 2);
    assert_int_equal(counts[1].day, 20500);
    assert_int_equal(counts[1].count, 1);
    assert_ok(work_counts(f.s, &everyone, f.round, &f.arena, &counts, &n,
                          &e), &e);
    assert_int_equal(n, 3);
    assert_int_equal(counts[2].unit, 2);
    fixture_remove(&f);
}

/* The mapper's whole work for person 7; what the engine did. */
static struct db_work
whole_work(struct fixture *f)
{
    struct db_work before, after;
    struct work *w, *found;
    const struct work *list;
    const struct work_count *counts;
    uint8_t pseudonym[16];
    struct err e;
    int n;

    err_clear(&e);
    person_bytes(7, pseudonym, 16);
    db_work(f->s->db, &before);
    assert_ok(work_person(f->s, &ola, f->round, 0, 1, pseudonym, &f->arena,
                          &found, &e), &e);
    assert_null(found);
    w = start(f, &ola, 0, 7);
    save(f, w, 1);
    finish(f, w, NULL);
    assert_ok(replace(f, w, 8, &e), &e);
    assert_ok(withdraw(f, w, false, &e), &e);
    assert_ok(withdraw(f, w, true, &e), &e);
    assert_ok(work_person(f->s, &eva, f->round, 0, 1, pseudonym, &f->arena,
                          &found, &e), &e);
    assert_non_null(find(f, &ola, w));
    assert_ok(work_list(f->s, &ola, f->round, &f->arena, &list, &n, &e),
              &e);
    assert_ok(work_unit(f->s, &ola, f->round, 0, &f->arena, &list, &n, &e),
              &e);
    assert_ok(work_counts(f->s, &ola, f->round, &f->arena, &counts, &n,
                          &e), &e);
    db_work(f->s->db, &after);
    after.statements -= before.statements;
    after.steps -= before.steps;
    after.instructions -= before.instructions;
    after.changes -= before.changes;
    return after;
}

/* Two stores that differ only in whom another unit has. */
static void
test_oracle(void **state)
{
    struct db_work work[2];

    (void)state;
    for (int known = 0; known <= 1; known++) {
        struct fixture f;

        fixture_store(&f);
        for (int i = 0; i < 40; i++)
            start(&f, &ola, 0, 100 + i);
        for (int i = 0; i < 40; i++)
            start(&f, &per, 2, known ? 1 + i : 201 + i);
        work[known] = whole_work(&f);
        fixture_remove(&f);
    }
    assert_int_equal(work[0].statements, work[1].statements);
    assert_int_equal(work[0].steps, work[1].steps);
    assert_int_equal(work[0].instructions, work[1].instructions);
    assert_int_equal(work[0].changes, work[1].changes);
}

/* The statements about a person read the unit's part of the index. */
static void
test_plan(void **state)
{
    static const enum sql ids[] = {
        SQL_WORK_PERSON, SQL_WORK_KNOWN, SQL_PERSON_NUMBERS,
        SQL_PERSON_WORK_DELETE, SQL_PERSON_REGISTRATION_DELETE
    };
    struct fixture f;
    sqlite3 *d;
    char *file;

    (void)state;
    fixture_store(&f);
    file = store_file(f.path, "brukerplan.db");
    assert_int_equal(sqlite3_open(file, &d), SQLITE_OK);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char text[2048];
        sqlite3_stmt *st;
        bool used = false;

        snprintf(text, sizeof text, "explain query plan %s",
                 sql_text[ids[i]]);
        assert_int_equal(sqlite3_prepare_v2(d, text, -1, &st, NULL),
                         SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(st, 3);

            used = used || (strstr(line, "registration_unit") != NULL
                            && strstr(line, "pseudonym=?") != NULL);
        }
        sqlite3_finalize(st);
        assert_true(used);
    }
    sqlite3_close(d);
    free(file);
    fixture_remove(&f);
}

/* What store_check says of a running number that nobody gave. */
static void
test_check(void **state)
{
    struct fixture f;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    start(&f, &ola, 0, 1);
    begin(&f);
    assert_ok(db_execute(f.s->db, "update work set running = 9", &e), &e);
    commit(&f);
    assert_int_equal(faults(&f, &last), 1);
    assert_string_equal(last.key, "work.check_running");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own), cmocka_unit_test(test_unit_lost),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_save),
        cmocka_unit_test(test_definition), cmocka_unit_test(test_versions),
        cmocka_unit_test(test_withdraw), cmocka_unit_test(test_replace),
        cmocka_unit_test(test_person), cmocka_unit_test(test_closed),
        cmocka_unit_test(test_optout), cmocka_unit_test(test_unit_list),
        cmocka_unit_test(test_oracle), cmocka_unit_test(test_plan),
        cmocka_unit_test(test_check)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
