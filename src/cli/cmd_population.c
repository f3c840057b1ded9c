/* cmd_population.c - the inhabitants of a round's municipality, from a file
 * of Statistics Norway's. */
#include <string.h>
#include "base/clock.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "report/population.h"

/* --on: a 1 January; its year, 0 where it is not given. */
static bool
take_day(const struct cli *c, int *year, struct err *e)
{
    const char *typed = c->option[OPT_ON];
    char quoted[QUOTE_MAX];
    int month = 0, mday = 0;
    int32_t day;

    *year = 0;
    if (typed == NULL)
        return true;
    if (day_parse(typed, strlen(typed), &day))
        day_to_date(day, year, &month, &mday);
    if (month == 1 && mday == 1)
        return true;
    err_quote(quoted, sizeof quoted, typed, strlen(typed));
    return err_set(e, ERR_USAGE, "usage.population_on", "%s", quoted);
}

static bool
set_field(struct cli *c, struct opened *o, const char *field,
          const char *value, struct err *e)
{
    return round_set(o->store, &c->actor, o->round, lawful_field_of(field),
                     value, e);
}

static bool
set_population(struct cli *c, struct opened *o,
               const struct population_answer *found, struct err *e)
{
    struct arena *a = &c->arena;

    return set_field(c, o, "population",
                     arena_printf(a, "%lld", (long long)found->number), e)
        && set_field(c, o, "population_from_age",
                     arena_printf(a, "%d", o->round->from_age), e)
        && set_field(c, o, "population_on",
                     arena_printf(a, "%04d-01-01", found->on), e);
}

/* population, from_age, on, and the numbers whose inhabitants they are */
static void
print_found(struct cli *c, const struct opened *o,
            const struct population_answer *found)
{
    buf_printf(&c->out, "population\t%lld\nfrom_age\t%d\non\t%04d-01-01\n"
               "municipalities\t", (long long)found->number,
               o->round->from_age, found->on);
    for (int i = 0; i < found->region_count; i++)
        buf_printf(&c->out, "%s%04d", i > 0 ? " " : "", found->region[i]);
    buf_text(&c->out, "\n");
}

bool
cmd_population(struct cli *c, struct err *e)
{
    struct population_question q = { 0 };
    struct population_answer found;
    struct buf file;
    struct opened o;
    bool ok;

    if (!take_day(c, &q.on, e) || !cli_open(c, STORE_WRITE, &o, e))
        return false;
    q.municipality = o.round->municipality;
    q.year = o.round->year;
    q.from_age = o.round->from_age;
    buf_init(&file, POPULATION_BYTES_MAX);
    ok = buf_read_file(&file, c->word[2], POPULATION_BYTES_MAX, e)
         && population_read(buf_string(&file), file.len, c->word[2], &q,
                            &c->arena, &found, e)
         && store_begin(o.store, e);
    if (ok)
        ok = cli_commit(o.store, set_population(c, &o, &found, e), e);
    if (ok)
        print_found(c, &o, &found);
    buf_clear(&file);
    cli_close(&o);
    return ok;
}
