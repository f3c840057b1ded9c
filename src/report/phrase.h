/* phrase.h - sentences about numbers, right whatever the numbers are.
 *
 * The words are texts of po/ (report.*), the instrument's names for grades
 * and for a person; here stands only which of them are true. The rules:
 *
 *   - "flertallet" is more than half, strictly, and is never said of what
 *     is written as 50 % (that is "litt over halvparten"); otherwise "den
 *     største gruppen"; two that are equally large are both named;
 *   - all and none are said as that, not as 100 % and 0 %;
 *   - a fraction ("to av tre") stands for a share within FRACTION_NEAR of
 *     it, half a percentage point to either side ("halvparten" only where it
 *     is exactly that); with "nær" before it for one at most two points
 *     below, with "litt over" for half or more at most three and a half
 *     above; only where the base is at least FRACTION_BASE;
 *   - under SHARE_BASE nobody is a percentage: "3 av 7".
 */
#ifndef REPORT_PHRASE_H
#define REPORT_PHRASE_H
#include "base/msg.h"
#include "report/tree.h"

enum {
    /* in tenths of a percentage point */
    FRACTION_NEAR = 5, FRACTION_BELOW = 20, FRACTION_ABOVE = 35,
    FRACTION_BASE = 50,
    SHARE_BASE = 20, PHRASE_ARGS = 9
};

/* What a sentence is about. */
struct phrase {
    struct arena *arena;
    enum lang lang;
    const struct instrument *in;        /* for the names of a person */
    const struct doc_grade *grades;
};

/* Those of GRADE in plural, as in "er røde"; LABEL is that of the key, which
 * may stand for more grades than this. */
const char *phrase_grade(const struct phrase *p, int grade,
                         const char *label);
/* The filter WHERE in words, "" of none (phrase_filter.c); what is none of
 * the instrument's as it stands. */
const char *phrase_filter(const struct phrase *p, const char *where);
/* The text under KEY with the arguments of ARG, the last of them NULL. */
const char *phrase_put(struct arena *a, enum lang lang, const char *key,
                       const char *const *arg);
/* The same with the arguments one by one, the last of them NULL. */
#define phrase_say(a, lang, key, ...) \
    phrase_put(a, lang, key, (const char *const[]){ __VA_ARGS__ })
/* "a", "a og b", "a, b og c"; "" of none. */
const char *phrase_list(struct arena *a, enum lang lang,
                        const char *const *item, int count);
/* The same with "eller" before the last. */
const char *phrase_or(struct arena *a, enum lang lang,
                      const char *const *item, int count);
/* "1 mottaker", "1 845 mottakere", "395 barn". */
const char *phrase_count(const struct phrase *p, enum unit_counted unit,
                         int64_t n);
/* "Mottakere" alone. */
const char *phrase_many(const struct phrase *p, enum unit_counted unit);
/* A share inside a sentence: "67 %", "under 1 %", or "3 av 7" of few. */
const char *phrase_share(const struct phrase *p, int64_t n, int64_t of);
/* "to av tre", "nær én av fire"; NULL where none is true. */
const char *phrase_fraction(const struct phrase *p, int64_t n, int64_t of);

/* What T found, as DEF asks: the headline, and one or two sentences that
 * give the numbers. NULL where there is nothing to say. */
struct finding_text {
    const char *headline, *sentence;
};
struct finding_text phrase_finding(const struct phrase *p,
                                   const struct doc_table *t,
                                   enum finding finding, const char *key);

/* The base of T and those outside it in words: "1 845 mottakere, ingen
 * ubesvarte."; of a sum what is added. NULL where there is no share. */
const char *phrase_base(const struct phrase *p, const struct doc_table *t);
/* The base of each key figure of T by its name, for a chart that has no room
 * for them: "Mottakere bak hver andel: injiserer 700; i LAR 690."; NULL of
 * another table, of too many figures and where none may be told. */
const char *phrase_bases(const struct phrase *p, const struct doc_table *t);
/* Who is outside the base of each key figure of T: "Krise: 12 ubesvart.";
 * NULL where nobody is, or T has other rows. */
const char *phrase_outside(const struct phrase *p,
                           const struct doc_table *t);
/* For how many there was nothing to add; NULL where that is nobody. */
const char *phrase_left_out(const struct phrase *p,
                            const struct doc_table *t);
/* "1 person", "3 personer". */
const char *phrase_people(const struct phrase *p, int64_t n);
/* How rounded shares add up where that is not 100; NULL where it is. */
const char *phrase_rounding(const struct phrase *p,
                            const struct doc_table *t);
/* What cells and shares of T are: "Antall og andel av raden." */
const char *phrase_caption(const struct phrase *p,
                           const struct doc_table *t);
/* The same of chart C, made of T. */
const char *phrase_chart_caption(const struct phrase *p,
                                 const struct doc_table *t,
                                 const struct chart_model *c);
/* "Grønn 66 %, gul 29 %, rød 5 %": a category of a chart. */
const char *phrase_category(const struct phrase *p,
                            const struct chart_model *c, int category);

#endif
