/* store_fixture.h - for the tests of src/store: a store in a directory of
 * its own, with one synthetic round of three units. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/key.h"
#include "store/registration.h"
#include "store/store_private.h"

enum { ANSWERS = 40 };

/* Makes a database of format 5 one of format 4. */
#define BACK_TO_4 \
    "alter table definition add column body blob not null default x'';" \
    "update definition set body = (select t.body from definition_text t" \
    " where t.sha256 = definition.sha256);" \
    "drop table definition_text; drop index round_place;" \
    "drop index round_training_of; alter table round drop column changes;" \
    "delete from schema_version where number > 4"

struct fixture {
    char dir[64];               /* holds everything */
    char path[96];              /* the store; its keys are PATH.keys */
    struct clock_fixed fixed;
    struct random_state state;
    struct store_options options;
    struct store *s;
    struct arena arena;
    struct round *round;
};

static const struct actor everyone = {
    .name = "kari", .rights = "coordinator", .purpose = "test",
    .all_units = true
};

/* Fails the test, saying which error it was. */
#define assert_ok(x, e) \
    do { \
        if (!(x)) \
            fail_msg("%s: %s %s %s", #x, (e)->key, (e)->arg[0], \
                     (e)->arg[1]); \
    } while (0)

#define assert_fails(x, e, want_code, want_key) \
    do { \
        err_clear(e); \
        assert_false(x); \
        assert_string_equal((e)->key, want_key); \
        assert_int_equal((e)->code, want_code); \
        err_clear(e); \
    } while (0)

static inline void
fixture_dir(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    strcpy(f->dir, "/tmp/brukerplan-test.XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->path, sizeof f->path, "%s/store", f->dir);
    f->fixed = (struct clock_fixed){ 1762000000000, 1000 };
    f->options = (struct store_options){
        .path = f->path, .mode = STORE_WRITE,
        .clock = clock_fixed(&f->fixed),
        .random = random_seeded(&f->state, 7)
    };
    arena_init(&f->arena);
}

static inline void
fixture_remove(struct fixture *f)
{
    char command[128];

    store_close(f->s);
    f->s = NULL;
    arena_clear(&f->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", f->dir);
    assert_int_equal(system(command), 0);
}

static inline void
fixture_round(struct fixture *f, const char *id)
{
    static const struct unit_tier tiers[] = {
        { 1, "Vedtak", false, "" }, { 2, "", true, "Not those on leave" }
    };
    static const struct unit units[] = {
        { "nord", "Nord", "health", tiers, 2, false },
        { "sor", "S\u00f8r", "social", tiers, 1, false },
        { "vest", "Vest", "", tiers, 1, false }
    };
    const struct round r = {
        .id = id, .municipality = 4601, .year = 2025, .period = 1,
        .from_age = 18, .title = "Bergen 2025", .synthetic = true,
        .training_of = "", .units = units, .unit_count = 3
    };
    const struct definition d = { 1, "id: tiny\n", 9, "a b", NULL };
    struct err e;

    err_clear(&e);
    assert_ok(store_begin(f->s, &e), &e);
    assert_ok(round_add(f->s, &everyone, &r, &d, NULL, &e), &e);
    assert_ok(store_commit(f->s, &e), &e);
    assert_ok(round_load(f->s, id, &f->arena, &f->round, &e), &e);
}

/* An open store with the round "bergen-2025". */
static inline void
fixture_store(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    fixture_dir(f);
    assert_ok(store_create(&f->options, &e), &e);
    f->s = store_open(&f->options, &e);
    assert_ok(f->s != NULL, &e);
    fixture_round(f, "bergen-2025");
}

/* Person N's pseudonym and answers: bytes that occur nowhere by chance. */
static inline void
person_bytes(int n, uint8_t *out, size_t len)
{
    uint64_t x = (uint64_t)n * 0x9E3779B97F4A7C15u + 1;

    for (size_t i = 0; i < len; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        out[i] = (uint8_t)(x >> 32);
    }
}

/* Registration NUMBER of PERSON (0: without pseudonym) in UNIT, complete.
 * Its answers are in ANSWERS_OUT, other ones for every number. */
static inline struct registration
person(int64_t number, int who, int unit, uint8_t answers[ANSWERS])
{
    struct registration r = {
        .number = number, .unit = unit, .tier = 1,
        .status = STATUS_COMPLETE, .definition = 1, .completed_on = 20000,
        .has_pseudonym = who > 0, .answers = answers,
        .answers_len = ANSWERS
    };

    if (who > 0)
        person_bytes(who, r.pseudonym, sizeof r.pseudonym);
    person_bytes((int)number + 1000000, answers, ANSWERS);
    return r;
}

/* Puts it, with SEALED if that is not NULL; in the open transaction. */
static inline void
put(struct fixture *f, int64_t number, int who, int unit, const char *sealed)
{
    uint8_t answers[ANSWERS];
    struct registration r = person(number, who, unit, answers);
    struct err e;

    err_clear(&e);
    if (sealed != NULL) {
        r.sealed = (const uint8_t *)sealed;
        r.sealed_len = strlen(sealed);
    }
    assert_ok(registration_put(f->s, &everyone, f->round, &r, &e), &e);
}

static inline void
begin(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    assert_ok(store_begin(f->s, &e), &e);
}

static inline void
commit(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    assert_ok(store_commit(f->s, &e), &e);
}

static inline void
put_done(struct fixture *f, int64_t count, int64_t from, int64_t to)
{
    struct err e;

    err_clear(&e);
    assert_ok(registration_put_done(f->s, &everyone, f->round, count, from,
                                    to, &e), &e);
}

static inline void
count_fault(void *ctx, const struct err *fault)
{
    struct err *last = ctx;

    *last = *fault;
}

/* How many faults store_check finds; the last of them in LAST. */
static inline int64_t
faults(struct fixture *f, struct err *last)
{
    struct err e;
    int64_t n;

    err_clear(&e);
    err_clear(last);
    assert_ok(store_check(f->s, count_fault, last, &n, &e), &e);
    return n;
}

/* The number of bytes of DIR/NAME where the LEN bytes of WHAT begin. */
static inline int
file_holds(const char *dir, const char *name, const void *what, size_t len)
{
    char *path = store_file(dir, name);
    struct buf b;
    struct err e;
    int found = 0;

    err_clear(&e);
    buf_init(&b, 0);
    if (access(path, F_OK) == 0) {
        assert_ok(buf_read_file(&b, path, (size_t)1 << 30, &e), &e);
        for (const char *p = b.data; p != NULL && b.len > 0; found++) {
            p = memmem(p, b.len - (size_t)(p - b.data), what, len);
            if (p == NULL)
                break;
            p++;
        }
    }
    buf_clear(&b);
    free(path);
    return found;
}

/* The same over all files of the store at PATH. */
static inline int
store_holds(const char *path, const void *what, size_t len)
{
    static const char *const names[] = {
        "brukerplan.db", "brukerplan.db-wal", "brukerplan.db-shm",
        "brukerplan.db-journal", "access.db", "access.db-wal",
        "access.db-shm", "lock", "purge"
    };
    int found = 0;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        found += file_holds(path, names[i], what, len);
    return found;
}

#endif
