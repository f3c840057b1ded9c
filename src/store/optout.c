/* optout.c - see round.h: who does not want to be registered.
 *
 * Both ways take the same statements, and adding somebody always empties
 * the write-ahead log, so that the time does not tell whether a unit had
 * registered the person. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/array.h"
#include "store/store_private.h"

static struct db_stmt *
use_person(struct store *s, const struct round *r, enum sql id,
           const uint8_t pseudonym[16], struct err *e)
{
    struct db_stmt *st = store_use(s, r, id, e);

    db_bind_blob(st, 3, pseudonym, 16);
    return st;
}

bool
optout_has(struct store *s, const struct round *r,
           const uint8_t pseudonym[16], bool *has, struct err *e)
{
    int64_t count;

    if (!db_number(use_person(s, r, SQL_OPTOUT_HAS, pseudonym, e), &count,
                   e))
        return false;
    *has = count > 0;
    return true;
}

static bool
add_optout(struct optouts *o, const void *pseudonym, size_t len,
           const char *path, struct err *e)
{
    uint8_t (*who)[16];

    if (len != sizeof *who)
        return err_set(e, ERR_INPUT, "db.corrupt", "%s", path);
    who = array_more_secret(o->who, o->count, &o->room, sizeof *who, e);
    if (who == NULL)
        return false;
    o->who = who;
    memcpy(o->who[o->count++], pseudonym, len);
    return true;
}

bool
optouts_load(struct store *s, const struct round *r, struct optouts *o,
             struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_OPTOUT_PSEUDONYMS, e);
    struct rows rows = { .st = st };
    bool ok = true;

    *o = (struct optouts){ .count = 0 };
    while (ok && rows_next(&rows, e)) {
        size_t len;
        const void *data = db_blob(st, 0, &len);

        ok = add_optout(o, data, len, store_path(s), e);
    }
    return rows_end(&rows) && ok;
}

void
optouts_clear(struct optouts *o)
{
    mem_wipe(o->who, o->room * sizeof *o->who);
    *o = (struct optouts){ .count = 0 };
}

static int
by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

bool
optouts_have(const struct optouts *o, const uint8_t pseudonym[16])
{
    return o->count > 0
        && bsearch(pseudonym, o->who, o->count, sizeof *o->who,
                   by_bytes) != NULL;
}

/* The person's registrations as ranges; *SEEN of them ACTOR may see. */
static bool
find(struct store *s, const struct actor *actor, const struct round *r,
     const uint8_t pseudonym[16], struct ranges *numbers, int64_t *seen,
     struct err *e)
{
    struct db_stmt *st = use_person(s, r, SQL_PERSON_NUMBERS, pseudonym, e);
    struct rows rows = { .st = st };

    while (rows_next(&rows, e)) {
        int64_t unit = db_int(st, 1);

        ranges_add(numbers, db_int(st, 0));
        if (unit >= 0 && unit < r->unit_count
            && store_may(actor, r, (int)unit))
            ++*seen;
    }
    return rows_end(&rows);
}

/* The next version with the pseudonym; *NUMBER is 0 where there is none. */
static bool
find_version(struct store *s, const struct round *r,
             const uint8_t pseudonym[16], int64_t *number, int64_t *version,
             struct err *e)
{
    struct db_stmt *st = use_person(s, r, SQL_PERSON_VERSIONS, pseudonym, e);
    enum db_step step;

    *number = 0;
    step = db_step(st, e);
    if (step == DB_ROW) {
        *number = db_int(st, 0);
        *version = db_int(st, 1);
    }
    db_done(st);
    return step != DB_FAILED;
}

static bool
delete_version(struct store *s, const struct round *r, enum sql id,
               int64_t number, int64_t version, struct err *e)
{
    struct db_stmt *st = store_use(s, r, id, e);

    db_bind_int(st, 3, number);
    db_bind_int(st, 4, version);
    return db_run(st, e);
}

/* Versions of registrations that now are somebody else's: a number was
 * corrected. */
static bool
delete_versions(struct store *s, const struct round *r,
                const uint8_t pseudonym[16], struct err *e)
{
    for (;;) {
        int64_t number, version;

        if (!find_version(s, r, pseudonym, &number, &version, e))
            return false;
        if (number == 0)
            return true;
        if (!delete_version(s, r, SQL_VERSION_DELETE, number, version, e)
            || !delete_version(s, r, SQL_VERSION_SEALED_DELETE, number,
                               version, e))
            return false;
    }
}

static bool
delete_person(struct store *s, const struct round *r,
              const uint8_t pseudonym[16], struct err *e)
{
    static const enum sql ids[] = {
        SQL_PERSON_HANDOVER_DELETE, SQL_PERSON_WORK_DELETE,
        SQL_PERSON_SEALED_DELETE, SQL_PERSON_CHANGE_DELETE,
        SQL_PERSON_REGISTRATION_DELETE
    };

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (!db_run(use_person(s, r, ids[i], pseudonym, e), e))
            return false;
    return delete_versions(s, r, pseudonym, e)
           && db_run(store_use(s, r, SQL_SUPERSEDED_REPAIR, e), e);
}

static bool
insert(struct store *s, const struct actor *actor, const struct round *r,
       const uint8_t pseudonym[16], struct err *e)
{
    struct db_stmt *st = use_person(s, r, SQL_OPTOUT_INSERT, pseudonym, e);

    db_bind_int(st, 4, day_oslo(clock_now(&s->clock)));
    db_bind_text(st, 5, actor->name);
    return db_run(st, e);
}

static bool
count_deleted(struct store *s, struct round *r, int64_t count,
              struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_ADD_DELETED, e);

    db_bind_int(st, 3, count);
    if (!db_run(st, e))
        return false;
    store_touch(s, r, TOUCHED_ALL);
    r->opted_out_deleted += count;
    r->settle_due = true;
    return true;
}

bool
optout_add(struct store *s, const struct actor *actor, struct round *r,
           const uint8_t pseudonym[16], int64_t *deleted, struct err *e)
{
    struct log_record record;
    struct ranges numbers;
    bool has, ok;

    assert(s->open);
    *deleted = 0;
    if (!optout_has(s, r, pseudonym, &has, e))
        return false;
    if (has)
        return true;
    ranges_init(&numbers);
    record = store_record(actor, r, "delete", "opt-out", &s->arena);
    ok = find(s, actor, r, pseudonym, &numbers, deleted, e)
         && insert(s, actor, r, pseudonym, e)
         && delete_person(s, r, pseudonym, e)
         && count_deleted(s, r, numbers.count, e);
    record.entries = numbers.count;
    ok = ok && ranges_finish(&numbers, &record.numbers, e);
    if (ok) {
        store_log_later(s, &record);
        s->purge = true;
    }
    ranges_clear(&numbers);
    return ok;
}

bool
optout_remove(struct store *s, const struct actor *actor, struct round *r,
              const uint8_t pseudonym[16], bool *removed, struct err *e)
{
    struct log_record record;

    assert(s->open);
    if (!db_run(use_person(s, r, SQL_OPTOUT_DELETE, pseudonym, e), e))
        return false;
    *removed = db_changes(s->db) > 0;
    record = store_record(actor, r, "write", "opt-out removed", &s->arena);
    record.entries = *removed ? 1 : 0;
    store_log_later(s, &record);
    return true;
}

/* Reads the list into ARENA. */
static bool
read_list(struct store *s, const struct round *r, struct arena *arena,
          const struct optout **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_OPTOUT_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct optout *o;

    while ((o = rows_add(&rows, sizeof *o, e)) != NULL) {
        size_t len;
        const void *data = db_blob(st, 0, &len);

        if (data != NULL && len == sizeof o->pseudonym)
            memcpy(o->pseudonym, data, len);
        o->day = (int32_t)db_int(st, 1);
        o->entered_by = arena_text(arena, db_text(st, 2));
    }
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
optout_list(struct store *s, const struct actor *actor,
            const struct round *r, struct arena *arena,
            const struct optout **list, int *count, struct err *e)
{
    struct log_record record;

    if (!read_list(s, r, arena, list, count, e))
        return false;
    record = store_record(actor, r, "read", "opt-outs", arena);
    record.entries = *count;
    return store_log_now(s, &record, e);
}
