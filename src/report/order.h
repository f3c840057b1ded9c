/* order.h - things in the order of a number of theirs. */
#ifndef REPORT_ORDER_H
#define REPORT_ORDER_H
#include <stdint.h>

struct order {
    int64_t n;
    int which;
};

/* The least N first; of equal ones the least WHICH. */
void order_sort(struct order *list, int count);

#endif
