/* page_tables.h - between the files of the table builder's page. */
#ifndef WEB_PAGE_TABLES_H
#define WEB_PAGE_TABLES_H
#include "web/tables.h"

/* The list of variables, in groups, with what each is used for now. */
void page_tables_list(struct page *p, const struct tables *t);
/* The tab that V is shown under: its own, or that of the first it is made
 * of; -1 none. */
int page_tables_group(const struct instrument *in, const struct variable *v);

#endif
