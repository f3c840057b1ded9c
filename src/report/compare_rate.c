/* compare_rate.c - how many of the inhabitants receive services, beside
 * others; see compare.h.
 *
 * In whole recipients per 10,000 inhabitants: shares of inhabitants are
 * around one percent, and whole percents would make them all alike. Only
 * those stand there whose inhabitants are of the same age as ours. */
#include "report/comparing.h"

int64_t
compare_rate(const struct comparison *c, int column)
{
    const struct aggregate *a = c->column[column].a;
    int64_t n = compare_recipients(c, a);

    if (n < 0 || a->population <= 0
        || a->population_from_age != c->own->population_from_age)
        return -1;
    return (n * COMPARE_PER + a->population / 2) / a->population;
}

int
compare_rates(const struct comparison *c)
{
    int count = 0;

    if (compare_rate(c, c->own_column) < 0)
        return 0;
    for (int i = 0; i < c->column_count; i++)
        count += compare_rate(c, i) >= 0;
    return count;
}

/* The columns of C that have a rate, as rows; their numbers in KEPT. */
static struct doc_side
rows_of(struct building *b, const struct comparison *c, int *kept)
{
    struct doc_key *key = arena_array(b->arena, (size_t)c->column_count,
                                      sizeof *key);
    int count = 0;

    for (int i = 0; i < c->column_count; i++) {
        if (compare_rate(c, i) < 0)
            continue;
        key[count] = (struct doc_key){
            arena_printf(b->arena, "%d", i + 1), c->column[i].label,
            GRADE_NO
        };
        kept[count++] = i;
    }
    return (struct doc_side){ NULL, "", key, count };
}

static struct doc_table *
table_of(struct building *b, const struct comparison *c, bool parts)
{
    enum { RATE, RECIPIENTS, PEOPLE, COLUMNS };
    int kept[COMPARE_COLUMNS_MAX], columns = parts ? COLUMNS : 1;
    struct doc_side rows = rows_of(b, c, kept);
    struct doc_key *key = arena_array(b->arena, COLUMNS, sizeof *key);
    int64_t *n = arena_array(b->arena, COLUMNS * COMPARE_COLUMNS_MAX,
                             sizeof *n);
    const char *age = format_int(b->arena, b->lang,
                                 c->own->population_from_age);
    struct doc_table *t;

    key[RATE] = (struct doc_key){
        "rate", msg_text(b->lang, "compare.rate_column"), GRADE_NO };
    key[RECIPIENTS] = (struct doc_key){
        "recipients", format_begin(b->arena, phrase_many(&b->phrase,
            UNIT_RECIPIENTS)), GRADE_NO };
    key[PEOPLE] = (struct doc_key){
        "population", SAY(b, "compare.rate_people", age, NULL), GRADE_NO };
    for (int r = 0; r < rows.count; r++) {
        const struct aggregate *a = c->column[kept[r]].a;

        n[r * columns + RATE] = compare_rate(c, kept[r]);
        if (!parts)
            continue;
        n[r * columns + RECIPIENTS] = compare_recipients(c, a);
        n[r * columns + PEOPLE] = a->population;
    }
    t = build_plain(b, "rates", SAY(b, "compare.rate_title", age,
                                            NULL), rows,
                    (struct doc_side){ NULL, "", key, columns }, n);
    t->counts = t->base_unit = UNIT_RECIPIENTS;
    t->caption = msg_text(b->lang, "compare.rate_caption");
    return t;
}

static const struct chart_model *
chart_of(struct building *b, const struct doc_table *t)
{
    int rows = t->rows.count;
    struct chart_model *c = arena_take(b->arena, sizeof *c);
    struct chart_category *category = arena_array(b->arena, (size_t)rows,
                                                  sizeof *category);
    struct chart_series *series = arena_take(b->arena, sizeof *series);
    const char **desc = arena_array(b->arena, (size_t)rows, sizeof *desc);

    *series = (struct chart_series){ t->columns.key[0].label, GRADE_NO,
                                     PLAIN_DARK };
    *c = (struct chart_model){
        .kind = CHART_LIST, .title = t->title, .legend = "",
        .caption = t->caption, .emphasis = -1, .series_count = 1,
        .category_count = rows, .series = series, .category = category,
        .cell = t->cell, .row_desc = desc, .table = t, .desc = ""
    };
    for (int r = 0; r < rows; r++) {
        category[r] = (struct chart_category){
            .label = t->rows.key[r].label, .grade = GRADE_NO
        };
        desc[r] = phrase_category(&b->phrase, c, r);
        c->desc = arena_printf(b->arena, "%s%s%s: %s", c->desc,
                               r > 0 ? " " : "", category[r].label, desc[r]);
    }
    c->number = ++b->figures;
    return c;
}

void
compare_put_rates(struct building *b, const struct comparison *c,
                  struct node *section, bool slide)
{
    struct node *n;

    if (compare_rates(c) < 2)
        return;
    tree_add(b->arena, section, NODE_CHART)->chart
        = chart_of(b, table_of(b, c, false));
    if (!slide) {
        n = tree_add(b->arena, section, NODE_TABLE);
        n->table = table_of(b, c, true);
        n->table->number = ++b->tables;
    }
    n = tree_add(b->arena, section, NODE_NOTE);
    n->title = msg_text(b->lang, "compare.rate_note");
    n->text = msg_text(b->lang, "compare.rate_untested");
}
