/* day_plan.c - see day_plan.h. */
#include "web/day_plan.h"
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/app.h"

enum { RULES = 4 };             /* of the program's own */

static const char *
number(struct page *p, int n)
{
    return arena_printf(p->arena, "%d", n);
}

static const char *
month_name(struct page *p, int month)
{
    return msg_text(p->lang, arena_printf(p->arena, "report.month_%d",
                                          month));
}

const char *
day_words(struct page *p, int32_t day)
{
    int year, month, mday;
    const char *weekday;

    day_to_date(day, &year, &month, &mday);
    weekday = msg_text(p->lang, arena_printf(p->arena, "day.weekday_%d",
                                             day_weekday(day)));
    return PAGE_TEXT(p, "day.date", weekday, number(p, mday),
                     month_name(p, month));
}

const char *
day_short(struct page *p, int32_t day)
{
    int year, month, mday;

    day_to_date(day, &year, &month, &mday);
    return PAGE_TEXT(p, "day.date_short", number(p, mday),
                     month_name(p, month));
}

const char *
day_time(struct page *p, int64_t ms)
{
    char text[TIME_TEXT];

    time_print_oslo(text, ms);      /* YYYY-MM-DD HH:MM */
    return PAGE_TEXT(p, "day.time", arena_text_n(p->arena, text + 11, 2),
                     arena_text_n(p->arena, text + 14, 2));
}

bool
day_plan_init(struct day_plan *d, struct page *p)
{
    const struct round *r = p->round->round;
    struct opened *real;
    struct err e = { 0 };

    *d = (struct day_plan){ .page = p, .plan = r,
                            .today = day_oslo(p->now_ms) };
    d->place_count = place_list(p, &d->places);
    if (r->training_of[0] == '\0')
        return true;
    real = seat_round(p->seat, r->training_of, &e);
    d->plan = real != NULL ? real->round : NULL;
    if (real == NULL && e.code == ERR_MACHINE)
        p->err = e;
    return p->err.code == ERR_NONE;
}

/* The account registers in the plan's unit UNIT. */
static bool
is_mine(const struct day_plan *d, int unit)
{
    const struct round *r = d->page->round->round;

    for (int i = 0; i < d->place_count; i++)
        if (strcmp(r->units[d->places[i].unit].id,
                   d->plan->units[unit].id) == 0)
            return true;
    return false;
}

static int
by_day(const void *a, const void *b)
{
    const struct day_slot *x = a, *y = b;

    return (x->day > y->day) - (x->day < y->day);
}

/* The account's own days that are set, in order. */
static bool
own_slots(struct day_plan *d, const struct day_slot **list, int *count)
{
    struct page *p = d->page;
    const struct day_slot *all;
    struct day_slot *own;
    int n;

    *count = 0;
    if (d->plan == NULL)
        return true;
    if (!slot_list(p->store, d->plan, p->arena, &all, &n, &p->err))
        return false;
    own = arena_array(p->arena, (size_t)n + 1, sizeof *own);
    for (int i = 0; i < n; i++)
        if (all[i].day != DAY_NONE && is_mine(d, all[i].unit))
            own[(*count)++] = all[i];
    qsort(own, (size_t)*count, sizeof *own, by_day);
    *list = own;
    return true;
}

/* Which of the days it is, or when the next will be. NULL: nothing to
 * say. */
static const char *
which_day(const struct day_plan *d, const struct day_slot *list, int count)
{
    struct page *p = d->page;
    int days = 0, today = 0;
    int32_t next = DAY_NONE;

    for (int i = 0; i < count; i++) {
        if (i > 0 && list[i].day == list[i - 1].day)
            continue;
        days++;
        if (list[i].day == d->today)
            today = days;
        if (list[i].day > d->today && next == DAY_NONE)
            next = list[i].day;
    }
    if (today > 0 && days == 1)
        return msg_text(p->lang, "day.your_day");
    if (today > 0)
        return PAGE_TEXT(p, "day.your_day_of", number(p, today),
                         number(p, days));
    if (next != DAY_NONE)
        return PAGE_TEXT(p, "day.next_day", day_words(p, next));
    return days > 0 ? msg_text(p->lang, "day.days_over") : NULL;
}

static const char *
join(struct page *p, const char *a, const char *b)
{
    if (a == NULL || a[0] == '\0')
        return b;
    if (b == NULL || b[0] == '\0')
        return a;
    return arena_printf(p->arena, "%s · %s", a, b);
}

/* Where it is, and who helps there. */
static const char *
where_today(const struct day_plan *d, const struct day_slot *list,
            int count)
{
    struct page *p = d->page;
    const char *words = NULL;

    for (int i = 0; i < count; i++) {
        if (list[i].day != d->today)
            continue;
        if (list[i].room[0] != '\0')
            words = join(p, words, PAGE_TEXT(p, "day.room", list[i].room));
        if (list[i].trainers[0] != '\0')
            words = join(p, words, PAGE_TEXT(p, "day.trainers",
                                             list[i].trainers));
    }
    return words;
}

/* What is expected of the account's units and tiers in all, -1 unless it is
 * said of each. */
static bool
sum_expected(struct day_plan *d, int *expected)
{
    struct page *p = d->page;
    const struct expected *list;
    int count, found = 0;

    *expected = -1;
    if (d->plan != p->round->round)
        return true;
    if (!expected_list(p->store, d->plan, p->arena, &list, &count, &p->err))
        return false;
    for (int i = 0; i < count; i++)
        if (place_of(d->places, d->place_count, list[i].unit,
                     list[i].tier) != NULL) {
            *expected = (found > 0 ? *expected : 0) + list[i].count;
            found++;
        }
    if (found < d->place_count)
        *expected = -1;
    return true;
}

bool
day_plan_head(struct day_plan *d, int *expected)
{
    struct page *p = d->page;
    const struct day_slot *slots = NULL;
    const char *words;
    int count;

    if (!own_slots(d, &slots, &count) || !sum_expected(d, expected))
        return false;
    words = p->round->round->training_of[0] != '\0' ? NULL
            : which_day(d, slots, count);
    if (d->place_count == 1)
        words = join(p, words, place_tier(p, d->places->unit,
                                          d->places->tier->tier));
    view_text(p->view, "title_more", words);
    view_text(p->view, "where", where_today(d, slots, count));
    return true;
}

/* An item is for all, or for a unit of the account's. */
static bool
concerns(const struct day_plan *d, const struct item *item)
{
    return item->unit < 0 || is_mine(d, item->unit);
}

static bool
items_of(struct day_plan *d, enum item_list which, const struct item **list,
         int *count)
{
    struct page *p = d->page;

    *count = 0;
    return d->plan == NULL || item_get(p->store, d->plan, which, p->arena,
                                       list, count, &p->err);
}

static bool
put_rules(struct day_plan *d)
{
    struct page *p = d->page;
    struct view *list = view_list(p->view, "rules");
    const struct item *items;
    int count, shown = 0;

    if (!items_of(d, ITEM_RULE, &items, &count))
        return false;
    for (int i = 0; i < count; i++)
        if (concerns(d, &items[i])) {
            view_text(view_item(list), "text", items[i].text);
            shown++;
        }
    for (int i = 1; shown == 0 && i <= RULES; i++) {
        struct view *item = view_item(list);

        view_text(item, "first",
                  msg_text(p->lang, arena_printf(p->arena,
                                                 "day.rule_%d_first", i)));
        view_text(item, "text",
                  msg_text(p->lang, arena_printf(p->arena, "day.rule_%d",
                                                 i)));
    }
    return true;
}

static bool
put_calls(struct day_plan *d, struct view *list, enum item_list which)
{
    const struct item *items;
    int count;

    if (!items_of(d, which, &items, &count))
        return false;
    for (int i = 0; i < count; i++) {
        struct view *item;

        if (!concerns(d, &items[i]))
            continue;
        item = view_item(list);
        view_text(item, "text", items[i].text);
        view_text(item, "who", items[i].who);
        view_text(item, "where", items[i].where);
        view_flag(d->page->view, "any_calls", true);
    }
    return true;
}

/* The first of the account's days: what dates of the checklist count
 * from. */
static int32_t
first_day(const struct day_slot *slots, int count)
{
    return count > 0 ? slots[0].day : DAY_NONE;
}

static bool
put_checks(struct day_plan *d)
{
    struct page *p = d->page;
    struct view *list = view_list(p->view, "checks");
    const struct day_slot *slots = NULL;
    const struct item *items;
    int count, slot_count;

    if (!items_of(d, ITEM_CHECK, &items, &count)
        || !own_slots(d, &slots, &slot_count))
        return false;
    for (int i = 0; i < count; i++) {
        int32_t day = item_day(&items[i], first_day(slots, slot_count));
        struct view *item;

        if (!concerns(d, &items[i]))
            continue;
        item = view_item(list);
        view_text(item, "text", items[i].text);
        view_text(item, "who", items[i].who);
        if (day != DAY_NONE)
            view_text(item, "date", day_short(p, day));
        view_flag(item, "today", day == d->today);
    }
    return true;
}

/* Whom each of the account's units registers, and whom not; where none says
 * so, the round's own rule. */
static void
put_whom(struct day_plan *d)
{
    struct page *p = d->page;
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "whom");
    int shown = 0;

    for (int i = 0; i < d->place_count; i++) {
        const struct place *place = &d->places[i];
        struct view *item;

        if (place->tier->whom[0] == '\0')
            continue;
        item = view_item(list);
        if (d->place_count > 1)
            view_text(item, "name", place_name(p, place->unit,
                                               place->tier->tier));
        view_text(item, "text", place->tier->whom);
        shown++;
    }
    if (d->plan != NULL)
        r = d->plan;
    if (shown == 0 && r->lawful[lawful_field_of("inclusion")][0] != '\0')
        view_text(view_item(list), "text",
                  r->lawful[lawful_field_of("inclusion")]);
}

bool
day_plan_side(struct day_plan *d)
{
    struct view *calls = view_list(d->page->view, "calls");

    put_whom(d);
    return put_rules(d) && put_calls(d, calls, ITEM_CONTACT)
           && put_calls(d, calls, ITEM_HELPDESK) && put_checks(d);
}
