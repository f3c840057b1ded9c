/* columns_sum.c - see columns_file.h.
 *
 * Eight words at a time, each into a sum of its own, so that no step waits
 * for the one before it: checking a file costs about as much as reading it.
 * Multiplying by an odd number loses nothing, so that any one word that
 * changes changes the sum. */
#include <string.h>
#include "column/columns_file.h"

enum { PARTS = 8 };

#define ODD UINT64_C(0x9E3779B97F4A7C15)

static uint64_t
mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * ODD;
    return sum ^ sum >> 29;
}

uint64_t
columns_sum(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    uint64_t sum[PARTS], word[PARTS], total = len;

    for (int i = 0; i < PARTS; i++)
        sum[i] = (uint64_t)i;
    for (; len >= sizeof word; len -= sizeof word, p += sizeof word) {
        memcpy(word, p, sizeof word);
        for (int i = 0; i < PARTS; i++)
            sum[i] = mix(sum[i], word[i]);
    }
    memset(word, 0, sizeof word);
    memcpy(word, p, len);
    for (int i = 0; i < PARTS; i++)
        total = mix(total, mix(sum[i], word[i]));
    return total;
}

uint64_t
columns_sum_next(uint64_t sum, uint64_t next)
{
    uint64_t both[2] = { sum, next };

    return columns_sum(both, sizeof both);
}

uint64_t
columns_sites_bytes(const struct columns_head *head)
{
    uint64_t bytes = 0;

    for (int i = 0; i < ORDER_COUNT; i++)
        for (int k = 0; k < SITES_MAX; k++)
            bytes += head->order[i].site[k].values * sizeof(int32_t)
                   + head->order[i].site[k].stretches
                         * sizeof(struct stretch);
    return bytes;
}
