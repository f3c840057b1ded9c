/* maker.c - from rows to a file of columns; see columns.h.
 *
 * Rows are kept as records in the order they come, each with the number of
 * its stretch. When all are there the stretches are sorted, which gives
 * every row its place, and 64 records at a time become a word of every
 * plane: a square of 64 x 64 bits turned on its side. That is done for one
 * word of the records after the other, so that 64 planes at a time are all
 * that is in memory beside the records. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "column/columns_file.h"

enum { CHUNK = 4096, WORD = 64, STRETCH_MAX = 1 << 26 };

/* Some rows' records: word K of row R is word[K * CHUNK + R]. */
struct chunk {
    uint32_t stretch[CHUNK];
    uint64_t word[];
};

struct found {
    int32_t least, most;
};

struct column_maker {
    struct arena arena;
    struct record_layout layout;
    struct found *found;        /* one a variable */
    uint64_t *record;           /* the one that is being packed */
    int64_t rows, room;
    struct chunk **chunk;
    size_t chunk_room;
    struct stretch *stretch;    /* in the order they were met */
    uint32_t stretches, stretch_room;
    uint32_t *slot;             /* stretch + 1 by hash; 0: none */
    uint32_t slots;
    uint32_t *order;            /* which row is N-th */
    uint64_t *plane;            /* WORD planes, one after another */
};

struct column_maker *
column_maker_new(const struct instrument *in, int64_t room)
{
    struct column_maker *m = mem_take(sizeof *m);

    assert(room >= 0 && room <= COLUMNS_ROWS_MAX);
    arena_init(&m->arena);
    record_layout(&m->layout, in, &m->arena);
    m->room = room;
    m->found = arena_array(&m->arena, (size_t)m->layout.variables,
                           sizeof *m->found);
    for (int i = 0; i < m->layout.variables; i++)
        m->found[i] = (struct found){ INT32_MAX, INT32_MIN };
    m->record = arena_array(&m->arena, (size_t)m->layout.words,
                            sizeof *m->record);
    return m;
}

void
column_maker_free(struct column_maker *m)
{
    if (m == NULL)
        return;
    for (int64_t i = 0; i < (m->rows + CHUNK - 1) / CHUNK; i++)
        free(m->chunk[i]);
    free(m->chunk);
    free(m->stretch);
    free(m->slot);
    free(m->order);
    free(m->plane);
    arena_clear(&m->arena);
    free(m);
}

static bool
no_memory(size_t bytes, struct err *e)
{
    return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
}

static uint32_t
hash(const int32_t site[SITE_COUNT])
{
    uint32_t h = 2166136261;

    for (int i = 0; i < SITE_COUNT; i++)
        h = (h ^ (uint32_t)site[i]) * 0x9E3779B1;
    return h ^ h >> 15;
}

/* Room for twice as many stretches. */
static bool
more_stretches(struct column_maker *m, struct err *e)
{
    uint32_t room = m->stretch_room > 0 ? m->stretch_room * 2 : 64;
    struct stretch *stretch = realloc(m->stretch, room * sizeof *stretch);
    uint32_t *slot;

    if (stretch == NULL)
        return no_memory(room * sizeof *stretch, e);
    m->stretch = stretch;
    slot = calloc((size_t)room * 2, sizeof *slot);
    if (slot == NULL)
        return no_memory((size_t)room * 2 * sizeof *slot, e);
    free(m->slot);
    m->slot = slot;
    m->slots = room * 2;
    m->stretch_room = room;
    for (uint32_t i = 0; i < m->stretches; i++) {
        uint32_t at = hash(stretch[i].site) & (m->slots - 1);

        while (slot[at] != 0)
            at = (at + 1) & (m->slots - 1);
        slot[at] = i + 1;
    }
    return true;
}

/* The stretch of SITE, which is made if there is none yet. */
static bool
find_stretch(struct column_maker *m, const int32_t site[SITE_COUNT],
             uint32_t *found, struct err *e)
{
    const size_t bytes = SITE_COUNT * sizeof *site;
    uint32_t at;

    if (m->stretches == m->stretch_room && !more_stretches(m, e))
        return false;
    for (at = hash(site) & (m->slots - 1); m->slot[at] != 0;
         at = (at + 1) & (m->slots - 1)) {
        *found = m->slot[at] - 1;
        if (memcmp(m->stretch[*found].site, site, bytes) == 0)
            return true;
    }
    if (m->stretches == STRETCH_MAX)
        return err_set(e, ERR_INPUT, "columns.stretches", "%d",
                       (int)STRETCH_MAX);
    *found = m->stretches++;
    m->slot[at] = *found + 1;
    m->stretch[*found] = (struct stretch){ .count = 0 };
    memcpy(m->stretch[*found].site, site, bytes);
    return true;
}

/* The chunk the next row goes into. */
static struct chunk *
next_chunk(struct column_maker *m, struct err *e)
{
    size_t n = (size_t)(m->rows / CHUNK);
    size_t bytes = sizeof(struct chunk)
                 + (size_t)m->layout.words * CHUNK * sizeof(uint64_t);

    if (m->rows % CHUNK != 0)
        return m->chunk[n];
    if (n == m->chunk_room) {
        size_t room = n > 0 ? n * 2 : 16;
        struct chunk **chunk = realloc(m->chunk, room * sizeof *chunk);

        if (chunk == NULL)
            return no_memory(room * sizeof *chunk, e), NULL;
        m->chunk = chunk;
        m->chunk_room = room;
    }
    m->chunk[n] = malloc(bytes);
    if (m->chunk[n] == NULL)
        no_memory(bytes, e);
    return m->chunk[n];
}

static void
note_found(struct column_maker *m, const struct row *row)
{
    for (int i = 0; i < m->layout.variables; i++) {
        struct found *f = &m->found[i];
        int32_t value = row->value[i];

        if (value < 0)
            continue;
        if (value < f->least)
            f->least = value;
        if (value > f->most)
            f->most = value;
    }
}

bool
column_maker_add(struct column_maker *m, const struct row *row, bool counts,
                 struct err *e)
{
    int32_t site[SITE_COUNT];
    struct chunk *chunk;
    uint32_t stretch = 0;
    int at = (int)(m->rows % CHUNK);

    if (m->rows == m->room)
        return err_set(e, ERR_INPUT, "columns.rows", "%lld",
                       (long long)m->room);
    for (int i = 0; i < SITE_COUNT; i++)
        site[i] = row->value[m->layout.site[i]];
    if (!record_pack(&m->layout, row, counts, m->record))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    if (!find_stretch(m, site, &stretch, e))
        return false;
    chunk = next_chunk(m, e);
    if (chunk == NULL)
        return false;
    note_found(m, row);
    m->stretch[stretch].count++;
    chunk->stretch[at] = stretch;
    for (int k = 0; k < m->layout.words; k++)
        chunk->word[(size_t)k * CHUNK + (size_t)at] = m->record[k];
    m->rows++;
    return true;
}

/* Stretches by their sites, missing values first. */
static int
by_site(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;

    for (int i = 0; i < SITE_COUNT; i++)
        if (x->site[i] != y->site[i])
            return x->site[i] < y->site[i] ? -1 : 1;
    return 0;
}

/* Gives every row its place. While it does, a stretch's `from` is where
 * its next row goes, and says before which number it was met. */
static bool
sort_rows(struct column_maker *m, struct err *e)
{
    size_t rows = (size_t)m->rows;
    uint32_t *next = malloc(m->stretches * sizeof *next + 1);
    uint32_t at = 0;

    free(m->order);
    m->order = calloc(rows + 1, sizeof *m->order);
    if (m->order == NULL || next == NULL) {
        free(next);
        return no_memory((rows + 1) * sizeof *m->order, e);
    }
    for (uint32_t i = 0; i < m->stretches; i++)
        m->stretch[i].from = i;
    if (m->stretches > 0)
        qsort(m->stretch, m->stretches, sizeof *m->stretch, by_site);
    for (uint32_t i = 0; i < m->stretches; i++) {
        next[m->stretch[i].from] = at;
        m->stretch[i].from = at;
        at += m->stretch[i].count;
    }
    for (uint32_t i = 0; i < (uint32_t)m->rows; i++) {
        uint32_t s = m->chunk[i / CHUNK]->stretch[i % CHUNK];

        m->order[next[s]++] = i;
    }
    free(next);
    return true;
}

/* Turns a square of bits on its side: bit J of row I becomes bit I of row
 * J. Halves are exchanged, then quarters, and so on. */
static void
turn(uint64_t square[WORD])
{
    uint64_t mask = 0x00000000FFFFFFFF;

    for (int size = 32; size > 0; size /= 2, mask ^= mask << size) {
        for (int i = 0; i < WORD; i = (i + size + 1) & ~size) {
            uint64_t x = (square[i] >> size ^ square[i + size]) & mask;

            square[i] ^= x << size;
            square[i + size] ^= x;
        }
    }
}

/* What is being written. */
struct making {
    const struct column_maker *m;
    struct columns_head head;
    FILE *file;
    char *name;                 /* of the file until it is whole */
    const char *note;
    size_t words;               /* of a plane */
    uint32_t *number;           /* one a bit of a record: its plane */
    uint64_t *sum;              /* of the planes written so far */
    struct err *e;
};

/* Planes K * WORD .. of the records. */
static void
turn_word(struct making *w, int k)
{
    const struct column_maker *m = w->m;
    uint64_t square[WORD] = { 0 };

    for (size_t i = 0; i < w->words; i++) {
        for (size_t r = 0; r < WORD; r++) {
            size_t n = i * WORD + r;
            uint32_t row;

            if (n >= (size_t)m->rows) {
                square[r] = 0;
                continue;
            }
            row = m->order[n];
            square[r] = m->chunk[row / CHUNK]
                            ->word[(size_t)k * CHUNK + row % CHUNK];
        }
        turn(square);
        for (size_t b = 0; b < WORD; b++)
            w->m->plane[b * w->words + i] = square[b];
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

static bool
failed(struct making *w)
{
    return err_set(w->e, ERR_MACHINE, "file.write", "%s %s", w->name,
                   strerror(errno));
}

/* Whether the N-th plane of the file is PLANE. */
static bool
is_written(struct making *w, uint32_t n, const uint64_t *plane, bool *same)
{
    size_t bytes = w->words * sizeof *plane;
    size_t from = w->head.planes_at + n * bytes;
    size_t page = from % (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *map;

    if (fflush(w->file) != 0)
        return failed(w);
    map = mmap(NULL, bytes + page, PROT_READ, MAP_SHARED, fileno(w->file),
               (off_t)(from - page));
    if (map == MAP_FAILED)
        return failed(w);
    *same = memcmp(map + page, plane, bytes) == 0;
    munmap(map, bytes + page);
    return true;
}

/* Writes PLANE unless it is there already; its number in *NUMBER. */
static bool
put_plane(struct making *w, const uint64_t *plane, uint32_t *number)
{
    size_t bytes = w->words * sizeof *plane;
    uint64_t sum = columns_sum(plane, bytes);
    bool same = false;

    if (is_empty(plane, w->words)) {
        *number = PLANE_EMPTY;
        return true;
    }
    for (uint32_t i = 0; i < w->head.planes; i++) {
        if (w->sum[i] != sum)
            continue;
        if (!is_written(w, i, plane, &same))
            return false;
        if (same) {             /* the first is the one of all rows */
            *number = i == 0 ? PLANE_FULL : PLANE_FIRST + i;
            return true;
        }
    }
    if (fwrite(plane, 1, bytes, w->file) != bytes)
        return failed(w);
    w->sum[w->head.planes] = sum;
    *number = PLANE_FIRST + w->head.planes++;
    return true;
}

static bool
put_planes(struct making *w)
{
    const struct record_layout *l = &w->m->layout;

    if (fseek(w->file, (long)w->head.planes_at, SEEK_SET) != 0)
        return failed(w);
    for (int k = 0; k < l->words; k++) {
        turn_word(w, k);
        for (int b = 0; b < WORD && k * WORD + b < l->bits; b++)
            if (!put_plane(w, w->m->plane + (size_t)b * w->words,
                           &w->number[k * WORD + b]))
                return false;
    }
    return true;
}

/* The directory: columns, their bits, stretches, padding; in OUT. */
static void
make_directory(struct making *w, struct buf *out)
{
    const struct column_maker *m = w->m;
    uint32_t first = 0;

    for (int i = 0; i < m->layout.variables; i++) {
        const struct place *p = &m->layout.place[i];
        const uint32_t *n = &w->number[p->first < 0 ? 0 : p->first];
        struct column c = {
            .first = first, .low = p->low, .least = m->found[i].least,
            .most = m->found[i].most
        };

        if (p->first >= 0) {
            c.has = n[PLACE_HAS];
            c.unasked = n[PLACE_UNASKED];
            c.unknown = n[PLACE_UNKNOWN];
            c.bits = (uint32_t)p->bits;
        }
        first += c.bits;
        buf_add(out, &c, sizeof c);
    }
    for (int i = 0; i < m->layout.variables; i++) {
        const struct place *p = &m->layout.place[i];

        if (p->first >= 0)
            buf_add(out, &w->number[p->first + PLACE_VALUE],
                    (size_t)p->bits * sizeof *w->number);
    }
    buf_add(out, m->stretch, m->stretches * sizeof *m->stretch);
    buf_add(out, w->note, strlen(w->note) + 1);
    while ((sizeof w->head + out->len) % 64 != 0)
        buf_byte(out, 0);
}

/* Where everything stands. The directory's size does not depend on what
 * the planes are. */
static void
plan_head(struct making *w, const uint8_t origin[COLUMNS_ORIGIN])
{
    const struct column_maker *m = w->m;
    struct columns_head *h = &w->head;
    uint64_t end;

    *h = (struct columns_head){
        .magic = COLUMNS_MAGIC, .format = COLUMNS_FORMAT,
        .head_bytes = sizeof *h, .rows = (uint64_t)m->rows,
        .plane_words = w->words,
        .variables = (uint32_t)m->layout.variables,
        .stretches = m->stretches, .columns_at = sizeof *h
    };
    memcpy(h->origin, origin, COLUMNS_ORIGIN);
    for (int i = 0; i < m->layout.variables; i++)
        if (m->layout.place[i].first >= 0)
            h->bits += (uint32_t)m->layout.place[i].bits;
    h->bits_at = h->columns_at + h->variables * sizeof(struct column);
    h->stretches_at = h->bits_at + h->bits * sizeof(uint32_t);
    h->note_at = h->stretches_at + h->stretches * sizeof(struct stretch);
    h->note_len = strlen(w->note);
    end = h->note_at + h->note_len + 1;
    h->planes_at = (end + 63) / 64 * 64;
}

/* The sum of all planes, which stand in the file by now. */
static void
sum_planes(struct making *w)
{
    uint64_t sum[2] = { 0, 0 };

    for (uint32_t i = 0; i < w->head.planes; i++) {
        sum[1] = w->sum[i];
        sum[0] = columns_sum(sum, sizeof sum);
    }
    w->head.planes_sum = sum[0];
    w->head.file_bytes = w->head.planes_at
        + (uint64_t)w->head.planes * w->words * sizeof(uint64_t);
}

static bool
put_directory(struct making *w)
{
    struct columns_head *h = &w->head;
    struct buf b;
    bool ok;

    buf_init(&b, 0);
    h->there = w->number[RECORD_THERE];
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

bool
column_maker_write(struct column_maker *m,
                   const uint8_t origin[COLUMNS_ORIGIN], const char *note,
                   const char *file, struct err *e)
{
    size_t bits = (size_t)m->layout.words * WORD;
    size_t vectors = ((size_t)m->rows + PLANE_ALIGN - 1) / PLANE_ALIGN;
    struct making w = { .m = m, .words = vectors * (PLANE_ALIGN / WORD),
                        .note = note, .e = e };
    bool ok = sort_rows(m, e);

    if (!ok)
        return false;
    free(m->plane);
    m->plane = malloc(WORD * w.words * sizeof *m->plane + 1);
    w.number = mem_take(bits * sizeof *w.number);
    w.sum = mem_take(bits * sizeof *w.sum);
    plan_head(&w, origin);
    ok = m->plane != NULL ? begin_file(&w, file)
       : no_memory(WORD * w.words * sizeof *m->plane, e);
    ok = ok && put_planes(&w);
    if (ok) {
        sum_planes(&w);
        ok = put_directory(&w);
    }
    if (w.name != NULL)
        ok = end_file(&w, file, ok);
    free(w.number);
    free(w.sum);
    return ok;
}
