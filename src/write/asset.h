/* asset.h - the files of src/write/assets, carried in the program. */
#ifndef WRITE_ASSET_H
#define WRITE_ASSET_H
#include <stddef.h>

/* The text of the file NAME ("report.css"), with a NUL behind, and its
 * length; borrowed for ever. A name that is not carried is our own mistake
 * and asserted. */
const char *asset_text(const char *name, size_t *len);

#endif
