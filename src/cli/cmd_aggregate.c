/* cmd_aggregate.c - a round as a signed file for others, and theirs. */
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "cli/comparing.h"
#include "cli/writing.h"
#include "report/compare.h"
#include "report/compare_round.h"
#include "report/publication.h"
#include "store/key.h"
#include "store/reference.h"

bool
cmd_aggregate_key(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    struct signing_key key;
    bool ok = s != NULL
              && signing_load(store_keys(s), store_random(s), &key, e);

    if (ok)
        buf_printf(&c->out, "%s\n", key.hex);
    signing_wipe(&key);
    store_close(s);
    return ok;
}

/* ---- writing ---- */

struct writing_aggregate {
    struct opened o;
    struct publication publication;
    struct aggregate a;
};

/* Everything that the round publishes is protected together, and what is in
 * the file is what a publication would show. */
static bool
make(struct cli *c, struct writing_aggregate *w, struct err *e)
{
    struct publication_document *document = arena_array(&c->arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *document);
    const char *name = compare_name(w->o.round, &c->arena);
    struct document **doc = arena_array(&c->arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *doc);
    struct publication_order order = {
        .municipality_name = name, .publish = true
    };
    struct definition d;
    int count = 0;

    if (!publication_whole(&w->o, LANG_NB, &c->arena, document, &order, e)
        || !publication_make(&w->o, &c->actor, &order, &c->arena,
                             &w->publication, e)
        || !round_definition(w->o.store, w->o.round, 0, &c->arena, &d, e))
        return false;
    for (int i = 0; i < order.document_count; i++)
        if (document[i].kind == DOC_TABLES)
            doc[count++] = w->publication.doc[i];
    aggregate_take(&w->a, w->o.round, w->o.in, &d, name, doc, count,
                   &c->arena);
    return true;
}

static bool
record(struct cli *c, struct writing_aggregate *w, struct err *e)
{
    const struct round_release_file file = {
        .document = "aggregate", .format = "json", .lang = "nb"
    };
    int number;

    return writing_record(c, &w->o, &w->publication, &file, 1, &number, e);
}

static bool
write_file(struct cli *c, struct store *s, const struct aggregate *a,
           struct err *e)
{
    struct signing_key key;
    struct buf out;
    bool ok;

    if (!signing_load(store_keys(s), store_random(s), &key, e))
        return false;
    buf_init(&out, AGGREGATE_BYTES_MAX);
    aggregate_write(a, &key, &out);
    signing_wipe(&key);
    ok = buf_ok(&out, e) && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_clear(&out);
    return ok;
}

bool
cmd_aggregate_write(struct cli *c, struct err *e)
{
    struct writing_aggregate w = { 0 };
    bool ok;

    if (!cli_open(c, STORE_WRITE, &w.o, e))
        return false;
    ok = make(c, &w, e) && record(c, &w, e)
         && write_file(c, w.o.store, &w.a, e);
    publication_clear(&w.publication);
    cli_close(&w.o);
    return ok;
}

/* ---- files of others ---- */

static void
print_members(struct cli *c, const struct aggregate *a)
{
    buf_text(&c->out, "municipalities\t");
    for (int i = 0; i < a->municipality_count; i++)
        buf_printf(&c->out, "%s%04d", i > 0 ? " " : "", a->municipality[i]);
    buf_text(&c->out, "\n");
}

/* A line a field, as `round show` has it. */
static void
print_aggregate(struct cli *c, const struct aggregate *a)
{
    struct buf *out = &c->out;

    buf_printf(out, "name\t%s\ntotal\t%d\n", a->name, a->total);
    print_members(c, a);
    buf_printf(out, "year\t%d\nperiod\t%d\nfrom_age\t%d\nsynthetic\t%d\n",
               a->year, a->period, a->from_age, a->synthetic);
    buf_printf(out, "inclusion\t%s\n", a->inclusion);
    if (a->population >= 0)
        buf_printf(out, "population\t%lld\npopulation_from_age\t%d\n"
                   "population_on\t%s\n", (long long)a->population,
                   a->population_from_age, a->population_on);
    buf_printf(out, "instrument\t%s\nversion\t%d\nsha256\t%s\n", a->in->id,
               a->in->version, a->in->sha256);
    buf_printf(out, "index\t%s\nindex_own\t%d\n", a->index_rule,
               a->own_index);
    buf_printf(out, "protection\t%s %d\ntables\t%d\nsigned_by\t%s\n",
               a->protection == AGGREGATE_ROUNDED ? "rounded" : "hidden",
               a->threshold, a->table_count, a->key);
}

bool
cmd_aggregate_check(struct cli *c, struct err *e)
{
    struct signers *signers = arena_take(&c->arena, sizeof *signers);
    struct aggregate a = { 0 };
    bool ok = signers_read(c, signers, e)
              && comparing_file(c, c->word[0], signers, &a, NULL, e);

    if (ok)
        print_aggregate(c, &a);
    aggregate_clear(&a);
    return ok;
}

/* What a file's name may be; else nobody could read what is written. */
static bool
check_name(const char *name, struct err *e)
{
    size_t n = strlen(name);
    bool ok = n > 0 && n <= AGGREGATE_NAME_MAX && utf8_valid(name, n, NULL);

    for (size_t i = 0; ok && i < n; i++)
        ok = (unsigned char)name[i] >= ' ' && name[i] != 0x7f;
    return ok || err_set(e, ERR_INPUT, "publishing.words", "%d",
                         (int)AGGREGATE_NAME_MAX);
}

bool
cmd_aggregate_sum(struct cli *c, struct err *e)
{
    struct signers *signers = arena_take(&c->arena, sizeof *signers);
    int count = c->words - 1, read = 0;
    struct aggregate *list, sum;
    struct store *s;
    bool ok;

    if (count > AGGREGATE_MEMBERS_MAX)
        return err_set(e, ERR_INPUT, "aggregate.sum_many", "%d",
                       (int)AGGREGATE_MEMBERS_MAX);
    if (!check_name(c->option[OPT_NAME], e))
        return false;
    s = cli_store(c, STORE_READ, e);
    list = arena_array(&c->arena, (size_t)count + 1, sizeof *list);
    ok = s != NULL && signers_read(c, signers, e);
    while (ok && read < count) {
        ok = comparing_file(c, c->word[read + 1], signers, &list[read], NULL,
                            e);
        read++;
    }
    ok = ok && aggregate_sum(list, count, c->option[OPT_NAME], COMPARE_LEAST,
                             &c->arena, &sum, e)
         && write_file(c, s, &sum, e);
    for (int i = 0; i < read; i++)
        aggregate_clear(&list[i]);
    store_close(s);
    return ok;
}

/* ---- kept with a round ---- */

bool
cmd_aggregate_add(struct cli *c, struct err *e)
{
    struct signers *signers = arena_take(&c->arena, sizeof *signers);
    struct round_reference file = { 0 };
    struct aggregate a = { 0 };
    struct opened o;
    struct buf bytes;
    bool ok;
    int number;

    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    buf_init(&bytes, AGGREGATE_BYTES_MAX);
    ok = signers_read(c, signers, e)
         && comparing_file(c, c->word[2], signers, &a, &bytes, e)
         && store_begin(o.store, e);
    if (ok) {
        file.name = arena_printf(&c->arena, "%s %d", a.name, a.year);
        file.signer = a.key;
        ok = cli_commit(o.store,
                        round_reference_add(o.store, &c->actor, o.round,
                                            &file, bytes.data, bytes.len,
                                            &number, e), e);
    }
    if (ok)
        buf_printf(&c->out, "%d\n", number);
    buf_clear(&bytes);
    aggregate_clear(&a);
    cli_close(&o);
    return ok;
}

/* number, name, signer, who added it */
bool
cmd_aggregate_list(struct cli *c, struct err *e)
{
    const struct round_reference *list;
    struct opened o;
    int count;
    bool ok;

    if (!cli_open(c, STORE_READ, &o, e))
        return false;
    ok = round_reference_list(o.store, o.round, &c->arena, &list, &count, e);
    for (int i = 0; ok && i < count; i++)
        buf_printf(&c->out, "%d\t%s\t%s\t%s\n", list[i].number, list[i].name,
                   list[i].signer, list[i].added_by);
    cli_close(&o);
    return ok;
}

bool
cmd_aggregate_remove(struct cli *c, struct err *e)
{
    const char *typed = c->word[2];
    size_t n = strspn(typed, "0123456789");
    char quoted[QUOTE_MAX];
    struct opened o;
    bool ok;

    err_quote(quoted, sizeof quoted, typed, strlen(typed));
    if (n < 1 || n > 6 || typed[n] != '\0')
        return err_set(e, ERR_USAGE, "usage.reference", "%s", quoted);
    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = store_begin(o.store, e)
         && cli_commit(o.store,
                       round_reference_remove(o.store, &c->actor, o.round,
                                              atoi(typed), e), e);
    cli_close(&o);
    return ok;
}
