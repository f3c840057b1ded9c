/* release_earlier.c - see release.h: what was released before, and what else
 * must be counted for its sake.
 *
 * What earlier releases told stays known, and what they hid stays hidden.
 * Their numbers that no table has now are counted anew, with what stood
 * beside them, so that what they add up to is known again. */
#include <string.h>
#include "report/releasing.h"
#include "report/round_net.h"

enum { FIGURES = QUESTION_ROWS_MAX };

/* ---- what must be counted ---- */

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

/* Whether N is a count that the definition as it is now can count. */
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
    r->asked = arena_more(r->arena, r->asked, r->asked_count,
                          &r->asked_room, sizeof *r->asked);
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

/* Asks for the numbers of the ledger, and for all those that what is or was
 * printed is of. */
static void
ask_earlier(struct release *r)
{
    int most = r->ledger == NULL ? 0 : r->ledger->count;

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
}

static bool
plan_figures(struct release *r, const struct figure *f, struct plan *plan,
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

bool
release_questions(struct release *r, struct plan *plan, int *count,
                  struct err *e)
{
    struct figure *f;

    *count = 0;
    if (r->rule.round_to > 0)
        return true;
    ask_earlier(r);
    release_ask_pieces(r);
    f = arena_array(r->arena, (size_t)r->asked_count + 1, sizeof *f);
    for (int i = 0; i < r->asked_count; i++) {
        const char *set = r->fact[r->asked[i]].set;

        f[i] = (struct figure){ .id = "earlier", .sum = -1,
                                .where = *set == '\0' ? NULL : set };
    }
    return plan_figures(r, f, plan, count, e);
}

/* ---- what becomes of it ---- */

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
    f->need = release_need(r, f);
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

/* The number AT as N of the ledger, of RELEASE, has it. */
static void
take_earlier(struct release *r, int at, const struct round_number *n,
             int release)
{
    struct fact *f = &r->fact[at];
    int *first = n->hidden ? &f->hidden_in : &f->told_in;

    f->earlier = true;
    f->link = false;
    if (*first == 0)
        *first = release;
    f->status |= strcmp(n->scope, "status") == 0;
    if (r->rule.round_to > 0)
        keep_rounded(r, f, n->value);
    else if (n->hidden)
        keep_hidden(r, f, n->sensitive);
    else
        compare(r, f, n->value);
}

void
release_add_counted(struct release *r, const struct table *const *tables)
{
    const struct ledger *l = r->ledger;
    int most = l == NULL ? 0 : l->count;

    for (int i = 0; i < r->asked_count; i++) {
        int64_t now = tables[i / FIGURES]->cell[i % FIGURES];

        r->fact[r->asked[i]].n = r->fact[r->asked[i]].people = now;
    }
    for (int i = 0; i < most; i++) {
        int at = find_earlier(r, &l->number[i]);

        if (at >= 0)
            take_earlier(r, at, &l->number[i],
                         l->release == NULL ? 1 : l->release[i]);
    }
}
