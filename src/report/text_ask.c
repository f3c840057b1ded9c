/* text_ask.c - what the places of a text ask for: numbers and tables, each
 * once; see texting.h. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "report/ask.h"
#include "report/texting.h"

enum { WORDS_MAX = 512 };

void *
list_more(struct text *t, struct text_list *l, size_t size, int most)
{
    if (l->count >= most)
        return NULL;
    l->item = arena_more(t->arena, l->item, l->count, &l->room, size);
    return (char *)l->item + (size_t)l->count++ * size;
}

/* ---- who ---- */

static bool
refuse_scope(const struct reading *r, size_t from, size_t to)
{
    const struct instrument *in = r->t->in;
    const char *word[WORDS_MAX];
    int count = 0;

    word[count++] = "round";
    for (int i = 0; i < in->report_count && count < WORDS_MAX; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS)
            word[count++] = in->reports[i].id;
    return text_refuse_word(r, from, to, "text.who", "text.who_near", word,
                            count);
}

bool
read_scope(struct reading *r, int *scope)
{
    const struct instrument *in = r->t->in;
    size_t from, to;
    const char *word;

    read_blanks(r);
    from = r->at;
    *scope = r->t->report;
    to = from + read_word(r, &word);
    read_blanks(r);
    if (to == from || r->at >= r->end || r->file->bytes[r->at] != ':') {
        r->at = from;
        return true;
    }
    r->at++;
    if (read_is(word, to - from, "round")) {
        *scope = SCOPE_ROUND;
        return true;
    }
    for (int i = 0; i < in->report_count; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS
            && read_is(word, to - from, in->reports[i].id)) {
            *scope = i;
            return true;
        }
    return refuse_scope(r, from, to);
}

/* ---- numbers ---- */

static void
see_variable(void *ctx, int variable)
{
    const struct variable **named = ctx;

    if (*named == NULL && named[1][variable].identifies)
        *named = &named[1][variable];
}

/* What identifies is nothing to write a text about. */
static bool
names_nobody(const struct reading *r, const struct expr *x, size_t from)
{
    const struct variable *named[2] = { NULL, r->t->in->variables };

    expr_variables(x, see_variable, named);
    if (named[0] == NULL)
        return true;
    err_set(r->e, ERR_INPUT, "text.identifies", "%s", named[0]->id);
    return text_at(r->e, r->file, from);
}

bool
text_expr(const struct reading *r, size_t from, size_t to,
          const char **expr)
{
    const struct instrument *in = r->t->in;
    const char *bytes = r->file->bytes, *text;
    struct err fault = { 0 };
    const struct expr *x;

    while (from < to && strchr(" \t\n", bytes[from]) != NULL)
        from++;
    while (to > from && strchr(" \t\n", bytes[to - 1]) != NULL)
        to--;
    *expr = NULL;
    if (from == to || read_is(bytes + from, to - from, "all"))
        return true;
    text = arena_text_n(r->t->arena, bytes + from, to - from);
    x = expr_parse(text, in, in->variable_count, r->t->arena, NULL, &fault);
    if (x == NULL) {
        *r->e = fault;
        return text_at(r->e, r->file, from + (size_t)fault.at.column - 1);
    }
    *expr = text;
    return names_nobody(r, x, from);
}

static bool
same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool
ask_figure(struct reading *r, int scope, const char *where, const char *of,
           int sum, int *figure)
{
    struct text *t = r->t;
    struct text_figure *f;

    for (int i = 0; i < t->figure_list.count; i++) {
        f = text_figure(t, i);
        if (f->scope == scope && f->sum == sum && same_text(f->where, where)
            && same_text(f->of, of)) {
            *figure = i;
            return true;
        }
    }
    f = list_more(t, &t->figure_list, sizeof *f, TEXT_FIGURES_MAX);
    if (f == NULL) {
        err_set(r->e, ERR_INPUT, "text.figures", "%d", TEXT_FIGURES_MAX);
        return text_at(r->e, r->file, r->at);
    }
    *f = (struct text_figure){ .scope = scope, .where = where, .of = of,
                               .sum = sum };
    *figure = t->figure_list.count - 1;
    return true;
}

bool
ask_count(struct reading *r, int *figure)
{
    const char *where;
    int scope;

    return read_scope(r, &scope) && text_expr(r, r->at, r->end, &where)
        && ask_figure(r, scope, where, NULL, -1, figure);
}

/* WHERE and OF as one, which may be too much though neither is. */
static bool
both(const struct reading *r, const char **where, const char *of)
{
    const struct instrument *in = r->t->in;
    struct err fault = { 0 };

    if (*where == NULL || of == NULL) {
        *where = *where == NULL ? of : *where;
        return true;
    }
    *where = build_where(r->t->arena, *where, of);
    if (expr_parse(*where, in, in->variable_count, r->t->arena, NULL,
                   &fault) != NULL)
        return true;
    *r->e = fault;
    return text_at(r->e, r->file, r->at);
}

bool
ask_share(struct reading *r, int *figure)
{
    const char *where, *of;
    size_t at;
    int scope;

    if (!read_scope(r, &scope))
        return false;
    at = find_word(r, "of");
    if (at == r->end)
        return text_refuse(r, r->end, r->end, "text.want_of");
    /* A figure counts its condition whatever its base is, so the base is
     * part of it; "" is a base of everybody, where NULL is no share. */
    if (!text_expr(r, r->at, at, &where)
        || !text_expr(r, at + 2, r->end, &of) || !both(r, &where, of))
        return false;
    return ask_figure(r, scope, where, of == NULL ? "" : of, -1, figure);
}

static bool
read_int(struct reading *r, int *variable)
{
    const struct instrument *in = r->t->in;
    const char *id[WORDS_MAX];
    size_t from, len;
    const char *word;
    int count = 0;

    read_blanks(r);
    from = r->at;
    len = read_word(r, &word);
    *variable = instrument_variable(in, word, len);
    if (*variable >= 0 && in->variables[*variable].kind == KIND_INT
        && !in->variables[*variable].identifies)
        return true;
    for (int i = 0; i < in->variable_count && count < WORDS_MAX; i++)
        if (in->variables[i].kind == KIND_INT)
            id[count++] = in->variables[i].id;
    return text_refuse_word(r, from, len > 0 ? r->at : r->end, "text.sum",
                            "text.sum_near", id, count);
}

bool
ask_sum(struct reading *r, int *figure)
{
    const char *where = NULL;
    int scope, sum;

    if (!read_scope(r, &scope) || !read_int(r, &sum))
        return false;
    read_blanks(r);
    if (r->at < r->end) {
        if (!read_take(r, "where"))
            return text_refuse(r, r->at, r->end, "text.want_where");
        if (!text_expr(r, r->at, r->end, &where))
            return false;
    }
    return ask_figure(r, scope, where, NULL, sum, figure);
}

/* ---- tables ---- */

static bool
add_table(struct reading *r, const struct text_table *table, int *number)
{
    struct text *t = r->t;
    struct text_table *more;

    for (int i = 0; i < t->table_list.count && table->def >= 0; i++)
        if (text_table(t, i)->def == table->def
            && text_table(t, i)->scope == table->scope) {
            *number = i;
            return true;
        }
    more = list_more(t, &t->table_list, sizeof *more, TEXT_TABLES_MAX);
    if (more == NULL) {
        err_set(r->e, ERR_INPUT, "text.tables", "%d", TEXT_TABLES_MAX);
        return text_at(r->e, r->file, r->at);
    }
    *more = *table;
    *number = t->table_list.count - 1;
    return true;
}

static bool
read_share(struct reading *r, struct text_table *table)
{
    static const char *const word[] = { "rows", "columns", "all", "none" };
    static const enum share share[] = {
        SHARE_ROWS, SHARE_COLUMNS, SHARE_ALL, SHARE_NONE
    };
    size_t from = r->at;

    for (int i = 0; i < 4; i++)
        if (read_take(r, word[i])) {
            table->share = share[i];
            table->share_given = true;
            return true;
        }
    return text_refuse_word(r, from, r->end, "text.shares",
                            "text.shares_near", word, 4);
}

/* ids separated by commas into the table's rows, or one into a number. */
static bool
read_variables(struct reading *r, struct text_table *table, bool rows,
               int *one)
{
    size_t from = r->at;
    int list[QUESTION_ROWS_MAX], *copy;
    const char *text;

    while (r->at < r->end && strchr(" \t\n", r->file->bytes[r->at]) == NULL)
        r->at++;
    text = arena_text_n(r->t->arena, r->file->bytes + from, r->at - from);
    if (!rows) {
        *one = ask_variable(r->t->in, text, r->at - from, "columns", r->e);
        return *one >= 0 || text_at(r->e, r->file, from);
    }
    if (!ask_rows(r->t->in, text, "rows", list, &table->row_count, r->e))
        return text_at(r->e, r->file, from);
    copy = arena_array(r->t->arena, (size_t)table->row_count, sizeof *copy);
    memcpy(copy, list, (size_t)table->row_count * sizeof *copy);
    table->rows = copy;
    return true;
}

static bool
read_where(struct reading *r, struct text_table *table)
{
    size_t from = r->at;
    const char *text;
    struct text_file file = { .name = r->file->name };
    struct reading part = { .t = r->t, .file = &file, .e = r->e };

    if (!read_quoted(r, &text))
        return false;
    file.bytes = text;
    file.len = part.end = strlen(text);
    if (text_expr(&part, 0, part.end, &table->where))
        return true;
    return text_at(r->e, r->file,
                   from + (size_t)(r->e->at.column > 0
                                   ? r->e->at.column : 1));
}

/* What stands behind "=" of the option WORD. */
static bool
read_option(struct reading *r, struct text_table *table, int option)
{
    switch (option) {
    case 0: return read_variables(r, table, true, NULL);
    case 1: return read_variables(r, table, false, &table->columns);
    case 2: return read_int(r, &table->sum);
    case 3: return read_where(r, table);
    case 4: return read_share(r, table);
    default: return read_quoted(r, &table->title);
    }
}

static bool
read_own(struct reading *r, struct text_table *table)
{
    static const char *const word[] = {
        "rows", "columns", "sum", "where", "shares", "title"
    };
    enum { OPTIONS = sizeof word / sizeof word[0] };
    unsigned seen = 0;

    for (read_blanks(r); r->at < r->end; read_blanks(r)) {
        size_t from = r->at;
        const char *is;
        size_t len = read_word(r, &is);
        int option = 0;

        while (option < OPTIONS && !read_is(is, len, word[option]))
            option++;
        if (option == OPTIONS)
            return text_refuse_word(r, from, len > 0 ? r->at : r->end,
                                    "text.option", "text.option_near",
                                    word, OPTIONS);
        if (seen & 1u << option)
            return text_refuse(r, from, r->at, "text.option_twice");
        seen |= 1u << option;
        if (r->at >= r->end || r->file->bytes[r->at++] != '=')
            return text_refuse(r, from, r->end, "text.want_equals");
        if (!read_option(r, table, option))
            return false;
    }
    return (seen & 1u) != 0
        || text_refuse(r, r->end, r->end, "text.want_rows");
}

static bool
has_equals(const struct reading *r)
{
    for (size_t i = r->at; i < r->end; i++)
        if (strchr("= \t\n", r->file->bytes[i]) != NULL)
            return r->file->bytes[i] == '=';
    return false;
}

static bool
read_id(struct reading *r, struct text_table *table)
{
    const struct instrument *in = r->t->in;
    size_t from = r->at, len;
    const char *word, *id[WORDS_MAX];
    int count = 0;

    len = read_word(r, &word);
    for (int i = 0; i < in->table_count; i++)
        if (read_is(word, len, in->tables[i].id)) {
            table->def = i;
            read_blanks(r);
            return r->at == r->end
                || text_refuse(r, r->at, r->end, "text.too_much");
        }
    for (int i = 0; i < in->table_count && count < WORDS_MAX; i++)
        id[count++] = in->tables[i].id;
    return text_refuse_word(r, from, len > 0 ? r->at : r->end,
                            "text.table", "text.table_near", id, count);
}

bool
ask_table(struct reading *r, bool own, int *number)
{
    struct text_table table = {
        .def = -1, .columns = -1, .sum = -1, .file = r->file
    };

    if (!read_scope(r, &table.scope))
        return false;
    read_blanks(r);
    table.at = r->at;
    if (own && has_equals(r) ? !read_own(r, &table) : !read_id(r, &table))
        return false;
    return add_table(r, &table, number);
}
