/* page_handover.c - registrations from one mapper to another, within a unit
 * and tier: asked for, given, declined, called off; or moved by who leads
 * the unit. What there is to decide stands on My day.
 *
 * The store knows whose a registration is; that the receiver registers
 * there, and that who moves one leads the unit, is seen to here. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/handover.h"
#include "web/pages.h"
#include "web/place.h"
#include "web/public_id.h"
#include "web/route.h"

enum { RUNNING_DIGITS = 9 };

/* What a handler is about. */
struct handing {
    uint8_t public_id[16];
    int unit, tier, running;
    const char *mapper, *to;
    bool give;
};

/* A running number as posted or in the path, 0 if it is none. */
static int
running_of(const char *text)
{
    size_t n = strlen(text);

    if (n == 0 || n > RUNNING_DIGITS || strspn(text, "0123456789") != n)
        return 0;
    return atoi(text);
}

/* Where the write leads to, and what is said there. */
static void
finish(struct page *p, bool ok, const char *said, const char *to)
{
    if (ok)
        page_redirect_notice(p, said, "/rounds/%s/%s", p->round->round->id,
                             to);
    else
        page_fail(p);
}

static bool
ask(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    const struct handing *h = ctx;

    return handover_ask(s, &p->actor, round->round, h->unit, h->tier,
                        h->mapper, h->running, e);
}

void
page_handover_ask(struct page *p)
{
    const struct place *places;
    int count = place_list(p, &places);
    struct handing h = {
        .unit = round_unit(p->round->round, page_field(p, "unit")),
        .tier = running_of(page_field(p, "tier")),
        .running = running_of(page_field(p, "running")),
        .mapper = page_field(p, "mapper")
    };

    if (place_of(places, count, h.unit, h.tier) == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    finish(p, page_write(p, ask, &h), "said.handover_asked", "day");
}

static bool
cancel(struct page *p, struct store *s, struct opened *round, void *ctx,
       struct err *e)
{
    const struct handing *h = ctx;

    return handover_cancel(s, &p->actor, round->round, h->mapper,
                           h->running, e);
}

void
page_handover_cancel(struct page *p)
{
    struct handing h = {
        .running = running_of(page_field(p, "running")),
        .mapper = page_field(p, "mapper")
    };

    finish(p, page_write(p, cancel, &h), "said.handover_cancelled", "day");
}

/* Who has it now. */
static const char *
owner(const struct page *p, const struct handing *h)
{
    return h->mapper != NULL ? h->mapper : p->account;
}

/* Whether H->to may register in its unit and tier now. */
static bool
is_receiver(struct page *p, const struct handing *h, bool *is)
{
    const struct mapper *list;
    int count;

    *is = false;
    if (!place_mappers(p, h->unit, h->tier, owner(p, h), &list, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, h->to) == 0)
            *is = true;
    return true;
}

/* One's own that the path names, with unit and tier. False where it is
 * answered. */
static bool
find_own(struct page *p, struct handing *h, struct work **w)
{
    *w = NULL;
    if (public_id_read(p->param[route_param(p->def, "id")],
                       h->public_id)
        && !work_find(p->store, &p->actor, p->round->round, h->public_id,
                      false, p->arena, w, &p->err)) {
        page_fail(p);
        return false;
    }
    if (*w == NULL || (*w)->status == STATUS_WITHDRAWN) {
        page_refuse(p, 404, NULL);
        return false;
    }
    h->unit = (*w)->unit;
    h->tier = (*w)->tier;
    h->running = (*w)->running;
    return true;
}

static bool
decide(struct page *p, struct store *s, struct opened *round, void *ctx,
       struct err *e)
{
    const struct handing *h = ctx;

    return handover_decide(s, &p->actor, round->round, h->public_id, h->to,
                           h->give, e);
}

void
page_handover_decide(struct page *p)
{
    struct handing h = {
        .to = page_field(p, "to"),
        .give = strcmp(page_field(p, "give"), "1") == 0
    };
    struct work *w;
    bool is;

    if (!find_own(p, &h, &w))
        return;
    if (!is_receiver(p, &h, &is)) {
        page_fail(p);
        return;
    }
    if (h.give && !is) {
        page_refuse(p, 409, "day.not_mapper");
        return;
    }
    finish(p, page_write(p, decide, &h),
           h.give ? "said.handover_given" : "said.handover_declined", "day");
}

/* The page that asks to whom. */
static void
show_receivers(struct page *p, const struct handing *h, const char *title,
               const char *back)
{
    const struct mapper *list;
    struct view *field, *options;
    int count;

    if (!place_mappers(p, h->unit, h->tier, owner(p, h), &list, &count)) {
        page_fail(p);
        return;
    }
    p->title = msg_text(p->lang, title);
    view_text(p->view, "main", "narrow");
    view_int(p->view, "running", h->running);
    view_text(p->view, "place", place_name(p, h->unit, h->tier));
    view_text(p->view, "from", h->mapper != NULL
                               ? place_person(p, h->mapper) : NULL);
    view_text(p->view, "back_to", back);
    field = view_object(p->view, "to_field");
    view_text(field, "id", "to");
    view_text(field, "name", "to");
    view_text(field, "label", msg_text(p->lang, "day.give_to"));
    view_flag(field, "required", true);
    view_text(field, "error", page_faulty(p)
              ? msg_text(p->lang, "day.give_choose") : NULL);
    options = view_list(field, "options");
    for (int i = 0; i < count; i++) {
        struct view *item = view_item(options);

        view_text(item, "value", list[i].id);
        view_text(item, "label", list[i].name);
    }
    view_flag(p->view, "any", count > 0);
    page_show(p, "give");
}

void
page_give(struct page *p)
{
    struct handing h = { .mapper = NULL };
    struct work *w;

    if (find_own(p, &h, &w))
        show_receivers(p, &h, "day.give_title", "list");
}

static bool
give(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct handing *h = ctx;

    return handover_give(s, &p->actor, round->round, h->public_id, h->to, e);
}

/* TO is chosen and may have it. False where it is answered. */
static bool
receiver_good(struct page *p, struct handing *h, const char *title,
              const char *back)
{
    bool is;

    h->to = page_field(p, "to");
    if (!is_receiver(p, h, &is)) {
        page_fail(p);
        return false;
    }
    if (is)
        return true;
    page_fault_text(p, "to", msg_text(p->lang, "day.give_choose"));
    show_receivers(p, h, title, back);
    return false;
}

void
page_give_post(struct page *p)
{
    struct handing h = { .mapper = NULL };
    struct work *w;

    if (find_own(p, &h, &w)
        && receiver_good(p, &h, "day.give_title", "list"))
        finish(p, page_write(p, give, &h), "said.handover_given", "list");
}

/* The unit's registration that was posted, which the account leads. False
 * where it is answered. */
static bool
find_led(struct page *p, struct handing *h)
{
    const char *unit = page_field(p, "unit");
    const struct work *list;
    int count;

    h->mapper = page_field(p, "mapper");
    h->running = running_of(page_field(p, "running"));
    h->unit = round_unit(p->round->round, unit);
    if (h->unit < 0 || !page_may(p, unit, REACH_UNIT)) {
        page_refuse(p, 404, NULL);
        return false;
    }
    if (!work_unit(p->store, &p->actor, p->round->round, h->unit, p->arena,
                   &list, &count, &p->err)) {
        page_fail(p);
        return false;
    }
    for (int i = 0; i < count; i++)
        if (list[i].running == h->running
            && strcmp(list[i].mapper, h->mapper) == 0
            && list[i].status != STATUS_WITHDRAWN) {
            h->tier = list[i].tier;
            return true;
        }
    page_refuse(p, 404, NULL);
    return false;
}

static bool
move(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct handing *h = ctx;

    return handover_move(s, &p->actor, round->round, h->unit, h->mapper,
                         h->running, h->to, e);
}

/* Posted from the unit's list: asks to whom, which posts it again. Nothing
 * of a registration is in the address. */
void
page_move(struct page *p)
{
    struct handing h = { .mapper = NULL };

    if (!find_led(p, &h))
        return;
    view_text(p->view, "unit_id", p->round->round->units[h.unit].id);
    view_text(p->view, "mapper", h.mapper);
    if (request_form(p->request, "to") == NULL
        && page_field(p, "chosen")[0] == '\0')
        show_receivers(p, &h, "day.move_title", "unit");
    else if (receiver_good(p, &h, "day.move_title", "unit"))
        finish(p, page_write(p, move, &h), "said.handover_moved", "unit");
}
