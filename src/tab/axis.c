/* axis.c - see axis.h.
 *
 * The values of an int are counted over all that it can be, so that a row
 * costs one addition and no search; its range comes from the definition,
 * of a derived int from what it is made of. So are those of a text4, which
 * is the municipality's number (only that role has the kind). */
#include "tab/axis.h"
#include <assert.h>
#include <string.h>
#include "def/municipality.h"

struct range {
    int low, high;
};

bool
axis_takes(const struct variable *v)
{
    static const bool takes[KIND_COUNT] = {
        [KIND_INT] = true, [KIND_CODE] = true, [KIND_CODES] = true,
        [KIND_BOOL] = true, [KIND_SCORE] = true, [KIND_TEXT4] = true
    };

    return takes[v->kind];
}

/* The values the int V can have. A part of a sum without a value adds 0. */
static struct range
int_range(const struct instrument *in, const struct variable *v)
{
    struct range r = { 0, 0 };

    switch (v->derive) {
    case DERIVE_AGE:
        r.high = AGE_VALUE_MAX;
        break;
    case DERIVE_SUM:
        for (int i = 0; i < v->of_count; i++)
            r.high += int_range(in, &in->variables[v->of[i]]).high;
        break;
    default:
        r = (struct range){ v->min, v->max };
        break;
    }
    return r;
}

struct axis
axis_of(const struct instrument *in, int v)
{
    const struct variable *var = &in->variables[v];
    struct axis a = { .in = in, .variable = var, .set = -1,
                      .count = var->code_count };
    struct range r;

    assert(axis_takes(var));
    switch (var->kind) {
    case KIND_INT:
        r = int_range(in, var);
        a.from = r.low;
        a.count = r.high - r.low + 1;
        a.shows = AXIS_RANGE;
        break;
    case KIND_TEXT4:
        a.count = TEXT4_VALUES;
        a.shows = AXIS_FOUND;
        break;
    case KIND_SCORE:
        a.from = 1;
        a.count = in->scale_count;
        break;
    case KIND_CODES:
        a.set = instrument_set(in, v);
        break;
    default:
        break;
    }
    return a;
}

static bool
same_codes(const struct variable *a, const struct variable *b)
{
    if (a->code_count != b->code_count)
        return false;
    for (int i = 0; i < a->code_count; i++)
        if (strcmp(a->codes[i].id, b->codes[i].id) != 0)
            return false;
    return true;
}

bool
axis_share(struct axis *a, int v)
{
    const struct variable *var = &a->in->variables[v];
    struct range r;
    int32_t low, high;

    if (var->kind != a->variable->kind)
        return false;
    if (var->kind != KIND_INT)
        return same_codes(a->variable, var);

    r = int_range(a->in, var);
    low = r.low < a->from ? r.low : a->from;
    high = a->from + a->count - 1;
    if (r.high > high)
        high = r.high;
    a->from = low;
    a->count = high - low + 1;
    return true;
}

int
axis_place(const struct axis *a, int32_t value)
{
    int32_t place = a->variable->kind == KIND_BOOL ? 1 - value
                                                   : value - a->from;

    assert(place >= 0 && place < a->count);
    return place;
}

struct axis
axis_named(const struct axis *a, struct arena *arena)
{
    struct axis named = *a;

    if (a->count > 0 && a->variable->kind == KIND_TEXT4)
        named.name = municipality_names(a->in->facts.year, arena);
    return named;
}

static struct key
number_key(int32_t value, struct arena *arena)
{
    const char *text = arena_printf(arena, "%d", (int)value);

    return (struct key){ text, { { text, text, text } } };
}

/* "4601", "4601 Bergen". */
static struct key
municipality_key(const struct axis *a, int place, struct arena *arena)
{
    const char *id = arena_printf(arena, "%04d", a->from + place);
    const char *name = a->name != NULL ? a->name[place] : NULL;
    const char *label = name == NULL ? id
        : arena_printf(arena, "%s %s", id, name);

    return (struct key){ id, { { label, label, label } } };
}

struct key
axis_key(const struct axis *a, int place, struct arena *arena)
{
    const struct code *code;
    struct key key;

    assert(place >= 0 && place < a->count);
    if (a->variable->kind == KIND_INT)
        return number_key(a->from + place, arena);
    if (a->variable->kind == KIND_TEXT4)
        return municipality_key(a, place, arena);
    if (a->variable->kind == KIND_SCORE) {
        key = number_key(a->from + place, arena);
        key.label = a->in->scale[place].label;
        return key;
    }
    code = &a->variable->codes[place];
    return (struct key){ code->id, code->label };
}
