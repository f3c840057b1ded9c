/* brief.c - see brief.h.
 *
 * A tab where nothing is answered is "not begun"; one where a few are left
 * names them; else their number is told. Ticks of services are not questions
 * one by one: that they have been gone through is. */
#include "web/brief.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "calc/answers.h"
#include "calc/derive.h"

enum { NAMED = 3 };

void
briefs_init(struct briefs *b, struct page *p)
{
    const struct instrument *in = p->round->in;

    *b = (struct briefs){ .page = p, .group = -1 };
    decoder_init(&b->decoder, p->round);
    b->value = arena_array(p->arena, (size_t)in->variable_count,
                           sizeof *b->value);
    for (int i = 0; i < in->complete_answered_count && b->group < 0; i++)
        if (in->variables[in->complete_answered[i]].kind == KIND_CODE)
            b->group = in->complete_answered[i];
}

void
briefs_clear(struct briefs *b)
{
    decoder_clear(&b->decoder);
}

/* The label of the answer to variable V, "" without one. */
static const char *
code_label(const struct briefs *b, int v)
{
    const struct variable *var;
    int32_t value;

    if (v < 0)
        return "";
    var = &b->page->round->in->variables[v];
    value = b->decoder.value[v];
    return value >= 0 && value < var->code_count
           ? var->codes[value].label.in[b->page->lang] : "";
}

/* "Kvinne, 34 år" of what there is. */
static const char *
who_of(const struct briefs *b, const struct brief *brief, int32_t born)
{
    struct page *p = b->page;
    char age[16];

    snprintf(age, sizeof age, "%d", p->round->round->year - born);
    if (brief->sex[0] != '\0' && born >= 0)
        return PAGE_TEXT(p, "day.who", brief->sex, age);
    if (born >= 0)
        return PAGE_TEXT(p, "day.who_age", age);
    if (brief->sex[0] != '\0')
        return brief->sex;
    return msg_text(p->lang, "day.who_none");
}

/* A question that the mapper answers: not what the round and the account
 * say, not one tick among the services, not what is left to words. */
static bool
is_question(const struct variable *v)
{
    switch (v->role) {
    case ROLE_MUNICIPALITY: case ROLE_YEAR: case ROLE_PERIOD:
    case ROLE_UNIT: case ROLE_TIER: case ROLE_IDENT: case ROLE_COMPLETED_ON:
        return false;
    default:
        return !v->off && v->service < 0 && v->kind != KIND_TEXT
               && v->kind != KIND_IDENT;
    }
}

struct tab_state {
    int asked, open;
    int first[NAMED];           /* unanswered */
};

static struct tab_state
tab_state(const struct briefs *b, int tab)
{
    const struct instrument *in = b->page->round->in;
    struct tab_state s = { 0 };

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        if (v->tab != tab || !is_question(v)
            || b->value[i] == VALUE_UNASKED)
            continue;
        s.asked++;
        if (b->value[i] != VALUE_UNANSWERED)
            continue;
        if (s.open < NAMED)
            s.first[s.open] = i;
        s.open++;
    }
    return s;
}

/* Whether any service of the tab has a tick. */
static bool
any_tick(const struct briefs *b, int tab)
{
    const struct instrument *in = b->page->round->in;

    for (int i = 0; i < in->entered_count; i++)
        if (in->variables[i].tab == tab && in->variables[i].service >= 0
            && b->decoder.value[i] == 1)
            return true;
    return false;
}

/* The sentence on a tab with something open, NULL if there is none. */
static const char *
tab_words(const struct briefs *b, int tab, const struct tab_state *s)
{
    struct page *p = b->page;
    const struct instrument *in = p->round->in;
    const char *label = in->tabs[tab].label.in[p->lang], *names = "";

    if (s->open == 0)
        return NULL;
    if (s->open == s->asked)
        return PAGE_TEXT(p, any_tick(b, tab) ? "day.tab_begun"
                                             : "day.tab_not_begun", label);
    if (s->open > NAMED)
        return PAGE_TEXT(p, "day.tab_open", label,
                         arena_printf(p->arena, "%d", s->open));
    for (int i = 0; i < s->open; i++)
        names = arena_printf(p->arena, "%s%s%s", names, i > 0 ? ", " : "",
                             in->variables[s->first[i]].label.in[p->lang]);
    return PAGE_TEXT(p, "day.tab_some", names);
}

static void
fill_missing(const struct briefs *b, struct brief *out)
{
    const struct instrument *in = b->page->round->in;

    out->missing = "";
    for (int t = 0; t < in->tab_count; t++) {
        struct tab_state s = tab_state(b, t);
        const char *words = tab_words(b, t, &s);

        if (words == NULL)
            continue;
        out->unanswered += s.open;
        out->missing = arena_printf(b->page->arena, "%s%s%s", out->missing,
                                    out->missing[0] != '\0' ? " " : "",
                                    words);
    }
}

bool
brief_of(struct briefs *b, const struct work *w, struct brief *out,
         struct err *e)
{
    const struct instrument *in = b->page->round->in;
    const struct registration r = {
        .number = w->number, .unit = w->unit, .tier = w->tier,
        .status = w->status, .definition = w->definition,
        .completed_on = w->completed_on, .answers = w->answers,
        .answers_len = w->answers_len
    };
    int year = in->role[ROLE_BIRTH_YEAR];
    int32_t born;

    memset(out, 0, sizeof *out);
    if (!decode(&b->decoder, &r, e))
        return false;
    born = year >= 0 ? b->decoder.value[year] : VALUE_UNANSWERED;
    out->sex = code_label(b, in->role[ROLE_SEX]);
    out->birth_year = born >= 0 ? arena_printf(b->page->arena, "%d", born)
                                : "";
    out->group = code_label(b, b->group);
    out->who = who_of(b, out, born);
    memcpy(b->value, b->decoder.value,
           (size_t)in->variable_count * sizeof *b->value);
    derive_row(in, b->value, b->decoder.row.set, NULL);
    fill_missing(b, out);
    return true;
}

int32_t
brief_sex(const struct instrument *in, enum ident_sex sex)
{
    static const char *const ids[] = {
        [IDENT_FEMALE] = "female", [IDENT_MALE] = "male"
    };
    int v = in->role[ROLE_SEX];
    int code;

    if (v < 0 || sex == IDENT_SEX_NONE)
        return VALUE_UNANSWERED;
    code = variable_code(&in->variables[v], ids[sex], strlen(ids[sex]));
    return code >= 0 && !in->variables[v].off ? code : VALUE_UNANSWERED;
}

struct work_change
brief_first(const struct opened *o, int32_t sex, int32_t year,
            struct arena *arena)
{
    const struct instrument *in = o->in;
    const struct layout *layout = opened_layout(o);
    int32_t *value = arena_array(arena, (size_t)in->variable_count,
                                 sizeof *value);
    uint8_t *bytes = arena_take(arena, layout->size);

    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    if (in->role[ROLE_SEX] >= 0)
        value[in->role[ROLE_SEX]] = sex;
    if (in->role[ROLE_BIRTH_YEAR] >= 0)
        value[in->role[ROLE_BIRTH_YEAR]] = year;
    answers_pack(layout, value, bytes);
    return (struct work_change){
        .definition = o->round->definition, .answers = bytes,
        .answers_len = layout->size
    };
}
