/* msg.h - the program's own texts, by symbolic key and language.
 *
 * Texts stand in po/nb.po, nn.po and en.po (msgid is the key), are compiled
 * by msgfmt and embedded; a test finds every key of the sources in all
 * three. glibc's gettext is not used: it chooses a language per process,
 * and a server needs it per reader. {1}..{9} stand for arguments. */
#ifndef BASE_MSG_H
#define BASE_MSG_H
#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"

/* The text under KEY, borrowed for ever. A key that is missing is our own
 * mistake: asserted, and shown as itself without assertions. */
const char *msg_text(enum lang lang, const char *key);
bool msg_has(enum lang lang, const char *key);

/* The text under KEY with its arguments in place, appended to OUT. */
void msg_put(struct buf *out, enum lang lang, const char *key, int args,
             const char *const *arg);

/* "FILE:LINE:COLUMN:FIELD: fact; hint" of E, without the parts it has not,
 * and without a line feed. */
void msg_error(struct buf *out, enum lang lang, const struct err *e);

#endif
