/* test_text.c - the language of texts: places, conditions, what is hidden,
 * what is refused and where, Markdown, focus areas, limits at their edge.
 * Remarks are tested in test_text_remark.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base/msg.h"
#include "base/near.h"
#include "report/phrase.h"
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

/* ---- what places say ---- */

struct saying {
    const char *lang, *text, *said;
};

/* TEXT as the only paragraph. */
static void
check_saying(const struct saying *s, int threshold)
{
    char *whole = text_whole(&f, "report", s->lang, s->text);
    const char *want = arena_printf(&f.arena, "section H\n%s%s%s",
                              *s->said != '\0' ? "paragraph " : "", s->said,
                              *s->said != '\0' ? "\n" : "");

    if (*s->said == '\0')
        want = "";
    assert_string_equal(text_made(&f, whole, NULL, 0, threshold), want);
}

static const struct saying places[] = {
    { "nb", "x {{count all}} y", "x 100 y" },
    { "nb", "{{count}}", "100" },
    { "nb", "{{count plan = 1}}", "60" },
    { "nb", "{{count whole: plan = 1}} {{count round: all}}", "60 100" },
    { "nb", "{{count sex in {male, female}}}", "100" },
    { "nb", "{{count sex = \"male\"}}", "31" },
    { "nb", "{{count\nsex = male\nand plan = 0}}", "31" },
    { "nb", "a {{people target = dual}}", "a én mottaker" },
    { "nn", "a {{people target = dual}}", "a éin mottakar" },
    { "en", "a {{people target = dual}}", "a one recipient" },
    { "nb", "a {{people crisis = 1}}", "a ingen mottakere" },
    { "nn", "a {{people crisis = 1}}", "a ingen mottakarar" },
    { "en", "a {{people crisis = 1}}", "a no recipients" },
    { "nb", "a {{people plan = 1}}", "a 60 mottakere" },
    { "nn", "a {{people plan = 1}}", "a 60 mottakarar" },
    { "en", "a {{people plan = 1}}", "a 60 recipients" },
    { "nb", "{{share plan = 1 of all}}", "60 %" },
    { "en", "{{share plan = 1 of all}}", "60%" },
    /* The base is part of it: 60 of 69 women. */
    { "nb", "{{share plan = 1 of sex = female}}", "87 %" },
    { "nb", "{{share all of target = dual}}", "1 av 1" },
    { "nb", "{{share plan = 1 of target = substance}}", "0 av 9" },
    { "nb", "a {{part target = dual of all}}", "a 1 %" },
    { "nb", "a {{part crisis = 1 of all}}", "a ingen" },
    { "nn", "a {{part plan is answered or plan is unknown of all}}",
      "a alle" },
    { "en", "a {{part plan = 1 of all}}", "a three in five" },
    { "nb", "{{sum kids}} {{sum kids where sex = male}}", "91 31" },
    { "nb", "a {{amount kids where target = dual}}", "a ett barn" },
    { "nn", "a {{amount kids where target = dual}}", "a eitt barn" },
    { "en", "a {{amount kids where target = dual}}", "a one child" },
    { "nb", "a {{amount kids_away where target = dual}}",
      "a ingen barn" },
    { "nb", "a {{amount kids}}", "a 91 barn" },
    { "nb", "a {{more sex = female than sex = male \"A\" \"B\"}}",
      "a flere A enn B" },
    { "nn", "a {{more sex = male than sex = female \"A\" \"B\"}}",
      "a færre A enn B" },
    { "en", "a {{more plan = 1 than plan = 1 \"A\" \"B\"}}",
      "a as many A as B" },
    { "nb", "{{more sex = \"male\" than sex = \"female\" \"A\" \"B\"}}",
      "Færre A enn B" },
    { "nb", "x {{plural target = dual \"er\" \"var\"}}", "x er" },
    { "nb", "x {{plural crisis = 1 \"er\" \"var\"}}", "x var" },
    { "nb", "x {{plural plan = 1 \"a \\\"b\\\"\" \"c\"}}", "x c" },
    { "nb", "{{typed 4}} {{typed  3 til 5 }}", "4 3 til 5" },
    { "nb", "\\{{count}} er to klammer", "{{count}} er to klammer" },
    { "nb", "a{{! ikke med }}b", "ab" },
    { "nb", "{{municipality}}, {{year}}, {{round}}",
      "Bergen, 2014, Bergen 2014" },
    { "nb", "{{recipients}} {{units}} {{from_age}}", "100 2 18" },
    { "nb", "{{report}} {{instrument}}", "Alle Liten" },
    { "nb", "{{rate}}", "10,00 %" },
    { "en", "{{population}} {{population_on}}", "1,000 1 January 2014" },
    { "nb", "{{laws}}", "1. november 2026" },
    /* Nothing to say: the sentence goes, and no other. */
    { "nb", "En. {{purpose}} to. Tre.", "En. Tre." },
    { "nb", "{{share plan = 1 of crisis = 1}}", "" },
    /* Capital letters begin sentences. */
    { "nb", "{{people crisis = 1}} ja. {{part crisis = 1 of all}} y",
      "Ingen mottakere ja. Ingen y" },
    { "nb", "«{{people crisis = 1}}» x", "«Ingen mottakere» x" },
    /* Markup never comes from what is said. */
    { "nb", "a {{typed *b* <c> `d`}}", "a *b* <c> `d`" },
};

static void
test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        check_saying(&places[i], 0);
}

/* ---- conditions ---- */

static void
test_conditions(void **state)
{
    static const struct { const char *cond; bool is; } conds[] = {
        { "count(plan = 1) = 60", true },
        { "count(plan = 1) != 60", false },
        { "count(plan = 1) < 60", false },
        { "count(plan = 1) <= 60", true },
        { "count(plan = 1) > 59", true },
        { "count(plan = 1) >= 61", false },
        { "count(plan = 1) > count(plan = 0)", true },
        { "count(whole: sex in {male}) = 31", true },
        { "count(sex = \"male)\" or plan = 1) = 60", false },
        { "sum(kids) = 91", true },
        { "sum(kids where sex = male) = 31", true },
        { "share(plan = 1 of all) = 60 %", true },
        { "share(plan = 1 of all) > 60 %", false },
        { "share(plan = 1 of all) > 59%", true },
        { "50 % < share(plan = 1 of all)", true },
        { "share(plan = 1 of sex = female) > 86 %", true },
        { "share(plan = 1 of sex = female) > 87 %", false },
        { "share(plan = 1 of all) > share(plan = 0 of all)", true },
        /* Of nobody: neither. */
        { "share(plan = 1 of crisis = 1) = 0 %", false },
        { "share(plan = 1 of crisis = 1) != 0 %", false },
        { "not share(plan = 1 of crisis = 1) > 0 %", true },
        { "year = 2014 and from_age = 18 and units = 2", true },
        { "year = 2013 or year = 2014", true },
        { "year = 2013 or year = 2015 and year = 2014", false },
        { "(year = 2014 or year = 2015) and year = 2014", true },
        { "not (year = 2014) or not not year = 2014", true },
        { "has rate", true }, { "has purpose", false },
        { "has focus", false }, { "has coverage", false },
        { "not has threshold", true }, { "has laws", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof conds / sizeof conds[0]; i++) {
        struct saying s = {
            "nb", arena_printf(&f.arena, "{{if %s}}ja{{else}}nei{{end}}",
                               conds[i].cond),
            conds[i].is ? "ja" : "nei"
        };

        if (strchr(conds[i].cond, '"') != NULL)
            continue;           /* a value there is not: refused below */
        check_saying(&s, 0);
    }
}

static void
test_branches(void **state)
{
    static const struct saying sayings[] = {
        { "nb", "{{if year = 1}}a{{else if year = 2}}b{{else}}c{{end}}",
          "c" },
        { "nb", "{{if year = 1}}a{{else if year = 2014}}b{{else}}c{{end}}",
          "b" },
        { "nb", "{{if year = 1}}a{{end}}x", "x" },
        { "nb", "{{if year = 2014}}a {{if year = 1}}b{{else}}c{{end}}{{end}}"
          "d", "a cd" },
        /* Alone on their lines they leave nothing, not even a paragraph. */
        { "nb", "a\n  {{if year = 2014}}\nb\n{{else}}\nc\n{{end}}\nd",
          "a b d" },
        { "nb", "Av disse {{if year = 1}}er{{end}} .", "Av disse." },
        { "nb", "&{{if year = 1}}a{{else}}#983099;{{end}} b", "&#983099; b"
        },
    };

    (void)state;
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++)
        check_saying(&sayings[i], 0);
}

/* ---- what is hidden ---- */

#define OUT_ONE "note 1 setning er utelatt fordi den ville ha vist tall " \
    "som er for små til å vises.\n"
#define OUT_TWO "note 2 setninger er utelatt fordi de ville ha vist tall " \
    "som er for små til å vises.\n"

static void
test_hidden(void **state)
{
    /* One is "dual": hidden below five. */
    static const struct { const char *text, *made; } cases[] = {
        { "En {{count target = dual}}. To. Tre {{count plan = 1}}.",
          "section H\nparagraph To. Tre 60.\n" OUT_ONE },
        { "Ca. {{count target = dual}} er det. Ja.",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "{{people target = dual}} er her.\n\n- {{count target = dual}}\n"
          "- b\n", "section H\nlist\nitem b\n" OUT_TWO },
        { "Ja.\n\n- {{count target = dual}}\n",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja.\n\n> Gjør noe for {{people target = dual}}.\n",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja.\n\n{{note}} {{count target = dual}}\n",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja.\n\n## Under\n\n{{count target = dual}}\n",
          "section H\nparagraph Ja.\n" OUT_ONE },
        /* A heading takes what is under it. */
        { "Ja.\n\n## {{count target = dual}}\n\nUnder.\n\n### C\n\nc\n\n"
          "## D\n\nd\n", "section H\nparagraph Ja.\nsection D\n"
          "paragraph d\n" OUT_ONE },
        /* Over a chart it takes the chart's title, and is not counted; one
         * that a condition leaves empty takes nothing. */
        { "Ja.\n\n## A {{count target = dual}}\n\nb\n\n"
          "{{chart sex_by_grade}}\n", "section H\nparagraph Ja.\n"
          "section Kjønn\nparagraph b\nchart Kjønn\n"
          "note 100 mottakere, ingen ubesvarte.\n" },
        { "Ja.\n\n## {{if count(plan = 1) = 0}}A{{end}}\n\n"
          "{{chart sex_by_grade}}\n", "section H\nparagraph Ja.\n" },
        /* A share of a small base, a sum over few. */
        { "Ja. {{share plan = 1 of target = dual}} x.",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja. {{sum kids where target = dual}} x.",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja. {{more target = dual than plan = 1 \"a\" \"b\"}} x.",
          "section H\nparagraph Ja.\n" OUT_ONE },
        { "Ja. {{plural target = dual \"a\" \"b\"}} x.",
          "section H\nparagraph Ja.\n" OUT_ONE },
        /* A condition takes what it is around, and no more. */
        { "Ja. {{if count(target = dual) = 1}}Én.{{else}}Flere.{{end}} Nei.",
          "section H\nparagraph Ja. Nei.\n" OUT_ONE },
        { "Ja {{if count(target = dual) = 1}}én{{else}}to{{end}} slik. Nei.",
          "section H\nparagraph Nei.\n" OUT_ONE },
        { "Ja.\n\n{{if count(target = dual) = 1}}\n# A\n\na\n\n# B\n\nb\n\n"
          "{{else}}\nc\n{{end}}\nNei.",
          "section H\nparagraph Ja.\nparagraph Nei.\n" OUT_ONE },
        { "- a\n{{if count(target = dual) = 1}}\n- b\n{{end}}\n- c\n",
          "section H\nlist\nitem a\nitem c\n" OUT_ONE },
        /* What is known decides where it can. */
        { "{{if count(target = dual) = 1 or year = 2014}}a{{end}}",
          "section H\nparagraph a\n" },
        { "{{if year = 1 and count(target = dual) = 1}}a{{else}}b{{end}}",
          "section H\nparagraph b\n" },
        { "Ja. {{if not (year = 2014 and count(target = dual) = 1)}}a{{end}}",
          "section H\nparagraph Ja.\n" OUT_ONE },
        /* Nothing at all is left. */
        { "{{count target = dual}}", "section Utelatt\nparagraph 1 setning "
          "er utelatt fordi den ville ha vist tall som er for små til å "
          "vises.\n" },
        { "Under {{threshold}} vises ikke.",
          "section H\nparagraph Under 5 vises ikke.\n" },
        { "Nei: {{count crisis = 1}}", "section H\nparagraph Nei: 0\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *whole = text_whole(&f, "report", "nb", cases[i].text);

        assert_string_equal(text_made(&f, whole, NULL, 0, 5),
                            cases[i].made);
    }
    assert_non_null(strstr(text_made(&f, text_whole(&f, "report", "nb",
        "{{count}}"), NULL, 0, 200), "For få"));
}

/* Which tables there are, and what is in them, does not depend on what is
 * hidden: a release collects them in one build and applies in the next. */
static void
test_same_tables(void **state)
{
    char *whole = text_whole(&f, "report", "nb",
        "{{if count(target = dual) = 1}}{{count plan = 1}}{{else}}"
        "{{count plan = 0}}{{end}}\n\n{{chart sex_by_grade}}\n\n"
        "{{table sex_by_grade}}\n\n{{count whole: sex = male}}\n");
    int count = text_tables_of(&f, whole);

    (void)state;
    /* The numbers, and the one table of the instrument. */
    assert_int_equal(count, 2);
    assert_string_equal(text_made(&f, whole, NULL, 0, 0),
                        text_made(&f, whole, NULL, 0, 0));
}

/* ---- blocks and Markdown ---- */

static void
test_blocks(void **state)
{
    static const struct { const char *kind, *text, *made; } cases[] = {
        { "report", "a\n{{chart sex_by_grade}}\nb", "section H\nparagraph a\n"
          "chart Kjønn\nnote 100 mottakere, ingen ubesvarte.\nparagraph b\n"
        },
        /* Notes stand once in a section, and again in the next. */
        { "report", "{{chart sex_by_grade}}\n\n{{table sex_by_grade}}\n\n"
          "# B\n\n{{table sex_by_grade}}", "section H\nchart Kjønn\n"
          "note 100 mottakere, ingen ubesvarte.\ntable Kjønn\nsection B\n"
          "table Kjønn\nnote 100 mottakere, ingen ubesvarte.\n" },
        { "report", "{{table rows=sex where=\"plan = 1\" title=\"T\"}}",
          "section H\ntable T\nnote 60 mottakere, ingen ubesvarte.\n" },
        { "report", "{{table rows=sex columns=plan shares=none}}",
          "section H\ntable Kjønn etter plan\nnote 91 mottakere. I "
          "tillegg uten verdi: 9 «vet ikke».\n" },
        { "slides", "{{chart rows=sex where=\"plan = 1\"}}",
          "section Tittel\nparagraph Under\nsection H\nchart Kjønn\nnote "
          "60 mottakere, ingen ubesvarte.\nnote Plan: ja\n" },
        { "report", "{{block sex_by_grade}}", "section H\nblock Kjønn\n"
          "chart Kjønn\ntable Kjønn\nnote 100 mottakere, ingen ubesvarte.\n"
        },
        { "report", "**a** *b* [c](https://d.no) e\nf",
          "section H\nparagraph a b c e f {1}a{0} {2}b{0} {0 https://d.no}c"
          "{0} e f\n" },
        { "report", "1. a\n2. **b**\n", "section H\nlist 1\nitem a\nitem b "
          "{1}b\n" },
        { "report", "> a\n> b\n>\n> c\n", "section H\ncallout a b\ncallout "
          "c\n" },
        { "report", "{{note}} a\n\n{{note \"T\"}} b\n",
          "section H\nnote a\nnote T: b\n" },
        { "report", "{{cards}}\n\n- 1 \\% | T | x | y\n- {{count}} | U\n"
          "- | V | z\n", "section H\ncards\ncard 1 % T x y\ncard 100 U  -\n"
          "card - V z -\n" },
        { "report", "{{coverage}}\n\na", "section H\nparagraph a\n" },
        { "report", "a\n\n## B\n\nb\n\n### C\n\nc\n\n# D\n\nd\n",
          "section H\nparagraph a\nsection B\nparagraph b\nsection C\n"
          "paragraph c\nsection D\nparagraph d\n" },
        { "report", "## Tom\n\n## Full\n\na", "section H\nsection Full\n"
          "paragraph a\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *whole = text_whole(&f, cases[i].kind, "nb", cases[i].text);

        assert_string_equal(text_made(&f, whole, NULL, 0, 0),
                            cases[i].made);
    }
}

/* Where all is hidden there is nothing to draw: the table instead, and not
 * twice. */
static void
test_not_drawn(void **state)
{
    char *whole = text_whole(&f, "report", "nb", "{{chart sex_by_grade}}\n\n"
                             "{{table sex_by_grade}}");

    (void)state;
    assert_string_equal(text_made(&f, whole, NULL, 0, 90),
                        "section H\ntable Kjønn\nnote 100 mottakere, "
                        "ingen ubesvarte.\n");
}

/* What there is of each kind in HTML, and that all that is opened is closed
 * again. */
static void
test_html(void **state)
{
    static const char *const tags[] = {
        "section", "div", "p", "ul", "ol", "li", "strong", "em", "h2", "h3",
        "h4", "a", "figure", "table"
    };
    static const char *const there[] = {
        "<p class=\"callout\">Gi <strong>flere</strong>.</p>",
        "<a href=\"https://a.no/?b&amp;c\">d &amp; e</a>",
        "<ul class=\"items\">", "<li>a</li>", "<ol class=\"items\">",
        "<p class=\"card-number\">100</p>",
        "<p class=\"card-action\">Gjør</p>", "&lt;x&gt;",
        "<h3 class=\"block-title\">Under</h3>",
        "<h4 class=\"sub-title\">Dypt</h4>",
    };
    const char *kinds[] = { "report", "slides", "media" };
    const char *text = "> Gi **flere**.\n\n[d & e](https://a.no/?b&c)\n\n"
        "- a\n\n1. *b*\n\n{{cards}}\n\n- {{count}} | T | x | Gjør\n\n"
        "{{note}} n\n\n{{chart areas}}\n\n{{table areas}}\n\n"
        "{{typed <x>}}\n\n{{block areas}}\n";

    (void)state;
    for (int k = 0; k < 3; k++) {
        const char *html = text_html(&f, text_whole(&f, kinds[k], "nb",
            k == 1 ? text : arena_printf(&f.arena,
                "%s\n## Under\n\na\n\n### Dypt\n\nb\n", text)));

        for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
            if (k != 1 || strstr(there[i], "title") == NULL)
                assert_non_null(strstr(html, there[i]));
        for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
            assert_int_equal(text_open_tags(html, tags[i]), 0);
    }
}

static void
test_focus(void **state)
{
    static const struct text_focus focus[] = {
        { "Planer", "{{count plan = 1}} har plan.\n\nMer.", "Gi flere.\nNå.",
          NULL },
        { "Bolig", "b", "", "{{count}}" },
    };
    static const struct text_focus bad[] = {
        { "Planer", "a\n{{cuont}}", NULL, NULL }
    };
    struct err e = { 0 };

    (void)state;
    assert_string_equal(text_made(&f, text_whole(&f, "report", "nb",
        "a\n\n{{focus}}\n\nb"), focus, 2, 0),
        "section H\nparagraph a\nsection Planer\nparagraph 60 har plan.\n"
        "paragraph Mer.\ncallout Gi flere. Nå.\nsection Bolig\nparagraph b\n"
        "paragraph b\n");
    assert_string_equal(text_made(&f, text_whole(&f, "slides", "nb",
        "{{focus}}"), focus, 2, 0),
        "section Tittel\nparagraph Under\nsection H\ncards\n"
        "card 60 Planer 60 har plan. Mer. Gi flere. Nå.\n"
        "card 100 Bolig b -\n");
    assert_string_equal(text_made(&f, text_whole(&f, "report", "nb",
        "a\n\n{{focus}}\n"), NULL, 0, 0), "section H\nparagraph a\n");
    assert_null(text_taken(&f, text_whole(&f, "report", "nb", "{{focus}}"),
                           bad, 1, &e));
    assert_string_equal(e.key, "text.place_near");
    assert_string_equal(e.at.file, "focus 1");
    assert_int_equal(e.at.line, 2);
    assert_int_equal(e.at.column, 3);
}

/* ---- refusals ---- */

/* BODY of text_whole begins on line 11. */
static const struct {
    const char *text, *key;
    int line, column;
} refusals[] = {
    { "a {{count sex = male", "text.open", 11, 3 },
    { "a {{count sex = \"male}}", "text.open", 11, 3 },
    { "{{}}", "text.want_place", 11, 3 },
    { "{{cuont}}", "text.place_near", 11, 3 },
    { "{{xyzzyxyz}}", "text.place", 11, 3 },
    { "b\n{{count sexx = male}}", "expr.name_near", 12, 9 },
    { "{{count sex = mael}}", "expr.value_near", 11, 15 },
    { "{{count sex = male and}}", "expr.ends_name", 11, 23 },
    { "{{count\n  sex = mael}}", "expr.value_near", 12, 9 },
    { "{{count helpers in {u1}}}", "text.identifies", 11, 9 },
    { "{{share plan = 1}}", "text.want_of", 11, 17 },
    { "{{share plan = 1 of sexx = male}}", "expr.name_near", 11, 21 },
    { "{{count wohle: plan = 1}}", "text.who_near", 11, 9 },
    { "{{sum kid}}", "text.sum_near", 11, 7 },
    { "{{sum sex}}", "text.sum", 11, 7 },
    { "{{sum kids of plan = 1}}", "text.want_where", 11, 12 },
    { "{{more a \"b\"}}", "text.want_two", 11, 13 },
    { "{{more plan = 1 \"a\" \"b\"}}", "text.want_than", 11, 17 },
    { "{{plural plan = 1 \"a\"}}", "text.want_two", 11, 22 },
    { "{{typed }}", "text.want_typed", 11, 9 },
    { "{{year 2014}}", "text.too_much", 11, 8 },
    { "{{end}}", "text.no_if", 11, 1 },
    { "{{else}}", "text.no_if", 11, 1 },
    { "{{if year = 1}}a", "text.if_open", 11, 1 },
    { "{{if year = 1}}{{else}}{{else}}{{end}}", "text.else_twice", 11,
      24 },
    { "{{if year = 1}}{{else of}}{{end}}", "text.want_else_if", 11, 23 },
    { "{{if year}}a{{end}}", "text.want_sign", 11, 10 },
    { "{{if yaer = 1}}a{{end}}", "text.value_near", 11, 6 },
    { "{{if year = 1 2}}a{{end}}", "text.cond_too_much", 11, 15 },
    { "{{if (year = 1}}a{{end}}", "text.want_close", 11, 15 },
    { "{{if count plan = 1}}a{{end}}", "text.want_bracket", 11, 12 },
    { "{{if count(plan = 1 > 2}}a{{end}}", "text.want_close", 11, 11 },
    { "{{if count(sexx = 1) > 2}}a{{end}}", "expr.name_near", 11, 12 },
    { "{{if count(plan = 1) > 50 %}}a{{end}}", "text.compare", 11, 6 },
    { "{{if share(plan = 1 of all) > 1}}a{{end}}", "text.compare", 11,
      6 },
    { "{{if year = 1000000001}}a{{end}}", "text.whole_large", 11, 13 },
    { "{{if has raet}}a{{end}}", "text.fact_near", 11, 10 },
    { "{{chart}}", "text.table", 11, 8 },
    { "{{chart area}}", "text.table_near", 11, 9 },
    { "{{chart areas x}}", "text.too_much", 11, 15 },
    { "{{figures areas}}", "text.no_figures", 11, 11 },
    { "{{definitions areas}}", "text.no_definitions", 11, 15 },
    { "a {{finding areas}}", "text.no_finding", 11, 13 },
    { "{{table columns=sex}}", "text.want_rows", 11, 20 },
    { "{{table row=sex}}", "text.option_near", 11, 9 },
    { "{{table rows=sex rows=sex}}", "text.option_twice", 11, 18 },
    { "{{table rows=sexx}}", "count.variable_unknown_near", 11, 14 },
    { "{{table rows=sex where=\"sexx = 1\"}}", "expr.name_near", 11,
      25 },
    { "{{table rows=sex where=plan}}", "text.want_quoted", 11, 24 },
    { "{{table rows=sex shares=row}}", "text.shares_near", 11, 25 },
    { "a {{chart areas}}", "text.block_inline", 11, 3 },
    { "a {{note}} b", "text.note_first", 11, 3 },
    { "- {{note}} b", "text.note_first", 11, 3 },
    { "{{cards}}\n\nb", "text.cards_list", 11, 1 },
    { "{{cards}}", "text.cards_list", 11, 1 },
    { "<b>a</b>", "text.md_html", 11, 1 },
    { "<div>\na\n</div>", "text.md_html", 11, 1 },
    { "![a](b.png)", "text.md_image", 11, 1 },
    { "a\n\n    b", "text.md_code", 13, 5 },
    { "```\na\n```", "text.md_code", 11, 1 },
    { "a\n\n***\n", "text.md_rule", 13, 1 },
    { "- a\n  - b\n", "text.md_list_in", 12, 3 },
    { "> - b\n", "text.md_list_in", 11, 3 },
    { "> > b\n", "text.md_quote_in", 11, 3 },
    { "> # b\n", "text.md_heading_in", 11, 3 },
    { "### b\n", "text.md_heading_skip", 11, 1 },
    { "## a\n\n### b\n\n#### c\n", "text.md_heading_deep", 15, 1 },
    { "#\n\na", "text.md_heading_blank", 11, 1 },
    { "[a](javascript:b)", "text.link", 11, 1 },
    { "[a](https://b/{{year}})", "text.link", 11, 1 },
    { "a\x01", "text.control", 11, 2 },
    { "a\xff", "text.utf8", 11, 2 },
    { "a\xf3\xb0\x80\x80", "text.control", 11, 2 },
    { "a\xf3\x80\x80\x80", "text.control", 11, 2 },
    { "a &#983040; b", "text.entity", 11, 3 },
    { "&{{! a}}#xF0009;", "text.entity", 11, 1 },
};

static void
test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct err e = { 0 };
        struct buf shown;

        assert_null(text_taken(&f, text_whole(&f, "report", "nb",
                                              refusals[i].text), NULL, 0, &e));
        assert_string_equal(e.key, refusals[i].key);
        assert_string_equal(e.at.file, "t.md");
        if (e.at.line != refusals[i].line || e.at.column != refusals[i].column)
            fail_msg("%s: %ld:%d", refusals[i].text, e.at.line, e.at.column);
        /* Every message can be shown, in every language. */
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            buf_init(&shown, 0);
            msg_error(&shown, (enum lang)lang, &e);
            assert_null(strstr(buf_string(&shown), "{1}"));
            buf_clear(&shown);
        }
    }
}

static void
test_head(void **state)
{
    static const struct { const char *text, *key; int line, column; }
    cases[] = {
        { "# a", "text.no_head", 1, 1 }, { "", "text.no_head", 1, 1 },
        { "---\nkind: report\n", "text.head_open", 1, 1 },
        { "---\n---\n", "text.head_lacks", 1, 1 },
        { "---\nkind: report\nlang: nb\n---\n", "text.head_lacks", 1, 1 },
        { "---\nknid: report\n---\n", "text.head_near", 2, 1 },
        { "---\nkind report\n---\n", "text.want_colon", 2, 1 },
        { "---\nkind:\n---\n", "text.head_blank", 2, 1 },
        { "---\nkind: report\nkind: report\n---\n", "text.head_twice", 3,
          1 },
        { "---\nkind: letter\nlang: nb\ntitle: a\n---\n", "text.head_kind",
          2, 7 },
        { "---\nkind: report\nlang: no\ntitle: a\n---\n", "text.head_lang",
          3, 7 },
        { "---\nkind: report\nlang: nb\ntitle: a\nabout: wohle\n---\n",
          "text.about_near", 5, 8 },
        { "---\nkind: report\nlang: nb\ntitle: a\nlaws: 2026-13-01\n---\n",
          "text.head_laws", 5, 7 },
        { "---\nkind: report\nlang: nb\ntitle: a {{cuont}}\n---\n",
          "text.place_near", 4, 12 },
        { "---\nkind: report\nlang: nb\ntitle: {{chart areas}}\n---\n",
          "text.block_in_line", 4, 8 },
        { "---\nkind: report\nlang: nb\ntitle: a\n---\n\na\n",
          "text.before_heading", 7, 1 },
        { "---\nkind: slides\nlang: nb\ntitle: a\n---\n\n# A\n\n## B\n",
          "text.md_heading_slide", 9, 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e = { 0 };

        assert_null(text_taken(&f, cases[i].text, NULL, 0, &e));
        assert_string_equal(e.key, cases[i].key);
        if (e.at.line != cases[i].line || e.at.column != cases[i].column)
            fail_msg("%s: %ld:%d", cases[i].text, e.at.line, e.at.column);
    }
    assert_string_equal(text_made(&f, "---\r\nkind: report\r\nlang: nb\r\n"
        "title: a\r\n---\r\n# H\r\n\r\na\r\nb\r\n", NULL, 0, 0),
        "section H\nparagraph a b\n");
}

/* ---- limits ---- */

/* COUNT times TEXT; %d in it is the number. */
static char *
repeated(const char *text, int count)
{
    struct buf b;
    char *copy;

    buf_init(&b, 0);
    for (int i = 0; i < count; i++)
        buf_printf(&b, text, i, i);
    copy = arena_text(&f.arena, buf_string(&b));
    buf_clear(&b);
    return copy;
}

static void
check_edge(const char *good, const char *bad, const char *key)
{
    struct err e = { 0 };

    if (text_taken(&f, text_whole(&f, "report", "nb", good), NULL, 0, &e)
        == NULL)
        fail_msg("%s at %ld:%d", e.key, e.at.line, e.at.column);
    assert_null(text_taken(&f, text_whole(&f, "report", "nb", bad), NULL, 0,
                           &e));
    assert_string_equal(e.key, key);
}

static void
test_limits(void **state)
{
    int levels = TEXT_LEVELS_MAX;
    char *full = arena_take(&f.arena, TEXT_BYTES_MAX + 2);
    char *head = text_whole(&f, "report", "nb", "");
    struct err e = { 0 };
    const char *many = "{{count kids = %d}}\n";

    (void)state;
    check_edge(repeated("{{year}}\n", TEXT_PLACES_MAX),
               repeated("{{year}}\n", TEXT_PLACES_MAX + 1), "text.places");
    assert_non_null(text_taken(&f, text_whole(&f, "report", "nb",
        repeated(many, 2000)), NULL, 0, &e));
    check_edge(repeated("\n{{table rows=sex}}\n", TEXT_TABLES_MAX),
               repeated("\n{{table rows=sex}}\n", TEXT_TABLES_MAX + 1),
               "text.tables");
    check_edge(arena_printf(&f.arena, "%sa%s",
                   repeated("{{if year = 1}}", levels),
                   repeated("{{end}}", levels)),
               arena_printf(&f.arena, "%sa%s",
                   repeated("{{if year = 1}}", levels + 1),
                   repeated("{{end}}", levels + 1)), "text.levels");
    check_edge(arena_printf(&f.arena, "{{if %syear = 1%s}}a{{end}}",
                   repeated("(", levels - 1), repeated(")", levels - 1)),
               arena_printf(&f.arena, "{{if %syear = 1%s}}a{{end}}",
                   repeated("(", levels), repeated(")", levels)),
               "text.levels");
    check_edge(arena_printf(&f.arena, "{{count%s}}",
                   repeated(" ", TEXT_PLACE_BYTES - 9)),
               arena_printf(&f.arena, "{{count%s}}",
                   repeated(" ", TEXT_PLACE_BYTES - 8)), "text.place_long");
    memset(full, 'a', TEXT_BYTES_MAX + 1);
    memcpy(full, head, strlen(head));
    full[TEXT_BYTES_MAX] = '\0';
    assert_non_null(text_taken(&f, full, NULL, 0, &e));
    full[TEXT_BYTES_MAX] = 'a';
    assert_null(text_taken(&f, full, NULL, 0, &e));
    assert_string_equal(e.key, "text.long");
}

/* Numbers beyond one question's rows, each answered by its own. */
static void
test_many_numbers(void **state)
{
    const char *made = text_made(&f, text_whole(&f, "report", "nb",
        arena_printf(&f.arena, "%s {{count kids = 1}} {{count kids = 0}}",
            repeated("{{count kids = %d and visits = %d}}", 300))), NULL, 0,
        0);

    (void)state;
    assert_non_null(strstr(made, " 91 0\n"));
}

/* ---- sentences ---- */

static void
test_sentences(void **state)
{
    static const struct { const char *text; int sentences; } cases[] = {
        { "En. To. Tre.", 3 }, { "En! To? Tre.", 3 },
        { "Se f.eks. Bergen. Ja.", 2 }, { "Jf. Lov. Ja.", 2 },
        { "Den 19. mai. Ja.", 2 }, { "I 2014. Ja.", 2 },
        { "A. B. Nilsen sa det. Ja.", 2 }, { "«En.» To.", 2 },
        { "(En.) To.", 2 }, { "En. Østerut.", 2 }, { "En.To.", 1 },
        { "En. og to.", 1 }, { "Kl. 12.30 er det. Ja.", 2 }, { "", 0 },
        { "En. «To». Tre.", 3 }, { "Slutt", 1 }, { "Ca. {{year}}. Ja.", 2 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(text_sentences(cases[i].text), cases[i].sentences);
}

/* ---- a filter in words ---- */

static void
test_filter(void **state)
{
    static const struct {
        const char *where, *nb;
    } cases[] = {
        { "", "" },
        { "plan = 1", "Plan: ja" },
        { "plan = 0 and home_grade in {yellow, red}",
          "Plan: nei; bolig: gul eller rød" },
        { "not (sex = male or plan is blank) and age >= 30",
          "Ikke (kjønn: mann eller plan: uten svar); alder: minst 30" },
        { "(plan = 1 and age < 30) or sex != female",
          "(plan: ja og alder: under 30) eller kjønn: ikke kvinne" },
        { "home = 5 and plan is unknown", "Bolig: store; plan: «vet ikke»" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct phrase p = { &f.arena, LANG_NB, f.in, NULL };

        assert_string_equal(phrase_filter(&p, cases[i].where),
                            cases[i].nb);
    }
}

/* ---- templates ---- */

static void
test_template_names(void **state)
{
    (void)state;
    for (int i = 0; i < TEXT_TEMPLATES; i++) {
        const struct text_template *t = text_template_at(i);

        assert_ptr_equal(text_template_named(t->name), t);
        assert_ptr_equal(text_template_about(t->kind, t->about), t);
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            struct text_source s = text_template_source(t, lang);

            assert_non_null(s.bytes);
            assert_non_null(strstr(s.file, t->name));
            assert_non_null(strstr(s.bytes, arena_printf(&f.arena,
                "lang: %s\nabout: %s\n", lang_code(lang), t->about)));
        }
    }
    assert_null(text_template_named("tables"));
    assert_null(text_template_about(DOC_REPORT, "unit"));
}

static void
test_templates(void **state)
{
    (void)state;
    for (int kind = DOC_REPORT; kind <= DOC_MEDIA; kind++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct text_source s = text_template((enum doc_kind)kind,
                                                 (enum lang)lang);

            assert_non_null(s.bytes);
            assert_true(s.len > 0 && s.len < TEXT_BYTES_MAX);
            assert_int_equal(text_kind_of(text_kind_word(
                (enum doc_kind)kind), strlen(text_kind_word(
                (enum doc_kind)kind))), kind);
        }
    assert_int_equal(text_kind_of("tables", 6), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places), cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_branches), cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_same_tables), cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_not_drawn),
        cmocka_unit_test(test_html), cmocka_unit_test(test_focus),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_head), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_many_numbers),
        cmocka_unit_test(test_sentences), cmocka_unit_test(test_filter),
        cmocka_unit_test(test_template_names),
        cmocka_unit_test(test_templates),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
