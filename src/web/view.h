/* view.h - what a page shows: names with values, for a template to print.
 *
 * A page makes a tree of objects, lists and values in its arena and gives
 * it to template_render. Nothing is copied: names are string literals,
 * texts are borrowed until the page is rendered, and both are UTF-8. Texts
 * are plain; the template escapes them.
 *
 * What a section ({{#name}}) takes as false: a name that is not set, "",
 * the number 0, a flag that is off, an empty list. An object is true.
 *
 * Making never fails but for want of memory (arena.h). A name has 255
 * bytes at most and no full stop. Setting a name again replaces its value. */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/lang.h"

struct view;    /* an object, a list or a value, in an arena */

/* An empty object; what is put into it lies in ARENA too. */
struct view *view_new(struct arena *arena);

/* Each of these sets NAME in the object V. TEXT NULL: as if not set. */
void view_text(struct view *v, const char *name, const char *text);
void view_text_n(struct view *v, const char *name, const char *text,
                 size_t n);
void view_int(struct view *v, const char *name, int64_t value);
/* Printed, a flag is "true" or "false". */
void view_flag(struct view *v, const char *name, bool on);
/* The text of po under KEY with its arguments (msg.h), which are copied. */
void view_say(struct view *v, const char *name, enum lang lang,
              const char *key, int args, const char *const *arg);

/* A new object or empty list under NAME. */
struct view *view_object(struct view *v, const char *name);
struct view *view_list(struct view *v, const char *name);
/* A new object at the end of LIST. */
struct view *view_item(struct view *list);
/* A text at the end of LIST, printed by {{.}}. Not NULL. */
void view_item_text(struct view *list, const char *text);

/* NAME is the tree OTHER, as it is when the page is rendered; it may be of
 * another arena that lives so long. OTHER is never changed through V. */
void view_link(struct view *v, const char *name, const struct view *other);

#endif
