/* item.c - see fieldwork.h: lists of small texts, and settings.
 *
 * A list is written whole: a page shows and sends the whole of it, and what
 * it is in the end is what somebody saw. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include "store/fieldwork.h"
#include "store/store_private.h"

enum { DAYS_MAX = 730, ROUND_LEAST = 3 };

static const char *const lists[ITEM_LISTS] = {
    "contact", "helpdesk", "rule", "check"
};

const struct setting_field setting_fields[SETTING_COUNT] = {
    [SETTING_SMALL_BELOW] = { "small_below", 2, 100, 5 },
    [SETTING_SUBUNIT] = { "subunit", 0, 1, 0 },
    [SETTING_ATTRIBUTE_BELOW] = { "attribute_below", 0, 200, 0 },
    [SETTING_ROUND_TO] = { "round_to", 0, 25, 0 }
};

const char *
item_list_word(enum item_list list)
{
    return lists[list];
}

int
item_list_of(const char *word)
{
    for (int i = 0; i < ITEM_LISTS; i++)
        if (strcmp(lists[i], word) == 0)
            return i;
    return -1;
}

bool
item_get(struct store *s, const struct round *r, enum item_list list,
         struct arena *arena, const struct item **items, int *count,
         struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ITEM_LIST, e);
    struct rows rows = { .st = st, .arena = arena };
    struct item *x;

    db_bind_int(st, 3, list);
    while ((x = rows_add(&rows, sizeof *x, e)) != NULL)
        *x = (struct item){
            .unit = (int)db_int(st, 0),
            .text = arena_text(arena, db_text(st, 1)),
            .who = arena_text(arena, db_text(st, 2)),
            .where = arena_text(arena, db_text(st, 3)),
            .when = (enum item_when)db_int(st, 4),
            .day = (int32_t)db_int(st, 5)
        };
    *items = rows.list;
    *count = rows.count;
    return rows_end(&rows);
}

static bool
check_item(const struct round *r, const struct item *item, struct err *e)
{
    assert(item->unit >= -1 && item->unit < r->unit_count);
    if (item->text == NULL || item->text[strspn(item->text, " \n")] == '\0')
        return err_set(e, ERR_INPUT, "plan.blank", "");
    if (item->when == ITEM_DAYS
        && (item->day < -DAYS_MAX || item->day > DAYS_MAX))
        return err_set(e, ERR_INPUT, "plan.days", "%d", DAYS_MAX);
    return store_text(item->text, FIELD_TEXT, true, "plan.text", e)
           && store_text(item->who, FIELD_TEXT, false, "plan.text", e)
           && store_text(item->where, FIELD_TEXT, false, "plan.text", e);
}

static bool
insert_item(struct store *s, const struct round *r, enum item_list list,
            int place, const struct item *item, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ITEM_INSERT, e);

    db_bind_int(st, 3, list);
    db_bind_int(st, 4, place);
    db_bind_int(st, 5, item->unit);
    db_bind_text(st, 6, item->text);
    db_bind_text(st, 7, item->who != NULL ? item->who : "");
    db_bind_text(st, 8, item->where != NULL ? item->where : "");
    db_bind_int(st, 9, item->when);
    db_bind_int(st, 10, item->when == ITEM_ANYTIME ? 0 : item->day);
    return db_run(st, e);
}

bool
item_set(struct store *s, const struct actor *actor, const struct round *r,
         enum item_list list, const struct item *items, int count,
         struct err *e)
{
    struct db_stmt *st;

    assert(s->open);
    if (!round_changeable(r, e))
        return false;
    if (count > ITEMS_MAX)
        return err_set(e, ERR_INPUT, "plan.many", "%d", ITEMS_MAX);
    st = store_use(s, r, SQL_ITEM_DELETE, e);
    db_bind_int(st, 3, list);
    if (!db_run(st, e))
        return false;
    for (int i = 0; i < count; i++)
        if (!check_item(r, &items[i], e)
            || !insert_item(s, r, list, i, &items[i], e))
            return false;
    return round_note(s, actor, r, "list", lists[list], "", e);
}

int32_t
item_day(const struct item *item, int32_t first)
{
    switch (item->when) {
    case ITEM_DATE:
        return item->day;
    case ITEM_DAYS:
        return first != DAY_NONE ? first + item->day : DAY_NONE;
    case ITEM_ANYTIME:
        break;
    }
    return DAY_NONE;
}

bool
setting_list(struct store *s, const struct round *r,
             int value[SETTING_COUNT], struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_ROUND_SETTING_LIST, e);
    struct rows rows = { .st = st };

    for (int i = 0; i < SETTING_COUNT; i++)
        value[i] = setting_fields[i].usual;
    while (rows_next(&rows, e))
        for (int i = 0; i < SETTING_COUNT; i++)
            if (strcmp(setting_fields[i].id, db_text(st, 0)) == 0)
                value[i] = (int)db_int(st, 1);
    return rows_end(&rows);
}

bool
setting_set(struct store *s, const struct actor *actor,
            const struct round *r, enum setting setting, int value,
            struct err *e)
{
    const struct setting_field *f = &setting_fields[setting];
    struct db_stmt *st;
    char text[16];

    assert(s->open);
    if (value < f->least || value > f->most
        || (setting == SETTING_ROUND_TO && value > 0 && value < ROUND_LEAST)) {
        err_field(e, f->id);
        return err_set(e, ERR_INPUT, "plan.setting", "%s %d %d", f->id,
                       f->least, f->most);
    }
    st = store_use(s, r, SQL_ROUND_SETTING_SET, e);
    db_bind_text(st, 3, f->id);
    db_bind_int(st, 4, value);
    snprintf(text, sizeof text, "%d", value);
    return db_run(st, e) && round_note(s, actor, r, f->id, text, "", e);
}
