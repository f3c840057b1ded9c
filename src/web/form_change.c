/* form_change.c - see form.h: changes to answers, and answers as they are
 * kept. */
#include <stdlib.h>
#include <string.h>
#include "calc/answers.h"
#include "calc/check.h"
#include "calc/derive.h"
#include "store/key.h"
#include "web/form.h"

enum { PLAIN_MAX = 1 << 20 };

/* Which codes TEXT names, by '|'; false where one is none. */
static bool
read_set(const struct variable *q, const char *text, int32_t *count)
{
    *count = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, "|");

        if (variable_code(q, text, n) < 0)
            return false;
        ++*count;
        text += n + (text[n] == '|');
    }
    return true;
}

/* TO as a value of Q; false with FAULT. */
static bool
read_value(const struct form *f, const struct variable *q, const char *to,
           int32_t *value, struct err *fault)
{
    size_t len = strlen(to);

    *value = VALUE_UNANSWERED;
    if (len == 0)
        return true;
    if (strcmp(to, "unknown") == 0 && q->takes_unknown) {
        *value = VALUE_UNKNOWN;
        return true;
    }
    if (q->kind == KIND_TEXT) {
        *value = 0;
        return check_text(q, to, len, fault);
    }
    if (q->kind == KIND_CODES)
        return read_set(q, to, value)
               || err_set(fault, ERR_INPUT, "form.no_answer", "");
    return (variable_read(f->in, q, to, len, value)
            || err_set(fault, ERR_INPUT, "form.no_answer", ""))
           && check_value(q, *value, fault);
}

/* A tick that was never made and one taken away are the same. */
static bool
same(const struct variable *q, const char *a, const char *b)
{
    if (q->service >= 0) {
        a = strcmp(a, "0") == 0 ? "" : a;
        b = strcmp(b, "0") == 0 ? "" : b;
    }
    return strcmp(a, b) == 0;
}

/* What is wrong with C, alone; its value. */
static bool
look(const struct form *f, struct form_change *c, int32_t *value)
{
    const struct variable *q = &f->in->variables[c->variable];
    const char *now = form_text(f, c->variable);

    if (!form_shows(f->in, c->variable))
        return err_set(&c->fault, ERR_INPUT, "form.not_here", "");
    if (c->was != NULL && !same(q, now, c->was) && !same(q, now, c->to)) {
        c->now = now;
        return false;
    }
    return read_value(f, q, c->to, value, &c->fault);
}

static void
put_set(struct form *f, int v, const char *text)
{
    const struct variable *q = &f->in->variables[v];
    uint64_t *set = f->decoder.set[instrument_set(f->in, v)];

    memset(set, 0, f->decoder.set_words * sizeof *set);
    while (*text != '\0') {
        size_t n = strcspn(text, "|");
        int code = variable_code(q, text, n);

        if (code >= 0)
            set[code / 64] |= (uint64_t)1 << (code % 64);
        text += n + (text[n] == '|');
    }
}

static void
put(struct form *f, const struct form_change *c, int32_t value)
{
    const struct variable *q = &f->in->variables[c->variable];
    const char *text = value == VALUE_UNKNOWN ? "" : c->to;

    f->decoder.value[c->variable] = value;
    if (q->kind == KIND_CODES)
        put_set(f, c->variable, text);
    if (q->kind == KIND_CODES || q->kind == KIND_TEXT) {
        f->text[c->variable] = text;
        f->retold = true;
    }
}

/* Whether one of the changes was a tick, and nobody has said yet whether the
 * services were gone through: who ticks goes through them. */
static void
go_through(struct form *f, const struct form_change *list, int count)
{
    int done = f->in->role[ROLE_SERVICES_DONE];

    if (done < 0 || f->decoder.value[done] != VALUE_UNANSWERED)
        return;
    for (int i = 0; i < count; i++)
        if (f->in->variables[list[i].variable].service >= 0
            && strcmp(list[i].to, "1") == 0)
            f->decoder.value[done] = 1;
}

bool
form_change(struct form *f, struct form_change *list, int count)
{
    int32_t *value = arena_array(f->arena, (size_t)count + 1, sizeof *value);
    static const bool none[VARIABLE_MAX];
    bool ok = true;

    for (int i = 0; i < count; i++)
        ok = look(f, &list[i], &value[i]) && ok;
    if (!ok)
        return false;
    for (int i = 0; i < count; i++)
        put(f, &list[i], value[i]);
    go_through(f, list, count);
    memcpy(f->value, f->decoder.value,
           (size_t)f->in->variable_count * sizeof *f->value);
    derive_row(f->in, f->value, f->row.set, none);
    form_forget(f);
    return true;
}

void
form_keep_typed(struct form *f, struct form_change *list, int count)
{
    for (int i = 0; i < count; i++) {
        struct err fault = list[i].fault;
        struct form_change one = list[i];

        one.was = NULL;
        err_clear(&one.fault);
        if (fault.code == ERR_NONE && form_change(f, &one, 1))
            continue;
        f->decoder.value[list[i].variable] = VALUE_UNANSWERED;
        f->text[list[i].variable] = list[i].to;
    }
    form_forget(f);
}

/* What identifies, in words, a line each. */
static void
collect(const struct form *f, struct buf *plain)
{
    for (int i = 0; i < f->in->entered_count; i++) {
        const struct variable *q = &f->in->variables[i];

        if ((q->kind == KIND_TEXT || q->kind == KIND_CODES)
            && f->decoder.value[i] >= 0)
            buf_printf(plain, "%s:%s\n", q->id, form_text(f, i));
    }
}

static bool
seal(struct form *f, struct store *s, int64_t number,
     struct work_change *out, struct err *e)
{
    struct round_key key;
    struct buf plain, sealed;
    char where[128];
    bool ok = key_load(store_keys(s), f->o->round->id, &key, e);

    if (!ok)
        return false;
    buf_init_secret(&plain, PLAIN_MAX);
    buf_init(&sealed, 2 * PLAIN_MAX);
    collect(f, &plain);
    out->with_sealed = true;
    if (plain.len > 0) {
        uint8_t *copy;

        decode_where(f->o->round, number, where);
        key_seal(&key, store_random(s), where, plain.data, plain.len,
                 &sealed);
        ok = buf_ok(&plain, e) && buf_ok(&sealed, e);
        if (ok) {
            copy = arena_take(f->arena, sealed.len);
            memcpy(copy, sealed.data, sealed.len);
            out->sealed = copy;
            out->sealed_len = sealed.len;
        }
    }
    key_wipe(&key);
    buf_wipe(&plain);
    buf_clear(&sealed);
    return ok;
}

bool
form_pack(struct form *f, struct store *s, int64_t number,
          struct work_change *out, struct err *e)
{
    const struct layout *layout = opened_layout(f->o);
    uint8_t *bytes = arena_take(f->arena, layout->size);

    answers_pack(layout, f->decoder.value, bytes);
    *out = (struct work_change){
        .definition = f->o->round->definition, .answers = bytes,
        .answers_len = layout->size
    };
    return !f->retold || seal(f, s, number, out, e);
}
