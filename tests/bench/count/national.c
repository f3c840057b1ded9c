/* national.c - see national.h.
 *
 * As in src/demo/country_store.c, without a store between: each round is
 * gone through twice, first its complete registrations compete, then they
 * are added, with whether they count. All rounds are under one instrument;
 * what depends on the year is derived with a copy that has another one. */
#include "national.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "calc/contest.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "demo/country.h"
#include "demo/variable.h"

enum { VALUES = 24, SET_WORDS = 1, PSEUDONYM = 16 };

struct making {
    const struct country *country;
    const struct country_round *from;
    struct instrument in;       /* of the round's year; owns nothing */
    struct arena arena;         /* what follows down to the sets */
    int variable[VAR_COUNT], received[SVC_COUNT], wanted[SVC_COUNT];
    int serving;
    int32_t code[VAR_COUNT][VALUES];    /* by answer - ANSWER_UNASKED */
    int32_t *value;
    uint64_t **set;
    struct column_maker *maker;
    bool *lost;                 /* by number */
};

struct instrument *
national_instrument(struct err *e)
{
    static const char file[] = "instruments/brukerplan-2014.yaml";
    const char *id[COUNTRY_UNITS], *name[COUNTRY_UNITS];
    struct round_facts facts = {
        .municipality = 301, .year = COUNTRY_LAST, .period = COUNTRY_PERIOD,
        .from_age = COUNTRY_AGE_MIN, .unit_ids = id, .unit_names = name,
        .unit_count = COUNTRY_UNITS
    };
    struct instrument *in;
    const char *text;
    size_t len;

    for (int i = 0; i < COUNTRY_UNITS; i++) {
        id[i] = country_units[i].id;
        name[i] = country_units[i].name;
    }
    text = embed_find(file, &len);
    assert(text != NULL);       /* our own */
    in = instrument_read(text, len, file, e);
    if (in != NULL && !instrument_bind(in, &facts, e)) {
        instrument_free(in);
        in = NULL;
    }
    return in;
}

void
national_origin(int64_t registrations, uint8_t origin[COLUMNS_ORIGIN])
{
    memset(origin, 0, COLUMNS_ORIGIN);
    memcpy(origin, &registrations, sizeof registrations);
    origin[COLUMNS_ORIGIN - 1] = 1;
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
map_variable(struct making *m, int v)
{
    const struct demo_variable *names = &demo_variables[v];
    const struct variable *var;

    m->variable[v] = find(&m->in, names->name);
    var = &m->in.variables[m->variable[v]];
    for (int k = 0; k < VALUES; k++) {
        int answer = k + ANSWER_UNASKED;
        const char *code = answer >= 0 && answer < DEMO_CODES
                           ? names->codes[answer] : NULL;

        m->code[v][k] = answer == ANSWER_UNKNOWN ? VALUE_UNKNOWN
                        : answer < 0 ? VALUE_UNANSWERED : answer;
        if (code != NULL
            && !variable_read(&m->in, var, code, strlen(code),
                              &m->code[v][k]))
            assert(false && "a code of our own codebook");
    }
}

static void
map_services(struct making *m)
{
    char name[64];

    for (int i = 0; i < SVC_COUNT; i++) {
        const char *code = demo_service_code((enum demo_service)i);

        snprintf(name, sizeof name, "svc_%s_r", code);
        m->received[i] = find(&m->in, name);
        snprintf(name, sizeof name, "svc_%s_w", code);
        m->wanted[i] = find(&m->in, name);
    }
    m->serving = find(&m->in, "units_serving");
}

static void
fill_start(struct making *m, const struct country_reg *g)
{
    const int *role = m->in.role;

    m->value[role[ROLE_MUNICIPALITY]] = m->from->municipality;
    m->value[role[ROLE_YEAR]] = m->from->year;
    m->value[role[ROLE_PERIOD]] = COUNTRY_PERIOD;
    m->value[role[ROLE_UNIT]] = m->from->unit[g->unit];
    m->value[role[ROLE_TIER]] = g->tier;
    if (g->day >= 0)
        m->value[role[ROLE_COMPLETED_ON]] = country_day(m->from->year,
                                                        g->day);
    if (g->has_pseudonym)
        m->value[role[ROLE_IDENT]] = 0;
}

/* All of G, effective and derived. */
static void
fill(struct making *m, const struct country_reg *g)
{
    int serving = 0;

    for (int i = 0; i < m->in.variable_count; i++)
        m->value[i] = VALUE_UNANSWERED;
    fill_start(m, g);
    for (int v = 0; v < VAR_COUNT; v++)
        m->value[m->variable[v]] = v == VAR_BIRTH_YEAR && g->v[v] >= 0
            ? g->v[v] : m->code[v][g->v[v] - ANSWER_UNASKED];
    m->value[m->in.role[ROLE_SERVICES_DONE]] = g->services_done;
    for (int i = 0; g->services_done && i < SVC_COUNT; i++) {
        m->value[m->received[i]] = g->received[i];
        m->value[m->wanted[i]] = g->wanted[i];
    }
    for (uint64_t rest = g->serving; rest != 0; rest &= rest - 1)
        serving++;
    if (serving > 0)
        m->value[m->serving] = serving;
    m->set[instrument_set(&m->in, m->serving)][0] = g->serving;
    derive_row(&m->in, m->value, (const uint64_t *const *)m->set, NULL);
}

static bool
note_loser(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct making *m = ctx;

    (void)size;
    m->lost[number - 1] = by != 0;
    return true;
}

static bool
decide(struct making *m, struct err *e)
{
    struct contest *contest = contest_new();
    uint8_t pseudonym[PSEUDONYM];
    struct country_reg g;
    bool ok = true;

    for (int32_t n = 1; ok && n <= m->from->count; n++) {
        country_draw(m->country, m->from, n, &g);
        if (g.status != REG_COMPLETE || !g.has_pseudonym)
            continue;
        fill(m, &g);
        memcpy(pseudonym, g.pseudonym, sizeof pseudonym);
        ok = contest_add(contest, pseudonym,
                         rank_of(&m->in, m->value, g.tier,
                                 country_day(m->from->year, g.day), n), e);
    }
    ok = ok && contest_decide(contest, e)
      && contest_each(contest, note_loser, m);
    contest_free(contest);
    return ok;
}

static bool
add_round(struct making *m, struct err *e)
{
    struct row row = { m->value, (const uint64_t *const *)m->set };
    struct country_reg g;
    bool ok;

    m->in.facts.year = m->from->year;
    m->lost = calloc((size_t)m->from->count + 1, sizeof *m->lost);
    ok = m->lost != NULL && decide(m, e);
    for (int32_t n = 1; ok && n <= m->from->count; n++) {
        country_draw(m->country, m->from, n, &g);
        if (g.status != REG_COMPLETE)
            continue;
        fill(m, &g);
        ok = column_maker_add(m->maker, &row, !m->lost[n - 1], e);
    }
    free(m->lost);
    m->lost = NULL;
    return ok;
}

static void
prepare(struct making *m)
{
    for (int v = 0; v < VAR_COUNT; v++)
        map_variable(m, v);
    map_services(m);
    m->value = arena_array(&m->arena, (size_t)m->in.variable_count,
                           sizeof *m->value);
    m->set = arena_array(&m->arena, (size_t)m->in.set_count,
                         sizeof *m->set);
    for (int i = 0; i < m->in.set_count; i++)
        m->set[i] = arena_array(&m->arena, SET_WORDS, sizeof **m->set);
}

bool
national_columns(const struct instrument *in, int64_t registrations,
                 const char *file, struct err *e)
{
    struct country *country = country_new(registrations, NATIONAL_SEED);
    struct making m = {
        .country = country, .in = *in,
        .maker = column_maker_new(in, registrations)
    };
    uint8_t origin[COLUMNS_ORIGIN];
    bool ok = true;

    arena_init(&m.arena);
    prepare(&m);
    for (int i = 0; ok && i < country_rounds(country); i++) {
        m.from = country_round(country, i);
        ok = add_round(&m, e);
    }
    national_origin(registrations, origin);
    ok = ok && column_maker_write(m.maker, origin, "benchmark", file, e);
    column_maker_free(m.maker);
    arena_clear(&m.arena);
    country_free(country);
    return ok;
}
