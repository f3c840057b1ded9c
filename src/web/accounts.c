/* accounts.c - see accounts.h. */
#include "web/accounts.h"
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "store/account.h"
#include "web/app.h"
#include "web/login.h"

const char *
accounts_field(struct page *p, const char *name)
{
    const char *text = page_field(p, name);
    size_t n;

    text += strspn(text, " \t");
    n = strlen(text);
    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    return arena_text_n(p->arena, text, n);
}

static void
choice(struct view *list, const char *value, const char *label,
       const char *chosen)
{
    struct view *item = view_item(list);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", strcmp(value, chosen) == 0);
}

static void
put_units(struct page *p, struct view *list, const struct round *r,
          const char *chosen)
{
    choice(list, arena_printf(p->arena, "%s/", r->id), r->title, chosen);
    for (int i = 0; i < r->unit_count; i++)
        choice(list, arena_printf(p->arena, "%s/%s", r->id, r->units[i].id),
               arena_printf(p->arena, "%s – %s", r->title, r->units[i].name),
               chosen);
}

bool
accounts_put_choices(struct page *p, struct grant_view *v)
{
    struct view *duties = view_list(p->view, "duties");
    struct view *places = view_list(p->view, "places");
    struct view *tiers = view_list(p->view, "tiers");
    const char *const *ids;

    for (int i = 0; i < DUTY_COUNT; i++)
        choice(duties, duty_word((enum duty)i),
               grant_duty(p, (enum duty)i), page_field(p, "duty"));
    if (!round_list(p->store, p->arena, &ids, &p->err))
        return false;
    choice(places, "/", msg_text(p->lang, "account.all_rounds"),
           page_field(p, "place"));
    for (int i = 0; ids[i] != NULL; i++) {
        const struct round *r = grant_view_round(v, ids[i]);

        if (r == NULL)
            return false;
        put_units(p, places, r, page_field(p, "place"));
    }
    choice(tiers, "0", msg_text(p->lang, "account.all_tiers"),
           page_field(p, "tier"));
    for (int i = 1; i <= TIER_MAX; i++)
        choice(tiers, arena_printf(p->arena, "%d", i),
               PAGE_TEXT(p, "account.tier_n",
                         arena_printf(p->arena, "%d", i)),
               page_field(p, "tier"));
    return true;
}

/* The last day counts to its end. */
static void
read_days(struct page *p, struct grant *g)
{
    int32_t from, to;

    if (when_read(p, page_field(p, "from"), "grant-from", &from)
        && from != DAY_NONE && from > day_oslo(p->now_ms))
        g->from_ms = when_begins(from);
    if (when_read(p, page_field(p, "to"), "grant-to", &to)
        && to != DAY_NONE)
        g->to_ms = when_begins(to + 1);
}

bool
accounts_read_grant(struct page *p, struct grant *g, bool *none)
{
    const char *word = page_field(p, "duty"), *place = page_field(p, "place");
    const char *slash = strchr(place, '/');
    int duty = duty_of(word);

    *none = word[0] == '\0';
    *g = (struct grant){ .round = "", .unit = "" };
    if (duty < 0) {
        if (!*none)
            page_fault_text(p, "grant-duty",
                            msg_text(p->lang, "account.choose_duty"));
        return false;
    }
    g->duty = (enum duty)duty;
    if (slash != NULL) {
        g->round = arena_text_n(p->arena, place, (size_t)(slash - place));
        g->unit = slash + 1;
    }
    g->tier = atoi(page_field(p, "tier"));
    read_days(p, g);
    return !page_faulty(p);
}

bool
accounts_grant(struct page *p, struct store *s, struct grant *g,
               struct err *e)
{
    const struct account *a;

    if (!grant_add(s, &p->actor, g, e))
        return false;
    if (!duty_needs_totp(g->duty) || p->app->demo)
        return true;
    return account_find(s, g->account, p->arena, &a, e)
           && (a == NULL || a->has_totp
               || session_end_all(s, g->account, NULL, e));
}

/* Some are said without the command line's words: "grant.overlap" as
 * "account.fault_overlap". */
static bool
own_words(struct page *p, const char *id)
{
    const char *stop = strchr(p->err.key, '.');
    const char *key = arena_printf(p->arena, "account.fault_%s", stop + 1);

    if (p->err.code != ERR_INPUT || strncmp(p->err.key, "grant.", 6) != 0
        || !msg_has(p->lang, key))
        return false;
    page_fault_text(p, id, msg_text(p->lang, key));
    err_clear(&p->err);
    return true;
}

bool
accounts_fault(struct page *p)
{
    static const struct { const char *key, *id; } places[] = {
        { "grant.unit", "grant-place" }, { "round.unknown", "grant-place" },
        { "grant.closed", "grant-place" }, { "grant.tier", "grant-tier" },
        { "grant.time", "grant-to" }, { "grant.", "grant-duty" },
        { "account.name", "new-name" }, { "account.", "new-id" },
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strncmp(p->err.key, places[i].key, strlen(places[i].key)) == 0)
            return own_words(p, places[i].id)
                   || page_fault(p, places[i].id);
    return page_fault(p, NULL);
}
