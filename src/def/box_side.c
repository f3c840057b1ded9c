/* box_side.c - see box.h: attributes, and sets of the values of one.
 *
 * A set is spans that rise and lie apart, so two of them are walked side by
 * side. Having no value is a value too: those below 0, of variables only. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "def/boxing.h"

/* ---- attributes ---- */

static int
first_opaque(const struct boxes *b)
{
    return b->in->variable_count + b->in->set_count * CODE_MAX;
}

bool
box_is_variable(const struct boxes *b, int attribute)
{
    return attribute < b->in->variable_count;
}

int
box_attribute_of_code(const struct boxes *b, int v, int code)
{
    return b->in->variable_count + instrument_set(b->in, v) * CODE_MAX
        + code;
}

int
box_attribute_of_opaque(const struct boxes *b, int opaque)
{
    return first_opaque(b) + opaque;
}

const struct opaque *
box_opaque(const struct boxes *b, int attribute)
{
    int i = attribute - first_opaque(b);

    return i < 0 ? NULL : &b->opaque[i];
}

const struct variable *
box_coded(const struct boxes *b, int attribute, int *code)
{
    int at = attribute - b->in->variable_count;
    int v = 0;

    assert(at >= 0 && attribute < first_opaque(b));
    *code = at % CODE_MAX;
    while (b->in->variables[v].kind != KIND_CODES
           || instrument_set(b->in, v) != at / CODE_MAX)
        v++;
    return &b->in->variables[v];
}

struct span
side_answers(const struct boxes *b, int attribute)
{
    const struct variable *v;

    if (!box_is_variable(b, attribute))
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

/* ---- sets of values ---- */

struct box_side
side_of(struct boxes *b, int attribute, const struct span *span, int count)
{
    struct span *copy = arena_array(b->arena, (size_t)count + 1,
                                    sizeof *copy);

    if (count > 0)
        memcpy(copy, span, (size_t)count * sizeof *copy);
    return (struct box_side){ attribute, count, copy };
}

struct box_side
side_range(struct boxes *b, int attribute, int32_t from, int32_t to)
{
    struct span span = { from, to };

    return side_of(b, attribute, &span, from <= to);
}

struct box_side
side_yes(struct boxes *b, int attribute)
{
    return side_range(b, attribute, 1, 1);
}

struct box_side
side_all(struct boxes *b, int attribute)
{
    struct span a = side_answers(b, attribute);
    struct span span[2] = { { BOX_LOWEST, -1 }, a };

    if (!box_is_variable(b, attribute))
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
    struct span a = side_answers(b, attribute);

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

bool
side_has(const struct box_side *x, int64_t value)
{
    for (int i = 0; i < x->count; i++)
        if (x->span[i].from <= value && value <= x->span[i].to)
            return true;
    return false;
}

static int
span_compare(const void *left, const void *right)
{
    const struct span *a = left, *b = right;

    return (a->from > b->from) - (a->from < b->from);
}

int
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
