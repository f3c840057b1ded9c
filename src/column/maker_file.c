/* maker_file.c - a file of columns written; see columns.h for its layout.
 *
 * 64 records at a time become a word of every plane: a square of 64 x 64
 * bits turned on its side. Records stand anywhere in memory once they are in
 * order, and planes far from each other: so as many records are turned at a
 * time as fill whole cache lines of planes, and a few words of each are taken
 * at once. Not all of them, for their planes must be in memory until it is
 * known which of them are the same: GROUP * 8 bytes a row. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "column/making.h"

enum {
    TILE = LINE * WORD,         /* rows that are turned at once */
    AHEAD = 64                  /* rows between asking for one and taking
                                   it */
};

static_assert((int)TILE == (int)PLANE_ALIGN, "planes are whole lines");
static_assert((int)LINE == (int)VECTOR, "a tile is turned at once");

/* What is being written. */
struct making {
    const struct column_maker *m;
    void (*turn)(uint64_t *);   /* of the kernels */
    struct columns_head head;
    struct order_made order[ORDER_COUNT];
    FILE *file;
    char *name;                 /* of the file until it is whole */
    const char *note;
    uint32_t *number;           /* one a bit of a record: its plane */
    uint64_t *sum;              /* of the planes of the first order */
    struct large planes;
    uint64_t *plane;            /* planes: GROUP * WORD of them, at most,
                                   one after another */
    struct err *e;
};

static bool
failed(struct making *w)
{
    return err_set(w->e, ERR_MACHINE, "file.write", "%s %s", w->name,
                   strerror(errno));
}

static const uint64_t *
record_at(const struct column_maker *m, uint32_t row)
{
    return m->word + row * m->packer.words;
}

/* A tile's words of records: word I of a line is the I-th of WORD rows that
 * follow each other. */
struct tile {
    uint64_t line[WORD][LINE];
};

/* A GROUP of words, from FIRST on, of the records in tile T of O; 0 after the
 * last row. */
static void
gather(const struct column_maker *m, const struct order_made *o, size_t t,
       int first, struct tile to[GROUP])
{
    const uint32_t *row = o->row + t * TILE;
    size_t left = o->rows - t * TILE;

    if (left < TILE)
        memset(to, 0, GROUP * sizeof *to);
    for (size_t r = 0; r < TILE && r < left; r++) {
        const uint64_t *record = record_at(m, row[r]) + first;

        if (r + AHEAD < left)
            __builtin_prefetch(record_at(m, row[r + AHEAD]) + first);
        for (int g = 0; g < GROUP; g++)
            to[g].line[r % WORD][r / WORD] = record[g];
    }
}

/* The planes of words FIRST .. FIRST + GROUP - 1 of the records, as far as
 * there are so many, in ORDER. */
static void
turn_words(struct making *w, enum order order, int first)
{
    size_t plane_words = w->head.order[order].plane_words;
    int count = w->m->packer.layout.words - first;
    struct tile tile[GROUP];

    if (count > GROUP)
        count = GROUP;
    for (size_t t = 0; t < plane_words / LINE; t++) {
        gather(w->m, &w->order[order], t, first, tile);
        for (int g = 0; g < count; g++) {
            uint64_t *plane = w->plane + (size_t)g * WORD * plane_words;

            w->turn(tile[g].line[0]);
            for (size_t b = 0; b < WORD; b++)
                memcpy(plane + b * plane_words + t * LINE, tile[g].line[b],
                       sizeof tile[g].line[b]);
        }
    }
}

static bool
is_empty(const uint64_t *plane, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (plane[i] != 0)
            return false;
    return true;
}

/* Whether the N-th plane of the first order is PLANE. Read and not mapped:
 * the disk may not give it. */
static bool
is_written(struct making *w, uint32_t n, const uint64_t *plane, bool *same)
{
    const struct order_head *h = &w->head.order[0];
    size_t bytes = h->plane_words * sizeof *plane, at = 0;
    char part[1 << 14];

    *same = true;
    if (fflush(w->file) != 0)
        return failed(w);
    while (*same && at < bytes) {
        size_t want = bytes - at < sizeof part ? bytes - at : sizeof part;
        ssize_t got = pread(fileno(w->file), part, want,
                            (off_t)(h->planes_at + n * bytes + at));

        if (got <= 0)
            return failed(w);
        *same = memcmp(part, (const char *)plane + at, (size_t)got) == 0;
        at += (size_t)got;
    }
    return true;
}

/* The plane of BIT of the records, which is among those in memory. */
static const uint64_t *
plane_of(const struct making *w, enum order order, int bit)
{
    return w->plane + (size_t)(bit % (GROUP * WORD))
                    * w->head.order[order].plane_words;
}

/* Whether the plane of BIT is the N-th of the first order. Most that are the
 * same follow each other: then one of them is still in memory. */
static bool
is_same(struct making *w, int bit, uint32_t n, bool *same)
{
    const uint64_t *plane = plane_of(w, ORDER_PLACES, bit);
    size_t bytes = w->head.order[ORDER_PLACES].plane_words * sizeof *plane;

    for (int b = bit - bit % (GROUP * WORD); b < bit; b++)
        if (w->number[b] == PLANE_FIRST + n) {
            *same = memcmp(plane_of(w, ORDER_PLACES, b), plane, bytes) == 0;
            return true;
        }
    return is_written(w, n, plane, same);
}

/* Gives the plane of BIT, of the first order, its number; *NEW: it is none
 * that is in the file yet. */
static bool
number_plane(struct making *w, int bit, bool *new)
{
    const uint64_t *plane = plane_of(w, ORDER_PLACES, bit);
    size_t words = w->head.order[ORDER_PLACES].plane_words;
    uint32_t *number = &w->number[bit];
    uint64_t sum;

    *new = false;
    if (is_empty(plane, words)) {
        *number = PLANE_EMPTY;
        return true;
    }
    sum = columns_sum(plane, words * sizeof *plane);
    for (uint32_t i = 0; i < w->head.planes; i++) {
        bool same = false;

        if (w->sum[i] == sum && !is_same(w, bit, i, &same))
            return false;
        if (same) {             /* the first is the one of all rows */
            *number = i == 0 ? PLANE_FULL : PLANE_FIRST + i;
            return true;
        }
    }
    w->sum[w->head.planes] = sum;
    *number = PLANE_FIRST + w->head.planes++;
    *new = true;
    return true;
}

/* Adds PLANE, the N-th of ORDER, to the file and to the sum of all. */
static bool
put_plane(struct making *w, enum order order, uint32_t n,
          const uint64_t *plane)
{
    size_t bytes = w->head.order[order].plane_words * sizeof *plane;
    uint64_t sum = order == 0 ? w->sum[n] : columns_sum(plane, bytes);

    w->head.planes_sum = columns_sum_next(w->head.planes_sum, sum);
    return (bytes == 0 || fwrite(plane, 1, bytes, w->file) == bytes)
        || failed(w);
}

/* The planes of ORDER. The first decides which planes there are; the other
 * has the same. */
static bool
put_planes(struct making *w, enum order order)
{
    const struct record_layout *l = &w->m->packer.layout;
    uint32_t put = 0;

    for (int bit = 0; bit < l->bits; bit++) {
        bool new = w->number[bit] == PLANE_FIRST + put;

        if (bit % (GROUP * WORD) == 0)
            turn_words(w, order, bit / WORD);
        if (order == ORDER_PLACES && !number_plane(w, bit, &new))
            return false;
        if (!new)
            continue;
        if (!put_plane(w, order, put, plane_of(w, order, bit)))
            return false;
        put++;
    }
    return true;
}

/* All planes, the orders one after the other. */
static bool
put_orders(struct making *w)
{
    struct columns_head *h = &w->head;
    uint64_t end;

    if (fseek(w->file, (long)h->order[0].planes_at, SEEK_SET) != 0)
        return failed(w);
    for (int i = 0; i < ORDER_COUNT; i++) {
        if (!put_planes(w, (enum order)i))
            return false;
        end = h->order[i].planes_at
            + h->planes * h->order[i].plane_words * sizeof(uint64_t);
        if (i + 1 < ORDER_COUNT)
            h->order[i + 1].planes_at = end;
        else
            h->file_bytes = end;
    }
    return true;
}

static void
add_columns(const struct making *w, struct buf *out)
{
    const struct packer *packer = &w->m->packer;
    const struct record_layout *l = &packer->layout;
    uint32_t first = 0;

    for (int i = 0; i < l->variables; i++) {
        const struct place *p = &l->place[i];
        struct column c = {
            .first = first, .low = p->low, .high = p->high,
            .bits = p->first < 0 ? 0 : (uint32_t)p->bits,
            .apart = p->first >= 0 && p->apart,
            .least = packer->found[i].least, .most = packer->found[i].most
        };

        first += (uint32_t)place_bits(p);
        buf_add(out, &c, sizeof c);
    }
    for (int i = 0; i < l->variables; i++) {
        const struct place *p = &l->place[i];

        if (p->first >= 0)
            buf_add(out, &w->number[p->first],
                    (size_t)place_bits(p) * sizeof *w->number);
    }
}

/* The directory: columns, their bits, sites, note, padding; in OUT. */
static void
make_directory(const struct making *w, struct buf *out)
{
    add_columns(w, out);
    for (int i = 0; i < ORDER_COUNT; i++)
        for (int k = 0; k < SITES_MAX; k++) {
            const struct site_made *s = &w->order[i].site[k];

            buf_add(out, s->value, s->values * sizeof *s->value);
            buf_add(out, s->stretch, s->stretches * sizeof *s->stretch);
        }
    buf_add(out, w->note, strlen(w->note) + 1);
    while ((sizeof w->head + out->len) % 64 != 0)
        buf_byte(out, 0);
}

/* Where everything stands. The directory's size does not depend on what
 * the planes are. */
static void
plan_head(struct making *w, const uint8_t origin[COLUMNS_ORIGIN])
{
    const struct record_layout *l = &w->m->packer.layout;
    struct columns_head *h = &w->head;

    *h = (struct columns_head){
        .magic = COLUMNS_MAGIC, .format = COLUMNS_FORMAT,
        .head_bytes = sizeof *h, .variables = (uint32_t)l->variables,
        .columns_at = sizeof *h, .note_len = strlen(w->note)
    };
    memcpy(h->origin, origin, COLUMNS_ORIGIN);
    for (int i = 0; i < l->variables; i++)
        h->bits += (uint32_t)place_bits(&l->place[i]);
    for (int i = 0; i < ORDER_COUNT; i++) {
        uint64_t rows = w->order[i].rows;

        h->order[i].rows = rows;
        h->order[i].plane_words = (rows + PLANE_ALIGN - 1) / PLANE_ALIGN
                                * (PLANE_ALIGN / WORD);
        for (int k = 0; k < SITES_MAX; k++) {
            h->order[i].site[k].values = w->order[i].site[k].values;
            h->order[i].site[k].stretches = w->order[i].site[k].stretches;
        }
    }
    h->bits_at = h->columns_at + h->variables * sizeof(struct column);
    h->sites_at = h->bits_at + h->bits * sizeof(uint32_t);
    h->note_at = h->sites_at + columns_sites_bytes(h);
    h->order[0].planes_at = (h->note_at + h->note_len + 1 + 63) / 64 * 64;
}

static bool
put_directory(struct making *w)
{
    struct columns_head *h = &w->head;
    struct buf b;
    bool ok;

    buf_init(&b, 0);
    h->counts = w->number[RECORD_COUNTS];
    make_directory(w, &b);
    ok = buf_ok(&b, w->e);
    if (ok) {
        h->directory_sum = columns_sum(b.data, b.len);
        h->head_sum = columns_sum(h, offsetof(struct columns_head,
                                              head_sum));
        ok = fseek(w->file, 0, SEEK_SET) == 0
            && fwrite(h, sizeof *h, 1, w->file) == 1
            && fwrite(b.data, 1, b.len, w->file) == b.len
            && fflush(w->file) == 0 && fsync(fileno(w->file)) == 0;
        if (!ok)
            failed(w);
    }
    buf_clear(&b);
    return ok;
}

static bool
begin_file(struct making *w, const char *file)
{
    int fd;

    w->name = mem_take(strlen(file) + 8);
    sprintf(w->name, "%s.XXXXXX", file);
    fd = mkostemp(w->name, O_CLOEXEC);
    if (fd < 0)
        return failed(w);
    w->file = fdopen(fd, "w+");
    if (w->file == NULL) {
        close(fd);
        return failed(w);
    }
    return true;
}

/* Ends the file: it takes its name if all went well, else it goes. */
static bool
end_file(struct making *w, const char *file, bool ok)
{
    if (w->file != NULL && fclose(w->file) != 0 && ok)
        ok = failed(w);
    if (ok && rename(w->name, file) != 0)
        ok = failed(w);
    if (!ok)
        unlink(w->name);
    free(w->name);
    return ok;
}

/* Room for what is worked on. */
static bool
take_room(struct making *w)
{
    size_t bits = (size_t)w->m->packer.layout.words * WORD;
    size_t planes = bits < GROUP * WORD ? bits : GROUP * WORD;
    size_t words = w->head.order[0].plane_words;
    /* Of no rows too a plane stands somewhere. */
    size_t bytes = planes * (words > 0 ? words : 1) * sizeof *w->plane;

    w->number = mem_take(bits * sizeof *w->number);
    w->sum = mem_take(bits * sizeof *w->sum);
    if (!large_grow(&w->planes, bytes, w->e))
        return false;
    w->plane = w->planes.at;
    return true;
}

bool
column_maker_write(struct column_maker *m,
                   const uint8_t origin[COLUMNS_ORIGIN], const char *note,
                   const char *file, struct err *e)
{
    struct making w = {
        .m = m, .turn = kernel_best()->turn, .note = note, .e = e
    };
    bool ok;

    assert(!m->written);
    ok = maker_settle(m, e);
    m->written = true;
    for (int i = 0; ok && i < ORDER_COUNT; i++)
        ok = order_make(m, (enum order)i, &w.order[i], e);
    if (ok) {
        plan_head(&w, origin);
        ok = take_room(&w) && begin_file(&w, file) && put_orders(&w)
            && put_directory(&w);
    }
    if (w.name != NULL)
        ok = end_file(&w, file, ok);
    for (int i = 0; i < ORDER_COUNT; i++)
        order_made_clear(&w.order[i]);
    large_clear(&w.planes);
    free(w.number);
    free(w.sum);
    return ok;
}
