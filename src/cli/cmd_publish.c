/* cmd_publish.c - the whole publication of a round: every document in every
 * format it is given out in, counted and protected once.
 *
 * The files are written to a folder beside the one that was asked for. Then
 * the ledger remembers the release, and at last the folder gets its name: it
 * is there whole or not at all, and what is there is in the ledger. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli/writing.h"
#include "report/publication.h"

enum { FILES_MAX = 64 };

/* What each kind of document is given out as. */
static const char *const formats[][8] = {
    [DOC_TABLES] = { "html", "pdf", "xlsx", "csv", "json", "jsonstat" },
    [DOC_REPORT] = { "docx", "pdf", "html" },
    [DOC_SLIDES] = { "pptx" },
    [DOC_MEDIA] = { "docx", "pdf", "html" },
};

struct publishing {
    struct opened o;
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    int count;
    struct publication publication;
    struct brand brand;
    const char *folder, *part;  /* what is asked for; where it is written */
    struct round_release_file file[FILES_MAX];
    const char *name[FILES_MAX];
    int files;
    bool made;                  /* PART is ours */
};

static bool
machine(struct err *e, const char *path)
{
    int why = errno;
    bool given = why == EEXIST || why == ENOENT || why == ENOTEMPTY
        || why == ENOTDIR;

    return err_set(e, given ? ERR_INPUT : ERR_MACHINE, "publish.folder",
                   "%s %s", path, strerror(why));
}

static bool
make(struct cli *c, struct publishing *p, struct err *e)
{
    struct publication_order order = {
        .municipality_name = writing_municipality(c, p->o.round),
        .publish = true
    };

    if (!publication_whole(&p->o, c->labels, &c->arena, p->document, &order,
                           e))
        return false;
    p->count = order.document_count;
    for (int i = 0; i < p->count; i++)
        p->document[i].build = p->document[i].lang == c->labels;
    return publication_make(&p->o, &c->actor, &order, &c->arena,
                            &p->publication, e);
}

/* A text of the group's own may be called as a report is. */
static const char *
free_name(struct cli *c, const struct publishing *p, const char *id,
          const char *suffix)
{
    const char *name = arena_printf(&c->arena, "%s%s", id, suffix);

    for (int i = 0; i < p->files; i++)
        if (strcmp(p->name[i], name) == 0)
            return free_name(c, p, arena_printf(&c->arena, "%s-text", id),
                             suffix);
    return name;
}

static bool
write_file(struct cli *c, struct publishing *p, int document,
           const struct writer *w, struct err *e)
{
    const struct publication_document *d = &p->document[document];
    bool dataset = strcmp(w->name, "jsonstat") == 0;
    const char *name = free_name(c, p, d->id, dataset ? ".stat.json"
                                                      : w->suffix);
    struct buf out;
    bool ok;

    if (p->files == FILES_MAX)
        return err_set(e, ERR_INPUT, "publish.many_files", "%d",
                       (int)FILES_MAX);
    buf_init(&out, 0);
    p->file[p->files] = (struct round_release_file){
        .document = d->id, .format = w->name, .lang = lang_code(d->lang)
    };
    p->name[p->files++] = name;
    ok = writer_write(w, p->publication.doc[document], &p->brand, &out, e)
         && buf_write_file(&out,
                           arena_printf(&c->arena, "%s/%s", p->part, name),
                           e);
    buf_clear(&out);
    return ok;
}

static bool
write_files(struct cli *c, struct publishing *p, struct err *e)
{
    if (mkdir(p->part, 0700) != 0)
        return machine(e, p->part);
    p->made = true;
    for (int i = 0; i < p->count; i++) {
        const char *const *format = formats[p->document[i].kind];

        for (int f = 0; p->document[i].build && format[f] != NULL; f++)
            if (!write_file(c, p, i, writer_find(format[f], WRITES_REPORT),
                            e))
                return false;
    }
    return true;
}

/* Takes away what was written. */
static void
undo(struct cli *c, struct publishing *p)
{
    for (int i = 0; i < p->files; i++)
        unlink(arena_printf(&c->arena, "%s/%s", p->part, p->name[i]));
    rmdir(p->part);
}

/* The folder must be missing, or empty. */
static bool
check_folder(struct cli *c, struct publishing *p, struct err *e)
{
    const char *folder = c->option[OPT_OUTPUT];
    size_t n = strlen(folder);
    int entries = 0;
    DIR *dir;

    while (n > 1 && folder[n - 1] == '/')
        n--;
    p->folder = arena_text_n(&c->arena, folder, n);
    p->part = arena_printf(&c->arena, "%s.part", p->folder);
    dir = opendir(p->folder);
    if (dir == NULL)
        return errno == ENOENT || machine(e, p->folder);
    while (readdir(dir) != NULL)
        entries++;
    closedir(dir);
    errno = ENOTEMPTY;
    return entries <= 2 || machine(e, p->folder);   /* itself, its parent */
}

bool
cmd_publish(struct cli *c, struct err *e)
{
    struct publishing *p = arena_take(&c->arena, sizeof *p);
    bool ok;

    if (!cli_open(c, STORE_WRITE, &p->o, e))
        return false;
    ok = check_folder(c, p, e)
         && brand_read(p->o.store, p->o.round, &c->arena, &p->brand, e)
         && make(c, p, e)
         && write_files(c, p, e) && writing_published(c, &p->o, &p->publication, p->file,
                              p->files, e);
    if (ok && rename(p->part, p->folder) != 0)
        ok = machine(e, p->folder);
    if (!ok && p->made)
        undo(c, p);
    publication_clear(&p->publication);
    cli_close(&p->o);
    return ok;
}
