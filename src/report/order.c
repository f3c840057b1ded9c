/* order.c - see order.h. */
#include "report/order.h"
#include <stdlib.h>

static int
compare(const void *left, const void *right)
{
    const struct order *a = left, *b = right;

    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    return (a->which > b->which) - (a->which < b->which);
}

void
order_sort(struct order *list, int count)
{
    if (count > 0)
        qsort(list, (size_t)count, sizeof *list, compare);
}
