/* publish.h - a round's publication as the pages need it: its texts as they
 * are stored or, where nobody saved one, as the program has them; focus
 * areas, the municipality's templates, what was published before; and the
 * documents made of it, all protected as one release
 * (report/publication.h). */
#ifndef WEB_PUBLISH_H
#define WEB_PUBLISH_H
#include "report/publication.h"
#include "report/text.h"
#include "store/focus.h"
#include "store/text.h"
#include "web/page.h"
#include "write/write.h"

enum { PUBLISH_TEXTS = ROUND_TEXTS_MAX + ROUND_TEXT_KINDS * LANG_COUNT };

struct publish_text {
    const char *name;           /* "report", or the group's own */
    enum lang lang;
    enum round_text_kind kind;
    const struct round_text *stored;    /* NULL: the program's, unsaved */
    const char *source;
    size_t len;
    const struct text *text;    /* NULL: it has a fault, */
    struct err fault;           /* which is this */
};

struct publish {
    struct publish_text text[PUBLISH_TEXTS];    /* by name, then language */
    int text_count;
    struct text_focus focus[LANG_COUNT][ROUND_FOCUS_MAX];
    int focus_count[LANG_COUNT];
    struct protect_rule rule;
    struct ledger ledger;
    const struct round_release *release;        /* oldest first */
    int release_count;
    const struct round_release_file *file;
    int file_count;
    struct brand brand;
};

/* All of it for P's round, in P's arena; NULL with P->err set. */
struct publish *publish_open(struct page *p);
/* The text that an address calls TEXT ("report.nb"); NULL: there is none. */
struct publish_text *publish_find(struct publish *u, const char *text);
/* T's name in addresses. */
const char *publish_id(struct page *p, const struct publish_text *t);
/* What people call T: "Rapport", or its own name. */
const char *publish_name(struct page *p, const struct publish_text *t);
/* SOURCE is what T says from now on, read anew: for a preview. A text whose
 * head says that it is of another kind or language than its name has a
 * fault, too. */
void publish_read(struct page *p, struct publish *u, struct publish_text *t,
                  const char *source, size_t len);
/* T as a file was published in a release. */
bool publish_is_out(const struct publish *u, const char *document,
                    enum lang lang);

/* One document of the publication, or none where only the release is wanted.
 * Texts with faults are left out of it; a document that is one of them is
 * not made (OUT->doc[0] is NULL then). Clear with publication_clear also
 * after failure. */
struct publish_wish {
    const char *document;       /* "report", "mental"; NULL: none */
    enum lang lang;
    bool published;             /* says that it has been, else that it is a
                                 * draft */
};
MUST_CHECK bool publish_make(struct page *p, const struct publish *u,
                             const struct publish_wish *wish,
                             struct publication *out,
                             const struct document **doc);
/* What the document that was made was made from, for text_remarks; NULL
 * where none was. */
const struct report_input *publish_input(const struct publication *made,
                                         const struct document *doc);
/* The formats of documents of KIND that are built in, in the order they are
 * offered; NULL ends the list. */
const char *const *publish_formats(enum doc_kind kind);

#endif
