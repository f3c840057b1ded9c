/* publish_view.c - see publish_view.h. */
#include "web/publish_view.h"
#include <string.h>
#include "base/msg.h"
#include "web/page_publish.h"

void
publish_put_document(struct page *p, struct view *v,
                     const struct document *doc, const char *prefix,
                     bool sprite)
{
    const struct html_part how = { .prefix = prefix, .heading = 2,
                                   .title = false, .sprite = sprite };
    struct buf out;

    buf_init(&out, 0);
    write_html_part(doc, &how, &out);
    view_text(v, "report", arena_text(p->arena, buf_string(&out)));
    buf_clear(&out);
}

/* The text KEY with the arguments of E; "" where there is none. */
static const char *
words(struct page *p, const struct err *e, const char *key)
{
    const char *arg[ERR_ARGS];

    if (!msg_has(p->lang, key))
        return "";
    for (int i = 0; i < e->args; i++)
        arg[i] = e->arg[i];
    return page_text(p, key, e->args, arg);
}

void
publish_put_error(struct page *p, struct view *v, const struct err *e)
{
    view_text(v, "text", words(p, e, e->key));
    view_text(v, "hint", words(p, e, arena_printf(p->arena, "%s.hint",
                                                  e->key)));
    if (e->at.line == 0)
        return;
    view_int(v, "line", e->at.line);
    view_int(v, "column", e->at.column);
    /* A focus area is a text of its own, on another page. */
    if (e->at.file != NULL && strncmp(e->at.file, "focus ", 6) == 0)
        view_text(v, "place", PAGE_TEXT(p, "publish.place_focus",
                                        e->at.file + 6));
    else
        view_text(v, "place",
                  PAGE_TEXT(p, "publish.place",
                            arena_printf(p->arena, "%ld", e->at.line),
                            arena_printf(p->arena, "%d", e->at.column)));
    view_flag(v, "here", e->at.file == NULL
                         || strncmp(e->at.file, "focus ", 6) != 0);
}

static void
put_remarks(struct page *p, const struct publication_text *t,
            const struct report_input *input)
{
    struct view *list = view_list(p->view, "remarks");
    const struct text_remark *remark;
    int count = text_remarks(t->text, input, p->arena, &remark);

    for (int i = 0; i < count; i++)
        publish_put_error(p, view_item(list), &remark[i].say);
    view_text(p->view, "remark_count",
              count == 0 ? msg_text(p->lang, "publish.remarks_none")
              : count == 1 ? msg_text(p->lang, "publish.remarks_one")
              : PAGE_TEXT(p, "publish.remarks_many",
                          arena_printf(p->arena, "%d", count)));
}

bool
publish_put_made(struct page *p, const struct publish *u,
                 const struct publication_text *t, struct publication *made,
                 const struct document **doc)
{
    const struct publish_wish wish = { .document = t->name,
                                       .lang = t->lang };

    memset(made, 0, sizeof *made);
    *doc = NULL;
    if (t->text == NULL) {
        publish_put_error(p, view_object(p->view, "fault"), &t->fault);
        return true;
    }
    if (publish_make(p, u, &wish, made, doc))
        return true;
    if (p->err.code != ERR_INPUT)
        return false;
    publish_put_error(p, view_object(p->view, "fault"), &p->err);
    err_clear(&p->err);
    return true;
}

bool
publish_put_preview(struct page *p, const struct publish *u,
                    const struct publication_text *t)
{
    const struct document *doc;
    struct publication made;
    bool ok = publish_put_made(p, u, t, &made, &doc);

    if (doc != NULL) {
        publish_put_document(p, p->view, doc, "pv-", true);
        view_text(p->view, "preview_title", doc->title);
        view_text(p->view, "preview_subtitle", doc->subtitle);
    }
    if (t->text != NULL)
        put_remarks(p, t, publish_input(&made, doc));
    publication_clear(&made);
    return ok;
}

void
publish_put_files(struct page *p, struct view *v, enum doc_kind kind,
                  const char *document, enum lang lang)
{
    const char *const *format = bundle_formats(kind);
    struct view *list = view_list(v, "files");

    for (; *format != NULL; format++) {
        struct view *item = view_item(list);

        view_text(item, "format", *format);
        view_text(item, "label",
                  msg_text(p->lang, arena_printf(p->arena,
                                                 "publish.file_%s",
                                                 *format)));
        view_text(item, "href",
                  arena_printf(p->arena, "%s/files/%s.%s.%s",
                               publish_base(p), document, lang_code(lang),
                               *format));
    }
}
