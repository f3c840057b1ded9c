/* cmd_export.c - registrations to files. */
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "cli/cli.h"
#include "intake/export.h"

/* The format that --format names, or NULL with E set, which lists those
 * there are. */
static const char *
find_format(struct cli *c, struct err *e)
{
    const char *name = c->option[OPT_FORMAT], *format, *all = "";
    char quoted[QUOTE_MAX];

    for (int i = 0; (format = export_format(i)) != NULL; i++) {
        if (strcmp(format, name) == 0)
            return format;
        all = arena_printf(&c->arena, "%s%s%s", all, i > 0 ? ", " : "",
                           format);
    }
    err_quote(quoted, sizeof quoted, name, strlen(name));
    err_set(e, ERR_INPUT, "cli.format", "%s %s", quoted, all);
    return NULL;
}

/* The clock's time, or that of SOURCE_DATE_EPOCH, by which a file can be
 * made again to the byte. */
static int64_t
export_time(const struct cli *c)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    size_t n = epoch != NULL ? strspn(epoch, "0123456789") : 0;

    if (n == 0 || n > 11 || epoch[n] != '\0')
        return clock_now(&c->clock);
    return strtoll(epoch, NULL, 10) * 1000;
}

bool
cmd_export(struct cli *c, struct err *e)
{
    const struct export_order order = {
        .format = find_format(c, e), .lang = c->labels,
        .where = c->option[OPT_WHERE],
        .counting = c->option[OPT_COUNTING] != NULL,
        .without_pseudonyms = c->option[OPT_WITHOUT_PSEUDONYMS] != NULL,
        .now_ms = export_time(c)
    };
    struct opened o;
    struct buf out;
    bool ok;

    if (order.format == NULL || !cli_open(c, STORE_READ, &o, e))
        return false;
    buf_init_secret(&out, 0);
    ok = export_data(&o, &c->actor, &order, &out, e)
         && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_wipe(&out);
    cli_close(&o);
    return ok;
}
