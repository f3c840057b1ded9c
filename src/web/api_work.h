/* api_work.h - registrations as API calls show them. */
#ifndef WEB_API_WORK_H
#define WEB_API_WORK_H
#include "store/work.h"
#include "web/api.h"
#include "web/form.h"

/* The members of RegistrationBrief for W, whose answers are in F. */
void api_put_work(struct json *j, struct page *p, const struct form *f,
                  const struct work *w);
/* Member "unanswered": the ids of what is asked and unanswered. */
void api_put_open(struct json *j, struct page *p, const struct form *f);

#endif
