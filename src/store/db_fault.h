/* db_fault.h - for tests only: make the disk fail.
 *
 * A test runs its work once with db_fault_at(0) and asks db_fault_seen how
 * many chances there were, then once for each of them. The count is of the
 * whole process, over all databases; not for several threads. */
#ifndef STORE_DB_FAULT_H
#define STORE_DB_FAULT_H

/* The Nth step, begin, commit, migration, purge or copy from now on fails
 * with ERR_MACHINE "db.io", once; a commit that fails has rolled back. 0:
 * none fails. Begins counting anew. */
void db_fault_at(int n);
/* How many there were since. */
int db_fault_seen(void);

#endif
