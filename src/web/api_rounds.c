/* api_rounds.c - calls on who asks, the rounds there are for him, and their
 * units; and the document that describes all calls. */
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/api.h"
#include "web/app.h"
#include "web/openapi.h"
#include "web/page_private.h"
#include "web/pages.h"
#include "web/place.h"

enum { MINUTE_MS = 60 * 1000 };

void
api_openapi(struct page *p)
{
    struct json j;

    page_json(p, &j);
    openapi_write(&j, page_defs, p->lang);
    page_json_finish(p, &j);
}

/* How long the session lasts if nothing more is asked. */
static int64_t
minutes_left(const struct page *p)
{
    const struct session *s = p->session;
    int64_t seen = session_due(s, p->now_ms) ? p->now_ms : s->seen_ms;
    int64_t end = seen + SESSION_IDLE_MS;

    if (end > s->expires_ms)
        end = s->expires_ms;
    return end > p->now_ms ? (end - p->now_ms) / MINUTE_MS : 0;
}

void
api_me(struct page *p)
{
    struct json j;

    page_json(p, &j);
    json_begin_object(&j);
    api_put_text(&j, "account", p->account);
    api_put_text(&j, "name", p->session->name);
    api_put_text(&j, "language", lang_code(p->lang));
    json_key(&j, "duties");
    json_begin_array(&j);
    for (int i = 0; i < p->grant_count; i++) {
        json_begin_object(&j);
        api_put_grant(&j, &p->grants[i]);
        json_end_object(&j);
    }
    json_end_array(&j);
    api_put_text(&j, "csrf", p->session->csrf);
    api_put_int(&j, "minutes_left", minutes_left(p));
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* What the account is in p->round, each word once. */
static void
put_duties(struct page *p, struct json *j)
{
    bool has[DUTY_COUNT] = { false };

    for (int i = 0; i < p->grant_count; i++)
        if (grant_is_of(&p->grants[i], p->round->round))
            has[p->grants[i].duty] = true;
    json_key(j, "duties");
    json_begin_array(j);
    for (int d = 0; d < DUTY_COUNT; d++)
        if (has[d])
            json_put_string(j, duty_word(d));
    json_end_array(j);
}

static void
put_round(struct page *p, struct json *j)
{
    const struct round *r = p->round->round;

    api_put_text(j, "id", r->id);
    api_put_text(j, "title", r->title);
    api_put_text(j, "status", round_status_word(r->status));
    api_put_bool(j, "training", r->training_of[0] != '\0');
    api_put_bool(j, "synthetic", r->synthetic);
    api_put_text(j, "municipality",
                 arena_printf(p->arena, "%04d", r->municipality));
    api_put_text(j, "municipality_name", page_municipality(p));
    api_put_int(j, "year", r->year);
    api_put_int(j, "period", r->period);
    api_put_int(j, "from_age", r->from_age);
    put_duties(p, j);
}

void
api_rounds(struct page *p)
{
    const char *const *ids;
    struct json j;

    if (!round_list(p->store, p->arena, &ids, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_array(&j);
    for (int i = 0; ids[i] != NULL; i++) {
        struct err e = { 0 };

        p->round = seat_round(p->seat, ids[i], &e);
        if (p->round == NULL || !page_any_grant(p, p->round->round))
            continue;
        json_begin_object(&j);
        put_round(p, &j);
        json_end_object(&j);
    }
    json_end_array(&j);
    page_json_finish(p, &j);
}

void
api_round(struct page *p)
{
    const struct instrument *in = p->round->in;
    int setting[SETTING_COUNT];
    struct json j;

    if (!setting_list(p->store, p->round->round, setting, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    put_round(p, &j);
    json_key(&j, "instrument");
    json_begin_object(&j);
    api_put_text(&j, "id", in->id);
    api_put_int(&j, "version", in->version);
    api_put_text(&j, "title", in->title.in[p->lang]);
    api_put_text(&j, "sha256", in->sha256);
    json_end_object(&j);
    api_put_int(&j, "small_below", setting[SETTING_SMALL_BELOW]);
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* Whether any grant is of that unit of p->round. */
static bool
sees_unit(const struct page *p, const char *unit)
{
    for (int i = 0; i < p->grant_count; i++) {
        const struct grant *g = &p->grants[i];

        if (grant_is_of(g, p->round->round)
            && (g->unit[0] == '\0' || strcmp(g->unit, unit) == 0))
            return true;
    }
    return false;
}

static void
put_tier(struct page *p, struct json *j, const struct unit *u,
         const struct unit_tier *t)
{
    json_begin_object(j);
    api_put_int(j, "tier", t->tier);
    api_put_text(j, "words", t->words);
    api_put_bool(j, "number_required", t->number_required);
    api_put_bool(j, "may_register",
                 !u->off && p->round->round->status == ROUND_OPEN
                 && place_granted(p->grants, p->grant_count,
                                  p->round->round, u->id, t->tier));
    api_put_text(j, "whom", t->whom);
    json_end_object(j);
}

/* Units that the account has something to do with. */
void
api_units(struct page *p)
{
    const struct round *r = p->round->round;
    struct json j;

    page_json(p, &j);
    json_begin_array(&j);
    for (int i = 0; i < r->unit_count; i++) {
        const struct unit *u = &r->units[i];

        if (!sees_unit(p, u->id))
            continue;
        json_begin_object(&j);
        api_put_text(&j, "id", u->id);
        api_put_text(&j, "name", u->name);
        api_put_maybe(&j, "sector", u->sector);
        api_put_bool(&j, "off", u->off);
        json_key(&j, "tiers");
        json_begin_array(&j);
        for (int t = 0; t < u->tier_count; t++)
            put_tier(p, &j, u, &u->tiers[t]);
        json_end_array(&j);
        json_end_object(&j);
    }
    json_end_array(&j);
    page_json_finish(p, &j);
}
