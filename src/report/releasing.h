/* releasing.h - what the parts of a release share. Private to release*.c.
 *
 *     release.c           numbers by name, what adds up to what
 *     release_table.c     a table as numbers (placing.h)
 *     release_shape.c     its places and sums, by its shape
 *     release_place.c     what stands at a place
 *     release_flow.c      each table by itself (flow.h)
 *     release_earlier.c   what was released before, what else is counted
 *     release_piece.c     the pieces that sets cut a variable into
 *     release_blank.c     having no value
 *     release_link.c      what follows between tables, and groups that all
 *                         have one value
 *     release_family.c    numbers that differ in one attribute only
 *     release_nested.c    numbers that lie in one another
 *     release_added.c     sums of a variable, and what they are made of
 *     release_solve.c     deciding, in order
 *     release_proof.c     whether it is safe, and what more must be hidden
 *     release_round.c     rounding instead of hiding: the tables in order
 *     release_net.c       a table's places as networks (round_net.h)
 *     release_ends.c      its ends, where nobody is shown
 *     release_report.c    a report beside no others
 *     release_answer.c    what others ask of it when it is solved
 *     release_audit.c     why */
#ifndef REPORT_RELEASING_H
#define REPORT_RELEASING_H
#include "def/box.h"
#include "report/protecting.h"
#include "report/proof.h"
#include "report/release.h"

enum { NO_NUMBER = -1,
       FAMILY_MAX = 2000 };     /* sets that are tests of one variable, of
                                 * the same people: "release.many" */

/* One number, shown or following from others. */
struct fact {
    const char *scope, *set;    /* its name; see release.h */
    struct box box, closed;     /* whom it counts, and with what follows */
    bool boxed;                 /* else its name is all there is */
    bool nobody;                /* it can count nobody, as everybody knows */
    int sum;                    /* variable that is added up, or -1 */
    int64_t n;
    int64_t people;             /* that it is made of: of a count N */
    bool printed;               /* stands in a table */
    bool known;                 /* printed whatever is decided */
    bool status;                /* how many lack a value: not sensitive */
    bool sensitive, hidden;
    bool earlier;               /* released before */
    bool told;                  /* shown before: known for good */
    int told_in;                /* the release it was first shown in, or 0 */
    int told_by;                /* of what is open: the last release that
                                 * showed what stands in a sum with it */
    int hidden_in;              /* the release it was first hidden in, 0:
                                 * none before this one */
    bool link;                  /* only there for what it is the sum of */
    bool open;                  /* sensitive, and what was told before tells
                                 * it: nothing can hide it any more */
    enum release_why why;
    int cost;                   /* of hiding it */
    int64_t need;               /* sensitive: what it must be able to be */
    int because;
    bool fixed;                 /* rounded to: */
    int64_t rounded;
    struct stand *stand;        /* where it is, the first first */
    int places;
};

/* A place of a number: a document, and a table of the definition or NULL. */
struct stand {
    const char *document, *table;
    struct stand *next;
};

/* What adds up to nothing: the terms of it. WHOLE: the first is the sum of
 * the others, which are the values of one thing. */
struct sum {
    int first, count;
    bool whole;
};

/* A table's places; each the number that stands there, or NO_NUMBER. */
struct entry {
    const struct table *t;
    const char *document, *name;
    struct doc_table bare;      /* T as protect.c reads it */
    int *cell, *row, *column, *base, *of, *left_out, *in_all;
    int (*outside)[3];
    int all;
    bool blanks;                /* of the page on the data: in_all_n is how
                                 * many it is about */
    int64_t in_all_n;
    struct table *rounded;      /* T as it is shown, of a rule that rounds */
    int split;                  /* its places that its sums would have as
                                 * another multiple */
};

struct release {
    const struct instrument *in;
    struct arena *arena;
    struct protect_rule rule;
    const struct ledger *ledger;
    struct boxes *boxes;
    struct fact *fact;
    int count, room;
    int *slot;                  /* facts by name */
    int slots;
    struct entry *entry;
    int entries, entry_room;
    struct box_side *blank;     /* values of a variable without which one
                                 * derived from it has none */
    int blanks;
    struct sum *sum;
    int sums, sum_room;
    struct proof_term *term;
    int terms, term_room;
    int *asked;                 /* numbers that no table counts: of the
                                 * ledger, what they are parts of, pieces */
    int asked_count, asked_room;
    int odd;                    /* sums that did not add up: our mistake */
    int programs;
    int split;                  /* places where a number is rounded other
                                 * than where it stands first */
    bool accept;                /* what was told before does not refuse */
    int open;                   /* numbers that are told, and small */
    bool solved;
    bool changed;               /* how many a report is about, by few */
    bool many;                  /* more than there is room for */
};

/* ---- release.c ---- */

/* The number of those (or the sum of variable SUM over those) whom X
 * chooses: as it is known, or new with N, made of PEOPLE. */
int release_put(struct release *r, const struct box *x, int sum, int64_t n,
                int64_t people);
/* One that is no box, by a name of its own. */
int release_put_named(struct release *r, const char *set, int64_t n);
/* The number by its name, or NO_NUMBER. */
int release_find(const struct release *r, int sum, const char *set);
/* WHERE as a box; "" and NULL are everybody. It must hold. */
struct box release_box(struct release *r, const char *where);
/* Whom Q is about. */
struct box release_whole(struct release *r, const struct question *q);
/* WHOLE is what the COUNT numbers of PART add up to. */
void release_sum(struct release *r, int whole, const int *part, int count,
                 bool values);
/* The terms, with their weights, add up to nothing. */
void release_weigh(struct release *r, const struct proof_term *term,
                   int count);
void release_hide(struct release *r, int number, enum release_why why);
/* NUMBER stands in DOCUMENT, once more. */
void release_stands(struct release *r, int number, const char *document,
                    const char *table);
/* Where S is: "mental/ip", "report". */
const char *release_stand_text(const struct release *r,
                               const struct stand *s);
bool release_small(const struct release *r, int64_t n);
/* What F, being sensitive, must be able to be. */
int64_t release_need(const struct release *r, const struct fact *f);
/* A new table's room, empty. */
struct entry *release_entry(struct release *r);

/* ---- release_earlier.c ---- */

/* X is counted, too, if it is not counted anyway. LINK: it is only there for
 * what it is the sum of. */
void release_ask(struct release *r, const struct box *x, bool link);

/* ---- release_table.c ---- */

void release_put_table(struct release *r, struct entry *e);

/* ---- release_flow.c ---- */

/* Each table by itself, until none hides more. */
void release_flows(struct release *r);

/* ---- release_link.c ---- */

void release_link(struct release *r);

/* ---- release_blank.c ---- */

/* Before the two below: which values give none to what is derived. */
void release_find_blanks(struct release *r);
/* Whether the values of SIDE are no answer, or give none to what is derived
 * from them. */
bool release_blank(const struct release *r, const struct box_side *side);
/* The values of SIDE that are answers, also to what is derived from it where
 * none of INNER lacks that. */
struct box_side release_with_value(struct release *r,
                                   const struct box_side *side,
                                   const struct box_side *inner);

/* ---- release_family.c ---- */

/* The values that X has of ATTRIBUTE: all, where it does not say. */
struct box_side release_side(struct release *r, const struct box *x,
                             int attribute);
/* Whether X and Y are the same box (by a hash). */
bool release_same(const struct box *x, const struct box *y);
/* The number FACT as one of a family: those of the same people but for
 * ATTRIBUTE, a hash of whom is FAMILY. */
struct member {
    uint64_t family;
    int attribute, sum, fact;
    int64_t width;              /* how many values, for the order */
};
/* EACH family of numbers there are at the beginning, the widest first. */
void release_families(struct release *r,
                      void (*each)(struct release *r, const struct member *m,
                                   int count));
/* The values of each of the COUNT of M, after those of all where these are a
 * number too; how many. More than FAMILY_MAX: none, and there are too many
 * numbers. */
int release_family(struct release *r, const struct member *m, int count,
                   struct box_side **side);
/* What adds up to what in the family of the COUNT members of M. */
void release_link_family(struct release *r, const struct member *m,
                         int count);

/* ---- release_nested.c ---- */

void release_link_nested(struct release *r);

/* ---- release_added.c ---- */

void release_link_sums(struct release *r);

/* ---- release_piece.c ---- */

/* What else must be counted: pieces, and what they add up to. */
void release_ask_pieces(struct release *r);
/* The pieces of COUNT sets of values of one attribute, which are each the
 * union of some; how many. */
int release_pieces(struct release *r, const struct box_side *side, int count,
                   struct box_side **piece);
/* Whether two of them overlap, and neither lies in the other. */
bool release_overlaps(const struct box_side *side, int count);

/* ---- release_round.c ---- */

void release_round(struct release *r);

/* ---- release_net.c ---- */

/* E's table into TO, a copy: all that adds up in it, beside what other tables
 * fixed; E's split. */
void release_round_places(struct release *r, struct entry *e,
                          struct table *to);

/* ---- release_ends.c ---- */

/* Takes off T's first and last lines of numbers that show nobody. */
void release_cut_ends(struct release *r, struct table *t);

/* ---- release_proof.c ---- */

/* Hides until nothing sensitive can be told, but for what is open. */
void release_prove(struct release *r);

#endif
