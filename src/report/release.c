/* release.c - see release.h: numbers by name, what adds up to what, and where
 * each stands.
 *
 * A number's name is its scope and the text of its box (def/box.h), so that
 * two tables that count the same people share it. Names are found by a hash
 * table with open addressing; nothing is ever taken out. */
#include "report/releasing.h"
#include <assert.h>
#include <string.h>

enum { COST_TOLD = 3000,
       SLOTS = 4 };             /* places in the hash table a number */

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

int64_t
release_need(const struct release *r, const struct fact *f)
{
    return f->n < r->rule.threshold ? r->rule.threshold : f->n + 1;
}

/* ---- numbers ---- */

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
    r->fact = arena_more(r->arena, r->fact, r->count, &r->room,
                         sizeof *r->fact);
    r->slots = r->room * SLOTS;
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

void
release_hide(struct release *r, int number, enum release_why why)
{
    struct fact *f = &r->fact[number];

    if (f->hidden || f->known || r->rule.round_to > 0)
        return;
    f->hidden = true;
    f->why = why;
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

struct box
release_whole(struct release *r, const struct question *q)
{
    struct box x = release_box(r, q->where);
    struct box y = release_box(r, q->and_where);

    return box_and(r->boxes, &x, &y);
}

/* ---- what adds up to what ---- */

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
    r->term = arena_more(r->arena, r->term, r->terms, &r->term_room,
                         sizeof *r->term);
    r->term[r->terms++] = term;
}

void
release_weigh(struct release *r, const struct proof_term *term, int count)
{
    int first = r->terms;

    for (int i = 0; i < count; i++)
        add_term(r, first, term[i]);
    if (r->terms == first)
        return;
    r->sum = arena_more(r->arena, r->sum, r->sums, &r->sum_room,
                        sizeof *r->sum);
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

/* ---- where they stand ---- */

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

const char *
release_stand_text(const struct release *r, const struct stand *s)
{
    if (s->table == NULL)
        return s->document;
    return arena_printf(r->arena, "%s/%s", s->document, s->table);
}

/* ---- what is told ---- */

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
    r->entry = arena_more(r->arena, r->entry, r->entries, &r->entry_room,
                          sizeof *r->entry);
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
    release_put_table(r, e);
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
