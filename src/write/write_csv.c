/* write_csv.c - every table as rows of table,row,column,value.
 *
 * One row a cell and nothing else (interfaces.md), by keys and not by
 * labels, so that a program reads the same from any language. An ad hoc
 * table has no name, a table of one variable or of key figures no column.
 * A hidden cell has no value. */
#include "base/csv.h"
#include "write/writing.h"

static void
put_table(struct csv_writer *w, const struct doc_table *t)
{
    bool flat = !t->plain && (t->shape == SHAPE_ONE_WAY
                              || t->shape == SHAPE_FIGURES);

    for (int r = 0; r < t->rows.count; r++)
        for (int c = 0; c < t->columns.count; c++) {
            const struct doc_cell *cell = doc_cell_at(t, r, c);

            csv_field_text(w, t->id != NULL ? t->id : "");
            csv_field_text(w, t->rows.key[r].id);
            csv_field_text(w, flat ? "" : t->columns.key[c].id);
            if (cell->hidden)
                csv_field_text(w, "");
            else
                csv_field_int(w, cell->n);
            csv_end_row(w);
        }
}

WRITER(write_csv)
{
    static const char *const head[] = { "table", "row", "column", "value" };
    struct tree_walk walk = tree_begin(doc);
    struct csv_writer w;

    (void)brand;
    (void)e;
    csv_writer_init(&w, out, ',');
    for (int i = 0; i < 4; i++)
        csv_field_text(&w, head[i]);
    csv_end_row(&w);
    while (tree_step(&walk))
        if (walk.entering && walk.node->table != NULL)
            put_table(&w, walk.node->table->every != NULL
                      ? walk.node->table->every : walk.node->table);
    return true;
}
