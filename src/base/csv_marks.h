/* csv_marks.h - the bytes of a CSV file that mean something: 64 at a time,
 * or a whole row that is plain; for csv.c and its tests.
 *
 * Each kernel gives the same; csv_next uses the best that runs here. */
#ifndef BASE_CSV_MARKS_H
#define BASE_CSV_MARKS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CSV_BLOCK = 64 };

/* Of CSV_BLOCK bytes, the first the lowest bit. */
struct csv_marks {
    uint64_t separator;
    uint64_t other;             /* quotes, and all up to CR: LF, NUL, tabs */
    uint64_t high;              /* not 0: some byte is not ASCII */
};

/* How far a row was plain: text and separators, nothing else. */
struct csv_plain {
    const char *stop;           /* the first other mark */
    size_t fields;              /* that a separator ends before it */
    uint64_t high;              /* not 0: some byte may be not ASCII */
};

struct csv_marks_kernel {
    const char *id;             /* "avx512", "avx2", "sse2", "plain" */
    bool (*runs_here)(void);
    struct csv_marks (*find)(const char *block, char separator);
    /* Goes from ROW to the first other mark; there must be one, and
     * CSV_BLOCK bytes that may be read behind it. START[i] becomes where
     * field I begins, but for the first. If there are more than ROOM fields
     * it stops anywhere behind them; START has ROOM + CSV_BLOCK + 1. */
    struct csv_plain (*plain)(const char *row, char separator,
                              uint32_t *start, size_t room);
};

/* Best first, NULL last. */
extern const struct csv_marks_kernel *const csv_marks_list[];
/* What readers opened from now on use: the best that runs here, or the one
 * that was forced. */
const struct csv_marks_kernel *csv_marks_best(void);
/* Forces K, which must run here; NULL: the best again. For tests. */
void csv_marks_force(const struct csv_marks_kernel *k);

#endif
