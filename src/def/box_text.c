/* box_text.c - see box.h: a box as an expression.
 *
 * What has an order is said by its bounds, the rest as a list, or as all but
 * a list. */
#include "def/boxing.h"

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
    struct span most = side_answers(w->b, side->attribute);
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
    bool a = side_has(side, VALUE_UNANSWERED);
    bool u = side_has(side, VALUE_UNKNOWN);
    bool n = side_has(side, VALUE_UNASKED);
    struct arena *arena = w->b->arena;

    if (a)
        say(w, arena_printf(arena, "%s is blank%s%s", v->id,
            u ? "" : arena_printf(arena, " and not %s is unknown", v->id),
            n ? "" : arena_printf(arena, " and not %s is unasked", v->id)));
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
        && side->span[0].from == BOX_LOWEST && side->span[0].to == -1
        && side->span[1].from == 1)
        return arena_printf(b->arena, "not %s = 0", v->id);
    if (side_equal(&answers, &whole))
        say(&w, arena_printf(b->arena, "%s is answered", v->id));
    else
        say_answers(&w, v, &answers);
    say_blanks(&w, v, side);
    return w.count > 1 ? arena_printf(b->arena, "(%s)", w.text) : w.text;
}

/* "v in {a}" */
static const char *
code_text(const struct boxes *b, int attribute)
{
    int code;
    const struct variable *v = box_coded(b, attribute, &code);

    return arena_printf(b->arena, "%s in {%s}", v->id, v->codes[code].id);
}

static const char *
side_text(struct boxes *b, const struct box_side *side)
{
    const struct opaque *o = box_opaque(b, side->attribute);
    const char *text;

    if (box_is_variable(b, side->attribute))
        return variable_text(b, side);
    text = o != NULL ? o->text : code_text(b, side->attribute);
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
