/* country_draw.c - one registration of the made-up country.
 *
 * A round's registrations fill blocks of sixteen places. Each block is a
 * pattern of persons with one, two or three registrations, turned by
 * chance; which place a number has is a permutation, so that the same
 * person's are not beside each other. Two streams of chance follow: the
 * person's own, alike wherever he or she is registered, and the
 * registration's. Bytes of chance are compared with tables.
 *
 * Rules of the instrument (rules.md, "What a registration may not say") are
 * kept by drawing in their order: what is asked of nobody is not drawn. */
#include <assert.h>
#include <string.h>
#include "demo/countrying.h"

enum {
    BLOCK = 16, PATTERNS = 7,
    CHANCES = (2 * SVC_COUNT + 7) / 8 * 8
};

/* How many registrations the persons of a block have: the rest have one. */
static const struct {
    uint8_t often;              /* of 256 */
    uint8_t three, two;
} patterns[PATTERNS] = {
    { 20, 0, 0 }, { 62, 0, 1 }, { 66, 0, 2 }, { 20, 1, 0 }, { 46, 0, 3 },
    { 18, 1, 1 }, { 24, 0, 4 },
};

/* Whose the place is. */
struct whose {
    uint64_t person;            /* in the round */
    int copy;                   /* 0.. of the person's registrations */
    bool alone;                 /* the only one, whatever the block's end */
};

/* Bytes of chance, eight at a time. */
struct bytes {
    uint64_t state, now;
    int left;
};

static uint64_t
next(uint64_t *state)
{
    uint64_t x = country_mix(*state);

    *state += 0x9E3779B97F4A7C15u;
    return x;
}

static int
byte(struct bytes *b)
{
    int x;

    if (b->left == 0) {
        b->now = next(&b->state);
        b->left = 8;
    }
    x = (int)(b->now & 255);
    b->now >>= 8;
    b->left--;
    return x;
}

static struct whose
find_whose(const struct country_round *r, int32_t number)
{
    uint32_t place = country_shuffle(r->key, (uint32_t)r->count,
                                     (uint32_t)number - 1);
    uint32_t block = place / BLOCK;
    uint64_t chance = country_mix(r->key + ~(uint64_t)block);
    int at = (int)((place + (chance >> 8)) % BLOCK), p = 0, size;
    int in = (int)(chance & 255), person;

    while (in >= patterns[p].often)
        in -= patterns[p++].often;
    if (at < 3 * patterns[p].three) {
        person = at / 3;
        size = 3;
        at %= 3;
    } else if (at < 3 * patterns[p].three + 2 * patterns[p].two) {
        person = at;            /* any that differs will do */
        size = 2;
        at = (at - 3 * patterns[p].three) % 2;
        person -= at;
    } else {
        person = at;
        size = 1;
        at = 0;
    }
    return (struct whose){
        (uint64_t)block * BLOCK + (uint64_t)person, at, size == 1
    };
}

/* What is the same in all of a person's registrations. */
struct person {
    int target, need, age, sex;
    uint8_t score[COUNTRY_AREAS];       /* chance for each */
    uint16_t unit;              /* chance for the first unit */
    int care;                   /* chance for children */
};

static int
level(const struct country_round *r, enum country_factor f, int chance)
{
    return (r->level[f] + chance) >> 8;
}

static void
draw_person(const struct country *c, const struct country_round *r,
            const struct whose *w, struct person *p,
            struct country_reg *out)
{
    const struct country_table *t = &c->table;
    struct bytes b = { .state = r->key ^ country_mix(w->person) };

    out->pseudonym[0] = next(&b.state);
    out->pseudonym[1] = next(&b.state);
    p->target = t->target[level(r, FACTOR_SUBSTANCE, byte(&b))][byte(&b)];
    p->need = t->need[level(r, FACTOR_BURDEN, byte(&b))][p->target]
              [byte(&b)];
    p->age = COUNTRY_AGE_MIN
             + t->age[level(r, FACTOR_YOUTH, byte(&b))][p->target][byte(&b)];
    p->sex = byte(&b) < (p->target == TARGET_MENTAL ? 104 : 172) ? SEX_MALE
             : SEX_FEMALE;
    if (byte(&b) == 0)
        p->sex = SEX_OTHER;
    for (int i = 0; i < COUNTRY_AREAS; i++)
        p->score[i] = (uint8_t)byte(&b);
    p->unit = (uint16_t)(byte(&b) << 8);
    p->unit = (uint16_t)(p->unit | byte(&b));
    p->care = byte(&b);
    /* Who has no number is registered once, as far as anybody knows. */
    out->has_pseudonym = byte(&b) >= 7 || !w->alone;
}

/* Unit, tier, day, status. */
static void
draw_place(const struct country_round *r, const struct whose *w,
           const struct person *p, struct bytes *b, struct country_reg *out)
{
    const uint8_t *tier;
    int status, at = 0;

    while (at < r->unit_count - 1 && p->unit > r->share[p->target][at])
        at++;
    out->unit = (at + w->copy) % r->unit_count;
    tier = country_units[r->unit[out->unit]].tier;
    out->tier = tier[1] != 0 && byte(b) < 77 ? tier[1] : tier[0];
    status = byte(b) | byte(b) << 8;
    out->status = status < 1600 ? REG_DRAFT
                  : status < 2100 ? REG_WITHDRAWN : REG_COMPLETE;
    out->day = out->status == REG_DRAFT ? -1
               : byte(b) * COUNTRY_DAYS / 256;
}

/* VALUE, or that it was left out or not known: by how careful people are
 * there, GAP bytes of 256. */
static int16_t
answer(int value, int gap, struct bytes *b)
{
    int chance = byte(b);

    if (chance >= gap)
        return (int16_t)value;
    return chance < gap / 4 ? ANSWER_UNKNOWN : ANSWER_BLANK;
}

/* Children of one kind: whether, how many, of them how many of concern. */
static void
draw_children(int16_t *v, enum demo_var what, int chance, int gap,
              struct bytes *b)
{
    int children = 1 + (chance & 3) * (byte(b) & 3) / 2;
    int16_t has;

    v[what] = answer(chance < 20 ? 1 : chance < 38 ? 2 : 0, gap, b);
    has = v[what];
    /* Who has none is asked no more, but some write 0. */
    if (has <= 0) {
        if (has == 0 && chance > 240)
            v[what + 1] = v[what + 2] = 0;
        return;
    }
    v[what + 1] = answer(children, gap, b);
    if (v[what + 1] > 0)
        v[what + 2] = answer(byte(b) < 200 ? 0 : (byte(b) & 1) ? children
                             : (children + 1) / 2, gap, b);
}

static void
draw_questions(const struct country_table *t, const struct person *p,
               int plans, int gap, struct bytes *b, int16_t *v)
{
    for (int q = 0; q < COUNTRY_QUESTIONS; q++) {
        enum demo_var var = country_questions[q];
        bool yes = byte(b) < t->yes[q][p->target][p->need][plans];

        v[var] = answer(yes, gap, b);
    }
    v[VAR_GROUP_HEALTH] = answer(byte(b) < 150, gap, b);
    v[VAR_GROUP_OTHER] = answer(byte(b) < 40, gap, b);
    if (p->target != TARGET_MENTAL)
        v[VAR_CRISIS] = ANSWER_UNASKED;
    else
        v[VAR_INJECTING] = ANSWER_UNASKED;
    if (v[VAR_IP] != 0)
        v[VAR_IP_DECLINED] = ANSWER_UNASKED;
    for (int i = VAR_GROUP_NAV; v[VAR_GROUP] != 1 && i <= VAR_GROUP_OTHER;
         i++)
        v[i] = ANSWER_UNASKED;
}

/* What one mapper says of an area is mostly what another would. */
static void
draw_scores(const struct country_table *t, const struct person *p, int gap,
            struct bytes *b, int16_t *v)
{
    for (int i = 0; i < COUNTRY_AREAS; i++) {
        int chance = byte(b);
        int from = chance < 48 ? byte(b) : p->score[i];

        v[VAR_AREA_FIRST + i] = answer(1 + t->score[i][p->need][from], gap,
                                       b);
    }
    for (int i = 0; i < COUNTRY_USES; i++)
        v[VAR_USE_ALCOHOL + i] = answer(t->use[i][p->target][byte(b)], gap,
                                        b);
    if (p->target != TARGET_MENTAL)
        return;
    v[VAR_SUBSTANCE] = ANSWER_UNASKED;
    for (int i = 0; i < COUNTRY_USES; i++)
        v[VAR_USE_ALCOHOL + i] = ANSWER_UNASKED;
}

static void
draw_services(const struct country_table *t, const struct person *p,
              int given, struct bytes *b, struct country_reg *out)
{
    const uint8_t *received = t->received[p->target][p->need][given];
    const uint8_t *wanted = t->wanted[p->target][p->need];
    uint8_t chance[CHANCES];

    for (int i = 0; i < CHANCES; i += 8) {
        uint64_t x = next(&b->state);

        for (int k = 0; k < 8; k++)
            chance[i + k] = (uint8_t)(x >> 8 * k);
    }
    for (int i = 0; i < SVC_COUNT; i++) {
        out->received[i] = chance[i] < received[i];
        out->wanted[i] = chance[SVC_COUNT + i]
                         < (out->received[i] ? t->kept[i] : wanted[i]);
    }
}

/* The own unit, and one or two others. */
static void
draw_serving(const struct country_round *r, struct bytes *b,
             struct country_reg *out)
{
    int chance = byte(b);

    out->serving = 0;
    if (chance >= 90 || r->unit_count < 3)
        return;
    out->serving = UINT64_C(1) << out->unit;
    out->serving |= UINT64_C(1) << byte(b) % r->unit_count;
    if (chance < 30)
        out->serving |= UINT64_C(1) << byte(b) % r->unit_count;
}

/* A draft ends somewhere: nothing is answered from there on. */
static void
cut_draft(struct bytes *b, struct country_reg *out)
{
    int from = VAR_CRISIS + byte(b) % (VAR_COUNT - VAR_CRISIS);

    if (from <= VAR_IP)
        out->serving = 0;
    /* A part that is in doubt goes whole. */
    if (from >= VAR_CARE && from <= VAR_CONTACT_OBS)
        from = VAR_CARE;
    for (int i = from; i < VAR_COUNT; i++)
        if (out->v[i] != ANSWER_UNASKED)
            out->v[i] = ANSWER_BLANK;
    /* What depends on an answer that is gone is not asked. */
    if (out->v[VAR_IP] != 0)
        out->v[VAR_IP_DECLINED] = ANSWER_UNASKED;
    for (int i = VAR_GROUP_NAV; out->v[VAR_GROUP] != 1
                                && i <= VAR_GROUP_OTHER; i++)
        out->v[i] = ANSWER_UNASKED;
    out->services_done = false;
}

/* A complete one has a score at least. */
static void
ensure_score(const struct person *p, const struct country_table *t,
             int16_t *v)
{
    for (int i = VAR_AREA_FIRST; i <= VAR_AREA_LAST; i++)
        if (v[i] > 0)
            return;
    v[VAR_MENTAL] = (int16_t)(1 + t->score[VAR_MENTAL - VAR_AREA_FIRST]
                                  [p->need][p->score[0]]);
}

/* All that is answered, of all but a draft. */
static void
draw_answers(const struct country_table *t, const struct country_round *r,
             const struct person *p, struct bytes *b, struct country_reg *out)
{
    int gap = 3 + level(r, FACTOR_GAPS, byte(b));
    int plans = level(r, FACTOR_PLANS, byte(b));
    int16_t *v = out->v;

    v[VAR_SEX] = answer(p->sex, gap / 4, b);
    v[VAR_BIRTH_YEAR] = answer(r->year - p->age, gap / 4, b);
    v[VAR_TARGET_GROUP] = (int16_t)p->target;
    draw_children(v, VAR_CARE, p->age < 56 ? p->care : 128, gap, b);
    draw_children(v, VAR_CONTACT, p->age < 62 ? 255 - p->care : 128, gap, b);
    draw_questions(t, p, plans, gap, b, v);
    draw_scores(t, p, gap, b, v);
    draw_serving(r, b, out);
    out->services_done = byte(b) >= 2 * gap;
    draw_services(t, p, level(r, FACTOR_SERVICES, byte(b)) / 4, b, out);
}

void
country_draw(const struct country *c, const struct country_round *r,
             int32_t number, struct country_reg *out)
{
    struct whose w = find_whose(r, number);
    struct person p;
    struct bytes b = {
        .state = country_mix(r->key + 0x1234567) ^ country_mix(
            (uint64_t)number << 32)
    };

    assert(number >= 1 && number <= r->count);
    for (int i = 0; i < VAR_COUNT; i++)
        out->v[i] = ANSWER_BLANK;
    out->number = number;
    draw_person(c, r, &w, &p, out);
    draw_place(r, &w, &p, &b, out);
    draw_answers(&c->table, r, &p, &b, out);
    if (out->status == REG_DRAFT)
        cut_draft(&b, out);
    else
        ensure_score(&p, &c->table, out->v);
    if (!out->services_done) {
        memset(out->received, 0, sizeof out->received);
        memset(out->wanted, 0, sizeof out->wanted);
    }
}
