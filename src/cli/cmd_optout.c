/* cmd_optout.c - people who do not want to be registered.
 *
 * Their numbers are read from a file or standard input, never from the
 * command line: that is seen by every process and kept in a shell's
 * history. They are held in one piece of memory of fixed size, turned into
 * pseudonyms at once and wiped. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"
#include "cli/cli.h"
#include "intake/intake.h"

enum { NUMBERS_MAX = 1 << 20 };     /* bytes: some 87,000 numbers */

struct numbers {
    uint8_t (*pseudonym)[PSEUDONYM_BYTES];
    int count;
};

/* Whether TEXT could be a person's number that was meant for the file. */
static bool
looks_like_number(const char *text)
{
    size_t digits = 0, n = strlen(text);

    for (const char *p = text; *p != '\0'; p++)
        digits += *p >= '0' && *p <= '9';
    return digits >= 6 && strspn(text, "0123456789 -.") == n;
}

/* Reads all of FD into MEMORY, NUMBERS_MAX bytes and a NUL at most. */
static bool
read_numbers(int fd, char *memory, const char *file, struct err *e)
{
    size_t len = 0;

    for (;;) {
        ssize_t n = read(fd, memory + len, NUMBERS_MAX + 1 - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, errno == EISDIR ? ERR_INPUT : ERR_MACHINE,
                           "file.read", "%s %s", file, strerror(errno));
        if (n == 0)
            break;
        len += (size_t)n;
        if (len > NUMBERS_MAX)
            return err_set(e, ERR_INPUT, "optout.file_large", "%d",
                           (int)NUMBERS_MAX);
    }
    memory[len] = '\0';
    return true;
}

/* Turns the lines of MEMORY into pseudonyms. Empty ones are passed over. */
static bool
take_numbers(struct cli *c, const struct opened *o, char *memory,
             const char *file, struct numbers *out, struct err *e)
{
    int lines = 1;
    char *next;

    for (const char *p = memory; *p != '\0'; p++)
        lines += *p == '\n';
    out->pseudonym = arena_array(&c->arena, (size_t)lines,
                                 PSEUDONYM_BYTES);
    lines = 0;
    for (char *line = memory; line != NULL; line = next) {
        size_t n;

        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        lines++;
        n = strlen(line);
        if (n > 0 && line[n - 1] == '\r')
            line[--n] = '\0';
        if (n == 0)
            continue;
        if (!intake_pseudonym(o, line, out->pseudonym[out->count++], e))
            return err_at(e, file, lines, 0);
    }
    return true;
}

/* The pseudonyms of the numbers in the command's file. */
static bool
load_numbers(struct cli *c, const struct opened *o, struct numbers *out,
             struct err *e)
{
    const char *file = c->words > 2 ? c->word[2] : "-";
    bool std = strcmp(file, "-") == 0, ok;
    int fd = std ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    char *memory;

    if (fd < 0)
        return err_set(e, ERR_INPUT, "file.open", "%s %s", file,
                       strerror(errno));
    memory = mem_take(NUMBERS_MAX + 2);
    ok = read_numbers(fd, memory, file, e)
         && take_numbers(c, o, memory, file, out, e);
    mem_wipe(memory, NUMBERS_MAX + 2);
    if (!std)
        close(fd);
    return ok;
}

static bool
check_words(const struct cli *c, struct err *e)
{
    if (c->words > 2 && looks_like_number(c->word[2]))
        return err_set(e, ERR_USAGE, "usage.number_in_words", "");
    return true;
}

static void
say_two(const struct cli *c, const char *key, int64_t first, int64_t second)
{
    struct err note = { 0 };

    err_set(&note, ERR_INPUT, key, "%lld %lld", (long long)first,
            (long long)second);
    cli_say(c, &note);
}

bool
cmd_optout_add(struct cli *c, struct err *e)
{
    struct numbers who = { 0 };
    int64_t deleted = 0;
    struct opened o;
    bool ok;

    if (!check_words(c, e) || !cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = load_numbers(c, &o, &who, e) && store_begin(o.store, e);
    if (ok) {
        for (int i = 0; ok && i < who.count; i++) {
            int64_t some = 0;
            ok = optout_add(o.store, &c->actor, o.round, who.pseudonym[i],
                            &some, e);
            deleted += some;
        }
        /* Whether anybody was deleted or not: the same work. */
        ok = cli_commit(o.store, ok && feed_settle(&o, &c->actor, e), e);
    }
    if (ok)
        say_two(c, "optout.added", who.count, deleted);
    cli_close(&o);
    return ok;
}

bool
cmd_optout_remove(struct cli *c, struct err *e)
{
    struct numbers who = { 0 };
    int64_t removed = 0;
    struct opened o;
    bool ok;

    if (!check_words(c, e) || !cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = load_numbers(c, &o, &who, e) && store_begin(o.store, e);
    if (ok) {
        for (int i = 0; ok && i < who.count; i++) {
            bool was = false;
            ok = optout_remove(o.store, &c->actor, o.round,
                               who.pseudonym[i], &was, e);
            removed += was;
        }
        ok = cli_commit(o.store, ok, e);
    }
    if (ok)
        say_two(c, "optout.removed", removed, who.count - removed);
    cli_close(&o);
    return ok;
}

/* pseudonym, date, who entered it: tab-separated. */
bool
cmd_optout_list(struct cli *c, struct err *e)
{
    const struct optout *list = NULL;
    struct opened o;
    int count = 0;
    bool ok;

    if (!cli_open(c, STORE_READ, &o, e))
        return false;
    ok = optout_list(o.store, &c->actor, o.round, &c->arena, &list, &count,
                     e);
    for (int i = 0; ok && i < count; i++) {
        char day[DAY_TEXT];

        for (int k = 0; k < PSEUDONYM_BYTES; k++)
            buf_printf(&c->out, "%02x", list[i].pseudonym[k]);
        day_print(day, list[i].day);
        buf_printf(&c->out, "\t%s\t%s\n", day, list[i].entered_by);
    }
    cli_close(&o);
    return ok;
}
