/* text_remarking.h - what the parts of remarks share. Private to
 * text_remark.c and text_same.c. */
#ifndef REPORT_TEXT_REMARKING_H
#define REPORT_TEXT_REMARKING_H
#include "report/texting.h"

enum {
    REMARKS_KEPT = 2048,        /* before they are sorted and cut */
    SHARES_KEPT = 8,            /* of a sentence */
    CLAIMS_KEPT = 512,          /* of a text */
    NUMBERS_KEPT = 1024,        /* compared with each other */
    WORDS_KEPT = 8, STEM = 6    /* of a number: letters of each */
};

/* Bytes of the plain text. */
struct stretch {
    size_t from, to;
};

struct paragraph {
    struct stretch all;
    bool base;                  /* a sentence so far, or what a list began
                                 * with, said of whom */
};

struct remark {
    size_t at;
    struct text_remark remark;
};

/* A number in a sentence, with the words that say of what it is. */
struct number {
    size_t at, end;
    const struct place *place;  /* NULL: typed */
    struct stretch sentence;
};

struct remarking {
    const struct text *t;
    struct texted *x;           /* NULL: without numbers */
    struct text scratch;        /* lends its arena to lists */
    struct text_plain plain;    /* with blanks for line feeds */
    struct text_list list, numbers, claims;
    const struct expr **expr;   /* text_same.c: by figure */
    bool laws;                  /* the text says of when its laws are */
    bool led;                   /* a paragraph that ended with a colon, and
                                 * items since, said of whom */
    struct stretch sentence;
    size_t share_at;            /* the first share of it, and 1; 0: none */
    int share[SHARES_KEPT], share_count;
};

struct text_remark *remark_add(struct remarking *m,
                               enum text_remark_kind kind, size_t at);
/* The character behind the one at AT. */
size_t remark_next(const char *s, size_t at, size_t end);
/* The end of the word that begins at AT (AT itself: no letter). */
size_t remark_word(const char *s, size_t at, size_t end);
/* Whether FROM to TO is one of LIST, which ends with NULL. */
bool remark_is(const char *s, size_t from, size_t to,
               const char *const *list);
/* Whether the number FROM to TO may be typed. */
bool remark_may_type(const char *s, size_t from, size_t to,
                     const struct stretch *p);

/* Notes that FROM to TO is there, with KEY, which shows it. */
void remark_found(struct remarking *m, enum text_remark_kind kind,
                  const char *key, size_t from, size_t to);
/* The line of the file that byte AT is on. */
long remark_line(const struct remarking *m, size_t at);
/* Whether FROM to TO is a word that says nothing of what is counted. */
bool remark_small(const char *s, size_t from, size_t to);

/* text_number.c: numbers typed as words in S. */
void remark_number_words(struct remarking *m, const struct stretch *s);

/* text_claim.c: "Ingen har plan" in S is remembered; all are compared with
 * the numbers, and shares with other shares of the same. */
void remark_claim(struct remarking *m, const struct stretch *s);
void remark_claims(struct remarking *m);

/* text_same.c: a number of the sentence is remembered; all are compared. */
void remark_number(struct remarking *m, size_t from, size_t to,
                   const struct place *place);
void remark_same(struct remarking *m);

#endif
