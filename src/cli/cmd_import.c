/* cmd_import.c - registrations from files. */
#include "cli/listen.h"

static void
say_imported(const struct cli *c, const struct import_result *result)
{
    struct err note = { 0 };

    err_set(&note, ERR_INPUT,
            result->rows == 1 ? "import.done_one" : "import.done", "%lld",
            (long long)result->rows);
    cli_say(c, &note);
}

bool
cmd_import(struct cli *c, struct err *e)
{
    struct import_result result = { 0 };
    struct listening l;
    struct listener listener = listen_begin(&l, c);
    struct opened o;
    bool ok;

    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = import_csv(&o, &c->actor, c->word[2], &listener, &result, e);
    listen_end(&l, &result);
    if (ok)
        say_imported(c, &result);
    cli_close(&o);
    return ok;
}
