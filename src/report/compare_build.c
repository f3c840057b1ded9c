/* compare_build.c - a comparison as a section of a document; see
 * compare.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "def/diff.h"
#include "report/comparing.h"

enum {
    TOLD_MAX = 8,               /* differences told of one table */
    SLIDE_LINES = 3             /* of them on a slide */
};

struct composing {
    struct building b;
    const struct comparison *c;
    struct node *section;
    const char *prefix;         /* of the ids of blocks */
};

static void
paragraph(struct composing *w, struct node *parent, const char *text)
{
    tree_add(w->b.arena, parent, NODE_PARAGRAPH)->text = text;
}

static struct node *
block_new(struct composing *w, const char *id, const char *title)
{
    struct node *block = tree_add(w->b.arena, w->section, NODE_BLOCK);

    block->id = arena_printf(w->b.arena, "%scompare-%s", w->prefix, id);
    block->title = title;
    return block;
}

static void
note(struct composing *w, struct node *block, const char *title,
     const char *text)
{
    struct node *n = tree_add(w->b.arena, block, NODE_NOTE);

    n->title = msg_text(w->b.lang, title);
    n->text = text;
}

bool
compare_has(const struct comparison *c, enum compare_relation relation)
{
    for (int i = 0; i < c->column_count; i++)
        if (c->column[i].relation == relation)
            return true;
    return false;
}

/* ---- who ---- */

static void
add_lead(struct composing *w)
{
    const struct comparison *c = w->c;
    struct building *b = &w->b;
    const char *label[COMPARE_COLUMNS_MAX];
    int count = 0;

    for (int i = 0; i < c->column_count; i++)
        if (i != c->own_column)
            label[count++] = c->column[i].label;
    paragraph(w, w->section,
              SAY(b, "compare.lead", c->column[c->own_column].label,
                  phrase_list(b->arena, b->lang, label, count), NULL));
}

/* What a difference is, and what else may make one. */
static void
add_tests(struct composing *w)
{
    const struct comparison *c = w->c;
    struct building *b = &w->b;
    struct node *block = block_new(w, "tests", msg_text(b->lang,
                                                        "compare.how"));

    paragraph(w, block, msg_text(b->lang, "compare.full_count"));
    paragraph(w, block,
              SAY(b, "compare.tests",
                  format_int(b->arena, b->lang, c->tests),
                  format_int(b->arena, b->lang, c->distributions), NULL));
    if (compare_has(c, COMPARE_EARLIER))
        paragraph(w, block, msg_text(b->lang, "compare.same_people"));
    if (compare_has(c, COMPARE_OTHER) || compare_has(c, COMPARE_TOTAL))
        paragraph(w, block, msg_text(b->lang, "compare.other_ways"));
}

int64_t
compare_recipients(const struct comparison *c, const struct aggregate *a)
{
    const char *id = c->own->in->reports[c->report].id;

    for (int i = 0; i < a->report_count; i++)
        if (strcmp(a->report[i].id, id) == 0)
            return a->report[i].recipients;
    return NUMBER_HIDDEN;
}

static const char *
who_text(struct composing *w, const struct compare_column *col)
{
    struct building *b = &w->b;
    const struct aggregate *a = col->a;
    int64_t n = compare_recipients(w->c, a);
    const char *count = n < 0 ? msg_text(b->lang, "compare.hidden_count")
        : phrase_count(&b->phrase, UNIT_RECIPIENTS, n);
    int32_t day;

    if (a->total)
        count = SAY(b, "compare.members", count,
                    format_int(b->arena, b->lang, a->municipality_count),
                    NULL);
    if (n < 0 || a->population <= 0
        || !day_parse(a->population_on, strlen(a->population_on), &day))
        return count;
    return SAY(b, "compare.rate", count,
               format_rate(b->arena, b->lang, n, a->population, 2),
               format_int(b->arena, b->lang, a->population),
               format_int(b->arena, b->lang, a->population_from_age),
               format_day(b->arena, b->lang, day), NULL);
}

static void
add_who(struct composing *w)
{
    const struct comparison *c = w->c;
    struct building *b = &w->b;
    struct node *block = block_new(w, "who", msg_text(b->lang,
                                                      "compare.who"));
    struct node *n = tree_add(b->arena, block, NODE_FACTS);
    struct doc_fact *fact = arena_array(b->arena, (size_t)c->column_count,
                                        sizeof *fact);

    for (int i = 0; i < c->column_count; i++)
        fact[i] = (struct doc_fact){ c->column[i].label,
                                     who_text(w, &c->column[i]) };
    n->fact = fact;
    n->count = c->column_count;
    for (int i = 0; i < c->column_count; i++) {
        const struct compare_column *col = &c->column[i];

        if (col->area_number != 0)
            note(w, block, "compare.note_area",
                 SAY(b, "compare.area", col->label,
                     arena_printf(b->arena, "%04d", col->area_number),
                     NULL));
        if (col->a->protection == AGGREGATE_ROUNDED)
            note(w, block, "compare.note_rounded",
                 SAY(b, "compare.rounded", col->label,
                     format_int(b->arena, b->lang, col->a->threshold),
                     NULL));
    }
}

/* ---- one table ---- */

static const char *
change_text(struct composing *w, const struct change *change)
{
    return SAY(&w->b, change->key, change->where, change->old, change->new,
               NULL);
}

static void
add_broken(struct composing *w, struct node *block, int table)
{
    struct building *b = &w->b;

    for (int i = 0; i < w->c->column_count; i++) {
        const struct compare_column *col = &w->c->column[i];
        const struct compare_break *broken = compare_broken(w->c, i, table);

        if (broken == NULL)
            continue;
        if (broken->why == COMPARE_CHANGED)
            note(w, block, "compare.note_broken",
                 SAY(b, "compare.broken_changed", col->label,
                     change_text(w, broken->change), NULL));
        else
            note(w, block, "compare.note_broken",
                 SAY(b, broken->why == COMPARE_INDEX
                     ? "compare.broken_index" : "compare.broken_missing",
                     col->label, NULL));
    }
}

/* What changed in what the table is made of, without breaking it. */
static void
add_changed(struct composing *w, struct node *block, int table)
{
    struct building *b = &w->b;

    for (int i = 0; i < w->c->column_count; i++) {
        const struct compare_column *col = &w->c->column[i];
        const char *text[TOLD_MAX];
        int count = 0;

        for (int k = 0; k < col->change_count && count < TOLD_MAX; k++) {
            const struct change *change = &col->change[k];

            if (change->kind != CHANGE_TEXT && change->kind != CHANGE_SOURCE
                && change->kind != CHANGE_LOOK
                && compare_broken(w->c, i, table) == NULL
                && compare_concerns(w->c, change, table))
                text[count++] = change_text(w, change);
        }
        if (count > 0)
            note(w, block, "compare.note_changed",
                 SAY(b, "compare.changed", col->label,
                     phrase_list(b->arena, b->lang, text, count), NULL));
    }
}

static const char *
difference_text(struct composing *w, const struct compare_difference *d)
{
    struct building *b = &w->b;
    const struct comparison *c = w->c;
    const struct compare_column *col = &c->column[d->column];
    const char *own = c->column[c->own_column].label;

    if (d->row == NULL)
        return SAY(b, "compare.distribution", own, col->label, NULL);
    return SAY(b, compare_is_part(c, col) ? "compare.difference_rest"
                                          : "compare.difference",
               compare_row_label(b, &b->in->tables[d->table],
                   compare_source(c, c->own_column, d->table), d->row),
               phrase_share(&b->phrase, d->n, d->of), own,
               phrase_share(&b->phrase, d->other_n, d->other_of),
               col->label, NULL);
}

/* Where no difference is marked: of T, in which some may be hidden. */
static const char *
none_text(const struct building *b, const struct doc_table *t)
{
    return msg_text(b->lang, t->some_hidden ? "compare.none_shown"
                                            : "compare.none");
}

static void
add_differences(struct composing *w, struct node *block, int table,
                const struct doc_table *t)
{
    struct building *b = &w->b;
    const struct comparison *c = w->c;
    struct node *list = NULL;
    int count = 0;

    for (int i = 0; i < c->difference_count; i++)
        count += c->difference[i].table == table;
    /* No finding: the heading must say what is compared. */
    tree_add(b->arena, block, NODE_PARAGRAPH)->text = count == 0
        ? none_text(b, t) : count == 1
        ? msg_text(b->lang, "compare.one")
        : SAY(b, "compare.some", format_int(b->arena, b->lang, count), NULL);
    if (count > 0)
        list = tree_add(b->arena, block, NODE_LIST);
    for (int i = 0, told = 0; i < c->difference_count; i++) {
        if (c->difference[i].table != table)
            continue;
        if (told++ == TOLD_MAX - 1 && count > TOLD_MAX) {
            tree_add(b->arena, list, NODE_ITEM)->text =
                SAY(b, "compare.more", format_int(b->arena, b->lang,
                                                  count - TOLD_MAX + 1),
                    NULL);
            return;
        }
        tree_add(b->arena, list, NODE_ITEM)->text =
            difference_text(w, &c->difference[i]);
    }
}

static void
add_table(struct composing *w, int table)
{
    struct building *b = &w->b;
    const struct table_def *def = &b->in->tables[table];
    struct doc_table *t = compare_doc_table(b, w->c, table);
    struct node *block = block_new(w, def->id, t != NULL ? t->title
                                   : def->title.in[b->lang]);
    const struct chart_model *chart;

    if (t != NULL) {
        add_differences(w, block, table, t);
        chart = compare_chart(b, t);
        if (chart != NULL)
            tree_add(b->arena, block, NODE_CHART)->chart = chart;
        tree_add(b->arena, block, NODE_TABLE)->table = t;
        note(w, block, "compare.note_tests",
             SAY(b, "compare.tests_short",
                 format_int(b->arena, b->lang, w->c->tests), NULL));
    } else {
        tree_add(b->arena, block, NODE_PARAGRAPH)->text =
            msg_text(b->lang, "compare.nothing");
    }
    add_broken(w, block, table);
    add_changed(w, block, table);
    if (t != NULL && t->note != NULL)
        note(w, block, "report.note_note", t->note);
}

/* ---- the section ---- */

/* The numbers that the document has given already. */
static void
count_numbers(struct building *b, struct document *doc)
{
    const struct node *n = NULL;

    while ((n = tree_next(doc, n, NODE_TABLE)) != NULL)
        if (n->table->number > b->tables)
            b->tables = n->table->number;
    while ((n = tree_next(doc, n, NODE_CHART)) != NULL)
        if (n->chart->number > b->figures)
            b->figures = n->chart->number;
}

static struct composing
compose(const struct building *b, const struct comparison *c,
        struct node *section, const char *prefix)
{
    struct composing w = {
        .b = *b, .c = c, .section = section, .prefix = prefix
    };

    return w;
}

/* What was numbered is known to who goes on. */
static void
composed(const struct composing *w, struct building *b)
{
    b->tables = w->b.tables;
    b->figures = w->b.figures;
}

void
compare_chapter(struct building *b, const struct comparison *c,
                enum compare_part part, struct node *section,
                const char *prefix)
{
    struct composing w = compose(b, c, section, prefix);

    if (part != COMPARE_HOW) {
        add_lead(&w);
        add_who(&w);
    }
    if (part != COMPARE_WHO)
        add_tests(&w);
    for (int i = 0; part == COMPARE_WHOLE && i < c->table_count; i++)
        add_table(&w, c->table[i]);
    composed(&w, b);
}

void
compare_block(struct building *b, const struct comparison *c, int table,
              struct node *section, const char *prefix)
{
    struct composing w = compose(b, c, section, prefix);

    add_table(&w, table);
    composed(&w, b);
}

/* ---- on a slide ---- */

/* The differences in words, for the speaker; few of them on the slide. */
static void
slide_differences(struct composing *w, int table, const struct doc_table *t)
{
    const struct comparison *c = w->c;
    struct building *b = &w->b;
    const char *text[TOLD_MAX];
    struct node *list;
    int count = 0, told = 0;

    for (int i = 0; i < c->difference_count; i++)
        if (c->difference[i].table == table && count++ < TOLD_MAX)
            text[told++] = difference_text(w, &c->difference[i]);
    paragraph(w, w->section, count == 0 ? none_text(b, t)
              : count == 1 ? msg_text(b->lang, "compare.one_slide")
              : SAY(b, "compare.some_slide",
                    format_int(b->arena, b->lang, count), NULL));
    if (count > 0 && count <= SLIDE_LINES) {
        list = tree_add(b->arena, w->section, NODE_LIST);
        for (int i = 0; i < count; i++)
            tree_add(b->arena, list, NODE_ITEM)->text = text[i];
    }
    for (int i = 0; i < told; i++)
        note(w, w->section, "compare.note_difference",
             arena_printf(b->arena, "%s.", text[i]));
}

void
compare_slide(struct building *b, const struct comparison *c, int table,
              struct node *section)
{
    struct composing w = compose(b, c, section, "");
    struct doc_table *t = compare_doc_table(&w.b, c, table);
    const struct chart_model *chart = NULL;

    if (t == NULL) {
        paragraph(&w, section, msg_text(b->lang, "compare.nothing"));
    } else {
        slide_differences(&w, table, t);
        chart = compare_chart(&w.b, t);
        if (chart != NULL)
            tree_add(b->arena, section, NODE_CHART)->chart = chart;
        else
            tree_add(b->arena, section, NODE_TABLE)->table = t;
        note(&w, section, "compare.note_tests",
             SAY(b, "compare.tests_short",
                 format_int(b->arena, b->lang, c->tests), NULL));
    }
    add_broken(&w, section, table);
    add_changed(&w, section, table);
    composed(&w, b);
}

void
compare_build(const struct comparison *c, struct document *doc,
              struct arena *arena)
{
    struct building b = {
        .arena = arena, .lang = doc->lang, .in = c->own->in,
        .phrase = { arena, doc->lang, c->own->in, doc->grades }, .doc = doc
    };
    struct node *section;
    int sections = 0;

    count_numbers(&b, doc);
    for (const struct node *n = doc->root->child; n != NULL; n = n->next)
        sections += n->kind == NODE_SECTION;
    section = tree_add(arena, doc->root, NODE_SECTION);
    section->id = "s-compare";
    section->title = msg_text(doc->lang, "compare.title");
    section->number = sections + 1;
    compare_chapter(&b, c, COMPARE_WHOLE, section, "");
}
