/* finding.c - what a table found, in words; see phrase.h.
 *
 * Each kind of finding sorts the numbers into a case first (nobody, one,
 * all, a tie, more than half, a largest group) and then takes the text of
 * that case, so that a sentence is only said of numbers it is true of.
 * Shares are compared as fractions, never as rounded percentages.
 *
 * Of numbers that were rounded to protect people (rounded_to) a 0 is not
 * nobody and a whole is not all, and two that look alike need not be. Then
 * only what is true of whatever they may have been is said (sure.h): a
 * majority, a largest group; else nothing. */
#include <assert.h>
#include <string.h>
#include "report/format.h"
#include "report/phrase.h"
#include "report/sure.h"

enum { TIES_MAX = 4 };

static const char *
quoted(const struct phrase *p, const char *label)
{
    return phrase_say(p->arena, p->lang, "report.quote", label, NULL);
}

static const char *
grade_plural(const struct phrase *p, const struct doc_key *k)
{
    return phrase_grade(p, k->grade, k->label);
}

/* Two sentences, either of which may be NULL. */
static const char *
both(const struct phrase *p, const char *first, const char *second)
{
    if (first == NULL || second == NULL)
        return first == NULL ? second : first;
    return arena_printf(p->arena, "%s %s", first, second);
}

static struct finding_text
empty(const struct phrase *p, const struct doc_table *t)
{
    return (struct finding_text){
        phrase_say(p->arena, p->lang, "report.empty",
                   phrase_many(p, t->base_unit), NULL), NULL
    };
}

/* ---- majority: one variable, which key has most ---- */

struct most {
    int64_t base;
    int top[TIES_MAX];          /* rows that have most */
    int ties;                   /* how many, TIES_MAX + 1 for more */
    int64_t n;                  /* they have each */
    int rounded_to;             /* as of the table */
    bool majority;              /* more than half, or rounded and surely so */
};

/* Whether M has one on top, of rounded numbers too. */
static bool
surely_first(const struct doc_table *t, const struct most *m)
{
    if (m->ties > 1 || m->n == 0)
        return false;
    for (int i = 0; i < t->rows.count && !m->majority; i++)
        if (i != m->top[0] && !sure_larger(m->n, doc_cell_at(t, i, 0)->n,
                                           m->rounded_to))
            return false;
    return true;
}

static struct most
most_of(const struct doc_table *t)
{
    struct most m = {
        .base = doc_sum(t).n, .n = -1, .rounded_to = t->rounded_to
    };

    for (int i = 0; i < t->rows.count; i++) {
        int64_t n = doc_cell_at(t, i, 0)->n;

        if (n > m.n) {
            m.n = n;
            m.ties = 0;
        }
        if (n == m.n && m.ties < TIES_MAX)
            m.top[m.ties++] = i;
        else if (n == m.n)
            m.ties = TIES_MAX + 1;
    }
    m.majority = sure_majority(m.n, m.base, t->rows.count, m.rounded_to);
    return m;
}

/* "29 % er gule og 5 % er røde." of the rows that are not on top. */
static const char *
the_rest(const struct phrase *p, const struct doc_table *t,
         const struct most *m, bool top_too)
{
    const char *some[GRADE_MAX], *none[GRADE_MAX];
    int some_count = 0, none_count = 0;
    const char *said = NULL, *nobody = NULL;

    for (int i = 0; i < t->rows.count && i < GRADE_MAX; i++) {
        int64_t n = doc_cell_at(t, i, 0)->n;
        const char *plural = grade_plural(p, &t->rows.key[i]);

        if ((i == m->top[0] && !top_too) || doc_cell_at(t, i, 0)->hidden
            || !sure_told(doc_cell_at(t, i, 0), m->rounded_to))
            continue;
        if (n == 0)
            none[none_count++] = plural;
        else
            some[some_count++] = phrase_say(p->arena, p->lang,
                "report.share_are", phrase_share(p, n, m->base), plural,
                NULL);
    }
    if (some_count > 0)
        said = arena_printf(p->arena, "%s.", format_begin(p->arena,
            phrase_list(p->arena, p->lang, some, some_count)));
    if (none_count > 0)
        nobody = phrase_say(p->arena, p->lang, "report.none_are",
            phrase_or(p->arena, p->lang, none, none_count), NULL);
    return both(p, said, nobody);
}

/* The rows on top, in plural or in quotation marks, as a list. */
static const char *
top_list(const struct phrase *p, const struct doc_table *t,
         const struct most *m)
{
    const char *name[TIES_MAX];

    for (int i = 0; i < m->ties; i++) {
        const struct doc_key *k = &t->rows.key[m->top[i]];

        name[i] = k->grade != GRADE_NO ? grade_plural(p, k)
                                       : quoted(p, k->label);
    }
    return phrase_list(p->arena, p->lang, name, m->ties);
}

/* "To av tre", "flertallet": who the largest group is, at a sentence's
 * beginning; NULL where it is not more than half. */
static const char *
majority_word(const struct phrase *p, const struct most *m)
{
    const char *word = phrase_fraction(p, m->n, m->base);

    if (m->rounded_to > 0 ? !m->majority
        : 2 * m->n < m->base || (2 * m->n == m->base && word == NULL))
        return NULL;
    if (word == NULL)
        word = msg_text(p->lang, "report.majority");
    return format_begin(p->arena, word);
}

/* KEY, or where more than half is written as 50 % what is true of that. */
static const char *
majority_key(const struct most *m, const char *key, const char *just_over)
{
    return share_of(m->n, m->base, 0) > 50 ? key : just_over;
}

static const char *
the_one(const struct phrase *p, const struct doc_table *t)
{
    if (t->base_unit == UNIT_RECIPIENTS && p->lang != LANG_EN)
        return p->in->person.the.in[p->lang];
    return t->base_unit == UNIT_RECIPIENTS
        ? p->in->person.one.in[p->lang]
        : msg_text(p->lang, "report.registration_the");
}

static struct finding_text
majority_grades(const struct phrase *p, const struct doc_table *t,
                const struct most *m)
{
    struct arena *a = p->arena;
    const struct doc_key *top = &t->rows.key[m->top[0]];
    const char *on = format_inside(a, t->rows.label);
    const char *is = format_inside(a, top->label);
    const char *word = majority_word(p, m);
    const char *share = phrase_share(p, m->n, m->base);
    const char *rest = the_rest(p, t, m, false);
    struct finding_text f = { 0 };

    if (m->base == 1) {
        f.headline = phrase_say(a, p->lang, "report.one_on",
                                the_one(p, t), is, on, NULL);
    } else if (m->n == m->base && m->rounded_to == 0) {
        f.headline = phrase_say(a, p->lang, "report.all_on",
                                grade_plural(p, top), on, NULL);
    } else if (m->ties > 1) {
        f.headline = phrase_say(a, p->lang, "report.tie_on",
                                top_list(p, t, m), on, NULL);
        f.sentence = the_rest(p, t, m, true);
    } else if (word != NULL) {
        f.headline = phrase_say(a, p->lang, "report.are_on", word,
                                grade_plural(p, top), on, NULL);
        f.sentence = 2 * m->n == m->base ? the_rest(p, t, m, true)
            : both(p, phrase_say(a, p->lang,
                                 majority_key(m, "report.majority_are",
                                              "report.over_half_are"),
                                 share, grade_plural(p, top), NULL), rest);
    } else {
        f.headline = phrase_say(a, p->lang, "report.largest_on", on, is,
                                NULL);
        f.sentence = both(p, phrase_say(a, p->lang, "report.largest_is",
                                        share, is, NULL), rest);
    }
    return f;
}

static struct finding_text
majority_groups(const struct phrase *p, const struct doc_table *t,
                const struct most *m)
{
    struct arena *a = p->arena;
    const char *name = quoted(p, t->rows.key[m->top[0]].label);
    const char *word = majority_word(p, m);
    const char *share = phrase_share(p, m->n, m->base);
    struct finding_text f = { 0 };

    if (m->base == 1) {
        f.headline = phrase_say(a, p->lang, "report.one_in", the_one(p, t),
                                name, NULL);
    } else if (m->n == m->base && m->rounded_to == 0) {
        f.headline = phrase_say(a, p->lang, "report.all_in", name, NULL);
    } else if (m->ties > 1) {
        f.headline = phrase_say(a, p->lang, "report.tie_in",
                                top_list(p, t, m), NULL);
    } else if (word != NULL) {
        f.headline = phrase_say(a, p->lang, "report.in_group", word, name,
                                NULL);
        f.sentence = phrase_say(a, p->lang, 2 * m->n <= m->base
                                ? "report.largest_share"
                                : majority_key(m, "report.majority_in",
                                               "report.over_half_in"),
                                share, name, NULL);
    } else {
        f.headline = phrase_say(a, p->lang, "report.largest_in", name, NULL);
        f.sentence = phrase_say(a, p->lang, "report.largest_share", share,
                                name, NULL);
    }
    return f;
}

static struct finding_text
majority(const struct phrase *p, const struct doc_table *t)
{
    struct finding_text f;
    struct most m;

    if (t->shape != SHAPE_ONE_WAY || t->multiple || t->sum != NULL)
        return (struct finding_text){ 0 };
    m = most_of(t);
    if (t->rounded_to > 0 && !surely_first(t, &m))
        return (struct finding_text){ 0 };
    if (m.base == 0)
        return empty(p, t);
    if (m.ties > TIES_MAX)
        return (struct finding_text){ 0 };
    f = t->rows.key[m.top[0]].grade != GRADE_NO
        ? majority_grades(p, t, &m) : majority_groups(p, t, &m);
    /* The sentence would say that they are 100 %. */
    if (t->rounded_to > 0 && m.n == m.base)
        f.sentence = NULL;
    return f;
}

/* ---- most KEY: several rows, which has most of one column ---- */

struct extreme {
    int top[TIES_MAX], ties;    /* rows with the largest share */
    int low;                    /* the row with the smallest, -1: a tie */
    int rows;                   /* rows with somebody in the base */
    bool most_too;              /* and the largest number, alone with it */
};

/* Below, at or above 0 as the share A is below, at or above B. */
static int
share_compare(const struct doc_cell *a, const struct doc_cell *b)
{
    int64_t left = a->n * b->of, right = b->n * a->of;

    return (left > right) - (left < right);
}

static void
extreme_top(struct extreme *x, const struct doc_table *t, int column,
            int row)
{
    const struct doc_cell *c = doc_cell_at(t, row, column);
    int order = x->ties == 0 ? 1
        : share_compare(c, doc_cell_at(t, x->top[0], column));

    if (order > 0)
        x->ties = 0;
    if (order >= 0 && x->ties < TIES_MAX)
        x->top[x->ties++] = row;
    else if (order == 0)
        x->ties = TIES_MAX + 1;
}

static void
extreme_low(struct extreme *x, const struct doc_table *t, int column,
            int row, int *lowest)
{
    int order = *lowest < 0 ? -1
        : share_compare(doc_cell_at(t, row, column),
                        doc_cell_at(t, *lowest, column));

    if (order < 0)
        *lowest = row;
    x->low = order < 0 ? row : order == 0 ? -1 : x->low;
}

/* Whether nobody has a larger number than row TOP, and only those as many
 * whose share is the same. */
static bool
has_most(const struct doc_table *t, int column, int top)
{
    const struct doc_cell *most = doc_cell_at(t, top, column);

    for (int i = 0; i < t->rows.count; i++) {
        const struct doc_cell *c = doc_cell_at(t, i, column);
        bool tied = c->of > 0 && share_compare(c, most) == 0;

        if (tied ? c->n != most->n : c->n >= most->n)
            return false;
    }
    return true;
}

static struct extreme
extreme_of(const struct doc_table *t, int column)
{
    struct extreme x = { .low = -1 };
    int lowest = -1;

    for (int i = 0; i < t->rows.count; i++) {
        if (doc_cell_at(t, i, column)->of <= 0)
            continue;
        x.rows++;
        extreme_top(&x, t, column, i);
        extreme_low(&x, t, column, i, &lowest);
    }
    x.most_too = x.ties > 0 && has_most(t, column, x.top[0]);
    return x;
}

/* Whether the share of row I is larger than that of row K, whatever was
 * rounded. */
static bool
row_larger(const struct doc_table *t, int column, int i, int k)
{
    const struct doc_cell *a = doc_cell_at(t, i, column);
    const struct doc_cell *b = doc_cell_at(t, k, column);

    if (t->base_count == 1 && t->share == SHARE_ALL)
        return sure_larger(a->n, b->n, t->rounded_to);
    return sure_share_larger(a, b, t->rounded_to);
}

/* Of rounded numbers: whether X has one on top. What else it says is taken
 * back where it is not sure. */
static bool
surely_extreme(const struct doc_table *t, int column, struct extreme *x)
{
    int top = x->top[0];
    int64_t most = x->ties > 0 ? doc_cell_at(t, top, column)->n : 0;

    if (x->ties != 1)
        return false;
    for (int i = 0; i < t->rows.count; i++) {
        if (i != top && !row_larger(t, column, top, i))
            return false;
        if (i != top && !sure_larger(most, doc_cell_at(t, i, column)->n,
                                     t->rounded_to))
            x->most_too = false;
        if (x->low >= 0 && i != x->low && !row_larger(t, column, i, x->low))
            x->low = -1;
    }
    if (x->low >= 0
        && !sure_told(doc_cell_at(t, x->low, column), t->rounded_to))
        x->low = -1;
    return true;
}

/* "Andelen er 24 %, 445 av 1 845 mottakere." */
static const char *
share_sentence(const struct phrase *p, const struct doc_table *t,
               const struct extreme *x, int column)
{
    const struct doc_cell *c = doc_cell_at(t, x->top[0], column);
    const char *share = phrase_share(p, c->n, c->of);

    if (!sure_told(c, t->rounded_to))
        return NULL;
    if (x->ties > 1)
        return phrase_say(p->arena, p->lang, "report.share_each", share,
                          NULL);
    if (c->of < SHARE_BASE)
        return phrase_say(p->arena, p->lang, "report.just_count",
                          format_int(p->arena, p->lang, c->n),
                          phrase_count(p, t->base_unit, c->of), NULL);
    return phrase_say(p->arena, p->lang, "report.share_of_count", share,
                      format_int(p->arena, p->lang, c->n),
                      phrase_count(p, t->base_unit, c->of), NULL);
}

static const char *
row_list(const struct phrase *p, const struct doc_table *t,
         const struct extreme *x, bool inside)
{
    const char *name[TIES_MAX];

    for (int i = 0; i < x->ties; i++) {
        const char *label = t->rows.key[x->top[i]].label;

        name[i] = inside || i > 0 ? format_inside(p->arena, label) : label;
    }
    return phrase_list(p->arena, p->lang, name, x->ties);
}

/* Whether the lowest row of X may be named: another that is written with the
 * same share would look as low. */
static bool
alone_lowest(const struct phrase *p, const struct doc_table *t,
             const struct extreme *x, int column)
{
    const struct doc_cell *low, *c;
    const char *said;

    if (x->low < 0 || x->rows <= 2)
        return false;
    low = doc_cell_at(t, x->low, column);
    said = phrase_share(p, low->n, low->of);
    for (int i = 0; i < t->rows.count; i++) {
        c = doc_cell_at(t, i, column);
        if (i != x->low && c->of > 0
            && strcmp(phrase_share(p, c->n, c->of), said) == 0)
            return false;
    }
    return true;
}

/* Rows are areas, the column is a grade. */
static struct finding_text
most_areas(const struct phrase *p, const struct doc_table *t,
           const struct extreme *x, int column)
{
    static const char *const key[2][2] = {
        { "report.most_share", "report.most_share_tie" },
        { "report.most_many", "report.most_many_tie" },
    };
    const char *plural = grade_plural(p, &t->columns.key[column]);
    struct finding_text f;

    f.headline = phrase_say(p->arena, p->lang,
                            key[x->most_too][x->ties > 1],
                            row_list(p, t, x, false), plural, NULL);
    f.sentence = share_sentence(p, t, x, column);
    if (alone_lowest(p, t, x, column)) {
        const struct doc_cell *c = doc_cell_at(t, x->low, column);

        f.sentence = both(p, f.sentence,
            phrase_say(p->arena, p->lang, "report.lowest",
                       t->rows.key[x->low].label,
                       phrase_share(p, c->n, c->of), NULL));
    }
    return f;
}

/* Where in the rows: "blant de gule", "i gruppen «26–35 år»". */
static const char *
where_rows(const struct phrase *p, const struct doc_table *t,
           const int *row, int count)
{
    const char *name[TIES_MAX];
    const char *list;
    bool grade = t->rows.key[row[0]].grade != GRADE_NO;

    for (int i = 0; i < count; i++)
        name[i] = grade ? grade_plural(p, &t->rows.key[row[i]])
                        : quoted(p, t->rows.key[row[i]].label);
    list = phrase_list(p->arena, p->lang, name, count);
    return phrase_say(p->arena, p->lang, grade ? "report.where_grade"
                      : count > 1 ? "report.where_groups"
                      : "report.where_group", list, NULL);
}

/* Every row's share, where rows are grades. */
static const char *
every_share(const struct phrase *p, const struct doc_table *t, int column)
{
    const char *item[GRADE_MAX];
    int count = 0;

    for (int i = 0; i < t->rows.count && count < GRADE_MAX; i++) {
        const struct doc_cell *c = doc_cell_at(t, i, column);

        if (c->of > 0 && sure_told(c, t->rounded_to))
            item[count++] = phrase_say(p->arena, p->lang,
                "report.cross_share", phrase_share(p, c->n, c->of),
                grade_plural(p, &t->rows.key[i]), NULL);
    }
    if (count == 0)
        return NULL;
    return phrase_say(p->arena, p->lang, "report.cross_shares",
                      phrase_list(p->arena, p->lang, item, count), NULL);
}

/* Rows and columns are grades of two things: "Av de røde på arbeid og
 * aktivitet er tre av fire røde på samlet funksjonsnivå". NULL where the base
 * is too small to say it that way. */
static const char *
cross_headline(const struct phrase *p, const struct doc_table *t, int row,
               int column)
{
    struct arena *a = p->arena;
    const struct doc_cell *c = doc_cell_at(t, row, column);
    const char *who = grade_plural(p, &t->rows.key[row]);
    const char *is = grade_plural(p, &t->columns.key[column]);
    const char *on = format_inside(a, t->rows.label);
    const char *then = format_inside(a, t->columns.label);
    const char *share;

    if (c->of < SHARE_BASE || !sure_told(c, t->rounded_to))
        return NULL;
    if (c->n == c->of)
        return phrase_say(a, p->lang, "report.cross_all", who, on, is, then,
                          NULL);
    share = phrase_fraction(p, c->n, c->of);
    if (share == NULL)
        share = phrase_share(p, c->n, c->of);
    return phrase_say(a, p->lang, "report.cross", share, who, on, is, then,
                      NULL);
}

static struct finding_text
most_cross(const struct phrase *p, const struct doc_table *t,
           const struct extreme *x, int column)
{
    struct arena *a = p->arena;
    const struct doc_key *k = &t->columns.key[column];
    bool row_grades = t->rows.key[x->top[0]].grade != GRADE_NO;
    const char *what = k->grade != GRADE_NO
        ? format_begin(a, phrase_say(a, p->lang, "report.share_grade",
                                     grade_plural(p, k), NULL))
        : phrase_say(a, p->lang, "report.share_key", t->columns.label,
                     quoted(p, k->label), NULL);
    struct finding_text f = { 0 };

    if (row_grades && k->grade != GRADE_NO && x->ties == 1)
        f.headline = cross_headline(p, t, x->top[0], column);
    if (f.headline == NULL && x->ties == x->rows && x->rows > 1)
        f.headline = phrase_say(a, p->lang, "report.equal_where", what,
                                NULL);
    if (f.headline == NULL)
        f.headline = phrase_say(a, p->lang, "report.largest_where", what,
                                where_rows(p, t, x->top, x->ties), NULL);
    if (row_grades) {
        f.sentence = every_share(p, t, column);
        return f;
    }
    f.sentence = share_sentence(p, t, x, column);
    if (alone_lowest(p, t, x, column)) {
        const struct doc_cell *c = doc_cell_at(t, x->low, column);

        f.sentence = both(p, f.sentence,
            phrase_say(a, p->lang, "report.lowest_where",
                       where_rows(p, t, &x->low, 1),
                       phrase_share(p, c->n, c->of), NULL));
    }
    return f;
}

/* Nobody at all has the key. */
static struct finding_text
nobody(const struct phrase *p, const struct doc_table *t, int column)
{
    const struct doc_key *k = &t->columns.key[column];
    struct finding_text f = { 0 };

    if (t->shape == SHAPE_TICKS)
        f.headline = msg_text(p->lang, "report.nobody_ticked");
    else if (k->grade == GRADE_NO)
        f.headline = phrase_say(p->arena, p->lang, "report.nobody_with",
                                quoted(p, k->label), NULL);
    else if (t->shape == SHAPE_BATTERY)
        f.headline = phrase_say(p->arena, p->lang, "report.nobody_any",
                                grade_plural(p, k), NULL);
    else
        f.headline = phrase_say(p->arena, p->lang, "report.nobody_on",
                                grade_plural(p, k),
                                format_inside(p->arena, t->columns.label),
                                NULL);
    return f;
}

static int
column_of(const struct doc_table *t, const char *key)
{
    for (int i = 0; i < t->columns.count; i++)
        if (strcmp(t->columns.key[i].id, key) == 0)
            return i;
    return -1;
}

static struct finding_text
most(const struct phrase *p, const struct doc_table *t, const char *key)
{
    int column = key == NULL ? -1 : column_of(t, key);
    struct finding_text f = { 0 };
    struct extreme x;

    if (column < 0 || t->sum != NULL || t->shape == SHAPE_TICKS_BY
        || t->shape == SHAPE_FIGURES || t->share == SHARE_NONE
        || t->share == SHARE_COLUMNS || t->shape == SHAPE_ONE_WAY)
        return f;
    x = extreme_of(t, column);
    if (t->rounded_to > 0 && !surely_extreme(t, column, &x))
        return f;
    if (x.rows == 0)
        return empty(p, t);
    if (doc_cell_at(t, x.top[0], column)->n == 0)
        return nobody(p, t, column);
    if (x.ties > TIES_MAX)
        return f;
    if (t->shape == SHAPE_TWO_WAY)
        return most_cross(p, t, &x, column);
    if (t->columns.key[column].grade != GRADE_NO)
        return most_areas(p, t, &x, column);
    f.headline = phrase_say(p->arena, p->lang, t->shape == SHAPE_TICKS
                            ? "report.most_common" : "report.most_with",
                            row_list(p, t, &x, true),
                            quoted(p, t->columns.key[column].label), NULL);
    f.sentence = share_sentence(p, t, &x, column);
    return f;
}

/* Whether what a finding says of T, in which something is hidden, is plain
 * from what is shown: more than half have a key, or all of the key's column
 * is shown. Anything else would tell of a hidden number how large it is at
 * most. */
static bool
follows_from_shown(const struct doc_table *t, enum finding finding,
                   const char *key)
{
    int column = key == NULL ? -1 : column_of(t, key);
    struct most m;

    if (finding == FINDING_MAJORITY && t->shape == SHAPE_ONE_WAY
        && !t->multiple) {
        m = most_of(t);
        return !doc_sum(t).hidden && 2 * m.n > m.base;
    }
    if (finding != FINDING_MOST || column < 0)
        return false;
    for (int i = 0; i < t->rows.count; i++) {
        const struct doc_cell *c = doc_cell_at(t, i, column);

        if (c->hidden || c->of == OF_HIDDEN)
            return false;
    }
    return true;
}

struct finding_text
phrase_finding(const struct phrase *p, const struct doc_table *t,
               enum finding finding, const char *key)
{
    if (t->some_hidden && !follows_from_shown(t, finding, key))
        return (struct finding_text){ 0 };
    switch (finding) {
    case FINDING_MAJORITY:
        return majority(p, t);
    case FINDING_MOST:
        return most(p, t, key);
    case FINDING_NONE:
        break;
    }
    return (struct finding_text){ 0 };
}
