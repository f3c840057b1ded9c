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
    bool *left_out;             /* one a base, beside the small ones */
};

struct protecting {
    struct doc_table *t;
    struct arena *arena;
    int threshold;
    const int64_t *count;
    struct marks m;
    bool together;              /* of a release, which looks for more where
                                 * the table by itself has no choice */
    bool *in_all;               /* of a release: whether it is hidden how
                                 * many there are in and outside a base;
                                 * NULL: everybody knows */
};

/* Whether N is too few to be shown. */
bool protect_few(const struct protecting *p, int64_t n);
/* Whether the cells are sums over recipients, and no parts of them. */
bool protect_sums(const struct protecting *p);
/* Room for the marks of P's table, with those on few outside a base. */
void protect_marks(struct protecting *p);
/* Sets more marks until the table by itself tells nothing small. */
void protect_decide(struct protecting *p);
/* protect_show.c: takes what is marked out of the table. */
void protect_apply(struct protecting *p);

#endif
