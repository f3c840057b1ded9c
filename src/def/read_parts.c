/* read_parts.c - the parts of a definition that name no variable: sources,
 * words, grades, scale, tabs. See read.h and docs/instrument.md. */
#include <string.h>
#include "base/utf8.h"
#include "def/expr.h"
#include "def/read.h"

static const char *
id_at(const void *things, int i, size_t size)
{
    const void *thing = (const char *)things + (size_t)i * size;

    return *(const char *const *)thing;
}

bool
read_unique(struct reader *r, const struct yaml *list, const void *things,
            int count, size_t size)
{
    const struct yaml *n = list->first;

    for (int i = 0; i < count; i++, n = n->next) {
        const char *id = id_at(things, i, size);

        for (int j = 0; j < i; j++) {
            if (strcmp(id, id_at(things, j, size)) == 0) {
                bind_at(r, n);
                return err_set(r->e, ERR_INPUT, "def.id_twice", "%s", id);
            }
        }
    }
    return true;
}

bool
read_expr(struct reader *r, const struct yaml *n, const char *text,
          int known, struct expr **x)
{
    *x = NULL;
    if (text != NULL)
        *x = expr_parse(text, r->in, known, r->arena, &n->at, r->e);
    return r->e->code == ERR_NONE;
}

bool
read_sources(struct reader *r, const struct draft *d)
{
    static const struct field fields[] = {
        { "title", true, bind_label, offsetof(struct source, title) }
    };
    struct source *s;

    if (d->sources->kind != YAML_MAP || d->sources->count == 0)
        return bind_fail(r, d->sources, "def.want_map");
    r->in->sources = s = arena_array(r->arena, (size_t)d->sources->count,
                                     sizeof *s);
    for (const struct yaml *n = d->sources->first; n != NULL; n = n->next) {
        s->id = n->key;
        if (!bind_map(r, n, fields, FIELD_COUNT(fields), s++))
            return false;
        r->in->source_count++;
    }
    return true;
}

bool
read_person(struct reader *r, const struct draft *d)
{
    static const struct field fields[] = {
        { "one", true, bind_label, offsetof(struct instrument, person.one) },
        { "many", true, bind_label,
          offsetof(struct instrument, person.many) },
        { "the", true, bind_label, offsetof(struct instrument, person.the) },
        { "the_many", true, bind_label,
          offsetof(struct instrument, person.the_many) }
    };

    return bind_map(r, d->person, fields, FIELD_COUNT(fields), r->in);
}

static bool
read_look(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = {
        "plain", "dots", "stripes", "lattice"
    };
    int word = bind_word(r, n, words, 4);

    if (word >= 0)
        *(const char **)to = words[word];
    return word >= 0;
}

static bool
read_mark(struct reader *r, const struct yaml *n, void *to)
{
    static const char *const words[] = {
        "circle", "triangle", "square", "diamond"
    };
    int word = bind_word(r, n, words, 4);

    if (word >= 0)
        *(const char **)to = words[word];
    return word >= 0;
}

bool
read_grades(struct reader *r, const struct draft *d)
{
    static const struct field fields[] = {
        { "id", true, bind_id, offsetof(struct grade, id) },
        { "label", true, bind_label, offsetof(struct grade, label) },
        { "plural", true, bind_label, offsetof(struct grade, plural) },
        { "short", true, bind_label, offsetof(struct grade, short_label) },
        { "look", true, read_look, offsetof(struct grade, look) },
        { "mark", true, read_mark, offsetof(struct grade, mark) },
        { "fill", true, bind_colour, offsetof(struct grade, fill) },
        { "edge", true, bind_colour, offsetof(struct grade, edge) },
        { "ink", true, bind_colour, offsetof(struct grade, ink) },
        { "source", true, bind_source, offsetof(struct grade, source) }
    };

    const struct yaml *n = d->grades->first;
    struct grade *g;

    if (!bind_list(r, d->grades, sizeof *g, GRADE_MAX, fields,
                   FIELD_COUNT(fields), &g, &r->in->grade_count)
        || !read_unique(r, d->grades, g, r->in->grade_count, sizeof *g))
        return false;
    r->in->grades = g;
    for (int i = 0; i < r->in->grade_count; i++, n = n->next)
        g[i].at = n->at;
    return true;
}

static bool
read_grade_name(struct reader *r, const struct yaml *n, void *to)
{
    const char *words[GRADE_MAX];
    int word;

    for (int i = 0; i < r->in->grade_count; i++)
        words[i] = r->in->grades[i].id;
    word = bind_word(r, n, words, r->in->grade_count);
    *(int *)to = word;
    return word >= 0;
}

bool
read_scale(struct reader *r, const struct draft *d)
{
    static const struct field fields[] = {
        { "score", true, bind_int, offsetof(struct scale_step, score) },
        { "grade", true, read_grade_name,
          offsetof(struct scale_step, grade) },
        { "label", true, bind_label, offsetof(struct scale_step, label) },
        { "source", true, bind_source, offsetof(struct scale_step, source) }
    };
    const struct yaml *n = d->scale->first;

    if (!bind_list(r, d->scale, sizeof(struct scale_step), SCORE_MAX, fields,
                   FIELD_COUNT(fields), &r->in->scale, &r->in->scale_count))
        return false;
    for (int i = 0; i < r->in->scale_count; i++, n = n->next) {
        const struct scale_step *s = &r->in->scale[i];

        if (s->score != i + 1 || (i > 0 && s->grade < s[-1].grade)) {
            bind_at(r, n);
            return err_set(r->e, ERR_INPUT, "def.scale_order", "%d", i + 1);
        }
    }
    return true;
}

bool
read_tabs(struct reader *r, const struct draft *d)
{
    static const struct field fields[] = {
        { "id", true, bind_id, offsetof(struct tab, id) },
        { "label", true, bind_label, offsetof(struct tab, label) },
        { "help", false, bind_label, offsetof(struct tab, help) },
        { "ranks", false, bind_bool, offsetof(struct tab, ranks) },
        { "source", false, bind_source, offsetof(struct tab, source) }
    };

    return bind_list(r, d->tabs, sizeof(struct tab), 32, fields,
                     FIELD_COUNT(fields), &r->in->tabs, &r->in->tab_count)
        && read_unique(r, d->tabs, r->in->tabs, r->in->tab_count,
                       sizeof(struct tab));
}

/* A variable is of the first two; only a table counts services. */
static const char *const counts_words[] = {
    "recipients", "children", "services"
};

const char *
counts_word(enum counts counts)
{
    return counts_words[counts];
}

static bool
read_counts_word(struct reader *r, const struct yaml *n, int words, void *to)
{
    int word = bind_word(r, n, counts_words, words);

    if (word >= 0)
        *(enum counts *)to = (enum counts)word;
    return word >= 0;
}

bool
read_counts(struct reader *r, const struct yaml *n, void *to)
{
    return read_counts_word(r, n, 2, to);
}

bool
read_table_counts(struct reader *r, const struct yaml *n, void *to)
{
    return read_counts_word(r, n, 3, to);
}
