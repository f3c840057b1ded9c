/* brand.c - a municipality's own templates; see publishing.h. */
#include <assert.h>
#include <string.h>
#include "store/publishing.h"
#include "store/publishing_private.h"

static const char *const kinds[BRAND_KINDS] = { "pptx", "docx" };

const char *
brand_word(enum brand_kind kind)
{
    return kinds[kind];
}

/* The same row as brand_get found: both statements order alike. */
static bool
get_bytes(struct store *s, const struct round *r, enum brand_kind kind,
          struct arena *arena, struct round_brand *out, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_BRAND_BYTES, e);
    enum db_step step;

    db_bind_int(st, 3, kind);
    step = db_step(st, e);
    if (step == DB_ROW) {
        const char *bytes = db_blob(st, 0, &out->len);

        out->bytes = arena_text_n(arena, bytes != NULL ? bytes : "",
                                  out->len);
    }
    db_done(st);
    return step == DB_ROW;
}

bool
brand_get(struct store *s, const struct round *r, enum brand_kind kind,
          bool bytes, struct arena *arena, const struct round_brand **out,
          struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_BRAND_GET, e);
    struct round_brand *found = NULL;
    enum db_step step;

    *out = NULL;
    db_bind_int(st, 3, kind);
    step = db_step(st, e);
    if (step == DB_ROW) {
        found = arena_take(arena, sizeof *found);
        *found = (struct round_brand){
            .name = arena_text(arena, db_text(st, 0)),
            .round = arena_text(arena, db_text(st, 1)),
            .added_ms = db_int(st, 2),
            .added_by = arena_text(arena, db_text(st, 3)),
            .len = (size_t)db_int(st, 4)
        };
    }
    db_done(st);
    *out = found;
    if (step == DB_FAILED)
        return false;
    return found == NULL || !bytes
           || get_bytes(s, r, kind, arena, found, e);
}

static bool
insert(struct store *s, const struct actor *actor, const struct round *r,
       enum brand_kind kind, const char *name, const void *bytes, size_t len,
       struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_BRAND_INSERT, e);
    char sum[SUM_TEXT];

    store_sum(bytes, len, sum);
    db_bind_int(st, 3, kind);
    db_bind_text(st, 4, name);
    db_bind_int(st, 5, clock_now(&s->clock));
    db_bind_text(st, 6, actor->name);
    db_bind_blob(st, 7, bytes, len);
    db_bind_text(st, 8, sum);
    return db_run(st, e);
}

bool
brand_set(struct store *s, const struct actor *actor, const struct round *r,
          enum brand_kind kind, const char *name, const void *bytes,
          size_t len, struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!publishing_may(r, e))
        return false;
    if (len > BRAND_MAX)
        return err_set(e, ERR_INPUT, "publishing.long", "%d", BRAND_MAX);
    if (len > 0 && !publishing_words(name, BRAND_NAME, false, e))
        return false;
    st = store_use(s, r, SQL_BRAND_DELETE, e);
    db_bind_int(st, 3, kind);
    return db_run(st, e)
           && (len == 0 || insert(s, actor, r, kind, name, bytes, len, e))
           && round_note(s, actor, r, "brand", kinds[kind],
                         len > 0 ? name : "", e);
}
