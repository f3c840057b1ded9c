/* command.h - every command and option of the program, in one table.
 *
 * From it come the reading of a command's words (words.c), `help`, the
 * manual and the completion (help.c), and what runs (main.c). To add a
 * command: a row in command.c, a function in a cmd_*.c, its texts in po/
 * (HELP is one line; HELP.more, if there is one, a paragraph or several,
 * divided by empty lines). */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H
#include <stdbool.h>
#include "base/err.h"

struct cli;

enum option {
    OPT_NONE,
    OPT_AUDIT, OPT_BASH, OPT_COLUMNS, OPT_COMPARE, OPT_CONFIRM, OPT_COUNTING,
    OPT_COUNTRY, OPT_CSV, OPT_DESPITE_TOLD, OPT_DOCX, OPT_DUTY, OPT_FORMAT,
    OPT_FROM_AGE,
    OPT_INSTRUMENT, OPT_KEYS, OPT_LANG, OPT_LISTEN, OPT_MAN,
    OPT_MUNICIPALITY, OPT_NAME, OPT_NO_SANDBOX,
    OPT_ON, OPT_OUTPUT, OPT_PERIOD, OPT_PPTX, OPT_PROXY, OPT_PUBLISH,
    OPT_QUIET, OPT_REASON, OPT_REGISTRATIONS, OPT_REPORT, OPT_ROUND,
    OPT_ROWS, OPT_SEED, OPT_SIGNER, OPT_SUM, OPT_SYNTHETIC, OPT_TABLE,
    OPT_TEMPLATE, OPT_TEXT, OPT_TIER,
    OPT_TLS_CERT, OPT_TLS_KEY, OPT_UNIT, OPT_UNITS, OPT_WHERE, OPT_WITHOUT,
    OPT_WITHOUT_PSEUDONYMS, OPT_YEAR, OPT_COUNT
};

struct option_def {
    const char *name;           /* "--where", "-o" */
    const char *value;          /* "EXPR"; NULL: it takes none */
    const char *help;           /* key in po/ */
    bool repeats;               /* may stand more than once: cli_given */
};

/* By enum option. */
extern const struct option_def option_defs[OPT_COUNT];

enum { COMMAND_OPTIONS = 16 };

/* An option of one command. A list ends with OPT_NONE. */
struct command_option {
    enum option option;
    bool required;
};

struct command {
    const char *name;           /* "count", "round new" */
    const char *words;          /* "STORE ROUND [FILE]": a word in brackets
                                   may be left out, one that ends with
                                   "..." stands once or more */
    struct command_option options[COMMAND_OPTIONS + 1];
    const char *help;           /* key in po/ */
    const char *example;        /* command lines, divided by line feeds */
    bool (*run)(struct cli *c, struct err *e);
};

/* In the order of help; ends with a NULL name. */
extern const struct command commands[];

/* Options that every command takes; ends with OPT_NONE. */
extern const enum option global_options[];

/* The least and most words that C takes; INT_MAX: any number. */
void command_words(const struct command *c, int *least, int *most);
/* Whether C takes O. */
bool command_takes(const struct command *c, enum option o);

/* The commands themselves, by file. */
bool cmd_demo(struct cli *c, struct err *e);            /* cmd_demo.c */
bool cmd_init(struct cli *c, struct err *e);            /* cmd_store.c */
bool cmd_check(struct cli *c, struct err *e);
bool cmd_backup(struct cli *c, struct err *e);
bool cmd_restore(struct cli *c, struct err *e);
bool cmd_key_list(struct cli *c, struct err *e);
bool cmd_key_destroy(struct cli *c, struct err *e);
bool cmd_round_new(struct cli *c, struct err *e);       /* cmd_round.c */
bool cmd_round_list(struct cli *c, struct err *e);
bool cmd_round_show(struct cli *c, struct err *e);
bool cmd_round_set(struct cli *c, struct err *e);
bool cmd_round_switch(struct cli *c, struct err *e);
bool cmd_round_close(struct cli *c, struct err *e);
bool cmd_round_open(struct cli *c, struct err *e);
bool cmd_serve(struct cli *c, struct err *e);           /* cmd_serve.c */
bool cmd_import(struct cli *c, struct err *e);          /* cmd_import.c */
bool cmd_export(struct cli *c, struct err *e);          /* cmd_export.c */
bool cmd_count(struct cli *c, struct err *e);           /* cmd_count.c */
bool cmd_index(struct cli *c, struct err *e);           /* cmd_index.c */
bool cmd_table(struct cli *c, struct err *e);
bool cmd_publish(struct cli *c, struct err *e);         /* cmd_publish.c */
bool cmd_report(struct cli *c, struct err *e);          /* cmd_report.c */
bool cmd_focus(struct cli *c, struct err *e);           /* cmd_focus.c */
bool cmd_population(struct cli *c, struct err *e);      /* cmd_population.c */
bool cmd_aggregate_key(struct cli *c, struct err *e);   /* cmd_aggregate.c */
bool cmd_aggregate_write(struct cli *c, struct err *e);
bool cmd_aggregate_check(struct cli *c, struct err *e);
bool cmd_aggregate_sum(struct cli *c, struct err *e);
bool cmd_aggregate_add(struct cli *c, struct err *e);
bool cmd_aggregate_list(struct cli *c, struct err *e);
bool cmd_aggregate_remove(struct cli *c, struct err *e);
bool cmd_instrument_check(struct cli *c, struct err *e);
bool cmd_instrument_diff(struct cli *c, struct err *e);
bool cmd_instrument_show(struct cli *c, struct err *e);
bool cmd_text_check(struct cli *c, struct err *e);      /* cmd_text.c */
bool cmd_text_show(struct cli *c, struct err *e);
bool cmd_user_add(struct cli *c, struct err *e);        /* cmd_user.c */
bool cmd_user_list(struct cli *c, struct err *e);
bool cmd_user_grant(struct cli *c, struct err *e);
bool cmd_user_end(struct cli *c, struct err *e);
bool cmd_user_reset(struct cli *c, struct err *e);
bool cmd_user_access(struct cli *c, struct err *e);
bool cmd_optout_add(struct cli *c, struct err *e);      /* cmd_optout.c */
bool cmd_optout_remove(struct cli *c, struct err *e);
bool cmd_optout_list(struct cli *c, struct err *e);
bool cmd_help(struct cli *c, struct err *e);            /* help.c */
bool cmd_version(struct cli *c, struct err *e);
bool cmd_brand(struct cli *c, struct err *e);           /* cmd_brand.c */

#endif
