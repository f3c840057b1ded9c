/* compare_round.h - a round of a store made ready to be compared: counted,
 * and, where it is for others' eyes, protected as it was published. */
#ifndef REPORT_COMPARE_ROUND_H
#define REPORT_COMPARE_ROUND_H
#include "feed/feed.h"
#include "report/compare.h"
#include "report/make.h"
#include "report/publication.h"
#include "store/reference.h"

struct compare_round {
    struct opened o;
    struct report_made made;            /* internal */
    struct publication publication;     /* protected */
    struct aggregate a;
    bool published;
};

/* What a round that is compared is counted for. */
struct compare_order {
    const char *report;         /* id: the same of every round; NULL: all
                                 * of them, with PUBLISH */
    bool publish;               /* numbers as they were published:
                                 * ERR_INPUT "compare.unpublished" of a round
                                 * that was not. Else internal */
};

/* Opens ROUND of S and counts it; clear R also after failure. Texts in
 * ARENA, which must outlive R. ERR_INPUT "compare.report" where its
 * instrument has no such report. */
MUST_CHECK bool compare_round_take(struct compare_round *r, struct store *s,
                                   const char *round,
                                   const struct actor *actor,
                                   const struct compare_order *order,
                                   struct arena *arena, struct err *e);
void compare_round_clear(struct compare_round *r);

/* The files that are kept with a round, read again: what it is compared
 * with. */
struct compare_kept {
    const struct round_reference *file;
    struct aggregate *a;        /* one each, and what they are made to */
    struct compare_beside *beside;
    int count;                  /* COMPARE_COLUMNS_MAX at most */
};
/* Those of the round open in O, in ARENA. Clear K also after failure. */
MUST_CHECK bool compare_kept_read(struct opened *o, struct arena *arena,
                                  struct compare_kept *k, struct err *e);
void compare_kept_clear(struct compare_kept *k);

/* In an open transaction: the release that R's numbers were taken from goes
 * into the ledger of its own round, without files; nothing is added where
 * they are there. Nothing is done for one that is internal. */
MUST_CHECK bool compare_round_record(struct compare_round *r,
                                     const struct actor *actor,
                                     struct err *e);

/* The COUNT documents of DOC, one a report and all made of the round that is
 * open in O, as an aggregate. */
MUST_CHECK bool compare_own(struct opened *o, struct document *const *doc,
                            int count, struct arena *arena,
                            struct aggregate *a, struct err *e);
/* What ROUND's municipality was called. */
const char *compare_name(const struct round *round, struct arena *arena);

#endif
