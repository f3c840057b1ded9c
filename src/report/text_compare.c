/* text_compare.c - places of a text that tell of others and of earlier; see
 * texting.h.
 *
 * They ask nothing of the registrations: what they say is in the tables that
 * the round and the others show anyway, and the differences are those of the
 * whole comparison, so that a text marks what the tables do. */
#include <string.h>
#include "report/comparing.h"
#include "report/texting.h"

/* ---- read ---- */

/* The table that stands next, which can be compared. */
static bool
read_compared(struct reading *r, struct place *p)
{
    const struct instrument *in = r->t->in;
    const char *word;
    const char **id = arena_array(r->t->arena, (size_t)in->table_count + 1,
                                  sizeof *id);
    size_t from = r->at, len = read_word(r, &word);
    int count = 0;

    for (int i = 0; i < in->table_count; i++) {
        if (!compare_offers(in, r->t->report, i))
            continue;
        id[count++] = in->tables[i].id;
        if (read_is(word, len, in->tables[i].id))
            p->compared = i;
    }
    return p->compared >= 0
        || text_refuse_word(r, from, len > 0 ? r->at : r->end,
                            "text.compared", "text.compared_near", id,
                            count);
}

/* The ids of the rows of T in ID; how many. */
static int
rows_of(const struct instrument *in, const struct table_def *t,
        const char **id)
{
    int count = 0;

    for (int i = 0; i < t->figure_count; i++)
        id[count++] = t->figures[i].id;
    if (t->figure_count == 0 && t->row_count > 1)
        for (int i = 0; i < t->row_count; i++)
            id[count++] = in->variables[t->rows[i]].id;
    if (t->figure_count == 0 && t->row_count == 1) {
        const struct variable *v = &in->variables[t->rows[0]];

        for (int i = 0; i < v->code_count; i++)
            id[count++] = v->codes[i].id;
    }
    return count;
}

/* A row's id, in quotation marks where it is no word ("56+"). */
static bool
read_row(struct reading *r, struct place *p)
{
    const struct instrument *in = r->t->in;
    const struct table_def *t = &in->tables[p->compared];
    const char **id, *word;
    size_t from, len;
    int most = t->figure_count + t->row_count, count;

    if (t->row_count == 1)
        most += in->variables[t->rows[0]].code_count;
    id = arena_array(r->t->arena, (size_t)most + 1, sizeof *id);
    count = rows_of(in, t, id);
    read_blanks(r);
    from = r->at;
    if (r->at < r->end && r->file->bytes[r->at] == '"') {
        if (!read_quoted(r, &word))
            return false;
        len = strlen(word);
    } else {
        len = read_word(r, &word);
    }
    for (int i = 0; i < count; i++)
        if (read_is(word, len, id[i])) {
            p->row = id[i];
            return true;
        }
    return text_refuse_word(r, from, len > 0 ? r->at : r->end,
                            "text.compared_row", "text.compared_row_near",
                            id, count);
}

bool
compare_place_read(struct reading *r, struct place *p)
{
    read_blanks(r);
    if (p->kind == PLACE_COMPARE && r->at == r->end)
        return true;
    if (p->kind == PLACE_COMPARE && read_take(r, "who"))
        p->compared = COMPARED_WHO;
    else if (p->kind == PLACE_COMPARE && read_take(r, "how"))
        p->compared = COMPARED_HOW;
    else if (!read_compared(r, p)
        || (p->kind == PLACE_CHANGE && !read_row(r, p)))
        return false;
    read_blanks(r);
    return r->at == r->end || text_refuse(r, r->at, r->end, "text.too_much");
}

/* ---- said ---- */

const char *
compare_place_say(struct texted *x, const struct place *p)
{
    const struct comparison *c = x->input->comparison;
    const struct compare_difference *d
        = c == NULL ? NULL : compare_change(c, p->compared, p->row);
    const struct compare_column *then;
    bool up;

    if (d == NULL)
        return NULL;
    then = &c->column[d->column];
    up = d->n * d->other_of > d->other_n * d->of;
    return SAY(&x->b, up ? "compare.up" : "compare.down",
               phrase_share(&x->b.phrase, d->other_n, d->other_of),
               then->a->year == c->own->year ? then->label
               : arena_printf(x->b.arena, "%d", then->a->year), NULL);
}

const char *
compare_said(struct texted *x)
{
    const struct comparison *c = x->input->comparison;
    const char *label[COMPARE_COLUMNS_MAX];
    int count = 0;

    if (c == NULL)
        return NULL;
    for (int i = 0; i < c->column_count; i++)
        if (i != c->own_column)
            label[count++] = c->column[i].label;
    return phrase_list(x->b.arena, x->b.lang, label, count);
}

bool
compare_has_fact(const struct texted *x, enum fact fact)
{
    const struct comparison *c = x->input->comparison;

    if (c == NULL)
        return false;
    switch (fact) {
    case FACT_EARLIER:
        return compare_has(c, COMPARE_EARLIER);
    case FACT_OTHERS:
        return compare_has(c, COMPARE_OTHER)
            || compare_has(c, COMPARE_TOTAL);
    case FACT_RATES:
        return compare_rates(c) > 1;
    default:
        return true;
    }
}

/* ---- shown ---- */

static enum compare_part
part_of(const struct place *p)
{
    return p->compared == COMPARED_WHO ? COMPARE_WHO
        : p->compared == COMPARED_HOW ? COMPARE_HOW : COMPARE_WHOLE;
}

void
compare_place_add(struct texted *x, const struct place *p,
                  struct node *section, const char *prefix)
{
    const struct comparison *c = x->input->comparison;
    bool slide = x->t->kind == DOC_SLIDES;

    if (c == NULL || (p->compared >= 0 && !compare_shows(c, p->compared)))
        return;
    if (p->kind == PLACE_RATES)
        compare_put_rates(&x->b, c, section, slide);
    else if (p->compared < 0)
        compare_chapter(&x->b, c, part_of(p), section, prefix);
    else if (slide)
        compare_slide(&x->b, c, p->compared, section);
    else
        compare_block(&x->b, c, p->compared, section, prefix);
}
