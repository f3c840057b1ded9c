/* comparing.h - files of others on the command line, and --compare. */
#ifndef CLI_COMPARING_H
#define CLI_COMPARING_H
#include "cli/cli.h"
#include "report/compare_round.h"

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

/* What --compare names, in the order given: rounds of the store and files. */
struct compared {
    struct compare_round round[COMPARE_COLUMNS_MAX];
    struct aggregate file[COMPARE_COLUMNS_MAX];
    int rounds, files;
    struct compare_kept kept;
    struct compare_beside beside[COMPARE_COLUMNS_MAX];
    int count;
};
/* Reads all of it to stand beside the round open in O. REPORT: an id, the
 * only report that is to be compared; NULL: all. PUBLISH: numbers as they
 * were published, else internal. End ALL also after failure, when nothing of
 * it is needed any more. */
MUST_CHECK bool comparing_read(struct cli *c, struct opened *o,
                               const char *report, bool publish,
                               struct compared **all, struct err *e);
void comparing_end(struct compared *all);
/* The same, with the files that are kept with the round first. */
MUST_CHECK bool comparing_kept(struct cli *c, struct opened *o,
                               struct compared **all, struct err *e);

/* What --compare names beside DOC, which was made of the report of the round
 * open in O: *TO, NULL where --compare is not given. Numbers are internal.
 * ERR_USAGE "usage.compare" of a document about one unit. End ALL also after
 * failure. */
MUST_CHECK bool comparing_begin(struct cli *c, struct opened *o,
                                struct document *doc,
                                struct compared **all,
                                struct comparison **to, struct err *e);

#endif
