/* release_solve.c - see release.h: deciding.
 *
 * First what must be hidden whatever else is, then each table by itself, for
 * that is quick and finds most, then all of it by proof. */
#include <string.h>
#include "report/releasing.h"

enum { TOLD_PLACES = 3 };       /* named where a release is refused */

/* ---- what must be hidden ---- */

/* Whether everybody knows already that F is nobody. */
static bool
is_known_zero(const struct release *r, const struct fact *f, const int *zero,
              int zeros)
{
    for (int i = 0; i < zeros; i++)
        if (box_within(&f->closed, &r->fact[zero[i]].box))
            return true;
    return false;
}

/* After the first release a new nought is hidden as a small number is: what
 * was told of a group may say that it is small, and then its parts would be
 * told by what they are not. */
static void
hide_new_zeros(struct release *r)
{
    int *zero = arena_array(r->arena, (size_t)r->count + 1, sizeof *zero);
    int zeros = 0;

    if (r->ledger == NULL || r->ledger->count == 0)
        return;
    for (int i = 0; i < r->count; i++)
        if (r->fact[i].told && r->fact[i].boxed && r->fact[i].sum < 0
            && r->fact[i].n == 0)
            zero[zeros++] = i;
    for (int i = 0; i < r->count; i++) {
        struct fact *f = &r->fact[i];

        if (f->n != 0 || !f->printed || !f->boxed || f->known || f->nobody
            || f->status || is_known_zero(r, f, zero, zeros))
            continue;
        release_hide(r, i, WHY_EARLIER);
    }
}

/* What must be hidden whatever else is: small numbers of people. */
static void
find_small(struct release *r)
{
    for (int i = 0; i < r->count; i++) {
        struct fact *f = &r->fact[i];

        if (f->status || f->link
            || (!release_small(r, f->n) && !release_small(r, f->people)))
            continue;
        if (f->told) {
            f->hidden = true;
            f->why = WHY_TOLD;
        }
        if (f->known)
            continue;
        f->sensitive = f->hidden = true;
        f->why = WHY_SMALL;
        f->need = release_need(r, f);
    }
}

/* ---- why ---- */

static bool
is_unseen(const struct fact *f)
{
    return f->hidden || !f->printed;
}

/* The small number that what is not seen of S protects, or NO_NUMBER. */
static int
because_in(const struct release *r, const struct sum *s)
{
    int found = NO_NUMBER;

    for (int k = 0; k < s->count && found < 0; k++) {
        const struct fact *f = &r->fact[r->term[s->first + k].number];

        if (is_unseen(f))
            found = f->because;
    }
    return found;
}

/* Gives all of S that is not seen and has no reason that of another of it;
 * whether any got one. */
static bool
spread_because(struct release *r, const struct sum *s)
{
    int found = because_in(r, s);
    bool changed = false;

    for (int k = 0; k < s->count && found >= 0; k++) {
        struct fact *f = &r->fact[r->term[s->first + k].number];

        if (f->because >= 0 || !is_unseen(f))
            continue;
        f->because = found;
        changed = true;
    }
    return changed;
}

/* What is hidden with no reason found by proof, since it was hidden earlier,
 * protects the small number nearest to it. */
static void
find_because(struct release *r)
{
    bool changed = true;

    for (int i = 0; i < r->count; i++)
        if (r->fact[i].sensitive)
            r->fact[i].because = i;
    while (changed) {
        changed = false;
        for (int s = 0; s < r->sums; s++)
            changed |= spread_because(r, &r->sum[s]);
    }
}

/* ---- all of it ---- */

static bool
has_room(const struct release *r, struct err *e)
{
    if (r->many)
        return err_set(e, ERR_INPUT, "release.many", "%d",
                       (int)RELEASE_NUMBERS_MAX);
    return true;
}

bool
release_solve(struct release *r, struct err *e)
{
    if (!has_room(r, e))
        return false;
    if (r->rule.round_to > 0) {
        release_round(r);
        r->solved = true;
        return true;
    }
    if (r->changed)
        return err_set(e, ERR_INPUT, "release.changed", "%d",
                       r->rule.threshold);
    release_link(r);
    if (!has_room(r, e))
        return false;
    find_small(r);
    hide_new_zeros(r);
    release_flows(r);
    release_prove(r);
    find_because(r);
    r->solved = true;
    return r->accept || release_told(r, e);
}

void
release_accept(struct release *r)
{
    r->accept = true;
}

/* ---- what earlier releases tell ---- */

/* Where some of the numbers that are told stand, or those beside them. */
static const char *
told_places(const struct release *r)
{
    const char *text = "";
    int places = 0;

    for (int i = 0; i < r->count && places < TOLD_PLACES; i++) {
        const struct stand *s = r->fact[i].open ? r->fact[i].stand : NULL;

        if (s == NULL || strstr(text, release_stand_text(r, s)) != NULL)
            continue;
        text = arena_printf(r->arena, "%s%s%s", text,
                            places++ > 0 ? ", " : "",
                            release_stand_text(r, s));
    }
    return text;
}

/* The first number that is told, one with a name of its own before others;
 * NULL: a group. */
static const struct fact *
first_told(const struct release *r)
{
    const struct fact *found = NULL;

    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];

        if (f->open && f->sensitive && f->need > 1
            && (found == NULL || (f->boxed && !found->boxed)))
            found = f;
    }
    return found;
}

/* By the same threshold something else is the matter: which set it is, and
 * the release that told it. */
static bool
told_same(const struct release *r, const struct fact *f, struct err *e)
{
    int last = r->ledger->release == NULL ? 1
        : r->ledger->release[r->ledger->count - 1];

    return err_set(e, ERR_INPUT, "release.told_same", "%d %s %d", r->open,
                   f->set, f->told_by > 0 ? f->told_by : last);
}

bool
release_told(const struct release *r, struct err *e)
{
    const char *places = told_places(r);
    const struct fact *first = first_told(r);

    if (r->open == 0)
        return true;
    if (first != NULL && r->ledger != NULL && r->ledger->count > 0
        && r->ledger->threshold >= r->rule.threshold)
        return told_same(r, first, e);
    if (*places == '\0')
        return err_set(e, ERR_INPUT, "release.told_before", "%d", r->open);
    return err_set(e, ERR_INPUT, "release.told", "%d %s", r->open, places);
}
