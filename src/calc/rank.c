/* rank.c - see rank.h.
 *
 * Layout of a rank, most significant first: no index 1 bit, tier 3,
 * variables not answered 11, days before the last day 17, number 32. */
#include "calc/rank.h"
#include <assert.h>

enum {
    NUMBER_BITS = 32, DAY_BITS = 17, ANSWERED_BITS = 11, TIER_BITS = 3
};
static_assert(NUMBER_BITS + DAY_BITS + ANSWERED_BITS + TIER_BITS + 1 == 64,
              "a rank is 64 bits");
static_assert(VARIABLE_MAX < 1 << ANSWERED_BITS, "answered fits its bits");

int
rank_answered(const struct instrument *in, const int32_t *value)
{
    int n = 0;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        n += v->kind != KIND_IDENT && in->tabs[v->tab].ranks && value[i] >= 0;
    }
    return n;
}

/* How many of COUNT values are answers. Eight at a time, which compilers
 * turn into vectors. */
static int
count_answered(const int32_t *value, int count)
{
    enum { BLOCK = 8 };
    int n = 0, i = 0;

    for (; i + BLOCK <= count; i += BLOCK)
        for (int k = 0; k < BLOCK; k++)
            n += value[i + k] >= 0;
    for (; i < count; i++)
        n += value[i] >= 0;
    return n;
}

static uint64_t
pack(const struct instrument *in, const int32_t *value, int answered,
     int tier, int32_t completed_on, int64_t number)
{
    bool has_index = in->index_variable >= 0
                  && value[in->index_variable] >= 0;
    int32_t day = completed_on < 0 ? 0 : completed_on;
    uint64_t rank = has_index ? 0 : 1;

    assert(tier >= 0 && tier <= RANK_TIER_MAX && day <= RANK_DAY_MAX);
    assert(number >= 1 && number <= UINT32_MAX);
    rank = rank << TIER_BITS | (uint64_t)tier;
    rank = rank << ANSWERED_BITS
         | (uint64_t)(RANK_ANSWERED_MAX - answered);
    rank = rank << DAY_BITS | (uint64_t)(RANK_DAY_MAX - day);
    return rank << NUMBER_BITS | (uint64_t)number;
}

uint64_t
rank_of(const struct instrument *in, const int32_t *value, int tier,
        int32_t completed_on, int64_t number)
{
    return pack(in, value, rank_answered(in, value), tier, completed_on,
                number);
}

uint64_t
rank_by(const struct outline *o, const int32_t *value, int tier,
        int32_t completed_on, int64_t number)
{
    int answered = 0;

    for (int i = 0; i < o->rankings; i++)
        answered += count_answered(value + o->ranking[i].from,
                                   o->ranking[i].to - o->ranking[i].from);
    return pack(o->in, value, answered, tier, completed_on, number);
}

int64_t
rank_number(uint64_t rank)
{
    return (int64_t)(rank & UINT32_MAX);
}
