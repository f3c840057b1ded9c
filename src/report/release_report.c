/* release_report.c - a report beside no others, rounded; see release.h.
 *
 * Its tables are a release of their own. What stands on its page on the data
 * and is in no table is rounded by itself. */
#include "feed/feed.h"
#include "report/build.h"
#include "report/releasing.h"
#include "report/round_net.h"

bool
release_round_tables(const struct instrument *in,
                     const struct protect_rule *rule,
                     const struct table **tables, int own, int count,
                     struct arena *arena, struct err *e)
{
    struct release *r;

    if (rule == NULL || rule->round_to == 0)
        return true;
    r = release_new(in, rule, NULL, arena);
    for (int i = 0; i <= own && i < count; i++)
        release_add(r, "report", tables[i]);
    for (int i = own + 1; i < count; i++)
        release_add_blanks(r, "report", tables[i], tables[own]->cell[0]);
    if (!release_solve(r, e))
        return false;
    for (int i = 0; i < count; i++)
        tables[i] = release_rounded(r, tables[i]);
    return true;
}

/* ---- what no table has ---- */

static struct coverage *
round_coverage(const struct coverage *c, int base, struct arena *arena)
{
    struct coverage *to = arena_take(arena, sizeof *to);
    int64_t missing = c->expected - c->complete;
    struct round_net net;

    for (int i = 0; i < REASON_COUNT; i++)
        missing -= c->reason[i];
    round_net_init(&net, 2, REASON_COUNT + 3, arena);
    round_net_add(&net, (struct round_arc){
        .from = 0, .to = 1,
        .n = missing < 0 ? c->expected - missing : c->expected
    });
    round_net_add(&net, (struct round_arc){ .from = 1, .n = c->complete });
    for (int i = 0; i < REASON_COUNT; i++)
        round_net_add(&net, (struct round_arc){ .from = 1,
                                                .n = c->reason[i] });
    round_net_add(&net, (struct round_arc){
        .from = 1, .n = missing < 0 ? 0 : missing
    });
    (void)round_net_solve(&net, base);
    to->expected = missing < 0 ? round_nearest(c->expected, base, 0)
                               : net.arc[0].value;
    to->complete = net.arc[1].value;
    for (int i = 0; i < REASON_COUNT; i++)
        to->reason[i] = net.arc[i + 2].value;
    return to;
}

static struct overlap *
round_overlap(const struct overlap *o, int base, struct arena *arena)
{
    struct overlap *to = arena_take(arena, sizeof *to);

    *to = *o;
    to->superseded = round_nearest(o->superseded, base, 0);
    to->no_number = round_nearest(o->no_number, base, 0);
    return to;
}

void
release_round_around(struct report_input *input, struct arena *arena)
{
    struct round *round = arena_take(arena, sizeof *round);
    int base = input->protect == NULL ? 0 : input->protect->round_to;

    if (base == 0)
        return;
    *round = *input->round;
    round->opted_out_deleted = round_nearest(round->opted_out_deleted, base,
                                             0);
    input->round = round;
    if (input->opted_out > 0)
        input->opted_out = round_nearest(input->opted_out, base, 0);
    if (input->coverage != NULL)
        input->coverage = round_coverage(input->coverage, base, arena);
    if (input->overlap != NULL)
        input->overlap = round_overlap(input->overlap, base, arena);
}
