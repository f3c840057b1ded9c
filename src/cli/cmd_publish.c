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
#include "cli/comparing.h"
#include "cli/writing.h"
#include "report/publication.h"
#include "write/bundle.h"

struct written {
    const char *path;
    bool folder;
    struct written *before;
};

struct publishing {
    struct cli *c;
    struct opened o;
    struct publication_document document[PUBLICATION_DOCUMENTS_MAX];
    int count;
    struct publication publication;
    struct compared *beside;    /* NULL: not read yet */
    struct brand brand;
    const char *folder, *part;  /* what is asked for; where it is written */
    struct round_release_file
        file[PUBLICATION_DOCUMENTS_MAX * BUNDLE_FORMATS_MAX];
    int files;
    struct written *last;       /* what is ours in PART */
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
    struct publication_without without;
    struct publication_order order = {
        .municipality_name = writing_municipality(c, p->o.round),
        .publish = true, .without = &without,
        .despite = c->option[OPT_DESPITE_TOLD] != NULL
    };

    writing_without(c, &without);
    if (!publication_whole(&p->o, c->labels, &c->arena, p->document, &order,
                           e))
        return false;
    p->count = order.document_count;
    if (!comparing_kept(c, &p->o, &p->beside, e))
        return false;
    order.beside = p->beside->beside;
    order.beside_count = p->beside->count;
    return publication_make(&p->o, &c->actor, &order, &c->arena,
                            &p->publication, e);
}

/* ---- the folder ---- */

static void
remember(struct publishing *p, const char *path, bool folder)
{
    struct written *w = arena_take(&p->c->arena, sizeof *w);

    *w = (struct written){ .path = path, .folder = folder,
                           .before = p->last };
    p->last = w;
}

static bool
make_folder(struct publishing *p, const char *path, struct err *e)
{
    if (mkdir(path, 0700) != 0)
        return machine(e, path);
    remember(p, path, true);
    return true;
}

/* A folder of its own stands before the first file that is in it. */
static bool
take_file(void *ctx, const char *name, const struct buf *bytes,
          struct err *e)
{
    struct publishing *p = ctx;
    struct arena *arena = &p->c->arena;
    const char *path = arena_printf(arena, "%s/%s", p->part, name);
    const char *slash = strchr(name, '/');
    struct stat there;

    if (slash != NULL) {
        const char *folder = arena_printf(arena, "%s/%.*s", p->part,
                                          (int)(slash - name), name);

        if (stat(folder, &there) != 0 && !make_folder(p, folder, e))
            return false;
    }
    remember(p, path, false);
    return buf_write_file(bytes, path, e);
}

/* What somebody should look at before the files leave; nothing is stopped. */
static void
say_remarks(struct publishing *p)
{
    struct publication_remarks r;
    struct err note = { 0 };

    publication_remarks(&p->publication, p->document, p->count,
                        &p->c->arena, &r);
    if (r.texts + r.focus == 0)
        return;
    err_set(&note, ERR_INPUT, "publish.note_remarks", "%d %d", r.texts,
            r.focus);
    cli_say(p->c, &note);
}

static void
note_files(struct publishing *p, const struct publication_document *d)
{
    const char *const *format = bundle_formats(d->kind);

    for (; *format != NULL; format++)
        p->file[p->files++] = (struct round_release_file){
            .document = d->id, .format = *format, .lang = lang_code(d->lang)
        };
}

static bool
write_files(struct publishing *p, struct err *e)
{
    struct bundle b = {
        .brand = &p->brand, .arena = &p->c->arena, .take = take_file,
        .ctx = p
    };

    if (!make_folder(p, p->part, e))
        return false;
    for (int i = 0; i < p->count; i++) {
        const struct publication_document *d = &p->document[i];

        if (!d->build)
            continue;
        if (!bundle_add(&b, d->id, p->publication.doc[i], e))
            return false;
        note_files(p, d);
    }
    return true;
}

/* Takes away what was written, the newest first. */
static void
undo(struct publishing *p)
{
    for (const struct written *w = p->last; w != NULL; w = w->before)
        if (w->folder)
            rmdir(w->path);
        else
            unlink(w->path);
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

    p->c = c;
    if (!cli_open(c, STORE_WRITE, &p->o, e))
        return false;
    ok = check_folder(c, p, e)
         && brand_read(p->o.store, p->o.round, &c->arena, &p->brand, e)
         && make(c, p, e)
         && write_files(p, e)
         && writing_published(c, &p->o, &p->publication, p->file, p->files,
                              e);
    if (ok && rename(p->part, p->folder) != 0)
        ok = machine(e, p->folder);
    if (ok)
        say_remarks(p);
    else
        undo(p);
    publication_clear(&p->publication);
    if (p->beside != NULL)
        comparing_end(p->beside);
    cli_close(&p->o);
    return ok;
}
