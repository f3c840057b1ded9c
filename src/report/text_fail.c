/* text_fail.c - where in a text something is wrong, and what stands there;
 * see texting.h. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "report/texting.h"

void
text_line_of(const struct text_file *file, size_t byte, long *line,
             int *column)
{
    size_t start = 0;

    *line = 1;
    for (size_t i = 0; i < byte && i < file->len; i++)
        if (file->bytes[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    *column = (int)(byte - start) + 1;
}

bool
text_at(struct err *e, const struct text_file *file, size_t byte)
{
    long line;
    int column;

    text_line_of(file, byte, &line, &column);
    return err_at(e, file->name, line, column);
}

/* What FROM to TO hold, to be shown; the end has a word of its own. */
static void
show(const struct reading *r, size_t from, size_t to, char *out)
{
    while (to > from && strchr(" \t\n", r->file->bytes[to - 1]) != NULL)
        to--;
    err_quote(out, QUOTE_MAX, r->file->bytes + from, to - from);
}

bool
text_refuse(const struct reading *r, size_t from, size_t to,
            const char *key)
{
    char found[QUOTE_MAX];

    show(r, from, to, found);
    if (found[0] == '\0')
        err_set(r->e, ERR_INPUT, key, "%s", "}}");
    else
        err_set(r->e, ERR_INPUT, key, "%s", found);
    return text_at(r->e, r->file, from);
}

bool
text_refuse_word(const struct reading *r, size_t from, size_t to,
                 const char *key, const char *key_near,
                 const char *const *word, int count)
{
    char found[QUOTE_MAX];
    struct near near;

    near_begin(&near, r->file->bytes + from, to - from);
    for (int i = 0; i < count; i++)
        if (word[i] != NULL)
            near_offer(&near, word[i]);
    if (near.best == NULL)
        return text_refuse(r, from, to, key);
    show(r, from, to, found);
    err_set(r->e, ERR_INPUT, key_near, "%s %s", found, near.best);
    return text_at(r->e, r->file, from);
}
