/* identity.h - who is to be registered: a number as typed becomes a
 * pseudonym, and what may be known of it is looked up.
 *
 * The looking asks the same questions of the store whoever it is: whether
 * the person has opted out, and whether this unit and tier have a
 * registration. Nothing here touches another unit's rows. That somebody has
 * opted out is logged and counted; who has heard it too often hears nothing
 * more for a while, whoever is asked for. */
#ifndef WEB_IDENTITY_H
#define WEB_IDENTITY_H
#include "calc/ident.h"
#include "store/key.h"
#include "store/work.h"
#include "web/place.h"

struct identity {
    bool has_number;            /* something was typed */
    uint8_t pseudonym[PSEUDONYM_BYTES];
    int32_t sex, year;          /* answers that the number proposes, or
                                   VALUE_UNANSWERED */
};

/* Reads field "number" of the form: first thing a handler does. *FAULT is
 * the key of what is wrong with it, NULL if nothing. False with p->err set
 * where the machine failed. Wipe ID when it is used. */
MUST_CHECK bool identity_take(struct page *p, struct identity *id,
                              const char **fault);
/* The same of TYPED, from anywhere. */
MUST_CHECK bool identity_read(struct page *p, const char *typed,
                              struct identity *id, const char **fault);
void identity_wipe(struct identity *id);

/* The field itself into the view: "number_field" for field_ident.html.
 * ERROR NULL: none. */
void identity_field(struct page *p, const char *error);

enum found { FOUND_NOBODY, FOUND_OWN, FOUND_COLLEAGUES, FOUND_OPTED_OUT,
             FOUND_TOO_OFTEN };
/* What stands in the way of registering ID in UNIT and TIER; *W is the
 * registration of FOUND_OWN and FOUND_COLLEAGUES, else NULL. */
MUST_CHECK bool identity_look(struct page *p, const struct identity *id,
                              int unit, int tier, enum found *found,
                              struct work **w);
/* Looks, and where nothing stands in the way (FOUND_NOBODY) begins a
 * registration, which *W is then: of ID, with a number or without, in a UNIT
 * and TIER that the account may register in. On a worker thread. */
MUST_CHECK bool identity_register(struct page *p, const struct identity *id,
                                  int unit, int tier, enum found *found,
                                  struct work **w);

#endif
