/* api.h - what the API calls share: schemas of what they take and give,
 * reading the one and writing the other.
 *
 * A call is a row in pages.c like any page, with PAGE_API and a path under
 * /api/v1/. What it takes and gives stands in two tables here, the schemas
 * (api_schema.c) and the operations (api_operation.c). From these and from
 * pages.c the OpenAPI document is made (openapi.c), bodies are read by them,
 * and a test holds every answer against them.
 *
 * The rules of a call are those of the page that does the same: both call
 * the same functions. */
#ifndef WEB_API_H
#define WEB_API_H
#include "web/page.h"

/* A type is a word:
 *     string int bool any         as JSON has them; any may be null
 *     date time uuid              strings: 2014-06-01, 2014-06-01T10:00:00Z
 *     a|b|c                       a string, one of these; of one word, too
 *     #Name                       an object of that schema
 * with, before it, "[]" for a list of these or "{}" for an object with any
 * names whose values are these; and behind it "?" for that or null. Type "*"
 * in the last place lets other members stand beside those named. */
struct api_member {
    const char *name, *type;
    bool may;                   /* it may be missing */
};

struct api_schema {
    const char *name;
    const struct api_member *members;   /* ends with a NULL name */
};

/* Ends with a NULL name. */
extern const struct api_schema api_schemas[];
/* NULL where there is none of that name. */
const struct api_schema *api_schema_find(const char *name);

struct api_operation {
    const char *method, *path;  /* of its row in pages.c */
    const char *id;             /* "listRounds"; its text in po is under
                                   "api.op_" and that in lower case with
                                   underlines: "api.op_list_rounds" */
    const struct api_member *query;     /* NULL: takes none */
    const char *body;           /* a schema's name; NULL: none is taken */
    const char *answer;         /* a type; NULL: not JSON */
    const char *status;         /* of the good answer; "201 200": either */
    const char *refused;        /* beside 400, 401 and 500: "403 404" */
};

/* Ends with a NULL path. */
extern const struct api_operation api_operations[];
const struct api_operation *api_operation_find(const char *method,
                                               const char *path);

/* What a member of a body held. */
struct api_value {
    bool given;                 /* false, too, where it was null */
    const char *text;
    int64_t number;             /* of int, bool */
    const struct api_pair {
        const char *name, *value;       /* NULL: null */
    } *pairs;                   /* of "{}string?" */
    int pair_count;
};

/* Reads the body by schema NAME: VALUES has a place for each member. All is
 * copied to p->arena, which is overwritten in the end. False where it is
 * answered: 415 no JSON by its Content-Type, 400 not one object, 422 with the
 * member's name. A body that may be left out altogether (none of its
 * members is needed) may be empty. */
MUST_CHECK bool api_body(struct page *p, const char *name,
                         struct api_value *values);
/* Refuses with 422 KEY at member FIELD. */
void api_refuse(struct page *p, const char *key, const char *field);

/* Refuses with 422 what the operation's query does not have, what comes
 * twice, what is missing, and an int, date or word that is none. page.c asks
 * it of every call, so that a name mistyped is not a question for all. */
MUST_CHECK bool api_query_good(struct page *p);
/* A parameter; "" where it is not there. */
const char *api_query(const struct page *p, const char *name);

/* Members of the object that is being written. */
void api_put_text(struct json *j, const char *key, const char *value);
/* Null where VALUE is NULL or "". */
void api_put_maybe(struct json *j, const char *key, const char *value);
void api_put_int(struct json *j, const char *key, int64_t value);
void api_put_bool(struct json *j, const char *key, bool value);
/* Null for DAY_NONE and -1, which is how the store says none. */
void api_put_day(struct json *j, const char *key, int32_t day);
/* In UTC; null for 0. */
void api_put_time(struct json *j, const char *key, int64_t at_ms);
/* The members of schema Duty for G. */
void api_put_grant(struct json *j, const struct grant *g);

#endif
