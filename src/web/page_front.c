/* page_front.c - where one begins, and what anybody may read. */
#include <string.h>
#include "base/msg.h"
#include "store/account.h"
#include "web/app.h"
#include "web/page_private.h"
#include "web/page_setup.h"
#include "web/pages.h"

/* The first place in the menu of p->round, NULL if there is none. */
static const char *
first_page(struct page *p)
{
    const struct page_def *best = NULL;

    for (const struct page_def *d = page_defs; d->path != NULL; d++)
        if (d->menu > 0 && route_param(d, "round") >= 0
            && (best == NULL || d->menu < best->menu) && page_open_to(p, d))
            best = d;
    return best != NULL ? page_path(p, best) : NULL;
}

struct front {
    struct view *list;
    int count;
    const char *only;           /* where the last of them leads */
};

static void
put_round(struct page *p, const char *id, struct front *f)
{
    struct err e = { 0 };
    const struct round *r;
    const char *path;
    struct view *item;

    p->round = seat_round(p->seat, id, &e);
    if (p->round == NULL || !page_any_grant(p, p->round->round))
        return;
    r = p->round->round;
    path = first_page(p);
    if (path == NULL)
        return;
    item = view_item(f->list);
    view_text(item, "href", path);
    view_text(item, "title", arena_text(p->arena, r->title));
    view_flag(item, "open", r->status == ROUND_OPEN);
    view_flag(item, "closed", r->status == ROUND_CLOSED);
    view_flag(item, "training", r->training_of[0] != '\0');
    f->count++;
    f->only = path;
}

/* Where there is but one place to go, one is there at once. */
void
page_front(struct page *p)
{
    struct front f = { .list = view_list(p->view, "rounds") };
    struct power accounts = page_power(p, RIGHT_ACCOUNTS);
    const char *const *ids;

    if (!round_list(p->store, p->arena, &ids, &p->err)) {
        page_fail(p);
        return;
    }
    for (int i = 0; ids[i] != NULL; i++)
        put_round(p, ids[i], &f);
    p->round = NULL;
    view_flag(p->view, "may_make", setup_may_make(p));
    if (f.count == 1 && accounts.reach == REACH_NONE && !setup_may_make(p)) {
        page_redirect(p, "%s", f.only);
        return;
    }
    view_flag(p->view, "none", f.count == 0);
    view_flag(p->view, "accounts", accounts.reach != REACH_NONE);
    page_show(p, "front");
}

static bool
set_lang(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    const enum lang *lang = ctx;

    (void)round;
    return account_set_lang(s, p->account, *lang, e);
}

bool
page_path_safe(const char *path)
{
    return path != NULL && path[0] == '/' && path[1] != '/'
           && strpbrk(path, "\\\r\n") == NULL;
}

void
page_language(struct page *p)
{
    enum lang lang = lang_of(page_field(p, "lang"));
    const char *back = page_field(p, "back");

    if (lang == LANG_COUNT) {
        page_refuse(p, 400, NULL);
        return;
    }
    if (p->session != NULL && !page_write(p, set_lang, &lang)) {
        page_fail(p);
        return;
    }
    response_header(p->x, "Set-Cookie",
                    arena_printf(p->arena, "lang=%s; Path=/; Max-Age=31536000;"
                                 " HttpOnly; SameSite=Lax",
                                 lang_code(lang)));
    page_redirect(p, "%s", page_path_safe(back) ? back : "/");
}

/* The table of rights in words. */
void
page_rights(struct page *p)
{
    static const char *const reaches[] = {
        "right.no", "right.own", "right.today", "right.unit", "right.all"
    };
    struct view *duties = view_list(p->view, "duties");
    struct view *rows = view_list(p->view, "rows");

    for (int d = 0; d < DUTY_COUNT; d++)
        view_item_text(duties,
                       msg_text(p->lang, arena_printf(p->arena, "duty.%s",
                                                      duty_word(d))));
    for (int r = 0; r < RIGHT_COUNT; r++) {
        struct view *row = view_item(rows), *cells;

        view_text(row, "label", msg_text(p->lang, right_key(r)));
        cells = view_list(row, "cells");
        for (int d = 0; d < DUTY_COUNT; d++) {
            enum reach reach = right_reach(d, r);
            struct view *cell = view_item(cells);

            view_flag(cell, "yes", reach != REACH_NONE);
            view_text(cell, "text", msg_text(p->lang, reaches[reach]));
        }
    }
    page_show(p, "rights");
}

void
page_privacy(struct page *p)
{
    page_show(p, "privacy");
}

void
page_accessibility(struct page *p)
{
    page_show(p, "accessibility");
}

void
page_health(struct page *p)
{
    struct response *r = exchange_response(p->x);

    r->media = "text/plain; charset=utf-8";
    if (atomic_load(&p->app->stopping))
        r->status = 503;
    buf_text(&r->body, r->status == 200 ? "ok\n" : "stopping\n");
    response_header(p->x, "Cache-Control", "no-store");
}

void
page_metrics(struct page *p)
{
    struct response *r = exchange_response(p->x);
    int64_t commits, jobs;

    writer_counts(p->app->writer, &commits, &jobs);
    r->media = "text/plain; version=0.0.4; charset=utf-8";
    metrics_print(&p->app->metrics, commits, jobs, p->now_ms, &r->body);
    response_header(p->x, "Cache-Control", "no-store");
}
