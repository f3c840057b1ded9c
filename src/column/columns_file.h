/* columns_file.h - the bytes of a file of columns; see columns.h. */
#ifndef COLUMN_COLUMNS_FILE_H
#define COLUMN_COLUMNS_FILE_H
#include "column/columns.h"

/* Also says the byte order: another machine reads other characters. */
#define COLUMNS_MAGIC UINT64_C(0x314E4D554C4F4342)

struct columns_head {
    uint64_t magic;
    uint32_t format, head_bytes;
    uint8_t origin[COLUMNS_ORIGIN];
    uint64_t file_bytes;
    uint64_t rows, plane_words;
    uint32_t variables, bits, planes, stretches;
    uint32_t there, counts;
    uint64_t columns_at, bits_at, stretches_at, note_at, planes_at;
    uint64_t note_len;          /* without the NUL */
    uint64_t directory_sum;     /* of what lies between head and planes */
    uint64_t planes_sum;
    uint64_t head_sum;          /* of all before it */
};

/* A check of LEN bytes against accidents, not against people. */
uint64_t columns_sum(const void *bytes, size_t len);

#endif
