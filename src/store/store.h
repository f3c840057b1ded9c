/* store.h - a data directory: opened, locked, checked, closed.
 *
 * STORE/brukerplan.db holds everything about rounds, units and
 * registrations; STORE/access.db the access log, a database of its own so
 * that reading is never held up by somebody who writes; STORE/lock the
 * writer's lock. Keys stand beside the store, never in it (key.h).
 *
 * Behind db.h stands an engine (SQLite here); every statement is one in
 * the files under sql/, the same text for PostgreSQL. Every function that
 * reads or writes persons takes an actor, adds the actor's units to its
 * question and writes the access log. A store is used by one thread at a
 * time. */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/random.h"

enum store_mode {
    STORE_READ,         /* may append to the access log, nothing else */
    STORE_WRITE         /* holds STORE/lock; ERR_MACHINE naming the holder
                           where another process has it */
};

struct store_options {
    const char *path;           /* the data directory; an address such as
                                   postgresql:// is refused (ERR_INPUT) */
    const char *keys;           /* directory of keys; NULL: PATH.keys */
    enum store_mode mode;
    struct clock clock;
    struct random random;
};

/* Who acts. A reader that may see only some units sees no others, whatever
 * it asks. */
struct actor {
    const char *name;           /* account or OS user */
    const char *rights;         /* in words, for the log: "coordinator" */
    const char *purpose;        /* "count", "export", ... */
    bool hourly;                /* reads the same again and again, as an
                                 * editor's preview does: what it read is
                                 * logged once in a clock hour */
    bool all_units;
    const char *const *units;   /* ids; where not ALL_UNITS */
    int unit_count;
};

struct store;

/* Makes an empty store at O->path, which must be missing or an empty
 * directory (else ERR_INPUT). On failure what was made is removed. */
MUST_CHECK bool store_create(const struct store_options *o, struct err *e);
/* Removes what a closed store consists of but its keys, and the directory if
 * MADE. */
void store_remove(const char *path, bool made);
/* Whether the open transaction's commit removes what is deleted from files
 * too, for which it takes the lock of cache.h alone. */
bool store_purges(const struct store *s);
/* Opens a store; migrates an older one in write mode; refuses a newer one,
 * a missing one and one with faults in its header (ERR_INPUT). The strings
 * of O are copied. NULL with E set. */
struct store *store_open(const struct store_options *o, struct err *e);
/* The same store once more, for reading, as it is now. */
struct store *store_again(const struct store *s, struct err *e);
/* Rolls back what is open. Takes NULL. */
void store_close(struct store *s);

/* One transaction around several calls. Functions that write demand one.
 * The commit writes the access log first. Where it fails it has rolled back
 * (but for "store.purge_waits", see optout_add), and a rollback after it
 * does nothing; what was loaded before (struct round) is then out of date. */
MUST_CHECK bool store_begin(struct store *s, struct err *e);
/* The same for an import: the database does not look up for every row put
 * the unit, definition and registration that it refers to, for the import
 * knows that they are there. */
MUST_CHECK bool store_begin_import(struct store *s, struct err *e);
MUST_CHECK bool store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);

/* Which registrations the last transaction changed, if it was committed:
 * NUMBER in the round that stands for ROUND (struct round's row); TOUCHED_ALL
 * where persons were deleted, or there were more than TOUCHED_MAX. Whatever
 * is counted or shown of a draft is changed by a touch, too, but not by its
 * answers. Good until the next store_begin. */
enum { TOUCHED_MAX = 4096, TOUCHED_ALL = 0 };
struct touched {
    int municipality, round;
    int64_t number;
};
int store_touched(const struct store *s, const struct touched **list);

/* One job's part of a transaction that several share. A part that fails is
 * undone, with its records for the access log and the keys it would have
 * made; the others stand. Parts do not nest. store_part_end, with OK false,
 * undoes; it is true if the part stands, and false with E set (as the job
 * left it, or by itself) if it does not. Where undoing itself fails the
 * commit will, too. What the job loaded (struct round) is out of date then.
 */
MUST_CHECK bool store_part_begin(struct store *s, struct err *e);
MUST_CHECK bool store_part_end(struct store *s, bool ok, struct err *e);

/* Who writes the records of what this store reads, instead of itself: see
 * log_queue.h. Borrowed until the store is closed; NULL: itself. */
struct log_queue;
void store_set_log_queue(struct store *s, struct log_queue *queue);
/* Waits until the records of what was read are on disk. */
MUST_CHECK bool store_log_flush(struct store *s, struct err *e);

/* S is for what the server has in memory for itself (feed/live.h): its
 * reading is not logged. Whatever of it is handed on to somebody is logged
 * then, through that one's store (registration_log_scan). */
void store_set_own(struct store *s);

/* Until store_log_finish, records of what is read are kept and then written
 * together, which is on disk when it returns: for what reads many rounds
 * before anything of it is handed on. With OK false they are written too,
 * as what was read was read; E keeps what it has. */
void store_log_begin(struct store *s);
MUST_CHECK bool store_log_finish(struct store *s, bool ok, struct err *e);

/* From here on the store is seen as it is now, whatever others commit, until
 * it is closed: what is counted, reported or checked in several steps fits
 * together. For a store opened for reading; the access log goes on. */
MUST_CHECK bool store_snapshot(struct store *s, struct err *e);

/* The same until store_read_end, for a page that is made of many small
 * questions: they cost less together. store_read_end does nothing where
 * none has begun. */
MUST_CHECK bool store_read_begin(struct store *s, struct err *e);
void store_read_end(struct store *s);

/* Logs, on disk before it returns, an act on the whole of a round that is
 * neither a scan nor a put: ACTION "backup", "destroy_key". */
struct round;
MUST_CHECK bool store_log_act(struct store *s, const struct actor *actor,
                              const struct round *round, const char *action,
                              struct err *e);

const char *store_path(const struct store *s);
const char *store_keys(const struct store *s);
const struct clock *store_clock(const struct store *s);
struct random *store_random(struct store *s);

/* Verifies what the store alone can know: the engine's own integrity check,
 * foreign keys, definitions against their SHA-256, the access log's
 * chains, key files (mode, size; there for every open round), numbers below
 * next_number, superseded_by naming a registration of the same round,
 * nobody registered who opted out, grants of accounts, rounds and units that
 * there are, at times that can be, nobody's own, nothing held by an account
 * that has ended, who may read the files. SAY gets each
 * fault as a key of po/ with its arguments. False only if checking itself
 * failed; FAULTS counts what was found. */
MUST_CHECK bool store_check(struct store *s,
                            void (*say)(void *ctx, const struct err *fault),
                            void *ctx, int64_t *faults, struct err *e);

/* A whole copy of both databases as a new data directory DIR (must be
 * missing or empty), readable as a store; never reads a key. It needs no
 * file beside it, so it can be opened, checked and restored where nothing
 * may be written (but no person read: that would have to be logged). Not
 * within a transaction. What was deleted before is not in it. */
MUST_CHECK bool store_backup(struct store *s, const char *dir,
                             struct err *e);
/* The same from a backup to a new store. */
MUST_CHECK bool store_restore(const char *dir, const struct store_options *to,
                              struct err *e);
#endif
