/* api_work.c - calls on the caller's own registrations. What is asked and
 * unanswered is the form's (form.h); who may be registered is the identity
 * step's (identity.h). */
#include "web/api_work.h"
#include <string.h>
#include "base/msg.h"
#include "web/form_work.h"
#include "web/identity.h"
#include "web/pages.h"
#include "web/public_id.h"

static void
put_ids(struct json *j, const char *key, const struct instrument *in,
        const int *list, int count)
{
    json_key(j, key);
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        json_put_string(j, in->variables[list[i]].id);
    json_end_array(j);
}

/* Questions with an answer, "Vet ikke" too. */
static int
answered(const struct form *f)
{
    int n = 0;

    for (int v = 0; v < f->in->entered_count; v++)
        n += form_shows(f->in, v) && form_counts(f->in, v)
             && form_state(f, v) >= FORM_UNKNOWN;
    return n;
}

/* What every answer that is a registration has. */
static void
put_place(struct json *j, struct page *p, const struct work *w)
{
    char id[UUID_TEXT];

    public_id_print(w->public_id, id);
    api_put_text(j, "id", id);
    api_put_int(j, "running", w->running);
    api_put_text(j, "unit", p->round->round->units[w->unit].id);
    api_put_int(j, "tier", w->tier);
    api_put_text(j, "status", status_word(w->status));
    api_put_bool(j, "has_number", w->has_pseudonym);
    api_put_int(j, "revision", w->revision);
}

void
api_put_open(struct json *j, struct page *p, const struct form *f)
{
    int *open = arena_array(p->arena, (size_t)f->in->variable_count + 1,
                            sizeof *open);

    put_ids(j, "unanswered", f->in, open, form_open(f, open));
}

void
api_put_work(struct json *j, struct page *p, const struct form *f,
             const struct work *w)
{
    put_place(j, p, w);
    api_put_day(j, "saved_on", w->saved_on);
    api_put_day(j, "completed_on", w->completed_on);
    api_put_int(j, "answered", answered(f));
    api_put_open(j, p, f);
}

static bool
put_list(struct json *j, struct page *p, struct form *f,
         const struct work *list, int count)
{
    json_begin_array(j);
    for (int i = 0; i < count; i++) {
        if (!form_read(f, &list[i], &p->err))
            return false;
        json_begin_object(j);
        api_put_work(j, p, f, &list[i]);
        json_end_object(j);
    }
    json_end_array(j);
    return true;
}

void
api_registrations(struct page *p)
{
    const struct work *list;
    struct form f;
    struct json j;
    int count;
    bool ok;

    if (!work_list(p->store, &p->actor, p->round->round, p->arena, &list,
                   &count, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    form_init(&f, p->round, p->arena);
    ok = put_list(&j, p, &f, list, count);
    form_clear(&f);
    if (ok) {
        page_json_finish(p, &j);
        return;
    }
    buf_clear(&exchange_response(p->x)->body);
    page_fail(p);
}

/* What has been answered of what is asked. */
static void
put_answers(struct json *j, const struct form *f)
{
    json_key(j, "answers");
    json_begin_object(j);
    for (int v = 0; v < f->in->entered_count; v++) {
        const char *text;

        if (!form_shows(f->in, v) || form_state(f, v) == FORM_UNASKED)
            continue;
        text = form_text(f, v);
        if (text[0] != '\0')
            api_put_text(j, f->in->variables[v].id, text);
    }
    json_end_object(j);
}

static void
put_not_asked(struct json *j, struct page *p, const struct form *f)
{
    int *list = arena_array(p->arena, (size_t)f->in->variable_count + 1,
                            sizeof *list);
    int count = 0;

    for (int v = 0; v < f->in->entered_count; v++)
        if (form_shows(f->in, v) && form_state(f, v) == FORM_UNASKED)
            list[count++] = v;
    put_ids(j, "not_asked", f->in, list, count);
}

void
api_registration(struct page *p)
{
    struct work *w = form_find(p);
    struct form f;
    struct json j;

    if (w == NULL)
        return;
    form_init(&f, p->round, p->arena);
    if (form_read(&f, w, &p->err)) {
        page_json(p, &j);
        json_begin_object(&j);
        api_put_work(&j, p, &f, w);
        put_not_asked(&j, p, &f);
        put_answers(&j, &f);
        json_end_object(&j);
        page_json_finish(p, &j);
    } else {
        page_fail(p);
    }
    form_clear(&f);
}

/* The place that the body names, NULL where it is answered: one that there
 * is not and one that is not the caller's are the same. */
static const struct place *
find_place(struct page *p, const char *unit, int64_t tier)
{
    const struct place *list;
    int count = place_list(p, &list);

    for (int i = 0; i < count; i++)
        if (strcmp(p->round->round->units[list[i].unit].id, unit) == 0
            && list[i].tier->tier == tier)
            return &list[i];
    api_refuse(p, "api.no_place", "unit");
    return NULL;
}

static void
answer_started(struct page *p, const struct work *w, bool found)
{
    struct response *r = exchange_response(p->x);
    char id[UUID_TEXT];
    struct json j;

    public_id_print(w->public_id, id);
    r->status = found ? 200 : 201;
    response_header(p->x, "Location",
                    arena_printf(p->arena,
                                 "/api/v1/rounds/%s/registrations/%s",
                                 p->round->round->id, id));
    page_json(p, &j);
    json_begin_object(&j);
    put_place(&j, p, w);
    json_end_object(&j);
    page_json_finish(p, &j);
}

/* A colleague in the same unit and tier has the person: the same as the page
 * tells. */
static void
answer_known(struct page *p, const struct work *w)
{
    struct json j;

    exchange_response(p->x)->status = 409;
    page_json(p, &j);
    json_begin_object(&j);
    api_put_text(&j, "error", "api.known");
    api_put_text(&j, "message", msg_text(p->lang, "api.known"));
    api_put_text(&j, "request", p->request->id);
    api_put_text(&j, "mapper", w->mapper);
    api_put_text(&j, "name", place_person(p, w->mapper));
    api_put_int(&j, "running", w->running);
    json_end_object(&j);
    page_json_finish(p, &j);
}

static void
register_person(struct page *p, const struct place *place,
                const struct identity *id)
{
    enum found found;
    struct work *w;

    if (!identity_register(p, id, place->unit, place->tier->tier, &found,
                           &w)) {
        page_fail(p);
        return;
    }
    switch (found) {
    case FOUND_TOO_OFTEN:
        page_refuse(p, 429, "day.too_often");
        break;
    case FOUND_OPTED_OUT:
        page_refuse(p, 409, "work.opted_out");
        break;
    case FOUND_COLLEAGUES:
        answer_known(p, w);
        break;
    default:
        answer_started(p, w, found == FOUND_OWN);
        break;
    }
}

void
api_register(struct page *p)
{
    enum { UNIT, TIER, NUMBER, MEMBERS };
    struct api_value v[MEMBERS];
    const struct place *place;
    struct identity id;
    const char *wrong;

    if (!api_body(p, "NewRegistration", v))
        return;
    if (!identity_read(p, v[NUMBER].text, &id, &wrong)) {
        page_fail(p);
        return;
    }
    place = find_place(p, v[UNIT].text, v[TIER].number);
    if (place == NULL)
        ;
    else if (wrong != NULL)
        api_refuse(p, wrong, "number");
    else if (v[NUMBER].given && !id.has_number)
        api_refuse(p, "day.number_blank", "number");
    else if (!id.has_number && place->tier->number_required)
        api_refuse(p, "day.number_required", "number");
    else
        register_person(p, place, &id);
    identity_wipe(&id);
}
