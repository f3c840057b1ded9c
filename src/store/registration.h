/* registration.h - registrations: written, versioned, read in order.
 *
 * A row knows nothing of the instrument: answers are a blob (calc/answers.h)
 * in the layout of the definition whose number it names. What identifies,
 * and free text, is a sealed blob in a table of its own. */
#ifndef STORE_REGISTRATION_H
#define STORE_REGISTRATION_H
#include "store/round.h"

enum status { STATUS_DRAFT, STATUS_COMPLETE, STATUS_WITHDRAWN };

/* The word of interfaces.md for a status ("draft"), and back (-1 none). */
const char *status_word(enum status status);
int status_of(const char *word, size_t len);

enum { NUMBER_LIMIT = 0x7FFFFFFF };     /* numbers are 1..NUMBER_LIMIT */

struct registration {
    int64_t number;             /* 1.. in the round */
    int unit;                   /* place in the round's units */
    int tier;
    enum status status;
    bool has_pseudonym;
    uint8_t pseudonym[16];
    uint8_t public_id[16];      /* random, what pages and API show */
    int64_t superseded_by;      /* number, 0: none; also 0 where the actor
                                   may not see that one's unit */
    int definition;
    int32_t completed_on;       /* day, or -1 */
    const uint8_t *answers;
    size_t answers_len;
    const uint8_t *sealed;      /* NULL: nothing identifying */
    size_t sealed_len;
};

/* Inserts R; its public_id is made here. Taking a number in use is
 * ERR_INPUT "registration.number_used"; a unit that the actor may not see is
 * "registration.unit_denied". Fast: an import calls it a million times in
 * one transaction. Marks the round as due to be settled; never looks at
 * whether the person is known, so that no time tells. A commit without
 * registration_put_done is refused. */
MUST_CHECK bool registration_put(struct store *s, const struct actor *actor,
                                 struct round *round,
                                 struct registration *r, struct err *e);
enum { REGISTRATIONS_AT_ONCE = 512 };
/* The same of COUNT, REGISTRATIONS_AT_ONCE at most, whose numbers must be
 * free; what is sealed and answers are borrowed until it returns. */
MUST_CHECK bool registration_put_many(struct store *s,
                                      const struct actor *actor,
                                      struct round *round,
                                      struct registration *r, int count,
                                      struct err *e);
/* Calls SEE with every number in use, whoever may see it; stops and returns
 * false where SEE does. */
MUST_CHECK bool registration_numbers(struct store *s,
                                     const struct round *round,
                                     bool (*see)(void *ctx, int64_t number,
                                                 struct err *e),
                                     void *ctx, struct err *e);
/* The access log's record of a bulk write (COUNT rows, numbers
 * FROM..TO), written by the commit; and the round's
 * next_number, TO + 1 or what it was already. Last thing before the commit. */
MUST_CHECK bool registration_put_done(struct store *s,
                                      const struct actor *actor,
                                      struct round *round, int64_t count,
                                      int64_t from, int64_t to,
                                      struct err *e);
/* Replaces everything but number and public_id; what stood there goes into
 * `change` (with time, actor, reason) if it was complete or withdrawn. One
 * that the actor may not see is "registration.unknown" like one that does
 * not exist. Logged. */
MUST_CHECK bool registration_change(struct store *s,
                                    const struct actor *actor,
                                    struct round *round,
                                    const struct registration *r,
                                    const char *reason, struct err *e);
/* How many versions `change` holds of a registration. */
MUST_CHECK bool registration_versions(struct store *s,
                                      const struct actor *actor,
                                      const struct round *round,
                                      int64_t number, int64_t *count,
                                      struct err *e);
/* Whether registration NUMBER counts, or is superseded by one that does,
 * through others if need be, a thousand at most. */
MUST_CHECK bool registration_leads(struct store *s,
                                   const struct round *round, int64_t number,
                                   bool *leads, struct err *e);

/* Reading in order of number. That a registration is superseded by one of
 * a unit that the actor may not see is not seen either: it would tell that
 * the other unit has the same person. ROUND, ACTOR and ASK are borrowed
 * until scan_end. */
struct scan_ask {
    bool with_sealed;           /* the sealed blob too */
    bool complete_only;
    bool counting_only;         /* complete and not (seen as) superseded */
    const char *unit;           /* this unit only; NULL: all */
    int64_t number;             /* this registration only; 0: all */
    const char *what;           /* for the log: the filter or "export" */
};
struct scan;
struct scan *scan_begin(struct store *s, const struct actor *actor,
                        const struct round *round,
                        const struct scan_ask *ask, struct err *e);
/* *R is NULL at the end; borrowed until the next call. */
MUST_CHECK bool scan_next(struct scan *c, const struct registration **r,
                          struct err *e);
/* Writes the log record, naming the registrations read as ranges
 * ("1-3556,3560"), on disk before it returns; call before the first byte of
 * an answer leaves. Frees C; with E already set only frees. */
MUST_CHECK bool scan_end(struct scan *c, struct err *e);

/* Logs a read of COUNT registrations, NUMBERS as ranges, that came from a
 * file made of them; like scan_end, on disk before it returns. */
MUST_CHECK bool registration_log_read(struct store *s,
                                      const struct actor *actor,
                                      const struct round *round,
                                      const char *what, int64_t count,
                                      const char *numbers, struct err *e);

/* The same for what ASK asks for: the record that scan_end would write. */
MUST_CHECK bool registration_log_scan(struct store *s,
                                      const struct actor *actor,
                                      const struct round *round,
                                      const struct scan_ask *ask,
                                      int64_t count, const char *numbers,
                                      struct err *e);

/* Sets superseded_by of one registration (0: it counts). */
MUST_CHECK bool registration_supersede(struct store *s,
                                       const struct round *round,
                                       int64_t number, int64_t by,
                                       struct err *e);
/* The round has been settled. */
MUST_CHECK bool registration_settled(struct store *s, struct round *round,
                                     struct err *e);

/* Counts that a page on the data shows; no answers. COMPLETE is COUNTING
 * and SUPERSEDED; NO_NUMBER of the complete have no pseudonym. */
struct unit_count {
    int64_t complete, counting, superseded, draft, withdrawn, no_number;
};
/* One for each unit of the round, in order; zeros where the actor may not
 * see the unit, and SUPERSEDED as for a scan. Logged. */
MUST_CHECK bool registration_counts(struct store *s,
                                    const struct actor *actor,
                                    const struct round *round,
                                    struct unit_count *out, struct err *e);
#endif
