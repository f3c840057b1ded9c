/* form.c - see form.h. */
#include "web/form.h"
#include <stdlib.h>
#include <string.h>
#include "calc/answers.h"
#include "calc/check.h"
#include "calc/derive.h"

void
form_init(struct form *f, const struct opened *o, struct arena *arena)
{
    size_t count = (size_t)o->in->variable_count;

    memset(f, 0, sizeof *f);
    f->o = o;
    f->in = o->in;
    f->arena = arena;
    decoder_init(&f->decoder, o);
    f->value = arena_array(arena, count, sizeof *f->value);
    f->text = arena_array(arena, count, sizeof *f->text);
    f->known = arena_array(arena, count, sizeof *f->known);
    f->row = (struct row){ f->value, f->decoder.row.set };
}

void
form_clear(struct form *f)
{
    if (f->o != NULL)
        decoder_clear(&f->decoder);
    f->o = NULL;
}

void
form_forget(struct form *f)
{
    memset(f->known, 0, (size_t)f->in->variable_count * sizeof *f->known);
}

/* What follows from the raw answers: only what is asked, and nothing that is
 * made for tables. */
static void
follow(struct form *f)
{
    static const bool none[VARIABLE_MAX];

    memcpy(f->value, f->decoder.value,
           (size_t)f->in->variable_count * sizeof *f->value);
    derive_row(f->in, f->value, f->row.set, none);
    form_forget(f);
}

bool
form_read(struct form *f, const struct work *w, struct err *e)
{
    const struct registration r = {
        .number = w->number, .unit = w->unit, .tier = w->tier,
        .status = w->status, .definition = w->definition,
        .completed_on = w->completed_on, .answers = w->answers,
        .answers_len = w->answers_len, .sealed = w->sealed,
        .sealed_len = w->sealed_len
    };

    if (!decode(&f->decoder, &r, e))
        return false;
    follow(f);
    return true;
}

bool
form_shows(const struct instrument *in, int v)
{
    const struct variable *q = &in->variables[v];

    switch (q->role) {
    case ROLE_NONE: case ROLE_SEX: case ROLE_BIRTH_YEAR:
    case ROLE_SERVICES_DONE:
        return v < in->entered_count && !q->off && q->kind != KIND_IDENT;
    default:
        return false;
    }
}

bool
form_counts(const struct instrument *in, int v)
{
    const struct variable *q = &in->variables[v];

    return form_shows(in, v) && q->service < 0 && q->kind != KIND_TEXT
           && q->kind != KIND_CODES;
}

/* Whether another variable keeps V at 0, or has to be answered first. */
static bool
is_held(const struct form *f, const struct variable *q)
{
    return q->at_most >= 0 && f->decoder.value[q->at_most] <= 0
           && f->decoder.value[q->at_most] != VALUE_UNKNOWN;
}

/* Whether a number can only be 0 as things are, and is no more: then nobody
 * needs to be asked. */
static bool
is_moot(const struct form *f, int v)
{
    const struct variable *q = &f->in->variables[v];
    int32_t kept = f->value[v];
    bool moot;

    if (q->kind != KIND_INT || q->min > 0 || f->decoder.value[v] > 0
        || f->decoder.value[v] == VALUE_UNKNOWN || f->text[v] != NULL)
        return false;
    moot = is_held(f, q);
    f->value[v] = 1;
    for (int i = 0; i < f->in->check_count && !moot; i++)
        moot = f->in->checks[i].at == v
               && expr_test(f->in->checks[i].refuse, &f->row);
    f->value[v] = kept;
    return moot;
}

static enum form_state
find_state(const struct form *f, int v)
{
    const struct variable *q = &f->in->variables[v];
    int32_t raw = f->decoder.value[v];

    if (!derive_asked(q, &f->row) || is_moot(f, v))
        return FORM_UNASKED;
    if (raw == VALUE_UNKNOWN)
        return FORM_UNKNOWN;
    if (q->kind == KIND_TEXT)
        return form_text(f, v)[0] != '\0' ? FORM_ANSWERED : FORM_OPEN;
    return raw >= 0 ? FORM_ANSWERED : FORM_OPEN;
}

enum form_state
form_state(const struct form *f, int v)
{
    if (f->known[v] == 0)
        f->known[v] = (uint8_t)(find_state(f, v) + 1);
    return (enum form_state)(f->known[v] - 1);
}

const char *
form_text(const struct form *f, int v)
{
    const struct variable *q = &f->in->variables[v];
    int32_t raw = f->decoder.value[v];
    char out[ID_MAX + 1];
    const char *text;
    size_t len;

    if (raw == VALUE_UNKNOWN)
        return "unknown";
    if (f->text[v] != NULL)
        return f->text[v];
    if (q->kind == KIND_TEXT || q->kind == KIND_CODES) {
        text = decode_text(&f->decoder, q, &len);
        return arena_text_n(f->arena, text, len);
    }
    if (raw < 0)
        return "";
    return arena_text(f->arena, variable_print(q, raw, out));
}

int
form_tab_of(const struct instrument *in, int v)
{
    int tab = in->variables[v].tab;

    if (form_counts(in, v))
        return tab;
    /* A tab on which nothing counts is none: what is switched on of the
     * start goes to the first that is one. */
    for (int i = 0; i < in->entered_count; i++)
        if (in->variables[i].tab == tab && form_counts(in, i))
            return tab;
    for (int i = 0; i < in->entered_count; i++)
        if (form_counts(in, i))
            return in->variables[i].tab;
    return -1;
}

static void
add_service(const struct form *f, int v, struct form_tab *t)
{
    const struct variable *q = &f->in->variables[v];
    const struct service *s =
        &f->in->categories[q->category].services[q->service];

    if (v != s->received || q->off)
        return;
    if (f->decoder.value[s->received] == 1)
        t->received++;
    if (f->decoder.value[s->wanted] == 1)
        t->wanted++;
    if (f->decoder.value[s->received] == 1
        && f->decoder.value[s->wanted] == 1)
        t->both++;
}

struct form_tab
form_tab(const struct form *f, int tab)
{
    struct form_tab t = { 0 };

    for (int i = 0; i < f->in->entered_count; i++) {
        const struct variable *q = &f->in->variables[i];
        enum form_state state;

        if (q->tab != tab)
            continue;
        if (q->service >= 0) {
            add_service(f, i, &t);
            continue;
        }
        if (!form_shows(f->in, i))
            continue;
        state = form_state(f, i);
        if (state == FORM_ANSWERED || state == FORM_UNKNOWN)
            t.begun = true;
        if (!form_counts(f->in, i) || state == FORM_UNASKED)
            continue;
        t.asked++;
        t.open += state == FORM_OPEN;
    }
    t.begun = t.begun || t.received + t.wanted > 0;
    return t;
}

int
form_open(const struct form *f, int *list)
{
    int count = 0;

    for (int i = 0; i < f->in->entered_count; i++)
        if (form_counts(f->in, i) && form_state(f, i) == FORM_OPEN)
            list[count++] = i;
    return count;
}

int
form_unasked(const struct form *f, int *list)
{
    int count = 0;

    for (int i = 0; i < f->in->entered_count; i++)
        if (form_shows(f->in, i) && f->in->variables[i].service < 0
            && f->decoder.value[i] != VALUE_UNANSWERED
            && f->decoder.value[i] != VALUE_UNASKED
            && !derive_asked(&f->in->variables[i], &f->row))
            list[count++] = i;
    return count;
}

void
form_blank_unasked(struct form *f)
{
    int list[VARIABLE_MAX], count;

    /* Taking one away may leave another unasked. */
    while ((count = form_unasked(f, list)) > 0) {
        for (int i = 0; i < count; i++)
            f->decoder.value[list[i]] = VALUE_UNANSWERED;
        follow(f);
    }
}

int
form_check(const struct form *f, bool complete, enum lang lang,
           void (*say)(void *ctx, const struct err *fault), void *ctx)
{
    struct check_listener listener = { say, ctx, lang };

    return check_registration(f->in, &f->decoder.row,
                              complete ? CHECK_COMPLETE : 0, &listener);
}
