/* public_id.c - see public_id.h. */
#include "web/public_id.h"
#include <string.h>

static const char hex[] = "0123456789abcdef";

static bool
has_hyphen(int byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

void
public_id_print(const uint8_t id[16], char out[UUID_TEXT])
{
    for (int i = 0; i < 16; i++) {
        if (has_hyphen(i))
            *out++ = '-';
        *out++ = hex[id[i] >> 4];
        *out++ = hex[id[i] & 15];
    }
    *out = '\0';
}

bool
public_id_read(const char *text, uint8_t id[16])
{
    if (strlen(text) != UUID_TEXT - 1)
        return false;
    for (int i = 0; i < 16; i++) {
        const char *high, *low;

        if (has_hyphen(i) && *text++ != '-')
            return false;
        high = strchr(hex, *text++);
        low = strchr(hex, *text++);
        if (high == NULL || low == NULL)
            return false;
        id[i] = (uint8_t)((high - hex) << 4 | (low - hex));
    }
    return true;
}
