/* compare_uses.c - what a table is made of, and so which changes of the
 * instrument break it; see compare.h.
 *
 * A table is broken by a change that is not compatible (def/diff.h) of a
 * variable it counts, filters or adds up, of one of those that a derived
 * variable is made of, or of what all of them share: grades, scale, index,
 * what is complete. */
#include <string.h>
#include "def/diff.h"
#include "def/expr.h"
#include "report/comparing.h"

struct uses {
    const struct instrument *in;
    bool used[VARIABLE_MAX];
};

static void
use(void *ctx, int v)
{
    struct uses *u = ctx;
    const struct variable *var;

    if (v < 0 || u->used[v])
        return;
    var = &u->in->variables[v];
    u->used[v] = true;
    for (int i = 0; i < var->of_count; i++)
        use(u, var->of[i]);
    for (int i = 0; i < var->need_count; i++)
        use(u, var->needs[i]);
    for (int i = 0; i < var->entered_count; i++)
        use(u, var->entered[i]);
    if (var->asked != NULL)
        expr_variables(var->asked, use, u);
}

static void
use_text(struct uses *u, const char *text, struct arena *arena)
{
    struct err e = { 0 };
    const struct expr *x;

    if (text == NULL || *text == '\0')
        return;
    x = expr_parse(text, u->in, u->in->variable_count, arena, NULL, &e);
    if (x != NULL)
        expr_variables(x, use, u);
}

static void
uses_of(struct uses *u, const struct instrument *in, int report, int table,
        struct arena *arena)
{
    const struct table_def *t = &in->tables[table];

    memset(u, 0, sizeof *u);
    u->in = in;
    for (int i = 0; i < t->row_count; i++)
        use(u, t->rows[i]);
    use(u, t->columns);
    use(u, t->sum);
    use_text(u, t->where, arena);
    use_text(u, in->reports[report].where, arena);
    for (int i = 0; i < t->figure_count; i++) {
        use(u, t->figures[i].sum);
        use_text(u, t->figures[i].where, arena);
        use_text(u, t->figures[i].of, arena);
    }
}

static bool
uses_index(const struct uses *u)
{
    const struct instrument *in = u->in;

    return (in->index_variable >= 0 && u->used[in->index_variable])
        || (in->index_grade_variable >= 0
            && u->used[in->index_grade_variable]);
}

static bool
uses_grades(const struct uses *u)
{
    for (int v = 0; v < u->in->variable_count; v++)
        if (u->used[v] && u->in->variables[v].kind == KIND_SCORE)
            return true;
    return uses_index(u);
}

static bool
uses_service(const struct uses *u, const char *id, size_t len)
{
    const struct instrument *in = u->in;

    for (int c = 0; c < in->category_count; c++)
        for (int s = 0; s < in->categories[c].service_count; s++) {
            const struct service *v = &in->categories[c].services[s];

            if (strlen(v->id) == len && memcmp(v->id, id, len) == 0)
                return u->used[v->received] || u->used[v->wanted];
        }
    return false;
}

/* Whether PATH ("tables.areas.x") begins with FIRST and, where ID is not
 * NULL, then ID. */
static bool
is_path(const char *path, const char *first, const char *id)
{
    size_t n = strlen(first);

    if (strncmp(path, first, n) != 0 || (path[n] != '.' && path[n] != '\0'))
        return false;
    return id == NULL || (path[n] == '.' && is_path(path + n + 1, id, NULL));
}

/* Whether what stands at PATH of a definition is a part of TABLE. */
static bool
concerns(const struct uses *u, const char *path, int report, int table)
{
    const struct instrument *in = u->in;
    size_t first = strcspn(path, ".");
    int v = instrument_variable(in, path, first);

    if (v >= 0)
        return u->used[v];
    if (is_path(path, "grades", NULL) || is_path(path, "scale", NULL))
        return uses_grades(u);
    if (is_path(path, "index", NULL))
        return uses_index(u);
    if (is_path(path, "complete", NULL))
        return true;
    if (is_path(path, "services", NULL) && path[first] == '.')
        return uses_service(u, path + first + 1,
                            strcspn(path + first + 1, "."));
    return is_path(path, "tables", in->tables[table].id)
        || is_path(path, "reports", in->reports[report].id);
}

/* A table or report that asks something else is another one, though no
 * registration is. */
static bool
breaks(const struct change *change)
{
    return !change->compatible || change->kind == CHANGE_TABLE
        || change->kind == CHANGE_REPORT;
}

bool
compare_concerns(const struct comparison *c, const struct change *change,
                 int table)
{
    struct uses *u = arena_take(c->arena, sizeof *u);

    uses_of(u, c->own->in, c->report, table, c->arena);
    return concerns(u, change->where, c->report, table);
}

bool
compare_breaks(const struct comparison *c,
               const struct compare_column *column, int table,
               struct compare_break *out)
{
    const struct instrument *in = c->own->in;
    struct uses *u = arena_take(c->arena, sizeof *u);

    uses_of(u, in, c->report, table, c->arena);
    *out = (struct compare_break){ .table = table };
    for (int i = 0; i < column->change_count; i++) {
        out->change = &column->change[i];
        if (breaks(out->change)
            && concerns(u, out->change->where, c->report, table)) {
            out->why = is_path(out->change->where, "index", NULL)
                     ? COMPARE_INDEX : COMPARE_CHANGED;
            return true;
        }
    }
    out->change = NULL;
    if (uses_index(u)
        && (!column->a->own_index || !c->own->own_index
            || strcmp(column->a->index_rule, c->own->index_rule) != 0)) {
        out->why = COMPARE_INDEX;
        return true;
    }
    out->why = COMPARE_MISSING;
    return aggregate_table(column->a, in->reports[c->report].id,
                           in->tables[table].id) == NULL;
}

/* ---- the form of a table ---- */

/* The column that the table's finding is about, else the last: the worst
 * grade. */
static const char *
key_of(const struct instrument *in, const struct table_def *t, int v)
{
    const struct variable *var = &in->variables[v];

    if (t->finding == FINDING_MOST)
        return t->finding_key;
    return var->code_count > 0 ? var->codes[var->code_count - 1].id : NULL;
}

enum compare_form
compare_form(const struct instrument *in, const struct table_def *t,
             const char **key)
{
    enum kind kind = t->row_count > 0 ? in->variables[t->rows[0]].kind
                                      : KIND_BOOL;

    *key = "1";
    if (t->figure_count > 0)
        return FORM_ROWS;
    if (t->sum >= 0)
        return FORM_NONE;
    if (t->row_count > 1 && t->columns < 0) {
        if (kind != KIND_BOOL)
            *key = key_of(in, t, t->rows[0]);
        return *key != NULL ? FORM_ROWS : FORM_NONE;
    }
    if (t->row_count > 1 || kind == KIND_CODES || kind == KIND_INT)
        return FORM_NONE;
    if (t->columns < 0)
        return FORM_KEYS;
    if (t->share != SHARE_ROWS)
        return FORM_NONE;
    *key = key_of(in, t, t->columns);
    return *key != NULL ? FORM_ROWS : FORM_NONE;
}
