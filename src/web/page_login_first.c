/* page_login_first.c - the first log-in: a slip's code instead of a
 * password, then a password and, where a duty asks for it, an authenticator.
 *
 * The link that `init` prints leads here with the code as its fragment,
 * which no browser sends: login.js puts it into the field. */
#include <sodium.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/login.h"
#include "web/page_private.h"
#include "web/pages.h"
#include "web/second.h"

static void
show_slip(struct page *p)
{
    p->title = msg_text(p->lang, "login.slip_title");
    view_text(p->view, "faults_heading", msg_text(p->lang, "login.fault"));
    view_text(p->view, "main", "sign");
    view_item_text(view_list(p->view, "scripts"), asset_url("login.js"));
    page_show(p, "login_slip");
}

void
page_login_slip(struct page *p)
{
    show_slip(p);
}

static bool
wants_password(const struct account *a)
{
    return !a->has_password || a->must_change;
}

struct slip_try {
    const char *id;
    struct login_step step;
};

/* A slip is used when the password is chosen, so that who is interrupted
 * before, or has none accepted, can begin again. The first who chooses one
 * ends the others' steps (account_set_hash). */
static bool
try_slip(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    struct slip_try *t = ctx;
    const char *code = page_field(p, "code");
    const struct account *a;

    (void)round;
    if (!slip_find(s, code, p->arena, &t->id, e))
        return false;
    if (t->id != NULL
        && (!account_find(s, t->id, p->arena, &a, e)
            || (a != NULL && !wants_password(a)
                && !slip_use(s, code, p->arena, &t->id, e))))
        return false;
    t->step = (struct login_step){ .account = t->id, .how = "slip" };
    return t->id == NULL || login_begin(p, s, &t->step, e);
}

void
page_login_slip_post(struct page *p)
{
    struct slip_try t = { .id = NULL };

    if (!page_write(p, try_slip, &t)) {
        page_fail(p);
        return;
    }
    if (t.id != NULL) {
        login_go_on(p, &t.step);
        return;
    }
    view_text(p->view, "typed", page_field(p, "code"));
    page_fault_text(p, "slip-code", msg_text(p->lang, "login.slip_wrong"));
    show_slip(p);
}

static bool
find_half(struct page *p, const struct account **a)
{
    if (p->half == NULL || p->half->stage != SESSION_SET_UP) {
        if (p->session != NULL)
            page_redirect(p, "/");
        else
            page_redirect_notice(p, "said.login_late", "/login");
        return false;
    }
    if (account_find(p->store, p->half->account, p->arena, a, &p->err)
        && *a != NULL)
        return true;
    page_fail(p);
    return false;
}

static void
show_password(struct page *p, const struct account *a)
{
    p->title = msg_text(p->lang, "login.password_title");
    view_text(p->view, "who", a->name);
    view_text(p->view, "account", a->id);
    view_int(p->view, "least", PASSWORD_LEAST);
    login_put(p);
    page_show(p, "login_password");
}

static void
show_second(struct page *p, const struct account *a)
{
    if (!second_put(p, a->id))
        return;
    p->title = msg_text(p->lang, "login.second_title");
    login_put(p);
    page_show(p, "login_second");
}

void
login_show_set_up(struct page *p)
{
    const struct account *a;

    if (!find_half(p, &a))
        return;
    view_text(p->view, "main", "sign");
    if (wants_password(a))
        show_password(p, a);
    else
        show_second(p, a);
}

void
page_login_setup(struct page *p)
{
    login_show_set_up(p);
}

struct set_password {
    char hash[PASSWORD_HASH];
    struct login_step step;
};

static bool
set_password(struct page *p, struct store *s, struct opened *round,
             void *ctx, struct err *e)
{
    struct set_password *t = ctx;
    const struct actor self = { .name = p->half->account, .rights = "",
                                .purpose = p->def->path };

    (void)round;
    t->step = (struct login_step){ .account = p->half->account,
                                   .how = p->half->how, .proven = true };
    return account_set_hash(s, &self, p->half->account, t->hash,
                            p->half->hash, e)
           && login_begin(p, s, &t->step, e);
}

/* Both fields, checked. False: the page is to be shown again. */
static bool
read_password(struct page *p, const struct account *a)
{
    const char *password = page_field(p, "password");

    if (!password_check(password, a->id, a->name, &p->err))
        return false;
    if (strcmp(password, page_field(p, "password2")) != 0)
        page_fault_text(p, "password2",
                        msg_text(p->lang, "login.passwords_differ"));
    return !page_faulty(p);
}

static void
post_password(struct page *p, const struct account *a)
{
    struct set_password t;

    if (!read_password(p, a)) {
        if (page_faulty(p) || page_fault(p, "password"))
            show_password(p, a);
        return;
    }
    login_password_hash(p, page_field(p, "password"), t.hash);
    if (page_write(p, set_password, &t))
        login_go_on(p, &t.step);
    else
        page_fail(p);
    sodium_memzero(t.hash, sizeof t.hash);
}

struct set_second {
    struct second second;
    struct login_step step;
};

static bool
set_second(struct page *p, struct store *s, struct opened *round, void *ctx,
           struct err *e)
{
    struct set_second *t = ctx;
    const struct actor self = { .name = p->half->account, .rights = "",
                                .purpose = p->def->path };

    if (!second_confirm(p, s, &self, &t->second, e))
        return false;
    (void)round;
    t->step = (struct login_step){ .account = p->half->account,
                                   .how = p->half->how, .proven = true };
    return !t->second.right || login_begin(p, s, &t->step, e);
}

static void
post_second(struct page *p, const struct account *a)
{
    struct set_second t = { .second = { .right = false } };

    if (!page_write(p, set_second, &t)) {
        page_fail(p);
        return;
    }
    if (!t.second.right) {
        second_fault(p, &t.second);
        show_second(p, a);
        return;
    }
    if (!login_take(p, &t.step))
        return;
    view_text(p->view, "next", login_next(p));
    second_show_codes(p, &t.second);
}

void
page_login_setup_post(struct page *p)
{
    const struct account *a;

    if (!find_half(p, &a))
        return;
    view_text(p->view, "main", "sign");
    if (wants_password(a))
        post_password(p, a);
    else
        post_second(p, a);
}
