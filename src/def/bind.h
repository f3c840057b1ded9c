/* bind.h - from YAML nodes to structs, by tables.
 *
 * A table of fields says which keys a mapping may have, which it must, and
 * which function reads each value to which place in a struct. Unknown keys
 * are refused with the nearest right one. Everything read lives in the
 * instrument's arena. */
#ifndef DEF_BIND_H
#define DEF_BIND_H
#include "def/instrument.h"
#include "def/yaml.h"

struct reader {
    struct instrument *in;
    struct arena *arena;        /* the instrument's */
    struct err *e;
};

struct field {
    const char *key;
    bool needed;
    bool (*read)(struct reader *r, const struct yaml *n, void *to);
    size_t offset;
};

#define FIELD_COUNT(table) (sizeof (table) / sizeof *(table))

/* The place of the next error: where N stands. */
void bind_at(struct reader *r, const struct yaml *n);
/* Sets "def.KEY" with what was found at N, quoted; returns false. */
bool bind_fail(struct reader *r, const struct yaml *n, const char *key);

/* Reads map N by a table into TO. */
bool bind_map(struct reader *r, const struct yaml *n,
              const struct field *fields, size_t count, void *to);
/* Reads list N of maps into a new array of pieces of SIZE bytes, MAX at
 * most and one at least. */
bool bind_list(struct reader *r, const struct yaml *n, size_t size, int max,
               const struct field *fields, size_t count, void *array,
               int *array_count);

/* Readers; TO is what the comment says. */
bool bind_text(struct reader *r, const struct yaml *n, void *to);
                                        /* const char *, not empty */
bool bind_expr_text(struct reader *r, const struct yaml *n, void *to);
                                        /* const char *; empty: NULL */
bool bind_id(struct reader *r, const struct yaml *n, void *to);
bool bind_code(struct reader *r, const struct yaml *n, void *to);
bool bind_label(struct reader *r, const struct yaml *n, void *to);
bool bind_bool(struct reader *r, const struct yaml *n, void *to);
bool bind_int(struct reader *r, const struct yaml *n, void *to);
bool bind_colour(struct reader *r, const struct yaml *n, void *to);
bool bind_source(struct reader *r, const struct yaml *n, void *to);
bool bind_node(struct reader *r, const struct yaml *n, void *to);
                                        /* const struct yaml * */

/* The place of N's text among WORDS, or -1 with "def.word_near" set, which
 * names the nearest, or "def.word", which names them all. */
int bind_word(struct reader *r, const struct yaml *n,
              const char *const *words, int count);
/* The variable N names, among the first KNOWN, or -1 with E set. */
int bind_variable(struct reader *r, const struct yaml *n, int known);
/* Reads N, one name or a list of them, to a new array of variables. */
bool bind_variables(struct reader *r, const struct yaml *n, int known,
                    const int **array, int *count);

#endif
