/* text_fixture.h - a text made with a hundred invented people, and the
 * document as lines. For tests only: what fails here ends the test. */
#ifndef TESTS_TEXT_FIXTURE_H
#define TESTS_TEXT_FIXTURE_H
#include "report/text.h"
#include "tiny_instrument.h"

struct text_fixture {
    struct instrument *in;
    struct arena arena;
    struct round round;
    struct unit unit[2];
};

/* tests/data/tiny.yaml, a round "Bergen 2014", and of people:
 *     60 women, mental, with a plan and one child, green
 *     30 men, mental, no plan, one child, yellow
 *      1 man, dual, no plan, one child, red
 *      9 women, substance, plan unknown, no children, red */
void text_fixture_begin(struct text_fixture *f);
void text_fixture_end(struct text_fixture *f);

/* BODY under a head of KIND and LANG and the heading "# H", which is line 9:
 * BODY begins on line 11. */
char *text_whole(struct text_fixture *f, const char *kind, const char *lang,
                 const char *body);
/* SOURCE read as "t.md"; NULL with E. */
struct text *text_taken(struct text_fixture *f, const char *source,
                        const struct text_focus *focus, int focus_count,
                        struct err *e);
/* What it becomes, a line a node, no-break blanks as blanks; THRESHOLD 0:
 * nothing is hidden. */
const char *text_made(struct text_fixture *f, const char *source,
                      const struct text_focus *focus, int focus_count,
                      int threshold);
/* The same as a part of an HTML page. */
const char *text_html(struct text_fixture *f, const char *source);
/* How many tables SOURCE asks for. */
int text_tables_of(struct text_fixture *f, const char *source);
/* The remarks of SOURCE, "kind line:column other" a line each; with NUMBERS
 * or by words alone. */
const char *text_remarked(struct text_fixture *f, const char *source,
                          bool numbers);
/* How many more times HTML opens TAG than it closes it. */
int text_open_tags(const char *html, const char *tag);
/* How many sentences TEXT has, where {{year}} is one place. */
int text_sentences(const char *text);

#endif
