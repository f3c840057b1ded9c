/* definition.h - instrument definitions, by file or by a built-in's id. */
#ifndef CLI_DEFINITION_H
#define CLI_DEFINITION_H
#include "cli/cli.h"

/* The definition NAME: the id of one that the program carries, or a file.
 * TEXT and FILE (its name in messages) belong to C's arena. */
MUST_CHECK bool definition_text(struct cli *c, const char *name,
                                const char **text, size_t *len,
                                const char **file, struct err *e);
/* The same, read and checked; free with instrument_free. NULL with E. */
struct instrument *definition_read(struct cli *c, const char *name,
                                   struct err *e);
/* Whether the tables of every report of IN, which is bound, can be counted:
 * what can stand together in a table is not known to the reader of
 * definitions, but to tab. */
MUST_CHECK bool definition_counts(const struct instrument *in,
                                  struct err *e);

#endif
