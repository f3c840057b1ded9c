/* api_put.c - see api.h: members written one by one. */
#include "base/clock.h"
#include "web/api.h"

void
api_put_text(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_put_string(j, value);
}

void
api_put_maybe(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    if (value == NULL || value[0] == '\0')
        json_put_null(j);
    else
        json_put_string(j, value);
}

void
api_put_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_put_int(j, value);
}

void
api_put_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_put_bool(j, value);
}

void
api_put_day(struct json *j, const char *key, int32_t day)
{
    char text[DAY_TEXT];

    json_key(j, key);
    if (day < 0) {
        json_put_null(j);
        return;
    }
    day_print(text, day);
    json_put_string(j, text);
}

void
api_put_time(struct json *j, const char *key, int64_t at_ms)
{
    char text[TIME_TEXT];

    json_key(j, key);
    if (at_ms == 0) {
        json_put_null(j);
        return;
    }
    time_print(text, at_ms);
    json_put_string(j, text);
}

void
api_put_grant(struct json *j, const struct grant *g)
{
    api_put_text(j, "duty", duty_word(g->duty));
    api_put_maybe(j, "round", g->round);
    api_put_maybe(j, "unit", g->unit);
    json_key(j, "tier");
    if (g->tier == 0)
        json_put_null(j);
    else
        json_put_int(j, g->tier);
    api_put_time(j, "from", g->from_ms);
    api_put_time(j, "to", g->to_ms);
}
