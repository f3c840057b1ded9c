/* cmd_store.c - the commands about a whole store and its keys. */
#include <string.h>
#include "base/msg.h"
#include "cli/cli.h"
#include "cli/first_user.h"
#include "cli/unmake.h"
#include "intake/intake.h"

bool
cmd_init(struct cli *c, struct err *e)
{
    struct store_options o = cli_store_options(c, 0, STORE_WRITE);

    if (!store_create(&o, e))
        return false;
    if (first_user(c, e))
        return true;
    unmake(c, &o, NULL, 0);
    return false;
}

/* Faults that were found are what `check` prints: data. */
static void
say_fault(void *ctx, const struct err *fault)
{
    struct cli *c = ctx;

    msg_error(&c->out, c->messages, fault);
    buf_byte(&c->out, '\n');
}

/* The registrations of every round; *FAULTS grows. */
static bool
check_rounds(struct cli *c, struct store *s, int64_t *faults, struct err *e)
{
    const char *const *id;
    bool ok = round_list(s, &c->arena, &id, e);

    for (; ok && *id != NULL; id++) {
        struct opened o;
        int64_t more = 0;

        ok = opened_init(&o, s, *id, e)
             && intake_check(&o, &c->actor, say_fault, c, &more, e);
        opened_clear(&o);
        *faults += more;
    }
    return ok;
}

bool
cmd_check(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    int64_t faults = 0;
    bool ok;

    if (s == NULL)
        return false;
    ok = store_check(s, say_fault, c, &faults, e)
         && check_rounds(c, s, &faults, e)
         && intake_check_all(s, &c->actor, say_fault, c, &faults, e);
    store_close(s);
    if (ok && faults > 0)
        return err_set(e, ERR_INPUT, "cli.check_faults", "%lld",
                       (long long)faults);
    return ok;
}

/* A backup is a copy of every person of every round. */
static bool
log_backup(struct cli *c, struct store *s, struct err *e)
{
    const char *const *id;
    struct round *round;

    if (!round_list(s, &c->arena, &id, e))
        return false;
    for (; *id != NULL; id++)
        if (!round_load(s, *id, &c->arena, &round, e)
            || !store_log_act(s, &c->actor, round, "backup", e))
            return false;
    return true;
}

bool
cmd_backup(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    bool ok = s != NULL && log_backup(c, s, e)
              && store_backup(s, c->word[1], e);

    store_close(s);
    return ok;
}

bool
cmd_restore(struct cli *c, struct err *e)
{
    struct store_options o = cli_store_options(c, 1, STORE_WRITE);

    struct err note = { 0 };

    if (!store_restore(c->word[0], &o, e))
        return false;
    err_set(&note, ERR_INPUT, "cli.restored", "%s", c->word[1]);
    cli_say(c, &note);
    return true;
}

bool
cmd_key_list(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    const char *const *id = NULL;
    bool ok = s != NULL && round_list(s, &c->arena, &id, e);

    for (; ok && *id != NULL; id++)
        buf_printf(&c->out, "%s\t%s\n", *id,
                   msg_text(c->messages, key_exists(store_keys(s), *id)
                                             ? "key.there" : "key.gone"));
    store_close(s);
    return ok;
}

/* What can't be undone is asked for twice: nobody can be asked. */
bool
cmd_key_destroy(struct cli *c, struct err *e)
{
    struct opened o;
    bool ok;

    if (strcmp(c->option[OPT_CONFIRM], c->word[1]) != 0)
        return err_set(e, ERR_USAGE, "usage.confirm", "");
    if (!cli_open(c, STORE_WRITE, &o, e))
        return false;
    ok = o.round->status == ROUND_CLOSED
         || err_set(e, ERR_INPUT, "key.open_round", "%s", o.round->id);
    ok = ok && store_log_act(o.store, &c->actor, o.round, "destroy_key", e)
         && key_destroy(store_keys(o.store), o.round->id, e);
    cli_close(&o);
    return ok;
}
