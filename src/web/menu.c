/* menu.c - the menu: rows of the table of pages that have a place in it and
 * that the account may open, in the round it is in. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "def/municipality.h"
#include "web/app_private.h"
#include "web/page_private.h"

const char *
page_municipality(struct page *p)
{
    const struct round *r = p->round->round;
    char *kept = seat_kept(p->seat, p->round, SEAT_NAME);
    const char *name = NULL;

    if (kept != NULL)
        return kept;
    municipality_find(r->municipality, r->year, p->arena, &name);
    if (name == NULL)
        name = arena_printf(p->arena, "%04d", r->municipality);
    kept = mem_take(strlen(name) + 1);
    strcpy(kept, name);
    seat_keep(p->seat, p->round, SEAT_NAME, kept, free);
    return kept;
}

/* The state of ROUND lets the page be opened. */
static bool
state_fits(const struct page_def *d, const struct round *r)
{
    if (r == NULL)
        return true;
    return !((d->flags & PAGE_OPEN) != 0 && r->status != ROUND_OPEN)
           && !((d->flags & PAGE_CLOSED) != 0 && r->status != ROUND_CLOSED)
           && !((d->flags & PAGE_REAL) != 0 && r->training_of[0] != '\0');
}

bool
page_open_to(struct page *p, const struct page_def *d)
{
    bool of_round = route_param(d, "round") >= 0;

    if (of_round && (p->round == NULL
                     || !state_fits(d, p->round->round)))
        return false;
    if (d->right >= RIGHT_COUNT)
        return true;
    return page_power(p, d->right).reach != REACH_NONE;
}

/* The path of D in the page's round; D has no other parameter. */
const char *
page_path(struct page *p, const struct page_def *d)
{
    const char *at = strstr(d->path, "{round}");

    if (at == NULL)
        return d->path;
    return arena_printf(p->arena, "%.*s%s%s", (int)(at - d->path), d->path,
                        p->round->round->id, at + strlen("{round}"));
}

/* A page below PATH is part of it. */
static bool
is_current(const char *path, const char *asked)
{
    size_t n = strlen(path);

    return strncmp(path, asked, n) == 0
           && (asked[n] == '\0' || asked[n] == '/');
}

/* The rows that have a place, in its order. */
enum { MENU_ROWS = 32 };
static const struct page_def *menu_rows[MENU_ROWS + 1];

/* The row with the next place after PLACE, NULL if there is none. */
static const struct page_def *
next_row(int place)
{
    const struct page_def *best = NULL;

    for (const struct page_def *d = page_defs; d->path != NULL; d++)
        if (d->menu > place && (best == NULL || d->menu < best->menu))
            best = d;
    return best;
}

static void
find_rows(void)
{
    const struct page_def *d = next_row(0);

    for (int i = 0; d != NULL; i++, d = next_row(d->menu)) {
        assert(i < MENU_ROWS);
        menu_rows[i] = d;
    }
}

void
page_menu(struct page *p)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct view *list = view_list(p->view, "menu");

    if (p->session == NULL)
        return;
    pthread_once(&once, find_rows);
    for (int i = 0; menu_rows[i] != NULL; i++) {
        const struct page_def *d = menu_rows[i];
        const char *path;
        struct view *item;

        if (!page_open_to(p, d))
            continue;
        path = page_path(p, d);
        item = view_item(list);
        view_text(item, "href", path);
        view_text(item, "label", msg_text(p->lang, d->title));
        view_flag(item, "current",
                  is_current(path, p->request->path));
    }
}
