/* xlsx_alone.c - the tables of a report as a workbook by libxlsxwriter and
 * nothing else: what our workbook is measured beside.
 *
 *     xlsx_alone TABLES.txt OUT.xlsx
 *
 * TABLES.txt: "ROWS COLUMNS TITLE", then a line a row: its numbers, its
 * name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static void
put_table(FILE *in, lxw_worksheet *sheet, const char *head)
{
    int rows, columns, used;
    char line[4096];

    if (sscanf(head, "%d %d %n", &rows, &columns, &used) != 2)
        exit(1);
    worksheet_write_string(sheet, 0, 0, head + used, NULL);
    for (int r = 0; r < rows; r++) {
        char *at = line;

        if (fgets(line, sizeof line, in) == NULL)
            exit(1);
        line[strcspn(line, "\n")] = '\0';
        for (int c = 0; c < columns; c++)
            worksheet_write_number(sheet, (lxw_row_t)(r + 2),
                                   (lxw_col_t)(c + 1), strtod(at, &at),
                                   NULL);
        worksheet_write_string(sheet, (lxw_row_t)(r + 2), 0, at + 1, NULL);
    }
}

int
main(int argc, char **argv)
{
    FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
    lxw_workbook *book = argc == 3 ? workbook_new(argv[2]) : NULL;
    char head[4096];

    if (in == NULL || book == NULL)
        return 1;
    while (fgets(head, sizeof head, in) != NULL) {
        head[strcspn(head, "\n")] = '\0';
        put_table(in, workbook_add_worksheet(book, NULL), head);
    }
    fclose(in);
    return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
