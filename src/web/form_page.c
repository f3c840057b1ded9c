/* form_page.c - see form_page.h: holes, and what fills them. */
#include "web/form_page.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "web/app.h"
#include "web/escape.h"
#include "web/form_hole.h"
#include "web/form_usual.h"

struct hole {
    const char *at;             /* where the text behind it begins */
    char type;                  /* enum hole_type; 0: the end */
    int a, b;
};

enum { END_BYTES = 16 * 1024 };  /* what comes behind the tabs */

struct skeleton {
    enum lang lang;
    int unit;
    int32_t day;                /* that it is for */
    struct skeleton *next;      /* of the seat's */
    struct buf text;
    struct hole *holes;
    const char *state[4];       /* words by enum form_state */
};

struct kept {
    struct skeleton *first;
};

static void
drop(struct skeleton *s)
{
    buf_clear(&s->text);
    free(s->holes);
    free(s);
}

static void
kept_free(void *data)
{
    struct kept *k = data;
    struct skeleton *next;

    for (struct skeleton *s = k->first; s != NULL; s = next) {
        next = s->next;
        drop(s);
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

/* Cuts the printed text at its holes, and closes the gaps: the text between
 * two holes stands right behind the one before, so that what lies around
 * empty holes, which most are, is copied at once. */
static void
cut(struct skeleton *s)
{
    const char *at = buf_string(&s->text);
    char *to = s->text.data;
    int count = count_holes(at);
    struct hole *h = mem_take((size_t)(count + 1) * sizeof *h);

    s->holes = h;
    for (int i = 0; i < count; i++, h++) {
        const char *hole = strchr(at, '\x01');
        size_t n = (size_t)(hole - at);
        char *end;

        h->type = hole[1];
        h->a = (int)strtol(hole + 2, &end, 10);
        h->b = (int)strtol(end + 1, &end, 10);
        memmove(to, at, n);
        to += n;
        h->at = to;
        at = end + 1;
    }
    memmove(to, at, strlen(at) + 1);
    *h = (struct hole){ .at = to + strlen(to) };
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

/* What stands in H; NULL: it has to be printed. */
static const char *
words_of(const struct skeleton *s, const struct hole *h,
         const struct form *f, const struct form_fill *fill)
{
    switch ((enum hole_type)h->type) {
    case HOLE_CHOSEN:
        return is_chosen(f, h->a, h->b) ? " checked" : "";
    case HOLE_MEMBER:
        return is_member(f, h->a, h->b) ? " checked" : "";
    case HOLE_HIDE:
        return form_state(f, h->a) == FORM_UNASKED ? " hidden" : "";
    case HOLE_OPEN:
        return form_state(f, h->a) == FORM_OPEN ? " area__state--open" : "";
    case HOLE_STATE:
        return s->state[form_state(f, h->a)];
    case HOLE_TAB:
        return fill->tab == h->a ? "" : " hidden";
    case HOLE_FRESH:
        return is_chosen(f, h->b, 1) && !is_chosen(f, h->a, 1) ? ""
                                                               : " hidden";
    case HOLE_PATH:
        return fill->path;
    case HOLE_CSRF:
        return fill->csrf;
    case HOLE_SINCE:
        return fill->since;
    case HOLE_VALUE:
    case HOLE_REVISION:
        break;
    }
    return NULL;
}

static void
print_hole(const struct hole *h, const struct form *f,
           const struct form_fill *fill, struct buf *out)
{
    if (h->type == HOLE_VALUE)
        fill_value(f, h->a, out);
    else
        buf_printf(out, "%lld", (long long)fill->revision);
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
    const int64_t *usual = form_usual(p, s->unit, p->arena);

    if (usual == NULL)
        return false;
    form_skeleton(p, usual, v);
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

/* The seat's for that unit, language and day; those of other days go. */
static struct skeleton *
look(struct kept *k, enum lang lang, int unit, int32_t day)
{
    struct skeleton **at = &k->first;

    while (*at != NULL) {
        struct skeleton *s = *at;

        if (s->day != day) {
            *at = s->next;
            drop(s);
        } else if (s->lang == lang && s->unit == unit) {
            return s;
        } else {
            at = &s->next;
        }
    }
    return NULL;
}

static struct skeleton *
skeleton_of(struct page *p, int unit)
{
    struct kept *k = seat_kept(p->seat, p->round, SEAT_FORM);
    int32_t day = day_oslo(p->now_ms);
    struct skeleton *s;

    if (k == NULL) {
        k = mem_take(sizeof *k);
        k->first = NULL;
        seat_keep(p->seat, p->round, SEAT_FORM, k, kept_free);
    }
    s = look(k, p->lang, unit, day);
    if (s != NULL)
        return s;
    s = mem_take(sizeof *s);
    memset(s, 0, sizeof *s);
    s->lang = p->lang;
    s->unit = unit;
    s->day = day;
    if (!make(p, s)) {
        free(s);
        return NULL;
    }
    s->next = k->first;
    k->first = s;
    return s;
}

bool
form_page_put(struct page *p, const struct form *f,
              const struct form_fill *fill, struct buf *out)
{
    const struct skeleton *s = skeleton_of(p, fill->unit);
    const struct hole *h;
    const char *from;

    if (s == NULL)
        return false;
    buf_expect(out, s->text.len + END_BYTES);
    from = buf_string(&s->text);
    for (h = s->holes; h->type != 0; h++) {
        const char *words = words_of(s, h, f, fill);

        if (words != NULL && words[0] == '\0')
            continue;
        buf_add(out, from, (size_t)(h->at - from));
        from = h->at;
        if (words != NULL)
            buf_text(out, words);
        else
            print_hole(h, f, fill, out);
    }
    buf_add(out, from, (size_t)(h->at - from));
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
