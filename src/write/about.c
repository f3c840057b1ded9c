/* about.c - see about.h. */
#include "write/about.h"
#include <string.h>

static bool
ends(const char *sentence)
{
    size_t n = strlen(sentence);

    return n > 0 && sentence[n - 1] == '.';
}

const char *
about_notices(const struct document *doc, struct arena *arena)
{
    const char *const notice[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    const char *text = "";

    for (size_t i = 0; i < sizeof notice / sizeof notice[0]; i++)
        if (notice[i] != NULL)
            text = arena_printf(arena, "%s%s%s%s", text,
                                *text != '\0' ? " " : "", notice[i],
                                ends(notice[i]) ? "" : ".");
    return text;
}

const char *
about_facts(const struct document *doc, struct arena *arena)
{
    const struct doc_meta *m = &doc->meta;

    return arena_printf(arena, "round=%s report=%s instrument=%s version=%d"
                        " sha256=%s index=%d internal=%d synthetic=%d"
                        " protected_below=%d rounded_to=%d where=%s",
                        m->round, m->report != NULL ? m->report : "",
                        m->instrument, m->instrument_version,
                        m->instrument_sha256, m->index_version, m->internal,
                        m->synthetic, m->protected_below, m->rounded_to,
                        m->where != NULL ? m->where : "");
}
