/* release_proof.c - the numbers of a release as a system for proof.h, and
 * what it decides. */
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

static void
make_numbers(struct release *r, struct proof_number *list)
{
    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];
        bool silent = !f->printed && !f->known && !f->nobody;

        list[i] = (struct proof_number){
            .n = f->n, .silent = silent,
            .hidden = f->hidden && !f->known && !f->nobody && !silent,
            .least = silent || f->n == 0 || f->status ? 0 : 1,
            .cost = f->known || f->nobody ? 0
                : (f->cost > 0 ? f->cost : 1) * digits(f->n),
            .need = f->sensitive ? f->need : 0
        };
    }
}

bool
release_prove(struct release *r, struct err *e)
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
    r->programs = p.programs;
    for (int i = 0; i < r->count; i++)
        if (list[i].hidden && !r->fact[i].hidden)
            release_hide(r, i, r->fact[i].n == 0 ? WHY_ATTRIBUTE
                                                 : WHY_COMPLEMENT);
    if (open > 0)
        return err_set(e, ERR_INPUT, "release.told", "%d", open);
    return true;
}
