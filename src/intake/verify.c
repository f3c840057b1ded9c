/* verify.c - whether what the store holds could have been registered. */
#include <string.h>
#include "calc/check.h"
#include "calc/derive.h"
#include "calc/ident.h"
#include "feed/columned.h"
#include "feed/rounds.h"
#include "feed/settle.h"
#include "intake/intake.h"
#include "store/cache.h"
#include "store/key.h"

struct verifying {
    const struct opened *o;
    void (*say)(void *ctx, const struct err *fault);
    void *ctx;
    int64_t faults;
    int64_t number;             /* of the registration looked at */
};

static void
tell(struct verifying *v, const struct err *fault)
{
    v->faults++;
    v->say(v->ctx, fault);
}

/* A fault of the answers, without the answers: what may not be said is in
 * the key, what was said is nobody's business. */
static void
say_check(void *ctx, const struct err *fault)
{
    struct verifying *v = ctx;
    struct err f = { .code = ERR_NONE };

    err_set(&f, ERR_INPUT, "verify.answers", "%s %lld %s", v->o->round->id,
            (long long)v->number, fault->field);
    tell(v, &f);
}

static void
say_damaged(struct verifying *v)
{
    struct err f = { .code = ERR_NONE };

    err_set(&f, ERR_INPUT, "verify.damaged", "%s %lld", v->o->round->id,
            (long long)v->number);
    tell(v, &f);
}

static bool
check_rows(struct verifying *v, const struct actor *actor, struct err *e)
{
    /* A closed round's key may have been destroyed; that is no damage. */
    bool sealed = v->o->round->status != ROUND_CLOSED
               || key_exists(store_keys(v->o->store), v->o->round->id);
    struct scan_ask ask = { .with_sealed = sealed, .what = "check" };
    struct check_listener listener = { say_check, v, LANG_EN };
    struct decoder d;
    const struct registration *r;
    struct scan *scan = scan_begin(v->o->store, actor, v->o->round, &ask, e);
    bool ok = scan != NULL;

    if (!ok)
        return false;
    decoder_init(&d, v->o);
    while (ok && (ok = scan_next(scan, &r, e)) && r != NULL) {
        struct err own = { .code = ERR_NONE };

        v->number = r->number;
        if (decode(&d, r, &own)) {
            check_registration(v->o->in, &d.row,
                               r->status == STATUS_COMPLETE
                               ? CHECK_ASKED | CHECK_COMPLETE : 0, &listener);
        } else if (own.code == ERR_INPUT) {
            say_damaged(v);
        } else {
            *e = own;
            ok = false;
        }
    }
    decoder_clear(&d);
    return scan_end(scan, e) && ok;
}

static bool
compare(void *ctx, int64_t number, int64_t by, int64_t now, int64_t size,
        struct err *e)
{
    struct verifying *v = ctx;
    struct err f = { .code = ERR_NONE };

    (void)size;
    (void)e;
    if (by == now)
        return true;
    err_set(&f, ERR_INPUT, "verify.superseded", "%s %lld",
            v->o->round->id, (long long)number);
    tell(v, &f);
    return true;
}

bool
intake_check(struct opened *o, const struct actor *actor,
             void (*say)(void *ctx, const struct err *fault), void *ctx,
             int64_t *faults, struct err *e)
{
    const struct columned one = { o->store, o->round->id, o->in, o, 1 };
    struct verifying v = { .o = o, .say = say, .ctx = ctx };
    struct settling *s;
    bool ok = true;

    if (!check_rows(&v, actor, e)
        || !columned_check(&one, actor, say, ctx, &v.faults, e))
        return false;
    /* What can't be read can't compete either. */
    if (v.faults == 0 && !o->round->settle_due) {
        s = settling_new(o, actor, e);
        if (s == NULL)
            return false;
        ok = settling_each(s, compare, &v, e);
        settling_free(s);
    }
    *faults += v.faults;
    return ok;
}

bool
intake_check_all(struct store *s, const struct actor *actor,
                 void (*say)(void *ctx, const struct err *fault), void *ctx,
                 int64_t *faults, struct err *e)
{
    const char *const *round;
    struct rounds all;
    struct arena arena;
    bool ok = columned_tidy(s, e), there = false;

    arena_init(&arena);
    for (round = cache_rounds(store_path(s), &arena); *round != NULL; round++)
        there = there || strcmp(*round, CACHE_ALL) == 0;
    arena_clear(&arena);
    if (!ok || !there)
        return ok;
    ok = rounds_init(&all, s, CACHE_ALL, e);
    if (ok) {
        const struct columned c = { s, CACHE_ALL, all.in, all.part,
                                    all.count };

        ok = columned_check(&c, actor, say, ctx, faults, e);
    } else if (e->code == ERR_INPUT) {      /* nobody can ask for it */
        err_clear(e);
        cache_drop(store_path(s), CACHE_ALL);
        ok = true;
    }
    rounds_clear(&all);
    return ok;
}

bool
intake_pseudonym(const struct opened *o, char *typed,
                 uint8_t out[PSEUDONYM_BYTES], struct err *e)
{
    static const char *const why[] = {
        [IDENT_WHY_FORM] = "ident.form", [IDENT_WHY_DATE] = "ident.date",
        [IDENT_WHY_CONTROL] = "ident.control"
    };
    size_t len = strlen(typed);
    struct ident ident = ident_check(typed, len);
    struct round_key key;
    bool ok = true;

    if (ident.kind == IDENT_BAD)
        ok = err_set(e, ERR_INPUT, why[ident.why], "");
    else if (ident.synthetic != o->round->synthetic)
        ok = err_set(e, ERR_INPUT, o->round->synthetic
                                   ? "ident.not_synthetic"
                                   : "ident.synthetic", "");
    else
        ok = key_load(store_keys(o->store), o->round->id, &key, e);
    if (ok) {
        key_pseudonym(&key, typed, out);
        key_wipe(&key);
    }
    explicit_bzero(typed, len);
    return ok;
}
