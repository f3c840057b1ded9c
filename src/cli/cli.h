/* cli.h - what a command is given, and how it speaks.
 *
 * A command is a short function over the modules: it takes its words and
 * options from struct cli, appends its data to OUT, says what it has to say
 * with cli_say, and returns false with an error that main shows and turns
 * into the exit status. It never writes to a stream itself. */
#ifndef CLI_CLI_H
#define CLI_CLI_H
#include <stdint.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"
#include "cli/command.h"
#include "feed/feed.h"
#include "store/store.h"

enum { CLI_GIVEN_MAX = 128 };

struct cli {
    const struct command *command;
    char *const *word;          /* behind the command's name */
    int words;
    const char *option[OPT_COUNT];  /* NULL: not given; "": given, of those
                                   that have no value */
    struct { enum option option; const char *value; }
        given[CLI_GIVEN_MAX];   /* of those that may be repeated, in order */
    int given_count;
    enum lang labels;           /* of data: bokmål unless said */
    enum lang messages;         /* of messages and help: English unless
                                   said */
    struct clock clock;
    struct random random;
    struct actor actor;
    struct buf out;             /* standard output, written at the end */
    struct arena arena;         /* of the run */
};

/* Takes the command, its words and options from ARGV (behind the program's
 * name), pointing into it; WORD holds ARGC pointers. ERR_USAGE if the words
 * are wrong; the languages are set even then, where --lang was good. */
MUST_CHECK bool cli_read(struct cli *c, int argc, char *const *argv,
                         char **word, struct err *e);

/* The I-th value (from 0) of an option that may be repeated; NULL after the
 * last. */
const char *cli_given(const struct cli *c, enum option o, int i);

/* A line on standard error: an error, or a note made with err_set. */
void cli_say(const struct cli *c, const struct err *note);

/* Options of the store: words[I] is its path. */
struct store_options cli_store_options(const struct cli *c, int i,
                                       enum store_mode mode);
/* Opens the store named by words[0]; NULL with E set. */
struct store *cli_store(const struct cli *c, enum store_mode mode,
                        struct err *e);
/* Opens that store and the round named by words[1]. Clear with cli_close,
 * also after failure. */
MUST_CHECK bool cli_open(const struct cli *c, enum store_mode mode,
                         struct opened *o, struct err *e);
void cli_close(struct opened *o);

/* Ends a transaction begun with store_begin: commits it if OK, else rolls
 * it back. OK and committed. */
MUST_CHECK bool cli_commit(struct store *s, bool ok, struct err *e);

/* The value of O as a whole number LEAST..MOST, or FALLBACK where it is
 * not given. ERR_USAGE if it is anything else. */
MUST_CHECK bool cli_number(const struct cli *c, enum option o, int least,
                           int most, int fallback, int *out, struct err *e);

#endif
