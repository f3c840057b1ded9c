/* protected.c - protected reports and tables of a store, as the web shows
 * them to those without unprotected results, for the attacker (attack.py).
 *
 *     protected STORE ROUND REPORT UNIT FORMAT [VARIABLE=KEY ...]
 *     protected STORE ROUND --tables SEED COUNT
 *
 * The first writes the report (UNIT - for none; FORMAT as the writers', or
 * "part": HTML as a part of a page) of those who have every KEY. The second
 * writes COUNT tables of random questions, JSON one after another. The
 * threshold is that of the environment's THRESHOLD, else the usual; 0 writes
 * what is not protected. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "chance.h"
#include "feed/feed.h"
#include "report/ask.h"
#include "report/make.h"
#include "tab/plan.h"
#include "write/write.h"

enum { PARTS_MAX = 8, TRIES = 40 };

struct job {
    struct opened o;
    struct store *store;
    struct arena arena;
    struct actor actor;
    struct protect_rule rule;
    struct err e;
};

static void
stop(struct job *j)
{
    struct buf line;

    buf_init(&line, 0);
    msg_error(&line, LANG_EN, &j->e);
    fprintf(stderr, "%s\n", buf_string(&line));
    buf_clear(&line);
    exit(1);
}

static void
open_job(struct job *j, const char *path, const char *round)
{
    struct store_options options = {
        .path = path, .mode = STORE_READ,
        .clock = clock_system(), .random = random_system()
    };
    const char *threshold = getenv("THRESHOLD");

    arena_init(&j->arena);
    j->actor = (struct actor){ .name = "test", .rights = "test",
                               .purpose = "test", .all_units = true };
    j->rule.threshold = threshold != NULL ? atoi(threshold)
                                          : PROTECT_THRESHOLD;
    j->store = store_open(&options, &j->e);
    if (j->store == NULL || !opened_init(&j->o, j->store, round, &j->e))
        stop(j);
}

static void
put(const struct buf *out)
{
    if (fwrite(out->data, 1, out->len, stdout) != out->len)
        exit(1);
}

/* The parts of the report's group from words "sex=male". */
static int
parts_of(struct job *j, char **word, int count, struct report_part *part)
{
    for (int i = 0; i < count; i++) {
        char *key = strchr(word[i], '=');

        if (key == NULL || i == PARTS_MAX)
            exit(2);
        *key++ = '\0';
        part[i].variable = instrument_variable(j->o.in, word[i],
                                               strlen(word[i]));
        part[i].key = key;
        if (part[i].variable < 0)
            exit(2);
    }
    return count;
}

static const struct protect_rule *
rule_of(const struct job *j)
{
    return j->rule.threshold > 0 ? &j->rule : NULL;
}

static void
write_as(const char *format, const struct document *doc)
{
    struct err e = { 0 };
    struct buf out;

    buf_init(&out, 0);
    if (strcmp(format, "part") == 0)
        write_html_part(doc, &(struct html_part){
        .prefix = "r1-", .heading = 2, .title = true, .sprite = true },
                        &out);
    else if (!writer_write(writer_find(format, WRITES_REPORT), doc, NULL,
                           &out, &e))
        exit(2);
    put(&out);
    buf_clear(&out);
}

static void
run_report(struct job *j, int argc, char **argv)
{
    const char *unit = strcmp(argv[4], "-") == 0 ? NULL : argv[4];
    struct report_part part[PARTS_MAX];
    int parts = parts_of(j, argv + 6, argc - 6, part), count = 0;
    int report = instrument_report(j->o.in, argv[3]);
    struct plan *plan = plan_new(j->o.in);
    const char *group = report_group(j->o.in, part, parts, &j->arena);
    struct unit_count *units = arena_array(&j->arena,
        (size_t)j->o.round->unit_count + 1, sizeof *units);
    const struct table **tables;
    struct overlap overlap = { 0 };
    struct run *run;

    /* A leader sees the own unit only. */
    if (unit != NULL) {
        j->actor.all_units = false;
        j->actor.units = &unit;
        j->actor.unit_count = 1;
    }
    if (group == NULL || report < 0)
        exit(2);
    if (!report_questions(j->o.in, report, group, &j->arena, plan,
                             &count, &j->e))
        stop(j);
    run = run_new(plan);
    if (!feed_run(&j->o, &j->actor, unit != NULL ? SCOPE_UNIT
                  : SCOPE_RECIPIENTS, unit, "report", plan, run, &j->e)
        || (unit == NULL && !feed_overlap(&j->o, &j->actor, &overlap, &j->e))
        || !registration_counts(j->store, &j->actor, j->o.round, units,
                                &j->e))
        stop(j);
    tables = arena_array(&j->arena, (size_t)count, sizeof *tables);
    for (int i = 0; i < count; i++)
        tables[i] = run_table(run, i);
    write_as(argv[5], report_build(&(struct report_input){
        .in = j->o.in, .report = report, .lang = LANG_NB,
        .round = j->o.round, .unit = unit, .municipality_name = "Bergen",
        .protect = rule_of(j), .internal = rule_of(j) == NULL,
        .group = group, .units = units,
        .overlap = unit == NULL ? &overlap : NULL,
        .group_text = report_group_text(j->o.in, LANG_NB, part, parts,
                                        &j->arena),
        .tables = tables, .table_count = count, .opted_out = 3
    }, &j->arena));
    run_free(run);
    plan_free(plan);
}

/* A random question that the plan takes: rows, perhaps columns, a sum, and
 * a filter that makes it small. */
static bool
add_random(struct job *j, struct chance *c, struct plan *plan)
{
    const struct instrument *in = j->o.in;
    int *rows = arena_array(&j->arena, 4, sizeof *rows);
    struct question q = { .rows = rows, .columns = -1, .sum = -1 };
    int v = chance_int(c, 0, in->variable_count - 1);
    int f = chance_int(c, 0, in->variable_count - 1);
    struct err e = { 0 };

    q.row_count = chance_int(c, 1, 3);
    for (int i = 0; i < q.row_count; i++)
        rows[i] = v + i < in->variable_count ? v + i : v;
    if (chance_of(c, 60))
        q.columns = chance_int(c, 0, in->variable_count - 1);
    if (chance_of(c, 15))
        q.sum = chance_int(c, 0, in->variable_count - 1);
    if (chance_of(c, 60) && in->variables[f].kind == KIND_CODE)
        q.where = arena_printf(&j->arena, "%s = %s", in->variables[f].id,
            in->variables[f].codes[chance_int(c, 0,
                in->variables[f].code_count - 1)].id);
    return plan_add(plan, &q, &e) >= 0;
}

static void
run_tables(struct job *j, uint64_t seed, int count)
{
    struct chance c = { seed };
    struct plan *plan = plan_new(j->o.in);
    struct run *run;

    for (int i = 0; plan_count(plan) < count && i < count * TRIES; i++)
        (void)add_random(j, &c, plan);
    run = run_new(plan);
    if (!feed_run(&j->o, &j->actor, SCOPE_RECIPIENTS, NULL, "tables", plan,
                  run, &j->e))
        stop(j);
    for (int i = 0; i < plan_count(plan); i++) {
        struct table_input input = {
            .in = j->o.in, .lang = LANG_NB, .round = j->o.round,
            .municipality_name = "Bergen", .protect = rule_of(j),
            .share = (enum table_share)(i % 5), .chart = true,
            .table = run_table(run, i)
        };
        write_as("json", report_table(&input, &j->arena));
    }
    run_free(run);
    plan_free(plan);
}

int
main(int argc, char **argv)
{
    struct job j = { 0 };

    if (argc < 6) {
        fputs("usage: protected STORE ROUND REPORT UNIT FORMAT "
              "[VARIABLE=KEY ...]\n"
              "       protected STORE ROUND --tables SEED COUNT\n", stderr);
        return 2;
    }
    open_job(&j, argv[1], argv[2]);
    if (strcmp(argv[3], "--tables") == 0)
        run_tables(&j, strtoull(argv[4], NULL, 10), atoi(argv[5]));
    else
        run_report(&j, argc, argv);
    opened_clear(&j.o);
    store_close(j.store);
    arena_clear(&j.arena);
    return 0;
}
