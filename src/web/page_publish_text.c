/* page_publish_text.c - a text of the publication: what it says, beside what
 * it becomes. Saving takes also what has faults, so that nobody loses half a
 * day's work; but such a text is in no document until it has none. */
#include <string.h>
#include "base/msg.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"
#include "web/publish_view.h"

/* The text that the address names; NULL, and P is answered. Who edits it
 * reads everything at each pause of his typing: the log says once an hour
 * that he does, and of which text. */
static struct publication_text *
asked_text(struct page *p, struct publish **u)
{
    struct publication_text *t;

    *u = publish_open(p);
    if (*u == NULL) {
        page_fail(p);
        return NULL;
    }
    t = publish_find(p, *u, p->param[1]);
    if (t == NULL) {
        page_refuse(p, 404, NULL);
        return NULL;
    }
    p->actor.hourly = true;
    p->actor.purpose = arena_printf(p->arena, "%s %s", p->def->path,
                                    publish_id(p, t));
    return t;
}

static enum publish_part
part_of(const struct publication_text *t)
{
    static const enum publish_part parts[ROUND_TEXT_KINDS] = {
        PUBLISH_PART_REPORT, PUBLISH_PART_SLIDES, PUBLISH_PART_MEDIA
    };

    return round_text_kind_of(t->name) >= 0 ? parts[t->kind]
                                            : PUBLISH_PART_OTHER;
}

/* The same text in the other languages; own texts only where they are. */
static void
put_langs(struct page *p, struct publish *u, const struct publication_text *t)
{
    struct view *list = view_list(p->view, "langs");

    for (int i = 0; i < LANG_COUNT; i++) {
        const char *id = arena_printf(p->arena, "%s.%s", t->name,
                                      lang_code((enum lang)i));
        struct view *item;

        if (publish_find(p, u, id) == NULL)
            continue;
        item = view_item(list);
        view_text(item, "code", lang_code((enum lang)i));
        view_text(item, "text", publish_lang_name(p, (enum lang)i));
        view_text(item, "href", arena_printf(p->arena, "%s/texts/%s",
                                             publish_base(p), id));
        view_flag(item, "here", i == (int)t->lang);
    }
}

/* The places that are used most; docs/texts.md has all. */
static const struct {
    const char *write, *becomes;
} places[] = {
    { "{{people EXPR}}", "publish.place_people" },
    { "{{count EXPR}}", "publish.place_count" },
    { "{{share A of B}}", "publish.place_share" },
    { "{{part A of B}}", "publish.place_part" },
    { "{{amount V where EXPR}}", "publish.place_amount" },
    { "{{more A than B \"x\" \"y\"}}", "publish.place_more" },
    { "{{finding T}}", "publish.place_finding" },
    { "{{sentence T}}", "publish.place_sentence" },
    { "{{municipality}} {{year}} {{recipients}} {{rate}}",
      "publish.place_facts" },
    { "{{if share(A of B) > 50 %}} ... {{else}} ... {{end}}",
      "publish.place_if" },
    { "{{block T}}", "publish.place_block" },
    { "{{chart T}}  {{table T}}  {{figures T}}", "publish.place_chart" },
    { "{{definitions T}}", "publish.place_definitions" },
    { "{{table rows=V columns=V where=\"EXPR\"}}", "publish.place_own" },
    { "{{focus}}", "publish.place_focus_areas" },
    { "{{coverage}}", "publish.place_coverage" },
    { "> ...", "publish.place_box" },
    { "{{note}} ...", "publish.place_note" },
    { "{{typed 4}}", "publish.place_typed" },
};

/* What a text may ask for, beside the editor: places, the instrument's
 * tables and variables. */
static void
put_help(struct page *p)
{
    const struct instrument *in = p->round->in;
    struct view *tables = view_list(p->view, "tables");
    struct view *variables = view_list(p->view, "variables");
    struct view *list = view_list(p->view, "places");

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct view *item = view_item(list);

        view_text(item, "write", places[i].write);
        view_text(item, "becomes", msg_text(p->lang, places[i].becomes));
    }
    for (int i = 0; i < in->table_count; i++) {
        struct view *item = view_item(tables);

        view_text(item, "insert", arena_printf(p->arena, "{{block %s}}",
                                               in->tables[i].id));
        view_text(item, "name", in->tables[i].id);
        view_text(item, "means", in->tables[i].title.in[p->lang]);
    }
    for (int i = 0; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];
        struct view *item;

        if (v->identifies || v->kind == KIND_IDENT)
            continue;
        item = view_item(variables);
        view_text(item, "name", v->id);
        view_text(item, "means", v->label.in[p->lang]);
    }
}

static void
put_state(struct page *p, const struct publish *u,
          const struct publication_text *t)
{
    const struct round_text *s = t->stored;

    view_flag(p->view, "saved", s != NULL);
    view_flag(p->view, "locked", s != NULL && s->locked);
    view_flag(p->view, "published", publish_is_out(u, t->name, t->lang));
    view_int(p->view, "version", s != NULL ? s->version : 0);
    if (s != NULL)
        view_text(p->view, "saved_when",
                  PAGE_TEXT(p, "publish.version_by",
                            arena_printf(p->arena, "%d", s->version),
                            publish_time(p, s->at_ms), s->by));
    view_flag(p->view, "editable", publish_may_prepare(p)
                                   && (s == NULL || !s->locked));
    view_flag(p->view, "removable", s != NULL && publish_may_prepare(p)
                                    && !s->locked);
    view_flag(p->view, "unlockable", s != NULL && s->locked
                                     && publish_may_publish(p));
}

/* The page with the source as it stands in T, made from revision SEEN. */
static void
show(struct page *p, struct publish *u, const struct publication_text *t,
     int seen)
{
    if (!publish_put_preview(p, u, t)) {
        page_fail(p);
        return;
    }
    p->title = publish_name(p, t);
    view_text(p->view, "heading", p->title);
    view_text(p->view, "lang_name", publish_lang_name(p, t->lang));
    view_text(p->view, "lang_code", lang_code(t->lang));
    view_text(p->view, "action", arena_printf(p->arena, "%s/texts/%s",
                                              publish_base(p),
                                              publish_id(p, t)));
    view_text(p->view, "versions", arena_printf(p->arena, "%s/versions/%s",
                                                publish_base(p),
                                                publish_id(p, t)));
    view_text(p->view, "source", t->source);
    view_int(p->view, "seen", seen);
    put_langs(p, u, t);
    put_state(p, u, t);
    put_help(p);
    publish_put_files(p, p->view,
                      t->text != NULL ? text_kind(t->text) : DOC_REPORT,
                      t->name, t->lang);
    publish_show(p, part_of(t), "publish_text");
}

static int
revision(const struct publication_text *t)
{
    return t->stored != NULL ? t->stored->version : 0;
}

void
page_publish_text(struct page *p)
{
    struct publish *u;
    struct publication_text *t = asked_text(p, &u);

    if (t != NULL)
        show(p, u, t, revision(t));
}

/* What was typed, with line ends as the text has them. */
static void
read_typed(struct page *p, struct publish *u, struct publication_text *t)
{
    const char *typed = page_field(p, "source");
    char *out = arena_take(p->arena, strlen(typed) + 1);
    size_t n = 0;

    for (; *typed != '\0'; typed++)
        if (typed[0] != '\r' || typed[1] != '\n')
            out[n++] = *typed;
    out[n] = '\0';
    publish_read(p, u, t, out, n);
}

struct text_change {
    const struct publication_text *t;
    int seen, now;
};

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct text_change *c = ctx;

    return round_text_save(s, &p->actor, round->round, c->t->name,
                           c->t->lang, c->t->kind, c->t->source, c->t->len,
                           c->seen, &c->now, e);
}

void
page_publish_text_save(struct page *p)
{
    struct text_change c = { .seen = publish_number(p, "seen") };
    struct publish *u;
    struct publication_text *t = asked_text(p, &u);

    if (t == NULL)
        return;
    c.t = t;
    read_typed(p, u, t);
    if (strcmp(page_field(p, "do"), "preview") != 0
        && page_write(p, save, &c)) {
        page_redirect_notice(p, t->text != NULL ? "said.publish_saved"
                                                : "said.publish_faulty",
                             "%s/texts/%s", publish_base(p),
                             publish_id(p, t));
        return;
    }
    if (p->err.key[0] == '\0' || page_fault(p, "source"))
        show(p, u, t, c.seen);
}

/* The part of the page that follows the typing (publish.js). */
void
page_publish_preview(struct page *p)
{
    struct publish *u;
    struct publication_text *t = asked_text(p, &u);

    if (t == NULL)
        return;
    read_typed(p, u, t);
    if (publish_put_preview(p, u, t))
        page_show(p, "publish_preview");
    else
        page_fail(p);
}

/* ---- a text of the group's own ---- */

static bool
make(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct publication_text *t = ctx;
    int now;

    return round_text_save(s, &p->actor, round->round, t->name, t->lang,
                           t->kind, t->source, t->len, 0, &now, e);
}

/* From the program's template of that kind. */
void
page_publish_text_new(struct page *p)
{
    int kind = round_text_kind_of(page_field(p, "kind"));
    enum lang lang = lang_of(page_field(p, "lang"));
    struct publish *u;
    struct publication_text *from, t;

    if (kind < 0 || lang >= LANG_COUNT) {
        page_refuse(p, 400, NULL);
        return;
    }
    u = publish_open(p);
    if (u == NULL) {
        page_fail(p);
        return;
    }
    from = publish_find(p, u, arena_printf(p->arena, "%s.%s",
                                        round_text_word(
                                            (enum round_text_kind)kind),
                                        lang_code(lang)));
    t = *from;
    t.name = setup_slug(p, setup_text(p, "name"), ROUND_TEXT_NAME);
    for (char *c = (char *)(uintptr_t)t.name; *c != '\0'; c++)
        if (*c == '_')
            *c = '-';
    if (page_write(p, make, &t))
        page_redirect_notice(p, "said.publish_saved", "%s/texts/%s",
                             publish_base(p), publish_id(p, &t));
    else
        page_fail(p);
}
