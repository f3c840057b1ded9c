/* aggregate_fixture.h - aggregates made by hand over the tiny instrument,
 * for the tests of aggregates, comparisons and focus areas. */
#ifndef TESTS_AGGREGATE_FIXTURE_H
#define TESTS_AGGREGATE_FIXTURE_H
#include <stdlib.h>
#include <string.h>
#include "report/aggregate.h"
#include "tiny_instrument.h"

struct made {
    struct aggregate a;
    struct aggregate_table table[2];
    struct aggregate_report report[1];
    struct aggregate_cell areas[8], homes[4];
    int municipality[8];
};

static const char *const made_rows[] = { "home_grade", "drugs_grade" };
static const char *const made_grades[] = { "green", "yellow", "red",
                                           "bloodred" };

/* The text of tiny.yaml, with OLD replaced by NEW where they are not NULL;
 * the caller frees it. */
static inline char *
made_text(const char *old, const char *new)
{
    struct err e = { 0 };
    struct buf b;
    char *text, *at;

    buf_init(&b, 0);
    if (!buf_read_file(&b, "tests/data/tiny.yaml", DEFINITION_MAX, &e))
        abort();
    text = malloc(b.len + (new != NULL ? strlen(new) : 0) + 1);
    if (text == NULL)
        abort();
    strcpy(text, b.data);
    at = old != NULL ? strstr(text, old) : NULL;
    if (old != NULL && at == NULL)
        abort();
    if (at != NULL) {
        strcpy(at, new);
        strcat(text, b.data + (at - text) + strlen(old));
    }
    buf_clear(&b);
    return text;
}

/* TEXT read and bound, as reading a file does. */
static inline struct instrument *
made_instrument(const char *text)
{
    const struct round_facts facts = {
        .municipality = 4601, .year = 2020, .period = 1, .from_age = 18
    };
    struct err e = { 0 };
    struct instrument *in = instrument_read(text, strlen(text), "tiny", &e);

    if (in == NULL || !instrument_bind(in, &facts, &e))
        abort();
    return in;
}

/* The round of NUMBER in YEAR by IN, whose definition is TEXT: the table
 * areas of the report whole, RED of 100 red on home and 20 on drugs, the
 * others of either green. */
static inline void
made_round(struct made *m, const struct instrument *in, const char *text,
           const char *name, int number, int year, int64_t red,
           struct arena *arena)
{
    const int64_t reds[2] = { red, 20 };

    memset(m, 0, sizeof *m);
    m->municipality[0] = number;
    for (int r = 0; r < 2; r++)
        for (int k = 0; k < 4; k++)
            m->areas[4 * r + k] = (struct aggregate_cell){
                k == 0 ? 100 - reds[r] : k == 2 ? reds[r] : 0, 100
            };
    m->table[0] = (struct aggregate_table){
        "whole", "areas", UNIT_RECIPIENTS, made_rows, made_grades, 2, 4,
        m->areas
    };
    m->report[0] = (struct aggregate_report){ "whole", 100 };
    m->a = (struct aggregate){
        .name = name, .municipality = m->municipality,
        .municipality_count = 1, .year = year, .period = 1, .from_age = 18,
        .inclusion = "Alle over 18", .mapping_from = "", .mapping_to = "",
        .population = 1000, .population_from_age = 18,
        .population_on = "2020-01-01", .protection = AGGREGATE_HIDDEN,
        .threshold = 5, .in = in, .definition = text,
        .definition_len = strlen(text), .switched_on = "",
        .index_rule = aggregate_index_rule(in, arena), .own_index = true,
        .report = m->report, .report_count = 1, .table = m->table,
        .table_count = 1
    };
}
#endif
