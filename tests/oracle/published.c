/* published.c - the whole publication of a store's round, protected as one,
 * for the attacker (publish.py).
 *
 *     published STORE ROUND --tables     every table, a line of JSON each:
 *                                       what is asked, shown and true
 *     published STORE ROUND --audit
 *     published STORE ROUND --stats
 *     published STORE ROUND --count      how many each line of the standard
 *                                       input (a filter) chooses; -: none
 *
 * Another word is the file of a text that is published too; what the store's
 * ledger has is known, but for --tables with NOLEDGER in the environment.
 * The threshold is that of the environment's THRESHOLD, else the usual; by
 * ROUND_TO numbers are rounded and not hidden. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/json.h"
#include "base/msg.h"
#include "report/publication.h"
#include "report/text.h"

enum { COUNTS_MAX = 100000 };

struct job {
    struct opened o;
    struct store *store;
    struct arena arena;
    struct actor actor;
    struct protect_rule rule;
    struct err e;
};

static void
stop(struct job *j)
{
    struct buf line;

    buf_init(&line, 0);
    msg_error(&line, LANG_EN, &j->e);
    fprintf(stderr, "%s\n", buf_string(&line));
    buf_clear(&line);
    exit(1);
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void
open_job(struct job *j, const char *path, const char *round)
{
    struct store_options options = {
        .path = path, .mode = STORE_READ,
        .clock = clock_system(), .random = random_system()
    };
    const char *threshold = getenv("THRESHOLD");
    const char *round_to = getenv("ROUND_TO");

    arena_init(&j->arena);
    j->actor = (struct actor){ .name = "test", .rights = "test",
                               .purpose = "test", .all_units = true };
    j->rule.threshold = threshold != NULL ? atoi(threshold)
                                          : PROTECT_THRESHOLD;
    j->rule.round_to = round_to != NULL ? atoi(round_to) : 0;
    j->store = store_open(&options, &j->e);
    if (j->store == NULL || !opened_init(&j->o, j->store, round, &j->e))
        stop(j);
}

/* ---- every table of every document, as it is published and as it is ---- */

static void
put_n(struct json *j, int64_t n, bool hidden)
{
    if (hidden)
        json_put_null(j);
    else
        json_put_int(j, n);
}

/* Numbers N, those that MARK hides as null. */
static void
put_list(struct json *j, const char *key, const int64_t *n, const bool *mark,
         int count)
{
    json_key(j, key);
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        put_n(j, n[i], mark != NULL && mark[i]);
    json_end_array(j);
}

static void
put_text(struct json *j, const char *key, const char *text)
{
    json_key(j, key);
    json_put_string(j, text != NULL ? text : "");
}

static void
put_question(struct job *j, struct json *w, const struct table *t)
{
    const struct question *q = t->question;
    const struct instrument *in = j->o.in;

    put_text(w, "where", q->where);
    put_text(w, "and_where", q->and_where);
    put_text(w, "sum", q->sum >= 0 ? in->variables[q->sum].id : "");
    put_text(w, "by", q->columns >= 0 ? in->variables[q->columns].id : "");
    json_key(w, "variables");
    json_begin_array(w);
    for (int i = 0; i < q->row_count; i++)
        json_put_string(w, in->variables[q->rows[i]].id);
    json_end_array(w);
    json_key(w, "figures");
    json_begin_array(w);
    for (int i = 0; i < q->figure_count; i++) {
        const struct figure *f = &q->figures[i];

        json_begin_object(w);
        put_text(w, "where", f->where);
        put_text(w, "of", f->of);
        put_text(w, "sum", f->sum >= 0 ? in->variables[f->sum].id : "");
        json_key(w, "recipients");
        json_put_bool(w, f->counts == COUNTS_RECIPIENTS);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
put_keys(struct json *w, const char *name, const struct key *key, int count)
{
    json_key(w, name);
    json_begin_array(w);
    for (int i = 0; key != NULL && i < count; i++)
        json_put_string(w, key[i].id);
    json_end_array(w);
}

static void
put_outside(struct json *w, const struct table *t, bool (*mark)[3])
{
    json_key(w, "outside");
    json_begin_array(w);
    for (int i = 0; i < t->base_count; i++) {
        const int64_t n[3] = { t->outside[i].unanswered,
                               t->outside[i].unknown,
                               t->outside[i].not_asked };

        json_begin_array(w);
        for (int k = 0; k < 3; k++)
            put_n(w, n[k], mark != NULL && mark[i][k]);
        json_end_array(w);
    }
    json_end_array(w);
}

/* What T shows by R; all of it without. With NO_CELLS they are not shown. */
static void
put_numbers(struct job *j, struct json *w, const struct table *t,
            const struct release *r, bool no_cells)
{
    static const char *const shapes[] = {
        [SHAPE_ONE_WAY] = "one", [SHAPE_TWO_WAY] = "two",
        [SHAPE_BATTERY] = "battery", [SHAPE_TICKS] = "ticks",
        [SHAPE_TICKS_BY] = "ticks_by", [SHAPE_FIGURES] = "figures"
    };
    struct release_marks m = { 0 };
    int cells = t->row_count * t->column_count;

    if (r != NULL)
        m = release_marks(r, t, &j->arena);
    if (no_cells) {
        m.cell = arena_array(&j->arena, (size_t)cells + 1, sizeof *m.cell);
        for (int i = 0; i < cells; i++)
            m.cell[i] = true;
    }
    put_text(w, "shape", shapes[t->shape]);
    json_key(w, "multiple");
    json_put_bool(w, t->multiple);
    put_list(w, "cells", t->cell, m.cell, cells);
    put_list(w, "base", t->base, m.base, t->base_count);
    if (t->of != NULL && t->shape == SHAPE_TICKS_BY) {
        bool *of = arena_array(&j->arena, (size_t)cells + 1, sizeof *of);

        for (int i = 0; i < cells && m.of != NULL; i++)
            of[i] = m.of[i % t->column_count];
        put_list(w, "of", t->of, of, cells);
    }
    put_outside(w, t, m.outside);
}

/* Of T the rows and columns that are those of LIKE. */
static void
put_sums(struct job *j, struct json *w, const struct table *t,
         const struct table *like, const struct release *r)
{
    int row = (int)(like->row_keys - t->row_keys);
    int column = (int)(like->column_keys - t->column_keys);
    struct release_marks m = { 0 };
    int64_t *n = arena_array(&j->arena, (size_t)(t->row_count
                             + t->column_count) + 1, sizeof *n);

    if (t->shape != SHAPE_TWO_WAY)
        return;
    if (r != NULL)
        m = release_marks(r, t, &j->arena);
    for (int i = 0; i < like->row_count; i++)
        n[i] = table_row_sum(t, row + i);
    put_list(w, "row_sums", n, m.row, like->row_count);
    for (int i = 0; i < like->column_count && !t->multiple; i++)
        n[i] = table_column_sum(t, column + i);
    if (!t->multiple)
        put_list(w, "column_sums", n, m.column, like->column_count);
}

/* T with only what is a row and a column of LIKE, which is T rounded: ends
 * that are empty then are cut off. */
static const struct table *
cut_like(struct job *j, const struct table *t, const struct table *like)
{
    struct table *to = arena_take(&j->arena, sizeof *to);
    int64_t row = t->row_keys == NULL ? 0 : like->row_keys - t->row_keys;
    int64_t column = t->column_keys == NULL ? 0
        : like->column_keys - t->column_keys;
    size_t cells = (size_t)(like->row_count * like->column_count) + 1;

    *to = *t;
    to->row_count = like->row_count;
    to->column_count = like->column_count;
    to->cell = arena_array(&j->arena, cells, sizeof *to->cell);
    to->count = arena_array(&j->arena, cells, sizeof *to->count);
    to->of = t->of == NULL ? NULL
        : arena_array(&j->arena, cells, sizeof *to->of);
    for (int i = 0; i < like->row_count * like->column_count; i++) {
        int64_t at = (row + i / like->column_count) * t->column_count
            + column + i % like->column_count;

        to->cell[i] = t->cell[at];
        to->count[i] = t->count[at];
        if (t->of != NULL)
            to->of[i] = t->of[at];
    }
    return to;
}

static void
put_table(struct job *j, const struct table *t, const struct release *r,
          const char *document, bool no_cells)
{
    const struct table *rounded = j->rule.round_to == 0 ? t
        : release_rounded(r, t);
    const struct table *open_table = cut_like(j, t, rounded);
    struct buf out;
    struct json w;

    buf_init(&out, 0);
    json_init(&w, &out, JSON_ONE_LINE);
    json_begin_object(&w);
    put_text(&w, "document", document);
    put_question(j, &w, t);
    put_keys(&w, "row_keys", rounded->row_keys, rounded->row_count);
    put_keys(&w, "column_keys", rounded->column_keys,
             rounded->column_count);
    put_list(&w, "people", open_table->count, NULL,
             rounded->row_count * rounded->column_count);
    for (int open = 0; open < 2; open++) {
        json_key(&w, open ? "open" : "shown");
        json_begin_object(&w);
        put_numbers(j, &w, open ? open_table : rounded,
                    open || rounded != t ? NULL : r, !open && no_cells);
        put_sums(j, &w, open ? t : rounded, rounded,
                 open || rounded != t ? NULL : r);
        json_end_object(&w);
    }
    json_end_object(&w);
    json_finish(&w);
    puts(buf_string(&out));
    buf_clear(&out);
}

static void
put_tables(struct job *j, const struct publication *p)
{
    for (int i = 0; ; i++) {
        const char *document;
        const struct table *t = release_table_at(p->release, i, &document);

        if (t == NULL)
            return;
        put_table(j, t, p->release, document,
                  release_blanks_at(p->release, i));
    }
}

/* ---- the command ---- */

static void
put_audit(const struct publication *p)
{
    struct buf out;

    buf_init(&out, 0);
    release_audit_csv(p->release, LANG_EN, &out);
    fputs(buf_string(&out), stdout);
    buf_clear(&out);
}

/* As report --text FILE does. */
static bool
add_text(struct job *j, const char *file,
         struct publication_document *document, int *count)
{
    struct text_source source = { .file = file };
    struct text *text;
    struct buf b;

    buf_init(&b, 0);
    if (!buf_read_file(&b, file, TEXT_BYTES_MAX, &j->e))
        return false;
    source.bytes = arena_text_n(&j->arena, buf_string(&b), b.len);
    source.len = b.len;
    buf_clear(&b);
    text = text_read(&source, j->o.in, &j->arena, &j->e);
    if (text == NULL)
        return false;
    document[(*count)++] = (struct publication_document){
        .kind = text_kind(text), .report = text_report(text),
        .lang = text_lang(text), .text = text, .id = "text"
    };
    return true;
}

static void
put_stats(const struct publication *p, double ms)
{
    struct release_stats s = release_stats(p->release);

    printf("%d tables, %d numbers, %d sums, %d sensitive, %d hidden, "
           "%d programs, %d odd, %d moved, %d split, %.0f ms\n", s.tables,
           s.numbers, s.equations, s.sensitive, s.hidden, s.programs, s.odd,
           s.moved, s.split, ms);
}

/* Counts what the filters F choose. */
static void
put_counts(struct job *j, const struct figure *f, int count)
{
    struct plan *plan = plan_new(j->o.in);
    struct run *run;

    for (int at = 0; at < count; at += QUESTION_ROWS_MAX) {
        int left = count - at;
        struct question q = {
            .columns = -1, .sum = -1, .figures = &f[at],
            .figure_count = left < QUESTION_ROWS_MAX ? left
                                                     : QUESTION_ROWS_MAX
        };

        if (plan_add(plan, &q, &j->e) < 0)
            stop(j);
    }
    run = run_new(plan);
    if (!feed_run(&j->o, &j->actor, SCOPE_RECIPIENTS, NULL, "test", plan,
                  run, &j->e))
        stop(j);
    for (int i = 0; i < count; i++)
        if (f[i].where == NULL)
            puts("-");
        else
            printf("%lld\n", (long long)run_table(run, i
                / QUESTION_ROWS_MAX)->cell[i % QUESTION_ROWS_MAX]);
    run_free(run);
    plan_free(plan);
}

static void
count_lines(struct job *j)
{
    static struct figure f[COUNTS_MAX];
    static char line[EXPR_BYTES_MAX];
    int count = 0;

    while (count < COUNTS_MAX && fgets(line, sizeof line, stdin) != NULL) {
        struct err e = { 0 };

        line[strcspn(line, "\n")] = '\0';
        f[count] = (struct figure){ .id = "count", .sum = -1 };
        if (expr_parse(line, j->o.in, j->o.in->variable_count, &j->arena,
                       NULL, &e) != NULL)
            f[count].where = arena_text(&j->arena, line);
        count++;
    }
    put_counts(j, f, count);
    opened_clear(&j->o);
    store_close(j->store);
    arena_clear(&j->arena);
}

int
main(int argc, char **argv)
{
    struct job j = { 0 };
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    struct ledger ledger;
    struct publication_order order = {
        .document = document, .municipality_name = "Bergen",
        .rule = &j.rule, .ledger = &ledger
    };
    struct publication p;
    double start;

    if (getenv("NOLEDGER") != NULL)
        order.ledger = NULL;
    if (argc < 4 || argc > 5) {
        fputs("usage: published STORE ROUND --tables|--audit|--stats|--count "
              "[TEXT.md]\n", stderr);
        return 2;
    }
    open_job(&j, argv[1], argv[2]);
    if (strcmp(argv[3], "--count") == 0) {
        count_lines(&j);
        return 0;
    }
    start = now();
    if (!publication_stored(&j.o, LANG_NB, &j.arena, document,
                            &order.document_count, &j.e)
        || (argc == 5 && !add_text(&j, argv[4], document,
                                   &order.document_count))
        || !publication_ledger(&j.o, &j.arena, &ledger, &j.e)
        || !publication_make(&j.o, &j.actor, &order, &j.arena, &p, &j.e))
        stop(&j);
    if (strcmp(argv[3], "--tables") == 0)
        put_tables(&j, &p);
    else if (strcmp(argv[3], "--audit") == 0)
        put_audit(&p);
    else
        put_stats(&p, now() - start);
    publication_clear(&p);
    opened_clear(&j.o);
    store_close(j.store);
    arena_clear(&j.arena);
    return 0;
}
