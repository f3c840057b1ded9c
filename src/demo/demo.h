/* demo.h - the demo round bergen-2014 as generated registrations.
 *
 * Nobody in it exists. The recipients with mental health problems add up
 * to every figure of the municipality's report of 2014 (profiles.tsv, made
 * by tools/demo/solve.py); everything the report did not print, and all
 * recipients with substance problems, is made up here by a fixed seed. All
 * numbers are synthetic (month + 80). The bytes never change. */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H
#include <stdbool.h>
#include "base/buf.h"
#include "base/err.h"

/* The registrations by the rules of the import (UTF-8, ';', one header
 * row, LF), appended to OUT: 3,556 that count, others of the same persons
 * beside them, drafts and withdrawn ones. False only if the embedded table
 * can't be read; OUT's own failure is left to the caller. */
MUST_CHECK bool demo_registrations(struct buf *out, struct err *e);

/* UNITS.csv of the round: unit;name;tier;sector;number_required */
void demo_units(struct buf *out);

#endif
