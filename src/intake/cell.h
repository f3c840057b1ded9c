/* cell.h - one cell of a row, as the parts of cells.h share it. Private to
 * cells.c and cell_*.c.
 *
 *     cells.c         a row, cell by cell; texts that were met before
 *     cell_known.h    such texts
 *     cell_value.c    what a cell means
 *     cell_ident.c    whom a row is of
 *     cell_fault.c    what is wrong with a cell */
#ifndef INTAKE_CELL_H
#define INTAKE_CELL_H
#include "intake/cells.h"

/* ---- cell_value.c ---- */

/* Reads CELL, not blank, of variable or column ID into c->row, or tells
 * what is wrong with it. False only if reading can't go on (no key). */
MUST_CHECK bool cell_read(struct cells *c, struct csv_slice cell, int id,
                          struct err *e);

/* ---- cell_ident.c ---- */

/* The number: checked, turned into a pseudonym, forgotten. */
MUST_CHECK bool cell_ident(struct cells *c, struct csv_slice cell, int id,
                           struct err *e);
void cell_pseudonym(struct cells *c, struct csv_slice cell);
/* Once the row is read: both a number and a pseudonym is a fault, for which
 * of them is right can't be known. */
void cell_ident_twice(struct cells *c);

/* ---- cell_fault.c ---- */

/* Tells FAULT, of the cell of variable or column ID itself. */
void cell_fault(struct cells *c, struct err *fault, int id);
/* The same of KEY, without arguments; with what stood in CELL, quoted, and
 * what was expected there. */
void cell_fault_plain(struct cells *c, int id, const char *key);
void cell_fault_found(struct cells *c, struct csv_slice cell, int id,
                      const char *key, const char *expected);
/* CELL is no value of variable ID; the variable, or one of its codes, is not
 * used in this round. */
void cell_fault_value(struct cells *c, struct csv_slice cell, int id);
void cell_fault_off(struct cells *c, int id);
void cell_fault_code_off(struct cells *c, const struct code *code, int id);

#endif
