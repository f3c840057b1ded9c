/* guard.c - see guard.h.
 *
 * The signal comes to the thread that reads, in the middle of its reading,
 * so that the handler needs nothing but that thread's own guard: it puts
 * empty memory where the file was, all of it at once, and the reading goes
 * on. Anything else that is no memory of ours ends the process as if nobody
 * listened. That nothing was missing is asked for afterwards, once: a file
 * that is cut inside a page, or cut and made longer again, gives zeros and
 * no signal. */
#include "column/guard.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static _Thread_local struct guard *reading;
static struct sigaction before;
static pthread_mutex_t listening = PTHREAD_MUTEX_INITIALIZER;

static void
on_bus(int signal, siginfo_t *info, void *context)
{
    struct guard *g = reading;
    int saved = errno;
    void *map;

    (void)context;
    if (g != NULL && info->si_code > 0
        && (uintptr_t)info->si_addr - (uintptr_t)g->map < g->bytes) {
        atomic_store(&g->lost, true);
        map = mmap((void *)(uintptr_t)g->map, g->bytes, PROT_READ,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE,
                   -1, 0);
        errno = saved;
        if (map != MAP_FAILED)
            return;
    }
    /* What was read is read again, now without us. */
    sigaction(signal, &before, NULL);
    if (info->si_code <= 0)
        raise(signal);
}

/* Somebody else may have come to listen since the last file. */
static void
listen_again(void)
{
    struct sigaction now, act = { .sa_sigaction = on_bus,
                                  .sa_flags = SA_SIGINFO | SA_ONSTACK };

    sigemptyset(&act.sa_mask);
    pthread_mutex_lock(&listening);
    if (sigaction(SIGBUS, NULL, &now) == 0
        && !((now.sa_flags & SA_SIGINFO) != 0
             && now.sa_sigaction == on_bus)) {
        before = now;
        sigaction(SIGBUS, &act, NULL);
    }
    pthread_mutex_unlock(&listening);
}

bool
guard_open(struct guard *g, const char *file, const char **why)
{
    struct stat st;

    listen_again();
    g->fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    *why = "missing";
    if (g->fd < 0)
        return false;
    *why = "damaged";
    if (fstat(g->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED,
                         g->fd, 0);

        g->map = map;
        g->bytes = (size_t)st.st_size;
        g->written = st.st_mtim;
        atomic_init(&g->lost, false);
        if (map != MAP_FAILED)
            return true;
    }
    close(g->fd);
    return false;
}

void
guard_close(struct guard *g)
{
    munmap((void *)(uintptr_t)g->map, g->bytes);
    close(g->fd);
}

bool
guard_read(const struct guard *g, void *out, size_t count, uint64_t at)
{
    unsigned char *to = out;

    while (count > 0) {
        ssize_t n = pread(g->fd, to, count, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        to += n;
        count -= (size_t)n;
        at += (uint64_t)n;
    }
    return true;
}

/* A thread that has all signals shut out would be ended by this one. */
void
guard_enter(struct guard *g)
{
    sigset_t bus;

    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    pthread_sigmask(SIG_UNBLOCK, &bus, NULL);
    reading = g;
    atomic_signal_fence(memory_order_seq_cst);
}

void
guard_leave(void)
{
    atomic_signal_fence(memory_order_seq_cst);
    reading = NULL;
}

bool
guard_whole(const struct guard *g)
{
    struct stat st;

    return !atomic_load(&g->lost) && fstat(g->fd, &st) == 0
        && (uint64_t)st.st_size == g->bytes
        && st.st_mtim.tv_sec == g->written.tv_sec
        && st.st_mtim.tv_nsec == g->written.tv_nsec;
}
