/* diff.c - see diff.h.
 *
 * Things are paired by id, each part of a pair is compared, and every
 * difference becomes one change; a table says what each kind means. A
 * change that follows from another is not said again: the ticks of a new
 * service, a category's sum over its services, or the services of a category
 * that is off. */
#include "def/diff.h"
#include <string.h>
#include "def/diffing.h"

static const struct {
    const char *key;
    bool compatible, may_follow;
} kinds[CHANGE_KIND_COUNT] = {
    [CHANGE_ID] = { "diff.id", true, false },
    [CHANGE_TEXT] = { "diff.text", true, true },
    [CHANGE_SOURCE] = { "diff.source", true, true },
    [CHANGE_GRADE_ADDED] = { "diff.grade_added", false, false },
    [CHANGE_GRADE_REMOVED] = { "diff.grade_removed", false, false },
    [CHANGE_GRADE_ORDER] = { "diff.grade_order", false, false },
    [CHANGE_LOOK] = { "diff.look", true, true },
    [CHANGE_SCALE] = { "diff.scale", false, false },
    [CHANGE_TAB] = { "diff.tab", true, true },
    [CHANGE_RANKS] = { "diff.ranks", false, false },
    [CHANGE_VARIABLE_ADDED] = { "diff.variable_added", true, true },
    [CHANGE_VARIABLE_REMOVED] = { "diff.variable_removed", false, false },
    [CHANGE_KIND] = { "diff.kind", false, false },
    [CHANGE_ROLE] = { "diff.role", false, false },
    [CHANGE_LABEL] = { "diff.label", true, false },
    [CHANGE_ASKED] = { "diff.asked", false, false },
    [CHANGE_WIDENED] = { "diff.widened", true, true },
    [CHANGE_NARROWED] = { "diff.narrowed", true, false },
    [CHANGE_AT_MOST] = { "diff.at_most", true, false },
    [CHANGE_DIGITS] = { "diff.digits", true, false },
    [CHANGE_CODE_ADDED] = { "diff.code_added", true, true },
    [CHANGE_CODE_REMOVED] = { "diff.code_removed", false, false },
    [CHANGE_CODE_ORDER] = { "diff.code_order", true, false },
    [CHANGE_UNKNOWN_ALLOWED] = { "diff.unknown_allowed", true, true },
    [CHANGE_UNKNOWN_REFUSED] = { "diff.unknown_refused", true, false },
    [CHANGE_IDENTIFIES] = { "diff.identifies", true, false },
    [CHANGE_ON] = { "diff.on", true, true },
    [CHANGE_OFF] = { "diff.off", true, false },
    [CHANGE_ON_LOCAL] = { "diff.on_local", true, true },
    [CHANGE_OFF_LOCAL] = { "diff.off_local", true, false },
    [CHANGE_NAME] = { "diff.name", true, true },
    [CHANGE_REPLACES] = { "diff.replaces", true, true },
    [CHANGE_COUNTS] = { "diff.counts", true, false },
    [CHANGE_COLOUR] = { "diff.colour", false, false },
    [CHANGE_SERVICE_ADDED] = { "diff.service_added", true, true },
    [CHANGE_SERVICE_REMOVED] = { "diff.service_removed", false, false },
    [CHANGE_SERVICE_MOVED] = { "diff.service_moved", false, false },
    [CHANGE_CATEGORY_ADDED] = { "diff.category_added", true, true },
    [CHANGE_CATEGORY_REMOVED] = { "diff.category_removed", false, false },
    [CHANGE_COMPLETE] = { "diff.complete", false, false },
    [CHANGE_CHECK_ADDED] = { "diff.check_added", true, false },
    [CHANGE_CHECK_REMOVED] = { "diff.check_removed", true, true },
    [CHANGE_CHECK] = { "diff.check", true, false },
    [CHANGE_AREA_ADDED] = { "diff.area_added", false, false },
    [CHANGE_AREA_REMOVED] = { "diff.area_removed", false, false },
    [CHANGE_WEIGHT] = { "diff.weight", false, false },
    [CHANGE_CUT] = { "diff.cut", false, false },
    [CHANGE_UNANSWERED_MAX] = { "diff.unanswered_max", false, false },
    [CHANGE_DERIVED_ADDED] = { "diff.derived_added", true, true },
    [CHANGE_DERIVED_REMOVED] = { "diff.derived_removed", false, false },
    [CHANGE_DERIVED] = { "diff.derived", false, false },
    [CHANGE_BANDS] = { "diff.bands", false, false },
    [CHANGE_TABLE_ADDED] = { "diff.table_added", true, true },
    [CHANGE_TABLE_REMOVED] = { "diff.table_removed", true, false },
    [CHANGE_TABLE] = { "diff.table", true, false },
    [CHANGE_REPORT_ADDED] = { "diff.report_added", true, true },
    [CHANGE_REPORT_REMOVED] = { "diff.report_removed", true, false },
    [CHANGE_REPORT] = { "diff.report", true, false },
    [CHANGE_FOCUS_ADDED] = { "diff.focus_added", true, true },
    [CHANGE_FOCUS_REMOVED] = { "diff.focus_removed", true, true },
    [CHANGE_FOCUS] = { "diff.focus", true, true }
};

void
diff_note(const struct thing *t, enum change_kind kind, const char *old,
          const char *new)
{
    struct diffing *d = t->d;

    d->list = arena_more(d->arena, d->list, d->count, &d->room,
                         sizeof *d->list);
    d->list[d->count++] = (struct change){
        kind, kinds[kind].key, t->where, t->at, old, new,
        kinds[kind].compatible, kinds[kind].may_follow
    };
}

/* The part NAME of T. */
struct thing
diff_part(const struct thing *t, const char *name)
{
    return (struct thing){
        t->d, arena_printf(t->d->arena, "%s.%s", t->where, name), t->at
    };
}

struct thing
diff_top(struct diffing *d, const char *where)
{
    return (struct thing){ d, where, { d->b->file, 0, 0 } };
}

const char *
diff_text_or_none(const char *text)
{
    return text != NULL ? text : "";
}

void
diff_text(const struct thing *t, enum change_kind kind, const char *a,
          const char *b)
{
    a = diff_text_or_none(a);
    b = diff_text_or_none(b);
    if (strcmp(a, b) != 0)
        diff_note(t, kind, a, b);
}

void
diff_int(const struct thing *t, enum change_kind kind, int a, int b)
{
    if (a != b)
        diff_note(t, kind, arena_printf(t->d->arena, "%d", a),
                  arena_printf(t->d->arena, "%d", b));
}

/* Said once, in the first language that differs. */
void
diff_label(const struct thing *t, enum change_kind kind,
           const struct label *a, const struct label *b)
{
    int before = t->d->count;

    for (int i = 0; i < LANG_COUNT && t->d->count == before; i++)
        diff_text(t, kind, a->in[i], b->in[i]);
}

void
diff_off(const struct thing *t, bool a, bool b)
{
    if (a != b)
        diff_note(t, b ? CHANGE_OFF_LOCAL : CHANGE_ON_LOCAL, "", "");
}

const char *
diff_id(const struct instrument *in, int variable)
{
    return variable >= 0 ? in->variables[variable].id : "";
}

/* The ids of variables, those that OTHER has if it is there. */
const char *
diff_ids(struct arena *arena, const struct instrument *in, const int *v,
         int count, const struct instrument *other)
{
    const char *out = "";

    for (int i = 0; i < count; i++) {
        const char *id = diff_id(in, v[i]);

        if (other == NULL
            || instrument_variable(other, id, strlen(id)) >= 0)
            out = arena_printf(arena, "%s%s%s", out,
                               *out != '\0' ? ", " : "", id);
    }
    return out;
}

const void *
diff_twin(const void *things, int count, size_t size, const char *id)
{
    const char *p = things;

    for (int i = 0; i < count; i++, p += size)
        if (strcmp(*(const char *const *)(const void *)p, id) == 0)
            return p;
    return NULL;
}

void
diff_lists(struct diffing *d, const struct listing *l)
{
    struct thing whole = diff_top(d, l->name), t;
    const char *p = l->b;

    for (int i = 0; i < l->b_count; i++, p += l->size) {
        const char *id = *(const char *const *)(const void *)p;
        const void *old = diff_twin(l->a, l->a_count, l->size, id);

        t = diff_part(&whole, id);
        if (l->at != NO_PLACE)
            t.at = *(const struct pos *)(const void *)(p + l->at);
        if (old == NULL)
            diff_note(&t, l->added, "", "");
        else
            l->compare(&t, old, p);
    }
    p = l->a;
    for (int i = 0; i < l->a_count; i++, p += l->size) {
        const char *id = *(const char *const *)(const void *)p;

        if (diff_twin(l->b, l->b_count, l->size, id) != NULL)
            continue;
        t = diff_part(&whole, id);
        diff_note(&t, l->removed, "", "");
    }
}

int
instrument_diff(const struct instrument *a, const struct instrument *b,
                struct arena *arena, const struct change **changes)
{
    struct diffing d = { a, b, arena, NULL, 0, 0 };

    diff_parts(&d);
    diff_variables(&d);
    diff_services(&d);
    diff_checks(&d);
    diff_index(&d);
    diff_reports(&d);
    *changes = d.list;
    return d.count;
}

bool
instrument_may_follow(const struct instrument *a, const struct instrument *b,
                      struct err *e)
{
    const struct change *changes;
    struct arena arena;
    bool may = true;
    int count;

    arena_init(&arena);
    count = instrument_diff(a, b, &arena, &changes);
    for (int i = 0; i < count && may; i++) {
        may = changes[i].may_follow;
        if (!may) {
            err_at(e, changes[i].at.file, changes[i].at.line,
                   changes[i].at.column);
            err_set(e, ERR_INPUT, "def.follow", "%s", changes[i].where);
        }
    }
    arena_clear(&arena);
    return may;
}
