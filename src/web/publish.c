/* publish.c - see publish.h.
 *
 * A text that was never saved is the program's template, so that what is
 * shown, downloaded and published is the same before and after the first
 * saving. Every document of the round is in every release: what one page
 * shows fits what the others do. */
#include "web/publish.h"
#include <string.h>
#include "base/msg.h"
#include "store/publishing.h"

static const enum doc_kind doc_kinds[ROUND_TEXT_KINDS] = {
    DOC_REPORT, DOC_SLIDES, DOC_MEDIA
};

/* ---- what there is ---- */

static bool
read_focus(struct page *p, struct publish *u)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct round_focus *list;
        int revision;

        if (!round_focus_list(p->store, p->round->round, (enum lang)lang,
                              p->arena, &list, &u->focus_count[lang],
                              &revision, &p->err))
            return false;
        for (int i = 0; i < u->focus_count[lang]; i++)
            u->focus[lang][i] = (struct text_focus){
                .title = list[i].title, .text = list[i].text,
                .recommendation = list[i].recommendation
            };
    }
    return true;
}

void
publish_read(struct page *p, struct publish *u, struct publish_text *t,
             const char *source, size_t len)
{
    const struct text_source s = {
        .file = "", .bytes = source, .len = len,
        .focus = u->focus[t->lang], .focus_count = u->focus_count[t->lang]
    };

    t->source = source;
    t->len = len;
    err_clear(&t->fault);
    t->text = text_read(&s, p->round->in, p->arena, &t->fault);
    if (t->text == NULL)
        return;
    if (text_lang(t->text) != t->lang)
        err_set(&t->fault, ERR_INPUT, "publish.head_lang", "%s %s",
                lang_code(text_lang(t->text)), lang_code(t->lang));
    else if (text_kind(t->text) != doc_kinds[t->kind])
        err_set(&t->fault, ERR_INPUT, "publish.head_kind", "%s %s",
                text_kind_word(text_kind(t->text)),
                round_text_word(t->kind));
    if (t->fault.code != ERR_NONE) {
        err_at(&t->fault, "", 1, 1);
        t->text = NULL;
    }
}

static struct publish_text *
add_text(struct publish *u, const char *name, enum lang lang,
         enum round_text_kind kind)
{
    struct publish_text *t = &u->text[u->text_count++];

    *t = (struct publish_text){ .name = name, .lang = lang, .kind = kind };
    return t;
}

/* The program's own, then what was saved in their place or beside them. */
static bool
read_texts(struct page *p, struct publish *u)
{
    const struct round_text *list;
    int count;

    for (int kind = 0; kind < ROUND_TEXT_KINDS; kind++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct text_source s = text_template(doc_kinds[kind],
                                                 (enum lang)lang);
            struct publish_text *t
                = add_text(u, round_text_word((enum round_text_kind)kind),
                           (enum lang)lang, (enum round_text_kind)kind);

            t->source = s.bytes;
            t->len = s.len;
        }
    if (!round_text_list(p->store, p->round->round, p->arena, &list, &count,
                         &p->err))
        return false;
    for (int i = 0; i < count; i++) {
        struct round_text_version v;
        struct publish_text *t = NULL;

        for (int j = 0; j < u->text_count; j++)
            if (u->text[j].lang == list[i].lang
                && strcmp(u->text[j].name, list[i].name) == 0)
                t = &u->text[j];
        if (t == NULL)
            t = add_text(u, list[i].name, list[i].lang, list[i].kind);
        if (!round_text_read(p->store, p->round->round, &list[i], 0,
                             p->arena, &v, &p->err))
            return false;
        t->stored = &list[i];
        t->source = v.source;
        t->len = v.len;
    }
    for (int i = 0; i < u->text_count; i++)
        publish_read(p, u, &u->text[i], u->text[i].source, u->text[i].len);
    return true;
}

struct publish *
publish_open(struct page *p)
{
    struct publish *u = arena_take(p->arena, sizeof *u);
    const struct round *r = p->round->round;

    memset(u, 0, sizeof *u);
    if (publication_rule_set(p->round, &u->rule, &p->err)
        && publication_ledger(p->round, p->arena, &u->ledger, &p->err)
        && round_release_list(p->store, r, p->arena, &u->release,
                              &u->release_count, &p->err)
        && round_release_files(p->store, r, p->arena, &u->file,
                               &u->file_count, &p->err)
        && read_focus(p, u)
        && brand_read(p->store, r, p->arena, &u->brand, &p->err)
        && read_texts(p, u))
        return u;
    return NULL;
}

struct publish_text *
publish_find(struct publish *u, const char *text)
{
    const char *dot = strrchr(text, '.');
    enum lang lang = dot != NULL ? lang_of(dot + 1) : LANG_COUNT;

    for (int i = 0; i < u->text_count && lang < LANG_COUNT; i++) {
        const char *name = u->text[i].name;

        if (u->text[i].lang == lang
            && strlen(name) == (size_t)(dot - text)
            && strncmp(name, text, strlen(name)) == 0)
            return &u->text[i];
    }
    return NULL;
}

const char *
publish_id(struct page *p, const struct publish_text *t)
{
    return arena_printf(p->arena, "%s.%s", t->name, lang_code(t->lang));
}

const char *
publish_name(struct page *p, const struct publish_text *t)
{
    if (round_text_kind_of(t->name) < 0)
        return t->name;
    return msg_text(p->lang, arena_printf(p->arena, "publish.%s", t->name));
}

bool
publish_is_out(const struct publish *u, const char *document, enum lang lang)
{
    for (int i = 0; i < u->file_count; i++)
        if (strcmp(u->file[i].document, document) == 0
            && strcmp(u->file[i].lang, lang_code(lang)) == 0)
            return true;
    return false;
}

/* ---- documents ---- */

struct making {
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    int count;
};

static bool
is_text(const struct publication_document *d, const struct publish_text *t)
{
    return d->kind != DOC_TABLES && d->lang == t->lang
           && strcmp(d->id, t->name) == 0;
}

/* The program's documents with the round's texts in the place of its own;
 * one with a fault is no document. */
static void
put_texts(const struct publish *u, struct making *m)
{
    for (int i = 0; i < u->text_count; i++) {
        const struct publish_text *t = &u->text[i];
        int at = 0;

        while (at < m->count && !is_text(&m->document[at], t))
            at++;
        if (t->text == NULL) {
            if (at < m->count)
                memmove(&m->document[at], &m->document[at + 1],
                        (size_t)(--m->count - at) * sizeof m->document[0]);
            continue;
        }
        if (at == PUBLICATION_DOCUMENTS_MAX)
            continue;
        m->count += at == m->count;
        m->document[at] = (struct publication_document){
            .kind = text_kind(t->text), .report = text_report(t->text),
            .lang = text_lang(t->text), .text = t->text, .id = t->name
        };
    }
}

/* The place of the one that is wanted, or -1. */
static int
choose(struct making *m, const struct publish_wish *wish)
{
    int chosen = -1;

    for (int i = 0; i < m->count; i++) {
        struct publication_document *d = &m->document[i];

        d->build = chosen < 0 && wish->document != NULL
                   && d->lang == wish->lang
                   && strcmp(d->id, wish->document) == 0;
        if (d->build)
            chosen = i;
    }
    return chosen;
}

bool
publish_make(struct page *p, const struct publish *u,
             const struct publish_wish *wish, struct publication *out,
             const struct document **doc)
{
    struct making *m = arena_take(p->arena, sizeof *m);
    struct publication_order order = {
        .document = m->document, .municipality_name = page_municipality(p),
        .rule = &u->rule, .ledger = &u->ledger, .publish = wish->published
    };
    int chosen;

    memset(out, 0, sizeof *out);
    *doc = NULL;
    if (!publication_usual(p->round, wish->lang, p->arena, m->document,
                           &m->count, &p->err))
        return false;
    put_texts(u, m);
    chosen = choose(m, wish);
    order.document_count = m->count;
    order.audit_only = chosen < 0;
    if (!publication_make(p->round, &p->actor, &order, p->arena, out,
                          &p->err))
        return false;
    if (chosen >= 0)
        *doc = out->doc[chosen];
    return true;
}

const struct report_input *
publish_input(const struct publication *made, const struct document *doc)
{
    for (int i = 0; doc != NULL && i < PUBLICATION_DOCUMENTS_MAX; i++)
        if (made->doc[i] == doc)
            return made->input[i];
    return NULL;
}

/* A format that is not built in is not offered. */
const char *const *
publish_formats(enum doc_kind kind)
{
    enum { MOST = 10 };
    static const char *const wanted[][MOST] = {
        [DOC_TABLES] = { "xlsx", "html", "pdf", "docx", "pptx", "csv",
                         "json", "jsonstat", NULL },
        [DOC_REPORT] = { "docx", "pdf", "html", NULL },
        [DOC_SLIDES] = { "pptx", "pdf", "html", NULL },
        [DOC_MEDIA] = { "docx", "pdf", "html", NULL }
    };
    static _Thread_local const char *found[MOST];
    int n = 0;

    for (int i = 0; wanted[kind][i] != NULL; i++)
        if (writer_find(wanted[kind][i], WRITES_REPORT) != NULL)
            found[n++] = wanted[kind][i];
    found[n] = NULL;
    return found;
}
