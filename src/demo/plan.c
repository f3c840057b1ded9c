/* plan.c - see plan.h. */
#include "demo/plan.h"
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "demo/days.h"
#include "store/fieldwork.h"
#include "store/round_setup.h"
#include "store/work.h"

enum { FIELDS = 5, MORE = 20 };         /* one in so many did not come */

struct line {
    const char *field[FIELDS];
};

struct plan_file {
    struct line *line;
    int count;
};

/* Cuts LINE into its fields. */
static struct line
cut(char *text)
{
    struct line l;

    for (int i = 0; i < FIELDS; i++) {
        char *end = strchr(text, '\t');

        l.field[i] = text;
        if (end != NULL)
            *end = '\0';
        text = end != NULL ? end + 1 : text + strlen(text);
    }
    return l;
}

static struct plan_file
read_file(struct arena *arena)
{
    size_t len;
    const char *data = embed_find("src/demo/plan.tsv", &len);
    char *text = arena_text_n(arena, data, len), *end;
    struct plan_file f = { 0 };

    f.line = arena_array(arena, len / 8 + 1, sizeof *f.line);
    for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        *end = '\0';
        if (text[0] != '#')
            f.line[f.count++] = cut(text);
    }
    return f;
}

static void
read_when(const char *text, struct item *item)
{
    item->when = ITEM_ANYTIME;
    if (strncmp(text, "days:", 5) == 0) {
        item->when = ITEM_DAYS;
        item->day = (int32_t)strtol(text + 5, NULL, 10);
    } else if (strncmp(text, "date:", 5) == 0
               && day_parse(text + 5, 10, &item->day)) {
        item->when = ITEM_DATE;
    }
}

static bool
put_list(struct store *s, const struct actor *actor, const struct round *r,
         const struct plan_file *f, enum item_list list, struct err *e)
{
    struct item items[ITEMS_MAX];
    int count = 0;

    for (int i = 0; i < f->count; i++) {
        const char *const *field = f->line[i].field;

        if (strcmp(field[0], item_list_word(list)) != 0)
            continue;
        items[count] = (struct item){
            .unit = -1, .text = field[1], .who = field[2], .where = field[3]
        };
        read_when(field[4], &items[count++]);
    }
    return item_set(s, actor, r, list, items, count, e);
}

static bool
put_days(struct store *s, const struct actor *actor, const struct round *r,
         int unit, struct err *e)
{
    struct day_slot slots[DEMO_DAYS];
    const char *days[DEMO_DAYS];
    int count = demo_unit_days(unit, days);

    for (int d = 0; d < count; d++) {
        slots[d] = (struct day_slot){ .room = "", .trainers = "" };
        if (!day_parse(days[d], 10, &slots[d].day))
            slots[d].day = DAY_NONE;
    }
    return slot_set(s, actor, r, unit, slots, count, e);
}

/* The texts on whom to register, into the unit's tiers. */
static bool
put_whom(struct store *s, const struct actor *actor, struct round *r,
         int unit, const struct plan_file *f, struct err *e)
{
    struct unit u = r->units[unit];
    struct unit_tier tiers[UNIT_TIERS];
    bool any = false;

    memcpy(tiers, u.tiers, (size_t)u.tier_count * sizeof *tiers);
    u.tiers = tiers;
    for (int i = 0; i < f->count; i++) {
        const char *const *field = f->line[i].field;

        if (strcmp(field[0], "whom") != 0 || strcmp(field[2], u.id) != 0)
            continue;
        for (int t = 0; t < u.tier_count; t++)
            if (tiers[t].tier == atoi(field[3])) {
                tiers[t].whom = field[1];
                any = true;
            }
    }
    return !any || unit_change(s, actor, r, unit, &u, e);
}

/* What came, and a little more, was expected; why the rest did not come. */
static bool
put_numbers(struct store *s, const struct actor *actor, struct round *r,
            struct arena *arena, struct err *e)
{
    const struct work_count *list;
    int count[64][UNIT_TIERS + 1] = { { 0 } }, n;

    if (!work_counts(s, actor, r, arena, &list, &n, e))
        return false;
    for (int i = 0; i < n; i++)
        if (list[i].day >= 0 && list[i].unit < 64)
            count[list[i].unit][list[i].tier] += (int)list[i].count;
    for (int u = 0; u < r->unit_count && u < 64; u++)
        for (int t = 0; t < r->units[u].tier_count; t++) {
            int tier = r->units[u].tiers[t].tier, came = count[u][tier];
            int missing = came / MORE + 1;
            const int why[REASON_COUNT] = {
                [REASON_OTHER_UNIT] = missing / 2,
                [REASON_KNOWN_TOO_LITTLE] = missing - missing / 2
            };

            if (!expected_set(s, actor, r, u, tier, came + missing, e)
                || !not_registered_set(s, actor, r, u, tier, why, e))
                return false;
        }
    return true;
}

bool
demo_plan(struct opened *o, const struct actor *actor, struct err *e)
{
    struct store *s = o->store;
    struct round *r = o->round;
    struct arena arena;
    struct plan_file f;
    bool ok = true;

    arena_init(&arena);
    f = read_file(&arena);
    for (int l = 0; ok && l < ITEM_LISTS; l++)
        ok = put_list(s, actor, r, &f, l, e);
    for (int u = 0; ok && u < r->unit_count; u++)
        ok = put_days(s, actor, r, u, e) && put_whom(s, actor, r, u, &f, e);
    ok = ok && put_numbers(s, actor, r, &arena, e);
    arena_clear(&arena);
    return ok;
}
