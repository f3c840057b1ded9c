/* release_round.c - a release that rounds instead of hiding; see release.h.
 *
 * Each table is rounded such that it adds up (release_net.c), the ones about
 * most people first, so that what they say of a part is what the tables
 * about that part add up to. A number keeps what it was rounded to where it
 * stood first. Where a table's sums don't let it, all is begun again with
 * that table first. Where that does not help (earlier releases can't be begun
 * again) the number is split: it is another multiple in one table than in
 * another. */
#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "report/releasing.h"
#include "report/round_net.h"

/* ---- a table ---- */

/* The nearest of COUNT numbers, each by itself: what no network has. */
static int64_t *
nearest(struct release *r, const int64_t *n, int count)
{
    int64_t *to = arena_array(r->arena, (size_t)count + 1, sizeof *to);

    for (int i = 0; i < count; i++)
        to[i] = n[i] < 0 ? n[i] : round_nearest(n[i], r->rule.round_to, 0);
    return to;
}

static struct table *
copy_of(struct release *r, const struct table *t)
{
    struct table *to = arena_take(r->arena, sizeof *to);
    int cells = t->row_count * t->column_count, base = r->rule.round_to;

    *to = *t;
    to->cell = nearest(r, t->cell, cells);
    to->count = nearest(r, t->count, cells);
    to->of = t->of == NULL ? NULL : nearest(r, t->of, cells);
    to->base = nearest(r, t->base, t->base_count);
    to->left_out = t->left_out == NULL ? NULL
        : nearest(r, t->left_out, t->base_count);
    to->outside = arena_array(r->arena, (size_t)t->base_count + 1,
                              sizeof *to->outside);
    for (int i = 0; i < t->base_count; i++)
        to->outside[i] = (struct outside){
            round_nearest(t->outside[i].unanswered, base, 0),
            round_nearest(t->outside[i].unknown, base, 0),
            round_nearest(t->outside[i].not_asked, base, 0)
        };
    return to;
}

static void
round_entry(struct release *r, struct entry *e)
{
    const struct table *t = e->t;
    struct table *to = copy_of(r, t);

    release_round_places(r, e, to);
    for (int i = 0; i < t->row_count * t->column_count; i++)
        if (t->count[i] == t->cell[i])
            to->count[i] = to->cell[i];
    r->split += e->split;
    release_cut_ends(r, to);
    e->rounded = to;
}

/* ---- all ---- */

enum {
    TRIES = 8,
    HURRY = 10000               /* more than any turn_of */
};

struct turn {
    int key, entry;
};

static int
turn_compare(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;

    return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
                            : (a->entry > b->entry) - (a->entry < b->entry);
}

/* Tables about most people first, of those the simplest; single numbers
 * last. */
static int
turn_of(struct release *r, const struct entry *e)
{
    struct box x = release_whole(r, e->t->question);

    return (e->t->shape == SHAPE_FIGURES ? 1000 : 0) + x.count * 4
        + (e->t->shape == SHAPE_TWO_WAY ? 2
           : e->t->shape == SHAPE_TICKS_BY ? 3
           : e->t->shape == SHAPE_ONE_WAY ? 0 : 1);
}

static void
fix(struct release *r, struct fact *f)
{
    if (f->fixed)
        return;
    f->rounded = round_nearest(f->n, r->rule.round_to, round_name(f->set));
    f->fixed = true;
}

/* What is so before any table is rounded: numbers of earlier releases and
 * those that are told in any case. */
static void
begin_again(struct release *r, const bool *fixed)
{
    for (int i = 0; i < r->count; i++)
        r->fact[i].fixed = fixed[i];
    for (int i = 0; i < r->count; i++)
        if (r->fact[i].known)
            fix(r, &r->fact[i]);
    r->split = 0;
}

static void
round_in_order(struct release *r, struct turn *turn, const bool *fixed,
               int odd)
{
    begin_again(r, fixed);
    r->odd = odd;
    qsort(turn, (size_t)r->entries, sizeof *turn, turn_compare);
    for (int i = 0; i < r->entries; i++)
        round_entry(r, &r->entry[turn[i].entry]);
}

/* Tables that don't add up go first the next time. */
static void
hurry(const struct release *r, struct turn *turn)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[turn[i].entry].split > 0)
            turn[i].key -= HURRY;
}

static void
round_entries(struct release *r, const bool *fixed)
{
    size_t count = (size_t)r->entries;
    struct turn *turn = arena_array(r->arena, count + 1, sizeof *turn);
    struct turn *best = arena_array(r->arena, count + 1, sizeof *best);
    int least = INT_MAX, odd = r->odd;

    for (int i = 0; i < r->entries; i++)
        turn[i] = (struct turn){ turn_of(r, &r->entry[i]), i };
    for (int i = 0; i < TRIES && least > 0; i++) {
        round_in_order(r, turn, fixed, odd);
        if (r->split < least) {
            least = r->split;
            memcpy(best, turn, count * sizeof *best);
        }
        hurry(r, turn);
    }
    if (least > 0)
        round_in_order(r, best, fixed, odd);
}

void
release_round(struct release *r)
{
    bool *fixed = arena_array(r->arena, (size_t)r->count + 1, sizeof *fixed);

    for (int i = 0; i < r->count; i++)
        fixed[i] = r->fact[i].fixed;
    if (r->entries > 0)
        round_entries(r, fixed);
    for (int i = 0; i < r->count; i++)
        fix(r, &r->fact[i]);
}

const struct table *
release_rounded(const struct release *r, const struct table *t)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[i].t == t)
            return r->entry[i].rounded;
    assert(false);
    return t;
}
