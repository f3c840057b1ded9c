/* compare_test.c - which differences are larger than chance would make them;
 * see compare.h.
 *
 * A number that is hidden is not tested, nor one whose base is. Rounded
 * numbers are tested at the end of what they may be that speaks least for a
 * difference. Where we are a part of a total, we are compared with the rest
 * of it: nobody is compared with himself. */
#include <assert.h>
#include <string.h>
#include "calc/exact.h"
#include "report/comparing.h"

struct pair {
    int64_t n, of, other_n, other_of;
};

/* The tests done so far: P of each, and what it is of. */
struct testing {
    struct comparison *c;
    struct compare_difference *found;
    double *p;
    int count, room;
};

bool
compare_is_part(const struct comparison *c, const struct compare_column *col)
{
    const struct aggregate *a = col->a;

    if (!a->total || a->year != c->own->year
        || a->period != c->own->period)
        return false;
    for (int i = 0; i < a->municipality_count; i++)
        if (a->municipality[i] == c->own->municipality[0])
            return true;
    return false;
}

static bool
is_whole(int64_t n, int64_t of)
{
    return n >= 0 && of > 0 && n <= of;
}

/* Our cell and theirs, if both may be seen and tested. */
static bool
pair_of(const struct comparison *c, const struct compare_column *col,
        const struct aggregate_cell *ours,
        const struct aggregate_cell *theirs, struct pair *p)
{
    *p = (struct pair){ ours->n, ours->of, theirs->n, theirs->of };
    if (!is_whole(p->n, p->of) || !is_whole(p->other_n, p->other_of))
        return false;
    if (compare_is_part(c, col)) {
        p->other_n -= p->n;
        p->other_of -= p->of;
        if (!is_whole(p->other_n, p->other_of))
            return false;
    }
    return p->of + p->other_of <= EXACT_PEOPLE_MAX;
}

static int64_t
within(int64_t n, int64_t most)
{
    return n < 0 ? 0 : n > most ? most : n;
}

static double
fisher_of(const struct pair *p)
{
    return exact_fisher(p->n, p->of - p->n, p->other_n,
                        p->other_of - p->other_n);
}

/* How much a number of A may be off. */
static int64_t
slack_of(const struct aggregate *a)
{
    return a->protection == AGGREGATE_ROUNDED ? a->threshold - 1 : 0;
}

/* The most careful probability of all that rounding leaves open. */
static double
probability(const struct comparison *c, const struct compare_column *col,
            const struct pair *p)
{
    int64_t ours = slack_of(c->own), theirs = slack_of(col->a);
    double most = fisher_of(p);
    bool more = p->n * p->other_of > p->other_n * p->of;
    struct pair q = *p;

    if (ours == 0 && theirs == 0)
        return most;
    q.n = within(p->n + (more ? -ours : ours), p->of);
    q.other_n = within(p->other_n + (more ? theirs : -theirs), p->other_of);
    if ((q.n * q.other_of > q.other_n * q.of) != more)
        return 1;
    return fisher_of(&q) > most ? fisher_of(&q) : most;
}

static void
note(struct testing *t, const struct compare_difference *d, double p)
{
    assert(t->count < t->room);
    t->found[t->count] = *d;
    t->p[t->count++] = p;
}

/* ---- one table of one column ---- */

/* Tests of two groups: each row that both have, in the column KEY. */
static void
test_rows(struct testing *t, int column, int table, const char *key)
{
    struct comparison *c = t->c;
    const struct instrument *in = c->own->in;
    const char *report = in->reports[c->report].id;
    const struct compare_column *col = &c->column[column];
    const struct aggregate_table *a = aggregate_table(c->own, report,
                                                      in->tables[table].id);
    const struct aggregate_table *b = aggregate_table(col->a, report,
                                                      in->tables[table].id);
    int ours = aggregate_place(a->column, a->column_count, key);
    int theirs = aggregate_place(b->column, b->column_count, key);

    if (ours < 0 || theirs < 0 || a->counts != UNIT_RECIPIENTS
        || b->counts != UNIT_RECIPIENTS)
        return;
    for (int r = 0; r < a->row_count; r++) {
        int other = aggregate_place(b->row, b->row_count, a->row[r]);
        struct pair p;

        if (other < 0
            || !pair_of(c, col, aggregate_at(a, r, ours),
                        aggregate_at(b, other, theirs), &p))
            continue;
        note(t, &(struct compare_difference){
                 column, table, a->row[r], key, p.n, p.of, p.other_n,
                 p.other_of, 0 }, probability(c, col, &p));
    }
}

/* A test of the whole distribution: every key in both, nothing hidden. */
static void
test_keys(struct testing *t, int column, int table)
{
    struct comparison *c = t->c;
    const struct instrument *in = c->own->in;
    const char *report = in->reports[c->report].id;
    const struct compare_column *col = &c->column[column];
    const struct aggregate_table *a = aggregate_table(c->own, report,
                                                      in->tables[table].id);
    const struct aggregate_table *b = aggregate_table(col->a, report,
                                                      in->tables[table].id);
    int64_t x[EXACT_KEYS_MAX], y[EXACT_KEYS_MAX];
    struct compare_difference d = { .column = column, .table = table };

    if (a->row_count < 3 || a->row_count > EXACT_KEYS_MAX
        || b->row_count != a->row_count || slack_of(c->own) > 0
        || slack_of(col->a) > 0)
        return;
    for (int r = 0; r < a->row_count; r++) {
        int other = aggregate_place(b->row, b->row_count, a->row[r]);
        struct pair p;

        if (other < 0
            || !pair_of(c, col, aggregate_at(a, r, 0),
                        aggregate_at(b, other, 0), &p))
            return;
        x[r] = p.n;
        y[r] = p.other_n;
        d.n += p.n;
        d.other_n += p.other_n;
    }
    d.of = d.n;
    d.other_of = d.other_n;
    if (d.n > 0 && d.other_n > 0)
        note(t, &d, exact_permutation(x, y, a->row_count));
}

/* ---- all of them ---- */

static int
room_for(const struct comparison *c)
{
    int rows = 0;

    for (int i = 0; i < c->table_count; i++) {
        const struct instrument *in = c->own->in;

        rows += 1 + aggregate_table(c->own, in->reports[c->report].id,
                                    in->tables[c->table[i]].id)->row_count;
    }
    return rows * c->column_count + 1;
}

static void
test_all(struct testing *t, bool whole)
{
    struct comparison *c = t->c;
    const char *key;

    for (int i = 0; i < c->table_count; i++) {
        int table = c->table[i];
        enum compare_form form = compare_form(c->own->in,
            &c->own->in->tables[table], &key);

        for (int k = 0; k < c->column_count; k++) {
            /* Within other borders live other people. */
            if (k == c->own_column || c->column[k].area_number != 0
                || compare_broken(c, k, table) != NULL)
                continue;
            if (!whole)
                test_rows(t, k, table, key);
            else if (form == FORM_KEYS)
                test_keys(t, k, table);
        }
    }
}

/* Those of T that are beyond chance, to FOUND at COUNT. */
static int
keep(struct testing *t, struct compare_difference *found, int count)
{
    exact_holm(t->p, t->count);
    for (int i = 0; i < t->count; i++) {
        if (t->p[i] * 1000 > COMPARE_PERMILLE)
            continue;
        found[count] = t->found[i];
        found[count++].p = t->p[i];
    }
    return count;
}

void
compare_test(struct comparison *c)
{
    int room = room_for(c);
    struct testing t = { .c = c, .room = room };
    struct compare_difference *found = arena_array(c->arena,
        2 * (size_t)room, sizeof *found);

    t.found = arena_array(c->arena, (size_t)room, sizeof *t.found);
    t.p = arena_array(c->arena, (size_t)room, sizeof *t.p);
    test_all(&t, false);
    c->tests = t.count;
    c->difference_count = keep(&t, found, 0);
    t.count = 0;
    test_all(&t, true);
    c->distributions = t.count;
    c->difference_count = keep(&t, found, c->difference_count);
    c->difference = found;
}
