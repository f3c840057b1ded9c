/* font.c - see font.h.
 *
 * A face is embedded as a CID font whose CIDs are its glyph numbers: they are
 * kept when it is cut down (HB_SUBSET_FLAGS_RETAIN_GIDS), so that text can be
 * written before all of it is known. What a glyph stands for is noted when it
 * is first shown, for ToUnicode. */
#include "write/font.h"
#include <assert.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/embed.h"
#include "base/utf8.h"

enum { GLYPH_TEXT = 16 };       /* bytes of what one glyph stands for */

struct glyph_use {
    bool used;
    char text[GLYPH_TEXT];
};

struct one_face {
    hb_face_t *face;
    hb_font_t *font;
    struct glyph_use *use;      /* a glyph each */
    int glyphs;
    bool used;
};

struct fonts {
    struct one_face face[FACE_COUNT];
    hb_buffer_t *shaping;
};

static const struct {
    const char *file, *name;
    int stem;                   /* StemV: guessed from the weight */
} faces[FACE_COUNT] = {
    [FACE_REGULAR] = { "third_party/inter/Inter-Regular.otf",
                       "Inter-Regular", 80 },
    [FACE_ITALIC] = { "third_party/inter/Inter-Italic.otf", "Inter-Italic",
                      80 },
    [FACE_SEMIBOLD] = { "third_party/inter/Inter-SemiBold.otf",
                        "Inter-SemiBold", 110 },
    [FACE_BOLD] = { "third_party/inter/Inter-Bold.otf", "Inter-Bold", 130 },
};

static void
open_face(struct one_face *f, enum face which)
{
    size_t len;
    const void *bytes = embed_find(faces[which].file, &len);
    hb_blob_t *blob;

    assert(bytes != NULL);
    blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL,
                          NULL);
    f->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    f->font = hb_font_create(f->face);
    f->glyphs = (int)hb_face_get_glyph_count(f->face);
    f->use = mem_take((size_t)f->glyphs * sizeof *f->use);
}

struct fonts *
fonts_new(void)
{
    struct fonts *f = mem_take(sizeof *f);

    f->shaping = hb_buffer_create();
    return f;
}

void
fonts_free(struct fonts *f)
{
    if (f == NULL)
        return;
    for (int i = 0; i < FACE_COUNT; i++) {
        hb_font_destroy(f->face[i].font);
        hb_face_destroy(f->face[i].face);
        free(f->face[i].use);
    }
    hb_buffer_destroy(f->shaping);
    free(f);
}

static struct one_face *
face_of(struct fonts *f, const struct font *font)
{
    struct one_face *one = &f->face[font->face];

    if (one->face == NULL)
        open_face(one, font->face);
    return one;
}

static double
per_em(const struct one_face *one)
{
    return (double)hb_face_get_upem(one->face);
}

struct shaped {
    const hb_glyph_info_t *glyph;
    const hb_glyph_position_t *at;
    unsigned count;
};

static struct shaped
shape(struct fonts *f, struct one_face *one, const struct font *font,
      const char *text, size_t n)
{
    hb_feature_t features[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1 },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1 },
        { HB_TAG('c', 'a', 'l', 't'), 0, 0, (unsigned)-1 },
        { HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1 },
    };
    struct shaped s;

    hb_buffer_clear_contents(f->shaping);
    hb_buffer_add_utf8(f->shaping, text, (int)n, 0, (int)n);
    hb_buffer_set_direction(f->shaping, HB_DIRECTION_LTR);
    hb_buffer_set_script(f->shaping, HB_SCRIPT_LATIN);
    hb_shape(one->font, f->shaping, features, font->tabular ? 4 : 3);
    s.glyph = hb_buffer_get_glyph_infos(f->shaping, &s.count);
    s.at = hb_buffer_get_glyph_positions(f->shaping, &s.count);
    return s;
}

double
font_width(struct fonts *f, const struct font *font, const char *text,
           size_t n)
{
    struct one_face *one = face_of(f, font);
    struct shaped s = shape(f, one, font, text, n);
    double width = 0;

    for (unsigned i = 0; i < s.count; i++)
        width += s.at[i].x_advance;
    return width * font->size / per_em(one);
}

/* What glyph I stands for: the bytes up to the next cluster. */
static size_t
cluster_end(const struct shaped *s, unsigned i, size_t n)
{
    while (++i < s->count)
        if (s->glyph[i].cluster != s->glyph[i - 1].cluster)
            return s->glyph[i].cluster;
    return n;
}

static void
note_use(struct one_face *one, const struct shaped *s, unsigned i,
         const char *text, size_t n)
{
    struct glyph_use *use = &one->use[s->glyph[i].codepoint];
    size_t from = s->glyph[i].cluster, to = cluster_end(s, i, n);
    bool first = i == 0 || s->glyph[i - 1].cluster != from;

    if (!use->used && first && to - from < GLYPH_TEXT)
        memcpy(use->text, text + from, to - from);
    use->used = true;
}

static double
thousandths(const struct one_face *one, double units)
{
    return units * 1000 / per_em(one);
}

/* A character the face does not have, with what it is. */
static void
show_missing(const char *text, size_t from, size_t to, struct buf *content)
{
    char what[GLYPH_TEXT * 2] = "";

    if (to - from < sizeof what)
        memcpy(what, text + from, to - from);
    buf_text(content, "/Span<</ActualText");
    pdf_put_text(content, what);
    buf_text(content, ">>BDC[<0000>]TJ EMC ");
}

void
font_show(struct fonts *f, const struct font *font, const char *text,
          size_t n, struct buf *content)
{
    struct one_face *one = face_of(f, font);
    struct shaped s = shape(f, one, font, text, n);
    bool open = false;

    one->used = true;
    for (unsigned i = 0; i < s.count; i++) {
        hb_codepoint_t g = s.glyph[i].codepoint;
        double off = s.at[i].x_advance
            - hb_font_get_glyph_h_advance(one->font, g);

        if (g == 0) {
            buf_text(content, open ? "]TJ " : "");
            show_missing(text, s.glyph[i].cluster, cluster_end(&s, i, n),
                         content);
            open = false;
            continue;
        }
        note_use(one, &s, i, text, n);
        buf_text(content, open ? "" : "[");
        open = true;
        if (s.at[i].x_offset != 0)
            pdf_put_number(content, -thousandths(one, s.at[i].x_offset));
        buf_printf(content, "<%04X>", g);
        off -= s.at[i].x_offset;
        if (fabs(off) >= 0.5)
            pdf_put_number(content, -thousandths(one, off));
    }
    buf_text(content, open ? "]TJ " : "");
}

void
font_select(const struct font *font, struct buf *content)
{
    buf_printf(content, "/F%d ", (int)font->face);
    pdf_put_number(content, font->size);
    buf_text(content, "Tf ");
}

/* ---- embedding ---- */

/* The outlines of the glyphs that were used, as a bare CFF. */
static hb_blob_t *
outlines(const struct one_face *one)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_face_t *cut;
    hb_blob_t *blob;

    if (input == NULL)
        mem_out();
    for (int g = 0; g < one->glyphs; g++)
        if (one->use[g].used || g == 0)
            hb_set_add(hb_subset_input_glyph_set(input), (unsigned)g);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS);
    cut = hb_subset_or_fail(one->face, input);
    hb_subset_input_destroy(input);
    if (cut == NULL)
        mem_out();
    blob = hb_face_reference_table(cut, HB_TAG('C', 'F', 'F', ' '));
    hb_face_destroy(cut);
    return blob;
}

static void
put_widths(const struct one_face *one, struct buf *out)
{
    buf_text(out, "/W[");
    for (int g = 0; g < one->glyphs; g++)
        if (one->use[g].used || g == 0) {
            buf_printf(out, "%d[", g);
            pdf_put_number(out, thousandths(
                one, hb_font_get_glyph_h_advance(one->font, (unsigned)g)));
            buf_byte(out, ']');
        }
    buf_byte(out, ']');
}

/* From glyphs to the text they stand for, a hundred a section. */
static void
put_to_unicode(const struct one_face *one, struct buf *out)
{
    int left = 0;

    for (int g = 0; g < one->glyphs; g++)
        left += one->use[g].used && one->use[g].text[0] != '\0';
    buf_text(out, "/CIDInit/ProcSet findresource begin 12 dict begin "
             "begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)"
             "/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 "
             "def 1 begincodespacerange<0000><FFFF>endcodespacerange\n");
    for (int g = 0, row = 0; g < one->glyphs; g++) {
        struct buf text;
        const char *hex;

        if (!one->use[g].used || one->use[g].text[0] == '\0')
            continue;
        if (row == 0)
            buf_printf(out, "%d beginbfchar\n", left < 100 ? left : 100);
        buf_init(&text, 0);
        pdf_put_text(&text, one->use[g].text);
        hex = buf_string(&text) + strlen("<FEFF");
        buf_printf(out, "<%04X><%s\n", (unsigned)g, hex);
        buf_clear(&text);
        left--;
        if (++row == 100 || left == 0) {
            buf_text(out, "endbfchar\n");
            row = 0;
        }
    }
    buf_text(out, "endcmap CMapName currentdict/CMap defineresource pop end "
             "end\n");
}

static void
put_descriptor(const struct one_face *one, enum face which, int file,
               struct buf *out)
{
    hb_font_extents_t line;
    bool italic = which == FACE_ITALIC;

    hb_font_get_h_extents(one->font, &line);
    buf_printf(out, "<</Type/FontDescriptor/FontName/BPLANA+%s/Flags %d"
               "/ItalicAngle %d/StemV %d/FontBBox[-1000 -500 3000 1200]"
               "/CapHeight 727/Ascent ", faces[which].name,
               italic ? 4 + 64 : 4, italic ? -9 : 0, faces[which].stem);
    pdf_put_number(out, thousandths(one, line.ascender));
    buf_text(out, "/Descent ");
    pdf_put_number(out, thousandths(one, line.descender));
    buf_printf(out, "/FontFile3 %d 0 R>>", file);
}

static void
write_face(const struct one_face *one, enum face which, struct pdf *pdf,
           struct buf *resources)
{
    int font = pdf_reserve(pdf), child = pdf_reserve(pdf);
    int about = pdf_reserve(pdf), file = pdf_reserve(pdf);
    int map = pdf_reserve(pdf);
    hb_blob_t *blob = outlines(one);
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    struct buf b;

    pdf_stream(pdf, file, "/Subtype/CIDFontType0C", bytes, len);
    hb_blob_destroy(blob);
    buf_init(&b, 0);
    put_to_unicode(one, &b);
    pdf_stream(pdf, map, "", buf_string(&b), b.len);
    buf_reset(&b);
    put_descriptor(one, which, file, &b);
    pdf_object(pdf, about, buf_string(&b));
    buf_reset(&b);
    buf_printf(&b, "<</Type/Font/Subtype/CIDFontType0/BaseFont/BPLANA+%s"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
               "/Supplement 0>>/FontDescriptor %d 0 R/DW 0", faces[which].name,
               about);
    put_widths(one, &b);
    buf_text(&b, ">>");
    pdf_object(pdf, child, buf_string(&b));
    buf_reset(&b);
    buf_printf(&b, "<</Type/Font/Subtype/Type0/BaseFont/BPLANA+%s-Identity-H"
               "/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode "
               "%d 0 R>>", faces[which].name, child, map);
    pdf_object(pdf, font, buf_string(&b));
    buf_clear(&b);
    buf_printf(resources, "/F%d %d 0 R", (int)which, font);
}

void
fonts_write(struct fonts *f, struct pdf *pdf, struct buf *resources)
{
    for (int i = 0; i < FACE_COUNT; i++)
        if (f->face[i].used)
            write_face(&f->face[i], (enum face)i, pdf, resources);
}
