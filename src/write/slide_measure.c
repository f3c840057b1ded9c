/* slide_measure.c - about how much room text takes.
 *
 * Which font a reader's machine has is not known. The widths are those of
 * Inter Regular, 5 % more where it is bold (Inter Bold is 3 to 4 % wider in
 * running text); what stands in for Inter, Arial, is narrower. What is fitted
 * by these fits. */
#include <string.h>
#include "base/utf8.h"
#include "write/slide.h"

enum {
    USUAL = 620, UPPER = 780, WIDE = 1000       /* of what stands nowhere */
};

/* Widths of the characters from blank to tilde, thousandths of the size. */
static const short widths[] = {
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659,
    280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624, 571,
    616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727,
    719, 598, 587, 743, 740, 264, 543, 652, 562, 889, 753, 761,
    635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362,
    357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609,
    591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523,
    364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659
};

static int
char_width(int32_t c)
{
    if (c >= ' ' && c <= '~')
        return widths[c - ' '];
    if (c == 0xa0)
        return widths[0];
    if (c == 0xe6 || c == 0xc6 || c == 0x2014 || c >= 0x2e80)
        return WIDE;
    return c >= 0xc0 && c <= 0xde ? UPPER : USUAL;
}

/* The N bytes of TEXT, in thousandths of a unit. */
static long
measure(const char *text, size_t n, int size, bool bold)
{
    const char *at = text, *end = text + n;
    long sum = 0;

    while (at < end)
        sum += char_width(utf8_next(&at, end));
    return sum * size * (bold ? 105 : 100) / 100;
}

int
words_width(const char *text, int size, bool bold)
{
    return (int)(measure(text, strlen(text), size, bold) / 1000) + 1;
}

int
words_lines(const char *text, int size, bool bold, int width)
{
    long most = width * 1000L, used = 0;
    int lines = 1;

    while (*text != '\0') {
        size_t n = strcspn(text, " \n");
        long word = measure(text, n, size, bold);

        if (used > 0 && used + word > most) {
            lines++;
            used = 0;
        }
        lines += (int)(word / (most + 1));      /* it is broken inside */
        used = (used + word) % (most + 1);
        used += (long)widths[0] * size;
        text += n;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

int
words_height(int lines, int size)
{
    return lines * size * 132 / 100;
}
