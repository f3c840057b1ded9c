/* country_store.c - see country_store.h.
 *
 * Straight to the store's functions, without a file between. Each round is
 * gone through twice: first its complete registrations compete, then all
 * are put, with who supersedes them. One instrument a year decides and
 * packs for all rounds of it: they have the same definition, and of the
 * units that a round lacks it has no answers. */
#include "demo/country_store.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "calc/answers.h"
#include "calc/contest.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "demo/key.h"
#include "demo/variable.h"
#include "feed/decode.h"

enum { VALUES = 24, SET_WORDS = 2, SEALED_MAX = 4096, PROGRESS_ROWS = 8192 };

struct storing {
    struct country_storing *to;
    const struct country *country;
    const struct country_round *from;
    struct arena year;          /* what follows down to the sets */
    struct instrument *in;
    struct layout layout;
    int variable[VAR_COUNT], received[SVC_COUNT], wanted[SVC_COUNT];
    int serving, done;
    int32_t code[VAR_COUNT][VALUES];    /* by answer - ANSWER_UNASKED */
    int32_t *value;             /* by variable */
    uint64_t **set;
    bool *want;
    uint8_t *answers;
    struct round *round;        /* the open one */
    struct round_key key;
    struct contest *contest;
    int32_t *by;                /* superseded by, of each number */
    struct buf plain, sealed;
    int64_t stored;
};

static const struct unit_tier tiers[4] = {
    { 0, "", false, "" }, { 1, "", false, "" }, { 2, "", false, "" },
    { 3, "", false, "" }
};

/* The unit of KIND as the store has it. */
static struct unit
unit_of(int kind, struct arena *arena)
{
    const struct country_unit *u = &country_units[kind];
    struct unit_tier *own = arena_array(arena, 2, sizeof *own);

    own[0] = tiers[u->tier[0]];
    own[1] = tiers[u->tier[1]];
    return (struct unit){
        .id = u->id, .name = u->name, .sector = u->sector, .tiers = own,
        .tier_count = u->tier[1] != 0 ? 2 : 1
    };
}

static struct round
round_of(const struct country_round *from, struct arena *arena)
{
    struct unit *units = arena_array(arena, (size_t)from->unit_count,
                                     sizeof *units);

    for (int i = 0; i < from->unit_count; i++)
        units[i] = unit_of(from->unit[i], arena);
    return (struct round){
        .id = from->id, .municipality = from->municipality,
        .year = from->year, .period = COUNTRY_PERIOD,
        .from_age = COUNTRY_AGE_MIN,
        .title = arena_printf(arena, "%s %d", from->name, from->year),
        .status = ROUND_OPEN, .synthetic = true, .training_of = "",
        .definition = 1, .next_number = 1, .units = units,
        .unit_count = from->unit_count
    };
}

static int
find(const struct instrument *in, const char *name)
{
    int v = instrument_variable(in, name, strlen(name));

    assert(v >= 0);             /* our own codebook */
    return v;
}

/* Where the answers of V stand, and what each is there. */
static void
map_variable(struct storing *s, int v)
{
    const struct demo_variable *names = &demo_variables[v];
    const struct variable *var;
    bool known;

    s->variable[v] = find(s->in, names->name);
    var = &s->in->variables[s->variable[v]];
    for (int k = 0; k < VALUES; k++) {
        int answer = k + ANSWER_UNASKED;
        const char *code = answer >= 0 && answer < DEMO_CODES
                           ? names->codes[answer] : NULL;
        int32_t *value = &s->code[v][k];

        *value = answer == ANSWER_UNKNOWN ? VALUE_UNKNOWN
                 : answer < 0 ? VALUE_UNANSWERED : answer;
        if (code == NULL)
            continue;
        known = variable_read(s->in, var, code, strlen(code), value);
        assert(known);          /* a code of our own codebook */
    }
}

static void
map_services(struct storing *s)
{
    char name[64];

    for (int i = 0; i < SVC_COUNT; i++) {
        const char *code = demo_service_code((enum demo_service)i);

        snprintf(name, sizeof name, "svc_%s_r", code);
        s->received[i] = find(s->in, name);
        snprintf(name, sizeof name, "svc_%s_w", code);
        s->wanted[i] = find(s->in, name);
    }
    s->serving = find(s->in, "units_serving");
    s->done = find(s->in, "services_done");
}

/* The instrument as the rounds of YEAR have it, with all units. */
static bool
open_year(struct storing *s, int year, struct err *e)
{
    struct definition d = {
        .number = 1, .text = s->to->definition, .len = s->to->len,
        .switched_on = ""
    };
    struct country_round all = {
        .municipality = s->from->municipality, .year = year, .name = "",
        .unit_count = COUNTRY_UNITS
    };
    struct round r;

    for (int i = 0; i < COUNTRY_UNITS; i++)
        all.unit[i] = (uint8_t)i;
    r = round_of(&all, &s->year);
    if (!round_instrument(&d, &r, &s->in, e))
        return false;
    layout_init(&s->layout, s->in, &s->year);
    for (int v = 0; v < VAR_COUNT; v++)
        map_variable(s, v);
    map_services(s);
    s->value = arena_array(&s->year, (size_t)s->in->variable_count,
                           sizeof *s->value);
    s->want = arena_array(&s->year, (size_t)s->in->variable_count,
                          sizeof *s->want);
    s->want[s->in->index_variable] = true;
    s->answers = arena_take(&s->year, s->layout.size);
    s->set = arena_array(&s->year, (size_t)s->in->set_count, sizeof *s->set);
    for (int i = 0; i < s->in->set_count; i++)
        s->set[i] = arena_array(&s->year, SET_WORDS, sizeof **s->set);
    return true;
}

static void
close_year(struct storing *s)
{
    instrument_free(s->in);
    s->in = NULL;
    arena_clear(&s->year);
}

/* The raw answers of G, as an import would have them. */
static void
fill_values(struct storing *s, const struct country_reg *g)
{
    int serving = 0;

    for (int i = 0; i < s->in->variable_count; i++)
        s->value[i] = VALUE_UNANSWERED;
    for (int v = 0; v < VAR_COUNT; v++)
        s->value[s->variable[v]] = v == VAR_BIRTH_YEAR && g->v[v] >= 0
            ? g->v[v] : s->code[v][g->v[v] - ANSWER_UNASKED];
    s->value[s->done] = g->services_done;
    for (int i = 0; g->services_done && i < SVC_COUNT; i++) {
        s->value[s->received[i]] = g->received[i];
        s->value[s->wanted[i]] = g->wanted[i];
    }
    for (uint64_t rest = g->serving; rest != 0; rest &= rest - 1)
        serving++;
    if (serving > 0)
        s->value[s->serving] = serving;
    s->set[instrument_set(s->in, s->serving)][0] = g->serving;
}

static void
spell_pseudonym(const struct country_reg *g, uint8_t out[PSEUDONYM_BYTES])
{
    for (int i = 0; i < PSEUDONYM_BYTES; i++)
        out[i] = (uint8_t)(g->pseudonym[i / 8] >> (56 - i % 8 * 8));
}

static int32_t
day_of(const struct storing *s, const struct country_reg *g)
{
    return g->day >= 0 ? country_day(s->from->year, g->day) : -1;
}

static bool
note_loser(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct storing *s = ctx;

    (void)size;
    s->by[number - 1] = (int32_t)by;
    return true;
}

/* Which registrations count: in S->by. */
static bool
decide(struct storing *s, struct err *e)
{
    struct country_reg g;
    uint8_t pseudonym[PSEUDONYM_BYTES];
    bool ok = true;

    s->contest = contest_new();
    for (int32_t n = 1; ok && n <= s->from->count; n++) {
        country_draw(s->country, s->from, n, &g);
        if (g.status != REG_COMPLETE || !g.has_pseudonym)
            continue;
        fill_values(s, &g);
        derive_row(s->in, s->value, (const uint64_t *const *)s->set,
                   s->want);
        spell_pseudonym(&g, pseudonym);
        ok = contest_add(s->contest, pseudonym,
                         rank_of(s->in, s->value, g.tier, day_of(s, &g), n),
                         e);
    }
    ok = ok && contest_decide(s->contest, e)
      && contest_each(s->contest, note_loser, s);
    contest_free(s->contest);
    s->contest = NULL;
    return ok;
}

/* What identifies (feed/decode.h), under the round's key. */
static bool
seal(struct storing *s, const struct country_reg *g, struct registration *r,
     struct err *e)
{
    const char *between = "units_serving:";
    char where[128];

    if (g->serving == 0)
        return true;
    buf_reset(&s->plain);
    buf_reset(&s->sealed);
    for (int i = 0; i < s->from->unit_count; i++) {
        if ((g->serving >> i & 1) == 0)
            continue;
        buf_printf(&s->plain, "%s%s", between,
                   country_units[s->from->unit[i]].id);
        between = "|";
    }
    buf_byte(&s->plain, '\n');
    decode_where(s->round, r->number, where);
    key_seal(&s->key, store_random(s->to->store), where, s->plain.data,
             s->plain.len, &s->sealed);
    r->sealed = (const uint8_t *)s->sealed.data;
    r->sealed_len = s->sealed.len;
    return buf_ok(&s->plain, e) && buf_ok(&s->sealed, e);
}

static bool
put_one(struct storing *s, int32_t number, struct err *e)
{
    static const enum status status[] = {
        [REG_COMPLETE] = STATUS_COMPLETE, [REG_DRAFT] = STATUS_DRAFT,
        [REG_WITHDRAWN] = STATUS_WITHDRAWN
    };
    struct country_reg g;
    struct registration r = {
        .number = number, .superseded_by = s->by[number - 1],
        .definition = 1, .answers = s->answers,
        .answers_len = s->layout.size
    };

    country_draw(s->country, s->from, number, &g);
    fill_values(s, &g);
    answers_pack(&s->layout, s->value, s->answers);
    r.unit = g.unit;
    r.tier = g.tier;
    r.status = status[g.status];
    r.completed_on = day_of(s, &g);
    r.has_pseudonym = g.has_pseudonym;
    if (g.has_pseudonym)
        spell_pseudonym(&g, r.pseudonym);
    return seal(s, &g, &r, e)
           && registration_put(s->to->store, s->to->actor, s->round, &r, e);
}

static bool
put_all(struct storing *s, struct err *e)
{
    struct country_storing *to = s->to;
    int64_t all = country_registrations(s->country);

    if (s->from->count == 0)
        return true;
    for (int32_t n = 1; n <= s->from->count; n++) {
        if (!put_one(s, n, e))
            return false;
        if (++s->stored % PROGRESS_ROWS == 0 && to->progress != NULL)
            to->progress(to->ctx, s->stored, all);
    }
    return registration_put_done(to->store, to->actor, s->round,
                                 s->from->count, 1, s->from->count, e)
           && registration_settled(to->store, s->round, e);
}

static bool
store_round(struct storing *s, struct err *e)
{
    struct country_storing *to = s->to;
    struct definition d = {
        .number = 1, .text = to->definition, .len = to->len,
        .switched_on = ""
    };
    uint8_t published[KEY_BYTES];
    struct arena arena;
    struct round made;
    bool ok;

    arena_init(&arena);
    made = round_of(s->from, &arena);
    demo_key(made.id, published);
    key_of(published, &s->key);
    s->by = mem_take(((size_t)s->from->count + 1) * sizeof *s->by);
    ok = round_add(to->store, to->actor, &made, &d, published, e)
         && round_load(to->store, made.id, &arena, &s->round, e)
         && decide(s, e) && put_all(s, e)
         && round_set_status(to->store, to->actor, s->round, ROUND_CLOSED,
                             "", e);
    free(s->by);
    key_wipe(&s->key);
    arena_clear(&arena);
    return ok;
}

/* The rounds of the year of the one in *AT, which goes on behind them. */
static bool
store_year(struct storing *s, int *at, struct err *e)
{
    int rounds = country_rounds(s->country), year;
    bool ok;

    s->from = country_round(s->country, *at);
    year = s->from->year;
    ok = open_year(s, year, e) && store_begin(s->to->store, e);
    for (; ok && *at < rounds; ++*at) {
        s->from = country_round(s->country, *at);
        if (s->from->year != year)
            break;
        ok = store_round(s, e);
    }
    if (ok)
        ok = store_commit(s->to->store, e);
    else
        store_rollback(s->to->store);
    if (ok)
        s->to->rounds = *at;
    close_year(s);
    return ok;
}

bool
country_store(const struct country *c, struct country_storing *to,
              struct err *e)
{
    struct storing s = { .to = to, .country = c };
    bool ok = true;

    to->rounds = 0;
    arena_init(&s.year);
    buf_init_secret(&s.plain, SEALED_MAX);
    buf_init(&s.sealed, SEALED_MAX);
    for (int at = 0; ok && at < country_rounds(c); )
        ok = store_year(&s, &at, e);
    buf_wipe(&s.plain);
    buf_wipe(&s.sealed);
    return ok;
}
