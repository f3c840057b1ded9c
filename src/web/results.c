/* results.c - see results.h. */
#include "web/results.h"
#include <string.h>
#include "store/fieldwork.h"
#include "web/asset.h"

enum { STYLE_DIGITS = 12 };

const char *const results_part_names[RESULTS_PARTS] = {
    "target", "sex", "age"
};

static bool
sees_all(const struct page *p)
{
    return p->power.everywhere == REACH_ALL;
}

bool
results_report_open(const struct page *p, int report)
{
    return sees_all(p)
           || p->round->in->reports[report].scope == SCOPE_UNIT;
}

bool
results_unit_open(const struct page *p, int unit)
{
    return page_may(p, p->round->round->units[unit].id, REACH_UNIT);
}

bool
results_unprotected(struct page *p)
{
    return page_power(p, RIGHT_UNPROTECTED).everywhere == REACH_ALL;
}

bool
results_rule(struct page *p, struct protect_rule *rule)
{
    int value[SETTING_COUNT];

    if (!setting_list(p->store, p->round->round, value, &p->err))
        return false;
    rule->threshold = value[SETTING_SMALL_BELOW];
    rule->round_to = value[SETTING_ROUND_TO];
    return true;
}

/* The variables that the parts choose by: what a complete registration must
 * have, the one that is the sex, and the first that is bands of an age. */
static void
find_variables(const struct instrument *in, struct results *r)
{
    r->variable[0] = -1;
    r->variable[1] = in->role[ROLE_SEX];
    r->variable[2] = -1;
    for (int i = in->complete_answered_count - 1; i >= 0; i--)
        if (in->variables[in->complete_answered[i]].kind == KIND_CODE)
            r->variable[0] = in->complete_answered[i];
    for (int i = in->variable_count - 1; i >= 0; i--)
        if (in->variables[i].derive == DERIVE_BANDS)
            r->variable[2] = i;
}

static const char *
asked(const struct page *p, const char *name)
{
    const char *value = request_query(p->request, name);

    return value != NULL ? value : "";
}

/* The report of that id, or the first that may be seen; -1: none. */
static int
find_report(const struct page *p, const char *id)
{
    const struct instrument *in = p->round->in;

    for (int i = 0; i < in->report_count; i++)
        if (results_report_open(p, i)
            && (*id == '\0' || strcmp(in->reports[i].id, id) == 0))
            return i;
    return -1;
}

/* The same among the units; a unit that may not be seen is like one that
 * does not exist. */
static const char *
find_unit(const struct page *p, const char *id)
{
    const struct round *round = p->round->round;

    for (int i = 0; i < round->unit_count; i++)
        if (results_unit_open(p, i)
            && (*id == '\0' || strcmp(round->units[i].id, id) == 0))
            return round->units[i].id;
    return NULL;
}

static bool
read_parts(const struct page *p, struct results *r)
{
    for (int i = 0; i < RESULTS_PARTS; i++) {
        int v = r->variable[i];

        r->key[i] = asked(p, results_part_names[i]);
        if (*r->key[i] != '\0'
            && (v < 0 || variable_code(&p->round->in->variables[v],
                                       r->key[i], strlen(r->key[i])) < 0))
            return false;
    }
    return true;
}

bool
results_read(struct page *p, struct results *r)
{
    memset(r, 0, sizeof *r);
    find_variables(p->round->in, r);
    r->report = find_report(p, asked(p, "report"));
    if (r->report < 0 || !read_parts(p, r)) {
        page_refuse(p, 404, NULL);
        return false;
    }
    if (p->round->in->reports[r->report].scope == SCOPE_UNIT) {
        r->unit = find_unit(p, asked(p, "unit"));
        if (r->unit == NULL) {
            page_refuse(p, 404, NULL);
            return false;
        }
    }
    r->internal = strcmp(asked(p, "view"), "internal") == 0;
    if (r->internal && !results_unprotected(p)) {
        page_refuse(p, 403, NULL);
        return false;
    }
    if (!results_rule(p, &r->rule)) {
        page_fail(p);
        return false;
    }
    return true;
}

/* A registration of which nothing is known but that answer. */
bool
results_fits(struct page *p, const struct results *r, int part, int code)
{
    const struct instrument *in = p->round->in;
    const char *where = in->reports[r->report].where;
    int32_t *value = arena_array(p->arena, (size_t)in->variable_count,
                                 sizeof *value);
    uint64_t *none = arena_array(p->arena, CODE_MAX / 64, sizeof *none);
    const uint64_t **set = arena_array(p->arena, (size_t)in->set_count + 1,
                                       sizeof *set);
    struct row row = { value, set };
    struct err e = { 0 };
    struct expr *x;

    for (int i = 0; i < in->variable_count; i++)
        value[i] = VALUE_UNANSWERED;
    for (int i = 0; i < in->set_count; i++)
        set[i] = none;
    value[r->variable[part]] = code;
    if (part != 0 || where == NULL)
        return true;
    x = expr_parse(where, in, in->variable_count, p->arena, NULL, &e);
    return e.code == ERR_NONE && expr_test(x, &row);
}

/* A code's id in an address: of what it may hold, only the plus
 * sign means something else there ("56+"). */
static const char *
escaped(struct page *p, const char *id)
{
    const char *out = "";

    for (const char *plus; (plus = strchr(id, '+')) != NULL; id = plus + 1)
        out = arena_printf(p->arena, "%s%.*s%%2B", out, (int)(plus - id),
                           id);
    return arena_printf(p->arena, "%s%s", out, id);
}

const char *
results_query(struct page *p, const struct results *r, bool internal)
{
    const char *query = arena_printf(p->arena, "report=%s",
                                     p->round->in->reports[r->report].id);

    if (r->unit != NULL)
        query = arena_printf(p->arena, "%s&unit=%s", query, r->unit);
    for (int i = 0; i < RESULTS_PARTS; i++)
        if (*r->key[i] != '\0')
            query = arena_printf(p->arena, "%s&%s=%s", query,
                                 results_part_names[i],
                                 escaped(p, r->key[i]));
    return internal ? arena_printf(p->arena, "%s&view=internal", query)
                    : query;
}

bool
results_make(struct page *p, const struct results *r,
             struct report_made *out)
{
    struct report_part part[RESULTS_PARTS];
    struct report_order order = {
        .report = r->report, .unit = r->unit, .part = part,
        .lang = p->lang, .municipality_name = page_municipality(p),
        .internal = r->internal, .few = r->rule.threshold,
        .protect = r->internal ? NULL : &r->rule
    };

    for (int i = 0; i < RESULTS_PARTS; i++)
        if (*r->key[i] != '\0')
            part[order.part_count++] = (struct report_part){
                r->variable[i], r->key[i]
            };
    return report_make(p->round, &p->actor, &order, p->arena, out, &p->err);
}

const char *
results_style(struct page *p)
{
    const char *url = asset_url("report.css");
    const char *hash = strrchr(url, '-');

    return arena_printf(p->arena, "/rounds/%s/style/%.*s%.*s",
                        p->round->round->id, STYLE_DIGITS,
                        p->round->in->sha256, STYLE_DIGITS,
                        hash != NULL ? hash + 1 : "");
}

void
results_send(struct page *p, const struct writer *w,
             const struct document *doc, const char *name)
{
    struct response *r = exchange_response(p->x);

    r->media = w->media;
    response_header(p->x, "Cache-Control", "no-store");
    response_header(p->x, "Content-Disposition",
                    arena_printf(p->arena, "attachment; filename=\"%s%s%s\"",
                                 name, doc->meta.internal ? "-internt" : "",
                                 w->suffix));
    if (!writer_write(w, doc, NULL, &r->body, &p->err))
        page_fail(p);
}
