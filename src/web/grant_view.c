/* grant_view.c - see grant_view.h. */
#include "web/grant_view.h"
#include <string.h>
#include "base/msg.h"

enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS };

void
grant_view_init(struct grant_view *v, struct page *p)
{
    *v = (struct grant_view){ .page = p };
}

static void
keep(struct grant_view *v, const struct round *r)
{
    v->rounds = arena_more(v->page->arena, v->rounds, v->round_count,
                           &v->round_room, sizeof *v->rounds);
    v->rounds[v->round_count++] = r;
}

const struct round *
grant_view_round(struct grant_view *v, const char *id)
{
    struct page *p = v->page;
    struct round *r = NULL;

    for (int i = 0; i < v->round_count; i++)
        if (strcmp(v->rounds[i]->id, id) == 0)
            return v->rounds[i];
    if (!round_load(p->store, id, p->arena, &r, &p->err))
        return NULL;
    keep(v, r);
    return r;
}

const struct unit *
grant_view_unit(const struct round *r, const char *id)
{
    int unit = r != NULL ? round_unit(r, id) : -1;

    return unit >= 0 ? &r->units[unit] : NULL;
}

const char *
grant_duty(struct page *p, enum duty duty)
{
    return msg_text(p->lang, arena_printf(p->arena, "duty.%s",
                                          duty_word(duty)));
}

static const char *
tier_words(const struct unit *u, int tier)
{
    for (int i = 0; u != NULL && i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return u->tiers[i].words;
    return "";
}

const char *
grant_place(struct grant_view *v, const struct grant *g)
{
    struct page *p = v->page;
    const struct round *r = NULL;
    const struct unit *u;
    const char *text;

    if (g->round[0] == '\0')
        return msg_text(p->lang, "account.all_rounds");
    r = grant_view_round(v, g->round);
    err_clear(&p->err);
    text = r != NULL ? r->title : g->round;
    if (g->unit[0] == '\0')
        return text;
    u = grant_view_unit(r, g->unit);
    text = arena_printf(p->arena, "%s – %s", text,
                        u != NULL ? u->name : g->unit);
    if (g->tier == 0)
        return text;
    return arena_printf(p->arena, "%s – %s", text, tier_words(u, g->tier));
}

const char *
grant_reason(struct page *p, const struct grant *g)
{
    if (strcmp(g->reason, "round_closed") == 0)
        return msg_text(p->lang, "account.by_round_closed");
    if (strcmp(g->reason, "account_ended") == 0)
        return msg_text(p->lang, "account.by_account_ended");
    return g->reason;
}

void
grant_put(struct grant_view *v, struct view *item, const struct grant *g)
{
    struct page *p = v->page;

    view_text(item, "key", arena_printf(p->arena, "%d.%lld",
                                        g->municipality,
                                        (long long)g->number));
    view_text(item, "account", g->account);
    view_text(item, "duty", grant_duty(p, g->duty));
    view_text(item, "place", grant_place(v, g));
    view_text(item, "from", when_minute(p, g->from_ms));
    if (g->to_ms != 0)
        view_text(item, "to", when_minute(p, g->to_ms));
    view_text(item, "granted_by", g->granted_by);
    view_text(item, "ended_by", g->ended_by);
    view_text(item, "reason", grant_reason(p, g));
    view_flag(item, "held", g->from_ms <= p->now_ms
              && (g->to_ms == 0 || g->to_ms > p->now_ms));
    view_flag(item, "later", g->from_ms > p->now_ms
              && (g->to_ms == 0 || g->to_ms > g->from_ms));
}

/* "2014-05-27 10:47" as KEY says it, of year, month, day, hour, minute. */
static const char *
say_when(struct page *p, const char *key, int64_t ms)
{
    char text[TIME_TEXT];
    const char *part[5];
    static const int at[5] = { 0, 5, 8, 11, 14 };

    time_print_oslo(text, ms);
    for (int i = 0; i < 5; i++)
        part[i] = arena_text_n(p->arena, text + at[i], i == 0 ? 4 : 2);
    return page_text(p, key, 5, part);
}

const char *
when_day(struct page *p, int64_t ms)
{
    return say_when(p, "account.day", ms);
}

const char *
when_minute(struct page *p, int64_t ms)
{
    return say_when(p, "account.minute", ms);
}

int64_t
when_begins(int32_t day)
{
    int64_t utc = (int64_t)day * DAY_MS;

    return day_oslo(utc - 2 * HOUR_MS) == day ? utc - 2 * HOUR_MS
                                              : utc - HOUR_MS;
}

bool
when_read(struct page *p, const char *text, const char *id, int32_t *day)
{
    *day = DAY_NONE;
    if (text == NULL || text[0] == '\0'
        || day_parse(text, strlen(text), day))
        return true;
    page_fault_text(p, id, msg_text(p->lang, "account.date"));
    return false;
}
