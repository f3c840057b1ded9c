/* answers.c - see answers.h. */
#include "calc/answers.h"
#include <assert.h>

enum { NARROW_SPAN = 252, FIRST = 2 };

bool
layout_holds(const struct variable *v)
{
    static const bool elsewhere[ROLE_COUNT] = {
        [ROLE_MUNICIPALITY] = true, [ROLE_YEAR] = true, [ROLE_PERIOD] = true,
        [ROLE_UNIT] = true, [ROLE_TIER] = true, [ROLE_IDENT] = true,
        [ROLE_COMPLETED_ON] = true
    };

    return v->derive == DERIVE_NONE && !elsewhere[v->role]
        && v->kind != KIND_TEXT;
}

/* The span of a variable's values, and the last one there is now: codes
 * and units may be added. */
static void
span(const struct variable *v, int *min, int *max, int *last)
{
    *min = 0;
    *max = *last = CODE_MAX;
    switch (v->kind) {
    case KIND_BOOL:
        *max = *last = 1;
        break;
    case KIND_CODE:
        *last = v->code_count - 1;
        if (!v->of_units)
            *max = NARROW_SPAN;
        break;
    case KIND_CODES:
        *last = v->code_count;
        break;
    case KIND_INT:
    case KIND_SCORE:
        *min = v->min;
        *max = *last = v->max;
        break;
    default:
        break;
    }
}

void
layout_init(struct layout *l, const struct instrument *in,
            struct arena *arena)
{
    l->count = 0;
    l->size = 1;
    l->field = arena_array(arena, (size_t)in->entered_count,
                           sizeof *l->field);
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];
        struct layout_field *f = &l->field[l->count];
        int max, last;

        if (!layout_holds(v))
            continue;
        f->variable = i;
        span(v, &f->min, &max, &last);
        f->values = last - f->min + 1;
        f->width = max - f->min <= NARROW_SPAN ? 1 : 2;
        l->size += (size_t)f->width;
        l->count++;
    }
}

void
answers_pack(const struct layout *l, const int32_t *value, uint8_t *out)
{
    *out++ = ANSWERS_FORMAT;
    for (int i = 0; i < l->count; i++) {
        const struct layout_field *f = &l->field[i];
        int32_t v = value[f->variable];
        int32_t code = v >= 0 ? v - f->min + FIRST : v == VALUE_UNKNOWN;

        assert(v < 0 || (v >= f->min && v - f->min < f->values));
        *out++ = (uint8_t)(code & 0xFF);
        if (f->width == 2)
            *out++ = (uint8_t)(code >> 8);
    }
}

bool
answers_unpack(const struct layout *l, const uint8_t *bytes, size_t len,
               int32_t *value)
{
    if (len != l->size || bytes[0] != ANSWERS_FORMAT)
        return false;
    bytes++;
    for (int i = 0; i < l->count; i++) {
        const struct layout_field *f = &l->field[i];
        int32_t code = *bytes++;

        if (f->width == 2)
            code |= *bytes++ << 8;
        if (code - FIRST >= f->values)
            return false;
        value[f->variable] = code >= FIRST ? code - FIRST + f->min
                           : code == 1 ? VALUE_UNKNOWN : VALUE_UNANSWERED;
    }
    return true;
}
