/* diff_parts.c - what differs in grades, scale, tabs, services, checks and
 * the index. See diffing.h. */
#include <string.h>
#include "def/diffing.h"

static void
compare_grade(const struct thing *t, const void *va, const void *vb)
{
    const struct grade *a = va, *b = vb;

    diff_label(t, CHANGE_LABEL, &a->label, &b->label);
    diff_label(t, CHANGE_TEXT, &a->plural, &b->plural);
    diff_label(t, CHANGE_TEXT, &a->short_label, &b->short_label);
    diff_text(t, CHANGE_LOOK, a->look, b->look);
    diff_text(t, CHANGE_LOOK, a->mark, b->mark);
    diff_text(t, CHANGE_LOOK, a->fill, b->fill);
    diff_text(t, CHANGE_LOOK, a->edge, b->edge);
    diff_text(t, CHANGE_LOOK, a->ink, b->ink);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
}

/* The grades that both have stand in the same order? */
static void
compare_grade_order(struct diffing *d)
{
    struct thing t = diff_top(d, "grades");
    int last = -1;

    for (int i = 0; i < d->b->grade_count; i++) {
        int place = instrument_grade(d->a, d->b->grades[i].id);

        if (place < 0)
            continue;
        if (place < last) {
            diff_note(&t, CHANGE_GRADE_ORDER, "", "");
            return;
        }
        last = place;
    }
}

static void
compare_scale(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    struct thing whole = diff_top(d, "scale");

    diff_int(&whole, CHANGE_SCALE, a->scale_count, b->scale_count);
    for (int i = 0; i < a->scale_count && i < b->scale_count; i++) {
        const char *step = arena_printf(d->arena, "%d", i + 1);
        struct thing t = diff_part(&whole, step);

        diff_text(&t, CHANGE_SCALE, a->grades[a->scale[i].grade].id,
                  b->grades[b->scale[i].grade].id);
        diff_label(&t, CHANGE_LABEL, &a->scale[i].label,
                   &b->scale[i].label);
        diff_text(&t, CHANGE_SOURCE, a->scale[i].source,
                  b->scale[i].source);
    }
}

static void
compare_tab(const struct thing *t, const void *va, const void *vb)
{
    const struct tab *a = va, *b = vb;

    diff_label(t, CHANGE_TEXT, &a->label, &b->label);
    diff_label(t, CHANGE_TEXT, &a->help, &b->help);
    diff_int(t, CHANGE_RANKS, a->ranks, b->ranks);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
}

static void
compare_source(const struct thing *t, const void *va, const void *vb)
{
    const struct source *a = va, *b = vb;

    diff_label(t, CHANGE_TEXT, &a->title, &b->title);
}

void
diff_parts(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing lists[] = {
        { "sources", a->sources, b->sources, a->source_count,
          b->source_count, sizeof(struct source), NO_PLACE, CHANGE_SOURCE,
          CHANGE_SOURCE, compare_source },
        { "grades", a->grades, b->grades, a->grade_count, b->grade_count,
          sizeof(struct grade), offsetof(struct grade, at),
          CHANGE_GRADE_ADDED, CHANGE_GRADE_REMOVED, compare_grade },
        { "tabs", a->tabs, b->tabs, a->tab_count, b->tab_count,
          sizeof(struct tab), NO_PLACE, CHANGE_TAB, CHANGE_TAB,
          compare_tab }
    };
    struct thing t = diff_top(d, "id");

    diff_text(&t, CHANGE_ID, a->id, b->id);
    t.where = "title";
    diff_label(&t, CHANGE_TEXT, &a->title, &b->title);
    t.where = "person";
    diff_label(&t, CHANGE_TEXT, &a->person.one, &b->person.one);
    diff_label(&t, CHANGE_TEXT, &a->person.many, &b->person.many);
    diff_label(&t, CHANGE_TEXT, &a->person.the, &b->person.the);
    diff_label(&t, CHANGE_TEXT, &a->person.the_many,
               &b->person.the_many);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        diff_lists(d, &lists[i]);
    compare_grade_order(d);
    compare_scale(d);
}

static void
compare_category(const struct thing *t, const void *va, const void *vb)
{
    const struct category *a = va, *b = vb;

    diff_label(t, CHANGE_LABEL, &a->label, &b->label);
    diff_label(t, CHANGE_TEXT, &a->purpose, &b->purpose);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
    diff_off(t, a->off, b->off);
}

/* The service called ID, and its category. */
static const struct service *
find_service(const struct instrument *in, const char *id,
             const struct category **category)
{
    for (int i = 0; i < in->category_count; i++) {
        const struct category *c = &in->categories[i];
        const struct service *s = diff_twin(c->services, c->service_count,
                                            sizeof *s, id);

        *category = c;
        if (s != NULL)
            return s;
    }
    return NULL;
}

/* A local name, where it is not the definition's own label that differs. */
static void
compare_name(const struct thing *t, const struct service *a,
             const struct service *b)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(a->base_label.in[i], b->base_label.in[i]) != 0)
            return;
    diff_label(t, CHANGE_NAME, &a->label, &b->label);
}

static void
compare_service(struct diffing *d, const struct service *b,
                const struct category *category)
{
    struct thing whole = diff_top(d, "services"), t = diff_part(&whole, b->id);
    const struct category *old;
    const struct service *a = find_service(d->a, b->id, &old);

    t.at = d->b->variables[b->received].at;
    if (a == NULL) {
        diff_note(&t, CHANGE_SERVICE_ADDED, "", category->id);
        diff_text(&t, CHANGE_REPLACES, "", b->replaces);
        return;
    }
    diff_text(&t, CHANGE_SERVICE_MOVED, old->id, category->id);
    diff_label(&t, CHANGE_LABEL, &a->base_label, &b->base_label);
    compare_name(&t, a, b);
    diff_label(&t, CHANGE_TEXT, &a->examples, &b->examples);
    diff_label(&t, CHANGE_TEXT, &a->local_help, &b->local_help);
    diff_label(&t, CHANGE_TEXT, &a->local_examples, &b->local_examples);
    diff_text(&t, CHANGE_REPLACES, a->replaces, b->replaces);
    if (old->off == category->off)
        diff_off(&t, a->off, b->off);
    diff_text(&t, CHANGE_SOURCE, a->source, b->source);
}

void
diff_services(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing categories = {
        "categories", a->categories, b->categories, a->category_count,
        b->category_count, sizeof(struct category), NO_PLACE,
        CHANGE_CATEGORY_ADDED, CHANGE_CATEGORY_REMOVED, compare_category
    };
    struct thing t = diff_top(d, "services.received"), gone;
    const struct category *category;

    diff_label(&t, CHANGE_LABEL, &a->received, &b->received);
    diff_label(&t, CHANGE_TEXT, &a->received_help, &b->received_help);
    t.where = "services.wanted";
    diff_label(&t, CHANGE_LABEL, &a->wanted, &b->wanted);
    diff_label(&t, CHANGE_TEXT, &a->wanted_help, &b->wanted_help);
    diff_lists(d, &categories);
    for (int i = 0; i < b->category_count; i++)
        for (int j = 0; j < b->categories[i].service_count; j++)
            compare_service(d, &b->categories[i].services[j],
                            &b->categories[i]);
    t.where = "services";
    for (int i = 0; i < a->category_count; i++) {
        for (int j = 0; j < a->categories[i].service_count; j++) {
            const char *id = a->categories[i].services[j].id;

            gone = diff_part(&t, id);
            if (find_service(b, id, &category) == NULL)
                diff_note(&gone, CHANGE_SERVICE_REMOVED, a->categories[i].id,
                          "");
        }
    }
}

static void
compare_check(const struct thing *t, const void *va, const void *vb)
{
    const struct check *a = va, *b = vb;

    diff_text(t, CHANGE_CHECK, a->refuse_text, b->refuse_text);
    diff_text(t, CHANGE_TEXT, diff_id(t->d->a, a->at),
              diff_id(t->d->b, b->at));
    diff_label(t, CHANGE_TEXT, &a->message, &b->message);
    diff_text(t, CHANGE_SOURCE, a->source, b->source);
}

void
diff_checks(struct diffing *d)
{
    const struct instrument *a = d->a, *b = d->b;
    const struct listing checks = {
        "checks", a->checks, b->checks, a->check_count, b->check_count,
        sizeof(struct check), offsetof(struct check, pos),
        CHANGE_CHECK_ADDED, CHANGE_CHECK_REMOVED, compare_check
    };
    struct thing t = diff_top(d, "complete.answered");

    diff_text(&t, CHANGE_COMPLETE,
              diff_ids(d->arena, a, a->complete_answered,
                        a->complete_answered_count, NULL),
              diff_ids(d->arena, b, b->complete_answered,
                        b->complete_answered_count, NULL));
    t.where = "complete.any_of";
    diff_text(&t, CHANGE_COMPLETE,
              diff_ids(d->arena, a, a->complete_any,
                        a->complete_any_count, NULL),
              diff_ids(d->arena, b, b->complete_any,
                        b->complete_any_count, NULL));
    diff_lists(d, &checks);
}

/* The weight of the area ID, or 0. */
static int
weight_of(const struct instrument *in, const char *id)
{
    for (int i = 0; i < in->index.areas; i++)
        if (strcmp(diff_id(in, in->index.variable[i]), id) == 0)
            return in->index.weight[i];
    return 0;
}

static void
compare_areas(const struct thing *whole)
{
    const struct instrument *a = whole->d->a, *b = whole->d->b;

    for (int i = 0; i < b->index.areas; i++) {
        const char *id = diff_id(b, b->index.variable[i]);
        struct thing t = diff_part(whole, id);
        int old = weight_of(a, id);

        diff_int(&t, old > 0 ? CHANGE_WEIGHT : CHANGE_AREA_ADDED, old,
                 b->index.weight[i]);
    }
    for (int i = 0; i < a->index.areas; i++) {
        const char *id = diff_id(a, a->index.variable[i]);
        struct thing t = diff_part(whole, id);

        if (weight_of(b, id) == 0)
            diff_note(&t, CHANGE_AREA_REMOVED, "", "");
    }
}

void
diff_index(struct diffing *d)
{
    const struct index_rule *a = &d->a->index, *b = &d->b->index;
    struct thing whole = { d, "index", b->at };

    diff_int(&whole, CHANGE_TEXT, a->version, b->version);
    diff_label(&whole, CHANGE_TEXT, &a->label, &b->label);
    diff_label(&whole, CHANGE_TEXT, &a->note, &b->note);
    diff_text(&whole, CHANGE_SOURCE, a->source, b->source);
    diff_int(&whole, CHANGE_UNANSWERED_MAX, a->unanswered_max,
             b->unanswered_max);
    compare_areas(&whole);
    for (int i = 1; i < d->b->grade_count; i++) {
        int old = instrument_grade(d->a, d->b->grades[i].id);
        struct thing t = diff_part(&whole, d->b->grades[i].id);

        if (old >= 0)
            diff_int(&t, CHANGE_CUT, a->from[old], b->from[i]);
    }
}
