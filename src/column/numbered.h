/* numbered.h - things that are the same get the same number.
 *
 * A thing is so many bytes, most often three ints; the first that is asked
 * for is 0, and so on. */
#ifndef COLUMN_NUMBERED_H
#define COLUMN_NUMBERED_H
#include <stddef.h>

struct triple {
    int a, b, c;
};

/* All zero: none yet. */
struct numbered {
    union {                     /* by number */
        struct triple *list;
        void *keys;
    };
    int count, room;
    int *slot;                  /* private: number + 1 by hash */
    size_t slots;
};

/* The number of A, B, C; that of a new one is the COUNT of before. */
int number_of(struct numbered *n, int a, int b, int c);
/* The same of the BYTES of KEY, a multiple of four, the same for all of N. */
int number_of_key(struct numbered *n, const void *key, size_t bytes);
void numbered_clear(struct numbered *n);

#endif
