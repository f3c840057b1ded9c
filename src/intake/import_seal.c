/* import_seal.c - what identifies in a row, encrypted under the round's
 * key. */
#include <string.h>
#include "intake/importing.h"

void
sealing_init(struct sealing *s, struct random *random)
{
    buf_init_secret(&s->plain, 1 << 21);
    s->chance.from = random;
}

void
sealing_clear(struct sealing *s)
{
    buf_wipe(&s->plain);
}

void
sealing_columns(struct sealing *s, const struct cells *c)
{
    for (int i = 0; i < c->sheet->columns; i++) {
        int id = c->sheet->id[i];
        enum kind kind;

        if (id < 0 || id >= VARIABLE_MAX)
            continue;
        kind = c->o->in->variables[id].kind;
        if (kind == KIND_TEXT || kind == KIND_CODES)
            s->column[s->columns++] = i;
    }
}

/* What identifies, as "id:value" lines; see feed/decode.h. */
static void
collect_plain(struct sealing *s, const struct cells *c)
{
    buf_reset(&s->plain);
    for (int k = 0; k < s->columns; k++) {
        struct csv_slice cell = csv_cell(&c->sheet->row,
                                         (size_t)s->column[k]);
        int id = c->sheet->id[s->column[k]];

        if (cell.len == 0 || c->row.value[id] < 0)
            continue;
        buf_text(&s->plain, c->o->in->variables[id].id);
        buf_byte(&s->plain, ':');
        buf_add(&s->plain, cell.data, cell.len);
        buf_byte(&s->plain, '\n');
    }
}

static void
take_chance(void *ctx, void *out, size_t n)
{
    struct chance *c = ctx;

    if (n > CHANCE) {
        random_fill(c->from, out, n);
        return;
    }
    if (c->left < n) {
        random_fill(c->from, c->bytes, CHANCE);
        c->left = CHANCE;
    }
    c->left -= n;
    memcpy(out, c->bytes + c->left, n);
    explicit_bzero(c->bytes + c->left, n);
}

bool
sealing_row(struct sealing *s, struct cells *c, int64_t number,
            struct buf *out, struct err *e)
{
    struct random random = { take_chance, &s->chance };
    char where[128];

    collect_plain(s, c);
    if (s->plain.len == 0)
        return true;
    if (!cells_key(c, e))
        return false;
    decode_where(c->o->round, number, where);
    key_seal(&c->key, &random, where, s->plain.data, s->plain.len, out);
    return buf_ok(&s->plain, e) && buf_ok(out, e);
}
