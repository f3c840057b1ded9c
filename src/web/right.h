/* right.h - who may do what: one table of rights by duty.
 *
 * A grant (store/grant.h) gives an account a duty, in a round, unit and
 * tier, for a time. What a duty allows, and how far it reaches, stands in
 * one table here; menus, the page that prints it, every page's door and the
 * test that tries every door with every duty follow from it. The store then
 * sees only the units that the reach leaves (struct actor). */
#ifndef WEB_RIGHT_H
#define WEB_RIGHT_H
#include "store/grant.h"
#include "store/round.h"

/* In the order the table is printed. */
enum right {
    RIGHT_REGISTER,     /* register, change, withdraw, while it is open */
    RIGHT_HAND_OVER,    /* hand a registration over within the unit */
    RIGHT_UNIT_LIST,    /* running number, mapper, status; no answers */
    RIGHT_MAPPERS,      /* announce and end mappers */
    RIGHT_RESET,        /* reset a mapper's sign-in */
    RIGHT_SET_UP,       /* set up the round; opt-outs */
    RIGHT_PROGRESS,     /* progress, as counts */
    RIGHT_RESULTS,      /* results, protected */
    RIGHT_UNPROTECTED,  /* results, unprotected; table builder */
    RIGHT_PUBLICATION,  /* read the publication while it is made */
    RIGHT_PREPARE,      /* write its texts, focus areas, checklist */
    RIGHT_PUBLISH,      /* publish, lock and unlock */
    RIGHT_LOG,          /* access log, access overview; no answers */
    RIGHT_ACCOUNTS,     /* other accounts */
    RIGHT_COUNT,
    RIGHT_SIGNED_IN,    /* anybody with an account */
    RIGHT_PUBLIC        /* anybody */
};

enum reach {
    REACH_NONE,
    REACH_OWN,          /* what is the account's own */
    REACH_TODAY,        /* the grant's units that have a day slot today */
    REACH_UNIT,         /* the grant's units */
    REACH_ALL           /* all units */
};

enum reach right_reach(enum duty duty, enum right right);
/* The key of its sentence in po/: "right.register". */
const char *right_key(enum right right);

/* What the grants of an account give for one right in one round, or, without
 * a round, anywhere. A unit that several reach counts with the farthest. */
struct power {
    enum reach reach;           /* the farthest anywhere; REACH_NONE: no */
    enum reach everywhere;      /* in every unit of the round */
    const struct power_unit {
        const char *id;
        enum reach reach;
    } *units;                   /* where it is more than that, each once */
    int unit_count;
    const char *duty;           /* words of those that gave it, "a,b" */
};

/* TODAY says whether the unit has a day slot today (NULL: none has). ROUND
 * NULL: any round does. In ARENA. */
struct power right_power(enum right right, const struct grant *grants,
                         int count, const struct round *round,
                         bool (*today)(void *ctx, const char *unit),
                         void *ctx, struct arena *arena);
/* Whether G is a duty in ROUND: given for it, for all rounds, or, where
 * ROUND is for training, for the round that it trains for. */
bool grant_is_of(const struct grant *g, const struct round *round);
/* How far POWER reaches in UNIT. */
enum reach power_reach(const struct power *power, const char *unit);

#endif
