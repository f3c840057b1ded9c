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
#include "cli/comparing.h"
#include "cli/writing.h"
#include "report/make.h"
#include "report/publication.h"
#include "report/text.h"
#include "store/publishing.h"

enum { TEMPLATE_MAX = BRAND_MAX };

struct reporting {
    struct opened o;
    int report;                 /* its place in the instrument */
    const char *unit;           /* NULL: everybody */
    enum doc_kind kind;
    const struct text *text;    /* of --text FILE */
    struct report_made made;
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    int count, chosen;          /* documents, and the one to be written */
    struct publication publication;
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

/* Text documents and slides say something; data formats are all tables. */
static enum doc_kind
usual_kind(const struct cli *c, const struct writer *w)
{
    if (c->option[OPT_REPORT] != NULL || c->option[OPT_UNIT] != NULL)
        return DOC_TABLES;
    if (strcmp(w->name, "pptx") == 0)
        return DOC_SLIDES;
    if (strcmp(w->name, "docx") == 0 || strcmp(w->name, "pdf") == 0)
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

    r->kind = usual_kind(c, w);
    if (name == NULL || strcmp(name, "tables") == 0) {
        if (name != NULL)
            r->kind = DOC_TABLES;
        return true;
    }
    if (c->option[OPT_REPORT] != NULL || c->option[OPT_UNIT] != NULL)
        return err_set(e, ERR_USAGE, "usage.text_report", "");
    kind = text_kind_of(name, strlen(name));
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
        && strcmp(d->id, text_kind_word(r->kind)) == 0;
}

/* Why the document that is wanted is none of the round's: a template that
 * asks for what the definition has not. */
static bool
missing(struct cli *c, const struct reporting *r, struct err *e)
{
    struct text_source source;

    if (r->kind != DOC_TABLES) {
        source = text_template(r->kind, c->labels);
        if (text_read(&source, r->o.in, &c->arena, e) == NULL)
            return false;
    }
    return err_set(e, ERR_INPUT, "report.unknown", "%s",
                   r->o.in->reports[r->report].id);
}

/* The round's documents, of which one is to be built. */
static bool
list_documents(struct cli *c, struct reporting *r, struct err *e)
{
    if (!publication_stored(&r->o, c->labels, &c->arena, r->document,
                            &r->count, e))
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
    return r->chosen >= 0 || missing(c, r, e);
}

/* ---- the municipality's own templates ---- */

static bool
read_brand(struct cli *c, struct reporting *r, const struct writer *w,
           struct err *e)
{
    const char *file = c->option[OPT_TEMPLATE];
    struct buf *b = strcmp(w->name, "pptx") == 0 ? &r->pptx : &r->docx;

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

static bool
make_internal(struct cli *c, struct reporting *r, struct document **doc,
              struct err *e)
{
    const struct report_order order = {
        .report = r->report, .unit = r->unit, .lang = c->labels,
        .internal = true,
        .municipality_name = writing_municipality(c, r->o.round)
    };
    struct publication_order text = {
        .document_count = 1, .municipality_name = order.municipality_name
    };

    if (r->kind == DOC_TABLES) {
        if (!report_make(&r->o, &c->actor, &order, &c->arena, &r->made, e))
            return false;
        *doc = r->made.doc;
        return true;
    }
    if (!list_documents(c, r, e))
        return false;
    text.document = &r->document[r->chosen];
    if (!publication_make(&r->o, &c->actor, &text, &c->arena,
                          &r->publication, e))
        return false;
    *doc = r->publication.doc[0];
    return true;
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
        .publish = doc != NULL, .audit_only = doc == NULL
    };

    if (r->o.in->reports[r->report].scope == SCOPE_UNIT)
        return err_set(e, ERR_INPUT, "publish.unit", "");
    if (!list_documents(c, r, e)
        || !publication_rule_set(&r->o, &rule, e)
        || !publication_ledger(&r->o, &c->arena, &ledger, e))
        return false;
    order.document_count = r->count;
    if (!publication_make(&r->o, &c->actor, &order, &c->arena,
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

/* What can't be used of a template is said of its file. */
static bool
write_document(struct cli *c, const struct reporting *r,
               const struct writer *w, const struct document *doc,
               struct buf *out, struct err *e)
{
    const char *file = c->option[OPT_TEMPLATE];

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
                     : make_internal(c, r, &doc, e))
        || !comparing_add(c, &r->o, doc, publish, e))
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

bool
cmd_report(struct cli *c, struct err *e)
{
    const struct writer *w = writing_format(c, "html", WRITES_REPORT, e);
    struct reporting *r = arena_take(&c->arena, sizeof *r);
    enum store_mode mode = c->option[OPT_PUBLISH] != NULL ? STORE_WRITE
                                                          : STORE_READ;
    bool ok;

    if (w == NULL || !cli_open(c, mode, &r->o, e))
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
    cli_close(&r->o);
    return ok;
}
