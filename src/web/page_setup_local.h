/* page_setup_local.h - what a round changes in the form (def/local.h), read
 * from its newest definition and written as a new one.
 *
 * A new definition is made only where it differs, and only if the round may
 * change so: after the first registration, nothing that may have been
 * answered goes away. The training round gets the same. */
#ifndef WEB_PAGE_SETUP_LOCAL_H
#define WEB_PAGE_SETUP_LOCAL_H
#include "def/local.h"
#include "web/page_setup.h"

struct setup_local {
    struct definition definition;
    struct local local;
    const char *switched_on;    /* ids separated by blanks */
};

/* What R has now, in ARENA. */
MUST_CHECK bool setup_local_read(struct store *s, const struct round *r,
                                 struct arena *arena,
                                 struct setup_local *out, struct err *e);
/* Makes L the round's, in the open transaction. */
MUST_CHECK bool setup_local_define(struct page *p, struct store *s,
                                   struct opened *round,
                                   const struct setup_local *l,
                                   struct err *e);
/* Whether ID is one of the words of LIST, and LIST with or without it. */
bool setup_word_in(const char *list, const char *id);
const char *setup_word_set(struct page *p, const char *list, const char *id,
                           bool in);

/* Three fields, one a language, for a text NAME ("NAME-nb"): as stored in
 * HAS, or as typed. LABEL is a key. */
void setup_languages(struct page *p, struct view *list, const char *name,
                     const char *label, enum setup_kind kind, int max,
                     const struct label *has, const struct setup_bad *bad);
/* What was typed in them. */
struct label setup_languages_typed(struct page *p, const char *name);

#endif
