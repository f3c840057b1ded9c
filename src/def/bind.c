/* bind.c - see bind.h. */
#include "def/bind.h"
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"

void
bind_at(struct reader *r, const struct yaml *n)
{
    err_at(r->e, n->at.file, n->at.line, n->at.column);
}

bool
bind_fail(struct reader *r, const struct yaml *n, const char *key)
{
    static const char *const kinds[] = { "", "[...]", "{...}" };
    char found[QUOTE_MAX];

    bind_at(r, n);
    if (n->kind == YAML_SCALAR)
        err_quote(found, sizeof found, n->text, n->len);
    else
        err_quote(found, sizeof found, kinds[n->kind], 5);
    return err_set(r->e, ERR_INPUT, key, "%s", found);
}

static const struct field *
field_of(const struct field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

static bool
fail_key(struct reader *r, const struct yaml *value,
         const struct field *fields, size_t count)
{
    struct near near;
    char found[QUOTE_MAX];

    near_begin(&near, value->key, strlen(value->key));
    for (size_t i = 0; i < count; i++)
        near_offer(&near, fields[i].key);
    err_quote(found, sizeof found, value->key, strlen(value->key));
    err_at(r->e, value->key_at.file, value->key_at.line,
           value->key_at.column);
    if (near.best != NULL)
        return err_set(r->e, ERR_INPUT, "def.key_near", "%s %s", found,
                       near.best);
    return err_set(r->e, ERR_INPUT, "def.key", "%s", found);
}

bool
bind_map(struct reader *r, const struct yaml *n, const struct field *fields,
         size_t count, void *to)
{
    if (n->kind != YAML_MAP)
        return bind_fail(r, n, "def.want_map");
    for (const struct yaml *v = n->first; v != NULL; v = v->next) {
        const struct field *f = field_of(fields, count, v->key);

        if (f == NULL)
            return fail_key(r, v, fields, count);
        if (!f->read(r, v, (char *)to + f->offset))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (fields[i].needed && yaml_get(n, fields[i].key) == NULL) {
            bind_at(r, n);
            return err_set(r->e, ERR_INPUT, "def.key_missing", "%s",
                           fields[i].key);
        }
    }
    return true;
}

bool
bind_list(struct reader *r, const struct yaml *n, size_t size, int max,
          const struct field *fields, size_t count, void *array,
          int *array_count)
{
    char *piece;

    if (n->kind != YAML_LIST)
        return bind_fail(r, n, "def.want_list");
    if (n->count < 1 || n->count > max) {
        bind_at(r, n);
        return err_set(r->e, ERR_INPUT, "def.list_count", "%d %d", n->count,
                       max);
    }
    piece = arena_array(r->arena, (size_t)n->count, size);
    *(void **)array = piece;
    *array_count = n->count;
    for (const struct yaml *i = n->first; i != NULL; i = i->next) {
        if (!bind_map(r, i, fields, count, piece))
            return false;
        piece += size;
    }
    return true;
}

static bool
want_scalar(struct reader *r, const struct yaml *n)
{
    return n->kind == YAML_SCALAR || bind_fail(r, n, "def.want_text");
}

bool
bind_text(struct reader *r, const struct yaml *n, void *to)
{
    if (!want_scalar(r, n))
        return false;
    if (n->len == 0)
        return bind_fail(r, n, "def.want_text");
    *(const char **)to = n->text;
    return true;
}

bool
bind_expr_text(struct reader *r, const struct yaml *n, void *to)
{
    if (!want_scalar(r, n))
        return false;
    *(const char **)to = n->len > 0 ? n->text : NULL;
    return true;
}

static bool
is_id(const struct yaml *n)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz";
    static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

    return n->len >= 1 && n->len <= ID_MAX && strchr(first, *n->text) != NULL
        && strspn(n->text, all) == n->len;
}

static bool
is_code(const struct yaml *n)
{
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "abcdefghijklmnopqrstuvwxyz0123456789_+.-";

    return n->len >= 1 && n->len <= ID_MAX && strspn(n->text, all) == n->len
        && strchr("+.-", *n->text) == NULL
        && strcmp(n->text, "unknown") != 0;
}

bool
bind_id(struct reader *r, const struct yaml *n, void *to)
{
    if (n->kind != YAML_SCALAR || !is_id(n))
        return bind_fail(r, n, "def.want_id");
    *(const char **)to = n->text;
    return true;
}

bool
bind_code(struct reader *r, const struct yaml *n, void *to)
{
    if (n->kind != YAML_SCALAR || !is_code(n))
        return bind_fail(r, n, "def.want_code");
    *(const char **)to = n->text;
    return true;
}

bool
bind_label(struct reader *r, const struct yaml *n, void *to)
{
    static const struct field fields[] = {
        { "nb", true, bind_text, sizeof (char *) * LANG_NB },
        { "nn", true, bind_text, sizeof (char *) * LANG_NN },
        { "en", true, bind_text, sizeof (char *) * LANG_EN }
    };

    return bind_map(r, n, fields, FIELD_COUNT(fields),
                    ((struct label *)to)->in);
}

bool
bind_bool(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = { "false", "true" };
    int word = bind_word(r, n, words, 2);

    if (word < 0)
        return false;
    *(bool *)to = word == 1;
    return true;
}

bool
bind_int(struct reader *r, const struct yaml *n, void *to)
{
    int value = 0;

    if (n->kind != YAML_SCALAR || n->len < 1 || n->len > 5
        || strspn(n->text, "0123456789") != n->len)
        return bind_fail(r, n, "def.want_int");
    for (size_t i = 0; i < n->len; i++)
        value = value * 10 + (n->text[i] - '0');
    if (value > INT_MAX_VALUE)
        return bind_fail(r, n, "def.want_int");
    *(int *)to = value;
    return true;
}

bool
bind_colour(struct reader *r, const struct yaml *n, void *to)
{
    if (n->kind != YAML_SCALAR || n->len != 7 || n->text[0] != '#'
        || strspn(n->text + 1, "0123456789abcdefABCDEF") != 6)
        return bind_fail(r, n, "def.want_colour");
    *(const char **)to = n->text;
    return true;
}

static bool
has_source(const struct instrument *in, const char *id, size_t len)
{
    for (int i = 0; i < in->source_count; i++)
        if (strlen(in->sources[i].id) == len
            && memcmp(in->sources[i].id, id, len) == 0)
            return true;
    return false;
}

/* One or more keys of `sources`, separated by commas. */
bool
bind_source(struct reader *r, const struct yaml *n, void *to)
{
    const char *p;

    if (!bind_text(r, n, to))
        return false;
    for (p = n->text; ; p++) {
        size_t len = strcspn(p, ",");

        if (!has_source(r->in, p, len))
            return bind_fail(r, n, "def.source");
        p += len;
        if (*p == '\0')
            return true;
    }
}

bool
bind_node(struct reader *r, const struct yaml *n, void *to)
{
    (void)r;
    *(const struct yaml **)to = n;
    return true;
}

int
bind_word(struct reader *r, const struct yaml *n, const char *const *words,
          int count)
{
    char found[QUOTE_MAX];
    struct near near;
    struct buf all;

    if (!want_scalar(r, n))
        return -1;
    for (int i = 0; i < count; i++)
        if (strcmp(n->text, words[i]) == 0)
            return i;
    err_quote(found, sizeof found, n->text, n->len);
    bind_at(r, n);
    near_begin(&near, n->text, n->len);
    for (int i = 0; i < count; i++)
        near_offer(&near, words[i]);
    if (near.best != NULL) {
        err_set(r->e, ERR_INPUT, "def.word_near", "%s %s", found, near.best);
        return -1;
    }
    buf_init(&all, 4096);
    for (int i = 0; i < count; i++)
        buf_printf(&all, "%s%s", i > 0 ? ", " : "", words[i]);
    err_set(r->e, ERR_INPUT, "def.word", "%s %s", found, buf_string(&all));
    buf_clear(&all);
    return -1;
}

int
bind_variable(struct reader *r, const struct yaml *n, int known)
{
    struct near near;
    char found[QUOTE_MAX];
    int v;

    if (!want_scalar(r, n))
        return -1;
    v = instrument_variable(r->in, n->text, n->len);
    if (v >= 0 && v < known)
        return v;
    near_begin(&near, n->text, n->len);
    for (int i = 0; i < known; i++)
        near_offer(&near, r->in->variables[i].id);
    err_quote(found, sizeof found, n->text, n->len);
    bind_at(r, n);
    if (near.best != NULL)
        err_set(r->e, ERR_INPUT, "def.variable_near", "%s %s", found,
                near.best);
    else
        err_set(r->e, ERR_INPUT, "def.variable", "%s", found);
    return -1;
}

bool
bind_variables(struct reader *r, const struct yaml *n, int known,
               const int **array, int *count)
{
    int *out, i = 0;

    if (n->kind == YAML_MAP || (n->kind == YAML_LIST && n->count < 1))
        return bind_fail(r, n, "def.want_variables");
    *count = n->kind == YAML_LIST ? n->count : 1;
    *array = out = arena_array(r->arena, (size_t)*count, sizeof *out);
    if (n->kind == YAML_SCALAR)
        return (out[0] = bind_variable(r, n, known)) >= 0;
    for (const struct yaml *item = n->first; item != NULL; item = item->next)
        if ((out[i++] = bind_variable(r, item, known)) < 0)
            return false;
    return true;
}
