/* help.c - help, the manual and the completion, from the table of commands.
 *
 * Three small writers walk the same table: plain text for `help`, roff for
 * the manual, a bash function. None knows a command by name. */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include "base/msg.h"
#include "base/near.h"
#include "base/utf8.h"
#include "cli/cli.h"

enum { TEXT_WIDTH = 78, NAME_WIDTH = 20, OPTION_WIDTH = 26 };

/* KEY.more, if there is one: what help says beyond the one line. */
static const char *
more_text(enum lang lang, const char *key)
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

/* "--where EXPR" */
static void
put_option(struct buf *out, enum option o)
{
    buf_text(out, option_defs[o].name);
    if (option_defs[o].value != NULL)
        buf_printf(out, " %s", option_defs[o].value);
}

/* "brukerplan count STORE ROUND [--where EXPR] [--sum VARIABLE]" */
static void
put_usage(struct buf *out, const struct command *c)
{
    buf_printf(out, "brukerplan %s", c->name);
    if (c->words[0] != '\0')
        buf_printf(out, " %s", c->words);
    for (int i = 0; c->options[i].option != OPT_NONE; i++) {
        enum option o = c->options[i].option;
        buf_text(out, c->options[i].required ? " " : " [");
        put_option(out, o);
        buf_text(out, c->options[i].required ? "" : "]");
        buf_text(out, option_defs[o].repeats ? "..." : "");
    }
}

static void
put_option_help(struct buf *out, enum lang lang, enum option o)
{
    size_t before = out->len + 2;

    buf_text(out, "  ");
    put_option(out, o);
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
    const char *more = more_text(lang, c->help);
    struct buf usage;

    buf_init(&usage, 0);
    put_usage(&usage, c);
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
        if (!c->hidden)
            put_line(out, lang, c);
    buf_printf(out, "\n%s\n", msg_text(lang, "help.options"));
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        put_option_help(out, lang, global_options[i]);
    buf_byte(out, '\n');
    put_wrapped(out, msg_text(lang, "help.words"), 0, 0);
    buf_printf(out, "\n%s\n", msg_text(lang, "help.status_title"));
    put_wrapped(out, msg_text(lang, "help.status"), 0, 0);
}

/* The manual. */

/* TEXT for roff: backslashes and hyphens escaped, no line taken for a
 * request, an empty line a paragraph, others a break. */
static void
put_roff(struct buf *out, const char *text)
{
    bool begins = true;

    for (; *text != '\0'; text++) {
        if (begins && (*text == '.' || *text == '\''))
            buf_text(out, "\\&");
        begins = false;
        if (*text == '\\') {
            buf_text(out, "\\e");
        } else if (*text == '-') {
            buf_text(out, "\\-");
        } else if (*text == '\n') {
            buf_text(out, text[1] == '\n' ? "\n.PP\n" : "\n.br\n");
            text += text[1] == '\n';
            begins = true;
        } else {
            buf_byte(out, *text);
        }
    }
    buf_byte(out, '\n');
}

/* A request with one quoted argument. */
static void
put_request(struct buf *out, const char *request, const char *text)
{
    buf_printf(out, "%s \"", request);
    put_roff(out, text);
    out->len--;
    buf_text(out, "\"\n");
}

static void
put_roff_option(struct buf *out, enum lang lang, enum option o)
{
    struct buf name;

    buf_init(&name, 0);
    put_option(&name, o);
    buf_text(out, ".TP\n");
    put_request(out, ".B", buf_string(&name));
    put_roff(out, msg_text(lang, option_defs[o].help));
    buf_clear(&name);
}

static void
put_roff_command(struct buf *out, enum lang lang, const struct command *c)
{
    const char *more = more_text(lang, c->help);
    struct buf usage;

    buf_init(&usage, 0);
    put_usage(&usage, c);
    put_request(out, ".SS", c->name);
    put_request(out, ".B", buf_string(&usage));
    buf_text(out, ".PP\n");
    put_roff(out, msg_text(lang, c->help));
    if (more != NULL) {
        buf_text(out, ".PP\n");
        put_roff(out, more);
    }
    for (int i = 0; c->options[i].option != OPT_NONE; i++)
        put_roff_option(out, lang, c->options[i].option);
    if (c->example != NULL) {
        buf_text(out, ".PP\n.nf\n");
        put_roff(out, c->example);
        buf_text(out, ".fi\n");
    }
    buf_clear(&usage);
}

static void
put_section(struct buf *out, enum lang lang, const char *title,
            const char *key)
{
    put_request(out, ".SH", msg_text(lang, title));
    if (key != NULL)
        put_roff(out, msg_text(lang, key));
}

static void
put_manual(struct buf *out, enum lang lang)
{
    buf_printf(out, ".TH BRUKERPLAN 1 \"%s\" \"brukerplan %s\"\n",
               BRUKERPLAN_DATE, BRUKERPLAN_VERSION);
    put_section(out, lang, "help.man_name", NULL);
    buf_text(out, "brukerplan \\- ");
    put_roff(out, msg_text(lang, "help.man_what"));
    put_section(out, lang, "help.man_synopsis", NULL);
    buf_text(out, ".B brukerplan\nCOMMAND ...\n");
    put_section(out, lang, "help.man_description", "help.about");
    buf_text(out, ".PP\n");
    put_roff(out, msg_text(lang, "help.words"));
    put_section(out, lang, "help.man_commands", NULL);
    for (const struct command *c = commands; c->name != NULL; c++)
        if (!c->hidden)
            put_roff_command(out, lang, c);
    put_section(out, lang, "help.man_options", NULL);
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        put_roff_option(out, lang, global_options[i]);
    put_section(out, lang, "help.man_status", "help.status");
    put_section(out, lang, "help.man_files", "help.files");
}

/* The completion. */

/* The names that follow FIRST ("": that come first), each once. */
static void
put_names(struct buf *out, const char *first)
{
    size_t n = strlen(first);
    const char *last = "";

    for (const struct command *c = commands; c->name != NULL; c++) {
        const char *name = c->name;
        size_t len;

        if (c->hidden || strncmp(name, first, n) != 0
            || (n > 0 && name[n] != ' '))
            continue;
        name += n > 0 ? n + 1 : 0;
        len = strcspn(name, " ");
        if (strlen(last) >= len && strncmp(last, name, len) == 0
            && (last[len] == ' ' || last[len] == '\0'))
            continue;
        buf_text(out, last[0] != '\0' ? " " : "");
        buf_add(out, name, len);
        last = name;
    }
}

/* `    PATTERN) words="..." ;;` for each command that has a second word. */
static void
put_bash_groups(struct buf *out)
{
    const char *last = "";

    for (const struct command *c = commands; c->name != NULL; c++) {
        char first[32];
        const char *blank = strchr(c->name, ' ');
        size_t len = blank != NULL ? (size_t)(blank - c->name) : 0;

        if (blank == NULL || strncmp(last, c->name, len + 1) == 0)
            continue;
        snprintf(first, sizeof first, "%.*s", (int)len, c->name);
        buf_printf(out, "    %s) words=\"", first);
        put_names(out, first);
        buf_text(out, "\" ;;\n");
        last = c->name;
    }
}

static void
put_bash_options(struct buf *out)
{
    for (const struct command *c = commands; c->name != NULL; c++) {
        if (c->hidden)
            continue;
        buf_printf(out, "    \"%s\"*) options=\"", c->name);
        for (int i = 0; c->options[i].option != OPT_NONE; i++)
            buf_printf(out, "%s ", option_defs[c->options[i].option].name);
        for (int i = 0; global_options[i] != OPT_NONE; i++)
            buf_printf(out, "%s%s", option_defs[global_options[i]].name,
                       global_options[i + 1] != OPT_NONE ? " " : "");
        buf_text(out, "\" ;;\n");
    }
}

static void
put_completion(struct buf *out)
{
    buf_text(out,
             "# Made by `brukerplan help --bash`.\n"
             "_brukerplan()\n"
             "{\n"
             "    local word=${COMP_WORDS[COMP_CWORD]} words= options=\n"
             "    COMPREPLY=()\n"
             "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
             "        words=\"");
    put_names(out, "");
    buf_text(out,
             "\"\n"
             "    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
             "        case ${COMP_WORDS[1]} in\n");
    put_bash_groups(out);
    buf_text(out,
             "        esac\n"
             "    fi\n"
             "    case \"${COMP_WORDS[*]:1:2}\" in\n");
    put_bash_options(out);
    buf_text(out,
             "    esac\n"
             "    if [[ $word == -* ]]; then\n"
             "        words=$options\n"
             "    fi\n"
             "    if [ -n \"$words\" ]; then\n"
             "        mapfile -t COMPREPLY"
             " < <(compgen -W \"$words\" -- \"$word\")\n"
             "    fi\n"
             "}\n"
             "complete -o default -F _brukerplan brukerplan\n");
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

        if (k->hidden)
            continue;
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
        put_manual(&c->out, c->messages);
    else if (c->option[OPT_BASH] != NULL)
        put_completion(&c->out);
    else
        put_overview(&c->out, c->messages);
    return true;
}
