/* columns_again.h - a file of columns that somebody meant to damage: its
 * sums are made right again. */
#ifndef COLUMNS_AGAIN_H
#define COLUMNS_AGAIN_H
#include <string.h>
#include "column/columns_file.h"

/* The sums of the file in BYTES, LEN of them. False, and nothing is done,
 * where what it says of itself does not lie within them. */
static inline bool
columns_again(char *bytes, size_t len)
{
    struct columns_head h;

    if (len < sizeof h)
        return false;
    memcpy(&h, bytes, sizeof h);
    if (h.order[0].planes_at < sizeof h || h.order[0].planes_at > len)
        return false;
    h.directory_sum = columns_sum(bytes + sizeof h,
                                  h.order[0].planes_at - sizeof h);
    h.planes_sum = 0;
    for (int i = 0; i < ORDER_COUNT; i++) {
        const struct order_head *o = &h.order[i];
        size_t plane = o->plane_words * 8;

        if (o->plane_words > len / 8 || o->planes_at > len
            || h.planes > len
            || (plane > 0 && h.planes > (len - o->planes_at) / plane))
            return false;
        for (uint32_t k = 0; k < h.planes; k++)
            h.planes_sum = columns_sum_next(
                h.planes_sum, columns_sum(bytes + o->planes_at + k * plane,
                                          plane));
    }
    h.head_sum = columns_sum(&h, offsetof(struct columns_head, head_sum));
    memcpy(bytes, &h, sizeof h);
    return true;
}

#endif
