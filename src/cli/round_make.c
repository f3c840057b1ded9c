/* round_make.c - see round_make.h. */
#include "cli/round_make.h"
#include "cli/definition.h"

bool
round_make(struct cli *c, struct store *s, const struct round *r,
           const char *text, size_t len, const uint8_t *published,
           struct err *e)
{
    struct definition d = {
        .number = 1, .text = text, .len = len, .switched_on = ""
    };
    struct instrument *in;

    bool ok;

    if (!round_instrument(&d, r, &in, e))
        return false;
    ok = definition_counts(in, e);
    /* The file's name is the definition's, which is freed here. */
    e->at.file = NULL;
    instrument_free(in);
    return ok && store_begin(s, e)
           && cli_commit(s, round_add(s, &c->actor, r, &d, published, e), e);
}
