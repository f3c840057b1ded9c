/* help.h - help, the manual and the completion, from the table of commands.
 *
 * Three writers walk the same table: plain text (help.c), roff (help_man.c)
 * and a bash function (help_bash.c). None knows a command by name. */
#ifndef CLI_HELP_H
#define CLI_HELP_H
#include "base/buf.h"
#include "base/lang.h"
#include "cli/command.h"

/* "brukerplan count STORE ROUND [--where EXPR] [--sum VARIABLE]" */
void help_usage(struct buf *out, const struct command *c);
/* "--where EXPR" */
void help_option(struct buf *out, enum option o);
/* KEY.more: what help says beyond the one line; NULL if there is none. */
const char *help_more(enum lang lang, const char *key);

void help_manual(struct buf *out, enum lang lang);
void help_completion(struct buf *out);

#endif
