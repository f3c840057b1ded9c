/* web_fixture.c - see web_fixture.h. */
#include "web_fixture.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/embed.h"
#include "intake/intake.h"

#define UNITS_CSV "unit,name,tier,number_required,sector\n" \
                  "nord,Nord,1=Vedtak|2,,health\n" \
                  "sor,S\xC3\xB8r,2|3,,social\n" \
                  "ost,Ost,1,1,health\n"

enum { MUNICIPALITY = 1201 };

/* 2014-06-01 12:00 in Oslo */
static const int64_t noon_ms = INT64_C(1401616800000);

const struct actor web_maker = {
    .name = "fixture", .rights = "coordinator", .purpose = "test",
    .all_units = true
};

static int64_t
tell(void *ctx)
{
    const struct web *w = ctx;

    return atomic_load(&w->now_ms);
}

void
web_begin(struct web *w)
{
    struct err e = { 0 };

    memset(w, 0, sizeof *w);
    strcpy(w->dir, "/tmp/brukerplan-web.XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    snprintf(w->path, sizeof w->path, "%s/store", w->dir);
    atomic_store(&w->now_ms, noon_ms);
    w->options = (struct store_options){
        .path = w->path, .mode = STORE_WRITE, .clock = { tell, w },
        .random = random_system()
    };
    w->body = "";
    arena_init(&w->arena);
    web_ok(store_create(&w->options, &e), &e);
    w->s = store_open(&w->options, &e);
    web_ok(w->s != NULL, &e);
    web_ok(store_begin(w->s, &e), &e);
    web_round(w, "r", 2014, "");
    web_round(w, "r2", 2015, "");
    web_round(w, "r-ovelse", 2014, "r");
}

static void
hear(void *ctx, const struct err *e)
{
    (void)ctx;
    fail_msg("%s %s %ld", e->key, e->field, e->at.line);
}

int
web_import(struct web *w, const char *round, const char *csv, size_t len)
{
    const struct listener l = { hear, hear, NULL, NULL, LANG_EN };
    struct import_result result;
    struct opened o;
    struct err e = { 0 };

    web_ok(opened_init(&o, w->s, round, &e), &e);
    web_ok(import_memory(&o, &web_maker, "people.csv", csv, len, &l,
                         &result, &e), &e);
    opened_clear(&o);
    return (int)result.rows;
}

void
web_round(struct web *w, const char *id, int year, const char *training_of)
{
    static const uint8_t key[KEY_BYTES] = "a published key, nothing secret";
    const struct listener l = { hear, hear, NULL, NULL, LANG_EN };
    struct round r = {
        .id = id, .municipality = MUNICIPALITY, .year = year, .period = 5,
        .from_age = 18, .title = arena_printf(&w->arena, "Bergen %d", year),
        .synthetic = true, .training_of = training_of, .next_number = 1
    };
    struct definition d = { .number = 1, .switched_on = "" };
    struct err e = { 0 };

    d.text = embed_find("instruments/brukerplan-2014.yaml", &d.len);
    for (int i = 0; i < LAWFUL_COUNT; i++)
        r.lawful[i] = "";
    web_ok(units_memory("units.csv", UNITS_CSV, strlen(UNITS_CSV), &w->arena,
                        &l, &r.units, &r.unit_count, &e), &e);
    web_ok(round_add(w->s, &web_maker, &r, &d, key, &e), &e);
}

void
web_grant(struct web *w, const char *id, enum duty duty, const char *round,
          const char *unit, int tier)
{
    struct grant g = { .account = id, .duty = duty, .round = round,
                       .unit = unit, .tier = tier };
    struct err e = { 0 };

    web_ok(grant_add(w->s, &web_maker, &g, &e), &e);
}

void
web_account(struct web *w, const char *id, enum duty duty, const char *round,
            const char *unit)
{
    struct web_user *u = &w->user[w->users];
    const struct session *session;
    struct err e = { 0 };

    assert_in_range(w->users, 0, WEB_USERS - 1);
    w->users++;
    u->id = id;
    web_ok(account_add(w->s, &web_maker, id, arena_printf(&w->arena, "Navn %s",
                                                      id), LANG_NB, &e), &e);
    web_grant(w, id, duty, round, unit, 0);
    web_ok(session_begin(w->s, id, "password", SESSION_SIGNED_IN, u->token,
                         &e), &e);
    web_ok(session_find(w->s, u->token, noon_ms, &w->arena, &session, &e),
           &e);
    assert_non_null(session);
    memcpy(u->csrf, session->csrf, sizeof u->csrf);
}

void
web_password(struct web *w, const char *id)
{
    const struct actor self = { .name = id, .all_units = true };
    char hash[PASSWORD_HASH];
    struct err e = { 0 };

    password_hash(store_random(w->s), WEB_PASSWORD, hash);
    web_ok(account_set_hash(w->s, &self, id, hash, NULL, &e), &e);
}

void
web_serve(struct web *w)
{
    struct app_options o = { .store = w->options, .quiet = true };
    struct err e = { 0 };

    web_ok(store_commit(w->s, &e), &e);
    store_close(w->s);
    w->s = NULL;
    w->app = app_start(&o, &e);
    web_ok(w->app != NULL, &e);
}

void
web_close(struct web *w, const char *id)
{
    struct round *r;
    struct err e = { 0 };

    web_ok(round_load(w->s, id, &w->arena, &r, &e), &e);
    web_ok(round_set_status(w->s, &web_maker, r, ROUND_CLOSED, "", &e), &e);
}

void
web_people(struct web *w)
{
    web_account(w, "kari", DUTY_MAPPER, "r", "nord");
    web_grant(w, "kari", DUTY_MAPPER, "r", "sor", 0);
    web_account(w, "ola", DUTY_MAPPER, "r", "nord");
    web_account(w, "siri", DUTY_MAPPER, "r", "sor");
    web_account(w, "rune", DUTY_RESOURCE, "r", "nord");
    web_account(w, "lise", DUTY_LEADER, "r", "nord");
    web_account(w, "kare", DUTY_COORDINATOR, "", "");
    web_account(w, "grete", DUTY_GROUP, "", "");
    web_account(w, "anders", DUTY_ANALYST, "", "");
    web_account(w, "petra", DUTY_DPO, "", "");
    web_account(w, "arne", DUTY_ADMIN, "", "");
    web_account(w, "fremmed", DUTY_COORDINATOR, "r2", "");
}

void
web_start(struct web *w)
{
    web_begin(w);
    web_people(w);
    web_serve(w);
}

void
web_stop(struct web *w)
{
    char command[128];

    exchange_free(w->x);
    app_stop(w->app);
    store_close(w->s);
    arena_clear(&w->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", w->dir);
    assert_int_equal(system(command), 0);
}

const struct web_user *
web_user(struct web *w, const char *id)
{
    for (int i = 0; i < w->users; i++)
        if (strcmp(w->user[i].id, id) == 0)
            return &w->user[i];
    fail_msg("no account %s", id);
    return NULL;
}

int
web_send(struct web *w, const char *cookie, enum http_method method,
         const char *target, const struct http_pair *headers, int count,
         const char *body)
{
    struct http_pair all[16];
    struct response *r;

    assert_in_range(count, 0, 14);
    for (int i = 0; i < count; i++)
        all[i] = headers[i];
    if (cookie != NULL)
        all[count++] = (struct http_pair){ "Cookie", cookie };
    exchange_free(w->x);
    w->x = exchange_fake(method, target, all, count, body,
                         body != NULL ? strlen(body) : 0);
    w->status = exchange_run(&w->app->http, w->x);
    r = exchange_response(w->x);
    w->body = r->fixed != NULL ? r->fixed : buf_string(&r->body);
    return w->status;
}

/* Its cookie, NULL for "". */
static const char *
cookie_of(struct web *w, const char *user)
{
    if (user[0] == '\0')
        return NULL;
    return arena_printf(&w->arena, "brukerplan=%s",
                        web_user(w, user)->token);
}

int
web_get(struct web *w, const char *user, const char *target)
{
    return web_send(w, cookie_of(w, user), HTTP_GET, target, NULL, 0, NULL);
}

int
web_post(struct web *w, const char *user, const char *target,
         const char *form)
{
    const struct http_pair type = {
        "Content-Type", "application/x-www-form-urlencoded"
    };
    const char *csrf = user[0] != '\0' ? web_user(w, user)->csrf : "";
    const char *body = arena_printf(&w->arena, "csrf=%s%s%s", csrf,
                                    form[0] != '\0' ? "&" : "", form);

    return web_send(w, cookie_of(w, user), HTTP_POST, target, &type, 1,
                    body);
}

int
web_json(struct web *w, const char *user, enum http_method method,
         const char *target, const char *body)
{
    struct http_pair headers[2];
    int n = 0;

    if (body != NULL)
        headers[n++] = (struct http_pair){ "Content-Type",
                                           "application/json" };
    if (user[0] != '\0')
        headers[n++] = (struct http_pair){ .name = "X-CSRF-Token",
                                           .value = web_user(w,
                                                             user)->csrf };
    return web_send(w, cookie_of(w, user), method, target, headers, n, body);
}

const char *
web_header(struct web *w, const char *name)
{
    const char *value = response_header_at(w->x, name, 0);

    return value != NULL ? value : "";
}

const char *
web_number(struct web *w, int n)
{
    static const int k1[9] = { 3, 7, 6, 1, 8, 9, 4, 5, 2 };
    static const int k2[10] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };

    for (int three = 0, found = 0; three < 500; three++) {
        int d[11] = { 0, 1, 8, 1, 8, 0, three / 100, three / 10 % 10,
                      three % 10, 0, 0 };
        int sum = 0;
        char text[12] = "";

        for (int i = 0; i < 9; i++)
            sum += k1[i] * d[i];
        d[9] = (11 - sum % 11) % 11;
        sum = 0;
        for (int i = 0; i < 10; i++)
            sum += k2[i] * d[i];
        d[10] = (11 - sum % 11) % 11;
        if (d[9] == 10 || d[10] == 10 || three % 2 != n % 2)
            continue;
        if (found++ < n / 2)
            continue;
        for (int i = 0; i < 11; i++)
            text[i] = (char)('0' + d[i]);
        return arena_text(&w->arena, text);
    }
    fail_msg("no such number: %d", n);
    return NULL;
}
