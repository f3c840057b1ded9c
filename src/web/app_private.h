/* app_private.h - between app.c, local.c and page.c. */
#ifndef WEB_APP_PRIVATE_H
#define WEB_APP_PRIVATE_H
#include "web/app.h"

/* A page for what the HTTP layer refuses. */
void app_refuse(void *app, struct exchange *x, int status);
/* The writer's local over S, which stays the app's. */
struct local *local_of_writer(struct app *app, struct store *s);
/* Its rounds are out of date. */
void local_forget(struct local *l);
/* When no thread answers any more. */
void local_free_all(struct app *app);

#endif
