/* focus.c - see focus.h.
 *
 * One question is asked for each rule, behind a first one: how many the
 * report is about. A rule of a table asks that table's question again, so
 * that its numbers are those the report prints. */
#include "report/focus.h"
#include <assert.h>
#include <string.h>
#include "report/building.h"
#include "report/focusing.h"
#include "report/format.h"
#include "report/release.h"

enum { FILL_MAX = 4 };          /* holes of a text: {1} to {4} */

/* What a rule, or one row of its table, found. */
struct found {
    const struct focus_rule *rule;
    int64_t n, base, people;
    const char *key;            /* of a row, else NULL */
    struct label label;         /* the same */
    const char *where, *of;
};

/* ---- questions ---- */

static bool
is_for(const struct instrument *in, const struct focus_rule *f, int report)
{
    for (int i = 0; i < f->report_count; i++)
        if (f->reports[i] == report)
            return true;
    return f->reports == NULL
           && in->reports[report].scope == SCOPE_RECIPIENTS;
}

/* Those behind a sum: who has something to add. */
static const char *
people_where(const struct instrument *in, const struct focus_rule *f,
             struct arena *arena)
{
    return build_where(arena, arena_printf(arena, "%s > 0",
                                           in->variables[f->sum].id),
                       f->where);
}

/* Those of the part: among the others, so both must hold. */
static const char *
part_where(const struct focus_rule *f, struct arena *arena)
{
    return build_where(arena, f->of, f->where);
}

static struct question
question_of(const struct instrument *in, const struct focus_rule *f,
            const char *where, struct arena *arena)
{
    struct question q = { .columns = -1, .sum = -1, .where = where };
    const struct table_def *t = f->find == FIND_MOST
                              ? &in->tables[f->table] : NULL;
    struct figure *figure = arena_array(arena, 3, sizeof *figure);

    if (t != NULL) {
        q.rows = t->rows;
        q.row_count = t->row_count;
        q.and_where = t->where;
        q.figures = t->figures;
        q.figure_count = t->figure_count;
        return q;
    }
    q.figures = figure;
    figure[0] = (struct figure){
        .id = "n", .where = f->find == FIND_PART ? part_where(f, arena)
                                                 : f->where,
        .of = f->of, .sum = f->sum
    };
    q.figure_count = 1;
    if (f->find == FIND_SUM) {
        figure[1] = (struct figure){ .id = "base", .where = f->where,
                                     .sum = f->sum_of };
        figure[2] = (struct figure){ .id = "people", .sum = -1,
                                     .where = people_where(in, f, arena) };
        q.figure_count = 3;
    }
    return q;
}

bool
focus_questions(const struct instrument *in, int report, struct arena *arena,
                struct plan *plan, int *count, struct err *e)
{
    const char *where = in->reports[report].where;
    struct question all = { .columns = -1, .sum = -1, .where = where };

    *count = 0;
    if (plan_add(plan, &all, e) < 0)
        return false;
    ++*count;
    for (int i = 0; i < in->focus_count; i++) {
        struct question q;

        if (!is_for(in, &in->focus[i], report))
            continue;
        q = question_of(in, &in->focus[i], where, arena);
        if (plan_add(plan, &q, e) < 0)
            return false;
        ++*count;
    }
    return true;
}

/* ---- what was found ---- */

static bool
may_show(const struct protect_rule *protect, const struct found *f)
{
    return !protect_small(protect, f->n) && !protect_small(protect, f->base)
        && !protect_small(protect, f->people)
        && !protect_small(protect, f->base - f->n);
}

/* Whether F is worth proposing: enough of enough. Children are proposed
 * however few there are. */
static bool
stands_out(const struct focus_input *input, const struct found *f)
{
    return f->n > 0 && f->base > 0
        && (f->base >= SHARE_BASE || f->rule->find == FIND_SUM)
        && f->n * 100 >= f->rule->least * f->base
        && may_show(input->protect, f);
}

/* The row ROW of table T, by which the rule ranks. */
static struct found
found_row(const struct instrument *in, const struct focus_rule *rule,
          const struct table *t, int row, struct arena *arena)
{
    const struct table_def *def = &in->tables[rule->table];
    struct found f = { .rule = rule };
    int column = 0;

    if (t->shape == SHAPE_FIGURES) {
        const struct figure *figure = &def->figures[row];

        f.n = t->cell[row];
        f.base = t->of[row];
        f.key = figure->id;
        f.label = figure->label;
        f.where = figure->where;
        f.of = figure->of;
    } else {
        const struct variable *v = &in->variables[def->rows[row]];

        while (t->shape == SHAPE_BATTERY
               && strcmp(t->column_keys[column].id, rule->key) != 0)
            column++;
        f.n = t->cell[row * t->column_count + column];
        f.base = t->base[row];
        f.key = v->id;
        f.label = def->row_labels != NULL
                  && def->row_labels[row].in[LANG_NB] != NULL
                ? def->row_labels[row] : v->label;
        f.where = arena_printf(arena, "%s = %s", v->id,
                               rule->key != NULL ? rule->key : "1");
        f.of = arena_printf(arena, "%s is answered", v->id);
    }
    f.people = f.n;
    return f;
}

static struct found
found_part(const struct focus_rule *rule, const struct table *t,
           struct arena *arena)
{
    struct found f = { .rule = rule, .of = rule->of };

    f.n = f.people = t->cell[0];
    if (rule->find == FIND_SUM) {
        f.base = t->cell[1];
        f.people = t->cell[2];
        f.where = rule->where;
    } else {
        f.base = t->of[0];
        f.where = part_where(rule, arena);
    }
    return f;
}

/* ---- a proposal ---- */

/* TEXT with its holes filled. A row's label is made small inside. */
static const char *
fill(struct arena *arena, const char *text, const char *const *with)
{
    struct buf b;
    const char *out;

    buf_init(&b, 1 << 16);
    for (const char *s = text; *s != '\0'; s++) {
        if (*s != '{') {
            buf_byte(&b, (unsigned char)*s);
            continue;
        }
        assert(s[1] >= '1' && s[1] < '1' + FILL_MAX && s[2] == '}');
        buf_text(&b, s[1] == '4' && s > text
                     ? format_inside(arena, with[3]) : with[s[1] - '1']);
        s += 2;
    }
    out = arena_text(arena, buf_string(&b));
    buf_clear(&b);
    return out;
}

static void
fill_texts(const struct found *f, const struct instrument *in,
           struct focus_proposal *p, struct arena *arena)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        enum lang lang = (enum lang)l;
        const struct phrase phrase = { arena, lang, in, NULL };
        const char *label = f->label.in[l];
        const char *const with[FILL_MAX] = {
            format_int(arena, lang, f->n), format_int(arena, lang, f->base),
            phrase_share(&phrase, f->n, f->base),
            label != NULL ? label : ""
        };

        p->title.in[l] = fill(arena, f->rule->title.in[l], with);
        p->text.in[l] = fill(arena, f->rule->text.in[l], with);
        p->found.in[l] = fill(arena, f->rule->found.in[l], with);
    }
}

/* The same sentence with its numbers as questions: placeholders of a text
 * (text.h). A sum has no share, here or in the rule's text. */
static void
fill_source(const struct found *f, const struct instrument *in,
            struct focus_proposal *p, struct arena *arena)
{
    const struct focus_rule *rule = f->rule;
    const char *with[FILL_MAX];

    if (rule->find == FIND_SUM) {
        const char *of = f->where != NULL ? " where " : "";
        const char *where = f->where != NULL ? f->where : "";

        with[0] = arena_printf(arena, "{{sum %s%s%s}}",
                               in->variables[rule->sum].id, of, where);
        with[1] = arena_printf(arena, "{{sum %s%s%s}}",
                               in->variables[rule->sum_of].id, of, where);
        with[2] = "";
    } else {
        with[0] = arena_printf(arena, "{{count %s}}", f->where);
        with[1] = arena_printf(arena, "{{count %s}}", f->of);
        with[2] = arena_printf(arena, "{{share %s of %s}}", f->where, f->of);
    }
    for (int l = 0; l < LANG_COUNT; l++) {
        with[3] = f->label.in[l] != NULL ? f->label.in[l] : "";
        p->source.in[l] = fill(arena, rule->text.in[l], with);
    }
}

static struct focus_proposal
propose(const struct found *f, const struct instrument *in, int64_t all,
        struct arena *arena)
{
    static const enum focus_way way[] = {
        [FIND_PART] = FOCUS_PART, [FIND_SUM] = FOCUS_SUM,
        [FIND_MOST] = FOCUS_MOST
    };
    const struct focus_rule *rule = f->rule;
    struct focus_number *number = arena_take(arena, sizeof *number);
    struct focus_proposal p = {
        .id = f->key == NULL ? rule->id
            : arena_printf(arena, "%s.%s", rule->id, f->key),
        .rule = rule->id, .way = way[rule->find], .key = f->key,
        .number = number, .number_count = 1,
        .score = rule->weight * 1000 + (int)(f->people * 1000 / all)
    };

    *number = (struct focus_number){
        .where = f->where != NULL ? f->where : "", .of = f->of,
        .sum = rule->sum >= 0 ? in->variables[rule->sum].id : NULL,
        .n = f->n, .base = f->base
    };
    fill_texts(f, in, &p, arena);
    fill_source(f, in, &p, arena);
    return p;
}

/* ---- ranking ---- */

void
focus_put(struct focus_list *list, const struct focus_proposal *p)
{
    int at = list->count;

    while (at > 0 && list->p[at - 1].score < p->score)
        at--;
    if (at >= FOCUS_MAX)
        return;
    if (list->count == FOCUS_MAX)
        list->count--;
    memmove(list->p + at + 1, list->p + at,
            (size_t)(list->count - at) * sizeof *p);
    list->p[at] = *p;
    list->count++;
}

/* The rows of T that stand out, the largest first; of equal ones the
 * first. */
static void
put_rows(const struct focus_input *input, const struct focus_rule *rule,
         const struct table *t, struct focus_list *list)
{
    bool taken[QUESTION_ROWS_MAX] = { false };
    int64_t all = input->tables[0]->cell[0];

    for (int i = 0; i < rule->at_most; i++) {
        struct found best = { .n = -1 };
        struct focus_proposal p;
        int at = -1;

        for (int row = 0; row < t->row_count; row++) {
            struct found f;

            if (taken[row])
                continue;
            f = found_row(input->in, rule, t, row, list->arena);
            if (f.n > best.n) {
                best = f;
                at = row;
            }
        }
        if (at < 0)
            return;
        taken[at] = true;
        if (!stands_out(input, &best))
            continue;
        p = propose(&best, input->in, all, list->arena);
        focus_put(list, &p);
    }
}

int
focus_propose(const struct focus_input *input, struct arena *arena,
              const struct focus_proposal **out)
{
    struct focus_list list = {
        arena, arena_array(arena, FOCUS_MAX + 1, sizeof *list.p), 0
    };
    const struct instrument *in = input->in;
    int64_t all = input->tables[0]->cell[0];
    int at = 1;

    for (int i = 0; i < in->focus_count; i++) {
        const struct focus_rule *rule = &in->focus[i];
        struct focus_proposal p;
        struct found f;

        if (!is_for(in, rule, input->report))
            continue;
        assert(at < input->table_count);
        if (all == 0 || rule->find == FIND_MOST) {
            if (all > 0)
                put_rows(input, rule, input->tables[at], &list);
            at++;
            continue;
        }
        f = found_part(rule, input->tables[at++], arena);
        if (!stands_out(input, &f))
            continue;
        p = propose(&f, in, all, arena);
        focus_put(&list, &p);
    }
    if (input->compared != NULL && all > 0)
        focus_compared(input->compared, &list);
    *out = list.p;
    return list.count;
}

bool
focus_make(struct opened *o, const struct actor *actor, int report,
           const struct protect_rule *protect,
           const struct comparison *compared, struct arena *arena,
           const struct focus_proposal **list, int *count, struct err *e)
{
    struct focus_input input = { o->in, report, protect, NULL, 0, compared };
    struct plan *plan = plan_new(o->in);
    struct run *run = NULL;
    bool ok = focus_questions(o->in, report, arena, plan, &input.table_count,
                              e);

    if (ok) {
        const struct table **tables = arena_array(arena,
            (size_t)input.table_count, sizeof *tables);

        run = run_new(plan);
        ok = feed_run(o, actor, SCOPE_RECIPIENTS, NULL,
                      arena_printf(arena, "focus %s",
                                   o->in->reports[report].id),
                      plan, run, e);
        for (int i = 0; ok && i < input.table_count; i++)
            tables[i] = run_table(run, i);
        input.tables = tables;
        ok = ok && release_round_tables(o->in, protect, tables,
                                        input.table_count, input.table_count,
                                        arena, e);
    }
    if (ok)
        *count = focus_propose(&input, arena, list);
    run_free(run);
    plan_free(plan);
    return ok;
}
