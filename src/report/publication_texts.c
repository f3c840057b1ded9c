/* publication_texts.c - the texts of a round as the store has them, with the
 * focus areas that its working group picked; see publication.h.
 *
 * A text that was never saved is the program's template. A template without
 * focus areas that asks for what the definition has not is no document of
 * this round, and nothing to complain of; any other fault is somebody's. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "report/publication.h"

struct putting {
    const struct publication_texts *texts;
    const struct publication_without *without;
    enum lang lang;
    struct publication_document *document;
    int *count;
};

static const enum doc_kind doc_kinds[ROUND_TEXT_KINDS] = {
    [ROUND_TEXT_REPORT] = DOC_REPORT, [ROUND_TEXT_SLIDES] = DOC_SLIDES,
    [ROUND_TEXT_MEDIA] = DOC_MEDIA
};

/* ---- reading ---- */

static bool
read_focus(const struct opened *o, struct arena *arena,
           struct publication_texts *out, enum lang lang, struct err *e)
{
    const struct round_focus *list;
    int revision;

    if (!round_focus_list(o->store, o->round, lang, arena, &list,
                          &out->focus_count[lang], &revision, e))
        return false;
    for (int i = 0; i < out->focus_count[lang]; i++)
        out->focus[lang][i] = (struct text_focus){
            .title = list[i].title, .text = list[i].text,
            .recommendation = list[i].recommendation
        };
    return true;
}

/* A text can be saved with faults in it, also in its head. */
static void
check_head(struct publication_text *t, const char *file)
{
    enum doc_kind kind = doc_kinds[t->kind];

    if (text_lang(t->text) != t->lang)
        err_set(&t->fault, ERR_INPUT, "publish.head_lang", "%s %s",
                lang_code(text_lang(t->text)), lang_code(t->lang));
    else if (text_kind(t->text) != kind)
        err_set(&t->fault, ERR_INPUT, "publish.head_kind", "%s %s",
                text_kind_word(text_kind(t->text)), text_kind_word(kind));
    else
        return;
    err_at(&t->fault, file, 1, 1);
    t->text = NULL;
}

void
publication_text_read(const struct opened *o,
                      const struct publication_texts *texts,
                      struct arena *arena, struct publication_text *t,
                      const char *source, size_t len)
{
    const struct text_source s = {
        .file = arena_printf(arena, "%s.%s", t->name, lang_code(t->lang)),
        .bytes = source, .len = len, .focus = texts->focus[t->lang],
        .focus_count = texts->focus_count[t->lang]
    };

    t->source = source;
    t->len = len;
    err_clear(&t->fault);
    t->text = text_read(&s, o->in, arena, &t->fault);
    if (t->text != NULL)
        check_head(t, s.file);
}

static struct publication_text *
add_text(struct publication_texts *out, const char *name, enum lang lang,
         enum round_text_kind kind)
{
    struct publication_text *t = &out->text[out->count++];

    *t = (struct publication_text){ .name = name, .lang = lang,
                                    .kind = kind };
    return t;
}

static void
add_templates(struct publication_texts *out)
{
    for (int i = 0; i < TEXT_TEMPLATES; i++)
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            const struct text_template *made = text_template_at(i);
            struct text_source s = text_template_source(made, lang);
            struct publication_text *t
                = add_text(out, made->name, lang,
                           (enum round_text_kind)(made->kind - DOC_REPORT));

            t->source = s.bytes;
            t->len = s.len;
        }
}

struct publication_text *
publication_text_find(struct publication_texts *texts, const char *name,
                      enum lang lang)
{
    for (int i = 0; i < texts->count; i++)
        if (texts->text[i].lang == lang
            && strcmp(texts->text[i].name, name) == 0)
            return &texts->text[i];
    return NULL;
}

/* What was saved stands in the templates' place, or beside them. */
static bool
add_stored(const struct opened *o, struct arena *arena,
           struct publication_texts *out, struct err *e)
{
    const struct round_text *list;
    int count;

    if (!round_text_list(o->store, o->round, arena, &list, &count, e))
        return false;
    for (int i = 0; i < count; i++) {
        struct publication_text *t
            = publication_text_find(out, list[i].name, list[i].lang);
        struct round_text_version v;

        if (!round_text_read(o->store, o->round, &list[i], 0, arena, &v, e))
            return false;
        if (t == NULL)
            t = add_text(out, list[i].name, list[i].lang, list[i].kind);
        t->stored = &list[i];
        t->source = v.source;
        t->len = v.len;
    }
    return true;
}

bool
publication_texts(const struct opened *o, struct arena *arena,
                  struct publication_texts *out, struct err *e)
{
    out->count = 0;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (!read_focus(o, arena, out, lang, e))
            return false;
    add_templates(out);
    if (!add_stored(o, arena, out, e))
        return false;
    for (int i = 0; i < out->count; i++)
        publication_text_read(o, out, arena, &out->text[i],
                              out->text[i].source, out->text[i].len);
    return true;
}

/* ---- what becomes a document ---- */

/* "report.nb" is T. */
static bool
is_called(const struct publication_text *t, const char *called)
{
    size_t n = strlen(t->name);

    return strncmp(called, t->name, n) == 0 && called[n] == '.'
        && strcmp(called + n + 1, lang_code(t->lang)) == 0;
}

static bool
is_without(const struct publication_without *w,
           const struct publication_text *t)
{
    for (int i = 0; w != NULL && i < w->count; i++)
        if (is_called(t, w->text[i]))
            return true;
    return false;
}

/* What is to be left out must be there: a slip of the pen would hand it
 * out. */
static bool
check_without(const struct putting *p, struct arena *arena, struct err *e)
{
    for (int i = 0; p->without != NULL && i < p->without->count; i++) {
        const char *called = p->without->text[i];
        char quoted[QUOTE_MAX];
        struct near near;
        bool found = false;

        near_begin(&near, called, strlen(called));
        for (int k = 0; k < p->texts->count && !found; k++) {
            const struct publication_text *t = &p->texts->text[k];

            found = is_called(t, called);
            near_offer(&near, arena_printf(arena, "%s.%s", t->name,
                                           lang_code(t->lang)));
        }
        if (found)
            continue;
        err_quote(quoted, sizeof quoted, called, strlen(called));
        if (near.best == NULL)
            return err_set(e, ERR_INPUT, "publish.without", "%s", quoted);
        return err_set(e, ERR_INPUT, "publish.without_near", "%s %s",
                       quoted, near.best);
    }
    return true;
}

/* The place of T among the documents; their count where it has none. */
static int
place_of(const struct putting *p, const struct publication_text *t)
{
    int at = 0;

    while (at < *p->count
           && (p->document[at].kind == DOC_TABLES
               || p->document[at].lang != t->lang
               || strcmp(p->document[at].id, t->name) != 0))
        at++;
    return at;
}

static void
take_away(const struct putting *p, int at)
{
    memmove(&p->document[at], &p->document[at + 1],
            (size_t)(--*p->count - at) * sizeof p->document[0]);
}

static bool
put_text(const struct putting *p, const struct publication_text *t,
         struct err *e)
{
    bool without = is_without(p->without, t);
    int at = place_of(p, t);

    if (t->text == NULL) {
        if (at == *p->count && t->stored == NULL)
            return true;
        if (!without && (p->without == NULL || !p->without->faulty)) {
            *e = t->fault;
            return false;
        }
        if (at < *p->count)
            take_away(p, at);
        return true;
    }
    if (at == PUBLICATION_DOCUMENTS_MAX)
        return err_set(e, ERR_INPUT, "publish.many", "%d",
                       (int)PUBLICATION_DOCUMENTS_MAX);
    *p->count += at == *p->count;
    p->document[at] = (struct publication_document){
        .kind = text_kind(t->text), .report = text_report(t->text),
        .lang = t->lang, .text = t->text, .id = t->name,
        .build = t->lang == p->lang && !without
    };
    return true;
}

bool
publication_put(const struct opened *o,
                const struct publication_texts *texts,
                const struct publication_without *without, enum lang lang,
                struct arena *arena, struct publication_document *document,
                int *count, struct err *e)
{
    const struct putting p = {
        .texts = texts, .without = without, .lang = lang,
        .document = document, .count = count
    };

    if (!check_without(&p, arena, e)
        || !publication_usual(o, lang, arena, document, count, e))
        return false;
    for (int i = 0; i < texts->count; i++)
        if (!put_text(&p, &texts->text[i], e))
            return false;
    return true;
}

bool
publication_stored(const struct opened *o, enum lang lang,
                   struct arena *arena,
                   struct publication_document *document, int *count,
                   struct err *e)
{
    struct publication_texts *texts = arena_take(arena, sizeof *texts);

    return publication_texts(o, arena, texts, e)
        && publication_put(o, texts, NULL, lang, arena, document, count, e);
}
