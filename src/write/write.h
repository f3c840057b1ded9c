/* write.h - the writers: one a format, found by name.
 *
 * A writer walks a finished document and appends a file to a buf. It decides
 * nothing about numbers or words. The same document and brand give the same
 * bytes: no clock, no chance, no name of a machine. */
#ifndef WRITE_WRITE_H
#define WRITE_WRITE_H
#include "report/tree.h"

enum {
    WRITES_REPORT = 1, WRITES_TABLE = 2,    /* a single document */
    WRITES_CHART = 4            /* which should have its chart */
};

/* What a municipality wants its files to look like: its own templates, of
 * which fonts, colours, logo and layouts are taken. Bytes of files, as they
 * were given; LEN 0: none. Borrowed. */
struct brand {
    struct brand_file {
        const void *bytes;
        size_t len;
    } pptx, docx;
};

/* WRITE appends DOC as a file to OUT. BRAND may be NULL: the program's own
 * look; a writer that has no use for it ignores it. False with E for a
 * template that can't be used (ERR_INPUT) and for what the machine can't do;
 * OUT is then of no use. */
struct store;
struct round;
/* Those that round R has in S, in BRAND, which has none before; bytes in
 * ARENA. */
MUST_CHECK bool brand_read(struct store *s, const struct round *r,
                           struct arena *arena, struct brand *brand,
                           struct err *e);

struct writer {
    const char *name;           /* of --format: "html" */
    const char *media;          /* "text/html; charset=utf-8" */
    const char *suffix;         /* ".html" */
    unsigned writes;
    bool (*write)(const struct document *doc, const struct brand *brand,
                  struct buf *out, struct err *e);
};

/* The writer NAME that writes WHAT (WRITES_REPORT or WRITES_TABLE), or
 * NULL. */
const struct writer *writer_find(const char *name, unsigned what);
/* The I-th writer, NULL after the last: for help and completion. */
const struct writer *writer_at(int i);

/* DOC as a file by W, appended to OUT, whose ceiling and memory count as
 * failures too: what callers use. */
MUST_CHECK bool writer_write(const struct writer *w,
                             const struct document *doc,
                             const struct brand *brand, struct buf *out,
                             struct err *e);

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
