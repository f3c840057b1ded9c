/* test_phrase.c - sentences that must be true of any numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "report/phrase.h"

/* No-break blanks are written as "_" here. */
static const struct instrument in = {
    .person = {
        .one = { { "mottaker", "mottakar", "recipient" } },
        .many = { { "mottakere", "mottakarar", "recipients" } },
        .the = { { "mottakeren", "mottakaren", "the recipient" } },
        .the_many = { { "mottakerne", "mottakarane", "the recipients" } },
    }
};

static const struct doc_grade grades[LANG_COUNT][4] = {
    { { .label = "Grønn", .plural = "grønne" },
      { .label = "Gul", .plural = "gule" },
      { .label = "Rød", .plural = "røde" },
      { .label = "Blodrød", .plural = "blodrøde" } },
    { { .label = "Grøn", .plural = "grøne" },
      { .label = "Gul", .plural = "gule" },
      { .label = "Raud", .plural = "raude" },
      { .label = "Blodraud", .plural = "blodraude" } },
    { { .label = "Green", .plural = "green" },
      { .label = "Yellow", .plural = "yellow" },
      { .label = "Red", .plural = "red" },
      { .label = "Blood red", .plural = "blood red" } },
};

static struct arena arena;

static int
begin(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct phrase
phrase_in(enum lang lang)
{
    return (struct phrase){ &arena, lang, &in, grades[lang] };
}

/* TEXT with its no-break blanks as "_". */
static const char *
plain(const char *text)
{
    char *copy, *to;

    if (text == NULL)
        return "";
    copy = to = arena_text(&arena, text);
    for (const char *s = copy; *s != '\0'; s++) {
        if (strncmp(s, "\xc2\xa0", 2) == 0) {
            *to++ = '_';
            s++;
        } else {
            *to++ = *s;
        }
    }
    *to = '\0';
    return copy;
}

static void
expect(const char *got, const char *expected)
{
    assert_string_equal(plain(got), expected);
}

static const struct doc_key *
grade_keys(enum lang lang, int count)
{
    static const char *const id[] = { "green", "yellow", "red", "bloodred" };
    struct doc_key *key = arena_array(&arena, (size_t)count, sizeof *key);

    for (int i = 0; i < count; i++)
        key[i] = (struct doc_key){ id[i], grades[lang][i].label, i };
    return key;
}

static const struct doc_key *
plain_keys(int count)
{
    static const struct doc_key keys[] = {
        { "a", "Mann", GRADE_NO }, { "b", "Kvinne", GRADE_NO },
        { "c", "Annet", GRADE_NO },
    };

    (void)count;
    return keys;
}

/* A table of ROWS by COLUMNS, each cell of its row's sum, or of the base
 * of its column where there is one column. */
static struct doc_table
table_of(enum shape shape, struct doc_side rows, struct doc_side columns,
         const int64_t *n)
{
    struct doc_table t = {
        .shape = shape, .rows = rows, .columns = columns, .where = "",
        .share = shape == SHAPE_TWO_WAY ? SHARE_ROWS : SHARE_ALL,
        .totals = shape == SHAPE_ONE_WAY || shape == SHAPE_TWO_WAY,
    };
    int count = rows.count * columns.count;
    int64_t *base = arena_array(&arena, (size_t)rows.count, sizeof *base);
    int64_t all = 0;

    t.cell = arena_array(&arena, (size_t)count, sizeof *t.cell);
    t.outside = arena_array(&arena, (size_t)rows.count, sizeof *t.outside);
    for (int i = 0; i < count; i++) {
        t.cell[i].n = n[i];
        base[i / columns.count] += n[i];
        all += n[i];
    }
    for (int i = 0; i < count; i++)
        t.cell[i].of = shape == SHAPE_ONE_WAY ? all
                                              : base[i / columns.count];
    t.base_count = shape == SHAPE_BATTERY ? rows.count : 1;
    if (shape != SHAPE_BATTERY)
        base[0] = all;
    t.base = base;
    return t;
}

static const struct doc_side one = {
    NULL, "", &(const struct doc_key){ "1", "Antall", GRADE_NO }, 1
};

static struct finding_text
majority_of_grades(enum lang lang, const int64_t n[3])
{
    static const char *const label[] = { "Bolig", "Bustad", "Housing" };
    struct phrase p = phrase_in(lang);
    struct doc_table t = table_of(SHAPE_ONE_WAY, (struct doc_side){
        "g", label[lang], grade_keys(lang, 3), 3 }, one, n);

    return phrase_finding(&p, &t, FINDING_MAJORITY, NULL);
}

static void
says_who_most_are(void **state)
{
    static const struct {
        int64_t n[3];
        const char *headline, *sentence;
    } cases[] = {
        { { 0, 0, 0 }, "Ingen mottakere å vise", "" },
        { { 1, 0, 0 }, "Den ene mottakeren er grønn på bolig", "" },
        { { 0, 5, 0 }, "Alle er gule på bolig", "" },
        { { 1, 1, 0 }, "De grønne og gule er like mange, og flest, på "
          "bolig", "1 av 2 er grønne og 1 av 2 er gule. Ingen er røde." },
        { { 1, 1, 1 }, "De grønne, gule og røde er like mange, og flest, "
          "på bolig", "1 av 3 er grønne, 1 av 3 er gule og 1 av 3 er "
          "røde." },
        { { 3, 1, 0 }, "Flertallet er grønne på bolig",
          "Flertallet, 3 av 4, er grønne. 1 av 4 er gule. Ingen er røde." },
        { { 66, 29, 5 }, "Nær to av tre er grønne på bolig",
          "Flertallet, 66_%, er grønne. 29_% er gule og 5_% er røde." },
        { { 79, 1229, 537 }, "To av tre er gule på bolig",
          "Flertallet, 67_%, er gule. 4_% er grønne og 29_% er røde." },
        { { 36, 40, 24 }, "Den største gruppen på bolig er gul",
          "Den største gruppen, 40_%, er gul. 36_% er grønne og 24_% er "
          "røde." },
        { { 50, 30, 20 }, "Halvparten er grønne på bolig",
          "50_% er grønne, 30_% er gule og 20_% er røde." },
        { { 858, 500, 342 }, "Litt over halvparten er grønne på bolig",
          "Litt over halvparten, 50_%, er grønne. 29_% er gule og 20_% er "
          "røde." },
        { { 5, 3, 2 }, "Den største gruppen på bolig er grønn",
          "Den største gruppen, 5 av 10, er grønn. 3 av 10 er gule og 2 av "
          "10 er røde." },
        { { 50, 50, 0 }, "De grønne og gule er like mange, og flest, på "
          "bolig", "50_% er grønne og 50_% er gule. Ingen er røde." },
        { { 1, 998, 1 }, "Flertallet er gule på bolig",
          "Flertallet, 100_%, er gule. Under 1_% er grønne og under 1_% er "
          "røde." },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct finding_text f = majority_of_grades(LANG_NB, cases[i].n);

        expect(f.headline, cases[i].headline);
        expect(f.sentence, cases[i].sentence);
    }
}

static void
says_it_in_three_languages(void **state)
{
    static const int64_t n[3] = { 663, 737, 445 };
    static const int64_t half[3] = { 20, 60, 20 };
    struct finding_text f = majority_of_grades(LANG_NN, n);

    (void)state;
    expect(f.headline, "Den største gruppa på bustad er gul");
    expect(f.sentence, "Den største gruppa, 40_%, er gul. 36_% er grøne og "
                       "24_% er raude.");
    f = majority_of_grades(LANG_EN, half);
    expect(f.headline, "Three in five are yellow on housing");
    expect(f.sentence, "The majority, 60%, are yellow. 20% are green and "
                       "20% are red.");
}

static void
says_who_most_are_in_groups(void **state)
{
    static const struct { int64_t n[3]; const char *headline; } cases[] = {
        { { 0, 0, 0 }, "Ingen mottakere å vise" },
        { { 0, 1, 0 }, "Den ene mottakeren er i gruppen «Kvinne»" },
        { { 4, 0, 0 }, "Alle er i gruppen «Mann»" },
        { { 2, 2, 1 }, "Gruppene «Mann» og «Kvinne» er like store, og "
          "størst" },
        { { 838, 1007, 0 }, "Flertallet er i gruppen «Kvinne»" },
        { { 40, 35, 25 }, "Den største gruppen er «Mann»" },
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table t = table_of(SHAPE_ONE_WAY, (struct doc_side){
            "sex", "Kjønn", plain_keys(3), 3 }, one, cases[i].n);

        expect(phrase_finding(&p, &t, FINDING_MAJORITY, NULL).headline,
               cases[i].headline);
    }
}

static void
says_which_row_has_most(void **state)
{
    static const struct doc_key areas[] = {
        { "economy", "Økonomi", GRADE_NO }, { "housing", "Bolig", GRADE_NO },
        { "activity", "Aktivitet", GRADE_NO },
    };
    static const struct {
        int64_t n[9];
        const char *headline, *sentence;
    } cases[] = {
        { { 66, 29, 5, 85, 13, 2, 36, 40, 24 },
          "Aktivitet har flest røde",
          "Andelen er 24_%, 24 av 100_mottakere. Bolig har lavest andel, "
          "2_%." },
        { { 70, 25, 5, 75, 20, 5, 80, 16, 4 },
          "Økonomi og bolig har flest røde, like mange",
          "Andelen er 5_% for hver av dem. Aktivitet har lavest andel, 4_%." },
        { { 1, 1, 0, 1, 1, 0, 1, 1, 0 }, "Ingen er røde på noe av dem",
          "" },
        { { 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "Ingen mottakere å vise", "" },
        /* Two that are written with the same lowest share: neither. */
        { { 760, 0, 240, 886, 0, 114, 890, 0, 110 },
          "Økonomi har flest røde",
          "Andelen er 24_%, 240 av 1_000_mottakere." },
        /* More in number, but of more. */
        { { 90, 0, 10, 5, 0, 5, 10, 0, 0 },
          "Bolig har størst andel røde",
          "Det er 5 av 10_mottakere. Aktivitet har lavest andel, "
          "0 av 10." },
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table t = table_of(SHAPE_BATTERY,
            (struct doc_side){ NULL, "", areas, 3 },
            (struct doc_side){ NULL, "", grade_keys(LANG_NB, 3), 3 },
            cases[i].n);
        struct finding_text f = phrase_finding(&p, &t, FINDING_MOST, "red");

        expect(f.headline, cases[i].headline);
        expect(f.sentence, cases[i].sentence);
    }
}

static void
says_how_two_grades_go_together(void **state)
{
    static const int64_t n[] = { 79, 563, 21, 0, 0, 570, 166, 1,
                                 0, 96, 336, 13 };
    static const int64_t all[] = { 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 30, 0 };
    static const int64_t few[] = { 5, 0, 0, 0, 0, 5, 1, 0, 0, 1, 4, 0 };
    struct phrase p = phrase_in(LANG_NB);
    struct doc_side rows = { "a", "Aktivitet", grade_keys(LANG_NB, 3), 3 };
    struct doc_side columns = { "i", "Samlet", grade_keys(LANG_NB, 4), 4 };
    struct doc_table t = table_of(SHAPE_TWO_WAY, rows, columns, n);
    struct finding_text f = phrase_finding(&p, &t, FINDING_MOST, "red");

    (void)state;
    expect(f.headline, "Av de røde på aktivitet er litt over tre av fire røde "
                       "på samlet");
    expect(f.sentence, "Andelen er 3_% blant de grønne, 23_% blant de gule "
                       "og 76_% blant de røde.");
    t = table_of(SHAPE_TWO_WAY, rows, columns, all);
    f = phrase_finding(&p, &t, FINDING_MOST, "red");
    expect(f.headline, "Alle de røde på aktivitet er røde på samlet");
    t = table_of(SHAPE_TWO_WAY, rows, columns, few);
    f = phrase_finding(&p, &t, FINDING_MOST, "red");
    expect(f.headline, "Andelen røde er størst blant de røde");
    f = phrase_finding(&p, &t, FINDING_MOST, "bloodred");
    expect(f.headline, "Ingen er blodrøde på samlet");
}

static void
keeps_fractions_true(void **state)
{
    static const struct { int64_t n, of; const char *said; } cases[] = {
        { 50, 100, "halvparten" }, { 501, 1000, "litt over halvparten" },
        { 535, 1000, "litt over halvparten" }, { 536, 1000, NULL },
        { 77, 100, "litt over tre av fire" }, { 834, 1000,
          "litt over fire av fem" }, { 836, 1000, NULL },
        { 1229, 1845, "to av tre" },        /* 66.6 */
        { 672, 1000, "litt over to av tre" }, { 671, 1000, "to av tre" },
        { 650, 1000, "nær to av tre" }, { 646, 1000, NULL },
        { 635, 1000, "litt over tre av fem" }, { 11, 100, NULL },
        { 43, 100, NULL }, { 230, 1000, "nær én av fire" },
        { 445, 1845, "nær én av fire" },    /* 24.1 */
        { 1, 2, NULL }, { 490, 1000, "nær halvparten" },
        { 899, 1000, "ni av ti" }, { 100, 100, NULL }, { 0, 100, NULL },
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *said = phrase_fraction(&p, cases[i].n, cases[i].of);

        if (cases[i].said == NULL)
            assert_null(said);
        else
            expect(said, cases[i].said);
    }
}

static void
counts_one_and_many(void **state)
{
    struct phrase nb = phrase_in(LANG_NB), en = phrase_in(LANG_EN);

    (void)state;
    expect(phrase_count(&nb, UNIT_RECIPIENTS, 0), "0_mottakere");
    expect(phrase_count(&nb, UNIT_RECIPIENTS, 1), "1_mottaker");
    expect(phrase_count(&nb, UNIT_RECIPIENTS, 1845), "1_845_mottakere");
    expect(phrase_count(&en, UNIT_CHILDREN, 1), "1_child");
    expect(phrase_count(&en, UNIT_REGISTRATIONS, 2), "2_registrations");
    expect(phrase_share(&nb, 3, 7), "3 av 7");
    expect(phrase_share(&nb, 1, 1000), "under 1_%");
}

static void
says_what_is_outside(void **state)
{
    static const int64_t n[3] = { 4, 5, 1 };
    struct phrase p = phrase_in(LANG_NB);
    struct doc_table t = table_of(SHAPE_ONE_WAY, (struct doc_side){
        "g", "Bolig", grade_keys(LANG_NB, 3), 3 }, one, n);
    struct outside outside = { 0, 0, 0 };

    (void)state;
    t.outside = &outside;
    expect(phrase_base(&p, &t), "10_mottakere, ingen ubesvarte.");
    outside = (struct outside){ 12, 3, 0 };
    expect(phrase_base(&p, &t), "10_mottakere. I tillegg uten verdi: "
                                "12 ubesvart og 3 «vet ikke».");
}

/* A table of figures: the share of each N is of OF, OF_NONE: none. */
static struct doc_table
figures_of(const int64_t *n, const int64_t *of, struct outside *outside)
{
    static const struct doc_key keys[] = {
        { "a", "Alle", GRADE_NO }, { "b", "Kvinner", GRADE_NO },
        { "c", "Kortvarig krise", GRADE_NO },
    };
    static const enum unit_counted counts[3] = { UNIT_RECIPIENTS };
    struct doc_table t = table_of(SHAPE_FIGURES,
        (struct doc_side){ NULL, "", keys, 3 }, one, n);

    for (int i = 0; i < 3; i++)
        t.cell[i].of = of[i];
    t.outside = outside;
    t.base_count = 3;
    t.row_counts = counts;
    return t;
}

static void
says_who_is_outside_a_figure(void **state)
{
    static const int64_t n[3] = { 100, 50, 5 };
    static const int64_t of[3] = { OF_NONE, 100, 58 };
    static const int64_t none[3] = { OF_NONE, OF_NONE, OF_NONE };
    struct outside outside[3] = { { 0, 0, 0 } };
    struct phrase p = phrase_in(LANG_NB);
    struct doc_table t = figures_of(n, of, outside);

    (void)state;
    assert_null(phrase_outside(&p, &t));
    outside[2] = (struct outside){ 22, 20, 0 };
    expect(phrase_outside(&p, &t),
           "Kortvarig krise: 22 ubesvart og 20 «vet ikke».");
    outside[1] = (struct outside){ 3, 0, 0 };
    expect(phrase_outside(&p, &t),
           "Kvinner: 3 ubesvart; kortvarig krise: 22 ubesvart og 20 «vet "
           "ikke».");
    outside[2] = outside[1];
    expect(phrase_outside(&p, &t), "3 ubesvart ved hver andel.");
    t = figures_of(n, none, outside);
    assert_null(phrase_outside(&p, &t));
    assert_null(phrase_base(&p, &t));
    expect(phrase_caption(&p, &t), "Antall mottakere.");
}

static void
says_what_a_sum_is_of(void **state)
{
    static const int64_t n[3] = { 17, 430, 126 };
    static const int64_t base = 1845, left_out[3] = { 1498, 0, 1498 };
    static const int64_t of[3] = { OF_NONE, OF_NONE, OF_NONE };
    struct phrase p = phrase_in(LANG_NB);
    struct outside outside[3] = { { 0, 0, 0 } };
    struct doc_table t = table_of(SHAPE_ONE_WAY, (struct doc_side){
        "g", "Bolig", grade_keys(LANG_NB, 3), 3 }, one, n);

    (void)state;
    t.sum = "children";
    t.counts = UNIT_CHILDREN;
    t.base = &base;
    t.outside = outside;
    t.left_out = left_out;
    expect(phrase_base(&p, &t),
           "573_barn. Antallet er oppgitt for 347_mottakere.");
    expect(phrase_caption(&p, &t), "Antall barn, og andel av 573_barn.");
    expect(phrase_left_out(&p, &t),
           "1_498_mottakere har ikke noe tall her, fordi spørsmålet ikke "
           "gjaldt dem eller ikke er besvart.");
    outside[0].unknown = 4;
    expect(phrase_base(&p, &t),
           "573_barn. Antallet er oppgitt for 347_mottakere. I tillegg uten "
           "verdi: 4 «vet ikke».");
    t = figures_of(n, of, outside);
    t.left_out = left_out;
    expect(phrase_left_out(&p, &t),
           "1_498_mottakere har ikke noe tall her, fordi spørsmålet ikke "
           "gjaldt dem eller ikke er besvart: alle og kortvarig "
           "krise.");
}

static void
says_what_a_column_is_of(void **state)
{
    static const int64_t n[] = { 3, 4, 5, 6 };
    static const struct { struct doc_side columns; const char *said; }
    cases[] = {
        { { "sex", "Kjønn", NULL, 2 }, "mottakerne med samme kjønn" },
        { { "h", "Bolig", NULL, 2 }, "mottakerne med samme farge på bolig" },
        { { "plan", "Plan", NULL, 2 },
          "mottakerne med samme svar på «Plan»" },
        { { "care", "Omsorg for barn", NULL, 2 },
          "mottakerne med samme svar på «Omsorg for barn»" },
    };
    static const struct doc_key sexes[] = {
        { "male", "Mann", GRADE_NO }, { "female", "Kvinne", GRADE_NO },
    };
    static const struct doc_key answers[] = {
        { "1", "Ja", GRADE_NO }, { "0", "Nei", GRADE_NO },
    };
    const struct doc_key *const keys[] = {
        sexes, grade_keys(LANG_NB, 2), answers, sexes
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_side columns = cases[i].columns;
        struct chart_model c = { .kind = CHART_COLUMNS, .emphasis = -1 };
        struct doc_table t;

        columns.key = keys[i];
        t = table_of(SHAPE_TWO_WAY, (struct doc_side){ "age", "Alder",
                     plain_keys(2), 2 }, columns, n);
        t.share = SHARE_COLUMNS;
        expect(phrase_caption(&p, &t),
               arena_printf(&arena, "Antall, og andel av %s.",
                            cases[i].said));
        expect(phrase_chart_caption(&p, &t, &c),
               arena_printf(&arena, "Andel av %s.", cases[i].said));
    }
}

static void
says_where_shares_do_not_make_a_hundred(void **state)
{
    static const int64_t published[] = { 996, 749, 100 };  /* 54 + 41 + 5 */
    static const int64_t over[] = { 987, 749, 109 };    /* 53 + 41 + 6 */
    static const int64_t thirds[] = { 1, 1, 1 };
    struct phrase p = phrase_in(LANG_NB);
    struct doc_side rows = { "g", "Helse", grade_keys(LANG_NB, 3), 3 };
    struct doc_table t = table_of(SHAPE_ONE_WAY, rows, one, published);

    (void)state;
    assert_null(phrase_rounding(&p, &t));
    t = table_of(SHAPE_ONE_WAY, rows, one, over);
    assert_null(phrase_rounding(&p, &t));
    t = table_of(SHAPE_ONE_WAY, rows, one, thirds);
    expect(phrase_rounding(&p, &t), "Andelene er avrundet hver for seg. Til "
                                    "sammen blir de 99_%.");
    t = table_of(SHAPE_BATTERY, (struct doc_side){ NULL, "", plain_keys(1),
                                                   1 },
                 (struct doc_side){ NULL, "", grade_keys(LANG_NB, 3), 3 },
                 thirds);
    expect(phrase_rounding(&p, &t), "Andelene er avrundet hver for seg. Til "
                                    "sammen blir de 99_% for mann.");
}

/* Rounded: what is not true of all that may stand behind is not said. */
static void
says_of_rounded_numbers_what_is_sure(void **state)
{
    static const struct {
        int64_t n[3];
        const char *headline, *sentence;
    } cases[] = {
        { { 0, 0, 0 }, "", "" },
        { { 0, 5, 0 }, "", "" },
        { { 0, 100, 0 }, "Flertallet er gule på bolig", "" },
        { { 50, 50, 0 }, "", "" },
        { { 45, 40, 10 }, "", "" },
        { { 55, 45, 0 }, "Den største gruppen på bolig er grønn",
          "Den største gruppen, 55_%, er grønn. 45_% er gule." },
        { { 65, 30, 5 }, "Nær to av tre er grønne på bolig",
          "Flertallet, 65_%, er grønne. 30_% er gule og 5_% er røde." },
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table t = table_of(SHAPE_ONE_WAY, (struct doc_side){
            "g", "Bolig", grade_keys(LANG_NB, 3), 3 }, one, cases[i].n);
        struct finding_text f;

        t.rounded_to = 5;
        f = phrase_finding(&p, &t, FINDING_MAJORITY, NULL);
        expect(f.headline, cases[i].headline);
        expect(f.sentence, cases[i].sentence);
        assert_null(strstr(phrase_base(&p, &t), "ingen"));
    }
}

static void
says_of_rounded_rows_what_is_sure(void **state)
{
    static const struct doc_key areas[] = {
        { "economy", "Økonomi", GRADE_NO }, { "housing", "Bolig", GRADE_NO },
        { "activity", "Aktivitet", GRADE_NO },
    };
    static const struct {
        int64_t n[9];
        const char *headline, *sentence;
    } cases[] = {
        { { 65, 30, 5, 85, 15, 0, 35, 40, 25 }, "Aktivitet har flest røde",
          "Andelen er 25_%, 25 av 100_mottakere." },
        { { 650, 300, 50, 850, 130, 20, 350, 400, 250 },
          "Aktivitet har flest røde", "Andelen er 25_%, 250 av "
          "1_000_mottakere. Bolig har lavest andel, 2_%." },
        { { 70, 25, 5, 75, 20, 5, 80, 15, 5 }, "", "" },
        { { 70, 20, 10, 75, 20, 5, 80, 15, 5 }, "", "" },
        { { 5, 5, 0, 5, 5, 0, 5, 5, 0 }, "", "" },
        { { 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "", "" },
        /* Nobody shown on one: there may be some, and all of them red. */
        { { 0, 0, 0, 850, 130, 20, 350, 400, 250 }, "", "" },
        { { 0, 0, 100, 85, 15, 0, 35, 40, 25 }, "Økonomi har flest røde",
          "" },
    };
    struct phrase p = phrase_in(LANG_NB);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct doc_table t = table_of(SHAPE_BATTERY,
            (struct doc_side){ NULL, "", areas, 3 },
            (struct doc_side){ NULL, "", grade_keys(LANG_NB, 3), 3 },
            cases[i].n);
        struct finding_text f;

        t.rounded_to = 5;
        f = phrase_finding(&p, &t, FINDING_MOST, "red");
        expect(f.headline, cases[i].headline);
        expect(f.sentence, cases[i].sentence);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            says_of_rounded_numbers_what_is_sure, begin, end),
        cmocka_unit_test_setup_teardown(says_of_rounded_rows_what_is_sure,
                                        begin, end),
        cmocka_unit_test_setup_teardown(says_who_most_are, begin, end),
        cmocka_unit_test_setup_teardown(says_it_in_three_languages, begin,
                                        end),
        cmocka_unit_test_setup_teardown(says_who_most_are_in_groups, begin,
                                        end),
        cmocka_unit_test_setup_teardown(says_which_row_has_most, begin, end),
        cmocka_unit_test_setup_teardown(says_how_two_grades_go_together,
                                        begin, end),
        cmocka_unit_test_setup_teardown(keeps_fractions_true, begin, end),
        cmocka_unit_test_setup_teardown(counts_one_and_many, begin, end),
        cmocka_unit_test_setup_teardown(says_what_is_outside, begin, end),
        cmocka_unit_test_setup_teardown(says_who_is_outside_a_figure, begin,
                                        end),
        cmocka_unit_test_setup_teardown(says_what_a_sum_is_of, begin, end),
        cmocka_unit_test_setup_teardown(says_what_a_column_is_of, begin,
                                        end),
        cmocka_unit_test_setup_teardown(
            says_where_shares_do_not_make_a_hundred, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
