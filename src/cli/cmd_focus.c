/* cmd_focus.c - what stands out in a round, as proposals for focus areas.
 * Internal, as everything the command line counts without --publish. */
#include <string.h>
#include "base/json.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cli/comparing.h"
#include "cli/writing.h"
#include "report/ask.h"
#include "report/focus.h"
#include "report/format.h"
#include "report/phrase.h"

struct proposing {
    struct opened o;
    int report;
    struct report_made made;            /* to be compared */
    const struct focus_proposal *list;
    int count;
};

static void
write_text(struct cli *c, const struct proposing *p)
{
    enum lang lang = c->labels;
    struct arena *a = &c->arena;

    buf_printf(&c->out, "%s\n",
               phrase_say(a, lang, "focus.heading",
                          p->o.in->reports[p->report].title.in[lang],
                          p->o.round->title, NULL));
    if (p->count == 0)
        buf_printf(&c->out, "\n%s\n", msg_text(lang, "focus.none"));
    for (int i = 0; i < p->count; i++) {
        const struct focus_proposal *f = &p->list[i];

        buf_printf(&c->out, "\n%s\n   %s\n   %s\n   (%s)\n",
                   phrase_say(a, lang, "focus.numbered",
                              format_int(a, lang, i + 1), f->title.in[lang],
                              NULL),
                   f->text.in[lang],
                   phrase_say(a, lang, "focus.found", f->found.in[lang],
                              NULL), f->id);
    }
}

static void
write_number(struct json *j, const struct focus_number *n)
{
    json_begin_object(j);
    json_key(j, "where");
    json_put_string(j, n->where);
    if (n->of != NULL) {
        json_key(j, "of");
        json_put_string(j, n->of);
    }
    if (n->sum != NULL) {
        json_key(j, "sum");
        json_put_string(j, n->sum);
    }
    json_key(j, "n");
    json_put_int(j, n->n);
    if (n->base >= 0) {
        json_key(j, "base");
        json_put_int(j, n->base);
    }
    json_end_object(j);
}

static void
write_json(struct cli *c, const struct proposing *p)
{
    enum lang lang = c->labels;
    struct json j;

    json_init(&j, &c->out, JSON_INDENTED);
    json_begin_object(&j);
    json_key(&j, "round");
    json_put_string(&j, p->o.round->id);
    json_key(&j, "report");
    json_put_string(&j, p->o.in->reports[p->report].id);
    json_key(&j, "internal");
    json_put_bool(&j, true);
    json_key(&j, "proposals");
    json_begin_array(&j);
    for (int i = 0; i < p->count; i++) {
        const struct focus_proposal *f = &p->list[i];
        const struct { const char *key, *text; } texts[] = {
            { "id", f->id }, { "rule", f->rule },
            { "title", f->title.in[lang] }, { "text", f->text.in[lang] },
            { "found", f->found.in[lang] }, { "source", f->source.in[lang] }
        };

        json_begin_object(&j);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            json_key(&j, texts[k].key);
            json_put_string(&j, texts[k].text);
        }
        json_key(&j, "score");
        json_put_int(&j, f->score);
        json_key(&j, "numbers");
        json_begin_array(&j);
        for (int k = 0; k < f->number_count; k++)
            write_number(&j, &f->number[k]);
        json_end_array(&j);
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    json_finish(&j);
}

static bool
is_json(const struct cli *c, bool *json, struct err *e)
{
    const char *name = c->option[OPT_FORMAT];
    char quoted[QUOTE_MAX];

    *json = name != NULL && strcmp(name, "json") == 0;
    if (*json || name == NULL || strcmp(name, "text") == 0)
        return true;
    err_quote(quoted, sizeof quoted, name, strlen(name));
    return err_set(e, ERR_INPUT, "cli.format", "%s %s", quoted,
                   "json, text");
}

static bool
find_report(struct cli *c, struct proposing *p, struct err *e)
{
    const char *name = c->option[OPT_REPORT];

    p->report = ask_report(p->o.in, name != NULL ? name : "mental", e);
    return p->report >= 0
        && (p->o.in->reports[p->report].scope == SCOPE_RECIPIENTS
            || err_set(e, ERR_INPUT, "focus.unit", "%s", name));
}

/* Beside what --compare names, if anything. */
static bool
propose(struct cli *c, struct proposing *p, struct err *e)
{
    const struct report_order order = {
        .report = p->report, .lang = c->labels, .internal = true,
        .municipality_name = writing_municipality(c, p->o.round)
    };
    struct comparison *compared = NULL;
    struct compared *all = NULL;
    bool ok = true;

    if (c->option[OPT_COMPARE] != NULL)
        ok = report_make(&p->o, &c->actor, &order, &c->arena, &p->made, e)
             && comparing_begin(c, &p->o, p->made.doc, &all,
                                &compared, e);
    ok = ok && focus_make(&p->o, &c->actor, p->report, NULL, compared,
                          &c->arena, &p->list, &p->count, e);
    if (all != NULL)
        comparing_end(all);
    return ok;
}

bool
cmd_focus(struct cli *c, struct err *e)
{
    struct proposing p = { 0 };
    bool json, ok;

    if (!is_json(c, &json, e) || !cli_open(c, STORE_READ, &p.o, e))
        return false;
    ok = find_report(c, &p, e) && propose(c, &p, e);
    if (ok && json)
        write_json(c, &p);
    else if (ok)
        write_text(c, &p);
    report_made_clear(&p.made);
    cli_close(&p.o);
    return ok;
}
