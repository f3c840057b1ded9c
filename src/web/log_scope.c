/* log_scope.c - see log_scope.h. */
#include "web/log_scope.h"
#include <ctype.h>
#include <string.h>

/* The reader's grants that are of no single round. */
static const struct grant *
of_all_rounds(struct page *p, int *count)
{
    struct grant *list = arena_array(p->arena, (size_t)p->grant_count + 1,
                                     sizeof *list);

    *count = 0;
    for (int i = 0; i < p->grant_count; i++)
        if (p->grants[i].round[0] == '\0')
            list[(*count)++] = p->grants[i];
    return list;
}

struct power
log_scope(struct page *p, const struct round *round, struct actor *actor)
{
    const struct grant *grants = p->grants;
    int count = p->grant_count;
    struct power power;
    const char **units;

    if (round == NULL)
        grants = of_all_rounds(p, &count);
    power = right_power(RIGHT_LOG, grants, count, round, NULL, NULL,
                        p->arena);
    units = arena_array(p->arena, (size_t)power.unit_count + 1,
                        sizeof *units);
    for (int i = 0; i < power.unit_count; i++)
        units[i] = power.units[i].id;
    *actor = (struct actor){
        .name = p->account, .rights = power.duty, .purpose = p->def->path,
        .units = units, .unit_count = power.unit_count,
        .all_units = power.everywhere != REACH_NONE
    };
    return power;
}

bool
log_watches(const struct page *p)
{
    for (int i = 0; i < p->grant_count; i++)
        if (p->grants[i].duty == DUTY_DPO || p->grants[i].duty == DUTY_ADMIN)
            return true;
    return false;
}

bool
log_sees(struct page *p, struct grant_view *v, const struct grant *g)
{
    const struct round *r;
    struct actor actor;
    struct power power;

    if (g->round[0] == '\0')
        return true;
    r = grant_view_round(v, g->round);
    if (r == NULL) {
        err_clear(&p->err);
        return false;
    }
    power = log_scope(p, r, &actor);
    if (g->unit[0] == '\0')
        return power.reach != REACH_NONE;
    return power_reach(&power, g->unit) != REACH_NONE;
}

bool
log_rounds(struct page *p, struct grant_view *v,
           const struct round *const **out)
{
    const struct round **list;
    const char *const *ids;
    int count = 0, n = 0;

    if (!round_list(p->store, p->arena, &ids, &p->err))
        return false;
    while (ids[count] != NULL)
        count++;
    list = arena_array(p->arena, (size_t)count + 1, sizeof *list);
    while (count-- > 0) {
        const struct round *r = grant_view_round(v, ids[count]);
        struct actor actor;

        if (r == NULL)
            return false;
        if (log_scope(p, r, &actor).reach != REACH_NONE)
            list[n++] = r;
    }
    *out = list;
    return true;
}

void
log_choice(struct view *list, const char *value, const char *label,
           const char *chosen)
{
    struct view *item = view_item(list);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", strcmp(value, chosen) == 0);
}

const char *
log_asked(struct page *p, const char *name)
{
    const char *value = request_query(p->request, name);

    return value != NULL ? value : "";
}

void
log_query_add(struct buf *out, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    buf_printf(out, "%s%s=", out->len > 0 ? "&" : "", name);
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;

        if (isalnum(c) || c == '-' || c == '_' || c == '.')
            buf_byte(out, c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

void
log_csv_begin(struct page *p, struct csv_writer *w, const char *file)
{
    struct response *r = exchange_response(p->x);

    r->media = "text/csv; charset=utf-8";
    response_header(p->x, "Cache-Control", "no-store");
    response_header(p->x, "Content-Disposition",
                    arena_printf(p->arena, "attachment; filename=\"%s\"",
                                 file));
    buf_text(&r->body, "\xEF\xBB\xBF");
    csv_writer_init(w, &r->body, ';');
}

void
log_csv_text(struct csv_writer *w, const char *text)
{
    struct buf safe;

    if (text[0] == '\0' || strchr("=+-@\t\r", text[0]) == NULL) {
        csv_field_text(w, text);
        return;
    }
    buf_init(&safe, 0);
    buf_printf(&safe, "'%s", text);
    csv_field_text(w, buf_string(&safe));
    buf_clear(&safe);
}
