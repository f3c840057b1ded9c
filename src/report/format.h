/* format.h - numbers, shares and dates as people in each language write
 * them. Never the locale of the machine: the same report is the same bytes
 * everywhere. All texts are taken from an arena.
 *
 *     bokmål, nynorsk     1 845    67 %    0,86 %    19. mai 2014
 *     English             1,845    67%     0.86%     19 May 2014
 *
 * Blanks within a number are no-break spaces (U+00A0). */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H
#include "base/arena.h"
#include "base/lang.h"
#include <stdint.h>

#define FORMAT_NBSP "\xc2\xa0"

/* A whole number; "−" before one below 0. */
const char *format_int(struct arena *a, enum lang lang, int64_t n);
/* N of OF in whole percent; "< 1 %" where that is 0 but N is not; a dash
 * where there is nothing to be a share of. */
const char *format_share(struct arena *a, enum lang lang, int64_t n,
                         int64_t of);
/* The same with DECIMALS (1..3) digits, and no "<". */
const char *format_rate(struct arena *a, enum lang lang, int64_t n,
                        int64_t of, int decimals);
/* PERCENT as it stands: 101 is "101 %". */
const char *format_percent(struct arena *a, enum lang lang, int64_t percent);
/* A day in words, and from one to another, saying month and year once if
 * they are the same: "19. mai – 4. juni 2014". */
const char *format_day(struct arena *a, enum lang lang, int32_t day);
const char *format_days(struct arena *a, enum lang lang, int32_t from,
                        int32_t to);
/* TEXT with its first letter small or large, for use inside or at the
 * beginning of a sentence. "NAV-tjenester" stays as it is: a letter is only
 * made small before another small one. */
const char *format_inside(struct arena *a, const char *text);
const char *format_begin(struct arena *a, const char *text);

#endif
