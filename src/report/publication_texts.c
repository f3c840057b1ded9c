/* publication_texts.c - the texts of a round as the store has them, with the
 * focus areas that its working group picked; see publication.h.
 *
 * A text that was never saved is the program's template. */
#include <string.h>
#include "report/publication.h"
#include "report/text.h"
#include "store/focus.h"
#include "store/text.h"

struct storing {
    const struct opened *o;
    struct arena *arena;
    struct text_focus *focus[LANG_COUNT];
    int focus_count[LANG_COUNT];
    struct publication_document *document;
    int *count;
};

static bool
read_focus(struct storing *s, enum lang lang, struct err *e)
{
    const struct round_focus *list;
    int revision;

    if (!round_focus_list(s->o->store, s->o->round, lang, s->arena, &list,
                          &s->focus_count[lang], &revision, e))
        return false;
    s->focus[lang] = arena_array(s->arena,
        (size_t)s->focus_count[lang] + 1, sizeof(struct text_focus));
    for (int i = 0; i < s->focus_count[lang]; i++)
        s->focus[lang][i] = (struct text_focus){
            .title = list[i].title, .text = list[i].text,
            .recommendation = list[i].recommendation
        };
    return true;
}

/* The document NAME in LANG, or a new one; NULL where there is no room. */
static struct publication_document *
document_of(struct storing *s, const char *name, enum lang lang)
{
    for (int i = 0; i < *s->count; i++)
        if (s->document[i].kind != DOC_TABLES
            && s->document[i].lang == lang
            && strcmp(s->document[i].id, name) == 0)
            return &s->document[i];
    if (*s->count == PUBLICATION_DOCUMENTS_MAX)
        return NULL;
    return &s->document[(*s->count)++];
}

/* A text can be saved with faults in it, also in its head. */
static bool
check_head(const struct text *text, enum doc_kind kind, enum lang lang,
           const char *file, struct err *e)
{
    if (text_lang(text) != lang)
        err_set(e, ERR_INPUT, "publish.head_lang", "%s %s",
                lang_code(text_lang(text)), lang_code(lang));
    else if (text_kind(text) != kind)
        err_set(e, ERR_INPUT, "publish.head_kind", "%s %s",
                text_kind_word(text_kind(text)), text_kind_word(kind));
    else
        return true;
    return err_at(e, file, 1, 1);
}

static bool
put_text(struct storing *s, const char *name, enum lang lang,
         enum doc_kind kind, struct text_source source, bool build,
         struct err *e)
{
    struct publication_document *d = document_of(s, name, lang);
    struct text *text;

    source.file = arena_printf(s->arena, "%s.%s", name, lang_code(lang));
    source.focus = s->focus[lang];
    source.focus_count = s->focus_count[lang];
    text = text_read(&source, s->o->in, s->arena, e);
    if (text == NULL || !check_head(text, kind, lang, source.file, e))
        return false;
    if (d == NULL)
        return err_set(e, ERR_INPUT, "publish.many", "%d",
                       (int)PUBLICATION_DOCUMENTS_MAX);
    *d = (struct publication_document){
        .kind = text_kind(text), .report = text_report(text), .lang = lang,
        .text = text, .id = arena_text(s->arena, name), .build = build
    };
    return true;
}

/* The templates again, with focus areas, where the group has picked any. */
static bool
put_templates(struct storing *s, enum lang lang, struct err *e)
{
    for (int i = 0; i < *s->count; i++) {
        const struct publication_document d = s->document[i];

        if (d.kind != DOC_TABLES && s->focus_count[d.lang] > 0
            && !put_text(s, d.id, d.lang, d.kind,
                         text_template(d.kind, d.lang), d.lang == lang, e))
            return false;
    }
    return true;
}

bool
publication_stored(const struct opened *o, enum lang lang,
                   struct arena *arena,
                   struct publication_document *document, int *count,
                   struct err *e)
{
    struct storing s = {
        .o = o, .arena = arena, .document = document, .count = count
    };
    const struct round_text *list;
    int texts;

    if (!publication_usual(o, lang, arena, document, count, e)
        || !round_text_list(o->store, o->round, arena, &list, &texts, e))
        return false;
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (!read_focus(&s, l, e))
            return false;
    if (!put_templates(&s, lang, e))
        return false;
    for (int i = 0; i < texts; i++) {
        struct round_text_version v;

        if (!round_text_read(o->store, o->round, &list[i], 0, arena, &v, e)
            || !put_text(&s, list[i].name, list[i].lang,
                         (enum doc_kind)(DOC_REPORT + (int)list[i].kind),
                         (struct text_source){ .bytes = v.source,
                                               .len = v.len },
                         list[i].lang == lang, e))
            return false;
    }
    return true;
}
