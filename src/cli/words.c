/* words.c - reading the words of a command by the table (command.h).
 *
 * The command's name is one or two words; only options that every command
 * takes may stand before it. Options stand anywhere behind it, as
 * `--name value` or `--name=value`; after `--` there are only words. A wrong
 * word is answered with the nearest right one. What was typed is quoted as
 * everything that others wrote: a person's number in the wrong place is
 * never shown again. */
#include <limits.h>
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "cli/cli.h"

/* An error about the word TYPED; {2} is OTHER, if the text has it. */
static bool
refuse(struct err *e, const char *key, const char *typed, const char *other)
{
    char quoted[QUOTE_MAX];

    err_quote(quoted, sizeof quoted, typed, strlen(typed));
    return err_set(e, ERR_USAGE, key, "%s %s", quoted, other);
}

void
command_words(const struct command *c, int *least, int *most)
{
    *least = *most = 0;
    for (const char *p = c->words; *p != '\0'; ) {
        size_t n = strcspn(p, " ");

        if (n > 3 && strncmp(p + n - 3, "...", 3) == 0)
            *most = INT_MAX;
        else if (*most < INT_MAX)
            (*most)++;
        if (*p != '[')
            (*least)++;
        p += n + strspn(p + n, " ");
    }
}

bool
command_takes(const struct command *c, enum option o)
{
    for (int i = 0; c->options[i].option != OPT_NONE; i++)
        if (c->options[i].option == o)
            return true;
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        if (global_options[i] == o)
            return true;
    return false;
}

/* How many of the words in ARGV are the name of C: 0, 1 or 2. */
static int
name_words(const struct command *c, int argc, char *const *argv)
{
    const char *second = strchr(c->name, ' ');
    size_t n = second != NULL ? (size_t)(second - c->name) : strlen(c->name);

    if (argc < 1 || strlen(argv[0]) != n
        || strncmp(argv[0], c->name, n) != 0)
        return 0;
    if (second == NULL)
        return 1;
    return argc > 1 && strcmp(argv[1], second + 1) == 0 ? 2 : 0;
}

/* Whether a command's name is FIRST and another word. */
static bool
has_second(const struct command *c, const char *first)
{
    size_t n = strlen(first);

    return strncmp(c->name, first, n) == 0 && c->name[n] == ' ';
}

/* The error for words that name no command. */
static bool
no_command(int argc, char *const *argv, struct err *e)
{
    struct near near;
    bool group = false;

    for (const struct command *c = commands; c->name != NULL; c++)
        if (has_second(c, argv[0]))
            group = true;
    if (group && argc < 2)
        return refuse(e, "usage.command_second", argv[0], "");

    near_begin(&near, argv[group], strlen(argv[group]));
    for (const struct command *c = commands; c->name != NULL; c++) {
        if (group && has_second(c, argv[0]))
            near_offer(&near, strchr(c->name, ' ') + 1);
        else if (!group)
            near_offer(&near, c->name);
    }
    if (near.best == NULL)
        return refuse(e, "usage.command_unknown", argv[group], "");
    return refuse(e, "usage.command_unknown_near", argv[group], near.best);
}

/* The option NAME (N bytes), whoever takes it; OPT_NONE if there is none. */
static enum option
option_of(const char *name, size_t n)
{
    for (int o = OPT_NONE + 1; o < OPT_COUNT; o++)
        if (strlen(option_defs[o].name) == n
            && strncmp(option_defs[o].name, name, n) == 0)
            return (enum option)o;
    return OPT_NONE;
}

static bool
no_option(const struct command *c, const char *typed, size_t n,
          struct err *e)
{
    char word[QUOTE_MAX];
    struct near near;

    near_begin(&near, typed, n);
    for (int o = OPT_NONE + 1; o < OPT_COUNT; o++)
        if (command_takes(c, (enum option)o))
            near_offer(&near, option_defs[o].name);
    err_quote(word, sizeof word, typed, n);
    if (near.best != NULL)
        return err_set(e, ERR_USAGE, "usage.option_unknown_near",
                       "%s %s %s", word, c->name, near.best);
    return err_set(e, ERR_USAGE, "usage.option_unknown", "%s %s", word,
                   c->name);
}

static bool
set_lang(struct cli *c, const char *value, struct err *e)
{
    enum lang lang = lang_of(value);

    if (lang == LANG_COUNT)
        return refuse(e, "usage.lang", value, "");
    c->labels = c->messages = lang;
    return true;
}

/* Takes the option at *I of ARGV, stepping over its value. */
static bool
take_option(struct cli *c, int argc, char *const *argv, int *i,
            struct err *e)
{
    const char *typed = argv[*i], *value = strchr(typed, '=');
    size_t n = value != NULL ? (size_t)(value - typed) : strlen(typed);
    enum option o = option_of(typed, n);
    const struct option_def *def = &option_defs[o];

    if (o == OPT_NONE || !command_takes(c->command, o))
        return no_option(c->command, typed, n, e);
    if (c->option[o] != NULL && !def->repeats)
        return err_set(e, ERR_USAGE, "usage.option_twice", "%s", def->name);
    if (def->value == NULL) {
        if (value != NULL)
            return err_set(e, ERR_USAGE, "usage.option_value", "%s",
                           def->name);
        c->option[o] = "";
        return true;
    }
    if (value != NULL)
        value++;
    else if (*i + 1 < argc)
        value = argv[++*i];
    else
        return err_set(e, ERR_USAGE, "usage.option_no_value", "%s %s",
                       def->name, def->value);
    c->option[o] = value;
    if (def->repeats) {
        if (c->given_count == CLI_GIVEN_MAX)
            return err_set(e, ERR_USAGE, "usage.option_many", "%s %d",
                           def->name, CLI_GIVEN_MAX);
        c->given[c->given_count].option = o;
        c->given[c->given_count++].value = value;
    }
    return o != OPT_LANG || set_lang(c, value, e);
}

const char *
cli_given(const struct cli *c, enum option o, int i)
{
    for (int k = 0; k < c->given_count; k++)
        if (c->given[k].option == o && i-- == 0)
            return c->given[k].value;
    return NULL;
}

/* Everything that must be there is, and nothing more. */
static bool
check_words(const struct cli *c, struct err *e)
{
    const struct command *cmd = c->command;
    int least, most;

    command_words(cmd, &least, &most);
    if (c->words > most)
        return refuse(e, "usage.word_extra", c->word[most], cmd->name);
    if (c->words < least)
        return err_set(e, ERR_USAGE, "usage.word_missing", "%s %s",
                       cmd->name, cmd->words);
    for (int i = 0; cmd->options[i].option != OPT_NONE; i++) {
        enum option o = cmd->options[i].option;
        if (cmd->options[i].required && c->option[o] == NULL)
            return err_set(e, ERR_USAGE, "usage.option_missing",
                           "%s %s %s", cmd->name, option_defs[o].name,
                           option_defs[o].value);
    }
    return true;
}

/* `--help` and `--version` do what the commands do. */
static char *
first_word(char *typed)
{
    static char help[] = "help", version[] = "version";

    if (strcmp(typed, "--help") == 0 || strcmp(typed, "-h") == 0)
        return help;
    return strcmp(typed, "--version") == 0 ? version : typed;
}

/* A good --lang counts from the beginning: a message about another word may
 * come before its turn. */
static void
look_for_lang(struct cli *c, int argc, char *const *argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        enum lang lang = LANG_COUNT;

        if (strncmp(argv[i], "--lang=", 7) == 0)
            lang = lang_of(argv[i] + 7);
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            lang = lang_of(argv[i + 1]);
        if (lang != LANG_COUNT)
            c->labels = c->messages = lang;
    }
}

/* How many words stand before the command: options that all commands take,
 * with their values. */
static int
words_before(int argc, char *const *argv)
{
    int n = 0;

    while (n < argc) {
        const char *value = strchr(argv[n], '=');
        size_t len = value != NULL ? (size_t)(value - argv[n])
                                   : strlen(argv[n]);
        enum option o = option_of(argv[n], len);
        const enum option *g = global_options;

        while (*g != OPT_NONE && *g != o)
            g++;
        if (o == OPT_NONE || *g == OPT_NONE)
            return n;
        n += value == NULL && n + 1 < argc ? 2 : 1;
    }
    return n;
}

/* `COMMAND ... --help` is `help COMMAND`. */
static bool
turn_to_help(struct cli *c, int taken, char *const *argv, char **word)
{
    for (c->words = 0; c->words < taken; c->words++)
        word[c->words] = argv[c->words];
    for (c->command = commands; strcmp(c->command->name, "help") != 0; )
        c->command++;
    return true;
}

bool
cli_read(struct cli *c, int argc, char *const *argv, char **word,
         struct err *e)
{
    char *name[2] = { NULL, NULL };
    bool only_words = false;
    int taken = 0, before = words_before(argc, argv);
    char *const *options = argv;

    argv += before;
    argc -= before;
    look_for_lang(c, before, options);
    look_for_lang(c, argc, argv);
    if (argc < 1)
        return err_set(e, ERR_USAGE, "usage.no_command", "");
    name[0] = first_word(argv[0]);
    name[1] = argc > 1 ? argv[1] : NULL;
    for (c->command = commands; c->command->name != NULL; c->command++) {
        taken = name_words(c->command, argc, name);
        if (taken > 0)
            break;
    }
    if (taken == 0)
        return no_command(argc, name, e);

    c->word = word;
    for (int i = 0; i < before; i++)
        if (!take_option(c, before, options, &i, e))
            return false;
    for (int i = taken; i < argc; i++) {
        if (only_words || argv[i][0] != '-' || argv[i][1] == '\0')
            word[c->words++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            only_words = true;
        else if (strcmp(argv[i], "--help") == 0)
            return turn_to_help(c, taken, argv, word);
        else if (!take_option(c, argc, argv, &i, e))
            return false;
    }
    return check_words(c, e);
}
