/* page_setup_schedule.c - units × days: which days each unit registers, in
 * which room, and who trains.
 *
 * The days of the table are those somebody has, and the weekdays of the
 * mapping period; one more can be added. What is sent names the days that
 * were shown, so that a tick that is gone takes its day away and a day that
 * was not shown stays. Rooms and trainers are on the page of each unit. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { DAYS_MOST = 60, ROWS_MORE = 3, SATURDAY = 6 };

struct plan_days {
    int32_t day[DAYS_MOST];
    int count;
    const struct day_slot *slots;
    int slot_count;
};

static void
add_day(struct plan_days *d, int32_t day)
{
    int at = d->count;

    for (int i = 0; i < d->count; i++)
        if (d->day[i] == day)
            return;
    if (day == DAY_NONE || d->count == DAYS_MOST)
        return;
    for (; at > 0 && d->day[at - 1] > day; at--)
        d->day[at] = d->day[at - 1];
    d->day[at] = day;
    d->count++;
}

static int32_t
lawful_day(const struct round *r, const char *id)
{
    const char *text = r->lawful[lawful_field_of(id)];
    int32_t day = DAY_NONE;

    if (!day_parse(text, strlen(text), &day))
        return DAY_NONE;
    return day;
}

/* The days that the form showed: fields "day", ISO. */
static void
shown_days(const struct page *p, struct plan_days *d)
{
    for (int i = 0; i < p->request->form_count; i++) {
        const struct http_pair *f = &p->request->form[i];
        int32_t day;

        if (strcmp(f->name, "day") == 0
            && day_parse(f->value, strlen(f->value), &day))
            add_day(d, day);
    }
}

static bool
find_days(struct page *p, struct plan_days *d)
{
    const struct round *r = p->round->round;
    int32_t from = lawful_day(r, "mapping_from");
    int32_t to = lawful_day(r, "mapping_to");
    int32_t more = DAY_NONE;
    const char *typed = request_query(p->request, "day");

    d->count = 0;
    if (!slot_list(p->store, r, p->arena, &d->slots, &d->slot_count,
                   &p->err))
        return false;
    for (int i = 0; i < d->slot_count; i++)
        add_day(d, d->slots[i].day);
    shown_days(p, d);
    if (from != DAY_NONE && to != DAY_NONE && to - from < 2 * DAYS_MOST)
        for (int32_t day = from; day <= to; day++)
            if (day_weekday(day) < SATURDAY)
                add_day(d, day);
    if (typed != NULL && day_parse(typed, strlen(typed), &more))
        add_day(d, more);
    return true;
}

static const struct day_slot *
slot_of(const struct plan_days *d, int unit, int32_t day)
{
    for (int i = 0; i < d->slot_count; i++)
        if (d->slots[i].unit == unit && d->slots[i].day == day)
            return &d->slots[i];
    return NULL;
}

static const char *
iso(struct page *p, int32_t day)
{
    char text[DAY_TEXT];

    day_print(text, day);
    return arena_text(p->arena, text);
}

static void
put_heads(struct page *p, const struct plan_days *d)
{
    struct view *list = view_list(p->view, "days");

    for (int i = 0; i < d->count; i++) {
        struct view *item = view_item(list);

        view_text(item, "weekday",
                  msg_text(p->lang,
                           arena_printf(p->arena, "setup.weekday_%d",
                                        day_weekday(d->day[i]))));
        view_text(item, "date", setup_date_short(p, d->day[i]));
        view_text(item, "iso", iso(p, d->day[i]));
    }
}

static void
put_rows(struct page *p, const struct plan_days *d, int *sums)
{
    const struct round *r = p->round->round;
    struct view *rows = view_list(p->view, "rows");

    for (int u = 0; u < r->unit_count; u++) {
        struct view *row, *cells;

        if (r->units[u].off)
            continue;
        row = view_item(rows);
        view_text(row, "unit", r->units[u].name);
        view_text(row, "href",
                  arena_printf(p->arena, "/rounds/%s/setup/schedule/%s",
                               r->id, r->units[u].id));
        cells = view_list(row, "cells");
        for (int i = 0; i < d->count; i++) {
            const struct day_slot *s = slot_of(d, u, d->day[i]);
            struct view *cell = view_item(cells);
            const char *tick = arena_printf(p->arena, "on-%d-%s", u,
                                            iso(p, d->day[i]));

            view_text(cell, "tick", tick);
            view_text(cell, "say",
                      arena_printf(p->arena, "%s, %s", r->units[u].name,
                                   setup_date(p, d->day[i], true)));
            view_flag(cell, "on", setup_ticked(p, tick, s != NULL));
            view_text(cell, "room", s != NULL ? s->room : "");
            view_text(cell, "trainers", s != NULL ? s->trainers : "");
            sums[i] += s != NULL;
        }
    }
}

static bool
put_plan(struct page *p)
{
    struct plan_days d;
    int sums[DAYS_MOST] = { 0 };
    struct view *list;

    if (!find_days(p, &d))
        return false;
    put_heads(p, &d);
    put_rows(p, &d, sums);
    list = view_list(p->view, "sums");
    for (int i = 0; i < d.count; i++)
        view_int(view_item(list), "sum", sums[i]);
    view_flag(p->view, "any_day", d.count > 0);
    view_flag(p->view, "any_unit", p->round->round->unit_count > 0);
    return true;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    (void)bad;
    if (!put_plan(p)) {
        page_fail(p);
        return;
    }
    view_text(p->view, "schedule",
              arena_printf(p->arena, "/rounds/%s/setup/schedule",
                           p->round->round->id));
    setup_show(p, SETUP_SCHEDULE, "setup_schedule");
}

void
page_setup_schedule(struct page *p)
{
    show(p, NULL);
}

/* The same table on paper. */
void
page_setup_schedule_print(struct page *p)
{
    if (!put_plan(p)) {
        page_fail(p);
        return;
    }
    p->body = "is-print";
    p->title = msg_text(p->lang, "setup.title_schedule");
    view_text(p->view, "round_name", p->round->round->title);
    page_show(p, "setup_schedule_print");
}

/* --- saving the ticks */

static bool
was_shown(const struct plan_days *d, int32_t day)
{
    for (int i = 0; i < d->count; i++)
        if (d->day[i] == day)
            return true;
    return false;
}

/* The new slots of UNIT in OUT; whether they differ from the old ones. */
static bool
new_slots(struct page *p, const struct plan_days *d, int unit,
          struct day_slot *out, int *count)
{
    bool differ = false;

    *count = 0;
    for (int i = 0; i < d->slot_count; i++) {
        const struct day_slot *s = &d->slots[i];
        bool stays;

        if (s->unit != unit)
            continue;
        stays = s->day == DAY_NONE || !was_shown(d, s->day)
                || page_field(p, arena_printf(p->arena, "on-%d-%s", unit,
                                              iso(p, s->day)))[0] != '\0';
        if (stays)
            out[(*count)++] = *s;
        differ = differ || !stays;
    }
    for (int i = 0; i < d->count; i++)
        if (slot_of(d, unit, d->day[i]) == NULL
            && page_field(p, arena_printf(p->arena, "on-%d-%s", unit,
                                          iso(p, d->day[i])))[0] != '\0') {
            out[(*count)++] = (struct day_slot){ unit, d->day[i], "", "" };
            differ = true;
        }
    return differ;
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct plan_days *d = ctx;
    const struct round *r = round->round;
    struct day_slot *out;

    if (!slot_list(s, r, p->arena, &d->slots, &d->slot_count, e))
        return false;
    out = arena_array(p->arena, (size_t)(d->slot_count + d->count),
                      sizeof *out);
    for (int u = 0; u < r->unit_count; u++) {
        int count;

        if (!r->units[u].off && new_slots(p, d, u, out, &count)
            && !slot_set(s, &p->actor, r, u, out, count, e))
            return false;
    }
    return true;
}

void
page_setup_schedule_save(struct page *p)
{
    struct plan_days d = { .count = 0 };

    shown_days(p, &d);
    if (setup_write(p, save, &d, show))
        setup_done(p, "schedule");
}

/* --- the days of one unit, with room and trainers */

static void
put_slot(struct page *p, struct view *list, int n, const struct day_slot *s,
         const struct setup_bad *bad)
{
    static const struct { const char *name, *label; enum setup_kind kind; }
    parts[] = {
        { "day", "setup.slot_day", SETUP_DATE },
        { "room", "setup.slot_room", SETUP_LINE },
        { "trainers", "setup.slot_trainers", SETUP_LINE },
    };
    const char *const values[] = {
        s == NULL || s->day == DAY_NONE ? "" : iso(p, s->day),
        s != NULL ? s->room : "", s != NULL ? s->trainers : ""
    };
    struct view *row = view_item(list), *fields = view_list(row, "fields");

    view_text(row, "legend", PAGE_TEXT(p, "setup.slot_nth",
                                       arena_printf(p->arena, "%d", n + 1)));
    view_flag(row, "blank", s == NULL);
    for (int i = 0; i < 3; i++) {
        const struct setup_field f = {
            .name = arena_printf(p->arena, "%s-%d", parts[i].name, n),
            .label = parts[i].label, .kind = parts[i].kind,
            .max = i > 0 ? FIELD_TEXT : 0
        };

        setup_field(p, fields, &f, values[i], bad);
    }
}

static void
show_unit(struct page *p, const struct setup_bad *bad)
{
    const struct round *r = p->round->round;
    int unit = round_unit(r, p->param[1]), count, n = 0;
    struct view *rows = view_list(p->view, "rows");
    const struct day_slot *list;

    if (!slot_list(p->store, r, p->arena, &list, &count, &p->err)) {
        page_fail(p);
        return;
    }
    for (int i = 0; i < count; i++)
        if (list[i].unit == unit)
            put_slot(p, rows, n++, &list[i], bad);
    for (int i = 0; i < ROWS_MORE; i++)
        put_slot(p, rows, n++, NULL, bad);
    view_int(p->view, "count", n);
    view_text(p->view, "unit_name", r->units[unit].name);
    view_text(p->view, "post",
              arena_printf(p->arena, "/rounds/%s/setup/schedule/%s", r->id,
                           r->units[unit].id));
    setup_show(p, SETUP_SCHEDULE, "setup_slots");
}

void
page_setup_slots(struct page *p)
{
    if (round_unit(p->round->round, p->param[1]) < 0)
        page_refuse(p, 404, NULL);
    else
        show_unit(p, NULL);
}

struct slots {
    struct day_slot list[SLOTS_MAX + ROWS_MORE];
    int count;
};

static bool
save_unit(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    const struct slots *c = ctx;

    return slot_set(s, &p->actor, round->round,
                    round_unit(round->round, p->param[1]), c->list, c->count,
                    e);
}

/* A row without day, room and trainers is none. */
static bool
take_slot(struct page *p, int n, struct day_slot *out, bool *blank)
{
    const char *day = setup_text(p, arena_printf(p->arena, "day-%d", n));

    *out = (struct day_slot){
        .day = DAY_NONE,
        .room = setup_text(p, arena_printf(p->arena, "room-%d", n)),
        .trainers = setup_text(p, arena_printf(p->arena, "trainers-%d", n))
    };
    *blank = *day == '\0' && out->room[0] == '\0'
             && out->trainers[0] == '\0';
    return *day == '\0' || day_parse(day, strlen(day), &out->day);
}

void
page_setup_slots_save(struct page *p)
{
    struct slots c = { .count = 0 };
    int rows = setup_number(page_field(p, "count"));

    if (round_unit(p->round->round, p->param[1]) < 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    for (int i = 0; i < rows && c.count < SLOTS_MAX + ROWS_MORE; i++) {
        bool blank;

        if (!take_slot(p, i, &c.list[c.count], &blank)) {
            setup_refuse(p, arena_printf(p->arena, "day-%d", i),
                         "setup.date_bad", show_unit);
            return;
        }
        c.count += !blank;
    }
    if (setup_write(p, save_unit, &c, show_unit))
        setup_done(p, "schedule");
}
