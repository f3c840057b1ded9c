/* demo.c - see demo.h.
 *
 * Order matters: who comes first, then where and when they are registered,
 * then what depends on the place (services, gaps), then numbers, then who
 * else registered the same person. Each step draws from the one stream of
 * chance, so a change in any of them changes all bytes after it, but no
 * printed figure. */
#include "demo/demo.h"
#include "demo/round.h"
#include <assert.h>
#include <stdlib.h>
#include "base/arena.h"
#include "demo/service.h"
#include "demo/unit.h"

enum { SEED = 20140520 };

static void
place_all(struct demo_round *round)
{
    for (int i = 0; i < round->regs; i++) {
        struct demo_reg *r = &round->reg[i];

        r->place = demo_place_draw(r, NULL, &round->random);
        assert(r->place >= 0);
        r->day = demo_day_draw(r->place, &round->random);
        r->shuffle = (uint32_t)demo_random_next(&round->random);
        demo_reg_tidy(r, &round->random);
        demo_service_draw(r, &round->random);
        demo_gaps(r, &round->random);
        demo_serving(r, &round->random);
    }
}

/* Some have no number, or none that the mapper knows: of them, a few with
 * substance problems have no known birth year or another sex. */
static void
leave_without_number(struct demo_round *round, bool *without)
{
    for (int left = DEMO_NO_NUMBER; left > 0;) {
        int i = demo_random_below(&round->random, DEMO_COUNTING);
        struct demo_reg *r = &round->reg[i];
        enum demo_kind kind = demo_places[r->place].kind;

        if (without[i] || kind == KIND_DAY ||
            (kind == KIND_PSS && demo_random_chance(&round->random, 700)))
            continue;
        without[i] = true;
        left--;
        if (r->v[VAR_TARGET_GROUP] == TARGET_MENTAL)
            continue;
        if (demo_random_chance(&round->random, 150))
            r->v[VAR_SEX] = SEX_OTHER;
        else if (demo_random_chance(&round->random, 300))
            r->v[VAR_BIRTH_YEAR] = ANSWER_UNKNOWN;
        else if (demo_random_chance(&round->random, 100))
            r->v[VAR_SEX] = ANSWER_BLANK;
    }
}

static void
number_all(struct demo_round *round, const bool *without)
{
    for (int i = 0; i < round->regs; i++) {
        struct demo_reg *r = &round->reg[i];
        bool intro = demo_places[r->place].kind == KIND_INTRO;
        bool d = r->v[VAR_BIRTH_YEAR] > 1945 &&
            demo_random_chance(&round->random, intro ? 250 : 40);

        if (!without[i])
            r->number = demo_ident_draw(&round->ident,
                                        r->v[VAR_BIRTH_YEAR],
                                        r->v[VAR_SEX] == SEX_FEMALE, d,
                                        &round->random);
    }
}

static int
by_order(const void *a, const void *b)
{
    return demo_reg_order(a, b);
}

static bool
make_round(struct demo_round *round, struct arena *arena, struct err *e)
{
    bool *without = arena_array(arena, DEMO_COUNTING, sizeof *without);

    round->reg = arena_array(arena, DEMO_REGS, sizeof *round->reg);
    demo_random_init(&round->random, SEED);
    if (!demo_mental(round, e))
        return false;
    demo_substance(round);
    place_all(round);
    leave_without_number(round, without);
    number_all(round, without);
    demo_overlap(round);
    qsort(round->reg, (size_t)round->regs, sizeof *round->reg, by_order);
    /* No two alike: else the bytes would depend on the C library. */
    for (int i = 1; i < round->regs; i++)
        assert(demo_reg_order(&round->reg[i - 1], &round->reg[i]) < 0);
    return true;
}

bool
demo_registrations(struct buf *out, struct err *e)
{
    struct arena arena;
    struct demo_round *round;
    bool ok;

    arena_init(&arena);
    round = arena_take(&arena, sizeof *round);
    ok = make_round(round, &arena, e);
    if (ok)
        demo_write(round, out);
    arena_clear(&arena);
    return ok;
}
