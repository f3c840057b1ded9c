/* drawing.h - DrawingML, which text documents and slides share: how an area
 * looks, runs of text, charts that can be edited (ECMA-376 part 1, 20, 21).
 *
 * Lengths are EMU (12,700 a point, 360,000 a cm), sizes of text hundredths
 * of a point, colours six hex digits without "#". */
#ifndef WRITE_DRAWING_H
#define WRITE_DRAWING_H
#include "write/opc.h"

enum { EMU_POINT = 12700, EMU_CM = 360000 };

/* How an area looks: told apart without colour by its pattern. */
struct look {
    char fill[7], edge[7], ink[7];      /* ink: of text on it */
    char second[7];             /* the pattern's other colour */
    const char *pattern;        /* "pct10"; NULL: plain */
    const char *shape;          /* of its mark: "ellipse", "triangle" .. */
};
struct look look_of_grade(const struct document *doc, int grade);
struct look look_of_series(const struct document *doc,
                           const struct chart_series *s);
/* What is hidden, and neither grade nor series. */
struct look look_of_hidden(void);

/* <a:solidFill> or <a:pattFill>. */
void drawing_fill(struct buf *out, const struct look *look);
/* The same and <a:ln>: what stands in an <*:spPr>. */
void drawing_area(struct buf *out, const struct look *look);

/* How a chart is to be put. */
struct chart_style {
    const char *folder;         /* of the package: "ppt", "word" */
    int number;                 /* of its parts, from 1: chart1.xml */
    int size;                   /* of its text */
    int label;                  /* of numbers at bars; 0: as of its text */
    bool bare;                  /* neither legend nor names nor axis: bars
                                 * fill the frame */
    bool mute;                  /* no numbers at bars either */
    bool keyless;               /* what the series are stands elsewhere */
    bool wide;                  /* bars lie down, whatever they are */
    const char *font;           /* NULL: the theme's */
    const struct chart_model *whole;    /* the chart is a part of this one
                                 * and has its scale; NULL: it is whole */
};

/* A chart part with its workbook, in which each number can be changed: the
 * shares that are drawn, and beside them the counts. What is hidden is an
 * empty cell and no point. The caller relates to it (OPC_REL("chart")). */
struct opc_part *drawing_chart(struct opc *p, const struct document *doc,
                               const struct chart_model *c,
                               const struct chart_style *style);
/* <a:graphic> of the chart with relation ID: what stands in a frame. */
void drawing_chart_ref(struct buf *out, const char *id);
/* What is said below its title; without what Office can't draw. */
const char *drawing_chart_caption(const struct document *doc,
                                  const struct chart_model *c,
                                  struct arena *arena);
/* Whether C is put as several bars side by side that lie. */
bool drawing_chart_lies(const struct chart_model *c,
                        const struct chart_style *style);
/* How high a chart WIDTH wide wants to be. */
int64_t drawing_chart_height(const struct chart_model *c,
                             const struct chart_style *style, int64_t width);
/* The whole in words, and every category: alternative text. */
const char *drawing_chart_descr(const struct document *doc,
                                const struct chart_model *c,
                                struct arena *arena);

#endif
