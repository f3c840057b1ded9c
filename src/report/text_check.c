/* text_check.c - a text as one plain Markdown, and whether its Markdown is
 * of the kinds that are taken; see texting.h.
 *
 * Where a fault stands is found by a map from the bytes of the plain text
 * to those of the files it was made of. */
#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include "report/texting.h"

/* ---- all branches in one ---- */

struct making {
    const struct text *t;
    struct buf out;
    struct text_list map;
    unsigned sure;
};

/* Whether C, or its opposite where NOT, says that a number is just so:
 * count(...) = 0, and what else of > 0. */
static bool
settles(const struct cond *c, bool not)
{
    int64_t n = c->right.kind == VALUE_NUMBER ? c->right.n : -1;

    switch (c->op) {
    case COND_AND:
        return !not && (settles(c->a, not) || settles(c->b, not));
    case COND_OR:
        return not && (settles(c->a, not) || settles(c->b, not));
    case COND_NOT:
        return settles(c->a, !not);
    case COND_TEST:
        return c->sign == (not ? COND_NE : COND_EQ)
            || (c->sign == (not ? COND_GT : COND_LE) && n == 0)
            || (c->sign == (not ? COND_GE : COND_LT) && n == 1);
    default:
        return false;
    }
}

static unsigned
sure_of(const struct cond *c)
{
    if (c == NULL)
        return 0;
    if (c->op == COND_AND)
        return sure_of(c->a) | sure_of(c->b);
    if (c->op == COND_HAS)
        return PLAIN_HAS_FACT;
    if (c->op != COND_TEST)
        return 0;
    if (c->left.kind == VALUE_SHARE && c->right.kind == VALUE_PERCENT)
        return (c->sign == COND_GT && c->right.n >= 50)
            || (c->sign == COND_GE && c->right.n > 50) ? PLAIN_MAJORITY : 0;
    if (c->right.kind == VALUE_SHARE && c->left.kind == VALUE_PERCENT)
        return (c->sign == COND_LT && c->left.n >= 50)
            || (c->sign == COND_LE && c->left.n > 50) ? PLAIN_MAJORITY : 0;
    return 0;
}

static void
map_here(struct making *m, const struct text_file *file, size_t from)
{
    struct plain_map *more;
    struct arena *arena = m->t->arena;
    struct text own = { .arena = arena };

    more = list_more(&own, &m->map, sizeof *more, 1 << 20);
    if (more != NULL)
        *more = (struct plain_map){ m->out.len, file, from, m->sure };
}

static void
put_plain(struct making *m, const struct piece *p)
{
    for (; p != NULL; p = p->next) {
        unsigned sure = m->sure;

        switch (p->kind) {
        case PIECE_WORDS:
            map_here(m, p->file, p->place != NULL ? p->place->at
                     : (size_t)(p->words - p->file->bytes));
            buf_add(&m->out, p->words, p->len);
            break;
        case PIECE_PLACE:
            if (place_is_block(p->place->kind))
                buf_text(&m->out, "\n\n");
            map_here(m, p->file, p->place->at);
            mark_put(&m->out, MARK_FIRST + p->place->number);
            if (place_is_block(p->place->kind))
                buf_text(&m->out, "\n\n");
            break;
        case PIECE_IF:
            for (int i = 0; i < p->branches; i++) {
                const struct cond *c = p->branch[i].cond;

                m->sure = sure | sure_of(c);
                if ((c != NULL && settles(c, false))
                    || (i > 0 && settles(p->branch[i - 1].cond, true)))
                    m->sure |= PLAIN_SETTLED;
                if (i > 0 && !p->alone)
                    buf_byte(&m->out, ' ');
                put_plain(m, p->branch[i].first);
            }
            m->sure = sure;
            break;
        }
    }
}

void
plain_make(const struct text *t, struct text_plain *out)
{
    struct making m = { .t = t };

    buf_init(&m.out, 0);
    put_plain(&m, t->first);
    *out = (struct text_plain){
        .text = arena_text_n(t->arena, buf_string(&m.out), m.out.len),
        .len = m.out.len, .map = m.map.item, .map_count = m.map.count
    };
    buf_clear(&m.out);
}

const struct plain_map *
plain_find(const struct text_plain *p, size_t at)
{
    int low = 0, high = p->map_count;

    while (high - low > 1) {
        int middle = (low + high) / 2;

        if (p->map[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return p->map_count == 0 ? NULL : &p->map[low];
}

/* ---- what is taken ---- */

struct checking {
    const struct text *t;
    const struct text_plain *plain;
    struct err *e;
    int level;                  /* of the heading before, 0: none yet */
    bool cards;                 /* the next block must be a list */
    size_t cards_at;
};

static size_t
offset_of(const struct text_plain *p, cmark_node *n)
{
    int line = cmark_node_get_start_line(n);
    int column = cmark_node_get_start_column(n);
    size_t at = 0;

    while (line > 1 && at < p->len)
        line -= p->text[at++] == '\n';
    at += column > 1 ? (size_t)column - 1 : 0;
    return at < p->len ? at : p->len;
}

static bool
refuse_at(const struct checking *c, size_t at, const char *key)
{
    const struct plain_map *map = plain_find(c->plain, at);

    err_set(c->e, ERR_INPUT, key, "");
    if (map == NULL)
        return false;
    return text_at(c->e, map->file, map->from + (at - map->at));
}

static bool
refuse(const struct checking *c, cmark_node *n, const char *key)
{
    while (n != NULL && cmark_node_get_start_line(n) == 0)
        n = cmark_node_parent(n);
    return refuse_at(c, n == NULL ? 0 : offset_of(c->plain, n), key);
}

/* The place that a text node begins with, or NULL. */
static const struct place *
first_place(const struct checking *c, cmark_node *n)
{
    const char *s = n == NULL || cmark_node_get_type(n) != CMARK_NODE_TEXT
        ? NULL : cmark_node_get_literal(n);
    int32_t mark = s == NULL ? -1 : mark_take(&s, s + strlen(s));

    return mark < 0 || mark == MARK_HIDDEN ? NULL : text_place(c->t, mark);
}

static bool
check_heading(struct checking *c, cmark_node *n)
{
    int level = cmark_node_get_heading_level(n);

    if (cmark_node_get_type(cmark_node_parent(n)) != CMARK_NODE_DOCUMENT)
        return refuse(c, n, "text.md_heading_in");
    if (level > 3)
        return refuse(c, n, "text.md_heading_deep");
    if (c->t->kind == DOC_SLIDES && level > 1)
        return refuse(c, n, "text.md_heading_slide");
    if (level > c->level + 1)
        return refuse(c, n, "text.md_heading_skip");
    if (cmark_node_first_child(n) == NULL)
        return refuse(c, n, "text.md_heading_blank");
    c->level = level;
    return true;
}

/* A note may begin a paragraph, and stand nowhere else. */
static bool
check_words(struct checking *c, cmark_node *n)
{
    const char *text = cmark_node_get_literal(n), *s = text;
    const char *end = text + strlen(text);
    cmark_node *parent = cmark_node_parent(n);
    bool first = cmark_node_get_type(parent) == CMARK_NODE_PARAGRAPH
        && cmark_node_first_child(parent) == n
        && cmark_node_get_type(cmark_node_parent(parent))
           == CMARK_NODE_DOCUMENT;

    while (s < end) {
        const char *at = s;
        int32_t mark = mark_take(&s, end);

        if (mark < 0)
            s++;
        else if (mark != MARK_HIDDEN
                 && text_place(c->t, mark)->kind == PLACE_NOTE
                 && !(first && at == text)) {
            const struct place *p = text_place(c->t, mark);

            err_set(c->e, ERR_INPUT, "text.note_first", "");
            return text_at(c->e, p->file, p->at);
        }
    }
    return true;
}

static bool
link_allowed(const char *url)
{
    static const char *const begin[] = { "http://", "https://", "mailto:" };

    for (const char *s = url; *s != '\0'; s++)
        if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0xF3)
            return false;
    for (int i = 0; i < 3; i++)
        if (strncmp(url, begin[i], strlen(begin[i])) == 0)
            return true;
    return false;
}

static bool
check_list(const struct checking *c, cmark_node *n)
{
    return cmark_node_get_type(cmark_node_parent(n)) == CMARK_NODE_DOCUMENT
        || refuse(c, n, "text.md_list_in");
}

/* Where a block stands in the whole: under a heading, and behind
 * {{cards}} a list. */
static bool
check_order(struct checking *c, cmark_node *n, cmark_node_type type)
{
    const struct place *p;

    if (cmark_node_parent(n) == NULL
        || cmark_node_get_type(cmark_node_parent(n)) != CMARK_NODE_DOCUMENT)
        return true;
    if (c->level == 0 && type != CMARK_NODE_HEADING)
        return refuse(c, n, "text.before_heading");
    if (c->cards && type != CMARK_NODE_LIST)
        return refuse_at(c, c->cards_at, "text.cards_list");
    c->cards = false;
    p = type == CMARK_NODE_PARAGRAPH
        ? first_place(c, cmark_node_first_child(n)) : NULL;
    if (p != NULL && p->kind == PLACE_CARDS) {
        c->cards = true;
        c->cards_at = offset_of(c->plain, n);
    }
    return true;
}

static bool
check_node(struct checking *c, cmark_node *n)
{
    cmark_node_type type = cmark_node_get_type(n);

    if (!check_order(c, n, type))
        return false;
    switch (type) {
    case CMARK_NODE_HTML_BLOCK: case CMARK_NODE_HTML_INLINE:
        return refuse(c, n, "text.md_html");
    case CMARK_NODE_IMAGE:
        return refuse(c, n, "text.md_image");
    case CMARK_NODE_CODE_BLOCK:
        return refuse(c, n, "text.md_code");
    case CMARK_NODE_THEMATIC_BREAK:
        return refuse(c, n, "text.md_rule");
    case CMARK_NODE_HEADING:
        return check_heading(c, n);
    case CMARK_NODE_LIST:
        return check_list(c, n);
    case CMARK_NODE_BLOCK_QUOTE:
        return cmark_node_get_type(cmark_node_parent(n))
            == CMARK_NODE_DOCUMENT || refuse(c, n, "text.md_quote_in");
    case CMARK_NODE_LINK:
        return link_allowed(cmark_node_get_url(n))
            || refuse(c, n, "text.link");
    case CMARK_NODE_TEXT: case CMARK_NODE_CODE:
        return check_words(c, n);
    default:
        return true;
    }
}

/* "&#983040;" would become a mark that stands for no place. */
static bool
check_entities(const struct checking *c)
{
    for (size_t i = 0; i + 1 < c->plain->len; i++)
        if (memcmp(c->plain->text + i, "&#", 2) == 0)
            return refuse_at(c, i, "text.entity");
    return true;
}

bool
text_check(const struct text *t, struct err *e)
{
    struct text_plain plain;
    struct checking c = { .t = t, .plain = &plain, .e = e };
    cmark_node *doc;
    cmark_iter *iter;
    cmark_event_type event;
    bool ok = true;

    plain_make(t, &plain);
    if (!check_entities(&c))
        return false;
    doc = cmark_parse_document(plain.text, plain.len, CMARK_OPT_DEFAULT);
    iter = cmark_iter_new(doc);
    while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        if (event == CMARK_EVENT_ENTER)
            ok = check_node(&c, cmark_iter_get_node(iter));
    if (ok && c.cards)
        ok = refuse_at(&c, c.cards_at, "text.cards_list");
    cmark_iter_free(iter);
    cmark_node_free(doc);
    return ok;
}
