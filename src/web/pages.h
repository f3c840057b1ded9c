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

#endif
