/* read_local.c - the block `local` applied to the instrument. See local.h.
 *
 * Added services come in before anything is derived, so that categories and
 * derived variables see no difference. The rest changes what is there
 * already: a thing that is off keeps its place, because answers are places
 * and a round may have some by an older definition. */
#include <string.h>
#include "def/local_bind.h"
#include "def/local_target.h"
#include "def/read.h"

/* The instrument is being made: its lists are ours to change. */
#define MINE(type, pointer) ((type *)(void *)(uintptr_t)(pointer))

/* --- added services */

static int
count_services(const struct instrument *in)
{
    int count = 0;

    for (int i = 0; i < in->category_count; i++)
        count += in->categories[i].service_count;
    return count;
}

static bool
fail_category(struct reader *r, const struct local_service *s)
{
    char shown[QUOTE_MAX];
    const char *name = local_shown(s->code, shown);

    err_field(r->e, name);
    return err_set(r->e, ERR_INPUT, "local.category", "%s %s", name,
                   s->category);
}

/* Behind the services of its category: the list is made anew. */
static struct service *
append(struct reader *r, struct category *c)
{
    struct service *s = arena_array(r->arena, (size_t)c->service_count + 1,
                                    sizeof *s);

    memcpy(s, c->services, (size_t)c->service_count * sizeof *s);
    c->services = s;
    return &s[c->service_count++];
}

static bool
add_service(struct reader *r, const struct yaml *n, int tab,
            const struct local_service *from)
{
    struct category *c = MINE(struct category, r->in->categories);
    struct target t;
    struct service *s;

    bind_at(r, n);
    if (local_find_service(r->in, from->code, &t))
        return local_fail(r->e, "local.code_taken", from->code);
    if (!local_find_category(r->in, from->category, &t))
        return fail_category(r, from);
    err_field(r->e, from->code);
    s = append(r, &c[t.category]);
    *s = (struct service){ .id = from->code, .added = true,
                           .replaces = from->replaces };
    s->label = s->base_label = local_filled(&from->label);
    s->examples = local_filled(&from->examples);
    if (!read_ticks(r, n, tab, t.category,
                    c[t.category].service_count - 1, s))
        return false;
    err_field(r->e, "");
    return true;
}

bool
read_local_services(struct reader *r, struct draft *d, int tab)
{
    const struct yaml *n;

    if (d->local == NULL)
        return true;
    if (d->local->next != NULL) {
        bind_at(r, d->local);
        return err_set(r->e, ERR_INPUT, "local.last", "%s",
                       d->local->next->key);
    }
    if (!local_bind(r, d->local, &d->changes))
        return false;
    n = yaml_get(d->local, "services");
    n = n != NULL ? n->first : NULL;
    if (n != NULL
        && count_services(r->in) + d->changes.service_count > SERVICE_MAX) {
        bind_at(r, n);
        return err_set(r->e, ERR_INPUT, "local.services", "%d", SERVICE_MAX);
    }
    for (int i = 0; i < d->changes.service_count; i++, n = n->next)
        if (!add_service(r, n, tab, &d->changes.services[i]))
            return false;
    return true;
}

/* --- texts and names */

static bool
apply_text(struct reader *r, const struct local_text *from,
           const struct target *t)
{
    const struct instrument *in = r->in;
    struct label help = local_filled(&from->help);
    struct variable *v = NULL;
    struct service *s;

    if (t->about == ABOUT_CATEGORY)
        return local_fail(r->e, "local.text_category", from->at);
    if (t->about == ABOUT_SERVICE) {
        s = MINE(struct service, &in->categories[t->category]
                                    .services[t->place]);
        s->local_help = help;
        s->local_examples = local_filled(&from->examples);
        return true;
    }
    if (!local_is_blank(&from->examples))
        return local_fail(r->e, "local.examples", from->at);
    v = &r->in->variables[t->variable];
    if (t->about == ABOUT_CODE)
        MINE(struct code, &v->codes[t->place])->local_help = help;
    else if (t->about == ABOUT_COLOUR)
        MINE(struct colour, &v->colours[t->place])->local_help = help;
    else
        v->local_help = help;
    return true;
}

static bool
apply_texts(struct reader *r, const struct local *l)
{
    struct targets all = local_targets(r, l->text_count);

    for (int i = 0; i < l->text_count; i++) {
        const struct local_text *from = &l->texts[i];
        const struct target *t = local_target(r, &all, from->at, &from->pos);

        if (t == NULL || !apply_text(r, from, t))
            return false;
    }
    return true;
}

static bool
apply_names(struct reader *r, const struct local *l)
{
    struct targets all = local_targets(r, l->name_count);

    for (int i = 0; i < l->name_count; i++) {
        const struct local_name *from = &l->names[i];
        const struct target *t = local_target(r, &all, from->at, &from->pos);
        struct service *s;

        if (t == NULL)
            return false;
        if (t->about != ABOUT_SERVICE)
            return local_fail(r->e, "local.name_kind", from->at);
        s = MINE(struct service, &r->in->categories[t->category]
                                       .services[t->place]);
        s->label = local_filled(&from->label);
        r->in->variables[s->received].label = s->label;
        r->in->variables[s->wanted].label = s->label;
    }
    return true;
}

/* --- what is off */

static void
turn_off(struct instrument *in, int variable)
{
    in->variables[variable].off = in->variables[variable].off_local = true;
}

static void
turn_service_off(struct instrument *in, int category, int place)
{
    struct service *s = MINE(struct service,
                             &in->categories[category].services[place]);

    s->off = true;
    turn_off(in, s->received);
    turn_off(in, s->wanted);
}

/* The program itself must find these in a registration. */
static bool
is_indispensable(const struct variable *v)
{
    return v->role != ROLE_NONE && v->role != ROLE_SEX
        && v->role != ROLE_BIRTH_YEAR;
}

static bool
is_needed(const struct instrument *in, int variable)
{
    for (int i = 0; i < in->complete_answered_count; i++)
        if (in->complete_answered[i] == variable)
            return true;
    return false;
}

static bool
apply_off(struct reader *r, const char *at, const struct target *t)
{
    struct instrument *in = r->in;
    const struct variable *v;

    switch (t->about) {
    case ABOUT_CATEGORY:
        for (int i = 0; i < in->categories[t->category].service_count; i++)
            turn_service_off(in, t->category, i);
        return true;
    case ABOUT_SERVICE:
        turn_service_off(in, t->category, t->place);
        return true;
    case ABOUT_CODE:
        v = &in->variables[t->variable];
        MINE(struct code, &v->codes[t->place])->off = true;
        return true;
    case ABOUT_VARIABLE:
        v = &in->variables[t->variable];
        if (is_indispensable(v))
            return local_fail(r->e, "local.off_role", at);
        if (is_needed(in, t->variable))
            return local_fail(r->e, "local.off_needed", at);
        turn_off(in, t->variable);
        return true;
    default:
        return local_fail(r->e, "local.off_kind", at);
    }
}

static bool
apply_replaced(struct reader *r, const struct local *l)
{
    for (int i = 0; i < l->service_count; i++) {
        const struct local_service *s = &l->services[i];
        struct target t;

        err_at(r->e, s->pos.file, s->pos.line, s->pos.column);
        if (s->replaces == NULL)
            continue;
        if (!local_find_service(r->in, s->replaces, &t)
            || strcmp(s->replaces, s->code) == 0) {
            err_field(r->e, s->code);
            return err_set(r->e, ERR_INPUT, "local.replaces", "%s %s",
                           s->code, s->replaces);
        }
        turn_service_off(r->in, t.category, t.place);
    }
    return true;
}

/* Of those of which one must be answered, one must be asked. */
static bool
check_any(struct reader *r)
{
    const struct instrument *in = r->in;
    const char *last = NULL;

    for (int i = 0; i < in->complete_any_count; i++) {
        const struct variable *v = &in->variables[in->complete_any[i]];

        if (!v->off)
            return true;
        if (v->off_local)
            last = v->id;
    }
    return last == NULL || local_fail(r->e, "local.off_any", last);
}

/* A number whose limit is never asked could never be given. */
static bool
check_limits(struct reader *r)
{
    const struct instrument *in = r->in;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i], *most;

        if (v->at_most < 0 || v->off)
            continue;
        most = &in->variables[v->at_most];
        if (most->off_local) {
            err_field(r->e, most->id);
            return err_set(r->e, ERR_INPUT, "local.off_limit", "%s %s",
                           most->id, v->id);
        }
    }
    return true;
}

static bool
check_codes(struct reader *r)
{
    const struct instrument *in = r->in;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];
        bool any = v->kind != KIND_CODE || v->code_count == 0;

        for (int j = 0; j < v->code_count && !any; j++)
            any = !v->codes[j].off;
        if (!any)
            return local_fail(r->e, "local.off_codes", v->id);
    }
    return true;
}

static void
mark_categories(struct instrument *in)
{
    struct category *c = MINE(struct category, in->categories);

    for (int i = 0; i < in->category_count; i++) {
        c[i].off = true;
        for (int j = 0; j < c[i].service_count; j++)
            c[i].off = c[i].off && c[i].services[j].off;
    }
}

static bool
apply_all_off(struct reader *r, const struct local *l)
{
    struct targets all = local_targets(r, l->off_count);

    for (int i = 0; i < l->off_count; i++) {
        const struct local_off *off = &l->off[i];
        const struct target *t = local_target(r, &all, off->at, &off->pos);

        if (t == NULL || !apply_off(r, off->at, t))
            return false;
    }
    return apply_replaced(r, l) && check_any(r) && check_limits(r)
        && check_codes(r);
}

bool
read_local(struct reader *r, struct draft *d)
{
    const struct local *l = &d->changes;

    if (!apply_texts(r, l) || !apply_names(r, l) || !apply_all_off(r, l))
        return false;
    mark_categories(r->in);
    read_derived_off(r->in);
    return true;
}
