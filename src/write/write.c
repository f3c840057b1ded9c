/* write.c - see write.h. */
#include "write/writing.h"
#include <string.h>

static const struct writer writers[] = {
    { "html", "text/html; charset=utf-8", ".html", WRITES_REPORT,
      write_html },
    { "json", "application/json", ".json", WRITES_REPORT | WRITES_TABLE,
      write_json },
    { "jsonstat", "application/json", ".json", WRITES_REPORT | WRITES_TABLE,
      write_jsonstat },
    { "csv", "text/csv; charset=utf-8", ".csv",
      WRITES_REPORT | WRITES_TABLE, write_csv },
    { "text", "text/plain; charset=utf-8", ".txt",
      WRITES_REPORT | WRITES_TABLE, write_text },
    { "docx", "application/vnd.openxmlformats-officedocument"
      ".wordprocessingml.document", ".docx", WRITES_REPORT | WRITES_TABLE,
      write_docx },
    { "pdf", "application/pdf", ".pdf", WRITES_REPORT | WRITES_TABLE,
      write_pdf },
    { "pptx", "application/vnd.openxmlformats-officedocument.presentationml"
      ".presentation", ".pptx", WRITES_REPORT | WRITES_TABLE, write_pptx },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml"
      ".sheet", ".xlsx", WRITES_REPORT | WRITES_TABLE | WRITES_CHART,
      write_xlsx },
    { "svg", "image/svg+xml", ".svg", WRITES_TABLE | WRITES_CHART,
      write_svg },
    { "png", "image/png", ".png", WRITES_TABLE | WRITES_CHART, write_png },
    { "tree", "text/plain; charset=utf-8", ".tree",
      WRITES_REPORT | WRITES_TABLE, write_tree },
};

enum { WRITERS = sizeof writers / sizeof writers[0] };

const struct writer *
writer_at(int i)
{
    return i >= 0 && i < WRITERS ? &writers[i] : NULL;
}

const struct writer *
writer_find(const char *name, unsigned what)
{
    for (int i = 0; i < WRITERS; i++)
        if (strcmp(writers[i].name, name) == 0
            && (writers[i].writes & what) != 0)
            return &writers[i];
    return NULL;
}

bool
writer_write(const struct writer *w, const struct document *doc,
             const struct brand *brand, struct buf *out, struct err *e)
{
    return w->write(doc, brand, out, e) && buf_ok(out, e);
}
