/* import.c - registrations from CSV to the store: all rows, or none.
 *
 * One pass in one transaction: each row is read, checked, ranked and put
 * into the store; when the file has ended, which registrations count is
 * written, and only then is it committed. A faulty row is told and not
 * put; the others are, so that a number used twice is found too, and in the
 * end everything is rolled back. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "calc/answers.h"
#include "intake/importing.h"

enum { PROGRESS_ROWS = 4096 };

/* Blank cells that have a meaning of their own. */
static void
fill_blanks(struct importing *im)
{
    struct entry_row *row = &im->cells.row;
    const int *role = im->o->in->role;
    int32_t *done = &row->value[role[ROLE_SERVICES_DONE]];
    int32_t *day = &row->value[role[ROLE_COMPLETED_ON]];

    if (*done == VALUE_UNANSWERED)
        *done = 1;
    if (*day < 0 && row->status == STATUS_COMPLETE)
        *day = im->today;
}

static bool
read_rows(struct importing *im, struct err *e)
{
    const struct listener *l = im->sheet.listener;
    bool more = true;

    for (;;) {
        if (!sheet_next(&im->sheet, &more, e))
            return false;
        if (!more)
            return import_put_flush(im, e);
        if (!cells_read(&im->cells, e))
            return false;
        import_check_row(im);
        fill_blanks(im);
        if (im->cells.row.faults == 0 && !import_put_row(im, e))
            return false;
        if (l->progress != NULL && im->sheet.rows % PROGRESS_ROWS == 0)
            l->progress(l->ctx, im->sheet.fd >= 0 && im->sheet.size > 0
                        ? lseek(im->sheet.fd, 0, SEEK_CUR) : 0,
                        im->sheet.size);
    }
}

static bool
refuse(struct importing *im, struct err *e)
{
    err_at(e, im->sheet.file, 0, 0);
    return err_set(e, ERR_INPUT, "import.refused", "%lld",
                   (long long)im->sheet.faults);
}

static bool
import_rows(struct importing *im, struct err *e)
{
    struct sheet_names names = { cells_find, im->o };

    if (!sheet_header(&im->sheet, &names, e))
        return false;
    if (im->sheet.columns > 0
        && sheet_column(&im->sheet, im->o->in->role[ROLE_UNIT]) < 0) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "csv.column_missing", "%s",
                im->o->in->variables[im->o->in->role[ROLE_UNIT]].id);
        sheet_fault(&im->sheet, &fault, -1);
        return refuse(im, e);
    }
    if (im->sheet.columns == 0)
        return refuse(im, e);
    sealing_columns(&im->sealing, &im->cells);
    if (!import_numbers_begin(im, e) || !read_rows(im, e))
        return false;
    /* Only now is it known which registrations count. */
    if (im->sheet.faults == 0
        && (!settling_write(im->settling, e) || !import_numbers_end(im, e)))
        return false;
    if (im->sheet.faults > 0)
        return refuse(im, e);
    im->o->round->next_number = im->numbering.next;
    return registration_put_done(im->o->store, im->actor, im->o->round,
                                 im->put, im->first, im->last, e);
}

static void
importing_init(struct importing *im, struct opened *o,
               const struct actor *actor)
{
    const struct instrument *in = o->in;
    const struct clock *clock = store_clock(o->store);

    *im = (struct importing){ .o = o, .actor = actor };
    im->layout = opened_layout(o);
    arena_init(&im->arena);
    outline_init(&im->outline, in, &im->arena);
    im->batch.answers = mem_take(BATCH * im->layout->size);
    im->effective = mem_take((size_t)in->variable_count
                             * sizeof *im->effective);
    im->want = mem_take((size_t)in->variable_count * sizeof *im->want);
    if (in->index_variable >= 0)
        im->want[in->index_variable] = true;
    im->today = day_oslo(clock->now_ms(clock->ctx));
    buf_init(&im->batch.sealed, SEALED_ROOM);
    sealing_init(&im->sealing, store_random(o->store));
}

static void
importing_clear(struct importing *im)
{
    mem_wipe(im->batch.answers, BATCH * im->layout->size);
    explicit_bzero(im->batch.r, sizeof im->batch.r);
    import_columns_clear(im);
    free(im->effective);
    free(im->want);
    buf_wipe(&im->batch.sealed);
    sealing_clear(&im->sealing);
    optouts_clear(&im->optouts);
    import_numbers_clear(im);
    settling_free(im->settling);
    arena_clear(&im->arena);
    cells_clear(&im->cells);
    sheet_close(&im->sheet);
}

/* What the store has that a row is held against. */
static bool
look_up(struct importing *im, struct err *e)
{
    import_columns_begin(im);
    im->settling = settling_new(im->o, im->actor, e);
    return im->settling != NULL
        && optouts_load(im->o->store, im->o->round, &im->optouts, e)
        && import_numbers_load(im, e);
}

static bool
import(struct opened *o, const struct actor *actor, const char *name,
       const char *data, size_t len, const struct listener *listener,
       struct import_result *result, struct err *e)
{
    struct importing im;
    int64_t next = o->round->next_number, changes = o->round->changes;
    bool ok;

    *result = (struct import_result){ .rows = 0 };
    if (o->round->status == ROUND_SETUP)
        return err_set(e, ERR_INPUT, "setup.not_open", "%s", o->round->id);
    if (o->round->status != ROUND_OPEN)
        return err_set(e, ERR_INPUT, "round.closed", "%s", o->round->id);
    importing_init(&im, o, actor);
    ok = sheet_open(&im.sheet, name, data, len, listener, e)
      && store_begin_import(o->store, e);
    if (ok) {
        cells_init(&im.cells, o, &im.sheet);
        ok = look_up(&im, e) && import_rows(&im, e)
          && import_columns_write(&im, e) && store_commit(o->store, e);
        import_columns_end(&im, ok);
        if (!ok) {
            store_rollback(o->store);
            o->round->next_number = next;
            o->round->changes = changes;
        }
    }
    *result = (struct import_result){
        im.sheet.rows, im.sheet.faults, im.sheet.warnings
    };
    importing_clear(&im);
    return ok;
}

bool
import_csv(struct opened *o, const struct actor *actor, const char *file,
           const struct listener *listener, struct import_result *result,
           struct err *e)
{
    return import(o, actor, file, NULL, 0, listener, result, e);
}

bool
import_memory(struct opened *o, const struct actor *actor, const char *name,
              const char *data, size_t len, const struct listener *listener,
              struct import_result *result, struct err *e)
{
    return import(o, actor, name, data, len, listener, result, e);
}
