/* intake_fixture.h - for the tests of src/intake and src/feed: a store with
 * rounds of the instrument that the program carries, CSV in, what was heard
 * and what is there out.
 *
 * Units: nord has tiers 1 and 2, sor 2 and 3, and ost tier 1, where nobody
 * is registered without a number. It is noon on 1 June 2014 in Oslo. */
#ifndef INTAKE_FIXTURE_H
#define INTAKE_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/csv.h"
#include "base/embed.h"
#include "intake/intake.h"

#define UNITS_CSV "unit,name,tier,number_required\n" \
                  "nord,Nord,1=Vedtak|2,\nsor,S\xC3\xB8r,2|3,\nost,Ost,1,1\n"

struct fixture {
    char dir[64];
    char path[96];
    struct clock_fixed now;
    struct random_state chance;
    struct store_options options;
    struct store *s;
    struct opened o;            /* the round in use */
    struct arena arena;
    struct buf heard;           /* a line a fault: see hear() */
    int said, warned;           /* times the listener was called */
    struct import_result result;
    struct err e;               /* of the last import */
};

static const struct actor everyone = {
    .name = "kari", .rights = "coordinator", .purpose = "test",
    .all_units = true
};

#define assert_ok(x, e) \
    do { \
        if (!(x)) \
            fail_msg("%s: %s %s %s", #x, (e)->key, (e)->arg[0], \
                     (e)->arg[1]); \
    } while (0)

static inline void
hear(struct fixture *f, const struct err *e, const char *mark)
{
    buf_printf(&f->heard, "%s%ld:%s:%s", mark, e->at.line, e->field, e->key);
    for (int i = 0; i < e->args; i++)
        buf_printf(&f->heard, "|%s", e->arg[i]);
    buf_byte(&f->heard, '\n');
}

/* "LINE:FIELD:KEY|ARGUMENT|..." */
static inline void
hear_fault(void *ctx, const struct err *e)
{
    struct fixture *f = ctx;

    f->said++;
    assert_int_equal(e->code, ERR_INPUT);
    hear(f, e, "");
}

/* The same with "~" before it. */
static inline void
hear_warning(void *ctx, const struct err *e)
{
    struct fixture *f = ctx;

    f->warned++;
    hear(f, e, "~");
}

static inline struct listener
fixture_listener(struct fixture *f)
{
    return (struct listener){ hear_fault, hear_warning, NULL, f, LANG_EN };
}

static inline void
fixture_silence(struct fixture *f)
{
    buf_reset(&f->heard);
    f->said = f->warned = 0;
    err_clear(&f->e);
}

static inline void
fixture_store(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    strcpy(f->dir, "/tmp/brukerplan-test.XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->path, sizeof f->path, "%s/store", f->dir);
    f->now = (struct clock_fixed){ INT64_C(1401616800000), 0 };
    f->options = (struct store_options){
        .path = f->path, .mode = STORE_WRITE, .clock = clock_fixed(&f->now),
        .random = random_seeded(&f->chance, 7)
    };
    arena_init(&f->arena);
    buf_init(&f->heard, 0);
    assert_ok(store_create(&f->options, &f->e), &f->e);
    f->s = store_open(&f->options, &f->e);
    assert_ok(f->s != NULL, &f->e);
}

static inline void
fixture_remove(struct fixture *f)
{
    char command[128];

    opened_clear(&f->o);
    store_close(f->s);
    arena_clear(&f->arena);
    buf_clear(&f->heard);
    snprintf(command, sizeof command, "rm -rf '%s'", f->dir);
    assert_int_equal(system(command), 0);
}

/* Turns to the round ID. */
static inline void
fixture_use(struct fixture *f, const char *id)
{
    opened_clear(&f->o);
    err_clear(&f->e);
    assert_ok(opened_init(&f->o, f->s, id, &f->e), &f->e);
}

struct round_kind {
    bool real;                  /* not synthetic */
    const char *training_of, *switched_on, *instrument, *units;
};

/* A new, open round, and turns to it. */
static inline void
fixture_round(struct fixture *f, const char *id, struct round_kind kind)
{
    static const uint8_t key[KEY_BYTES] = "a published key, nothing secret";
    struct round r = {
        .id = id, .municipality = 1201, .year = 2014, .period = 5,
        .from_age = 18, .title = "Bergen 2014", .synthetic = !kind.real,
        .training_of = kind.training_of != NULL ? kind.training_of : "",
        .next_number = 1
    };
    struct definition d = {
        .number = 1,
        .switched_on = kind.switched_on != NULL ? kind.switched_on : ""
    };
    struct listener l = fixture_listener(f);
    const char *units = kind.units != NULL ? kind.units : UNITS_CSV;

    if (kind.instrument != NULL) {
        d.text = kind.instrument;
        d.len = strlen(kind.instrument);
    } else {
        d.text = embed_find("instruments/brukerplan-2014.yaml", &d.len);
    }
    for (int i = 0; i < LAWFUL_COUNT; i++)
        r.lawful[i] = "";
    assert_ok(units_memory("units.csv", units, strlen(units), &f->arena, &l,
                           &r.units, &r.unit_count, &f->e), &f->e);
    assert_ok(store_begin(f->s, &f->e), &f->e);
    assert_ok(round_add(f->s, &everyone, &r, &d, key, &f->e), &f->e);
    assert_ok(store_commit(f->s, &f->e), &f->e);
    fixture_use(f, id);
}

/* A store with the synthetic round "r". */
static inline void
fixture_open(struct fixture *f)
{
    fixture_store(f);
    fixture_round(f, "r", (struct round_kind){ .real = false });
}

static inline bool
fixture_import_bytes(struct fixture *f, const char *csv, size_t len)
{
    struct listener l = fixture_listener(f);

    fixture_silence(f);
    return import_memory(&f->o, &everyone, "f.csv", csv, len, &l, &f->result,
                         &f->e);
}

static inline bool
fixture_import(struct fixture *f, const char *csv)
{
    return fixture_import_bytes(f, csv, strlen(csv));
}

/* CSV goes in without a word. */
static inline void
fixture_take(struct fixture *f, const char *csv)
{
    if (!fixture_import(f, csv))
        fail_msg("%s: %s\n%s", csv, f->e.key, buf_string(&f->heard));
    assert_string_equal(buf_string(&f->heard), "");
}

static inline void
fixture_export(struct fixture *f, struct buf *out)
{
    err_clear(&f->e);
    buf_init(out, 0);
    assert_ok(export_csv(&f->o, &everyone, out, &f->e), &f->e);
}

/* The columns NAMES ("a,b") of what is exported, rows ended by "\n" and
 * cells by ";". In the fixture's arena. */
static inline const char *
fixture_cells(struct fixture *f, const char *names)
{
    struct csv_reader *csv;
    struct csv_row row;
    int column[32], columns = 0;
    struct buf all, out;
    char *list, *name, *save = NULL;
    const char *text;

    fixture_export(f, &all);
    buf_init(&out, 0);
    list = arena_text(&f->arena, names);
    csv = csv_open_memory(all.data, all.len);
    assert_int_equal(csv_next(csv, &row), CSV_ROW);
    for (name = strtok_r(list, ",", &save); name != NULL;
         name = strtok_r(NULL, ",", &save)) {
        column[columns] = -1;
        for (size_t i = 0; i < row.fields; i++)
            if (csv_cell(&row, i).len == strlen(name)
                && memcmp(csv_cell(&row, i).data, name, strlen(name)) == 0)
                column[columns] = (int)i;
        if (column[columns] < 0)
            fail_msg("no column %s", name);
        columns++;
    }
    while (csv_next(csv, &row) == CSV_ROW) {
        for (int i = 0; i < columns; i++) {
            struct csv_slice cell = csv_cell(&row, (size_t)column[i]);

            buf_add(&out, cell.data, cell.len);
            buf_byte(&out, i + 1 < columns ? ';' : '\n');
        }
    }
    csv_close(csv);
    text = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    buf_clear(&all);
    return text;
}

/* A valid synthetic number (PLUS 80), or a real-looking one (PLUS 0), born
 * on 1 January 1980; the Nth. A woman's if N is even. */
static inline const char *
fixture_number(struct fixture *f, int n, int plus)
{
    for (int three = 0, found = 0; three < 500; three++) {
        int d[11] = { 0, 1, plus / 10, plus % 10 + 1, 8, 0, three / 100,
                      three / 10 % 10, three % 10, 0, 0 };
        static const int k1[9] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
        static const int k2[10] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
        int sum = 0;
        char text[12];

        for (int i = 0; i < 9; i++)
            sum += k1[i] * d[i];
        d[9] = (11 - sum % 11) % 11;
        sum = 0;
        for (int i = 0; i < 10; i++)
            sum += k2[i] * d[i];
        d[10] = (11 - sum % 11) % 11;
        if (d[9] == 10 || d[10] == 10 || three % 2 != n % 2)
            continue;
        if (found++ < n / 2)
            continue;
        for (int i = 0; i < 11; i++)
            text[i] = (char)('0' + d[i]);
        text[11] = '\0';
        return arena_text(&f->arena, text);
    }
    fail_msg("no such number: %d", n);
    return NULL;
}

/* Synthetic person N. */
static inline const char *
fixture_person(struct fixture *f, int n)
{
    return fixture_number(f, n, 80);
}

/* TEMPLATE with each {N} replaced by synthetic person N, {=N} by a number
 * of a round that is not synthetic. */
static inline const char *
fixture_fill(struct fixture *f, const char *template)
{
    struct buf out;
    const char *text;

    buf_init(&out, 0);
    for (const char *p = template; *p != '\0'; p++) {
        bool real = p[0] == '{' && p[1] == '=';

        if (*p != '{') {
            buf_byte(&out, *p);
            continue;
        }
        buf_text(&out, fixture_number(f, atoi(p + 1 + real),
                                      real ? 0 : 80));
        p = strchr(p, '}');
    }
    text = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

/* What `brukerplan check` finds. */
static inline int64_t
fixture_faults(struct fixture *f)
{
    int64_t faults = 0;

    fixture_silence(f);
    assert_ok(store_check(f->s, hear_fault, f, &faults, &f->e), &f->e);
    assert_ok(intake_check(&f->o, &everyone, hear_fault, f, &faults, &f->e),
              &f->e);
    return faults;
}

/* One number, as `brukerplan count` has it; of UNIT if it is not NULL. */
static inline int64_t
fixture_count_unit(struct fixture *f, const char *unit, const char *where)
{
    struct plan *p = plan_new(f->o.in);
    struct figure figure = { .id = "n", .where = where, .sum = -1 };
    struct question q = {
        .columns = -1, .sum = -1, .figures = &figure, .figure_count = 1
    };
    struct run *run;
    int64_t n;

    err_clear(&f->e);
    assert_ok(plan_add(p, &q, &f->e) >= 0, &f->e);
    run = run_new(p);
    assert_ok(feed_run(&f->o, &everyone,
                       unit != NULL ? SCOPE_UNIT : SCOPE_RECIPIENTS, unit,
                       where, p, run, &f->e), &f->e);
    n = run_table(run, 0)->cell[0];
    run_free(run);
    plan_free(p);
    return n;
}

static inline int64_t
fixture_count(struct fixture *f, const char *where)
{
    return fixture_count_unit(f, NULL, where);
}

/* "NUMBER STATUS BY,": all registrations, as they stand in the store. */
static inline const char *
fixture_standing(struct fixture *f)
{
    struct scan_ask ask = { .what = "test" };
    const struct registration *r;
    struct scan *scan;
    struct buf out;
    const char *text;

    err_clear(&f->e);
    buf_init(&out, 0);
    scan = scan_begin(f->s, &everyone, f->o.round, &ask, &f->e);
    assert_non_null(scan);
    while (scan_next(scan, &r, &f->e) && r != NULL)
        buf_printf(&out, "%lld %c %lld,", (long long)r->number,
                   status_word(r->status)[0], (long long)r->superseded_by);
    assert_ok(scan_end(scan, &f->e), &f->e);
    text = arena_text(&f->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

#endif
