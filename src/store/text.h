/* text.h - the texts of a round: what a report, slides or a media page say.
 *
 * A text is Markdown with numbers bound to the data (report/text.h); here
 * it is bytes. It has a name, a language and versions: every saving is a
 * new one, none is ever changed, and the newest is what counts. When it is
 * published it is locked: no new version until somebody unlocks it with a
 * reason, which stays among the versions.
 *
 * What writes demands an open transaction and the revision (the number of
 * the newest version) that the writer saw: "publishing.changed" where it is
 * another by now, so that nobody overwrites what he has not read. It is
 * noted among what was done to the round, and is done to closed rounds too.
 * A training round has none ("publishing.training"). */
#ifndef STORE_TEXT_H
#define STORE_TEXT_H
#include "base/lang.h"
#include "store/round.h"

enum { ROUND_TEXT_MAX = 256 * 1024,     /* bytes of a text */
       ROUND_TEXTS_MAX = 60,            /* of a round, in all languages */
       ROUND_TEXT_VERSIONS = 2000, ROUND_TEXT_NAME = 64,
       ROUND_TEXT_REASON = 1000 };      /* characters */

/* What a text becomes. The names "report", "slides" and "media" are kept
 * for the text of that kind; others may be of any. */
enum round_text_kind { ROUND_TEXT_REPORT, ROUND_TEXT_SLIDES,
                       ROUND_TEXT_MEDIA, ROUND_TEXT_KINDS };
const char *round_text_word(enum round_text_kind kind);     /* "report" */
int round_text_kind_of(const char *word);                   /* -1 none */

enum round_text_act { ROUND_TEXT_SAVED, ROUND_TEXT_RESTORED,
                      ROUND_TEXT_LOCKED, ROUND_TEXT_UNLOCKED };

struct round_text {
    const char *name;           /* 1..ROUND_TEXT_NAME of a-z 0-9 - */
    enum lang lang;
    enum round_text_kind kind;
    int version;                /* the newest; as revision 0: no text yet */
    bool locked;
    int64_t at_ms;              /* of the newest version */
    const char *by;
};

struct round_text_version {
    int number;                 /* 1.. */
    enum round_text_act act;
    int from;                   /* RESTORED: the version it is again */
    int64_t at_ms;
    const char *by, *reason;    /* reason: of UNLOCKED, else "" */
    const char *source;         /* NULL in a list */
    size_t len;
};

/* By name and language. */
MUST_CHECK bool round_text_list(struct store *s, const struct round *r,
                                struct arena *arena,
                                const struct round_text **list, int *count,
                                struct err *e);
/* The text NAME in LANG; *OUT is NULL where there is none. */
MUST_CHECK bool round_text_find(struct store *s, const struct round *r,
                                const char *name, enum lang lang,
                                struct arena *arena,
                                const struct round_text **out,
                                struct err *e);
/* Version NUMBER of T with its source, 0: the newest. "publishing.version"
 * where there is none. */
MUST_CHECK bool round_text_read(struct store *s, const struct round *r,
                                const struct round_text *t, int number,
                                struct arena *arena,
                                struct round_text_version *out,
                                struct err *e);
/* All versions of T, newest first, without their sources. */
MUST_CHECK bool round_text_versions(struct store *s, const struct round *r,
                                    const struct round_text *t,
                                    struct arena *arena,
                                    const struct round_text_version **list,
                                    int *count, struct err *e);

/* A new version of text NAME in LANG from SOURCE; SEEN is the revision that
 * it was made from, 0 for a new text of KIND (of a text that is there KIND
 * is not looked at). The same bytes as the newest are no new version. *NOW
 * is the revision after it. ERR_INPUT: "publishing.name", ".changed",
 * ".locked", ".long" (bytes), ".utf8" (not UTF-8, or control characters
 * other than tab and line feed; CR LF becomes LF), ".many" (texts of a
 * round, versions of a text). */
MUST_CHECK bool round_text_save(struct store *s, const struct actor *actor,
                                const struct round *r, const char *name,
                                enum lang lang, enum round_text_kind kind,
                                const char *source, size_t len, int seen,
                                int *now, struct err *e);
/* Version NUMBER becomes the newest again, as a new version. */
MUST_CHECK bool round_text_restore(struct store *s,
                                   const struct actor *actor,
                                   const struct round *r,
                                   const struct round_text *t, int number,
                                   int seen, struct err *e);
/* Locks T as it is in version SEEN; nothing where it is locked. */
MUST_CHECK bool round_text_lock(struct store *s, const struct actor *actor,
                                const struct round *r,
                                const struct round_text *t, int seen,
                                struct err *e);
/* With a REASON ("publishing.reason" without one). */
MUST_CHECK bool round_text_unlock(struct store *s, const struct actor *actor,
                                  const struct round *r,
                                  const struct round_text *t,
                                  const char *reason, struct err *e);
/* T with all its versions is gone; one that was ever locked can't be
 * ("publishing.was_locked"). */
MUST_CHECK bool round_text_remove(struct store *s, const struct actor *actor,
                                  const struct round *r,
                                  const struct round_text *t, int seen,
                                  struct err *e);
#endif
