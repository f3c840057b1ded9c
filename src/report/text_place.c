/* text_place.c - one place: its word, what it asks, what it says; see
 * texting.h. docs/texts.md has the table of them. */
#include <string.h>
#include "report/texting.h"

const char *const place_words[PLACE_WORDS] = {
    [PLACE_COUNT] = "count", [PLACE_PEOPLE] = "people",
    [PLACE_SHARE] = "share", [PLACE_PART] = "part", [PLACE_SUM] = "sum",
    [PLACE_AMOUNT] = "amount", [PLACE_MORE] = "more",
    [PLACE_PLURAL] = "plural", [PLACE_FINDING] = "finding",
    [PLACE_SENTENCE] = "sentence", [PLACE_CHANGE] = "change",
    [PLACE_TYPED] = "typed",
    [PLACE_NOTE] = "note", [PLACE_BLOCK] = "block",
    [PLACE_CHART] = "chart", [PLACE_TABLE] = "table",
    [PLACE_FIGURES] = "figures", [PLACE_DEFINITIONS] = "definitions",
    [PLACE_FOCUS] = "focus", [PLACE_COVERAGE] = "coverage",
    [PLACE_COMPARE] = "compare", [PLACE_RATES] = "rates",
    [PLACE_CARDS] = "cards", [PLACE_IF] = "if", [PLACE_ELSE] = "else",
    [PLACE_END] = "end",
};

const char *const fact_words[FACT_ALL] = {
    [FACT_MUNICIPALITY] = "municipality", [FACT_YEAR] = "year",
    [FACT_ROUND] = "round", [FACT_MAPPED] = "mapped",
    [FACT_FROM_AGE] = "from_age", [FACT_RECIPIENTS] = "recipients",
    [FACT_RATE] = "rate", [FACT_RATE_WORDS] = "rate_words",
    [FACT_POPULATION] = "population",
    [FACT_POPULATION_ON] = "population_on",
    [FACT_POPULATION_FROM_AGE] = "population_from_age",
    [FACT_UNITS] = "units", [FACT_CONTROLLER] = "controller",
    [FACT_PURPOSE] = "purpose", [FACT_INCLUSION] = "inclusion",
    [FACT_INSTRUMENT] = "instrument", [FACT_REPORT] = "report",
    [FACT_LAWS] = "laws", [FACT_THRESHOLD] = "threshold",
    [FACT_COMPARED] = "compared",
    [FACT_FOCUS] = "focus", [FACT_COVERAGE] = "coverage",
    [FACT_COMPARE] = "compare", [FACT_EARLIER] = "earlier",
    [FACT_OTHERS] = "others", [FACT_RATES] = "rates",
};

bool
place_is_block(enum place_kind kind)
{
    return kind >= PLACE_BLOCK && kind <= PLACE_CARDS;
}

static bool
at_end(struct reading *r)
{
    read_blanks(r);
    return r->at == r->end || text_refuse(r, r->at, r->end,
                                          "text.too_much");
}

/* The two quoted texts that a place ends with; R's end is moved before
 * them. */
static bool
read_last_two(struct reading *r, const char *word[2])
{
    struct reading part = *r;
    size_t start[2] = { r->end, r->end };

    while (part.at < part.end) {
        size_t at = part.at;
        const char *text;

        if (r->file->bytes[at] != '"') {
            part.at++;
            continue;
        }
        if (!read_quoted(&part, &text))
            return false;
        start[0] = start[1];
        start[1] = at;
        word[0] = word[1];
        word[1] = text;
    }
    if (start[0] == r->end)
        return text_refuse(r, r->end, r->end, "text.want_two");
    r->end = start[0];
    return true;
}

static bool
read_more(struct reading *r, struct place *p)
{
    const char *where[2];
    size_t at;
    int scope;

    if (!read_last_two(r, p->word) || !read_scope(r, &scope))
        return false;
    at = find_word(r, "than");
    if (at == r->end)
        return text_refuse(r, r->end, r->end, "text.want_than");
    return text_expr(r, r->at, at, &where[0])
        && text_expr(r, at + 4, r->end, &where[1])
        && ask_figure(r, scope, where[0], NULL, -1, &p->figure[0])
        && ask_figure(r, scope, where[1], NULL, -1, &p->figure[1]);
}

static bool
read_typed(struct reading *r, struct place *p)
{
    size_t to = r->end;

    read_blanks(r);
    while (to > r->at && strchr(" \t\n", r->file->bytes[to - 1]) != NULL)
        to--;
    if (to == r->at)
        return text_refuse(r, r->end, r->end, "text.want_typed");
    p->word[0] = arena_text_n(r->t->arena, r->file->bytes + r->at,
                              to - r->at);
    return true;
}

/* A table for what PLACE shows of it. */
static bool
read_table(struct reading *r, struct place *p)
{
    const struct instrument *in = r->t->in;
    const struct table_def *def;
    size_t from;
    bool own = p->kind == PLACE_TABLE || p->kind == PLACE_CHART;
    const char *key = NULL;

    read_blanks(r);
    from = r->at;
    if (!ask_table(r, own, &p->table))
        return false;
    if (text_table(r->t, p->table)->def < 0)
        return true;
    def = &in->tables[text_table(r->t, p->table)->def];
    if ((p->kind == PLACE_FINDING || p->kind == PLACE_SENTENCE)
        && def->finding == FINDING_NONE)
        key = "text.no_finding";
    else if (p->kind == PLACE_FIGURES && def->figure_count == 0)
        key = "text.no_figures";
    else if (p->kind == PLACE_DEFINITIONS && def->definitions < 0)
        key = "text.no_definitions";
    return key == NULL || text_refuse(r, from, r->end, key);
}

static bool
read_arguments(struct reading *r, struct place *p, const struct cond **cond)
{
    switch (p->kind) {
    case PLACE_COUNT: case PLACE_PEOPLE:
        return ask_count(r, &p->figure[0]);
    case PLACE_SHARE: case PLACE_PART:
        return ask_share(r, &p->figure[0]);
    case PLACE_SUM: case PLACE_AMOUNT:
        return ask_sum(r, &p->figure[0]);
    case PLACE_MORE:
        return read_more(r, p);
    case PLACE_PLURAL:
        return read_last_two(r, p->word) && ask_count(r, &p->figure[0]);
    case PLACE_TYPED:
        return read_typed(r, p);
    case PLACE_NOTE:
        read_blanks(r);
        return r->at == r->end
            || (read_quoted(r, &p->word[0]) && at_end(r));
    case PLACE_FINDING: case PLACE_SENTENCE: case PLACE_BLOCK:
    case PLACE_CHART: case PLACE_TABLE: case PLACE_FIGURES:
    case PLACE_DEFINITIONS:
        return read_table(r, p);
    case PLACE_IF:
        *cond = cond_read(r);
        return *cond != NULL;
    case PLACE_ELSE:
        read_blanks(r);
        if (r->at == r->end)
            return true;
        if (!read_take(r, "if"))
            return text_refuse(r, r->at, r->end, "text.want_else_if");
        *cond = cond_read(r);
        return *cond != NULL;
    case PLACE_CHANGE: case PLACE_COMPARE:
        return compare_place_read(r, p);
    case PLACE_FOCUS: case PLACE_COVERAGE: case PLACE_RATES:
    case PLACE_CARDS: case PLACE_END: case PLACE_FACT:
        return at_end(r);
    case PLACE_COMMENT:
        break;
    }
    return true;
}

static bool
refuse_word(const struct reading *r, size_t from, size_t to)
{
    const char *word[PLACE_WORDS + FACT_COUNT];

    if (from == to)
        return text_refuse(r, from, r->end, "text.want_place");
    memcpy(word, place_words, sizeof place_words);
    memcpy(word + PLACE_WORDS, fact_words,
           FACT_COUNT * sizeof fact_words[0]);
    return text_refuse_word(r, from, to, "text.place", "text.place_near",
                            word, PLACE_WORDS + FACT_COUNT);
}

static bool
read_kind(struct reading *r, struct place *p)
{
    size_t from, len;
    const char *word;

    read_blanks(r);
    from = r->at;
    len = read_word(r, &word);
    for (int i = 0; i < PLACE_WORDS; i++)
        if (read_is(word, len, place_words[i])) {
            p->kind = (enum place_kind)i;
            return true;
        }
    p->kind = PLACE_FACT;
    for (int i = 0; i < FACT_COUNT; i++)
        if (read_is(word, len, fact_words[i])) {
            p->fact = (enum fact)i;
            return true;
        }
    return refuse_word(r, from, r->at);
}

const struct place *
place_read(struct text *t, const struct text_file *file, size_t at,
           size_t end, const struct cond **cond, struct err *e)
{
    struct reading r = {
        .t = t, .file = file, .at = at + 2, .end = end - 2, .e = e
    };
    struct place *p = arena_take(t->arena, sizeof *p);
    const struct place **more;

    *p = (struct place){ .file = file, .at = at, .end = end, .table = -1,
                         .figure = { -1, -1 }, .compared = -1 };
    if (file->bytes[r.at] == '!') {
        p->kind = PLACE_COMMENT;
        return p;
    }
    if (end - at > TEXT_PLACE_BYTES) {
        err_set(e, ERR_INPUT, "text.place_long", "%d", TEXT_PLACE_BYTES);
        text_at(e, file, at);
        return NULL;
    }
    if (!read_kind(&r, p) || !read_arguments(&r, p, cond))
        return NULL;
    more = list_more(t, &t->place_list, sizeof *more, TEXT_PLACES_MAX);
    if (more == NULL) {
        err_set(e, ERR_INPUT, "text.places", "%d", TEXT_PLACES_MAX);
        text_at(e, file, at);
        return NULL;
    }
    *more = p;
    p->number = t->place_list.count - 1;
    return p;
}
