/* sandbox.c - see sandbox.h.
 *
 * Landlock says which files: its version is asked for at run time, and what
 * that kernel can't forbid is left out. seccomp says which calls, by name;
 * every other answers EPERM, so that a library that tries something goes on
 * without it. Where a call opens more than we need, its arguments decide: no
 * page may be executed that was written, no process started, and no limit
 * changed.
 *
 * The kernel's headers here are older than kernels that this runs on: the
 * rights they lack are written out. */
#include "web/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/arena.h"

/* Of the version in the name. */
enum {
    FS_1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, FS_2_REFER = 1 << 13,
    FS_3_TRUNCATE = 1 << 14, FS_5_IOCTL = 1 << 15,
    NET_4_BIND = 1 << 0, NET_4_CONNECT = 1 << 1,
    SCOPE_6_SOCKETS = 1 << 0, SCOPE_6_SIGNALS = 1 << 1
};

/* struct landlock_ruleset_attr as of version 6; older kernels take it as
 * long as what they do not know is 0. */
struct rules {
    uint64_t files, net, scope;
};

static struct rules
rules_of(long version)
{
    struct rules r = { .files = FS_1 };

    if (version >= 2)
        r.files |= FS_2_REFER;
    if (version >= 3)
        r.files |= FS_3_TRUNCATE;
    if (version >= 4)
        r.net = NET_4_BIND | NET_4_CONNECT;
    if (version >= 5)
        r.files |= FS_5_IOCTL;
    if (version >= 6)
        r.scope = SCOPE_6_SOCKETS | SCOPE_6_SIGNALS;
    return r;
}

static bool
fail(struct err *e, const char *what)
{
    return err_set(e, ERR_MACHINE, "sandbox.failed", "%s %s", what,
                   strerror(errno));
}

/* RIGHTS at PATH, as far as RULES knows them. */
static bool
allow(int set, const struct rules *rules, const char *path, uint64_t rights,
      struct err *e)
{
    struct landlock_path_beneath_attr at = {
        .allowed_access = rights & rules->files,
        .parent_fd = open(path, O_PATH | O_CLOEXEC)
    };
    bool ok = at.parent_fd >= 0
              && syscall(SYS_landlock_add_rule, set,
                         LANDLOCK_RULE_PATH_BENEATH, &at, 0) == 0;

    if (!ok)
        fail(e, path);
    if (at.parent_fd >= 0)
        close(at.parent_fd);
    return ok;
}

/* The folder of the socket's file: things may be removed from it. */
static bool
allow_socket(int set, const struct rules *rules, const char *address,
             struct err *e)
{
    const char *path = address + strlen("unix:"), *slash;
    char *folder;
    bool ok;

    if (strncmp(address, "unix:", strlen("unix:")) != 0)
        return true;
    slash = strrchr(path, '/');
    folder = mem_take(strlen(path) + 2);
    if (slash == NULL)
        strcpy(folder, ".");
    else
        sprintf(folder, "%.*s/", (int)(slash - path), path);
    ok = allow(set, rules, folder, LANDLOCK_ACCESS_FS_REMOVE_FILE, e);
    free(folder);
    return ok;
}

static bool
hold_files(const struct sandbox *s, int *held, struct err *e)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    uint64_t whole = LANDLOCK_ACCESS_FS_READ_FILE
                     | LANDLOCK_ACCESS_FS_READ_DIR
                     | LANDLOCK_ACCESS_FS_WRITE_FILE
                     | LANDLOCK_ACCESS_FS_MAKE_REG
                     | LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_3_TRUNCATE;
    struct rules rules = rules_of(version);
    int set;
    bool ok;

    if (version < 1)
        return true;
    set = (int)syscall(SYS_landlock_create_ruleset, &rules,
                       version < 4 ? sizeof rules.files
                       : version < 6 ? 2 * sizeof rules.files : sizeof rules,
                       0);
    if (set < 0)
        return fail(e, "landlock");
    ok = allow(set, &rules, s->store, whole, e)
         && allow(set, &rules, s->keys, whole, e)
         && allow(set, &rules, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE,
                  e)
         && (s->address == NULL || allow_socket(set, &rules, s->address, e));
    if (ok && syscall(SYS_landlock_restrict_self, set, 0) != 0)
        ok = fail(e, "landlock");
    close(set);
    if (ok)
        *held |= SANDBOX_FILES;
    return ok;
}

/* Some have another name on some processors, or none. */
static const char *const calls[] = {
    /* memory */
    "brk", "madvise", "mremap", "munmap",
    /* threads */
    "exit", "exit_group", "futex", "gettid", "membarrier", "rseq",
    "sched_getaffinity", "sched_yield", "set_robust_list", "set_tid_address",
    /* signals: waited for, and sent to itself when it gives up */
    "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "rt_sigtimedwait", "sigaltstack", "tgkill",
    /* time, chance, who am I */
    "clock_getres", "clock_gettime", "clock_nanosleep", "getegid",
    "geteuid", "getgid", "getpid", "getrandom", "getuid", "gettimeofday",
    "nanosleep", "sysinfo", "time", "uname",
    /* files: which ones is Landlock's business */
    "access", "close", "faccessat", "faccessat2", "fallocate", "fchmod",
    "fchown", "fcntl", "fdatasync", "flock", "fstat", "fstat64", "fsync",
    "ftruncate", "getcwd", "getdents64", "lseek", "lstat", "mkdir",
    "mkdirat", "newfstatat", "open", "openat", "pread64", "pwrite64", "read",
    "readlink", "readlinkat", "readv", "rename", "renameat", "renameat2",
    "stat", "statx", "umask", "unlink",
    "unlinkat", "write", "writev",
    /* the connections that come */
    "accept", "accept4", "epoll_create1", "epoll_ctl", "epoll_pwait",
    "epoll_wait", "eventfd2", "getpeername", "getsockname", "getsockopt",
    "poll", "ppoll", "recvfrom", "recvmsg", "sendfile", "sendmsg", "sendto",
    "setsockopt", "shutdown",
};

/* Calls of which only some are allowed: where ARG, masked, is VALUE. */
static const struct partly {
    const char *call;
    unsigned arg;
    uint64_t mask, value;
} partly[] = {
    { "clone", 0, CLONE_THREAD, CLONE_THREAD },
    { "mmap", 2, PROT_EXEC, 0 },
    { "mprotect", 2, PROT_EXEC, 0 },
    { "prctl", 0, UINT32_MAX, PR_SET_NAME },
    { "prlimit64", 2, UINT64_MAX, 0 },
};

/* NR, or a negative number where this processor has no such call. */
static int
number_of(const char *call)
{
    return seccomp_syscall_resolve_name(call);
}

static int
add_rules(scmp_filter_ctx filter)
{
    int bad = 0;

    for (size_t i = 0; bad == 0 && i < sizeof calls / sizeof *calls; i++)
        if (number_of(calls[i]) >= 0)
            bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
                                   number_of(calls[i]), 0);
    for (size_t i = 0; bad == 0 && i < sizeof partly / sizeof *partly; i++) {
        const struct partly *p = &partly[i];

        if (number_of(p->call) >= 0)
            bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW,
                                   number_of(p->call), 1,
                                   SCMP_CMP(p->arg, SCMP_CMP_MASKED_EQ,
                                            p->mask, p->value));
    }
    /* Its flags stand in memory, which no filter sees: the C library falls
     * back to clone. */
    if (bad == 0 && number_of("clone3") >= 0)
        bad = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                               number_of("clone3"), 0);
    return bad;
}

static bool
hold_calls(int *held, struct err *e)
{
    scmp_filter_ctx filter;
    int bad;

    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)
        return true;            /* the kernel has none */
    filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bad = filter == NULL ? -ENOMEM : add_rules(filter);
    if (bad == 0)
        bad = seccomp_load(filter);
    if (filter != NULL)
        seccomp_release(filter);
    if (bad != 0) {
        errno = -bad;
        return fail(e, "seccomp");
    }
    *held |= SANDBOX_CALLS;
    return true;
}

bool
sandbox_enter(const struct sandbox *s, int *held, struct err *e)
{
    *held = 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(e, "no_new_privs");
    return hold_files(s, held, e) && hold_calls(held, e);
}
