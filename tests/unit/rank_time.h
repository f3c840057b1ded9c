/* rank_time.h - for tests that times must not tell two kinds apart: a clock,
 * and a rank test (Mann-Whitney), which says nothing of how long they are. */
#ifndef RANK_TIME_H
#define RANK_TIME_H
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t
now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct sample {
    int64_t time;
    int known;
};

static inline int
by_time(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;

    return (x->time > y->time) - (x->time < y->time);
}

/* The square of Mann-Whitney's z of the known among all N samples, half of
 * which they are; equal times share their ranks. */
static inline double
rank_z2(struct sample *s, int n)
{
    double sum = 0, half = n / 2.0, off;

    qsort(s, (size_t)n, sizeof *s, by_time);
    for (int i = 0; i < n;) {
        int end = i;

        while (end < n && s[end].time == s[i].time)
            end++;
        for (int j = i; j < end; j++)
            if (s[j].known)
                sum += (i + 1 + end) / 2.0;
        i = end;
    }
    off = sum - half * (n + 1) / 2;
    return off * off / (half * half * (n + 1) / 12);
}

#endif
