/* page_session.c - who asks: session, language, and the token that shows that
 * a form came from one of our own pages. */
#include <stdlib.h>
#include <string.h>
#include "web/app.h"
#include "web/page_private.h"

enum { PURGE_MS = 60 * 60 * 1000 };

/* Languages that the browser would like, in its order, quality not looked
 * at: the first that we have. */
static enum lang
lang_wanted(const char *header)
{
    for (const char *at = header; at != NULL && *at != '\0';) {
        size_t n = strcspn(at, ",;- \t");

        if (n == 2) {
            char code[3] = { at[0], at[1], '\0' };
            enum lang lang = strcmp(code, "no") == 0 ? LANG_NB
                                                     : lang_of(code);

            if (lang != LANG_COUNT)
                return lang;
        }
        at = strchr(at, ',');
        if (at != NULL)
            at += 1 + strspn(at + 1, " \t");
    }
    return LANG_NB;
}

enum lang
page_lang_asked(struct exchange *x)
{
    const char *cookie = request_cookie(x, "lang");
    enum lang lang = cookie != NULL ? lang_of(cookie) : LANG_COUNT;

    if (lang != LANG_COUNT)
        return lang;
    return lang_wanted(request_header(x, "Accept-Language"));
}

static bool
touch(struct write_job *job, struct store *s, struct err *e)
{
    const uint8_t *hash = (const uint8_t *)(job + 1);

    return session_touch(s, hash, e);
}

static bool
purge(struct write_job *job, struct store *s, struct err *e)
{
    (void)job;
    return session_purge(s, e);
}

static void
touched(struct write_job *job)
{
    free(job);
}

/* Nobody waits for it to be written. */
static void
write_later(struct page *p,
            bool (*work)(struct write_job *job, struct store *s,
                         struct err *e),
            const uint8_t hash[32])
{
    struct write_job *job = mem_take(sizeof *job + 32);

    memset(job, 0, sizeof *job);
    memcpy(job + 1, hash, 32);
    job->work = work;
    job->done = touched;
    writer_submit(p->app->writer, job);
}

/* The session was seen. Once an hour those that ended are thrown away. */
static void
touch_later(struct page *p, const struct session *session)
{
    int_fast64_t purged = atomic_load(&p->app->purged_ms);

    if (session_due(session, p->now_ms))
        write_later(p, touch, session->hash);
    if (p->now_ms - purged > PURGE_MS
        && atomic_compare_exchange_strong(&p->app->purged_ms, &purged,
                                          p->now_ms))
        write_later(p, purge, session->hash);
}

bool
page_find_session(struct page *p)
{
    const char *token = request_cookie(p->x, SESSION_COOKIE);
    const struct session *session = NULL;

    p->account = "";
    p->lang = page_lang_asked(p->x);
    if (token == NULL)
        return true;
    if (!session_find(p->store, token, p->now_ms, p->arena, &session,
                      &p->err))
        return false;
    if (session == NULL)
        return true;
    if (session->stage != SESSION_SIGNED_IN) {
        p->half = session;
        return true;
    }
    p->session = session;
    p->account = session->account;
    p->lang = session->lang;
    touch_later(p, session);
    return grants_of(p->store, p->account, p->now_ms, p->arena, &p->grants,
                     &p->grant_count, &p->err);
}

/* The same bytes, in the same time. */
static bool
same_text(const char *a, const char *b)
{
    size_t n = strlen(b);
    unsigned char differ = 0;

    if (a == NULL || strlen(a) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        differ |= (unsigned char)(a[i] ^ b[i]);
    return differ == 0;
}

bool
page_from_here(struct page *p)
{
    const char *site = request_header(p->x, "Sec-Fetch-Site");
    const char *origin = request_header(p->x, "Origin");
    const char *host = request_header(p->x, "Host");

    if (site != NULL)
        return strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
    if (origin == NULL || host == NULL)
        return true;
    origin = strstr(origin, "://");
    return origin != NULL && strcmp(origin + 3, host) == 0;
}

bool
page_token_good(struct page *p)
{
    const struct session *session = p->session != NULL ? p->session
                                                       : p->half;
    const char *token = request_header(p->x, "X-CSRF-Token");

    if (!page_from_here(p))
        return false;
    if ((p->def->flags & PAGE_FREE) != 0 && session == NULL)
        return true;
    if (token == NULL)
        token = request_form(p->request, "csrf");
    return session != NULL && same_text(token, session->csrf);
}
