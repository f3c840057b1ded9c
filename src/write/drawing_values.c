/* drawing_values.c - the numbers that a chart draws, and the workbook that
 * they can be changed in; see charting.h.
 *
 * What is drawn are shares as fractions of one; where some share has no
 * base, counts. A stacked bar whose shares are not of the same number is
 * counts too, or its areas would not be in proportion. The workbook has what
 * is drawn and, beside shares, the counts; of what is hidden an empty
 * cell. */
#include "base/msg.h"
#include "report/format.h"
#include "write/chart.h"
#include "write/charting.h"

enum { DIGITS = 12 };           /* of a share in a cell */

/* ---- numbers ---- */

const char *
charting_fraction(struct arena *arena, int64_t n, int64_t of)
{
    char digits[DIGITS + 1];
    int64_t left = n % of;

    for (int i = 0; i < DIGITS; i++) {
        left *= 10;
        digits[i] = (char)('0' + left / of);
        left %= of;
    }
    digits[DIGITS] = '\0';
    return arena_printf(arena, "%lld.%s", (long long)(n / of), digits);
}

/* What the shares of CATEGORY are of; 0: of several numbers, or none is
 * known. */
static int64_t
base_of(const struct chart_model *c, int category)
{
    int64_t of = 0;

    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell = doc_chart_cell(c, category, s);

        if (!doc_has_share(cell))
            continue;
        if (of != 0 && cell->of != of)
            return 0;
        of = cell->of;
    }
    return of;
}

static int
count_hidden(const struct chart_model *c, int category)
{
    int count = 0;

    for (int s = 0; s < c->series_count; s++)
        count += doc_chart_cell(c, category, s)->hidden
            || doc_chart_cell(c, category, s)->of == OF_HIDDEN;
    return count;
}

/* Counts are drawn where a share has no base, or areas have several. */
static bool
draws_counts(const struct charting *g)
{
    const struct chart_model *c = g->c;

    if (chart_by_count(c))
        return true;
    for (int i = 0; g->stacked && i < c->category_count; i++)
        if (base_of(c, i) == 0 && count_hidden(c, i) == 0)
            for (int s = 0; s < c->series_count; s++)
                if (doc_chart_cell(c, i, s)->n > 0)
                    return true;
    return false;
}

bool
charting_hides(const struct charting *g, int category)
{
    return g->stacked && g->c->category[category].rest == NUMBER_HIDDEN;
}

/* What is drawn of a cell; NULL: nothing may be, or there is nothing. */
static const char *
value_of(const struct charting *g, int category, int series)
{
    const struct doc_cell *cell = doc_chart_cell(g->c, category, series);

    if (cell->hidden || charting_hides(g, category))
        return NULL;
    if (g->counts)
        return arena_printf(g->arena, "%lld", (long long)cell->n);
    return doc_has_share(cell) && cell->of > 0
        ? charting_fraction(g->arena, cell->n, cell->of) : NULL;
}

/* The hidden areas of a stacked bar as one; all of it is a whole. */
static const char *
rest_value(const struct charting *g, int category)
{
    int64_t rest = g->c->category[category].rest;
    int64_t of = base_of(g->c, category);

    if (charting_hides(g, category))
        return "1";
    if (rest <= 0)
        return NULL;
    if (g->counts)
        return arena_printf(g->arena, "%lld", (long long)rest);
    return charting_fraction(g->arena, rest, of >= rest ? of : rest);
}

/* ---- how they are shown ---- */

const char *
charting_share_format(const struct charting *g, bool beside)
{
    bool en = g->doc->lang == LANG_EN;
    const char *blank = en ? "" : "\"" FORMAT_NBSP "\"";
    const char *before = beside ? "\"" FORMAT_NBSP FORMAT_NBSP "\"" : "";
    const char *none = g->stacked && !beside ? "\"\""
        : arena_printf(g->arena, "%s0%s%%", before, blank);

    return arena_printf(g->arena, "[=0]%s;[<0.005]%s\"<" FORMAT_NBSP "1%s%%"
                        "\";%s0%s%%", none, before, en ? "" : FORMAT_NBSP,
                        before, blank);
}

static const char *
count_format(const struct charting *g)
{
    return g->doc->lang == LANG_EN ? "#,##0"
        : "[<1000]0;[<1000000]0\"" FORMAT_NBSP "\"000;General";
}

/* ---- the workbook ---- */

static const char *
say(const struct charting *g, const char *key)
{
    return msg_text(g->doc->lang, key);
}

/* A category's name; what the bar does not show is said in it. */
static const char *
category_name(const struct charting *g, int i)
{
    const struct chart_category *k = &g->c->category[i];
    int hidden = count_hidden(g->c, i);

    /* No bar could be read as nothing. */
    if (!g->stacked && hidden > 0)
        return arena_printf(g->arena, "%s (%s)", k->label,
                            say(g, hidden == g->c->series_count
                                ? "report.hidden" : "drawing.some_hidden"));
    if (g->c->kind == CHART_MOSAIC)
        return arena_printf(g->arena, "%s (%s)", k->label,
                            format_int(g->arena, g->doc->lang, k->base));
    return k->label;
}

struct sheet_cell *
charting_cell(const struct charting *g, int row, int column)
{
    return &g->cell[row * g->columns + column];
}

static void
fill_series(struct charting *g, int s)
{
    int beside = g->c->series_count + 2 + g->rest + s;

    charting_cell(g, 0, s + 1)->text = g->c->series[s].label;
    if (!g->counts)
        charting_cell(g, 0, beside)->text =
            arena_printf(g->arena, "%s: %s", say(g, "report.number"),
                         g->c->series[s].label);
    for (int i = 0; i < g->c->category_count; i++) {
        const struct doc_cell *cell = doc_chart_cell(g->c, i, s);

        *charting_cell(g, i + 1, s + 1) = (struct sheet_cell){
            .number = value_of(g, i, s), .share = !g->counts
        };
        if (!g->counts && !cell->hidden)
            charting_cell(g, i + 1, beside)->number =
                arena_printf(g->arena, "%lld", (long long)cell->n);
    }
}

static void
fill_sheet(struct charting *g)
{
    const struct chart_model *c = g->c;
    int series = c->series_count;

    g->rows = c->category_count + 1;
    g->columns = 1 + series + g->rest + (g->counts ? 0 : 1 + series);
    g->cell = arena_array(g->arena, (size_t)g->rows * (size_t)g->columns,
                          sizeof *g->cell);
    for (int i = 0; i < c->category_count; i++)
        charting_cell(g, i + 1, 0)->text = category_name(g, i);
    for (int s = 0; s < series; s++)
        fill_series(g, s);
    if (!g->rest)
        return;
    charting_cell(g, 0, series + 1)->text = say(g, "report.hidden");
    for (int i = 0; i < c->category_count; i++)
        *charting_cell(g, i + 1, series + 1) = (struct sheet_cell){
            .number = rest_value(g, i), .share = !g->counts
        };
}

void
charting_fill(struct charting *g)
{
    const struct chart_model *c = g->c;

    g->counts = draws_counts(g);
    for (int i = 0; g->stacked && i < c->category_count; i++)
        g->rest |= c->category[i].rest > 0 || charting_hides(g, i);
    g->format = g->counts ? count_format(g)
                          : charting_share_format(g, false);
    fill_sheet(g);
}
