/* expr.h - the filter language: text in, a checked tree out, a row tested.
 *
 *     expr = and {"or" and}
 *     and  = not {"and" not}
 *     not  = "not" not | "(" expr ")" | test
 *     test = NAME ("="|"!="|"<"|"<="|">"|">=") VALUE
 *          | NAME "in" "{" VALUE {"," VALUE} "}"
 *          | NAME "is" ("answered"|"blank"|"unknown"|"unasked")
 *
 * One language on the command line, in definitions and in conditions
 * (rules.md, "Filter expressions"). Logic is two-valued: a comparison with
 * a variable that has no value is false, != included, so `not (x = 1)` is
 * true for it. An empty text is everything. */
#ifndef DEF_EXPR_H
#define DEF_EXPR_H
#include "def/instrument.h"

enum {
    EXPR_BYTES_MAX = 4096, EXPR_LEVELS_MAX = 64, EXPR_VALUES_MAX = 256
};

/* The answers of one registration, by variable of the instrument; SET[i]
 * are the chosen codes of the i-th variable of kind codes, bit by place. */
struct row {
    const int32_t *value;
    const uint64_t *const *set;
};

/* Parses TEXT against the variables of IN, into ARENA. NULL with E set,
 * its column the first byte of what is wrong and its file and line those
 * of AT (NULL: none); an empty text gives NULL with E untouched, and
 * expr_test takes NULL as true. KNOWN is how many of IN's variables may be
 * named, the first so many (all: in->variable_count). */
struct expr *expr_parse(const char *text, const struct instrument *in,
                        int known, struct arena *arena, const struct pos *at,
                        struct err *e);
bool expr_test(const struct expr *x, const struct row *row);

/* Calls SEE once for every mention of a variable in X, left to right. */
void expr_variables(const struct expr *x,
                    void (*see)(void *ctx, int variable), void *ctx);

/* X as JSON, for whoever tests it elsewhere (expr_json.c):
 *     ["and", X, ...] ["or", X, ...] ["not", X]
 *     ["=", NAME, VALUE], != < <= > >= alike; ["in", NAME, [VALUE, ...]]
 *     ["is", NAME, "answered" | "blank" | "unknown" | "unasked"]
 * Values are the texts of variable_print. X is not NULL. */
struct json;
void expr_json(const struct expr *x, const struct instrument *in,
               struct json *j);

/* Whether a name may stand in an expression: identifying variables other
 * than of kind codes may not. */
bool expr_may_name(const struct variable *v);

/* A value of V read from LEN bytes of TEXT by its kind: codes by id, 0 and
 * 1, plain digits, ISO dates. False where it is none. */
bool variable_read(const struct instrument *in, const struct variable *v,
                   const char *text, size_t len, int32_t *value);
/* The text that variable_read takes, and that CSV and JSON print. */
const char *variable_print(const struct variable *v, int32_t value,
                           char out[ID_MAX + 1]);

#endif
