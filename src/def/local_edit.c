/* local_edit.c - changing the lists of local.h.
 *
 * A list is made anew at each change: it is short, and whoever holds the old
 * one keeps it as it was. The first member of every entry is its name. */
#include <string.h>
#include "def/diff.h"
#include "def/local_bind.h"

static const char *
name_at(const void *list, int i, size_t size)
{
    const void *entry = (const char *)list + (size_t)i * size;

    return *(const char *const *)entry;
}

/* The place of the entry NAME among COUNT of SIZE bytes, or COUNT. */
static int
place_of(const void *list, int count, size_t size, const char *name)
{
    int i = 0;

    while (i < count && strcmp(name_at(list, i, size), name) != 0)
        i++;
    return i;
}

/* LIST with ENTRY at its place, or, where it is NULL, without NAME. */
static const void *
changed(const void *list, int *count, size_t size, const char *name,
        const void *entry, struct arena *arena)
{
    int place = place_of(list, *count, size, name);
    char *new = arena_array(arena, (size_t)*count + 1, size);
    size_t before = (size_t)place * size;

    if (*count > 0)
        memcpy(new, list, (size_t)*count * size);
    if (entry != NULL) {
        memcpy(new + before, entry, size);
        *count += place == *count;
    } else if (place < *count) {
        *count -= 1;
        memmove(new + before, new + before + size,
                (size_t)(*count - place) * size);
    }
    return new;
}

void
local_set_off(struct local *l, struct arena *arena, const char *at, bool off)
{
    const struct local_off entry = { .at = at };

    l->off = changed(l->off, &l->off_count, sizeof entry, at,
                     off ? &entry : NULL, arena);
}

bool
local_is_off(const struct local *l, const char *at)
{
    return place_of(l->off, l->off_count, sizeof *l->off, at) < l->off_count;
}

void
local_set_text(struct local *l, struct arena *arena,
               const struct local_text *t)
{
    bool any = !local_is_blank(&t->help) || !local_is_blank(&t->examples);

    l->texts = changed(l->texts, &l->text_count, sizeof *t, t->at,
                       any ? t : NULL, arena);
}

void
local_set_service(struct local *l, struct arena *arena,
                  const struct local_service *s)
{
    l->services = changed(l->services, &l->service_count, sizeof *s, s->code,
                          s, arena);
}

void
local_set_name(struct local *l, struct arena *arena,
               const struct local_name *n)
{
    l->names = changed(l->names, &l->name_count, sizeof *n, n->at,
                       local_is_blank(&n->label) ? NULL : n, arena);
}

void
local_remove_service(struct local *l, struct arena *arena, const char *code)
{
    l->services = changed(l->services, &l->service_count,
                          sizeof *l->services, code, NULL, arena);
}

const struct local_text *
local_text_of(const struct local *l, const char *at)
{
    int i = place_of(l->texts, l->text_count, sizeof *l->texts, at);

    return i < l->text_count ? &l->texts[i] : NULL;
}

const struct local_service *
local_service_of(const struct local *l, const char *code)
{
    int i = place_of(l->services, l->service_count, sizeof *l->services,
                     code);

    return i < l->service_count ? &l->services[i] : NULL;
}

const struct local_name *
local_name_of(const struct local *l, const char *at)
{
    int i = place_of(l->names, l->name_count, sizeof *l->names, at);

    return i < l->name_count ? &l->names[i] : NULL;
}

bool
local_may_follow(const struct instrument *old, const struct instrument *new,
                 bool has_registrations, struct err *e)
{
    const struct change *changes;
    struct arena arena;
    bool may = true;
    int count = 0;

    arena_init(&arena);
    if (has_registrations)
        count = instrument_diff(old, new, &arena, &changes);
    for (int i = 0; i < count && may; i++) {
        const struct change *c = &changes[i];

        may = c->may_follow;
        if (may)
            continue;
        err_field(e, c->where);
        err_set(e, ERR_INPUT,
                c->kind == CHANGE_OFF || c->kind == CHANGE_OFF_LOCAL
                ? "local.follow_off"
                : c->kind == CHANGE_SERVICE_REMOVED
                ? "local.follow_removed" : "local.follow", "%s", c->where);
    }
    arena_clear(&arena);
    return may;
}
