/* cmd_user.c - accounts and their duties, from the command line.
 *
 * A new account and one that is reset have no password: what is printed is
 * a slip, a code to type once at /login/slip, valid for a day. Who may run
 * this may read the store, so nobody is asked what he may do; but nobody
 * grants to an account of his own name. */
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/first_user.h"
#include "store/account.h"
#include "store/grant.h"
#include "store/session.h"

enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS };

static bool
read_duty(const struct cli *c, enum duty *duty, struct err *e)
{
    const char *word = c->option[OPT_DUTY];
    int found = duty_of(word);
    char quoted[QUOTE_MAX];

    *duty = (enum duty)found;
    if (found >= 0)
        return true;
    err_quote(quoted, sizeof quoted, word, strlen(word));
    return err_set(e, ERR_USAGE, "user.duty", "%s %s", option_defs[OPT_DUTY]
                   .name, quoted);
}

/* Whoever now needs a one-time code and has no authenticator is logged out:
 * the next log-in asks for one. Nobody has one in a demo store. */
static bool
log_out(struct store *s, const char *id, enum duty duty,
        struct arena *arena, struct err *e)
{
    const struct account *a;
    const char *demo;

    if (!duty_needs_totp(duty))
        return true;
    if (!store_setting_get(s, "demo", arena, &demo, e)
        || !account_find(s, id, arena, &a, e))
        return false;
    return demo[0] == '1' || a == NULL || a->has_totp
        || session_end_all(s, id, NULL, e);
}

/* One grant for each unit of --unit ("a,b"), or one without. */
static bool
add_grants(const struct cli *c, struct store *s, const char *id,
           struct arena *arena, struct err *e)
{
    const char *unit = c->option[OPT_UNIT];
    struct grant g = {
        .account = id,
        .round = c->option[OPT_ROUND] != NULL ? c->option[OPT_ROUND] : ""
    };

    if (!read_duty(c, &g.duty, e)
        || !cli_number(c, OPT_TIER, 1, 3, 0, &g.tier, e))
        return false;
    if (unit == NULL)
        unit = "";
    for (;; unit++) {
        size_t n = strcspn(unit, ",");
        struct grant one = g;

        one.unit = arena_text_n(arena, unit, n);
        if (!grant_add(s, &c->actor, &one, e))
            return false;
        unit += n;
        if (*unit == '\0')
            return log_out(s, id, g.duty, arena, e);
    }
}

/* ID, the code and until when it can be used, tab-separated. */
static void
print_slip(struct cli *c, const char *id, const char *code,
           int64_t until_ms)
{
    struct err note = { 0 };
    char until[TIME_TEXT];

    time_print_oslo(until, until_ms);
    buf_printf(&c->out, "%s\t%s\t%s\n", id, code, until);
    err_set(&note, ERR_INPUT, "user.slip", "%s %s", id, until);
    cli_say(c, &note);
}

bool
cmd_user_add(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_WRITE, e);
    const char *id = c->word[1];
    char code[CODE_TEXT];
    int64_t until;
    bool ok;

    if (s == NULL)
        return false;
    until = clock_now(&c->clock) + DAY_MS;
    ok = store_begin(s, e);
    if (ok)
        ok = cli_commit(s, account_add(s, &c->actor, id, c->option[OPT_NAME],
                                       LANG_NB, e)
                           && (c->option[OPT_DUTY] == NULL
                               || add_grants(c, s, id, &c->arena, e))
                           && slip_make(s, &c->actor, id, until, code, e),
                        e);
    store_close(s);
    if (ok)
        print_slip(c, id, code, until);
    return ok;
}

bool
cmd_user_grant(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_WRITE, e);
    bool ok = s != NULL && store_begin(s, e);

    if (ok)
        ok = cli_commit(s, add_grants(c, s, c->word[1], &c->arena, e), e);
    store_close(s);
    return ok;
}

bool
cmd_user_reset(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_WRITE, e);
    char code[CODE_TEXT];
    int64_t until;
    bool ok;

    if (s == NULL)
        return false;
    until = clock_now(&c->clock) + DAY_MS;
    ok = store_begin(s, e);
    if (ok)
        ok = cli_commit(s, account_reset(s, &c->actor, c->word[1], until,
                                         code, e), e);
    store_close(s);
    if (ok)
        print_slip(c, c->word[1], code, until);
    return ok;
}

static bool
same_or_all(const char *asked, const char *has)
{
    return asked == NULL || strcmp(asked, has) == 0;
}

/* Ends the grants held that the options name. */
static bool
end_grants(struct cli *c, struct store *s, struct err *e)
{
    const char *reason = c->option[OPT_REASON];
    const struct grant *list;
    int count, ended = 0;
    enum duty duty;

    if (!read_duty(c, &duty, e)
        || !grants_of(s, c->word[1], clock_now(&c->clock), &c->arena, &list,
                      &count, e))
        return false;
    for (int i = 0; i < count; i++) {
        if (list[i].duty != duty
            || !same_or_all(c->option[OPT_ROUND], list[i].round)
            || !same_or_all(c->option[OPT_UNIT], list[i].unit))
            continue;
        if (!grant_end(s, &c->actor, list[i].municipality, list[i].number,
                       reason, e))
            return false;
        ended++;
    }
    return ended > 0 || err_set(e, ERR_INPUT, "user.no_grant", "%s",
                                duty_word(duty));
}

bool
cmd_user_end(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_WRITE, e);
    bool ok = s != NULL && store_begin(s, e);

    if (ok)
        ok = cli_commit(s, c->option[OPT_DUTY] != NULL
                           ? end_grants(c, s, e)
                           : account_end(s, &c->actor, c->word[1], e), e);
    store_close(s);
    return ok;
}

/* Each account: id, name, when it ended or "-", duties held now. */
static bool
print_account(struct cli *c, struct store *s, const struct account *a,
              struct err *e)
{
    const struct grant *list;
    char ended[DAY_TEXT] = "-";
    int count;

    if (!grants_of(s, a->id, clock_now(&c->clock), &c->arena, &list, &count,
                   e))
        return false;
    if (a->ended_ms != 0)
        day_print(ended, day_oslo(a->ended_ms));
    buf_printf(&c->out, "%s\t%s\t%s\t", a->id, a->name, ended);
    for (int i = 0; i < count; i++)
        buf_printf(&c->out, "%s%s%s%s%s%s", i > 0 ? "," : "",
                   duty_word(list[i].duty), list[i].round[0] ? " " : "",
                   list[i].round, list[i].unit[0] ? " " : "", list[i].unit);
    buf_byte(&c->out, '\n');
    return true;
}

bool
cmd_user_list(struct cli *c, struct err *e)
{
    struct store *s = cli_store(c, STORE_READ, e);
    const struct account *list = NULL;
    int count = 0;
    bool ok = s != NULL && store_snapshot(s, e)
              && account_list(s, true, &c->arena, &list, &count, e);

    for (int i = 0; ok && i < count; i++)
        ok = print_account(c, s, &list[i], e);
    store_close(s);
    return ok;
}

/* The time of the first moment of DAY in Oslo. */
static int64_t
day_start(int32_t day)
{
    int64_t utc = (int64_t)day * DAY_MS;

    return day_oslo(utc - 2 * HOUR_MS) == day ? utc - 2 * HOUR_MS
                                              : utc - HOUR_MS;
}

static bool
read_day(const struct cli *c, struct grant_ask *ask, struct err *e)
{
    const char *text = c->option[OPT_ON];
    char quoted[QUOTE_MAX];
    int32_t day;

    if (text == NULL)
        return true;
    if (!day_parse(text, strlen(text), &day)) {
        err_quote(quoted, sizeof quoted, text, strlen(text));
        return err_set(e, ERR_USAGE, "user.day", "%s %s",
                       option_defs[OPT_ON].name, quoted);
    }
    ask->from_ms = day_start(day);
    ask->to_ms = day_start(day + 1);
    return true;
}

static void
print_grant(struct cli *c, const struct grant *g)
{
    char from[TIME_TEXT], to[TIME_TEXT] = "";

    time_print_oslo(from, g->from_ms);
    if (g->to_ms != 0)
        time_print_oslo(to, g->to_ms);
    buf_printf(&c->out, "%s\t%s\t%s\t%s\t", g->account, duty_word(g->duty),
               g->round, g->unit);
    if (g->tier != 0)
        buf_printf(&c->out, "%d", g->tier);
    buf_printf(&c->out, "\t%s\t%s\t%s\t%s\n", from, to, g->granted_by,
               g->ended_by);
}

/* Who has, or had, access: one grant a line. */
bool
cmd_user_access(struct cli *c, struct err *e)
{
    const struct round none = { .id = "" };
    struct grant_ask ask = { .duty = -1 };
    const struct grant *list = NULL;
    struct store *s;
    int count = 0;
    bool ok;

    if (!read_day(c, &ask, e))
        return false;
    s = cli_store(c, STORE_READ, e);
    ok = s != NULL && store_snapshot(s, e)
         && grant_list(s, &ask, &c->arena, &list, &count, e)
         && store_log_act(s, &c->actor, &none, "access", e);
    for (int i = 0; ok && i < count; i++)
        print_grant(c, &list[i]);
    store_close(s);
    return ok;
}

bool
first_user(struct cli *c, struct err *e)
{
    static const struct actor init = { .name = "init", .rights = "init",
                                       .purpose = "init",
                                       .all_units = true };
    static const char id[] = "admin";
    struct grant g = { .account = id, .duty = DUTY_ADMIN, .round = "",
                       .unit = "" };
    int64_t until = clock_now(&c->clock) + DAY_MS;
    struct store *s = cli_store(c, STORE_WRITE, e);
    char code[CODE_TEXT];
    bool ok = s != NULL && store_begin(s, e);

    if (ok)
        ok = cli_commit(s, account_add(s, &init, id,
                                       msg_text(LANG_NB, "user.first"),
                                       LANG_NB, e)
                           && grant_add(s, &init, &g, e)
                           && slip_make(s, &init, id, until, code, e), e);
    store_close(s);
    if (ok) {
        struct err note = { 0 };
        char text[TIME_TEXT];

        time_print_oslo(text, until);
        buf_printf(&c->out, "/login/slip#%s\n", code);
        err_set(&note, ERR_INPUT, "user.first_link", "%s %s", id, text);
        cli_say(c, &note);
    }
    return ok;
}
