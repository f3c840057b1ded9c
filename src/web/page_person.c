/* page_person.c - who is registered: the step before the form, and a wrong
 * number replaced.
 *
 * The number goes one way: it is read from the form, becomes a pseudonym in
 * the first call that sees it, and is shown and sent by nothing here. What a
 * page shows after a fault has the other fields as they were and an empty
 * field for the number. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "calc/check.h"
#include "web/identity.h"
#include "web/pages.h"
#include "web/public_id.h"

/* The step's form, as read or to be shown. */
struct step {
    const struct place *places;
    int place_count;
    const struct place *place;  /* chosen; NULL: not yet */
    const char *place_error, *number_error, *sex_error, *year_error;
    bool unknown;               /* to be registered without a number */
    const char *sex, *year;     /* as typed */
    struct identity id;
};

static void
put_option(struct view *list, const char *value, const char *label,
           bool chosen)
{
    struct view *item = view_item(list);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", chosen);
}

static void
put_places(struct page *p, const struct step *s)
{
    struct view *field, *options;

    if (s->place_count == 1) {
        view_text(p->view, "only",
                  place_name(p, s->places->unit, s->places->tier->tier));
        return;
    }
    field = view_object(p->view, "place_field");
    view_text(field, "id", "place");
    view_text(field, "name", "place");
    view_text(field, "label", msg_text(p->lang, "day.place"));
    view_text(field, "error", s->place_error);
    view_flag(field, "required", true);
    options = view_list(field, "options");
    for (int i = 0; i < s->place_count; i++)
        put_option(options, s->places[i].id,
                   place_name(p, s->places[i].unit,
                              s->places[i].tier->tier),
                   &s->places[i] == s->place);
}

/* Sex and birth year, for who is registered without a number. */
static void
put_unknown(struct page *p, const struct step *s)
{
    const struct instrument *in = p->round->in;
    int sex = in->role[ROLE_SEX], year = in->role[ROLE_BIRTH_YEAR];
    struct view *field, *options;

    if (sex >= 0 && !in->variables[sex].off) {
        const struct variable *v = &in->variables[sex];

        field = view_object(p->view, "sex_field");
        view_text(field, "id", "sex");
        view_text(field, "name", "sex");
        view_text(field, "label", v->label.in[p->lang]);
        view_text(field, "error", s->sex_error);
        view_flag(field, "across", true);
        options = view_list(field, "options");
        for (int i = 0; i < v->code_count; i++)
            if (!v->codes[i].off)
                put_option(options, v->codes[i].id,
                           v->codes[i].label.in[p->lang],
                           strcmp(v->codes[i].id, s->sex) == 0);
    }
    if (year < 0 || in->variables[year].off)
        return;
    field = view_object(p->view, "year_field");
    view_text(field, "id", "year");
    view_text(field, "name", "year");
    view_text(field, "label", in->variables[year].label.in[p->lang]);
    view_text(field, "value", s->year);
    view_text(field, "error", s->year_error);
    view_int(field, "max", 4);
}

/* Whom the units register, and whom not. */
static void
put_whom(struct page *p, const struct step *s)
{
    struct view *list = view_list(p->view, "whom");

    for (int i = 0; i < s->place_count; i++) {
        struct view *item;

        if (s->places[i].tier->whom[0] == '\0')
            continue;
        item = view_item(list);
        view_text(item, "name", place_name(p, s->places[i].unit,
                                           s->places[i].tier->tier));
        view_text(item, "text", s->places[i].tier->whom);
    }
}

/* Some place takes who has no number. */
static bool
number_free(const struct step *s)
{
    for (int i = 0; i < s->place_count; i++)
        if (!s->places[i].tier->number_required)
            return true;
    return false;
}

/* Where most are registered from: the only unit's first tier, or what was
 * chosen last. */
static void
choose_place(struct step *s, int unit, int tier)
{
    int last = s->place_count - 1;

    if (s->place != NULL || s->place_count == 0)
        return;
    if (unit >= 0)
        s->place = place_of(s->places, s->place_count, unit, tier);
    if (s->place == NULL && s->places[0].unit == s->places[last].unit)
        s->place = s->places;
}

static void
show_step(struct page *p, struct step *s)
{
    int running, unit, tier;

    identity_wipe(&s->id);
    if (!work_next(p->store, &p->actor, p->round->round, &running, &unit,
                   &tier, &p->err)) {
        page_fail(p);
        return;
    }
    if (s->place_error == NULL)
        choose_place(s, unit, tier);
    view_text(p->view, "main", "narrow");
    view_int(p->view, "running", running);
    view_flag(p->view, "nowhere", s->place_count == 0);
    identity_field(p, s->number_error);
    view_flag(p->view, "is_unknown", s->unknown);
    view_flag(p->view, "may_unknown", number_free(s));
    view_text(p->view, "day", arena_printf(p->arena, "/rounds/%s/day",
                                           p->round->round->id));
    if (s->place_count > 0) {
        put_places(p, s);
        put_unknown(p, s);
        put_whom(p, s);
    }
    page_show(p, "register");
}

void
page_register(struct page *p)
{
    struct step s = { .sex = "", .year = "" };

    s.place_count = place_list(p, &s.places);
    show_step(p, &s);
}

static void
fault(struct page *p, const char *id, const char **error, const char *text)
{
    *error = text;
    page_fault_text(p, id, text);
}

static void
hear_year(void *ctx, const struct err *e)
{
    struct page *p = ctx;

    if (p->err.code == ERR_NONE)
        p->err = *e;
}

/* The birth year as typed, in a row that is otherwise empty, by the rules of
 * a registration. */
static bool
year_good(struct page *p, int32_t year)
{
    const struct instrument *in = p->round->in;
    int v = in->role[ROLE_BIRTH_YEAR];
    const struct check_listener listener = { hear_year, p, p->lang };
    int32_t *value = arena_array(p->arena, (size_t)in->variable_count,
                                 sizeof *value);
    const uint64_t **sets = arena_array(p->arena,
                                        (size_t)in->set_count + 1,
                                        sizeof *sets);
    uint64_t *none = arena_array(p->arena, CODE_MAX / 64 + 2, sizeof *none);
    struct row row = { value, sets };

    for (int i = 0; i < in->set_count; i++)
        sets[i] = none;
    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    value[v] = year;
    return check_registration(in, &row, 0, &listener) == 0;
}

/* Sex and birth year as answered, of who has no number. */
static void
read_unknown(struct page *p, struct step *s)
{
    const struct instrument *in = p->round->in;
    int sex = in->role[ROLE_SEX], year = in->role[ROLE_BIRTH_YEAR];

    if (s->place != NULL && s->place->tier->number_required)
        fault(p, "number", &s->number_error,
              msg_text(p->lang, "day.number_required"));
    if (sex >= 0 && s->sex[0] != '\0'
        && !variable_read(in, &in->variables[sex], s->sex, strlen(s->sex),
                          &s->id.sex))
        fault(p, "sex", &s->sex_error, msg_text(p->lang, "day.sex_wrong"));
    if (year < 0 || s->year[0] == '\0')
        return;
    if (!variable_read(in, &in->variables[year], s->year, strlen(s->year),
                       &s->id.year)
        || s->id.year < 0
        || !check_value(&in->variables[year], s->id.year, &p->err)
        || !year_good(p, s->id.year)) {
        const struct round *r = p->round->round;

        err_clear(&p->err);
        fault(p, "year", &s->year_error,
              PAGE_TEXT(p, "day.year_wrong",
                        arena_printf(p->arena, "%d", r->year - r->from_age),
                        arena_printf(p->arena, "%d", r->from_age)));
    }
}

/* What was posted; faults are noted. False where it is answered. */
static bool
read_step(struct page *p, struct step *s)
{
    const char *wrong;

    s->sex = page_field(p, "sex");
    s->year = page_field(p, "year");
    if (!identity_take(p, &s->id, &wrong)) {
        page_fail(p);
        return false;
    }
    s->place_count = place_list(p, &s->places);
    s->place = s->place_count == 1 ? s->places
               : place_find(s->places, s->place_count,
                            page_field(p, "place"));
    if (s->place == NULL)
        fault(p, "place", &s->place_error,
              msg_text(p->lang, "day.place_choose"));
    s->unknown = page_field(p, "unknown")[0] != '\0'
                 || (!s->id.has_number
                     && (s->sex[0] != '\0' || s->year[0] != '\0'));
    if (s->unknown) {
        s->id.has_number = false;
        read_unknown(p, s);
    } else if (!s->id.has_number) {
        fault(p, "number", &s->number_error,
              msg_text(p->lang, "day.number_blank"));
    } else if (wrong != NULL) {
        fault(p, "number", &s->number_error, msg_text(p->lang, wrong));
    }
    return true;
}

static void
to_form(struct page *p, const struct work *w, const char *said)
{
    char id[UUID_TEXT];

    public_id_print(w->public_id, id);
    if (said != NULL)
        page_redirect_notice(p, said, "/rounds/%s/registrations/%s",
                             p->round->round->id, id);
    else
        page_redirect(p, "/rounds/%s/registrations/%s",
                      p->round->round->id, id);
}

/* A colleague in the same unit and tier has the person. */
static void
show_known(struct page *p, const struct work *w)
{
    p->title = msg_text(p->lang, "day.known_title");
    view_text(p->view, "main", "narrow");
    view_text(p->view, "unit", place_name(p, w->unit, w->tier));
    view_text(p->view, "unit_id", p->round->round->units[w->unit].id);
    view_int(p->view, "tier", w->tier);
    view_text(p->view, "mapper", w->mapper);
    view_text(p->view, "colleague", place_person(p, w->mapper));
    view_int(p->view, "running", w->running);
    page_show(p, "known");
}

static void
answer_found(struct page *p, struct step *s, enum found found,
             const struct work *w)
{
    switch (found) {
    case FOUND_TOO_OFTEN:
        page_refuse(p, 429, "day.too_often");
        break;
    case FOUND_OPTED_OUT:
        page_notice(p, "warning", msg_text(p->lang, "work.opted_out"));
        show_step(p, s);
        break;
    case FOUND_OWN:
        to_form(p, w, "said.own");
        break;
    default:
        show_known(p, w);
        break;
    }
}

/* Begins, or says what stands in the way. */
static void
register_person(struct page *p, struct step *s)
{
    enum found found;
    struct work *w;

    if (!identity_register(p, &s->id, s->place->unit, s->place->tier->tier,
                           &found, &w))
        page_fail(p);
    else if (found == FOUND_NOBODY)
        to_form(p, w, NULL);
    else
        answer_found(p, s, found, w);
}

void
page_register_post(struct page *p)
{
    struct step s = { .place = NULL };

    if (!read_step(p, &s))
        return;
    if (page_faulty(p))
        show_step(p, &s);
    else
        register_person(p, &s);
    identity_wipe(&s.id);
}
