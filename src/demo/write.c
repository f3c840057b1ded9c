/* write.c - the CSV of the registrations, and UNITS.csv. */
#include "demo/demo.h"
#include "demo/round.h"
#include <inttypes.h>
#include "demo/service.h"
#include "demo/unit.h"
#include "demo/variable.h"

static void
write_header(struct buf *out)
{
    buf_text(out, "municipality;year;period;unit;tier;ident;registered_on");
    for (int i = 0; i < VAR_COUNT; i++) {
        if (i == VAR_IP)        /* the first of tab 2 comes before it */
            buf_text(out, ";units_serving");
        buf_printf(out, ";%s", demo_variables[i].name);
    }
    buf_text(out, ";services_done");
    for (int i = 0; i < SVC_COUNT; i++) {
        const char *code = demo_service_code((enum demo_service)i);

        buf_printf(out, ";svc_%s_r;svc_%s_w", code, code);
    }
    buf_text(out, ";status\n");
}

static void
write_serving(const struct demo_reg *r, struct buf *out)
{
    const char *between = "";

    buf_text(out, ";");
    for (int i = 0; i < DEMO_UNITS; i++) {
        if (r->serving >> i & 1u) {
            buf_printf(out, "%s%s", between, demo_unit_list[i].slug);
            between = "|";
        }
    }
}

static void
write_answer(int var, int answer, struct buf *out)
{
    if (answer == ANSWER_UNKNOWN)
        buf_text(out, ";unknown");
    else if (answer < 0)
        buf_text(out, ";");
    else if (demo_variables[var].codes[0] != NULL)
        buf_printf(out, ";%s", demo_variables[var].codes[answer]);
    else
        buf_printf(out, ";%d", answer);
}

static void
write_services(const struct demo_reg *r, struct buf *out)
{
    buf_text(out, r->services_done ? ";1" : ";0");
    for (int i = 0; i < SVC_COUNT; i++) {
        if (r->services_done)
            buf_printf(out, ";%d;%d", (int)(r->received >> i & 1u),
                       (int)(r->wanted >> i & 1u));
        else
            buf_text(out, ";;");
    }
}

static void
write_reg(const struct demo_reg *r, struct buf *out)
{
    static const char *const status[] = { "complete", "draft", "withdrawn" };
    const struct demo_place *place = &demo_places[r->place];

    buf_printf(out, "1201;%d;5;%s;%d;", DEMO_YEAR,
               demo_unit_list[place->unit].slug, place->tier);
    if (r->number != 0)
        buf_printf(out, "%011" PRIu64, r->number);
    /* A draft was not completed on any day. */
    buf_printf(out, ";%s", r->status == REG_DRAFT ? ""
               : demo_days[r->day]);
    for (int i = 0; i < VAR_COUNT; i++) {
        if (i == VAR_IP)
            write_serving(r, out);
        write_answer(i, r->v[i], out);
    }
    write_services(r, out);
    buf_printf(out, ";%s\n", status[r->status]);
}

void
demo_write(const struct demo_round *round, struct buf *out)
{
    write_header(out);
    for (int i = 0; i < round->regs; i++)
        write_reg(&round->reg[i], out);
}

void
demo_units(struct buf *out)
{
    buf_text(out, "unit;name;tier;sector;number_required\n");
    for (int i = 0; i < DEMO_UNITS; i++) {
        const struct demo_unit *u = &demo_unit_list[i];

        buf_printf(out, "%s;%s;%s;%s;%s\n", u->slug, u->name, u->tiers,
                   u->sector, u->required);
    }
}
