/* local_target.h - what the names in the block `local` stand for, private to
 * def/. The forms of a name are those of local.h. */
#ifndef DEF_LOCAL_TARGET_H
#define DEF_LOCAL_TARGET_H
#include "def/bind.h"

enum about {
    ABOUT_NOTHING, ABOUT_VARIABLE, ABOUT_CODE, ABOUT_COLOUR, ABOUT_SERVICE,
    ABOUT_CATEGORY
};

/* What a name stands for. */
struct target {
    enum about about;
    int variable, category;     /* whichever it is in */
    int place;                  /* of a code, colour or service in that */
};

/* The entries of one list: no two may be about the same. */
struct targets {
    struct target *t;
    int count;
};

struct targets local_targets(struct reader *r, int max);
/* What AT, which stands at POS, is about; borrowed from ALL, which it is
 * added to. NULL with E set if it is nothing, or there already. */
const struct target *local_target(struct reader *r, struct targets *all,
                                  const char *at, const struct pos *pos);
/* Fill in T; false if there is none of that code or id. */
bool local_find_service(const struct instrument *in, const char *code,
                        struct target *t);
bool local_find_category(const struct instrument *in, const char *id,
                         struct target *t);

#endif
