/* table.c - arithmetic on a finished table; see count.h. */
#include "tab/count.h"
#include <assert.h>

int64_t
table_row_sum(const struct table *t, int row)
{
    int64_t sum = 0;

    assert(row >= 0 && row < t->row_count);
    for (int i = 0; i < t->column_count; i++)
        sum += t->cell[(int64_t)row * t->column_count + i];
    return sum;
}

/* Whether everybody is in one row at most. */
static bool
rows_apart(const struct table *t)
{
    return t->row_keys != NULL && !t->multiple;
}

int64_t
table_column_sum(const struct table *t, int column)
{
    int64_t sum = 0;

    assert(rows_apart(t) && column >= 0 && column < t->column_count);
    for (int i = 0; i < t->row_count; i++)
        sum += t->cell[(int64_t)i * t->column_count + column];
    return sum;
}

int64_t
table_sum(const struct table *t)
{
    int64_t sum = 0;

    assert(rows_apart(t));
    for (int i = 0; i < t->row_count; i++)
        sum += table_row_sum(t, i);
    return sum;
}

int64_t
share_of(int64_t n, int64_t base, int decimals)
{
    static const int64_t whole[] = { 100, 1000, 10000, 100000 };
    int64_t rest;

    assert(n >= 0 && base >= -1 && decimals >= 0 && decimals <= 3);
    if (base <= 0)
        return -1;
    /* In two parts, so that no sum of a million registrations overflows. */
    rest = n % base * whole[decimals];
    return n / base * whole[decimals] + rest / base
        + (rest % base >= base - rest % base);
}
