/* A child is confined and tries what it must not do, and what it must still
 * be able to do. What it reports is its exit status. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/clock.h"
#include "web/sandbox.h"

static char top[] = "/tmp/brukerplan-sandbox.XXXXXX";

/* True if what was asked for was refused with WHY. */
static bool
refused(long result, int why)
{
    return result == -1 && errno == why;
}

static void *
in_thread(void *arg)
{
    bool *ok = arg;

    /* Threads that come later are confined, too. */
    *ok = refused(socket(AF_INET, SOCK_STREAM, 0), EPERM);
    return NULL;
}

/* Each of these gives false where the sandbox is wrong. */
static bool
files(void)
{
    char inside[64], beside[64], moved[64];
    int fd;

    snprintf(inside, sizeof inside, "%s/store/file", top);
    snprintf(beside, sizeof beside, "%s/beside", top);
    snprintf(moved, sizeof moved, "%s/keys/file", top);
    fd = open(inside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return fd >= 0 && write(fd, "x", 1) == 1 && fsync(fd) == 0
           && ftruncate(fd, 0) == 0 && close(fd) == 0 && unlink(inside) == 0
           && (fd = open(moved, O_WRONLY | O_CREAT, 0600)) >= 0
           && close(fd) == 0
           && refused(open(beside, O_RDONLY), EACCES)
           && refused(open(beside, O_WRONLY | O_CREAT, 0600), EACCES)
           && refused(unlink(beside), EACCES)
           && refused(open("/etc/passwd", O_RDONLY), EACCES)
           && refused(open("/proc/self/environ", O_RDONLY), EACCES)
           && refused(open("/", O_RDONLY | O_DIRECTORY), EACCES);
}

static bool
processes(void)
{
    char *words[] = { (char *)(uintptr_t)"true", NULL };

    return refused(fork(), EPERM)
           && refused(execv("/bin/true", words), EPERM)
           && refused(kill(getppid(), SIGTERM), EPERM);
}

static bool
calls(void)
{
    struct rlimit limit;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return page != MAP_FAILED
           && refused(mprotect(page, 4096, PROT_READ | PROT_EXEC), EPERM)
           && munmap(page, 4096) == 0
           && refused(socket(AF_INET, SOCK_STREAM, 0), EPERM)
           && refused(socket(AF_UNIX, SOCK_STREAM, 0), EPERM)
           && getrlimit(RLIMIT_CORE, &limit) == 0
           && refused(setrlimit(RLIMIT_CORE, &limit), EPERM)
           && refused(chmod(top, 0777), EPERM);
}

static bool
still_good(void)
{
    struct clock clock = clock_system();
    pthread_t thread;
    bool confined = false;
    uint8_t bytes[16];

    return pthread_create(&thread, NULL, in_thread, &confined) == 0
           && pthread_join(thread, NULL) == 0 && confined
           && getrandom(bytes, sizeof bytes, 0) == sizeof bytes
           && clock_now(&clock) > 0;
}

enum { CHILD_NONE = 77 };

/* 0, the number of what went wrong, or CHILD_NONE. */
static int
child(bool want_files)
{
    char store[64], keys[64];
    struct sandbox box = { .store = store, .keys = keys };
    struct err e = { 0 };
    int held;

    snprintf(store, sizeof store, "%s/store", top);
    snprintf(keys, sizeof keys, "%s/keys", top);
    if (!sandbox_enter(&box, &held, &e))
        return 1;
    if (want_files)
        return (held & SANDBOX_FILES) == 0 ? CHILD_NONE : files() ? 0 : 2;
    if ((held & SANDBOX_CALLS) == 0)
        return CHILD_NONE;
    return !processes() ? 3 : !calls() ? 4 : !still_good() ? 5 : 0;
}

static void
try_child(bool want_files)
{
    int status;
    pid_t pid = fork();

    if (pid == 0)
        _exit(child(want_files));
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CHILD_NONE)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void
opens_nothing_else(void **state)
{
    (void)state;
    try_child(true);
}

static void
asks_nothing_else(void **state)
{
    (void)state;
    try_child(false);
}

/* A folder that is missing is an error, not a sandbox without it. */
static void
missing(void **state)
{
    int status;
    pid_t pid = fork();

    (void)state;
    if (pid == 0) {
        struct sandbox box = { .store = "/nowhere", .keys = "/nowhere" };
        struct err e = { 0 };
        int held;
        bool ok = sandbox_enter(&box, &held, &e);

        if (ok)
            _exit((held & SANDBOX_FILES) == 0 ? 0 : 1);
        _exit(e.code == ERR_MACHINE
              && strcmp(e.key, "sandbox.failed") == 0 ? 0 : 2);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int
make(void **state)
{
    char path[64];
    FILE *f;

    (void)state;
    if (mkdtemp(top) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/store", top);
    if (mkdir(path, 0700) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/keys", top);
    if (mkdir(path, 0700) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/beside", top);
    f = fopen(path, "w");
    return f != NULL ? fclose(f) : -1;
}

static int
sweep(void **state)
{
    static const char *const names[] = { "keys/file", "beside", "keys",
                                         "store", "" };
    char path[64];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", top, names[i]);
        remove(path);
    }
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_nothing_else),
        cmocka_unit_test(asks_nothing_else),
        cmocka_unit_test(missing),
    };

    return cmocka_run_group_tests(tests, make, sweep);
}
