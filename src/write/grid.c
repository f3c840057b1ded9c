/* grid.c - see grid.h. */
#include "write/grid.h"
#include <assert.h>
#include "base/msg.h"
#include "report/format.h"
#include "report/phrase.h"

enum { FEW = 3, REASONS = 3 };

struct filling {
    const struct document *doc;
    const struct doc_table *t;
    struct arena *arena;
    bool cross, share, of, sum, outside;        /* what T has */
    struct grid_head *head;     /* the next to be filled */
    struct grid_cell *at;
};

static const char *
word(const struct filling *f, const char *key)
{
    return msg_text(f->doc->lang, key);
}

/* ---- numbers ---- */

int
grid_few(const struct document *doc)
{
    return doc->meta.few > 0 ? doc->meta.few : FEW;
}

struct grid_cell
grid_number(const struct document *doc, const struct doc_cell *c,
            struct arena *arena)
{
    return (struct grid_cell){
        .text = c->hidden ? ":" : format_int(arena, doc->lang, c->n),
        .grade = GRADE_NO,
        .hidden = c->hidden,
        .zero = !c->hidden && c->n == 0,
        .few = !c->hidden && c->n > 0 && c->n < grid_few(doc)
            && doc->meta.internal
    };
}

const char *
grid_share_of(const struct document *doc, const struct doc_cell *c,
              struct arena *arena)
{
    if (c->hidden || c->of <= 0)
        return NULL;
    return phrase_say(arena, doc->lang, "report.share_of_number",
                      format_share(arena, doc->lang, c->n, c->of),
                      format_int(arena, doc->lang, c->of), NULL);
}

/* ---- what a table has ---- */

static bool
has_outside(const struct doc_table *t)
{
    if (t->base_count < 2 || t->shape == SHAPE_FIGURES)
        return false;
    for (int i = 0; i < t->base_count; i++)
        if (t->outside[i].unanswered != 0 || t->outside[i].unknown != 0
            || t->outside[i].not_asked != 0)
            return true;
    return false;
}

static struct filling
filling_of(const struct document *doc, const struct doc_table *t,
           struct arena *arena)
{
    struct filling f = { .doc = doc, .t = t, .arena = arena };
    bool two_way = t->shape == SHAPE_TWO_WAY, one = t->columns.count == 1;

    f.cross = !t->plain && (!one || two_way);
    f.share = !t->plain && !f.cross && t->share != SHARE_NONE;
    f.of = f.share && t->shape == SHAPE_FIGURES;
    f.sum = !t->plain && two_way && t->columns.count > 1;
    f.outside = has_outside(t);
    return f;
}

static int
column_count(const struct filling *f)
{
    return 1 + f->t->columns.count + f->share + f->of + f->sum
        + (f->outside ? 1 + REASONS : 0);
}

/* ---- heads ---- */

static void
add_head(struct filling *f, enum grid_kind kind, const char *text, int grade)
{
    *f->head++ = (struct grid_head){ kind, text, grade };
}

static void
add_heads(struct filling *f)
{
    static const char *const reasons[REASONS] = {
        "report.data_unanswered", "report.data_unknown",
        "report.data_not_asked"
    };
    const struct doc_table *t = f->t;
    bool one = t->columns.count == 1 && !t->plain && !f->cross;

    add_head(f, GRID_NAME, t->rows.label, GRADE_NO);
    for (int c = 0; c < t->columns.count; c++)
        add_head(f, GRID_CELL, one ? word(f, "report.number")
                 : t->columns.key[c].label, t->columns.key[c].grade);
    if (f->share)
        add_head(f, GRID_SHARE, word(f, "report.share"), GRADE_NO);
    if (f->of)
        add_head(f, GRID_OF, word(f, "report.share_of"), GRADE_NO);
    if (f->sum)
        add_head(f, GRID_SUM, word(f, "report.total"), GRADE_NO);
    if (!f->outside)
        return;
    add_head(f, GRID_BASE, word(f, "report.note_base"), GRADE_NO);
    for (int i = 0; i < REASONS; i++)
        add_head(f, GRID_OUTSIDE, word(f, reasons[i]), GRADE_NO);
}

/* ---- rows ---- */

static void
add_text(struct filling *f, const char *text, int grade)
{
    *f->at++ = (struct grid_cell){ .text = text, .grade = grade };
}

static void
add_count(struct filling *f, const struct doc_cell *c)
{
    *f->at = grid_number(f->doc, c, f->arena);
    f->at->few = f->at->few && !f->t->plain;
    f->at++;
}

static void
add_number(struct filling *f, int64_t n)
{
    add_count(f, &(struct doc_cell){
        .n = n, .of = OF_NONE, .hidden = n == NUMBER_HIDDEN
    });
}

static const char *
share_text(const struct filling *f, const struct doc_cell *c)
{
    if (c->hidden || c->of == OF_NONE)
        return "";
    return c->of == OF_HIDDEN ? ":"
        : format_share(f->arena, f->doc->lang, c->n, c->of);
}

static void
add_cell(struct filling *f, const struct doc_cell *c)
{
    add_count(f, c);
    if (f->cross && doc_has_share(c) && c->n > 0)
        f->at[-1].share = share_text(f, c);
}

static void
add_row(struct filling *f, int row)
{
    const struct doc_table *t = f->t;
    const struct doc_cell *c = doc_cell_at(t, row, 0);

    add_text(f, t->rows.key[row].label, t->rows.key[row].grade);
    for (int i = 0; i < t->columns.count; i++)
        add_cell(f, doc_cell_at(t, row, i));
    if (f->share)
        add_text(f, share_text(f, c), GRADE_NO);
    if (f->of)
        add_text(f, c->of == OF_NONE ? "" : c->of == OF_HIDDEN ? ":"
                 : format_int(f->arena, f->doc->lang, c->of), GRADE_NO);
    if (f->sum) {
        struct doc_cell sum = doc_row_sum(t, row);

        add_count(f, &sum);
    }
    if (!f->outside)
        return;
    add_number(f, t->base[row]);
    add_number(f, t->outside[row].unanswered);
    add_number(f, t->outside[row].unknown);
    add_number(f, t->outside[row].not_asked);
}

/* Sums of columns, with their share of all where shares are of rows. */
static void
add_totals(struct filling *f)
{
    const struct doc_table *t = f->t;
    struct doc_cell all = doc_sum(t);
    bool of_all = !t->plain && t->columns.count > 1
        && t->share != SHARE_NONE && t->share != SHARE_COLUMNS;

    add_text(f, word(f, "report.total"), GRADE_NO);
    for (int c = 0; c < t->columns.count; c++) {
        struct doc_cell sum = doc_column_sum(t, c);

        if (of_all)
            sum.of = all.hidden ? OF_HIDDEN : all.n;
        add_cell(f, &sum);
    }
    for (int i = 0; i < f->share + f->of; i++)
        add_text(f, "", GRADE_NO);
    if (f->sum)
        add_count(f, &all);
    for (int i = 0; f->outside && i < 1 + REASONS; i++)
        add_text(f, "", GRADE_NO);
}

/* ---- the whole ---- */

/* NULL where nothing in G is hidden. */
static const char *
key_of(const struct document *doc, const struct grid *g)
{
    for (int i = 0; i < g->rows * g->columns; i++)
        if (g->cell[i].text[0] == ':')
            return msg_text(doc->lang, "report.hidden_key");
    return NULL;
}

const struct grid_cell *
grid_at(const struct grid *g, int row, int column)
{
    assert(row >= 0 && row < g->rows && column >= 0 && column < g->columns);
    return &g->cell[row * g->columns + column];
}

const struct grid *
grid_of(const struct document *doc, const struct doc_table *t,
        struct arena *arena)
{
    struct grid *g = arena_take(arena, sizeof *g);
    struct filling f = filling_of(doc, t, arena);

    g->columns = column_count(&f);
    g->cells = t->columns.count;
    g->cross = f.cross;
    g->total = t->totals && t->rows.count > 1;
    g->rows = t->rows.count + g->total;
    if (t->columns.label[0] != '\0' && t->columns.count > 1)
        g->over = t->columns.label;
    g->head = f.head = arena_array(arena, (size_t)g->columns,
                                   sizeof *f.head);
    g->cell = f.at = arena_array(arena, (size_t)g->rows * (size_t)g->columns
                                 + 1, sizeof *f.at);
    add_heads(&f);
    for (int r = 0; r < t->rows.count; r++)
        add_row(&f, r);
    if (g->total)
        add_totals(&f);
    assert(f.at == g->cell + g->rows * g->columns);
    g->key = key_of(doc, g);
    return g;
}
