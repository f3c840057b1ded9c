/* diffing.h - the vocabulary of comparing two definitions, private to def/.
 *
 * A stage compares one part of both files and notes what differs; the words
 * here pair things by id and put a change on the list. */
#ifndef DEF_DIFFING_H
#define DEF_DIFFING_H
#include "def/diff.h"

struct diffing {
    const struct instrument *a, *b;
    struct arena *arena;
    struct change *list;
    int count, room;
};

/* A thing in both files: what its changes are said of. */
struct thing {
    struct diffing *d;
    const char *where;
    struct pos at;
};

/* A list of things in both files, whose first member is the id. */
struct listing {
    const char *name;
    const void *a, *b;
    int a_count, b_count;
    size_t size, at;            /* at: where the place is, or NO_PLACE */
    enum change_kind added, removed;
    void (*compare)(const struct thing *t, const void *a, const void *b);
};

enum { NO_PLACE = 0 };          /* the id stands there */

/* A change of KIND to T. */
void diff_note(const struct thing *t, enum change_kind kind, const char *old,
               const char *new);
/* The part NAME of T; the thing WHERE at the top of the file. */
struct thing diff_part(const struct thing *t, const char *name);
struct thing diff_top(struct diffing *d, const char *where);

/* Note a change of KIND where A and B differ. */
void diff_text(const struct thing *t, enum change_kind kind, const char *a,
               const char *b);
void diff_int(const struct thing *t, enum change_kind kind, int a, int b);
void diff_label(const struct thing *t, enum change_kind kind,
                const struct label *a, const struct label *b);
/* Notes that T went off, A to B, by a local change or back. */
void diff_off(const struct thing *t, bool a, bool b);
/* "" for NULL. */
const char *diff_text_or_none(const char *text);
/* The id of a variable, "" for none; of several, those that OTHER has too
 * if it is not NULL. */
const char *diff_id(const struct instrument *in, int variable);
const char *diff_ids(struct arena *arena, const struct instrument *in,
                     const int *v, int count,
                     const struct instrument *other);
/* The thing with that id among COUNT of SIZE bytes, or NULL. */
const void *diff_twin(const void *things, int count, size_t size,
                      const char *id);
/* Pairs the things of both lists and compares each pair. */
void diff_lists(struct diffing *d, const struct listing *l);

/* The stages. */
void diff_parts(struct diffing *d);
void diff_variables(struct diffing *d);
void diff_services(struct diffing *d);
void diff_checks(struct diffing *d);
void diff_index(struct diffing *d);
void diff_reports(struct diffing *d);

#endif
