/* template.h - pages: Mustache templates, parsed once, printed often.
 *
 * A template is a file src/web/templates/NAME.html, embedded in the
 * program. What it may say is the Mustache manual's, mustache(5):
 *
 *   {{name}} {{a.b}} {{.}}     a value of the view, escaped
 *   {{t.some.key}}             the text of po in the page's language
 *   {{#name}}...{{/name}}      for each of a list, or if true; an object,
 *                              text or number becomes the context
 *   {{^name}}...{{/name}}      if false (view.h says what is)
 *   {{>name}}                  another template; alone on its line it is
 *                              indented as the tag is
 *   {{! comment }}
 *   {{{name}}} {{&name}}       unescaped, but only names that template.c
 *                              lists: HTML that the program itself made
 *
 * A name is looked up from the innermost section outwards; of a.b, only a.
 * A name that is nowhere prints nothing. A line with nothing but blanks and
 * tags that print no value leaves nothing, not even its line feed.
 *
 * Escaped are & < > " and ', so values are safe in text and in attributes
 * that stand in quotes, and nowhere else: not in a script, a style, or as
 * the start of a URL from outside.
 *
 * Not there: lambdas, and set-delimiter tags ({{=<% %>=}}), which are
 * refused, so that {{ always means the same. */
#ifndef WEB_TEMPLATE_H
#define WEB_TEMPLATE_H
#include <stddef.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"
#include "web/view.h"

enum {
    TEMPLATE_SECTIONS_MAX = 32,         /* sections open in one template */
    TEMPLATE_DEPTH_MAX = 32,            /* partials within each other */
    TEMPLATE_STACK_MAX = 128,           /* contexts within each other */
    TEMPLATE_PARTIALS_MAX = 1 << 20     /* partials printed by one call */
};

/* All templates of a program. Never changed once made: any number of
 * threads may render from it. */
struct templates;

/* One template in memory. All is borrowed: until templates_free. */
struct template_text {
    const char *name;       /* letters, digits, - and _ */
    const char *file;       /* as errors are to call it; NULL: NAME */
    const char *text;
    size_t len;
};

/* Parses every embedded template. NULL, with E at file, line and column of
 * the first fault: a tag that is wrong or not closed, a partial or text key
 * that is not there, an unescaped name that is not listed. */
struct templates *templates_load(struct err *e);
/* The same for COUNT templates from memory. */
struct templates *templates_of(const struct template_text *texts, int count,
                               struct err *e);
void templates_free(struct templates *t);

/* Appends the template NAME with the values of V to OUT. False if there is
 * no such template, if a TEMPLATE_ limit is passed, or if OUT is full; what
 * OUT holds then is of no use. */
MUST_CHECK bool template_render(const struct templates *t, const char *name,
                                const struct view *v, enum lang lang,
                                struct buf *out, struct err *e);

#endif
