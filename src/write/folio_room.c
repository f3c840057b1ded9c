/* folio_room.c - how much room what stays together takes; see folio.h.
 *
 * It is asked before anything of it is put: so that no heading stands alone
 * at the foot of a page, a chart keeps its notes, and a recommendation the
 * last lines of the text before it. Lines are laid out for that as they will
 * be put. */
#include <math.h>
#include "write/folio.h"

enum {
    ENOUGH = 3,                 /* lines of text below a heading */
    WHOLE = 4,                  /* shorter paragraphs are not parted */
    HANGS = 20                  /* a note below the text beside it */
};

/* The next but notes, or NULL. */
static const struct node *
followed_by(const struct node *n)
{
    do
        n = n->next;
    while (n != NULL && n->kind == NODE_NOTE);
    return n;
}

const struct para *
folio_paragraph_lines(struct flow *f, const struct node *n)
{
    const struct piece *pieces;
    int count = folio_pieces(f, n, FACE_REGULAR, INK, &pieces);
    bool lead = n->parent->kind == NODE_SECTION
        && n->parent->parent->kind == NODE_ROOT && n->parent->child == n
        && f->doc->kind != DOC_MEDIA;

    return layout(&f->arena, f->paper.fonts, pieces, count,
                  lead ? 12.4 : 10.3, lead ? 17.6 : 14.8,
                  lead ? PAGE_COLUMN + 12 : PAGE_COLUMN);
}

const struct para *
folio_note_lines(struct flow *f, const struct node *n, double size,
                 double leading, double width)
{
    struct piece *piece = arena_array(&f->arena, 2, sizeof *piece);

    piece[0] = (struct piece){
        arena_printf(&f->arena, "%s ", n->title != NULL ? n->title : ""),
        FACE_SEMIBOLD, MUTED, NULL
    };
    piece[1] = (struct piece){ n->text, FACE_REGULAR, MUTED, NULL };
    return layout(&f->arena, f->paper.fonts, piece, 2, size, leading, width);
}

double
folio_notes_beside(struct flow *f, const struct node *n)
{
    double notes = 0, text = 0;

    for (const struct node *c = n->child; n->kind == NODE_BLOCK && c != NULL;
         c = c->next) {
        if (c->kind == NODE_NOTE)
            notes += 9 + para_height(folio_note_lines(f, c, 8, 11.2,
                                                      PAGE_NOTE_WIDTH));
        if (c->kind == NODE_PARAGRAPH)
            text += 7 + para_height(folio_paragraph_lines(f, c));
    }
    return text > 0 && notes <= text + HANGS ? notes : 0;
}

double
folio_tail(struct flow *f, const struct node *n)
{
    double high = 0;

    if (folio_notes_beside(f, n->parent) > 0)
        return 0;
    for (n = n->next; n != NULL && n->kind == NODE_NOTE; n = n->next)
        high += 2 + para_height(folio_note_lines(f, n, 8.4, 11.8, PAGE_FULL));
    return high;
}

double
folio_chart_tail(struct flow *f, const struct node *n)
{
    const struct node *next = followed_by(n);

    return folio_tail(f, n)
        + (next == NULL || next->kind != NODE_DEFINITIONS ? 0
           : CHART_GAP + folio_definitions_least(f, next));
}

/* How high as many lines of paragraph N are as are enough below a heading;
 * LINES counts them. */
static double
some_lines(struct flow *f, const struct node *n, int *lines)
{
    const struct para *p = folio_paragraph_lines(f, n);
    int some = p->count < ENOUGH ? p->count : ENOUGH;

    *lines += some;
    return some * p->leading + 7;
}

double
folio_held(struct flow *f, const struct node *n)
{
    const struct node *next = followed_by(n);

    return next != NULL && next->kind == NODE_CALLOUT
        ? folio_callout_height(f, next) : 0;
}

double
folio_least(struct flow *f, const struct node *n)
{
    double high = 0;
    int lines = 0;

    for (; n != NULL && lines < ENOUGH; n = n->next) {
        switch (n->kind) {
        case NODE_SECTION:
        case NODE_BLOCK:        /* a heading of two lines, and so on */
            return high + 56 + folio_least(f, n->child);
        case NODE_CHART:
            high = fmax(high, folio_notes_beside(f, n->parent));
            return high + folio_chart_tail(f, n)
                + folio_chart_least(f, n->chart);
        case NODE_FIGURES:
            return high + folio_figures_least(f, n->table);
        case NODE_TABLE:
            return high + 150;
        case NODE_DEFINITIONS:
        case NODE_CARDS:
        case NODE_CALLOUT:
            return high + 100;
        case NODE_LIST:
        case NODE_FACTS:
            return high + 40;
        case NODE_PARAGRAPH:
            high += some_lines(f, n, &lines);
            if (folio_paragraph_lines(f, n)->count < WHOLE
                && folio_held(f, n) > 0)
                return high + folio_held(f, n);
            break;
        default:
            break;
        }
    }
    return high;
}
