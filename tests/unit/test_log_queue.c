/* test_log_queue.c - records of reading, written in batches; and searched.
 *
 * Time is the machine's here, for the queue waits by it. */
#include "store_fixture.h"
#include <pthread.h>
#include <time.h>
#include "store/log_queue.h"
#include "store/log_search.h"

enum { THREADS = 4, EACH = 2000 };

static int64_t
now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct log_record
record(const char *action, const char *what)
{
    return (struct log_record){
        .municipality = 4601, .actor = "ola", .rights = "mapper",
        .purpose = "form", .action = action, .round = "bergen-2025",
        .units = "nord", .what = what, .entries = 1, .numbers = "7"
    };
}

static struct log_queue *
start(struct fixture *f)
{
    struct log_queue *q;
    struct err e;

    err_clear(&e);
    fixture_store(f);
    q = log_queue_start(f->path, &e);
    assert_ok(q != NULL, &e);
    return q;
}

/* Records of the municipality, and the chain is whole. */
static int64_t
count(struct fixture *f)
{
    int64_t broken = 0, number = 0;
    struct db_stmt *st;
    struct err e, last;

    err_clear(&e);
    assert_ok(log_check(f->s->log, count_fault, &last, &broken, &e), &e);
    assert_int_equal(broken, 0);
    st = db_use(f->s->log, SQL_LOG_LAST, &e);
    db_bind_int(st, 1, 4601);
    if (db_step(st, &e) == DB_ROW)
        number = db_int(st, 0);
    db_done(st);
    return number;
}

static void
writes_soon(void **state)
{
    const struct timespec nap = { .tv_nsec = 5000000 };
    struct log_record r = record("read", "");
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f), began = now_ns();
    struct err e;

    (void)state;
    err_clear(&e);
    for (int i = 0; i < 10; i++)
        assert_ok(log_queue_put(q, 1000 + i, &r, &e), &e);
    while (count(&f) < before + 10) {
        assert_true(now_ns() - began < 5000000000);
        nanosleep(&nap, NULL);
    }
    assert_int_equal(count(&f), before + 10);
    assert_ok(log_queue_stop(q, &e), &e);
    fixture_remove(&f);
}

static void
flushes(void **state)
{
    static const struct { const char *action, *what; int64_t entries; }
    at_once[] = {
        { "search", "log", 0 }, { "read", "export", 5 },
        { "read_sealed", "", LOG_QUEUE_SEALED + 1 }, { "backup", "", 0 }
    };
    struct log_record r = record("read", "");
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f);
    struct err e;

    (void)state;
    err_clear(&e);
    assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_int_equal(count(&f), ++before);
    assert_ok(log_queue_flush(q, &e), &e);
    for (size_t i = 0; i < sizeof at_once / sizeof at_once[0]; i++) {
        r = record(at_once[i].action, at_once[i].what);
        r.entries = at_once[i].entries;
        assert_ok(log_queue_put(q, 1000, &r, &e), &e);
        assert_int_equal(count(&f), ++before);
    }
    r = record("read", "");
    for (int i = 0; i < 100; i++)
        assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_ok(log_queue_stop(q, &e), &e);
    assert_int_equal(count(&f), before + 100);
    assert_ok(log_queue_stop(NULL, &e), &e);
    fixture_remove(&f);
}

struct worker {
    struct log_queue *q;
    pthread_t thread;
    int failed;
};

static void *
put_many(void *ctx)
{
    struct worker *w = ctx;
    struct log_record r = record("read", "some filter, so long as they are");
    struct err e;

    for (int i = 0; i < EACH; i++) {
        err_clear(&e);
        w->failed += !log_queue_put(w->q, 1000 + i, &r, &e);
        if (i % 500 == 499)
            w->failed += !log_queue_flush(w->q, &e);
    }
    return NULL;
}

/* From many threads, beside a writer, and more than there is room for. */
/* What is read again and again is told once a clock hour, and whatever is
 * not the same each time. */
static void
tells_once_an_hour(void **state)
{
    enum { HOUR = 3600000 };
    struct log_record r = record("read", "publication draft"), other;
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f);
    char units[LOG_QUEUE_LONG + 1];
    struct err e;

    (void)state;
    err_clear(&e);
    r.hourly = true;
    for (int i = 0; i < 10; i++)
        assert_ok(log_queue_put(q, HOUR + i, &r, &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_int_equal(count(&f), before + 1);
    /* Nobody else's reading, and nothing else that is read. */
    other = r, other.actor = "kari";
    assert_ok(log_queue_put(q, HOUR, &other, &e), &e);
    other = r, other.purpose = "another text";
    assert_ok(log_queue_put(q, HOUR, &other, &e), &e);
    other = r, other.numbers = "7-8", other.entries = 2;
    assert_ok(log_queue_put(q, HOUR, &other, &e), &e);
    other = r, other.hourly = false;
    assert_ok(log_queue_put(q, HOUR, &other, &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_int_equal(count(&f), before + 5);
    assert_ok(log_queue_put(q, 2 * HOUR - 1, &r, &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_int_equal(count(&f), before + 5);
    assert_ok(log_queue_put(q, 2 * HOUR, &r, &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_int_equal(count(&f), before + 6);
    /* Past what can be remembered there are more, never fewer. */
    for (int i = 0; i < LOG_QUEUE_TOLD; i++) {
        char name[16];

        snprintf(name, sizeof name, "p%d", i);
        other = r, other.actor = name;
        assert_ok(log_queue_put(q, 2 * HOUR, &other, &e), &e);
    }
    assert_ok(log_queue_put(q, 2 * HOUR, &r, &e), &e);
    memset(units, 'u', sizeof units - 1);
    units[sizeof units - 1] = '\0';
    other = r, other.units = units;
    assert_ok(log_queue_put(q, 2 * HOUR, &other, &e), &e);
    assert_ok(log_queue_put(q, 2 * HOUR, &other, &e), &e);
    assert_ok(log_queue_stop(q, &e), &e);
    assert_int_equal(count(&f), before + 7 + LOG_QUEUE_TOLD + 2);
    fixture_remove(&f);
}

static void
takes_many(void **state)
{
    struct fixture f;
    struct log_queue *q = start(&f);
    struct worker w[THREADS];
    int64_t before = count(&f);
    struct err e;

    (void)state;
    err_clear(&e);
    for (int i = 0; i < THREADS; i++) {
        w[i] = (struct worker){ .q = q };
        assert_int_equal(pthread_create(&w[i].thread, NULL, put_many,
                                        &w[i]), 0);
    }
    for (int i = 0; i < 20; i++) {
        const struct log_record r = record("write", "");

        assert_ok(log_append(f.s->log, 5, &r, &e), &e);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(w[i].thread, NULL), 0);
        assert_int_equal(w[i].failed, 0);
    }
    assert_ok(log_queue_stop(q, &e), &e);
    assert_int_equal(count(&f), before + THREADS * EACH + 20);
    fixture_remove(&f);
}

/* A million bytes of numbers each: more than the queue holds. */
static void
waits_when_full(void **state)
{
    enum { BIG = 1 << 20, MANY = 40 };
    struct log_record r = record("read", "");
    char *numbers = malloc(BIG);
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f);
    struct err e;

    (void)state;
    err_clear(&e);
    memset(numbers, '7', BIG);
    numbers[BIG - 1] = '\0';
    r.numbers = numbers;
    for (int i = 0; i < MANY; i++)
        assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_ok(log_queue_stop(q, &e), &e);
    assert_int_equal(count(&f), before + MANY);
    free(numbers);
    fixture_remove(&f);
}

/* What can't be written fails the readers, is kept, and comes later. */
static void
fails_readers(void **state)
{
    struct log_record r = record("read", "");
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f);
    struct err e;

    (void)state;
    err_clear(&e);
    assert_ok(db_execute(f.s->log, "alter table access_log rename to away",
                         &e), &e);
    assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_false(log_queue_flush(q, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    err_clear(&e);
    assert_false(log_queue_put(q, 1000, &r, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    err_clear(&e);
    assert_ok(db_execute(f.s->log, "alter table away rename to access_log",
                         &e), &e);
    assert_ok(log_queue_flush(q, &e), &e);
    assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_ok(log_queue_stop(q, &e), &e);
    assert_int_equal(count(&f), before + 2);
    fixture_remove(&f);
}

static void
says_what_was_lost(void **state)
{
    struct log_record r = record("read", "");
    struct fixture f;
    struct log_queue *q = start(&f);
    struct err e;

    (void)state;
    err_clear(&e);
    assert_ok(db_execute(f.s->log, "alter table access_log rename to away",
                         &e), &e);
    assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    assert_false(log_queue_stop(q, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    fixture_remove(&f);
}

/* The store's own readers use it, and it is quick. */
static void
serves_a_store(void **state)
{
    enum { N = 2000 };
    struct unit_count counts[3];
    struct log_record r = record("read", "");
    struct fixture f;
    struct log_queue *q = start(&f);
    int64_t before = count(&f), took;
    struct err e;

    (void)state;
    err_clear(&e);
    store_set_log_queue(f.s, q);
    assert_ok(registration_counts(f.s, &everyone, f.round, counts, &e), &e);
    assert_int_equal(count(&f), before);
    assert_ok(store_log_flush(f.s, &e), &e);
    assert_int_equal(count(&f), before + 1);
    took = now_ns();
    for (int i = 0; i < N; i++)
        assert_ok(log_queue_put(q, 1000, &r, &e), &e);
    took = (now_ns() - took) / N;
    print_message("a record: %d ns\n", (int)took);
    assert_true(took < 100000);         /* a sync takes longer */
    store_set_log_queue(f.s, NULL);
    assert_ok(log_queue_stop(q, &e), &e);
    fixture_remove(&f);
}

static void
log_one(struct fixture *f, const char *actor, const char *action,
        const char *units, int64_t at)
{
    struct log_record r = record(action, "what");
    struct err e;

    err_clear(&e);
    r.actor = actor;
    r.units = units;
    assert_ok(log_append(f->s->log, at, &r, &e), &e);
}

static int
search(struct fixture *f, const struct actor *actor,
       const struct log_ask *ask, const struct log_found **list, bool *more)
{
    struct err e;
    int n;

    err_clear(&e);
    assert_ok(log_search(f->s, actor, ask, &f->arena, list, &n, more, &e),
              &e);
    return n;
}

static void
searches(void **state)
{
    const struct log_found *list;
    struct log_ask ask = { .municipality = 4601, .limit = 3 };
    struct fixture f;
    bool more;

    (void)state;
    fixture_store(&f);
    log_one(&f, "ola", "read", "nord", 120000);
    log_one(&f, "per", "read", "nord,vest", 180001);
    log_one(&f, "ola", "write", "all", 239999);
    log_one(&f, "ola", "read", "vest", 300000);
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 3);
    assert_true(more);
    assert_string_equal(list[0].record.action, "search");
    assert_string_equal(list[1].record.units, "vest");
    assert_int_equal(list[2].minute_ms, 180000);
    assert_string_equal(list[2].record.what, "what");
    ask.before_record = list[2].number;
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 2);
    assert_false(more);
    assert_string_equal(list[0].record.actor, "per");
    ask = (struct log_ask){ .municipality = 4601, .limit = 9,
                            .actor = "ola", .action = "read" };
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 2);
    ask.from_ms = 120001;
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 1);
    ask = (struct log_ask){ .municipality = 4601, .limit = 9,
                            .unit = "vest", .to_ms = 300001 };
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 3);
    ask.unit = "ves";
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 1);
    ask.municipality = 301;
    assert_int_equal(search(&f, &everyone, &ask, &list, &more), 0);
    fixture_remove(&f);
}

/* A leader sees what concerned the own unit, and nothing of others. */
static void
shows_a_leader_the_own(void **state)
{
    static const char *const vest[] = { "vest" };
    static const struct actor leader = {
        .name = "eva", .rights = "leader", .purpose = "log",
        .units = vest, .unit_count = 1
    };
    struct log_ask ask = { .municipality = 4601, .limit = 9,
                           .to_ms = 1000000 };
    const struct log_found *list;
    struct fixture f;
    bool more;

    (void)state;
    fixture_store(&f);
    log_one(&f, "ola", "read", "nord", 120000);
    log_one(&f, "per", "read", "nord,vest", 180001);
    log_one(&f, "ola", "delete", "all", 239999);
    log_one(&f, "ola", "read", "vest", 300000);
    assert_int_equal(search(&f, &leader, &ask, &list, &more), 3);
    assert_int_equal(list[0].record.entries, 1);
    assert_string_equal(list[1].record.units, "all");
    assert_string_equal(list[2].record.units, "vest");
    for (int i = 1; i < 3; i++) {
        assert_int_equal(list[i].record.entries, -1);
        assert_string_equal(list[i].record.numbers, "");
        assert_string_equal(list[i].record.what, "");
    }
    /* No number tells how much there is of others. */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(list[i].number, i + 1);
        assert_string_equal(list[i].record.numbers, "");
    }
    ask.before_record = 2;
    assert_int_equal(search(&f, &leader, &ask, &list, &more), 1);
    assert_int_equal(list[0].number, 3);
    assert_string_equal(list[0].record.actor, "per");
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_soon),
        cmocka_unit_test(flushes),
        cmocka_unit_test(tells_once_an_hour),
        cmocka_unit_test(takes_many),
        cmocka_unit_test(waits_when_full),
        cmocka_unit_test(fails_readers),
        cmocka_unit_test(says_what_was_lost),
        cmocka_unit_test(serves_a_store),
        cmocka_unit_test(searches),
        cmocka_unit_test(shows_a_leader_the_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
