/* phrase.c - the small words: counts, shares, fractions, bases; see
 * phrase.h. Findings stand in finding.c. */
#include "report/phrase.h"
#include <assert.h>
#include <string.h>
#include "report/format.h"

enum { ROWS_NAMED = 8 };        /* more than this: from one to another */

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

/* With WORD before the last, where it is given. */
static const char *
join(struct arena *a, const char *const *item, int count, const char *word,
     const char *comma)
{
    struct buf text;
    const char *said;

    buf_init(&text, 0);
    for (int i = 0; i < count; i++) {
        if (i > 0 && i == count - 1 && *word != '\0')
            buf_printf(&text, " %s ", word);
        else if (i > 0)
            buf_text(&text, comma);
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
    return join(a, item, count, msg_text(lang, "report.and"), ", ");
}

const char *
phrase_or(struct arena *a, enum lang lang, const char *const *item,
          int count)
{
    return join(a, item, count, msg_text(lang, "report.or"), ", ");
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

/* "Mottakerne". */
static const char *
the_many(const struct phrase *p, enum unit_counted unit)
{
    return unit == UNIT_REGISTRATIONS
        ? msg_text(p->lang, "report.registrations_the")
        : p->in->person.the_many.in[p->lang];
}

const char *
phrase_people(const struct phrase *p, int64_t n)
{
    return phrase_say(p->arena, p->lang, "report.count",
                      format_int(p->arena, p->lang, n),
                      msg_text(p->lang, n == 1 ? "report.person"
                                               : "report.people"), NULL);
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
    const char *near = NULL, *over = NULL;

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
        if (off > 0 && off <= FRACTION_ABOVE * unit
            && 2 * fractions[i].over >= fractions[i].under)
            over = fractions[i].key;
    }
    if (near != NULL)
        return phrase_say(p->arena, p->lang, "report.near",
                          msg_text(p->lang, near), NULL);
    return over == NULL ? NULL
        : phrase_say(p->arena, p->lang, "report.over",
                     msg_text(p->lang, over), NULL);
}

/* Whether some are outside, but not how many. */
static bool
outside_hidden(const struct outside *out)
{
    return out->unanswered == NUMBER_HIDDEN || out->unknown == NUMBER_HIDDEN
        || out->not_asked == NUMBER_HIDDEN;
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
    int64_t low = INT64_MAX, high = NUMBER_HIDDEN;

    for (int i = 0; i < t->base_count; i++) {
        if (t->base[i] == NUMBER_HIDDEN)
            continue;
        low = t->base[i] < low ? t->base[i] : low;
        high = t->base[i] > high ? t->base[i] : high;
    }
    if (high == NUMBER_HIDDEN)
        return NULL;
    return phrase_say(p->arena, p->lang, "report.base_range",
                      format_int(p->arena, p->lang, low),
                      phrase_count(p, t->base_unit, high), NULL);
}

/* Whether the cells of T, which are sums, are parts of one whole that may
 * be named. */
static bool
has_whole(const struct doc_table *t)
{
    return !t->multiple && !doc_sum(t).hidden
        && (t->shape == SHAPE_ONE_WAY || t->shape == SHAPE_TWO_WAY);
}

static const char *
base_of_sum(const struct phrase *p, const struct doc_table *t)
{
    const char *outside = outside_list(p, &t->outside[0]);
    int64_t given = t->base[0];
    const char *whole, *people;

    if (given == NUMBER_HIDDEN
        || (t->left_out != NULL && t->left_out[0] == NUMBER_HIDDEN))
        return NULL;
    if (t->left_out != NULL)
        given -= t->left_out[0];
    people = phrase_count(p, t->base_unit, given);
    if (!has_whole(t))
        return arena_printf(p->arena, "%s.", people);
    whole = phrase_count(p, t->counts, doc_sum(t).n);
    return outside == NULL
        ? phrase_say(p->arena, p->lang, "report.base_sum", whole, people,
                     NULL)
        : phrase_say(p->arena, p->lang, "report.base_sum_outside", whole,
                     people, outside, NULL);
}

static bool
has_share(const struct doc_table *t)
{
    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        if (t->cell[i].of != OF_NONE)
            return true;
    return false;
}

const char *
phrase_base(const struct phrase *p, const struct doc_table *t)
{
    const char *base, *outside;

    if (t->plain || t->base_count == 0)
        return NULL;
    if (t->shape == SHAPE_FIGURES)
        return has_share(t) ? msg_text(p->lang, "report.base_each") : NULL;
    if (!same_base(t))
        return base_range(p, t);
    if (t->sum != NULL)
        return base_of_sum(p, t);
    if (t->base[0] == NUMBER_HIDDEN)
        return NULL;
    base = phrase_count(p, t->base_unit, t->base[0]);
    outside = outside_list(p, &t->outside[0]);
    if (outside_hidden(&t->outside[0]))
        return phrase_say(p->arena, p->lang, "protect.base", base, NULL);
    /* None of numbers that were rounded may be a few. */
    if (outside == NULL && t->rounded_to > 0)
        return arena_printf(p->arena, "%s.", base);
    if (outside == NULL)
        return phrase_say(p->arena, p->lang, "report.base_all", base, NULL);
    return phrase_say(p->arena, p->lang, "report.base_outside", base,
                      outside, NULL);
}

/* Those outside who may be told. */
static int64_t
outside_sum(const struct outside *out)
{
    const int64_t n[] = { out->unanswered, out->unknown, out->not_asked };
    int64_t sum = 0;

    for (int i = 0; i < 3; i++)
        sum += n[i] > 0 ? n[i] : 0;
    return sum;
}

/* The rows of T that have a share, and a base of their own. */
static int
rows_with_share(const struct doc_table *t, int *row)
{
    int count = 0;

    for (int i = 0; i < t->rows.count; i++)
        if (t->cell[i].of != OF_NONE)
            row[count++] = i;
    return count;
}

const char *
phrase_bases(const struct phrase *p, const struct doc_table *t)
{
    int *row = arena_array(p->arena, (size_t)t->rows.count, sizeof *row);
    const char *item[ROWS_NAMED];
    int count, named = 0;

    if (t->shape != SHAPE_FIGURES)
        return NULL;
    count = rows_with_share(t, row);
    if (count > ROWS_NAMED)
        return NULL;
    for (int i = 0; i < count; i++) {
        int64_t of = t->cell[row[i]].of;

        if (of != OF_HIDDEN)
            item[named++] = phrase_say(p->arena, p->lang,
                "report.base_one",
                format_inside(p->arena, t->rows.key[row[i]].label),
                format_int(p->arena, p->lang, of), NULL);
    }
    if (named == 0)
        return NULL;
    return phrase_say(p->arena, p->lang, "report.base_named",
                      format_begin(p->arena, phrase_many(p, t->base_unit)),
                      join(p->arena, item, named, "", "; "), NULL);
}

static const char *
outside_rows(const struct phrase *p, const struct doc_table *t,
             const int *row, int count)
{
    struct buf text;
    const char *said;
    int items = 0;

    buf_init(&text, 0);
    for (int i = 0; i < count; i++) {
        const struct outside *out = &t->outside[row[i]];
        const char *label = t->rows.key[row[i]].label;

        if (outside_sum(out) == 0)
            continue;
        if (items++ > 0) {
            buf_text(&text, "; ");
            label = format_inside(p->arena, label);
        }
        buf_text(&text, phrase_say(p->arena, p->lang, "report.outside_one",
                                   label, outside_list(p, out), NULL));
    }
    buf_byte(&text, '.');
    said = items > 0 ? arena_text(p->arena, buf_string(&text)) : NULL;
    buf_clear(&text);
    return said;
}

const char *
phrase_outside(const struct phrase *p, const struct doc_table *t)
{
    int *row = arena_array(p->arena, (size_t)t->rows.count, sizeof *row);
    int64_t low = INT64_MAX, high = 0;
    int count, some = 0;
    bool same = true;

    if (t->shape != SHAPE_FIGURES)
        return NULL;
    count = rows_with_share(t, row);
    for (int i = 0; i < count; i++) {
        int64_t n = outside_sum(&t->outside[row[i]]);

        low = n < low ? n : low;
        high = n > high ? n : high;
        some += n > 0;
        same &= memcmp(&t->outside[row[i]], &t->outside[row[0]],
                       sizeof t->outside[0]) == 0;
    }
    if (some > ROWS_NAMED && t->some_hidden)
        return NULL;
    if (same && some > 1)
        return phrase_say(p->arena, p->lang, "report.outside_each",
                          outside_list(p, &t->outside[row[0]]), NULL);
    if (some > ROWS_NAMED)
        return phrase_say(p->arena, p->lang, "report.outside_range",
                          format_int(p->arena, p->lang, low),
                          phrase_count(p, t->base_unit, high), NULL);
    return outside_rows(p, t, row, count);
}

/* The labels of the figures of which N were left out. */
static const char *
left_out_rows(const struct phrase *p, const struct doc_table *t, int64_t n)
{
    const char **name = arena_array(p->arena, (size_t)t->rows.count,
                                    sizeof *name);
    int count = 0;

    for (int i = 0; i < t->rows.count; i++)
        if (t->left_out[i] == n)
            name[count++] = format_inside(p->arena, t->rows.key[i].label);
    return phrase_list(p->arena, p->lang, name, count);
}

const char *
phrase_left_out(const struct phrase *p, const struct doc_table *t)
{
    const char *people;
    int64_t n = 0;

    for (int i = 0; t->left_out != NULL && i < t->base_count; i++)
        n = t->left_out[i] > n ? t->left_out[i] : n;
    if (n == 0)
        return NULL;
    people = phrase_count(p, t->base_unit, n);
    if (t->shape != SHAPE_FIGURES || t->rows.count == 1)
        return phrase_say(p->arena, p->lang, "report.left_out", people,
                          NULL);
    return phrase_say(p->arena, p->lang, "report.left_out_figure", people,
                      left_out_rows(p, t, n), NULL);
}

/* Whether TEXT is so few words that it is a noun: "Kjønn", "Age group". */
static bool
is_noun(const struct phrase *p, const char *text)
{
    const char *blank = strchr(text, ' ');

    return blank == NULL
        || (p->lang == LANG_EN && strchr(blank + 1, ' ') == NULL);
}

/* "mottakerne med samme farge på bolig": who is 100 % where every key of
 * SIDE is a whole of its own. A key of one character (1, 0, a score) is an
 * answer to a question. */
static const char *
same_key(const struct phrase *p, const struct doc_table *t,
         const struct doc_side *side)
{
    const char *who = the_many(p, t->base_unit);
    const char *label = format_inside(p->arena, side->label);
    const char *said;

    if (side->count == 0)
        said = who;
    else if (side->key[0].grade != GRADE_NO)
        said = phrase_say(p->arena, p->lang, "report.same_grade", who,
                          label, NULL);
    else if (is_noun(p, label) && strlen(side->key[0].id) > 1)
        said = phrase_say(p->arena, p->lang, "report.same_one", who, label,
                          NULL);
    else
        said = phrase_say(p->arena, p->lang, "report.same_answer", who,
            phrase_say(p->arena, p->lang, "report.quote", side->label,
                       NULL), NULL);
    for (int i = 0; t->base_count > 1 && i < t->base_count; i++)
        if (outside_sum(&t->outside[i]) > 0
            || outside_hidden(&t->outside[i]))
            return phrase_say(p->arena, p->lang, "report.with_answer", said,
                              NULL);
    return said;
}

static const char *
caption_figures(const struct phrase *p, const struct doc_table *t)
{
    if (has_share(t))
        return msg_text(p->lang, "report.caption_figures");
    for (int i = 0; i < t->rows.count; i++)
        if (t->row_counts[i] != t->counts)
            return "";
    return phrase_say(p->arena, p->lang, "report.caption_number",
                      phrase_many(p, t->counts), NULL);
}

static const char *
caption_columns(const struct phrase *p, const struct doc_table *t)
{
    if (t->sum != NULL)
        return msg_text(p->lang, "report.caption_columns_sum");
    return phrase_say(p->arena, p->lang, "report.caption_columns",
                      same_key(p, t, &t->columns), NULL);
}

const char *
phrase_caption(const struct phrase *p, const struct doc_table *t)
{
    const char *many = phrase_many(p, t->counts);

    if (t->plain || t->share == SHARE_NONE
        || (t->sum != NULL && t->share == SHARE_ALL && !has_whole(t)))
        return phrase_say(p->arena, p->lang, "report.caption_number", many,
                          NULL);
    switch (t->shape) {
    case SHAPE_FIGURES:
        return caption_figures(p, t);
    case SHAPE_TICKS:
        return msg_text(p->lang, "report.caption_ticks");
    case SHAPE_TICKS_BY:
        return caption_columns(p, t);
    case SHAPE_BATTERY:
        return msg_text(p->lang, "report.caption_rows");
    case SHAPE_ONE_WAY: case SHAPE_TWO_WAY:
        break;
    }
    if (t->shape == SHAPE_TWO_WAY && t->share == SHARE_ROWS)
        return msg_text(p->lang, "report.caption_rows");
    if (t->shape == SHAPE_TWO_WAY && t->share == SHARE_COLUMNS)
        return caption_columns(p, t);
    if (t->sum != NULL)
        return phrase_say(p->arena, p->lang, "report.caption_sum", many,
                          phrase_count(p, t->counts, doc_sum(t).n), NULL);
    if (t->base[0] == NUMBER_HIDDEN)
        return phrase_say(p->arena, p->lang, "report.caption_number", many,
                          NULL);
    return phrase_say(p->arena, p->lang, "report.caption_all",
                      phrase_count(p, t->base_unit, t->base[0]), NULL);
}

/* Of what the bars of a chart of T are shares. */
static const char *
chart_shares(const struct phrase *p, const struct doc_table *t)
{
    bool two_way = t->shape == SHAPE_TWO_WAY;
    const char *all = the_many(p, t->base_unit);

    if (t->shape == SHAPE_FIGURES)
        return phrase_say(p->arena, p->lang, "report.chart_own", all, NULL);
    if (t->shape == SHAPE_TICKS_BY
        || (two_way && t->share == SHARE_COLUMNS))
        return phrase_say(p->arena, p->lang, "report.chart_groups",
                          same_key(p, t, &t->columns), NULL);
    if (two_way && t->share == SHARE_ROWS)
        return phrase_say(p->arena, p->lang, "report.chart_groups",
                          same_key(p, t, &t->rows), NULL);
    if (!same_base(t) || t->base[0] == NUMBER_HIDDEN)
        return phrase_say(p->arena, p->lang, "report.chart_rows", all, NULL);
    return phrase_say(p->arena, p->lang, "report.chart_all",
                      phrase_count(p, t->base_unit, t->base[0]), NULL);
}

const char *
phrase_grade(const struct phrase *p, int grade, const char *label)
{
    for (int i = 0; i < p->in->variable_count; i++) {
        const struct variable *v = &p->in->variables[i];

        if (v->plural.in[p->lang] != NULL && grade == v->code_count - 1
            && strcmp(v->codes[grade].label.in[p->lang], label) == 0)
            return v->plural.in[p->lang];
    }
    return p->grades[grade].plural;
}

const char *
phrase_chart_caption(const struct phrase *p, const struct doc_table *t,
                     const struct chart_model *c)
{
    const char *said;

    if (t->sum != NULL)
        return phrase_caption(p, t);
    said = chart_shares(p, t);
    if (c->kind == CHART_MOSAIC)
        said = arena_printf(p->arena, "%s %s", said,
                            msg_text(p->lang, "report.chart_mosaic"));
    if (c->emphasis >= 0)
        said = arena_printf(p->arena, "%s %s", said,
            phrase_say(p->arena, p->lang, "report.chart_beside",
                phrase_grade(p, c->series[c->emphasis].grade,
                             c->series[c->emphasis].label), NULL));
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
        const struct doc_cell *cell = doc_chart_cell(c, category, s);
        const char *label = c->series_count == 1 ? "" : c->series[s].label;

        buf_text(&text, s == 0 ? "" : ", ");
        buf_text(&text, s == 0 ? label : format_inside(p->arena, label));
        buf_text(&text, *label != '\0' ? " " : "");
        if (cell->hidden || cell->of == OF_HIDDEN)
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
