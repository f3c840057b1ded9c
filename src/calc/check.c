/* check.c - see check.h.
 *
 * The definition's own checks are filters; what every definition can say by
 * a word (at_most, asked, complete) and what the program knows by role
 * (birth year, age) are functions, run in this order. */
#include "calc/check.h"
#include <string.h>
#include "base/utf8.h"
#include "calc/derive.h"

enum { OLDEST = 120 };

struct checking {
    const struct instrument *in;
    const struct row *row;
    const struct check_listener *listener;
    int faults;
};

/* Hands on E, about variable V. */
static void
hear(struct checking *c, struct err *e, int v)
{
    err_field(e, c->in->variables[v].id);
    c->listener->say(c->listener->ctx, e);
    c->faults++;
}

bool
check_value(const struct variable *v, int32_t value, struct err *e)
{
    if (v->kind == KIND_CODE && value >= 0 && v->codes[value].off)
        return err_set(e, ERR_INPUT, "check.code_off", "%s",
                       v->codes[value].id);
    if (v->kind != KIND_INT || value < 0
        || (value >= v->min && value <= v->max))
        return true;
    return err_set(e, ERR_INPUT, "check.range", "%d %d %d", value, v->min,
                   v->max);
}

bool
check_text(const struct variable *v, const char *text, size_t len,
           struct err *e)
{
    int digits = 0;
    size_t chars = utf8_count(text, len);

    if (!utf8_valid(text, len, NULL))
        return err_set(e, ERR_INPUT, "check.text_utf8", "");
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        /* U+0080..U+009F are C2 80 to C2 9F; valid text goes on behind C2. */
        if (c < 0x20 || c == 0x7F
            || (c == 0xC2 && (unsigned char)text[i + 1] < 0xA0))
            return err_set(e, ERR_INPUT, "check.text_control", "");
        digits += c >= '0' && c <= '9';
    }
    if (chars > TEXT_VALUE_MAX)
        return err_set(e, ERR_INPUT, "check.text_long", "%zu %d", chars,
                       TEXT_VALUE_MAX);
    if (v->refuse_digits > 0 && digits >= v->refuse_digits)
        return err_set(e, ERR_INPUT, "check.text_digits", "%d",
                       v->refuse_digits);
    return true;
}

/* Apart from the loop, as others below: clearing a struct err for each of a
 * hundred variables took half as long as all the rest of checking. */
static void
hear_unasked(struct checking *c, int i)
{
    const struct variable *v = &c->in->variables[i];
    struct err e = { .code = ERR_NONE };

    if (v->off)
        err_set(&e, ERR_INPUT, "check.off", "%s", v->id);
    else
        err_set(&e, ERR_INPUT, "check.unasked", "%s %s", v->id,
                v->asked_text);
    hear(c, &e, i);
}

/* ROW's answer to I, should it not be asked. */
static void
check_asked_one(struct checking *c, const struct row *row, int32_t *value,
                int i)
{
    if (derive_asked(&c->in->variables[i], row))
        return;
    if (value[i] != VALUE_UNANSWERED)
        hear_unasked(c, i);
    value[i] = VALUE_UNASKED;
}

/* An answer to a question that is not asked. Works on a copy in which such
 * answers are gone, so that one fault does not cause the next. */
static void
check_asked(struct checking *c)
{
    int32_t value[VARIABLE_MAX];
    struct row row = { value, c->row->set };

    memcpy(value, c->row->value,
           (size_t)c->in->entered_count * sizeof *value);
    for (int i = 0; i < c->in->entered_count; i++)
        check_asked_one(c, &row, value, i);
}

static void
hear_at_most(struct checking *c, int i, int most)
{
    const int32_t *value = c->row->value;
    const char *id = c->in->variables[most].id;
    struct err e = { .code = ERR_NONE };

    if (value[most] < 0)
        err_set(&e, ERR_INPUT, "check.at_most_blank", "%d %s", value[i], id);
    else
        err_set(&e, ERR_INPUT, "check.at_most", "%d %d %s", value[i],
                value[most], id);
    hear(c, &e, i);
}

static void
check_at_most_one(struct checking *c, int i)
{
    const int32_t *value = c->row->value;
    int most = c->in->variables[i].at_most;

    if (most >= 0 && value[i] > 0
        && (value[most] < 0 || value[i] > value[most]))
        hear_at_most(c, i, most);
}

static void
check_at_most(struct checking *c)
{
    for (int i = 0; i < c->in->entered_count; i++)
        check_at_most_one(c, i);
}

static void
check_filters(struct checking *c)
{
    for (int i = 0; i < c->in->check_count; i++) {
        const struct check *k = &c->in->checks[i];
        struct err e;

        if (!expr_test(k->refuse, c->row))
            continue;
        err_clear(&e);
        err_set(&e, ERR_INPUT, "check.message", "%s",
                k->message.in[c->listener->lang]);
        hear(c, &e, k->at);
    }
}

static void
check_birth_year(struct checking *c)
{
    const struct round_facts *f = &c->in->facts;
    int v = c->in->role[ROLE_BIRTH_YEAR];
    int32_t born = c->row->value[v];
    struct err e = { .code = ERR_NONE };

    if (born < 0)
        return;
    if (born > f->year || born < f->year - OLDEST)
        err_set(&e, ERR_INPUT, "check.birth_year", "%d %d %d", born,
                f->year - OLDEST, f->year);
    else if (f->year - born < f->from_age)
        err_set(&e, ERR_INPUT, "check.age", "%d %d", f->year - born,
                f->from_age);
    else
        return;
    hear(c, &e, v);
}

/* The first of those of which one must be answered that is asked. */
static int
first_asked(const struct checking *c)
{
    const struct instrument *in = c->in;

    for (int i = 0; i < in->complete_any_count; i++)
        if (derive_asked(&in->variables[in->complete_any[i]], c->row))
            return in->complete_any[i];
    return in->complete_any[0];
}

static void
check_complete(struct checking *c)
{
    const struct instrument *in = c->in;
    struct err e = { .code = ERR_NONE };
    bool any = in->complete_any_count == 0;
    int first;

    for (int i = 0; i < in->complete_answered_count; i++) {
        int v = in->complete_answered[i];

        if (c->row->value[v] >= 0)
            continue;
        err_clear(&e);
        err_set(&e, ERR_INPUT, "check.needed", "%s", in->variables[v].id);
        hear(c, &e, v);
    }
    for (int i = 0; i < in->complete_any_count; i++)
        any = any || c->row->value[in->complete_any[i]] >= 0;
    if (any)
        return;
    first = first_asked(c);
    err_clear(&e);
    err_set(&e, ERR_INPUT, "check.needed_any", "%s %s",
            in->variables[first].id,
            in->variables[in->complete_any[in->complete_any_count - 1]].id);
    hear(c, &e, first);
}

int
check_registration(const struct instrument *in, const struct row *row,
                   int what, const struct check_listener *listener)
{
    struct checking c = { in, row, listener, 0 };

    if (what & CHECK_ASKED)
        check_asked(&c);
    check_at_most(&c);
    check_filters(&c);
    check_birth_year(&c);
    if (what & CHECK_COMPLETE)
        check_complete(&c);
    return c.faults;
}

/* ---- by an outline ---- */

/* Whether no question that is not asked has an answer. What was entered
 * will do for a copy: such an answer ends this, and whether a question
 * without one was asked is nothing that a condition sees. */
static bool
is_asked_well(const struct outline *o, const struct row *row)
{
    int32_t answered = 0;

    for (int k = 0; k < o->conditions; k++) {
        const struct outline_condition *c = &o->condition[k];
        int32_t asked = -(int32_t)expr_quick_test(&c->asked, row);

        for (int i = 0; i < c->questions; i++)
            answered |= (row->value[c->question[i]] ^ VALUE_UNANSWERED)
                      & ~asked;
    }
    for (int i = 0; i < o->off_count; i++)
        answered |= row->value[o->off[i]] ^ VALUE_UNANSWERED;
    return !o->nested && answered == 0;
}

static bool
is_limited(const struct outline *o, const int32_t *value)
{
    for (int i = 0; i < o->limited_count; i++) {
        int32_t x = value[o->limited[i]];

        if (x > 0 && x > value[o->in->variables[o->limited[i]].at_most])
            return false;
    }
    return true;
}

static bool
is_refused(const struct outline *o, const struct row *row)
{
    bool refused = false;

    for (int i = 0; i < o->in->check_count; i++)
        refused |= expr_quick_test(&o->refuse[i], row);
    return refused;
}

static bool
is_old_enough(const struct outline *o, const int32_t *value)
{
    const struct round_facts *f = &o->in->facts;
    int32_t born = value[o->in->role[ROLE_BIRTH_YEAR]];

    return born < 0
        || (born >= f->year - OLDEST && born <= f->year
            && f->year - born >= f->from_age);
}

static bool
is_whole(const struct instrument *in, const int32_t *value)
{
    int32_t all = 0, any = -1;          /* below 0: one, all of them blank */

    for (int i = 0; i < in->complete_answered_count; i++)
        all |= value[in->complete_answered[i]];
    for (int i = 0; i < in->complete_any_count; i++)
        any &= value[in->complete_any[i]];
    return all >= 0 && (any >= 0 || in->complete_any_count == 0);
}

/* Most rows have no fault; one that has or may have is told of the plain
 * way. */
int
check_by(const struct outline *o, const struct row *row, int what,
         const struct check_listener *listener)
{
    if ((!(what & CHECK_ASKED) || is_asked_well(o, row))
        && is_limited(o, row->value) && !is_refused(o, row)
        && is_old_enough(o, row->value)
        && (!(what & CHECK_COMPLETE) || is_whole(o->in, row->value)))
        return 0;
    return check_registration(o->in, row, what, listener);
}
