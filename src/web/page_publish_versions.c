/* page_publish_versions.c - the versions of a text: which there are, what
 * each said, one made the newest again; and unlocking and removing. */
#include <string.h>
#include "base/msg.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"
#include "web/publish.h"

/* The saved text that the address names; NULL, and P is answered. */
static const struct round_text *
asked_text(struct page *p)
{
    const char *dot = strrchr(p->param[1], '.');
    enum lang lang = dot != NULL ? lang_of(dot + 1) : LANG_COUNT;
    const struct round_text *t = NULL;

    if (lang < LANG_COUNT
        && !round_text_find(p->store, p->round->round,
                            arena_text_n(p->arena, p->param[1],
                                         (size_t)(dot - p->param[1])),
                            lang, p->arena, &t, &p->err)) {
        page_fail(p);
        return NULL;
    }
    if (t == NULL)
        page_refuse(p, 404, NULL);
    return t;
}

/* "Rapport, bokmål". */
static const char *
name_of(struct page *p, const struct round_text *t)
{
    const struct publication_text as = { .name = t->name, .lang = t->lang };

    return PAGE_TEXT(p, "publish.text_in", publish_name(p, &as),
                     publish_lang_name(p, t->lang));
}

static const char *
path_of(struct page *p, const char *kind, const struct round_text *t)
{
    return arena_printf(p->arena, "%s/%s/%s.%s", publish_base(p), kind,
                        t->name, lang_code(t->lang));
}

static void
put_text(struct page *p, const struct round_text *t)
{
    view_text(p->view, "name", name_of(p, t));
    view_text(p->view, "text_href", path_of(p, "texts", t));
    view_text(p->view, "versions", path_of(p, "versions", t));
    view_int(p->view, "seen", t->version);
    view_flag(p->view, "locked", t->locked);
    p->title = arena_printf(p->arena, "%s: %s", name_of(p, t),
                            msg_text(p->lang, "publish.versions"));
}

/* What was done: "Lagret", "Gjenopprettet versjon 3", "Publisert og låst",
 * "Låst opp". */
static const char *
act_text(struct page *p, const struct round_text_version *v)
{
    static const char *const acts[] = {
        [ROUND_TEXT_SAVED] = "publish.act_saved",
        [ROUND_TEXT_RESTORED] = "publish.act_restored",
        [ROUND_TEXT_LOCKED] = "publish.act_locked",
        [ROUND_TEXT_UNLOCKED] = "publish.act_unlocked"
    };

    return PAGE_TEXT(p, acts[v->act],
                     arena_printf(p->arena, "%d", v->from));
}

void
page_publish_versions(struct page *p)
{
    const struct round_text *t = asked_text(p);
    const struct round_text_version *v;
    struct view *list = view_list(p->view, "list");
    int count;

    if (t == NULL)
        return;
    if (!round_text_versions(p->store, p->round->round, t, p->arena, &v,
                             &count, &p->err)) {
        page_fail(p);
        return;
    }
    put_text(p, t);
    for (int i = 0; i < count; i++) {
        struct view *item = view_item(list);

        view_int(item, "number", v[i].number);
        view_text(item, "when", publish_time(p, v[i].at_ms));
        view_text(item, "by", v[i].by);
        view_text(item, "act", act_text(p, &v[i]));
        view_text(item, "reason", v[i].reason);
        view_text(item, "href",
                  arena_printf(p->arena, "%s/%d", path_of(p, "versions", t),
                               v[i].number));
    }
    publish_show(p, PUBLISH_PART_OTHER, "publish_versions");
}

/* The version that the address names; false, and P is answered. */
static bool
asked_version(struct page *p, const struct round_text *t,
              struct round_text_version *v)
{
    int number = setup_number(p->param[2]);

    if (number < 1 || number > t->version) {
        page_refuse(p, 404, NULL);
        return false;
    }
    if (round_text_read(p->store, p->round->round, t, number, p->arena, v,
                        &p->err))
        return true;
    page_fail(p);
    return false;
}

static void
show_version(struct page *p, const struct round_text *t,
             const struct round_text_version *v)
{
    put_text(p, t);
    view_int(p->view, "number", v->number);
    view_text(p->view, "when", publish_time(p, v->at_ms));
    view_text(p->view, "by", v->by);
    view_text(p->view, "act", act_text(p, v));
    view_text(p->view, "reason", v->reason);
    view_text(p->view, "source", v->source);
    view_text(p->view, "lang_code", lang_code(t->lang));
    view_flag(p->view, "restorable", publish_may_prepare(p) && !t->locked
                                     && v->number != t->version);
    view_text(p->view, "post",
              arena_printf(p->arena, "%s/%d", path_of(p, "versions", t),
                           v->number));
    publish_show(p, PUBLISH_PART_OTHER, "publish_version");
}

void
page_publish_version(struct page *p)
{
    const struct round_text *t = asked_text(p);
    struct round_text_version v;

    if (t != NULL && asked_version(p, t, &v))
        show_version(p, t, &v);
}

struct change {
    const struct round_text *t;
    int number, seen;
    const char *reason;
};

static bool
restore(struct page *p, struct store *s, struct opened *round, void *ctx,
        struct err *e)
{
    const struct change *c = ctx;

    return round_text_restore(s, &p->actor, round->round, c->t, c->number,
                              c->seen, e);
}

void
page_publish_restore(struct page *p)
{
    const struct round_text *t = asked_text(p);
    struct round_text_version v;
    struct change c = { .t = t, .seen = publish_number(p, "seen") };

    if (t == NULL || !asked_version(p, t, &v))
        return;
    c.number = v.number;
    if (page_write(p, restore, &c))
        page_redirect_notice(p, "said.publish_restored", "%s",
                             path_of(p, "texts", t));
    else if (page_fault(p, NULL))
        show_version(p, t, &v);
}

static bool
unlock(struct page *p, struct store *s, struct opened *round, void *ctx,
       struct err *e)
{
    const struct change *c = ctx;

    return round_text_unlock(s, &p->actor, round->round, c->t, c->reason, e);
}

void
page_publish_unlock(struct page *p)
{
    const struct round_text *t = asked_text(p);
    struct change c = { .t = t, .reason = setup_text(p, "reason") };

    if (t == NULL)
        return;
    if (page_write(p, unlock, &c))
        page_redirect_notice(p, "said.publish_unlocked", "%s",
                             path_of(p, "texts", t));
    else
        page_fail(p);
}

static bool
remove_text(struct page *p, struct store *s, struct opened *round,
            void *ctx, struct err *e)
{
    const struct change *c = ctx;

    return round_text_remove(s, &p->actor, round->round, c->t, c->seen, e);
}

/* A text of a kept name is the program's again; another one is gone. */
void
page_publish_remove(struct page *p)
{
    const struct round_text *t = asked_text(p);
    struct change c = { .t = t, .seen = publish_number(p, "seen") };

    if (t == NULL)
        return;
    if (page_write(p, remove_text, &c))
        page_redirect_notice(p, "said.publish_removed", "%s",
                             publish_base(p));
    else
        page_fail(p);
}
