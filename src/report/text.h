/* text.h - texts bound to the data: Markdown in which every number is a
 * question.
 *
 * A text is what a working group writes: a report, slides, a page for the
 * press. Its language is docs/texts.md: Markdown, a head that says what it
 * is, and places in double braces ("{{share ip = 1 of all}}"), each a
 * question in the filter language (def/expr.h) or a fact of the round. It
 * is read and checked once; what its places ask is counted in the same pass
 * as everything else, and then it becomes a document:
 *
 *     text = text_read(&source, in, &arena, e)
 *     text_questions(text, &arena, plan, &count, e)
 *     ... run the plan, take its COUNT tables ...
 *     doc = text_build(text, &input, &arena)
 *
 * Every number of a text, those of sentences and conditions too, is in a
 * doc_table that build_table makes (building.h), all of them first and
 * always in the same order whatever the numbers are, so that disclosure
 * control sees them. A sentence that needs a hidden number is left out
 * whole, and so is a list, paragraph or section that has nothing left; the
 * document says at its end how many were. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H
#include "report/build.h"

enum {
    TEXT_BYTES_MAX = 256 * 1024,        /* of a text, and with its focus
                                         * areas; what it grows to by its
                                         * places is bounded by them */
    TEXT_PLACES_MAX = 4096,             /* {{...}} */
    TEXT_PLACE_BYTES = 4096,            /* in one of them */
    TEXT_LEVELS_MAX = 16,               /* of {{if}} in {{if}}, of brackets
                                         * in a condition */
    TEXT_TABLES_MAX = 400,              /* that it asks for */
    TEXT_FIGURES_MAX = 4096,            /* numbers of sentences */
    TEXT_REMARKS_MAX = 200,             /* told of one text */
    TEXT_NESTED_MAX = 8                 /* lists in lists in callouts */
};

/* A focus area that the working group picked; {{focus}} puts it in. All are
 * Markdown in the language of texts, but for the title, which has places
 * and no Markdown. "" where there is none. */
struct text_focus {
    const char *title, *text, *recommendation;
    const char *number;         /* one place, for a card: "{{count ...}}";
                                 * NULL or "": the first number of TEXT */
};

/* What is read. Borrowed until text_read returns. */
struct text_source {
    const char *file;           /* for messages; copied */
    const char *bytes;          /* UTF-8; CR LF is taken as LF */
    size_t len;
    const struct text_focus *focus;
    int focus_count;
};

struct text;

/* Reads and checks a text; IN must be bound and outlive it. All in ARENA.
 * NULL with the first fault in E (ERR_INPUT "text.*" or "expr.*") with its
 * file, line and column; the file of a focus area is "focus 1" and so on. */
struct text *text_read(const struct text_source *source,
                       const struct instrument *in, struct arena *arena,
                       struct err *e);
/* What its head says it is; the language that it is written in; the report
 * of the instrument whose people it is about. */
enum doc_kind text_kind(const struct text *t);
enum lang text_lang(const struct text *t);
int text_report(const struct text *t);

/* Adds the questions of T to PLAN, which borrows from T and ARENA; COUNT
 * says how many tables they are. Faults that only the plan finds (a table
 * asked for ad hoc) have their place in the text. */
MUST_CHECK bool text_questions(const struct text *t, struct arena *arena,
                               struct plan *plan, int *count,
                               struct err *e);

/* The document, in ARENA, borrowing from T, the input and what it names.
 * INPUT is as of report_build, but that its report and language are T's and
 * not looked at, its group must be NULL, and of what is for the page on the
 * data only the coverage is used; TABLES are the COUNT ones of
 * text_questions. A protected one about fewer recipients than the threshold
 * says only that. */
struct document *text_build(const struct text *t,
                            const struct report_input *input,
                            struct arena *arena);

/* ---- remarks: what is not wrong, but should be looked at ---- */

enum text_remark_kind {
    REMARK_TYPED,               /* a number typed where a place belongs */
    REMARK_PERCENT,             /* a percentage typed */
    REMARK_BASE,                /* a share whose sentence names no base */
    REMARK_LAW,                 /* a legal reference without a date */
    REMARK_MAJORITY,            /* "flertallet" that nothing makes sure of,
                                 * or beside a share that is not one */
    REMARK_TYPED_AGAIN,         /* a number typed that a place elsewhere
                                 * asks for */
    REMARK_TWO_NUMBERS,         /* what sounds the same is two numbers */
    REMARK_NO_FACT,             /* a fact that the round does not have: its
                                 * sentence is left out */
    REMARK_WORDS,               /* a number or share typed as words */
    REMARK_CONTRADICTS,         /* "ingen" or "alle" in words, and a place
                                 * that asks for the same says otherwise */
    REMARK_KIND_COUNT
};

struct text_remark {
    enum text_remark_kind kind;
    struct err say;             /* "text.remark_*", with file, line, column:
                                 * shown as an error is, but is none */
    long other_line;            /* the other of two, 0: none */
};

/* What there is to be remarked in T, in order of place, TEXT_REMARKS_MAX at
 * most, in ARENA; how many. INPUT is as of text_build: with it numbers are
 * compared too; NULL: only words are looked at. The same rules that
 * docs/texts.md gives. Remarks are internal: they tell numbers as they
 * are counted, unless INPUT protects them. */
int text_remarks(const struct text *t, const struct report_input *input,
                 struct arena *arena, const struct text_remark **list);
/* "typed", "percent", ... */
const char *text_remark_word(enum text_remark_kind kind);

/* ---- templates ---- */

/* What the program carries, each in all languages: for the first of the
 * reports a text of each kind, named as the kind is; then those of others. */
enum { TEXT_TEMPLATES = 6 };
struct text_template {
    const char *name;           /* "report", "report-substance" */
    enum doc_kind kind;
    const char *about;          /* id of the report of the instrument */
};
const struct text_template *text_template_at(int i);
/* NULL where there is none. */
const struct text_template *text_template_named(const char *name);
const struct text_template *text_template_about(enum doc_kind kind,
                                                const char *about);
/* Its source in LANG, borrowed for ever, and its name in messages
 * ("texts/report.nb.md"). */
struct text_source text_template_source(const struct text_template *t,
                                        enum lang lang);
/* The same of the first of KIND (DOC_REPORT, DOC_SLIDES, DOC_MEDIA). */
struct text_source text_template(enum doc_kind kind, enum lang lang);
/* "report", "slides", "media" and back; -1 for another word. */
const char *text_kind_word(enum doc_kind kind);
int text_kind_of(const char *word, size_t len);

#endif
