/* page.c - see page.h: who asks, for what, and may they?
 *
 * In this order, the same for all: the path's row; the session; the token;
 * the round and the right in it; the state of the round; the handler. What
 * the account may not know of is refused like what does not exist. */
#include "web/page.h"
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/api.h"
#include "web/app_private.h"
#include "web/asset.h"
#include "web/page_private.h"
#include "web/route.h"

struct today {
    struct page *page;
    const struct day_slot *list;
    int count;
    bool loaded;
};

/* In a training round every day is everybody's. */
static bool
is_today(void *ctx, const char *unit)
{
    struct today *t = ctx;
    struct page *p = t->page;
    const struct round *r = p->round != NULL ? p->round->round : NULL;

    if (r == NULL || r->training_of[0] != '\0')
        return true;
    if (!t->loaded)
        t->loaded = slot_list(p->store, r, p->arena, &t->list, &t->count,
                              &p->err);
    for (int i = 0; i < t->count; i++)
        if (t->list[i].day == day_oslo(p->now_ms)
            && strcmp(r->units[t->list[i].unit].id, unit) == 0)
            return true;
    return false;
}

struct power
page_power(struct page *p, enum right right)
{
    struct today today = { .page = p };

    return right_power(right, p->grants, p->grant_count,
                       p->round != NULL ? p->round->round : NULL, is_today,
                       &today, p->arena);
}

/* Who acts, as the store is told. */
static void
make_actor(struct page *p)
{
    const char **units = arena_array(p->arena,
                                     (size_t)p->power.unit_count + 1,
                                     sizeof *units);

    for (int i = 0; i < p->power.unit_count; i++)
        units[i] = p->power.units[i].id;
    p->actor = (struct actor){
        .name = p->account, .rights = p->power.duty,
        .purpose = p->def->path, .units = units,
        .unit_count = p->power.unit_count,
        .all_units = p->power.everywhere != REACH_NONE
    };
}

bool
page_any_grant(const struct page *p, const struct round *round)
{
    for (int i = 0; i < p->grant_count; i++)
        if (grant_is_of(&p->grants[i], round))
            return true;
    return false;
}

/* Opens the round that the path names. A refusal is answered here. */
static bool
find_round(struct page *p)
{
    int place = route_param(p->def, "round");

    if (place < 0)
        return true;
    p->round = seat_round(p->seat, p->param[place], &p->err);
    if (p->round != NULL && page_any_grant(p, p->round->round))
        return true;
    p->round = NULL;
    if (p->err.code == ERR_MACHINE) {
        page_fail(p);
        return false;
    }
    err_clear(&p->err);
    page_refuse(p, 404, NULL);
    return false;
}

/* The state that the row demands. */
static bool
state_good(struct page *p)
{
    const struct round *r = p->round != NULL ? p->round->round : NULL;
    unsigned flags = p->def->flags;

    if (r == NULL)
        return true;
    if ((flags & PAGE_REAL) != 0 && r->training_of[0] != '\0')
        page_refuse(p, 404, "page.training");
    else if ((flags & PAGE_OPEN) != 0 && r->status != ROUND_OPEN)
        page_refuse(p, 409, "page.not_open");
    else if ((flags & PAGE_CLOSED) != 0 && r->status != ROUND_CLOSED)
        page_refuse(p, 409, "page.not_closed");
    else
        return true;
    return false;
}

static bool
may(struct page *p)
{
    enum right right = p->def->right;

    if (right == RIGHT_PUBLIC)
        return true;
    if (p->session == NULL) {
        page_log_in(p);
        return false;
    }
    if (!find_round(p))
        return false;
    if (right < RIGHT_COUNT) {
        p->power = page_power(p, right);
        if (p->power.reach == REACH_NONE) {
            page_refuse(p, 403, NULL);
            return false;
        }
    }
    return state_good(p);
}

static bool
is_read(const struct request *r)
{
    return r->method == HTTP_GET || r->method == HTTP_HEAD;
}

/* Who asks, whether they may, and the page. */
static void
decide(struct page *p)
{
    p->now_ms = clock_now(&p->app->options.store.clock);
    p->power.duty = "";
    if (!page_find_session(p)) {
        page_fail(p);
        return;
    }
    if (!is_read(p->request) && p->session == NULL
        && p->def->right != RIGHT_PUBLIC) {
        page_log_in(p);
        return;
    }
    if (!is_read(p->request) && !page_token_good(p)) {
        page_refuse(p, 403, "page.token");
        return;
    }
    if (!may(p))
        return;
    make_actor(p);
    if ((p->def->flags & PAGE_API) == 0 || api_query_good(p))
        p->def->handle(p);
}

/* Everything but the row itself is known now. What is read is one snapshot,
 * unless the page writes (page_write.c): then until it does. */
static void
run(void *ctx, struct exchange *x)
{
    struct page *p = exchange_kept(x);
    struct store *s;

    (void)ctx;
    p->seat = app_seat(p->app, &p->err);
    if (p->seat == NULL) {
        page_fail(p);
        return;
    }
    s = p->store = seat_store(p->seat);
    if (store_read_begin(s, &p->err))
        decide(p);
    else
        page_fail(p);
    store_read_end(s);
}

static struct page *
page_new(struct app *app, struct exchange *x)
{
    struct arena *arena = exchange_arena(x);
    struct page *p = arena_take(arena, sizeof *p);

    p->app = app;
    p->x = x;
    p->request = exchange_request(x);
    p->arena = arena;
    p->account = "";
    p->view = view_new(arena);
    exchange_keep(x, p, NULL);
    return p;
}

/* What has no row is answered as if it had one of its kind, so that an API
 * call says 401 to who is not logged in, whether it exists or not. */
static const struct page_def nowhere = {
    "GET", "", RIGHT_PUBLIC, PAGE_FREE | PAGE_HERE, page_not_found, NULL, 0
};
static const struct page_def nowhere_api = {
    "GET", "/api/v1/", RIGHT_SIGNED_IN, PAGE_API | PAGE_HERE, page_not_found,
    NULL, 0
};

static bool
asset(struct exchange *x, const struct request *r)
{
    const struct asset *a;

    if (strncmp(r->path, "/assets/", 8) != 0 || !is_read(r))
        return false;
    a = asset_find(r->path);
    if (a == NULL)
        return false;
    page_asset(x, a);
    return true;
}

static void
log_in(void *arg, bool work)
{
    struct exchange *x = arg;

    if (work)
        run(NULL, x);
    else
        exchange_response(x)->status = 503;
    exchange_send(x);
}

static void
log_in_later(struct app *app, struct exchange *x)
{
    exchange_hold(x);
    if (pool_put(app->logins, log_in, x))
        return;
    response_header(x, "Retry-After", "2");
    page_refuse(exchange_kept(x), 503, NULL);
    exchange_send(x);
}

void
app_handle(void *ctx, struct exchange *x)
{
    struct app *app = ctx;
    const struct request *r = exchange_request(x);
    struct route route;
    struct page *p;

    if (asset(x, r))
        return;
    p = page_new(app, x);
    p->lang = page_lang_asked(x);
    route = route_find(page_defs, r->method, r->path, p->arena);
    p->def = route.def;
    memcpy(p->param, route.param, sizeof p->param);
    if (route.def == NULL) {
        bool api = strncmp(r->path, "/api/v1/", 8) == 0;

        p->def = api ? &nowhere_api : &nowhere;
        p->allow = route.allow;
    }
    if ((p->def->flags & PAGE_LOGIN) != 0)
        log_in_later(app, x);
    else if ((p->def->flags & PAGE_SLOW) != 0
                  || (!is_read(r) && (p->def->flags & PAGE_HERE) == 0))
        exchange_defer(x, run, NULL);
    else
        run(NULL, x);
}

/* The layer below refuses: the same page as for any other refusal, without
 * looking at who asks. */
void
app_refuse(void *ctx, struct exchange *x, int status)
{
    struct page *p = page_new(ctx, x);

    p->lang = LANG_NB;
    p->def = &nowhere;
    p->power.duty = "";
    page_refuse(p, status, msg_has(p->lang,
                arena_printf(p->arena, "page.%d.more", status))
                ? NULL : "page.500.more");
}
