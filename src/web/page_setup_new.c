/* page_setup_new.c - a new round, empty or from last year's.
 *
 * Its id is made from the municipality and the year, so that nobody has to
 * think one up: it stands in addresses only. In a demo store, whose passwords
 * everybody knows, rounds take invented persons only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/msg.h"
#include "def/municipality.h"
#include "store/round_setup.h"
#include "web/app.h"
#include "web/page_setup.h"
#include "web/pages.h"

enum { USUAL_AGE = 18 };

bool
setup_may_make(const struct page *p)
{
    for (int i = 0; i < p->grant_count; i++)
        if (p->grants[i].duty == DUTY_COORDINATOR
            && p->grants[i].round[0] == '\0')
            return true;
    return false;
}

static void
put_municipalities(struct page *p, struct view *field, const char *chosen)
{
    int year, month, mday, count;
    const struct municipality *list;
    struct view *options = view_list(field, "options");

    day_to_date(day_oslo(p->now_ms), &year, &month, &mday);
    list = municipality_list(year, p->arena, &count);
    setup_option(options, "", msg_text(p->lang, "setup.choose"), chosen);
    for (int i = 0; i < count; i++)
        setup_option(options, arena_printf(p->arena, "%04d", list[i].number),
                     list[i].name, chosen);
}

/* The rounds that one may be copied from. */
static bool
put_rounds(struct page *p, struct view *field, const char *chosen)
{
    struct view *options = view_list(field, "options");
    const char *const *ids;

    setup_option(options, "", msg_text(p->lang, "setup.new_blank"), chosen);
    if (!round_list(p->store, p->arena, &ids, &p->err))
        return false;
    for (; *ids != NULL; ids++) {
        struct round *r;

        if (!round_load(p->store, *ids, p->arena, &r, &p->err))
            return false;
        if (r->training_of[0] == '\0')
            setup_option(options, r->id, r->title, chosen);
    }
    return true;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field fields[] = {
        { "from", "setup.new_from", SETUP_SELECT, 0, false },
        { "municipality", "setup.new_municipality", SETUP_SELECT, 0, true },
        { "year", "setup.new_year", SETUP_NUMBER, 4, true },
        { "period", "setup.new_period", SETUP_NUMBER, 2, true },
        { "from_age", "setup.new_from_age", SETUP_NUMBER, 2, true },
    };
    static const struct setup_field synthetic = {
        "synthetic", "setup.new_synthetic", SETUP_TICK, 0, false
    };
    struct view *list = view_list(p->view, "fields"), *field;
    int year, month, mday;

    day_to_date(day_oslo(p->now_ms), &year, &month, &mday);
    field = setup_field(p, list, &fields[0], "", bad);
    if (!put_rounds(p, field, setup_typed(p, "from", ""))) {
        page_fail(p);
        return;
    }
    field = setup_field(p, list, &fields[1], "", bad);
    put_municipalities(p, field, setup_typed(p, "municipality", ""));
    setup_field(p, list, &fields[2], arena_printf(p->arena, "%d", year), bad);
    setup_field(p, list, &fields[3], "1", bad);
    setup_field(p, list, &fields[4],
                arena_printf(p->arena, "%d", USUAL_AGE), bad);
    if (p->app->demo)
        view_flag(p->view, "demo_only", true);
    else
        setup_field(p, list, &synthetic, "", bad);
    p->title = msg_text(p->lang, "setup.new");
    view_text(p->view, "main", "narrow");
    page_show(p, "setup_new");
}

void
page_setup_new(struct page *p)
{
    if (setup_may_make(p))
        show(p, NULL);
    else
        page_refuse(p, 403, NULL);
}

struct making {
    struct round round;
    const char *from;           /* id; "" none */
};

/* The id that MADE gets: its municipality and year, and what makes it new. */
static bool
find_id(struct page *p, struct store *s, const char *name,
        struct making *m, struct err *e)
{
    const char *const *ids;
    char *id = arena_printf(p->arena, "%s-%d", setup_slug(p, name, 40),
                            m->round.year);

    for (char *c = id; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    m->round.id = id;
    if (!round_list(s, p->arena, &ids, e))
        return false;
    for (int n = 2, i = 0; ids[i] != NULL; i++)
        if (strcmp(ids[i], m->round.id) == 0) {
            m->round.id = arena_printf(p->arena, "%s-%d", id, n++);
            i = -1;
        }
    return true;
}

/* The newest definition that the program carries. */
static const char *
newest_definition(size_t *len)
{
    const char *newest = NULL, *name;

    for (int i = 0; (name = embed_name(i)) != NULL; i++)
        if (strncmp(name, "instruments/", strlen("instruments/")) == 0)
            newest = name;
    return newest != NULL ? embed_find(newest, len) : NULL;
}

static bool
make_blank(struct page *p, struct store *s, struct making *m, struct err *e)
{
    struct definition d = { .number = 1, .switched_on = "" };
    struct instrument *in;

    d.text = newest_definition(&d.len);
    if (d.text == NULL)
        return err_set(e, ERR_MACHINE, "setup.no_instrument", "");
    if (!round_instrument(&d, &m->round, &in, e))
        return false;
    instrument_free(in);
    return round_add(s, &p->actor, &m->round, &d, NULL, e);
}

static bool
make(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct making *m = ctx;
    struct round *from;

    (void)round;
    if (!find_id(p, s, m->round.title, m, e))
        return false;
    m->round.title = arena_printf(p->arena, "%s %d", m->round.title,
                                  m->round.year);
    if (m->from[0] == '\0')
        return make_blank(p, s, m, e);
    if (!round_load(s, m->from, p->arena, &from, e))
        return false;
    if (from->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "round.unknown", "%s", from->id);
    return round_copy(s, &p->actor, from, &m->round, e);
}

static bool
in_range(struct page *p, const char *field, int least, int most, int *out)
{
    *out = setup_number(setup_text(p, field));
    if (*out >= least && *out <= most)
        return true;
    setup_refuse(p, field, "setup.new_number", show);
    return false;
}

/* What was typed, checked; a refusal is answered here. */
static bool
take(struct page *p, struct making *m)
{
    struct round *r = &m->round;
    const char *name = NULL;

    r->municipality = setup_number(page_field(p, "municipality"));
    if (r->municipality < 0) {
        setup_refuse(p, "municipality", "setup.new_which", show);
        return false;
    }
    if (!in_range(p, "year", YEAR_FIRST, YEAR_LAST, &r->year)
        || !in_range(p, "period", 1, PERIOD_MAX, &r->period)
        || !in_range(p, "from_age", 0, FROM_AGE_MAX, &r->from_age))
        return false;
    if (municipality_find(r->municipality, r->year, p->arena, &name)
        != MUNICIPALITY_THEN) {
        setup_refuse(p, "municipality", "setup.new_not_then", show);
        return false;
    }
    r->title = name;
    r->synthetic = p->app->demo || page_field(p, "synthetic")[0] != '\0';
    m->from = page_field(p, "from");
    return true;
}

void
page_setup_make(struct page *p)
{
    struct making m = {
        .round = { .status = ROUND_SETUP, .training_of = "",
                   .definition = 1, .next_number = 1 }
    };

    if (!setup_may_make(p)) {
        page_refuse(p, 403, NULL);
        return;
    }
    for (int i = 0; i < LAWFUL_COUNT; i++)
        m.round.lawful[i] = "";
    if (take(p, &m) && setup_write(p, make, &m, show))
        page_redirect_notice(p, "said.setup_made", "/rounds/%s/setup",
                             m.round.id);
}
