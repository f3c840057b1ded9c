/* text_build.c - a text as a document; see text.h.
 *
 * All tables are made first, in the order they were asked for, so that what
 * is said of them can't change which there are. Then the branches of
 * conditions are chosen, the Markdown that is left is parsed, and its
 * blocks become nodes. What has nothing left is taken away at the end. */
#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include "report/format.h"
#include "report/texting.h"

enum { DEPTH_MAX = 3 };

struct laying {
    struct texted x;
    struct node *open[DEPTH_MAX + 1];   /* 0: the root */
    int level;                  /* of the section that is open */
    int skip;                   /* a heading of this level is hidden: all
                                 * under it is left out; 0: none */
    int sections, blocks;
    /* The section, from 1, in which a table's notes stand already, and the
     * table itself in place of a chart there was nothing to draw in. */
    int noted[TEXT_TABLES_MAX], stood_in[TEXT_TABLES_MAX];
    bool cards;                 /* a list is cards */
};

/* ---- inline ---- */

/* The inline content of N, as words. */
static void
gather(struct laying *l, cmark_node *n, struct words *w)
{
    cmark_iter *iter = cmark_iter_new(n);
    cmark_event_type event;
    int strong = 0, emphasis = 0;
    const char *href = NULL;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        int step = event == CMARK_EVENT_ENTER ? 1 : -1;

        switch (cmark_node_get_type(at)) {
        case CMARK_NODE_STRONG: strong += step; break;
        case CMARK_NODE_EMPH: emphasis += step; break;
        case CMARK_NODE_LINK:
            href = step < 0 ? NULL
                : arena_text(l->x.b.arena, cmark_node_get_url(at));
            break;
        case CMARK_NODE_TEXT: case CMARK_NODE_CODE:
            words_style(w, (strong > 0 ? RUN_STRONG : 0u)
                        | (emphasis > 0 ? RUN_EMPHASIS : 0u), href);
            buf_text(&w->text, cmark_node_get_literal(at));
            break;
        case CMARK_NODE_SOFTBREAK: case CMARK_NODE_LINEBREAK:
        case CMARK_NODE_PARAGRAPH:
            buf_byte(&w->text, ' ');
            break;
        default:
            break;
        }
    }
    cmark_iter_free(iter);
}

static struct spoken
say_inline(struct laying *l, cmark_node *n)
{
    struct words w;
    struct spoken said;

    words_init(&w);
    gather(l, n, &w);
    said = words_say(&l->x, &w);
    words_clear(&w);
    return said;
}

/* The place that N begins with, NULL where it is none. */
static const struct place *
first_place(const struct laying *l, cmark_node *n)
{
    cmark_node *child = cmark_node_first_child(n);
    const char *s = child == NULL
        || cmark_node_get_type(child) != CMARK_NODE_TEXT
        ? NULL : cmark_node_get_literal(child);
    int32_t mark = s == NULL ? -1 : mark_take(&s, s + strlen(s));

    return mark < 0 || mark == MARK_HIDDEN ? NULL
        : text_place(l->x.t, mark);
}

/* Whether N is one mark and nothing else. */
static bool
is_mark(cmark_node *n)
{
    cmark_node *child = cmark_node_first_child(n);

    return child != NULL && cmark_node_next(child) == NULL
        && cmark_node_get_type(child) == CMARK_NODE_TEXT
        && strlen(cmark_node_get_literal(child)) == MARK_BYTES;
}

static void
put_spoken(struct node *n, struct spoken said)
{
    n->text = said.text;
    n->run = said.run;
    n->run_count = said.run_count;
}

/* Whether a place of KIND shows a table of its own. */
static bool
place_shows_table(enum place_kind kind)
{
    return kind == PLACE_BLOCK || kind == PLACE_CHART || kind == PLACE_TABLE
        || kind == PLACE_FIGURES || kind == PLACE_DEFINITIONS;
}

static struct node *
add(struct laying *l, enum node_kind kind)
{
    return tree_add(l->x.b.arena, l->open[l->level], kind);
}

/* ---- sections ---- */

/* The title of the first table or chart under the heading N, before the
 * next heading; "" where there is none. */
static const char *
title_under(const struct laying *l, cmark_node *n)
{
    for (n = cmark_node_next(n); n != NULL
         && cmark_node_get_type(n) != CMARK_NODE_HEADING;
         n = cmark_node_next(n)) {
        const struct place *p
            = cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH
            ? NULL : first_place(l, n);

        if (p != NULL && place_shows_table(p->kind))
            return l->x.table[p->table]->title;
    }
    return "";
}

/* What a heading says; that of a hidden finding is its table's title, and
 * any other that is hidden takes that of the table under it. */
static const char *
heading_text(struct laying *l, cmark_node *n)
{
    const struct place *p = is_mark(n) ? first_place(l, n) : NULL;
    int left_out = l->x.left_out;
    const char *said, *title;

    if (p != NULL && p->kind == PLACE_FINDING
        && text_say(&l->x, p).how != SAID)
        return l->x.table[p->table]->title;
    said = say_inline(l, n).text;
    if (*said != '\0' || l->x.left_out == left_out)
        return said;
    title = title_under(l, n);
    if (*title != '\0')
        l->x.left_out = left_out;
    return title;
}

static void
open_section(struct laying *l, cmark_node *n)
{
    int level = cmark_node_get_heading_level(n);
    const char *title;
    struct node *section;

    if (l->skip != 0 && level > l->skip)
        return;
    l->skip = 0;
    if (level > DEPTH_MAX)
        level = DEPTH_MAX;
    while (level > 1 && l->open[level - 1] == NULL)
        level--;
    title = heading_text(l, n);
    if (*title == '\0') {
        l->skip = level;
        return;
    }
    l->level = level - 1;
    section = add(l, NODE_SECTION);
    section->id = arena_printf(l->x.b.arena, "t%d", ++l->sections);
    section->title = title;
    l->level = level;
    l->open[level] = section;
    for (int i = level + 1; i <= DEPTH_MAX; i++)
        l->open[i] = NULL;
}

/* ---- blocks ---- */

static struct doc_table *
copy_table(struct laying *l, const struct place *p)
{
    struct doc_table *t = arena_take(l->x.b.arena, sizeof *t);

    *t = *l->x.table[p->table];
    return t;
}

static const struct table_def *
def_of(const struct laying *l, const struct place *p)
{
    int def = text_table(l->x.t, p->table)->def;

    return def < 0 ? NULL : &l->x.t->in->tables[def];
}

/* The notes of T, that of the place P, once in a section however often it
 * is shown there; in slides the speaker also sees who was asked. */
static void
add_notes(struct laying *l, const struct place *p, const struct doc_table *t)
{
    struct building *b = &l->x.b;
    struct node *n;

    if (l->noted[p->table] == l->sections)
        return;
    l->noted[p->table] = l->sections;
    build_notes(b, l->open[l->level], t);
    if (l->x.t->kind != DOC_SLIDES || t->where_words == NULL
        || *t->where_words == '\0')
        return;
    n = add(l, NODE_NOTE);
    n->title = msg_text(b->lang, "text.note_filter");
    n->text = t->where_words;
}

/* A chart of key figures shows no bases; on a slide no table does. */
static void
name_bases(struct laying *l, const struct doc_table *t)
{
    const char *each = msg_text(l->x.b.lang, "report.base_each");
    const char *named = l->x.t->kind == DOC_SLIDES
        ? phrase_bases(&l->x.b.phrase, t) : NULL;

    for (struct node *n = l->open[l->level]->child; n != NULL; n = n->next)
        if (named != NULL && n->kind == NODE_NOTE
            && strcmp(n->text, each) == 0)
            n->text = named;
}

static void
add_table(struct laying *l, const struct place *p, struct doc_table *t)
{
    t->number = ++l->x.b.tables;
    add(l, NODE_TABLE)->table = t;
    add_notes(l, p, t);
}

static void
add_chart(struct laying *l, const struct place *p)
{
    const struct table_def *def = def_of(l, p);
    struct doc_table *t = copy_table(l, p);
    enum chart kind = def != NULL && def->chart != CHART_NONE ? def->chart
        : build_default_chart(t);
    const struct chart_model *chart;

    if (kind == CHART_NONE)
        kind = CHART_LIST;      /* key figures */
    chart = build_chart(&l->x.b, t, kind,
                        def != NULL ? def->finding_key : NULL);
    if (chart == NULL) {
        add_table(l, p, t);
        l->stood_in[p->table] = l->sections;
        return;
    }
    add(l, NODE_CHART)->chart = chart;
    add_notes(l, p, t);
    name_bases(l, t);
}

/* A block's id is that of its table, the first time. */
static void
add_block(struct laying *l, const struct place *p)
{
    struct node *section = l->open[l->level], *block;

    build_table_block(&l->x.b, section, def_of(l, p), copy_table(l, p));
    block = section->last;
    block->id = arena_printf(l->x.b.arena, "b%d-%s", ++l->blocks,
                             block->id);
}

static void
add_definitions(struct laying *l, const struct place *p)
{
    build_definitions(&l->x.b, l->open[l->level], l->x.table[p->table],
                      def_of(l, p)->definitions);
}

static void
add_place(struct laying *l, const struct place *p)
{
    struct doc_table *t;

    switch (p->kind) {
    case PLACE_BLOCK:
        add_block(l, p);
        break;
    case PLACE_CHART:
        add_chart(l, p);
        break;
    case PLACE_TABLE:
        if (l->stood_in[p->table] != l->sections)
            add_table(l, p, copy_table(l, p));
        break;
    case PLACE_FIGURES:
        t = copy_table(l, p);
        add(l, NODE_FIGURES)->table = t;
        add_notes(l, p, t);
        break;
    case PLACE_DEFINITIONS:
        add_definitions(l, p);
        break;
    case PLACE_COVERAGE:
        if (l->x.input->coverage != NULL)
            build_coverage(&l->x.b, l->open[l->level],
                           l->x.input->coverage);
        break;
    case PLACE_COMPARE: case PLACE_RATES:
        compare_place_add(&l->x, p, l->open[l->level],
                          arena_printf(l->x.b.arena, "b%d-",
                                       ++l->blocks));
        break;
    default:
        l->cards = true;
        break;
    }
}

/* ---- words ---- */

static void
add_words(struct laying *l, enum node_kind kind, cmark_node *n,
          struct node *parent)
{
    struct spoken said = say_inline(l, n);

    if (*said.text != '\0')
        put_spoken(tree_add(l->x.b.arena, parent, kind), said);
}

static void
add_note(struct laying *l, cmark_node *n, const struct place *p)
{
    struct spoken said = say_inline(l, n);
    struct node *note;

    if (*said.text == '\0')
        return;
    note = add(l, NODE_NOTE);
    note->title = p->word[0] != NULL ? p->word[0]
        : msg_text(l->x.b.lang, l->x.t->kind == DOC_SLIDES
                   ? "text.note_speaker" : "report.note_note");
    note->text = said.text;
}

static void
add_paragraph(struct laying *l, cmark_node *n)
{
    const struct place *p = first_place(l, n);

    if (p != NULL && p->kind == PLACE_NOTE)
        add_note(l, n, p);
    else if (p != NULL && place_is_block(p->kind))
        add_place(l, p);
    else
        add_words(l, NODE_PARAGRAPH, n, l->open[l->level]);
}

/* ---- cards ---- */

enum { CARD_PARTS = 4 };

/* The parts of an item, divided by upright lines; each said by itself, so
 * that what is hidden in one does not take the others. */
static bool
say_card(struct laying *l, const struct words *w, struct doc_card *card)
{
    const char *part[CARD_PARTS] = { NULL };
    const char *s = buf_string(&w->text);

    for (int i = 0; i < CARD_PARTS && s != NULL; i++) {
        const char *end = strstr(s, " |");
        struct words one;

        words_init(&one);
        buf_add(&one.text, s, end != NULL ? (size_t)(end - s) : strlen(s));
        part[i] = words_say(&l->x, &one).text;
        if (*part[i] == '\0')
            part[i] = NULL;
        words_clear(&one);
        s = end == NULL ? NULL : end + 2;
        while (s != NULL && *s == ' ')
            s++;
    }
    *card = (struct doc_card){
        part[0], part[1] != NULL ? part[1] : "",
        part[2] != NULL ? part[2] : "", part[3]
    };
    return part[1] != NULL || part[2] != NULL;
}

static int
count_children(cmark_node *n)
{
    int count = 0;

    for (n = cmark_node_first_child(n); n != NULL; n = cmark_node_next(n))
        count++;
    return count;
}

static void
add_cards(struct laying *l, cmark_node *list)
{
    struct doc_card *card = arena_array(l->x.b.arena,
        (size_t)count_children(list) + 1, sizeof *card);
    struct node *n;
    int count = 0;

    for (cmark_node *i = cmark_node_first_child(list); i != NULL;
         i = cmark_node_next(i)) {
        struct words w;

        words_init(&w);
        gather(l, i, &w);
        count += say_card(l, &w, &card[count]);
        words_clear(&w);
    }
    if (count == 0)
        return;
    n = add(l, NODE_CARDS);
    n->card = card;
    n->count = count;
}

/* ---- blocks of Markdown ---- */

static void
add_list(struct laying *l, cmark_node *list)
{
    struct node *n = add(l, NODE_LIST);

    n->number = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    for (cmark_node *i = cmark_node_first_child(list); i != NULL;
         i = cmark_node_next(i))
        add_words(l, NODE_ITEM, i, n);
}

static void
add_node(struct laying *l, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);
    bool cards = l->cards && type == CMARK_NODE_LIST;

    if (type == CMARK_NODE_HEADING)
        open_section(l, n);
    if (l->skip != 0 || l->level == 0 || type == CMARK_NODE_HEADING)
        return;
    l->cards = false;
    if (cards)
        add_cards(l, n);
    else if (type == CMARK_NODE_LIST)
        add_list(l, n);
    else if (type == CMARK_NODE_PARAGRAPH)
        add_paragraph(l, n);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        for (cmark_node *c = cmark_node_first_child(n); c != NULL;
             c = cmark_node_next(c))
            add_words(l, NODE_CALLOUT, c, l->open[l->level]);
}

/* Numeric references are refused (text_check.c), but the ends of two pieces
 * may make one: it must not become a mark. */
static void
put_safely(const struct buf *from, struct buf *out)
{
    for (size_t i = 0; i < from->len; i++)
        if (from->data[i] == '&' && from->data[i + 1] == '#')
            buf_text(out, "&amp;");
        else
            buf_byte(out, from->data[i]);
}

static void
lay_out(struct laying *l)
{
    cmark_node *doc;
    struct buf put, text;

    buf_init(&put, 0);
    buf_init(&text, 0);
    pieces_put(&l->x, l->x.t->first, &put);
    put_safely(&put, &text);
    buf_clear(&put);
    doc = cmark_parse_document(buf_string(&text), text.len,
                               CMARK_OPT_DEFAULT);
    for (cmark_node *n = cmark_node_first_child(doc); n != NULL;
         n = cmark_node_next(n))
        add_node(l, n);
    cmark_node_free(doc);
    buf_clear(&text);
}

/* ---- what is left ---- */

/* Takes away sections and lists that hold nothing, and numbers the chapters
 * where they are to have NUMBERS. */
static void
prune(struct node *n, bool numbers)
{
    struct node *kept = NULL;
    int number = 0;

    for (struct node *c = n->child, *next; c != NULL; c = next) {
        next = c->next;
        if (c->kind == NODE_SECTION)
            prune(c, numbers);
        if ((c->kind == NODE_SECTION || c->kind == NODE_LIST)
            && c->child == NULL)
            continue;
        if (numbers && c->kind == NODE_SECTION && n->kind == NODE_ROOT
            && !c->cover)
            c->number = ++number;
        c->next = NULL;
        if (kept == NULL)
            n->child = c;
        else
            kept->next = c;
        kept = c;
    }
    if (kept == NULL)
        n->child = NULL;
    n->last = kept;
}

/* How many sentences are not there, at the end. */
static void
add_left_out(struct laying *l)
{
    static const char *const key[2][2] = {
        { "text.left_out", "text.left_out_one" },
        { "text.left_out_rounded", "text.left_out_rounded_one" }
    };
    struct building *b = &l->x.b;
    struct node *last = b->doc->root->last, *n;
    const char *said;

    if (l->x.left_out == 0)
        return;
    said = SAY(b, key[b->doc->meta.rounded_to > 0][l->x.left_out == 1],
               format_int(b->arena, b->lang, l->x.left_out), NULL);
    if (last == NULL || last->cover) {
        last = tree_add(b->arena, b->doc->root, NODE_SECTION);
        last->id = "t-left-out";
        last->title = msg_text(b->lang, "text.left_out_title");
        tree_add(b->arena, last, NODE_PARAGRAPH)->text = said;
        return;
    }
    n = tree_add(b->arena, last, NODE_NOTE);
    n->title = msg_text(b->lang, "text.left_out_title");
    n->text = said;
}

/* ---- the document ---- */

static void
put_titles(struct laying *l)
{
    struct texted *x = &l->x;
    const struct report_def *def = &x->t->in->reports[x->t->report];
    const struct doc_cell *all = text_cell(x, 0);
    struct document *doc = x->b.doc;
    const char *said = pieces_say(x, x->t->title).text;

    doc->kind = x->t->kind;
    doc->title = *said != '\0' ? said : def->title.in[x->b.lang];
    said = x->t->subtitle != NULL ? pieces_say(x, x->t->subtitle).text : "";
    doc->subtitle = *said != '\0' ? said
        : SAY(&x->b, "report.subtitle", doc->running, NULL);
    doc->meta.report = def->id;
    doc->meta.report_title = def->title.in[x->b.lang];
    doc->meta.where = def->where != NULL ? def->where : "";
    doc->meta.recipients = all->hidden ? -1 : all->n;
    if (!all->hidden)
        build_facts(&x->b, x->input, (struct own_totals){ all->n, 0 });
}

static void
add_cover(struct laying *l)
{
    const struct document *doc = l->x.b.doc;
    struct node *n = add(l, NODE_SECTION);

    n->id = "t0";
    n->title = doc->title;
    n->cover = true;
    tree_add(l->x.b.arena, n, NODE_PARAGRAPH)->text = doc->subtitle;
}

struct document *
text_build(const struct text *t, const struct report_input *input,
           struct arena *arena)
{
    struct laying l = { .x = text_begin(t, input, arena) };
    struct document *doc = l.x.b.doc;

    l.open[0] = doc->root;
    put_titles(&l);
    if (input->withheld
        || protect_small(l.x.b.protect, input->tables[
            text_figure(t, 0)->table]->cell[text_figure(t, 0)->row])) {
        build_too_few(&l.x.b, input->withheld);
        return doc;
    }
    if (t->kind == DOC_SLIDES)
        add_cover(&l);
    lay_out(&l);
    prune(doc->root, t->kind != DOC_MEDIA);
    add_left_out(&l);
    return doc;
}
