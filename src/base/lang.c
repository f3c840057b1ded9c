/* lang.c - see lang.h. */
#include "base/lang.h"
#include <string.h>

static const char *const codes[LANG_COUNT] = { "nb", "nn", "en" };

const char *
lang_code(enum lang lang)
{
    return codes[lang];
}

enum lang
lang_of(const char *code)
{
    int i = 0;

    while (i < LANG_COUNT && strcmp(codes[i], code) != 0)
        i++;
    return (enum lang)i;
}
