/* fuzz_instrument.c - any bytes as a definition.
 *
 * What is refused must say where, with a message fit to show; what is taken
 * must hold what instrument.h promises: every index good, so that showing,
 * binding and comparing it, and deriving a blank and a full registration,
 * touch nothing they may not. libFuzzer; the corpus is tests/data/tiny.yaml
 * and pieces of it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "calc/answers.h"
#include "calc/derive.h"
#include "calc/rank.h"
#include "def/diff.h"
#include "require.h"

enum { UNITS = 3 };

static void
check_refused(const struct err *e)
{
    require(e->code == ERR_INPUT, "refused, but not as input");
    require(strncmp(e->key, "def.", 4) == 0
            || strncmp(e->key, "local.", 6) == 0
            || strncmp(e->key, "expr.", 5) == 0, "a key of somebody else");
    require(e->at.file != NULL && strcmp(e->at.file, "f.yaml") == 0,
            "no file");
    require(e->at.line > 0 || strcmp(e->key, "def.utf8") == 0, "no line");
    for (int i = 0; i < e->args; i++) {
        const char *arg = e->arg[i];

        require(utf8_valid(arg, strlen(arg), NULL), "half a character");
        /* what stands for something not shown, which msg.c words */
        if (strncmp(arg, QUOTE_HIDDEN, strlen(QUOTE_HIDDEN)) == 0)
            arg += strlen(QUOTE_HIDDEN);
        for (; *arg != '\0'; arg++)
            require((unsigned char)*arg >= ' ' && *arg != 0x7F,
                    "a control character shown");
    }
}

/* The places that are indices. */
static void
check_places(const struct instrument *in)
{
    for (int i = 0; i < in->variable_count; i++) {
        const struct variable *v = &in->variables[i];

        require((i < in->entered_count) == (v->derive == DERIVE_NONE),
                "entered ones first");
        require(v->tab < in->tab_count, "no such tab");
        require((v->tab >= 0) == (v->derive == DERIVE_NONE), "a tab");
        require(v->at_most < in->entered_count, "at_most");
        require(strlen(v->id) <= ID_MAX, "a long id");
        for (int j = 0; j < v->of_count; j++)
            require(v->of[j] >= 0 && v->of[j] < i, "made of what follows");
        for (int j = 0; j < v->need_count; j++)
            require(v->needs[j] >= 0 && v->needs[j] < i, "needs");
        for (int j = 0; j < v->entered_count; j++)
            require(v->entered[j] >= 0 && v->entered[j] < in->entered_count,
                    "entered");
    }
    for (int i = ROLE_NONE + 1; i < ROLE_COUNT; i++)
        require(in->role[i] >= 0 && in->role[i] < in->entered_count,
                "a role without a variable");
    for (int i = 0; i < in->report_count; i++)
        for (int j = 0; j < in->reports[i].section_count; j++)
            for (int k = 0; k < in->reports[i].sections[j].table_count; k++)
                require(in->reports[i].sections[j].tables[k]
                        < in->table_count, "no such table");
}

/* Every variable at VALUE, or the least or most it may be. */
static int32_t
answer(const struct variable *v, int which)
{
    switch (v->kind) {
    case KIND_INT:
    case KIND_SCORE:
        return which == 1 ? v->min : v->max;
    case KIND_CODE:
        return which == 1 || v->code_count == 0 ? 0 : v->code_count - 1;
    case KIND_BOOL:
        return which - 1;
    default:
        return 0;
    }
}

static void
derive(const struct instrument *in, struct arena *arena)
{
    static int32_t value[VARIABLE_MAX], back[VARIABLE_MAX];
    static const uint64_t none[CODE_MAX / 64 + 1];
    const uint64_t **set = arena_array(arena, (size_t)in->set_count + 1,
                                       sizeof *set);
    struct layout layout;
    uint8_t *bytes;

    for (int i = 0; i < in->set_count; i++)
        set[i] = none;
    layout_init(&layout, in, arena);
    bytes = arena_take(arena, layout.size);
    for (int which = 0; which < 3; which++) {
        for (int i = 0; i < in->variable_count; i++)
            value[i] = which == 0 ? VALUE_UNANSWERED
                                  : answer(&in->variables[i], which);
        answers_pack(&layout, value, bytes);
        require(answers_unpack(&layout, bytes, layout.size, back),
                "packed, not unpacked");
        derive_row(in, value, set, NULL);
        for (int i = 0; i < in->variable_count; i++)
            require(value[i] >= VALUE_UNASKED
                    && (in->variables[i].kind != KIND_CODE
                        || value[i] < 1
                        || value[i] < in->variables[i].code_count),
                    "a value that is none");
        (void)rank_of(in, value, 1, 16000, 1);
    }
}

static void
check_taken(struct instrument *in, struct arena *arena)
{
    static const char *const units[UNITS] = { "a", "b-1", "c_2" };
    const struct round_facts facts = {
        .municipality = 301, .year = 2014, .period = 1, .from_age = 18,
        .unit_ids = units, .unit_names = units, .unit_count = UNITS
    };
    const struct change *changes;
    struct err e = { 0 };
    struct buf b;

    check_places(in);
    buf_init(&b, 0);
    instrument_show(in, LANG_NB, &b);
    require(buf_ok(&b, &e), "not shown");
    require(instrument_diff(in, in, arena, &changes) == 0,
            "differs from itself");
    buf_clear(&b);
    require(instrument_bind(in, &facts, &e), "not bound");
    derive(in, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = { 0 };
    struct instrument *in = instrument_read((const char *)data, size,
                                            "f.yaml", &e);

    if (in == NULL) {
        check_refused(&e);
    } else {
        struct arena arena;

        require(e.code == ERR_NONE && e.at.file == NULL, "left in E");
        arena_init(&arena);
        check_taken(in, &arena);
        arena_clear(&arena);
        instrument_free(in);
    }
    return 0;
}
