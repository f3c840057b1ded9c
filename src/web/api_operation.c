/* api_operation.c - see api.h: the calls, in the order of pages.c. */
#include <string.h>
#include "web/api.h"

#define V1 "/api/v1"
#define ROUND V1 "/rounds/{round}"

static const struct api_member log_query[] = {
    { "who", "string", true },
    { "action", "string", true },
    { "unit", "string", true },
    { "from", "date", true },
    { "to", "date", true },
    { "before", "int", true },
    { "limit", "int", true },
    { NULL, NULL, true }
};

static const struct api_member access_query[] = {
    { "on", "date", true },
    { NULL, NULL, true }
};

/* The table builder's question (tables.h). */
static const struct api_member table_query[] = {
    { "rows", "string", false },
    { "columns", "string", true },
    { "where", "string", true },
    { "sum", "string", true },
    { "share", "rows|columns|all|none", true },
    { "view", "protected", true },
    { NULL, NULL, true }
};

static const struct api_member where_query[] = {
    { "where", "string", true },
    { NULL, NULL, true }
};

/* Which report, and of whom (results.h). */
static const struct api_member report_query[] = {
    { "report", "string", true },
    { "unit", "string", true },
    { "target", "string", true },
    { "sex", "string", true },
    { "age", "string", true },
    { "view", "internal", true },
    { NULL, NULL, true }
};

const struct api_operation api_operations[] = {
    { "GET", V1 "/openapi.json", "getDocument", NULL, NULL, "any", "200",
      "" },
    { "GET", V1 "/me", "getMe", NULL, NULL, "#Me", "200", "" },
    { "GET", V1 "/rounds", "listRounds", NULL, NULL, "[]#RoundBrief", "200",
      "" },
    { "GET", ROUND, "getRound", NULL, NULL, "#Round", "200", "404" },
    { "GET", ROUND "/units", "listUnits", NULL, NULL, "[]#Unit", "200",
      "404" },
    { "GET", ROUND "/registrations", "listRegistrations", NULL, NULL,
      "[]#RegistrationBrief", "200", "403 404 409" },
    { "POST", ROUND "/registrations", "register", NULL, "NewRegistration",
      "#Registered", "201 200", "403 404 409 415 422 429" },
    { "GET", ROUND "/registrations/{id}", "getRegistration", NULL, NULL,
      "#Registration", "200", "403 404 409" },
    { "PATCH", ROUND "/registrations/{id}", "saveAnswers", NULL, "Change",
      "#Saved", "200", "403 404 409 415 422" },
    { "POST", ROUND "/registrations/{id}/finish", "finishRegistration", NULL,
      "Finish", "#RegistrationBrief", "200", "403 404 409 415 422" },
    { "POST", ROUND "/registrations/{id}/withdraw", "withdrawRegistration",
      NULL, "Withdraw", "#RegistrationBrief", "200", "403 404 409 415 422" },
    { "POST", ROUND "/registrations/{id}/restore", "restoreRegistration",
      NULL, "Nothing", "#RegistrationBrief", "200", "403 404 409 415 422" },
    { "GET", ROUND "/unit", "listUnit", NULL, NULL, "[]#UnitRow", "200",
      "403 404 409" },
    { "GET", ROUND "/not-registered", "listNotRegistered", NULL, NULL,
      "[]#NotRegistered", "200", "403 404 409" },
    { "GET", ROUND "/log", "searchLog", log_query, NULL, "#LogRecords", "200",
      "403 404 422" },
    { "GET", ROUND "/access", "listAccess", access_query, NULL, "#Access",
      "200", "403 404 422" },
    { "GET", ROUND "/progress", "getProgress", NULL, NULL, "#Progress", "200",
      "403 404" },
    { "GET", ROUND "/releases", "listReleases", NULL, NULL, "[]#Release",
      "200", "403 404 409" },
    { "GET", ROUND "/report", "getReport", report_query, NULL, "#Report",
      "200", "403 404 409 422" },
    { "GET", ROUND "/table", "getTable", table_query, NULL, "#Table", "200",
      "403 404 409 422" },
    { "GET", ROUND "/count", "getCount", where_query, NULL, "#Count", "200",
      "403 404 409 422" },
    { "GET", ROUND "/variables", "listVariables", NULL, NULL, "#Variables",
      "200", "403 404 409 422" },
    { "GET", ROUND "/check", "checkFilter", where_query, NULL, "#Checked",
      "200", "403 404 409 422" },
    { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }
};

const struct api_operation *
api_operation_find(const char *method, const char *path)
{
    for (const struct api_operation *o = api_operations; o->path != NULL;
         o++)
        if (strcmp(o->method, method) == 0 && strcmp(o->path, path) == 0)
            return o;
    return NULL;
}
