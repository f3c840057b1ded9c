/* box.c - see box.h.
 *
 * A value of a derived variable is turned into the values of what it is
 * derived from, status by status as calc/derive.c gives them: a grade is
 * unanswered where its score has no value of whatever kind. A condition
 * (`when`) that holds is its expression where that is a box; one that does
 * not hold is left as it is, for a box can't say "not both". */
#include "def/box.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "def/expr_node.h"

enum { LOWEST = VALUE_UNASKED };

struct boxes {
    const struct instrument *in;
    struct arena *arena;
    struct box *asked;          /* one a variable: what an answer implies;
                                 * of a condition what implies that it holds */
    struct opaque {
        const char *text;
        const struct box *kid;  /* any of which makes it hold */
        int kids;
    } *opaque;                  /* in order of meeting */
    int opaque_count, opaque_room;
};

struct boxes *
boxes_new(const struct instrument *in, struct arena *arena)
{
    struct boxes *b = arena_take(arena, sizeof *b);

    b->in = in;
    b->arena = arena;
    return b;
}

/* ---- attributes ---- */

static int
first_opaque(const struct boxes *b)
{
    return b->in->variable_count + b->in->set_count * CODE_MAX;
}

static bool
is_variable(const struct boxes *b, int attribute)
{
    return attribute < b->in->variable_count;
}

/* The lowest and highest answer of an attribute. */
static struct span
answers_of(const struct boxes *b, int attribute)
{
    const struct variable *v;

    if (!is_variable(b, attribute))
        return (struct span){ 0, 1 };
    v = &b->in->variables[attribute];
    switch (v->kind) {
    case KIND_CODE: return (struct span){ 0, v->code_count - 1 };
    case KIND_BOOL: return (struct span){ 0, 1 };
    case KIND_SCORE: return (struct span){ 1, b->in->scale_count };
    case KIND_INT:
        if (v->derive == DERIVE_NONE)
            return (struct span){ v->min, v->max };
        return (struct span){ 0, INT32_MAX };
    default: return (struct span){ 0, INT32_MAX };
    }
}

static int
opaque_attribute(struct boxes *b, const char *text, const struct box *kid,
                 int kids)
{
    for (int i = 0; i < b->opaque_count; i++)
        if (strcmp(b->opaque[i].text, text) == 0)
            return first_opaque(b) + i;
    if (b->opaque_count == b->opaque_room) {
        int room = b->opaque_room * 2 + 16;
        struct opaque *more = arena_array(b->arena, (size_t)room,
                                          sizeof *more);

        if (b->opaque_count > 0)
            memcpy(more, b->opaque, (size_t)b->opaque_count * sizeof *more);
        b->opaque = more;
        b->opaque_room = room;
    }
    b->opaque[b->opaque_count] = (struct opaque){ text, kid, kids };
    return first_opaque(b) + b->opaque_count++;
}

/* ---- sets of values ---- */

static struct box_side
side_of(struct boxes *b, int attribute, const struct span *span, int count)
{
    struct span *copy = arena_array(b->arena, (size_t)count + 1,
                                    sizeof *copy);

    if (count > 0)
        memcpy(copy, span, (size_t)count * sizeof *copy);
    return (struct box_side){ attribute, count, copy };
}

struct box_side
side_all(struct boxes *b, int attribute)
{
    struct span a = answers_of(b, attribute);
    struct span span[2] = { { LOWEST, -1 }, a };

    if (!is_variable(b, attribute))
        return side_of(b, attribute, &a, 1);
    if (a.from == 0) {
        span[0].to = a.to;
        return side_of(b, attribute, span, 1);
    }
    return side_of(b, attribute, span, 2);
}

struct box_side
side_answered(struct boxes *b, int attribute)
{
    struct span a = answers_of(b, attribute);

    return side_of(b, attribute, &a, 1);
}

struct box_side
side_both(struct boxes *b, const struct box_side *x,
          const struct box_side *y)
{
    struct span *span = arena_array(b->arena,
        (size_t)(x->count + y->count) + 1, sizeof *span);
    int count = 0;

    for (int i = 0, k = 0; i < x->count && k < y->count; ) {
        struct span p = x->span[i], q = y->span[k];
        int32_t from = p.from > q.from ? p.from : q.from;
        int32_t to = p.to < q.to ? p.to : q.to;

        if (from <= to)
            span[count++] = (struct span){ from, to };
        if (p.to < q.to)
            i++;
        else
            k++;
    }
    return (struct box_side){ x->attribute, count, span };
}

struct box_side
side_minus(struct boxes *b, const struct box_side *x,
           const struct box_side *y)
{
    struct span *span = arena_array(b->arena,
        (size_t)(x->count + y->count) + 1, sizeof *span);
    int count = 0;

    for (int i = 0, k = 0; i < x->count; i++) {
        int64_t from = x->span[i].from;

        while (k < y->count && y->span[k].to < from)
            k++;
        for (int m = k; m < y->count && y->span[m].from <= x->span[i].to;
             m++) {
            if (y->span[m].from > from)
                span[count++] = (struct span){ (int32_t)from,
                                               y->span[m].from - 1 };
            from = (int64_t)y->span[m].to + 1;
        }
        if (from <= x->span[i].to)
            span[count++] = (struct span){ (int32_t)from, x->span[i].to };
    }
    return (struct box_side){ x->attribute, count, span };
}

bool
side_within(const struct box_side *inner, const struct box_side *outer)
{
    int k = 0;

    for (int i = 0; i < inner->count; i++) {
        while (k < outer->count && outer->span[k].to < inner->span[i].from)
            k++;
        if (k == outer->count || outer->span[k].from > inner->span[i].from
            || outer->span[k].to < inner->span[i].to)
            return false;
    }
    return true;
}

bool
side_equal(const struct box_side *x, const struct box_side *y)
{
    return x->count == y->count
        && (x->count == 0 || memcmp(x->span, y->span, (size_t)x->count
                                    * sizeof *x->span) == 0);
}

bool
side_blank(const struct box_side *x)
{
    return x->count > 0 && x->span[x->count - 1].to < 0;
}

static int
span_compare(const void *left, const void *right)
{
    const struct span *a = left, *b = right;

    return (a->from > b->from) - (a->from < b->from);
}

/* Puts COUNT spans in order, joined where they touch; how many are left. */
static int
spans_join(struct span *span, int count)
{
    int n = 0;

    if (count > 1)
        qsort(span, (size_t)count, sizeof *span, span_compare);
    for (int i = 0; i < count; i++)
        if (n > 0 && span[i].from <= (int64_t)span[n - 1].to + 1) {
            if (span[i].to > span[n - 1].to)
                span[n - 1].to = span[i].to;
        } else {
            span[n++] = span[i];
        }
    return n;
}

/* ---- boxes ---- */

static struct box box_one(struct boxes *b, struct box_side side);

/* That none of O's parts holds is a box where each is one side. */
static bool
box_neither(struct boxes *b, const struct opaque *o, struct box *out)
{
    *out = (struct box){ 0, NULL, false };
    for (int i = 0; i < o->kids; i++) {
        const struct box *kid = &o->kid[i];
        struct box_side all;
        struct box one;

        if (kid->count != 1)
            return false;
        all = side_all(b, kid->side[0].attribute);
        one = box_one(b, side_minus(b, &all, &kid->side[0]));
        *out = box_and(b, out, &one);
    }
    return true;
}

static struct box
box_one(struct boxes *b, struct box_side side)
{
    struct box_side all = side_all(b, side.attribute);
    struct box_side *copy;
    struct box neither;

    side = side_both(b, &side, &all);
    if (side_equal(&side, &all))
        return (struct box){ 0, NULL, false };
    if (side.attribute >= first_opaque(b) && side.count == 1
        && side.span[0].from == 1
        && b->opaque[side.attribute - first_opaque(b)].kids == 1)
        return b->opaque[side.attribute - first_opaque(b)].kid[0];
    if (side.attribute >= first_opaque(b) && side.count == 1
        && side.span[0].from == 0 && side.span[0].to == 0
        && box_neither(b, &b->opaque[side.attribute - first_opaque(b)],
                       &neither))
        return neither;
    copy = arena_take(b->arena, sizeof *copy);
    *copy = side;
    return (struct box){ 1, copy, side.count == 0 };
}

struct box
box_and(struct boxes *b, const struct box *x, const struct box *y)
{
    struct box_side *side = arena_array(b->arena,
        (size_t)(x->count + y->count) + 1, sizeof *side);
    struct box out = { 0, side, x->none || y->none };
    int i = 0, k = 0;

    while (i < x->count || k < y->count) {
        if (k == y->count || (i < x->count
                && x->side[i].attribute < y->side[k].attribute)) {
            side[out.count++] = x->side[i++];
        } else if (i == x->count
                   || y->side[k].attribute < x->side[i].attribute) {
            side[out.count++] = y->side[k++];
        } else {
            side[out.count] = side_both(b, &x->side[i++], &y->side[k++]);
            out.none |= side[out.count++].count == 0;
        }
    }
    return out;
}

const struct box_side *
box_side(const struct box *x, int attribute)
{
    for (int i = 0; i < x->count; i++)
        if (x->side[i].attribute == attribute)
            return &x->side[i];
    return NULL;
}

bool
box_within(const struct box *inner, const struct box *outer)
{
    int k = 0;

    if (inner->none)
        return true;
    for (int i = 0; i < outer->count; i++) {
        while (k < inner->count
               && inner->side[k].attribute < outer->side[i].attribute)
            k++;
        if (k == inner->count
            || inner->side[k].attribute != outer->side[i].attribute
            || !side_within(&inner->side[k], &outer->side[i]))
            return false;
    }
    return true;
}

struct box
box_without(struct boxes *b, const struct box *x, int i)
{
    struct box_side *side = arena_array(b->arena, (size_t)x->count + 1,
                                        sizeof *side);
    struct box out = { 0, side, false };

    for (int k = 0; k < x->count; k++)
        if (k != i)
            side[out.count++] = x->side[k];
    return out;
}

struct box
box_with(struct boxes *b, const struct box *x, int attribute,
         const struct span *span, int count)
{
    struct box rest = *x, one = box_one(b, side_of(b, attribute, span,
                                                   count));

    for (int i = 0; i < x->count; i++)
        if (x->side[i].attribute == attribute)
            rest = box_without(b, x, i);
    return box_and(b, &rest, &one);
}

/* ---- what is derived, by what it is derived from ---- */

static struct box side_box(struct boxes *b, struct box_side side);

/* Whether a place PLACE of V's codes, or having none (-1), is in SIDE. */
static bool
has_place(const struct box_side *side, int32_t place)
{
    for (int i = 0; i < side->count; i++)
        if (side->span[i].from <= place && place <= side->span[i].to)
            return true;
    return false;
}

/* The values of the source that give place I of V. */
static struct span
source_of(const struct boxes *b, const struct variable *v, int i)
{
    const struct instrument *in = b->in;
    bool last = i + 1 == v->code_count;

    if (v->derive == DERIVE_INDEX_GRADE)
        return (struct span){ in->index.from[i],
            last ? INT32_MAX
                                     : in->index.from[i + 1] - 1 };
    return (struct span){ v->band_from[i],
                          last ? v->max : v->band_from[i + 1] - 1 };
}

/* The source's values for which V, made of codes, is in SIDE. */
static int
coded_spans(const struct boxes *b, const struct variable *v,
            const struct box_side *side, struct span *span)
{
    int count = 0;

    if (v->derive == DERIVE_GRADE) {
        for (int s = 0; s < b->in->scale_count; s++)
            if (has_place(side, b->in->scale[s].grade))
                span[count++] = (struct span){ b->in->scale[s].score,
                                               b->in->scale[s].score };
        return count;
    }
    for (int i = 0; i < v->code_count; i++)
        if (has_place(side, i))
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

static int
source_spans(const struct boxes *b, const struct variable *v,
             const struct box_side *side, struct span *span)
{
    int count = 0;

    switch (v->derive) {
    case DERIVE_AGE:
        return age_spans(b, v, side, span);
    case DERIVE_ANY: case DERIVE_SUM:
        break;
    default:
        return coded_spans(b, v, side, span);
    }
    for (int i = 0; i < side->count; i++)
        if (side->span[i].to >= 0) {
            span[count] = side->span[i];
            if (span[count].from < 0)
                span[count].from = 0;
            count++;
        }
    return count;
}

/* SIDE of a variable that is derived from one other, in that one's values:
 * those that give it, and where it may be unanswered all that give none. */
static struct box
side_of_source(struct boxes *b, const struct variable *v,
               const struct box_side *side)
{
    struct box_side whole = side_answered(b, (int)(v - b->in->variables));
    struct box_side source = side_all(b, v->of[0]), given, rest;
    size_t room = (size_t)(v->code_count + b->in->scale_count + side->count
                           + whole.count) * 2 + 4;
    struct span *span = arena_array(b->arena, room, sizeof *span);
    int count = spans_join(span, source_spans(b, v, &whole, span));

    given = side_of(b, v->of[0], span, count);
    count = source_spans(b, v, side, span);
    if (has_place(side, VALUE_UNANSWERED)) {
        rest = side_minus(b, &source, &given);
        for (int i = 0; i < rest.count; i++)
            span[count++] = rest.span[i];
    }
    count = spans_join(span, count);
    return side_box(b, side_of(b, v->of[0], span, count));
}

/* Whether what X chooses is known to have an answer in one of V's entered
 * variables, so that V has ground to stand on. */
static bool
has_ground(const struct boxes *b, const struct variable *v,
           const struct box *x)
{
    for (int i = 0; i < x->count; i++) {
        int a = x->side[i].attribute;

        if (!is_variable(b, a) || x->side[i].span[0].from < 0)
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
        if (out->side[i].attribute >= first_opaque(b))
            return false;
    for (int i = 0; i < v->need_count; i++) {
        struct box need = box_answered(b, v->needs[i]);

        *out = box_and(b, out, &need);
    }
    return !out->none && (v->need_count > 0 || has_ground(b, v, out));
}

/* A box of one side. */
static struct box
side_box(struct boxes *b, struct box_side side)
{
    const struct variable *v;
    struct box out;

    if (!is_variable(b, side.attribute))
        return box_one(b, side);
    v = &b->in->variables[side.attribute];
    if (is_of_one(b, v)) {
        struct box_side all = side_all(b, side.attribute);
        struct box_side cut = side_both(b, &side, &all);

        return side_of_source(b, v, &cut);
    }
    if (v->derive == DERIVE_WHEN && side.count == 1
        && side.span[0].from == 1 && when_box(b, v, &out))
        return out;
    return box_one(b, side);
}

struct box
box_value(struct boxes *b, int v, int32_t from, int32_t to)
{
    struct span span = { from, to };

    return side_box(b, side_of(b, v, &span, 1));
}

struct box
box_answered(struct boxes *b, int v)
{
    return side_box(b, side_answered(b, v));
}

struct box
box_chosen(struct boxes *b, int v, int code)
{
    static const struct span yes = { 1, 1 };
    int set = instrument_set(b->in, v);
    struct box chosen = box_one(b, side_of(b, b->in->variable_count
                                           + set * CODE_MAX + code,
                                           &yes, 1));
    struct box answered = box_answered(b, v);

    return box_and(b, &answered, &chosen);
}

/* ---- expressions ---- */

static int
text_compare(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

/* The condition that one of BOX holds, as an attribute of its own. */
static struct box_side
opaque_side(struct boxes *b, const struct box *box, int count)
{
    static const struct span yes = { 1, 1 };
    const char **text = arena_array(b->arena, (size_t)count + 1,
                                    sizeof *text);
    struct box *kid = arena_array(b->arena, (size_t)count + 1, sizeof *kid);
    const char *all = "";
    int kids = 0;

    for (int i = 0; i < count; i++) {
        const char *one = box_text(b, &box[i]);
        bool again = false;

        for (int k = 0; k < kids && !again; k++)
            again = strcmp(one, text[k]) == 0;
        if (again)
            continue;
        text[kids] = one;
        kid[kids++] = box[i];
    }
    qsort(text, (size_t)kids, sizeof *text, text_compare);
    for (int i = 0; i < kids; i++)
        all = arena_printf(b->arena, "%s%s(%s)", all, i == 0 ? "" : " or ",
                           text[i]);
    return side_of(b, opaque_attribute(b, all, kid, kids), &yes, 1);
}

static struct box
opaque_or(struct boxes *b, const struct box *box, int count)
{
    return box_one(b, opaque_side(b, box, count));
}

/* The conditions that X is an `or` of, or NULL. */
static const struct opaque *
parts_of(const struct boxes *b, const struct box *x)
{
    int i = x->count == 1 ? x->side[0].attribute - first_opaque(b) : -1;

    return i >= 0 && x->side[0].span[0].from == 1 ? &b->opaque[i] : NULL;
}

/* BOX, with the parts of each `or` in its place; how many there are. */
static int
flatten(struct boxes *b, const struct box *box, int count,
        struct box **out)
{
    int most = count, n = 0;

    for (int i = 0; i < count; i++)
        most += parts_of(b, &box[i]) != NULL ? parts_of(b, &box[i])->kids
                                             : 0;
    *out = arena_array(b->arena, (size_t)most + 1, sizeof **out);
    for (int i = 0; i < count; i++) {
        const struct opaque *o = parts_of(b, &box[i]);

        if (o == NULL)
            (*out)[n++] = box[i];
        for (int k = 0; o != NULL && k < o->kids; k++)
            (*out)[n++] = o->kid[k];
    }
    return n;
}

static struct box
or_of(struct boxes *b, const struct box *box, int count)
{
    struct span *span;
    struct box *flat;
    int spans = 0, used = 0;

    count = flatten(b, box, count, &flat);
    box = flat;
    for (int i = 0; i < count; i++)
        if (box[i].count == 0)
            return (struct box){ 0, NULL, false };
    for (int i = 0; i < count; i++) {
        if (box[i].count != 1
            || box[i].side[0].attribute != box[0].side[0].attribute)
            return opaque_or(b, box, count);
        spans += box[i].side[0].count;
    }
    span = arena_array(b->arena, (size_t)spans + 1, sizeof *span);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < box[i].side[0].count; k++)
            span[used++] = box[i].side[0].span[k];
    used = spans_join(span, used);
    return box_one(b, side_of(b, box[0].side[0].attribute, span, used));
}

struct box
box_or(struct boxes *b, const struct box *x, const struct box *y)
{
    struct box both[2] = { *x, *y };

    return or_of(b, both, 2);
}

/* The spans that the sign of a comparison leaves. */
static struct span
sign_span(enum sign sign, int32_t value)
{
    switch (sign) {
    case SIGN_EQ: return (struct span){ value, value };
    case SIGN_LT: return (struct span){ 0, value - 1 };
    case SIGN_LE: return (struct span){ 0, value };
    case SIGN_GT: return (struct span){ value + 1, INT32_MAX };
    case SIGN_GE: case SIGN_NE: break;
    }
    return (struct span){ value, INT32_MAX };
}

static struct box_side
compare_side(struct boxes *b, const struct expr *x)
{
    struct box_side all = side_answered(b, x->variable), side;
    struct span span;

    if (x->sign == SIGN_NE) {
        span = (struct span){ x->value[0], x->value[0] };
        side = side_of(b, x->variable, &span, 1);
        return side_minus(b, &all, &side);
    }
    span = sign_span(x->sign, x->value[0]);
    side = side_of(b, x->variable, &span, span.from <= span.to);
    return side_both(b, &side, &all);
}

static struct box_side
in_side(struct boxes *b, const struct expr *x)
{
    struct span *span = arena_array(b->arena, (size_t)x->values + 1,
                                    sizeof *span);

    for (int i = 0; i < x->values; i++)
        span[i] = (struct span){ x->value[i], x->value[i] };
    return side_of(b, x->variable, span, spans_join(span, x->values));
}

static struct box_side
is_side(struct boxes *b, const struct expr *x)
{
    static const struct span blank = { LOWEST, -1 },
        unknown = { VALUE_UNKNOWN, VALUE_UNKNOWN },
        unasked = { VALUE_UNASKED, VALUE_UNASKED };

    switch (x->state) {
    case IS_BLANK: return side_of(b, x->variable, &blank, 1);
    case IS_UNKNOWN: return side_of(b, x->variable, &unknown, 1);
    case IS_UNASKED: return side_of(b, x->variable, &unasked, 1);
    case IS_ANSWERED: break;
    }
    return side_answered(b, x->variable);
}

/* Not what BOX says. */
static struct box
box_not(struct boxes *b, const struct box *box)
{
    struct box_side all, side;

    if (box->count == 0)        /* nobody: no value of the first variable */
        return box_one(b, (struct box_side){ 0, 0, NULL });
    side = box->count == 1 ? box->side[0] : opaque_side(b, box, 1);
    all = side_all(b, side.attribute);
    return box_one(b, side_minus(b, &all, &side));
}

static struct box
chosen_of(struct boxes *b, const struct expr *x)
{
    struct box *box = arena_array(b->arena, (size_t)x->values + 1,
                                  sizeof *box), out, answered;

    for (int i = 0; i < x->values; i++)
        box[i] = box_chosen(b, x->variable, x->value[i]);
    if (x->values == 1)
        return box[0];
    out = opaque_or(b, box, x->values);
    answered = box_answered(b, x->variable);
    return box_and(b, &answered, &out);
}

static struct box
leaf(struct boxes *b, const struct expr *x)
{
    switch (x->op) {
    case OP_COMPARE: return side_box(b, compare_side(b, x));
    case OP_IN: return side_box(b, in_side(b, x));
    case OP_IN_SET: return chosen_of(b, x);
    default: break;
    }
    assert(x->op == OP_IS);
    return side_box(b, is_side(b, x));
}

static struct box tree(struct boxes *b, const struct expr *x, bool negated);

static struct box
list_of(struct boxes *b, const struct expr *x, bool all, bool negated)
{
    struct box *box, out = { 0, NULL, false };
    int count = 0;

    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        count++;
    box = arena_array(b->arena, (size_t)count + 1, sizeof *box);
    count = 0;
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        box[count++] = tree(b, k, negated);
    if (!all)
        return or_of(b, box, count);
    for (int i = 0; i < count; i++)
        out = box_and(b, &out, &box[i]);
    return out;
}

static struct box
tree(struct boxes *b, const struct expr *x, bool negated)
{
    struct box out;

    switch (x->op) {
    case OP_AND: return list_of(b, x, !negated, negated);
    case OP_OR: return list_of(b, x, negated, negated);
    case OP_NOT: return tree(b, x->kids, !negated);
    default: break;
    }
    out = leaf(b, x);
    return negated ? box_not(b, &out) : out;
}

struct box
box_of(struct boxes *b, const struct expr *x)
{
    return x == NULL ? (struct box){ 0, NULL, false } : tree(b, x, false);
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
and_one(struct boxes *b, const struct box *x, int attribute)
{
    static const struct span yes = { 1, 1 };
    struct box one = box_one(b, side_of(b, attribute, &yes, 1));

    return box_and(b, x, &one);
}

/* What holds because one of its parts does: conditions that are no box, and
 * derived ones that are made of such. */
static struct box
close_parts(struct boxes *b, const struct box *x)
{
    struct box out = *x;

    for (int i = 0; i < b->opaque_count; i++) {
        const struct opaque *o = &b->opaque[i];
        bool holds = false;

        for (int k = 0; k < o->kids && !holds; k++)
            holds = box_within(x, &o->kid[k]);
        if (holds && box_side(x, first_opaque(b) + i) == NULL)
            out = and_one(b, &out, first_opaque(b) + i);
    }
    for (int v = b->in->entered_count; v < b->in->variable_count; v++) {
        const struct box *when = &b->asked[v];

        if (when->count > 0 && box_side(&out, v) == NULL
            && has_ground(b, &b->in->variables[v], &out)
            && box_within(&out, when))
            out = and_one(b, &out, v);
    }
    return out;
}

struct box
box_closed(struct boxes *b, const struct box *x)
{
    const struct instrument *in = b->in;
    struct box out = *x;

    if (b->asked == NULL)
        learn_asked(b);
    for (int i = 0; i < x->count; i++) {
        const struct box_side *side = &x->side[i];
        int a = side->attribute;

        if (!is_variable(b, a) || side->count == 0 || side->span[0].from < 0)
            continue;
        if (a < in->entered_count)
            out = box_and(b, &out, &b->asked[a]);
        if (in->variables[a].kind != KIND_BOOL || side->span[0].from != 1)
            continue;
        for (int v = in->entered_count; v < in->variable_count; v++)
            if (makes_any(&in->variables[v], a)) {
                struct box any = box_value(b, v, 1, 1);

                out = box_and(b, &out, &any);
            }
    }
    return close_parts(b, &out);
}

/* ---- text ---- */

struct words {
    struct boxes *b;
    const char *text;
    int count;                  /* joined by "or" so far */
};

static void
say(struct words *w, const char *text)
{
    w->text = w->count++ == 0 ? text
        : arena_printf(w->b->arena, "%s or %s", w->text, text);
}

static const char *
value_text(const struct boxes *b, const struct variable *v, int32_t value)
{
    char out[ID_MAX + 1];

    return arena_text(b->arena, variable_print(v, value, out));
}

/* The answers of SIDE that are codes or few values: "v = a", "v in {a, b}". */
static void
say_listed(struct words *w, const struct variable *v,
           const struct box_side *side)
{
    struct arena *arena = w->b->arena;
    const char *list = "", *one = NULL;
    int count = 0;

    for (int i = 0; i < side->count; i++)
        for (int32_t n = side->span[i].from; n <= side->span[i].to; n++) {
            one = value_text(w->b, v, n);
            list = arena_printf(arena, "%s%s%s", list,
                                count++ == 0 ? "" : ", ", one);
        }
    if (count == 1)
        say(w, arena_printf(arena, "%s = %s", v->id, one));
    else if (count > 1)
        say(w, arena_printf(arena, "%s in {%s}", v->id, list));
}

/* Numbers: "v >= 3 and v <= 5". */
static void
say_ranges(struct words *w, const struct variable *v,
           const struct box_side *side)
{
    struct span most = answers_of(w->b, side->attribute);
    struct arena *arena = w->b->arena;

    for (int i = 0; i < side->count; i++) {
        struct span s = side->span[i];

        if (s.from == s.to)
            say(w, arena_printf(arena, "%s = %s", v->id,
                                value_text(w->b, v, s.from)));
        else if (s.from == most.from)
            say(w, arena_printf(arena, "%s <= %s", v->id,
                                value_text(w->b, v, s.to)));
        else if (s.to == most.to)
            say(w, arena_printf(arena, "%s >= %s", v->id,
                                value_text(w->b, v, s.from)));
        else
            say(w, arena_printf(arena, "%s >= %s and %s <= %s", v->id,
                value_text(w->b, v, s.from), v->id,
                value_text(w->b, v, s.to)));
    }
}

/* All but some: of what has no order. */
static void
say_others(struct words *w, const struct variable *v,
           const struct box_side *side)
{
    struct box_side all = side_answered(w->b, side->attribute);
    struct box_side left = side_minus(w->b, &all, side);
    struct words others = { w->b, "", 0 };

    say_listed(&others, v, &left);
    say(w, arena_printf(w->b->arena, "%s is answered and not %s", v->id,
                        others.text));
}

static void
say_answers(struct words *w, const struct variable *v,
            const struct box_side *side)
{
    if (side->count == 0)
        return;
    switch (v->kind) {
    case KIND_CODE: case KIND_BOOL: case KIND_SCORE:
        say_listed(w, v, side);
        break;
    case KIND_TEXT4:
        if (side->span[side->count - 1].to == INT32_MAX)
            say_others(w, v, side);
        else
            say_listed(w, v, side);
        break;
    default:
        say_ranges(w, v, side);
        break;
    }
}

static void
say_blanks(struct words *w, const struct variable *v,
           const struct box_side *side)
{
    bool a = has_place(side, VALUE_UNANSWERED);
    bool u = has_place(side, VALUE_UNKNOWN);
    bool n = has_place(side, VALUE_UNASKED);
    struct arena *arena = w->b->arena;

    if (a)
        say(w, arena_printf(arena, "%s is blank%s%s%s%s", v->id,
            u ? "" : arena_printf(arena, " and not %s is unknown", v->id),
            n ? "" : arena_printf(arena, " and not %s is unasked", v->id),
            "", ""));
    if (!a && u)
        say(w, arena_printf(arena, "%s is unknown", v->id));
    if (!a && n)
        say(w, arena_printf(arena, "%s is unasked", v->id));
}

static const char *
variable_text(struct boxes *b, const struct box_side *side)
{
    const struct variable *v = &b->in->variables[side->attribute];
    struct box_side whole = side_answered(b, side->attribute);
    struct box_side answers = side_both(b, side, &whole);
    struct words w = { b, "", 0 };

    if (side->count == 0)
        return arena_printf(b->arena, "%s is answered and %s is blank",
                            v->id, v->id);
    /* Said of a condition alone, that it holds would be its parts. */
    if (v->derive == DERIVE_WHEN && side->count == 2
        && side->span[0].from == LOWEST && side->span[0].to == -1
        && side->span[1].from == 1)
        return arena_printf(b->arena, "not %s = 0", v->id);
    if (side_equal(&answers, &whole))
        say(&w, arena_printf(b->arena, "%s is answered", v->id));
    else
        say_answers(&w, v, &answers);
    say_blanks(&w, v, side);
    return w.count > 1 ? arena_printf(b->arena, "(%s)", w.text) : w.text;
}

static const char *
side_text(struct boxes *b, const struct box_side *side)
{
    int a = side->attribute - b->in->variable_count;
    const char *text;

    if (a < 0)
        return variable_text(b, side);
    if (side->attribute >= first_opaque(b)) {
        text = b->opaque[side->attribute - first_opaque(b)].text;
    } else {
        const struct variable *v = NULL;

        for (int i = 0; i < b->in->variable_count; i++)
            if (b->in->variables[i].kind == KIND_CODES
                && instrument_set(b->in, i) == a / CODE_MAX)
                v = &b->in->variables[i];
        assert(v != NULL);
        text = arena_printf(b->arena, "%s in {%s}", v->id,
                            v->codes[a % CODE_MAX].id);
    }
    if (side->count == 0)
        return arena_printf(b->arena, "((%s) and not (%s))", text, text);
    return arena_printf(b->arena, "%s(%s)",
                        side->span[0].from == 1 ? "" : "not ", text);
}

const char *
box_text(struct boxes *b, const struct box *x)
{
    const char *text = "";

    for (int i = 0; i < x->count; i++)
        text = arena_printf(b->arena, "%s%s%s", text, i == 0 ? "" : " and ",
                            side_text(b, &x->side[i]));
    return text;
}
