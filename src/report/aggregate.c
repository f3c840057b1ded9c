/* aggregate.c - see aggregate.h: from documents, and looking things up. */
#include "report/aggregate.h"
#include <stdlib.h>
#include <string.h>

const char *
aggregate_index_rule(const struct instrument *in, struct arena *arena)
{
    const struct index_rule *r = &in->index;
    const char *text = "";

    for (int i = 0; i < r->areas; i++)
        text = arena_printf(arena, "%s%s*%d ", text,
                            in->variables[r->variable[i]].id, r->weight[i]);
    text = arena_printf(arena, "%sblank<=%d", text, r->unanswered_max);
    for (int g = 1; g < in->grade_count; g++)
        text = arena_printf(arena, "%s %s>=%d", text, in->grades[g].id,
                            r->from[g]);
    return text;
}

const struct aggregate_table *
aggregate_table(const struct aggregate *a, const char *report,
                const char *id)
{
    for (int i = 0; i < a->table_count; i++)
        if (strcmp(a->table[i].id, id) == 0
            && strcmp(a->table[i].report, report) == 0)
            return &a->table[i];
    return NULL;
}

int
aggregate_place(const char *const *ids, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0)
            return i;
    return -1;
}

const struct aggregate_cell *
aggregate_at(const struct aggregate_table *t, int row, int column)
{
    return &t->cell[row * t->column_count + column];
}

/* ---- from a document ---- */

static const char *const *
ids_of(const struct doc_side *side, struct arena *arena)
{
    const char **id = arena_array(arena, (size_t)side->count + 1,
                                  sizeof *id);

    for (int i = 0; i < side->count; i++)
        id[i] = side->key[i].id;
    return id;
}

static struct aggregate_table
table_of(const char *report, const struct doc_table *t, struct arena *arena)
{
    size_t cells = (size_t)t->rows.count * (size_t)t->columns.count;
    struct aggregate_cell *cell = arena_array(arena, cells + 1,
                                              sizeof *cell);

    for (size_t i = 0; i < cells; i++) {
        cell[i].n = t->cell[i].hidden ? NUMBER_HIDDEN : t->cell[i].n;
        cell[i].of = t->cell[i].of;
    }
    return (struct aggregate_table){
        report, t->id, t->counts, ids_of(&t->rows, arena),
        ids_of(&t->columns, arena), t->rows.count, t->columns.count, cell
    };
}

/* The tables of the definition in DOC: behind N that TO has already (NULL:
 * only counted). */
static int
take_tables(const struct document *doc, struct aggregate_table *to, int n,
            struct arena *arena)
{
    struct tree_walk w = tree_begin(doc);

    while (tree_step(&w)) {
        const struct doc_table *t = w.node->table;

        if (!w.entering || t == NULL || t->id == NULL || t->plain)
            continue;
        if (to != NULL)
            to[n] = table_of(doc->meta.report, t, arena);
        n++;
    }
    return n;
}

static int64_t
number_of(const struct round *round, const char *field)
{
    const char *text = round->lawful[lawful_field_of(field)];

    return text != NULL && *text != '\0' ? strtoll(text, NULL, 10) : -1;
}

static const char *
text_of(const struct round *round, const char *field)
{
    const char *text = round->lawful[lawful_field_of(field)];

    return text != NULL ? text : "";
}

static void
take_round(struct aggregate *a, const struct round *round,
           struct arena *arena)
{
    int *municipality = arena_take(arena, sizeof *municipality);
    int64_t from_age = number_of(round, "population_from_age");

    *municipality = round->municipality;
    a->municipality = municipality;
    a->municipality_count = 1;
    a->year = round->year;
    a->period = round->period;
    a->from_age = round->from_age;
    a->synthetic = round->synthetic;
    a->inclusion = text_of(round, "inclusion");
    a->mapping_from = text_of(round, "mapping_from");
    a->mapping_to = text_of(round, "mapping_to");
    a->population = number_of(round, "population");
    a->population_from_age = from_age < 0 ? 0 : (int)from_age;
    a->population_on = text_of(round, "population_on");
    if (from_age < 0 || *a->population_on == '\0')
        a->population = -1;
    if (a->population < 0) {
        a->population_from_age = 0;
        a->population_on = "";
    }
}

void
aggregate_take(struct aggregate *a, const struct round *round,
               const struct instrument *in, const struct definition *d,
               const char *name, struct document *const *doc, int count,
               struct arena *arena)
{
    struct aggregate_report *report = arena_array(arena, (size_t)count + 1,
                                                  sizeof *report);
    struct aggregate_table *table;
    int tables = 0;

    *a = (struct aggregate){
        .name = name, .in = in, .definition = d->text,
        .definition_len = d->len, .switched_on = d->switched_on,
        .index_rule = aggregate_index_rule(in, arena), .own_index = true,
        .report = report, .report_count = count
    };
    take_round(a, round, arena);
    for (int i = 0; i < count; i++) {
        const struct doc_meta *m = &doc[i]->meta;

        report[i] = (struct aggregate_report){ m->report, m->recipients };
        a->threshold = m->rounded_to > 0 ? m->rounded_to
                                         : m->protected_below;
        a->protection = m->internal ? AGGREGATE_INTERNAL
            : m->rounded_to > 0 ? AGGREGATE_ROUNDED : AGGREGATE_HIDDEN;
        tables = take_tables(doc[i], NULL, tables, arena);
    }
    a->table = table = arena_array(arena, (size_t)tables + 1, sizeof *table);
    a->table_count = tables;
    tables = 0;
    for (int i = 0; i < count; i++)
        tables = take_tables(doc[i], table, tables, arena);
}

void
aggregate_clear(struct aggregate *a)
{
    instrument_free(a->owned);
    memset(a, 0, sizeof *a);
}
