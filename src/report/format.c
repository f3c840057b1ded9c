/* format.c - see format.h.
 *
 * What differs between the languages is a row of a table. Names of months
 * and how a date is put together are texts of po/. */
#include "report/format.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "report/phrase.h"
#include "tab/count.h"

static const struct {
    const char *thousands, *decimal, *percent;
} styles[LANG_COUNT] = {
    [LANG_NB] = { FORMAT_NBSP, ",", FORMAT_NBSP "%" },
    [LANG_NN] = { FORMAT_NBSP, ",", FORMAT_NBSP "%" },
    [LANG_EN] = { ",", ".", "%" },
};

const char *
format_int(struct arena *a, enum lang lang, int64_t n)
{
    char digits[24];
    char out[64] = "";
    size_t count, used = 0;

    if (n < 0)
        return arena_printf(a, "\xe2\x88\x92%s", format_int(a, lang, -n));
    count = (size_t)snprintf(digits, sizeof digits, "%" PRId64, n);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            used += (size_t)snprintf(out + used, sizeof out - used, "%s",
                                     styles[lang].thousands);
        out[used++] = digits[i];
        out[used] = '\0';
    }
    return arena_text_n(a, out, used);
}

const char *
format_percent(struct arena *a, enum lang lang, int64_t percent)
{
    return arena_printf(a, "%s%s", format_int(a, lang, percent),
                        styles[lang].percent);
}

const char *
format_share(struct arena *a, enum lang lang, int64_t n, int64_t of)
{
    int64_t share = of > 0 ? share_of(n, of, 0) : -1;

    if (share < 0)
        return "\xe2\x80\x93";
    if (share == 0 && n > 0)
        return arena_printf(a, "<" FORMAT_NBSP "1%s",
                            styles[lang].percent);
    return format_percent(a, lang, share);
}

const char *
format_rate(struct arena *a, enum lang lang, int64_t n, int64_t of,
            int decimals)
{
    static const int64_t scale[] = { 1, 10, 100, 1000 };
    int64_t share = of > 0 ? share_of(n, of, decimals) : -1;

    assert(decimals >= 1 && decimals <= 3);
    if (share < 0)
        return "\xe2\x80\x93";
    return arena_printf(a, "%s%s%0*" PRId64 "%s",
                        format_int(a, lang, share / scale[decimals]),
                        styles[lang].decimal, decimals,
                        share % scale[decimals], styles[lang].percent);
}

static const char *
month_name(enum lang lang, int month)
{
    char key[24];

    snprintf(key, sizeof key, "report.month_%d", month);
    return msg_text(lang, key);
}

const char *
format_day(struct arena *a, enum lang lang, int32_t day)
{
    int year, month, mday;

    day_to_date(day, &year, &month, &mday);
    return phrase_say(a, lang, "report.date_full", arena_printf(a, "%d", mday),
                      month_name(lang, month),
                      arena_printf(a, "%d", year), NULL);
}

const char *
format_days(struct arena *a, enum lang lang, int32_t from, int32_t to)
{
    int y1, m1, d1, y2, m2, d2;
    const char *begin;

    if (from == to)
        return format_day(a, lang, from);
    day_to_date(from, &y1, &m1, &d1);
    day_to_date(to, &y2, &m2, &d2);
    begin = arena_printf(a, "%d", d1);
    if (y1 != y2)
        begin = format_day(a, lang, from);
    else if (m1 != m2)
        begin = phrase_say(a, lang, "report.date_short", begin,
                           month_name(lang, m1), NULL);
    else
        begin = phrase_say(a, lang, "report.date_bare", begin, NULL);
    return phrase_say(a, lang, "report.date_range", begin,
                      format_day(a, lang, to), NULL);
}

/* The letter at S in the other case, if it is one of a-z, æ ø å or another
 * letter of U+00C0..U+00FE, which have their case in one bit. */
static bool
letter(const char *s, bool small)
{
    unsigned char c = (unsigned char)s[0];
    unsigned char d = c != '\0' ? (unsigned char)s[1] : 0;

    if (c < 0x80)
        return small ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
    if (c != 0xc3)
        return false;
    return small ? d >= 0xa0 && d <= 0xbe && d != 0xb7
                 : d >= 0x80 && d <= 0x9e && d != 0x97;
}

static const char *
turn_first(struct arena *a, const char *text)
{
    char *copy = arena_text(a, text);

    copy[(unsigned char)copy[0] < 0x80 ? 0 : 1] ^= 0x20;
    return copy;
}

const char *
format_inside(struct arena *a, const char *text)
{
    size_t first = (unsigned char)text[0] < 0x80 ? 1 : 2;

    if (text[0] == '\0' || !letter(text, false) || !letter(text + first, true))
        return text;
    return turn_first(a, text);
}

const char *
format_begin(struct arena *a, const char *text)
{
    return letter(text, true) ? turn_first(a, text) : text;
}
