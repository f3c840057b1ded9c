/* page_progress_data.c - progress for programs: CSV and JSON. */
#include "base/csv.h"
#include "base/msg.h"
#include "web/pages.h"
#include "web/progress.h"

struct writing {
    struct page *p;
    struct csv_writer w;
    const struct progress_row *row;
};

/* One number a line: unit, tier, measure, day, count. */
static void
put_line(struct writing *w, const char *measure, int32_t day, int64_t n)
{
    const struct unit *u = &w->p->round->round->units[w->row->unit];
    char text[DAY_TEXT] = "";

    if (day != DAY_NONE)
        day_print(text, day);
    csv_field_text(&w->w, u->id);
    csv_field_int(&w->w, w->row->tier);
    csv_field_text(&w->w, measure);
    csv_field_text(&w->w, text);
    if (n == NOT_SAID)
        csv_field_text(&w->w, "");
    else
        csv_field_int(&w->w, n);
    csv_end_row(&w->w);
}

static void
put_row(struct writing *w, const struct progress *g)
{
    const struct progress_count *c = &w->row->count;

    put_line(w, "expected", DAY_NONE, c->expected);
    put_line(w, "started", DAY_NONE, c->started);
    put_line(w, "done", DAY_NONE, c->done);
    for (int k = 0; k < REASON_COUNT; k++)
        put_line(w, arena_printf(w->p->arena, "not_registered_%s",
                                 reason_word(k)), DAY_NONE, c->reason[k]);
    put_line(w, "left", DAY_NONE, c->left);
    for (int i = 0; i < g->day_count; i++)
        if (w->row->day[i] > 0 || w->row->slot[i])
            put_line(w, "done_on", g->day[i], w->row->day[i]);
}

void
page_progress_csv(struct page *p)
{
    static const char *const heads[] = {
        "unit", "tier", "measure", "day", "count"
    };
    struct response *r = exchange_response(p->x);
    struct writing w = { .p = p };
    struct progress g;

    if (!progress_read(p, &g)) {
        page_fail(p);
        return;
    }
    csv_writer_init(&w.w, &r->body, ';');
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_field_text(&w.w, heads[i]);
    csv_end_row(&w.w);
    for (int i = 0; i < g.row_count; i++) {
        w.row = &g.row[i];
        put_row(&w, &g);
    }
    r->media = "text/csv; charset=utf-8";
    response_header(p->x, "Cache-Control", "no-store");
    response_header(p->x, "Content-Disposition",
                    arena_printf(p->arena,
                                 "attachment; filename=\"%s-progress.csv\"",
                                 p->round->round->id));
}

static void
json_number(struct json *j, const char *key, int64_t n)
{
    json_key(j, key);
    if (n == NOT_SAID)
        json_put_null(j);
    else
        json_put_int(j, n);
}

static void
json_count(struct json *j, const struct progress_count *c)
{
    json_number(j, "expected", c->expected);
    json_number(j, "started", c->started);
    json_number(j, "done", c->done);
    json_key(j, "not_registered");
    json_begin_object(j);
    for (int k = 0; k < REASON_COUNT; k++)
        json_number(j, reason_word(k), c->reason[k]);
    json_end_object(j);
    json_number(j, "left", c->left);
}

static void
json_days(struct json *j, const struct progress *g,
          const struct progress_row *r)
{
    char day[DAY_TEXT];

    json_key(j, "days");
    json_begin_array(j);
    for (int i = 0; i < g->day_count; i++) {
        if (r->day[i] == 0 && !r->slot[i])
            continue;
        day_print(day, g->day[i]);
        json_begin_object(j);
        json_key(j, "day");
        json_put_string(j, day);
        json_key(j, "planned");
        json_put_bool(j, r->slot[i]);
        json_number(j, "done", r->day[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

void
page_progress_json(struct page *p)
{
    struct progress g;
    struct json j;

    if (!progress_read(p, &g)) {
        page_fail(p);
        return;
    }
    page_json(p, &j);
    json_begin_object(&j);
    json_key(&j, "round");
    json_put_string(&j, p->round->round->id);
    json_key(&j, "own");
    json_put_bool(&j, g.own);
    json_key(&j, "units");
    json_begin_array(&j);
    for (int i = 0; i < g.row_count; i++) {
        const struct unit *u = &p->round->round->units[g.row[i].unit];

        json_begin_object(&j);
        json_key(&j, "unit");
        json_put_string(&j, u->id);
        json_key(&j, "name");
        json_put_string(&j, u->name);
        json_number(&j, "tier", g.row[i].tier);
        json_count(&j, &g.row[i].count);
        json_days(&j, &g, &g.row[i]);
        json_end_object(&j);
    }
    json_end_array(&j);
    json_key(&j, "all");
    json_begin_object(&j);
    json_count(&j, &g.sum);
    json_number(&j, "superseded", g.superseded);
    json_end_object(&j);
    json_end_object(&j);
    page_json_finish(p, &j);
}
