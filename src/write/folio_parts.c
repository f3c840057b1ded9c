/* folio_parts.c - what stands between paragraphs, figures and tables: boxes of
 * numbers and definitions, facts, lists, recommendations; see folio.h. */
#include <math.h>
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "write/folio.h"
#include "write/grid.h"

#define GUTTER 10.
#define BOX_PAD 8.0

enum { TOGETHER = 2 };          /* rows of boxes on a page, least */

/* Boxes of equal width side by side, as high as the highest of a row. */
struct boxes {
    struct flow *f;
    int count, across;
    double width;
    /* Draws box I at X and Y, tags and all, or only says how high it is. */
    double (*box)(const struct boxes *b, int i, double x, double y,
                  bool draw);
    void (*ground)(const struct boxes *b, int i, double x, double y,
                   double high);
    const void *what;
};

/* How high the row from box FROM is. */
static double
row_height(const struct boxes *b, int from)
{
    double high = 0;

    for (int i = from; i < b->count && i < from + b->across; i++)
        high = fmax(high, b->box(b, i, 0, 0, false));
    return high;
}

/* How high what must be together is: two rows, with what must stand below
 * where that is all. */
static double
least(struct boxes *b)
{
    double sum = b->count <= TOGETHER * b->across ? b->f->tail : 0;

    b->width = (PAGE_FULL - GUTTER * (b->across - 1)) / b->across;
    for (int row = 0; row < TOGETHER && row * b->across < b->count; row++)
        sum += row_height(b, row * b->across) + GUTTER;
    return fmin(sum, PAGE_ROOM);
}

static void
put_boxes(struct boxes *b, const char *type, const char *item)
{
    struct flow *f = b->f;

    flow_clear(f, 4);
    flow_need(f, least(b));
    paper_open(&f->paper, type);
    for (int from = 0; from < b->count; from += b->across) {
        int to = from + b->across < b->count ? from + b->across : b->count;
        double high = row_height(b, from);

        flow_need(f, high + (to == b->count ? GUTTER + f->tail : 0));
        for (int i = from; i < to; i++) {
            double x = PAGE_LEFT + (i - from) * (b->width + GUTTER);

            if (b->ground != NULL) {
                paper_artifact(&f->paper);
                b->ground(b, i, x, f->y, high);
                paper_unmark(&f->paper);
            }
            paper_open(&f->paper, item);
            b->box(b, i, x, f->y, true);
            paper_close(&f->paper);
        }
        f->y += high + GUTTER;
    }
    paper_close(&f->paper);
    flow_clear(f, 4);
}

/* A text of a box as a tag of its own; how high it is. */
static double
put_in_box(struct flow *f, const char *type, const char *text,
           enum face face, uint32_t ink, double size, double leading,
           double x, double y, double width, bool draw)
{
    const struct para *p = flow_layout(f, text, face, ink, size, leading,
                                       width);

    if (draw && p->count > 0) {
        paper_open(&f->paper, type);
        paper_mark(&f->paper);
        para_draw(&f->paper, p, 0, p->count, x, y, 0);
        paper_unmark(&f->paper);
        paper_close(&f->paper);
    }
    return para_height(p);
}

/* ---- key figures ---- */

static double
figure_box(const struct boxes *b, int i, double x, double y, bool draw)
{
    const struct doc_table *t = b->what;
    const struct doc_cell *c = doc_cell_at(t, i, 0);
    struct flow *f = b->f;
    double h = 6;
    const char *n = c->hidden ? msg_text(f->doc->lang, "report.hidden")
        : format_int(&f->arena, f->doc->lang, c->n);
    const char *of = grid_share_of(f->doc, c, &f->arena);

    h += put_in_box(f, "Lbl", t->rows.key[i].label, FACE_REGULAR, MUTED, 8.6,
                    11.6, x, y + h, b->width - 6, draw);
    h += put_in_box(f, "LBody", n, FACE_SEMIBOLD, NAVY, 18, 23, x, y + h,
                    b->width, draw);
    if (of != NULL)
        h += put_in_box(f, "LBody", of, FACE_REGULAR, MUTED, 8.6, 11.6, x,
                        y + h, b->width, draw);
    return h + 2;
}

static void
figure_ground(const struct boxes *b, int i, double x, double y, double high)
{
    (void)i;
    (void)high;
    paper_rule(&b->f->paper, LINE, .8, x, y, b->width);
}

static struct boxes
figures_of(struct flow *f, const struct doc_table *t)
{
    return (struct boxes){
        .f = f, .count = t->rows.count, .across = 3, .box = figure_box,
        .ground = figure_ground, .what = t
    };
}

double
folio_figures_least(struct flow *f, const struct doc_table *t)
{
    struct boxes b = figures_of(f, t);

    return 4 + least(&b);
}

void
folio_figures(struct flow *f, const struct doc_table *t)
{
    struct boxes b = figures_of(f, t);

    put_boxes(&b, "L", "LI");
}

/* ---- definitions of colours ---- */

static double
definition_box(const struct boxes *b, int i, double x, double y, bool draw)
{
    const struct node *n = b->what;
    const struct doc_definition *d = &n->definition[i];
    struct flow *f = b->f;
    double h = 9, in = x + BOX_PAD, wide = b->width - 2 * BOX_PAD;
    const char *label = f->doc->grades[d->grade].label;

    if (draw) {
        paper_open(&f->paper, "Lbl");
        paper_mark(&f->paper);
        paper_symbol(&f->paper, (struct area_look){ d->grade, PLAIN_DARK }, in,
                     y + h + 1.5, 8);
        flow_line(f, label, FACE_SEMIBOLD, INK, 9, in + 12, y + h + 9, 0, 0,
                  false);
        if (d->share != NULL)
            flow_line(f, d->share, FACE_SEMIBOLD, INK, 9, in, y + h + 9, 1,
                      wide, true);
        paper_unmark(&f->paper);
        paper_close(&f->paper);
    }
    h += 14;
    h += put_in_box(f, "LBody", d->text, FACE_REGULAR, INK, 8.6, 11.8, in,
                    y + h, wide, draw);
    if (d->own)
        h += put_in_box(f, "LBody", msg_text(f->doc->lang,
                                             "report.own_words"),
                        FACE_REGULAR, MUTED, 7.6, 10.6, in, y + h + 2, wide,
                        draw) + 2;
    return h + 7;
}

/* The grade's colour, nearly white. */
static uint32_t
tint_of(uint32_t colour)
{
    uint32_t tint = 0;

    for (int shift = 16; shift >= 0; shift -= 8)
        tint = tint << 8 | (255 - (255 - (colour >> shift & 0xff)) * 14
                            / 100);
    return tint;
}

static void
definition_ground(const struct boxes *b, int i, double x, double y,
                  double high)
{
    const struct node *n = b->what;
    const struct doc_grade *g = &b->f->doc->grades[n->definition[i].grade];

    paper_fill(&b->f->paper, tint_of(paper_colour(g->fill)), x, y, b->width,
               high);
    paper_fill(&b->f->paper, paper_colour(g->fill), x, y, b->width, 2.4);
}

static struct boxes
definitions_of(struct flow *f, const struct node *n)
{
    return (struct boxes){
        .f = f, .count = n->count, .across = n->count < 3 ? 2 : 3,
        .box = definition_box, .ground = definition_ground, .what = n
    };
}

double
folio_definitions_least(struct flow *f, const struct node *n)
{
    struct boxes b = definitions_of(f, n);

    return 4 + least(&b);
}

void
folio_definitions(struct flow *f, const struct node *n)
{
    struct boxes b = definitions_of(f, n);

    put_boxes(&b, "L", "LI");
}

/* ---- cards ---- */

static double
card_box(const struct boxes *b, int i, double x, double y, bool draw)
{
    const struct node *n = b->what;
    const struct doc_card *c = &n->card[i];
    struct flow *f = b->f;
    double h = 10, w = b->width;

    if (c->number != NULL)
        h += put_in_box(f, "P", c->number, FACE_BOLD, NAVY, 20, 26, x, y + h,
                        w, draw);
    if (c->title != NULL)
        h += put_in_box(f, "P", c->title, FACE_SEMIBOLD, INK, 10.3, 14.8, x,
                        y + h, w, draw) + 3;
    if (c->text != NULL)
        h += put_in_box(f, "P", c->text, FACE_REGULAR, INK, 9, 12.6, x,
                        y + h, w, draw) + 5;
    if (c->action != NULL)
        h += put_in_box(f, "P", c->action, FACE_SEMIBOLD, NAVY, 9, 12.6, x,
                        y + h, w, draw);
    return h + 4;
}

static void
card_ground(const struct boxes *b, int i, double x, double y, double high)
{
    (void)i;
    (void)high;
    paper_rule(&b->f->paper, NAVY, 1.6, x, y, b->width);
}

void
folio_cards(struct flow *f, const struct node *n)
{
    struct boxes b = {
        .f = f, .count = n->count, .across = n->count < 3 ? 2 : 3,
        .box = card_box, .ground = card_ground, .what = n
    };

    put_boxes(&b, "Div", "Div");
}

/* ---- facts, lists, recommendations ---- */

void
folio_facts(struct flow *f, const struct node *n)
{
    flow_clear(f, 4);
    paper_open(&f->paper, "L");
    for (int i = 0; i < n->count; i++) {
        const struct para *value = flow_layout(
            f, n->fact[i].value, FACE_REGULAR, INK, 9.4, 13.4,
            PAGE_FULL - 160);
        const struct para *label = flow_layout(
            f, n->fact[i].label, FACE_REGULAR, MUTED, 9.4, 13.4, 148);
        double high = fmax(para_height(value), para_height(label));

        flow_need(f, fmin(high, PAGE_ROOM));
        paper_open(&f->paper, "LI");
        paper_open(&f->paper, "Lbl");
        paper_mark(&f->paper);
        para_draw(&f->paper, label, 0, label->count, PAGE_LEFT, f->y, 0);
        paper_unmark(&f->paper);
        paper_close(&f->paper);
        high = f->y + para_height(label);
        flow_para(f, "LBody", value, PAGE_LEFT + 160, 0);
        paper_close(&f->paper);
        f->y = fmax(f->y, high) + 3;
    }
    paper_close(&f->paper);
    flow_clear(f, 6);
}

void
folio_list(struct flow *f, const struct node *n)
{
    int i = 0;

    paper_open(&f->paper, "L");
    paper_attributes(&f->paper, n->number > 0
                     ? "/O/List/ListNumbering/Decimal"
                     : "/O/List/ListNumbering/Disc");
    for (const struct node *k = n->child; k != NULL; k = k->next) {
        const struct piece *pieces;
        int count = folio_pieces(f, k, FACE_REGULAR, INK, &pieces);
        const struct para *p = layout(&f->arena, f->paper.fonts, pieces,
                                      count, 10.3, 14.8, PAGE_COLUMN - 16);
        const char *label = n->number > 0
            ? arena_printf(&f->arena, "%d.", ++i) : "\xe2\x80\xa2";

        flow_need(f, fmin(p->count, 2) * p->leading);
        paper_open(&f->paper, "LI");
        paper_open(&f->paper, "Lbl");
        paper_mark(&f->paper);
        flow_line(f, label, FACE_REGULAR, NAVY, 10.3, PAGE_LEFT + 2,
                  f->y + 11.1, 0, 0, true);
        paper_unmark(&f->paper);
        paper_close(&f->paper);
        flow_para(f, "LBody", p, PAGE_LEFT + 16, 3);
        paper_close(&f->paper);
    }
    paper_close(&f->paper);
    f->y += 5;
}

static const struct para *
callout_of(struct flow *f, const struct node *n)
{
    const struct piece *pieces;
    int count = folio_pieces(f, n, FACE_SEMIBOLD, INK, &pieces);

    return layout(&f->arena, f->paper.fonts, pieces, count, 10.3, 14.8,
                  PAGE_FULL - 32);
}

double
folio_callout_height(struct flow *f, const struct node *n)
{
    return 6 + para_height(callout_of(f, n)) + 22;
}

void
folio_callout(struct flow *f, const struct node *n)
{
    const struct para *p = callout_of(f, n);
    double high = para_height(p) + 22;

    flow_clear(f, 6);
    flow_need(f, high);
    paper_artifact(&f->paper);
    paper_fill(&f->paper, TINT, PAGE_LEFT, f->y, PAGE_FULL, high);
    paper_fill(&f->paper, NAVY, PAGE_LEFT, f->y, 2.4, high);
    paper_unmark(&f->paper);
    f->y += 11;
    flow_para(f, "P", p, PAGE_LEFT + 16, 11);
    flow_clear(f, 12);
}
