/* form_usual.h - which services a unit gives most, so that its form has them
 * first. */
#ifndef WEB_FORM_USUAL_H
#define WEB_FORM_USUAL_H
#include "web/page.h"

/* How many of UNIT's complete registrations, up to yesterday, say that each
 * service was received: by variable, zeros elsewhere, in ARENA. Of yesterday
 * and not of now, so that nothing moves while one registers, and all
 * threads show the same. The log says that the server read them; a training
 * round has none. NULL with p->err set. */
const int64_t *form_usual(struct page *p, int unit, struct arena *arena);

#endif
