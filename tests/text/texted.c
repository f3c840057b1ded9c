/* texted.c - a text made with a round's numbers, without the command line.
 *
 *     texted STORE ROUND FILE FORMAT [THRESHOLD]
 *
 * THRESHOLD 0 or none: every number is shown. FORMAT "remarks": what there
 * is to be remarked, a line each. For run.sh and the golden files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "feed/feed.h"
#include "report/text.h"
#include "write/write.h"

struct job {
    struct store *store;
    struct opened o;
    struct actor actor;
    struct arena arena;
    struct buf out, source;
    struct plan *plan;
    struct run *run;
    struct text *text;
    struct report_input input;
    struct protect_rule rule;
    struct err e;
};

static bool
open_round(struct job *j, const char *path, const char *round)
{
    struct store_options options = {
        .path = path, .mode = STORE_READ,
        .clock = clock_system(), .random = random_system()
    };

    arena_init(&j->arena);
    buf_init(&j->out, 0);
    buf_init(&j->source, 0);
    j->actor = (struct actor){ .name = "test", .rights = "test",
                               .purpose = "test", .all_units = true };
    j->store = store_open(&options, &j->e);
    return j->store != NULL && opened_init(&j->o, j->store, round, &j->e);
}

static bool
read_text(struct job *j, const char *file)
{
    struct text_source source = { .file = file };

    if (!buf_read_file(&j->source, file, TEXT_BYTES_MAX + 1, &j->e))
        return false;
    source.bytes = buf_string(&j->source);
    source.len = j->source.len;
    j->text = text_read(&source, j->o.in, &j->arena, &j->e);
    return j->text != NULL;
}

static bool
count(struct job *j, int threshold)
{
    const struct table **tables;

    j->plan = plan_new(j->o.in);
    if (!text_questions(j->text, &j->arena, j->plan, &j->input.table_count,
                        &j->e))
        return false;
    j->run = run_new(j->plan);
    if (!feed_run(&j->o, &j->actor, SCOPE_RECIPIENTS, NULL, "test", j->plan,
                  j->run, &j->e))
        return false;
    tables = arena_array(&j->arena, (size_t)j->input.table_count + 1,
                         sizeof *tables);
    for (int i = 0; i < j->input.table_count; i++)
        tables[i] = run_table(j->run, i);
    j->rule.threshold = threshold;
    j->input.in = j->o.in;
    j->input.round = j->o.round;
    j->input.municipality_name = "Bergen";
    j->input.tables = tables;
    j->input.internal = threshold == 0;
    j->input.protect = threshold == 0 ? NULL : &j->rule;
    return true;
}

static bool
write_out(struct job *j, const char *format)
{
    const struct writer *w = writer_find(format, WRITES_REPORT);
    const struct text_remark *list;
    int remarks;

    if (strcmp(format, "remarks") != 0)
        return writer_write(w, text_build(j->text, &j->input, &j->arena),
                            NULL, &j->out, &j->e);
    remarks = text_remarks(j->text, &j->input, &j->arena, &list);
    for (int i = 0; i < remarks; i++) {
        buf_printf(&j->out, "%s ", text_remark_word(list[i].kind));
        msg_error(&j->out, LANG_EN, &list[i].say);
        buf_byte(&j->out, '\n');
    }
    return true;
}

int
main(int argc, char **argv)
{
    struct job j = { .e = { .code = ERR_NONE } };
    bool ok;

    if (argc < 5) {
        fputs("usage: texted STORE ROUND FILE FORMAT [THRESHOLD]\n",
              stderr);
        return 2;
    }
    ok = open_round(&j, argv[1], argv[2]) && read_text(&j, argv[3])
        && count(&j, argc > 5 ? atoi(argv[5]) : 0)
        && write_out(&j, argv[4]);
    if (ok)
        ok = fwrite(j.out.data, 1, j.out.len, stdout) == j.out.len;
    else {
        msg_error(&j.out, LANG_EN, &j.e);
        fprintf(stderr, "%s\n", buf_string(&j.out));
    }
    run_free(j.run);
    plan_free(j.plan);
    opened_clear(&j.o);
    store_close(j.store);
    buf_clear(&j.out);
    buf_clear(&j.source);
    arena_clear(&j.arena);
    return !ok;
}
