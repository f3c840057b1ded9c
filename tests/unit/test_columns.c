/* test_columns.c - a file of columns: what is wrong with one is seen, and
 * nothing of it is believed. (That counts are right: random_columns.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "column/columns_file.h"
#include "column/run.h"
#include "tiny_instrument.h"

enum { UNITS = 3 };

static const uint8_t made_for[COLUMNS_ORIGIN] = "what the file was made for";

struct fixture {
    char dir[64], file[96];
    struct instrument *in;
    struct buf bytes;           /* of the file */
};

static void
add(struct column_maker *m, const struct instrument *in, const char *answers,
    bool counts)
{
    static struct tiny_row r;
    struct err e = { 0 };

    tiny_blank(&r);
    tiny_fill(in, &r, answers);
    assert_true(column_maker_add(m, &r.row, counts, &e));
}

static void
setup(struct fixture *f)
{
    struct column_maker *m;
    struct err e = { 0 };

    strcpy(f->dir, "/tmp/brukerplan-test.XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    snprintf(f->file, sizeof f->file, "%s/r.columns", f->dir);
    f->in = tiny_instrument(NULL, UNITS);
    m = column_maker_new(f->in, 3);
    add(m, f->in, "municipality=1201 year=2014 unit=u1 sex=male", true);
    add(m, f->in, "municipality=1201 year=2014 unit=u0 sex=female", true);
    add(m, f->in, "municipality=0301 year=2014 unit=u2 sex=?", false);
    assert_true(column_maker_write(m, made_for, "1-2", f->file, &e));
    column_maker_free(m);
    buf_init(&f->bytes, 0);
    assert_true(buf_read_file(&f->bytes, f->file, 1 << 20, &e));
}

static void
remove_all(struct fixture *f)
{
    unlink(f->file);
    rmdir(f->dir);
    buf_clear(&f->bytes);
    instrument_free(f->in);
}

static void
write_bytes(const struct fixture *f, const char *bytes, size_t len)
{
    FILE *file = fopen(f->file, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* Why the file can't be used; "" if it can. */
static const char *
refused(const struct fixture *f)
{
    const char *why;
    struct columns *c = columns_open(f->file, f->in, made_for, &why);

    if (c == NULL)
        return why;
    columns_close(c);
    return "";
}

static void
test_whole(void **state)
{
    const struct site *site;
    struct fixture f;
    struct columns *c;
    const char *why;

    (void)state;
    setup(&f);
    c = columns_open(f.file, f.in, made_for, &why);
    assert_non_null(c);
    assert_int_equal(c->rows, 3);
    assert_string_equal(c->note, "1-2");
    /* In the order of year, municipality and unit; of the people, in which
     * only those that count are, of their grades. */
    site = c->order[ORDER_PLACES].site;
    assert_int_equal(site[0].stretches, 1);
    assert_int_equal(site[1].stretches, 2);
    assert_int_equal(site[1].value[site[1].stretch[0].code], 301);
    assert_int_equal(site[3].stretches, 3);
    assert_int_equal(site[3].value[site[3].stretch[1].code], 0);
    assert_int_equal(site[3].value[site[3].stretch[2].code], 1);
    assert_int_equal(c->order[ORDER_PEOPLE].rows, 2);
    assert_int_equal(c->order[ORDER_PEOPLE].sites, 5);
    assert_int_equal(c->order[ORDER_PEOPLE].site[0].variable,
                     f.in->index_grade_variable);
    columns_close(c);
    remove_all(&f);
}

static void
test_other(void **state)
{
    uint8_t other[COLUMNS_ORIGIN] = "another";
    struct fixture f;
    const char *why;

    (void)state;
    setup(&f);
    assert_null(columns_open(f.file, f.in, other, &why));
    assert_string_equal(why, "other");
    unlink(f.file);
    assert_string_equal(refused(&f), "missing");
    write_bytes(&f, "", 0);
    assert_string_equal(refused(&f), "damaged");
    remove_all(&f);
}

/* Every single byte that is another; of the planes, which are most of it and
 * all alike, every third. Lengths that are too short. */
static void
test_damaged(void **state)
{
    struct columns_head h;
    struct fixture f;
    off_t len, planes;
    int fd;

    (void)state;
    setup(&f);
    len = (off_t)f.bytes.len;
    memcpy(&h, f.bytes.data, sizeof h);
    planes = (off_t)h.order[0].planes_at;
    fd = open(f.file, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    for (off_t i = 0; i < len; i += i < planes ? 1 : 3) {
        char was = f.bytes.data[i], is = (char)(was ^ (1 << i % 8));

        assert_int_equal(pwrite(fd, &is, 1, i), 1);
        assert_string_not_equal(refused(&f), "");
        assert_int_equal(pwrite(fd, &was, 1, i), 1);
    }
    assert_string_equal(refused(&f), "");
    assert_int_equal(pwrite(fd, "", 1, len), 1);
    assert_string_equal(refused(&f), "damaged");
    for (off_t i = len - 1; i >= 0; i -= i < 1000 ? 1 : 13) {
        assert_int_equal(ftruncate(fd, i), 0);
        assert_string_not_equal(refused(&f), "");
    }
    write_bytes(&f, f.bytes.data, f.bytes.len);
    assert_string_equal(refused(&f), "");
    close(fd);
    remove_all(&f);
}

/* The sums are made right again: somebody meant it. What is taken must be
 * countable, whatever it says. */
static void
sum_again(char *bytes)
{
    struct columns_head h;

    memcpy(&h, bytes, sizeof h);
    h.directory_sum = columns_sum(bytes + sizeof h,
                                  h.order[0].planes_at - sizeof h);
    h.planes_sum = 0;
    for (int i = 0; i < ORDER_COUNT; i++) {
        size_t plane = h.order[i].plane_words * 8;
        const char *at = bytes + h.order[i].planes_at;

        for (uint32_t k = 0; k < h.planes; k++)
            h.planes_sum = columns_sum_next(h.planes_sum,
                                            columns_sum(at + k * plane,
                                                        plane));
    }
    h.head_sum = columns_sum(&h, offsetof(struct columns_head, head_sum));
    memcpy(bytes, &h, sizeof h);
}

static void
count_all(const struct fixture *f)
{
    const char *why;
    struct columns *c = columns_open(f->file, f->in, made_for, &why);
    struct plan *p = plan_new(f->in);
    static int rows[VARIABLE_MAX];
    struct err e = { 0 };
    struct run *r;

    if (c == NULL) {
        plan_free(p);
        return;
    }
    for (int v = 0; v < f->in->variable_count; v++) {
        struct question q = { .rows = &rows[v], .row_count = 1,
                              .columns = -1, .sum = -1 };
        struct question by = q;

        rows[v] = v;
        by.columns = f->in->role[ROLE_UNIT];
        if (plan_add(p, &q, &e) < 0 || plan_add(p, &by, &e) < 0)
            err_clear(&e);
    }
    r = run_new(p);
    columns_run(c, f->in, r, -1, 1);
    run_free(r);
    plan_free(p);
    columns_close(c);
}

static void
test_meant(void **state)
{
    struct fixture f;
    struct columns_head h;
    char *bytes;
    uint32_t chance = 1;

    (void)state;
    setup(&f);
    memcpy(&h, f.bytes.data, sizeof h);
    bytes = malloc(f.bytes.len);
    assert_non_null(bytes);
    for (int i = 0; i < 4000; i++) {
        memcpy(bytes, f.bytes.data, f.bytes.len);
        for (int k = 0; k < 1 + i % 3; k++) {
            size_t at;

            chance = chance * 1664525 + 1013904223;
            at = sizeof h + chance % (h.order[0].planes_at - sizeof h);
            bytes[at] = (char)(chance >> 24);
        }
        sum_again(bytes);
        write_bytes(&f, bytes, f.bytes.len);
        count_all(&f);
    }
    free(bytes);
    remove_all(&f);
}

static void
test_ceiling(void **state)
{
    struct instrument *in = tiny_instrument(NULL, UNITS);
    struct column_maker *m = column_maker_new(in, 1);
    static struct tiny_row r;
    struct err e = { 0 };

    (void)state;
    tiny_blank(&r);
    assert_true(column_maker_add(m, &r.row, true, &e));
    assert_false(column_maker_add(m, &r.row, true, &e));
    assert_string_equal(e.key, "columns.rows");
    column_maker_free(m);
    err_clear(&e);
    /* A value that no form could have taken. */
    m = column_maker_new(in, 9);
    r.value[tiny_variable(in, "sex")] = 99;
    assert_false(column_maker_add(m, &r.row, true, &e));
    assert_string_equal(e.key, "registration.damaged");
    column_maker_free(m);
    instrument_free(in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole), cmocka_unit_test(test_other),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_meant),
        cmocka_unit_test(test_ceiling),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
