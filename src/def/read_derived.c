/* read_derived.c - what follows from the answers: the index and the derived
 * variables, and what a registration must and may not have.
 *
 * A row of the table `makers` reads each value of `is`. Every derived
 * variable knows the entered ones behind it, through others if need be:
 * the rule for "none of them is answered" is about those (rules.md,
 * "Counting"). */
#include <string.h>
#include "def/expr.h"
#include "def/read.h"

struct raw_derived {
    const char *id, *source;
    struct label label, label_w;
    const struct yaml *is, *of, *bands, *when, *needs, *categories, *services;
    const struct yaml *worst;
    enum counts counts;
    const struct yaml *node;
};

/* A growing set of variables: one mark each. */
struct marks {
    bool on[VARIABLE_MAX];
    int count;
};

static void
mark(void *ctx, int variable)
{
    struct marks *m = ctx;

    if (!m->on[variable]) {
        m->on[variable] = true;
        m->count++;
    }
}

/* The entered variables behind V and its own, in order. */
static void
mark_entered(const struct instrument *in, int v, struct marks *m)
{
    const struct variable *x = &in->variables[v];

    if (x->derive == DERIVE_NONE)
        mark(m, v);
    for (int i = 0; i < x->entered_count; i++)
        mark(m, x->entered[i]);
}

static const int *
marked(struct reader *r, const struct marks *m)
{
    int *out = arena_array(r->arena, (size_t)m->count, sizeof *out);
    int n = 0;

    for (int i = 0; i < VARIABLE_MAX; i++)
        if (m->on[i])
            out[n++] = i;
    return out;
}

/* Fills in what stands behind V, from what it is made of. */
static void
set_entered(struct reader *r, struct variable *v)
{
    struct marks m = { .count = 0 };

    for (int i = 0; i < v->of_count; i++)
        mark_entered(r->in, v->of[i], &m);
    v->entered = marked(r, &m);
    v->entered_count = m.count;
}

const struct code *
read_grade_codes(struct reader *r)
{
    int count = r->in->grade_count;
    struct code *codes = arena_array(r->arena, (size_t)count, sizeof *codes);

    for (int i = 0; i < count; i++) {
        codes[i].id = r->in->grades[i].id;
        codes[i].label = r->in->grades[i].label;
        codes[i].source = r->in->grades[i].source;
    }
    return codes;
}

/* `of` must be one variable of KIND. */
static bool
read_one(struct reader *r, const struct raw_derived *raw, enum kind kind,
         struct variable *v)
{
    if (!bind_variables(r, raw->of, r->in->variable_count - 1, &v->of,
                        &v->of_count))
        return false;
    if (v->of_count != 1 || r->in->variables[v->of[0]].kind != kind) {
        bind_at(r, raw->of);
        return err_set(r->e, ERR_INPUT, "def.of_kind", "%s",
                       kind_word(kind));
    }
    return true;
}

static bool
make_age(struct reader *r, const struct raw_derived *raw, struct variable *v)
{
    v->kind = KIND_INT;
    v->min = 0;
    v->max = 400;
    return read_one(r, raw, KIND_INT, v);
}

struct band {
    const char *id;
    struct label label;
    const struct yaml *from, *to;
};

/* Bands follow each other without gap: only the first may lack `from`, only
 * the last `to`. */
static bool
read_band_limits(struct reader *r, const struct yaml *n,
                 const struct band *bands, int count, int *from, int *max)
{
    int next = 0;

    for (int i = 0; i < count; i++, n = n->next) {
        int to = INT_MAX_VALUE;

        from[i] = next;
        if (bands[i].from != NULL && !bind_int(r, bands[i].from, &from[i]))
            return false;
        if (bands[i].to != NULL && !bind_int(r, bands[i].to, &to))
            return false;
        if ((i > 0 && from[i] != next) || from[i] > to
            || (i < count - 1 && bands[i].to == NULL)
            || (bands[i].from == NULL && i > 0))
            return bind_fail(r, n, "def.bands");
        next = to + 1;
    }
    *max = next - 1;
    return true;
}

static bool
make_bands(struct reader *r, const struct raw_derived *raw,
           struct variable *v)
{
    static const struct field fields[] = {
        { "code", true, bind_code, offsetof(struct band, id) },
        { "label", true, bind_label, offsetof(struct band, label) },
        { "from", false, bind_node, offsetof(struct band, from) },
        { "to", false, bind_node, offsetof(struct band, to) }
    };
    struct band *bands;
    struct code *codes;
    int *from;

    v->kind = KIND_CODE;
    if (!read_one(r, raw, KIND_INT, v)
        || !bind_list(r, raw->bands, sizeof *bands, 64, fields,
                      FIELD_COUNT(fields), &bands, &v->code_count)
        || !read_unique(r, raw->bands, bands, v->code_count, sizeof *bands))
        return false;
    v->codes = codes = arena_array(r->arena, (size_t)v->code_count,
                                   sizeof *codes);
    v->band_from = from = arena_array(r->arena, (size_t)v->code_count,
                                      sizeof *from);
    for (int i = 0; i < v->code_count; i++) {
        codes[i].id = bands[i].id;
        codes[i].label = bands[i].label;
    }
    return read_band_limits(r, raw->bands->first, bands, v->code_count, from,
                            &v->max);
}

static bool
make_grade(struct reader *r, const struct raw_derived *raw,
           struct variable *v)
{
    v->kind = KIND_CODE;
    v->codes = read_grade_codes(r);
    /* No score leads to a grade worse than the scale's last. */
    v->code_count = r->in->scale[r->in->scale_count - 1].grade + 1;
    return read_one(r, raw, KIND_SCORE, v);
}

static bool
make_index(struct reader *r, const struct raw_derived *raw,
           struct variable *v)
{
    if (r->in->index_variable >= 0)
        return bind_fail(r, raw->is, "def.index_twice");
    v->kind = KIND_INDEX;
    v->of = r->in->index.variable;
    v->of_count = r->in->index.areas;
    r->in->index_variable = (int)(v - r->in->variables);
    return true;
}

struct worst {
    const char *grade;
    struct label label, plural;
};

/* The last grades of the index as one, from the one named on. */
static bool
make_worst(struct reader *r, const struct yaml *n, struct variable *v)
{
    static const struct field fields[] = {
        { "grade", true, bind_id, offsetof(struct worst, grade) },
        { "label", true, bind_label, offsetof(struct worst, label) },
        { "plural", true, bind_label, offsetof(struct worst, plural) }
    };
    struct worst worst;
    struct code *codes;
    int grade;

    if (!bind_map(r, n, fields, FIELD_COUNT(fields), &worst))
        return false;
    grade = instrument_grade(r->in, worst.grade);
    /* The first would leave one grade, the last be the index' own grade. */
    if (grade < 1 || grade > r->in->grade_count - 2)
        return bind_fail(r, yaml_get(n, "grade"), "def.worst");
    v->code_count = grade + 1;
    v->plural = worst.plural;
    codes = arena_array(r->arena, (size_t)v->code_count, sizeof *codes);
    memcpy(codes, v->codes, (size_t)v->code_count * sizeof *codes);
    codes[grade].label = worst.label;
    v->codes = codes;
    return true;
}

static bool
make_index_grade(struct reader *r, const struct raw_derived *raw,
                 struct variable *v)
{
    if (r->in->index_variable < 0)
        return bind_fail(r, raw->is, "def.index_first");
    if (raw->worst == NULL && r->in->index_grade_variable >= 0)
        return bind_fail(r, raw->is, "def.index_twice");
    v->kind = KIND_CODE;
    v->codes = read_grade_codes(r);
    v->code_count = r->in->grade_count;
    v->of = &r->in->index_variable;
    v->of_count = 1;
    if (raw->worst != NULL)
        return make_worst(r, raw->worst, v);
    r->in->index_grade_variable = (int)(v - r->in->variables);
    return true;
}

static bool
make_when(struct reader *r, const struct raw_derived *raw,
          struct variable *v)
{
    struct marks m = { .count = 0 };
    int known = r->in->variable_count - 1;

    v->kind = KIND_BOOL;
    v->codes = read_bool_codes(r);
    v->code_count = 2;
    if (!bind_text(r, raw->when, &v->when_text)
        || !read_expr(r, raw->when, v->when_text, known, &v->when))
        return false;
    if (v->when == NULL)
        return bind_fail(r, raw->when, "def.want_text");
    expr_variables(v->when, mark, &m);
    v->of = marked(r, &m);
    v->of_count = m.count;
    return raw->needs == NULL
        || bind_variables(r, raw->needs, known, &v->needs, &v->need_count);
}

static bool
make_sum(struct reader *r, const struct raw_derived *raw, struct variable *v)
{
    v->kind = KIND_INT;
    if (!bind_variables(r, raw->of, r->in->variable_count - 1, &v->of,
                        &v->of_count))
        return false;
    for (int i = 0; i < v->of_count; i++) {
        const struct variable *part = &r->in->variables[v->of[i]];

        if (part->kind != KIND_INT)
            return bind_fail(r, raw->of, "def.want_int_variable");
        v->max += part->max;
    }
    if (v->max > INT_MAX_VALUE)
        return bind_fail(r, raw->of, "def.sum_large");
    v->counts = raw->counts;
    return true;
}

static const struct {
    const char *word;
    enum derive derive;
    bool of, bands, when;       /* what it needs */
    bool (*make)(struct reader *r, const struct raw_derived *raw,
                 struct variable *v);
} makers[] = {
    { "age", DERIVE_AGE, true, false, false, make_age },
    { "bands", DERIVE_BANDS, true, true, false, make_bands },
    { "grade", DERIVE_GRADE, true, false, false, make_grade },
    { "index", DERIVE_INDEX, false, false, false, make_index },
    { "index_grade", DERIVE_INDEX_GRADE, false, false, false,
      make_index_grade },
    { "when", DERIVE_WHEN, false, false, true, make_when },
    { "sum", DERIVE_SUM, true, false, false, make_sum },
    { "services", DERIVE_ANY, false, false, false, NULL }
};

/* One of the two variables ID_r and ID_w: any of TICKS. */
static bool
add_any(struct reader *r, const struct yaml *n, const char *id, bool wanted,
        const struct label *label, const char *source, const int *ticks,
        int count)
{
    struct variable *v = read_new_variable(
        r, n, arena_printf(r->arena, "%s_%c", id, wanted ? 'w' : 'r'));

    if (v == NULL)
        return false;
    v->kind = KIND_BOOL;
    v->derive = DERIVE_ANY;
    v->label = *label;
    v->source = source;
    v->codes = read_bool_codes(r);
    v->code_count = 2;
    v->wanted = wanted;
    v->of = ticks;
    v->of_count = count;
    set_entered(r, v);
    return true;
}

/* The ticks, received or wanted, of the services marked. */
static const int *
ticks_of(struct reader *r, const struct marks *m, bool wanted, int *count)
{
    struct marks chosen = { .count = 0 };

    for (int i = 0; i < r->in->entered_count; i++)
        if (m->on[i] && r->in->variables[i].wanted == wanted)
            mark(&chosen, i);
    *count = chosen.count;
    return marked(r, &chosen);
}

static void
mark_category(const struct instrument *in, int category, struct marks *m)
{
    for (int i = 0; i < in->entered_count; i++)
        if (in->variables[i].category == category)
            mark(m, i);
}

static bool
add_pair(struct reader *r, const struct yaml *n, const char *id,
         const struct label *label, const struct label *label_w,
         const char *source, const struct marks *m)
{
    for (int wanted = 0; wanted < 2; wanted++) {
        int count;
        const int *ticks = ticks_of(r, m, wanted == 1, &count);

        if (!add_any(r, n, id, wanted == 1, wanted ? label_w : label, source,
                     ticks, count))
            return false;
    }
    return true;
}

/* CATEGORY_r and CATEGORY_w of every category. */
static bool
add_categories(struct reader *r, const struct yaml *n)
{
    struct category *c =
        (struct category *)(void *)(uintptr_t)r->in->categories;

    for (int i = 0; i < r->in->category_count; i++) {
        struct marks m = { .count = 0 };

        mark_category(r->in, i, &m);
        c[i].received = r->in->variable_count;
        c[i].wanted = c[i].received + 1;
        if (!add_pair(r, n, c[i].id, &c[i].label, &c[i].label, c[i].source,
                      &m))
            return false;
        for (int w = 0; w < 2; w++)
            r->in->variables[c[i].received + w].category = i;
    }
    return true;
}

/* Marks the services that one name of a list stands for. */
static bool
mark_named(struct reader *r, const struct yaml *n, bool category,
           struct marks *m)
{
    enum { NAMES_MAX = VARIABLE_MAX / 2 };      /* a service is two */
    const char *words[NAMES_MAX];
    int place[NAMES_MAX], count = 0, word;

    for (int i = 0; i < r->in->category_count; i++) {
        const struct category *c = &r->in->categories[i];

        if (category) {
            place[count] = i;
            words[count++] = c->id;
        }
        for (int j = 0; !category && j < c->service_count; j++) {
            place[count] = c->services[j].received;
            words[count++] = c->services[j].id;
        }
    }
    word = bind_word(r, n, words, count);
    if (word < 0)
        return false;
    if (category) {
        mark_category(r->in, place[word], m);
    } else {
        mark(m, place[word]);
        mark(m, place[word] + 1);
    }
    return true;
}

static bool
add_services(struct reader *r, const struct raw_derived *raw)
{
    struct marks m = { .count = 0 };
    const struct yaml *lists[] = { raw->categories, raw->services };

    if (raw->categories == NULL && raw->services == NULL)
        return bind_fail(r, raw->node, "def.want_services");
    for (int i = 0; i < 2; i++) {
        if (lists[i] == NULL)
            continue;
        if (lists[i]->kind != YAML_LIST || lists[i]->count == 0)
            return bind_fail(r, lists[i], "def.want_list");
        for (const struct yaml *n = lists[i]->first; n != NULL; n = n->next)
            if (!mark_named(r, n, i == 0, &m))
                return false;
    }
    return add_pair(r, raw->node, raw->id, &raw->label,
                    raw->label_w.in[0] != NULL ? &raw->label_w : &raw->label,
                    raw->source, &m);
}

static bool
add_derived(struct reader *r, const struct raw_derived *raw)
{
    const char *words[FIELD_COUNT(makers)];
    struct variable *v;
    int is;

    for (size_t i = 0; i < FIELD_COUNT(makers); i++)
        words[i] = makers[i].word;
    is = bind_word(r, raw->is, words, (int)FIELD_COUNT(makers));
    if (is < 0)
        return false;
    if ((makers[is].of && raw->of == NULL)
        || (makers[is].bands && raw->bands == NULL)
        || (makers[is].when && raw->when == NULL))
        return bind_fail(r, raw->is, "def.derived_needs");
    if (makers[is].make == NULL)
        return add_services(r, raw);
    v = read_new_variable(r, raw->node, raw->id);
    if (v == NULL)
        return false;
    v->derive = makers[is].derive;
    v->label = raw->label;
    v->source = raw->source;
    if (!makers[is].make(r, raw, v))
        return false;
    set_entered(r, v);
    return true;
}

bool
read_derived(struct reader *r, struct draft *d)
{
#define AT(member) offsetof(struct raw_derived, member)
    static const struct field fields[] = {
        { "id", true, bind_id, AT(id) },
        { "label", true, bind_label, AT(label) },
        { "label_w", false, bind_label, AT(label_w) },
        { "source", true, bind_source, AT(source) },
        { "is", true, bind_node, AT(is) },
        { "of", false, bind_node, AT(of) },
        { "bands", false, bind_node, AT(bands) },
        { "when", false, bind_node, AT(when) },
        { "needs", false, bind_node, AT(needs) },
        { "categories", false, bind_node, AT(categories) },
        { "services", false, bind_node, AT(services) },
        { "worst", false, bind_node, AT(worst) },
        { "counts", false, read_counts, AT(counts) }
    };
#undef AT
    struct raw_derived *raw;
    const struct yaml *n = d->derived->first;
    int count;

    if (!add_categories(r, d->services)
        || !bind_list(r, d->derived, sizeof *raw, VARIABLE_MAX, fields,
                      FIELD_COUNT(fields), &raw, &count))
        return false;
    for (int i = 0; i < count; i++, n = n->next) {
        raw[i].node = n;
        if (!add_derived(r, &raw[i]))
            return false;
    }
    return true;
}

struct raw_area {
    const struct yaml *variable;
    int weight;
};

static bool
read_areas(struct reader *r, const struct yaml *n, void *to)
{
    static const struct field fields[] = {
        { "variable", true, bind_node, offsetof(struct raw_area, variable) },
        { "weight", true, bind_int, offsetof(struct raw_area, weight) }
    };
    struct index_rule *rule = to;
    const struct yaml *item = n->first;
    struct raw_area *raw;

    if (!bind_list(r, n, sizeof *raw, AREA_MAX, fields, FIELD_COUNT(fields),
                   &raw, &rule->areas))
        return false;
    for (int i = 0; i < rule->areas; i++, item = item->next) {
        int v = bind_variable(r, raw[i].variable, r->in->entered_count);

        if (v < 0)
            return false;
        if (r->in->variables[v].kind != KIND_SCORE)
            return bind_fail(r, raw[i].variable, "def.want_score");
        for (int j = 0; j < i; j++)
            if (rule->variable[j] == v)
                return bind_fail(r, raw[i].variable, "def.area_twice");
        if (raw[i].weight < 1 || raw[i].weight > WEIGHT_MAX)
            return bind_fail(r, yaml_get(item, "weight"), "def.weight");
        rule->variable[i] = v;
        rule->weight[i] = raw[i].weight;
    }
    return true;
}

/* The lowest value of every grade but the first, rising. */
static bool
read_cuts(struct reader *r, const struct yaml *n, void *to)
{
    struct index_rule *rule = to;
    struct field fields[GRADE_MAX] = { 0 };
    int count = r->in->grade_count - 1;

    for (int i = 0; i < count; i++)
        fields[i] = (struct field){
            r->in->grades[i + 1].id, true, bind_int, sizeof(int) * (size_t)i
        };
    if (!bind_map(r, n, fields, (size_t)count, rule->from + 1))
        return false;
    for (int i = 1; i <= count; i++)
        if (rule->from[i] <= rule->from[i - 1])
            return bind_fail(r, n, "def.cuts_rising");
    return true;
}

bool
read_index(struct reader *r, struct draft *d)
{
    static const struct field fields[] = {
        { "version", true, bind_int, offsetof(struct index_rule, version) },
        { "label", true, bind_label, offsetof(struct index_rule, label) },
        { "note", true, bind_label, offsetof(struct index_rule, note) },
        { "source", true, bind_source, offsetof(struct index_rule, source) },
        { "areas", true, read_areas, 0 },
        { "unanswered_max", true, bind_int,
          offsetof(struct index_rule, unanswered_max) },
        { "grades", true, read_cuts, 0 }
    };

    r->in->index.at = d->index->at;
    return bind_map(r, d->index, fields, FIELD_COUNT(fields), &r->in->index);
}

bool
read_complete(struct reader *r, struct draft *d)
{
    struct needs { const struct yaml *answered, *any_of; } needs;
    static const struct field fields[] = {
        { "answered", true, bind_node, offsetof(struct needs, answered) },
        { "any_of", true, bind_node, offsetof(struct needs, any_of) }
    };
    struct instrument *in = r->in;

    return bind_map(r, d->complete, fields, FIELD_COUNT(fields), &needs)
        && bind_variables(r, needs.answered, in->entered_count,
                          &in->complete_answered,
                          &in->complete_answered_count)
        && bind_variables(r, needs.any_of, in->entered_count,
                          &in->complete_any, &in->complete_any_count);
}

struct raw_check {
    struct check c;
    const struct yaml *at, *refuse;
};

bool
read_checks(struct reader *r, struct draft *d)
{
    static const struct field fields[] = {
        { "id", true, bind_id, offsetof(struct raw_check, c.id) },
        { "at", true, bind_node, offsetof(struct raw_check, at) },
        { "refuse", true, bind_node, offsetof(struct raw_check, refuse) },
        { "message", true, bind_label, offsetof(struct raw_check, c.message) },
        { "source", true, bind_source, offsetof(struct raw_check, c.source) }
    };
    struct instrument *in = r->in;
    struct raw_check *raw;
    struct check *c;

    if (!bind_list(r, d->checks, sizeof *raw, 256, fields,
                   FIELD_COUNT(fields), &raw, &in->check_count))
        return false;
    in->checks = c = arena_array(r->arena, (size_t)in->check_count,
                                 sizeof *c);
    for (int i = 0; i < in->check_count; i++) {
        c[i] = raw[i].c;
        c[i].pos = raw[i].refuse->at;
        c[i].at = bind_variable(r, raw[i].at, in->entered_count);
        if (c[i].at < 0
            || !bind_text(r, raw[i].refuse, &c[i].refuse_text)
            || !read_expr(r, raw[i].refuse, c[i].refuse_text,
                          in->entered_count, &c[i].refuse))
            return false;
        if (c[i].refuse == NULL)
            return bind_fail(r, raw[i].refuse, "def.want_text");
    }
    return read_unique(r, d->checks, c, in->check_count, sizeof *c);
}
