/* municipality.c - see municipality.h.
 *
 * The list is short and asked once a run: it is read line by line each
 * time. Its form is ours: number, name, valid_from, valid_to (exclusive,
 * blank where it has no end), tab-separated, comments with #. A number that
 * changed its name has several lines, rising in time. */
#include "def/municipality.h"
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/embed.h"
#include "base/utf8.h"

enum { YEAR_FIRST = 2011, YEAR_LAST = 2024, NO_END = 9999,
       NUMBERS = 10000 };

struct line {
    int number;
    const char *name;
    size_t name_len;
    int from, to;               /* years it has a day in */
};

/* The next line of the list at *P; false at its end. */
static bool
next_line(const char **p, const char *end, struct line *l)
{
    while (*p < end) {
        const char *s = *p, *tab[3];
        const char *stop = memchr(s, '\n', (size_t)(end - s));

        stop = stop != NULL ? stop : end;
        *p = stop < end ? stop + 1 : end;
        if (s == stop || *s < '0' || *s > '9')
            continue;
        for (int i = 0; i < 3; i++) {
            tab[i] = memchr(s, '\t', (size_t)(stop - s));
            assert(tab[i] != NULL);
            s = tab[i] + 1;
        }
        l->number = atoi(tab[0] - 4);
        l->name = tab[0] + 1;
        l->name_len = (size_t)(tab[1] - l->name);
        l->from = atoi(tab[1] + 1);
        /* It ends on 1 January: the year before is its last. */
        l->to = s < stop ? atoi(s) - 1 : NO_END;
        return true;
    }
    return false;
}

static int
listed_year(int year)
{
    if (year < YEAR_FIRST)
        return YEAR_FIRST;
    return year > YEAR_LAST ? YEAR_LAST : year;
}

static const char *
list(const char **end)
{
    size_t len = 0;
    const char *p = embed_find("data/municipalities.tsv", &len);

    assert(p != NULL);
    *end = p + len;
    return p;
}

enum municipality_when
municipality_find(int number, int year, struct arena *arena,
                  const char **name)
{
    enum municipality_when when = MUNICIPALITY_UNKNOWN;
    const char *end, *p = list(&end);
    struct line l;

    *name = NULL;
    year = listed_year(year);
    while (when != MUNICIPALITY_THEN && next_line(&p, end, &l)) {
        if (l.number != number)
            continue;
        when = l.from <= year && year <= l.to ? MUNICIPALITY_THEN
                                              : MUNICIPALITY_NOT_THEN;
        *name = arena_text_n(arena, l.name, l.name_len);
    }
    return when;
}

const char *const *
municipality_names(int year, struct arena *arena)
{
    const char **name = arena_array(arena, NUMBERS, sizeof *name);
    bool *then = arena_array(arena, NUMBERS, sizeof *then);
    const char *end, *p = list(&end);
    struct line l;

    year = listed_year(year);
    while (next_line(&p, end, &l)) {
        if (then[l.number])
            continue;
        then[l.number] = l.from <= year && year <= l.to;
        name[l.number] = arena_text_n(arena, l.name, l.name_len);
    }
    return name;
}

int
municipality_named(const char *name, int year)
{
    const char *end, *p = list(&end);
    struct line l;

    year = listed_year(year);
    while (next_line(&p, end, &l))
        if (l.from <= year && year <= l.to && strlen(name) == l.name_len
            && strncmp(name, l.name, l.name_len) == 0)
            return l.number;
    return 0;
}

static int
by_name(const void *a, const void *b)
{
    const struct municipality *x = a, *y = b;

    return utf8_compare_nordic(x->name, y->name);
}

const struct municipality *
municipality_list(int year, struct arena *arena, int *count)
{
    const char *end, *p = list(&end);
    struct municipality *all;
    struct line l;
    int room = 0;

    year = listed_year(year);
    while (next_line(&p, end, &l))
        room++;
    all = arena_array(arena, (size_t)room + 1, sizeof *all);
    *count = 0;
    for (p = list(&end); next_line(&p, end, &l);)
        if (l.from <= year && year <= l.to)
            all[(*count)++] = (struct municipality){
                l.number, arena_text_n(arena, l.name, l.name_len)
            };
    qsort(all, (size_t)*count, sizeof *all, by_name);
    return all;
}
