/* fuzz_csv.c - any bytes through the reader; what it takes for good must
 * come back the same when written and read again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/utf8.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct csv_reader *r = csv_open_memory(data, n), *again;
    struct csv_row row, same;
    struct csv_writer w;
    struct buf out;
    enum csv_result result;
    long line = 0;

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
            CHECK(utf8_valid(row.field[i].data, row.field[i].len, NULL));
            csv_field(&w, row.field[i].data, row.field[i].len);
        }
        csv_end_row(&w);
        if (out.len > CSV_ROW_MAX)      /* quoting can make it longer */
            continue;
        again = csv_open_memory(out.data, out.len);
        CHECK(csv_next(again, &same) == CSV_ROW);
        CHECK(same.fields == row.fields);
        for (size_t i = 0; i < row.fields; i++) {
            CHECK(same.field[i].len == row.field[i].len);
            CHECK(memcmp(same.field[i].data, row.field[i].data,
                         row.field[i].len) == 0);
        }
        CHECK(csv_next(again, &same) == CSV_END);
        csv_close(again);
    }
    csv_close(r);
    buf_clear(&out);
    return 0;
}
