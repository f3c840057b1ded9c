/* about.h - what every file says of itself, alike in each format: in the
 * properties of Office and PDF, a meta element of HTML, a note of JSON-stat.
 *
 * CSV has no place for it. */
#ifndef WRITE_ABOUT_H
#define WRITE_ABOUT_H
#include "report/tree.h"

/* For people, in the document's language: that it is internal or what is
 * hidden or rounded in it, that its people are made up. "" where there is
 * nothing. */
const char *about_notices(const struct document *doc, struct arena *arena);
/* For programs: "round=bergen-2014 report=mental instrument=... version=1
 * sha256=... index=1 internal=0 synthetic=1 protected_below=5 rounded_to=0
 * where=target_group = mental", in this order; what follows "where=" is the
 * whole filter, "" for everybody. */
const char *about_facts(const struct document *doc, struct arena *arena);

#endif
