/* dataset.c - see dataset.h.
 *
 * A file says in front how many rows it has and how long texts are, so the
 * registrations are read twice; both are in the access log. */
#include "intake/dataset.h"
#include <stdio.h>
#include <string.h>
#include "calc/derive.h"
#include "intake/exporting.h"

bool
dataset_init(struct dataset *d, struct opened *o, const struct actor *actor,
             const struct export_order *order, struct err *e)
{
    const char *where = order->where;

    *d = (struct dataset){ .o = o, .actor = actor, .order = order };
    arena_init(&d->arena);
    if (o->round->training_of[0] != '\0')
        return err_set(e, ERR_INPUT, "export.training", "%s", o->round->id);
    if (where != NULL && where[0] != '\0') {
        d->where = expr_parse(where, o->in, o->in->variable_count, &d->arena,
                              NULL, e);
        if (d->where == NULL)
            return false;
    }
    if (o->round->settle_due) {
        d->settled = settled_new(o, actor, e);
        if (d->settled == NULL)
            return false;
    }
    dataset_columns(d);
    if (d->column_count > DATASET_COLUMNS_MAX)
        return err_set(e, ERR_INPUT, "export.columns", "%d %d",
                       d->column_count, DATASET_COLUMNS_MAX);
    return true;
}

void
dataset_clear(struct dataset *d)
{
    settled_free(d->settled);
    arena_clear(&d->arena);
    d->settled = NULL;
}

/* What the access log says of a scan of D. */
static const char *
log_line(struct dataset *d)
{
    const struct export_order *order = d->order;
    bool where = d->where != NULL;

    return arena_printf(&d->arena, "export %s%s%s%s%s", order->format,
                        order->counting ? " counting" : "",
                        order->without_pseudonyms ? " without-pseudonyms"
                                                  : "",
                        where ? " where=" : "", where ? order->where : "");
}

static bool
scan_row(struct dataset *d, const struct registration *r, bool *wanted,
         struct err *e)
{
    d->r = r;
    d->counts = settled_counts(d->settled, r, &d->by);
    *wanted = d->counts || !d->order->counting;
    if (!*wanted)
        return true;
    if (!decode(&d->decoder, r, e))
        return false;
    if (d->raw != NULL)
        memcpy(d->raw, d->decoder.value,
               (size_t)d->o->in->variable_count * sizeof *d->raw);
    if (d->raw == NULL || d->where != NULL)
        derive_row(d->o->in, d->decoder.value, d->decoder.row.set, NULL);
    *wanted = expr_test(d->where, &d->decoder.row);
    return true;
}

bool
dataset_scan(struct dataset *d, bool (*row)(void *ctx, struct err *e),
             void *ctx, struct err *e)
{
    struct scan_ask ask = { .with_sealed = true, .what = log_line(d) };
    const struct registration *r;
    struct scan *scan = scan_begin(d->o->store, d->actor, d->o->round, &ask,
                                   e);
    bool ok = true, wanted;

    if (scan == NULL)
        return false;
    decoder_init(&d->decoder, d->o);
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL) {
        ok = scan_row(d, r, &wanted, e);
        if (ok && wanted)
            ok = row(ctx, e);
    }
    decoder_clear(&d->decoder);
    d->r = NULL;
    return scan_end(scan, e) && ok;
}

static int64_t
own_value(const struct dataset *d, enum column_own own)
{
    switch (own) {
    case OWN_STATUS:
        return (int64_t)d->r->status + 1;
    case OWN_COUNTS:
        return d->counts;
    case OWN_REGISTRATION:
        return d->r->number;
    default:
        return d->by != 0 ? d->by : VALUE_UNANSWERED;
    }
}

int64_t
dataset_value(const struct dataset *d, const struct column *c)
{
    int32_t value;

    if (c->own != OWN_NONE)
        return own_value(d, c->own);
    value = d->decoder.value[c->place];
    if (value < 0)
        return value;
    if (c->choice >= 0) {
        int set = instrument_set(d->o->in, c->place);

        return d->decoder.set[set][c->choice / 64] >> (c->choice % 64) & 1;
    }
    return c->variable->kind == KIND_CODE ? value + 1 : value;
}

static const char *
pseudonym(struct dataset *d)
{
    static const char digits[] = "0123456789abcdef";
    char hex[2 * PSEUDONYM_BYTES + 1] = "";

    if (d->r->has_pseudonym)
        for (size_t i = 0; i < PSEUDONYM_BYTES; i++) {
            hex[2 * i] = digits[d->r->pseudonym[i] >> 4];
            hex[2 * i + 1] = digits[d->r->pseudonym[i] & 15];
        }
    memcpy(d->text, hex, sizeof hex);
    return d->text;
}

const char *
dataset_text(struct dataset *d, const struct column *c)
{
    int32_t value = d->decoder.value[c->place];
    size_t len;
    const char *words;

    if (c->variable->kind == KIND_IDENT)
        return pseudonym(d);
    if (value == VALUE_UNKNOWN)
        return "unknown";
    if (value < 0)
        return "";
    if (c->variable->kind != KIND_TEXT)
        return variable_print(c->variable, value, d->text);
    words = decode_text(&d->decoder, c->variable, &len);
    if (len > DATASET_TEXT_MAX)
        len = DATASET_TEXT_MAX;
    memcpy(d->text, words, len);
    d->text[len] = '\0';
    return d->text;
}

struct column_code *
column_code(const struct column *c, int64_t value)
{
    for (int i = 0; i < c->code_count; i++)
        if (c->codes[i].number == value)
            return &c->codes[i];
    return NULL;
}

const char *
dataset_print(struct dataset *d, const struct column *c,
              char out[ID_MAX + 1])
{
    const struct column_code *code;
    int64_t value;

    if (c->type == COLUMN_TEXT)
        return dataset_text(d, c);
    value = dataset_value(d, c);
    if (value == VALUE_UNANSWERED)
        return "";
    if (value < 0)
        return value == VALUE_UNKNOWN ? "unknown" : "unasked";
    code = column_code(c, value);
    if (code != NULL)
        return code->id;
    if (c->type == COLUMN_DATE)
        day_print(out, (int32_t)value);
    else if (c->type == COLUMN_INDEX)
        snprintf(out, ID_MAX + 1, "%d.%03d", (int)(value / 1000),
                 (int)(value % 1000));
    else
        snprintf(out, ID_MAX + 1, "%lld", (long long)value);
    return out;
}

/* Counts what the row in hand has in C. */
static void
measure(struct dataset *d, struct column *c)
{
    int64_t value = c->type == COLUMN_TEXT && c->own == OWN_NONE
                    ? d->decoder.value[c->place] : dataset_value(d, c);
    struct column_code *code;

    if (c->type == COLUMN_TEXT) {
        int width = (int)strlen(dataset_text(d, c));

        if (width > c->width)
            c->width = width;
    }
    if (value < 0) {
        c->unanswered += value == VALUE_UNANSWERED;
        c->unknown += value == VALUE_UNKNOWN;
        c->unasked += value == VALUE_UNASKED;
        return;
    }
    if (c->valid == 0 || value < c->least)
        c->least = (int32_t)value;
    if (c->valid == 0 || value > c->most)
        c->most = (int32_t)value;
    c->valid++;
    code = column_code(c, value);
    if (code != NULL)
        code->rows++;
}

static bool
measure_row(void *ctx, struct err *e)
{
    struct dataset *d = ctx;

    (void)e;
    d->rows++;
    for (int i = 0; i < d->column_count; i++)
        measure(d, &d->columns[i]);
    return true;
}

bool
dataset_measure(struct dataset *d, struct err *e)
{
    if (!dataset_scan(d, measure_row, d, e))
        return false;
    for (int i = 0; i < d->column_count; i++) {
        struct column *c = &d->columns[i];

        c->may_unknown = c->may_unknown || c->unknown > 0;
        c->may_unasked = c->may_unasked || c->unasked > 0;
    }
    dataset_facts(d);
    return true;
}
