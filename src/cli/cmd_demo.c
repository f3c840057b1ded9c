/* cmd_demo.c - the demo store: a closed round that nobody is in, and an
 * open one for training.
 *
 * Time stands still at the last day of the mapping and chance is seeded, so
 * that the same program makes the same store every time. The keys are
 * published: they protect nobody, for there is nobody to protect. */
#include <string.h>
#include "base/embed.h"
#include "cli/demo_accounts.h"
#include "cli/demo_country.h"
#include "cli/listen.h"
#include "cli/round_make.h"
#include "cli/unmake.h"
#include "demo/demo.h"
#include "demo/key.h"
#include "demo/plan.h"

#define ROUND_ID "bergen-2014"
#define TRAINING_ID "bergen-ovelse"
#define INSTRUMENT "instruments/brukerplan-2014.yaml"

enum { SEED = 20140604 };

/* 2014-06-04 12:00 UTC */
static const int64_t demo_now_ms = INT64_C(1401883200000);

/* What makes the round lawful, as a round that is not synthetic would say
 * it. The population is the one that the rate of the printed report
 * implies. */
static const struct {
    const char *id, *value;
} lawful[] = {
    { "controller", "Bergen kommune (demo)" },
    { "purpose", "Demonstrasjon: ingen i runden finnes" },
    { "inclusion", "Mottakere over 18 år av kommunale tjenester, med"
                   " psykiske problemer eller rusmiddelproblemer som går"
                   " ut over daglig fungering" },
    { "mapping_from", "2014-05-19" },
    { "mapping_to", "2014-06-04" },
    { "informed_on", "2014-05-05" },
    { "optout_until", "2014-05-16" },
    { "delete_on", "2019-06-04" },
    { "population", "214535" },
    { "population_from_age", "18" },
    { "population_on", "2014-01-01" },
};

struct demo {
    struct cli *cli;
    struct store_options options;
    struct clock_fixed now;
    struct random_state chance;
    struct store *store;
    const struct unit *units;
    int unit_count;
    int keys_made;              /* rounds that are in the store */
};

/* In the order they are made. */
enum { ROUNDS = 2 };
static const char *const made_rounds[ROUNDS] = { ROUND_ID, TRAINING_ID };

static bool
make_units(struct demo *d, const struct listener *listener, struct err *e)
{
    struct buf csv;
    bool ok;

    buf_init(&csv, 0);
    demo_units(&csv);
    ok = buf_ok(&csv, e)
         && units_memory("units.csv", csv.data, csv.len, &d->cli->arena,
                         listener, &d->units, &d->unit_count, e);
    buf_clear(&csv);
    return ok;
}

static bool
make_round(struct demo *d, const char *id, const char *title,
           const char *training_of, struct err *e)
{
    struct round r = {
        .id = id, .municipality = 1201, .year = 2014, .period = 5,
        .from_age = 18, .title = title, .status = ROUND_OPEN,
        .synthetic = true, .training_of = training_of, .definition = 1,
        .next_number = 1, .units = d->units, .unit_count = d->unit_count
    };
    uint8_t published[KEY_BYTES];
    size_t len = 0;
    const char *text = embed_find(INSTRUMENT, &len);

    demo_key(id, published);
    for (int i = 0; i < LAWFUL_COUNT; i++)
        r.lawful[i] = "";
    return round_make(d->cli, d->store, &r, text, len, published, e);
}

/* The registrations, through the import like anybody's. */
static bool
fill_round(struct demo *d, struct opened *o, const struct listener *listener,
           struct err *e)
{
    struct import_result result = { 0 };
    struct buf csv;
    bool ok;

    buf_init(&csv, 0);
    ok = demo_registrations(&csv, e) && buf_ok(&csv, e)
         && import_memory(o, &d->cli->actor, ROUND_ID ".csv", csv.data,
                          csv.len, listener, &result, e);
    buf_wipe(&csv);
    return ok;
}

static bool
finish_round(struct demo *d, struct opened *o, struct err *e)
{
    bool ok = store_begin(d->store, e);

    if (!ok)
        return false;
    for (size_t i = 0; ok && i < sizeof lawful / sizeof *lawful; i++)
        ok = round_set(d->store, &d->cli->actor, o->round,
                       lawful_field_of(lawful[i].id), lawful[i].value, e);
    ok = ok && demo_plan(o, &d->cli->actor, e)
         && round_set_status(d->store, &d->cli->actor, o->round,
                             ROUND_CLOSED, "", e);
    return cli_commit(d->store, ok, e);
}

static bool
make_accounts(struct demo *d, struct err *e)
{
    return store_begin(d->store, e)
           && cli_commit(d->store, demo_accounts(d->store, ROUND_ID,
                                                 TRAINING_ID, e), e);
}

static bool
make_all(struct demo *d, struct err *e)
{
    struct listening l;
    struct listener listener = listen_begin(&l, d->cli);
    struct import_result result = { 0 };
    struct opened o;
    bool ok;

    d->store = store_open(&d->options, e);
    if (d->store == NULL || !make_units(d, &listener, e)
        || !make_round(d, ROUND_ID, "Bergen 2014", "", e))
        return false;
    d->keys_made = 1;
    memset(&o, 0, sizeof o);
    ok = opened_init(&o, d->store, ROUND_ID, e)
         && fill_round(d, &o, &listener, e) && finish_round(d, &o, e);
    opened_clear(&o);
    listen_end(&l, &result);
    /* Only now: the closing of a round closes its training round too. */
    if (!ok || !make_round(d, TRAINING_ID, "Bergen 2014, øving", ROUND_ID,
                           e))
        return false;
    d->keys_made = 2;
    return make_accounts(d, e);
}

bool
cmd_demo(struct cli *c, struct err *e)
{
    struct demo d = { .cli = c, .now = { .now_ms = demo_now_ms } };
    struct err note = { 0 };
    bool ok;

    if (c->option[OPT_COUNTRY] != NULL)
        return demo_country(c, e);
    if (!demo_country_unasked(c, e))
        return false;
    d.options = cli_store_options(c, 0, STORE_WRITE);
    d.options.clock = clock_fixed(&d.now);
    d.options.random = random_seeded(&d.chance, SEED);
    c->actor.name = "demo";     /* the same store, whoever makes it */
    if (!store_create(&d.options, e))
        return false;
    ok = make_all(&d, e);
    store_close(d.store);
    if (!ok) {
        unmake(c, &d.options, made_rounds, d.keys_made);
        return false;
    }
    err_set(&note, ERR_INPUT, "demo.made", "%s %s", c->word[0], ROUND_ID);
    cli_say(c, &note);
    return true;
}
