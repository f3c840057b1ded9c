/* municipality.h - which municipalities there are, and when.
 *
 * The list is data/municipalities.tsv (SSB Klass 131, open data, NLOD),
 * carried by the program: 2011 to 2024. A year before or after is taken as
 * the first or last there is. How numbers changed between years is
 * data/municipality-changes.tsv, from the same source. */
#ifndef DEF_MUNICIPALITY_H
#define DEF_MUNICIPALITY_H
#include "base/arena.h"

enum municipality_when {
    MUNICIPALITY_UNKNOWN,       /* no such number in any year */
    MUNICIPALITY_NOT_THEN,      /* a number, but of other years */
    MUNICIPALITY_THEN
};

/* What NUMBER is in YEAR. *NAME is its name then (NOT_THEN: the last it
 * had), taken from ARENA; NULL for UNKNOWN. */
enum municipality_when municipality_find(int number, int year,
                                         struct arena *arena,
                                         const char **name);
/* The number of the municipality called NAME in YEAR, or 0. */
int municipality_named(const char *name, int year);

/* Names by number, 0 to 9999: of YEAR or, where it is of other years, the
 * last it had; NULL of no municipality. In ARENA. One reading of the list. */
const char *const *municipality_names(int year, struct arena *arena);

struct municipality {
    int number;
    const char *name;
};
/* Those there are in YEAR, as a Norwegian list sorts their names. In ARENA.
 */
const struct municipality *municipality_list(int year, struct arena *arena,
                                             int *count);

enum municipality_parts {
    MUNICIPALITY_WHOLE,         /* the list is exactly that area */
    MUNICIPALITY_MERGED,        /* one in the list has others in it, too */
    MUNICIPALITY_SPLIT          /* one in the list was divided between it and
                                 * others */
};

enum { MUNICIPALITY_PARTS_MAX = 64 };

/* The numbers that in the year OTHER cover the municipality NUMBER of YEAR,
 * rising, in LIST; *COUNT of them. Of what is not WHOLE no figure can be
 * made: *WHY is the first number of the list that is the reason. A number
 * that no change names is itself. Changes of borders that left the numbers
 * as they were are not looked at. */
enum municipality_parts
municipality_parts(int number, int year, int other,
                   int list[MUNICIPALITY_PARTS_MAX], int *count, int *why);

#endif
