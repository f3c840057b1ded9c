/* build_data.c - the page on the data: what lies behind every number.
 *
 * Who registered how much, what was left out and why, who has no value in
 * which variable, when and by which rules. What the program asks for it is
 * counted in the same pass as the report's tables (build.h).
 *
 * Variables of a kind that can be rows are asked in as few tables as can
 * be: all bools together, all scores together, each code alone. Of the
 * others (numbers, dates, text) three conditions are counted each; of
 * several codes too, for columns (column/) have not which, but how many. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "feed/feed.h"
#include "report/building.h"
#include "report/format.h"

enum {
    CHUNK = QUESTION_ROWS_MAX,
    TESTS = 3,                  /* of a variable that can't be rows */
    OUT_COUNT = 4               /* answered and the three without */
};

bool
build_has_data(const struct instrument *in, int report)
{
    const struct report_def *def = &in->reports[report];

    for (int i = 0; i < def->section_count; i++)
        if (strcmp(def->sections[i].id, "data") == 0)
            return true;
    return false;
}

/* ---- the questions ---- */

/* How a variable's values are counted. */
enum way { WAY_NOT, WAY_BOOLS, WAY_SCORES, WAY_ALONE, WAY_TESTS };

static enum way
way_of(const struct variable *v)
{
    if (!expr_may_name(v))
        return WAY_NOT;
    switch (v->kind) {
    case KIND_BOOL: return WAY_BOOLS;
    case KIND_SCORE: return WAY_SCORES;
    case KIND_CODE: return WAY_ALONE;
    default: return WAY_TESTS;
    }
}

/* The next variables from FROM on that are counted in WAY, at most ROOM of
 * them, into LIST; how many. *FROM is moved past them. */
static int
gather(const struct instrument *in, enum way way, int *from, int *list,
       int room)
{
    int count = 0;

    for (; *from < in->entered_count && count < room; (*from)++)
        if (way_of(&in->variables[*from]) == way)
            list[count++] = *from;
    return count;
}

static const struct figure *
test_figures(struct arena *a, const struct instrument *in, const int *v,
             int count)
{
    static const char *const tests[TESTS] = {
        "answered", "unknown", "unasked"
    };
    struct figure *f = arena_array(a, (size_t)(count * TESTS), sizeof *f);

    for (int i = 0; i < count * TESTS; i++) {
        f[i].id = in->variables[v[i / TESTS]].id;
        f[i].where = arena_printf(a, "%s is %s", f[i].id, tests[i % TESTS]);
        f[i].sum = -1;
    }
    return f;
}

/* One question of the plan of the data page. */
struct ask {
    enum way way;
    const int *variable;
    int count;
};

/* Every question of the data page in order; the same each time. */
static struct ask *
asks_of(const struct instrument *in, struct arena *a, int *count)
{
    static const struct { enum way way; int room; } ways[] = {
        { WAY_BOOLS, CHUNK }, { WAY_SCORES, CHUNK }, { WAY_ALONE, 1 },
        { WAY_TESTS, CHUNK / TESTS },
    };
    struct ask *ask = arena_array(a, (size_t)in->entered_count + 4,
                                  sizeof *ask);

    *count = 0;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int from = 0;

        while (from < in->entered_count) {
            int *list = arena_array(a, CHUNK, sizeof *list);
            int got = gather(in, ways[i].way, &from, list, ways[i].room);

            if (got > 0)
                ask[(*count)++] = (struct ask){ ways[i].way, list, got };
        }
    }
    return ask;
}

static void
question_totals(struct question *q, const char *where, struct arena *a)
{
    struct figure *f = arena_array(a, 2, sizeof *f);

    f[0] = (struct figure){ .id = "report", .where = where, .sum = -1 };
    f[1] = (struct figure){ .id = "round", .sum = -1 };
    *q = (struct question){
        .columns = -1, .sum = -1, .figures = f, .figure_count = 2
    };
}

struct own_questions
build_own(const struct instrument *in, int report, const char *where,
          struct arena *a)
{
    int count = 0;
    const struct ask *ask = build_has_data(in, report)
        ? asks_of(in, a, &count) : NULL;
    struct question *q = arena_array(a, (size_t)count + 1, sizeof *q);

    question_totals(&q[0], where, a);
    for (int i = 0; i < count; i++) {
        q[i + 1] = (struct question){
            .columns = -1, .sum = -1, .where = where
        };
        if (ask[i].way == WAY_TESTS) {
            q[i + 1].figures = test_figures(a, in, ask[i].variable,
                                            ask[i].count);
            q[i + 1].figure_count = ask[i].count * TESTS;
        } else {
            q[i + 1].rows = ask[i].variable;
            q[i + 1].row_count = ask[i].count;
        }
    }
    return (struct own_questions){ q, count + 1 };
}

struct own_totals
build_totals(const struct table *const *tables)
{
    return (struct own_totals){ tables[0]->cell[0], tables[0]->cell[1] };
}

/* ---- who has no value ---- */

struct blank {
    int64_t n[OUT_COUNT];       /* answered, unanswered, unknown, not asked */
};

/* What T says of the I-th variable of ASK; TOTAL is everybody. */
static struct blank
blank_of(const struct ask *ask, const struct table *t, int i, int64_t total)
{
    struct blank b;
    int at = t->base_count > 1 ? i : 0;

    if (ask->way == WAY_TESTS) {
        const int64_t *n = &t->cell[i * TESTS];

        b = (struct blank){ { n[0], total - n[0] - n[1] - n[2], n[1],
                              n[2] } };
    } else {
        b = (struct blank){ { t->base[at], t->outside[at].unanswered,
                              t->outside[at].unknown,
                              t->outside[at].not_asked } };
    }
    return b;
}

static void
blanks_gather(const struct ask *ask, int count,
              const struct table *const *tables, int64_t total,
              struct blank *blank)
{
    for (int i = 0; i < count; i++)
        for (int k = 0; k < ask[i].count; k++)
            blank[ask[i].variable[k]] = blank_of(&ask[i], tables[i + 1], k,
                                                 total);
}

/* Service ticks are many and mostly blank together: those in a row with
 * the same numbers share a line. */
static bool
joins(const struct instrument *in, const struct blank *blank, int first,
      int v)
{
    return in->variables[first].service >= 0 && in->variables[v].service >= 0
        && memcmp(&blank[first], &blank[v], sizeof *blank) == 0;
}

/* Not worth a line: never asked in this round. */
static bool
idle(const struct variable *v, const struct blank *blank, int64_t total)
{
    return way_of(v) == WAY_NOT || (v->off && blank->n[3] == total);
}

static struct doc_key
blank_key(struct building *b, int first, int count)
{
    const struct variable *v = &b->in->variables[first];
    struct doc_key key = { v->id, v->label.in[b->lang], GRADE_NO };

    if (count > 1)
        key.label = SAY(b, "report.data_ticks",
                        format_int(b->arena, b->lang, count), NULL);
    return key;
}

void
build_key_side(struct building *b, struct doc_side *side, const char *label,
         const char *const *id, int count)
{
    struct doc_key *key = arena_array(b->arena, (size_t)count, sizeof *key);

    for (int i = 0; i < count; i++) {
        const char *text = arena_printf(b->arena, "report.data_%s", id[i]);

        key[i] = (struct doc_key){ id[i], msg_text(b->lang, text),
                                   GRADE_NO };
    }
    *side = (struct doc_side){ NULL, msg_text(b->lang, label), key, count };
}

struct node *
build_block(struct building *b, struct node *section, const char *id,
            const char *title)
{
    struct node *n = tree_add(b->arena, section, NODE_BLOCK);

    n->id = id;
    n->title = msg_text(b->lang, title);
    return n;
}

void
build_add_table(struct building *b, struct node *block, struct doc_table *t,
                const char *caption)
{
    t->caption = msg_text(b->lang, caption);
    t->number = ++b->tables;
    tree_add(b->arena, block, NODE_TABLE)->table = t;
}

static void
add_text(struct building *b, struct node *parent, const char *text)
{
    tree_add(b->arena, parent, NODE_PARAGRAPH)->text = text;
}

/* Answered by everybody: named in a sentence, for a line of noughts says
 * nothing. */
static bool
full(const struct blank *blank, int64_t total)
{
    return blank->n[0] == total;
}

static void
add_full(struct building *b, struct node *block, const struct blank *blank,
         int64_t total)
{
    const struct instrument *in = b->in;
    const char **name = arena_array(b->arena, (size_t)in->entered_count,
                                    sizeof *name);
    const char *names;
    int count = 0;

    for (int v = 0; v < in->entered_count; v++)
        if (in->variables[v].service < 0 && full(&blank[v], total)
            && !idle(&in->variables[v], &blank[v], total))
            name[count++] = format_inside(b->arena, in->variables[v].label
                                          .in[b->lang]);
    if (count == 0 || total == 0)
        return;
    names = phrase_list(b->arena, b->lang, name, count);
    add_text(b, block, SAY(b, b->doc->meta.rounded_to > 0
                           ? "report.data_full_rounded"
                           : "report.data_full", names, NULL));
}

/* The table of who has no value: of EVERY variable, or what is worth
 * printing. */
static struct doc_table *
blanks_table(struct building *b, const struct blank *blank, int64_t total,
             bool every)
{
    static const char *const out[OUT_COUNT] = {
        "answered", "unanswered", "unknown", "not_asked"
    };
    const struct instrument *in = b->in;
    size_t most = (size_t)in->entered_count;
    struct doc_key *key = arena_array(b->arena, most, sizeof *key);
    int64_t *n = arena_array(b->arena, most * OUT_COUNT, sizeof *n);
    struct doc_side columns;
    struct doc_table *t;
    int rows = 0;

    for (int v = 0, next; v < in->entered_count; v = next) {
        next = v + 1;
        if (idle(&in->variables[v], &blank[v], total)
            || (!every && in->variables[v].service < 0
                && full(&blank[v], total)))
            continue;
        while (!every && next < in->entered_count
               && joins(in, blank, v, next))
            next++;
        key[rows] = blank_key(b, v, next - v);
        memcpy(&n[rows++ * OUT_COUNT], blank[v].n, sizeof blank[v].n);
    }
    build_key_side(b, &columns, "report.data_value", out, OUT_COUNT);
    t = build_plain(b, "data_blanks", msg_text(b->lang,
        "report.data_blanks"), (struct doc_side){ NULL,
        msg_text(b->lang, "report.data_variable"), key, rows }, columns, n);
    t->counts = b->counts;
    return t;
}

static void
add_blanks(struct building *b, struct node *section,
           const struct blank *blank, int64_t total)
{
    struct node *block = build_block(b, section, "data_blanks",
                                   "report.data_blanks");
    struct doc_table *t = blanks_table(b, blank, total, false), *every;

    add_text(b, block, msg_text(b->lang, "report.data_blanks_text"));
    add_full(b, block, blank, total);
    t->every = every = blanks_table(b, blank, total, true);
    if (b->protect != NULL) {
        protect_blanks(t, b->protect, b->doc->meta.where, b->arena);
        protect_blanks(every, b->protect, b->doc->meta.where, b->arena);
    }
    build_add_table(b, block, t, "report.data_about");
}

/* ---- units and overlap ---- */

static const char *const unit_columns[] = {
    "complete", "counting", "superseded", "no_number", "draft", "withdrawn"
};

/* A unit's own report has only its own row, without what depends on other
 * units' registrations. */
static const char *const own_columns[] = {
    "complete", "no_number", "draft", "withdrawn"
};

/* Which columns of those a table of units has: a protected one has only the
 * first, as the others are parts of it or of one another's sums. */
static int
unit_column_count(const struct building *b, bool own)
{
    return b->protect != NULL ? 1 : own ? 4 : 6;
}

static int64_t
unit_number(const struct unit_count *u, const char *column)
{
    const struct { const char *id; int64_t n; } all[] = {
        { "complete", u->complete }, { "counting", u->counting },
        { "superseded", u->superseded }, { "no_number", u->no_number },
        { "draft", u->draft }, { "withdrawn", u->withdrawn },
    };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].id, column) == 0)
            return all[i].n;
    assert(false);
    return 0;
}

static void
add_units(struct building *b, struct node *section,
          const struct report_input *input)
{
    const struct round *round = input->round;
    bool own = b->in->reports[input->report].scope == SCOPE_UNIT;
    const char *const *id = own ? own_columns : unit_columns;
    int count = unit_column_count(b, own), rows = 0;
    struct doc_key *key = arena_array(b->arena, (size_t)round->unit_count,
                                      sizeof *key);
    int64_t *n = arena_array(b->arena, (size_t)(round->unit_count * count),
                             sizeof *n);
    struct doc_side columns;
    struct doc_table *t;
    struct node *block;

    for (int i = 0; i < round->unit_count; i++) {
        const struct unit *u = &round->units[i];

        if (own && (input->unit == NULL || strcmp(u->id, input->unit) != 0))
            continue;
        key[rows] = (struct doc_key){ u->id, u->name, GRADE_NO };
        for (int c = 0; c < count; c++)
            n[rows * count + c] = unit_number(&input->units[i], id[c]);
        rows++;
    }
    block = build_block(b, section, "data_units", "report.data_units");
    add_text(b, block, msg_text(b->lang, own ? "report.data_units_own"
        : b->series != NULL ? "report.data_rounds_units_text"
                            : "report.data_units_text"));
    build_key_side(b, &columns, "report.data_registrations", id, count);
    t = build_plain(b, "data_units", block->title,
        (struct doc_side){ NULL, msg_text(b->lang, "report.data_unit"), key,
                           rows }, columns, n);
    t->totals = rows > 1;
    if (b->protect != NULL)
        protect_plain(t, b->protect, PLAIN_COLUMNS, b->arena);
    build_add_table(b, block, t, b->series != NULL
                    ? "report.data_rounds_whole" : "report.data_whole");
}

static void
add_overlap(struct building *b, struct node *section,
            const struct overlap *o)
{
    static const char *const rows[] = { "one", "two", "three" };
    static const char *const column[] = { "recipients" };
    struct doc_side side, columns;
    struct node *block = build_block(b, section, "data_overlap",
                                   "report.data_overlap");
    bool all = b->series != NULL;
    struct doc_table *t;

    build_key_side(b, &side, "report.data_how_many", rows, 3);
    build_key_side(b, &columns, "report.data_registrations", column, 1);
    columns.label = "";
    t = build_plain(b, "data_overlap", block->title, side, columns,
                    o->recipients);
    t->counts = UNIT_RECIPIENTS;
    if (b->protect != NULL)
        protect_plain(t, b->protect, PLAIN_COLUMNS, b->arena);
    /* How many do not count follows from who has how many. */
    if (!t->some_hidden && !protect_small(b->protect, o->superseded)
        && !protect_small(b->protect, o->no_number))
        add_text(b, block, SAY(b, all ? "report.data_rounds_overlap_text"
                                      : "report.data_overlap_text",
            phrase_count(&b->phrase, UNIT_REGISTRATIONS, o->superseded),
            format_int(b->arena, b->lang, o->no_number), NULL));
    build_add_table(b, block, t, b->series != NULL
                    ? "report.data_rounds_whole" : "report.data_whole");
}

/* ---- the round in facts ---- */

static const char *
lawful(const struct round *round, const char *field)
{
    int at = lawful_field_of(field);
    const char *value = at < 0 ? NULL : round->lawful[at];

    return value != NULL && *value != '\0' ? value : NULL;
}

static bool
lawful_day(const struct round *round, const char *field, int32_t *day)
{
    const char *value = lawful(round, field);

    return value != NULL && day_parse(value, strlen(value), day);
}

const char *
build_lawful(struct building *b, const struct round *round,
             const char *field)
{
    int at = lawful_field_of(field);
    const char *value = lawful(round, field);
    int32_t day;

    if (value == NULL)
        return NULL;
    switch (lawful_fields[at].kind) {
    case LAWFUL_DATE:
        return lawful_day(round, field, &day)
            ? format_day(b->arena, b->lang, day) : value;
    case LAWFUL_NUMBER:
        return format_int(b->arena, b->lang, strtoll(value, NULL, 10));
    case LAWFUL_TEXT:
        break;
    }
    return value;
}

const char *
build_mapped(struct building *b, const struct round *round)
{
    int32_t from, to;

    if (lawful_day(round, "mapping_from", &from)
        && lawful_day(round, "mapping_to", &to))
        return format_days(b->arena, b->lang, from, to);
    return NULL;
}

const char *
build_rate(struct building *b, const struct round *round,
           int64_t recipients, const char **short_rate)
{
    const char *population = lawful(round, "population");
    const char *age = lawful(round, "population_from_age");
    const char *on = build_lawful(b, round, "population_on");
    int64_t people;

    if (population == NULL || age == NULL || on == NULL)
        return NULL;
    people = strtoll(population, NULL, 10);
    if (people <= 0)
        return NULL;
    *short_rate = format_rate(b->arena, b->lang, recipients, people, 2);
    return SAY(b, "report.rate", *short_rate,
               format_int(b->arena, b->lang, people), age, on, NULL);
}

bool
build_no_rate(const struct report_input *input)
{
    return input->in->reports[input->report].scope == SCOPE_UNIT
        || (input->group != NULL && *input->group != '\0');
}

static void
fact(struct doc_fact *list, int *count, const char *label, const char *value)
{
    if (value != NULL && *value != '\0')
        list[(*count)++] = (struct doc_fact){ label, value };
}

/* "3 personer; 2 registreringer slettet". */
static const char *
opted_out(struct building *b, const struct report_input *input)
{
    const char *deleted = phrase_count(&b->phrase, UNIT_REGISTRATIONS,
                                       input->round->opted_out_deleted);

    if (input->opted_out < 0)
        return SAY(b, "report.opted_out_deleted", deleted, NULL);
    return SAY(b, "report.opted_out",
               phrase_people(&b->phrase, input->opted_out), deleted, NULL);
}

static void
add_facts(struct building *b, struct node *section,
          const struct report_input *input, struct own_totals totals)
{
    const struct round *round = input->round;
    bool own = b->in->reports[input->report].scope == SCOPE_UNIT;
    struct doc_fact *list = arena_array(b->arena, 12, sizeof *list);
    bool all = b->series != NULL;
    struct node *block = build_block(b, section, "data_round",
                                   all ? "report.data_rounds"
                                       : "report.data_round");
    struct node *n = tree_add(b->arena, block, NODE_FACTS);
    const char *rate = NULL, *number;
    int count = 0;

    if (!build_no_rate(input))
        rate = build_rate(b, round, totals.report, &number);
    if (!build_no_rate(input) && rate == NULL && all)
        rate = b->series->no_rate;
    if (all)
        fact(list, &count, msg_text(b->lang, "report.fact_rounds"),
             format_int(b->arena, b->lang, b->series->rounds));
    fact(list, &count, msg_text(b->lang, "report.fact_mapped"),
         build_mapped(b, round));
    fact(list, &count, msg_text(b->lang, "report.fact_age"),
         SAY(b, "report.age_from", format_int(b->arena, b->lang,
             round->from_age), NULL));
    fact(list, &count, msg_text(b->lang, "report.fact_inclusion"),
         build_lawful(b, round, "inclusion"));
    if (!own && !protect_hides(b->protect, "", totals.round)
        && !protect_small(b->protect, totals.round - totals.report))
        fact(list, &count, msg_text(b->lang, all
                 ? "report.fact_rounds_in_all" : "report.fact_in_all"),
             phrase_count(&b->phrase, b->counts, totals.round));
    fact(list, &count, msg_text(b->lang, "report.fact_rate"), rate);
    if (!own && !protect_small(b->protect, input->opted_out)
        && !protect_small(b->protect, round->opted_out_deleted))
        fact(list, &count, msg_text(b->lang, "report.fact_opted_out"),
             opted_out(b, input));
    fact(list, &count, msg_text(b->lang, "report.fact_index"),
         b->in->index.note.in[b->lang]);
    fact(list, &count, msg_text(b->lang, "report.fact_instrument"),
         SAY(b, "report.instrument", b->in->title.in[b->lang],
             arena_printf(b->arena, "%d", b->in->version),
             arena_printf(b->arena, "%.12s", b->in->sha256), NULL));
    n->fact = list;
    n->count = count;
}

void
build_data(struct building *b, struct node *section,
           const struct report_input *input,
           const struct table *const *tables)
{
    const struct instrument *in = b->in;
    struct own_totals totals = build_totals(tables);
    struct blank *blank = arena_array(b->arena, (size_t)in->entered_count,
                                      sizeof *blank);
    bool own = in->reports[input->report].scope == SCOPE_UNIT;
    int count;
    const struct ask *ask = asks_of(in, b->arena, &count);

    add_facts(b, section, input, totals);
    if (input->units != NULL)
        add_units(b, section, input);
    if (input->overlap != NULL && !own)
        add_overlap(b, section, input->overlap);
    if (input->coverage != NULL)
        build_coverage(b, section, input->coverage);
    blanks_gather(ask, count, tables, totals.report, blank);
    add_blanks(b, section, blank, totals.report);
}
