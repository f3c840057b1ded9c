/* template.c - see template.h.
 *
 * Printing walks the operations of a program (template_parse.h) with a
 * stack of contexts. Bytes go straight into the buffer's room: a page of
 * 100 kB is thousands of short pieces. */
#include "web/template.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "web/escape.h"
#include "web/template_parse.h"

enum { ROOM = 16 << 10, ESCAPED_AT_ONCE = 1024, INDENT_MAX = 256,
       INT_CHARS = 24 };

struct templates {
    struct arena arena;
    const struct program *programs;     /* by name */
    int count;
};

struct render {
    const struct templates *templates;
    enum lang lang;
    struct buf *out;
    char *at, *end;         /* room of OUT that is not used */
    struct err *e;
    const struct program *program;
    const struct view *stack[TEMPLATE_STACK_MAX];
    int contexts, depth;
    long partials;
    char indents[INDENT_MAX];   /* of all partials that are being printed */
    size_t indent, indents_len; /* where the innermost's begins; their end */
};

static bool run(struct render *r, const struct op *op,
                const struct op *end);

/* Tells the buffer what stands in its room. */
static void
settle(struct render *r)
{
    if (r->at != NULL)
        buf_used(r->out, (size_t)(r->at - r->out->data) - r->out->len);
}

/* Room for N bytes; false if there is none, and what comes is dropped. */
static bool
more(struct render *r, size_t n)
{
    size_t room = 0;

    settle(r);
    r->at = buf_room(r->out, n, ROOM, &room);
    r->end = r->at != NULL ? r->at + room : NULL;
    return r->at != NULL;
}

static inline bool
has_room(struct render *r, size_t n)
{
    return (size_t)(r->end - r->at) >= n || more(r, n);
}

static inline void
put(struct render *r, const char *text, size_t n)
{
    if (!has_room(r, n) || n == 0)
        return;
    memcpy(r->at, text, n);
    r->at += n;
}

static void
put_escaped(struct render *r, const char *text, size_t n)
{
    while (n > 0) {
        size_t part = n < ESCAPED_AT_ONCE ? n : ESCAPED_AT_ONCE;

        if (!has_room(r, part * ESCAPE_GROWS))
            return;
        r->at = escape_html(r->at, text, part);
        text += part;
        n -= part;
    }
}

static void
put_int(struct render *r, int64_t value)
{
    char digits[INT_CHARS], *p = digits + sizeof digits;
    uint64_t n = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        *--p = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    if (value < 0)
        *--p = '-';
    put(r, p, (size_t)(digits + sizeof digits - p));
}

static void
put_indent(struct render *r)
{
    put(r, r->indents + r->indent, r->indents_len - r->indent);
}

/* A lead in a partial that is indented: each line but empty ones. */
static void
put_indented(struct render *r, const struct op *op)
{
    const char *at = op->lead.at, *end = at + op->lead.len;
    bool start = op->line_start;

    if (start && at == end)
        put_indent(r);
    while (at < end) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        const char *stop = nl != NULL ? nl + 1 : end;

        if (start && *at != '\n')
            put_indent(r);
        put(r, at, (size_t)(stop - at));
        start = true;
        at = stop;
    }
}

static inline const struct view *
follow(const struct view *v)
{
    while (v != NULL && v->kind == VIEW_LINK)
        v = v->link;
    return v != NULL && v->kind != VIEW_NONE ? v : NULL;
}

/* What PATH leads to, or NULL: its first part from the innermost context
 * outwards, the others only in what that is. */
static const struct view *
look_up(const struct render *r, const struct path *path)
{
    const struct view *v = NULL;

    if (path->parts == 0)
        return r->stack[r->contexts - 1];
    for (int i = r->contexts - 1; i >= 0 && v == NULL; i--) {
        if (r->stack[i]->kind == VIEW_OBJECT)
            v = follow(view_find(r->stack[i], &path->part[0]));
    }
    for (int i = 1; i < path->parts && v != NULL; i++) {
        if (v->kind != VIEW_OBJECT)
            return NULL;
        v = follow(view_find(v, &path->part[i]));
    }
    return v;
}

static void
put_value(struct render *r, const struct op *op)
{
    const struct view *v = look_up(r, &op->path);

    if (v == NULL)
        return;
    switch ((enum view_kind)v->kind) {
    case VIEW_TEXT:
        if (op->kind == OP_RAW)
            put(r, v->text.at, v->text.len);
        else
            put_escaped(r, v->text.at, v->text.len);
        break;
    case VIEW_INT:
        put_int(r, v->number);
        break;
    case VIEW_FLAG:
        put(r, v->on ? "true" : "false", v->on ? 4 : 5);
        break;
    default:    /* what has no text */
        break;
    }
}

static bool
is_true(const struct view *v)
{
    if (v == NULL)
        return false;
    switch ((enum view_kind)v->kind) {
    case VIEW_TEXT:
        return v->text.len > 0;
    case VIEW_INT:
        return v->number != 0;
    case VIEW_FLAG:
        return v->on;
    case VIEW_LIST:
        return v->ring.last != NULL;
    default:
        return v->kind == VIEW_OBJECT;
    }
}

static bool
too_deep(struct render *r)
{
    err_at(r->e, r->program->file, 0, 0);
    return err_set(r->e, ERR_MACHINE, "template.depth", "");
}

/* The section OP with V as the innermost context. */
static bool
run_within(struct render *r, const struct op *op, const struct view *v)
{
    bool ok;

    if (r->contexts == TEMPLATE_STACK_MAX)
        return too_deep(r);
    r->stack[r->contexts++] = v;
    ok = run(r, op + 1, op + op->skip);
    r->contexts--;
    return ok;
}

static bool
run_section(struct render *r, const struct op *op)
{
    const struct view *v = look_up(r, &op->path);
    const struct view *item;

    if (is_true(v) != (op->kind == OP_SECTION))
        return true;
    if (op->kind == OP_INVERTED || v->kind == VIEW_FLAG)
        return run(r, op + 1, op + op->skip);
    if (v->kind != VIEW_LIST)
        return run_within(r, op, v);
    item = v->ring.last;
    do {
        item = item->next;
        if (!run_within(r, op, item))
            return false;
    } while (item != v->ring.last);
    return true;
}

static bool
run_partial(struct render *r, const struct op *op)
{
    const struct program *outer = r->program;
    const struct span *indent = &op->partial.indent;
    size_t before = r->indent, end = r->indents_len;
    bool ok;

    if (r->depth == TEMPLATE_DEPTH_MAX
        || r->partials == TEMPLATE_PARTIALS_MAX
        || indent->len > sizeof r->indents - end)
        return too_deep(r);
    if (!op->partial.alone)
        r->indent = end;
    if (indent->len > 0)
        memcpy(r->indents + end, indent->at, indent->len);
    r->indents_len += indent->len;
    r->depth++;
    r->partials++;
    r->program = &r->templates->programs[op->partial.program];
    ok = run(r, r->program->ops, r->program->ops + r->program->count);
    r->program = outer;
    r->depth--;
    r->indent = before;
    r->indents_len = end;
    return ok;
}

static bool
run(struct render *r, const struct op *op, const struct op *end)
{
    bool ok = true;

    for (; op < end && ok; op += op->skip) {
        if (r->indent == r->indents_len)
            put(r, op->lead.at, op->lead.len);
        else
            put_indented(r, op);
        switch ((enum op_kind)op->kind) {
        case OP_TEXT:
            break;
        case OP_SAY:
            put(r, op->say[r->lang].at, op->say[r->lang].len);
            break;
        case OP_VALUE:
        case OP_RAW:
            put_value(r, op);
            break;
        case OP_SECTION:
        case OP_INVERTED:
            ok = run_section(r, op);
            break;
        case OP_PARTIAL:
            ok = run_partial(r, op);
            break;
        }
    }
    return ok;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const struct program *
find(const struct templates *t, const char *name)
{
    int low = 0, high = t->count;

    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(name, t->programs[middle].name);

        if (order == 0)
            return &t->programs[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool
template_render(const struct templates *t, const char *name,
                const struct view *v, enum lang lang, struct buf *out,
                struct err *e)
{
    struct render r;

    r.templates = t;
    r.lang = lang;
    r.out = out;
    r.at = r.end = NULL;
    r.e = e;
    r.program = find(t, name);
    r.stack[0] = v;
    r.contexts = 1;
    r.depth = 0;
    r.partials = 0;
    r.indent = r.indents_len = 0;
    assert(v->kind == VIEW_OBJECT);
    if (r.program == NULL)
        return err_set(e, ERR_MACHINE, "template.unknown", "%s", name);
    more(&r, 0);
    if (!run(&r, r.program->ops, r.program->ops + r.program->count))
        return false;
    settle(&r);
    return buf_ok(out, e);
}

static_assert(offsetof(struct template_text, name) == 0, "by_name()");

struct templates *
templates_of(const struct template_text *texts, int count, struct err *e)
{
    struct templates *t = mem_take(sizeof *t);
    struct template_text *sorted;
    struct program *programs;

    arena_init(&t->arena);
    sorted = arena_array(&t->arena, (size_t)count, sizeof *sorted);
    if (count > 0)
        memcpy(sorted, texts, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, by_name);
    programs = arena_array(&t->arena, (size_t)count, sizeof *programs);
    t->programs = programs;
    t->count = count;
    for (int i = 0; i < count; i++) {
        if (!template_parse(&programs[i], &sorted[i], sorted, count,
                            &t->arena, e)) {
            templates_free(t);
            return NULL;
        }
    }
    return t;
}

/* The name in the path of an embedded file; NULL if it is no template. */
static const char *
name_in(struct arena *a, const char *file)
{
    static const char folder[] = "src/web/templates/", suffix[] = ".html";
    size_t n = strlen(file), in = sizeof folder - 1, out = sizeof suffix - 1;

    if (n <= in + out || memcmp(file, folder, in) != 0
        || strcmp(file + n - out, suffix) != 0)
        return NULL;
    return arena_text_n(a, file + in, n - in - out);
}

struct templates *
templates_load(struct err *e)
{
    struct arena names;
    struct template_text *texts;
    struct templates *t;
    int files = 0, count = 0;

    arena_init(&names);
    while (embed_name(files) != NULL)
        files++;
    texts = arena_array(&names, (size_t)files, sizeof *texts);
    for (int i = 0; i < files; i++) {
        struct template_text *text = &texts[count];

        text->file = embed_name(i);
        text->name = name_in(&names, text->file);
        text->text = embed_find(text->file, &text->len);
        count += text->name != NULL;
    }
    t = templates_of(texts, count, e);
    arena_clear(&names);
    return t;
}

void
templates_free(struct templates *t)
{
    if (t == NULL)
        return;
    arena_clear(&t->arena);
    free(t);
}
