/* exporting.h - the formats by themselves, for the table in export.c.
 * Private to export*.c. */
#ifndef INTAKE_EXPORTING_H
#define INTAKE_EXPORTING_H
#include "base/msg.h"
#include "base/zip.h"
#include "intake/dataset.h"

/* Each appends the file of D, which has been measured, to OUT. */
#define EXPORTER(name) \
    bool name(struct dataset *d, struct buf *out, struct err *e)
EXPORTER(export_sav);           /* export_stat.c */
EXPORTER(export_dta);
EXPORTER(export_xlsx);
EXPORTER(export_ddi);
EXPORTER(export_package);

/* TEXT in XML, as text and in attributes; what XML 1.0 does not have
 * becomes U+FFFD. */
void export_xml(struct buf *out, const char *text);
/* TEXT cut to SIZE bytes, at a character; in D's arena where it is cut. */
const char *export_cut(struct dataset *d, const char *text, size_t size);
/* A text of po/ in the language of D. */
const char *export_say(const struct dataset *d, const char *key);
/* "Internt – ..." and the file's title: "Bergen 2014 (bergen-2014)". */
const char *export_title(struct dataset *d);
/* The value of the fact KEY. */
const char *export_fact(const struct dataset *d, const char *key);

#endif
