/* fuzz_text.c - the language of texts with any text.
 *
 * Input that begins with "---" is a whole text; any other stands under a
 * head and a heading. What is refused must say where, in a message fit to
 * show. What is taken must become the same document twice, with small
 * numbers hidden and without, without a mark left in it; its remarks must
 * have places too. libFuzzer; needs tests/data/tiny.yaml seen from the
 * working directory, with tests/unit/tiny_instrument.c. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "report/text.h"
#include "write/writing.h"
#include "../unit/tiny_instrument.h"
#include "require.h"

enum { UNITS = 2, SIZE_MAX_READ = 20000 };

static struct instrument *in;
static struct unit units[UNITS] = {
    { .id = "u0", .name = "u0" }, { .id = "u1", .name = "u1" }
};
static struct round round_2014 = {
    .id = "bergen-2014", .municipality = 4601, .year = 2014, .period = 1,
    .title = "Bergen 2014", .status = ROUND_CLOSED, .definition = 1,
    .from_age = 18, .units = units, .unit_count = UNITS
};
static const struct text_focus focus[] = {
    { "Planer", "{{count plan = 1}} har plan.", "Gi *flere*.", NULL }
};

static void
check_said(const struct err *e)
{
    require(e->at.file != NULL && e->at.line >= 1 && e->at.column >= 1,
            "no place");
    for (int i = 0; i < e->args; i++) {
        const char *arg = e->arg[i];

        require(utf8_valid(arg, strlen(arg), NULL), "half a character");
        if (strncmp(arg, QUOTE_HIDDEN, strlen(QUOTE_HIDDEN)) == 0)
            arg += strlen(QUOTE_HIDDEN);
        for (; *arg != '\0'; arg++)
            require((unsigned char)*arg >= ' ' && *arg != 0x7F,
                    "a control character shown");
    }
}

static void
count_people(struct run *run)
{
    static const char *const people[] = {
        "sex=female target=mental plan=1 kids=1 home_grade=green "
        "index_grade=green crisis=0",
        "sex=male target=dual plan=0 kids=- home_grade=red index_grade=red "
        "crisis=!",
    };
    struct tiny_row row;

    for (int i = 0; i < 12; i++) {
        tiny_fill(in, &row, people[i == 0]);
        run_row(run, &row.row);
    }
}

static char *
dump(const struct text *t, struct report_input *input, struct arena *arena)
{
    struct err e = { 0 };
    struct buf out;
    char *text;

    buf_init(&out, 0);
    require(write_tree(text_build(t, input, arena), NULL, &out, &e),
            "not written");
    require(utf8_valid(out.data, out.len, NULL), "not UTF-8");
    for (size_t i = 0; i < out.len; i++)
        require((unsigned char)out.data[i] < 0xF3, "a mark is left");
    text = arena_text_n(arena, out.data, out.len);
    buf_clear(&out);
    return text;
}

static void
check_made(const struct text *t, struct report_input *input,
           struct arena *arena)
{
    static const struct protect_rule five = { .threshold = 5 };
    const struct text_remark *list;
    int count;

    input->internal = true;
    require(strcmp(dump(t, input, arena), dump(t, input, arena)) == 0,
            "not the same twice");
    count = text_remarks(t, input, arena, &list);
    for (int i = 0; i < count; i++)
        check_said(&list[i].say);
    input->internal = false;
    input->protect = &five;
    (void)dump(t, input, arena);
}

static void
check_taken(const struct text *t, struct arena *arena)
{
    struct report_input input = {
        .in = in, .round = &round_2014, .municipality_name = "Bergen"
    };
    struct plan *plan = plan_new(in);
    struct err e = { 0 };
    const struct table **tables;
    struct run *run;

    if (!text_questions(t, arena, plan, &input.table_count, &e)) {
        check_said(&e);
        plan_free(plan);
        return;
    }
    run = run_new(plan);
    count_people(run);
    tables = arena_array(arena, (size_t)input.table_count + 1,
                         sizeof *tables);
    for (int i = 0; i < input.table_count; i++)
        tables[i] = run_table(run, i);
    input.tables = tables;
    check_made(t, &input, arena);
    run_free(run);
    plan_free(plan);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    in = tiny_instrument(NULL, UNITS);
    for (int i = 0; i < LAWFUL_COUNT; i++)
        round_2014.lawful[i] = "";
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = "---\nkind: report\nlang: nb\nabout: whole\n"
        "title: T\n---\n# H\n\n";
    struct err e = { 0 };
    struct arena arena;
    struct text_source source = {
        .file = "t.md", .focus = focus, .focus_count = 1
    };
    struct text *t;
    struct buf b;

    if (size > SIZE_MAX_READ)
        return -1;
    arena_init(&arena);
    buf_init(&b, 0);
    if (size < 3 || memcmp(data, "---", 3) != 0)
        buf_text(&b, head);
    buf_add(&b, data, size);
    source.bytes = buf_string(&b);
    source.len = b.len;
    t = text_read(&source, in, &arena, &e);
    if (t == NULL) {
        require(e.code == ERR_INPUT, "refused, but not as input");
        check_said(&e);
    } else {
        require(e.code == ERR_NONE, "taken, but with an error");
        check_taken(t, &arena);
    }
    buf_clear(&b);
    arena_clear(&arena);
    return 0;
}
