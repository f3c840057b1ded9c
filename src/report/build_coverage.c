/* build_coverage.c - the page on the data: did everybody come who was
 * expected? The persons on a list who were not registered are counts by
 * reason; nobody knows who they are. */
#include <assert.h>
#include "report/building.h"
#include "report/protect.h"

enum { ROWS = 2 + REASON_COUNT + 1 };

static const char *const ids[ROWS] = {
    "expected", "registered", "other_unit", "not_target", "opted_out_list",
    "not_recipient", "known_too_little", "no_number_list", "missing"
};

void
build_coverage(struct building *b, struct node *section,
               const struct coverage *c)
{
    static const char *const column[] = { "count" };
    int64_t *n = arena_array(b->arena, ROWS, sizeof *n);
    struct doc_side rows, columns;
    struct doc_table *t;
    struct node *block;
    int count = 0, shown = ROWS;

    static_assert(REASON_COUNT == 6, "a row for each reason");
    n[count++] = c->expected;
    n[count++] = c->complete;
    n[ROWS - 1] = c->expected - c->complete;
    for (int r = 0; r < REASON_COUNT; r++) {
        n[count++] = c->reason[r];
        n[ROWS - 1] -= c->reason[r];
    }
    /* More came than were expected: nobody is missing. */
    if (n[ROWS - 1] < 0)
        n[ROWS - 1] = 0;
    /* The rows add up to the first: a small one would follow from the rest. */
    for (int i = 2; i < ROWS; i++)
        if (b->protect != NULL && protect_small(b->protect, n[i]))
            shown = 2;
    block = build_block(b, section, "data_coverage", "report.data_coverage");
    build_key_side(b, &rows, "report.data_list", ids, shown);
    build_key_side(b, &columns, "report.data_registrations", column, 1);
    columns.label = "";
    t = build_plain(b, "data_coverage", block->title, rows, columns, n);
    t->counts = UNIT_REGISTRATIONS;
    build_add_table(b, block, t, "report.data_coverage_text");
}
