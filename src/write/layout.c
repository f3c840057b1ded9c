/* layout.c - see layout.h.
 *
 * The text is cut into atoms: what stands between two places where a line
 * may end. Each knows its width and the blank before it. The cheapest way to
 * each break is found from the cheapest ways to those before it. */
#include "write/layout.h"
#include <math.h>
#include <string.h>
#include "base/utf8.h"

struct atom {
    const struct piece *piece;
    const char *text;
    size_t n;
    double width, blank;        /* BLANK: before it, in a line */
    bool glued;                 /* no line may begin with it */
    bool hyphen;                /* where a line ends with it */
};

struct breaking {
    struct arena *arena;
    struct fonts *fonts;
    double size, width;
    bool tabular;
    struct atom *atom;
    int count, room;
};

static struct font
font_of(const struct breaking *b, const struct piece *piece)
{
    return (struct font){ piece->face, b->size, b->tabular };
}

static double
wide(const struct breaking *b, const struct piece *piece, const char *text,
     size_t n)
{
    struct font font = font_of(b, piece);

    return font_width(b->fonts, &font, text, n);
}

static struct atom *
add_atom(struct breaking *b, const struct piece *piece, const char *text,
         size_t n)
{
    struct atom *a;

    b->atom = arena_more(b->arena, b->atom, b->count, &b->room,
                         sizeof *b->atom);
    a = &b->atom[b->count++];
    *a = (struct atom){ .piece = piece, .text = text, .n = n };
    a->width = wide(b, piece, text, n);
    return a;
}

/* A word wider than the line: as much as fits, with a hyphen, and so on. */
static void
add_broken(struct breaking *b, const struct piece *piece, const char *text,
           size_t n, double blank, bool glued)
{
    const char *end = text + n;

    while (text < end) {
        const char *cut = text, *next = text;
        double hyphen = wide(b, piece, "-", 1);
        struct atom *a;

        while (next < end) {
            utf8_next(&next, end);
            if (wide(b, piece, text, (size_t)(next - text))
                + (next < end ? hyphen : 0) > b->width && cut > text)
                break;
            cut = next;
        }
        a = add_atom(b, piece, text, (size_t)(cut - text));
        a->blank = blank;
        a->glued = glued;
        a->hyphen = cut < end;
        blank = 0;
        glued = false;
        text = cut;
    }
}

static void
add_word(struct breaking *b, const struct piece *piece, const char *text,
         size_t n, double blank, bool glued)
{
    struct atom *a;

    if (wide(b, piece, text, n) > b->width) {
        add_broken(b, piece, text, n, blank, glued);
        return;
    }
    a = add_atom(b, piece, text, n);
    a->blank = blank;
    a->glued = glued;
}

/* Whether a line may end behind the character C that ends at P. */
static bool
may_end(int32_t c, const char *p, const char *end)
{
    bool sign = c == '-' || c == '/' || c == 0x2013 || c == 0x2014;

    /* Not between a sign and a figure: "18–25", "-3", "1/2". */
    return sign && p < end && !(*p >= '0' && *p <= '9');
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static void
add_piece(struct breaking *b, const struct piece *piece, bool *after_blank)
{
    const char *p = piece->text, *end = p + strlen(p);
    double blank = wide(b, piece, " ", 1);

    while (p < end) {
        const char *from = p;
        bool glue;

        if (is_blank(*p)) {
            *after_blank = true;
            p++;
            continue;
        }
        while (p < end && !is_blank(*p)) {
            int32_t c = utf8_next(&p, end);

            if (may_end(c, p, end))
                break;
        }
        glue = !*after_blank && b->count > 0 && from == piece->text;
        add_word(b, piece, from, (size_t)(p - from),
                 *after_blank && b->count > 0 ? blank : 0, glue);
        *after_blank = false;
    }
}

/* ---- choosing breaks ---- */

/* from[i]: where the line that ends before atom i begins. */
static const int *
choose(struct breaking *b)
{
    double *cost = arena_array(b->arena, (size_t)b->count + 1,
                               sizeof *cost);
    int *from = arena_array(b->arena, (size_t)b->count + 1, sizeof *from);

    for (int to = 1; to <= b->count; to++) {
        double width = 0;

        cost[to] = HUGE_VAL;
        for (int i = to - 1; i >= 0; i--) {
            double left, sum;

            width += b->atom[i].width
                + (i + 1 < to ? b->atom[i + 1].blank : 0);
            left = b->width - width
                - (b->atom[to - 1].hyphen
                   ? wide(b, b->atom[to - 1].piece, "-", 1) : 0);
            if (left < -0.01 && i < to - 1)
                break;
            if (b->atom[i].glued && i > 0)
                continue;
            if (to < b->count && b->atom[to].glued)
                break;
            sum = cost[i] + (to == b->count ? 0 : left * left);
            if (sum < cost[to]) {
                cost[to] = sum;
                from[to] = i;
            }
        }
    }
    return from;
}

/* The atoms FROM to before TO as a line: neighbours of one piece are shown
 * together. */
static struct line
make_line(struct breaking *b, int from, int to)
{
    struct line_part *part = arena_array(b->arena, (size_t)(to - from),
                                         sizeof *part);
    struct line line = { .part = part };

    for (int i = from; i < to; i++) {
        const struct atom *a = &b->atom[i];
        struct line_part *last = line.count > 0 ? &part[line.count - 1]
                                                : NULL;

        line.width += i > from ? a->blank : 0;
        if (last != NULL && last->piece == a->piece
            && a->text - (last->text + last->n) <= 1) {
            last->n = (size_t)(a->text + a->n - last->text);
        } else {
            part[line.count++] = (struct line_part){
                .piece = a->piece, .text = a->text, .n = a->n,
                .x = line.width
            };
        }
        line.width += a->width;
        part[line.count - 1].hyphen = a->hyphen && i == to - 1;
    }
    /* With the blank behind, so that words are told apart when read. */
    for (int i = 0; i < line.count; i++)
        part[i].n += part[i].text[part[i].n] == ' ';
    return line;
}

const struct para *
layout(struct arena *arena, struct fonts *fonts, const struct piece *piece,
       int count, double size, double leading, double width)
{
    struct breaking b = {
        .arena = arena, .fonts = fonts, .size = size, .width = width
    };
    struct para *p = arena_take(arena, sizeof *p);
    struct line *line;
    bool after_blank = false;
    const int *from;
    int at;

    *p = (struct para){ .size = size, .leading = leading, .width = width };
    for (int i = 0; i < count; i++)
        add_piece(&b, &piece[i], &after_blank);
    if (b.count == 0)
        return p;
    from = choose(&b);
    for (at = b.count; at > 0; at = from[at])
        p->count++;
    p->line = line = arena_array(arena, (size_t)p->count, sizeof *line);
    at = b.count;
    for (int i = p->count - 1; i >= 0; i--) {
        line[i] = make_line(&b, from[at], at);
        at = from[at];
    }
    return p;
}

const struct para *
layout_text(struct arena *arena, struct fonts *fonts, struct piece piece,
            double size, double leading, double width)
{
    struct piece *kept = arena_take(arena, sizeof *kept);

    *kept = piece;
    return layout(arena, fonts, kept, 1, size, leading, width);
}

double
para_height(const struct para *p)
{
    return p->count * p->leading;
}

double
para_width(const struct para *p)
{
    double most = 0;

    for (int i = 0; i < p->count; i++)
        most = fmax(most, p->line[i].width);
    return most;
}

/* ---- drawing ---- */

static void
draw_part(struct paper *p, const struct para *para,
          const struct line_part *part, double x, double base)
{
    struct font font = { part->piece->face, para->size, para->tabular };

    paper_text(p, &font, part->piece->ink, x, base, part->text, part->n);
    if (part->hyphen)
        paper_text(p, &font, part->piece->ink,
                   x + font_width(p->fonts, &font, part->text, part->n), base,
                   "-", 1);
}

/* A link has a tag of its own in that of the paragraph, over its lines, and
 * an area on each of them. */
struct drawing_link {
    struct paper *p;
    const struct para *para;
    const char *href;           /* of the link that is open; NULL: none */
    const char *text;
    double x, to, base;         /* its area on this line; TO < X: none */
};

static void
end_area(struct drawing_link *l)
{
    if (l->href != NULL && l->to > l->x)
        paper_link(l->p, l->x, l->base - l->para->size, l->to - l->x,
                   l->para->leading, l->href, 0, l->text);
    l->x = l->to = 0;
}

/* What comes next is PIECE, of a link or not; NULL: nothing. */
static void
turn_to(struct drawing_link *l, const struct piece *piece)
{
    const char *href = piece != NULL ? piece->href : NULL;

    if (href == NULL ? l->href == NULL
        : l->href != NULL && strcmp(l->href, href) == 0)
        return;
    end_area(l);
    paper_unmark(l->p);
    if (l->href != NULL)
        paper_close(l->p);
    l->href = href;
    l->text = piece != NULL ? piece->text : NULL;
    if (l->href != NULL)
        paper_open(l->p, "Link");
    paper_mark(l->p);
}

static void
draw_line(struct drawing_link *link, const struct line *l, double left,
          double base)
{
    for (int k = 0; k < l->count; k++) {
        const struct line_part *part = &l->part[k];
        struct font font = { part->piece->face, link->para->size,
                             link->para->tabular };

        turn_to(link, part->piece);
        draw_part(link->p, link->para, part, left + part->x, base);
        if (part->piece->href == NULL)
            continue;
        if (link->to <= link->x)
            link->x = left + part->x;
        link->base = base;
        link->to = left + part->x
            + font_width(link->p->fonts, &font, part->text, part->n);
    }
    end_area(link);
}

void
para_draw(struct paper *p, const struct para *para, int from, int to,
          double x, double y, double align)
{
    struct drawing_link link = { .p = p, .para = para };

    for (int i = from; i < to; i++) {
        const struct line *l = &para->line[i];

        draw_line(&link, l, x + (para->width - l->width) * align,
                  y + (i - from) * para->leading
                  + (para->leading + para->size * .727) / 2);
    }
    turn_to(&link, NULL);
}
