/* page_setup_texts.c - the municipality's own help texts: for a question,
 * for each of its answers, for each colour of an area. They stand beside the
 * definition's own, which are shown here and stay as they are. */
#include <string.h>
#include "base/msg.h"
#include "web/page_setup_local.h"
#include "web/pages.h"

static bool
has_text(const struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL && *l->in[i] != '\0')
            return true;
    return false;
}

/* A question that somebody sees: no tick of a service, none that the program
 * fills in by itself. */
static bool
is_question(const struct variable *v)
{
    return v->service < 0
           && (v->role == ROLE_NONE || v->role == ROLE_SEX
               || v->role == ROLE_BIRTH_YEAR || v->role == ROLE_IDENT
               || v->role == ROLE_TIER || v->role == ROLE_UNIT);
}

static int
colour_count(const struct instrument *in, const struct variable *v)
{
    return v->kind == KIND_SCORE && v->colours != NULL
           ? in->scale[in->scale_count - 1].grade + 1 : 0;
}

static int
code_count(const struct variable *v)
{
    return v->kind == KIND_CODE && !v->of_units ? v->code_count : 0;
}

static int
own_texts(const struct instrument *in, const struct variable *v)
{
    int count = has_text(&v->local_help);

    for (int i = 0; i < code_count(v); i++)
        count += has_text(&v->codes[i].local_help);
    for (int i = 0; i < colour_count(in, v); i++)
        count += has_text(&v->colours[i].local_help);
    return count;
}

void
page_setup_texts(struct page *p)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "questions");

    for (int i = 0; i < in->entered_count; i++) {
        const struct variable *v = &in->variables[i];
        struct view *item;

        if (!is_question(v))
            continue;
        item = view_item(list);
        view_text(item, "question", setup_label(p, &v->label));
        view_text(item, "tab", setup_label(p, &in->tabs[v->tab].label));
        view_int(item, "own", own_texts(in, v));
        view_flag(item, "off", v->off);
        view_text(item, "href",
                  arena_printf(p->arena, "/rounds/%s/setup/texts/%s",
                               p->round->round->id, v->id));
    }
    setup_show(p, SETUP_TEXTS, "setup_texts");
}

/* --- one question */

static const struct variable *
asked(struct page *p, const struct instrument *in)
{
    int v = instrument_variable(in, p->param[1], strlen(p->param[1]));

    return v >= 0 && v < in->entered_count && is_question(&in->variables[v])
           ? &in->variables[v] : NULL;
}

static void
put_group(struct page *p, struct view *groups, const char *legend,
          const char *base, const char *name, const struct label *has,
          const struct setup_bad *bad)
{
    struct view *group = view_item(groups);

    view_text(group, "legend", legend);
    view_text(group, "base_text", base);
    setup_languages(p, view_list(group, "fields"), name, "setup.own_text",
                    SETUP_AREA, LOCAL_TEXT_MAX, has, bad);
}

static const char *
colour_name(struct page *p, const struct instrument *in, int grade)
{
    return arena_printf(p->arena, "colour-%s", in->grades[grade].id);
}

/* As it was written: the instrument fills in what a language lacks. */
static const struct label *
own(const struct setup_local *l, const char *at)
{
    const struct local_text *text = local_text_of(&l->local, at);

    return text != NULL ? &text->help : NULL;
}

static void
show(struct page *p, const struct setup_bad *bad)
{
    const struct instrument *in = p->round->in;
    const struct variable *v = asked(p, in);
    struct view *groups = view_list(p->view, "groups");
    struct setup_local l;

    if (!setup_local_read(p->store, p->round->round, p->arena, &l,
                          &p->err)) {
        page_fail(p);
        return;
    }
    put_group(p, groups, msg_text(p->lang, "setup.text_question"),
              setup_label(p, &v->help), "question", own(&l, v->id), bad);
    for (int i = 0; i < colour_count(in, v); i++) {
        const struct colour *c = &v->colours[i];

        put_group(p, groups,
                  arena_printf(p->arena, "%s: %s",
                               setup_label(p, &in->grades[i].label),
                               setup_label(p, &c->label)),
                  setup_label(p, &c->text), colour_name(p, in, i),
                  own(&l, arena_printf(p->arena, "%s.%s", v->id,
                                       in->grades[i].id)), bad);
    }
    for (int i = 0; i < code_count(v); i++)
        put_group(p, groups, setup_label(p, &v->codes[i].label),
                  setup_label(p, &v->codes[i].help),
                  arena_printf(p->arena, "code-%s", v->codes[i].id),
                  own(&l, arena_printf(p->arena, "%s.%s", v->id,
                                       v->codes[i].id)), bad);
    view_text(p->view, "question_title", setup_label(p, &v->label));
    view_text(p->view, "post",
              arena_printf(p->arena, "/rounds/%s/setup/texts/%s",
                           p->round->round->id, v->id));
    setup_show(p, SETUP_TEXTS, "setup_text");
}

void
page_setup_text(struct page *p)
{
    if (asked(p, p->round->in) == NULL)
        page_refuse(p, 404, NULL);
    else
        show(p, NULL);
}

static void
take(struct page *p, struct local *l, const char *at, const char *name)
{
    const struct local_text text = {
        .at = at, .help = setup_languages_typed(p, name)
    };

    local_set_text(l, p->arena, &text);
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    const struct instrument *in = round->in;
    const struct variable *v = asked(p, in);
    struct setup_local l;

    (void)ctx;
    if (!setup_local_read(s, round->round, p->arena, &l, e))
        return false;
    take(p, &l.local, v->id, "question");
    for (int i = 0; i < colour_count(in, v); i++)
        take(p, &l.local, arena_printf(p->arena, "%s.%s", v->id,
                                       in->grades[i].id),
             colour_name(p, in, i));
    for (int i = 0; i < code_count(v); i++)
        take(p, &l.local, arena_printf(p->arena, "%s.%s", v->id,
                                       v->codes[i].id),
             arena_printf(p->arena, "code-%s", v->codes[i].id));
    return setup_local_define(p, s, round, &l, e);
}

void
page_setup_text_save(struct page *p)
{
    if (asked(p, p->round->in) == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    if (setup_write(p, save, NULL, show))
        setup_done(p, "texts");
}
