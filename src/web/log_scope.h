/* log_scope.h - of which rounds and units one may read the access log and
 * who has had access: all, one's own rounds', or one's own units'. */
#ifndef WEB_LOG_SCOPE_H
#define WEB_LOG_SCOPE_H
#include "base/csv.h"
#include "web/grant_view.h"

/* What RIGHT_LOG gives in ROUND; ROUND NULL: over all rounds, and what is of
 * no round. ACTOR is made for it. REACH_NONE: nothing. */
struct power log_scope(struct page *p, const struct round *round,
                       struct actor *actor);
/* Whether the reader watches over the log (the data protection officer, the
 * administrator) and may see which registrations a record is on. */
bool log_watches(const struct page *p);
/* Whether the reader may see that G is, or was, held. A leader sees the own
 * unit's grants, and those of nobody's unit: they reach it too. */
bool log_sees(struct page *p, struct grant_view *v, const struct grant *g);
/* Rounds of which the reader may see anything, newest first, NULL behind.
 * False with p->err set. */
MUST_CHECK bool log_rounds(struct page *p, struct grant_view *v,
                           const struct round *const **list);
/* Adds {value, label, chosen} to LIST. */
void log_choice(struct view *list, const char *value, const char *label,
                const char *chosen);
/* A name and a value of the query, "" if it has none. */
const char *log_asked(struct page *p, const char *name);
/* NAME=VALUE, escaped, with the & before it that it needs. */
void log_query_add(struct buf *out, const char *name, const char *value);

/* A table as CSV for a spreadsheet: begins the answer, named FILE. */
void log_csv_begin(struct page *p, struct csv_writer *w, const char *file);
/* A field of text, which a spreadsheet shall not take for a formula. */
void log_csv_text(struct csv_writer *w, const char *text);
#endif
