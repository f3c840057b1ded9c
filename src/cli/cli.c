/* cli.c - see cli.h. */
#include "cli/cli.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/msg.h"
#include "base/utf8.h"

/* One write for one line, so that lines of several processes on one
 * terminal or log stay whole. Nobody can be told if it fails. */
void
cli_say(const struct cli *c, const struct err *note)
{
    struct buf line;

    buf_init(&line, 0);
    msg_error(&line, c->messages, note);
    buf_byte(&line, '\n');
    if (!line.failed) {
        ssize_t written = write(STDERR_FILENO, line.data, line.len);
        (void)written;
    }
    buf_clear(&line);
}

struct store_options
cli_store_options(const struct cli *c, int i, enum store_mode mode)
{
    const char *keys = c->option[OPT_KEYS];

    if (keys == NULL)
        keys = getenv("BRUKERPLAN_KEYS");
    if (keys != NULL && keys[0] == '\0')
        keys = NULL;
    return (struct store_options){
        .path = c->word[i], .keys = keys, .mode = mode,
        .clock = c->clock, .random = c->random
    };
}

struct store *
cli_store(const struct cli *c, enum store_mode mode, struct err *e)
{
    struct store_options o = cli_store_options(c, 0, mode);

    return store_open(&o, e);
}

bool
cli_open(const struct cli *c, enum store_mode mode, struct opened *o,
         struct err *e)
{
    struct store *s;

    memset(o, 0, sizeof *o);
    s = cli_store(c, mode, e);
    if (s == NULL)
        return false;
    if ((mode == STORE_READ && !store_snapshot(s, e))
        || !opened_init(o, s, c->word[1], e)) {
        opened_clear(o);
        memset(o, 0, sizeof *o);
        store_close(s);
        return false;
    }
    return true;
}

void
cli_close(struct opened *o)
{
    struct store *s = o->store;

    if (s == NULL)
        return;
    opened_clear(o);
    store_close(s);
}

bool
cli_commit(struct store *s, bool ok, struct err *e)
{
    if (ok)
        return store_commit(s, e);
    store_rollback(s);
    return false;
}

bool
cli_number(const struct cli *c, enum option o, int least, int most,
           int fallback, int *out, struct err *e)
{
    const char *text = c->option[o];
    char quoted[QUOTE_MAX];
    long value = 0;
    size_t n;

    *out = fallback;
    if (text == NULL)
        return true;
    n = strspn(text, "0123456789");
    if (n > 0 && n <= 9 && text[n] == '\0')
        value = strtol(text, NULL, 10);
    else
        value = -1;
    if (value >= least && value <= most) {
        *out = (int)value;
        return true;
    }
    err_quote(quoted, sizeof quoted, text, strlen(text));
    return err_set(e, ERR_USAGE, "usage.number", "%s %s %d %d",
                   option_defs[o].name, quoted, least, most);
}
