/* import_check.c - what a row as a whole may not say: its unit and tier, who
 * opted out, what conditions and checks of the instrument refuse, and what
 * its number says otherwise than its answers. */
#include <string.h>
#include "calc/check.h"
#include "intake/importing.h"

static void
unit_needed(struct importing *im)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "import.unit_needed", "");
    cells_fault(&im->cells, &fault, im->o->in->role[ROLE_UNIT]);
}

static const struct unit_tier *
tier_of(const struct unit *unit, int tier)
{
    for (int i = 0; i < unit->tier_count; i++)
        if (unit->tiers[i].tier == tier)
            return &unit->tiers[i];
    return NULL;
}

/* A tier that unit U offers, its first where none is given; a number where
 * the tier demands one. */
static void
check_tier(struct importing *im, const struct unit *u)
{
    struct entry_row *row = &im->cells.row;
    const int *role = im->o->in->role;
    int32_t *tier = &row->value[role[ROLE_TIER]];
    const struct unit_tier *t;

    if (*tier < 0)
        *tier = u->tiers[0].tier;
    t = tier_of(u, *tier);
    if (t == NULL) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "import.tier", "%d %s", *tier, u->id);
        cells_fault(&im->cells, &fault, role[ROLE_TIER]);
    } else if (t->number_required && !row->has_pseudonym
               && !row->bad[role[ROLE_IDENT]]
               && row->status == STATUS_COMPLETE) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "import.number_required", "%s %d", u->id,
                *tier);
        cells_fault(&im->cells, &fault, role[ROLE_IDENT]);
    }
}

/* A unit that the round has, and its tier. */
static void
check_unit(struct importing *im)
{
    const struct entry_row *row = &im->cells.row;
    const int *role = im->o->in->role;
    int32_t unit = row->value[role[ROLE_UNIT]];
    const struct unit *u;

    if (unit < 0 && !row->bad[role[ROLE_UNIT]])
        unit_needed(im);
    if (unit < 0 || row->bad[role[ROLE_TIER]])
        return;
    u = &im->o->round->units[unit];
    if (u->off) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "work.unit_off", "%s", u->id);
        cells_fault(&im->cells, &fault, role[ROLE_UNIT]);
    }
    check_tier(im, u);
}

/* Whether the number says the same of its person as the answers. */
static void
compare_ident(struct importing *im)
{
    const struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    int sex = in->role[ROLE_SEX], born = in->role[ROLE_BIRTH_YEAR];
    static const char *const words[] = {
        [IDENT_FEMALE] = "female", [IDENT_MALE] = "male"
    };

    if (!row->has_ident || !ident_derives(in->facts.year))
        return;
    if (row->ident.sex != IDENT_SEX_NONE && row->value[sex] >= 0
        && strcmp(in->variables[sex].codes[row->value[sex]].id,
                  words[row->ident.sex]) != 0) {
        struct err warning = { .code = ERR_NONE };

        err_set(&warning, ERR_INPUT, "import.sex_differs", "");
        sheet_warn(&im->sheet, &warning, sheet_column(&im->sheet, sex));
    }
    if (row->ident.birth_year != 0 && row->value[born] >= 0
        && row->value[born] != row->ident.birth_year) {
        struct err warning = { .code = ERR_NONE };

        err_set(&warning, ERR_INPUT, "import.born_differs", "");
        sheet_warn(&im->sheet, &warning, sheet_column(&im->sheet, born));
    }
}

/* Whether any variable that a condition names has a faulty cell. */
struct blame {
    const bool *bad;
    bool found;
};

static void
see_bad(void *ctx, int variable)
{
    struct blame *b = ctx;

    b->found = b->found || b->bad[variable];
}

/* Whether what is wrong with variable V may only follow from a faulty cell
 * that has been told already: V's own, or one its conditions look at. */
static bool
follows(const struct importing *im, const struct err *fault, int v)
{
    const struct instrument *in = im->o->in;
    struct blame b = { im->cells.row.bad, im->cells.row.bad[v] };

    if (strcmp(fault->key, "check.unasked") == 0)
        expr_variables(in->variables[v].asked, see_bad, &b);
    if (strcmp(fault->key, "check.needed_any") == 0)
        for (int i = 0; i < in->complete_any_count; i++)
            see_bad(&b, in->complete_any[i]);
    for (int i = 0; i < in->check_count; i++)
        if (in->checks[i].at == v
            && strcmp(fault->key, "check.message") == 0)
            expr_variables(in->checks[i].refuse, see_bad, &b);
    if (in->variables[v].at_most >= 0)
        see_bad(&b, in->variables[v].at_most);
    return b.found;
}

static void
say_check(void *ctx, const struct err *fault)
{
    struct importing *im = ctx;
    struct err copy = *fault;
    int v = instrument_variable(im->o->in, fault->field,
                                strlen(fault->field));

    if (!follows(im, fault, v))
        cells_fault(&im->cells, &copy, v);
}

void
import_check_row(struct importing *im)
{
    struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    struct check_listener listener = {
        say_check, im, im->sheet.listener->lang
    };
    struct row answers = {
        row->value, (const uint64_t *const *)row->set
    };

    if (row->has_pseudonym && optouts_have(&im->optouts, row->pseudonym)) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "import.opted_out", "");
        cells_fault(&im->cells, &fault,
                    row->has_ident ? in->role[ROLE_IDENT]
                                   : COLUMN_PSEUDONYM);
    }
    check_unit(im);
    check_by(&im->outline, &answers, CHECK_ASKED
             | (row->status == STATUS_COMPLETE ? CHECK_COMPLETE : 0),
             &listener);
    compare_ident(im);
}
