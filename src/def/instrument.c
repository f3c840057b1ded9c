/* instrument.c - see instrument.h.
 *
 * Reading runs the stages of read.h over the tree of yaml.h; binding adds
 * what only a round knows. Looking things up by name is by walking the
 * lists: they are short, and nothing that counts does it. */
#include "def/instrument.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/near.h"
#include "def/read.h"

static void
hash(struct instrument *in, const char *text, size_t len)
{
    unsigned char sum[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(sum, (const unsigned char *)text, len);
    sodium_bin2hex(in->sha256, sizeof in->sha256, sum, sizeof sum);
}

static bool
read_format(struct reader *r, const struct yaml *n, void *to)
{
    if (!bind_int(r, n, to))
        return false;
    return *(int *)to == 1 || bind_fail(r, n, "def.format");
}

static bool
read_version(struct reader *r, const struct yaml *n, void *to)
{
    if (!bind_int(r, n, to))
        return false;
    return *(int *)to >= 1 || bind_fail(r, n, "def.version");
}

/* The top of the file: what needs no other part is read at once, the rest
 * is left in DRAFT for its stage. */
static bool
read_top(struct reader *r, const struct yaml *root, struct draft *d)
{
#define IN(member) offsetof(struct instrument, member)
    static const struct field simple[] = {
        { "format", true, read_format, IN(format) },
        { "id", true, bind_code, IN(id) },
        { "version", true, read_version, IN(version) },
        { "title", true, bind_label, IN(title) }
    };
#undef IN
#define PART(member, needed) \
    { #member, needed, bind_node, offsetof(struct draft, member) }
#define D(member) PART(member, true)
    static const struct field parts[] = {
        D(person), D(sources), D(grades), D(scale), D(tabs), D(variables),
        D(services), D(complete), D(checks), D(index), D(derived), D(tables),
        D(reports), PART(focus, false), PART(local, false)
    };
#undef D
#undef PART
    enum { SIMPLE = FIELD_COUNT(simple), PARTS = FIELD_COUNT(parts) };
    struct field all[SIMPLE + PARTS];

    /* One table for the check of keys, each key to its own struct. */
    for (size_t i = 0; i < SIMPLE + PARTS; i++) {
        all[i] = i < SIMPLE ? simple[i] : parts[i - SIMPLE];
        all[i].read = bind_node;
        all[i].offset = i * sizeof(struct yaml *);
    }
    const struct yaml *node[SIMPLE + PARTS] = { NULL };

    if (!bind_map(r, root, all, SIMPLE + PARTS, node))
        return false;
    for (size_t i = 0; i < SIMPLE; i++)
        if (!simple[i].read(r, node[i], (char *)r->in + simple[i].offset))
            return false;
    for (size_t i = 0; i < PARTS; i++)
        *(const struct yaml **)(void *)((char *)d + parts[i].offset) =
            node[SIMPLE + i];
    return true;
}

static bool
read_all(struct reader *r, const struct yaml *root)
{
    struct draft d = { .raw = NULL };

    return read_top(r, root, &d)
        && read_sources(r, &d) && read_person(r, &d) && read_grades(r, &d)
        && read_scale(r, &d) && read_tabs(r, &d) && read_variables(r, &d)
        && read_conditions(r, &d) && read_index(r, &d)
        && read_derived(r, &d) && read_complete(r, &d) && read_checks(r, &d)
        && read_tables(r, &d) && read_reports(r, &d) && read_focus(r, &d)
        && read_local(r, &d);
}

struct instrument *
instrument_read(const char *text, size_t len, const char *file,
                struct err *e)
{
    struct instrument *in = mem_take(sizeof *in);
    struct reader r = { in, &in->arena, e };
    struct pos before = e->at;
    struct yaml *root;
    char *name;

    arena_init(&in->arena);
    for (int i = 0; i < ROLE_COUNT; i++)
        in->role[i] = -1;
    in->index_variable = in->index_grade_variable = -1;
    in->file = name = arena_text(&in->arena, file);
    in->variables = arena_array(&in->arena, VARIABLE_MAX,
                                sizeof *in->variables);
    text = text != NULL ? text : "";
    hash(in, text, len);
    /* Texts of the tree are lent to the instrument: one arena. */
    root = yaml_read(text, len, name, &in->arena, e);
    if (root == NULL || !read_all(&r, root)) {
        /* The message outlives the instrument; its file is the caller's. */
        if (e->at.file == name)
            e->at.file = file;
        instrument_free(in);
        return NULL;
    }
    e->at = before;
    return in;
}

void
instrument_free(struct instrument *in)
{
    if (in == NULL)
        return;
    arena_clear(&in->arena);
    free(in);
}

int
instrument_variable(const struct instrument *in, const char *id, size_t len)
{
    for (int i = 0; len > 0 && i < in->variable_count; i++) {
        const char *own = in->variables[i].id;

        if (*own == *id && strlen(own) == len && memcmp(own, id, len) == 0)
            return i;
    }
    return -1;
}

const char *
instrument_nearest(const struct instrument *in, const char *name, size_t len)
{
    struct near near;

    near_begin(&near, name, len);
    near.far = true;
    for (int i = 0; i < in->variable_count; i++)
        near_offer(&near, in->variables[i].id);
    return near.best;
}

int
instrument_report(const struct instrument *in, const char *id)
{
    for (int i = 0; i < in->report_count; i++)
        if (strcmp(in->reports[i].id, id) == 0)
            return i;
    return -1;
}

int
instrument_table(const struct instrument *in, const char *id)
{
    for (int i = 0; i < in->table_count; i++)
        if (strcmp(in->tables[i].id, id) == 0)
            return i;
    return -1;
}

int
instrument_grade(const struct instrument *in, const char *id)
{
    for (int i = 0; i < in->grade_count; i++)
        if (strcmp(in->grades[i].id, id) == 0)
            return i;
    return -1;
}

int
instrument_set(const struct instrument *in, int variable)
{
    int set = 0;

    for (int i = 0; i < variable; i++)
        set += in->variables[i].kind == KIND_CODES;
    return set;
}

static void
copy_facts(struct instrument *in, const struct round_facts *from)
{
    struct round_facts *f = &in->facts;
    const char **ids, **names, **on;

    *f = *from;
    ids = arena_array(&in->arena, (size_t)f->unit_count, sizeof *ids);
    names = arena_array(&in->arena, (size_t)f->unit_count, sizeof *names);
    on = arena_array(&in->arena, (size_t)f->switched_on_count, sizeof *on);
    for (int i = 0; i < f->unit_count; i++) {
        ids[i] = arena_text(&in->arena, from->unit_ids[i]);
        names[i] = arena_text(&in->arena, from->unit_names[i]);
    }
    for (int i = 0; i < f->switched_on_count; i++)
        on[i] = arena_text(&in->arena, from->switched_on[i]);
    f->unit_ids = ids;
    f->unit_names = names;
    f->switched_on = on;
}

static const struct code *
unit_codes(struct instrument *in)
{
    struct code *codes = arena_array(&in->arena,
                                     (size_t)in->facts.unit_count,
                                     sizeof *codes);

    for (int i = 0; i < in->facts.unit_count; i++) {
        codes[i].id = in->facts.unit_ids[i];
        for (int lang = 0; lang < LANG_COUNT; lang++)
            codes[i].label.in[lang] = in->facts.unit_names[i];
    }
    return codes;
}

static bool
switch_on(struct instrument *in, const char *id, struct err *e)
{
    int v = instrument_variable(in, id, strlen(id));

    if (v < 0 || v >= in->entered_count || !in->variables[v].off)
        return err_set(e, ERR_INPUT, "round.switch", "%s", id);
    /* The local changes are the round's last word. */
    in->variables[v].off = in->variables[v].off_local;
    return true;
}

void
read_derived_off(struct instrument *in)
{
    for (int i = in->entered_count; i < in->variable_count; i++) {
        struct variable *v = &in->variables[i];

        v->off = v->entered_count > 0;
        for (int j = 0; j < v->entered_count && v->off; j++)
            v->off = in->variables[v->entered[j]].off;
    }
}

/* Leaves out the first band where it begins at 0 and is wholly below
 * the round's age limit. The others stay, for tables may name them. */
static void
cut_band(struct variable *v, int from_age)
{
    if (v->code_count > 1 && v->band_from[0] == 0
        && v->band_from[1] <= from_age) {
        v->codes++;
        v->band_from++;
        v->code_count--;
    }
}

static bool
is_age_band(const struct instrument *in, const struct variable *v)
{
    return v->derive == DERIVE_BANDS
        && in->variables[v->of[0]].derive == DERIVE_AGE;
}

bool
instrument_bind(struct instrument *in, const struct round_facts *facts,
                struct err *e)
{
    const struct code *codes;

    if (facts->unit_count > CODE_MAX)
        return err_set(e, ERR_INPUT, "round.units_max", "%d", CODE_MAX);
    copy_facts(in, facts);
    codes = unit_codes(in);
    for (int i = 0; i < in->variable_count; i++) {
        struct variable *v = &in->variables[i];

        if (v->of_units) {
            v->codes = codes;
            v->code_count = facts->unit_count;
        } else if (is_age_band(in, v)) {
            cut_band(v, facts->from_age);
        }
    }
    for (int i = 0; i < facts->switched_on_count; i++)
        if (!switch_on(in, in->facts.switched_on[i], e))
            return false;
    read_derived_off(in);
    return true;
}
