/* openapi.c - see openapi.h.
 *
 * Rows of one path stand together in it, so each row looks whether it is the
 * first of its path, and then writes them all. */
#include "web/openapi.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "base/msg.h"
#include "web/api.h"
#include "web/page_private.h"

enum { KEY_LONG = 64, NAME_LONG = 64 };

static void
begin(struct json *j, const char *key)
{
    json_key(j, key);
    json_begin_object(j);
}

/* "listRounds": its text. */
static const char *
operation_text(enum lang lang, const char *id)
{
    char words[KEY_LONG], key[KEY_LONG + 8];
    size_t n = 0;

    for (; *id != '\0' && n < sizeof words - 2; id++) {
        if (isupper((unsigned char)*id))
            words[n++] = '_';
        words[n++] = (char)tolower((unsigned char)*id);
    }
    words[n] = '\0';
    snprintf(key, sizeof key, "api.op_%s", words);
    return msg_text(lang, key);
}

static void
put_ref(struct json *j, const char *where, const char *name)
{
    char ref[2 * NAME_LONG];

    snprintf(ref, sizeof ref, "#/components/%s/%s", where, name);
    api_put_text(j, "$ref", ref);
}

/* "string", or ["string", "null"]. */
static void
put_type(struct json *j, const char *type, bool null)
{
    json_key(j, "type");
    if (!null) {
        json_put_string(j, type);
        return;
    }
    json_begin_array(j);
    json_put_string(j, type);
    json_put_string(j, "null");
    json_end_array(j);
}

/* The N bytes of WORDS, "a|b|c", as the values that a string may have. */
static void
put_enum(struct json *j, const char *words, size_t n, bool null)
{
    put_type(j, "string", null);
    json_key(j, "enum");
    json_begin_array(j);
    for (const char *at = words; at < words + n;) {
        size_t len = strcspn(at, "|");

        if (at + len > words + n)
            len = (size_t)(words + n - at);
        json_put_string_n(j, at, len);
        at += len + 1;
    }
    if (null)
        json_put_null(j);
    json_end_array(j);
}

struct simple {
    const char *word, *type, *format;
};

static const struct simple simples[] = {
    { "string", "string", NULL },
    { "int", "integer", "int64" },
    { "bool", "boolean", NULL },
    { "date", "string", "date" },
    { "time", "string", "date-time" },
    { "uuid", "string", "uuid" },
};

/* False where WORD is none of them. */
static bool
put_simple(struct json *j, const char *word, size_t n, bool null)
{
    for (size_t i = 0; i < sizeof simples / sizeof simples[0]; i++) {
        const struct simple *s = &simples[i];

        if (strlen(s->word) != n || memcmp(s->word, word, n) != 0)
            continue;
        put_type(j, s->type, null);
        if (s->format != NULL)
            api_put_text(j, "format", s->format);
        return true;
    }
    return n == 3 && memcmp(word, "any", n) == 0;
}

static void put_schema(struct json *j, const char *type);

/* A list, or an object with any names. */
static void
put_many(struct json *j, const char *type)
{
    bool list = type[0] == '[';

    put_type(j, list ? "array" : "object", false);
    begin(j, list ? "items" : "additionalProperties");
    put_schema(j, type + 2);
    json_end_object(j);
}

static void
put_object(struct json *j, const char *name, bool null)
{
    if (!null) {
        put_ref(j, "schemas", name);
        return;
    }
    json_key(j, "anyOf");
    json_begin_array(j);
    json_begin_object(j);
    put_ref(j, "schemas", name);
    json_end_object(j);
    json_begin_object(j);
    put_type(j, "null", false);
    json_end_object(j);
    json_end_array(j);
}

/* The members of the schema for TYPE (api.h). */
static void
put_schema(struct json *j, const char *type)
{
    size_t n = strlen(type);
    bool null = n > 0 && type[n - 1] == '?';
    char name[NAME_LONG];

    n -= null;
    if (type[0] == '[' || type[0] == '{') {
        put_many(j, type);
    } else if (type[0] == '#') {
        snprintf(name, sizeof name, "%.*s", (int)n - 1, type + 1);
        put_object(j, name, null);
    } else if (!put_simple(j, type, n, null)) {
        put_enum(j, type, n, null);
    }
}

/* A named schema: what it takes is all there may be, unless it says so. */
static void
put_named(struct json *j, const struct api_schema *s)
{
    const struct api_member *m;

    begin(j, s->name);
    put_type(j, "object", false);
    json_key(j, "required");
    json_begin_array(j);
    for (m = s->members; m->name != NULL; m++)
        if (!m->may)
            json_put_string(j, m->name);
    json_end_array(j);
    begin(j, "properties");
    for (m = s->members; m->name != NULL; m++) {
        begin(j, m->name);
        put_schema(j, m->type);
        json_end_object(j);
    }
    json_end_object(j);
    if (m->type == NULL)
        api_put_bool(j, "additionalProperties", false);
    json_end_object(j);
}

static void
put_parameter(struct json *j, const char *name, size_t n, const char *in,
              bool needed, const char *type)
{
    json_begin_object(j);
    json_key(j, "name");
    json_put_string_n(j, name, n);
    api_put_text(j, "in", in);
    api_put_bool(j, "required", needed);
    begin(j, "schema");
    put_schema(j, type);
    json_end_object(j);
    json_end_object(j);
}

static void
put_parameters(struct json *j, const struct api_operation *o)
{
    json_key(j, "parameters");
    json_begin_array(j);
    for (const char *at = strchr(o->path, '{'); at != NULL;
         at = strchr(at + 1, '{')) {
        size_t n = strcspn(at + 1, "}");

        put_parameter(j, at + 1, n, "path", true,
                      n == 2 && memcmp(at + 1, "id", n) == 0 ? "uuid"
                                                             : "string");
    }
    for (const struct api_member *m = o->query;
         m != NULL && m->name != NULL; m++)
        put_parameter(j, m->name, strlen(m->name), "query", !m->may,
                      m->type);
    json_end_array(j);
}

static void
put_content(struct json *j, const char *type)
{
    begin(j, "content");
    begin(j, "application/json");
    begin(j, "schema");
    put_schema(j, type);
    json_end_object(j);
    json_end_object(j);
    json_end_object(j);
}

/* An answer for each of STATUSES, "403 404". TYPE NULL: a refusal. */
static void
put_answers(struct json *j, const char *statuses, const char *type,
            enum lang lang)
{
    char key[8];

    while (*statuses != '\0') {
        size_t n = strcspn(statuses, " ");

        snprintf(key, sizeof key, "%.*s", (int)n, statuses);
        begin(j, key);
        if (type != NULL) {
            api_put_text(j, "description", msg_text(lang, "api.good"));
            put_content(j, type);
        } else {
            put_ref(j, "responses", "Refused");
        }
        json_end_object(j);
        statuses += n;
        statuses += *statuses == ' ';
    }
}

static void
put_responses(struct json *j, const struct api_operation *o, bool public,
              enum lang lang)
{
    begin(j, "responses");
    put_answers(j, o->status, o->answer, lang);
    put_answers(j, public ? "400 500" : "400 401 500", NULL, lang);
    put_answers(j, o->refused, NULL, lang);
    json_end_object(j);
}

static void
put_security(struct json *j, bool public, bool writes)
{
    json_key(j, "security");
    json_begin_array(j);
    if (!public) {
        json_begin_object(j);
        json_key(j, "session");
        json_begin_array(j);
        json_end_array(j);
        if (writes) {
            json_key(j, "csrf");
            json_begin_array(j);
            json_end_array(j);
        }
        json_end_object(j);
    }
    json_end_array(j);
}

static void
put_operation(struct json *j, const struct page_def *d,
              const struct api_operation *o, enum lang lang)
{
    bool public = d->right == RIGHT_PUBLIC;
    char method[8];
    size_t n = 0;

    for (; n < sizeof method - 1 && d->method[n] != '\0'; n++)
        method[n] = (char)tolower((unsigned char)d->method[n]);
    method[n] = '\0';
    begin(j, method);
    api_put_text(j, "operationId", o->id);
    api_put_text(j, "summary", operation_text(lang, o->id));
    put_security(j, public, strcmp(d->method, "GET") != 0);
    put_parameters(j, o);
    if (o->body != NULL) {
        char type[NAME_LONG];

        snprintf(type, sizeof type, "#%s", o->body);
        begin(j, "requestBody");
        put_content(j, type);
        json_end_object(j);
    }
    put_responses(j, o, public, lang);
    json_end_object(j);
}

static bool
is_call(const struct page_def *d)
{
    return (d->flags & PAGE_API) != 0
           && strncmp(d->path, "/api/v1/", 8) == 0;
}

static bool
first_of_path(const struct page_def *defs, const struct page_def *d)
{
    for (; defs != d; defs++)
        if (is_call(defs) && strcmp(defs->path, d->path) == 0)
            return false;
    return true;
}

static void
put_paths(struct json *j, const struct page_def *defs, enum lang lang)
{
    begin(j, "paths");
    for (const struct page_def *d = defs; d->path != NULL; d++) {
        if (!is_call(d) || !first_of_path(defs, d))
            continue;
        begin(j, d->path);
        for (const struct page_def *m = d; m->path != NULL; m++) {
            const struct api_operation *o;

            if (!is_call(m) || strcmp(m->path, d->path) != 0)
                continue;
            o = api_operation_find(m->method, m->path);
            if (o != NULL)
                put_operation(j, m, o, lang);
        }
        json_end_object(j);
    }
    json_end_object(j);
}

static void
put_scheme(struct json *j, const char *key, const char *in,
           const char *name)
{
    begin(j, key);
    api_put_text(j, "type", "apiKey");
    api_put_text(j, "in", in);
    api_put_text(j, "name", name);
    json_end_object(j);
}

static void
put_components(struct json *j, enum lang lang)
{
    begin(j, "components");
    begin(j, "securitySchemes");
    put_scheme(j, "session", "cookie", SESSION_COOKIE);
    put_scheme(j, "csrf", "header", "X-CSRF-Token");
    json_end_object(j);
    begin(j, "responses");
    begin(j, "Refused");
    api_put_text(j, "description", msg_text(lang, "api.refused"));
    put_content(j, "#Error");
    json_end_object(j);
    json_end_object(j);
    begin(j, "schemas");
    for (const struct api_schema *s = api_schemas; s->name != NULL; s++)
        put_named(j, s);
    json_end_object(j);
    json_end_object(j);
}

void
openapi_write(struct json *j, const struct page_def *defs, enum lang lang)
{
    json_begin_object(j);
    api_put_text(j, "openapi", "3.1.0");
    begin(j, "info");
    api_put_text(j, "title", "Brukerplan");
    api_put_text(j, "version", BRUKERPLAN_VERSION);
    api_put_text(j, "description", msg_text(lang, "api.description"));
    json_end_object(j);
    json_key(j, "servers");
    json_begin_array(j);
    json_begin_object(j);
    api_put_text(j, "url", "/");
    json_end_object(j);
    json_end_array(j);
    put_paths(j, defs, lang);
    put_components(j, lang);
    json_end_object(j);
}
