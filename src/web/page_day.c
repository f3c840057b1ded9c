/* page_day.c - My day: a mapper's page to begin and go on from. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/handover.h"
#include "store/round_setup.h"
#include "web/app.h"
#include "web/brief.h"
#include "web/day_plan.h"
#include "web/pages.h"
#include "web/form_page.h"

enum { DONE_SHOWN = 10, DRAFTS_SHOWN = 20, WIDTH = 1000 };
/* Handovers that were decided are told for three days. */
static const int64_t told_ms = INT64_C(3) * 24 * 3600 * 1000;

struct day {
    struct page *page;
    struct day_plan plan;
    const struct work *list;
    int count;
    int done, drafts, done_today;
    int expected;               /* of the units; -1 not said */
};

static void
count_own(struct day *d)
{
    for (int i = 0; i < d->count; i++) {
        const struct work *w = &d->list[i];

        d->drafts += w->status == STATUS_DRAFT;
        d->done += w->status == STATUS_COMPLETE;
        d->done_today += w->status == STATUS_COMPLETE
                         && w->completed_on == d->plan.today;
    }
}

static const char *
number(struct page *p, int n)
{
    return arena_printf(p->arena, "%d", n);
}

/* N of ALL as a width for the meter, in percent with a decimal. */
static const char *
share(struct page *p, int n, int all)
{
    int permille = all > 0 ? (int)((int64_t)n * WIDTH / all) : 0;

    if (permille > WIDTH)
        permille = WIDTH;
    return arena_printf(p->arena, "%d.%d%%", permille / 10, permille % 10);
}

/* The day's state: one's own, and what is expected of the units in all. */
static void
put_state(struct day *d)
{
    struct page *p = d->page;
    const char *done = number(p, d->done);
    struct view *meter;
    int drafts = d->drafts;

    view_int(p->view, "done", d->done);
    view_int(p->view, "drafts_count", d->drafts);
    view_text(p->view, "drafts_number", number(p, d->drafts));
    view_text(p->view, "done_number", done);
    view_text(p->view, "state",
              d->expected > 0
                  ? PAGE_TEXT(p, "day.state_of", done,
                              number(p, d->expected))
                  : PAGE_TEXT(p, "day.state", done));
    if (d->expected <= 0)
        return;
    if (drafts > d->expected - d->done)
        drafts = d->done < d->expected ? d->expected - d->done : 0;
    meter = view_object(p->view, "meter");
    view_text(meter, "done", share(p, d->done, d->expected));
    view_text(meter, "begun", share(p, drafts, d->expected));
    view_text(meter, "text",
              PAGE_TEXT(p, "day.meter", done, number(p, d->drafts),
                        number(p, d->expected)));
    view_int(meter, "expected", d->expected);
}

static const char *
saved_words(struct day *d, const struct work *w)
{
    struct page *p = d->page;

    return w->saved_on == d->plan.today
           ? PAGE_TEXT(p, "day.saved", day_time(p, w->saved_ms))
           : PAGE_TEXT(p, "day.saved", day_short(p, w->saved_on));
}

static bool
put_work(struct day *d, struct briefs *briefs, struct view *list,
         const struct work *w)
{
    struct page *p = d->page;
    struct brief brief;
    struct view *item;

    if (!brief_of(briefs, w, &brief, &p->err))
        return false;
    item = view_item(list);
    view_int(item, "running", w->running);
    view_text(item, "href", form_path(p, w->public_id));
    view_text(item, "who", brief.who);
    view_text(item, "group", brief.group);
    view_text(item, "missing", brief.missing);
    view_text(item, "saved", saved_words(d, w));
    view_flag(item, "no_number", !w->has_pseudonym);
    return true;
}

/* What is begun, and what was finished today; the newest first. */
static bool
put_works(struct day *d)
{
    struct page *p = d->page;
    struct view *drafts = view_list(p->view, "drafts");
    struct view *done = view_list(p->view, "done_list");
    struct briefs briefs;
    int n = 0, m = 0;
    bool ok = true;

    briefs_init(&briefs, p);
    for (int i = 0; ok && i < d->count; i++) {
        const struct work *w = &d->list[i];

        if (w->status == STATUS_DRAFT && n++ < DRAFTS_SHOWN)
            ok = put_work(d, &briefs, drafts, w);
        else if (w->status == STATUS_COMPLETE
                 && w->completed_on == d->plan.today && m++ < DONE_SHOWN)
            ok = put_work(d, &briefs, done, w);
    }
    briefs_clear(&briefs);
    view_flag(p->view, "any_done", m > 0);
    if (d->count > 0)
        view_text(p->view, "all", PAGE_TEXT(p, "day.show_all",
                                            number(p, d->count)));
    return ok;
}

/* What is told of a handover, NULL: nothing. */
static const char *
handover_words(struct page *p, const struct handover *h)
{
    bool mine = strcmp(h->from, p->account) == 0;
    const char *other = place_person(p, mine ? h->to : h->from);
    const char *running = number(p, h->running);

    if (mine) {
        if (h->outcome == HANDOVER_OPEN)
            return PAGE_TEXT(p, "day.handover_asked", other, running);
        if (h->outcome == HANDOVER_GIVEN
            && strcmp(h->asked_by, p->account) != 0
            && strcmp(h->asked_by, h->to) != 0)
            return PAGE_TEXT(p, "day.handover_moved", other, running);
        return NULL;
    }
    switch (h->outcome) {
    case HANDOVER_OPEN:
        return PAGE_TEXT(p, "day.handover_waits", other, running);
    case HANDOVER_GIVEN:
        return PAGE_TEXT(p, "day.handover_given", other, running,
                         number(p, h->got));
    case HANDOVER_DECLINED:
        return PAGE_TEXT(p, "day.handover_declined", other, running);
    case HANDOVER_VOID:
        return PAGE_TEXT(p, "day.handover_void", other, running);
    default:
        return NULL;
    }
}

static bool
has_id(const uint8_t id[16])
{
    static const uint8_t none[16];

    return memcmp(id, none, sizeof none) != 0;
}

static void
put_handover(struct page *p, struct view *list, const struct handover *h)
{
    const char *words = handover_words(p, h);
    bool mine = strcmp(h->from, p->account) == 0;
    struct view *item;

    if (words == NULL)
        return;
    item = view_item(list);
    view_text(item, "text", words);
    view_int(item, "running", h->running);
    view_flag(item, "decide", mine && h->outcome == HANDOVER_OPEN);
    view_flag(item, "cancel", !mine && h->outcome == HANDOVER_OPEN);
    view_text(item, "to", h->to);
    view_text(item, "from", h->from);
    if (has_id(h->public_id) && (mine || h->outcome == HANDOVER_GIVEN))
        view_text(item, "href", form_path(p, h->public_id));
}

static bool
put_handovers(struct day *d)
{
    struct page *p = d->page;
    struct view *list = view_list(p->view, "handovers");
    const struct handover *found;
    int count;

    if (!handover_list(p->store, &p->actor, p->round->round,
                       p->now_ms - told_ms, p->arena, &found, &count,
                       &p->err))
        return false;
    for (int i = 0; i < count; i++)
        put_handover(p, list, &found[i]);
    view_flag(p->view, "any_handover", count > 0);
    return true;
}

/* The training round of this one, or the one that this trains for. */
static bool
put_training(struct page *p)
{
    const struct round *r = p->round->round;
    struct round *training;

    if (r->training_of[0] != '\0') {
        struct err e = { 0 };
        struct opened *real = seat_round(p->seat, r->training_of, &e);

        if (real != NULL && real->round->status == ROUND_OPEN)
            view_text(p->view, "real", real->round->id);
        return true;
    }
    if (!training_find(p->store, r->id, p->arena, &training, &p->err))
        return false;
    if (training != NULL && training->status == ROUND_OPEN)
        view_text(p->view, "practice", training->id);
    return true;
}

static void
put_title(struct day *d)
{
    struct page *p = d->page;
    const char *words = day_words(p, d->plan.today);
    char *title = arena_text(p->arena, words);

    title[0] = (char)toupper((unsigned char)title[0]);
    view_text(p->view, "today", title);
    view_text(p->view, "main", "day");
}

/* The next running number, and the list. */
static bool
read_own(struct day *d)
{
    struct page *p = d->page;
    const struct round *r = p->round->round;
    int running, unit, tier;

    if (!work_next(p->store, &p->actor, r, &running, &unit, &tier, &p->err)
        || !work_list(p->store, &p->actor, r, p->arena, &d->list, &d->count,
                      &p->err))
        return false;
    view_int(p->view, "running", running);
    view_text(p->view, "next", PAGE_TEXT(p, "day.next",
                                         number(p, running)));
    count_own(d);
    return true;
}

void
page_day(struct page *p)
{
    struct day d = { .page = p };

    if (!day_plan_init(&d.plan, p) || !read_own(&d)
        || !day_plan_head(&d.plan, &d.expected) || !put_works(&d)
        || !put_handovers(&d) || !day_plan_side(&d.plan)
        || !put_training(p)) {
        page_fail(p);
        return;
    }
    put_title(&d);
    put_state(&d);
    page_show(p, "day");
}
