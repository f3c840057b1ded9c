/* right.c - see right.h. Source of the table: the issues that asked for the
 * web application and the publication; docs/who-may-do-what.md prints it. */
#include "web/right.h"
#include <string.h>

static const char *const keys[RIGHT_COUNT] = {
    [RIGHT_REGISTER] = "right.register",
    [RIGHT_HAND_OVER] = "right.hand_over",
    [RIGHT_UNIT_LIST] = "right.unit_list",
    [RIGHT_MAPPERS] = "right.mappers",
    [RIGHT_RESET] = "right.reset",
    [RIGHT_SET_UP] = "right.set_up",
    [RIGHT_PROGRESS] = "right.progress",
    [RIGHT_RESULTS] = "right.results",
    [RIGHT_UNPROTECTED] = "right.unprotected",
    [RIGHT_PUBLICATION] = "right.publication",
    [RIGHT_PREPARE] = "right.prepare",
    [RIGHT_PUBLISH] = "right.publish",
    [RIGHT_LOG] = "right.log",
    [RIGHT_ACCOUNTS] = "right.accounts",
};

/* A line a duty. What is not said is REACH_NONE. */
static const enum reach table[DUTY_COUNT][RIGHT_COUNT] = {
    [DUTY_MAPPER] = {
        [RIGHT_REGISTER] = REACH_OWN,
        [RIGHT_HAND_OVER] = REACH_OWN,
        [RIGHT_UNIT_LIST] = REACH_OWN,
        [RIGHT_PROGRESS] = REACH_OWN,
    },
    [DUTY_RESOURCE] = {
        [RIGHT_RESET] = REACH_TODAY,
        [RIGHT_PROGRESS] = REACH_TODAY,
    },
    [DUTY_LEADER] = {
        [RIGHT_HAND_OVER] = REACH_UNIT,
        [RIGHT_UNIT_LIST] = REACH_UNIT,
        [RIGHT_MAPPERS] = REACH_UNIT,
        [RIGHT_RESET] = REACH_UNIT,
        [RIGHT_PROGRESS] = REACH_UNIT,
        [RIGHT_RESULTS] = REACH_UNIT,
        [RIGHT_LOG] = REACH_UNIT,
    },
    [DUTY_COORDINATOR] = {
        [RIGHT_MAPPERS] = REACH_ALL,
        [RIGHT_RESET] = REACH_ALL,
        [RIGHT_SET_UP] = REACH_ALL,
        [RIGHT_PROGRESS] = REACH_ALL,
        [RIGHT_RESULTS] = REACH_ALL,
        [RIGHT_UNPROTECTED] = REACH_ALL,
        [RIGHT_PUBLICATION] = REACH_ALL,
        [RIGHT_PREPARE] = REACH_ALL,
        [RIGHT_PUBLISH] = REACH_ALL,
        [RIGHT_LOG] = REACH_ALL,
    },
    [DUTY_GROUP] = {
        [RIGHT_RESULTS] = REACH_ALL,
        [RIGHT_PUBLICATION] = REACH_ALL,
        [RIGHT_PREPARE] = REACH_ALL,
    },
    [DUTY_ANALYST] = {
        [RIGHT_RESULTS] = REACH_ALL,
        [RIGHT_UNPROTECTED] = REACH_ALL,
        [RIGHT_PUBLICATION] = REACH_ALL,
    },
    [DUTY_DPO] = {
        [RIGHT_LOG] = REACH_ALL,
    },
    [DUTY_ADMIN] = {
        [RIGHT_LOG] = REACH_ALL,
        [RIGHT_ACCOUNTS] = REACH_ALL,
    },
};

enum reach
right_reach(enum duty duty, enum right right)
{
    return right < RIGHT_COUNT ? table[duty][right] : REACH_NONE;
}

const char *
right_key(enum right right)
{
    return keys[right];
}

enum reach
power_reach(const struct power *power, const char *unit)
{
    enum reach reach = power->everywhere;

    for (int i = 0; i < power->unit_count; i++)
        if (strcmp(power->units[i].id, unit) == 0
            && power->units[i].reach > reach)
            reach = power->units[i].reach;
    return reach;
}

static void
add_unit(struct power *power, struct power_unit *units, const char *unit,
         enum reach reach)
{
    for (int i = 0; i < power->unit_count; i++)
        if (strcmp(units[i].id, unit) == 0) {
            if (reach > units[i].reach)
                units[i].reach = reach;
            return;
        }
    units[power->unit_count++] = (struct power_unit){ unit, reach };
}

static void
add_duty(struct power *power, enum duty duty, struct arena *arena)
{
    const char *word = duty_word(duty);
    size_t n = strlen(word);

    if (power->duty[0] == '\0') {
        power->duty = word;
        return;
    }
    for (const char *at = power->duty; (at = strstr(at, word)) != NULL; at++)
        if ((at == power->duty || at[-1] == ',')
            && (at[n] == '\0' || at[n] == ','))
            return;
    power->duty = arena_printf(arena, "%s,%s", power->duty, word);
}

bool
grant_is_of(const struct grant *g, const struct round *round)
{
    return g->round[0] == '\0' || strcmp(g->round, round->id) == 0
           || strcmp(g->round, round->training_of) == 0;
}

struct power
right_power(enum right right, const struct grant *grants, int count,
            const struct round *round,
            bool (*today)(void *ctx, const char *unit), void *ctx,
            struct arena *arena)
{
    struct power power = { .reach = REACH_NONE, .duty = "" };
    struct power_unit *units = arena_array(arena, (size_t)count + 1,
                                           sizeof *units);

    power.units = units;
    for (int i = 0; i < count; i++) {
        const struct grant *g = &grants[i];
        enum reach reach = right_reach(g->duty, right);

        if (reach == REACH_NONE
            || (round != NULL && !grant_is_of(g, round)))
            continue;
        if (reach == REACH_TODAY
            && (today == NULL || !today(ctx, g->unit)))
            continue;
        if (reach > power.reach)
            power.reach = reach;
        if (reach == REACH_ALL || g->unit[0] == '\0') {
            if (reach > power.everywhere)
                power.everywhere = reach;
        } else {
            add_unit(&power, units, g->unit, reach);
        }
        add_duty(&power, g->duty, arena);
    }
    return power;
}
