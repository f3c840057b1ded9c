/* text.c - see text.h: reading a text, and asking for its numbers.
 *
 * The head is ours; what is under it is cut into pieces (text_piece.c), and
 * its Markdown is looked at once with all branches in it (text_check.c), so
 * that a fault is found whatever the numbers will be. */
#include "report/text.h"
#include <assert.h>
#include <string.h>
#include "base/clock.h"
#include "base/embed.h"
#include "base/utf8.h"
#include "report/texting.h"

static const char *const kind_words[] = {
    [DOC_TABLES] = "tables", [DOC_REPORT] = "report",
    [DOC_SLIDES] = "slides", [DOC_MEDIA] = "media",
};

const char *
text_kind_word(enum doc_kind kind)
{
    return kind_words[kind];
}

int
text_kind_of(const char *word, size_t len)
{
    for (int i = DOC_REPORT; i <= DOC_MEDIA; i++)
        if (read_is(word, len, kind_words[i]))
            return i;
    return -1;
}

enum doc_kind
text_kind(const struct text *t)
{
    return t->kind;
}

enum lang
text_lang(const struct text *t)
{
    return t->lang;
}

int
text_report(const struct text *t)
{
    return t->report;
}

static const struct text_template templates[TEXT_TEMPLATES] = {
    { "report", DOC_REPORT, "mental" },
    { "slides", DOC_SLIDES, "mental" },
    { "media", DOC_MEDIA, "mental" },
    { "report-substance", DOC_REPORT, "substance" },
    { "slides-substance", DOC_SLIDES, "substance" },
    { "media-substance", DOC_MEDIA, "substance" },
};
/* By template and language. */
static const char *const files[TEXT_TEMPLATES][LANG_COUNT] = {
    { "texts/report.nb.md", "texts/report.nn.md", "texts/report.en.md" },
    { "texts/slides.nb.md", "texts/slides.nn.md", "texts/slides.en.md" },
    { "texts/media.nb.md", "texts/media.nn.md", "texts/media.en.md" },
    { "texts/report-substance.nb.md", "texts/report-substance.nn.md",
      "texts/report-substance.en.md" },
    { "texts/slides-substance.nb.md", "texts/slides-substance.nn.md",
      "texts/slides-substance.en.md" },
    { "texts/media-substance.nb.md", "texts/media-substance.nn.md",
      "texts/media-substance.en.md" },
};

const struct text_template *
text_template_at(int i)
{
    return &templates[i];
}

const struct text_template *
text_template_named(const char *name)
{
    for (int i = 0; i < TEXT_TEMPLATES; i++)
        if (strcmp(templates[i].name, name) == 0)
            return &templates[i];
    return NULL;
}

const struct text_template *
text_template_about(enum doc_kind kind, const char *about)
{
    for (int i = 0; i < TEXT_TEMPLATES; i++)
        if (templates[i].kind == kind
            && strcmp(templates[i].about, about) == 0)
            return &templates[i];
    return NULL;
}

struct text_source
text_template_source(const struct text_template *t, enum lang lang)
{
    struct text_source source = { .file = files[t - templates][lang] };

    source.bytes = embed_find(source.file, &source.len);
    return source;
}

struct text_source
text_template(enum doc_kind kind, enum lang lang)
{
    return text_template_source(text_template_named(text_kind_word(kind)),
                                lang);
}

/* ---- the bytes ---- */

static bool
check_byte(const struct text_file *file, const char *s, int32_t c,
           struct err *e)
{
    if ((c >= ' ' && c != 0x7F && !(c >= 0xE000 && c <= 0xF8FF)
         && c < MARK_LEAD) || c == '\n' || c == '\t')
        return true;
    err_set(e, ERR_INPUT, c == UTF8_BAD ? "text.utf8" : "text.control", "");
    return text_at(e, file, (size_t)(s - file->bytes));
}

bool
text_bytes(const struct text_file *file, struct err *e)
{
    const char *s = file->bytes, *end = s + file->len;

    while (s < end) {
        const char *at = s;

        if (!check_byte(file, at, utf8_next(&s, end), e))
            return false;
    }
    return true;
}

static bool
take_bytes(struct text *t, const struct text_source *source,
           struct text_file *file, struct err *e)
{
    char *copy;
    size_t n = 0;

    file->name = arena_text(t->arena, source->file);
    if (source->len > TEXT_BYTES_MAX) {
        err_set(e, ERR_INPUT, "text.long", "%d", TEXT_BYTES_MAX / 1024);
        return err_at(e, file->name, 0, 0);
    }
    copy = arena_take(t->arena, source->len + 1);
    for (size_t i = 0; i < source->len; i++)
        if (source->bytes[i] != '\r' || i + 1 == source->len
            || source->bytes[i + 1] != '\n')
            copy[n++] = source->bytes[i];
    *file = (struct text_file){ file->name, copy, n };
    return text_bytes(file, e);
}

/* ---- the head ---- */

enum { HEAD_KIND, HEAD_LANG, HEAD_ABOUT, HEAD_TITLE, HEAD_SUBTITLE,
       HEAD_LAWS, HEAD_COUNT };

static const char *const head_words[HEAD_COUNT] = {
    "kind", "lang", "about", "title", "subtitle", "laws"
};

/* Where a line of the head and its value begin and end. */
struct head_line {
    bool given;
    size_t at, from, to;
};

static size_t
line_end(const struct text_file *file, size_t at)
{
    while (at < file->len && file->bytes[at] != '\n')
        at++;
    return at;
}

static bool
is_rule(const struct text_file *file, size_t at, size_t end)
{
    while (end > at && file->bytes[end - 1] == ' ')
        end--;
    return read_is(file->bytes + at, end - at, "---");
}

/* One "word: value". */
static bool
read_line(struct reading *r, size_t end, struct head_line *head)
{
    size_t from = r->at, len;
    const char *word;
    int i = 0;

    r->end = end;
    len = read_word(r, &word);
    while (i < HEAD_COUNT && !read_is(word, len, head_words[i]))
        i++;
    if (i == HEAD_COUNT)
        return text_refuse_word(r, from, len > 0 ? r->at : end, "text.head",
                                "text.head_near", head_words, HEAD_COUNT);
    if (head[i].given)
        return text_refuse(r, from, r->at, "text.head_twice");
    if (r->at >= end || r->file->bytes[r->at++] != ':')
        return text_refuse(r, from, end, "text.want_colon");
    read_blanks(r);
    while (end > r->at && r->file->bytes[end - 1] == ' ')
        end--;
    if (end == r->at)
        return text_refuse(r, from, end, "text.head_blank");
    head[i] = (struct head_line){ true, from, r->at, end };
    return true;
}

/* Reads the lines; *BODY is where the text begins. */
static bool
read_head(struct reading *r, struct head_line head[HEAD_COUNT],
          size_t *body)
{
    const struct text_file *file = r->file;
    size_t at = 0, end = line_end(file, 0);

    if (!is_rule(file, at, end)) {
        err_set(r->e, ERR_INPUT, "text.no_head", "");
        return text_at(r->e, file, 0);
    }
    for (at = end + 1; at < file->len; at = end + 1) {
        end = line_end(file, at);
        if (is_rule(file, at, end)) {
            *body = end < file->len ? end + 1 : end;
            return true;
        }
        r->at = at;
        if (!read_line(r, end, head))
            return false;
    }
    err_set(r->e, ERR_INPUT, "text.head_open", "");
    return text_at(r->e, file, 0);
}

static bool
refuse_value(const struct reading *r, const struct head_line *line,
             const char *key)
{
    return text_refuse(r, line->from, line->to, key);
}

static bool
read_about(struct reading *r, const struct head_line *line)
{
    const struct instrument *in = r->t->in;
    const char *word[HEAD_COUNT + 64];
    int count = 0;

    for (int i = in->report_count - 1; i >= 0; i--) {
        if (in->reports[i].scope != SCOPE_RECIPIENTS)
            continue;
        if (line->given
            && read_is(r->file->bytes + line->from, line->to - line->from,
                       in->reports[i].id)) {
            r->t->report = i;
            return true;
        }
        if (!line->given)
            r->t->report = i;   /* the first of them, at last */
        if (count < 64)
            word[count++] = in->reports[i].id;
    }
    if (line->given)
        return text_refuse_word(r, line->from, line->to, "text.about",
                                "text.about_near", word, count);
    if (count > 0)
        return true;
    err_set(r->e, ERR_INPUT, "text.no_report", "");
    return text_at(r->e, r->file, 0);
}

static bool
read_values(struct reading *r, const struct head_line head[HEAD_COUNT])
{
    struct text *t = r->t;
    const char *bytes = r->file->bytes;
    const struct head_line *kind = &head[HEAD_KIND];
    const struct head_line *lang = &head[HEAD_LANG];
    const struct head_line *laws = &head[HEAD_LAWS];
    int is;

    for (int i = 0; i < HEAD_COUNT; i++)
        if (!head[i].given && (i <= HEAD_LANG || i == HEAD_TITLE)) {
            err_set(r->e, ERR_INPUT, "text.head_lacks", "%s",
                    head_words[i]);
            return text_at(r->e, r->file, 0);
        }
    is = text_kind_of(bytes + kind->from, kind->to - kind->from);
    if (is < 0)
        return refuse_value(r, kind, "text.head_kind");
    t->kind = (enum doc_kind)is;
    t->lang = lang_of(arena_text_n(t->arena, bytes + lang->from,
                                   lang->to - lang->from));
    if (t->lang == LANG_COUNT)
        return refuse_value(r, lang, "text.head_lang");
    t->has_laws = laws->given;
    if (laws->given
        && !day_parse(bytes + laws->from, laws->to - laws->from, &t->laws))
        return refuse_value(r, laws, "text.head_laws");
    return read_about(r, &head[HEAD_ABOUT]);
}

static bool
read_titles(struct reading *r, const struct head_line head[HEAD_COUNT])
{
    const struct head_line *title = &head[HEAD_TITLE];
    const struct head_line *sub = &head[HEAD_SUBTITLE];

    return pieces_read(r->t, r->file, title->from, title->to, PIECES_LINE,
                       &r->t->title, r->e)
        && (!sub->given
            || pieces_read(r->t, r->file, sub->from, sub->to, PIECES_LINE,
                           &r->t->subtitle, r->e));
}

/* The number of the question of numbers of SCOPE that has room, a new one
 * where none has. */
static struct text_table *
figures_with_room(struct text *t, int scope, int *number)
{
    struct text_table *table;

    for (int i = t->table_list.count - 1; i >= 0; i--) {
        table = text_table(t, i);
        if (table->figures && table->scope == scope
            && table->row_count < QUESTION_ROWS_MAX) {
            *number = i;
            return table;
        }
    }
    /* Few: a text's numbers are of a handful of scopes. */
    table = list_more(t, &t->table_list, sizeof *table,
                      TEXT_TABLES_MAX + PLAN_TABLES_MAX);
    assert(table != NULL);
    *table = (struct text_table){ .scope = scope, .def = -1,
                                  .figures = true, .columns = -1,
                                  .sum = -1 };
    *number = t->table_list.count - 1;
    return table;
}

/* Gives every number its row. */
static void
place_figures(struct text *t)
{
    for (int i = 0; i < t->figure_list.count; i++) {
        struct text_figure *f = text_figure(t, i);
        struct text_table *table = figures_with_room(t, f->scope,
                                                     &f->table);

        f->row = table->row_count++;
    }
}

struct text *
text_read(const struct text_source *source, const struct instrument *in,
          struct arena *arena, struct err *e)
{
    struct text *t = arena_take(arena, sizeof *t);
    struct text_file *file = arena_take(arena, sizeof *file);
    struct head_line head[HEAD_COUNT] = { 0 };
    struct reading r = { .t = t, .file = file, .e = e };
    size_t body = 0;
    int all;

    *t = (struct text){ .arena = arena, .in = in, .focus = source->focus,
                        .focus_count = source->focus_count };
    if (!take_bytes(t, source, file, e) || !read_head(&r, head, &body)
        || !read_values(&r, head)
        || !ask_figure(&r, t->report, NULL, NULL, -1, &all)
        || !read_titles(&r, head)
        || !pieces_read(t, file, body, file->len, PIECES_WHOLE, &t->first,
                        e)
        || !text_check(t, e))
        return NULL;
    assert(all == 0);
    place_figures(t);
    t->focus = NULL;
    return t;
}

/* ---- questions ---- */

static const char *
scope_where(const struct text *t, int scope)
{
    return scope == SCOPE_ROUND ? NULL : t->in->reports[scope].where;
}

static struct question
figures_question(const struct text *t, int number, struct arena *arena)
{
    const struct text_table *table = text_table(t, number);
    struct figure *list = arena_array(arena, (size_t)table->row_count,
                                      sizeof *list);

    for (int i = 0; i < t->figure_list.count; i++) {
        const struct text_figure *f = text_figure(t, i);
        const char *label = f->where == NULL ? "all" : f->where;

        if (f->table != number)
            continue;
        list[f->row] = (struct figure){
            .id = arena_printf(arena, "n%d", i + 1),
            .label = { { label, label, label } },
            .where = f->where, .of = f->of, .sum = f->sum,
            .counts = f->sum < 0 ? COUNTS_RECIPIENTS
                                 : t->in->variables[f->sum].counts
        };
    }
    return (struct question){
        .columns = -1, .sum = -1, .where = scope_where(t, table->scope),
        .figures = list, .figure_count = table->row_count
    };
}

static struct question
table_question(const struct text *t, int number, struct arena *arena)
{
    const struct text_table *table = text_table(t, number);
    const char *where = scope_where(t, table->scope);
    const struct table_def *def;

    if (table->figures)
        return figures_question(t, number, arena);
    if (table->def < 0)
        return (struct question){
            .rows = table->rows, .row_count = table->row_count,
            .columns = table->columns, .sum = table->sum,
            .where = where, .and_where = table->where
        };
    def = &t->in->tables[table->def];
    return (struct question){
        .rows = def->rows, .row_count = def->row_count,
        .columns = def->columns, .where = where, .and_where = def->where,
        .sum = def->sum, .figures = def->figures,
        .figure_count = def->figure_count
    };
}

bool
text_questions(const struct text *t, struct arena *arena, struct plan *plan,
               int *count, struct err *e)
{
    *count = t->table_list.count;
    for (int i = 0; i < t->table_list.count; i++) {
        const struct text_table *table = text_table(t, i);
        struct question q = table_question(t, i, arena);

        if (plan_add(plan, &q, e) >= 0)
            continue;
        return table->file == NULL ? false
            : text_at(e, table->file, table->at);
    }
    return true;
}
