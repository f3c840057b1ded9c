/* listen.c - see listen.h.
 *
 * The bar is drawn over itself with a carriage return, and taken away
 * before a message, so that what stays on the screen are messages. */
#include "cli/listen.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 40 };

static void
put_bar(const char *text)
{
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

static void
take_away(struct listening *l)
{
    if (l->percent >= 0)
        put_bar("\r\033[K");
    l->percent = -1;
}

static void
say(void *ctx, const struct err *note)
{
    struct listening *l = ctx;

    take_away(l);
    cli_say(l->cli, note);
}

static void
progress(void *ctx, int64_t done, int64_t total)
{
    struct listening *l = ctx;
    char bar[BAR_WIDTH + 1], line[BAR_WIDTH + 16];
    int percent, full;

    if (!l->terminal || total <= 0)
        return;
    percent = (int)(done * 100 / total);
    if (percent == l->percent)
        return;
    l->percent = percent;
    full = percent * BAR_WIDTH / 100;
    memset(bar, ' ', BAR_WIDTH);
    memset(bar, '#', (size_t)(full < BAR_WIDTH ? full : BAR_WIDTH));
    bar[BAR_WIDTH] = '\0';
    snprintf(line, sizeof line, "\r[%s] %3d %%", bar, percent);
    put_bar(line);
}

struct listener
listen_begin(struct listening *l, const struct cli *cli)
{
    *l = (struct listening){
        .cli = cli, .terminal = isatty(STDERR_FILENO) == 1, .percent = -1
    };
    return (struct listener){
        .say = say, .warn = say, .progress = progress, .ctx = l,
        .lang = cli->messages
    };
}

void
listen_end(struct listening *l, const struct import_result *result)
{
    struct err note = { 0 };

    take_away(l);
    if (result->warnings <= FAULTS_SHOWN)
        return;
    err_set(&note, ERR_INPUT, "import.warnings", "%lld",
            (long long)result->warnings);
    cli_say(l->cli, &note);
}
