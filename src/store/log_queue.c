/* log_queue.c - see log_queue.h.
 *
 * Records stand in a list with a ticket each; WRITTEN is the newest ticket
 * on disk, and who must wait, waits for its own. The thread takes the whole
 * list, writes it without the lock, and puts it back in front if that
 * fails. One mutex, one condition for the thread, one for those who wait. */
#include "store/log_queue.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "store/migrate.h"
#include "store/store_private.h"

enum { WAIT_MS = 10000, RETRY_MS = 1000, HOUR_MS = 3600000 };

struct log_queue {
    struct db *db;              /* the thread's */
    pthread_t thread;
    pthread_mutex_t mutex;      /* of all below */
    pthread_cond_t work, done;
    struct log_record *first, *last;
    int64_t records, bytes;     /* in the list or being written */
    int64_t put, written;       /* tickets */
    int64_t taken;              /* the newest that is being written */
    bool hurry, stop;
    struct err failed;          /* of the last writing; ERR_NONE: it went */
    struct log_record *told[LOG_QUEUE_TOLD];    /* of hourly ones, by turns */
    int turn;
};

static size_t
text_size(const struct log_record *r)
{
    return strlen(r->actor) + strlen(r->rights) + strlen(r->purpose)
           + strlen(r->action) + strlen(r->round) + strlen(r->units)
           + strlen(r->what) + strlen(r->numbers) + 8;
}

static const char *
put_text(char **at, const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = memcpy(*at, text, n);

    *at += n;
    return copy;
}

/* RECORD and its texts in one piece; NULL without memory. */
static struct log_record *
copy_record(const struct log_record *record, size_t texts, int64_t at_ms)
{
    struct log_record *r = malloc(sizeof *r + texts);
    char *at;

    if (r == NULL)
        return NULL;
    *r = *record;
    r->at_ms = at_ms;
    r->next = NULL;
    at = (char *)(r + 1);
    r->actor = put_text(&at, record->actor);
    r->rights = put_text(&at, record->rights);
    r->purpose = put_text(&at, record->purpose);
    r->action = put_text(&at, record->action);
    r->round = put_text(&at, record->round);
    r->units = put_text(&at, record->units);
    r->what = put_text(&at, record->what);
    r->numbers = put_text(&at, record->numbers);
    return r;
}

static void
free_records(struct log_record *r)
{
    while (r != NULL) {
        struct log_record *next = r->next;

        free(r);
        r = next;
    }
}

static bool
is_same(const struct log_record *a, const struct log_record *b)
{
    return a->municipality == b->municipality && a->entries == b->entries
           && strcmp(a->actor, b->actor) == 0
           && strcmp(a->rights, b->rights) == 0
           && strcmp(a->purpose, b->purpose) == 0
           && strcmp(a->action, b->action) == 0
           && strcmp(a->round, b->round) == 0
           && strcmp(a->units, b->units) == 0
           && strcmp(a->what, b->what) == 0
           && strcmp(a->numbers, b->numbers) == 0;
}

/* The mutex is held. */
static bool
was_told(const struct log_queue *q, const struct log_record *r)
{
    for (int i = 0; r->hourly && i < LOG_QUEUE_TOLD; i++)
        if (q->told[i] != NULL
            && q->told[i]->at_ms / HOUR_MS == r->at_ms / HOUR_MS
            && is_same(q->told[i], r))
            return true;
    return false;
}

/* The mutex is held. What can't be remembered is recorded again. */
static void
remember(struct log_queue *q, const struct log_record *r, size_t texts)
{
    struct log_record *copy;

    if (!r->hourly || texts > LOG_QUEUE_LONG)
        return;
    copy = copy_record(r, texts, r->at_ms);
    if (copy == NULL)
        return;
    free(q->told[q->turn]);
    q->told[q->turn] = copy;
    q->turn = (q->turn + 1) % LOG_QUEUE_TOLD;
}

static struct timespec
after_ms(int64_t ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += (time_t)(ms / 1000);
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

static bool
crowded(const struct log_queue *q)
{
    return q->records > LOG_QUEUE_RECORDS / 2
           || q->bytes > LOG_QUEUE_BYTES / 2;
}

/* Waits for records, and then for more of them; false when it is over. */
static bool
wait_for_work(struct log_queue *q)
{
    struct timespec until;

    while (q->first == NULL && !q->stop)
        pthread_cond_wait(&q->work, &q->mutex);
    if (q->first == NULL)
        return false;
    until = after_ms(q->failed.code != ERR_NONE ? RETRY_MS : LOG_QUEUE_MS);
    while (!q->hurry && !q->stop && !crowded(q))
        if (pthread_cond_timedwait(&q->work, &q->mutex, &until) != 0)
            break;
    q->hurry = false;
    return true;
}

/* The list was written, or not: FAILED says. */
static void
settle(struct log_queue *q, struct log_record *list, const struct err *failed)
{
    struct log_record *end = list;

    if (failed->code == ERR_NONE) {
        for (struct log_record *r = list; r != NULL; r = r->next) {
            q->records--;
            q->bytes -= (int64_t)text_size(r);
        }
        q->written = q->taken;
        free_records(list);
    } else {
        while (end->next != NULL)
            end = end->next;
        end->next = q->first;
        if (q->first == NULL)
            q->last = end;
        q->first = list;
    }
    q->failed = *failed;
    pthread_cond_broadcast(&q->done);
}

static void *
work(void *ctx)
{
    struct log_queue *q = ctx;

    pthread_mutex_lock(&q->mutex);
    while (wait_for_work(q)) {
        struct log_record *list = q->first;
        struct err failed;

        err_clear(&failed);
        q->first = q->last = NULL;
        q->taken = q->put;
        pthread_mutex_unlock(&q->mutex);
        if (!log_append(q->db, 0, list, &failed)
            && failed.code == ERR_NONE)
            err_set(&failed, ERR_MACHINE, "store.log_queue", "");
        pthread_mutex_lock(&q->mutex);
        settle(q, list, &failed);
        if (q->stop && failed.code != ERR_NONE)
            break;
    }
    pthread_mutex_unlock(&q->mutex);
    return NULL;
}

static void
free_queue(struct log_queue *q)
{
    db_close(q->db);
    free_records(q->first);
    for (int i = 0; i < LOG_QUEUE_TOLD; i++)
        free(q->told[i]);
    pthread_cond_destroy(&q->work);
    pthread_cond_destroy(&q->done);
    pthread_mutex_destroy(&q->mutex);
    free(q);
}

struct log_queue *
log_queue_start(const char *path, struct err *e)
{
    struct log_queue *q = mem_take(sizeof *q);
    char *file = store_file(path, "access.db");
    pthread_condattr_t attr;
    int rc;

    pthread_mutex_init(&q->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&q->work, &attr);
    pthread_cond_init(&q->done, &attr);
    pthread_condattr_destroy(&attr);
    err_clear(&q->failed);
    q->db = db_open(file, DB_WRITE, WAIT_MS, e);
    free(file);
    if (q->db == NULL
        || !migrate(q->db, &migrations_log, MIGRATE_READ, path, 0, e)) {
        free_queue(q);
        return NULL;
    }
    rc = pthread_create(&q->thread, NULL, work, q);
    if (rc == 0)
        return q;
    err_set(e, ERR_MACHINE, "store.thread", "%s", strerror(rc));
    free_queue(q);
    return NULL;
}

static bool
must_wait(const struct log_record *r)
{
    static const char *const actions[] = {
        "export", "search", "backup", "destroy_key"
    };

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(r->action, actions[i]) == 0
            || strcmp(r->what, actions[i]) == 0)
            return true;
    return strcmp(r->action, "read_sealed") == 0
           && r->entries > LOG_QUEUE_SEALED;
}

static bool
pass_on(const struct err *failed, struct err *e)
{
    if (e->code == ERR_NONE)
        *e = *failed;
    return false;
}

/* The mutex is held. Until TICKET is on disk. */
static bool
wait_written(struct log_queue *q, int64_t ticket, struct err *e)
{
    bool ok = true;

    /* What failed before is tried again for this one. */
    while (ok && q->written < ticket) {
        q->hurry = true;
        pthread_cond_signal(&q->work);
        pthread_cond_wait(&q->done, &q->mutex);
        ok = q->written >= ticket || q->failed.code == ERR_NONE;
    }
    return ok || pass_on(&q->failed, e);
}

/* The mutex is held. Until there is room for BYTES. */
static bool
wait_for_room(struct log_queue *q, int64_t bytes, struct err *e)
{
    while (q->failed.code == ERR_NONE
           && (q->records >= LOG_QUEUE_RECORDS
               || (q->records > 0 && q->bytes + bytes > LOG_QUEUE_BYTES))) {
        pthread_cond_signal(&q->work);
        pthread_cond_wait(&q->done, &q->mutex);
    }
    return q->failed.code == ERR_NONE || pass_on(&q->failed, e);
}

/* The mutex is held, and there is room. Its ticket. */
static int64_t
put_last(struct log_queue *q, struct log_record *r, size_t texts)
{
    bool wake = q->first == NULL;

    remember(q, r, texts);
    if (wake)
        q->first = r;
    else
        q->last->next = r;
    q->last = r;
    q->records++;
    q->bytes += (int64_t)texts;
    if (wake || crowded(q))
        pthread_cond_signal(&q->work);
    return ++q->put;
}

bool
log_queue_put(struct log_queue *q, int64_t at_ms,
              const struct log_record *record, struct err *e)
{
    size_t texts = text_size(record);
    struct log_record *r = copy_record(record, texts, at_ms);
    bool ok;

    if (r == NULL)
        return err_set(e, ERR_MACHINE, "store.log_queue", "");
    pthread_mutex_lock(&q->mutex);
    ok = wait_for_room(q, (int64_t)texts, e);
    if (ok && !was_told(q, r)) {
        int64_t ticket = put_last(q, r, texts);

        r = NULL;
        ok = !must_wait(record) || wait_written(q, ticket, e);
    }
    pthread_mutex_unlock(&q->mutex);
    free(r);
    return ok;
}

bool
log_queue_flush(struct log_queue *q, struct err *e)
{
    bool ok;

    pthread_mutex_lock(&q->mutex);
    ok = wait_written(q, q->put, e);
    pthread_mutex_unlock(&q->mutex);
    return ok;
}

bool
log_queue_stop(struct log_queue *q, struct err *e)
{
    bool ok;

    if (q == NULL)
        return true;
    pthread_mutex_lock(&q->mutex);
    q->stop = true;
    pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->mutex);
    pthread_join(q->thread, NULL);
    ok = q->written == q->put || pass_on(&q->failed, e);
    free_queue(q);
    return ok;
}

void
store_set_log_queue(struct store *s, struct log_queue *queue)
{
    s->queue = queue;
}

bool
store_log_flush(struct store *s, struct err *e)
{
    return s->queue == NULL || log_queue_flush(s->queue, e);
}
