/* pages.h - the handlers of the rows in pages.c, by file. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H
#include "web/page.h"

/* page_front.c */
void page_front(struct page *p);
void page_language(struct page *p);
void page_rights(struct page *p);
void page_privacy(struct page *p);
void page_accessibility(struct page *p);
void page_health(struct page *p);
void page_metrics(struct page *p);

/* page_login.c */
void page_login(struct page *p);
void page_login_post(struct page *p);
void page_login_code(struct page *p);
void page_login_code_post(struct page *p);
void page_logout(struct page *p);
void page_logout_everywhere(struct page *p);

/* page_login_first.c */
void page_login_slip(struct page *p);
void page_login_slip_post(struct page *p);
void page_login_setup(struct page *p);
void page_login_setup_post(struct page *p);

#endif
