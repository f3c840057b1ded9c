/* write_csv.c - every table as rows of table,row,column,value.
 *
 * One row a cell, by keys and not by labels, so that a program reads the
 * same from any language; an ad hoc table has no name. After its cells come
 * the table's base and those outside it, with "base", "unanswered",
 * "unknown" and "not_asked" as the column and the row's key where each row
 * has its own. A hidden cell has no value. */
#include "base/csv.h"
#include "report/write.h"

static void
put_row(struct csv_writer *w, const struct doc_table *t, const char *row,
        const char *column)
{
    csv_field_text(w, t->id != NULL ? t->id : "");
    csv_field_text(w, row);
    csv_field_text(w, column);
}

static void
put_number(struct csv_writer *w, const struct doc_table *t, const char *row,
           const char *column, int64_t n)
{
    put_row(w, t, row, column);
    csv_field_int(w, n);
    csv_end_row(w);
}

static void
put_cells(struct csv_writer *w, const struct doc_table *t)
{
    for (int r = 0; r < t->rows.count; r++)
        for (int c = 0; c < t->columns.count; c++) {
            const struct doc_cell *cell = doc_cell_at(t, r, c);

            put_row(w, t, t->rows.key[r].id, t->columns.key[c].id);
            if (cell->hidden)
                csv_field_text(w, "");
            else
                csv_field_int(w, cell->n);
            csv_end_row(w);
        }
}

static void
put_table(struct csv_writer *w, const struct doc_table *t)
{
    put_cells(w, t);
    for (int i = 0; i < t->base_count; i++) {
        const char *row = t->base_count > 1 ? t->rows.key[i].id : "";

        put_number(w, t, row, "base", t->base[i]);
        put_number(w, t, row, "unanswered", t->outside[i].unanswered);
        put_number(w, t, row, "unknown", t->outside[i].unknown);
        put_number(w, t, row, "not_asked", t->outside[i].not_asked);
        if (t->left_out != NULL)
            put_number(w, t, row, "left_out", t->left_out[i]);
    }
}

void
write_csv(const struct document *doc, struct buf *out)
{
    static const char *const head[] = { "table", "row", "column", "value" };
    struct tree_walk walk = tree_begin(doc);
    struct csv_writer w;

    csv_writer_init(&w, out, ',');
    for (int i = 0; i < 4; i++)
        csv_field_text(&w, head[i]);
    csv_end_row(&w);
    while (tree_step(&walk))
        if (walk.entering && walk.node->table != NULL)
            put_table(&w, walk.node->table);
}
