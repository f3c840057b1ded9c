/* local_bind.c - see local_bind.h.
 *
 * Here is looked at what can be without the definition: keys, lengths,
 * characters. A fault names its entry, because whoever typed it into a page
 * has never seen a line of the file. */
#include "def/local_bind.h"
#include <string.h>
#include "base/utf8.h"

enum { NAME_SHOWN_MAX = 80 };

const char *
local_shown(const char *at, char out[QUOTE_MAX])
{
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "abcdefghijklmnopqrstuvwxyz0123456789_+.-";
    size_t len = strlen(at);

    if (len <= NAME_SHOWN_MAX && strspn(at, all) == len
        && quote_allowed(at, len))
        return at;
    err_quote(out, QUOTE_MAX, at, len);
    return out;
}

bool
local_fail(struct err *e, const char *key, const char *at)
{
    char shown[QUOTE_MAX];
    const char *name = local_shown(at, shown);

    err_field(e, name);
    return err_set(e, ERR_INPUT, key, "%s", name);
}

/* Whether TEXT has a character that nobody can see. */
static bool
has_control(const char *text, bool lines)
{
    const char *p = text, *end = text + strlen(text);

    while (p < end) {
        int32_t c = utf8_next(&p, end);
        bool fine = c == '\n' || c == '\t'
                 || (c == '\r' && p < end && *p == '\n');

        if ((c < 0x20 && !(fine && lines)) || (c >= 0x7F && c < 0xA0))
            return true;
    }
    return false;
}

bool
local_check_text(struct err *e, const char *at, const char *text, int max,
                 bool lines)
{
    size_t len = strlen(text), count;
    char shown[QUOTE_MAX];
    const char *name;

    if (!utf8_valid(text, len, NULL))
        return local_fail(e, "local.utf8", at);
    if (has_control(text, lines))
        return local_fail(e, lines ? "local.control" : "local.line", at);
    count = utf8_count(text, len);
    for (const char *p = text; (p = strchr(p, '\r')) != NULL; p++)
        count--;
    if (count <= (size_t)max)
        return true;
    name = local_shown(at, shown);
    err_field(e, name);
    return err_set(e, ERR_INPUT, "local.long", "%s %zu %d", name, count,
                   max);
}

bool
local_is_blank(const struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL && *l->in[i] != '\0')
            return false;
    return true;
}

struct label
local_filled(const struct label *l)
{
    struct label out = *l;
    const char *first = l->in[LANG_NB];

    for (int i = 0; i < LANG_COUNT && first == NULL; i++)
        first = l->in[i];
    for (int i = 0; i < LANG_COUNT; i++)
        if (out.in[i] == NULL)
            out.in[i] = first;
    return out;
}

/* A label of which languages may be missing. */
static bool
bind_some_label(struct reader *r, const struct yaml *n, void *to)
{
    static const struct field fields[] = {
        { "nb", false, bind_text, sizeof (char *) * LANG_NB },
        { "nn", false, bind_text, sizeof (char *) * LANG_NN },
        { "en", false, bind_text, sizeof (char *) * LANG_EN }
    };

    return bind_map(r, n, fields, FIELD_COUNT(fields),
                    ((struct label *)to)->in);
}

/* One of the block's lists: KEY holds the entry's name. */
struct listing {
    const char *key;
    size_t size, pos;
    int max;
    const struct field *fields;
    size_t field_count;
    bool (*check)(struct reader *r, const void *entry);
};

static bool
check_count(struct reader *r, const struct yaml *n, int max)
{
    if (n->kind != YAML_LIST)
        return bind_fail(r, n, "def.want_list");
    if (n->count >= 1 && n->count <= max)
        return true;
    bind_at(r, n);
    return err_set(r->e, ERR_INPUT, "def.list_count", "%d %d", n->count,
                   max);
}

/* Reads entry N to TO; a fault gets the entry's name. */
static bool
bind_entry(struct reader *r, const struct yaml *n, const struct listing *l,
           void *to)
{
    const struct yaml *name = n->kind == YAML_MAP ? yaml_get(n, l->key)
                                                  : NULL;
    char shown[QUOTE_MAX];

    if (bind_map(r, n, l->fields, l->field_count, to)) {
        bind_at(r, n);
        memcpy((char *)to + l->pos, &n->at, sizeof n->at);
        return l->check(r, to);
    }
    if (name != NULL && name->kind == YAML_SCALAR)
        err_field(r->e, local_shown(name->text, shown));
    return false;
}

static bool
bind_entries(struct reader *r, const struct yaml *n, const struct listing *l,
             void *array, int *count)
{
    char *piece;

    if (n == NULL)
        return true;
    if (!check_count(r, n, l->max))
        return false;
    piece = arena_array(r->arena, (size_t)n->count, l->size);
    *(void **)array = piece;
    *count = n->count;
    for (const struct yaml *i = n->first; i != NULL; i = i->next) {
        if (!bind_entry(r, i, l, piece))
            return false;
        piece += l->size;
    }
    return true;
}

static bool
check_label(struct reader *r, const char *at, const struct label *l, int max,
            bool lines)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL
            && !local_check_text(r->e, at, l->in[i], max, lines))
            return false;
    return true;
}

static bool
check_name_label(struct reader *r, const char *at, const struct label *l)
{
    return local_is_blank(l) ? local_fail(r->e, "local.blank", at)
         : check_label(r, at, l, LOCAL_LABEL_MAX, false);
}

static bool
check_text(struct reader *r, const void *entry)
{
    const struct local_text *t = entry;

    if (local_is_blank(&t->help) && local_is_blank(&t->examples))
        return local_fail(r->e, "local.blank", t->at);
    return check_label(r, t->at, &t->help, LOCAL_TEXT_MAX, true)
        && check_label(r, t->at, &t->examples, LOCAL_TEXT_MAX, true);
}

static bool
check_service(struct reader *r, const void *entry)
{
    const struct local_service *s = entry;

    if (strlen(s->code) > SERVICE_CODE_MAX) {
        char shown[QUOTE_MAX];
        const char *name = local_shown(s->code, shown);

        err_field(r->e, name);
        return err_set(r->e, ERR_INPUT, "local.code_long", "%s %d", name,
                       SERVICE_CODE_MAX);
    }
    return check_name_label(r, s->code, &s->label)
        && check_label(r, s->code, &s->examples, LOCAL_TEXT_MAX, true);
}

static bool
check_name(struct reader *r, const void *entry)
{
    const struct local_name *n = entry;

    return check_name_label(r, n->at, &n->label);
}

static bool
bind_off(struct reader *r, const struct yaml *n, struct local *out)
{
    struct local_off *off;

    if (n == NULL)
        return true;
    if (!check_count(r, n, LOCAL_OFF_MAX))
        return false;
    out->off = off = arena_array(r->arena, (size_t)n->count, sizeof *off);
    out->off_count = n->count;
    for (const struct yaml *i = n->first; i != NULL; i = i->next, off++) {
        off->pos = i->at;
        if (!bind_text(r, i, &off->at))
            return false;
    }
    return true;
}

#define TEXT(member) offsetof(struct local_text, member)
#define SERVICE(member) offsetof(struct local_service, member)
#define NAME(member) offsetof(struct local_name, member)
static const struct field text_fields[] = {
    { "at", true, bind_text, TEXT(at) },
    { "help", false, bind_some_label, TEXT(help) },
    { "examples", false, bind_some_label, TEXT(examples) }
};
static const struct field service_fields[] = {
    { "category", true, bind_id, SERVICE(category) },
    { "code", true, bind_id, SERVICE(code) },
    { "replaces", false, bind_id, SERVICE(replaces) },
    { "label", false, bind_some_label, SERVICE(label) },
    { "examples", false, bind_some_label, SERVICE(examples) }
};
static const struct field name_fields[] = {
    { "at", true, bind_text, NAME(at) },
    { "label", false, bind_some_label, NAME(label) }
};
static const struct listing
texts = { "at", sizeof(struct local_text), TEXT(pos), LOCAL_TEXTS_MAX,
          text_fields, FIELD_COUNT(text_fields), check_text },
services = { "code", sizeof(struct local_service), SERVICE(pos), SERVICE_MAX,
             service_fields, FIELD_COUNT(service_fields), check_service },
names = { "at", sizeof(struct local_name), NAME(pos), SERVICE_MAX,
          name_fields, FIELD_COUNT(name_fields), check_name };
#undef TEXT
#undef SERVICE
#undef NAME

bool
local_bind(struct reader *r, const struct yaml *n, struct local *out)
{
    static const struct field fields[] = {
        { "off", false, bind_node, 0 },
        { "texts", false, bind_node, sizeof n },
        { "services", false, bind_node, 2 * sizeof n },
        { "names", false, bind_node, 3 * sizeof n }
    };
    const struct yaml *list[FIELD_COUNT(fields)] = { NULL };

    *out = (struct local){ .off = NULL };
    if (n == NULL)
        return true;
    return bind_map(r, n, fields, FIELD_COUNT(fields), list)
        && bind_off(r, list[0], out)
        && bind_entries(r, list[1], &texts, &out->texts, &out->text_count)
        && bind_entries(r, list[2], &services, &out->services,
                        &out->service_count)
        && bind_entries(r, list[3], &names, &out->names, &out->name_count);
}
