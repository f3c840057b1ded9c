/* font.h - the faces of a PDF: text measured, shaped, and embedded.
 *
 * Inter, carried in the program (third_party/inter). HarfBuzz shapes: kerned,
 * no ligatures, so that a reader gets the letters back; numbers in tables
 * stand in figures of equal width. A file gets only the glyphs that it uses.
 * Lengths are points. */
#ifndef WRITE_FONT_H
#define WRITE_FONT_H
#include "write/pdf.h"

enum face { FACE_REGULAR, FACE_ITALIC, FACE_SEMIBOLD, FACE_BOLD, FACE_COUNT };

struct font {
    enum face face;
    double size;
    bool tabular;               /* figures of equal width */
};

struct fonts;

/* The faces, with no glyph used yet. Never NULL: they are carried. */
struct fonts *fonts_new(void);
void fonts_free(struct fonts *f);

/* How wide the N bytes of TEXT are. */
double font_width(struct fonts *f, const struct font *font,
                  const char *text, size_t n);
/* Appends the operator that shows TEXT ("[<..>-12<..>]TJ"); the face and size
 * are set by font_select. A character that the face does not have is shown
 * as a box, and what it is goes with it (ActualText). */
void font_show(struct fonts *f, const struct font *font, const char *text,
               size_t n, struct buf *content);
/* "/F0 10.3 Tf ". */
void font_select(const struct font *font, struct buf *content);
/* Writes the faces that were used, and appends what a page's resources say
 * of them: "/F0 12 0 R/F2 15 0 R". */
void fonts_write(struct fonts *f, struct pdf *pdf, struct buf *resources);

#endif
