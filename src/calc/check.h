/* check.h - what a registration may not say (rules.md, the section of that
 * name), for form and import alike.
 *
 * One answer by itself is checked where it is read (variable_read, and
 * check_value for its limits); here is what follows from several, from the
 * round, and from being complete. */
#ifndef CALC_CHECK_H
#define CALC_CHECK_H
#include "calc/outline.h"
#include "def/expr.h"

/* Hears of each fault: its field is the variable's id. */
struct check_listener {
    void (*say)(void *ctx, const struct err *fault);
    void *ctx;
    enum lang lang;             /* of the instrument's own messages */
};

/* Whether VALUE is within the limits of V: min and max of an int, codes that
 * the round offers. False with E "check.range" or "check.code_off" set. */
MUST_CHECK bool check_value(const struct variable *v, int32_t value,
                            struct err *e);

enum {
    CHECK_ASKED = 1,            /* questions not asked have no answer: not of
                                   a draft in the form, which asks before
                                   it takes such an answer away */
    CHECK_COMPLETE = 2          /* what a finished one must have is there */
};

/* Checks a registration's raw answers; WHAT is a sum of the above, added to
 * what is always checked. Returns how many faults LISTENER heard of. */
int check_registration(const struct instrument *in, const struct row *row,
                       int what, const struct check_listener *listener);

/* The same by an outline, of many rows. */
int check_by(const struct outline *o, const struct row *row, int what,
             const struct check_listener *listener);

/* Whether text LEN bytes long may be an answer of V, a text: whole UTF-8
 * without control characters, TEXT_VALUE_MAX characters at most, and fewer
 * digits than V refuses. False with E set, which never quotes it. */
MUST_CHECK bool check_text(const struct variable *v, const char *text,
                           size_t len, struct err *e);

#endif
