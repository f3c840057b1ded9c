/* Paragraphs in lines: against every way there is, and on random words; and
 * the syntax of numbers and texts in a PDF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <math.h>
#include "../oracle/chance.h"
#include "write/layout.h"

static struct arena arena;
static struct fonts *fonts;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    fonts = fonts_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    fonts_free(fonts);
    arena_clear(&arena);
    return 0;
}

static const struct para *
lines_of(const char *text, double width)
{
    return layout_text(&arena, fonts, (struct piece){
        text, FACE_REGULAR, 0, NULL }, 10, 14, width);
}

static double
wide(const char *text, size_t n)
{
    struct font font = { FACE_REGULAR, 10, false };

    return font_width(fonts, &font, text, n);
}

/* All lines in one, as a reader gets them. */
static char *
read_back(const struct para *p)
{
    struct buf b;
    char *text;

    buf_init(&b, 0);
    for (int i = 0; i < p->count; i++) {
        for (int k = 0; k < p->line[i].count; k++)
            buf_add(&b, p->line[i].part[k].text, p->line[i].part[k].n);
        if (p->line[i].part[p->line[i].count - 1].hyphen)
            buf_byte(&b, '-');
    }
    text = arena_text(&arena, buf_string(&b));
    buf_clear(&b);
    return text;
}

static void
keeps_every_word(void **state)
{
    const char *text = "Kartleggingen omfatter 1\xc2\xa0"
        "845 mottakere med psykiske problemer, 18–25 år og eldre.";

    (void)state;
    for (double w = 90; w < 400; w += 7)
        assert_string_equal(read_back(lines_of(text, w)), text);
    assert_int_equal(lines_of("", 100)->count, 0);
    assert_int_equal(lines_of("  \n ", 100)->count, 0);
    assert_int_equal(lines_of("en", 100)->count, 1);
}

static void
breaks_long_words(void **state)
{
    const char *word = "spesialisthelsetjenestesamhandlingsreform";
    const struct para *p = lines_of(word, 80);
    char kept[128] = "";

    (void)state;
    assert_true(p->count > 1);
    for (int i = 0; i < p->count; i++) {
        const struct line_part *part = &p->line[i].part[0];

        assert_int_equal(part->hyphen, i + 1 < p->count);
        strncat(kept, part->text, part->n);
        assert_true(p->line[i].width + (part->hyphen ? wide("-", 1) : 0)
                    <= 80.01);
    }
    assert_string_equal(kept, word);
    /* Where not even one letter fits it stands alone. */
    p = lines_of("abc", 1);
    assert_int_equal(p->count, 3);
}

static void
ends_lines_at_dashes(void **state)
{
    const struct para *p = lines_of("psykisk-helse-arbeid", 60);

    (void)state;
    assert_true(p->count >= 2);
    assert_int_equal(p->line[0].part[0].text[p->line[0].part[0].n - 1], '-');
    assert_false(p->line[0].part[0].hyphen);
    /* A range of ages is not torn. */
    p = lines_of("alder 18–25 år", wide("alder 18–", strlen("alder 18–")));
    assert_string_equal(read_back(p), "alder 18–25 år");
    assert_int_equal(p->line[1].part[0].text[0], '1');
}

enum { WORDS = 9 };

/* The least sum of squares over every way to break COUNT words. */
static double
least(const double *word, double blank, int count, double width)
{
    double best = HUGE_VAL;

    for (unsigned ways = 0; ways < 1u << (count - 1); ways++) {
        double sum = 0, line = word[0];
        bool fits = true;

        for (int i = 1; i <= count; i++)
            if (i == count) {
                fits &= line <= width + 0.01;
            } else if (ways >> (i - 1) & 1) {
                fits &= line <= width + 0.01;
                sum += (width - line) * (width - line);
                line = word[i];
            } else {
                line += blank + word[i];
            }
        if (fits && sum < best)
            best = sum;
    }
    return best;
}

static double
cost_of(const struct para *p)
{
    double sum = 0;

    for (int i = 0; i + 1 < p->count; i++) {
        double left = p->width - p->line[i].width;

        sum += left * left;
    }
    return sum;
}

static void
finds_the_best_lines(void **state)
{
    struct chance c = { 2026 };

    (void)state;
    for (int round = 0; round < 400; round++) {
        char text[256] = "";
        double word[WORDS], width = 70 + chance_int(&c, 0, 119);
        const struct para *p;

        for (int i = 0; i < WORDS; i++) {
            int n = chance_int(&c, 1, 10);
            size_t at = strlen(text);

            for (int k = 0; k < n; k++)
                text[at + (size_t)k] = (char)chance_int(&c, 'a', 'z');
            word[i] = wide(text + at, (size_t)n);
            strcat(text, i + 1 < WORDS ? " " : "");
        }
        p = lines_of(text, width);
        assert_true(fabs(cost_of(p) - least(word, wide(" ", 1), WORDS,
                                            width)) < 0.5);
        for (int i = 0; i < p->count; i++)
            assert_true(p->line[i].width <= width + 0.01);
    }
}

static void
lays_out_pieces(void **state)
{
    const struct piece piece[] = {
        { "Tabell 3. ", FACE_BOLD, 0, NULL },
        { "Se ", FACE_REGULAR, 0, NULL },
        { "rapporten", FACE_REGULAR, 0, "https://example.org/" },
        { ", side 4.", FACE_REGULAR, 0, NULL },
    };
    const struct para *p = layout(&arena, fonts, piece, 4, 10, 14, 400);

    (void)state;
    assert_int_equal(p->count, 1);
    assert_string_equal(read_back(p), "Tabell 3. Se rapporten, side 4.");
    assert_int_equal(p->line[0].count, 4);
    /* No line begins with a comma that belongs to the word before. */
    p = layout(&arena, fonts, piece, 4, 10, 14, wide("rapporten,", 10) + 4);
    for (int i = 0; i < p->count; i++)
        assert_int_not_equal(p->line[i].part[0].text[0], ',');
}

static void
writes_numbers_and_texts(void **state)
{
    static const struct { double v; const char *text; } cases[] = {
        { 0, "0 " }, { 1, "1 " }, { -1.5, "-1.5 " }, { 0.0004, "0 " },
        { 595.28, "595.28 " }, { 1e6, "1000000 " }, { 0.001, "0.001 " },
        { -0.0006, "-0.001 " }
    };
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_reset(&b);
        pdf_put_number(&b, cases[i].v);
        assert_string_equal(buf_string(&b), cases[i].text);
    }
    buf_reset(&b);
    pdf_put_text(&b, "å\xf0\x9f\x98\x80");
    assert_string_equal(buf_string(&b), "<FEFF00E5D83DDE00>");
    buf_clear(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_word),
        cmocka_unit_test(breaks_long_words),
        cmocka_unit_test(ends_lines_at_dashes),
        cmocka_unit_test(finds_the_best_lines),
        cmocka_unit_test(lays_out_pieces),
        cmocka_unit_test(writes_numbers_and_texts),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
