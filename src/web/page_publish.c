/* page_publish.c - the overview of a round's publication: what is in it and
 * how far each part has come, the files, what is hidden, what was published
 * before; and the audit. */
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "store/fieldwork.h"
#include "store/publishing.h"
#include "web/page_publish.h"
#include "web/page_setup.h"
#include "web/pages.h"
#include "web/publish_view.h"
#include "web/results.h"

static const char *
number_text(struct page *p, int64_t n)
{
    return format_int(p->arena, p->lang, n);
}

/* ---- what is in it ---- */

/* How far a text has come: key of the tag's words, and its class. */
static void
put_state(struct page *p, struct view *item, const struct publish *u,
          const struct publication_text *t)
{
    const struct round_text *s = t->stored;
    bool out = publish_is_out(u, t->name, t->lang);
    const char *state = t->text == NULL ? "fault"
                        : s != NULL && s->locked && out ? "published"
                        : s != NULL && s->locked ? "locked"
                        : s != NULL ? "draft" : "template";

    view_text(item, "state",
              msg_text(p->lang, arena_printf(p->arena, "publish.state_%s",
                                             state)));
    view_flag(item, "ok", strcmp(state, "published") == 0
                          || strcmp(state, "locked") == 0);
    view_flag(item, "warn", t->text == NULL);
    view_text(item, "note", s == NULL ? msg_text(p->lang, "publish.unsaved")
              : PAGE_TEXT(p, "publish.version_by",
                          arena_printf(p->arena, "%d", s->version),
                          publish_time(p, s->at_ms), s->by));
}

static void
put_texts(struct page *p, const struct publish *u, enum lang lang)
{
    struct view *list = view_list(p->view, "texts");

    for (int i = 0; i < u->texts.count; i++) {
        const struct publication_text *t = &u->texts.text[i];
        struct view *item;

        if (t->lang != lang)
            continue;
        item = view_item(list);
        view_text(item, "text", publish_name(p, t));
        view_text(item, "href", arena_printf(p->arena, "%s/texts/%s",
                                             publish_base(p),
                                             publish_id(p, t)));
        put_state(p, item, u, t);
        if (t->text != NULL)
            publish_put_files(p, item, text_kind(t->text), t->name, lang);
        else
            view_list(item, "files");
    }
}

static void
put_reports(struct page *p, const struct publish *u, enum lang lang)
{
    const struct instrument *in = p->round->in;
    struct view *list = view_list(p->view, "reports");

    for (int i = 0; i < in->report_count; i++) {
        const struct report_def *r = &in->reports[i];
        struct view *item;
        bool out;

        if (r->scope != SCOPE_RECIPIENTS)
            continue;
        item = view_item(list);
        out = publish_is_out(u, r->id, lang);
        view_text(item, "text", r->title.in[p->lang]);
        view_flag(item, "ok", out);
        view_text(item, "state",
                  msg_text(p->lang, out ? "publish.state_published"
                                        : "publish.state_always"));
        publish_put_files(p, item, DOC_TABLES, r->id, lang);
    }
}

/* What the release hides, or why there can be none. Whether what was
 * published last is what would be published now. */
static bool
put_release(struct page *p, const struct publish *u, enum lang lang)
{
    const struct publish_wish wish = { .lang = lang };
    const struct document *doc;
    struct publication made;
    bool ok = publish_make(p, u, &wish, &made, &doc);

    if (ok) {
        struct release_stats s = release_stats(made.release);
        char hash[65];
        int count;

        view_text(p->view, "numbers",
                  PAGE_TEXT(p, "publish.numbers", number_text(p, s.numbers),
                            number_text(p, s.hidden),
                            number_text(p, s.sensitive),
                            number_text(p, u->rule.threshold)));
        release_ledger(made.release, p->arena, &count, hash);
        if (u->release_count > 0)
            view_flag(p->view, "changed",
                      strcmp(u->release[u->release_count - 1].hash,
                             hash) != 0);
    } else if (p->err.code == ERR_INPUT) {
        publish_put_error(p, view_object(p->view, "fault"), &p->err);
        err_clear(&p->err);
        ok = true;
    }
    publication_clear(&made);
    return ok;
}

/* ---- what was ---- */

/* "report (nb): docx, pdf; slides (nb): pptx". */
static const char *
files_of(struct page *p, const struct publish *u, int release)
{
    const struct round_release_file *last = NULL;
    const char *out = "";

    for (int i = 0; i < u->file_count; i++) {
        const struct round_release_file *f = &u->file[i];

        if (f->release != release)
            continue;
        if (last != NULL && strcmp(last->document, f->document) == 0
            && strcmp(last->lang, f->lang) == 0)
            out = arena_printf(p->arena, "%s, %s", out, f->format);
        else
            out = arena_printf(p->arena, "%s%s%s (%s): %s", out,
                               last != NULL ? "; " : "", f->document,
                               f->lang, f->format);
        last = f;
    }
    return out;
}

static void
put_releases(struct page *p, const struct publish *u)
{
    struct view *list = view_list(p->view, "releases");

    for (int i = u->release_count - 1; i >= 0; i--) {
        const struct round_release *r = &u->release[i];
        struct view *item = view_item(list);

        view_int(item, "number", r->number);
        view_text(item, "when", publish_time(p, r->at_ms));
        view_text(item, "by", r->by);
        view_text(item, "numbers", number_text(p, r->numbers));
        view_text(item, "hidden", number_text(p, r->hidden));
        view_text(item, "files", files_of(p, u, r->number));
    }
}

static bool
put_brand(struct page *p)
{
    struct view *list = view_list(p->view, "brands");

    for (int i = 0; i < BRAND_KINDS; i++) {
        const struct round_brand *b;
        struct view *item;

        if (!brand_get(p->store, p->round->round, (enum brand_kind)i, false,
                       p->arena, &b, &p->err))
            return false;
        if (b == NULL)
            continue;
        item = view_item(list);
        view_text(item, "text", b->name);
        view_text(item, "when", publish_time(p, b->added_ms));
        view_text(item, "by", b->added_by);
    }
    view_text(p->view, "brand_command",
              arena_printf(p->arena, "brukerplan brand STORE %s --pptx "
                           "FILE.pptx --docx FILE.docx",
                           p->round->round->id));
    return true;
}

static bool
put_checks(struct page *p)
{
    struct publishing now;
    int done = 0;

    if (!publishing_get(p->store, p->round->round, p->arena, &now, &p->err))
        return false;
    for (int i = 0; i < now.count[PUBLISH_CHECKS]; i++)
        done += now.item[PUBLISH_CHECKS][i].done_ms != 0;
    view_text(p->view, "checks",
              now.count[PUBLISH_CHECKS] == 0
              ? msg_text(p->lang, "publish.checks_none")
              : PAGE_TEXT(p, "publish.done_count", number_text(p, done),
                          number_text(p, now.count[PUBLISH_CHECKS])));
    if (now.embargo_ms != 0)
        view_text(p->view, "embargo", publish_time(p, now.embargo_ms));
    return true;
}

/* ---- the rule for small numbers ---- */

static const struct {
    enum setting setting;
    struct setup_field field;
} rules[] = {
    { SETTING_SMALL_BELOW,
      { "small_below", "setup.small_below", SETUP_NUMBER, 3, true } },
    { SETTING_ATTRIBUTE_BELOW,
      { "attribute_below", "publish.attribute_below", SETUP_NUMBER, 3,
        true } },
    { SETTING_ROUND_TO,
      { "round_to", "publish.round_to", SETUP_NUMBER, 3, true } }
};
enum { RULES = sizeof rules / sizeof *rules };

static bool
put_rule(struct page *p)
{
    struct view *fields = view_list(p->view, "rule");
    int value[SETTING_COUNT];

    if (!setting_list(p->store, p->round->round, value, &p->err))
        return false;
    for (int i = 0; i < RULES; i++)
        setup_field(p, fields, &rules[i].field,
                    arena_printf(p->arena, "%d", value[rules[i].setting]),
                    NULL);
    return true;
}

static void
show(struct page *p)
{
    struct publish *u = publish_open(p);
    enum lang lang = publish_lang(p);

    if (u == NULL || !put_rule(p) || !put_brand(p) || !put_checks(p)
        || !put_release(p, u, lang)) {
        page_fail(p);
        return;
    }
    publish_langs(p, publish_base(p), lang);
    put_texts(p, u, lang);
    put_reports(p, u, lang);
    put_releases(p, u);
    view_text(p->view, "lang", lang_code(lang));
    view_text(p->view, "all_files",
              arena_printf(p->arena, "%s/files/all.%s.zip", publish_base(p),
                           lang_code(lang)));
    view_flag(p->view, "may_audit",
              page_power(p, RIGHT_UNPROTECTED).everywhere == REACH_ALL);
    publish_show(p, PUBLISH_PART_OVERVIEW, "publish");
}

void
page_publish(struct page *p)
{
    show(p);
}

static bool
save_rule(struct page *p, struct store *s, struct opened *round, void *ctx,
          struct err *e)
{
    const int *value = ctx;

    for (int i = 0; i < RULES; i++)
        if (!setting_set(s, &p->actor, round->round, rules[i].setting,
                         value[i], e))
            return false;
    return true;
}

/* Also of a closed round: it is then that it is published. */
void
page_publish_rule(struct page *p)
{
    int value[RULES];

    for (int i = 0; i < RULES; i++) {
        const struct setting_field *f = &setting_fields[rules[i].setting];

        value[i] = setup_number(setup_text(p, rules[i].field.name));
        if (value[i] >= f->least && value[i] <= f->most)
            continue;
        page_fault_text(p, rules[i].field.name,
                        PAGE_TEXT(p, "publish.rule_bad",
                                  number_text(p, f->least),
                                  number_text(p, f->most)));
        show(p);
        return;
    }
    if (page_write(p, save_rule, value))
        page_redirect_notice(p, "said.publish_saved", "%s",
                             publish_base(p));
    else if (page_fault(p, NULL))
        show(p);
}

/* Every hidden number, how large and why: never to be published. */
void
page_publish_audit(struct page *p)
{
    const struct publish_wish wish = { .lang = p->lang };
    bool csv = strcmp(p->param[1], "csv") == 0;
    struct response *r = exchange_response(p->x);
    const struct document *doc;
    struct publication made;
    struct publish *u;

    if (!csv && strcmp(p->param[1], "json") != 0) {
        page_refuse(p, 404, NULL);
        return;
    }
    u = publish_open(p);
    if (u == NULL) {
        page_fail(p);
        return;
    }
    if (publish_make(p, u, &wish, &made, &doc)) {
        r->media = csv ? "text/csv; charset=utf-8" : "application/json";
        response_header(p->x, "Cache-Control", "no-store");
        response_header(p->x, "Content-Disposition",
                        arena_printf(p->arena, "attachment; filename=\""
                                     "%s-skjulte-tall-internt.%s\"",
                                     p->round->round->id,
                                     csv ? "csv" : "json"));
        if (csv)
            release_audit_csv(made.release, p->lang, &r->body);
        else
            release_audit_json(made.release, &r->body);
    } else {
        page_fail(p);
    }
    publication_clear(&made);
}
