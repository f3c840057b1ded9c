/* proof_program.c - the moves of a witness by a linear program (GLPK); see
 * witnessing.h.
 *
 * A number moves up by one column and down by another, so that both cost. A
 * solution with fractions is branched into whole numbers, as far as a fixed
 * number of nodes, whatever the machine; what comes of it is checked by
 * integer arithmetic. */
#include <string.h>
#include "report/witnessing.h"

enum { NODES_MAX = 400 };       /* of branching to whole numbers */

/* ---- the program ---- */

static void
entry(struct witnessing *w, int row, int column, double value)
{
    if (w->entries + 1 >= w->entry_room) {
        int room = w->entry_room * 2 + 1024;
        int *ia = arena_array(w->p->arena, (size_t)room, sizeof *ia);
        int *ja = arena_array(w->p->arena, (size_t)room, sizeof *ja);
        double *ar = arena_array(w->p->arena, (size_t)room, sizeof *ar);

        if (w->entries > 0) {
            memcpy(ia, w->ia, (size_t)(w->entries + 1) * sizeof *ia);
            memcpy(ja, w->ja, (size_t)(w->entries + 1) * sizeof *ja);
            memcpy(ar, w->ar, (size_t)(w->entries + 1) * sizeof *ar);
        }
        w->ia = ia;
        w->ja = ja;
        w->ar = ar;
        w->entry_room = room;
    }
    w->entries++;
    w->ia[w->entries] = row;
    w->ja[w->entries] = column;
    w->ar[w->entries] = value;
}

/* Columns 2k+1 and 2k+2 are how far the k-th number goes up and down. */
static void
add_columns(struct witnessing *w)
{
    if (w->count == 0)
        return;
    glp_add_cols(w->lp, w->count * 2);
    for (int k = 0; k < w->count; k++) {
        const struct proof_number *n = &w->p->number[w->list[k]];
        int64_t down = n->n - n->least;
        double cost = proof_unknown(n) ? 0.001
            : n->n == 0 ? w->p->zeros : n->cost;

        if (down > w->reach)
            down = w->reach;
        glp_set_col_bnds(w->lp, 2 * k + 1, GLP_DB, 0, (double)w->reach);
        if (down > 0)
            glp_set_col_bnds(w->lp, 2 * k + 2, GLP_DB, 0, (double)down);
        else
            glp_set_col_bnds(w->lp, 2 * k + 2, GLP_FX, 0, 0);
        glp_set_obj_coef(w->lp, 2 * k + 1, cost);
        glp_set_obj_coef(w->lp, 2 * k + 2, cost);
    }
}

/* What number I is moved by, TIMES, in ROW. */
static void
put_move(struct witnessing *w, int row, int i, int times)
{
    if (w->column[i] == 0)
        return;
    entry(w, row, w->column[i] * 2 - 1, times);
    entry(w, row, w->column[i] * 2, -times);
}

static void
add_sums(struct witnessing *w)
{
    const struct proof *p = w->p;

    for (int k = 0; k < w->count; k++)
        for (int a = w->first[w->list[k]]; a < w->first[w->list[k] + 1];
             a++) {
            int s = w->at[a], row;

            if (w->row[s] != 0)
                continue;
            w->row[s] = row = glp_add_rows(w->lp, 1);
            glp_set_row_bnds(w->lp, row, GLP_FX, 0, 0);
            for (int m = 0; m < p->sum[s].count; m++) {
                const struct proof_term *t = &p->term[p->sum[s].first + m];

                put_move(w, row, t->number, t->times);
            }
        }
}

static void
add_broken(struct witnessing *w)
{
    const struct proof *p = w->p;

    for (int i = 0; i < w->breaks; i++) {
        const struct broken *b = &w->broken[i];
        int row = glp_add_rows(w->lp, 1);

        glp_set_row_bnds(w->lp, row, GLP_LO,
                         (double)(p->number[b->inner].n
                                  - p->number[b->outer].n), 0);
        put_move(w, row, b->outer, 1);
        put_move(w, row, b->inner, -1);
    }
}

/* Number I must be able to be what it needs. */
static void
add_goal(struct witnessing *w, int i)
{
    const struct proof_number *n = &w->p->number[i];
    int column = w->column[i] * 2 - 1;

    glp_set_col_bnds(w->lp, column, GLP_DB, (double)(n->need - n->n),
                     (double)(n->need - n->n > w->reach ? n->need - n->n
                                                        : w->reach));
    glp_set_col_bnds(w->lp, column + 1, GLP_FX, 0, 0);
}

/* As many of the unproved as can be, each as far as it needs. */
static void
add_goals(struct witnessing *w)
{
    for (int k = 0; k < w->count; k++) {
        const struct proof_number *n = &w->p->number[w->list[k]];
        int column, row;

        if (n->need == 0 || n->proved)
            continue;
        column = glp_add_cols(w->lp, 1);
        glp_set_col_bnds(w->lp, column, GLP_DB, 0,
                         (double)(n->need - n->n));
        glp_set_obj_coef(w->lp, column, -1);
        row = glp_add_rows(w->lp, 1);
        glp_set_row_bnds(w->lp, row, GLP_LO, 0, 0);
        put_move(w, row, w->list[k], 1);
        entry(w, row, column, -1);
    }
}

static void
make_program(struct witnessing *w, int goal)
{
    w->lp = glp_create_prob();
    glp_set_obj_dir(w->lp, GLP_MIN);
    w->entries = 0;
    add_columns(w);
    add_sums(w);
    add_broken(w);
    if (goal >= 0)
        add_goal(w, goal);
    else
        add_goals(w);
    if (w->entries > 0)
        glp_load_matrix(w->lp, w->entries, w->ia, w->ja, w->ar);
    for (int k = 0; k < w->count; k++)
        for (int a = w->first[w->list[k]]; a < w->first[w->list[k] + 1]; a++)
            w->row[w->at[a]] = 0;
}

/* ---- its solution ---- */

struct branching {
    int nodes;
};

/* So many nodes and no more, whatever the machine. */
static void
count_nodes(glp_tree *tree, void *ctx)
{
    struct branching *b = ctx;

    if (glp_ios_reason(tree) == GLP_ISELECT && ++b->nodes > NODES_MAX)
        glp_ios_terminate(tree);
}

static int64_t
rounded(double x)
{
    return (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
}

/* Reads the moves; whether they keep every sum as whole numbers. */
static bool
read_moves(struct witnessing *w, bool branched)
{
    const struct proof *p = w->p;
    bool good = true;

    for (int k = 0; k < w->count; k++) {
        int c = 2 * k + 1;
        double x = branched
            ? glp_mip_col_val(w->lp, c) - glp_mip_col_val(w->lp, c + 1)
            : glp_get_col_prim(w->lp, c) - glp_get_col_prim(w->lp, c + 1);

        w->move[w->list[k]] = rounded(x);
        good &= p->number[w->list[k]].n + rounded(x)
            >= p->number[w->list[k]].least;
    }
    for (int k = 0; k < w->count && good; k++)
        for (int a = w->first[w->list[k]]; a < w->first[w->list[k] + 1];
             a++) {
            const struct proof_sum *s = &p->sum[w->at[a]];
            int64_t sum = 0;

            for (int m = 0; m < s->count; m++)
                sum += w->move[p->term[s->first + m].number]
                    * p->term[s->first + m].times;
            good &= sum == 0;
        }
    return good;
}

/* Solves; false where there is no solution in whole numbers. */
static bool
solve(struct witnessing *w)
{
    struct branching branching = { 0 };
    glp_smcp simplex;
    glp_iocp branch;

    w->p->programs++;
    glp_init_smcp(&simplex);
    simplex.msg_lev = GLP_MSG_OFF;
    simplex.presolve = GLP_ON;
    if (glp_simplex(w->lp, &simplex) != 0
        || glp_get_status(w->lp) != GLP_OPT)
        return false;
    if (read_moves(w, false))
        return true;
    glp_init_iocp(&branch);
    branch.msg_lev = GLP_MSG_OFF;
    branch.presolve = GLP_ON;
    branch.cb_func = count_nodes;
    branch.cb_info = &branching;
    for (int c = 1; c <= w->count * 2; c++)
        glp_set_col_kind(w->lp, c, GLP_IV);
    (void)glp_intopt(w->lp, &branch);
    if (glp_mip_status(w->lp) != GLP_OPT
        && glp_mip_status(w->lp) != GLP_FEAS)
        return false;
    return read_moves(w, true);
}

void
program_forget(struct witnessing *w)
{
    for (int k = 0; k < w->count; k++)
        w->move[w->list[k]] = 0;
}

bool
program_solve(struct witnessing *w, int goal)
{
    bool solved;

    make_program(w, goal);
    solved = solve(w);
    glp_delete_prob(w->lp);
    return solved;
}

void
program_begin(void)
{
    glp_term_out(GLP_OFF);
}

void
program_end(void)
{
    glp_free_env();
}
