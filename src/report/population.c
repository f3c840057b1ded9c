/* population.c - see population.h.
 *
 * A JSON-stat cube is a list of values and, for each dimension, the ids of
 * its categories in order. Which dimension is which is told by its role
 * (time, geo) where the file says so, else by its categories: years, four
 * digits, ages. */
#include "report/population.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json_read.h"
#include "base/utf8.h"
#include "def/municipality.h"

enum { NO_CODE = -1, OPEN_AGE = 105 };

struct dimension {
    const char *id;
    const char **category;      /* ids in order */
    int size;
    int64_t stride;
};

struct cube {
    struct arena *arena;
    const char *file;
    struct err *e;
    struct dimension dim[POPULATION_DIMENSIONS_MAX];
    int count;
    const struct dimension *region, *sex, *age, *time;  /* sex: may be NULL */
    const json_t *values;
    int64_t cells;
};

static bool
bad(struct cube *c, const char *key, const char *what)
{
    char quoted[QUOTE_MAX];

    err_quote(quoted, sizeof quoted, what, strlen(what));
    err_at(c->e, c->file, 0, 0);
    return err_set(c->e, ERR_INPUT, key, "%s", quoted);
}

/* ---- the form ---- */

/* Ids and their places: a list, or an object from id to place; one category
 * may have its label only. */
static bool
read_categories(struct cube *c, struct dimension *d, const json_t *category)
{
    json_t *index = json_object_get(category, "index"), *v;
    json_t *label = json_object_get(category, "label");
    const char *key;

    d->category = arena_array(c->arena, (size_t)d->size, sizeof *d->category);
    if (json_is_array(index)) {
        if ((int)json_array_size(index) != d->size)
            return bad(c, "population.dimension", d->id);
        for (size_t i = 0; i < json_array_size(index); i++) {
            key = json_string_value(json_array_get(index, i));
            d->category[i] = arena_text(c->arena, key != NULL ? key : "");
        }
        return true;
    }
    if (index == NULL && d->size == 1 && json_object_size(label) == 1) {
        d->category[0] = arena_text(c->arena, json_object_iter_key(
            json_object_iter(label)));
        return true;
    }
    if ((int)json_object_size(index) != d->size)
        return bad(c, "population.dimension", d->id);
    json_object_foreach(index, key, v) {
        json_int_t at = json_integer_value(v);

        if (!json_is_integer(v) || at < 0 || at >= d->size
            || d->category[at] != NULL)
            return bad(c, "population.dimension", d->id);
        d->category[at] = arena_text(c->arena, key);
    }
    return true;
}

static bool
read_dimensions(struct cube *c, const json_t *root)
{
    const json_t *ids = json_object_get(root, "id");
    const json_t *sizes = json_object_get(root, "size");
    size_t n = json_array_size(ids);

    if (n < 1 || n > POPULATION_DIMENSIONS_MAX
        || json_array_size(sizes) != n)
        return bad(c, "population.form", "id, size");
    c->count = (int)n;
    c->cells = 1;
    for (size_t i = 0; i < n; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        const json_t *size = json_array_get(sizes, i);
        const json_t *dim = json_object_get(json_object_get(root,
            "dimension"), id != NULL ? id : "");
        json_int_t many = json_integer_value(size);

        if (id == NULL || !json_is_object(dim) || many < 1
            || many > POPULATION_CATEGORIES_MAX
            || c->cells > POPULATION_CELLS_MAX / many)
            return bad(c, "population.dimension", id != NULL ? id : "");
        c->cells *= many;
        c->dim[i].id = arena_text(c->arena, id);
        c->dim[i].size = (int)many;
        if (!read_categories(c, &c->dim[i],
                             json_object_get(dim, "category")))
            return false;
    }
    for (int64_t stride = 1, i = c->count - 1; i >= 0; i--) {
        c->dim[i].stride = stride;
        stride *= c->dim[i].size;
    }
    return true;
}

/* ---- which dimension is which ---- */

static bool
is_digits(const char *s, size_t n)
{
    return strspn(s, "0123456789") == n && s[n] == '\0';
}

/* The municipality that a region's id is of; others, of counties and the
 * country, are NO_CODE. */
static int
region_number(const char *id)
{
    if (strncmp(id, "K-", 2) == 0 || strncmp(id, "K_", 2) == 0)
        id += 2;
    return is_digits(id, 4) ? atoi(id) : NO_CODE;
}

/* "007", "7", "105+"; NO_CODE of a group of ages. */
static int
age_number(const char *id)
{
    size_t n = strspn(id, "0123456789");

    if (n < 1 || n > 3)
        return NO_CODE;
    if (id[n] == '+' && id[n + 1] == '\0')
        return atoi(id) >= OPEN_AGE ? atoi(id) : NO_CODE;
    return id[n] == '\0' ? atoi(id) : NO_CODE;
}

static int
year_number(const char *id)
{
    int year = is_digits(id, 4) ? atoi(id) : 0;

    return year >= 1900 && year <= 2200 ? year : NO_CODE;
}

/* The one with that name, whatever its capital letters. */
static const struct dimension *
named(const struct cube *c, const char *id, const char *other)
{
    for (int i = 0; i < c->count; i++)
        if (strcasecmp(c->dim[i].id, id) == 0
            || strcasecmp(c->dim[i].id, other) == 0)
            return &c->dim[i];
    return NULL;
}

static const struct dimension *
by_role(const struct cube *c, const json_t *root, const char *role)
{
    const json_t *list = json_object_get(json_object_get(root, "role"),
                                         role);
    const char *id = json_string_value(json_array_get(list, 0));

    return id != NULL ? named(c, id, id) : NULL;
}

/* Both sexes, once each, or no such dimension; ages in single years without
 * a gap up to an open end. */
static bool
check_sides(struct cube *c)
{
    bool seen[POPULATION_CATEGORIES_MAX] = { false };
    int oldest = -1;

    if (c->sex != NULL
        && (c->sex->size != 2
            || strlen(c->sex->category[0]) != 1
            || strlen(c->sex->category[1]) != 1
            || *c->sex->category[0] + *c->sex->category[1] != '1' + '2'
            || *c->sex->category[0] == *c->sex->category[1]))
        return bad(c, "population.sex", c->sex->id);
    for (int i = 0; i < c->age->size; i++) {
        int age = age_number(c->age->category[i]);

        if (age == NO_CODE || seen[age])
            return bad(c, "population.age", c->age->category[i]);
        seen[age] = true;
        oldest = age > oldest ? age : oldest;
    }
    return oldest >= OPEN_AGE || bad(c, "population.age", c->age->id);
}

static bool
find_sides(struct cube *c, const json_t *root)
{
    c->region = by_role(c, root, "geo");
    c->time = by_role(c, root, "time");
    if (c->region == NULL)
        c->region = named(c, "Region", "region");
    if (c->time == NULL)
        c->time = named(c, "Tid", "year");
    c->sex = named(c, "Kjonn", "sex");
    c->age = named(c, "Alder", "age");
    if (c->region == NULL)
        return bad(c, "population.missing", "Region");
    if (c->time == NULL)
        return bad(c, "population.missing", "Tid");
    if (c->age == NULL)
        return bad(c, "population.missing", "Alder");
    if (c->region == c->time || c->region == c->age || c->time == c->age
        || c->sex == c->region || c->sex == c->time)
        return bad(c, "population.form", "role");
    for (int i = 0; i < c->count; i++) {
        const struct dimension *d = &c->dim[i];

        if (d != c->region && d != c->time && d != c->sex && d != c->age
            && d->size != 1)
            return bad(c, "population.extra", d->id);
    }
    return check_sides(c);
}

/* ---- numbers ---- */

/* The value at CELL: NUMBER of people, -1 where the file has none. */
static bool
value_at(struct cube *c, int64_t cell, int64_t *number)
{
    char key[24];
    const json_t *v;

    if (json_is_array(c->values)) {
        v = json_array_get(c->values, (size_t)cell);
    } else {
        snprintf(key, sizeof key, "%lld", (long long)cell);
        v = json_object_get(c->values, key);
    }
    *number = -1;
    if (v == NULL || json_is_null(v))
        return true;
    *number = json_integer_value(v);
    return (json_is_integer(v) && *number >= 0 && *number <= POPULATION_MAX)
        || bad(c, "population.value", "value");
}

static int
place_of(const struct dimension *d, int number, int (*read)(const char *))
{
    for (int i = 0; i < d->size; i++)
        if (read(d->category[i]) == number)
            return i;
    return -1;
}

/* Those of at least FROM_AGE in REGION on 1 January of the TIME-th year; 0
 * where the region was not there. */
static bool
add_up(struct cube *c, int region, int time, int from_age, int64_t *sum)
{
    *sum = 0;
    for (int s = 0; s < (c->sex != NULL ? 2 : 1); s++)
        for (int a = 0; a < c->age->size; a++) {
            int64_t n, cell = region * c->region->stride
                + time * c->time->stride + a * c->age->stride
                + (c->sex != NULL ? s * c->sex->stride : 0);

            if (age_number(c->age->category[a]) < from_age)
                continue;
            if (!value_at(c, cell, &n))
                return false;
            *sum += n > 0 ? n : 0;
        }
    return true;
}

static bool
find_year(struct cube *c, const struct population_question *q, int *time,
          int *year)
{
    *time = -1;
    *year = 0;
    for (int i = 0; i < c->time->size; i++) {
        int y = year_number(c->time->category[i]);

        if (y == NO_CODE)
            return bad(c, "population.year", c->time->category[i]);
        if (q->on != 0 ? y == q->on : y <= q->year && y > *year) {
            *time = i;
            *year = y;
        }
    }
    if (*time >= 0)
        return true;
    err_at(c->e, c->file, 0, 0);
    return err_set(c->e, ERR_INPUT, "population.no_year", "%d",
                   q->on != 0 ? q->on : q->year);
}

/* One region's number added to OUT; false in *THERE where the file has
 * nobody of it in that year. */
static bool
add_region(struct cube *c, int number, int time,
           const struct population_question *q,
           struct population_answer *out, bool *there)
{
    int at = place_of(c->region, number, region_number);
    int64_t sum = 0;

    if (at >= 0 && !add_up(c, at, time, q->from_age, &sum))
        return false;
    *there = sum > 0;
    if (*there) {
        out->number += sum;
        out->region[out->region_count++] = number;
    }
    return true;
}

/* The number itself, or those that covered the same area that year. */
static bool
add_regions(struct cube *c, int time, const struct population_question *q,
            struct population_answer *out)
{
    static const char *const reason[] = {
        [MUNICIPALITY_MERGED] = "population.merged",
        [MUNICIPALITY_SPLIT] = "population.split"
    };
    int part[MUNICIPALITY_PARTS_MAX], count, why;
    enum municipality_parts how;
    char ours[8], theirs[8];
    bool there;

    how = municipality_parts(q->municipality, q->year, out->on, part, &count,
                             &why);
    if (how != MUNICIPALITY_WHOLE) {
        err_at(c->e, c->file, 0, 0);
        snprintf(ours, sizeof ours, "%04d", q->municipality);
        snprintf(theirs, sizeof theirs, "%04d", why);
        return err_set(c->e, ERR_INPUT, reason[how], "%s %d %s", ours,
                       out->on, theirs);
    }
    /* A file may have today's numbers for every year. */
    if (!add_region(c, q->municipality, time, q, out, &there))
        return false;
    for (int i = 0; i < count && !there; i++) {
        bool one;

        if (!add_region(c, part[i], time, q, out, &one))
            return false;
        if (!one) {
            err_at(c->e, c->file, 0, 0);
            snprintf(ours, sizeof ours, "%04d", part[i]);
            return err_set(c->e, ERR_INPUT, "population.no_region",
                           "%s %d", ours, out->on);
        }
    }
    return true;
}

static bool
read_root(struct cube *c, const json_t *root)
{
    const char *version = json_string_value(json_object_get(root,
                                                            "version"));
    const char *class = json_string_value(json_object_get(root, "class"));

    if (version == NULL || strncmp(version, "2.", 2) != 0 || class == NULL
        || strcmp(class, "dataset") != 0)
        return bad(c, "population.form", "version, class");
    if (!read_dimensions(c, root) || !find_sides(c, root))
        return false;
    c->values = json_object_get(root, "value");
    if (json_is_array(c->values)
        ? (int64_t)json_array_size(c->values) != c->cells
        : !json_is_object(c->values))
        return bad(c, "population.form", "value");
    return true;
}

bool
population_read(const char *text, size_t len, const char *file,
                const struct population_question *q, struct arena *arena,
                struct population_answer *out, struct err *e)
{
    struct cube c = { .arena = arena, .file = file, .e = e };
    json_t *root = len <= POPULATION_BYTES_MAX ? json_read(text, len) : NULL;
    int time;
    bool ok;

    *out = (struct population_answer){ 0 };
    if (root == NULL)
        return bad(&c, "population.form", "JSON");
    ok = read_root(&c, root) && find_year(&c, q, &time, &out->on)
         && add_regions(&c, time, q, out);
    json_decref(root);
    return ok;
}
