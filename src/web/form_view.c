/* form_view.c - the form's tabs as a view: what the instrument says of them,
 * with holes for what a registration says. */
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/msg.h"
#include "web/form_hole.h"
#include "web/form_page.h"

struct making {
    struct page *p;
    const struct instrument *in;
    enum lang lang;
    struct arena *arena;
    bool *placed;               /* by variable: it stands somewhere */
    const int64_t *usual;       /* by variable, or NULL: form_usual.h */
};

static const char *
hole(struct making *m, enum hole_type type, int a, int b)
{
    return hole_text(m->arena, type, a, b);
}

/* A text of the instrument; "" where it has none. */
static const char *
words(const struct making *m, const struct label *label)
{
    const char *text = label->in[m->lang];

    if (text == NULL)
        text = label->in[LANG_NB];
    return text != NULL ? text : "";
}

const char *
form_asked(const struct instrument *in, int v, struct arena *arena)
{
    struct buf out;
    struct json j;
    const char *text;

    if (in->variables[v].asked == NULL)
        return "";
    buf_init(&out, 0);
    json_init(&j, &out, JSON_ONE_LINE);
    expr_json(in->variables[v].asked, in, &j);
    json_finish(&j);
    text = arena_text(arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

/* A condition in JSON: OTHER keeps V at 0. */
static void
put_held(struct json *j, const char *other)
{
    json_begin_array(j);
    json_put_string(j, "or");
    json_begin_array(j);
    json_put_string(j, "is");
    json_put_string(j, other);
    json_put_string(j, "blank");
    json_end_array(j);
    json_begin_array(j);
    json_put_string(j, "=");
    json_put_string(j, other);
    json_put_string(j, "0");
    json_end_array(j);
    json_end_array(j);
}

const char *
form_moot(const struct instrument *in, int v, struct arena *arena)
{
    const struct variable *q = &in->variables[v];
    struct buf out;
    struct json j;
    const char *text;
    int count = 0;

    if (q->kind != KIND_INT || q->min > 0)
        return "";
    buf_init(&out, 0);
    json_init(&j, &out, JSON_ONE_LINE);
    json_begin_array(&j);
    if (q->at_most >= 0) {
        put_held(&j, in->variables[q->at_most].id);
        count++;
    }
    for (int i = 0; i < in->check_count; i++)
        if (in->checks[i].at == v) {
            expr_json(in->checks[i].refuse, in, &j);
            count++;
        }
    json_end_array(&j);
    json_finish(&j);
    text = count > 0 ? arena_text(arena, buf_string(&out)) : "";
    buf_clear(&out);
    return text;
}

static const char *
kind_of(const struct variable *q)
{
    return kind_word(q->kind);
}

/* What every question has, whatever its form. */
static void
put_question(struct making *m, struct view *v, int i)
{
    const struct variable *q = &m->in->variables[i];
    const char *asked = form_asked(m->in, i, m->arena);
    const char *moot = form_moot(m->in, i, m->arena);
    bool may_go = asked[0] != '\0' || moot[0] != '\0';

    m->placed[i] = true;
    view_text(v, "id", q->id);
    view_text(v, "label", words(m, &q->label));
    view_text(v, "kind", kind_of(q));
    view_text(v, "help", words(m, &q->help));
    view_text(v, "local", words(m, &q->local_help));
    view_text(v, "asked", asked);
    view_text(v, "moot", moot);
    view_text(v, "hide", may_go ? hole(m, HOLE_HIDE, i, 0) : "");
    view_flag(v, "sub", may_go);
    view_text(v, "state", hole(m, HOLE_STATE, i, 0));
    view_text(v, "open", hole(m, HOLE_OPEN, i, 0));
    view_flag(v, "takes_unknown", q->takes_unknown);
    view_text(v, "unknown", hole(m, HOLE_CHOSEN, i, VALUE_UNKNOWN));
    view_text(v, "none", hole(m, HOLE_CHOSEN, i, VALUE_UNANSWERED));
}

static void
put_options(struct making *m, struct view *v, int i, enum hole_type type)
{
    const struct variable *q = &m->in->variables[i];
    struct view *list = view_list(v, "options");

    for (int c = 0; c < q->code_count; c++) {
        /* The codes of a bool are yes and no, its values 1 and 0. */
        int value = q->kind == KIND_BOOL ? 1 - c : c;
        struct view *item;

        if (q->codes[c].off)
            continue;
        item = view_item(list);
        view_text(item, "value", q->codes[c].id);
        view_text(item, "label", words(m, &q->codes[c].label));
        view_text(item, "pick", hole(m, type, i, value));
    }
}

/* What the codes of Q mean, where the definition or the municipality says. */
static void
put_meanings(struct making *m, struct view *v, const struct variable *q)
{
    struct view *list = view_list(v, "meanings");

    for (int c = 0; c < q->code_count; c++) {
        const struct code *code = &q->codes[c];
        const char *help = words(m, &code->help);
        const char *local = words(m, &code->local_help);
        struct view *item;

        if (code->off || (help[0] == '\0' && local[0] == '\0'))
            continue;
        item = view_item(list);
        view_text(item, "label", words(m, &code->label));
        view_text(item, "help", help);
        view_text(item, "local", local);
    }
}

static void
put_number(struct making *m, struct view *v, const struct variable *q)
{
    view_text(v, "least", arena_printf(m->arena, "%d", q->min));
    view_text(v, "most", arena_printf(m->arena, "%d", q->max));
}

/* A question in a row of its own. */
static void
put_row(struct making *m, struct view *list, int i)
{
    const struct variable *q = &m->in->variables[i];
    struct view *v = view_item(list);
    bool choice = q->kind == KIND_CODE || q->kind == KIND_BOOL;
    bool number = q->kind == KIND_INT || q->kind == KIND_DATE
                  || q->kind == KIND_TEXT4;

    put_question(m, v, i);
    view_flag(v, "is_choice", choice);
    view_flag(v, "is_number", number);
    view_flag(v, "is_text", q->kind == KIND_TEXT);
    view_flag(v, "is_many", q->kind == KIND_CODES);
    put_meanings(m, v, q);
    if (choice)
        put_options(m, v, i, HOLE_CHOSEN);
    if (q->kind == KIND_CODES)
        put_options(m, v, i, HOLE_MEMBER);
    if (number)
        put_number(m, v, q);
    if (!choice && q->kind != KIND_CODES)
        view_list(v, "options");
    if (!choice)
        view_text(v, "value", hole(m, HOLE_VALUE, i, 0));
}

static void
put_grade(struct making *m, struct view *v, int g)
{
    const struct grade *grade = &m->in->grades[g];
    struct view *o = view_object(v, "grade");

    view_text(o, "id", grade->id);
    view_text(o, "mark", grade->mark);
    view_text(o, "look", grade->look);
}

/* The scores that lead to grade G: "1", "2–4"; their words, if few. */
static void
put_column(struct making *m, struct view *columns, int g)
{
    const struct instrument *in = m->in;
    int first = 0, last = 0;
    const char *text = "", *least = "";
    struct view *v;

    for (int i = 0; i < in->scale_count; i++) {
        if (in->scale[i].grade != g)
            continue;
        if (first == 0) {
            first = in->scale[i].score;
            least = words(m, &in->scale[i].label);
        }
        last = in->scale[i].score;
        text = words(m, &in->scale[i].label);
    }
    if (first == 0)
        return;
    v = view_item(columns);
    put_grade(m, v, g);
    view_text(v, "label", words(m, &in->grades[g].label));
    view_text(v, "scores", first == last
              ? arena_printf(m->arena, "%d", first)
              : arena_printf(m->arena, "%d–%d", first, last));
    view_text(v, "words", first == last ? text
              : arena_printf(m->arena, "%d: %s. %d: %s", first, least, last,
                             text));
    /* Between two grades the one in the middle is chosen. */
    view_flag(v, "doubt", first != last);
}

static void
put_scores(struct making *m, struct view *v, int i, int g)
{
    const struct instrument *in = m->in;
    struct view *list = view_list(v, "scores");

    for (int s = 0; s < in->scale_count; s++) {
        struct view *item;

        if (in->scale[s].grade != g)
            continue;
        item = view_item(list);
        view_int(item, "value", in->scale[s].score);
        view_text(item, "label", words(m, &in->scale[s].label));
        view_text(item, "pick", hole(m, HOLE_CHOSEN, i, in->scale[s].score));
    }
}

static bool
grade_used(const struct instrument *in, int g)
{
    for (int s = 0; s < in->scale_count; s++)
        if (in->scale[s].grade == g)
            return true;
    return false;
}

static void
put_grades(struct making *m, struct view *v, int i)
{
    const struct variable *q = &m->in->variables[i];
    struct view *list = view_list(v, "grades");

    for (int g = 0; g < m->in->grade_count; g++) {
        struct view *item;

        if (!grade_used(m->in, g))
            continue;
        item = view_item(list);
        put_grade(m, item, g);
        view_text(item, "name", words(m, &m->in->grades[g].label));
        view_text(item, "text",
                  q->colours != NULL ? words(m, &q->colours[g].text) : "");
        view_text(item, "help", q->colours != NULL
                  ? words(m, &q->colours[g].help) : "");
        view_text(item, "local", q->colours != NULL
                  ? words(m, &q->colours[g].local_help) : "");
        put_scores(m, item, i, g);
    }
}

static bool
same_asked(const struct variable *a, const struct variable *b)
{
    return a->asked_text != NULL && b->asked_text != NULL
           && strcmp(a->asked_text, b->asked_text) == 0;
}

/* What is asked under the same condition as area I stands below it. */
static void
put_extras(struct making *m, struct view *v, int i)
{
    const struct variable *area = &m->in->variables[i];
    struct view *extras = view_list(v, "extras"), *box = NULL, *list = NULL;

    for (int k = 0; k < m->in->entered_count; k++) {
        const struct variable *q = &m->in->variables[k];
        struct view *item;

        if (q->tab != area->tab || q->kind == KIND_SCORE || m->placed[k]
            || !form_counts(m->in, k) || !same_asked(q, area)
            || (q->kind != KIND_CODE && q->kind != KIND_BOOL))
            continue;
        if (box == NULL) {
            box = view_item(extras);
            view_text(box, "name_of_area", words(m, &area->label));
            list = view_list(box, "extra");
        }
        item = view_item(list);
        put_question(m, item, k);
        put_options(m, item, k, HOLE_CHOSEN);
    }
}

/* Whether wording of this tab is the program's own, so that it is said. */
static bool
own_words(const struct making *m, int tab)
{
    for (int i = 0; i < m->in->entered_count; i++) {
        const struct variable *q = &m->in->variables[i];

        if (q->tab != tab || q->colours == NULL)
            continue;
        for (int g = 0; g < m->in->grade_count; g++)
            if (q->colours[g].source != NULL
                && strchr(q->colours[g].source, 'O') != NULL)
                return true;
    }
    return false;
}

static void
put_areas(struct making *m, struct view *v, int tab)
{
    struct view *columns = view_list(v, "columns");
    struct view *areas = view_list(v, "areas");

    for (int g = 0; g < m->in->grade_count; g++)
        put_column(m, columns, g);
    for (int i = 0; i < m->in->entered_count; i++) {
        struct view *area;

        if (m->in->variables[i].tab != tab
            || m->in->variables[i].kind != KIND_SCORE
            || !form_counts(m->in, i))
            continue;
        area = view_item(areas);
        put_question(m, area, i);
        put_grades(m, area, i);
        put_extras(m, area, i);
    }
    view_text(v, "own", own_words(m, tab)
              ? msg_text(m->lang, "form.own_words") : "");
}

static void
put_service(struct making *m, struct view *list, const struct service *s)
{
    struct view *v = view_item(list);
    bool usual = m->usual != NULL && m->usual[s->received] > 0;
    const char *examples = words(m, &s->local_examples);

    view_flag(v, "usual", usual);

    view_text(v, "id", s->id);
    view_text(v, "label", words(m, &s->label));
    view_text(v, "examples",
              examples[0] != '\0' ? examples : words(m, &s->examples));
    view_text(v, "local", words(m, &s->local_help));
    view_text(v, "received", m->in->variables[s->received].id);
    view_text(v, "wanted", m->in->variables[s->wanted].id);
    view_text(v, "got", hole(m, HOLE_CHOSEN, s->received, 1));
    view_text(v, "want", hole(m, HOLE_CHOSEN, s->wanted, 1));
    view_text(v, "fresh", hole(m, HOLE_FRESH, s->received, s->wanted));
}

/* The category's services, those that the unit gives most before others;
 * otherwise in the instrument's order. */
static void
put_category(struct making *m, struct view *list, const struct category *c)
{
    bool *put = arena_array(m->arena, (size_t)c->service_count + 1,
                            sizeof *put);

    for (int n = 0; n < c->service_count; n++) {
        int best = -1;

        for (int i = 0; i < c->service_count; i++)
            if (!put[i]
                && (best < 0
                    || (m->usual != NULL
                        && m->usual[c->services[i].received]
                           > m->usual[c->services[best].received])))
                best = i;
        put[best] = true;
        if (!c->services[best].off)
            put_service(m, list, &c->services[best]);
    }
}

static void
put_categories(struct making *m, struct view *v)
{
    struct view *list = view_list(v, "categories");
    int key = 0;

    for (int c = 0; c < m->in->category_count; c++) {
        const struct category *cat = &m->in->categories[c];
        struct view *item;

        if (cat->off)
            continue;
        item = view_item(list);
        key++;
        view_text(item, "id", cat->id);
        view_text(item, "key", key > 10 ? ""
                  : arena_printf(m->arena, "%d", key % 10));
        view_text(item, "label", words(m, &cat->label));
        view_text(item, "purpose", words(m, &cat->purpose));
        put_category(m, view_list(item, "services"), cat);
    }
}

/* The question whether the services were gone through. */
static void
put_done(struct making *m, struct view *v)
{
    int i = m->in->role[ROLE_SERVICES_DONE];
    struct view *done;

    if (i < 0 || m->in->variables[i].off)
        return;
    done = view_object(v, "done");
    put_question(m, done, i);
    view_text(done, "yes", hole(m, HOLE_CHOSEN, i, 1));
    view_text(done, "no", hole(m, HOLE_CHOSEN, i, 0));
}

static void
put_services(struct making *m, struct view *v)
{
    put_done(m, v);
    put_categories(m, v);
    view_text(v, "received_label", words(m, &m->in->received));
    view_text(v, "wanted_label", words(m, &m->in->wanted));
    view_text(v, "received_words", PAGE_TEXT(m->p, "form.since",
                                             hole(m, HOLE_SINCE, 0, 0)));
    view_text(v, "wanted_words", words(m, &m->in->wanted_help));
}

static bool
has_kind(const struct instrument *in, int tab, bool services)
{
    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *q = &in->variables[i];

        if (q->tab == tab && (services ? q->service >= 0
                                       : q->colours != NULL))
            return true;
    }
    return false;
}

/* What has no place yet, among it what is switched on of the start. */
static void
put_rest(struct making *m, struct view *v, int tab)
{
    struct view *list = view_list(v, "questions");
    bool any = false;

    for (int i = 0; i < m->in->entered_count; i++)
        if (!m->placed[i] && form_shows(m->in, i)
            && m->in->variables[i].service < 0
            && form_tab_of(m->in, i) == tab) {
            put_row(m, list, i);
            any = true;
        }
    view_flag(v, "has_questions", any);
}

static void
put_tab(struct making *m, struct view *tabs, int t)
{
    const struct tab *tab = &m->in->tabs[t];
    struct view *v = view_item(tabs);
    bool areas = has_kind(m->in, t, false);
    bool services = has_kind(m->in, t, true);

    view_text(v, "id", tab->id);
    view_text(v, "label", words(m, &tab->label));
    view_text(v, "help", words(m, &tab->help));
    view_text(v, "hide", hole(m, HOLE_TAB, t, 0));
    view_text(v, "path", hole(m, HOLE_PATH, 0, 0));
    view_text(v, "token", hole(m, HOLE_CSRF, 0, 0));
    view_text(v, "revision", hole(m, HOLE_REVISION, 0, 0));
    view_flag(v, "is_areas", areas);
    view_flag(v, "is_services", services);
    view_flag(v, "is_questions", !areas && !services);
    if (areas)
        put_areas(m, v, t);
    if (services)
        put_services(m, v);
    put_rest(m, v, t);
}

void
form_skeleton(struct page *p, const int64_t *usual, struct view *v)
{
    const struct instrument *in = p->round->in;
    struct making m = {
        .p = p, .in = in, .lang = p->lang, .arena = p->arena, .usual = usual,
        .placed = arena_array(p->arena, (size_t)in->variable_count,
                              sizeof *m.placed)
    };
    struct view *tabs = view_list(v, "tabs");
    int list[VARIABLE_MAX];
    int count = form_tabs(in, list);

    for (int i = 0; i < count; i++)
        put_tab(&m, tabs, list[i]);
}
