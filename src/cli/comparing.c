/* comparing.c - see comparing.h.
 *
 * What --compare names is a round of the store if it could be a round's id,
 * else a file: an aggregate file's name has a full stop or a slash. */
#include "cli/comparing.h"
#include <string.h>
#include "report/compare.h"
#include "report/compare_round.h"

/* Everything that is compared, until the section is made. */
struct compared {
    struct compare_round round[COMPARE_COLUMNS_MAX];
    struct aggregate file[COMPARE_COLUMNS_MAX];
    int rounds, files;
};

bool
signers_read(const struct cli *c, struct signers *s, struct err *e)
{
    const char *file;

    for (s->count = 0; (file = cli_given(c, OPT_SIGNER, s->count)) != NULL;
         s->count++) {
        if (s->count == AGGREGATE_SIGNERS_MAX)
            return err_set(e, ERR_USAGE, "usage.option_many", "%s %d",
                           option_defs[OPT_SIGNER].name,
                           (int)AGGREGATE_SIGNERS_MAX);
        if (!signer_read(file, s->key[s->count], e))
            return false;
    }
    return true;
}

bool
comparing_file(struct cli *c, const char *file, const struct signers *s,
               struct aggregate *a, struct buf *bytes, struct err *e)
{
    struct buf own;
    bool ok;

    memset(a, 0, sizeof *a);
    if (bytes == NULL) {
        bytes = &own;
        buf_init(bytes, AGGREGATE_BYTES_MAX);
    }
    ok = buf_read_file(bytes, file, AGGREGATE_BYTES_MAX, e)
         && aggregate_read(buf_string(bytes), bytes->len, file,
                           (const char (*)[SIGNING_HEX])s->key, s->count,
                           &c->arena, a, e);
    if (bytes == &own)
        buf_clear(&own);
    return ok;
}

static bool
is_round_id(const char *name)
{
    return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")]
           == '\0';
}

static bool
add_one(struct cli *c, struct opened *o, const char *name, bool publish,
        const struct signers *signers, struct comparison *to,
        struct compared *all, struct err *e)
{
    const struct compare_order order = {
        to->own->in->reports[to->report].id, publish
    };
    struct compare_round *r;

    if (all->rounds + all->files == COMPARE_COLUMNS_MAX - 1)
        return err_set(e, ERR_INPUT, "compare.many", "%s %d", name,
                       COMPARE_COLUMNS_MAX - 1);
    if (!is_round_id(name)) {
        struct aggregate *a = &all->file[all->files++];

        return comparing_file(c, name, signers, a, NULL, e)
            && compare_add(to, a, name, e);
    }
    if (strcmp(name, o->round->id) == 0)
        return err_set(e, ERR_INPUT, "compare.own", "%s %s", name,
                       o->round->title);
    r = &all->round[all->rounds++];
    return compare_round_take(r, o->store, name, &c->actor, &order,
                              &c->arena, e)
        && compare_add(to, &r->a, name, e);
}

static bool
add_all(struct cli *c, struct opened *o, struct document *doc, bool publish,
        struct compared *all, struct comparison **out, struct err *e)
{
    const struct compare_rule rule = { COMPARE_LEAST };
    int report = instrument_report(o->in, doc->meta.report);
    struct aggregate *own = arena_take(&c->arena, sizeof *own);
    struct signers *signers = arena_take(&c->arena, sizeof *signers);
    struct comparison *to;
    const char *name;

    if (!signers_read(c, signers, e)
        || !compare_own(o, doc, &c->arena, own, e))
        return false;
    *out = to = compare_new(own, report, &c->arena);
    for (int i = 0; (name = cli_given(c, OPT_COMPARE, i)) != NULL; i++)
        if (!add_one(c, o, name, publish, signers, to, all, e))
            return false;
    return compare_finish(to, &rule, e);
}

bool
comparing_begin(struct cli *c, struct opened *o, struct document *doc,
                bool publish, struct compared **all, struct comparison **to,
                struct err *e)
{
    *all = arena_take(&c->arena, sizeof **all);
    *to = NULL;
    if (c->option[OPT_COMPARE] == NULL)
        return true;
    if (doc->kind != DOC_TABLES || doc->meta.report == NULL
        || o->in->reports[instrument_report(o->in, doc->meta.report)].scope
           != SCOPE_RECIPIENTS)
        return err_set(e, ERR_USAGE, "usage.compare", "");
    return add_all(c, o, doc, publish, *all, to, e);
}

void
comparing_end(struct compared *all)
{
    for (int i = 0; i < all->rounds; i++)
        compare_round_clear(&all->round[i]);
    for (int i = 0; i < all->files; i++)
        aggregate_clear(&all->file[i]);
}

bool
comparing_add(struct cli *c, struct opened *o, struct document *doc,
              bool publish, struct err *e)
{
    struct compared *all;
    struct comparison *to;
    bool ok = comparing_begin(c, o, doc, publish, &all, &to, e);

    if (ok && to != NULL)
        compare_build(to, doc, &c->arena);
    comparing_end(all);
    return ok;
}
