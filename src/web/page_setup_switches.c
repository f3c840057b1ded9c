/* page_setup_switches.c - which questions and categories the round asks.
 *
 * A question that the definition leaves out unless a round wants it is
 * switched on by the round's definition; one that the municipality has no
 * legal basis for is switched off by a local change. Both are one tick here:
 * asked, or not. What the program needs itself, and what no registration can
 * be complete without, is not shown. Below them: from which number on a cell
 * of a table is no longer small. */
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/page_setup_local.h"
#include "web/pages.h"

static bool
is_complete_needed(const struct instrument *in, int variable)
{
    for (int i = 0; i < in->complete_answered_count; i++)
        if (in->complete_answered[i] == variable)
            return true;
    return false;
}

static bool
is_switch(const struct instrument *in, int variable)
{
    const struct variable *v = &in->variables[variable];

    return v->service < 0 && !is_complete_needed(in, variable)
           && (v->role == ROLE_NONE || v->role == ROLE_SEX
               || v->role == ROLE_BIRTH_YEAR);
}

static const char *
tick_name(struct page *p, const char *kind, const char *id)
{
    return arena_printf(p->arena, "on-%s-%s", kind, id);
}

static void
put_tick(struct page *p, struct view *list, const char *name,
         const struct label *label, const struct label *help, bool on)
{
    struct view *item = view_item(list);

    view_flag(item, "as_tick", true);
    view_text(item, "id", name);
    view_text(item, "name", name);
    view_text(item, "label", setup_label(p, label));
    if (help != NULL)
        view_text(item, "help", setup_label(p, help));
    view_flag(item, "chosen", setup_ticked(p, name, on));
}

static void
put_tabs(struct page *p, struct view *groups)
{
    const struct instrument *in = p->round->in;

    for (int tab = 0; tab < in->tab_count; tab++) {
        struct view *group = NULL, *list = NULL;

        for (int i = 0; i < in->entered_count; i++) {
            const struct variable *v = &in->variables[i];

            if (v->tab != tab || !is_switch(in, i))
                continue;
            if (group == NULL) {
                group = view_item(groups);
                view_text(group, "legend",
                          setup_label(p, &in->tabs[tab].label));
                list = view_list(group, "fields");
            }
            put_tick(p, list, tick_name(p, "q", v->id), &v->label, &v->help,
                     !v->off);
        }
    }
}

static void
put_categories(struct page *p, struct view *groups)
{
    const struct instrument *in = p->round->in;
    struct view *group = view_item(groups);
    struct view *list = view_list(group, "fields");

    view_text(group, "legend", msg_text(p->lang, "setup.categories"));
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];

        put_tick(p, list, tick_name(p, "c", c->id), &c->label, &c->purpose,
                 !c->off);
    }
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field small = {
        "small_below", "setup.small_below", SETUP_NUMBER, 3, true
    };
    struct view *groups = view_list(p->view, "groups");
    int setting[SETTING_COUNT];

    if (!setting_list(p->store, p->round->round, setting, &p->err)) {
        page_fail(p);
        return;
    }
    put_tabs(p, groups);
    put_categories(p, groups);
    setup_field(p, view_list(p->view, "last"), &small,
                arena_printf(p->arena, "%d", setting[SETTING_SMALL_BELOW]),
                bad);
    setup_show(p, SETUP_SWITCHES, "setup_switches");
}

void
page_setup_switches(struct page *p)
{
    show(p, NULL);
}

static bool
wants(struct page *p, const char *kind, const char *id)
{
    return page_field(p, tick_name(p, kind, id))[0] != '\0';
}

/* Takes it from what is off, however it is spelled: the bare ID is a
 * question's where one has that name. */
static void
set_on(struct page *p, const struct instrument *in, struct local *l,
       const char *prefix, const char *id)
{
    if (instrument_variable(in, id, strlen(id)) < 0)
        local_set_off(l, p->arena, id, false);
    local_set_off(l, p->arena, arena_printf(p->arena, "%s%s", prefix, id),
                  false);
}

static void
take_categories(struct page *p, const struct instrument *in,
                struct setup_local *l)
{
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];
        bool on = wants(p, "c", c->id);

        if (on == !c->off)
            continue;
        set_on(p, in, &l->local, "categories.", c->id);
        if (!on)
            local_set_off(&l->local, p->arena,
                          arena_printf(p->arena, "categories.%s", c->id),
                          true);
        for (int j = 0; j < c->service_count && on; j++)
            set_on(p, in, &l->local, "services.", c->services[j].id);
    }
}

/* BASE is the definition before the round switched anything on. */
static void
take_questions(struct page *p, const struct instrument *in,
               const struct instrument *base, struct setup_local *l)
{
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i], *b;
        bool on = wants(p, "q", v->id);

        if (!is_switch(in, i) || on == !v->off)
            continue;
        b = &base->variables[i];
        if (b->off && !b->off_local)
            l->switched_on = setup_word_set(p, l->switched_on, v->id, on);
        else
            local_set_off(&l->local, p->arena, v->id, !on);
    }
}

static bool
save_small(struct page *p, struct store *s, const struct round *r,
           struct err *e)
{
    int value = setup_number(setup_text(p, "small_below"));
    int setting[SETTING_COUNT];

    if (!setting_list(s, r, setting, e))
        return false;
    if (setting[SETTING_SMALL_BELOW] == value)
        return true;
    err_field(e, "small_below");
    if (!setting_set(s, &p->actor, r, SETTING_SMALL_BELOW, value, e))
        return false;
    e->field[0] = '\0';
    return true;
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct instrument *base;
    struct setup_local l;

    (void)ctx;
    if (!setup_local_read(s, round->round, p->arena, &l, e)
        || !save_small(p, s, round->round, e))
        return false;
    base = instrument_read(l.definition.text, l.definition.len, "definition",
                           e);
    if (base == NULL)
        return false;
    take_questions(p, round->in, base, &l);
    instrument_free(base);
    take_categories(p, round->in, &l);
    return setup_local_define(p, s, round, &l, e);
}

void
page_setup_switches_save(struct page *p)
{
    if (setup_write(p, save, NULL, show))
        setup_done(p, "switches");
}
