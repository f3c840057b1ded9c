/* asked.h - lists of tables (tables.tsv), for the benchmarks of counting. */
#ifndef BENCH_ASKED_H
#define BENCH_ASKED_H
#include <time.h>
#include "tab/count.h"

enum { LIST_TABLES = 128 };

/* A table as its list says it; borrowed from the list. Rows are variables
 * with commas between, or conditions with semicolons. */
struct asked {
    const char *name, *rows, *columns, *where, *sum;
};

struct list {
    struct asked asked[LIST_TABLES];
    int count;
};

/* Says WHAT is wrong, with E if it is not NULL, and ends the program. */
_Noreturn void bench_fail(const char *what, const struct err *e);
/* Takes in the tables of FILE, whose header is left out. */
void list_read(struct list *b, const char *file);
/* Adds A to P, over IN; what it borrows is in ARENA. */
void list_ask(const struct instrument *in, struct plan *p,
              const struct asked *a, struct arena *arena);
/* T, the table of A, as lines: table, row, column, value; zeros not. */
void list_print(const struct asked *a, const struct table *t,
                const struct instrument *in);
/* The variable NAME as a line: kind, whether it may be unknown, codes. */
void bench_variable(const struct instrument *in, const char *name);
/* Seconds of CLOCK. */
double bench_moment(clockid_t clock);

#endif
