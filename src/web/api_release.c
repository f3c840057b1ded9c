/* api_release.c - the call that lists what has been published of a round:
 * when, by whom, how much of it hidden, in which files. No numbers. */
#include <string.h>
#include "store/release.h"
#include "web/api.h"
#include "web/pages.h"

static void
put_file(struct json *j, const struct round_release_file *f)
{
    json_begin_object(j);
    api_put_text(j, "document", f->document);
    api_put_text(j, "format", f->format);
    api_put_text(j, "language", f->lang);
    api_put_time(j, "at", f->at_ms);
    api_put_text(j, "by", f->by);
    json_end_object(j);
}

static void
put_release(struct json *j, const struct round_release *r,
            const struct round_release_file *file, int count)
{
    json_begin_object(j);
    api_put_int(j, "number", r->number);
    api_put_time(j, "at", r->at_ms);
    api_put_text(j, "by", r->by);
    api_put_text(j, "rule", r->rule);
    api_put_int(j, "definition", r->definition);
    api_put_text(j, "definition_sha256", r->sha256);
    api_put_text(j, "sha256", r->hash);
    api_put_int(j, "numbers", r->numbers);
    api_put_int(j, "hidden", r->hidden);
    json_key(j, "files");
    json_begin_array(j);
    for (int i = 0; i < count; i++)
        if (file[i].release == r->number)
            put_file(j, &file[i]);
    json_end_array(j);
    json_end_object(j);
}

void
api_releases(struct page *p)
{
    const struct round_release *list;
    const struct round_release_file *file;
    int count, files;
    struct json j;

    if (!round_release_list(p->store, p->round->round, p->arena, &list,
                            &count, &p->err)
        || !round_release_files(p->store, p->round->round, p->arena, &file,
                                &files, &p->err)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_array(&j);
    for (int i = 0; i < count; i++)
        put_release(&j, &list[i], file, files);
    json_end_array(&j);
    page_json_finish(p, &j);
}
