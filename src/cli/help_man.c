/* help_man.c - the manual, in roff. See help.h. */
#include "base/msg.h"
#include "cli/help.h"

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
    help_option(&name, o);
    buf_text(out, ".TP\n");
    put_request(out, ".B", buf_string(&name));
    put_roff(out, msg_text(lang, option_defs[o].help));
    buf_clear(&name);
}

static void
put_roff_command(struct buf *out, enum lang lang, const struct command *c)
{
    const char *more = help_more(lang, c->help);
    struct buf usage;

    buf_init(&usage, 0);
    help_usage(&usage, c);
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

void
help_manual(struct buf *out, enum lang lang)
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
        put_roff_command(out, lang, c);
    put_section(out, lang, "help.man_options", NULL);
    for (int i = 0; global_options[i] != OPT_NONE; i++)
        put_roff_option(out, lang, global_options[i]);
    put_section(out, lang, "help.man_status", "help.status");
    put_section(out, lang, "help.man_files", "help.files");
}
