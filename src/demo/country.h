/* country.h - a made-up country: registrations of every municipality, ten
 * years.
 *
 * Numbers and names of the municipalities are real and those of their year;
 * nothing else is. Nobody in it exists, and no figure says anything of a
 * municipality: sizes, profiles and how they drift are drawn from a seed. A
 * municipality keeps its character when its number changes; one made of
 * several has the sum of their sizes and the mean of their characters.
 *
 * All of it is a function of how many registrations there are and of the
 * seed. The k-th registration of a round is made by itself, so a country
 * can be had round by round or in the order of arrival, which mixes the
 * rounds, without either being kept. */
#ifndef DEMO_COUNTRY_H
#define DEMO_COUNTRY_H
#include "base/buf.h"
#include "demo/country_unit.h"
#include "demo/reg.h"
#include "demo/service.h"

enum {
    COUNTRY_MAX = 100000000,    /* registrations */
    COUNTRY_FIRST = 2015, COUNTRY_LAST = 2024,  /* years */
    COUNTRY_YEARS = COUNTRY_LAST - COUNTRY_FIRST + 1,
    COUNTRY_PERIOD = 5, COUNTRY_AGE_MIN = 18,
    COUNTRY_FACTORS = 6, COUNTRY_DAYS = 20
};

/* The factors of a character, in 256ths of a level 0..15. */
enum country_factor {
    FACTOR_BURDEN,              /* how ill people are */
    FACTOR_SUBSTANCE,           /* how many have substance problems */
    FACTOR_PLANS,               /* how well services work together */
    FACTOR_SERVICES,            /* how much is given */
    FACTOR_YOUTH,               /* how young they are */
    FACTOR_GAPS                 /* how much is left unanswered */
};

struct country_round {
    char id[32];                /* "m0301-2024" */
    int municipality, year;
    const char *name;           /* the municipality's then */
    int32_t count;              /* registrations, 0 and up */
    int32_t start;              /* of the rounds before it */
    int unit_count;             /* 1..COUNTRY_UNITS */
    uint8_t unit[COUNTRY_UNITS];        /* places in country_units, rising */
    uint16_t share[TARGET_COUNT][COUNTRY_UNITS]; /* adding up to 65536 - 1:
                                   who of a target group is whose, at most */
    uint16_t level[COUNTRY_FACTORS];
    uint64_t key;               /* what is drawn in it begins here */
};

/* One registration. Answers are those of reg.h. */
struct country_reg {
    int16_t v[VAR_COUNT];
    uint8_t received[SVC_COUNT], wanted[SVC_COUNT];     /* 0 or 1 */
    bool services_done;         /* else the ticks are 0 and not answered */
    uint64_t serving;           /* bit n: place n of the round's units; 0:
                                   not answered */
    int unit;                   /* place in the round's units */
    int tier;
    int day;                    /* of COUNTRY_DAYS, -1 of a draft */
    enum demo_status status;
    bool has_pseudonym;
    uint64_t pseudonym[2];      /* high half first */
    int32_t number;             /* 1.. in the round */
};

struct country;

/* REGISTRATIONS is 0..COUNTRY_MAX. Where there are at least as many as
 * rounds, no round is empty; else the smallest are. */
struct country *country_new(int64_t registrations, uint64_t seed);
void country_free(struct country *c);
int64_t country_registrations(const struct country *c);
/* Year by year, each in order of numbers; borrowed from C. */
int country_rounds(const struct country *c);
const struct country_round *country_round(const struct country *c, int i);
/* The round of the I-th registration to arrive: a shuffle of them all. */
int country_arrival(const struct country *c, int64_t i);
/* Registration NUMBER (1..R->count) of R. */
void country_draw(const struct country *c, const struct country_round *r,
                  int32_t number, struct country_reg *out);
/* The Nth day of mapping in YEAR, days since 1970-01-01. */
int32_t country_day(int year, int n);

/* The whole country as one CSV (interfaces.md, "CSV of registrations", but
 * of many rounds) in order of arrival: a round's rows are in order of their
 * numbers. PUT is called with up to a megabyte at a time; false where it
 * was, with E as it left it. */
MUST_CHECK bool country_csv(const struct country *c,
                            bool (*put)(void *ctx, const char *data,
                                        size_t len, struct err *e),
                            void *ctx, struct err *e);

#endif
