/* cmd_serve.c - the web application, until it is told to stop. */
#include <signal.h>
#include <string.h>
#include "cli/cli.h"
#include "cli/writing.h"
#include "web/app.h"

/* The signals that stop it, kept from all threads: they are waited for. */
static void
hold_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

static bool
say_ready(struct cli *c, const struct app *app, struct err *e)
{
    const char *address = http_address(app->server);
    bool tls = app->options.http.tls_cert != NULL;
    bool ok;

    if (strncmp(address, "unix:", 5) == 0)
        buf_printf(&c->out, "ready %s\n", address);
    else
        buf_printf(&c->out, "ready http%s://%s\n", tls ? "s" : "", address);
    ok = buf_ok(&c->out, e) && buf_write_file(&c->out, "-", e);
    buf_reset(&c->out);
    return ok;
}

static void
say_warning(void *ctx, const struct err *warning)
{
    cli_say(ctx, warning);
}

bool
cmd_serve(struct cli *c, struct err *e)
{
    struct app_options o = {
        .store = cli_store_options(c, 0, STORE_WRITE),
        .http = {
            .listen = c->option[OPT_LISTEN] != NULL ? c->option[OPT_LISTEN]
                                                    : "127.0.0.1:8080",
            .tls_cert = c->option[OPT_TLS_CERT],
            .tls_key = c->option[OPT_TLS_KEY],
            .trust_proxy = c->option[OPT_PROXY] != NULL,
            .io_threads = 2, .random = &c->random
        },
        .quiet = c->option[OPT_QUIET] != NULL,
        .sandbox = c->option[OPT_NO_SANDBOX] == NULL,
        .warn = say_warning, .warn_ctx = c
    };
    struct app *app;
    sigset_t set;
    int got;
    bool ok;

    if ((o.http.tls_cert == NULL) != (o.http.tls_key == NULL))
        return err_set(e, ERR_USAGE, "serve.tls", "");
    hold_signals(&set);
    app = app_start(&o, e);
    if (app == NULL)
        return false;
    ok = say_ready(c, app, e);
    if (ok)
        sigwait(&set, &got);
    app_stop(app);
    return ok;
}
