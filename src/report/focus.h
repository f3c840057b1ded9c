/* focus.h - what stands out: proposals for focus areas.
 *
 * The rules stand in the instrument (its block `focus`, def/instrument.h):
 * the program has no variable of its own. Each rule asks one question, and
 * proposes what it finds where that is more than the rule's least share;
 * what differs from a comparison beyond chance (compare.h) is proposed
 * beside them. A proposal is only that: the working group picks, orders and
 * words (store/focus.h).
 *
 * Ranking, the same for everybody who reads it: first by what is at stake,
 * the rule's weight (1..9, the instrument says why), then by how large a
 * part of all that the report is about it concerns, then by the order of the
 * rules. SCORE holds both: weight x 1,000 + thousandths. Same numbers, same
 * order.
 *
 *     focus_questions(in, report, &arena, plan, &count, e)
 *     ... run the plan, take its COUNT tables ...
 *     count = focus_propose(&input, &arena, &list)
 *
 * or focus_make, which does all that. */
#ifndef REPORT_FOCUS_H
#define REPORT_FOCUS_H
#include "feed/feed.h"
#include "report/protect.h"

enum { FOCUS_MAX = 64 };        /* proposals of one report */

/* How a proposal was found. */
enum focus_way {
    FOCUS_PART,                 /* a part of a group, by a rule */
    FOCUS_SUM,                  /* children or services, by a rule */
    FOCUS_MOST,                 /* the largest row of a table, by a rule */
    FOCUS_CHANGE,               /* beside an earlier round */
    FOCUS_COMPARISON            /* beside other municipalities */
};

/* A number of a proposal, as a question: WHERE and OF hold beside the
 * report's own filter. */
struct focus_number {
    const char *where;          /* expression; "": all */
    const char *of;             /* of whom the share is, NULL: no share */
    const char *sum;            /* variable that is added up, NULL: none */
    int64_t n;
    int64_t base;               /* what 100 % is, or OF_NONE */
};

struct focus_proposal {
    const char *id;             /* for the store: "no_plan",
                                 * "unmet.work_training"; the same as long
                                 * as the rule is */
    const char *rule;           /* of the instrument: "unmet"; "compare" */
    enum focus_way way;
    const char *key;            /* MOST: the row's id, else NULL */
    /* All texts are plain, in each language. */
    struct label title;         /* "Planer og koordinering" */
    struct label text;          /* what was found, with its numbers and the
                                 * grades by name: a sentence or two */
    struct label source;        /* the same in the language of texts, each
                                 * number a placeholder (docs/texts.md);
                                 * in[] "" where there is none (compared) */
    struct label found;         /* how it was found, and of whom */
    const struct focus_number *number;  /* the first is the one that counts */
    int number_count;           /* 1.. */
    int score;                  /* see above; falling through the list */
};

struct comparison;              /* compare.h */

struct focus_input {
    const struct instrument *in;        /* bound */
    int report;
    const struct protect_rule *protect; /* NULL: every number is shown;
                                 * else what is hidden is not proposed */
    const struct table *const *tables;  /* as focus_questions added them */
    int table_count;
    const struct comparison *compared;  /* compare.h, or NULL */
};

/* Adds the questions of all rules for report number REPORT to PLAN, which
 * borrows from ARENA; COUNT says how many tables they are (0: the
 * instrument has no rules). */
MUST_CHECK bool focus_questions(const struct instrument *in, int report,
                                struct arena *arena, struct plan *plan,
                                int *count, struct err *e);
/* The proposals, ranked, in ARENA and borrowing from the instrument;
 * returns how many, FOCUS_MAX at most. */
int focus_propose(const struct focus_input *input, struct arena *arena,
                  const struct focus_proposal **list);

/* Counts and proposes; the access log says "focus REPORT". COMPARED may be
 * NULL. The list is in ARENA and borrows from O and COMPARED. */
MUST_CHECK bool focus_make(struct opened *o, const struct actor *actor,
                           int report, const struct protect_rule *protect,
                           const struct comparison *compared,
                           struct arena *arena,
                           const struct focus_proposal **list, int *count,
                           struct err *e);

#endif
