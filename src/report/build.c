/* build.c - see build.h.
 *
 * A section is a title, a text and a block for each of its tables; a block
 * is always made in the same order (finding, sentence, picture, table,
 * notes), so that every writer and every reader finds things where they
 * were in the last report. */
#include "report/build.h"
#include <assert.h>
#include <string.h>
#include "report/building.h"
#include "report/format.h"

enum { TILES_MAX = 8 };         /* key figures that are not a table */

/* ---- questions ---- */

static struct question
question_of(const struct table_def *t, const char *where)
{
    return (struct question){
        .rows = t->rows, .row_count = t->row_count, .columns = t->columns,
        .where = where, .and_where = t->where, .sum = t->sum,
        .figures = t->figures, .figure_count = t->figure_count
    };
}

bool
report_questions(const struct instrument *in, int report,
                 const char *group, struct arena *arena, struct plan *plan,
                 int *count, struct err *e)
{
    const struct report_def *def = &in->reports[report];
    const char *where = build_where(arena, def->where, group);
    struct own_questions own = build_own(in, report, where, arena);

    *count = 0;
    for (int s = 0; s < def->section_count; s++)
        for (int i = 0; i < def->sections[s].table_count; i++) {
            struct question q = question_of(
                &in->tables[def->sections[s].tables[i]], where);

            if (plan_add(plan, &q, e) < 0)
                return false;
            ++*count;
        }
    for (int i = 0; i < own.count; i++, ++*count)
        if (plan_add(plan, &own.question[i], e) < 0)
            return false;
    return true;
}

/* ---- one table ---- */

static void
add_note(struct building *b, struct node *block, const char *title,
         const char *text)
{
    struct node *n;

    if (text == NULL || *text == '\0')
        return;
    n = tree_add(b->arena, block, NODE_NOTE);
    n->title = msg_text(b->lang, title);
    n->text = text;
}

void
build_notes(struct building *b, struct node *block,
            const struct doc_table *t)
{
    add_note(b, block, "report.note_base", phrase_base(&b->phrase, t));
    add_note(b, block, "report.note_outside", phrase_outside(&b->phrase, t));
    add_note(b, block, "report.note_left_out",
             phrase_left_out(&b->phrase, t));
    add_note(b, block, "report.note_rounding", t->rounding);
    add_note(b, block, "report.note_note", t->note);
}

/* Whether SOURCE (keys separated by commas) names the program's own. */
static bool
own_source(const char *source)
{
    for (const char *s = source; s != NULL && *s != '\0'; s++)
        if (*s == 'O' && (s[1] == '\0' || s[1] == ','))
            return true;
    return false;
}

/* The share of the grade G in a table of that area's grades. */
static const char *
grade_share(struct building *b, const struct doc_table *t, int g)
{
    for (int i = 0; t->shape == SHAPE_ONE_WAY && i < t->rows.count; i++) {
        const struct doc_cell *c = doc_cell_at(t, i, 0);

        if (t->rows.key[i].grade == g && c->of > 0 && !c->hidden)
            return format_share(b->arena, b->lang, c->n, c->of);
    }
    return NULL;
}

void
build_definitions(struct building *b, struct node *block,
                  const struct doc_table *t, int variable)
{
    const struct colour *colour = b->in->variables[variable].colours;
    struct doc_definition *d;
    struct node *n;
    int count;

    if (colour == NULL)
        return;
    /* The colours of a score: those its scale leads to, best first. */
    count = b->in->scale[b->in->scale_count - 1].grade + 1;
    d = arena_array(b->arena, (size_t)count, sizeof *d);
    for (int g = 0; g < count; g++)
        d[g] = (struct doc_definition){
            g, colour[g].label.in[b->lang], colour[g].text.in[b->lang],
            grade_share(b, t, g), own_source(colour[g].source)
        };
    n = tree_add(b->arena, block, NODE_DEFINITIONS);
    n->definition = d;
    n->count = count;
}

static bool
is_tiles(const struct doc_table *t, const struct table_def *def)
{
    if (t->shape != SHAPE_FIGURES || def->chart != CHART_NONE
        || t->rows.count > TILES_MAX)
        return false;
    for (int i = 0; i < t->rows.count; i++)
        if (t->row_counts[i] != t->counts)
            return false;
    return true;
}

void
build_table_block(struct building *b, struct node *section,
                  const struct table_def *def, struct doc_table *t)
{
    struct finding_text f = phrase_finding(&b->phrase, t, def->finding,
                                           def->finding_key);
    struct node *block = tree_add(b->arena, section, NODE_BLOCK);
    const struct chart_model *chart;

    block->id = def->id;
    block->title = t->title;
    if (f.headline != NULL)
        tree_add(b->arena, block, NODE_FINDING)->text = f.headline;
    if (f.sentence != NULL)
        tree_add(b->arena, block, NODE_PARAGRAPH)->text = f.sentence;
    if (is_tiles(t, def)) {
        tree_add(b->arena, block, NODE_FIGURES)->table = t;
    } else {
        chart = build_chart(b, t, def->chart, def->finding_key);
        if (chart != NULL)
            tree_add(b->arena, block, NODE_CHART)->chart = chart;
        if (def->definitions >= 0)
            build_definitions(b, block, t, def->definitions);
        t->number = ++b->tables;
        tree_add(b->arena, block, NODE_TABLE)->table = t;
    }
    build_notes(b, block, t);
}

/* ---- the document ---- */

/* Takes the paragraphs of TEXT, divided by an empty line. */
static void
add_paragraphs(struct building *b, struct node *parent, const char *text)
{
    while (text != NULL && *text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t len = end != NULL ? (size_t)(end - text) : strlen(text);

        if (len > 0)
            tree_add(b->arena, parent, NODE_PARAGRAPH)->text =
                arena_text_n(b->arena, text, len);
        text = end != NULL ? end + 2 : NULL;
    }
}

static void
build_grades(struct building *b)
{
    int count = b->in->grade_count;
    struct doc_grade *g = arena_array(b->arena, (size_t)count, sizeof *g);

    for (int i = 0; i < count; i++) {
        const struct grade *from = &b->in->grades[i];

        g[i] = (struct doc_grade){
            from->id, from->label.in[b->lang], from->plural.in[b->lang],
            from->short_label.in[b->lang], from->look, from->mark,
            from->fill, from->edge, from->ink
        };
    }
    b->doc->grades = b->phrase.grades = g;
    b->doc->grade_count = count;
}

static void
build_meta(struct building *b, const struct round *round,
           const char *municipality_name, bool internal,
           const struct protect_rule *protect)
{
    struct doc_meta *m = &b->doc->meta;

    *m = (struct doc_meta){
        .round = round->id, .round_title = round->title,
        .municipality_name = municipality_name,
        .municipality = round->municipality, .year = round->year,
        .period = round->period, .from_age = round->from_age,
        .closed = round->status == ROUND_CLOSED,
        .synthetic = round->synthetic, .internal = internal,
        .instrument = b->in->id,
        .instrument_title = b->in->title.in[b->lang],
        .instrument_sha256 = b->in->sha256,
        .instrument_version = b->in->version,
        .definition = round->definition,
        .index_version = b->in->index.version,
        .index_note = b->in->index.note.in[b->lang],
        .where = "", .scope = "recipients", .recipients = -1
    };
    b->doc->owner = *municipality_name == '\0' ? ""
        : SAY(b, "report.owner", municipality_name, NULL);
    b->doc->running = SAY(b, "report.running", round->title, NULL);
    if (internal)
        b->doc->internal_notice = msg_text(b->lang, "report.internal");
    if (protect != NULL) {
        assert(!internal);
        b->protect = protect;
        m->rounded_to = protect->round_to;
        if (protect->round_to == 0)
            m->protected_below = protect->threshold;
        b->doc->protected_notice = protect->round_to > 0
            ? SAY(b, "protect.rounded",
                  format_int(b->arena, b->lang, protect->round_to), NULL)
            : SAY(b, "protect.notice",
                  format_int(b->arena, b->lang, protect->threshold), NULL);
    }
    if (round->synthetic)
        b->doc->synthetic_notice = msg_text(b->lang, "report.synthetic");
}

/* What is said of several rounds instead of one. */
static void
build_series(struct building *b, const struct series *series)
{
    struct doc_meta *m = &b->doc->meta;

    if (series == NULL)
        return;
    b->series = series->rounds > 1 ? series : NULL;
    m->round_title = series->title;
    m->municipality_name = series->place;
    m->rounds = series->rounds;
    m->years = series->year;
    m->year_count = series->years;
    m->years_text = series->years_text;
    b->doc->owner = series->one_place
        ? SAY(b, "report.owner", series->place, NULL) : series->place;
    b->doc->running = SAY(b, "report.running", series->whole
        ? format_inside(b->arena, series->title) : series->title, NULL);
}

static struct building
building_begin(const struct instrument *in, enum lang lang,
               struct arena *arena)
{
    struct building b = { .arena = arena, .lang = lang, .in = in };

    b.doc = tree_new(arena, lang);
    b.phrase = (struct phrase){ arena, lang, in, NULL };
    build_grades(&b);
    return b;
}

static void
fact(struct doc_fact *list, int *count, const char *label, const char *value)
{
    if (value != NULL && *value != '\0')
        list[(*count)++] = (struct doc_fact){ label, value };
}

void
build_facts(struct building *b, const struct report_input *input,
            struct own_totals totals)
{
    struct doc_fact *list = arena_array(b->arena, 4, sizeof *list);
    const struct round *round = input->round;
    int count = 0;

    if (b->series != NULL)
        fact(list, &count, msg_text(b->lang, "report.fact_rounds"),
             format_int(b->arena, b->lang, b->series->rounds));
    fact(list, &count, format_begin(b->arena,
             phrase_many(&b->phrase, b->counts)),
         format_int(b->arena, b->lang, totals.report));
    fact(list, &count, msg_text(b->lang, "report.fact_mapped"),
         build_mapped(b, round));
    fact(list, &count, msg_text(b->lang, "report.fact_age"),
         SAY(b, "report.age_from", format_int(b->arena, b->lang,
             round->from_age), NULL));
    b->doc->facts = list;
    b->doc->fact_count = count;
}

/* Who the report is about, how many they are, and of how many. */
static void
add_lead(struct building *b, struct node *section,
         const struct report_input *input, struct own_totals totals)
{
    const struct report_def *def = &b->in->reports[input->report];
    const char *number = NULL, *rate;

    tree_add(b->arena, section, NODE_PARAGRAPH)->text =
        SAY(b, "report.lead", def->people.in[b->lang],
            b->counts == UNIT_REGISTRATIONS
            ? phrase_count(&b->phrase, b->counts, totals.report)
            : format_int(b->arena, b->lang, totals.report), NULL);
    if (def->scope == SCOPE_UNIT)
        tree_add(b->arena, section, NODE_PARAGRAPH)->text =
            msg_text(b->lang, "report.lead_unit");
    if (input->group_text != NULL && *input->group_text != '\0')
        tree_add(b->arena, section, NODE_PARAGRAPH)->text =
            SAY(b, "report.lead_group", input->group_text, NULL);
    rate = build_no_rate(input) ? NULL
        : build_rate(b, input->round, totals.report, &number);
    if (rate != NULL)
        tree_add(b->arena, section, NODE_PARAGRAPH)->text =
            SAY(b, "report.lead_rate", rate, NULL);
}

static const char *
unit_name(const struct round *round, const char *id)
{
    int unit = id != NULL ? round_unit(round, id) : -1;

    return unit >= 0 ? round->units[unit].name : id;
}

static void
build_titles(struct building *b, const struct report_input *input,
             struct own_totals totals)
{
    const struct report_def *def = &b->in->reports[input->report];
    struct doc_meta *m = &b->doc->meta;

    m->report = def->id;
    m->report_title = b->doc->title = def->title.in[b->lang];
    m->where = build_where(b->arena, def->where, input->group);
    m->recipients = totals.report;
    b->doc->subtitle = SAY(b, "report.subtitle", b->doc->running, NULL);
    if (def->scope == SCOPE_UNIT) {
        m->scope = "unit";
        m->unit = input->unit;
    }
    if (def->scope == SCOPE_UNIT && input->unit != NULL)
        b->doc->subtitle = SAY(b, "report.subtitle_unit", b->doc->running,
                               unit_name(input->round, input->unit), NULL);
    if (input->group_text != NULL && *input->group_text != '\0')
        b->doc->subtitle = SAY(b, "report.subtitle_group",
                               b->doc->subtitle, input->group_text, NULL);
}

/* A report about so few that nothing may be said of them, or WITHHELD
 * because of how few the others are. */
void
build_too_few(struct building *b, bool withheld)
{
    struct node *section = tree_add(b->arena, b->doc->root, NODE_SECTION);

    b->doc->meta.recipients = -1;
    section->id = "s-few";
    section->number = 1;
    section->title = msg_text(b->lang, "protect.few_title");
    tree_add(b->arena, section, NODE_PARAGRAPH)->text =
        SAY(b, withheld ? "protect.few_others" : "protect.few",
            format_int(b->arena, b->lang, b->protect->threshold),
            phrase_many(&b->phrase, b->counts), NULL);
}

/* Section S of the report, with its tables, the first of which is TABLES[0];
 * how many it has. OWN are the answers to the program's own questions. */
static int
add_section(struct building *b, int s, const struct report_input *input,
            const struct table *const *tables,
            const struct table *const *own)
{
    const struct report_def *def = &b->in->reports[input->report];
    const struct section *from = &def->sections[s];
    struct node *n = tree_add(b->arena, b->doc->root, NODE_SECTION);

    n->id = arena_printf(b->arena, "s-%s", from->id);
    n->title = from->title.in[b->lang];
    n->number = s + 1;
    if (s == 0)
        add_lead(b, n, input, build_totals(own));
    add_paragraphs(b, n, from->text.in[b->lang]);
    if (s == 0 && b->series != NULL)
        add_paragraphs(b, n, b->series->note);
    for (int i = 0; i < from->table_count; i++) {
        const struct table_def *t = &b->in->tables[from->tables[i]];

        build_table_block(b, n, t, build_table(b, tables[i], t, t->share,
            build_where(b->arena, b->doc->meta.where, t->where)));
    }
    if (strcmp(from->id, "data") == 0)
        build_data(b, n, input, own);
    return from->table_count;
}

struct building
build_begin(const struct report_input *input, enum lang lang,
            enum unit_counted counts, struct arena *arena)
{
    struct building b = building_begin(input->in, lang, arena);

    b.counts = counts;
    build_meta(&b, input->round, input->municipality_name, input->internal,
               input->protect);
    build_series(&b, input->series);
    b.doc->meta.few = input->few;
    return b;
}

struct document *
report_build(const struct report_input *input, struct arena *arena)
{
    const struct report_def *def = &input->in->reports[input->report];
    struct building b = build_begin(input, input->lang,
        def->scope == SCOPE_UNIT ? UNIT_REGISTRATIONS : UNIT_RECIPIENTS,
        arena);
    const struct table *const *own = input->tables;
    struct own_totals totals;
    int at = 0;

    for (int s = 0; s < def->section_count; s++)
        own += def->sections[s].table_count;
    assert(own < input->tables + input->table_count);
    totals = build_totals(own);
    build_titles(&b, input, totals);
    if (input->withheld || protect_small(b.protect, totals.report)) {
        build_too_few(&b, input->withheld);
        return b.doc;
    }
    build_facts(&b, input, totals);
    for (int s = 0; s < def->section_count; s++)
        at += add_section(&b, s, input, input->tables + at, own);
    return b.doc;
}

/* The share asked for, where the shape of T has it. */
static enum share
share_asked(const struct table *t, enum table_share asked)
{
    static const enum share share[] = {
        [TABLE_SHARE_ROWS] = SHARE_ROWS,
        [TABLE_SHARE_COLUMNS] = SHARE_COLUMNS,
        [TABLE_SHARE_ALL] = SHARE_ALL, [TABLE_COUNTS] = SHARE_NONE,
    };

    if (asked == TABLE_SHARE_USUAL
        || (asked != TABLE_COUNTS && t->shape != SHAPE_TWO_WAY))
        return build_default_share(t);
    return share[asked];
}

static void
add_asked(struct building *b, struct node *block, struct doc_table *t,
          const struct table_input *input)
{
    const struct chart_model *chart = NULL;

    if (input->chart)
        chart = build_chart(b, t, build_default_chart(t), NULL);
    if (chart != NULL)
        tree_add(b->arena, block, NODE_CHART)->chart = chart;
    tree_add(b->arena, block, NODE_TABLE)->table = t;
    build_notes(b, block, t);
}

struct document *
report_table(const struct table_input *input, struct arena *arena)
{
    struct building b = building_begin(input->in, input->lang, arena);
    const struct question *q = input->table->question;
    struct doc_table *t;
    struct node *block;

    b.counts = input->counts;
    build_meta(&b, input->round, input->municipality_name, input->internal,
               input->protect);
    build_series(&b, input->series);
    b.doc->meta.few = input->few;
    t = build_table(&b, input->table, NULL,
                    share_asked(input->table, input->share),
                    build_where(arena, q->where, q->and_where));
    if (input->internal)
        t->title = SAY(&b, "report.title_internal", t->title, NULL);
    b.doc->single = true;
    b.doc->title = t->title;
    b.doc->subtitle = b.doc->running;
    b.doc->meta.where = t->where;
    block = tree_add(arena, b.doc->root, NODE_BLOCK);
    block->id = "table";
    block->title = t->title;
    add_asked(&b, block, t, input);
    return b.doc;
}
