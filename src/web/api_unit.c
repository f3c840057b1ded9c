/* api_unit.c - calls on a unit's list, and on those who were not registered:
 * no answers, no ids. See page_list.c and page_notregistered.c. */
#include "store/fieldwork.h"
#include "store/work.h"
#include "web/api.h"
#include "web/pages.h"
#include "web/place.h"

static void
put_row(struct json *j, struct page *p, const struct work *w)
{
    json_begin_object(j);
    api_put_text(j, "unit", p->round->round->units[w->unit].id);
    api_put_int(j, "tier", w->tier);
    api_put_maybe(j, "mapper", w->mapper);
    api_put_maybe(j, "name", place_person(p, w->mapper));
    api_put_int(j, "running", w->running);
    api_put_text(j, "status", status_word(w->status));
    json_end_object(j);
}

static void
put_rows(struct json *j, struct page *p, const struct work *list, int count)
{
    for (int i = 0; i < count; i++)
        put_row(j, p, &list[i]);
}

/* The units that the caller leads; *ANY: there are such. */
static bool
put_units(struct json *j, struct page *p, bool *any)
{
    const struct round *r = p->round->round;

    *any = false;
    for (int u = 0; u < r->unit_count; u++) {
        const struct work *list;
        int count;

        if (!page_may(p, r->units[u].id, REACH_UNIT))
            continue;
        *any = true;
        if (!work_unit(p->store, &p->actor, r, u, p->arena, &list, &count,
                       &p->err))
            return false;
        put_rows(j, p, list, count);
    }
    return true;
}

static bool
put_own(struct json *j, struct page *p)
{
    const struct work *list;
    int count;

    if (!work_list(p->store, &p->actor, p->round->round, p->arena, &list,
                   &count, &p->err))
        return false;
    put_rows(j, p, list, count);
    return true;
}

/* Who leads no unit has the own list. */
void
api_unit(struct page *p)
{
    struct json j;
    bool any;

    page_json(p, &j);
    json_begin_array(&j);
    if (put_units(&j, p, &any) && (any || put_own(&j, p))) {
        json_end_array(&j);
        page_json_finish(p, &j);
        return;
    }
    buf_clear(&exchange_response(p->x)->body);
    page_fail(p);
}

/* The caller's own counts. */
void
api_not_registered(struct page *p)
{
    const struct not_registered *list;
    struct json j;
    int count;

    if (!not_registered_own(p->store, &p->actor, p->round->round, p->arena,
                            &list, &count, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_array(&j);
    for (int i = 0; i < count; i++) {
        json_begin_object(&j);
        api_put_text(&j, "unit", p->round->round->units[list[i].unit].id);
        api_put_int(&j, "tier", list[i].tier);
        json_key(&j, "reasons");
        json_begin_object(&j);
        for (int r = 0; r < REASON_COUNT; r++)
            api_put_int(&j, reason_word((enum reason)r), list[i].count[r]);
        json_end_object(&j);
        json_end_object(&j);
    }
    json_end_array(&j);
    page_json_finish(p, &j);
}
