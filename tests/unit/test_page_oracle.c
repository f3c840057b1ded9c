/* test_page_oracle.c - a unit never learns that another unit has the same
 * person: two stores that differ only in another unit's registrations answer
 * one unit's every request alike.
 *
 * In one store the unit ost, tier 1, has registered the very persons that
 * ola of nord has, so that ola's do not count there; in the other it has
 * registered none. Then ola and lise, who leads nord, open every page that
 * there is, and ola registers persons whom ost has and whom it has not. The
 * answers must be the same bytes but for tokens and ids, and the statements
 * of the identity step the same work. */
#include "web_fixture.h"
#include "rank_time.h"
#include <string.h>
#include "store/store_private.h"
#include "store/work.h"
#include "web/exchange.h"
#include "web/page.h"

enum {
    OWN = 3, LATER = 6,         /* ola's from before; those to come */
    PAIRS = 150, LIMIT = 5      /* |z| that chance reaches once in a million
                                   runs */
};

/* A store, and what it answered. */
struct side {
    struct web w;
    struct buf said;            /* every answer, a line a part */
    char ids[OWN][64];          /* paths of ola's own */
    struct db_work work[LATER]; /* of each identity step */
};

static void
register_one(struct web *w, const char *who, const char *place, int n)
{
    const char *form = arena_printf(&w->arena, "place=%s&number=%s", place,
                                    web_number(w, n));

    assert_int_equal(web_post(w, who, "/rounds/r/register", form), 303);
}

/* All that WHO has is finished, on the day before. */
static void
finish_all(struct web *w, struct store *s, struct opened *o, const char *who)
{
    const struct actor actor = { .name = who, .rights = "mapper",
                                 .purpose = "test", .all_units = true };
    const struct work *list;
    struct err e = { 0 };
    int count;

    web_ok(work_list(s, &actor, o->round, &w->arena, &list, &count, &e), &e);
    for (int i = 0; i < count; i++) {
        struct work *own;

        web_ok(work_hold(s, &actor, o->round, list[i].public_id, false,
                         &w->arena, &own, &e), &e);
        web_ok(work_finish(s, &actor, o->round, own, NULL,
                           day_oslo(w->now_ms) - 1, &e), &e);
    }
}

/* The application rests; what is there is finished and settled. */
static void
settle(struct web *w)
{
    const struct actor all = { .name = "test", .rights = "coordinator",
                               .purpose = "test", .all_units = true };
    struct app_options options = { .store = w->options, .quiet = true };
    struct opened o;
    struct store *s;
    struct err e = { 0 };

    exchange_free(w->x);
    w->x = NULL;
    app_stop(w->app);
    w->app = NULL;
    s = store_open(&w->options, &e);
    web_ok(s != NULL, &e);
    web_ok(opened_init(&o, s, "r", &e), &e);
    web_ok(store_begin(s, &e), &e);
    finish_all(w, s, &o, "ola");
    finish_all(w, s, &o, "ost");
    web_ok(feed_settle(&o, &all, &e), &e);
    web_ok(store_commit(s, &e), &e);
    opened_clear(&o);
    store_close(s);
    w->app = app_start(&options, &e);
    web_ok(w->app != NULL, &e);
}

static void
side_start(struct side *side, bool known)
{
    struct web *w = &side->w;

    buf_init(&side->said, 0);
    web_begin(w);
    web_account(w, "ola", DUTY_MAPPER, "r", "nord");
    web_account(w, "kari", DUTY_MAPPER, "r", "nord");
    web_account(w, "lise", DUTY_LEADER, "r", "nord");
    web_account(w, "ost", DUTY_MAPPER, "r", "ost");
    web_account(w, "kare", DUTY_COORDINATOR, "", "");
    web_serve(w);
    for (int i = 0; i < OWN; i++) {
        register_one(w, "ola", "nord.2", i);
        strcpy(side->ids[i], web_header(w, "Location"));
    }
    register_one(w, "kari", "nord.2", OWN + LATER);
    for (int i = 0; known && i < OWN + LATER; i++)
        register_one(w, "ost", "ost.1", i);
    settle(w);
}

static bool
is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Length of a public id that TEXT begins with, 0 if with none. */
static size_t
id_length(const char *text)
{
    for (int i = 0; i < 36; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

        if (hyphen ? text[i] != '-' : !is_hex(text[i]))
            return 0;
    }
    return 36;
}

/* TEXT without what is drawn by chance: public ids, USER's token, the
 * request's id. */
static void
keep(struct side *side, const char *user, const char *text)
{
    const char *csrf = user[0] != '\0' ? web_user(&side->w, user)->csrf
                                       : "\n";
    const char *request = exchange_request(side->w.x)->id;

    while (*text != '\0') {
        size_t n = id_length(text);

        if (n == 0 && strncmp(text, csrf, strlen(csrf)) == 0)
            n = strlen(csrf);
        if (n == 0 && strncmp(text, request, strlen(request)) == 0)
            n = strlen(request);
        if (n > 0)
            buf_text(&side->said, "ID");
        else
            buf_byte(&side->said, *text);
        text += n > 0 ? n : 1;
    }
    buf_byte(&side->said, '\n');
}

static void
keep_answer(struct side *side, const char *user, const char *what)
{
    struct web *w = &side->w;

    keep(side, user, what);
    buf_printf(&side->said, "%d\n", w->status);
    keep(side, user, web_header(w, "Location"));
    for (int i = 0; response_header_at(w->x, "Set-Cookie", i) != NULL; i++)
        keep(side, user, response_header_at(w->x, "Set-Cookie", i));
    keep(side, user, w->body);
}

/* The path of D with its parameters filled in; NULL where one is not known
 * here. */
static const char *
path_of(struct side *side, const struct page_def *d)
{
    struct arena *arena = &side->w.arena;
    const char *id = strrchr(side->ids[0], '/') + 1;
    const struct { const char *name, *value; } known[] = {
        { "{round}", "r" }, { "{unit}", "nord" }, { "{id}", id },
        { "{report}", "unit" }
    };
    const char *path = d->path;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *at = strstr(path, known[i].name);

        if (at != NULL)
            path = arena_printf(arena, "%.*s%s%s", (int)(at - path), path,
                                known[i].value,
                                at + strlen(known[i].name));
    }
    return strchr(path, '{') == NULL ? path : NULL;
}

/* Rows that draw secrets by chance, or tell of the machine and the time. */
static bool
is_left_out(const char *path)
{
    return strcmp(path, "/metrics") == 0 || strncmp(path, "/account", 8) == 0
           || strncmp(path, "/login", 6) == 0;
}

/* Every page that is only read. */
static int
read_all(struct side *side, const char *user)
{
    int count = 0;

    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        const char *path = path_of(side, d);

        if (strcmp(d->method, "GET") != 0 || path == NULL
            || is_left_out(path))
            continue;
        web_get(&side->w, user, path);
        keep_answer(side, user, d->path);
        count++;
    }
    return count;
}

/* Of the writer's store and this thread's own, together. */
static struct db_work
work_done(struct web *w)
{
    struct err e = { 0 };
    struct seat *l = app_seat(w->app, &e);
    struct db_work a, b;

    web_ok(l != NULL, &e);
    db_work(seat_store(l)->db, &a);
    db_work(w->app->writer_store->db, &b);
    return (struct db_work){
        .statements = a.statements + b.statements,
        .steps = a.steps + b.steps,
        .instructions = a.instructions + b.instructions,
        .changes = a.changes + b.changes, .order = a.order ^ b.order
    };
}

static void
identity_steps(struct side *side)
{
    struct web *w = &side->w;

    for (int i = 0; i < LATER; i++) {
        struct db_work before = work_done(w), after;

        register_one(w, "ola", "nord.2", OWN + i);
        keep_answer(side, "ola", "identity");
        after = work_done(w);
        side->work[i] = (struct db_work){
            .statements = after.statements - before.statements,
            .steps = after.steps - before.steps,
            .changes = after.changes - before.changes,
            .instructions = after.instructions - before.instructions,
            .order = after.order
        };
    }
}

/* What a mapper may do with what is there already. */
static void
other_steps(struct side *side)
{
    struct web *w = &side->w;
    const char *form;

    form = arena_printf(&w->arena, "place=nord.2&number=%s",
                        web_number(w, 0));
    web_post(w, "ola", "/rounds/r/register", form);
    keep_answer(side, "ola", "own");
    web_post(w, "kari", "/rounds/r/register", form);
    keep_answer(side, "kari", "a colleague's");
    form = arena_printf(&w->arena, "number=%s",
                        web_number(w, OWN + LATER));
    web_post(w, "ola", arena_printf(&w->arena, "%s/person", side->ids[1]),
             form);
    keep_answer(side, "ola", "replace: a colleague's");
    form = arena_printf(&w->arena, "number=%s", web_number(w, 40));
    web_post(w, "ola", arena_printf(&w->arena, "%s/person", side->ids[1]),
             form);
    keep_answer(side, "ola", "replace: nobody's");
}

/* The first line where they differ. */
static void
assert_alike(const struct side *a, const struct side *b)
{
    const char *x = buf_string(&a->said), *y = buf_string(&b->said);
    const char *line = x;

    if (strcmp(x, y) == 0)
        return;
    for (size_t i = 0; x[i] == y[i]; i++)
        if (x[i] == '\n')
            line = x + i + 1;
    fail_msg("they differ:\n%.300s\n%.300s", line, y + (line - x));
}

static void
run(struct side *side)
{
    const char *const users[] = { "ola", "lise", "kari" };

    identity_steps(side);
    other_steps(side);
    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++)
        assert_true(read_all(side, users[i]) > 10);
}

static void
test_alike(void **state)
{
    static struct side none, known;

    (void)state;
    side_start(&none, false);
    side_start(&known, true);
    run(&none);
    run(&known);
    assert_alike(&none, &known);
    for (int i = 0; i < LATER; i++) {
        const struct db_work *a = &none.work[i], *b = &known.work[i];

        assert_true(a->statements > 5);
        assert_int_equal(a->statements, b->statements);
        assert_int_equal(a->steps, b->steps);
        assert_int_equal(a->changes, b->changes);
        assert_int_equal(a->instructions, b->instructions);
        assert_true(a->order == b->order);
    }
    /* But they do differ: who may see all units sees it. */
    assert_true(read_all(&none, "kare") > 10);
    assert_true(read_all(&known, "kare") > 10);
    assert_string_not_equal(buf_string(&none.said),
                            buf_string(&known.said));
    buf_clear(&none.said);
    buf_clear(&known.said);
    web_stop(&none.w);
    web_stop(&known.w);
}

/* The time of the step, for persons whom another unit has and whom it has
 * not, in turn. */
static void
test_times(void **state)
{
    static struct sample samples[2 * PAIRS];
    struct web w;
    double z2;

    (void)state;
    web_begin(&w);
    web_account(&w, "ola", DUTY_MAPPER, "r", "nord");
    web_account(&w, "ost", DUTY_MAPPER, "r", "ost");
    web_serve(&w);
    for (int i = 0; i < PAIRS; i++)
        register_one(&w, "ost", "ost.1", i);
    /* Which kind is first in a pair changes, in a pattern with no period. */
    for (int i = 0; i < 2 * PAIRS; i++) {
        uint32_t pair = (uint32_t)i / 2;
        int known = (int)((pair * 2654435761u >> 16 ^ (uint32_t)i) & 1);
        int64_t start = now_ns();

        register_one(&w, "ola", "nord.2",
                     (int)pair + (known ? 0 : PAIRS));
        samples[i] = (struct sample){ now_ns() - start, known };
    }
    z2 = rank_z2(samples, 2 * PAIRS);
    print_message("z squared %.2f\n", z2);
    assert_true(z2 < LIMIT * LIMIT);
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
