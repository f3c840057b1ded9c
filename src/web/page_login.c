/* page_login.c - logging in: password, then a one-time code; logging out.
 *
 * An account that there is not, one that has ended, and a wrong password are
 * answered alike, after the same work. Trying is slowed down for each
 * account, never for an address: two hundred mappers sit behind one. */
#include <ctype.h>
#include <sodium.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/login.h"
#include "web/page_private.h"
#include "web/pages.h"

/* Of every account of a demo store, as interfaces.md says; such a store is
 * only served to the machine itself. */
#define DEMO_PASSWORD "brukerplan-demo"

/* The duty that A is for: the first it holds; -1 none. */
static int
first_duty(struct page *p, const struct account *a)
{
    const struct grant *grants;
    int count;

    if (!grants_of(p->store, a->id, p->now_ms, p->arena, &grants, &count,
                   &p->err)) {
        err_clear(&p->err);
        return -1;
    }
    return count > 0 ? (int)grants[0].duty : -1;
}

static void
put_demo_account(struct page *p, struct view *list, const struct account *a,
                 enum duty duty)
{
    struct view *item = view_item(list);
    const char *word = duty_word(duty);

    view_text(item, "account", a->id);
    view_text(item, "person", a->name);
    view_text(item, "duty", msg_text(p->lang, arena_printf(
                                p->arena, "duty.%s", word)));
    view_text(item, "for", msg_text(p->lang, arena_printf(
                               p->arena, "login.for_%s", word)));
}

static void
put_demo(struct page *p)
{
    struct view *demo = view_object(p->view, "demo_store");
    struct view *list = view_list(demo, "accounts");
    const struct account *accounts;
    int count = 0, *duty;

    view_text(demo, "secret", DEMO_PASSWORD);
    if (!account_list(p->store, false, p->arena, &accounts, &count,
                      &p->err)) {
        err_clear(&p->err);
        return;
    }
    duty = arena_array(p->arena, (size_t)count + 1, sizeof *duty);
    for (int i = 0; i < count; i++)
        duty[i] = first_duty(p, &accounts[i]);
    for (int d = 0; d < DUTY_COUNT; d++)
        for (int i = 0; i < count; i++)
            if (duty[i] == d)
                put_demo_account(p, list, &accounts[i], (enum duty)d);
}

void
login_show(struct page *p)
{
    if (p->title == NULL)
        p->title = msg_text(p->lang, "login.title");
    view_text(p->view, "main", p->app->demo ? "narrow" : "sign");
    login_put(p);
    if (p->app->demo)
        put_demo(p);
    page_show(p, "login");
}

void
page_login(struct page *p)
{
    const char *next = login_next(p);

    if (p->session != NULL)
        page_redirect(p, "%s", next[0] != '\0' ? next : "/");
    else
        login_show(p);
}

struct try {
    const char *id;
    struct sign_in in;
    struct login_step step;
};

static bool
count_try(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    struct try *t = ctx;

    (void)round;
    return account_try(s, t->id, p->arena, &t->in, e);
}

static bool
was_right(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    struct try *t = ctx;

    (void)round;
    return login_begin(p, s, &t->step, e);
}

/* An id as it is typed: capitals and blanks around it mean nothing. */
static const char *
typed_id(struct page *p)
{
    const char *text = page_field(p, "id");
    size_t n;
    char *id;

    text += strspn(text, " \t");
    n = strlen(text);
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    id = arena_text_n(p->arena, text, n);
    for (char *c = id; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)tolower((unsigned char)*c);
    return id;
}

static void
refuse(struct page *p, int64_t wait_ms)
{
    view_text(p->view, "typed", page_field(p, "id"));
    if (wait_ms != 0)
        login_wait(p, "login-id", wait_ms);
    else
        page_fault_text(p, "login-id", msg_text(p->lang, "login.wrong"));
    login_show(p);
}

void
page_login_post(struct page *p)
{
    struct try t = { .id = typed_id(p) };

    if (!page_write(p, count_try, &t)) {
        page_fail(p);
        return;
    }
    if (t.in.wait_ms != 0
        || !login_password_right(t.in.hash, page_field(p, "password"))) {
        refuse(p, t.in.wait_ms);
        return;
    }
    t.step = (struct login_step){ .account = t.id, .how = "password" };
    if (!page_write(p, was_right, &t)) {
        page_fail(p);
        return;
    }
    login_go_on(p, &t.step);
}

void
login_show_code(struct page *p)
{
    p->title = msg_text(p->lang, "login.code_title");
    view_text(p->view, "main", "sign");
    login_put(p);
    page_show(p, "login_code");
}

/* Whoever comes without having begun, or too late, begins anew. */
static bool
at_stage(struct page *p, enum session_stage stage)
{
    if (p->half != NULL && p->half->stage == stage)
        return true;
    if (p->session != NULL)
        page_redirect(p, "/");
    else
        page_redirect_notice(p, "said.login_late", "/login");
    return false;
}

void
page_login_code(struct page *p)
{
    if (at_stage(p, SESSION_CODE))
        login_show_code(p);
}

struct code_try {
    struct sign_in in;
    bool right;
    struct login_step step;
};

/* Six digits are an authenticator's; all else is a recovery code. */
static bool
try_code(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    struct code_try *t = ctx;
    const char *code = page_field(p, "code");
    const char *id = p->half->account;
    bool digits = code[strspn(code, "0123456789 ")] == '\0';

    (void)round;
    if (!account_try(s, id, p->arena, &t->in, e))
        return false;
    if (t->in.wait_ms != 0)
        return true;
    if (digits ? !account_totp_check(s, id, code, &t->right, e)
               : !account_recovery_use(s, id, code, &t->right, e))
        return false;
    t->step = (struct login_step){
        .account = id, .how = digits ? p->half->how : "recovery",
        .proven = true
    };
    return !t->right || login_begin(p, s, &t->step, e);
}

void
page_login_code_post(struct page *p)
{
    struct code_try t = { .right = false };

    if (!at_stage(p, SESSION_CODE))
        return;
    if (!page_write(p, try_code, &t)) {
        page_fail(p);
        return;
    }
    if (t.right) {
        login_go_on(p, &t.step);
        return;
    }
    if (t.in.wait_ms != 0)
        login_wait(p, "login-code", t.in.wait_ms);
    else
        page_fault_text(p, "login-code",
                        msg_text(p->lang, "login.code_wrong"));
    login_show_code(p);
}

static bool
end_session(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    (void)round;
    (void)ctx;
    return session_end(s, p->session->hash, e);
}

static bool
end_sessions(struct page *p, struct store *s, struct opened *round,
             void *ctx, struct err *e)
{
    (void)round;
    (void)ctx;
    return session_end_all(s, p->account, NULL, e);
}

void
page_logout(struct page *p)
{
    if (!page_write(p, end_session, NULL)) {
        page_fail(p);
        return;
    }
    login_forget(p);
    page_redirect_notice(p, "said.logged_out", "/login");
}

void
page_logout_everywhere(struct page *p)
{
    if (!page_write(p, end_sessions, NULL)) {
        page_fail(p);
        return;
    }
    login_forget(p);
    page_redirect_notice(p, "said.logged_out_everywhere", "/login");
}
