/* page_answer.c - see page.h: pages, redirects, refusals, JSON. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/msg.h"
#include "web/app_private.h"
#include "web/login.h"
#include "web/page_private.h"

enum { PATH_LONG = 1024 };

const char *
page_text(struct page *p, const char *key, int args, const char *const *arg)
{
    struct buf out;
    const char *text;

    if (args == 0)
        return msg_text(p->lang, key);
    buf_init(&out, 0);
    msg_put(&out, p->lang, key, args, arg);
    text = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

const char *
page_field(const struct page *p, const char *name)
{
    const char *value = request_form(p->request, name);

    return value != NULL ? value : "";
}

bool
page_may(const struct page *p, const char *unit, enum reach reach)
{
    return power_reach(&p->power, unit) >= reach;
}

void
page_notice(struct page *p, const char *kind, const char *text)
{
    struct view *notice = view_object(p->view, "notice");

    view_text(notice, "kind", kind);
    view_text(notice, "text", text);
}

/* The notice that a redirect left: a key of po/, told once. */
static void
take_notice(struct page *p)
{
    const char *key = request_cookie(p->x, NOTICE_COOKIE);

    if (key == NULL)
        return;
    response_header(p->x, "Set-Cookie",
                    NOTICE_COOKIE "=; Path=/; Max-Age=0; SameSite=Lax");
    if (strncmp(key, "said.", 5) == 0 && msg_has(p->lang, key))
        page_notice(p, "success", msg_text(p->lang, key));
}

static void
put_person(struct page *p)
{
    static const char *const no_args[1] = { NULL };
    struct view *person;
    const char *duty = p->power.duty;
    size_t n = strcspn(duty, ",");

    if (p->session == NULL)
        return;
    person = view_object(p->view, "person");
    if (n == 0 && p->grant_count > 0) {
        duty = duty_word(p->grants[0].duty);
        n = strlen(duty);
    }
    view_text(person, "duty", n == 0 ? p->session->name
              : page_text(p, arena_printf(p->arena, "duty.%.*s", (int)n,
                                          duty), 0, no_args));
    if (p->round != NULL && p->power.unit_count == 1)
        for (int i = 0; i < p->round->round->unit_count; i++)
            if (strcmp(p->round->round->units[i].id,
                       p->power.units[0].id) == 0)
                view_text(person, "unit", p->round->round->units[i].name);
    view_text(person, "href", "/account");
}

static void
put_session(struct page *p)
{
    struct view *session;

    if (p->session == NULL)
        return;
    session = view_object(p->view, "session");
    view_int(session, "minutes", SESSION_IDLE_MS / 60000);
    view_text(session, "keep", "/api/v1/me");
    view_text(session, "login", p->request->method != HTTP_GET ? "/login"
              : arena_printf(p->arena, "/login?next=%s", login_here(p)));
}

static void
put_round(struct page *p)
{
    const struct round *r;
    struct view *round;

    if (p->round == NULL)
        return;
    r = p->round->round;
    round = view_object(p->view, "round");
    view_text(round, "id", r->id);
    view_text(round, "municipality", page_municipality(p));
    view_text(round, "title", r->title);
    view_flag(p->view, "demo", r->synthetic && r->training_of[0] == '\0');
    view_text(p->view, "edition",
              PAGE_TEXT(p, "page.edition", p->round->in->title.in[p->lang],
                        arena_printf(p->arena, "%d",
                                     p->round->in->index.version)));
}

static void
put_languages(struct page *p)
{
    struct view *list = view_list(p->view, "languages");

    for (int i = 0; i < LANG_COUNT; i++) {
        struct view *item = view_item(list);

        view_text(item, "code", lang_code(i));
        view_text(item, "label", msg_text(i, "page.language_name"));
        view_flag(item, "current", p->lang == (enum lang)i);
    }
    view_text(p->view, "back",
              p->request->method == HTTP_GET ? p->request->path : "/");
}

void
page_frame(struct page *p)
{
    const struct session *s = p->session != NULL ? p->session : p->half;

    view_text(p->view, "lang", lang_code(p->lang));
    if (p->def->title != NULL && p->title == NULL)
        p->title = msg_text(p->lang, p->def->title);
    view_text(p->view, "title", p->title != NULL ? p->title : "");
    view_text(p->view, "css", asset_url("app.css"));
    view_text(p->view, "js", asset_url("app.js"));
    view_text(p->view, "font", asset_url("inter.woff2"));
    view_text(p->view, "body", p->body != NULL ? p->body : "is-page");
    view_text(p->view, "csrf", s != NULL ? s->csrf : "");
    view_flag(p->view, "training", p->round != NULL
              && p->round->round->training_of[0] != '\0');
    put_session(p);
    take_notice(p);
    if (p->faults != NULL && exchange_response(p->x)->status == 200)
        exchange_response(p->x)->status = 422;
    response_header(p->x, "Cache-Control", "no-store");
}

/* What head.html and foot.html take beside that. */
static void
put_layout(struct page *p)
{
    page_frame(p);
    view_text(p->view, "home", "/");
    put_person(p);
    put_round(p);
    put_languages(p);
    page_menu(p);
}

void
page_show(struct page *p, const char *name)
{
    struct response *r = exchange_response(p->x);

    put_layout(p);
    if (!template_render(p->app->templates, name, p->view, p->lang, &r->body,
                         &p->err)) {
        buf_clear(&r->body);
        r->status = 500;
        r->media = "text/plain; charset=utf-8";
        buf_printf(&r->body, "500 %s\n", p->request->id);
    }
}

void
page_redirect(struct page *p, const char *fmt, ...)
{
    char path[PATH_LONG];
    va_list args;

    va_start(args, fmt);
    vsnprintf(path, sizeof path, fmt, args);
    va_end(args);
    response_header(p->x, "Cache-Control", "no-store");
    response_redirect(p->x, path);
}

void
page_redirect_notice(struct page *p, const char *key, const char *fmt, ...)
{
    char path[PATH_LONG];
    va_list args;

    va_start(args, fmt);
    vsnprintf(path, sizeof path, fmt, args);
    va_end(args);
    response_header(p->x, "Set-Cookie",
                    arena_printf(p->arena, NOTICE_COOKIE "=%s; Path=/;"
                                 " Max-Age=60; HttpOnly; SameSite=Lax", key));
    response_header(p->x, "Cache-Control", "no-store");
    response_redirect(p->x, path);
}

void
page_json(struct page *p, struct json *j)
{
    struct response *r = exchange_response(p->x);

    r->media = "application/json";
    response_header(p->x, "Cache-Control", "no-store");
    json_init(j, &r->body, JSON_ONE_LINE);
}

void
page_json_finish(struct page *p, struct json *j)
{
    (void)p;
    json_finish(j);
}

static void
refuse_json(struct page *p, int status, const char *key, const char *text)
{
    struct response *r = exchange_response(p->x);
    struct json j;

    r->status = status;
    page_json(p, &j);
    json_begin_object(&j);
    json_key(&j, "error");
    json_put_string(&j, key);
    json_key(&j, "message");
    json_put_string(&j, text);
    json_key(&j, "request");
    json_put_string(&j, p->request->id);
    if (p->err.field[0] != '\0') {
        json_key(&j, "field");
        json_put_string(&j, p->err.field);
    }
    json_end_object(&j);
    json_finish(&j);
}

static void
refuse_text(struct page *p, int status, const char *key, const char *text)
{
    if ((p->def->flags & PAGE_API) != 0) {
        refuse_json(p, status, key, text);
        return;
    }
    exchange_response(p->x)->status = status;
    p->title = page_text(p, arena_printf(p->arena, "page.%d", status), 0,
                         NULL);
    p->body = NULL;
    p->faults = NULL;
    p->view = view_new(p->arena);
    view_text(p->view, "words", text);
    view_int(p->view, "status", status);
    view_text(p->view, "request", p->request->id);
    page_show(p, "refused");
}

void
page_refuse(struct page *p, int status, const char *key)
{
    if (key == NULL)
        key = arena_printf(p->arena, "page.%d.more", status);
    refuse_text(p, status, key, msg_text(p->lang, key));
}

void
page_not_found(struct page *p)
{
    if (p->allow == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    response_header(p->x, "Allow", p->allow);
    page_refuse(p, 405, NULL);
}

static const char *
error_words(struct page *p)
{
    struct buf out;
    char *words;

    buf_init(&out, 0);
    msg_error(&out, p->lang, &p->err);
    words = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    if (p->err.at.line == 0 && words[0] >= 'a' && words[0] <= 'z')
        words[0] = (char)(words[0] - 'a' + 'A');
    return words;
}

/* A machine's failure, for the operator: its key, never its arguments. */
static void
log_failure(const struct page *p)
{
    char line[160];
    int n = snprintf(line, sizeof line, "failed %s id=%s\n", p->err.key,
                     p->request->id);

    if (n > 0) {
        ssize_t written = write(STDERR_FILENO, line, (size_t)n);
        (void)written;
    }
}

void
page_fail(struct page *p)
{
    if (p->err.code == ERR_INPUT) {
        refuse_text(p, 422, p->err.key, error_words(p));
        return;
    }
    log_failure(p);
    page_refuse(p, 500, NULL);
}

/* For the field itself: "bad_some_field" of the field some-field. */
static void
put_bad(struct page *p, const char *id, const char *text)
{
    char *name = arena_printf(p->arena, "bad_%s", id);

    for (char *c = name; *c != '\0'; c++)
        if (*c == '-' || *c == '.')
            *c = '_';
    view_text(p->view, name, text);
}

void
page_fault_text(struct page *p, const char *id, const char *text)
{
    struct view *item;

    if (p->faults == NULL)
        p->faults = view_list(view_object(p->view, "faults"), "list");
    item = view_item(p->faults);
    view_text(item, "text", text);
    if (id == NULL)
        return;
    view_text(item, "href", arena_printf(p->arena, "#%s", id));
    put_bad(p, id, text);
}

bool
page_fault(struct page *p, const char *id)
{
    if (p->err.code != ERR_INPUT) {
        page_fail(p);
        return false;
    }
    page_fault_text(p, id, error_words(p));
    err_clear(&p->err);
    return true;
}

bool
page_faulty(const struct page *p)
{
    return p->faults != NULL;
}

/* Fields of a posted form, to be sent again after the log-in. */
static void
keep_fields(struct page *p)
{
    struct view *list = view_list(p->view, "kept");

    for (int i = 0; i < p->request->form_count; i++) {
        const struct http_pair *f = &p->request->form[i];
        struct view *item;

        if (strcmp(f->name, "csrf") == 0)
            continue;
        item = view_item(list);
        view_text(item, "name", f->name);
        view_text(item, "value", f->value);
    }
    view_text(p->view, "again", p->request->path);
}

void
page_log_in(struct page *p)
{
    if ((p->def->flags & PAGE_API) != 0) {
        page_refuse(p, 401, NULL);
        return;
    }
    if (p->request->method == HTTP_GET || p->request->method == HTTP_HEAD) {
        page_redirect(p, "/login?next=%s", login_here(p));
        return;
    }
    exchange_response(p->x)->status = 401;
    /* What another site posts comes without the session's cookie: kept, it
     * would be sent again with our token after the log-in. */
    if ((p->def->flags & PAGE_KEEP) != 0 && page_from_here(p))
        keep_fields(p);
    p->title = msg_text(p->lang, "page.401");
    page_notice(p, "warning", msg_text(p->lang, "page.401.more"));
    login_show(p);
}

/* A browser that takes gzip says so by the bare word. */
static bool
takes_gzip(struct exchange *x)
{
    const char *accept = request_header(x, "Accept-Encoding");

    return accept != NULL && strstr(accept, "gzip") != NULL;
}

void
page_asset(struct exchange *x, const struct asset *a)
{
    struct response *r = exchange_response(x);
    bool zipped = a->gzip != NULL && takes_gzip(x);

    r->media = a->media;
    r->fixed = zipped ? a->gzip : a->bytes;
    r->fixed_len = zipped ? a->gzip_len : a->len;
    if (zipped)
        response_header(x, "Content-Encoding", "gzip");
    response_header(x, "Vary", "Accept-Encoding");
    response_header(x, "Cache-Control",
                    "public, max-age=31536000, immutable");
}
