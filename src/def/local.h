/* local.h - what a municipality changes in a definition for its round.
 *
 * The changes stand in the definition itself, in a block `local` at the end
 * of its text (docs/instrument.md), so that one text with one SHA-256 says
 * what was asked. Reading the definition applies them (instrument_read);
 * here they are as lists, to be shown, edited and written back.
 *
 * AT, the name of what an entry is about, is one of
 *     housing             a variable that is entered
 *     housing.yellow      the colour of an area; sex.other: a code
 *     services.CODE       a service: both ticks
 *     categories.ID       a category: all its services
 * CODE alone is the service, and ID alone the category, where no variable
 * (and no service) has that name. An entry's AT is unique in its list.
 *
 * Of a text each language may be missing (NULL or ""); what is shown then is
 * the bokmål, or else the first there is. A text is at most LOCAL_TEXT_MAX
 * characters, line feeds among them (CR LF is one), no other control
 * characters; a label LOCAL_LABEL_MAX, on one line. */
#ifndef DEF_LOCAL_H
#define DEF_LOCAL_H
#include "def/instrument.h"

enum {
    LOCAL_TEXT_MAX = 2000,      /* characters of a help text, of examples */
    LOCAL_LABEL_MAX = 200,      /* characters of a service's name */
    LOCAL_OFF_MAX = 1024, LOCAL_TEXTS_MAX = 1024,
    SERVICE_MAX = 250,          /* of an instrument, added ones included */
    SERVICE_CODE_MAX = 26       /* svc_CODE_r is an id */
};

/* Not asked or not offered in this round: a variable, a code of one
 * ("target_group.mental"), a service, a category. */
struct local_off {
    const char *at;
    struct pos pos;             /* here and below: line 0 if not read */
};

struct local_text {
    const char *at;             /* variable, colour, code or service */
    struct label help;
    struct label examples;      /* of a service only: examples, places */
    struct pos pos;
};

/* A service under one of the fixed categories, after its others. */
struct local_service {
    const char *code;           /* an id, SERVICE_CODE_MAX bytes at most,
                                   new in the definition and kept for ever */
    const char *category;       /* id */
    const char *replaces;       /* code of a service that is off then, since
                                   this one is counted in its stead; NULL */
    struct label label, examples;
    struct pos pos;
};

/* A new name for a service that counts the same as before. */
struct local_name {
    const char *at;
    struct label label;
    struct pos pos;
};

/* Plain lists; what they point to is the arena's they were made in. */
struct local {
    const struct local_off *off;            int off_count;
    const struct local_text *texts;         int text_count;
    const struct local_service *services;   int service_count;
    const struct local_name *names;         int name_count;
};

/* What the block of the definition TEXT (LEN bytes) says, empty if there is
 * none. Whether its names are the definition's is not looked at. What OUT
 * points to is ARENA's. False with E set if there is no reading it. */
MUST_CHECK bool local_read(const char *text, size_t len, struct arena *arena,
                           struct local *out, struct err *e);
/* Appends to OUT the definition TEXT with L as its block; without a block if
 * L is empty, so that the text is what it was before the first change. The
 * result is read whole, as instrument_read does, and must say L: false with
 * E set if not, OUT then being of no use. E's field is the AT (or code) of
 * the entry that is refused, which its message names too. */
MUST_CHECK bool local_write(const char *text, size_t len,
                            const struct local *l, struct buf *out,
                            struct err *e);
/* Whether the definition of a round may change from OLD to NEW. Before the
 * first registration it may; after it only by additions and texts, so that
 * no answer loses its question. False with E set, its field naming what is
 * in the way. */
MUST_CHECK bool local_may_follow(const struct instrument *old,
                                 const struct instrument *new,
                                 bool has_registrations, struct err *e);

/* Editing. Each makes a new list in ARENA and leaves what the old one
 * pointed to; texts of the argument are borrowed, not copied. */

/* Puts AT on the list of what is off, or takes it from there. */
void local_set_off(struct local *l, struct arena *arena, const char *at,
                   bool off);
bool local_is_off(const struct local *l, const char *at);
/* In the stead of the entry with the same AT or code, else at the end. A
 * text, or a name, without a single language is taken away. */
void local_set_text(struct local *l, struct arena *arena,
                    const struct local_text *t);
void local_set_service(struct local *l, struct arena *arena,
                       const struct local_service *s);
void local_set_name(struct local *l, struct arena *arena,
                    const struct local_name *n);
void local_remove_service(struct local *l, struct arena *arena,
                          const char *code);
/* The entry with that AT or code, or NULL. */
const struct local_text *local_text_of(const struct local *l,
                                       const char *at);
const struct local_service *local_service_of(const struct local *l,
                                             const char *code);
const struct local_name *local_name_of(const struct local *l,
                                       const char *at);

#endif
