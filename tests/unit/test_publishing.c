/* test_publishing.c - what the store keeps of a publication: texts and
 * their versions, the ledger, files of others, focus areas, lists, templates;
 * that no two writers overwrite each other, and that each ceiling holds at
 * its edge. */
#include "store_fixture.h"
#include "store/focus.h"
#include "store/migrate.h"
#include "store/publishing.h"
#include "store/reference.h"
#include "store/release.h"
#include "store/round_setup.h"
#include "store/text.h"
#include <sqlite3.h>

enum { CURRENT = -1 };

static const char zeros[] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* Commits what OK says went well, and rolls the other back. */
static bool
done(struct fixture *f, bool ok, struct err *e)
{
    if (!ok) {
        store_rollback(f->s);
        return false;
    }
    return store_commit(f->s, e);
}

static const struct round_text *
find(struct fixture *f, const char *name, enum lang lang)
{
    const struct round_text *t;
    struct err e;

    err_clear(&e);
    assert_ok(round_text_find(f->s, f->round, name, lang, &f->arena, &t, &e),
              &e);
    return t;
}

/* SEEN CURRENT: what stands there. */
static bool
save(struct fixture *f, const char *name, enum lang lang, const char *source,
     size_t len, int seen, struct err *e)
{
    const struct round_text *t = find(f, name, lang);
    int now;

    if (seen == CURRENT)
        seen = t != NULL ? t->version : 0;
    begin(f);
    return done(f, round_text_save(f->s, &everyone, f->round, name, lang,
                                   ROUND_TEXT_MEDIA, source, len, seen, &now,
                                   e), e);
}

static bool
put_text(struct fixture *f, const char *source, int seen, struct err *e)
{
    return save(f, "report", LANG_NB, source, strlen(source), seen, e);
}

static void
assert_source(struct fixture *f, int number, const char *want)
{
    struct round_text_version v;
    struct err e;

    err_clear(&e);
    assert_ok(round_text_read(f->s, f->round, find(f, "report", LANG_NB),
                              number, &f->arena, &v, &e), &e);
    assert_string_equal(v.source, want);
    assert_int_equal(v.len, strlen(want));
}

static void
test_text(void **state)
{
    const struct round_text_version *v;
    const struct round_text *list;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_null(find(&f, "report", LANG_NB));
    assert_ok(put_text(&f, "# En\r\n\tto\r\n", 0, &e), &e);
    assert_ok(put_text(&f, "# To\n", 1, &e), &e);
    /* The same bytes are no version; what is old overwrites nothing. */
    assert_ok(put_text(&f, "# To\n", 2, &e), &e);
    assert_fails(put_text(&f, "# Tre\n", 1, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_fails(put_text(&f, "# Tre\n", 0, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_int_equal(find(&f, "report", LANG_NB)->version, 2);
    assert_string_equal(find(&f, "report", LANG_NB)->by, "kari");
    /* A kept name is of its kind; a language is another text. */
    assert_int_equal(find(&f, "report", LANG_NB)->kind, ROUND_TEXT_REPORT);
    assert_null(find(&f, "report", LANG_NN));
    assert_ok(save(&f, "til-politikere", LANG_NN, "x", 1, 0, &e), &e);
    assert_int_equal(find(&f, "til-politikere", LANG_NN)->kind,
                     ROUND_TEXT_MEDIA);
    assert_ok(round_text_list(f.s, f.round, &f.arena, &list, &count, &e),
              &e);
    assert_int_equal(count, 2);
    assert_string_equal(list[1].name, "til-politikere");
    assert_source(&f, 1, "# En\n\tto\n");
    assert_source(&f, 0, "# To\n");
    /* Restored: again, as a version of its own. */
    begin(&f);
    assert_ok(done(&f, round_text_restore(f.s, &everyone, f.round,
                                          find(&f, "report", LANG_NB), 1, 2,
                                          &e), &e), &e);
    assert_source(&f, 0, "# En\n\tto\n");
    assert_ok(round_text_versions(f.s, f.round, find(&f, "report", LANG_NB),
                                  &f.arena, &v, &count, &e), &e);
    assert_int_equal(count, 3);
    assert_int_equal(v[0].number, 3);
    assert_int_equal(v[0].act, ROUND_TEXT_RESTORED);
    assert_int_equal(v[0].from, 1);
    assert_null(v[0].source);
    assert_int_equal(v[2].act, ROUND_TEXT_SAVED);
    assert_true(v[2].at_ms < v[0].at_ms);
    fixture_remove(&f);
}

static void
test_text_refused(void **state)
{
    struct round_text_version v;
    struct fixture f;
    struct err e;
    char name[ROUND_TEXT_NAME + 2], *large = malloc(ROUND_TEXT_MAX + 2);

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    memset(name, 'a', sizeof name);
    name[ROUND_TEXT_NAME] = '\0';
    assert_ok(save(&f, name, LANG_EN, "x", 1, 0, &e), &e);
    name[ROUND_TEXT_NAME] = 'a';
    name[ROUND_TEXT_NAME + 1] = '\0';
    assert_fails(save(&f, name, LANG_EN, "x", 1, 0, &e), &e, ERR_INPUT,
                 "publishing.name");
    assert_fails(save(&f, "", LANG_EN, "x", 1, 0, &e), &e, ERR_INPUT,
                 "publishing.name");
    assert_fails(save(&f, "A", LANG_EN, "x", 1, 0, &e), &e, ERR_INPUT,
                 "publishing.name");
    assert_fails(save(&f, "a/b", LANG_EN, "x", 1, 0, &e), &e, ERR_INPUT,
                 "publishing.name");
    memset(large, 'x', ROUND_TEXT_MAX + 1);
    assert_ok(save(&f, "a", LANG_EN, large, ROUND_TEXT_MAX, 0, &e), &e);
    assert_fails(save(&f, "a", LANG_EN, large, ROUND_TEXT_MAX + 1, 1, &e),
                 &e, ERR_INPUT, "publishing.long");
    assert_fails(save(&f, "a", LANG_EN, "a\0b", 3, 1, &e), &e, ERR_INPUT,
                 "publishing.utf8");
    assert_fails(save(&f, "a", LANG_EN, "a\xff", 2, 1, &e), &e, ERR_INPUT,
                 "publishing.utf8");
    assert_fails(save(&f, "a", LANG_EN, "a\rb", 3, 1, &e), &e, ERR_INPUT,
                 "publishing.utf8");
    assert_fails(save(&f, "a", LANG_EN, "a\x7f", 2, 1, &e), &e, ERR_INPUT,
                 "publishing.utf8");
    assert_fails(round_text_read(f.s, f.round, find(&f, "a", LANG_EN), 2,
                                 &f.arena, &v, &e), &e, ERR_INPUT,
                 "publishing.version");
    for (int i = 2; i < ROUND_TEXTS_MAX; i++) {
        snprintf(name, sizeof name, "t%d", i);
        assert_ok(save(&f, name, LANG_NB, "x", 1, 0, &e), &e);
    }
    assert_fails(save(&f, "one-more", LANG_NB, "x", 1, 0, &e), &e, ERR_INPUT,
                 "publishing.many");
    assert_null(find(&f, "one-more", LANG_NB));
    free(large);
    fixture_remove(&f);
}

/* The newest version that may be is ROUND_TEXT_VERSIONS. */
static void
test_text_versions(void **state)
{
    struct fixture f;
    struct err e;
    int now;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    for (int i = 0; i < ROUND_TEXT_VERSIONS; i++)
        assert_ok(round_text_save(f.s, &everyone, f.round, "report", LANG_NB,
                                  ROUND_TEXT_REPORT, i % 2 ? "a" : "b", 1, i,
                                  &now, &e), &e);
    assert_int_equal(now, ROUND_TEXT_VERSIONS);
    commit(&f);
    assert_fails(put_text(&f, "c", ROUND_TEXT_VERSIONS, &e), &e, ERR_INPUT,
                 "publishing.many");
    fixture_remove(&f);
}

static bool
lock(struct fixture *f, int seen, struct err *e)
{
    begin(f);
    return done(f, round_text_lock(f->s, &everyone, f->round,
                                   find(f, "report", LANG_NB), seen, e), e);
}

static bool
unlock(struct fixture *f, const char *reason, struct err *e)
{
    begin(f);
    return done(f, round_text_unlock(f->s, &everyone, f->round,
                                     find(f, "report", LANG_NB), reason, e),
                e);
}

static bool
drop(struct fixture *f, const char *name, int seen, struct err *e)
{
    const struct round_text *t = find(f, name, LANG_NB);

    begin(f);
    return done(f, round_text_remove(f->s, &everyone, f->round, t, seen, e),
                e);
}

static bool
set_focus(struct fixture *f, const struct round_focus *list, int count,
          int seen, struct err *e)
{
    begin(f);
    return done(f, round_focus_set(f->s, &everyone, f->round, LANG_NB, list,
                                   count, seen, e), e);
}

static void
test_lock(void **state)
{
    static const struct round_focus area = { "", "Planer", "", "" };
    const struct round_text_version *v;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(put_text(&f, "a", 0, &e), &e);
    assert_ok(put_text(&f, "b", 1, &e), &e);
    assert_fails(lock(&f, 1, &e), &e, ERR_INPUT, "publishing.changed");
    assert_ok(lock(&f, 2, &e), &e);
    assert_ok(lock(&f, 2, &e), &e);     /* it is locked: nothing */
    assert_int_equal(find(&f, "report", LANG_NB)->version, 3);
    assert_true(find(&f, "report", LANG_NB)->locked);
    assert_fails(put_text(&f, "c", 3, &e), &e, ERR_INPUT,
                 "publishing.locked");
    begin(&f);
    assert_fails(done(&f, round_text_restore(f.s, &everyone, f.round,
                                             find(&f, "report", LANG_NB), 1,
                                             3, &e), &e),
                 &e, ERR_INPUT, "publishing.locked");
    assert_fails(set_focus(&f, &area, 1, 0, &e), &e, ERR_INPUT,
                 "publishing.locked");
    assert_fails(unlock(&f, " \n", &e), &e, ERR_INPUT, "publishing.reason");
    assert_fails(unlock(&f, NULL, &e), &e, ERR_INPUT, "publishing.reason");
    assert_ok(unlock(&f, "En feil i tabell 3", &e), &e);
    assert_ok(set_focus(&f, &area, 1, 0, &e), &e);
    assert_ok(put_text(&f, "c", 4, &e), &e);
    assert_ok(round_text_versions(f.s, f.round, find(&f, "report", LANG_NB),
                                  &f.arena, &v, &count, &e), &e);
    assert_int_equal(count, 5);
    assert_int_equal(v[1].act, ROUND_TEXT_UNLOCKED);
    assert_string_equal(v[1].reason, "En feil i tabell 3");
    assert_int_equal(v[2].act, ROUND_TEXT_LOCKED);
    assert_source(&f, 3, "b");          /* what was published */
    assert_fails(drop(&f, "report", 5, &e), &e, ERR_INPUT,
                 "publishing.was_locked");
    assert_ok(save(&f, "draft", LANG_NB, "x", 1, 0, &e), &e);
    assert_fails(drop(&f, "draft", 0, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_ok(drop(&f, "draft", 1, &e), &e);
    assert_null(find(&f, "draft", LANG_NB));
    fixture_remove(&f);
}

static int
release(struct fixture *f, char digit, const struct round_number *list,
        int count, const struct round_release_file *files, int file_count,
        struct err *e)
{
    char hash[65];
    struct round_release r = {
        .rule = "threshold=5", .definition = 1, .sha256 = zeros, .hash = hash
    };
    int number = 0;

    memset(hash, digit, 64);
    hash[64] = '\0';
    begin(f);
    if (!done(f, round_release_add(f->s, &everyone, f->round, &r, list,
                                   count, files, file_count, &number, e), e))
        return 0;
    return number;
}

static void
test_release(void **state)
{
    static const struct round_number first[] = {
        { "recipients", "", 3556, false, false },
        { "recipients", "a = 1 and b in {x, \"\u00e6\"}", 0, true, true },
        { "sum:children", "a = 1", 0, true, false },
        { "recipients", "a = 2", 0, false, false }
    }, second[] = { { "recipients", "a = 3", 7, false, false } };
    static const struct round_release_file files[] = {
        { .document = "report", .format = "docx", .lang = "nb" },
        { .document = "slides", .format = "pptx", .lang = "nb" }
    }, more[] = {
        { .document = "report", .format = "docx", .lang = "nb" },
        { .document = "report", .format = "pdf", .lang = "nb" }
    };
    const struct round_release_file *file;
    const struct round_release *list;
    const struct round_number *n;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_int_equal(release(&f, 'a', first, 4, files, 2, &e), 1);
    assert_int_equal(release(&f, 'b', second, 1, NULL, 0, &e), 2);
    /* The same again is the same, with what is new of its files. */
    assert_int_equal(release(&f, 'a', first, 4, more, 2, &e), 1);
    assert_ok(round_release_list(f.s, f.round, &f.arena, &list, &count, &e),
              &e);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].numbers, 4);
    assert_int_equal(list[0].hidden, 2);
    assert_string_equal(list[0].rule, "threshold=5");
    assert_string_equal(list[1].by, "kari");
    assert_true(list[0].at_ms < list[1].at_ms);
    assert_ok(round_release_files(f.s, f.round, &f.arena, &file, &count, &e),
              &e);
    assert_int_equal(count, 3);
    assert_string_equal(file[2].format, "pdf");
    assert_ok(round_release_numbers(f.s, f.round, 0, &f.arena, &n, &count,
                                    &e), &e);
    assert_int_equal(count, 5);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(n[i].scope, first[i].scope);
        assert_string_equal(n[i].set, first[i].set);
        assert_int_equal(n[i].value, first[i].value);
        assert_int_equal(n[i].hidden, first[i].hidden);
        assert_int_equal(n[i].sensitive, first[i].sensitive);
    }
    assert_ok(round_release_numbers(f.s, f.round, 2, &f.arena, &n, &count,
                                    &e), &e);
    assert_int_equal(count, 1);
    assert_int_equal(n[0].value, 7);
    fixture_remove(&f);
}

static void
test_release_ceilings(void **state)
{
    struct round_number *list = calloc(ROUND_RELEASE_NUMBERS + 1,
                                       sizeof *list);
    char *set = malloc(ROUND_RELEASE_SET + 2);
    const struct round_number *n;
    struct fixture f;
    struct err e;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    for (int i = 0; i <= ROUND_RELEASE_NUMBERS; i++)
        list[i] = (struct round_number){ "r", "a", i, false, false };
    assert_int_equal(release(&f, 'a', list, ROUND_RELEASE_NUMBERS, NULL, 0,
                             &e), 1);
    assert_int_equal(release(&f, 'b', list, ROUND_RELEASE_NUMBERS + 1, NULL,
                             0, &e), 0);
    assert_string_equal(e.key, "publishing.many");
    err_clear(&e);
    assert_ok(round_release_numbers(f.s, f.round, 1, &f.arena, &n, &count,
                                    &e), &e);
    assert_int_equal(count, ROUND_RELEASE_NUMBERS);
    assert_int_equal(n[count - 1].value, count - 1);
    memset(set, 'x', ROUND_RELEASE_SET + 1);
    set[ROUND_RELEASE_SET] = '\0';
    list[0].set = set;
    assert_int_equal(release(&f, 'b', list, 1, NULL, 0, &e), 2);
    set[ROUND_RELEASE_SET] = 'x';
    set[ROUND_RELEASE_SET + 1] = '\0';
    assert_int_equal(release(&f, 'c', list, 1, NULL, 0, &e), 0);
    assert_string_equal(e.key, "publishing.long");
    free(set);
    free(list);
    fixture_remove(&f);
}

static bool
add_reference(struct fixture *f, const char *bytes, size_t len, int *number,
              struct err *e)
{
    const struct round_reference file = { .name = "Oslo", .signer = "key" };

    begin(f);
    return done(f, round_reference_add(f->s, &everyone, f->round, &file,
                                       bytes, len, number, e), e);
}

static bool
remove_reference(struct fixture *f, int number, struct err *e)
{
    begin(f);
    return done(f, round_reference_remove(f->s, &everyone, f->round, number,
                                          e), e);
}

static void
test_reference(void **state)
{
    const struct round_reference *list;
    char *large = calloc(1, ROUND_REFERENCE_MAX + 1);
    const char *bytes;
    struct fixture f;
    struct err e;
    int count, number;
    size_t len;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(add_reference(&f, "a\0b", 3, &number, &e), &e);
    assert_int_equal(number, 1);
    assert_fails(add_reference(&f, "a\0b", 3, &number, &e), &e, ERR_INPUT,
                 "publishing.twice");
    assert_ok(add_reference(&f, "other", 5, &number, &e), &e);
    assert_int_equal(number, 2);
    assert_ok(remove_reference(&f, 2, &e), &e);
    assert_fails(remove_reference(&f, 2, &e), &e, ERR_INPUT,
                 "publishing.no_reference");
    assert_ok(add_reference(&f, "other", 5, &number, &e), &e);
    assert_int_equal(number, 3);        /* none is used again */
    assert_ok(round_reference_list(f.s, f.round, &f.arena, &list, &count,
                                   &e), &e);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].len, 3);
    assert_string_equal(list[1].signer, "key");
    assert_ok(round_reference_read(f.s, f.round, 1, &f.arena, &bytes, &len,
                                   &e), &e);
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    assert_fails(round_reference_read(f.s, f.round, 9, &f.arena, &bytes,
                                      &len, &e), &e, ERR_INPUT,
                 "publishing.no_reference");
    assert_ok(add_reference(&f, large, ROUND_REFERENCE_MAX, &number, &e),
              &e);
    assert_fails(add_reference(&f, large, ROUND_REFERENCE_MAX + 1, &number,
                               &e), &e, ERR_INPUT, "publishing.long");
    free(large);
    for (int i = 3; i < ROUND_REFERENCES_MAX; i++) {
        char text[16];

        snprintf(text, sizeof text, "f%d", i);
        assert_ok(add_reference(&f, text, strlen(text), &number, &e), &e);
    }
    assert_fails(add_reference(&f, "x", 1, &number, &e), &e, ERR_INPUT,
                 "publishing.many");
    fixture_remove(&f);
}

static void
test_focus(void **state)
{
    static char text[ROUND_FOCUS_TEXT + 2], title[ROUND_FOCUS_TITLE + 2];
    struct round_focus area[ROUND_FOCUS_MAX + 1];
    const struct round_focus *list;
    struct fixture f;
    struct err e;
    int count, revision;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    memset(text, 'x', ROUND_FOCUS_TEXT);
    memset(title, 'y', ROUND_FOCUS_TITLE);
    for (int i = 0; i <= ROUND_FOCUS_MAX; i++)
        area[i] = (struct round_focus){ "no_plan", title, text, "" };
    assert_ok(set_focus(&f, area, ROUND_FOCUS_MAX, 0, &e), &e);
    assert_fails(set_focus(&f, area, 1, 0, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_fails(set_focus(&f, area, ROUND_FOCUS_MAX + 1, 1, &e), &e,
                 ERR_INPUT, "publishing.many");
    area[1].title = " ";
    assert_fails(set_focus(&f, area, 2, 1, &e), &e, ERR_INPUT,
                 "publishing.blank");
    text[ROUND_FOCUS_TEXT] = 'x';
    assert_fails(set_focus(&f, area, 1, 1, &e), &e, ERR_INPUT,
                 "publishing.words");
    text[ROUND_FOCUS_TEXT] = '\0';
    title[ROUND_FOCUS_TITLE] = 'y';
    assert_fails(set_focus(&f, area, 1, 1, &e), &e, ERR_INPUT,
                 "publishing.words");
    /* What was refused changed nothing. */
    assert_ok(round_focus_list(f.s, f.round, LANG_NB, &f.arena, &list,
                               &count, &revision, &e), &e);
    assert_int_equal(count, ROUND_FOCUS_MAX);
    assert_int_equal(revision, 1);
    assert_string_equal(list[0].proposal, "no_plan");
    assert_ok(round_focus_list(f.s, f.round, LANG_EN, &f.arena, &list,
                               &count, &revision, &e), &e);
    assert_int_equal(count + revision, 0);
    assert_ok(set_focus(&f, NULL, 0, 1, &e), &e);
    fixture_remove(&f);
}

static bool
set_list(struct fixture *f, const struct publish_item *item, int count,
         int seen, struct err *e)
{
    begin(f);
    return done(f, publishing_set(f->s, &everyone, f->round, PUBLISH_CHECKS,
                                  item, count, seen, e), e);
}

static bool
set_done(struct fixture *f, int place, bool is, int seen, struct err *e)
{
    begin(f);
    return done(f, publishing_done(f->s, &everyone, f->round, PUBLISH_CHECKS,
                                   place, is, seen, e), e);
}

static bool
set_embargo(struct fixture *f, int64_t at, int seen, struct err *e)
{
    begin(f);
    return done(f, publishing_embargo(f->s, &everyone, f->round, at, seen,
                                      e), e);
}

static void
test_lists(void **state)
{
    static struct publish_item item[PUBLISH_ITEMS_MAX + 1];
    struct publishing p;
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    for (int i = 0; i <= PUBLISH_ITEMS_MAX; i++)
        item[i] = (struct publish_item){ .text = "Tall lest to ganger",
                                         .who = "Kari", .at_ms = i };
    assert_ok(set_list(&f, item, PUBLISH_ITEMS_MAX, 0, &e), &e);
    assert_fails(set_list(&f, item, PUBLISH_ITEMS_MAX + 1, 1, &e), &e,
                 ERR_INPUT, "publishing.many");
    assert_ok(set_done(&f, 1, true, 1, &e), &e);
    assert_fails(set_done(&f, 2, true, 1, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_fails(set_done(&f, PUBLISH_ITEMS_MAX, true, 2, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_ok(set_embargo(&f, 1762000000000, 0, &e), &e);
    assert_fails(set_embargo(&f, 1, 0, &e), &e, ERR_INPUT,
                 "publishing.changed");
    assert_ok(publishing_get(f.s, f.round, &f.arena, &p, &e), &e);
    assert_int_equal(p.embargo_ms, 1762000000000);
    assert_int_equal(p.revision[PUBLISH_LISTS], 1);
    assert_int_equal(p.count[PUBLISH_RECEIVERS], 0);
    assert_int_equal(p.count[PUBLISH_CHECKS], PUBLISH_ITEMS_MAX);
    assert_int_equal(p.item[PUBLISH_CHECKS][2].at_ms, 2);
    assert_string_equal(p.item[PUBLISH_CHECKS][1].done_by, "kari");
    assert_true(p.item[PUBLISH_CHECKS][1].done_ms > 0);
    assert_int_equal(p.item[PUBLISH_CHECKS][0].done_ms, 0);
    assert_ok(set_done(&f, 1, false, 2, &e), &e);
    assert_ok(publishing_get(f.s, f.round, &f.arena, &p, &e), &e);
    assert_string_equal(p.item[PUBLISH_CHECKS][1].done_by, "");
    item[0].text = "";
    assert_fails(set_list(&f, item, 1, 3, &e), &e, ERR_INPUT,
                 "publishing.blank");
    fixture_remove(&f);
}

static bool
put_brand(struct fixture *f, const char *bytes, size_t len, struct err *e)
{
    begin(f);
    return done(f, brand_set(f->s, &everyone, f->round, BRAND_PPTX,
                             "mal.pptx", bytes, len, e), e);
}

static const struct round_brand *
brand(struct fixture *f)
{
    const struct round_brand *b;
    struct err e;

    err_clear(&e);
    assert_ok(brand_get(f->s, f->round, BRAND_PPTX, true, &f->arena, &b, &e),
              &e);
    return b;
}

static void
test_brand(void **state)
{
    char *large = calloc(1, BRAND_MAX + 1);
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_null(brand(&f));
    assert_ok(put_brand(&f, "PK\0one", 6, &e), &e);
    /* Another round of the municipality has it too, until it has its own. */
    fixture_round(&f, "bergen-2026");
    assert_string_equal(brand(&f)->round, "bergen-2025");
    assert_int_equal(brand(&f)->len, 6);
    assert_memory_equal(brand(&f)->bytes, "PK\0one", 6);
    assert_ok(put_brand(&f, "two", 3, &e), &e);
    assert_string_equal(brand(&f)->round, "bergen-2026");
    assert_string_equal(brand(&f)->name, "mal.pptx");
    assert_string_equal(brand(&f)->added_by, "kari");
    assert_ok(put_brand(&f, NULL, 0, &e), &e);
    assert_string_equal(brand(&f)->round, "bergen-2025");
    assert_ok(put_brand(&f, large, BRAND_MAX, &e), &e);
    assert_fails(put_brand(&f, large, BRAND_MAX + 1, &e), &e, ERR_INPUT,
                 "publishing.long");
    free(large);
    fixture_remove(&f);
}

/* A training round is never published. */
static void
test_training(void **state)
{
    struct fixture f;
    struct err e;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    f.round->training_of = "bergen-2024";
    assert_fails(put_text(&f, "a", 0, &e), &e, ERR_INPUT,
                 "publishing.training");
    assert_fails(set_focus(&f, NULL, 0, 0, &e), &e, ERR_INPUT,
                 "publishing.training");
    assert_fails(set_list(&f, NULL, 0, 0, &e), &e, ERR_INPUT,
                 "publishing.training");
    assert_fails(put_brand(&f, "x", 1, &e), &e, ERR_INPUT,
                 "publishing.training");
    assert_int_equal(release(&f, 'a', NULL, 0, NULL, 0, &e), 0);
    assert_string_equal(e.key, "publishing.training");
    fixture_remove(&f);
}

static void
behind(const struct fixture *f, const char *sql)
{
    char *file = store_file(f->path, "brukerplan.db");
    sqlite3 *h;

    assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(h);
    free(file);
}

/* A round with everything: check finds each change behind its back, and a
 * backup restored has the same. */
static void
test_check(void **state)
{
    static const struct {
        const char *sql, *key;
    } cases[] = {
        { "update round_text_version set body = 'c' where number = 1",
          "check.text_sum" },
        { "update round_text set version = 3", "check.text_newest" },
        { "update reference set body = x'00'", "check.reference_sum" },
        { "update brand set body = x'00'", "check.brand_sum" }
    };
    static const struct round_number n = { "r", "a", 3, false, false };
    struct fixture f;
    struct err e, last;
    int number;

    (void)state;
    err_clear(&e);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture_store(&f);
        assert_ok(put_text(&f, "a", 0, &e), &e);
        assert_ok(put_text(&f, "b", 1, &e), &e);
        assert_ok(put_brand(&f, "x", 1, &e), &e);
        assert_ok(add_reference(&f, "x", 1, &number, &e), &e);
        assert_int_equal(release(&f, 'a', &n, 1, NULL, 0, &e), 1);
        assert_int_equal(faults(&f, &last), 0);
        behind(&f, cases[i].sql);
        assert_int_equal(faults(&f, &last), 1);
        assert_string_equal(last.key, cases[i].key);
        fixture_remove(&f);
    }
}

static void
test_restore(void **state)
{
    static const struct round_number n = { "r", "a", 3, false, false };
    const struct round_number *list;
    char dir[128], to[128], keys[128];
    struct store_options options;
    struct fixture f;
    struct err e, last;
    int count;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    assert_ok(put_text(&f, "a", 0, &e), &e);
    assert_ok(put_brand(&f, "x", 1, &e), &e);
    assert_int_equal(release(&f, 'a', &n, 1, NULL, 0, &e), 1);
    snprintf(dir, sizeof dir, "%s/backup", f.dir);
    snprintf(to, sizeof to, "%s/other", f.dir);
    snprintf(keys, sizeof keys, "%s.keys", f.path);
    assert_ok(store_backup(f.s, dir, &e), &e);
    store_close(f.s);
    options = f.options;
    options.path = to;
    options.keys = keys;
    assert_ok(store_restore(dir, &options, &e), &e);
    f.s = store_open(&options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(faults(&f, &last), 0);
    assert_source(&f, 0, "a");
    assert_string_equal(brand(&f)->name, "mal.pptx");
    assert_ok(round_release_numbers(f.s, f.round, 0, &f.arena, &list, &count,
                                    &e), &e);
    assert_int_equal(count, 1);
    fixture_remove(&f);
}

/* A store of format 3 is brought up to date when it is opened to be
 * written, with what is in it; for reading it is refused. */
static void
test_migrate_3(void **state)
{
    static const char *const gone[] = {
        "released_file", "released_number", "released", "reference", "focus",
        "publish_item", "publish_part", "brand", "round_text_version",
        "round_text"
    };
    struct fixture f;
    struct err e, last;
    char sql[64];

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    begin(&f);
    put(&f, 1, 1, 0, NULL);
    put_done(&f, 1, 1, 1);
    commit(&f);
    store_close(f.s);
    behind(&f, BACK_TO_4);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        snprintf(sql, sizeof sql, "drop table %s", gone[i]);
        behind(&f, sql);
    }
    behind(&f, "delete from schema_version where number > 3");
    f.options.mode = STORE_READ;
    f.s = store_open(&f.options, &e);
    assert_null(f.s);
    assert_string_equal(e.key, "store.older");
    err_clear(&e);
    f.options.mode = STORE_WRITE;
    f.s = store_open(&f.options, &e);
    assert_ok(f.s != NULL, &e);
    assert_int_equal(faults(&f, &last), 0);
    assert_ok(put_text(&f, "a", 0, &e), &e);
    assert_ok(put_brand(&f, "x", 1, &e), &e);
    assert_ok(round_load(f.s, "bergen-2025", &f.arena, &f.round, &e), &e);
    assert_int_equal(f.round->next_number, 2);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text), cmocka_unit_test(test_text_refused),
        cmocka_unit_test(test_text_versions), cmocka_unit_test(test_lock),
        cmocka_unit_test(test_release),
        cmocka_unit_test(test_release_ceilings),
        cmocka_unit_test(test_reference), cmocka_unit_test(test_focus),
        cmocka_unit_test(test_lists), cmocka_unit_test(test_brand),
        cmocka_unit_test(test_training), cmocka_unit_test(test_check),
        cmocka_unit_test(test_restore), cmocka_unit_test(test_migrate_3)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
