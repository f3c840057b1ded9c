/* decode.c - see decode.h. */
#include "feed/decode.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "calc/derive.h"
#include "feed/layouts.h"

enum { SEALED_MAX = 1 << 20 };

void
decode_where(const struct round *round, int64_t number, char out[128])
{
    snprintf(out, 128, "%04d/%s/%lld", round->municipality, round->id,
             (long long)number);
}

void
decoder_init(struct decoder *d, const struct opened *o)
{
    const struct instrument *in = o->in;
    size_t sets = (size_t)in->set_count;
    size_t most = (size_t)in->variable_count;

    for (int i = 0; i < o->layouts->count; i++)
        if ((size_t)o->layouts->of[i].variables > most)
            most = (size_t)o->layouts->of[i].variables;
    *d = (struct decoder){ .o = o };
    d->set_words = ((size_t)in->facts.unit_count + 63) / 64 + 1;
    d->value = mem_take((size_t)in->variable_count * sizeof *d->value);
    d->older = mem_take(most * sizeof *d->older);
    d->set = mem_take((sets + 1) * sizeof *d->set);
    for (size_t i = 0; i < sets; i++)
        d->set[i] = mem_take(d->set_words * sizeof **d->set);
    d->row = (struct row){ d->value, (const uint64_t *const *)d->set };
    buf_init_secret(&d->text, SEALED_MAX);
    arena_init(&d->arena);
    outline_init(&d->outline, in, &d->arena);
}

void
decoder_clear(struct decoder *d)
{
    if (d->o == NULL)
        return;
    for (int i = 0; i < d->o->in->set_count; i++)
        free(d->set[i]);
    free(d->set);
    free(d->value);
    free(d->older);
    buf_wipe(&d->text);
    key_wipe(&d->key);
    arena_clear(&d->arena);
    d->o = NULL;
}

static bool
load_key(struct decoder *d, struct err *e)
{
    if (!d->has_key)
        d->has_key = key_load(store_keys(d->o->store), d->o->round->id,
                              &d->key, e);
    return d->has_key;
}

const char *
decode_text(const struct decoder *d, const struct variable *v, size_t *len)
{
    const char *p = buf_string(&d->text);
    size_t n = strlen(v->id);

    while (*p != '\0') {
        const char *end = strchr(p, '\n');

        if (end == NULL)
            break;
        if (strncmp(p, v->id, n) == 0 && p[n] == ':') {
            *len = (size_t)(end - p) - n - 1;
            return p + n + 1;
        }
        p = end + 1;
    }
    *len = 0;
    return "";
}

/* Sets the bits of the codes named in TEXT. */
static bool
fill_set(const struct variable *v, const char *text, size_t len,
         uint64_t *set)
{
    const char *end = text + len;

    while (text < end) {
        const char *bar = memchr(text, '|', (size_t)(end - text));
        size_t n = (size_t)((bar != NULL ? bar : end) - text);
        int code = variable_code(v, text, n);

        if (code < 0)
            return false;
        set[code / 64] |= (uint64_t)1 << (code % 64);
        text += n + 1;
    }
    return true;
}

/* What the sealed text says, as values and sets. */
static bool
read_sealed(struct decoder *d, struct err *e)
{
    const struct instrument *in = d->o->in;
    int set = 0;

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];
        const char *text;
        size_t len;

        if (v->kind != KIND_CODES && v->kind != KIND_TEXT)
            continue;
        text = decode_text(d, v, &len);
        if (v->kind == KIND_TEXT) {
            d->value[i] = len > 0 ? 0 : VALUE_UNANSWERED;
            continue;
        }
        memset(d->set[set], 0, d->set_words * sizeof **d->set);
        if (!fill_set(v, text, len, d->set[set]))
            return err_set(e, ERR_INPUT, "registration.damaged", "");
        set++;
    }
    return true;
}

static bool
open_sealed(struct decoder *d, const struct registration *r, struct err *e)
{
    char where[128];

    buf_reset(&d->text);
    if (r->sealed != NULL) {
        decode_where(d->o->round, r->number, where);
        if (!load_key(d, e)
            || !key_open(&d->key, where, r->sealed, r->sealed_len, &d->text,
                         e)
            || !buf_ok(&d->text, e))
            return false;
    }
    return read_sealed(d, e);
}

/* The answers by an older definition, each to where it stands now. */
static bool
unpack(struct decoder *d, const struct registration *r)
{
    const struct older *l = &d->o->layouts->of[r->definition - 1];

    if (l->to == NULL)
        return answers_unpack(&l->layout, r->answers, r->answers_len,
                              d->value);
    for (int i = 0; i < l->variables; i++)
        d->older[i] = VALUE_UNANSWERED;
    if (!answers_unpack(&l->layout, r->answers, r->answers_len, d->older))
        return false;
    for (int i = 0; i < l->variables; i++)
        if (l->to[i] >= 0)
            d->value[l->to[i]] = d->older[i];
    for (int i = 0; i < l->unasked_count; i++)
        d->value[l->unasked[i]] = VALUE_UNASKED;
    return true;
}

void
decode_roles(const struct opened *o, const struct registration *r,
             int32_t *value)
{
    const struct instrument *in = o->in;
    const struct round *round = o->round;
    const int *unit_of = o->unit_of;
    const int32_t values[ROLE_COUNT] = {
        [ROLE_MUNICIPALITY] = round->municipality,
        [ROLE_YEAR] = round->year, [ROLE_PERIOD] = round->period,
        [ROLE_UNIT] = unit_of != NULL ? unit_of[r->unit] : r->unit,
        [ROLE_TIER] = r->tier,
        [ROLE_IDENT] = r->has_pseudonym ? 0 : VALUE_UNANSWERED,
        [ROLE_COMPLETED_ON] = r->completed_on >= 0 ? r->completed_on
                                                   : VALUE_UNANSWERED
    };

    for (int i = ROLE_MUNICIPALITY; i <= ROLE_COMPLETED_ON; i++)
        value[in->role[i]] = values[i];
}

bool
decode(struct decoder *d, const struct registration *r, struct err *e)
{
    const struct instrument *in = d->o->in;

    for (int i = 0; i < in->variable_count; i++)
        d->value[i] = VALUE_UNANSWERED;
    if (r->definition < 1 || r->definition > d->o->layouts->count
        || r->unit < 0 || r->unit >= d->o->round->unit_count
        || !unpack(d, r))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    decode_roles(d->o, r, d->value);
    return r->sealed == NULL && d->text.len == 0 ? true
         : open_sealed(d, r, e);
}

bool
decode_each(const struct opened *o, const struct actor *actor,
            const struct scan_ask *ask,
            bool (*take)(void *ctx, const struct registration *r,
                         const struct decoder *d, struct err *e),
            void *ctx, struct err *e)
{
    struct scan *scan = scan_begin(o->store, actor, o->round, ask, e);
    const struct registration *r;
    struct decoder d;
    bool ok = scan != NULL;

    if (!ok)
        return false;
    decoder_init(&d, o);
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL) {
        ok = decode(&d, r, e);
        if (ok) {
            derive_by(&d.outline, d.value, d.row.set, NULL);
            ok = take(ctx, r, &d, e);
        }
    }
    decoder_clear(&d);
    return scan_end(scan, e) && ok;
}
