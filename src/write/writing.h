/* writing.h - the writers by themselves, for the table in write.c. Private to
 * write_*.c and their tests; each is as write.h says of struct writer. */
#ifndef WRITE_WRITING_H
#define WRITE_WRITING_H
#include "write/write.h"

#define WRITER(name) \
    bool name(const struct document *doc, const struct brand *brand, \
              struct buf *out, struct err *e)

WRITER(write_csv);
WRITER(write_docx);
WRITER(write_html);
WRITER(write_json);
WRITER(write_pdf);
WRITER(write_jsonstat);
WRITER(write_pptx);
WRITER(write_png);
WRITER(write_svg);
WRITER(write_text);
WRITER(write_tree);
WRITER(write_xlsx);

#endif
