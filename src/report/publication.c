/* publication.c - see publication.h.
 *
 * The questions of all documents stand in one plan, one after another, so
 * that document I has the tables from its first on. */
#include "report/publication.h"
#include <assert.h>
#include <string.h>
#include "report/compare_round.h"
#include "report/format.h"
#include "report/phrase.h"
#include "report/text.h"

/* Where a document's tables are in the run. */
struct part {
    int first, count;
    int own;                    /* of DOC_TABLES: the program's own begin */
};

struct making {
    struct opened *o;
    const struct actor *actor;
    const struct publication_order *order;
    struct arena *arena;
    struct publication *out;
    struct part *part;          /* one a document */
    const struct table **tables;
    struct comparison **beside; /* one a report; NULL: none */
};

/* ---- what is usual ---- */

static void
add_document(struct publication_document *list, int *count,
             struct publication_document document)
{
    assert(*count < PUBLICATION_DOCUMENTS_MAX);
    list[(*count)++] = document;
}

/* A definition of other questions than the templates ask has none of them. */
static void
add_texts(const struct opened *o, enum lang lang,
          const struct text_template *template, struct arena *arena,
          struct publication_document *document, int *count)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct text_source source = text_template_source(template, l);
        struct err fault = { 0 };
        struct text *text;

        if (source.bytes == NULL)
            continue;
        text = text_read(&source, o->in, arena, &fault);
        if (text == NULL)
            continue;
        add_document(document, count, (struct publication_document){
            .kind = template->kind, .report = text_report(text), .lang = l,
            .text = text, .id = template->name, .build = l == lang
        });
    }
}

bool
publication_usual(const struct opened *o, enum lang lang,
                  struct arena *arena,
                  struct publication_document *document, int *count,
                  struct err *e)
{
    *count = 0;
    for (int i = 0; i < o->in->report_count; i++) {
        if (o->in->reports[i].scope != SCOPE_RECIPIENTS)
            continue;
        if (*count == PUBLICATION_DOCUMENTS_MAX / 2)
            return err_set(e, ERR_INPUT, "publish.many", "%d", *count);
        add_document(document, count, (struct publication_document){
            .kind = DOC_TABLES, .report = i, .lang = lang,
            .id = o->in->reports[i].id, .build = true
        });
    }
    for (int i = 0; i < TEXT_TEMPLATES; i++)
        add_texts(o, lang, text_template_at(i), arena, document, count);
    return true;
}

/* ---- counting ---- */

static bool
ask(struct making *m, struct err *e)
{
    const struct instrument *in = m->o->in;
    struct plan *plan = m->out->plan;

    for (int i = 0; i < m->order->document_count; i++) {
        const struct publication_document *d = &m->order->document[i];
        const struct report_def *def = &in->reports[d->report];
        struct part *part = &m->part[i];

        part->first = plan_count(plan);
        if (d->kind == DOC_TABLES) {
            if (!report_questions(in, d->report, NULL, m->arena, plan,
                                  &part->count, e))
                return false;
            for (int s = 0; s < def->section_count; s++)
                part->own += def->sections[s].table_count;
        } else if (!text_questions(d->text, m->arena, plan, &part->count,
                                   e)) {
            return false;
        }
    }
    return true;
}

static bool
count(struct making *m, struct err *e)
{
    struct publication *out = m->out;

    out->plan = plan_new(m->o->in);
    if (!ask(m, e))
        return false;
    out->run = run_new(out->plan);
    if (!feed_run(m->o, m->actor, SCOPE_RECIPIENTS, NULL,
                  m->order->publish ? "publication" : "publication draft",
                  out->plan, out->run, e))
        return false;
    m->tables = arena_array(m->arena, (size_t)plan_count(out->plan) + 1,
                            sizeof *m->tables);
    for (int i = 0; i < plan_count(out->plan); i++)
        m->tables[i] = run_table(out->run, i);
    return true;
}

/* ---- protecting ---- */

/* How many report REPORT is about, as a document of tables counted it; -1
 * where none is about it. */
static int64_t
total_of(const struct making *m, int report)
{
    for (int i = 0; i < m->order->document_count; i++)
        if (m->order->document[i].kind == DOC_TABLES
            && m->order->document[i].report == report)
            return m->tables[m->part[i].first + m->part[i].own]->cell[0];
    return -1;
}

static void
add_tables(struct making *m, int i)
{
    const struct publication_document *d = &m->order->document[i];
    const struct part *part = &m->part[i];
    const struct table *const *t = m->tables + part->first;
    struct release *r = m->out->release;
    int64_t total = total_of(m, d->report);
    int own = d->kind == DOC_TABLES ? part->own : part->count;

    /* It will say that they are too few, and nothing else. */
    if (total >= 0 && protect_small(m->order->rule, total))
        return;
    for (int k = 0; k < own; k++)
        release_add(r, d->id, t[k]);
    if (d->kind != DOC_TABLES)
        return;
    if (m->order->rule->round_to > 0)
        release_add(r, d->id, t[own]);
    release_know(r, m->o->in->reports[d->report].where, total);
    release_print(r, d->id, "", t[own]->cell[1]);
    for (int k = own + 1; k < part->count; k++)
        release_add_blanks(r, d->id, t[k], total);
}

/* Counts what only earlier releases have, if there is any such number. */
static bool
count_earlier(struct making *m, struct err *e)
{
    struct release *r = m->out->release;
    struct plan *plan = plan_new(m->o->in);
    const struct table **tables = NULL;
    struct run *run = NULL;
    int count;
    bool ok = release_questions(r, plan, &count, e);

    if (ok && count > 0) {
        run = run_new(plan);
        ok = feed_run(m->o, m->actor, SCOPE_RECIPIENTS, NULL,
                      "publication, earlier numbers", plan, run, e);
        tables = arena_array(m->arena, (size_t)count, sizeof *tables);
        for (int i = 0; i < count && ok; i++)
            tables[i] = run_table(run, i);
    }
    if (ok)
        release_add_counted(r, tables);
    run_free(run);
    plan_free(plan);
    return ok;
}

static bool
protect(struct making *m, struct err *e)
{
    for (int i = 0; i < m->order->document_count; i++)
        add_tables(m, i);
    if (!count_earlier(m, e) || !release_solve(m->out->release, e))
        return false;
    if (m->order->rule->round_to > 0)
        for (int i = 0; i < plan_count(m->out->plan); i++)
            m->tables[i] = release_rounded(m->out->release, m->tables[i]);
    return true;
}

/* ---- building ---- */

/* That it is protected with all the others, and that it may be handed
 * out. */
static void
say_notice(const struct making *m, struct document *doc)
{
    if (doc->protected_notice == NULL)
        return;
    if (m->order->rule->round_to > 0)
        doc->protected_notice = phrase_say(m->arena, doc->lang,
            m->order->publish ? "publish.rounded" : "publish.rounded_draft",
            format_int(m->arena, doc->lang, m->order->rule->round_to), NULL);
    else
        doc->protected_notice = phrase_say(m->arena, doc->lang,
            m->order->publish ? "publish.notice" : "publish.draft",
            format_int(m->arena, doc->lang, m->order->rule->threshold), NULL);
}

static const struct report_input *
keep_input(const struct making *m, const struct report_input *input)
{
    struct report_input *kept = arena_take(m->arena, sizeof *kept);

    *kept = *input;
    return kept;
}

/* Tables that nobody wants are built where a text is to stand beside others:
 * what is compared is what they show. */
static void
build_one(struct making *m, struct report_input *input, int i)
{
    const struct publication_document *d = &m->order->document[i];

    if (!d->build && (d->kind != DOC_TABLES || m->order->beside_count == 0))
        return;
    input->report = d->report;
    input->lang = d->lang;
    input->tables = m->tables + m->part[i].first;
    input->table_count = m->part[i].count;
    input->comparison = d->kind == DOC_TABLES ? NULL
                                              : m->beside[d->report];
    m->out->doc[i] = d->kind == DOC_TABLES
        ? report_build(input, m->arena)
        : text_build(d->text, input, m->arena);
    say_notice(m, m->out->doc[i]);
    m->out->input[i] = keep_input(m, input);
}

static void
put_beside(struct making *m, int i)
{
    const struct publication_document *d = &m->order->document[i];

    if (!d->build)
        m->out->doc[i] = NULL;
    else if (m->beside[d->report] != NULL)
        compare_build(m->beside[d->report], m->out->doc[i], m->arena);
}

static bool
build(struct making *m, const struct protect_rule *rule, struct err *e)
{
    struct report_input input = {
        .in = m->o->in, .round = m->o->round, .protect = rule,
        .internal = rule == NULL,
        .municipality_name = m->order->municipality_name
    };

    if (!report_around(m->o, m->actor, &input, m->arena, e))
        return false;
    release_round_around(&input, m->arena);
    for (int i = 0; i < m->order->document_count; i++)
        if (m->order->document[i].kind == DOC_TABLES)
            build_one(m, &input, i);
    if (!compare_all(m->o, m->out->doc, m->order->document_count,
                     m->order->beside, m->order->beside_count, m->arena,
                     &m->beside, e))
        return false;
    m->out->comparison = m->beside;
    for (int i = 0; i < m->order->document_count; i++)
        if (m->order->document[i].kind != DOC_TABLES)
            build_one(m, &input, i);
        else if (m->out->doc[i] != NULL)
            put_beside(m, i);
    return true;
}

bool
publication_make(struct opened *o, const struct actor *actor,
                 const struct publication_order *order, struct arena *arena,
                 struct publication *out, struct err *e)
{
    struct making m = {
        .o = o, .actor = actor, .order = order, .arena = arena, .out = out
    };
    struct protect_rule *rule = arena_take(arena, sizeof *rule);

    memset(out, 0, sizeof *out);
    out->beside = order->beside;
    out->beside_count = order->beside_count;
    m.part = arena_array(arena, (size_t)order->document_count + 1,
                         sizeof *m.part);
    out->doc = arena_array(arena, (size_t)order->document_count + 1,
                           sizeof(struct document *));
    out->input = arena_array(arena, (size_t)order->document_count + 1,
                             sizeof *out->input);
    if (order->rule != NULL && order->ledger != NULL
        && order->ledger->count > 0
        && order->ledger->round_to != order->rule->round_to)
        return err_set(e, ERR_INPUT, "publish.mixed", "%s", o->round->id);
    if (order->rule == NULL)
        return count(&m, e) && build(&m, NULL, e);
    out->release = release_new(o->in, order->rule, order->ledger, arena);
    out->despite = order->despite;
    if (order->despite || order->audit_only)
        release_accept(out->release);
    if (!count(&m, e) || !protect(&m, e))
        return false;
    *rule = *order->rule;
    rule->release = out->release;
    return order->audit_only || build(&m, rule, e);
}

void
publication_clear(struct publication *p)
{
    if (p->kept != NULL)
        compare_kept_clear(p->kept);
    run_free(p->run);
    plan_free(p->plan);
}

/* ---- the round's rule, and what it has published ---- */

void
publication_rule(const struct round *round, struct protect_rule *rule)
{
    (void)round;
    *rule = (struct protect_rule){ .threshold = PROTECT_THRESHOLD };
}

bool
publication_rule_set(const struct opened *o, struct protect_rule *rule,
                     struct err *e)
{
    int value[SETTING_COUNT];

    publication_rule(o->round, rule);
    if (!setting_list(o->store, o->round, value, e))
        return false;
    rule->threshold = value[SETTING_SMALL_BELOW];
    rule->attribute = value[SETTING_ATTRIBUTE_BELOW];
    rule->round_to = value[SETTING_ROUND_TO];
    return true;
}

/* Of which release each number of the ledger is (they come in that order),
 * and the lowest threshold. */
static bool
number_releases(const struct round_release *list, int count,
                struct arena *arena, struct ledger *ledger)
{
    int *release = arena_array(arena, (size_t)ledger->count + 1,
                               sizeof *release);
    int at = 0;

    for (int i = 0; i < count; i++)
        for (int k = 0; k < list[i].numbers && at < ledger->count; k++)
            release[at++] = i + 1;
    for (int i = 0; i < count; i++) {
        int threshold = release_rule_threshold(list[i].rule);

        if (threshold > 0 && (ledger->threshold == 0
                              || threshold < ledger->threshold))
            ledger->threshold = threshold;
    }
    ledger->release = release;
    return true;
}

bool
publication_ledger(struct opened *o, struct arena *arena,
                   struct ledger *ledger, struct err *e)
{
    const struct round_release *list;
    int count;

    *ledger = (struct ledger){ 0 };
    if (!round_release_list(o->store, o->round, arena, &list, &count, e))
        return false;
    if (count > 0)
        ledger->round_to = release_rule_rounds(list[count - 1].rule);
    return round_release_numbers(o->store, o->round, 0, arena,
                                 &ledger->number, &ledger->count, e)
        && number_releases(list, count, arena, ledger);
}

bool
publication_record(struct opened *o, const struct actor *actor,
                   const struct publication *p,
                   const struct round_release_file *files, int file_count,
                   int *number, struct err *e)
{
    struct arena arena;
    const struct round_number *list;
    char hash[65], rule[80];
    int count;
    bool ok;

    /* Numbers that still change would tell of who changed. */
    if (o->round->status != ROUND_CLOSED)
        return err_set(e, ERR_INPUT, "publish.open", "%s", o->round->id);
    if (!p->despite && !release_told(p->release, e))
        return false;
    for (int i = 0; i < p->beside_count; i++)
        if (p->beside[i].round != NULL
            && !compare_round_record(p->beside[i].round, actor, e))
            return false;
    arena_init(&arena);
    list = release_ledger(p->release, &arena, &count, hash);
    release_rule(p->release, rule, sizeof rule);
    ok = round_release_add(o->store, actor, o->round, &(struct round_release){
        .rule = rule, .definition = o->round->definition,
        .sha256 = o->in->sha256, .hash = hash
    }, list, count, files, file_count, number, e);
    arena_clear(&arena);
    return ok;
}

bool
publication_whole(struct opened *o, enum lang lang, struct arena *arena,
                  struct publication_document *document,
                  struct publication_order *order, struct err *e)
{
    struct protect_rule *rule = arena_take(arena, sizeof *rule);
    struct ledger *ledger = arena_take(arena, sizeof *ledger);
    struct publication_texts *texts = arena_take(arena, sizeof *texts);

    order->document = document;
    order->rule = rule;
    order->ledger = ledger;
    return publication_texts(o, arena, texts, e)
        && publication_put(o, texts, order->without, lang, arena, document,
                           &order->document_count, e)
        && publication_rule_set(o, rule, e)
        && publication_ledger(o, arena, ledger, e);
}
