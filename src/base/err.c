/* err.c - see err.h.
 *
 * The format is walked by hand, one conversion an argument, so that the
 * arguments stay apart and a translation can put them in another order.
 * The compiler still checks them, because it is a printf format. */
#include "base/err.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
err_clear(struct err *e)
{
    memset(e, 0, sizeof *e);
}

/* Copies TEXT, cut before the character that does not fit. */
static void
put_text(char *to, size_t size, const char *text)
{
    size_t n = strlen(text);

    if (n >= size) {
        n = size - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(to, text, n);
    to[n] = '\0';
}

static void
put_arg(struct err *e, const char *spec, va_list *ap)
{
    char *to = e->arg[e->args++];

    if (strcmp(spec, "%s") == 0) {
        const char *s = va_arg(*ap, const char *);
        put_text(to, ERR_ARG_MAX, s != NULL ? s : "");
    } else if (strcmp(spec, "%d") == 0) {
        snprintf(to, ERR_ARG_MAX, "%d", va_arg(*ap, int));
    } else if (strcmp(spec, "%ld") == 0) {
        snprintf(to, ERR_ARG_MAX, "%ld", va_arg(*ap, long));
    } else if (strcmp(spec, "%lld") == 0) {
        snprintf(to, ERR_ARG_MAX, "%lld", va_arg(*ap, long long));
    } else if (strcmp(spec, "%zu") == 0) {
        snprintf(to, ERR_ARG_MAX, "%zu", va_arg(*ap, size_t));
    } else {
        assert(false && "a conversion that err_set() does not know");
    }
}

bool
err_set(struct err *e, enum err_code code, const char *key,
        const char *fmt, ...)
{
    va_list ap;
    const char *p = fmt;

    assert(code != ERR_NONE);
    if (e->code != ERR_NONE)
        return false;
    e->code = code;
    e->args = 0;
    put_text(e->key, sizeof e->key, key);

    va_start(ap, fmt);
    while (*p != '\0') {
        char spec[8];
        size_t n = strcspn(p, " ");

        assert(n < sizeof spec && e->args < ERR_ARGS);
        memcpy(spec, p, n);
        spec[n] = '\0';
        put_arg(e, spec, &ap);
        p += n;
        p += strspn(p, " ");
    }
    va_end(ap);
    return false;
}

bool
err_at(struct err *e, const char *file, long line, int column)
{
    e->at = (struct pos){ file, line, column };
    return false;
}

bool
err_field(struct err *e, const char *field)
{
    put_text(e->field, sizeof e->field, field);
    return false;
}
