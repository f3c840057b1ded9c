/* run.c - see run.h.
 *
 * Both orders are counted before anything is added: a file that is lost on
 * the way leaves the run as it was. */
#include "column/run.h"
#include <stdlib.h>

/* What P's way was counted to be at each place. */
static int64_t *
count_places(const struct tally *t, const struct swept *s,
             const struct posting *p)
{
    const struct route *r = &t->route[p->route];
    const struct cutting *k = &t->cutting[r->cutting];
    const int64_t *counted = p->spread >= 0 ? s->spread[p->spread] : k->rows;
    const struct reach *past = k->reach + k->first[r->at + 1];
    int64_t *at = mem_take((size_t)tally_places(t, p) * sizeof *at);

    for (const struct reach *i = k->reach + k->first[r->at]; i < past; i++)
        at[i->place] += counted[i->cell];
    return at;
}

/* What was counted goes where it is wanted; several often want the same
 * way. */
static void
deliver(const struct tally *t, const struct swept *s)
{
    int64_t **way = mem_take((size_t)t->ways.count * sizeof *way + 1);

    for (int i = 0; i < t->postings; i++) {
        const struct posting *p = &t->posting[i];
        int places = p->common >= 0 ? 0 : tally_places(t, p);

        if (p->common >= 0)
            *p->to += p->times * s->common[p->common];
        else if (way[p->way] == NULL)
            way[p->way] = count_places(t, s, p);
        for (int k = 0; k < places; k++)
            p->to[k * p->stride] += p->times * way[p->way][k];
    }
    for (int i = 0; i < t->ways.count; i++)
        free(way[i]);
    free(way);
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
