/* generate.c - many registrations, made of the demo's, for the benchmark.
 *
 *     generate ROWS SEED > FILE.csv
 *     generate --units > UNITS.csv
 *
 * Each row is a row of the demo with some answers changed, in the form's
 * full width, and has a valid synthetic number of its own person; thirteen
 * of a hundred repeat an earlier person, from any unit. Nobody in it
 * exists. The same ROWS and SEED give the same bytes, and the first rows of
 * a longer file are those of a shorter one. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/random.h"
#include "demo/demo.h"

enum {
    FIELDS = 200, MATERIAL = 8192, REPEATED = 13, /* of a hundred */
    BORN_FIRST = 1915, BORN_LAST = 1996, SHARDS = 500 * 366
};

struct field {
    const char *text;
    size_t len;
};

/* The demo's rows, cut into fields. */
struct material {
    struct buf csv;
    struct field name[FIELDS];
    int fields;
    struct field (*row)[FIELDS];
    int rows;
};

/* What is known of a person: the number follows from the three. */
struct person {
    short born;
    char female;
    int serial;                 /* among those of the year and sex */
};

static struct material m;
static struct random chance;
static int ident, sex, born, day, done, first_service, last_service;
static int serials[2][BORN_LAST + 1];

static int
below(int n)
{
    return (int)random_below(&chance, (uint32_t)n);
}

static int
column(const char *name)
{
    for (int i = 0; i < m.fields; i++)
        if (strlen(name) == m.name[i].len
            && memcmp(name, m.name[i].text, m.name[i].len) == 0)
            return i;
    fprintf(stderr, "generate: the demo has no column %s\n", name);
    exit(1);
}

static const char *
cut(const char *p, struct field *field, int *count)
{
    int n = 0;

    for (; ; p++) {
        size_t len = strcspn(p, ";\n");

        assert(n < FIELDS && *p != '"');
        field[n++] = (struct field){ p, len };
        p += len;
        if (*p == '\n')
            break;
    }
    *count = n;
    return p + 1;
}

static bool
load(void)
{
    struct err e;
    const char *p, *end;
    int n;

    err_clear(&e);
    buf_init(&m.csv, 0);
    if (!demo_registrations(&m.csv, &e) || m.csv.failed)
        return false;
    m.row = calloc(MATERIAL, sizeof *m.row);
    if (m.row == NULL)
        return false;
    end = m.csv.data + m.csv.len;
    p = cut(m.csv.data, m.name, &m.fields);
    while (p < end && m.rows < MATERIAL) {
        p = cut(p, m.row[m.rows++], &n);
        assert(n == m.fields);
    }
    ident = column("ident");
    sex = column("sex");
    born = column("birth_year");
    day = column("registered_on");
    done = column("services_done");
    first_service = done + 1;
    last_service = column("status") - 1;
    return true;
}

static bool
is(const struct field *row, int i, const char *text)
{
    return row[i].len == strlen(text)
        && memcmp(row[i].text, text, row[i].len) == 0;
}

/* The control digit of the first digits of NUMBER; 10 where there is none. */
static int
control(const int *number, const char *weights)
{
    int sum = 0;

    for (int i = 0; weights[i] != '\0'; i++)
        sum += number[i] * (weights[i] - '0');
    return (11 - sum % 11) % 11;
}

/* The number of P's serial, or false where no such number exists. Days and
 * individual digits are taken in an order that mixes them. */
static bool
number_of(const struct person *p, char out[12])
{
    int place = (int)((long)p->serial * 104729 % SHARDS);
    int yday = place % 366, three = place / 366 % 250 * 2 + !p->female;
    int year, month, mday, d[11];

    if (yday == 365)
        return false;
    if (p->born >= 1940 && place / 366 >= 250)
        three = 900 + (place / 366 % 50) * 2 + !p->female;
    else if (place / 366 >= 250)
        return false;
    day_to_date(day_from_date(p->born, 1, 1) + yday, &year, &month, &mday);
    month += 80;
    for (int i = 0; i < 3; i++) {
        int two = i == 0 ? mday : i == 1 ? month : year % 100;

        d[2 * i] = two / 10;
        d[2 * i + 1] = two % 10;
    }
    d[6] = three / 100;
    d[7] = three / 10 % 10;
    d[8] = three % 10;
    d[9] = control(d, "376189452");
    d[10] = d[9] == 10 ? 10 : control(d, "5432765432");
    if (d[10] == 10)
        return false;
    for (int i = 0; i < 11; i++)
        out[i] = (char)('0' + d[i]);
    out[11] = '\0';
    return true;
}

/* The next person of that year and sex whose number exists. */
static struct person
new_person(int year, bool female)
{
    struct person p = { (short)year, female, 0 };
    char number[12];

    do {
        p.serial = serials[female][year]++;
        assert(p.serial < SHARDS);
    } while (!number_of(&p, number));
    return p;
}

/* A year near the row's own; the row may have none. */
static int
year_near(const struct field *row)
{
    int year = row[born].len == 4 ? atoi(row[born].text)
                                  : 1940 + below(57);

    year += below(7) - 3;
    return year < BORN_FIRST ? BORN_FIRST : year > BORN_LAST ? BORN_LAST
                                                             : year;
}

static void
put(const char *text, size_t len)
{
    fwrite(text, 1, len, stdout);
}

/* A score moves by one, now and then. */
static bool
put_score(const struct field *f)
{
    char c = f->text[0];

    if (f->len != 1 || below(4) != 0)
        return false;
    c = (char)(c + (below(2) == 0 ? 1 : -1));
    c = c < '1' ? '2' : c > '5' ? '4' : c;
    put(&c, 1);
    return true;
}

static bool
is_score(int i)
{
    static int first, last;

    if (first == 0) {
        first = column("substance");
        last = column("activity");
    }
    return i >= first && i <= last;
}

static void
put_row(const struct field *row, const struct person *p, const char *number)
{
    static const char tick[2][2] = { "0", "1" };
    const struct field *other = m.row[below(m.rows)];
    char year[8];

    for (int i = 0; i < m.fields; i++) {
        const struct field *f = &row[i];

        if (i > 0)
            put(";", 1);
        if (i == ident && f->len > 0) {
            put(number, 11);
        } else if (i == sex && p != NULL && !is(row, i, "other")
                   && f->len > 0) {
            put(p->female ? "female" : "male", p->female ? 6 : 4);
        } else if (i == born && p != NULL && f->len == 4) {
            put(year, (size_t)snprintf(year, sizeof year, "%d", p->born));
        } else if (i == day && f->len > 0 && other[i].len > 0) {
            put(other[i].text, other[i].len);
        } else if (i >= first_service && i <= last_service && f->len == 1
                   && below(16) == 0) {
            put(tick[f->text[0] == '0'], 1);
        } else if (!is_score(i) || !put_score(f)) {
            put(f->text, f->len);
        }
    }
    put("\n", 1);
}

static int
generate(long rows, unsigned long long seed)
{
    struct random_state state;
    struct person *people = malloc((size_t)rows * sizeof *people);
    long known = 0;

    if (people == NULL || !load()) {
        fprintf(stderr, "generate: no memory\n");
        return 3;
    }
    chance = random_seeded(&state, seed);
    put(m.csv.data, (size_t)(m.row[0][0].text - m.csv.data));
    for (long i = 0; i < rows; i++) {
        const struct field *row = m.row[below(m.rows)];
        const struct person *p = NULL;
        char number[12];

        if (row[ident].len > 0) {
            if (known > 0 && below(100) < REPEATED) {
                p = &people[(long)(random_u64(&chance)
                                   % (unsigned long)known)];
            } else {
                bool female = is(row, sex, "female")
                           || (!is(row, sex, "male") && below(2) == 0);

                people[known] = new_person(year_near(row), female);
                p = &people[known++];
            }
            (void)number_of(p, number);
        }
        put_row(row, p, number);
    }
    free(people);
    free(m.row);
    buf_clear(&m.csv);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--units") == 0) {
        struct buf units;

        buf_init(&units, 0);
        demo_units(&units);
        put(units.data, units.len);
        buf_clear(&units);
        return fflush(stdout) == 0 ? 0 : 3;
    }
    if (argc != 3 || atol(argv[1]) < 1) {
        fprintf(stderr, "usage: generate ROWS SEED | generate --units\n");
        return 2;
    }
    return generate(atol(argv[1]), strtoull(argv[2], NULL, 10));
}
