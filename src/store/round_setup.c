/* round_setup.c - see round_setup.h: facts, units, a copy of last year's.
 *
 * A unit keeps its place for ever: rows name it by that. So units are added
 * at the end and switched off, never taken out. */
#include "store/round_setup.h"
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "store/publishing.h"
#include "store/store_private.h"
#include "store/text.h"

enum { UNIT_ID_MAX = 64 };

const char *const unit_sectors[] = {
    "health", "social", "nav_state", "child_welfare", "other", NULL
};

bool
store_text(const char *text, int most, bool lines, const char *key,
           struct err *e)
{
    size_t n = text != NULL ? strlen(text) : 0;
    bool good = utf8_valid(text != NULL ? text : "", n, NULL)
                && utf8_count(text != NULL ? text : "", n) <= (size_t)most;

    for (size_t i = 0; i < n && good; i++) {
        unsigned char c = (unsigned char)text[i];

        good = (c >= 0x20 && c != 0x7F) || (lines && c == '\n');
    }
    return good || err_set(e, ERR_INPUT, key, "%d", most);
}

bool
round_changeable(const struct round *r, struct err *e)
{
    return r->status != ROUND_CLOSED
           || err_set(e, ERR_INPUT, "setup.closed", "%s", r->id);
}

static bool
within(int value, int least, int most, const char *field, struct err *e)
{
    if (value >= least && value <= most)
        return true;
    err_field(e, field);
    return err_set(e, ERR_INPUT, "setup.range", "%s %d %d", field, least,
                   most);
}

static bool
check_numbers(int year, int period, int from_age, struct err *e)
{
    return within(year, YEAR_FIRST, YEAR_LAST, "year", e)
           && within(period, 1, PERIOD_MAX, "period", e)
           && within(from_age, 0, FROM_AGE_MAX, "from_age", e);
}

/* A name that is not blank. */
static bool
check_name(const char *text, const char *field, struct err *e)
{
    if (text == NULL || text[strspn(text, " ")] == '\0') {
        err_field(e, field);
        return err_set(e, ERR_INPUT, "setup.blank", "%s", field);
    }
    return store_text(text, UNIT_NAME_MAX, false, "setup.text", e)
           || err_field(e, field);
}

static bool
check_unit_id(const char *id, struct err *e)
{
    static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t n = id != NULL ? strlen(id) : 0;

    if (n >= 1 && n <= UNIT_ID_MAX && strspn(id, all) == n
        && strcmp(id, "unknown") != 0)
        return true;
    err_field(e, "id");
    return err_set(e, ERR_INPUT, "setup.unit_id", "%d", UNIT_ID_MAX);
}

static bool
check_sector(const char *sector, struct err *e)
{
    if (sector == NULL || *sector == '\0')
        return true;
    for (int i = 0; unit_sectors[i] != NULL; i++)
        if (strcmp(unit_sectors[i], sector) == 0)
            return true;
    err_field(e, "sector");
    return err_set(e, ERR_INPUT, "setup.sector", "");
}

static bool
check_tiers(const struct unit *u, struct err *e)
{
    err_field(e, "tiers");
    if (u->tier_count < 1 || u->tier_count > UNIT_TIERS)
        return err_set(e, ERR_INPUT, "setup.tiers", "%d", UNIT_TIERS);
    for (int i = 0; i < u->tier_count; i++) {
        const struct unit_tier *t = &u->tiers[i];

        if (t->tier < 1 || t->tier > TIER_MAX)
            return err_set(e, ERR_INPUT, "setup.tiers", "%d", UNIT_TIERS);
        for (int j = 0; j < i; j++)
            if (u->tiers[j].tier == t->tier)
                return err_set(e, ERR_INPUT, "setup.tier_twice", "%d",
                               t->tier);
        if (!store_text(t->words, UNIT_NAME_MAX, false, "setup.text", e)
            || !store_text(t->whom, UNIT_TEXT_MAX, true, "setup.text", e))
            return false;
    }
    e->field[0] = '\0';
    return true;
}

static bool
check_unit(const struct unit *u, struct err *e)
{
    return check_name(u->name, "name", e) && check_sector(u->sector, e)
           && check_tiers(u, e);
}

/* Runs ONE on R, and on its training round if there is one. */
static bool
on_both(struct store *s, const struct actor *actor, struct round *r,
        bool (*one)(struct store *s, const struct actor *actor,
                    const struct round *r, const void *what, struct err *e),
        const void *what, struct err *e)
{
    struct round *training;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = one(s, actor, r, what, e)
         && training_find(s, r->id, &arena, &training, e)
         && (training == NULL || one(s, actor, training, what, e));
    arena_clear(&arena);
    return ok;
}

static bool
facts_one(struct store *s, const struct actor *actor, const struct round *r,
          const void *what, struct err *e)
{
    const struct round_basics *f = what;
    struct db_stmt *st = store_use(s, r, SQL_ROUND_SET_FACTS, e);

    db_bind_text(st, 3, f->title);
    db_bind_int(st, 4, f->year);
    db_bind_int(st, 5, f->period);
    db_bind_int(st, 6, f->from_age);
    if (!db_run(st, e))
        return false;
    if (db_changes(s->db) != 1)
        return err_set(e, ERR_INPUT, "setup.opened", "%s", r->id);
    return round_note(s, actor, r, "facts", f->title, "", e);
}

bool
round_change_facts(struct store *s, const struct actor *actor,
                   struct round *r, const struct round_basics *facts,
                   struct err *e)
{
    assert(s->open);
    if (r->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "setup.opened", "%s", r->id);
    return check_name(facts->title, "title", e)
           && check_numbers(facts->year, facts->period, facts->from_age, e)
           && on_both(s, actor, r, facts_one, facts, e);
}

static bool
add_one(struct store *s, const struct actor *actor, const struct round *r,
        const void *what, struct err *e)
{
    const struct unit *u = what;

    return round_put_unit(s, r, r->unit_count, u, e)
           && round_note(s, actor, r, "unit", u->id, "", e);
}

bool
unit_add(struct store *s, const struct actor *actor, struct round *r,
         const struct unit *u, struct err *e)
{
    assert(s->open);
    if (!round_changeable(r, e) || !check_unit_id(u->id, e)
        || !check_unit(u, e))
        return false;
    if (r->unit_count >= UNIT_ROUND_MAX)
        return err_set(e, ERR_INPUT, "setup.units", "%d", UNIT_ROUND_MAX);
    return on_both(s, actor, r, add_one, u, e);
}

struct changing {
    int unit;
    const struct unit *u;
    bool off;
    const char *reason;
};

static bool
offers(const struct unit *u, int tier)
{
    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return true;
    return false;
}

/* What goes with tier TIER of the unit in place UNIT; refused where it has
 * been used. */
static bool
drop_tier(struct store *s, const struct round *r, int unit, int tier,
          struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_UNIT_TIER_USED, e);
    int64_t used;

    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, tier);
    if (!db_number(st, &used, e))
        return false;
    if (used > 0)
        return err_set(e, ERR_INPUT, "setup.tier_used", "%s %d",
                       r->units[unit].id, tier);
    st = store_use(s, r, SQL_EXPECTED_DELETE, e);
    db_bind_int(st, 3, unit);
    db_bind_int(st, 4, tier);
    return db_run(st, e);
}

static bool
change_one(struct store *s, const struct actor *actor, const struct round *r,
           const void *what, struct err *e)
{
    const struct changing *c = what;
    const struct unit *old = &r->units[c->unit];
    struct db_stmt *st;

    for (int i = 0; i < old->tier_count; i++)
        if (!offers(c->u, old->tiers[i].tier)
            && !drop_tier(s, r, c->unit, old->tiers[i].tier, e))
            return false;
    st = store_use(s, r, SQL_UNIT_UPDATE, e);
    db_bind_int(st, 3, c->unit);
    db_bind_text(st, 4, c->u->name);
    db_bind_text(st, 5, c->u->sector != NULL ? c->u->sector : "");
    if (!db_run(st, e))
        return false;
    st = store_use(s, r, SQL_UNIT_TIER_DELETE, e);
    db_bind_int(st, 3, c->unit);
    return db_run(st, e) && round_put_tiers(s, r, c->unit, c->u, e)
           && round_note(s, actor, r, "unit", old->id, "", e);
}

bool
unit_change(struct store *s, const struct actor *actor, struct round *r,
            int unit, const struct unit *u, struct err *e)
{
    const struct changing c = { .unit = unit, .u = u };

    assert(s->open && unit >= 0 && unit < r->unit_count);
    return round_changeable(r, e) && check_unit(u, e)
           && on_both(s, actor, r, change_one, &c, e);
}

static bool
off_one(struct store *s, const struct actor *actor, const struct round *r,
        const void *what, struct err *e)
{
    const struct changing *c = what;
    struct db_stmt *st = store_use(s, r, SQL_UNIT_SET_OFF, e);

    db_bind_int(st, 3, c->unit);
    db_bind_int(st, 4, c->off);
    return db_run(st, e)
           && round_note(s, actor, r, c->off ? "unit_off" : "unit_on",
                         r->units[c->unit].id, c->reason, e);
}

/* An open round that is not synthetic has a legal basis for each unit that
 * is on; one that comes back on must not change that. */
static bool
lawful_on(const struct round *r, int unit, struct err *e)
{
    const struct unit *u = &r->units[unit];
    char id[64] = "legal_basis_";
    int field;

    if (r->synthetic || r->status != ROUND_OPEN)
        return true;
    strncat(id, u->sector, sizeof id - strlen(id) - 1);
    field = lawful_field_of(id);
    return field < 0 || r->lawful[field][0] != '\0'
           || err_set(e, ERR_INPUT, "round.blank", "%s %s", r->id, id);
}

bool
unit_off(struct store *s, const struct actor *actor, struct round *r,
         int unit, bool off, const char *reason, struct err *e)
{
    const struct changing c = {
        .unit = unit, .off = off, .reason = reason
    };

    assert(s->open && unit >= 0 && unit < r->unit_count);
    if (!round_changeable(r, e))
        return false;
    if (off && (reason == NULL || reason[strspn(reason, " ")] == '\0'))
        return err_set(e, ERR_INPUT, "setup.reason", "%s",
                       r->units[unit].id);
    return store_text(reason, UNIT_TEXT_MAX, true, "setup.text", e)
           && (off || lawful_on(r, unit, e))
           && on_both(s, actor, r, off_one, &c, e);
}

/* What of FROM's lawful fields is another's a year later. */
static bool
is_of_the_year(int field)
{
    return lawful_fields[field].kind == LAWFUL_DATE
           || strcmp(lawful_fields[field].id, "population") == 0;
}

/* What stands beside the round, from one to the other. */
static bool
copy_lists(struct store *s, const struct round *from, const struct round *to,
           struct err *e)
{
    static const enum sql ids[] = {
        SQL_SLOT_COPY, SQL_ITEM_COPY, SQL_EXPECTED_COPY, SQL_SETTING_COPY
    };

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct db_stmt *st = store_use(s, from, ids[i], e);

        db_bind_int(st, 3, to->municipality);
        db_bind_int(st, 4, to->row);
        if (!db_run(st, e))
            return false;
    }
    return true;
}

/* The texts as they are in their newest versions, each the first of its
 * own. */
static bool
copy_texts(struct store *s, const struct actor *actor,
           const struct round *from, const struct round *to,
           struct arena *arena, struct err *e)
{
    const struct round_text *list;
    int count;

    if (!round_text_list(s, from, arena, &list, &count, e))
        return false;
    for (int i = 0; i < count; i++) {
        struct round_text_version v;
        int now;

        if (!round_text_read(s, from, &list[i], 0, arena, &v, e)
            || !round_text_save(s, actor, to, list[i].name, list[i].lang,
                                list[i].kind, v.source, v.len, 0, &now, e))
            return false;
    }
    return true;
}

/* What is to be done before publishing and who gets what: not when, nor what
 * has been done. Focus areas are the old round's findings and stay there. */
static bool
copy_publishing(struct store *s, const struct actor *actor,
                const struct round *from, const struct round *to,
                struct arena *arena, struct err *e)
{
    struct publish_item item[PUBLISH_ITEMS_MAX];
    struct publishing old;

    if (!publishing_get(s, from, arena, &old, e))
        return false;
    for (int list = 0; list < PUBLISH_LISTS; list++) {
        for (int i = 0; i < old.count[list]; i++)
            item[i] = (struct publish_item){
                .text = old.item[list][i].text, .who = old.item[list][i].who
            };
        if (old.count[list] > 0
            && !publishing_set(s, actor, to, (enum publish_list)list, item,
                               old.count[list], 0, e))
            return false;
    }
    return true;
}

bool
round_copy(struct store *s, const struct actor *actor,
           const struct round *from, const struct round *to, struct err *e)
{
    struct round made = *to, *loaded;
    struct definition d;
    struct arena arena;
    bool ok;

    assert(s->open);
    if (!check_name(to->title, "title", e)
        || !check_numbers(to->year, to->period, to->from_age, e))
        return false;
    arena_init(&arena);
    made.status = ROUND_SETUP;
    made.training_of = "";
    made.units = from->units;
    made.unit_count = from->unit_count;
    for (int i = 0; i < LAWFUL_COUNT; i++)
        made.lawful[i] = is_of_the_year(i) ? "" : from->lawful[i];
    ok = round_definition(s, from, 0, &arena, &d, e)
         && round_add(s, actor, &made, &d, NULL, e)
         && round_load(s, to->id, &arena, &loaded, e)
         && copy_lists(s, from, loaded, e)
         && copy_texts(s, actor, from, loaded, &arena, e)
         && copy_publishing(s, actor, from, loaded, &arena, e)
         && round_note(s, actor, loaded, "copied", from->id, "", e);
    arena_clear(&arena);
    return ok;
}
