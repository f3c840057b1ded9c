/* municipality.h - which municipalities there are, and when.
 *
 * The list is data/municipalities.tsv (SSB Klass 131, open data, NLOD),
 * carried by the program: 2011 to 2024. A year before or after is taken as
 * the first or last there is. */
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

struct municipality {
    int number;
    const char *name;
};
/* Those there are in YEAR, as a Norwegian list sorts their names. In ARENA.
 */
const struct municipality *municipality_list(int year, struct arena *arena,
                                             int *count);

#endif
