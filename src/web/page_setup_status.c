/* page_setup_status.c - the round as a whole: how far its setting up has
 * come, opening it, closing it, opening it again, its training round.
 *
 * Closing decides in the same transaction which registrations count, and
 * ends the access of mappers and resource persons (round_set_status). */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "store/round_setup.h"
#include "store/work.h"
#include "web/page_setup.h"
#include "web/pages.h"

/* What stands in the way of opening: fields that are blank, units without a
 * sector. */
static int
put_blanks(struct page *p)
{
    const struct round *r = p->round->round;
    struct view *list = view_list(p->view, "blanks");
    int count = 0;

    for (int i = 0; i < LAWFUL_COUNT && !r->synthetic; i++) {
        const char *id = lawful_fields[i].id;
        bool fact = strncmp(id, "mapping", 7) == 0
                    || strcmp(id, "inclusion") == 0;
        struct view *item;

        if (!round_needs(r, i) || r->lawful[i][0] != '\0')
            continue;
        item = view_item(list);
        view_text(item, "text",
                  msg_text(p->lang, arena_printf(p->arena,
                                                 "setup.lawful.%s", id)));
        view_text(item, "href",
                  arena_printf(p->arena, "/rounds/%s/setup/%s#%s", r->id,
                               fact ? "facts" : "lawful", id));
        count++;
    }
    for (int i = 0; i < r->unit_count && !r->synthetic; i++)
        if (!r->units[i].off && r->units[i].sector[0] == '\0') {
            struct view *item = view_item(list);

            view_text(item, "text", PAGE_TEXT(p, "setup.blank_sector",
                                              r->units[i].name));
            view_text(item, "href",
                      arena_printf(p->arena, "/rounds/%s/setup/units/%s",
                                   r->id, r->units[i].id));
            count++;
        }
    return count;
}

static bool
any_unit_on(const struct round *r)
{
    for (int i = 0; i < r->unit_count; i++)
        if (!r->units[i].off)
            return true;
    return false;
}

/* What is the same on both pages. */
static void
put_round(struct page *p)
{
    const struct round *r = p->round->round;
    bool unit = any_unit_on(r);
    int blank = put_blanks(p);

    view_text(p->view, "round_name", r->title);
    view_text(p->view, "status",
              msg_text(p->lang, arena_printf(p->arena, "setup.status_%s",
                                             round_status_word(r->status))));
    view_flag(p->view, "synthetic", r->synthetic);
    view_flag(p->view, "in_setup", r->status == ROUND_SETUP);
    view_flag(p->view, "is_open", r->status == ROUND_OPEN);
    view_flag(p->view, "is_closed", r->status == ROUND_CLOSED);
    view_flag(p->view, "no_unit", !unit);
    view_flag(p->view, "blocked", blank > 0 || !unit);
    view_flag(p->view, "ready", blank == 0 && unit);
}

/* A training round has nothing of its own to set up. */
static bool
put_training(struct page *p)
{
    const char *of = p->round->round->training_of;
    struct round *r = NULL;

    if (of[0] == '\0') {
        if (!training_find(p->store, p->round->round->id, p->arena, &r,
                           &p->err))
            return false;
        view_flag(p->view, "has_training", r != NULL);
        if (r != NULL)
            view_text(p->view, "training_href",
                      arena_printf(p->arena, "/rounds/%s/setup", r->id));
        return true;
    }
    if (!round_load(p->store, of, p->arena, &r, &p->err))
        return false;
    view_text(p->view, "of", r->title);
    view_text(p->view, "of_href",
              arena_printf(p->arena, "/rounds/%s/setup", r->id));
    return true;
}

void
page_setup(struct page *p)
{
    bool training = p->round->round->training_of[0] != '\0';

    put_round(p);
    view_text(p->view, "base", arena_printf(p->arena, "/rounds/%s/setup",
                                            p->round->round->id));
    if (!put_training(p) || (!training && !setup_sections(p, -1))) {
        page_fail(p);
        return;
    }
    page_show(p, training ? "setup_training" : "setup");
}

/* How many registrations are begun and not finished: they will not count. */
static bool
put_drafts(struct page *p)
{
    const struct work_count *work;
    int64_t drafts = 0;
    int count;

    if (!work_counts(p->store, &p->actor, p->round->round, p->arena, &work,
                     &count, &p->err))
        return false;
    for (int i = 0; i < count; i++)
        drafts += work[i].status == STATUS_DRAFT ? work[i].count : 0;
    view_text(p->view, "drafts",
              drafts == 1 ? msg_text(p->lang, "setup.close_draft")
              : PAGE_TEXT(p, drafts == 0 ? "setup.close_no_drafts"
                                         : "setup.close_drafts",
                          format_int(p->arena, p->lang, drafts)));
    return true;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field reason = {
        "reason", "setup.reopen_reason", SETUP_AREA, UNIT_TEXT_MAX, true
    };

    put_round(p);
    if (!put_training(p)
        || (p->round->round->status == ROUND_OPEN && !put_drafts(p))) {
        page_fail(p);
        return;
    }
    setup_field(p, view_list(p->view, "reopen"), &reason, "", bad);
    setup_show(p, SETUP_STATUS, "setup_status");
}

void
page_setup_status(struct page *p)
{
    show(p, NULL);
}

/* Units without a sector have no legal basis: the store does not ask. */
static bool
sectors_said(const struct round *r, struct err *e)
{
    for (int i = 0; i < r->unit_count && !r->synthetic; i++)
        if (!r->units[i].off && r->units[i].sector[0] == '\0')
            return err_set(e, ERR_INPUT, "setup.sector_blank", "%s",
                           r->units[i].id);
    return true;
}

static bool
open_round(struct page *p, struct store *s, struct opened *round, void *ctx,
           struct err *e)
{
    (void)ctx;
    return sectors_said(round->round, e)
           && round_set_status(s, &p->actor, round->round, ROUND_OPEN,
                               setup_text(p, "reason"), e);
}

static bool
close_round(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    (void)ctx;
    return feed_settle(round, &p->actor, e)
           && round_set_status(s, &p->actor, round->round, ROUND_CLOSED, "",
                               e);
}

static bool
make_training(struct page *p, struct store *s, struct opened *round,
              void *ctx, struct err *e)
{
    (void)ctx;
    return training_make(s, &p->actor, round->round, e);
}

/* What the button "do" may say. */
static const struct {
    const char *word;
    bool (*work)(struct page *p, struct store *s, struct opened *round,
                 void *ctx, struct err *e);
    const char *said;
} acts[] = {
    { "open", open_round, "said.setup_opened" },
    { "close", close_round, "said.setup_closed" },
    { "training", make_training, "said.setup_training" },
};

void
page_setup_status_save(struct page *p)
{
    const char *word = page_field(p, "do");
    enum round_status status = p->round->round->status;

    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (strcmp(acts[i].word, word) != 0)
            continue;
        if (acts[i].work == close_round
            && page_field(p, "sure")[0] == '\0') {
            setup_refuse(p, "sure", "setup.close_sure_needed", show);
            return;
        }
        if (acts[i].work == open_round && status == ROUND_OPEN) {
            setup_done(p, "status");
            return;
        }
        if (setup_write(p, acts[i].work, NULL, show))
            page_redirect_notice(p, acts[i].said, "/rounds/%s/setup/status",
                                 p->round->round->id);
        return;
    }
    page_refuse(p, 400, NULL);
}
