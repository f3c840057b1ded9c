/* work.h - a mapper's own registrations, in an open round.
 *
 * Work is the link between a registration and the account that made it,
 * with a running number of that account's own (1, 2, ...; never used
 * again), which the mapper writes on a paper list. It is a table of its own
 * that ends with the round. The account is the actor's name.
 *
 * The condition is the store's: a registration that is somebody else's, or
 * of a round that is not open, is not found, like one that does not exist.
 * A person is looked for in one unit and tier only, by statements that
 * touch no other unit's rows, so that neither answer nor time tells of
 * others; another tier of the same unit is another unit here.
 *
 * Everything that writes demands an open transaction and is refused with
 * "work.closed" unless the round is open in the store (what ROUND says may
 * be out of date). ROUND is the writer's own copy: it may be changed. W is
 * as read (work_hold): a write to what has been changed since, or deleted,
 * is "work.changed", so that two windows do not overwrite each other
 * silently. After a write W holds what stands now.
 *
 * Versions and the log: what stood when "Ferdig" was given becomes a version
 * at the first change after it, and again in every clock hour with changes,
 * not per keystroke; the access log gets one record of "write" a
 * registration and clock hour for starting, saving and finishing. So nobody's
 * pace can be read from either. Withdrawing, restoring, replacing the
 * person and handing over are recorded each time. */
#ifndef STORE_WORK_H
#define STORE_WORK_H
#include "store/registration.h"

struct work {
    int64_t number;             /* the registration's; never shown */
    uint8_t public_id[16];      /* what pages and API show; zeros where it
                                   is a colleague's */
    int running;                /* the mapper's own number for it, 1.. */
    int unit, tier;
    enum status status;
    int64_t revision;           /* 1..; grows with every write */
    int64_t started_ms, saved_ms;   /* 0 where it is a colleague's */
    int32_t saved_on;           /* the day in Oslo */
    int32_t completed_on;       /* day, or -1 */
    int definition;             /* the layout of the answers */
    bool has_pseudonym;
    const char *mapper;         /* account; "" where nobody's: imported */
    const uint8_t *answers;     /* NULL where they were not asked for */
    size_t answers_len;
    const uint8_t *sealed;      /* NULL: none, or not asked for */
    size_t sealed_len;
    int64_t noted_ms;           /* private: last in the log */
};

/* What is written. DEFINITION is that of the answers' layout: the newest,
 * so that a registration moves to it when it is saved. */
struct work_change {
    int definition;
    const uint8_t *answers;
    size_t answers_len;
    bool with_sealed;           /* false: what is sealed stays */
    const uint8_t *sealed;      /* NULL: nothing sealed any more */
    size_t sealed_len;
};

/* A new draft of ACTOR's, with the next running number; *OUT in ARENA.
 * PSEUDONYM NULL: without a number. ERR_INPUT: "work.unit_off",
 * "work.tier" (not offered), "work.number_required", "work.opted_out"
 * (nothing is stored), "work.known" (this unit and tier have the person:
 * work_person). Marks nothing as due: drafts do not compete. SEALED can
 * only follow by work_save, for it is bound to the number. */
MUST_CHECK bool work_start(struct store *s, const struct actor *actor,
                           struct round *round, int unit, int tier,
                           const uint8_t *pseudonym,
                           const struct work_change *first,
                           struct arena *arena, struct work **out,
                           struct err *e);

/* ACTOR's own registration, or *OUT is NULL. Logged as a read of it. */
MUST_CHECK bool work_find(struct store *s, const struct actor *actor,
                          const struct round *round,
                          const uint8_t public_id[16], bool with_sealed,
                          struct arena *arena, struct work **out,
                          struct err *e);
/* The same within a transaction, for a write that follows and whose record
 * says it; not logged. The autosave is work_hold, work_save. */
MUST_CHECK bool work_hold(struct store *s, const struct actor *actor,
                          const struct round *round,
                          const uint8_t public_id[16], bool with_sealed,
                          struct arena *arena, struct work **out,
                          struct err *e);
/* ACTOR's own, newest first, the withdrawn too, with answers, not sealed.
 * One record in the log. */
MUST_CHECK bool work_list(struct store *s, const struct actor *actor,
                          const struct round *round, struct arena *arena,
                          const struct work **list, int *count,
                          struct err *e);
/* What ACTOR's next running number will be, and unit and tier of the one
 * that has the last (UNIT -1: none has it any more). Says nothing of a
 * person: not logged. */
MUST_CHECK bool work_next(struct store *s, const struct actor *actor,
                          const struct round *round, int *running, int *unit,
                          int *tier, struct err *e);
/* A registration of that person in THIS unit and tier, not withdrawn: of
 * several ACTOR's own, then the first. *OUT is NULL where there is none.
 * Never answers; public_id only of ACTOR's own. Logged either way. Whether
 * the person has opted out is another question (optout_has): ask it always
 * and first; an attempt is logged by store_log_act(..., "opted_out"). */
MUST_CHECK bool work_person(struct store *s, const struct actor *actor,
                            const struct round *round, int unit, int tier,
                            const uint8_t pseudonym[16],
                            struct arena *arena, struct work **out,
                            struct err *e);

/* The answers and so on. A withdrawn one is "work.withdrawn". */
MUST_CHECK bool work_save(struct store *s, const struct actor *actor,
                          struct round *round, struct work *w,
                          const struct work_change *change, struct err *e);
/* A draft becomes complete on day COMPLETED_ON; one that is complete stays
 * so, on its day. CHANGE (NULL: as saved) is what stands afterwards; what
 * stood becomes a version, for answers that are taken away then are kept in
 * the history. That it may be completed is the caller's to see to. */
MUST_CHECK bool work_finish(struct store *s, const struct actor *actor,
                            struct round *round, struct work *w,
                            const struct work_change *change,
                            int32_t completed_on, struct err *e);
/* Takes it back; REASON in words for the version, "" none. */
MUST_CHECK bool work_withdraw(struct store *s, const struct actor *actor,
                              struct round *round, struct work *w,
                              const char *reason, struct err *e);
/* A withdrawn one is again what it was. "work.known" if the unit and tier
 * have the person by another registration meanwhile. */
MUST_CHECK bool work_restore(struct store *s, const struct actor *actor,
                             struct round *round, struct work *w,
                             struct err *e);
/* Another person's number (NULL: none any more) instead of a wrong one; the
 * refusals of work_start. A version is kept if it was complete. The number
 * it has already: nothing changes. */
MUST_CHECK bool work_replace_person(struct store *s,
                                    const struct actor *actor,
                                    struct round *round, struct work *w,
                                    const uint8_t *pseudonym,
                                    struct err *e);

/* What the mappers of UNIT have: mapper, running number, tier, status, day;
 * no answers, ids or times. By mapper and running number. Refused
 * ("registration.unit_denied") where ACTOR may not see the unit. Logged. */
MUST_CHECK bool work_unit(struct store *s, const struct actor *actor,
                          const struct round *round, int unit,
                          struct arena *arena, const struct work **list,
                          int *count, struct err *e);

/* Progress: registrations of the actor's units, withdrawn left out, never
 * whether superseded. One for each unit, tier, status and day of completion
 * that there is, in that order. Imported ones count. */
struct work_count {
    int unit, tier;
    enum status status;         /* draft or complete */
    int32_t day;                /* of completion; -1: none */
    int64_t count;
};
MUST_CHECK bool work_counts(struct store *s, const struct actor *actor,
                            const struct round *round, struct arena *arena,
                            const struct work_count **list, int *count,
                            struct err *e);
#endif
