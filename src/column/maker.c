/* maker.c - rows kept for a file of columns; see columns.h.
 *
 * Rows are kept as records in the order they come, each with the number of
 * its tuple in either order (maker_order.c). Only when all are there can they
 * be put in order and turned into planes (maker_file.c). */
#include <assert.h>
#include <stdlib.h>
#include "column/making.h"

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
    for (int i = 0; i < ORDER_COUNT; i++)
        m->tuples[i].sites = m->layout.sites[i].count;
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
        const struct place *p = &m->layout.place[i];
        struct found *f = &m->found[i];
        int32_t value = row->value[i];

        if (value < 0 && (p->first < 0 || p->apart))
            continue;
        if (value < 0)
            value = place_without(p, value);
        if (value < f->least)
            f->least = value;
        if (value > f->most)
            f->most = value;
    }
}

static bool
find_tuple(struct column_maker *m, enum order order, const struct row *row,
           uint32_t *tuple, struct err *e)
{
    const struct sites *s = &m->layout.sites[order];
    int32_t value[SITES_MAX];

    for (int i = 0; i < s->count; i++)
        value[i] = row->value[s->variable[i]];
    return tuple_of(&m->tuples[order], value, tuple, e);
}

bool
column_maker_add(struct column_maker *m, const struct row *row, bool counts,
                 struct err *e)
{
    uint32_t place = 0, people = TUPLE_NONE;
    struct chunk *chunk;
    int at = (int)(m->rows % CHUNK);

    if (m->rows == m->room)
        return err_set(e, ERR_INPUT, "columns.rows", "%lld",
                       (long long)m->room);
    if (!record_pack(&m->layout, row, counts, m->record))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    if (!find_tuple(m, ORDER_PLACES, row, &place, e)
        || (counts && !find_tuple(m, ORDER_PEOPLE, row, &people, e)))
        return false;
    chunk = next_chunk(m, e);
    if (chunk == NULL)
        return false;
    note_found(m, row);
    chunk->tuple[ORDER_PLACES][at] = place;
    chunk->tuple[ORDER_PEOPLE][at] = people;
    for (int k = 0; k < m->layout.words; k++)
        chunk->word[(size_t)k * CHUNK + (size_t)at] = m->record[k];
    m->rows++;
    return true;
}
