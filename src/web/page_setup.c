/* page_setup.c - see page_setup.h: showing and saving a section. */
#include "web/page_setup.h"
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "web/asset.h"

static const char *const words[SETUP_SECTIONS] = {
    [SETUP_FACTS] = "facts", [SETUP_UNITS] = "units",
    [SETUP_LAWFUL] = "lawful", [SETUP_SWITCHES] = "switches",
    [SETUP_SERVICES] = "services", [SETUP_TEXTS] = "texts",
    [SETUP_SCHEDULE] = "schedule", [SETUP_EXPECTED] = "expected",
    [SETUP_LISTS] = "lists", [SETUP_MAPPERS] = "mappers",
    [SETUP_OPTOUTS] = "optouts", [SETUP_STATUS] = "status"
};

const char *
setup_word(enum setup_section section)
{
    return words[section];
}

/* The path of SECTION; mappers have one that leaders may open, too. */
static const char *
path_of(struct page *p, enum setup_section section)
{
    return arena_printf(p->arena, "/rounds/%s/%s%s", p->round->round->id,
                        section == SETUP_MAPPERS ? "" : "setup/",
                        words[section]);
}

static const char *
title_of(struct page *p, enum setup_section section)
{
    return msg_text(p->lang, arena_printf(p->arena, "setup.title_%s",
                                          words[section]));
}

bool
setup_sections(struct page *p, int here)
{
    struct setup_state state[SETUP_SECTIONS];
    struct view *list;

    if (!setup_states(p, state))
        return false;
    view_flag(p->view, "sided", here >= 0);
    list = view_list(p->view, "sections");
    for (int i = 0; i < SETUP_SECTIONS; i++) {
        struct view *item = view_item(list);

        view_text(item, "href", path_of(p, i));
        view_text(item, "text", title_of(p, i));
        view_text(item, "note", state[i].note);
        view_flag(item, "full", state[i].kind == SETUP_FULL);
        view_flag(item, "lacks", state[i].kind == SETUP_LACKS);
        view_flag(item, "here", i == here);
    }
    return true;
}

void
setup_show(struct page *p, enum setup_section section, const char *template)
{
    const struct round *r = p->round->round;
    bool training = r->training_of[0] != '\0';

    p->title = title_of(p, section);
    view_text(p->view, "heading", p->title);
    view_text(p->view, "lead",
              msg_text(p->lang, arena_printf(p->arena, "setup.title_%s.lead",
                                             words[section])));
    view_text(p->view, "base", arena_printf(p->arena, "/rounds/%s/setup",
                                            r->id));
    view_text(p->view, "action", p->request->path);
    view_flag(p->view, "locked", r->status == ROUND_CLOSED
                               && section != SETUP_STATUS
                               && section != SETUP_OPTOUTS);
    view_item_text(view_list(p->view, "scripts"), asset_url("setup.js"));
    if (!training && page_power(p, RIGHT_SET_UP).reach != REACH_NONE
        && !setup_sections(p, (int)section)) {
        page_fail(p);
        return;
    }
    page_show(p, template);
}

struct writing {
    bool (*work)(struct page *p, struct store *s, struct opened *round,
                 void *ctx, struct err *e);
    void *ctx;
};

static bool
write_round(struct page *p, struct store *s, struct opened *round, void *ctx,
            struct err *e)
{
    const struct writing *w = ctx;

    page_round_changed(p);
    return w->work(p, s, round, w->ctx, e);
}

/* What an error calls a service or category, with its prefix or without. */
static const char *
service_name(struct page *p, const char *id)
{
    const struct instrument *in = p->round->in;
    const char *at = strchr(id, '.') != NULL ? strchr(id, '.') + 1 : id;

    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];

        if (strcmp(c->id, at) == 0)
            return setup_label(p, &c->label);
        for (int j = 0; j < c->service_count; j++)
            if (strcmp(c->services[j].id, at) == 0)
                return setup_label(p, &c->services[j].label);
    }
    return NULL;
}

/* The question ID, or "question: answer" of one of its codes. */
static const char *
question_name(struct page *p, const char *id)
{
    const struct instrument *in = p->round->in;
    size_t n = strcspn(id, ".");
    int i = instrument_variable(in, id, n), code;
    const struct variable *v;

    if (i < 0)
        return service_name(p, id);
    v = &in->variables[i];
    code = id[n] == '.' ? variable_code(v, id + n + 1, strlen(id + n + 1))
                        : -1;
    if (code < 0)
        return setup_label(p, &v->label);
    return arena_printf(p->arena, "%s: %s", setup_label(p, &v->label),
                        setup_label(p, &v->codes[code].label));
}

/* Fields that the store calls by their names. */
static const struct { const char *id, *label; } fields[] = {
    { "title", "setup.facts_title" }, { "name", "setup.unit_name" },
    { "year", "setup.new_year" }, { "period", "setup.new_period" },
    { "from_age", "setup.new_from_age" }
};

/* What an error calls by its id, as people call it; NULL: as it is. */
static const char *
name_of(struct page *p, const char *id)
{
    const struct round *r = p->round != NULL ? p->round->round : NULL;
    int unit;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].id, id) == 0)
            return msg_text(p->lang, fields[i].label);
    if (r == NULL)
        return NULL;
    if (lawful_field_of(id) >= 0)
        return msg_text(p->lang, arena_printf(p->arena, "setup.lawful.%s",
                                              id));
    if (strcmp(id, r->id) == 0)
        return r->title;
    unit = round_unit(r, id);
    return unit >= 0 ? r->units[unit].name : question_name(p, id);
}

/* NAME, cut where a character ends. */
static void
put_name(char arg[ERR_ARG_MAX], const char *name)
{
    size_t n = strlen(name);

    if (n >= ERR_ARG_MAX)
        n = ERR_ARG_MAX - 1;
    while (n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80)
        n--;
    memcpy(arg, name, n);
    arg[n] = '\0';
}

/* Takes the error's place and names out of its words, which are for files.
 * The field it is about, or NULL. */
static const char *
take_field(struct page *p)
{
    const char *field = p->err.field[0] != '\0'
                        ? arena_text(p->arena, p->err.field) : NULL;

    p->err.field[0] = '\0';
    p->err.at = (struct pos){ NULL, 0, 0 };
    for (int i = 0; i < p->err.args; i++) {
        const char *name = name_of(p, p->err.arg[i]);

        if (field == NULL && name != NULL
            && lawful_field_of(p->err.arg[i]) >= 0)
            field = arena_text(p->arena, p->err.arg[i]);
        if (name != NULL)
            put_name(p->err.arg[i], name);
    }
    return field;
}

bool
setup_write(struct page *p,
            bool (*work)(struct page *p, struct store *s,
                         struct opened *round, void *ctx, struct err *e),
            void *ctx,
            void (*show)(struct page *p, const struct setup_bad *bad))
{
    struct writing w = { work, ctx };
    struct setup_bad bad = { 0 };
    struct buf text;

    if (page_write(p, write_round, &w))
        return true;
    if (p->err.code == ERR_INPUT) {
        bad.field = take_field(p);
        buf_init(&text, 0);
        msg_error(&text, p->lang, &p->err);
        bad.text = arena_text(p->arena, buf_string(&text));
        buf_clear(&text);
    }
    if (page_fault(p, bad.field))
        show(p, &bad);
    return false;
}

void
setup_refuse(struct page *p, const char *field, const char *key,
             void (*show)(struct page *p, const struct setup_bad *bad))
{
    struct setup_bad bad = { field, msg_text(p->lang, key) };

    page_fault_text(p, field, bad.text);
    show(p, &bad);
}

void
setup_done(struct page *p, const char *where)
{
    page_redirect_notice(p, "said.setup_saved", "/rounds/%s/setup/%s",
                         p->round->round->id, where);
}

const char *
setup_label(const struct page *p, const struct label *l)
{
    if (l->in[p->lang] != NULL && *l->in[p->lang] != '\0')
        return l->in[p->lang];
    for (int i = 0; i < LANG_COUNT; i++)
        if (l->in[i] != NULL && *l->in[i] != '\0')
            return l->in[i];
    return "";
}

const char *
setup_date_short(struct page *p, int32_t day)
{
    int year, month, mday;

    day_to_date(day, &year, &month, &mday);
    return PAGE_TEXT(p, "setup.day_month",
                     arena_printf(p->arena, "%d", mday),
                     arena_printf(p->arena, "%d", month));
}

const char *
setup_date(struct page *p, int32_t day, bool weekday)
{
    int year, month, mday;
    const char *text;

    if (day == DAY_NONE)
        return "";
    day_to_date(day, &year, &month, &mday);
    text = PAGE_TEXT(p, "setup.day_month_year",
                     arena_printf(p->arena, "%d", mday),
                     arena_printf(p->arena, "%d", month),
                     arena_printf(p->arena, "%d", year));
    if (!weekday)
        return text;
    return arena_printf(p->arena, "%s %s",
                        msg_text(p->lang, arena_printf(
                                     p->arena, "setup.weekday_long_%d",
                                     day_weekday(day))), text);
}

/* What a letter becomes in an id: "" nothing, "_" between words. */
static const char *
slug_of(int32_t c, char plain[2])
{
    static const struct { int32_t c; const char *text; } letters[] = {
        { 0xE6, "ae" }, { 0xC6, "ae" }, { 0xF8, "o" }, { 0xD8, "o" },
        { 0xE5, "a" }, { 0xC5, "a" }, { 0xE4, "a" }, { 0xF6, "o" },
        { 0xE9, "e" }, { 0xE8, "e" }, { 0xC9, "e" }, { 0x10D, "c" },
        { 0xE1, "a" }, { 0x161, "s" }, { 0x17E, "z" }, { 0x111, "d" },
        { 0x14B, "n" }, { 0x167, "t" }
    };

    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        plain[0] = (char)c;
        return plain;
    }
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].c == c)
            return letters[i].text;
    return c == ' ' || c == '-' || c == '/' || c == '_' || c == ',' ? "_"
                                                                    : "";
}

const char *
setup_slug(struct page *p, const char *name, int max)
{
    const char *end = name + strlen(name);
    char *out = arena_take(p->arena, (size_t)max + 1), plain[2] = "";
    int n = 0;

    while (name < end) {
        const char *part = slug_of(utf8_next(&name, end), plain);

        if (*part == '_' && (n == 0 || out[n - 1] == '_'))
            continue;
        if (n == 0 && *part >= '0' && *part <= '9')
            out[n++] = 'x';
        for (; *part != '\0' && n < max; part++)
            out[n++] = *part;
    }
    while (n > 0 && out[n - 1] == '_')
        n--;
    out[n] = '\0';
    return n > 0 ? out : "x";
}
