/* write.h - the writers: one a format, found by name.
 *
 * A writer walks a finished document and appends a file to a buf; it can't
 * fail but for the buf's ceiling and memory (buf_ok). The same document
 * gives the same bytes. */
#ifndef REPORT_WRITE_H
#define REPORT_WRITE_H
#include "report/tree.h"

enum {
    WRITES_REPORT = 1, WRITES_TABLE = 2     /* a single document */
};

struct writer {
    const char *name;           /* of --format: "html" */
    const char *media;          /* "text/html; charset=utf-8" */
    const char *suffix;         /* ".html" */
    unsigned writes;
    void (*write)(const struct document *doc, struct buf *out);
};

/* The writer NAME that writes WHAT (WRITES_REPORT or WRITES_TABLE), or
 * NULL. */
const struct writer *writer_find(const char *name, unsigned what);
/* The I-th writer, NULL after the last: for help and completion. */
const struct writer *writer_at(int i);

/* write_html.c, write_json.c, write_csv.c, write_text.c */
void write_html(const struct document *doc, struct buf *out);
void write_json(const struct document *doc, struct buf *out);
void write_csv(const struct document *doc, struct buf *out);
void write_text(const struct document *doc, struct buf *out);
void write_tree(const struct document *doc, struct buf *out);

/* A document as a part of a page of somebody else's: notices, title,
 * contents, sections, figures, tables, notes; in a <div class="report">. No
 * style: write_html_style is what the page must link to. */
struct html_part {
    const char *prefix;         /* before every id: "", "r2-" */
    int heading;                /* of the document's title, 1..3 */
    bool title;                 /* title and notices stand in the part */
    bool open;                  /* a table stands open beside its chart */
    bool sprite;                /* so do the drawings' patterns and marks: in
                                 * the first part of a page (their ids are
                                 * p-g0.. p-p0.. p-h m-g0.. and not
                                 * prefixed) */
};
/* HOW may be NULL: no prefix, title as h1, with sprite. */
void write_html_part(const struct document *doc, const struct html_part *how,
                     struct buf *out);
/* The style sheet of parts, with the colours of IN's grades: a file for a
 * page to link to. Every rule is under .report. */
void write_html_style(const struct instrument *in, struct buf *out);

#endif
