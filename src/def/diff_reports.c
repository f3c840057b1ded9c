/* diff_reports.c - what differs in tables and reports. See diffing.h. */
#include <string.h>
#include "def/diffing.h"

static void
compare_figure(const struct thing *t, const struct figure *a,
               const struct figure *b)
{
    diff_label(t, CHANGE_TEXT, &a->label, &b->label);
    diff_text(t, CHANGE_TABLE, a->where, b->where);
    diff_text(t, CHANGE_TABLE, a->of, b->of);
    diff_text(t, CHANGE_TABLE, diff_id(t->d->a, a->sum),
              diff_id(t->d->b, b->sum));
    diff_text(t, CHANGE_TABLE, counts_word(a->counts),
              counts_word(b->counts));
}

static const char *
figure_list(struct arena *arena, const struct table_def *t)
{
    const char *out = "";

    for (int i = 0; i < t->figure_count; i++)
        out = arena_printf(arena, "%s%s%s", out, i > 0 ? ", " : "",
                           t->figures[i].id);
    return out;
}

static void
compare_figures(const struct thing *t, const struct table_def *a,
                const struct table_def *b)
{
    diff_text(t, CHANGE_TABLE, figure_list(t->d->arena, a),
              figure_list(t->d->arena, b));
    for (int i = 0; i < b->figure_count; i++) {
        const struct figure *old = diff_twin(a->figures, a->figure_count,
                                             sizeof *old, b->figures[i].id);
        struct thing f = diff_part(t, b->figures[i].id);

        if (old != NULL)
            compare_figure(&f, old, &b->figures[i]);
    }
}

/* The labels that replace those of the rows, row by row. */
static void
compare_row_labels(const struct thing *t, const struct table_def *a,
                   const struct table_def *b)
{
    static const struct label none = { { NULL } };

    for (int i = 0; i < a->row_count && i < b->row_count; i++)
        diff_label(t, CHANGE_TEXT,
                   a->row_labels != NULL ? &a->row_labels[i] : &none,
                   b->row_labels != NULL ? &b->row_labels[i] : &none);
}

static void
compare_table_look(const struct thing *t, const struct table_def *a,
                   const struct table_def *b)
{
    static const char *const charts[] = {
        "none", "bar", "bars", "mosaic", "columns", "list"
    };
    static const char *const findings[] = { "none", "majority", "most" };

    diff_label(t, CHANGE_TEXT, &a->title, &b->title);
    diff_label(t, CHANGE_TEXT, &a->note, &b->note);
    compare_row_labels(t, a, b);
    diff_int(t, CHANGE_SOURCE, a->figure_number, b->figure_number);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
    diff_text(t, CHANGE_LOOK, charts[a->chart], charts[b->chart]);
    diff_text(t, CHANGE_LOOK, findings[a->finding],
              findings[b->finding]);
    diff_text(t, CHANGE_LOOK, a->finding_key, b->finding_key);
    diff_text(t, CHANGE_LOOK, diff_id(t->d->a, a->definitions),
              diff_id(t->d->b, b->definitions));
}

static void
compare_table(const struct thing *t, const void *va, const void *vb)
{
    static const char *const shares[] = { "all", "rows", "columns", "none" };
    const struct table_def *a = va, *b = vb;
    struct arena *arena = t->d->arena;

    diff_text(t, CHANGE_TABLE,
              diff_ids(arena, t->d->a, a->rows, a->row_count, NULL),
              diff_ids(arena, t->d->b, b->rows, b->row_count, NULL));
    diff_text(t, CHANGE_TABLE, diff_id(t->d->a, a->columns),
              diff_id(t->d->b, b->columns));
    diff_text(t, CHANGE_TABLE, a->where, b->where);
    diff_text(t, CHANGE_TABLE, diff_id(t->d->a, a->sum),
              diff_id(t->d->b, b->sum));
    diff_text(t, CHANGE_TABLE, counts_word(a->counts),
              counts_word(b->counts));
    diff_text(t, CHANGE_TABLE, shares[a->share], shares[b->share]);
    compare_figures(t, a, b);
    compare_table_look(t, a, b);
}

static const char *
table_ids(struct arena *arena, const struct instrument *in, const int *table,
          int count)
{
    const char *out = "";

    for (int i = 0; i < count; i++)
        out = arena_printf(arena, "%s%s%s", out, i > 0 ? ", " : "",
                           in->tables[table[i]].id);
    return out;
}

static const char *
table_list(struct arena *arena, const struct instrument *in,
           const struct section *s)
{
    return s != NULL ? table_ids(arena, in, s->tables, s->table_count) : "";
}

/* A section that is gone, or new, is one without tables and words. */
static void
compare_section(const struct thing *t, const struct section *a,
                const struct section *b)
{
    static const struct section none = { 0 };

    diff_text(t, CHANGE_LOOK, table_list(t->d->arena, t->d->a, a),
              table_list(t->d->arena, t->d->b, b));
    a = a != NULL ? a : &none;
    b = b != NULL ? b : &none;
    diff_label(t, CHANGE_TEXT, &a->title, &b->title);
    diff_label(t, CHANGE_TEXT, &a->text, &b->text);
}

static void
compare_report(const struct thing *t, const void *va, const void *vb)
{
    static const char *const scopes[] = { "recipients", "unit" };
    const struct report_def *a = va, *b = vb;

    diff_label(t, CHANGE_TEXT, &a->title, &b->title);
    diff_label(t, CHANGE_TEXT, &a->people, &b->people);
    diff_text(t, CHANGE_REPORT, a->where, b->where);
    diff_text(t, CHANGE_REPORT, scopes[a->scope], scopes[b->scope]);
    diff_text(t, CHANGE_LOOK,
              table_ids(t->d->arena, t->d->a, a->compare, a->compare_count),
              table_ids(t->d->arena, t->d->b, b->compare, b->compare_count));
    for (int i = 0; i < b->section_count; i++) {
        const struct section *old = diff_twin(a->sections, a->section_count,
                                              sizeof *old, b->sections[i].id);
        struct thing s = diff_part(t, b->sections[i].id);

        compare_section(&s, old, &b->sections[i]);
    }
    for (int i = 0; i < a->section_count; i++) {
        struct thing s = diff_part(t, a->sections[i].id);

        if (diff_twin(b->sections, b->section_count, sizeof *b->sections,
                      a->sections[i].id) == NULL)
            compare_section(&s, &a->sections[i], NULL);
    }
}

/* Rules decide what is proposed, and no figure. */
static void
compare_focus(const struct thing *t, const void *va, const void *vb)
{
    const struct focus_rule *a = va, *b = vb;
    struct arena *arena = t->d->arena;

    diff_label(t, CHANGE_TEXT, &a->title, &b->title);
    diff_label(t, CHANGE_TEXT, &a->text, &b->text);
    diff_label(t, CHANGE_TEXT, &a->found, &b->found);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
    diff_text(t, CHANGE_FOCUS, a->where, b->where);
    diff_text(t, CHANGE_FOCUS, a->of, b->of);
    diff_text(t, CHANGE_FOCUS, diff_id(t->d->a, a->sum),
              diff_id(t->d->b, b->sum));
    diff_text(t, CHANGE_FOCUS, diff_id(t->d->a, a->sum_of),
              diff_id(t->d->b, b->sum_of));
    diff_text(t, CHANGE_FOCUS,
              table_ids(arena, t->d->a, &a->table, a->table >= 0),
              table_ids(arena, t->d->b, &b->table, b->table >= 0));
    diff_text(t, CHANGE_FOCUS, a->key, b->key);
    diff_int(t, CHANGE_FOCUS, a->weight, b->weight);
    diff_int(t, CHANGE_FOCUS, a->least, b->least);
    diff_int(t, CHANGE_FOCUS, a->at_most, b->at_most);
}

void
diff_reports(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing lists[] = {
        { "tables", a->tables, b->tables, a->table_count, b->table_count,
          sizeof(struct table_def), offsetof(struct table_def, at),
          CHANGE_TABLE_ADDED, CHANGE_TABLE_REMOVED, compare_table },
        { "reports", a->reports, b->reports, a->report_count,
          b->report_count, sizeof(struct report_def),
          offsetof(struct report_def, at), CHANGE_REPORT_ADDED,
          CHANGE_REPORT_REMOVED, compare_report },
        { "focus", a->focus, b->focus, a->focus_count, b->focus_count,
          sizeof(struct focus_rule), offsetof(struct focus_rule, at),
          CHANGE_FOCUS_ADDED, CHANGE_FOCUS_REMOVED, compare_focus }
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        diff_lists(d, &lists[i]);
}
