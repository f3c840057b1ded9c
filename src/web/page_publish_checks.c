/* page_publish_checks.c - how a round is published: when, who gets what
 * when, and what must be done before. The program proposes a list to begin
 * with; what is kept is what somebody saved. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/publishing.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { ROWS_MORE = 2 };

/* What the program proposes, in its order. */
static const char *const usual_checks[] = {
    "publish.check_numbers", "publish.check_read", "publish.check_leaders",
    "publish.check_dpo", "publish.check_hidden", "publish.check_staff",
    "publish.check_users", "publish.check_contact", "publish.check_media",
    "publish.check_pages", "publish.check_archive"
};
enum { CHECKS = sizeof usual_checks / sizeof *usual_checks };

static const struct {
    const char *title, *lead, *text, *who, *at, *row;
} lists[PUBLISH_LISTS] = {
    [PUBLISH_RECEIVERS] = { "publish.receivers", "publish.receivers_lead",
                            "publish.receiver_what", "publish.receiver_who",
                            "publish.receiver_at", "publish.receiver_nth" },
    [PUBLISH_CHECKS] = { "publish.checks", "publish.checks_lead",
                         "publish.check_what", "publish.check_who",
                         "publish.check_at", "publish.check_nth" }
};

static const char *
row_name(struct page *p, const char *part, int n)
{
    return arena_printf(p->arena, "%s-%d", part, n);
}

/* ---- what is to be read: the list with its state ---- */

static void
put_item(struct page *p, struct view *list, enum publish_list kind, int n,
         const struct publish_item *item)
{
    struct view *row = view_item(list);

    view_int(row, "place", n);
    view_text(row, "text", item->text);
    view_text(row, "who", item->who);
    if (item->at_ms != 0) {
        view_text(row, "at", publish_time(p, item->at_ms));
        view_flag(row, "late", item->done_ms == 0
                               && item->at_ms < p->now_ms);
    }
    if (item->done_ms != 0)
        view_text(row, "done",
                  PAGE_TEXT(p, kind == PUBLISH_CHECKS
                               ? "publish.done_by" : "publish.sent_by",
                            publish_time(p, item->done_ms), item->done_by));
}

static void
put_list(struct page *p, const struct publishing *now,
         enum publish_list kind)
{
    struct view *v = view_object(p->view, publish_list_word(kind));
    struct view *items = view_list(v, "items");
    int done = 0;

    for (int i = 0; i < now->count[kind]; i++) {
        put_item(p, items, kind, i, &now->item[kind][i]);
        done += now->item[kind][i].done_ms != 0;
    }
    view_int(v, "revision", now->revision[kind]);
    view_text(v, "edit", arena_printf(p->arena, "%s/checklist/%s",
                                      publish_base(p),
                                      publish_list_word(kind)));
    view_text(v, "count",
              PAGE_TEXT(p, "publish.done_count",
                        arena_printf(p->arena, "%d", done),
                        arena_printf(p->arena, "%d", now->count[kind])));
    view_flag(v, "any", now->count[kind] > 0);
}

static void
show(struct page *p)
{
    static const struct setup_field when = {
        .name = "embargo", .label = "publish.embargo_when",
        .kind = SETUP_LINE
    };
    struct publishing now;
    struct view *field;

    if (!publishing_get(p->store, p->round->round, p->arena, &now,
                        &p->err)) {
        page_fail(p);
        return;
    }
    put_list(p, &now, PUBLISH_RECEIVERS);
    put_list(p, &now, PUBLISH_CHECKS);
    field = setup_field(p, view_list(p->view, "embargo_fields"), &when,
                        publish_time_field(p, now.embargo_ms), NULL);
    view_text(field, "type", "datetime-local");
    view_int(p->view, "embargo_revision", now.revision[PUBLISH_LISTS]);
    if (now.embargo_ms != 0) {
        view_text(p->view, "embargo", publish_time(p, now.embargo_ms));
        view_flag(p->view, "embargo_over", now.embargo_ms <= p->now_ms);
    }
    publish_show(p, PUBLISH_PART_CHECKLIST, "publish_checks");
}

void
page_publish_checklist(struct page *p)
{
    show(p);
}

/* ---- changing a list ---- */

static void
put_field(struct page *p, struct view *fields, const char *part, int n,
          const char *label, const char *type, const char *value)
{
    const struct setup_field f = {
        .name = row_name(p, part, n), .label = label,
        .kind = *type == '\0' && strcmp(part, "text") == 0 ? SETUP_AREA
                                                           : SETUP_LINE,
        .max = *type == '\0' ? PUBLISH_TEXT : 0
    };
    struct view *field = setup_field(p, fields, &f, value, NULL);

    view_int(field, "rows", 2);
    if (*type != '\0')
        view_text(field, "type", type);
}

static void
put_row(struct page *p, struct view *rows, enum publish_list kind, int n,
        const struct publish_item *item)
{
    static const struct publish_item none = { .text = "", .who = "",
                                              .done_by = "" };
    const struct setup_field place = {
        .name = row_name(p, "place", n), .label = "setup.item_place",
        .kind = SETUP_NUMBER, .max = 3
    };
    struct view *row = view_item(rows), *fields = view_list(row, "fields");

    view_flag(row, "blank", item == NULL);
    if (item == NULL)
        item = &none;
    view_text(row, "legend", PAGE_TEXT(p, lists[kind].row,
                                       arena_printf(p->arena, "%d", n + 1)));
    /* Who and when it was done goes with the row when rows are moved. */
    view_int(row, "n", n);
    view_int(row, "was", item->done_ms != 0 ? n + 1 : 0);
    put_field(p, fields, "text", n, lists[kind].text, "", item->text);
    put_field(p, fields, "who", n, lists[kind].who, "", item->who);
    put_field(p, fields, "at", n, lists[kind].at, "datetime-local",
              publish_time_field(p, item->at_ms));
    setup_field(p, fields, &place, arena_printf(p->arena, "%d", n + 1),
                NULL);
}

/* What the program proposes where nothing has been saved yet. */
static int
propose(struct page *p, struct publish_item *out)
{
    for (int i = 0; i < CHECKS; i++)
        out[i] = (struct publish_item){
            .text = msg_text(p->lang, usual_checks[i]), .who = "",
            .done_by = ""
        };
    return CHECKS;
}

static void
show_list(struct page *p, enum publish_list kind)
{
    struct publish_item usual[CHECKS];
    const struct publish_item *item;
    struct publishing now;
    struct view *rows = view_list(p->view, "rows");
    int count, n = 0, posted = publish_number(p, "count");

    if (!publishing_get(p->store, p->round->round, p->arena, &now,
                        &p->err)) {
        page_fail(p);
        return;
    }
    item = now.item[kind];
    count = now.count[kind];
    if (kind == PUBLISH_CHECKS && now.revision[kind] == 0) {
        count = propose(p, usual);
        item = usual;
        view_flag(p->view, "proposed", true);
    }
    for (; n < count; n++)
        put_row(p, rows, kind, n, &item[n]);
    for (int i = 0; i < ROWS_MORE || (n < posted && n < PUBLISH_ITEMS_MAX);
         i++)
        put_row(p, rows, kind, n++, NULL);
    view_int(p->view, "count", n);
    view_int(p->view, "seen", p->request->method == HTTP_POST
                              ? publish_number(p, "seen")
                              : now.revision[kind]);
    view_text(p->view, "list_title", msg_text(p->lang, lists[kind].title));
    view_text(p->view, "list_lead", msg_text(p->lang, lists[kind].lead));
    view_text(p->view, "post", arena_printf(p->arena, "%s/checklist/%s",
                                            publish_base(p),
                                            publish_list_word(kind)));
    p->title = msg_text(p->lang, lists[kind].title);
    publish_show(p, PUBLISH_PART_CHECKLIST, "publish_list");
}

void
page_publish_list(struct page *p)
{
    int kind = publish_list_of(p->param[1]);

    if (kind < 0)
        page_refuse(p, 404, NULL);
    else
        show_list(p, (enum publish_list)kind);
}

struct typed {
    struct publish_item item;
    int was;                    /* its place in the list before, 1..; 0 */
    int place, n;
};

struct list_change {
    enum publish_list kind;
    struct publish_item item[PUBLISH_ITEMS_MAX + 1];
    int was[PUBLISH_ITEMS_MAX + 1];
    int count, seen;
};

static int
by_place(const void *a, const void *b)
{
    const struct typed *x = a, *y = b;

    return x->place != y->place ? (x->place > y->place ? 1 : -1)
                                : x->n - y->n;
}

/* False, with the fault in the view, where a time is none. */
static bool
take_rows(struct page *p, struct list_change *c)
{
    int posted = publish_number(p, "count");
    struct typed *rows = arena_array(p->arena, PUBLISH_ITEMS_MAX + 1,
                                     sizeof *rows);

    for (int n = 0; n < posted && c->count <= PUBLISH_ITEMS_MAX; n++) {
        struct typed *row = &rows[c->count];
        const char *at = row_name(p, "at", n);
        int place = setup_number(setup_text(p, row_name(p, "place", n)));

        row->item.text = setup_text(p, row_name(p, "text", n));
        if (row->item.text[0] == '\0')
            continue;
        row->item.who = setup_text(p, row_name(p, "who", n));
        if (!publish_time_parse(setup_text(p, at), &row->item.at_ms)) {
            page_fault_text(p, at, msg_text(p->lang, "publish.time_bad"));
            return false;
        }
        row->was = publish_number(p, row_name(p, "was", n));
        row->n = n;
        row->place = place >= 0 ? place : n + 1;
        c->count++;
    }
    qsort(rows, (size_t)c->count, sizeof *rows, by_place);
    for (int i = 0; i < c->count; i++) {
        c->item[i] = rows[i].item;
        c->was[i] = rows[i].was;
    }
    return true;
}

/* What was done stays done: by the list as it is in the store. */
static bool
save_list(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    struct list_change *c = ctx;
    struct publishing now;

    if (!publishing_get(s, round->round, p->arena, &now, e))
        return false;
    for (int i = 0; i < c->count; i++) {
        int was = c->was[i] - 1;

        if (was < 0 || was >= now.count[c->kind])
            continue;
        c->item[i].done_ms = now.item[c->kind][was].done_ms;
        c->item[i].done_by = now.item[c->kind][was].done_by;
    }
    return publishing_set(s, &p->actor, round->round, c->kind, c->item,
                          c->count, c->seen, e);
}

void
page_publish_list_save(struct page *p)
{
    struct list_change *c = arena_take(p->arena, sizeof *c);
    int kind = publish_list_of(p->param[1]);

    if (kind < 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    c->kind = (enum publish_list)kind;
    c->seen = publish_number(p, "seen");
    if (take_rows(p, c) && page_write(p, save_list, c))
        page_redirect_notice(p, "said.publish_saved", "%s/checklist",
                             publish_base(p));
    else if (p->err.code == ERR_NONE || page_fault(p, NULL))
        show_list(p, c->kind);
}

/* ---- the embargo, and what was done ---- */

struct embargo_change {
    int64_t at_ms;
    int seen;
};

static bool
save_embargo(struct page *p, struct store *s, struct opened *round,
             void *ctx, struct err *e)
{
    const struct embargo_change *c = ctx;

    return publishing_embargo(s, &p->actor, round->round, c->at_ms, c->seen,
                              e);
}

void
page_publish_embargo(struct page *p)
{
    struct embargo_change c = { .seen = publish_number(p, "seen") };

    if (!publish_time_parse(setup_text(p, "embargo"), &c.at_ms)) {
        page_fault_text(p, "embargo", msg_text(p->lang, "publish.time_bad"));
        show(p);
    } else if (page_write(p, save_embargo, &c)) {
        page_redirect_notice(p, "said.publish_saved", "%s/checklist",
                             publish_base(p));
    } else if (page_fault(p, "embargo")) {
        show(p);
    }
}

struct done_change {
    enum publish_list kind;
    int place, seen;
    bool done;
};

static bool
save_done(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    const struct done_change *c = ctx;

    return publishing_done(s, &p->actor, round->round, c->kind, c->place,
                           c->done, c->seen, e);
}

void
page_publish_done(struct page *p)
{
    struct done_change c = {
        .place = publish_number(p, "place"),
        .seen = publish_number(p, "seen"),
        .done = strcmp(page_field(p, "done"), "1") == 0
    };
    int kind = publish_list_of(p->param[1]);

    if (kind < 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    c.kind = (enum publish_list)kind;
    if (page_write(p, save_done, &c))
        page_redirect_notice(p, "said.publish_saved", "%s/checklist",
                             publish_base(p));
    else if (page_fault(p, NULL))
        show(p);
}
