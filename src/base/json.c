/* json.c - see json.h.
 *
 * Whether an array goes on one line is known when its first element comes:
 * a plain value keeps it there, an array or object spreads it. What stands
 * inside one line stays on that line, whatever it is. */
#include "base/json.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

void
json_init(struct json *j, struct buf *out, enum json_style style)
{
    memset(j, 0, sizeof *j);
    j->out = out;
    j->style = style;
}

void
json_finish(struct json *j)
{
    assert(j->depth == 0 && j->rooted);
    if (j->style == JSON_INDENTED)
        buf_byte(j->out, '\n');
}

static void
new_line(struct json *j)
{
    buf_byte(j->out, '\n');
    for (int i = 0; i < j->depth; i++)
        buf_text(j->out, "  ");
}

/* The comma, line end and blanks before a member of the level we are on. */
static void
begin_member(struct json *j)
{
    int top = j->depth - 1;

    if (j->level[top].any)
        buf_byte(j->out, ',');
    if (j->style == JSON_INDENTED) {
        if (!j->level[top].line)
            new_line(j);
        else if (j->level[top].any)
            buf_byte(j->out, ' ');
    }
    j->level[top].any = true;
}

/* What stands before a value; PLAIN if it is no array or object. */
static void
begin_value(struct json *j, bool plain)
{
    int top = j->depth - 1;

    if (j->depth == 0) {
        assert(!j->rooted);
        j->rooted = true;
        return;
    }
    if (j->level[top].object) {
        assert(j->keyed);
        j->keyed = false;
        return;
    }
    if (!j->level[top].any && plain)
        j->level[top].line = true;
    begin_member(j);
}

static void
begin_level(struct json *j, bool object)
{
    bool line;

    assert(j->depth < JSON_DEPTH_MAX);
    begin_value(j, false);
    line = j->depth > 0 && j->level[j->depth - 1].line;
    j->level[j->depth].object = object;
    j->level[j->depth].line = line;
    j->level[j->depth].any = false;
    j->depth++;
    buf_byte(j->out, object ? '{' : '[');
}

static void
end_level(struct json *j, bool object)
{
    assert(j->depth > 0 && j->level[j->depth - 1].object == object);
    assert(!j->keyed);
    j->depth--;
    if (j->style == JSON_INDENTED && j->level[j->depth].any &&
        !j->level[j->depth].line)
        new_line(j);
    buf_byte(j->out, object ? '}' : ']');
}

void
json_begin_object(struct json *j)
{
    begin_level(j, true);
}

void
json_end_object(struct json *j)
{
    end_level(j, true);
}

void
json_begin_array(struct json *j)
{
    begin_level(j, false);
}

void
json_end_array(struct json *j)
{
    end_level(j, false);
}

static void
put_escape(struct buf *out, unsigned char c)
{
    switch (c) {
    case '"':
        buf_text(out, "\\\"");
        break;
    case '\\':
        buf_text(out, "\\\\");
        break;
    case '\b':
        buf_text(out, "\\b");
        break;
    case '\f':
        buf_text(out, "\\f");
        break;
    case '\n':
        buf_text(out, "\\n");
        break;
    case '\r':
        buf_text(out, "\\r");
        break;
    case '\t':
        buf_text(out, "\\t");
        break;
    default:
        buf_printf(out, "\\u%04X", (unsigned)c);
        break;
    }
}

static void
put_string(struct buf *out, const char *text, size_t n)
{
    size_t done = 0;

    buf_byte(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, text + done, i - done);
        put_escape(out, c);
        done = i + 1;
    }
    if (n > done)
        buf_add(out, text + done, n - done);
    buf_byte(out, '"');
}

void
json_key(struct json *j, const char *key)
{
    assert(j->depth > 0 && j->level[j->depth - 1].object && !j->keyed);
    begin_member(j);
    put_string(j->out, key, strlen(key));
    buf_byte(j->out, ':');
    if (j->style == JSON_INDENTED)
        buf_byte(j->out, ' ');
    j->keyed = true;
}

void
json_put_string(struct json *j, const char *text)
{
    json_put_string_n(j, text, strlen(text));
}

void
json_put_string_n(struct json *j, const char *text, size_t n)
{
    begin_value(j, true);
    put_string(j->out, text, n);
}

void
json_put_int(struct json *j, int64_t value)
{
    begin_value(j, true);
    buf_printf(j->out, "%" PRId64, value);
}

void
json_put_decimal(struct json *j, int64_t whole, int64_t part, int digits)
{
    assert(whole >= 0 && part >= 0 && digits >= 1 && digits <= 9);
    begin_value(j, true);
    buf_printf(j->out, "%" PRId64 ".%0*" PRId64, whole, digits, part);
}

void
json_put_bool(struct json *j, bool value)
{
    begin_value(j, true);
    buf_text(j->out, value ? "true" : "false");
}

void
json_put_null(struct json *j)
{
    begin_value(j, true);
    buf_text(j->out, "null");
}
