/* text_claim.c - "Ingen har individuell plan" beside a place that counts
 * 206, and one share in two bases; see text.h.
 *
 * A question is brought to values of variables (def/box.h), so that it does
 * not matter how it is written. In words it is the labels of those variables
 * and of those values. A claim is about the same where it names each of
 * them and nothing else: "Ingen med omsorg for barn er røde på bolig" is
 * another than how many are red on housing. It is about the same, too, where
 * a sentence near it says it in the same words of a number: "Ingen er i LAR.
 * {{...}} er i LAR." Conditions that settle a number
 * (count(...) = 0) make a claim true, and it is not looked at. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "def/box.h"
#include "report/text_remarking.h"

enum {
    BAG = 32, SIDES = 6,
    NEIGHBOUR = 600             /* bytes to a sentence in the same words */
};

/* What a claim says of a part: that it is nobody, everybody, or less than
 * half. "Flertallet" is a remark of its own (REMARK_MAJORITY). */
enum claimed { CLAIMS_NONE, CLAIMS_ALL, CLAIMS_FEW };

struct bag {
    char word[BAG][STEM + 1];
    int count;
};

struct claim {
    size_t from, to;            /* "Ingen" */
    enum claimed says;
    struct bag bag;             /* of the clause behind it */
};

/* A number's question: a side is a variable and the values that are meant. */
struct meaning {
    struct box where, of;
    bool share, said;           /* said: in words that can be compared */
    int sides;
    struct bag label[SIDES], value[SIDES];
    struct bag words;           /* of the text, around the number */
};

struct claiming {
    struct remarking *m;
    struct boxes *boxes;
    struct bag person;
    struct meaning *mean;       /* one a number */
};

static const char *const nobody[] = {
    "ingen", "inga", "none", "nobody", NULL
};
static const char *const few[] = { "få", "few", NULL };
static const char *const everybody[] = {
    "alle", "samtlige", "samtlege", "all", "everybody", "everyone", NULL
};
/* Words of a claim that are no part of what is asked. */
static const char *const fillers[] = {
    "vurdert", "vurderte", "kartlagt", "kartlagte", "kartlagde",
    "registrert", "registrerte", "disse", "desse", "noen", "nokon", "noe",
    "noko", "fått", "recipients", "them", "these", "any", "been", "judged",
    "color", NULL
};

/* ---- words ---- */

static void
bag_add(struct bag *k, const char *s, size_t from, size_t to)
{
    char *word;

    if (k->count == BAG)
        return;
    word = k->word[k->count++];
    memset(word, 0, sizeof k->word[0]);
    for (int i = 0; i < STEM && from < to; i++, from++)
        word[i] = s[from] >= 'A' && s[from] <= 'Z'
            ? (char)(s[from] + 'a' - 'A') : s[from];
}

/* Words of S up to END or a bracket, without small ones. */
static void
bag_text(struct bag *k, const char *s, size_t from, size_t end)
{
    while (from < end && s[from] != '(') {
        size_t word = remark_word(s, from, end);

        if (word > from && !remark_small(s, from, word))
            bag_add(k, s, from, word);
        from = word > from ? word : remark_next(s, from, end);
    }
}

/* "rød" and "røde", "plan" and "planer". */
static bool
meets(const char *a, const char *b)
{
    size_t x = strlen(a), y = strlen(b), least = x < y ? x : y;

    return least >= 3 && strncmp(a, b, least) == 0 && x - least <= 2
        && y - least <= 2;
}

static bool
bag_has(const struct bag *k, const char *word)
{
    for (int i = 0; i < k->count; i++)
        if (meets(k->word[i], word))
            return true;
    return false;
}

static int
bag_common(const struct bag *k, const struct bag *of)
{
    int count = 0;

    for (int i = 0; i < k->count; i++)
        count += bag_has(of, k->word[i]);
    return count;
}

/* ---- claims ---- */

static bool
begins_clause(const char *s, size_t at, size_t from)
{
    while (at > from && strchr(" *-#>", s[at - 1]) != NULL)
        at--;
    return at == from || s[at - 1] == ':';
}

void
remark_claim(struct remarking *m, const struct stretch *s)
{
    const char *t = m->plain.text;
    size_t at = s->from, word, end;
    struct claim *more;

    for (; at < s->to; at = word > at ? word : remark_next(t, at, s->to)) {
        word = remark_word(t, at, s->to);
        if (word > at && begins_clause(t, at, s->from)
            && (remark_is(t, at, word, nobody)
                || remark_is(t, at, word, everybody)
                || remark_is(t, at, word, few)))
            break;
    }
    if (at >= s->to
        || (plain_find(&m->plain, at)->sure & PLAIN_SETTLED))
        return;
    more = list_more(&m->scratch, &m->claims, sizeof *more, CLAIMS_KEPT);
    if (more == NULL)
        return;
    end = word;
    while (end < s->to && strchr(",.;:!?()", t[end]) == NULL)
        end++;
    *more = (struct claim){
        .from = at, .to = word,
        .says = remark_is(t, at, word, nobody) ? CLAIMS_NONE
            : remark_is(t, at, word, few) ? CLAIMS_FEW : CLAIMS_ALL
    };
    bag_text(&more->bag, t, word, end);
}

/* ---- what a place asks ---- */

static void
add_label(struct bag *k, const char *text)
{
    bag_text(k, text, 0, strlen(text));
}

/* The words of grade G: one of label and plural is enough, so both stand
 * in one bag, of which one must be met. */
static void
add_grade(struct claiming *c, struct meaning *mean, int g)
{
    const struct grade *grade = &c->m->t->in->grades[g];
    struct bag *k = &mean->value[mean->sides];

    add_label(k, grade->label.in[c->m->t->lang]);
    add_label(k, grade->plural.in[c->m->t->lang]);
}

/* The values of SIDE in words; false where they have none, or are several:
 * "gule eller røde" may be said in too many ways. */
static bool
add_values(struct claiming *c, struct meaning *mean,
           const struct box_side *side)
{
    const struct instrument *in = c->m->t->in;
    const struct variable *v = &in->variables[side->attribute];
    int grade = -1, grades = 0;

    if (v->kind == KIND_BOOL)
        return side_has(side, 1) && !side_has(side, 0);
    if (v->kind == KIND_SCORE) {
        for (int i = 0; i < in->scale_count; i++)
            if (side_has(side, in->scale[i].score)
                && in->scale[i].grade != grade) {
                grade = in->scale[i].grade;
                grades++;
            }
    } else if (v->kind == KIND_INDEX) {
        for (int i = 0; i < in->grade_count; i++)
            if (side_has(side, in->index.from[i])) {
                grade = i;
                grades++;
            }
    } else if (v->kind == KIND_CODE && side->count == 1
               && side->span[0].from == side->span[0].to) {
        add_label(&mean->value[mean->sides],
                  v->codes[side->span[0].from].label.in[c->m->t->lang]);
        return true;
    }
    if (grades == 1)
        add_grade(c, mean, grade);
    return grades == 1;
}

static bool
add_side(struct claiming *c, struct meaning *mean,
         const struct box_side *side)
{
    const struct instrument *in = c->m->t->in;
    struct box_side answered;
    int v = side->attribute;

    if (v >= in->variable_count || side->count == 0
        || side->span[0].from < 0)
        return false;
    answered = side_answered(c->boxes, v);
    if (side_equal(side, &answered))
        return true;            /* says only that it is known */
    if (mean->sides == SIDES || !add_values(c, mean, side))
        return false;
    if (in->variables[v].kind == KIND_INDEX && in->index_grade_variable >= 0)
        v = in->index_grade_variable;
    add_label(&mean->label[mean->sides++],
              in->variables[v].label.in[c->m->t->lang]);
    return true;
}

static struct box
box_text_of(struct claiming *c, const char *where)
{
    const struct instrument *in = c->m->t->in;
    struct err e = { 0 };
    const struct expr *x = where == NULL || *where == '\0' ? NULL
        : expr_parse(where, in, in->variable_count, c->m->scratch.arena,
                     NULL, &e);

    return box_of(c->boxes, x);
}

static void
mean_of(struct claiming *c, const struct number *n, struct meaning *mean)
{
    const struct text_figure *f;

    if (n->place == NULL)
        return;
    f = text_figure(c->m->t, n->place->figure[0]);
    mean->where = box_text_of(c, f->where);
    mean->of = box_text_of(c, f->of);
    mean->share = f->of != NULL;
    mean->said = f->sum < 0 && f->scope == c->m->t->report;
    for (int i = 0; i < mean->where.count && mean->said; i++)
        mean->said = add_side(c, mean, &mean->where.side[i]);
    mean->said = mean->said && mean->sides > 0;
}

/* ---- compared ---- */

static bool
is_about(const struct claiming *c, const struct claim *k,
         const struct meaning *mean)
{
    if (!mean->said || k->says == CLAIMS_FEW)
        return false;
    for (int i = 0; i < mean->sides; i++) {
        int least = k->says == CLAIMS_NONE ? (mean->label[i].count + 1) / 2
                            : mean->label[i].count;

        if (bag_common(&mean->label[i], &k->bag) < least
            || (mean->value[i].count > 0
                && bag_common(&mean->value[i], &k->bag) == 0))
            return false;
    }
    for (int w = 0; w < k->bag.count; w++) {
        const char *word = k->bag.word[w];
        bool known = bag_has(&c->person, word);

        for (int i = 0; i < mean->sides && !known; i++)
            known = bag_has(&mean->label[i], word)
                || bag_has(&mean->value[i], word);
        if (!known)
            return false;
    }
    return true;
}

static bool
bag_within(const struct claiming *c, const struct bag *k,
           const struct bag *of, int *words)
{
    for (int i = 0; i < k->count; i++) {
        if (bag_has(&c->person, k->word[i]))
            continue;
        if (!bag_has(of, k->word[i]))
            return false;
        ++*words;
    }
    return true;
}

/* Whether the sentence of N, near the claim, has just its words: whatever
 * its question is called, both say the same. Of all in a part ("alle
 * kvinner") only a share tells. */
static bool
is_alike(const struct claiming *c, const struct claim *k,
         const struct number *n, const struct meaning *mean)
{
    size_t off = n->at > k->from ? n->at - k->from : k->from - n->at;
    int words = 0;

    if (off > NEIGHBOUR || n->place == NULL
        || (k->says != CLAIMS_NONE && !mean->share
            && mean->where.count != 1))
        return false;
    return bag_within(c, &k->bag, &mean->words, &words)
        && bag_within(c, &mean->words, &k->bag, &words) && words > 0;
}

/* The words around N, from mark to mark and between other numbers. */
static void
words_around(const struct remarking *m, const struct number *n,
             struct bag *k)
{
    const char *s = m->plain.text;
    size_t from = n->at, to = n->end;

    while (from > n->sentence.from && strchr(",;:|(", s[from - 1]) == NULL
           && (unsigned char)s[from - 1] < 0xF3)
        from--;
    while (from < n->at && (unsigned char)s[from] >= 0x80
           && (unsigned char)s[from] < 0xC0)
        from++;                 /* the rest of another mark */
    bag_text(k, s, from, n->at);
    while (to < n->sentence.to && strchr(",.;:|!?()", s[to]) == NULL
           && (unsigned char)s[to] < 0xF3)
        to++;
    bag_text(k, s, n->end, to);
}

/* How many everybody is, of a count; -1 where no place asks. */
static int64_t
everybody_of(const struct remarking *m)
{
    for (int i = 0; i < m->t->figure_list.count; i++) {
        const struct text_figure *f = text_figure(m->t, i);

        if (f->where == NULL && f->of == NULL && f->sum < 0
            && f->scope == m->t->report && !text_cell(m->x, i)->hidden)
            return text_cell(m->x, i)->n;
    }
    return -1;
}

static bool
is_false(const struct remarking *m, const struct claim *k,
         const struct meaning *mean, const struct doc_cell *cell)
{
    int64_t all = mean->share ? cell->of : everybody_of(m);

    if (cell->hidden)
        return false;
    if (k->says == CLAIMS_NONE)
        return cell->n != 0;
    return all >= 0 && (k->says == CLAIMS_FEW ? 2 * cell->n > all
                                              : cell->n != all);
}

static void
compare_claim(struct claiming *c, const struct claim *k)
{
    struct remarking *m = c->m;
    const struct number *n = m->numbers.item;
    char line[24];

    for (int i = 0; i < m->numbers.count; i++) {
        struct text_remark *r;
        struct said said;

        if (n[i].place == NULL
            || (!is_about(c, k, &c->mean[i])
                && !is_alike(c, k, &n[i], &c->mean[i]))
            || !is_false(m, k, &c->mean[i],
                         text_cell(m->x, n[i].place->figure[0])))
            continue;
        said = text_say(m->x, n[i].place);
        r = said.how == SAID ? remark_add(m, REMARK_CONTRADICTS, k->from)
            : NULL;
        if (r == NULL)
            continue;
        r->other_line = remark_line(m, n[i].at);
        (void)snprintf(line, sizeof line, "%ld", r->other_line);
        err_set(&r->say, ERR_INPUT, "text.remark_contradicts", "%s %s %s",
                arena_text_n(m->scratch.arena, m->plain.text + k->from,
                             k->to - k->from), line, said.text);
        return;
    }
}

static bool
same_box(const struct box *a, const struct box *b)
{
    return box_within(a, b) && box_within(b, a);
}

/* Whether INNER is OUTER and that something was answered. */
static bool
only_answered(struct claiming *c, const struct box *inner,
              const struct box *outer)
{
    for (int i = 0; i < inner->count; i++) {
        const struct box_side *side = &inner->side[i];
        const struct box_side *other = box_side(outer, side->attribute);
        struct box_side answered = side_answered(c->boxes, side->attribute);

        if (other == NULL ? !side_equal(side, &answered)
            : !side_equal(side, other))
            return false;
    }
    return box_within(inner, outer);
}

/* Two shares of the same, one of all and one of those with an answer. */
static void
compare_bases(struct claiming *c, const struct number *n, int a, int b)
{
    const struct meaning *p = &c->mean[a], *q = &c->mean[b];
    struct remarking *m = c->m;
    struct text_remark *r;
    struct said one, two;
    char line[24];

    if (!p->share || !q->share || n[a].place->kind != n[b].place->kind
        || text_figure(m->t, n[a].place->figure[0])->scope
           != text_figure(m->t, n[b].place->figure[0])->scope
        || !same_box(&p->where, &q->where) || same_box(&p->of, &q->of)
        || !(only_answered(c, &p->of, &q->of)
             || only_answered(c, &q->of, &p->of)))
        return;
    one = text_say(m->x, n[a].place);
    two = text_say(m->x, n[b].place);
    if (one.how != SAID || two.how != SAID
        || strcmp(one.text, two.text) == 0)
        return;
    r = remark_add(m, REMARK_TWO_NUMBERS, n[b].at);
    if (r == NULL)
        return;
    r->other_line = remark_line(m, n[a].at);
    (void)snprintf(line, sizeof line, "%ld", r->other_line);
    err_set(&r->say, ERR_INPUT, "text.remark_two_bases", "%s %s %s",
            two.text, line, one.text);
}

static void
add_person(struct bag *k, const struct instrument *in, enum lang lang)
{
    add_label(k, in->person.one.in[lang]);
    add_label(k, in->person.many.in[lang]);
    add_label(k, in->person.the.in[lang]);
    add_label(k, in->person.the_many.in[lang]);
    for (int i = 0; fillers[i] != NULL; i++)
        add_label(k, fillers[i]);
}

void
remark_claims(struct remarking *m)
{
    const struct number *n = m->numbers.item;
    const struct claim *k = m->claims.item;
    int count = m->numbers.count;
    struct claiming c = { .m = m };

    if (m->x == NULL || count == 0)
        return;
    c.boxes = boxes_new(m->t->in, m->scratch.arena);
    c.mean = arena_array(m->scratch.arena, (size_t)count, sizeof *c.mean);
    add_person(&c.person, m->t->in, m->t->lang);
    for (int i = 0; i < count; i++) {
        mean_of(&c, &n[i], &c.mean[i]);
        words_around(m, &n[i], &c.mean[i].words);
    }
    for (int i = 0; i < m->claims.count; i++)
        compare_claim(&c, &k[i]);
    for (int a = 0; a < count; a++)
        for (int b = a + 1; b < count; b++)
            if (n[a].place != NULL && n[b].place != NULL)
                compare_bases(&c, n, a, b);
}
