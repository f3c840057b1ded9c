/* embed.h - the files that the program carries in itself.
 *
 * The executable reads nothing from the source tree: instruments, texts,
 * styles and lists are put into it by the build (tools/embed.py). */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H
#include <stddef.h>

/* The bytes of the file NAME, its path in the repository
 * ("instruments/brukerplan-2014.yaml"; the compiled texts are
 * "po/nb.mo"), and how many there are; NULL if none is carried by that
 * name. A NUL stands behind them. Borrowed for ever. */
const void *embed_find(const char *name, size_t *len);
/* The I-th name in order of bytes, from 0; NULL when there are no more. */
const char *embed_name(int i);

#endif
