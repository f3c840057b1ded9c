/* load.c - many mappers at once: they open forms and answer questions.
 *
 *     load PORT FILE SECONDS THINK_MS OPENS VARIABLE...
 *
 * Each line of FILE is a mapper with a connection and a registration of its
 * own: cookie, token, path of the form, path of the registration in the API,
 * divided by tabs. A mapper changes one answer a request, VARIABLE after
 * VARIABLE, from 1 to 5 and again; waits THINK_MS after each; and opens the
 * form before every OPENS-th answer (0: never).
 *
 * Prints "open" and "save": how many, how many a second, and the median and
 * the 99th percentile in microseconds; "bad": answers that were no 200. Then
 * "mapper I ACKED SENT": how many of its answers were acknowledged, and how
 * many had been sent when the end, or the server's, came. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAPPERS = 1024, HEAD = 8192, REQUEST = 2048, LINE = 1024 };
enum kind { OPEN, SAVE, KINDS };

struct mapper {
    int fd;                     /* -1: it has ended */
    char cookie[256], csrf[64], form[256], api[256];
    char request[REQUEST];
    size_t length, sent;        /* of the request */
    enum kind kind;
    bool waiting;               /* for an answer */
    double begun, next;
    char head[HEAD];
    size_t got;                 /* of the head */
    size_t left;                /* of the body; while BODY */
    bool body;
    long acked, asked, steps;
};

static struct mapper mappers[MAPPERS];
static int count, alive, queue;
static int *took[KINDS];
static long done[KINDS], room[KINDS], bad;
static char **variables;
static int variable_count, think_ms, opens;
static double end;

static void
die(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
read_mappers(const char *file)
{
    FILE *f = fopen(file, "r");
    char line[LINE];

    if (f == NULL)
        die(file);
    while (count < MAPPERS && fgets(line, sizeof line, f) != NULL) {
        struct mapper *m = &mappers[count];

        if (sscanf(line, "%255[^\t]\t%63[^\t]\t%255[^\t]\t%255[^\t\n]",
                   m->cookie, m->csrf, m->form, m->api) != 4)
            die("a line of the file");
        count++;
    }
    fclose(f);
}

static void
dial(struct mapper *m, int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port) };
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = m };
    int one = 1;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    m->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (m->fd < 0 || connect(m->fd, (struct sockaddr *)&at, sizeof at) != 0
        || setsockopt(m->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0
        || fcntl(m->fd, F_SETFL, O_NONBLOCK) != 0
        || epoll_ctl(queue, EPOLL_CTL_ADD, m->fd, &event) != 0)
        die("connect");
    alive++;
}

static void
hang_up(struct mapper *m)
{
    close(m->fd);
    m->fd = -1;
    alive--;
}

static void
make_save(struct mapper *m)
{
    char body[256];
    long n = m->asked++;
    int length = snprintf(body, sizeof body, "{\"answers\":{\"%s\":\"%ld\"}}",
                          variables[n % variable_count],
                          1 + n / variable_count % 5);

    m->kind = SAVE;
    m->length = (size_t)snprintf(
        m->request, sizeof m->request,
        "PATCH %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\n"
        "X-CSRF-Token: %s\r\nContent-Type: application/json\r\n"
        "Content-Length: %d\r\n\r\n%s", m->api, m->cookie, m->csrf, length,
        body);
}

static void
make_open(struct mapper *m)
{
    m->kind = OPEN;
    m->length = (size_t)snprintf(
        m->request, sizeof m->request, "GET %s HTTP/1.1\r\n"
        "Host: localhost\r\nCookie: %s\r\n\r\n", m->form, m->cookie);
}

/* What does not fit into the socket's buffer is no request of ours. */
static void
ask(struct mapper *m)
{
    if (opens > 0 && m->steps++ % (opens + 1) == 0)
        make_open(m);
    else
        make_save(m);
    m->waiting = true;
    m->got = m->left = 0;
    m->body = false;
    m->begun = seconds();
    if (send(m->fd, m->request, m->length, MSG_NOSIGNAL)
        != (ssize_t)m->length)
        hang_up(m);
}

static void
note(enum kind kind, double took_s)
{
    if (done[kind] == room[kind]) {
        room[kind] = room[kind] == 0 ? 65536 : room[kind] * 2;
        took[kind] = realloc(took[kind],
                             (size_t)room[kind] * sizeof *took[kind]);
        if (took[kind] == NULL)
            die("memory");
    }
    took[kind][done[kind]++] = (int)(took_s * 1e6);
}

/* The answer is whole. */
static void
answered(struct mapper *m)
{
    double now = seconds();
    bool good = strncmp(m->head, "HTTP/1.1 200 ", 13) == 0;

    m->waiting = false;
    if (!good)
        bad++;
    else
        note(m->kind, now - m->begun);
    if (good && m->kind == SAVE)
        m->acked = m->asked;
    m->next = now + think_ms / 1e3;
    if (!good)
        hang_up(m);
    else if (think_ms == 0 && now < end)
        ask(m);
}

/* N more bytes stand in the head's place. */
static void
take_head(struct mapper *m, size_t n)
{
    char *body, *length;
    size_t size;

    m->got += n;
    m->head[m->got] = '\0';
    body = strstr(m->head, "\r\n\r\n");
    if (body == NULL) {
        if (m->got == HEAD - 1)
            die("a long head");
        return;
    }
    length = strstr(m->head, "Content-Length: ");
    size = length != NULL && length < body
           ? strtoul(length + 16, NULL, 10) : 0;
    m->body = true;
    n = m->got - (size_t)(body + 4 - m->head);
    m->left = size > n ? size - n : 0;
    if (m->left == 0)
        answered(m);
}

static void
take(struct mapper *m)
{
    static char bytes[1 << 18];
    ssize_t n;

    while (m->fd >= 0 && m->waiting) {
        n = m->body ? recv(m->fd, bytes, sizeof bytes, 0)
                    : recv(m->fd, m->head + m->got, HEAD - 1 - m->got, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            hang_up(m);
            return;
        }
        if (!m->body) {
            take_head(m, (size_t)n);
        } else {
            m->left -= (size_t)n < m->left ? (size_t)n : m->left;
            if (m->left == 0)
                answered(m);
        }
        if (m->waiting && m->got == 0)
            return;             /* the next was just sent */
    }
}

static void
run(void)
{
    struct epoll_event events[256];

    while (alive > 0) {
        double now = seconds();
        bool busy = false;
        int n;

        for (int i = 0; i < count; i++) {
            struct mapper *m = &mappers[i];

            if (m->fd >= 0 && !m->waiting && now < end && now >= m->next)
                ask(m);
            busy = busy || (m->fd >= 0 && m->waiting);
        }
        if (now >= end && (!busy || now > end + 10))
            return;
        n = epoll_wait(queue, events, 256, think_ms > 0 ? 1 : 100);
        for (int i = 0; i < n; i++) {
            struct mapper *m = events[i].data.ptr;

            if (m->fd >= 0 && !m->waiting)
                hang_up(m);     /* nothing was asked: it has ended */
            else
                take(m);
        }
    }
}

static int
by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void
say(const char *name, enum kind k, double length)
{
    if (done[k] > 0)
        qsort(took[k], (size_t)done[k], sizeof *took[k], by_size);
    printf("%s %ld %.1f %d %d\n", name, done[k], (double)done[k] / length,
           done[k] > 0 ? took[k][done[k] / 2] : 0,
           done[k] > 0 ? took[k][done[k] - 1 - done[k] / 100] : 0);
}

int
main(int argc, char **argv)
{
    double begun, length;

    if (argc < 7)
        die("PORT FILE SECONDS THINK_MS OPENS VARIABLE...");
    think_ms = atoi(argv[4]);
    opens = atoi(argv[5]);
    variables = argv + 6;
    variable_count = argc - 6;
    read_mappers(argv[2]);
    queue = epoll_create1(0);
    for (int i = 0; i < count; i++)
        dial(&mappers[i], atoi(argv[1]));
    begun = seconds();
    end = begun + strtod(argv[3], NULL);
    for (int i = 0; i < count; i++)
        mappers[i].next = begun + think_ms / 1e3 * i / count;
    run();
    length = seconds() - begun;
    say("open", OPEN, length);
    say("save", SAVE, length);
    printf("bad %ld\n", bad);
    for (int i = 0; i < count; i++)
        printf("mapper %d %ld %ld\n", i, mappers[i].acked, mappers[i].asked);
    return 0;
}
