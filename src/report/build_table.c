/* build_table.c - counted tables as tables of a document; see building.h.
 *
 * What 100 % is of each cell is decided here, once: the writers only
 * divide. */
#include <assert.h>
#include <string.h>
#include "report/building.h"
#include "report/format.h"

enum { TITLE_ROWS = 6 };        /* of a battery, named in its title */

/* Whether TEXT says "or" outside brackets and quotation marks. */
static bool
has_or(const char *text)
{
    bool quoted = false;
    int depth = 0;

    for (const char *s = text; *s != '\0'; s++) {
        if (quoted && *s == '\\' && s[1] != '\0')
            s++;
        else if (*s == '"')
            quoted = !quoted;
        else if (!quoted && strchr("({", *s) != NULL)
            depth++;
        else if (!quoted && strchr(")}", *s) != NULL)
            depth--;
        else if (!quoted && depth == 0 && s > text
                 && strncmp(s, "or", 2) == 0
                 && strchr(" \t\r\n)", s[-1]) != NULL
                 && strchr(" \t\r\n(", s[2]) != NULL)
            return true;
    }
    return false;
}

static const char *
bracketed(struct arena *arena, const char *text)
{
    return has_or(text) ? arena_printf(arena, "(%s)", text) : text;
}

const char *
build_where(struct arena *arena, const char *a, const char *b)
{
    if (a == NULL || *a == '\0')
        return b == NULL ? "" : b;
    if (b == NULL || *b == '\0')
        return a;
    return arena_printf(arena, "%s and %s", bracketed(arena, a),
                        bracketed(arena, b));
}

/* The place of a key's grade, where V's keys are grades. */
static int
key_grade(const struct instrument *in, int v, const char *id)
{
    if (v < 0 || (in->variables[v].derive != DERIVE_GRADE
                  && in->variables[v].derive != DERIVE_INDEX_GRADE))
        return GRADE_NO;
    return instrument_grade(in, id);
}

static const struct doc_key *
copy_keys(struct building *b, const struct key *key, int count, int v)
{
    struct doc_key *copy = arena_array(b->arena, (size_t)count,
                                       sizeof *copy);

    for (int i = 0; i < count; i++) {
        copy[i].id = key[i].id;
        copy[i].label = key[i].label.in[b->lang];
        copy[i].grade = key_grade(b->in, v, key[i].id);
        if (copy[i].label == NULL)
            copy[i].label = key[i].id;
    }
    return copy;
}

/* Rows that are variables, with the words a table may have for them. */
static const struct doc_key *
variable_keys(struct building *b, const struct question *q,
              const struct table_def *def)
{
    struct doc_key *key = arena_array(b->arena, (size_t)q->row_count,
                                      sizeof *key);

    for (int i = 0; i < q->row_count; i++) {
        const struct variable *v = &b->in->variables[q->rows[i]];

        key[i].id = v->id;
        key[i].label = v->label.in[b->lang];
        key[i].grade = GRADE_NO;
        if (def != NULL && def->row_labels != NULL
            && def->row_labels[i].in[b->lang] != NULL)
            key[i].label = def->row_labels[i].in[b->lang];
    }
    return key;
}

static const struct doc_key *
figure_keys(struct building *b, const struct question *q, int count)
{
    struct doc_key *key = arena_array(b->arena, (size_t)count, sizeof *key);

    for (int i = 0; i < count; i++) {
        bool named = i < q->figure_count;

        key[i].id = named ? q->figures[i].id : "count";
        key[i].label = named ? q->figures[i].label.in[b->lang]
                             : phrase_many(&b->phrase, b->counts);
        key[i].grade = GRADE_NO;
    }
    return key;
}

static struct doc_side
variable_side(struct building *b, int v, const struct key *key, int count)
{
    return (struct doc_side){
        b->in->variables[v].id, b->in->variables[v].label.in[b->lang],
        copy_keys(b, key, count, v), count
    };
}

static struct doc_side
build_rows(struct building *b, const struct table *t,
           const struct table_def *def)
{
    const struct question *q = t->question;

    if (t->row_keys != NULL)
        return variable_side(b, q->rows[0], t->row_keys, t->row_count);
    return (struct doc_side){
        NULL, "", t->shape == SHAPE_FIGURES
            ? figure_keys(b, q, t->row_count) : variable_keys(b, q, def),
        t->row_count
    };
}

static struct doc_side
build_columns(struct building *b, const struct table *t)
{
    const struct question *q = t->question;
    struct doc_key *key;

    if (t->shape == SHAPE_TWO_WAY || t->shape == SHAPE_TICKS_BY)
        return variable_side(b, q->columns, t->column_keys, t->column_count);
    if (t->shape == SHAPE_BATTERY || t->shape == SHAPE_TICKS)
        return (struct doc_side){
            NULL, "", copy_keys(b, t->column_keys, t->column_count,
                                t->shape == SHAPE_TICKS ? -1 : q->rows[0]),
            t->column_count
        };
    key = arena_take(b->arena, sizeof *key);
    *key = (struct doc_key){ "1", msg_text(b->lang, "report.number"),
                             GRADE_NO };
    return (struct doc_side){ NULL, "", key, 1 };
}

/* What 100 % is of the cell at ROW and COLUMN. */
static int64_t
of_cell(const struct table *t, enum share share, int row, int column)
{
    bool sums = t->question->sum >= 0;

    if (share == SHARE_NONE)
        return OF_NONE;
    switch (t->shape) {
    case SHAPE_FIGURES: case SHAPE_TICKS_BY:
        return t->of[row * t->column_count + column];
    case SHAPE_TICKS: case SHAPE_BATTERY:
        return sums ? OF_NONE : t->base[row];
    case SHAPE_ONE_WAY:
        return !sums ? t->base[0] : t->multiple ? OF_NONE : table_sum(t);
    case SHAPE_TWO_WAY:
        break;
    }
    if (share == SHARE_ROWS)
        return table_row_sum(t, row);
    if (t->multiple)
        return share == SHARE_ALL && !sums ? t->base[0] : OF_NONE;
    return share == SHARE_COLUMNS ? table_column_sum(t, column)
                                  : table_sum(t);
}

static void
copy_cells(struct building *b, struct doc_table *to, const struct table *t)
{
    to->cell = arena_array(b->arena, (size_t)t->row_count
                           * (size_t)t->column_count, sizeof *to->cell);
    for (int r = 0; r < t->row_count; r++)
        for (int c = 0; c < t->column_count; c++) {
            int at = r * t->column_count + c;

            to->cell[at].n = t->cell[at];
            to->cell[at].of = of_cell(t, to->share, r, c);
        }
}

static enum unit_counted
counted(const struct building *b, enum counts counts)
{
    return counts == COUNTS_CHILDREN ? UNIT_CHILDREN
        : counts == COUNTS_SERVICES ? UNIT_SERVICES : b->counts;
}

static void
copy_counts(struct building *b, struct doc_table *to, const struct table *t,
            const struct table_def *def)
{
    const struct question *q = t->question;
    enum counts counts = COUNTS_RECIPIENTS;
    enum unit_counted *row;

    if (def != NULL)
        counts = def->counts;
    else if (q->sum >= 0)
        counts = b->in->variables[q->sum].counts;
    to->counts = counted(b, counts);
    to->base_unit = b->counts;
    if (t->shape != SHAPE_FIGURES)
        return;
    row = arena_array(b->arena, (size_t)t->row_count, sizeof *row);
    for (int i = 0; i < t->row_count; i++)
        row[i] = i < q->figure_count ? counted(b, q->figures[i].counts)
                                     : to->counts;
    to->row_counts = row;
}

enum share
build_default_share(const struct table *t)
{
    if (t->shape == SHAPE_TWO_WAY)
        return SHARE_ROWS;
    return t->shape == SHAPE_TICKS_BY ? SHARE_COLUMNS : SHARE_ALL;
}

/* The labels of the rows as one: "A", or "A, B og C" of a battery. */
static const char *
rows_title(struct building *b, const struct doc_table *t)
{
    const char *label[TITLE_ROWS];
    int count = 0;

    if (t->rows.variable != NULL)
        return t->rows.label;
    for (; count < t->rows.count && count < TITLE_ROWS; count++)
        label[count] = count == 0 ? t->rows.key[count].label
            : format_inside(b->arena, t->rows.key[count].label);
    if (t->rows.count > TITLE_ROWS)
        label[TITLE_ROWS - 1] = "\xe2\x80\xa6";
    return phrase_list(b->arena, b->lang, label, count);
}

/* "Arbeid og aktivitet etter samlet funksjonsnivå", "Barn etter alder og
 * kjønn": a table's title out of its labels. */
static const char *
made_title(struct building *b, const struct doc_table *t,
           const struct question *q)
{
    const char *by[2] = { NULL, NULL };
    bool columns = t->columns.variable != NULL;
    const char *sum = t->sum_label;

    if (q->row_count == 0)
        return sum != NULL ? sum : format_begin(b->arena,
            phrase_many(&b->phrase, b->counts));
    by[0] = rows_title(b, t);
    if (sum == NULL && !columns)
        return by[0];
    if (columns)
        by[1] = format_inside(b->arena, t->columns.label);
    if (sum == NULL)
        return SAY(b, "report.title_by", by[0], by[1], NULL);
    by[0] = format_inside(b->arena, by[0]);
    return SAY(b, "report.title_by", sum,
               phrase_list(b->arena, b->lang, by, columns ? 2 : 1), NULL);
}

struct doc_table *
build_table(struct building *b, const struct table *t,
            const struct table_def *def, enum share share,
            const char *where)
{
    struct doc_table *to = arena_take(b->arena, sizeof *to);
    const struct question *q = t->question;

    to->shape = t->shape;
    to->multiple = t->multiple;
    to->where = where;
    to->where_words = phrase_filter(&b->phrase, where);
    to->share = share;
    to->rows = build_rows(b, t, def);
    to->columns = build_columns(b, t);
    to->totals = !t->multiple && (t->shape == SHAPE_ONE_WAY
                                  || t->shape == SHAPE_TWO_WAY);
    copy_counts(b, to, t, def);
    copy_cells(b, to, t);
    to->base_count = t->base_count;
    to->base = t->base;
    to->outside = t->outside;
    to->left_out = t->left_out;
    if (q->sum >= 0) {
        to->sum = b->in->variables[q->sum].id;
        to->sum_label = b->in->variables[q->sum].label.in[b->lang];
    }
    if (def != NULL) {
        to->id = def->id;
        to->title = def->title.in[b->lang];
        to->note = def->note.in[b->lang];
    } else {
        to->title = made_title(b, to, q);
    }
    if (b->protect != NULL) {
        protect_counted(to, t, b->protect, b->arena);
        to->rounded_to = b->protect->round_to;
    }
    to->caption = phrase_caption(&b->phrase, to);
    to->rounding = phrase_rounding(&b->phrase, to);
    return to;
}

struct doc_table *
build_plain(struct building *b, const char *id, const char *title,
            struct doc_side rows, struct doc_side columns, const int64_t *n)
{
    struct doc_table *t = arena_take(b->arena, sizeof *t);
    size_t cells = (size_t)rows.count * (size_t)columns.count;

    t->id = id;
    t->title = title;
    t->plain = true;
    t->shape = SHAPE_TWO_WAY;
    t->share = SHARE_NONE;
    t->counts = t->base_unit = UNIT_REGISTRATIONS;
    t->where = "";
    t->rows = rows;
    t->columns = columns;
    t->cell = arena_array(b->arena, cells, sizeof *t->cell);
    for (size_t i = 0; i < cells; i++)
        t->cell[i] = (struct doc_cell){ n[i], OF_NONE, false };
    t->caption = "";
    return t;
}
