/* page_setup.h - what the pages that set up a round share.
 *
 * Each section of the setting up is a page: a form of fields, saved with one
 * press, refused with the reason beside what was typed. A page has one
 * function that shows it, for a GET and again where a POST was refused, and
 * one that writes:
 *
 *     void page_setup_facts(p)        { show(p, NULL); }
 *     void page_setup_facts_save(p)   { if (setup_write(p, save, &c, show))
 *                                           setup_done(p, "facts"); }
 *
 * Texts: "setup.title_SECTION" is its title, with .lead what it is for;
 * a field's label is its key, its help KEY.help, if there is one. */
#ifndef WEB_PAGE_SETUP_H
#define WEB_PAGE_SETUP_H
#include "web/page.h"

enum setup_section {
    SETUP_FACTS, SETUP_UNITS, SETUP_LAWFUL, SETUP_SWITCHES, SETUP_SERVICES,
    SETUP_TEXTS, SETUP_SCHEDULE, SETUP_EXPECTED, SETUP_LISTS, SETUP_MAPPERS,
    SETUP_OPTOUTS, SETUP_STATUS, SETUP_SECTIONS
};

/* "facts": the end of its path, and of its keys. */
const char *setup_word(enum setup_section section);

/* How far a section has come. */
struct setup_state {
    enum { SETUP_OPEN, SETUP_FULL, SETUP_LACKS } kind;
    const char *note;           /* in words; "" none */
};
/* Of every section; false with p->err set. page_setup_state.c */
MUST_CHECK bool setup_states(struct page *p,
                             struct setup_state out[SETUP_SECTIONS]);
/* Puts them as the list "sections" (setup_nav.html). */
MUST_CHECK bool setup_sections(struct page *p, int here);

/* What was wrong with a form: the field (NULL: none) and why. */
struct setup_bad {
    const char *field, *text;
};

/* Shows TEMPLATE as the page of SECTION: heading, lead, the other sections
 * beside it. The view gets, too: base (path of the setting up), action (path
 * of this page), locked (nothing can be changed: the round is closed). */
void setup_show(struct page *p, enum setup_section section,
                const char *template);
/* Writes WORK as page_write does, and has the rounds loaded anew. Where it is
 * refused, SHOW answers, with the words of the error put for people: units,
 * questions and fields by their names. False then. */
MUST_CHECK bool setup_write(struct page *p,
                            bool (*work)(struct page *p, struct store *s,
                                         struct opened *round, void *ctx,
                                         struct err *e),
                            void *ctx,
                            void (*show)(struct page *p,
                                         const struct setup_bad *bad));
/* SHOW answers with the text KEY as what is wrong with FIELD (may be
 * NULL). */
void setup_refuse(struct page *p, const char *field, const char *key,
                  void (*show)(struct page *p, const struct setup_bad *bad));
/* Back to /rounds/ID/setup/WHERE, which says that it was saved. */
void setup_done(struct page *p, const char *where);

/* A field of a form (setup_field.html). */
struct setup_field {
    const char *name;           /* of the control, and its id */
    const char *label;          /* key */
    enum setup_kind {
        SETUP_LINE, SETUP_AREA, SETUP_NUMBER, SETUP_DATE, SETUP_TICK,
        SETUP_SELECT, SETUP_RADIO
    } kind;
    int max;                    /* characters; 0: not said */
    bool required;
};
/* Adds F to LIST with VALUE ("1" of a tick that is set), or what was typed
 * where the form came back; with its error if it is BAD's. The field, for
 * options and names that are set by hand. */
struct view *setup_field(struct page *p, struct view *list,
                         const struct setup_field *f, const char *value,
                         const struct setup_bad *bad);
/* One of OPTIONS (a list of that name in the field), chosen if VALUE is
 * CHOSEN. */
void setup_option(struct view *options, const char *value, const char *label,
                  const char *chosen);
/* What was typed in NAME, or STORED where nothing was posted. */
const char *setup_typed(const struct page *p, const char *name,
                        const char *stored);
/* Whether the tick NAME is set: as posted by a form with the hidden field
 * "ticks", since an empty tick is not sent, or as STORED. */
bool setup_ticked(const struct page *p, const char *name, bool stored);
/* A whole number 0..999999999, or -1 for what is none. */
int setup_number(const char *text);
/* The posted field without blanks around it, CR LF as line feeds. */
const char *setup_text(struct page *p, const char *name);

/* Whether the account may make rounds: a coordinator of all of them. */
bool setup_may_make(const struct page *p);

/* A text of the instrument in the page's language, or in another. */
const char *setup_label(const struct page *p, const struct label *l);
/* A date for people ("20.5.2026"), with its weekday if asked for. */
const char *setup_date(struct page *p, int32_t day, bool weekday);
/* Day and month alone. */
const char *setup_date_short(struct page *p, int32_t day);
/* A name made to an id: a-z, 0-9 and _ of it, MAX bytes at most; "x" where
 * nothing is left. */
const char *setup_slug(struct page *p, const char *name, int max);

#endif
