/* focus.h - the focus areas that a working group picked, in its words.
 *
 * An ordered list a language, written whole. What writes demands an open
 * transaction and the revision that the writer saw ("publishing.changed"
 * where it is another by now); while a text of that language is locked
 * nothing of it can be changed ("publishing.locked"). */
#ifndef STORE_FOCUS_H
#define STORE_FOCUS_H
#include "base/lang.h"
#include "store/round.h"

enum { ROUND_FOCUS_MAX = 12, ROUND_FOCUS_TITLE = 200,
       ROUND_FOCUS_TEXT = 4000 };       /* characters */

struct round_focus {
    const char *proposal;       /* id of the proposal it was made from
                                   (report/focus.h); "" of the group's own */
    const char *title;          /* not blank */
    const char *text;           /* Markdown with numbers bound to the data */
    const char *recommendation; /* the same; "" none */
};

MUST_CHECK bool round_focus_list(struct store *s, const struct round *r,
                                 enum lang lang, struct arena *arena,
                                 const struct round_focus **list, int *count,
                                 int *revision, struct err *e);
/* LIST becomes the whole of it. "publishing.blank" for one without a title,
 * "publishing.words" for a text too long or not plain, "publishing.many". */
MUST_CHECK bool round_focus_set(struct store *s, const struct actor *actor,
                                const struct round *r, enum lang lang,
                                const struct round_focus *list, int count,
                                int seen, struct err *e);
#endif
