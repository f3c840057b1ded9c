/* release.h - the ledger: what has been published of a round.
 *
 * A release is everything that was handed out together: which documents,
 * by which rule, and every number in them, each the count of a set of
 * recipients that its canonical expression names (report/release.h makes
 * them; here a set is text). What is released stays known for good, so
 * nothing of it is ever changed or taken away.
 *
 * The same release again is found by its hash: it is not added twice, only
 * the documents that are new in it are. A training round has none
 * ("publishing.training"). */
#ifndef STORE_RELEASE_H
#define STORE_RELEASE_H
#include "store/round.h"

enum { ROUND_RELEASES_MAX = 500, ROUND_RELEASE_NUMBERS = 200000,
       ROUND_RELEASE_SET = 16 * 1024,   /* bytes of a set, of a rule */
       ROUND_RELEASE_WORD = 64 };       /* of a scope, document, format */

/* A number that was released, or hidden in what was. */
struct round_number {
    const char *scope;          /* what it counts: "recipients", ... */
    const char *set;            /* canonical */
    int64_t value;              /* what was shown; 0 where HIDDEN */
    bool hidden;
    bool sensitive;             /* hidden because it is small or tells an
                                   attribute, not to protect another */
};

struct round_release {
    int number;                 /* 1.. of the round */
    int64_t at_ms;              /* set by the store */
    const char *by;             /* likewise */
    const char *rule;           /* "threshold=5 attribute=10 ...": text */
    int definition;             /* number of the round's definition */
    const char *sha256;         /* of that definition */
    const char *hash;           /* of all that was released: 64 hex digits,
                                   made by the caller */
    int numbers;                /* how many there are; set by the store */
    int hidden;                 /* how many of them were; likewise */
};

/* A document in a format that was handed out with a release. */
struct round_release_file {
    int release;
    const char *document;       /* "report", "slides", "mental", ... */
    const char *format;         /* "docx" */
    const char *lang;           /* "nb" */
    int64_t at_ms;
    const char *by;
};

/* In an open transaction: adds the release with COUNT numbers, unless its
 * hash is known, and the FILE_COUNT files (document, format and lang are
 * looked at) that are new in it. *NUMBER is the release's. Past a ceiling:
 * "publishing.many", "publishing.long". */
MUST_CHECK bool round_release_add(struct store *s, const struct actor *actor,
                                  const struct round *r,
                                  const struct round_release *release,
                                  const struct round_number *list, int count,
                                  const struct round_release_file *files,
                                  int file_count, int *number,
                                  struct err *e);
/* All, oldest first. */
MUST_CHECK bool round_release_list(struct store *s, const struct round *r,
                                   struct arena *arena,
                                   const struct round_release **list,
                                   int *count, struct err *e);
/* The numbers of release NUMBER in the order they were given; 0: of all
 * releases, oldest release first. */
MUST_CHECK bool round_release_numbers(struct store *s, const struct round *r,
                                      int number, struct arena *arena,
                                      const struct round_number **list,
                                      int *count, struct err *e);
/* The files of all releases, by release, then as they were made. */
MUST_CHECK bool round_release_files(struct store *s, const struct round *r,
                                    struct arena *arena,
                                    const struct round_release_file **list,
                                    int *count, struct err *e);
#endif
