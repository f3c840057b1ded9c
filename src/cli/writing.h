/* writing.h - documents written as --format says. */
#ifndef CLI_WRITING_H
#define CLI_WRITING_H
#include "cli/cli.h"
#include "report/ask.h"
#include "report/make.h"
#include "write/write.h"

/* The writer that --format names, FALLBACK where it is not given; WHAT as
 * in writer_find. NULL with E set, which lists those there are. */
const struct writer *writing_format(struct cli *c, const char *fallback,
                                    unsigned what, struct err *e);
/* What the municipality of ROUND was called; C's arena. */
const char *writing_municipality(struct cli *c, const struct round *round);
/* The municipality's own templates as O's store has them; C's arena. */
MUST_CHECK bool writing_brand(struct cli *c, struct opened *o,
                              struct brand *brand, struct err *e);

#endif
