/* answers.c - see answers.h.
 *
 * Most fields are one byte, and their variables are neighbours. Such a run
 * is done BLOCK at a time by a loop that compilers turn into vectors: it
 * neither branches nor stops, and what was wrong is asked at its end. */
#include "calc/answers.h"
#include <assert.h>

enum { NARROW_SPAN = 252, FIRST = 2, BLOCK = 16 };
#define ALWAYS_INLINE static inline __attribute__((always_inline))

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

/* Field I goes on with the last run, or begins one. */
static void
add_to_run(struct layout *l, int i)
{
    const struct layout_field *f = &l->field[i];

    l->min[i] = f->min;
    l->last[i] = f->min + f->values - 1;
    if (i == 0 || f[-1].width != f->width
        || f[-1].variable + 1 != f->variable)
        l->run[l->runs++] = (struct layout_run){ i, 0 };
    l->run[l->runs - 1].count++;
}

void
layout_init(struct layout *l, const struct instrument *in,
            struct arena *arena)
{
    size_t most = (size_t)in->entered_count;

    *l = (struct layout){ .size = 1 };
    l->field = arena_array(arena, most, sizeof *l->field);
    l->run = arena_array(arena, most, sizeof *l->run);
    l->min = arena_array(arena, most, sizeof *l->min);
    l->last = arena_array(arena, most, sizeof *l->last);
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
        add_to_run(l, l->count++);
    }
}

/* All bits where V is below 0, else none. */
ALWAYS_INLINE int32_t
below(int32_t v)
{
    return -(int32_t)(v < 0);
}

/* The code of V, a value of a variable from MIN on. */
ALWAYS_INLINE int32_t
code_of(int32_t v, int32_t min)
{
    return ((v - min + FIRST) & ~below(v)) | (v == VALUE_UNKNOWN);
}

/* The value of CODE, the first MIN. */
ALWAYS_INLINE int32_t
value_of(int32_t code, int32_t min)
{
    int32_t none = below(code - FIRST);

    /* 0 and 1 are UNANSWERED and UNKNOWN: -1 and -2 */
    return ((code - FIRST + min) & ~none) | ((-1 - code) & none);
}

/* Packs COUNT values; below 0 if any is not of its variable. */
ALWAYS_INLINE int32_t
pack_some(const int32_t *restrict value, const int32_t *restrict min,
          const int32_t *restrict last, uint8_t *restrict out, int count)
{
    int32_t wrong = 0;

    for (int i = 0; i < count; i++) {
        int32_t v = value[i];

        wrong |= (last[i] - v) | ((v - min[i]) & ~below(v));
        out[i] = (uint8_t)code_of(v, min[i]);
    }
    return wrong;
}

/* The other way. */
ALWAYS_INLINE int32_t
unpack_some(const uint8_t *restrict bytes, const int32_t *restrict min,
            const int32_t *restrict last, int32_t *restrict value, int count)
{
    int32_t wrong = 0;

    for (int i = 0; i < count; i++) {
        int32_t code = bytes[i];

        wrong |= last[i] - (code - FIRST + min[i]);
        value[i] = value_of(code, min[i]);
    }
    return wrong;
}

static int32_t
pack_narrow(const struct layout *l, const struct layout_run *r,
            const int32_t *value, uint8_t *out)
{
    const int32_t *min = l->min + r->from, *last = l->last + r->from;
    int32_t wrong = 0;
    int i = 0;

    value += l->field[r->from].variable;
    if (r->count < BLOCK)
        return pack_some(value, min, last, out, r->count);
    for (; i + BLOCK < r->count; i += BLOCK)
        wrong |= pack_some(value + i, min + i, last + i, out + i, BLOCK);
    i = r->count - BLOCK;               /* the last, some of it again */
    return wrong | pack_some(value + i, min + i, last + i, out + i, BLOCK);
}

static int32_t
unpack_narrow(const struct layout *l, const struct layout_run *r,
              const uint8_t *bytes, int32_t *value)
{
    const int32_t *min = l->min + r->from, *last = l->last + r->from;
    int32_t wrong = 0;
    int i = 0;

    value += l->field[r->from].variable;
    if (r->count < BLOCK)
        return unpack_some(bytes, min, last, value, r->count);
    for (; i + BLOCK < r->count; i += BLOCK)
        wrong |= unpack_some(bytes + i, min + i, last + i, value + i, BLOCK);
    i = r->count - BLOCK;               /* the last, some of it again */
    return wrong | unpack_some(bytes + i, min + i, last + i, value + i, BLOCK);
}

static int32_t
pack_wide(const struct layout *l, const struct layout_run *r,
          const int32_t *value, uint8_t *out)
{
    int32_t wrong = 0;

    for (int i = r->from; i < r->from + r->count; i++) {
        int32_t v = value[l->field[i].variable];
        int32_t code = code_of(v, l->min[i]);

        wrong |= (l->last[i] - v) | ((v - l->min[i]) & ~below(v));
        *out++ = (uint8_t)(code & 0xFF);
        *out++ = (uint8_t)(code >> 8);
    }
    return wrong;
}

static int32_t
unpack_wide(const struct layout *l, const struct layout_run *r,
            const uint8_t *bytes, int32_t *value)
{
    int32_t wrong = 0;

    for (int i = r->from; i < r->from + r->count; i++) {
        int32_t code = bytes[0] | bytes[1] << 8;

        wrong |= l->last[i] - (code - FIRST + l->min[i]);
        value[l->field[i].variable] = value_of(code, l->min[i]);
        bytes += 2;
    }
    return wrong;
}

void
answers_pack(const struct layout *l, const int32_t *value, uint8_t *out)
{
    int32_t wrong = 0;

    *out++ = ANSWERS_FORMAT;
    for (const struct layout_run *r = l->run; r < l->run + l->runs; r++) {
        int width = l->field[r->from].width;

        wrong |= width == 1 ? pack_narrow(l, r, value, out)
               : pack_wide(l, r, value, out);
        out += r->count * width;
    }
    assert(wrong >= 0);
}

bool
answers_unpack(const struct layout *l, const uint8_t *bytes, size_t len,
               int32_t *value)
{
    int32_t wrong = 0;

    if (len != l->size || bytes[0] != ANSWERS_FORMAT)
        return false;
    bytes++;
    for (const struct layout_run *r = l->run; r < l->run + l->runs; r++) {
        int width = l->field[r->from].width;

        wrong |= width == 1 ? unpack_narrow(l, r, bytes, value)
               : unpack_wide(l, r, bytes, value);
        bytes += r->count * width;
    }
    return wrong >= 0;
}
