/* test_maker.c - what was put into a file of columns, read from its planes a
 * bit at a time: every value of every row, in both orders, which are sorted
 * here once more, in another way. All of it by each set of kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "column/making.h"
#include "tiny_instrument.h"

enum { UNITS = 3, ROWS = 4097 };

static const uint8_t made_for[COLUMNS_ORIGIN] = "a test";

struct fixture {
    char dir[64], file[96];
    struct instrument *in;
    struct record_layout layout;
    struct arena arena;
    int rows;
    int32_t (*value)[VARIABLE_MAX];
    bool *counts;
};

/* The kernels that are tested. */
static const char *forced;
/* The rows to sort, and what by; qsort passes nothing on. */
static const struct fixture *sorting;
static struct sites sort_by;

static void
setup(struct fixture *f)
{
    strcpy(f->dir, "/tmp/brukerplan-test.XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->file, sizeof f->file, "%s/r.columns", f->dir);
    f->in = tiny_instrument(NULL, UNITS);
    arena_init(&f->arena);
    record_layout(&f->layout, f->in, &f->arena);
    f->value = calloc(ROWS, sizeof *f->value);
    f->counts = calloc(ROWS, sizeof *f->counts);
    assert_non_null(f->value);
    assert_non_null(f->counts);
}

static void
remove_all(struct fixture *f)
{
    unlink(f->file);
    rmdir(f->dir);
    free(f->value);
    free(f->counts);
    arena_clear(&f->arena);
    instrument_free(f->in);
}

static uint32_t
chance(uint32_t below)
{
    static uint64_t state = 1;

    state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(state >> 33) % below;
}

/* Some value that V can have: none of some kind, an end of its range, or
 * one between. */
static int32_t
some_value(const struct place *p)
{
    int32_t span = p->high - p->low;

    switch (chance(5)) {
    case 0: return VALUE_UNASKED + (int32_t)chance(3);
    case 1: return p->low;
    case 2: return p->high;
    default: return p->low + (int32_t)chance((uint32_t)span + 1);
    }
}

/* Some variables always have the value of the one before. */
static bool
is_copy(const struct fixture *f, int v)
{
    const struct place *p = &f->layout.place[v];

    return v % 3 == 1 && p->low == p[-1].low && p->high == p[-1].high;
}

static void
fill(struct fixture *f, int rows)
{
    const struct sites *places = &f->layout.sites[ORDER_PLACES];

    f->rows = rows;
    for (int r = 0; r < rows; r++) {
        for (int v = 0; v < f->in->variable_count; v++)
            f->value[r][v] = is_copy(f, v) ? f->value[r][v - 1]
                           : some_value(&f->layout.place[v]);
        for (int i = 0; i < places->count; i++)     /* some together */
            if (r % 7 != 0)
                f->value[r][places->variable[i]] = 1 + r / 100 % 3;
        f->counts[r] = chance(4) != 0;
    }
}

/* Writes F's file. LATE: every row is added as one that counts, and only
 * then it is said which don't. */
static void
write_file(struct fixture *f, bool late)
{
    struct column_maker *m = column_maker_new(f->in, f->rows);
    struct err e = { 0 };

    for (int r = 0; r < f->rows; r++) {
        struct row row = { f->value[r], NULL };

        assert_true(column_maker_add(m, &row, late || f->counts[r], &e));
    }
    for (int r = f->rows; late && r-- > 0; )
        if (!f->counts[r])
            column_maker_supersede(m, r);
    assert_true(column_maker_write(m, made_for, "", f->file, &e));
    column_maker_free(m);
}

static struct columns *
make(struct fixture *f)
{
    struct columns *c;
    const char *why;

    write_file(f, false);
    c = columns_open(f->file, f->in, made_for, &why);
    assert_non_null(c);
    return c;
}

static int
before(const void *a, const void *b)
{
    const int *x = a, *y = b;

    for (int i = 0; i < sort_by.count; i++) {
        int v = sort_by.variable[i];
        int32_t one = sorting->value[*x][v], other = sorting->value[*y][v];

        if (one != other)
            return one < other ? -1 : 1;
    }
    return *x - *y;
}

/* The rows that are in ORDER, as they should stand there. */
static int
sorted(const struct fixture *f, enum order order, int *row)
{
    int n = 0;

    for (int r = 0; r < f->rows; r++)
        if (order == ORDER_PLACES || f->counts[r])
            row[n++] = r;
    sorting = f;
    sort_by = sites_of(f->in, order);
    qsort(row, (size_t)n, sizeof *row, before);
    return n;
}

static uint64_t
bit_of(const struct ordered *o, uint32_t plane, int row)
{
    if (plane < PLANE_FIRST)
        return plane == PLANE_FULL;
    return o->plane[(plane - PLANE_FIRST) * o->plane_words
                    + (size_t)row / 64] >> row % 64 & 1;
}

static int32_t
read_value(const struct columns *c, const struct ordered *o, int v, int row)
{
    const struct column *column = &c->column[v];
    const uint32_t *bit = c->bit + column->first;
    int32_t value = column->low;

    for (uint32_t b = 0; b < column->bits; b++)
        value += (int32_t)bit_of(o, bit[b], row) << b;
    bit += column->bits;
    if (!column->apart)
        return value > column->high ? column->high - value : value;
    if (bit_of(o, bit[APART_HAS], row))
        return value;
    return bit_of(o, bit[APART_UNASKED], row) ? VALUE_UNASKED
         : bit_of(o, bit[APART_UNKNOWN], row) ? VALUE_UNKNOWN
         : VALUE_UNANSWERED;
}

/* Nothing stands behind the last row, and no plane is there for nothing: the
 * first is that of all rows. */
static void
compare_planes(const struct columns *c, const struct ordered *o)
{
    uint32_t bits = 0, end = PLANE_FIRST + (uint32_t)c->planes;
    bool *named = calloc(end, sizeof *named);

    for (int v = 0; v < c->variables; v++)
        bits += c->column[v].bits + (c->column[v].apart ? APART_COUNT : 0);
    for (uint32_t i = 0; i < bits; i++)
        named[c->bit[i]] = true;
    named[c->counts] = true;
    if (c->planes > 0)
        named[PLANE_FIRST] = true;
    for (uint32_t plane = PLANE_FIRST; plane < end; plane++) {
        assert_true(named[plane]);
        for (size_t r = (size_t)o->rows; r < o->plane_words * 64; r++)
            assert_int_equal(bit_of(o, plane, (int)r), 0);
    }
    free(named);
}

/* No plane is there twice. */
static void
compare_each(const struct columns *c)
{
    const struct ordered *o = &c->order[ORDER_PLACES];

    for (int i = 0; i < c->planes; i++)
        for (int k = 0; k < i; k++)
            assert_memory_not_equal(o->plane + (size_t)i * o->plane_words,
                                    o->plane + (size_t)k * o->plane_words,
                                    o->plane_words * sizeof *o->plane);
}

static void
compare_order(const struct fixture *f, const struct columns *c,
              enum order order)
{
    const struct ordered *o = &c->order[order];
    int *row = calloc(ROWS, sizeof *row), n = sorted(f, order, row);

    assert_int_equal(o->rows, n);
    compare_planes(c, o);
    for (int i = 0; i < n; i++) {
        assert_int_equal(bit_of(o, c->counts, i), f->counts[row[i]]);
        for (int v = 0; v < c->variables; v++)
            if (f->layout.place[v].first >= 0)
                assert_int_equal(read_value(c, o, v, i), f->value[row[i]][v]);
    }
    free(row);
}

/* What is said to be the least and the most of V. */
static void
compare_found(const struct fixture *f, const struct columns *c, int v)
{
    const struct column *column = &c->column[v];
    int32_t least = INT32_MAX, most = INT32_MIN;
    bool states = column->bits > 0 && !column->apart;

    for (int r = 0; r < f->rows; r++) {
        int32_t value = f->value[r][v];

        if (value < 0 && !states)
            continue;
        if (value < 0)
            value = column->high - value;
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    assert_int_equal(column->least, least);
    assert_int_equal(column->most, most);
}

/* Around words, lines of planes, and the rows that memory is taken for. */
static void
test_rows(void **state)
{
    static const int rows[] = { 0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096,
                                ROWS };
    struct fixture f;

    (void)state;
    setup(&f);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct columns *c;

        fill(&f, rows[i]);
        c = make(&f);
        for (int order = 0; order < ORDER_COUNT; order++)
            compare_order(&f, c, (enum order)order);
        compare_each(c);
        for (int v = 0; v < c->variables; v++)
            compare_found(&f, c, v);
        columns_close(c);
    }
    remove_all(&f);
}

/* All of F's file; the caller frees it. */
static char *
read_all(const struct fixture *f, size_t *len)
{
    FILE *file = fopen(f->file, "rb");
    char *bytes;

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *len = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*len);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *len, file), *len);
    fclose(file);
    return bytes;
}

/* The file is the same if it is said later who counts. */
static void
compare_late(struct fixture *f)
{
    size_t now_len, late_len;
    char *now, *late;

    write_file(f, false);
    now = read_all(f, &now_len);
    write_file(f, true);
    late = read_all(f, &late_len);
    assert_int_equal(now_len, late_len);
    assert_memory_equal(now, late, now_len);
    free(now);
    free(late);
}

/* Few tuples of people, so that some have many rows. */
static void
fill_together(struct fixture *f, int rows)
{
    const struct sites *people = &f->layout.sites[ORDER_PEOPLE];

    fill(f, rows);
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < people->count; i++) {
            const struct place *p = &f->layout.place[people->variable[i]];

            f->value[r][people->variable[i]] =
                chance(3) > 0 ? p->low : VALUE_UNANSWERED;
        }
}

enum { SOME, ONE_SEX, NONE_LATE, ALL_LATE, WAYS };

/* Whether row R is to count; of ONE_SEX all of a tuple do, or none. */
static bool
counts_by(const struct fixture *f, int way, int r)
{
    int sex = f->in->role[ROLE_SEX];

    switch (way) {
    case SOME: return chance(4) != 0;
    case ONE_SEX: return f->value[r][sex] == f->value[0][sex];
    default: return way == NONE_LATE;
    }
}

/* That a row does not count may be said later. */
static void
test_superseded(void **state)
{
    static const int rows[] = { 0, 1, 2, 65, 4096, ROWS };
    struct fixture f;

    (void)state;
    setup(&f);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill(&f, rows[i]);
        compare_late(&f);
        for (int way = 0; way < WAYS; way++) {
            fill_together(&f, rows[i]);
            for (int r = 0; r < rows[i]; r++)
                f.counts[r] = counts_by(&f, way, r);
            compare_late(&f);
        }
    }
    remove_all(&f);
}

/* Whether VALUE of V is taken, from a row like those before it. */
static bool
taken(struct fixture *f, int v, int32_t value)
{
    struct column_maker *m = column_maker_new(f->in, 3);
    struct row row = { f->value[0], NULL };
    int32_t was = f->value[0][v];
    struct err e = { 0 };
    bool ok;

    assert_true(column_maker_add(m, &row, true, &e));
    assert_true(column_maker_add(m, &row, false, &e));
    f->value[0][v] = value;
    ok = column_maker_add(m, &row, true, &e);
    f->value[0][v] = was;
    assert_true(ok || strcmp(e.key, "registration.damaged") == 0);
    column_maker_free(m);
    return ok;
}

/* Values just inside and outside of what each variable can have, ticks and
 * scores among them. A text is not looked at, nor is a place: a municipality
 * is sorted by whatever its number is. */
static void
test_range(void **state)
{
    struct fixture f;
    int ticks = 0, from_one = 0;

    (void)state;
    setup(&f);
    fill(&f, 1);
    for (int v = 0; v < f.in->variable_count; v++) {
        const struct place *p = &f.layout.place[v];
        bool any = p->first < 0;

        ticks += p->apart;
        from_one += p->low == 1;
        assert_true(taken(&f, v, VALUE_UNASKED));
        assert_int_equal(taken(&f, v, VALUE_UNASKED - 1), any);
        assert_int_equal(taken(&f, v, INT32_MIN), any);
        assert_true(taken(&f, v, p->low));
        assert_true(taken(&f, v, p->high));
        assert_int_equal(taken(&f, v, p->high + 1), any);
        assert_int_equal(taken(&f, v, INT32_MAX), any);
        if (p->low > 0)
            assert_int_equal(taken(&f, v, p->low - 1), any);
    }
    assert_true(ticks > 0 && from_one > 0);
    remove_all(&f);
}

/* Places follow each other, each in one word, whose last bit is free. */
static void
test_layout(void **state)
{
    struct fixture f;
    int bits = RECORD_FIRST, words = 0;

    (void)state;
    setup(&f);
    for (int v = 0; v < f.in->variable_count; v++) {
        const struct place *p = &f.layout.place[v];

        if (p->first < 0)
            continue;
        assert_true(p->first >= bits);
        assert_true(p->first - bits < PLACE_BITS_MAX);
        assert_true(p->first % 64 + place_bits(p) <= RECORD_WORD);
        bits = p->first + place_bits(p);
        words += p->first / 64 > words;
    }
    assert_int_equal(f.layout.bits, bits);
    assert_int_equal(f.layout.words, words + 1);
    remove_all(&f);
}

/* An instrument that asks nothing: rows, and which of them count. */
static void
test_no_variables(void **state)
{
    static struct instrument in = { .index_variable = -1,
                                    .index_grade_variable = -1 };
    struct instrument *tiny;
    struct fixture f;
    struct columns *c;

    (void)state;
    setup(&f);
    tiny = f.in;
    for (int i = 0; i < ROLE_COUNT; i++)
        in.role[i] = -1;
    f.in = &in;
    f.rows = 65;
    f.counts[64] = true;
    c = make(&f);
    assert_int_equal(c->variables, 0);
    assert_int_equal(c->order[ORDER_PLACES].rows, 65);
    assert_int_equal(c->order[ORDER_PEOPLE].rows, 1);
    for (int order = 0; order < ORDER_COUNT; order++)
        compare_order(&f, c, (enum order)order);
    columns_close(c);
    f.in = tiny;
    remove_all(&f);
}

/* The file is the same as by the plain kernels. */
static void
compare_kernels(struct fixture *f)
{
    size_t plain_len, len;
    char *plain, *bytes;

    assert_true(kernel_force("plain"));
    write_file(f, false);
    plain = read_all(f, &plain_len);
    assert_true(kernel_force(forced));
    write_file(f, false);
    bytes = read_all(f, &len);
    assert_int_equal(len, plain_len);
    assert_memory_equal(bytes, plain, len);
    free(plain);
    free(bytes);
}

/* Variables in runs that are alike, as long as they may be and longer, and
 * next to others that differ in one thing; some stand in no record. */
static void
some_variables(struct variable *v, int count)
{
    static const enum kind kinds[] = { KIND_CODE, KIND_SCORE, KIND_CODE,
                                       KIND_TEXT, KIND_INT };
    struct variable now = { .kind = KIND_CODE };

    for (int i = 0, left = 0; i < count; i++) {
        if (left-- == 0) {
            left = (int)chance(22);
            now.kind = kinds[chance(5)];
            now.code_count = 1 + (int)chance(7);
            now.max = chance(4) > 0 ? 3 : 11 + (int)chance(30);
            now.min = now.max - (int)chance(4);
            now.category = -1;
            now.service = now.kind != KIND_TEXT && chance(2) == 0 ? 0 : -1;
        }
        v[i] = now;
    }
}

/* Rows that are mostly the same, so that there are always values that come
 * for the first time. */
static void
fill_seldom(struct fixture *f, int rows)
{
    f->rows = rows;
    for (int r = 0; r < rows; r++) {
        for (int v = 0; v < f->in->variable_count; v++)
            f->value[r][v] = chance(100) == 0
                ? some_value(&f->layout.place[v]) : f->layout.place[v].low;
        f->counts[r] = true;
    }
}

/* Whatever the kernels, and whatever is alike; those that have a quick way to
 * pack do use it here. */
static void
test_kernels(void **state)
{
    static struct instrument in = { .index_variable = -1, .scale_count = 3,
                                    .index_grade_variable = -1 };
    static struct variable variables[200];
    struct instrument *tiny;
    struct packer packer;
    struct fixture f;
    int alikes = 0;

    (void)state;
    setup(&f);
    tiny = f.in;
    for (int i = 0; i < ROLE_COUNT; i++)
        in.role[i] = -1;
    f.in = &in;
    in.variables = variables;
    for (int n = 0; n < 60; n++) {
        in.variable_count = 1 + (int)chance(200);
        some_variables(variables, in.variable_count);
        record_layout(&f.layout, &in, &f.arena);
        packer = (struct packer){ .alikes = 0 };
        packer_init(&packer, &in, &f.arena);
        alikes += packer.alikes;
        fill_seldom(&f, 150);
        compare_kernels(&f);
    }
    assert_int_equal(alikes > 0, kernel_best()->pack != NULL);
    f.in = tiny;
    remove_all(&f);
}

/* So many planes that they are not all in memory at once: those that are the
 * same are far from each other, and one has a bit for every row. */
static void
test_far_planes(void **state)
{
    static struct variable variables[200];
    static struct instrument in = {
        .index_variable = -1, .index_grade_variable = -1,
        .variables = variables, .variable_count = 200
    };
    struct instrument *tiny;
    struct fixture f;
    struct columns *c;

    (void)state;
    setup(&f);
    tiny = f.in;
    for (int i = 0; i < ROLE_COUNT; i++)
        in.role[i] = -1;
    for (int v = 0; v < 200; v++)
        variables[v] = (struct variable){ .kind = KIND_CODE, .category = -1,
                                          .service = -1, .code_count = 3 };
    f.in = &in;
    record_layout(&f.layout, &in, &f.arena);
    fill(&f, 600);
    for (int r = 0; r < f.rows; r++) {
        for (int v = 7; v < 199; v++)
            f.value[r][v] = f.value[r][v % 7];
        f.value[r][199] = 1;
    }
    c = make(&f);
    for (int order = 0; order < ORDER_COUNT; order++)
        compare_order(&f, c, (enum order)order);
    compare_each(c);
    assert_int_equal(c->bit[c->column[199].first], PLANE_FULL);
    columns_close(c);
    f.in = tiny;
    remove_all(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows), cmocka_unit_test(test_superseded),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_layout), cmocka_unit_test(test_no_variables),
        cmocka_unit_test(test_kernels), cmocka_unit_test(test_far_planes),
    };
    int failed = 0;

    for (const struct kernels *const *k = kernel_list; *k != NULL; k++) {
        forced = (*k)->id;
        if (kernel_force(forced))
            failed += cmocka_run_group_tests_name(forced, tests, NULL, NULL);
    }
    return failed;
}
