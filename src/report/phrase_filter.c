/* phrase_filter.c - a filter in words, for people who do not read the filter
 * language; see phrase.h.
 *
 * "target_group = mental and housing_grade in {yellow, red}" becomes
 * "Målgruppe: psykiske problemer; bolig: gul eller rød". What all must hold
 * stands apart by semicolons; inside of something else it is a list in
 * brackets. */
#include "def/expr_node.h"
#include "report/format.h"
#include "report/phrase.h"

static const char *say(const struct phrase *p, const struct expr *x,
                       bool top);

static const char *
value_word(const struct phrase *p, const struct expr *x, int i)
{
    const struct variable *v = &p->in->variables[x->variable];
    int32_t place = v->kind == KIND_BOOL ? 1 - x->value[i]
        : v->kind == KIND_SCORE ? x->value[i] - 1 : x->value[i];
    char out[ID_MAX + 1];

    if (v->codes != NULL && place >= 0 && place < v->code_count)
        return format_inside(p->arena, v->codes[place].label.in[p->lang]);
    return arena_text(p->arena, variable_print(v, x->value[i], out));
}

static const char *
one_of(const struct phrase *p, const struct expr *x)
{
    const char **word = arena_array(p->arena, (size_t)x->values + 1,
                                    sizeof *word);

    for (int i = 0; i < x->values; i++)
        word[i] = value_word(p, x, i);
    return phrase_or(p->arena, p->lang, word, x->values);
}

static const char *
compared(const struct phrase *p, const struct expr *x)
{
    static const char *const keys[] = {
        [SIGN_EQ] = NULL, [SIGN_NE] = "filter.ne", [SIGN_LT] = "filter.lt",
        [SIGN_LE] = "filter.le", [SIGN_GT] = "filter.gt",
        [SIGN_GE] = "filter.ge"
    };
    const char *value = value_word(p, x, 0);

    return keys[x->sign] == NULL ? value
        : phrase_say(p->arena, p->lang, keys[x->sign], value, NULL);
}

static const char *
leaf(const struct phrase *p, const struct expr *x)
{
    static const char *const states[] = {
        [IS_ANSWERED] = "filter.answered", [IS_BLANK] = "filter.blank",
        [IS_UNKNOWN] = "filter.unknown", [IS_UNASKED] = "filter.unasked"
    };
    const struct variable *v = &p->in->variables[x->variable];
    const char *is = x->op == OP_COMPARE ? compared(p, x)
        : x->op == OP_IS ? msg_text(p->lang, states[x->state])
        : one_of(p, x);

    return phrase_say(p->arena, p->lang, "filter.is",
                      format_inside(p->arena, v->label.in[p->lang]), is,
                      NULL);
}

static const char *
list(const struct phrase *p, const struct expr *x, bool top)
{
    const char **item, *text;
    int count = 0;

    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        count++;
    item = arena_array(p->arena, (size_t)count + 1, sizeof *item);
    count = 0;
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        item[count++] = say(p, k, top && x->op == OP_AND);
    if (x->op == OP_OR) {
        text = phrase_or(p->arena, p->lang, item, count);
    } else if (!top) {
        text = phrase_list(p->arena, p->lang, item, count);
    } else {
        text = item[0];
        for (int i = 1; i < count; i++)
            text = arena_printf(p->arena, "%s; %s", text, item[i]);
    }
    return top ? text : arena_printf(p->arena, "(%s)", text);
}

static const char *
say(const struct phrase *p, const struct expr *x, bool top)
{
    switch (x->op) {
    case OP_AND: case OP_OR:
        return list(p, x, top);
    case OP_NOT:
        return phrase_say(p->arena, p->lang, "filter.not",
                          say(p, x->kids, true), NULL);
    default:
        return leaf(p, x);
    }
}

const char *
phrase_filter(const struct phrase *p, const char *where)
{
    struct err e = { .code = ERR_NONE };
    const struct expr *x;

    if (where == NULL || *where == '\0')
        return "";
    x = expr_parse(where, p->in, p->in->variable_count, p->arena, NULL, &e);
    return x == NULL ? where : format_begin(p->arena, say(p, x, true));
}
