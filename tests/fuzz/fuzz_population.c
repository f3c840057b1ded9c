/* fuzz_population.c - any bytes as a JSON-stat file: an answer within its
 * limits, or a message. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "report/population.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct population_question q = { 1201, 2014, 18, 0 };
    struct population_answer out;
    struct err e = { 0 };
    struct arena arena;

    arena_init(&arena);
    if (population_read((const char *)data, n, "f", &q, &arena, &out, &e)) {
        CHECK(out.number > 0 && out.on > 0 && out.on <= q.year);
        CHECK(out.region_count >= 1 && out.region_count <= 64);
    } else {
        CHECK(e.code == ERR_INPUT && e.key[0] != '\0');
    }
    arena_clear(&arena);
    return 0;
}
