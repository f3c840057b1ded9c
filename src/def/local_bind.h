/* local_bind.h - reading the block `local`, private to def/.
 *
 * local_bind reads the block by itself; applying it to an instrument is two
 * stages of read.h, for added services must stand before what is derived
 * from them. */
#ifndef DEF_LOCAL_BIND_H
#define DEF_LOCAL_BIND_H
#include "base/utf8.h"
#include "def/bind.h"
#include "def/local.h"

/* Sets "local.KEY" with the entry's name AT as argument and field; returns
 * false. What is no possible name is quoted (err_quote). */
bool local_fail(struct err *e, const char *key, const char *at);
/* AT as a message may show it: OUT, or itself. */
const char *local_shown(const char *at, char out[QUOTE_MAX]);
/* Whether TEXT, of the entry AT, may be a text of at most MAX characters;
 * line feeds are refused unless LINES. */
bool local_check_text(struct err *e, const char *at, const char *text,
                      int max, bool lines);
/* Reads N, the block or NULL, to OUT, whose texts are the reader's arena's.
 * r->in is not looked at. */
bool local_bind(struct reader *r, const struct yaml *n, struct local *out);
/* Whether no language of L says anything. */
bool local_is_blank(const struct label *l);
/* L with nothing missing: bokmål, or the first there is, in the stead. */
struct label local_filled(const struct label *l);

#endif
