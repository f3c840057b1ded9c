/* read_variables.c - what is entered: questions and service ticks.
 *
 * A question is read twice over: first by itself, so that every variable
 * has its place; then, when all are there, what of it names others. */
#include <string.h>
#include "base/msg.h"
#include "def/read.h"

/* A person's number in words would be a number stored. */
enum { NUMBER_DIGITS = 11 };

struct raw_variable {
    struct variable v;
    const struct yaml *node, *codes, *colours, *at_most, *asked;
    bool unknown_said, has_min, has_max;
    struct variable *place;     /* where it stands in the instrument */
};

static const char *const kind_words[KIND_COUNT] = {
    "text4", "text", "int", "date", "code", "codes", "bool", "score",
    "ident", "index"
};

const char *
kind_word(enum kind kind)
{
    return kind_words[kind];
}

static bool
read_kind(struct reader *r, const struct yaml *n, void *to)
{
    int word = bind_word(r, n, kind_words, KIND_INDEX);

    if (word >= 0)
        *(enum kind *)to = (enum kind)word;
    return word >= 0;
}

static const char *const role_words[ROLE_COUNT] = {
    "none", "municipality", "year", "period", "unit", "tier", "ident",
    "completed_on", "sex", "birth_year", "services_done"
};

const char *
role_word(enum role role)
{
    return role_words[role];
}

static bool
read_role(struct reader *r, const struct yaml *n, void *to)
{
    int word = bind_word(r, n, role_words, ROLE_COUNT);

    if (word >= 0)
        *(enum role *)to = (enum role)word;
    return word >= 0;
}

static bool
read_tab_name(struct reader *r, const struct yaml *n, void *to)
{
    const char *words[32];
    int word;

    for (int i = 0; i < r->in->tab_count; i++)
        words[i] = r->in->tabs[i].id;
    word = bind_word(r, n, words, r->in->tab_count);
    *(int *)to = word;
    return word >= 0;
}

static bool
read_min(struct reader *r, const struct yaml *n, void *to)
{
    struct raw_variable *raw = to;

    raw->has_min = true;
    return bind_int(r, n, &raw->v.min);
}

static bool
read_max(struct reader *r, const struct yaml *n, void *to)
{
    struct raw_variable *raw = to;

    raw->has_max = true;
    return bind_int(r, n, &raw->v.max);
}

static bool
read_unknown(struct reader *r, const struct yaml *n, void *to)
{
    struct raw_variable *raw = to;

    raw->unknown_said = true;
    return bind_bool(r, n, &raw->v.takes_unknown);
}

/* Offset 0 is the whole piece: those readers also note that it was said. */
#define AT(member) offsetof(struct raw_variable, member)
static const struct field variable_fields[] = {
    { "id", true, bind_id, AT(v.id) },
    { "kind", true, read_kind, AT(v.kind) },
    { "tab", true, read_tab_name, AT(v.tab) },
    { "role", false, read_role, AT(v.role) },
    { "label", true, bind_label, AT(v.label) },
    { "help", false, bind_label, AT(v.help) },
    { "rules", false, bind_label, AT(v.rules) },
    { "source", true, bind_source, AT(v.source) },
    { "min", false, read_min, 0 },
    { "max", false, read_max, 0 },
    { "at_most", false, bind_node, AT(at_most) },
    { "codes", false, bind_node, AT(codes) },
    { "unknown", false, read_unknown, 0 },
    { "identifies", false, bind_bool, AT(v.identifies) },
    { "off", false, bind_bool, AT(v.off) },
    { "asked", false, bind_node, AT(asked) },
    { "counts", false, read_counts, AT(v.counts) },
    { "colours", false, bind_node, AT(colours) },
    { "refuse_digits", false, bind_int, AT(v.refuse_digits) }
};
#undef AT

/* False, with E set, unless a new variable may be called ID. */
static bool
check_new_id(struct reader *r, const char *id)
{
    /* Words of the filter language, and columns of the CSV that are no
     * variables. */
    static const char *const taken[] = {
        "and", "or", "not", "in", "is", "status", "registration",
        "pseudonym", "superseded_by"
    };

    if (r->in->variable_count >= VARIABLE_MAX)
        return err_set(r->e, ERR_INPUT, "def.variables", "%d", VARIABLE_MAX);
    if (strlen(id) > ID_MAX)
        return err_set(r->e, ERR_INPUT, "def.id_long", "%s %d", id, ID_MAX);
    for (size_t i = 0; i < FIELD_COUNT(taken); i++)
        if (strcmp(id, taken[i]) == 0)
            return err_set(r->e, ERR_INPUT, "def.id_taken", "%s", id);
    if (instrument_variable(r->in, id, strlen(id)) >= 0)
        return err_set(r->e, ERR_INPUT, "def.id_twice", "%s", id);
    return true;
}

struct variable *
read_new_variable(struct reader *r, const struct yaml *n, const char *id)
{
    struct instrument *in = r->in;
    struct variable *v = &in->variables[in->variable_count];

    bind_at(r, n);
    if (!check_new_id(r, id))
        return NULL;
    *v = (struct variable){
        .id = id, .at = n->at, .tab = -1, .at_most = -1, .category = -1,
        .service = -1
    };
    in->variable_count++;
    return v;
}

const struct code *
read_bool_codes(struct reader *r)
{
    static const char *const keys[] = { "word.yes", "word.no" };
    struct code *codes = arena_array(r->arena, 2, sizeof *codes);

    codes[0].id = "1";
    codes[1].id = "0";
    for (int i = 0; i < 2; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            codes[i].label.in[lang] = msg_text((enum lang)lang, keys[i]);
    return codes;
}

static const struct code *
score_codes(struct reader *r)
{
    int count = r->in->scale_count;
    struct code *codes = arena_array(r->arena, (size_t)count, sizeof *codes);

    for (int i = 0; i < count; i++) {
        codes[i].id = arena_printf(r->arena, "%d", i + 1);
        codes[i].label = r->in->scale[i].label;
        codes[i].source = r->in->scale[i].source;
    }
    return codes;
}

static bool
read_codes(struct reader *r, const struct raw_variable *raw,
           struct variable *v)
{
    static const struct field fields[] = {
        { "code", true, bind_code, offsetof(struct code, id) },
        { "label", true, bind_label, offsetof(struct code, label) },
        { "help", false, bind_label, offsetof(struct code, help) },
        { "source", false, bind_source, offsetof(struct code, source) }
    };
    const struct yaml *n = raw->codes;

    if (n == NULL)
        return bind_fail(r, raw->node, "def.want_codes");
    if (n->kind == YAML_SCALAR && strcmp(n->text, "units") == 0) {
        v->of_units = true;
        return true;
    }
    if (v->kind == KIND_CODES)
        return bind_fail(r, n, "def.codes_units");
    return bind_list(r, n, sizeof(struct code), OWN_CODE_MAX, fields,
                     FIELD_COUNT(fields), &v->codes, &v->code_count)
        && read_unique(r, n, v->codes, v->code_count, sizeof(struct code));
}

static bool
read_colours(struct reader *r, const struct raw_variable *raw,
             struct variable *v)
{
    static const struct field fields[] = {
        { "label", true, bind_label, offsetof(struct colour, label) },
        { "text", true, bind_label, offsetof(struct colour, text) },
        { "help", false, bind_label, offsetof(struct colour, help) },
        { "source", true, bind_source, offsetof(struct colour, source) }
    };
    const struct yaml *node[GRADE_MAX];
    struct field grades[GRADE_MAX];
    int used = r->in->scale[r->in->scale_count - 1].grade + 1;
    struct colour *c = arena_array(r->arena, (size_t)used, sizeof *c);

    if (raw->colours == NULL)
        return bind_fail(r, raw->node, "def.want_colours");
    for (int i = 0; i < used; i++)
        grades[i] = (struct field){ r->in->grades[i].id, true, bind_node,
                                    sizeof *node * (size_t)i };
    if (!bind_map(r, raw->colours, grades, (size_t)used, node))
        return false;
    for (int i = 0; i < used; i++)
        if (!bind_map(r, node[i], fields, FIELD_COUNT(fields), &c[i]))
            return false;
    v->colours = c;
    return true;
}

/* A key that means nothing to the kind of its variable. */
static bool
check_keys(struct reader *r, const struct raw_variable *raw)
{
    const struct variable *v = &raw->v;
    const struct { const char *key; bool fits; } rows[] = {
        { "min", v->kind == KIND_INT }, { "max", v->kind == KIND_INT },
        { "at_most", v->kind == KIND_INT },
        { "counts", v->kind == KIND_INT },
        { "codes", v->kind == KIND_CODE || v->kind == KIND_CODES },
        { "colours", v->kind == KIND_SCORE },
        { "rules", v->kind == KIND_SCORE },
        { "refuse_digits", v->kind == KIND_TEXT }
    };

    for (size_t i = 0; i < FIELD_COUNT(rows); i++) {
        const struct yaml *n = yaml_get(raw->node, rows[i].key);

        if (n != NULL && !rows[i].fits) {
            err_at(r->e, n->key_at.file, n->key_at.line, n->key_at.column);
            return err_set(r->e, ERR_INPUT, "def.key_kind_of", "%s %s",
                           rows[i].key, kind_word(v->kind));
        }
    }
    if (v->kind == KIND_INT && (!raw->has_min || !raw->has_max
                                || v->min > v->max))
        return bind_fail(r, raw->node, "def.want_min_max");
    if (v->kind == KIND_TEXT && !v->identifies)
        return bind_fail(r, raw->node, "def.text_identifies");
    /* Only these are kept apart, encrypted (feed/decode.h). */
    if (v->identifies && v->kind != KIND_TEXT && v->kind != KIND_CODES
        && v->kind != KIND_IDENT)
        return bind_fail(r, yaml_get(raw->node, "identifies"),
                         "def.identifies_kind");
    return true;
}

/* The kind a variable must have for the program to use it in its role. */
static bool
check_role(struct reader *r, const struct raw_variable *raw, int place)
{
    static const enum kind kinds[ROLE_COUNT] = {
        KIND_COUNT, KIND_TEXT4, KIND_INT, KIND_INT, KIND_CODE, KIND_INT,
        KIND_IDENT, KIND_DATE, KIND_CODE, KIND_INT, KIND_BOOL
    };
    const struct variable *v = &raw->v;
    const struct yaml *n = yaml_get(raw->node, "role");
    bool special = v->kind == KIND_IDENT || v->kind == KIND_DATE
                || v->kind == KIND_TEXT4;

    if (v->role == ROLE_NONE)
        return !special || bind_fail(r, raw->node, "def.want_role");
    if (kinds[v->role] != v->kind) {
        bind_at(r, n);
        return err_set(r->e, ERR_INPUT, "def.role_kind", "%s",
                       kind_word(kinds[v->role]));
    }
    if (r->in->role[v->role] >= 0)
        return bind_fail(r, n, "def.role_twice");
    r->in->role[v->role] = place;
    return true;
}

static bool
add_variable(struct reader *r, struct raw_variable *raw)
{
    int place = r->in->variable_count;
    struct variable *v;

    if (!check_keys(r, raw) || !check_role(r, raw, place))
        return false;
    v = read_new_variable(r, raw->node, raw->v.id);
    if (v == NULL)
        return false;
    raw->v.at = v->at;
    raw->v.at_most = raw->v.category = raw->v.service = -1;
    *v = raw->v;
    if (!raw->unknown_said)
        v->takes_unknown = true;
    if (v->kind == KIND_TEXT && v->refuse_digits == 0)
        v->refuse_digits = NUMBER_DIGITS;
    raw->place = v;
    switch (v->kind) {
    case KIND_CODES:
        r->in->set_count++;
        return read_codes(r, raw, v);
    case KIND_CODE:
        return read_codes(r, raw, v);
    case KIND_BOOL:
        v->codes = read_bool_codes(r);
        v->code_count = 2;
        return true;
    case KIND_SCORE:
        v->codes = score_codes(r);
        v->code_count = v->max = r->in->scale_count;
        v->min = 1;
        return read_colours(r, raw, v);
    default:
        return true;
    }
}

bool
read_ticks(struct reader *r, const struct yaml *n, int tab, int category,
           int service, struct service *s)
{
    for (int wanted = 0; wanted < 2; wanted++) {
        const char *id = arena_printf(r->arena, "svc_%s_%c", s->id,
                                      wanted ? 'w' : 'r');
        struct variable *v = read_new_variable(r, n, id);

        if (v == NULL)
            return false;
        *(wanted ? &s->wanted : &s->received) = (int)(v - r->in->variables);
        v->kind = KIND_BOOL;
        v->tab = tab;
        v->source = s->source;
        v->label = s->label;
        v->codes = read_bool_codes(r);
        v->code_count = 2;
        v->category = category;
        v->service = service;
        v->wanted = wanted == 1;
    }
    return true;
}

struct raw_category {
    struct category c;
    const struct yaml *services;
};

static bool
add_category(struct reader *r, const struct raw_category *raw, int tab,
             int place, struct category *c)
{
    static const struct field fields[] = {
        { "code", true, bind_id, offsetof(struct service, id) },
        { "label", true, bind_label, offsetof(struct service, label) },
        { "examples", false, bind_label, offsetof(struct service, examples) },
        { "source", true, bind_source, offsetof(struct service, source) }
    };
    const struct yaml *item = raw->services->first;
    struct service *s;

    *c = raw->c;
    if (!bind_list(r, raw->services, sizeof *s, 256, fields,
                   FIELD_COUNT(fields), &c->services, &c->service_count))
        return false;
    s = (struct service *)(void *)(uintptr_t)c->services;
    for (int i = 0; i < c->service_count; i++, item = item->next) {
        s[i].base_label = s[i].label;
        if (!read_ticks(r, item, tab, place, i, &s[i]))
            return false;
    }
    return true;
}

struct tick_text {
    struct label label, help;
    const char *source;
};

static bool
read_tick(struct reader *r, const struct yaml *n, void *to)
{
    static const struct field fields[] = {
        { "label", true, bind_label, offsetof(struct tick_text, label) },
        { "help", true, bind_label, offsetof(struct tick_text, help) },
        { "source", true, bind_source, offsetof(struct tick_text, source) }
    };

    return bind_map(r, n, fields, FIELD_COUNT(fields), to);
}

static bool
read_services(struct reader *r, struct draft *d)
{
    struct top {
        struct tick_text received, wanted;
        int tab;
        const struct yaml *categories;
    } top = { .tab = -1 };
    static const struct field fields[] = {
        { "received", true, read_tick, offsetof(struct top, received) },
        { "wanted", true, read_tick, offsetof(struct top, wanted) },
        { "tab", true, read_tab_name, offsetof(struct top, tab) },
        { "categories", true, bind_node, offsetof(struct top, categories) }
    };
    static const struct field of_category[] = {
        { "id", true, bind_id, offsetof(struct raw_category, c.id) },
        { "label", true, bind_label, offsetof(struct raw_category, c.label) },
        { "purpose", true, bind_label,
          offsetof(struct raw_category, c.purpose) },
        { "source", true, bind_source,
          offsetof(struct raw_category, c.source) },
        { "services", true, bind_node,
          offsetof(struct raw_category, services) }
    };
    struct raw_category *raw;
    struct category *c;
    int count;

    if (!bind_map(r, d->services, fields, FIELD_COUNT(fields), &top)
        || !bind_list(r, top.categories, sizeof *raw, 64, of_category,
                      FIELD_COUNT(of_category), &raw, &count))
        return false;
    r->in->received = top.received.label;
    r->in->wanted = top.wanted.label;
    r->in->received_help = top.received.help;
    r->in->wanted_help = top.wanted.help;
    r->in->categories = c = arena_array(r->arena, (size_t)count, sizeof *c);
    r->in->category_count = count;
    for (int i = 0; i < count; i++)
        if (!add_category(r, &raw[i], top.tab, i, &c[i]))
            return false;
    return read_unique(r, top.categories, c, count, sizeof *c)
        && read_local_services(r, d, top.tab);
}

bool
read_variables(struct reader *r, struct draft *d)
{
    struct raw_variable *raw;
    const struct yaml *n = d->variables->first;

    if (!bind_list(r, d->variables, sizeof *raw, VARIABLE_MAX,
                   variable_fields, FIELD_COUNT(variable_fields), &raw,
                   &d->raw_count))
        return false;
    d->raw = raw;
    for (int i = 0; i < d->raw_count; i++, n = n->next) {
        raw[i].node = n;
        if (!add_variable(r, &raw[i]))
            return false;
    }
    if (!read_services(r, d))
        return false;
    r->in->entered_count = r->in->variable_count;
    for (int i = ROLE_NONE + 1; i < ROLE_COUNT; i++) {
        if (r->in->role[i] < 0) {
            bind_at(r, d->variables);
            return err_set(r->e, ERR_INPUT, "def.role_missing", "%s",
                           role_words[i]);
        }
    }
    return true;
}

bool
read_conditions(struct reader *r, struct draft *d)
{
    for (int i = 0; i < d->raw_count; i++) {
        const struct raw_variable *raw = &d->raw[i];
        struct variable *v = raw->place;

        if (raw->at_most != NULL) {
            v->at_most = bind_variable(r, raw->at_most, r->in->entered_count);
            if (v->at_most < 0)
                return false;
            if (r->in->variables[v->at_most].kind != KIND_INT)
                return bind_fail(r, raw->at_most, "def.want_int_variable");
        }
        if (raw->asked != NULL
            && (!bind_expr_text(r, raw->asked, &v->asked_text)
                || !read_expr(r, raw->asked, v->asked_text,
                              (int)(v - r->in->variables), &v->asked)))
            return false;
    }
    return true;
}
