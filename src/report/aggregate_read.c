/* aggregate_read.c - a file of others, read strictly; see aggregate.h.
 *
 * The signature is looked at before anything is parsed: until then the
 * bytes are anybody's. Behind it every member must be there, once, of its
 * kind and within its limits, and no other: a file that says more than we
 * understand may say that it means something else. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json_read.h"
#include "base/utf8.h"
#include "report/aggregate.h"

enum {
    SIGNATURE_HEX = 2 * crypto_sign_BYTES,
    /* ,"signature":"HEX"} and a line feed */
    TAIL_BEFORE = sizeof ",\"signature\":\"" - 1,
    TAIL = TAIL_BEFORE + SIGNATURE_HEX + 3,
    REPORTS_MAX = 32, THRESHOLD_MAX = 1000
};

struct parse {
    struct arena *arena;
    const char *file;
    struct aggregate *a;
    struct aggregate_table *table;      /* room for AGGREGATE_TABLES_MAX */
    int cells;                          /* of all tables so far */
    struct err *e;
};

static bool
refuse(const char *file, const char *key, const char *what, struct err *e)
{
    char quoted[QUOTE_MAX];

    err_quote(quoted, sizeof quoted, what, strlen(what));
    err_at(e, file, 0, 0);
    return err_set(e, ERR_INPUT, key, "%s", quoted);
}

/* ---- the signature ---- */

static bool
is_hex(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr("0123456789abcdef", s[i]) == NULL || s[i] == '\0')
            return false;
    return true;
}

bool
signer_read(const char *file, char hex[SIGNING_HEX], struct err *e)
{
    struct buf b;
    bool ok;

    buf_init(&b, 4096);
    if (!buf_read_file(&b, file, 4096, e)) {
        buf_clear(&b);
        return false;
    }
    ok = (b.len == SIGNING_HEX - 1
          || (b.len == SIGNING_HEX && b.data[b.len - 1] == '\n'))
         && is_hex(b.data, SIGNING_HEX - 1);
    if (ok) {
        memcpy(hex, b.data, SIGNING_HEX - 1);
        hex[SIGNING_HEX - 1] = '\0';
    }
    buf_clear(&b);
    return ok || refuse(file, "aggregate.signer_form", "", e);
}

/* Whether one of the SIGNERS signed TEXT, and which: -1 if none. */
static int
signed_by(const char *text, size_t len, const char (*signer)[SIGNING_HEX],
          int signers)
{
    const char *tail = text + len - TAIL;
    unsigned char signature[crypto_sign_BYTES];
    unsigned char key[crypto_sign_PUBLICKEYBYTES];

    if (sodium_hex2bin(signature, sizeof signature, tail + TAIL_BEFORE,
                       SIGNATURE_HEX, NULL, NULL, NULL) != 0)
        return -1;
    for (int i = 0; i < signers; i++)
        if (sodium_hex2bin(key, sizeof key, signer[i], SIGNING_HEX - 1, NULL,
                           NULL, NULL) == 0
            && crypto_sign_verify_detached(signature,
                                           (const unsigned char *)text,
                                           len - TAIL, key) == 0)
            return i;
    return -1;
}

static bool
has_tail(const char *text, size_t len)
{
    const char *tail = len > TAIL ? text + len - TAIL : NULL;

    return tail != NULL
        && memcmp(tail, ",\"signature\":\"", TAIL_BEFORE) == 0
        && is_hex(tail + TAIL_BEFORE, SIGNATURE_HEX)
        && memcmp(text + len - 3, "\"}\n", 3) == 0;
}

/* ---- members ---- */

static bool
bad(struct parse *p, const char *name)
{
    return refuse(p->file, "aggregate.member", name, p->e);
}

/* O is an object with the COUNT members NAME and no others. */
static bool
has_members(struct parse *p, json_t *o, const char *of,
            const char *const *name, size_t count)
{
    const char *key;
    json_t *member;

    if (!json_is_object(o))
        return bad(p, of);
    for (size_t i = 0; i < count; i++)
        if (json_object_get(o, name[i]) == NULL)
            return bad(p, name[i]);
    if (json_object_size(o) == count)
        return true;
    json_object_foreach(o, key, member) {
        size_t i = 0;

        while (i < count && strcmp(name[i], key) != 0)
            i++;
        if (i == count)
            return refuse(p->file, "aggregate.member_extra", key, p->e);
    }
    return bad(p, of);
}
#define MEMBERS(p, o, of, ...) \
    has_members(p, o, of, (const char *const[]){ __VA_ARGS__ }, \
                sizeof (const char *const[]){ __VA_ARGS__ } \
                / sizeof (const char *))

/* A text of MOST bytes at most, in the arena. Control characters are those of
 * lines in what may have several, and are not looked for in a definition,
 * which its own reader checks. */
static bool
take_text(struct parse *p, const json_t *o, const char *name, size_t most,
          const char **to)
{
    const json_t *v = json_object_get(o, name);

    if (!json_is_string(v) || json_string_length(v) > most)
        return bad(p, name);
    *to = arena_text_n(p->arena, json_string_value(v),
                       json_string_length(v));
    for (const char *s = *to; *s != '\0'; s++)
        if (most != DEFINITION_MAX
            && (((unsigned char)*s < 0x20
                 && (most != AGGREGATE_TEXT_MAX || *s != '\n'))
                || *s == 0x7f))
            return bad(p, name);
    return true;
}

static bool
take_int(struct parse *p, const json_t *o, const char *name, int64_t least,
         int64_t most, int64_t *to)
{
    const json_t *v = json_object_get(o, name);

    *to = json_integer_value(v);
    return (json_is_integer(v) && *to >= least && *to <= most)
        || bad(p, name);
}

static bool
take_small(struct parse *p, const json_t *o, const char *name, int least,
           int most, int *to)
{
    int64_t n;

    if (!take_int(p, o, name, least, most, &n))
        return false;
    *to = (int)n;
    return true;
}

static bool
take_bool(struct parse *p, const json_t *o, const char *name, bool *to)
{
    const json_t *v = json_object_get(o, name);

    *to = json_is_true(v);
    return json_is_boolean(v) || bad(p, name);
}

/* A number of people, null: hidden. */
static bool
take_number(struct parse *p, const json_t *v, const char *name, int64_t *to)
{
    *to = json_is_null(v) ? NUMBER_HIDDEN : json_integer_value(v);
    return json_is_null(v)
        || (json_is_integer(v) && *to >= 0 && *to <= AGGREGATE_NUMBER_MAX)
        || bad(p, name);
}

static bool
is_id(const char *s)
{
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "abcdefghijklmnopqrstuvwxyz0123456789_+.-";

    return *s != '\0' && strlen(s) <= ID_MAX && strspn(s, all) == strlen(s);
}

static bool
take_id(struct parse *p, const json_t *o, const char *name, const char **to)
{
    return take_text(p, o, name, ID_MAX, to) && (is_id(*to) || bad(p, name));
}

/* ---- what it is about ---- */

static bool
take_date(struct parse *p, const json_t *o, const char *name, bool needed,
          const char **to)
{
    int32_t day;

    return take_text(p, o, name, 10, to)
        && (day_parse(*to, strlen(*to), &day)
            || (!needed && **to == '\0') || bad(p, name));
}

static bool
take_municipalities(struct parse *p, const json_t *root)
{
    const json_t *list = json_object_get(root, "municipalities");
    size_t n = json_array_size(list);
    int *number;

    if (n < 1 || n > AGGREGATE_MEMBERS_MAX || (n > 1) != p->a->total)
        return bad(p, "municipalities");
    p->a->municipality = number = arena_array(p->arena, n, sizeof *number);
    p->a->municipality_count = (int)n;
    for (size_t i = 0; i < n; i++) {
        const json_t *v = json_array_get(list, i);
        json_int_t m = json_integer_value(v);

        if (!json_is_integer(v) || m < 1 || m > 9999
            || (i > 0 && m <= number[i - 1]))
            return bad(p, "municipalities");
        number[i] = (int)m;
    }
    return true;
}

static bool
take_population(struct parse *p, const json_t *root)
{
    json_t *o = json_object_get(root, "population");
    struct aggregate *a = p->a;

    a->population = -1;
    a->population_on = "";
    if (json_is_null(o))
        return true;
    return MEMBERS(p, o, "population", "number", "from_age", "on")
        && take_int(p, o, "number", 1, AGGREGATE_NUMBER_MAX, &a->population)
        && take_small(p, o, "from_age", 0, 120, &a->population_from_age)
        && take_date(p, o, "on", true, &a->population_on);
}

static bool
take_about(struct parse *p, const json_t *root)
{
    struct aggregate *a = p->a;

    return take_text(p, root, "name", AGGREGATE_NAME_MAX, &a->name)
        && (*a->name != '\0' || bad(p, "name"))
        && take_bool(p, root, "total", &a->total)
        && take_municipalities(p, root)
        && take_small(p, root, "year", 1900, 2200, &a->year)
        && take_small(p, root, "period", 1, 99, &a->period)
        && take_small(p, root, "from_age", 0, 120, &a->from_age)
        && take_date(p, root, "mapping_from", false, &a->mapping_from)
        && take_date(p, root, "mapping_to", false, &a->mapping_to)
        && take_text(p, root, "inclusion", AGGREGATE_TEXT_MAX, &a->inclusion)
        && take_bool(p, root, "synthetic", &a->synthetic)
        && take_population(p, root);
}

/* ---- its rules ---- */

/* The ids of TEXT, separated by blanks. */
static const char *const *
words_of(const char *text, struct arena *arena, int *count)
{
    const char **out = arena_array(arena, strlen(text) / 2 + 2, sizeof *out);

    *count = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, " ");

        if (n > 0)
            out[(*count)++] = arena_text_n(arena, text, n);
        text += n + (text[n] == ' ');
    }
    return out;
}

/* The definition read, and bound to what is known of the round. */
static bool
take_definition(struct parse *p, const char *id, int version,
                const char *sha256)
{
    struct aggregate *a = p->a;
    struct round_facts facts = {
        .municipality = a->municipality[0], .year = a->year,
        .period = a->period, .from_age = a->from_age
    };

    a->owned = instrument_read(a->definition, a->definition_len, p->file,
                               p->e);
    if (a->owned == NULL)
        return false;
    a->in = a->owned;
    facts.switched_on = words_of(a->switched_on, p->arena,
                                 &facts.switched_on_count);
    if (!instrument_bind(a->owned, &facts, p->e))
        return false;
    return (strcmp(a->in->id, id) == 0 && a->in->version == version
            && strcmp(a->in->sha256, sha256) == 0)
        || bad(p, "instrument");
}

static bool
take_instrument(struct parse *p, const json_t *root)
{
    json_t *o = json_object_get(root, "instrument");
    const char *id, *sha256;
    int version;

    if (!MEMBERS(p, o, "instrument", "id", "version", "sha256",
                 "switched_on", "definition")
        || !take_id(p, o, "id", &id)
        || !take_small(p, o, "version", 1, INT_MAX_VALUE, &version)
        || !take_text(p, o, "sha256", 64, &sha256)
        || !take_text(p, o, "switched_on", 1 << 16, &p->a->switched_on)
        || !take_text(p, o, "definition", DEFINITION_MAX,
                      &p->a->definition))
        return false;
    p->a->definition_len = strlen(p->a->definition);
    return take_definition(p, id, version, sha256);
}

static bool
take_index(struct parse *p, const json_t *root)
{
    json_t *o = json_object_get(root, "index");
    struct aggregate *a = p->a;
    int version;

    return MEMBERS(p, o, "index", "version", "own", "rule")
        && take_small(p, o, "version", 1, INT_MAX_VALUE, &version)
        && take_bool(p, o, "own", &a->own_index)
        && take_text(p, o, "rule", AGGREGATE_TEXT_MAX, &a->index_rule)
        && ((version == a->in->index.version
             && (!a->own_index
                 || strcmp(a->index_rule,
                           aggregate_index_rule(a->in, p->arena)) == 0))
            || bad(p, "index"));
}

static bool
take_protection(struct parse *p, const json_t *root)
{
    json_t *o = json_object_get(root, "protection");
    const char *kind = json_string_value(json_object_get(o, "kind"));
    struct aggregate *a = p->a;
    const char *number;

    if (kind != NULL && strcmp(kind, "hidden") == 0) {
        a->protection = AGGREGATE_HIDDEN;
        number = "threshold";
    } else if (kind != NULL && strcmp(kind, "rounded") == 0) {
        a->protection = AGGREGATE_ROUNDED;
        number = "base";
    } else {
        return bad(p, "protection");
    }
    return MEMBERS(p, o, "protection", "kind", number)
        && take_small(p, o, number, 2, THRESHOLD_MAX, &a->threshold);
}

/* ---- its tables ---- */

static bool
take_ids(struct parse *p, const json_t *o, const char *name,
         const char *const **to, int *count)
{
    const json_t *list = json_object_get(o, name);
    size_t n = json_array_size(list);
    const char **id;

    if (!json_is_array(list) || n > AGGREGATE_SIDE_MAX)
        return bad(p, name);
    id = arena_array(p->arena, n + 1, sizeof *id);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));

        if (text == NULL || !is_id(text)
            || aggregate_place(id, (int)i, text) >= 0)
            return bad(p, name);
        id[i] = arena_text(p->arena, text);
    }
    *to = id;
    *count = (int)n;
    return true;
}

/* What a file may say of a cell: a rounded number is a multiple of its base,
 * a shown one is not small, and none is more than what it is a part of. */
static bool
good_cell(const struct aggregate *a, const struct aggregate_cell *c)
{
    if (a->protection == AGGREGATE_ROUNDED
        && (c->n < 0 || c->n % a->threshold != 0 || c->of == OF_HIDDEN
            || (c->of > 0 && c->of % a->threshold != 0)))
        return false;
    return c->n < 0 || c->of < 0 || c->n <= c->of
           || a->protection == AGGREGATE_ROUNDED;
}

static bool
take_cells(struct parse *p, const json_t *o, struct aggregate_table *t)
{
    const json_t *cells = json_object_get(o, "cells");
    const json_t *of = json_object_get(o, "of");
    size_t n = (size_t)t->row_count * (size_t)t->column_count;
    struct aggregate_cell *cell;

    if (n > (size_t)(AGGREGATE_CELLS_MAX - p->cells)
        || json_array_size(cells) != n || json_array_size(of) != n
        || !json_is_array(cells) || !json_is_array(of))
        return bad(p, "cells");
    p->cells += (int)n;
    t->cell = cell = arena_array(p->arena, n + 1, sizeof *cell);
    for (size_t i = 0; i < n; i++) {
        const json_t *base = json_array_get(of, i);

        if (!take_number(p, json_array_get(cells, i), "cells", &cell[i].n))
            return false;
        if (json_integer_value(base) == OF_NONE && json_is_integer(base))
            cell[i].of = OF_NONE;
        else if (!take_number(p, base, "of", &cell[i].of))
            return false;
        else if (cell[i].of == NUMBER_HIDDEN)
            cell[i].of = OF_HIDDEN;
        if (!good_cell(p->a, &cell[i]))
            return bad(p, "cells");
    }
    return true;
}

static bool
take_table(struct parse *p, json_t *o, const char *report)
{
    static const char *const counted[UNIT_COUNT] = {
        "recipients", "children", "services", "registrations"
    };
    struct aggregate_table *t = &p->table[p->a->table_count];
    const char *counts;
    int unit;

    if (p->a->table_count == AGGREGATE_TABLES_MAX)
        return bad(p, "tables");
    t->report = report;
    if (!MEMBERS(p, o, "tables", "id", "counts", "rows", "columns", "cells",
                 "of")
        || !take_id(p, o, "id", &t->id)
        || !take_text(p, o, "counts", ID_MAX, &counts)
        || !take_ids(p, o, "rows", &t->row, &t->row_count)
        || !take_ids(p, o, "columns", &t->column, &t->column_count)
        || !take_cells(p, o, t))
        return false;
    unit = aggregate_place(counted, UNIT_COUNT, counts);
    if (unit < 0 || aggregate_table(p->a, report, t->id) != NULL)
        return bad(p, "tables");
    t->counts = (enum unit_counted)unit;
    p->a->table_count++;
    return true;
}

static bool
take_report(struct parse *p, json_t *o, struct aggregate_report *to)
{
    const json_t *tables = json_object_get(o, "tables");

    if (!MEMBERS(p, o, "reports", "id", "recipients", "tables")
        || !take_id(p, o, "id", &to->id)
        || !take_number(p, json_object_get(o, "recipients"), "recipients",
                        &to->recipients))
        return false;
    if (!json_is_array(tables))
        return bad(p, "tables");
    for (int i = 0; i < p->a->report_count; i++)
        if (strcmp(p->a->report[i].id, to->id) == 0)
            return bad(p, "reports");
    for (size_t i = 0; i < json_array_size(tables); i++)
        if (!take_table(p, json_array_get(tables, i), to->id))
            return false;
    return true;
}

static bool
take_reports(struct parse *p, const json_t *root)
{
    const json_t *list = json_object_get(root, "reports");
    size_t n = json_array_size(list);
    struct aggregate_report *report;

    if (n < 1 || n > REPORTS_MAX)
        return bad(p, "reports");
    p->a->report = report = arena_array(p->arena, n, sizeof *report);
    p->a->table = p->table = arena_array(p->arena, AGGREGATE_TABLES_MAX,
                                         sizeof *p->table);
    for (size_t i = 0; i < n; i++) {
        if (!take_report(p, json_array_get(list, i), &report[i]))
            return false;
        p->a->report_count++;
    }
    return true;
}

static bool
take_all(struct parse *p, json_t *root)
{
    const char *word = "", *key = "", *signature;
    int format;

    if (!MEMBERS(p, root, "{}", "brukerplan", "format", "name", "total",
                 "municipalities", "year", "period", "mapping_from",
                 "mapping_to", "from_age", "inclusion", "synthetic",
                 "population", "instrument", "index", "protection",
                 "reports", "key", "signature")
        || !take_text(p, root, "brukerplan", ID_MAX, &word)
        || !take_small(p, root, "format", AGGREGATE_FORMAT, AGGREGATE_FORMAT,
                       &format)
        || !take_text(p, root, "key", SIGNING_HEX - 1, &key)
        || !take_text(p, root, "signature", SIGNATURE_HEX, &signature))
        return false;
    if (strcmp(word, "aggregate") != 0)
        return bad(p, "brukerplan");
    if (strcmp(key, p->a->key) != 0)
        return bad(p, "key");
    return take_about(p, root) && take_instrument(p, root)
        && take_index(p, root) && take_protection(p, root)
        && take_reports(p, root);
}

bool
aggregate_read(const char *text, size_t len, const char *file,
               const char (*signer)[SIGNING_HEX], int signers,
               struct arena *arena, struct aggregate *a, struct err *e)
{
    struct parse p = { .arena = arena, .file = file, .a = a, .e = e };
    json_t *root;
    bool ok;
    int by;

    memset(a, 0, sizeof *a);
    if (len > AGGREGATE_BYTES_MAX) {
        err_at(e, file, 0, 0);
        return err_set(e, ERR_INPUT, "aggregate.large", "%d",
                       (int)AGGREGATE_BYTES_MAX);
    }
    if (!has_tail(text, len))
        return refuse(file, "aggregate.form", "", e);
    by = signed_by(text, len, signer, signers);
    if (by < 0)
        return refuse(file, "aggregate.signature", "", e);
    memcpy(a->key, signer[by], SIGNING_HEX);
    root = json_read(text, len);
    if (root == NULL)
        return refuse(file, "aggregate.form", "", e);
    ok = take_all(&p, root);
    json_decref(root);
    return ok;
}
