/* office_fixture.h - a document that has one of each thing a writer meets:
 * every kind of node and of chart, hidden cells, long texts and names, links,
 * characters that XML has not. */
#ifndef TESTS_OFFICE_FIXTURE_H
#define TESTS_OFFICE_FIXTURE_H
#include "write/writing.h"

static const struct doc_grade office_grades[] = {
    { "green", "Gr\xc3\xb8nn", "gr\xc3\xb8nne", "Gr", "plain", "circle",
      "#72be96", "#27694a", "#27694a" },
    { "yellow", "Gul", "gule", "Gu", "dots", "triangle", "#f7d772",
      "#966c13", "#cc9a36" },
    { "red", "R\xc3\xb8" "d", "r\xc3\xb8" "de", "R\xc3\xb8", "stripes",
      "square", "#c8483d", "#89211e", "#a22f27" },
    { "bloodred", "Blodr\xc3\xb8" "d", "blodr\xc3\xb8" "de", "Bl", "lattice",
      "diamond", "#63101e", "#37040c", "#a84a53" },
};

static const struct doc_key office_keys[] = {
    { "green", "Gr\xc3\xb8nn", 0 }, { "yellow", "Gul", 1 },
    { "red", "R\xc3\xb8" "d", 2 }, { "bloodred", "Blodr\xc3\xb8" "d", 3 },
};

static const struct doc_key office_areas[] = {
    { "economy", "\xc3\x98konomi", GRADE_NO },
    { "housing", "Bolig & <n\xc3\xa6rmilj\xc3\xb8> \"hjem\"", GRADE_NO },
    { "activity", "Arbeid og aktivitet", GRADE_NO },
};

static const struct outside office_outside[3];
static const int64_t office_bases[3] = { 1845, 1845, 1845 };

/* A table of ROWS by 4 grades with the numbers of CELL. */
static inline struct doc_table *
office_table(struct arena *a, int rows, const struct doc_cell *cell)
{
    struct doc_table *t = arena_take(a, sizeof *t);

    *t = (struct doc_table){
        .id = "areas", .title = "Mottakere etter farge",
        .caption = "Antall, og prosent av raden.", .number = 1,
        .shape = SHAPE_BATTERY, .where = "target_group = mental",
        .rows = { NULL, "", office_areas, rows },
        .columns = { NULL, "", office_keys, 4 }, .share = SHARE_ROWS,
        .cell = arena_array(a, (size_t)rows * 4, sizeof *cell),
        .base_count = rows, .base = office_bases,
        .outside = office_outside,
    };
    for (int i = 0; i < rows * 4; i++)
        t->cell[i] = cell[i];
    return t;
}

/* The chart of KIND of T, a series a grade. */
static inline struct chart_model *
office_chart(struct arena *a, const struct doc_table *t, enum chart kind)
{
    struct chart_model *c = arena_take(a, sizeof *c);
    struct chart_category *k = arena_array(a, (size_t)t->rows.count,
                                           sizeof *k);
    struct chart_series *s = arena_array(a, 4, sizeof *s);
    const char **desc = arena_array(a, (size_t)t->rows.count, sizeof *desc);

    for (int i = 0; i < t->rows.count; i++) {
        k[i] = (struct chart_category){ t->rows.key[i].label, GRADE_NO,
                                        t->base[i], 0 };
        desc[i] = "Beskrevet";
    }
    for (int i = 0; i < 4; i++)
        s[i] = (struct chart_series){ office_keys[i].label, i, PLAIN_DARK };
    *c = (struct chart_model){
        .kind = kind, .number = 1, .title = t->title,
        .caption = "Andel av 1 845 mottakere.", .desc = "Alt i ord.",
        .legend = "", .grades = true, .emphasis = -1, .series_count = 4,
        .category_count = t->rows.count, .series = s, .category = k,
        .cell = t->cell, .row_desc = desc, .table = t,
    };
    return c;
}

/* Three areas; the second has two cells hidden, of the third none is left
 * to tell. */
static inline struct doc_table *
office_hidden_table(struct arena *a)
{
    static const struct doc_cell cell[12] = {
        { 79, 1845, false }, { 1229, 1845, false }, { 523, 1845, false },
        { 14, 1845, false },
        { 1500, 1845, false }, { 340, 1845, false }, { 0, OF_NONE, true },
        { 0, OF_NONE, true },
        { 0, OF_HIDDEN, true }, { 0, OF_HIDDEN, true },
        { 0, OF_HIDDEN, true }, { 0, OF_HIDDEN, true },
    };

    return office_table(a, 3, cell);
}

static inline struct chart_model *
office_hidden_chart(struct arena *a)
{
    struct chart_model *c = office_chart(a, office_hidden_table(a),
                                         CHART_BARS);
    struct chart_category *k = arena_array(a, 3, sizeof *k);

    for (int i = 0; i < 3; i++)
        k[i] = c->category[i];
    k[1].rest = 5;
    k[2].rest = NUMBER_HIDDEN;
    c->category = k;
    c->emphasis = 1;
    return c;
}

static inline struct node *
office_section(struct arena *a, struct document *doc, const char *title,
               const char *lead)
{
    struct node *s = tree_add(a, doc->root, NODE_SECTION);

    s->id = s->title = title;
    if (lead != NULL)
        tree_add(a, s, NODE_PARAGRAPH)->text = lead;
    return s;
}

static inline void
office_note(struct arena *a, struct node *n, const char *title,
            const char *text)
{
    struct node *note = tree_add(a, n, NODE_NOTE);

    note->title = title;
    note->text = text;
}

static inline void
office_texts(struct arena *a, struct document *doc)
{
    static const struct doc_run run[] = {
        { "Les mer i ", 0, NULL },
        { "veilederen", RUN_STRONG, "https://example.no/?a=1&b=2" },
        { ", som er ", 0, NULL }, { "nyttig", RUN_EMPHASIS, NULL },
        { ".", 0, NULL },
    };
    struct node *s = office_section(a, doc, "Slik ble det gjort",
        "Kartleggerne gikk gjennom lista for hver enhet.");
    struct node *list, *p = tree_add(a, s, NODE_PARAGRAPH);

    p->text = "Les mer i veilederen, som er nyttig.";
    p->run = run;
    p->run_count = 5;
    for (int n = 0; n < 2; n++) {
        list = tree_add(a, s, NODE_LIST);
        list->number = n;
        for (int i = 0; i < 3; i++)
            tree_add(a, list, NODE_ITEM)->text =
                "Et punkt som er s\xc3\xa5 langt at det tar mer enn \xc3\xa9n"
                " linje p\xc3\xa5 et lysbilde, og som m\xc3\xa5 brytes p\xc3"
                "\xa5 et lovlig sted mellom to ord";
    }
    tree_add(a, s, NODE_CALLOUT)->text = "Gi alle tilbud om en plan.";
    office_note(a, s, "Til den som snakker", "Si at tallene er \x01 nye.");
}

static inline void
office_things(struct arena *a, struct document *doc)
{
    static const struct doc_card card[] = {
        { "11 %", "Planer og koordinering", "206 har individuell plan. 549 "
          "gule eller r\xc3\xb8" "de har verken individuell plan, annen plan "
          "eller ansvarsgruppe.", "Gi alle i m\xc3\xa5lgruppen tilbud." },
        { "92 barn", "Barn av mottakerne", "Kartleggerne er usikre p\xc3\xa5 "
          "om 92 av 573 barn blir godt nok ivaretatt.", NULL },
        { NULL, "Arbeid og aktivitet", "1 182 er bare delvis eller ikke i "
          "arbeid.", "Styrk mulighetene for arbeid og aktivitet." },
    };
    static const struct doc_definition def[] = {
        { 0, "God orden", "Har stort sett styr p\xc3\xa5 pengene.", "4 %",
          false },
        { 1, "Gul", "Har bare delvis styr p\xc3\xa5 pengene. Noe av "
          "inntekten kan v\xc3\xa6re ulovlig, og det er en lang tekst som m"
          "\xc3\xa5 bli mindre for \xc3\xa5 f\xc3\xa5 plass i rommet sitt "
          "uten \xc3\xa5 g\xc3\xa5 over kanten p\xc3\xa5 neste.", "67 %",
          false },
        { 2, "Uten styring", "Har mistet styringen.", NULL, true },
    };
    struct node *s = office_section(a, doc, "Tre fokusomr\xc3\xa5" "der",
                                    NULL), *n;
    struct doc_table *t = office_hidden_table(a);

    n = tree_add(a, s, NODE_CARDS);
    n->card = card;
    n->count = 3;
    s = office_section(a, doc, "To av tre er gule", "Samlet indeks");
    tree_add(a, s, NODE_CHART)->chart = office_chart(a,
        office_table(a, 1, t->cell), CHART_BAR);
    s = office_section(a, doc, "\xc3\x98konomi", NULL);
    tree_add(a, s, NODE_CHART)->chart = office_chart(a,
        office_table(a, 1, t->cell), CHART_BAR);
    n = tree_add(a, s, NODE_DEFINITIONS);
    n->definition = def;
    n->count = 3;
    s = office_section(a, doc, "Skjulte tall i en overskrift som er s\xc3\xa5"
        " lang at den m\xc3\xa5 g\xc3\xa5 over to linjer uansett st\xc3\xb8r"
        "relse", NULL);
    tree_add(a, s, NODE_CHART)->chart = office_hidden_chart(a);
    office_note(a, s, "Grunnlag", "1 845 mottakere.");
    s = office_section(a, doc, "Tabellen", NULL);
    tree_add(a, s, NODE_TABLE)->table = t;
}

/* A deck of slides with all that, in ARENA. */
static inline struct document *
office_document(struct arena *a)
{
    struct document *doc = tree_new(a, LANG_NB);
    struct node *cover;

    doc->kind = DOC_SLIDES;
    doc->title = "Mottakere med psykiske problemer";
    doc->subtitle = "Resultater fra BrukerPlan 2014";
    doc->owner = "Bergen kommune";
    doc->running = "BrukerPlan Bergen 2014";
    doc->protected_notice = "Tall under 5 er skjult";
    doc->grades = office_grades;
    doc->grade_count = 4;
    doc->meta.where = "";
    cover = office_section(a, doc, "Mottakere med psykiske problemer",
                           "Resultater fra BrukerPlan 2014");
    cover->cover = true;
    tree_add(a, cover, NODE_PARAGRAPH)->text =
        "Kartlagt 19. mai \xe2\x80\x93 4. juni 2014";
    office_texts(a, doc);
    office_things(a, doc);
    return doc;
}

#endif
