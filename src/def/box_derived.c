/* box_derived.c - see box.h: a variable by what it is derived from, and what
 * follows from an answer.
 *
 * A value of a derived variable is turned into the values of what it is
 * derived from, status by status as calc/derive.c gives them: a grade is
 * unanswered where its score has no value of whatever kind. A condition
 * (`when`) that holds is its expression where that is a box; one that does
 * not hold is left as it is, for a box can't say "not both". */
#include "def/boxing.h"

/* ---- derived from one other ---- */

/* The values of the source that give code I of V. */
static struct span
source_of(const struct boxes *b, const struct variable *v, int i)
{
    bool grade = v->derive == DERIVE_INDEX_GRADE;
    const int *from = grade ? b->in->index.from : v->band_from;
    int most = grade ? INT32_MAX : v->max;

    return (struct span){ from[i],
                          i + 1 == v->code_count ? most : from[i + 1] - 1 };
}

/* The source's values for which V, made of codes, is in SIDE. */
static int
coded_spans(const struct boxes *b, const struct variable *v,
            const struct box_side *side, struct span *span)
{
    int count = 0;

    if (v->derive == DERIVE_GRADE) {
        for (int s = 0; s < b->in->scale_count; s++)
            if (side_has(side, b->in->scale[s].grade))
                span[count++] = (struct span){ b->in->scale[s].score,
                                               b->in->scale[s].score };
        return count;
    }
    for (int i = 0; i < v->code_count; i++)
        if (side_has(side, i))
            span[count++] = source_of(b, v, i);
    return count;
}

/* AGE: years of birth. */
static int
age_spans(const struct boxes *b, const struct variable *v,
          const struct box_side *side, struct span *span)
{
    int count = 0;

    for (int i = 0; i < side->count; i++) {
        int32_t from = side->span[i].from, to = side->span[i].to;

        from = from < v->min ? v->min : from;
        to = to > v->max ? v->max : to;
        if (from <= to && b->in->facts.year - to >= 0)
            span[count++] = (struct span){ b->in->facts.year - to,
                                           b->in->facts.year - from };
    }
    return count;
}

/* ANY, SUM of one: its own answers. */
static int
same_spans(const struct box_side *side, struct span *span)
{
    int count = 0;

    for (int i = 0; i < side->count; i++)
        if (side->span[i].to >= 0) {
            span[count] = side->span[i];
            if (span[count].from < 0)
                span[count].from = 0;
            count++;
        }
    return count;
}

/* The values of V's source for which V is in SIDE; how many spans. */
static int
source_spans(const struct boxes *b, const struct variable *v,
             const struct box_side *side, struct span *span)
{
    switch (v->derive) {
    case DERIVE_AGE: return age_spans(b, v, side, span);
    case DERIVE_ANY: case DERIVE_SUM: return same_spans(side, span);
    default: return coded_spans(b, v, side, span);
    }
}

/* Whether V says no more than the values of the one variable it is of. */
static bool
is_of_one(const struct boxes *b, const struct variable *v)
{
    if (v->off || v->need_count > 0 || v->of_count != 1)
        return false;
    switch (v->derive) {
    case DERIVE_AGE: case DERIVE_BANDS: case DERIVE_GRADE:
    case DERIVE_INDEX_GRADE:
        return true;
    case DERIVE_ANY: case DERIVE_SUM:
        return v->of[0] < b->in->entered_count;
    default:
        return false;
    }
}

/* SIDE of a variable that is derived from one other, in that one's values:
 * those that give it, and where it may be unanswered all that give none. */
static struct box
source_box(struct boxes *b, const struct variable *v,
           const struct box_side *side)
{
    struct box_side whole = side_answered(b, side->attribute);
    struct box_side source = side_all(b, v->of[0]), given, rest;
    size_t room = (size_t)(v->code_count + b->in->scale_count + side->count
                           + whole.count) * 2 + 4;
    struct span *span = arena_array(b->arena, room, sizeof *span);
    int count = spans_join(span, source_spans(b, v, &whole, span));

    given = side_of(b, v->of[0], span, count);
    count = source_spans(b, v, side, span);
    if (side_has(side, VALUE_UNANSWERED)) {
        rest = side_minus(b, &source, &given);
        for (int i = 0; i < rest.count; i++)
            span[count++] = rest.span[i];
    }
    count = spans_join(span, count);
    return box_of_side(b, side_of(b, v->of[0], span, count));
}

/* ---- conditions ---- */

/* Whether what X chooses is known to have an answer in one of V's entered
 * variables, so that V has ground to stand on. */
static bool
has_ground(const struct boxes *b, const struct variable *v,
           const struct box *x)
{
    for (int i = 0; i < x->count; i++) {
        int a = x->side[i].attribute;

        if (!box_is_variable(b, a) || x->side[i].span[0].from < 0)
            continue;
        for (int k = 0; k < v->entered_count; k++)
            if (v->entered[k] == a)
                return true;
    }
    return false;
}

/* A condition that holds, as its parts; false where they are no box. */
static bool
when_box(struct boxes *b, const struct variable *v, struct box *out)
{
    if (v->off || v->when == NULL)
        return false;
    *out = box_of(b, v->when);
    for (int i = 0; i < out->count; i++)
        if (box_opaque(b, out->side[i].attribute) != NULL)
            return false;
    for (int i = 0; i < v->need_count; i++) {
        struct box need = box_answered(b, v->needs[i]);

        *out = box_and(b, out, &need);
    }
    return !out->none && (v->need_count > 0 || has_ground(b, v, out));
}

/* ---- any variable ---- */

struct box
box_of_side(struct boxes *b, struct box_side side)
{
    const struct variable *v;
    struct box out;

    if (!box_is_variable(b, side.attribute))
        return box_one(b, side);
    v = &b->in->variables[side.attribute];
    if (is_of_one(b, v)) {
        struct box_side all = side_all(b, side.attribute);
        struct box_side cut = side_both(b, &side, &all);

        return source_box(b, v, &cut);
    }
    if (v->derive == DERIVE_WHEN && side.count == 1
        && side.span[0].from == 1 && when_box(b, v, &out))
        return out;
    return box_one(b, side);
}

struct box
box_value(struct boxes *b, int v, int32_t from, int32_t to)
{
    return box_of_side(b, side_range(b, v, from, to));
}

struct box
box_answered(struct boxes *b, int v)
{
    return box_of_side(b, side_answered(b, v));
}

struct box
box_chosen(struct boxes *b, int v, int code)
{
    int attribute = box_attribute_of_code(b, v, code);
    struct box chosen = box_one(b, side_yes(b, attribute));
    struct box answered = box_answered(b, v);

    return box_and(b, &answered, &chosen);
}

/* ---- what follows ---- */

/* What an answer to each variable implies: that it was asked. */
static void
learn_asked(struct boxes *b)
{
    const struct instrument *in = b->in;

    b->asked = arena_array(b->arena, (size_t)in->variable_count + 1,
                           sizeof *b->asked);
    for (int i = 0; i < in->entered_count; i++)
        b->asked[i] = box_of(b, in->variables[i].asked);
    for (int i = in->entered_count; i < in->variable_count; i++)
        if (in->variables[i].derive == DERIVE_WHEN
            && in->variables[i].need_count == 0 && !in->variables[i].off)
            b->asked[i] = box_of(b, in->variables[i].when);
}

/* With 1 in the part PART of it, V is 1. */
static bool
makes_any(const struct variable *v, int part)
{
    if (v->derive != DERIVE_ANY || v->off || v->need_count > 0)
        return false;
    for (int i = 0; i < v->of_count; i++)
        if (v->of[i] == part)
            return true;
    return false;
}

/* X and that ATTRIBUTE is 1. */
static struct box
and_yes(struct boxes *b, const struct box *x, int attribute)
{
    struct box one = box_one(b, side_yes(b, attribute));

    return box_and(b, x, &one);
}

/* X with what follows from SIDE of it. */
static struct box
close_side(struct boxes *b, struct box x, const struct box_side *side)
{
    const struct instrument *in = b->in;
    int a = side->attribute;

    if (!box_is_variable(b, a) || side->count == 0 || side->span[0].from < 0)
        return x;
    if (a < in->entered_count)
        x = box_and(b, &x, &b->asked[a]);
    if (in->variables[a].kind != KIND_BOOL || side->span[0].from != 1)
        return x;
    for (int v = in->entered_count; v < in->variable_count; v++)
        if (makes_any(&in->variables[v], a)) {
            struct box any = box_value(b, v, 1, 1);

            x = box_and(b, &x, &any);
        }
    return x;
}

/* The conditions that are no box, and hold because one of their parts does
 * in X. */
static struct box
close_opaque(struct boxes *b, const struct box *x)
{
    struct box out = *x;

    for (int i = 0; i < b->opaque_count; i++) {
        const struct opaque *o = &b->opaque[i];
        int attribute = box_attribute_of_opaque(b, i);
        bool holds = false;

        for (int k = 0; k < o->kids && !holds; k++)
            holds = box_within(x, &o->kid[k]);
        if (holds && box_side(x, attribute) == NULL)
            out = and_yes(b, &out, attribute);
    }
    return out;
}

/* The derived ones that are made of such. */
static struct box
close_when(struct boxes *b, struct box x)
{
    for (int v = b->in->entered_count; v < b->in->variable_count; v++) {
        const struct box *when = &b->asked[v];

        if (when->count > 0 && box_side(&x, v) == NULL
            && has_ground(b, &b->in->variables[v], &x)
            && box_within(&x, when))
            x = and_yes(b, &x, v);
    }
    return x;
}

struct box
box_closed(struct boxes *b, const struct box *x)
{
    struct box out = *x;

    if (b->asked == NULL)
        learn_asked(b);
    for (int i = 0; i < x->count; i++)
        out = close_side(b, out, &x->side[i]);
    return close_when(b, close_opaque(b, &out));
}
