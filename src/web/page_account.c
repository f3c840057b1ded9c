/* page_account.c - one's own account: name, password, authenticator,
 * sessions, and the duties one has.
 *
 * What would let somebody else stay in (a new password, a new authenticator,
 * new recovery codes) asks for the password first; a try is counted like one
 * of logging in. */
#include <sodium.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/grant_view.h"
#include "web/login.h"
#include "web/pages.h"
#include "web/second.h"

static bool
put_grants(struct page *p)
{
    const struct grant_ask ask = { .account = p->account, .duty = -1 };
    struct view *held = view_list(p->view, "grants");
    struct view *past = view_list(p->view, "past");
    struct grant_view v;
    const struct grant *list;
    int count;

    grant_view_init(&v, p);
    if (!grant_list(p->store, &ask, p->arena, &list, &count, &p->err))
        return false;
    for (int i = 0; i < count; i++) {
        bool over = list[i].to_ms != 0 && list[i].to_ms <= p->now_ms;

        grant_put(&v, view_item(over ? past : held), &list[i]);
    }
    return true;
}

static void
put_account(struct page *p, const struct account *a, int64_t sessions)
{
    const char *name = request_form(p->request, "name");

    view_text(p->view, "account", a->id);
    view_text(p->view, "who", name != NULL ? name : a->name);
    view_flag(p->view, "demo_store", p->app->demo);
    view_flag(p->view, "has_totp", a->has_totp);
    view_int(p->view, "least", PASSWORD_LEAST);
    view_text(p->view, "recovery",
              PAGE_TEXT(p, "account.recovery_left",
                        arena_printf(p->arena, "%d", a->recovery_left)));
    view_text(p->view, "sessions",
              PAGE_TEXT(p, "account.sessions",
                        arena_printf(p->arena, "%lld",
                                     (long long)sessions)));
}

static void
put_lang_choice(struct page *p)
{
    struct view *list = view_list(p->view, "lang_choice");

    for (int i = 0; i < LANG_COUNT; i++) {
        struct view *item = view_item(list);

        view_text(item, "value", lang_code(i));
        view_text(item, "label", msg_text(i, "page.language_name"));
        view_flag(item, "chosen", p->lang == (enum lang)i);
    }
}

static void
show(struct page *p)
{
    const struct account *a;
    int64_t sessions;

    if (!account_find(p->store, p->account, p->arena, &a, &p->err)
        || a == NULL
        || !session_count(p->store, p->account, &sessions, &p->err)
        || !put_grants(p)) {
        page_fail(p);
        return;
    }
    p->title = msg_text(p->lang, "account.title");
    view_text(p->view, "main", "narrow");
    put_account(p, a, sessions);
    put_lang_choice(p);
    page_show(p, "account");
}

void
page_account(struct page *p)
{
    show(p);
}

static bool
count_try(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    (void)round;
    return account_try(s, p->account, p->arena, ctx, e);
}

/* Whether field NAME is the account's password; the try is counted, and not
 * forgotten until the work that follows succeeds. A fault says if not; a
 * failure is answered, and *ANSWERED. */
static bool
proves(struct page *p, const char *name, bool *answered)
{
    struct sign_in in;

    *answered = false;
    if (!page_write(p, count_try, &in)) {
        page_fail(p);
        *answered = true;
        return false;
    }
    if (in.wait_ms != 0)
        login_wait(p, name, in.wait_ms);
    else if (!login_password_right(in.hash, page_field(p, name)))
        page_fault_text(p, name, msg_text(p->lang, "account.not_password"));
    return !page_faulty(p);
}

static bool
rename_it(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    (void)round;
    return account_rename(s, &p->actor, p->account, ctx, e);
}

static const char *
trimmed(struct page *p, const char *name)
{
    const char *text = page_field(p, name);
    size_t n;

    text += strspn(text, " \t");
    n = strlen(text);
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    return arena_text_n(p->arena, text, n);
}

void
page_account_name(struct page *p)
{
    const char *name = trimmed(p, "name");

    if (page_write(p, rename_it, (void *)(uintptr_t)name))
        page_redirect_notice(p, "said.account_saved", "/account");
    else if (page_fault(p, "account-name"))
        show(p);
}

static bool
set_hash(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    (void)round;
    return account_set_hash(s, &p->actor, p->account, ctx, p->session->hash,
                            e)
           && account_tried(s, p->account, e);
}

void
page_account_password(struct page *p)
{
    const char *password = page_field(p, "password");
    char hash[PASSWORD_HASH];
    bool answered;

    if (!password_check(password, p->account, p->session->name, &p->err)) {
        if (page_fault(p, "password"))
            show(p);
        return;
    }
    if (strcmp(password, page_field(p, "password2")) != 0)
        page_fault_text(p, "password2",
                        msg_text(p->lang, "login.passwords_differ"));
    if (page_faulty(p) || !proves(p, "current", &answered)) {
        if (page_faulty(p))
            show(p);
        return;
    }
    login_password_hash(p, password, hash);
    if (page_write(p, set_hash, hash))
        page_redirect_notice(p, "said.password_changed", "/account");
    else
        page_fail(p);
    sodium_memzero(hash, sizeof hash);
}

static void
show_second(struct page *p)
{
    if (!second_put(p, p->account))
        return;
    p->title = msg_text(p->lang, "login.second_title");
    view_text(p->view, "main", "sign");
    page_show(p, "account_second");
}

void
page_account_second(struct page *p)
{
    show_second(p);
}

static bool
confirm(struct page *p, struct store *s, struct opened *round, void *ctx,
        struct err *e)
{
    (void)round;
    return second_confirm(p, s, &p->actor, ctx, e);
}

void
page_account_second_post(struct page *p)
{
    struct second second = { .right = false };
    bool answered;

    if (!proves(p, "second-password", &answered)) {
        if (!answered)
            show_second(p);
        return;
    }
    if (!page_write(p, confirm, &second)) {
        page_fail(p);
        return;
    }
    if (second.right) {
        view_text(p->view, "next", "/account");
        second_show_codes(p, &second);
        return;
    }
    second_fault(p, &second);
    show_second(p);
}

static bool
make_codes(struct page *p, struct store *s, struct opened *round, void *ctx,
           struct err *e)
{
    struct second *second = ctx;

    (void)round;
    return account_tried(s, p->account, e)
           && account_recovery_make(s, &p->actor, p->account, second->code,
                                    e);
}

void
page_account_codes(struct page *p)
{
    struct second second = { .right = true };
    bool answered;

    if (!proves(p, "codes-password", &answered)) {
        if (!answered)
            show(p);
        return;
    }
    if (!page_write(p, make_codes, &second)) {
        page_fail(p);
        return;
    }
    view_text(p->view, "next", "/account");
    second_show_codes(p, &second);
}
