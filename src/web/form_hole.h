/* form_hole.h - between form_page.c, which fills holes, and form_view.c,
 * which makes them. */
#ifndef WEB_FORM_HOLE_H
#define WEB_FORM_HOLE_H
#include "web/form.h"
#include "web/page.h"

/* A and B of each are places in the instrument. */
enum hole_type {
    HOLE_CHOSEN = 'c',          /* " checked" if answer A is value B */
    HOLE_MEMBER = 'm',          /* the same if set A has code B */
    HOLE_VALUE = 'v',           /* answer A, escaped */
    HOLE_HIDE = 'h',            /* " hidden" if A is not asked */
    HOLE_OPEN = 'o',            /* class of A unanswered */
    HOLE_STATE = 's',           /* state of A in a word */
    HOLE_TAB = 't',             /* " hidden" unless tab A is shown */
    HOLE_FRESH = 'f',           /* " hidden" unless B wanted, A not received */
    HOLE_PATH = 'p', HOLE_CSRF = 'x', HOLE_REVISION = 'r',
    HOLE_SINCE = 'd'            /* the day a year ago */
};

/* The mark of a hole, to be printed by a template. */
const char *hole_text(struct arena *arena, enum hole_type type, int a,
                      int b);
/* The view of form_tabs.html for p->round, with holes. USUAL, by variable or
 * NULL, says what the unit gives most (form_usual.h). */
void form_skeleton(struct page *p, const int64_t *usual, struct view *v);

#endif
