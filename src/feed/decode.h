/* decode.h - one stored registration as answers.
 *
 * The layout of the bytes is that of the definition the registration names;
 * the values come out by the variables of the round's newest definition. A
 * question that a later definition added has not been answered then; a tick
 * of a service that was added, or switched on, is VALUE_UNASKED, so that it
 * is not taken for a no. */
#ifndef FEED_DECODE_H
#define FEED_DECODE_H
#include "calc/outline.h"
#include "feed/feed.h"
#include "store/key.h"

/* Room for one registration at a time. Made once, used for many. */
struct decoder {
    const struct opened *o;
    int32_t *value;             /* by variable */
    uint64_t **set;             /* by place among the sets */
    struct row row;             /* the same, for reading */
    size_t set_words;
    struct buf text;            /* what identifies, opened: "id:value\n" */
    struct round_key key;             /* private */
    bool has_key;
    int32_t *older;             /* private: values by an older definition */
    struct arena arena;         /* private: of the outline */
    struct outline outline;     /* private */
};

void decoder_init(struct decoder *d, const struct opened *o);
/* Wipes what identifies. */
void decoder_clear(struct decoder *d);

/* The raw answers of R, in d->row; with R->sealed also the sets and texts.
 * False with E set if the bytes are damaged or the key is missing. */
MUST_CHECK bool decode(struct decoder *d, const struct registration *r,
                       struct err *e);
/* What is not among the bytes of R's answers but beside them, or the
 * round's: into VALUE, by variable. Part of decode. */
void decode_roles(const struct opened *o, const struct registration *r,
                  int32_t *value);
/* The answer in words to variable V of the last decoded, "" if none; its
 * length in *LEN; borrowed until the next. Of codes: ids, by '|'. */
const char *decode_text(const struct decoder *d, const struct variable *v,
                        size_t *len);

/* Calls TAKE with each registration that ASK asks for and its answers,
 * effective and derived, by D->value and D->row; stops where TAKE says false.
 * What was read is in the log when it returns. */
MUST_CHECK bool decode_each(const struct opened *o, const struct actor *actor,
                            const struct scan_ask *ask,
                            bool (*take)(void *ctx,
                                         const struct registration *r,
                                         const struct decoder *d,
                                         struct err *e),
                            void *ctx, struct err *e);

/* What binds sealed text to its registration (key_seal). */
void decode_where(const struct round *round, int64_t number, char out[128]);

/* The layout of the newest definition. */
struct layout;
const struct layout *opened_layout(const struct opened *o);

#endif
