/* live_round.h - one round as the server has it in memory; private to feed/.
 *
 * Of every registration: unit, tier, status, day, pseudonym, and, where it is
 * complete, its derived row and rank. From these, kept up to date: what the
 * fixed tables count of all recipients and of each unit, how many there are
 * by unit, tier, status and day, and which of a person's registrations
 * counts. Taking in a registration again takes out what it was before.
 *
 * Used by one thread at a time; live.c has the lock. */
#ifndef FEED_LIVE_ROUND_H
#define FEED_LIVE_ROUND_H
#include "column/columns.h"
#include "feed/decode.h"
#include "feed/live.h"
#include "feed/live_row.h"
#include "store/work.h"

enum {
    LIVE_DELTA_MAX = 1024,      /* rows beside the columns */
    HELD_GONE = STATUS_WITHDRAWN + 1,   /* a status: deleted */
    /* For a unit: */
    SAID_ALL = -3,              /* every registration */
    SAID_COMPLETE = -2          /* every complete one */
};

struct held {
    int64_t number;
    uint64_t rank;
    int32_t completed_on;
    uint32_t person;            /* place among the persons + 1, 0: it does
                                   not compete */
    uint32_t next;              /* of the same person: place + 1, 0: last */
    uint16_t unit;
    uint8_t tier, status;
    bool counts;                /* of a complete one */
    bool no_number;             /* it has no pseudonym */
};

struct person {
    uint8_t pseudonym[16];
    uint32_t first;             /* of those held, + 1; 0: none any more */
    uint32_t size;
    bool undecided;
};

/* The fixed tables of one scope: a run for everybody, or for each unit. */
struct fixed {
    struct plan *plan;
    struct run **run;
    int runs;                   /* 0: too many cells to keep */
};

/* Rows that came (1) and went (-1) since the columns were made: among those
 * that count, or among the complete of their unit. */
struct delta {
    int sign, unit;             /* UNIT -1: among those that count */
};

/* Which registrations a scope has, for the log; NULL: not made yet. */
struct said {
    char *numbers;
    int64_t count;
};

struct live_round {
    struct store *store;        /* its own, for reading */
    const struct live_options *options;
    char *id;
    bool made;                  /* all below is there */
    int64_t changes;            /* of the round (struct round) */
    struct opened opened;
    struct arena arena;
    bool sealed;                /* rows have what was sealed */
    struct decoder decoder;
    struct packing packing;

    struct held *held;
    uint8_t *row;               /* of each held, packing.bytes */
    size_t count, room;
    uint32_t *order;            /* places of HELD by number */
    struct person *person;
    size_t persons, person_room;
    uint32_t *slot;             /* by pseudonym: place + 1 */
    size_t slots;               /* a power of two */
    uint32_t *undecided;        /* persons */
    size_t undecided_count, undecided_room;

    struct fixed all, unit;
    struct unit_count *units;
    struct work_count *work;    /* by unit, tier, status, day; may be 0 */
    size_t works, work_room;
    int64_t sizes[3];           /* persons with one, two, more */
    int64_t matched;            /* complete ones with a person */
    struct said *said;          /* of all, of the complete, of those that
                                   count, by unit */

    bool wants_columns;
    bool no_columns;            /* they could not be made */
    struct columns *columns;
    struct delta *delta;
    uint8_t *delta_row;
    size_t delta_count;
    int64_t taken;              /* registrations taken in since checked */
};

/* An empty one of round ID, which reads by S, its own from now on. OPTIONS
 * must outlive it. */
struct live_round *live_round_new(struct store *s, const char *id,
                                  const struct live_options *options);
/* Takes NULL. */
void live_round_free(struct live_round *r);
/* Makes R of what the store has now. False with E set: it stays empty. */
MUST_CHECK bool live_round_make(struct live_round *r, struct err *e);
/* Empties R: nothing of any person is left in memory. */
void live_round_wipe(struct live_round *r);
/* Reads registration NUMBER again. False: R is empty. */
MUST_CHECK bool live_round_take(struct live_round *r, int64_t number,
                                struct err *e);
/* Decides which registrations count of those persons that were touched. */
void live_round_decide(struct live_round *r);

/* Whether R is a training round, which is never counted. */
static inline bool
live_training(const struct live_round *r)
{
    return r->opened.round->training_of[0] != '\0';
}

/* Held I, with SIGN, among what is counted of UNIT (-1: of all). */
void live_count_row(struct live_round *r, size_t i, int unit, int sign);
/* The plans and runs of the fixed tables, empty. */
void live_fixed_init(struct live_round *r);
void live_fixed_clear(struct live_round *r);
/* Adds N to those of UNIT, TIER, STATUS and DAY. */
MUST_CHECK bool live_count_work(struct live_round *r, const struct held *h,
                                int n, struct err *e);
/* Adds to RUN what its tables ask of R: UNIT -1: of all recipients. Those of
 * the fixed tables are copied, the others counted, by columns where R has
 * them, else by rows. */
void live_count(struct live_round *r, int unit, struct run *run);
/* The numbers of those that are counted of UNIT (-1: of all recipients), or
 * of those that SAID_ALL or SAID_COMPLETE says, as ranges; NULL: too many.
 * Good until R takes in something. */
const struct said *live_said(struct live_round *r, int unit);
void live_said_forget(struct live_round *r);
/* Makes columns of R's rows for questions to come, and empties the delta.
 * Where that can't be rows are counted. */
void live_columns_make(struct live_round *r);
void live_columns_drop(struct live_round *r);
/* Counts R again from the store, as it is seen in a read transaction of R's
 * own, and compares. False with E set where something differs, or reading
 * failed. */
MUST_CHECK bool live_round_check(struct live_round *r, struct err *e);

/* The server, as it reads persons for itself. */
extern const struct actor live_actor;

#endif
