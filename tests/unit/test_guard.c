/* test_guard.c - a file that is cut short or written to while it is counted:
 * nobody stops, and no number of it is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "column/run.h"
#include "tiny_instrument.h"

enum { UNITS = 3, ROWS = 100000, THREADS = 3 };

static const uint8_t made_for[COLUMNS_ORIGIN] = "a test";

struct fixture {
    char dir[64], file[96];
    struct instrument *in;
    struct plan *plan;
    int64_t bytes;              /* of the file */
    int64_t men;                /* what the plan's only table says */
};

static void
make_file(struct fixture *f)
{
    static const char *const who[] = {
        "municipality=1201 year=2014 unit=u1 sex=male kids=3",
        "municipality=1201 year=2014 unit=u2 sex=female kids=0",
        "municipality=0301 year=2014 unit=u0 sex=? kids=7"
    };
    struct column_maker *m = column_maker_new(f->in, ROWS);
    static struct tiny_row row[3];
    struct err e = { 0 };
    struct stat st;

    for (int i = 0; i < 3; i++) {
        tiny_blank(&row[i]);
        tiny_fill(f->in, &row[i], who[i]);
    }
    f->men = 0;
    for (int i = 0; i < ROWS; i++) {
        int k = (int)((unsigned)i * 2654435761u >> 20) % 3;

        f->men += k == 0;
        assert_true(column_maker_add(m, &row[k].row, true, &e));
    }
    assert_true(column_maker_write(m, made_for, "", f->file, &e));
    column_maker_free(m);
    assert_int_equal(stat(f->file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    f->bytes = st.st_size;
}

static void
setup(struct fixture *f)
{
    static struct figure men = { .id = "n", .where = "sex = male",
                                 .sum = -1 };
    const struct question q = { .columns = -1, .sum = -1, .figures = &men,
                                .figure_count = 1 };
    struct err e = { 0 };

    strcpy(f->dir, "/tmp/brukerplan-test.XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->file, sizeof f->file, "%s/r.columns", f->dir);
    f->in = tiny_instrument(NULL, UNITS);
    f->plan = plan_new(f->in);
    assert_int_equal(plan_add(f->plan, &q, &e), 0);
    make_file(f);
}

static void
remove_all(struct fixture *f)
{
    unlink(f->file);
    rmdir(f->dir);
    plan_free(f->plan);
    instrument_free(f->in);
}

static struct columns *
open_file(const struct fixture *f)
{
    const char *why;

    return columns_open(f->file, f->in, made_for, &why);
}

/* The men that C says there are; -1 where it says that it can't. */
static int64_t
count(const struct fixture *f, const struct columns *c, int threads)
{
    struct run *run = run_new(f->plan);
    bool all = columns_run(c, f->in, run, -1, threads);
    int64_t n = run_table(run, 0)->cell[0];

    if (!all)                   /* all of it is left to rows */
        assert_true(n == 0 && run_seen(run) == 0);
    else
        assert_int_equal(run_seen(run), ROWS);
    run_free(run);
    return all ? n : -1;
}

/* At any length, whether it falls inside a page or not, and however many
 * threads meet it. */
static void
test_cut(void **state)
{
    struct fixture f;

    (void)state;
    setup(&f);
    for (int i = 0; i < 40; i++) {
        struct columns *c = open_file(&f);
        int threads = 1 + i % THREADS;

        assert_non_null(c);
        assert_int_equal(count(&f, c, threads), f.men);
        assert_int_equal(truncate(f.file, f.bytes - 1 - f.bytes * i / 40), 0);
        assert_int_equal(count(&f, c, threads), -1);
        assert_int_equal(count(&f, c, threads), -1);
        assert_false(guard_whole(c->guard));
        columns_close(c);
        assert_null(open_file(&f));
        make_file(&f);
    }
    remove_all(&f);
}

/* Cut and made as long again: it is all there, and it is nothing. */
static void
test_emptied(void **state)
{
    struct fixture f;
    struct columns *c;

    (void)state;
    setup(&f);
    c = open_file(&f);
    assert_non_null(c);
    usleep(20000);              /* a clock of files ticks */
    assert_int_equal(truncate(f.file, 0), 0);
    assert_int_equal(truncate(f.file, f.bytes), 0);
    assert_int_equal(count(&f, c, 1), -1);
    columns_close(c);
    remove_all(&f);
}

static void
test_written(void **state)
{
    struct fixture f;
    struct columns *c;
    int fd;

    (void)state;
    setup(&f);
    c = open_file(&f);
    assert_non_null(c);
    usleep(20000);
    fd = open(f.file, O_WRONLY);
    assert_int_equal(pwrite(fd, "x", 1, f.bytes - 9000), 1);
    close(fd);
    assert_int_equal(count(&f, c, 1), -1);
    columns_close(c);
    remove_all(&f);
}

/* A new file under the same name is none of its business. */
static void
test_renamed(void **state)
{
    struct fixture f;
    struct columns *c;

    (void)state;
    setup(&f);
    c = open_file(&f);
    assert_non_null(c);
    make_file(&f);
    assert_int_equal(count(&f, c, 1), f.men);
    unlink(f.file);
    assert_int_equal(count(&f, c, 2), f.men);
    columns_close(c);
    remove_all(&f);
}

struct cutter {
    const char *file;
    unsigned bytes;             /* of it at most */
    atomic_bool stop;
};

/* Cuts the file at another length again and again. Shuts all signals out, as
 * the server's threads do. */
static void *
cut(void *cutter)
{
    struct cutter *k = cutter;
    unsigned chance = 7;

    while (!atomic_load(&k->stop)) {
        chance = chance * 1664525 + 1013904223;
        usleep(chance >> 24);
        if (truncate(k->file, chance % k->bytes) != 0)
            usleep(1);          /* it is being renamed */
    }
    return NULL;
}

static void
test_meanwhile(void **state)
{
    struct fixture f;
    struct cutter k = { .file = f.file };
    pthread_t thread;
    int lost = 0, refused = 0;
    sigset_t all;

    (void)state;
    setup(&f);
    k.bytes = (unsigned)f.bytes;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    assert_int_equal(pthread_create(&thread, NULL, cut, &k), 0);
    for (int i = 0; i < 60; i++) {
        struct columns *c;

        make_file(&f);
        c = open_file(&f);
        refused += c == NULL;
        for (int t = 0; c != NULL && t < 30; t++) {
            int64_t n = count(&f, c, 1 + t % THREADS);

            assert_true(n == f.men || n == -1);
            lost += n == -1;
        }
        columns_close(c);
    }
    atomic_store(&k.stop, true);
    pthread_join(thread, NULL);
    pthread_sigmask(SIG_UNBLOCK, &all, NULL);
    assert_true(lost > 0 || refused > 0);
    remove_all(&f);
}

/* What is not ours still ends the process. */
static void
test_others(void **state)
{
    struct fixture f;
    int status;
    pid_t pid;

    (void)state;
    setup(&f);
    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        const struct rlimit none = { 0, 0 };
        volatile const unsigned char *map;
        int fd = open(f.file, O_RDWR);
        struct columns *c;

        setrlimit(RLIMIT_CORE, &none);
        signal(SIGBUS, SIG_DFL);        /* cmocka listens, too */
        c = open_file(&f);
        map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
        if (c == NULL || ftruncate(fd, 0) != 0)
            _exit(0);
        guard_enter(c->guard);
        _exit(map[0] & 0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
    remove_all(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut), cmocka_unit_test(test_emptied),
        cmocka_unit_test(test_written), cmocka_unit_test(test_renamed),
        cmocka_unit_test(test_meanwhile), cmocka_unit_test(test_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
