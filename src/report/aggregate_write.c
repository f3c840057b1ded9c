/* aggregate_write.c - an aggregate as a signed file; see aggregate.h.
 *
 * What is signed is bytes, not what they mean: whoever checks it needs no
 * rule of how JSON is put in order. */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include "base/json.h"
#include "report/aggregate.h"
#include "store/key.h"

static_assert((int)SIGNING_KEY_BYTES == (int)crypto_sign_SEEDBYTES,
              "an Ed25519 seed");
static_assert((int)SIGNING_KEY_BYTES == (int)crypto_sign_PUBLICKEYBYTES,
              "an Ed25519 key");
static_assert((int)SIGNING_KEY_BYTES == (int)KEY_BYTES, "a key's file");

bool
signing_load(const char *keys, struct random *random,
             struct signing_key *key, struct err *e)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    struct round_key file;

    if ((!key_exists(keys, KEY_SIGNING)
         && !key_create(keys, KEY_SIGNING, random, NULL, e))
        || !key_load(keys, KEY_SIGNING, &file, e))
        return false;
    memcpy(key->seed, file.secret, sizeof key->seed);
    key_wipe(&file);
    crypto_sign_seed_keypair(public, secret, key->seed);
    sodium_memzero(secret, sizeof secret);
    sodium_bin2hex(key->hex, sizeof key->hex, public, sizeof public);
    return true;
}

void
signing_wipe(struct signing_key *key)
{
    sodium_memzero(key, sizeof *key);
}

static void
put_text(struct json *j, const char *key, const char *text)
{
    json_key(j, key);
    json_put_string(j, text);
}

static void
put_int(struct json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_put_int(j, n);
}

/* Hidden: null. */
static void
put_number(struct json *j, int64_t n)
{
    if (n < 0)
        json_put_null(j);
    else
        json_put_int(j, n);
}

static void
put_about(struct json *j, const struct aggregate *a)
{
    put_text(j, "name", a->name);
    json_key(j, "total");
    json_put_bool(j, a->total);
    json_key(j, "municipalities");
    json_begin_array(j);
    for (int i = 0; i < a->municipality_count; i++)
        json_put_int(j, a->municipality[i]);
    json_end_array(j);
    put_int(j, "year", a->year);
    put_int(j, "period", a->period);
    put_text(j, "mapping_from", a->mapping_from);
    put_text(j, "mapping_to", a->mapping_to);
    put_int(j, "from_age", a->from_age);
    put_text(j, "inclusion", a->inclusion);
    json_key(j, "synthetic");
    json_put_bool(j, a->synthetic);
    json_key(j, "population");
    if (a->population < 0) {
        json_put_null(j);
        return;
    }
    json_begin_object(j);
    put_int(j, "number", a->population);
    put_int(j, "from_age", a->population_from_age);
    put_text(j, "on", a->population_on);
    json_end_object(j);
}

static void
put_rules(struct json *j, const struct aggregate *a)
{
    json_key(j, "instrument");
    json_begin_object(j);
    put_text(j, "id", a->in->id);
    put_int(j, "version", a->in->version);
    put_text(j, "sha256", a->in->sha256);
    put_text(j, "switched_on", a->switched_on);
    json_key(j, "definition");
    json_put_string_n(j, a->definition, a->definition_len);
    json_end_object(j);
    json_key(j, "index");
    json_begin_object(j);
    put_int(j, "version", a->in->index.version);
    json_key(j, "own");
    json_put_bool(j, a->own_index);
    put_text(j, "rule", a->index_rule);
    json_end_object(j);
    json_key(j, "protection");
    json_begin_object(j);
    put_text(j, "kind", a->protection == AGGREGATE_ROUNDED ? "rounded"
                                                           : "hidden");
    put_int(j, a->protection == AGGREGATE_ROUNDED ? "base" : "threshold",
            a->threshold);
    json_end_object(j);
}

static void
put_ids(struct json *j, const char *key, const char *const *id, int count)
{
    json_key(j, key);
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        json_put_string(j, id[i]);
    json_end_array(j);
}

static const char *const counted[UNIT_COUNT] = {
    "recipients", "children", "services", "registrations"
};

/* Cells and bases as one list each, row by row. A cell that has no share has
 * the base -1, which no number of people is. */
static void
put_table(struct json *j, const struct aggregate_table *t)
{
    int cells = t->row_count * t->column_count;

    json_begin_object(j);
    put_text(j, "id", t->id);
    put_text(j, "counts", counted[t->counts]);
    put_ids(j, "rows", t->row, t->row_count);
    put_ids(j, "columns", t->column, t->column_count);
    json_key(j, "cells");
    json_begin_array(j);
    for (int i = 0; i < cells; i++)
        put_number(j, t->cell[i].n);
    json_end_array(j);
    json_key(j, "of");
    json_begin_array(j);
    for (int i = 0; i < cells; i++) {
        if (t->cell[i].of == OF_NONE)
            json_put_int(j, OF_NONE);
        else
            put_number(j, t->cell[i].of);
    }
    json_end_array(j);
    json_end_object(j);
}

static void
put_reports(struct json *j, const struct aggregate *a)
{
    json_key(j, "reports");
    json_begin_array(j);
    for (int i = 0; i < a->report_count; i++) {
        json_begin_object(j);
        put_text(j, "id", a->report[i].id);
        json_key(j, "recipients");
        put_number(j, a->report[i].recipients);
        json_key(j, "tables");
        json_begin_array(j);
        for (int k = 0; k < a->table_count; k++)
            if (strcmp(a->table[k].report, a->report[i].id) == 0)
                put_table(j, &a->table[k]);
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
}

/* Signs what stands in OUT from FROM on. */
static void
sign(const struct signing_key *key, struct buf *out, size_t from)
{
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char hex[2 * crypto_sign_BYTES + 1];

    crypto_sign_seed_keypair(public, secret, key->seed);
    crypto_sign_detached(signature, NULL,
                         (const unsigned char *)out->data + from,
                         out->len - from, secret);
    sodium_memzero(secret, sizeof secret);
    sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);
    buf_printf(out, ",\"signature\":\"%s\"}\n", hex);
}

void
aggregate_write(const struct aggregate *a, const struct signing_key *key,
                struct buf *out)
{
    struct buf body;
    struct json j;

    assert(a->protection != AGGREGATE_INTERNAL);
    buf_init(&body, AGGREGATE_BYTES_MAX);
    json_init(&j, &body, JSON_ONE_LINE);
    json_begin_object(&j);
    put_text(&j, "brukerplan", "aggregate");
    put_int(&j, "format", AGGREGATE_FORMAT);
    put_about(&j, a);
    put_rules(&j, a);
    put_reports(&j, a);
    put_text(&j, "key", key->hex);
    json_end_object(&j);
    json_finish(&j);
    if (!body.failed) {
        body.len--;             /* the brace comes behind the signature */
        sign(key, &body, 0);
    }
    buf_add(out, body.data, body.len);
    out->failed |= body.failed;
    buf_clear(&body);
}
