/* http_parse.h - text of a request, decoded. Takes any bytes. */
#ifndef WEB_HTTP_PARSE_H
#define WEB_HTTP_PARSE_H
#include "web/http.h"

/* The N bytes of S without their %-escapes, in OUT of N + 1 bytes, a NUL
 * behind. PLUS: '+' is a blank. -1 where an escape is none, there is a NUL,
 * or it isn't UTF-8; else the length. */
long http_decode(const char *s, size_t n, bool plus, char *out);
/* The pairs of a query or form ("a=b&c"), in the order they came; empty
 * pieces are left out, a name without '=' has the value "". *PAIRS is from
 * A, their text in OUT of N + 1 bytes. Returns their number; -1 as above or
 * if there are more than HTTP_PAIRS_MAX. */
int http_pairs(struct arena *a, const char *s, size_t n, char *out,
               const struct http_pair **pairs);
/* The same of a form with files in it (multipart/form-data), whose header
 * Content-Type is TYPE; a file's text is the value of its field. Text in OUT
 * of N + 1 bytes. -1 also of a file that is no UTF-8 or has a NUL in it, of
 * more than 64 parts, and of a part that is no field of a form. */
int http_multipart(struct arena *a, const char *type, const char *s,
                   size_t n, char *out, const struct http_pair **pairs);
/* True if the header COOKIE has one of that name, printable ASCII: *VALUE
 * and *LEN, borrowed from COOKIE. The first counts. */
bool http_cookie(const char *cookie, const char *name, const char **value,
                 size_t *len);
/* True if S is a token of HTTP, as names of headers and methods are. */
bool http_token(const char *s);
/* True if S may be a Host: a name, an address, a port. */
bool http_host(const char *s);
/* True if S is a Content-Length, *N. */
bool http_length(const char *s, uint64_t *n);

#endif
