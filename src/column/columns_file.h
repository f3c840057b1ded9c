/* columns_file.h - the bytes of a file of columns; see columns.h. */
#ifndef COLUMN_COLUMNS_FILE_H
#define COLUMN_COLUMNS_FILE_H
#include "column/columns.h"

/* Also says the byte order: another machine reads other characters. */
#define COLUMNS_MAGIC UINT64_C(0x314E4D554C4F4342)

/* One of the two orders. */
struct order_head {
    uint64_t rows, plane_words, planes_at;
    struct {
        uint32_t values, stretches;
    } site[SITES_MAX];
};

struct columns_head {
    uint64_t magic;
    uint32_t format, head_bytes;
    uint8_t origin[COLUMNS_ORIGIN];
    uint64_t file_bytes;
    uint32_t variables, bits, planes, counts;
    uint64_t columns_at, bits_at, sites_at, note_at;
    uint64_t note_len;          /* without the NUL */
    struct order_head order[ORDER_COUNT];
    uint64_t directory_sum;     /* of what lies between head and planes */
    uint64_t planes_sum;
    uint64_t head_sum;          /* of all before it */
};

/* A check of LEN bytes against accidents, not against people. */
uint64_t columns_sum(const void *bytes, size_t len);

/* What the sum of all planes is once SUM is of all before and NEXT of one
 * more. */
uint64_t columns_sum_next(uint64_t sum, uint64_t next);

/* The bytes that the sites of all orders of HEAD take. */
uint64_t columns_sites_bytes(const struct columns_head *head);

#endif
