/* bundle.h - the files of a publication: what each kind of document is given
 * out as, and what the files are called. The command line puts them into a
 * folder and the web into a ZIP archive; both hand out the same. */
#ifndef WRITE_BUNDLE_H
#define WRITE_BUNDLE_H
#include "write/write.h"

enum { BUNDLE_FORMATS_MAX = 10,
       BUNDLE_DOCUMENTS_MAX = 64 };     /* in one bundle */

/* The formats that documents of KIND are given out in, in the order they are
 * offered; NULL ends the list. "svg" of a document of tables is all its
 * charts, a file each. */
const char *const *bundle_formats(enum doc_kind kind);
bool bundle_has(enum doc_kind kind, const char *format);
/* How many they are. */
int bundle_count(enum doc_kind kind);

/* A bundle: where its files go. */
struct bundle {
    const struct brand *brand;
    struct arena *arena;        /* of names */
    /* Takes a file: its name ("report.docx", "charts/mental-age.svg") and
     * its bytes, which are gone afterwards. */
    bool (*take)(void *ctx, const char *name, const struct buf *bytes,
                 struct err *e);
    void *ctx;
    const char *id[BUNDLE_DOCUMENTS_MAX];       /* private */
    int count;
};

/* Every file of DOC, which is called ID ("report"); a second document of that
 * name in a bundle is called "report-text". */
MUST_CHECK bool bundle_add(struct bundle *b, const char *id,
                           const struct document *doc, struct err *e);
/* The charts of DOC alone, as SVG: NAME is that of the first part of the
 * path. */
MUST_CHECK bool bundle_charts(struct bundle *b, const char *id,
                              const struct document *doc, struct err *e);

/* DOC as a document of the one chart of table TABLE, with its notes, in
 * ARENA; NULL where it has none. What svg and png write. */
const struct document *bundle_chart(const struct document *doc,
                                    const char *table,
                                    struct arena *arena);
#endif
