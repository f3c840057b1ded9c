/* api_log.c - calls on a round's access log, and on who has or had access:
 * no answers. What may be seen of either is as on the pages (log_scope.h);
 * asking is itself in the log. */
#include <stdlib.h>
#include <string.h>
#include "store/account.h"
#include "store/log_search.h"
#include "web/api.h"
#include "web/log_scope.h"
#include "web/pages.h"

enum { LIMIT_USUAL = 100, LIMIT_MOST = 1000 };

static const char *
or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

/* The query, which is of the right form. */
static struct log_ask
read_ask(struct page *p)
{
    const struct round *r = p->round->round;
    const char *from = api_query(p, "from"), *to = api_query(p, "to");
    long limit = atol(api_query(p, "limit"));
    struct log_ask ask = {
        .municipality = r->municipality, .round = r->id,
        .actor = or_null(api_query(p, "who")),
        .action = or_null(api_query(p, "action")),
        .unit = or_null(api_query(p, "unit")),
        .before_record = atoll(api_query(p, "before")),
        .limit = limit < 1 ? LIMIT_USUAL
                 : limit < LIMIT_MOST ? (int)limit : LIMIT_MOST
    };
    int32_t day;

    if (day_parse(from, strlen(from), &day))
        ask.from_ms = when_begins(day);
    if (day_parse(to, strlen(to), &day))
        ask.to_ms = when_begins(day + 1);
    return ask;
}

/* "a,b"; all units are no list. */
static void
put_units(struct json *j, const char *units)
{
    bool all = strcmp(units, "all") == 0;

    api_put_bool(j, "all_units", all);
    json_key(j, "units");
    json_begin_array(j);
    while (!all && *units != '\0') {
        size_t n = strcspn(units, ",");

        json_put_string_n(j, units, n);
        units += n;
        units += *units == ',';
    }
    json_end_array(j);
}

static void
put_record(struct page *p, struct json *j, const struct log_found *f)
{
    const struct log_record *r = &f->record;

    json_begin_object(j);
    api_put_int(j, "record", f->number);
    api_put_time(j, "at", f->minute_ms);
    api_put_text(j, "actor", r->actor);
    api_put_text(j, "rights", r->rights);
    api_put_text(j, "purpose", r->purpose);
    api_put_text(j, "action", r->action);
    api_put_maybe(j, "round", r->round);
    put_units(j, r->units);
    api_put_text(j, "what", r->what);
    json_key(j, "entries");
    if (r->entries < 0)
        json_put_null(j);
    else
        json_put_int(j, r->entries);
    if (log_watches(p))
        api_put_text(j, "numbers", r->numbers);
    json_end_object(j);
}

void
api_log(struct page *p)
{
    const struct log_found *list;
    struct log_ask ask;
    struct json j;
    bool more;
    int count;

    ask = read_ask(p);
    if (!log_search(p->store, &p->actor, &ask, p->arena, &list, &count,
                    &more, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    json_key(&j, "records");
    json_begin_array(&j);
    for (int i = 0; i < count; i++)
        put_record(p, &j, &list[i]);
    json_end_array(&j);
    api_put_bool(&j, "more", more);
    json_end_object(&j);
    page_json_finish(p, &j);
}

struct overview {
    int32_t day;                /* DAY_NONE: now */
    const struct grant *list;
    int count;
    const struct account *accounts;
    int account_count;
};

static bool
load(struct page *p, struct overview *o)
{
    const char *on = api_query(p, "on");
    struct grant_ask ask = { .duty = -1, .from_ms = p->now_ms,
                             .to_ms = p->now_ms + 1 };

    o->day = DAY_NONE;
    if (day_parse(on, strlen(on), &o->day)) {
        ask.from_ms = when_begins(o->day);
        ask.to_ms = when_begins(o->day + 1);
    }
    return grant_list(p->store, &ask, p->arena, &o->list, &o->count, &p->err)
           && account_list(p->store, true, p->arena, &o->accounts,
                           &o->account_count, &p->err)
           && store_log_act(p->store, &p->actor, p->round->round, "access",
                            &p->err);
}

static const char *
name_of(const struct overview *o, const char *id)
{
    for (int i = 0; i < o->account_count; i++)
        if (strcmp(o->accounts[i].id, id) == 0)
            return o->accounts[i].name;
    return "";
}

static void
put_grant(struct json *j, const struct overview *o, const struct grant *g)
{
    json_begin_object(j);
    api_put_text(j, "account", g->account);
    api_put_maybe(j, "name", name_of(o, g->account));
    api_put_grant(j, g);
    api_put_text(j, "granted_by", g->granted_by);
    api_put_time(j, "granted_at", g->granted_ms);
    api_put_maybe(j, "ended_by", g->ended_by);
    api_put_time(j, "ended_at", g->ended_ms);
    api_put_maybe(j, "reason", g->reason);
    json_end_object(j);
}

void
api_access(struct page *p)
{
    struct grant_view view;
    struct overview o;
    struct json j;

    if (!load(p, &o)) {
        page_fail(p);
        return;
    }
    grant_view_init(&view, p);
    page_json(p, &j);
    json_begin_object(&j);
    api_put_day(&j, "on", o.day);
    json_key(&j, "grants");
    json_begin_array(&j);
    for (int i = 0; i < o.count; i++)
        if (grant_is_of(&o.list[i], p->round->round)
            && log_sees(p, &view, &o.list[i]))
            put_grant(&j, &o, &o.list[i]);
    json_end_array(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}
