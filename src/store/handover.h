/* handover.h - a registration goes from one mapper to another.
 *
 * Only within one unit and tier. A colleague asks, and the owner gives or
 * declines; or the owner, or the unit's leader, gives it without being
 * asked. Giving changes the link (work.h) and nothing else: the receiver's
 * next running number stands for it, and the owner no longer finds it.
 *
 * That the receiver may register in that unit, and that who gives a
 * colleague's registration leads it, the caller has to know (grants).
 * Everything that writes demands an open transaction and an open round
 * ("work.closed"). A withdrawn registration is not found. */
#ifndef STORE_HANDOVER_H
#define STORE_HANDOVER_H
#include "store/work.h"

enum handover_outcome {
    HANDOVER_OPEN, HANDOVER_GIVEN, HANDOVER_DECLINED,
    HANDOVER_CANCELLED,         /* by who asked */
    HANDOVER_VOID               /* it went to another, or was withdrawn */
};

struct handover {
    uint8_t public_id[16];      /* of the registration; zeros unless it is
                                   the actor's now */
    int unit, tier, running;    /* FROM's number for it when asked */
    int got;                    /* TO's number for it, 0 until given */
    const char *from, *to;      /* accounts: who has it, who would */
    const char *asked_by;
    int64_t asked_ms, decided_ms;   /* 0 not yet */
    enum handover_outcome outcome;
};

/* ACTOR asks MAPPER for registration RUNNING of UNIT and TIER. Asked before
 * and still open: nothing changes. "handover.unknown" where there is none,
 * "handover.own" where it is the actor's, "registration.unit_denied". */
MUST_CHECK bool handover_ask(struct store *s, const struct actor *actor,
                             struct round *round, int unit, int tier,
                             const char *mapper, int running,
                             struct err *e);
/* ACTOR no longer asks. */
MUST_CHECK bool handover_cancel(struct store *s, const struct actor *actor,
                                struct round *round, const char *mapper,
                                int running, struct err *e);
/* ACTOR, whose registration it is, gives it to TO or (GIVE false) declines.
 * "handover.unknown" if TO does not ask for it. */
MUST_CHECK bool handover_decide(struct store *s, const struct actor *actor,
                                struct round *round,
                                const uint8_t public_id[16], const char *to,
                                bool give, struct err *e);
/* ACTOR gives one of his own away unasked. */
MUST_CHECK bool handover_give(struct store *s, const struct actor *actor,
                              struct round *round,
                              const uint8_t public_id[16], const char *to,
                              struct err *e);
/* ACTOR, who leads UNIT, moves MAPPER's registration RUNNING to TO. */
MUST_CHECK bool handover_move(struct store *s, const struct actor *actor,
                              struct round *round, int unit,
                              const char *mapper, int running,
                              const char *to, struct err *e);
/* Those to decide by ACTOR, those ACTOR asked for, newest first: the open,
 * and what was decided, given or moved since SINCE_MS. Logged. */
MUST_CHECK bool handover_list(struct store *s, const struct actor *actor,
                              const struct round *round, int64_t since_ms,
                              struct arena *arena,
                              const struct handover **list, int *count,
                              struct err *e);
#endif
