/* parts.c - where the time of loading a CSV goes (load.py).
 *
 *     parts STORE ROUND FILE.csv COLUMNS
 *
 * Reads FILE as the import does, but puts nothing into the store: what is
 * measured is what the program would need if nothing had to last. Five times,
 * each time doing more: only rows, also cells, also what a registration may
 * not say, also packing and choosing who counts, and at last also deriving
 * and the file of columns. Says a line each: what, and the seconds in which a
 * processor worked; at last the number of rows and of those that count.
 *
 * The import knows a little more: opting out, and which tiers a unit has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "calc/answers.h"
#include "calc/check.h"
#include "calc/contest.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "column/columns.h"
#include "feed/decode.h"
#include "intake/cells.h"

enum part { READ, CELLS, CHECK, CHOOSE, COLUMNS, PARTS };

static const char *const names[PARTS] = {
    "rows", "cells", "check", "choose", "columns"
};

/* What is kept of a row until all are there. */
struct kept {
    struct registration r;
    int64_t by;
};

struct loading {
    struct opened o;
    struct sheet sheet;
    struct cells cells;
    struct arena arena;
    struct outline outline;
    const struct layout *layout;
    struct contest *contest;
    int32_t *value;
    bool *want;
    struct kept *kept;
    uint8_t *answers;
    size_t count, room;
    enum part part;
};

static _Noreturn void
fail(const char *what, const struct err *e)
{
    fprintf(stderr, "parts: %s %s %s\n", what, e->key, e->arg[0]);
    exit(1);
}

static void
say(void *ctx, const struct err *fault)
{
    (void)ctx;
    fail("the file has a fault:", fault);
}

static void
keep(struct loading *l, struct err *e)
{
    struct entry_row *row = &l->cells.row;
    const int *role = l->o.in->role;
    struct registration r = {
        .number = (int64_t)l->count + 1,
        .unit = row->value[role[ROLE_UNIT]],
        .tier = row->value[role[ROLE_TIER]], .status = row->status,
        .has_pseudonym = row->has_pseudonym,
        .definition = l->o.round->definition,
        .completed_on = row->value[role[ROLE_COMPLETED_ON]],
        .answers_len = l->layout->size
    };

    if (l->count == l->room) {
        l->room = l->room > 0 ? l->room * 2 : 1 << 16;
        l->kept = realloc(l->kept, l->room * sizeof *l->kept);
        l->answers = realloc(l->answers, l->room * l->layout->size);
        if (l->kept == NULL || l->answers == NULL)
            fail("no memory", e);
    }
    memcpy(r.pseudonym, row->pseudonym, sizeof r.pseudonym);
    answers_pack(l->layout, row->value,
                 l->answers + l->count * l->layout->size);
    l->kept[l->count++] = (struct kept){ r, 0 };
    if (!r.has_pseudonym || r.status != STATUS_COMPLETE)
        return;
    memcpy(l->value, row->value,
           (size_t)l->o.in->variable_count * sizeof *l->value);
    derive_by(&l->outline, l->value, (const uint64_t *const *)row->set,
              l->want);
    if (!contest_add(l->contest, r.pseudonym,
                     rank_by(&l->outline, l->value, r.tier, r.completed_on,
                             r.number), e))
        fail("contest", e);
}

static void
take_row(struct loading *l, struct err *e)
{
    struct entry_row *row = &l->cells.row;
    struct row answers = {
        row->value, (const uint64_t *const *)row->set
    };
    struct check_listener listener = { say, NULL, LANG_NB };

    if (l->part < CELLS)
        return;
    if (!cells_read(&l->cells, e))
        fail("cells", e);
    if (l->part >= CHECK)
        check_by(&l->outline, &answers, CHECK_ASKED
                 | (row->status == STATUS_COMPLETE ? CHECK_COMPLETE : 0),
                 &listener);
    if (l->part >= CHOOSE)
        keep(l, e);
}

static bool
note(void *ctx, int64_t number, int64_t by, int64_t size)
{
    struct loading *l = ctx;

    (void)size;
    l->kept[number - 1].by = by;
    return true;
}

/* How many count. */
static size_t
make_columns(struct loading *l, const char *file, struct err *e)
{
    static const uint8_t origin[COLUMNS_ORIGIN];
    struct column_maker *m = column_maker_new(l->o.in, (int64_t)l->count);
    struct decoder d;
    size_t counting = 0;

    decoder_init(&d, &l->o);
    for (size_t i = 0; i < l->count; i++) {
        struct registration *r = &l->kept[i].r;

        if (r->status != STATUS_COMPLETE)
            continue;
        r->answers = l->answers + i * l->layout->size;
        if (!decode(&d, r, e))
            fail("decode", e);
        derive_by(&d.outline, d.value, d.row.set, NULL);
        counting += l->kept[i].by == 0;
        if (!column_maker_add(m, &d.row, l->kept[i].by == 0, e))
            fail("columns", e);
    }
    if (!column_maker_write(m, origin, "", file, e))
        fail("columns", e);
    decoder_clear(&d);
    column_maker_free(m);
    return counting;
}

static void
begin(struct loading *l, const char *name, const struct listener *listener,
      struct err *e)
{
    struct sheet_names names_of = { cells_find, &l->o };

    l->count = 0;
    l->contest = contest_new();
    if (!sheet_open(&l->sheet, name, NULL, 0, listener, e)
        || !sheet_header(&l->sheet, &names_of, e))
        fail(name, e);
    cells_init(&l->cells, &l->o, &l->sheet);
}

/* One way through the file; how many count, where that is known. */
static size_t
run(struct loading *l, const char *file, struct err *e)
{
    bool more = true;

    while (sheet_next(&l->sheet, &more, e) && more)
        take_row(l, e);
    if (e->code != ERR_NONE)
        fail("rows", e);
    if (l->part < CHOOSE)
        return 0;
    if (!contest_decide(l->contest, e))
        fail("contest", e);
    contest_each(l->contest, note, l);
    return l->part < COLUMNS ? 0 : make_columns(l, file, e);
}

static double
work(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
set_up(struct loading *l, char **argv, struct err *e)
{
    struct store_options options = {
        .path = argv[1], .mode = STORE_READ, .clock = clock_system(),
        .random = random_system()
    };
    struct store *s = store_open(&options, e);

    if (s == NULL || !opened_init(&l->o, s, argv[2], e))
        fail(argv[1], e);
    arena_init(&l->arena);
    outline_init(&l->outline, l->o.in, &l->arena);
    l->layout = opened_layout(&l->o);
    l->value = mem_take((size_t)l->o.in->variable_count * sizeof *l->value);
    l->want = mem_take((size_t)l->o.in->variable_count * sizeof *l->want);
    l->want[l->o.in->index_variable] = true;
}

int
main(int argc, char **argv)
{
    static struct loading l;
    struct err e = { .code = ERR_NONE };
    struct listener listener = { say, say, NULL, NULL, LANG_NB };
    size_t counting = 0;

    if (argc != 5)
        fail("STORE ROUND FILE.csv COLUMNS", &e);
    set_up(&l, argv, &e);
    for (int part = 0; part < PARTS; part++) {
        double before;

        l.part = (enum part)part;
        begin(&l, argv[3], &listener, &e);
        before = work();
        counting = run(&l, argv[4], &e);
        printf("%s\t%.6f\n", names[part], work() - before);
        fflush(stdout);
        cells_clear(&l.cells);
        sheet_close(&l.sheet);
        contest_free(l.contest);
    }
    printf("%zu\t%zu\n", l.count, counting);
    return 0;
}
