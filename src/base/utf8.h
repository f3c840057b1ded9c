/* utf8.h - UTF-8 checked, counted, sorted, and shown safely.
 *
 * UTF-8 is what RFC 3629 says: no overlong forms, no surrogates, nothing
 * above U+10FFFF. Text is a pointer and a length, or NUL-terminated where
 * no length is asked for. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = -1 };
/* QUOTE_CHARS characters are shown; QUOTE_MAX bytes always hold them. */
#define QUOTE_HIDDEN "\x1a"
enum { QUOTE_CHARS = 20, QUOTE_MAX = 192, QUOTE_DIGITS = 9 };

/* True if all N bytes of S are whole characters (NUL is one). Otherwise
 * *BAD_AT, if BAD_AT is not NULL, is the offset of the first byte that
 * begins no whole character. */
bool utf8_valid(const char *s, size_t n, size_t *bad_at);
/* The character at *P, stepping *P past it; UTF8_BAD, stepping one byte, if
 * none begins there. *P must be before END. */
int32_t utf8_next(const char **p, const char *end);
/* Characters in the N bytes of S; a byte that is in none counts as one. */
size_t utf8_count(const char *s, size_t n);

/* Below, at or above 0 as A sorts before, with or after B in a Norwegian
 * list: upper case as lower; æ ø å after z ("aa" is two letters); ä as æ,
 * ö and ő as ø, ü as y; other Latin letters (U+00C0 to U+017F) as without
 * the accent or stroke (á č đ ŋ š ŧ ž); combining accents (U+0300 to
 * U+036F) as the letter they make; all else by code point, bytes that are
 * not UTF-8 last. What is equal so far goes by bytes, so 0 means the same
 * text. */
int utf8_compare_nordic(const char *a, const char *b);

/* False if a message may not show the N bytes of S, because they hold nine
 * digits in a row or more: it may be a person's number in the wrong place.
 * Blanks, hyphens and full stops between digits ("010190 12345"), and what
 * err_quote escapes, do not end a row of digits. */
bool quote_allowed(const char *s, size_t n);
/* Fills OUT with what a message may show of the N bytes of S: the first
 * QUOTE_CHARS characters, "…" behind if there were more. What can't be seen
 * or moves the cursor is escaped: as \xNN below U+0080 and for each byte
 * that is not UTF-8, as \u{NNNN} for C1, soft hyphen, U+2028, U+2029, bidi
 * controls, other invisible format characters. Where quote_allowed says no,
 * OUT is QUOTE_HIDDEN and the number of characters, which msg.h turns into
 * words, so that messages need no other sentence. SIZE is QUOTE_MAX at
 * least, or OUT is cut, before an escape or a character that does not
 * fit. */
void err_quote(char *out, size_t size, const char *s, size_t n);

#endif
