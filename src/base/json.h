/* json.h - JSON written as it comes, onto a buf.
 *
 * The caller says what begins and ends; commas, colons, quoting and
 * indentation are ours. Wrong nesting (a value without a key in an object,
 * an end too many, two roots) is our own mistake and asserted. There are no
 * floating point numbers, only decimals. Text must be UTF-8; it is not
 * checked, and keys are not compared. A full buf is sticky there: look at it
 * in the end.
 *
 * The names keep clear of jansson's, which is linked in to read JSON; both
 * headers can be included together. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

enum { JSON_DEPTH_MAX = 32 };

enum json_style {
    JSON_ONE_LINE,  /* no blank anywhere */
    JSON_INDENTED   /* two blanks a level, a line for each member; an array
                     * whose first element is a plain value stays on one
                     * line with all there is in it */
};

struct json {
    struct buf *out;
    enum json_style style;
    struct {
        bool object;    /* else an array */
        bool line;      /* all of it on one line */
        bool any;       /* has a member */
    } level[JSON_DEPTH_MAX];    /* private */
    int depth;              /* private */
    bool keyed, rooted;     /* private */
};

/* Begins a text at the end of OUT, which is borrowed. */
void json_init(struct json *j, struct buf *out, enum json_style style);
/* The root is closed; JSON_INDENTED adds a line end. */
void json_finish(struct json *j);

void json_begin_object(struct json *j);
void json_end_object(struct json *j);
void json_begin_array(struct json *j);
void json_end_array(struct json *j);
/* The key of the value that comes next; in an object only. */
void json_key(struct json *j, const char *key);

void json_put_string(struct json *j, const char *text);
void json_put_string_n(struct json *j, const char *text, size_t n);
void json_put_int(struct json *j, int64_t value);
/* WHOLE (0 or more) and PART, DIGITS (1..9) behind the point: 2, 41, 3 is
 * 2.041. */
void json_put_decimal(struct json *j, int64_t whole, int64_t part,
                      int digits);
void json_put_bool(struct json *j, bool value);
void json_put_null(struct json *j);

#endif
