/* write_png.c - the drawing of write_svg.c as a picture, twice as many
 * pixels as the drawing has.
 *
 * librsvg and cairo are loaded when a picture is asked for, not with the
 * program: they bring thirty libraries that nothing else needs. The web
 * application, once it is confined, can't load them, and says so. */
#include <cairo.h>
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include "write/writing.h"

enum {
    SCALE = 2,
    SIDE_MAX = 32767            /* dots, of what cairo can paint */
};

/* What is used of the libraries, with their own types. */
struct libraries {
    void *rsvg, *cairo, *object;
    __typeof__(rsvg_handle_new_from_data) *read;
    __typeof__(rsvg_handle_get_intrinsic_size_in_pixels) *size;
    __typeof__(rsvg_handle_render_document) *render;
    __typeof__(g_object_unref) *unref;
    __typeof__(cairo_image_surface_create) *surface;
    __typeof__(cairo_surface_destroy) *surface_free;
    __typeof__(cairo_create) *create;
    __typeof__(cairo_destroy) *destroy;
    __typeof__(cairo_status) *status;
    __typeof__(cairo_surface_write_to_png_stream) *write;
};

/* dlsym gives a pointer to data where it is one to a function. */
static void
(*find(void *library, const char *name))(void)
{
    union {
        void *data;
        void (*function)(void);
    } found = { .data = dlsym(library, name) };

    return found.function;
}

#define TAKE(to, library, name) \
    ((to) = (__typeof__(to))find((library), (name)), (to) != NULL)

static bool
load(struct libraries *l, struct err *e)
{
    l->rsvg = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    l->cairo = dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL);
    l->object = dlopen("libgobject-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
    if (l->rsvg != NULL && l->cairo != NULL && l->object != NULL
        && TAKE(l->read, l->rsvg, "rsvg_handle_new_from_data")
        && TAKE(l->size, l->rsvg, "rsvg_handle_get_intrinsic_size_in_pixels")
        && TAKE(l->render, l->rsvg, "rsvg_handle_render_document")
        && TAKE(l->unref, l->object, "g_object_unref")
        && TAKE(l->surface, l->cairo, "cairo_image_surface_create")
        && TAKE(l->surface_free, l->cairo, "cairo_surface_destroy")
        && TAKE(l->create, l->cairo, "cairo_create")
        && TAKE(l->destroy, l->cairo, "cairo_destroy")
        && TAKE(l->status, l->cairo, "cairo_status")
        && TAKE(l->write, l->cairo, "cairo_surface_write_to_png_stream"))
        return true;
    err_set(e, ERR_MACHINE, "png.library", "%s", "librsvg");
    return false;
}

static cairo_status_t
take_bytes(void *ctx, const unsigned char *data, unsigned n)
{
    struct buf *out = ctx;

    buf_add(out, data, n);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static bool
paint(const struct libraries *l, RsvgHandle *handle, double width,
      double height, struct buf *out)
{
    RsvgRectangle all = { 0, 0, width * SCALE, height * SCALE };
    cairo_surface_t *surface = l->surface(CAIRO_FORMAT_RGB24,
                                          (int)all.width, (int)all.height);
    cairo_t *cr = l->create(surface);
    bool ok = l->render(handle, cr, &all, NULL)
              && l->status(cr) == CAIRO_STATUS_SUCCESS
              && l->write(surface, take_bytes, out) == CAIRO_STATUS_SUCCESS;

    l->destroy(cr);
    l->surface_free(surface);
    return ok;
}

/* A chart is as high as it has rows. */
static bool
fits(int height, struct err *e)
{
    return height <= SIDE_MAX
        || err_set(e, ERR_INPUT, "png.high", "%d %d", height, SIDE_MAX);
}

static bool
draw(const struct libraries *l, const struct buf *svg, struct buf *out,
     struct err *e)
{
    RsvgHandle *handle = l->read((const guint8 *)svg->data, svg->len, NULL);
    double width = 0, height = 0;
    bool ok;

    ok = handle != NULL && l->size(handle, &width, &height)
      && fits((int)(height * SCALE), e)
      && paint(l, handle, width, height, out);
    if (handle != NULL)
        l->unref(handle);
    return ok || err_set(e, ERR_MACHINE, "png.failed", "");
}

WRITER(write_png)
{
    struct libraries l = { 0 };
    struct buf svg;
    bool ok;

    buf_init(&svg, 0);
    ok = write_svg(doc, brand, &svg, e) && buf_ok(&svg, e) && load(&l, e)
         && draw(&l, &svg, out, e);
    buf_clear(&svg);
    return ok;
}
