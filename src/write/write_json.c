/* write_json.c - a table as interfaces.md has it ("JSON of a table"), and a
 * whole report as a list of them.
 *
 * The keys of the contract come first and in its order; what we add stands
 * behind them:
 *     share_of    all, rows, columns or none: what 100 % is
 *     of          figures and ticks by a column: the base of each share,
 *                 null without one; the shape of cells
 *     row_counts  figures that do not all count the same
 *     left_out    with a sum: in a cell, but without a value to add
 *     note        the instrument's note
 *     internal    every cell is shown; synthetic: nobody is real
 *     protected_below   numbers of people from 1 to under this are hidden:
 *                 null, with what would tell them
 *     rounded_to  all numbers are rounded to multiples of this
 *     sums        protected: of rows, of columns and of all (null where
 *                 hidden, or where the shape has none), for what is hidden
 *                 can't be added */
#include <stdio.h>
#include "base/json.h"
#include "write/writing.h"

static void
put_string(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    if (value != NULL)
        json_put_string(j, value);
    else
        json_put_null(j);
}

static void
put_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_put_int(j, value);
}

static void
put_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_put_bool(j, value);
}

static const char *
counted_word(enum unit_counted unit)
{
    static const char *const word[UNIT_COUNT] = {
        [UNIT_RECIPIENTS] = "recipients", [UNIT_CHILDREN] = "children",
        [UNIT_SERVICES] = "services",
        [UNIT_REGISTRATIONS] = "registrations",
    };

    return word[unit];
}

static void
put_side(struct json *j, const char *name, const struct doc_side *side,
         const char *ids)
{
    json_key(j, name);
    json_begin_object(j);
    if (side->variable != NULL)
        put_string(j, "variable", side->variable);
    json_key(j, ids);
    json_begin_array(j);
    for (int i = 0; i < side->count; i++)
        json_put_string(j, side->key[i].id);
    json_end_array(j);
    json_key(j, "labels");
    json_begin_array(j);
    for (int i = 0; i < side->count; i++)
        json_put_string(j, side->key[i].label);
    json_end_array(j);
    json_end_object(j);
}

static void
put_cell(struct json *j, const struct doc_cell *c, bool of)
{
    if (c->hidden || (of && c->of < 0))
        json_put_null(j);
    else
        json_put_int(j, of ? c->of : c->n);
}

/* The cells of T, or what each is a share OF: one list where there is no
 * column to speak of. */
static void
put_cells(struct json *j, const char *key, const struct doc_table *t,
          bool of)
{
    bool flat = !t->plain && (t->shape == SHAPE_ONE_WAY
                              || t->shape == SHAPE_FIGURES);

    json_key(j, key);
    json_begin_array(j);
    for (int r = 0; r < t->rows.count; r++) {
        if (!flat)
            json_begin_array(j);
        for (int c = 0; c < t->columns.count; c++)
            put_cell(j, doc_cell_at(t, r, c), of);
        if (!flat)
            json_end_array(j);
    }
    json_end_array(j);
}

static bool
has_lists(const struct doc_table *t)
{
    return t->shape != SHAPE_ONE_WAY && t->shape != SHAPE_TWO_WAY;
}

static void
put_number(struct json *j, int64_t n)
{
    if (n == NUMBER_HIDDEN)
        json_put_null(j);
    else
        json_put_int(j, n);
}

static void
put_numbers(struct json *j, const char *key, const struct doc_table *t,
            const int64_t *n)
{
    json_key(j, key);
    if (!has_lists(t)) {
        put_number(j, n[0]);
        return;
    }
    json_begin_array(j);
    for (int i = 0; i < t->base_count; i++)
        put_number(j, n[i]);
    json_end_array(j);
}

static void
put_one_outside(struct json *j, const struct outside *out)
{
    json_begin_object(j);
    json_key(j, "unanswered");
    put_number(j, out->unanswered);
    json_key(j, "unknown");
    put_number(j, out->unknown);
    json_key(j, "not_asked");
    put_number(j, out->not_asked);
    json_end_object(j);
}

static void
put_outside(struct json *j, const struct doc_table *t)
{
    json_key(j, "outside");
    if (!has_lists(t)) {
        put_one_outside(j, &t->outside[0]);
        return;
    }
    json_begin_array(j);
    for (int i = 0; i < t->base_count; i++)
        put_one_outside(j, &t->outside[i]);
    json_end_array(j);
}

static void
put_row_counts(struct json *j, const struct doc_table *t)
{
    bool same = true;

    for (int i = 0; t->row_counts != NULL && i < t->rows.count; i++)
        same &= t->row_counts[i] == t->counts;
    if (same)
        return;
    json_key(j, "row_counts");
    json_begin_array(j);
    for (int i = 0; i < t->rows.count; i++)
        json_put_string(j, counted_word(t->row_counts[i]));
    json_end_array(j);
}

static void
put_sum_list(struct json *j, const char *key, const struct doc_cell *sum,
             int count)
{
    json_key(j, key);
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        put_cell(j, &sum[i], false);
    json_end_array(j);
}

static void
put_sums(struct json *j, const struct doc_table *t)
{
    json_key(j, "sums");
    json_begin_object(j);
    put_sum_list(j, "rows", t->row_sum, t->rows.count);
    put_sum_list(j, "columns", t->column_sum, t->columns.count);
    json_key(j, "all");
    put_cell(j, t->all, false);
    json_end_object(j);
}

static void
put_extras(struct json *j, const struct document *doc,
           const struct doc_table *t)
{
    static const char *const share[] = {
        [SHARE_ALL] = "all", [SHARE_ROWS] = "rows",
        [SHARE_COLUMNS] = "columns", [SHARE_NONE] = "none",
    };

    put_string(j, "share_of", share[t->share]);
    if (t->shape == SHAPE_FIGURES || t->shape == SHAPE_TICKS_BY)
        put_cells(j, "of", t, true);
    put_row_counts(j, t);
    if (t->left_out != NULL)
        put_numbers(j, "left_out", t, t->left_out);
    if (t->note != NULL)
        put_string(j, "note", t->note);
    if (doc->meta.protected_below > 0) {
        put_int(j, "protected_below", doc->meta.protected_below);
        put_sums(j, t);
    }
    if (doc->meta.rounded_to > 0)
        put_int(j, "rounded_to", doc->meta.rounded_to);
    if (doc->meta.internal)
        put_bool(j, "internal", true);
    if (doc->meta.synthetic)
        put_bool(j, "synthetic", true);
}

static void
put_table(struct json *j, const struct document *doc,
          const struct doc_table *t)
{
    bool columns = t->shape != SHAPE_ONE_WAY && t->shape != SHAPE_FIGURES;
    const char *ids = t->rows.variable == NULL && t->shape != SHAPE_FIGURES
        ? "variables" : "keys";

    json_begin_object(j);
    put_string(j, "table", t->id);
    put_string(j, "title", t->title);
    put_string(j, "round", doc->meta.round);
    put_string(j, "counts", counted_word(t->counts));
    put_string(j, "where", t->where);
    put_numbers(j, "base", t, t->base);
    put_side(j, "rows", &t->rows, ids);
    if (columns)
        put_side(j, "columns", &t->columns, "keys");
    put_cells(j, "cells", t, false);
    put_outside(j, t);
    if (t->sum != NULL)
        put_string(j, "sum", t->sum);
    if (t->multiple)
        put_bool(j, "multiple", true);
    put_extras(j, doc, t);
    json_end_object(j);
}

/* A table of the program's own, on the data: neither base nor filter. */
static void
put_plain(struct json *j, const struct doc_table *t)
{
    json_begin_object(j);
    put_string(j, "table", t->id);
    put_string(j, "title", t->title);
    put_string(j, "counts", counted_word(t->counts));
    put_side(j, "rows", &t->rows, "keys");
    put_side(j, "columns", &t->columns, "keys");
    put_cells(j, "cells", t, false);
    json_end_object(j);
}

/* Of several rounds as one. */
static void
put_rounds(struct json *j, const struct doc_meta *m)
{
    put_int(j, "rounds", m->rounds);
    json_key(j, "years");
    json_begin_array(j);
    for (int i = 0; i < m->year_count; i++)
        json_put_int(j, m->years[i]);
    json_end_array(j);
}

static void
put_round(struct json *j, const struct doc_meta *m)
{
    char number[16];

    snprintf(number, sizeof number, "%04d", m->municipality);
    json_key(j, "round");
    json_begin_object(j);
    put_string(j, "id", m->round);
    put_string(j, "title", m->round_title);
    json_key(j, "municipality");
    json_begin_object(j);
    put_string(j, "number", m->municipality > 0 ? number : "");
    put_string(j, "name", m->municipality_name);
    json_end_object(j);
    if (m->rounds == 0) {
        put_int(j, "year", m->year);
        put_int(j, "period", m->period);
    } else {
        put_rounds(j, m);
    }
    put_int(j, "from_age", m->from_age);
    put_string(j, "status", m->closed ? "closed" : "open");
    put_bool(j, "synthetic", m->synthetic);
    json_end_object(j);
}

static void
put_instrument(struct json *j, const struct doc_meta *m)
{
    json_key(j, "instrument");
    json_begin_object(j);
    put_string(j, "id", m->instrument);
    put_string(j, "title", m->instrument_title);
    put_int(j, "version", m->instrument_version);
    put_string(j, "sha256", m->instrument_sha256);
    put_int(j, "definition", m->definition);
    json_key(j, "index");
    json_begin_object(j);
    put_int(j, "version", m->index_version);
    put_string(j, "note", m->index_note);
    json_end_object(j);
    json_end_object(j);
}

static void
put_report(struct json *j, const struct document *doc)
{
    const struct doc_meta *m = &doc->meta;

    json_key(j, "report");
    json_begin_object(j);
    put_string(j, "id", m->report);
    put_string(j, "title", doc->title);
    put_string(j, "subtitle", doc->subtitle);
    put_string(j, "language", lang_code(doc->lang));
    put_string(j, "scope", m->scope);
    if (m->unit != NULL)
        put_string(j, "unit", m->unit);
    put_string(j, "where", m->where);
    json_key(j, "recipients");
    if (m->protected_below > 0 && m->recipients < 0)
        json_put_null(j);
    else
        json_put_int(j, m->recipients);
    json_end_object(j);
    put_bool(j, "internal", m->internal);
    if (doc->internal_notice != NULL)
        put_string(j, "internal_notice", doc->internal_notice);
    if (m->protected_below > 0) {
        put_int(j, "protected_below", m->protected_below);
        put_string(j, "protected_notice", doc->protected_notice);
    }
    if (m->rounded_to > 0) {
        put_int(j, "rounded_to", m->rounded_to);
        put_string(j, "protected_notice", doc->protected_notice);
    }
    put_bool(j, "synthetic", m->synthetic);
    if (doc->synthetic_notice != NULL)
        put_string(j, "synthetic_notice", doc->synthetic_notice);
}

/* Every table of DOC that is PLAIN, or is not. */
static void
put_tables(struct json *j, const struct document *doc, bool plain)
{
    struct tree_walk w = tree_begin(doc);

    json_key(j, plain ? "data" : "tables");
    json_begin_array(j);
    while (tree_step(&w)) {
        const struct doc_table *t = w.node->table;

        if (!w.entering || t == NULL || t->plain != plain)
            continue;
        if (plain)
            put_plain(j, t->every != NULL ? t->every : t);
        else
            put_table(j, doc, t);
    }
    json_end_array(j);
}

WRITER(write_json)
{
    struct json j;

    (void)brand;
    (void)e;
    json_init(&j, out, JSON_INDENTED);
    if (doc->single) {
        put_table(&j, doc, tree_next(doc, NULL, NODE_TABLE)->table);
    } else {
        json_begin_object(&j);
        put_round(&j, &doc->meta);
        put_instrument(&j, &doc->meta);
        put_report(&j, doc);
        put_tables(&j, doc, false);
        put_tables(&j, doc, true);
        json_end_object(&j);
    }
    json_finish(&j);
    return true;
}
