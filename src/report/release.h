/* release.h - disclosure control over everything that is published together,
 * and over what was published before.
 *
 * A release knows numbers, not pages. Each number is the count of a set of
 * recipients (or the sum of a variable over one), named by a canonical
 * expression of the filter language; the same set asked for in two tables, a
 * sentence and a chart is one number, shown or hidden everywhere. Equations
 * say what adds up to what, in a table and between tables.
 *
 *     r = release_new(in, &rule, ledger, &arena)
 *     release_add(r, "mental", table)     every table of every document
 *     release_questions(r, plan, &n, e)   what else must be counted
 *     release_add_counted(r, tables)      its answers, and the ledger
 *     release_solve(r, e)
 *     rule.release = r; ... build documents with it (protect.h) ...
 *
 * Sensitive is every number of people from 1 to threshold - 1, also one that
 * is not printed but follows from two that are; and that a group of fewer
 * than `attribute` people all have one value. After solving, all that is
 * shown, now and in earlier releases, fits another truth in which the
 * sensitive number is THRESHOLD or more, or not all have the value. A reader
 * is taken to know how many are registered in all, that a hidden number is
 * not 0 (but where the zeros of a group tell), and how sets lie in one
 * another. In later releases new zeros are hidden, too, unless they follow
 * from those that were shown: what is hidden there may be 0. How many lack a
 * value is not sensitive: where few do, it is not told how.
 *
 * A rule with round_to hides nothing. Then solving rounds every number to a
 * multiple of it just below or above, such that each table adds up, and
 * documents are built of the rounded tables (release_rounded): whatever is
 * made of them, a share, a sentence, a condition, is made of rounded
 * numbers. Where nothing else hinders it a number is the nearest multiple,
 * and the same wherever it stands, now and in later releases. */
#ifndef REPORT_RELEASE_H
#define REPORT_RELEASE_H
#include "report/protect.h"
#include "store/release.h"

enum {
    RELEASE_NUMBERS_MAX = 100000        /* "release.many" */
};

/* What was published before: the store's list, oldest first. */
struct ledger {
    const struct round_number *number;
    int count;
    int round_to;               /* by which they were rounded, 0: hidden */
    const int *release;         /* the release of each, rising from 1; NULL:
                                 * all of the first */
    int threshold;              /* the lowest of those that hid, 0: not
                                 * known */
};

/* RULE is copied but for its release; LEDGER may be NULL. All in ARENA. */
struct release *release_new(const struct instrument *in,
                            const struct protect_rule *rule,
                            const struct ledger *ledger,
                            struct arena *arena);
/* T is of the document DOCUMENT (kept, for the audit), and of the whole
 * publication: a table that may be shown in some branch of a text is added
 * too. T must stay until the documents are built: it is how the builder's
 * tables are found again. */
void release_add(struct release *r, const char *document,
                 const struct table *t);
/* After all tables: adds to PLAN what else must be counted, numbers of
 * earlier releases that are in none of them. COUNT says how many tables they
 * are; with 0 nothing need be counted. */
MUST_CHECK bool release_questions(struct release *r, struct plan *plan,
                                  int *count, struct err *e);
/* The answers, and all else that was released: call it also without any. */
void release_add_counted(struct release *r,
                         const struct table *const *tables);
/* The N whom WHERE chooses are told in any case (how many a report is
 * about), unless they are few. */
void release_know(struct release *r, const char *where, int64_t n);
/* The N whom WHERE chooses are told in a sentence, unless release_hides. */
void release_print(struct release *r, const char *document,
                   const char *where, int64_t n);
/* Of T only who has no value is shown: its bases and those outside them. A
 * table of figures has three for each variable, whose id they have: who
 * answered, does not know, was not asked, of ALL that it is about. */
void release_add_blanks(struct release *r, const char *document,
                        const struct table *t, int64_t all);
/* Decides. ERR_INPUT "release.many"; "release.changed" where the data have
 * changed by so few since an earlier release that nothing can hide it;
 * "release.told" where earlier releases alone tell a small number, whatever
 * is hidden now (the rule was a lower threshold then, or the data have
 * changed): their count, and where they stand; where no threshold was lower
 * "release.told_same", which has one of their sets, and by which release. */
MUST_CHECK bool release_solve(struct release *r, struct err *e);
/* Before that: what earlier releases tell alone does not refuse. It is hidden
 * where it can be, and the audit has it (WHY_TOLD). */
void release_accept(struct release *r);
/* False with "release.told" where release_accept let something pass. */
MUST_CHECK bool release_told(const struct release *r, struct err *e);

/* T, which was added, as a rule that rounds has it; after solving. */
const struct table *release_rounded(const struct release *r,
                                    const struct table *t);

/* COUNT tables beside no others, as RULE (may be NULL) shows them: the same
 * where it does not round. Those of a definition are OWN; after them comes
 * the program's own question how many it is about, then of whom there is no
 * value. */
MUST_CHECK bool release_round_tables(const struct instrument *in,
                                     const struct protect_rule *rule,
                                     const struct table **tables, int own,
                                     int count, struct arena *arena,
                                     struct err *e);
/* What stands on the page on the data beside tables (report_input): where its
 * rule rounds, those who are on lists, rounded. */
struct report_input;
void release_round_around(struct report_input *input, struct arena *arena);

/* The places of one table: what may not be shown. */
struct release_marks {
    bool *cell, *row, *column, *base, *of, *left_out;
    bool (*outside)[3];         /* unanswered, unknown, not asked */
    bool all;
};
/* Of T, which was added; in ARENA. */
struct release_marks release_marks(const struct release *r,
                                   const struct table *t,
                                   struct arena *arena);
/* Whether the count of the recipients that WHERE chooses (an expression that
 * holds; "": all) may not be shown. One that was not added may not. */
bool release_hides(struct release *r, const char *where);
/* The same of those of WHERE who have an answer in the variable VARIABLE. */
bool release_hides_answered(struct release *r, const char *where,
                            const char *variable);

/* ---- after solving: the ledger and the audit ---- */

enum release_why {
    WHY_SHOWN, WHY_SMALL, WHY_ATTRIBUTE, WHY_COMPLEMENT, WHY_EARLIER,
    WHY_STATUS,                 /* few lack a value: not told how */
    WHY_TOLD                    /* earlier releases tell it already */
};
/* "small", ...; in words. */
const char *release_why_word(enum release_why why);
const char *release_why_text(enum release_why why, enum lang lang);

struct release_number {
    const char *scope;          /* "recipients", "sum:VARIABLE" */
    const char *set;            /* canonical expression; "": everybody */
    int64_t n;                  /* the true one: internal */
    int64_t shown;              /* rounded; else the true one again */
    bool hidden, sensitive;
    bool earlier;               /* of the ledger only: not in this one */
    enum release_why why;
    const char *because_set;    /* COMPLEMENT: a number that would be told
                                 * without it, which may stand in no table;
                                 * NULL: not known */
    const char *because_where;  /* where that stands; "": nowhere */
    int limit;                  /* hidden for being, or of a group, below;
                                 * 0: for another's sake */
    const char *document, *table;       /* where it first stands; NULL of
                                 * earlier ones, and of those that stand
                                 * nowhere but follow from others */
    const char *where;          /* all of it: "mental/ip, report" */
    int places;                 /* how often */
};
/* All that is published or was, and what is sensitive and follows from it,
 * in the order they were added. */
const struct release_number *release_numbers(const struct release *r,
                                             int *count);
/* The numbers as the ledger takes them, without the earlier; and their
 * SHA-256 in hex, by which the same release is known again. Scopes:
 * "recipients", "sum:VARIABLE", "status" (how many lack a value) and
 * "other", whose set is a name and no expression. */
const struct round_number *release_ledger(const struct release *r,
                                          struct arena *arena, int *count,
                                          char hash[65]);
/* Table I that was added, NULL after the last, and its document. */
const struct table *release_table_at(const struct release *r, int i,
                                     const char **document);
/* Whether the cells of table I are not shown: only who has no value. */
bool release_blanks_at(const struct release *r, int i);
/* The rule in words of the ledger: "threshold=5 attribute=10", or "round=5";
 * what such words round to, 0: nothing; their threshold, 0: none. */
void release_rule(const struct release *r, char *out, size_t size);
int release_rule_rounds(const char *rule);
int release_rule_threshold(const char *rule);
struct release_stats {
    int tables, numbers, equations, sensitive, hidden, programs;
    int odd;                    /* sums that did not add up: must be 0 */
    int moved;                  /* numbers that rounding changed */
    int split;                  /* places where a table's sums made a number
                                 * another multiple than where it stands
                                 * first */
};
struct release_stats release_stats(const struct release *r);
/* The audit, for the working group and never to be published: every hidden
 * number, where, how large, and why. */
void release_audit_csv(const struct release *r, enum lang lang,
                       struct buf *out);
void release_audit_json(const struct release *r, struct buf *out);

#endif
