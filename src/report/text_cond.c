/* text_cond.c - conditions: read, and asked of the numbers; see texting.h.
 *
 *     cond  = and {"or" and}
 *     and   = not {"and" not}
 *     not   = "not" not | "(" cond ")" | test
 *     test  = "has" FACT | value SIGN value
 *     value = count(EXPR) | sum(V [where EXPR]) | share(A of B)
 *           | WHOLE ["%"] | year | from_age | units
 *
 * A hidden number makes a test unsure; "and" and "or" are sure where what is
 * known decides them alone. */
#include <string.h>
#include "report/sure.h"
#include "report/texting.h"

enum { WHOLE_MAX = 1000000000 };

static const struct cond *read_or(struct reading *r);

static struct cond *
new_cond(const struct reading *r, enum cond_op op, const struct cond *a,
         const struct cond *b)
{
    struct cond *c = arena_take(r->t->arena, sizeof *c);

    c->op = op;
    c->a = a;
    c->b = b;
    return c;
}

/* The bracket behind a word, then FIGURE asked by what it holds. */
static bool
read_call(struct reading *r, bool (*ask)(struct reading *, int *),
          int *figure)
{
    struct reading part = *r;

    read_blanks(&part);
    if (part.at >= part.end || r->file->bytes[part.at] != '(')
        return text_refuse(r, part.at, r->end, "text.want_bracket");
    part.at++;
    part.end = find_close(&part);
    if (part.end == r->end)
        return text_refuse(r, part.at - 1, r->end, "text.want_close");
    r->at = part.end + 1;
    return ask(&part, figure);
}

static bool
read_whole(struct reading *r, struct cond_value *v)
{
    size_t from = r->at;

    while (r->at < r->end && r->file->bytes[r->at] >= '0'
           && r->file->bytes[r->at] <= '9') {
        v->n = 10 * v->n + (r->file->bytes[r->at++] - '0');
        if (v->n > WHOLE_MAX)
            return text_refuse(r, from, r->end, "text.whole_large");
    }
    v->kind = VALUE_NUMBER;
    read_blanks(r);
    if (r->at < r->end && r->file->bytes[r->at] == '%') {
        r->at++;
        v->kind = VALUE_PERCENT;
    }
    return true;
}

static bool
read_value(struct reading *r, struct cond_value *v)
{
    static const char *const words[] = {
        "count", "sum", "share", "year", "from_age", "units"
    };
    static bool (*const ask[])(struct reading *, int *) = {
        ask_count, ask_sum, ask_share
    };
    static const enum fact fact[] = { FACT_YEAR, FACT_FROM_AGE, FACT_UNITS };
    size_t from;

    read_blanks(r);
    from = r->at;
    *v = (struct cond_value){ .kind = VALUE_NUMBER };
    if (from < r->end && r->file->bytes[from] >= '0'
        && r->file->bytes[from] <= '9')
        return read_whole(r, v);
    for (int i = 0; i < 3; i++)
        if (read_take(r, words[i])) {
            v->kind = i == 2 ? VALUE_SHARE : VALUE_COUNT;
            return read_call(r, ask[i], &v->figure);
        }
    for (int i = 0; i < 3; i++)
        if (read_take(r, words[3 + i])) {
            v->kind = VALUE_FACT;
            v->fact = fact[i];
            return true;
        }
    {
        const char *word;
        size_t len = read_word(r, &word);

        return text_refuse_word(r, from, len > 0 ? r->at : r->end,
                                "text.want_value", "text.value_near", words,
                                6);
    }
}

static bool
read_sign(struct reading *r, enum cond_sign *sign)
{
    static const char *const text[] = { "!=", "<=", ">=", "=", "<", ">" };
    static const enum cond_sign signs[] = {
        COND_NE, COND_LE, COND_GE, COND_EQ, COND_LT, COND_GT
    };

    read_blanks(r);
    for (int i = 0; i < 6; i++) {
        size_t n = strlen(text[i]);

        if (r->end - r->at >= n
            && memcmp(r->file->bytes + r->at, text[i], n) == 0) {
            r->at += n;
            *sign = signs[i];
            return true;
        }
    }
    return text_refuse(r, r->at, r->end, "text.want_sign");
}

static bool
is_share(const struct cond_value *v)
{
    return v->kind == VALUE_SHARE || v->kind == VALUE_PERCENT;
}

static const struct cond *
read_test(struct reading *r)
{
    struct cond *c = new_cond(r, COND_TEST, NULL, NULL);
    size_t from = r->at;

    if (!read_value(r, &c->left) || !read_sign(r, &c->sign)
        || !read_value(r, &c->right))
        return NULL;
    if (is_share(&c->left) != is_share(&c->right)) {
        text_refuse(r, from, r->at, "text.compare");
        return NULL;
    }
    return c;
}

static const struct cond *
read_has(struct reading *r)
{
    struct cond *c = new_cond(r, COND_HAS, NULL, NULL);
    size_t from, len;
    const char *word;

    read_blanks(r);
    from = r->at;
    len = read_word(r, &word);
    for (int i = 0; i < FACT_ALL; i++)
        if (read_is(word, len, fact_words[i])) {
            c->fact = (enum fact)i;
            return c;
        }
    text_refuse_word(r, from, len > 0 ? r->at : r->end, "text.want_fact",
                     "text.fact_near", fact_words, FACT_ALL);
    return NULL;
}

static const struct cond *
read_not(struct reading *r)
{
    const struct cond *c;

    read_blanks(r);
    if (++r->levels > TEXT_LEVELS_MAX) {
        err_set(r->e, ERR_INPUT, "text.levels", "%d", TEXT_LEVELS_MAX);
        text_at(r->e, r->file, r->at);
        return NULL;
    }
    if (read_take(r, "not")) {
        c = read_not(r);
        if (c != NULL)
            c = new_cond(r, COND_NOT, c, NULL);
    } else if (r->at < r->end && r->file->bytes[r->at] == '(') {
        r->at++;
        c = read_or(r);
        read_blanks(r);
        if (c != NULL
            && (r->at >= r->end || r->file->bytes[r->at++] != ')')) {
            text_refuse(r, r->at, r->end, "text.want_close");
            return NULL;
        }
    } else if (read_take(r, "has")) {
        c = read_has(r);
    } else {
        c = read_test(r);
    }
    r->levels--;
    return c;
}

/* What stands between WORDs, each read by PART, as one. */
static const struct cond *
read_chain(struct reading *r, const char *word, enum cond_op op,
           const struct cond *(*part)(struct reading *))
{
    const struct cond *c = part(r);

    while (c != NULL) {
        const struct cond *next;

        read_blanks(r);
        if (!read_take(r, word))
            return c;
        next = part(r);
        if (next == NULL)
            return NULL;
        c = new_cond(r, op, c, next);
    }
    return NULL;
}

static const struct cond *
read_and(struct reading *r)
{
    return read_chain(r, "and", COND_AND, read_not);
}

static const struct cond *
read_or(struct reading *r)
{
    return read_chain(r, "or", COND_OR, read_and);
}

const struct cond *
cond_read(struct reading *r)
{
    const struct cond *c = read_or(r);

    if (c == NULL)
        return NULL;
    read_blanks(r);
    if (r->at == r->end)
        return c;
    text_refuse(r, r->at, r->end, "text.cond_too_much");
    return NULL;
}

/* ---- asked ---- */

/* V as N of OF; false where it is hidden. OF 0: a share of nobody. */
static bool
value_of(struct texted *x, const struct cond_value *v, int64_t *n,
         int64_t *of)
{
    const struct round *round = x->input->round;
    const struct doc_cell *c;

    *of = v->kind == VALUE_PERCENT ? 100 : 1;
    *n = v->n;
    if (v->kind == VALUE_FACT)
        *n = v->fact == FACT_YEAR ? round->year
            : v->fact == FACT_FROM_AGE ? round->from_age
            : round->unit_count;
    if (v->kind != VALUE_COUNT && v->kind != VALUE_SHARE)
        return true;
    c = text_cell(x, v->figure);
    *n = c->n;
    if (v->kind == VALUE_SHARE)
        *of = c->of;
    return !c->hidden && *of >= 0
        && !text_unsure(x, c, v->kind == VALUE_SHARE);
}

/* V, of which a share was rounded, as the fractions LOW and HIGH between
 * which it is; a share of nobody has none. */
static void
ends_of(struct texted *x, const struct cond_value *v,
        struct doc_cell *low, struct doc_cell *high)
{
    int base = x->b.doc->meta.rounded_to;

    (void)value_of(x, v, &low->n, &low->of);
    *high = *low;
    if (v->kind != VALUE_SHARE)
        return;
    high->n = sure_most(low->n, base);
    high->of = sure_least(low->of, base);
    if (high->n > high->of)
        high->n = high->of = 1;
    low->n = sure_least(low->n, base);
    low->of = sure_most(low->of, base);
}

/* Whether by rounded shares LEFT and RIGHT could be either way round. Counts
 * bend words with the number that is printed, and are what that is. */
static bool
unsure_share(struct texted *x, const struct cond *c)
{
    struct doc_cell low[2] = { { 0 } }, high[2] = { { 0 } };

    if (x->b.doc->meta.rounded_to == 0
        || (c->left.kind != VALUE_SHARE && c->right.kind != VALUE_SHARE))
        return false;
    ends_of(x, &c->left, &low[0], &high[0]);
    ends_of(x, &c->right, &low[1], &high[1]);
    return low[0].n * high[1].of <= high[1].n * low[0].of
        && low[1].n * high[0].of <= high[0].n * low[1].of;
}

static enum truth
test(struct texted *x, const struct cond *c)
{
    int64_t n[2], of[2], left, right;

    if (!value_of(x, &c->left, &n[0], &of[0])
        || !value_of(x, &c->right, &n[1], &of[1]))
        return TRUTH_UNSURE;
    if (of[0] == 0 || of[1] == 0)
        return TRUTH_NO;
    if (unsure_share(x, c))
        return TRUTH_UNSURE;
    left = n[0] * of[1];
    right = n[1] * of[0];
    switch (c->sign) {
    case COND_EQ: return left == right;
    case COND_NE: return left != right;
    case COND_LT: return left < right;
    case COND_LE: return left <= right;
    case COND_GT: return left > right;
    case COND_GE: break;
    }
    return left >= right;
}

enum truth
text_truth(struct texted *x, const struct cond *c)
{
    enum truth a, b, decides;

    if (c->op == COND_TEST)
        return test(x, c);
    if (c->op == COND_HAS)
        return text_has_fact(x, c->fact);
    a = text_truth(x, c->a);
    if (c->op == COND_NOT)
        return a == TRUTH_UNSURE ? a : a == TRUTH_NO;
    decides = c->op == COND_OR ? TRUTH_YES : TRUTH_NO;
    if (a == decides)
        return a;
    b = text_truth(x, c->b);
    return b == decides || a != TRUTH_UNSURE ? b : a;
}
