/* accounts.h - between the administrator's pages of accounts. */
#ifndef WEB_ACCOUNTS_H
#define WEB_ACCOUNTS_H
#include "web/grant_view.h"

/* The choices of a new grant into the view: "duties[]", "places[]",
 * "tiers[]", as {value, label, chosen}, with what was posted chosen. False
 * with p->err set. */
MUST_CHECK bool accounts_put_choices(struct page *p, struct grant_view *v);
/* The posted choices: duty, "ROUND/UNIT", tier, dates. False: faults, or
 * no duty was chosen (*NONE), which a new account may do. */
bool accounts_read_grant(struct page *p, struct grant *g, bool *none);
/* A new grant, for WORK; who gets a duty that asks for a one-time code and
 * has none, is logged out. */
MUST_CHECK bool accounts_grant(struct page *p, struct store *s,
                               struct grant *g, struct err *e);
/* A fault of granting, at the field it is about. False: answered. */
bool accounts_fault(struct page *p);
/* A posted field without blanks around it. */
const char *accounts_field(struct page *p, const char *name);
#endif
