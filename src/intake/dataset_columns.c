/* dataset_columns.c - the columns of a dataset, from the instrument.
 *
 * A program that reads them takes fewer names than we have: a name is
 * letters, digits and underscores, and not a word that SPSS or Stata keeps
 * for itself. */
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "intake/exporting.h"

static const char *const reserved[] = {
    "all", "and", "by", "byte", "double", "eq", "float", "ge", "gt", "if",
    "in", "int", "le", "long", "lt", "ne", "not", "or", "strl", "to",
    "using", "with"
};

static bool
is_taken(const struct dataset *d, const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(reserved[i], name) == 0)
            return true;
    for (int i = 0; i < d->column_count; i++)
        if (strcmp(d->columns[i].name, name) == 0)
            return true;
    return false;
}

/* WISH as a name that nothing else has: "_2", "_3" behind it where it is
 * taken. */
static const char *
unique_name(struct dataset *d, const char *wish)
{
    char base[COLUMN_NAME_MAX + 1], name[COLUMN_NAME_MAX + 16];

    snprintf(base, COLUMN_NAME_MAX - 8, "%s", wish);
    for (char *p = base; *p != '\0'; p++)
        if (!isalnum((unsigned char)*p))
            *p = '_';
    snprintf(name, sizeof name, "%s", base);
    for (int n = 2; is_taken(d, name); n++)
        snprintf(name, sizeof name, "%s_%d", base, n);
    return arena_text(&d->arena, name);
}

static struct column *
add(struct dataset *d, const char *name, const char *label,
    enum column_type type, enum column_scale scale)
{
    struct column *c = &d->columns[d->column_count];

    *c = (struct column){
        .name = unique_name(d, name), .label = label, .type = type,
        .scale = scale, .question = "", .asked = "", .group = "",
        .place = -1, .choice = -1
    };
    d->column_count++;
    return c;
}

static struct column_code *
room_for_codes(struct dataset *d, struct column *c, int count)
{
    c->codes = arena_array(&d->arena, (size_t)count, sizeof *c->codes);
    c->code_count = count;
    return c->codes;
}

/* The codes of V by the numbers that stand for them: those of the CSV where
 * they are numbers, else places from 1. Of a bool no comes first. */
static void
take_codes(struct dataset *d, struct column *c, const struct variable *v)
{
    enum lang lang = d->order->lang;
    struct column_code *to = room_for_codes(d, c, v->code_count);
    bool yes = v->kind == KIND_BOOL;

    for (int i = 0; i < v->code_count; i++) {
        const struct code *from = &v->codes[yes ? v->code_count - 1 - i : i];

        to[i].number = yes ? i : i + 1;
        to[i].id = from->id;
        to[i].label = from->label.in[lang];
    }
}

/* "Fastlege: mottatt" for a tick of a service, else the label. */
static const char *
label_of(struct dataset *d, const struct variable *v)
{
    const struct instrument *in = d->o->in;
    enum lang lang = d->order->lang;

    if (v->category < 0)
        return v->label.in[lang];
    return arena_printf(&d->arena, "%s: %s", v->label.in[lang],
                        (v->wanted ? &in->wanted : &in->received)->in[lang]);
}

static void
describe(struct dataset *d, struct column *c, int place)
{
    const struct instrument *in = d->o->in;
    const struct variable *v = &in->variables[place];
    const char *help = v->help.in[d->order->lang];

    c->variable = v;
    c->place = place;
    c->derived = v->derive != DERIVE_NONE;
    if (help != NULL)
        c->question = help;
    if (v->asked_text != NULL)
        c->asked = v->asked_text;
    if (v->when_text != NULL)
        c->asked = v->when_text;
    if (v->tab >= 0)
        c->group = in->tabs[v->tab].label.in[d->order->lang];
    c->may_unknown = !c->derived && v->takes_unknown && v->service < 0;
    c->may_unasked = !c->derived && (v->asked != NULL || v->service >= 0);
}

/* A column a code: whether it was chosen. */
static void
add_choices(struct dataset *d, int place)
{
    const struct variable *v = &d->o->in->variables[place];
    enum lang lang = d->order->lang;

    for (int i = 0; i < v->code_count; i++) {
        struct column *c = add(
            d, arena_printf(&d->arena, "%s_%s", v->id, v->codes[i].id),
            arena_printf(&d->arena, "%s: %s", v->label.in[lang],
                         v->codes[i].label.in[lang]),
            COLUMN_WHOLE, SCALE_NOMINAL);
        struct column_code *yes_no = room_for_codes(d, c, 2);

        describe(d, c, place);
        c->choice = i;
        yes_no[0] = (struct column_code){ 0, "0",
                                          msg_text(lang, "word.no"), 0 };
        yes_no[1] = (struct column_code){ 1, "1",
                                          msg_text(lang, "word.yes"), 0 };
    }
}

static const struct {
    enum column_type type;
    enum column_scale scale;
} looks[KIND_COUNT] = {
    [KIND_TEXT4] = { COLUMN_TEXT, SCALE_NOMINAL },
    [KIND_TEXT] = { COLUMN_TEXT, SCALE_NOMINAL },
    [KIND_INT] = { COLUMN_WHOLE, SCALE_METRIC },
    [KIND_DATE] = { COLUMN_DATE, SCALE_METRIC },
    [KIND_CODE] = { COLUMN_WHOLE, SCALE_NOMINAL },
    [KIND_BOOL] = { COLUMN_WHOLE, SCALE_NOMINAL },
    [KIND_SCORE] = { COLUMN_WHOLE, SCALE_ORDINAL },
    [KIND_IDENT] = { COLUMN_TEXT, SCALE_NOMINAL },
    [KIND_INDEX] = { COLUMN_INDEX, SCALE_METRIC },
};

/* Grades and bands have an order. */
static enum column_scale
scale_of(const struct variable *v)
{
    switch (v->derive) {
    case DERIVE_BANDS:
    case DERIVE_GRADE:
    case DERIVE_INDEX_GRADE:
        return SCALE_ORDINAL;
    default:
        return looks[v->kind].scale;
    }
}

static void
add_variable(struct dataset *d, int place)
{
    const struct variable *v = &d->o->in->variables[place];
    bool without = d->order->without_pseudonyms;
    struct column *c;

    if (v->off)
        return;
    if (without && (v->identifies || v->kind == KIND_IDENT
                    || v->kind == KIND_TEXT))
        return;
    if (v->kind == KIND_CODES) {
        add_choices(d, place);
        return;
    }
    c = add(d, v->kind == KIND_IDENT ? "pseudonym" : v->id,
            v->kind == KIND_IDENT ? export_say(d, "export.pseudonym")
                                  : label_of(d, v),
            looks[v->kind].type, scale_of(v));
    describe(d, c, place);
    if (v->kind == KIND_CODE || v->kind == KIND_BOOL
        || v->kind == KIND_SCORE)
        take_codes(d, c, v);
    if (v->kind == KIND_IDENT)
        c->may_unknown = false;
}

/* What belongs to the registration itself. */
static void
add_own(struct dataset *d)
{
    static const char *const status[] = {
        "export.draft", "export.complete", "export.withdrawn"
    };
    struct column_code *to;
    struct column *c;

    c = add(d, "status", export_say(d, "export.status"), COLUMN_WHOLE,
            SCALE_NOMINAL);
    c->own = OWN_STATUS;
    to = room_for_codes(d, c, 3);
    for (int i = 0; i < 3; i++)
        to[i] = (struct column_code){ i + 1, status_word((enum status)i),
                                      export_say(d, status[i]), 0 };
    c = add(d, "counts", export_say(d, "export.counts"), COLUMN_WHOLE,
            SCALE_NOMINAL);
    c->own = OWN_COUNTS;
    c->question = export_say(d, "export.counts_help");
    to = room_for_codes(d, c, 2);
    to[0] = (struct column_code){ 0, "0", export_say(d, "word.no"), 0 };
    to[1] = (struct column_code){ 1, "1", export_say(d, "word.yes"), 0 };
    if (d->order->without_pseudonyms)
        return;
    c = add(d, "registration", export_say(d, "export.registration"),
            COLUMN_WHOLE, SCALE_NOMINAL);
    c->own = OWN_REGISTRATION;
    c = add(d, "superseded_by", export_say(d, "export.superseded_by"),
            COLUMN_WHOLE, SCALE_NOMINAL);
    c->own = OWN_SUPERSEDED_BY;
}

void
dataset_columns(struct dataset *d)
{
    const struct instrument *in = d->o->in;
    size_t most = 4;

    for (int i = 0; i < in->variable_count; i++)
        most += in->variables[i].kind == KIND_CODES
                ? (size_t)in->variables[i].code_count : 1;
    d->columns = arena_array(&d->arena, most, sizeof *d->columns);
    for (int i = 0; i < in->variable_count; i++)
        add_variable(d, i);
    add_own(d);
    assert((size_t)d->column_count <= most);
}
