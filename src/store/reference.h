/* reference.h - files of others, kept with a round: what it is compared
 * with.
 *
 * An aggregate file of another municipality, a county or the country
 * (report/aggregate.h reads it and checks who signed it; here it is bytes),
 * as it was given. What writes demands an open transaction. */
#ifndef STORE_REFERENCE_H
#define STORE_REFERENCE_H
#include "store/round.h"

enum { ROUND_REFERENCE_MAX = 8 << 20,   /* bytes of a file */
       ROUND_REFERENCES_MAX = 500, ROUND_REFERENCE_TEXT = 200 };

struct round_reference {
    int number;                 /* 1.., never used again */
    const char *name;           /* what people call it: "Oslo 2025" */
    const char *signer;         /* who signed it: a public key as text */
    int64_t added_ms;
    const char *added_by;
    const char *sha256;         /* of its bytes, made by the store */
    size_t len;
};

/* By number. */
MUST_CHECK bool round_reference_list(struct store *s, const struct round *r,
                                     struct arena *arena,
                                     const struct round_reference **list,
                                     int *count, struct err *e);
/* The bytes of file NUMBER, in ARENA, with a NUL behind them;
 * "publishing.no_reference" where there is none. */
MUST_CHECK bool round_reference_read(struct store *s, const struct round *r,
                                     int number, struct arena *arena,
                                     const char **bytes, size_t *len,
                                     struct err *e);
/* Of FILE name and signer are looked at: 1..ROUND_REFERENCE_TEXT
 * characters. The same bytes twice are "publishing.twice"; past a ceiling
 * "publishing.long", "publishing.many". */
MUST_CHECK bool round_reference_add(struct store *s,
                                    const struct actor *actor,
                                    const struct round *r,
                                    const struct round_reference *file,
                                    const void *bytes, size_t len,
                                    int *number, struct err *e);
MUST_CHECK bool round_reference_remove(struct store *s,
                                       const struct actor *actor,
                                       const struct round *r, int number,
                                       struct err *e);
#endif
