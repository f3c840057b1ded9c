/* export.c - registrations to a file: the formats, and the CSV that can be
 * imported again. */
#include "intake/export.h"
#include <assert.h>
#include <string.h>
#include "base/csv.h"
#include "calc/derive.h"
#include "intake/exporting.h"
#include "intake/intake.h"

struct exporting {
    struct dataset *d;          /* filter and order; no columns */
    struct csv_writer csv;
    int32_t *raw;               /* as entered, by variable */
};

/* Whether variable V has a column. */
static bool
shown(const struct exporting *x, const struct variable *v)
{
    return !x->d->order->without_pseudonyms
           || (!v->identifies && v->kind != KIND_IDENT
               && v->kind != KIND_TEXT);
}

static void
write_header(struct exporting *x)
{
    static const char *const more[] = {
        "status", "registration", "superseded_by"
    };
    const struct instrument *in = x->d->o->in;
    size_t last = x->d->order->without_pseudonyms ? 1 : 3;

    for (int i = 0; i < in->entered_count; i++)
        if (shown(x, &in->variables[i]))
            csv_field_text(&x->csv, in->variables[i].kind == KIND_IDENT
                                    ? "pseudonym" : in->variables[i].id);
    for (size_t i = 0; i < last; i++)
        csv_field_text(&x->csv, more[i]);
    csv_end_row(&x->csv);
}

static void
write_pseudonym(struct exporting *x)
{
    static const char digits[] = "0123456789abcdef";
    const struct registration *r = x->d->r;
    char hex[2 * PSEUDONYM_BYTES];

    for (size_t i = 0; i < PSEUDONYM_BYTES; i++) {
        hex[2 * i] = digits[r->pseudonym[i] >> 4];
        hex[2 * i + 1] = digits[r->pseudonym[i] & 15];
    }
    csv_field(&x->csv, hex, r->has_pseudonym ? sizeof hex : 0);
}

static void
write_value(struct exporting *x, int i)
{
    const struct variable *v = &x->d->o->in->variables[i];
    int32_t value = x->raw[i];
    char text[ID_MAX + 1];

    /* A blank services_done would be read as 1. */
    if (value == VALUE_UNANSWERED && v->role == ROLE_SERVICES_DONE)
        value = 0;
    if (value == VALUE_UNKNOWN) {
        csv_field_text(&x->csv, "unknown");
    } else if (value < 0) {
        csv_field(&x->csv, "", 0);
    } else if (v->kind == KIND_TEXT || v->kind == KIND_CODES) {
        size_t len;
        const char *words = decode_text(&x->d->decoder, v, &len);

        csv_field(&x->csv, words, len);
    } else {
        csv_field_text(&x->csv, variable_print(v, value, text));
    }
}

static bool
write_row(void *ctx, struct err *e)
{
    struct exporting *x = ctx;
    const struct instrument *in = x->d->o->in;
    const struct registration *r = x->d->r;

    (void)e;
    for (int i = 0; i < in->entered_count; i++) {
        if (!shown(x, &in->variables[i]))
            continue;
        if (in->variables[i].kind == KIND_IDENT)
            write_pseudonym(x);
        else
            write_value(x, i);
    }
    csv_field_text(&x->csv, status_word(r->status));
    if (!x->d->order->without_pseudonyms) {
        csv_field_int(&x->csv, r->number);
        if (r->superseded_by != 0)
            csv_field_int(&x->csv, r->superseded_by);
        else
            csv_field(&x->csv, "", 0);
    }
    csv_end_row(&x->csv);
    return true;
}

static bool
write_csv(struct dataset *d, struct buf *out, struct err *e)
{
    struct exporting x = { .d = d };

    x.raw = d->raw = arena_array(&d->arena, (size_t)d->o->in->variable_count,
                                 sizeof *x.raw);
    csv_writer_init(&x.csv, out, ';');
    write_header(&x);
    return dataset_scan(d, write_row, &x, e);
}

/* MEASURED: the file says in front what is in it. */
static const struct {
    const char *name;
    EXPORTER((*write));
    bool measured;
} formats[] = {
    { "csv", write_csv, false }, { "xlsx", export_xlsx, true },
    { "sav", export_sav, true }, { "dta", export_dta, true },
    { "ddi", export_ddi, true }, { "package", export_package, true },
};

const char *
export_format(int i)
{
    int count = sizeof formats / sizeof *formats;

    return i >= 0 && i < count ? formats[i].name : NULL;
}

bool
export_data(struct opened *o, const struct actor *actor,
            const struct export_order *order, struct buf *out,
            struct err *e)
{
    struct dataset d;
    int i = 0;
    bool ok;

    while (strcmp(formats[i].name, order->format) != 0) {
        i++;
        assert(export_format(i) != NULL);
    }
    ok = dataset_init(&d, o, actor, order, e)
         && (!formats[i].measured || dataset_measure(&d, e))
         && formats[i].write(&d, out, e) && buf_ok(out, e);
    dataset_clear(&d);
    return ok;
}

bool
export_csv(struct opened *o, const struct actor *actor, struct buf *out,
           struct err *e)
{
    const struct export_order order = { .format = "csv" };

    return export_data(o, actor, &order, out, e);
}
