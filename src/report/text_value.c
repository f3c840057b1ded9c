/* text_value.c - what a place says, once everything is counted; see
 * texting.h. Numbers come from tables that the builder made, where what may
 * not be shown is gone. */
#include <string.h>
#include "report/format.h"
#include "report/sure.h"
#include "report/texting.h"

static struct said
said(const char *text)
{
    return (struct said){ text == NULL || *text == '\0' ? SAID_NOTHING
                          : SAID, text };
}

static const struct said hidden = { SAID_HIDDEN, NULL };

/* ---- tables ---- */

static const char *
where_of(struct texted *x, const struct text_table *table)
{
    const char *scope = table->scope == SCOPE_ROUND ? ""
        : x->t->in->reports[table->scope].where;
    const char *own = table->def >= 0
        ? x->t->in->tables[table->def].where : table->where;

    return build_where(x->b.arena, scope, own);
}

static enum share
share_of_own(const struct text_table *table, const struct table *counted)
{
    if (!table->share_given
        || (table->share != SHARE_NONE && counted->shape != SHAPE_TWO_WAY))
        return build_default_share(counted);
    return table->share;
}

static struct doc_table *
make_table(struct texted *x, const struct text_table *table,
           const struct table *counted)
{
    const struct table_def *def = table->def < 0 ? NULL
        : &x->t->in->tables[table->def];
    enum share share = table->figures ? SHARE_ALL
        : def != NULL ? def->share : share_of_own(table, counted);
    struct doc_table *made = build_table(&x->b, counted, def, share,
                                         where_of(x, table));

    if (table->title != NULL)
        made->title = table->title;
    return made;
}

void
text_tables(struct texted *x)
{
    int count = x->t->table_list.count;

    x->table = arena_array(x->b.arena, (size_t)count, sizeof *x->table);
    for (int i = 0; i < count; i++)
        x->table[i] = make_table(x, text_table(x->t, i),
                                 x->input->tables[i]);
}

const struct doc_cell *
text_cell(const struct texted *x, int f)
{
    const struct text_figure *figure = text_figure(x->t, f);

    return doc_cell_at(x->table[figure->table], figure->row, 0);
}

/* ---- numbers ---- */

/* "ingen mottakere", "én mottaker", "523 mottakere". */
static const char *
amount(struct texted *x, enum unit_counted unit, int64_t n)
{
    static const char *const none[UNIT_COUNT] = {
        [UNIT_RECIPIENTS] = "text.none_person",
        [UNIT_CHILDREN] = "text.none_child",
        [UNIT_SERVICES] = "text.none_service",
        [UNIT_REGISTRATIONS] = "text.none_registration",
    };
    static const char *const one[UNIT_COUNT] = {
        [UNIT_RECIPIENTS] = "text.one_person",
        [UNIT_CHILDREN] = "text.one_child",
        [UNIT_SERVICES] = "text.one_service",
        [UNIT_REGISTRATIONS] = "text.one_registration",
    };
    const struct instrument *in = x->t->in;
    enum lang lang = x->b.lang;

    if (n == 0)
        return SAY(&x->b, none[unit], in->person.many.in[lang], NULL);
    if (n == 1)
        return SAY(&x->b, one[unit], in->person.one.in[lang], NULL);
    return phrase_count(&x->b.phrase, unit, n);
}

static enum unit_counted
unit_of(const struct texted *x, int f)
{
    const struct text_figure *figure = text_figure(x->t, f);

    return x->table[figure->table]->row_counts[figure->row];
}

bool
text_unsure(const struct texted *x, const struct doc_cell *c, bool share)
{
    return x->b.doc->meta.rounded_to > 0
        && (c->n == 0 || (share && c->n == c->of));
}

static struct said
say_share(struct texted *x, const struct doc_cell *c, bool words)
{
    const char *fraction;

    if (!doc_has_share(c) || text_unsure(x, c, true))
        return hidden;
    if (c->of == 0)
        return said(NULL);
    if (!words)
        return said(phrase_share(&x->b.phrase, c->n, c->of));
    if (c->n == 0)
        return said(msg_text(x->b.lang, "text.part_none"));
    if (c->n == c->of)
        return said(msg_text(x->b.lang, "text.part_all"));
    fraction = phrase_fraction(&x->b.phrase, c->n, c->of);
    return said(fraction != NULL ? fraction
                : phrase_share(&x->b.phrase, c->n, c->of));
}

static struct said
say_more(struct texted *x, const struct place *p)
{
    const struct doc_cell *a = text_cell(x, p->figure[0]);
    const struct doc_cell *b = text_cell(x, p->figure[1]);
    int base = x->b.doc->meta.rounded_to;

    if (a->hidden || b->hidden
        || (base > 0 && !sure_larger(a->n, b->n, base)
            && !sure_larger(b->n, a->n, base)))
        return hidden;
    return said(SAY(&x->b, a->n > b->n ? "text.more"
                    : a->n < b->n ? "text.fewer" : "text.as_many",
                    p->word[0], p->word[1], NULL));
}

static struct said
say_number(struct texted *x, const struct place *p)
{
    const struct doc_cell *c = text_cell(x, p->figure[0]);

    if (p->kind == PLACE_SHARE || p->kind == PLACE_PART)
        return say_share(x, c, p->kind == PLACE_PART);
    if (c->hidden || text_unsure(x, c, false))
        return hidden;
    if (p->kind == PLACE_PLURAL)
        return said(p->word[c->n != 1]);
    return said(p->kind == PLACE_COUNT || p->kind == PLACE_SUM
                ? format_int(x->b.arena, x->b.lang, c->n)
                : amount(x, unit_of(x, p->figure[0]), c->n));
}

static struct said
say_finding(struct texted *x, const struct place *p)
{
    const struct doc_table *t = x->table[p->table];
    const struct table_def *def =
        &x->t->in->tables[text_table(x->t, p->table)->def];
    struct finding_text f = phrase_finding(&x->b.phrase, t, def->finding,
                                           def->finding_key);
    const char *text = p->kind == PLACE_FINDING ? f.headline : f.sentence;

    return text == NULL && (t->some_hidden || t->rounded_to > 0)
        ? hidden : said(text);
}

/* ---- facts ---- */

static struct said
say_rate(struct texted *x, bool words)
{
    const struct doc_cell *all = text_cell(x, 0);
    const char *number = NULL, *rate;

    if (all->hidden)
        return hidden;
    rate = build_rate(&x->b, x->input->round, all->n, &number);
    return said(rate == NULL ? NULL : words ? rate : number);
}

static const char *
whole(struct texted *x, int64_t n)
{
    return format_int(x->b.arena, x->b.lang, n);
}

static struct said
say_recipients(struct texted *x)
{
    const struct doc_cell *all = text_cell(x, 0);

    return all->hidden ? hidden : said(whole(x, all->n));
}

static struct said
say_fact(struct texted *x, enum fact fact)
{
    const struct round *round = x->input->round;
    struct building *b = &x->b;
    const struct instrument *in = x->t->in;

    switch (fact) {
    case FACT_MUNICIPALITY: return said(x->input->municipality_name);
    case FACT_YEAR: return said(arena_printf(b->arena, "%d", round->year));
    case FACT_ROUND: return said(round->title);
    case FACT_MAPPED: return said(build_mapped(b, round));
    case FACT_FROM_AGE: return said(whole(x, round->from_age));
    case FACT_RECIPIENTS: return say_recipients(x);
    case FACT_RATE: return say_rate(x, false);
    case FACT_RATE_WORDS: return say_rate(x, true);
    case FACT_POPULATION: return said(build_lawful(b, round, "population"));
    case FACT_POPULATION_ON:
        return said(build_lawful(b, round, "population_on"));
    case FACT_POPULATION_FROM_AGE:
        return said(build_lawful(b, round, "population_from_age"));
    case FACT_UNITS: return said(whole(x, round->unit_count));
    case FACT_CONTROLLER: return said(build_lawful(b, round, "controller"));
    case FACT_PURPOSE: return said(build_lawful(b, round, "purpose"));
    case FACT_INCLUSION: return said(build_lawful(b, round, "inclusion"));
    case FACT_INSTRUMENT: return said(in->title.in[b->lang]);
    case FACT_REPORT: return said(in->reports[x->t->report].title
                                  .in[b->lang]);
    case FACT_LAWS:
        return said(x->t->has_laws
                    ? format_day(b->arena, b->lang, x->t->laws) : NULL);
    case FACT_THRESHOLD:
        return said(b->protect == NULL || b->protect->round_to > 0 ? NULL
                    : whole(x, b->protect->threshold));
    case FACT_COMPARED:
        return said(compare_said(x));
    case FACT_FOCUS: case FACT_COVERAGE: case FACT_COMPARE:
    case FACT_EARLIER: case FACT_OTHERS: case FACT_RATES: case FACT_ALL:
        break;
    }
    return said(NULL);
}

bool
text_has_fact(struct texted *x, enum fact fact)
{
    if (fact == FACT_FOCUS)
        return x->t->focus_count > 0;
    if (fact == FACT_COVERAGE)
        return x->input->coverage != NULL;
    if (fact >= FACT_COMPARE)
        return compare_has_fact(x, fact);
    return say_fact(x, fact).how != SAID_NOTHING;
}

struct said
text_say(struct texted *x, const struct place *p)
{
    switch (p->kind) {
    case PLACE_FACT:
        return say_fact(x, p->fact);
    case PLACE_MORE:
        return say_more(x, p);
    case PLACE_FINDING: case PLACE_SENTENCE:
        return say_finding(x, p);
    case PLACE_CHANGE:
        return said(compare_place_say(x, p));
    case PLACE_TYPED:
        return said(p->word[0]);
    case PLACE_NOTE:
        return (struct said){ SAID, "" };
    default:
        return p->figure[0] < 0 ? (struct said){ SAID, "" }
            : say_number(x, p);
    }
}

struct texted
text_begin(const struct text *t, const struct report_input *input,
           struct arena *arena)
{
    struct texted x = {
        .b = build_begin(input, t->lang, UNIT_RECIPIENTS, arena), .t = t,
        .input = input
    };

    text_tables(&x);
    return x;
}
