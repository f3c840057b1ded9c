/* import_number.c - numbers of registrations: which a row gets, which are in
 * use, and where superseded_by leads.
 *
 * Where a number leads can't be said before all are known: those that are
 * asked of wait to the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/array.h"
#include "base/utf8.h"
#include "intake/importing.h"

static bool
take_number(void *ctx, int64_t number, struct err *e)
{
    return numbers_take(ctx, number, e);
}

bool
import_numbers_load(struct importing *im, struct err *e)
{
    im->numbering.used = numbers_new();
    if (im->numbering.used == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", (size_t)1);
    return registration_numbers(im->o->store, im->o->round, take_number,
                                im->numbering.used, e);
}

void
import_numbers_clear(struct importing *im)
{
    free(im->numbering.targets);
    numbers_free(im->numbering.used);
}

/* The first free number behind those of the store and, where the file can
 * be read twice, of the file: rows without a number come after the others,
 * wherever they stand. */
bool
import_numbers_begin(struct importing *im, struct err *e)
{
    int column = sheet_column(&im->sheet, COLUMN_REGISTRATION);
    struct csv_row row;
    struct csv_reader *csv = im->sheet.csv;
    int64_t highest = 0;

    im->numbering.next = im->o->round->next_number;
    if (column < 0 || (im->sheet.data == NULL && im->sheet.size == 0))
        return true;
    while (csv_next(csv, &row) == CSV_ROW || row.fault != CSV_OK) {
        int64_t n;

        if (row.fields != (size_t)im->sheet.columns)
            continue;
        n = cells_number(csv_cell(&row, (size_t)column));
        /* What is no number is told when its row is read. */
        if (n > highest && n <= NUMBER_LIMIT)
            highest = n;
    }
    if (highest >= im->numbering.next)
        im->numbering.next = highest + 1;
    if (!sheet_rewind(&im->sheet)
        || csv_next(im->sheet.csv, &im->sheet.row) != CSV_ROW)
        return err_set(e, ERR_MACHINE, "file.read", "%s %s", im->sheet.file,
                       "rewind");
    return true;
}

bool
import_number_give(struct importing *im, struct registration *r)
{
    r->number = im->cells.row.number;
    if (r->number == 0)
        r->number = im->numbering.next;
    if (r->number > NUMBER_LIMIT) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "import.numbers_full", "%d",
                NUMBER_LIMIT);
        cells_fault(&im->cells, &fault, COLUMN_REGISTRATION);
        return false;
    }
    return true;
}

static void
number_used(struct importing *im, int64_t number)
{
    struct err fault = { .code = ERR_NONE };
    char digits[24], shown[QUOTE_MAX];

    snprintf(digits, sizeof digits, "%lld", (long long)number);
    err_quote(shown, sizeof shown, digits, strlen(digits));
    err_set(&fault, ERR_INPUT, "import.number_used", "%s", shown);
    cells_fault(&im->cells, &fault, COLUMN_REGISTRATION);
}

bool
import_number_free(struct importing *im, int64_t number)
{
    if (!numbers_has(im->numbering.used, number))
        return true;
    number_used(im, number);
    return false;
}

static bool
note_target(struct importing *im, const struct registration *r,
            struct err *e)
{
    struct numbering *n = &im->numbering;
    struct target *p = array_more(n->targets, n->target_count,
                                  &n->target_room, sizeof *p, e);

    if (p == NULL)
        return false;
    n->targets = p;
    n->targets[n->target_count++] = (struct target){
        im->sheet.row.line, r->number, r->superseded_by
    };
    return true;
}

bool
import_number_take(struct importing *im, const struct registration *r,
                   struct err *e)
{
    if (r->number >= im->numbering.next)
        im->numbering.next = r->number + 1;
    return numbers_take(im->numbering.used, r->number, e)
        && (r->superseded_by == 0 || note_target(im, r, e));
}

bool
import_numbers_end(struct importing *im, struct err *e)
{
    for (size_t i = 0; i < im->numbering.target_count; i++) {
        const struct target *t = &im->numbering.targets[i];
        struct err fault = { .code = ERR_NONE };
        bool leads = false;

        if (!registration_leads(im->o->store, im->o->round, t->by, &leads,
                                e))
            return false;
        if (leads)
            continue;
        err_set(&fault, ERR_INPUT, "import.superseded_by", "");
        im->sheet.row.line = t->line;
        cells_fault(&im->cells, &fault, COLUMN_SUPERSEDED_BY);
    }
    return true;
}
