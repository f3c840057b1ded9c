/* diff.c - see diff.h.
 *
 * Things are paired by id, each part of a pair is compared, and every
 * difference becomes one change; a table says what each kind means. A
 * change that follows from another is not said again: the ticks of a new
 * service, or a category's sum over its services. */
#include "def/diff.h"
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"

static const struct {
    const char *key;
    bool compatible, may_follow;
} kinds[CHANGE_KIND_COUNT] = {
    [CHANGE_ID] = { "diff.id", true, false },
    [CHANGE_TEXT] = { "diff.text", true, true },
    [CHANGE_SOURCE] = { "diff.source", true, true },
    [CHANGE_GRADE_ADDED] = { "diff.grade_added", false, false },
    [CHANGE_GRADE_REMOVED] = { "diff.grade_removed", false, false },
    [CHANGE_GRADE_ORDER] = { "diff.grade_order", false, false },
    [CHANGE_LOOK] = { "diff.look", true, true },
    [CHANGE_SCALE] = { "diff.scale", false, false },
    [CHANGE_TAB] = { "diff.tab", true, true },
    [CHANGE_RANKS] = { "diff.ranks", false, false },
    [CHANGE_VARIABLE_ADDED] = { "diff.variable_added", true, true },
    [CHANGE_VARIABLE_REMOVED] = { "diff.variable_removed", false, false },
    [CHANGE_KIND] = { "diff.kind", false, false },
    [CHANGE_ROLE] = { "diff.role", false, false },
    [CHANGE_LABEL] = { "diff.label", true, false },
    [CHANGE_ASKED] = { "diff.asked", false, false },
    [CHANGE_WIDENED] = { "diff.widened", true, true },
    [CHANGE_NARROWED] = { "diff.narrowed", true, false },
    [CHANGE_AT_MOST] = { "diff.at_most", true, false },
    [CHANGE_DIGITS] = { "diff.digits", true, false },
    [CHANGE_CODE_ADDED] = { "diff.code_added", true, true },
    [CHANGE_CODE_REMOVED] = { "diff.code_removed", false, false },
    [CHANGE_CODE_ORDER] = { "diff.code_order", true, false },
    [CHANGE_UNKNOWN_ALLOWED] = { "diff.unknown_allowed", true, true },
    [CHANGE_UNKNOWN_REFUSED] = { "diff.unknown_refused", true, false },
    [CHANGE_IDENTIFIES] = { "diff.identifies", true, false },
    [CHANGE_ON] = { "diff.on", true, true },
    [CHANGE_OFF] = { "diff.off", true, false },
    [CHANGE_COUNTS] = { "diff.counts", true, false },
    [CHANGE_COLOUR] = { "diff.colour", false, false },
    [CHANGE_SERVICE_ADDED] = { "diff.service_added", true, true },
    [CHANGE_SERVICE_REMOVED] = { "diff.service_removed", false, false },
    [CHANGE_SERVICE_MOVED] = { "diff.service_moved", false, false },
    [CHANGE_CATEGORY_ADDED] = { "diff.category_added", true, true },
    [CHANGE_CATEGORY_REMOVED] = { "diff.category_removed", false, false },
    [CHANGE_COMPLETE] = { "diff.complete", false, false },
    [CHANGE_CHECK_ADDED] = { "diff.check_added", true, false },
    [CHANGE_CHECK_REMOVED] = { "diff.check_removed", true, true },
    [CHANGE_CHECK] = { "diff.check", true, false },
    [CHANGE_AREA_ADDED] = { "diff.area_added", false, false },
    [CHANGE_AREA_REMOVED] = { "diff.area_removed", false, false },
    [CHANGE_WEIGHT] = { "diff.weight", false, false },
    [CHANGE_CUT] = { "diff.cut", false, false },
    [CHANGE_UNANSWERED_MAX] = { "diff.unanswered_max", false, false },
    [CHANGE_DERIVED_ADDED] = { "diff.derived_added", true, true },
    [CHANGE_DERIVED_REMOVED] = { "diff.derived_removed", false, false },
    [CHANGE_DERIVED] = { "diff.derived", false, false },
    [CHANGE_BANDS] = { "diff.bands", false, false },
    [CHANGE_TABLE_ADDED] = { "diff.table_added", true, true },
    [CHANGE_TABLE_REMOVED] = { "diff.table_removed", true, false },
    [CHANGE_TABLE] = { "diff.table", true, false },
    [CHANGE_REPORT_ADDED] = { "diff.report_added", true, true },
    [CHANGE_REPORT_REMOVED] = { "diff.report_removed", true, false },
    [CHANGE_REPORT] = { "diff.report", true, false }
};

struct diffing {
    const struct instrument *a, *b;
    struct arena *arena;
    struct change *list;
    int count, room;
};

/* A thing in both files: what its changes are said of. */
struct thing {
    struct diffing *d;
    const char *where;
    struct pos at;
};

static void
note(const struct thing *t, enum change_kind kind, const char *old,
     const char *new)
{
    struct diffing *d = t->d;

    if (d->count == d->room) {
        struct change *more;

        d->room = d->room > 0 ? d->room * 2 : 64;
        more = arena_array(d->arena, (size_t)d->room, sizeof *more);
        if (d->count > 0)
            memcpy(more, d->list, (size_t)d->count * sizeof *more);
        d->list = more;
    }
    d->list[d->count++] = (struct change){
        kind, kinds[kind].key, t->where, t->at, old, new,
        kinds[kind].compatible, kinds[kind].may_follow
    };
}

/* The part NAME of T. */
static struct thing
part(const struct thing *t, const char *name)
{
    return (struct thing){
        t->d, arena_printf(t->d->arena, "%s.%s", t->where, name), t->at
    };
}

static struct thing
top(struct diffing *d, const char *where)
{
    return (struct thing){ d, where, { d->b->file, 0, 0 } };
}

static const char *
text_or_none(const char *text)
{
    return text != NULL ? text : "";
}

static void
compare_text(const struct thing *t, enum change_kind kind, const char *a,
             const char *b)
{
    a = text_or_none(a);
    b = text_or_none(b);
    if (strcmp(a, b) != 0)
        note(t, kind, a, b);
}

static void
compare_int(const struct thing *t, enum change_kind kind, int a, int b)
{
    if (a != b)
        note(t, kind, arena_printf(t->d->arena, "%d", a),
             arena_printf(t->d->arena, "%d", b));
}

/* Said once, in the first language that differs. */
static void
compare_label(const struct thing *t, enum change_kind kind,
              const struct label *a, const struct label *b)
{
    int before = t->d->count;

    for (int i = 0; i < LANG_COUNT && t->d->count == before; i++)
        compare_text(t, kind, a->in[i], b->in[i]);
}

static const char *
id_of(const struct instrument *in, int variable)
{
    return variable >= 0 ? in->variables[variable].id : "";
}

/* The ids of variables, those that OTHER has if it is there. */
static const char *
ids_of(struct arena *arena, const struct instrument *in, const int *v,
       int count, const struct instrument *other)
{
    const char *out = "";

    for (int i = 0; i < count; i++) {
        const char *id = id_of(in, v[i]);

        if (other == NULL
            || instrument_variable(other, id, strlen(id)) >= 0)
            out = arena_printf(arena, "%s%s%s", out,
                               *out != '\0' ? ", " : "", id);
    }
    return out;
}

/* A list of things in both files, whose first member is the id. */
struct listing {
    const char *name;
    const void *a, *b;
    int a_count, b_count;
    size_t size, at;            /* at: where the place is, or NO_PLACE */
    enum change_kind added, removed;
    void (*compare)(const struct thing *t, const void *a, const void *b);
};

enum { NO_PLACE = 0 };          /* the id stands there */

static const void *
twin(const void *things, int count, size_t size, const char *id)
{
    const char *p = things;

    for (int i = 0; i < count; i++, p += size)
        if (strcmp(*(const char *const *)(const void *)p, id) == 0)
            return p;
    return NULL;
}

static void
compare_lists(struct diffing *d, const struct listing *l)
{
    struct thing whole = top(d, l->name), t;
    const char *p = l->b;

    for (int i = 0; i < l->b_count; i++, p += l->size) {
        const char *id = *(const char *const *)(const void *)p;
        const void *old = twin(l->a, l->a_count, l->size, id);

        t = part(&whole, id);
        if (l->at != NO_PLACE)
            t.at = *(const struct pos *)(const void *)(p + l->at);
        if (old == NULL)
            note(&t, l->added, "", "");
        else
            l->compare(&t, old, p);
    }
    p = l->a;
    for (int i = 0; i < l->a_count; i++, p += l->size) {
        const char *id = *(const char *const *)(const void *)p;

        if (twin(l->b, l->b_count, l->size, id) != NULL)
            continue;
        t = part(&whole, id);
        note(&t, l->removed, "", "");
    }
}

/* --- grades, scale, tabs */

static void
compare_grade(const struct thing *t, const void *va, const void *vb)
{
    const struct grade *a = va, *b = vb;

    compare_label(t, CHANGE_LABEL, &a->label, &b->label);
    compare_label(t, CHANGE_TEXT, &a->plural, &b->plural);
    compare_label(t, CHANGE_TEXT, &a->short_label, &b->short_label);
    compare_text(t, CHANGE_LOOK, a->look, b->look);
    compare_text(t, CHANGE_LOOK, a->mark, b->mark);
    compare_text(t, CHANGE_LOOK, a->fill, b->fill);
    compare_text(t, CHANGE_LOOK, a->edge, b->edge);
    compare_text(t, CHANGE_LOOK, a->ink, b->ink);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
}

/* The grades that both have stand in the same order? */
static void
compare_grade_order(struct diffing *d)
{
    struct thing t = top(d, "grades");
    int last = -1;

    for (int i = 0; i < d->b->grade_count; i++) {
        int place = instrument_grade(d->a, d->b->grades[i].id);

        if (place < 0)
            continue;
        if (place < last) {
            note(&t, CHANGE_GRADE_ORDER, "", "");
            return;
        }
        last = place;
    }
}

static void
compare_scale(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    struct thing whole = top(d, "scale");

    compare_int(&whole, CHANGE_SCALE, a->scale_count, b->scale_count);
    for (int i = 0; i < a->scale_count && i < b->scale_count; i++) {
        struct thing t = part(&whole, arena_printf(d->arena, "%d", i + 1));

        compare_text(&t, CHANGE_SCALE, a->grades[a->scale[i].grade].id,
                     b->grades[b->scale[i].grade].id);
        compare_label(&t, CHANGE_LABEL, &a->scale[i].label,
                      &b->scale[i].label);
        compare_text(&t, CHANGE_SOURCE, a->scale[i].source,
                     b->scale[i].source);
    }
}

static void
compare_tab(const struct thing *t, const void *va, const void *vb)
{
    const struct tab *a = va, *b = vb;

    compare_label(t, CHANGE_TEXT, &a->label, &b->label);
    compare_label(t, CHANGE_TEXT, &a->help, &b->help);
    compare_int(t, CHANGE_RANKS, a->ranks, b->ranks);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
}

static void
compare_source(const struct thing *t, const void *va, const void *vb)
{
    const struct source *a = va, *b = vb;

    compare_label(t, CHANGE_TEXT, &a->title, &b->title);
}

static void
compare_parts(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing lists[] = {
        { "sources", a->sources, b->sources, a->source_count,
          b->source_count, sizeof(struct source), NO_PLACE, CHANGE_SOURCE,
          CHANGE_SOURCE, compare_source },
        { "grades", a->grades, b->grades, a->grade_count, b->grade_count,
          sizeof(struct grade), offsetof(struct grade, at),
          CHANGE_GRADE_ADDED, CHANGE_GRADE_REMOVED, compare_grade },
        { "tabs", a->tabs, b->tabs, a->tab_count, b->tab_count,
          sizeof(struct tab), NO_PLACE, CHANGE_TAB, CHANGE_TAB,
          compare_tab }
    };
    struct thing t = top(d, "id");

    compare_text(&t, CHANGE_ID, a->id, b->id);
    t.where = "title";
    compare_label(&t, CHANGE_TEXT, &a->title, &b->title);
    t.where = "person";
    compare_label(&t, CHANGE_TEXT, &a->person.one, &b->person.one);
    compare_label(&t, CHANGE_TEXT, &a->person.many, &b->person.many);
    compare_label(&t, CHANGE_TEXT, &a->person.the, &b->person.the);
    compare_label(&t, CHANGE_TEXT, &a->person.the_many,
                  &b->person.the_many);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        compare_lists(d, &lists[i]);
    compare_grade_order(d);
    compare_scale(d);
}

/* --- what is entered */

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
        const struct code *old = twin(a->codes, a->code_count, sizeof *old,
                                      new->id);
        struct thing c = part(t, new->id);

        if (old == NULL) {
            note(&c, CHANGE_CODE_ADDED, "", "");
            continue;
        }
        moved = moved || old - a->codes != i;
        compare_label(&c, CHANGE_LABEL, &old->label, &new->label);
        compare_label(&c, CHANGE_TEXT, &old->help, &new->help);
        compare_text(&c, CHANGE_SOURCE, old->source, new->source);
    }
    for (int i = 0; i < a->code_count; i++) {
        struct thing c = part(t, a->codes[i].id);

        if (twin(b->codes, b->code_count, sizeof *b->codes, a->codes[i].id)
            != NULL)
            continue;
        note(&c, CHANGE_CODE_REMOVED, "", "");
        removed = true;
    }
    if (moved && !removed)
        note(t, CHANGE_CODE_ORDER, code_list(t->d->arena, a),
             code_list(t->d->arena, b));
}

static void
compare_limits(const struct thing *t, const struct variable *a,
               const struct variable *b)
{
    const char *old = arena_printf(t->d->arena, "%d-%d", a->min, a->max);
    const char *new = arena_printf(t->d->arena, "%d-%d", b->min, b->max);

    if (b->min < a->min || b->max > a->max)
        note(t, CHANGE_WIDENED, old, new);
    if (b->min > a->min || b->max < a->max)
        note(t, CHANGE_NARROWED, old, new);
    compare_text(t, CHANGE_AT_MOST, id_of(t->d->a, a->at_most),
                 id_of(t->d->b, b->at_most));
}

static void
compare_colours(const struct thing *t, const struct variable *a,
                const struct variable *b)
{
    for (int i = 0; i < t->d->b->scale_count; i++) {
        int grade = t->d->b->scale[i].grade;
        const char *id = t->d->b->grades[grade].id;
        int old = instrument_grade(t->d->a, id);
        struct thing c = part(t, id);

        /* a grade is said once; one that the old scale lacks is new */
        if ((i > 0 && t->d->b->scale[i - 1].grade == grade) || old < 0
            || old > t->d->a->scale[t->d->a->scale_count - 1].grade)
            continue;
        compare_label(&c, CHANGE_COLOUR, &a->colours[old].label,
                      &b->colours[grade].label);
        compare_label(&c, CHANGE_COLOUR, &a->colours[old].text,
                      &b->colours[grade].text);
        compare_label(&c, CHANGE_TEXT, &a->colours[old].help,
                      &b->colours[grade].help);
        compare_text(&c, CHANGE_SOURCE, a->colours[old].source,
                     b->colours[grade].source);
    }
}

static const char *
counts_word(enum counts counts)
{
    static const char *const words[] = {
        "recipients", "children", "services"
    };

    return words[counts];
}

static void
compare_tab_of(const struct thing *t, const struct variable *a,
               const struct variable *b)
{
    const struct tab *old = &t->d->a->tabs[a->tab];
    const struct tab *new = &t->d->b->tabs[b->tab];

    if (strcmp(old->id, new->id) == 0)
        return;
    note(t, CHANGE_TAB, old->id, new->id);
    compare_int(t, CHANGE_RANKS, old->ranks, new->ranks);
}

static void
compare_entered(const struct thing *t, const struct variable *a,
                const struct variable *b)
{
    compare_label(t, CHANGE_LABEL, &a->label, &b->label);
    compare_label(t, CHANGE_TEXT, &a->help, &b->help);
    compare_label(t, CHANGE_TEXT, &a->rules, &b->rules);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
    compare_tab_of(t, a, b);
    if (a->kind != b->kind || a->of_units != b->of_units) {
        note(t, CHANGE_KIND, kind_word(a->kind), kind_word(b->kind));
        return;
    }
    compare_text(t, CHANGE_ROLE, role_word(a->role), role_word(b->role));
    compare_text(t, CHANGE_ASKED, a->asked_text, b->asked_text);
    if (a->takes_unknown != b->takes_unknown)
        note(t, b->takes_unknown ? CHANGE_UNKNOWN_ALLOWED
                                 : CHANGE_UNKNOWN_REFUSED, "", "");
    compare_int(t, CHANGE_IDENTIFIES, a->identifies, b->identifies);
    if (a->off != b->off)
        note(t, b->off ? CHANGE_OFF : CHANGE_ON, "", "");
    compare_int(t, CHANGE_DIGITS, a->refuse_digits, b->refuse_digits);
    compare_text(t, CHANGE_COUNTS, counts_word(a->counts),
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
        return words[v->derive];
    if (v->derive != DERIVE_WHEN)
        return arena_printf(d->arena, "%s: %s", words[v->derive],
                            ids_of(d->arena, in, v->of, v->of_count,
                                   v->derive == DERIVE_ANY ? other : NULL));
    needs = ids_of(d->arena, in, v->needs, v->need_count, NULL);
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

    compare_label(t, CHANGE_LABEL, &a->label, &b->label);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
    compare_text(t, CHANGE_DERIVED, derivation(d, d->a, a, d->b),
                 derivation(d, d->b, b, d->a));
    compare_text(t, CHANGE_COUNTS, counts_word(a->counts),
                 counts_word(b->counts));
    if (a->derive != DERIVE_BANDS || b->derive != DERIVE_BANDS)
        return;
    compare_text(t, CHANGE_BANDS, band_list(d->arena, a),
                 band_list(d->arena, b));
    for (int i = 0; i < b->code_count; i++) {
        const struct code *old = twin(a->codes, a->code_count, sizeof *old,
                                      b->codes[i].id);
        struct thing c = part(t, b->codes[i].id);

        if (old != NULL)
            compare_label(&c, CHANGE_LABEL, &old->label,
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

static void
compare_variables(struct diffing *d)
{
    for (int i = 0; i < d->b->variable_count; i++) {
        const struct variable *b = &d->b->variables[i], *a;
        struct thing t = { d, b->id, b->at };
        int old = instrument_variable(d->a, b->id, strlen(b->id));

        a = old >= 0 ? &d->a->variables[old] : NULL;
        if (of_service(b))
            continue;
        if (a == NULL || is_entered(a) != is_entered(b) || of_service(a))
            note(&t, is_entered(b) ? CHANGE_VARIABLE_ADDED
                                   : CHANGE_DERIVED_ADDED, "", "");
        else if (is_entered(b))
            compare_entered(&t, a, b);
        else
            compare_derived(&t, a, b);
    }
    for (int i = 0; i < d->a->variable_count; i++) {
        const struct variable *a = &d->a->variables[i];
        struct thing t = top(d, a->id);
        int new = instrument_variable(d->b, a->id, strlen(a->id));

        if (!of_service(a)
            && (new < 0 || of_service(&d->b->variables[new])
                || is_entered(&d->b->variables[new]) != is_entered(a)))
            note(&t, is_entered(a) ? CHANGE_VARIABLE_REMOVED
                                   : CHANGE_DERIVED_REMOVED, "", "");
    }
}

/* --- services */

static void
compare_category(const struct thing *t, const void *va, const void *vb)
{
    const struct category *a = va, *b = vb;

    compare_label(t, CHANGE_LABEL, &a->label, &b->label);
    compare_label(t, CHANGE_TEXT, &a->purpose, &b->purpose);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
}

/* The service called ID, and the id of its category. */
static const struct service *
find_service(const struct instrument *in, const char *id,
             const char **category)
{
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];
        const struct service *s = twin(c->services, c->service_count,
                                       sizeof *s, id);

        *category = c->id;
        if (s != NULL)
            return s;
    }
    return NULL;
}

static void
compare_service(struct diffing *d, const struct service *b,
                const char *category)
{
    struct thing whole = top(d, "services"), t = part(&whole, b->id);
    const char *old_category;
    const struct service *a = find_service(d->a, b->id, &old_category);

    t.at = d->b->variables[b->received].at;
    if (a == NULL) {
        note(&t, CHANGE_SERVICE_ADDED, "", category);
        return;
    }
    compare_text(&t, CHANGE_SERVICE_MOVED, old_category, category);
    compare_label(&t, CHANGE_LABEL, &a->label, &b->label);
    compare_label(&t, CHANGE_TEXT, &a->examples, &b->examples);
    compare_text(&t, CHANGE_SOURCE, a->source, b->source);
}

static void
compare_services(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing categories = {
        "categories", a->categories, b->categories, a->category_count,
        b->category_count, sizeof(struct category), NO_PLACE,
        CHANGE_CATEGORY_ADDED, CHANGE_CATEGORY_REMOVED, compare_category
    };
    struct thing t = top(d, "services.received"), gone;
    const char *category;

    compare_label(&t, CHANGE_LABEL, &a->received, &b->received);
    compare_label(&t, CHANGE_TEXT, &a->received_help, &b->received_help);
    t.where = "services.wanted";
    compare_label(&t, CHANGE_LABEL, &a->wanted, &b->wanted);
    compare_label(&t, CHANGE_TEXT, &a->wanted_help, &b->wanted_help);
    compare_lists(d, &categories);
    for (int i = 0; i < b->category_count; i++)
        for (int j = 0; j < b->categories[i].service_count; j++)
            compare_service(d, &b->categories[i].services[j],
                            b->categories[i].id);
    t.where = "services";
    for (int i = 0; i < a->category_count; i++) {
        for (int j = 0; j < a->categories[i].service_count; j++) {
            const char *id = a->categories[i].services[j].id;

            gone = part(&t, id);
            if (find_service(b, id, &category) == NULL)
                note(&gone, CHANGE_SERVICE_REMOVED, a->categories[i].id,
                     "");
        }
    }
}

/* --- what a registration must and may not say, and the index */

static void
compare_check(const struct thing *t, const void *va, const void *vb)
{
    const struct check *a = va, *b = vb;

    compare_text(t, CHANGE_CHECK, a->refuse_text, b->refuse_text);
    compare_text(t, CHANGE_TEXT, id_of(t->d->a, a->at),
                 id_of(t->d->b, b->at));
    compare_label(t, CHANGE_TEXT, &a->message, &b->message);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
}

static void
compare_checks(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing checks = {
        "checks", a->checks, b->checks, a->check_count, b->check_count,
        sizeof(struct check), offsetof(struct check, pos),
        CHANGE_CHECK_ADDED, CHANGE_CHECK_REMOVED, compare_check
    };
    struct thing t = top(d, "complete.answered");

    compare_text(&t, CHANGE_COMPLETE,
                 ids_of(d->arena, a, a->complete_answered,
                        a->complete_answered_count, NULL),
                 ids_of(d->arena, b, b->complete_answered,
                        b->complete_answered_count, NULL));
    t.where = "complete.any_of";
    compare_text(&t, CHANGE_COMPLETE,
                 ids_of(d->arena, a, a->complete_any,
                        a->complete_any_count, NULL),
                 ids_of(d->arena, b, b->complete_any,
                        b->complete_any_count, NULL));
    compare_lists(d, &checks);
}

/* The weight of the area ID, or 0. */
static int
weight_of(const struct instrument *in, const char *id)
{
    for (int i = 0; i < in->index.areas; i++)
        if (strcmp(id_of(in, in->index.variable[i]), id) == 0)
            return in->index.weight[i];
    return 0;
}

static void
compare_areas(const struct thing *whole)
{
    const struct instrument *a = whole->d->a, *b = whole->d->b;

    for (int i = 0; i < b->index.areas; i++) {
        const char *id = id_of(b, b->index.variable[i]);
        struct thing t = part(whole, id);
        int old = weight_of(a, id);

        compare_int(&t, old > 0 ? CHANGE_WEIGHT : CHANGE_AREA_ADDED, old,
                    b->index.weight[i]);
    }
    for (int i = 0; i < a->index.areas; i++) {
        const char *id = id_of(a, a->index.variable[i]);
        struct thing t = part(whole, id);

        if (weight_of(b, id) == 0)
            note(&t, CHANGE_AREA_REMOVED, "", "");
    }
}

static void
compare_index(struct diffing *d)
{
    const struct index_rule *a = &d->a->index, *b = &d->b->index;
    struct thing whole = { d, "index", b->at };

    compare_int(&whole, CHANGE_TEXT, a->version, b->version);
    compare_label(&whole, CHANGE_TEXT, &a->label, &b->label);
    compare_label(&whole, CHANGE_TEXT, &a->note, &b->note);
    compare_text(&whole, CHANGE_SOURCE, a->source, b->source);
    compare_int(&whole, CHANGE_UNANSWERED_MAX, a->unanswered_max,
                b->unanswered_max);
    compare_areas(&whole);
    for (int i = 1; i < d->b->grade_count; i++) {
        int old = instrument_grade(d->a, d->b->grades[i].id);
        struct thing t = part(&whole, d->b->grades[i].id);

        if (old >= 0)
            compare_int(&t, CHANGE_CUT, a->from[old], b->from[i]);
    }
}

/* --- tables and reports */

static void
compare_figure(const struct thing *t, const struct figure *a,
               const struct figure *b)
{
    compare_label(t, CHANGE_TEXT, &a->label, &b->label);
    compare_text(t, CHANGE_TABLE, a->where, b->where);
    compare_text(t, CHANGE_TABLE, a->of, b->of);
    compare_text(t, CHANGE_TABLE, id_of(t->d->a, a->sum),
                 id_of(t->d->b, b->sum));
    compare_text(t, CHANGE_TABLE, counts_word(a->counts),
                 counts_word(b->counts));
}

static const char *
figure_list(struct arena *arena, const struct table_def *t)
{
    const char *out = "";

    for (int i = 0; i < t->figure_count; i++)
        out = arena_printf(arena, "%s%s%s", out, i > 0 ? ", " : "",
                           t->figures[i].id);
    return out;
}

static void
compare_figures(const struct thing *t, const struct table_def *a,
                const struct table_def *b)
{
    compare_text(t, CHANGE_TABLE, figure_list(t->d->arena, a),
                 figure_list(t->d->arena, b));
    for (int i = 0; i < b->figure_count; i++) {
        const struct figure *old = twin(a->figures, a->figure_count,
                                        sizeof *old, b->figures[i].id);
        struct thing f = part(t, b->figures[i].id);

        if (old != NULL)
            compare_figure(&f, old, &b->figures[i]);
    }
}

/* The labels that replace those of the rows, row by row. */
static void
compare_row_labels(const struct thing *t, const struct table_def *a,
                   const struct table_def *b)
{
    static const struct label none = { { NULL } };

    for (int i = 0; i < a->row_count && i < b->row_count; i++)
        compare_label(t, CHANGE_TEXT,
                      a->row_labels != NULL ? &a->row_labels[i] : &none,
                      b->row_labels != NULL ? &b->row_labels[i] : &none);
}

static void
compare_table_look(const struct thing *t, const struct table_def *a,
                   const struct table_def *b)
{
    static const char *const charts[] = {
        "none", "bar", "bars", "mosaic", "columns", "list"
    };
    static const char *const findings[] = { "none", "majority", "most" };

    compare_label(t, CHANGE_TEXT, &a->title, &b->title);
    compare_label(t, CHANGE_TEXT, &a->note, &b->note);
    compare_row_labels(t, a, b);
    compare_int(t, CHANGE_SOURCE, a->figure_number, b->figure_number);
    compare_text(t, CHANGE_SOURCE, a->source, b->source);
    compare_text(t, CHANGE_LOOK, charts[a->chart], charts[b->chart]);
    compare_text(t, CHANGE_LOOK, findings[a->finding],
                 findings[b->finding]);
    compare_text(t, CHANGE_LOOK, a->finding_key, b->finding_key);
    compare_text(t, CHANGE_LOOK, id_of(t->d->a, a->definitions),
                 id_of(t->d->b, b->definitions));
}

static void
compare_table(const struct thing *t, const void *va, const void *vb)
{
    static const char *const shares[] = { "all", "rows", "columns", "none" };
    const struct table_def *a = va, *b = vb;
    struct arena *arena = t->d->arena;

    compare_text(t, CHANGE_TABLE,
                 ids_of(arena, t->d->a, a->rows, a->row_count, NULL),
                 ids_of(arena, t->d->b, b->rows, b->row_count, NULL));
    compare_text(t, CHANGE_TABLE, id_of(t->d->a, a->columns),
                 id_of(t->d->b, b->columns));
    compare_text(t, CHANGE_TABLE, a->where, b->where);
    compare_text(t, CHANGE_TABLE, id_of(t->d->a, a->sum),
                 id_of(t->d->b, b->sum));
    compare_text(t, CHANGE_TABLE, counts_word(a->counts),
                 counts_word(b->counts));
    compare_text(t, CHANGE_TABLE, shares[a->share], shares[b->share]);
    compare_figures(t, a, b);
    compare_table_look(t, a, b);
}

static const char *
table_list(struct arena *arena, const struct instrument *in,
           const struct section *s)
{
    const char *out = "";

    for (int i = 0; s != NULL && i < s->table_count; i++)
        out = arena_printf(arena, "%s%s%s", out, i > 0 ? ", " : "",
                           in->tables[s->tables[i]].id);
    return out;
}

/* A section that is gone, or new, is one without tables and words. */
static void
compare_section(const struct thing *t, const struct section *a,
                const struct section *b)
{
    static const struct section none = { 0 };

    compare_text(t, CHANGE_LOOK, table_list(t->d->arena, t->d->a, a),
                 table_list(t->d->arena, t->d->b, b));
    a = a != NULL ? a : &none;
    b = b != NULL ? b : &none;
    compare_label(t, CHANGE_TEXT, &a->title, &b->title);
    compare_label(t, CHANGE_TEXT, &a->text, &b->text);
}

static void
compare_report(const struct thing *t, const void *va, const void *vb)
{
    static const char *const scopes[] = { "recipients", "unit" };
    const struct report_def *a = va, *b = vb;

    compare_label(t, CHANGE_TEXT, &a->title, &b->title);
    compare_label(t, CHANGE_TEXT, &a->people, &b->people);
    compare_text(t, CHANGE_REPORT, a->where, b->where);
    compare_text(t, CHANGE_REPORT, scopes[a->scope], scopes[b->scope]);
    for (int i = 0; i < b->section_count; i++) {
        const struct section *old = twin(a->sections, a->section_count,
                                         sizeof *old, b->sections[i].id);
        struct thing s = part(t, b->sections[i].id);

        compare_section(&s, old, &b->sections[i]);
    }
    for (int i = 0; i < a->section_count; i++) {
        struct thing s = part(t, a->sections[i].id);

        if (twin(b->sections, b->section_count, sizeof *b->sections,
                 a->sections[i].id) == NULL)
            compare_section(&s, &a->sections[i], NULL);
    }
}

static void
compare_reports(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing lists[] = {
        { "tables", a->tables, b->tables, a->table_count, b->table_count,
          sizeof(struct table_def), offsetof(struct table_def, at),
          CHANGE_TABLE_ADDED, CHANGE_TABLE_REMOVED, compare_table },
        { "reports", a->reports, b->reports, a->report_count,
          b->report_count, sizeof(struct report_def),
          offsetof(struct report_def, at), CHANGE_REPORT_ADDED,
          CHANGE_REPORT_REMOVED, compare_report }
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        compare_lists(d, &lists[i]);
}

int
instrument_diff(const struct instrument *a, const struct instrument *b,
                struct arena *arena, const struct change **changes)
{
    struct diffing d = { a, b, arena, NULL, 0, 0 };

    compare_parts(&d);
    compare_variables(&d);
    compare_services(&d);
    compare_checks(&d);
    compare_index(&d);
    compare_reports(&d);
    *changes = d.list;
    return d.count;
}

bool
instrument_may_follow(const struct instrument *a, const struct instrument *b,
                      struct err *e)
{
    const struct change *changes;
    struct arena arena;
    bool may = true;
    int count;

    arena_init(&arena);
    count = instrument_diff(a, b, &arena, &changes);
    for (int i = 0; i < count && may; i++) {
        may = changes[i].may_follow;
        if (!may) {
            err_at(e, changes[i].at.file, changes[i].at.line,
                   changes[i].at.column);
            err_set(e, ERR_INPUT, "def.follow", "%s", changes[i].where);
        }
    }
    arena_clear(&arena);
    return may;
}

/* --- for people */

/* TEXT on one line, SHOWN characters at most. */
static const char *
shorten(struct arena *arena, const char *text)
{
    enum { SHOWN = 60 };
    const char *p = text, *end = text + strlen(text);
    char *out, *c;

    for (int i = 0; i < SHOWN && p < end; i++)
        utf8_next(&p, end);
    out = arena_printf(arena, "%.*s%s", (int)(p - text), text,
                       p < end ? "…" : "");
    for (c = out; *c != '\0'; c++)
        if (*c == '\n')
            *c = ' ';
    return out;
}

static void
show_change(const struct change *c, enum lang lang, struct arena *arena,
            struct buf *out)
{
    const char *none = msg_text(lang, "diff.nothing");
    const char *arg[] = { c->where, c->old, c->new };

    for (int i = 1; i < 3; i++)
        arg[i] = *arg[i] != '\0' ? shorten(arena, arg[i]) : none;
    if (c->at.line > 0)
        buf_printf(out, "%6ld  ", c->at.line);
    else
        buf_text(out, "        ");
    buf_text(out, c->compatible ? "  " : "! ");
    msg_put(out, lang, c->key, 3, arg);
    buf_byte(out, '\n');
}

void
diff_show(const struct change *changes, int count, enum lang lang,
          struct buf *out)
{
    int breaking = 0, late = 0;
    struct arena arena;
    const char *arg[2];

    arena_init(&arena);
    for (int i = 0; i < count; i++) {
        show_change(&changes[i], lang, &arena, out);
        breaking += !changes[i].compatible;
        late += !changes[i].may_follow;
    }
    if (count > 0)
        buf_byte(out, '\n');
    arg[0] = arena_printf(&arena, "%d", count);
    arg[1] = arena_printf(&arena, "%d", breaking);
    msg_put(out, lang, count == 0 ? "diff.same" : breaking > 0
            ? "diff.breaks" : "diff.compatible", 2, arg);
    buf_byte(out, '\n');
    if (count > 0) {
        arg[1] = arena_printf(&arena, "%d", late);
        msg_put(out, lang, late > 0 ? "diff.late" : "diff.may_follow", 2,
                arg);
        buf_byte(out, '\n');
    }
    arena_clear(&arena);
}
