/* series.h - what several rounds that are counted as one are called.
 *
 * Who is in two rounds is counted in both, and a municipality's number may
 * change from year to year: a document says what it is made of. */
#ifndef REPORT_SERIES_H
#define REPORT_SERIES_H
#include "base/lang.h"
#include "feed/rounds.h"

/* In one language; in an arena. */
struct series {
    int rounds;
    const int *year;            /* rising, each once */
    int years;
    const char *place;          /* "Bergen", "Bergen og Oslo", "12 kommuner",
                                 * "Alle kommuner" */
    bool one_place;             /* it is the name of one municipality */
    bool whole;                 /* all that there are in each of the years */
    const char *years_text;     /* "2014", "2012 og 2014", "2012–2014" */
    const char *title;          /* "Bergen 2012–2014" */
    const char *note;           /* which rounds, and that each is counted by
                                 * itself */
    const char *no_rate;        /* why no share of the inhabitants is said;
                                 * NULL: it is, or nobody says how many */
};

/* Of the rounds of R that have UNIT (an id that one has; NULL: of all). NULL
 * where R is NULL: one round. */
const struct series *series_of(const struct rounds *r, const char *unit,
                               enum lang lang, struct arena *arena);

#endif
