/* text_same.c - sentences that say the same with two numbers: the 206 and
 * the 215 of the report of 2014; see text.h.
 *
 * What a number is of is told by the words behind it: up to the next number
 * or the end of the clause, without small words, each cut to its first
 * letters so that endings do not matter. "206 av de 1845 kartlagte har ip"
 * is about what stands behind 1845: a number with nothing but small words
 * between it and the next shares that one's words, and the next, its base,
 * is not compared. */
#include <stdio.h>
#include <string.h>
#include "report/text_remarking.h"

struct gist {
    char word[WORDS_KEPT][STEM + 1];
    int count;
};

static const char *const small[] = {
    "a", "about", "all", "alle", "alt", "an", "and", "are", "at", "av",
    "bare", "be", "berre", "blant", "brukerplan", "de", "dei", "dem", "den",
    "denne", "der", "det", "disse", "eller", "en", "er", "et", "for", "fra",
    "ha", "har", "has", "have", "i", "ikke", "ikkje", "in", "is", "kun",
    "med", "men", "of", "og", "om", "on", "only", "or", "over", "på", "sin",
    "sine", "som", "så", "that", "the", "they", "til", "to", "totalt",
    "viser", "were", "with", "å", "also", "også", "kartleggingen",
    "kartlegginga", "survey", "shows", "report", "rapporten", "there", NULL
};

bool
remark_small(const char *s, size_t from, size_t to)
{
    return remark_is(s, from, to, small);
}

void
remark_number(struct remarking *m, size_t from, size_t to,
              const struct place *place)
{
    struct number *more = list_more(&m->scratch, &m->numbers, sizeof *more,
                                    NUMBERS_KEPT);

    if (more != NULL)
        *more = (struct number){ from, to, place, m->sentence };
}

/* ---- the words of a number ---- */

static void
gist_add(struct gist *k, const char *s, size_t from, size_t to)
{
    size_t n = to - from < STEM ? to - from : STEM;
    char word[STEM + 1] = { 0 };

    if (k->count == WORDS_KEPT)
        return;
    for (size_t i = 0; i < n; i++)
        word[i] = s[from + i] >= 'A' && s[from + i] <= 'Z'
            ? (char)(s[from + i] + 'a' - 'A') : s[from + i];
    for (int i = 0; i < k->count; i++)
        if (strcmp(k->word[i], word) == 0)
            return;
    memcpy(k->word[k->count++], word, sizeof word);
}

static bool
ends_clause(const char *s, size_t at)
{
    return strchr(",.;:!?()", s[at]) != NULL
        || strncmp(s + at, "\xe2\x80\x93", 3) == 0;
}

/* The words from AT until a number, a place, or the end of the clause;
 * where they end. */
static size_t
gist_take(struct gist *k, const char *s, size_t at, size_t end)
{
    while (at < end && !ends_clause(s, at)
           && !(s[at] >= '0' && s[at] <= '9')
           && (unsigned char)s[at] < 0xF3) {
        size_t word = remark_word(s, at, end);

        if (word > at && !remark_small(s, at, word))
            gist_add(k, s, at, word);
        at = word > at ? word : remark_next(s, at, end);
    }
    return at;
}

/* Behind N, past the base that NEXT may be. */
static struct gist
gist_behind(const struct remarking *m, const struct number *n,
           const struct number *next)
{
    struct gist k = { .count = 0 };
    size_t end = gist_take(&k, m->plain.text, n->end, n->sentence.to);

    if (k.count == 0 && next != NULL && next->at == end)
        gist_take(&k, m->plain.text, next->end, next->sentence.to);
    return k;
}

static struct gist
gist_before(const struct remarking *m, const struct number *n)
{
    struct gist k = { .count = 0 };
    size_t at = n->sentence.from;

    while (at < n->at) {
        at = gist_take(&k, m->plain.text, at, n->at);
        if (at < n->at)
            at = remark_next(m->plain.text, at, n->at);
    }
    return k;
}

static int
common(const struct gist *a, const struct gist *b)
{
    int count = 0;

    for (int i = 0; i < a->count; i++)
        for (int j = 0; j < b->count; j++)
            count += strcmp(a->word[i], b->word[j]) == 0;
    return count;
}

static bool
alike(const struct gist *a, const struct gist *b)
{
    int most = a->count > b->count ? a->count : b->count;
    int same = common(a, b);

    return same >= 2 && 4 * same >= 3 * most;
}

static bool
equal(const struct gist *a, const struct gist *b)
{
    return a->count == b->count && common(a, b) == a->count;
}

/* ---- compared ---- */

struct naming {
    const struct instrument *in;
    const struct expr *other;
    const char *name;
    bool same;
};

static void
see_other(void *ctx, int variable)
{
    struct naming *n = ctx;
    const char *id = n->in->variables[variable].id;
    size_t first = strcspn(id, "_");

    n->same |= first == strcspn(n->name, "_")
        && strncmp(id, n->name, first) == 0;
}

static void
see_one(void *ctx, int variable)
{
    struct naming *n = ctx;

    n->name = n->in->variables[variable].id;
    expr_variables(n->other, see_other, n);
}

/* What figure number F asks, read once. */
static const struct expr *
expr_of(struct remarking *m, int f)
{
    const char *text = text_figure(m->t, f)->where;
    struct err e = { 0 };

    if (m->expr[f] == NULL && text != NULL)
        m->expr[f] = expr_parse(text, m->t->in, m->t->in->variable_count,
                                m->scratch.arena, NULL, &e);
    return m->expr[f];
}

/* Whether figures A and B ask for something about the same: a variable, or
 * two whose names begin alike. */
static bool
same_subject(struct remarking *m, int a, int b)
{
    struct naming n = { .in = m->t->in, .other = expr_of(m, b) };
    const struct expr *one = expr_of(m, a);

    if (one == NULL || n.other == NULL)
        return one == NULL && n.other == NULL;
    expr_variables(one, see_one, &n);
    return n.same;
}

static bool
is_part(const struct place *p)
{
    return p->kind == PLACE_SHARE || p->kind == PLACE_PART;
}

/* A typed number, and a place elsewhere that counts the same. */
static void
compare_typed(struct remarking *m, const struct number *typed,
              const struct number *asked)
{
    struct text_remark *r = remark_add(m, REMARK_TYPED_AGAIN, typed->at);
    struct said said = { SAID_HIDDEN, NULL };
    char line[24];

    if (r == NULL)
        return;
    r->other_line = remark_line(m, asked->at);
    (void)snprintf(line, sizeof line, "%ld", r->other_line);
    if (m->x != NULL)
        said = text_say(m->x, asked->place);
    if (said.how == SAID)
        err_set(&r->say, ERR_INPUT, "text.remark_typed_number", "%s %s %s",
                arena_text_n(m->scratch.arena, m->plain.text + typed->at,
                             typed->end - typed->at), line, said.text);
    else
        err_set(&r->say, ERR_INPUT, "text.remark_typed_again", "%s %s",
                arena_text_n(m->scratch.arena, m->plain.text + typed->at,
                             typed->end - typed->at), line);
}

/* Two places that sound the same. */
static void
compare_places(struct remarking *m, const struct number *a,
               const struct number *b)
{
    int x = a->place->figure[0], y = b->place->figure[0];
    const struct doc_cell *p = text_cell(m->x, x), *q = text_cell(m->x, y);
    struct said one, two;
    struct text_remark *r;
    char line[24];

    if ((p->n == q->n && p->of == q->of)
        || text_figure(m->t, x)->sum != text_figure(m->t, y)->sum
        || is_part(a->place) != is_part(b->place)
        || !same_subject(m, x, y))
        return;
    one = text_say(m->x, a->place);
    two = text_say(m->x, b->place);
    if (one.how != SAID || two.how != SAID
        || strcmp(one.text, two.text) == 0)
        return;
    r = remark_add(m, REMARK_TWO_NUMBERS, b->at);
    if (r == NULL)
        return;
    r->other_line = remark_line(m, a->at);
    (void)snprintf(line, sizeof line, "%ld", r->other_line);
    err_set(&r->say, ERR_INPUT, "text.remark_two_numbers", "%s %s %s",
            two.text, line, one.text);
}

struct compared {
    struct gist behind, before;
    bool base;                  /* of the number before it */
};

static void
compare(struct remarking *m, const struct number *n,
        const struct compared *k, int a, int b)
{
    if (k[a].behind.count < 2 || m->list.count >= REMARKS_KEPT
        || !alike(&k[a].behind, &k[b].behind))
        return;
    if (n[a].place == NULL && n[b].place != NULL)
        compare_typed(m, &n[a], &n[b]);
    else if (n[a].place != NULL && n[b].place == NULL)
        compare_typed(m, &n[b], &n[a]);
    else if (n[a].place != NULL && m->x != NULL
             && equal(&k[a].behind, &k[b].behind)
             && equal(&k[a].before, &k[b].before))
        compare_places(m, &n[a], &n[b]);
}

void
remark_same(struct remarking *m)
{
    const struct number *n = m->numbers.item;
    int count = m->numbers.count;
    struct compared *k = arena_array(m->scratch.arena, (size_t)count + 1,
                                     sizeof *k);

    m->expr = arena_array(m->scratch.arena,
                          (size_t)m->t->figure_list.count + 1,
                          sizeof *m->expr);
    for (int i = 0; i < count; i++) {
        const struct number *next = i + 1 < count
            && n[i + 1].sentence.from == n[i].sentence.from ? &n[i + 1]
            : NULL;
        struct gist none = { .count = 0 };

        k[i].behind = gist_behind(m, &n[i], next);
        k[i].before = gist_before(m, &n[i]);
        if (next != NULL)
            k[i + 1].base = gist_take(&none, m->plain.text, n[i].end,
                                     next->at) == next->at
                && none.count == 0;
    }
    for (int a = 0; a < count; a++)
        for (int b = a + 1; b < count && !k[a].base; b++)
            if (!k[b].base)
                compare(m, n, k, a, b);
}
