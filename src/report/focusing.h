/* focusing.h - what the parts of focus*.c share. Private to them. */
#ifndef REPORT_FOCUSING_H
#define REPORT_FOCUSING_H
#include "report/focus.h"

struct focus_list {
    struct arena *arena;
    struct focus_proposal *p;   /* room for FOCUS_MAX + 1 */
    int count;
};

/* Puts P in its place: behind all that score as high. The last of too many
 * falls out. */
void focus_put(struct focus_list *list, const struct focus_proposal *p);

/* focus_compare.c: what differs from an earlier round or other
 * municipalities beyond chance. */
void focus_compared(const struct comparison *c, struct focus_list *list);

#endif
