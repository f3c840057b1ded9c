/* definition.c - see definition.h.
 *
 * A built-in comes first, so that its id means the same in every folder; a
 * file of that name is ./NAME. */
#include "cli/definition.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/embed.h"
#include "base/near.h"
#include "base/utf8.h"
#include "report/ask.h"
#include "report/make.h"
#include "write/write.h"

#define FOLDER "instruments/"
#define SUFFIX ".yaml"

/* The error for a NAME that is no built-in and no file. */
static bool
unknown(struct cli *c, const char *name, struct err *e)
{
    size_t folder = strlen(FOLDER), suffix = strlen(SUFFIX);
    char quoted[QUOTE_MAX];
    struct near near;
    const char *file;

    near_begin(&near, name, strlen(name));
    for (int i = 0; (file = embed_name(i)) != NULL; i++)
        if (strncmp(file, FOLDER, folder) == 0)
            near_offer(&near,
                       arena_text_n(&c->arena, file + folder,
                                    strlen(file) - folder - suffix));
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "cli.instrument_unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "cli.instrument_unknown_near", "%s %s",
                   quoted, near.best);
}

bool
definition_text(struct cli *c, const char *name, const char **text,
                size_t *len, const char **file, struct err *e)
{
    const char *path = arena_printf(&c->arena, FOLDER "%s" SUFFIX, name);
    struct buf b;
    bool ok;

    *file = name;
    *text = embed_find(path, len);
    if (*text != NULL)
        return true;
    if (access(name, F_OK) != 0 && strcmp(name, "-") != 0)
        return unknown(c, name, e);
    buf_init(&b, DEFINITION_MAX + 1);
    ok = buf_read_file(&b, name, DEFINITION_MAX, e);
    if (ok) {
        *text = arena_text_n(&c->arena, buf_string(&b), b.len);
        *len = b.len;
    }
    buf_clear(&b);
    return ok;
}

struct instrument *
definition_read(struct cli *c, const char *name, struct err *e)
{
    const char *text, *file;
    size_t len;

    if (!definition_text(c, name, &text, &len, &file, e))
        return NULL;
    return instrument_read(text, len, file, e);
}

/* The N-th table of REPORT, in the order of its sections; NULL if there are
 * fewer. */
static const struct table_def *
nth_table(const struct instrument *in, const struct report_def *report,
          int n)
{
    for (int s = 0; s < report->section_count; s++) {
        if (n < report->sections[s].table_count)
            return &in->tables[report->sections[s].tables[n]];
        n -= report->sections[s].table_count;
    }
    return NULL;
}

bool
definition_counts(const struct instrument *in, struct err *e)
{
    bool ok = true;

    for (int i = 0; ok && i < in->report_count; i++) {
        struct plan *plan = plan_new(in);
        const struct table_def *t;
        struct arena arena;
        int count = 0;

        arena_init(&arena);
        ok = report_questions(in, i, NULL, &arena, plan, &count, e);
        t = ok ? NULL : nth_table(in, &in->reports[i], count);
        if (t != NULL)
            err_at(e, in->file, t->at.line, t->at.column);
        plan_free(plan);
        arena_clear(&arena);
    }
    return ok;
}
