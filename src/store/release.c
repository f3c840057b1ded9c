/* release.c - see release.h. Only ever added to. */
#include "store/release.h"
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "store/publishing_private.h"

/* TEXT is UTF-8 of at most MOST bytes. */
static bool
check_text(const char *text, size_t most, struct err *e)
{
    size_t n = strlen(text);

    if (n > most)
        return err_set(e, ERR_INPUT, "publishing.long", "%zu", most);
    return utf8_valid(text, n, NULL)
           || err_set(e, ERR_INPUT, "publishing.utf8", "");
}

static bool
check_release(const struct round_release *release,
              const struct round_number *list, int count, struct err *e)
{
    if (count > ROUND_RELEASE_NUMBERS)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       ROUND_RELEASE_NUMBERS);
    assert(strlen(release->hash) == SUM_TEXT - 1
           && strlen(release->sha256) == SUM_TEXT - 1);
    if (!check_text(release->rule, ROUND_RELEASE_SET, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!check_text(list[i].scope, ROUND_RELEASE_WORD, e)
            || !check_text(list[i].set, ROUND_RELEASE_SET, e))
            return false;
    return true;
}

/* The release with that hash; 0 where there is none. */
static bool
find(struct store *s, const struct round *r, const char *hash, int *number,
     struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_FIND, e);
    enum db_step step;

    *number = 0;
    db_bind_text(st, 3, hash);
    step = db_step(st, e);
    if (step == DB_ROW)
        *number = (int)db_int(st, 0);
    db_done(st);
    return step != DB_FAILED;
}

static bool
insert_number(struct store *s, const struct round *r, int release, int place,
              const struct round_number *n, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_NUMBER_INSERT, e);

    db_bind_int(st, 3, release);
    db_bind_int(st, 4, place);
    db_bind_text(st, 5, n->scope);
    db_bind_text(st, 6, n->set);
    db_bind_int_if(st, 7, !n->hidden, n->value);
    db_bind_int(st, 8, n->sensitive);
    return db_run(st, e);
}

static bool
insert(struct store *s, const struct actor *actor, const struct round *r,
       const struct round_release *release, int number, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_INSERT, e);

    db_bind_int(st, 3, number);
    db_bind_int(st, 4, clock_now(&s->clock));
    db_bind_text(st, 5, actor->name);
    db_bind_text(st, 6, release->rule);
    db_bind_int(st, 7, release->definition);
    db_bind_text(st, 8, release->sha256);
    db_bind_text(st, 9, release->hash);
    return db_run(st, e);
}

static bool
add_new(struct store *s, const struct actor *actor, const struct round *r,
        const struct round_release *release, const struct round_number *list,
        int count, int *number, struct err *e)
{
    struct log_record record;
    int64_t next;

    if (!check_release(release, list, count, e)
        || !db_number(store_use(s, r, SQL_RELEASED_NEXT, e), &next, e))
        return false;
    if (next > ROUND_RELEASES_MAX)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       ROUND_RELEASES_MAX);
    *number = (int)next;
    if (!insert(s, actor, r, release, *number, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!insert_number(s, r, *number, i, &list[i], e))
            return false;
    record = store_record(actor, r, "release", release->rule, &s->arena);
    store_log_later(s, &record);
    return round_note(s, actor, r, "release", release->hash, "", e);
}

static bool
add_file(struct store *s, const struct actor *actor, const struct round *r,
         int release, const struct round_release_file *file, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_FILE_NEXT, e);
    int64_t place;

    db_bind_int(st, 3, release);
    if (!db_number(st, &place, e)
        || !check_text(file->document, ROUND_RELEASE_WORD, e)
        || !check_text(file->format, ROUND_RELEASE_WORD, e)
        || !check_text(file->lang, ROUND_RELEASE_WORD, e))
        return false;
    st = store_use(s, r, SQL_RELEASED_FILE_ADD, e);
    db_bind_int(st, 3, release);
    db_bind_text(st, 4, file->document);
    db_bind_text(st, 5, file->format);
    db_bind_text(st, 6, file->lang);
    db_bind_int(st, 7, place);
    db_bind_int(st, 8, clock_now(&s->clock));
    db_bind_text(st, 9, actor->name);
    return db_run(st, e);
}

bool
round_release_add(struct store *s, const struct actor *actor,
                  const struct round *r, const struct round_release *release,
                  const struct round_number *list, int count,
                  const struct round_release_file *files, int file_count,
                  int *number, struct err *e)
{
    assert(s->open);
    if (!publishing_may(r, e) || !find(s, r, release->hash, number, e))
        return false;
    if (*number == 0
        && !add_new(s, actor, r, release, list, count, number, e))
        return false;
    for (int i = 0; i < file_count; i++)
        if (!add_file(s, actor, r, *number, &files[i], e))
            return false;
    return true;
}

bool
round_release_list(struct store *s, const struct round *r,
                   struct arena *arena, const struct round_release **list,
                   int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_release *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct round_release){
            .number = (int)db_int(st, 0),
            .at_ms = db_int(st, 1),
            .by = arena_text(arena, db_text(st, 2)),
            .rule = arena_text(arena, db_text(st, 3)),
            .definition = (int)db_int(st, 4),
            .sha256 = arena_text(arena, db_text(st, 5)),
            .hash = arena_text(arena, db_text(st, 6)),
            .numbers = (int)db_int(st, 7),
            .hidden = (int)db_int(st, 8)
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
round_release_numbers(struct store *s, const struct round *r, int number,
                      struct arena *arena, const struct round_number **list,
                      int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_NUMBER_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_number *x;

    db_bind_int(st, 3, number);
    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct round_number){
            .scope = arena_text(arena, db_text(st, 0)),
            .set = arena_text(arena, db_text(st, 1)),
            .value = db_int(st, 2),
            .hidden = db_is_null(st, 2),
            .sensitive = db_int(st, 3) != 0
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
round_release_files(struct store *s, const struct round *r,
                    struct arena *arena,
                    const struct round_release_file **list, int *count,
                    struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_RELEASED_FILE_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_release_file *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct round_release_file){
            .release = (int)db_int(st, 0),
            .document = arena_text(arena, db_text(st, 1)),
            .format = arena_text(arena, db_text(st, 2)),
            .lang = arena_text(arena, db_text(st, 3)),
            .at_ms = db_int(st, 4),
            .by = arena_text(arena, db_text(st, 5))
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}
