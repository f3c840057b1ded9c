/* main.c - the process: what it is allowed, what it is given, how it ends.
 *
 * Time and chance come from the machine here and nowhere else. No core is
 * ever dumped and no other process may look into this one: numbers and keys
 * pass through its memory. */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli/cli.h"

/* A standard stream that is closed would give its number to the next file
 * that is opened, a database perhaps, and what is written to the stream
 * would go there. It is opened on nothing: writing to it still fails. */
static void
fill_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static void
confine(void)
{
    struct rlimit none = { 0, 0 };

    fill_streams();
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
    umask(077);
    /* Writing to a pipe that nobody reads is an error like any other. */
    (void)signal(SIGPIPE, SIG_IGN);
}

/* The name of the OS user, or its number where it has none. */
static const char *
user_name(struct arena *a)
{
    const struct passwd *pw = getpwuid(getuid());

    if (pw != NULL && pw->pw_name[0] != '\0')
        return arena_text(a, pw->pw_name);
    return arena_printf(a, "%ld", (long)getuid());
}

bool
cmd_version(struct cli *c, struct err *e)
{
    (void)e;
    buf_printf(&c->out, "brukerplan %s\n", BRUKERPLAN_VERSION);
    return true;
}

/* Runs what ARGV asks for; what is wrong is said here. The exit status. */
static int
run(struct cli *c, int argc, char **argv, char **word)
{
    struct err e = { 0 }, writing = { 0 };

    if (cli_read(c, argc - 1, argv + 1, word, &e)) {
        c->actor.name = user_name(&c->arena);
        c->actor.rights = "local";
        c->actor.purpose = c->command->name;
        c->actor.all_units = true;
        if (!c->command->run(c, &e))
            (void)err_set(&e, ERR_MACHINE, "cli.no_cause", "");
    }
    if (c->out.len > 0 || c->out.failed)
        (void)(buf_ok(&c->out, &writing)
               && buf_write_file(&c->out, "-", &writing));
    if (e.code != ERR_NONE)
        cli_say(c, &e);
    if (writing.code != ERR_NONE)
        cli_say(c, &writing);
    return (int)(writing.code > e.code ? writing.code : e.code);
}

int
main(int argc, char **argv)
{
    struct cli c = {
        .labels = LANG_NB, .messages = LANG_EN,
        .clock = clock_system(), .random = random_system()
    };
    char **word;
    int status;

    confine();
    word = mem_take((size_t)(argc + 1) * sizeof *word);
    arena_init(&c.arena);
    buf_init(&c.out, 0);
    status = run(&c, argc > 0 ? argc : 1, argv, word);
    buf_clear(&c.out);
    arena_clear(&c.arena);
    free(word);
    return status;
}
