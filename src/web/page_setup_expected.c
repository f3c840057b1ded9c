/* page_setup_expected.c - how many each unit and tier expects to register;
 * blank where nobody has said. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/page_setup.h"
#include "web/pages.h"

static const char *
field_name(struct page *p, int unit, int tier)
{
    return arena_printf(p->arena, "n-%d-%d", unit, tier);
}

/* As stored; -1: not said. */
static int
stored(const struct expected *list, int count, int unit, int tier)
{
    for (int i = 0; i < count; i++)
        if (list[i].unit == unit && list[i].tier == tier)
            return list[i].count;
    return -1;
}

static void
put_row(struct page *p, struct view *list, int unit, int tier, int n,
        const struct setup_bad *bad)
{
    const struct unit *u = &p->round->round->units[unit];
    const struct unit_tier *t = &u->tiers[tier];
    const char *name = field_name(p, unit, t->tier);
    struct view *item = view_item(list);

    view_text(item, "unit", u->name);
    view_text(item, "tier",
              arena_printf(p->arena, "%d%s%s", t->tier,
                           t->words[0] != '\0' ? " " : "", t->words));
    view_text(item, "name", name);
    view_text(item, "value",
              setup_typed(p, name, n < 0 ? ""
                          : arena_printf(p->arena, "%d", n)));
    view_flag(item, "bad", bad != NULL && bad->field != NULL
                           && strcmp(bad->field, name) == 0);
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "rows");
    const struct expected *expected;
    int count, sum = 0;

    if (!expected_list(p->store, r, p->arena, &expected, &count, &p->err)) {
        page_fail(p);
        return;
    }
    for (int i = 0; i < r->unit_count; i++)
        for (int j = 0; j < r->units[i].tier_count && !r->units[i].off;
             j++) {
            int n = stored(expected, count, i, r->units[i].tiers[j].tier);

            put_row(p, list, i, j, n, bad);
            sum += n > 0 ? n : 0;
        }
    view_int(p->view, "total", sum);
    view_flag(p->view, "any", r->unit_count > 0);
    setup_show(p, SETUP_EXPECTED, "setup_expected");
}

void
page_setup_expected(struct page *p)
{
    show(p, NULL);
}

/* The number that was posted: -1 blank, -2 no number. */
static int
posted(struct page *p, int unit, int tier)
{
    const char *text = setup_text(p, field_name(p, unit, tier));
    int n;

    if (*text == '\0')
        return -1;
    n = setup_number(text);
    return n >= 0 && n <= EXPECTED_MAX ? n : -2;
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct round *r = round->round;
    const struct expected *list;
    int count;

    (void)ctx;
    if (!expected_list(s, r, p->arena, &list, &count, e))
        return false;
    for (int i = 0; i < r->unit_count; i++)
        for (int j = 0; j < r->units[i].tier_count; j++) {
            int tier = r->units[i].tiers[j].tier, n = posted(p, i, tier);

            if (request_form(p->request, field_name(p, i, tier)) != NULL
                && n != stored(list, count, i, tier)
                && !expected_set(s, &p->actor, r, i, tier, n, e))
                return false;
        }
    return true;
}

void
page_setup_expected_save(struct page *p)
{
    const struct round *r = p->round->round;

    for (int i = 0; i < r->unit_count; i++)
        for (int j = 0; j < r->units[i].tier_count; j++) {
            int tier = r->units[i].tiers[j].tier;

            if (posted(p, i, tier) != -2)
                continue;
            setup_refuse(p, field_name(p, i, tier), "setup.expected_number",
                         show);
            return;
        }
    if (setup_write(p, save, NULL, show))
        setup_done(p, "expected");
}
