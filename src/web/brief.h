/* brief.h - one registration in a line of a list: who, which group, what is
 * unanswered.
 *
 * From the instrument and nothing else: sex and birth year by their roles,
 * the group from the first code that a complete registration must have. */
#ifndef WEB_BRIEF_H
#define WEB_BRIEF_H
#include "calc/ident.h"
#include "web/form.h"
#include "web/page.h"

struct briefs {
    struct page *page;
    struct form form;           /* what is asked and unanswered, as there */
    int group;                  /* variable of the target group, or -1 */
};

struct brief {
    const char *who;            /* "Kvinne, 34 år"; "Uten kjønn og alder" */
    const char *sex;            /* "Kvinne", "" not answered */
    const char *birth_year;     /* "1980", "" */
    const char *group;          /* "ROP", "" */
    const char *missing;        /* "Ubesvart: Økonomi. Ikke begynt:
                                   Tjenester."; "" nothing is */
    int unanswered;
};

/* Reads registrations of p->round. Clear with briefs_clear. */
void briefs_init(struct briefs *b, struct page *p);
void briefs_clear(struct briefs *b);
/* Of W, which has its answers; strings in the page's arena. */
MUST_CHECK bool brief_of(struct briefs *b, const struct work *w,
                         struct brief *out, struct err *e);

/* "Kvinne, 34 år" of a label and a birth year, "" and VALUE_UNANSWERED where
 * they are not known. */
const char *brief_who(struct page *p, const char *sex, int32_t born);
/* Answers of a registration that is only begun: all unanswered but SEX (a
 * code's place) and YEAR, each VALUE_UNANSWERED where it is not known.
 * Packed by O's newest definition, in ARENA. */
struct work_change brief_first(const struct opened *o, int32_t sex,
                               int32_t year, struct arena *arena);
/* The code of the sex that a number tells, VALUE_UNANSWERED if none. */
int32_t brief_sex(const struct instrument *in, enum ident_sex sex);

#endif
