/* page_setup_units.c - the units of a round: listed, added one by one or
 * pasted as CSV, changed, switched off.
 *
 * A unit's id is made from its name and never shown as something to type;
 * who pastes CSV gives it. A unit keeps its place for ever, so it is switched
 * off, never taken away. */
#include <string.h>
#include "base/msg.h"
#include "intake/intake.h"
#include "store/round_setup.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { ID_LONG = 32, FAULTS_MOST = 20 };

/* The name of the control NAME of tier TIER. */
static const char *
tier_name(struct page *p, const char *name, int tier)
{
    return arena_printf(p->arena, "tier-%d-%s", tier, name);
}

static const struct unit_tier *
tier_of(const struct unit *u, int tier)
{
    for (int i = 0; u != NULL && i < u->tier_count; i++)
        if (u->tiers[i].tier == tier)
            return &u->tiers[i];
    return NULL;
}

static void
put_tier(struct page *p, struct view *list, const struct unit *u, int tier,
         const struct setup_bad *bad)
{
    const struct unit_tier *t = tier_of(u, tier);
    const struct setup_field fields[] = {
        { tier_name(p, "on", tier), "setup.tier_on", SETUP_TICK, 0, false },
        { tier_name(p, "words", tier), "setup.tier_words", SETUP_LINE,
          UNIT_NAME_MAX, false },
        { tier_name(p, "whom", tier), "setup.tier_whom", SETUP_AREA,
          UNIT_TEXT_MAX, false },
        { tier_name(p, "required", tier), "setup.tier_required", SETUP_TICK,
          0, false },
    };
    const char *const values[] = {
        t != NULL ? "1" : "", t != NULL ? t->words : "",
        t != NULL ? t->whom : "",
        t != NULL && t->number_required ? "1" : ""
    };
    struct view *group = view_item(list), *inner;

    view_text(group, "legend",
              PAGE_TEXT(p, "setup.tier",
                        arena_printf(p->arena, "%d", tier)));
    view_text(group, "hint",
              msg_text(p->lang, arena_printf(p->arena,
                                             "setup.tier_%d_means", tier)));
    inner = view_list(group, "fields");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        setup_field(p, inner, &fields[i], values[i], bad);
}

static void
put_sectors(struct page *p, struct view *field, const char *chosen)
{
    struct view *options = view_list(field, "options");

    setup_option(options, "", msg_text(p->lang, "setup.sector_none"),
                 chosen);
    for (int i = 0; unit_sectors[i] != NULL; i++)
        setup_option(options, unit_sectors[i],
                     msg_text(p->lang, arena_printf(p->arena,
                                                    "setup.sector_%s",
                                                    unit_sectors[i])),
                     chosen);
}

/* The form of unit U, NULL for a new one. */
static void
put_form(struct page *p, const struct unit *u, const struct setup_bad *bad)
{
    static const struct setup_field fields[] = {
        { "name", "setup.unit_name", SETUP_LINE, UNIT_NAME_MAX, true },
        { "sector", "setup.unit_sector", SETUP_SELECT, 0, true },
        { "usual", "setup.unit_usual", SETUP_SELECT, 0, true },
    };
    struct view *list = view_list(p->view, "fields"), *field, *options;
    const char *sector = u != NULL ? u->sector : "", *usual;

    setup_field(p, list, &fields[0], u != NULL ? u->name : "", bad);
    field = setup_field(p, list, &fields[1], sector, bad);
    put_sectors(p, field, setup_typed(p, "sector", sector));
    list = view_list(p->view, "tiers");
    for (int tier = 1; tier <= TIER_MAX; tier++)
        put_tier(p, list, u, tier, bad);
    usual = arena_printf(p->arena, "%d", u != NULL && u->tier_count > 0
                                         ? u->tiers[0].tier : 1);
    field = setup_field(p, view_list(p->view, "last"), &fields[2], usual,
                        bad);
    options = view_list(field, "options");
    for (int tier = 1; tier <= TIER_MAX; tier++)
        setup_option(options, arena_printf(p->arena, "%d", tier),
                     PAGE_TEXT(p, "setup.tier",
                               arena_printf(p->arena, "%d", tier)),
                     setup_typed(p, "usual", usual));
}

/* What was typed. Without a tier that is ticked, the store refuses it. */
static void
take_unit(struct page *p, struct unit *u)
{
    struct unit_tier *tiers = arena_array(p->arena, TIER_MAX,
                                          sizeof *tiers);
    int usual = setup_number(page_field(p, "usual"));

    *u = (struct unit){ .name = setup_text(p, "name"),
                        .sector = page_field(p, "sector"),
                        .tiers = tiers };
    for (int tier = 1; tier <= TIER_MAX; tier++) {
        struct unit_tier *t = &tiers[u->tier_count];

        if (page_field(p, tier_name(p, "on", tier))[0] == '\0')
            continue;
        *t = (struct unit_tier){
            .tier = tier, .words = setup_text(p, tier_name(p, "words", tier)),
            .whom = setup_text(p, tier_name(p, "whom", tier)),
            .number_required = page_field(p, tier_name(p, "required",
                                                       tier))[0] != '\0'
        };
        if (tier == usual && u->tier_count > 0) {
            struct unit_tier first = *t;

            memmove(&tiers[1], &tiers[0],
                    (size_t)u->tier_count * sizeof *tiers);
            tiers[0] = first;
        }
        u->tier_count++;
    }
}

static const char *
tiers_in_words(struct page *p, const struct unit *u)
{
    const char *text = "";

    for (int i = 0; i < u->tier_count; i++) {
        const struct unit_tier *t = &u->tiers[i];

        text = arena_printf(p->arena, "%s%s%d%s%s", text,
                            i > 0 ? ", " : "", t->tier,
                            t->words[0] != '\0' ? " " : "", t->words);
    }
    return text;
}

static void
put_list(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "units");

    for (int i = 0; i < r->unit_count; i++) {
        const struct unit *u = &r->units[i];
        struct view *item = view_item(list);
        bool whom = false, required = false;

        for (int j = 0; j < u->tier_count; j++) {
            whom = whom || u->tiers[j].whom[0] != '\0';
            required = required || u->tiers[j].number_required;
        }
        view_text(item, "href",
                  arena_printf(p->arena, "/rounds/%s/setup/units/%s", r->id,
                               u->id));
        view_text(item, "unit", u->name);
        view_text(item, "sector",
                  u->sector[0] == '\0' ? ""
                  : msg_text(p->lang, arena_printf(p->arena,
                                                   "setup.sector_%s",
                                                   u->sector)));
        view_text(item, "tiers", tiers_in_words(p, u));
        view_flag(item, "whom", whom);
        view_flag(item, "number", required);
        view_flag(item, "off", u->off);
    }
    view_flag(p->view, "any", r->unit_count > 0);
}

static void
show_list(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field csv = {
        "csv", "setup.units_csv", SETUP_AREA, 0, true
    };
    struct view *item;

    put_list(p);
    item = setup_field(p, view_list(p->view, "paste"), &csv, "", bad);
    view_flag(item, "mono", true);
    view_int(item, "rows", 6);
    setup_show(p, SETUP_UNITS, "setup_units");
}

void
page_setup_units(struct page *p)
{
    show_list(p, NULL);
}

static bool
id_taken(const struct round *r, const char *id)
{
    return round_unit(r, id) >= 0 || strcmp(id, "unknown") == 0;
}

static bool
add(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    struct unit *u = ctx;
    const char *id = setup_slug(p, u->name, ID_LONG - 4);

    u->id = id;
    for (int n = 2; id_taken(round->round, u->id); n++)
        u->id = arena_printf(p->arena, "%s_%d", id, n);
    return unit_add(s, &p->actor, round->round, u, e);
}

static void
show_new(struct page *p, const struct setup_bad *bad)
{
    put_form(p, NULL, bad);
    view_text(p->view, "unit_name", msg_text(p->lang, "setup.unit_new"));
    view_flag(p->view, "is_new", true);
    setup_show(p, SETUP_UNITS, "setup_unit");
}

void
page_setup_unit_new(struct page *p)
{
    show_new(p, NULL);
}

void
page_setup_unit_add(struct page *p)
{
    struct unit u;

    take_unit(p, &u);
    if (setup_write(p, add, &u, show_new))
        setup_done(p, "units");
}

/* --- many at once */

struct pasting {
    struct page *page;
    const struct unit *units;
    int count, told;
};

static void
say(void *ctx, const struct err *fault)
{
    struct pasting *c = ctx;
    struct err e = *fault;
    struct buf text;

    if (c->told++ >= FAULTS_MOST)
        return;
    buf_init(&text, 0);
    e.at.file = NULL;
    msg_error(&text, c->page->lang, &e);
    page_fault_text(c->page, "csv",
                    e.at.line == 0
                    ? arena_text(c->page->arena, buf_string(&text))
                    : PAGE_TEXT(c->page, "setup.line",
                                arena_printf(c->page->arena, "%ld",
                                             e.at.line),
                                buf_string(&text)));
    buf_clear(&text);
}

static bool
add_all(struct page *p, struct store *s, struct opened *round, void *ctx,
        struct err *e)
{
    const struct pasting *c = ctx;
    struct round *r = round->round;

    for (int i = 0; i < c->count; i++) {
        if (round_unit(r, c->units[i].id) >= 0)
            return err_set(e, ERR_INPUT, "units.twice", "%s",
                           c->units[i].id);
        /* Its place is the next one: what was loaded is out of date. */
        if (!unit_add(s, &p->actor, r, &c->units[i], e)
            || !round_load(s, r->id, p->arena, &r, e))
            return false;
    }
    return true;
}

void
page_setup_units_paste(struct page *p)
{
    struct pasting c = { .page = p };
    const struct listener listener = {
        .say = say, .warn = say, .ctx = &c, .lang = p->lang
    };
    const char *text = page_field(p, "csv");

    if (!units_memory("CSV", text, strlen(text), p->arena, &listener,
                      &c.units, &c.count, &p->err)) {
        bool told = page_faulty(p);

        if (p->err.code == ERR_INPUT && told)
            err_clear(&p->err);
        else if (!page_fault(p, "csv"))
            return;
        show_list(p, NULL);
        return;
    }
    if (setup_write(p, add_all, &c, show_list))
        setup_done(p, "units");
}

/* --- one unit */

static int
asked_unit(struct page *p)
{
    int unit = round_unit(p->round->round, p->param[1]);

    if (unit < 0)
        page_refuse(p, 404, NULL);
    return unit;
}

static void
show_unit(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field reason = {
        "reason", "setup.off_reason", SETUP_AREA, UNIT_TEXT_MAX, true
    };
    const struct round *r = p->round->round;
    const struct unit *u = &r->units[round_unit(r, p->param[1])];
    struct view *item;

    put_form(p, u, bad);
    view_text(p->view, "unit_name", u->name);
    view_text(p->view, "unit_href",
              arena_printf(p->arena, "/rounds/%s/setup/units/%s", r->id,
                           u->id));
    view_flag(p->view, "off", u->off);
    item = setup_field(p, view_list(p->view, "reasons"), &reason, "", bad);
    view_int(item, "rows", 2);
    setup_show(p, SETUP_UNITS, "setup_unit");
}

void
page_setup_unit(struct page *p)
{
    if (asked_unit(p) >= 0)
        show_unit(p, NULL);
}

static bool
change(struct page *p, struct store *s, struct opened *round, void *ctx,
       struct err *e)
{
    int unit = round_unit(round->round, p->param[1]);

    return unit_change(s, &p->actor, round->round, unit, ctx, e);
}

void
page_setup_unit_save(struct page *p)
{
    struct unit u;

    if (asked_unit(p) < 0)
        return;
    take_unit(p, &u);
    if (setup_write(p, change, &u, show_unit))
        setup_done(p, "units");
}

static bool
switch_unit(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    int unit = round_unit(round->round, p->param[1]);

    (void)ctx;
    return unit_off(s, &p->actor, round->round, unit,
                    !round->round->units[unit].off, setup_text(p, "reason"),
                    e);
}

/* Off where it is on, and back. */
void
page_setup_unit_switch(struct page *p)
{
    if (asked_unit(p) >= 0 && setup_write(p, switch_unit, NULL, show_unit))
        setup_done(p, "units");
}
