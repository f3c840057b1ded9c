/* random_question.h - tables to ask for and rows to ask them of, by chance. */
#ifndef TESTS_RANDOM_QUESTION_H
#define TESTS_RANDOM_QUESTION_H
#include "slow_table.h"

enum { ASKED_ROWS_MAX = 6 };

struct asked {                  /* one question, for both sides */
    struct question fast;
    struct slow_question slow;
    int rows[ASKED_ROWS_MAX];
    struct figure figure[ASKED_ROWS_MAX];
    struct slow_figure slow_figure[ASKED_ROWS_MAX];
};

/* A table with rows, columns, a sum and filters by chance, in ARENA. */
struct asked *random_question(struct chance *c, const struct instrument *in,
                              struct arena *arena);
/* Answers of somebody: VALUE by variable, BITS by place among the sets,
 * both blank before. Ints of a population lie near each other, HIGH or low,
 * or the tables are too large for the twin. */
void random_person(struct chance *c, const struct instrument *in, bool high,
                   int32_t *value, uint64_t *const *bits);

#endif
