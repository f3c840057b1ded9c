/* near.c - see near.h.
 *
 * Optimal string alignment over bytes, three rows of the table at a time.
 * Words longer than NEAR_WORD_MAX are near nothing. */
#include "base/near.h"
#include <string.h>

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[3][NEAR_WORD_MAX + 1];

    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *up = row[(i + 2) % 3];
        const size_t *up2 = row[(i + 1) % 3];

        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t d = up[j - 1] + (a[i - 1] != b[j - 1]);

            d = least(d, least(up[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2]
                && a[i - 2] == b[j - 1])
                d = least(d, up2[j - 2] + 1);
            now[j] = d;
        }
    }
    return row[n % 3][m];
}

void
near_begin(struct near *n, const char *word, size_t len)
{
    *n = (struct near){ .word = word, .len = len, .distance = (size_t)-1 };
}

void
near_offer(struct near *n, const char *offer)
{
    size_t m = strlen(offer);
    size_t longer = m > n->len ? m : n->len;
    size_t limit = longer / 3 > 1 ? longer / 3 : 1;
    size_t d;

    if (n->len > NEAR_WORD_MAX || m > NEAR_WORD_MAX)
        return;
    d = distance(n->word, n->len, offer, m);
    if ((n->far || d <= limit) && d < n->distance) {
        n->distance = d;
        n->best = offer;
    }
}
