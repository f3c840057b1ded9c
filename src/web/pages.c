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

    /* Logging in. A step's form is free: who comes too late begins anew. */
    { "GET", "/login", RIGHT_PUBLIC, 0, page_login, "login.title", 0 },
    { "POST", "/login", RIGHT_PUBLIC, PAGE_FREE, page_login_post, NULL, 0 },
    { "GET", "/login/code", RIGHT_PUBLIC, 0, page_login_code,
      "login.code_title", 0 },
    { "POST", "/login/code", RIGHT_PUBLIC, PAGE_FREE, page_login_code_post,
      NULL, 0 },
    { "GET", "/login/slip", RIGHT_PUBLIC, 0, page_login_slip,
      "login.slip_title", 0 },
    { "GET", "/login/first", RIGHT_PUBLIC, 0, page_login_slip,
      "login.slip_title", 0 },
    { "POST", "/login/slip", RIGHT_PUBLIC, PAGE_FREE, page_login_slip_post,
      NULL, 0 },
    { "GET", "/login/setup", RIGHT_PUBLIC, PAGE_SLOW, page_login_setup,
      "login.password_title", 0 },
    { "POST", "/login/setup", RIGHT_PUBLIC, PAGE_FREE, page_login_setup_post,
      NULL, 0 },
    { "POST", "/logout", RIGHT_SIGNED_IN, 0, page_logout, NULL, 0 },
    { "POST", "/logout/everywhere", RIGHT_SIGNED_IN, 0,
      page_logout_everywhere, NULL, 0 },

    /* For everybody with an account. */
    { "GET", "/", RIGHT_SIGNED_IN, 0, page_front, "front.title", 0 },

    { NULL, NULL, RIGHT_PUBLIC, 0, NULL, NULL, 0 }
};
