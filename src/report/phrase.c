/* phrase.c - the small words: counts, shares, fractions, bases; see
 * phrase.h. Findings stand in finding.c. */
#include "report/phrase.h"
#include <assert.h>
#include <string.h>
#include "report/format.h"

const char *
phrase_put(struct arena *a, enum lang lang, const char *key,
           const char *const *arg)
{
    struct buf text;
    const char *said;
    int args = 0;

    while (arg[args] != NULL)
        args++;
    assert(args <= PHRASE_ARGS);
    buf_init(&text, 0);
    msg_put(&text, lang, key, args, arg);
    said = arena_text(a, buf_string(&text));
    buf_clear(&text);
    return said;
}

static const char *
join(struct arena *a, const char *const *item, int count, const char *word)
{
    struct buf text;
    const char *said;

    buf_init(&text, 0);
    for (int i = 0; i < count; i++) {
        if (i > 0 && i == count - 1)
            buf_printf(&text, " %s ", word);
        else if (i > 0)
            buf_text(&text, ", ");
        buf_text(&text, item[i]);
    }
    said = arena_text(a, buf_string(&text));
    buf_clear(&text);
    return said;
}

const char *
phrase_list(struct arena *a, enum lang lang, const char *const *item,
            int count)
{
    return join(a, item, count, msg_text(lang, "report.and"));
}

const char *
phrase_or(struct arena *a, enum lang lang, const char *const *item,
          int count)
{
    return join(a, item, count, msg_text(lang, "report.or"));
}

static const char *
noun(const struct phrase *p, enum unit_counted unit, bool many)
{
    static const char *const key[UNIT_COUNT][2] = {
        [UNIT_CHILDREN] = { "report.child", "report.children" },
        [UNIT_SERVICES] = { "report.service", "report.services" },
        [UNIT_REGISTRATIONS] =
            { "report.registration", "report.registrations" },
    };

    if (unit != UNIT_RECIPIENTS)
        return msg_text(p->lang, key[unit][many]);
    return many ? p->in->person.many.in[p->lang]
                : p->in->person.one.in[p->lang];
}

const char *
phrase_many(const struct phrase *p, enum unit_counted unit)
{
    return noun(p, unit, true);
}

const char *
phrase_count(const struct phrase *p, enum unit_counted unit, int64_t n)
{
    return phrase_say(p->arena, p->lang, "report.count",
                      format_int(p->arena, p->lang, n),
                      noun(p, unit, n != 1), NULL);
}

const char *
phrase_share(const struct phrase *p, int64_t n, int64_t of)
{
    if (of < SHARE_BASE)
        return phrase_say(p->arena, p->lang, "report.of_few",
                          format_int(p->arena, p->lang, n),
                          format_int(p->arena, p->lang, of), NULL);
    if (n > 0 && share_of(n, of, 0) == 0)
        return msg_text(p->lang, "report.under_one");
    return format_share(p->arena, p->lang, n, of);
}

const char *
phrase_fraction(const struct phrase *p, int64_t n, int64_t of)
{
    static const struct { int over, under; const char *key; } fractions[] = {
        { 1, 2, "report.fraction_1_2" }, { 1, 3, "report.fraction_1_3" },
        { 2, 3, "report.fraction_2_3" }, { 1, 4, "report.fraction_1_4" },
        { 3, 4, "report.fraction_3_4" }, { 1, 5, "report.fraction_1_5" },
        { 2, 5, "report.fraction_2_5" }, { 3, 5, "report.fraction_3_5" },
        { 4, 5, "report.fraction_4_5" }, { 1, 10, "report.fraction_1_10" },
        { 9, 10, "report.fraction_9_10" },
    };
    const char *near = NULL;

    if (of < FRACTION_BASE)
        return NULL;
    /* Off is how far the share lies above the fraction, in tenths of a
     * point, times what divides both, so that nothing is rounded. */
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++) {
        int64_t unit = of * fractions[i].under;
        int64_t off = 1000 * (n * fractions[i].under
                              - of * fractions[i].over);

        if (fractions[i].under == 2 ? off == 0
            : off >= -FRACTION_NEAR * unit && off <= FRACTION_NEAR * unit)
            return msg_text(p->lang, fractions[i].key);
        if (off < 0 && off >= -FRACTION_BELOW * unit)
            near = fractions[i].key;
    }
    if (near == NULL)
        return NULL;
    return phrase_say(p->arena, p->lang, "report.near",
                      msg_text(p->lang, near), NULL);
}

static const char *
outside_list(const struct phrase *p, const struct outside *out)
{
    const struct { int64_t n; const char *key; } parts[] = {
        { out->unanswered, "report.out_unanswered" },
        { out->unknown, "report.out_unknown" },
        { out->not_asked, "report.out_not_asked" },
    };
    const char *item[3];
    int count = 0;

    for (int i = 0; i < 3; i++)
        if (parts[i].n > 0)
            item[count++] = phrase_say(p->arena, p->lang, parts[i].key,
                                       format_int(p->arena, p->lang,
                                                  parts[i].n), NULL);
    return count == 0 ? NULL
        : phrase_list(p->arena, p->lang, item, count);
}

static bool
same_base(const struct doc_table *t)
{
    for (int i = 1; i < t->base_count; i++)
        if (t->base[i] != t->base[0]
            || memcmp(&t->outside[i], &t->outside[0],
                      sizeof t->outside[0]) != 0)
            return false;
    return true;
}

static const char *
base_range(const struct phrase *p, const struct doc_table *t)
{
    int64_t low = t->base[0], high = t->base[0];

    for (int i = 1; i < t->base_count; i++) {
        low = t->base[i] < low ? t->base[i] : low;
        high = t->base[i] > high ? t->base[i] : high;
    }
    return phrase_say(p->arena, p->lang, "report.base_range",
                      format_int(p->arena, p->lang, low),
                      phrase_count(p, t->base_unit, high), NULL);
}

const char *
phrase_base(const struct phrase *p, const struct doc_table *t)
{
    const char *base, *outside;

    if (t->plain || t->base_count == 0)
        return NULL;
    if (t->shape == SHAPE_FIGURES)
        return msg_text(p->lang, "report.base_each");
    if (!same_base(t))
        return base_range(p, t);
    base = phrase_count(p, t->base_unit, t->base[0]);
    outside = outside_list(p, &t->outside[0]);
    if (outside == NULL)
        return phrase_say(p->arena, p->lang, "report.base_all", base, NULL);
    return phrase_say(p->arena, p->lang, "report.base_outside", base,
                      outside, NULL);
}

const char *
phrase_caption(const struct phrase *p, const struct doc_table *t)
{
    static const char *const by_share[] = {
        [SHARE_ROWS] = "report.caption_rows",
        [SHARE_COLUMNS] = "report.caption_columns",
    };
    const char *many = phrase_many(p, t->counts);

    if (t->plain || t->share == SHARE_NONE)
        return phrase_say(p->arena, p->lang, "report.caption_number", many,
                          NULL);
    switch (t->shape) {
    case SHAPE_FIGURES:
        return msg_text(p->lang, "report.caption_figures");
    case SHAPE_TICKS:
        return msg_text(p->lang, "report.caption_ticks");
    case SHAPE_TICKS_BY:
        return msg_text(p->lang, "report.caption_columns");
    case SHAPE_BATTERY:
        return msg_text(p->lang, "report.caption_rows");
    case SHAPE_ONE_WAY: case SHAPE_TWO_WAY:
        break;
    }
    if (t->shape == SHAPE_TWO_WAY && t->share != SHARE_ALL)
        return msg_text(p->lang, by_share[t->share]);
    if (t->sum != NULL)
        return phrase_say(p->arena, p->lang, "report.caption_sum", many,
                          NULL);
    return phrase_say(p->arena, p->lang, "report.caption_all",
                      phrase_count(p, t->base_unit, t->base[0]), NULL);
}

/* What of a chart's bars adds up to a whole: the key of its caption. */
static const char *
chart_key(const struct doc_table *t)
{
    if (t->shape == SHAPE_FIGURES)
        return "report.chart_own";
    if (t->shape == SHAPE_TICKS_BY || t->shape == SHAPE_TWO_WAY)
        return "report.chart_groups";
    return same_base(t) ? "report.chart_all" : "report.chart_rows";
}

const char *
phrase_chart_caption(const struct phrase *p, const struct doc_table *t,
                     const struct chart_model *c)
{
    const char *key = chart_key(t);
    const char *base = strcmp(key, "report.chart_all") == 0
        ? phrase_count(p, t->base_unit, t->base[0])
        : p->in->person.the_many.in[p->lang];
    const char *said;

    if (t->sum != NULL)
        return phrase_caption(p, t);
    said = phrase_say(p->arena, p->lang, key, base, NULL);
    if (c->kind == CHART_MOSAIC)
        said = arena_printf(p->arena, "%s %s", said,
                            msg_text(p->lang, "report.chart_mosaic"));
    if (c->emphasis >= 0)
        said = arena_printf(p->arena, "%s %s", said,
            phrase_say(p->arena, p->lang, "report.chart_beside",
                p->grades[c->series[c->emphasis].grade].plural, NULL));
    return said;
}

const char *
phrase_category(const struct phrase *p, const struct chart_model *c,
                int category)
{
    struct buf text;
    const char *said;

    buf_init(&text, 0);
    for (int s = 0; s < c->series_count; s++) {
        const struct doc_cell *cell =
            &c->cell[category * c->series_count + s];
        const char *label = c->series_count == 1 ? "" : c->series[s].label;

        buf_text(&text, s == 0 ? "" : ", ");
        buf_text(&text, s == 0 ? label : format_inside(p->arena, label));
        buf_text(&text, *label != '\0' ? " " : "");
        if (cell->hidden)
            buf_text(&text, msg_text(p->lang, "report.hidden"));
        else if (cell->of != OF_NONE)
            buf_text(&text, format_share(p->arena, p->lang, cell->n,
                                         cell->of));
        else
            buf_text(&text, format_int(p->arena, p->lang, cell->n));
    }
    buf_byte(&text, '.');
    said = arena_text(p->arena, buf_string(&text));
    buf_clear(&text);
    return said;
}
