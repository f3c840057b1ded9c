/* live_fixture.c - see live_fixture.h: beginning, ending, and writing. */
#include "live_fixture.h"
#include "calc/answers.h"
#include "feed/decode.h"
#include "report/fixed.h"

enum { PEOPLE = 12, FIRST_ROWS = 25 };

static void
say(void *ctx, const struct err *fault)
{
    struct lab *l = ctx;

    l->faults++;
    print_message("%s %s %s\n", fault->key, fault->arg[0], fault->arg[1]);
}

void
lab_reopen(struct lab *l)
{
    struct err e = { 0 };

    opened_clear(&l->plain);
    opened_clear(&l->quick);
    assert_ok(opened_init(&l->plain, l->reader, "r", &e)
              && opened_init(&l->quick, l->reader, "r", &e), &e);
    l->quick.live = l->live;
}

void
lab_start_with(struct lab *l, uint64_t seed, struct live_options o)
{
    struct err e = { 0 };

    memset(l, 0, sizeof *l);
    o.say = say;
    o.ctx = l;
    l->chance.state = seed;
    fixture_open(&l->f);
    l->reader = store_again(l->f.s, &e);
    assert_ok(l->reader != NULL, &e);
    l->log = log_queue_start(l->f.path, &e);
    assert_ok(l->log != NULL, &e);
    store_set_log_queue(l->reader, l->log);
    store_set_log_queue(l->f.s, l->log);
    o.store = l->reader;
    l->live = live_start(&o, &e);
    assert_ok(l->live != NULL, &e);
    assert_ok(key_load(store_keys(l->f.s), "r", &l->key, &e), &e);
    buf_init(&l->sealed, 0);
    buf_init(&l->text, 0);
    lab_reopen(l);
}

void
lab_start(struct lab *l, uint64_t seed, bool thread)
{
    lab_start_with(l, seed, (struct live_options){ .ask = report_fixed,
                                                   .thread = thread });
}

void
lab_stop(struct lab *l)
{
    struct err e = { 0 };

    live_stop(l->live);
    assert_ok(log_queue_stop(l->log, &e), &e);
    opened_clear(&l->plain);
    opened_clear(&l->quick);
    store_close(l->reader);
    buf_clear(&l->sealed);
    buf_clear(&l->text);
    assert_int_equal(l->faults, 0);
    fixture_remove(&l->f);
}

/* ---- writing ---- */

void
lab_begin(struct lab *l)
{
    fixture_use(&l->f, "r");
    assert_ok(store_begin(l->f.s, &l->f.e), &l->f.e);
}

void
lab_commit(struct lab *l)
{
    live_commits(l->live);
    assert_ok(store_commit(l->f.s, &l->f.e), &l->f.e);
    live_committed(l->live, l->f.s);
    live_told(l->live, l->f.s);
}

/* Those units that serve somebody, as sealed text; how many. */
static int
seal_units(struct lab *l, int v, int64_t number)
{
    const struct variable *var = &l->f.o.in->variables[v];
    char where[128];
    int chosen = 0;

    buf_reset(&l->text);
    buf_reset(&l->sealed);
    for (int i = 0; i < var->code_count; i++) {
        if (!chance_of(&l->chance, 50))
            continue;
        buf_printf(&l->text, "%s%s", chosen++ == 0 ? "units_serving:" : "|",
                   var->codes[i].id);
    }
    buf_byte(&l->text, '\n');
    decode_where(l->f.o.round, number, where);
    if (chosen > 0)
        key_seal(&l->key, store_random(l->f.s), where, l->text.data,
                 l->text.len, &l->sealed);
    return chosen;
}

/* Answers by chance of registration NUMBER, in the fixture's arena. */
static void
answer(struct lab *l, int64_t number, struct registration *r)
{
    const struct instrument *in = l->f.o.in;
    const struct layout *layout = opened_layout(&l->f.o);
    int32_t *value = arena_array(&l->f.arena, (size_t)in->variable_count,
                                 sizeof *value);
    uint8_t *answers = arena_take(&l->f.arena, layout->size);
    int serving = instrument_variable(in, "units_serving", 13);
    int most = chance_of(&l->chance, 70) ? 80 : 20;

    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    for (int i = 0; i < layout->count; i++) {
        int v = layout->field[i].variable;

        if (v != serving && chance_of(&l->chance, most))
            value[v] = random_value(&l->chance, in, v);
        else if (in->variables[v].takes_unknown
                 && chance_of(&l->chance, 30))
            value[v] = VALUE_UNKNOWN;
    }
    value[serving] = seal_units(l, serving, number);
    if (value[serving] == 0)
        value[serving] = VALUE_UNANSWERED;
    answers_pack(layout, value, answers);
    r->answers = answers;
    r->answers_len = layout->size;
    r->definition = l->f.o.round->definition;
    r->sealed = l->sealed.len > 0 ? (const uint8_t *)l->sealed.data : NULL;
    r->sealed_len = l->sealed.len;
}

static void
who(struct lab *l, uint8_t out[16])
{
    memset(out, chance_int(&l->chance, 1, PEOPLE), 16);
}

void
lab_registration(struct lab *l, int64_t number, struct registration *r)
{
    *r = (struct registration){
        .number = number, .unit = chance_int(&l->chance, 0, 2),
        .tier = chance_int(&l->chance, 1, 3), .completed_on = -1,
        .status = chance_of(&l->chance, 70) ? STATUS_COMPLETE
            : chance_of(&l->chance, 50) ? STATUS_DRAFT : STATUS_WITHDRAWN,
        .has_pseudonym = chance_of(&l->chance, 85)
    };
    if (r->status == STATUS_COMPLETE || chance_of(&l->chance, 20))
        r->completed_on = 16000 + chance_int(&l->chance, 0, 5);
    if (r->has_pseudonym)
        who(l, r->pseudonym);
    answer(l, number, r);
}

void
lab_put_some(struct lab *l, int count)
{
    struct registration r;
    int64_t from = l->last + 1;

    for (int i = 0; i < count; i++) {
        lab_registration(l, ++l->last, &r);
        assert_ok(registration_put(l->f.s, &everyone, l->f.o.round, &r,
                                   &l->f.e), &l->f.e);
    }
    assert_ok(registration_put_done(l->f.s, &everyone, l->f.o.round, count,
                                    from, l->last, &l->f.e), &l->f.e);
}

void
lab_put(struct lab *l)
{
    lab_put_some(l, chance_int(&l->chance, 1, 3));
}

void
lab_first_rows(struct lab *l)
{
    for (int i = 0; i < FIRST_ROWS; i++) {
        lab_begin(l);
        lab_put(l);
        lab_commit(l);
    }
    l->plain.round->settle_due = true;
}

void
lab_change(struct lab *l)
{
    struct registration r;

    lab_registration(l, chance_int(&l->chance, 1, (int)l->last), &r);
    if (!registration_change(l->f.s, &everyone, l->f.o.round, &r, "",
                             &l->f.e)) {
        assert_string_equal(l->f.e.key, "registration.unknown");
        err_clear(&l->f.e);
    }
}

static const char *const nord[] = { "nord" };
const struct actor lab_mapper[] = {
    { .name = "eva", .rights = "mapper", .purpose = "form",
      .all_units = true },
    { .name = "ola", .rights = "mapper", .purpose = "form",
      .all_units = true },
    { .name = "per", .rights = "mapper", .purpose = "form", .units = nord,
      .unit_count = 1 }
};

void
lab_start_work(struct lab *l)
{
    const struct actor *a = &lab_mapper[chance_int(&l->chance, 0, 1)];
    uint8_t pseudonym[16];
    struct registration r;
    struct work_change c;
    struct work *w;
    int unit = chance_int(&l->chance, 0, 1);

    who(l, pseudonym);
    answer(l, 1, &r);
    c = (struct work_change){ .definition = r.definition,
                              .answers = r.answers,
                              .answers_len = r.answers_len };
    if (work_start(l->f.s, a, l->f.o.round, unit, unit + 1, pseudonym, &c,
                   &l->f.arena, &w, &l->f.e)) {
        l->last = w->number;
        return;
    }
    assert_true(strcmp(l->f.e.key, "work.known") == 0
                || strcmp(l->f.e.key, "work.opted_out") == 0);
    err_clear(&l->f.e);
}

void
lab_go_on(struct lab *l)
{
    const struct actor *a = &lab_mapper[chance_int(&l->chance, 0, 1)];
    const struct work *list;
    struct registration r;
    struct work_change c;
    struct work w;
    uint8_t pseudonym[16];
    int count;
    bool ok;

    assert_ok(work_list(l->f.s, a, l->f.o.round, &l->f.arena, &list, &count,
                        &l->f.e), &l->f.e);
    if (count == 0)
        return;
    w = list[chance_int(&l->chance, 0, count - 1)];
    answer(l, w.number, &r);
    c = (struct work_change){
        .definition = r.definition, .answers = r.answers,
        .answers_len = r.answers_len, .with_sealed = true,
        .sealed = r.sealed, .sealed_len = r.sealed_len
    };
    who(l, pseudonym);
    switch (chance_int(&l->chance, 0, 5)) {
    case 0:
        ok = work_save(l->f.s, a, l->f.o.round, &w, &c, &l->f.e);
        break;
    case 1: case 2:
        ok = work_finish(l->f.s, a, l->f.o.round, &w, &c, 16003, &l->f.e);
        break;
    case 3:
        ok = work_withdraw(l->f.s, a, l->f.o.round, &w, "", &l->f.e);
        break;
    case 4:
        ok = work_restore(l->f.s, a, l->f.o.round, &w, &l->f.e);
        break;
    default:
        ok = work_replace_person(l->f.s, a, l->f.o.round, &w, pseudonym,
                                 &l->f.e);
    }
    if (!ok)
        assert_int_equal(l->f.e.code, ERR_INPUT);
    err_clear(&l->f.e);
}

void
lab_opt_out(struct lab *l)
{
    uint8_t pseudonym[16];
    int64_t deleted;

    who(l, pseudonym);
    assert_ok(optout_add(l->f.s, &everyone, l->f.o.round, pseudonym,
                         &deleted, &l->f.e), &l->f.e);
}
