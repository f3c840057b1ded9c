/* fuzz_columns.c - a file of columns with any damage, its sums right again or
 * not, counted by a plan of every shape.
 *
 * An input is no file but what is done to one, so that it outlives changes
 * of the format and comes past the sums: a byte that says which file, how it
 * is counted and whether sums are made again, then steps of STEP bytes: what,
 * where (little-endian), and a value. A file that nothing was done to must
 * give the right numbers; one that is not as it was made, and whose sums
 * were not made again, must be refused; any other must be countable, whatever
 * it says. libFuzzer; needs tests/data/tiny.yaml seen from the working
 * directory. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "column/run.h"
#include "../unit/columns_again.h"
#include "../unit/tiny_instrument.h"
#include "require.h"

enum { FILES = 4, UNITS = 5, STEP = 6, STEPS_MAX = 64, MORE = 4096 };

static const int sizes[FILES] = { 0, 3, 513, 5000 };
static const uint8_t made_for[COLUMNS_ORIGIN] = "a fuzzer";
static const struct instrument *in;
static struct buf made[FILES];
static struct plan *plan;
static int64_t right[FILES];    /* a number made of all that is counted */
static char name[64];

/* Person N: some of each, in many places. */
static void
fill(struct tiny_row *r, int n)
{
    static const char *const sexes[] = { "male", "female", "?", "-" };
    static const char *const grades[] = { "green", "yellow", "red", "-" };
    unsigned h = (unsigned)n * 2654435761u;
    char text[256];

    snprintf(text, sizeof text, "municipality=%s year=%d unit=u%u sex=%s "
             "kids=%u visits=%u home=%u drugs=%u plan=%u age=%u "
             "home_grade=%s index_grade=%s",
             h >> 8 & 1 ? "4601" : "0301", 2010 + (int)(h >> 9 & 3),
             (h >> 12) % UNITS, sexes[h >> 15 & 3], h >> 17 & 7,
             (h >> 5) % 30000, 1 + (h >> 20) % 5, 1 + (h >> 22) % 5,
             h >> 24 & 1, 18 + (h >> 25) % 60, grades[h >> 27 & 3],
             grades[h >> 29 & 3]);
    tiny_fill(in, r, text);
}

/* ROW and WHERE are borrowed. */
static void
add_question(const int *row, int columns, int sum, const char *where)
{
    const struct question q = {
        .rows = row, .row_count = row != NULL, .columns = columns,
        .sum = sum, .where = where
    };
    struct err e = { 0 };

    (void)plan_add(plan, &q, &e);
}

/* Whether a table by V and another variable is a small one. */
static bool
is_small(int v)
{
    const struct variable *x = &in->variables[v];

    return x->kind != KIND_TEXT4
        && (x->kind != KIND_INT || x->max - x->min < 200);
}

static void
make_plan(void)
{
    static int variable[VARIABLE_MAX];
    const int municipality = in->role[ROLE_MUNICIPALITY];
    const int unit = in->role[ROLE_UNIT], sum = tiny_variable(in, "visits");

    plan = plan_new(in);
    for (int v = 0; v < in->variable_count; v++) {
        variable[v] = v;
        if (!is_small(v))
            continue;
        if (v % 3 == 0)
            add_question(&variable[v], -1, -1, NULL);
        else if (v % 3 == 1)
            add_question(&variable[v], unit, -1, "sex = male or kids > 2");
        else
            add_question(&variable[unit], v, sum, NULL);
    }
    variable[municipality] = municipality;
    add_question(&variable[municipality], -1, sum,
                 "not home in {1, 3} and visits >= 77");
    add_question(&variable[unit], tiny_variable(in, "index_grade"), sum,
                 NULL);
    add_question(NULL, -1, sum, "unit is answered and kids is not unknown");
}

/* All numbers of R as one, but those that are left to rows. */
static int64_t
digest(struct run *r)
{
    uint64_t sum = 0;

    for (int i = 0; i < plan_count(plan); i++) {
        const struct table *t = run_table(r, i);

        if (!tally_takes(plan, i))
            continue;
        for (int k = 0; k < t->row_count * t->column_count; k++)
            sum = (sum ^ (uint64_t)t->cell[k]) * 0x100000001B3;
        for (int k = 0; k < t->base_count; k++)
            sum = (sum ^ (uint64_t)t->base[k]) * 0x100000001B3;
    }
    return (int64_t)sum;
}

static void
make_file(int which)
{
    struct column_maker *m = column_maker_new(in, sizes[which]);
    struct run *run = run_new(plan);
    struct err e = { 0 };
    struct tiny_row row;

    for (int i = 0; i < sizes[which]; i++) {
        bool counts = i % 7 != 0;

        fill(&row, i);
        require(column_maker_add(m, &row.row, counts, &e), "not added");
        if (counts)
            run_row(run, &row.row);
    }
    right[which] = digest(run);
    run_free(run);
    require(column_maker_write(m, made_for, "1-9", name, &e),
            "not written");
    column_maker_free(m);
    buf_init(&made[which], 0);
    require(buf_read_file(&made[which], name, 1 << 26, &e), "not read");
}

/* One step on BYTES, *LEN of them, with room for MORE. */
static void
do_step(const uint8_t *step, char *bytes, size_t *len)
{
    static const uint32_t hard[] = {
        0, 1, 2, 7, 63, 64, 65, 511, 512, 513, 0x3FFFFFFF, 0x40000000,
        0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF
    };
    uint32_t at = (uint32_t)step[1] | (uint32_t)step[2] << 8
                | (uint32_t)step[3] << 16 | (uint32_t)step[4] << 24;
    uint32_t word = hard[step[5] % 16];
    size_t head = sizeof(struct columns_head);

    if (*len < head + 64)
        return;
    switch (step[0] % 7) {
    case 0:                     /* a bit anywhere */
        bytes[at % *len] = (char)(bytes[at % *len] ^ 1 << step[5] % 8);
        break;
    case 1:                     /* a byte of the head */
        bytes[at % head] = (char)step[5];
        break;
    case 2:                     /* a number of the head */
        memcpy(bytes + at % (head / 4) * 4, &word, 4);
        break;
    case 3:                     /* a number behind it: the directory */
        memcpy(bytes + head + at % 16384 % ((*len - head) / 4) * 4, &word,
               4);
        break;
    case 4:
        bytes[head + at % 16384 % (*len - head)] = (char)step[5];
        break;
    case 5:
        *len = at % *len;
        break;
    default:
        memset(bytes + *len, step[5], 8);
        *len += 8;
        break;
    }
}

static void
write_bytes(const char *bytes, size_t len)
{
    FILE *file = fopen(name, "w");

    require(file != NULL && fwrite(bytes, 1, len, file) == len
            && fclose(file) == 0, "no room");
}

/* Counts what BYTES say, if they can be taken. True: they were. */
static bool
count(const char *bytes, size_t len, uint8_t how, int64_t *got)
{
    struct columns *c;
    const char *why;
    struct run *run;

    write_bytes(bytes, len);
    c = columns_open(name, in, made_for, &why);
    if (c == NULL)
        return false;
    run = run_new(plan);
    require(kernel_force(how & 8 ? "plain" : NULL), "no kernel");
    columns_run(c, in, run, how & 16 ? 1 : -1, how & 32 ? 2 : 1);
    *got = digest(run);
    run_free(run);
    columns_close(c);
    return true;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    snprintf(name, sizeof name, "/tmp/fuzz_columns.%d", (int)getpid());
    in = tiny_instrument(NULL, UNITS);
    make_plan();
    for (int i = 0; i < FILES; i++)
        make_file(i);
    unlink(name);
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t how = size > 0 ? data[0] : 0;
    const struct buf *from = &made[how % FILES];
    size_t len = from->len;
    char *bytes = mem_take(len + MORE);
    bool again = (how & 4) != 0, same, taken;
    int64_t got = 0;

    memcpy(bytes, from->data, len);
    for (size_t i = 1; i + STEP <= size && i < 1 + STEP * STEPS_MAX;
         i += STEP)
        do_step(data + i, bytes, &len);
    same = len == from->len && memcmp(bytes, from->data, len) == 0;
    if (again)
        columns_again(bytes, len);
    taken = count(bytes, len, how, &got);
    unlink(name);
    if (same)
        require(taken, "a whole file was refused");
    if (same && (how & 16) == 0)
        require(got == right[how % FILES], "wrong numbers");
    if (!same && !again)
        require(!taken, "a damaged file was taken");
    free(bytes);
    return 0;
}
