/* key.h - the published keys of rounds that nobody is in. They protect
 * nobody, for there is nobody to protect. */
#ifndef DEMO_KEY_H
#define DEMO_KEY_H
#include "store/key.h"

/* The key of the demo round with that id: the same for ever. */
void demo_key(const char *round, uint8_t out[KEY_BYTES]);

#endif
