/* page_slips.c - sign-in slips for mappers, and new ones for those who can't
 * log in: of the resource person, the leader, the coordinator.
 *
 * Whoever gets a slip can be the account it is for. So it is made only for
 * accounts whose every duty lies within what the maker may reset: a leader
 * gets no slip of a mapper who maps for another unit too, nor of somebody
 * who is also a coordinator. */
#include <string.h>
#include "base/msg.h"
#include "store/account.h"
#include "web/accounts.h"
#include "web/app.h"
#include "web/pages.h"
#include "web/slips.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* Whether the maker resets mappers of every round. */
static bool
resets_all(const struct page *p)
{
    for (int i = 0; i < p->grant_count; i++)
        if (p->grants[i].round[0] == '\0'
            && right_reach(p->grants[i].duty, RIGHT_RESET) == REACH_ALL)
            return true;
    return false;
}

static bool
within(struct page *p, const struct grant *g)
{
    if (g->duty != DUTY_MAPPER)
        return false;
    return resets_all(p)
           || (grant_is_of(g, p->round->round)
               && page_may(p, g->unit, REACH_TODAY));
}

/* Whether G is what makes somebody a mapper here, within reach. */
static bool
makes_mapper(struct page *p, const struct grant *g)
{
    return g->duty == DUTY_MAPPER && grant_is_of(g, p->round->round)
           && page_may(p, g->unit, REACH_TODAY);
}

struct mapper {
    const struct account *account;
    const char *unit;           /* names of the units, "a, b" */
    bool beyond;                /* has a duty that is not within reach */
};

static struct mapper *
find_mapper(struct mapper *list, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].account->id, id) == 0)
            return &list[i];
    return NULL;
}

/* All grants that hold now or later, of all. */
static bool
load_grants(struct page *p, const struct grant **list, int *count)
{
    const struct grant_ask ask = { .duty = -1, .from_ms = p->now_ms,
                                   .to_ms = INT64_MAX };

    return grant_list(p->store, &ask, p->arena, list, count, &p->err);
}

static bool
add_mapper(struct page *p, struct mapper *list, int *count,
           const struct grant *g)
{
    const struct unit *u = grant_view_unit(p->round->round, g->unit);
    const char *name = u != NULL ? u->name : g->unit;
    struct mapper *m = find_mapper(list, *count, g->account);

    if (m != NULL) {
        if (strstr(m->unit, name) == NULL)
            m->unit = arena_printf(p->arena, "%s, %s", m->unit, name);
        return true;
    }
    m = &list[*count];
    if (!account_find(p->store, g->account, p->arena, &m->account, &p->err))
        return false;
    if (m->account == NULL || m->account->ended_ms != 0)
        return true;
    m->unit = name;
    ++*count;
    return true;
}

/* The mappers within reach, in order of their ids. */
static bool
load_mappers(struct page *p, struct mapper **out, int *count)
{
    const struct grant *grants;
    struct mapper *list, *m;
    int n;

    *count = 0;
    if (!load_grants(p, &grants, &n))
        return false;
    *out = list = arena_array(p->arena, (size_t)n + 1, sizeof *list);
    for (int i = 0; i < n; i++)
        if (makes_mapper(p, &grants[i])
            && !add_mapper(p, list, count, &grants[i]))
            return false;
    for (int i = 0; i < n; i++) {
        m = find_mapper(list, *count, grants[i].account);
        if (m != NULL && !within(p, &grants[i]))
            m->beyond = true;
    }
    return true;
}

static void
put_mapper(struct page *p, struct view *list, const struct mapper *m)
{
    struct view *item = view_item(list);

    (void)p;
    view_text(item, "account", m->account->id);
    view_text(item, "who", m->account->name);
    view_text(item, "unit", m->unit);
    view_flag(item, "waits", !m->account->has_password);
    view_flag(item, "beyond", m->beyond);
}

static void
show(struct page *p)
{
    struct view *view = view_list(p->view, "mappers");
    struct mapper *list;
    int count;

    if (!load_mappers(p, &list, &count)) {
        page_fail(p);
        return;
    }
    for (int i = 0; i < count; i++)
        put_mapper(p, view, &list[i]);
    view_text(p->view, "path", arena_printf(p->arena, "/rounds/%s",
                                            p->round->round->id));
    p->title = msg_text(p->lang, "account.slips_for");
    page_show(p, "slips_for");
}

void
page_slips(struct page *p)
{
    show(p);
}

struct sheet {
    struct slip *list;
    int count;
    int64_t until_ms;
};

static bool
make(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct sheet *sheet = ctx;

    (void)round;
    return slips_make(s, &p->actor, sheet->list, sheet->count,
                      sheet->until_ms, e);
}

static void
answer(struct page *p, struct sheet *sheet)
{
    if (page_write(p, make, sheet))
        slips_show(p, sheet->list, sheet->count, sheet->until_ms,
                   arena_printf(p->arena, "/rounds/%s/slips",
                                p->round->round->id));
    else
        page_fail(p);
}

static bool
is_chosen(struct page *p, const char *id)
{
    for (int i = 0; i < p->request->form_count; i++)
        if (strcmp(p->request->form[i].name, "mapper") == 0
            && strcmp(p->request->form[i].value, id) == 0)
            return true;
    return false;
}

void
page_slips_post(struct page *p)
{
    struct sheet sheet = {
        .until_ms = p->now_ms + (int64_t)SLIP_DAYS * DAY_MS
    };
    struct mapper *list;
    int count;

    if (!load_mappers(p, &list, &count)) {
        page_fail(p);
        return;
    }
    sheet.list = arena_array(p->arena, (size_t)count + 1,
                             sizeof *sheet.list);
    for (int i = 0; i < count && sheet.count < SLIPS_MAX; i++)
        if (!list[i].beyond && is_chosen(p, list[i].account->id))
            sheet.list[sheet.count++] = (struct slip){
                .account = list[i].account->id,
                .name = list[i].account->name,
                .reset = list[i].account->has_password
            };
    if (sheet.count == 0) {
        page_fault_text(p, "mappers",
                        msg_text(p->lang, "account.slips_none"));
        show(p);
        return;
    }
    answer(p, &sheet);
}

void
page_mapper_reset(struct page *p)
{
    struct sheet sheet = {
        .until_ms = p->now_ms + (int64_t)SLIP_RESET_DAYS * DAY_MS
    };
    struct mapper *list, *m;
    struct slip slip;
    int count;

    if (!load_mappers(p, &list, &count)) {
        page_fail(p);
        return;
    }
    m = find_mapper(list, count, p->param[1]);
    if (m == NULL || strcmp(m->account->id, p->account) == 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (m->beyond) {
        page_refuse(p, 403, "account.reset_beyond");
        return;
    }
    slip = (struct slip){ .account = m->account->id,
                          .name = m->account->name, .reset = true };
    sheet.list = &slip;
    sheet.count = 1;
    answer(p, &sheet);
}
