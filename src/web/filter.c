/* filter.c - see filter.h. The text is cut at "and" outside of brackets and
 * quotation marks; "or" there makes it one part. */
#include "web/filter.h"
#include <string.h>

struct cut {
    const char *start[FILTER_PARTS];
    size_t len[FILTER_PARTS];
    int count;
    bool whole;                 /* has "or", or too many: it is one part */
};

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || strchr("_+.-", c) != NULL;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the quoted text that begins at AT. */
static const char *
skip_quoted(const char *at)
{
    for (at++; *at != '\0' && *at != '"'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == '"' ? at + 1 : at;
}

static const char *
skip_word(const char *at)
{
    while (*at != '\0' && is_word(*at))
        at++;
    return at;
}

static void
take(struct cut *c, const char *from, const char *to)
{
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    if (from == to)
        return;
    if (c->count == FILTER_PARTS) {
        c->whole = true;
        return;
    }
    c->start[c->count] = from;
    c->len[c->count++] = (size_t)(to - from);
}

static void
cut_text(const char *where, struct cut *c)
{
    const char *from = where, *at = where;
    int depth = 0;

    memset(c, 0, sizeof *c);
    while (*at != '\0') {
        const char *end = skip_word(at);
        size_t n = (size_t)(end - at);

        if (depth == 0 && n == 3 && memcmp(at, "and", 3) == 0) {
            take(c, from, at);
            from = end;
        }
        if (depth == 0 && n == 2 && memcmp(at, "or", 2) == 0)
            c->whole = true;
        if (n > 0) {
            at = end;
            continue;
        }
        depth += (*at == '(' || *at == '{') - (*at == ')' || *at == '}');
        at = *at == '"' ? skip_quoted(at) : at + 1;
    }
    take(c, from, at);
    if (c->whole && c->count > 0) {
        c->count = 0;
        c->whole = false;
        take(c, where, at);
    }
}

/* ---- a part in words ---- */

static const char *
skip_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

static const char *
value_label(const struct instrument *in, const struct variable *v,
            enum lang lang, const char *text, size_t n, struct arena *arena)
{
    if (v->kind == KIND_SCORE)
        for (int i = 0; i < in->scale_count; i++)
            if (n == 1 && in->scale[i].score == *text - '0')
                return in->scale[i].label.in[lang];
    for (int i = 0; i < v->code_count; i++)
        if (strlen(v->codes[i].id) == n
            && memcmp(v->codes[i].id, text, n) == 0)
            return v->codes[i].label.in[lang];
    return arena_text_n(arena, text, n);
}

/* The values of "= a" or "in { a, b }", or NULL for what is neither. */
static const char *
value_labels(const struct instrument *in, const struct variable *v,
             enum lang lang, const char *at, struct arena *arena)
{
    const char *list = NULL;
    bool several = strncmp(at, "in", 2) == 0 && !is_word(at[2]);

    if (!several && *at != '=')
        return NULL;
    at = skip_blanks(several ? at + 2 : at + 1);
    if (several && *at++ != '{')
        return NULL;
    for (;;) {
        const char *end, *label;

        at = skip_blanks(at);
        end = skip_word(at);
        if (end == at)
            return NULL;
        label = value_label(in, v, lang, at, (size_t)(end - at), arena);
        list = list == NULL ? label
            : arena_printf(arena, "%s, %s", list, label);
        at = skip_blanks(end);
        if (!several || *at != ',')
            break;
        at++;
    }
    if (several)
        at = *at == '}' ? skip_blanks(at + 1) : "?";
    return *at == '\0' ? list : NULL;
}

static void
put_words(const struct instrument *in, enum lang lang, struct arena *arena,
          struct filter_part *part)
{
    const char *end = skip_word(part->text);
    int v = instrument_variable(in, part->text, (size_t)(end - part->text));

    if (v < 0)
        return;
    part->values = value_labels(in, &in->variables[v], lang,
                                skip_blanks(end), arena);
    if (part->values != NULL)
        part->name = in->variables[v].label.in[lang];
}

int
filter_parts(const struct instrument *in, enum lang lang, const char *where,
             struct arena *arena, struct filter_part part[FILTER_PARTS])
{
    struct cut c;

    cut_text(where, &c);
    for (int i = 0; i < c.count; i++) {
        part[i] = (struct filter_part){
            .text = arena_text_n(arena, c.start[i], c.len[i])
        };
        put_words(in, lang, arena, &part[i]);
    }
    return c.count;
}

const char *
filter_without(const struct instrument *in, const char *where, int i,
               struct arena *arena)
{
    struct filter_part part[FILTER_PARTS];
    int count = filter_parts(in, LANG_NB, where, arena, part);
    const char *left = "";

    for (int k = 0; k < count; k++)
        if (k != i)
            left = filter_with(left, part[k].text, arena);
    return left;
}

const char *
filter_with(const char *where, const char *test, struct arena *arena)
{
    struct cut c;

    cut_text(where, &c);
    if (c.count == 0)
        return test;
    /* One part that holds an "or" of its own needs its brackets. */
    for (const char *at = where; c.count == 1 && *at != '\0';) {
        const char *end = skip_word(at);

        if (end - at == 2 && memcmp(at, "or", 2) == 0)
            return arena_printf(arena, "(%s) and %s", where, test);
        at = *at == '"' ? skip_quoted(at) : end > at ? end : at + 1;
    }
    return arena_printf(arena, "%s and %s", where, test);
}

const char *
filter_test(const char *variable, const char *const *value, int count,
            struct arena *arena)
{
    const char *list = value[0];

    if (count == 1)
        return arena_printf(arena, "%s = %s", variable, value[0]);
    for (int i = 1; i < count; i++)
        list = arena_printf(arena, "%s, %s", list, value[i]);
    return arena_printf(arena, "%s in { %s }", variable, list);
}
