/* focus.c - see focus.h. */
#include "store/focus.h"
#include <assert.h>
#include <string.h>
#include "store/publishing_private.h"

static const char *const parts[LANG_COUNT] = {
    [LANG_NB] = "focus_nb", [LANG_NN] = "focus_nn", [LANG_EN] = "focus_en"
};

bool
round_focus_list(struct store *s, const struct round *r, enum lang lang,
                 struct arena *arena, const struct round_focus **list,
                 int *count, int *revision, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_FOCUS_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_focus *x;
    int64_t value;

    db_bind_text(st, 3, lang_code(lang));
    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct round_focus){
            .proposal = arena_text(arena, db_text(st, 0)),
            .title = arena_text(arena, db_text(st, 1)),
            .text = arena_text(arena, db_text(st, 2)),
            .recommendation = arena_text(arena, db_text(st, 3))
        };
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows)
           && publish_part(s, r, parts[lang], revision, &value, e);
}

static bool
insert(struct store *s, const struct round *r, enum lang lang, int place,
       const struct round_focus *f, struct err *e)
{
    struct db_stmt *st;

    if (!publishing_words(f->title, ROUND_FOCUS_TITLE, false, e)
        || !store_text(f->proposal, ROUND_FOCUS_TITLE, false,
                       "publishing.words", e)
        || !store_text(f->text, ROUND_FOCUS_TEXT, true, "publishing.words",
                       e)
        || !store_text(f->recommendation, ROUND_FOCUS_TEXT, true,
                       "publishing.words", e))
        return false;
    st = store_use(s, r, SQL_FOCUS_INSERT, e);
    db_bind_text(st, 3, lang_code(lang));
    db_bind_int(st, 4, place);
    db_bind_text(st, 5, f->proposal != NULL ? f->proposal : "");
    db_bind_text(st, 6, f->title);
    db_bind_text(st, 7, f->text != NULL ? f->text : "");
    db_bind_text(st, 8, f->recommendation != NULL ? f->recommendation : "");
    return db_run(st, e);
}

/* What was published says the same as what stands here. */
static bool
check_open(struct store *s, const struct round *r, enum lang lang,
           struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_TEXT_LOCKED, e);
    int64_t locked;

    db_bind_text(st, 3, lang_code(lang));
    if (!db_number(st, &locked, e))
        return false;
    return locked == 0 || err_set(e, ERR_INPUT, "publishing.locked", "");
}

bool
round_focus_set(struct store *s, const struct actor *actor,
                const struct round *r, enum lang lang,
                const struct round_focus *list, int count, int seen,
                struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!publishing_may(r, e) || !check_open(s, r, lang, e))
        return false;
    if (count > ROUND_FOCUS_MAX)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       ROUND_FOCUS_MAX);
    if (!publish_part_step(s, r, parts[lang], seen, 0, e))
        return false;
    st = store_use(s, r, SQL_FOCUS_DELETE, e);
    db_bind_text(st, 3, lang_code(lang));
    if (!db_run(st, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!insert(s, r, lang, i, &list[i], e))
            return false;
    return round_note(s, actor, r, "focus", lang_code(lang), "", e);
}
