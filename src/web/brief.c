/* brief.c - see brief.h.
 *
 * Of a tab where a few are unanswered their names are told, else how many;
 * of one where nothing is answered, that it is not begun. */
#include "web/brief.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "calc/answers.h"

enum { NAMED = 3 };

void
briefs_init(struct briefs *b, struct page *p)
{
    const struct instrument *in = p->round->in;

    *b = (struct briefs){ .page = p, .group = -1 };
    form_init(&b->form, p->round, p->arena);
    for (int i = 0; i < in->complete_answered_count && b->group < 0; i++)
        if (in->variables[in->complete_answered[i]].kind == KIND_CODE)
            b->group = in->complete_answered[i];
}

void
briefs_clear(struct briefs *b)
{
    form_clear(&b->form);
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
    value = b->form.decoder.value[v];
    return value >= 0 && value < var->code_count
           ? var->codes[value].label.in[b->page->lang] : "";
}

/* "Kvinne, 34 år" of what there is. */
const char *
brief_who(struct page *p, const char *sex, int32_t born)
{
    char age[16];

    snprintf(age, sizeof age, "%d", p->round->round->year - born);
    if (sex[0] != '\0' && born >= 0)
        return PAGE_TEXT(p, "day.who", sex, age);
    if (born >= 0)
        return PAGE_TEXT(p, "day.who_age", age);
    if (sex[0] != '\0')
        return sex;
    return msg_text(p->lang, "day.who_none");
}

/* The names of what is unanswered on TAB, NULL if they are too many. */
static const char *
open_names(const struct briefs *b, int tab)
{
    struct page *p = b->page;
    const struct instrument *in = p->round->in;
    const char *names = NULL;
    int n = 0;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];

        if (v->tab != tab || !form_counts(in, i)
            || form_state(&b->form, i) != FORM_OPEN)
            continue;
        if (n++ == NAMED)
            return NULL;
        names = names == NULL ? v->label.in[p->lang]
                : arena_printf(p->arena, "%s, %s", names,
                               v->label.in[p->lang]);
    }
    return names;
}

/* A and B with FILL between, or what there is of them. */
static const char *
join(struct page *p, const char *a, const char *fill, const char *b)
{
    return a == NULL ? b : arena_printf(p->arena, "%s%s%s", a, fill, b);
}

/* The sentence on TAB, of which something is open and something not. */
static const char *
tab_words(const struct briefs *b, int tab, const struct form_tab *t)
{
    struct page *p = b->page;
    const char *label = p->round->in->tabs[tab].label.in[p->lang], *names;

    if (t->open == t->asked)
        return PAGE_TEXT(p, "day.tab_begun", label);
    names = open_names(b, tab);
    return names != NULL ? PAGE_TEXT(p, "day.tab_some", names)
           : PAGE_TEXT(p, "day.tab_open", label,
                       arena_printf(p->arena, "%d", t->open));
}

static void
fill_missing(const struct briefs *b, struct brief *out)
{
    struct page *p = b->page;
    const struct instrument *in = p->round->in;
    const char *words = NULL, *untouched = NULL;

    for (int i = 0; i < in->tab_count; i++) {
        struct form_tab t = form_tab(&b->form, i);

        out->unanswered += t.open;
        if (t.open > 0 && !t.begun)
            untouched = join(p, untouched, ", ",
                             in->tabs[i].label.in[p->lang]);
        else if (t.open > 0)
            words = join(p, words, " ", tab_words(b, i, &t));
    }
    if (untouched != NULL)
        words = join(p, words, " ", PAGE_TEXT(p, "day.tab_not_begun",
                                              untouched));
    out->missing = words != NULL ? words : "";
}

bool
brief_of(struct briefs *b, const struct work *w, struct brief *out,
         struct err *e)
{
    const struct instrument *in = b->page->round->in;
    int year = in->role[ROLE_BIRTH_YEAR];
    int32_t born;

    memset(out, 0, sizeof *out);
    if (!form_read(&b->form, w, e))
        return false;
    born = year >= 0 ? b->form.decoder.value[year] : VALUE_UNANSWERED;
    out->sex = code_label(b, in->role[ROLE_SEX]);
    out->birth_year = born >= 0 ? arena_printf(b->page->arena, "%d", born)
                                : "";
    out->group = code_label(b, b->group);
    out->who = brief_who(b->page, out->sex, born);
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
