/* form_page.h - the form's tabs as HTML, made once and filled many times.
 *
 * All but a registration's own answers is the same for everybody in a unit
 * of a round who reads one language on one day. So the tabs are printed
 * once, with holes where an answer decides, and kept (app.h, SEAT_FORM); a
 * request copies the text between the holes. */
#ifndef WEB_FORM_PAGE_H
#define WEB_FORM_PAGE_H
#include "web/form.h"
#include "web/page.h"

/* What the holes need beside the answers. */
struct form_fill {
    const char *path, *csrf;
    const char *since;          /* the day a year ago, in words */
    int unit;                   /* of the registration */
    int tab;                    /* the one that is shown */
    int64_t revision;
};

/* Appends the tabs for F, in p->lang. False with p->err set. */
MUST_CHECK bool form_page_put(struct page *p, const struct form *f,
                              const struct form_fill *fill, struct buf *out);
/* "3 ubesvarte", "Ferdig", "Ikke begynt", "9 mottatt, 9 etterspurt"; DONE:
 * nothing is unanswered. In p->arena. */
const char *form_tab_words(struct page *p, const struct form *f, int tab,
                           bool *done);
/* "23 av 41 besvart"; how many are not in *OPEN. */
const char *form_answered_words(struct page *p, const struct form *f,
                                int *open);
/* "Kvinne, 34 år · ROP" */
const char *form_who(struct page *p, const struct form *f);
/* The path of a registration's pages. */
const char *form_path(struct page *p, const uint8_t public_id[16]);
/* The tabs that are shown, in order; how many. LIST has room for all. */
int form_tabs(const struct instrument *in, int *list);
/* The condition of V as JSON for form.js, "" if it is always asked. */
const char *form_asked(const struct instrument *in, int v,
                       struct arena *arena);
/* What would refuse V if it were 1: a list of conditions, "" if there is
 * none. Where one holds, V can only be 0. */
const char *form_moot(const struct instrument *in, int v,
                      struct arena *arena);

#endif
