/* maker.c - rows kept for a file of columns; see columns.h.
 *
 * Rows are kept as records in the order they come, each with the number of
 * its tuple in either order (maker_order.c). Only when all are there can they
 * be put in order and turned into planes (maker_file.c). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "column/making.h"

static_assert(offsetof(struct chunk, word) % (LINE * sizeof(uint64_t)) == 0
              && LINE % GROUP == 0, "groups of words lie within lines");

struct column_maker *
column_maker_new(const struct instrument *in, int64_t room)
{
    struct column_maker *m = mem_take(sizeof *m);

    assert(room >= 0 && room <= COLUMNS_ROWS_MAX);
    arena_init(&m->arena);
    packer_init(&m->packer, in, &m->arena);
    m->room = room;
    for (int i = 0; i < ORDER_COUNT; i++)
        m->tuples[i].sites = m->packer.layout.sites[i].count;
    return m;
}

void
column_maker_free(struct column_maker *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->chunks; i++)
        free(m->chunk[i]);
    free(m->chunk);
    for (int i = 0; i < ORDER_COUNT; i++)
        tuples_clear(&m->tuples[i]);
    arena_clear(&m->arena);
    free(m);
}

static bool
no_memory(size_t bytes, struct err *e)
{
    return err_set(e, ERR_MACHINE, "machine.memory", "%zu", bytes);
}

/* The chunk the next row goes into. */
static struct chunk *
next_chunk(struct column_maker *m, struct err *e)
{
    size_t n = (size_t)(m->rows / CHUNK);
    size_t bytes = sizeof(struct chunk)
                 + m->packer.words * CHUNK * sizeof(uint64_t);

    if (n < m->chunks)
        return m->chunk[n];
    if (n == m->chunk_room) {
        size_t room = n > 0 ? n * 2 : 16;
        struct chunk **chunk = realloc(m->chunk, room * sizeof *chunk);

        if (chunk == NULL)
            return no_memory(room * sizeof *chunk, e), NULL;
        m->chunk = chunk;
        m->chunk_room = room;
    }
    m->chunk[n] = aligned_alloc(LINE * sizeof(uint64_t), bytes);
    if (m->chunk[n] == NULL)
        return no_memory(bytes, e), NULL;
    m->chunks++;
    return m->chunk[n];
}

/* Begins to look for the tuple of ROW in ORDER. */
static void
seek(const struct column_maker *m, enum order order, const struct row *row,
     struct sought *to)
{
    const struct sites *s = &m->packer.layout.sites[order];

    memset(to->value, 0, sizeof to->value);
    for (int i = 0; i < s->count; i++)
        to->value[i] = row->value[s->variable[i]];
    tuple_seek(&m->tuples[order], to);
}

bool
column_maker_add(struct column_maker *m, const struct row *row, bool counts,
                 struct err *e)
{
    struct sought places, people;
    struct chunk *chunk;
    size_t at = (size_t)(m->rows % CHUNK);

    if (m->rows == m->room)
        return err_set(e, ERR_INPUT, "columns.rows", "%lld",
                       (long long)m->room);
    chunk = next_chunk(m, e);
    if (chunk == NULL)
        return false;
    seek(m, ORDER_PLACES, row, &places);
    seek(m, ORDER_PEOPLE, row, &people);
    if (!packer_pack(&m->packer, row, counts,
                     chunk->word + at * m->packer.words))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    chunk->tuple[ORDER_PEOPLE][at] = TUPLE_NONE;
    if (!tuple_of(&m->tuples[ORDER_PLACES], &places,
                  &chunk->tuple[ORDER_PLACES][at], e)
        || (counts && !tuple_of(&m->tuples[ORDER_PEOPLE], &people,
                                &chunk->tuple[ORDER_PEOPLE][at], e)))
        return false;
    m->rows++;
    return true;
}

void
column_maker_supersede(struct column_maker *m, int64_t row)
{
    struct chunk *chunk;
    size_t at = (size_t)(row % CHUNK);

    assert(row >= 0 && row < m->rows && !m->written);
    chunk = m->chunk[row / CHUNK];
    assert(chunk->tuple[ORDER_PEOPLE][at] != TUPLE_NONE);
    chunk->tuple[ORDER_PEOPLE][at] = TUPLE_NONE;
    chunk->word[at * m->packer.words] &= ~(UINT64_C(1) << RECORD_COUNTS);
}
