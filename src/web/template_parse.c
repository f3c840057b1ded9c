/* template_parse.c - see template_parse.h.
 *
 * Text is cut where lines end and tags begin. A line's pieces are kept as
 * operations of their own until the line ends; if it then had tags, none
 * that prints a value, and otherwise only blanks, the pieces are emptied.
 * (So says npm's mustache, our oracle; the specification says it of lines
 * with a single tag.) At the end, the empty ones are dropped, what lies side
 * by side is put together again, and a text becomes part of the tag behind
 * it. */
#include "web/template_parse.h"
#include <stdlib.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "web/escape.h"

/* Names that may be printed unescaped: each is HTML or SVG that a module of
 * ours made and escaped itself. */
static const char *const raw_names[] = {
    "chart", "markdown", "report", "svg"
};

struct section {
    int op;
    const char *tag;
    struct span name;
};

struct parser {
    const struct template_text *text, *all;
    int all_count;
    const char *at, *end;
    struct arena *arena;
    struct err *e;
    struct op *ops;         /* as many as there can be */
    int count;
    struct section open[TEMPLATE_SECTIONS_MAX];
    int depth;
    /* Of the line so far: */
    int line_first;         /* operation */
    int line_partial;       /* operation, if it is the first tag; or -1 */
    int tags;
    bool solid;             /* has more than blanks and silent tags */
    bool fresh;             /* has nothing yet */
};

/* Says where in the template a fault is. */
static void
place(struct parser *p, const char *where)
{
    const char *line = p->text->text;
    const char *file = p->text->file;
    long n = 1;

    for (const char *s = line; s < where; s++) {
        if (*s == '\n') {
            n++;
            line = s + 1;
        }
    }
    err_at(p->e, file != NULL ? file : p->text->name, n,
           (int)(where - line) + 1);
}

/* A fault of the tag at WHERE, with its NAME as the argument. */
static bool
refuse_name(struct parser *p, const char *where, const char *key,
            struct span name)
{
    char quoted[QUOTE_MAX];

    place(p, where);
    err_quote(quoted, sizeof quoted, name.at, name.len);
    return err_set(p->e, ERR_INPUT, key, "%s", quoted);
}

static struct op *
add(struct parser *p, enum op_kind kind)
{
    struct op *op = &p->ops[p->count++];

    *op = (struct op){ .kind = (uint8_t)kind, .skip = 1 };
    return op;
}

static void
add_text(struct parser *p, const char *text, size_t n)
{
    struct op *op = add(p, OP_TEXT);

    op->line_start = p->fresh;
    op->lead = (struct span){ text, n };
    p->fresh = false;
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
line_end(struct parser *p)
{
    if (p->tags > 0 && !p->solid) {
        if (p->line_partial >= 0) {
            struct op *op = &p->ops[p->line_partial];

            op->partial.alone = true;
            op->partial.indent = p->ops[p->line_first].lead;
        }
        for (int i = p->line_first; i < p->count; i++) {
            if (p->ops[i].kind == OP_TEXT) {
                p->ops[i].lead.len = 0;
                p->ops[i].line_start = false;
            }
        }
    }
    p->line_first = p->count;
    p->line_partial = -1;
    p->tags = 0;
    p->solid = false;
    p->fresh = true;
}

/* The text up to END, line by line. */
static void
read_text(struct parser *p, const char *end)
{
    while (p->at < end) {
        const char *from = p->at;
        const char *nl = memchr(from, '\n', (size_t)(end - from));

        p->at = nl != NULL ? nl + 1 : end;
        for (const char *s = from; s < p->at && !p->solid; s++)
            p->solid = !is_blank(*s);
        add_text(p, from, (size_t)(p->at - from));
        if (nl != NULL)
            line_end(p);
    }
}

static bool
name_ok(struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return s.len > 0 && s.len <= VIEW_NAME_MAX;
}

static bool
read_path(struct parser *p, const char *tag, struct span name,
          struct path *out)
{
    const char *at = name.at, *end = name.at + name.len;
    struct view_name *part;
    size_t parts = 1;

    if (name.len == 1 && *at == '.')
        return true;
    for (const char *s = at; s < end; s++)
        parts += *s == '.';
    part = arena_array(p->arena, parts, sizeof *part);
    *out = (struct path){ part, (int)parts };
    for (; parts > 0; parts--, part++) {
        const char *dot = memchr(at, '.', (size_t)(end - at));
        size_t n = (size_t)((dot != NULL ? dot : end) - at);

        if (!name_ok((struct span){ at, n }))
            return refuse_name(p, tag, "template.name", name);
        *part = (struct view_name){ at, view_hash(at, n), (uint8_t)n };
        at += n + 1;
    }
    return true;
}

/* Whether NAME begins with "t.": a text of po. */
static bool
is_text(struct span name)
{
    return name.len > 2 && name.at[0] == 't' && name.at[1] == '.';
}

static struct span
escaped(struct parser *p, const char *text)
{
    size_t n = strlen(text);
    char *to = arena_array(p->arena, n, ESCAPE_GROWS);

    return (struct span){ to, (size_t)(escape_html(to, text, n) - to) };
}

static bool
read_say(struct parser *p, const char *tag, struct span name)
{
    const char *key = arena_text_n(p->arena, name.at + 2, name.len - 2);
    struct span *say = arena_array(p->arena, LANG_COUNT, sizeof *say);

    for (int i = 0; i < LANG_COUNT; i++) {
        if (!msg_has((enum lang)i, key))
            return refuse_name(p, tag, "template.text",
                               (struct span){ key, name.len - 2 });
        say[i] = escaped(p, msg_text((enum lang)i, key));
    }
    p->solid = true;
    add(p, OP_SAY)->say = say;
    return true;
}

static bool
read_value(struct parser *p, const char *tag, struct span name)
{
    struct path path = { 0 };

    if (is_text(name))
        return read_say(p, tag, name);
    if (!read_path(p, tag, name, &path))
        return false;
    p->solid = true;
    add(p, OP_VALUE)->path = path;
    return true;
}

static bool
read_raw(struct parser *p, const char *tag, struct span name)
{
    const struct view_name *last;
    struct path path = { 0 };

    if (!read_path(p, tag, name, &path))
        return false;
    last = path.parts > 0 ? &path.part[path.parts - 1] : NULL;
    for (size_t i = 0; i < sizeof raw_names / sizeof raw_names[0]; i++) {
        if (last != NULL && strlen(raw_names[i]) == last->len
            && memcmp(raw_names[i], last->text, last->len) == 0
            && !is_text(name)) {
            p->solid = true;
            add(p, OP_RAW)->path = path;
            return true;
        }
    }
    return refuse_name(p, tag, "template.raw", name);
}

static bool
open_section(struct parser *p, const char *tag, enum op_kind kind,
             struct span name)
{
    struct path path = { 0 };

    if (is_text(name))
        return refuse_name(p, tag, "template.section_text", name);
    if (!read_path(p, tag, name, &path))
        return false;
    if (p->depth == TEMPLATE_SECTIONS_MAX) {
        place(p, tag);
        return err_set(p->e, ERR_INPUT, "template.sections", "%d",
                       TEMPLATE_SECTIONS_MAX);
    }
    p->open[p->depth++] = (struct section){ p->count, tag, name };
    add(p, kind)->path = path;
    return true;
}

static bool
close_section(struct parser *p, const char *tag, struct span name)
{
    const struct section *s;
    char open[QUOTE_MAX], shut[QUOTE_MAX];

    if (p->depth == 0)
        return refuse_name(p, tag, "template.not_open", name);
    s = &p->open[--p->depth];
    if (s->name.len != name.len
        || memcmp(s->name.at, name.at, name.len) != 0) {
        err_quote(open, sizeof open, s->name.at, s->name.len);
        err_quote(shut, sizeof shut, name.at, name.len);
        place(p, tag);
        return err_set(p->e, ERR_INPUT, "template.crossed", "%s %s", shut,
                       open);
    }
    p->ops[s->op].skip = p->count - s->op;
    return true;
}

static bool
read_partial(struct parser *p, const char *tag, struct span name)
{
    for (int i = 0; i < p->all_count; i++) {
        if (strlen(p->all[i].name) == name.len
            && memcmp(p->all[i].name, name.at, name.len) == 0) {
            if (p->tags == 1)
                p->line_partial = p->count;
            add(p, OP_PARTIAL)->partial.program = i;
            return true;
        }
    }
    return refuse_name(p, tag, "template.partial", name);
}

/* What a tag of that TYPE (0: none of the signs) means. */
static bool
apply(struct parser *p, const char *tag, char type, struct span name)
{
    switch (type) {
    case '!':
        return true;
    case '#':
        return open_section(p, tag, OP_SECTION, name);
    case '^':
        return open_section(p, tag, OP_INVERTED, name);
    case '/':
        return close_section(p, tag, name);
    case '>':
        return read_partial(p, tag, name);
    case '&':
    case '{':
        return read_raw(p, tag, name);
    case '=':
        place(p, tag);
        return err_set(p->e, ERR_INPUT, "template.delimiters", "");
    default:
        return read_value(p, tag, name);
    }
}

/* The tag at p->at. */
static bool
read_tag(struct parser *p)
{
    const char *tag = p->at, *s = tag + 2, *close;
    char type = 0;

    while (s < p->end && is_blank(*s))
        s++;
    if (s < p->end && *s != '\0' && strchr("!#^/>{&=", *s) != NULL)
        type = *s++;
    while (s < p->end && is_blank(*s))
        s++;
    close = memmem(s, (size_t)(p->end - s), "}}}", type == '{' ? 3 : 2);
    if (close == NULL) {
        place(p, tag);
        return err_set(p->e, ERR_INPUT, "template.not_closed", "");
    }
    p->at = close + (type == '{' ? 3 : 2);
    while (close > s && is_blank(close[-1]))
        close--;
    if (p->fresh)
        add_text(p, tag, 0);
    p->tags++;
    return apply(p, tag, type, (struct span){ s, (size_t)(close - s) });
}

/* How many operations there can be: for each tag one, an empty text before
 * it and a text behind it, and a text a line. */
static size_t
most_ops(const struct parser *p)
{
    size_t n = 2;

    for (const char *s = p->at; s < p->end; s++)
        n += *s == '\n' ? 1 : *s == '{' ? 3 : 0;
    return n;
}

/* Whether the text B lies right behind A and may become part of it. An
 * empty one stands for a line that begins with a tag, and is kept. Between
 * two that join there is no tag, so no section ends there. */
static bool
joins(const struct op *a, const struct op *b)
{
    return a->kind == OP_TEXT && b->kind == OP_TEXT && a->lead.len > 0
           && b->lead.len > 0 && a->lead.at + a->lead.len == b->lead.at;
}

/* Moves the operations together: without empty texts, with texts that join
 * as one, and with a text as the lead of the tag behind it unless a section
 * ends between. MOVED becomes where each went, CAME where each kept one was
 * when its SKIP was counted. Returns how many are kept. */
static int
squeeze(struct parser *p, int *moved, int *came)
{
    bool *ends = mem_take((size_t)p->count + 1);    /* a section, here */
    int n = 0;

    for (int i = 0; i < p->count; i++) {
        const struct op *op = &p->ops[i];

        if (op->kind == OP_SECTION || op->kind == OP_INVERTED)
            ends[i + op->skip] = true;
    }
    for (int i = 0; i < p->count; i++) {
        struct op op = p->ops[i], *last = n > 0 ? &p->ops[n - 1] : NULL;

        moved[i] = n;
        if (op.kind == OP_TEXT && op.lead.len == 0 && !op.line_start) {
            ends[i + 1] |= ends[i];
            continue;
        }
        if (last != NULL && joins(last, &op)) {
            last->lead.len += op.lead.len;
            continue;
        }
        if (last != NULL && last->kind == OP_TEXT && op.kind != OP_TEXT
            && !ends[i]) {
            op.lead = last->lead;
            op.line_start = last->line_start;
            moved[i] = --n;
        }
        came[n] = i;
        p->ops[n++] = op;
    }
    moved[p->count] = n;
    free(ends);
    return n;
}

/* Keeps the operations in OUT, squeezed. */
static void
compact(struct parser *p, struct program *out)
{
    size_t size = (size_t)p->count + 1;
    int *moved = mem_take(2 * size * sizeof *moved), *came = moved + size;
    int n = squeeze(p, moved, came);
    struct op *ops = arena_array(p->arena, (size_t)n, sizeof *ops);

    for (int i = 0; i < n; i++) {
        ops[i] = p->ops[i];
        ops[i].skip = moved[came[i] + ops[i].skip] - i;
    }
    free(moved);
    out->ops = ops;
    out->count = n;
}

static bool
read_all(struct parser *p)
{
    while (p->at < p->end) {
        const char *tag = memmem(p->at, (size_t)(p->end - p->at), "{{", 2);

        read_text(p, tag != NULL ? tag : p->end);
        if (tag != NULL && !read_tag(p))
            return false;
    }
    line_end(p);
    if (p->depth > 0) {
        const struct section *s = &p->open[p->depth - 1];

        return refuse_name(p, s->tag, "template.section_open", s->name);
    }
    return true;
}

bool
template_parse(struct program *out, const struct template_text *text,
               const struct template_text *all, int count,
               struct arena *arena, struct err *e)
{
    struct parser p = {
        .text = text, .all = all, .all_count = count, .arena = arena,
        .at = text->text, .end = text->text + text->len, .e = e,
        .line_partial = -1, .fresh = true
    };
    bool ok;

    p.ops = mem_take(most_ops(&p) * sizeof *p.ops);
    ok = read_all(&p);
    *out = (struct program){
        .name = arena_text(arena, text->name),
        .file = text->file != NULL ? text->file : text->name
    };
    if (ok)
        compact(&p, out);
    free(p.ops);
    return ok;
}
