/* page_publish_focus.c - focus areas: what the program proposes, with its
 * numbers and how each was found, and what the group made of it: which, in
 * which order, in which words. What is picked comes into every text of that
 * language that has {{focus}}, and so its numbers are places like those of
 * a text, and are protected with it. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "report/focus.h"
#include "store/reference.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"
#include "web/publish_view.h"

enum { ROWS_MORE = 1 };

struct focusing {
    struct publish *u;
    enum lang lang;
    const struct round_focus *area;
    int count, revision;
    const struct focus_proposal *proposal;
    int proposal_count;
};

/* The report whose people the texts are about. */
static int
report_of(const struct publish *u, enum lang lang)
{
    for (int i = 0; i < u->texts.count; i++)
        if (u->texts.text[i].lang == lang && u->texts.text[i].text != NULL
            && u->texts.text[i].kind == ROUND_TEXT_REPORT)
            return text_report(u->texts.text[i].text);
    return 0;
}

/* The program's own, and what differs from what the round stands beside. */
static bool
propose(struct page *p, struct focusing *f)
{
    int report = report_of(f->u, f->lang), kept;
    const struct publish_wish wish = {
        .document = p->round->in->reports[report].id, .lang = f->lang
    };
    const struct round_reference *list;
    struct publication made = { 0 };
    const struct document *doc;
    bool ok = round_reference_list(p->store, p->round->round, p->arena,
                                   &list, &kept, &p->err);

    /* A release that can't be made is the overview's to tell. */
    if (ok && kept > 0 && !publish_make(p, f->u, &wish, &made, &doc)) {
        ok = p->err.code == ERR_INPUT;
        if (ok)
            err_clear(&p->err);
    }
    ok = ok && focus_make(p->round, &p->actor, report, &f->u->rule,
                          made.comparison != NULL ? made.comparison[report]
                                                  : NULL,
                          p->arena, &f->proposal, &f->proposal_count,
                          &p->err);
    publication_clear(&made);
    return ok;
}

/* Everything there is; false, and P is answered. */
static bool
open_focus(struct page *p, struct focusing *f, enum lang lang)
{
    *f = (struct focusing){ .lang = lang, .u = publish_open(p) };
    if (f->u != NULL
        && round_focus_list(p->store, p->round->round, lang, p->arena,
                            &f->area, &f->count, &f->revision, &p->err)
        && propose(p, f))
        return true;
    page_fail(p);
    return false;
}

static const struct focus_proposal *
find_proposal(const struct focusing *f, const char *id)
{
    for (int i = 0; i < f->proposal_count; i++)
        if (strcmp(f->proposal[i].id, id) == 0)
            return &f->proposal[i];
    return NULL;
}

static bool
is_picked(const struct focusing *f, const char *id)
{
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->area[i].proposal, id) == 0)
            return true;
    return false;
}

static const char *
row_name(struct page *p, const char *part, int n)
{
    return arena_printf(p->arena, "%s-%d", part, n);
}

static void
put_field(struct page *p, struct view *fields, const char *part, int n,
          const char *label, enum setup_kind kind, int max, int rows,
          const char *value)
{
    const struct setup_field f = {
        .name = row_name(p, part, n), .label = label, .kind = kind,
        .max = max, .required = strcmp(part, "recommendation") != 0
    };
    struct view *field = setup_field(p, fields, &f, value, NULL);

    view_int(field, "rows", rows);
}

static void
put_area(struct page *p, struct view *list, const struct focusing *f, int n,
         const struct round_focus *area)
{
    static const struct round_focus none = { "", "", "", "" };
    struct view *item = view_item(list), *fields = view_list(item, "fields");
    const struct focus_proposal *from;

    view_flag(item, "blank", area == NULL);
    if (area == NULL)
        area = &none;
    from = find_proposal(f, area->proposal);
    view_int(item, "n", n);
    view_text(item, "legend", PAGE_TEXT(p, "publish.area_nth",
                                        arena_printf(p->arena, "%d",
                                                     n + 1)));
    view_text(item, "proposal", setup_typed(p, row_name(p, "proposal", n),
                                            area->proposal));
    if (from != NULL)
        view_text(item, "found", from->text.in[f->lang]);
    put_field(p, fields, "title", n, "publish.area_title", SETUP_LINE,
              ROUND_FOCUS_TITLE, 1, area->title);
    put_field(p, fields, "text", n, "publish.area_text", SETUP_AREA,
              ROUND_FOCUS_TEXT, 5, area->text);
    put_field(p, fields, "recommendation", n, "publish.area_recommendation",
              SETUP_AREA, ROUND_FOCUS_TEXT, 2, area->recommendation);
    put_field(p, fields, "place", n, "setup.item_place", SETUP_NUMBER, 3, 1,
              arena_printf(p->arena, "%d", n + 1));
}

static void
put_proposals(struct page *p, const struct focusing *f)
{
    struct view *list = view_list(p->view, "proposals");

    for (int i = 0; i < f->proposal_count; i++) {
        const struct focus_proposal *one = &f->proposal[i];
        struct view *item = view_item(list);

        view_text(item, "proposal", one->id);
        view_text(item, "title", one->title.in[f->lang]);
        view_text(item, "text", one->text.in[f->lang]);
        view_text(item, "found", one->found.in[f->lang]);
        view_flag(item, "picked", is_picked(f, one->id));
    }
}

/* A fault of an area that is stored: told beside it. */
static void
put_fault(struct page *p, const struct focusing *f)
{
    for (int i = 0; i < f->u->texts.count; i++) {
        const struct publication_text *t = &f->u->texts.text[i];
        const char *file = t->fault.at.file;

        if (t->lang != f->lang || t->text != NULL || file == NULL
            || strncmp(file, "focus ", 6) != 0)
            continue;
        publish_put_error(p, view_object(p->view, "fault"), &t->fault);
        return;
    }
}

/* A number typed where a question belongs is neither bound nor protected:
 * what is stored is looked at each time it is shown. */
static void
put_remarks(struct page *p, const struct focusing *f)
{
    struct view *list = view_list(p->view, "remarks");
    const struct text_remark *remark;
    int count = publication_focus_remarks(p->round, f->lang,
        f->u->texts.focus[f->lang], f->u->texts.focus_count[f->lang],
        p->arena, &remark);

    for (int i = 0; i < count; i++)
        publish_put_error(p, view_item(list), &remark[i].say);
    view_flag(p->view, "remarked", count > 0);
}

static void
show(struct page *p, const struct focusing *f)
{
    struct view *list = view_list(p->view, "areas");
    const char *base = arena_printf(p->arena, "%s/focus", publish_base(p));
    int n = 0, posted = publish_number(p, "count");
    bool locked = false;

    for (int i = 0; i < f->u->texts.count; i++)
        locked = locked || (f->u->texts.text[i].lang == f->lang
                            && f->u->texts.text[i].stored != NULL
                            && f->u->texts.text[i].stored->locked);
    for (; n < f->count; n++)
        put_area(p, list, f, n, &f->area[n]);
    for (int i = 0; n < ROUND_FOCUS_MAX
                    && (i < ROWS_MORE || n < posted); i++)
        put_area(p, list, f, n++, NULL);
    put_proposals(p, f);
    put_fault(p, f);
    put_remarks(p, f);
    view_int(p->view, "count", n);
    view_int(p->view, "seen", p->request->method == HTTP_POST
                              ? publish_number(p, "seen") : f->revision);
    view_text(p->view, "post", base);
    view_text(p->view, "lang", lang_code(f->lang));
    view_flag(p->view, "locked", locked);
    view_flag(p->view, "editable", publish_may_prepare(p) && !locked);
    publish_langs(p, base, f->lang);
    publish_show(p, PUBLISH_PART_FOCUS, "publish_focus");
}

void
page_publish_focus(struct page *p)
{
    struct focusing f;

    if (open_focus(p, &f, publish_lang(p)))
        show(p, &f);
}

/* ---- changing ---- */

struct typed {
    struct round_focus area;
    int place, n;
};

struct focus_change {
    enum lang lang;
    struct round_focus area[ROUND_FOCUS_MAX];
    int count, seen;
};

static int
by_place(const void *a, const void *b)
{
    const struct typed *x = a, *y = b;

    return x->place != y->place ? (x->place > y->place ? 1 : -1)
                                : x->n - y->n;
}

/* A row without title and text is taken away. */
static void
take_rows(struct page *p, struct focus_change *c)
{
    struct typed *rows = arena_array(p->arena, ROUND_FOCUS_MAX,
                                     sizeof *rows);
    int posted = publish_number(p, "count");

    for (int n = 0; n < posted && n < ROUND_FOCUS_MAX; n++) {
        struct typed *row = &rows[c->count];
        int place = setup_number(setup_text(p, row_name(p, "place", n)));

        row->area = (struct round_focus){
            .proposal = setup_text(p, row_name(p, "proposal", n)),
            .title = setup_text(p, row_name(p, "title", n)),
            .text = setup_text(p, row_name(p, "text", n)),
            .recommendation = setup_text(p, row_name(p, "recommendation",
                                                     n))
        };
        if (row->area.title[0] == '\0' && row->area.text[0] == '\0')
            continue;
        row->n = n;
        row->place = place >= 0 ? place : n + 1;
        c->count++;
    }
    qsort(rows, (size_t)c->count, sizeof *rows, by_place);
    for (int i = 0; i < c->count; i++)
        c->area[i] = rows[i].area;
}

/* The areas as they would be in the report's template, which has no fault
 * of its own. False, with the fault in the view. */
static bool
areas_good(struct page *p, const struct focus_change *c)
{
    struct text_focus focus[ROUND_FOCUS_MAX];
    struct text_source s = text_template(DOC_REPORT, c->lang);
    struct err e = { 0 };

    for (int i = 0; i < c->count; i++)
        focus[i] = (struct text_focus){
            .title = c->area[i].title, .text = c->area[i].text,
            .recommendation = c->area[i].recommendation
        };
    s.focus = focus;
    s.focus_count = c->count;
    if (text_read(&s, p->round->in, p->arena, &e) != NULL
        || e.at.file == NULL || strncmp(e.at.file, "focus ", 6) != 0)
        return true;
    p->err = e;
    return !page_fault(p, row_name(p, "text", atoi(e.at.file + 6) - 1));
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct focus_change *c = ctx;

    return round_focus_set(s, &p->actor, round->round, c->lang, c->area,
                           c->count, c->seen, e);
}

void
page_publish_focus_save(struct page *p)
{
    struct focus_change *c = arena_take(p->arena, sizeof *c);
    struct focusing f;

    memset(c, 0, sizeof *c);
    c->lang = lang_of(page_field(p, "lang"));
    c->seen = publish_number(p, "seen");
    if (c->lang >= LANG_COUNT) {
        page_refuse(p, 400, NULL);
        return;
    }
    take_rows(p, c);
    if (areas_good(p, c)) {
        if (page_write(p, save, c)) {
            page_redirect_notice(p, "said.publish_saved", "%s/focus?lang=%s",
                                 publish_base(p), lang_code(c->lang));
            return;
        }
        if (!page_fault(p, NULL))
            return;
    }
    if (open_focus(p, &f, c->lang))
        show(p, &f);
}

/* A proposal becomes an area, last, in the program's words to begin with. */
void
page_publish_focus_add(struct page *p)
{
    struct focus_change *c = arena_take(p->arena, sizeof *c);
    const struct focus_proposal *one;
    struct focusing f;

    memset(c, 0, sizeof *c);
    c->lang = lang_of(page_field(p, "lang"));
    if (c->lang >= LANG_COUNT) {
        page_refuse(p, 400, NULL);
        return;
    }
    if (!open_focus(p, &f, c->lang))
        return;
    one = find_proposal(&f, page_field(p, "proposal"));
    if (one == NULL || f.count >= ROUND_FOCUS_MAX) {
        page_refuse(p, 422, one == NULL ? NULL : "publish.areas_full");
        return;
    }
    c->seen = publish_number(p, "seen");
    c->count = f.count + 1;
    for (int i = 0; i < f.count; i++)
        c->area[i] = f.area[i];
    c->area[f.count] = (struct round_focus){
        .proposal = one->id, .title = one->title.in[c->lang],
        .text = one->source.in[c->lang] != NULL
                && one->source.in[c->lang][0] != '\0'
                ? one->source.in[c->lang] : one->text.in[c->lang],
        .recommendation = ""
    };
    if (page_write(p, save, c))
        page_redirect_notice(p, "said.publish_picked", "%s/focus?lang=%s",
                             publish_base(p), lang_code(c->lang));
    else if (page_fault(p, NULL))
        show(p, &f);
}
