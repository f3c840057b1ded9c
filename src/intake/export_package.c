/* export_package.c - a Frictionless Data Package: the data as CSV, what its
 * columns are as Table Schema, and the DDI codebook, in one ZIP.
 *
 * Its CSV is for others, not for us: commas, the codes by id, dates by ISO,
 * one column a choice. What has no value is blank, "unknown" or "unasked":
 * the schema's missing values. */
#include <sodium.h>
#include <string.h>
#include "base/clock.h"
#include "base/csv.h"
#include "base/json.h"
#include "intake/exporting.h"

enum { CHUNK = 1 << 16 };

struct package {
    struct dataset *d;
    struct zip zip;
    struct buf text;            /* rows not yet put */
    struct csv_writer csv;
    crypto_hash_sha256_state sha;
    int64_t bytes;
};

static void
flush(struct package *p, size_t least)
{
    if (p->text.failed)
        p->zip.out->failed = true;
    if (p->text.len < least)
        return;
    crypto_hash_sha256_update(&p->sha,
                              (const unsigned char *)p->text.data,
                              p->text.len);
    p->bytes += (int64_t)p->text.len;
    zip_put(&p->zip, p->text.data, p->text.len);
    buf_reset(&p->text);
}

static bool
write_row(void *ctx, struct err *e)
{
    struct package *p = ctx;
    char text[ID_MAX + 1];

    (void)e;
    for (int i = 0; i < p->d->column_count; i++)
        csv_field_text(&p->csv, dataset_print(p->d, &p->d->columns[i],
                                              text));
    csv_end_row(&p->csv);
    flush(p, CHUNK);
    return true;
}

static bool
write_data(struct package *p, struct err *e)
{
    bool ok;

    zip_part(&p->zip, "data.csv", ZIP_DEFLATE);
    crypto_hash_sha256_init(&p->sha);
    for (int i = 0; i < p->d->column_count; i++)
        csv_field_text(&p->csv, p->d->columns[i].name);
    csv_end_row(&p->csv);
    ok = dataset_scan(p->d, write_row, p, e);
    flush(p, 1);
    return ok;
}

static void
member(struct json *j, const char *key, const char *value)
{
    if (value[0] == '\0')
        return;
    json_key(j, key);
    json_put_string(j, value);
}

/* The type of Table Schema. */
static const char *
type_of(const struct column *c)
{
    if (c->code_count == 2 && strcmp(c->codes[0].id, "0") == 0
        && strcmp(c->codes[1].id, "1") == 0)
        return "boolean";
    if (c->variable != NULL && c->variable->kind == KIND_SCORE)
        return "integer";
    if (c->code_count > 0 || c->type == COLUMN_TEXT)
        return "string";
    return c->type == COLUMN_DATE ? "date"
         : c->type == COLUMN_INDEX ? "number" : "integer";
}

static void
put_id(struct json *j, const struct column *c, const struct column_code *code)
{
    if (strcmp(type_of(c), "integer") == 0)
        json_put_int(j, code->number);
    else
        json_put_string(j, code->id);
}

static void
put_codes(struct json *j, const struct column *c)
{
    json_key(j, "constraints");
    json_begin_object(j);
    json_key(j, "enum");
    json_begin_array(j);
    for (int i = 0; i < c->code_count; i++)
        put_id(j, c, &c->codes[i]);
    json_end_array(j);
    json_end_object(j);
    json_key(j, "categories");
    json_begin_array(j);
    for (int i = 0; i < c->code_count; i++) {
        json_begin_object(j);
        json_key(j, "value");
        put_id(j, c, &c->codes[i]);
        member(j, "label", c->codes[i].label);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "categoriesOrdered");
    json_put_bool(j, c->scale == SCALE_ORDINAL);
}

static void
put_truth(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_begin_array(j);
    json_put_string(j, value);
    json_end_array(j);
}

static void
put_field(struct json *j, const struct column *c)
{
    const char *type = type_of(c);

    json_begin_object(j);
    member(j, "name", c->name);
    member(j, "type", type);
    member(j, "title", c->label);
    member(j, "description", c->question);
    if (strcmp(type, "boolean") == 0) {
        put_truth(j, "trueValues", "1");
        put_truth(j, "falseValues", "0");
    } else if (c->code_count > 0) {
        put_codes(j, c);
    }
    member(j, c->derived ? "computed" : "asked", c->asked);
    json_key(j, "derived");
    json_put_bool(j, c->derived);
    json_end_object(j);
}

static void
put_schema(struct json *j, const struct dataset *d)
{
    json_key(j, "schema");
    json_begin_object(j);
    json_key(j, "fields");
    json_begin_array(j);
    for (int i = 0; i < d->column_count; i++)
        put_field(j, &d->columns[i]);
    json_end_array(j);
    json_key(j, "missingValues");
    json_begin_array(j);
    json_put_string(j, "");
    json_put_string(j, "unknown");
    json_put_string(j, "unasked");
    json_end_array(j);
    if (!d->order->without_pseudonyms)
        member(j, "primaryKey", "registration");
    json_end_object(j);
}

static void
put_resource(struct json *j, struct package *p)
{
    unsigned char sha[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof sha + 1];

    crypto_hash_sha256_final(&p->sha, sha);
    sodium_bin2hex(hex, sizeof hex, sha, sizeof sha);
    json_begin_object(j);
    member(j, "name", "data");
    member(j, "path", "data.csv");
    member(j, "profile", "tabular-data-resource");
    member(j, "format", "csv");
    member(j, "mediatype", "text/csv");
    member(j, "encoding", "utf-8");
    json_key(j, "bytes");
    json_put_int(j, p->bytes);
    member(j, "hash", arena_printf(&p->d->arena, "sha256:%s", hex));
    json_key(j, "dialect");
    json_begin_object(j);
    member(j, "delimiter", ",");
    member(j, "lineTerminator", "\n");
    json_end_object(j);
    put_schema(j, p->d);
    json_end_object(j);
}

static void
put_package(struct json *j, struct package *p)
{
    struct dataset *d = p->d;
    char when[TIME_TEXT];

    time_print(when, d->order->now_ms);
    json_begin_object(j);
    member(j, "profile", "tabular-data-package");
    member(j, "name", d->o->round->id);
    member(j, "title", export_title(d));
    member(j, "description", export_say(d, "export.internal"));
    member(j, "created", when);
    json_key(j, "about");
    json_begin_object(j);
    for (int i = 0; i < d->fact_count; i++)
        member(j, d->facts[i].key, d->facts[i].value);
    json_end_object(j);
    json_key(j, "resources");
    json_begin_array(j);
    put_resource(j, p);
    json_end_array(j);
    json_end_object(j);
    json_finish(j);
}

EXPORTER(export_package)
{
    struct package p = { .d = d };
    struct buf codebook;
    struct json j;
    bool ok;

    zip_begin(&p.zip, out);
    buf_init_secret(&p.text, 0);
    buf_init(&codebook, 0);
    csv_writer_init(&p.csv, &p.text, ',');
    ok = write_data(&p, e);
    buf_reset(&p.text);
    json_init(&j, &p.text, JSON_INDENTED);
    put_package(&j, &p);
    ok = ok && export_ddi(d, &codebook, e) && buf_ok(&p.text, e);
    if (ok) {
        zip_add(&p.zip, "datapackage.json", p.text.data, p.text.len,
                ZIP_DEFLATE);
        zip_add(&p.zip, "codebook.xml", codebook.data, codebook.len,
                ZIP_DEFLATE);
    }
    buf_wipe(&p.text);
    buf_clear(&codebook);
    return zip_finish(&p.zip, e) && ok;
}
