/* form.h - one registration as the form sees it: answers, what is asked,
 * what is unanswered, and changes to it.
 *
 * Everything comes from the instrument. Values are written as in a file of
 * registrations: codes by id, 0 and 1, plain digits, "unknown"; "" is
 * unanswered. Raw answers are kept as given; whether they are asked follows
 * from the others (calc/derive.h). */
#ifndef WEB_FORM_H
#define WEB_FORM_H
#include "feed/decode.h"
#include "store/work.h"

enum form_state {
    FORM_UNASKED,       /* its condition fails, it is off, or it is a number
                           that the definition's checks keep at 0 */
    FORM_OPEN,          /* asked and unanswered */
    FORM_UNKNOWN,       /* "Vet ikke" */
    FORM_ANSWERED
};

struct form {
    const struct opened *o;
    const struct instrument *in;
    struct decoder decoder;     /* raw answers; texts as they were sealed */
    int32_t *value;             /* what the answers come to */
    struct row row;             /* the same, for conditions */
    const char **text;          /* by variable: words that were changed or
                                   typed; NULL: the decoder's */
    bool retold;                /* some were: to be sealed anew */
    uint8_t *known;             /* private: by variable, 0 or its state + 1,
                                   which is asked for many times a page */
    struct arena *arena;
};

/* For registrations of O. ARENA outlives it. Clear with form_clear. */
void form_init(struct form *f, const struct opened *o, struct arena *arena);
/* Wipes what identifies. */
void form_clear(struct form *f);
/* Reads the answers of W, which has them and what is sealed. */
MUST_CHECK bool form_read(struct form *f, const struct work *w,
                          struct err *e);

/* What was asked for before is out of date: within form*.c, after a change
 * to answers. */
void form_forget(struct form *f);

/* Whether V is answered in the form: what neither round, account nor program
 * says, and is not a number that identifies. */
bool form_shows(const struct instrument *in, int v);
enum form_state form_state(const struct form *f, int v);
/* The answer of V as it is written. In the form's arena. */
const char *form_text(const struct form *f, int v);
/* Whether V counts among the questions of its tab: a tick by itself and
 * an answer in words do not. */
bool form_counts(const struct instrument *in, int v);
/* The tab that V is shown on: its own; of the start, the first that is
 * shown. -1: none. */
int form_tab_of(const struct instrument *in, int v);

struct form_tab {
    int asked, open;            /* questions, and those unanswered */
    bool begun;                 /* something was answered or ticked */
    int received, wanted, both; /* services */
};
struct form_tab form_tab(const struct form *f, int tab);
/* The questions that are asked and unanswered, in order; how many. LIST has
 * room for all variables. */
int form_open(const struct form *f, int *list);

/* A change to one answer. */
struct form_change {
    int variable;
    const char *to;             /* as written */
    const char *was;            /* what it was when that was decided; NULL:
                                   not said */
    const char *now;            /* out: what stands there, where that is
                                   neither WAS nor TO: a conflict */
    struct err fault;           /* out: ERR_INPUT where TO is no answer */
};
/* Makes the changes in F, if there is neither fault nor conflict among
 * them, and computes what follows. False, and nothing changed, otherwise. */
MUST_CHECK bool form_change(struct form *f, struct form_change *list,
                            int count);

/* For a form to be shown again after form_change refused: what was typed is
 * what F says, also where it is no answer. F must not be packed then. */
void form_keep_typed(struct form *f, struct form_change *list, int count);

/* Faults of the whole as it is asked for: COMPLETE also those that keep it
 * from being finished. SAY hears each, with its variable's id. */
int form_check(const struct form *f, bool complete, enum lang lang,
               void (*say)(void *ctx, const struct err *fault), void *ctx);
/* Answers to questions that are not asked; how many. LIST as form_open. */
int form_unasked(const struct form *f, int *list);
/* Takes those answers away. */
void form_blank_unasked(struct form *f);

/* The form's answers as the store takes them, of registration NUMBER; in the
 * arena. */
MUST_CHECK bool form_pack(struct form *f, struct store *s, int64_t number,
                          struct work_change *out, struct err *e);

#endif
