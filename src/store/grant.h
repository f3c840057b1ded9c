/* grant.h - grants: an account's duty in a round, unit and tier, for a time.
 *
 * A grant is a dated row. Nothing of it is ever changed but its end, so that
 * who had access on any date can be told. Nobody grants to himself. What a
 * duty allows stands in web/right.h, not here.
 *
 * The grants of mappers and resource persons end by themselves when their
 * round closes, and do not come back when it opens again; leaders keep
 * theirs, for the results of their own unit.
 *
 * Every change is in the access log too: actions "grant", "grant_end". */
#ifndef STORE_GRANT_H
#define STORE_GRANT_H
#include "store/round.h"

enum duty {
    DUTY_MAPPER, DUTY_RESOURCE, DUTY_LEADER, DUTY_COORDINATOR, DUTY_GROUP,
    DUTY_ANALYST, DUTY_DPO, DUTY_ADMIN, DUTY_COUNT
};

/* "mapper", and back (-1: none). The sentence is under "duty.mapper". */
const char *duty_word(enum duty duty);
int duty_of(const char *word);
/* Mapper, resource and leader are of a unit of a round; the others are of a
 * round or of all. */
bool duty_of_unit(enum duty duty);
/* All but the mapper prove themselves with a one-time code too. */
bool duty_needs_totp(enum duty duty);

struct grant {
    int municipality;           /* of the round; 0: of no round */
    int64_t number;             /* 1.. in the municipality */
    const char *account;
    enum duty duty;
    const char *round;          /* id; "" all rounds */
    const char *unit;           /* id; "" all units */
    int tier;                   /* 0 all */
    int64_t from_ms, to_ms;     /* held from, till just before; 0: no end */
    const char *granted_by;
    int64_t granted_ms;
    const char *ended_by;       /* "" where it was not ended */
    int64_t ended_ms;
    const char *reason;         /* of the end; "round_closed",
                                   "account_ended" by itself */
};

/* Grants ACCOUNT, DUTY, ROUND, UNIT, TIER from FROM_MS (0: now) to TO_MS (0:
 * no end); the rest of G is filled in. ERR_INPUT: "grant.self",
 * "grant.account" (none, or ended), "round.unknown", "grant.unit",
 * "grant.unit_needed", "grant.unit_not", "grant.tier", "grant.time",
 * "grant.closed" (a mapper of a closed round), "grant.overlap" (it has the
 * same at some of that time). */
MUST_CHECK bool grant_add(struct store *s, const struct actor *actor,
                          struct grant *g, struct err *e);
/* Ends it now; one that has not begun was never held. "grant.unknown",
 * "grant.ended". */
MUST_CHECK bool grant_end(struct store *s, const struct actor *actor,
                          int municipality, int64_t number,
                          const char *reason, struct err *e);
/* What closing ROUND ends. round_set_status calls it. */
MUST_CHECK bool grant_end_round(struct store *s, const struct actor *actor,
                                const struct round *round, struct err *e);
/* What ending an account ends. account_end calls it. */
MUST_CHECK bool grant_end_account(struct store *s, const struct actor *actor,
                                  const char *account, struct err *e);

struct grant_ask {
    const char *account;        /* NULL: all; likewise below */
    const char *round;          /* those of all rounds too */
    const char *unit;           /* exactly */
    int duty;                   /* -1: all */
    int64_t from_ms, to_ms;     /* held at some time from, before; both 0:
                                   ever */
};
/* By municipality and number. In ARENA. */
MUST_CHECK bool grant_list(struct store *s, const struct grant_ask *ask,
                           struct arena *arena, const struct grant **list,
                           int *count, struct err *e);
/* Those that ACCOUNT holds at NOW_MS: asked at every request, fast. */
MUST_CHECK bool grants_of(struct store *s, const char *account,
                          int64_t now_ms, struct arena *arena,
                          const struct grant **list, int *count,
                          struct err *e);
#endif
