/* cmd_round.c - rounds: made, shown, set, opened and closed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "cli/definition.h"
#include "cli/listen.h"
#include "cli/round_make.h"
#include "def/municipality.h"
#include "report/release.h"
#include "store/fieldwork.h"
#include "store/release.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2200, PERIOD_MAX = 99, AGE_MAX = 99 };

static bool
check_id(const char *id, struct err *e)
{
    size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
    char quoted[QUOTE_MAX];

    if (n > 0 && n <= ROUND_ID_MAX && id[n] == '\0')
        return true;
    err_quote(quoted, sizeof quoted, id, strlen(id));
    return err_set(e, ERR_INPUT, "cli.round_id", "%s", quoted);
}

/* The number must be one of some year; of another year than the round's is
 * only said, for the list may be older than the change. */
static bool
take_municipality(struct cli *c, struct round *r, struct err *e)
{
    const char *typed = c->option[OPT_MUNICIPALITY], *name;
    char quoted[QUOTE_MAX];
    struct err note = { 0 };
    enum municipality_when when;

    err_quote(quoted, sizeof quoted, typed, strlen(typed));
    if (strlen(typed) != 4 || strspn(typed, "0123456789") != 4)
        return err_set(e, ERR_USAGE, "usage.municipality", "%s", quoted);
    r->municipality = atoi(typed);
    when = municipality_find(r->municipality, r->year, &c->arena, &name);
    if (when == MUNICIPALITY_UNKNOWN)
        return err_set(e, ERR_INPUT, "cli.municipality_unknown", "%s",
                       quoted);
    if (when == MUNICIPALITY_NOT_THEN) {
        int then = municipality_named(name, r->year);

        if (then != 0)
            err_set(&note, ERR_INPUT, "cli.municipality_then",
                    "%s %s %d %s", typed, name, r->year,
                    arena_printf(&c->arena, "%04d", then));
        else
            err_set(&note, ERR_INPUT, "cli.municipality_not_then",
                    "%s %s %d", typed, name, r->year);
        cli_say(c, &note);
    }
    r->title = arena_printf(&c->arena, "%s %d", name, r->year);
    return true;
}

static bool
take_units(struct cli *c, struct round *r, struct err *e)
{
    struct import_result result = { 0 };
    struct listening l;
    struct listener listener = listen_begin(&l, c);
    bool ok = units_csv(c->option[OPT_UNITS], &c->arena, &listener,
                        &r->units, &r->unit_count, e);

    listen_end(&l, &result);
    return ok;
}

/* The definition's bytes. It is read here so that a fault is shown at its
 * place in the file, and before the store is touched. */
static bool
take_definition(struct cli *c, const char **text, size_t *len,
                struct err *e)
{
    const char *name = c->option[OPT_INSTRUMENT], *file;
    struct instrument *in;

    if (name == NULL)
        name = "brukerplan-2014";
    if (!definition_text(c, name, text, len, &file, e))
        return false;
    in = instrument_read(*text, *len, file, e);
    instrument_free(in);
    return in != NULL;
}

bool
cmd_round_new(struct cli *c, struct err *e)
{
    const char *text;
    struct round r = {
        .id = c->word[1], .status = ROUND_OPEN, .training_of = "",
        .definition = 1, .next_number = 1,
        .synthetic = c->option[OPT_SYNTHETIC] != NULL
    };
    struct store *s;
    size_t len;
    bool ok;

    if (!check_id(r.id, e)
        || !cli_number(c, OPT_YEAR, YEAR_FIRST, YEAR_LAST, 0, &r.year, e)
        || !cli_number(c, OPT_PERIOD, 1, PERIOD_MAX, 1, &r.period, e)
        || !cli_number(c, OPT_FROM_AGE, 0, AGE_MAX, 18, &r.from_age, e)
        || !take_municipality(c, &r, e)
        || !take_definition(c, &text, &len, e)
        || !take_units(c, &r, e))
        return false;
    for (int i = 0; i < LAWFUL_COUNT; i++)
        r.lawful[i] = "";
    s = cli_store(c, STORE_WRITE, e);
    ok = s != NULL && round_make(c, s, &r, text, len, NULL, e);
    store_close(s);
    return ok;
}

/* id, status, year, municipality, synthetic or real, title */
bool
cmd_round_list(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    const char *const *id = NULL;
    bool ok = s != NULL && round_list(s, &c->arena, &id, e);

    for (; ok && *id != NULL; id++) {
        struct round *r;

        ok = round_load(s, *id, &c->arena, &r, e);
        if (ok)
            buf_printf(&c->out, "%s\t%s\t%d\t%04d\t%s\t%s\n", r->id,
                       round_status_word(r->status), r->year, r->municipality,
                       r->training_of[0] != '\0' ? "training"
                       : r->synthetic ? "synthetic" : "real", r->title);
    }
    store_close(s);
    return ok;
}

static void
show_facts(struct cli *c, const struct opened *o, const struct definition *d)
{
    const struct round *r = o->round;
    struct buf *out = &c->out;

    buf_printf(out, "round\t%s\ntitle\t%s\nstatus\t%s\n", r->id, r->title,
               round_status_word(r->status));
    buf_printf(out, "municipality\t%04d\nyear\t%d\nperiod\t%d\n",
               r->municipality, r->year, r->period);
    buf_printf(out, "from_age\t%d\nsynthetic\t%d\ntraining_of\t%s\n",
               r->from_age, r->synthetic, r->training_of);
    buf_printf(out, "instrument\t%s\nversion\t%d\ndefinition\t%d\n",
               o->in->id, o->in->version, d->number);
    buf_printf(out, "sha256\t%s\nswitched_on\t%s\n", o->in->sha256,
               d->switched_on);
    buf_printf(out, "opted_out_deleted\t%lld\n",
               (long long)r->opted_out_deleted);
    for (int i = 0; i < LAWFUL_COUNT; i++)
        buf_printf(out, "%s\t%s\n", lawful_fields[i].id, r->lawful[i]);
}

static void
show_unit(struct buf *out, const struct unit *u, const struct unit_count *n)
{
    buf_printf(out, "unit\t%s\t%s\t", u->id, u->name);
    for (int i = 0; i < u->tier_count; i++)
        buf_printf(out, "%s%d%s%s", i > 0 ? "|" : "", u->tiers[i].tier,
                   u->tiers[i].words[0] != '\0' ? "=" : "",
                   u->tiers[i].words);
    buf_printf(out, "\tcomplete %lld\tcounting %lld\tsuperseded %lld"
               "\tdraft %lld\twithdrawn %lld\n", (long long)n->complete,
               (long long)n->counting, (long long)n->superseded,
               (long long)n->draft, (long long)n->withdrawn);
}

/* A line a field: its id, a tab, what it is; then a line a unit. */
bool
cmd_round_show(struct cli *c, struct err *e)
{
    struct definition d;
    struct unit_count *count;
    struct opened o;
    bool ok;

    if (!cli_open(c, STORE_READ, &o, e))
        return false;
    count = arena_array(&c->arena, (size_t)o.round->unit_count + 1,
                        sizeof *count);
    ok = round_definition(o.store, o.round, 0, &c->arena, &d, e)
         && registration_counts(o.store, &c->actor, o.round, count, e);
    if (ok) {
        show_facts(c, &o, &d);
        for (int i = 0; i < o.round->unit_count; i++)
            show_unit(&c->out, &o.round->units[i], &count[i]);
    }
    cli_close(&o);
    return ok;
}

/* The rule for what is published is set like a field; -1: none of it. */
static int
rule_of(const char *id)
{
    static const enum setting rule[] = {
        SETTING_SMALL_BELOW, SETTING_ATTRIBUTE_BELOW, SETTING_ROUND_TO
    };

    for (size_t i = 0; i < sizeof rule / sizeof *rule; i++)
        if (strcmp(setting_fields[rule[i]].id, id) == 0)
            return (int)rule[i];
    return -1;
}

/* Blank is as if nobody had said it. */
static bool
set_rule(struct cli *c, struct opened *o, enum setting setting,
         const char *value, struct err *e)
{
    const struct setting_field *f = &setting_fields[setting];
    char *end;
    long n = strtol(value, &end, 10);

    if (*value == '\0')
        n = f->usual;
    if (*end != '\0' || n < f->least || n > f->most)
        return err_set(e, ERR_INPUT, "plan.setting", "%s %d %d", f->id,
                       f->least, f->most);
    return setting_set(o->store, &c->actor, o->round, setting, (int)n, e);
}

/* Sets the field of "FIELD=VALUE". */
static bool
set_field(struct cli *c, struct opened *o, const char *word, struct err *e)
{
    const char *value = strchr(word, '=');
    char quoted[QUOTE_MAX];
    struct near near;
    char *id;
    int field;

    err_quote(quoted, sizeof quoted, word, strcspn(word, "="));
    if (value == NULL)
        return err_set(e, ERR_USAGE, "usage.field", "%s", quoted);
    id = arena_text_n(&c->arena, word, (size_t)(value - word));
    field = lawful_field_of(id);
    if (field >= 0)
        return round_set(o->store, &c->actor, o->round, field, value + 1, e);
    if (rule_of(id) >= 0)
        return set_rule(c, o, (enum setting)rule_of(id), value + 1, e);
    near_begin(&near, id, strlen(id));
    for (int i = 0; i < LAWFUL_COUNT; i++)
        near_offer(&near, lawful_fields[i].id);
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "cli.field_unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "cli.field_unknown_near", "%s %s", quoted,
                   near.best);
}

/* What the rule now means: of rounding, what a printed 0 tells, and what
 * would tell nothing; and whether what is published stands against it. */
static bool
say_rule(struct cli *c, struct opened *o, struct err *e)
{
    const struct round_release *list;
    struct err says = { 0 }, mixed = { 0 };
    int value[SETTING_COUNT], count, was, base, safe;

    if (!setting_list(o->store, o->round, value, e)
        || !round_release_list(o->store, o->round, &c->arena, &list, &count,
                               e))
        return false;
    base = value[SETTING_ROUND_TO];
    safe = 2 * value[SETTING_SMALL_BELOW];
    was = count > 0 ? release_rule_rounds(list[count - 1].rule) : base;
    if (base > 0) {
        err_set(&says, ERR_INPUT, base >= safe - 1 ? "cli.rounds"
                : "cli.rounds_few", "%s %d %d %d", o->round->id, base,
                base - 1, safe);
        cli_say(c, &says);
    }
    if (was != base) {
        err_set(&mixed, ERR_INPUT, "cli.rounds_mixed", "%s %d", o->round->id,
                was);
        cli_say(c, &mixed);
    }
    return true;
}

/* Whether the command says how to round. */
static bool
sets_rounding(const struct cli *c)
{
    for (int i = 2; i < c->words; i++)
        if (strncmp(c->word[i], "round_to=", 9) == 0)
            return true;
    return false;
}

bool
cmd_round_set(struct cli *c, struct err *e)
{
    struct opened o;
    bool ok;

    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = store_begin(o.store, e);
    if (ok) {
        for (int i = 2; ok && i < c->words; i++)
            ok = set_field(c, &o, c->word[i], e);
        ok = cli_commit(o.store, ok, e);
    }
    ok = ok && (!sets_rounding(c) || say_rule(c, &o, e));
    cli_close(&o);
    return ok;
}

/* NAME must be a variable that is off until a round turns it on. */
static bool
check_switch(const struct instrument *in, const char *name, struct err *e)
{
    int v = instrument_variable(in, name, strlen(name));
    char quoted[QUOTE_MAX];
    struct near near;

    if (v >= 0 && in->variables[v].off_local)
        return err_set(e, ERR_INPUT, "cli.switch_local", "%s", name);
    if (v >= 0 && v < in->entered_count && in->variables[v].off)
        return true;
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < in->entered_count; i++)
        if (in->variables[i].off && !in->variables[i].off_local)
            near_offer(&near, in->variables[i].id);
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (v >= 0)
        return err_set(e, ERR_INPUT, "cli.switch_always", "%s", quoted);
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "cli.switch_unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "cli.switch_unknown_near", "%s %s", quoted,
                   near.best);
}

/* Whether NAME is one of the words of LIST. */
static bool
has_word(const char *list, const char *name)
{
    size_t len = strlen(name);

    for (const char *p = list; *p != '\0'; ) {
        size_t n = strcspn(p, " ");
        if (n == len && strncmp(p, name, n) == 0)
            return true;
        p += n + strspn(p + n, " ");
    }
    return false;
}

/* A definition like D with the named variables switched on. */
static bool
switch_on(struct cli *c, struct opened *o, struct definition *d,
          struct err *e)
{
    const char *on = d->switched_on;
    struct instrument *in;

    for (int i = 2; i < c->words; i++) {
        if (!check_switch(o->in, c->word[i], e))
            return false;
        if (!has_word(on, c->word[i]))
            on = arena_printf(&c->arena, "%s%s%s", on,
                              on[0] != '\0' ? " " : "", c->word[i]);
    }
    if (strcmp(on, d->switched_on) == 0)
        return true;
    d->switched_on = on;
    if (!round_instrument(d, o->round, &in, e))
        return false;
    instrument_free(in);
    return store_begin(o->store, e)
           && cli_commit(o->store, round_define(o->store, &c->actor,
                                                o->round, d, e), e);
}

bool
cmd_round_switch(struct cli *c, struct err *e)
{
    struct definition d;
    struct opened o;
    bool ok;

    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = round_definition(o.store, o.round, 0, &c->arena, &d, e)
         && switch_on(c, &o, &d, e);
    cli_close(&o);
    return ok;
}

static bool
set_status(struct cli *c, enum round_status status, const char *reason,
           struct err *e)
{
    struct opened o;
    bool ok;

    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = store_begin(o.store, e)
         && cli_commit(o.store,
                       round_set_status(o.store, &c->actor, o.round, status,
                                        reason, e), e);
    cli_close(&o);
    return ok;
}

bool
cmd_round_close(struct cli *c, struct err *e)
{
    return set_status(c, ROUND_CLOSED, "", e);
}

bool
cmd_round_open(struct cli *c, struct err *e)
{
    return set_status(c, ROUND_OPEN, c->option[OPT_REASON], e);
}
