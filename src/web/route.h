/* route.h - which row of the table of pages a request belongs to. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H
#include "web/page.h"

struct route {
    const struct page_def *def;         /* NULL: no such path or method */
    const char *param[PAGE_PARAMS];
    const char *allow;                  /* where only the method is wrong:
                                           those there are; else NULL */
};

/* METHOD and PATH against the table; parameters in ARENA. HEAD is GET. A
 * parameter is one part of the path, 1..64 of a-z A-Z 0-9 . _ @ - . */
struct route route_find(const struct page_def *defs, enum http_method method,
                        const char *path, struct arena *arena);

/* The place of the parameter {NAME} of D, or -1. */
int route_param(const struct page_def *d, const char *name);

#endif
