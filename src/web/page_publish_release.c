/* page_publish_release.c - publishing: a page that asks, and the act.
 *
 * What is published can't be taken back, so the page says first what stands
 * against it. The release is made by this thread, and written together with
 * the locks of its texts by the writer: what the page showed, or nothing, if
 * anything was done to the round meanwhile (publishing_state). A text that
 * nobody ever saved is saved as it is, so that what was published can be read
 * for ever. One with a fault is refused, unless it is said that it is to be
 * left out. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "store/publishing.h"
#include "web/page_publish.h"
#include "web/pages.h"
#include "web/publish_view.h"

enum { FILES_MAX = (PUBLICATION_TEXTS_MAX + PUBLICATION_DOCUMENTS_MAX)
                   * BUNDLE_FORMATS_MAX };

struct releasing {
    struct publish *u;
    struct publication made;
    struct publication_text *text[PUBLICATION_TEXTS_MAX];  /* chosen */
    int text_count;
    struct round_release_file file[FILES_MAX];
    int file_count;
    const char *without[PUBLICATION_TEXTS_MAX];
    struct publication_without left_out;
    int number;
};

static const char *
field_of(struct page *p, const char *document, enum lang lang)
{
    return arena_printf(p->arena, "doc-%s.%s", document, lang_code(lang));
}

static void
put_choice(struct page *p, struct view *list, const char *document,
           enum lang lang, const char *label, bool chosen)
{
    struct view *item = view_item(list);
    const char *name = field_of(p, document, lang);

    view_text(item, "id", name);
    view_text(item, "name", name);
    view_text(item, "label", PAGE_TEXT(p, "publish.text_in", label,
                                       publish_lang_name(p, lang)));
    view_flag(item, "chosen", p->request->method == HTTP_POST
                              ? request_form(p->request, name) != NULL
                              : chosen);
}

/* The field that says that T is to be left out. */
static const char *
without_field(struct page *p, const struct publication_text *t)
{
    return arena_printf(p->arena, "without-%s", publish_id(p, t));
}

/* A text with a fault: what it is, where to mend it, and a tick to leave it
 * out. */
static void
put_faulty(struct page *p, struct view *list,
           const struct publication_text *t)
{
    struct view *item = view_item(list);
    const char *name = without_field(p, t);

    publish_put_error(p, item, &t->fault);
    view_text(item, "name", PAGE_TEXT(p, "publish.text_in",
                                      publish_name(p, t),
                                      publish_lang_name(p, t->lang)));
    view_text(item, "href", arena_printf(p->arena, "%s/texts/%s",
                                         publish_base(p),
                                         publish_id(p, t)));
    item = view_object(item, "tick");
    view_text(item, "id", name);
    view_text(item, "name", name);
    view_text(item, "label", msg_text(p->lang, "publish.leave_out"));
    view_flag(item, "chosen", request_form(p->request, name) != NULL);
}

static void
put_choices(struct page *p, const struct publish *u)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "choices");
    struct view *faults = view_list(p->view, "faulty");

    for (int i = 0; i < u->texts.count; i++) {
        const struct publication_text *t = &u->texts.text[i];

        if (t->text != NULL)
            put_choice(p, list, t->name, t->lang, publish_name(p, t),
                       t->lang == p->lang);
        else if (t->stored != NULL)
            put_faulty(p, faults, t);
    }
    for (int i = 0; i < in->report_count; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS)
            put_choice(p, list, in->reports[i].id, p->lang,
                       in->reports[i].title.in[p->lang], true);
}

/* What has not been done. */
static bool
put_undone(struct page *p)
{
    struct view *list = view_list(p->view, "undone");
    struct publishing now;

    if (!publishing_get(p->store, p->round->round, p->arena, &now, &p->err))
        return false;
    for (int i = 0; i < now.count[PUBLISH_CHECKS]; i++)
        if (now.item[PUBLISH_CHECKS][i].done_ms == 0)
            view_text(view_item(list), "text",
                      now.item[PUBLISH_CHECKS][i].text);
    view_flag(p->view, "no_checks", now.count[PUBLISH_CHECKS] == 0);
    if (now.embargo_ms > p->now_ms)
        view_text(p->view, "embargo", publish_time(p, now.embargo_ms));
    return true;
}

/* How much there is to be looked at; it stops nothing. */
static void
put_remarks(struct page *p, const struct publication *made,
            const struct publication_document *list, int count)
{
    struct publication_remarks r;

    publication_remarks(made, list, count, p->arena, &r);
    if (r.texts + r.focus > 0)
        view_text(p->view, "remarks",
                  PAGE_TEXT(p, "publish.remarks_left",
                            format_int(p->arena, p->lang, r.texts),
                            format_int(p->arena, p->lang, r.focus)));
}

static void
show(struct page *p, struct publish *u)
{
    const struct publish_wish wish = { .lang = p->lang, .published = true };
    const struct publication_document *list;
    struct publication made;
    int count;
    bool ok = publish_make_list(p, u, &wish, &made, &list, &count);

    if (ok) {
        struct release_stats s = release_stats(made.release);

        put_remarks(p, &made, list, count);

        view_text(p->view, "numbers",
                  PAGE_TEXT(p, "publish.numbers",
                            format_int(p->arena, p->lang, s.numbers),
                            format_int(p->arena, p->lang, s.hidden),
                            format_int(p->arena, p->lang, s.sensitive),
                            format_int(p->arena, p->lang,
                                       u->rule.threshold)));
    } else if (p->err.code == ERR_INPUT) {
        publish_put_error(p, view_object(p->view, "fault"), &p->err);
        err_clear(&p->err);
        ok = true;
    }
    publication_clear(&made);
    if (!ok || !put_undone(p) || !publish_put_compared(p)) {
        page_fail(p);
        return;
    }
    put_choices(p, u);
    view_text(p->view, "faults_heading",
              msg_text(p->lang, "publish.nothing_published"));
    view_text(p->view, "seen", u->state);
    view_text(p->view, "post", arena_printf(p->arena, "%s/release",
                                            publish_base(p)));
    publish_show(p, PUBLISH_PART_OVERVIEW, "publish_release");
}

void
page_publish_release(struct page *p)
{
    struct publish *u = publish_open(p);

    if (u == NULL)
        page_fail(p);
    else
        show(p, u);
}

/* ---- the act ---- */

static void
add_files(struct releasing *r, const char *document, enum lang lang,
          enum doc_kind kind)
{
    for (const char *const *f = bundle_formats(kind); *f != NULL; f++)
        r->file[r->file_count++] = (struct round_release_file){
            .document = document, .format = *f, .lang = lang_code(lang)
        };
}

static void
take_choices(struct page *p, struct releasing *r)
{
    const struct instrument *in = p->round->in;

    r->left_out.text = r->without;
    for (int i = 0; i < r->u->texts.count; i++) {
        struct publication_text *t = &r->u->texts.text[i];

        if (t->text == NULL) {
            if (request_form(p->request, without_field(p, t)) != NULL)
                r->without[r->left_out.count++] = publish_id(p, t);
            continue;
        }
        if (request_form(p->request, field_of(p, t->name, t->lang)) == NULL)
            continue;
        r->text[r->text_count++] = t;
        add_files(r, t->name, t->lang, text_kind(t->text));
    }
    for (int i = 0; i < in->report_count; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS
            && request_form(p->request, field_of(p, in->reports[i].id,
                                                 p->lang)) != NULL)
            add_files(r, in->reports[i].id, p->lang, DOC_TABLES);
}

/* Saves T if it never was, and locks it as it was read. */
static bool
lock_text(struct page *p, struct store *s, const struct round *round,
          const struct publication_text *t, struct err *e)
{
    struct round_text saved = { .name = t->name, .lang = t->lang };
    int seen = t->stored != NULL ? t->stored->version : 0;

    if (t->stored == NULL
        && !round_text_save(s, &p->actor, round, t->name, t->lang, t->kind,
                            t->source, t->len, 0, &seen, e))
        return false;
    return round_text_lock(s, &p->actor, round, &saved, seen, e);
}

/* What was made is of the round as it was read: nothing has been done to it
 * since, so what it was protected against has not changed either. */
static bool
check_same(const struct publish *u, struct opened *round, struct err *e)
{
    struct arena arena;
    const char *now;
    bool ok, same;

    arena_init(&arena);
    ok = publishing_state(round->store, round->round, &arena, &now, e);
    same = ok && strcmp(now, u->state) == 0;
    arena_clear(&arena);
    return ok && (same
                  || err_set(e, ERR_INPUT, "publishing.since", ""));
}

static bool
publish(struct page *p, struct store *s, struct opened *round, void *ctx,
        struct err *e)
{
    struct releasing *r = ctx;

    if (!check_same(r->u, round, e))
        return false;
    for (int i = 0; i < r->text_count; i++)
        if (!lock_text(p, s, round->round, r->text[i], e))
            return false;
    return publication_record(round, &p->actor, &r->made, r->file,
                              r->file_count, &r->number, e);
}

/* What is missing before anything is made; false: it is told. */
static bool
check_form(struct page *p, const struct releasing *r)
{
    if (r->file_count == 0)
        page_fault_text(p, NULL, msg_text(p->lang, "publish.choose_some"));
    if (request_form(p->request, "sure") == NULL)
        page_fault_text(p, "sure", msg_text(p->lang, "publish.say_sure"));
    if (strcmp(page_field(p, "seen"), r->u->state) != 0) {
        err_set(&p->err, ERR_INPUT, "publishing.since", "");
        if (!page_fault(p, NULL))
            return false;
    }
    return !page_faulty(p);
}

/* The fault is that of a text: beside its tick, with its name. */
static bool
is_of_text(struct page *p, const struct publish *u)
{
    const char *file = p->err.at.file;

    for (int i = 0; p->err.code == ERR_INPUT && file != NULL
         && i < u->texts.count; i++) {
        const struct publication_text *t = &u->texts.text[i];

        if (t->text != NULL || t->stored == NULL
            || strcmp(t->fault.at.file != NULL ? t->fault.at.file : "",
                      file) != 0)
            continue;
        page_fault_text(p, without_field(p, t),
                        PAGE_TEXT(p, "publish.text_fault",
                                  publish_name(p, t),
                                  publish_lang_name(p, t->lang),
                                  arena_printf(p->arena, "%ld",
                                               p->err.at.line)));
        err_clear(&p->err);
        return true;
    }
    return false;
}

void
page_publish_release_post(struct page *p)
{
    struct releasing *r = arena_take(p->arena, sizeof *r);
    const struct publish_wish wish = {
        .lang = p->lang, .published = true, .without = &r->left_out
    };
    const struct document *doc;

    memset(r, 0, sizeof *r);
    r->u = publish_open(p);
    if (r->u == NULL) {
        page_fail(p);
        return;
    }
    take_choices(p, r);
    if (!check_form(p, r)) {
        show(p, r->u);
        return;
    }
    if (publish_make(p, r->u, &wish, &r->made, &doc)
        && page_write(p, publish, r))
        page_redirect_notice(p, "said.publish_published", "%s",
                             publish_base(p));
    else if (is_of_text(p, r->u) || page_fault(p, NULL))
        show(p, r->u);
    publication_clear(&r->made);
}
