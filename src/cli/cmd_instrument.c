/* cmd_instrument.c - instrument definitions: checked, shown, compared. */
#include "cli/definition.h"
#include "def/diff.h"


/* Ties IN to a round that could be, so that its tables can be planned. */
static bool
check_whole(struct instrument *in, struct err *e)
{
    static const char *const unit[] = { "unit" };
    struct round_facts facts = {
        .municipality = 1201, .year = 2014, .period = 1,
        .unit_ids = unit, .unit_names = unit, .unit_count = 1
    };

    return instrument_bind(in, &facts, e) && definition_counts(in, e);
}

bool
cmd_instrument_check(struct cli *c, struct err *e)
{
    struct instrument *in = definition_read(c, c->word[0], e);
    struct err note = { 0 };
    bool ok;

    if (in == NULL)
        return false;
    ok = check_whole(in, e);
    if (ok) {
        err_set(&note, ERR_INPUT, "cli.instrument_good", "%s %d %d %d",
                in->id, in->version, in->variable_count, in->table_count);
        cli_say(c, &note);
    } else {
        /* The error borrows the file's name from what is freed here. */
        e->at.file = arena_text(&c->arena, in->file);
    }
    instrument_free(in);
    return ok;
}

bool
cmd_instrument_show(struct cli *c, struct err *e)
{
    struct instrument *in = definition_read(c, c->word[0], e);

    if (in == NULL)
        return false;
    instrument_show(in, c->labels, &c->out);
    instrument_free(in);
    return true;
}

bool
cmd_instrument_diff(struct cli *c, struct err *e)
{
    struct instrument *a = definition_read(c, c->word[0], e), *b = NULL;
    const struct change *changes;

    if (a != NULL)
        b = definition_read(c, c->word[1], e);
    if (b != NULL) {
        int count = instrument_diff(a, b, &c->arena, &changes);
        diff_show(changes, count, c->labels, &c->out);
    }
    instrument_free(a);
    instrument_free(b);
    return b != NULL;
}
