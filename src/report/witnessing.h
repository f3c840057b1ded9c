/* witnessing.h - looking for a witness: what the parts of proof share. Private
 * to proof*.c.
 *
 *     proof.c           what is asked, in which order; what an answer proves,
 *                       and what need not be hidden
 *     proof_near.c      which numbers may move: those near by the sums
 *     proof_program.c   how they move: a linear program, in whole numbers
 *     proof_nested.c    what a move may not do: leave a set larger than one
 *                       it lies in */
#ifndef REPORT_WITNESSING_H
#define REPORT_WITNESSING_H
#include <glpk.h>
#include "report/proof.h"

enum {
    ROUNDS_MAX = 40,            /* of adding what was broken */
    BROKEN_MAX = 200            /* added in one of them */
};

struct broken {
    int inner, outer;
};

/* The program being made, the numbers in it, and what they are moved by. */
struct witnessing {
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

/* A reader does not know N anyway: moving it costs nothing. */
bool proof_unknown(const struct proof_number *n);

/* ---- proof_near.c ---- */

void near_init(struct witnessing *w);
/* The list becomes number I and what can move within DEPTH sums of it; of
 * UNKNOWN numbers only, if so. w->cut: a larger depth would find more. */
void near_gather(struct witnessing *w, int i, int depth, bool unknown);
/* What is broken from FROM on joins the list, with what is near: what may not
 * become smaller than another, or larger, must be able to move with it. */
void near_join(struct witnessing *w, int from);

/* ---- proof_program.c ---- */

/* Around all programs: GLPK says nothing, and gives its memory back. */
void program_begin(void);
void program_end(void);
/* Moves the numbers of the list as cheaply as can be, so that every sum stays
 * and nothing of w->broken is: GOAL as far as it needs, or (-1) as many of
 * the unproved as can be. False where there is no such move in whole
 * numbers, or none was found in as many steps as are allowed. */
bool program_solve(struct witnessing *w, int goal);
/* The numbers of the list move no more. */
void program_forget(struct witnessing *w);

/* ---- proof_nested.c ---- */

void nested_init(struct witnessing *w);
/* Whether no set becomes larger than one it lies in by the moves; those that
 * do, as far as they were found, are added to w->broken. */
bool nested_keeps(struct witnessing *w);

#endif
