/* live_fixture.h - for the tests of what the server has in memory of a round
 * (feed/live.h): a store with the round "r" of three units, what is written
 * there by chance, and the same questions to memory and to the store.
 *
 * What fails here ends the test. */
#ifndef LIVE_FIXTURE_H
#define LIVE_FIXTURE_H
#include "intake_fixture.h"
#include "../oracle/random_question.h"
#include "feed/live_private.h"
#include "store/log_queue.h"

struct lab {
    struct fixture f;           /* its store is the writer's */
    struct live *live;
    struct log_queue *log;
    struct store *reader;
    struct opened plain, quick; /* the same round, without and with */
    struct chance chance;
    struct round_key key;
    struct buf sealed, text;
    int64_t last;               /* number given */
    int faults;                 /* said by live; none when it is stopped */
};

/* Two who see all units, and one who sees one. */
extern const struct actor lab_mapper[3];

/* ---- live_fixture.c ---- */

/* L with SEED, and what is in memory worked on by a THREAD or by live_work
 * alone; with options but for the store and who hears of faults. */
void lab_start(struct lab *l, uint64_t seed, bool thread);
void lab_start_with(struct lab *l, uint64_t seed, struct live_options o);
void lab_stop(struct lab *l);
/* Reads what there is of the round anew, in both. */
void lab_reopen(struct lab *l);

/* All that is written is written between them; as the writer does it. */
void lab_begin(struct lab *l);
void lab_commit(struct lab *l);
/* A registration by chance, its answers in the fixture's arena. */
void lab_registration(struct lab *l, int64_t number, struct registration *r);
/* One to three of them, COUNT of them, as an import puts them. */
void lab_put(struct lab *l);
void lab_put_some(struct lab *l, int count);
/* The first of a round, each in a transaction of its own. */
void lab_first_rows(struct lab *l);
/* A change of one that may have been deleted: then nothing happens. */
void lab_change(struct lab *l);
/* A mapper begins one; goes on with one, in one of six ways. */
void lab_start_work(struct lab *l);
void lab_go_on(struct lab *l);
/* Somebody opts out. */
void lab_opt_out(struct lab *l);

/* ---- live_same.c ---- */

/* Questions by chance. Free with plan_free. */
struct plan *lab_plan(struct lab *l, struct arena *arena);
/* PLAN's tables of UNIT (NULL: of all) from both. MUST: from memory. */
void lab_same_tables(struct lab *l, const struct plan *plan,
                     const char *unit, bool must);
/* All that can be asked; MUST: as above, and who counts too. */
void lab_same(struct lab *l, bool must);

/* The round's entry as one sees it who sees all, or NULL: not in memory. To
 * be left by live_leave. */
struct entry *lab_use(struct lab *l);
/* Asks, so that the round is taken in, and lets the thread's work be done. */
void lab_warm(struct lab *l);
/* The same, and its columns made; the entry, not to be left. */
struct entry *lab_warmed(struct lab *l);

#endif
