/* reference.c - see reference.h. Numbers come from a counter of the round,
 * so that one that went is not given again. */
#include "store/reference.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "store/publishing_private.h"

static const char part[] = "reference";

bool
round_reference_list(struct store *s, const struct round *r,
                     struct arena *arena,
                     const struct round_reference **list, int *count,
                     struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_REFERENCE_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_reference *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct round_reference){
            .number = (int)db_int(st, 0),
            .name = arena_text(arena, db_text(st, 1)),
            .signer = arena_text(arena, db_text(st, 2)),
            .added_ms = db_int(st, 3),
            .added_by = arena_text(arena, db_text(st, 4)),
            .sha256 = arena_text(arena, db_text(st, 5)),
            .len = (size_t)db_int(st, 6)
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
round_reference_read(struct store *s, const struct round *r, int number,
                     struct arena *arena, const char **bytes, size_t *len,
                     struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_REFERENCE_GET, e);
    enum db_step step;

    db_bind_int(st, 3, number);
    step = db_step(st, e);
    if (step == DB_ROW) {
        const char *body = db_blob(st, 0, len);

        *bytes = arena_text_n(arena, body != NULL ? body : "", *len);
    }
    db_done(st);
    if (step == DB_DONE)
        return err_set(e, ERR_INPUT, "publishing.no_reference", "%d",
                       number);
    return step == DB_ROW;
}

static bool
check_file(struct store *s, const struct round *r,
           const struct round_reference *file, size_t len, struct err *e)
{
    int64_t count;

    if (!publishing_may(r, e)
        || !publishing_words(file->name, ROUND_REFERENCE_TEXT, false, e)
        || !publishing_words(file->signer, ROUND_REFERENCE_TEXT, false, e))
        return false;
    if (len > ROUND_REFERENCE_MAX)
        return err_set(e, ERR_INPUT, "publishing.long", "%d",
                       ROUND_REFERENCE_MAX);
    if (!db_number(store_use(s, r, SQL_REFERENCE_COUNT, e), &count, e))
        return false;
    return count < ROUND_REFERENCES_MAX
           || err_set(e, ERR_INPUT, "publishing.many", "%d",
                      ROUND_REFERENCES_MAX);
}

/* DB_TAKEN: the same bytes are there. */
static enum db_step
insert(struct store *s, const struct actor *actor, const struct round *r,
       const struct round_reference *file, int number, const void *bytes,
       size_t len, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_REFERENCE_INSERT, e);
    char sum[SUM_TEXT];
    enum db_step step;

    store_sum(bytes, len, sum);
    db_bind_int(st, 3, number);
    db_bind_text(st, 4, file->name);
    db_bind_text(st, 5, file->signer);
    db_bind_int(st, 6, clock_now(&s->clock));
    db_bind_text(st, 7, actor->name);
    db_bind_blob(st, 8, bytes, len);
    db_bind_text(st, 9, sum);
    step = db_step(st, e);
    db_done(st);
    return step;
}

bool
round_reference_add(struct store *s, const struct actor *actor,
                    const struct round *r,
                    const struct round_reference *file, const void *bytes,
                    size_t len, int *number, struct err *e)
{
    enum db_step step;
    int64_t value;

    assert(s->open);
    if (!check_file(s, r, file, len, e)
        || !publish_part(s, r, part, number, &value, e))
        return false;
    step = insert(s, actor, r, file, *number + 1, bytes, len, e);
    if (step == DB_TAKEN)
        return err_set(e, ERR_INPUT, "publishing.twice", "");
    if (step == DB_REFUSED)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", s->path);
    ++*number;
    return step == DB_DONE
           && publish_part_step(s, r, part, *number - 1, 0, e)
           && round_note(s, actor, r, "reference", file->name, "", e);
}

bool
round_reference_remove(struct store *s, const struct actor *actor,
                       const struct round *r, int number, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_REFERENCE_DELETE, e);
    char text[16];

    assert(s->open);
    db_bind_int(st, 3, number);
    if (!db_run(st, e))
        return false;
    if (db_changes(s->db) == 0)
        return err_set(e, ERR_INPUT, "publishing.no_reference", "%d",
                       number);
    snprintf(text, sizeof text, "%d", number);
    return round_note(s, actor, r, "reference_removed", text, "", e);
}
