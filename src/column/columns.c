/* columns.c - opening a file of columns; see columns.h.
 *
 * Nothing of a file is believed before its sums are right, and nothing is
 * followed that was not looked at: every number that is a place or a count
 * is held against what there is. */
#include "column/columns.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "column/columns_file.h"

/* Whether COUNT things of SIZE bytes stand at AT, before END. */
static bool
fits(uint64_t at, uint64_t count, uint64_t size, uint64_t end)
{
    return at % 4 == 0 && at <= end && count <= (end - at) / size;
}

static bool
head_fits(const struct columns_head *h, uint64_t bytes)
{
    uint64_t vectors;

    if (h->head_sum != columns_sum(h, offsetof(struct columns_head, head_sum))
        || h->file_bytes != bytes || h->rows > COLUMNS_ROWS_MAX)
        return false;
    vectors = (h->rows + PLANE_ALIGN - 1) / PLANE_ALIGN;
    return h->plane_words == vectors * (PLANE_ALIGN / 64)
        && h->planes_at % 64 == 0 && h->planes_at <= bytes
        && h->columns_at == sizeof *h
        && fits(h->columns_at, h->variables, sizeof(struct column),
                h->bits_at)
        && fits(h->bits_at, h->bits, sizeof(uint32_t), h->stretches_at)
        && fits(h->stretches_at, h->stretches, sizeof(struct stretch),
                h->note_at)
        && h->note_at < h->planes_at && h->note_len < h->planes_at - h->note_at
        && (h->planes == 0 ? h->planes_at == bytes
            : (bytes - h->planes_at) / h->planes / 8 == h->plane_words
              && (bytes - h->planes_at) % h->planes == 0
              && (bytes - h->planes_at) / h->planes % 8 == 0);
}

static bool
sums_right(const struct columns_head *h, const unsigned char *map)
{
    size_t bytes = h->plane_words * sizeof(uint64_t);
    uint64_t sum[2] = { 0, 0 };

    if (h->directory_sum != columns_sum(map + h->columns_at,
                                        h->planes_at - h->columns_at))
        return false;
    for (uint32_t i = 0; i < h->planes; i++) {
        sum[1] = columns_sum(map + h->planes_at + i * bytes, bytes);
        sum[0] = columns_sum(sum, sizeof sum);
    }
    return sum[0] == h->planes_sum;
}

/* Whether every plane named is there, and every value is one that its
 * variable can have. */
static bool
columns_fit(const struct columns *c, const struct columns_head *h,
            const struct record_layout *l)
{
    uint32_t planes = PLANE_FIRST + h->planes, first = 0;

    if (c->there >= planes || c->counts >= planes
        || (h->rows > 0 && c->there != PLANE_FIRST))
        return false;
    for (int i = 0; i < c->variables; i++) {
        const struct column *v = &c->column[i];
        const struct place *p = &l->place[i];

        if (v->has >= planes || v->unasked >= planes || v->unknown >= planes
            || v->first != first || v->low != p->low
            || v->bits != (p->first < 0 ? 0 : (uint32_t)p->bits)
            || (v->least <= v->most
                && (v->least < (p->site < 0 ? p->low : 0)
                    || (p->site < 0 && v->most > p->high))))
            return false;
        first += v->bits;
    }
    if (first != h->bits)
        return false;
    for (uint32_t i = 0; i < h->bits; i++)
        if (c->bit[i] >= planes)
            return false;
    return true;
}

/* Whether the stretches are all rows, one after another. */
static bool
stretches_fit(const struct columns *c)
{
    uint64_t at = 0;

    for (int i = 0; i < c->stretches; i++) {
        const struct stretch *s = &c->stretch[i];

        if (s->from != at || s->count == 0)
            return false;
        at += s->count;
        for (int k = 0; k < SITE_COUNT; k++)
            if (s->site[k] < VALUE_UNASKED)
                return false;
    }
    return at == (uint64_t)c->rows;
}

static bool
take(struct columns *c, const struct instrument *in,
     const uint8_t origin[COLUMNS_ORIGIN], const char **why)
{
    const unsigned char *map = c->map;
    const struct columns_head *h = c->map;
    struct record_layout layout;
    struct arena arena;
    bool ok;

    *why = "other";
    if (c->map_bytes < sizeof *h || h->magic != COLUMNS_MAGIC
        || h->format != COLUMNS_FORMAT || h->head_bytes != sizeof *h
        || memcmp(h->origin, origin, COLUMNS_ORIGIN) != 0
        || h->variables != (uint32_t)in->variable_count)
        return false;
    *why = "damaged";
    if (!head_fits(h, c->map_bytes) || !sums_right(h, map))
        return false;
    c->rows = (int64_t)h->rows;
    c->plane_words = h->plane_words;
    c->variables = (int)h->variables;
    c->column = (const void *)(map + h->columns_at);
    c->bit = (const void *)(map + h->bits_at);
    c->there = h->there;
    c->counts = h->counts;
    c->planes = (int)h->planes;
    c->stretches = (int)h->stretches;
    c->stretch = (const void *)(map + h->stretches_at);
    c->plane = (const void *)(map + h->planes_at);
    c->note = (const char *)map + h->note_at;
    arena_init(&arena);
    record_layout(&layout, in, &arena);
    ok = columns_fit(c, h, &layout) && stretches_fit(c)
        && strnlen(c->note, h->note_len + 1) == h->note_len;
    arena_clear(&arena);
    return ok;
}

struct columns *
columns_open(const char *file, const struct instrument *in,
             const uint8_t origin[COLUMNS_ORIGIN], const char **why)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct columns *c;
    struct stat st;

    *why = "missing";
    if (fd < 0)
        return NULL;
    c = mem_take(sizeof *c);
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        c->map_bytes = (size_t)st.st_size;
        c->map = mmap(NULL, c->map_bytes, PROT_READ, MAP_SHARED, fd, 0);
        if (c->map == MAP_FAILED)
            c->map = NULL;
    }
    close(fd);
    *why = "damaged";
    if (c->map != NULL && take(c, in, origin, why))
        return c;
    columns_close(c);
    return NULL;
}

void
columns_close(struct columns *c)
{
    if (c == NULL)
        return;
    if (c->map != NULL)
        munmap(c->map, c->map_bytes);
    free(c);
}
