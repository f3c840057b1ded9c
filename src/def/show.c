/* show.c - instrument_show: a definition as the program understood it.
 *
 * Plain text in columns, wrapped at WIDTH. Ids, kinds and expressions stand
 * as they are written in the definition; everything else is in the reader's
 * language. */
#include <stdio.h>
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "def/instrument.h"

enum { WIDTH = 96, IN = 2, KIND_AT = 28, LABEL_AT = 42, CODE_WIDE = 12 };

struct shower {
    const struct instrument *in;
    enum lang lang;
    struct buf *out;
    int column;                 /* characters on the line so far */
};

static void
put_n(struct shower *s, const char *text, size_t n)
{
    buf_add(s->out, text, n);
    s->column += (int)utf8_count(text, n);
}

static void
put(struct shower *s, const char *text)
{
    put_n(s, text, strlen(text));
}

static void
line(struct shower *s)
{
    buf_byte(s->out, '\n');
    s->column = 0;
}

/* Blanks up to COLUMN, and one at least between two texts. */
static void
pad(struct shower *s, int column)
{
    if (s->column > 0 && s->column >= column)
        column = s->column + 1;
    while (s->column < column)
        put(s, " ");
}

/* TEXT word by word from COLUMN on; a line ends before WIDTH where it can.
 * A line feed in TEXT begins a line. */
static void
wrap(struct shower *s, int column, const char *text)
{
    bool first = true;

    pad(s, column);
    while (*text != '\0') {
        size_t n = strcspn(text, " \n");
        int wide = (int)utf8_count(text, n);

        if (!first && s->column + 1 + wide > WIDTH) {
            line(s);
            pad(s, column);
        } else if (!first) {
            put(s, " ");
        }
        put_n(s, text, n);
        first = false;
        text += n;
        if (*text == '\n') {
            line(s);
            pad(s, column);
            first = true;
        }
        text += strspn(text, " \n");
    }
}

static void
wrap_line(struct shower *s, int column, const char *text)
{
    wrap(s, column, text);
    line(s);
}

static const char *
label(const struct shower *s, const struct label *l)
{
    return l->in[s->lang] != NULL ? l->in[s->lang] : "";
}

/* The text under KEY with up to two arguments, from COLUMN on. */
static void
say(struct shower *s, int column, const char *key, const char *one,
    const char *two)
{
    const char *arg[] = { one, two };
    struct buf b;

    buf_init(&b, 0);
    msg_put(&b, s->lang, key, 2, arg);
    wrap_line(s, column, buf_string(&b));
    buf_clear(&b);
}

static void
say_number(struct shower *s, int column, const char *key, int number)
{
    char text[16];

    snprintf(text, sizeof text, "%d", number);
    say(s, column, key, text, "");
}

/* The ids of variables, joined. Free with buf_clear. */
static const char *
ids(const struct shower *s, const int *v, int count, struct buf *b)
{
    buf_init(b, 0);
    for (int i = 0; i < count; i++)
        buf_printf(b, "%s%s", i > 0 ? ", " : "",
                   s->in->variables[v[i]].id);
    return buf_string(b);
}

static void
say_ids(struct shower *s, int column, const char *key, const int *v,
        int count)
{
    struct buf b;

    say(s, column, key, ids(s, v, count, &b), "");
    buf_clear(&b);
}

static void
heading(struct shower *s, const char *key)
{
    const char *text = msg_text(s->lang, key);

    line(s);
    put(s, text);
    line(s);
    for (size_t i = utf8_count(text, strlen(text)); i > 0; i--)
        put(s, "-");
    line(s);
}

/* " [R,P]" behind what has a source. */
static void
put_source(struct shower *s, const char *source)
{
    if (source == NULL)
        return;
    if (s->column + (int)strlen(source) + 3 > WIDTH) {
        line(s);
        pad(s, LABEL_AT - 1);
    }
    put(s, " [");
    put(s, source);
    put(s, "]");
}

/* --- what the form asks */

static void
show_top(struct shower *s)
{
    const struct instrument *in = s->in;
    char version[16];

    wrap_line(s, 0, label(s, &in->title));
    snprintf(version, sizeof version, "%d", in->version);
    say(s, 0, "show.version", in->id, version);
    say(s, 0, "show.sha256", in->sha256, "");
    heading(s, "show.sources");
    for (int i = 0; i < in->source_count; i++) {
        pad(s, IN);
        put(s, in->sources[i].id);
        wrap_line(s, IN + 4, label(s, &in->sources[i].title));
    }
}

static void
show_scale(struct shower *s)
{
    const struct instrument *in = s->in;
    char score[16];

    heading(s, "show.grades");
    for (int i = 0; i < in->grade_count; i++) {
        const struct grade *g = &in->grades[i];

        pad(s, IN);
        put(s, g->id);
        pad(s, KIND_AT);
        put(s, g->fill);
        pad(s, LABEL_AT);
        put(s, label(s, &g->label));
        put_source(s, g->source);
        line(s);
    }
    heading(s, "show.scale");
    for (int i = 0; i < in->scale_count; i++) {
        const struct scale_step *step = &in->scale[i];

        snprintf(score, sizeof score, "%d", step->score);
        pad(s, IN);
        put(s, score);
        pad(s, KIND_AT);
        put(s, in->grades[step->grade].id);
        pad(s, LABEL_AT);
        put(s, label(s, &step->label));
        put_source(s, step->source);
        line(s);
    }
}

/* What the local changes say of a thing, if they do. */
static void
show_local(struct shower *s, int column, bool off, const struct label *help)
{
    if (off)
        say(s, column, "show.off_local", "", "");
    if (help->in[s->lang] != NULL)
        say(s, column, "show.local_help", label(s, help), "");
}

static void
show_codes(struct shower *s, const struct variable *v)
{
    int wide = CODE_WIDE;

    for (int i = 0; i < v->code_count; i++)
        if ((int)strlen(v->codes[i].id) + 2 > wide)
            wide = (int)strlen(v->codes[i].id) + 2;
    for (int i = 0; i < v->code_count; i++) {
        pad(s, LABEL_AT + 2);
        put(s, v->codes[i].id);
        wrap_line(s, LABEL_AT + 2 + wide, label(s, &v->codes[i].label));
        show_local(s, LABEL_AT + 2 + wide, v->codes[i].off,
                   &v->codes[i].local_help);
    }
}

static void
put_kind(struct shower *s, const struct variable *v)
{
    char limits[32];

    pad(s, KIND_AT);
    put(s, kind_word(v->kind));
    if (v->kind == KIND_INT || v->kind == KIND_SCORE) {
        snprintf(limits, sizeof limits, " %d-%d", v->min, v->max);
        put(s, limits);
    }
}

/* What is said of a question beside its kind, a line each. */
static void
show_traits(struct shower *s, const struct variable *v)
{
    const struct variable *all = s->in->variables;

    if (v->of_units)
        say(s, LABEL_AT + 2, "show.units", "", "");
    if (v->at_most >= 0)
        say(s, LABEL_AT + 2, "show.at_most", all[v->at_most].id, "");
    if (v->asked_text != NULL)
        say(s, LABEL_AT + 2, "show.asked", v->asked_text, "");
    show_local(s, LABEL_AT + 2, v->off_local, &v->local_help);
    if (v->off && !v->off_local)
        say(s, LABEL_AT + 2, "show.off", "", "");
    if (v->identifies)
        say(s, LABEL_AT + 2, "show.identifies", "", "");
    if (v->refuse_digits > 0)
        say_number(s, LABEL_AT + 2, "show.refuse_digits", v->refuse_digits);
    if (v->counts == COUNTS_CHILDREN)
        say(s, LABEL_AT + 2, "show.children", "", "");
    if (!v->takes_unknown && v->kind != KIND_TEXT && v->kind != KIND_IDENT
        && v->kind != KIND_DATE)
        say(s, LABEL_AT + 2, "show.no_unknown", "", "");
}

static void
show_variable(struct shower *s, const struct variable *v)
{
    pad(s, IN);
    put(s, v->id);
    put_kind(s, v);
    wrap(s, LABEL_AT, label(s, &v->label));
    put_source(s, v->source);
    line(s);
    if (v->kind == KIND_CODE && !v->of_units)
        show_codes(s, v);
    for (int i = 0; v->colours != NULL
         && i <= s->in->scale[s->in->scale_count - 1].grade; i++) {
        pad(s, LABEL_AT + 2);
        put(s, s->in->grades[i].id);
        wrap_line(s, LABEL_AT + 2 + CODE_WIDE,
                  label(s, &v->colours[i].text));
        show_local(s, LABEL_AT + 2 + CODE_WIDE, false,
                   &v->colours[i].local_help);
    }
    show_traits(s, v);
}

static void
show_questions(struct shower *s)
{
    const struct instrument *in = s->in;

    heading(s, "show.questions");
    say(s, 0, "show.unknown", "", "");
    line(s);
    for (int t = 0; t < in->tab_count; t++) {
        if (t > 0)
            line(s);
        put(s, label(s, &in->tabs[t].label));
        put(s, " (");
        put(s, in->tabs[t].id);
        put(s, ")");
        line(s);
        if (in->tabs[t].ranks)
            say(s, IN, "show.ranks", "", "");
        for (int i = 0; i < in->entered_count; i++)
            if (in->variables[i].tab == t && in->variables[i].service < 0)
                show_variable(s, &in->variables[i]);
    }
}

static void
show_service(struct shower *s, const struct service *v)
{
    pad(s, IN);
    put(s, v->id);
    wrap(s, KIND_AT, label(s, &v->label));
    put_source(s, v->source);
    line(s);
    if (v->added)
        say(s, KIND_AT + 2, "show.added", "", "");
    if (v->replaces != NULL)
        say(s, KIND_AT + 2, "show.replaces", v->replaces, "");
    if (strcmp(label(s, &v->label), label(s, &v->base_label)) != 0)
        say(s, KIND_AT + 2, "show.base_label", label(s, &v->base_label), "");
    show_local(s, KIND_AT + 2, v->off, &v->local_help);
    if (v->local_examples.in[s->lang] != NULL)
        say(s, KIND_AT + 2, "show.local_help", label(s, &v->local_examples),
            "");
}

static void
show_category(struct shower *s, const struct category *c)
{
    line(s);
    put(s, label(s, &c->label));
    put(s, " (");
    put(s, c->id);
    put(s, ")");
    put_source(s, c->source);
    line(s);
    wrap_line(s, IN, label(s, &c->purpose));
    for (int i = 0; i < c->service_count; i++)
        show_service(s, &c->services[i]);
}

static void
show_services(struct shower *s)
{
    heading(s, "show.services");
    say(s, 0, "show.ticks", label(s, &s->in->received),
        label(s, &s->in->wanted));
    for (int i = 0; i < s->in->category_count; i++)
        show_category(s, &s->in->categories[i]);
}

static void
show_checks(struct shower *s)
{
    const struct instrument *in = s->in;

    heading(s, "show.checks");
    say_ids(s, IN, "show.needed", in->complete_answered,
            in->complete_answered_count);
    say_ids(s, IN, "show.needed_any", in->complete_any,
            in->complete_any_count);
    for (int i = 0; i < in->check_count; i++) {
        const struct check *c = &in->checks[i];

        line(s);
        pad(s, IN);
        put(s, c->id);
        put_source(s, c->source);
        line(s);
        say(s, IN + 2, "show.refuse", c->refuse_text,
            in->variables[c->at].id);
        wrap_line(s, IN + 2, label(s, &c->message));
    }
}

/* --- what follows from the answers */

static void
show_index(struct shower *s)
{
    const struct index_rule *r = &s->in->index;
    char number[16];

    heading(s, "show.index");
    snprintf(number, sizeof number, "%d", r->version);
    say(s, IN, "show.rule", label(s, &r->label), number);
    wrap(s, IN, label(s, &r->note));
    put_source(s, r->source);
    line(s);
    say_number(s, IN, "show.unanswered_max", r->unanswered_max);
    line(s);
    for (int i = 0; i < r->areas; i++) {
        const struct variable *v = &s->in->variables[r->variable[i]];

        snprintf(number, sizeof number, "%d", r->weight[i]);
        pad(s, IN);
        put(s, v->id);
        pad(s, KIND_AT);
        put(s, number);
        wrap_line(s, LABEL_AT, label(s, &v->label));
    }
    line(s);
    for (int i = 0; i < s->in->grade_count; i++) {
        snprintf(number, sizeof number, "%d", r->from[i]);
        pad(s, IN);
        put(s, s->in->grades[i].id);
        pad(s, KIND_AT);
        put(s, number);
        wrap_line(s, LABEL_AT, label(s, &s->in->grades[i].label));
    }
}

static void
show_how(struct shower *s, const struct variable *v)
{
    static const char *const keys[DERIVE_COUNT] = {
        [DERIVE_AGE] = "show.of_age", [DERIVE_BANDS] = "show.of_bands",
        [DERIVE_GRADE] = "show.of_grade", [DERIVE_INDEX] = "show.of_index",
        [DERIVE_INDEX_GRADE] = "show.of_index_grade",
        [DERIVE_SUM] = "show.of_sum", [DERIVE_ANY] = "show.of_any"
    };

    if (v->derive == DERIVE_ANY && v->category >= 0)
        say(s, LABEL_AT + 2, "show.of_category",
            label(s, &s->in->categories[v->category].label),
            label(s, v->wanted ? &s->in->wanted : &s->in->received));
    else if (v->derive == DERIVE_WHEN)
        say(s, LABEL_AT + 2, "show.of_when", v->when_text, "");
    else
        say_ids(s, LABEL_AT + 2, keys[v->derive], v->of, v->of_count);
    if (v->need_count > 0)
        say_ids(s, LABEL_AT + 2, "show.needs", v->needs, v->need_count);
    if (v->counts == COUNTS_CHILDREN)
        say(s, LABEL_AT + 2, "show.children", "", "");
    if (v->derive == DERIVE_BANDS || v->plural.in[0] != NULL)
        show_codes(s, v);
}

static void
show_derived(struct shower *s)
{
    heading(s, "show.derived");
    for (int i = s->in->entered_count; i < s->in->variable_count; i++) {
        const struct variable *v = &s->in->variables[i];

        pad(s, IN);
        put(s, v->id);
        pad(s, KIND_AT);
        put(s, kind_word(v->kind));
        wrap(s, LABEL_AT, label(s, &v->label));
        put_source(s, v->source);
        line(s);
        show_how(s, v);
    }
}

/* --- tables and reports */

static void
show_table(struct shower *s, const struct table_def *t)
{
    pad(s, IN);
    put(s, t->id);
    wrap(s, KIND_AT, label(s, &t->title));
    put_source(s, t->source);
    line(s);
    if (t->row_count > 0)
        say_ids(s, KIND_AT + 2, "show.rows", t->rows, t->row_count);
    for (int i = 0; i < t->figure_count; i++) {
        pad(s, KIND_AT + 2);
        put(s, t->figures[i].id);
        wrap_line(s, KIND_AT + 26, label(s, &t->figures[i].label));
    }
    if (t->columns >= 0)
        say_ids(s, KIND_AT + 2, "show.columns", &t->columns, 1);
    if (t->sum >= 0)
        say_ids(s, KIND_AT + 2, "show.sum", &t->sum, 1);
    if (t->where != NULL)
        say(s, KIND_AT + 2, "show.where", t->where, "");
}

static void
show_section(struct shower *s, const struct section *sec)
{
    struct buf b;

    pad(s, IN);
    put(s, sec->id);
    wrap_line(s, KIND_AT, label(s, &sec->title));
    buf_init(&b, 0);
    for (int i = 0; i < sec->table_count; i++)
        buf_printf(&b, "%s%s", i > 0 ? ", " : "",
                   s->in->tables[sec->tables[i]].id);
    if (sec->table_count > 0)
        wrap_line(s, KIND_AT + 2, buf_string(&b));
    buf_clear(&b);
}

static void
show_reports(struct shower *s)
{
    heading(s, "show.tables");
    for (int i = 0; i < s->in->table_count; i++)
        show_table(s, &s->in->tables[i]);
    heading(s, "show.reports");
    for (int i = 0; i < s->in->report_count; i++) {
        const struct report_def *r = &s->in->reports[i];

        if (i > 0)
            line(s);
        put(s, label(s, &r->title));
        put(s, " (");
        put(s, r->id);
        put(s, ")");
        line(s);
        say(s, IN, "show.people", label(s, &r->people), "");
        if (r->where != NULL)
            say(s, IN, "show.where", r->where, "");
        for (int j = 0; j < r->section_count; j++)
            show_section(s, &r->sections[j]);
    }
}

/* What is looked at, in the definition's own words. */
static void
show_rule(struct shower *s, const struct focus_rule *f)
{
    pad(s, IN);
    put(s, f->id);
    /* A row's own name may be the title: it has a hole. */
    wrap(s, KIND_AT, strchr(label(s, &f->title), '{') == NULL
                     ? label(s, &f->title) : label(s, &f->found));
    put_source(s, f->source);
    line(s);
    if (strchr(label(s, &f->title), '{') == NULL)
        wrap_line(s, KIND_AT + 2, label(s, &f->found));
    if (f->find == FIND_SUM) {
        say_ids(s, KIND_AT + 2, "show.sum", &f->sum, 1);
        say_ids(s, KIND_AT + 2, "show.sum_of", &f->sum_of, 1);
    }
    if (f->find == FIND_MOST)
        say(s, KIND_AT + 2, "show.rows", s->in->tables[f->table].id, "");
    if (f->where != NULL)
        say(s, KIND_AT + 2, "show.where", f->where, "");
    if (f->of != NULL)
        say(s, KIND_AT + 2, "show.of", f->of, "");
}

static void
show_focus(struct shower *s)
{
    if (s->in->focus_count == 0)
        return;
    heading(s, "show.focus");
    for (int i = 0; i < s->in->focus_count; i++)
        show_rule(s, &s->in->focus[i]);
}

void
instrument_show(const struct instrument *in, enum lang lang,
                struct buf *out)
{
    struct shower s = { in, lang, out, 0 };

    show_top(&s);
    show_scale(&s);
    show_questions(&s);
    show_services(&s);
    show_checks(&s);
    show_index(&s);
    show_derived(&s);
    show_reports(&s);
    show_focus(&s);
}
