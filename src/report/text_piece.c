/* text_piece.c - a text cut into pieces: words, places, conditions; see
 * texting.h.
 *
 * A line that holds nothing but an if, an else, an end, a comment or a
 * place for a block leaves no trace in the words around it. */
#include <string.h>
#include "base/utf8.h"
#include "report/texting.h"

struct scan {
    struct text *t;
    const struct text_file *file;
    size_t at, end;
    enum pieces_mode mode;
    int levels;
    struct err *e;
};

/* What a list of pieces ended with: an else or end, NULL: the last byte. */
struct stop {
    const struct place *place;
    const struct cond *cond;
};

static bool scan_list(struct scan *s, struct piece **tail,
                      struct stop *stop);

static struct piece *
add_piece(struct text *t, struct piece ***tail)
{
    struct piece *p = arena_take(t->arena, sizeof *p);

    **tail = p;
    *tail = &p->next;
    return p;
}

static void
add_words(struct scan *s, struct piece ***tail, size_t from, size_t to)
{
    struct piece *p;

    if (from == to)
        return;
    p = add_piece(s->t, tail);
    p->kind = PIECE_WORDS;
    p->file = s->file;
    p->words = s->file->bytes + from;
    p->len = to - from;
}

static bool
fail(const struct scan *s, size_t at, const char *key, const char *arg)
{
    err_set(s->e, ERR_INPUT, key, "%s", arg);
    return text_at(s->e, s->file, at);
}

/* The next pair of braces, and whether a backslash stands before it. */
static size_t
next_braces(const struct scan *s, size_t from, bool *escaped)
{
    const char *bytes = s->file->bytes;

    for (size_t i = from; i + 1 < s->end; i++)
        if (bytes[i] == '{' && bytes[i + 1] == '{') {
            *escaped = i > from && bytes[i - 1] == '\\';
            return i;
        }
    return s->end;
}

/* Whether the bytes AT to END are all that their lines hold; then FROM is
 * where the first line begins and TO where the next one does. */
static bool
is_alone(const struct scan *s, size_t at, size_t end, size_t *from,
         size_t *to)
{
    const char *bytes = s->file->bytes;

    *from = at;
    while (*from > 0 && (bytes[*from - 1] == ' ' || bytes[*from - 1] == '\t'))
        --*from;
    for (*to = end; *to < s->end; ++*to) {
        if (bytes[*to] == '\n') {
            ++*to;
            break;
        }
        if (bytes[*to] != ' ' && bytes[*to] != '\t')
            return false;
    }
    return *from == 0 || bytes[*from - 1] == '\n';
}

/* ---- conditions ---- */

static bool
scan_if(struct scan *s, const struct place *place, const struct cond *cond,
        bool alone, struct piece ***tail)
{
    struct text_list list = { 0 };
    struct piece *p = add_piece(s->t, tail);
    struct stop stop = { place, cond };

    if (++s->levels > TEXT_LEVELS_MAX) {
        err_set(s->e, ERR_INPUT, "text.levels", "%d", TEXT_LEVELS_MAX);
        return text_at(s->e, s->file, place->at);
    }
    p->kind = PIECE_IF;
    p->file = s->file;
    p->place = place;
    p->alone = alone;
    while (stop.place->kind != PLACE_END) {
        struct branch *b = list_more(s->t, &list, sizeof *b,
                                     TEXT_PLACES_MAX);
        size_t at = stop.place->at;

        if (list.count > 1 && ((struct branch *)list.item)[list.count - 2]
            .cond == NULL)
            return fail(s, at, "text.else_twice", "{{else}}");
        b->cond = stop.cond;
        if (!scan_list(s, &b->first, &stop))
            return false;
        if (stop.place == NULL)
            return fail(s, place->at, "text.if_open", "{{if}}");
    }
    p->branch = list.item;
    p->branches = list.count;
    s->levels--;
    return true;
}

/* ---- one place ---- */

static int
heading_level(const struct scan *s, size_t at)
{
    const char *bytes = s->file->bytes;
    int level = 0;

    for (size_t i = 0; i < at; i++)
        if (bytes[i] == '#' && (i == 0 || bytes[i - 1] == '\n')) {
            level = 0;
            while (i < at && bytes[i] == '#') {
                level++;
                i++;
            }
        }
    return level;
}

static bool
check_place(const struct scan *s, const struct place *p, bool alone)
{
    bool block = place_is_block(p->kind);

    if (block && s->mode == PIECES_LINE)
        return fail(s, p->at, "text.block_in_line", place_words[p->kind]);
    if (p->kind == PLACE_NOTE && s->mode == PIECES_LINE)
        return fail(s, p->at, "text.block_in_line", place_words[p->kind]);
    if (block && !alone)
        return fail(s, p->at, "text.block_inline", place_words[p->kind]);
    if (p->kind == PLACE_FOCUS && s->mode != PIECES_WHOLE)
        return fail(s, p->at, "text.focus_nested", "{{focus}}");
    return true;
}

static bool
scan_place(struct scan *s, const struct place *p, const struct cond *cond,
           bool alone, struct piece ***tail)
{
    struct piece *piece;

    if (!check_place(s, p, alone))
        return false;
    if (p->kind == PLACE_COMMENT)
        return true;
    if (p->kind == PLACE_IF)
        return scan_if(s, p, cond, alone, tail);
    if (p->kind == PLACE_FOCUS)
        return pieces_focus(s->t, p, heading_level(s, p->at), tail, s->e);
    piece = add_piece(s->t, tail);
    piece->kind = PIECE_PLACE;
    piece->file = s->file;
    piece->place = p;
    return true;
}

static bool
scan_list(struct scan *s, struct piece **first, struct stop *stop)
{
    struct piece **tail = first;

    *stop = (struct stop){ 0 };
    while (s->at < s->end) {
        const struct cond *cond = NULL;
        const struct place *p;
        size_t from, to, end, at;
        bool escaped = false, alone;

        at = next_braces(s, s->at, &escaped);
        if (escaped) {
            add_words(s, &tail, s->at, at - 1);
            add_words(s, &tail, at, at + 2);
            s->at = at + 2;
            continue;
        }
        if (at == s->end)
            break;
        end = at + place_length(s->file->bytes, s->end, at);
        if (end == at)
            return fail(s, at, "text.open", "}}");
        p = place_read(s->t, s->file, at, end, &cond, s->e);
        if (p == NULL)
            return false;
        alone = is_alone(s, at, end, &from, &to)
            && (place_is_block(p->kind) || p->kind >= PLACE_IF)
            && p->kind != PLACE_FACT;
        add_words(s, &tail, s->at, alone && from > s->at ? from
                  : alone ? s->at : at);
        s->at = alone ? to : end;
        if (p->kind == PLACE_ELSE || p->kind == PLACE_END) {
            *stop = (struct stop){ p, cond };
            return true;
        }
        if (!scan_place(s, p, cond, alone, &tail))
            return false;
    }
    add_words(s, &tail, s->at, s->end);
    s->at = s->end;
    return true;
}

bool
pieces_read(struct text *t, const struct text_file *file, size_t from,
            size_t to, enum pieces_mode mode, struct piece **first,
            struct err *e)
{
    struct scan s = { .t = t, .file = file, .at = from, .end = to,
                      .mode = mode, .e = e };
    struct stop stop;

    *first = NULL;
    if (!scan_list(&s, first, &stop))
        return false;
    if (stop.place != NULL)
        return fail(&s, stop.place->at, "text.no_if",
                    place_words[stop.place->kind]);
    return true;
}

/* ---- focus areas ---- */

static void
add_ours(struct text *t, const struct place *place, const char *words,
         struct piece ***tail)
{
    struct piece *p = add_piece(t, tail);

    p->kind = PIECE_WORDS;
    p->file = place->file;
    p->place = place;           /* whose place is theirs */
    p->words = words;
    p->len = strlen(words);
}

/* TEXT of the focus area FILE is of, on one line where LINE says so. */
static bool
add_part(struct text *t, const struct text_file *of, const char *text,
         bool line, struct piece ***tail, struct err *e)
{
    struct text_file *file = arena_take(t->arena, sizeof *file);
    char *copy = arena_text(t->arena, text == NULL ? "" : text);

    *file = (struct text_file){ of->name, copy, strlen(copy) };
    for (char *s = copy; line && *s != '\0'; s++)
        if (*s == '\n')
            *s = ' ';
    if (!text_bytes(file, e)
        || !pieces_read(t, file, 0, file->len,
                     line ? PIECES_LINE : PIECES_FOCUS, *tail, e))
        return false;
    while (**tail != NULL)
        *tail = &(**tail)->next;
    return true;
}

/* TEXT with "> " before each line. */
static const char *
quoted_lines(struct text *t, const char *text)
{
    struct buf out;
    const char *said;

    buf_init(&out, 0);
    buf_text(&out, "> ");
    for (; *text != '\0'; text++) {
        buf_byte(&out, *text);
        if (*text == '\n')
            buf_text(&out, "> ");
    }
    said = arena_text(t->arena, buf_string(&out));
    buf_clear(&out);
    return said;
}

/* The first number of TEXT, as it is asked for; "" where there is none. */
static const char *
first_number(struct text *t, const char *text)
{
    static const char *const words[] = {
        "count", "people", "share", "part", "sum", "amount"
    };
    size_t len = strlen(text);

    for (size_t i = 0; i + 2 < len; i++) {
        size_t n;

        if (text[i] != '{' || text[i + 1] != '{')
            continue;
        n = place_length(text, len, i);
        for (size_t w = 0; n > 0 && w < sizeof words / sizeof *words; w++)
            if (strncmp(text + i + 2, words[w], strlen(words[w])) == 0)
                return arena_text_n(t->arena, text + i, n);
    }
    return "";
}

static bool
add_card(struct text *t, const struct text_file *file,
         const struct place *place, const struct text_focus *f,
         struct piece ***tail, struct err *e)
{
    const char *number = f->number != NULL && *f->number != '\0'
        ? f->number : first_number(t, f->text);
    const char *part[] = { number, f->title, f->text, f->recommendation };

    for (int i = 0; i < 4; i++) {
        add_ours(t, place, i == 0 ? "- " : " | ", tail);
        if (!add_part(t, file, part[i], true, tail, e))
            return false;
    }
    add_ours(t, place, "\n", tail);
    return true;
}

static bool
add_section(struct text *t, const struct text_file *file,
            const struct place *place, int level,
            const struct text_focus *f, struct piece ***tail, struct err *e)
{
    static const char *const mark[] = {
        "\n\n# ", "\n\n## ", "\n\n### "
    };

    add_ours(t, place, mark[level < 2 ? level : 2], tail);
    if (!add_part(t, file, f->title, true, tail, e))
        return false;
    add_ours(t, place, "\n\n", tail);
    if (!add_part(t, file, f->text, false, tail, e))
        return false;
    add_ours(t, place, "\n\n", tail);
    if (f->recommendation == NULL || *f->recommendation == '\0')
        return true;
    if (!add_part(t, file, quoted_lines(t, f->recommendation), false, tail,
                  e))
        return false;
    add_ours(t, place, "\n\n", tail);
    return true;
}

static bool
add_cards_place(struct text *t, const struct place *focus,
                struct piece ***tail)
{
    struct place *cards = arena_take(t->arena, sizeof *cards);
    const struct place **more = list_more(t, &t->place_list, sizeof *more,
                                          TEXT_PLACES_MAX);
    struct piece *piece;

    if (more == NULL)
        return false;
    *cards = *focus;
    cards->kind = PLACE_CARDS;
    cards->number = t->place_list.count - 1;
    *more = cards;
    piece = add_piece(t, tail);
    piece->kind = PIECE_PLACE;
    piece->file = focus->file;
    piece->place = cards;
    return true;
}

bool
pieces_focus(struct text *t, const struct place *place, int level,
             struct piece ***tail, struct err *e)
{
    if (t->focus_count > 0 && t->kind == DOC_SLIDES
        && !add_cards_place(t, place, tail)) {
        err_set(e, ERR_INPUT, "text.places", "%d", TEXT_PLACES_MAX);
        return text_at(e, place->file, place->at);
    }
    for (int i = 0; i < t->focus_count; i++) {
        const struct text_focus *f = &t->focus[i];
        struct text_file *file = arena_take(t->arena, sizeof *file);

        file->name = arena_printf(t->arena, "focus %d", i + 1);
        if (t->kind == DOC_SLIDES
            ? !add_card(t, file, place, f, tail, e)
            : !add_section(t, file, place, level, f, tail, e))
            return false;
    }
    add_ours(t, place, "\n\n", tail);
    return true;
}
