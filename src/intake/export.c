/* export.c - every registration as CSV that can be imported again. */
#include <string.h>
#include "feed/decode.h"
#include "intake/intake.h"
#include "base/csv.h"

struct exporting {
    const struct opened *o;
    struct csv_writer csv;
    struct decoder decoder;
};

static void
write_header(struct exporting *x)
{
    static const char *const more[] = {
        "status", "registration", "superseded_by"
    };
    const struct instrument *in = x->o->in;

    for (int i = 0; i < in->entered_count; i++)
        csv_field_text(&x->csv, in->variables[i].kind == KIND_IDENT
                                ? "pseudonym" : in->variables[i].id);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        csv_field_text(&x->csv, more[i]);
    csv_end_row(&x->csv);
}

static void
write_pseudonym(struct exporting *x, const struct registration *r)
{
    static const char digits[] = "0123456789abcdef";
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
    const struct variable *v = &x->o->in->variables[i];
    int32_t value = x->decoder.value[i];
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
        const char *words = decode_text(&x->decoder, v, &len);

        csv_field(&x->csv, words, len);
    } else {
        csv_field_text(&x->csv, variable_print(v, value, text));
    }
}

static bool
write_row(struct exporting *x, const struct registration *r, struct err *e)
{
    const struct instrument *in = x->o->in;

    if (!decode(&x->decoder, r, e))
        return false;
    for (int i = 0; i < in->entered_count; i++) {
        if (in->variables[i].kind == KIND_IDENT)
            write_pseudonym(x, r);
        else
            write_value(x, i);
    }
    csv_field_text(&x->csv, status_word(r->status));
    csv_field_int(&x->csv, r->number);
    if (r->superseded_by != 0)
        csv_field_int(&x->csv, r->superseded_by);
    else
        csv_field(&x->csv, "", 0);
    csv_end_row(&x->csv);
    return true;
}

bool
export_csv(struct opened *o, const struct actor *actor, struct buf *out,
           struct err *e)
{
    struct exporting x = { .o = o };
    struct scan_ask ask = { .with_sealed = true, .what = "export" };
    const struct registration *r;
    struct scan *scan;
    bool ok = true;

    if (o->round->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "export.training", "%s", o->round->id);
    scan = scan_begin(o->store, actor, o->round, &ask, e);
    if (scan == NULL)
        return false;
    csv_writer_init(&x.csv, out, ';');
    decoder_init(&x.decoder, o);
    write_header(&x);
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL)
        ok = write_row(&x, r, e);
    decoder_clear(&x.decoder);
    return scan_end(scan, e) && ok && buf_ok(out, e);
}
