/* fuzz_csv.c - any bytes through the reader; what it takes for good must
 * come back the same when written and read again, and the portable kernel
 * must say the same of it as the best one. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/csv_marks.h"
#include "base/utf8.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct csv_reader *
open_plain(const uint8_t *data, size_t n)
{
    const struct csv_marks_kernel *const *k = csv_marks_list;
    struct csv_reader *r;

    while (k[1] != NULL)
        k++;
    csv_marks_force(*k);
    r = csv_open_memory(data, n);
    csv_marks_force(NULL);
    return r;
}

static bool
same_slice(struct csv_slice a, struct csv_slice b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static void
compare(const uint8_t *data, size_t n)
{
    struct csv_reader *best = csv_open_memory(data, n);
    struct csv_reader *plain = open_plain(data, n);
    enum csv_result result;

    do {
        struct csv_row a, b;

        result = csv_next(best, &a);
        CHECK(csv_next(plain, &b) == result);
        CHECK(a.line == b.line && a.fields == b.fields
              && a.fault == b.fault && a.fault_field == b.fault_field);
        for (size_t i = 0; i < a.fields; i++)
            CHECK(same_slice(csv_cell(&a, i), csv_cell(&b, i)));
    } while (result != CSV_END);
    csv_close(best);
    csv_close(plain);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct csv_reader *r = csv_open_memory(data, n), *again;
    struct csv_row row, same;
    struct csv_writer w;
    struct buf out;
    enum csv_result result;
    long line = 0;

    compare(data, n);
    buf_init(&out, 0);
    while ((result = csv_next(r, &row)) != CSV_END) {
        CHECK(result != CSV_ERROR && row.line > line);
        line = row.line;
        if (result == CSV_FAULT) {
            CHECK(row.fault > CSV_OK && row.fault < CSV_FAULT_COUNT);
            continue;
        }
        CHECK(row.fields >= 1 && row.fields <= CSV_FIELDS_MAX);
        buf_reset(&out);
        csv_writer_init(&w, &out, csv_separator(r));
        for (size_t i = 0; i < row.fields; i++) {
            struct csv_slice cell = csv_cell(&row, i);

            CHECK(utf8_valid(cell.data, cell.len, NULL));
            csv_field(&w, cell.data, cell.len);
        }
        csv_end_row(&w);
        if (out.len > CSV_ROW_MAX)      /* quoting can make it longer */
            continue;
        again = csv_open_memory(out.data, out.len);
        CHECK(csv_next(again, &same) == CSV_ROW);
        CHECK(same.fields == row.fields);
        for (size_t i = 0; i < row.fields; i++) {
            CHECK(same_slice(csv_cell(&same, i), csv_cell(&row, i)));
        }
        CHECK(csv_next(again, &same) == CSV_END);
        csv_close(again);
    }
    csv_close(r);
    buf_clear(&out);
    return 0;
}
