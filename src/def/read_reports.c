/* read_reports.c - the tables and reports of a definition.
 *
 * Filters are parsed here so that a mistake is found with its place, and
 * kept as text: a plan parses them again, for the round it is made for. */
#include <string.h>
#include "base/utf8.h"
#include "def/expr.h"
#include "def/read.h"

struct raw_table {
    struct table_def t;
    const struct yaml *node, *rows, *columns, *sum, *where, *figures;
    const struct yaml *finding, *definitions, *labels;
};

struct raw_figure {
    struct figure f;
    const struct yaml *where, *of, *sum;
};

/* A filter as written, or NULL; N may be NULL. */
static bool
read_filter(struct reader *r, const struct yaml *n, const char **text)
{
    struct expr *x;

    *text = NULL;
    return n == NULL
        || (bind_expr_text(r, n, text)
            && read_expr(r, n, *text, r->in->variable_count, &x));
}

/* An int variable to add up, or -1; N may be NULL. */
static bool
read_sum(struct reader *r, const struct yaml *n, int *sum)
{
    *sum = -1;
    if (n == NULL)
        return true;
    *sum = bind_variable(r, n, r->in->variable_count);
    if (*sum < 0)
        return false;
    return r->in->variables[*sum].kind == KIND_INT
        || bind_fail(r, n, "def.want_int_variable");
}

static bool
read_share(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = { "all", "rows", "columns", "none" };
    int word = bind_word(r, n, words, 4);

    *(enum share *)to = (enum share)word;
    return word >= 0;
}

static bool
read_chart(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = {
        "none", "bar", "bars", "mosaic", "columns", "list"
    };
    int word = bind_word(r, n, words, 6);

    *(enum chart *)to = (enum chart)word;
    return word >= 0;
}

static bool
read_figures(struct reader *r, const struct yaml *n, struct table_def *t)
{
#define AT(member) offsetof(struct raw_figure, member)
    static const struct field fields[] = {
        { "id", true, bind_id, AT(f.id) },
        { "label", true, bind_label, AT(f.label) },
        { "where", false, bind_node, AT(where) },
        { "of", false, bind_node, AT(of) },
        { "sum", false, bind_node, AT(sum) },
        { "counts", false, read_table_counts, AT(f.counts) }
    };
#undef AT
    struct raw_figure *raw;
    struct figure *f;

    if (!bind_list(r, n, sizeof *raw, 256, fields, FIELD_COUNT(fields), &raw,
                   &t->figure_count))
        return false;
    t->figures = f = arena_array(r->arena, (size_t)t->figure_count,
                                 sizeof *f);
    for (int i = 0; i < t->figure_count; i++) {
        f[i] = raw[i].f;
        if (!read_filter(r, raw[i].where, &f[i].where)
            || !read_filter(r, raw[i].of, &f[i].of)
            || !read_sum(r, raw[i].sum, &f[i].sum))
            return false;
    }
    return read_unique(r, n, f, t->figure_count, sizeof *f);
}

/* "none", "majority" or "most KEY". */
static bool
read_finding(struct reader *r, const struct yaml *n, struct table_def *t)
{
    if (n == NULL)
        return true;
    if (n->kind == YAML_SCALAR && strncmp(n->text, "most ", 5) == 0) {
        t->finding = FINDING_MOST;
        t->finding_key = n->text + 5;
        return true;
    }
    if (n->kind == YAML_SCALAR && strcmp(n->text, "majority") == 0)
        t->finding = FINDING_MAJORITY;
    else if (n->kind != YAML_SCALAR || strcmp(n->text, "none") != 0)
        return bind_fail(r, n, "def.finding");
    return true;
}

/* The KEY of "most KEY" must be one that the table has: a code of its
 * column, or of its rows where they are a battery. */
static bool
check_finding_key(struct reader *r, const struct yaml *n,
                  const struct table_def *t)
{
    const struct variable *v;

    if (t->finding != FINDING_MOST)
        return true;
    if (t->columns < 0 && t->row_count == 0)
        return bind_fail(r, n, "def.finding");
    v = &r->in->variables[t->columns >= 0 ? t->columns : t->rows[0]];
    if (v->code_count == 0
        || variable_code(v, t->finding_key, strlen(t->finding_key)) >= 0)
        return true;
    bind_at(r, n);
    return err_set(r->e, ERR_INPUT, "def.finding_key", "%s %s",
                   t->finding_key, v->id);
}

static bool
read_row_labels(struct reader *r, const struct yaml *n, struct table_def *t)
{
    struct label *labels;

    if (n == NULL)
        return true;
    if (n->kind != YAML_MAP)
        return bind_fail(r, n, "def.want_map");
    t->row_labels = labels = arena_array(r->arena, (size_t)t->row_count,
                                         sizeof *labels);
    for (const struct yaml *v = n->first; v != NULL; v = v->next) {
        int var = instrument_variable(r->in, v->key, strlen(v->key));
        int row = 0;

        while (row < t->row_count && t->rows[row] != var)
            row++;
        if (row == t->row_count)
            return bind_fail(r, v, "def.label_row");
        if (!bind_label(r, v, &labels[row]))
            return false;
    }
    return true;
}

static bool
read_table(struct reader *r, const struct raw_table *raw,
           struct table_def *t)
{
    int known = r->in->variable_count;

    *t = raw->t;
    t->at = raw->node->at;
    t->columns = t->definitions = -1;
    if ((raw->rows == NULL) == (raw->figures == NULL))
        return bind_fail(r, raw->node, "def.rows_or_figures");
    if (raw->rows != NULL
        && !bind_variables(r, raw->rows, known, &t->rows, &t->row_count))
        return false;
    if (raw->figures != NULL && !read_figures(r, raw->figures, t))
        return false;
    if (raw->columns != NULL
        && (t->columns = bind_variable(r, raw->columns, known)) < 0)
        return false;
    if (raw->definitions != NULL) {
        t->definitions = bind_variable(r, raw->definitions, known);
        if (t->definitions < 0)
            return false;
        if (r->in->variables[t->definitions].kind != KIND_SCORE)
            return bind_fail(r, raw->definitions, "def.want_score");
    }
    return read_filter(r, raw->where, &t->where)
        && read_sum(r, raw->sum, &t->sum)
        && read_finding(r, raw->finding, t)
        && check_finding_key(r, raw->finding, t)
        && read_row_labels(r, raw->labels, t);
}

bool
read_tables(struct reader *r, struct draft *d)
{
#define AT(member) offsetof(struct raw_table, member)
    static const struct field fields[] = {
        { "id", true, bind_id, AT(t.id) },
        { "title", true, bind_label, AT(t.title) },
        { "figure", false, bind_int, AT(t.figure_number) },
        { "source", true, bind_source, AT(t.source) },
        { "rows", false, bind_node, AT(rows) },
        { "columns", false, bind_node, AT(columns) },
        { "where", false, bind_node, AT(where) },
        { "sum", false, bind_node, AT(sum) },
        { "counts", false, read_table_counts, AT(t.counts) },
        { "figures", false, bind_node, AT(figures) },
        { "share", false, read_share, AT(t.share) },
        { "chart", false, read_chart, AT(t.chart) },
        { "finding", false, bind_node, AT(finding) },
        { "definitions", false, bind_node, AT(definitions) },
        { "labels", false, bind_node, AT(labels) },
        { "note", false, bind_label, AT(t.note) }
    };
#undef AT
    struct instrument *in = r->in;
    const struct yaml *n = d->tables->first;
    struct raw_table *raw;
    struct table_def *t;

    if (!bind_list(r, d->tables, sizeof *raw, 512, fields,
                   FIELD_COUNT(fields), &raw, &in->table_count))
        return false;
    in->tables = t = arena_array(r->arena, (size_t)in->table_count,
                                 sizeof *t);
    for (int i = 0; i < in->table_count; i++, n = n->next) {
        raw[i].node = n;
        if (!read_table(r, &raw[i], &t[i]))
            return false;
    }
    return read_unique(r, d->tables, t, in->table_count, sizeof *t);
}

struct raw_section {
    struct section s;
    const struct yaml *tables;
};

/* Places of tables; N may be NULL or an empty list. */
static bool
read_table_list(struct reader *r, const struct yaml *n, const int **list,
                int *count)
{
    char found[QUOTE_MAX];
    int *out, i = 0;

    if (n == NULL || (n->kind == YAML_LIST && n->count == 0))
        return true;
    if (n->kind != YAML_LIST)
        return bind_fail(r, n, "def.want_list");
    *list = out = arena_array(r->arena, (size_t)n->count, sizeof *out);
    *count = n->count;
    for (const struct yaml *item = n->first; item != NULL;
         item = item->next) {
        int table = item->kind == YAML_SCALAR
                  ? instrument_table(r->in, item->text) : -1;

        if (table < 0) {
            bind_at(r, item);
            err_quote(found, sizeof found,
                      item->kind == YAML_SCALAR ? item->text : "", item->len);
            return err_set(r->e, ERR_INPUT, "def.table", "%s", found);
        }
        out[i++] = table;
    }
    return true;
}

struct raw_report {
    struct report_def rep;
    const struct yaml *where, *sections, *compare;
};

static bool
read_scope(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = { "recipients", "unit" };
    int word = bind_word(r, n, words, 2);

    *(enum scope *)to = (enum scope)word;
    return word >= 0;
}

static bool
read_sections(struct reader *r, const struct yaml *n, struct report_def *rep)
{
    static const struct field fields[] = {
        { "id", true, bind_id, offsetof(struct raw_section, s.id) },
        { "title", true, bind_label, offsetof(struct raw_section, s.title) },
        { "text", false, bind_label, offsetof(struct raw_section, s.text) },
        { "tables", false, bind_node, offsetof(struct raw_section, tables) }
    };
    struct raw_section *raw;
    struct section *s;

    if (!bind_list(r, n, sizeof *raw, 64, fields, FIELD_COUNT(fields), &raw,
                   &rep->section_count))
        return false;
    rep->sections = s = arena_array(r->arena, (size_t)rep->section_count,
                                    sizeof *s);
    for (int i = 0; i < rep->section_count; i++) {
        s[i] = raw[i].s;
        if (!read_table_list(r, raw[i].tables, &s[i].tables,
                             &s[i].table_count))
            return false;
    }
    return read_unique(r, n, s, rep->section_count, sizeof *s);
}

bool
read_reports(struct reader *r, struct draft *d)
{
#define AT(member) offsetof(struct raw_report, member)
    static const struct field fields[] = {
        { "id", true, bind_id, AT(rep.id) },
        { "title", true, bind_label, AT(rep.title) },
        { "people", true, bind_label, AT(rep.people) },
        { "where", false, bind_node, AT(where) },
        { "scope", false, read_scope, AT(rep.scope) },
        { "sections", true, bind_node, AT(sections) },
        { "compare", false, bind_node, AT(compare) }
    };
#undef AT
    struct instrument *in = r->in;
    const struct yaml *n = d->reports->first;
    struct raw_report *raw;
    struct report_def *rep;

    if (!bind_list(r, d->reports, sizeof *raw, 32, fields,
                   FIELD_COUNT(fields), &raw, &in->report_count))
        return false;
    in->reports = rep = arena_array(r->arena, (size_t)in->report_count,
                                    sizeof *rep);
    for (int i = 0; i < in->report_count; i++) {
        rep[i] = raw[i].rep;
        rep[i].at = n->at;
        n = n->next;
        if (!read_filter(r, raw[i].where, &rep[i].where)
            || !read_sections(r, raw[i].sections, &rep[i])
            || !read_table_list(r, raw[i].compare, &rep[i].compare,
                                &rep[i].compare_count))
            return false;
    }
    return read_unique(r, d->reports, rep, in->report_count, sizeof *rep);
}
