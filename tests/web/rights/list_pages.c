/* list_pages.c - the table of pages (web/pages.c) as text, for the tests
 * that try every row: method, path, right, flags by comma, menu place and
 * title's key, by tab. */
#include <stdio.h>
#include <string.h>
#include "web/page.h"

static const struct { unsigned flag; const char *word; } flags[] = {
    { PAGE_SLOW, "slow" }, { PAGE_OPEN, "open" }, { PAGE_CLOSED, "closed" },
    { PAGE_API, "api" }, { PAGE_KEEP, "keep" }, { PAGE_FREE, "free" },
    { PAGE_REAL, "real" }, { PAGE_HERE, "here" },
};

static const char *
right_word(enum right right)
{
    if (right == RIGHT_SIGNED_IN)
        return "signed_in";
    return right == RIGHT_PUBLIC ? "public"
                                 : strchr(right_key(right), '.') + 1;
}

int
main(void)
{
    for (const struct page_def *d = page_defs; d->path != NULL; d++) {
        const char *comma = "";

        printf("%s\t%s\t%s\t", d->method, d->path, right_word(d->right));
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            if ((d->flags & flags[i].flag) != 0) {
                printf("%s%s", comma, flags[i].word);
                comma = ",";
            }
        printf("\t%d\t%s\n", d->menu, d->title != NULL ? d->title : "");
    }
    return 0;
}
