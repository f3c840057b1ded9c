/* texting.h - what the parts of the language of texts share. Private to
 * text*.c and their tests.
 *
 * A text is a list of pieces: words as they stand, places, and conditions
 * with a list for each branch. Places never reach the Markdown parser: each
 * stands there as one private-use character, its mark, so that no
 * expression is mangled and no number becomes markup. */
#ifndef REPORT_TEXTING_H
#define REPORT_TEXTING_H
#include <stdint.h>
#include "report/building.h"
#include "report/text.h"

/* The mark of place N is the character MARK_FIRST + N; MARK_HIDDEN stands
 * for what a condition could not decide. All are four bytes in UTF-8; no
 * character whose first byte could be theirs (F3 and more, from MARK_LEAD:
 * nothing that is written) may stand in a text. */
enum {
    MARK_LEAD = 0xC0000, MARK_FIRST = 0xF0000, MARK_HIDDEN = 0x100000,
    MARK_BYTES = 4,
    SCOPE_ROUND = -1            /* of a question: everybody in the round */
};

/* A text to be read, or a part of a focus area. */
struct text_file {
    const char *name, *bytes;
    size_t len;
};

enum fact {
    FACT_MUNICIPALITY, FACT_YEAR, FACT_ROUND, FACT_MAPPED, FACT_FROM_AGE,
    FACT_RECIPIENTS, FACT_RATE, FACT_RATE_WORDS, FACT_POPULATION,
    FACT_POPULATION_ON, FACT_POPULATION_FROM_AGE, FACT_UNITS,
    FACT_CONTROLLER, FACT_PURPOSE, FACT_INCLUSION, FACT_INSTRUMENT,
    FACT_REPORT, FACT_LAWS, FACT_THRESHOLD, FACT_COMPARED,
    FACT_COUNT,
    FACT_FOCUS = FACT_COUNT, FACT_COVERAGE,     /* only of "has" */
    FACT_COMPARE, FACT_EARLIER, FACT_OTHERS, FACT_RATES,
    FACT_ALL
};
extern const char *const fact_words[FACT_ALL];

enum place_kind {
    PLACE_COUNT, PLACE_PEOPLE, PLACE_SHARE, PLACE_PART, PLACE_SUM,
    PLACE_AMOUNT, PLACE_MORE, PLACE_PLURAL, PLACE_FINDING, PLACE_SENTENCE,
    PLACE_CHANGE, PLACE_TYPED, PLACE_NOTE,
    /* on a line of their own */
    PLACE_BLOCK, PLACE_CHART, PLACE_TABLE, PLACE_FIGURES,
    PLACE_DEFINITIONS, PLACE_FOCUS, PLACE_COVERAGE, PLACE_COMPARE, PLACE_RATES,
    PLACE_CARDS,
    /* what makes the pieces */
    PLACE_IF, PLACE_ELSE, PLACE_END,
    PLACE_WORDS,                /* so many have a word of their own */
    PLACE_FACT = PLACE_WORDS, PLACE_COMMENT
};
extern const char *const place_words[PLACE_WORDS];

enum {
    COMPARED_ALL = -1,          /* the whole chapter */
    COMPARED_WHO = -2, COMPARED_HOW = -3        /* those parts of it */
};

struct place {
    enum place_kind kind;
    int number;                 /* of its mark */
    const struct text_file *file;
    size_t at, end;             /* bytes of the file, braces included */
    int figure[2];              /* of the text's figures */
    int table;                  /* of the text's tables */
    enum fact fact;
    const char *word[2];        /* what is said; NULL: not given */
    int compared;               /* COMPARE, CHANGE: a table of the
                                 * instrument; or COMPARED_ */
    const char *row;            /* CHANGE: of that table */
};

/* A number that is asked for. */
struct text_figure {
    int scope;                  /* a report of the instrument, or
                                 * SCOPE_ROUND */
    const char *where, *of;     /* NULL: all; of NULL: no share */
    int sum;                    /* variable, or -1 */
    int table, row;             /* where its answer stands */
};

/* A table that is asked for: one of the instrument, one of one's own, or
 * the figures of one scope. */
struct text_table {
    int scope;
    int def;                    /* of the instrument, or -1 */
    bool figures;               /* of sentences: FIGURE are its rows */
    const int *rows;
    int row_count, columns, sum;
    const char *where, *title;  /* of one's own */
    enum share share;
    bool share_given;
    const struct text_file *file;       /* of one's own: for its faults */
    size_t at;
};

enum cond_op { COND_OR, COND_AND, COND_NOT, COND_HAS, COND_TEST };
enum cond_sign { COND_EQ, COND_NE, COND_LT, COND_LE, COND_GT, COND_GE };

struct cond_value {
    enum { VALUE_COUNT, VALUE_SHARE, VALUE_NUMBER, VALUE_PERCENT,
           VALUE_FACT } kind;
    int figure;
    int64_t n;
    enum fact fact;
};

struct cond {
    enum cond_op op;
    const struct cond *a, *b;
    enum fact fact;
    enum cond_sign sign;
    struct cond_value left, right;
};

/* What is known of a condition: UNSURE where it needs a hidden number. */
enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNSURE };

struct piece;
struct branch {
    const struct cond *cond;    /* NULL: else */
    struct piece *first;
};
struct piece {
    enum { PIECE_WORDS, PIECE_PLACE, PIECE_IF } kind;
    const struct text_file *file;
    const char *words;          /* in the bytes of FILE, or of ours */
    size_t len;
    const struct place *place;
    const struct branch *branch;
    int branches;
    bool alone;                 /* IF: its lines hold nothing else */
    struct piece *next;
};

/* What grows while a text is read. */
struct text_list {
    void *item;
    int count, room;
};

struct text {
    struct arena *arena;
    const struct instrument *in;
    enum doc_kind kind;
    enum lang lang;
    int report;
    struct piece *title, *subtitle;     /* of the head; NULL: not there */
    int32_t laws;
    bool has_laws;
    struct piece *first;
    const struct text_focus *focus;
    int focus_count;
    struct text_list place_list, figure_list, table_list;
};

static inline const struct place *
text_place(const struct text *t, int i)
{
    return ((const struct place *const *)t->place_list.item)[i];
}
static inline struct text_figure *
text_figure(const struct text *t, int i)
{
    return &((struct text_figure *)t->figure_list.item)[i];
}
static inline struct text_table *
text_table(const struct text *t, int i)
{
    return &((struct text_table *)t->table_list.item)[i];
}

/* A place being read: FILE's bytes from AT to END. */
struct reading {
    struct text *t;
    const struct text_file *file;
    size_t at, end;
    int levels;
    struct err *e;
};

/* ---- text_fail.c: where and what ---- */

/* Sets E's place to BYTE of FILE; false. */
bool text_at(struct err *e, const struct text_file *file, size_t byte);
/* Refuses the bytes from..to with KEY, which shows them. */
bool text_refuse(const struct reading *r, size_t from, size_t to,
                 const char *key);
/* The same for an unknown word: KEY, or KEY_near with the nearest of the
 * COUNT words. */
bool text_refuse_word(const struct reading *r, size_t from, size_t to,
                      const char *key, const char *key_near,
                      const char *const *word, int count);
/* The line of BYTE, from 1, and its column in bytes. */
void text_line_of(const struct text_file *file, size_t byte, long *line,
                  int *column);

/* ---- text_lex.c: small steps ---- */

void read_blanks(struct reading *r);
/* A word of a-z, 0-9, _ and -: its length, 0 for none. */
size_t read_word(struct reading *r, const char **word);
bool read_is(const char *word, size_t len, const char *is);
/* Takes the word IS where it stands next. */
bool read_take(struct reading *r, const char *is);
/* A quoted text, unescaped, in the text's arena; false, with E, for what is
 * none. */
bool read_quoted(struct reading *r, const char **text);
/* The first place from AT on where WORD stands by itself outside quotation
 * marks and brackets; END where it does not. */
size_t find_word(const struct reading *r, const char *word);
/* Where the bracket closes that was opened before AT; END: nowhere. */
size_t find_close(const struct reading *r);
/* The bytes of a place that begins at AT ("{{") with its braces, 0 where it
 * does not end. */
size_t place_length(const char *bytes, size_t len, size_t at);

/* ---- text_ask.c: what is asked for ---- */

/* Room for one more item of SIZE bytes, zeroed; NULL at MOST. */
void *list_more(struct text *t, struct text_list *l, size_t size, int most);
/* A scope and a colon, where they stand; else the text's own. */
bool read_scope(struct reading *r, int *scope);
/* The expression from..to, checked; *EXPR is NULL for all of them. */
bool text_expr(const struct reading *r, size_t from, size_t to,
               const char **expr);
/* Numbers asked for, the same once. */
bool ask_figure(struct reading *r, int scope, const char *where,
                const char *of, int sum, int *figure);
/* "EXPR", "A of B", "V where EXPR" from AT to the end: with its scope. */
bool ask_count(struct reading *r, int *figure);
bool ask_share(struct reading *r, int *figure);
bool ask_sum(struct reading *r, int *figure);
/* The id of a table; a table of one's own ("rows=...") where it may be. */
bool ask_table(struct reading *r, bool own, int *table);

/* ---- text_place.c, text_cond.c, text_piece.c, text_mark.c ---- */

/* The place of FILE from AT to END, braces included, added to T: NULL with
 * E. An if's condition is put in *COND. */
const struct place *place_read(struct text *t, const struct text_file *file,
                               size_t at, size_t end,
                               const struct cond **cond, struct err *e);
bool place_is_block(enum place_kind kind);
const struct cond *cond_read(struct reading *r);

/* Whether all of FILE are characters that may stand in a text. */
bool text_bytes(const struct text_file *file, struct err *e);
/* The bytes FROM to TO of FILE as pieces: of a whole text, of a focus area,
 * or of a line such as a title, where only inline places may stand. */
enum pieces_mode { PIECES_WHOLE, PIECES_FOCUS, PIECES_LINE };
bool pieces_read(struct text *t, const struct text_file *file, size_t from,
                 size_t to, enum pieces_mode mode, struct piece **first,
                 struct err *e);
/* What {{focus}} becomes, under a heading of LEVEL; *TAIL is moved to the
 * end. */
bool pieces_focus(struct text *t, const struct place *place, int level,
                  struct piece ***tail, struct err *e);

void mark_put(struct buf *out, int32_t mark);
/* The mark at *S, stepping past it: the number of its place, MARK_HIDDEN
 * for that; -1 where none stands, without a step. */
int32_t mark_take(const char **s, const char *end);

/* The whole with all branches, marks in place, line by line as it was
 * written, for what looks at words and structure. */
struct text_plain {
    const char *text;
    size_t len;
    struct plain_map {
        size_t at;              /* byte of TEXT */
        const struct text_file *file;
        size_t from;            /* byte of the file */
        unsigned sure;          /* of what conditions make sure there:
                                 * PLAIN_ */
    } *map;
    int map_count;
};
enum { PLAIN_MAJORITY = 1, PLAIN_HAS_FACT = 2,
       PLAIN_SETTLED = 4 };     /* a number is what it is compared with:
                                 * nobody, or all */
void plain_make(const struct text *t, struct text_plain *out);
/* The map's entry that byte AT is of. */
const struct plain_map *plain_find(const struct text_plain *p, size_t at);
/* Whether the Markdown is of the kinds that are taken. */
bool text_check(const struct text *t, struct err *e);

/* ---- text_value.c: places in words ---- */

/* What a text is made with. */
struct texted {
    struct building b;
    const struct text *t;
    const struct report_input *input;
    struct doc_table **table;   /* by number */
    int left_out;               /* sentences */
};

struct said {
    enum { SAID, SAID_NOTHING, SAID_HIDDEN } how;
    const char *text;
};
struct said text_say(struct texted *x, const struct place *p);
/* The cell that answers figure number F. */
const struct doc_cell *text_cell(const struct texted *x, int f);
/* Whether the number of C, which may be a SHARE, can't be said in words: a
 * rounded 0 need not be nobody, nor a rounded whole all. */
bool text_unsure(const struct texted *x, const struct doc_cell *c,
                 bool share);
bool text_has_fact(struct texted *x, enum fact fact);
enum truth text_truth(struct texted *x, const struct cond *c);
/* All tables of T, made from the counted ones. */
void text_tables(struct texted *x);
struct texted text_begin(const struct text *t,
                         const struct report_input *input,
                         struct arena *arena);

/* ---- text_compare.c: what a round is compared with ---- */

/* "", "who", "how", "T" of {{compare}}, "T ROW" of {{change}}. */
bool compare_place_read(struct reading *r, struct place *p);
/* What {{change}} and the facts about a comparison say; NULL: nothing. */
const char *compare_place_say(struct texted *x, const struct place *p);
const char *compare_said(struct texted *x);
bool compare_has_fact(const struct texted *x, enum fact fact);
/* {{compare}} and {{rates}} in SECTION; PREFIX before the ids of blocks. */
void compare_place_add(struct texted *x, const struct place *p,
                       struct node *section, const char *prefix);

/* ---- text_words.c: sentences ---- */

/* Words with their looks; marks in place of places. */
struct words {
    struct buf text;
    struct words_span {
        size_t from;
        unsigned style;
        const char *href;
    } *span;
    int count, room;
};
void words_init(struct words *w);
void words_clear(struct words *w);
void words_style(struct words *w, unsigned style, const char *href);
/* Where the sentence ends that begins at FROM, with the blanks behind. */
size_t sentence_end(const char *s, size_t from, size_t len);

/* Words said: marks become what they stand for, sentences with something
 * hidden are left out and counted. */
struct spoken {
    const char *text;           /* "" where nothing is left */
    const struct doc_run *run;  /* NULL: all alike */
    int run_count;
    bool hidden;                /* something was left out */
};
struct spoken words_say(struct texted *x, const struct words *w);
/* Pieces said as one line of plain words. */
struct spoken pieces_say(struct texted *x, const struct piece *first);
/* Pieces as Markdown, branches chosen. */
void pieces_put(struct texted *x, const struct piece *first,
                struct buf *out);

#endif
