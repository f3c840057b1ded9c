/* local_target.c - see local_target.h. */
#include "def/local_target.h"
#include <string.h>
#include "base/near.h"
#include "def/local_bind.h"

bool
local_find_service(const struct instrument *in, const char *code,
                   struct target *t)
{
    t->about = ABOUT_SERVICE;
    for (t->category = 0; t->category < in->category_count; t->category++) {
        const struct category *c = &in->categories[t->category];

        for (t->place = 0; t->place < c->service_count; t->place++)
            if (strcmp(c->services[t->place].id, code) == 0)
                return true;
    }
    return false;
}

bool
local_find_category(const struct instrument *in, const char *id,
                    struct target *t)
{
    t->about = ABOUT_CATEGORY;
    for (t->category = 0; t->category < in->category_count; t->category++)
        if (strcmp(in->categories[t->category].id, id) == 0)
            return true;
    return false;
}

/* A variable that is entered and no tick: those are their service's. */
static bool
find_variable(const struct instrument *in, const char *id, size_t len,
              struct target *t)
{
    t->about = ABOUT_VARIABLE;
    t->variable = instrument_variable(in, id, len);
    return t->variable >= 0 && t->variable < in->entered_count
        && in->variables[t->variable].service < 0;
}

/* The code or colour ID of the variable in T. */
static bool
find_part(const struct instrument *in, const char *id, struct target *t)
{
    const struct variable *v = &in->variables[t->variable];

    if (v->kind == KIND_SCORE) {
        t->about = ABOUT_COLOUR;
        t->place = instrument_grade(in, id);
        return t->place >= 0
            && t->place <= in->scale[in->scale_count - 1].grade;
    }
    t->about = ABOUT_CODE;
    t->place = v->kind == KIND_CODE && !v->of_units
             ? variable_code(v, id, strlen(id)) : -1;
    return t->place >= 0;
}

static bool
find(const struct instrument *in, const char *at, struct target *t)
{
    static const char services[] = "services.", categories[] = "categories.";
    size_t len = strcspn(at, ".");

    if (strncmp(at, services, sizeof services - 1) == 0)
        return local_find_service(in, at + sizeof services - 1, t);
    if (strncmp(at, categories, sizeof categories - 1) == 0)
        return local_find_category(in, at + sizeof categories - 1, t);
    if (at[len] == '.')
        return find_variable(in, at, len, t) && find_part(in, at + len + 1,
                                                          t);
    return find_variable(in, at, len, t) || local_find_service(in, at, t)
        || local_find_category(in, at, t);
}

/* --- names that stand for nothing */

/* Of the tick AT, the name its service goes by; else NULL. */
static const char *
service_of_tick(struct reader *r, const char *at)
{
    int i = instrument_variable(r->in, at, strlen(at));
    const struct variable *v = &r->in->variables[i >= 0 ? i : 0];

    if (i < 0 || v->service < 0)
        return NULL;
    return arena_printf(r->arena, "services.%s",
                        r->in->categories[v->category]
                            .services[v->service].id);
}

/* Offers PREFIX.ID in the form the name was written in. */
static void
offer(struct reader *r, struct near *n, const char *prefix, const char *id)
{
    near_offer(n, arena_printf(r->arena, "%s.%s", prefix, id));
    near_offer(n, id);
}

static void
offer_variable(struct reader *r, struct near *n, const struct variable *v)
{
    const struct instrument *in = r->in;

    near_offer(n, v->id);
    if (v->kind == KIND_SCORE)
        for (int i = 0; i <= in->scale[in->scale_count - 1].grade; i++)
            near_offer(n, arena_printf(r->arena, "%s.%s", v->id,
                                       in->grades[i].id));
    else if (v->kind == KIND_CODE && !v->of_units)
        for (int i = 0; i < v->code_count; i++)
            near_offer(n, arena_printf(r->arena, "%s.%s", v->id,
                                       v->codes[i].id));
}

static bool
fail_unknown(struct reader *r, const char *at)
{
    const struct instrument *in = r->in;
    char shown[QUOTE_MAX];
    const char *name = local_shown(at, shown);
    struct near n;

    near_begin(&n, at, strlen(at));
    for (int i = 0; i < in->entered_count; i++)
        if (in->variables[i].service < 0)
            offer_variable(r, &n, &in->variables[i]);
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];

        offer(r, &n, "categories", c->id);
        for (int j = 0; j < c->service_count; j++)
            offer(r, &n, "services", c->services[j].id);
    }
    if (service_of_tick(r, at) != NULL)
        n.best = service_of_tick(r, at);
    if (n.best == NULL)
        return local_fail(r->e, "local.unknown", at);
    err_field(r->e, name);
    return err_set(r->e, ERR_INPUT, "local.unknown_near", "%s %s", name,
                   n.best);
}

static bool
same_target(const struct target *a, const struct target *b)
{
    if (a->about != b->about)
        return false;
    switch (a->about) {
    case ABOUT_VARIABLE:
        return a->variable == b->variable;
    case ABOUT_CODE:
    case ABOUT_COLOUR:
        return a->variable == b->variable && a->place == b->place;
    case ABOUT_SERVICE:
        return a->category == b->category && a->place == b->place;
    default:
        return a->category == b->category;
    }
}

const struct target *
local_target(struct reader *r, struct targets *all, const char *at,
            const struct pos *pos)
{
    struct target *t = &all->t[all->count];

    err_at(r->e, pos->file, pos->line, pos->column);
    if (!find(r->in, at, t)) {
        fail_unknown(r, at);
        return NULL;
    }
    for (int i = 0; i < all->count; i++) {
        if (same_target(&all->t[i], t)) {
            local_fail(r->e, "local.twice", at);
            return NULL;
        }
    }
    all->count++;
    return t;
}

struct targets
local_targets(struct reader *r, int max)
{
    struct targets all = { NULL, 0 };

    all.t = arena_array(r->arena, (size_t)max, sizeof *all.t);
    return all;
}
