/* page_notregistered.c - persons on a mapper's paper list who were not
 * registered: how many by reason, for each unit and tier. No identity. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/pages.h"
#include "web/place.h"

enum { COUNT_MOST = 1000, COUNT_DIGITS = 4 };

struct tally {
    const struct place *place;
    int count[REASON_COUNT];
    const char *typed[REASON_COUNT];    /* NULL: as counted */
    bool wrong[REASON_COUNT];
};

struct not_registered_form {
    struct tally *list;
    int count;
};

static const char *
field_id(struct page *p, const struct place *place, enum reason reason)
{
    return arena_printf(p->arena, "n.%s.%s", place->id, reason_word(reason));
}

/* What stands in the store, for each place. */
static bool
read_counts(struct page *p, struct not_registered_form *f)
{
    const struct place *places;
    const struct not_registered *own;
    int n;

    f->count = place_list(p, &places);
    f->list = arena_array(p->arena, (size_t)f->count + 1, sizeof *f->list);
    if (!not_registered_own(p->store, &p->actor, p->round->round, p->arena,
                            &own, &n, &p->err))
        return false;
    for (int i = 0; i < f->count; i++) {
        f->list[i].place = &places[i];
        for (int k = 0; k < n; k++)
            if (own[k].unit == places[i].unit
                && own[k].tier == places[i].tier->tier)
                memcpy(f->list[i].count, own[k].count,
                       sizeof f->list[i].count);
    }
    return true;
}

static void
put_reason(struct page *p, struct view *list, const struct tally *c,
           enum reason reason)
{
    struct view *item = view_item(list);
    const char *typed = c->typed[reason];

    view_text(item, "field", field_id(p, c->place, reason));
    view_text(item, "text",
              msg_text(p->lang, arena_printf(p->arena, "day.reason_%s",
                                             reason_word(reason))));
    view_text(item, "shown", typed != NULL ? typed
              : arena_printf(p->arena, "%d", c->count[reason]));
    view_flag(item, "wrong", c->wrong[reason]);
}

static void
show(struct page *p, const struct not_registered_form *f)
{
    struct view *places = view_list(p->view, "places");

    for (int i = 0; i < f->count; i++) {
        const struct tally *c = &f->list[i];
        struct view *item = view_item(places), *reasons;

        view_text(item, "place_name", place_name(p, c->place->unit,
                                                 c->place->tier->tier));
        reasons = view_list(item, "reasons");
        for (int r = 0; r < REASON_COUNT; r++)
            put_reason(p, reasons, c, (enum reason)r);
    }
    view_flag(p->view, "nowhere", f->count == 0);
    view_text(p->view, "main", "narrow");
    page_show(p, "notregistered");
}

void
page_not_registered(struct page *p)
{
    struct not_registered_form f;

    if (read_counts(p, &f))
        show(p, &f);
    else
        page_fail(p);
}

/* 0..COUNT_MOST, blank is 0; -1 for anything else. */
static int
read_count(const char *text)
{
    size_t n = strlen(text);
    int value;

    if (n > COUNT_DIGITS || strspn(text, "0123456789") != n)
        return -1;
    value = n > 0 ? atoi(text) : 0;
    return value <= COUNT_MOST ? value : -1;
}

static void
read_posted(struct page *p, struct tally *c)
{
    for (int r = 0; r < REASON_COUNT; r++) {
        const char *id = field_id(p, c->place, (enum reason)r);
        const char *text = request_form(p->request, id);
        int value;

        if (text == NULL)
            continue;
        value = read_count(text);
        if (value >= 0) {
            c->count[r] = value;
            continue;
        }
        c->typed[r] = text;
        c->wrong[r] = true;
        page_fault_text(p, id, msg_text(p->lang, "day.count_wrong"));
    }
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct not_registered_form *f = ctx;

    for (int i = 0; i < f->count; i++)
        if (!not_registered_set(s, &p->actor, round->round,
                                f->list[i].place->unit,
                                f->list[i].place->tier->tier,
                                f->list[i].count, e))
            return false;
    return true;
}

void
page_not_registered_post(struct page *p)
{
    struct not_registered_form f;

    if (!read_counts(p, &f)) {
        page_fail(p);
        return;
    }
    for (int i = 0; i < f.count; i++)
        read_posted(p, &f.list[i]);
    if (page_faulty(p))
        show(p, &f);
    else if (page_write(p, save, &f))
        page_redirect_notice(p, "said.not_registered", "/rounds/%s/day",
                             p->round->round->id);
    else
        page_fail(p);
}
