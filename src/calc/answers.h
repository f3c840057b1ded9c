/* answers.h - answers as bytes: a format byte, one small integer a variable.
 *
 * What the store keeps of the answers and never looks into. The variables
 * are those of the definition the registration names, in its order, but for
 * what the round or a column of the row already says, and text.
 * Of `codes` only how many are chosen stands here; which, is sealed.
 *
 * A variable whose values span 252 or less takes one byte: 0 unanswered,
 * 1 unknown, else value - min + 2. A wider one takes two, low byte first,
 * in the same way. Never reordered: a new layout is a new format byte. */
#ifndef CALC_ANSWERS_H
#define CALC_ANSWERS_H
#include "def/instrument.h"

enum { ANSWERS_FORMAT = 1, ANSWERS_MAX = 1 + 2 * VARIABLE_MAX };

/* Where each variable stands; plain data, owned by its arena. */
struct layout {
    int count;
    struct layout_field {
        int variable, min, width;
        int values;             /* min..min + values - 1 */
    } *field;
    size_t size;                /* bytes, format byte included */
    struct layout_run {         /* fields of one width, one behind the other
                                   here and among the variables */
        int from, count;
    } *run;
    int runs;
    int32_t *min, *last;        /* of each field, as above */
};

/* IN must be bound. */
void layout_init(struct layout *l, const struct instrument *in,
                 struct arena *arena);
/* Whether V has its place in the bytes. */
bool layout_holds(const struct variable *v);
/* Writes l->size bytes. Not-asked values are written as unanswered; each
 * other must be one of its variable's (check_value). */
void answers_pack(const struct layout *l, const int32_t *value,
                  uint8_t *out);
/* Reads them into VALUE, by variable; others are left alone. False if the
 * bytes are not of this layout, or a value is none of its variable's. */
bool answers_unpack(const struct layout *l, const uint8_t *bytes, size_t len,
                    int32_t *value);

#endif
