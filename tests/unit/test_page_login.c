/* test_page_login.c - logging in: each step, and what it must not do. */
#include <stdio.h>
#include <string.h>
#include "base/totp.h"
#include "web_fixture.h"

/* What one browser keeps: the session's cookie, and the token of the last
 * page's forms. */
struct browser {
    struct web *w;
    char token[SESSION_TOKEN];
    char csrf[SESSION_CSRF];
};

static void
keep_cookie(struct browser *b)
{
    const char *line;

    for (int i = 0; (line = response_header_at(b->w->x, "Set-Cookie", i))
                    != NULL; i++) {
        if (strncmp(line, "brukerplan=", 11) != 0)
            continue;
        assert_non_null(strstr(line, "HttpOnly; SameSite=Lax"));
        snprintf(b->token, sizeof b->token, "%.*s",
                 (int)strcspn(line + 11, ";"), line + 11);
    }
}

/* The value that stands behind MARK on the last page, "" if it is not
 * there. */
static const char *
behind(struct browser *b, const char *mark)
{
    const char *at = strstr(b->w->body, mark);

    if (at == NULL)
        return "";
    at += strlen(mark);
    return arena_text_n(&b->w->arena, at, strcspn(at, "\""));
}

static void
keep(struct browser *b)
{
    const char *csrf = behind(b, "name=\"csrf\" value=\"");

    keep_cookie(b);
    if (csrf[0] != '\0')
        snprintf(b->csrf, sizeof b->csrf, "%s", csrf);
}

static const char *
cookie(struct browser *b)
{
    return b->token[0] == '\0' ? NULL
           : arena_printf(&b->w->arena, "brukerplan=%s", b->token);
}

static int
get(struct browser *b, const char *target)
{
    int status = web_send(b->w, cookie(b), HTTP_GET, target, NULL, 0, NULL);

    keep(b);
    return status;
}

static int
post(struct browser *b, const char *target, const char *form)
{
    const struct http_pair type = {
        "Content-Type", "application/x-www-form-urlencoded"
    };
    const char *body = arena_printf(&b->w->arena, "csrf=%s&%s", b->csrf,
                                    form);
    int status = web_send(b->w, cookie(b), HTTP_POST, target, &type, 1,
                          body);

    keep(b);
    return status;
}

#define PASSWORD "password=riktig+hest+batteri"

/* kari, mapper of nord in r; lise, its leader; both with a password. */
static void
start(struct web *w)
{
    web_begin(w);
    web_account(w, "kari", DUTY_MAPPER, "r", "nord");
    web_account(w, "lise", DUTY_LEADER, "r", "nord");
    web_account(w, "arne", DUTY_ADMIN, "", "");
    web_password(w, "kari");
    web_password(w, "lise");
    web_serve(w);
}

static const char *
location(struct browser *b)
{
    return arena_text(&b->w->arena, web_header(b->w, "Location"));
}

static void
logs_in(void **state)
{
    struct browser b = { 0 };
    struct web w;

    (void)state;
    start(&w);
    b.w = &w;
    assert_int_equal(get(&b, "/account"), 303);
    assert_string_equal(location(&b), "/login?next=/account");
    assert_int_equal(get(&b, location(&b)), 200);
    assert_string_equal(behind(&b, "name=\"next\" value=\""), "/account");
    assert_int_equal(post(&b, "/login", "id=+KARI+&next=/account&" PASSWORD),
                     303);
    assert_string_equal(location(&b), "/account");
    assert_int_equal(get(&b, "/account"), 200);
    assert_int_equal(get(&b, "/login?next=/account"), 303);
    assert_int_equal(post(&b, "/logout", ""), 303);
    assert_int_equal(get(&b, "/rights?a=%C3%A6+1&b=2"), 200);
    assert_int_equal(get(&b, "/log?who=a%26b&on=%C3%A6"), 303);
    assert_string_equal(location(&b), "/login?next=/log%3Fwho%3Da%2526b%26"
                        "on%3D%25C3%25A6");
    assert_int_equal(get(&b, location(&b)), 200);
    assert_string_equal(behind(&b, "name=\"next\" value=\""),
                        "/log?who=a%26b&amp;on=%C3%A6");
    assert_int_equal(post(&b, "/login", "id=kari&" PASSWORD
                          "&next=/log?who%3Da%2526b"), 303);
    assert_string_equal(location(&b), "/log?who=a%26b");
    web_stop(&w);
}

/* The page after a wrong password of ID, without ID itself. */
static const char *
refusal(struct browser *b, const char *id)
{
    char *page;

    assert_int_equal(post(b, "/login", arena_printf(
        &b->w->arena, "id=%s&password=feil+hest+batteri", id)), 422);
    page = arena_text(&b->w->arena, b->w->body);
    for (char *at = page; (at = strstr(at, id)) != NULL;)
        memset(at, '*', strlen(id));
    return page;
}

static void
says_the_same_of_none(void **state)
{
    int64_t commits[3], jobs;
    struct browser b = { 0 };
    struct web w;
    const char *page;

    (void)state;
    start(&w);
    b.w = &w;
    writer_counts(w.app->writer, &commits[0], &jobs);
    page = refusal(&b, "kari");
    writer_counts(w.app->writer, &commits[1], &jobs);
    assert_string_equal(page, refusal(&b, "aase"));
    writer_counts(w.app->writer, &commits[2], &jobs);
    assert_int_equal(commits[1] - commits[0], commits[2] - commits[1]);
    assert_string_equal(b.token, "");
    for (int i = 1; i < TRY_FREE; i++)
        assert_string_equal(refusal(&b, "kari"), refusal(&b, "aase"));
    assert_string_equal(refusal(&b, "kari"), refusal(&b, "aase"));
    assert_non_null(strstr(w.body, "30 sekunder"));
    /* One has to wait, with the right password too; others have not. */
    assert_int_equal(post(&b, "/login", "id=kari&" PASSWORD), 422);
    assert_int_equal(post(&b, "/login", "id=lise&" PASSWORD), 303);
    b.token[0] = '\0';
    atomic_fetch_add(&w.now_ms, TRY_WAIT_MS);
    assert_int_equal(post(&b, "/login", "id=kari&" PASSWORD), 303);
    web_stop(&w);
}

/* The code that the authenticator whose secret is on the page shows. */
static const char *
code_now(struct browser *b, const char *text)
{
    uint8_t secret[TOTP_SECRET];
    uint32_t bits = 0;
    int have = 0, n = 0;

    assert_int_equal(strlen(text), TOTP_TEXT - 1);
    for (; *text != '\0'; text++) {
        int digit = *text >= 'A' ? *text - 'A' : *text - '2' + 26;

        bits = bits << 5 | (uint32_t)digit;
        have += 5;
        if (have >= 8)
            secret[n++] = (uint8_t)(bits >> (have -= 8));
    }
    return arena_printf(&b->w->arena, "%06d",
                        totp_code(secret,
                                  totp_step(atomic_load(&b->w->now_ms))));
}

/* Logs lise in for the first time; returns the authenticator's secret. */
static const char *
set_up_lise(struct browser *b)
{
    struct web *w = b->w;
    const char *secret;

    assert_int_equal(post(b, "/login", "id=lise&" PASSWORD), 303);
    assert_string_equal(location(b), "/login/setup?next=");
    assert_int_equal(get(b, "/login/setup"), 200);
    secret = behind(b, "name=\"secret\" value=\"");
    assert_int_equal(post(b, "/login/setup",
                          arena_printf(&w->arena, "secret=%s&code=%s",
                                       secret, "000000")), 422);
    assert_string_equal(behind(b, "name=\"secret\" value=\""), secret);
    assert_int_equal(post(b, "/login/setup",
                          arena_printf(&w->arena, "secret=%s&code=%s",
                                       secret, code_now(b, secret))), 200);
    return secret;
}

/* The Nth code of the list on the page. */
static const char *
recovery_code(struct browser *b, int n)
{
    const char *at = strstr(b->w->body, "<ul class=\"codes\"");

    assert_non_null(at);
    for (int i = 0; i <= n; i++)
        at = strstr(at, "<code translate=\"no\">") + 21;
    return arena_text_n(&b->w->arena, at, CODE_TEXT - 1);
}

static void
asks_for_a_code(void **state)
{
    struct browser b = { 0 };
    struct web w;
    const char *secret, *spare, *form;

    (void)state;
    start(&w);
    b.w = &w;
    secret = set_up_lise(&b);
    spare = recovery_code(&b, RECOVERY_CODES - 1);
    assert_int_equal(get(&b, "/account"), 200);
    /* With the first step done nothing opens. */
    b.token[0] = '\0';
    atomic_fetch_add(&w.now_ms, TOTP_STEP_MS);
    assert_int_equal(post(&b, "/login", "id=lise&" PASSWORD), 303);
    assert_string_equal(location(&b), "/login/code?next=");
    assert_int_equal(get(&b, "/account"), 303);
    assert_int_equal(get(&b, "/login/setup"), 303);
    assert_int_equal(get(&b, "/login/code"), 200);
    assert_int_equal(post(&b, "/login/code", "code=12"), 422);
    form = arena_printf(&w.arena, "code=%s", code_now(&b, secret));
    assert_int_equal(post(&b, "/login/code", form), 303);
    assert_string_equal(location(&b), "/");
    assert_int_equal(get(&b, "/account"), 200);
    /* No code twice; a recovery code once. */
    for (int i = 0; i < 2; i++) {
        b.token[0] = '\0';
        post(&b, "/login", "id=lise&" PASSWORD);
        get(&b, "/login/code");
        assert_int_equal(post(&b, "/login/code", form), 422);
        assert_int_equal(post(&b, "/login/code",
                              arena_printf(&w.arena, "code=%s", spare)),
                         i == 0 ? 303 : 422);
    }
    web_stop(&w);
}

static void
changes_the_token_at_each_step(void **state)
{
    char before[SESSION_TOKEN];
    struct browser b = { 0 }, old = { 0 };
    struct web w;

    (void)state;
    start(&w);
    b.w = old.w = &w;
    snprintf(b.token, sizeof b.token,
             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_int_equal(post(&b, "/login", "id=lise&" PASSWORD), 303);
    assert_string_not_equal(
        b.token, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    memcpy(before, b.token, sizeof before);
    b.token[0] = '\0';
    set_up_lise(&b);
    assert_string_not_equal(b.token, before);
    /* Another's log-in on the same machine ends the first one's. */
    memcpy(old.token, b.token, sizeof old.token);
    assert_int_equal(get(&b, "/account"), 200);
    assert_int_equal(post(&b, "/login", "id=kari&" PASSWORD), 303);
    assert_int_equal(get(&old, "/account"), 303);
    assert_int_equal(get(&b, "/account"), 200);
    web_stop(&w);
}

static void
takes_a_slip_once(void **state)
{
    struct browser b = { 0 }, c = { 0 };
    struct web w;
    const char *code;

    (void)state;
    start(&w);
    b.w = c.w = &w;
    assert_int_equal(web_post(&w, "arne", "/accounts",
                              "new_id=nina&new_name=Nina+Ny&duty=mapper"
                              "&place=r/nord&tier=0"), 200);
    code = behind(&b, "<code class=\"slip__code\" translate=\"no\">");
    code = arena_text_n(&w.arena, code, CODE_TEXT - 1);
    assert_int_equal(post(&b, "/login/slip", "code=ABCD-EFGH-JKMN"), 422);
    assert_int_equal(post(&b, "/login/slip",
                          arena_printf(&w.arena, "code=%s", code)), 303);
    assert_string_equal(location(&b), "/login/setup?next=");
    /* It is used when a password was chosen: until then it can be typed
     * again. */
    assert_int_equal(post(&c, "/login/slip",
                          arena_printf(&w.arena, "code=%s", code)), 303);
    assert_int_equal(get(&c, "/login/setup"), 200);
    assert_int_equal(get(&b, "/account"), 303);
    assert_int_equal(get(&b, "/login/setup"), 200);
    assert_int_equal(post(&b, "/login/setup",
                          "password=kort&password2=kort"), 422);
    assert_int_equal(post(&b, "/login/setup",
                          PASSWORD "&password2=noe+annet+her"), 422);
    assert_int_equal(post(&b, "/login/setup",
                          PASSWORD "&password2=riktig+hest+batteri"), 303);
    assert_string_equal(location(&b), "/");
    assert_int_equal(get(&b, "/account"), 200);
    /* Whoever was under way with the same slip is not any more. */
    assert_int_equal(post(&c, "/login/setup",
                          "password=en+annens+lange+ord"
                          "&password2=en+annens+lange+ord"), 303);
    assert_int_equal(get(&c, "/login/setup"), 303);
    c.token[0] = '\0';
    assert_int_equal(post(&c, "/login/slip",
                          arena_printf(&w.arena, "code=%s", code)), 422);
    b.token[0] = '\0';
    assert_int_equal(post(&b, "/login", "id=nina&" PASSWORD), 303);
    assert_string_equal(location(&b), "/");
    web_stop(&w);
}

static void
logs_out_everywhere(void **state)
{
    struct browser b = { 0 }, c = { 0 };
    struct web w;

    (void)state;
    start(&w);
    b.w = c.w = &w;
    assert_int_equal(post(&b, "/login", "id=kari&" PASSWORD), 303);
    assert_int_equal(post(&c, "/login", "id=kari&" PASSWORD), 303);
    assert_int_equal(get(&b, "/account"), 200);
    assert_int_equal(get(&c, "/account"), 200);
    assert_int_equal(post(&c, "/logout/everywhere", ""), 303);
    assert_int_equal(get(&b, "/account"), 303);
    assert_int_equal(web_get(&w, "kari", "/account"), 303);
    assert_int_equal(web_get(&w, "arne", "/account"), 200);
    web_stop(&w);
}

static void
changes_a_password(void **state)
{
    struct browser b = { 0 }, c = { 0 };
    struct web w;

    (void)state;
    start(&w);
    b.w = c.w = &w;
    post(&b, "/login", "id=kari&" PASSWORD);
    post(&c, "/login", "id=kari&" PASSWORD);
    get(&b, "/account");
    assert_int_equal(post(&b, "/account/password", "current=feil"
                          "&password=ny+og+mye+lengre"
                          "&password2=ny+og+mye+lengre"), 422);
    assert_int_equal(post(&b, "/account/password",
                          "current=riktig+hest+batteri"
                          "&password=ny+og+mye+lengre"
                          "&password2=ny+og+mye+lengre"), 303);
    assert_int_equal(get(&b, "/account"), 200);
    assert_int_equal(get(&c, "/account"), 303);
    assert_int_equal(post(&c, "/login", "id=kari&" PASSWORD), 422);
    web_stop(&w);
}

static void
stays_at_home(void **state)
{
    static const char *const nexts[] = {
        "//evil.example", "https:%2F%2Fevil.example", "/%5Cevil.example",
        "%2F%09%2Fevil.example", "evil"
    };
    const struct http_pair headers[] = {
        { "Content-Type", "application/x-www-form-urlencoded" },
        { "Sec-Fetch-Site", "cross-site" }
    };
    struct browser b = { 0 };
    struct web w;

    (void)state;
    start(&w);
    b.w = &w;
    for (size_t i = 0; i < sizeof nexts / sizeof nexts[0]; i++) {
        b.token[0] = '\0';
        assert_int_equal(post(&b, "/login", arena_printf(
            &w.arena, "id=kari&" PASSWORD "&next=%s", nexts[i])), 303);
        assert_string_equal(location(&b), "/");
    }
    assert_int_equal(get(&b, "/account"), 200);
    memset(b.csrf, 'x', sizeof b.csrf - 1);
    assert_int_equal(post(&b, "/logout", ""), 403);
    b.csrf[0] = '\0';
    assert_int_equal(post(&b, "/account/name", "name=Ola"), 403);
    assert_int_equal(web_send(&w, NULL, HTTP_POST, "/login", headers, 2,
                              "id=kari&" PASSWORD), 403);
    web_stop(&w);
}

/* arne's form is sent after his session ended: it is kept for him alone. */
static void
keeps_what_was_typed(void **state)
{
    static const char form[] = "duty=analyst&place=/&tier=0";
    struct browser b = { 0 };
    struct web w;
    const char *kept;

    (void)state;
    start(&w);
    b.w = &w;
    snprintf(b.token, sizeof b.token, "%s", web_user(&w, "arne")->token);
    snprintf(b.csrf, sizeof b.csrf, "%s", web_user(&w, "arne")->csrf);
    atomic_fetch_add(&w.now_ms, 2 * SESSION_IDLE_MS);
    assert_int_equal(post(&b, "/accounts/kari/grants", form), 401);
    assert_string_equal(behind(&b, "name=\"again\" value=\""),
                        "/accounts/kari/grants");
    assert_string_equal(behind(&b, "name=\"kept_duty\" value=\""),
                        "analyst");
    kept = "&again=/accounts/kari/grants&kept_duty=analyst&kept_place=/";
    b.csrf[0] = '\0';
    assert_int_equal(post(&b, "/login", arena_printf(
        &w.arena, "id=kari&" PASSWORD "%s", kept)), 303);
    assert_string_equal(location(&b), "/");
    web_stop(&w);
}

/* The same account gets it back, through both steps. */
static void
gives_back_what_was_typed(void **state)
{
    static const char kept[] = "again=/accounts/kari/grants"
                               "&kept_duty=analyst&kept_place=/";
    struct browser b = { 0 };
    struct web w;
    const char *secret;

    (void)state;
    web_begin(&w);
    web_account(&w, "kari", DUTY_MAPPER, "r", "nord");
    web_account(&w, "lise", DUTY_ADMIN, "", "");
    web_password(&w, "lise");
    web_serve(&w);
    b.w = &w;
    secret = set_up_lise(&b);
    atomic_fetch_add(&w.now_ms, 2 * SESSION_IDLE_MS);
    b.csrf[0] = '\0';
    assert_int_equal(post(&b, "/login", arena_printf(
        &w.arena, "id=lise&" PASSWORD "&%s", kept)), 200);
    assert_string_equal(behind(&b, "name=\"kept_duty\" value=\""),
                        "analyst");
    assert_int_equal(post(&b, "/login/code", arena_printf(
        &w.arena, "code=%s&%s", code_now(&b, secret), kept)), 200);
    assert_string_equal(behind(&b, "name=\"duty\" value=\""), "analyst");
    assert_int_equal(post(&b, "/accounts/kari/grants",
                          "duty=analyst&place=/"), 303);
    /* Not for a path that is none of those forms. */
    atomic_fetch_add(&w.now_ms, 2 * SESSION_IDLE_MS);
    b.csrf[0] = '\0';
    assert_int_equal(post(&b, "/login", "id=lise&" PASSWORD
                          "&again=/accounts/kari/end"), 303);
    web_stop(&w);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_in),
        cmocka_unit_test(says_the_same_of_none),
        cmocka_unit_test(asks_for_a_code),
        cmocka_unit_test(changes_the_token_at_each_step),
        cmocka_unit_test(takes_a_slip_once),
        cmocka_unit_test(logs_out_everywhere),
        cmocka_unit_test(changes_a_password),
        cmocka_unit_test(stays_at_home),
        cmocka_unit_test(keeps_what_was_typed),
        cmocka_unit_test(gives_back_what_was_typed),
    };

    return cmocka_run_group_tests_name("page_login", tests, NULL, NULL);
}
