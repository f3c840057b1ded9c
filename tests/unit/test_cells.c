/* test_cells.c - rows read as they mostly are, by what is remembered and by
 * runs of ticks, against the same rows with every cell read the long way.
 *
 * Files are made by chance, over headers in any order: mostly what a file
 * holds, so that the quick ways are taken, and among it what looks like it.
 * Compared are answers, faults and warnings, after every row. */
#include "base/random.h"
#include "intake/cells.h"
#include "intake_fixture.h"

enum { ROWS = 40, FILES = 200, LONG_UNITS = 6 };

/* Ids as long as words and what is compared of them, and alike. */
#define LETTERS "abcdefghijklmno"
static const char long_units[] =
    "unit,name,tier,number_required\n"
    LETTERS ",A,1,\n" LETTERS "p,B,2,\n" LETTERS "pq,C,2|3,\n"
    LETTERS "pqrstuvwxyz0123,D,1,\n" LETTERS "pqrstuvwxyz01234,E,1,\n"
    LETTERS "pqrstuvwxyz01235,F,1,\n";
static const char *const unit_ids[LONG_UNITS] = {
    LETTERS, LETTERS "p", LETTERS "pq", LETTERS "pqrstuvwxyz0123",
    LETTERS "pqrstuvwxyz01234", LETTERS "pqrstuvwxyz01235"
};

/* One way of reading: a sheet, its cells, what was said. */
struct way {
    struct sheet sheet;
    struct cells cells;
    struct buf said;
    struct listener listener;
};

static void
tell(void *ctx, const struct err *e)
{
    struct buf *said = ctx;

    buf_printf(said, "%ld:%s:%s", e->at.line, e->field, e->key);
    for (int i = 0; i < e->args; i++)
        buf_printf(said, "|%s", e->arg[i]);
    buf_byte(said, '\n');
}

static void
way_open(struct way *w, struct fixture *f, const struct buf *file)
{
    struct sheet_names names = { cells_find, &f->o };

    buf_init(&w->said, 0);
    w->listener = (struct listener){ tell, tell, NULL, &w->said, LANG_EN };
    assert_ok(sheet_open(&w->sheet, "f.csv", file->data, file->len,
                         &w->listener, &f->e), &f->e);
    assert_ok(sheet_header(&w->sheet, &names, &f->e), &f->e);
    cells_init(&w->cells, &f->o, &w->sheet);
}

static void
way_close(struct way *w)
{
    cells_clear(&w->cells);
    sheet_close(&w->sheet);
    buf_clear(&w->said);
}

/* --- a file by chance --- */

static const char *
pick(const struct random *r, const char *const *list, size_t count)
{
    return list[random_below(r, (uint32_t)count)];
}
#define PICK(r, list) pick(r, list, sizeof (list) / sizeof *(list))

/* What may stand in any cell, right or wrong, as it stands in a file. */
static const char *const odd[] = {
    "", "", "0", "1", "2", "9", "10", "00", "01", "x", " ", "unknown",
    "unknow", "unknownx", "\";\"", "\",\"", "\"0\"", "\"1\"", "\"\"",
    "\"\"\"\"", "\"0;1\"", "\"0,1\"", "\"0;\"", "\"1;0;1;0;1;0;1;0\"",
    "\"a\nb\"", "\t", "\xC3\xB8", "1 ", "male", "complete", "draft",
    LETTERS "pqrstuvwxyz012345", LETTERS "pqrstuvwxyz0123456789",
    LETTERS "pqrstuvwxyz0123456789 and so on, longer than is remembered",
    LETTERS "|" LETTERS, LETTERS "p|" LETTERS "q", LETTERS "|",
    "12345678901", "20140520", "2014-05-32"
};

static void
put_codes(struct buf *b, const struct random *r)
{
    uint32_t n = random_below(r, 3), first = random_below(r, LONG_UNITS);

    for (uint32_t i = 0; i < n; i++)
        buf_printf(b, "%s%s", i > 0 ? "|" : "",
                   unit_ids[(first + i) % LONG_UNITS]);
}

/* What mostly stands in a cell of ID. */
static void
put_usual(struct buf *b, struct fixture *f, int id, const struct random *r)
{
    static const char *const words[] = { "complete", "draft", "withdrawn" };
    const struct variable *v;

    if (id == COLUMN_STATUS)
        buf_text(b, PICK(r, words));
    else if (id == COLUMN_PSEUDONYM && random_below(r, 2))
        buf_printf(b, "%016llx%016llx", (unsigned long long)random_u64(r),
                   (unsigned long long)random_u64(r));
    if (id >= COLUMN_REGISTRATION && id != COLUMN_PSEUDONYM)
        buf_printf(b, "%u", (unsigned)(1 + random_below(r, 3000)));
    if (id >= VARIABLE_MAX)
        return;
    v = &f->o.in->variables[id];
    if (v->off)
        return;
    switch (v->kind) {
    case KIND_BOOL:
        buf_byte(b, random_below(r, 2) ? '1' : '0');
        break;
    case KIND_CODE:
        buf_text(b, v->codes[random_below(r, (uint32_t)v->code_count)].id);
        break;
    case KIND_CODES:
        put_codes(b, r);
        break;
    case KIND_DATE:
        buf_printf(b, "2014-05-%02u", (unsigned)(1 + random_below(r, 31)));
        break;
    case KIND_TEXT4:
        buf_text(b, "1201");
        break;
    case KIND_IDENT:
        if (random_below(r, 8) == 0)
            buf_text(b, fixture_person(f, (int)random_below(r, 9)));
        break;
    case KIND_TEXT:
        buf_text(b, "a case");
        break;
    default:
        buf_printf(b, "%u", (unsigned)(v->role == ROLE_YEAR ? 2014
                                       : v->role == ROLE_BIRTH_YEAR
                                       ? 1930 + random_below(r, 80)
                                       : 1 + random_below(r, 5)));
        break;
    }
}

/* How a row is: full, blank, or with odd cells, as a rule or all over. */
struct mood {
    uint32_t blank, odd;        /* of 100 */
};

static struct mood
mood_of(const struct random *r)
{
    static const struct mood moods[] = {
        { 0, 0 }, { 2, 1 }, { 90, 0 }, { 97, 1 }, { 30, 3 }, { 10, 60 }
    };

    return moods[random_below(r, sizeof moods / sizeof *moods)];
}

static void
put_row(struct buf *b, struct fixture *f, const int *ids, int count,
        char separator, const struct random *r)
{
    struct mood mood = mood_of(r);

    for (int i = 0; i < count; i++) {
        if (i > 0)
            buf_byte(b, separator);
        if (i % 20 == 0)
            mood = mood_of(r);
        if (random_below(r, 100) < mood.odd)
            buf_text(b, PICK(r, odd));
        else if (random_below(r, 100) >= mood.blank)
            put_usual(b, f, ids[i], r);
    }
    buf_text(b, random_below(r, 2) ? "\n" : "\r\n");
}

/* Columns in the instrument's order, some of them, or by chance. */
static int
choose_columns(const struct fixture *f, int *ids, const struct random *r)
{
    int entered = f->o.in->entered_count, count = 0;
    uint32_t kind = random_below(r, 4);

    for (int i = 0; i < entered + 4; i++)
        if (kind < 2 || random_below(r, 10) > 0)
            ids[count++] = i < entered ? i : VARIABLE_MAX + i - entered;
    for (int i = count - 1; i > 0 && kind == 3; i--) {
        int k = (int)random_below(r, (uint32_t)i + 1), id = ids[i];

        ids[i] = ids[k];
        ids[k] = id;
    }
    return count;
}

static const char *
column_name(const struct fixture *f, int id)
{
    static const char *const names[] = {
        "status", "registration", "pseudonym", "superseded_by"
    };

    return id >= VARIABLE_MAX ? names[id - VARIABLE_MAX]
                              : f->o.in->variables[id].id;
}

static void
make_file(struct buf *b, struct fixture *f, const struct random *r)
{
    static int ids[VARIABLE_MAX + 4];
    int count = choose_columns(f, ids, r);
    char separator = random_below(r, 2) ? ';' : ',';

    buf_reset(b);
    for (int i = 0; i < count; i++)
        buf_printf(b, "%.*s%s", i > 0, &separator, column_name(f, ids[i]));
    buf_byte(b, '\n');
    for (int i = 0; i < ROWS; i++)
        put_row(b, f, ids, count, separator, r);
    if (random_below(r, 2))
        b->len--;               /* the last row ends with the file */
}

/* --- both ways --- */

static void
compare(const struct fixture *f, const struct way *a, const struct way *b)
{
    const struct entry_row *x = &a->cells.row, *y = &b->cells.row;
    const struct instrument *in = f->o.in;

    for (int v = 0; v < in->variable_count; v++)
        if (x->value[v] != y->value[v])
            fail_msg("line %ld: %s is %d, not %d", a->sheet.row.line,
                     in->variables[v].id, x->value[v], y->value[v]);
    for (int s = 0; s < in->set_count; s++)
        assert_memory_equal(x->set[s], y->set[s], x->set_words * 8);
    assert_memory_equal(x->bad, y->bad, (size_t)in->variable_count);
    assert_int_equal(x->status, y->status);
    assert_true(x->number == y->number);
    assert_true(x->superseded_by == y->superseded_by);
    assert_int_equal(x->has_pseudonym, y->has_pseudonym);
    assert_memory_equal(x->pseudonym, y->pseudonym, sizeof x->pseudonym);
    assert_int_equal(x->has_ident, y->has_ident);
    assert_true(x->faults == y->faults);
}

/* How many rows were without a fault. */
static int
read_both(struct fixture *f, const struct buf *file)
{
    struct way quick, slow;
    bool more = true, same = true;
    int good = 0;

    way_open(&quick, f, file);
    way_open(&slow, f, file);
    while (more) {
        assert_ok(sheet_next(&quick.sheet, &more, &f->e), &f->e);
        assert_ok(sheet_next(&slow.sheet, &same, &f->e), &f->e);
        assert_int_equal(more, same);
        if (!more)
            break;
        assert_ok(cells_read(&quick.cells, &f->e), &f->e);
        assert_ok(cells_read_long(&slow.cells, &f->e), &f->e);
        compare(f, &quick, &slow);
        good += quick.cells.row.faults == 0;
    }
    assert_string_equal(buf_string(&quick.said), buf_string(&slow.said));
    way_close(&quick);
    way_close(&slow);
    return good;
}

static void
test_quick_is_long(void **state)
{
    struct random_state seed;
    struct random r = random_seeded(&seed, 5);
    struct fixture f;
    struct buf file;
    int good = 0;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "r", (struct round_kind){ .units = long_units });
    buf_init(&file, 0);
    for (int i = 0; i < FILES; i++) {
        make_file(&file, &f, &r);
        good += read_both(&f, &file);
    }
    assert_true(good > FILES);  /* not all is odd */
    buf_clear(&file);
    fixture_remove(&f);
}

/* Cells that are told apart by their last bytes, each met before. */
static void
test_alike(void **state)
{
    struct fixture f;
    struct buf file;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "r", (struct round_kind){ .units = long_units });
    buf_init(&file, 0);
    buf_text(&file, "unit;units_serving\n");
    for (int i = 0; i < 3 * LONG_UNITS; i++)
        for (int k = 0; k < LONG_UNITS; k++)
            buf_printf(&file, "%s;%s|%s\n", unit_ids[k],
                       unit_ids[(k + i) % LONG_UNITS],
                       unit_ids[(k + i + 1) % LONG_UNITS]);
    assert_int_equal(read_both(&f, &file), 3 * LONG_UNITS * LONG_UNITS);
    buf_clear(&file);
    fixture_remove(&f);
}

/* A blank cell after every text there is: none takes its place. */
static void
test_blank_is_known(void **state)
{
    struct fixture f;
    struct buf file;

    (void)state;
    fixture_store(&f);
    fixture_round(&f, "r", (struct round_kind){ .units = long_units });
    buf_init(&file, 0);
    buf_text(&file, "registered_on;birth_year\n");
    for (int year = 1990; year < 2014; year++)
        for (int day = 0; day < 12 * 28; day++)
            buf_printf(&file, "%d-%02d-%02d;\n;%d\n", year, 1 + day / 28,
                       1 + day % 28, year - 30);
    assert_int_equal(read_both(&f, &file), 24 * 12 * 28 * 2);
    buf_clear(&file);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quick_is_long),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_blank_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
