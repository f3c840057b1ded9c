/* page_access.c - who has access, and who had on any date. */
#include <string.h>
#include "base/msg.h"
#include "store/account.h"
#include "web/log_scope.h"
#include "web/pages.h"

struct overview {
    struct grant_view view;
    const char *round;          /* chosen; "" all */
    int32_t day;                /* DAY_NONE: now */
    const struct grant *list;
    int count;
    const struct account *accounts;
    int account_count;
};

static bool
of_round(const struct overview *o, const struct grant *g)
{
    const struct round fake = { .id = o->round, .training_of = "" };

    return o->round[0] == '\0' || grant_is_of(g, &fake);
}

static const char *
name_of(const struct overview *o, const char *id)
{
    for (int i = 0; i < o->account_count; i++)
        if (strcmp(o->accounts[i].id, id) == 0)
            return o->accounts[i].name;
    return id;
}

static bool
load(struct page *p, struct overview *o)
{
    const struct round none = { .id = "" };
    struct grant_ask ask = { .duty = -1, .from_ms = p->now_ms,
                             .to_ms = p->now_ms + 1 };

    if (o->day != DAY_NONE) {
        ask.from_ms = when_begins(o->day);
        ask.to_ms = when_begins(o->day + 1);
    }
    return grant_list(p->store, &ask, p->arena, &o->list, &o->count, &p->err)
           && account_list(p->store, true, p->arena, &o->accounts,
                           &o->account_count, &p->err)
           && store_log_act(p->store, &p->actor, &none,
                            log_asked(p, "as")[0] != '\0' ? "export"
                                                          : "access",
                            &p->err);
}

static void
put_form(struct page *p, struct overview *o,
         const struct round *const *rounds)
{
    struct view *list = view_list(p->view, "rounds");
    struct buf query;

    log_choice(list, "", msg_text(p->lang, "account.all_rounds"), o->round);
    for (int i = 0; rounds[i] != NULL; i++)
        log_choice(list, rounds[i]->id, rounds[i]->title, o->round);
    view_text(p->view, "on", log_asked(p, "on"));
    view_text(p->view, "as_of", o->day == DAY_NONE ? when_minute(p, p->now_ms)
              : when_day(p, when_begins(o->day)));
    buf_init(&query, 0);
    log_query_add(&query, "on", log_asked(p, "on"));
    log_query_add(&query, "round", o->round);
    log_query_add(&query, "as", "csv");
    view_text(p->view, "query", arena_text(p->arena, buf_string(&query)));
    buf_clear(&query);
}

static void
show(struct page *p, struct overview *o, const struct round *const *rounds)
{
    struct view *list = view_list(p->view, "grants");
    int count = 0;

    for (int i = 0; i < o->count; i++) {
        struct view *item;

        if (!of_round(o, &o->list[i]) || !log_sees(p, &o->view, &o->list[i]))
            continue;
        item = view_item(list);
        grant_put(&o->view, item, &o->list[i]);
        view_text(item, "who", name_of(o, o->list[i].account));
        count++;
    }
    put_form(p, o, rounds);
    view_text(p->view, "found",
              PAGE_TEXT(p, "log.grants_found",
                        arena_printf(p->arena, "%d", count)));
    page_show(p, "access");
}

static void
put_row(struct overview *o, struct csv_writer *w, const struct grant *g)
{
    struct page *p = o->view.page;
    char from[TIME_TEXT], to[TIME_TEXT] = "";

    time_print_oslo(from, g->from_ms);
    if (g->to_ms != 0)
        time_print_oslo(to, g->to_ms);
    log_csv_text(w, g->account);
    log_csv_text(w, name_of(o, g->account));
    log_csv_text(w, grant_duty(p, g->duty));
    log_csv_text(w, grant_place(&o->view, g));
    csv_field_text(w, from);
    csv_field_text(w, to);
    log_csv_text(w, g->granted_by);
    log_csv_text(w, g->ended_by);
    log_csv_text(w, grant_reason(p, g));
    csv_end_row(w);
}

static void
send_csv(struct page *p, struct overview *o)
{
    static const char *const heads[] = {
        "account.id_label", "account.name_label", "account.duty",
        "account.where", "account.from_head", "account.to_head",
        "account.given_by_head", "account.ended_by_head", "account.reason"
    };
    struct csv_writer w;

    log_csv_begin(p, &w, "tilgang.csv");
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        csv_field_text(&w, msg_text(p->lang, heads[i]));
    csv_end_row(&w);
    for (int i = 0; i < o->count; i++)
        if (of_round(o, &o->list[i]) && log_sees(p, &o->view, &o->list[i]))
            put_row(o, &w, &o->list[i]);
}

void
page_access(struct page *p)
{
    struct overview o = { .round = log_asked(p, "round") };
    const struct round *const *rounds;
    bool known = o.round[0] == '\0';

    grant_view_init(&o.view, p);
    if (!log_rounds(p, &o.view, &rounds)) {
        page_fail(p);
        return;
    }
    for (int i = 0; rounds[i] != NULL; i++)
        known = known || strcmp(rounds[i]->id, o.round) == 0;
    if (!known) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (!when_read(p, log_asked(p, "on"), "access-on", &o.day))
        o.day = DAY_NONE;
    if (!load(p, &o))
        page_fail(p);
    else if (strcmp(log_asked(p, "as"), "csv") == 0)
        send_csv(p, &o);
    else
        show(p, &o, rounds);
}
