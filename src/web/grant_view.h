/* grant_view.h - grants in words: for one's own page, the accounts, and who
 * has had access. */
#ifndef WEB_GRANT_VIEW_H
#define WEB_GRANT_VIEW_H
#include "web/page.h"

struct grant_view {
    struct page *page;
    const struct round **rounds;        /* loaded so far */
    int round_count, round_room;
};

void grant_view_init(struct grant_view *v, struct page *p);
/* Round ID without its definition; NULL where there is none, or it could
 * not be read (p->err). */
const struct round *grant_view_round(struct grant_view *v, const char *id);
/* Unit ID of R, NULL if there is none. R may be NULL. */
const struct unit *grant_view_unit(const struct round *r, const char *id);
/* "Leder"; in P's language. */
const char *grant_duty(struct page *p, enum duty duty);
/* "Bergen 2014 – Psykisk helse Laksevåg – vedtak": where it holds. */
const char *grant_place(struct grant_view *v, const struct grant *g);
/* Into ITEM: "number", "account", "duty", "place", "from", "to" (unset: no
 * end), "granted_by", "ended_by", "reason", and flags "held", "later". */
void grant_put(struct grant_view *v, struct view *item,
               const struct grant *g);
/* The reason of an end in words; "" none. */
const char *grant_reason(struct page *p, const struct grant *g);

/* A moment in words: the day; the minute. In p->arena. */
const char *when_day(struct page *p, int64_t ms);
const char *when_minute(struct page *p, int64_t ms);
/* The first moment of DAY in Oslo. */
int64_t when_begins(int32_t day);
/* A date of the query or form: -1 with a fault at field ID if it is none;
 * DAY_NONE, and true, where it is blank. */
bool when_read(struct page *p, const char *text, const char *id,
               int32_t *day);
#endif
