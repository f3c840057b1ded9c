/* local.c - the block `local` read and written as lists. See local.h.
 *
 * Writing cuts the text where the block begins and puts a new one there,
 * every text in double quotes on one line, which can hold any character by
 * an escape; so the definition itself is never written anew. That what was
 * written is what is read is not assumed but looked at each time. */
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "def/local_bind.h"

/* The block of the definition TEXT; *LOCAL is NULL if there is none. */
static bool
find_block(const char *text, size_t len, struct arena *arena,
           const struct yaml **local, struct err *e)
{
    const struct yaml *root = yaml_read(text, len, "definition", arena, e);

    *local = NULL;
    if (root != NULL && root->kind == YAML_MAP)
        *local = yaml_get(root, "local");
    return root != NULL;
}

bool
local_read(const char *text, size_t len, struct arena *arena,
           struct local *out, struct err *e)
{
    struct reader r = { NULL, arena, e };
    struct pos before = e->at;
    const struct yaml *block;

    *out = (struct local){ .off = NULL };
    if (!find_block(text, len, arena, &block, e)
        || !local_bind(&r, block, out))
        return false;
    e->at = before;
    return true;
}

/* Length of the line break at P, 0 if there is none: as libyaml counts. */
static size_t
break_at(const char *p, const char *end)
{
    size_t left = (size_t)(end - p);

    if (*p == '\r')
        return left > 1 && p[1] == '\n' ? 2 : 1;
    if (*p == '\n')
        return 1;
    if (left > 1 && memcmp(p, "\xC2\x85", 2) == 0)
        return 2;
    if (left > 2 && (memcmp(p, "\xE2\x80\xA8", 3) == 0
                     || memcmp(p, "\xE2\x80\xA9", 3) == 0))
        return 3;
    return 0;
}

/* How much of TEXT stands before the block that begins at AT, or LEN + 1
 * where it does not begin a line of its own. */
static size_t
block_place(const char *text, size_t len, const struct pos *at)
{
    const char *p = text, *end = text + len;
    static const char key[] = "local";

    for (long line = 1; line < at->line && p < end; ) {
        size_t n = break_at(p, end);

        line += n > 0;
        p += n > 0 ? n : 1;
    }
    if (at->column != 1 || (size_t)(end - p) < sizeof key - 1
        || memcmp(p, key, sizeof key - 1) != 0)
        return len + 1;
    return (size_t)(p - text);
}

/* --- writing */

/* Whether YAML takes C as it is, between double quotes. */
static bool
is_plain(int32_t c)
{
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != '"' && c != '\\'
        && c != 0x2028 && c != 0x2029 && c != 0xFEFF
        && c != 0xFFFE && c != 0xFFFF;
}

static void
put_quoted(struct buf *b, const char *text)
{
    const char *p = text, *end = text + strlen(text);

    buf_byte(b, '"');
    while (p < end) {
        const char *from = p;
        int32_t c = utf8_next(&p, end);

        if (c == '\r' && p < end && *p == '\n')
            continue;
        if (is_plain(c))
            buf_add(b, from, (size_t)(p - from));
        else if (c == '\n')
            buf_text(b, "\\n");
        else if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", (int)c);
        else
            buf_printf(b, "\\u%04X", (unsigned)c);
    }
    buf_byte(b, '"');
}

static void
put_field(struct buf *b, const char *indent, const char *key,
          const char *text)
{
    buf_printf(b, "%s%s: ", indent, key);
    put_quoted(b, text);
    buf_byte(b, '\n');
}

static void
put_label(struct buf *b, const char *key, const struct label *l)
{
    if (local_is_blank(l))
        return;
    buf_printf(b, "      %s:\n", key);
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL && *l->in[i] != '\0')
            put_field(b, "        ", lang_code((enum lang)i), l->in[i]);
}

static void
put_service(struct buf *b, const struct local_service *s)
{
    put_field(b, "    - ", "category", s->category);
    put_field(b, "      ", "code", s->code);
    if (s->replaces != NULL && *s->replaces != '\0')
        put_field(b, "      ", "replaces", s->replaces);
    put_label(b, "label", &s->label);
    put_label(b, "examples", &s->examples);
}

static void
put_block(struct buf *b, const struct local *l)
{
    buf_text(b, "local:\n");
    if (l->off_count > 0)
        buf_text(b, "  off:\n");
    for (int i = 0; i < l->off_count; i++) {
        buf_text(b, "    - ");
        put_quoted(b, l->off[i].at);
        buf_byte(b, '\n');
    }
    if (l->text_count > 0)
        buf_text(b, "  texts:\n");
    for (int i = 0; i < l->text_count; i++) {
        put_field(b, "    - ", "at", l->texts[i].at);
        put_label(b, "help", &l->texts[i].help);
        put_label(b, "examples", &l->texts[i].examples);
    }
    if (l->service_count > 0)
        buf_text(b, "  services:\n");
    for (int i = 0; i < l->service_count; i++)
        put_service(b, &l->services[i]);
    if (l->name_count > 0)
        buf_text(b, "  names:\n");
    for (int i = 0; i < l->name_count; i++) {
        put_field(b, "    - ", "at", l->names[i].at);
        put_label(b, "label", &l->names[i].label);
    }
}

/* --- what was written is what is read */

/* A is the writer's: a missing text may be empty, a line may end in CR. */
static bool
same_text(const char *a, const char *b)
{
    a = a != NULL ? a : "";
    b = b != NULL ? b : "";
    for (;; a++, b++) {
        if (a[0] == '\r' && a[1] == '\n')
            a++;
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
    }
}

static bool
same_label(const struct label *a, const struct label *b)
{
    bool same = true;

    for (int i = 0; i < LANG_COUNT; i++)
        same = same && same_text(a->in[i], b->in[i]);
    return same;
}

static bool
same_service(const struct local_service *a, const struct local_service *b)
{
    return same_text(a->code, b->code) && same_text(a->category, b->category)
        && same_text(a->replaces, b->replaces)
        && same_label(&a->label, &b->label)
        && same_label(&a->examples, &b->examples);
}

static bool
same_local(const struct local *a, const struct local *b)
{
    bool same = a->off_count == b->off_count
             && a->text_count == b->text_count
             && a->service_count == b->service_count
             && a->name_count == b->name_count;

    for (int i = 0; same && i < a->off_count; i++)
        same = same_text(a->off[i].at, b->off[i].at);
    for (int i = 0; same && i < a->text_count; i++)
        same = same_text(a->texts[i].at, b->texts[i].at)
            && same_label(&a->texts[i].help, &b->texts[i].help)
            && same_label(&a->texts[i].examples, &b->texts[i].examples);
    for (int i = 0; same && i < a->service_count; i++)
        same = same_service(&a->services[i], &b->services[i]);
    for (int i = 0; same && i < a->name_count; i++)
        same = same_text(a->names[i].at, b->names[i].at)
            && same_label(&a->names[i].label, &b->names[i].label);
    return same;
}

/* Bytes that are no text would be refused by place and not by name. */
static bool
check_label(struct err *e, const char *at, const struct label *l, int max,
            bool lines)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL
            && !local_check_text(e, at, l->in[i], max, lines))
            return false;
    return true;
}

static bool
check_at(struct err *e, const char *at)
{
    return local_check_text(e, at, at, LOCAL_LABEL_MAX, false);
}

static bool
check_texts(const struct local *l, struct err *e)
{
    for (int i = 0; i < l->off_count; i++)
        if (!check_at(e, l->off[i].at))
            return false;
    for (int i = 0; i < l->text_count; i++) {
        const struct local_text *t = &l->texts[i];

        if (!check_at(e, t->at)
            || !check_label(e, t->at, &t->help, LOCAL_TEXT_MAX, true)
            || !check_label(e, t->at, &t->examples, LOCAL_TEXT_MAX, true))
            return false;
    }
    for (int i = 0; i < l->service_count; i++) {
        const struct local_service *s = &l->services[i];

        if (!check_at(e, s->code) || !check_at(e, s->category)
            || (s->replaces != NULL && !check_at(e, s->replaces))
            || !check_label(e, s->code, &s->label, LOCAL_LABEL_MAX, false)
            || !check_label(e, s->code, &s->examples, LOCAL_TEXT_MAX, true))
            return false;
    }
    for (int i = 0; i < l->name_count; i++) {
        const struct local_name *n = &l->names[i];

        if (!check_at(e, n->at)
            || !check_label(e, n->at, &n->label, LOCAL_LABEL_MAX, false))
            return false;
    }
    return true;
}

/* The LEN bytes at TEXT are a definition, and say L. */
static bool
read_back(const char *text, size_t len, const struct local *l,
          struct arena *arena, struct err *e)
{
    struct instrument *in;
    struct local said;

    if (len > DEFINITION_MAX)
        return err_set(e, ERR_INPUT, "local.size", "%zu %d", len,
                       DEFINITION_MAX);
    if (!local_read(text, len, arena, &said, e))
        return false;
    in = instrument_read(text, len, "definition", e);
    if (in == NULL)
        return false;
    instrument_free(in);
    return same_local(l, &said)
        || err_set(e, ERR_INPUT, "local.read_back", "");
}

bool
local_write(const char *text, size_t len, const struct local *l,
            struct buf *out, struct err *e)
{
    bool any = l->off_count + l->text_count + l->service_count
             + l->name_count > 0;
    size_t start = out->len, base = len;
    const struct yaml *block;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = check_texts(l, e) && find_block(text, len, &arena, &block, e);
    if (ok && block != NULL) {
        base = block_place(text, len, &block->key_at);
        ok = base <= len || err_set(e, ERR_INPUT, "local.place", "");
    }
    if (ok) {
        buf_add(out, text, base);
        if (any && base > 0 && text[base - 1] != '\n')
            buf_byte(out, '\n');
        if (any)
            put_block(out, l);
        ok = buf_ok(out, e)
          && read_back(out->data + start, out->len - start, l, &arena, e);
    }
    arena_clear(&arena);
    return ok;
}
