/* page_list.c - one's own list, and a unit's.
 *
 * A mapper's list has what a paper list is compared with: running number,
 * sex, birth year, status, what is unanswered. A unit's has no answers and
 * opens nothing: whose, which number, how far; a leader may move one from a
 * mapper to another. A mapper who asks for the unit's list gets the own. */
#include <string.h>
#include "base/msg.h"
#include "web/brief.h"
#include "web/day_plan.h"
#include "web/pages.h"
#include "web/public_id.h"

/* "Påbegynt" and so on; the mark that goes with it in CLASS. */
static void
put_status(struct page *p, struct view *item, const struct work *w)
{
    static const char *const keys[] = {
        [STATUS_DRAFT] = "day.status_draft",
        [STATUS_COMPLETE] = "day.status_complete",
        [STATUS_WITHDRAWN] = "day.status_withdrawn"
    };

    view_text(item, "status", msg_text(p->lang, keys[w->status]));
    view_flag(item, "draft", w->status == STATUS_DRAFT);
    view_flag(item, "complete", w->status == STATUS_COMPLETE);
    view_flag(item, "withdrawn", w->status == STATUS_WITHDRAWN);
}

/* How the rows say where they are from: not at all, by tier, or by unit. */
enum where { WHERE_ONE, WHERE_TIER, WHERE_UNIT };

static enum where
where_of(struct page *p)
{
    const struct place *places;
    int count = place_list(p, &places);

    if (count <= 1)
        return WHERE_ONE;
    return places[0].unit == places[count - 1].unit ? WHERE_TIER
                                                    : WHERE_UNIT;
}

static bool
put_own(struct page *p, struct briefs *briefs, struct view *list,
        const struct work *w, enum where where)
{
    struct brief brief;
    struct view *item;
    char id[UUID_TEXT];

    if (!brief_of(briefs, w, &brief, &p->err))
        return false;
    public_id_print(w->public_id, id);
    item = view_item(list);
    view_int(item, "running", w->running);
    view_text(item, "href", arena_printf(p->arena,
                                         "/rounds/%s/registrations/%s",
                                         p->round->round->id, id));
    view_text(item, "sex", brief.sex);
    view_text(item, "birth_year", brief.birth_year);
    view_text(item, "group", brief.group);
    view_text(item, "missing", w->status == STATUS_WITHDRAWN ? ""
                               : brief.missing);
    view_flag(item, "no_number", !w->has_pseudonym);
    view_text(item, "place", where == WHERE_TIER
                             ? place_tier(p, w->unit, w->tier)
                             : place_name(p, w->unit, w->tier));
    view_text(item, "saved", day_short(p, w->saved_on));
    put_status(p, item, w);
    return true;
}

static void
show_own(struct page *p)
{
    const struct work *works;
    struct view *list = view_list(p->view, "works");
    enum where where = where_of(p);
    struct briefs briefs;
    int count;
    bool ok;

    if (!work_list(p->store, &p->actor, p->round->round, p->arena, &works,
                   &count, &p->err)) {
        page_fail(p);
        return;
    }
    briefs_init(&briefs, p);
    ok = true;
    for (int i = 0; ok && i < count; i++)
        ok = put_own(p, &briefs, list, &works[i], where);
    briefs_clear(&briefs);
    if (!ok) {
        page_fail(p);
        return;
    }
    view_int(p->view, "count", count);
    view_flag(p->view, "several", where != WHERE_ONE);
    view_flag(p->view, "by_tier", where == WHERE_TIER);
    p->title = msg_text(p->lang, "day.list_title");
    page_show(p, "list");
}

void
page_list(struct page *p)
{
    show_own(p);
}

static void
put_unit_row(struct page *p, struct view *list, const struct work *w)
{
    struct view *item = view_item(list);

    view_int(item, "running", w->running);
    view_text(item, "mapper", w->mapper);
    view_text(item, "mapper_name",
              w->mapper[0] != '\0' ? place_person(p, w->mapper)
                                   : msg_text(p->lang, "day.nobody"));
    view_text(item, "tier", place_tier(p, w->unit, w->tier));
    view_flag(item, "move", w->mapper[0] != '\0'
                            && w->status != STATUS_WITHDRAWN);
    put_status(p, item, w);
}

static bool
put_unit(struct page *p, struct view *units, int unit)
{
    const struct round *r = p->round->round;
    const struct work *works;
    struct view *item = view_item(units), *list;
    int count;

    if (!work_unit(p->store, &p->actor, r, unit, p->arena, &works, &count,
                   &p->err))
        return false;
    view_text(item, "unit_name", r->units[unit].name);
    view_text(item, "unit_id", r->units[unit].id);
    view_int(item, "count", count);
    list = view_list(item, "rows");
    for (int i = 0; i < count; i++)
        put_unit_row(p, list, &works[i]);
    return true;
}

void
page_unit(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *units = view_list(p->view, "units");
    bool any = false;

    for (int u = 0; u < r->unit_count; u++) {
        if (!page_may(p, r->units[u].id, REACH_UNIT))
            continue;
        any = true;
        if (!put_unit(p, units, u)) {
            page_fail(p);
            return;
        }
    }
    if (!any) {
        show_own(p);
        return;
    }
    p->title = msg_text(p->lang, "day.unit_title");
    view_flag(p->view, "may_move",
              page_power(p, RIGHT_HAND_OVER).reach >= REACH_UNIT);
    page_show(p, "unit");
}
