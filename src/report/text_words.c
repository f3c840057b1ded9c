/* text_words.c - sentences: marks become words, and what needs a hidden
 * number is left out whole; see texting.h.
 *
 * Sentences are found before marks are replaced, so that a full stop in a
 * number or a name never ends one. Looks (strong, links) are spans over the
 * bytes, and follow what is said. */
#include <stdlib.h>
#include <string.h>
#include "report/format.h"
#include "report/texting.h"

void
words_init(struct words *w)
{
    *w = (struct words){ 0 };
    buf_init(&w->text, 0);
}

void
words_clear(struct words *w)
{
    buf_clear(&w->text);
    free(w->span);
    w->span = NULL;
    w->count = w->room = 0;
}

void
words_style(struct words *w, unsigned style, const char *href)
{
    struct words_span *last = w->count > 0 ? &w->span[w->count - 1] : NULL;

    if (last != NULL && last->style == style && last->href == href)
        return;
    if (last != NULL && last->from == w->text.len) {
        last->style = style;
        last->href = href;
        return;
    }
    w->span = mem_more(w->span, w->count, &w->room, sizeof *w->span);
    w->span[w->count++] = (struct words_span){ w->text.len, style, href };
}

/* ---- where sentences end ---- */

static bool
is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Whether the full stop at DOT belongs to a short word. */
static bool
is_short(const char *s, size_t from, size_t dot)
{
    static const char *const words[] = {
        "bl.a", "ca", "dvs", "e.g", "f.eks", "i.e", "jf", "kap", "kl", "mv",
        "no", "nr", "pkt", "pr", "st"
    };
    size_t at = dot, n;

    while (at > from && (is_letter((unsigned char)s[at - 1])
                         || s[at - 1] == '.')
           && (unsigned char)s[at - 1] < 0xF3)
        at--;
    n = dot - at;
    if (n == 1)
        return is_letter((unsigned char)s[at]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == n && strncasecmp(s + at, words[i], n) == 0)
            return true;
    return false;
}

/* Whether a sentence may begin with what stands at S: a capital letter, a
 * mark, or a quotation mark. */
static bool
may_begin(const char *s, const char *end)
{
    unsigned char c = (unsigned char)*s;

    if ((c >= 'A' && c <= 'Z') || c >= 0xF3 || c == '"' || c == '(')
        return true;
    if (end - s >= 2 && c == 0xC3)
        return (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] <= 0x9E;
    if (end - s >= 2 && c == 0xC2)
        return (unsigned char)s[1] == 0xAB;             /* « */
    return end - s >= 3 && memcmp(s, "\xe2\x80\x9c", 3) == 0;
}

static size_t
past_closing(const char *s, size_t at, size_t len)
{
    for (;;) {
        if (at < len && (s[at] == '"' || s[at] == ')' || s[at] == '\''))
            at++;
        else if (at + 1 < len && memcmp(s + at, "\xc2\xbb", 2) == 0)
            at += 2;
        else if (at + 2 < len && memcmp(s + at, "\xe2\x80\x9d", 3) == 0)
            at += 3;
        else
            return at;
    }
}

size_t
sentence_end(const char *s, size_t from, size_t len)
{
    for (size_t i = from; i < len; i++) {
        size_t at;

        if (s[i] != '.' && s[i] != '!' && s[i] != '?')
            continue;
        at = past_closing(s, i + 1, len);
        if (at >= len || s[at] != ' ' || (s[i] == '.'
                                          && is_short(s, from, i)))
            continue;
        while (at < len && s[at] == ' ')
            at++;
        if (at >= len || may_begin(s + at, s + len))
            return at;
    }
    return len;
}

/* ---- said ---- */

struct speaking {
    struct texted *x;
    struct words out;
    bool starts;                /* the next word begins a sentence */
};

static void
put_byte(struct speaking *p, char c)
{
    struct buf *b = &p->out.text;

    if (c == '\n' || c == '\t')
        c = ' ';
    if (c == ' ' && (b->len == 0 || b->data[b->len - 1] == ' '))
        return;
    if (strchr(",.;:!?", c) != NULL && b->len > 0
        && b->data[b->len - 1] == ' ') {
        b->len--;
        if (p->out.count > 0
            && p->out.span[p->out.count - 1].from > b->len)
            p->out.span[p->out.count - 1].from = b->len;
    }
    buf_byte(b, c);
}

static void
put_text(struct speaking *p, const char *text)
{
    for (; *text != '\0'; text++)
        put_byte(p, *text);
}

enum looks { CLEAR, NOTHING, HIDDEN };

/* Whether everything asked for from S to END may be said, and is there. */
static enum looks
look(struct speaking *p, const char *s, const char *end)
{
    enum looks is = CLEAR;

    while (s < end) {
        int32_t mark = mark_take(&s, end);
        struct said said;

        if (mark < 0) {
            s++;
            continue;
        }
        if (mark == MARK_HIDDEN)
            return HIDDEN;
        said = text_say(p->x, text_place(p->x->t, mark));
        if (said.how == SAID_HIDDEN)
            return HIDDEN;
        if (said.how == SAID_NOTHING)
            is = NOTHING;
    }
    return is;
}

/* A sentence is said: FROM to TO of W, whose span AT is the one it begins
 * in. */
static void
say_sentence(struct speaking *p, const struct words *w, size_t from,
             size_t to)
{
    const char *s = w->text.data + from, *end = w->text.data + to;
    int span = 0;

    p->starts = true;
    while (s < end) {
        size_t at = (size_t)(s - w->text.data);
        int32_t mark;

        while (span + 1 < w->count && w->span[span + 1].from <= at)
            span++;
        if (w->count > 0)
            words_style(&p->out, w->span[span].style, w->span[span].href);
        mark = mark_take(&s, end);
        if (mark >= 0) {
            const char *text = text_say(p->x, text_place(p->x->t, mark))
                .text;

            put_text(p, p->starts && *text != '\0'
                     ? format_begin(p->x->b.arena, text) : text);
            p->starts &= *text == '\0';
        } else {
            if (strchr(" \"(\xc2\xab", *s) == NULL)
                p->starts = false;
            put_byte(p, *s++);
        }
    }
}

static void
take_runs(struct speaking *p, struct spoken *said)
{
    const struct words *w = &p->out;
    struct doc_run *run;
    bool plain = true;

    for (int i = 0; i < w->count; i++)
        plain &= w->span[i].style == 0 && w->span[i].href == NULL;
    if (plain || w->text.len == 0)
        return;
    run = arena_array(p->x->b.arena, (size_t)w->count, sizeof *run);
    for (int i = 0; i < w->count; i++) {
        size_t from = w->span[i].from, to = i + 1 < w->count
            ? w->span[i + 1].from : w->text.len;

        if (to > w->text.len)
            to = w->text.len;
        if (from >= to)
            continue;
        run[said->run_count++] = (struct doc_run){
            arena_text_n(p->x->b.arena, w->text.data + from, to - from),
            w->span[i].style, w->span[i].href
        };
    }
    said->run = run;
}

struct spoken
words_say(struct texted *x, const struct words *w)
{
    struct speaking p = { .x = x };
    struct spoken said = { .text = "" };
    const char *s = w->text.data;
    size_t len = w->text.len;

    words_init(&p.out);
    for (size_t at = 0; at < len; ) {
        size_t end = sentence_end(s, at, len);
        enum looks is = look(&p, s + at, s + end);

        if (is == CLEAR)
            say_sentence(&p, w, at, end);
        x->left_out += is == HIDDEN;
        said.hidden |= is == HIDDEN;
        at = end;
    }
    while (p.out.text.len > 0 && p.out.text.data[p.out.text.len - 1] == ' ')
        p.out.text.data[--p.out.text.len] = '\0';
    said.text = arena_text(x->b.arena, buf_string(&p.out.text));
    take_runs(&p, &said);
    words_clear(&p.out);
    return said;
}

/* ---- pieces ---- */

/* Stands for a condition that a hidden number decides: so that it takes
 * along what it would have been a part of, and no more. */
static void
put_unsure(const struct piece *p, struct buf *out)
{
    const struct piece *first = p->branch[0].first;
    const char *words = first != NULL && first->kind == PIECE_WORDS
        ? first->words : "";
    size_t len = *words != '\0' ? first->len : 0;
    bool item = len > 2 && (words[0] == '-' || words[0] == '>')
        && words[1] == ' ';

    while (first != NULL && first->next != NULL)
        first = first->next;
    if (p->alone) {
        buf_text(out, item ? "" : "\n\n");
        buf_add(out, words, item ? 2 : 0);
        mark_put(out, MARK_HIDDEN);
        buf_text(out, item ? "\n" : "\n\n");
        return;
    }
    mark_put(out, MARK_HIDDEN);
    if (first == NULL || first->kind != PIECE_WORDS)
        return;
    len = first->len;
    while (len > 0 && first->words[len - 1] == ' ')
        len--;
    if (len > 0 && strchr(".!?", first->words[len - 1]) != NULL)
        buf_text(out, ". ");
}

static void
put_if(struct texted *x, const struct piece *p, struct buf *out)
{
    for (int i = 0; i < p->branches; i++) {
        enum truth truth = p->branch[i].cond == NULL ? TRUTH_YES
            : text_truth(x, p->branch[i].cond);

        if (truth == TRUTH_UNSURE)
            put_unsure(p, out);
        else if (truth == TRUTH_YES)
            pieces_put(x, p->branch[i].first, out);
        if (truth != TRUTH_NO)
            return;
    }
}

void
pieces_put(struct texted *x, const struct piece *p, struct buf *out)
{
    for (; p != NULL; p = p->next)
        switch (p->kind) {
        case PIECE_WORDS:
            buf_add(out, p->words, p->len);
            break;
        case PIECE_PLACE:
            if (place_is_block(p->place->kind))
                buf_text(out, "\n\n");
            mark_put(out, MARK_FIRST + p->place->number);
            if (place_is_block(p->place->kind))
                buf_text(out, "\n\n");
            break;
        case PIECE_IF:
            put_if(x, p, out);
            break;
        }
}

struct spoken
pieces_say(struct texted *x, const struct piece *first)
{
    struct words w;
    struct spoken said;

    words_init(&w);
    pieces_put(x, first, &w.text);
    said = words_say(x, &w);
    words_clear(&w);
    return said;
}
