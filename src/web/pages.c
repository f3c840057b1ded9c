/* pages.c - every page and API call of the application, in one table.
 *
 * The first row whose path and method fit is taken. A row's right decides
 * who comes in (right.c); menus follow from the rows that have a place. To
 * add a page: a row here, a handler in a page_*.c, a template, its texts in
 * po/web. The test of rights tries every row with every duty. */
#include "web/pages.h"

const struct page_def page_defs[] = {
    /* For anybody. */
    { "GET", "/healthz", RIGHT_PUBLIC, PAGE_API, page_health, NULL, 0 },
    { "GET", "/metrics", RIGHT_PUBLIC, PAGE_API, page_metrics, NULL, 0 },
    { "POST", "/language", RIGHT_PUBLIC, PAGE_FREE, page_language, NULL, 0 },
    { "GET", "/rights", RIGHT_PUBLIC, 0, page_rights, "rights.title", 0 },
    { "GET", "/privacy", RIGHT_PUBLIC, 0, page_privacy, "privacy.title", 0 },
    { "GET", "/accessibility", RIGHT_PUBLIC, 0, page_accessibility,
      "accessibility.title", 0 },

    /* For everybody with an account. */
    { "GET", "/", RIGHT_SIGNED_IN, 0, page_front, "front.title", 0 },

    { NULL, NULL, RIGHT_PUBLIC, 0, NULL, NULL, 0 }
};
