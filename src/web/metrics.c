/* metrics.c - see metrics.h. */
#include "web/metrics.h"
#include <inttypes.h>

/* Upper ends of the times, in microseconds. */
static const int64_t ends[METRIC_TIMES] = {
    100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 500000,
    2500000
};

void
metrics_count(struct metrics *m, int status, int64_t micros)
{
    int i = 0;

    while (i < METRIC_TIMES && micros > ends[i])
        i++;
    atomic_fetch_add(&m->time[i], 1);
    atomic_fetch_add(&m->micros, micros);
    if (status >= 100 && status <= 599)
        atomic_fetch_add(&m->answers[status / 100], 1);
}

static void
put(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(out, "# TYPE brukerplan_%s %s\nbrukerplan_%s %" PRId64 "\n",
               name, type, name, value);
}

static void
put_times(struct metrics *m, struct buf *out)
{
    int64_t sum = 0;

    buf_text(out, "# TYPE brukerplan_request_seconds histogram\n");
    for (int i = 0; i <= METRIC_TIMES; i++) {
        sum += atomic_load(&m->time[i]);
        if (i < METRIC_TIMES)
            buf_printf(out, "brukerplan_request_seconds_bucket{le=\"%" PRId64
                       ".%06" PRId64 "\"} %" PRId64 "\n", ends[i] / 1000000,
                       ends[i] % 1000000, sum);
        else
            buf_printf(out, "brukerplan_request_seconds_bucket{le=\"+Inf\"} %"
                       PRId64 "\n", sum);
    }
    buf_printf(out, "brukerplan_request_seconds_sum %" PRId64 ".%06" PRId64
               "\nbrukerplan_request_seconds_count %" PRId64 "\n",
               (int64_t)(atomic_load(&m->micros) / 1000000),
               (int64_t)(atomic_load(&m->micros) % 1000000), sum);
}

void
metrics_print(struct metrics *m, int64_t commits, int64_t jobs,
              int64_t now_ms, struct buf *out)
{
    buf_text(out, "# TYPE brukerplan_requests_total counter\n");
    for (int i = 1; i <= 5; i++)
        buf_printf(out, "brukerplan_requests_total{status=\"%dxx\"} %" PRId64
                   "\n", i, (int64_t)atomic_load(&m->answers[i]));
    put_times(m, out);
    put(out, "log_ins_total", "counter", atomic_load(&m->logins));
    put(out, "log_ins_refused_total", "counter",
        atomic_load(&m->logins_refused));
    put(out, "answer_conflicts_total", "counter",
        atomic_load(&m->conflicts));
    put(out, "commits_total", "counter", commits);
    put(out, "writes_total", "counter", jobs);
    put(out, "counter_faults_total", "counter",
        atomic_load(&m->live_faults));
    put(out, "up_seconds", "gauge", (now_ms - m->started_ms) / 1000);
}
