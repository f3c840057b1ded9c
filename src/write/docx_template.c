/* docx_template.c - the municipality's own document as a template; see
 * docx.h.
 *
 * Taken are its styles, numbering, theme, fonts, the heads and feet of its
 * last section with their pictures and links, and that section's page. Its
 * text, settings, macros, comments, data and properties are not. What a head
 * or foot refers to that could fetch or run something is refused by name,
 * so that nobody believes it was taken.
 *
 * Styles and numbering stay as they stand, byte by byte, and ours are put
 * between: each of our elements brings its own namespace with it. The
 * section is written anew from what was read. */
#include "write/docx.h"
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "write/opc_reading.h"

#define W(name) DOCX_NS_W "|" name
#define R(name) OPC_NS_R "|" name
#define STRICT "http://purl.oclc.org/"

enum { STYLES_MAX = 4096, REFERENCES_MAX = 6, COPIES_MAX = 256 };

struct known_style {
    const char *type, *id, *name;
    bool standard, numbered;
};

/* A head or foot of the last section. */
struct margin {
    bool foot;
    const char *type, *id;      /* "default", "first", "even" */
    struct opc_part *part;      /* its copy */
};

struct copied {
    const char *from;
    struct opc_part *to;
};

struct docx_template {
    struct docx *x;
    struct opc_file *file;
    const char *main;           /* the name of its document */
    const struct opc_reference *reference;
    int references;
    struct known_style *style;
    int styles;
    const char *styles_name, *numbering_name;
    size_t styles_end;          /* where ours go */
    size_t abstract_at, num_at; /* the same in its numbering */
    bool first_num;             /* abstract_at is known */
    int abstract_most, num_most;
    const char *wanted_table;   /* its default style of tables */
    bool even;
    struct margin margin[REFERENCES_MAX];
    int margins;
    int in_section;             /* depth of the section that is read */
    struct buf page;            /* its pgSz, pgMar, pgBorders */
    bool title_page;
    long page_width, left, right, gutter;
    struct copied copied[COPIES_MAX];
    int copies, media;
    /* of the margin that is read */
    bool in_code;
    size_t margin_end;
    struct buf code;
    /* of the theme */
    bool in_accent;
    char *colour;
};

/* ---- what there is ---- */

static bool
is_on(const struct opc_tag *tag)
{
    const char *val = opc_attribute(tag, W("val"));

    return val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0
                           && strcmp(val, "off") != 0);
}

static bool
style_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    struct known_style *s = &t->style[t->styles - (t->styles > 0)];
    const char *type, *id, *standard, *val;

    if (tag->depth == 1 && strcmp(tag->name, W("styles")) != 0)
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (tag->depth == 2 && strcmp(tag->name, W("style")) == 0) {
        if (t->styles == STYLES_MAX)
            return opc_refuse(e, "office.references", t->styles_name);
        s = &t->style[t->styles++];
        type = opc_attribute(tag, W("type"));
        id = opc_attribute(tag, W("styleId"));
        standard = opc_attribute(tag, W("default"));
        s->type = arena_text(&t->x->arena, type != NULL ? type : "");
        s->id = arena_text(&t->x->arena, id != NULL ? id : "");
        s->name = "";
        s->standard = standard != NULL && strcmp(standard, "0") != 0
            && strcmp(standard, "false") != 0;
    }
    val = opc_attribute(tag, W("val"));
    if (tag->depth == 3 && t->styles > 0 && val != NULL
        && strcmp(tag->name, W("name")) == 0)
        s->name = arena_text(&t->x->arena, val);
    if (tag->depth == 4 && t->styles > 0
        && strcmp(tag->name, W("numPr")) == 0)
        s->numbered = true;
    return true;
}

static bool
style_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    if (tag->depth == 1)
        t->styles_end = tag->at;
    return tag->depth > 1 || tag->past > tag->at
        || err_set(e, ERR_INPUT, "office.kind", "");
}

static int
number_of(const struct opc_tag *tag, const char *name)
{
    const char *text = opc_attribute(tag, name);
    long n = text != NULL ? strtol(text, NULL, 10) : 0;

    return n < 0 ? 0 : n > 1000000 ? 1000000 : (int)n;
}

static bool
numbering_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    int n;

    (void)e;
    if (tag->depth != 2)
        return true;
    if (strcmp(tag->name, W("abstractNum")) == 0) {
        n = number_of(tag, W("abstractNumId"));
        t->abstract_most = n > t->abstract_most ? n : t->abstract_most;
    } else if (!t->first_num
               && strcmp(tag->name, W("numPicBullet")) != 0) {
        t->first_num = true;
        t->abstract_at = tag->at;
    }
    if (strcmp(tag->name, W("num")) == 0) {
        n = number_of(tag, W("numId"));
        t->num_most = n > t->num_most ? n : t->num_most;
    } else if (strcmp(tag->name, W("numIdMacAtCleanup")) == 0) {
        t->num_at = tag->at;
    }
    return true;
}

static bool
numbering_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (tag->depth != 1)
        return true;
    if (tag->past == tag->at) {         /* <w:numbering/> */
        t->numbering_name = NULL;
        return true;
    }
    if (!t->first_num)
        t->abstract_at = tag->at;
    if (t->num_at == 0)
        t->num_at = tag->at;
    return true;
}

static bool
settings_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (tag->depth == 2 && strcmp(tag->name, W("evenAndOddHeaders")) == 0)
        t->even = is_on(tag);
    if (tag->depth == 2 && strcmp(tag->name, W("defaultTableStyle")) == 0
        && opc_attribute(tag, W("val")) != NULL)
        t->wanted_table = arena_text(&t->x->arena,
                                     opc_attribute(tag, W("val")));
    return true;
}

/* ---- the section ---- */

static void
copy_attributes(struct docx_template *t, const struct opc_tag *tag)
{
    for (const char *const *a = tag->attribute; a[0] != NULL; a += 2)
        if (strncmp(a[0], W(""), sizeof W("") - 1) == 0)
            xml_put(&t->page, " w:%s=\"%s\"", a[0] + sizeof W("") - 1,
                    a[1]);
}

static void
read_margin(struct docx_template *t, const struct opc_tag *tag, bool foot)
{
    const char *type = opc_attribute(tag, W("type"));
    const char *id = opc_attribute(tag, R("id"));

    if (id == NULL || t->margins == REFERENCES_MAX)
        return;
    t->margin[t->margins++] = (struct margin){
        .foot = foot, .id = arena_text(&t->x->arena, id),
        .type = arena_text(&t->x->arena, type != NULL ? type : "default")
    };
}

static void
read_size(struct docx_template *t, const struct opc_tag *tag)
{
    if (strcmp(tag->name, W("pgSz")) == 0) {
        t->page_width = number_of(tag, W("w"));
    } else {
        t->left = number_of(tag, W("left"));
        t->right = number_of(tag, W("right"));
        t->gutter = number_of(tag, W("gutter"));
    }
    xml_put(&t->page, "<w:%s", tag->name + sizeof W("") - 1);
    copy_attributes(t, tag);
    buf_text(&t->page, "/>");
}

/* The last section is the body's own; earlier ones are the template's
 * examples and stand in paragraphs. */
static bool
document_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    if (tag->depth == 1 && strncmp(tag->name, STRICT, sizeof STRICT - 1) == 0)
        return err_set(e, ERR_INPUT, "office.strict", "");
    if (tag->depth == 1 && strcmp(tag->name, W("document")) != 0)
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (tag->depth == 3 && strcmp(tag->name, W("sectPr")) == 0)
        t->in_section = 3;
    if (t->in_section == 0 || tag->depth != 4)
        return true;
    if (strcmp(tag->name, W("headerReference")) == 0)
        read_margin(t, tag, false);
    else if (strcmp(tag->name, W("footerReference")) == 0)
        read_margin(t, tag, true);
    else if (strcmp(tag->name, W("pgSz")) == 0
             || strcmp(tag->name, W("pgMar")) == 0)
        read_size(t, tag);
    else if (strcmp(tag->name, W("titlePg")) == 0)
        t->title_page = is_on(tag);
    return true;
}

static bool
document_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (t->in_section == tag->depth)
        t->in_section = 0;
    return true;
}

/* ---- the theme ---- */

/* The accent is what headings of Office's own themes have: dk2, else
 * accent1, if a colour is said outright. */
static bool
theme_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    const char *val = opc_attribute(tag, "val");

    (void)e;
    if (tag->depth == 4)
        t->colour = strcmp(tag->name, OPC_NS_A "|accent1") == 0
            ? t->x->accent
            : strcmp(tag->name, OPC_NS_A "|dk1") == 0 ? t->x->ink : NULL;
    if (tag->depth != 5 || t->colour == NULL)
        return true;
    if (strcmp(tag->name, OPC_NS_A "|sysClr") == 0)
        val = opc_attribute(tag, "lastClr");
    if (val != NULL && strlen(val) == 6
        && strspn(val, "0123456789abcdefABCDEF") == 6)
        memcpy(t->colour, val, 7);
    return true;
}

/* ---- copies ---- */

static bool
is_kind(const char *type, const char *kind)
{
    return strcmp(type, kind) == 0;
}

/* A part that refers to nothing, once. */
static struct opc_part *
copy_leaf(struct docx_template *t, const char *name, struct err *e)
{
    const char *type, *bytes;
    struct opc_part *part;
    size_t len;

    for (int i = 0; i < t->copies; i++)
        if (opc_compare(t->copied[i].from, name) == 0)
            return t->copied[i].to;
    if (t->copies == COPIES_MAX) {
        opc_refuse(e, "office.active", name);
        return NULL;
    }
    if (!opc_type(t->file, name, &type, e)
        || !opc_bytes(t->file, name, &bytes, &len, e))
        return NULL;
    part = opc_add(&t->x->opc, arena_printf(&t->x->arena,
                                            "word/media/brand%d%s",
                                            ++t->media,
                                            opc_suffix(name)), type);
    buf_add(&part->body, bytes, len);
    t->copied[t->copies++] = (struct copied){ name, part };
    return part;
}

/* What PART of the template refers to, for its copy TO: pictures, fonts
 * and links; anything else is refused. */
static bool
copy_references(struct docx_template *t, const char *name,
                struct opc_part *to, struct err *e)
{
    const struct opc_reference *r;
    struct opc_part *leaf;
    int count;

    if (!opc_references(t->file, name, &r, &count, e))
        return false;
    for (int i = 0; i < count; i++) {
        bool link = is_kind(r[i].type, OPC_REL("hyperlink"));

        if (opc_reference_of(r, i, r[i].id) != NULL)
            return opc_refuse(e, "office.reference", name);
        if (r[i].outside && link) {
            opc_relate_as(&t->x->opc, to, r[i].id, r[i].type, NULL,
                          r[i].target);
            continue;
        }
        if (r[i].outside || (!is_kind(r[i].type, OPC_REL("image"))
                             && !is_kind(r[i].type, OPC_REL("font"))))
            return opc_refuse(e, "office.active", r[i].target);
        leaf = copy_leaf(t, r[i].target, e);
        if (leaf == NULL)
            return false;
        opc_relate_as(&t->x->opc, to, r[i].id, r[i].type, leaf, NULL);
    }
    return true;
}

/* The part that the template's document refers to as KIND, read by HANDLER
 * and copied as NAME where that is not NULL. */
static bool
take(struct docx_template *t, const char *kind,
     const struct opc_handler *handler, const char *name, const char *type,
     struct err *e)
{
    const struct opc_reference *r = opc_reference_kind(t->reference,
                                                       t->references, kind);
    struct opc_part *part;
    const char *bytes;
    size_t len;

    if (r == NULL || r->outside)
        return true;
    if (!opc_parse(t->file, r->target, handler, t, e))
        return false;
    if (name == NULL)
        return true;
    if (!opc_bytes(t->file, r->target, &bytes, &len, e))
        return false;
    part = opc_add(&t->x->opc, name, type);
    buf_add(&part->body, bytes, len);
    opc_relate(&t->x->opc, t->x->main, r->type, part);
    return copy_references(t, r->target, part, e);
}

/* ---- opening ---- */

static bool
find_main(struct docx_template *t, struct err *e)
{
    const struct opc_reference *r, *list;
    const char *type;
    int count;

    if (!opc_references(t->file, "", &list, &count, e))
        return false;
    r = opc_reference_kind(list, count, "officeDocument");
    if (r != NULL && strncmp(r->type, STRICT, sizeof STRICT - 1) == 0)
        return err_set(e, ERR_INPUT, "office.strict", "");
    if (r == NULL || r->outside || !opc_has(t->file, r->target))
        return err_set(e, ERR_INPUT, "office.kind", "");
    if (!opc_type(t->file, r->target, &type, e))
        return false;
    if (strstr(type, "wordprocessingml") == NULL
        && strstr(type, "ms-word") == NULL)
        return err_set(e, ERR_INPUT, "office.kind", "");
    t->main = r->target;
    return opc_references(t->file, t->main, &t->reference, &t->references,
                          e);
}

static const char *
target_of(const struct docx_template *t, const char *kind)
{
    const struct opc_reference *r = opc_reference_kind(t->reference,
                                                       t->references, kind);

    return r != NULL && !r->outside ? r->target : NULL;
}

static bool
read_template(struct docx_template *t, struct err *e)
{
    static const struct opc_handler
        document = { .start = document_start, .end = document_end },
        style = { .start = style_start, .end = style_end },
        numbering = { .start = numbering_start, .end = numbering_end },
        settings = { .start = settings_start },
        theme = { .start = theme_start }, nothing = { .start = NULL };

    if (!find_main(t, e))
        return false;
    t->styles_name = target_of(t, "styles");
    t->numbering_name = target_of(t, "numbering");
    if (t->styles_name == NULL)
        return err_set(e, ERR_INPUT, "office.kind", "");
    return opc_parse(t->file, t->main, &document, t, e)
        && take(t, "styles", &style, NULL, NULL, e)
        && take(t, "numbering", &numbering, NULL, NULL, e)
        && take(t, "settings", &settings, NULL, NULL, e)
        && take(t, "theme", &theme, "word/theme/theme1.xml",
                OPC_TYPE("theme+xml"), e)
        && take(t, "fontTable", &nothing, "word/fontTable.xml",
                DOCX_TYPE("fontTable"), e);
}

/* The width of text, of a page as it is said or of A4. */
static int
text_width(const struct docx_template *t)
{
    long width = t->page_width - t->left - t->right - t->gutter;

    return t->page_width == 0 || width > 40000 ? 9072
        : width < DOCX_NARROWEST ? DOCX_NARROWEST : (int)width;
}

bool
docx_template_open(struct docx *x, const struct brand_file *file,
                   struct err *e)
{
    struct docx_template *t = arena_take(&x->arena, sizeof *t);

    x->template = t;
    t->x = x;
    t->style = arena_array(&x->arena, STYLES_MAX, sizeof *t->style);
    buf_init(&t->page, 0);
    buf_init(&t->code, 0);
    if (!opc_open(&t->file, file->bytes, file->len, e)
        || !read_template(t, e))
        return false;
    x->width = text_width(t);
    return true;
}

void
docx_template_close(struct docx_template *t)
{
    if (t == NULL)
        return;
    opc_close(t->file);
    buf_clear(&t->page);
    buf_clear(&t->code);
}

/* ---- asking ---- */

const char *
docx_template_style(const struct docx_template *t, const char *type,
                    const char *name, const char *id, bool *numbered)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->styles; i++) {
            const struct known_style *s = &t->style[i];

            if (strcmp(s->type, type) == 0 && *s->id != '\0'
                && (pass == 0 ? opc_compare(s->name, name) == 0
                              : strcmp(s->id, id) == 0)) {
                *numbered = s->numbered;
                return s->id;
            }
        }
    return NULL;
}

const char *
docx_template_normal(const struct docx_template *t)
{
    for (int i = 0; i < t->styles; i++)
        if (t->style[i].standard
            && strcmp(t->style[i].type, "paragraph") == 0)
            return t->style[i].id;
    return NULL;
}

const char *
docx_template_table(const struct docx_template *t)
{
    for (int i = 0; t->wanted_table != NULL && i < t->styles; i++)
        if (strcmp(t->style[i].type, "table") == 0
            && strcmp(t->style[i].id, t->wanted_table) == 0)
            return t->style[i].id;
    return NULL;
}

bool
docx_template_has(const struct docx_template *t, const char *kind)
{
    return target_of(t, kind) != NULL;
}

bool
docx_template_even(const struct docx_template *t)
{
    return t->even;
}

void
docx_template_numbers(const struct docx_template *t, int *abstract,
                      int *num)
{
    *abstract = t->numbering_name != NULL ? t->abstract_most + 1 : 0;
    *num = t->numbering_name != NULL ? t->num_most : 0;
}

/* ---- writing ---- */

/* The part NAME, which was read before. */
static const char *
bytes_of(const struct docx_template *t, const char *name, size_t *len)
{
    const char *bytes = "";
    struct err e;

    err_clear(&e);
    *len = 0;
    if (!opc_bytes(t->file, name, &bytes, len, &e))
        return "";
    return bytes;
}

void
docx_template_styles(const struct docx_template *t, const struct buf *added,
                     struct buf *out)
{
    size_t len;
    const char *bytes = bytes_of(t, t->styles_name, &len);

    buf_add(out, bytes, t->styles_end);
    buf_add(out, buf_string(added), added->len);
    buf_add(out, bytes + t->styles_end, len - t->styles_end);
}

bool
docx_template_numbering(const struct docx_template *t,
                        const struct buf *abstract, const struct buf *num,
                        struct buf *out)
{
    size_t len;
    const char *bytes;

    if (t->numbering_name == NULL)
        return false;
    bytes = bytes_of(t, t->numbering_name, &len);
    buf_add(out, bytes, t->abstract_at);
    buf_add(out, buf_string(abstract), abstract->len);
    buf_add(out, bytes + t->abstract_at, t->num_at - t->abstract_at);
    buf_add(out, buf_string(num), num->len);
    buf_add(out, bytes + t->num_at, len - t->num_at);
    return true;
}

/* ---- heads and feet ---- */

static bool
margin_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;
    const char *code = opc_attribute(tag, W("instr"));

    (void)e;
    t->in_code = strcmp(tag->name, W("instrText")) == 0;
    if (strcmp(tag->name, W("fldSimple")) == 0 && code != NULL)
        buf_text(&t->code, code);
    return true;
}

static bool
margin_text(void *ctx, const char *text, size_t n, struct err *e)
{
    struct docx_template *t = ctx;

    (void)e;
    if (t->in_code)
        buf_add(&t->code, text, n);
    return true;
}

static bool
margin_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct docx_template *t = ctx;

    t->in_code = false;
    if (tag->depth > 1)
        return true;
    t->margin_end = tag->at;
    return tag->past > tag->at || err_set(e, ERR_INPUT, "office.kind", "");
}

/* Fields that fetch or run something when they are brought up to date. */
static bool
check_code(struct docx_template *t, struct err *e)
{
    static const char *const active[] = {
        "DDE", "INCLUDE", "MACRO", "DATABASE", "LINK "
    };

    for (size_t i = 0; i < t->code.len; i++)
        if (t->code.data[i] >= 'a' && t->code.data[i] <= 'z')
            t->code.data[i] = (char)(t->code.data[i] - 'a' + 'A');
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++) {
        const char *at = strstr(buf_string(&t->code), active[i]);

        /* A HYPERLINK only waits to be clicked. */
        if (at != NULL && !(i == 4 && at - buf_string(&t->code) >= 5
                            && memcmp(at - 5, "HYPER", 5) == 0))
            return opc_refuse(e, "office.active", active[i]);
    }
    return true;
}

/* What every foot says of ours, as a paragraph of its own. */
static void
put_foot_line(struct docx_template *t, struct buf *out, const char *notice,
              bool number)
{
    struct docx *x = t->x;
    struct buf *text = x->out;

    if (notice == NULL && !number)
        return;
    x->out = out;
    xml_put(out, "<w:p xmlns:w=\"" DOCX_NS_W "\"><w:pPr><w:pStyle"
            " w:val=\"%s\"/></w:pPr>", x->style[LOOK_FOOTER]);
    docx_text(x, notice != NULL ? notice : "",
              (struct docx_run){ .size = 16 });
    if (notice != NULL && number)
        docx_text(x, " \xc2\xb7 ", (struct docx_run){ .size = 16 });
    if (number)
        docx_field(x, "PAGE", "1", (struct docx_run){ .size = 16 });
    docx_close(x);
    x->out = text;
}

static bool
copy_margin(struct docx_template *t, struct margin *m, int number,
            const char *notice, struct err *e)
{
    static const struct opc_handler handler = {
        .start = margin_start, .end = margin_end, .text = margin_text
    };
    const struct opc_reference *r = opc_reference_of(t->reference,
                                                     t->references, m->id);
    const char *bytes;
    size_t len;

    if (r == NULL || r->outside)
        return opc_refuse(e, "office.reference", t->main);
    buf_reset(&t->code);
    if (!opc_parse(t->file, r->target, &handler, t, e) || !check_code(t, e)
        || !opc_bytes(t->file, r->target, &bytes, &len, e))
        return false;
    m->part = opc_add(&t->x->opc,
                      arena_printf(&t->x->arena, "word/brand%d.xml", number),
                      m->foot ? DOCX_TYPE("footer") : DOCX_TYPE("header"));
    buf_add(&m->part->body, bytes, t->margin_end);
    if (m->foot)
        put_foot_line(t, &m->part->body, notice,
                      strstr(buf_string(&t->code), "PAGE") == NULL);
    buf_add(&m->part->body, bytes + t->margin_end, len - t->margin_end);
    return copy_references(t, r->target, m->part, e);
}

static bool
has_foot(const struct docx_template *t, const char *type)
{
    for (int i = 0; i < t->margins; i++)
        if (t->margin[i].foot && strcmp(t->margin[i].type, type) == 0)
            return true;
    return false;
}

/* A foot of ours where the template has none: page and notice must be
 * somewhere on each page. */
static void
add_foot(struct docx_template *t, const char *type, const char *notice)
{
    struct docx *x = t->x;
    struct margin *m;

    if (has_foot(t, type) || t->margins == REFERENCES_MAX)
        return;
    m = &t->margin[t->margins++];
    *m = (struct margin){ .foot = true, .type = type };
    m->part = opc_add(&x->opc, arena_printf(&x->arena, "word/brand%d.xml",
                                            t->margins),
                      DOCX_TYPE("footer"));
    docx_margin(x, m->part, "ftr", LOOK_FOOTER,
                notice != NULL ? notice : x->doc->running, NULL);
}

bool
docx_template_margins(struct docx *x, const char *notice, struct err *e)
{
    struct docx_template *t = x->template;

    for (int i = 0; i < t->margins; i++)
        if (!copy_margin(t, &t->margin[i], i + 1, notice, e))
            return false;
    add_foot(t, "default", notice);
    if (t->even)
        add_foot(t, "even", notice);
    return t->numbering_name == NULL
        || copy_references(t, t->numbering_name, x->numbering, e);
}

void
docx_template_section(struct docx *x)
{
    struct docx_template *t = x->template;

    buf_text(x->out, "<w:sectPr>");
    for (int i = 0; i < t->margins; i++)
        docx_reference(x, t->margin[i].foot, t->margin[i].type,
                       t->margin[i].part);
    if (t->page.len > 0)
        buf_add(x->out, buf_string(&t->page), t->page.len);
    else
        buf_text(x->out, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar"
                 " w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\""
                 " w:left=\"1417\" w:header=\"708\" w:footer=\"708\""
                 " w:gutter=\"0\"/>");
    buf_text(x->out, "<w:cols w:space=\"708\"/>");
    if (t->title_page)
        buf_text(x->out, "<w:titlePg/>");
    buf_text(x->out, "</w:sectPr>");
}
