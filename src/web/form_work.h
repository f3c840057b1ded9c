/* form_work.h - finishing a registration, withdrawing it, saving it: what
 * pages and API calls do alike, each a job of the writer (page_write). */
#ifndef WEB_FORM_WORK_H
#define WEB_FORM_WORK_H
#include "web/form.h"
#include "web/page.h"

/* The registration that the path's {id} names, with its answers and what is
 * sealed, if it is the account's own; else NULL, and answered. */
struct work *form_find(struct page *p);

struct form_job {
    uint8_t public_id[16];
    struct form_change *change; /* to be made first */
    int count;
    int64_t seen;               /* revision that the changes are of; 0: each
                                   says itself what it was */
    bool finish;                /* complete it, then */
    /* Out: */
    struct form form;           /* as it stands afterwards; cleared by
                                   form_job_clear */
    struct work *work;          /* NULL: not there */
    bool conflict;              /* nothing was written */
    bool faulty;                /* likewise: a change has a fault */
    bool unready;               /* it can't be finished yet: what was
                                   changed is saved */
};
void form_job_init(struct form_job *job, const struct work *w);
void form_job_clear(struct form_job *job);
/* For page_write and page_write_later, with the job as CTX. */
bool form_job_run(struct page *p, struct store *s, struct opened *round,
                  void *ctx, struct err *e);
/* The same for taking it back and restoring it; REASON is a form_state_job's.
 */
struct form_state_job {
    uint8_t public_id[16];
    bool withdraw;              /* else restore */
    const char *reason;
    bool missing;               /* out */
};
bool form_state_run(struct page *p, struct store *s, struct opened *round,
                    void *ctx, struct err *e);

/* FAULT, about an answer, for people: variables by their labels, not ids. */
void form_fault_words(const struct instrument *in, enum lang lang,
                      const struct err *fault, struct buf *out);
/* Whether REASON, of taking one back, is words without what may be a
 * person's number. */
bool form_reason_good(const char *reason);
/* Whether F may be finished: nothing that the instrument demands is missing
 * once what is not asked is gone. */
bool form_ready(const struct form *f);

/* Finishes W, whose answers F are, and answers, if there is nothing to say
 * about it first. */
bool form_finish_at_once(struct page *p, const struct work *w,
                         const struct form *f);

#endif
