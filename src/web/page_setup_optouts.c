/* page_setup_optouts.c - who does not want to be registered: a number is
 * typed, becomes a pseudonym and is forgotten; the list says only how many
 * on which day.
 *
 * An opt-out deletes the person's registrations at once, in every version,
 * and decides anew which of the others count: the same work whether there
 * were any or not. */
#include <string.h>
#include "base/msg.h"
#include "store/round_setup.h"
#include "web/identity.h"
#include "web/page_setup.h"
#include "web/pages.h"

/* A line a day, the newest first. */
static bool
put_days(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "days");
    const struct optout *all;
    int count, from;

    if (!optout_list(p->store, &p->actor, r, p->arena, &all, &count,
                     &p->err))
        return false;
    for (int32_t day = INT32_MAX;;) {
        int32_t next = DAY_NONE;
        struct view *item;

        for (int i = 0; i < count; i++)
            if (all[i].day < day && all[i].day > next)
                next = all[i].day;
        if (next == DAY_NONE)
            break;
        day = next;
        from = 0;
        for (int i = 0; i < count; i++)
            from += all[i].day == day;
        item = view_item(list);
        view_text(item, "date", setup_date(p, day, true));
        view_int(item, "many", from);
    }
    view_int(p->view, "total", count);
    view_flag(p->view, "any", count > 0);
    view_text(p->view, "deleted",
              arena_printf(p->arena, "%lld",
                           (long long)r->opted_out_deleted));
    return true;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    if (!put_days(p)) {
        page_fail(p);
        return;
    }
    identity_field(p, bad != NULL ? bad->text : NULL);
    setup_show(p, SETUP_OPTOUTS, "setup_optouts");
}

void
page_setup_optouts(struct page *p)
{
    show(p, NULL);
}

static bool
add(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    const struct identity *id = ctx;
    int64_t deleted;

    return optout_add(s, &p->actor, round->round, id->pseudonym, &deleted, e)
           && feed_settle(round, &p->actor, e);
}

static bool
take_away(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    const struct identity *id = ctx;
    bool removed;

    if (!optout_remove(s, &p->actor, round->round, id->pseudonym, &removed,
                       e))
        return false;
    return removed || err_set(e, ERR_INPUT, "setup.optout_not_there", "");
}

/* What has been deleted is gone from every file but for those that readers
 * still hold: the next commit sees to that. */
static const char *
said(const struct page *p, bool removing)
{
    if (removing)
        return "said.setup_optout_removed";
    return strcmp(p->err.key, "store.purge_waits") == 0
           ? "said.setup_optout_waits" : "said.setup_optout";
}

void
page_setup_optouts_save(struct page *p)
{
    bool removing = strcmp(page_field(p, "do"), "remove") == 0;
    const char *fault = NULL;
    struct identity id;
    bool ok;

    if (!identity_take(p, &id, &fault)) {
        page_fail(p);
        return;
    }
    /* Whoever does not want to be registered may say so at any age. */
    if (fault != NULL && strcmp(fault, "day.number_young") == 0)
        fault = NULL;
    if (fault == NULL && !id.has_number)
        fault = "setup.optout_number";
    if (fault != NULL) {
        identity_wipe(&id);
        setup_refuse(p, "number", fault, show);
        return;
    }
    ok = setup_write(p, removing ? take_away : add, &id, show);
    identity_wipe(&id);
    if (ok)
        page_redirect_notice(p, said(p, removing),
                             "/rounds/%s/setup/optouts",
                             p->round->round->id);
}
