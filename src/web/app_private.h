/* app_private.h - between app.c, seat.c and page.c. */
#ifndef WEB_APP_PRIVATE_H
#define WEB_APP_PRIVATE_H
#include "web/app.h"

/* A page for what the HTTP layer refuses. */
void app_refuse(void *app, struct exchange *x, int status);
/* The writer's seat, over S, which stays the app's. */
struct seat *seat_of_writer(struct app *app, struct store *s);
/* The writer's rounds are out of date from the next group on. */
void seat_outdate(struct seat *l);
/* After a group: lets go of what is out of date, or UNDONE. Never within
 * one: its jobs look at their rounds until all have been told. */
void seat_after(struct seat *l, bool undone);
/* When no thread answers any more. */
void seat_free_all(struct app *app);

#endif
