/* expr_json.c - see expr.h: a filter as JSON. */
#include "base/json.h"
#include "def/expr_node.h"

static void
put_value(const struct variable *v, int32_t value, struct json *j)
{
    char out[ID_MAX + 1];

    json_put_string(j, variable_print(v, value, out));
}

static void
put_list(const struct expr *x, const struct instrument *in, const char *word,
         struct json *j)
{
    json_put_string(j, word);
    for (const struct expr *k = x->kids; k != NULL; k = k->next)
        expr_json(k, in, j);
}

static void
put_in(const struct expr *x, const struct variable *v, struct json *j)
{
    json_begin_array(j);
    for (int i = 0; i < x->values; i++) {
        char out[ID_MAX + 1];

        /* Of a set the values are places among its codes. */
        if (x->op == OP_IN_SET)
            json_put_string(j, v->codes[x->value[i]].id);
        else
            json_put_string(j, variable_print(v, x->value[i], out));
    }
    json_end_array(j);
}

void
expr_json(const struct expr *x, const struct instrument *in, struct json *j)
{
    static const char *const signs[] = {
        [SIGN_EQ] = "=", [SIGN_NE] = "!=", [SIGN_LT] = "<",
        [SIGN_LE] = "<=", [SIGN_GT] = ">", [SIGN_GE] = ">="
    };
    static const char *const states[] = {
        [IS_ANSWERED] = "answered", [IS_BLANK] = "blank",
        [IS_UNKNOWN] = "unknown", [IS_UNASKED] = "unasked"
    };
    const struct variable *v = &in->variables[x->variable];

    json_begin_array(j);
    switch (x->op) {
    case OP_AND: put_list(x, in, "and", j); break;
    case OP_OR: put_list(x, in, "or", j); break;
    case OP_NOT: put_list(x, in, "not", j); break;
    case OP_COMPARE:
        json_put_string(j, signs[x->sign]);
        json_put_string(j, v->id);
        put_value(v, x->value[0], j);
        break;
    case OP_IN: case OP_IN_SET:
        json_put_string(j, "in");
        json_put_string(j, v->id);
        put_in(x, v, j);
        break;
    case OP_IS:
        json_put_string(j, "is");
        json_put_string(j, v->id);
        json_put_string(j, states[x->state]);
        break;
    }
    json_end_array(j);
}
