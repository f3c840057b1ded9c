/* test_page_publish.c - the publication in the browser: who may read, write
 * and publish; that two windows do not overwrite each other; that what is
 * published is locked and in the ledger; that nothing small is shown.
 *
 * The closed round r has 22 complete registrations of nord: 20 women, and
 * two men, both red on housing. */
#include "web_fixture.h"
#include <jansson.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>
#include "intake/intake.h"
#include "store/publishing.h"
#include "report/publication.h"
#include "store/release.h"
#include "store/store_private.h"
#include "store/text.h"
#include "write/bundle.h"

enum { PEOPLE = 22, MEN = 2 };

#define BASE "/rounds/r/publication"
/* A text of its own with numbers, as it goes into a form. */
#define HEAD "---%0D%0Akind%3A%20report%0D%0Alang%3A%20nb%0D%0A" \
    "about%3A%20mental%0D%0Atitle%3A%20Funn%0D%0A---%0D%0A%0D%0A"
#define TOTAL HEAD "%23%20Del%0D%0A%0D%0A" \
    "Det%20er%20%7B%7Bcount%20all%7D%7D%20i%20alt.%0D%0A"
#define MORE "---%0D%0Akind%3A%20report%0D%0Alang%3A%20nn%0D%0A" \
    "about%3A%20mental%0D%0Atitle%3A%20Funn%0D%0A---%0D%0A%0D%0A" \
    "%23%20Del%0D%0A%0D%0A%7B%7Bcount%20sex%20%3D%20female%20and%20" \
    "economy%20%3D%201%20and%20age%20%3E%2020%7D%7D.%0D%0A"
#define SMALL HEAD "%23%20Del%0D%0A%0D%0AMenn%3A%20" \
    "%7B%7Bcount%20sex%20%3D%20male%7D%7D.%0D%0A%0D%0AResten.%0D%0A"
#define FAULTY HEAD "%23%20Del%0D%0A%0D%0A%7B%7Bcount%20nothing%20%3D%201" \
    "%7D%7D.%0D%0A"

static void
import_people(struct web *w)
{
    struct buf csv;

    buf_init(&csv, 0);
    buf_text(&csv, "unit;tier;pseudonym;sex;birth_year;target_group;economy;"
             "mental;physical;housing;social;network;activity;ip\n");
    for (int i = 0; i < PEOPLE; i++)
        buf_printf(&csv, "nord;1;%032x;%s;1980;mental;1;5;3;%d;2;3;4;0\n",
                   i + 1, i < MEN ? "male" : "female", i < MEN ? 5 : 1);
    web_import(w, "r", csv.data, csv.len);
    buf_clear(&csv);
}

/* The rest of a round that was begun. */
static void
begin_round(struct web *w)
{
    struct err e = { 0 };

    web_people(w);
    web_ok(store_commit(w->s, &e), &e);
    import_people(w);
    web_ok(store_begin(w->s, &e), &e);
    web_close(w, "r");
    web_serve(w);
}

static void
begin(struct web *w)
{
    web_begin(w);
    begin_round(w);
}

static bool
has(const struct web *w, const char *text)
{
    return strstr(w->body, text) != NULL;
}

static void
assert_get(struct web *w, const char *user, const char *target, int status)
{
    if (web_get(w, user, target) != status)
        fail_msg("%s %s: %d, not %d: %.600s", user, target, w->status,
                 status, w->body);
}

static void
assert_post(struct web *w, const char *user, const char *target,
            const char *form, int status)
{
    if (web_post(w, user, target, form) != status)
        fail_msg("%s %s %s: %d, not %d: %.2000s", user, target, form,
                 w->status, status, w->body);
}

/* What the page has of its own. */
static const char *
main_of(const struct web *w)
{
    const char *at = strstr(w->body, "<main");

    return at != NULL ? at : w->body;
}

#define assert_has(w, text) \
    do { \
        if (!has((w), (text))) \
            fail_msg("no \"%s\" in %d: %s", (text), (w)->status, \
                     main_of(w)); \
    } while (0)
#define assert_lacks(w, text) \
    do { \
        if (has((w), (text))) \
            fail_msg("\"%s\" in %d: %s", (text), (w)->status, \
                     main_of(w)); \
    } while (0)

static void
test_doors(void **state)
{
    static const char *const pages[] = {
        BASE, BASE "/texts/report.nb", BASE "/texts/media.nn",
        BASE "/slides?lang=en", BASE "/focus", BASE "/checklist",
        BASE "/files/report.nb.html", BASE "/files/mental.en.json"
    };
    struct web w;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        assert_get(&w, "grete", pages[i], 200);
        assert_get(&w, "anders", pages[i], 200);
        assert_get(&w, "lise", pages[i], 403);
        assert_get(&w, "petra", pages[i], 403);
        assert_get(&w, "fremmed", pages[i], 404);
    }
    /* The audit has every number: not for the group. */
    assert_get(&w, "grete", BASE "/audit/csv", 403);
    assert_get(&w, "anders", BASE "/audit/csv", 200);
    assert_has(&w, "sex");
    assert_get(&w, "anders", BASE "/audit/json", 200);
    assert_get(&w, "anders", BASE "/audit/xml", 404);
    assert_get(&w, "grete", BASE "/release", 403);
    assert_get(&w, "kare", BASE "/release", 200);
    assert_get(&w, "kare", BASE "/texts/report.xx", 404);
    assert_get(&w, "kare", BASE "/texts/report", 404);
    assert_get(&w, "kare", BASE "/texts/other.nb", 404);
    assert_get(&w, "kare", BASE "/versions/report.nb", 404);
    assert_get(&w, "kare", BASE "/files/report.nb.exe", 404);
    assert_get(&w, "kare", BASE "/files/report.nb.tree", 404);
    assert_get(&w, "kare", BASE "/files/report.nb", 404);
    assert_get(&w, "kare", BASE "/files/unit.nb.html", 404);
    assert_get(&w, "kare", "/rounds/r-ovelse/publication", 404);
    web_stop(&w);
}

/* What the command line says of the round's texts. */
static void
assert_stored_fault(struct web *w, const char *key, const char *file)
{
    struct publication_document *document = arena_array(&w->arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *document);
    struct store_options options = w->options;
    struct opened o;
    struct store *s;
    struct err e = { 0 };
    int count;

    options.mode = STORE_READ;
    s = store_open(&options, &e);
    web_ok(s != NULL, &e);
    web_ok(opened_init(&o, s, "r", &e), &e);
    assert_false(publication_stored(&o, LANG_NB, &w->arena, document,
                                    &count, &e));
    assert_string_equal(e.key, key);
    assert_string_equal(e.at.file, file);
    opened_clear(&o);
    store_close(s);
}

static void
test_write(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    /* The analyst reads. */
    assert_post(&w, "anders", BASE "/texts/report.nb", "source=x&seen=0",
                403);
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=0&source=" TOTAL, 303);
    assert_get(&w, "grete", BASE "/texts/report.nb", 200);
    assert_has(&w, "Det er 22 i alt.");
    /* An old window is told, and keeps what was typed in it. */
    assert_post(&w, "kare", BASE "/texts/report.nb",
                "do=save&seen=0&source=" HEAD "%23%20Mitt%0D%0A", 422);
    assert_has(&w, "lagret noe nyere");
    assert_has(&w, "# Mitt");
    assert_get(&w, "grete", BASE "/versions/report.nb", 200);
    assert_lacks(&w, "versions/report.nb/2");
    /* The preview saves nothing. */
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=preview&seen=1&source=" HEAD "%23%20Mitt%0D%0A", 200);
    assert_post(&w, "grete", BASE "/texts/report.nb/preview",
                "seen=1&source=" FAULTY, 200);
    assert_has(&w, "Linje 10, tegn ");
    assert_lacks(&w, "<html");
    /* Remarks know the round, too: it has no population. */
    assert_post(&w, "grete", BASE "/texts/report.nb/preview",
                "seen=1&source=" HEAD "%23%20Del%0D%0A%0D%0ADet%20bor%20"
                "%7B%7Bpopulation%7D%7D%20her.%0D%0A", 200);
    assert_has(&w, "data-line=\"10\"");
    assert_has(&w, "population");
    assert_get(&w, "grete", BASE "/versions/report.nb/1", 200);
    assert_has(&w, "{{count all}}");
    assert_get(&w, "grete", BASE "/versions/report.nb/2", 404);
    /* A fault is kept, and is in no document. */
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=1&source=" FAULTY, 303);
    assert_get(&w, "grete", BASE, 200);
    assert_has(&w, "Har en feil");
    assert_get(&w, "grete", BASE "/files/report.nb.html", 404);
    assert_get(&w, "grete", BASE "/files/slides.nb.pdf", 200);
    assert_post(&w, "grete", BASE "/versions/report.nb/1", "seen=2", 303);
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_has(&w, "Det er 22 i alt.");
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "r-report-nb-utkast.html"));
    /* A text in another language than its name says. */
    assert_post(&w, "grete", BASE "/texts/report.nn",
                "do=save&seen=0&source=" TOTAL, 303);
    assert_get(&w, "grete", BASE "/texts/report.nn", 200);
    assert_has(&w, "hodet sier");
    assert_stored_fault(&w, "publish.head_lang", "report.nn");
    assert_post(&w, "grete", BASE "/texts/report.nn/remove", "seen=1", 303);
    assert_post(&w, "grete", BASE "/texts/slides.nb",
                "do=save&seen=0&source=" TOTAL, 303);
    assert_stored_fault(&w, "publish.head_kind", "slides.nb");
    web_stop(&w);
}

/* What stands in the access log of who read what of the round. */
static int
count_reads(struct web *w)
{
    struct store_options o = w->options;
    struct db_stmt *st;
    struct store *s;
    struct err e = { 0 };
    int n = 0;

    usleep(600000);             /* the queue's quarter of a second */
    o.mode = STORE_READ;
    s = store_open(&o, &e);
    web_ok(s != NULL, &e);
    st = db_use(s->log, SQL_LOG_LAST, &e);
    db_bind_int(st, 1, 1201);
    if (db_step(st, &e) == DB_ROW)
        n = (int)db_int(st, 0);
    db_done(st);
    store_close(s);
    return n;
}

/* The log tells once an hour that somebody works on a text. */
static void
test_log(void **state)
{
    struct web w;
    int first, before;

    (void)state;
    begin(&w);
    before = count_reads(&w);
    assert_post(&w, "grete", BASE "/texts/report.nb/preview",
                "seen=0&source=" TOTAL, 200);
    first = count_reads(&w);
    assert_true(first > before);
    for (int i = 0; i < 3; i++)
        assert_post(&w, "grete", BASE "/texts/report.nb/preview",
                    "seen=0&source=" SMALL, 200);
    assert_int_equal(count_reads(&w), first);
    /* Another text, another reader, another hour. */
    assert_get(&w, "grete", BASE "/texts/media.nb", 200);
    before = first;
    first = count_reads(&w);
    assert_true(first > before);
    assert_post(&w, "kare", BASE "/texts/report.nb/preview",
                "seen=0&source=" TOTAL, 200);
    before = first;
    first = count_reads(&w);
    assert_true(first > before);
    atomic_fetch_add(&w.now_ms, 50 * 60000);
    assert_get(&w, "kare", BASE "/checklist", 200);
    atomic_fetch_add(&w.now_ms, 20 * 60000);
    first = count_reads(&w);
    assert_post(&w, "kare", BASE "/texts/report.nb/preview",
                "seen=0&source=" TOTAL, 200);
    assert_true(count_reads(&w) > first);
    web_stop(&w);
}

static void
test_small(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=0&source=" SMALL, 303);
    assert_lacks(&w, "Menn: 2");
    assert_get(&w, "grete", BASE "/texts/report.nb", 200);
    assert_has(&w, "Resten.");
    assert_lacks(&w, "Menn: 2");
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_lacks(&w, "Menn: ");
    web_stop(&w);
}

/* FORM with the state of the round that the page of releasing shows. */
static const char *
release_form(struct web *w, const char *form)
{
    static const char mark[] = "name=\"seen\" value=\"";
    const char *seen;

    assert_get(w, "kare", BASE "/release", 200);
    seen = strstr(w->body, mark);
    assert_non_null(seen);
    seen += strlen(mark);
    return arena_printf(&w->arena, "%s&seen=%.*s", form,
                        (int)strcspn(seen, "\""), seen);
}

static void
assert_release(struct web *w, const char *form, int status)
{
    assert_post(w, "kare", BASE "/release", release_form(w, form), status);
}

/* What the store has of the round, opened beside the application. */
static void
count_releases(struct web *w, int *releases, int *files)
{
    const struct round_release *list;
    const struct round_release_file *file;
    struct store_options o = w->options;
    struct round *r;
    struct store *s;
    struct err e = { 0 };

    o.mode = STORE_READ;
    s = store_open(&o, &e);
    web_ok(s != NULL, &e);
    web_ok(round_load(s, "r", &w->arena, &r, &e), &e);
    web_ok(round_release_list(s, r, &w->arena, &list, releases, &e), &e);
    web_ok(round_release_files(s, r, &w->arena, &file, files, &e), &e);
    store_close(s);
}

/* The same by the API: one release, with its files. */
static void
assert_listed(struct web *w, int files)
{
    json_t *list, *one;

    assert_get(w, "anders", "/api/v1/rounds/r/releases", 200);
    list = json_loads(w->body, 0, NULL);
    assert_int_equal(json_array_size(list), 1);
    one = json_array_get(list, 0);
    assert_int_equal(json_integer_value(json_object_get(one, "number")), 1);
    assert_true(json_integer_value(json_object_get(one, "hidden")) > 0);
    assert_int_equal(json_array_size(json_object_get(one, "files")), files);
    assert_string_equal(json_string_value(json_object_get(one, "by")),
                        "kare");
    json_decref(list);
    assert_get(w, "lise", "/api/v1/rounds/r/releases", 403);
}

static void
test_publish(void **state)
{
    struct web w;
    int releases, files;

    (void)state;
    begin(&w);
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=0&source=" TOTAL, 303);
    assert_post(&w, "grete", BASE "/release", "doc-report.nb=1&sure=1", 403);
    assert_release(&w, "doc-report.nb=1", 422);
    assert_has(&w, "Hak av for at du er sikker");
    assert_release(&w, "sure=1", 422);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 0);
    /* A text that was never saved is published as the program has it. */
    assert_release(&w, "doc-report.nb=1&doc-media.nb=1&doc-mental.nb=1"
                   "&sure=1", 303);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 1);
    assert_int_equal(files, bundle_count(DOC_REPORT)
                            + bundle_count(DOC_MEDIA)
                            + bundle_count(DOC_TABLES));
    assert_listed(&w, files);
    assert_get(&w, "grete", BASE "/texts/report.nb", 200);
    assert_has(&w, "publisert og l\u00e5st");
    assert_has(&w, " readonly");
    assert_get(&w, "grete", BASE "/versions/media.nb", 200);
    assert_has(&w, "Publisert og l\u00e5st");
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=2&source=" SMALL, 422);
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "r-report-nb.html"));
    assert_get(&w, "grete", BASE "/files/slides.nb.pdf", 200);
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "-utkast"));
    /* The same again is the same release. */
    assert_release(&w, "doc-report.nb=1&sure=1", 303);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 1);
    assert_get(&w, "grete", BASE, 200);
    assert_lacks(&w, "ikke lenger det som ville");
    /* Where another text asks for more, nothing of it was published. */
    assert_post(&w, "grete", BASE "/texts/report.nn",
                "do=save&seen=0&source=" MORE, 303);
    assert_get(&w, "grete", BASE, 200);
    assert_has(&w, "ikke lenger det som ville");
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "-utkast"));
    assert_post(&w, "grete", BASE "/texts/report.nn/remove", "seen=1", 303);
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_null(strstr(web_header(&w, "Content-Disposition"), "-utkast"));
    /* Only the coordinator unlocks, and says why. */
    assert_post(&w, "grete", BASE "/texts/report.nb/unlock", "reason=x",
                403);
    assert_post(&w, "kare", BASE "/texts/report.nb/unlock", "reason=", 422);
    assert_post(&w, "kare", BASE "/texts/report.nb/unlock", "reason=Feil",
                303);
    assert_post(&w, "kare", BASE "/texts/report.nb/remove", "seen=3", 422);
    assert_get(&w, "grete", BASE "/files/report.nb.html", 200);
    assert_non_null(strstr(web_header(&w, "Content-Disposition"),
                           "-utkast"));
    web_stop(&w);
}

/* ---- a text with a fault ---- */

/* The documents that the round publishes without TEXT, and the one that is
 * refused where it is NULL: as the command line makes them. */
static int
count_documents(struct web *w, const char *text)
{
    struct publication_document *document = arena_array(&w->arena,
        PUBLICATION_DOCUMENTS_MAX, sizeof *document);
    struct publication_texts *texts = arena_take(&w->arena, sizeof *texts);
    const struct publication_without without = { &text, 1, false };
    struct store_options options = w->options;
    struct opened o;
    struct store *s;
    struct err e = { 0 };
    int count = -1;

    options.mode = STORE_READ;
    s = store_open(&options, &e);
    web_ok(s != NULL, &e);
    web_ok(opened_init(&o, s, "r", &e), &e);
    web_ok(publication_texts(&o, &w->arena, texts, &e), &e);
    if (!publication_put(&o, texts, text != NULL ? &without : NULL, LANG_NB,
                         &w->arena, document, &count, &e)) {
        assert_true(e.code == ERR_INPUT);
        count = -1;
    }
    opened_clear(&o);
    store_close(s);
    return count;
}

static void
test_faulty(void **state)
{
    struct web w;
    int releases, files, sound;

    (void)state;
    begin(&w);
    sound = count_documents(&w, NULL);
    assert_true(sound > 0);
    assert_int_equal(count_documents(&w, "report.nb"), sound);
    assert_post(&w, "grete", BASE "/texts/report.nb",
                "do=save&seen=0&source=" FAULTY, 303);
    assert_int_equal(count_documents(&w, NULL), -1);
    assert_int_equal(count_documents(&w, "slides.nb"), -1);
    assert_int_equal(count_documents(&w, "report.nb"), sound - 1);
    assert_int_equal(count_documents(&w, "report"), -1);
    /* Nothing is half published: it is mended, or left out by a tick. */
    assert_release(&w, "doc-media.nb=1&sure=1", 422);
    assert_has(&w, "Rapport (Bokm\u00e5l) har en feil i linje 10");
    assert_has(&w, "href=\"#without-report.nb\"");
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 0);
    assert_release(&w, "doc-media.nb=1&sure=1&without-report.nb=1", 303);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 1);
    assert_int_equal(files, bundle_count(DOC_MEDIA));
    /* What is out is what its file is. */
    assert_get(&w, "grete", BASE "/files/media.nb.pdf", 200);
    assert_null(strstr(web_header(&w, "Content-Disposition"), "-utkast"));
    assert_get(&w, "grete", BASE "/files/report.nb.pdf", 404);
    web_stop(&w);
}

/* ---- what changes while somebody publishes ---- */

/* A page that was shown before is refused; nothing of it is published. */
static void
test_since(void **state)
{
    static const struct {
        const char *path, *form;
    } changes[] = {
        { BASE "/texts/media.nn", "do=save&seen=0&source=x" },
        { BASE "/rule", "small_below=6&attribute_below=0&round_to=0" },
        { BASE "/focus", "lang=nb&count=1&seen=0&title-0=A&text-0=B" },
        { BASE "/texts/media.nn/remove", "seen=1" }
    };
    struct web w;
    int releases, files;

    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const char *form = release_form(&w, "doc-report.nb=1&sure=1");

        assert_post(&w, "kare", changes[i].path, changes[i].form, 303);
        assert_post(&w, "kare", BASE "/release", form, 422);
        assert_has(&w, "etter at siden ble vist");
    }
    assert_post(&w, "kare", BASE "/release", "doc-report.nb=1&sure=1", 422);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 0);
    assert_release(&w, "doc-report.nb=1&sure=1", 303);
    web_stop(&w);
}

/* A clock that holds the first who asks in a thread other than FREE. */
struct holding {
    struct web *w;
    pthread_t free;
    atomic_bool armed, held, go;
};

static int64_t
hold(void *ctx)
{
    struct holding *h = ctx;

    if (atomic_load(&h->armed) && !pthread_equal(pthread_self(), h->free)
        && !atomic_exchange(&h->held, true))
        while (!atomic_load(&h->go))
            usleep(1000);
    return atomic_load(&h->w->now_ms);
}

struct posting {
    struct web w;               /* a copy, with answers of its own */
    struct holding *h;
    const char *path, *form;
};

static void *
post(void *ctx)
{
    struct posting *p = ctx;

    p->h->free = pthread_self();
    atomic_store(&p->h->armed, p->w.status == 0);
    web_post(&p->w, "kare", p->path, p->form);
    return NULL;
}

static void
begin_post(struct posting *p, pthread_t *thread, struct web *w,
           struct holding *h, bool first)
{
    p->w = *w;
    p->h = h;
    p->w.x = NULL;
    p->w.status = first ? 0 : -1;
    arena_init(&p->w.arena);
    assert_int_equal(pthread_create(thread, NULL, post, p), 0);
}

static void
end_post(struct posting *p, pthread_t thread)
{
    pthread_join(thread, NULL);
    assert_int_not_equal(p->w.status, 0);
}

static void
clear_post(struct posting *p)
{
    exchange_free(p->w.x);
    arena_clear(&p->w.arena);
}

/* A text is saved between the moment that the release is made, of what is in
 * the store then, and the moment that it is written. */
static void
test_race(void **state)
{
    static struct posting text = {
        .path = BASE "/texts/media.nn", .form = "do=save&seen=0&source=x"
    };
    static struct posting release = { .path = BASE "/release" };
    struct holding h = { .w = NULL };
    pthread_t saving, releasing;
    int releases, files;
    struct web w;

    (void)state;
    web_begin(&w);
    h.w = &w;
    w.options.clock = (struct clock){ hold, &h };
    begin_round(&w);
    release.form = release_form(&w, "doc-report.nb=1&sure=1");
    begin_post(&text, &saving, &w, &h, true);
    while (!atomic_load(&h.held))
        usleep(1000);
    begin_post(&release, &releasing, &w, &h, false);
    usleep(500000);             /* made, and waiting for the writer */
    atomic_store(&h.go, true);
    end_post(&text, saving);
    end_post(&release, releasing);
    assert_int_equal(text.w.status, 303);
    assert_int_equal(release.w.status, 422);
    assert_has(&release.w, "etter at siden ble vist");
    clear_post(&text);
    clear_post(&release);
    count_releases(&w, &releases, &files);
    assert_int_equal(releases, 0);
    web_stop(&w);
}

/* ---- files ---- */

/* The names in the ZIP that was sent, from its directory, as "a b c ". */
static const char *
names_of(struct web *w)
{
    const struct buf *b = &exchange_response(w->x)->body;
    const char *names = "";

    for (size_t i = 0; i + 46 < b->len; i++) {
        const unsigned char *at = (const unsigned char *)b->data + i;
        int n = at[28] + at[29] * 256;

        if (memcmp(at, "PK\1\2", 4) == 0 && i + 46 + (size_t)n <= b->len)
            names = arena_printf(&w->arena, "%s%.*s ", names, n,
                                 (const char *)at + 46);
    }
    return names;
}

static void
test_archive(void **state)
{
    const char *names;
    struct web w;

    (void)state;
    begin(&w);
    assert_get(&w, "anders", BASE, 200);
    assert_has(&w, BASE "/files/all.nb.zip");
    assert_get(&w, "anders", BASE "/files/all.nb.zip", 200);
    assert_string_equal(web_header(&w, "Content-Disposition"),
                        "attachment; filename="
                        "\"r-publication-nb-utkast.zip\"");
    names = names_of(&w);
    assert_non_null(strstr(names, "report.docx "));
    assert_non_null(strstr(names, "slides.pdf "));
    assert_non_null(strstr(names, "mental.stat.json "));
    assert_non_null(strstr(names, "charts/mental-"));
    /* The charts alone are those. */
    assert_get(&w, "anders", BASE "/files/mental.nb.svg", 200);
    assert_string_equal(web_header(&w, "Content-Disposition"),
                        "attachment; filename="
                        "\"r-mental-charts-nb-utkast.zip\"");
    assert_non_null(strstr(names, names_of(&w)));
    assert_null(strstr(names_of(&w), "docx"));
    assert_get(&w, "anders", BASE "/files/report.nb.svg", 404);
    assert_get(&w, "anders", BASE "/files/mental.nb.zip", 404);
    assert_get(&w, "anders", BASE "/files/mental.nb.pptx", 404);
    assert_get(&w, "lise", BASE "/files/all.nb.zip", 403);
    web_stop(&w);
}

static void
test_checklist(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_get(&w, "anders", BASE "/checklist/checks", 403);
    assert_get(&w, "grete", BASE "/checklist/nothing", 404);
    assert_get(&w, "grete", BASE "/checklist/checks", 200);
    assert_has(&w, "forslag");
    assert_post(&w, "grete", BASE "/checklist/checks",
                "count=2&seen=0&text-0=Nest&place-0=2&text-1=F%C3%B8rst"
                "&place-1=1&at-1=2014-06-02T09%3A30", 303);
    assert_post(&w, "grete", BASE "/checklist/checks",
                "count=1&seen=0&text-0=Annet", 422);
    assert_has(&w, "Annet");
    assert_post(&w, "grete", BASE "/checklist/checks",
                "count=1&seen=1&text-0=A&at-0=2014-02-30T09%3A30", 422);
    assert_has(&w, "Skriv dato og klokkeslett");
    assert_get(&w, "anders", BASE "/checklist", 200);
    assert_true(strstr(w.body, "F\u00f8rst") < strstr(w.body, "Nest"));
    assert_has(&w, "kl. 09.30");
    assert_has(&w, "0 av 2 er gjort");
    assert_post(&w, "grete", BASE "/checklist/checks/done",
                "place=0&done=1&seen=1", 303);
    /* Moved, it is still done, by whom it was. */
    assert_post(&w, "kare", BASE "/checklist/checks",
                "count=2&seen=2&text-0=F%C3%B8rst&place-0=2&was-0=1"
                "&text-1=Nest&place-1=1", 303);
    assert_get(&w, "anders", BASE "/checklist", 200);
    assert_has(&w, "1 av 2 er gjort");
    assert_has(&w, "av grete");
    assert_true(strstr(w.body, "Nest") < strstr(w.body, "F\u00f8rst"));
    assert_post(&w, "grete", BASE "/embargo",
                "seen=0&embargo=2014-06-20T06%3A00", 303);
    assert_post(&w, "grete", BASE "/embargo", "seen=1&embargo=i+morgen",
                422);
    assert_get(&w, "anders", BASE, 200);
    assert_has(&w, "kl. 06.00");
    assert_post(&w, "anders", BASE "/embargo", "seen=1&embargo=", 403);
    /* The rule is the coordinator's, also when the round is closed. */
    assert_post(&w, "grete", BASE "/rule",
                "small_below=3&attribute_below=0&round_to=0", 403);
    assert_post(&w, "kare", BASE "/rule",
                "small_below=1&attribute_below=0&round_to=0",
                422);
    assert_post(&w, "kare", BASE "/rule",
                "small_below=3&attribute_below=201&round_to=0", 422);
    assert_post(&w, "kare", BASE "/rule",
                "small_below=2&attribute_below=0&round_to=0",
                303);
    assert_get(&w, "grete", BASE, 200);
    assert_has(&w, "de er under 2 ");
    web_stop(&w);
}

static void
test_focus(void **state)
{
    struct web w;

    (void)state;
    begin(&w);
    assert_post(&w, "grete", BASE "/focus/add",
                "lang=nb&seen=0&proposal=no_such_thing", 422);
    assert_post(&w, "grete", BASE "/focus",
                "lang=nb&count=2&seen=0&title-0=Bolig&place-0=2"
                "&text-0=Av+%7B%7Bcount+all%7D%7D+er+alle+her."
                "&title-1=Planer&place-1=1&text-1=Alle.", 303);
    assert_get(&w, "anders", BASE "/focus?lang=nb", 200);
    assert_true(strstr(w.body, "Planer") < strstr(w.body, "Bolig"));
    assert_post(&w, "anders", BASE "/focus", "lang=nb&count=0&seen=1", 403);
    /* What it asks must be a question. */
    assert_post(&w, "grete", BASE "/focus",
                "lang=nb&count=1&seen=1&title-0=Bolig"
                "&text-0=%7B%7Bcount+nothing+%3D+1%7D%7D.", 422);
    assert_has(&w, "nothing");
    assert_post(&w, "grete", BASE "/focus",
                "lang=nb&count=1&seen=0&title-0=Bolig&text-0=A", 422);
    assert_get(&w, "anders", BASE "/files/report.nb.html", 200);
    assert_has(&w, "Av 22 er alle her.");
    /* Numbers typed by hand are pointed out: there, and before publishing. */
    assert_get(&w, "anders", BASE "/focus?lang=nb", 200);
    assert_false(has(&w, "remarks-title"));
    assert_get(&w, "kare", BASE "/release", 200);
    assert_false(has(&w, "i fokusområdene"));
    assert_post(&w, "grete", BASE "/focus",
                "lang=nb&count=1&seen=1&title-0=Bolig&text-0=Bare+3+bor+der."
                "+Tjue+prosent+er+kvinner.", 303);
    assert_get(&w, "anders", BASE "/focus?lang=nb", 200);
    assert_has(&w, "remarks-title");
    assert_has(&w, "er skrevet for hånd; ventet");
    assert_has(&w, "er et tall skrevet med ord");
    assert_get(&w, "kare", BASE "/release", 200);
    assert_has(&w, "0 i tekstene og 2 i fokusområdene");
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_doors), cmocka_unit_test(test_write),
        cmocka_unit_test(test_log), cmocka_unit_test(test_small),
        cmocka_unit_test(test_publish),
        cmocka_unit_test(test_faulty), cmocka_unit_test(test_since),
        cmocka_unit_test(test_race), cmocka_unit_test(test_archive),
        cmocka_unit_test(test_checklist), cmocka_unit_test(test_focus)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
