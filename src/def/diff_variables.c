/* diff_variables.c - what differs in the variables, entered and derived. See
 * diffing.h. */
#include <string.h>
#include "def/diffing.h"

static const char *
code_list(struct arena *arena, const struct variable *v)
{
    const char *out = "";

    for (int i = 0; i < v->code_count; i++)
        out = arena_printf(arena, "%s%s%s", out, i > 0 ? ", " : "",
                           v->codes[i].id);
    return out;
}

/* The codes of one variable. A code keeps its place: answers are places. */
static void
compare_codes(const struct thing *t, const struct variable *a,
              const struct variable *b)
{
    bool removed = false, moved = false;

    for (int i = 0; i < b->code_count; i++) {
        const struct code *new = &b->codes[i];
        const struct code *old = diff_twin(a->codes, a->code_count,
                                           sizeof *old, new->id);
        struct thing c = diff_part(t, new->id);

        if (old == NULL) {
            diff_note(&c, CHANGE_CODE_ADDED, "", "");
            continue;
        }
        moved = moved || old - a->codes != i;
        diff_label(&c, CHANGE_LABEL, &old->label, &new->label);
        diff_label(&c, CHANGE_TEXT, &old->help, &new->help);
        diff_label(&c, CHANGE_TEXT, &old->local_help, &new->local_help);
        diff_text(&c, CHANGE_SOURCE, old->source, new->source);
        diff_off(&c, old->off, new->off);
    }
    for (int i = 0; i < a->code_count; i++) {
        struct thing c = diff_part(t, a->codes[i].id);

        if (diff_twin(b->codes, b->code_count, sizeof *b->codes,
                      a->codes[i].id) != NULL)
            continue;
        diff_note(&c, CHANGE_CODE_REMOVED, "", "");
        removed = true;
    }
    if (moved && !removed)
        diff_note(t, CHANGE_CODE_ORDER, code_list(t->d->arena, a),
                  code_list(t->d->arena, b));
}

static void
compare_limits(const struct thing *t, const struct variable *a,
               const struct variable *b)
{
    const char *old = arena_printf(t->d->arena, "%d-%d", a->min, a->max);
    const char *new = arena_printf(t->d->arena, "%d-%d", b->min, b->max);

    if (b->min < a->min || b->max > a->max)
        diff_note(t, CHANGE_WIDENED, old, new);
    if (b->min > a->min || b->max < a->max)
        diff_note(t, CHANGE_NARROWED, old, new);
    diff_text(t, CHANGE_AT_MOST, diff_id(t->d->a, a->at_most),
              diff_id(t->d->b, b->at_most));
}

static void
compare_colours(const struct thing *t, const struct variable *a,
                const struct variable *b)
{
    for (int i = 0; i < t->d->b->scale_count; i++) {
        int grade = t->d->b->scale[i].grade;
        const char *id = t->d->b->grades[grade].id;
        int old = instrument_grade(t->d->a, id);
        struct thing c = diff_part(t, id);

        /* a grade is said once; one that the old scale lacks is new */
        if ((i > 0 && t->d->b->scale[i - 1].grade == grade) || old < 0
            || old > t->d->a->scale[t->d->a->scale_count - 1].grade)
            continue;
        diff_label(&c, CHANGE_COLOUR, &a->colours[old].label,
                   &b->colours[grade].label);
        diff_label(&c, CHANGE_COLOUR, &a->colours[old].text,
                   &b->colours[grade].text);
        diff_label(&c, CHANGE_TEXT, &a->colours[old].help,
                   &b->colours[grade].help);
        diff_label(&c, CHANGE_TEXT, &a->colours[old].local_help,
                   &b->colours[grade].local_help);
        diff_text(&c, CHANGE_SOURCE, a->colours[old].source,
                  b->colours[grade].source);
    }
}

static void
compare_tab_of(const struct thing *t, const struct variable *a,
               const struct variable *b)
{
    const struct tab *old = &t->d->a->tabs[a->tab];
    const struct tab *new = &t->d->b->tabs[b->tab];

    if (strcmp(old->id, new->id) == 0)
        return;
    diff_note(t, CHANGE_TAB, old->id, new->id);
    diff_int(t, CHANGE_RANKS, old->ranks, new->ranks);
}

/* Off until the round turns it on, or off by its local changes. */
static void
compare_off(const struct thing *t, const struct variable *a,
            const struct variable *b)
{
    if (a->off == b->off)
        return;
    if ((b->off ? b : a)->off_local)
        diff_off(t, a->off, b->off);
    else
        diff_note(t, b->off ? CHANGE_OFF : CHANGE_ON, "", "");
}

static void
compare_entered(const struct thing *t, const struct variable *a,
                const struct variable *b)
{
    diff_label(t, CHANGE_LABEL, &a->label, &b->label);
    diff_label(t, CHANGE_TEXT, &a->help, &b->help);
    diff_label(t, CHANGE_TEXT, &a->rules, &b->rules);
    diff_label(t, CHANGE_TEXT, &a->local_help, &b->local_help);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
    compare_tab_of(t, a, b);
    if (a->kind != b->kind || a->of_units != b->of_units) {
        diff_note(t, CHANGE_KIND, kind_word(a->kind), kind_word(b->kind));
        return;
    }
    diff_text(t, CHANGE_ROLE, role_word(a->role), role_word(b->role));
    diff_text(t, CHANGE_ASKED, a->asked_text, b->asked_text);
    if (a->takes_unknown != b->takes_unknown)
        diff_note(t, b->takes_unknown ? CHANGE_UNKNOWN_ALLOWED
                                 : CHANGE_UNKNOWN_REFUSED, "", "");
    diff_int(t, CHANGE_IDENTIFIES, a->identifies, b->identifies);
    compare_off(t, a, b);
    diff_int(t, CHANGE_DIGITS, a->refuse_digits, b->refuse_digits);
    diff_text(t, CHANGE_COUNTS, counts_word(a->counts),
              counts_word(b->counts));
    if (a->kind == KIND_INT)
        compare_limits(t, a, b);
    if (a->kind == KIND_CODE && !a->of_units)
        compare_codes(t, a, b);
    if (a->kind == KIND_SCORE)
        compare_colours(t, a, b);
}

/* How a variable is made, in the words of the definition. ANY is in terms
 * of the ticks that OTHER has too: one more service is a change by itself. */
static const char *
derivation(struct diffing *d, const struct instrument *in,
           const struct variable *v, const struct instrument *other)
{
    static const char *const words[DERIVE_COUNT] = {
        "", "age", "bands", "grade", "index", "index_grade", "when", "sum",
        "services"
    };
    const char *needs;

    if (v->derive == DERIVE_INDEX || v->derive == DERIVE_INDEX_GRADE)
        return v->code_count == 0 || v->code_count == in->grade_count
            ? words[v->derive]
            : arena_printf(d->arena, "%s, worst %s", words[v->derive],
                           v->codes[v->code_count - 1].id);
    if (v->derive != DERIVE_WHEN)
        return arena_printf(d->arena, "%s: %s", words[v->derive],
                            diff_ids(d->arena, in, v->of, v->of_count,
                                     v->derive == DERIVE_ANY ? other : NULL));
    needs = diff_ids(d->arena, in, v->needs, v->need_count, NULL);
    return arena_printf(d->arena, "%s%s%s", v->when_text,
                        *needs != '\0' ? "; needs " : "", needs);
}

static const char *
band_list(struct arena *arena, const struct variable *v)
{
    const char *out = "";

    for (int i = 0; i < v->code_count; i++)
        out = arena_printf(arena, "%s%s%s (%d-)", out, i > 0 ? ", " : "",
                           v->codes[i].id, v->band_from[i]);
    if (v->max < INT_MAX_VALUE)
        out = arena_printf(arena, "%s, -%d", out, v->max);
    return out;
}

static void
compare_derived(const struct thing *t, const struct variable *a,
                const struct variable *b)
{
    struct diffing *d = t->d;

    diff_label(t, CHANGE_LABEL, &a->label, &b->label);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
    diff_text(t, CHANGE_DERIVED, derivation(d, d->a, a, d->b),
              derivation(d, d->b, b, d->a));
    diff_text(t, CHANGE_COUNTS, counts_word(a->counts),
              counts_word(b->counts));
    if (a->derive != b->derive || (a->derive != DERIVE_BANDS
                                   && a->plural.in[0] == NULL))
        return;
    if (a->derive == DERIVE_BANDS)
        diff_text(t, CHANGE_BANDS, band_list(d->arena, a),
                  band_list(d->arena, b));
    for (int i = 0; i < b->code_count; i++) {
        const struct code *old = diff_twin(a->codes, a->code_count,
                                           sizeof *old, b->codes[i].id);
        struct thing c = diff_part(t, b->codes[i].id);

        if (old != NULL)
            diff_label(&c, CHANGE_LABEL, &old->label,
                       &b->codes[i].label);
    }
}

/* Whether V is one that services make: those are compared as services. */
static bool
of_service(const struct variable *v)
{
    return v->service >= 0 || v->category >= 0;
}

static bool
is_entered(const struct variable *v)
{
    return v->derive == DERIVE_NONE;
}

void
diff_variables(struct diffing *d)
{
    for (int i = 0; i < d->b->variable_count; i++) {
        const struct variable *b = &d->b->variables[i], *a;
        struct thing t = { d, b->id, b->at };
        int old = instrument_variable(d->a, b->id, strlen(b->id));

        a = old >= 0 ? &d->a->variables[old] : NULL;
        if (of_service(b))
            continue;
        if (a == NULL || is_entered(a) != is_entered(b) || of_service(a))
            diff_note(&t, is_entered(b) ? CHANGE_VARIABLE_ADDED
                                   : CHANGE_DERIVED_ADDED, "", "");
        else if (is_entered(b))
            compare_entered(&t, a, b);
        else
            compare_derived(&t, a, b);
    }
    for (int i = 0; i < d->a->variable_count; i++) {
        const struct variable *a = &d->a->variables[i];
        struct thing t = diff_top(d, a->id);
        int new = instrument_variable(d->b, a->id, strlen(a->id));

        if (!of_service(a)
            && (new < 0 || of_service(&d->b->variables[new])
                || is_entered(&d->b->variables[new]) != is_entered(a)))
            diff_note(&t, is_entered(a) ? CHANGE_VARIABLE_REMOVED
                                   : CHANGE_DERIVED_REMOVED, "", "");
    }
}
