/* page_private.h - between the files that make up page.h. */
#ifndef WEB_PAGE_PRIVATE_H
#define WEB_PAGE_PRIVATE_H
#include "web/asset.h"
#include "web/page.h"
#include "web/route.h"

#define SESSION_COOKIE "brukerplan"
#define NOTICE_COOKIE "notice"

/* The language that the browser asks for. */
enum lang page_lang_asked(struct exchange *x);
/* Fills in session, account, language and grants. */
MUST_CHECK bool page_find_session(struct page *p);
/* Whether the request comes from one of our own pages, as far as the browser
 * says. */
bool page_from_here(struct page *p);
/* Whether a request that writes came from a page of ours, with its token. */
bool page_token_good(struct page *p);
/* What html.html and end.html take, into p->view: for pages that do without
 * head.html and foot.html; the status of a refused form, Cache-Control.
 * page_show does it. */
void page_frame(struct page *p);
/* 404, or 405 where only the method is wrong. */
void page_not_found(struct page *p);
/* Asks to log in: the page, with what was posted kept where that is
 * allowed; a redirect for a page to be read; 401 for the API. */
void page_log_in(struct page *p);
/* A file of the program, to be kept by the browser for ever. */
void page_asset(struct exchange *x, const struct asset *a);
/* Whether the account has any grant in ROUND. */
bool page_any_grant(const struct page *p, const struct round *round);
/* Whether the account may open the page of row D, in p->round. */
bool page_open_to(struct page *p, const struct page_def *d);
/* The path of row D, whose only parameter is the round, if any. */
const char *page_path(struct page *p, const struct page_def *d);
/* A path of ours to go back to, not an address elsewhere. */
bool page_path_safe(const char *path);
/* The menu of who is logged in, into p->view. */
void page_menu(struct page *p);

#endif
