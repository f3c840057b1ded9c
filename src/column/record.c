/* record.c - see record.h. */
#include "column/record.h"
#include <assert.h>
#include "tab/axis.h"

static_assert(RECORD_FIRST + 2 * (int)PLACE_BITS_MAX <= (int)RECORD_WORD,
              "a word has room for two places");

enum { DAY_MAX = (1 << 17) - 1 };       /* the year 2328 */

static void
add_site(struct sites *s, int variable)
{
    for (int i = 0; i < s->count; i++)
        if (s->variable[i] == variable)
            return;
    if (variable >= 0)
        s->variable[s->count++] = variable;
}

/* The first variable that is derived by HOW, of OF if that is one; or -1. */
static int
derived_by(const struct instrument *in, enum derive how, int of)
{
    for (int i = 0; i < in->variable_count; i++)
        if (in->variables[i].derive == how
            && (of < 0 || in->variables[i].of[0] == of))
            return i;
    return -1;
}

struct sites
sites_of(const struct instrument *in, enum order order)
{
    struct sites s = { .count = 0 };
    int age = derived_by(in, DERIVE_AGE, -1);

    if (order == ORDER_PLACES) {
        add_site(&s, in->role[ROLE_YEAR]);
        add_site(&s, in->role[ROLE_MUNICIPALITY]);
        add_site(&s, in->role[ROLE_PERIOD]);
        add_site(&s, in->role[ROLE_UNIT]);
        return s;
    }
    add_site(&s, in->index_grade_variable);
    add_site(&s, age < 0 ? -1 : derived_by(in, DERIVE_BANDS, age));
    add_site(&s, in->role[ROLE_SEX]);
    add_site(&s, in->index_variable);
    add_site(&s, age);
    return s;
}

/* The values that V can have, where it has any. */
static void
set_range(const struct instrument *in, const struct variable *v,
          struct place *p)
{
    struct axis axis;

    switch (v->kind) {
    case KIND_TEXT4:
        p->high = 9999;
        break;
    case KIND_DATE:
        p->high = DAY_MAX;
        break;
    case KIND_INDEX:
        p->high = SCORE_MAX * 1000;
        break;
    case KIND_TEXT:
    case KIND_IDENT:
        break;
    case KIND_CODES:            /* how many */
        p->high = v->code_count;
        break;
    default:
        axis = axis_of(in, (int)(v - in->variables));
        p->low = axis.from;
        p->high = axis.from + axis.count - 1;
        break;
    }
}

static int
bits_of(int32_t values)
{
    int bits = 0;

    while (values >> bits > 0)
        bits++;
    return bits;
}

static bool
is_place(const struct record_layout *l, int variable)
{
    const struct sites *s = &l->sites[ORDER_PLACES];

    for (int i = 0; i < s->count; i++)
        if (s->variable[i] == variable)
            return true;
    return false;
}

int32_t
place_without(const struct place *p, int32_t state)
{
    assert(state >= VALUE_UNASKED && state < 0);
    return p->high - state;
}

int
place_bits(const struct place *p)
{
    return p->first < 0 ? 0 : p->bits + (p->apart ? APART_COUNT : 0);
}

bool
place_takes(const struct place *p, int32_t value)
{
    return p->first < 0
        || (value >= (value < 0 ? VALUE_UNASKED : p->low)
            && value <= p->high);
}

uint64_t
place_code(const struct place *p, int32_t value)
{
    if (p->first < 0)
        return 0;
    if (!p->apart)
        return (uint64_t)((value < 0 ? place_without(p, value) : value)
                          - p->low);
    if (value == VALUE_UNANSWERED)
        return 0;
    if (value < 0)
        return UINT64_C(1) << p->bits << (value == VALUE_UNASKED
                                          ? APART_UNASKED : APART_UNKNOWN);
    return (uint64_t)(value - p->low) | UINT64_C(1) << p->bits << APART_HAS;
}

void
record_layout(struct record_layout *l, const struct instrument *in,
              struct arena *arena)
{
    int bits = RECORD_FIRST;

    *l = (struct record_layout){ .variables = in->variable_count };
    l->place = arena_array(arena, (size_t)in->variable_count,
                           sizeof *l->place);
    for (int i = 0; i < in->variable_count; i++) {
        struct place *p = &l->place[i];

        *p = (struct place){ .first = -1 };
        set_range(in, &in->variables[i], p);
    }
    for (int i = 0; i < ORDER_COUNT; i++)
        l->sites[i] = sites_of(in, (enum order)i);
    for (int i = 0; i < in->variable_count; i++) {
        struct place *p = &l->place[i];

        if (is_place(l, i) || in->variables[i].kind == KIND_TEXT)
            continue;
        p->apart = in->variables[i].service >= 0
                || in->variables[i].category >= 0;
        p->bits = bits_of(p->apart ? p->high - p->low
                          : place_without(p, VALUE_UNASKED) - p->low);
        assert(p->bits <= VALUE_BITS_MAX);
        p->first = bits;
        if (bits % 64 + place_bits(p) > RECORD_WORD)
            p->first += 64 - bits % 64;
        bits = p->first + place_bits(p);
    }
    l->bits = bits;
    l->words = (bits + 63) / 64;
    assert(l->words <= RECORD_WORDS_MAX);
}
