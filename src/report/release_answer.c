/* release_answer.c - see release.h: what a solved release answers, to those
 * who build documents and to the ledger and the audit. */
#include <assert.h>
#include <string.h>
#include "report/releasing.h"

/* ---- tables ---- */

const struct table *
release_table_at(const struct release *r, int i, const char **document)
{
    if (i >= r->entries)
        return NULL;
    *document = r->entry[i].document;
    return r->entry[i].t;
}

bool
release_blanks_at(const struct release *r, int i)
{
    return r->entry[i].blanks && r->entry[i].t->shape != SHAPE_FIGURES;
}

static const struct entry *
entry_of(const struct release *r, const struct table *t)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[i].t == t)
            return &r->entry[i];
    return NULL;
}

/* Whether NUMBER, if it is one, is hidden. */
static bool
is_hidden(const struct release *r, int number)
{
    return number >= 0 && r->fact[number].hidden;
}

static bool *
hidden_of(const struct release *r, const int *number, int count,
          struct arena *arena)
{
    bool *mark = arena_array(arena, (size_t)count + 1, sizeof *mark);

    for (int i = 0; i < count; i++)
        mark[i] = is_hidden(r, number[i]);
    return mark;
}

struct release_marks
release_marks(const struct release *r, const struct table *t,
              struct arena *arena)
{
    const struct entry *e = entry_of(r, t);
    struct release_marks m = { 0 };
    int cells = t->row_count * t->column_count;

    assert(r->solved && e != NULL);
    m.cell = hidden_of(r, e->cell, cells, arena);
    m.row = hidden_of(r, e->row, t->row_count, arena);
    m.column = hidden_of(r, e->column, t->column_count, arena);
    m.base = hidden_of(r, e->base, t->base_count, arena);
    m.left_out = hidden_of(r, e->left_out, t->base_count, arena);
    m.of = arena_array(arena, (size_t)t->column_count + 1, sizeof *m.of);
    for (int i = 0; i < cells; i++)
        m.of[i % t->column_count] |= is_hidden(r, e->of[i]);
    m.outside = arena_array(arena, (size_t)t->base_count + 1,
                            sizeof *m.outside);
    for (int i = 0; i < t->base_count; i++)
        for (int k = 0; k < 3; k++)
            m.outside[i][k] = is_hidden(r, e->outside[i][k]);
    m.all = is_hidden(r, e->all);
    return m;
}

/* ---- sets ---- */

static bool
hides(struct release *r, const struct box *x)
{
    int i = release_find(r, -1, box_text(r->boxes, x));

    assert(r->solved);
    return i < 0 || !r->fact[i].printed || r->fact[i].hidden;
}

bool
release_hides(struct release *r, const char *where)
{
    struct box x = release_box(r, where);

    return hides(r, &x);
}

bool
release_hides_answered(struct release *r, const char *where,
                       const char *variable)
{
    struct box x = release_box(r, where), answered;
    int v = instrument_variable(r->in, variable, strlen(variable));

    assert(v >= 0);
    answered = box_answered(r->boxes, v);
    x = box_and(r->boxes, &x, &answered);
    return hides(r, &x);
}

/* ---- numbers ---- */

/* "mental/ip, report, slides": every table and document it stands in. */
static const char *
where_of(const struct release *r, const struct fact *f)
{
    const char *text = "";

    for (const struct stand *s = f->stand; s != NULL; s = s->next)
        text = arena_printf(r->arena, "%s%s%s", text,
                            *text == '\0' ? "" : ", ",
                            release_stand_text(r, s));
    return text;
}

/* Of fewer than what it is hidden; 0 where it protects another. */
static int
limit_of(const struct release *r, const struct fact *f)
{
    if (f->why == WHY_ATTRIBUTE && f->sensitive)
        return r->rule.attribute;
    return f->sensitive || f->why == WHY_STATUS || f->why == WHY_TOLD
        ? r->rule.threshold : 0;
}

static struct release_number
number_of(const struct release *r, const struct fact *f)
{
    const struct fact *because = f->because < 0
        || &r->fact[f->because] == f ? NULL : &r->fact[f->because];

    return (struct release_number){
        .scope = f->scope, .set = f->set, .n = f->n,
        .shown = f->fixed ? f->rounded : f->n,
        .hidden = f->hidden || f->sensitive, .sensitive = f->sensitive,
        .earlier = !f->printed && f->earlier, .why = f->why,
        .because_set = because == NULL ? NULL : because->set,
        .because_where = because == NULL ? NULL : where_of(r, because),
        .limit = limit_of(r, f),
        .document = f->stand != NULL ? f->stand->document : NULL,
        .table = f->stand != NULL ? f->stand->table : NULL,
        .where = where_of(r, f), .places = f->places
    };
}

const struct release_number *
release_numbers(const struct release *r, int *count)
{
    struct release_number *list = arena_array(r->arena,
        (size_t)r->count + 1, sizeof *list);

    *count = 0;
    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];

        if (f->printed || f->earlier || f->sensitive)
            list[(*count)++] = number_of(r, f);
    }
    return list;
}

struct release_stats
release_stats(const struct release *r)
{
    struct release_stats s = {
        .tables = r->entries, .equations = r->sums, .programs = r->programs,
        .odd = r->odd, .split = r->split
    };

    for (int i = 0; i < r->count; i++) {
        s.numbers += r->fact[i].printed;
        s.sensitive += r->fact[i].sensitive;
        s.hidden += r->fact[i].printed && r->fact[i].hidden;
        s.moved += r->fact[i].printed && r->fact[i].fixed
            && r->fact[i].rounded != r->fact[i].n;
    }
    return s;
}
