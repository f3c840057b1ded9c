/* country_csv.c - the made-up country as CSV.
 *
 * Every cell that can stand in a row is made beforehand, with the semicolon
 * before it, sixteen bytes with its length: a row is copies of sixteen bytes
 * of which the next covers what is too much. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "demo/countrying.h"
#include "demo/variable.h"

enum {
    PIECE = 1 << 20,
    VALUES = 24,                /* -3..20 */
    CELL_TEXT = 15, YEAR_FIRST = 1900, BIRTH_YEARS = 128, SERVING_MAX = 3,
    ROW_MAX = 64 + VAR_COUNT * 16 + SVC_COUNT * 4
              + (1 + SERVING_MAX) * 40 + 64
};

struct cell {
    char text[CELL_TEXT];
    uint8_t len;
};

struct csv_text {
    struct cell answer[VAR_COUNT][VALUES];
    struct cell born[BIRTH_YEARS];
    struct cell day[COUNTRY_YEARS][COUNTRY_DAYS];
    struct cell status[3];
    uint8_t unit_len[COUNTRY_UNITS];
    char service[4][4];         /* ";0;0", ... by received and wanted */
    int32_t *next;              /* number of each round's next row */
    char *out;                  /* PIECE bytes and a row */
};

static_assert(sizeof(struct cell) == 16, "a cell is sixteen bytes");

static void
make_cell(struct cell *c, const char *text)
{
    int n = snprintf(c->text, sizeof c->text, ";%s", text);

    assert(n < CELL_TEXT);
    c->len = (uint8_t)n;
}

static void
make_answers(struct csv_text *t)
{
    char digits[16];

    for (int i = 0; i < VAR_COUNT; i++) {
        const struct demo_variable *v = &demo_variables[i];

        for (int k = 0; k < VALUES; k++) {
            int value = k + ANSWER_UNASKED;

            snprintf(digits, sizeof digits, "%d", value);
            if (value == ANSWER_UNKNOWN)
                make_cell(&t->answer[i][k], "unknown");
            else if (value < 0)
                make_cell(&t->answer[i][k], "");
            else if (v->codes[0] == NULL)
                make_cell(&t->answer[i][k], digits);
            else if (value < DEMO_CODES)
                make_cell(&t->answer[i][k], v->codes[value]);
        }
    }
}

static void
make_text(struct csv_text *t)
{
    static const char *const status[] = { "complete", "draft", "withdrawn" };
    char text[DAY_TEXT + 5];

    make_answers(t);
    for (int i = 0; i < BIRTH_YEARS; i++) {
        snprintf(text, sizeof text, "%d", YEAR_FIRST + i);
        make_cell(&t->born[i], text);
    }
    for (int y = 0; y < COUNTRY_YEARS; y++)
        for (int i = 0; i < COUNTRY_DAYS; i++) {
            day_print(text, country_day(COUNTRY_FIRST + y, i));
            make_cell(&t->day[y][i], text);
        }
    for (int i = 0; i < 3; i++)
        make_cell(&t->status[i], status[i]);
    for (int i = 0; i < COUNTRY_UNITS; i++)
        t->unit_len[i] = (uint8_t)strlen(country_units[i].id);
    for (int i = 0; i < 4; i++) {
        const char one[4] = { ';', i & 2 ? '1' : '0', ';',
                              i & 1 ? '1' : '0' };

        memcpy(t->service[i], one, 4);
    }
}

static char *
put_cell(char *p, const struct cell *c)
{
    memcpy(p, c, sizeof *c);
    return p + c->len;
}

/* N, of at least WIDTH digits. */
static char *
put_number(char *p, uint32_t n, int width)
{
    char digits[10];
    int count = 0;

    while (n > 0 || count < width) {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    }
    while (count > 0)
        *p++ = digits[--count];
    return p;
}

static char *
put_hex(char *p, uint64_t x)
{
    for (int i = 60; i >= 0; i -= 4)
        *p++ = "0123456789abcdef"[x >> i & 15];
    return p;
}

static char *
put_unit(const struct csv_text *t, const struct country_round *r, char *p,
         int unit)
{
    int kind = r->unit[unit];

    memcpy(p, country_units[kind].id, t->unit_len[kind]);
    return p + t->unit_len[kind];
}

static char *
put_start(const struct csv_text *t, const struct country_round *r, char *p,
          const struct country_reg *g)
{
    p = put_number(p, (uint32_t)r->municipality, 4);
    *p++ = ';';
    p = put_number(p, (uint32_t)r->year, 4);
    *p++ = ';';
    *p++ = '0' + COUNTRY_PERIOD;
    *p++ = ';';
    p = put_unit(t, r, p, g->unit);
    *p++ = ';';
    *p++ = (char)('0' + g->tier);
    *p++ = ';';
    if (g->has_pseudonym)
        p = put_hex(put_hex(p, g->pseudonym[0]), g->pseudonym[1]);
    if (g->day >= 0)
        return put_cell(p, &t->day[r->year - COUNTRY_FIRST][g->day]);
    *p++ = ';';
    return p;
}

static char *
put_serving(const struct csv_text *t, const struct country_round *r, char *p,
            uint64_t serving)
{
    char between = ';';

    if (serving == 0)
        *p++ = ';';
    for (int i = 0; serving >> i != 0; i++) {
        if ((serving >> i & 1) == 0)
            continue;
        *p++ = between;
        p = put_unit(t, r, p, i);
        between = '|';
    }
    return p;
}

static const struct cell *
born_cell(const struct csv_text *t, int year)
{
    assert(year >= YEAR_FIRST && year < YEAR_FIRST + BIRTH_YEARS);
    return &t->born[year - YEAR_FIRST];
}

static char *
put_answers(const struct csv_text *t, const struct country_round *r, char *p,
            const struct country_reg *g)
{
    for (int i = 0; i < VAR_COUNT; i++) {
        int value = g->v[i];

        if (i == VAR_IP)        /* the first of tab 2 comes before it */
            p = put_serving(t, r, p, g->serving);
        p = put_cell(p, i == VAR_BIRTH_YEAR && value >= 0
                     ? born_cell(t, value)
                     : &t->answer[i][value - ANSWER_UNASKED]);
    }
    *p++ = ';';
    *p++ = g->services_done ? '1' : '0';
    return p;
}

static char *
put_row(const struct csv_text *t, const struct country_round *r, char *p,
        const struct country_reg *g)
{
    p = put_answers(t, r, put_start(t, r, p, g), g);
    for (int i = 0; i < SVC_COUNT; i++) {
        if (g->services_done) {
            memcpy(p, t->service[2 * g->received[i] + g->wanted[i]], 4);
            p += 4;
        } else {
            *p++ = ';';
            *p++ = ';';
        }
    }
    p = put_cell(p, &t->status[g->status]);
    *p++ = ';';
    p = put_number(p, (uint32_t)g->number, 1);
    *p++ = '\n';
    return p;
}

static bool
put_header(bool (*put)(void *ctx, const char *data, size_t len,
                       struct err *e), void *ctx, struct err *e)
{
    struct buf b;
    bool ok;

    buf_init(&b, 0);
    buf_text(&b, "municipality;year;period;unit;tier;pseudonym;"
             "registered_on");
    for (int i = 0; i < VAR_COUNT; i++) {
        if (i == VAR_IP)
            buf_text(&b, ";units_serving");
        buf_printf(&b, ";%s", demo_variables[i].name);
    }
    buf_text(&b, ";services_done");
    for (int i = 0; i < SVC_COUNT; i++) {
        const char *code = demo_service_code((enum demo_service)i);

        buf_printf(&b, ";svc_%s_r;svc_%s_w", code, code);
    }
    buf_text(&b, ";status;registration\n");
    ok = buf_ok(&b, e) && put(ctx, b.data, b.len, e);
    buf_clear(&b);
    return ok;
}

bool
country_csv(const struct country *c,
            bool (*put)(void *ctx, const char *data, size_t len,
                        struct err *e), void *ctx, struct err *e)
{
    struct csv_text *t = mem_take(sizeof *t);
    bool ok = put_header(put, ctx, e);
    char *p;

    make_text(t);
    t->out = mem_take(PIECE + ROW_MAX);
    t->next = mem_take((size_t)c->rounds * sizeof *t->next);
    p = t->out;
    for (int64_t i = 0; ok && i < c->registrations; i++) {
        int round = country_arrival(c, i);
        struct country_reg reg;

        country_draw(c, &c->round[round], ++t->next[round], &reg);
        p = put_row(t, &c->round[round], p, &reg);
        if (p - t->out >= PIECE) {
            ok = put(ctx, t->out, (size_t)(p - t->out), e);
            p = t->out;
        }
    }
    if (ok && p > t->out)
        ok = put(ctx, t->out, (size_t)(p - t->out), e);
    free(t->next);
    free(t->out);
    free(t);
    return ok;
}
