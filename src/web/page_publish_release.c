/* page_publish_release.c - publishing: a page that asks, and the act.
 *
 * What is published can't be taken back, so the page says first what stands
 * against it. The release is made by this thread, and written together with
 * the locks of its texts by the writer: the texts as they were read, or
 * nothing, if somebody saved one meanwhile. A text that nobody ever saved is
 * saved as it is, so that what was published can be read for ever. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "store/publishing.h"
#include "web/page_publish.h"
#include "web/pages.h"
#include "web/publish_view.h"

enum { FILES_MAX = 400 };

struct releasing {
    struct publish *u;
    struct publication made;
    struct publish_text *text[PUBLISH_TEXTS];   /* those that are chosen */
    int text_count;
    struct round_release_file file[FILES_MAX];
    int file_count;
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

static void
put_choices(struct page *p, const struct publish *u)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "choices");
    struct view *faults = view_list(p->view, "faulty");

    for (int i = 0; i < u->text_count; i++) {
        const struct publish_text *t = &u->text[i];

        if (t->text != NULL)
            put_choice(p, list, t->name, t->lang, publish_name(p, t),
                       t->lang == p->lang);
        else
            view_text(view_item(faults), "text",
                      PAGE_TEXT(p, "publish.text_in", publish_name(p, t),
                                publish_lang_name(p, t->lang)));
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

static void
show(struct page *p, struct publish *u)
{
    const struct publish_wish wish = { .lang = p->lang, .published = true };
    const struct document *doc;
    struct publication made;
    bool ok = publish_make(p, u, &wish, &made, &doc);

    if (ok) {
        struct release_stats s = release_stats(made.release);

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
    if (!ok || !put_undone(p)) {
        page_fail(p);
        return;
    }
    put_choices(p, u);
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
    for (const char *const *f = publish_formats(kind);
         *f != NULL && r->file_count < FILES_MAX; f++)
        r->file[r->file_count++] = (struct round_release_file){
            .document = document, .format = *f, .lang = lang_code(lang)
        };
}

static void
take_choices(struct page *p, struct releasing *r)
{
    const struct instrument *in = p->round->in;

    for (int i = 0; i < r->u->text_count; i++) {
        struct publish_text *t = &r->u->text[i];

        if (t->text == NULL
            || request_form(p->request, field_of(p, t->name, t->lang))
               == NULL)
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
          const struct publish_text *t, struct err *e)
{
    struct round_text saved = { .name = t->name, .lang = t->lang };
    int seen = t->stored != NULL ? t->stored->version : 0;

    if (t->stored == NULL
        && !round_text_save(s, &p->actor, round, t->name, t->lang, t->kind,
                            t->source, t->len, 0, &seen, e))
        return false;
    return round_text_lock(s, &p->actor, round, &saved, seen, e);
}

/* What was made is protected against what had been published then, by the
 * rule of then. */
static bool
check_same(const struct publish *u, struct opened *round, struct err *e)
{
    const struct round_release *list;
    struct protect_rule rule;
    struct arena arena;
    bool ok, same;
    int count;

    arena_init(&arena);
    ok = publication_rule_set(round, &rule, e)
         && round_release_list(round->store, round->round, &arena, &list,
                               &count, e);
    same = ok && count == u->release_count
           && rule.threshold == u->rule.threshold
           && rule.attribute == u->rule.attribute
           && rule.round_to == u->rule.round_to;
    arena_clear(&arena);
    return ok && (same
                  || err_set(e, ERR_INPUT, "publishing.changed", ""));
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

void
page_publish_release_post(struct page *p)
{
    const struct publish_wish wish = { .lang = p->lang, .published = true };
    struct releasing *r = arena_take(p->arena, sizeof *r);
    const struct document *doc;

    memset(r, 0, sizeof *r);
    r->u = publish_open(p);
    if (r->u == NULL) {
        page_fail(p);
        return;
    }
    take_choices(p, r);
    if (r->file_count == 0 || request_form(p->request, "sure") == NULL) {
        page_fault_text(p, r->file_count == 0 ? NULL : "sure",
                        msg_text(p->lang, r->file_count == 0
                                          ? "publish.choose_some"
                                          : "publish.say_sure"));
        show(p, r->u);
        return;
    }
    if (publish_make(p, r->u, &wish, &r->made, &doc)
        && page_write(p, publish, r))
        page_redirect_notice(p, "said.publish_published", "%s",
                             publish_base(p));
    else if (page_fault(p, NULL))
        show(p, r->u);
    publication_clear(&r->made);
}
