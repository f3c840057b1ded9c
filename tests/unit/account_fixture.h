/* account_fixture.h - for the tests of accounts: a store with "ola" in it. */
#ifndef ACCOUNT_FIXTURE_H
#define ACCOUNT_FIXTURE_H
#include "store_fixture.h"
#include "store/account.h"

static const char good[] = "riktig hest batteri";

static inline void
add(struct fixture *f, const char *id, const char *name)
{
    struct err e;

    err_clear(&e);
    assert_ok(account_add(f->s, &everyone, id, name, LANG_NN, &e), &e);
}

/* A store with the account "ola", in an open transaction. */
static inline void
with_ola(struct fixture *f)
{
    struct err e;

    err_clear(&e);
    fixture_store(f);
    assert_ok(store_begin(f->s, &e), &e);
    add(f, "ola", "Ola Nordmann");
}

static inline const struct account *
find(struct fixture *f, const char *id)
{
    const struct account *a;
    struct err e;

    err_clear(&e);
    assert_ok(account_find(f->s, id, &f->arena, &a, &e), &e);
    return a;
}

static inline bool
check(struct fixture *f, const char *id, const char *password,
      int64_t *wait)
{
    struct err e;
    bool right;

    err_clear(&e);
    assert_ok(account_check_password(f->s, id, password, &right, wait, &e),
              &e);
    return right;
}

#endif
