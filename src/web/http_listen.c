/* http_listen.c - see http_listen.h.
 *
 * Addresses are numbers, so that no name service is asked. A socket in the
 * file system may be used by its owner and group: a proxy on the same
 * machine. */
#include "web/http_listen.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

/* Fails with errno. */
static int
fail(const char *where, int fd, struct err *e)
{
    int why = errno;

    if (fd >= 0)
        close(fd);
    err_set(e, ERR_MACHINE, "http.listen", "%s %s", where, strerror(why));
    return -1;
}

/* True if there is a socket at PATH without anybody behind it. */
static bool
abandoned(const struct sockaddr_un *at)
{
    struct stat st;
    int fd;
    bool refused;

    if (lstat(at->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode))
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    refused = connect(fd, (const struct sockaddr *)at, sizeof *at) != 0
              && errno == ECONNREFUSED;
    close(fd);
    return refused;
}

static int
listen_unix(const char *where, const char *path, struct err *e)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd;

    if (path[0] == '\0' || strlen(path) >= sizeof at.sun_path) {
        err_set(e, ERR_INPUT, "http.address", "%s", where);
        return -1;
    }
    snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    if (abandoned(&at))
        unlink(path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || fchmod(fd, 0600) != 0     /* until it is bound */
        || bind(fd, (const struct sockaddr *)&at, sizeof at) != 0
        || chmod(path, 0660) != 0 || listen(fd, BACKLOG) != 0)
        return fail(where, fd, e);
    return fd;
}

/* HOST and PORT of "host:port" and "[host]:port". */
static bool
split(const char *where, char host[64], char port[8])
{
    const char *colon = strrchr(where, ':');
    size_t n;

    if (colon == NULL || colon[1] == '\0' || strlen(colon + 1) > 5
        || strspn(colon + 1, "0123456789") != strlen(colon + 1)
        || strtol(colon + 1, NULL, 10) > 65535)
        return false;
    snprintf(port, 8, "%s", colon + 1);
    n = (size_t)(colon - where);
    if (n >= 2 && where[0] == '[' && colon[-1] == ']') {
        where++;
        n -= 2;
    } else if (memchr(where, ':', n) != NULL) {
        return false;
    }
    if (n == 0 || n >= 64)
        return false;
    memcpy(host, where, n);
    host[n] = '\0';
    if (strcmp(host, "localhost") == 0)
        strcpy(host, "127.0.0.1");
    return true;
}

static bool
print_address(int fd, char address[HTTP_ADDRESS])
{
    struct sockaddr_storage got = { 0 };
    socklen_t n = sizeof got;
    char host[64], port[8];

    if (getsockname(fd, (struct sockaddr *)&got, &n) != 0
        || getnameinfo((struct sockaddr *)&got, n, host, sizeof host, port,
                       sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return false;
    snprintf(address, HTTP_ADDRESS,
             got.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
    return true;
}

static int
listen_tcp(const char *where, char address[HTTP_ADDRESS], struct err *e)
{
    struct addrinfo hints = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
        .ai_socktype = SOCK_STREAM,
    }, *info;
    char host[64], port[8];
    int fd, one = 1;

    if (!split(where, host, port)
        || getaddrinfo(host, port, &hints, &info) != 0) {
        err_set(e, ERR_INPUT, "http.address", "%s", where);
        return -1;
    }
    fd = socket(info->ai_family,
                SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (fd < 0 || bind(fd, info->ai_addr, info->ai_addrlen) != 0
        || listen(fd, BACKLOG) != 0 || !print_address(fd, address))
        fd = fail(where, fd, e);
    freeaddrinfo(info);
    return fd;
}

int
http_listen(const char *where, char address[HTTP_ADDRESS], struct err *e)
{
    int fd;

    if (strncmp(where, "unix:", 5) != 0)
        return listen_tcp(where, address, e);
    fd = listen_unix(where, where + 5, e);
    snprintf(address, HTTP_ADDRESS, "%s", where);
    return fd;
}

void
http_listen_remove(const char *address)
{
    if (strncmp(address, "unix:", 5) == 0)
        unlink(address + 5);
}
