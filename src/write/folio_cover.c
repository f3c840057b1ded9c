/* folio_cover.c - what a document begins with: its cover, or the title of what
 * is one page or one table. */
#include "write/chart.h"
#include "write/folio.h"

static double
cover_text(struct flow *f, const char *type, const char *text,
           enum face face, uint32_t ink, double size, double leading,
           double y)
{
    const struct para *p;

    if (text == NULL || *text == '\0')
        return y;
    p = flow_layout(f, text, face, ink, size, leading, PAGE_FULL);
    f->y = y;
    flow_para(f, type, p, PAGE_LEFT, 0);
    return f->y;
}

static void
cover_band(struct flow *f, double y)
{
    const struct chart_model *band = chart_of_cover(f->doc);

    if (band == NULL)
        return;
    paper_open(&f->paper, "Figure");
    paper_alt(&f->paper, arena_printf(&f->arena, "%s. %s", band->title,
                                      band->desc));
    paper_box(&f->paper, PAGE_LEFT, y, PAGE_FULL, 18);
    paper_mark(&f->paper);
    folio_band(f, band, PAGE_LEFT, y, PAGE_FULL, 18);
    paper_unmark(&f->paper);
    paper_close(&f->paper);
    cover_text(f, "P", arena_printf(&f->arena, "%s: %s", band->title,
                                    band->desc),
               FACE_REGULAR, 0xc9d6e4, 9.4, 13, y + 24);
}

void
folio_cover(struct flow *f)
{
    const struct document *doc = f->doc;
    const char *notices[] = {
        doc->internal_notice, doc->protected_notice, doc->synthetic_notice
    };
    double y;

    flow_page(f);
    paper_artifact(&f->paper);
    paper_fill(&f->paper, NAVY, 0, 0, PAGE_WIDTH, 500);
    paper_unmark(&f->paper);
    cover_text(f, "P", doc->owner, FACE_SEMIBOLD, WHITE, 12, 16, 84);
    y = cover_text(f, "Title", doc->title, FACE_BOLD, WHITE, 36, 42, 150);
    cover_text(f, "P", doc->subtitle, FACE_REGULAR, WHITE, 16, 22, y + 12);
    cover_band(f, 420);
    f->y = 536;
    folio_facts(f, &(struct node){
        .kind = NODE_FACTS, .fact = doc->facts, .count = doc->fact_count });
    for (int i = 0; i < 3; i++)
        f->y = cover_text(f, "P", notices[i], FACE_REGULAR, MUTED, 9.4, 13.4,
                          f->y);
}

void
folio_title(struct flow *f)
{
    f->chapter = "";
    flow_page(f);
    if (f->doc->single)
        return;
    f->y = cover_text(f, "Title", f->doc->title, FACE_BOLD, NAVY, 24, 29,
                      f->y) + 4;
    f->y = cover_text(f, "P", f->doc->subtitle, FACE_REGULAR, MUTED, 12, 16,
                      f->y) + 10;
}
