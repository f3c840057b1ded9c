/* page_setup_local.c - see page_setup_local.h. */
#include "web/page_setup_local.h"
#include <string.h>
#include "base/msg.h"

bool
setup_local_read(struct store *s, const struct round *r, struct arena *arena,
                 struct setup_local *out, struct err *e)
{
    if (!round_definition(s, r, 0, arena, &out->definition, e)
        || !local_read(out->definition.text, out->definition.len, arena,
                       &out->local, e))
        return false;
    out->switched_on = out->definition.switched_on;
    return true;
}

/* ROUND may have NEW in the stead of what it has. */
static bool
may_follow(const struct opened *round, const struct definition *new,
           struct err *e)
{
    struct instrument *in;
    bool ok;

    if (!round_instrument(new, round->round, &in, e))
        return false;
    ok = local_may_follow(round->in, in, round->round->next_number > 1, e);
    instrument_free(in);
    return ok;
}

bool
setup_local_define(struct page *p, struct store *s, struct opened *round,
                   const struct setup_local *l, struct err *e)
{
    const struct definition *old = &l->definition;
    struct definition new = { .switched_on = l->switched_on };
    struct buf text;
    bool ok, same;

    if (round->round->status == ROUND_CLOSED)
        return err_set(e, ERR_INPUT, "setup.closed", "%s", round->round->id);
    buf_init(&text, DEFINITION_MAX + 1);
    ok = local_write(old->text, old->len, &l->local, &text, e);
    new.text = buf_string(&text);
    new.len = text.len;
    same = ok && new.len == old->len
           && memcmp(new.text, old->text, new.len) == 0
           && strcmp(new.switched_on, old->switched_on) == 0;
    ok = ok && (same || (may_follow(round, &new, e)
                         && round_define(s, &p->actor, round->round, &new,
                                         e)));
    buf_clear(&text);
    return ok;
}

/* Where ID stands as a word of LIST, NULL if it does not. */
static const char *
word_at(const char *list, const char *id)
{
    size_t n = strlen(id);

    for (const char *at = list; *at != '\0';) {
        size_t len = strcspn(at, " ");

        if (len == n && strncmp(at, id, n) == 0)
            return at;
        at += len + strspn(at + len, " ");
    }
    return NULL;
}

bool
setup_word_in(const char *list, const char *id)
{
    return word_at(list, id) != NULL;
}

const char *
setup_word_set(struct page *p, const char *list, const char *id, bool in)
{
    const char *at = word_at(list, id), *rest;

    if (in == (at != NULL))
        return list;
    if (in)
        return *list == '\0' ? id
                             : arena_printf(p->arena, "%s %s", list, id);
    rest = at + strlen(id);
    rest += strspn(rest, " ");
    if (*rest == '\0' && at > list)
        at--;
    return arena_printf(p->arena, "%.*s%s", (int)(at - list), list, rest);
}

void
setup_languages(struct page *p, struct view *list, const char *name,
                const char *label, enum setup_kind kind, int max,
                const struct label *has, const struct setup_bad *bad)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct setup_field f = {
            .name = arena_printf(p->arena, "%s-%s", name, lang_code(i)),
            .label = label, .kind = kind, .max = max
        };
        const char *value = has != NULL && has->in[i] != NULL ? has->in[i]
                                                              : "";
        struct view *item = setup_field(p, list, &f, value, bad);

        view_text(item, "label",
                  PAGE_TEXT(p, "setup.in_language", msg_text(p->lang, label),
                            msg_text(i, "page.language_name")));
        if (i > 0)
            view_text(item, "help", "");
        view_int(item, "rows", 2);
    }
}

struct label
setup_languages_typed(struct page *p, const char *name)
{
    struct label l;

    for (int i = 0; i < LANG_COUNT; i++)
        l.in[i] = setup_text(p, arena_printf(p->arena, "%s-%s", name,
                                             lang_code(i)));
    return l;
}
