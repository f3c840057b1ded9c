/* text_fixture.c - see text_fixture.h. */
#include "text_fixture.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "report/texting.h"
#include "write/write.h"

static const struct { int count; const char *answers; } people[] = {
    { 60, "sex=female target=mental plan=1 kids=1 kids_away=0 "
          "home_grade=green index_grade=green crisis=0 visits=9" },
    { 30, "sex=male target=mental plan=0 kids=1 kids_away=0 "
          "home_grade=yellow index_grade=yellow crisis=0 visits=9" },
    { 1, "sex=male target=dual plan=0 kids=1 kids_away=0 "
         "home_grade=red index_grade=red crisis=! visits=9" },
    { 9, "sex=female target=substance plan=? kids=- kids_away=- "
         "home_grade=red index_grade=red crisis=! visits=9" },
};

static void
stop(const struct err *e)
{
    fprintf(stderr, "text_fixture: %s %ld:%d %s\n", e->key, e->at.line,
            e->at.column, e->args > 0 ? e->arg[0] : "");
    abort();
}

void
text_fixture_begin(struct text_fixture *f)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    f->in = tiny_instrument(NULL, 2);
    f->unit[0] = (struct unit){ .id = "u0", .name = "u0" };
    f->unit[1] = (struct unit){ .id = "u1", .name = "u1" };
    f->round = (struct round){
        .id = "bergen-2014", .municipality = 4601, .year = 2014,
        .period = 1, .title = "Bergen 2014", .status = ROUND_CLOSED,
        .definition = 1, .from_age = 18, .units = f->unit, .unit_count = 2
    };
    for (int i = 0; i < LAWFUL_COUNT; i++)
        f->round.lawful[i] = "";
    f->round.lawful[lawful_field_of("population")] = "1000";
    f->round.lawful[lawful_field_of("population_from_age")] = "18";
    f->round.lawful[lawful_field_of("population_on")] = "2014-01-01";
}

void
text_fixture_end(struct text_fixture *f)
{
    instrument_free(f->in);
    arena_clear(&f->arena);
}

char *
text_whole(struct text_fixture *f, const char *kind, const char *lang,
           const char *body)
{
    return arena_printf(&f->arena, "---\nkind: %s\nlang: %s\n"
        "about: whole\ntitle: Tittel\nsubtitle: Under\nlaws: 2026-11-01\n"
        "---\n# H\n\n%s", kind, lang, body);
}

struct text *
text_taken(struct text_fixture *f, const char *source,
           const struct text_focus *focus, int focus_count, struct err *e)
{
    struct text_source s = {
        .file = "t.md", .bytes = source, .len = strlen(source),
        .focus = focus, .focus_count = focus_count
    };

    err_clear(e);
    return text_read(&s, f->in, &f->arena, e);
}

/* A text read and counted. */
struct made {
    struct plan *plan;
    struct run *run;
    struct text *text;
    struct protect_rule rule;
    struct report_input input;
};

static void
count(struct text_fixture *f, struct made *m, const char *source,
      const struct text_focus *focus, int focus_count, int threshold)
{
    struct err e = { 0 };
    const struct table **tables;

    *m = (struct made){ .plan = plan_new(f->in) };
    m->text = text_taken(f, source, focus, focus_count, &e);
    if (m->text == NULL
        || !text_questions(m->text, &f->arena, m->plan,
                           &m->input.table_count, &e))
        stop(&e);
    m->run = run_new(m->plan);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        struct tiny_row row;

        tiny_fill(f->in, &row, people[i].answers);
        for (int n = 0; n < people[i].count; n++)
            run_row(m->run, &row.row);
    }
    tables = arena_array(&f->arena, (size_t)m->input.table_count + 1,
                         sizeof *tables);
    for (int i = 0; i < m->input.table_count; i++)
        tables[i] = run_table(m->run, i);
    m->rule.threshold = threshold;
    m->input.in = f->in;
    m->input.round = &f->round;
    m->input.municipality_name = "Bergen";
    m->input.tables = tables;
    m->input.internal = threshold == 0;
    m->input.protect = threshold == 0 ? NULL : &m->rule;
}

static void
clear(struct made *m)
{
    run_free(m->run);
    plan_free(m->plan);
}

/* ---- lines ---- */

static void
put_runs(struct buf *out, const struct node *n)
{
    for (int i = 0; i < n->run_count; i++)
        buf_printf(out, "%s{%u%s%s}%s", i == 0 ? " " : "", n->run[i].style,
                   n->run[i].href != NULL ? " " : "",
                   n->run[i].href != NULL ? n->run[i].href : "",
                   n->run[i].text);
}

static void
put_node(struct buf *out, const struct node *n)
{
    const char *text = n->text != NULL ? n->text : n->title;

    if (n->table != NULL)
        text = n->table->title;
    if (n->chart != NULL)
        text = n->chart->title;
    buf_text(out, tree_kind_name(n->kind));
    if (n->kind == NODE_LIST && n->number != 0)
        buf_printf(out, " %d", n->number);
    if (n->kind == NODE_NOTE && strcmp(n->title, "T") == 0)
        buf_printf(out, " %s:", n->title);
    if (text != NULL)
        buf_printf(out, " %s", text);
    put_runs(out, n);
    buf_byte(out, '\n');
    for (int i = 0; n->kind == NODE_CARDS && i < n->count; i++)
        buf_printf(out, "card %s %s %s %s\n",
                   n->card[i].number != NULL ? n->card[i].number : "-",
                   n->card[i].title, n->card[i].text,
                   n->card[i].action != NULL ? n->card[i].action : "-");
}

const char *
text_made(struct text_fixture *f, const char *source,
          const struct text_focus *focus, int focus_count, int threshold)
{
    struct made m;
    struct buf out;
    char *lines;
    const struct document *doc;
    struct tree_walk w;

    count(f, &m, source, focus, focus_count, threshold);
    doc = text_build(m.text, &m.input, &f->arena);
    buf_init(&out, 0);
    w = tree_begin(doc);
    while (tree_step(&w))
        if (w.entering && w.node->kind != NODE_ROOT)
            put_node(&out, w.node);
    lines = arena_take(&f->arena, out.len + 1);
    for (size_t i = 0, n = 0; i < out.len; n++, i++) {
        bool blank = memcmp(out.data + i, "\xc2\xa0", 2) == 0;

        lines[n] = blank ? ' ' : out.data[i];
        i += blank;
    }
    buf_clear(&out);
    clear(&m);
    return lines;
}

const char *
text_html(struct text_fixture *f, const char *source)
{
    struct made m;
    struct buf out;
    const char *html;

    count(f, &m, source, NULL, 0, 0);
    buf_init(&out, 0);
    write_html_part(text_build(m.text, &m.input, &f->arena), NULL, &out);
    html = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    clear(&m);
    return html;
}

int
text_tables_of(struct text_fixture *f, const char *source)
{
    struct made m;

    count(f, &m, source, NULL, 0, 0);
    clear(&m);
    return m.input.table_count;
}

const char *
text_remarked(struct text_fixture *f, const char *source, bool numbers)
{
    struct made m;
    const struct text_remark *list;
    const char *lines = "";
    int remarks;

    count(f, &m, source, NULL, 0, 0);
    remarks = text_remarks(m.text, numbers ? &m.input : NULL, &f->arena,
                           &list);
    for (int i = 0; i < remarks; i++)
        lines = arena_printf(&f->arena, "%s%s %ld:%d%s\n", lines,
            text_remark_word(list[i].kind), list[i].say.at.line,
            list[i].say.at.column, list[i].other_line == 0 ? ""
            : arena_printf(&f->arena, " %ld", list[i].other_line));
    clear(&m);
    return lines;
}

int
text_open_tags(const char *html, const char *tag)
{
    size_t n = strlen(tag);
    int open = 0;

    for (const char *s = html; (s = strchr(s, '<')) != NULL; s++)
        if (strncmp(s + 1, tag, n) == 0 && strchr(" >", s[n + 1]) != NULL)
            open++;
        else if (s[1] == '/' && strncmp(s + 2, tag, n) == 0
                 && s[n + 2] == '>')
            open--;
    return open;
}

int
text_sentences(const char *text)
{
    const char *place = strstr(text, "{{year}}");
    struct buf b;
    int count = 0;

    buf_init(&b, 0);
    if (place != NULL) {
        buf_add(&b, text, (size_t)(place - text));
        mark_put(&b, MARK_FIRST);
        text = place + strlen("{{year}}");
    }
    buf_text(&b, text);
    for (size_t at = 0; at < b.len; count++)
        at = sentence_end(b.data, at, b.len);
    buf_clear(&b);
    return count;
}
