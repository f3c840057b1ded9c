/* http_listen.h - the socket a server listens on. */
#ifndef WEB_HTTP_LISTEN_H
#define WEB_HTTP_LISTEN_H
#include "base/err.h"

enum { HTTP_ADDRESS = 128 };    /* size with the NUL */

/* A listening socket for WHERE ("127.0.0.1:8080", "[::1]:0", "localhost:80",
 * "unix:PATH"), and in ADDRESS the address it got. A socket that nobody
 * listens on any more is replaced at PATH, no other file. -1 with ERR_INPUT
 * (no address) or ERR_MACHINE (in use, not allowed). */
MUST_CHECK int http_listen(const char *where, char address[HTTP_ADDRESS],
                           struct err *e);
/* Removes the file of a socket at "unix:PATH"; nothing for others. */
void http_listen_remove(const char *address);

#endif
