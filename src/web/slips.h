/* slips.h - sign-in slips, shown once: a sheet to print and cut up. */
#ifndef WEB_SLIPS_H
#define WEB_SLIPS_H
#include "store/account.h"
#include "web/page.h"

enum { SLIP_DAYS = 7, SLIP_RESET_DAYS = 1, SLIPS_MAX = 200 };

struct slip {
    const char *account, *name;
    bool reset;                 /* it has a password: forget that */
    char code[CODE_TEXT];       /* out */
};

/* For WORK: a code for each, valid until UNTIL_MS. */
MUST_CHECK bool slips_make(struct store *s, const struct actor *actor,
                           struct slip *list, int count, int64_t until_ms,
                           struct err *e);
/* Answers with the sheet; BACK is the path of the page to go on to. */
void slips_show(struct page *p, const struct slip *list, int count,
                int64_t until_ms, const char *back);
#endif
