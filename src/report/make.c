/* make.c - see make.h. */
#include "report/make.h"
#include "report/release.h"
#include <string.h>
#include "feed/live.h"
#include "feed/rounds.h"
#include "report/series.h"
#include "store/fieldwork.h"

/* How the access log calls it. */
static const char *
line_of(const struct instrument *in, const struct report_order *order,
        const char *group, struct arena *arena)
{
    return arena_printf(arena, "report %s%s%s%s%s%s",
                        in->reports[order->report].id,
                        order->unit != NULL ? " unit=" : "",
                        order->unit != NULL ? order->unit : "",
                        *group != '\0' ? " where=" : "", group,
                        order->protect != NULL ? " protected" : "");
}

/* Whether the report is about UNIT of ROUND. */
static bool
is_about(const struct report_input *input, const struct round *round,
         int unit)
{
    return input->unit == NULL
           || strcmp(round->units[unit].id, input->unit) == 0;
}

/* Whom O's lists held, into C; nothing where nobody said how many to
 * expect. */
static bool
look_at_lists(const struct opened *o, const struct actor *actor,
              const struct report_input *input, struct coverage *c,
              struct arena *arena, struct err *e)
{
    struct coverage one = { .expected = 0 };
    const struct expected *expected;
    const struct not_registered *absent;
    const struct work_count *done;
    int e_count, n_count, d_count;

    if (!expected_list(o->store, o->round, arena, &expected, &e_count, e)
        || !not_registered_sums(o->store, actor, o->round, arena, &absent,
                                &n_count, e)
        || !live_work_counts(o, actor, arena, &done, &d_count, e))
        return false;
    for (int i = 0; i < e_count; i++)
        if (is_about(input, o->round, expected[i].unit))
            one.expected += expected[i].count;
    for (int i = 0; i < n_count; i++)
        for (int r = 0; r < REASON_COUNT; r++)
            if (is_about(input, o->round, absent[i].unit))
                one.reason[r] += absent[i].count[r];
    for (int i = 0; i < d_count; i++)
        if (done[i].day >= 0 && is_about(input, o->round, done[i].unit))
            one.complete += done[i].count;
    if (one.expected == 0)
        return true;
    c->expected += one.expected;
    c->complete += one.complete;
    for (int r = 0; r < REASON_COUNT; r++)
        c->reason[r] += one.reason[r];
    return true;
}

/* The registrations of O's units, added to those of UNITS. */
static bool
add_units(const struct opened *o, const struct actor *actor,
          struct unit_count *units, struct arena *arena, struct err *e)
{
    int count = o->round->unit_count;
    struct unit_count *own = arena_array(arena, (size_t)count + 1,
                                         sizeof *own);

    if (!live_unit_counts(o, actor, own, e))
        return false;
    for (int i = 0; i < count; i++) {
        struct unit_count *u = &units[o->unit_of != NULL ? o->unit_of[i] : i];

        u->complete += own[i].complete;
        u->counting += own[i].counting;
        u->superseded += own[i].superseded;
        u->draft += own[i].draft;
        u->withdrawn += own[i].withdrawn;
        u->no_number += own[i].no_number;
    }
    return true;
}

/* How many opted out, in each round. */
static bool
add_opted_out(const struct opened *o, const struct actor *actor,
              int64_t *opted_out, struct arena *arena, struct err *e)
{
    const struct optout *list;
    int count;

    if (!optout_list(o->store, actor, o->round, arena, &list, &count, e))
        return false;
    *opted_out += count;
    return true;
}

/* All of it, of every round that O is. */
static bool
look_around(struct opened *o, const struct actor *actor,
            struct report_input *input, struct arena *arena, struct err *e)
{
    struct overlap *overlap = arena_take(arena, sizeof *overlap);
    struct unit_count *units = arena_array(arena,
                                           (size_t)o->round->unit_count + 1,
                                           sizeof *units);
    struct coverage *c = arena_take(arena, sizeof *c);
    int64_t opted_out = 0;
    int count;
    const struct opened *part = rounds_parts(o, &count);

    for (int i = 0; i < count; i++)
        if (!look_at_lists(&part[i], actor, input, c, arena, e))
            return false;
    if (c->expected > 0)
        input->coverage = c;
    if (input->unit != NULL)
        return true;
    if (!feed_overlap(o, actor, overlap, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!add_units(&part[i], actor, units, arena, e)
            || !add_opted_out(&part[i], actor, &opted_out, arena, e))
            return false;
    input->overlap = overlap;
    input->units = units;
    input->opted_out = opted_out;
    return true;
}

bool
report_around(struct opened *o, const struct actor *actor,
              struct report_input *input, struct arena *arena,
              struct err *e)
{
    bool ok;

    input->opted_out = -1;
    if (o->rounds == NULL)
        return look_around(o, actor, input, arena, e);
    store_log_begin(o->store);
    ok = look_around(o, actor, input, arena, e);
    return store_log_finish(o->store, ok, e);
}

/* For each part: those whom the other parts choose, by its variable. */
static bool
ask_siblings(const struct instrument *in, const struct report_order *order,
             struct arena *arena, struct plan *plan, struct err *e)
{
    struct report_part *others = arena_array(arena,
        (size_t)order->part_count + 1, sizeof *others);

    for (int i = 0; i < order->part_count; i++) {
        int *row = arena_take(arena, sizeof *row), n = 0;
        struct question q = {
            .rows = row, .row_count = 1, .columns = -1, .sum = -1,
            .where = in->reports[order->report].where
        };

        *row = order->part[i].variable;
        for (int k = 0; k < order->part_count; k++)
            if (k != i)
                others[n++] = order->part[k];
        q.and_where = report_group(in, others, n, arena);
        if (plan_add(plan, &q, e) < 0)
            return false;
    }
    return true;
}

/* Whether a code of a part's variable has so few that the parts would tell:
 * FROM is the first of those tables in the run. */
static bool
few_siblings(const struct report_order *order, struct run *run, int from)
{
    for (int i = 0; order->protect != NULL && i < order->part_count; i++) {
        const struct table *t = run_table(run, from + i);

        for (int k = 0; k < t->row_count; k++)
            if (protect_small(order->protect, t->cell[k]))
                return true;
    }
    return false;
}

static bool
count(struct opened *o, const struct actor *actor,
      const struct report_order *order, struct report_input *input,
      struct arena *arena, struct report_made *out, struct err *e)
{
    const struct report_def *def = &o->in->reports[order->report];
    const struct table **tables;
    int own = 0;

    for (int s = 0; s < def->section_count; s++)
        own += def->sections[s].table_count;
    out->plan = plan_new(o->in);
    if (!report_questions(o->in, order->report, input->group, arena,
                          out->plan, &input->table_count, e)
        || !ask_siblings(o->in, order, arena, out->plan, e))
        return false;
    out->run = run_new(out->plan);
    if (!feed_run(o, actor, def->scope, order->unit,
                  line_of(o->in, order, input->group, arena), out->plan,
                  out->run, e))
        return false;
    tables = arena_array(arena, (size_t)input->table_count + 1,
                         sizeof *tables);
    for (int i = 0; i < input->table_count; i++)
        tables[i] = run_table(out->run, i);
    input->tables = tables;
    input->withheld = few_siblings(order, out->run, input->table_count);
    return release_round_tables(o->in, order->protect, tables, own,
                                input->table_count, arena, e);
}

bool
report_make(struct opened *o, const struct actor *actor,
            const struct report_order *order, struct arena *arena,
            struct report_made *out, struct err *e)
{
    struct report_input input = {
        .in = o->in, .report = order->report, .lang = order->lang,
        .round = o->round,
        .series = series_of(o->rounds, order->unit, order->lang, arena),
        .municipality_name = order->municipality_name,
        .unit = order->unit, .internal = order->internal,
        .protect = order->protect, .few = order->few,
        .group = report_group(o->in, order->part, order->part_count, arena),
        .group_text = report_group_text(o->in, order->lang, order->part,
                                        order->part_count, arena)
    };

    memset(out, 0, sizeof *out);
    if (input.group == NULL)
        return err_set(e, ERR_INPUT, "report.group", "");
    if (!count(o, actor, order, &input, arena, out, e)
        || !report_around(o, actor, &input, arena, e))
        return false;
    release_round_around(&input, arena);
    out->doc = report_build(&input, arena);
    return true;
}

static bool
run_question(struct opened *o, const struct actor *actor,
             const struct question *q, const char *what,
             struct report_made *out, struct err *e)
{
    out->plan = plan_new(o->in);
    if (plan_add(out->plan, q, e) < 0)
        return false;
    out->run = run_new(out->plan);
    return feed_run(o, actor, SCOPE_RECIPIENTS, NULL, what, out->plan,
                    out->run, e);
}

bool
report_count(struct opened *o, const struct actor *actor,
             const struct question *q, const char *what, int64_t *n,
             struct err *e)
{
    struct report_made made = { 0 };
    bool ok = run_question(o, actor, q, what, &made, e);

    if (ok)
        *n = run_table(made.run, 0)->cell[0];
    report_made_clear(&made);
    return ok;
}

bool
report_ask(struct opened *o, const struct actor *actor,
           const struct question *q, const char *what,
           struct table_input *input, struct arena *arena,
           struct report_made *out, struct err *e)
{
    memset(out, 0, sizeof *out);
    if (!run_question(o, actor, q, what, out, e))
        return false;
    input->in = o->in;
    input->round = o->round;
    input->table = run_table(out->run, 0);
    if (!release_round_tables(o->in, input->protect, &input->table, 1, 1,
                              arena, e))
        return false;
    out->doc = report_table(input, arena);
    return true;
}

void
report_made_clear(struct report_made *m)
{
    run_free(m->run);
    plan_free(m->plan);
}
