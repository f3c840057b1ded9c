/* page_setup_mapper.c - one mapper: in which units, since when, and ending
 * that with a reason. Signing in anew is page_login's.
 *
 * Somebody who maps in no unit that the account may see is not found. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/account.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { REASON_LONG = 200 };

static bool
load(struct page *p, struct store *s, const struct grant **list, int *count,
     struct err *e)
{
    const struct grant_ask ask = {
        .account = p->param[1], .round = p->round->round->id,
        .duty = DUTY_MAPPER, .from_ms = p->now_ms, .to_ms = p->now_ms + 1
    };

    return grant_list(s, &ask, p->arena, list, count, e);
}

/* The grant of one of the units that may be seen. */
static bool
is_seen(struct page *p, const struct grant *g)
{
    return round_unit(p->round->round, g->unit) >= 0
           && page_may(p, g->unit, REACH_UNIT);
}

static void
put_grant(struct page *p, struct view *list, const struct grant *g)
{
    const struct round *r = p->round->round;
    struct view *item = view_item(list);

    view_text(item, "unit", r->units[round_unit(r, g->unit)].name);
    view_text(item, "tier",
              g->tier == 0 ? msg_text(p->lang, "setup.every_tier")
              : PAGE_TEXT(p, "setup.tier",
                          arena_printf(p->arena, "%d", g->tier)));
    view_text(item, "since", setup_date(p, day_oslo(g->from_ms), false));
    view_text(item, "by", g->granted_by);
    view_text(item, "value", arena_printf(p->arena, "%lld",
                                          (long long)g->number));
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field reason = {
        "reason", "setup.end_reason", SETUP_LINE, REASON_LONG, true
    };
    struct view *grants = view_list(p->view, "grants");
    const char *round = p->round->round->id, *id = p->param[1];
    const struct account *a;
    const struct grant *list;
    int count, seen = 0;

    if (!load(p, p->store, &list, &count, &p->err)
        || !account_find(p->store, id, p->arena, &a, &p->err)) {
        page_fail(p);
        return;
    }
    for (int i = 0; i < count; i++)
        if (is_seen(p, &list[i])) {
            put_grant(p, grants, &list[i]);
            seen++;
        }
    if (seen == 0 || a == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    view_flag(p->view, "only", seen == 1);
    view_text(p->view, "who", a->name);
    view_text(p->view, "user", a->id);
    view_flag(p->view, "ready", a->has_password);
    view_text(p->view, "up", arena_printf(p->arena, "/rounds/%s/mappers",
                                            round));
    view_text(p->view, "post", arena_printf(p->arena,
                                            "/rounds/%s/mappers/%s", round,
                                            a->id));
    setup_field(p, view_list(p->view, "reasons"), &reason, "", bad);
    setup_show(p, SETUP_MAPPERS, "setup_mapper");
}

void
page_setup_mapper(struct page *p)
{
    show(p, NULL);
}

/* Ends the grant that was posted, if it is one of those that are seen. */
static bool
end(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    const char *reason = ctx;
    long long number = atoll(page_field(p, "grant"));
    const struct grant *list;
    int count;

    (void)round;
    if (!load(p, s, &list, &count, e))
        return false;
    for (int i = 0; i < count; i++)
        if (list[i].number == number && is_seen(p, &list[i]))
            return grant_end(s, &p->actor, list[i].municipality,
                             list[i].number, reason, e);
    return err_set(e, ERR_INPUT, "grant.unknown", "%lld", number);
}

void
page_setup_mapper_end(struct page *p)
{
    char *reason = arena_text(p->arena, setup_text(p, "reason"));

    if (*reason == '\0') {
        setup_refuse(p, "reason", "setup.end_reason_needed", show);
        return;
    }
    if (strlen(reason) > REASON_LONG * 4) {
        setup_refuse(p, "reason", "setup.end_reason_long", show);
        return;
    }
    if (setup_write(p, end, reason, show))
        page_redirect_notice(p, "said.setup_ended", "/rounds/%s/mappers",
                             p->round->round->id);
}
