/* cmd_report.c - the whole report: everything is counted in one pass, made
 * into a document, and written. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "cli/writing.h"
#include "report/make.h"

struct reporting {
    struct opened o;
    int report;                 /* its place in the instrument */
    const char *unit;           /* NULL: everybody */
    struct report_made made;
};

static bool
check_options(const struct cli *c, struct err *e)
{
    static const enum option later[] = { OPT_PUBLISH, OPT_COMPARE };

    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (c->option[later[i]] != NULL)
            return err_set(e, ERR_INPUT, "cli.option_not_built", "%s",
                           option_defs[later[i]].name);
    return true;
}

static bool
find_report(const struct cli *c, struct reporting *r, struct err *e)
{
    const char *name = c->option[OPT_REPORT];
    const struct instrument *in = r->o.in;
    char quoted[QUOTE_MAX];
    struct near near;

    if (name == NULL)
        name = "mental";
    r->report = instrument_report(in, name);
    if (r->report >= 0)
        return true;
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < in->report_count; i++)
        near_offer(&near, in->reports[i].id);
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "report.unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "report.unknown_near", "%s %s", quoted,
                   near.best);
}

/* A report of one unit needs to be told which; others must not be. */
static bool
find_unit(const struct cli *c, struct reporting *r, struct err *e)
{
    const char *name = c->option[OPT_UNIT];
    const struct round *round = r->o.round;
    bool needed = r->o.in->reports[r->report].scope == SCOPE_UNIT;
    char quoted[QUOTE_MAX];
    struct near near;

    if (!needed)
        return name == NULL || err_set(e, ERR_USAGE, "usage.unit_extra", "");
    if (name == NULL)
        return err_set(e, ERR_USAGE, "usage.unit", "");
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < round->unit_count; i++) {
        near_offer(&near, round->units[i].id);
        if (strcmp(round->units[i].id, name) == 0)
            r->unit = round->units[i].id;
    }
    if (r->unit != NULL)
        return true;
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "report.unit_unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "report.unit_unknown_near", "%s %s", quoted,
                   near.best);
}

static bool
write_report(struct cli *c, struct reporting *r, const struct writer *w,
             struct err *e)
{
    const struct report_order order = {
        .report = r->report, .unit = r->unit, .lang = c->labels,
        .internal = true,
        .municipality_name = writing_municipality(c, r->o.round)
    };
    struct buf out;
    bool ok;

    if (!report_make(&r->o, &c->actor, &order, &c->arena, &r->made, e))
        return false;
    buf_init(&out, 0);
    ok = writer_write(w, r->made.doc, NULL, &out, e)
         && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_clear(&out);
    return ok;
}

bool
cmd_report(struct cli *c, struct err *e)
{
    const struct writer *w = writing_format(c, "html", WRITES_REPORT, e);
    struct reporting r = { 0 };
    bool ok;

    if (w == NULL || !check_options(c, e)
        || !cli_open(c, STORE_READ, &r.o, e))
        return false;
    ok = find_report(c, &r, e) && find_unit(c, &r, e)
         && write_report(c, &r, w, e);
    report_made_clear(&r.made);
    cli_close(&r.o);
    return ok;
}
