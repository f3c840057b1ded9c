/* migrate.h - the format of a database: numbered migrations.
 *
 * A database knows which migrations it has seen, with the SHA-256 of each;
 * their number is its format. A newer one is refused, for nobody can know
 * what it means; so is one whose migrations were others. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H
#include "store/db.h"

struct migrations {
    const char *table;          /* of what was seen */
    enum sql list, insert;      /* its statements */
    const char *const *const *steps;    /* as in sql_table.h */
};
extern const struct migrations migrations_main, migrations_log;

/* The newest format that this program knows. */
int migrate_newest(const struct migrations *m);

enum migrate_mode {
    MIGRATE_FRESH,      /* the database is empty */
    MIGRATE_WRITE,      /* an older one is brought up to date */
    MIGRATE_READ        /* an older one is refused: "store.older" */
};
/* All or nothing. PATH is the store's, for messages. */
MUST_CHECK bool migrate(struct db *d, const struct migrations *m,
                        enum migrate_mode mode, const char *path,
                        int64_t now_ms, struct err *e);

#endif
