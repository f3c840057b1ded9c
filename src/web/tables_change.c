/* tables_change.c - what is clicked in the table builder, as a change of the
 * question; see tables.h.
 *
 *     put=rows:ID, columns:ID     takes the variable there
 *     put=rows-:ID, columns-:     takes it away
 *     put=swap                    rows become columns
 *     put=filter:ID, close:       begins, or leaves, a choice of values
 *     put=add:ID                  adds what was chosen: value=..., from, to
 *     put=filter-:N               takes part N of the filter away
 *     ask=1                       the form was sent: its address is put in
 *                                 order, so that a link that is shared is
 *                                 short */
#include <stdlib.h>
#include <string.h>
#include "web/filter.h"
#include "web/tables.h"

enum { VALUES_MAX = 64 };

static int
variable_of(const struct page *p, const char *id)
{
    return instrument_variable(p->round->in, id, strlen(id));
}

/* Whether ROWS (with COLUMNS) make a table. */
static bool
makes_table(struct page *p, const char *rows, const char *columns)
{
    struct tables trial = { .ask = { rows, columns, "", "" }, .pick = "" };
    int row[QUESTION_ROWS_MAX];
    struct question q;
    bool ok = tables_question(p, &trial, row, &q);

    err_clear(&p->err);
    return ok;
}

/* Another row of the battery where that makes one; else the only one. */
static void
put_row(struct page *p, struct tables *t, const char *id)
{
    const char *rows = arena_printf(p->arena, "%s,%s", t->ask.rows, id);

    t->ask.rows = *t->ask.rows != '\0'
        && makes_table(p, rows, t->ask.columns) ? rows : id;
    if (!makes_table(p, t->ask.rows, t->ask.columns))
        t->ask.columns = "";
}

static void
take_row(struct page *p, struct tables *t, const char *id)
{
    const char *left = "";
    size_t n = strlen(id);

    for (const char *at = t->ask.rows; *at != '\0';) {
        size_t len = strcspn(at, ",");

        if (len != n || memcmp(at, id, n) != 0)
            left = arena_printf(p->arena, "%s%s%.*s", left,
                                *left != '\0' ? "," : "", (int)len, at);
        at += len + (at[len] == ',');
    }
    t->ask.rows = left;
    if (*left == '\0')
        t->ask.columns = "";
}

static void
swap(struct tables *t)
{
    const char *rows = t->ask.rows;

    if (*rows == '\0' || *t->ask.columns == '\0'
        || strchr(rows, ',') != NULL)
        return;
    t->ask.rows = t->ask.columns;
    t->ask.columns = rows;
}

/* "age >= 18 and age <= 25" of what stands in the two fields. */
static const char *
range_test(struct page *p, const char *id)
{
    const char *from = request_query(p->request, "from");
    const char *to = request_query(p->request, "to");
    const char *test = "";

    if (from != NULL && *from != '\0')
        test = arena_printf(p->arena, "%s >= %s", id, from);
    if (to != NULL && *to != '\0')
        test = arena_printf(p->arena, "%s%s%s <= %s", test,
                            *test != '\0' ? " and " : "", id, to);
    return test;
}

/* Only codes of the variable: what is in the address is anybody's. */
static const char *
values_test(struct page *p, const char *id)
{
    const struct instrument *in = p->round->in;
    const struct variable *v = &in->variables[variable_of(p, id)];
    const char *value[VALUES_MAX];
    int count = 0;
    int32_t read;

    for (int i = 0; i < p->request->query_count; i++) {
        const struct http_pair *pair = &p->request->query[i];

        if (strcmp(pair->name, "value") == 0 && count < VALUES_MAX
            && variable_read(in, v, pair->value, strlen(pair->value), &read))
            value[count++] = pair->value;
    }
    return count == 0 ? "" : filter_test(id, value, count, p->arena);
}

static void
add_filter(struct page *p, struct tables *t, const char *id)
{
    const char *test;

    t->pick = "";
    if (variable_of(p, id) < 0)
        return;
    test = values_test(p, id);
    if (*test == '\0')
        test = range_test(p, id);
    if (*test != '\0')
        t->ask.where = filter_with(t->ask.where, test, p->arena);
}

static bool
is(const char *put, const char *name, const char **rest)
{
    size_t n = strlen(name);

    if (strncmp(put, name, n) != 0 || put[n] != ':')
        return false;
    *rest = put + n + 1;
    return true;
}

bool
tables_change(struct page *p, struct tables *t)
{
    const char *put = request_query(p->request, "put"), *rest = "";

    if (put == NULL)
        return request_query(p->request, "ask") != NULL;
    if (is(put, "rows", &rest))
        put_row(p, t, rest);
    else if (is(put, "rows-", &rest))
        take_row(p, t, rest);
    else if (is(put, "columns", &rest))
        t->ask.columns = rest;
    else if (is(put, "columns-", &rest))
        t->ask.columns = "";
    else if (strcmp(put, "swap") == 0)
        swap(t);
    else if (is(put, "filter", &rest))
        t->pick = rest;
    else if (is(put, "close", &rest))
        t->pick = "";
    else if (is(put, "add", &rest))
        add_filter(p, t, rest);
    else if (is(put, "filter-", &rest))
        t->ask.where = filter_without(p->round->in, t->ask.where,
                                      atoi(rest), p->arena);
    return true;
}
