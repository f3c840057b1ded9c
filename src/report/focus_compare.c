/* focus_compare.c - proposals out of a comparison; see focus.h.
 *
 * Of each table the largest difference beyond chance is one: the same thing
 * is not proposed once for each row and municipality. They
 * come behind what the rules find, by how large they are. Whether more or
 * fewer is better nobody has told us: that is for the group. */
#include <stdlib.h>
#include <string.h>
#include "report/comparing.h"
#include "report/focusing.h"

enum {
    COMPARED_WEIGHT = 3,        /* below the weights of the instrument */
    COMPARED_MOST = 6           /* proposals of a comparison */
};

/* The gap of two shares in thousandths. */
static int
gap_of(const struct compare_difference *d)
{
    int64_t ours = d->n * 1000 / d->of;
    int64_t theirs = d->other_n * 1000 / d->other_of;

    return (int)(ours > theirs ? ours - theirs : theirs - ours);
}

static bool
is_largest(const struct comparison *c, int i)
{
    const struct compare_difference *d = &c->difference[i];

    for (int k = 0; k < c->difference_count; k++) {
        const struct compare_difference *other = &c->difference[k];

        /* The same people in another table. */
        if (k < i && other->row != NULL && other->n == d->n
            && other->of == d->of && other->other_n == d->other_n
            && other->other_of == d->other_of)
            return false;
        if (k != i && other->row != NULL && other->table == d->table
            && (gap_of(other) > gap_of(d)
                || (gap_of(other) == gap_of(d) && k < i)))
            return false;
    }
    return true;
}

/* What our number is, as a question. */
static void
ask(const struct comparison *c, const struct compare_difference *d,
    struct focus_number *n)
{
    const struct table_def *t = &c->own->in->tables[d->table];
    const struct variable *v = c->own->in->variables;

    *n = (struct focus_number){ .where = "", .n = d->n, .base = d->of };
    for (int i = 0; i < t->figure_count; i++)
        if (strcmp(t->figures[i].id, d->row) == 0) {
            n->where = t->figures[i].where != NULL ? t->figures[i].where
                                                   : "";
            n->of = t->figures[i].of;
        }
    if (t->figure_count > 0)
        return;
    if (t->row_count > 1) {
        n->where = arena_printf(c->arena, "%s = %s", d->row, d->key);
        n->of = arena_printf(c->arena, "%s is answered", d->row);
    } else if (t->columns < 0) {
        n->where = arena_printf(c->arena, "%s = %s", v[t->rows[0]].id,
                                d->row);
        n->of = arena_printf(c->arena, "%s is answered", v[t->rows[0]].id);
    } else {
        n->of = arena_printf(c->arena, "%s = %s and %s is answered",
                             v[t->rows[0]].id, d->row, v[t->columns].id);
        n->where = arena_printf(c->arena, "%s and %s = %s", n->of,
                                v[t->columns].id, d->key);
    }
}

/* "Arbeid og aktivitet: røde", "Individuell plan (IP)", "Bolig: gul": the
 * row, and what of it; a figure says little without its table's title. */
static const char *
title_of(struct building *b, const struct table_def *t, const char *row,
         const char *key)
{
    const struct instrument *in = b->in;
    int v = t->row_count == 0 ? -1 : t->columns >= 0 ? t->columns
          : t->rows[0];
    int grade = instrument_grade(in, key);

    if (v >= 0 && t->row_count == 1 && t->columns < 0)
        return SAY(b, "compare.title_key", in->variables[v].label.in[b->lang],
                   format_inside(b->arena, row), NULL);
    if (v < 0)
        return SAY(b, "compare.title_key", t->title.in[b->lang],
                   format_inside(b->arena, row), NULL);
    if (grade < 0)
        return row;
    return SAY(b, "compare.title_key", row,
               in->grades[grade].plural.in[b->lang], NULL);
}

static void
say(const struct comparison *c, const struct compare_difference *d,
    enum lang lang, struct focus_proposal *p)
{
    struct building b = {
        .arena = c->arena, .lang = lang, .in = c->own->in,
        .phrase = { c->arena, lang, c->own->in, NULL }
    };
    const struct table_def *t = &c->own->in->tables[d->table];
    const char *row = compare_row_label(&b, t,
        compare_source(c, c->own_column, d->table), d->row);
    const char *other = c->column[d->column].label;

    p->title.in[lang] = title_of(&b, t, row, d->key);
    p->text.in[lang] = SAY(&b, "focus.compared",
        phrase_share(&b.phrase, d->n, d->of),
        c->column[c->own_column].label,
        phrase_share(&b.phrase, d->other_n, d->other_of), other, NULL);
    p->found.in[lang] = SAY(&b, "focus.compared_found", t->title.in[lang],
                            other, NULL);
    p->source.in[lang] = "";
}

void
focus_compared(const struct comparison *c, struct focus_list *list)
{
    struct focus_list own = {
        c->arena, arena_array(c->arena, FOCUS_MAX + 1, sizeof *own.p), 0
    };

    for (int i = 0; i < c->difference_count; i++) {
        const struct compare_difference *d = &c->difference[i];
        struct focus_number *n;
        struct focus_proposal p;

        if (d->row == NULL || !is_largest(c, i))
            continue;
        n = arena_take(c->arena, sizeof *n);
        ask(c, d, n);
        p = (struct focus_proposal){
            .id = arena_printf(c->arena, "compare.%s.%s.%s",
                               c->own->in->tables[d->table].id, d->row,
                               d->key),
            .rule = "compare", .key = d->row, .number = n,
            .number_count = 1,
            .way = c->column[d->column].relation == COMPARE_EARLIER
                 ? FOCUS_CHANGE : FOCUS_COMPARISON,
            .score = COMPARED_WEIGHT * 1000 + gap_of(d)
        };
        for (int l = 0; l < LANG_COUNT; l++)
            say(c, d, (enum lang)l, &p);
        focus_put(&own, &p);
    }
    for (int i = 0; i < own.count && i < COMPARED_MOST; i++)
        focus_put(list, &own.p[i]);
}
