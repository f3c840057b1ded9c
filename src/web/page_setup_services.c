/* page_setup_services.c - the services under the fixed categories: listed,
 * added, renamed, given examples, switched off.
 *
 * A new name is one of two things. It says the same better: then it is a
 * name, and the service counts as before. Or something else is counted: then
 * it is a new service, with a code of its own that says which it replaces,
 * so that two years are never compared as if they were one. The page asks
 * which. */
#include <string.h>
#include "base/msg.h"
#include "web/page_setup_local.h"
#include "web/pages.h"

enum { CODE_ROOM = 5 };         /* of a code, for what makes it new */

static const struct service *
service_of(const struct instrument *in, const char *code,
           const struct category **category)
{
    for (int i = 0; i < in->category_count; i++)
        for (int j = 0; j < in->categories[i].service_count; j++)
            if (strcmp(in->categories[i].services[j].id, code) == 0) {
                if (category != NULL)
                    *category = &in->categories[i];
                return &in->categories[i].services[j];
            }
    return NULL;
}

static bool
same_label(const struct label *a, const struct label *b)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        const char *x = a->in[i] != NULL ? a->in[i] : "";
        const char *y = b->in[i] != NULL ? b->in[i] : "";

        if (strcmp(x, y) != 0)
            return false;
    }
    return true;
}

static bool
has_text(const struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL && *l->in[i] != '\0')
            return true;
    return false;
}

/* --- the list */

static void
put_service(struct page *p, struct view *list, const struct service *s)
{
    struct view *item = view_item(list);
    const struct service *old = s->replaces != NULL
        ? service_of(p->round->in, s->replaces, NULL) : NULL;
    bool renamed = !s->added && !same_label(&s->label, &s->base_label);

    view_text(item, "service", setup_label(p, &s->label));
    view_text(item, "examples",
              setup_label(p, has_text(&s->local_examples)
                             ? &s->local_examples : &s->examples));
    view_flag(item, "off", s->off);
    view_flag(item, "added", s->added);
    view_text(item, "was", renamed ? setup_label(p, &s->base_label) : "");
    view_text(item, "replaces", old != NULL ? setup_label(p, &old->label)
                                            : "");
    view_text(item, "href",
              arena_printf(p->arena, "/rounds/%s/setup/services/%s",
                           p->round->round->id, s->id));
}

static void
put_categories(struct page *p)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "categories");

    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];
        struct view *item = view_item(list), *services;

        view_text(item, "category", setup_label(p, &c->label));
        view_text(item, "purpose", setup_label(p, &c->purpose));
        view_text(item, "new_href",
                  arena_printf(p->arena, "/rounds/%s/setup/service/%s",
                               p->round->round->id, c->id));
        view_flag(item, "off", c->off);
        services = view_list(item, "services");
        for (int j = 0; j < c->service_count; j++)
            put_service(p, services, &c->services[j]);
    }
}

void
page_setup_services(struct page *p)
{
    put_categories(p);
    setup_show(p, SETUP_SERVICES, "setup_services");
}

/* --- the fields of a service */

static void
put_group(struct page *p, struct view *groups, const char *key,
          const char *base, const char *name, enum setup_kind kind, int max,
          const struct label *has, const struct setup_bad *bad)
{
    struct view *group = view_item(groups);

    view_text(group, "legend", msg_text(p->lang, key));
    view_text(group, "base_text", base);
    setup_languages(p, view_list(group, "fields"), name, key, kind, max, has,
                    bad);
}

/* The code of a service that is named so, new in the definition. */
static const char *
new_code(struct page *p, const struct instrument *in, const char *name)
{
    const char *slug = setup_slug(p, name, SERVICE_CODE_MAX - CODE_ROOM);
    const char *code = slug;

    for (int n = 2;; n++) {
        const char *tick = arena_printf(p->arena, "svc_%s_r", code);

        if (service_of(in, code, NULL) == NULL
            && instrument_variable(in, code, strlen(code)) < 0
            && instrument_variable(in, tick, strlen(tick)) < 0)
            return code;
        code = arena_printf(p->arena, "%s_%d", slug, n);
    }
}

/* The first of the three names. */
static const char *
any_name(const struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i][0] != '\0')
            return l->in[i];
    return "";
}

/* --- a new one */

static const struct category *
asked_category(struct page *p)
{
    const struct instrument *in = p->round->in;

    for (int i = 0; i < in->category_count; i++)
        if (strcmp(in->categories[i].id, p->param[1]) == 0)
            return &in->categories[i];
    return NULL;
}

static void
show_new(struct page *p, const struct setup_bad *bad)
{
    const struct category *c = asked_category(p);
    struct view *groups = view_list(p->view, "groups");

    put_group(p, groups, "setup.service_name", NULL, "label", SETUP_LINE,
              LOCAL_LABEL_MAX, NULL, bad);
    put_group(p, groups, "setup.service_examples", NULL, "examples",
              SETUP_AREA, LOCAL_TEXT_MAX, NULL, bad);
    view_text(p->view, "service_title",
              PAGE_TEXT(p, "setup.service_new_in",
                        setup_label(p, &c->label)));
    view_text(p->view, "post",
              arena_printf(p->arena, "/rounds/%s/setup/service/%s",
                           p->round->round->id, c->id));
    setup_show(p, SETUP_SERVICES, "setup_service");
}

void
page_setup_service_new(struct page *p)
{
    if (asked_category(p) == NULL)
        page_refuse(p, 404, NULL);
    else
        show_new(p, NULL);
}

static bool
add(struct page *p, struct store *s, struct opened *round, void *ctx,
    struct err *e)
{
    struct local_service *new = ctx;
    struct setup_local l;

    if (!setup_local_read(s, round->round, p->arena, &l, e))
        return false;
    new->code = new_code(p, round->in, any_name(&new->label));
    local_set_service(&l.local, p->arena, new);
    return setup_local_define(p, s, round, &l, e);
}

void
page_setup_service_add(struct page *p)
{
    struct local_service new = { .category = p->param[1] };

    if (asked_category(p) == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    new.label = setup_languages_typed(p, "label");
    new.examples = setup_languages_typed(p, "examples");
    if (!has_text(&new.label))
        setup_refuse(p, "label-nb", "setup.service_name_needed", show_new);
    else if (setup_write(p, add, &new, show_new))
        setup_done(p, "services");
}

/* --- one that there is */

struct change {
    struct label label, examples, help;
    bool offered, counts_else, remove;
};

/* An entry of the bare code, as one may write by hand where no question has
 * that name, becomes one of the full name. */
static void
spell_out(struct page *p, struct local *l, const char *code, const char *at)
{
    const struct local_text *text = local_text_of(l, code);
    const struct local_name *name = local_name_of(l, code);

    if (instrument_variable(p->round->in, code, strlen(code)) >= 0)
        return;
    if (text != NULL) {
        struct local_text new = *text, none = { .at = code };

        new.at = at;
        local_set_text(l, p->arena, &none);
        local_set_text(l, p->arena, &new);
    }
    if (name != NULL) {
        struct local_name new = *name, none = { .at = code };

        new.at = at;
        local_set_name(l, p->arena, &none);
        local_set_name(l, p->arena, &new);
    }
    if (local_is_off(l, code)) {
        local_set_off(l, p->arena, code, false);
        local_set_off(l, p->arena, at, true);
    }
}

/* The texts of S as they were written: the instrument fills in what a
 * language lacks. */
static bool
read_written(struct page *p, const struct service *s, struct change *out)
{
    const char *at = arena_printf(p->arena, "services.%s", s->id);
    const struct local_service *own;
    const struct local_name *name;
    const struct local_text *text;
    struct setup_local l;

    *out = (struct change){ .label = s->base_label };
    if (!setup_local_read(p->store, p->round->round, p->arena, &l, &p->err))
        return false;
    spell_out(p, &l.local, s->id, at);
    own = local_service_of(&l.local, s->id);
    name = local_name_of(&l.local, at);
    text = local_text_of(&l.local, at);
    if (text != NULL) {
        out->help = text->help;
        out->examples = text->examples;
    }
    if (name != NULL)
        out->label = name->label;
    if (own != NULL) {
        out->label = own->label;
        out->examples = own->examples;
    }
    return true;
}

static void
put_meaning(struct page *p)
{
    static const struct setup_field meaning = {
        "meaning", "setup.meaning", SETUP_RADIO, 0, true
    };
    struct view *field = setup_field(p, view_list(p->view, "meaning"),
                                     &meaning, "same", NULL);
    struct view *options = view_list(field, "options");
    const char *chosen = setup_typed(p, "meaning", "same");

    setup_option(options, "same", msg_text(p->lang, "setup.meaning_same"),
                 chosen);
    setup_option(options, "new", msg_text(p->lang, "setup.meaning_new"),
                 chosen);
}

static void
show_one(struct page *p, const struct setup_bad *bad)
{
    static const struct setup_field offered = {
        "offered", "setup.service_offered", SETUP_TICK, 0, false
    };
    const struct service *s = service_of(p->round->in, p->param[1], NULL);
    struct view *groups = view_list(p->view, "groups");
    struct change has;

    if (!read_written(p, s, &has)) {
        page_fail(p);
        return;
    }
    put_group(p, groups, "setup.service_name",
              s->added ? NULL : setup_label(p, &s->base_label), "label",
              SETUP_LINE, LOCAL_LABEL_MAX, &has.label, bad);
    put_group(p, groups, "setup.service_examples",
              s->added ? NULL : setup_label(p, &s->examples), "examples",
              SETUP_AREA, LOCAL_TEXT_MAX, &has.examples, bad);
    put_group(p, groups, "setup.service_help", NULL, "help", SETUP_AREA,
              LOCAL_TEXT_MAX, &has.help, bad);
    if (!s->added)
        put_meaning(p);
    setup_field(p, view_list(p->view, "last"), &offered, s->off ? "" : "1",
                bad);
    view_flag(p->view, "added", s->added);
    view_text(p->view, "service_title", setup_label(p, &s->label));
    view_text(p->view, "post",
              arena_printf(p->arena, "/rounds/%s/setup/services/%s",
                           p->round->round->id, s->id));
    setup_show(p, SETUP_SERVICES, "setup_service");
}

void
page_setup_service(struct page *p)
{
    if (service_of(p->round->in, p->param[1], NULL) == NULL)
        page_refuse(p, 404, NULL);
    else
        show_one(p, NULL);
}

/* A service that was added is changed itself. */
static void
change_added(struct page *p, struct local *l, const struct service *s,
             const struct change *c, const char *at)
{
    struct local_service new = *local_service_of(l, s->id);
    const struct local_text text = { .at = at, .help = c->help };

    new.label = c->label;
    new.examples = c->examples;
    local_set_service(l, p->arena, &new);
    local_set_text(l, p->arena, &text);
}

static void
change_base(struct page *p, struct local *l, const struct service *s,
            const struct change *c, const char *at)
{
    struct local_name name = { .at = at, .label = c->label };
    const struct local_text text = {
        .at = at, .help = c->help, .examples = c->examples
    };

    if (same_label(&c->label, &s->base_label))
        memset(&name.label, 0, sizeof name.label);
    local_set_name(l, p->arena, &name);
    local_set_text(l, p->arena, &text);
}

/* The service S goes, and a new one is counted in its stead. */
static void
replace(struct page *p, const struct instrument *in, struct local *l,
        const struct service *s, const struct category *category,
        const struct change *c)
{
    const struct local_service new = {
        .code = new_code(p, in, any_name(&c->label)),
        .category = category->id, .replaces = s->id, .label = c->label,
        .examples = c->examples
    };
    const struct local_text text = {
        .at = arena_printf(p->arena, "services.%s", new.code),
        .help = c->help
    };

    local_set_service(l, p->arena, &new);
    local_set_text(l, p->arena, &text);
}

static void
apply(struct page *p, const struct instrument *in, struct local *l,
      const struct change *c)
{
    const struct category *category = NULL;
    const struct service *s = service_of(in, p->param[1], &category);
    const char *at = arena_printf(p->arena, "services.%s", s->id);

    spell_out(p, l, s->id, at);
    if (c->remove) {
        const struct local_text text = { .at = at };

        local_set_text(l, p->arena, &text);
        local_set_off(l, p->arena, at, false);
        local_remove_service(l, p->arena, s->id);
        return;
    }
    if (!s->added && c->counts_else) {
        replace(p, in, l, s, category, c);
        return;
    }
    if (s->added)
        change_added(p, l, s, c, at);
    else
        change_base(p, l, s, c, at);
    if (c->offered == s->off)
        local_set_off(l, p->arena, at, !c->offered);
}

static bool
save(struct page *p, struct store *s, struct opened *round, void *ctx,
     struct err *e)
{
    struct setup_local l;

    if (!setup_local_read(s, round->round, p->arena, &l, e))
        return false;
    apply(p, round->in, &l.local, ctx);
    return setup_local_define(p, s, round, &l, e);
}

/* The other service that is counted in the stead of S. */
static bool
is_replaced(const struct instrument *in, const struct service *s)
{
    for (int i = 0; i < in->category_count; i++)
        for (int j = 0; j < in->categories[i].service_count; j++) {
            const char *old = in->categories[i].services[j].replaces;

            if (old != NULL && strcmp(old, s->id) == 0)
                return true;
        }
    return false;
}

void
page_setup_service_save(struct page *p)
{
    const struct service *s = service_of(p->round->in, p->param[1], NULL);
    struct change c = {
        .offered = page_field(p, "offered")[0] != '\0',
        .counts_else = strcmp(page_field(p, "meaning"), "new") == 0,
        .remove = strcmp(page_field(p, "do"), "remove") == 0
    };

    if (s == NULL) {
        page_refuse(p, 404, NULL);
        return;
    }
    c.label = setup_languages_typed(p, "label");
    c.examples = setup_languages_typed(p, "examples");
    c.help = setup_languages_typed(p, "help");
    c.remove = c.remove && s->added;
    if (!has_text(&c.label))
        setup_refuse(p, "label-nb", "setup.service_name_needed", show_one);
    else if (c.counts_else && same_label(&c.label, &s->label))
        setup_refuse(p, "label-nb", "setup.service_name_same", show_one);
    else if (c.offered && s->off && is_replaced(p->round->in, s))
        setup_refuse(p, "offered", "setup.service_replaced", show_one);
    else if (setup_write(p, save, &c, show_one))
        setup_done(p, "services");
}
