/* slide_cover.c - the first slide: whose, what, of when, and the band of
 * grades. In a municipality's template all words stand in its own places
 * for title and subtitle, and there is no band: only its designer knows
 * where there is room. */
#include "base/msg.h"
#include "write/slide.h"

enum { LINES_MOST = 24, BAND_Y = 560, BAND_H = 38 };

struct cover {
    const char *title, *subtitle;
    const char *line[LINES_MOST];
    int lines;
};

static void
add_line(struct cover *c, const char *text)
{
    if (text != NULL && *text != '\0' && c->lines < LINES_MOST)
        c->line[c->lines++] = text;
}

/* What PLAN says, else the document itself; notices always. */
static struct cover
cover_of(struct deck *d, const struct slide_plan *plan)
{
    const struct document *doc = d->doc;
    struct cover c = { doc->title, doc->subtitle, { NULL }, 0 };

    if (plan != NULL) {
        c.title = plan->title;
        c.subtitle = plan->lead != NULL ? plan->lead->text : NULL;
        for (int i = 0; i < plan->count; i++)
            if (plan->item[i] != plan->lead
                && plan->item[i]->kind == NODE_PARAGRAPH)
                add_line(&c, plan->item[i]->text);
    }
    for (int i = 0; i < doc->fact_count && plan == NULL; i++)
        add_line(&c, arena_printf(&d->arena, "%s: %s", doc->facts[i].label,
                                  doc->facts[i].value));
    add_line(&c, doc->internal_notice);
    add_line(&c, doc->protected_notice);
    add_line(&c, doc->synthetic_notice);
    return c;
}

static void
put_band(struct slide *p, const struct chart_model *band)
{
    struct deck *d = p->deck;
    const struct chart_style style = {
        .size = 18, .bare = true, .mute = true
    };
    const struct node n = { .kind = NODE_CHART, .chart = band };
    struct rect at = { SLIDE_MARGIN, BAND_Y, SLIDE_WIDTH - 2 * SLIDE_MARGIN,
                       BAND_H };

    slide_chart(p, at, band, &style);
    at.y += BAND_H + 8;
    at.h = 60;
    slide_box(p, at, "Band");
    slide_words(p, arena_printf(&d->arena, "%s: %s", band->title,
                               band->row_desc[0]),
               (struct words){ .size = 18, .tint = TINT_WHITE });
    slide_box_end(p);
    slide_tell(p, &n);
}

static void
put_own(struct slide *p, const struct cover *c,
        const struct chart_model *band)
{
    struct deck *d = p->deck;
    int w = SLIDE_WIDTH - 2 * SLIDE_MARGIN, y = 140, size = 60, h;

    if (d->doc->owner != NULL) {
        slide_box(p, (struct rect){ SLIDE_MARGIN, 60, w, 34 }, "Owner");
        slide_words(p, d->doc->owner, (struct words){
            .size = 24, .bold = true, .tint = TINT_WHITE });
        slide_box_end(p);
    }
    while (size > 32 && words_lines(c->title, size, true, w) > 2)
        size -= 2;
    h = words_height(words_lines(c->title, size, true, w), size);
    slide_hold(p, p->deck->cover_type, &c->title, 1,
              &(struct rect){ SLIDE_MARGIN, y, w, h }, size);
    y += h + 12;
    if (c->subtitle != NULL) {
        h = words_height(words_lines(c->subtitle, 32, false, w), 32);
        slide_hold(p, "subTitle\" idx=\"1", &c->subtitle, 1,
                  &(struct rect){ SLIDE_MARGIN, y, w, h }, 32);
        y += h + 24;
    }
    if (c->lines > 0) {
        slide_box(p, (struct rect){ SLIDE_MARGIN, y, w, BAND_Y - y - 10 },
                 "Facts");
        for (int i = 0; i < c->lines; i++)
            slide_words(p, c->line[i], (struct words){
                .size = c->lines > 7 ? 16 : 20, .tint = TINT_WHITE });
        slide_box_end(p);
    }
    if (band != NULL)
        put_band(p, band);
}

static void
put_template(struct slide *p, const struct cover *c)
{
    struct rect at = { SLIDE_MARGIN, 0, SLIDE_WIDTH - 2 * SLIDE_MARGIN,
                       0 };
    const char *text[LINES_MOST + 2];
    int count = 0;

    slide_hold(p, p->deck->cover_type, &c->title, 1, NULL, 0);
    if (c->subtitle != NULL)
        text[count++] = c->subtitle;
    if (p->deck->doc->owner != NULL)
        text[count++] = p->deck->doc->owner;
    for (int i = 0; i < c->lines; i++)
        text[count++] = c->line[i];
    if (p->deck->cover_index != NULL) {
        slide_hold(p, arena_printf(&p->deck->arena, "subTitle\" idx=\"%s",
                                   p->deck->cover_index), text, count, NULL,
                   0);
        return;
    }
    at.h = (int)(p->deck->height / p->deck->unit) * 2 / 5 - 20;
    at.y = at.h * 3 / 2 + 10;
    slide_box(p, at, "Facts");
    for (int i = 0; i < count; i++)
        slide_words(p, text[i], (struct words){ .size = 18 });
    slide_box_end(p);
}

void
slide_cover(struct deck *d, const struct slide_plan *plan,
            const struct chart_model *band)
{
    struct cover c = cover_of(d, plan);
    struct slide p;

    slide_begin(&p, d, d->cover);
    if (d->own)
        put_own(&p, &c, band);
    else
        put_template(&p, &c);
    for (int i = 0; plan != NULL && i < plan->notes; i++)
        slide_note(&p, plan->note[i]->title, plan->note[i]->text);
    slide_end(&p, NULL);
}
