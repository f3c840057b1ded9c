/* slide_layout.c - what of a plan stands on which slide, and where.
 *
 * A slide shows one thing: a chart, a table, cards, figures; an area's
 * colours stand with their bar. Texts stand above it where they are short,
 * else on a slide of their own before it. What does not fit goes on on the
 * next slide, whose title says so. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/slide.h"

enum {
    LEAD = 24, TEXT_LARGE = 24, TEXT_SMALL = 17,
    ABOVE_MOST = 132,           /* height of texts above a chart */
    LEAST_ROOM = 120,
    BARS_MOST = 16,             /* bars of a chart on a slide */
    PARTS_MOST = 10             /* of a bar with its parts below it */
};

struct laying {
    struct deck *d;
    const struct slide_plan *plan;
    struct slide page;
    struct rect room;           /* what is left of the slide */
    const struct doc_table *shown;      /* on the slide; NULL: none */
    int slides;                 /* of this plan */
};

/* ---- notes ---- */

static const char *
say(struct laying *l, const char *key)
{
    return msg_text(l->d->doc->lang, key);
}

/* The table that N shows. */
static const struct doc_table *
table_of(const struct node *n)
{
    return n->chart != NULL ? n->chart->table : n->table;
}

void
slide_tell(struct slide *p, const struct node *n)
{
    enum lang lang = p->deck->doc->lang;
    const struct doc_table *t = table_of(n);

    /* A deck of a text says it in its own notes. */
    if (t != NULL && t->where_words != NULL && *t->where_words != '\0'
        && p->deck->doc->kind != DOC_SLIDES)
        slide_note(p, msg_text(lang, "pptx.filter"), t->where_words);
    if (n->chart != NULL && *n->chart->caption != '\0')
        slide_note(p, NULL, drawing_chart_caption(p->deck->doc, n->chart,
                                                  &p->deck->arena));
    if (n->chart != NULL)
        slide_note(p, msg_text(lang, "pptx.alternative"),
                  drawing_chart_descr(p->deck->doc, n->chart,
                                      &p->deck->arena));
}

/* What the numbers are of: a note of the plan, or else what the caption says
 * of the table that stands on the slide. */
static const char *
base_of(struct laying *l)
{
    for (int i = 0; i < l->plan->notes; i++)
        if (l->plan->note[i]->title != NULL
            && strcmp(l->plan->note[i]->title,
                      say(l, "report.note_base")) == 0)
            return l->plan->note[i]->text;
    return l->shown != NULL && *l->shown->caption != '\0'
        ? l->shown->caption : NULL;
}

struct slide_foot
slide_foot(struct deck *d, const char *base)
{
    const struct document *doc = d->doc;
    const char *const notice[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    struct slide_foot foot = {
        doc->running != NULL ? doc->running : doc->title, NULL
    };

    if (base != NULL)
        foot.base = arena_printf(&d->arena, "%s \xc2\xb7 %s", foot.base,
                                 base);
    for (size_t i = 0; i < sizeof notice / sizeof notice[0]; i++)
        if (notice[i] != NULL)
            foot.notices = foot.notices == NULL ? notice[i]
                : arena_printf(&d->arena, "%s \xc2\xb7 %s", foot.notices,
                               notice[i]);
    return foot;
}

/* ---- a slide begins and ends ---- */

static int
title_size(const struct deck *d, const char *title)
{
    int size = d->title_size;

    while (size > 22 && words_lines(title, size, true, d->title.w)
           > (size == d->title_size ? 1 : 2))
        size -= size > 32 ? 42 - 34 : 2;
    return size;
}

/* The title; where what is below it may begin. */
static int
put_title(struct laying *l)
{
    struct deck *d = l->d;
    const char *title = l->plan->title;
    struct rect at = d->title;
    int size, lines;

    if (l->slides > 1)
        title = phrase_say(&d->arena, d->doc->lang, "pptx.continued", title,
                           NULL);
    if (!d->own) {
        size = d->title_size;
        while (size > 18 && words_height(words_lines(title, size, true,
                                                     at.w), size) > at.h)
            size--;
        slide_hold(&l->page, "title", &title, 1, d->moved ? &at : NULL,
                   size < d->title_size ? size : 0);
        return at.y + at.h;
    }
    size = title_size(d, title);
    lines = words_lines(title, size, true, at.w);
    at.h = words_height(lines, size);
    slide_hold(&l->page, "title", &title, 1, &at, size);
    return at.y + at.h;
}

/* The line below the title: the plan's, or what N shows. */
static int
put_lead(struct laying *l, const struct node *n, int y)
{
    struct deck *d = l->d;
    const struct doc_table *t = n != NULL ? table_of(n) : NULL;
    const struct words how = { .size = LEAD, .tint = TINT_MUTED };
    const char *text = NULL;
    int lines, size = LEAD;

    if (l->plan->lead != NULL && l->slides == 1)
        text = l->plan->lead->text;
    else if (t != NULL)
        text = n->chart == NULL ? t->caption
            : drawing_chart_caption(d->doc, n->chart, &d->arena);
    if (t != NULL && text != NULL && l->plan->lead == NULL
        && strcmp(t->title, l->plan->title) != 0)
        text = arena_printf(&d->arena, "%s. %s", t->title, text);
    if (text == NULL || *text == '\0')
        return y;
    while (size > 18 && words_lines(text, size, false, d->body.w) > 1)
        size--;
    lines = words_lines(text, size, false, d->body.w);
    slide_box(&l->page, (struct rect){ d->body.x, y + 4, d->body.w,
                                      words_height(lines, size) }, "Lead");
    if (l->plan->lead != NULL && l->slides == 1)
        slide_runs(&l->page, l->plan->lead, (struct words){
            .size = size, .tint = how.tint });
    else
        slide_words(&l->page, text, (struct words){
            .size = size, .tint = how.tint });
    slide_box_end(&l->page);
    return y + 4 + words_height(lines, size);
}

/* A slide that will show N (NULL: texts). */
static bool
begin(struct laying *l, const struct node *n, struct err *e)
{
    struct deck *d = l->d;
    int y;

    if (d->slides == SLIDE_MOST)
        return err_set(e, ERR_INPUT, "pptx.too_many", "%d", SLIDE_MOST);
    l->slides++;
    l->shown = n != NULL ? table_of(n) : NULL;
    slide_begin(&l->page, d, d->content);
    y = put_lead(l, n, put_title(l)) + 24;
    l->room = (struct rect){ d->body.x, y, d->body.w,
                             d->body.y + d->body.h - y };
    if (l->room.h < LEAST_ROOM)
        l->room.h = LEAST_ROOM;
    return true;
}

static void
end(struct laying *l)
{
    struct slide_foot foot = slide_foot(l->d, base_of(l));

    for (int i = 0; i < l->plan->notes; i++)
        slide_note(&l->page, l->plan->note[i]->title,
                  l->plan->note[i]->text);
    slide_end(&l->page, &foot);
}

/* ---- texts ---- */

/* A paragraph of a slide's text, from whatever node it is. */
struct line {
    const struct node *node;    /* of its runs; NULL: TEXT */
    const char *text;
    struct words how;
};

struct lines {
    struct line *line;
    int count, most;
};

static void
add_line(struct lines *to, struct line line)
{
    if (to->count < to->most)
        to->line[to->count++] = line;
}

static void
add_list(struct lines *to, const struct node *list)
{
    int number = 0;

    for (const struct node *n = list->child; n != NULL; n = n->next) {
        number++;
        add_line(to, (struct line){ n, n->text, {
            .bullet = list->number == 0, .before = 6,
            .number = list->number > 0 ? number : 0 } });
    }
}

static void
add_texts(struct laying *l, struct lines *to, const struct node *n)
{
    switch (n->kind) {
    case NODE_PARAGRAPH:
        add_line(to, (struct line){ n, n->text, { .before = 10 } });
        break;
    case NODE_FINDING: case NODE_CALLOUT:
        add_line(to, (struct line){ n, n->text, {
            .bold = true, .tint = TINT_HEAD, .before = 12 } });
        break;
    case NODE_SECTION: case NODE_BLOCK:
        add_line(to, (struct line){ NULL, n->title, {
            .bold = true, .tint = TINT_HEAD, .before = 14 } });
        break;
    case NODE_LIST:
        add_list(to, n);
        break;
    case NODE_FACTS:
        for (int i = 0; i < n->count; i++)
            add_line(to, (struct line){ NULL, arena_printf(&l->d->arena,
                "%s: %s", n->fact[i].label, n->fact[i].value),
                { .before = 4 } });
        break;
    default:
        break;
    }
}

static bool
is_big(const struct node *n)
{
    return n->kind == NODE_CHART || n->kind == NODE_TABLE
        || n->kind == NODE_FIGURES || n->kind == NODE_CARDS
        || n->kind == NODE_DEFINITIONS;
}

/* How many lines a node can become, at most. */
static int
lines_most(const struct node *n)
{
    int count = n->kind == NODE_FACTS ? n->count : 1;

    for (const struct node *c = n->child; c != NULL; c = c->next)
        count++;
    return count;
}

static struct lines
lines_of(struct laying *l)
{
    struct lines to = { NULL, 0, 1 };

    for (int i = 0; i < l->plan->count; i++)
        to.most += lines_most(l->plan->item[i]);
    to.line = arena_array(&l->d->arena, (size_t)to.most, sizeof *to.line);
    for (int i = 0; i < l->plan->count; i++)
        if (l->plan->item[i] != l->plan->lead)
            add_texts(l, &to, l->plan->item[i]);
    return to;
}

static int
line_height(const struct line *line, int size, int w)
{
    const char *text = line->text != NULL ? line->text : "";

    if (line->how.bullet || line->how.number > 0)
        w -= size * 6 / 5;
    return words_height(words_lines(text, size, line->how.bold, w), size)
        + line->how.before;
}

static int
lines_height(const struct lines *lines, int from, int size, int w)
{
    int h = 0;

    for (int i = from; i < lines->count; i++)
        h += line_height(&lines->line[i], size, w);
    return h;
}

/* Puts lines from FROM on until AT is full, one at least; the first that
 * was not. */
static int
put_lines(struct laying *l, struct rect at, const struct lines *lines,
          int from, int size)
{
    int used = 0, i;

    slide_box(&l->page, at, "Text");
    for (i = from; i < lines->count; i++) {
        struct words how = lines->line[i].how;
        int h = line_height(&lines->line[i], size, at.w);

        if (i > from && used + h > at.h)
            break;
        used += h;
        how.size = size;
        if (lines->line[i].node != NULL)
            slide_runs(&l->page, lines->line[i].node, how);
        else
            slide_words(&l->page, lines->line[i].text, how);
    }
    slide_box_end(&l->page);
    return i;
}

static bool
put_text_slides(struct laying *l, const struct lines *lines, struct err *e)
{
    int from = 0;

    do {
        int size = TEXT_LARGE;

        if (!begin(l, NULL, e))
            return false;
        while (size > TEXT_SMALL
               && lines_height(lines, from, size, l->room.w) > l->room.h)
            size--;
        from = put_lines(l, l->room, lines, from, size);
        end(l);
    } while (from < lines->count);
    return true;
}

/* ---- things ---- */

/* The definitions that stand with the bar N: next in the plan. */
static const struct node *
definitions_with(const struct laying *l, int i)
{
    const struct node *n = l->plan->item[i];

    if (n->kind != NODE_CHART || n->chart->kind != CHART_BAR
        || !n->chart->grades || i + 1 >= l->plan->count
        || l->plan->item[i + 1]->kind != NODE_DEFINITIONS)
        return NULL;
    return l->plan->item[i + 1];
}

static void
put_thing(struct laying *l, const struct node *n, const struct node *with)
{
    const struct chart_model *c = n->chart;

    if (with != NULL)
        slide_show_definitions(&l->page, l->room, with, c);
    else if (n->kind == NODE_DEFINITIONS)
        slide_show_definitions(&l->page, l->room, n, NULL);
    else if (n->kind == NODE_CARDS)
        slide_show_cards(&l->page, l->room, n);
    else if (n->kind == NODE_FIGURES)
        slide_show_figures(&l->page, l->room, n->table);
    else
        slide_show_bar(&l->page, l->room, c);
    slide_tell(&l->page, n);
    end(l);
}

/* A part of a long chart's categories from FROM on. */
static struct node *
part_of(struct laying *l, const struct node *n, int from, int count)
{
    struct node *part = arena_take(&l->d->arena, sizeof *part);
    struct chart_model *c = arena_take(&l->d->arena, sizeof *c);
    const char *desc = "";

    *part = *n;
    *c = *n->chart;
    c->category += from;
    c->category_count = count;
    c->cell += from * c->series_count;
    c->row_desc += from;
    for (int i = 0; i < count; i++)
        desc = arena_printf(&l->d->arena, "%s%s%s: %s", desc,
                            i > 0 ? " " : "", c->category[i].label,
                            c->row_desc[i]);
    c->desc = desc;
    part->chart = c;
    return part;
}

/* How many categories of C are on one slide: all, or as many that the
 * slides are about equally full. */
static int
categories_each(const struct chart_model *c)
{
    int bars = c->kind == CHART_COLUMNS ? c->series_count : 1;
    int most = BARS_MOST / bars > 1 ? BARS_MOST / bars : 1;
    int slides = (c->category_count + most - 1) / most;

    return (c->category_count + slides - 1) / slides;
}

/* A chart of many bars, on as many slides as it takes. */
static bool
put_chart_parts(struct laying *l, const struct node *n, struct err *e)
{
    int count = n->chart->category_count;
    int each = categories_each(n->chart);

    for (int from = 0; from < count; from += each) {
        struct node *part = part_of(l, n, from, from + each < count
                                    ? each : count - from);

        if (from > 0 && !begin(l, n, e))
            return false;
        slide_show_chart(&l->page, l->room, part->chart,
                         each < count ? n->chart : NULL);
        slide_tell(&l->page, part);
        end(l);
    }
    return true;
}

static bool
put_table(struct laying *l, const struct node *n, bool begun, struct err *e)
{
    struct slide_table *t = slide_table_of(l->d, table_of(n));
    bool more;

    do {
        if (!begun && !begin(l, n, e))
            return false;
        more = slide_table(&l->page, l->room, t);
        slide_tell(&l->page, n);
        end(l);
        begun = false;
    } while (more);
    return true;
}

/* Whether N is a chart of bars side by side, most of whose categories are
 * hidden: the table says more than an empty frame. */
static bool
is_mostly_hidden(const struct node *n)
{
    const struct chart_model *c = n->chart;
    int hidden = 0;

    if (c == NULL || c->table == NULL || c->kind != CHART_COLUMNS)
        return false;
    for (int i = 0; i < c->category_count; i++) {
        int shown = 0;

        for (int s = 0; s < c->series_count; s++)
            shown += !doc_chart_cell(c, i, s)->hidden
                && doc_chart_cell(c, i, s)->of != OF_HIDDEN;
        hidden += shown == 0;
    }
    return hidden * 2 > c->category_count;
}

/* Texts above the first thing, where there is room for them. */
static void
put_above(struct laying *l, const struct lines *lines)
{
    int h = lines_height(lines, 0, TEXT_SMALL + 3, l->room.w);

    if (lines->count == 0)
        return;
    put_lines(l, (struct rect){ l->room.x, l->room.y, l->room.w, h }, lines,
              0, TEXT_SMALL + 3);
    l->room.y += h + 16;
    l->room.h -= h + 16;
}

static bool
put_things(struct laying *l, const struct lines *above, struct err *e)
{
    for (int i = 0; i < l->plan->count; i++) {
        const struct node *n = l->plan->item[i];
        const struct node *with = definitions_with(l, i);

        if (!is_big(n))
            continue;
        if (!begin(l, n, e))
            return false;
        if (above != NULL)
            put_above(l, above);
        above = NULL;
        if (n->kind == NODE_TABLE || is_mostly_hidden(n)) {
            if (!put_table(l, n, true, e))
                return false;
        } else if (n->kind == NODE_CHART && with == NULL
                   && (n->chart->kind != CHART_BAR
                       || n->chart->series_count > PARTS_MOST)) {
            if (!put_chart_parts(l, n, e))
                return false;
        } else {
            put_thing(l, n, with);
        }
        i += with != NULL;
    }
    return true;
}

bool
slide_put(struct deck *d, const struct slide_plan *plan, struct err *e)
{
    struct laying l = { .d = d, .plan = plan };
    struct lines lines = lines_of(&l);
    bool big = false;

    for (int i = 0; i < plan->count; i++)
        big |= is_big(plan->item[i]);
    if (!big)
        return put_text_slides(&l, &lines, e);
    if (lines_height(&lines, 0, TEXT_SMALL + 3, d->body.w) <= ABOVE_MOST)
        return put_things(&l, &lines, e);
    return put_text_slides(&l, &lines, e) && put_things(&l, NULL, e);
}
