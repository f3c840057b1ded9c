/* release_link.c - what follows from numbers of different tables; see
 * release.h.
 *
 * What their boxes tell ties them together (release_family.c,
 * release_nested.c), and what a variable is the sum of (release_added.c).
 * Then each group that all have one value is found. */
#include "report/releasing.h"

/* ---- groups that all have one value ---- */

/* Whether by the instrument whoever is in WHOLE is in PART. */
static bool
follows(const struct fact *whole, const struct fact *part)
{
    return whole->boxed && part->boxed
        && box_within(&whole->closed, &part->box);
}

/* Of a small group in the sum S all have the value of one part: that not all
 * have it must be possible. */
static void
link_group(struct release *r, const struct sum *s)
{
    const struct proof_term *term = &r->term[s->first];
    int whole = term[0].number, part[2] = { NO_NUMBER, 0 }, parts = 0;
    const struct fact *w = &r->fact[whole];
    bool open = false;

    if (!s->whole || w->sum >= 0 || (!w->printed && !w->earlier)
        || w->n < 1 || w->n >= r->rule.attribute)
        return;
    for (int k = 1; k < s->count; k++) {
        const struct fact *f = &r->fact[term[k].number];

        if (f->status)
            continue;
        parts++;
        /* What was told before can't be taken back: not that there is
         * nobody with another value. */
        open |= !f->told && f->n != w->n;
        if (f->n == w->n)
            part[0] = term[k].number;
    }
    if (part[0] == NO_NUMBER || parts < 2 || !open
        || follows(w, &r->fact[part[0]]))
        return;
    part[1] = release_put_named(r, arena_printf(r->arena,
        "(%s) and not all (%s)", w->set, r->fact[part[0]].set), 0);
    if (r->fact[part[1]].need > 0)
        return;
    r->fact[part[1]].need = 1;
    r->fact[part[1]].sensitive = true;
    r->fact[part[1]].why = WHY_ATTRIBUTE;
    release_sum(r, whole, part, 2, false);
}

/* ---- all ---- */

void
release_link(struct release *r)
{
    int sums;

    release_find_blanks(r);
    release_families(r, release_link_family);
    release_link_sums(r);
    release_link_nested(r);
    sums = r->sums;
    for (int i = 0; i < sums; i++) {
        struct sum s = r->sum[i];

        link_group(r, &s);
    }
}
