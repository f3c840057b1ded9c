/* folio_flow.c - pages one after the other, and text on them; see folio.h. */
#include <math.h>
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "write/folio.h"

enum { ORPHANS = 2 };           /* lines of a paragraph alone on a page */

/* How many of LEFT lines stand on this page: none or all, or few enough that
 * some are left for the next, and for what keeps lines of the paragraph. */
static int
lines_here(const struct flow *f, double leading, int left)
{
    int fit = (int)((f->bottom - f->y) / leading);

    if (fit >= left && f->y + left * leading + f->held > f->bottom)
        fit = left - ORPHANS;
    if (fit < left && left - fit < ORPHANS)
        fit = left - ORPHANS;
    return fit;
}

double
flow_width(struct flow *f, const char *text, enum face face, double size,
           bool tabular)
{
    struct font font = { face, size, tabular };

    return font_width(f->paper.fonts, &font, text, strlen(text));
}

double
flow_line(struct flow *f, const char *text, enum face face, uint32_t ink,
          double size, double x, double y, double align, double width,
          bool tabular)
{
    struct font font = { face, size, tabular };
    double wide = flow_width(f, text, face, size, tabular);

    paper_text(&f->paper, &font, ink, x + (width - wide) * align, y, text,
               strlen(text));
    return wide;
}

const char *
flow_fitted(struct flow *f, const char *title, enum face face, double size,
            double width)
{
    size_t n = strlen(title);
    const char *text = title;

    while (n > 0 && flow_width(f, text, face, size, false) > width) {
        do
            n--;
        while (n > 0 && ((unsigned char)title[n] & 0xc0) == 0x80);
        text = arena_printf(&f->arena, "%.*s\xe2\x80\xa6", (int)n, title);
    }
    return text;
}

/* What every page says: whose it is, and what it may be used for. */
static void
put_edges(struct flow *f)
{
    const struct document *doc = f->doc;
    const char *notices[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    const char *page = format_int(&f->arena, doc->lang, f->paper.pages);
    double x = PAGE_LEFT, y = 812, room = PAGE_FULL;

    paper_artifact(&f->paper);
    if (doc->running != NULL)
        room -= 20 + flow_line(f, flow_fitted(f, doc->running, FACE_REGULAR, 8,
                                              PAGE_FULL / 2),
                               FACE_REGULAR, MUTED, 8, x, 44, 0, 0, false);
    flow_line(f, flow_fitted(f, f->chapter, FACE_REGULAR, 8, room),
              FACE_REGULAR, MUTED, 8, x, 44, 1, PAGE_FULL, false);
    paper_rule(&f->paper, HAIR, .5, x, 800, PAGE_FULL);
    for (int i = 0; i < 3; i++)
        if (notices[i] != NULL) {
            flow_line(f, notices[i], FACE_REGULAR, MUTED, 7.2, x, y, 0, 0,
                      false);
            y += 9.2;
        }
    flow_line(f, page, FACE_SEMIBOLD, INK, 8, PAGE_LEFT, 812, 1, PAGE_FULL,
              true);
    paper_unmark(&f->paper);
}

void
flow_page(struct flow *f)
{
    paper_page(&f->paper);
    if (f->chapter != NULL)
        put_edges(f);
    f->y = f->note_y = f->beside_y = PAGE_TOP;
    f->bottom = PAGE_BOTTOM;
}

void
flow_need(struct flow *f, double h)
{
    if (f->y + h > PAGE_BOTTOM && f->y > PAGE_TOP)
        flow_page(f);
}

void
flow_clear(struct flow *f, double gap)
{
    if (f->y > PAGE_TOP || f->note_y > PAGE_TOP)
        f->y = fmax(f->y, f->note_y) + gap;
    f->note_y = f->y;
}

const struct para *
flow_layout(struct flow *f, const char *text, enum face face, uint32_t ink,
            double size, double leading, double width)
{
    return layout_text(&f->arena, f->paper.fonts,
                       (struct piece){ text, face, ink, NULL }, size,
                       leading, width);
}

void
flow_para(struct flow *f, const char *type, const struct para *para,
          double x, double gap)
{
    int from = 0;

    paper_open(&f->paper, type);
    while (from < para->count) {
        int left = para->count - from;
        int fit = lines_here(f, para->leading, left);

        if (fit < left && fit < ORPHANS && f->y > PAGE_TOP) {
            flow_page(f);
            continue;
        }
        fit = fit < 1 ? 1 : fit < left ? fit : left;
        paper_mark(&f->paper);
        para_draw(&f->paper, para, from, from + fit, x, f->y, 0);
        paper_unmark(&f->paper);
        f->y += fit * para->leading;
        from += fit;
        if (from < para->count)
            flow_page(f);
    }
    paper_close(&f->paper);
    f->y += gap;
}

const struct para *
flow_caption(struct flow *f, const char *key, int number, const char *title,
             const char *caption)
{
    struct piece *piece = arena_array(&f->arena, 2, sizeof *piece);
    const char *rest = caption;

    piece[0] = (struct piece){
        f->doc->single || number == 0 ? ""
        : arena_printf(&f->arena, "%s ",
                       FLOW_SAY(f, key, format_int(&f->arena, f->doc->lang,
                                                   number), NULL)),
        FACE_SEMIBOLD, INK, NULL
    };
    if (f->titled || *caption == '\0')
        rest = arena_printf(&f->arena, "%s.%s%s", title,
                            *caption != '\0' ? " " : "", caption);
    piece[1] = (struct piece){ rest, FACE_REGULAR, INK, NULL };
    return layout(&f->arena, f->paper.fonts, piece, 2, 8.6, 12, PAGE_FULL);
}

int
folio_pieces(struct flow *f, const struct node *n, enum face face,
            uint32_t ink, const struct piece **pieces)
{
    int count = n->run != NULL ? n->run_count : 1;
    struct piece *p = arena_array(&f->arena, (size_t)count, sizeof *p);

    *pieces = p;
    if (n->run == NULL) {
        *p = (struct piece){ n->text, face, ink, NULL };
        return 1;
    }
    for (int i = 0; i < count; i++) {
        const struct doc_run *r = &n->run[i];

        p[i] = (struct piece){
            r->text, r->style & RUN_STRONG ? FACE_SEMIBOLD
            : r->style & RUN_EMPHASIS ? FACE_ITALIC : face,
            r->href != NULL ? LINK : ink, r->href
        };
    }
    return count;
}
