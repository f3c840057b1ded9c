/* run.c - see run.h.
 *
 * Both orders are counted before anything is added: a file that is lost on
 * the way leaves the run as it was. */
#include "column/run.h"
#include <stdlib.h>

/* Where WAY goes, and what was counted of each cell. */
struct going {
    const struct reach *reach;
    int reaches;
    const int64_t *counted;
};

static struct going
going_of(const struct tally *t, const struct swept *s, const struct way *way)
{
    const struct route *r = &t->route[way->route];
    const struct cutting *k = &t->cutting[r->cutting];

    return (struct going){
        k->reach + k->first[r->at], k->first[r->at + 1] - k->first[r->at],
        way->spread >= 0 ? s->spread[way->spread] : k->rows
    };
}

/* Adds TIMES what goes by G to TO[place * STRIDE]. */
static void
add_going(const struct going *g, int64_t *to, int64_t stride, int64_t times)
{
    for (int i = 0; i < g->reaches; i++)
        to[g->reach[i].place * stride]
            += times * g->counted[g->reach[i].cell];
}

/* Of every way that leads to no more places than it comes from cells what
 * was counted at each, those of way I from FIRST[I] on: several postings
 * want it. Free it. */
static int64_t *
count_ways(const struct tally *t, const struct swept *s, size_t *first)
{
    int64_t *at;

    for (int i = 0; i < t->ways.count; i++) {
        int places = tally_places(t, i);
        struct going g = going_of(t, s, &t->way[i]);

        first[i + 1] = first[i] + (size_t)(places <= g.reaches ? places : 0);
    }
    at = mem_take(first[t->ways.count] * sizeof *at + 1);
    for (int i = 0; i < t->ways.count; i++) {
        struct going g = going_of(t, s, &t->way[i]);

        if (first[i + 1] > first[i])
            add_going(&g, at + first[i], 1, 1);
    }
    return at;
}

/* What was counted goes where it is wanted. */
static void
deliver(const struct tally *t, const struct swept *s)
{
    size_t *first = mem_take(((size_t)t->ways.count + 1) * sizeof *first);
    int64_t *at = count_ways(t, s, first);

    for (int i = 0; i < t->postings; i++) {
        const struct posting *p = &t->posting[i];
        int places = p->common >= 0 ? 0
                   : (int)(first[p->way + 1] - first[p->way]);

        if (p->common >= 0) {
            *p->to += p->times * s->common[p->common];
        } else if (places == 0) {
            struct going g = going_of(t, s, &t->way[p->way]);

            add_going(&g, p->to, p->stride, p->times);
        }
        for (int k = 0; k < places; k++)
            p->to[k * p->stride] += p->times * at[first[p->way] + (size_t)k];
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
