/* page_cases.c - the invented cases of a training round, to print: two a
 * page of A4. The texts are po's, the numbers those of cases.h. */
#include <string.h>
#include "base/msg.h"
#include "web/cases.h"
#include "web/pages.h"
#include "web/place.h"

enum { CASES_A_PAGE = 2 };

static const char *
text_of(struct page *p, const char *id, const char *part)
{
    return msg_text(p->lang, arena_printf(p->arena, "day.case_%s%s", id,
                                          part));
}

/* "010285 12345": as people write it. */
static const char *
grouped(struct page *p, const char number[CASE_NUMBER])
{
    return arena_printf(p->arena, "%.6s %s", number, number + 6);
}

static void
put_case(struct page *p, struct view *list, const char *unit, int i)
{
    const struct invented *c = &cases[i];
    struct view *item = view_item(list);
    char number[CASE_NUMBER];

    view_int(item, "nr", i + 1);
    view_text(item, "name", text_of(p, c->id, "_name"));
    view_text(item, "who",
              PAGE_TEXT(p, c->woman ? "day.case_woman" : "day.case_man",
                        arena_printf(p->arena, "%d", c->age)));
    view_text(item, "story", text_of(p, c->id, ""));
    view_text(item, "try", text_of(p, c->id, "_try"));
    if (case_number(p->round->round, p->account, unit, i, number))
        view_text(item, "number", grouped(p, number));
}

void
page_cases(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *sheets = view_list(p->view, "sheets"), *list = NULL;
    const struct place *places;
    const char *unit;

    if (r->training_of[0] == '\0') {
        page_refuse(p, 404, NULL);
        return;
    }
    unit = place_list(p, &places) > 0 ? r->units[places->unit].id : "";
    for (int i = 0; i < CASES; i++) {
        if (i % CASES_A_PAGE == 0) {
            struct view *sheet = view_item(sheets);

            view_flag(sheet, "begins", i == 0);
            list = view_list(sheet, "cases");
        }
        put_case(p, list, unit, i);
    }
    p->body = "is-print";
    page_show(p, "cases");
}
