/* page_setup_state.c - see page_setup.h: how far each section has come, for
 * the list beside every page of the setting up. */
#include <string.h>
#include "base/msg.h"
#include "store/fieldwork.h"
#include "web/page_setup.h"

/* What several sections are told from. */
struct tally {
    const struct day_slot *slots;
    const struct expected *expected;
    const struct grant *grants;
    int slot_count, expected_count, grant_count;
    int items[ITEM_LISTS];
};

static const char *
number(struct page *p, int n)
{
    return arena_printf(p->arena, "%d", n);
}

static bool
load(struct page *p, struct tally *c)
{
    const struct round *r = p->round->round;
    const struct grant_ask ask = {
        .round = r->id, .duty = DUTY_MAPPER, .from_ms = p->now_ms,
        .to_ms = p->now_ms + 1
    };
    const struct item *items;

    for (int i = 0; i < ITEM_LISTS; i++)
        if (!item_get(p->store, r, i, p->arena, &items, &c->items[i],
                      &p->err))
            return false;
    return slot_list(p->store, r, p->arena, &c->slots, &c->slot_count,
                     &p->err)
           && expected_list(p->store, r, p->arena, &c->expected,
                            &c->expected_count, &p->err)
           && grant_list(p->store, &ask, p->arena, &c->grants,
                         &c->grant_count, &p->err);
}

/* Fields of what makes a round lawful that stand among the facts. */
static bool
is_fact(int field)
{
    const char *id = lawful_fields[field].id;

    return strcmp(id, "inclusion") == 0 || strcmp(id, "mapping_from") == 0
           || strcmp(id, "mapping_to") == 0;
}

/* The fields of the one section or the other. */
static struct setup_state
lawful_state(struct page *p, bool facts)
{
    const struct round *r = p->round->round;
    int blank = 0, needed = 0;

    for (int i = 0; i < LAWFUL_COUNT; i++)
        if (is_fact(i) == facts && round_needs(r, i)) {
            needed++;
            blank += r->lawful[i][0] == '\0';
        }
    if (blank == 0)
        return (struct setup_state){ SETUP_FULL, "" };
    return (struct setup_state){
        r->synthetic ? SETUP_OPEN : SETUP_LACKS,
        PAGE_TEXT(p, "setup.state_blank", number(p, blank),
                  number(p, needed))
    };
}

static struct setup_state
unit_state(struct page *p)
{
    const struct round *r = p->round->round;
    int on = 0, nowhere = 0;

    for (int i = 0; i < r->unit_count; i++)
        if (!r->units[i].off) {
            on++;
            nowhere += r->units[i].sector[0] == '\0';
        }
    if (on == 0)
        return (struct setup_state){
            SETUP_LACKS, msg_text(p->lang, "setup.state_no_unit")
        };
    if (nowhere > 0 && !r->synthetic)
        return (struct setup_state){
            SETUP_LACKS, PAGE_TEXT(p, "setup.state_sector",
                                   number(p, nowhere))
        };
    return (struct setup_state){
        SETUP_FULL, PAGE_TEXT(p, "setup.state_units", number(p, on))
    };
}

static struct setup_state
switch_state(struct page *p)
{
    const struct instrument *in = p->round->in;
    int off = 0;

    for (int i = 0; i < in->entered_count; i++)
        off += in->variables[i].off_local && in->variables[i].service < 0;
    for (int i = 0; i < in->category_count; i++)
        off += in->categories[i].off;
    return (struct setup_state){
        SETUP_OPEN, off == 0 ? msg_text(p->lang, "setup.state_all_asked")
                             : PAGE_TEXT(p, "setup.state_off",
                                         number(p, off))
    };
}

static struct setup_state
service_state(struct page *p)
{
    const struct instrument *in = p->round->in;
    int on = 0, all = 0, added = 0;

    for (int i = 0; i < in->category_count; i++)
        for (int j = 0; j < in->categories[i].service_count; j++) {
            all++;
            on += !in->categories[i].services[j].off;
            added += in->categories[i].services[j].added;
        }
    return (struct setup_state){
        SETUP_OPEN, PAGE_TEXT(p, "setup.state_services", number(p, on),
                              number(p, all), number(p, added))
    };
}

static bool
has_text(const struct label *l)
{
    return l->in[LANG_NB] != NULL || l->in[LANG_NN] != NULL
           || l->in[LANG_EN] != NULL;
}

static struct setup_state
text_state(struct page *p)
{
    const struct instrument *in = p->round->in;
    int count = 0;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        count += has_text(&v->local_help);
        for (int j = 0; j < v->code_count && v->service < 0; j++)
            count += has_text(&v->codes[j].local_help);
        for (int j = 0; v->colours != NULL && j < in->grade_count; j++)
            count += has_text(&v->colours[j].local_help);
    }
    return (struct setup_state){
        SETUP_OPEN, count == 0 ? msg_text(p->lang, "setup.state_no_texts")
                               : PAGE_TEXT(p, "setup.state_texts",
                                           number(p, count))
    };
}

static bool
has_slot(const struct tally *c, int unit)
{
    for (int i = 0; i < c->slot_count; i++)
        if (c->slots[i].unit == unit && c->slots[i].day != DAY_NONE)
            return true;
    return false;
}

static bool
has_expected(const struct tally *c, int unit)
{
    for (int i = 0; i < c->expected_count; i++)
        if (c->expected[i].unit == unit)
            return true;
    return false;
}

static bool
has_mapper(const struct tally *c, const struct unit *u)
{
    for (int i = 0; i < c->grant_count; i++)
        if (strcmp(c->grants[i].unit, u->id) == 0)
            return true;
    return false;
}

/* KEY with how many of the units that are on HAVE it. */
static struct setup_state
of_units(struct page *p, const char *key, const struct tally *c,
         enum setup_section section)
{
    const struct round *r = p->round->round;
    int on = 0, have = 0;

    for (int i = 0; i < r->unit_count; i++) {
        if (r->units[i].off)
            continue;
        on++;
        have += section == SETUP_SCHEDULE ? has_slot(c, i)
                : section == SETUP_EXPECTED ? has_expected(c, i)
                : has_mapper(c, &r->units[i]);
    }
    return (struct setup_state){
        on > 0 && have == on ? SETUP_FULL : SETUP_OPEN,
        PAGE_TEXT(p, key, number(p, have), number(p, on))
    };
}

bool
setup_states(struct page *p, struct setup_state out[SETUP_SECTIONS])
{
    struct tally c;

    if (!load(p, &c))
        return false;
    out[SETUP_FACTS] = lawful_state(p, true);
    out[SETUP_LAWFUL] = lawful_state(p, false);
    out[SETUP_UNITS] = unit_state(p);
    out[SETUP_SWITCHES] = switch_state(p);
    out[SETUP_SERVICES] = service_state(p);
    out[SETUP_TEXTS] = text_state(p);
    out[SETUP_SCHEDULE] = of_units(p, "setup.state_days", &c,
                                   SETUP_SCHEDULE);
    out[SETUP_EXPECTED] = of_units(p, "setup.state_expected", &c,
                                   SETUP_EXPECTED);
    out[SETUP_MAPPERS] = of_units(p, "setup.state_mappers", &c,
                                  SETUP_MAPPERS);
    out[SETUP_LISTS] = (struct setup_state){
        c.items[ITEM_CONTACT] > 0 && c.items[ITEM_RULE] > 0
            && c.items[ITEM_CHECK] > 0 ? SETUP_FULL : SETUP_OPEN,
        PAGE_TEXT(p, "setup.state_lists", number(p, c.items[ITEM_CONTACT]),
                  number(p, c.items[ITEM_RULE]),
                  number(p, c.items[ITEM_CHECK]))
    };
    out[SETUP_OPTOUTS] = (struct setup_state){ SETUP_OPEN, "" };
    out[SETUP_STATUS] = (struct setup_state){
        p->round->round->status == ROUND_SETUP ? SETUP_OPEN : SETUP_FULL,
        msg_text(p->lang, arena_printf(
                     p->arena, "setup.status_%s",
                     round_status_word(p->round->round->status)))
    };
    return true;
}
