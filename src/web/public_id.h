/* public_id.h - a registration's public id as pages, API and paths show it:
 * a UUID in lower case. */
#ifndef WEB_PUBLIC_ID_H
#define WEB_PUBLIC_ID_H
#include <stdbool.h>
#include <stdint.h>
#include "base/random.h"

void public_id_print(const uint8_t id[16], char out[UUID_TEXT]);
/* False unless TEXT is exactly as printed. */
bool public_id_read(const char *text, uint8_t id[16]);

#endif
