/* rounds.c - see rounds.h.
 *
 * A definition is read once, however many rounds have it. What of it depends
 * on the round - the year, from which the age is made - is changed in a copy
 * that lends everything else. */
#include "feed/rounds.h"
#include <stdlib.h>
#include <string.h>
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
    int room = 0;

    if (all && !round_list(r->store, &r->arena, &ids, e))
        return false;
    for (int i = 0; i < ROUNDS_MAX; i++) {
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
        for (int k = 0; !all && k < r->count; k++)
            if (strcmp(r->part[k].round->id, round->id) == 0)
                return err_set(e, ERR_INPUT, "rounds.twice", "%s",
                               round->id);
        if (r->count == room) {
            room = room > 0 ? room * 2 : 16;
            r->part = realloc(r->part, (size_t)room * sizeof *r->part);
            if (r->part == NULL)
                mem_out();
        }
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
    r->round->id = r->round->title = r->words;
    for (int i = 0; i < r->count; i++)
        if (r->part[i].round->municipality != r->round->municipality)
            r->round->municipality = 0;
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
rounds_run(struct rounds *r, const struct actor *actor, const char *what,
           const struct plan *plan, struct run *run, struct err *e)
{
    const struct columned all = {
        r->store, strcmp(r->words, "@all") == 0 ? r->words : NULL, r->in,
        r->part, r->count
    };
    bool ok, left;

    ok = columned_run(&all, actor, what, run, &left, e);
    if (!ok || !left)
        return ok;
    store_log_begin(r->store);
    for (int i = 0; ok && i < r->count; i++)
        ok = feed_run(&r->part[i], actor, SCOPE_RECIPIENTS, NULL, what, plan,
                      run, e);
    return store_log_finish(r->store, ok, e);
}
