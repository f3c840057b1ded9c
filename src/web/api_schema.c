/* api_schema.c - see api.h: what calls take and give, in one table. */
#include <string.h>
#include "web/api.h"

#define DUTIES "mapper|resource|leader|coordinator|group|analyst|dpo|admin"
#define STATES "draft|complete|withdrawn"

static const struct api_member error[] = {
    { "error", "string", false },
    { "message", "string", false },
    { "request", "string", false },
    { "field", "string", true },
    { NULL, "*", true }
};

static const struct api_member me[] = {
    { "account", "string", false },
    { "name", "string", false },
    { "language", "nb|nn|en", false },
    { "duties", "[]#Duty", false },
    { "csrf", "string", false },
    { "minutes_left", "int", false },
    { NULL, NULL, false }
};

#define DUTY \
    { "duty", DUTIES, false }, \
    { "round", "string?", false }, \
    { "unit", "string?", false }, \
    { "tier", "int?", false }, \
    { "from", "time", false }, \
    { "to", "time?", false }

static const struct api_member duty[] = {
    DUTY,
    { NULL, NULL, false }
};

#define ROUND \
    { "id", "string", false }, \
    { "title", "string", false }, \
    { "status", "open|closed|setup", false }, \
    { "training", "bool", false }, \
    { "synthetic", "bool", false }, \
    { "municipality", "string", false }, \
    { "municipality_name", "string", false }, \
    { "year", "int", false }, \
    { "period", "int", false }, \
    { "from_age", "int", false }, \
    { "duties", "[]" DUTIES, false }

static const struct api_member round_brief[] = {
    ROUND,
    { NULL, NULL, false }
};

static const struct api_member round_whole[] = {
    ROUND,
    { "instrument", "#Instrument", false },
    { "small_below", "int", false },
    { NULL, NULL, false }
};

static const struct api_member instrument[] = {
    { "id", "string", false },
    { "version", "int", false },
    { "title", "string", false },
    { "sha256", "string", false },
    { NULL, NULL, false }
};

static const struct api_member unit[] = {
    { "id", "string", false },
    { "name", "string", false },
    { "sector", "health|social|nav_state|child_welfare|other?", false },
    { "off", "bool", false },
    { "tiers", "[]#Tier", false },
    { NULL, NULL, false }
};

static const struct api_member tier[] = {
    { "tier", "int", false },
    { "words", "string", false },
    { "number_required", "bool", false },
    { "may_register", "bool", false },
    { "whom", "string", false },
    { NULL, NULL, false }
};

#define REGISTERED \
    { "id", "uuid", false }, \
    { "running", "int", false }, \
    { "unit", "string", false }, \
    { "tier", "int", false }, \
    { "status", STATES, false }, \
    { "has_number", "bool", false }, \
    { "revision", "int", false }

#define REGISTRATION \
    REGISTERED, \
    { "saved_on", "date", false }, \
    { "completed_on", "date?", false }, \
    { "answered", "int", false }, \
    { "unanswered", "[]string", false }

static const struct api_member registered[] = {
    REGISTERED,
    { NULL, NULL, false }
};

static const struct api_member registration_brief[] = {
    REGISTRATION,
    { NULL, NULL, false }
};

static const struct api_member registration_whole[] = {
    REGISTRATION,
    { "not_asked", "[]string", false },
    { "answers", "{}string", false },
    { NULL, NULL, false }
};

static const struct api_member new_registration[] = {
    { "unit", "string", false },
    { "tier", "int", false },
    { "number", "string?", true },
    { NULL, NULL, false }
};

/* CONFIRM: what is unanswered may stay so. */
static const struct api_member finish[] = {
    { "confirm", "bool", true },
    { NULL, NULL, false }
};

static const struct api_member withdraw[] = {
    { "reason", "string", true },
    { NULL, NULL, false }
};

static const struct api_member nothing[] = {
    { NULL, NULL, true }
};

static const struct api_member unit_row[] = {
    { "unit", "string", false },
    { "tier", "int", false },
    { "mapper", "string?", false },
    { "name", "string?", false },
    { "running", "int", false },
    { "status", STATES, false },
    { NULL, NULL, false }
};

static const struct api_member not_registered[] = {
    { "unit", "string", false },
    { "tier", "int", false },
    { "reasons", "{}int", false },
    { NULL, NULL, false }
};

/* NUMBERS only for who watches over the log. ENTRIES null and WHAT blank
 * where they would tell of other units. */
static const struct api_member log_record[] = {
    { "record", "int", false },
    { "at", "time", false },
    { "actor", "string", false },
    { "rights", "string", false },
    { "purpose", "string", false },
    { "action", "string", false },
    { "round", "string?", false },
    { "all_units", "bool", false },
    { "units", "[]string", false },
    { "what", "string", false },
    { "entries", "int?", false },
    { "numbers", "string", true },
    { NULL, NULL, false }
};

static const struct api_member log_records[] = {
    { "records", "[]#LogRecord", false },
    { "more", "bool", false },
    { NULL, NULL, false }
};

static const struct api_member grant[] = {
    { "account", "string", false },
    { "name", "string?", false },
    DUTY,
    { "granted_by", "string", false },
    { "granted_at", "time", false },
    { "ended_by", "string?", false },
    { "ended_at", "time?", false },
    { "reason", "string?", false },
    { NULL, NULL, false }
};

static const struct api_member access_on[] = {
    { "on", "date?", false },
    { "grants", "[]#Grant", false },
    { NULL, NULL, false }
};

static const struct api_member progress[] = {
    { "round", "string", false },
    { "own", "bool", false },
    { "units", "[]#UnitProgress", false },
    { "all", "#AllProgress", false },
    { NULL, NULL, false }
};

#define COUNTS \
    { "expected", "int?", false }, \
    { "started", "int", false }, \
    { "done", "int", false }, \
    { "not_registered", "{}int", false }, \
    { "left", "int?", false }

static const struct api_member release[] = {
    { "number", "int", false },
    { "at", "time", false },
    { "by", "string", false },
    { "rule", "string", false },
    { "definition", "int", false },
    { "definition_sha256", "string", false },
    { "sha256", "string", false },
    { "numbers", "int", false },
    { "hidden", "int", false },
    { "files", "[]#ReleaseFile", false },
    { NULL, NULL, false }
};

static const struct api_member release_file[] = {
    { "document", "string", false },
    { "format", "string", false },
    { "language", "nb|nn|en", false },
    { "at", "time", false },
    { "by", "string", false },
    { NULL, NULL, false }
};

static const struct api_member unit_progress[] = {
    { "unit", "string", false },
    { "name", "string", false },
    { "tier", "int", false },
    COUNTS,
    { "days", "[]#DayProgress", false },
    { NULL, NULL, false }
};

static const struct api_member day_progress[] = {
    { "day", "date", false },
    { "planned", "bool", false },
    { "done", "int", false },
    { NULL, NULL, false }
};

static const struct api_member all_progress[] = {
    COUNTS,
    { "superseded", "int?", false },
    { NULL, NULL, false }
};

/* One or a few answers; WAS is what stood there when they were given. */
static const struct api_member change[] = {
    { "answers", "{}string?", false },
    { "was", "{}string?", true },
    { NULL, NULL, false }
};

static const struct api_member saved[] = {
    { "saved_at", "string", false },
    { "revision", "int", false },
    { "answered", "string", false },
    { "unanswered", "[]string", false },
    { "tabs", "[]#TabState", false },
    { "also", "{}string", false },
    { "who", "string", false },
    { NULL, NULL, false }
};

static const struct api_member tab_state[] = {
    { "id", "string", false },
    { "words", "string", false },
    { "done", "bool", false },
    { NULL, NULL, false }
};

/* As interfaces.md has it ("JSON of a table"), and write/write_json.c. The
 * shape of BASE, CELLS and OUTSIDE is the table's: a number, a list, lists
 * of lists; null is a hidden number. */
static const struct api_member table[] = {
    { "table", "string?", false },
    { "title", "string", false },
    { "round", "string", false },
    { "counts", "recipients|children|services|registrations", false },
    { "where", "string", false },
    { "base", "any", false },
    { "rows", "#TableSide", false },
    { "columns", "#TableSide", true },
    { "cells", "[]any", false },
    { "outside", "any", false },
    { "sum", "string", true },
    { "multiple", "bool", true },
    { NULL, "*", false }
};

static const struct api_member table_side[] = {
    { "variable", "string", true },
    { "variables", "[]string", true },
    { "keys", "[]string", true },
    { "labels", "[]string", false },
    { NULL, NULL, false }
};

static const struct api_member report[] = {
    { "round", "any", false },
    { "instrument", "any", false },
    { "report", "any", false },
    { "internal", "bool", false },
    { "synthetic", "bool", false },
    { "protected_below", "int", true },
    { "tables", "[]#Table", false },
    { "data", "[]any", false },
    { NULL, "*", false }
};

static const struct api_member count[] = {
    { "round", "string", false },
    { "counts", "recipients", false },
    { "where", "string", false },
    { "count", "int", false },
    { "internal", "bool", false },
    { NULL, NULL, false }
};

static const struct api_member variables[] = {
    { "round", "string", false },
    { "variables", "[]#Variable", false },
    { NULL, NULL, false }
};

static const struct api_member variable[] = {
    { "id", "string", false },
    { "label", "string", false },
    { "kind", "string", false },
    { "group", "string", false },
    { "rows", "bool", false },
    { "columns", "bool", false },
    { "sum", "bool", false },
    { "values", "[]#Value", false },
    { NULL, NULL, false }
};

static const struct api_member value[] = {
    { "id", "string", false },
    { "label", "string", false },
    { NULL, NULL, false }
};

/* AT counts characters from 1; 0: no place. */
static const struct api_member checked[] = {
    { "valid", "bool", false },
    { "at", "int", true },
    { "message", "string", true },
    { NULL, NULL, false }
};

const struct api_schema api_schemas[] = {
    { "Error", error },
    { "Me", me },
    { "Duty", duty },
    { "RoundBrief", round_brief },
    { "Round", round_whole },
    { "Instrument", instrument },
    { "Unit", unit },
    { "Tier", tier },
    { "Registered", registered },
    { "RegistrationBrief", registration_brief },
    { "Registration", registration_whole },
    { "NewRegistration", new_registration },
    { "Finish", finish },
    { "Withdraw", withdraw },
    { "Nothing", nothing },
    { "UnitRow", unit_row },
    { "NotRegistered", not_registered },
    { "LogRecord", log_record },
    { "LogRecords", log_records },
    { "Grant", grant },
    { "Access", access_on },
    { "Progress", progress },
    { "Release", release },
    { "ReleaseFile", release_file },
    { "UnitProgress", unit_progress },
    { "DayProgress", day_progress },
    { "AllProgress", all_progress },
    { "Change", change },
    { "Saved", saved },
    { "TabState", tab_state },
    { "Table", table },
    { "TableSide", table_side },
    { "Report", report },
    { "Count", count },
    { "Variables", variables },
    { "Variable", variable },
    { "Value", value },
    { "Checked", checked },
    { NULL, NULL }
};

const struct api_schema *
api_schema_find(const char *name)
{
    for (const struct api_schema *s = api_schemas; s->name != NULL; s++)
        if (strcmp(s->name, name) == 0)
            return s;
    return NULL;
}
