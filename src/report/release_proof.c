/* release_proof.c - the numbers of a release as a system for proof.h, and
 * what it decides. */
#include <stdlib.h>
#include "report/releasing.h"

enum { COST_ZERO = 40 };

static int
digits(int64_t n)
{
    int count = 1;

    for (; n > 1; n /= 2)
        count++;
    return count;
}

static bool
within(void *ctx, int inner, int outer)
{
    const struct release *r = ctx;
    const struct fact *in = &r->fact[inner], *out = &r->fact[outer];

    return in->boxed && out->boxed && in->sum == out->sum
        && box_within(&in->closed, &out->box);
}

/* As far as a reader knows: what is hidden now, or was in the first release,
 * is not 0. */
static bool
may_be_zero(const struct release *r, const struct fact *f, bool silent)
{
    bool later = r->ledger != NULL && r->ledger->count > 0;

    if (f->n == 0 || f->status || (silent && !f->earlier))
        return true;
    return later && f->hidden_in != 1;
}

static void
make_numbers(struct release *r, struct proof_number *list)
{
    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];
        bool silent = !f->printed && !f->known && !f->nobody;

        list[i] = (struct proof_number){
            .n = f->n, .silent = silent,
            .hidden = f->hidden && !f->known && !f->nobody && !silent,
            .least = may_be_zero(r, f, silent) ? 0 : 1,
            .because = NO_NUMBER,
            .cost = f->known || f->nobody ? 0
                : (f->cost > 0 ? f->cost : 1) * digits(f->n),
            .need = f->sensitive ? f->need : 0
        };
    }
}

/* ---- what need not be hidden ---- */

struct useful {
    int cost, places, number;
    int64_t n;
};

/* Bases and sums before cells, then what stands most often, then what counts
 * most. */
static int
useful_compare(const void *left, const void *right)
{
    const struct useful *a = left, *b = right;

    if (a->cost != b->cost)
        return a->cost > b->cost ? -1 : 1;
    if (a->places != b->places)
        return a->places > b->places ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

/* Hidden only for others' sake, and in this release first. */
static bool
is_spare(const struct fact *f, const struct proof_number *n)
{
    return n->hidden && !f->sensitive && !f->earlier
        && f->why != WHY_EARLIER && f->why != WHY_STATUS;
}

/* Shows what nothing needs, and notes what needs the others. */
static void
spare(struct release *r, struct proof *p)
{
    struct useful *list = arena_array(r->arena, (size_t)r->count + 1,
                                      sizeof *list);
    int *number = arena_array(r->arena, (size_t)r->count + 1,
                              sizeof *number);
    int count = 0;

    for (int i = 0; i < r->count; i++)
        if (is_spare(&r->fact[i], &p->number[i]))
            list[count++] = (struct useful){ r->fact[i].cost,
                r->fact[i].places, i, r->fact[i].n };
    if (count > 0)
        qsort(list, (size_t)count, sizeof *list, useful_compare);
    for (int i = 0; i < count; i++)
        number[i] = list[i].number;
    proof_spare(p, number, count);
    for (int i = 0; i < count; i++) {
        struct fact *f = &r->fact[number[i]];

        f->hidden = p->number[number[i]].hidden;
        f->because = p->number[number[i]].because;
        if (!f->hidden)
            f->why = WHY_SHOWN;
    }
}

/* ---- what was told before ---- */

/* Number I is told by what can't be hidden any more. What is printed beside
 * it is not shown with it, and says where it is. */
static void
give_up(struct release *r, int i)
{
    struct fact *f = &r->fact[i];

    f->open = true;
    for (int s = 0; s < r->sums; s++) {
        const struct proof_term *term = &r->term[r->sum[s].first];
        int count = r->sum[s].count, k = 0;

        while (k < count && term[k].number != i)
            k++;
        for (int m = 0; k < count && m < count; m++) {
            struct fact *by = &r->fact[term[m].number];

            if (f->stand == NULL)
                f->stand = by->stand;
            if (f->told_by < by->told_in)
                f->told_by = by->told_in;
            if (by->printed && f->why == WHY_ATTRIBUTE)
                release_hide(r, term[m].number, WHY_ATTRIBUTE);
        }
    }
    f->why = WHY_TOLD;
}

/* That all of a group have a value may follow from the instrument, or from
 * noughts that told nothing when they were shown, beside a group that was
 * asked for later: that is no reason to publish nothing. A small number that
 * is told is. */
static void
give_up_open(struct release *r, const struct proof *p)
{
    for (int i = 0; i < r->count; i++) {
        bool group = r->fact[i].why == WHY_ATTRIBUTE;

        if (p->number[i].need == 0 || p->number[i].proved)
            continue;
        give_up(r, i);
        r->open += !group;
    }
}

void
release_prove(struct release *r)
{
    struct proof_number *list = arena_array(r->arena, (size_t)r->count + 1,
                                            sizeof *list);
    struct proof_sum *sum = arena_array(r->arena, (size_t)r->sums + 1,
                                        sizeof *sum);
    struct proof p = {
        .arena = r->arena, .number = list, .numbers = r->count,
        .term = r->term, .sum = sum, .sums = r->sums, .within = within,
        .ctx = r, .zeros = COST_ZERO
    };
    int open;

    for (int i = 0; i < r->sums; i++)
        sum[i] = (struct proof_sum){ r->sum[i].first, r->sum[i].count };
    make_numbers(r, list);
    open = proof_run(&p);
    for (int i = 0; i < r->count; i++)
        if (list[i].hidden && !r->fact[i].hidden)
            release_hide(r, i, r->fact[i].n == 0 ? WHY_ATTRIBUTE
                                                 : WHY_COMPLEMENT);
    spare(r, &p);
    r->programs = p.programs;
    if (open > 0)
        give_up_open(r, &p);
}
