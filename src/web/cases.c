/* cases.c - see cases.h.
 *
 * The draw is seeded by FNV-1a over the words that the number depends on;
 * nothing hangs on it but that it stays the same. */
#include "web/cases.h"
#include <inttypes.h>
#include <stdio.h>
#include "demo/ident.h"

const struct invented cases[CASES] = {
    { "dual", 42, false, true, CASE_ACCOUNT, false },
    { "children", 34, true, true, CASE_ACCOUNT, false },
    { "crisis", 57, false, true, CASE_ACCOUNT, false },
    { "no_number", 25, false, false, CASE_ACCOUNT, false },
    { "opted_out", 63, true, true, CASE_ROUND, true },
    { "colleague", 29, true, true, CASE_UNIT, false },
};

static uint64_t
mix(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

bool
case_number(const struct round *round, const char *account,
            const char *unit, int i, char out[CASE_NUMBER])
{
    const struct invented *c = &cases[i];
    struct demo_ident given = { .count = 0 };
    struct demo_random random;
    uint64_t seed = mix(mix(UINT64_C(0xCBF29CE484222325), round->id), c->id);
    int born = round->year - c->age;

    if (!c->has_number)
        return false;
    if (c->whose != CASE_ROUND)
        seed = mix(seed, c->whose == CASE_UNIT ? unit : account);
    demo_random_init(&random, seed);
    /* Of those born later no synthetic number is drawn here. */
    if (born > 1999)
        born = 1999;
    snprintf(out, CASE_NUMBER, "%011" PRIu64,
             demo_ident_draw(&given, born, c->woman, false, &random));
    return true;
}

void
case_opted_out(const struct round *round, char out[CASE_NUMBER])
{
    for (int i = 0; i < CASES; i++)
        if (cases[i].opted_out)
            (void)case_number(round, "", "", i, out);
}
