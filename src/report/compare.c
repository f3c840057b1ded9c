/* compare.c - see compare.h: who may stand beside whom. */
#include "report/compare.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "def/diff.h"
#include "def/municipality.h"
#include "report/comparing.h"
#include "report/format.h"

/* ---- rules that must be the same ---- */

/* The next byte of a text as it is compared: small letters, one blank
 * between words, no full stop at the end. */
static int
next_byte(const char **p)
{
    const char *s = *p;
    bool blank = false;

    while (*s == ' ' || *s == '\n' || *s == '\t') {
        blank = true;
        s++;
    }
    if (*s == '\0'
        || (*s == '.' && s[1 + strspn(s + 1, " \n\t")] == '\0')) {
        *p = s + strlen(s);
        return '\0';
    }
    if (blank) {
        *p = s;
        return ' ';
    }
    *p = s + 1;
    return *s >= 'A' && *s <= 'Z' ? *s + ('a' - 'A') : (unsigned char)*s;
}

static bool
same_words(const char *a, const char *b)
{
    int x, y;

    a += strspn(a, " \n\t");
    b += strspn(b, " \n\t");
    do {
        x = next_byte(&a);
        y = next_byte(&b);
    } while (x == y && x != '\0');
    return x == y;
}

static bool
same_rules(const struct aggregate *own, const struct aggregate *a,
           const char *name, struct err *e)
{
    if (strcmp(a->in->id, own->in->id) != 0)
        return err_set(e, ERR_INPUT, "compare.instrument", "%s %s %s", name,
                       a->in->id, own->in->id);
    if (a->synthetic != own->synthetic)
        return err_set(e, ERR_INPUT, a->synthetic ? "compare.synthetic"
                       : "compare.real", "%s", name);
    if (a->from_age != own->from_age)
        return err_set(e, ERR_INPUT, "compare.from_age", "%s %d %d", name,
                       a->from_age, own->from_age);
    if (!same_words(a->inclusion, own->inclusion))
        return err_set(e, ERR_INPUT, "compare.inclusion", "%s", name);
    return true;
}

/* ---- what a column is ---- */

static bool
same_members(const struct aggregate *a, const struct aggregate *b)
{
    return a->municipality_count == b->municipality_count
        && memcmp(a->municipality, b->municipality,
                  (size_t)a->municipality_count * sizeof *a->municipality)
           == 0;
}

static bool
same_round(const struct aggregate *a, const struct aggregate *b)
{
    return a->total == b->total && a->year == b->year
        && a->period == b->period && same_members(a, b);
}

/* Whether A is of our own municipality, by whatever number; where its
 * borders were others, why. */
static bool
is_own(const struct aggregate *own, const struct aggregate *a, int *why)
{
    int part[MUNICIPALITY_PARTS_MAX], count;
    enum municipality_parts how;

    *why = 0;
    if (a->total)
        return false;
    how = municipality_parts(own->municipality[0], own->year, a->year, part,
                             &count, why);
    for (int i = 0; i < count; i++) {
        if (part[i] != a->municipality[0])
            continue;
        if (how == MUNICIPALITY_WHOLE && count > 1)
            *why = a->municipality[0];
        return true;
    }
    return false;
}

static struct compare_column
column_of(const struct comparison *c, const struct aggregate *a,
          const char *name)
{
    struct compare_column col = {
        .a = a, .name = name,
        .label = arena_printf(c->arena, "%s %d", a->name, a->year)
    };

    if (a == c->own)
        col.relation = COMPARE_OWN;
    else if (a->total)
        col.relation = COMPARE_TOTAL;
    else if (is_own(c->own, a, &col.area_number))
        col.relation = COMPARE_EARLIER;
    else
        col.relation = COMPARE_OTHER;
    return col;
}

/* ---- putting it together ---- */

/* The tables that the report names, or all that can be compared. */
bool
compare_offers(const struct instrument *in, int report, int table)
{
    const struct report_def *r = &in->reports[report];
    bool named = r->compare == NULL, shown = false;
    const char *key;

    for (int i = 0; i < r->compare_count; i++)
        named |= r->compare[i] == table;
    for (int s = 0; s < r->section_count; s++)
        for (int i = 0; i < r->sections[s].table_count; i++)
            shown |= r->sections[s].tables[i] == table;
    return named && shown
        && compare_form(in, &in->tables[table], &key) != FORM_NONE;
}

/* Those of them that our own has. */
static void
choose_tables(struct comparison *c)
{
    const struct instrument *in = c->own->in;
    const struct report_def *r = &in->reports[c->report];
    int *table = arena_array(c->arena, (size_t)in->table_count + 1,
                             sizeof *table);

    c->table = table;
    for (int s = 0; s < r->section_count; s++)
        for (int i = 0; i < r->sections[s].table_count; i++) {
            int t = r->sections[s].tables[i];

            if (compare_offers(in, c->report, t)
                && aggregate_table(c->own, r->id, in->tables[t].id) != NULL)
                table[c->table_count++] = t;
        }
}

bool
compare_shows(const struct comparison *c, int table)
{
    for (int i = 0; i < c->table_count; i++)
        if (c->table[i] == table)
            return true;
    return false;
}

struct comparison *
compare_new(const struct aggregate *own, int report, struct arena *arena)
{
    struct comparison *c = arena_take(arena, sizeof *c);

    assert(!own->total);
    c->arena = arena;
    c->own = own;
    c->report = report;
    c->column[c->column_count++] = column_of(c, own, own->name);
    choose_tables(c);
    return c;
}

bool
compare_add(struct comparison *c, const struct aggregate *a,
            const char *name, struct err *e)
{
    struct compare_column *col = &c->column[c->column_count];
    struct compare_break *broken;

    if (c->column_count == COMPARE_COLUMNS_MAX)
        return err_set(e, ERR_INPUT, "compare.many", "%s %d", name,
                       COMPARE_COLUMNS_MAX - 1);
    if (!same_rules(c->own, a, name, e))
        return false;
    for (int i = 0; i < c->column_count; i++)
        if (same_round(c->column[i].a, a))
            return err_set(e, ERR_INPUT, i == 0 ? "compare.own"
                           : "compare.twice", "%s %s", name,
                           c->column[i].label);
    *col = column_of(c, a, name);
    col->change_count = instrument_diff(a->in, c->own->in, c->arena,
                                        &col->change);
    col->broken = broken = arena_array(c->arena, (size_t)c->table_count + 1,
                                       sizeof *broken);
    for (int i = 0; i < c->table_count; i++)
        if (compare_breaks(c, col, c->table[i], &broken[col->broken_count]))
            col->broken_count++;
    c->column_count++;
    return true;
}

/* Our own rounds in order of time, then the others, then totals. */
static int
by_place(const void *x, const void *y)
{
    static const int group[] = {
        [COMPARE_EARLIER] = 0, [COMPARE_OWN] = 0, [COMPARE_OTHER] = 1,
        [COMPARE_TOTAL] = 2
    };
    const struct compare_column *a = x, *b = y;
    bool time = group[a->relation] == 0;
    int order;

    if (group[a->relation] != group[b->relation])
        return group[a->relation] < group[b->relation] ? -1 : 1;
    if (time && a->a->year != b->a->year)
        return a->a->year < b->a->year ? -1 : 1;
    if (time && a->a->period != b->a->period)
        return a->a->period < b->a->period ? -1 : 1;
    order = utf8_compare_nordic(a->label, b->label);
    return order != 0 ? order : strcmp(a->name, b->name);
}

/* Labels that stand twice get their period. */
static void
tell_apart(struct comparison *c)
{
    for (int i = 0; i < c->column_count; i++)
        for (int k = 0; k < c->column_count; k++)
            if (i != k && c->column[i].a->year == c->column[k].a->year
                && strcmp(c->column[i].a->name, c->column[k].a->name) == 0
                && c->column[i].a->period != c->column[k].a->period)
                c->column[i].label = arena_printf(c->arena, "%s %d (%d)",
                    c->column[i].a->name, c->column[i].a->year,
                    c->column[i].a->period);
}

/* Different municipalities among our own and the others. */
static int
municipalities(const struct comparison *c)
{
    int count = 1;

    for (int i = 0; i < c->column_count; i++) {
        bool first = c->column[i].relation == COMPARE_OTHER;

        for (int k = 0; k < i && first; k++)
            first = c->column[k].relation != COMPARE_OTHER
                || c->column[k].a->municipality[0]
                   != c->column[i].a->municipality[0];
        count += first;
    }
    return count;
}

bool
compare_finish(struct comparison *c, const struct compare_rule *rule,
               struct err *e)
{
    int count = municipalities(c);

    if (count > 1 && count < rule->least)
        return err_set(e, ERR_INPUT, "compare.few", "%d %d", count,
                       rule->least);
    for (int i = 0; i < c->column_count; i++) {
        const struct compare_column *col = &c->column[i];

        if (col->relation == COMPARE_TOTAL
            && col->a->municipality_count < rule->least)
            return err_set(e, ERR_INPUT, "compare.few_total", "%s %d %d",
                           col->name, col->a->municipality_count,
                           rule->least);
    }
    qsort(c->column, (size_t)c->column_count, sizeof *c->column, by_place);
    for (int i = 0; i < c->column_count; i++)
        if (c->column[i].relation == COMPARE_OWN)
            c->own_column = i;
    tell_apart(c);
    compare_test(c);
    return true;
}

const struct compare_break *
compare_broken(const struct comparison *c, int column, int table)
{
    const struct compare_column *col = &c->column[column];

    for (int i = 0; i < col->broken_count; i++)
        if (col->broken[i].table == table)
            return &col->broken[i];
    return NULL;
}

/* The latest earlier round in which TABLE is not broken, or -1. */
static int
latest_earlier(const struct comparison *c, int table)
{
    for (int i = c->own_column - 1; i >= 0; i--)
        if (c->column[i].relation == COMPARE_EARLIER
            && compare_broken(c, i, table) == NULL)
            return i;
    return -1;
}

const struct compare_difference *
compare_change(const struct comparison *c, int table, const char *row)
{
    int column = latest_earlier(c, table);

    for (int i = 0; i < c->difference_count && column >= 0; i++) {
        const struct compare_difference *d = &c->difference[i];

        if (d->column == column && d->table == table && d->row != NULL
            && strcmp(d->row, row) == 0)
            return d;
    }
    return NULL;
}
