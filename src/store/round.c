/* round.c - see round.h. */
#include "store/round.h"
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "base/near.h"
#include "store/key.h"
#include "store/store_private.h"

static const char *
or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void
definition_sum(const struct definition *d, char out[65])
{
    crypto_hash_sha256_state h;
    unsigned char sum[crypto_hash_sha256_BYTES];
    const char *on = or_empty(d->switched_on);

    crypto_hash_sha256_init(&h);
    crypto_hash_sha256_update(&h, (const unsigned char *)d->text, d->len);
    crypto_hash_sha256_update(&h, (const unsigned char *)"", 1);
    crypto_hash_sha256_update(&h, (const unsigned char *)on, strlen(on));
    crypto_hash_sha256_final(&h, sum);
    sodium_bin2hex(out, 65, sum, sizeof sum);
}

bool
definition_whole(const struct definition *d)
{
    char sum[65];

    definition_sum(d, sum);
    return strcmp(sum, d->sha256) == 0;
}

bool
round_note(struct store *s, const struct actor *actor, const struct round *r,
           const char *field, const char *value, const char *reason,
           struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_CHANGE_INSERT, e);

    db_bind_int(st, 3, clock_now(&s->clock));
    db_bind_text(st, 4, actor->name);
    db_bind_text(st, 5, field);
    db_bind_text(st, 6, value);
    db_bind_text(st, 7, or_empty(reason));
    return db_run(st, e);
}

static bool
check_id(const char *id, struct err *e)
{
    size_t n = strlen(id);

    if (n == 0 || n > ROUND_ID_MAX
        || id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        return err_set(e, ERR_INPUT, "round.id", "%s",
                       n <= ROUND_ID_MAX ? id : "");
    return true;
}

static bool
insert_round(struct store *s, const struct round *r, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_ROUND_INSERT, e);
    enum db_step step;

    db_bind_int(st, 1, r->municipality);
    db_bind_int(st, 2, r->row);
    db_bind_text(st, 3, r->id);
    db_bind_int(st, 4, r->year);
    db_bind_int(st, 5, r->period);
    db_bind_int(st, 6, r->from_age);
    db_bind_text(st, 7, or_empty(r->title));
    db_bind_int(st, 8, r->status);
    db_bind_int(st, 9, r->synthetic);
    db_bind_text(st, 10, or_empty(r->training_of));
    step = db_step(st, e);
    db_done(st);
    if (step == DB_TAKEN)
        return err_set(e, ERR_INPUT, "round.exists", "%s", r->id);
    if (step == DB_REFUSED)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", s->path);
    return step == DB_DONE;
}

static bool
insert_tier(struct store *s, const struct round *r, int unit, int place,
            const struct unit_tier *t, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_UNIT_TIER_INSERT, e);

    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, place);
    db_bind_int(st, 5, t->tier);
    db_bind_text(st, 6, or_empty(t->words));
    db_bind_int(st, 7, t->number_required);
    db_bind_text(st, 8, or_empty(t->whom));
    return db_run(st, e);
}

bool
round_put_tiers(struct store *s, const struct round *r, int unit,
                const struct unit *u, struct err *e)
{
    for (int i = 0; i < u->tier_count; i++)
        if (!insert_tier(s, r, unit, i, &u->tiers[i], e))
            return false;
    return true;
}

bool
round_put_unit(struct store *s, const struct round *r, int unit,
               const struct unit *u, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_UNIT_INSERT, e);
    enum db_step step;

    db_bind_int(st, 3, unit);
    db_bind_text(st, 4, u->id);
    db_bind_text(st, 5, or_empty(u->name));
    db_bind_text(st, 6, or_empty(u->sector));
    db_bind_int(st, 7, u->off);
    step = db_step(st, e);
    db_done(st);
    if (step == DB_TAKEN)
        return err_set(e, ERR_INPUT, "unit.twice", "%s", u->id);
    if (step != DB_DONE)
        return err_set(e, ERR_MACHINE, "db.refused", "%s", s->path);
    return round_put_tiers(s, r, unit, u, e);
}

bool
round_put_definition(struct store *s, const struct round *r, int number,
                     const struct definition *d, char sum[65],
                     struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_DEFINITION_TEXT_PUT, e);

    definition_sum(d, sum);
    db_bind_text(st, 1, sum);
    db_bind_blob(st, 2, d->text, d->len);
    if (!db_run(st, e))
        return false;
    st = store_use(s, r, SQL_DEFINITION_INSERT, e);
    db_bind_int(st, 3, number);
    db_bind_text(st, 4, or_empty(d->switched_on));
    db_bind_text(st, 5, sum);
    return db_run(st, e);
}

/* The lawful fields that R came with. */
static bool
insert_filled(struct store *s, const struct round *r, struct err *e)
{
    for (int i = 0; i < LAWFUL_COUNT; i++)
        if (*or_empty(r->lawful[i]) != '\0'
            && !round_put_lawful(s, r, i, r->lawful[i], e))
            return false;
    return true;
}

bool
round_add(struct store *s, const struct actor *actor, const struct round *r,
          const struct definition *first, const uint8_t *published,
          struct err *e)
{
    struct round made = *r;
    int64_t place;
    char sum[65];

    assert(s->open);
    if (!check_id(r->id, e)
        || !db_number(db_use(s->db, SQL_ROUND_PLACE, e), &place, e))
        return false;
    made.row = (int)place;
    if (!insert_round(s, &made, e))
        return false;
    for (int i = 0; i < made.unit_count; i++)
        if (!round_put_unit(s, &made, i, &made.units[i], e))
            return false;
    if (!round_put_definition(s, &made, 1, first, sum, e)
        || !insert_filled(s, &made, e)
        || !round_note(s, actor, &made, "made", r->id, "", e)
        || !round_note(s, actor, &made, "definition", sum, "", e))
        return false;
    store_make_key(s, r->id, published);
    store_uncache(s, NULL);
    return true;
}

/* The round's own row; false without E set if there is none. */
static bool
load_row(struct store *s, const char *id, struct arena *arena,
         struct round *r, struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_ROUND_GET, e);
    bool found;

    db_bind_text(st, 1, id);
    found = db_step(st, e) == DB_ROW;
    if (found) {
        r->id = arena_text(arena, id);
        r->municipality = (int)db_int(st, 0);
        r->row = (int)db_int(st, 1);
        r->year = (int)db_int(st, 2);
        r->period = (int)db_int(st, 3);
        r->from_age = (int)db_int(st, 4);
        r->title = arena_text(arena, db_text(st, 5));
        r->status = (enum round_status)db_int(st, 6);
        r->synthetic = db_int(st, 7) != 0;
        r->training_of = arena_text(arena, db_text(st, 8));
        r->definition = (int)db_int(st, 9);
        r->next_number = db_int(st, 10);
        r->opted_out_deleted = db_int(st, 11);
        r->settle_due = db_int(st, 12) != 0;
        r->changes = db_int(st, 13);
    }
    db_done(st);
    return found;
}

static bool
load_units(struct store *s, struct arena *arena, struct round *r,
           struct unit **units, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_UNIT_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct unit *u;

    while ((u = rows_add(&rows, sizeof *u, e)) != NULL) {
        u->id = arena_text(arena, db_text(st, 0));
        u->name = arena_text(arena, db_text(st, 1));
        u->sector = arena_text(arena, db_text(st, 2));
        u->off = db_int(st, 3) != 0;
    }
    r->units = *units = rows.list;
    r->unit_count = rows.count;
    return rows_end(&rows);
}

/* The tiers of every unit: they come unit by unit. */
static bool
load_tiers(struct store *s, struct arena *arena, struct round *r,
           struct unit *units, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_UNIT_TIER_LIST, e);
    struct unit_tier *tiers = NULL, *t;
    int64_t last = -1;
    struct rows rows = { .st = st };
    int room = 0;

    while (rows_next(&rows, e)) {
        int64_t place = db_int(st, 0);
        struct unit *u;

        if (place < 0 || place >= r->unit_count)
            continue;           /* the foreign key forbids it */
        u = &units[place];
        if (place != last) {
            last = place;
            tiers = NULL;
            room = 0;
        }
        tiers = arena_more(arena, tiers, u->tier_count, &room, sizeof *t);
        t = &tiers[u->tier_count++];
        t->tier = (int)db_int(st, 1);
        t->words = arena_text(arena, db_text(st, 2));
        t->number_required = db_int(st, 3) != 0;
        t->whom = arena_text(arena, db_text(st, 4));
        u->tiers = tiers;
    }
    return rows_end(&rows);
}

static bool
load_lawful(struct store *s, struct arena *arena, struct round *r,
            struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_LAWFUL_LIST, e);
    struct rows rows = { .st = st };

    for (int i = 0; i < LAWFUL_COUNT; i++)
        r->lawful[i] = "";
    while (rows_next(&rows, e)) {
        int field = lawful_field_of(db_text(st, 0));

        if (field >= 0)
            r->lawful[field] = arena_text(arena, db_text(st, 1));
    }
    return rows_end(&rows);
}

/* ERR_INPUT, with the nearest round there is. */
static bool
unknown(struct store *s, const char *id, struct arena *arena, struct err *e)
{
    const char *const *ids;
    struct near near;

    if (!round_list(s, arena, &ids, e))
        return false;
    near_begin(&near, id, strlen(id));
    for (; *ids != NULL; ids++)
        near_offer(&near, *ids);
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "round.unknown", "%s", id);
    return err_set(e, ERR_INPUT, "round.unknown_near", "%s %s", id,
                   near.best);
}

bool
round_load(struct store *s, const char *id, struct arena *arena,
           struct round **out, struct err *e)
{
    struct round *r = arena_take(arena, sizeof *r);
    struct unit *units = NULL;

    if (!load_row(s, id, arena, r, e))
        return e->code == ERR_NONE ? unknown(s, id, arena, e) : false;
    if (!load_units(s, arena, r, &units, e)
        || !load_tiers(s, arena, r, units, e)
        || !load_lawful(s, arena, r, e))
        return false;
    *out = r;
    return true;
}

bool
round_unchanged(struct store *s, const struct round *r, bool *same,
                struct err *e)
{
    struct round *round;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = round_load(s, r->id, &arena, &round, e);
    *same = ok && round->changes == r->changes && round->status == r->status
        && round->definition == r->definition
        && round->settle_due == r->settle_due;
    arena_clear(&arena);
    return ok;
}

bool
round_changes(struct store *s, const struct round *r, int64_t *changes,
              struct err *e)
{
    return db_number(store_use(s, r, SQL_ROUND_CHANGES, e), changes, e);
}

int
round_unit(const struct round *r, const char *id)
{
    for (int i = 0; i < r->unit_count; i++)
        if (strcmp(r->units[i].id, id) == 0)
            return i;
    return -1;
}

bool
round_list(struct store *s, struct arena *arena, const char *const **ids,
           struct err *e)
{
    struct db_stmt *st = db_use(s->db, SQL_ROUND_IDS, e);
    struct rows rows = { .st = st, .arena = arena };
    const char **id;

    while ((id = rows_add(&rows, sizeof *id, e)) != NULL)
        *id = arena_text(arena, db_text(st, 0));
    id = rows_piece(&rows, sizeof *id);
    *id = NULL;
    *ids = rows.list;
    return rows_end(&rows);
}

/* Steps ST, a statement about definition NUMBER of R: a row, or E set. */
static bool
find_definition(struct db_stmt *st, const struct round *r, int number,
                struct err *e)
{
    enum db_step step;

    db_bind_int(st, 3, number);
    step = db_step(st, e);
    if (step == DB_DONE)
        err_set(e, ERR_INPUT, "round.definition_unknown", "%s %d", r->id,
                number);
    return step == DB_ROW;
}

bool
round_definition(struct store *s, const struct round *r, int number,
                 struct arena *arena, struct definition *out, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_DEFINITION_GET, e);
    const void *text;
    size_t len;
    bool found;

    if (number == 0)
        number = r->definition;
    found = find_definition(st, r, number, e);
    if (found) {
        text = db_blob(st, 0, &len);
        *out = (struct definition){
            .number = number,
            .text = arena_text_n(arena, text != NULL ? text : "", len),
            .len = len,
            .switched_on = arena_text(arena, db_text(st, 1)),
            .sha256 = arena_text(arena, db_text(st, 2))
        };
    }
    db_done(st);
    return found;
}

bool
round_definition_name(struct store *s, const struct round *r, int number,
                      char sha256[DEFINITION_NAME], struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_DEFINITION_NAME, e);
    bool found;

    found = find_definition(st, r, number != 0 ? number : r->definition, e);
    if (found)
        snprintf(sha256, DEFINITION_NAME, "%s", db_text(st, 0));
    db_done(st);
    return found;
}
