/* comparing.c - see comparing.h.
 *
 * What --compare names is a round of the store if it could be a round's id,
 * else a file: an aggregate file's name has a full stop or a slash. */
#include "cli/comparing.h"
#include <string.h>

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

/* Room for one more; NULL where there is none. */
static struct compare_beside *
one_more(struct compared *all, const char *name, struct err *e)
{
    struct compare_beside *b = &all->beside[all->count];

    if (all->count >= COMPARE_COLUMNS_MAX - 1) {
        err_set(e, ERR_INPUT, "compare.many", "%s %d", name,
                COMPARE_COLUMNS_MAX - 1);
        return NULL;
    }
    *b = (struct compare_beside){ .name = name };
    return b;
}

static bool
add_round(struct cli *c, struct opened *o, const char *name,
          const struct compare_order *order, struct compared *all,
          struct compare_beside *b, struct err *e)
{
    struct compare_round *r;

    if (strcmp(name, o->round->id) == 0)
        return err_set(e, ERR_INPUT, "compare.own", "%s %s", name,
                       o->round->title);
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->beside[i].name, name) == 0)
            return err_set(e, ERR_INPUT, "compare.twice", "%s %s", name,
                           all->beside[i].name);
    r = &all->round[all->rounds++];
    b->a = &r->a;
    b->round = r;
    return compare_round_take(r, o->store, name, &c->actor, order, &c->arena,
                              e);
}

static bool
add_given(struct cli *c, struct opened *o, const struct compare_order *order,
          struct compared *all, struct err *e)
{
    struct signers *signers = arena_take(&c->arena, sizeof *signers);
    const char *name;

    if (!signers_read(c, signers, e))
        return false;
    for (int i = 0; (name = cli_given(c, OPT_COMPARE, i)) != NULL; i++) {
        struct compare_beside *b = one_more(all, name, e);

        if (b == NULL)
            return false;
        if (is_round_id(name)) {
            if (!add_round(c, o, name, order, all, b, e))
                return false;
        } else {
            b->a = &all->file[all->files++];
            if (!comparing_file(c, name, signers,
                                &all->file[all->files - 1], NULL, e))
                return false;
        }
        all->count++;
    }
    return true;
}

bool
comparing_read(struct cli *c, struct opened *o, const char *report,
               bool publish, struct compared **all, struct err *e)
{
    const struct compare_order order = { report, publish };

    *all = arena_take(&c->arena, sizeof **all);
    return add_given(c, o, &order, *all, e);
}

/* Those kept with the round, which stand aside where they alone can't be
 * compared: one who writes the publication need not be who keeps them. */
static bool
check_kept(struct cli *c, struct opened *o, struct compared *all,
           struct err *e)
{
    if (compare_check(o, all->beside, all->count, true, &c->arena, e))
        return true;
    if (c->option[OPT_COMPARE] != NULL || e->code != ERR_INPUT)
        return false;
    cli_say(c, e);
    err_clear(e);
    all->count = 0;
    return true;
}

bool
comparing_kept(struct cli *c, struct opened *o, struct compared **all,
               struct err *e)
{
    const struct compare_order order = { NULL, true };
    struct compared *to = *all = arena_take(&c->arena, sizeof **all);

    if (!compare_kept_read(o, &c->arena, &to->kept, e))
        return false;
    /* Too many are refused with the rest. */
    for (int i = 0; i < to->kept.count; i++)
        to->beside[to->count++] = to->kept.beside[i];
    return add_given(c, o, &order, to, e) && check_kept(c, o, to, e);
}

bool
comparing_begin(struct cli *c, struct opened *o, struct document *doc,
                struct compared **all, struct comparison **to, struct err *e)
{
    int report = instrument_report(o->in, doc->meta.report);
    struct comparison **list;

    *all = arena_take(&c->arena, sizeof **all);
    *to = NULL;
    if (c->option[OPT_COMPARE] == NULL)
        return true;
    if (o->in->reports[report].scope != SCOPE_RECIPIENTS)
        return err_set(e, ERR_USAGE, "usage.compare", "");
    if (!comparing_read(c, o, doc->meta.report, false, all, e)
        || !compare_all(o, &doc, 1, (*all)->beside, (*all)->count, &c->arena,
                        &list, e))
        return false;
    *to = list[report];
    return true;
}

void
comparing_end(struct compared *all)
{
    for (int i = 0; i < all->rounds; i++)
        compare_round_clear(&all->round[i]);
    for (int i = 0; i < all->files; i++)
        aggregate_clear(&all->file[i]);
    compare_kept_clear(&all->kept);
}
