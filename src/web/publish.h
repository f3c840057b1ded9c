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
#include "write/bundle.h"

struct publish {
    struct publication_texts texts;     /* the program's by kind and language,
                                         * then the group's own by name */
    struct protect_rule rule;
    struct ledger ledger;
    const struct round_release *release;        /* oldest first */
    int release_count;
    const struct round_release_file *file;
    int file_count;
    struct brand brand;
    const char *state;          /* of the round: publishing_state */
};

/* All of it for P's round, in P's arena; NULL with P->err set. */
struct publish *publish_open(struct page *p);
/* The text that an address calls TEXT ("report.nb"); NULL: there is none. */
struct publication_text *publish_find(struct page *p, struct publish *u,
                                      const char *text);
/* T's name in addresses. */
const char *publish_id(struct page *p, const struct publication_text *t);
/* What people call T: "Rapport", the same and what it is about where it is
 * another of the program's, or its own name. */
const char *publish_name(struct page *p, const struct publication_text *t);
/* SOURCE is what T says from now on, read anew: for a preview. */
void publish_read(struct page *p, struct publish *u,
                  struct publication_text *t, const char *source, size_t len);
/* T as a file was published in a release. */
bool publish_is_out(const struct publish *u, const char *document,
                    enum lang lang);

/* One document of the publication, all of a language, or none where only the
 * release is wanted. In a draft texts with faults are left out; a document
 * that is one of them is not made (*DOC is NULL then). Otherwise only those
 * that WITHOUT says: another one's fault is P's error, as on the command
 * line. */
struct publish_wish {
    const char *document;       /* "report", "mental"; NULL: none */
    enum lang lang;
    bool all;                   /* every document in LANG */
    bool published;             /* says that it has been, else that it is a
                                 * draft */
    const struct publication_without *without;  /* NULL: a draft */
};
/* Clear OUT with publication_clear also after failure. */
MUST_CHECK bool publish_make(struct page *p, const struct publish *u,
                             const struct publish_wish *wish,
                             struct publication *out,
                             const struct document **doc);
/* The same, with what each document of OUT is in *LIST and how many in
 * *COUNT. */
MUST_CHECK bool publish_make_list(struct page *p, const struct publish *u,
                                  const struct publish_wish *wish,
                                  struct publication *out,
                                  const struct publication_document **list,
                                  int *count);
/* What the document that was made was made from, for text_remarks; NULL
 * where none was. */
const struct report_input *publish_input(const struct publication *made,
                                         const struct document *doc);
#endif
