/* fuzz_ident.c - any bytes as a person's number: what is good is eleven
 * digits, and says only what its kind can say. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "calc/ident.h"

#define CHECK(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct ident id = ident_check((const char *)data, n);

    CHECK((id.kind != IDENT_BAD) == (id.why == IDENT_GOOD));
    CHECK((id.birth_year == 0) == (id.sex == IDENT_SEX_NONE));
    CHECK(id.birth_year == 0 ||
          (id.birth_year >= 1854 && id.birth_year <= 2039));
    if (id.kind == IDENT_BAD) {
        CHECK(id.birth_year == 0 && !id.synthetic);
        return 0;
    }
    CHECK(n == IDENT_DIGITS);
    for (size_t i = 0; i < n; i++)
        CHECK(data[i] >= '0' && data[i] <= '9');
    CHECK((id.kind == IDENT_FHNR) == (data[0] >= '8'));
    CHECK(id.kind != IDENT_FHNR || (id.birth_year == 0 && !id.synthetic));
    CHECK(id.kind != IDENT_HNR || !id.synthetic);
    return 0;
}
