/* test_handover.c - a registration goes from one mapper to another, within
 * the unit, and is found by nobody else. */
#include "store_fixture.h"
#include "store/handover.h"

static const char *const nord[] = { "nord" };
static const char *const vest[] = { "vest" };

static struct actor
mapper(const char *name, const char *const *unit)
{
    return (struct actor){
        .name = name, .rights = "mapper", .purpose = "form",
        .units = unit, .unit_count = 1
    };
}

static struct work *
start(struct fixture *f, const struct actor *actor, int unit, int who)
{
    const struct work_change c = {
        .definition = 1, .answers = (const uint8_t *)"x", .answers_len = 1
    };
    uint8_t pseudonym[16];
    struct work *w;
    struct err e;

    err_clear(&e);
    person_bytes(who, pseudonym, 16);
    begin(f);
    assert_ok(work_start(f->s, actor, f->round, unit, 1, pseudonym, &c,
                         &f->arena, &w, &e), &e);
    commit(f);
    return w;
}

static struct work *
find(struct fixture *f, const struct actor *actor, const struct work *w)
{
    struct work *found;
    struct err e;

    err_clear(&e);
    assert_ok(work_find(f->s, actor, f->round, w->public_id, false,
                        &f->arena, &found, &e), &e);
    return found;
}

/* Commits if OK. */
static bool
end(struct fixture *f, bool ok, struct err *e)
{
    if (ok)
        return store_commit(f->s, e);
    store_rollback(f->s);
    return false;
}

static bool
ask(struct fixture *f, const struct actor *actor, const char *of,
    int running, int tier, struct err *e)
{
    begin(f);
    return end(f, handover_ask(f->s, actor, f->round, 0, tier, of, running,
                               e), e);
}

static const struct handover *
list(struct fixture *f, const struct actor *actor, int64_t since, int *n)
{
    const struct handover *h;
    struct err e;

    err_clear(&e);
    assert_ok(handover_list(f->s, actor, f->round, since, &f->arena, &h, n,
                            &e), &e);
    return h;
}

static bool
decide(struct fixture *f, const struct actor *actor, const struct work *w,
       const char *to, bool yes, struct err *e)
{
    begin(f);
    return end(f, handover_decide(f->s, actor, f->round, w->public_id, to,
                                  yes, e), e);
}

static void
test_asked(void **state)
{
    const struct actor ola = mapper("ola", nord), eva = mapper("eva", nord),
                       ida = mapper("ida", nord), per = mapper("per", vest);
    static const uint8_t zeros[16];
    struct fixture f;
    const struct handover *h;
    struct work *w, *mine;
    struct err e, last;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    start(&f, &eva, 0, 2);
    assert_fails(ask(&f, &per, "ola", 1, 1, &e), &e, ERR_INPUT,
                 "registration.unit_denied");
    assert_fails(ask(&f, &eva, "ola", 2, 1, &e), &e, ERR_INPUT,
                 "handover.unknown");
    assert_fails(ask(&f, &eva, "ola", 1, 2, &e), &e, ERR_INPUT,
                 "handover.unknown");
    assert_fails(ask(&f, &ola, "ola", 1, 1, &e), &e, ERR_INPUT,
                 "handover.own");
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    assert_ok(ask(&f, &ida, "ola", 1, 1, &e), &e);

    h = list(&f, &ola, 0, &n);
    assert_int_equal(n, 2);
    assert_string_equal(h[1].to, "eva");
    assert_memory_equal(h[1].public_id, w->public_id, 16);
    h = list(&f, &eva, 0, &n);
    assert_int_equal(n, 1);
    assert_memory_equal(h[0].public_id, zeros, 16);
    assert_int_equal(h[0].outcome, HANDOVER_OPEN);

    assert_fails(decide(&f, &eva, w, "eva", true, &e), &e, ERR_INPUT,
                 "handover.unknown");
    assert_fails(decide(&f, &ola, w, "kim", true, &e), &e, ERR_INPUT,
                 "handover.unknown");
    assert_ok(decide(&f, &ola, w, "eva", true, &e), &e);
    assert_null(find(&f, &ola, w));
    mine = find(&f, &eva, w);
    assert_non_null(mine);
    assert_int_equal(mine->running, 2);
    assert_int_equal(mine->revision, 2);
    h = list(&f, &eva, 0, &n);
    assert_int_equal(n, 1);
    assert_int_equal(h[0].outcome, HANDOVER_GIVEN);
    assert_int_equal(h[0].got, 2);
    assert_memory_equal(h[0].public_id, w->public_id, 16);
    h = list(&f, &ida, 0, &n);
    assert_int_equal(h[0].outcome, HANDOVER_VOID);
    list(&f, &ida, f.fixed.now_ms + 1, &n);
    assert_int_equal(n, 0);
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_declined(void **state)
{
    const struct actor ola = mapper("ola", nord), eva = mapper("eva", nord);
    struct fixture f;
    const struct handover *h;
    struct work *w;
    struct err e;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    assert_ok(decide(&f, &ola, w, "eva", false, &e), &e);
    assert_fails(decide(&f, &ola, w, "eva", true, &e), &e, ERR_INPUT,
                 "handover.unknown");
    assert_non_null(find(&f, &ola, w));
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    begin(&f);
    assert_ok(end(&f, handover_cancel(f.s, &eva, f.round, "ola", 1, &e),
                  &e), &e);
    begin(&f);
    assert_fails(end(&f, handover_cancel(f.s, &eva, f.round, "ola", 1, &e),
                     &e), &e, ERR_INPUT, "handover.unknown");
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    begin(&f);
    assert_ok(end(&f, work_withdraw(f.s, &ola, f.round, w, "", &e), &e),
              &e);
    h = list(&f, &eva, 0, &n);
    assert_int_equal(n, 3);
    assert_int_equal(h[0].outcome, HANDOVER_VOID);
    assert_int_equal(h[1].outcome, HANDOVER_CANCELLED);
    assert_int_equal(h[2].outcome, HANDOVER_DECLINED);
    assert_fails(ask(&f, &eva, "ola", 1, 1, &e), &e, ERR_INPUT,
                 "handover.unknown");
    fixture_remove(&f);
}

/* Given unasked, and by the leader; a window left open is refused. */
static void
test_given(void **state)
{
    const struct actor ola = mapper("ola", nord), eva = mapper("eva", nord),
                       boss = mapper("boss", nord),
                       other = mapper("other", vest);
    const struct work_change c = {
        .definition = 1, .answers = (const uint8_t *)"y", .answers_len = 1
    };
    struct fixture f;
    struct work *w;
    struct err e, last;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    w = start(&f, &ola, 0, 1);
    begin(&f);
    assert_fails(end(&f, handover_give(f.s, &ola, f.round, w->public_id,
                                       "ola", &e), &e), &e, ERR_INPUT,
                 "handover.own");
    begin(&f);
    assert_fails(end(&f, handover_give(f.s, &eva, f.round, w->public_id,
                                       "eva", &e), &e), &e, ERR_INPUT,
                 "handover.unknown");
    begin(&f);
    assert_ok(end(&f, handover_give(f.s, &ola, f.round, w->public_id, "eva",
                                    &e), &e), &e);
    begin(&f);
    assert_fails(end(&f, work_save(f.s, &ola, f.round, w, &c, &e), &e), &e,
                 ERR_INPUT, "work.changed");
    begin(&f);
    assert_fails(end(&f, handover_move(f.s, &other, f.round, 0, "eva", 1,
                                       "ola", &e), &e), &e, ERR_INPUT,
                 "registration.unit_denied");
    begin(&f);
    assert_fails(end(&f, handover_move(f.s, &other, f.round, 2, "eva", 1,
                                       "ola", &e), &e), &e, ERR_INPUT,
                 "handover.unknown");
    begin(&f);
    assert_ok(end(&f, handover_move(f.s, &boss, f.round, 0, "eva", 1, "ola",
                                    &e), &e), &e);
    assert_int_equal(find(&f, &ola, w)->running, 2);
    assert_null(find(&f, &eva, w));
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

static void
test_gone(void **state)
{
    const struct actor ola = mapper("ola", nord), eva = mapper("eva", nord);
    struct fixture f;
    uint8_t pseudonym[16];
    struct err e, last;
    int64_t deleted;
    int n;

    (void)state;
    err_clear(&e);
    fixture_store(&f);
    start(&f, &ola, 0, 1);
    assert_ok(ask(&f, &eva, "ola", 1, 1, &e), &e);
    person_bytes(1, pseudonym, 16);
    begin(&f);
    assert_ok(end(&f, optout_add(f.s, &everyone, f.round, pseudonym,
                                 &deleted, &e), &e), &e);
    list(&f, &eva, 0, &n);
    assert_int_equal(n, 0);
    start(&f, &ola, 0, 2);
    begin(&f);
    assert_ok(end(&f, round_set_status(f.s, &everyone, f.round,
                                       ROUND_CLOSED, "", &e), &e), &e);
    assert_fails(ask(&f, &eva, "ola", 2, 1, &e), &e, ERR_INPUT,
                 "work.closed");
    assert_int_equal(faults(&f, &last), 0);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asked), cmocka_unit_test(test_declined),
        cmocka_unit_test(test_given), cmocka_unit_test(test_gone)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
