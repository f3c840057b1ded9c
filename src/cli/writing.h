/* writing.h - documents written as --format says. */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H
#include "cli/cli.h"
#include "report/ask.h"
#include "report/make.h"
#include "report/publication.h"
#include "write/write.h"

/* The writer that --format names, FALLBACK where it is not given; WHAT as
 * in writer_find. NULL with E set, which lists those there are. */
const struct writer *writing_format(struct cli *c, const char *fallback,
                                    unsigned what, struct err *e);
/* The texts that --without names, in OUT, which borrows from C. */
void writing_without(struct cli *c, struct publication_without *out);
/* What the municipality of ROUND was called; C's arena. */
const char *writing_municipality(struct cli *c, const struct round *round);
/* FILES of the release P of the round open in O go into the ledger: before
 * they are to be had, so that a file that nobody knows of never is. *NUMBER
 * is the release's. */
MUST_CHECK bool writing_record(struct cli *c, struct opened *o,
                               const struct publication *p,
                               const struct round_release_file *files,
                               int count, int *number, struct err *e);
/* The same, and says so. */
MUST_CHECK bool writing_published(struct cli *c, struct opened *o,
                                  const struct publication *p,
                                  const struct round_release_file *files,
                                  int count, struct err *e);

#endif
