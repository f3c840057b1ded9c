/* publish.c - see publish.h.
 *
 * A text that was never saved is the program's template, so that what is
 * shown, downloaded and published is the same before and after the first
 * saving. Every document of the round is in every release: what one page
 * shows fits what the others do. */
#include "web/publish.h"
#include <string.h>
#include "base/msg.h"
#include "report/compare_round.h"
#include "store/publishing.h"

/* ---- what there is ---- */

void
publish_read(struct page *p, struct publish *u, struct publication_text *t,
             const char *source, size_t len)
{
    publication_text_read(p->round, &u->texts, p->arena, t, source, len);
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
        && brand_read(p->store, r, p->arena, &u->brand, &p->err)
        && publishing_state(p->store, r, p->arena, &u->state, &p->err)
        && publication_texts(p->round, p->arena, &u->texts, &p->err))
        return u;
    return NULL;
}

struct publication_text *
publish_find(struct page *p, struct publish *u, const char *text)
{
    const char *dot = strrchr(text, '.');
    enum lang lang = dot != NULL ? lang_of(dot + 1) : LANG_COUNT;

    if (lang == LANG_COUNT)
        return NULL;
    return publication_text_find(&u->texts,
                                 arena_text_n(p->arena, text,
                                              (size_t)(dot - text)), lang);
}

const char *
publish_id(struct page *p, const struct publication_text *t)
{
    return arena_printf(p->arena, "%s.%s", t->name, lang_code(t->lang));
}

const char *
publish_name(struct page *p, const struct publication_text *t)
{
    const struct text_template *of = text_template_named(t->name);
    const struct instrument *in = p->round->in;
    const char *kind;
    int about;

    if (of == NULL)
        return t->name;
    kind = msg_text(p->lang, arena_printf(p->arena, "publish.%s",
                                          text_kind_word(of->kind)));
    about = instrument_report(in, of->about);
    if (round_text_kind_of(t->name) >= 0 || about < 0)
        return kind;
    return arena_printf(p->arena, "%s: %s", kind,
                        in->reports[about].title.in[p->lang]);
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

/* The place of the one that is wanted, or -1; all in the language are built
 * already. */
static int
choose(struct publication_document *list, int count,
       const struct publish_wish *wish)
{
    int chosen = -1;

    for (int i = 0; i < count && !wish->all; i++) {
        struct publication_document *d = &list[i];

        d->build = chosen < 0 && wish->document != NULL
                   && d->lang == wish->lang
                   && strcmp(d->id, wish->document) == 0;
        if (d->build)
            chosen = i;
    }
    return chosen;
}

/* What is kept to be compared, if it can be: a publication is not held up by
 * it, and the page of what is compared says why. */
static bool
read_beside(struct page *p, struct publication_order *order,
            struct compare_kept *k)
{
    struct err why = { 0 };

    if (!compare_kept_read(p->round, p->arena, k, &p->err))
        return false;
    if (k->count == 0
        || !compare_check(p->round, k->beside, k->count, true, p->arena,
                          &why))
        return true;
    order->beside = k->beside;
    order->beside_count = k->count;
    return true;
}

static bool
make(struct page *p, const struct publish *u,
     const struct publish_wish *wish, struct publication_order *order,
     struct publication *out, int *chosen)
{
    static const struct publication_without draft = { .faulty = true };
    struct publication_document *list
        = arena_array(p->arena, PUBLICATION_DOCUMENTS_MAX, sizeof *list);
    struct compare_kept *kept = arena_take(p->arena, sizeof *kept);
    bool ok;

    memset(out, 0, sizeof *out);
    *order = (struct publication_order){
        .document = list, .municipality_name = page_municipality(p),
        .rule = &u->rule, .ledger = &u->ledger, .publish = wish->published
    };
    if (!publication_put(p->round, &u->texts,
                         wish->without != NULL ? wish->without : &draft,
                         wish->lang, p->arena, list, &order->document_count,
                         &p->err))
        return false;
    *chosen = choose(list, order->document_count, wish);
    order->audit_only = *chosen < 0 && !wish->all;
    ok = (order->audit_only || read_beside(p, order, kept))
         && publication_make(p->round, &p->actor, order, p->arena, out,
                             &p->err);
    out->kept = kept;
    return ok;
}

bool
publish_make_list(struct page *p, const struct publish *u,
                  const struct publish_wish *wish, struct publication *out,
                  const struct publication_document **list, int *count)
{
    struct publication_order order;
    int chosen;
    bool ok = make(p, u, wish, &order, out, &chosen);

    *list = order.document;
    *count = order.document_count;
    return ok;
}

bool
publish_make(struct page *p, const struct publish *u,
             const struct publish_wish *wish, struct publication *out,
             const struct document **doc)
{
    struct publication_order order;
    int chosen;

    *doc = NULL;
    if (!make(p, u, wish, &order, out, &chosen))
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
