/* demo_country.c - see demo_country.h.
 *
 * A file is written as it is made, for it may be larger than any memory:
 * beside the one it will be, which it takes the place of when it is whole.
 */
#include "cli/demo_country.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/embed.h"
#include "cli/listen.h"
#include "cli/unmake.h"
#include "demo/country.h"
#include "demo/country_store.h"

#define INSTRUMENT "instruments/brukerplan-2014.yaml"

enum { REGISTRATIONS = 100000, SEED_MAX = 999999999, SEED = 2014 };

/* 2025-01-02 12:00 UTC: all of it has been. */
static const int64_t country_now_ms = INT64_C(1735819200000);

struct sink {
    const char *file;           /* as named */
    char *temp;                 /* where it grows; NULL: FILE itself */
    int fd;
};

static bool
failed(const struct sink *s, struct err *e)
{
    int why = errno;
    bool name = why == ENOENT || why == ENOTDIR || why == EISDIR;

    return err_set(e, name ? ERR_INPUT : ERR_MACHINE, "file.write", "%s %s",
                   s->file, strerror(why));
}

static bool
sink_open(struct sink *s, struct cli *c, const char *file, struct err *e)
{
    struct stat st;

    *s = (struct sink){ .file = file, .fd = STDOUT_FILENO };
    if (strcmp(file, "-") == 0)
        return true;
    if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) {
        s->fd = open(file, O_WRONLY | O_CLOEXEC);
    } else {
        s->temp = arena_printf(&c->arena, "%s.XXXXXX", file);
        s->fd = mkostemp(s->temp, O_CLOEXEC);   /* mode 0600 */
    }
    if (s->fd >= 0)
        return true;
    s->temp = NULL;
    return failed(s, e);
}

static bool
sink_put(void *ctx, const char *data, size_t len, struct err *e)
{
    struct sink *s = ctx;

    while (len > 0) {
        ssize_t n = write(s->fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed(s, e);
        data += n;
        len -= (size_t)n;
    }
    return true;
}

static bool
sink_close(struct sink *s, bool ok, struct err *e)
{
    if (s->fd == STDOUT_FILENO)
        return ok;
    if (ok && s->temp != NULL && fsync(s->fd) != 0)
        ok = failed(s, e);
    if (s->fd >= 0 && close(s->fd) != 0 && ok)
        ok = failed(s, e);
    if (ok && s->temp != NULL && rename(s->temp, s->file) != 0)
        ok = failed(s, e);
    if (!ok && s->temp != NULL)
        unlink(s->temp);
    return ok;
}

static bool
write_file(struct cli *c, const struct country *country, struct err *e)
{
    struct sink sink;
    bool ok = sink_open(&sink, c, c->option[OPT_CSV], e);

    return ok && sink_close(&sink, country_csv(country, sink_put, &sink, e),
                            e);
}

/* A store that could not be finished goes again, with its keys. */
static void
take_away(struct cli *c, const struct country *country,
          const struct store_options *o, int rounds)
{
    const char **ids = arena_array(&c->arena, (size_t)rounds + 1,
                                   sizeof *ids);

    for (int i = 0; i < rounds; i++)
        ids[i] = country_round(country, i)->id;
    unmake(c, o, ids, rounds);
}

static bool
make_store(struct cli *c, const struct country *country, struct err *e)
{
    struct store_options o = cli_store_options(c, 0, STORE_WRITE);
    struct clock_fixed now = { .now_ms = country_now_ms };
    struct random_state chance;
    struct listening l;
    struct listener listener;
    const struct import_result none = { 0 };
    struct country_storing to = { .actor = &c->actor };
    bool ok;

    to.definition = embed_find(INSTRUMENT, &to.len);
    o.clock = clock_fixed(&now);
    o.random = random_seeded(&chance, SEED);
    c->actor.name = "demo";     /* the same store, whoever makes it */
    if (!store_create(&o, e))
        return false;
    listener = listen_begin(&l, c);
    to.progress = listener.progress;
    to.ctx = listener.ctx;
    to.store = store_open(&o, e);
    ok = to.store != NULL && country_store(country, &to, e);
    store_close(to.store);
    listen_end(&l, &none);
    if (!ok)
        take_away(c, country, &o, to.rounds);
    return ok;
}

static void
say_made(struct cli *c, const struct country *country)
{
    int last = country_rounds(country) - 1;
    struct err note = { 0 };

    if (c->words == 0)
        return;
    err_set(&note, ERR_INPUT, "demo.country_made", "%s %d %s", c->word[0],
            last + 1, country_round(country, last)->id);
    cli_say(c, &note);
}

bool
demo_country(struct cli *c, struct err *e)
{
    struct country *country;
    int registrations, seed;
    bool ok;

    if (!cli_number(c, OPT_REGISTRATIONS, 0, COUNTRY_MAX, REGISTRATIONS,
                    &registrations, e)
        || !cli_number(c, OPT_SEED, 0, SEED_MAX, SEED, &seed, e))
        return false;
    if (c->words == 0 && c->option[OPT_CSV] == NULL)
        return err_set(e, ERR_USAGE, "usage.word_missing", "%s %s",
                       c->command->name, "STORE");
    country = country_new(registrations, (uint64_t)seed);
    ok = c->words == 0 || make_store(c, country, e);
    ok = ok && (c->option[OPT_CSV] == NULL || write_file(c, country, e));
    if (ok)
        say_made(c, country);
    country_free(country);
    return ok;
}

bool
demo_country_unasked(const struct cli *c, struct err *e)
{
    static const enum option needs[] = {
        OPT_REGISTRATIONS, OPT_SEED, OPT_CSV
    };

    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (c->option[needs[i]] != NULL)
            return err_set(e, ERR_USAGE, "usage.option_needs", "%s %s",
                           option_defs[needs[i]].name,
                           option_defs[OPT_COUNTRY].name);
    if (c->words == 0)
        return err_set(e, ERR_USAGE, "usage.word_missing", "%s %s",
                       c->command->name, "STORE");
    return true;
}
