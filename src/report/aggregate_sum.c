/* aggregate_sum.c - several files as one total; see aggregate.h.
 *
 * Only rounded numbers may be added: a sum over tables in which something is
 * hidden would be too small, and beside its parts it would tell what was
 * hidden. */
#include <stdlib.h>
#include <string.h>
#include "report/aggregate.h"

static bool
same_base(const struct aggregate *a, const struct aggregate *b)
{
    return a->year == b->year && a->from_age == b->from_age
        && a->synthetic == b->synthetic && a->threshold == b->threshold
        && a->own_index == b->own_index
        && strcmp(a->index_rule, b->index_rule) == 0
        && strcmp(a->in->id, b->in->id) == 0
        && strcmp(a->inclusion, b->inclusion) == 0
        && strcmp(a->in->sha256, b->in->sha256) == 0
        && strcmp(a->switched_on, b->switched_on) == 0;
}

static int
by_number(const void *x, const void *y)
{
    return *(const int *)x - *(const int *)y;
}

/* All their municipalities, each once. */
static bool
join_members(const struct aggregate *list, int count, struct arena *arena,
             struct aggregate *out, struct err *e)
{
    int *number, n = 0;

    for (int i = 0; i < count; i++)
        n += list[i].municipality_count;
    if (n > AGGREGATE_MEMBERS_MAX)
        return err_set(e, ERR_INPUT, "aggregate.sum_many", "%d",
                       (int)AGGREGATE_MEMBERS_MAX);
    out->municipality = number = arena_array(arena, (size_t)n + 1,
                                             sizeof *number);
    out->municipality_count = n;
    n = 0;
    for (int i = 0; i < count; i++) {
        memcpy(number + n, list[i].municipality,
               (size_t)list[i].municipality_count * sizeof *number);
        n += list[i].municipality_count;
    }
    qsort(number, (size_t)n, sizeof *number, by_number);
    for (int i = 1; i < n; i++)
        if (number[i] == number[i - 1])
            return err_set(e, ERR_INPUT, "aggregate.sum_twice", "%s",
                           arena_printf(arena, "%04d", number[i]));
    return true;
}

static void
join_population(const struct aggregate *list, int count,
                struct aggregate *out)
{
    for (int i = 0; i < count; i++) {
        if (list[i].population < 0
            || list[i].population_from_age != out->population_from_age
            || strcmp(list[i].population_on, out->population_on) != 0) {
            out->population = -1;
            out->population_from_age = 0;
            out->population_on = "";
            return;
        }
        out->population += i > 0 ? list[i].population : 0;
    }
}

/* The tables of the first that all have alike, added up. */
static int
join_tables(const struct aggregate *list, int count, struct arena *arena,
            struct aggregate_table *to)
{
    int tables = 0;

    for (int i = 0; i < list[0].table_count; i++) {
        const struct aggregate_table *t = &list[0].table[i];
        int cells = t->row_count * t->column_count;
        struct aggregate_cell *cell = arena_array(arena, (size_t)cells + 1,
                                                  sizeof *cell);
        bool alike = true;

        memcpy(cell, t->cell, (size_t)cells * sizeof *cell);
        for (int k = 1; k < count && alike; k++) {
            const struct aggregate_table *o = aggregate_table(&list[k],
                t->report, t->id);

            alike = o != NULL && o->row_count == t->row_count
                && o->column_count == t->column_count;
            for (int r = 0; alike && r < t->row_count; r++)
                alike = strcmp(o->row[r], t->row[r]) == 0;
            for (int r = 0; alike && r < t->column_count; r++)
                alike = strcmp(o->column[r], t->column[r]) == 0;
            for (int x = 0; alike && x < cells; x++) {
                cell[x].n += o->cell[x].n;
                if (cell[x].of >= 0 && o->cell[x].of >= 0)
                    cell[x].of += o->cell[x].of;
                else
                    cell[x].of = OF_NONE;
            }
        }
        if (!alike)
            continue;
        to[tables] = *t;
        to[tables++].cell = cell;
    }
    return tables;
}

/* Those of A added to TO; hidden where one of them does not say how many. */
static void
add_recipients(struct aggregate_report *to, const struct aggregate *a)
{
    int64_t more = NUMBER_HIDDEN;

    for (int i = 0; i < a->report_count; i++)
        if (strcmp(a->report[i].id, to->id) == 0)
            more = a->report[i].recipients;
    to->recipients = to->recipients < 0 || more < 0 ? NUMBER_HIDDEN
        : to->recipients + more;
}

bool
aggregate_sum(const struct aggregate *list, int count, const char *name,
              int least, struct arena *arena, struct aggregate *out,
              struct err *e)
{
    struct aggregate_report *report;
    struct aggregate_table *table;

    *out = list[0];
    out->owned = NULL;
    out->key[0] = '\0';
    out->name = name;
    out->total = true;
    for (int i = 0; i < count; i++) {
        if (list[i].protection != AGGREGATE_ROUNDED)
            return err_set(e, ERR_INPUT, "aggregate.sum_hidden", "%s %d",
                           list[i].name, list[i].year);
        if (!same_base(&list[0], &list[i]))
            return err_set(e, ERR_INPUT, "aggregate.sum_other", "%s %d",
                           list[i].name, list[i].year);
    }
    if (!join_members(list, count, arena, out, e))
        return false;
    if (out->municipality_count < least)
        return err_set(e, ERR_INPUT, "aggregate.sum_few", "%d %d",
                       out->municipality_count, least);
    join_population(list, count, out);
    out->table = table = arena_array(arena, (size_t)list[0].table_count + 1,
                                     sizeof *table);
    out->table_count = join_tables(list, count, arena, table);
    out->report = report = arena_array(arena, (size_t)list[0].report_count,
                                       sizeof *report);
    for (int i = 0; i < list[0].report_count; i++) {
        report[i] = list[0].report[i];
        for (int k = 1; k < count; k++)
            add_recipients(&report[i], &list[k]);
    }
    return true;
}
