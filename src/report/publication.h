/* publication.h - everything that a round publishes, made at once.
 *
 * Whatever is asked for, the whole publication is counted in one pass and
 * protected as one release (release.h): every report of the instrument about
 * recipients, and the texts. Then the documents that were asked for are
 * built. So one document says the same alone and beside the others. */
#ifndef REPORT_PUBLICATION_H
#define REPORT_PUBLICATION_H
#include "feed/feed.h"
#include "report/make.h"
#include "report/release.h"

struct text;                    /* report/text.h */

enum { PUBLICATION_DOCUMENTS_MAX = 64 };

struct publication_document {
    enum doc_kind kind;
    int report;                 /* DOC_TABLES: which; a text is about it */
    enum lang lang;
    const struct text *text;    /* NULL of DOC_TABLES */
    const char *id;             /* "mental", "report", "slides", "media" */
    bool build;                 /* else it is only protected with the rest */
};

struct publication_order {
    const struct publication_document *document;
    int document_count;
    const char *municipality_name;
    const struct protect_rule *rule;    /* without release; NULL: internal,
                                         * every number is shown */
    const struct ledger *ledger;        /* NULL: nothing was published */
    bool publish;               /* else the documents say that they are
                                 * protected but not published */
    bool audit_only;            /* no document is built */
};

struct publication {
    struct plan *plan;
    struct run *run;
    struct release *release;
    struct document **doc;      /* one each of the order; NULL: not built */
    const struct report_input **input;  /* what it was built from; the same
                                         * (for text_remarks) */
};

/* The documents of a publication as the program has them: every report about
 * recipients as DOC_TABLES in LANG, then the built-in texts in all languages
 * (those not in LANG are not built) that ask for nothing that the definition
 * has not. ERR_INPUT for more reports than half of the documents. ARENA holds
 * them; the caller may take another text in the place of one
 * (document[i].text) before making. */
MUST_CHECK bool publication_usual(const struct opened *o, enum lang lang,
                                  struct arena *arena,
                                  struct publication_document *document,
                                  int *count, struct err *e);
/* The same with the texts that the round has in the store in their place or
 * beside them, and its focus areas in all. A fault in one is refused, with
 * its name as the file: "report.nb". */
MUST_CHECK bool publication_stored(const struct opened *o, enum lang lang,
                                   struct arena *arena,
                                   struct publication_document *document,
                                   int *count, struct err *e);
/* The usual rule of a round, and the one that is set for this. */
void publication_rule(const struct round *round, struct protect_rule *rule);
MUST_CHECK bool publication_rule_set(const struct opened *o,
                                     struct protect_rule *rule,
                                     struct err *e);
/* What has been published of the round, in ARENA. */
MUST_CHECK bool publication_ledger(struct opened *o, struct arena *arena,
                                   struct ledger *ledger, struct err *e);

/* What ORDER needs to make all that the round publishes: its documents, put
 * in DOCUMENT with PUBLICATION_DOCUMENTS_MAX places (publication_stored), its
 * rule and its ledger, in ARENA. The rest of ORDER is the caller's. */
MUST_CHECK bool publication_whole(struct opened *o, enum lang lang,
                                  struct arena *arena,
                                  struct publication_document *document,
                                  struct publication_order *order,
                                  struct err *e);

/* Counts, protects, builds; the access log says so. Clear OUT also after
 * failure; documents are in ARENA and good until then. */
MUST_CHECK bool publication_make(struct opened *o, const struct actor *actor,
                                 const struct publication_order *order,
                                 struct arena *arena,
                                 struct publication *out, struct err *e);
void publication_clear(struct publication *p);

/* In an open transaction of a store opened for writing: the release P goes
 * into the ledger, with FILES that were handed out. *NUMBER is its number;
 * the same publication again has the same one. ERR_INPUT "publish.open"
 * where the round is not closed. */
MUST_CHECK bool publication_record(struct opened *o,
                                   const struct actor *actor,
                                   const struct publication *p,
                                   const struct round_release_file *files,
                                   int file_count, int *number,
                                   struct err *e);

#endif
