/* slide_template.c - a municipality's own presentation as the ground that
 * our slides stand on.
 *
 * Its masters are taken with all they refer to: layouts, themes, pictures.
 * Its slides and notes are not. Parts get new names, so that none of them
 * can be one of ours, and keep the ids of their relations, which their text
 * holds. What a master has no need of (programs, embedded objects, pictures
 * fetched from elsewhere) is refused, not left out: the text would refer to
 * nothing.
 *
 * Of the layouts two are used: one for the title page and one with a title
 * and room below it. Where their titles and feet stand is read from them, or
 * from the master, as Office does it. */
#include <stdlib.h>
#include <string.h>
#include "write/opc_reading.h"
#include "write/slide.h"

#define NS_P "http://schemas.openxmlformats.org/presentationml/2006/main|"
#define NS_A OPC_NS_A "|"
#define P(name) NS_P name
#define A(name) NS_A name

enum {
    TEMPLATE_PARTS = 400,
    SIDE_LEAST = 914400, SIDE_MOST = 51206400,  /* of a slide, EMU */
    FLATTEST = 40,              /* height of a slide, percent of its width */
    TITLE_LEAST = 640,          /* units: a narrower title is moved */
    TEXT_MOST = 20000           /* of a title, hundredths of a point */
};

/* A placeholder of a layout or master. */
struct place {
    const char *type, *index;   /* NULL: there is none */
    int64_t x, y, w, h;         /* W 0: not said */
};

enum { PLACE_TITLE, PLACE_SUBTITLE, PLACE_FOOT, PLACE_NUMBER, PLACE_COUNT };

/* What is read of a layout or master. */
struct outline {
    struct arena *arena;
    const char *type;           /* of a layout: "titleOnly" */
    struct place place[PLACE_COUNT];
    int title_size;             /* hundredths of a point, of a master */
    struct place now;           /* of the shape being read */
    bool shape, properties, title_style;
};

struct copied {
    const char *name;           /* in the template */
    struct opc_part *part;
};

struct taking {
    struct deck *d;
    struct opc_file *f;
    struct copied copied[TEMPLATE_PARTS];
    int count;
    struct buf masters;
};

/* ---- what stands where ---- */

static int
place_kind(const char *type)
{
    static const struct { const char *type; int kind; } kinds[] = {
        { "title", PLACE_TITLE }, { "ctrTitle", PLACE_TITLE },
        { "subTitle", PLACE_SUBTITLE }, { "ftr", PLACE_FOOT },
        { "sldNum", PLACE_NUMBER },
    };

    for (size_t i = 0; type != NULL && i < sizeof kinds / sizeof kinds[0];
         i++)
        if (strcmp(kinds[i].type, type) == 0)
            return kinds[i].kind;
    return -1;
}

/* A length of XML; 0 for what is none. */
static int64_t
length(const struct opc_tag *tag, const char *name)
{
    const char *text = opc_attribute(tag, name);
    long long n = text != NULL ? strtoll(text, NULL, 10) : 0;

    return n > -SIDE_MOST && n < SIDE_MOST ? n : 0;
}

static const char *
kept(struct outline *o, const struct opc_tag *tag, const char *name)
{
    const char *text = opc_attribute(tag, name);

    return text != NULL ? arena_text(o->arena, text) : NULL;
}

/* It is put into attributes of ours. */
static bool
is_number(const char *text)
{
    size_t n = strspn(text, "0123456789");

    return n > 0 && n <= 10 && text[n] == '\0';
}

static void
read_shape(struct outline *o, const struct opc_tag *tag)
{
    if (strcmp(tag->name, P("ph")) == 0) {
        o->now.type = kept(o, tag, "type");
        o->now.index = kept(o, tag, "idx");
        if (o->now.index == NULL || !is_number(o->now.index))
            o->now.index = "0";
    } else if (strcmp(tag->name, P("spPr")) == 0) {
        o->properties = true;
    } else if (o->properties && strcmp(tag->name, A("off")) == 0) {
        o->now.x = length(tag, "x");
        o->now.y = length(tag, "y");
    } else if (o->properties && strcmp(tag->name, A("ext")) == 0
               && opc_attribute(tag, "cx") != NULL) {
        o->now.w = length(tag, "cx");
        o->now.h = length(tag, "cy");
    }
}

static bool
outline_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct outline *o = ctx;
    const char *size;

    (void)e;
    if (tag->depth == 1)
        o->type = kept(o, tag, "type");
    if (strcmp(tag->name, P("sp")) == 0) {
        o->shape = true;
        o->now = (struct place){ 0 };
    } else if (strcmp(tag->name, P("titleStyle")) == 0) {
        o->title_style = true;
    } else if (o->title_style && o->title_size == 0
               && strcmp(tag->name, A("defRPr")) == 0) {
        size = opc_attribute(tag, "sz");
        o->title_size = size != NULL && is_number(size)
            ? (int)strtol(size, NULL, 10) : 0;
        if (o->title_size > TEXT_MOST)
            o->title_size = TEXT_MOST;
    }
    if (o->shape)
        read_shape(o, tag);
    return true;
}

static bool
outline_end(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct outline *o = ctx;
    int kind;

    (void)e;
    if (strcmp(tag->name, P("spPr")) == 0)
        o->properties = false;
    if (strcmp(tag->name, P("titleStyle")) == 0)
        o->title_style = false;
    if (strcmp(tag->name, P("sp")) != 0)
        return true;
    o->shape = o->properties = false;
    kind = place_kind(o->now.type);
    if (kind >= 0 && o->place[kind].type == NULL)
        o->place[kind] = o->now;
    return true;
}

static bool
read_outline(struct taking *t, const char *name, struct outline *o,
             struct err *e)
{
    static const struct opc_handler handler = {
        .start = outline_start, .end = outline_end
    };

    *o = (struct outline){ .arena = &t->d->arena };
    return opc_parse(t->f, name, &handler, o, e);
}

/* ---- parts ---- */

/* The last piece of a type of relation; whether a master may have it. */
static const char *
kind_of(const char *type)
{
    const char *slash = strrchr(type, '/');

    return slash != NULL ? slash + 1 : type;
}

static bool
allowed(const char *kind)
{
    static const char *const kinds[] = {
        "slideMaster", "slideLayout", "theme", "themeOverride", "image",
        "hdphoto", "tags"
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static bool
is_link(const struct opc_reference *r)
{
    return r->outside && strcmp(kind_of(r->type), "hyperlink") == 0
        && (strncmp(r->target, "https:", 6) == 0
            || strncmp(r->target, "http:", 5) == 0
            || strncmp(r->target, "mailto:", 7) == 0);
}

static struct opc_part *
copied_as(const struct taking *t, const char *name)
{
    for (int i = 0; i < t->count; i++)
        if (strcmp(t->copied[i].name, name) == 0)
            return t->copied[i].part;
    return NULL;
}

static bool
is_xml(const char *type)
{
    size_t n = strlen(type);

    return n >= 3 && strcmp(type + n - 3, "xml") == 0;
}

/* Copies one part, without what it refers to. */
static bool
copy_part(struct taking *t, const char *name, struct err *e)
{
    static const struct opc_handler nothing = { NULL, NULL, NULL };
    struct deck *d = t->d;
    struct opc_part *part;
    const char *type, *data;
    size_t len;

    if (t->count == TEMPLATE_PARTS)
        return err_set(e, ERR_INPUT, "pptx.template_parts", "%d",
                       TEMPLATE_PARTS);
    if (!opc_type(t->f, name, &type, e)
        || !opc_bytes(t->f, name, &data, &len, e)
        || (is_xml(type) && !opc_parse(t->f, name, &nothing, NULL, e)))
        return false;
    if (strncmp(type, "image/", 6) != 0
        && strncmp(type, OPC_TYPE(""), strlen(OPC_TYPE(""))) != 0)
        return err_set(e, ERR_INPUT, "pptx.template", "");
    part = opc_add(&d->opc, arena_printf(&d->arena, "ppt/template/part%d%s",
                                         t->count + 1, opc_suffix(name)),
                   type);
    buf_add(&part->body, data, len);
    t->copied[t->count++] = (struct copied){
        arena_text(&d->arena, name), part
    };
    return true;
}

/* Copies what the I-th part that was copied refers to, and says so in it. */
static bool
copy_references(struct taking *t, int i, struct err *e)
{
    const struct opc_reference *list;
    int count;

    if (!opc_references(t->f, t->copied[i].name, &list, &count, e))
        return false;
    for (int r = 0; r < count; r++) {
        bool outside = is_link(&list[r]);

        if (opc_reference_of(list, r, list[r].id) != NULL)
            return opc_refuse(e, "office.reference", t->copied[i].name);
        if (!outside && (list[r].outside || !allowed(kind_of(list[r].type))))
            return err_set(e, ERR_INPUT, "pptx.template_part", "%s",
                           kind_of(list[r].type));
        if (!outside && copied_as(t, list[r].target) == NULL
            && !copy_part(t, list[r].target, e))
            return false;
        opc_relate_as(&t->d->opc, t->copied[i].part, list[r].id,
                      list[r].type,
                      outside ? NULL : copied_as(t, list[r].target),
                      outside ? list[r].target : NULL);
    }
    return true;
}

/* ---- the presentation ---- */

struct presenting {
    struct taking *t;
    const struct opc_reference *list;
    int count;
    bool present;
};

static bool
presentation_start(void *ctx, const struct opc_tag *tag, struct err *e)
{
    struct presenting *p = ctx;
    struct deck *d = p->t->d;
    const struct opc_reference *r;
    const char *id;

    if (tag->depth == 1)
        p->present = strcmp(tag->name, P("presentation")) == 0;
    if (strcmp(tag->name, P("sldSz")) == 0) {
        d->width = length(tag, "cx");
        d->height = length(tag, "cy");
    }
    if (strcmp(tag->name, P("sldMasterId")) != 0)
        return true;
    id = opc_attribute(tag, OPC_NS_R "|id");
    r = id != NULL ? opc_reference_of(p->list, p->count, id) : NULL;
    if (r == NULL || r->outside || copied_as(p->t, r->target) != NULL)
        return err_set(e, ERR_INPUT, "pptx.template", "");
    if (!copy_part(p->t, r->target, e))
        return false;
    id = opc_attribute(tag, "id");
    buf_text(&p->t->masters, "<p:sldMasterId");
    if (id != NULL)
        xml_put(&p->t->masters, " id=\"%s\"", id);
    xml_put(&p->t->masters, " r:id=\"%s\"/>",
            opc_relate(&d->opc, d->presentation, OPC_REL("slideMaster"),
                       copied_as(p->t, r->target)));
    return true;
}

/* Masters, with all they need. */
static bool
take_masters(struct taking *t, struct err *e)
{
    static const struct opc_handler handler = {
        .start = presentation_start
    };
    const struct opc_reference *list, *main;
    struct presenting p = { .t = t };
    struct deck *d = t->d;
    int count;

    if (!opc_references(t->f, "", &list, &count, e))
        return false;
    main = opc_reference_kind(list, count, "officeDocument");
    if (main == NULL || main->outside)
        return err_set(e, ERR_INPUT, "pptx.template", "");
    if (!opc_references(t->f, main->target, &p.list, &p.count, e)
        || !opc_parse(t->f, main->target, &handler, &p, e))
        return false;
    if (!p.present || t->count == 0 || d->width < SIDE_LEAST
        || d->height * 100 < d->width * FLATTEST)
        return err_set(e, ERR_INPUT, "pptx.template", "");
    for (int i = 0; i < t->count; i++)
        if (!copy_references(t, i, e))
            return false;
    return true;
}

/* ---- layouts ---- */

/* How well a layout does as title page or as ground of what we show; 0: not
 * at all. */
static int
fitness(const struct outline *o, bool cover)
{
    static const char *const types[2][3] = {
        { "titleOnly", "obj", "tx" }, { "title", "secHead", "titleOnly" }
    };

    if (o->place[PLACE_TITLE].type == NULL)
        return 0;
    for (int i = 0; i < 3; i++)
        if (o->type != NULL && strcmp(o->type, types[cover][i]) == 0)
            return 4 - i;
    return 1;
}

static struct rect
in_units(const struct deck *d, const struct place *p)
{
    return (struct rect){
        (int)(p->x / d->unit), (int)(p->y / d->unit), (int)(p->w / d->unit),
        (int)(p->h / d->unit)
    };
}

/* Where a title stands, its text's size, and what room is below it. */
static void
measure(struct deck *d, const struct outline *layout,
        const struct outline *master)
{
    const struct place *title = &layout->place[PLACE_TITLE];
    const struct place *foot = &layout->place[PLACE_FOOT];
    int height = (int)(d->height / d->unit), bottom = height - 56;

    if (title->w <= 0)
        title = &master->place[PLACE_TITLE];
    d->title = in_units(d, title);
    if (d->title.w < TITLE_LEAST || d->title.x < 0
        || d->title.x + d->title.w > SLIDE_WIDTH || d->title.y < 0
        || d->title.h <= 0 || d->title.y + d->title.h > height * 2 / 5) {
        d->moved = true;
        d->title = (struct rect){ SLIDE_MARGIN, 44,
                                  SLIDE_WIDTH - 2 * SLIDE_MARGIN, 100 };
    }
    d->title_size = master->title_size > 0
        ? (int)(master->title_size * (EMU_POINT / 100) / d->unit) : 42;
    if (foot->w <= 0)
        foot = &master->place[PLACE_FOOT];
    if (foot->w > 0 && foot->y > d->height * 3 / 4
        && foot->y < d->height)
        bottom = in_units(d, foot).y - 8;
    d->body = (struct rect){ d->title.x, 0, d->title.w, bottom };
    d->foot = (struct rect){ d->title.x, height - 48, d->title.w - 80, 40 };
    d->foot_index = layout->place[PLACE_FOOT].index;
    d->number_index = layout->place[PLACE_NUMBER].index;
}

/* The master that the layout NAME is of. */
static bool
master_of(struct taking *t, const char *name, struct outline *master,
          struct err *e)
{
    const struct opc_reference *list, *r;
    int count;

    if (!opc_references(t->f, name, &list, &count, e))
        return false;
    r = opc_reference_kind(list, count, "slideMaster");
    if (r == NULL)
        return err_set(e, ERR_INPUT, "pptx.template", "");
    return read_outline(t, r->target, master, e);
}

static bool
choose_layouts(struct taking *t, struct err *e)
{
    struct deck *d = t->d;
    struct outline o = { 0 }, content = { 0 }, master = { 0 };
    int best = 0, best_cover = 0, at = -1;

    for (int i = 0; i < t->count; i++) {
        struct opc_part *part = t->copied[i].part;

        if (strcmp(part->type, OPC_TYPE("presentationml.slideLayout+xml"))
            != 0)
            continue;
        if (!read_outline(t, t->copied[i].name, &o, e))
            return false;
        if (fitness(&o, true) > best_cover) {
            best_cover = fitness(&o, true);
            d->cover = part;
            d->cover_type = o.place[PLACE_TITLE].type;
            d->cover_index = o.place[PLACE_SUBTITLE].index;
        }
        if (fitness(&o, false) > best) {
            best = fitness(&o, false);
            d->content = part;
            content = o;
            at = i;
        }
    }
    if (at < 0)
        return err_set(e, ERR_INPUT, "pptx.template_layout", "");
    if (!master_of(t, t->copied[at].name, &master, e))
        return false;
    measure(d, &content, &master);
    return true;
}

bool
deck_template(struct deck *d, const struct brand_file *file, struct err *e)
{
    struct taking *t = arena_take(&d->arena, sizeof *t);
    bool ok;

    t->d = d;
    buf_init(&t->masters, 0);
    ok = opc_open(&t->f, file->bytes, file->len, e)
        && take_masters(t, e);
    d->unit = d->width / SLIDE_WIDTH;
    ok = ok && choose_layouts(t, e) && buf_ok(&t->masters, e);
    if (ok)
        d->masters = arena_printf(&d->arena, "<p:sldMasterIdLst>%s"
                                  "</p:sldMasterIdLst>",
                                  buf_string(&t->masters));
    opc_close(t->f);
    buf_clear(&t->masters);
    return ok;
}
