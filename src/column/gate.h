/* gate.h - masks as truth tables of three others; private to steps.c.
 *
 * A formula says of two masks at a time what a row must be; made that way,
 * most of the time goes into writing what is read once and never again. A
 * *gate* is any yes or no of three masks and is made in one go: a score is
 * three planes, so that each of its values is one gate. */
#ifndef COLUMN_GATE_H
#define COLUMN_GATE_H
#include "column/mask.h"

enum { GATE_INPUTS = 3 };

struct gate {
    int input[GATE_INPUTS];     /* masks before it; those that it does not
                                   need are MASK_NONE */
    uint8_t table;              /* bit 4a + 2b + c: whether it holds where
                                   the inputs are a, b, c */
};

/* The tables of what are inputs 0, 1 and 2 themselves. */
static const uint8_t gate_input[GATE_INPUTS] = { 0xF0, 0xCC, 0xAA };

/* TABLE where input K is known to be VALUE: it does not ask for it. */
static inline uint8_t
gate_given(uint8_t table, int k, bool value)
{
    unsigned shift = 4u >> k, own = gate_input[k];
    unsigned half = value ? (table & own) >> shift : table & ~own;

    return (uint8_t)(half | half << shift);
}

/* Whether TABLE asks for input K. */
static inline bool
gate_asks(uint8_t table, int k)
{
    unsigned own = gate_input[k];

    return (table & own) >> (4u >> k) != (table & ~own);
}

/* How each mask of M is to be made: a pair as a gate, any other as itself.
 * MADE says, of each, that it is made in any case; what is not, and few others
 * need, is no gate's input. Free it. */
struct gate *gates_of(const struct masks *m, const bool *made);

#endif
