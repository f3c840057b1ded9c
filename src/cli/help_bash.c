/* help_bash.c - the completion, a bash function. See help.h. */
#include <stdio.h>
#include <string.h>
#include "cli/help.h"

/* The names that follow FIRST ("": that come first), each once. */
static void
put_names(struct buf *out, const char *first)
{
    size_t n = strlen(first);
    const char *last = "";

    for (const struct command *c = commands; c->name != NULL; c++) {
        const char *name = c->name;
        size_t len;

        if (strncmp(name, first, n) != 0 || (n > 0 && name[n] != ' '))
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
        buf_printf(out, "    \"%s\"*) options=\"", c->name);
        for (int i = 0; c->options[i].option != OPT_NONE; i++)
            buf_printf(out, "%s ", option_defs[c->options[i].option].name);
        for (int i = 0; global_options[i] != OPT_NONE; i++)
            buf_printf(out, "%s%s", option_defs[global_options[i]].name,
                       global_options[i + 1] != OPT_NONE ? " " : "");
        buf_text(out, "\" ;;\n");
    }
}

void
help_completion(struct buf *out)
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
