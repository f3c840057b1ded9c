/* page_setup_lists.c - the lists of a round: contacts, helpdesk, rules and
 * the checklist. A page a list, a row an item, some rows more to fill in; a
 * row without text is taken away. The order is that of the numbers in front,
 * and of the page where they are alike. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { ROWS_MORE = 3, UNIT_ALL = -1 };

/* What an item of each list has; NULL: not that. */
static const struct {
    const char *text, *who, *where;
    enum setup_kind kind;       /* of the text */
    bool units, when;
} lists[ITEM_LISTS] = {
    [ITEM_CONTACT] = { "setup.contact_text", "setup.contact_who",
                       "setup.contact_where", SETUP_LINE, true, false },
    [ITEM_HELPDESK] = { "setup.helpdesk_text", "setup.helpdesk_who",
                        "setup.helpdesk_where", SETUP_LINE, false, false },
    [ITEM_RULE] = { "setup.rule_text", NULL, NULL, SETUP_AREA, true, false },
    [ITEM_CHECK] = { "setup.check_text", "setup.check_who", NULL, SETUP_AREA,
                     false, true },
};

/* What the form calls the times; days before and after are one for the
 * store. */
static const char *const times[] = {
    "anytime", "before", "first", "after", "date"
};
enum { TIMES = sizeof times / sizeof *times };

static const char *
name_of(struct page *p, const char *part, int n)
{
    return arena_printf(p->arena, "%s-%d", part, n);
}

static enum item_list
asked_list(struct page *p)
{
    int list = p->param[1] != NULL ? item_list_of(p->param[1])
                                   : (int)ITEM_CONTACT;

    return list < 0 ? ITEM_LISTS : (enum item_list)list;
}

static void
put_text(struct page *p, struct view *fields, const char *part, int n,
         const char *label, enum setup_kind kind, const char *value,
         const struct setup_bad *bad)
{
    const struct setup_field f = {
        .name = name_of(p, part, n), .label = label, .kind = kind,
        .max = FIELD_TEXT, .required = strcmp(part, "text") == 0
    };

    if (label != NULL)
        view_int(setup_field(p, fields, &f, value, bad), "rows", 2);
}

static void
put_units(struct page *p, struct view *fields, int n, int unit)
{
    const struct round *r = p->round->round;
    const struct setup_field f = {
        .name = name_of(p, "unit", n), .label = "setup.item_unit",
        .kind = SETUP_SELECT, .required = true
    };
    const char *chosen = unit >= 0 ? r->units[unit].id : "";
    struct view *field = setup_field(p, fields, &f, chosen, NULL);
    struct view *options = view_list(field, "options");

    chosen = setup_typed(p, f.name, chosen);
    setup_option(options, "", msg_text(p->lang, "setup.item_all_units"),
                 chosen);
    for (int i = 0; i < r->unit_count; i++)
        setup_option(options, r->units[i].id, r->units[i].name, chosen);
}

static const char *
time_of(const struct item *item)
{
    if (item == NULL || item->when == ITEM_ANYTIME)
        return times[0];
    if (item->when == ITEM_DATE)
        return times[4];
    return item->day < 0 ? times[1] : item->day == 0 ? times[2] : times[3];
}

static void
put_when(struct page *p, struct view *fields, int n, const struct item *item,
         const struct setup_bad *bad)
{
    const struct setup_field when = {
        .name = name_of(p, "when", n), .label = "setup.check_when",
        .kind = SETUP_SELECT, .required = true
    };
    const struct setup_field days = {
        .name = name_of(p, "days", n), .label = "setup.check_days",
        .kind = SETUP_NUMBER, .max = 3
    };
    const struct setup_field date = {
        .name = name_of(p, "date", n), .label = "setup.check_date",
        .kind = SETUP_DATE
    };
    struct view *options
        = view_list(setup_field(p, fields, &when, time_of(item), bad),
                    "options");
    int away = item != NULL && item->when == ITEM_DAYS ? abs(item->day) : 0;
    char iso[DAY_TEXT] = "";

    for (int i = 0; i < TIMES; i++)
        setup_option(options, times[i],
                     msg_text(p->lang, arena_printf(p->arena,
                                                    "setup.when_%s",
                                                    times[i])),
                     setup_typed(p, when.name, time_of(item)));
    setup_field(p, fields, &days,
                away != 0 ? arena_printf(p->arena, "%d", away) : "",
                bad);
    if (item != NULL && item->when == ITEM_DATE && item->day != DAY_NONE)
        day_print(iso, item->day);
    setup_field(p, fields, &date, arena_text(p->arena, iso), bad);
}

/* On which days the item falls, over all units. */
static const char *
falls_on(struct page *p, const struct item *item,
         const struct day_slot *slots, int count)
{
    int32_t least = DAY_NONE, most = DAY_NONE;

    if (item == NULL || item->when != ITEM_DAYS)
        return "";
    for (int u = 0; u < p->round->round->unit_count; u++) {
        int32_t first, last, day;

        slot_span(slots, count, u, &first, &last);
        day = first == DAY_NONE ? DAY_NONE : item_day(item, first);
        if (day == DAY_NONE)
            continue;
        least = least == DAY_NONE || day < least ? day : least;
        most = most == DAY_NONE || day > most ? day : most;
    }
    if (least == DAY_NONE)
        return msg_text(p->lang, "setup.falls_unknown");
    if (least == most)
        return PAGE_TEXT(p, "setup.falls_on", setup_date(p, least, true));
    return PAGE_TEXT(p, "setup.falls_between", setup_date(p, least, true),
                     setup_date(p, most, true));
}

static void
put_row(struct page *p, struct view *rows, enum item_list list, int n,
        const struct item *item, const struct setup_bad *bad)
{
    const struct setup_field place = {
        .name = name_of(p, "place", n), .label = "setup.item_place",
        .kind = SETUP_NUMBER, .max = 3
    };
    struct view *row = view_item(rows), *fields = view_list(row, "fields");

    view_text(row, "legend", PAGE_TEXT(p, "setup.item_nth",
                                       arena_printf(p->arena, "%d", n + 1)));
    view_flag(row, "blank", item == NULL);
    put_text(p, fields, "text", n, lists[list].text, lists[list].kind,
             item != NULL ? item->text : "", bad);
    put_text(p, fields, "who", n, lists[list].who, SETUP_LINE,
             item != NULL ? item->who : "", bad);
    put_text(p, fields, "where", n, lists[list].where, SETUP_LINE,
             item != NULL ? item->where : "", bad);
    if (lists[list].when)
        put_when(p, fields, n, item, bad);
    if (lists[list].units)
        put_units(p, fields, n, item != NULL ? item->unit : UNIT_ALL);
    setup_field(p, fields, &place, arena_printf(p->arena, "%d", n + 1), bad);
}

static void
put_tabs(struct page *p, enum item_list here)
{
    struct view *tabs = view_list(p->view, "tabs");

    for (int i = 0; i < ITEM_LISTS; i++) {
        struct view *tab = view_item(tabs);

        view_text(tab, "href",
                  arena_printf(p->arena, "/rounds/%s/setup/lists/%s",
                               p->round->round->id, item_list_word(i)));
        view_text(tab, "text",
                  msg_text(p->lang, arena_printf(p->arena, "setup.list_%s",
                                                 item_list_word(i))));
        view_flag(tab, "here", i == (int)here);
    }
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    const struct round *r = p->round->round;
    enum item_list list = asked_list(p);
    struct view *rows = view_list(p->view, "rows");
    const struct day_slot *slots;
    const struct item *items;
    int count, slot_count, n = 0, posted;

    if (!item_get(p->store, r, list, p->arena, &items, &count, &p->err)
        || !slot_list(p->store, r, p->arena, &slots, &slot_count, &p->err)) {
        page_fail(p);
        return;
    }
    put_tabs(p, list);
    for (; n < count; n++)
        put_row(p, rows, list, n, &items[n], bad);
    posted = p->request->method == HTTP_POST
             ? setup_number(page_field(p, "count")) : 0;
    for (int i = 0; i < ROWS_MORE || (n < posted && n < ITEMS_MAX); i++)
        put_row(p, rows, list, n++, NULL, bad);
    rows = view_list(p->view, "dates");
    for (int i = 0; i < count && lists[list].when; i++)
        if (items[i].when == ITEM_DAYS) {
            struct view *item = view_item(rows);

            view_text(item, "text", items[i].text);
            view_text(item, "falls", falls_on(p, &items[i], slots,
                                              slot_count));
        }
    view_int(p->view, "count", n);
    view_text(p->view, "list_title",
              msg_text(p->lang, arena_printf(p->arena, "setup.list_%s",
                                             item_list_word(list))));
    view_text(p->view, "list_lead",
              msg_text(p->lang, arena_printf(p->arena, "setup.list_%s.lead",
                                             item_list_word(list))));
    view_text(p->view, "post",
              arena_printf(p->arena, "/rounds/%s/setup/lists/%s", r->id,
                           item_list_word(list)));
    setup_show(p, SETUP_LISTS, "setup_lists");
}

void
page_setup_lists(struct page *p)
{
    if (asked_list(p) == ITEM_LISTS)
        page_refuse(p, 404, NULL);
    else
        show(p, NULL);
}

/* --- saving */

struct typed_item {
    struct item item;
    int place, n;
};

struct list_change {
    enum item_list list;
    struct item items[ITEMS_MAX + 1];
    int count;
};

/* The time of row N; a refusal is answered here. */
static bool
take_when(struct page *p, int n, struct item *item)
{
    const char *when = page_field(p, name_of(p, "when", n));
    const char *date = setup_text(p, name_of(p, "date", n));
    int days = setup_number(setup_text(p, name_of(p, "days", n)));

    item->when = ITEM_ANYTIME;
    item->day = 0;
    if (strcmp(when, "date") == 0) {
        item->when = ITEM_DATE;
        if (day_parse(date, strlen(date), &item->day))
            return true;
        setup_refuse(p, name_of(p, "date", n), "setup.date_bad", show);
        return false;
    }
    if (strcmp(when, "first") == 0)
        item->when = ITEM_DAYS;
    if (strcmp(when, "before") != 0 && strcmp(when, "after") != 0)
        return true;
    item->when = ITEM_DAYS;
    item->day = strcmp(when, "before") == 0 ? -days : days;
    if (days > 0)
        return true;
    setup_refuse(p, name_of(p, "days", n), "setup.days_bad", show);
    return false;
}

static int
by_place(const void *a, const void *b)
{
    const struct typed_item *x = a, *y = b;

    return x->place != y->place ? (x->place > y->place ? 1 : -1)
                                : x->n - y->n;
}

static bool
take_rows(struct page *p, struct list_change *c)
{
    int posted = setup_number(page_field(p, "count"));
    struct typed_item *rows = arena_array(p->arena, ITEMS_MAX + 1,
                                          sizeof *rows);

    for (int n = 0; n < posted && c->count <= ITEMS_MAX; n++) {
        struct typed_item *row = &rows[c->count];
        struct item *item = &row->item;
        int place = setup_number(setup_text(p, name_of(p, "place", n)));

        item->text = setup_text(p, name_of(p, "text", n));
        if (item->text[0] == '\0')
            continue;
        item->who = setup_text(p, name_of(p, "who", n));
        item->where = setup_text(p, name_of(p, "where", n));
        item->unit = round_unit(p->round->round,
                                page_field(p, name_of(p, "unit", n)));
        if (!take_when(p, n, item))
            return false;
        row->n = n;
        row->place = place >= 0 ? place : n + 1;
        c->count++;
    }
    qsort(rows, (size_t)c->count, sizeof *rows, by_place);
    for (int i = 0; i < c->count; i++)
        c->items[i] = rows[i].item;
    return true;
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct list_change *c = ctx;

    return item_set(s, &p->actor, round->round, c->list, c->items, c->count,
                    e);
}

void
page_setup_lists_save(struct page *p)
{
    struct list_change *c = arena_take(p->arena, sizeof *c);

    c->list = asked_list(p);
    if (c->list == ITEM_LISTS) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (take_rows(p, c) && setup_write(p, save, c, show))
        setup_done(p, arena_printf(p->arena, "lists/%s",
                                   item_list_word(c->list)));
}
