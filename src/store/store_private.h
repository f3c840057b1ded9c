/* store_private.h - what a store is, for src/store/ only (and its tests). */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H
#include "store/db.h"
#include "store/log.h"
#include "store/round.h"
#include "store/rows.h"

enum { POOL = 2048 };

struct new_key;

struct store {
    char *path, *keys;
    enum store_mode mode;
    struct clock clock;
    struct random random;
    int lock;                   /* descriptor, -1 none */
    struct db *db, *log;
    struct log_queue *queue;    /* NULL: records are written here */
    bool own;                   /* no records: store_set_own */
    bool holding;               /* records of reading are kept */
    struct arena held;
    struct log_record *held_first, *held_last;

    /* Of the open transaction. */
    bool open;
    bool within;                /* store_read_begin, on its own */
    struct arena arena;         /* the two lists */
    struct log_record *first, *last; /* to be logged before the commit */
    struct new_key *new_keys;   /* to be made with the commit */
    int64_t unlogged;           /* rows put since registration_put_done */
    bool trusting;              /* references are not looked up */
    bool bulk;                  /* of so many that indexes wait */
    int due;                    /* the round last marked as to be settled,
                                   as in struct round's row; 0 none */
    struct touched *touched;    /* good until the next one begins */
    int touched_count, touched_room;
    bool part, spoilt;          /* one is open; one could not be undone */
    struct uncached *uncached;  /* columns that are of no use after the
                                   commit */
    struct part {               /* what was when it began */
        struct log_record *last;
        struct new_key *new_keys;
        int64_t unlogged;
        bool purge;
        int due, touched_count;
    } before;
    bool purge;                 /* something was deleted that no file may
                                   hold after the commit */

    /* Chance for public ids, taken in pieces: asking the kernel for each
     * takes as long as a tenth of the insert. */
    uint8_t pool[POOL];
    size_t pool_left;
};

/* NAME in the directory DIR; free it. */
char *store_file(const char *dir, const char *name);
/* fsync of a directory, or of the one PATH stands in. */
MUST_CHECK bool store_sync(const char *dir, struct err *e);
MUST_CHECK bool store_sync_parent(const char *path, struct err *e);
/* A directory of mode 0700 that was missing or is empty; *MADE if it was
 * missing. "store.not_empty" otherwise. */
MUST_CHECK bool store_directory(const char *path, bool *made, struct err *e);
/* There is something at PATH that looks like a store. */
MUST_CHECK bool store_look(const char *path, struct err *e);
/* ERR_INPUT if PATH is an address. */
MUST_CHECK bool store_address(const char *path, struct err *e);

/* The record of what ACTOR did in ROUND; UNITS in ARENA. */
struct log_record store_record(const struct actor *actor,
                               const struct round *round,
                               const char *action, const char *what,
                               struct arena *arena);
/* Keeps a copy for the commit. */
void store_log_later(struct store *s, const struct log_record *record);
/* On disk when it returns: of reading. */
MUST_CHECK bool store_log_now(struct store *s, struct log_record *record,
                              struct err *e);
/* The same with a record of ENTRIES, of NUMBERS as ranges or "". */
MUST_CHECK bool store_log_read(struct store *s, const struct actor *actor,
                               const struct round *round,
                               const char *action, const char *what,
                               int64_t entries, const char *numbers,
                               struct err *e);
/* A deletion that the last writer could not finish. */
void store_resume_purge(struct store *s);
/* The key of ROUND is to be made with the commit: a process that ends before
 * leaves none behind. */
void store_make_key(struct store *s, const char *round,
                    const uint8_t *published);
/* D's SHA-256 is that of its text and of what is switched on. */
bool definition_whole(const struct definition *d);
/* Sixteen random bytes, a UUID of version 4. */
void store_public_id(struct store *s, uint8_t out[16]);

/* A character for each unit, '1' where ACTOR may see it; with ONLY not
 * NULL, that one at most. */
const char *store_scope(const struct actor *actor, const struct round *round,
                        const char *only, struct arena *arena);
/* What is written to ROUND, or to the list of rounds (NULL), changes what
 * columns would have: the files made of it go with the commit (cache.h). */
void store_uncache(struct store *s, const struct round *round);
/* Marks ROUND as due to be settled, once a transaction. */
MUST_CHECK bool store_mark_due(struct store *s, struct round *round,
                               struct err *e);
/* Notes for store_touched that registration NUMBER, or TOUCHED_ALL, was
 * changed. */
void store_touch(struct store *s, const struct round *round, int64_t number);
/* R as a row of its own, and nothing else (registration_put). */
struct registration;
MUST_CHECK bool registration_insert(struct store *s,
                                    const struct round *round,
                                    const struct registration *r,
                                    struct err *e);
/* The status of a registration that ACTOR may see. */
MUST_CHECK bool registration_status(struct store *s,
                                    const struct actor *actor,
                                    const struct round *round,
                                    int64_t number, int *status,
                                    struct err *e);
/* What stands at NUMBER becomes a version; what is sealed moves to it
 * (SQL_SEALED_KEEP) or is copied (SQL_SEALED_COPY). */
MUST_CHECK bool registration_keep(struct store *s, const struct actor *actor,
                                  const struct round *round, int64_t number,
                                  const char *reason, enum sql sealed,
                                  struct err *e);
/* ACCOUNT's next running number (work.h). */
MUST_CHECK bool work_running(struct store *s, const struct round *round,
                             const char *account, int *running,
                             struct err *e);
/* Has the commit log a write of one registration. */
void work_log(struct store *s, const struct actor *actor,
              const struct round *round, const char *what, int64_t number);
/* ERR_INPUT "setup.closed" for a closed round. */
MUST_CHECK bool round_changeable(const struct round *r, struct err *e);
/* TEXT is UTF-8 of at most MOST characters and no control character but,
 * with LINES, line feeds; else ERR_INPUT KEY with MOST. NULL is "". */
MUST_CHECK bool store_text(const char *text, int most, bool lines,
                           const char *key, struct err *e);
/* Notes among what was done to the round (round_change). */
MUST_CHECK bool round_note(struct store *s, const struct actor *actor,
                           const struct round *r, const char *field,
                           const char *value, const char *reason,
                           struct err *e);
/* Parts of round_add: unit U in place UNIT, its tiers, a definition. */
MUST_CHECK bool round_put_unit(struct store *s, const struct round *r,
                               int unit, const struct unit *u,
                               struct err *e);
MUST_CHECK bool round_put_tiers(struct store *s, const struct round *r,
                                int unit, const struct unit *u,
                                struct err *e);
MUST_CHECK bool round_put_definition(struct store *s, const struct round *r,
                                     int number, const struct definition *d,
                                     char sum[65], struct err *e);
MUST_CHECK bool round_put_lawful(struct store *s, const struct round *r,
                                 int field, const char *value,
                                 struct err *e);
/* A statement with municipality and round bound as $1 and $2. */
struct db_stmt *store_use(struct store *s, const struct round *round,
                          enum sql id, struct err *e);

#endif
