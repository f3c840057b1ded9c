/* form_usual.c - see form_usual.h. */
#include "web/form_usual.h"
#include "tab/plan.h"

/* The ticks of what was received, and how many they are. */
static int
ticks(const struct instrument *in, int *list)
{
    int count = 0;

    for (int i = 0; i < in->entered_count && count < QUESTION_ROWS_MAX; i++) {
        const struct variable *q = &in->variables[i];

        if (q->service >= 0 && !q->wanted && !q->off)
            list[count++] = i;
    }
    return count;
}

/* "registered_on < 2026-11-22" */
static const char *
until_today(struct page *p, const struct instrument *in)
{
    int v = in->role[ROLE_COMPLETED_ON];
    char day[DAY_TEXT];

    if (v < 0)
        return NULL;
    day_print(day, day_oslo(p->now_ms));
    return arena_printf(p->arena, "%s < %s", in->variables[v].id, day);
}

static bool
count(struct page *p, const char *unit, const struct question *q,
      int64_t *out)
{
    const char *units[] = { unit };
    const struct actor server = {
        .name = "brukerplan", .rights = "server", .purpose = "form",
        .units = units, .unit_count = 1
    };
    struct plan *plan = plan_new(p->round->in);
    struct run *run = NULL;
    bool ok = plan_add(plan, q, &p->err) >= 0;

    if (ok) {
        run = run_new(plan);
        ok = feed_run(p->round, &server, SCOPE_UNIT, unit, "usual services",
                      plan, run, &p->err);
    }
    for (int i = 0; ok && i < q->row_count; i++)
        out[q->rows[i]] = run_table(run, 0)->cell[i];
    run_free(run);
    plan_free(plan);
    return ok;
}

const int64_t *
form_usual(struct page *p, int unit, struct arena *arena)
{
    const struct instrument *in = p->round->in;
    const struct round *r = p->round->round;
    int64_t *out = arena_array(arena, (size_t)in->variable_count,
                               sizeof *out);
    int list[QUESTION_ROWS_MAX];
    struct question q = { .rows = list, .columns = -1, .sum = -1 };

    q.row_count = ticks(in, list);
    q.where = until_today(p, in);
    if (unit < 0 || q.row_count == 0 || q.where == NULL
        || r->training_of[0] != '\0')
        return out;
    return count(p, r->units[unit].id, &q, out) ? out : NULL;
}
