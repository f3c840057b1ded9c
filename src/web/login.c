/* login.c - see login.h. */
#include "web/login.h"
#include <ctype.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include "base/msg.h"
#include "store/grant.h"
#include "web/app.h"
#include "web/page_private.h"

#define KEPT "kept_"

enum { HERE_LONG = 800 };       /* what a redirect has room for */

static sem_t gate;
static pthread_once_t gate_once = PTHREAD_ONCE_INIT;

static void
make_gate(void)
{
    sem_init(&gate, 0, LOGIN_AT_ONCE);
}

static void
enter(void)
{
    pthread_once(&gate_once, make_gate);
    while (sem_wait(&gate) != 0)
        continue;               /* a signal came */
}

bool
login_password_right(const char *hash, const char *password)
{
    bool right;

    enter();
    right = password_right(hash, password);
    sem_post(&gate);
    return right;
}

void
login_password_hash(struct page *p, const char *password,
                    char hash[PASSWORD_HASH])
{
    enter();
    password_hash(store_random(p->store), password, hash);
    sem_post(&gate);
}

bool
login_needs_totp(struct page *p, struct store *s, const char *account,
                 bool *needs, struct err *e)
{
    const struct grant_ask ask = {
        .account = account, .duty = -1, .from_ms = p->now_ms,
        .to_ms = p->now_ms + SESSION_MOST_MS
    };
    const struct grant *list;
    int count;

    *needs = false;
    if (p->app->demo)
        return true;
    if (!grant_list(s, &ask, p->arena, &list, &count, e))
        return false;
    for (int i = 0; i < count; i++)
        if (duty_needs_totp(list[i].duty))
            *needs = true;
    return true;
}

static bool
find_stage(struct page *p, struct store *s, struct login_step *step,
           struct err *e)
{
    const struct account *a;
    bool needs;

    if (!account_find(s, step->account, p->arena, &a, e)
        || !login_needs_totp(p, s, step->account, &needs, e))
        return false;
    if (a == NULL || a->ended_ms != 0)
        return err_set(e, ERR_INPUT, "account.unknown", "%s", step->account);
    if (a->has_totp && !step->proven && !p->app->demo)
        step->stage = SESSION_CODE;
    else if (!a->has_password || a->must_change || (needs && !a->has_totp))
        step->stage = SESSION_SET_UP;
    else
        step->stage = SESSION_SIGNED_IN;
    return true;
}

bool
login_begin(struct page *p, struct store *s, struct login_step *step,
            struct err *e)
{
    if (!find_stage(p, s, step, e))
        return false;
    if (p->session != NULL && !session_end(s, p->session->hash, e))
        return false;
    if (p->half != NULL && !session_end(s, p->half->hash, e))
        return false;
    if (step->stage == SESSION_SIGNED_IN
        && !account_tried(s, step->account, e))
        return false;
    return session_begin(s, step->account, step->how, step->stage,
                         step->token, e);
}

static void
set_cookie(struct page *p, const char *token, const char *more)
{
    response_header(p->x, "Set-Cookie",
                    arena_printf(p->arena, SESSION_COOKIE "=%s; Path=/;"
                                 " HttpOnly; SameSite=Lax%s%s", token,
                                 p->request->secure ? "; Secure" : "",
                                 more));
}

void
login_forget(struct page *p)
{
    set_cookie(p, "", "; Max-Age=0");
}

bool
login_take(struct page *p, const struct login_step *step)
{
    const struct session *session = NULL;

    set_cookie(p, step->token, "");
    p->session = p->half = NULL;
    p->account = "";
    if (!session_find(p->store, step->token, p->now_ms, p->arena, &session,
                      &p->err)) {
        page_fail(p);
        return false;
    }
    if (session == NULL) {      /* ended by somebody meanwhile */
        page_redirect(p, "/login");
        return false;
    }
    if (session->stage != SESSION_SIGNED_IN) {
        p->half = session;
        return true;
    }
    p->session = session;
    p->account = session->account;
    p->lang = session->lang;
    if (!grants_of(p->store, p->account, p->now_ms, p->arena, &p->grants,
                   &p->grant_count, &p->err)) {
        page_fail(p);
        return false;
    }
    return true;
}

/* A path and query as one may send it: what else there is, is escaped. */
static bool
plain_path(const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "abcdefghijklmnopqrstuvwxyz0123456789/_.@-?=&%";

    return path[strspn(path, plain)] == '\0';
}

static const char *
quote(struct page *p, const char *text)
{
    struct buf out;
    const char *quoted = text;

    while (isalnum((unsigned char)*quoted)
           || (*quoted != '\0' && strchr("/_.@-", *quoted) != NULL))
        quoted++;
    if (*quoted == '\0')
        return text;            /* as most are */
    buf_init(&out, 0);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (isalnum(c) || strchr("/_.@-", c) != NULL)
            buf_byte(&out, c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    quoted = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    return quoted;
}

const char *
login_here(struct page *p)
{
    const struct request *r = p->request;
    const char *here = quote(p, r->path), *with = here;

    for (int i = 0; i < r->query_count && strlen(with) < HERE_LONG; i++)
        with = arena_printf(p->arena, "%s%c%s=%s", with, i == 0 ? '?' : '&',
                            quote(p, r->query[i].name),
                            quote(p, r->query[i].value));
    with = quote(p, with);
    return strlen(with) < HERE_LONG ? with : quote(p, here);
}

const char *
login_next(struct page *p)
{
    const char *next = request_form(p->request, "next");

    if (next == NULL)
        next = request_query(p->request, "next");
    return page_path_safe(next) && plain_path(next) ? next : "";
}

/* The path that the kept fields are for, "" if there are none: one of our
 * own forms that may be sent again. */
static const char *
again_path(struct page *p)
{
    const char *again = page_field(p, "again");
    struct route route;

    if (!page_path_safe(again) || !plain_path(again))
        return "";
    route = route_find(page_defs, HTTP_POST, again, p->arena);
    return route.def != NULL && (route.def->flags & PAGE_KEEP) != 0 ? again
                                                                    : "";
}

static void
put_kept(struct page *p)
{
    struct view *list = view_list(p->view, "kept");

    for (int i = 0; i < p->request->form_count; i++) {
        const struct http_pair *f = &p->request->form[i];
        struct view *item;

        if (strncmp(f->name, KEPT, strlen(KEPT)) != 0)
            continue;
        item = view_item(list);
        view_text(item, "name", f->name + strlen(KEPT));
        view_text(item, "value", f->value);
    }
}

void
login_put(struct page *p)
{
    const char *again = again_path(p);

    view_text(p->view, "faults_heading", msg_text(p->lang, "login.fault"));
    view_text(p->view, "next", login_next(p));
    if (again[0] != '\0') {
        view_text(p->view, "again", again);
        put_kept(p);
    }
}

void
login_wait(struct page *p, const char *id, int64_t wait_ms)
{
    int64_t seconds = (wait_ms + 999) / 1000;
    bool minutes = seconds > 90;
    const char *n = arena_printf(p->arena, "%lld", (long long)
                                 (minutes ? (seconds + 59) / 60 : seconds));

    page_fault_text(p, id, PAGE_TEXT(p, minutes ? "login.wait_minutes"
                                                : "login.wait_seconds", n));
}

/* Whether the cookie that came is or was of a session of ACCOUNT. */
static bool
was_here(struct page *p, const char *account, bool *was)
{
    const char *token = request_cookie(p->x, SESSION_COOKIE);
    const char *owner = NULL;

    *was = false;
    if (token == NULL)
        return true;
    if (!session_owner(p->store, token, p->arena, &owner, &p->err))
        return false;
    *was = owner != NULL && strcmp(owner, account) == 0;
    return true;
}

static void
send_again(struct page *p)
{
    p->title = msg_text(p->lang, "login.again_title");
    view_text(p->view, "main", "sign");
    view_item_text(view_list(p->view, "scripts"), asset_url("login.js"));
    login_put(p);
    page_show(p, "login_again");
}

static void
go_on_with_kept(struct page *p, const struct login_step *step)
{
    if (!login_take(p, step))
        return;
    if (p->half == NULL)
        send_again(p);
    else if (p->half->stage == SESSION_CODE)
        login_show_code(p);
    else
        login_show_set_up(p);
}

void
login_go_on(struct page *p, const struct login_step *step)
{
    const char *next = login_next(p);
    bool same;

    if (again_path(p)[0] != '\0') {
        if (!was_here(p, step->account, &same)) {
            page_fail(p);
            return;
        }
        if (same) {
            go_on_with_kept(p, step);
            return;
        }
    }
    set_cookie(p, step->token, "");
    if (step->stage != SESSION_SIGNED_IN)
        page_redirect(p, "/login/%s?next=%s", step->stage == SESSION_CODE
                      ? "code" : "setup", quote(p, next));
    else
        page_redirect(p, "%s", next[0] != '\0' ? next : "/");
}
