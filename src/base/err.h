/* err.h - what went wrong, once, in a form every face can show.
 *
 * What can fail returns bool and takes a struct err as its last argument.
 * The place that knows sets it; callers only pass it on. An error is a
 * symbolic key ("import.code_unknown") with up to ERR_ARGS arguments; the
 * face looks the sentence up in po/ in the reader's language. The sentence
 * under KEY is the fact, the one under KEY.hint (where there is one) says
 * what was expected or what to do.
 *
 * Arguments are text of ours or of the user's file: the caller must have
 * made them safe to show (see err_quote in utf8.h). A person's number,
 * name or answer is never an argument. */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))

enum { ERR_ARGS = 5, ERR_ARG_MAX = 192, ERR_KEY_MAX = 64 };

/* The values are the exit statuses of interfaces.md. */
enum err_code {
    ERR_NONE = 0,
    ERR_INPUT = 1,      /* the input or the store was refused */
    ERR_USAGE = 2,      /* the words of the command are wrong */
    ERR_MACHINE = 3     /* disk, memory, network, another writer */
};

/* Where in the input: all parts optional. Lines and columns count from 1,
 * columns in bytes; 0 is "no line", "no column". */
struct pos {
    const char *file;   /* borrowed: outlives the error */
    long line;
    int column;
};

struct err {
    enum err_code code;
    char key[ERR_KEY_MAX];
    int args;
    char arg[ERR_ARGS][ERR_ARG_MAX];    /* UTF-8, cut at a character */
    struct pos at;
    char field[ERR_ARG_MAX];    /* variable or column name, "" if none */
};

/* Forget what E holds: code ERR_NONE, no place. */
void err_clear(struct err *e);

/* Set E to CODE and KEY; the place E already has stays. FMT is a list of
 * conversions (%s %d %ld %lld %zu) separated by one blank, one for each
 * argument: "%s %d". Returns false, so that it can be returned.
 * An E that is already set is left alone: the first error is the cause. */
bool err_set(struct err *e, enum err_code code, const char *key,
             const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Say where, and return false as err_set does. Set before or after it. */
bool err_at(struct err *e, const char *file, long line, int column);
/* The variable or column the error is about. */
bool err_field(struct err *e, const char *field);

#endif
