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
#include "report/text.h"
#include "store/focus.h"
#include "store/text.h"

struct compare_beside;          /* report/compare.h */
struct compare_kept;            /* report/compare_round.h */

enum { PUBLICATION_DOCUMENTS_MAX = 96,
       PUBLICATION_TEXTS_MAX = ROUND_TEXTS_MAX
                               + TEXT_TEMPLATES * LANG_COUNT };

struct publication_document {
    enum doc_kind kind;
    int report;                 /* DOC_TABLES: which; a text is about it */
    enum lang lang;
    const struct text *text;    /* NULL of DOC_TABLES */
    const char *id;             /* "mental", "report", "slides", "media" */
    bool build;                 /* else it is only protected with the rest */
};

/* Texts that are not handed out, by name and language: "report.nb". One
 * that is sound is still counted in the release, so that the release is the
 * same; one that has a fault is no document. */
struct publication_without {
    const char *const *text;
    int count;
    bool faulty;                /* and all that have a fault: of a draft */
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
    bool audit_only;            /* no document is built, and what earlier
                                 * releases tell is listed, not refused
                                 * (until it is recorded) */
    bool despite;               /* what earlier releases tell alone does not
                                 * refuse; the release's rule says so */
    const struct compare_beside *beside;        /* what every document that
                                 * has a place for it stands beside; of a
                                 * text's report a document of tables must
                                 * be in the order */
    int beside_count;
    const struct publication_without *without;  /* of publication_whole */
};

struct publication {
    struct plan *plan;
    struct run *run;
    struct release *release;
    bool despite;               /* of the order */
    struct document **doc;      /* one each of the order; NULL: not built */
    const struct report_input **input;  /* what it was built from; the same
                                         * (for text_remarks) */
    const struct compare_beside *beside;        /* of the order */
    int beside_count;
    struct comparison **comparison;     /* one a report; NULL: nothing of it
                                         * is compared, or not built */
    struct compare_kept *kept;  /* NULL; or what the caller wants cleared
                                 * with it */
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

/* A text of the round: as it is stored or, where nobody saved one, as the
 * program has it; read with the round's focus areas. */
struct publication_text {
    const char *name;           /* "report", or the group's own */
    enum lang lang;
    enum round_text_kind kind;
    const struct round_text *stored;    /* NULL: the program's, unsaved */
    const char *source;
    size_t len;
    const struct text *text;    /* NULL: it has a fault, */
    struct err fault;           /* which is this; its file "report.nb", or
                                 * "focus 1" */
};

struct publication_texts {
    struct publication_text text[PUBLICATION_TEXTS_MAX];
    int count;
    struct text_focus focus[LANG_COUNT][ROUND_FOCUS_MAX];
    int focus_count[LANG_COUNT];
};

/* Reads them all into OUT, in ARENA. */
MUST_CHECK bool publication_texts(const struct opened *o,
                                  struct arena *arena,
                                  struct publication_texts *out,
                                  struct err *e);
/* The text NAME in LANG; NULL: there is none. */
struct publication_text *
publication_text_find(struct publication_texts *texts, const char *name,
                      enum lang lang);
/* SOURCE is what T says from now on, read anew. A text whose head says that
 * it is of another kind or language than its name has a fault, too. */
void publication_text_read(const struct opened *o,
                           const struct publication_texts *texts,
                           struct arena *arena, struct publication_text *t,
                           const char *source, size_t len);
/* The documents of publication_usual with TEXTS in their place or beside
 * them; to be built are those in LANG. A text with a fault is refused with
 * that fault, unless it is to be left out (WITHOUT; NULL: none). ERR_INPUT
 * "publish.without" where no text is called so. */
MUST_CHECK bool publication_put(const struct opened *o,
                                const struct publication_texts *texts,
                                const struct publication_without *without,
                                enum lang lang, struct arena *arena,
                                struct publication_document *document,
                                int *count, struct err *e);
/* The same of all texts as they are, none left out. */
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
 * in DOCUMENT with PUBLICATION_DOCUMENTS_MAX places (publication_put, without
 * those that ORDER says), its rule and its ledger, in ARENA. The rest of
 * ORDER is the caller's. */
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

/* What should be looked at in the texts among the COUNT documents that P was
 * made of, those of the focus areas by themselves: in the ones that are
 * built, with their numbers; where none is, in all, by their words. None of
 * it stops a release. */
struct publication_remarks {
    int texts, focus;
};
void publication_remarks(const struct publication *p,
                         const struct publication_document *document,
                         int count, struct arena *arena,
                         struct publication_remarks *out);
/* What should be looked at in focus areas by themselves, by their words; how
 * many, in ARENA. None where one has a fault. */
int publication_focus_remarks(const struct opened *o, enum lang lang,
                              const struct text_focus *focus, int count,
                              struct arena *arena,
                              const struct text_remark **list);
/* Whether REMARK is of a focus area. */
bool publication_of_focus(const struct text_remark *remark);

/* In an open transaction of a store opened for writing: the release P goes
 * into the ledger, with FILES that were handed out. *NUMBER is its number;
 * the same publication again has the same one. So do the releases of the
 * rounds that it is compared with, each into its own ledger. ERR_INPUT
 * "publish.open" where a round is not closed. */
MUST_CHECK bool publication_record(struct opened *o,
                                   const struct actor *actor,
                                   const struct publication *p,
                                   const struct round_release_file *files,
                                   int file_count, int *number,
                                   struct err *e);

#endif
