/* raw.c - what the machine and the libraries reach without us.
 *
 *     raw page SIZE THREADS      libmicrohttpd alone: one constant page, made
 *                                once, on a port of its own; "ready PORT"
 *     raw save DB SECONDS        SQLite alone: one autosave a transaction,
 *                                durable; how many a second
 *     raw sync FILE COUNT        seconds that two syncs take, the median
 *
 * `save` runs the statements of an autosave on the rows that the program
 * made, from a single thread without a network, on a connection with
 * SQLite's defaults but for WAL and synchronous=FULL. The answers are
 * written as they are: a page changes by its revision, and SQLite writes
 * both whatever is in them. */
#include <fcntl.h>
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <netinet/in.h>
#include "sql_table.h"

enum { ROWS_MAX = 4096, ANSWERS_MAX = 4096, SYNC_BYTES = 4096 + 24 };

static double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
die(const char *what)
{
    fprintf(stderr, "raw: %s\n", what);
    exit(1);
}

/* page */

static struct MHD_Response *page;

static enum MHD_Result
answer(void *ctx, struct MHD_Connection *c, const char *url,
       const char *method, const char *version, const char *data, size_t *n,
       void **state)
{
    static int seen;

    (void)ctx, (void)url, (void)method, (void)version, (void)data, (void)n;
    if (*state == NULL) {
        *state = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(c, 200, page);
}

static void
serve(size_t size, unsigned threads)
{
    struct MHD_Daemon *d;
    char *bytes = malloc(size + 1);
    sigset_t set;
    int got;

    if (bytes == NULL)
        die("memory");
    memset(bytes, 'x', size);
    page = MHD_create_response_from_buffer(size, bytes, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(page, "Content-Type", "text/html; charset=utf-8");
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (threads > 1)
        d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
                             answer, NULL, MHD_OPTION_THREAD_POOL_SIZE,
                             threads, MHD_OPTION_END);
    else
        d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
                             answer, NULL, MHD_OPTION_END);
    if (d == NULL)
        die("can't listen");
    printf("ready %d\n",
           (int)MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    sigwait(&set, &got);
    MHD_stop_daemon(d);
    MHD_destroy_response(page);
}

/* save */

struct row {
    sqlite3_int64 municipality, round, number;
    unsigned char public_id[16];
    char account[65];
};

static struct row rows[ROWS_MAX];
static sqlite3 *db;

static void
check(int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        die(sqlite3_errmsg(db));
}

static sqlite3_stmt *
prepare(const char *sql)
{
    sqlite3_stmt *st;

    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st,
                             NULL));
    return st;
}

static int
read_rows(void)
{
    sqlite3_stmt *st = prepare(
        "select w.municipality, w.round, w.number, r.public_id, w.account"
        " from work w join registration r using (municipality, round, number)"
        " join round o on o.municipality = w.municipality"
        " and o.place = w.round and o.status = 0");
    int n = 0;

    for (; n < ROWS_MAX && sqlite3_step(st) == SQLITE_ROW; n++) {
        rows[n].municipality = sqlite3_column_int64(st, 0);
        rows[n].round = sqlite3_column_int64(st, 1);
        rows[n].number = sqlite3_column_int64(st, 2);
        memcpy(rows[n].public_id, sqlite3_column_blob(st, 3), 16);
        snprintf(rows[n].account, sizeof rows[n].account, "%s",
                 (const char *)sqlite3_column_text(st, 4));
    }
    sqlite3_finalize(st);
    return n;
}

struct save {
    sqlite3_stmt *begin, *get, *touch, *answers, *commit;
};

static void
run(sqlite3_stmt *st)
{
    check(sqlite3_step(st));
    check(sqlite3_reset(st));
}

/* SQLite numbers $1..$7 in the order they come in. */
static int
place(sqlite3_stmt *st, int n)
{
    const char name[] = { '$', (char)('0' + n), '\0' };

    return sqlite3_bind_parameter_index(st, name);
}

static void
bind_int(sqlite3_stmt *st, int n, sqlite3_int64 value)
{
    check(sqlite3_bind_int64(st, place(st, n), value));
}

static void
bind_text(sqlite3_stmt *st, int n, const char *value)
{
    check(sqlite3_bind_text(st, place(st, n), value, -1, SQLITE_STATIC));
}

static void
bind_blob(sqlite3_stmt *st, int n, const void *value, size_t len)
{
    check(sqlite3_bind_blob(st, place(st, n), value, (int)len,
                            SQLITE_STATIC));
}

static void
bind_row(sqlite3_stmt *st, const struct row *r)
{
    bind_int(st, 1, r->municipality);
    bind_int(st, 2, r->round);
}

static void
save_one(const struct save *s, const struct row *r)
{
    unsigned char answers[ANSWERS_MAX];
    sqlite3_int64 revision, definition, noted;
    size_t len;

    run(s->begin);
    bind_row(s->get, r);
    bind_blob(s->get, 3, r->public_id, 16);
    bind_text(s->get, 4, r->account);
    bind_int(s->get, 5, 1);
    if (sqlite3_step(s->get) != SQLITE_ROW)
        die("no such registration");
    definition = sqlite3_column_int64(s->get, 5);
    revision = sqlite3_column_int64(s->get, 12);
    noted = sqlite3_column_int64(s->get, 13);
    len = (size_t)sqlite3_column_bytes(s->get, 14);
    if (len < 2 || len > sizeof answers)
        die("no answers");
    memcpy(answers, sqlite3_column_blob(s->get, 14), len);
    check(sqlite3_reset(s->get));
    bind_row(s->touch, r);
    bind_int(s->touch, 3, r->number);
    bind_int(s->touch, 4, time(NULL) * 1000);
    bind_int(s->touch, 5, noted);
    bind_text(s->touch, 6, r->account);
    bind_int(s->touch, 7, revision);
    run(s->touch);
    if (sqlite3_changes(db) != 1)
        die("not touched");
    bind_row(s->answers, r);
    bind_int(s->answers, 3, r->number);
    bind_int(s->answers, 4, definition);
    bind_blob(s->answers, 5, answers, len);
    run(s->answers);
    run(s->commit);
}

static void
save(const char *file, double limit)
{
    struct save s;
    double begun;
    long count = 0;
    int n;

    if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        die(file);
    check(sqlite3_exec(db, "pragma journal_mode = wal;"
                       "pragma synchronous = full", NULL, NULL, NULL));
    n = read_rows();
    if (n == 0)
        die("no registrations");
    s.begin = prepare("begin immediate");
    s.get = prepare(sql_text[SQL_WORK_GET]);
    s.touch = prepare(sql_text[SQL_WORK_TOUCH]);
    s.answers = prepare(sql_text[SQL_WORK_ANSWERS]);
    s.commit = prepare("commit");
    begun = seconds();
    do {
        save_one(&s, &rows[count++ % n]);
    } while (seconds() - begun < limit);
    printf("%.1f\n", (double)count / (seconds() - begun));
    sqlite3_finalize(s.begin);
    sqlite3_finalize(s.get);
    sqlite3_finalize(s.touch);
    sqlite3_finalize(s.answers);
    sqlite3_finalize(s.commit);
    sqlite3_close(db);
}

/* sync */

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* As a log grows: a page at a time at its end, each synced. */
static void
sync_file(const char *file, int count)
{
    static char bytes[SYNC_BYTES];
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    double *took = calloc((size_t)count, sizeof *took);

    if (fd < 0 || took == NULL)
        die(file);
    for (int i = 0; i < count; i++) {
        double begun = seconds();

        for (int k = 0; k < 2; k++)
            if (write(fd, bytes, sizeof bytes) != (ssize_t)sizeof bytes
                || fdatasync(fd) != 0)
                die(file);
        took[i] = seconds() - begun;
    }
    close(fd);
    unlink(file);
    qsort(took, (size_t)count, sizeof *took, by_size);
    printf("%.9f\n", took[count / 2]);
    free(took);
}

int
main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "page") == 0)
        serve(strtoul(argv[2], NULL, 10),
              (unsigned)strtoul(argv[3], NULL, 10));
    else if (argc == 4 && strcmp(argv[1], "save") == 0)
        save(argv[2], strtod(argv[3], NULL));
    else if (argc == 4 && strcmp(argv[1], "sync") == 0)
        sync_file(argv[2], (int)strtol(argv[3], NULL, 10));
    else
        die("page SIZE THREADS | save DB SECONDS | sync FILE COUNT");
    return 0;
}
