/* compare_round.h - a round of a store made ready to be compared: counted,
 * and, where it is for others' eyes, protected as it was published. */
#ifndef REPORT_COMPARE_ROUND_H
#define REPORT_COMPARE_ROUND_H
#include "feed/feed.h"
#include "report/compare.h"
#include "report/make.h"
#include "report/publication.h"

struct compare_round {
    struct opened o;
    struct report_made made;            /* internal */
    struct publication publication;     /* protected */
    struct aggregate a;
};

/* What a round that is compared is counted for. */
struct compare_order {
    const char *report;         /* id: the same of every round */
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

/* File NUMBER of those kept with the round open in O (store/reference.h),
 * checked again: the key that signed it when it was added must still have.
 * Texts in ARENA; clear A with aggregate_clear, also after failure. */
MUST_CHECK bool compare_reference(struct opened *o, int number,
                                  struct arena *arena, struct aggregate *a,
                                  struct err *e);

/* DOC, made of the round that is open in O, as an aggregate. */
MUST_CHECK bool compare_own(struct opened *o, struct document *doc,
                            struct arena *arena, struct aggregate *a,
                            struct err *e);
/* What ROUND's municipality was called. */
const char *compare_name(const struct round *round, struct arena *arena);

#endif
