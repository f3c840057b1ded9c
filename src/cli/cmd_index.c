/* cmd_index.c - why one registration has the index it has: the parts. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "base/utf8.h"
#include "calc/derive.h"
#include "calc/index.h"
#include "cli/cli.h"
#include "feed/decode.h"

enum { NAME_WIDTH = 28 };

static void
put_text(struct cli *c, const char *key, int args, const char *const *arg)
{
    msg_put(&c->out, c->labels, key, args, arg);
    buf_byte(&c->out, '\n');
}

/* What stands for a score that is not there. */
static const char *
none_key(int32_t score)
{
    return score == VALUE_UNKNOWN ? "index.unknown"
         : score == VALUE_UNASKED ? "index.unasked" : "index.unanswered";
}

static void
put_part(struct cli *c, const struct instrument *in,
         const struct index_part *p)
{
    const char *name = in->variables[p->variable].label.in[c->labels];
    size_t width = utf8_count(name, strlen(name));

    buf_printf(&c->out, "  %s%*s", name,
               width < NAME_WIDTH ? (int)(NAME_WIDTH - width) : 1, "");
    if (p->score > 0)
        buf_printf(&c->out, "%d x %d = %lld\n", (int)p->score, p->weight,
                   (long long)p->product);
    else
        put_text(c, none_key(p->score), 0, NULL);
}

static void
put_parts(struct cli *c, const struct instrument *in, const int32_t *value)
{
    struct index_part part[AREA_MAX];
    int weight = index_parts(&in->index, value, part);
    int32_t index = value[in->index_variable];
    int64_t sum = 0;
    const char *numbers[4];

    for (int i = 0; i < in->index.areas; i++) {
        put_part(c, in, &part[i]);
        sum += part[i].product;
    }
    numbers[0] = arena_printf(&c->arena, "%lld", (long long)sum);
    numbers[1] = arena_printf(&c->arena, "%d", weight);
    numbers[2] = arena_printf(&c->arena, "%d", (int)index);
    if (index >= 0) {
        int32_t grade = index_grade(&in->index, in->grade_count, index);

        numbers[3] = in->grades[grade].label.in[c->labels];
        put_text(c, "index.value", 4, numbers);
    } else {
        numbers[0] = arena_printf(&c->arena, "%d", in->index.unanswered_max);
        put_text(c, "index.none", 1, numbers);
    }
}

/* From what value on each grade is, and whose rule it is. */
static void
put_rule(struct cli *c, const struct instrument *in)
{
    const char *version[] = {
        arena_printf(&c->arena, "%d", in->index.version)
    };

    put_text(c, "index.rule", 1, version);
    for (int i = 1; i < in->grade_count; i++)
        buf_printf(&c->out, "  %s %d\n",
                   in->grades[i].label.in[c->labels], in->index.from[i]);
    buf_printf(&c->out, "%s\n", in->index.note.in[c->labels]);
}

/* The registration NUMBER, decoded into D; a number nobody has is refused
 * like one that this actor may not see. */
static bool
read_one(const struct cli *c, struct opened *o, int64_t number,
         struct decoder *d, struct err *e)
{
    struct scan_ask ask = { .number = number, .what = "index" };
    const struct registration *r = NULL;
    struct scan *scan = scan_begin(o->store, &c->actor, o->round, &ask, e);
    bool ok = scan != NULL && scan_next(scan, &r, e);

    if (ok && r == NULL)
        ok = err_set(e, ERR_INPUT, "registration.unknown", "%lld",
                     (long long)number);
    ok = ok && decode(d, r, e);
    return (scan == NULL || scan_end(scan, e)) && ok;
}

/* A registration's number, 0 if it is none. */
static int64_t
number_of(const char *text)
{
    size_t n = strlen(text);
    long long number = 0;

    if (n >= 1 && n <= 10 && strspn(text, "0123456789") == n)
        number = strtoll(text, NULL, 10);
    return number <= NUMBER_LIMIT ? number : 0;
}

bool
cmd_index(struct cli *c, struct err *e)
{
    struct opened o;
    struct decoder d = { .o = NULL };
    int64_t number = number_of(c->word[2]);
    bool ok;

    if (number < 1)
        return err_set(e, ERR_USAGE, "usage.registration", "");
    ok = cli_open(c, STORE_READ, &o, e);
    if (ok && o.in->index_variable < 0)
        ok = err_set(e, ERR_INPUT, "index.no_rule", "");
    if (ok) {
        decoder_init(&d, &o);
        ok = read_one(c, &o, number, &d, e);
    }
    if (ok) {
        derive_row(o.in, d.value, d.row.set, NULL);
        put_parts(c, o.in, d.value);
        put_rule(c, o.in);
    }
    decoder_clear(&d);
    cli_close(&o);
    return ok;
}
