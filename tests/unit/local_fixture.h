/* local_fixture.h - for the tests of local changes: tests/data/tiny.yaml and
 * the instrument of 2014 as texts, with a block or without. */
#ifndef LOCAL_FIXTURE_H
#define LOCAL_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "def/local.h"

static struct buf tiny, full;
static struct arena arena;

#define assert_ok(x, e) \
    do { \
        if (!(x)) \
            fail_msg("%s: %s %s %s", #x, (e)->key, (e)->arg[0], \
                     (e)->arg[1]); \
    } while (0)

/* The text BASE with L as its block; borrowed from the arena. */
static inline const char *
written(const char *base, const struct local *l)
{
    struct err e = { 0 };
    const char *text;
    struct buf out;

    buf_init(&out, 0);
    assert_ok(local_write(base, strlen(base), l, &out, &e), &e);
    text = arena_text(&arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

static inline struct instrument *
read_text(const char *text)
{
    struct err e = { 0 };
    struct instrument *in = instrument_read(text, strlen(text), "x", &e);

    assert_ok(in != NULL, &e);
    return in;
}

/* tiny.yaml with BLOCK at its end. */
static inline struct instrument *
read_with(const char *block)
{
    return read_text(arena_printf(&arena, "%s%s", tiny.data, block));
}

static inline const struct service *
service(const struct instrument *in, const char *code)
{
    for (int i = 0; i < in->category_count; i++)
        for (int j = 0; j < in->categories[i].service_count; j++)
            if (strcmp(in->categories[i].services[j].id, code) == 0)
                return &in->categories[i].services[j];
    fail_msg("no service %s", code);
    return NULL;
}

static inline const struct variable *
variable(const struct instrument *in, const char *id)
{
    int v = instrument_variable(in, id, strlen(id));

    if (v < 0)
        fail_msg("no variable %s", id);
    return &in->variables[v];
}

/* Runs TESTS with the texts read. */
#define local_run(tests) \
    (local_begin() ? local_end(cmocka_run_group_tests(tests, NULL, NULL)) : 1)

static inline bool
local_begin(void)
{
    struct err e = { 0 };

    arena_init(&arena);
    buf_init(&tiny, 0);
    buf_init(&full, 0);
    return buf_read_file(&tiny, "tests/data/tiny.yaml", DEFINITION_MAX, &e)
        && buf_read_file(&full, "instruments/brukerplan-2014.yaml",
                         DEFINITION_MAX, &e);
}

static inline int
local_end(int failed)
{
    buf_clear(&tiny);
    buf_clear(&full);
    arena_clear(&arena);
    return failed;
}

#endif
