/* municipality_change.c - what a municipality was called in other years; see
 * municipality.h.
 *
 * The table of changes has a line for each old number and each new one that
 * got a part of it, in order of dates: a merger is several old ones with one
 * new, a split one old with several new. Going back it is read from its end.
 * The whole of a date is done at once: on 1 January 2020 a number may be
 * both an old and a new one. */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "def/municipality.h"

enum { CHANGES_MAX = 2048 };

struct change_line {
    int year, old, new;
};

struct changes {
    struct change_line line[CHANGES_MAX];
    int count;
};

struct set {
    int number[MUNICIPALITY_PARTS_MAX];
    int count;
};

/* "2020-01-01<tab>0101<tab>3001": a change in the year it came with. */
static void
read_changes(struct changes *c)
{
    size_t len = 0;
    const char *p = embed_find("data/municipality-changes.tsv", &len);
    const char *end = p + len;

    assert(p != NULL);
    for (c->count = 0; p < end; ) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));

        stop = stop != NULL ? stop : end;
        if (*p >= '0' && *p <= '9') {
            assert(stop - p >= 20 && c->count < CHANGES_MAX);
            c->line[c->count++] = (struct change_line){
                atoi(p), atoi(p + 11), atoi(p + 16)
            };
        }
        p = stop < end ? stop + 1 : end;
    }
}

static void
put(struct set *s, int number)
{
    int at = s->count;

    for (int i = 0; i < s->count; i++)
        if (s->number[i] == number)
            return;
    assert(s->count < MUNICIPALITY_PARTS_MAX);
    while (at > 0 && s->number[at - 1] > number) {
        s->number[at] = s->number[at - 1];
        at--;
    }
    s->number[at] = number;
    s->count++;
}

/* The numbers that those of S are on the other side of the year's changes. */
static struct set
step(const struct changes *c, const struct set *s, int year, bool forward)
{
    struct set out = { .count = 0 };

    for (int i = 0; i < s->count; i++) {
        bool any = false;

        for (int k = 0; k < c->count; k++) {
            const struct change_line *l = &c->line[k];

            if (l->year != year
                || (forward ? l->old : l->new) != s->number[i])
                continue;
            put(&out, forward ? l->new : l->old);
            any = true;
        }
        if (!any)
            put(&out, s->number[i]);
    }
    return out;
}

/* What NUMBER of FROM is called in TO. */
static struct set
follow(const struct changes *c, int number, int from, int to)
{
    struct set s = { { number }, 1 };

    for (int y = from + 1; y <= to; y++)
        s = step(c, &s, y, true);
    for (int y = from; y > to; y--)
        s = step(c, &s, y, false);
    return s;
}

enum municipality_parts
municipality_parts(int number, int year, int other,
                   int list[MUNICIPALITY_PARTS_MAX], int *count, int *why)
{
    struct changes c;
    struct set s;

    read_changes(&c);
    s = follow(&c, number, year, other);
    memcpy(list, s.number, sizeof s.number);
    *count = s.count;
    *why = 0;
    for (int i = 0; i < s.count; i++) {
        struct set back = follow(&c, s.number[i], other, year);

        if (back.count == 1 && back.number[0] == number)
            continue;
        *why = s.number[i];
        return other > year ? MUNICIPALITY_MERGED : MUNICIPALITY_SPLIT;
    }
    return MUNICIPALITY_WHOLE;
}
