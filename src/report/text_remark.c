/* text_remark.c - what should be looked at in a text; see text.h.
 *
 * The rules are words and digits, no understanding: docs/texts.md has them
 * for people. They look at the plain text with all branches in it, a
 * paragraph and a sentence at a time; what two sentences say of one another
 * is compared in text_same.c. */
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "report/text_remarking.h"

const char *
text_remark_word(enum text_remark_kind kind)
{
    static const char *const word[REMARK_KIND_COUNT] = {
        [REMARK_TYPED] = "typed", [REMARK_PERCENT] = "percent",
        [REMARK_BASE] = "base", [REMARK_LAW] = "law",
        [REMARK_MAJORITY] = "majority",
        [REMARK_TYPED_AGAIN] = "typed_again",
        [REMARK_TWO_NUMBERS] = "two_numbers",
        [REMARK_NO_FACT] = "no_fact",
        [REMARK_WORDS] = "words",
        [REMARK_CONTRADICTS] = "contradicts",
    };

    return word[kind];
}

struct text_remark *
remark_add(struct remarking *m, enum text_remark_kind kind, size_t at)
{
    const struct plain_map *map = plain_find(&m->plain, at);
    struct remark *more = list_more(&m->scratch, &m->list, sizeof *more,
                                    REMARKS_KEPT);

    if (more == NULL || map == NULL)
        return NULL;
    more->at = at;
    more->remark.kind = kind;
    text_at(&more->remark.say, map->file, map->from + (at - map->at));
    return &more->remark;
}

void
remark_found(struct remarking *m, enum text_remark_kind kind,
             const char *key, size_t from, size_t to)
{
    struct text_remark *r = remark_add(m, kind, from);
    char found[QUOTE_MAX];

    if (r == NULL)
        return;
    err_quote(found, sizeof found, m->plain.text + from, to - from);
    err_set(&r->say, ERR_INPUT, key, "%s", found);
}

long
remark_line(const struct remarking *m, size_t at)
{
    const struct plain_map *map = plain_find(&m->plain, at);
    long line;
    int column;

    text_line_of(map->file, map->from + (at - map->at), &line, &column);
    return line;
}

/* ---- words ---- */

/* Whether C begins a letter: what is not ASCII begins with C3 or more,
 * where blanks, quotation marks and § begin with C2, dashes with E2. */
static bool
is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= 0xC3 && c <= 0xDF);
}

static bool
is_inner(unsigned char c)
{
    return c >= 0x80 && c < 0xC0;
}

size_t
remark_next(const char *s, size_t at, size_t end)
{
    at++;
    while (at < end && is_inner((unsigned char)s[at]))
        at++;
    return at;
}

/* The character before AT. */
static size_t
back(const char *s, size_t at, size_t from)
{
    at--;
    while (at > from && is_inner((unsigned char)s[at]))
        at--;
    return at;
}

size_t
remark_word(const char *s, size_t at, size_t end)
{
    while (at < end && is_letter((unsigned char)s[at]))
        at = remark_next(s, at, end);
    return at;
}

bool
remark_is(const char *s, size_t from, size_t to, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strlen(*list) == to - from
            && strncasecmp(s + from, *list, to - from) == 0)
            return true;
    return false;
}

/* Whether one of LIST stands as a word in FROM to TO; where, in *AT. */
static bool
has_word(const char *s, size_t from, size_t to, const char *const *list,
         size_t *at)
{
    while (from < to) {
        size_t end = remark_word(s, from, to);

        if (end > from && remark_is(s, from, end, list)) {
            *at = from;
            return true;
        }
        from = end > from ? end : remark_next(s, from, to);
    }
    return false;
}

static size_t
past_blanks(const char *s, size_t at, size_t end)
{
    for (;;) {
        if (at < end && (s[at] == ' ' || s[at] == '\n'))
            at++;
        else if (at + 1 < end && memcmp(s + at, "\xc2\xa0", 2) == 0)
            at += 2;
        else
            return at;
    }
}

static size_t
before_blanks(const char *s, size_t at, size_t from)
{
    for (;;) {
        if (at > from && s[at - 1] == ' ')
            at--;
        else if (at > from + 1 && memcmp(s + at - 2, "\xc2\xa0", 2) == 0)
            at -= 2;
        else
            return at;
    }
}

/* ---- typed numbers ---- */

static const char *const months[] = {
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august",
    "september", "oktober", "november", "desember", "january", "february",
    "march", "may", "june", "july", "october", "december", NULL
};
static const char *const units[] = {
    "år", "års", "åringer", "åringar", "måned", "måneder", "månedene",
    "månad", "månader", "månadene", "uke", "uker", "veke", "veker", "dag",
    "dager", "dagar", "time", "timer", "timar", "minutt", "minutter",
    "kroner", "kr", "year", "years", "month", "months", "week", "weeks",
    "day", "days", "hour", "hours", "minutes", NULL
};
static const char *const leads[] = {
    "kap", "kapittel", "nr", "no", "figur", "figure", "tabell", "table",
    "ledd", "punkt", "pkt", "chapter", "section", "artikkel", "article",
    "side", "lov", NULL
};
static const char *const links[] = {
    "og", "til", "eller", "and", "to", "or", NULL
};
static const char *const percents[] = { "prosent", "percent", NULL };

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The end of the number that begins at AT: "1 845", "0,86". */
static size_t
number_end(const char *s, size_t at, size_t end)
{
    while (at < end) {
        if (is_digit(s[at])
            || (at + 1 < end && strchr(",. ", s[at]) != NULL
                && is_digit(s[at + 1])
                && (s[at] != ' ' || (at + 3 < end && is_digit(s[at + 2])
                                     && is_digit(s[at + 3])))))
            at++;
        else if (at + 4 < end && memcmp(s + at, "\xc2\xa0", 2) == 0
                 && is_digit(s[at + 2]) && is_digit(s[at + 3])
                 && is_digit(s[at + 4]))
            at += 2;
        else
            break;
    }
    return at;
}

static bool
is_percent(const char *s, size_t at, size_t end)
{
    at = past_blanks(s, at, end);
    return at < end && (s[at] == '%' || remark_is(s, at,
        remark_word(s, at, end), percents));
}

static bool
is_year(const char *s, size_t from, size_t to)
{
    return to - from == 4 && (memcmp(s + from, "19", 2) == 0
                              || memcmp(s + from, "20", 2) == 0);
}

/* Joined to letters or a dash: "IS-1405", "18–25", "2-5". */
static bool
is_joined(const char *s, size_t from, size_t to, const struct stretch *p)
{
    if (from > p->from
        && (is_letter((unsigned char)s[back(s, from, p->from)])
            || s[from - 1] == '-' || s[from - 1] == '/'))
        return true;
    if (from >= p->from + 3 && memcmp(s + from - 3, "\xe2\x80\x93", 3) == 0)
        return true;
    if (to < p->to && (is_letter((unsigned char)s[to])
                       || (s[to] == '-' && to + 1 < p->to)
                       || s[to] == '/'))
        return true;
    return to + 2 < p->to && memcmp(s + to, "\xe2\x80\x93", 3) == 0;
}

static bool
is_led(const char *s, size_t from, const struct stretch *p)
{
    size_t at = before_blanks(s, from, p->from), word;

    if (at >= p->from + 2 && memcmp(s + at - 2, "\xc2\xa7", 2) == 0)
        return true;
    if (at > p->from && s[at - 1] == '.')
        at--;
    word = at;
    while (word > p->from
           && is_letter((unsigned char)s[back(s, word, p->from)]))
        word = back(s, word, p->from);
    return remark_is(s, word, at, leads) || remark_is(s, word, at, months);
}

static bool
is_followed(const char *s, size_t to, const struct stretch *p)
{
    size_t at = to, end;

    if (at < p->to && s[at] == '.')
        at++;
    at = past_blanks(s, at, p->to);
    end = remark_word(s, at, p->to);
    /* "mellom 18 og 25 år": both have the unit. */
    if (remark_is(s, at, end, links)) {
        end = past_blanks(s, end, p->to);
        at = number_end(s, end, p->to);
        return at > end && is_followed(s, at, p);
    }
    return remark_is(s, at, end, months)
        || (s[to] != '.' && remark_is(s, at, end, units))
        || (s[to] == '.' && remark_is(s, at, end, leads));
}

bool
remark_may_type(const char *s, size_t from, size_t to,
                const struct stretch *p)
{
    return is_year(s, from, to) || is_joined(s, from, to, p)
        || is_led(s, from, p) || is_followed(s, to, p)
        || (from == p->from && to < p->to && s[to] == '.');
}

static void
look_at_number(struct remarking *m, size_t from, size_t to,
               const struct stretch *p)
{
    const char *s = m->plain.text;

    if (is_percent(s, to, p->to)) {
        remark_found(m, REMARK_PERCENT, "text.remark_percent", from, to);
    } else if (!remark_may_type(s, from, to, p)) {
        remark_found(m, REMARK_TYPED, "text.remark_typed", from, to);
        remark_number(m, from, to, NULL);
    }
}

/* ---- a sentence ---- */

static const char *const bases[] = {
    "av", "blant", "hver", "hvert", "kvar", "kvart", "of", "among", "each",
    "every", "per", NULL
};
static const char *const majorities[] = {
    "flertallet", "fleirtalet", "majority", NULL
};

static void
look_at_base(struct remarking *m, const struct stretch *s,
             struct paragraph *p)
{
    size_t at;

    p->base |= has_word(m->plain.text, s->from, s->to, bases, &at);
    if (m->share_at != 0 && !p->base)
        remark_found(m, REMARK_BASE, "text.remark_base", m->share_at - 1,
                     m->share_at - 1);
}

/* "Av dem har", "of these," that nothing before it in the paragraph, and
 * nothing behind it, says who are: "blant dem som er røde" says so itself,
 * and so does "av dei raude". */
static void
look_at_them(struct remarking *m, const struct stretch *s,
             const struct paragraph *p)
{
    static const char *const of[] = { "av", "blant", "of", "among", NULL };
    static const char *const them[] = {
        "dem", "dei", "disse", "desse", "them", "these", "those", NULL
    };
    static const char *const verbs[] = {
        "har", "er", "var", "hadde", "får", "fikk", "fekk", "blir", "vart",
        "have", "are", "is", "were", "had", NULL
    };
    const char *t = m->plain.text;
    size_t at = s->from, end, next;

    if (s->from != p->all.from || !has_word(t, at, s->to, of, &at))
        return;
    end = remark_word(t, at, s->to);
    next = past_blanks(t, end, s->to);
    end = remark_word(t, next, s->to);
    for (size_t i = s->from; i < at; i++)
        if ((unsigned char)t[i] >= 0xF3)
            return;             /* a number before it: of those */
    if (end == next || !remark_is(t, next, end, them))
        return;
    next = past_blanks(t, end, s->to);
    if (next == s->to || strchr(",.", t[next]) != NULL
        || (unsigned char)t[next] >= 0xF3
        || remark_is(t, next, remark_word(t, next, s->to), verbs))
        remark_found(m, REMARK_BASE, "text.remark_them", at, end);
}

/* "de fleste", "dei fleste", "most of", "most recipients". */
static bool
has_most(const char *s, size_t from, size_t to, size_t *at)
{
    static const char *const phrase[] = {
        "de fleste", "dei fleste", "most of", "most recipients"
    };

    for (; from < to; from++)
        for (int i = 0; i < 4; i++)
            if (to - from > strlen(phrase[i])
                && strncasecmp(s + from, phrase[i], strlen(phrase[i])) == 0
                && (from == 0
                    || !is_letter((unsigned char)s[back(s, from, 0)]))) {
                *at = from;
                return true;
            }
    return false;
}

/* Whether a share of the sentence is more than half: then it may be said. */
static bool
has_majority(const struct remarking *m)
{
    for (int i = 0; i < m->share_count; i++) {
        const struct doc_cell *c = text_cell(m->x, m->share[i]);

        if (doc_has_share(c) && 2 * c->n > c->of)
            return true;
    }
    return false;
}

static void
look_at_majority(struct remarking *m, const struct stretch *s)
{
    size_t at, end;

    if (!has_word(m->plain.text, s->from, s->to, majorities, &at)
        && !has_most(m->plain.text, s->from, s->to, &at))
        return;
    if (plain_find(&m->plain, at)->sure & PLAIN_MAJORITY)
        return;
    if (m->x != NULL && has_majority(m))
        return;
    end = remark_word(m->plain.text, at, s->to);
    if (!remark_is(m->plain.text, at, end, majorities))
        end = remark_word(m->plain.text,
                          past_blanks(m->plain.text, end, s->to), s->to);
    remark_found(m, REMARK_MAJORITY, "text.remark_majority", at, end);
}

static void
look_at_place(struct remarking *m, size_t at, const struct place *p)
{
    if (p->kind == PLACE_FACT && m->x != NULL
        && text_say(m->x, p).how == SAID_NOTHING
        && !(plain_find(&m->plain, at)->sure & PLAIN_HAS_FACT)) {
        struct text_remark *r = remark_add(m, REMARK_NO_FACT, at);

        if (r != NULL)
            err_set(&r->say, ERR_INPUT, "text.remark_no_fact", "%s",
                    fact_words[p->fact]);
    }
    if (p->kind == PLACE_SHARE && m->share_at == 0)
        m->share_at = at + 1;
    if ((p->kind == PLACE_SHARE || p->kind == PLACE_PART)
        && m->share_count < SHARES_KEPT)
        m->share[m->share_count++] = p->figure[0];
    if (p->figure[0] >= 0 && p->kind != PLACE_PLURAL
        && p->kind != PLACE_MORE)
        remark_number(m, at, at + MARK_BYTES, p);
}

/* Past an address in what FROM begins, if one does. */
static size_t
past_address(const char *s, size_t from, size_t to)
{
    bool link = to - from > 2 && memcmp(s + from, "](", 2) == 0;

    if (!link && (to - from < 4 || memcmp(s + from, "http", 4) != 0))
        return from;
    while (from < to && s[from] != ' ' && !(link && s[from] == ')'))
        from++;
    return from;
}

static void
look_at_sentence(struct remarking *m, const struct stretch *s,
                 struct paragraph *p)
{
    const char *text = m->plain.text;

    m->share_at = 0;
    m->share_count = 0;
    m->sentence = *s;
    for (size_t at = s->from; at < s->to; ) {
        const char *here = text + at;
        int32_t mark = mark_take(&here, text + s->to);
        size_t past = past_address(text, at, s->to);

        if (mark >= 0) {
            if (mark != MARK_HIDDEN)
                look_at_place(m, at, text_place(m->t, mark));
            at += MARK_BYTES;
        } else if (past > at) {
            at = past;
        } else if (is_digit(text[at])) {
            size_t end = number_end(text, at, s->to);

            look_at_number(m, at, end, &p->all);
            at = end;
        } else {
            at++;
        }
    }
    look_at_base(m, s, p);
    look_at_them(m, s, p);
    look_at_majority(m, s);
    remark_number_words(m, s);
    remark_claim(m, s);
}

/* ---- a paragraph ---- */

static bool
has_date(const struct remarking *m, const struct stretch *p)
{
    const char *s = m->plain.text;
    size_t at;

    if (has_word(s, p->from, p->to, months, &at))
        return true;
    for (at = p->from; at + 10 <= p->to; at++)
        if (is_digit(s[at]) && is_digit(s[at + 3]) && s[at + 4] == '-'
            && is_digit(s[at + 6]) && s[at + 7] == '-'
            && is_digit(s[at + 9]))
            return true;
    return false;
}

static void
look_at_law(struct remarking *m, const struct stretch *p)
{
    const char *s = m->plain.text;

    for (size_t at = p->from; at + 1 < p->to; at++)
        if (memcmp(s + at, "\xc2\xa7", 2) == 0) {
            if (!m->laws && !has_date(m, p))
                remark_found(m, REMARK_LAW, "text.remark_law", at,
                             at + 24 < p->to ? at + 24 : p->to);
            return;
        }
}

/* Whether a line that begins at AT begins something new. */
static bool
begins_new(const char *s, size_t at, size_t len)
{
    return at + 1 < len && ((strchr("-*+>", s[at]) != NULL
                             && s[at + 1] == ' ')
                            || s[at] == '#'
                            || (is_digit(s[at]) && s[at + 1] == '.'));
}

static size_t
paragraph_end(const char *s, size_t from, size_t len)
{
    for (size_t i = from; i < len; i++)
        if (s[i] == '\n' && (i + 1 == len || s[i + 1] == '\n'
                             || begins_new(s, i + 1, len)))
            return i;
    return len;
}

static void
look_at_paragraph(struct remarking *m, size_t from, size_t to)
{
    const char *s = m->plain.text;
    bool item = from < to && strchr("-*+", s[from]) != NULL;
    struct paragraph p = { .all = { from, to }, .base = item && m->led };
    size_t end = to;

    for (size_t at = from; at < to; ) {
        struct stretch one = { at, sentence_end(s, at, to) };

        look_at_sentence(m, &one, &p);
        at = one.to;
    }
    look_at_law(m, &p.all);
    while (end > from && s[end - 1] == ' ')
        end--;
    if (end > from && !item)
        m->led = s[end - 1] == ':' && p.base;
}

/* ---- the text ---- */

static bool
says_laws(const struct text *t)
{
    for (int i = 0; i < t->place_list.count; i++) {
        const struct place *p = text_place(t, i);

        if (p->kind == PLACE_FACT && p->fact == FACT_LAWS)
            return t->has_laws;
    }
    return false;
}

static void
look_at_text(struct remarking *m)
{
    char *text = arena_text_n(m->scratch.arena, m->plain.text,
                              m->plain.len);
    size_t len = m->plain.len;

    m->plain.text = text;
    for (size_t at = 0; at < len; ) {
        size_t end = paragraph_end(text, at, len);

        /* Lines of a paragraph are one; ends of sentences are blanks. */
        for (size_t i = at; i < end; i++)
            if (text[i] == '\n')
                text[i] = ' ';
        look_at_paragraph(m, at, end);
        at = end + 1;
    }
}

static int
compare_remarks(const void *a, const void *b)
{
    const struct remark *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (int)x->remark.kind - (int)y->remark.kind;
}

int
text_remarks(const struct text *t, const struct report_input *input,
             struct arena *arena, const struct text_remark **list)
{
    struct remarking m = { .t = t, .scratch = { .arena = arena } };
    struct texted x;
    struct text_remark *out;
    int count;

    if (input != NULL) {
        x = text_begin(t, input, arena);
        m.x = &x;
    }
    m.laws = says_laws(t);
    plain_make(t, &m.plain);
    look_at_text(&m);
    remark_same(&m);
    remark_claims(&m);
    if (m.list.count > 0)
        qsort(m.list.item, (size_t)m.list.count, sizeof(struct remark),
              compare_remarks);
    count = m.list.count < TEXT_REMARKS_MAX ? m.list.count
        : TEXT_REMARKS_MAX;
    out = arena_array(arena, (size_t)count + 1, sizeof *out);
    for (int i = 0; i < count; i++)
        out[i] = ((struct remark *)m.list.item)[i].remark;
    *list = out;
    return count;
}
