/* rounds.c - see rounds.h.
 *
 * A definition is read once, however many rounds have it. What of it depends
 * on the round - the year, from which the age is made - is changed in a copy
 * that lends everything else. */
#include "feed/rounds.h"
#include <stdlib.h>
#include <string.h>
#include "base/array.h"
#include "def/diff.h"
#include "feed/columned.h"
#include "feed/layouts.h"

bool
rounds_several(const char *words)
{
    return words[0] == '@' || strchr(words, ',') != NULL;
}

/* The rounds that WORDS names, loaded. */
static bool
load(struct rounds *r, struct err *e)
{
    bool all = strcmp(r->words, "@all") == 0;
    const char *const *ids = NULL;
    char *list = arena_text(&r->arena, r->words), *id;
    size_t room = 0;

    if (all && !round_list(r->store, &r->arena, &ids, e))
        return false;
    for (int i = 0;; i++) {
        struct opened *part;
        struct round *round;

        id = all ? NULL : strsep(&list, ",");
        if (all ? ids[i] == NULL : id == NULL)
            break;
        if (!round_load(r->store, all ? ids[i] : id, &r->arena, &round, e))
            return false;
        if (round->training_of[0] != '\0') {
            if (all)
                continue;
            return err_set(e, ERR_INPUT, "rounds.training", "%s", round->id);
        }
        if (r->count == ROUNDS_MAX)
            return err_set(e, ERR_INPUT, "rounds.many", "%d",
                           (int)ROUNDS_MAX);
        for (int k = 0; !all && k < r->count; k++)
            if (strcmp(r->part[k].round->id, round->id) == 0)
                return err_set(e, ERR_INPUT, "rounds.twice", "%s",
                               round->id);
        part = array_more(r->part, (size_t)r->count, &room, sizeof *part, e);
        if (part == NULL)
            return false;
        r->part = part;
        r->part[r->count] = (struct opened){ .store = r->store,
                                             .round = round };
        arena_init(&r->part[r->count++].arena);
    }
    return r->count > 0 || err_set(e, ERR_INPUT, "rounds.none", "");
}

/* The newest of them: the last of the last year. */
static const struct round *
newest(const struct rounds *r)
{
    const struct round *found = r->part[0].round;

    for (int i = 1; i < r->count; i++) {
        const struct round *o = r->part[i].round;

        if (o->year * 100 + o->period >= found->year * 100 + found->period)
            found = o;
    }
    return found;
}

/* The place of UNIT among the units of all, which it is put among. */
static int
place_unit(struct unit *units, int *count, const struct unit *unit)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(units[i].id, unit->id) == 0)
            return i;
    if (*count == CODE_MAX)
        return -1;
    units[*count] = *unit;
    return (*count)++;
}

/* The round that stands for all, with the units of all. */
static bool
join_units(struct rounds *r, struct err *e)
{
    struct unit *units = arena_array(&r->arena, CODE_MAX, sizeof *units);

    r->round = arena_take(&r->arena, sizeof *r->round);
    *r->round = *newest(r);
    r->round->unit_count = 0;
    for (int i = 0; i < r->count; i++) {
        struct opened *o = &r->part[i];
        int *unit_of = arena_array(&r->arena, (size_t)o->round->unit_count,
                                   sizeof *unit_of);

        if (o->round->from_age != r->round->from_age)
            return err_set(e, ERR_INPUT, "rounds.from_age", "%s %d %d",
                           o->round->id, o->round->from_age,
                           r->round->from_age);
        for (int u = 0; u < o->round->unit_count; u++) {
            unit_of[u] = place_unit(units, &r->round->unit_count,
                                    &o->round->units[u]);
            if (unit_of[u] < 0)
                return err_set(e, ERR_INPUT, "rounds.units", "%d",
                               (int)CODE_MAX);
        }
        o->unit_of = unit_of;
    }
    r->round->units = units;
    return true;
}

/* IN, a definition of PART, may stand in one series with the newest. */
static bool
fits(struct rounds *r, const struct opened *part,
     const struct instrument *in, struct err *e)
{
    const struct change *change;
    struct arena arena;
    bool ok = true;
    int n;

    arena_init(&arena);
    n = instrument_diff(in, r->in, &arena, &change);
    for (int i = 0; ok && i < n; i++)
        if (!change[i].compatible)
            ok = err_set(e, ERR_INPUT, "rounds.differ", "%s %s %s",
                         part->round->id, r->round->id, change[i].where);
    arena_clear(&arena);
    return ok;
}

/* The layout of definition NUMBER of PART, and that it fits. */
static bool
add_layout(struct rounds *r, struct opened *part, int number,
           struct err *e)
{
    struct older *l = &part->layouts->of[number - 1];
    struct definition d;
    struct instrument *in;
    bool ok;

    if (!round_definition(r->store, part->round, number, &part->arena, &d,
                          e)
        || !round_instrument(&d, part->round, &in, e))
        return false;
    ok = fits(r, part, in, e);
    if (ok)
        layout_older(part, l, in);
    instrument_free(in);
    return ok;
}

/* Layouts of PART's definitions. Where one is the newest of all, whose name
 * is NAME, its layout is the one there is. */
static bool
open_part(struct rounds *r, struct opened *part,
          const struct layout *layout, const char *name, struct err *e)
{
    struct instrument *in = arena_take(&r->arena, sizeof *in);

    *in = *r->in;
    in->facts.municipality = part->round->municipality;
    in->facts.year = part->round->year;
    in->facts.period = part->round->period;
    part->in = in;
    layouts_make(part);
    for (int i = 1; i <= part->round->definition; i++) {
        char found[DEFINITION_NAME];
        struct older *l = &part->layouts->of[i - 1];

        if (!round_definition_name(r->store, part->round, i, found, e))
            return false;
        if (strcmp(found, name) == 0) {
            l->layout = *layout;
            l->variables = in->variable_count;
        } else if (!add_layout(r, part, i, e)) {
            return false;
        }
    }
    return true;
}

/* ---- the round that stands for all ---- */

static const char *
lawful(const struct round *round, const char *field)
{
    return round->lawful[lawful_field_of(field)];
}

/* A field that is not the same in all says nothing of all. */
static void
join_lawful(struct rounds *r)
{
    for (int f = 0; f < LAWFUL_COUNT; f++)
        for (int i = 0; i < r->count; i++)
            if (strcmp(r->part[i].round->lawful[f], r->round->lawful[f])
                != 0) {
                r->round->lawful[f] = "";
                break;
            }
}

/* Whether a part before I is of its municipality. */
static bool
is_again(const struct rounds *r, int i)
{
    for (int k = 0; k < i; k++)
        if (r->part[k].round->municipality
            == r->part[i].round->municipality)
            return true;
    return false;
}

/* The inhabitants of all that ROUND says, into *SUM. */
static enum rounds_rate
add_people(const struct rounds *r, int64_t *sum)
{
    const struct round *first = r->part[0].round;
    enum rounds_rate rate = ROUNDS_RATE;
    int said = 0;

    *sum = 0;
    for (int i = 0; i < r->count; i++) {
        const struct round *o = r->part[i].round;
        int64_t people = strtoll(lawful(o, "population"), NULL, 10);

        said += people > 0;
        *sum += people;
        if (o->year != first->year)
            rate = ROUNDS_RATE_YEARS;
        else if (rate == ROUNDS_RATE
                 && (is_again(r, i)
                     || strcmp(lawful(o, "population_on"),
                               lawful(first, "population_on")) != 0
                     || strcmp(lawful(o, "population_from_age"),
                               lawful(first, "population_from_age")) != 0))
            rate = ROUNDS_RATE_DIFFER;
    }
    return said == 0 ? ROUNDS_RATE_UNSAID
        : rate != ROUNDS_RATE_YEARS && said < r->count ? ROUNDS_RATE_SOME
                                                       : rate;
}

static void
join_people(struct rounds *r)
{
    int64_t sum;
    const char *text = "";

    r->rate = add_people(r, &sum);
    if (r->rate == ROUNDS_RATE)
        text = arena_printf(&r->arena, "%lld", (long long)sum);
    r->round->lawful[lawful_field_of("population")] = text;
}

/* How the rounds are called in documents, some of whose places are small. */
static const char *
short_words(struct rounds *r)
{
    if (strlen(r->words) <= ROUNDS_WORDS)
        return r->words;
    return arena_printf(&r->arena, "%s,\xe2\x80\xa6,%s",
                        r->part[0].round->id,
                        r->part[r->count - 1].round->id);
}

static void
join_facts(struct rounds *r)
{
    struct round *all = r->round;

    all->id = all->title = short_words(r);
    all->row = 0;
    all->opted_out_deleted = 0;
    for (int i = 0; i < r->count; i++) {
        const struct round *o = r->part[i].round;

        if (o->municipality != all->municipality)
            all->municipality = 0;
        if (o->status != ROUND_CLOSED)
            all->status = ROUND_OPEN;
        all->synthetic |= o->synthetic;
        all->settle_due |= o->settle_due;
        all->opted_out_deleted += o->opted_out_deleted;
    }
    join_lawful(r);
    join_people(r);
    r->whole = (struct opened){ .store = r->store, .round = all,
                                .in = r->in, .rounds = r };
}

const struct opened *
rounds_parts(const struct opened *o, int *count)
{
    *count = o->rounds != NULL ? o->rounds->count : 1;
    return o->rounds != NULL ? o->rounds->part : o;
}

bool
rounds_init(struct rounds *r, struct store *s, const char *words,
            struct err *e)
{
    char name[DEFINITION_NAME];
    struct definition d;
    struct layout layout;

    *r = (struct rounds){ .store = s };
    arena_init(&r->arena);
    r->words = arena_text(&r->arena, words);
    if (words[0] == '@' && strcmp(words, "@all") != 0)
        return err_set(e, ERR_INPUT, "rounds.word", "%s", words);
    if (!load(r, e) || !join_units(r, e)
        || !round_definition(s, r->round, 0, &r->arena, &d, e)
        || !round_definition_name(s, r->round, 0, name, e)
        || !round_instrument(&d, r->round, &r->in, e))
        return false;
    layout_init(&layout, r->in, &r->arena);
    for (int i = 0; i < r->count; i++)
        if (!open_part(r, &r->part[i], &layout, name, e))
            return false;
    join_facts(r);
    return true;
}

void
rounds_clear(struct rounds *r)
{
    for (int i = 0; i < r->count; i++)
        arena_clear(&r->part[i].arena);
    free(r->part);
    instrument_free(r->in);
    arena_clear(&r->arena);
    *r = (struct rounds){ .count = 0 };
}

bool
rounds_run(struct rounds *r, const struct actor *actor, enum scope scope,
           const char *unit, const char *what, const struct plan *plan,
           struct run *run, struct err *e)
{
    const struct columned all = {
        r->store, strcmp(r->words, "@all") == 0 ? r->words : NULL, r->in,
        r->part, r->count
    };
    bool ok = true, left = true;

    if (scope == SCOPE_RECIPIENTS)
        ok = columned_run(&all, actor, what, run, &left, e);
    if (!ok || !left)
        return ok;
    store_log_begin(r->store);
    for (int i = 0; ok && i < r->count; i++)
        if (scope == SCOPE_RECIPIENTS
            || round_unit(r->part[i].round, unit) >= 0)
            ok = feed_run(&r->part[i], actor, scope, unit, what, plan, run,
                          e);
    return store_log_finish(r->store, ok, e);
}

bool
rounds_overlap(struct rounds *r, const struct actor *actor,
               struct overlap *out, struct err *e)
{
    struct overlap one;

    *out = (struct overlap){ .superseded = 0 };
    for (int i = 0; i < r->count; i++) {
        if (!feed_overlap(&r->part[i], actor, &one, e))
            return false;
        for (int k = 0; k < 3; k++)
            out->recipients[k] += one.recipients[k];
        out->superseded += one.superseded;
        out->no_number += one.no_number;
    }
    return true;
}
