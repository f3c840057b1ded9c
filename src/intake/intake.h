/* intake.h - registrations from and to CSV (interfaces.md, "CSV of
 * registrations"), and units from CSV. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H
#include "feed/feed.h"
#include "store/key.h"

enum { FAULTS_SHOWN = 100 };    /* the rest are counted */

/* Where the reader of a file hears of it. Both get errors whose place is
 * file, row and column; SAY at most FAULTS_SHOWN times, WARN likewise. */
struct listener {
    void (*say)(void *ctx, const struct err *fault);
    void (*warn)(void *ctx, const struct err *warning);
    /* Progress in bytes; TOTAL is 0 where it is not known. May be NULL. */
    void (*progress)(void *ctx, int64_t done, int64_t total);
    void *ctx;
    enum lang lang;             /* of the instrument's own messages */
};

struct import_result {
    int64_t rows;               /* imported, or read if refused */
    int64_t faults, warnings;   /* all, also those not shown */
};

/* Imports FILE ("-": standard input) into the round: all rows, or none and
 * false with E "import.refused". Its own transaction; settles. */
MUST_CHECK bool import_csv(struct opened *o, const struct actor *actor,
                           const char *file, const struct listener *listener,
                           struct import_result *result, struct err *e);
/* The same from LEN bytes of memory: the demo's. */
MUST_CHECK bool import_memory(struct opened *o, const struct actor *actor,
                              const char *name, const char *data, size_t len,
                              const struct listener *listener,
                              struct import_result *result, struct err *e);

/* Every registration by number as CSV, appended to OUT; the access log is
 * written before it returns. A training round is refused. */
MUST_CHECK bool export_csv(struct opened *o, const struct actor *actor,
                           struct buf *out, struct err *e);

/* UNITS.csv: columns unit, name, tier and, if wanted, sector,
 * number_required (tiers, separated by |). Faults go to LISTENER. */
MUST_CHECK bool units_csv(const char *file, struct arena *arena,
                          const struct listener *listener,
                          const struct unit **units, int *count,
                          struct err *e);
MUST_CHECK bool units_memory(const char *name, const char *data, size_t len,
                             struct arena *arena,
                             const struct listener *listener,
                             const struct unit **units, int *count,
                             struct err *e);

/* Verifies every registration of the round: its answers can be decoded and
 * are allowed, its sealed text opens, the registrations that count are those
 * the rules choose, and the file of columns that may have been made of it
 * gives the same numbers (feed/columned.h). Each fault goes to SAY. */
MUST_CHECK bool intake_check(struct opened *o, const struct actor *actor,
                             void (*say)(void *ctx, const struct err *fault),
                             void *ctx, int64_t *faults, struct err *e);

/* The same of the file of all rounds of S at once. */
MUST_CHECK bool intake_check_all(struct store *s, const struct actor *actor,
                                 void (*say)(void *ctx,
                                             const struct err *fault),
                                 void *ctx, int64_t *faults, struct err *e);

/* The person's pseudonym from a number as typed: 11 digits, checked by the
 * round's rules (synthetic or not). TYPED is wiped. ERR_INPUT "ident.*"
 * without a digit of it. */
MUST_CHECK bool intake_pseudonym(const struct opened *o, char *typed,
                                 uint8_t out[PSEUDONYM_BYTES],
                                 struct err *e);
#endif
