/* cmd_report.c - the whole report: everything is counted in one pass, made
 * into a document, and written.
 *
 * As it is it is internal. With --publish it is one document of the round's
 * publication, protected together with all the others and what was published
 * before, and the ledger remembers it before the file is written: what has
 * left the house is known, whatever happens next. --audit says why numbers
 * are hidden there. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "cli/asking.h"
#include "cli/comparing.h"
#include "cli/writing.h"
#include "report/make.h"
#include "report/publication.h"
#include "report/text.h"
#include "store/publishing.h"
#include "write/bundle.h"

enum { TEMPLATE_MAX = BRAND_MAX };

struct reporting {
    struct opened o;
    struct rounds rounds;       /* that O is, where it is several */
    int report;                 /* its place in the instrument */
    const char *unit;           /* NULL: everybody */
    enum doc_kind kind;
    const struct text *text;    /* of --text FILE */
    struct report_made made;
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    int count, chosen;          /* documents, and the one to be written */
    struct publication publication;
    struct compared *beside;    /* NULL: nothing is compared */
    struct buf pptx, docx;      /* the municipality's own templates */
    struct brand brand;
};

/* A text has its report in its head: any will do. */
static bool
find_report(const struct cli *c, struct reporting *r, struct err *e)
{
    const char *name = c->option[OPT_REPORT];
    const struct instrument *in = r->o.in;
    char quoted[QUOTE_MAX];
    struct near near;

    if (name == NULL)
        name = "mental";
    for (int i = 0; c->option[OPT_TEXT] != NULL && i < in->report_count
         && instrument_report(in, name) < 0; i++)
        if (in->reports[i].scope == SCOPE_RECIPIENTS)
            name = in->reports[i].id;
    r->report = instrument_report(in, name);
    if (r->report >= 0)
        return true;
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < in->report_count; i++)
        near_offer(&near, in->reports[i].id);
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "report.unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "report.unknown_near", "%s %s", quoted,
                   near.best);
}

/* A report of one unit needs to be told which; others must not be. */
static bool
find_unit(const struct cli *c, struct reporting *r, struct err *e)
{
    const char *name = c->option[OPT_UNIT];
    const struct round *round = r->o.round;
    bool needed = r->o.in->reports[r->report].scope == SCOPE_UNIT;
    char quoted[QUOTE_MAX];
    struct near near;

    if (!needed)
        return name == NULL || err_set(e, ERR_USAGE, "usage.unit_extra", "");
    if (name == NULL)
        return err_set(e, ERR_USAGE, "usage.unit", "");
    near_begin(&near, name, strlen(name));
    for (int i = 0; i < round->unit_count; i++) {
        near_offer(&near, round->units[i].id);
        if (strcmp(round->units[i].id, name) == 0)
            r->unit = round->units[i].id;
    }
    if (r->unit != NULL)
        return true;
    err_quote(quoted, sizeof quoted, name, strlen(name));
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "report.unit_unknown", "%s", quoted);
    return err_set(e, ERR_INPUT, "report.unit_unknown_near", "%s %s", quoted,
                   near.best);
}

/* ---- which document ---- */

/* The round's text of KIND about the report that is wanted, by name; NULL:
 * the program has none. */
static const char *
text_name(const struct reporting *r, enum doc_kind kind)
{
    const struct text_template *t = text_template_about(
        kind, r->o.in->reports[r->report].id);

    return t == NULL ? NULL : t->name;
}

/* Text documents and slides say something, where there is a text about that
 * report; data formats are all tables. */
static enum doc_kind
usual_kind(const struct reporting *r, const struct writer *w)
{
    if (r->o.rounds != NULL)
        return DOC_TABLES;
    if (strcmp(w->name, "pptx") == 0 && text_name(r, DOC_SLIDES) != NULL)
        return DOC_SLIDES;
    if ((strcmp(w->name, "docx") == 0 || strcmp(w->name, "pdf") == 0)
        && text_name(r, DOC_REPORT) != NULL)
        return DOC_REPORT;
    return DOC_TABLES;
}

static bool
read_text(struct cli *c, struct reporting *r, const char *file,
          struct err *e)
{
    struct text_source source = { .file = file };
    struct buf b;
    bool ok;

    buf_init(&b, 0);
    ok = buf_read_file(&b, file, TEXT_BYTES_MAX, e);
    source.bytes = arena_text_n(&c->arena, buf_string(&b), b.len);
    source.len = b.len;
    buf_clear(&b);
    if (!ok)
        return false;
    r->text = text_read(&source, r->o.in, &c->arena, e);
    return r->text != NULL;
}

static bool
find_kind(struct cli *c, struct reporting *r, const struct writer *w,
          struct err *e)
{
    const char *name = c->option[OPT_TEXT];
    int kind;

    r->kind = usual_kind(r, w);
    if (name == NULL || strcmp(name, "tables") == 0) {
        if (name != NULL)
            r->kind = DOC_TABLES;
        return true;
    }
    kind = text_kind_of(name, strlen(name));
    if (kind >= 0 ? text_name(r, (enum doc_kind)kind) == NULL
        : c->option[OPT_REPORT] != NULL || c->option[OPT_UNIT] != NULL)
        return err_set(e, ERR_USAGE, "usage.text_report", "");
    if (kind >= 0) {
        r->kind = (enum doc_kind)kind;
        return true;
    }
    if (!read_text(c, r, name, e))
        return false;
    r->kind = text_kind(r->text);
    return true;
}

static bool
is_chosen(const struct cli *c, const struct reporting *r,
          const struct publication_document *d)
{
    if (r->text != NULL)
        return d->text == r->text;
    if (r->kind == DOC_TABLES)
        return d->kind == DOC_TABLES && d->report == r->report;
    return d->kind == r->kind && d->lang == c->labels
        && strcmp(d->id, text_name(r, r->kind)) == 0;
}

/* Why the document that is wanted is none of the round's: its text has a
 * fault, or is a template that asks for what the definition has not. */
static bool
missing(struct cli *c, const struct reporting *r,
        struct publication_texts *texts, struct err *e)
{
    const struct publication_text *t = r->kind == DOC_TABLES ? NULL
        : publication_text_find(texts, text_name(r, r->kind), c->labels);

    if (t != NULL && t->text == NULL) {
        *e = t->fault;
        return false;
    }
    return err_set(e, ERR_INPUT, "report.unknown", "%s",
                   r->o.in->reports[r->report].id);
}

/* The round's documents, of which one is to be built. What is internal is
 * one document alone: other texts' faults are no matter. */
static bool
list_documents(struct cli *c, struct reporting *r, bool alone,
               struct err *e)
{
    struct publication_texts *texts = arena_take(&c->arena, sizeof *texts);
    struct publication_without without;

    writing_without(c, &without);
    without.faulty = alone;
    if (!publication_texts(&r->o, &c->arena, texts, e)
        || !publication_put(&r->o, texts, &without, c->labels, &c->arena,
                            r->document, &r->count, e))
        return false;
    if (r->text != NULL && r->count == PUBLICATION_DOCUMENTS_MAX)
        return err_set(e, ERR_INPUT, "publish.many", "%d",
                       (int)PUBLICATION_DOCUMENTS_MAX);
    if (r->text != NULL)
        r->document[r->count++] = (struct publication_document){
            .kind = r->kind, .report = text_report(r->text),
            .lang = text_lang(r->text), .text = r->text, .id = "text"
        };
    r->chosen = -1;
    for (int i = 0; i < r->count; i++) {
        r->document[i].build = is_chosen(c, r, &r->document[i]);
        if (r->document[i].build && r->chosen < 0)
            r->chosen = i;
    }
    return r->chosen >= 0 || missing(c, r, texts, e);
}

/* ---- the municipality's own templates ---- */

static bool
read_brand(struct cli *c, struct reporting *r, const struct writer *w,
           struct err *e)
{
    const char *file = c->option[OPT_TEMPLATE];
    struct buf *b = strcmp(w->name, "pptx") == 0 ? &r->pptx : &r->docx;

    if (file == NULL && r->o.rounds != NULL)
        return true;            /* a round has its own */
    if (file == NULL)
        return brand_read(r->o.store, r->o.round, &c->arena, &r->brand, e);
    if (strcmp(w->name, "pptx") != 0 && strcmp(w->name, "docx") != 0)
        return err_set(e, ERR_USAGE, "usage.template", "");
    if (!buf_read_file(b, file, TEMPLATE_MAX, e))
        return false;
    if (b->len == 0) {          /* which would be none */
        err_set(e, ERR_INPUT, "office.not_zip", "");
        return err_at(e, file, 0, 0);
    }
    r->brand.pptx = (struct brand_file){ r->pptx.data, r->pptx.len };
    r->brand.docx = (struct brand_file){ r->docx.data, r->docx.len };
    return true;
}

/* ---- making ---- */

/* What --compare names, into ORDER; REPORT: the only one of interest. */
static bool
read_beside(struct cli *c, struct reporting *r, int report,
            struct publication_order *order, struct err *e)
{
    if (c->option[OPT_COMPARE] == NULL)
        return true;
    if (!comparing_read(c, &r->o, r->o.in->reports[report].id,
                        order->publish, &r->beside, e))
        return false;
    order->beside = r->beside->beside;
    order->beside_count = r->beside->count;
    return true;
}

/* A text alone, or with the tables of its report where they are compared. */
static bool
make_text(struct cli *c, struct reporting *r, struct document **doc,
          struct err *e)
{
    struct publication_document one[2];
    struct publication_order order = {
        .document = one, .document_count = 1,
        .municipality_name = writing_municipality(c, r->o.round)
    };

    if (!list_documents(c, r, true, e))
        return false;
    one[0] = r->document[r->chosen];
    for (int i = 0; i < r->count && c->option[OPT_COMPARE] != NULL; i++)
        if (r->document[i].kind == DOC_TABLES
            && r->document[i].report == one[0].report)
            one[order.document_count++] = r->document[i];
    if (!read_beside(c, r, one[0].report, &order, e)
        || !publication_make(&r->o, &c->actor, &order, &c->arena,
                             &r->publication, e))
        return false;
    *doc = r->publication.doc[0];
    return true;
}

/* Internal tables are the one document that is not a publication's. */
static bool
compare_tables(struct cli *c, struct reporting *r, struct document *doc,
               struct err *e)
{
    struct comparison *to;

    if (!comparing_begin(c, &r->o, doc, &r->beside, &to, e))
        return false;
    if (to != NULL)
        compare_build(to, doc, &c->arena);
    return true;
}

static bool
make_internal(struct cli *c, struct reporting *r, struct document **doc,
              struct err *e)
{
    const struct report_order order = {
        .report = r->report, .unit = r->unit, .lang = c->labels,
        .internal = true,
        .municipality_name = writing_municipality(c, r->o.round)
    };

    if (r->kind != DOC_TABLES)
        return make_text(c, r, doc, e);
    if (!report_make(&r->o, &c->actor, &order, &c->arena, &r->made, e))
        return false;
    *doc = r->made.doc;
    return compare_tables(c, r, *doc, e);
}

/* The round's whole publication, of which DOC is built, if it is not NULL. */
static bool
make_publication(struct cli *c, struct reporting *r, struct document **doc,
                 struct err *e)
{
    struct protect_rule rule;
    struct ledger ledger;
    struct publication_order order = {
        .document = r->document, .rule = &rule, .ledger = &ledger,
        .municipality_name = writing_municipality(c, r->o.round),
        .publish = doc != NULL, .audit_only = doc == NULL,
        .despite = c->option[OPT_DESPITE_TOLD] != NULL
    };

    if (r->o.in->reports[r->report].scope == SCOPE_UNIT)
        return err_set(e, ERR_INPUT, "publish.unit", "");
    if (!list_documents(c, r, false, e)
        || !publication_rule_set(&r->o, &rule, e)
        || !publication_ledger(&r->o, &c->arena, &ledger, e))
        return false;
    order.document_count = r->count;
    if ((doc != NULL
         && !read_beside(c, r, r->document[r->chosen].report, &order, e))
        || !publication_make(&r->o, &c->actor, &order, &c->arena,
                             &r->publication, e))
        return false;
    if (doc != NULL)
        *doc = r->publication.doc[r->chosen];
    return true;
}

static bool
record(struct cli *c, struct reporting *r, const struct writer *w,
       struct err *e)
{
    const struct round_release_file file = {
        .document = r->document[r->chosen].id, .format = w->name,
        .lang = lang_code(c->labels)
    };

    return writing_published(c, &r->o, &r->publication, &file, 1, e);
}

/* ---- one chart ---- */

/* A drawing is of one table, and names it; other formats have them all. */
static bool
check_table(const struct cli *c, const struct writer *w, struct err *e)
{
    bool one = (w->writes & WRITES_REPORT) == 0;

    if (one == (c->option[OPT_TABLE] != NULL))
        return true;
    return err_set(e, ERR_USAGE, one ? "usage.table_missing"
                                     : "usage.table_extra", "");
}

/* The chart of --table; what to say where there is none. */
static bool
find_chart(struct cli *c, const struct document **doc, struct err *e)
{
    const char *name = c->option[OPT_TABLE];
    const struct document *whole = *doc;
    struct tree_walk walk = tree_begin(whole);
    char quoted[QUOTE_MAX];
    struct near near;

    if (name == NULL)
        return true;
    *doc = bundle_chart(whole, name, &c->arena);
    if (*doc != NULL)
        return true;
    err_quote(quoted, sizeof quoted, name, strlen(name));
    while (tree_step(&walk))
        if (walk.node->table != NULL && walk.node->table->id != NULL
            && strcmp(walk.node->table->id, name) == 0)
            return err_set(e, ERR_INPUT, "report.table_plain", "%s", quoted);
    near_begin(&near, name, strlen(name));
    near.far = true;
    for (const struct node *n = tree_next(whole, NULL, NODE_CHART);
         n != NULL; n = tree_next(whole, n, NODE_CHART))
        if (n->chart->table->id != NULL)
            near_offer(&near, n->chart->table->id);
    if (near.best == NULL)
        return err_set(e, ERR_INPUT, "report.table_none", "");
    return err_set(e, ERR_INPUT, "report.table_unknown", "%s %s", quoted,
                   near.best);
}

/* What can't be used of a template is said of its file. */
static bool
write_document(struct cli *c, const struct reporting *r,
               const struct writer *w, const struct document *doc,
               struct buf *out, struct err *e)
{
    const char *file = c->option[OPT_TEMPLATE];

    if (!find_chart(c, &doc, e))
        return false;

    if (writer_write(w, doc, &r->brand, out, e))
        return true;
    if (file != NULL && e->code == ERR_INPUT)
        err_at(e, file, 0, 0);
    return false;
}

static bool
write_report(struct cli *c, struct reporting *r, const struct writer *w,
             struct err *e)
{
    bool publish = c->option[OPT_PUBLISH] != NULL;
    struct document *doc = NULL;
    struct buf out;
    bool ok;

    if (!read_brand(c, r, w, e)
        || !(publish ? make_publication(c, r, &doc, e)
                     : make_internal(c, r, &doc, e)))
        return false;
    buf_init(&out, 0);
    ok = write_document(c, r, w, doc, &out, e)
         && (!publish || record(c, r, w, e))
         && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_clear(&out);
    return ok;
}

static bool
write_audit(struct cli *c, struct reporting *r, struct err *e)
{
    const char *format = c->option[OPT_FORMAT];
    bool json = format != NULL && strcmp(format, "json") == 0;
    struct buf out;
    bool ok;

    if (c->option[OPT_PUBLISH] != NULL
        || (format != NULL && !json && strcmp(format, "csv") != 0))
        return err_set(e, ERR_USAGE, "usage.audit", "");
    if (!make_publication(c, r, NULL, e))
        return false;
    buf_init(&out, 0);
    if (json)
        release_audit_json(r->publication.release, &out);
    else
        release_audit_csv(r->publication.release, c->labels, &out);
    ok = buf_ok(&out, e) && buf_write_file(&out, c->option[OPT_OUTPUT], e);
    buf_clear(&out);
    return ok;
}

/* ---- the round, or several ---- */

/* What several rounds can't be: texts speak of one municipality's round, and
 * what has been told is known of each round by itself. */
static bool
check_several(const struct cli *c, struct err *e)
{
    static const enum option of_one[] = {
        OPT_PUBLISH, OPT_AUDIT, OPT_DESPITE_TOLD, OPT_WITHOUT, OPT_COMPARE
    };
    const char *text = c->option[OPT_TEXT];

    for (size_t i = 0; i < sizeof of_one / sizeof *of_one; i++)
        if (c->option[of_one[i]] != NULL)
            return err_set(e, ERR_INPUT, "report.one_round", "%s",
                           option_defs[of_one[i]].name);
    return text == NULL || strcmp(text, "tables") == 0
        || err_set(e, ERR_INPUT, "report.one_round_text", "");
}

static bool
open_round(struct cli *c, struct reporting *r, struct err *e)
{
    if (!rounds_several(c->word[1]))
        return cli_open(c, c->option[OPT_PUBLISH] != NULL ? STORE_WRITE
                                                          : STORE_READ,
                        &r->o, e);
    if (!check_several(c, e))
        return false;
    if (!asking_rounds(c, &r->rounds, e)) {
        asking_rounds_end(&r->rounds);
        return false;
    }
    r->o = r->rounds.whole;
    return true;
}

static void
close_round(struct reporting *r)
{
    if (r->o.rounds != NULL)
        asking_rounds_end(&r->rounds);
    else
        cli_close(&r->o);
}

bool
cmd_report(struct cli *c, struct err *e)
{
    const struct writer *w = writing_format(c, "html",
                                            WRITES_REPORT | WRITES_CHART, e);
    struct reporting *r = arena_take(&c->arena, sizeof *r);
    bool ok;

    if (w == NULL || !check_table(c, w, e) || !open_round(c, r, e))
        return false;
    buf_init(&r->pptx, TEMPLATE_MAX);
    buf_init(&r->docx, TEMPLATE_MAX);
    ok = find_report(c, r, e) && find_unit(c, r, e)
         && find_kind(c, r, w, e)
         && (c->option[OPT_AUDIT] != NULL ? write_audit(c, r, e)
                                          : write_report(c, r, w, e));
    buf_clear(&r->pptx);
    buf_clear(&r->docx);
    report_made_clear(&r->made);
    publication_clear(&r->publication);
    if (r->beside != NULL)
        comparing_end(r->beside);
    close_round(r);
    return ok;
}
