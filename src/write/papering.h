/* papering.h - what the parts of paper share. Private to paper*.c. */
#ifndef WRITE_PAPERING_H
#define WRITE_PAPERING_H
#include "write/paper.h"

enum kid_kind { KID_TAG, KID_MARK, KID_LINK };

struct link {
    struct link *next;          /* on the same page */
    struct tag *tag;
    int object, parent;         /* number in the tree of parents */
    double x, y, w, h;
    const char *href, *text;
    int to;
};

struct kid {
    enum kid_kind kind;
    struct kid *next;
    struct tag *tag;            /* TAG */
    int page, mark;             /* MARK, LINK: where */
    struct link *link;          /* LINK */
};

struct tag {
    const char *type, *alt, *attributes;
    struct tag *parent;
    struct tag *following;      /* in order of opening */
    struct kid *kid, *last;
    int object;
};

struct mark {
    struct mark *next;
    struct tag *tag;
};

struct sheet {
    struct buf content;
    int object, marks;
    struct mark *mark, *last_mark;
    struct link *link, *last_link;
};

struct bookmark {
    struct bookmark *next;
    const char *title;
    int depth, page, object;
    double y;
};

/* paper_draw.c: the patterns of looks, as resources of a page. */
void paper_write_patterns(struct paper *p, struct buf *resources);

#endif
