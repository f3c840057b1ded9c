/* dedup.c - the program's side of the benchmark of choosing who counts
 * (load.py).
 *
 *     dedup REGISTRATIONS FILE.csv
 *
 * Makes so many registrations, of which some 14 of 100 are superseded, and
 * writes them to FILE.csv for the other side: pseudonym (hexadecimal), rank,
 * number. Then it does what it is told, a line each; every answer is a line:
 *     time    seconds to choose, and those in which a processor worked
 *     sum     how many count, and the sum of their numbers
 *     sorted  1 if the hash table gave up
 *
 * A time begins with pseudonyms and ranks in memory and ends with a mark on
 * each that counts. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "calc/contest.h"
#include "calc/rank.h"

enum { PERSONS_OF_100 = 328, LINE = 256 };

struct one {
    uint64_t pseudonym[2];
    uint64_t rank;
};

struct choosing {
    const struct one *all;
    size_t count;
    uint8_t *counts;            /* by number - 1 */
    bool sorted;
};

static _Noreturn void
fail(const char *what)
{
    fprintf(stderr, "dedup: %s\n", what);
    exit(1);
}

static uint64_t
mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

/* Registration I: its person is drawn from PERSONS. The rank's upper half,
 * all but the number, takes one of some thousands of values, as ranks do. */
static struct one
make(uint64_t i, uint64_t persons)
{
    uint64_t who = mix(i) % persons;
    uint64_t tier = 1 + mix(i ^ 1ULL << 60) % 3;
    uint64_t missing = mix(i ^ 1ULL << 61) % 40;
    uint64_t days = mix(i ^ 1ULL << 62) % 60;

    return (struct one){ { mix(who * 2), mix(who * 2 + 1) },
                         tier << 60 | missing << 49 | days << 32 | (i + 1) };
}

static void
write_file(const struct one *all, size_t count, const char *file)
{
    FILE *f = fopen(file, "w");

    if (f == NULL)
        fail("the file can't be written");
    for (size_t i = 0; i < count; i++)
        fprintf(f, "%016" PRIx64 "%016" PRIx64 ",%" PRIu64 ",%zu\n",
                all[i].pseudonym[0], all[i].pseudonym[1], all[i].rank, i + 1);
    if (fclose(f) != 0)
        fail("the file can't be written");
}

static bool
mark(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct choosing *c = ctx;

    (void)size;
    c->counts[number - 1] = by == 0;
    return true;
}

static void
choose(struct choosing *c)
{
    struct contest *contest = contest_new();
    struct err e = { 0 };
    bool ok = contest != NULL;

    for (size_t i = 0; ok && i < c->count; i++)
        ok = contest_add(contest, (const uint8_t *)c->all[i].pseudonym,
                         c->all[i].rank, &e);
    ok = ok && contest_decide(contest, &e) && contest_each(contest, mark, c);
    if (!ok)
        fail("no memory");
    c->sorted = contest_sorted(contest);
    contest_free(contest);
}

static double
clock_of(clockid_t which)
{
    struct timespec t;

    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
time_it(struct choosing *c)
{
    double begin = clock_of(CLOCK_MONOTONIC);
    double work = clock_of(CLOCK_PROCESS_CPUTIME_ID);

    choose(c);
    printf("%.6f\t%.6f\n", clock_of(CLOCK_MONOTONIC) - begin,
           clock_of(CLOCK_PROCESS_CPUTIME_ID) - work);
}

static void
sum(struct choosing *c)
{
    uint64_t count = 0, numbers = 0;

    choose(c);
    for (size_t i = 0; i < c->count; i++)
        if (c->counts[i] != 0) {
            count++;
            numbers += i + 1;
        }
    printf("%" PRIu64 "\t%" PRIu64 "\n", count, numbers);
}

int
main(int argc, char **argv)
{
    struct choosing c = { .all = NULL };
    struct one *all;
    char line[LINE];

    if (argc != 3)
        fail("REGISTRATIONS FILE.csv");
    c.count = strtoul(argv[1], NULL, 10);
    all = calloc(c.count + 1, sizeof *all);
    c.counts = calloc(c.count + 1, 1);
    if (all == NULL || c.counts == NULL)
        fail("no memory");
    for (size_t i = 0; i < c.count; i++)
        all[i] = make(i, c.count * PERSONS_OF_100 / 100 + 1);
    c.all = all;
    write_file(all, c.count, argv[2]);
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strcmp(line, "time\n") == 0)
            time_it(&c);
        else if (strcmp(line, "sum\n") == 0)
            sum(&c);
        else if (strcmp(line, "sorted\n") == 0)
            printf("%d\n", c.sorted);
        fflush(stdout);
    }
    free(all);
    free(c.counts);
    return 0;
}
