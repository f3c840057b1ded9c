/* page_progress.c - progress as a page: units by days, what needs following
 * up, who was not registered and why. The numbers are progress.c's. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "web/pages.h"
#include "web/progress.h"

static const char *
number(struct page *p, int64_t n)
{
    return n == NOT_SAID ? "–" : format_int(p->arena, p->lang, n);
}

static void
put_number(struct page *p, struct view *v, const char *name, int64_t n)
{
    view_text(v, name, number(p, n));
    view_flag(v, arena_printf(p->arena, "%s_zero", name), n == 0);
}

static int64_t
reasons_of(const struct progress_count *c)
{
    int64_t n = 0;

    for (int k = 0; k < REASON_COUNT; k++)
        n += c->reason[k];
    return n;
}

static void
put_count(struct page *p, struct view *v, const struct progress_count *c)
{
    put_number(p, v, "expected", c->expected);
    put_number(p, v, "started", c->started);
    put_number(p, v, "done", c->done);
    put_number(p, v, "not_registered", reasons_of(c));
    put_number(p, v, "left", c->left);
}

/* ---- who a row is about ---- */

static bool
has_tiers(const struct progress *g, int row)
{
    int unit = g->row[row].unit;

    return (row > 0 && g->row[row - 1].unit == unit)
           || (row + 1 < g->row_count && g->row[row + 1].unit == unit);
}

static const char *
tier_words(struct page *p, const struct unit *unit, int tier)
{
    char digit[2] = { (char)('0' + tier % 10), '\0' };

    for (int i = 0; i < unit->tier_count; i++)
        if (unit->tiers[i].tier == tier && unit->tiers[i].words != NULL
            && unit->tiers[i].words[0] != '\0')
            return unit->tiers[i].words;
    return PAGE_TEXT(p, "progress.tier", arena_text(p->arena, digit));
}

static void
put_name(struct page *p, struct view *v, const struct progress *g, int row)
{
    const struct unit *u = &p->round->round->units[g->row[row].unit];

    view_text(v, "unit", u->name);
    if (has_tiers(g, row))
        view_text(v, "tier", tier_words(p, u, g->row[row].tier));
}

/* ---- days ---- */

static const char *
weekday(struct page *p, int32_t day)
{
    return msg_text(p->lang, arena_printf(p->arena, "progress.weekday_%d",
                                          day_weekday(day)));
}

/* "27.5." */
static const char *
short_day(struct page *p, int32_t day)
{
    int year, month, mday;

    day_to_date(day, &year, &month, &mday);
    return PAGE_TEXT(p, "progress.day",
                     arena_printf(p->arena, "%d", mday),
                     arena_printf(p->arena, "%d", month));
}

static void
put_columns(struct page *p, const struct progress *g)
{
    struct view *list = view_list(p->view, "days");

    for (int i = 0; i < g->day_count; i++) {
        struct view *item = view_item(list);

        view_text(item, "weekday", g->day[i] == g->today
                  ? msg_text(p->lang, "progress.today")
                  : weekday(p, g->day[i]));
        view_text(item, "date", short_day(p, g->day[i]));
        view_flag(item, "today", g->day[i] == g->today);
    }
    view_flag(p->view, "other", g->other_days > 0);
    view_int(p->view, "columns", g->day_count + (g->other_days > 0));
}

static const char *
cell_class(const struct progress *g, const struct progress_row *r, int day)
{
    bool over = r->last != DAY_NONE && r->last < g->today;

    if (!r->slot[day])
        return r->day[day] > 0 ? "past" : "off";
    if (g->day[day] > g->today && r->day[day] == 0)
        return "plan";
    if (over && g->day[day] == r->last
        && (r->count.left > 0 || r->count.started > 0))
        return "late";
    return g->day[day] == g->today ? "now" : "past";
}

/* The bar of a cell: how much of what is expected was done by that day. */
static void
put_bar(struct page *p, struct view *cell, const struct progress_row *r,
        int64_t until)
{
    int64_t part = 100;

    if (r->count.expected <= 0)
        return;
    if (until < r->count.expected)
        part = until * 100 / r->count.expected;
    view_flag(cell, "bar", true);
    view_text(cell, "part", arena_printf(p->arena, "%d%%", (int)part));
}

static void
put_cells(struct page *p, struct view *row, const struct progress *g,
          const struct progress_row *r)
{
    struct view *cells = view_list(row, "cells");
    int64_t until = 0;

    for (int i = 0; i < g->day_count; i++) {
        struct view *cell = view_item(cells);
        const char *class = cell_class(g, r, i);

        until += r->day[i];
        view_text(cell, "class", class);
        view_flag(cell, "today", g->day[i] == g->today);
        view_flag(cell, "plan", strcmp(class, "plan") == 0);
        if (strcmp(class, "off") == 0 || strcmp(class, "plan") == 0)
            continue;
        view_flag(cell, "count", true);
        view_flag(cell, "late", strcmp(class, "late") == 0);
        view_text(cell, "done", number(p, r->day[i]));
        if (r->slots == 1 && r->slot[i] && r->count.expected > 0)
            view_text(cell, "of", number(p, r->count.expected));
        put_bar(p, cell, r, until);
    }
}

static void
put_rows(struct page *p, const struct progress *g)
{
    struct view *list = view_list(p->view, "rows");

    for (int i = 0; i < g->row_count; i++) {
        struct view *row = view_item(list);

        put_name(p, row, g, i);
        put_cells(p, row, g, &g->row[i]);
        put_number(p, row, "other_days", g->row[i].other_days);
        put_count(p, row, &g->row[i].count);
    }
}

static void
put_sum(struct page *p, const struct progress *g)
{
    struct view *sum = view_object(p->view, "sum");
    struct view *days = view_list(sum, "day_sums");
    int64_t expected = g->sum.expected, part;

    put_count(p, sum, &g->sum);
    for (int i = 0; i < g->day_count; i++) {
        struct view *item = view_item(days);

        view_text(item, "done", number(p, g->sum_day[i]));
        view_flag(item, "today", g->day[i] == g->today);
    }
    put_number(p, sum, "other_days", g->other_days);
    if (expected <= 0)
        return;
    part = g->sum.done < expected ? g->sum.done * 100 / expected : 100;
    view_text(sum, "percent", format_percent(p->arena, p->lang, part));
    view_text(sum, "part", arena_printf(p->arena, "%d%%", (int)part));
}

/* ---- not registered ---- */

static void
put_reason_row(struct page *p, struct view *row,
               const struct progress_count *c)
{
    struct view *cells = view_list(row, "reasons");

    for (int k = 0; k < REASON_COUNT; k++) {
        struct view *cell = view_item(cells);

        view_text(cell, "n", number(p, c->reason[k]));
        view_flag(cell, "zero", c->reason[k] == 0);
    }
    put_number(p, row, "sum", reasons_of(c));
}

static void
put_reasons(struct page *p, const struct progress *g)
{
    struct view *part, *heads, *rows;

    if (reasons_of(&g->sum) == 0)
        return;
    part = view_object(p->view, "not_registered");
    heads = view_list(part, "heads");
    for (int k = 0; k < REASON_COUNT; k++)
        view_item_text(heads, msg_text(p->lang, arena_printf(p->arena,
            "progress.reason_%s", reason_word(k))));
    rows = view_list(part, "lines");
    for (int i = 0; i < g->row_count; i++) {
        struct view *row;

        if (reasons_of(&g->row[i].count) == 0)
            continue;
        row = view_item(rows);
        put_name(p, row, g, i);
        put_reason_row(p, row, &g->row[i].count);
    }
    put_reason_row(p, view_object(part, "total"), &g->sum);
}

/* ---- what needs following up ---- */

static const char *
need_words(struct page *p, const struct progress_need *n)
{
    static const char *const keys[] = {
        [NEED_LEFT] = "progress.need_left",
        [NEED_STARTED] = "progress.need_started",
        [NEED_MAPPERS] = "progress.need_mappers",
        [NEED_NUMBERS] = "progress.need_numbers"
    };
    const char *day = n->day != DAY_NONE
        ? format_day(p->arena, p->lang, n->day) : "";

    return n->kind == NEED_MAPPERS
        ? PAGE_TEXT(p, keys[n->kind], day)
        : PAGE_TEXT(p, keys[n->kind], number(p, n->count), day);
}

/* Where something can be done about it. */
static void
put_deed(struct page *p, struct view *item, const struct progress_need *n)
{
    const char *round = p->round->round->id;

    if (n->kind == NEED_LEFT
        && page_power(p, RIGHT_SET_UP).reach != REACH_NONE) {
        view_text(item, "href", arena_printf(p->arena,
            "/rounds/%s/setup/schedule", round));
        view_text(item, "deed", msg_text(p->lang, "progress.do_schedule"));
    } else if (n->kind == NEED_MAPPERS) {
        view_text(item, "href", arena_printf(p->arena, "/rounds/%s/mappers",
                                             round));
        view_text(item, "deed", msg_text(p->lang, "progress.do_mappers"));
    }
}

static bool
put_needs(struct page *p, const struct progress *g)
{
    const struct progress_need *list = NULL;
    struct view *need, *items;
    int count;

    if (!progress_needs(p, g, &list, &count))
        return false;
    if (count == 0)
        return true;
    need = view_object(p->view, "need");
    view_text(need, "need_count", number(p, count));
    items = view_list(need, "items");
    for (int i = 0; i < count; i++) {
        struct view *item = view_item(items);

        view_text(item, "who", p->round->round->units[list[i].unit].name);
        view_text(item, "what", need_words(p, &list[i]));
        put_deed(p, item, &list[i]);
    }
    return true;
}

void
page_progress(struct page *p)
{
    struct progress g;

    if (!progress_read(p, &g) || !put_needs(p, &g)) {
        page_fail(p);
        return;
    }
    view_text(p->view, "main", "prog");
    view_text(p->view, "date", format_begin(p->arena, PAGE_TEXT(p,
        "progress.date", msg_text(p->lang, arena_printf(p->arena,
            "progress.weekday_long_%d", day_weekday(g.today))),
        format_day(p->arena, p->lang, g.today))));
    view_flag(p->view, "own", g.own);
    view_flag(p->view, "closed", p->round->round->status == ROUND_CLOSED);
    view_flag(p->view, "none", g.row_count == 0);
    view_flag(p->view, "some", g.row_count > 0);
    view_flag(p->view, "dated", g.day_count > 0);
    if (g.superseded != NOT_SAID)
        view_text(p->view, "superseded", number(p, g.superseded));
    view_text(p->view, "file", arena_printf(p->arena,
        "/rounds/%s/progress.csv", p->round->round->id));
    put_columns(p, &g);
    put_rows(p, &g);
    put_sum(p, &g);
    put_reasons(p, &g);
    page_show(p, "progress");
}
