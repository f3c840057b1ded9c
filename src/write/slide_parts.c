/* slide_parts.c - the body of a slide: one bar with its parts, an area's
 * colours beside their bars, cards, figures, other charts. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "report/phrase.h"
#include "write/look.h"
#include "write/slide.h"

enum {
    BAND_HEIGHT = 116, PARTS_ROW = 5, CARDS_ROW = 4, TILES_ROW = 3,
    GAP = 40, MARK = 24, KEY_MARK = 18, DEFINED = 470
};

/* TEXT with no place where a line may end. */
static const char *
unbroken(struct deck *d, const char *text)
{
    const char *out = "";

    while (*text != '\0') {
        size_t n = strcspn(text, " ");

        out = arena_printf(&d->arena, "%s%.*s%s", out, (int)n, text,
                           text[n] != '\0' ? FORMAT_NBSP : "");
        text += n + (text[n] != '\0');
    }
    return out;
}

/* "523 av 1 845"; "" where the share says all, or nothing may be said. */
static const char *
number_of_cell(struct deck *d, const struct doc_cell *c)
{
    if (!doc_has_share(c) || c->of == 0)
        return "";
    return unbroken(d, phrase_say(&d->arena, d->doc->lang,
        "report.share_of_number", format_int(&d->arena, d->doc->lang, c->n),
        format_int(&d->arena, d->doc->lang, c->of), NULL));
}

/* The largest size from FROM down to LEAST at which TEXT takes at most H in
 * a width of W. */
static int
fitting(const char *text, bool bold, int w, int h, int from, int least)
{
    int size = from;

    while (size > least
           && words_height(words_lines(text, size, bold, w), size) > h)
        size--;
    return size;
}

/* ---- one bar ---- */

static void
one_part(struct slide *p, struct rect at, const struct chart_model *c, int s)
{
    struct deck *d = p->deck;
    struct look look = look_of_series(d->doc, &c->series[s]);
    const struct doc_cell *cell = &c->cell[s];

    slide_mark(p, (struct rect){ at.x, at.y + 4, MARK, MARK }, &look);
    slide_box(p, (struct rect){ at.x + MARK + 10, at.y, at.w - MARK - 10,
                               36 }, "Label");
    slide_words(p, c->series[s].label, (struct words){
        .size = fitting(c->series[s].label, true, at.w - MARK - 10, 36, 24,
                        14), .bold = true });
    slide_box_end(p);
    slide_box(p, (struct rect){ at.x, at.y + 40, at.w, 110 }, "Number");
    slide_words(p, look_value(d->doc, cell, &d->arena), (struct words){
        .size = cell->hidden ? 30 : 52, .bold = true, .tint = TINT_HEAD });
    slide_words(p, number_of_cell(d, cell), (struct words){
        .size = 20, .tint = TINT_MUTED });
    slide_box_end(p);
}

void
slide_show_bar(struct slide *p, struct rect at, const struct chart_model *c)
{
    int n = c->series_count, each = n < PARTS_ROW ? n : PARTS_ROW;
    int rows = (n + each - 1) / each;
    int band = rows == 1 ? BAND_HEIGHT : BAND_HEIGHT * 3 / 5;
    int free = at.h - band - rows * 170;
    int y = at.y + (free > 0 ? free / 3 : 0);
    const struct chart_style style = {
        .size = 18, .bare = true, .mute = true
    };

    slide_chart(p, (struct rect){ at.x, y, at.w, band }, c, &style);
    y += band + (free > 0 ? free / 4 : 0) + 20;
    for (int s = 0; s < n; s++) {
        int w = (at.w + GAP) / each;

        one_part(p, (struct rect){ at.x + s % each * w,
                                   y + s / each * 170, w - GAP, 160 }, c, s);
    }
}

/* ---- an area's colours ---- */

/* The bars of C as a list, in the order of the definitions of N. */
static const struct chart_model *
list_of(struct deck *d, const struct node *n, const struct chart_model *c)
{
    struct chart_model *list = arena_take(&d->arena, sizeof *list);
    struct chart_category *k = arena_array(&d->arena, (size_t)n->count,
                                           sizeof *k);
    struct chart_series *s = arena_take(&d->arena, sizeof *s);
    struct doc_cell *cell = arena_array(&d->arena, (size_t)n->count,
                                        sizeof *cell);

    for (int i = 0; i < n->count; i++) {
        int grade = n->definition[i].grade;

        k[i] = (struct chart_category){
            d->doc->grades[grade].label, grade, 0, 0
        };
        cell[i] = (struct doc_cell){ .hidden = true };
        for (int j = 0; j < c->series_count; j++)
            if (c->series[j].grade == grade)
                cell[i] = c->cell[j];
    }
    *s = (struct chart_series){ c->title, GRADE_NO, PLAIN_DARK };
    *list = *c;
    list->kind = CHART_LIST;
    list->emphasis = -1;
    list->category = k;
    list->category_count = n->count;
    list->series = s;
    list->series_count = 1;
    list->cell = cell;
    return list;
}

static void
one_definition(struct slide *p, struct rect at, const struct doc_definition *f,
               const struct doc_cell *cell)
{
    struct deck *d = p->deck;
    const struct doc_grade *g = &d->doc->grades[f->grade];
    struct look look = look_of_grade(d->doc, f->grade);
    int w = at.w - MARK - 12, h;
    const char *number = cell != NULL ? number_of_cell(d, cell)
        : f->share != NULL ? f->share : "";
    const char *head = f->label;

    /* The state's short name where it says more than the colour's. */
    if (head == NULL || *head == '\0')
        head = g->label;
    else if (strcmp(head, g->label) != 0)
        head = arena_printf(&d->arena, "%s: %s", g->label, head);
    h = at.h - 4 - words_height(words_lines(arena_printf(&d->arena, "%s  %s",
                                                         head, number),
                                            22, true, w), 22);
    slide_mark(p, (struct rect){ at.x, at.y + 4, MARK, MARK }, &look);
    slide_box(p, (struct rect){ at.x + MARK + 12, at.y, w, at.h },
             "Definition");
    slide_paragraph(p, (struct words){ .size = 22 });
    slide_run(p, head, (struct words){ .size = 22, .bold = true }, NULL);
    if (*number != '\0')
        slide_run(p, arena_printf(&d->arena, "  %s", number),
                 (struct words){ .size = 18, .tint = TINT_MUTED }, NULL);
    buf_text(p->out, "</a:p>");
    p->paragraphs++;
    slide_words(p, f->text, (struct words){
        .size = fitting(f->text, false, w, h, 20, 13), .before = 2 });
    slide_box_end(p);
}

void
slide_show_definitions(struct slide *p, struct rect at, const struct node *n,
                  const struct chart_model *c)
{
    const struct chart_model *list = c != NULL ? list_of(p->deck, n, c)
                                               : NULL;
    const struct chart_style style = {
        .size = 18, .label = 40, .bare = true, .wide = true
    };
    int row = at.h / n->count, w = list != NULL ? DEFINED : at.w;

    for (int i = 0; i < n->count; i++)
        one_definition(p, (struct rect){ at.x, at.y + i * row + row / 12, w,
                                         row - row / 6 },
                       &n->definition[i],
                       list != NULL ? &list->cell[i] : NULL);
    if (list != NULL)
        slide_chart(p, (struct rect){ at.x + DEFINED + GAP, at.y,
                                     at.w - DEFINED - GAP,
                                     row * n->count }, list, &style);
}

/* ---- cards, figures ---- */

static void
one_card(struct slide *p, struct rect at, const struct doc_card *c)
{
    int room = at.h - 24, size;

    slide_line(p, (struct rect){ at.x, at.y, at.w, 4 }, TINT_HEAD);
    if (c->number != NULL)
        room -= 76;
    if (c->title != NULL)
        room -= words_height(words_lines(c->title, 28, true, at.w), 28);
    if (c->action != NULL)
        room -= words_height(words_lines(c->action, 22, true, at.w), 22)
            + 20;
    size = fitting(c->text != NULL ? c->text : "", false, at.w, room, 24,
                   14);
    slide_box(p, (struct rect){ at.x, at.y + 20, at.w, at.h - 20 }, "Card");
    if (c->number != NULL)
        slide_words(p, c->number, (struct words){
            .size = fitting(c->number, true, at.w, 76, 56, 28),
            .bold = true, .tint = TINT_HEAD });
    if (c->title != NULL)
        slide_words(p, c->title, (struct words){
            .size = 28, .bold = true, .tint = TINT_HEAD });
    if (c->text != NULL)
        slide_words(p, c->text, (struct words){ .size = size, .before = 8 });
    if (c->action != NULL)
        slide_words(p, c->action, (struct words){
            .size = size < 22 ? size : 22, .bold = true,
            .tint = TINT_HEAD, .before = 14 });
    slide_box_end(p);
}

void
slide_show_cards(struct slide *p, struct rect at, const struct node *n)
{
    int each = n->count < CARDS_ROW ? n->count : CARDS_ROW;
    int rows = (n->count + each - 1) / each;
    int w = (at.w + GAP) / each, h = at.h / rows;

    for (int i = 0; i < n->count; i++)
        one_card(p, (struct rect){ at.x + i % each * w,
                                   at.y + i / each * h, w - GAP, h - 16 },
                 &n->card[i]);
}

void
slide_show_figures(struct slide *p, struct rect at, const struct doc_table *t)
{
    struct deck *d = p->deck;
    int n = t->rows.count, each = n < TILES_ROW ? n : TILES_ROW;
    int rows = (n + each - 1) / each, w = (at.w + GAP) / each;
    int h = at.h / rows < 200 ? at.h / rows : 200;
    int number = h < 110 ? 34 : 52;

    for (int i = 0; i < n; i++) {
        const struct doc_cell *c = doc_cell_at(t, i, 0);
        struct rect r = { at.x + i % each * w, at.y + i / each * h, w - GAP,
                          h - 20 };

        slide_line(p, (struct rect){ r.x, r.y, r.w, 3 }, TINT_HEAD);
        slide_box(p, (struct rect){ r.x, r.y + 10, r.w, r.h - 10 },
                 "Figure");
        slide_words(p, t->rows.key[i].label, (struct words){
            .size = fitting(t->rows.key[i].label, false, r.w,
                            r.h - 10 - words_height(1, number), 20, 13) });
        slide_paragraph(p, (struct words){ .size = number });
        slide_run(p, c->hidden ? msg_text(d->doc->lang, "report.hidden")
                 : format_int(&d->arena, d->doc->lang, c->n),
                 (struct words){ .size = c->hidden ? 28 : number,
                                 .bold = true, .tint = TINT_HEAD }, NULL);
        if (doc_has_share(c) && c->of > 0)
            slide_run(p, arena_printf(&d->arena, "  %s",
                phrase_say(&d->arena, d->doc->lang, "report.share_of_number",
                           look_value(d->doc, c, &d->arena),
                           format_int(&d->arena, d->doc->lang, c->of),
                           NULL)),
                (struct words){ .size = 20, .tint = TINT_MUTED }, NULL);
        buf_text(p->out, "</a:p>");
        p->paragraphs++;
        slide_box_end(p);
    }
}

/* ---- other charts ---- */

/* The key of bars that lie side by side, in their order, as high as it
 * returns: of such a chart some programs turn Office's own round. */
static int
put_key(struct slide *p, struct rect at, const struct chart_model *c,
        int size)
{
    int x = at.x, line = words_height(1, size), y = at.y;

    for (int s = 0; s < c->series_count; s++) {
        struct look look = look_of_series(p->deck->doc, &c->series[s]);
        int w = words_width(c->series[s].label, size, false) + 12;

        if (x > at.x && x + KEY_MARK + 8 + w > at.x + at.w) {
            x = at.x;
            y += line + 2;
        }
        slide_mark(p, (struct rect){ x, y + (line - KEY_MARK) / 2, KEY_MARK,
                                     KEY_MARK }, &look);
        x += KEY_MARK + 8;
        slide_box(p, (struct rect){ x, y, w, line }, "Key");
        slide_words(p, c->series[s].label, (struct words){ .size = size });
        slide_box_end(p);
        x += w + 16;
    }
    return y + line + 10 - at.y;
}

void
slide_show_chart(struct slide *p, struct rect at,
                 const struct chart_model *c,
                 const struct chart_model *whole)
{
    int bars = c->category_count
        * (c->kind == CHART_COLUMNS ? c->series_count : 1);
    struct chart_style style = { .size = 20, .whole = whole };
    int most;

    style.size = bars > 16 ? 15 : bars > 10 ? 18 : 20;
    /* Few bars do not get as high as the slide. */
    most = bars * style.size * 4 + 60;
    if (c->kind != CHART_COLUMNS && at.h > most)
        at.h = most;
    if (drawing_chart_lies(c, &style)) {
        int key = put_key(p, at, c, style.size);

        style.keyless = true;
        at.y += key;
        at.h -= key;
    }
    slide_chart(p, at, c, &style);
}
