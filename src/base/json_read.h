/* json_read.h - JSON that somebody sent us, read strictly.
 *
 * Jansson reads it: one object, UTF-8, no member twice, no NUL in a text,
 * nothing behind it. What it holds is overwritten when it is freed, for it
 * may be a person's number or answers. */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H
#include <jansson.h>
#include <stddef.h>

enum { JSON_READ_DEPTH = 16 };  /* objects within objects, at most */

/* The object of the LEN bytes of TEXT; NULL where there is none. Release
 * with json_decref. From any thread. */
json_t *json_read(const char *text, size_t len);

#endif
