/* writing.c - see writing.h. */
#include "cli/writing.h"
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "def/municipality.h"

const struct writer *
writing_format(struct cli *c, const char *fallback, unsigned what,
               struct err *e)
{
    const char *name = c->option[OPT_FORMAT], *all = "";
    const struct writer *w = writer_find(name != NULL ? name : fallback,
                                         what);
    char quoted[QUOTE_MAX];

    if (w != NULL)
        return w;
    for (int i = 0; (w = writer_at(i)) != NULL; i++)
        if ((w->writes & what) != 0)
            all = arena_printf(&c->arena, "%s%s%s", all,
                               all[0] != '\0' ? ", " : "", w->name);
    assert(name != NULL && "a format of our own that nobody writes");
    err_quote(quoted, sizeof quoted, name, strlen(name));
    err_set(e, ERR_INPUT, "cli.format", "%s %s", quoted, all);
    return NULL;
}

void
writing_without(struct cli *c, struct publication_without *out)
{
    const char **list = arena_array(&c->arena, CLI_GIVEN_MAX, sizeof *list);
    int n = 0;

    while (cli_given(c, OPT_WITHOUT, n) != NULL) {
        list[n] = cli_given(c, OPT_WITHOUT, n);
        n++;
    }
    *out = (struct publication_without){ .text = list, .count = n };
}

const char *
writing_municipality(struct cli *c, const struct round *round)
{
    const char *name;

    if (round->municipality == 0)       /* several as one */
        return "";
    municipality_find(round->municipality, round->year, &c->arena, &name);
    return name != NULL ? name
                        : arena_printf(&c->arena, "%04d",
                                       round->municipality);
}

bool
writing_record(struct cli *c, struct opened *o, const struct publication *p,
               const struct round_release_file *files, int count,
               int *number, struct err *e)
{
    return store_begin(o->store, e)
        && cli_commit(o->store, publication_record(o, &c->actor, p, files,
                                                   count, number, e), e);
}

bool
writing_published(struct cli *c, struct opened *o,
                  const struct publication *p,
                  const struct round_release_file *files, int count,
                  struct err *e)
{
    struct err note = { 0 };
    int number;

    if (!writing_record(c, o, p, files, count, &number, e))
        return false;
    err_set(&note, ERR_INPUT, "publish.recorded", "%d %s", number,
            o->round->id);
    cli_say(c, &note);
    return true;
}
