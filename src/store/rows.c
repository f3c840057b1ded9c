/* rows.c - see rows.h. */
#include "store/rows.h"

bool
rows_next(struct rows *r, struct err *e)
{
    r->last = db_step(r->st, e);
    return r->last == DB_ROW;
}

void *
rows_piece(struct rows *r, size_t size)
{
    r->list = arena_more(r->arena, r->list, r->count, &r->room, size);
    return (char *)r->list + (size_t)r->count++ * size;
}

void *
rows_add(struct rows *r, size_t size, struct err *e)
{
    return rows_next(r, e) ? rows_piece(r, size) : NULL;
}

bool
rows_end(struct rows *r)
{
    db_done(r->st);
    return r->last != DB_FAILED;
}
