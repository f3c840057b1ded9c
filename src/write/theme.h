/* theme.h - the program's own look for Office: colours and fonts. */
#ifndef WRITE_THEME_H
#define WRITE_THEME_H
#include "base/buf.h"

/* The whole of a theme part (ECMA-376 part 1, 20.1.6.9). */
void theme_put(struct buf *out);

#endif
