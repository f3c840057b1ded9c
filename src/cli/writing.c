/* writing.c - see writing.h. */
#include "cli/writing.h"
#include <assert.h>
#include <string.h>
#include "base/utf8.h"
#include "def/municipality.h"
#include "store/publishing.h"

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

const char *
writing_municipality(struct cli *c, const struct round *round)
{
    const char *name;

    municipality_find(round->municipality, round->year, &c->arena, &name);
    return name != NULL ? name
                        : arena_printf(&c->arena, "%04d",
                                       round->municipality);
}

bool
writing_brand(struct cli *c, struct opened *o, struct brand *brand,
              struct err *e)
{
    struct brand_file *const files[BRAND_KINDS] = {
        [BRAND_PPTX] = &brand->pptx, [BRAND_DOCX] = &brand->docx
    };

    for (int i = 0; i < BRAND_KINDS; i++) {
        const struct round_brand *b;

        if (!brand_get(o->store, o->round, (enum brand_kind)i, true,
                       &c->arena, &b, e))
            return false;
        if (b != NULL)
            *files[i] = (struct brand_file){ b->bytes, b->len };
    }
    return true;
}
