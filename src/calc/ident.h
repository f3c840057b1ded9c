/* ident.h - is this a Norwegian person identifier, and what does it say?
 *
 * Eleven digits. Whoever calls this turns a good one into a pseudonym at
 * once and wipes it; nothing here keeps, prints or allocates anything, and
 * the result holds none of the digits.
 *
 *   fødselsnummer  ddmmyy, three individual digits, two control digits
 *   D-number       the same, day + 40
 *   H-number       the same, month + 40 (NAV's test numbers look so too: a
 *                  number can't tell, and is taken as H)
 *   FH-number      first digit 8 or 9, then nothing but chance; two control
 *                  digits; no birth date, no sex
 *   synthetic      fødselsnummer or D-number, month + 80 (Tenor, Test-Norge)
 *
 * Control digits: with the weights 3 7 6 1 8 9 4 5 2 1 over the first ten
 * digits and 5 4 3 2 7 6 5 4 3 2 1 over all eleven, both sums are 0 modulo
 * 11. For fødselsnummer and D-numbers issued from 2032 on the first sum may
 * be 1, 2 or 3 as well; so it may here, in every year. (The second sum alone
 * finds each wrong digit and each pair of neighbours in the wrong order.)
 * H- and FH-numbers are the health service's own and follow today's rule.
 *
 * The date must exist in some year with the number's two digits. Where the
 * first sum is 0 the year follows from the individual digits, the sex from
 * the third of them (even: female); where it is not, or they stand in no
 * series, or the date does not exist in that year, there is neither:
 *
 *   fødselsnummer, H   000-499 1900-1999    500-749 1854-1899
 *                      500-999 2000-2039    900-999 1940-1999
 *   D-number           first 0-1 1900-1939, 2-9 2000-2039;
 *                      0-4 and 6-9 1940-1999, 5 1858-1899
 *
 * Month + 20 (NAV's NPID) and day + 40 with month + 40 are refused. */
#ifndef CALC_IDENT_H
#define CALC_IDENT_H
#include <stdbool.h>
#include <stddef.h>

enum { IDENT_DIGITS = 11, IDENT_2032 = 2032 };

enum ident_kind { IDENT_BAD, IDENT_FNR, IDENT_DNR, IDENT_HNR, IDENT_FHNR };
/* In this order: the first that holds is given. */
enum ident_why {
    IDENT_GOOD,
    IDENT_WHY_FORM,     /* not exactly eleven digits 0-9 */
    IDENT_WHY_DATE,     /* no such day, month, or kind of number */
    IDENT_WHY_CONTROL   /* control digits */
};
enum ident_sex { IDENT_SEX_NONE, IDENT_FEMALE, IDENT_MALE };

struct ident {
    enum ident_kind kind;   /* IDENT_BAD: only WHY means something */
    enum ident_why why;
    bool synthetic;
    int birth_year;         /* 1854..2039, or 0: it can't be told */
    enum ident_sex sex;
};

/* Checks the N bytes of TEXT. Does the same work for whatever eleven bytes
 * there are, and wipes its own traces of them. */
struct ident ident_check(const char *text, size_t n);
/* True if birth year and sex may be proposed from a number in a round of
 * YEAR: before 2032. (A number of 2032 or later can't always be told from
 * an older one.) */
bool ident_derives(int year);

#endif
