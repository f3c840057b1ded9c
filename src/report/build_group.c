/* build_group.c - a part of those a report is about, as an expression and in
 * words; see build.h. Keys are ids of codes, and need no quotation marks. */
#include <string.h>
#include "report/building.h"

static const struct code *
part_code(const struct instrument *in, const struct report_part *part)
{
    const struct variable *v = &in->variables[part->variable];
    int code = v->kind == KIND_CODE
        ? variable_code(v, part->key, strlen(part->key)) : -1;

    return code < 0 ? NULL : &v->codes[code];
}

const char *
report_group(const struct instrument *in, const struct report_part *part,
             int count, struct arena *arena)
{
    const char *where = "";

    for (int i = 0; i < count; i++) {
        const struct code *code = part_code(in, &part[i]);

        if (code == NULL)
            return NULL;
        where = build_where(arena, where, arena_printf(arena, "%s = %s",
            in->variables[part[i].variable].id, code->id));
    }
    return where;
}

const char *
report_group_text(const struct instrument *in, enum lang lang,
                  const struct report_part *part, int count,
                  struct arena *arena)
{
    const char *text = "";

    for (int i = 0; i < count; i++) {
        const struct code *code = part_code(in, &part[i]);

        if (code == NULL)
            return NULL;
        text = i == 0 ? code->label.in[lang]
            : arena_printf(arena, "%s, %s", text, code->label.in[lang]);
    }
    return text;
}
