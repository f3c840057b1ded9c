/* feed.h - from the store to rows that can be counted.
 *
 * The only room that knows both sides. A stored registration is decoded by
 * the definition whose number it names, mapped to the round's newest one,
 * given what follows from it (conditions, services, derived variables), and
 * handed on as a struct row. */
#ifndef FEED_FEED_H
#define FEED_FEED_H
#include "def/instrument.h"
#include "store/registration.h"
#include "tab/count.h"

/* A round ready to be read or written: everything that belongs to it. */
struct opened {
    struct arena arena;
    struct store *store;
    struct round *round;
    struct instrument *in;      /* the newest definition, bound */
    struct layouts *layouts;    /* private: of every definition number */
    struct live *live;          /* where it may be in memory (live.h), or
                                   NULL */
    const int *unit_of;         /* of a part of several rounds (rounds.h): the
                                   code in IN of each of its units; else
                                   NULL: their places */
    struct rounds *rounds;      /* of several as one (rounds.h), of which
                                   ROUND stands for all; else NULL */
};

/* Loads ROUND of S and its definitions. Clear with opened_clear, also
 * after failure. */
MUST_CHECK bool opened_init(struct opened *o, struct store *s,
                            const char *round, struct err *e);
void opened_clear(struct opened *o);

/* The same from a definition and facts, for a round being made. */
MUST_CHECK bool round_instrument(const struct definition *d,
                                 const struct round *r, struct instrument **in,
                                 struct err *e);

/* Runs PLAN over the registrations of SCOPE (UNIT for SCOPE_UNIT, else
 * NULL), and writes the access log before it returns: WHAT says there what
 * was asked. Settles first if that is due. A training round's registrations
 * are never counted. */
MUST_CHECK bool feed_run(struct opened *o, const struct actor *actor,
                         enum scope scope, const char *unit,
                         const char *what, const struct plan *plan,
                         struct run *run, struct err *e);

/* Decides which registrations count (rules.md, "Which registrations
 * count") and writes it, in the open transaction. */
MUST_CHECK bool feed_settle(struct opened *o, const struct actor *actor,
                            struct err *e);

/* How the round's persons overlap: recipients by how many registrations
 * (complete, matched) they have: [0] one, [1] two, [2] three or more. */
struct overlap {
    int64_t recipients[3];
    int64_t superseded;         /* registrations that do not count */
    int64_t no_number;          /* complete ones that can't be matched */
};
MUST_CHECK bool feed_overlap(struct opened *o, const struct actor *actor,
                             struct overlap *out, struct err *e);
#endif
