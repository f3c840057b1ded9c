/* chart.c - see chart.h.
 *
 * Stacked areas: each edge is rounded by itself from the sum so far, so
 * that the last one ends exactly at the whole and no gap opens. Bars side
 * by side share one scale, the longest is CHART_LONGEST. */
#include "write/chart.h"

enum {
    BAR_HEIGHT = 40, BARS_HEIGHT = 26, LIST_HEIGHT = 20,
    GROUP_HEIGHT = 18, GROUP_GAP = 2,
    MOSAIC_HEIGHT = 200, MOSAIC_LEAST = 20
};

static int64_t
seen(const struct doc_cell *cell)
{
    return cell->hidden ? 0 : cell->n;
}

bool
chart_by_count(const struct chart_model *c)
{
    for (int i = 0; i < c->category_count * c->series_count; i++)
        if (!c->cell[i].hidden && c->cell[i].of == OF_NONE)
            return true;
    return false;
}

/* A category's whole: what its areas are together. */
static int64_t
whole_of(const struct chart_model *c, int category)
{
    int64_t sum = c->category[category].rest;

    for (int s = 0; s < c->series_count; s++)
        sum += seen(doc_chart_cell(c, category, s));
    return sum;
}

static int
row_height(const struct chart_model *c, int category)
{
    int64_t all = 0;
    int height;

    if (c->kind == CHART_BAR)
        return BAR_HEIGHT;
    if (c->kind != CHART_MOSAIC)
        return BARS_HEIGHT;
    for (int i = 0; i < c->category_count; i++)
        all += c->category[i].base;
    if (all == 0)
        return MOSAIC_LEAST;
    height = (int)(c->category[category].base * MOSAIC_HEIGHT / all);
    return height < MOSAIC_LEAST ? MOSAIC_LEAST : height;
}

static void
stack(const struct chart_model *c, int category, struct chart_row *row,
      struct chart_area *area)
{
    int64_t whole = whole_of(c, category), sum = 0;
    int from = 0;

    row->height = row_height(c, category);
    if (c->category[category].rest == NUMBER_HIDDEN) {
        area[row->count++] = (struct chart_area){
            AREA_HIDDEN, 0, CHART_WHOLE, 0, row->height, true
        };
        return;
    }
    for (int s = 0; s < c->series_count; s++) {
        int64_t n = seen(doc_chart_cell(c, category, s));
        int to;

        if (n == 0)
            continue;
        sum += n;
        to = (int)((sum * CHART_WHOLE * 2 + whole) / (whole * 2));
        area[row->count++] = (struct chart_area){
            s, from, to - from, 0, row->height, to - from >= CHART_LABEL
        };
        from = to;
    }
    if (c->category[category].rest > 0)
        area[row->count++] = (struct chart_area){
            AREA_HIDDEN, from, CHART_WHOLE - from, 0, row->height,
            CHART_WHOLE - from >= CHART_LABEL
        };
}

/* How long a cell's bar would be on a scale of CHART_WHOLE for 100 %, or
 * its count. */
static int64_t
length_of(const struct chart_model *c, const struct doc_cell *cell)
{
    if (chart_by_count(c))
        return seen(cell);
    return cell->of > 0 ? seen(cell) * CHART_WHOLE / cell->of : 0;
}

static int64_t
longest(const struct chart_model *c)
{
    int64_t most = 0;

    for (int i = 0; i < c->category_count * c->series_count; i++) {
        int64_t length = length_of(c, &c->cell[i]);

        most = length > most ? length : most;
    }
    return most;
}

static void
side_by_side(const struct chart_model *c, int category,
             struct chart_row *row, struct chart_area *area)
{
    bool list = c->kind == CHART_LIST;
    int height = list ? LIST_HEIGHT : GROUP_HEIGHT;
    int64_t most = longest(c);

    for (int s = 0; s < c->series_count; s++) {
        int64_t length = length_of(c, doc_chart_cell(c, category, s));
        int width = most == 0 ? 0
            : (int)(length * (list ? CHART_WHOLE : CHART_LONGEST) / most);

        area[row->count++] = (struct chart_area){
            s, 0, width, s * (height + GROUP_GAP), height, false
        };
    }
    row->height = c->series_count * (height + GROUP_GAP) - GROUP_GAP;
}

const struct chart_row *
chart_layout(const struct chart_model *c, struct arena *arena)
{
    bool stacked = doc_chart_stacked(c);
    struct chart_row *row = arena_array(arena, (size_t)c->category_count,
                                        sizeof *row);

    for (int i = 0; i < c->category_count; i++) {
        struct chart_area *area = arena_array(
            arena, (size_t)c->series_count + 1, sizeof *area);

        row[i].area = area;
        if (stacked)
            stack(c, i, &row[i], area);
        else
            side_by_side(c, i, &row[i], area);
    }
    return row;
}

const struct chart_model *
chart_of_cover(const struct document *doc)
{
    const struct node *n = NULL;

    while ((n = tree_next(doc, n, NODE_CHART)) != NULL)
        if (n->chart->kind == CHART_BAR && n->chart->grades)
            return n->chart;
    return NULL;
}
