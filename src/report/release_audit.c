/* release_audit.c - why each number is hidden, and what the ledger is told;
 * see release.h.
 *
 * The audit shows what was hidden, with its true number: it is for the
 * working group and must not leave it. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/json.h"
#include "base/msg.h"
#include "report/releasing.h"

static const char *const words[] = {
    [WHY_SHOWN] = "shown", [WHY_SMALL] = "small",
    [WHY_ATTRIBUTE] = "attribute", [WHY_COMPLEMENT] = "complement",
    [WHY_EARLIER] = "earlier", [WHY_STATUS] = "status",
    [WHY_TOLD] = "told"
};

const char *
release_why_word(enum release_why why)
{
    return words[why];
}

const char *
release_why_text(enum release_why why, enum lang lang)
{
    static const char *const keys[] = {
        [WHY_SHOWN] = "release.shown", [WHY_SMALL] = "release.small",
        [WHY_ATTRIBUTE] = "release.attribute",
        [WHY_COMPLEMENT] = "release.complement",
        [WHY_EARLIER] = "release.earlier", [WHY_STATUS] = "release.status",
        [WHY_TOLD] = "release.why_told"
    };

    return msg_text(lang, keys[why]);
}

/* ---- the ledger ---- */

static int
compare_numbers(const void *left, const void *right)
{
    const struct round_number *a = left, *b = right;
    int scope = strcmp(a->scope, b->scope);

    return scope != 0 ? scope : strcmp(a->set, b->set);
}

static void
hash_numbers(const struct round_number *list, int count, const char *rule,
             char hash[65])
{
    crypto_hash_sha256_state state;
    unsigned char bytes[crypto_hash_sha256_BYTES];
    struct buf line;

    buf_init(&line, 0);
    buf_printf(&line, "%s\n", rule);
    for (int i = 0; i < count; i++)
        buf_printf(&line, "%s\t%s\t%lld %d\n", list[i].scope, list[i].set,
                   (long long)list[i].value, list[i].hidden);
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)
                              buf_string(&line), line.len);
    crypto_hash_sha256_final(&state, bytes);
    sodium_bin2hex(hash, 65, bytes, sizeof bytes);
    buf_clear(&line);
}

void
release_rule(const struct release *r, char *out, size_t size)
{
    if (r->rule.round_to > 0)
        snprintf(out, size, "round=%d", r->rule.round_to);
    else
        snprintf(out, size, r->open > 0 ? "threshold=%d attribute=%d told=%d"
                                        : "threshold=%d attribute=%d",
                 r->rule.threshold, r->rule.attribute, r->open);
}

/* The number after WORD, with which RULE begins; else 0. */
static int
begins(const char *rule, const char *word)
{
    const size_t n = strlen(word);

    return strncmp(rule, word, n) == 0 ? (int)strtol(rule + n, NULL, 10)
                                       : 0;
}

int
release_rule_rounds(const char *rule)
{
    return begins(rule, "round=");
}

int
release_rule_threshold(const char *rule)
{
    return begins(rule, "threshold=");
}

const struct round_number *
release_ledger(const struct release *r, struct arena *arena, int *count,
               char hash[65])
{
    struct round_number *list = arena_array(arena, (size_t)r->count + 1,
                                            sizeof *list);
    char rule[80];

    assert(r->solved);
    *count = 0;
    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];

        if (!f->printed)
            continue;
        list[(*count)++] = (struct round_number){
            .scope = f->status ? "status" : f->boxed ? f->scope : "other",
            .set = f->set,
            .value = f->fixed ? f->rounded : f->hidden ? 0 : f->n,
            .hidden = f->hidden,
            .sensitive = f->hidden && f->sensitive
        };
    }
    if (*count > 0)
        qsort(list, (size_t)*count, sizeof *list, compare_numbers);
    release_rule(r, rule, sizeof rule);
    hash_numbers(list, *count, rule, hash);
    return list;
}

/* ---- the audit ---- */

static void
put_head(struct csv_writer *w, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_field_text(w, name[i]);
    csv_end_row(w);
}

static void
put_text(struct csv_writer *w, const char *text)
{
    csv_field_text(w, text != NULL ? text : "");
}

/* What both audits begin a row with. */
static void
put_number(struct csv_writer *w, const struct release_number *n)
{
    put_text(w, n->document);
    put_text(w, n->table);
    csv_field_int(w, n->places);
    csv_field_text(w, n->scope);
    csv_field_text(w, n->set);
    csv_field_int(w, n->n);
}

/* How far each number was moved. */
static void
rounded_csv(const struct release *r, struct buf *out)
{
    static const char *const head[] = {
        "document", "table", "places", "scope", "set", "number", "shown",
        "moved"
    };
    const struct release_number *list;
    struct csv_writer w;
    int count;

    list = release_numbers(r, &count);
    csv_writer_init(&w, out, ';');
    put_head(&w, head, sizeof head / sizeof *head);
    for (int i = 0; i < count; i++) {
        const struct release_number *n = &list[i];

        put_number(&w, n);
        csv_field_int(&w, n->shown);
        csv_field_int(&w, n->shown - n->n);
        csv_end_row(&w);
    }
}

void
release_audit_csv(const struct release *r, enum lang lang, struct buf *out)
{
    static const char *const head[] = {
        "document", "table", "places", "scope", "set", "number", "why",
        "because", "words", "limit", "where", "because_where"
    };
    const struct release_number *list;
    struct csv_writer w;
    int count;

    if (r->rule.round_to > 0) {
        rounded_csv(r, out);
        return;
    }
    list = release_numbers(r, &count);
    csv_writer_init(&w, out, ';');
    put_head(&w, head, sizeof head / sizeof *head);
    for (int i = 0; i < count; i++) {
        const struct release_number *n = &list[i];

        if (!n->hidden)
            continue;
        put_number(&w, n);
        csv_field_text(&w, words[n->why]);
        put_text(&w, n->because_set);
        csv_field_text(&w, release_why_text(n->why, lang));
        csv_field_text(&w, n->limit > 0
                       ? arena_printf(r->arena, "%d", n->limit) : "");
        csv_field_text(&w, n->where);
        put_text(&w, n->because_where);
        csv_end_row(&w);
    }
}

static void
put_member(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    if (value == NULL)
        json_put_null(j);
    else
        json_put_string(j, value);
}

static void
put_stats(const struct release *r, struct json *j)
{
    struct release_stats s = release_stats(r);
    const struct { const char *key; int n; } list[] = {
        { "threshold", r->rule.threshold },
        { "attribute", r->rule.attribute }, { "tables", s.tables },
        { "numbers", s.numbers }, { "equations", s.equations },
        { "sensitive", s.sensitive }, { "hidden", s.hidden },
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        json_key(j, list[i].key);
        json_put_int(j, list[i].n);
    }
}

static void
put_rounded(const struct release *r, struct json *j,
            const struct release_number *list, int count)
{
    struct release_stats s = release_stats(r);

    json_key(j, "round_to");
    json_put_int(j, r->rule.round_to);
    json_key(j, "moved");
    json_put_int(j, s.moved);
    json_key(j, "split");
    json_put_int(j, s.split);
    json_key(j, "rounded");
    json_begin_array(j);
    for (int i = 0; i < count; i++) {
        if (list[i].shown == list[i].n)
            continue;
        json_begin_object(j);
        put_member(j, "document", list[i].document);
        put_member(j, "table", list[i].table);
        put_member(j, "scope", list[i].scope);
        put_member(j, "set", list[i].set);
        json_key(j, "number");
        json_put_int(j, list[i].n);
        json_key(j, "shown");
        json_put_int(j, list[i].shown);
        json_end_object(j);
    }
    json_end_array(j);
}

void
release_audit_json(const struct release *r, struct buf *out)
{
    const struct release_number *list;
    struct json j;
    int count;

    list = release_numbers(r, &count);
    json_init(&j, out, JSON_INDENTED);
    json_begin_object(&j);
    json_key(&j, "internal");
    json_put_bool(&j, true);
    put_stats(r, &j);
    if (r->rule.round_to > 0)
        put_rounded(r, &j, list, count);
    json_key(&j, "suppressed");
    json_begin_array(&j);
    for (int i = 0; i < count; i++) {
        if (!list[i].hidden)
            continue;
        json_begin_object(&j);
        put_member(&j, "document", list[i].document);
        put_member(&j, "table", list[i].table);
        put_member(&j, "scope", list[i].scope);
        put_member(&j, "set", list[i].set);
        json_key(&j, "number");
        json_put_int(&j, list[i].n);
        put_member(&j, "why", words[list[i].why]);
        put_member(&j, "where", list[i].where);
        if (list[i].limit > 0) {
            json_key(&j, "limit");
            json_put_int(&j, list[i].limit);
        }
        if (list[i].because_set != NULL) {
            put_member(&j, "because", list[i].because_set);
            put_member(&j, "because_where", list[i].because_where);
        }
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    json_finish(&j);
}
