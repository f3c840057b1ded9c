/* live_row.c - see live_row.h. */
#include "feed/live_row.h"
#include <string.h>

/* Whether values of V may need more than 15 bits: days, and sums of what has
 * no limit of its own. */
static bool
is_wide(const struct variable *v)
{
    return v->kind == KIND_DATE
           || (v->kind == KIND_INT
               && (v->derive != DERIVE_NONE || v->max > INT16_MAX));
}

void
packing_init(struct packing *p, const struct instrument *in,
             size_t set_words, struct arena *arena)
{
    *p = (struct packing){ .in = in, .set_words = set_words };
    p->wide = arena_array(arena, (size_t)in->variable_count,
                          sizeof *p->wide);
    for (int i = 0; i < in->variable_count; i++) {
        p->wide[i] = is_wide(&in->variables[i]);
        p->bytes += p->wide[i] ? sizeof(int32_t) : sizeof(int16_t);
    }
    p->bytes += (size_t)in->set_count * set_words * sizeof(uint64_t);
}

bool
row_pack(const struct packing *p, const struct row *row, uint8_t *to)
{
    for (int i = 0; i < p->in->variable_count; i++) {
        int32_t value = row->value[i];
        int16_t narrow = (int16_t)value;

        if (p->wide[i]) {
            memcpy(to, &value, sizeof value);
            to += sizeof value;
            continue;
        }
        if (narrow != value)
            return false;
        memcpy(to, &narrow, sizeof narrow);
        to += sizeof narrow;
    }
    for (int i = 0; i < p->in->set_count; i++) {
        memcpy(to, row->set[i], p->set_words * sizeof(uint64_t));
        to += p->set_words * sizeof(uint64_t);
    }
    return true;
}

void
row_unpack(const struct packing *p, const uint8_t *from, int32_t *value,
           uint64_t *const *set)
{
    for (int i = 0; i < p->in->variable_count; i++) {
        int16_t narrow;

        if (p->wide[i]) {
            memcpy(&value[i], from, sizeof value[i]);
            from += sizeof value[i];
            continue;
        }
        memcpy(&narrow, from, sizeof narrow);
        value[i] = narrow;
        from += sizeof narrow;
    }
    for (int i = 0; i < p->in->set_count; i++) {
        memcpy(set[i], from, p->set_words * sizeof(uint64_t));
        from += p->set_words * sizeof(uint64_t);
    }
}
