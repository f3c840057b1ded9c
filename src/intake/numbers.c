/* numbers.c - see numbers.h. */
#include "intake/numbers.h"
#include <assert.h>
#include <stdlib.h>
#include "store/registration.h"

enum { PAGE = 4096, WORD = 64, PAGES = NUMBER_LIMIT / PAGE + 1 };

struct numbers {
    uint64_t *page[PAGES];
};

struct numbers *
numbers_new(void)
{
    return calloc(1, sizeof(struct numbers));
}

void
numbers_free(struct numbers *n)
{
    if (n == NULL)
        return;
    for (int i = 0; i < PAGES; i++)
        free(n->page[i]);
    free(n);
}

bool
numbers_has(const struct numbers *n, int64_t number)
{
    const uint64_t *page;

    assert(number >= 1 && number <= NUMBER_LIMIT);
    page = n->page[number / PAGE];
    return page != NULL
        && (page[number % PAGE / WORD] >> (number % WORD) & 1) != 0;
}

bool
numbers_take(struct numbers *n, int64_t number, struct err *e)
{
    uint64_t **page = &n->page[number / PAGE];

    assert(number >= 1 && number <= NUMBER_LIMIT);
    if (*page == NULL)
        *page = calloc(PAGE / WORD, sizeof **page);
    if (*page == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%d", PAGE / 8);
    (*page)[number % PAGE / WORD] |= (uint64_t)1 << (number % WORD);
    return true;
}
