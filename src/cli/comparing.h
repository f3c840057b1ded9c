/* comparing.h - files of others on the command line, and --compare. */
#ifndef CLI_COMPARING_H
#define CLI_COMPARING_H
#include "cli/cli.h"
#include "report/compare.h"

/* The public keys that --signer names. */
struct signers {
    char key[AGGREGATE_SIGNERS_MAX][SIGNING_HEX];
    int count;
};
MUST_CHECK bool signers_read(const struct cli *c, struct signers *s,
                             struct err *e);
/* The aggregate file FILE, if one of S signed it. Texts in C's arena. Clear
 * A with aggregate_clear, also after failure. BYTES, where it is not NULL,
 * gets what stood in the file. */
MUST_CHECK bool comparing_file(struct cli *c, const char *file,
                               const struct signers *s, struct aggregate *a,
                               struct buf *bytes, struct err *e);

/* What --compare names beside DOC, which was made of the report of the round
 * open in O: *TO, NULL where --compare is not given. PUBLISH: numbers as
 * they were published, else internal. ERR_USAGE "usage.compare" of a
 * document about one unit or a text. End ALL also after failure, when
 * nothing of *TO is needed any more. */
struct compared;
MUST_CHECK bool comparing_begin(struct cli *c, struct opened *o,
                                struct document *doc, bool publish,
                                struct compared **all,
                                struct comparison **to, struct err *e);
void comparing_end(struct compared *all);

/* Sets what --compare names beside DOC, which was made of the report of the
 * round open in O: a section at its end. */
MUST_CHECK bool comparing_add(struct cli *c, struct opened *o,
                              struct document *doc, bool publish,
                              struct err *e);

#endif
