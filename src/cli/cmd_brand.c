/* cmd_brand.c - a municipality's own templates of slides and text documents.
 *
 * A document is made with them before they are kept: what can't be used is
 * refused here, and not when the report is due. In the browser a request is
 * too small for them. */
#include <string.h>
#include "cli/cli.h"
#include "store/publishing.h"
#include "write/opc_read.h"
#include "write/write.h"

static const struct {
    enum option option;
    const char *part;           /* that such a file must have */
    enum doc_kind document;     /* that is made with it */
} kinds[BRAND_KINDS] = {
    [BRAND_PPTX] = { OPT_PPTX, "ppt/presentation.xml", DOC_SLIDES },
    [BRAND_DOCX] = { OPT_DOCX, "word/document.xml", DOC_REPORT }
};

/* The name of a file without its folders. */
static const char *
base_name(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash != NULL ? slash + 1 : file;
}

/* A small document with B, which nobody sees. */
static bool
try_file(struct cli *c, enum brand_kind kind, const struct buf *b,
         struct err *e)
{
    const struct writer *w = writer_find(brand_word(kind), WRITES_REPORT);
    const struct brand_file given = { b->data, b->len };
    const struct brand brand = { given, given };
    struct document *doc = tree_new(&c->arena, LANG_NB);
    struct node *section = tree_add(&c->arena, doc->root, NODE_SECTION);
    struct buf out;
    bool ok;

    doc->kind = kinds[kind].document;
    doc->title = doc->subtitle = doc->owner = doc->running = "-";
    section->id = "t1";
    section->title = "-";
    tree_add(&c->arena, section, NODE_PARAGRAPH)->text = "-";
    buf_init(&out, 0);
    ok = writer_write(w, doc, &brand, &out, e);
    buf_clear(&out);
    return ok;
}

static bool
check_file(struct cli *c, const char *file, enum brand_kind kind,
           const struct buf *b, struct err *e)
{
    struct opc_file *f;
    bool has;

    if (!opc_open(&f, b->data, b->len, e))
        return err_at(e, file, 0, 0);
    has = opc_has(f, kinds[kind].part);
    opc_close(f);
    if (!has)
        return err_set(e, ERR_INPUT, "brand.kind", "%s %s", file,
                       brand_word(kind));
    return try_file(c, kind, b, e) || err_at(e, file, 0, 0);
}

/* FILE becomes the round's template; "none" takes it away. */
static bool
set_one(struct cli *c, struct opened *o, enum brand_kind kind,
        const char *file, struct err *e)
{
    struct buf b;
    bool ok;

    if (strcmp(file, "none") == 0)
        return brand_set(o->store, &c->actor, o->round, kind, "", NULL, 0,
                         e);
    buf_init(&b, BRAND_MAX);
    ok = buf_read_file(&b, file, BRAND_MAX, e)
         && check_file(c, file, kind, &b, e)
         && brand_set(o->store, &c->actor, o->round, kind, base_name(file),
                      b.data, b.len, e);
    buf_clear(&b);
    return ok;
}

/* A line a kind: kind, file, round that it was given for, bytes. */
static bool
list(struct cli *c, struct opened *o, struct err *e)
{
    for (int i = 0; i < BRAND_KINDS; i++) {
        const struct round_brand *b;

        if (!brand_get(o->store, o->round, (enum brand_kind)i, false,
                       &c->arena, &b, e))
            return false;
        if (b != NULL)
            buf_printf(&c->out, "%s\t%s\t%s\t%zu\n",
                       brand_word((enum brand_kind)i), b->name, b->round,
                       b->len);
    }
    return true;
}

/* Listed before it is committed: what fails has changed and said nothing. */
static bool
set(struct cli *c, struct opened *o, struct err *e)
{
    bool ok = store_begin(o->store, e);

    for (int i = 0; i < BRAND_KINDS && ok; i++)
        if (c->option[kinds[i].option] != NULL)
            ok = set_one(c, o, (enum brand_kind)i,
                         c->option[kinds[i].option], e);
    ok = cli_commit(o->store, ok && list(c, o, e), e);
    if (!ok)
        buf_reset(&c->out);
    return ok;
}

bool
cmd_brand(struct cli *c, struct err *e)
{
    bool write = false, ok;
    struct opened o;

    for (int i = 0; i < BRAND_KINDS; i++)
        write = write || c->option[kinds[i].option] != NULL;
    ok = cli_open(c, write ? STORE_WRITE : STORE_READ, &o, e)
         && (write ? set(c, &o, e) : list(c, &o, e));
    cli_close(&o);
    return ok;
}
