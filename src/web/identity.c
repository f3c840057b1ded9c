/* identity.c - see identity.h. */
#include "web/identity.h"
#include <string.h>
#include "base/msg.h"
#include "intake/intake.h"
#include "web/app.h"
#include "web/brief.h"
#include "web/cases.h"

enum { TYPED = 32 };

/* Digits as people group them: blanks, full stops and hyphens go. What is
 * too long stays so. Returns how many bytes there are. */
static size_t
ungroup(const char *from, char to[TYPED])
{
    size_t n = 0;

    for (; *from != '\0' && n < TYPED - 1; from++)
        if (strchr(" .-", *from) == NULL)
            to[n++] = *from;
    to[n] = '\0';
    return n;
}

static const char *
fault_of(const char *key)
{
    static const struct { const char *key, *fault; } faults[] = {
        { "ident.form", "day.number_form" },
        { "ident.date", "day.number_date" },
        { "ident.control", "day.number_control" },
        { "ident.synthetic", "day.number_synthetic" },
        { "ident.not_synthetic", "day.number_real" },
    };

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(faults[i].key, key) == 0)
            return faults[i].fault;
    return NULL;
}

/* Below the round's age limit, as far as the number tells. */
static bool
too_young(const struct page *p, int birth_year)
{
    const struct round *r = p->round->round;

    return birth_year > 0 && r->year - birth_year < r->from_age;
}

static void
propose(const struct page *p, const struct ident *ident,
        struct identity *id)
{
    const struct instrument *in = p->round->in;
    int year = in->role[ROLE_BIRTH_YEAR];

    if (!ident_derives(p->round->round->year))
        return;
    id->sex = brief_sex(in, ident->sex);
    if (ident->birth_year > 0 && year >= 0
        && ident->birth_year >= in->variables[year].min
        && ident->birth_year <= in->variables[year].max)
        id->year = ident->birth_year;
}

bool
identity_take(struct page *p, struct identity *id, const char **fault)
{
    return identity_read(p, page_field(p, "number"), id, fault);
}

bool
identity_read(struct page *p, const char *text, struct identity *id,
              const char **fault)
{
    char typed[TYPED];
    struct ident ident;
    size_t n = ungroup(text, typed);
    bool ok;

    *fault = NULL;
    *id = (struct identity){ .sex = VALUE_UNANSWERED,
                             .year = VALUE_UNANSWERED };
    if (n == 0)
        return true;
    id->has_number = true;
    ident = ident_check(typed, n);
    ok = intake_pseudonym(p->round, typed, id->pseudonym, &p->err);
    explicit_bzero(typed, sizeof typed);
    if (ok) {
        propose(p, &ident, id);
        if (ident_derives(p->round->round->year)
            && too_young(p, ident.birth_year))
            *fault = "day.number_young";
    } else {
        *fault = fault_of(p->err.key);
    }
    explicit_bzero(&ident, sizeof ident);
    if (!ok && *fault != NULL)
        err_clear(&p->err);
    return ok || *fault != NULL;
}

void
identity_wipe(struct identity *id)
{
    explicit_bzero(id, sizeof *id);
}

void
identity_field(struct page *p, const char *error)
{
    struct view *field = view_object(p->view, "number_field");

    view_text(field, "id", "number");
    view_text(field, "name", "number");
    view_text(field, "label", msg_text(p->lang, "day.number"));
    view_text(field, "help", msg_text(p->lang, "day.number_help"));
    view_text(field, "error", error);
    view_flag(field, "focus", error == NULL);
}

static bool
put_on_list(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    const struct identity *id = ctx;
    int64_t deleted;

    return optout_add(s, &p->actor, round->round, id->pseudonym, &deleted,
                      e);
}

/* One of a training round's invented persons has opted out, and stands on
 * its list from when somebody first tries. */
static bool
opt_case_out(struct page *p, const struct identity *id)
{
    char number[CASE_NUMBER];
    struct identity known;
    bool same;

    if (p->round->round->training_of[0] == '\0')
        return true;
    case_opted_out(p->round->round, number);
    if (!intake_pseudonym(p->round, number, known.pseudonym, &p->err))
        return false;
    same = memcmp(known.pseudonym, id->pseudonym, PSEUDONYM_BYTES) == 0;
    return !same || page_write(p, put_on_list, &known);
}

bool
identity_look(struct page *p, const struct identity *id, int unit, int tier,
              enum found *found, struct work **w)
{
    const struct round *r = p->round->round;
    struct limit *limit = p->app->optouts;
    const char *who = arena_printf(p->arena, "%s/%s", r->id, p->account);
    bool out;

    *w = NULL;
    if (limit_reached(limit, who, p->now_ms)) {
        *found = FOUND_TOO_OFTEN;
        return true;
    }
    if (!opt_case_out(p, id)
        || !optout_has(p->store, r, id->pseudonym, &out, &p->err)
        || !work_person(p->store, &p->actor, r, unit, tier, id->pseudonym,
                        p->arena, w, &p->err))
        return false;
    if (out) {
        *w = NULL;
        *found = FOUND_OPTED_OUT;
        limit_note(limit, who, p->now_ms);
        return store_log_act(p->store, &p->actor, r, "opted_out", &p->err);
    }
    if (*w == NULL)
        *found = FOUND_NOBODY;
    else
        *found = strcmp((*w)->mapper, p->account) == 0 ? FOUND_OWN
                                                       : FOUND_COLLEAGUES;
    return true;
}

/* Work: the registration begins. */
struct start {
    const struct identity *id;
    int unit, tier;
    struct work *work;
};

static bool
start(struct page *p, struct store *s, struct opened *round, void *ctx,
      struct err *e)
{
    struct start *c = ctx;
    struct work_change first = brief_first(round, c->id->sex, c->id->year,
                                           p->arena);

    return work_start(s, &p->actor, round->round, c->unit, c->tier,
                      c->id->has_number ? c->id->pseudonym : NULL, &first,
                      p->arena, &c->work, e);
}

bool
identity_register(struct page *p, const struct identity *id, int unit,
                  int tier, enum found *found, struct work **w)
{
    struct start c = { .id = id, .unit = unit, .tier = tier };

    for (int tries = 0; tries < 2; tries++) {
        *found = FOUND_NOBODY;
        if (id->has_number) {
            if (!identity_look(p, id, unit, tier, found, w))
                return false;
            if (*found != FOUND_NOBODY)
                return true;
        }
        if (page_write(p, start, &c)) {
            *w = c.work;
            return true;
        }
        /* Somebody was faster: look again. */
        if (tries > 0 || (strcmp(p->err.key, "work.known") != 0
                          && strcmp(p->err.key, "work.opted_out") != 0))
            break;
        err_clear(&p->err);
    }
    return false;
}
