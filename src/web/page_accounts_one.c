/* page_accounts_one.c - one account: its name, its log-in, its duties, its
 * end. The administrator's own is changed on /account like anybody's. */
#include <stdio.h>
#include <string.h>
#include "base/msg.h"
#include "web/accounts.h"
#include "web/app.h"
#include "web/pages.h"
#include "web/slips.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* The account that the path names; a refusal is answered. */
static const struct account *
find(struct page *p)
{
    const struct account *a;

    if (!account_find(p->store, p->param[0], p->arena, &a, &p->err))
        page_fail(p);
    else if (a == NULL)
        page_refuse(p, 404, NULL);
    else
        return a;
    return NULL;
}

static bool
put_grants(struct page *p, struct grant_view *v, const struct account *a)
{
    const struct grant_ask ask = { .account = a->id, .duty = -1 };
    struct view *held = view_list(p->view, "grants");
    struct view *past = view_list(p->view, "past");
    const struct grant *list;
    int count;

    if (!grant_list(p->store, &ask, p->arena, &list, &count, &p->err))
        return false;
    for (int i = 0; i < count; i++) {
        bool over = list[i].to_ms != 0 && list[i].to_ms <= p->now_ms;

        grant_put(v, view_item(over ? past : held), &list[i]);
    }
    return true;
}

static void
put_facts(struct page *p, const struct account *a)
{
    const char *typed = request_form(p->request, "name");

    view_text(p->view, "account", a->id);
    view_text(p->view, "who", typed != NULL ? typed : a->name);
    view_text(p->view, "made", when_minute(p, a->created_ms));
    view_text(p->view, "made_by", a->created_by);
    if (a->ended_ms != 0) {
        view_text(p->view, "ended", when_minute(p, a->ended_ms));
        view_text(p->view, "ended_by", a->ended_by);
    }
    view_flag(p->view, "waits", !a->has_password);
    view_flag(p->view, "second", a->has_totp);
    view_flag(p->view, "own", strcmp(a->id, p->account) == 0);
    view_text(p->view, "typed_from", page_field(p, "from"));
    view_text(p->view, "typed_to", page_field(p, "to"));
}

static void
show(struct page *p, const struct account *a)
{
    struct grant_view v;

    grant_view_init(&v, p);
    if (!put_grants(p, &v, a) || !accounts_put_choices(p, &v)) {
        page_fail(p);
        return;
    }
    put_facts(p, a);
    p->title = arena_printf(p->arena, "%s: %s",
                            msg_text(p->lang, "account.one_title"), a->id);
    page_show(p, "accounts_one");
}

void
page_accounts_one(struct page *p)
{
    const struct account *a = find(p);

    if (a != NULL)
        show(p, a);
}

static bool
rename_it(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    (void)round;
    (void)ctx;
    return account_rename(s, &p->actor, p->param[0],
                          accounts_field(p, "name"), e);
}

void
page_accounts_rename(struct page *p)
{
    const struct account *a = find(p);

    if (a == NULL)
        return;
    if (page_write(p, rename_it, NULL))
        page_redirect_notice(p, "said.account_saved", "/accounts/%s", a->id);
    else if (page_fault(p, "account-name"))
        show(p, a);
}

struct reset {
    struct slip slip;
    int64_t until_ms;
};

static bool
reset_it(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    struct reset *r = ctx;

    (void)round;
    return slips_make(s, &p->actor, &r->slip, 1, r->until_ms, e);
}

/* Nobody's own: who sits at an unlocked screen could take it over. */
void
page_accounts_reset(struct page *p)
{
    const struct account *a = find(p);
    struct reset r = {
        .until_ms = p->now_ms + (int64_t)SLIP_RESET_DAYS * DAY_MS
    };

    if (a == NULL)
        return;
    if (strcmp(a->id, p->account) == 0) {
        page_refuse(p, 403, "account.reset_self");
        return;
    }
    r.slip = (struct slip){ .account = a->id, .name = a->name,
                            .reset = true };
    if (page_write(p, reset_it, &r))
        slips_show(p, &r.slip, 1, r.until_ms,
                   arena_printf(p->arena, "/accounts/%s", a->id));
    else
        page_fail(p);
}

void
page_accounts_end(struct page *p)
{
    const struct account *a = find(p);

    if (a == NULL)
        return;
    view_text(p->view, "account", a->id);
    view_text(p->view, "who", a->name);
    view_text(p->view, "main", "narrow");
    page_show(p, "accounts_end");
}

static bool
end_it(struct page *p, struct store *s, struct opened *round, void *ctx,
       struct err *e)
{
    (void)round;
    (void)ctx;
    return account_end(s, &p->actor, p->param[0], e);
}

void
page_accounts_end_post(struct page *p)
{
    const struct account *a = find(p);

    if (a == NULL)
        return;
    if (page_write(p, end_it, NULL))
        page_redirect_notice(p, "said.account_ended", "/accounts");
    else
        page_fail(p);
}

static bool
grant_it(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    (void)round;
    return accounts_grant(p, s, ctx, e);
}

void
page_accounts_grant(struct page *p)
{
    const struct account *a = find(p);
    struct grant g;
    bool none;

    if (a == NULL)
        return;
    if (!accounts_read_grant(p, &g, &none)) {
        if (none)
            page_fault_text(p, "grant-duty",
                            msg_text(p->lang, "account.choose_duty"));
        show(p, a);
        return;
    }
    g.account = a->id;
    if (page_write(p, grant_it, &g))
        page_redirect_notice(p, "said.granted", "/accounts/%s", a->id);
    else if (accounts_fault(p))
        show(p, a);
}

struct which {
    int municipality;
    long long number;
    const char *reason;
};

static bool
end_grant(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    const struct which *w = ctx;

    (void)round;
    return grant_end(s, &p->actor, w->municipality, w->number, w->reason, e);
}

/* The grant "MUNICIPALITY.NUMBER" of the path, of this account. */
static bool
find_grant(struct page *p, const struct account *a, struct which *w)
{
    const struct grant_ask ask = { .account = a->id, .duty = -1 };
    const struct grant *list;
    int count;

    if (!grant_list(p->store, &ask, p->arena, &list, &count, &p->err)) {
        page_fail(p);
        return false;
    }
    for (int i = 0; i < count; i++)
        if (strcmp(arena_printf(p->arena, "%d.%lld", list[i].municipality,
                                (long long)list[i].number),
                   p->param[1]) == 0) {
            w->municipality = list[i].municipality;
            w->number = list[i].number;
            return true;
        }
    page_refuse(p, 404, NULL);
    return false;
}

void
page_accounts_grant_end(struct page *p)
{
    const struct account *a = find(p);
    struct which w = { .reason = accounts_field(p, "reason") };

    if (a == NULL || !find_grant(p, a, &w))
        return;
    if (w.reason[0] == '\0') {
        page_fault_text(p, arena_printf(p->arena, "reason-%s", p->param[1]),
                        msg_text(p->lang, "account.reason_needed"));
        show(p, a);
    } else if (page_write(p, end_grant, &w)) {
        page_redirect_notice(p, "said.grant_ended", "/accounts/%s", a->id);
    } else if (page_fault(p, NULL)) {
        show(p, a);
    }
}
