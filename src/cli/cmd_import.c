/* cmd_import.c - registrations from and to files. */
#include <string.h>
#include "base/utf8.h"
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

bool
cmd_export(struct cli *c, struct err *e)
{
    const char *format = c->option[OPT_FORMAT];
    char quoted[QUOTE_MAX];
    struct opened o;
    struct buf out;
    bool ok;

    if (strcmp(format, "csv") != 0) {
        err_quote(quoted, sizeof quoted, format, strlen(format));
        return err_set(e, ERR_INPUT, "cli.format", "%s %s", quoted, "csv");
    }
    if (!cli_open(c, STORE_READ, &o, e))
        return false;
    buf_init(&out, 0);
    ok = export_csv(&o, &c->actor, &out, e) && buf_ok(&out, e)
         && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_wipe(&out);
    cli_close(&o);
    return ok;
}
