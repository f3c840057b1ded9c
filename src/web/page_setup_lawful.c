/* page_setup_lawful.c - what the round is and what makes it lawful: two
 * pages of fields that the store lists (lawful_fields).
 *
 * Facts: title, year, period and age limit, which stand once the round has
 * been opened; the mapping period, whom to include, and the target groups,
 * which are the codes of what a registration must answer. */
#include <string.h>
#include "base/msg.h"
#include "store/round_setup.h"
#include "web/page_setup_local.h"
#include "web/pages.h"

enum { TEXT_LONG = 2000 };

/* Those that stand on the page of facts. */
static const char *const fact_fields[] = {
    "mapping_from", "mapping_to", "inclusion"
};
enum { FACT_FIELDS = sizeof fact_fields / sizeof *fact_fields };

static bool
is_fact(int field)
{
    for (int i = 0; i < FACT_FIELDS; i++)
        if (strcmp(fact_fields[i], lawful_fields[field].id) == 0)
            return true;
    return false;
}

static enum setup_kind
kind_of(const struct lawful_field *f)
{
    return f->kind == LAWFUL_DATE ? SETUP_DATE
           : f->kind == LAWFUL_NUMBER ? SETUP_NUMBER : SETUP_AREA;
}

static void
put_lawful(struct page *p, struct view *list, int field,
           const struct setup_bad *bad)
{
    const struct round *r = p->round->round;
    const struct lawful_field *f = &lawful_fields[field];
    const struct setup_field shown = {
        .name = f->id,
        .label = arena_printf(p->arena, "setup.lawful.%s", f->id),
        .kind = kind_of(f), .max = f->kind == LAWFUL_TEXT ? TEXT_LONG : 0,
        .required = round_needs(r, field) && !r->synthetic
    };
    struct view *item = setup_field(p, list, &shown, r->lawful[field], bad);

    view_int(item, "rows", 2);
}

/* The posted field on one line, as all that lists these expects. */
static const char *
one_line(struct page *p, const char *name)
{
    char *text = arena_text(p->arena, setup_text(p, name));

    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
    return text;
}

/* Writes the fields of one page that were posted and differ; blanks too, for
 * a page may be saved half filled in. */
static bool
save_lawful(struct page *p, struct store *s, struct round *r, bool facts,
            struct err *e)
{
    for (int i = 0; i < LAWFUL_COUNT; i++) {
        const char *value;

        if (is_fact(i) != facts
            || request_form(p->request, lawful_fields[i].id) == NULL)
            continue;
        value = one_line(p, lawful_fields[i].id);
        if (strlen(value) > TEXT_LONG * 4)
            return err_set(e, ERR_INPUT, "setup.text", "%d", TEXT_LONG);
        if (strcmp(value, r->lawful[i]) != 0
            && !round_set(s, &p->actor, r, i, value, e))
            return false;
    }
    return true;
}

static void
show_lawful(struct page *p, const struct setup_bad *bad)
{
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "fields");

    for (int i = 0; i < LAWFUL_COUNT; i++)
        if (!is_fact(i) && (lawful_fields[i].required || round_needs(r, i)
                            || r->lawful[i][0] != '\0'))
            put_lawful(p, list, i, bad);
    view_flag(p->view, "synthetic", r->synthetic);
    setup_show(p, SETUP_LAWFUL, "setup_form");
}

static bool
write_lawful(struct page *p, struct store *s, struct opened *round,
             void *ctx, struct err *e)
{
    (void)ctx;
    if (round->round->status == ROUND_CLOSED)
        return err_set(e, ERR_INPUT, "setup.closed", "%s", round->round->id);
    return save_lawful(p, s, round->round, false, e);
}

void
page_setup_lawful(struct page *p)
{
    show_lawful(p, NULL);
}

void
page_setup_lawful_save(struct page *p)
{
    if (setup_write(p, write_lawful, NULL, show_lawful))
        setup_done(p, "lawful");
}

/* --- facts */

static void
put_basics(struct page *p, struct view *list, const struct setup_bad *bad)
{
    static const struct setup_field fields[] = {
        { "title", "setup.facts_title", SETUP_LINE, UNIT_NAME_MAX, true },
        { "year", "setup.new_year", SETUP_NUMBER, 4, true },
        { "period", "setup.new_period", SETUP_NUMBER, 2, true },
        { "from_age", "setup.new_from_age", SETUP_NUMBER, 2, true },
    };
    const struct round *r = p->round->round;
    const char *const values[] = {
        r->title, arena_printf(p->arena, "%d", r->year),
        arena_printf(p->arena, "%d", r->period),
        arena_printf(p->arena, "%d", r->from_age)
    };

    for (int i = 0; i < 4; i++) {
        struct view *item = setup_field(p, list, &fields[i], values[i], bad);

        if (r->status != ROUND_SETUP)
            view_flag(item, "readonly", true);
    }
}

/* The name of the tick of a code. */
static const char *
tick_name(struct page *p, const struct variable *v, int code)
{
    return arena_printf(p->arena, "on-%s-%s", v->id, v->codes[code].id);
}

/* What a registration must answer, and can be answered in several ways. */
static const struct variable *
group_variable(const struct instrument *in, int place)
{
    const struct variable *v
        = &in->variables[in->complete_answered[place]];

    return v->kind == KIND_CODE && v->role == ROLE_NONE && !v->of_units
           ? v : NULL;
}

static void
put_groups(struct page *p)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "groups");

    for (int i = 0; i < in->complete_answered_count; i++) {
        const struct variable *v = group_variable(in, i);
        struct view *group, *codes;

        if (v == NULL)
            continue;
        group = view_item(list);
        view_text(group, "legend", setup_label(p, &v->label));
        codes = view_list(group, "fields");
        for (int j = 0; j < v->code_count; j++) {
            const char *name = tick_name(p, v, j);
            struct view *item = view_item(codes);

            view_flag(item, "as_tick", true);
            view_text(item, "id", name);
            view_text(item, "name", name);
            view_text(item, "label", setup_label(p, &v->codes[j].label));
            view_flag(item, "chosen",
                      setup_ticked(p, name, !v->codes[j].off));
        }
    }
}

static void
show_facts(struct page *p, const struct setup_bad *bad)
{
    struct view *list = view_list(p->view, "fields");

    put_basics(p, list, bad);
    for (int i = 0; i < FACT_FIELDS; i++)
        put_lawful(p, list, lawful_field_of(fact_fields[i]), bad);
    put_groups(p);
    setup_show(p, SETUP_FACTS, "setup_form");
}

static bool
save_basics(struct page *p, struct store *s, struct round *r, struct err *e)
{
    struct round_basics b = {
        .title = setup_text(p, "title"),
        .year = setup_number(setup_text(p, "year")),
        .period = setup_number(setup_text(p, "period")),
        .from_age = setup_number(setup_text(p, "from_age"))
    };

    if (r->status != ROUND_SETUP
        || (strcmp(b.title, r->title) == 0 && b.year == r->year
            && b.period == r->period && b.from_age == r->from_age))
        return true;
    return round_change_facts(s, &p->actor, r, &b, e);
}

static bool
save_groups(struct page *p, struct store *s, struct opened *round,
            struct err *e)
{
    const struct instrument *in = round->in;
    struct setup_local l;

    if (!setup_local_read(s, round->round, p->arena, &l, e))
        return false;
    for (int i = 0; i < in->complete_answered_count; i++) {
        const struct variable *v = group_variable(in, i);

        for (int j = 0; v != NULL && j < v->code_count; j++) {
            bool on = page_field(p, tick_name(p, v, j))[0] != '\0';

            if (on == v->codes[j].off)
                local_set_off(&l.local, p->arena,
                              arena_printf(p->arena, "%s.%s", v->id,
                                           v->codes[j].id), !on);
        }
    }
    return setup_local_define(p, s, round, &l, e);
}

static bool
write_facts(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    (void)ctx;
    if (round->round->status == ROUND_CLOSED)
        return err_set(e, ERR_INPUT, "setup.closed", "%s", round->round->id);
    return save_basics(p, s, round->round, e)
           && save_lawful(p, s, round->round, true, e)
           && save_groups(p, s, round, e);
}

void
page_setup_facts(struct page *p)
{
    show_facts(p, NULL);
}

void
page_setup_facts_save(struct page *p)
{
    if (setup_write(p, write_facts, NULL, show_facts))
        setup_done(p, "facts");
}
