/* sure.c - see sure.h. */
#include "report/sure.h"

static int64_t
slack(int base)
{
    return base > 0 ? base - 1 : 0;
}

int64_t
sure_least(int64_t v, int base)
{
    return v > slack(base) ? v - slack(base) : 0;
}

int64_t
sure_most(int64_t v, int base)
{
    return v + slack(base);
}

bool
sure_larger(int64_t a, int64_t b, int base)
{
    return sure_least(a, base) > sure_most(b, base);
}

bool
sure_share_larger(const struct doc_cell *a, const struct doc_cell *b,
                  int base)
{
    int64_t n = sure_most(b->n, base), of = sure_least(b->of, base);

    if (base == 0 && (a->of == 0 || b->of == 0))
        return a->of > 0;
    if (n > of)
        n = of = 1;
    return sure_least(a->n, base) * of > n * sure_most(a->of, base);
}

bool
sure_majority(int64_t top, int64_t whole, int parts, int base)
{
    /* By the parts each of the others may be larger; by the whole all of
     * them together only by as much as one, and what TOP may be less. */
    int64_t times = parts < 3 ? parts : 3;

    return 2 * top - whole > times * slack(base);
}

bool
sure_told(const struct doc_cell *c, int base)
{
    return base == 0 || (c->n != 0 && c->n != c->of);
}
