/* write_jsonstat.c - tables as JSON-stat 2.0 (json-stat.org/format): a
 * collection of datasets, or one dataset of a single table.
 *
 * The dimensions of a dataset are the table's rows ("row", or the variable's
 * id), its columns where there are several, and what is measured: a metric
 * with the counts and, where the table has shares, the shares in percent of
 * their base. VALUE goes through the last dimension first. What is hidden is
 * null and has the status "hidden"; a share of nothing is null and
 * "nothing". What JSON-stat has no name for stands under "extension". There
 * is no "updated": the same document gives the same bytes. */
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/msg.h"
#include "write/writing.h"

enum { PERCENT_DIGITS = 6 };

struct stat {
    struct json *j;
    const struct document *doc;
    const struct doc_table *t;
    bool columns, shares;
};

static void
member(struct json *j, const char *key, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    json_key(j, key);
    json_put_string(j, text);
}

static bool
has_shares(const struct doc_table *t)
{
    for (int i = 0; i < t->rows.count * t->columns.count; i++)
        if (t->cell[i].of != OF_NONE && !t->plain)
            return true;
    return false;
}

/* ---- dimensions ---- */

static const char *
id_of(const struct doc_side *side, const char *otherwise)
{
    return side->variable != NULL ? side->variable : otherwise;
}

/* Ids of two dimensions must differ. */
static const char *
column_id(const struct stat *s)
{
    const char *id = id_of(&s->t->columns, "column");

    return strcmp(id, id_of(&s->t->rows, "row")) == 0 ? "column" : id;
}

static void
put_ids(struct stat *s)
{
    json_key(s->j, "id");
    json_begin_array(s->j);
    json_put_string(s->j, id_of(&s->t->rows, "row"));
    if (s->columns)
        json_put_string(s->j, column_id(s));
    json_put_string(s->j, "metric");
    json_end_array(s->j);
    json_key(s->j, "size");
    json_begin_array(s->j);
    json_put_int(s->j, s->t->rows.count);
    if (s->columns)
        json_put_int(s->j, s->t->columns.count);
    json_put_int(s->j, s->shares ? 2 : 1);
    json_end_array(s->j);
    json_key(s->j, "role");
    json_begin_object(s->j);
    json_key(s->j, "metric");
    json_begin_array(s->j);
    json_put_string(s->j, "metric");
    json_end_array(s->j);
    json_end_object(s->j);
}

static void
put_categories(struct json *j, const struct doc_side *side)
{
    json_key(j, "category");
    json_begin_object(j);
    json_key(j, "index");
    json_begin_array(j);
    for (int i = 0; i < side->count; i++)
        json_put_string(j, side->key[i].id);
    json_end_array(j);
    json_key(j, "label");
    json_begin_object(j);
    for (int i = 0; i < side->count; i++) {
        json_key(j, side->key[i].id);
        json_put_string(j, side->key[i].label);
    }
    json_end_object(j);
    json_end_object(j);
}

static void
put_side(struct stat *s, const char *id, const struct doc_side *side)
{
    json_key(s->j, id);
    json_begin_object(s->j);
    json_key(s->j, "label");
    json_put_string(s->j, side->label);
    put_categories(s->j, side);
    json_end_object(s->j);
}

static const char *
say(const struct stat *s, const char *key)
{
    return msg_text(s->doc->lang, key);
}

static void
put_unit(struct json *j, const char *id, const char *label, int decimals)
{
    json_key(j, id);
    json_begin_object(j);
    json_key(j, "label");
    json_put_string(j, label);
    json_key(j, "decimals");
    json_put_int(j, decimals);
    json_end_object(j);
}

static void
put_metric(struct stat *s)
{
    static const char *const word[UNIT_COUNT] = {
        [UNIT_RECIPIENTS] = "recipients", [UNIT_CHILDREN] = "children",
        [UNIT_SERVICES] = "services",
        [UNIT_REGISTRATIONS] = "registrations",
    };
    struct json *j = s->j;

    json_key(j, "metric");
    json_begin_object(j);
    json_key(j, "category");
    json_begin_object(j);
    json_key(j, "index");
    json_begin_array(j);
    json_put_string(j, "count");
    if (s->shares)
        json_put_string(j, "share");
    json_end_array(j);
    json_key(j, "label");
    json_begin_object(j);
    member(j, "count", say(s, "report.number"));
    if (s->shares)
        member(j, "share", say(s, "report.share"));
    json_end_object(j);
    json_key(j, "unit");
    json_begin_object(j);
    put_unit(j, "count", word[s->t->counts], 0);
    if (s->shares)
        put_unit(j, "share", "%", PERCENT_DIGITS);
    json_end_object(j);
    json_end_object(j);
    json_end_object(j);
}

static void
put_dimensions(struct stat *s)
{
    put_ids(s);
    json_key(s->j, "dimension");
    json_begin_object(s->j);
    put_side(s, id_of(&s->t->rows, "row"), &s->t->rows);
    if (s->columns)
        put_side(s, column_id(s), &s->t->columns);
    put_metric(s);
    json_end_object(s->j);
}

/* ---- values ---- */

/* N of OF in percent, rounded to PERCENT_DIGITS; json.h has no floating
 * point, so the number is put as it is. */
static void
put_percent(struct stat *s, int64_t n, int64_t of)
{
    int64_t million = 1000000;
    int64_t whole = n * 100 / of, rest = n * 100 % of;
    int64_t part = (2 * rest * million + of) / (2 * of);

    if (part == million) {
        whole++;
        part = 0;
    }
    json_put_decimal(s->j, whole, part, PERCENT_DIGITS);
}

static void
put_cell(struct stat *s, const struct doc_cell *c)
{
    if (c->hidden)
        json_put_null(s->j);
    else
        json_put_int(s->j, c->n);
    if (!s->shares)
        return;
    if (c->hidden || c->of <= 0)
        json_put_null(s->j);
    else
        put_percent(s, c->n, c->of);
}

static void
put_values(struct stat *s)
{
    int cells = s->t->rows.count * s->t->columns.count;

    json_key(s->j, "value");
    json_begin_array(s->j);
    for (int i = 0; i < cells; i++)
        put_cell(s, &s->t->cell[i]);
    json_end_array(s->j);
}

/* By the place of the value: only of those that are null. */
static void
put_status(struct stat *s)
{
    int cells = s->t->rows.count * s->t->columns.count;
    int width = s->shares ? 2 : 1;
    char place[16];

    json_key(s->j, "status");
    json_begin_object(s->j);
    for (int i = 0; i < cells; i++) {
        const struct doc_cell *c = &s->t->cell[i];

        if (c->hidden) {
            snprintf(place, sizeof place, "%d", i * width);
            member(s->j, place, "hidden");
        }
        if (s->shares && (c->hidden || c->of <= 0)) {
            snprintf(place, sizeof place, "%d", i * width + 1);
            member(s->j, place, c->hidden || c->of == OF_HIDDEN
                                 ? "hidden" : "nothing");
        }
    }
    json_end_object(s->j);
}

/* ---- notes ---- */

static void
put_notes(struct stat *s)
{
    const struct document *doc = s->doc;
    const char *const notes[] = {
        s->t->caption, s->t->note, s->t->rounding, doc->internal_notice,
        doc->protected_notice, doc->synthetic_notice
    };

    json_key(s->j, "note");
    json_begin_array(s->j);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i] != NULL && notes[i][0] != '\0')
            json_put_string(s->j, notes[i]);
    json_end_array(s->j);
}

static void
put_bases(struct stat *s)
{
    const struct doc_table *t = s->t;

    if (t->plain)
        return;
    json_key(s->j, "base");
    json_begin_array(s->j);
    for (int i = 0; i < t->base_count; i++) {
        if (t->base[i] == NUMBER_HIDDEN)
            json_put_null(s->j);
        else
            json_put_int(s->j, t->base[i]);
    }
    json_end_array(s->j);
}

static void
put_extension(struct stat *s)
{
    const struct doc_meta *m = &s->doc->meta;
    struct json *j = s->j;

    json_key(j, "extension");
    json_begin_object(j);
    member(j, "table", s->t->id);
    member(j, "report", m->report);
    member(j, "round", m->round);
    member(j, "instrument", m->instrument);
    member(j, "where", s->t->where);
    member(j, "sum", s->t->sum);
    put_bases(s);
    json_key(j, "internal");
    json_put_bool(j, m->internal);
    json_key(j, "synthetic");
    json_put_bool(j, m->synthetic);
    if (m->protected_below > 0) {
        json_key(j, "protected_below");
        json_put_int(j, m->protected_below);
    }
    if (m->rounded_to > 0) {
        json_key(j, "rounded_to");
        json_put_int(j, m->rounded_to);
    }
    json_end_object(j);
}

static void
put_dataset(struct json *j, const struct document *doc,
            const struct doc_table *t, bool root)
{
    struct stat s = {
        .j = j, .doc = doc, .t = t, .shares = has_shares(t),
        .columns = t->columns.count > 1 || t->shape == SHAPE_TWO_WAY
                   || t->shape == SHAPE_TICKS_BY
    };

    json_begin_object(s.j);
    if (root)
        member(s.j, "version", "2.0");
    member(s.j, "class", "dataset");
    member(s.j, "label", t->title);
    member(s.j, "source", doc->owner != NULL ? doc->owner
                           : doc->meta.round_title);
    put_dimensions(&s);
    put_values(&s);
    put_status(&s);
    put_notes(&s);
    put_extension(&s);
    json_end_object(s.j);
}

static void
put_collection(struct json *j, const struct document *doc)
{
    struct tree_walk w = tree_begin(doc);

    json_begin_object(j);
    member(j, "version", "2.0");
    member(j, "class", "collection");
    member(j, "label", doc->title);
    json_key(j, "link");
    json_begin_object(j);
    json_key(j, "item");
    json_begin_array(j);
    while (tree_step(&w)) {
        const struct doc_table *t = w.node->table;

        if (w.entering && t != NULL)
            put_dataset(j, doc, t->every != NULL ? t->every : t, false);
    }
    json_end_array(j);
    json_end_object(j);
    json_end_object(j);
}

WRITER(write_jsonstat)
{
    struct json j;

    (void)brand;
    (void)e;
    json_init(&j, out, JSON_INDENTED);
    if (doc->single)
        put_dataset(&j, doc, tree_next(doc, NULL, NODE_TABLE)->table, true);
    else
        put_collection(&j, doc);
    json_finish(&j);
    return true;
}
