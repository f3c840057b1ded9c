/* page_accounts.c - all accounts, and new ones: the administrator's. Nothing
 * here reads a registration. */
#include <string.h>
#include "base/msg.h"
#include "web/accounts.h"
#include "web/app.h"
#include "web/pages.h"
#include "web/slips.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* "Leder, Kartlegger": what GRANTS of account ID hold now, each once. */
static const char *
duties_of(struct page *p, const char *id, const struct grant *grants,
          int count)
{
    bool has[DUTY_COUNT] = { false };
    const char *out = "";

    for (int i = 0; i < count; i++)
        if (strcmp(grants[i].account, id) == 0)
            has[grants[i].duty] = true;
    for (int d = 0; d < DUTY_COUNT; d++)
        if (has[d])
            out = arena_printf(p->arena, "%s%s%s", out,
                               out[0] != '\0' ? ", " : "",
                               grant_duty(p, (enum duty)d));
    return out;
}

static bool
put_accounts(struct page *p)
{
    const struct grant_ask ask = { .duty = -1, .from_ms = p->now_ms,
                                   .to_ms = p->now_ms + 1 };
    struct view *list = view_list(p->view, "accounts");
    const struct account *accounts;
    const struct grant *grants;
    int count, grant_count;

    if (!account_list(p->store, true, p->arena, &accounts, &count, &p->err)
        || !grant_list(p->store, &ask, p->arena, &grants, &grant_count,
                       &p->err))
        return false;
    for (int i = 0; i < count; i++) {
        const struct account *a = &accounts[i];
        struct view *item = view_item(list);

        view_text(item, "account", a->id);
        view_text(item, "who", a->name);
        view_text(item, "duty", duties_of(p, a->id, grants, grant_count));
        view_flag(item, "ended", a->ended_ms != 0);
        view_flag(item, "waits", a->ended_ms == 0 && !a->has_password);
        view_flag(item, "second", a->has_totp);
    }
    return true;
}

static void
put_typed(struct page *p)
{
    static const char *const names[] = { "new_id", "new_name", "from",
                                         "to" };
    struct view *langs = view_list(p->view, "lang_choice");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        view_text(p->view, arena_printf(p->arena, "typed_%s", names[i]),
                  page_field(p, names[i]));
    for (int i = 0; i < LANG_COUNT; i++) {
        struct view *item = view_item(langs);

        view_text(item, "value", lang_code(i));
        view_text(item, "label", msg_text(i, "page.language_name"));
        view_flag(item, "chosen",
                  strcmp(page_field(p, "lang"), lang_code(i)) == 0);
    }
}

static void
show(struct page *p)
{
    struct grant_view v;

    grant_view_init(&v, p);
    if (!put_accounts(p) || !accounts_put_choices(p, &v)) {
        page_fail(p);
        return;
    }
    put_typed(p);
    p->title = msg_text(p->lang, "account.list_title");
    page_show(p, "accounts");
}

void
page_accounts(struct page *p)
{
    show(p);
}

struct new_account {
    const char *id, *name;
    enum lang lang;
    bool granted;
    struct grant grant;
    struct slip slip;
    int64_t until_ms;
};

static bool
add(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    struct new_account *n = ctx;

    (void)round;
    return account_add(s, &p->actor, n->id, n->name, n->lang, e)
           && (!n->granted || accounts_grant(p, s, &n->grant, e))
           && slips_make(s, &p->actor, &n->slip, 1, n->until_ms, e);
}

void
page_accounts_new(struct page *p)
{
    struct new_account n = {
        .id = accounts_field(p, "new_id"),
        .name = accounts_field(p, "new_name"),
        .lang = lang_of(page_field(p, "lang")),
        .until_ms = p->now_ms + (int64_t)SLIP_DAYS * DAY_MS
    };
    bool none;

    if (n.lang == LANG_COUNT)
        n.lang = p->lang;
    n.granted = accounts_read_grant(p, &n.grant, &none);
    if (!n.granted && !none) {
        show(p);
        return;
    }
    n.grant.account = n.id;
    n.slip = (struct slip){ .account = n.id, .name = n.name };
    if (page_write(p, add, &n))
        slips_show(p, &n.slip, 1, n.until_ms,
                   arena_printf(p->arena, "/accounts/%s", n.id));
    else if (accounts_fault(p))
        show(p);
}
