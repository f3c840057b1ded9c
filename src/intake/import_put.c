/* import_put.c - a checked row becomes a registration, is entered in the
 * contest, and waits until it is put into the store with others. */
#include <string.h>
#include "calc/answers.h"
#include "calc/derive.h"
#include "intake/importing.h"

bool
import_put_flush(struct importing *im, struct err *e)
{
    struct batch *b = &im->batch;
    int count = b->count;

    for (int i = 0; i < count; i++) {
        struct registration *r = &b->r[i];

        r->answers = b->answers + (size_t)i * im->layout->size;
        if (r->sealed_len > 0)
            r->sealed = (const uint8_t *)b->sealed.data + b->sealed_at[i];
    }
    b->count = 0;
    /* A file with faults is refused in the end. */
    if (im->sheet.faults == 0
        && !registration_put_many(im->o->store, im->actor, im->o->round,
                                  b->r, count, e))
        return false;
    buf_reset(&b->sealed);
    return true;
}

/* Has R put with others; a number in use is a fault of the row. */
static bool
put(struct importing *im, const struct registration *r, struct err *e)
{
    if (!import_number_free(im, r->number))
        return true;
    if (im->put++ == 0 || r->number < im->first)
        im->first = r->number;
    if (r->number > im->last)
        im->last = r->number;
    im->batch.r[im->batch.count++] = *r;
    import_columns_add(im, r);
    return import_number_take(im, r, e)
        && settling_add(im->settling, r, im->effective, e)
        && ((im->batch.count < BATCH
             && im->batch.sealed.len < SEALED_ROOM / 2)
            || import_put_flush(im, e));
}

/* Who decides and counts by what is stored does not open what is sealed: a
 * text has no answer then. Of codes it is known how many. */
static void
forget_texts(struct importing *im)
{
    const struct variable *v = im->o->in->variables;

    for (int k = 0; k < im->sealing.columns; k++) {
        int id = im->cells.sheet->id[im->sealing.column[k]];

        if (v[id].kind == KIND_TEXT)
            im->effective[id] = VALUE_UNANSWERED;
    }
}

bool
import_put_row(struct importing *im, struct err *e)
{
    struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    struct registration r = {
        .unit = row->value[in->role[ROLE_UNIT]],
        .tier = row->value[in->role[ROLE_TIER]],
        .status = row->status,
        .has_pseudonym = row->has_pseudonym,
        .superseded_by = row->has_pseudonym ? 0 : row->superseded_by,
        .definition = im->o->round->definition,
        .answers_len = im->layout->size
    };
    int32_t day = row->value[in->role[ROLE_COMPLETED_ON]];
    size_t before = im->batch.sealed.len;

    r.completed_on = day >= 0 ? day : -1;
    memcpy(r.pseudonym, row->pseudonym, sizeof r.pseudonym);
    if (!import_number_give(im, &r))
        return true;
    answers_pack(im->layout, row->value, im->batch.answers
                 + (size_t)im->batch.count * im->layout->size);
    im->batch.sealed_at[im->batch.count] = before;
    if (!sealing_row(&im->sealing, &im->cells, r.number, &im->batch.sealed,
                     e))
        return false;
    r.sealed_len = im->batch.sealed.len - before;
    memcpy(im->effective, row->value,
           (size_t)in->variable_count * sizeof *im->effective);
    decode_roles(im->o, &r, im->effective);
    forget_texts(im);
    derive_by(&im->outline, im->effective,
              (const uint64_t *const *)row->set,
              im->gathering.maker != NULL ? NULL : im->want);
    return put(im, &r, e);
}
