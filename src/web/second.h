/* second.h - setting up an authenticator: its secret as a picture and as
 * text, the first code, and the recovery codes that come with it.
 *
 * The secret is made when the page is first shown, and comes back with the
 * form, so that a mistyped code leaves the picture as it was scanned. What
 * the form says of it is only shown again: the code is held against what
 * the store has. */
#ifndef WEB_SECOND_H
#define WEB_SECOND_H
#include "store/account.h"
#include "web/page.h"

struct second {
    bool right;
    int64_t wait_ms;
    char code[RECOVERY_CODES][CODE_TEXT];
};

/* Into the view: "secret", "secret_words" in groups, "qr" {size, path}.
 * On a worker thread: it may write. False: answered. */
bool second_put(struct page *p, const char *account);
/* For WORK: the form's "code" is of the new secret, which holds from now on,
 * with eight new recovery codes. */
MUST_CHECK bool second_confirm(struct page *p, struct store *s,
                               const struct actor *self,
                               struct second *out, struct err *e);
/* The fault where it was not. */
void second_fault(struct page *p, const struct second *second);
/* Answers with the recovery codes, which are not shown again. */
void second_show_codes(struct page *p, const struct second *second);
#endif
