/* release_blank.c - having no value, or a value that gives none to what is
 * derived from it; see releasing.h. */
#include "report/releasing.h"

bool
release_blank(const struct release *r, const struct box_side *side)
{
    if (side_blank(side))
        return true;
    for (int i = 0; i < r->blanks; i++)
        if (r->blank[i].attribute == side->attribute
            && side_within(side, &r->blank[i]))
            return true;
    return false;
}

void
release_find_blanks(struct release *r)
{
    const struct instrument *in = r->in;

    r->blank = arena_array(r->arena, (size_t)in->variable_count + 1,
                           sizeof *r->blank);
    for (int v = in->entered_count; v < in->variable_count; v++) {
        struct box x = box_value(r->boxes, v, VALUE_UNASKED,
                                 VALUE_UNANSWERED);

        if (x.count == 1 && x.side[0].attribute != v)
            r->blank[r->blanks++] = x.side[0];
    }
}

struct box_side
release_with_value(struct release *r, const struct box_side *side,
                   const struct box_side *inner)
{
    struct box_side all = side_answered(r->boxes, side->attribute);
    struct box_side has = side_both(r->boxes, side, &all);

    for (int i = 0; i < r->blanks; i++) {
        struct box_side left;

        if (r->blank[i].attribute != side->attribute)
            continue;
        left = side_minus(r->boxes, side, &r->blank[i]);
        if (side_within(inner, &left))
            has = side_both(r->boxes, &has, &left);
    }
    return has;
}
