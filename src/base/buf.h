/* buf.h - bytes that grow, up to a ceiling.
 *
 * Failure is sticky: what goes past the ceiling, or finds no memory, is
 * dropped and FAILED stays true, so that a writer is checked once, at its
 * end. DATA always has a NUL behind LEN, once anything was added. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

enum { BUF_MAX_DEFAULT = 1 << 30 };     /* 1 GiB: the largest report */

struct buf {
    char *data;
    size_t len;
    size_t cap, max;    /* private */
    bool failed;
    bool secret;                /* private */
};

/* Empty, to grow to MAX bytes at most (0: BUF_MAX_DEFAULT). */
void buf_init(struct buf *b, size_t max);
/* The same for what identifies: no copy is left behind when it grows. */
void buf_init_secret(struct buf *b, size_t max);
/* Frees the bytes; B is as after buf_init with the same ceiling. */
void buf_clear(struct buf *b);
/* As buf_clear, but overwrites the bytes first. */
void buf_wipe(struct buf *b);
/* Back to no bytes, keeping the memory. */
void buf_reset(struct buf *b);

void buf_add(struct buf *b, const void *data, size_t n);
void buf_text(struct buf *b, const char *text);
void buf_byte(struct buf *b, int byte);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* About N bytes are to come: memory for them is taken at once. */
void buf_expect(struct buf *b, size_t n);
/* For a writer of many short pieces: room behind LEN, which it fills from
 * the front; then it says how many bytes with buf_used, before anything
 * else is done with B. ROOM is how many fit: LEAST or more, and WISH if the
 * ceiling allows it. NULL as if buf_add of LEAST bytes had failed. */
char *buf_room(struct buf *b, size_t least, size_t wish, size_t *room);
void buf_used(struct buf *b, size_t n);
/* The text so far, "" if nothing was added; borrowed until the next add. */
const char *buf_string(const struct buf *b);
/* False, with ERR_MACHINE in E, if anything was dropped. */
MUST_CHECK bool buf_ok(const struct buf *b, struct err *e);

/* Reads the whole of FILE ("-" is standard input), MAX bytes at most. */
MUST_CHECK bool buf_read_file(struct buf *b, const char *file, size_t max,
                              struct err *e);
/* Writes B to FILE through a temporary file beside it, synced and renamed:
 * FILE is either as before or whole. "-" is standard output. */
MUST_CHECK bool buf_write_file(const struct buf *b, const char *file,
                               struct err *e);

#endif
