/* test_text_remark.c - what is remarked of a text, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "text_fixture.h"

static struct text_fixture f;

static int
begin(void **state)
{
    (void)state;
    text_fixture_begin(&f);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    text_fixture_end(&f);
    return 0;
}

struct remarked {
    const char *text, *remarks;
};

static void
check(const struct remarked *list, size_t count, const char *lang,
      bool numbers)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(text_remarked(&f, text_whole(&f, "report", lang,
            list[i].text), numbers), list[i].remarks);
}

#define CHECK(list, lang, numbers) \
    check(list, sizeof (list) / sizeof (list)[0], lang, numbers)

/* Text begins on line 11. */
static void
test_typed(void **state)
{
    static const struct remarked list[] = {
        { "Det er 206 som har plan.", "typed 11:8\n" },
        { "Det er 1 845 mottakere.", "typed 11:8\n" },
        { "Det er 1\xc2\xa0" "845 mottakere.", "typed 11:8\n" },
        { "Av 40 % er 3 gule.", "percent 11:4\ntyped 11:12\n" },
        { "Det er 0,86 prosent.", "percent 11:8\n" },
        { "a\n\nb {{count}} og 7 til", "typed 13:16\n" },
        { "I 2014 og 19. mai og § 2-5 per 1. mai.", "" },
        { "I 12 måneder, 18 år, 18–25 år, fra 18 til 25 år, IS-1405.", "" },
        { "Figur 3, tabell 12, kap. 4, nr. 62, 2014-05-19, T4-skjema.", "" },
        { "1. ett\n2. to\n", "" },
        { "Skår {{typed 5}} er rød.", "" },
        { "[a](https://b.no/123) og https://c.no/456", "" },
        { "Mellom 18 og 25 år, 3 og 4 til.", "typed 11:22\ntyped 11:27\n" },
    };

    (void)state;
    CHECK(list, "nb", false);
}

/* A focus area's own words are looked at where the text has them: a number
 * typed before the round was rounded, too. */
static void
test_focus(void **state)
{
    static const struct text_focus focus[] = {
        { "Bolig", "Det er 17 som venter.", "Tilby 3 boliger.", NULL },
        { "Plan", "Det er {{count plan = 1}} med plan.", "", NULL },
    };
    const struct text_remark *list;
    struct err e = { 0 };
    struct text *t = text_taken(&f, text_whole(&f, "report", "nb",
        "# Fokus\n\n{{focus}}\n"), focus, 2, &e);

    (void)state;
    assert_non_null(t);
    assert_int_equal(text_remarks(t, NULL, &f.arena, &list), 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(list[i].kind, REMARK_TYPED);
        assert_string_equal(list[i].say.at.file, "focus 1");
    }
}

static void
test_base(void **state)
{
    static const struct remarked list[] = {
        { "{{share plan = 1 of all}} har plan.", "base 11:1\n" },
        { "{{share plan = 1 of all}} av mottakerne har plan.", "" },
        { "Av mottakerne er det så. {{share plan = 1 of all}} har plan.",
          "" },
        { "Blant dem er det {{share plan = 1 of all}}.", "base 11:1\n" },
        { "Det er {{count}}. Blant dem er det {{share plan = 1 of all}}.",
          "" },
        { "Blant dem som er røde, er det {{share plan = 1 of all}}.", "" },
        { "Av disse har {{count plan = 1}} plan.", "base 11:1\n" },
        { "{{part plan = 1 of all}} har plan.", "" },
        { "- {{share plan = 1 of all}}\n", "base 11:3\n" },
        { "- {{share plan = 1 of all}} av mottakerne har plan.\n", "" },
        { "Av mottakerne har:\n\n- {{share plan = 1 of all}} plan\n"
          "- {{share plan = 0 of all}} ingen plan\n\nDet er "
          "{{share plan = 1 of all}}.", "base 16:8\n" },
        { "a\n\n# {{share plan = 1 of all}} har plan", "base 13:3\n" },
        { "Av dem.\n\nNå er det {{share plan = 1 of all}}.",
          "base 11:1\nbase 13:12\n" },
    };

    (void)state;
    CHECK(list, "nb", false);
}

static void
test_law(void **state)
{
    static const struct remarked list[] = {
        { "Etter lovens § 2-5 er det så.", "law 11:14\n" },
        { "Etter lovens § 2-5, per 1. mai 2026, er det så.", "" },
        { "Etter lovens § 2-5 (2026-05-01) er det så.", "" },
        { "Etter lovens § 2-5 er det så.\n\nSlik de var {{laws}}.", "" },
    };

    (void)state;
    CHECK(list, "nb", false);
}

static void
test_majority(void **state)
{
    static const struct remarked words[] = {
        { "Flertallet har plan.", "majority 11:1\n" },
        { "De fleste har plan.", "majority 11:1\n" },
        { "{{if share(plan = 1 of all) > 50 %}}Flertallet har{{end}} x.",
          "" },
        { "{{if 50 % < share(plan = 1 of all) and year = 1}}Flertallet har"
          "{{end}} x.", "" },
        { "{{if share(plan = 1 of all) > 40 %}}Flertallet har{{end}} x.",
          "majority 11:37\n" },
        { "{{if share(plan = 1 of all) > 50 %}}a{{else}}Flertallet{{end}}",
          "majority 11:46\n" },
        { "Det er den største gruppen.", "" },
        { "Slik er de fleste.", "majority 11:9\n" },
    };
    static const struct remarked numbers[] = {
        { "Flertallet, {{share plan = 1 of all}} av dem, har plan.", "" },
        { "Flertallet, {{share plan = 0 of all}} av dem, er uten.",
          "majority 11:1\n" },
    };

    (void)state;
    CHECK(words, "nb", false);
    CHECK(numbers, "nb", true);
}

/* The 206 and the 215 of 2014. */
static void
test_same(void **state)
{
    static const struct remarked words[] = {
        { "Av alle har {{count plan = 1}} en individuell plan.\n\nBare 215 "
          "av de kartlagte har individuell plan.", "typed 13:6\n" },
        { "{{count plan = 1}} mottakere har individuell plan.\n\nBare 215 "
          "mottakere har individuell plan.",
          "typed 13:6\ntyped_again 13:6 11\n" },
        { "{{count plan = 1}} av de {{count}} kartlagte har individuell "
          "plan.\n\nKun 215 av de kartlagte har individuell plan.",
          "typed 13:5\ntyped_again 13:5 11\n" },
        { "{{count plan = 1}} kartlagte har individuell plan.\n\n"
          "{{count plan = 0}} kartlagte har individuell plan.", "" },
    };
    static const struct remarked numbers[] = {
        { "{{count plan = 1}} kartlagte har individuell plan.\n\n"
          "{{count plan = 1 and sex = male}} kartlagte har individuell "
          "plan.", "two_numbers 13:1 11\n" },
        /* Equal numbers, other variables, other words: nothing. */
        { "{{count plan = 1}} kartlagte har individuell plan.\n\n"
          "{{count whole: plan = 1 and sex = female}} kartlagte har "
          "individuell plan.", "" },
        { "{{count plan = 1}} kartlagte er røde der.\n\n"
          "{{count home_grade = red}} kartlagte er røde der.", "" },
        { "Av de gule er {{count plan = 1}} kartlagte med plan.\n\n"
          "Av de røde er {{count plan = 0}} kartlagte med plan.", "" },
        { "{{count plan = 1}} kartlagte har individuell plan.\n\n215 "
          "kartlagte har individuell plan.",
          "typed 13:1\ntyped_again 13:1 11\n" },
    };

    (void)state;
    CHECK(words, "nb", false);
    CHECK(numbers, "nb", true);
}

/* Numbers in words, of what is counted. */
static void
test_words(void **state)
{
    static const struct remarked nb[] = {
        { "Tjue prosent har plan.", "words 11:1\n" },
        { "Det er tjueto mottakere.", "words 11:8\n" },
        { "En femtedel er røde, to tredeler gule.",
          "words 11:1\nwords 11:23\n" },
        { "Halvparten har plan.", "words 11:1\n" },
        { "Tre av fire og hver femte.", "words 11:1\nwords 11:16\n" },
        { "Det er {{typed halvparten}}, og {{part plan = 1 of all}}.", "" },
        { "I sju områder og tolv måneder, to ganger, én av fire farger.",
          "" },
        { "En mottaker kan ha flere. Hver av dem.", "" },
        { "Fem er blodrøde. Det er seks røde.",
          "words 11:1\nwords 11:26\n" },
        { "Det er et fåtall, tre.", "words 11:20\n" },
        { "Dobbelt så mange, tre ganger så mange.",
          "words 11:1\nwords 11:20\n" },
        { "Tre områder fortjener det, fra én til fem.", "" },
    };
    static const struct remarked nn[] = {
        { "Ein femdel, kvar tredje, og tretti prosent.",
          "words 11:1\nwords 11:13\nwords 11:29\n" },
    };
    static const struct remarked en[] = {
        { "Twenty-two percent, a third, one in four, half of all.",
          "words 11:1\nwords 11:21\nwords 11:30\nwords 11:43\n" },
        { "To recipients, two recipients.", "words 11:16\n" },
        { "A recipient may have half a dozen.", "" },
    };

    (void)state;
    CHECK(nb, "nb", false);
    CHECK(nn, "nn", false);
    CHECK(en, "en", false);
}

/* Claims in words beside what is counted: 60 of 100 have a plan. */
static void
test_contradicts(void **state)
{
    static const struct remarked list[] = {
        { "Ingen har plan.\n\nDet gjelder {{count plan = 1}} kartlagte.",
          "contradicts 11:1 13\n" },
        { "Alle har plan.\n\nPlan har {{share plan = 1 of all}} av dem.",
          "contradicts 11:1 13\n" },
        { "Alle er røde på bolig. Det er {{count home_grade = red}} av "
          "{{count}}.", "contradicts 11:1 11\n" },
        /* True, another question, made sure of, no claim. */
        { "Ingen er blodrøde. Det er {{count index_grade = bloodred}}.",
          "" },
        { "Ingen røde har plan. Det er {{count plan = 1}}.", "" },
        { "{{if count(plan = 1) = 0}}Ingen har plan.{{else}}"
          "{{people plan = 1}} har plan.{{end}}", "" },
        { "{{if count(plan = 1) > 0}}{{people plan = 1}} har plan.{{else}}"
          "Ingen har plan.{{end}}", "" },
        { "For at ingen skal ha plan: {{count plan = 1}}.", "" },
        /* In the same words as a sentence near it, whatever the question
         * is called. */
        { "Ingen er menn. {{people sex = male}} er menn.",
          "contradicts 11:1 11\n" },
        { "Alle kartlagte er menn. {{people sex = male}} er menn.",
          "contradicts 11:1 11\n" },
        { "Ingen kvinner har noe slikt. Blant kvinnene har "
          "{{share plan = 1 of sex = female}} noe slikt.",
          "contradicts 11:1 11\n" },
        { "Ingen kvinner har slikt. Av kvinnene har "
          "{{share plan = 1 of sex = female}} slikt.",
          "contradicts 11:1 11\n" },
        { "Alle kvinner har slikt. {{count plan = 1 and sex = female}} "
          "kvinner har slikt.", "" },
        { "Få har slikt. {{share plan = 1 of all}} av de kartlagte har "
          "slikt.", "contradicts 11:1 11\n" },
        { "Få har slikt. {{share plan = 0 of all}} av de kartlagte har "
          "slikt.", "" },
        { "Ingen har plan.", "" },
        /* A share of all and of those with an answer: 60 % and 66 %. */
        { "Av alle har {{share plan = 1 of all}} plan, og av dem med svar "
          "{{share plan = 1 of plan is answered}}.",
          "two_numbers 11:64 11\n" },
        { "Av alle er {{share plan = 1 and sex = female of all}} slik, og "
          "av kvinner {{share plan = 1 of sex = female}}.", "" },
    };

    (void)state;
    CHECK(list, "nb", true);
}

static void
test_no_fact(void **state)
{
    static const struct remarked list[] = {
        { "Slik: {{purpose}}.", "no_fact 11:7\n" },
        { "{{if has purpose}}Slik: {{purpose}}.{{end}} Ja.", "" },
        { "I {{year}} i {{municipality}}.", "" },
    };

    (void)state;
    CHECK(list, "nb", true);
}

static void
test_many(void **state)
{
    struct buf b;
    const char *list;
    int lines = 0;

    (void)state;
    buf_init(&b, 0);
    for (int i = 0; i < TEXT_REMARKS_MAX + 50; i++)
        buf_text(&b, "Det er 7 her.\n");
    list = text_remarked(&f, text_whole(&f, "report", "nb",
                                        buf_string(&b)), false);
    buf_clear(&b);
    for (; *list != '\0'; list++)
        lines += *list == '\n';
    assert_int_equal(lines, TEXT_REMARKS_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed), cmocka_unit_test(test_base),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_law), cmocka_unit_test(test_majority),
        cmocka_unit_test(test_same), cmocka_unit_test(test_words),
        cmocka_unit_test(test_contradicts), cmocka_unit_test(test_no_fact),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
