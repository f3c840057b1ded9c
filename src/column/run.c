/* run.c - see run.h.
 *
 * Both orders are counted before anything is added: a file that is lost on
 * the way leaves the run as it was. */
#include "column/run.h"
#include <stdlib.h>

/* Adds what WAY was counted to be to AT, by place. */
static void
count_places(const struct tally *t, const struct swept *s,
             const struct way *way, int64_t *at)
{
    const struct route *r = &t->route[way->route];
    const struct cutting *k = &t->cutting[r->cutting];
    const int64_t *counted = way->spread >= 0 ? s->spread[way->spread]
                                              : k->rows;
    const struct reach *past = k->reach + k->first[r->at + 1];

    for (const struct reach *c = k->reach + k->first[r->at]; c < past; c++)
        at[c->place] += counted[c->cell];
}

/* Of every way what was counted at its places, those of way I from
 * FIRST[I] on. Free it. */
static int64_t *
count_ways(const struct tally *t, const struct swept *s, size_t *first)
{
    int64_t *at;

    for (int i = 0; i < t->ways.count; i++)
        first[i + 1] = first[i] + (size_t)tally_places(t, i);
    at = mem_take(first[t->ways.count] * sizeof *at + 1);
    for (int i = 0; i < t->ways.count; i++)
        count_places(t, s, &t->way[i], at + first[i]);
    return at;
}

/* What was counted goes where it is wanted; several often want the same
 * way. */
static void
deliver(const struct tally *t, const struct swept *s)
{
    size_t *first = mem_take(((size_t)t->ways.count + 1) * sizeof *first);
    int64_t *at = count_ways(t, s, first);

    for (int i = 0; i < t->postings; i++) {
        const struct posting *p = &t->posting[i];

        if (p->common >= 0)
            *p->to += p->times * s->common[p->common];
        else
            for (size_t k = first[p->way]; k < first[p->way + 1]; k++)
                p->to[(int64_t)(k - first[p->way]) * p->stride]
                    += p->times * at[k];
    }
    free(at);
    free(first);
}

/* Which places were seen, from who was counted there, where not all are
 * shown. */
static void
find_seen(struct counter *c)
{
    const struct planned *p = c->plan;
    const int64_t *count = c->of != NULL ? c->of : c->count;

    if (p->rows.shows == AXIS_ALL && p->columns.shows == AXIS_ALL)
        return;
    for (int i = 0; i < p->row_count; i++)
        for (int j = 0; j < p->column_count; j++)
            if (count[(int64_t)i * p->column_count + j] != 0) {
                seen_add(&c->rows, i);
                seen_add(&c->columns, j);
            }
}

/* Counts by both orders; false where the file was lost. */
static bool
count(const struct columns *c, const struct instrument *in, struct run *run,
      int unit, int threads)
{
    struct tally t[ORDER_COUNT];
    struct swept s[ORDER_COUNT];
    bool whole = true;

    for (int i = 0; i < ORDER_COUNT; i++) {
        tally_init(&t[i], c, (enum order)i, in, run, unit);
        whole = sweep(&t[i], threads, &s[i]) && whole;
    }
    for (int i = 0; i < ORDER_COUNT; i++) {
        if (whole)
            deliver(&t[i], &s[i]);
        swept_clear(&s[i]);
        tally_clear(&t[i]);
    }
    return whole;
}

bool
columns_run(const struct columns *c, const struct instrument *in,
            struct run *run, int unit, int threads)
{
    int64_t seen = run->rows;
    bool all = true;

    if (!count(c, in, run, unit, threads))
        return false;
    for (int i = 0; i < run->plan->count; i++) {
        run->counter[i].elsewhere = tally_takes(run->plan, i);
        if (run->counter[i].elsewhere)
            find_seen(&run->counter[i]);
        else
            all = false;
    }
    if (!all)
        run->rows = seen;
    return all;
}
