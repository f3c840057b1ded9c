/* page_publish_files.c - the files of a publication: one document in one
 * format, the charts of a report, or everything in a language as one
 * archive, which has the same files that `brukerplan publish` makes. */
#include <string.h>
#include "base/zip.h"
#include "web/pages.h"
#include "web/publish.h"

static const char everything[] = "all";

/* "report.nb.docx" in its parts. */
struct asked {
    struct publish_wish wish;
    const char *format;
    const struct writer *w;     /* NULL: an archive */
};

static bool
split_name(struct page *p, struct asked *a)
{
    char *name = arena_text(p->arena, p->param[1]);
    char *format = strrchr(name, '.'), *lang;

    if (format == NULL)
        return false;
    *format++ = '\0';
    lang = strrchr(name, '.');
    if (lang == NULL)
        return false;
    *lang++ = '\0';
    a->format = format;
    a->w = writer_find(format, WRITES_REPORT);
    a->wish.document = name;
    a->wish.lang = lang_of(lang);
    a->wish.all = strcmp(format, "zip") == 0 && strcmp(name, everything) == 0;
    return a->wish.lang < LANG_COUNT;
}

/* ---- what is out ---- */

static bool
is_locked(const struct publication_text *t)
{
    return t->stored != NULL && t->stored->locked;
}

/* Every document in the language, and not changed since. */
static bool
all_out(struct page *p, const struct publish *u, enum lang lang)
{
    const struct instrument *in = p->round->in;
    bool out = true;

    for (int i = 0; i < u->texts.count; i++) {
        const struct publication_text *t = &u->texts.text[i];

        if (t->lang == lang && t->text != NULL)
            out = out && is_locked(t) && publish_is_out(u, t->name, lang);
    }
    for (int i = 0; i < in->report_count; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS)
            out = out && publish_is_out(u, in->reports[i].id, lang);
    return out;
}

/* Whether it is handed out like that. A text that is locked and out says
 * that it is published, any other one that it is not. */
static bool
is_offered(struct page *p, struct publish *u, struct asked *a)
{
    struct publish_wish *wish = &a->wish;
    const struct publication_text *t
        = publish_find(p, u, arena_printf(p->arena, "%s.%s", wish->document,
                                          lang_code(wish->lang)));

    if (wish->all) {
        wish->published = all_out(p, u, wish->lang);
        return true;
    }
    wish->published = publish_is_out(u, wish->document, wish->lang);
    if (t == NULL || t->text == NULL)
        return bundle_has(DOC_TABLES, a->format);
    wish->published = wish->published && is_locked(t);
    return bundle_has(text_kind(t->text), a->format);
}

/* ---- making ---- */

struct made {
    struct publication publication;
    const struct publication_document *document;
    int count;
};

static bool
make(struct page *p, const struct publish *u, const struct publish_wish *wish,
     struct made *made)
{
    return publish_make_list(p, u, wish, &made->publication, &made->document,
                             &made->count);
}

/* A file says that it is published only while the release is one that was:
 * a rule, a text or the data may have changed since. */
static bool
make_file(struct page *p, const struct publish *u, struct publish_wish *wish,
          struct made *made)
{
    char hash[65];
    int count;

    if (!make(p, u, wish, made))
        return false;
    if (!wish->published)
        return true;
    release_ledger(made->publication.release, p->arena, &count, hash);
    for (int i = 0; i < u->release_count; i++)
        if (strcmp(u->release[i].hash, hash) == 0)
            return true;
    publication_clear(&made->publication);
    wish->published = false;
    return make(p, u, wish, made);
}

static bool
take_part(void *ctx, const char *name, const struct buf *bytes,
          struct err *e)
{
    (void)e;
    zip_add(ctx, name, bytes->data, bytes->len, ZIP_DEFLATE);
    return true;
}

/* The archive has every document that was built, or the charts of the one. */
static bool
put_archive(struct page *p, const struct publish *u, const struct asked *a,
            const struct made *made, struct buf *out)
{
    struct zip z;
    struct bundle b = {
        .brand = &u->brand, .arena = p->arena, .take = take_part, .ctx = &z
    };
    bool ok = true;

    zip_begin(&z, out);
    for (int i = 0; ok && i < made->count; i++) {
        const struct publication_document *d = &made->document[i];

        if (d->build)
            ok = a->wish.all
                ? bundle_add(&b, d->id, made->publication.doc[i], &p->err)
                : bundle_charts(&b, d->id, made->publication.doc[i],
                                &p->err);
    }
    return zip_finish(&z, &p->err) && ok;
}

static void
put_name(struct page *p, const struct asked *a)
{
    response_header(p->x, "Cache-Control", "no-store");
    response_header(p->x, "Content-Disposition",
                    arena_printf(p->arena,
                                 "attachment; filename=\"%s-%s%s-%s%s%s\"",
                                 p->round->round->id,
                                 a->wish.all ? "publication"
                                             : a->wish.document,
                                 a->wish.all || a->w != NULL ? ""
                                                             : "-charts",
                                 lang_code(a->wish.lang),
                                 a->wish.published ? "" : "-utkast",
                                 a->w != NULL ? a->w->suffix : ".zip"));
}

static void
send_file(struct page *p, const struct publish *u, const struct asked *a,
          const struct made *made)
{
    struct response *r = exchange_response(p->x);
    const struct document *doc = NULL;
    bool ok;

    for (int i = 0; i < made->count; i++)
        if (made->document[i].build)
            doc = made->publication.doc[i];
    if (doc == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    r->media = a->w != NULL ? a->w->media : "application/zip";
    put_name(p, a);
    ok = a->w != NULL ? writer_write(a->w, doc, &u->brand, &r->body, &p->err)
                      : put_archive(p, u, a, made, &r->body);
    if (!ok)
        page_fail(p);
}

void
page_publish_file(struct page *p)
{
    struct made made = { .count = 0 };
    struct asked a = { .format = NULL };
    struct publish *u;

    if (!split_name(p, &a)) {
        page_refuse(p, 404, NULL);
        return;
    }
    u = publish_open(p);
    if (u == NULL) {
        page_fail(p);
        return;
    }
    if (!is_offered(p, u, &a)) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (make_file(p, u, &a.wish, &made))
        send_file(p, u, &a, &made);
    else
        page_fail(p);
    publication_clear(&made.publication);
}
