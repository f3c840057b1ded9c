/* page_publish_compare.c - what a round is compared with: files of other
 * municipalities, and earlier rounds of this store as files of the same kind.
 *
 * What is kept is compared, in every preview, release and file. A round of
 * the store is kept as it was published: its aggregate file is made and
 * signed here, and its ledger knows of it. */
#include <string.h>
#include "base/msg.h"
#include "report/compare_round.h"
#include "report/format.h"
#include "store/publishing.h"
#include "web/page_private.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"
#include "web/publish.h"
#include "web/publish_view.h"

static const char *
number_text(struct page *p, int64_t n)
{
    return format_int(p->arena, p->lang, n);
}

/* ---- what is kept ---- */

/* "214 535 fra 18 år 1. januar 2014"; NULL where not said. */
static const char *
population_text(struct page *p, const struct aggregate *a)
{
    int32_t day;

    if (a->population <= 0
        || !day_parse(a->population_on, strlen(a->population_on), &day))
        return NULL;
    return PAGE_TEXT(p, "publish.compare_people",
                     number_text(p, a->population),
                     number_text(p, a->population_from_age),
                     format_day(p->arena, p->lang, day));
}

static const char *
protection_text(struct page *p, const struct aggregate *a)
{
    return PAGE_TEXT(p, a->protection == AGGREGATE_ROUNDED
                     ? "publish.compare_rounded" : "publish.compare_hidden",
                     number_text(p, a->threshold));
}

/* The first part of a key, as people read it to each other. */
static const char *
signer_text(struct page *p, const char *signer, const char *own)
{
    if (strcmp(signer, own) == 0)
        return msg_text(p->lang, "publish.compare_signed_here");
    return PAGE_TEXT(p, "publish.compare_signed",
                     arena_text_n(p->arena, signer,
                                  strlen(signer) < 16 ? strlen(signer) : 16));
}

static void
put_kept(struct page *p, struct view *list, const struct compare_kept *k,
         int i, const char *own)
{
    const struct round_reference *file = &k->file[i];
    struct view *item = view_item(list);
    struct err why = { 0 };

    view_int(item, "number", file->number);
    view_text(item, "name", file->name);
    view_text(item, "signer", signer_text(p, file->signer, own));
    view_text(item, "protection", protection_text(p, &k->a[i]));
    view_text(item, "population", population_text(p, &k->a[i]));
    view_text(item, "when", publish_time(p, file->added_ms));
    view_text(item, "by", file->added_by);
    if (!compare_check(p->round, &k->beside[i], 1, false, p->arena, &why)
        && why.code == ERR_INPUT)
        publish_put_error(p, view_object(item, "why"), &why);
}

bool
publish_put_compared(struct page *p)
{
    struct compare_kept k;
    struct err why = { 0 };
    bool ok = compare_kept_read(p->round, p->arena, &k, &p->err);

    if (ok && k.count > 0
        && !compare_check(p->round, k.beside, k.count, true, p->arena, &why))
        publish_put_error(p, view_object(p->view, "compare_fault"), &why);
    compare_kept_clear(&k);
    return ok;
}

/* ---- rounds of the store ---- */

/* Who reads ROUND of the store; false: one that the account may not see the
 * publication of, or that can't be compared. */
static bool
may_read(struct page *p, struct round *round, struct actor *actor)
{
    struct opened *here = p->round, there = { .round = round };
    struct power power;

    if (strcmp(round->id, here->round->id) == 0
        || round->status != ROUND_CLOSED || round->training_of[0] != '\0'
        || !page_any_grant(p, round))
        return false;
    p->round = &there;
    power = page_power(p, RIGHT_PUBLICATION);
    p->round = here;
    *actor = (struct actor){
        .name = p->account, .rights = power.duty,
        .purpose = p->def->path, .all_units = true
    };
    return power.everywhere == REACH_ALL;
}

static bool
is_kept(const struct compare_kept *k, const struct round *round)
{
    for (int i = 0; i < k->count; i++) {
        const struct aggregate *a = &k->a[i];

        if (!a->total && a->municipality[0] == round->municipality
            && a->year == round->year && a->period == round->period)
            return true;
    }
    return false;
}

/* Those that have been published and are not there yet, to be chosen. */
static bool
put_rounds(struct page *p, const struct compare_kept *k)
{
    struct view *list = view_list(p->view, "rounds");
    const char *const *ids;

    if (!round_list(p->store, p->arena, &ids, &p->err))
        return false;
    for (int i = 0; ids[i] != NULL; i++) {
        const struct round_release *release;
        struct round *round;
        struct actor actor;
        struct view *item;
        int count;

        if (!round_load(p->store, ids[i], p->arena, &round, &p->err))
            return false;
        if (is_kept(k, round) || !may_read(p, round, &actor))
            continue;
        if (!round_release_list(p->store, round, p->arena, &release, &count,
                                &p->err))
            return false;
        if (count == 0)
            continue;
        item = view_item(list);
        view_text(item, "value", ids[i]);
        view_text(item, "text", round->title);
        view_flag(p->view, "any_round", true);
    }
    return true;
}

/* ---- the page ---- */

static bool
own_key(struct page *p, struct signing_key *key)
{
    return signing_load(store_keys(p->store), store_random(p->store), key,
                        &p->err);
}

static void
put_own(struct page *p)
{
    struct aggregate own;

    if (!compare_own(p->round, NULL, 0, p->arena, &own, &p->err)) {
        err_clear(&p->err);
        return;
    }
    view_text(p->view, "own_population", population_text(p, &own));
}

static void
show(struct page *p)
{
    struct compare_kept k;
    struct signing_key key;
    struct view *list;
    bool ok;

    ok = compare_kept_read(p->round, p->arena, &k, &p->err)
         && own_key(p, &key);
    list = view_list(p->view, "kept");
    for (int i = 0; ok && i < k.count; i++)
        put_kept(p, list, &k, i, key.hex);
    if (ok) {
        view_text(p->view, "own_key", arena_text(p->arena, key.hex));
        signing_wipe(&key);
    }
    ok = ok && put_rounds(p, &k);
    compare_kept_clear(&k);
    if (!ok || !publish_put_compared(p)) {
        page_fail(p);
        return;
    }
    put_own(p);
    view_text(p->view, "signer_typed", page_field(p, "signer"));
    publish_show(p, PUBLISH_PART_COMPARE, "publish_compare");
}

void
page_publish_compare(struct page *p)
{
    show(p);
}

/* ---- keeping ---- */

struct keeping {
    struct round_reference file;
    const char *bytes;
    size_t len;
    struct compare_round *from; /* of the store; NULL: a file */
    const char *state;          /* of FROM, when it was counted */
};

/* FROM's ledger knows of the file before anybody has it. */
static bool
record(struct page *p, struct store *s, const struct keeping *k,
       struct err *e)
{
    const struct round_release_file file = {
        .document = "aggregate", .format = "json", .lang = "nb"
    };
    struct actor actor;
    struct opened b;
    struct arena arena;
    const char *now;
    int number;
    bool ok;

    memset(&b, 0, sizeof b);
    arena_init(&arena);
    ok = opened_init(&b, s, k->from->o.round->id, e)
         && publishing_state(s, b.round, &arena, &now, e)
         && (strcmp(now, k->state) == 0
             || err_set(e, ERR_INPUT, "publishing.since", ""))
         && (may_read(p, b.round, &actor)
             || err_set(e, ERR_INPUT, "publish.compare_no_round", ""))
         && publication_record(&b, &actor, &k->from->publication, &file, 1,
                               &number, e);
    opened_clear(&b);
    arena_clear(&arena);
    return ok;
}

static bool
keep(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct keeping *k = ctx;
    int number;

    return (k->from == NULL || record(p, s, k, e))
        && round_reference_add(s, &p->actor, round->round, &k->file,
                               k->bytes, k->len, &number, e);
}

/* Whether A may stand beside the round; what it is called. */
static bool
check(struct page *p, const struct aggregate *a, struct keeping *k)
{
    struct compare_beside beside = { .a = a };
    struct compare_kept kept;
    bool ok;

    beside.name = k->file.name = arena_printf(p->arena, "%s %d", a->name,
                                              a->year);
    k->file.signer = arena_text(p->arena, a->key);
    ok = compare_kept_read(p->round, p->arena, &kept, &p->err);
    if (ok && kept.count >= COMPARE_COLUMNS_MAX - 1)
        ok = err_set(&p->err, ERR_INPUT, "compare.many", "%s %d",
                     beside.name, COMPARE_COLUMNS_MAX - 1);
    compare_kept_clear(&kept);
    return ok && compare_check(p->round, &beside, 1, false, p->arena,
                               &p->err);
}

/* The keys that are trusted: the one typed, else those of the files that are
 * kept already, and our own. */
static bool
trusted(struct page *p, char signer[][SIGNING_HEX], int *count)
{
    const char *typed = setup_text(p, "signer");
    const struct round_reference *list;
    struct signing_key own;
    int files;

    *count = 0;
    if (*typed != '\0') {
        if (strlen(typed) != SIGNING_HEX - 1
            || strspn(typed, "0123456789abcdef") != SIGNING_HEX - 1)
            return err_set(&p->err, ERR_INPUT, "publish.compare_bad_key",
                           "");
        memcpy(signer[(*count)++], typed, SIGNING_HEX);
        return true;
    }
    if (!own_key(p, &own)
        || !round_reference_list(p->store, p->round->round, p->arena, &list,
                                 &files, &p->err))
        return false;
    memcpy(signer[(*count)++], own.hex, SIGNING_HEX);
    signing_wipe(&own);
    for (int i = 0; i < files && *count < AGGREGATE_SIGNERS_MAX; i++)
        if (strlen(list[i].signer) == SIGNING_HEX - 1)
            memcpy(signer[(*count)++], list[i].signer, SIGNING_HEX);
    return true;
}

/* The file that was sent; the field that a fault is of in *AT. */
static bool
take_file(struct page *p, struct keeping *k, const char **at)
{
    char (*signer)[SIGNING_HEX] = arena_array(p->arena,
                                              AGGREGATE_SIGNERS_MAX,
                                              SIGNING_HEX);
    struct aggregate a = { 0 };
    int count;
    bool ok;

    *at = "signer";
    if (!trusted(p, signer, &count))
        return false;
    *at = "file";
    k->bytes = page_field(p, "file");
    k->len = strlen(k->bytes);
    if (k->len == 0)
        return err_set(&p->err, ERR_INPUT, "publish.compare_no_file", "");
    ok = aggregate_read(k->bytes, k->len, "", (const char (*)[SIGNING_HEX])
                        signer, count, p->arena, &a, &p->err)
         && check(p, &a, k);
    aggregate_clear(&a);
    return ok;
}

/* The file of a round of the store, made now. */
static bool
take_round(struct page *p, struct keeping *k, const char *id)
{
    static const struct compare_order order = { NULL, true };
    struct signing_key key;
    struct round *round;
    struct actor actor;
    struct err e = { 0 };
    struct buf out;
    bool ok;

    if (!round_load(p->store, id, p->arena, &round, &e)
        || !may_read(p, round, &actor))
        return err_set(&p->err, ERR_INPUT, "publish.compare_no_round", "");
    k->from = arena_take(p->arena, sizeof *k->from);
    if (!publishing_state(p->store, round, p->arena, &k->state, &p->err)
        || !compare_round_take(k->from, p->store, round->id, &actor,
                               &order, p->arena, &p->err)
        || !own_key(p, &key))
        return false;
    buf_init(&out, AGGREGATE_BYTES_MAX);
    aggregate_write(&k->from->a, &key, &out);
    memcpy(k->from->a.key, key.hex, SIGNING_HEX);
    signing_wipe(&key);
    k->len = out.len;
    k->bytes = arena_text_n(p->arena, buf_string(&out), out.len);
    ok = buf_ok(&out, &p->err) && check(p, &k->from->a, k);
    buf_clear(&out);
    return ok;
}

void
page_publish_compare_add(struct page *p)
{
    struct keeping k = { .bytes = "" };
    const char *round = page_field(p, "round"), *at = "round";
    bool ok = *round != '\0' ? take_round(p, &k, round)
                             : take_file(p, &k, &at);

    if (ok && page_write(p, keep, &k))
        page_redirect_notice(p, "said.publish_compared", "%s/compare",
                             publish_base(p));
    else if (page_fault(p, at))
        show(p);
    if (k.from != NULL)
        compare_round_clear(k.from);
}

static bool
remove_one(struct page *p, struct store *s, struct opened *round, void *ctx,
           struct err *e)
{
    const int *number = ctx;

    return round_reference_remove(s, &p->actor, round->round, *number, e);
}

void
page_publish_compare_remove(struct page *p)
{
    int number = publish_number(p, "number");

    if (page_write(p, remove_one, &number))
        page_redirect_notice(p, "said.publish_compare_removed", "%s/compare",
                             publish_base(p));
    else if (page_fault(p, NULL))
        show(p);
}
