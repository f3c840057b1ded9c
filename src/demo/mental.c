/* mental.c - recipients with mental health problems, from profiles.tsv.
 *
 * The table holds what the report printed; here its letters become
 * answers, and a birth year is drawn within the age group. */
#include "demo/round.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "demo/service.h"

#define PROFILES "src/demo/profiles.tsv"

enum { FIELDS = 8, FIELD_MAX = 32 };
enum { F_COUNT, F_SCORES, F_AGE, F_SEX, F_CRISIS, F_PLANS, F_CHILDREN,
       F_SERVICES };

struct row {
    char field[FIELDS][FIELD_MAX];
};

static const struct {
    const char *group;
    int from, to;
    int lean;               /* older likelier: above 0, younger: below */
} ages[] = {
    { "18-25", 18, 25, 1 }, { "26-35", 26, 35, 0 }, { "36-45", 36, 45, 0 },
    { "46-55", 46, 55, 0 }, { "56+", 56, 89, -2 },
};

static const struct {
    char letter;
    enum demo_var var;
} plans[] = {
    { 'i', VAR_IP }, { 'm', VAR_PLAN_MEASURE }, { 'h', VAR_PLAN_ACTION },
    { 'k', VAR_PLAN_CRISIS }, { 'o', VAR_PLAN_OTHER }, { 'g', VAR_GROUP },
    { 'c', VAR_COORDINATOR },
};

static const struct {
    char letter;
    enum demo_service service;
} services[] = {
    { 'P', SVC_NAV_PERMANENT }, { 'T', SVC_NAV_TEMPORARY },
    { 'K', SVC_NAV_KVP }, { 'g', SVC_GP }, { 't', SVC_THERAPY },
    { 'u', SVC_TALKS_OUT }, { 'h', SVC_TALKS_HOME },
    { 'O', SVC_MENTAL_OUTPATIENT }, { 'I', SVC_MENTAL_INPATIENT },
    { 'X', SVC_MENTAL_OTHER },
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

/* Splits LINE (N bytes) at tabs; false if it has not FIELDS short parts. */
static bool
split(struct row *row, const char *line, size_t n)
{
    int at = 0;
    size_t len = 0;

    for (size_t i = 0; i <= n; i++) {
        if (i == n || line[i] == '\t') {
            row->field[at++][len] = '\0';
            len = 0;
            if (at == FIELDS)
                return i == n;
        } else {
            if (len == FIELD_MAX - 1)
                return false;
            row->field[at][len++] = line[i];
        }
    }
    return false;
}

static bool
set_age(struct demo_reg *r, const char *group, struct demo_random *random)
{
    for (size_t i = 0; i < COUNT(ages); i++) {
        int span = ages[i].to - ages[i].from + 1, more;

        if (strcmp(group, ages[i].group) != 0)
            continue;
        more = demo_random_below(random, span);
        for (int n = 0; n < abs(ages[i].lean); n++) {
            int again = demo_random_below(random, span);

            if ((again - more) * ages[i].lean > 0)
                more = again;
        }
        r->v[VAR_BIRTH_YEAR] = DEMO_YEAR - ages[i].from - more;
        return true;
    }
    return false;
}

/* TEXT is as d2/1: kind, children, of them OBS; or a hyphen. */
static bool
set_children(struct demo_reg *r, const char *text)
{
    static const char kinds[] = "dsan";
    const char *kind = strchr(kinds, text[0]);

    r->v[VAR_CARE] = CARE_NONE;
    r->v[VAR_CONTACT] = CONTACT_NONE;
    if (text[0] == '-')
        return true;
    if (kind == NULL || strlen(text) != 4)
        return false;
    if (kind < kinds + 2) {
        r->v[VAR_CARE] = kind == kinds ? CARE_DAILY : CARE_SHARED;
        r->v[VAR_CARE_CHILDREN] = text[1] - '0';
        r->v[VAR_CARE_OBS] = text[3] - '0';
    } else {
        r->v[VAR_CONTACT] = kind == kinds + 2 ? CONTACT_AGREED
            : CONTACT_SOME;
        r->v[VAR_CONTACT_CHILDREN] = text[1] - '0';
        r->v[VAR_CONTACT_OBS] = text[3] - '0';
    }
    return true;
}

static void
set_letters(struct demo_reg *r, const struct row *row)
{
    const char *s = row->field[F_SERVICES];

    for (size_t i = 0; i < COUNT(plans); i++)
        r->v[plans[i].var] =
            strchr(row->field[F_PLANS], plans[i].letter) != NULL;
    for (size_t i = 0; i < COUNT(services); i++)
        if (strchr(s, services[i].letter) != NULL)
            r->received |= DEMO_BIT(services[i].service);
    r->services_done = strchr(s, '!') == NULL;
    r->firstline = strchr(s, 'F') != NULL;
}

static bool
set_row(struct demo_reg *r, const struct row *row,
        struct demo_random *random)
{
    const char *scores = row->field[F_SCORES];

    memset(r, 0, sizeof *r);
    for (int i = 0; i < VAR_COUNT; i++)
        r->v[i] = ANSWER_BLANK;
    r->v[VAR_TARGET_GROUP] = TARGET_MENTAL;
    r->v[VAR_SEX] = row->field[F_SEX][0] == 'm' ? SEX_MALE : SEX_FEMALE;
    r->v[VAR_CRISIS] = row->field[F_CRISIS][0] == '1';
    r->v[VAR_OPIOID] = 0;
    if (strlen(scores) != VAR_AREA_LAST - VAR_ECONOMY + 1)
        return false;
    for (int i = VAR_ECONOMY; i <= VAR_AREA_LAST; i++)
        r->v[i] = scores[i - VAR_ECONOMY] - '0';
    set_letters(r, row);
    for (int i = VAR_GROUP_NAV; i <= VAR_GROUP_OTHER; i++)
        r->v[i] = ANSWER_UNASKED;
    r->v[VAR_IP_DECLINED] = ANSWER_UNASKED;
    return set_children(r, row->field[F_CHILDREN]) &&
        set_age(r, row->field[F_AGE], random);
}

/* Adds the COUNT recipients of one line. */
static bool
add_row(struct demo_round *round, const struct row *row)
{
    int count = (int)strtol(row->field[F_COUNT], NULL, 10);

    for (int i = 0; i < count; i++) {
        if (round->regs == DEMO_MENTAL)
            return false;
        if (!set_row(&round->reg[round->regs], row, &round->random))
            return false;
        round->regs++;
    }
    return count > 0;
}

bool
demo_mental(struct demo_round *round, struct err *e)
{
    size_t len;
    const char *p = embed_find(PROFILES, &len), *end;
    bool header = true;
    struct row row;

    assert(p != NULL);
    end = p + len;
    for (long line = 1; p < end; line++) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((lf != NULL ? lf : end) - p);

        if (n > 0 && *p != '#') {
            if (!split(&row, p, n) ||
                (!header && !add_row(round, &row))) {
                err_at(e, PROFILES, line, 0);
                return err_set(e, ERR_INPUT, "demo.profiles", "%ld", line);
            }
            header = false;
        }
        p += n + 1;
    }
    if (round->regs != DEMO_MENTAL)
        return err_set(e, ERR_INPUT, "demo.profiles", "%d", round->regs);
    return true;
}
