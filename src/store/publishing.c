/* publishing.c - see publishing.h. A list is written whole, so that what it
 * is in the end is what somebody saw. */
#include "store/publishing.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include "store/publishing_private.h"

static const char embargo[] = "embargo";
static const char *const lists[PUBLISH_LISTS] = { "receivers", "checks" };

const char *
publish_list_word(enum publish_list list)
{
    return lists[list];
}

int
publish_list_of(const char *word)
{
    for (int i = 0; i < PUBLISH_LISTS; i++)
        if (strcmp(lists[i], word) == 0)
            return i;
    return -1;
}

void
store_sum(const void *bytes, size_t len, char out[SUM_TEXT])
{
    unsigned char sum[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(sum, bytes, len);
    sodium_bin2hex(out, SUM_TEXT, sum, sizeof sum);
}

bool
publishing_may(const struct round *r, struct err *e)
{
    return r->training_of[0] == '\0'
           || err_set(e, ERR_INPUT, "publishing.training", "%s", r->id);
}

bool
publishing_words(const char *text, int most, bool lines, struct err *e)
{
    if (text == NULL || text[strspn(text, " \n")] == '\0')
        return err_set(e, ERR_INPUT, "publishing.blank", "");
    return store_text(text, most, lines, "publishing.words", e);
}

bool
publish_part(struct store *s, const struct round *r, const char *part,
             int *revision, int64_t *value, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_PUBLISH_PART_GET, e);
    enum db_step step;

    *revision = 0;
    *value = 0;
    db_bind_text(st, 3, part);
    step = db_step(st, e);
    if (step == DB_ROW) {
        *revision = (int)db_int(st, 0);
        *value = db_int(st, 1);
    }
    db_done(st);
    return step != DB_FAILED;
}

bool
publish_part_step(struct store *s, const struct round *r, const char *part,
                  int seen, int64_t value, struct err *e)
{
    struct db_stmt *st;
    int64_t old;
    int revision;

    if (!publish_part(s, r, part, &revision, &old, e))
        return false;
    if (revision != seen)
        return err_set(e, ERR_INPUT, "publishing.changed", "");
    st = store_use(s, r, SQL_PUBLISH_PART_SET, e);
    db_bind_text(st, 3, part);
    db_bind_int(st, 4, revision + 1);
    db_bind_int(st, 5, value);
    return db_run(st, e);
}

static bool
get_list(struct store *s, const struct round *r, enum publish_list list,
         struct arena *arena, struct publishing *out, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_PUBLISH_ITEM_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct publish_item *x;
    int64_t value;

    db_bind_int(st, 3, list);
    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct publish_item){
            .text = arena_text(arena, db_text(st, 0)),
            .who = arena_text(arena, db_text(st, 1)),
            .at_ms = db_int(st, 2),
            .done_ms = db_int(st, 3),
            .done_by = arena_text(arena, db_text(st, 4))
        };
    out->item[list] = rows.list;
    out->count[list] = rows.count;
    return rows_end(&rows)
           && publish_part(s, r, lists[list], &out->revision[list], &value,
                           e);
}

bool
publishing_get(struct store *s, const struct round *r, struct arena *arena,
               struct publishing *out, struct err *e)
{
    for (int i = 0; i < PUBLISH_LISTS; i++)
        if (!get_list(s, r, (enum publish_list)i, arena, out, e))
            return false;
    return publish_part(s, r, embargo, &out->revision[PUBLISH_LISTS],
                        &out->embargo_ms, e);
}

bool
publishing_embargo(struct store *s, const struct actor *actor,
                   const struct round *r, int64_t embargo_ms, int seen,
                   struct err *e)
{
    char text[DAY_TEXT] = "";

    assert(s->open && embargo_ms >= 0);
    if (embargo_ms != 0)
        day_print(text, day_oslo(embargo_ms));
    return publishing_may(r, e)
           && publish_part_step(s, r, embargo, seen, embargo_ms, e)
           && round_note(s, actor, r, embargo, text, "", e);
}

static bool
insert_item(struct store *s, const struct round *r, enum publish_list list,
            int place, const struct publish_item *item, struct err *e)
{
    struct db_stmt *st;

    assert(item->at_ms >= 0 && item->done_ms >= 0);
    if (!publishing_words(item->text, PUBLISH_TEXT, true, e)
        || !store_text(item->who, PUBLISH_TEXT, false, "publishing.words",
                       e))
        return false;
    st = store_use(s, r, SQL_PUBLISH_ITEM_INSERT, e);
    db_bind_int(st, 3, list);
    db_bind_int(st, 4, place);
    db_bind_text(st, 5, item->text);
    db_bind_text(st, 6, item->who != NULL ? item->who : "");
    db_bind_int(st, 7, item->at_ms);
    db_bind_int(st, 8, item->done_ms);
    db_bind_text(st, 9, item->done_ms != 0 && item->done_by != NULL
                        ? item->done_by : "");
    return db_run(st, e);
}

bool
publishing_set(struct store *s, const struct actor *actor,
               const struct round *r, enum publish_list list,
               const struct publish_item *item, int count, int seen,
               struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!publishing_may(r, e))
        return false;
    if (count > PUBLISH_ITEMS_MAX)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       PUBLISH_ITEMS_MAX);
    if (!publish_part_step(s, r, lists[list], seen, 0, e))
        return false;
    st = store_use(s, r, SQL_PUBLISH_ITEM_DELETE, e);
    db_bind_int(st, 3, list);
    if (!db_run(st, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!insert_item(s, r, list, i, &item[i], e))
            return false;
    return round_note(s, actor, r, "list", lists[list], "", e);
}

bool
publishing_done(struct store *s, const struct actor *actor,
                const struct round *r, enum publish_list list, int place,
                bool done, int seen, struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!publishing_may(r, e)
        || !publish_part_step(s, r, lists[list], seen, 0, e))
        return false;
    st = store_use(s, r, SQL_PUBLISH_ITEM_DONE, e);
    db_bind_int(st, 3, list);
    db_bind_int(st, 4, place);
    db_bind_int(st, 5, done ? clock_now(&s->clock) : 0);
    db_bind_text(st, 6, done ? actor->name : "");
    if (!db_run(st, e))
        return false;
    if (db_changes(s->db) != 1)
        return err_set(e, ERR_INPUT, "publishing.changed", "");
    return round_note(s, actor, r, done ? "done" : "not_done", lists[list],
                      "", e);
}

bool
publishing_state(struct store *s, const struct round *r, struct arena *arena,
                 const char **out, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_PUBLISHING_STATE, e);
    enum db_step step;

    *out = "";
    step = db_step(st, e);
    if (step == DB_ROW)
        *out = arena_printf(arena, "%lld-%lld-%lld",
                            (long long)db_int(st, 0),
                            (long long)db_int(st, 1),
                            (long long)db_int(st, 2));
    db_done(st);
    return step != DB_FAILED;
}
