/* page_publish.h - what the pages of a round's publication share.
 *
 * They are the group's workshop: texts with a preview, slides, focus areas,
 * what must be done and who gets what when, and the publishing itself. All
 * that they show is protected as one release (publish.h), but for the audit,
 * which those see who may see every number. Who reads has
 * RIGHT_PUBLICATION, who writes RIGHT_PREPARE, who publishes, locks and
 * unlocks RIGHT_PUBLISH.
 *
 * A text is named in addresses by its name and language: "report.nb". */
#ifndef WEB_PAGE_PUBLISH_H
#define WEB_PAGE_PUBLISH_H
#include "web/page.h"

enum publish_part {
    PUBLISH_PART_OVERVIEW, PUBLISH_PART_REPORT, PUBLISH_PART_SLIDES,
    PUBLISH_PART_MEDIA, PUBLISH_PART_FOCUS, PUBLISH_PART_COMPARE,
    PUBLISH_PART_CHECKLIST,
    PUBLISH_PARTS,
    PUBLISH_PART_OTHER          /* a text of the group's own */
};

/* Shows TEMPLATE with the parts beside each other above it. The view gets,
 * too: base (path of the overview), parts[], may_prepare, may_publish, and
 * the scripts and styles of these pages. */
void publish_show(struct page *p, enum publish_part part,
                  const char *template);
/* The path of the overview: "/rounds/bergen-2014/publication". */
const char *publish_base(struct page *p);
bool publish_may_prepare(struct page *p);
bool publish_may_publish(struct page *p);
/* For people: "19. mai 2014 kl. 10.47". */
const char *publish_time(struct page *p, int64_t ms);
/* What a datetime-local field takes: "2014-05-19T10:47", in Oslo; "" of 0;
 * and back: false for what is no time there. Blank is 0. */
const char *publish_time_field(struct page *p, int64_t ms);
MUST_CHECK bool publish_time_parse(const char *text, int64_t *ms);
/* "Norsk bokmål". */
const char *publish_lang_name(struct page *p, enum lang lang);
/* The language that the address asks for (?lang=nn), or the reader's. */
enum lang publish_lang(struct page *p);
/* The list langs[] { text, href, here, code } for a page at PATH that takes
 * one. */
void publish_langs(struct page *p, const char *path, enum lang here);
/* Puts compare_fault { text, hint } in the view where what is kept to be
 * compared can't be, and so stands in no document. False with P->err where
 * the machine failed. */
MUST_CHECK bool publish_put_compared(struct page *p);
/* A whole number that a form has: 0 for what is none. */
int publish_number(struct page *p, const char *name);

#endif
