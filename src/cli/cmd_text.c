/* cmd_text.c - texts bound to the data: checked, and the templates shown.
 *
 * A text can be checked against a definition alone; with a round its numbers
 * are counted too, and what two sentences say of one another is compared. */
#include <string.h>
#include "base/utf8.h"
#include "cli/definition.h"
#include "cli/writing.h"
#include "report/text.h"

/* Ties IN to a round that could be, so that its variables can be asked. */
static bool
bind(struct instrument *in, struct err *e)
{
    static const char *const unit[] = { "unit" };
    struct round_facts facts = {
        .municipality = 1201, .year = 2014, .period = 1,
        .unit_ids = unit, .unit_names = unit, .unit_count = 1
    };

    return instrument_bind(in, &facts, e);
}

static bool
read_file(struct cli *c, struct text_source *source, struct err *e)
{
    struct buf b;
    bool ok;

    *source = (struct text_source){ .file = c->word[0] };
    buf_init(&b, 0);
    ok = buf_read_file(&b, c->word[0], TEXT_BYTES_MAX, e);
    source->bytes = arena_text_n(&c->arena, buf_string(&b), b.len);
    source->len = b.len;
    buf_clear(&b);
    return ok;
}

static void
say_remarks(struct cli *c, const struct text *t,
            const struct report_input *input)
{
    const struct text_remark *list;
    int count = text_remarks(t, input, &c->arena, &list);
    struct err note = { 0 };

    for (int i = 0; i < count; i++)
        cli_say(c, &list[i].say);
    err_set(&note, ERR_INPUT, "cli.text_good", "%d", count);
    cli_say(c, &note);
}

static bool
check_alone(struct cli *c, const struct text_source *source, struct err *e)
{
    const char *name = c->option[OPT_INSTRUMENT];
    struct instrument *in = definition_read(c, name != NULL ? name
                                            : "brukerplan-2014", e);
    const struct text *t;
    bool ok;

    if (in == NULL)
        return false;
    ok = bind(in, e);
    t = ok ? text_read(source, in, &c->arena, e) : NULL;
    if (t != NULL) {
        struct plan *plan = plan_new(in);
        int count;

        ok = text_questions(t, &c->arena, plan, &count, e);
        plan_free(plan);
        if (ok)
            say_remarks(c, t, NULL);
    }
    /* The error may borrow the file's name from what is freed here. */
    if (e->at.file != NULL)
        e->at.file = arena_text(&c->arena, e->at.file);
    instrument_free(in);
    return t != NULL && ok;
}

static bool
count_text(struct cli *c, struct opened *o, const struct text *t,
           struct plan *plan, struct err *e)
{
    struct report_input input = {
        .in = o->in, .report = text_report(t), .lang = text_lang(t),
        .round = o->round, .internal = true, .opted_out = -1,
        .municipality_name = writing_municipality(c, o->round)
    };
    const struct table **tables;
    struct run *run;
    bool ok;

    if (!text_questions(t, &c->arena, plan, &input.table_count, e))
        return false;
    run = run_new(plan);
    ok = feed_run(o, &c->actor, SCOPE_RECIPIENTS, NULL, "text", plan, run,
                  e);
    tables = arena_array(&c->arena, (size_t)input.table_count + 1,
                         sizeof *tables);
    for (int i = 0; ok && i < input.table_count; i++)
        tables[i] = run_table(run, i);
    input.tables = tables;
    if (ok)
        say_remarks(c, t, &input);
    run_free(run);
    return ok;
}

/* The text SOURCE with the focus areas that the round has in its language;
 * NULL with E. */
static const struct text *
read_with_focus(struct cli *c, const struct opened *o,
                const struct text_source *source, struct err *e)
{
    const struct text *t = text_read(source, o->in, &c->arena, e);
    struct publication_texts *of = arena_take(&c->arena, sizeof *of);
    struct text_source whole = *source;

    if (t == NULL || !publication_texts(o, &c->arena, of, e))
        return NULL;
    whole.focus = of->focus[text_lang(t)];
    whole.focus_count = of->focus_count[text_lang(t)];
    return whole.focus_count == 0 ? t
        : text_read(&whole, o->in, &c->arena, e);
}

static bool
check_round(struct cli *c, const struct text_source *source, struct err *e)
{
    struct cli inner = *c;      /* the store and round are its words */
    struct opened o;
    const struct text *t;
    struct plan *plan;
    bool ok;

    inner.word++;
    inner.words--;
    if (!cli_open(&inner, STORE_READ, &o, e)) {
        cli_close(&o);
        return false;
    }
    plan = plan_new(o.in);
    t = read_with_focus(c, &o, source, e);
    ok = t != NULL && count_text(c, &o, t, plan, e);
    plan_free(plan);
    cli_close(&o);
    return ok;
}

bool
cmd_text_check(struct cli *c, struct err *e)
{
    struct text_source source;

    if (c->words == 2)
        return err_set(e, ERR_USAGE, "usage.text_round", "");
    if (!read_file(c, &source, e))
        return false;
    return c->words == 3 ? check_round(c, &source, e)
        : check_alone(c, &source, e);
}

bool
cmd_text_show(struct cli *c, struct err *e)
{
    const char *word = c->word[0];
    const struct text_template *t = text_template_named(word);
    char quoted[QUOTE_MAX];
    struct text_source source;

    if (t == NULL) {
        err_quote(quoted, sizeof quoted, word, strlen(word));
        return err_set(e, ERR_INPUT, "text.template", "%s", quoted);
    }
    source = text_template_source(t, c->labels);
    buf_add(&c->out, source.bytes, source.len);
    return true;
}
