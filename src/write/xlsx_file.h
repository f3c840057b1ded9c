/* xlsx_file.h - libxlsxwriter without files.
 *
 * The library (1.1) writes each part to a temporary file and the workbook to
 * a path; neither may be opened in the web application's process, and
 * nothing of a report should lie on a disk. It calls the functions that do
 * this through the linker's table, so those of the same name here are taken
 * instead (xlsx_file.c): parts are kept in memory and go to base/zip.h. */
#ifndef WRITE_XLSX_FILE_H
#define WRITE_XLSX_FILE_H
#include <xlsxwriter.h>
#include "base/buf.h"

/* A workbook to be filled. */
lxw_workbook *xlsx_new(void);
/* The file of BOOK, appended to OUT; BOOK is freed, also after failure. */
MUST_CHECK bool xlsx_close(lxw_workbook *book, struct buf *out,
                           struct err *e);

#endif
