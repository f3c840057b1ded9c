/* publishing_private.h - what the files of the publication share, for
 * src/store/ only. */
#ifndef STORE_PUBLISHING_PRIVATE_H
#define STORE_PUBLISHING_PRIVATE_H
#include "store/store_private.h"

enum { SUM_TEXT = 65 };         /* a SHA-256 in hex, with its NUL */

/* ERR_INPUT "publishing.training" for a training round. */
MUST_CHECK bool publishing_may(const struct round *r, struct err *e);
/* A part that is written whole: how often it was, 0: never; and its number.
 */
MUST_CHECK bool publish_part(struct store *s, const struct round *r,
                             const char *part, int *revision, int64_t *value,
                             struct err *e);
/* One more writing of PART, which was SEEN: "publishing.changed" else. */
MUST_CHECK bool publish_part_step(struct store *s, const struct round *r,
                                  const char *part, int seen, int64_t value,
                                  struct err *e);
/* TEXT has other than blanks ("publishing.blank"), and is at most MOST
 * characters of plain text ("publishing.words"). */
MUST_CHECK bool publishing_words(const char *text, int most, bool lines,
                                 struct err *e);
void store_sum(const void *bytes, size_t len, char out[SUM_TEXT]);

#endif
