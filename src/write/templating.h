/* templating.h - what the parts of docx_template share: a municipality's
 * document being taken. Private to docx_template*.c.
 *
 *     docx_template.c           what is taken: opens the file and finds its
 *                               parts; settings, theme, fonts
 *     docx_template_style.c     styles and numbering, with ours put between
 *     docx_template_page.c      the last section: its page, its heads and
 *                               feet by reference
 *     docx_template_margin.c    those heads and feet, into the package
 *     docx_template_copy.c      a part into the package, with what it refers
 *                               to */
#ifndef WRITE_TEMPLATING_H
#define WRITE_TEMPLATING_H
#include "write/docx.h"
#include "write/opc_reading.h"

#define W(name) DOCX_NS_W "|" name
/* What names begin with that a document as ISO 29500 strict has. */
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
    const struct opc_reference *reference;      /* the document's */
    int references;
    bool even;                  /* settings: pages have other heads */
    const char *wanted_table;   /* settings: the default style of tables */
    char *colour;               /* of the theme: where the next one goes */
    /* docx_template_style.c */
    struct known_style *style;
    int styles;
    const char *styles_name, *numbering_name;   /* NULL: it has none */
    size_t styles_end;          /* where ours go */
    size_t abstract_at, num_at; /* the same in its numbering */
    bool first_num;             /* abstract_at is known */
    int abstract_most, num_most;
    /* docx_template_page.c */
    struct margin margin[REFERENCES_MAX];
    int margins;
    int in_section;             /* depth of the section that is read */
    struct buf page;            /* its pgSz, pgMar */
    bool title_page;
    long page_width, left, right, gutter;
    /* docx_template_margin.c: of the one that is read */
    bool in_code;
    size_t margin_end;
    struct buf code;            /* of its fields */
    /* docx_template_copy.c */
    struct copied copied[COPIES_MAX];
    int copies;
};

/* ---- docx_template.c ---- */

/* Has HANDLER, with T, read the part that the document refers to as KIND
 * ("styles"), if there is one. */
MUST_CHECK bool templating_read(struct docx_template *t, const char *kind,
                                const struct opc_handler *handler,
                                struct err *e);
/* What w:val says: a switch is on where it says nothing. */
bool templating_is_on(const struct opc_tag *tag);
/* The attribute NAME as a number, 0 to a million. */
int templating_number(const struct opc_tag *tag, const char *name);

/* ---- docx_template_style.c ---- */

/* Reads its styles and numbering. */
MUST_CHECK bool templating_styles(struct docx_template *t, struct err *e);

/* ---- docx_template_page.c ---- */

/* Reads the document's last section. */
MUST_CHECK bool templating_page(struct docx_template *t, struct err *e);
/* The width of text, of a page as it is said or of A4. */
int templating_width(const struct docx_template *t);

/* ---- docx_template_copy.c ---- */

/* The part NAME into the package as the part AS of TYPE, without what it
 * refers to; NULL with E where it can't be read. */
struct opc_part *templating_copy(struct docx_template *t, const char *name,
                                 const char *as, const char *type,
                                 struct err *e);
/* What the part NAME of the template refers to, for its copy TO: pictures,
 * fonts and links; anything else is refused. */
MUST_CHECK bool templating_references(struct docx_template *t,
                                      const char *name, struct opc_part *to,
                                      struct err *e);

#endif
