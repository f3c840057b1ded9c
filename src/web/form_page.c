/* form_page.c - see form_page.h: holes, and what fills them. */
#include "web/form_page.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/escape.h"
#include "web/form_hole.h"

struct hole {
    const char *text;           /* before it */
    size_t len;
    char type;                  /* enum hole_type; 0: the end */
    int a, b;
};

enum { END_BYTES = 16 * 1024 };  /* what comes behind the tabs */

struct skeleton {
    struct buf text;
    struct hole *holes;
    const char *state[4];       /* words by enum form_state */
};

struct kept {
    struct skeleton of[LANG_COUNT];
};

static void
kept_free(void *data)
{
    struct kept *k = data;

    for (int i = 0; i < LANG_COUNT; i++) {
        buf_clear(&k->of[i].text);
        free(k->of[i].holes);
    }
    free(k);
}

const char *
hole_text(struct arena *arena, enum hole_type type, int a, int b)
{
    return arena_printf(arena, "\x01%c%d:%d\x02", type, a, b);
}

static int
count_holes(const char *text)
{
    int count = 0;

    for (const char *at = text; (at = strchr(at, '\x01')) != NULL; at++)
        count++;
    return count;
}

/* Cuts the printed text at its holes. */
static void
cut(struct skeleton *s)
{
    const char *at = buf_string(&s->text);
    int count = count_holes(at);
    struct hole *h = mem_take((size_t)(count + 1) * sizeof *h);

    s->holes = h;
    for (int i = 0; i < count; i++, h++) {
        const char *hole = strchr(at, '\x01');
        char *end;

        h->text = at;
        h->len = (size_t)(hole - at);
        h->type = hole[1];
        h->a = (int)strtol(hole + 2, &end, 10);
        h->b = (int)strtol(end + 1, &end, 10);
        at = end + 1;
    }
    *h = (struct hole){ .text = at, .len = strlen(at) };
}

static void
put(struct buf *out, const char *text)
{
    buf_add(out, text, strlen(text));
}

/* The answer of variable A is code B. */
static bool
is_chosen(const struct form *f, int a, int b)
{
    return f->decoder.value[a] == b
           || (b == VALUE_UNANSWERED && f->decoder.value[a] < 0
               && f->decoder.value[a] != VALUE_UNKNOWN);
}

static bool
is_member(const struct form *f, int a, int b)
{
    const uint64_t *set = f->decoder.set[instrument_set(f->in, a)];

    return f->decoder.value[a] >= 0
           && (set[b / 64] >> (b % 64) & 1) != 0;
}

static void
fill_value(const struct form *f, int v, struct buf *out)
{
    const char *text = form_text(f, v);
    size_t n = strlen(text);
    char *to = arena_take(f->arena, ESCAPE_GROWS * n + 1);

    if (f->decoder.value[v] != VALUE_UNKNOWN)
        buf_add(out, to, (size_t)(escape_html(to, text, n) - to));
}

static void
fill_hole(const struct skeleton *s, const struct hole *h,
          const struct form *f, const struct form_fill *fill,
          struct buf *out)
{
    enum form_state state;

    switch ((enum hole_type)h->type) {
    case HOLE_CHOSEN:
        put(out, is_chosen(f, h->a, h->b) ? " checked" : "");
        break;
    case HOLE_MEMBER:
        put(out, is_member(f, h->a, h->b) ? " checked" : "");
        break;
    case HOLE_VALUE:
        fill_value(f, h->a, out);
        break;
    case HOLE_HIDE:
        put(out, form_state(f, h->a) == FORM_UNASKED ? " hidden" : "");
        break;
    case HOLE_OPEN:
        state = form_state(f, h->a);
        put(out, state == FORM_OPEN ? " area__state--open" : "");
        break;
    case HOLE_STATE:
        put(out, s->state[form_state(f, h->a)]);
        break;
    case HOLE_TAB:
        put(out, fill->tab == h->a ? "" : " hidden");
        break;
    case HOLE_FRESH:
        put(out, is_chosen(f, h->b, 1) && !is_chosen(f, h->a, 1)
                     ? "" : " hidden");
        break;
    case HOLE_PATH:
        put(out, fill->path);
        break;
    case HOLE_CSRF:
        put(out, fill->csrf);
        break;
    case HOLE_SINCE:
        put(out, fill->since);
        break;
    case HOLE_REVISION:
        buf_printf(out, "%lld", (long long)fill->revision);
        break;
    }
}

static bool
make(struct page *p, struct skeleton *s)
{
    static const char *const words[] = {
        [FORM_UNASKED] = NULL, [FORM_OPEN] = "form.open_state",
        [FORM_UNKNOWN] = "form.unknown", [FORM_ANSWERED] =
            "form.answered_state"
    };
    struct view *v = view_new(p->arena);

    form_skeleton(p, v);
    buf_init(&s->text, 0);
    if (!template_render(p->app->templates, "form_tabs", v, p->lang,
                         &s->text, &p->err)) {
        buf_clear(&s->text);
        return false;
    }
    cut(s);
    for (int i = 0; i < 4; i++)
        s->state[i] = words[i] != NULL ? msg_text(p->lang, words[i]) : "";
    return true;
}

static struct skeleton *
skeleton_of(struct page *p)
{
    struct kept *k = local_kept(p->local, p->round, LOCAL_FORM);

    if (k == NULL) {
        k = mem_take(sizeof *k);
        memset(k, 0, sizeof *k);
        local_keep(p->local, p->round, LOCAL_FORM, k, kept_free);
    }
    if (k->of[p->lang].holes == NULL && !make(p, &k->of[p->lang]))
        return NULL;
    return &k->of[p->lang];
}

bool
form_page_put(struct page *p, const struct form *f,
              const struct form_fill *fill, struct buf *out)
{
    const struct skeleton *s = skeleton_of(p);
    const struct hole *h;

    if (s == NULL)
        return false;
    buf_expect(out, s->text.len + END_BYTES);
    for (h = s->holes; h->type != 0; h++) {
        buf_add(out, h->text, h->len);
        fill_hole(s, h, f, fill, out);
    }
    buf_add(out, h->text, h->len);
    return true;
}

int
form_tabs(const struct instrument *in, int *list)
{
    int count = 0;

    for (int t = 0; t < in->tab_count; t++)
        for (int i = 0; i < in->entered_count; i++)
            if (in->variables[i].tab == t && form_counts(in, i)) {
                list[count++] = t;
                break;
            }
    return count;
}

const char *
form_tab_words(struct page *p, const struct form *f, int tab, bool *done)
{
    struct form_tab t = form_tab(f, tab);
    char n[16], m[16];

    *done = t.open == 0;
    snprintf(n, sizeof n, "%d", t.received);
    snprintf(m, sizeof m, "%d", t.wanted);
    if (t.received + t.wanted > 0)
        return PAGE_TEXT(p, "form.ticks", arena_text(p->arena, n),
                         arena_text(p->arena, m));
    if (t.open == 0)
        return msg_text(p->lang, "form.tab_done");
    if (!t.begun)
        return msg_text(p->lang, "form.tab_not_begun");
    snprintf(n, sizeof n, "%d", t.open);
    return PAGE_TEXT(p, t.open == 1 ? "form.tab_one_open" : "form.tab_open",
                     arena_text(p->arena, n));
}
