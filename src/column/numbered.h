/* numbered.h - things that are the same get the same number.
 *
 * A thing is three ints; the first that is asked for is 0, and so on. */
#ifndef COLUMN_NUMBERED_H
#define COLUMN_NUMBERED_H

struct triple {
    int a, b, c;
};

/* All zero: none yet. */
struct numbered {
    struct triple *list;        /* by number */
    int count, room;
    int *slot, slots;           /* private: number + 1 by hash */
};

/* The number of A, B, C; that of a new one is the COUNT of before. */
int number_of(struct numbered *n, int a, int b, int c);
void numbered_clear(struct numbered *n);

#endif
