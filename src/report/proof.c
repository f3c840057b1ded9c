/* proof.c - see proof.h.
 *
 * First whole components of hidden numbers at once: one program raises as
 * many of their small numbers as it can, and what it raises far enough is
 * proved. Then each number that is left by itself, in the neighbourhood it
 * has by the sums, wider where that is too narrow; there shown numbers may
 * move too, at their cost. A linear program only sees the sums; that a set
 * may not become larger than one it lies in is asked of its solution, and
 * added to the program where it is broken.
 *
 * Witnesses are kept. What is to be shown again is asked of those that moved
 * it: only their numbers need another one. */
#include "report/proof.h"
#include <assert.h>
#include <glpk.h>
#include <string.h>
#include "report/order.h"

enum {
    ROUNDS_MAX = 40,            /* of adding what was broken */
    BROKEN_MAX = 200,           /* added in one of them */
    NODES_MAX = 400,            /* of branching to whole numbers */
    DEPTH_FIRST = 2, DEPTH_LAST = 1 << 14,
    REACH_LEAST = 16,
    WIDE = 1 << 14              /* numbers of a neighbourhood, at most */
};

struct broken {
    int inner, outer;
};

/* Another truth: what moves in it, by number. */
struct witness {
    int count;
    const int *number;
};

/* A program being made: the numbers in it, and what they are moved by. */
struct work {
    struct proof *p;
    int *first, *at;            /* sums of number I: at[first[I]..] */
    int *order;                 /* numbers by N, for what lies in what */
    int *place;                 /* of a number in order */
    int64_t reach;              /* how far a number moves at most */
    int *column;                /* of a number, 0: it does not move */
    int *row;                   /* of a sum, 0: it is in no program */
    int *list;                  /* the numbers that may move */
    int count;
    struct broken *broken;
    int breaks;
    int64_t *move;              /* of each number, by the last program */
    bool zeros;                 /* noughts may be moved */
    bool unknown;               /* of the list: only hidden numbers */
    int depth;                  /* of the list */
    bool cut;                   /* a larger depth would find more */
    glp_prob *lp;
    int *ia, *ja;               /* matrix */
    double *ar;
    int entries, entry_room;
};

/* ---- the system ---- */

static void
list_sums(struct work *w)
{
    const struct proof *p = w->p;
    int *next, total = 0;

    w->first = arena_array(p->arena, (size_t)p->numbers + 2, sizeof(int));
    for (int s = 0; s < p->sums; s++)
        for (int k = 0; k < p->sum[s].count; k++)
            w->first[p->term[p->sum[s].first + k].number + 1]++;
    for (int i = 0; i < p->numbers; i++)
        w->first[i + 1] += w->first[i];
    total = w->first[p->numbers];
    w->at = arena_array(p->arena, (size_t)total + 1, sizeof(int));
    next = arena_array(p->arena, (size_t)p->numbers + 1, sizeof(int));
    memcpy(next, w->first, (size_t)p->numbers * sizeof(int));
    for (int s = 0; s < p->sums; s++)
        for (int k = 0; k < p->sum[s].count; k++)
            w->at[next[p->term[p->sum[s].first + k].number]++] = s;
}

static void
sort_numbers(struct work *w)
{
    int count = w->p->numbers;
    struct order *order = arena_array(w->p->arena, (size_t)count + 1,
                                      sizeof *order);

    for (int i = 0; i < count; i++)
        order[i] = (struct order){ w->p->number[i].n, i };
    order_sort(order, count);
    for (int i = 0; i < count; i++) {
        w->order[i] = order[i].which;
        w->place[order[i].which] = i;
    }
}

static bool
is_unknown(const struct proof_number *n)
{
    return n->silent || n->hidden;
}

/* Whether number I may move, hidden or made so. */
static bool
can_move(const struct work *w, int i)
{
    const struct proof_number *n = &w->p->number[i];

    if (is_unknown(n))
        return true;
    return n->cost > 0 && (n->n > 0 || w->zeros);
}

/* ---- neighbourhoods ---- */

static void
clear_list(struct work *w)
{
    for (int i = 0; i < w->count; i++) {
        int n = w->list[i];

        w->column[n] = 0;
        for (int k = w->first[n]; k < w->first[n + 1]; k++)
            w->row[w->at[k]] = 0;
    }
    w->count = 0;
}

static void
take_number(struct work *w, int i)
{
    w->list[w->count++] = i;
    w->column[i] = w->count;
}

static bool
may_join(const struct work *w, int i)
{
    return w->column[i] == 0 && can_move(w, i)
        && (!w->unknown || is_unknown(&w->p->number[i]));
}

/* Puts what can move within DEPTH sums of the numbers from place FROM of the
 * list on it too. False where a larger depth would find no more. */
static bool
widen(struct work *w, int from, int depth)
{
    const struct proof *p = w->p;

    for (int d = 0; d < depth; d++) {
        int to = w->count;

        for (int k = from; k < to; k++)
            for (int a = w->first[w->list[k]]; a < w->first[w->list[k] + 1];
                 a++) {
                const struct proof_sum *s = &p->sum[w->at[a]];

                for (int m = 0; m < s->count && w->count < WIDE; m++)
                    if (may_join(w, p->term[s->first + m].number))
                        take_number(w, p->term[s->first + m].number);
            }
        if (w->count == to)
            return false;
        from = to;
    }
    return true;
}

/* Number I and what can move within DEPTH sums of it. */
static void
gather(struct work *w, int i, int depth, bool unknown)
{
    clear_list(w);
    w->unknown = unknown;
    w->depth = depth;
    take_number(w, i);
    w->cut = widen(w, 0, depth);
}

/* What may not become smaller than another, or larger, must be able to move
 * with it. */
static void
join_broken(struct work *w, int from)
{
    for (int i = from; i < w->breaks; i++) {
        const int pair[2] = { w->broken[i].inner, w->broken[i].outer };

        for (int k = 0; k < 2; k++)
            if (w->count < WIDE && may_join(w, pair[k])) {
                take_number(w, pair[k]);
                w->cut |= widen(w, w->count - 1, w->depth);
            }
    }
}

/* ---- programs ---- */

static void
entry(struct work *w, int row, int column, double value)
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
add_columns(struct work *w)
{
    if (w->count == 0)
        return;
    glp_add_cols(w->lp, w->count * 2);
    for (int k = 0; k < w->count; k++) {
        const struct proof_number *n = &w->p->number[w->list[k]];
        int64_t down = n->n - n->least;
        double cost = is_unknown(n) ? 0.001
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
put_move(struct work *w, int row, int i, int times)
{
    if (w->column[i] == 0)
        return;
    entry(w, row, w->column[i] * 2 - 1, times);
    entry(w, row, w->column[i] * 2, -times);
}

static void
add_sums(struct work *w)
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
add_broken(struct work *w)
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
add_goal(struct work *w, int i)
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
add_goals(struct work *w)
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
make_program(struct work *w, int goal)
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

/* ---- solutions ---- */

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
read_moves(struct work *w, bool branched)
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

static void
forget_moves(struct work *w)
{
    for (int k = 0; k < w->count; k++)
        w->move[w->list[k]] = 0;
}

/* Solves; false where there is no solution in whole numbers. */
static bool
solve(struct work *w)
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

/* Notes that INNER would become larger than OUTER, if it lies in it. */
static void
look_at(struct work *w, int inner, int outer)
{
    const struct proof_number *n = w->p->number;

    if (w->breaks >= BROKEN_MAX * ROUNDS_MAX
        || n[inner].n > n[outer].n
        || n[inner].n + w->move[inner] <= n[outer].n + w->move[outer]
        || !w->p->within(w->p->ctx, inner, outer))
        return;
    w->broken[w->breaks++] = (struct broken){ inner, outer };
}

/* Looks at all that number I may lie in or hold; how many are broken. */
static void
look_around(struct work *w, int i)
{
    const struct proof_number *n = w->p->number;
    int64_t far = 2 * w->reach;

    for (int k = w->place[i] - 1; k >= 0
         && n[w->order[k]].n >= n[i].n - far; k--) {
        look_at(w, w->order[k], i);
        if (n[w->order[k]].n == n[i].n)
            look_at(w, i, w->order[k]);
    }
    for (int k = w->place[i] + 1; k < w->p->numbers
         && n[w->order[k]].n <= n[i].n + far; k++) {
        look_at(w, i, w->order[k]);
        if (n[w->order[k]].n == n[i].n)
            look_at(w, w->order[k], i);
    }
}

/* Whether the moves break nothing; what they do is added. */
static bool
keeps_order(struct work *w)
{
    int before = w->breaks;

    for (int k = 0; k < w->count && w->breaks < before + BROKEN_MAX; k++)
        if (w->move[w->list[k]] != 0)
            look_around(w, w->list[k]);
    return w->breaks == before;
}

/* A witness for GOAL (-1: for as many as can be) among those on the list. */
static bool
find_witness(struct work *w, int goal)
{
    bool found = false;

    w->breaks = 0;
    for (int i = 0; i < ROUNDS_MAX && !found; i++) {
        int before = w->breaks;
        bool solved;

        make_program(w, goal);
        solved = solve(w);
        glp_delete_prob(w->lp);
        if (!solved)
            break;
        found = keeps_order(w);
        join_broken(w, before);
    }
    if (!found)
        forget_moves(w);
    return found;
}

static const struct witness *
keep_witness(struct work *w)
{
    struct witness *kept = arena_take(w->p->arena, sizeof *kept);
    int *list, count = 0;

    for (int k = 0; k < w->count; k++)
        kept->count += w->move[w->list[k]] != 0;
    kept->number = list = arena_array(w->p->arena, (size_t)kept->count + 1,
                                      sizeof *list);
    for (int k = 0; k < w->count; k++)
        if (w->move[w->list[k]] != 0)
            list[count++] = w->list[k];
    return kept;
}

/* What the witness proves; what it moves is hidden. */
static void
use_witness(struct work *w)
{
    const struct witness *kept = keep_witness(w);

    for (int k = 0; k < w->count; k++) {
        int i = w->list[k];
        struct proof_number *n = &w->p->number[i];

        if (w->move[i] != 0 && !n->silent)
            n->hidden = true;
        if (n->need > 0 && n->n + w->move[i] >= n->need) {
            n->proved = true;
            w->p->by[i] = kept;
        }
    }
    forget_moves(w);
}

/* ---- all of it ---- */

static bool
is_open(const struct proof_number *n)
{
    return n->need > 0 && !n->proved;
}

/* Each component of hidden numbers at once. */
static void
prove_together(struct work *w)
{
    bool *seen = arena_array(w->p->arena, (size_t)w->p->numbers + 1,
                             sizeof *seen);

    w->zeros = false;
    for (int i = 0; i < w->p->numbers; i++) {
        if (seen[i] || !is_open(&w->p->number[i])
            || !is_unknown(&w->p->number[i]))
            continue;
        gather(w, i, w->p->numbers, true);
        for (int k = 0; k < w->count; k++)
            seen[w->list[k]] = true;
        if (find_witness(w, -1))
            use_witness(w);
    }
}

/* A witness for number I, looked for ever wider. */
static bool
search(struct work *w, int i, bool unknown)
{
    w->cut = true;
    for (int depth = DEPTH_FIRST; w->cut && depth <= DEPTH_LAST;
         depth *= 2) {
        gather(w, i, depth, unknown);
        if (find_witness(w, i)) {
            use_witness(w);
            return true;
        }
    }
    return false;
}

static void
prove_one(struct work *w, int i)
{
    w->zeros = false;
    if (search(w, i, false) || w->p->zeros == 0)
        return;
    w->zeros = true;
    (void)search(w, i, false);
}

static void
work_init(struct work *w, struct proof *p)
{
    size_t n = (size_t)p->numbers + 1;

    *w = (struct work){ .p = p, .reach = REACH_LEAST };
    w->order = arena_array(p->arena, n, sizeof(int));
    w->place = arena_array(p->arena, n, sizeof(int));
    w->column = arena_array(p->arena, n, sizeof(int));
    w->row = arena_array(p->arena, (size_t)p->sums + 1, sizeof(int));
    w->list = arena_array(p->arena, n, sizeof(int));
    w->move = arena_array(p->arena, n, sizeof *w->move);
    w->broken = arena_array(p->arena, BROKEN_MAX * ROUNDS_MAX + 1,
                            sizeof *w->broken);
    list_sums(w);
    for (int i = 0; i < p->numbers; i++) {
        int64_t far = p->number[i].need - p->number[i].n;

        if (p->number[i].need > 0 && far * 3 > w->reach)
            w->reach = far * 3;
    }
    sort_numbers(w);
}

int
proof_run(struct proof *p)
{
    struct work w;
    int open = 0;

    work_init(&w, p);
    p->by = arena_array(p->arena, (size_t)p->numbers + 1, sizeof *p->by);
    glp_term_out(GLP_OFF);
    prove_together(&w);
    for (int i = 0; i < p->numbers; i++)
        if (is_open(&p->number[i]))
            prove_one(&w, i);
    for (int i = 0; i < p->numbers; i++)
        open += is_open(&p->number[i]);
    glp_free_env();
    return open;
}

/* ---- what need not be hidden ---- */

static bool
moves(const struct witness *by, int i)
{
    for (int k = 0; by != NULL && k < by->count; k++)
        if (by->number[k] == i)
            return true;
    return false;
}

/* Shows number I if all that it helped to prove can do without. */
static void
spare(struct work *w, int i)
{
    struct proof *p = w->p;

    p->number[i].hidden = false;
    for (int k = 0; k < p->numbers; k++) {
        if (!moves(p->by[k], i) || search(w, k, true))
            continue;
        p->number[i].hidden = true;
        p->number[i].because = k;
        return;
    }
}

void
proof_spare(struct proof *p, const int *list, int count)
{
    struct work w;

    work_init(&w, p);
    glp_term_out(GLP_OFF);
    for (int i = 0; i < count; i++)
        if (p->number[list[i]].hidden)
            spare(&w, list[i]);
    glp_free_env();
}
