/* value.c - one answer, between text and number. See expr.h. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "def/expr.h"

int
variable_code(const struct variable *v, const char *id, size_t len)
{
    for (int i = 0; i < v->code_count; i++) {
        const char *code = v->codes[i].id;

        if (strlen(code) == len && memcmp(code, id, len) == 0)
            return v->kind == KIND_BOOL ? 1 - i : i;
    }
    return -1;
}

/* Plain digits, nine at most. */
static bool
read_digits(const char *text, size_t len, int32_t *value)
{
    *value = 0;
    if (len < 1 || len > 9)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

bool
variable_read(const struct instrument *in, const struct variable *v,
              const char *text, size_t len, int32_t *value)
{
    switch (v->kind) {
    case KIND_TEXT4:
        return len == 4 && read_digits(text, len, value);
    case KIND_INT:
    case KIND_INDEX:
        return read_digits(text, len, value);
    case KIND_DATE:
        return day_parse(text, len, value) && *value >= 0;
    case KIND_SCORE:
        return len == 1 && read_digits(text, len, value) && *value >= 1
            && *value <= in->scale_count;
    case KIND_CODE:
    case KIND_CODES:
    case KIND_BOOL:
        *value = variable_code(v, text, len);
        return *value >= 0;
    default:
        return false;
    }
}

const char *
variable_print(const struct variable *v, int32_t value, char out[ID_MAX + 1])
{
    assert(value >= 0);
    switch (v->kind) {
    case KIND_TEXT4:
        snprintf(out, ID_MAX + 1, "%04d", value);
        return out;
    case KIND_DATE:
        day_print(out, value);
        return out;
    case KIND_CODE:
        assert(value < v->code_count);
        return v->codes[value].id;
    case KIND_BOOL:
        return value != 0 ? "1" : "0";
    default:
        snprintf(out, ID_MAX + 1, "%d", value);
        return out;
    }
}
