/* publishing.h - how a round is published: when, to whom first, what must
 * be done before; and the municipality's own templates.
 *
 * What writes demands an open transaction and, but for templates, the
 * revision that the writer saw ("publishing.changed" where it is another by
 * now). It is noted among what was done to the round, and is done to closed
 * rounds too; never to a training round ("publishing.training"). */
#ifndef STORE_PUBLISHING_H
#define STORE_PUBLISHING_H
#include "store/round.h"

enum { PUBLISH_ITEMS_MAX = 100, PUBLISH_TEXT = 1000,    /* characters */
       BRAND_MAX = 8 << 20, BRAND_NAME = 200 };

/* Lists, each written whole. */
enum publish_list {
    PUBLISH_RECEIVERS,          /* who gets what when */
    PUBLISH_CHECKS,             /* what must be done before */
    PUBLISH_LISTS
};
const char *publish_list_word(enum publish_list list);  /* "receivers" */
int publish_list_of(const char *word);                  /* -1 none */

struct publish_item {
    const char *text;           /* what is to be done, or what they get */
    const char *who;            /* who does it, or who gets it; "" */
    int64_t at_ms;              /* when; 0 not said */
    int64_t done_ms;            /* 0: not done yet */
    const char *done_by;        /* "" not done yet */
};

struct publishing {
    int64_t embargo_ms;         /* nobody may tell of it before; 0: none */
    int revision[PUBLISH_LISTS + 1];    /* of each list; last: embargo */
    const struct publish_item *item[PUBLISH_LISTS];
    int count[PUBLISH_LISTS];
};

MUST_CHECK bool publishing_get(struct store *s, const struct round *r,
                               struct arena *arena, struct publishing *out,
                               struct err *e);
/* EMBARGO_MS 0: none any more. */
MUST_CHECK bool publishing_embargo(struct store *s,
                                   const struct actor *actor,
                                   const struct round *r,
                                   int64_t embargo_ms, int seen,
                                   struct err *e);
/* LIST becomes the whole; an item that was done stays done by whom and when
 * it says. "publishing.blank", "publishing.words", "publishing.many". */
MUST_CHECK bool publishing_set(struct store *s, const struct actor *actor,
                               const struct round *r,
                               enum publish_list list,
                               const struct publish_item *item, int count,
                               int seen, struct err *e);
/* Item PLACE of LIST is done, by ACTOR and now, or is not. */
MUST_CHECK bool publishing_done(struct store *s, const struct actor *actor,
                                const struct round *r,
                                enum publish_list list, int place, bool done,
                                int seen, struct err *e);

/* What a publication of R is made from, as a text in ARENA ("41-9132-2"): it
 * is another one after anything was done to the round, its texts, its rules
 * or its lists, and after registrations came or went. */
MUST_CHECK bool publishing_state(struct store *s, const struct round *r,
                                 struct arena *arena, const char **out,
                                 struct err *e);

/* A municipality's own template of slides or of a text document. */
enum brand_kind { BRAND_PPTX, BRAND_DOCX, BRAND_KINDS };
const char *brand_word(enum brand_kind kind);           /* "pptx" */

struct round_brand {
    const char *name;           /* of the file it came from, for people */
    const char *round;          /* id of the round that it was given for */
    int64_t added_ms;
    const char *added_by;
    size_t len;
    const void *bytes;          /* NULL where not asked for */
};
/* The round's own; where it has none, the last given for another round of
 * the municipality. *OUT is NULL where there is none either. BYTES in
 * ARENA if asked for. */
MUST_CHECK bool brand_get(struct store *s, const struct round *r,
                          enum brand_kind kind, bool bytes,
                          struct arena *arena,
                          const struct round_brand **out, struct err *e);
/* In place of what the round had; LEN 0 takes the round's own away. Past
 * BRAND_MAX "publishing.long". The caller has checked that it can be used
 * (write/opc_read.h). */
MUST_CHECK bool brand_set(struct store *s, const struct actor *actor,
                          const struct round *r, enum brand_kind kind,
                          const char *name, const void *bytes, size_t len,
                          struct err *e);
#endif
