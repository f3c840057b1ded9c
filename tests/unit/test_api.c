/* test_api.c - the API: what it says of itself, who may, and that a call
 * does as its page does. Every good answer is held against the schema that
 * the document promises for it. */
#include "web_fixture.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "web/api.h"
#include "web/page.h"

#define V1 "/api/v1"
#define R V1 "/rounds/r"

static struct web w;
static json_t *document;

static json_t *
read_body(void)
{
    json_error_t wrong;
    json_t *root = json_loads(w.body, JSON_REJECT_DUPLICATES, &wrong);

    if (root == NULL)
        fail_msg("not JSON: %s", w.body);
    return root;
}

static json_t *
document_at(const char *const *path)
{
    json_t *at = document;

    for (; *path != NULL; path++) {
        at = json_object_get(at, *path);
        if (at == NULL)
            fail_msg("no %s in the document", *path);
    }
    return at;
}

static bool
type_fits(const char *type, json_t *value)
{
    return (strcmp(type, "string") == 0 && json_is_string(value))
           || (strcmp(type, "integer") == 0 && json_is_integer(value))
           || (strcmp(type, "boolean") == 0 && json_is_boolean(value))
           || (strcmp(type, "array") == 0 && json_is_array(value))
           || (strcmp(type, "object") == 0 && json_is_object(value))
           || (strcmp(type, "null") == 0 && json_is_null(value));
}

static bool fits(json_t *schema, json_t *value);

static bool
types_fit(json_t *types, json_t *value)
{
    size_t i;
    json_t *type;

    if (types == NULL)
        return true;
    if (json_is_string(types))
        return type_fits(json_string_value(types), value);
    json_array_foreach(types, i, type)
        if (type_fits(json_string_value(type), value))
            return true;
    return false;
}

static bool
in_list(json_t *list, json_t *value)
{
    size_t i;
    json_t *item;

    json_array_foreach(list, i, item)
        if (json_equal(item, value))
            return true;
    return list == NULL;
}

static bool
members_fit(json_t *schema, json_t *value)
{
    json_t *needed = json_object_get(schema, "required");
    json_t *known = json_object_get(schema, "properties");
    json_t *others = json_object_get(schema, "additionalProperties");
    const char *name;
    json_t *member;
    size_t i;

    json_array_foreach(needed, i, member)
        if (json_object_get(value, json_string_value(member)) == NULL)
            return false;
    json_object_foreach(value, name, member) {
        json_t *its = json_object_get(known, name);

        if (its == NULL && json_is_false(others))
            return false;
        if (its == NULL && json_is_object(others))
            its = others;
        if (its != NULL && !fits(its, member))
            return false;
    }
    return true;
}

/* As much of JSON Schema as the document uses. */
static bool
fits(json_t *schema, json_t *value)
{
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    json_t *any = json_object_get(schema, "anyOf"), *item;
    size_t i;

    if (ref != NULL) {
        const char *const path[] = { "components", "schemas",
                                     strrchr(ref, '/') + 1, NULL };

        return fits(document_at(path), value);
    }
    if (any != NULL) {
        json_array_foreach(any, i, item)
            if (fits(item, value))
                return true;
        return false;
    }
    if (!types_fit(json_object_get(schema, "type"), value)
        || !in_list(json_object_get(schema, "enum"), value))
        return false;
    if (json_is_array(value))
        json_array_foreach(value, i, item)
            if (!fits(json_object_get(schema, "items"), item))
                return false;
    return !json_is_object(value) || members_fit(schema, value);
}

/* The last answer is as the document says for METHOD and PATH. */
static void
assert_fits(const char *method, const char *path)
{
    char status[8];
    const char *const where[] = {
        "paths", path, method, "responses", status, "content",
        "application/json", "schema", NULL
    };
    json_t *root = read_body();

    snprintf(status, sizeof status, "%d", w.status);
    if (!fits(document_at(where), root))
        fail_msg("%s %s: %s", method, path, w.body);
    json_decref(root);
}

/* A refusal: its status, the name of the error, the field (NULL: none). */
static void
assert_refused(int status, const char *error, const char *field)
{
    const char *const where[] = { "components", "schemas", "Error", NULL };
    json_t *root = read_body();
    const char *said = json_string_value(json_object_get(root, "field"));

    if (w.status != status)
        fail_msg("%d: %s", w.status, w.body);
    assert_true(fits(document_at(where), root));
    assert_string_equal(json_string_value(json_object_get(root, "error")),
                        error);
    assert_string_equal(said != NULL ? said : "",
                        field != NULL ? field : "");
    json_decref(root);
}

static const char *
text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

/* The values of KEY in the array of the last answer: "a b ". */
static const char *
all_of(const char *key)
{
    json_t *root = read_body(), *item;
    const char *out = "";
    size_t i;

    json_array_foreach(root, i, item)
        out = arena_printf(&w.arena, "%s%s ", out, text_of(item, key));
    json_decref(root);
    return out;
}

static int
setup(void **state)
{
    (void)state;
    web_begin(&w);
    web_people(&w);
    web_round(&w, "stengt", 2013, "");
    web_close(&w, "stengt");
    web_serve(&w);
    assert_int_equal(web_get(&w, "", V1 "/openapi.json"), 200);
    document = read_body();
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    json_decref(document);
    web_stop(&w);
    return 0;
}

static bool
is_call(const struct page_def *d)
{
    return (d->flags & PAGE_API) != 0 && strncmp(d->path, V1 "/", 8) == 0;
}

static const char *
lower(const char *method)
{
    char *out = arena_text(&w.arena, method);

    for (char *c = out; *c != '\0'; c++)
        *c = (char)(*c | 0x20);
    return out;
}

/* Every row under /api/v1 is in the document, and nothing else is. */
static void
test_document_is_the_table(void **state)
{
    const char *const where[] = { "paths", NULL };
    json_t *paths = document_at(where), *path;
    const char *name, *method;
    size_t documented = 0, rows = 0;
    json_t *operation;

    (void)state;
    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        if (!is_call(d)) {
            assert_null(strstr(d->path, "/api/"));
            continue;
        }
        rows++;
        path = json_object_get(paths, d->path);
        operation = json_object_get(path, lower(d->method));
        if (operation == NULL)
            fail_msg("%s %s is not described", d->method, d->path);
        assert_int_equal(json_array_size(json_object_get(operation,
                                                         "security")),
                         d->right == RIGHT_PUBLIC ? 0 : 1);
    }
    json_object_foreach(paths, name, path)
        json_object_foreach(path, method, operation)
            documented++;
    assert_int_equal(documented, rows);
    for (const struct api_operation *o = api_operations; o->path != NULL;
         o++)
        rows--;
    assert_int_equal(rows, 0);
}

static void
find_refs(json_t *at)
{
    const char *name;
    json_t *member;
    size_t i;

    if (json_is_array(at))
        json_array_foreach(at, i, member)
            find_refs(member);
    json_object_foreach(at, name, member) {
        const char *ref = json_string_value(member);
        char kind[32], what[64];

        if (strcmp(name, "$ref") == 0) {
            const char *const path[] = { "components", kind, what, NULL };

            assert_int_equal(sscanf(ref, "#/components/%31[^/]/%63s", kind,
                                    what), 2);
            document_at(path);
        } else {
            find_refs(member);
        }
    }
}

/* Names are used once, and what is named is there. */
static void
test_document_is_whole(void **state)
{
    (void)state;
    assert_string_equal(text_of(document, "openapi"), "3.1.0");
    find_refs(document);
    for (const struct api_operation *o = api_operations; o->path != NULL;
         o++) {
        for (const struct api_operation *x = o + 1; x->path != NULL; x++)
            assert_string_not_equal(o->id, x->id);
        if (o->body != NULL)
            assert_non_null(api_schema_find(o->body));
    }
}

static void
test_language(void **state)
{
    const struct http_pair nynorsk = { "Accept-Language", "nn" };

    (void)state;
    web_send(&w, NULL, HTTP_GET, V1 "/openapi.json", &nynorsk, 1, NULL);
    assert_non_null(strstr(w.body, "rettar"));
}

/* PATH with its parameters filled in. */
static const char *
filled(const char *path)
{
    const char *out = "";

    while (*path != '\0') {
        size_t n = strcspn(path, "{");

        out = arena_printf(&w.arena, "%s%.*s", out, (int)n, path);
        path += n;
        if (*path == '{') {
            out = arena_printf(&w.arena, "%s%s", out,
                               strncmp(path, "{round}", 7) == 0 ? "r"
                               : "6f0c2d4e-0000-4000-8000-000000000001");
            path = strchr(path, '}') + 1;
        }
    }
    return out;
}

static enum http_method
method_of(const char *word)
{
    return strcmp(word, "GET") == 0 ? HTTP_GET
           : strcmp(word, "PATCH") == 0 ? HTTP_PATCH : HTTP_POST;
}

/* Who is not logged in is told so, whether the path exists or not. */
static void
test_nobody(void **state)
{
    (void)state;
    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        if (!is_call(d) || d->right == RIGHT_PUBLIC)
            continue;
        web_json(&w, "", method_of(d->method), filled(d->path),
                 strcmp(d->method, "GET") == 0 ? NULL : "{}");
        assert_refused(401, "page.401.more", NULL);
    }
    web_get(&w, "", V1 "/nothing");
    assert_refused(401, "page.401.more", NULL);
    web_json(&w, "", HTTP_POST, V1 "/rounds", "{}");
    assert_refused(401, "page.401.more", NULL);
    web_get(&w, "kari", V1 "/nothing");
    assert_refused(404, "page.404.more", NULL);
    web_json(&w, "kari", HTTP_POST, V1 "/rounds", "{}");
    assert_refused(405, "page.405.more", NULL);
}

/* A round that one has no part in is like one that does not exist. */
static void
test_other_round(void **state)
{
    (void)state;
    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        const char *path = filled(d->path);

        if (!is_call(d) || strncmp(path, R, strlen(R)) != 0)
            continue;
        web_json(&w, "fremmed", method_of(d->method), path,
                 strcmp(d->method, "GET") == 0 ? NULL : "{}");
        assert_refused(404, "page.404.more", NULL);
    }
}

/* A call is refused to those whose duty gives no right to it, and to no
 * others. */
static void
test_rights(void **state)
{
    static const struct { const char *user; enum duty duty; } users[] = {
        { "ola", DUTY_MAPPER }, { "lise", DUTY_LEADER },
        { "kare", DUTY_COORDINATOR }, { "grete", DUTY_GROUP },
        { "anders", DUTY_ANALYST }, { "petra", DUTY_DPO },
        { "arne", DUTY_ADMIN }
    };

    (void)state;
    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        const char *path = filled(d->path);

        if (!is_call(d))
            continue;
        for (size_t i = 0; i < sizeof users / sizeof users[0]; i++) {
            bool may = d->right >= RIGHT_COUNT
                       || right_reach(users[i].duty, d->right) != REACH_NONE;

            web_json(&w, users[i].user, method_of(d->method), path,
                     strcmp(d->method, "GET") == 0 ? NULL : "[]");
            if ((w.status == 403) == may || w.status >= 500)
                fail_msg("%s %s as %s: %d", d->method, path, users[i].user,
                         w.status);
        }
        /* The unit has no day slot today. */
        web_json(&w, "rune", method_of(d->method), path, NULL);
        assert_int_equal(w.status == 403, d->right < RIGHT_COUNT);
    }
}

static void
test_me(void **state)
{
    json_t *root, *duty;

    (void)state;
    assert_int_equal(web_get(&w, "kari", V1 "/me"), 200);
    assert_fits("get", V1 "/me");
    root = read_body();
    assert_string_equal(text_of(root, "account"), "kari");
    assert_string_equal(text_of(root, "csrf"), web_user(&w, "kari")->csrf);
    assert_int_equal(json_integer_value(json_object_get(root,
                                                        "minutes_left")),
                     60);
    assert_int_equal(json_array_size(json_object_get(root, "duties")), 2);
    duty = json_array_get(json_object_get(root, "duties"), 0);
    assert_string_equal(text_of(duty, "duty"), "mapper");
    assert_string_equal(text_of(duty, "unit"), "nord");
    json_decref(root);
}

static void
test_rounds(void **state)
{
    (void)state;
    assert_int_equal(web_get(&w, "kari", V1 "/rounds"), 200);
    assert_fits("get", V1 "/rounds");
    assert_string_equal(all_of("id"), "r r-ovelse ");
    web_get(&w, "fremmed", V1 "/rounds");
    assert_string_equal(all_of("id"), "r2 ");
    web_get(&w, "kare", V1 "/rounds");
    assert_string_equal(all_of("id"), "r r2 r-ovelse stengt ");
    assert_int_equal(web_get(&w, "arne", R), 200);
    assert_fits("get", V1 "/rounds/{round}");
}

static void
test_units(void **state)
{
    (void)state;
    assert_int_equal(web_get(&w, "kari", R "/units"), 200);
    assert_fits("get", V1 "/rounds/{round}/units");
    assert_string_equal(all_of("id"), "nord sor ");
    web_get(&w, "siri", R "/units");
    assert_string_equal(all_of("id"), "sor ");
    web_get(&w, "petra", R "/units");
    assert_string_equal(all_of("id"), "nord sor ost ");
}

/* What is wrong with a body, and the field that is told. */
static void
test_bodies(void **state)
{
    static const struct {
        const char *body;
        int status;
        const char *error, *field;
    } cases[] = {
        { "", 415, "api.not_json", NULL },
        { "{", 400, "api.not_object", NULL },
        { "[]", 400, "api.not_object", NULL },
        { "{} {}", 400, "api.not_object", NULL },
        { "{\"unit\":\"nord\",\"unit\":\"nord\",\"tier\":1}", 400,
          "api.not_object", NULL },
        { "{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}", 400,
          "api.not_object", NULL },
        { "{\"unit\":\"nord\"}", 422, "api.member_missing", "tier" },
        { "{\"unit\":\"nord\",\"tier\":\"1\"}", 422, "api.member_kind",
          "tier" },
        { "{\"unit\":\"nord\",\"tier\":1.5}", 422, "api.member_kind",
          "tier" },
        { "{\"unit\":null,\"tier\":1}", 422, "api.member_kind", "unit" },
        { "{\"unit\":\"nord\",\"tier\":1,\"extra\":1}", 422,
          "api.member_unknown", "extra" },
        { "{\"unit\":\"nord\",\"tier\":1,\"01818012345\":1}", 422,
          "api.member_unknown", NULL },
        { "{\"unit\":\"nord\",\"tier\":3}", 422, "api.no_place", "unit" },
        { "{\"unit\":\"ost\",\"tier\":1}", 422, "api.no_place", "unit" },
        { "{\"unit\":\"ingen\",\"tier\":1}", 422, "api.no_place", "unit" },
        { "{\"unit\":\"nord\",\"tier\":1,\"number\":\"\"}", 422,
          "day.number_blank", "number" },
        { "{\"unit\":\"nord\",\"tier\":1,\"number\":\"123\"}", 422,
          "day.number_form", "number" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        web_json(&w, "kari", HTTP_POST, R "/registrations",
                 cases[i].body[0] != '\0' ? cases[i].body : NULL);
        assert_refused(cases[i].status, cases[i].error, cases[i].field);
        assert_null(strstr(w.body, "01818012345"));
    }
}

/* Without the session's token nothing is written. */
static void
test_token(void **state)
{
    const struct http_pair type = { "Content-Type", "application/json" };
    const char *cookie = arena_printf(&w.arena, "brukerplan=%s",
                                      web_user(&w, "kari")->token);

    (void)state;
    web_send(&w, cookie, HTTP_POST, R "/registrations", &type, 1,
             "{\"unit\":\"nord\",\"tier\":1}");
    assert_refused(403, "page.token", NULL);
}

static void
start(const char *user, const char *unit, int tier, const char *number)
{
    const char *body = number == NULL
        ? arena_printf(&w.arena, "{\"unit\":\"%s\",\"tier\":%d}", unit, tier)
        : arena_printf(&w.arena, "{\"unit\":\"%s\",\"tier\":%d,"
                       "\"number\":\"%s\"}", unit, tier, number);

    web_json(&w, user, HTTP_POST, R "/registrations", body);
    if (number != NULL)
        assert_null(strstr(w.body, number));
}

/* The id of the last answer; it is good. */
static const char *
started(int status)
{
    json_t *root = read_body();
    const char *id = arena_text(&w.arena, text_of(root, "id"));

    if (w.status != status)
        fail_msg("%d: %s", w.status, w.body);
    assert_fits("post", V1 "/rounds/{round}/registrations");
    assert_string_equal(web_header(&w, "Location"),
                        arena_printf(&w.arena, R "/registrations/%s", id));
    json_decref(root);
    return id;
}

static void
test_registering(void **state)
{
    const char *first, *again;
    json_t *root;

    (void)state;
    start("kari", "nord", 1, web_number(&w, 2));
    first = started(201);
    start("kari", "nord", 1, web_number(&w, 2));
    again = started(200);
    assert_string_equal(first, again);
    /* A colleague's in the same unit and tier: no id. */
    start("ola", "nord", 1, web_number(&w, 2));
    assert_refused(409, "api.known", NULL);
    assert_non_null(strstr(w.body, "\"mapper\":\"kari\""));
    assert_null(strstr(w.body, first));
    /* Another tier, and another unit, know nothing of it. */
    start("ola", "nord", 2, web_number(&w, 2));
    started(201);
    start("siri", "sor", 2, web_number(&w, 2));
    started(201);
    /* Without a number. */
    start("siri", "sor", 2, NULL);
    started(201);

    web_get(&w, "kari", R "/registrations");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/registrations");
    assert_string_equal(all_of("id"), arena_printf(&w.arena, "%s ", first));
    web_get(&w, "kari", arena_printf(&w.arena, R "/registrations/%s",
                                     first));
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/registrations/{id}");
    root = read_body();
    assert_string_equal(text_of(json_object_get(root, "answers"), "sex"),
                        "female");
    assert_string_equal(text_of(json_object_get(root, "answers"),
                                "birth_year"), "1980");
    json_decref(root);
}

/* Who has opted out is not registered, and can't be fished for. */
static void
test_opted_out(void **state)
{
    int last = 0;

    (void)state;
    assert_int_equal(web_post(&w, "kare", "/rounds/r/setup/optouts",
                              arena_printf(&w.arena, "number=%s",
                                           web_number(&w, 6))), 303);
    start("siri", "sor", 2, web_number(&w, 6));
    assert_refused(409, "work.opted_out", NULL);
    for (int i = 0; i < 30 && last != 429; i++) {
        start("siri", "sor", 2, web_number(&w, 6));
        last = w.status;
    }
    assert_int_equal(last, 429);
    /* Whoever is asked for, then. */
    start("siri", "sor", 2, web_number(&w, 8));
    assert_refused(429, "day.too_often", NULL);
}

/* Another's registration is like none. */
static void
test_of_others(void **state)
{
    const char *id, *theirs;

    (void)state;
    start("siri", "sor", 3, NULL);
    id = started(201);
    web_get(&w, "kari", arena_printf(&w.arena, R "/registrations/%s", id));
    assert_refused(404, "page.404.more", NULL);
    theirs = arena_printf(&w.arena, "%.*s", (int)(strstr(w.body, "\"request")
                                                  - w.body), w.body);
    web_get(&w, "kari", R "/registrations/"
            "6f0c2d4e-0000-4000-8000-000000000001");
    assert_refused(404, "page.404.more", NULL);
    assert_memory_equal(w.body, theirs, strlen(theirs));
    web_get(&w, "kari", R "/registrations/x");
    assert_refused(404, "page.404.more", NULL);
    web_get(&w, "kare", arena_printf(&w.arena, R "/registrations/%s", id));
    assert_refused(403, "page.403.more", NULL);
}

static void
test_lists(void **state)
{
    (void)state;
    start("ola", "nord", 1, NULL);
    started(201);
    web_get(&w, "lise", R "/unit");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/unit");
    assert_non_null(strstr(w.body, "\"ola\""));
    assert_null(strstr(w.body, "\"sor\""));
    assert_null(strstr(w.body, "\"id\""));
    web_get(&w, "ola", R "/unit");
    assert_non_null(strstr(w.body, "\"ola\""));
    assert_null(strstr(w.body, "\"kari\""));
    web_get(&w, "grete", R "/unit");
    assert_refused(403, "page.403.more", NULL);
    assert_int_equal(web_get(&w, "ola", R "/not-registered"), 200);
    assert_fits("get", V1 "/rounds/{round}/not-registered");
}

static void
call(const char *user, enum http_method method, const char *id,
     const char *what, const char *body)
{
    web_json(&w, user, method,
             arena_printf(&w.arena, R "/registrations/%s%s", id, what), body);
}

static const char *
member_text(const char *key)
{
    json_t *root = read_body();
    const char *text = arena_text(&w.arena, text_of(root, key));

    json_decref(root);
    return text;
}

/* From begun to finished, and back. */
static void
test_finishing(void **state)
{
    const char *id;

    (void)state;
    start("ola", "nord", 2, NULL);
    id = started(201);
    call("ola", HTTP_POST, id, "/finish", NULL);
    assert_refused(409, "api.unanswered", NULL);
    assert_non_null(strstr(w.body, "\"target_group\""));
    call("ola", HTTP_POST, id, "/finish", "{\"confirm\":true}");
    assert_refused(422, "api.unready", NULL);
    assert_non_null(strstr(w.body, "\"field\":\"target_group\""));

    call("ola", HTTP_PATCH, id, "", "{\"answers\":{\"target_group\":"
         "\"mental\",\"economy\":\"3\"},\"was\":{\"economy\":null}}");
    assert_int_equal(w.status, 200);
    assert_fits("patch", V1 "/rounds/{round}/registrations/{id}");
    call("ola", HTTP_PATCH, id, "",
         "{\"answers\":{\"economy\":\"2\"},\"was\":{\"economy\":null}}");
    assert_refused(409, "form.conflict", NULL);
    call("ola", HTTP_PATCH, id, "", "{\"answers\":{\"economy\":\"xyzzy\"}}");
    assert_refused(422, "form.refused", NULL);
    assert_null(strstr(w.body, "xyzzy"));

    call("ola", HTTP_PATCH, id, "", "{\"answers\":{\"nothing\":\"1\"}}");
    assert_refused(422, "form.not_here", "nothing");
    call("ola", HTTP_PATCH, id, "", "{\"answers\":{\"economy\":1}}");
    assert_refused(422, "api.member_kind", "answers");
    call("ola", HTTP_PATCH, id, "", "{\"answers\":{},\"now\":{}}");
    assert_refused(422, "api.member_unknown", "now");
    call("ola", HTTP_PATCH, id, "", "{\"answers\":{}}");
    assert_refused(422, "form.body", NULL);

    call("ola", HTTP_POST, id, "/finish", "{\"confirm\":true}");
    assert_int_equal(w.status, 200);
    assert_fits("post", V1 "/rounds/{round}/registrations/{id}/finish");
    assert_string_equal(member_text("status"), "complete");
    assert_string_equal(member_text("completed_on"), "2014-06-01");
}

static void
test_withdrawing(void **state)
{
    const char *id;

    (void)state;
    start("ola", "nord", 1, web_number(&w, 4));
    id = started(201);
    call("ola", HTTP_POST, id, "/withdraw",
         "{\"reason\":\"gjelder 01818012345\"}");
    assert_refused(422, "api.reason", "reason");
    call("ola", HTTP_POST, id, "/withdraw", "{\"reason\":\"feil person\"}");
    assert_int_equal(w.status, 200);
    assert_fits("post", V1 "/rounds/{round}/registrations/{id}/withdraw");
    assert_string_equal(member_text("status"), "withdrawn");
    call("ola", HTTP_PATCH, id, "", "{\"answers\":{\"economy\":\"2\"}}");
    assert_int_equal(w.status, 422);
    call("ola", HTTP_POST, id, "/restore", NULL);
    assert_int_equal(w.status, 200);
    assert_fits("post", V1 "/rounds/{round}/registrations/{id}/restore");
    assert_string_equal(member_text("status"), "draft");
    call("siri", HTTP_POST, id, "/withdraw", NULL);
    assert_int_equal(w.status, 404);
    call("siri", HTTP_POST, id, "/finish", "{\"confirm\":true}");
    assert_int_equal(w.status, 404);
}

static void
test_log(void **state)
{
    (void)state;
    start("siri", "sor", 3, NULL);
    started(201);
    web_get(&w, "petra", R "/log?who=siri&limit=1");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/log");
    assert_non_null(strstr(w.body, "\"siri\""));
    assert_non_null(strstr(w.body, "\"numbers\""));
    assert_non_null(strstr(w.body, "\"more\":true"));
    web_get(&w, "lise", R "/log");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/log");
    assert_null(strstr(w.body, "\"siri\""));
    assert_null(strstr(w.body, "\"numbers\""));
    web_get(&w, "petra", R "/log?from=2014-06-02");
    assert_non_null(strstr(w.body, "\"records\":[]"));
    web_get(&w, "kari", R "/log");
    assert_refused(403, "page.403.more", NULL);
}

static void
test_access(void **state)
{
    (void)state;
    web_get(&w, "petra", R "/access");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/access");
    assert_non_null(strstr(w.body, "\"siri\""));
    assert_null(strstr(w.body, "\"fremmed\""));
    web_get(&w, "lise", R "/access?on=2014-06-01");
    assert_fits("get", V1 "/rounds/{round}/access");
    assert_non_null(strstr(w.body, "\"kari\""));
    assert_null(strstr(w.body, "\"siri\""));
    web_get(&w, "petra", R "/access?on=2014-05-31");
    assert_non_null(strstr(w.body, "\"grants\":[]"));
}

static void
test_queries(void **state)
{
    static const struct { const char *query, *error, *field; } cases[] = {
        { "log?wo=siri", "api.query_unknown", "wo" },
        { "log?who=a&who=b", "api.query_wrong", "who" },
        { "log?from=1.6.2014", "api.query_wrong", "from" },
        { "log?limit=-1", "api.query_wrong", "limit" },
        { "access?01818012345=1", "api.query_unknown", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        web_get(&w, "petra", arena_printf(&w.arena, R "/%s",
                                          cases[i].query));
        assert_refused(422, cases[i].error, cases[i].field);
        assert_null(strstr(w.body, "01818012345"));
    }
    web_get(&w, "anders", V1 "/rounds/stengt/table?columns=sex");
    assert_refused(422, "api.query_missing", "rows");
    web_get(&w, "anders", V1 "/rounds/stengt/table?rows=sex&share=x");
    assert_refused(422, "api.query_wrong", "share");
}

/* The answers of the results' calls are as described. */
static void
test_results(void **state)
{
    static const struct { const char *path, *query; } calls[] = {
        { "report", "" }, { "report", "?view=internal&sex=female" },
        { "table", "?rows=economy_grade&columns=sex" },
        { "table", "?rows=economy_grade,housing_grade" },
        { "table", "?rows=sex&view=protected&sum=care_children" },
        { "count", "?where=sex+%3D+female" }, { "variables", "" },
        { "check", "?where=sex+%3D+female" }, { "check", "?where=sexx" },
        { "releases", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        web_get(&w, "anders", arena_printf(&w.arena, V1 "/rounds/stengt/%s%s",
                                           calls[i].path, calls[i].query));
        if (w.status != 200)
            fail_msg("%s%s: %s", calls[i].path, calls[i].query, w.body);
        assert_fits("get", arena_printf(&w.arena, V1 "/rounds/{round}/%s",
                                        calls[i].path));
        web_get(&w, "anders", arena_printf(&w.arena, R "/%s%s",
                                           calls[i].path, calls[i].query));
        assert_refused(409, "page.not_closed", NULL);
    }
    web_get(&w, "kare", R "/progress");
    assert_int_equal(w.status, 200);
    assert_fits("get", V1 "/rounds/{round}/progress");
}

/* A round that is closed gives no registration to anybody. */
static void
test_closed(void **state)
{
    (void)state;
    web_json(&w, "kari", HTTP_POST, V1 "/rounds/stengt/registrations", "{}");
    assert_refused(404, "page.404.more", NULL);
    web_get(&w, "kare", V1 "/rounds/stengt/registrations");
    assert_refused(403, "page.403.more", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_is_the_table),
        cmocka_unit_test(test_document_is_whole),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_other_round),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_me),
        cmocka_unit_test(test_rounds),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_registering),
        cmocka_unit_test(test_of_others),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_finishing),
        cmocka_unit_test(test_withdrawing),
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_access),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_opted_out),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
