/* listen.h - what reading a file says on the way: faults, warnings, and
 * how far it has come. */
#ifndef CLI_LISTEN_H
#define CLI_LISTEN_H
#include "cli/cli.h"
#include "intake/intake.h"

struct listening {
    const struct cli *cli;
    bool terminal;              /* there is somebody to show progress to */
    int percent;                /* shown, or -1 */
};

/* A listener that speaks on standard error; L is borrowed as long as it is
 * used. Progress is shown on a terminal only. */
struct listener listen_begin(struct listening *l, const struct cli *cli);
/* Takes the progress away, and says how many warnings there were where not
 * all were shown. (How many faults, the error of the import says.) */
void listen_end(struct listening *l, const struct import_result *result);

#endif
