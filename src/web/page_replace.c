/* page_replace.c - another number on one's own registration: a wrong one, or
 * one that was not known before. See page_person.c; the store logs it. */
#include <string.h>
#include "base/msg.h"
#include "web/brief.h"
#include "web/identity.h"
#include "web/pages.h"
#include "web/public_id.h"
#include "web/route.h"

struct replacing {
    uint8_t public_id[16];
    struct work *work;          /* as read; NULL: none of one's own */
    const char *number_error;
    struct identity id;
};

/* Whether a number must be known in W's unit and tier. */
static bool
number_required(const struct page *p, const struct work *w)
{
    const struct unit *u = &p->round->round->units[w->unit];

    for (int i = 0; i < u->tier_count; i++)
        if (u->tiers[i].tier == w->tier)
            return u->tiers[i].number_required;
    return false;
}

static void
show(struct page *p, struct replacing *r)
{
    const struct work *w = r->work;
    struct briefs briefs;
    struct brief brief;
    bool ok;

    identity_wipe(&r->id);
    briefs_init(&briefs, p);
    ok = brief_of(&briefs, w, &brief, &p->err);
    briefs_clear(&briefs);
    if (!ok) {
        page_fail(p);
        return;
    }
    view_text(p->view, "main", "narrow");
    view_int(p->view, "running", w->running);
    view_text(p->view, "who", brief.who);
    view_text(p->view, "group", brief.group);
    identity_field(p, r->number_error);
    view_flag(p->view, "has_number", w->has_pseudonym);
    view_flag(p->view, "may_unknown",
              w->has_pseudonym && !number_required(p, w));
    view_text(p->view, "form",
              arena_printf(p->arena, "/rounds/%s/registrations/%s",
                           p->round->round->id,
                           p->param[route_param(p->def, "id")]));
    page_show(p, "person");
}

/* One's own registration that the path names. False where it is answered. */
static bool
find(struct page *p, struct replacing *r)
{
    if (public_id_read(p->param[route_param(p->def, "id")], r->public_id)
        && !work_find(p->store, &p->actor, p->round->round, r->public_id,
                      false, p->arena, &r->work, &p->err)) {
        page_fail(p);
        return false;
    }
    if (r->work == NULL)
        page_refuse(p, 404, NULL);
    return r->work != NULL;
}

void
page_replace(struct page *p)
{
    struct replacing r = { .work = NULL };

    if (find(p, &r))
        show(p, &r);
}

static bool
replace(struct page *p, struct store *s, struct opened *round, void *ctx,
        struct err *e)
{
    struct replacing *r = ctx;
    struct work *w;

    if (!work_hold(s, &p->actor, round->round, r->public_id, false,
                   p->arena, &w, e))
        return false;
    if (w == NULL)
        return err_set(e, ERR_INPUT, "work.changed", "");
    return work_replace_person(s, &p->actor, round->round, w,
                               r->id.has_number ? r->id.pseudonym : NULL, e);
}

/* What is answered says otherwise than the number. */
static bool
differs(struct page *p, const struct replacing *r, bool *out)
{
    const struct instrument *in = p->round->in;
    const struct registration row = {
        .number = r->work->number, .definition = r->work->definition,
        .answers = r->work->answers, .answers_len = r->work->answers_len
    };
    const int role[] = { ROLE_SEX, ROLE_BIRTH_YEAR };
    const int32_t said[] = { r->id.sex, r->id.year };
    struct decoder d;
    bool ok;

    *out = false;
    decoder_init(&d, p->round);
    ok = decode(&d, &row, &p->err);
    for (int i = 0; ok && i < 2; i++) {
        int v = in->role[role[i]];

        if (v >= 0 && said[i] >= 0 && d.value[v] >= 0
            && d.value[v] != said[i])
            *out = true;
    }
    decoder_clear(&d);
    return ok;
}

static void
write_person(struct page *p, struct replacing *r)
{
    const char *id = p->param[route_param(p->def, "id")];
    bool other;

    if (!differs(p, r, &other) || !page_write(p, replace, r))
        page_fail(p);
    else
        page_redirect_notice(p, other ? "said.person_differs"
                                      : "said.person_replaced",
                             "/rounds/%s/registrations/%s",
                             p->round->round->id, id);
}

static void
refuse(struct page *p, struct replacing *r, const char *text)
{
    r->number_error = text;
    page_fault_text(p, "number", text);
    show(p, r);
}

/* Somebody in the unit and tier has that person. */
static void
refuse_known(struct page *p, struct replacing *r, const struct work *w)
{
    const char *number = arena_printf(p->arena, "%d", w->running);

    if (strcmp(w->mapper, p->account) != 0)
        refuse(p, r, w->mapper[0] == '\0'
               ? msg_text(p->lang, "day.known_nobodys")
               : PAGE_TEXT(p, "day.known_by", place_person(p, w->mapper),
                           number));
    else if (memcmp(w->public_id, r->public_id, sizeof r->public_id) == 0)
        refuse(p, r, msg_text(p->lang, "day.number_same"));
    else
        refuse(p, r, PAGE_TEXT(p, "day.known_own", number));
}

static void
replace_number(struct page *p, struct replacing *r)
{
    enum found found;
    struct work *w;

    if (!identity_look(p, &r->id, r->work->unit, r->work->tier, &found, &w)) {
        page_fail(p);
        return;
    }
    switch (found) {
    case FOUND_TOO_OFTEN:
        page_refuse(p, 429, "day.too_often");
        break;
    case FOUND_OPTED_OUT:
        refuse(p, r, msg_text(p->lang, "work.opted_out"));
        break;
    case FOUND_NOBODY:
        write_person(p, r);
        break;
    default:
        refuse_known(p, r, w);
        break;
    }
}

void
page_replace_post(struct page *p)
{
    struct replacing r = { .work = NULL };
    const char *wrong;

    if (!identity_take(p, &r.id, &wrong)) {
        page_fail(p);
        return;
    }
    if (!find(p, &r))
        return;
    if (page_field(p, "unknown")[0] != '\0') {
        r.id = (struct identity){ .sex = VALUE_UNANSWERED,
                                  .year = VALUE_UNANSWERED };
        if (number_required(p, r.work))
            refuse(p, &r, msg_text(p->lang, "day.number_required"));
        else
            write_person(p, &r);
    } else if (!r.id.has_number) {
        refuse(p, &r, msg_text(p->lang, "day.number_blank"));
    } else if (wrong != NULL) {
        refuse(p, &r, msg_text(p->lang, wrong));
    } else {
        replace_number(p, &r);
    }
    identity_wipe(&r.id);
}
