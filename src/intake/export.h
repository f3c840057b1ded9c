/* export.h - registrations to files that analysts' programs read.
 *
 *     csv      interfaces.md, "CSV of registrations": what was entered, to
 *              be imported again; says nothing of itself
 *     xlsx     a workbook: labels, codes, codebook, about
 *     sav      SPSS; dta  Stata 14 and later
 *     ddi      DDI Codebook 2.5: what the variables are, with frequencies
 *     package  a Frictionless Data Package: datapackage.json, data.csv and
 *              the DDI codebook as a ZIP
 * All but csv have the columns of dataset.h, and say in the file what round,
 * filter, time and user they are of, and that they are internal. */
#ifndef INTAKE_EXPORT_H
#define INTAKE_EXPORT_H
#include "feed/feed.h"

struct export_order {
    const char *format;
    enum lang lang;             /* of labels */
    const char *where;          /* filter; NULL or "": all */
    bool counting;              /* only those that results count */
    bool without_pseudonyms;    /* nor number, case code, text, or anything
                                 * else that identifies */
    int64_t now_ms;
};

/* XLSX_ROWS: of Excel, the header's included. XLSX_CELLS: of the data, so
 * that the sheet's XML stays below what a ZIP without extensions holds. */
enum { XLSX_ROWS = 1048576, XLSX_CELLS = 64 << 20 };

/* The I-th format's name, NULL after the last. */
const char *export_format(int i);

/* The registrations of ORDER as a file, appended to OUT; the access log is
 * written before it returns. ERR_INPUT for a training round, a filter that
 * can't be read, and more rows than a format takes. FORMAT must be one of
 * export_format. */
MUST_CHECK bool export_data(struct opened *o, const struct actor *actor,
                            const struct export_order *order,
                            struct buf *out, struct err *e);

#endif
