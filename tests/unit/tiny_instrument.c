/* tiny_instrument.c - see tiny_instrument.h. */
#include "tiny_instrument.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void
stop(const char *what, const char *which)
{
    fprintf(stderr, "tiny instrument: %s: %s\n", what, which);
    exit(1);
}

static void
bind(struct instrument *in, int units)
{
    static char id[CODE_MAX][8];
    static const char *ids[CODE_MAX];
    struct round_facts facts = {
        .municipality = 4601, .year = TINY_YEAR, .period = 1,
        .unit_ids = ids, .unit_names = ids, .unit_count = units
    };
    struct err e = { 0 };

    for (int i = 0; i < units; i++) {
        snprintf(id[i], sizeof id[i], "u%d", i);
        ids[i] = id[i];
    }
    if (!instrument_bind(in, &facts, &e))
        stop(e.key, e.arg[0]);
}

struct instrument *
tiny_instrument(const char *file, int units)
{
    const char *from = file != NULL ? file : "tests/data/tiny.yaml";
    struct err e = { 0 };
    struct instrument *in;
    struct buf text;

    buf_init(&text, 0);
    if (!buf_read_file(&text, from, DEFINITION_MAX, &e))
        stop(e.key, from);
    in = instrument_read(text.data, text.len, from, &e);
    if (in == NULL) {
        fprintf(stderr, "%s:%ld:%d: %s %s %s\n", from, e.at.line,
                e.at.column, e.key, e.arg[0], e.arg[1]);
        exit(1);
    }
    buf_clear(&text);
    bind(in, units);
    return in;
}

int
tiny_variable(const struct instrument *in, const char *id)
{
    int v = instrument_variable(in, id, strlen(id));

    if (v < 0)
        stop("no variable", id);
    return v;
}

int
tiny_variables(const struct instrument *in, const char *ids, int *out,
               int max)
{
    char *copy = strdup(ids), *rest = copy, *id;
    int n = 0;

    while ((id = strtok_r(rest, ",", &rest)) != NULL) {
        if (n == max)
            stop("too many", ids);
        out[n++] = tiny_variable(in, id);
    }
    free(copy);
    return n;
}

void
tiny_blank(struct tiny_row *r)
{
    memset(r, 0, sizeof *r);
    for (int i = 0; i < VARIABLE_MAX; i++)
        r->value[i] = VALUE_UNANSWERED;
    for (int i = 0; i < TINY_SETS; i++)
        r->set[i] = r->bits[i];
    r->row = (struct row){ r->value, r->set };
}

static void
choose(const struct instrument *in, struct tiny_row *r, int v, char *codes)
{
    const struct variable *var = &in->variables[v];
    uint64_t *bits = r->bits[instrument_set(in, v)];
    char *rest = codes, *id;

    r->value[v] = 0;
    if (strcmp(codes, "0") == 0)
        return;
    while ((id = strtok_r(rest, "|", &rest)) != NULL) {
        int place = variable_code(var, id, strlen(id));

        if (place < 0)
            stop("no code", id);
        bits[place / 64] |= (uint64_t)1 << (place % 64);
        r->value[v]++;
    }
}

static void
answer(const struct instrument *in, struct tiny_row *r, int v, char *text)
{
    static const struct { char text[2]; int32_t value; } none[] = {
        { "-", VALUE_UNANSWERED }, { "?", VALUE_UNKNOWN },
        { "!", VALUE_UNASKED }
    };

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (strcmp(text, none[i].text) == 0) {
            r->value[v] = none[i].value;
            return;
        }
    }
    if (in->variables[v].kind == KIND_CODES)
        choose(in, r, v, text);
    else if (!variable_read(in, &in->variables[v], text, strlen(text),
                            &r->value[v]))
        stop("no value", text);
}

void
tiny_fill(const struct instrument *in, struct tiny_row *r,
          const char *answers)
{
    char *copy = strdup(answers), *rest = copy, *word;

    tiny_blank(r);
    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        char *value = strchr(word, '=');

        if (value == NULL)
            stop("no =", word);
        *value++ = '\0';
        answer(in, r, tiny_variable(in, word), value);
    }
    free(copy);
}
