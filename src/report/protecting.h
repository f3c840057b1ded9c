/* protecting.h - what the parts of protecting a table share. Private to
 * protect*.c. */
#ifndef REPORT_PROTECTING_H
#define REPORT_PROTECTING_H
#include "report/protect.h"

/* What is to be hidden. */
struct marks {
    bool *cell, *row, *column, *base;
    bool (*outside)[3];
    bool all;                   /* of a table of sums */
    bool *of;                   /* TICKS_BY: of a column */
};

struct protecting {
    struct doc_table *t;
    struct arena *arena;
    int threshold;
    const int64_t *count;
    struct marks m;
};

/* Whether N is too few to be shown. */
bool protect_few(const struct protecting *p, int64_t n);
/* Whether the cells are sums over recipients, and no parts of them. */
bool protect_sums(const struct protecting *p);
/* protect_show.c: takes what is marked out of the table. */
void protect_apply(struct protecting *p);

#endif
