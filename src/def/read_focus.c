/* read_focus.c - the rules by which focus areas are proposed.
 *
 * A rule is one of three: a part of a group (where, of), children or
 * services of others (sum, sum_of), or the largest rows of a table. Its
 * texts take the numbers in holes, {1} to {4}: which there are depends on
 * the kind, so that no proposal is ever shown with a hole in it. */
#include <string.h>
#include "base/utf8.h"
#include "def/expr.h"
#include "def/read.h"

struct raw_rule {
    struct focus_rule f;
    const struct yaml *title, *text, *found, *where, *of, *sum, *sum_of;
    const struct yaml *table, *key, *weight, *least, *at_most, *reports;
};

static bool
read_range(struct reader *r, const struct yaml *n, int least, int most,
           int fallback, int *to)
{
    char found[QUOTE_MAX];

    *to = fallback;
    if (n == NULL)
        return true;
    if (!bind_int(r, n, to))
        return false;
    if (*to >= least && *to <= most)
        return true;
    bind_at(r, n);
    err_quote(found, sizeof found, n->text, n->len);
    return err_set(r->e, ERR_INPUT, "def.focus_range", "%s %d %d", found,
                   least, most);
}

/* Whether the holes of TEXT are among {1} to {LAST}, and {4} alone where
 * ROW_ONLY. */
static bool
good_holes(const char *text, char last, bool row_only)
{
    for (const char *s = text; (s = strpbrk(s, "{}")) != NULL; s += 3)
        if (*s == '}' || s[1] < (row_only ? '4' : '1') || s[1] > last
            || s[2] != '}')
            return false;
    return true;
}

static bool
read_holes(struct reader *r, const struct yaml *n, char last, bool row_only,
           struct label *to)
{
    if (!bind_label(r, n, to))
        return false;
    for (int l = 0; l < LANG_COUNT; l++)
        if (!good_holes(to->in[l], last, row_only)) {
            bind_at(r, n);
            return err_set(r->e, ERR_INPUT, "def.focus_hole", "%s",
                           lang_code((enum lang)l));
        }
    return true;
}

static bool
read_texts(struct reader *r, const struct raw_rule *raw,
           struct focus_rule *f)
{
    char last = f->find == FIND_MOST ? '4' : f->find == FIND_SUM ? '2' : '3';

    return read_holes(r, raw->title, last, true, &f->title)
        && read_holes(r, raw->text, last, false, &f->text)
        && read_holes(r, raw->found, last, true, &f->found);
}

static bool
read_where(struct reader *r, const struct yaml *n, const char **text)
{
    struct expr *x;

    return n == NULL
        || (bind_expr_text(r, n, text)
            && read_expr(r, n, *text, r->in->variable_count, &x));
}

static bool
read_int_variable(struct reader *r, const struct yaml *n, int *to)
{
    *to = bind_variable(r, n, r->in->variable_count);
    if (*to < 0)
        return false;
    return r->in->variables[*to].kind == KIND_INT
        || bind_fail(r, n, "def.want_int_variable");
}

/* A table whose rows can be told apart by one number: figures, each with a
 * base; ticks; or a battery, by the key. */
static bool
read_most(struct reader *r, const struct raw_rule *raw, struct focus_rule *f)
{
    const struct table_def *t;
    const struct variable *v;

    f->table = raw->table->kind == YAML_SCALAR
             ? instrument_table(r->in, raw->table->text) : -1;
    if (f->table < 0)
        return bind_fail(r, raw->table, "def.table");
    t = &r->in->tables[f->table];
    for (int i = 0; i < t->figure_count; i++)
        if (t->figures[i].of == NULL || t->figures[i].sum >= 0)
            return bind_fail(r, raw->table, "def.focus_table");
    if (t->figure_count == 0 && (t->row_count < 2 || t->columns >= 0))
        return bind_fail(r, raw->table, "def.focus_table");
    v = t->figure_count == 0 ? &r->in->variables[t->rows[0]] : NULL;
    if (t->sum >= 0 || (raw->key != NULL) != (v != NULL
                                              && v->kind != KIND_BOOL))
        return bind_fail(r, raw->table, "def.focus_table");
    if (raw->key == NULL)
        return true;
    if (!bind_code(r, raw->key, &f->key))
        return false;
    if (variable_code(v, f->key, strlen(f->key)) >= 0)
        return true;
    bind_at(r, raw->key);
    return err_set(r->e, ERR_INPUT, "def.finding_key", "%s %s", f->key,
                   v->id);
}

/* What is looked at: one of the three, whole. */
static bool
read_find(struct reader *r, const struct yaml *n,
          const struct raw_rule *raw, struct focus_rule *f)
{
    bool part = raw->of != NULL, sum = raw->sum != NULL
         && raw->sum_of != NULL, most = raw->table != NULL;
    bool other = (raw->sum != NULL) != (raw->sum_of != NULL)
         || (raw->key != NULL && !most) || (raw->at_most != NULL && !most)
         || (raw->where != NULL && most) || (part && raw->where == NULL);

    f->sum = f->sum_of = f->table = -1;
    if (other || part + sum + most != 1)
        return bind_fail(r, n, "def.focus_kind");
    f->find = part ? FIND_PART : sum ? FIND_SUM : FIND_MOST;
    if (most)
        return read_most(r, raw, f);
    if (sum && (!read_int_variable(r, raw->sum, &f->sum)
                || !read_int_variable(r, raw->sum_of, &f->sum_of)))
        return false;
    if (!read_where(r, raw->where, &f->where)
        || !read_where(r, raw->of, &f->of))
        return false;
    return !part || (f->where != NULL && f->of != NULL)
        || bind_fail(r, n, "def.focus_kind");
}

/* The reports that a rule is for; without, all that are about recipients. */
static bool
read_for(struct reader *r, const struct yaml *n, struct focus_rule *f)
{
    int *out, i = 0;

    if (n == NULL)
        return true;
    if (n->kind != YAML_LIST || n->count < 1)
        return bind_fail(r, n, "def.want_list");
    f->reports = out = arena_array(r->arena, (size_t)n->count, sizeof *out);
    f->report_count = n->count;
    for (const struct yaml *item = n->first; item != NULL;
         item = item->next) {
        out[i] = item->kind == YAML_SCALAR
               ? instrument_report(r->in, item->text) : -1;
        if (out[i] < 0)
            return bind_fail(r, item, "def.focus_report");
        i++;
    }
    return true;
}

static bool
read_rule(struct reader *r, const struct yaml *n, const struct raw_rule *raw,
          struct focus_rule *f)
{
    *f = raw->f;
    f->at = n->at;
    return read_find(r, n, raw, f) && read_texts(r, raw, f)
        && read_range(r, raw->weight, 1, FOCUS_WEIGHT_MAX, 1, &f->weight)
        && read_range(r, raw->least, 0, 100, 0, &f->least)
        && read_range(r, raw->at_most, 1, FOCUS_ROWS_MAX, 1, &f->at_most)
        && read_for(r, raw->reports, f);
}

bool
read_focus(struct reader *r, struct draft *d)
{
#define AT(member) offsetof(struct raw_rule, member)
#define NODE(member, needed) { #member, needed, bind_node, AT(member) }
    static const struct field fields[] = {
        { "id", true, bind_id, AT(f.id) },
        { "source", true, bind_source, AT(f.source) },
        NODE(title, true), NODE(text, true), NODE(found, true),
        NODE(where, false), NODE(of, false), NODE(sum, false),
        NODE(sum_of, false), NODE(table, false), NODE(key, false),
        NODE(weight, true), NODE(least, false), NODE(at_most, false),
        NODE(reports, false)
    };
#undef NODE
#undef AT
    struct raw_rule *raw;
    struct focus_rule *f;
    int i = 0;

    if (d->focus == NULL)
        return true;
    if (!bind_list(r, d->focus, sizeof *raw, FOCUS_RULE_MAX, fields,
                   FIELD_COUNT(fields), &raw, &r->in->focus_count))
        return false;
    r->in->focus = f = arena_array(r->arena, (size_t)r->in->focus_count,
                                   sizeof *f);
    for (const struct yaml *n = d->focus->first; n != NULL; n = n->next) {
        if (!read_rule(r, n, &raw[i], &f[i]))
            return false;
        i++;
    }
    return read_unique(r, d->focus, f, r->in->focus_count, sizeof *f);
}
