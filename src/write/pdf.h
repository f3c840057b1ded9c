/* pdf.h - the objects of a PDF file: numbered, compressed, cross-referenced.
 *
 * PDF 1.7 (ISO 32000-1). Objects that are no streams are gathered in object
 * streams, so that a tree of a thousand tags is small. The file's id is the
 * hash of its bytes: the same objects give the same file.
 *
 *     struct pdf pdf;
 *     pdf_begin(&pdf, out);
 *     int font = pdf_reserve(&pdf);
 *     pdf_object(&pdf, font, "<</Type/Font...>>");
 *     pdf_stream(&pdf, pdf_reserve(&pdf), "/Length1 12", data, n);
 *     ok = pdf_finish(&pdf, catalog, info, e);
 *
 * Failure is sticky, as of a buf. */
#ifndef WRITE_PDF_H
#define WRITE_PDF_H
#include "base/buf.h"

enum { PDF_OBJECTS_MAX = 4000000 };

struct pdf_place;

struct pdf {                    /* private */
    struct buf *out;
    size_t begin;
    struct pdf_place *place;    /* of each object; [0] is not used */
    int objects, room;
    struct buf pack;            /* objects of the object stream to come */
    struct buf index;           /* their numbers and places */
    int packed;
    bool failed;
};

void pdf_begin(struct pdf *p, struct buf *out);
/* The number of an object that will be given later, from 1. */
int pdf_reserve(struct pdf *p);
/* Object ID is TEXT: PDF syntax without "obj". Each is given once. */
void pdf_object(struct pdf *p, int id, const char *text);
/* Object ID is a stream of N bytes, compressed here; DICT is more of its
 * dictionary, without brackets. */
void pdf_stream(struct pdf *p, int id, const char *dict, const void *data,
                size_t n);
/* Cross-references, trailer. False with E; frees what P holds either way. */
MUST_CHECK bool pdf_finish(struct pdf *p, int catalog, int info,
                           struct err *e);

/* TEXT (UTF-8) as a text string of PDF, with its brackets. */
void pdf_put_text(struct buf *out, const char *text);
/* V with at most three decimals and a blank behind, whatever the locale. */
void pdf_put_number(struct buf *out, double v);

#endif
