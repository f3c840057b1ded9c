/* overlap.c - registrations that do not count: the same person seen by
 * another mapper, drafts, and withdrawn ones.
 *
 * Whether two registrations of a person are decided by the step that is
 * wanted is not arranged but tried: a second view is drawn, placed and
 * dated as any other, and kept if the rule of the program says so. */
#include "demo/round.h"
#include <assert.h>
#include <string.h>
#include "demo/service.h"
#include "demo/unit.h"

/* How many superseded ones each step decides. */
static const int wanted[STEP_COUNT] = {
    [STEP_INDEX] = 38, [STEP_TIER] = 222, [STEP_ANSWERED] = 82,
    [STEP_DAY] = 58, [STEP_NUMBER] = 30,
};
static_assert(38 + 222 + 82 + 58 + 30 == DEMO_SUPERSEDED, "all of them");

enum { TRIPLES = 26, TRIES = 400000 };

/* Most scores are the same, a few are a step apart, one in fifty is two. */
static int
other_score(int score, struct demo_random *random)
{
    int step = 0, at = demo_random_below(random, 1000);

    if (at < 265)
        step = 1;
    else if (at < 285)
        step = 2;
    if (demo_random_chance(random, 500))
        step = -step;
    score += step;
    return score < 1 ? 1 : score > 5 ? 5 : score;
}

/* Answers that others do not hang on; a yes is missed more often than
 * found. */
static void
other_answers(struct demo_reg *r, struct demo_random *random)
{
    static const enum demo_var plain[] = {
        VAR_PLAN_MEASURE, VAR_PLAN_ACTION, VAR_PLAN_CRISIS, VAR_PLAN_OTHER,
        VAR_COORDINATOR, VAR_GROUP_NAV, VAR_GROUP_SOCIAL,
        VAR_GROUP_SPECIALIST, VAR_GROUP_HEALTH, VAR_GROUP_OTHER,
        VAR_INJECTING, VAR_CRISIS,
    };

    for (int i = VAR_AREA_FIRST; i <= VAR_AREA_LAST; i++)
        if (r->v[i] > 0)
            r->v[i] = other_score(r->v[i], random);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        int *v = &r->v[plain[i]];

        if (*v >= 0 && demo_random_chance(random, *v == 1 ? 140 : 30))
            *v = !*v;
    }
    if (r->v[VAR_CARE] == CARE_DAILY && demo_random_chance(random, 150))
        r->v[VAR_CARE] = CARE_SHARED;
    if (r->v[VAR_CONTACT] > 0 && demo_random_chance(random, 200))
        r->v[VAR_CONTACT] = CONTACT_AGREED + CONTACT_SOME -
            r->v[VAR_CONTACT];
}

/* What changes which questions are asked. */
static void
other_frame(struct demo_reg *r, struct demo_random *random)
{
    if (r->v[VAR_IP] >= 0 && demo_random_chance(random, 60))
        r->v[VAR_IP] = !r->v[VAR_IP];
    if (r->v[VAR_GROUP] >= 0 && demo_random_chance(random, 90))
        r->v[VAR_GROUP] = !r->v[VAR_GROUP];
    /* Not all know of the substance problem, or of the other one. */
    if (demo_random_chance(random, 55)) {
        int *target = &r->v[VAR_TARGET_GROUP];

        *target = *target == TARGET_DUAL ? TARGET_MENTAL : TARGET_DUAL;
        if (*target == TARGET_MENTAL)
            r->v[VAR_OPIOID] = 0;
    }
    demo_reg_tidy(r, random);
    demo_gaps(r, random);
}

/* Leaves out N scores. */
static void
drop_scores(struct demo_reg *r, int n, struct demo_random *random)
{
    while (n > 0) {
        int var = VAR_AREA_FIRST + demo_random_below(random,
            VAR_AREA_LAST - VAR_AREA_FIRST + 1);

        if (r->v[var] <= 0)
            continue;
        r->v[var] = demo_random_chance(random, 600) ? ANSWER_UNKNOWN
            : ANSWER_BLANK;
        n--;
    }
}

/* Leaves out one to three answers on which no other question hangs. */
static void
drop_answers(struct demo_reg *r, struct demo_random *random)
{
    int n = 1 + demo_random_below(random, 3);

    for (int tries = 0; n > 0 && tries < 200; tries++) {
        int var = VAR_PLAN_MEASURE + demo_random_below(random,
            VAR_COORDINATOR - VAR_PLAN_MEASURE + 1);

        if (demo_random_chance(random, 250))
            var = VAR_ECONOMY + 2 * demo_random_below(random, 2);
        if (r->v[var] < 0 || (var >= VAR_ECONOMY && n > 1))
            continue;
        r->v[var] = demo_random_chance(random, 400) ? ANSWER_UNKNOWN
            : ANSWER_BLANK;
        n--;
    }
}

/* Another mapper's registration of the person of OF, drawn so that STEP
 * may decide. False if there is no place for it. */
static bool
second_view(struct demo_reg *r, const struct demo_reg *of,
            enum demo_step step, struct demo_random *random)
{
    struct demo_reg seen = *of;

    *r = *of;
    other_answers(r, random);
    if (step == STEP_INDEX || step == STEP_TIER)
        other_frame(r, random);
    if (step == STEP_INDEX)
        drop_scores(r, 2 + demo_random_below(random, 3), random);
    if (step == STEP_ANSWERED)
        drop_answers(r, random);
    seen.firstline = true;      /* the other mapper may know of some */
    r->place = demo_place_draw(&seen, of, random);
    if (r->place < 0)
        return false;
    r->day = demo_day_draw(r->place, random);
    r->shuffle = (uint32_t)demo_random_next(random);
    demo_service_again(r, of, random);
    if (step == STEP_INDEX || step == STEP_TIER)
        demo_serving(r, random);
    /* Where it is answered it names the own unit, and often the other's. */
    if (r->serving != 0) {
        r->serving |= 1u << demo_places[r->place].unit;
        if (demo_random_chance(random, 550))
            r->serving |= 1u << demo_places[of->place].unit;
    }
    return true;
}

static bool
is_kept(const struct demo_reg *of, const struct demo_reg *r,
        enum demo_step step)
{
    if (demo_reg_beats(of, r) != step)
        return false;
    /* Else the tier would decide as well, and the step prove nothing. */
    return step != STEP_INDEX ||
        demo_places[r->place].tier <= demo_places[of->place].tier;
}

static void
add_superseded(struct demo_round *round)
{
    unsigned char views[DEMO_COUNTING] = { 0 };
    int left[STEP_COUNT], triples = 0;
    struct demo_reg r;

    memcpy(left, wanted, sizeof left);
    for (int i = 0; i < TRIES; i++) {
        enum demo_step step = (enum demo_step)(1 + i % (STEP_COUNT - 1));
        int who = demo_random_below(&round->random, DEMO_COUNTING);
        const struct demo_reg *of = &round->reg[who];

        if (left[step] == 0 || of->number == 0 || views[who] == 2 ||
            (views[who] == 1 && triples == TRIPLES))
            continue;
        if (!second_view(&r, of, step, &round->random) ||
            !is_kept(of, &r, step))
            continue;
        round->reg[round->regs++] = r;
        left[step]--;
        views[who]++;
        triples += views[who] == 2;
    }
}

/* A draft stops somewhere: from there on nothing is answered. */
static void
cut_short(struct demo_reg *r, struct demo_random *random)
{
    int from = VAR_CARE + demo_random_below(random, VAR_COUNT - VAR_CARE);

    if (demo_random_chance(random, 200))
        from = VAR_TARGET_GROUP;
    for (int var = from; var < VAR_COUNT; var++)
        if (r->v[var] != ANSWER_UNASKED)
            r->v[var] = ANSWER_BLANK;
    r->services_done = false;
    r->received = r->wanted = 0;
    r->serving = from > VAR_CONTACT_OBS ? r->serving : 0;
    demo_reg_tidy(r, random);
    /* What became asked above was not reached either. */
    for (int var = from; var < VAR_COUNT; var++)
        if (r->v[var] != ANSWER_UNASKED)
            r->v[var] = ANSWER_BLANK;
}

/* N registrations with STATUS, two in five of persons who count elsewhere,
 * the others of persons nobody else has registered. */
static void
add_status(struct demo_round *round, enum demo_status status, int n)
{
    struct demo_random *random = &round->random;

    while (n > 0) {
        const struct demo_reg *of =
            &round->reg[demo_random_below(random, DEMO_COUNTING)];
        struct demo_reg r;

        if (of->number == 0 || !second_view(&r, of, STEP_TIER, random) ||
            demo_places[r.place].unit == demo_places[of->place].unit)
            continue;
        r.status = status;
        if (demo_random_chance(random, 600)) {
            r.v[VAR_BIRTH_YEAR] += demo_random_below(random, 5) - 2;
            if (demo_reg_age(&r) < DEMO_AGE_MIN)
                continue;
            r.number = demo_ident_draw(&round->ident, r.v[VAR_BIRTH_YEAR],
                                       r.v[VAR_SEX] == SEX_FEMALE, false,
                                       random);
        }
        if (status == REG_DRAFT)
            cut_short(&r, random);
        round->reg[round->regs++] = r;
        n--;
    }
}

void
demo_overlap(struct demo_round *round)
{
    add_superseded(round);
    add_status(round, REG_DRAFT, DEMO_DRAFTS);
    add_status(round, REG_WITHDRAWN, DEMO_WITHDRAWN);
}
