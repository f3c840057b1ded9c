/* series.c - see series.h.
 *
 * A municipality whose number alone changed is one: Bergen was 1201 until
 * 2019 and is 4601. One that was merged or divided is another. */
#include "report/series.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "def/municipality.h"
#include "report/format.h"
#include "report/phrase.h"

enum {
    NUMBERS = 10000,
    NAMED = 3,                  /* places in a title */
    LISTED = 12,                /* rounds in a note */
    RANGE = 3                   /* years in a row that are "2012–2014" */
};

struct saying {
    const struct round **round; /* those that are spoken of */
    int count;
    enum rounds_rate rate;
    enum lang lang;
    struct arena *arena;
    struct series *to;
};

static int
by_year(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void
find_years(struct saying *s)
{
    int *year = arena_array(s->arena, (size_t)s->count, sizeof *year);
    int n = 0;

    for (int i = 0; i < s->count; i++)
        year[i] = s->round[i]->year;
    qsort(year, (size_t)s->count, sizeof *year, by_year);
    for (int i = 0; i < s->count; i++)
        if (n == 0 || year[n - 1] != year[i])
            year[n++] = year[i];
    s->to->year = year;
    s->to->years = n;
}

static const char *
say_years(const struct saying *s)
{
    const int *year = s->to->year;
    int n = s->to->years;
    const char **text = arena_array(s->arena, (size_t)n, sizeof *text);

    if (n >= RANGE && year[n - 1] - year[0] == n - 1)
        return arena_printf(s->arena, "%d\xe2\x80\x93%d", year[0],
                            year[n - 1]);
    for (int i = 0; i < n; i++)
        text[i] = arena_printf(s->arena, "%d", year[i]);
    return phrase_list(s->arena, s->lang, text, n);
}

/* ---- places ---- */

/* Whether every municipality of YEAR has a round then. */
static bool
is_whole(const struct saying *s, int year)
{
    bool *there = arena_array(s->arena, NUMBERS, sizeof *there);
    const struct municipality *list;
    int count;

    for (int i = 0; i < s->count; i++) {
        const struct round *o = s->round[i];

        if (o->year == year)
            there[o->municipality] = true;
    }
    list = municipality_list(year, s->arena, &count);
    for (int i = 0; i < count; i++)
        if (!there[list[i].number])
            return false;
    return true;
}

/* The number by which O's municipality is known in YEAR; its own where it
 * is not the same municipality. */
static int
known_as(const struct round *o, int year)
{
    int list[MUNICIPALITY_PARTS_MAX], count, why;

    return municipality_parts(o->municipality, o->year, year, list, &count,
                              &why) == MUNICIPALITY_WHOLE && count == 1
        ? list[0] : o->municipality;
}

/* Names of the places, rising by number; how many, which are at most NAMED
 * in NAME. */
static int
find_places(const struct saying *s, const char *name[NAMED])
{
    bool *seen = arena_array(s->arena, NUMBERS, sizeof *seen);
    bool *known = arena_array(s->arena, NUMBERS, sizeof *known);
    int newest = s->to->year[s->to->years - 1], n = 0;
    const char *const *names = municipality_names(newest, s->arena);

    for (int i = 0; i < s->count; i++) {
        const struct round *o = s->round[i];

        if (!seen[o->municipality])
            known[known_as(o, newest)] = true;
        seen[o->municipality] = true;
    }
    for (int i = 0; i < NUMBERS; i++) {
        if (!known[i])
            continue;
        if (n < NAMED)
            name[n] = names[i] != NULL ? names[i]
                : arena_printf(s->arena, "%04d", i);
        n++;
    }
    return n;
}

static void
say_places(const struct saying *s)
{
    const char *name[NAMED];
    int count;

    s->to->whole = true;
    for (int i = 0; s->to->whole && i < s->to->years; i++)
        s->to->whole = is_whole(s, s->to->year[i]);
    if (s->to->whole) {
        s->to->place = msg_text(s->lang, "series.everywhere");
        return;
    }
    count = find_places(s, name);
    s->to->one_place = count == 1;
    s->to->place = count <= NAMED
        ? phrase_list(s->arena, s->lang, name, count)
        : phrase_say(s->arena, s->lang, "series.places",
                     format_int(s->arena, s->lang, count), NULL);
}

/* ---- sentences ---- */

static const char *
say_note(const struct saying *s)
{
    int n = s->count;
    const char **title, *count = format_int(s->arena, s->lang, n);

    if (n == 1)
        return NULL;
    if (n > LISTED)
        return phrase_say(s->arena, s->lang, "series.note_many", count,
                          NULL);
    title = arena_array(s->arena, (size_t)n, sizeof *title);
    for (int i = 0; i < n; i++)
        title[i] = s->round[i]->title;
    return phrase_say(s->arena, s->lang, "series.note", count,
                      phrase_list(s->arena, s->lang, title, n), NULL);
}

static const char *
say_no_rate(const struct saying *s)
{
    switch (s->rate) {
    case ROUNDS_RATE: case ROUNDS_RATE_UNSAID:
        break;
    case ROUNDS_RATE_SOME:
        return msg_text(s->lang, "series.rate_some");
    case ROUNDS_RATE_YEARS:
        return msg_text(s->lang, "series.rate_years");
    case ROUNDS_RATE_DIFFER:
        return msg_text(s->lang, "series.rate_differ");
    }
    return NULL;
}

const struct series *
series_of(const struct rounds *r, const char *unit, enum lang lang,
          struct arena *arena)
{
    struct saying s = { .lang = lang, .arena = arena };

    if (r == NULL)
        return NULL;
    s.rate = r->rate;
    s.round = arena_array(arena, (size_t)r->count, sizeof *s.round);
    for (int i = 0; i < r->count; i++)
        if (unit == NULL || round_unit(r->part[i].round, unit) >= 0)
            s.round[s.count++] = r->part[i].round;
    assert(s.count > 0);
    s.to = arena_take(arena, sizeof *s.to);
    s.to->rounds = s.count;
    find_years(&s);
    s.to->years_text = say_years(&s);
    say_places(&s);
    s.to->title = arena_printf(arena, "%s %s", s.to->place,
                               s.to->years_text);
    s.to->note = say_note(&s);
    s.to->no_rate = say_no_rate(&s);
    return s.to;
}
