/* maker.c - rows kept for a file of columns; see columns.h.
 *
 * Rows are kept as records in the order they come, each with the number of
 * its tuple in either order (maker_order.c). Only when all are there can they
 * be put in order and turned into planes (maker_file.c).
 *
 * Tuples stand anywhere in memory, so each row's are asked for when it comes
 * and looked at when the next one does. */
#include <assert.h>
#include <string.h>
#include "column/making.h"

static_assert(LINE % GROUP == 0, "groups of words lie within lines");

enum { FIRST_ROOM = 1 << 10 };          /* rows */

struct column_maker *
column_maker_new(const struct instrument *in, int64_t most)
{
    struct column_maker *m = mem_take(sizeof *m);

    assert(most >= 0 && most <= COLUMNS_ROWS_MAX);
    arena_init(&m->arena);
    packer_init(&m->packer, in, &m->arena);
    m->most = most;
    for (int i = 0; i < ORDER_COUNT; i++)
        m->tuples[i].sites = m->packer.layout.sites[i].count;
    return m;
}

void
column_maker_free(struct column_maker *m)
{
    if (m == NULL)
        return;
    large_clear(&m->records);
    for (int i = 0; i < ORDER_COUNT; i++) {
        large_clear(&m->numbers[i]);
        tuples_clear(&m->tuples[i]);
    }
    arena_clear(&m->arena);
    mem_wipe(m, sizeof *m);
}

static bool
more_room(struct column_maker *m, struct err *e)
{
    int64_t room = m->room > 0 ? m->room * 2 : FIRST_ROOM;
    size_t rows = (size_t)room;

    if (!large_grow(&m->records, rows * m->packer.words * sizeof *m->word, e))
        return false;
    m->word = m->records.at;
    for (int i = 0; i < ORDER_COUNT; i++) {
        if (!large_grow(&m->numbers[i], rows * sizeof *m->tuple[i], e))
            return false;
        m->tuple[i] = m->numbers[i].at;
    }
    m->room = room;
    return true;
}

/* Begins to look for the tuple of ROW in ORDER, if it is not that of the row
 * before. */
static void
seek(struct column_maker *m, enum order order, const struct row *row)
{
    const struct sites *s = &m->packer.layout.sites[order];
    struct sought now = { .number = TUPLE_NONE }, *last = &m->last[order];

    for (int i = 0; i < s->count; i++)
        now.values[i / 2] |= (uint64_t)(uint32_t)row->value[s->variable[i]]
                           << i % 2 * 32;
    if (last->number != TUPLE_NONE
        && memcmp(now.values, last->values, sizeof now.values) == 0)
        return;
    tuple_seek(&m->tuples[order], &now);
    *last = now;
}

/* The tuple of the last row, which is number AT, in ORDER. */
static bool
settle(struct column_maker *m, enum order order, size_t at, struct err *e)
{
    struct sought *s = &m->last[order];

    if (s->number == TUPLE_NONE && !tuple_of(&m->tuples[order], s, e))
        return false;
    m->tuple[order][at] = s->number;
    return true;
}

bool
maker_settle(struct column_maker *m, struct err *e)
{
    size_t at = (size_t)m->rows - 1;

    if (!m->waiting)
        return true;
    m->waiting = false;
    return settle(m, ORDER_PLACES, at, e)
        && (!m->counts || settle(m, ORDER_PEOPLE, at, e));
}

bool
column_maker_add(struct column_maker *m, const struct row *row, bool counts,
                 struct err *e)
{
    size_t at = (size_t)m->rows;

    if (m->rows == m->most)
        return err_set(e, ERR_INPUT, "columns.rows", "%lld",
                       (long long)m->most);
    if ((m->rows == m->room && !more_room(m, e)) || !maker_settle(m, e))
        return false;
    if (!packer_pack(&m->packer, row, counts,
                     m->word + at * m->packer.words))
        return err_set(e, ERR_INPUT, "registration.damaged", "");
    m->tuple[ORDER_PEOPLE][at] = TUPLE_NONE;
    for (int i = 0; i < ORDER_COUNT; i++)
        seek(m, (enum order)i, row);
    m->waiting = true;
    m->counts = counts;
    m->rows++;
    return true;
}

void
column_maker_supersede(struct column_maker *m, int64_t row)
{
    assert(row >= 0 && row < m->rows && !m->written);
    if (m->waiting && row == m->rows - 1) {
        assert(m->counts);
        m->counts = false;
    } else {
        assert(m->tuple[ORDER_PEOPLE][row] != TUPLE_NONE);
        m->tuple[ORDER_PEOPLE][row] = TUPLE_NONE;
    }
    m->word[(size_t)row * m->packer.words] &= ~(UINT64_C(1) << RECORD_COUNTS);
}
