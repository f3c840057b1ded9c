/* round.h - rounds, their units, definitions and lawfulness in the store. */
#ifndef STORE_ROUND_H
#define STORE_ROUND_H
#include "store/store.h"

enum { ROUND_ID_MAX = 64, LAWFUL_COUNT = 17, TIER_MAX = 3 };

/* Numbers of the store. SETUP: made in the web, not open yet. */
enum round_status { ROUND_OPEN, ROUND_CLOSED, ROUND_SETUP };

/* "open", "closed", "setup". */
const char *round_status_word(enum round_status status);

struct unit_tier {
    int tier;                   /* 1..3 */
    const char *words;          /* what the form shows: "Vedtak om PSS" */
    bool number_required;       /* no registration without a number */
    const char *whom;           /* whom to register and whom not, or "" */
};

struct unit {
    const char *id, *name;
    const char *sector;         /* health, social, nav_state,
                                   child_welfare, other; "" not said */
    const struct unit_tier *tiers;      /* the first is the default */
    int tier_count;
    bool off;                   /* registers no more in this round, for
                                   want of a legal basis or other reasons */
};

/* What makes a round lawful: one row a field, all text, "" while blank, so
 * that the command line, the web and the check of blanks share one list.
 * Dates are ISO, whole numbers plain digits. */
struct lawful_field {
    const char *id;             /* "controller", "legal_basis_health", ... */
    enum { LAWFUL_TEXT, LAWFUL_DATE, LAWFUL_NUMBER } kind;
    bool required;              /* a round that is not synthetic needs it */
};
/* controller, purpose, legal_basis_health, legal_basis_social,
 * legal_basis_nav_state, legal_basis_child_welfare, legal_basis_other,
 * dpia, inclusion, mapping_from, mapping_to, informed_on, optout_until,
 * delete_on, population, population_from_age, population_on. A legal basis
 * is required for each sector that a unit of the round has, unless that is
 * off. */
extern const struct lawful_field lawful_fields[LAWFUL_COUNT];
int lawful_field_of(const char *id);    /* its place, or -1 */

struct round {
    const char *id;
    int municipality, year, period, from_age;
    const char *title;          /* "Bergen 2014", from municipality, year */
    enum round_status status;
    bool synthetic;
    const char *training_of;    /* id of the real round, or "" */
    int definition;             /* the newest definition's number */
    int64_t next_number;        /* of the next registration */
    int64_t opted_out_deleted;  /* registrations deleted by opting out */
    bool settle_due;            /* registrations came or went since it was
                                   last decided which count */
    int64_t changes;            /* grows with every write to registrations,
                                   as it was when the round was loaded */
    const char *lawful[LAWFUL_COUNT];
    const struct unit *units;
    int unit_count;
    int row;                    /* private: stands for ID in the store's
                                   keys; 0 where it is in no store */
};

/* A frozen definition: the instrument's bytes and what the round switched
 * on, with the SHA-256 of both: of TEXT, a NUL and SWITCHED_ON. It is made
 * by the store; what stands in SHA256 when one is written is not looked at
 * and may be NULL. The store keeps one copy of what has the same sum. */
struct definition {
    int number;                 /* 1.. */
    const char *text;
    size_t len;
    const char *switched_on;    /* ids separated by blanks, "" none */
    const char *sha256;
};

/* Writes R (id unique in the store) with its units, its first definition,
 * and, when it is committed, its key (PUBLISHED as in key_create). */
MUST_CHECK bool round_add(struct store *s, const struct actor *actor,
                          const struct round *r,
                          const struct definition *first,
                          const uint8_t *published, struct err *e);
/* The round with all its parts, in ARENA. ERR_INPUT "round.unknown", with
 * the nearest id there is. */
MUST_CHECK bool round_load(struct store *s, const char *id,
                           struct arena *arena, struct round **out,
                           struct err *e);
/* *SAME: nothing was written to R's registrations since it was loaded by
 * another view of the store than S. */
MUST_CHECK bool round_unchanged(struct store *s, const struct round *r,
                                bool *same, struct err *e);
/* CHANGES of the round that R stands for, of which municipality and row are
 * enough. */
MUST_CHECK bool round_changes(struct store *s, const struct round *r,
                              int64_t *changes, struct err *e);
/* The place of the unit with that id among R's, or -1. */
int round_unit(const struct round *r, const char *id);
/* Whether ACTOR may see the round's unit in that place. */
bool store_may(const struct actor *actor, const struct round *round,
               int unit);
/* Every round's id in order of making; *IDS is NULL-terminated. */
MUST_CHECK bool round_list(struct store *s, struct arena *arena,
                           const char *const **ids, struct err *e);
/* Definition NUMBER of the round (0: the newest). */
MUST_CHECK bool round_definition(struct store *s, const struct round *r,
                                 int number, struct arena *arena,
                                 struct definition *out, struct err *e);
/* Only its SHA-256, which is cheap: definitions that have it alike are one
 * text with the same switched on, so that whoever opens many rounds need
 * read it only once. */
enum { DEFINITION_NAME = 65 };
MUST_CHECK bool round_definition_name(struct store *s, const struct round *r,
                                      int number,
                                      char sha256[DEFINITION_NAME],
                                      struct err *e);
/* A new definition; NUMBER is given and put in OUT_NUMBER. */
MUST_CHECK bool round_define(struct store *s, const struct actor *actor,
                             struct round *r, const struct definition *d,
                             struct err *e);
/* Sets one lawful field. A bad date or number is ERR_INPUT. */
MUST_CHECK bool round_set(struct store *s, const struct actor *actor,
                          struct round *r, int field, const char *value,
                          struct err *e);
/* Opens or closes, with a reason for opening again. Opening demands every
 * required field of a round that is not synthetic, and a unit that is on.
 * A round in setup can't be closed ("setup.not_open"); none becomes SETUP.
 * The training round that there is for it is opened and closed with it. */
MUST_CHECK bool round_set_status(struct store *s, const struct actor *actor,
                                 struct round *r, enum round_status status,
                                 const char *reason, struct err *e);
/* The id of the first required lawful field that is blank, or NULL. */
const char *round_blank(const struct round *r);
/* Whether ROUND needs that field if it is not synthetic: REQUIRED, or the
 * legal basis of a sector that a unit of it has. */
bool round_needs(const struct round *r, int field);

/* Opt-outs: held by pseudonym. */
struct optout {
    uint8_t pseudonym[16];
    int32_t day;                /* day_oslo */
    const char *entered_by;
};
/* Adds PSEUDONYM and deletes the person's registrations with every version
 * in all units, the actor's or not; *DELETED says how many of them the
 * actor may see. Already on the list: nothing changes, *DELETED is 0, true.
 * When store_commit returns true, no file of the store holds them; it
 * waits for readers, and "store.purge_waits" says that they are deleted but
 * not yet gone: the next commit or opening for writing sees to that. */
MUST_CHECK bool optout_add(struct store *s, const struct actor *actor,
                           struct round *r, const uint8_t pseudonym[16],
                           int64_t *deleted, struct err *e);
/* *REMOVED is false where it was not on the list. */
MUST_CHECK bool optout_remove(struct store *s, const struct actor *actor,
                              struct round *r, const uint8_t pseudonym[16],
                              bool *removed, struct err *e);
MUST_CHECK bool optout_list(struct store *s, const struct actor *actor,
                            const struct round *r, struct arena *arena,
                            const struct optout **list, int *count,
                            struct err *e);
/* Looked at before anything is stored; the same work either way. */
MUST_CHECK bool optout_has(struct store *s, const struct round *r,
                           const uint8_t pseudonym[16], bool *has,
                           struct err *e);

/* The same for very many, within one transaction: the list, read once. */
struct optouts {
    uint8_t (*who)[16];         /* rising */
    size_t count, room;
};
/* Reads R's list into O, empty before; wipe it with optouts_clear. */
MUST_CHECK bool optouts_load(struct store *s, const struct round *r,
                             struct optouts *o, struct err *e);
void optouts_clear(struct optouts *o);
bool optouts_have(const struct optouts *o, const uint8_t pseudonym[16]);
#endif
