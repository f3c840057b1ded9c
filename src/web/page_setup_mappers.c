/* page_setup_mappers.c - who registers: mappers announced by pasting a list,
 * shown by unit, ended with a reason.
 *
 * A line is "name; user id; unit; tier". Every line is checked before
 * anything is written, and all is written or nothing. Who has an account
 * keeps it; who has none gets one, without a password until a slip is
 * printed. State NAV staff, who are in no directory of the municipality, are
 * announced like everybody else. Who is announced already is passed over, so
 * that the same list can be pasted again. A leader sees and announces those
 * of the own unit only. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "store/account.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { LINES_MOST = 500, FAULTS_MOST = 20, CELLS = 4 };
enum { CELL_NAME, CELL_ID, CELL_UNIT, CELL_TIER };

/* One line that was pasted. */
struct announced {
    const char *name, *id;
    int unit, tier;             /* tier 0: all */
};

struct pasted {
    struct announced *list;
    int count, faults;
};

/* The grants that hold now of the units that may be seen. */
static bool
load(struct page *p, struct store *s, const struct grant **list, int *count,
     struct err *e)
{
    const struct grant_ask ask = {
        .round = p->round->round->id, .duty = DUTY_MAPPER,
        .from_ms = p->now_ms, .to_ms = p->now_ms + 1
    };

    return grant_list(s, &ask, p->arena, list, count, e);
}

static bool
put_mapper(struct page *p, struct view *list, const struct grant *g)
{
    const struct round *r = p->round->round;
    const struct account *a;
    struct view *item;

    if (!account_find(p->store, g->account, p->arena, &a, &p->err))
        return false;
    item = view_item(list);
    view_text(item, "who", a != NULL ? a->name : g->account);
    view_text(item, "user", g->account);
    view_text(item, "tier",
              g->tier == 0 ? msg_text(p->lang, "setup.all_tiers")
              : arena_printf(p->arena, "%d", g->tier));
    view_text(item, "since", setup_date(p, day_oslo(g->from_ms), false));
    view_flag(item, "ready", a != NULL && a->has_password);
    view_text(item, "href",
              arena_printf(p->arena, "/rounds/%s/mappers/%s", r->id,
                           g->account));
    return true;
}

static bool
put_units(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *units = view_list(p->view, "units");
    const struct grant *list;
    int count;

    if (!load(p, p->store, &list, &count, &p->err))
        return false;
    for (int i = 0; i < r->unit_count; i++) {
        struct view *unit, *mappers;
        bool any = false;

        if (!page_may(p, r->units[i].id, REACH_UNIT))
            continue;
        unit = view_item(units);
        view_text(unit, "unit", r->units[i].name);
        view_text(unit, "unit_id", r->units[i].id);
        view_flag(unit, "off", r->units[i].off);
        mappers = view_list(unit, "mappers");
        for (int j = 0; j < count; j++) {
            if (strcmp(list[j].unit, r->units[i].id) != 0)
                continue;
            any = true;
            if (!put_mapper(p, mappers, &list[j]))
                return false;
        }
        view_flag(unit, "any", any);
    }
    return true;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field field = {
        "mappers", "setup.announce", SETUP_AREA, 0, true
    };
    struct view *item;

    if (!put_units(p)) {
        page_fail(p);
        return;
    }
    item = setup_field(p, view_list(p->view, "paste"), &field, "", bad);
    view_int(item, "rows", 8);
    view_flag(item, "mono", true);
    view_text(p->view, "post", arena_printf(p->arena, "/rounds/%s/mappers",
                                            p->round->round->id));
    setup_show(p, SETUP_MAPPERS, "setup_mappers");
}

void
page_setup_mappers(struct page *p)
{
    show(p, NULL);
}

/* --- announcing */

/* Says what is wrong with line LINE, of which CELL is to be shown. */
static void
fault(struct page *p, struct pasted *all, int line, const char *key,
      const char *cell)
{
    char quoted[QUOTE_MAX];
    const char *text;

    if (all->faults++ >= FAULTS_MOST)
        return;
    err_quote(quoted, sizeof quoted, cell, strlen(cell));
    text = PAGE_TEXT(p, key, quoted);
    page_fault_text(p, "mappers",
                    PAGE_TEXT(p, "setup.line",
                              arena_printf(p->arena, "%d", line), text));
}

/* The cells of a line, without the blanks around them. */
static int
split(struct page *p, const char *line, size_t len, const char *cell[CELLS])
{
    const char *end = line + len;
    int n = 0;

    for (int i = 0; i < CELLS; i++)
        cell[i] = "";
    for (const char *at = line; at <= end && n < CELLS + 1; n++) {
        const char *stop = at;
        char *text;

        while (stop < end && *stop != ';' && *stop != '\t')
            stop++;
        if (n < CELLS) {
            text = arena_text_n(p->arena, at, (size_t)(stop - at));
            text += strspn(text, " \r");
            for (size_t k = strlen(text);
                 k > 0 && strchr(" \r", text[k - 1]) != NULL; k--)
                text[k - 1] = '\0';
            cell[n] = text;
        }
        at = stop + 1;
    }
    return n;
}

/* The unit called so, by id or name; of one only, it need not be said. */
static int
find_unit(struct page *p, const char *name)
{
    const struct round *r = p->round->round;
    int only = -1, reached = 0;

    for (int i = 0; i < r->unit_count; i++) {
        const struct unit *u = &r->units[i];

        if (u->off || !page_may(p, u->id, REACH_UNIT))
            continue;
        if (strcmp(u->id, name) == 0
            || utf8_compare_nordic(u->name, name) == 0
            || strcmp(setup_slug(p, u->name, ID_MAX),
                      setup_slug(p, name, ID_MAX)) == 0)
            return i;
        only = i;
        reached++;
    }
    return *name == '\0' && reached == 1 ? only : -1;
}

static bool
offers(const struct unit *u, int tier)
{
    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return true;
    return false;
}

static bool
name_good(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < n; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            return false;
    return n > 0 && n <= ACCOUNT_NAME_MAX;
}

/* Two lines of one person in one unit and tier. */
static bool
is_there(const struct pasted *all, const struct announced *a)
{
    for (int i = 0; i < all->count; i++) {
        const struct announced *b = &all->list[i];

        if (strcmp(a->id, b->id) == 0 && a->unit == b->unit
            && a->tier == b->tier)
            return true;
    }
    return false;
}

static const char *
lower(struct page *p, const char *id)
{
    char *text = arena_text(p->arena, id);

    for (char *c = text; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
    return text;
}

/* The account that there may be is not an ended one, nor one's own. */
static void
check_account(struct page *p, struct pasted *all, int line,
              const struct announced *a)
{
    const struct account *account;

    if (strcmp(a->id, p->account) == 0) {
        fault(p, all, line, "setup.mapper_self", a->id);
        return;
    }
    if (!account_find(p->store, a->id, p->arena, &account, &p->err)) {
        all->faults++;
        return;
    }
    if (account != NULL && account->ended_ms != 0)
        fault(p, all, line, "setup.mapper_ended", a->id);
}

static void
take_line(struct page *p, struct pasted *all, int line, const char *text,
          size_t len)
{
    const struct round *r = p->round->round;
    struct announced a = { .tier = 0 };
    const char *cell[CELLS];
    int cells = split(p, text, len, cell), before = all->faults;

    if (cells > CELLS || cells < 2) {
        fault(p, all, line, "setup.mapper_cells", "");
        return;
    }
    a.name = cell[CELL_NAME];
    a.id = lower(p, cell[CELL_ID]);
    a.unit = find_unit(p, cell[CELL_UNIT]);
    if (!name_good(a.name))
        fault(p, all, line, "setup.mapper_name", a.name);
    if (!account_id_ok(a.id))
        fault(p, all, line, "setup.mapper_id", a.id);
    else
        check_account(p, all, line, &a);
    if (a.unit < 0)
        fault(p, all, line, cell[CELL_UNIT][0] != '\0'
              ? "setup.mapper_unit" : "setup.mapper_no_unit",
              cell[CELL_UNIT]);
    if (cell[CELL_TIER][0] != '\0') {
        a.tier = setup_number(cell[CELL_TIER]);
        if (a.unit >= 0 && !offers(&r->units[a.unit], a.tier))
            fault(p, all, line, "setup.mapper_tier", cell[CELL_TIER]);
    }
    if (all->faults == before && !is_there(all, &a))
        all->list[all->count++] = a;
}

/* Every line, checked; false, and shown again, if there is a fault. */
static bool
take(struct page *p, struct pasted *all)
{
    const char *at = page_field(p, "mappers");
    int line = 0, lines = 1;

    for (const char *c = at; *c != '\0'; c++)
        lines += *c == '\n';
    if (lines > LINES_MOST) {
        setup_refuse(p, "mappers", "setup.mapper_many", show);
        return false;
    }
    all->list = arena_array(p->arena, (size_t)lines, sizeof *all->list);
    while (*at != '\0') {
        size_t len = strcspn(at, "\n");

        line++;
        if (strspn(at, " \t\r") < len)
            take_line(p, all, line, at, len);
        at += len + (at[len] == '\n');
    }
    if (all->faults == 0 && all->count == 0) {
        setup_refuse(p, "mappers", "setup.mapper_none", show);
        return false;
    }
    if (all->faults > 0 && p->err.code != ERR_NONE)
        page_fail(p);
    else if (all->faults > 0)
        show(p, NULL);
    return all->faults == 0;
}

static bool
has_grant(const struct grant *list, int count, const struct round *r,
          const struct announced *a)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].account, a->id) == 0
            && strcmp(list[i].unit, r->units[a->unit].id) == 0
            && (list[i].tier == 0 || list[i].tier == a->tier))
            return true;
    return false;
}

static bool
announce_one(struct page *p, struct store *s, const struct round *r,
             const struct announced *a, struct err *e)
{
    struct grant g = {
        .account = a->id, .duty = DUTY_MAPPER, .round = r->id,
        .unit = r->units[a->unit].id, .tier = a->tier
    };
    const struct account *account;

    if (!account_find(s, a->id, p->arena, &account, e))
        return false;
    if (account == NULL
        && !account_add(s, &p->actor, a->id, a->name, LANG_NB, e))
        return false;
    return grant_add(s, &p->actor, &g, e);
}

static bool
announce(struct page *p, struct store *s, struct opened *round, void *ctx,
         struct err *e)
{
    const struct pasted *all = ctx;
    const struct grant *list;
    int count;

    if (!load(p, s, &list, &count, e))
        return false;
    for (int i = 0; i < all->count; i++)
        if (!has_grant(list, count, round->round, &all->list[i])
            && !announce_one(p, s, round->round, &all->list[i], e))
            return false;
    return true;
}

void
page_setup_mappers_save(struct page *p)
{
    struct pasted all = { 0 };

    if (take(p, &all) && setup_write(p, announce, &all, show))
        page_redirect_notice(p, "said.setup_announced", "/rounds/%s/mappers",
                             p->round->round->id);
}
