/* limit.h - so many times in so long a time, for each account (or whatever a
 * word stands for).
 *
 * Kept in memory: a restart begins anew, which is rare and not in the hands
 * of who is limited. From any thread. */
#ifndef WEB_LIMIT_H
#define WEB_LIMIT_H
#include <stdbool.h>
#include <stdint.h>

enum { LIMIT_MOST = 10 };

struct limit;

/* MOST (1..LIMIT_MOST) times in SPAN_MS. */
struct limit *limit_new(int most, int64_t span_ms);
void limit_free(struct limit *l);

/* It happened to WHO at NOW_MS. */
void limit_note(struct limit *l, const char *who, int64_t now_ms);
/* It has happened to WHO as often as it may. */
bool limit_reached(struct limit *l, const char *who, int64_t now_ms);

#endif
