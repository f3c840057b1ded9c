/* api_body.c - see api.h: what a call is given, held against its schema.
 *
 * What a message quotes of the body is a member's name, which may be a
 * person's number in the wrong place: err_quote sees to that. */
#include <string.h>
#include "base/clock.h"
#include "base/json_read.h"
#include "base/utf8.h"
#include "web/api.h"

void
api_refuse(struct page *p, const char *key, const char *field)
{
    char quoted[QUOTE_MAX];

    err_quote(quoted, sizeof quoted, field, strlen(field));
    err_clear(&p->err);
    err_set(&p->err, ERR_INPUT, key, "");
    if (quote_allowed(field, strlen(field)))
        err_field(&p->err, quoted);
    page_fail(p);
}

static bool
take_pairs(struct page *p, json_t *object, struct api_value *v)
{
    struct api_pair *pairs = arena_array(p->arena,
                                         json_object_size(object) + 1,
                                         sizeof *pairs);
    const char *name;
    json_t *member;

    v->pairs = pairs;
    json_object_foreach(object, name, member) {
        if (!json_is_string(member) && !json_is_null(member))
            return false;
        pairs[v->pair_count++] = (struct api_pair){
            arena_text(p->arena, name),
            json_is_null(member) ? NULL
                : arena_text(p->arena, json_string_value(member))
        };
    }
    return true;
}

/* Whether MEMBER is of TYPE; into V if so. */
static bool
take(struct page *p, json_t *member, const char *type, struct api_value *v)
{
    if (json_is_null(member))
        return type[strlen(type) - 1] == '?' && type[0] != '{';
    v->given = true;
    if (type[0] == '{')
        return json_is_object(member) && take_pairs(p, member, v);
    if (strncmp(type, "string", 6) == 0) {
        v->text = json_is_string(member)
                  ? arena_text(p->arena, json_string_value(member)) : "";
        return json_is_string(member);
    }
    if (strncmp(type, "int", 3) == 0) {
        v->number = json_integer_value(member);
        return json_is_integer(member);
    }
    v->number = json_is_true(member);
    return json_is_boolean(member);
}

static bool
is_member(const struct api_schema *s, const char *name)
{
    for (const struct api_member *m = s->members; m->name != NULL; m++)
        if (strcmp(m->name, name) == 0)
            return true;
    return false;
}

/* The first member of ROOT that S does not have, NULL if there is none. */
static const char *
unknown(const struct api_schema *s, json_t *root)
{
    const char *name;
    json_t *member;

    json_object_foreach(root, name, member)
        if (!is_member(s, name))
            return name;
    return NULL;
}

static bool
read_members(struct page *p, const struct api_schema *s, json_t *root,
             struct api_value *values)
{
    const char *wrong = unknown(s, root);

    if (wrong != NULL) {
        api_refuse(p, "api.member_unknown", wrong);
        return false;
    }
    for (int i = 0; s->members[i].name != NULL; i++) {
        const struct api_member *m = &s->members[i];
        json_t *member = json_object_get(root, m->name);

        if (member == NULL && !m->may) {
            api_refuse(p, "api.member_missing", m->name);
            return false;
        }
        if (member != NULL && !take(p, member, m->type, &values[i])) {
            api_refuse(p, "api.member_kind", m->name);
            return false;
        }
    }
    return true;
}

bool
api_body(struct page *p, const char *name, struct api_value *values)
{
    const struct api_schema *s = api_schema_find(name);
    const struct request *r = p->request;
    json_t *root;
    bool ok;

    for (int i = 0; s->members[i].name != NULL; i++)
        values[i] = (struct api_value){ .text = "" };
    if (r->body_len == 0 && s->members[0].may)
        return true;
    if (strcmp(r->media, "application/json") != 0) {
        page_refuse(p, 415, "api.not_json");
        return false;
    }
    root = json_read(r->body, r->body_len);
    if (root == NULL) {
        page_refuse(p, 400, "api.not_object");
        return false;
    }
    ok = read_members(p, s, root, values);
    json_decref(root);
    return ok;
}

/* One of WORDS, "a|b|c". */
static bool
is_word(const char *words, const char *value)
{
    size_t n = strlen(value);

    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, "|");

        if (len == n && memcmp(at, value, n) == 0)
            return true;
        at += len;
        at += *at == '|';
    }
    return false;
}

/* A value of a query as it must be. */
static bool
value_good(const char *type, const char *value)
{
    int32_t day;

    if (value[0] == '\0')
        return true;
    if (strcmp(type, "int") == 0) {
        size_t n = strspn(value, "0123456789");

        return n > 0 && n < 16 && value[n] == '\0';
    }
    if (strcmp(type, "date") == 0)
        return day_parse(value, strlen(value), &day);
    return strcmp(type, "string") == 0 || is_word(type, value);
}

static const struct api_member *
parameter(const struct api_operation *o, const char *name)
{
    for (const struct api_member *m = o->query;
         m != NULL && m->name != NULL; m++)
        if (strcmp(m->name, name) == 0)
            return m;
    return NULL;
}

bool
api_query_good(struct page *p)
{
    const struct api_operation *o = api_operation_find(p->def->method,
                                                       p->def->path);
    const struct request *r = p->request;

    if (o == NULL)
        return true;
    for (int i = 0; i < r->query_count; i++) {
        const struct http_pair *q = &r->query[i];
        const struct api_member *m = parameter(o, q->name);

        if (m == NULL) {
            api_refuse(p, "api.query_unknown", q->name);
            return false;
        }
        if (request_query(r, q->name) != q->value
            || !value_good(m->type, q->value)) {
            api_refuse(p, "api.query_wrong", q->name);
            return false;
        }
    }
    for (const struct api_member *m = o->query;
         m != NULL && m->name != NULL; m++)
        if (!m->may && request_query(r, m->name) == NULL) {
            api_refuse(p, "api.query_missing", m->name);
            return false;
        }
    return true;
}

const char *
api_query(const struct page *p, const char *name)
{
    const char *value = request_query(p->request, name);

    return value != NULL ? value : "";
}
