/* release.c - see release.h: numbers by name, what was released before, and
 * what others ask of a release.
 *
 * A number's name is its scope and the text of its box (def/box.h), so that
 * two tables that count the same people share it. Names are found by a hash
 * table with open addressing; nothing is ever taken out. */
#include "report/releasing.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "report/proof.h"
#include "report/round_net.h"

enum { FIRST_ROOM = 1024, FIGURES = QUESTION_ROWS_MAX, COST_TOLD = 3000,
       TOLD_PLACES = 3 };

struct release *
release_new(const struct instrument *in, const struct protect_rule *rule,
            const struct ledger *ledger, struct arena *arena)
{
    struct release *r = arena_take(arena, sizeof *r);

    assert(rule->threshold >= PROTECT_MIN && rule->round_to >= 0);
    r->in = in;
    r->arena = arena;
    r->rule = *rule;
    r->rule.release = NULL;
    if (r->rule.attribute == 0)
        r->rule.attribute = 2 * rule->threshold;
    r->ledger = ledger;
    r->boxes = boxes_new(in, arena);
    return r;
}

bool
release_small(const struct release *r, int64_t n)
{
    return n > 0 && n < r->rule.threshold;
}

/* ---- numbers ---- */

/* MORE of OLD with room for ROOM pieces of SIZE bytes. */
static void *
grown(struct release *r, const void *old, int count, int room, size_t size)
{
    void *more = arena_array(r->arena, (size_t)room, size);

    if (count > 0)
        memcpy(more, old, (size_t)count * size);
    return more;
}

static uint64_t
hash_name(int sum, const char *set)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)(sum + 1);

    for (const char *s = set; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ^ h >> 29;
}

/* Where the number of that name is, or would stand. */
static int
slot_of(const struct release *r, int sum, const char *set)
{
    int at = (int)(hash_name(sum, set) & (uint64_t)(r->slots - 1));

    while (r->slot[at] != 0) {
        const struct fact *f = &r->fact[r->slot[at] - 1];

        if (f->sum == sum && strcmp(f->set, set) == 0)
            break;
        at = (at + 1) & (r->slots - 1);
    }
    return at;
}

static void
make_room(struct release *r)
{
    if (r->count < r->room)
        return;
    r->room = r->room == 0 ? FIRST_ROOM : r->room * 2;
    r->fact = grown(r, r->fact, r->count, r->room, sizeof *r->fact);
    r->slots = r->room * 4;
    r->slot = arena_array(r->arena, (size_t)r->slots, sizeof *r->slot);
    for (int i = 0; i < r->count; i++)
        r->slot[slot_of(r, r->fact[i].sum, r->fact[i].set)] = i + 1;
}

int
release_find(const struct release *r, int sum, const char *set)
{
    return r->slots == 0 ? NO_NUMBER : r->slot[slot_of(r, sum, set)] - 1;
}

static const char *
scope_of(struct release *r, int sum)
{
    return sum < 0 ? "recipients"
        : arena_printf(r->arena, "sum:%s", r->in->variables[sum].id);
}

/* A new number, or the one of that name. */
static int
put(struct release *r, int sum, const char *set, int64_t n, bool *made)
{
    int at;

    make_room(r);
    at = slot_of(r, sum, set);
    *made = r->slot[at] == 0;
    if (!*made) {
        r->odd += r->fact[r->slot[at] - 1].n != n;
        return r->slot[at] - 1;
    }
    r->many |= r->count >= RELEASE_NUMBERS_MAX;
    r->slot[at] = r->count + 1;
    r->fact[r->count] = (struct fact){
        .scope = scope_of(r, sum), .set = set, .sum = sum, .n = n,
        .people = n, .because = NO_NUMBER
    };
    return r->count++;
}

int
release_put(struct release *r, const struct box *x, int sum, int64_t n,
            int64_t people)
{
    bool made;
    int i = put(r, sum, box_text(r->boxes, x), n, &made);

    if (made) {
        r->fact[i].box = *x;
        r->fact[i].closed = box_closed(r->boxes, x);
        r->fact[i].boxed = true;
        r->fact[i].nobody = x->none;
        r->fact[i].people = people;
    }
    return i;
}

int
release_put_named(struct release *r, const char *set, int64_t n)
{
    bool made;

    return put(r, -1, set, n, &made);
}

struct box
release_box(struct release *r, const char *where)
{
    struct err e = { 0 };
    struct expr *x = where == NULL || *where == '\0' ? NULL
        : expr_parse(where, r->in, r->in->variable_count, r->arena, NULL,
                     &e);

    assert(e.code == ERR_NONE);
    return box_of(r->boxes, x);
}

static void
make_sum_room(struct release *r, int terms)
{
    if (r->sums == r->sum_room) {
        r->sum_room = r->sum_room * 2 + 256;
        r->sum = grown(r, r->sum, r->sums, r->sum_room, sizeof *r->sum);
    }
    if (r->terms + terms > r->term_room) {
        r->term_room = (r->terms + terms) * 2 + 1024;
        r->term = grown(r, r->term, r->terms, r->term_room,
                        sizeof *r->term);
    }
}

/* Puts TERM into the sum that begins at FIRST; one number stands there
 * once. */
static void
add_term(struct release *r, int first, struct proof_term term)
{
    for (int i = first; i < r->terms; i++) {
        if (r->term[i].number != term.number)
            continue;
        r->term[i].times += term.times;
        if (r->term[i].times == 0)
            r->term[i] = r->term[--r->terms];
        return;
    }
    r->term[r->terms++] = term;
}

void
release_weigh(struct release *r, const struct proof_term *term, int count)
{
    int first = r->terms;

    make_sum_room(r, count);
    for (int i = 0; i < count; i++)
        add_term(r, first, term[i]);
    if (r->terms > first)
        r->sum[r->sums++] = (struct sum){ first, r->terms - first, false };
}

void
release_sum(struct release *r, int whole, const int *part, int count,
            bool values)
{
    struct proof_term *term = arena_array(r->arena, (size_t)count + 1,
                                          sizeof *term);
    int64_t left = r->fact[whole].n;
    int before = r->sums;

    term[0] = (struct proof_term){ whole, -1 };
    for (int i = 0; i < count; i++) {
        term[i + 1] = (struct proof_term){ part[i], 1 };
        left -= r->fact[part[i]].n;
    }
    if (left != 0) {
        r->odd++;
        return;
    }
    release_weigh(r, term, count + 1);
    if (r->sums > before && r->sum[before].count == count + 1)
        r->sum[before].whole = values;
}

void
release_hide(struct release *r, int number, enum release_why why)
{
    struct fact *f = &r->fact[number];

    if (f->hidden || f->known || r->rule.round_to > 0)
        return;
    f->hidden = true;
    f->why = why;
}

void
release_stands(struct release *r, int number, const char *document,
               const char *table)
{
    struct fact *f = &r->fact[number];
    struct stand **at = &f->stand;

    f->places++;
    while (*at != NULL && ((*at)->table != table
                           || strcmp((*at)->document, document) != 0))
        at = &(*at)->next;
    if (*at != NULL)
        return;
    *at = arena_take(r->arena, sizeof **at);
    **at = (struct stand){ document, table, NULL };
}

static const char *
place_text(const struct release *r, const struct stand *s)
{
    if (s->table == NULL)
        return s->document;
    return arena_printf(r->arena, "%s/%s", s->document, s->table);
}

/* "mental/ip, report, slides": every table and document it stands in. */
static const char *
where_of(const struct release *r, const struct fact *f)
{
    const char *text = "";

    for (const struct stand *s = f->stand; s != NULL; s = s->next)
        text = arena_printf(r->arena, "%s%s%s", text,
                            *text == '\0' ? "" : ", ", place_text(r, s));
    return text;
}

/* ---- tables ---- */

/* The definition's table that T was asked for, or NULL. */
static const char *
name_of(const struct release *r, const struct table *t)
{
    const struct question *q = t->question;

    for (int i = 0; i < r->in->table_count; i++) {
        const struct table_def *d = &r->in->tables[i];

        if (d->rows == q->rows && d->figures == q->figures
            && d->columns == q->columns && d->sum == q->sum)
            return d->id;
    }
    return NULL;
}

struct entry *
release_entry(struct release *r)
{
    if (r->entries == r->entry_room) {
        r->entry_room = r->entry_room * 2 + 64;
        r->entry = grown(r, r->entry, r->entries, r->entry_room,
                         sizeof *r->entry);
    }
    return &r->entry[r->entries++];
}

void
release_add(struct release *r, const char *document, const struct table *t)
{
    struct entry *e = release_entry(r);

    assert(!r->solved);
    e->t = t;
    e->document = document;
    e->name = name_of(r, t);
    release_place(r, e);
}

void
release_know(struct release *r, const char *where, int64_t n)
{
    struct box x = release_box(r, where);
    int i = release_put(r, &x, -1, n, n);

    r->fact[i].printed = true;
    r->fact[i].known = !release_small(r, n);
}

void
release_print(struct release *r, const char *document, const char *where,
              int64_t n)
{
    struct box x = release_box(r, where);
    int at = release_put(r, &x, -1, n, n);
    struct fact *f = &r->fact[at];

    f->printed = true;
    release_stands(r, at, document, NULL);
    f->cost = f->cost < COST_TOLD ? COST_TOLD : f->cost;
}

/* ---- what was released before ---- */

/* The sum that the ledger's SCOPE names: -1 of counts, -2 of what is no
 * number of this instrument. */
static int
sum_of(const struct release *r, const char *scope)
{
    int v;

    if (strcmp(scope, "recipients") == 0 || strcmp(scope, "status") == 0
        || strcmp(scope, "other") == 0)
        return -1;
    if (strncmp(scope, "sum:", 4) != 0)
        return -2;
    v = instrument_variable(r->in, scope + 4, strlen(scope + 4));
    return v >= 0 ? v : -2;
}

/* Whether N is a count that can be counted by the definition there is now. */
static bool
can_count(struct release *r, const struct round_number *n)
{
    struct err e = { 0 };

    if (sum_of(r, n->scope) != -1 || strcmp(n->scope, "other") == 0
        || strlen(n->set) > EXPR_BYTES_MAX)
        return false;
    if (*n->set != '\0')
        (void)expr_parse(n->set, r->in, r->in->variable_count, r->arena,
                         NULL, &e);
    return e.code == ERR_NONE;
}

static bool
ask_figures(struct release *r, const struct figure *f, struct plan *plan,
            int *count, struct err *e)
{
    for (int at = 0; at < r->asked_count; at += FIGURES, ++*count) {
        int left = r->asked_count - at;
        struct question q = {
            .columns = -1, .sum = -1, .figures = &f[at],
            .figure_count = left < FIGURES ? left : FIGURES
        };

        if (plan_add(plan, &q, e) < 0)
            return false;
    }
    return true;
}

void
release_ask(struct release *r, const struct box *x, bool link)
{
    const char *name = box_text(r->boxes, x);
    int at = release_find(r, -1, name);

    if (x->none || r->many || strlen(name) > EXPR_BYTES_MAX)
        return;
    if (at >= 0) {
        r->fact[at].link &= link;
        return;
    }
    if (r->asked_count == r->asked_room) {
        r->asked_room = r->asked_room * 2 + 256;
        r->asked = grown(r, r->asked, r->asked_count, r->asked_room,
                         sizeof *r->asked);
    }
    at = release_put(r, x, -1, 0, 0);
    r->fact[at].link = link;
    r->asked[r->asked_count++] = at;
}

/* Those X is what is answered of: what stood beside it in its table, so that
 * what it adds up to is known again. */
static void
ask_for_wholes(struct release *r, struct box x)
{
    for (int i = x.count - 1; i >= 0; i--) {
        struct box_side all = side_answered(r->boxes, x.side[i].attribute);

        if (!side_equal(&all, &x.side[i]))
            continue;
        x = box_without(r->boxes, &x, i);
        release_ask(r, &x, true);
    }
}

bool
release_questions(struct release *r, struct plan *plan, int *count,
                  struct err *e)
{
    int most = r->ledger == NULL ? 0 : r->ledger->count;
    struct figure *f;

    *count = 0;
    if (r->rule.round_to > 0)
        return true;
    for (int i = 0, printed = r->count; i < printed; i++)
        if (r->fact[i].printed && r->fact[i].boxed && r->fact[i].sum < 0)
            ask_for_wholes(r, r->fact[i].box);
    for (int i = 0; i < most; i++) {
        const struct round_number *n = &r->ledger->number[i];
        struct box x;

        if (!can_count(r, n))
            continue;
        x = release_box(r, n->set);
        release_ask(r, &x, true);
        ask_for_wholes(r, x);
    }
    release_ask_pieces(r);
    f = arena_array(r->arena, (size_t)r->asked_count + 1, sizeof *f);
    for (int i = 0; i < r->asked_count; i++)
        f[i] = (struct figure){
            .id = "earlier", .sum = -1,
            .where = *r->fact[r->asked[i]].set == '\0' ? NULL
                : r->fact[r->asked[i]].set
        };
    return ask_figures(r, f, plan, count, e);
}

/* F was shown as VALUE earlier. Now that stays known; where the data have
 * changed, it is a number of its own, and few between the two are a small
 * number. */
static void
compare(struct release *r, struct fact *f, int64_t value)
{
    int64_t more = f->n - value;

    if (more == 0) {
        f->told = f->known = true;
    } else if (!f->status && release_small(r, more < 0 ? -more : more)) {
        r->changed |= f->known;
        f->sensitive = true;
        f->need = value + r->rule.threshold;
        f->hidden = true;
        f->why = WHY_EARLIER;
    }
}

/* Rounded once it stays so, as long as that is beside it. */
static void
keep_rounded(struct release *r, struct fact *f, int64_t value)
{
    if (!round_beside(value, f->n, r->rule.round_to))
        return;
    f->rounded = value;
    f->fixed = true;
}

/* F was hidden earlier: it stays so, and if it was small then, safe. */
static void
keep_hidden(struct release *r, struct fact *f, bool sensitive)
{
    if (f->known || f->hidden)
        return;
    f->hidden = true;
    f->why = WHY_COMPLEMENT;
    if (!sensitive || f->status || f->n == 0)
        return;
    f->sensitive = true;
    f->why = WHY_EARLIER;
    f->need = f->n < r->rule.threshold ? r->rule.threshold : f->n + 1;
}

/* The number N of the ledger, or NO_NUMBER. A set with a condition in it may
 * be called another thing when it is read again. */
static int
find_earlier(struct release *r, const struct round_number *n)
{
    int at = release_find(r, sum_of(r, n->scope), n->set);
    struct box x;

    if (at >= 0 || !can_count(r, n))
        return at;
    x = release_box(r, n->set);
    return release_find(r, -1, box_text(r->boxes, &x));
}

void
release_add_counted(struct release *r, const struct table *const *tables)
{
    int most = r->ledger == NULL ? 0 : r->ledger->count;

    for (int i = 0; i < r->asked_count; i++) {
        int64_t now = tables[i / FIGURES]->cell[i % FIGURES];

        r->fact[r->asked[i]].n = r->fact[r->asked[i]].people = now;
    }
    for (int i = 0; i < most; i++) {
        const struct round_number *n = &r->ledger->number[i];
        int at = find_earlier(r, n), *first;

        if (at < 0)
            continue;
        r->fact[at].earlier = true;
        r->fact[at].link = false;
        first = n->hidden ? &r->fact[at].hidden_in : &r->fact[at].told_in;
        if (*first == 0)
            *first = r->ledger->release == NULL ? 1 : r->ledger->release[i];
        r->fact[at].status |= strcmp(n->scope, "status") == 0;
        if (r->rule.round_to > 0)
            keep_rounded(r, &r->fact[at], n->value);
        else if (n->hidden)
            keep_hidden(r, &r->fact[at], n->sensitive);
        else
            compare(r, &r->fact[at], n->value);
    }
}

/* ---- deciding ---- */

/* Whether everybody knows already that F is nobody. */
static bool
is_known_zero(const struct fact *f, const struct release *r, const int *zero,
              int zeros)
{
    for (int i = 0; i < zeros; i++)
        if (box_within(&f->closed, &r->fact[zero[i]].box))
            return true;
    return false;
}

/* After the first release a new nought is hidden as a small number is: what
 * was told of a group may say that it is small, and then its parts would be
 * told by what they are not. */
static void
hide_new_zeros(struct release *r)
{
    int *zero = arena_array(r->arena, (size_t)r->count + 1, sizeof *zero);
    int zeros = 0;

    if (r->ledger == NULL || r->ledger->count == 0)
        return;
    for (int i = 0; i < r->count; i++)
        if (r->fact[i].told && r->fact[i].boxed && r->fact[i].sum < 0
            && r->fact[i].n == 0)
            zero[zeros++] = i;
    for (int i = 0; i < r->count; i++) {
        struct fact *f = &r->fact[i];

        if (f->n != 0 || !f->printed || !f->boxed || f->known || f->nobody
            || f->status || is_known_zero(f, r, zero, zeros))
            continue;
        release_hide(r, i, WHY_EARLIER);
    }
}

/* What must be hidden whatever else is: small numbers of people. */
static void
find_small(struct release *r)
{
    for (int i = 0; i < r->count; i++) {
        struct fact *f = &r->fact[i];

        if (f->status || f->link || (!release_small(r, f->n)
                          && !release_small(r, f->people)))
            continue;
        if (f->told) {
            f->hidden = true;
            f->why = WHY_TOLD;
        }
        if (f->known)
            continue;
        f->sensitive = f->hidden = true;
        f->why = WHY_SMALL;
        f->need = f->n < r->rule.threshold ? r->rule.threshold : f->n + 1;
    }
}

/* What is hidden with no reason found by proof, since it was hidden earlier,
 * protects the small number nearest to it. */
static void
find_because(struct release *r)
{
    bool changed = true;

    for (int i = 0; i < r->count; i++)
        if (r->fact[i].sensitive)
            r->fact[i].because = i;
    while (changed) {
        changed = false;
        for (int s = 0; s < r->sums; s++) {
            const struct proof_term *term = &r->term[r->sum[s].first];
            int found = NO_NUMBER;

            for (int k = 0; k < r->sum[s].count && found < 0; k++)
                if (r->fact[term[k].number].hidden
                    || !r->fact[term[k].number].printed)
                    found = r->fact[term[k].number].because;
            for (int k = 0; k < r->sum[s].count && found >= 0; k++) {
                struct fact *f = &r->fact[term[k].number];

                if (f->because < 0 && (f->hidden || !f->printed)) {
                    f->because = found;
                    changed = true;
                }
            }
        }
    }
}

bool
release_solve(struct release *r, struct err *e)
{
    if (r->many)
        return err_set(e, ERR_INPUT, "release.many", "%d",
                       (int)RELEASE_NUMBERS_MAX);
    if (r->rule.round_to > 0) {
        release_round(r);
        r->solved = true;
        return true;
    }
    if (r->changed)
        return err_set(e, ERR_INPUT, "release.changed", "%d",
                       r->rule.threshold);
    release_link(r);
    if (r->many)
        return err_set(e, ERR_INPUT, "release.many", "%d",
                       (int)RELEASE_NUMBERS_MAX);
    find_small(r);
    hide_new_zeros(r);
    release_flows(r);
    release_prove(r);
    find_because(r);
    r->solved = true;
    return r->accept || release_told(r, e);
}

void
release_accept(struct release *r)
{
    r->accept = true;
}

/* Where some of the numbers that are told stand, or those beside them. */
static const char *
told_places(const struct release *r)
{
    const char *text = "";
    int places = 0;

    for (int i = 0; i < r->count && places < TOLD_PLACES; i++) {
        const struct stand *s = r->fact[i].open ? r->fact[i].stand : NULL;

        if (s == NULL || strstr(text, place_text(r, s)) != NULL)
            continue;
        text = arena_printf(r->arena, "%s%s%s", text,
                            places++ > 0 ? ", " : "", place_text(r, s));
    }
    return text;
}

/* The first number that is told, one with a name of its own before others;
 * NULL: a group. */
static const struct fact *
first_told(const struct release *r)
{
    const struct fact *found = NULL;

    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];

        if (f->open && f->sensitive && f->need > 1
            && (found == NULL || (f->boxed && !found->boxed)))
            found = f;
    }
    return found;
}

/* By the same threshold something else is the matter: which set it is, and
 * the release that told it. */
static bool
told_same(const struct release *r, const struct fact *f, struct err *e)
{
    int last = r->ledger->release == NULL ? 1
        : r->ledger->release[r->ledger->count - 1];

    return err_set(e, ERR_INPUT, "release.told_same", "%d %s %d", r->open,
                   f->set, f->told_by > 0 ? f->told_by : last);
}

bool
release_told(const struct release *r, struct err *e)
{
    const char *places = told_places(r);
    const struct fact *first = first_told(r);

    if (r->open == 0)
        return true;
    if (first != NULL && r->ledger != NULL && r->ledger->count > 0
        && r->ledger->threshold >= r->rule.threshold)
        return told_same(r, first, e);
    if (*places == '\0')
        return err_set(e, ERR_INPUT, "release.told_before", "%d", r->open);
    return err_set(e, ERR_INPUT, "release.told", "%d %s", r->open, places);
}

/* ---- what others ask ---- */

const struct table *
release_table_at(const struct release *r, int i, const char **document)
{
    if (i >= r->entries)
        return NULL;
    *document = r->entry[i].document;
    return r->entry[i].t;
}

bool
release_blanks_at(const struct release *r, int i)
{
    return r->entry[i].blanks && r->entry[i].t->shape != SHAPE_FIGURES;
}

static const struct entry *
entry_of(const struct release *r, const struct table *t)
{
    for (int i = 0; i < r->entries; i++)
        if (r->entry[i].t == t)
            return &r->entry[i];
    return NULL;
}

static bool *
hidden_of(const struct release *r, const int *number, int count,
          struct arena *arena)
{
    bool *mark = arena_array(arena, (size_t)count + 1, sizeof *mark);

    for (int i = 0; i < count; i++)
        mark[i] = number[i] >= 0 && r->fact[number[i]].hidden;
    return mark;
}

struct release_marks
release_marks(const struct release *r, const struct table *t,
              struct arena *arena)
{
    const struct entry *e = entry_of(r, t);
    struct release_marks m = { 0 };
    int cells = t->row_count * t->column_count;

    assert(r->solved && e != NULL);
    m.cell = hidden_of(r, e->cell, cells, arena);
    m.row = hidden_of(r, e->row, t->row_count, arena);
    m.column = hidden_of(r, e->column, t->column_count, arena);
    m.base = hidden_of(r, e->base, t->base_count, arena);
    m.left_out = hidden_of(r, e->left_out, t->base_count, arena);
    m.of = arena_array(arena, (size_t)t->column_count + 1, sizeof *m.of);
    for (int i = 0; i < cells; i++)
        m.of[i % t->column_count] |= e->of[i] >= 0
            && r->fact[e->of[i]].hidden;
    m.outside = arena_array(arena, (size_t)t->base_count + 1,
                            sizeof *m.outside);
    for (int i = 0; i < t->base_count; i++)
        for (int k = 0; k < 3; k++)
            m.outside[i][k] = e->outside[i][k] >= 0
                && r->fact[e->outside[i][k]].hidden;
    m.all = e->all >= 0 && r->fact[e->all].hidden;
    return m;
}

static bool
hides(struct release *r, const struct box *x)
{
    int i = release_find(r, -1, box_text(r->boxes, x));

    assert(r->solved);
    return i < 0 || !r->fact[i].printed || r->fact[i].hidden;
}

bool
release_hides(struct release *r, const char *where)
{
    struct box x = release_box(r, where);

    return hides(r, &x);
}

bool
release_hides_answered(struct release *r, const char *where,
                       const char *variable)
{
    struct box x = release_box(r, where), answered;
    int v = instrument_variable(r->in, variable, strlen(variable));

    assert(v >= 0);
    answered = box_answered(r->boxes, v);
    x = box_and(r->boxes, &x, &answered);
    return hides(r, &x);
}

/* Of fewer than what it is hidden; 0 where it protects another. */
static int
limit_of(const struct release *r, const struct fact *f)
{
    if (f->why == WHY_ATTRIBUTE && f->sensitive)
        return r->rule.attribute;
    return f->sensitive || f->why == WHY_STATUS || f->why == WHY_TOLD
        ? r->rule.threshold : 0;
}

const struct release_number *
release_numbers(const struct release *r, int *count)
{
    struct release_number *list = arena_array(r->arena,
        (size_t)r->count + 1, sizeof *list);

    *count = 0;
    for (int i = 0; i < r->count; i++) {
        const struct fact *f = &r->fact[i];

        const struct fact *because = f->because < 0
            || &r->fact[f->because] == f ? NULL : &r->fact[f->because];

        if (!f->printed && !f->earlier && !f->sensitive)
            continue;
        list[(*count)++] = (struct release_number){
            .scope = f->scope, .set = f->set, .n = f->n,
            .shown = f->fixed ? f->rounded : f->n,
            .hidden = f->hidden || f->sensitive,
            .sensitive = f->sensitive,
            .earlier = !f->printed && f->earlier, .why = f->why,
            .because_set = because == NULL ? NULL : because->set,
            .because_where = because == NULL ? NULL : where_of(r, because),
            .limit = limit_of(r, f),
            .document = f->stand != NULL ? f->stand->document : NULL,
            .table = f->stand != NULL ? f->stand->table : NULL,
            .where = where_of(r, f), .places = f->places
        };
    }
    return list;
}

struct release_stats
release_stats(const struct release *r)
{
    struct release_stats s = {
        .tables = r->entries, .equations = r->sums, .programs = r->programs,
        .odd = r->odd, .split = r->split
    };

    for (int i = 0; i < r->count; i++) {
        s.numbers += r->fact[i].printed;
        s.sensitive += r->fact[i].sensitive;
        s.hidden += r->fact[i].printed && r->fact[i].hidden;
        s.moved += r->fact[i].printed && r->fact[i].fixed
            && r->fact[i].rounded != r->fact[i].n;
    }
    return s;
}
