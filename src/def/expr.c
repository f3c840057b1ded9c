/* expr.c - see expr.h.
 *
 * One recursive function for each line of the grammar. `and` and `or` hold
 * lists, so that only brackets and `not` make the tree deeper, and those
 * are limited. Every test is resolved while it is parsed: a place in the
 * row and values of the variable's kind, nothing to look up later. */
#include "def/expr_node.h"
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"

enum { LISTED = 8 };            /* so few codes can all be named */

enum token { T_END, T_WORD, T_QUOTED, T_SIGN, T_OPEN, T_CLOSE, T_BRACE,
             T_UNBRACE, T_COMMA };

struct parser {
    const struct instrument *in;
    int known;
    struct arena *arena;
    struct err *e;
    const struct pos *at;
    const char *text;
    size_t len, next;           /* next: first byte after the token */
    enum token token;
    size_t start;               /* where the token begins */
    const char *word;           /* its bytes, unescaped */
    size_t word_len;
    enum sign sign;
    int levels, values;
};

/* What can be missing: the key where something else stands, and the one
 * where the text ends. */
enum want {
    WANT_NAME, WANT_TEST, WANT_STATE, WANT_VALUE, WANT_BRACE, WANT_UNBRACE,
    WANT_CLOSE
};
static const char *const want_keys[][2] = {
    [WANT_NAME] = { "expr.want_name", "expr.ends_name" },
    [WANT_TEST] = { "expr.want_test", "expr.ends_test" },
    [WANT_STATE] = { "expr.want_state", "expr.ends_state" },
    [WANT_VALUE] = { "expr.want_value", "expr.ends_value" },
    [WANT_BRACE] = { "expr.want_brace", "expr.ends_brace" },
    [WANT_UNBRACE] = { "expr.want_unbrace", "expr.ends_unbrace" },
    [WANT_CLOSE] = { "expr.want_close", "expr.ends_close" }
};

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '.'
        || c == '-';
}

/* Says where: the definition's place where there is one, else the byte. */
static bool
fail_at(struct parser *p, size_t byte)
{
    if (p->at != NULL)
        err_at(p->e, p->at->file, p->at->line, p->at->column);
    else
        err_at(p->e, NULL, 0, (int)byte + 1);
    return false;
}

/* Refuses the token, which is shown, with KEY. */
static bool
fail_token(struct parser *p, const char *key)
{
    char found[QUOTE_MAX];

    err_quote(found, sizeof found, p->text + p->start, p->next - p->start);
    err_set(p->e, ERR_INPUT, key, "%zu %s", p->start + 1, found);
    return fail_at(p, p->start);
}

static bool
fail_want(struct parser *p, enum want want)
{
    if (p->token != T_END)
        return fail_token(p, want_keys[want][0]);
    err_set(p->e, ERR_INPUT, want_keys[want][1], "%zu", p->start + 1);
    return fail_at(p, p->start);
}

/* "..." with \" and \\; the token's word is without quotes and escapes. */
static bool
read_quoted(struct parser *p)
{
    char *out = arena_take(p->arena, p->len - p->next + 1);
    size_t n = 0, i = p->next + 1;

    while (i < p->len && p->text[i] != '"') {
        if (p->text[i] == '\\') {
            i++;
            if (i >= p->len || (p->text[i] != '"' && p->text[i] != '\\')) {
                err_set(p->e, ERR_INPUT, "expr.escape", "%zu", i);
                return fail_at(p, i - 1);
            }
        }
        out[n++] = p->text[i++];
    }
    if (i >= p->len) {
        err_set(p->e, ERR_INPUT, "expr.quote_open", "%zu", p->start + 1);
        return fail_at(p, p->start);
    }
    p->next = i + 1;
    p->token = T_QUOTED;
    p->word = out;
    p->word_len = n;
    return true;
}

static bool
read_sign(struct parser *p)
{
    static const struct { char text[3]; enum sign sign; } signs[] = {
        { "!=", SIGN_NE }, { "<=", SIGN_LE }, { ">=", SIGN_GE },
        { "=", SIGN_EQ }, { "<", SIGN_LT }, { ">", SIGN_GT }
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].text);

        if (p->len - p->next >= n
            && memcmp(p->text + p->next, signs[i].text, n) == 0) {
            p->token = T_SIGN;
            p->sign = signs[i].sign;
            p->next += n;
            return true;
        }
    }
    p->next++;
    while (p->next < p->len && (p->text[p->next] & 0xC0) == 0x80)
        p->next++;
    return fail_token(p, "expr.byte");
}

/* Reads the next token. */
static bool
advance(struct parser *p)
{
    static const char single[] = "(){},";
    static const enum token tokens[] = {
        T_OPEN, T_CLOSE, T_BRACE, T_UNBRACE, T_COMMA
    };
    const char *found;
    char c;

    while (p->next < p->len && strchr(" \t\r\n", p->text[p->next]) != NULL
           && p->text[p->next] != '\0')
        p->next++;
    p->start = p->next;
    if (p->next >= p->len) {
        p->token = T_END;
        return true;
    }
    c = p->text[p->next];
    if (c == '"')
        return read_quoted(p);
    found = c != '\0' ? strchr(single, c) : NULL;
    if (found != NULL) {
        p->token = tokens[found - single];
        p->next++;
        return true;
    }
    if (!is_word_byte(c) || c == '+' || c == '.' || c == '-')
        return read_sign(p);
    while (p->next < p->len && is_word_byte(p->text[p->next]))
        p->next++;
    if (p->next < p->len && (p->text[p->next] & 0x80) != 0) {
        p->start = p->next;
        return read_sign(p);    /* which refuses it, with its place */
    }
    p->token = T_WORD;
    p->word = p->text + p->start;
    p->word_len = p->next - p->start;
    return true;
}

static bool
at_word(const struct parser *p, const char *word)
{
    return p->token == T_WORD && p->word_len == strlen(word)
        && memcmp(p->word, word, p->word_len) == 0;
}

static struct expr *
node(struct parser *p, enum op op)
{
    struct expr *x = arena_take(p->arena, sizeof *x);

    x->op = op;
    return x;
}

bool
expr_may_name(const struct variable *v)
{
    return v->kind != KIND_IDENT
        && (!v->identifies || v->kind == KIND_CODES);
}

static bool
fail_name(struct parser *p)
{
    struct near near;
    char found[QUOTE_MAX];

    near_begin(&near, p->word, p->word_len);
    near.far = true;
    for (int i = 0; i < p->known; i++)
        if (expr_may_name(&p->in->variables[i]))
            near_offer(&near, p->in->variables[i].id);
    err_quote(found, sizeof found, p->word, p->word_len);
    if (near.best != NULL)
        err_set(p->e, ERR_INPUT, "expr.name_near", "%zu %s %s",
                p->start + 1, found, near.best);
    else
        err_set(p->e, ERR_INPUT, "expr.name", "%zu %s", p->start + 1, found);
    return fail_at(p, p->start);
}

/* The codes of V, as many as a message has room for. */
static const char *
list_codes(const struct variable *v, struct arena *arena)
{
    enum { ROOM = ERR_ARG_MAX - sizeof ", …" };
    const char *list = "";

    for (int i = 0; i < v->code_count; i++) {
        const char *longer = arena_printf(arena, "%s%s%s", list,
                                          i > 0 ? ", " : "", v->codes[i].id);

        if (strlen(longer) > ROOM)
            return arena_printf(arena, "%s, …", list);
        list = longer;
    }
    return list;
}

static bool
fail_code(struct parser *p, const struct variable *v, const char *found)
{
    struct near near;

    near_begin(&near, p->word, p->word_len);
    near.far = v->code_count > LISTED;
    for (int i = 0; i < v->code_count; i++)
        near_offer(&near, v->codes[i].id);
    if (near.best != NULL)
        err_set(p->e, ERR_INPUT, "expr.value_near", "%zu %s %s %s",
                p->start + 1, found, v->id, near.best);
    else if (v->code_count > 0)
        err_set(p->e, ERR_INPUT, "expr.value_code", "%zu %s %s %s",
                p->start + 1, found, v->id, list_codes(v, p->arena));
    else
        err_set(p->e, ERR_INPUT, "expr.value_units", "%zu %s %s",
                p->start + 1, found, v->id);
    return fail_at(p, p->start);
}

static bool
fail_value(struct parser *p, const struct variable *v)
{
    static const char *const keys[KIND_COUNT] = {
        [KIND_TEXT4] = "expr.value_text4", [KIND_INT] = "expr.value_int",
        [KIND_DATE] = "expr.value_date", [KIND_BOOL] = "expr.value_bool",
        [KIND_SCORE] = "expr.value_score", [KIND_INDEX] = "expr.value_int"
    };
    char found[QUOTE_MAX];

    err_quote(found, sizeof found, p->word, p->word_len);
    if (keys[v->kind] == NULL)
        return fail_code(p, v, found);
    err_set(p->e, ERR_INPUT, keys[v->kind], "%zu %s %s %d", p->start + 1,
            found, v->id, p->in->scale_count);
    return fail_at(p, p->start);
}

/* VALUE: a word or quoted, of V's kind. */
static bool
parse_value(struct parser *p, const struct variable *v, int32_t *value)
{
    if (p->token != T_WORD && p->token != T_QUOTED)
        return fail_want(p, WANT_VALUE);
    if (++p->values > EXPR_VALUES_MAX) {
        err_set(p->e, ERR_INPUT, "expr.values", "%zu %d", p->start + 1,
                EXPR_VALUES_MAX);
        return fail_at(p, p->start);
    }
    if (!variable_read(p->in, v, p->word, p->word_len, value))
        return fail_value(p, v);
    return advance(p);
}

/* "{" VALUE {"," VALUE} "}" */
static bool
parse_set(struct parser *p, const struct variable *v, struct expr *x)
{
    int32_t *value = arena_array(p->arena, EXPR_VALUES_MAX, sizeof *value);

    if (!advance(p))
        return false;
    if (p->token != T_BRACE)
        return fail_want(p, WANT_BRACE);
    do {
        if (!advance(p) || !parse_value(p, v, &value[x->values]))
            return false;
        x->values++;
    } while (p->token == T_COMMA);
    if (p->token != T_UNBRACE)
        return fail_want(p, WANT_UNBRACE);
    x->value = value;
    x->op = v->kind == KIND_CODES ? OP_IN_SET : OP_IN;
    if (v->kind == KIND_CODES)
        x->set = instrument_set(p->in, x->variable);
    return advance(p);
}

static bool
parse_state(struct parser *p, struct expr *x)
{
    static const char *const words[] = {
        "answered", "blank", "unknown", "unasked"
    };

    x->op = OP_IS;
    if (!advance(p))
        return false;
    for (int i = 0; i < 4; i++) {
        if (at_word(p, words[i])) {
            x->state = (enum state)i;
            return advance(p);
        }
    }
    return fail_want(p, WANT_STATE);
}

static bool
parse_compare(struct parser *p, const struct variable *v, struct expr *x)
{
    bool ordered = v->kind == KIND_INT || v->kind == KIND_SCORE
                || v->kind == KIND_DATE || v->kind == KIND_INDEX;
    int32_t *value = arena_take(p->arena, sizeof *value);

    x->op = OP_COMPARE;
    x->sign = p->sign;
    if (v->kind == KIND_CODES || v->kind == KIND_TEXT
        || (!ordered && x->sign > SIGN_NE)) {
        if (v->kind == KIND_CODES)
            err_set(p->e, ERR_INPUT, "expr.sign_codes", "%zu %s",
                    p->start + 1, v->id);
        else
            err_set(p->e, ERR_INPUT, "expr.sign_kind", "%zu %s %s",
                    p->start + 1, v->id, kind_word(v->kind));
        return fail_at(p, p->start);
    }
    if (!advance(p) || !parse_value(p, v, value))
        return false;
    x->value = value;
    x->values = 1;
    return true;
}

/* NAME and what is asked of it. */
static struct expr *
parse_test(struct parser *p)
{
    struct expr *x = node(p, OP_COMPARE);
    const struct variable *v;
    bool ok;

    if (p->token != T_WORD)
        return fail_want(p, WANT_NAME), NULL;
    x->variable = instrument_variable(p->in, p->word, p->word_len);
    if (x->variable < 0 || x->variable >= p->known
        || !expr_may_name(&p->in->variables[x->variable]))
        return fail_name(p), NULL;
    v = &p->in->variables[x->variable];
    if (!advance(p))
        return NULL;
    if (p->token == T_SIGN)
        ok = parse_compare(p, v, x);
    else if (at_word(p, "in") && v->kind != KIND_TEXT)
        ok = parse_set(p, v, x);
    else if (at_word(p, "is"))
        ok = parse_state(p, x);
    else
        ok = fail_want(p, WANT_TEST);
    return ok ? x : NULL;
}

static struct expr *parse_or(struct parser *p);

static struct expr *
parse_not(struct parser *p)
{
    struct expr *x;
    bool negate = at_word(p, "not");

    if (!negate && p->token != T_OPEN)
        return parse_test(p);
    if (++p->levels > EXPR_LEVELS_MAX) {
        err_set(p->e, ERR_INPUT, "expr.levels", "%zu %d", p->start + 1,
                EXPR_LEVELS_MAX);
        return fail_at(p, p->start), NULL;
    }
    if (!advance(p))
        return NULL;
    if (negate) {
        x = node(p, OP_NOT);
        x->kids = parse_not(p);
        if (x->kids == NULL)
            return NULL;
    } else {
        x = parse_or(p);
        if (x == NULL)
            return NULL;
        if (p->token != T_CLOSE)
            return fail_want(p, WANT_CLOSE), NULL;
        if (!advance(p))
            return NULL;
    }
    p->levels--;
    return x;
}

/* PART {WORD PART}: one part is itself, more are a list under OP. */
static struct expr *
parse_list(struct parser *p, enum op op, const char *word,
           struct expr *(*part)(struct parser *p))
{
    struct expr *first = part(p), *last = first, *x;

    if (first == NULL || !at_word(p, word))
        return first;
    while (at_word(p, word)) {
        if (!advance(p))
            return NULL;
        last->next = part(p);
        last = last->next;
        if (last == NULL)
            return NULL;
    }
    x = node(p, op);
    x->kids = first;
    return x;
}

static struct expr *
parse_and(struct parser *p)
{
    return parse_list(p, OP_AND, "and", parse_not);
}

static struct expr *
parse_or(struct parser *p)
{
    return parse_list(p, OP_OR, "or", parse_and);
}

struct expr *
expr_parse(const char *text, const struct instrument *in, int known,
           struct arena *arena, const struct pos *at, struct err *e)
{
    struct parser p = {
        .in = in, .known = known, .arena = arena, .e = e, .at = at,
        .text = text, .len = strlen(text)
    };
    struct expr *x;
    size_t bad;

    if (p.len > EXPR_BYTES_MAX) {
        err_set(e, ERR_INPUT, "expr.bytes", "%zu %d", p.len, EXPR_BYTES_MAX);
        return fail_at(&p, EXPR_BYTES_MAX), NULL;
    }
    if (!utf8_valid(text, p.len, &bad)) {
        err_set(e, ERR_INPUT, "expr.utf8", "%zu", bad + 1);
        return fail_at(&p, bad), NULL;
    }
    if (!advance(&p) || p.token == T_END)
        return NULL;
    x = parse_or(&p);
    if (x != NULL && p.token != T_END)
        return fail_token(&p, "expr.want_end"), NULL;
    return x;
}

static bool
compare(enum sign sign, int32_t a, int32_t b)
{
    switch (sign) {
    case SIGN_EQ: return a == b;
    case SIGN_NE: return a != b;
    case SIGN_LT: return a < b;
    case SIGN_LE: return a <= b;
    case SIGN_GT: return a > b;
    case SIGN_GE: return a >= b;
    }
    return false;
}

static bool
in_values(const struct expr *x, int32_t value)
{
    for (int i = 0; i < x->values; i++)
        if (x->value[i] == value)
            return true;
    return false;
}

static bool
in_set(const struct expr *x, const uint64_t *set)
{
    for (int i = 0; i < x->values; i++)
        if (set[x->value[i] / 64] >> (x->value[i] % 64) & 1)
            return true;
    return false;
}

static bool
has_state(enum state state, int32_t value)
{
    switch (state) {
    case IS_ANSWERED: return value >= 0;
    case IS_BLANK: return value < 0;
    case IS_UNKNOWN: return value == VALUE_UNKNOWN;
    case IS_UNASKED: return value == VALUE_UNASKED;
    }
    return false;
}

static bool
any_of(const struct expr *list, const struct row *row, bool wanted)
{
    for (; list != NULL; list = list->next)
        if (expr_test(list, row) == wanted)
            return true;
    return false;
}

bool
expr_test(const struct expr *x, const struct row *row)
{
    int32_t value;

    if (x == NULL)
        return true;
    switch (x->op) {
    case OP_AND: return !any_of(x->kids, row, false);
    case OP_OR: return any_of(x->kids, row, true);
    case OP_NOT: return !expr_test(x->kids, row);
    default: break;
    }
    value = row->value[x->variable];
    if (x->op == OP_IS)
        return has_state(x->state, value);
    if (value < 0)
        return false;
    if (x->op == OP_IN_SET)
        return in_set(x, row->set[x->set]);
    if (x->op == OP_IN)
        return in_values(x, value);
    return compare(x->sign, value, x->value[0]);
}

void
expr_variables(const struct expr *x, void (*see)(void *ctx, int variable),
               void *ctx)
{
    if (x == NULL)
        return;
    if (x->op == OP_AND || x->op == OP_OR || x->op == OP_NOT) {
        for (const struct expr *k = x->kids; k != NULL; k = k->next)
            expr_variables(k, see, ctx);
        return;
    }
    see(ctx, x->variable);
}
