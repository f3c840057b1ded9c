/* filter.h - a filter as the parts one can click away.
 *
 * A filter is one expression (def/expr.h); where it is a list of tests with
 * "and" between them, each is a part that can be shown and taken away.
 * Everything else is one part. Texts in, texts out: whether an expression is
 * good is expr_parse's to say, and must have been asked before. */
#ifndef WEB_FILTER_H
#define WEB_FILTER_H
#include "def/instrument.h"

enum { FILTER_PARTS = 32 };

struct filter_part {
    const char *text;           /* "sex = female" */
    const char *name;           /* "Kjønn"; NULL: only TEXT says it */
    const char *values;         /* "Kvinne", "Gul, Rød" */
};

/* The parts of WHERE in order, and how many; 0 of "". In ARENA. */
int filter_parts(const struct instrument *in, enum lang lang,
                 const char *where, struct arena *arena,
                 struct filter_part part[FILTER_PARTS]);
/* WHERE without its part number I. */
const char *filter_without(const struct instrument *in, const char *where,
                           int i, struct arena *arena);
/* WHERE and TEST both. */
const char *filter_with(const char *where, const char *test,
                        struct arena *arena);
/* "VARIABLE = CODE" or "VARIABLE in { a, b }" of COUNT values, 1 or more. */
const char *filter_test(const char *variable, const char *const *value,
                        int count, struct arena *arena);

#endif
