/* msg.c - see msg.h.
 *
 * A compiled .po is a .mo file: a header, then two tables of (length,
 * offset), one of the keys in order of bytes and one of the texts. Looking
 * up is a binary search in the bytes as they lie in the program; nothing is
 * read, copied or kept, so any thread may ask in any language. The file is
 * ours and from the same build, so its form is asserted, not checked. */
#include "base/msg.h"
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/embed.h"
#include "base/utf8.h"

static const uint32_t mo_magic = 0x950412de;

struct mo_text {
    uint32_t len, at;
};

static const char *const file_of[LANG_COUNT] = {
    [LANG_NB] = "po/nb.mo", [LANG_NN] = "po/nn.mo", [LANG_EN] = "po/en.mo"
};

static uint32_t
word_at(const char *mo, size_t at)
{
    uint32_t w;

    memcpy(&w, mo + at, sizeof w);
    return w;
}

static struct mo_text
text_at(const char *mo, size_t table, uint32_t i)
{
    return (struct mo_text){ word_at(mo, table + 8 * (size_t)i),
                             word_at(mo, table + 8 * (size_t)i + 4) };
}

/* The text under KEY, or NULL. */
static const char *
find(enum lang lang, const char *key)
{
    size_t len = 0;
    const char *mo = embed_find(file_of[lang], &len);
    uint32_t low = 0, high;

    assert(mo != NULL && len > 28);
    assert(word_at(mo, 0) == mo_magic && word_at(mo, 4) == 0);
    high = word_at(mo, 8);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct mo_text k = text_at(mo, word_at(mo, 12), middle);
        int order = strcmp(key, mo + k.at);

        if (order == 0)
            return mo + text_at(mo, word_at(mo, 16), middle).at;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool
msg_has(enum lang lang, const char *key)
{
    return find(lang, key) != NULL;
}

const char *
msg_text(enum lang lang, const char *key)
{
    const char *text = find(lang, key);

    assert(text != NULL && "a key that no po file has");
    return text != NULL ? text : key;
}

/* The text, or the key itself: an error must come out whatever is wrong
 * with the program. */
static const char *
text_or_key(enum lang lang, const char *key)
{
    const char *text = find(lang, key);

    return text != NULL ? text : key;
}

/* Appends an argument; of what may not be shown, how long it is. */
static void
put_arg(struct buf *out, enum lang lang, const char *arg)
{
    size_t mark = strlen(QUOTE_HIDDEN);
    const char *text, *place;

    if (strncmp(arg, QUOTE_HIDDEN, mark) != 0) {
        buf_text(out, arg);
        return;
    }
    text = text_or_key(lang, "message.hidden");
    place = strstr(text, "{1}");
    assert(place != NULL);
    buf_add(out, text, (size_t)(place - text));
    buf_text(out, arg + mark);
    buf_text(out, place + 3);
}

/* Appends TEXT with {1}..{9} replaced; one without its argument stays. */
static void
put(struct buf *out, enum lang lang, const char *text, int args,
    const char *const *arg)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}'
            && p[1] - '1' < args) {
            put_arg(out, lang, arg[p[1] - '1']);
            p += 2;
        } else {
            buf_byte(out, *p);
        }
    }
}

void
msg_put(struct buf *out, enum lang lang, const char *key, int args,
        const char *const *arg)
{
    put(out, lang, msg_text(lang, key), args, arg);
}

/* A file's name comes from whoever called the program, and may hold
 * anything: what would break the line or is not UTF-8 is escaped. */
static void
put_name(struct buf *out, const char *name)
{
    const char *p = name, *end = name + strlen(name);

    while (p < end) {
        const char *from = p;
        int32_t c = utf8_next(&p, end);

        if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\x%02x", (unsigned)(unsigned char)*from);
        else
            buf_add(out, from, (size_t)(p - from));
    }
}

/* "FILE:LINE:COLUMN:FIELD: ", of what there is; nothing if there is none. */
static void
put_place(struct buf *out, const struct err *e)
{
    size_t before = out->len;

    if (e->at.file != NULL) {
        put_name(out, e->at.file);
        if (e->at.line > 0)
            buf_printf(out, ":%ld", e->at.line);
        if (e->at.column > 0)
            buf_printf(out, ":%d", e->at.column);
    }
    if (e->field[0] != '\0') {
        if (out->len > before)
            buf_byte(out, ':');
        buf_text(out, e->field);
    }
    if (out->len > before)
        buf_text(out, ": ");
}

void
msg_error(struct buf *out, enum lang lang, const struct err *e)
{
    char hint[ERR_KEY_MAX + sizeof ".hint"];
    const char *arg[ERR_ARGS];

    for (int i = 0; i < e->args; i++)
        arg[i] = e->arg[i];
    put_place(out, e);
    put(out, lang, text_or_key(lang, e->key), e->args, arg);
    snprintf(hint, sizeof hint, "%s.hint", e->key);
    if (msg_has(lang, hint)) {
        buf_text(out, "; ");
        put(out, lang, text_or_key(lang, hint), e->args, arg);
    }
}
