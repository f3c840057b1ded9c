/* look.c - see look.h.
 *
 * White is better than dark ink below the luminance where both have the same
 * contrast. */
#include "write/look.h"
#include <stdio.h>
#include "base/msg.h"
#include "report/format.h"

/* The plain looks: told apart in greyscale too. */
static const struct look_colours plain_looks[PLAIN_COUNT] = {
    [PLAIN_DARK] = { "plain", "#0b2a4a", "#0b2a4a", "#0b2a4a" },
    [PLAIN_LIGHT] = { "back", "#e3eefa", "#0062ba", "#7fb0df" },
    [PLAIN_DOTS] = { "dots", "#ffffff", "#0b2a4a", "#0b2a4a" },
    [PLAIN_LATTICE] = { "lattice", "#8fa6bf", "#0b2a4a", "#5a7694" },
};

struct area_look
look_of_area(const struct chart_model *c, int category, int series)
{
    const struct chart_series *s = &c->series[series];

    /* A list has one series: there the category may be a grade. */
    if (c->kind == CHART_LIST && c->category[category].grade != GRADE_NO)
        return (struct area_look){ c->category[category].grade, PLAIN_DARK };
    return (struct area_look){ s->grade, s->plain };
}

struct look_colours
look_colours(const struct doc_grade *grade, struct area_look look)
{
    const struct doc_grade *g;

    if (look.grade == GRADE_NO)
        return plain_looks[look.plain];
    g = &grade[look.grade];
    return (struct look_colours){ g->look, g->fill, g->edge, g->ink };
}

bool
look_is_dark(const char *colour)
{
    static const int weight[3] = { 2126, 7152, 722 };
    unsigned c[3] = { 0 };
    double sum = 0;

    sscanf(colour, "#%2x%2x%2x", &c[0], &c[1], &c[2]);
    for (int i = 0; i < 3; i++) {
        double part = c[i] / 255.0;

        sum += weight[i] * (part * part * (0.75 * part + 0.25));
    }
    return sum < 2100;
}

const char *
look_value(const struct document *doc, const struct doc_cell *c,
           struct arena *arena)
{
    if (c->hidden || c->of == OF_HIDDEN)
        return msg_text(doc->lang, "report.hidden");
    return c->of != OF_NONE ? format_share(arena, doc->lang, c->n, c->of)
                            : format_int(arena, doc->lang, c->n);
}
