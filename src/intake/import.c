/* import.c - registrations from CSV to the store: all rows, or none.
 *
 * One pass in one transaction: each row is read, checked, ranked and put
 * into the store; when the file has ended, which registrations count is
 * written, and only then is it committed. A faulty row is told and not
 * put; the others are, so that a number used twice is found too, and in the
 * end everything is rolled back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/array.h"
#include "base/utf8.h"
#include "calc/answers.h"
#include "calc/check.h"
#include "calc/derive.h"
#include "feed/settle.h"
#include "intake/cells.h"
#include "intake/numbers.h"

enum {
    PROGRESS_ROWS = 4096,
    BATCH = REGISTRATIONS_AT_ONCE,
    SEALED_ROOM = 1 << 22,      /* of a batch; one row's is 1 MiB at most */
    CHANCE = 4096
};

/* Rows that wait to be put together. */
struct batch {
    struct registration r[BATCH];
    size_t sealed_at[BATCH];    /* where each begins in SEALED */
    uint8_t *answers;           /* of each, one after another */
    struct buf sealed;
    int count;
};

/* Chance for nonces, taken from the store's in pieces: asking the kernel for
 * each takes as long as a tenth of a row. */
struct chance {
    struct random *from;
    size_t left;
    uint8_t bytes[CHANCE];
};

/* A row whose superseded_by is to be looked at when all numbers are
 * known. */
struct target {
    long line;
    int64_t number, by;
};

struct importing {
    struct opened *o;
    const struct actor *actor;
    struct sheet sheet;
    struct cells cells;
    struct settling *settling;
    const struct layout *layout;
    struct arena arena;         /* of the outline */
    struct outline outline;
    int secret[CSV_FIELDS_MAX]; /* columns of what is sealed */
    int secret_count;
    int32_t *effective;
    bool *want;                 /* derived variables that rank */
    struct batch batch;
    struct buf plain;
    struct chance chance;
    struct optouts optouts;
    struct numbers *numbers;    /* in use, in the store and the file */
    int32_t today;
    int64_t next;               /* number of the next row without one */
    int64_t put, first, last;
    struct target *targets;
    size_t target_count, target_room;
};

/* The first free number behind those of the store and, where the file can
 * be read twice, of the file: rows without a number come after the others,
 * wherever they stand. */
static bool
find_next(struct importing *im, struct err *e)
{
    int column = sheet_column(&im->sheet, COLUMN_REGISTRATION);
    struct csv_row row;
    struct csv_reader *csv = im->sheet.csv;
    int64_t highest = 0;

    im->next = im->o->round->next_number;
    if (column < 0 || (im->sheet.data == NULL && im->sheet.size == 0))
        return true;
    while (csv_next(csv, &row) == CSV_ROW || row.fault != CSV_OK) {
        int64_t n = 0;

        if (row.fields != (size_t)im->sheet.columns)
            continue;
        for (size_t i = 0; i < row.field[column].len
                           && n <= NUMBER_LIMIT; i++) {
            char c = row.field[column].data[i];

            if (c < '0' || c > '9') {
                n = 0;          /* told when its row is read */
                break;
            }
            n = n * 10 + (c - '0');
        }
        if (n > highest && n <= NUMBER_LIMIT)
            highest = n;
    }
    if (highest >= im->next)
        im->next = highest + 1;
    if (!sheet_rewind(&im->sheet)
        || csv_next(im->sheet.csv, &im->sheet.row) != CSV_ROW)
        return err_set(e, ERR_MACHINE, "file.read", "%s %s", im->sheet.file,
                       "rewind");
    return true;
}

/* A row's own number, or the next. */
static bool
give_number(struct importing *im, struct registration *r)
{
    struct err fault = { .code = ERR_NONE };

    r->number = im->cells.row.number;
    if (r->number == 0)
        r->number = im->next;
    if (r->number > NUMBER_LIMIT) {
        err_set(&fault, ERR_INPUT, "import.numbers_full", "%d",
                NUMBER_LIMIT);
        cells_fault(&im->cells, &fault, COLUMN_REGISTRATION);
        return false;
    }
    return true;
}

static void
unit_needed(struct importing *im)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "import.unit_needed", "");
    cells_fault(&im->cells, &fault, im->o->in->role[ROLE_UNIT]);
}

static const struct unit_tier *
tier_of(const struct unit *unit, int tier)
{
    for (int i = 0; i < unit->tier_count; i++)
        if (unit->tiers[i].tier == tier)
            return &unit->tiers[i];
    return NULL;
}

/* Unit and tier: one the round has, one the unit offers; a number where the
 * tier demands one. */
static void
check_unit(struct importing *im)
{
    struct entry_row *row = &im->cells.row;
    const int *role = im->o->in->role;
    int32_t unit = row->value[role[ROLE_UNIT]];
    int32_t *tier = &row->value[role[ROLE_TIER]];
    const struct unit *u;
    const struct unit_tier *t;
    struct err fault = { .code = ERR_NONE };

    if (unit < 0 && !row->bad[role[ROLE_UNIT]])
        unit_needed(im);
    if (unit < 0 || row->bad[role[ROLE_TIER]])
        return;
    u = &im->o->round->units[unit];
    if (u->off) {
        err_set(&fault, ERR_INPUT, "work.unit_off", "%s", u->id);
        cells_fault(&im->cells, &fault, role[ROLE_UNIT]);
    }
    fault = (struct err){ .code = ERR_NONE };
    if (*tier < 0)
        *tier = u->tiers[0].tier;
    t = tier_of(u, *tier);
    if (t == NULL) {
        err_set(&fault, ERR_INPUT, "import.tier", "%d %s", *tier, u->id);
        cells_fault(&im->cells, &fault, role[ROLE_TIER]);
    } else if (t->number_required && !row->has_pseudonym
               && !row->bad[role[ROLE_IDENT]]
               && row->status == STATUS_COMPLETE) {
        err_set(&fault, ERR_INPUT, "import.number_required", "%s %d", u->id,
                *tier);
        cells_fault(&im->cells, &fault, role[ROLE_IDENT]);
    }
}

/* Whether the number says the same of its person as the answers. */
static void
compare_ident(struct importing *im)
{
    const struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    int sex = in->role[ROLE_SEX], born = in->role[ROLE_BIRTH_YEAR];
    static const char *const words[] = {
        [IDENT_FEMALE] = "female", [IDENT_MALE] = "male"
    };
    struct err warning = { .code = ERR_NONE };

    if (!row->has_ident || !ident_derives(in->facts.year))
        return;
    if (row->ident.sex != IDENT_SEX_NONE && row->value[sex] >= 0
        && strcmp(in->variables[sex].codes[row->value[sex]].id,
                  words[row->ident.sex]) != 0) {
        err_set(&warning, ERR_INPUT, "import.sex_differs", "");
        sheet_warn(&im->sheet, &warning, sheet_column(&im->sheet, sex));
    }
    err_clear(&warning);
    if (row->ident.birth_year != 0 && row->value[born] >= 0
        && row->value[born] != row->ident.birth_year) {
        err_set(&warning, ERR_INPUT, "import.born_differs", "");
        sheet_warn(&im->sheet, &warning, sheet_column(&im->sheet, born));
    }
}

/* Whether any variable that a condition names has a faulty cell. */
struct blame {
    const bool *bad;
    bool found;
};

static void
see_bad(void *ctx, int variable)
{
    struct blame *b = ctx;

    b->found = b->found || b->bad[variable];
}

/* Whether what is wrong with variable V may only follow from a faulty cell
 * that has been told already: V's own, or one its conditions look at. */
static bool
follows(const struct importing *im, const struct err *fault, int v)
{
    const struct instrument *in = im->o->in;
    struct blame b = { im->cells.row.bad, im->cells.row.bad[v] };

    if (strcmp(fault->key, "check.unasked") == 0)
        expr_variables(in->variables[v].asked, see_bad, &b);
    if (strcmp(fault->key, "check.needed_any") == 0)
        for (int i = 0; i < in->complete_any_count; i++)
            see_bad(&b, in->complete_any[i]);
    for (int i = 0; i < in->check_count; i++)
        if (in->checks[i].at == v
            && strcmp(fault->key, "check.message") == 0)
            expr_variables(in->checks[i].refuse, see_bad, &b);
    if (in->variables[v].at_most >= 0)
        see_bad(&b, in->variables[v].at_most);
    return b.found;
}

static void
say_check(void *ctx, const struct err *fault)
{
    struct importing *im = ctx;
    struct err copy = *fault;
    int v = instrument_variable(im->o->in, fault->field,
                                strlen(fault->field));

    if (!follows(im, fault, v))
        cells_fault(&im->cells, &copy, v);
}

/* What follows from the row as a whole. The opt-out list is looked at
 * first, before anything of the row is used. */
static void
check_row(struct importing *im)
{
    struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    struct check_listener listener = {
        say_check, im, im->sheet.listener->lang
    };
    struct row answers = {
        row->value, (const uint64_t *const *)row->set
    };

    if (row->has_pseudonym && optouts_have(&im->optouts, row->pseudonym)) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "import.opted_out", "");
        cells_fault(&im->cells, &fault,
                    row->has_ident ? in->role[ROLE_IDENT]
                                   : COLUMN_PSEUDONYM);
    }
    check_unit(im);
    check_by(&im->outline, &answers, CHECK_ASKED
             | (row->status == STATUS_COMPLETE ? CHECK_COMPLETE : 0),
             &listener);
    compare_ident(im);
}

/* Blank cells that have a meaning of their own. */
static void
fill_blanks(struct importing *im)
{
    struct entry_row *row = &im->cells.row;
    const int *role = im->o->in->role;
    int32_t *done = &row->value[role[ROLE_SERVICES_DONE]];
    int32_t *day = &row->value[role[ROLE_COMPLETED_ON]];

    if (*done == VALUE_UNANSWERED)
        *done = 1;
    if (*day < 0 && row->status == STATUS_COMPLETE)
        *day = im->today;
}

/* The header is known: which columns are sealed. */
static void
find_secrets(struct importing *im)
{
    const struct sheet *s = &im->sheet;

    for (int i = 0; i < s->columns; i++) {
        enum kind kind;

        if (s->id[i] < 0 || s->id[i] >= VARIABLE_MAX)
            continue;
        kind = im->o->in->variables[s->id[i]].kind;
        if (kind == KIND_TEXT || kind == KIND_CODES)
            im->secret[im->secret_count++] = i;
    }
}

/* What identifies, as "id:value" lines; see feed/decode.h. */
static void
collect_plain(struct importing *im)
{
    const struct sheet *s = &im->sheet;

    buf_reset(&im->plain);
    for (int k = 0; k < im->secret_count; k++) {
        int i = im->secret[k];
        const struct variable *v = &im->o->in->variables[s->id[i]];

        if (s->row.field[i].len == 0 || im->cells.row.value[s->id[i]] < 0)
            continue;
        buf_text(&im->plain, v->id);
        buf_byte(&im->plain, ':');
        buf_add(&im->plain, s->row.field[i].data, s->row.field[i].len);
        buf_byte(&im->plain, '\n');
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

static bool
seal(struct importing *im, struct registration *r, struct err *e)
{
    struct random random = { take_chance, &im->chance };
    struct buf *sealed = &im->batch.sealed;
    size_t before = sealed->len;
    char where[128];
    struct cells *c = &im->cells;

    collect_plain(im);
    if (im->plain.len == 0)
        return true;
    if (!c->has_key) {
        c->has_key = key_load(store_keys(im->o->store), im->o->round->id,
                              &c->key, e);
        if (!c->has_key)
            return false;
    }
    decode_where(im->o->round, r->number, where);
    key_seal(&c->key, &random, where, im->plain.data, im->plain.len, sealed);
    if (!buf_ok(&im->plain, e) || !buf_ok(sealed, e))
        return false;
    im->batch.sealed_at[im->batch.count] = before;
    r->sealed_len = sealed->len - before;
    return true;
}

static bool
note_target(struct importing *im, const struct registration *r,
            struct err *e)
{
    struct target *p = array_more(im->targets, im->target_count,
                                  &im->target_room, sizeof *p, e);

    if (p == NULL)
        return false;
    im->targets = p;
    im->targets[im->target_count++] = (struct target){
        im->sheet.row.line, r->number, r->superseded_by
    };
    return true;
}

static void
number_used(struct importing *im, int64_t number)
{
    struct err fault = { .code = ERR_NONE };
    char digits[24], shown[QUOTE_MAX];

    snprintf(digits, sizeof digits, "%lld", (long long)number);
    err_quote(shown, sizeof shown, digits, strlen(digits));
    err_set(&fault, ERR_INPUT, "import.number_used", "%s", shown);
    cells_fault(&im->cells, &fault, COLUMN_REGISTRATION);
}

/* What waits goes into the store. */
static bool
flush(struct importing *im, struct err *e)
{
    struct batch *b = &im->batch;
    int count = b->count;

    for (int i = 0; i < count; i++) {
        struct registration *r = &b->r[i];

        r->answers = b->answers + (size_t)i * im->layout->size;
        if (r->sealed_len > 0)
            r->sealed = (const uint8_t *)b->sealed.data + b->sealed_at[i];
    }
    b->count = 0;
    /* A file with faults is refused in the end. */
    if (im->sheet.faults == 0
        && !registration_put_many(im->o->store, im->actor, im->o->round,
                                  b->r, count, e))
        return false;
    buf_reset(&b->sealed);
    return true;
}

/* Has R put with others; a number in use is a fault of the row. */
static bool
put(struct importing *im, const struct registration *r, struct err *e)
{
    if (numbers_has(im->numbers, r->number)) {
        number_used(im, r->number);
        return true;
    }
    if (im->put++ == 0 || r->number < im->first)
        im->first = r->number;
    if (r->number > im->last)
        im->last = r->number;
    if (r->number >= im->next)
        im->next = r->number + 1;
    im->batch.r[im->batch.count++] = *r;
    return numbers_take(im->numbers, r->number, e)
        && (r->superseded_by == 0 || note_target(im, r, e))
        && settling_add(im->settling, r, im->effective, e)
        && ((im->batch.count < BATCH
             && im->batch.sealed.len < SEALED_ROOM / 2) || flush(im, e));
}

/* A checked row becomes a registration. */
static bool
put_row(struct importing *im, struct err *e)
{
    struct entry_row *row = &im->cells.row;
    const struct instrument *in = im->o->in;
    struct registration r = {
        .unit = row->value[in->role[ROLE_UNIT]],
        .tier = row->value[in->role[ROLE_TIER]],
        .status = row->status,
        .has_pseudonym = row->has_pseudonym,
        .superseded_by = row->has_pseudonym ? 0 : row->superseded_by,
        .definition = im->o->round->definition,
        .answers_len = im->layout->size
    };
    int32_t day = row->value[in->role[ROLE_COMPLETED_ON]];

    r.completed_on = day >= 0 ? day : -1;
    memcpy(r.pseudonym, row->pseudonym, sizeof r.pseudonym);
    if (!give_number(im, &r))
        return true;
    answers_pack(im->layout, row->value, im->batch.answers
                 + (size_t)im->batch.count * im->layout->size);
    if (!seal(im, &r, e))
        return false;
    memcpy(im->effective, row->value,
           (size_t)in->variable_count * sizeof *im->effective);
    derive_by(&im->outline, im->effective,
              (const uint64_t *const *)row->set, im->want);
    return put(im, &r, e);
}

static bool
read_rows(struct importing *im, struct err *e)
{
    const struct listener *l = im->sheet.listener;
    bool more = true;

    for (;;) {
        if (!sheet_next(&im->sheet, &more, e))
            return false;
        if (!more)
            return flush(im, e);
        if (!cells_read(&im->cells, e))
            return false;
        check_row(im);
        fill_blanks(im);
        if (im->cells.row.faults == 0 && !put_row(im, e))
            return false;
        if (l->progress != NULL && im->sheet.rows % PROGRESS_ROWS == 0)
            l->progress(l->ctx, im->sheet.fd >= 0 && im->sheet.size > 0
                        ? lseek(im->sheet.fd, 0, SEEK_CUR) : 0,
                        im->sheet.size);
    }
}

/* Every superseded_by that a file gave must lead to a registration of the
 * round. */
static bool
check_targets(struct importing *im, struct err *e)
{
    for (size_t i = 0; i < im->target_count; i++) {
        const struct target *t = &im->targets[i];
        struct err fault = { .code = ERR_NONE };
        bool leads = false;

        if (!registration_leads(im->o->store, im->o->round, t->by, &leads,
                                e))
            return false;
        if (leads)
            continue;
        err_set(&fault, ERR_INPUT, "import.superseded_by", "");
        im->sheet.row.line = t->line;
        cells_fault(&im->cells, &fault, COLUMN_SUPERSEDED_BY);
    }
    return true;
}

static bool
refuse(struct importing *im, struct err *e)
{
    err_at(e, im->sheet.file, 0, 0);
    return err_set(e, ERR_INPUT, "import.refused", "%lld",
                   (long long)im->sheet.faults);
}

static bool
import_rows(struct importing *im, struct err *e)
{
    struct sheet_names names = { cells_find, im->o };

    if (!sheet_header(&im->sheet, &names, e))
        return false;
    if (im->sheet.columns > 0
        && sheet_column(&im->sheet, im->o->in->role[ROLE_UNIT]) < 0) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "csv.column_missing", "%s",
                im->o->in->variables[im->o->in->role[ROLE_UNIT]].id);
        sheet_fault(&im->sheet, &fault, -1);
        return refuse(im, e);
    }
    if (im->sheet.columns == 0)
        return refuse(im, e);
    find_secrets(im);
    if (!find_next(im, e) || !read_rows(im, e))
        return false;
    /* Only now is it known which registrations count. */
    if (im->sheet.faults == 0
        && (!settling_write(im->settling, e) || !check_targets(im, e)))
        return false;
    if (im->sheet.faults > 0)
        return refuse(im, e);
    im->o->round->next_number = im->next;
    return registration_put_done(im->o->store, im->actor, im->o->round,
                                 im->put, im->first, im->last, e);
}

static void
importing_init(struct importing *im, struct opened *o,
               const struct actor *actor)
{
    const struct instrument *in = o->in;
    const struct clock *clock = store_clock(o->store);

    *im = (struct importing){ .o = o, .actor = actor };
    im->layout = opened_layout(o);
    arena_init(&im->arena);
    outline_init(&im->outline, in, &im->arena);
    im->batch.answers = mem_take(BATCH * im->layout->size);
    im->effective = mem_take((size_t)in->variable_count
                             * sizeof *im->effective);
    im->want = mem_take((size_t)in->variable_count * sizeof *im->want);
    if (in->index_variable >= 0)
        im->want[in->index_variable] = true;
    im->today = day_oslo(clock->now_ms(clock->ctx));
    buf_init_secret(&im->plain, 1 << 21);
    buf_init(&im->batch.sealed, SEALED_ROOM);
    im->chance.from = store_random(o->store);
}

static void
importing_clear(struct importing *im)
{
    explicit_bzero(im->batch.answers, BATCH * im->layout->size);
    free(im->batch.answers);
    explicit_bzero(im->batch.r, sizeof im->batch.r);
    free(im->effective);
    free(im->want);
    free(im->targets);
    buf_wipe(&im->plain);
    buf_wipe(&im->batch.sealed);
    optouts_clear(&im->optouts);
    numbers_free(im->numbers);
    settling_free(im->settling);
    arena_clear(&im->arena);
    cells_clear(&im->cells);
    sheet_close(&im->sheet);
}

static bool
take_number(void *ctx, int64_t number, struct err *e)
{
    return numbers_take(ctx, number, e);
}

/* What the store has that a row is held against. */
static bool
look_up(struct importing *im, struct err *e)
{
    im->numbers = numbers_new();
    if (im->numbers == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%zu", (size_t)1);
    im->settling = settling_new(im->o, im->actor, e);
    return im->settling != NULL
        && optouts_load(im->o->store, im->o->round, &im->optouts, e)
        && registration_numbers(im->o->store, im->o->round, take_number,
                                im->numbers, e);
}

static bool
import(struct opened *o, const struct actor *actor, const char *name,
       const char *data, size_t len, const struct listener *listener,
       struct import_result *result, struct err *e)
{
    struct importing im;
    int64_t next = o->round->next_number;
    bool ok;

    *result = (struct import_result){ .rows = 0 };
    if (o->round->status == ROUND_SETUP)
        return err_set(e, ERR_INPUT, "setup.not_open", "%s", o->round->id);
    if (o->round->status != ROUND_OPEN)
        return err_set(e, ERR_INPUT, "round.closed", "%s", o->round->id);
    importing_init(&im, o, actor);
    ok = sheet_open(&im.sheet, name, data, len, listener, e)
      && store_begin_import(o->store, e);
    if (ok) {
        cells_init(&im.cells, o, &im.sheet);
        ok = look_up(&im, e) && import_rows(&im, e)
          && store_commit(o->store, e);
        if (!ok) {
            store_rollback(o->store);
            o->round->next_number = next;
        }
    }
    *result = (struct import_result){
        im.sheet.rows, im.sheet.faults, im.sheet.warnings
    };
    importing_clear(&im);
    return ok;
}

bool
import_csv(struct opened *o, const struct actor *actor, const char *file,
           const struct listener *listener, struct import_result *result,
           struct err *e)
{
    return import(o, actor, file, NULL, 0, listener, result, e);
}

bool
import_memory(struct opened *o, const struct actor *actor, const char *name,
              const char *data, size_t len, const struct listener *listener,
              struct import_result *result, struct err *e)
{
    return import(o, actor, name, data, len, listener, result, e);
}
