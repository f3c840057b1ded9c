/* release_piece.c - the pieces that published sets cut a variable into.
 *
 * Sets that are tests of one variable, of the same people otherwise, are a
 * family. Where they lie in one another or apart, what is left of each is all
 * that follows (release_family.c). Where two overlap, more does: any sum and
 * difference of them may leave a few. What they can leave is made of their
 * pieces, the values that are in the same of them; so the pieces are numbers,
 * each set of the family is the sum of its own, and a small piece is a small
 * number. A small union of pieces needs nothing of its own: it is made of
 * small ones, and where one of them may be large, so may it.
 *
 * The pieces are counted, for they follow from no number that is. So are the
 * people of whom all values are published: they are what the values add up
 * to, and one of another family. */
#include <stdlib.h>
#include <string.h>
#include "report/releasing.h"

enum { ROUNDS = 3 };            /* pieces of pieces, along other variables */

/* Values from FROM to TO, and a hash of the sets they are in. */
struct slice {
    uint64_t who;
    int64_t from, to;
};

static int
edge_compare(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static int
slice_compare(const void *left, const void *right)
{
    const struct slice *a = left, *b = right;

    if (a->who != b->who)
        return a->who < b->who ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

static uint64_t
who_of(const struct box_side *side, int count, int64_t value)
{
    uint64_t h = 0;

    for (int i = 0; i < count; i++)
        if (side_has(&side[i], value)) {
            h = (h ^ (uint64_t)(i + 1)) * 0x9e3779b97f4a7c15u;
            h ^= h >> 29;
        }
    return h;
}

/* What the values of SIDE cut each other into; how many slices. */
static int
slice(struct release *r, const struct box_side *side, int count,
      struct slice **out)
{
    int64_t *edge;
    int edges = 0, n = 0;

    for (int i = 0; i < count; i++)
        edges += side[i].count * 2;
    edge = arena_array(r->arena, (size_t)edges + 1, sizeof *edge);
    *out = arena_array(r->arena, (size_t)edges + 1, sizeof **out);
    edges = 0;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < side[i].count; k++) {
            edge[edges++] = side[i].span[k].from;
            edge[edges++] = (int64_t)side[i].span[k].to + 1;
        }
    qsort(edge, (size_t)edges, sizeof *edge, edge_compare);
    for (int i = 0; i + 1 < edges; i++) {
        uint64_t who = edge[i] == edge[i + 1] ? 0
            : who_of(side, count, edge[i]);

        if (who != 0)
            (*out)[n++] = (struct slice){ who, edge[i], edge[i + 1] - 1 };
    }
    if (n > 0)
        qsort(*out, (size_t)n, sizeof **out, slice_compare);
    return n;
}

int
release_pieces(struct release *r, const struct box_side *side, int count,
               struct box_side **piece)
{
    struct slice *s;
    int slices = slice(r, side, count, &s), pieces = 0;
    struct span *span = arena_array(r->arena, (size_t)slices + 1,
                                    sizeof *span);

    *piece = arena_array(r->arena, (size_t)slices + 1, sizeof **piece);
    for (int i = 0, spans = 0; i < slices; i++) {
        struct box_side *last = pieces > 0 ? &(*piece)[pieces - 1] : NULL;

        if (last == NULL || s[i].who != s[i - 1].who) {
            last = &(*piece)[pieces++];
            *last = (struct box_side){ side->attribute, 0, &span[spans] };
        } else if (span[spans - 1].to + (int64_t)1 == s[i].from) {
            span[spans - 1].to = (int32_t)s[i].to;
            continue;
        }
        span[spans++] = (struct span){ (int32_t)s[i].from,
                                       (int32_t)s[i].to };
        last->count++;
    }
    return pieces;
}

static bool
sides_meet(const struct box_side *x, const struct box_side *y)
{
    for (int i = 0, k = 0; i < x->count && k < y->count; ) {
        if (x->span[i].from <= y->span[k].to
            && y->span[k].from <= x->span[i].to)
            return true;
        if (x->span[i].to < y->span[k].to)
            i++;
        else
            k++;
    }
    return false;
}

bool
release_overlaps(const struct box_side *side, int count)
{
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++)
            if (sides_meet(&side[i], &side[k])
                && !side_within(&side[i], &side[k])
                && !side_within(&side[k], &side[i]))
                return true;
    return false;
}

/* ---- what must be counted ---- */

static void
ask_pieces(struct release *r, const struct member *m, int count)
{
    struct box_side *side, *piece;
    struct box x = r->fact[m->fact].box;
    int n = release_family(r, m, count, &side), pieces;

    if (m->sum >= 0 || r->many || n < 2 || !release_overlaps(side, n))
        return;
    pieces = release_pieces(r, side, n, &piece);
    for (int i = 0; i < pieces; i++) {
        struct box one = box_with(r->boxes, &x, m->attribute, piece[i].span,
                                  piece[i].count);

        release_ask(r, &one, false);
    }
}

/* Whether those of X who have none but the values of LEFT, of a condition,
 * are published by what they are instead. */
static bool
is_told(struct release *r, const struct box *x, const struct box_side *left)
{
    struct box rest;

    if (left->attribute < r->in->variable_count)
        return false;
    rest = box_with(r->boxes, x, left->attribute, left->span, left->count);
    return release_find(r, -1, box_text(r->boxes, &rest)) >= 0;
}

/* Those of whom every value is published are what these add up to. */
static void
ask_whole(struct release *r, const struct member *m, int count)
{
    struct box x = r->fact[m->fact].box;
    struct box_side left = side_answered(r->boxes, m->attribute);

    if (m->sum >= 0)
        return;
    for (int i = 0; i < count && left.count > 0; i++)
        left = side_minus(r->boxes, &left,
                          box_side(&r->fact[m[i].fact].box, m->attribute));
    if (left.count > 0 && !is_told(r, &x, &left))
        return;
    x = box_with(r->boxes, &x, m->attribute,
                 side_all(r->boxes, m->attribute).span,
                 side_all(r->boxes, m->attribute).count);
    release_ask(r, &x, true);
}

void
release_ask_pieces(struct release *r)
{
    for (int i = 0, before = -1; i < ROUNDS && before < r->count; i++) {
        before = r->count;
        release_families(r, ask_whole);
        release_families(r, ask_pieces);
    }
}
