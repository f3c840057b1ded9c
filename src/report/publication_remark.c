/* publication_remark.c - what should be looked at in all that is published;
 * see publication.h.
 *
 * A focus area stands in every text that has {{focus}}, in its own words
 * each time: what is remarked of it is counted where most was. */
#include <string.h>
#include "report/publication.h"

bool
publication_of_focus(const struct text_remark *remark)
{
    const char *file = remark->say.at.file;

    return file != NULL && strncmp(file, "focus ", 6) == 0;
}

void
publication_remarks(const struct publication *p,
                    const struct publication_document *document, int count,
                    struct arena *arena, struct publication_remarks *out)
{
    int focus[LANG_COUNT] = { 0 };
    bool built = false;

    *out = (struct publication_remarks){ 0 };
    for (int i = 0; i < count; i++)
        built |= document[i].build && document[i].text != NULL;
    for (int i = 0; i < count; i++) {
        const struct text_remark *list;
        int remarks, of_focus = 0;

        if (document[i].text == NULL || (built && !document[i].build))
            continue;
        remarks = text_remarks(document[i].text, p->input[i], arena, &list);
        for (int k = 0; k < remarks; k++)
            of_focus += publication_of_focus(&list[k]);
        out->texts += remarks - of_focus;
        if (of_focus > focus[document[i].lang])
            focus[document[i].lang] = of_focus;
    }
    for (int l = 0; l < LANG_COUNT; l++)
        out->focus += focus[l];
}

int
publication_focus_remarks(const struct opened *o, enum lang lang,
                          const struct text_focus *focus, int count,
                          struct arena *arena,
                          const struct text_remark **list)
{
    struct text_source source = text_template(DOC_REPORT, lang);
    struct text_remark *kept;
    const struct text_remark *all;
    struct err e = { 0 };
    const struct text *t;
    int remarks, found = 0;

    source.focus = focus;
    source.focus_count = count;
    *list = NULL;
    t = text_read(&source, o->in, arena, &e);
    if (t == NULL)
        return 0;
    remarks = text_remarks(t, NULL, arena, &all);
    kept = arena_array(arena, (size_t)remarks + 1, sizeof *kept);
    for (int i = 0; i < remarks; i++)
        if (publication_of_focus(&all[i]))
            kept[found++] = all[i];
    *list = kept;
    return found;
}
