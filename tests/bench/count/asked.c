/* asked.c - see asked.h. */
#include "asked.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"

enum { FILE_MAX = 1 << 20 };

_Noreturn void
bench_fail(const char *what, const struct err *e)
{
    fprintf(stderr, "bench: %s %s %s %s\n", what,
            e != NULL ? e->key : "", e != NULL ? e->arg[0] : "",
            e != NULL ? e->field : "");
    exit(1);
}

/* Cuts off the next field of *LINE. */
static const char *
cut(char **line)
{
    char *field = strsep(line, "\t");

    return field != NULL ? field : "";
}

/* Takes in the tables of FILE, whose header is left out. */
void
list_read(struct list *b, const char *file)
{
    struct err e = { 0 };
    struct buf text;            /* kept: the tables are its words */
    char *rest, *line;

    buf_init(&text, FILE_MAX);
    if (!buf_read_file(&text, file, FILE_MAX, &e))
        bench_fail(file, &e);
    rest = text.data;
    strsep(&rest, "\n");
    while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
        struct asked *a = &b->asked[b->count];

        if (b->count++ == LIST_TABLES)
            bench_fail("too many tables", NULL);
        a->name = cut(&line);
        a->rows = cut(&line);
        a->columns = cut(&line);
        a->where = cut(&line);
        a->sum = cut(&line);
    }
}

static int
find(const struct instrument *in, const char *name, size_t len)
{
    int v = len > 0 ? instrument_variable(in, name, len) : -1;

    if (len > 0 && v < 0)
        bench_fail(name, NULL);
    return v;
}

/* The rows of Q, by what is in the list, all in ARENA. */
static void
ask_rows(const struct instrument *in, struct question *q, const char *rows,
         struct arena *arena)
{
    bool figures = strchr(rows, ';') != NULL;
    int *variable = arena_array(arena, QUESTION_ROWS_MAX, sizeof *variable);
    struct figure *figure = arena_array(arena, QUESTION_ROWS_MAX,
                                        sizeof *figure);
    int n = 0;

    for (const char *at = rows; ; at++) {
        size_t len = strcspn(at, figures ? ";" : ",");

        if (n == QUESTION_ROWS_MAX)
            bench_fail("too many rows", NULL);
        if (figures)
            figure[n++] = (struct figure){
                .where = arena_printf(arena, "%.*s", (int)len, at), .sum = -1
            };
        else
            variable[n++] = find(in, at, len);
        at += len;
        if (*at == '\0')
            break;
    }
    if (figures) {
        q->figures = figure;
        q->figure_count = n;
    } else {
        q->rows = variable;
        q->row_count = n;
    }
}

void
list_ask(const struct instrument *in, struct plan *p,
         const struct asked *a, struct arena *arena)
{
    struct question q = {
        .where = a->where,
        .columns = find(in, a->columns, strlen(a->columns)),
        .sum = find(in, a->sum, strlen(a->sum))
    };
    struct err e = { 0 };

    ask_rows(in, &q, a->rows, arena);
    if (plan_add(p, &q, &e) < 0)
        bench_fail(a->name, &e);
}

double
bench_moment(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void
list_print(const struct asked *a, const struct table *t,
           const struct instrument *in)
{
    for (int r = 0; r < t->row_count; r++)
        for (int c = 0; c < t->column_count; c++) {
            const struct question *q = t->question;
            int64_t n = t->cell[r * t->column_count + c];

            if (n == 0)
                continue;
            printf("%s\t", a->name);
            if (t->shape == SHAPE_FIGURES)
                printf("%d", r);
            else
                printf("%s", t->row_keys != NULL
                       ? t->row_keys[r].id : in->variables[q->rows[r]].id);
            printf("\t%s\t%" PRId64 "\n",
                   t->shape != SHAPE_FIGURES && t->column_keys != NULL
                   ? t->column_keys[c].id : "", n);
        }
}

void
bench_variable(const struct instrument *in, const char *name)
{
    const struct variable *v = &in->variables[find(in, name, strlen(name))];

    printf("%s\t%d\t", kind_word(v->kind),
           v->takes_unknown && v->derive == DERIVE_NONE && v->service < 0);
    for (int i = 0; v->kind == KIND_CODE && i < v->code_count; i++)
        printf("%s%s", i > 0 ? "," : "", v->codes[i].id);
    printf("\n");
}
