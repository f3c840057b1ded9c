/* template_parse.h - a template as a list of operations: for template.c.
 *
 * An operation prints the template's own text before a tag, then what the
 * tag says. A section's operations stand right behind its own, and SKIP
 * leads past them; so printing walks an array. Texts of po are looked up,
 * and escaped, in every language while parsing. */
#ifndef WEB_TEMPLATE_PARSE_H
#define WEB_TEMPLATE_PARSE_H
#include <stdint.h>
#include "base/arena.h"
#include "web/template.h"
#include "web/view_node.h"

enum op_kind {
    OP_TEXT,        /* no tag: LEAD only */
    OP_SAY,         /* {{t.key}} */
    OP_VALUE,       /* {{name}} */
    OP_RAW,         /* {{{name}}} */
    OP_SECTION, OP_INVERTED,
    OP_PARTIAL
};

struct span {
    const char *at;
    size_t len;
};

/* What a tag names: a.b has two parts, {{.}} none. */
struct path {
    const struct view_name *part;
    int parts;
};

struct op {
    uint8_t kind;
    bool line_start;        /* indentation comes before LEAD, even if that
                               is empty */
    int skip;               /* operations from here to the next after it: 1,
                               or more of a section */
    struct span lead;
    union {
        const struct span *say;     /* by language; escaped */
        struct path path;
        struct {
            struct span indent;     /* what stands before it */
            int program;            /* its place among all */
            bool alone;             /* on its line: it is indented */
        } partial;
    };
};

struct program {
    const char *name, *file;
    const struct op *ops;
    int count;
};

/* Parses TEXT into OUT, in ARENA. ALL are the COUNT templates that partials
 * are looked for in. */
MUST_CHECK bool template_parse(struct program *out,
                               const struct template_text *text,
                               const struct template_text *all, int count,
                               struct arena *arena, struct err *e);

#endif
