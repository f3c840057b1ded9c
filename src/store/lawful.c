/* lawful.c - see round.h: what makes a round lawful, a row a field. */
#include <assert.h>
#include <string.h>
#include "store/store_private.h"

enum { NUMBER_DIGITS = 9 };

const struct lawful_field lawful_fields[LAWFUL_COUNT] = {
    { "controller", LAWFUL_TEXT, true },
    { "purpose", LAWFUL_TEXT, true },
    { "legal_basis_health", LAWFUL_TEXT, false },
    { "legal_basis_social", LAWFUL_TEXT, false },
    { "legal_basis_nav_state", LAWFUL_TEXT, false },
    { "legal_basis_child_welfare", LAWFUL_TEXT, false },
    { "legal_basis_other", LAWFUL_TEXT, false },
    { "dpia", LAWFUL_TEXT, true },
    { "inclusion", LAWFUL_TEXT, true },
    { "mapping_from", LAWFUL_DATE, true },
    { "mapping_to", LAWFUL_DATE, true },
    { "informed_on", LAWFUL_DATE, true },
    { "optout_until", LAWFUL_DATE, true },
    { "delete_on", LAWFUL_DATE, true },
    { "population", LAWFUL_NUMBER, true },
    { "population_from_age", LAWFUL_NUMBER, true },
    { "population_on", LAWFUL_DATE, true }
};

int
lawful_field_of(const char *id)
{
    for (int i = 0; i < LAWFUL_COUNT; i++)
        if (strcmp(lawful_fields[i].id, id) == 0)
            return i;
    return -1;
}

/* A legal basis is needed where a unit that is on is of its sector. */
static bool
sector_needs(const struct round *r, const char *field)
{
    static const char prefix[] = "legal_basis_";
    size_t n = sizeof prefix - 1;

    if (strncmp(field, prefix, n) != 0)
        return false;
    for (int i = 0; i < r->unit_count; i++)
        if (!r->units[i].off && strcmp(r->units[i].sector, field + n) == 0)
            return true;
    return false;
}

bool
round_needs(const struct round *r, int field)
{
    return lawful_fields[field].required
           || sector_needs(r, lawful_fields[field].id);
}

const char *
round_blank(const struct round *r)
{
    for (int i = 0; i < LAWFUL_COUNT; i++)
        if (round_needs(r, i)
            && (r->lawful[i] == NULL || *r->lawful[i] == '\0'))
            return lawful_fields[i].id;
    return NULL;
}

bool
round_put_lawful(struct store *s, const struct round *r, int field,
                 const char *value, struct err *e)
{
    struct db_stmt *st = store_use(s, r, SQL_LAWFUL_SET, e);

    db_bind_text(st, 3, lawful_fields[field].id);
    db_bind_text(st, 4, value);
    return db_run(st, e);
}

static bool
check_value(int field, const char *value, struct err *e)
{
    const struct lawful_field *f = &lawful_fields[field];
    size_t n = strlen(value);
    int32_t day;

    if (*value == '\0')
        return true;            /* blank again */
    if (f->kind == LAWFUL_DATE && !day_parse(value, n, &day))
        return err_set(e, ERR_INPUT, "round.date", "%s", f->id);
    if (f->kind == LAWFUL_NUMBER
        && (n > NUMBER_DIGITS || strspn(value, "0123456789") != n))
        return err_set(e, ERR_INPUT, "round.number", "%s", f->id);
    return true;
}

bool
round_set(struct store *s, const struct actor *actor, struct round *r,
          int field, const char *value, struct err *e)
{
    assert(s->open && field >= 0 && field < LAWFUL_COUNT);
    return check_value(field, value, e)
           && round_put_lawful(s, r, field, value, e)
           && round_note(s, actor, r, lawful_fields[field].id, value, "", e);
}
