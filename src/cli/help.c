/* help.c - help as plain text. See help.h. */
#include "cli/help.h"
#include <stdio.h>
#include <string.h>
#include "base/msg.h"
#include "base/near.h"
#include "base/utf8.h"
#include "cli/cli.h"

enum { TEXT_WIDTH = 78, NAME_WIDTH = 20, OPTION_WIDTH = 26 };

const char *
help_more(enum lang lang, const char *key)
{
    char more[ERR_KEY_MAX];

    snprintf(more, sizeof more, "%s.more", key);
    return msg_has(lang, more) ? msg_text(lang, more) : NULL;
}

static void
put_blanks(struct buf *out, size_t from, size_t to)
{
    for (; from < to; from++)
        buf_byte(out, ' ');
}

/* TEXT in lines of TEXT_WIDTH characters, from column AT on, the next lines
 * indented by INDENT; a line feed in it ends a line. */
static void
put_wrapped(struct buf *out, const char *text, size_t at, size_t indent)
{
    while (*text != '\0') {
        size_t n = strcspn(text, " \n"), wide = utf8_count(text, n);

        if (at > indent && at + 1 + wide > TEXT_WIDTH) {
            buf_byte(out, '\n');
            at = 0;
        } else if (at > indent) {
            buf_byte(out, ' ');
            at++;
        }
        put_blanks(out, at, indent);
        at = at > indent ? at : indent;
        buf_add(out, text, n);
        at += wide;
        text += n;
        if (*text == '\n') {
            buf_byte(out, '\n');
            at = 0;
        }
        text += *text != '\0';
    }
    buf_byte(out, '\n');
}

void
help_option(struct buf *out, enum option o)
{
    buf_text(out, option_defs[o].name);
    if (option_defs[o].value != NULL)
        buf_printf(out, " %s", option_defs[o].value);
}

void
help_usage(struct buf *out, const struct command *c)
{
    buf_printf(out, "brukerplan %s", c->name);
    if (c->words[0] != '\0')
        buf_printf(out, " %s", c->words);
    for (int i = 0; c->options[i].option != OPT_NONE; i++) {
        enum option o = c->options[i].option;
        buf_text(out, c->options[i].required ? " " : " [");
        help_option(out, o);
        buf_text(out, c->options[i].required ? "" : "]");
        buf_text(out, option_defs[o].repeats ? "..." : "");
    }
}

static void
put_option_help(struct buf *out, enum lang lang, enum option o)
{
    size_t before = out->len + 2;

    buf_text(out, "  ");
    help_option(out, o);
    put_blanks(out, out->len - before, OPTION_WIDTH - 3);
    if (out->len - before > OPTION_WIDTH - 3) {
        buf_byte(out, '\n');
        put_blanks(out, 0, OPTION_WIDTH);
    } else {
        buf_byte(out, ' ');
    }
    put_wrapped(out, msg_text(lang, option_defs[o].help), OPTION_WIDTH,
                OPTION_WIDTH);
}

static void
put_examples(struct buf *out, enum lang lang, const char *example)
{
    buf_printf(out, "\n%s\n", msg_text(lang, "help.examples"));
    for (const char *p = example; *p != '\0'; ) {
        size_t n = strcspn(p, "\n");
        buf_text(out, "  ");
        buf_add(out, p, n);
        buf_byte(out, '\n');
        p += n + (p[n] != '\0');
    }
}

static void
put_command(struct buf *out, enum lang lang, const struct command *c)
{
    const char *more = help_more(lang, c->help);
    struct buf usage;

    buf_init(&usage, 0);
    help_usage(&usage, c);
    put_wrapped(out, buf_string(&usage), 0, 0);
    buf_clear(&usage);
    buf_byte(out, '\n');
    put_wrapped(out, msg_text(lang, c->help), 0, 0);
    if (more != NULL) {
        buf_byte(out, '\n');
        put_wrapped(out, more, 0, 0);
    }
    buf_printf(out, "\n%s\n", msg_text(lang, "help.options"));
    for (int i = 0; c->options[i].option != OPT_NONE; i++)
        put_option_help(out, lang, c->options[i].option);
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        put_option_help(out, lang, global_options[i]);
    if (c->example != NULL)
        put_examples(out, lang, c->example);
}

static void
put_line(struct buf *out, enum lang lang, const struct command *c)
{
    size_t width = strlen(c->name);

    buf_printf(out, "  %s", c->name);
    put_blanks(out, width + 2, NAME_WIDTH);
    put_wrapped(out, msg_text(lang, c->help), NAME_WIDTH, NAME_WIDTH);
}

static void
put_overview(struct buf *out, enum lang lang)
{
    buf_text(out, "brukerplan COMMAND ...\n\n");
    put_wrapped(out, msg_text(lang, "help.about"), 0, 0);
    buf_printf(out, "\n%s\n", msg_text(lang, "help.commands"));
    for (const struct command *c = commands; c->name != NULL; c++)
        put_line(out, lang, c);
    buf_printf(out, "\n%s\n", msg_text(lang, "help.options"));
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        put_option_help(out, lang, global_options[i]);
    buf_byte(out, '\n');
    put_wrapped(out, msg_text(lang, "help.words"), 0, 0);
    buf_printf(out, "\n%s\n", msg_text(lang, "help.status_title"));
    put_wrapped(out, msg_text(lang, "help.status"), 0, 0);
}

/* The commands whose names begin with the words of C. */
static bool
put_named(struct cli *c, struct err *e)
{
    char name[64], quoted[QUOTE_MAX];
    struct near near;
    int found = 0;

    snprintf(name, sizeof name, "%s%s%s", c->word[0],
             c->words > 1 ? " " : "", c->words > 1 ? c->word[1] : "");
    near_begin(&near, name, strlen(name));
    for (const struct command *k = commands; k->name != NULL; k++) {
        size_t n = strlen(name);

        near_offer(&near, k->name);
        if (strncmp(k->name, name, n) != 0
            || (k->name[n] != '\0' && k->name[n] != ' '))
            continue;
        if (found++ > 0)
            buf_byte(&c->out, '\n');
        put_command(&c->out, c->messages, k);
    }
    if (found > 0)
        return true;
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_USAGE, "usage.command_unknown", "%s", quoted);
    return err_set(e, ERR_USAGE, "usage.command_unknown_near", "%s %s",
                   quoted, near.best);
}

bool
cmd_help(struct cli *c, struct err *e)
{
    if (c->words > 0)
        return put_named(c, e);
    if (c->option[OPT_MAN] != NULL)
        help_manual(&c->out, c->messages);
    else if (c->option[OPT_BASH] != NULL)
        help_completion(&c->out);
    else
        put_overview(&c->out, c->messages);
    return true;
}
