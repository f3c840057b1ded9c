/* slips.c - see slips.h. */
#include "web/slips.h"
#include "base/msg.h"
#include "web/grant_view.h"

bool
slips_make(struct store *s, const struct actor *actor, struct slip *list,
           int count, int64_t until_ms, struct err *e)
{
    for (int i = 0; i < count; i++) {
        struct slip *one = &list[i];

        if (one->reset ? !account_reset(s, actor, one->account, until_ms,
                                        one->code, e)
                       : !slip_make(s, actor, one->account, until_ms,
                                    one->code, e))
            return false;
    }
    return true;
}

/* Where it is to be typed, as this reader reached us. */
static const char *
address(struct page *p)
{
    const char *host = request_header(p->x, "Host");

    return arena_printf(p->arena, "%s://%s/login/slip",
                        p->request->secure ? "https" : "http",
                        host != NULL ? host : "");
}

void
slips_show(struct page *p, const struct slip *list, int count,
           int64_t until_ms, const char *back)
{
    struct view *slips = view_list(p->view, "slips");

    for (int i = 0; i < count; i++) {
        struct view *item = view_item(slips);

        view_text(item, "account", list[i].account);
        view_text(item, "who", list[i].name);
        view_text(item, "code", list[i].code);
    }
    view_text(p->view, "address", address(p));
    view_text(p->view, "until", when_minute(p, until_ms));
    view_text(p->view, "on", back);
    p->title = msg_text(p->lang, "account.slips_title");
    p->body = "is-print";
    page_show(p, "slips");
}
