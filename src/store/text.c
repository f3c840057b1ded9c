/* text.c - see text.h.
 *
 * Every act is a row with the whole text, also locking and unlocking: what
 * was published, and what it was when it was opened again, can be read
 * without putting anything together. */
#include "store/text.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "base/utf8.h"
#include "store/publishing_private.h"

static const char *const kinds[ROUND_TEXT_KINDS] = {
    "report", "slides", "media"
};

const char *
round_text_word(enum round_text_kind kind)
{
    return kinds[kind];
}

int
round_text_kind_of(const char *word)
{
    for (int i = 0; i < ROUND_TEXT_KINDS; i++)
        if (strcmp(kinds[i], word) == 0)
            return i;
    return -1;
}

bool
round_text_list(struct store *s, const struct round *r, struct arena *arena,
                const struct round_text **list, int *count, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_TEXT_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_text *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL) {
        enum lang lang = lang_of(db_text(st, 1));

        *x = (struct round_text){
            .name = arena_text(arena, db_text(st, 0)),
            .lang = lang < LANG_COUNT ? lang : LANG_NB,
            .kind = (enum round_text_kind)db_int(st, 2),
            .version = (int)db_int(st, 3),
            .locked = db_int(st, 4) != 0,
            .at_ms = db_int(st, 5),
            .by = arena_text(arena, db_text(st, 6))
        };
    }
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

bool
round_text_find(struct store *s, const struct round *r, const char *name,
                enum lang lang, struct arena *arena,
                const struct round_text **out, struct err *e)
{
    const struct round_text *list;
    int count;

    *out = NULL;
    if (!round_text_list(s, r, arena, &list, &count, e))
        return false;
    for (int i = 0; i < count; i++)
        if (list[i].lang == lang && strcmp(list[i].name, name) == 0)
            *out = &list[i];
    return true;
}

/* The statement ID with the name and language of a text. */
static struct db_stmt *
use_text(struct store *s, const struct round *r, enum sql id,
         const char *name, enum lang lang, struct err *e)
{
    struct db_stmt *st = store_use(s, r, id, e);

    db_bind_text(st, 3, name);
    db_bind_text(st, 4, lang_code(lang));
    return st;
}

/* A row without its source. */
static void
read_version(struct db_stmt *st, struct arena *arena,
             struct round_text_version *out)
{
    *out = (struct round_text_version){
        .number = (int)db_int(st, 0),
        .act = (enum round_text_act)db_int(st, 1),
        .from = (int)db_int(st, 2),
        .at_ms = db_int(st, 3),
        .by = arena_text(arena, db_text(st, 4)),
        .reason = arena_text(arena, db_text(st, 5))
    };
}

bool
round_text_read(struct store *s, const struct round *r,
                const struct round_text *t, int number, struct arena *arena,
                struct round_text_version *out, struct err *e)
{
    struct db_stmt *st = use_text(s, r, SQL_TEXT_VERSION_GET, t->name,
                                  t->lang, e);
    enum db_step step;

    *out = (struct round_text_version){ .source = "" };
    db_bind_int(st, 5, number > 0 ? number : t->version);
    step = db_step(st, e);
    if (step == DB_ROW) {
        read_version(st, arena, out);
        out->source = arena_text(arena, db_text(st, 6));
        out->len = strlen(out->source);
    }
    db_done(st);
    if (step == DB_DONE)
        return err_set(e, ERR_INPUT, "publishing.version", "%d", number);
    return step == DB_ROW;
}

bool
round_text_versions(struct store *s, const struct round *r,
                    const struct round_text *t, struct arena *arena,
                    const struct round_text_version **list, int *count,
                    struct err *e)
{
    struct db_stmt *st = use_text(s, r, SQL_TEXT_VERSION_LIST, t->name,
                                  t->lang, e);
    struct rows rows = { .st = st, .arena = arena };
    struct round_text_version *x;

    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        read_version(st, arena, x);
    *list = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

/* SOURCE with line ends of one kind, in ARENA; NULL with E if it can't be
 * a text. */
static const char *
check_source(const char *source, size_t len, struct arena *arena,
             struct err *e)
{
    char *out;
    size_t n = 0;

    if (len > ROUND_TEXT_MAX) {
        err_set(e, ERR_INPUT, "publishing.long", "%d", ROUND_TEXT_MAX);
        return NULL;
    }
    out = arena_take(arena, len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)source[i];

        if (c == '\r' && i + 1 < len && source[i + 1] == '\n')
            continue;
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
            goto bad;
        out[n++] = (char)c;
    }
    out[n] = '\0';
    if (utf8_valid(out, n, NULL))
        return out;
bad:
    err_set(e, ERR_INPUT, "publishing.utf8", "");
    return NULL;
}

static bool
check_name(const char *name, enum round_text_kind *kind, struct err *e)
{
    static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t n = strlen(name);
    int kept = round_text_kind_of(name);

    if (n < 1 || n > ROUND_TEXT_NAME || strspn(name, all) != n)
        return err_set(e, ERR_INPUT, "publishing.name", "%d",
                       ROUND_TEXT_NAME);
    if (kept >= 0)
        *kind = (enum round_text_kind)kept;
    return true;
}

static bool
insert_text(struct store *s, const struct round *r, const char *name,
            enum lang lang, enum round_text_kind kind, struct err *e)
{
    struct db_stmt *st;
    int64_t count;

    if (!db_number(store_use(s, r, SQL_ROUND_TEXT_COUNT, e), &count, e))
        return false;
    if (count >= ROUND_TEXTS_MAX)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       ROUND_TEXTS_MAX);
    st = use_text(s, r, SQL_ROUND_TEXT_INSERT, name, lang, e);
    db_bind_int(st, 5, kind);
    return db_run(st, e);
}

/* Everything that is written of a text goes through here: V is the next
 * version, and LOCKED what the text is from then on. */
static bool
append(struct store *s, const struct actor *actor, const struct round *r,
       const struct round_text *t, const struct round_text_version *v,
       bool locked, struct err *e)
{
    struct db_stmt *st = use_text(s, r, SQL_TEXT_VERSION_INSERT, t->name,
                                  t->lang, e);
    char sum[SUM_TEXT], note[ROUND_TEXT_NAME + 32];

    store_sum(v->source, strlen(v->source), sum);
    db_bind_int(st, 5, t->version + 1);
    db_bind_int(st, 6, v->act);
    db_bind_int(st, 7, v->from);
    db_bind_int(st, 8, clock_now(&s->clock));
    db_bind_text(st, 9, actor->name);
    db_bind_text(st, 10, v->reason != NULL ? v->reason : "");
    db_bind_text(st, 11, v->source);
    db_bind_text(st, 12, sum);
    if (!db_run(st, e))
        return false;
    st = use_text(s, r, SQL_ROUND_TEXT_SET, t->name, t->lang, e);
    db_bind_int(st, 5, t->version + 1);
    db_bind_int(st, 6, locked);
    snprintf(note, sizeof note, "%s %s %d", t->name, lang_code(t->lang),
             t->version + 1);
    return db_run(st, e)
           && round_note(s, actor, r, "text", note, v->reason, e);
}

/* What is to be written was made from what stands there now. */
static bool
check_seen(const struct round_text *t, int seen, struct err *e)
{
    if (t->version != seen)
        return err_set(e, ERR_INPUT, "publishing.changed", "");
    if (t->version >= ROUND_TEXT_VERSIONS)
        return err_set(e, ERR_INPUT, "publishing.many", "%d",
                       ROUND_TEXT_VERSIONS);
    return true;
}

static bool
check_open(const struct round_text *t, struct err *e)
{
    return !t->locked || err_set(e, ERR_INPUT, "publishing.locked", "");
}

/* A text that is not there yet is put in, with version 0. */
static bool
find_or_insert(struct store *s, const struct round *r, const char *name,
               enum lang lang, enum round_text_kind kind, int seen,
               struct arena *arena, const struct round_text **t,
               struct err *e)
{
    if (!round_text_find(s, r, name, lang, arena, t, e))
        return false;
    if (*t == NULL) {
        struct round_text *made = arena_take(arena, sizeof *made);

        *made = (struct round_text){ name, lang, kind, 0, false, 0, "" };
        *t = made;
        if (seen == 0)
            return insert_text(s, r, name, lang, kind, e);
    }
    return check_seen(*t, seen, e) && check_open(*t, e);
}

static bool
save(struct store *s, const struct actor *actor, const struct round *r,
     const struct round_text *t, const struct round_text_version *v,
     int *now, struct arena *arena, struct err *e)
{
    struct round_text_version old;

    *now = t->version;
    if (t->version > 0) {
        if (!round_text_read(s, r, t, 0, arena, &old, e))
            return false;
        if (strcmp(old.source, v->source) == 0)
            return true;
    }
    ++*now;
    return append(s, actor, r, t, v, false, e);
}

bool
round_text_save(struct store *s, const struct actor *actor,
                const struct round *r, const char *name, enum lang lang,
                enum round_text_kind kind, const char *source, size_t len,
                int seen, int *now, struct err *e)
{
    struct round_text_version v = { .act = ROUND_TEXT_SAVED };
    const struct round_text *t;
    struct arena arena;
    bool ok;

    assert(s->open && lang < LANG_COUNT && kind < ROUND_TEXT_KINDS);
    if (!publishing_may(r, e) || !check_name(name, &kind, e))
        return false;
    arena_init(&arena);
    v.source = check_source(source, len, &arena, e);
    ok = v.source != NULL
         && find_or_insert(s, r, name, lang, kind, seen, &arena, &t, e)
         && save(s, actor, r, t, &v, now, &arena, e);
    arena_clear(&arena);
    return ok;
}

/* T as it is now; "publishing.no_text" where it is gone. */
static bool
load(struct store *s, const struct round *r, const struct round_text *t,
     struct arena *arena, const struct round_text **now, struct err *e)
{
    if (!round_text_find(s, r, t->name, t->lang, arena, now, e))
        return false;
    return *now != NULL || err_set(e, ERR_INPUT, "publishing.no_text", "");
}

bool
round_text_restore(struct store *s, const struct actor *actor,
                   const struct round *r, const struct round_text *t,
                   int number, int seen, struct err *e)
{
    struct round_text_version v;
    const struct round_text *now;
    struct arena arena;
    int revision;
    bool ok;

    assert(s->open && number > 0);
    arena_init(&arena);
    ok = load(s, r, t, &arena, &now, e) && check_seen(now, seen, e)
         && check_open(now, e)
         && round_text_read(s, r, now, number, &arena, &v, e);
    if (ok) {
        v.act = ROUND_TEXT_RESTORED;
        v.from = number;
        v.reason = "";
        ok = save(s, actor, r, now, &v, &revision, &arena, e);
    }
    arena_clear(&arena);
    return ok;
}

/* Locks or unlocks: the same text again, under another act. */
static bool
turn(struct store *s, const struct actor *actor, const struct round *r,
     const struct round_text *now, bool lock, const char *reason,
     struct arena *arena, struct err *e)
{
    struct round_text_version v;

    if (now->locked == lock)
        return true;
    if (!round_text_read(s, r, now, 0, arena, &v, e))
        return false;
    v.act = lock ? ROUND_TEXT_LOCKED : ROUND_TEXT_UNLOCKED;
    v.from = 0;
    v.reason = reason;
    return append(s, actor, r, now, &v, lock, e);
}

bool
round_text_lock(struct store *s, const struct actor *actor,
                const struct round *r, const struct round_text *t, int seen,
                struct err *e)
{
    const struct round_text *now;
    struct arena arena;
    bool ok;

    assert(s->open);
    arena_init(&arena);
    ok = load(s, r, t, &arena, &now, e)
         && (now->locked || check_seen(now, seen, e))
         && turn(s, actor, r, now, true, "", &arena, e);
    arena_clear(&arena);
    return ok;
}

bool
round_text_unlock(struct store *s, const struct actor *actor,
                  const struct round *r, const struct round_text *t,
                  const char *reason, struct err *e)
{
    const struct round_text *now;
    struct arena arena;
    bool ok;

    assert(s->open);
    if (reason == NULL || reason[strspn(reason, " \n")] == '\0')
        return err_set(e, ERR_INPUT, "publishing.reason", "");
    if (!store_text(reason, ROUND_TEXT_REASON, true, "publishing.words", e))
        return false;
    arena_init(&arena);
    ok = load(s, r, t, &arena, &now, e)
         && turn(s, actor, r, now, false, reason, &arena, e);
    arena_clear(&arena);
    return ok;
}

static bool
remove_rows(struct store *s, const struct actor *actor,
            const struct round *r, const struct round_text *t,
            struct err *e)
{
    static const enum sql ids[] = {
        SQL_TEXT_VERSION_DELETE, SQL_ROUND_TEXT_DELETE
    };
    int64_t locked;

    if (!db_number(use_text(s, r, SQL_ROUND_TEXT_WAS_LOCKED, t->name,
                            t->lang, e), &locked, e))
        return false;
    if (locked > 0)
        return err_set(e, ERR_INPUT, "publishing.was_locked", "");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (!db_run(use_text(s, r, ids[i], t->name, t->lang, e), e))
            return false;
    return round_note(s, actor, r, "text_removed", t->name, "", e);
}

bool
round_text_remove(struct store *s, const struct actor *actor,
                  const struct round *r, const struct round_text *t,
                  int seen, struct err *e)
{
    const struct round_text *now;
    struct arena arena;
    bool ok;

    assert(s->open);
    arena_init(&arena);
    ok = load(s, r, t, &arena, &now, e);
    if (ok && now->version != seen)
        ok = err_set(e, ERR_INPUT, "publishing.changed", "");
    ok = ok && remove_rows(s, actor, r, now, e);
    arena_clear(&arena);
    return ok;
}
