/* test_import_standing.c - registrations from CSV: the number each gets,
 * whose it is, and which of several counts. */
#include "import_fixture.h"
#include "intake/numbers.h"

static void
test_numbers(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Blank ones come behind all that were given, wherever they stand. */
    fixture_take(&f, HEAD ";registration\n" ROW ";\n" ROW ";5\n" ROW ";\n"
                 ROW ";3\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f),
                        "3 c 0,5 c 0,6 c 0,7 c 0,8 c 0,");
    assert_int_equal(f.o.round->next_number, 9);
    /* A gap may be filled, but is not by itself. */
    fixture_take(&f, HEAD "\n" ROW "\n");
    fixture_take(&f, HEAD ";registration\n" ROW ";1\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,3 c 0,5 c 0,6 c 0,7 c 0,8 c 0,9 c 0,10 c 0,");
    /* One that is in use is refused, with all of its file. */
    assert_false(fixture_import(&f, HEAD ";registration\n" ROW ";2\n"
                                ROW ";3\n" ROW ";\n" ROW ";10\n"));
    assert_string_equal(buf_string(&f.heard),
                        "3:registration:import.number_used|3\n"
                        "5:registration:import.number_used|10\n");
    assert_int_equal(f.o.round->next_number, 11);
    /* What a refused file would have taken is free. */
    fixture_take(&f, HEAD "\n" ROW "\n");
    assert_int_equal(f.o.round->next_number, 12);
    fixture_use(&f, "r");
    assert_int_equal(f.o.round->next_number, 12);
    fixture_take(&f, HEAD ";registration\n" ROW ";2147483647\n");
    assert_false(fixture_import(&f, HEAD "\n" ROW "\n"));
    assert_string_equal(buf_string(&f.heard),
                        "2::import.numbers_full|2147483647\n");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

static void
test_number_pages(void **state)
{
    static const int64_t some[] = {
        1, 2, 63, 64, 65, 4095, 4096, 4097, 8191, 1000000, NUMBER_LIMIT - 1,
        NUMBER_LIMIT
    };
    struct numbers *n = numbers_new();
    struct err e = { 0 };

    (void)state;
    numbers_free(NULL);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        assert_false(numbers_has(n, some[i]));
        assert_true(numbers_take(n, some[i], &e));
        assert_true(numbers_take(n, some[i], &e));
        for (size_t k = 0; k < sizeof some / sizeof *some; k++)
            assert_int_equal(numbers_has(n, some[k]), k <= i);
    }
    numbers_free(n);
}

static const char PSEUDONYM[] = "0123456789abcdef0123456789abcdef";

static void
test_pseudonyms(void **state)
{
    struct fixture f;
    char csv[512];

    (void)state;
    fixture_open(&f);
    /* A number and the pseudonym it gives are one person. */
    snprintf(csv, sizeof csv, HEAD ";ident;pseudonym\n" ROW ";%s;\n"
             ROW ";;%s\n" ROW ";;%s\n" ROW ";;\n" ROW ";;\n",
             fixture_person(&f, 1), PSEUDONYM, PSEUDONYM);
    fixture_take(&f, csv);
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,2 c 0,3 c 2,4 c 0,5 c 0,");
    snprintf(csv, sizeof csv, HEAD ";pseudonym\n" ROW ";%.32s\n",
             fixture_cells(&f, "pseudonym"));
    fixture_take(&f, csv);
    assert_string_equal(fixture_standing(&f),
                        "1 c 0,2 c 0,3 c 2,4 c 0,5 c 0,6 c 1,");
    assert_int_equal(fixture_count(&f, ""), 4);
    /* ost demands a number: a pseudonym is one. */
    snprintf(csv, sizeof csv, HEAD ";pseudonym\nost;mental;2;%s\n",
             PSEUDONYM);
    fixture_take(&f, csv);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* Which of several counts: index, tier, answers, day, number. */
static void
test_who_counts(void **state)
{
    static const struct { const char *csv, *standing; } cases[] = {
        /* one with an index before one without, whatever the tier */
        { "unit;tier;ident;target_group;economy;mental;physical;housing;"
          "social;network;activity\n"
          "nord;1;{1};mental;1;1;1;1;1;;\nsor;3;{1};mental;1;1;1;1;1;1;\n",
          "1 c 2,2 c 0," },
        /* lowest tier */
        { HEAD ";tier;ident;economy\nsor;mental;2;3;{1};4\n"
          "sor;mental;2;2;{1};\nnord;mental;2;1;{1};\n",
          "1 c 3,2 c 3,3 c 0," },
        /* most answers; 0 and none are, unknown is not, a tick is not */
        { HEAD ";ident;ip;care;svc_gp_r\n" ROW ";{1};unknown;;1\n"
          ROW ";{1};0;;\n" ROW ";{1};0;none;\n", "1 c 3,2 c 3,3 c 0," },
        /* units_serving is one, however many */
        { HEAD ";ident;units_serving;ip;care\n" ROW ";{1};nord|sor|ost;;\n"
          ROW ";{1};;1;none\n", "1 c 2,2 c 0," },
        /* the latest day */
        { HEAD ";ident;registered_on\n" ROW ";{1};2014-05-20\n"
          ROW ";{1};2014-05-22\n" ROW ";{1};2014-05-21\n",
          "1 c 2,2 c 0,3 c 2," },
        /* the lowest number, not the first row */
        { HEAD ";ident;registration\n" ROW ";{1};9\n" ROW ";{1};4\n",
          "4 c 0,9 c 4," },
        /* only what is complete competes; a draft is not superseded */
        { HEAD ";ident;status;ip\n" ROW ";{1};draft;1\n"
          ROW ";{1};withdrawn;1\n" ROW ";{1};;\n", "1 d 0,2 w 0,3 c 0," },
    };
    struct fixture f;

    (void)state;
    fixture_store(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char id[16];

        snprintf(id, sizeof id, "r-%zu", i);
        fixture_round(&f, id, (struct round_kind){ .real = false });
        fixture_take(&f, fixture_fill(&f, cases[i].csv));
        assert_string_equal(fixture_standing(&f), cases[i].standing);
        assert_int_equal(fixture_count(&f, ""), 1);
        assert_int_equal(fixture_faults(&f), 0);
    }
    fixture_remove(&f);
}

static void
test_superseded_by(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    /* Kept where there is no person; one further on will do. */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";2\n" ROW ";\n");
    assert_string_equal(fixture_standing(&f), "1 c 2,2 c 0,");
    assert_int_equal(fixture_count(&f, ""), 1);
    /* Recomputed where there is one: not even looked at. */
    fixture_take(&f, fixture_fill(&f, HEAD ";ident;superseded_by\n"
                                  ROW ";{1};99\n" ROW ";{2};1\n"));
    assert_string_equal(fixture_standing(&f), "1 c 2,2 c 0,3 c 0,4 c 0,");
    /* One that was there before. */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n");
    assert_string_equal(fixture_standing(&f),
                        "1 c 2,2 c 0,3 c 0,4 c 0,5 c 4,");
    assert_int_equal(fixture_count(&f, ""), 3);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A chain that ends at one that counts is right, in whatever order, also
 * where its end is superseded by another of the same person. */
static void
test_chains(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n" ROW ";\n" ROW ";2\n"
                 ROW ";3\n");
    assert_string_equal(fixture_standing(&f), "1 c 4,2 c 0,3 c 2,4 c 3,");
    assert_int_equal(fixture_count(&f, ""), 1);
    /* 6 is superseded by 7, which is known only when all has been read */
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident;superseded_by\n"
        "sor;mental;2;3;;6\nsor;mental;2;3;{1};\nnord;mental;2;1;{1};\n"));
    assert_string_equal(fixture_standing(&f), "1 c 4,2 c 0,3 c 2,4 c 3,"
                        "5 c 6,6 c 7,7 c 0,");
    assert_int_equal(fixture_count(&f, ""), 2);
    /* to the middle of one that was there before */
    fixture_take(&f, HEAD ";superseded_by\n" ROW ";4\n" ROW ";5\n");
    assert_int_equal(fixture_count(&f, ""), 2);
    /* where a row is refused, targets are not looked at */
    assert_false(fixture_import(&f, HEAD ";superseded_by\n" ROW ";99\n"
                                "nord;mental;9;\n"));
    assert_string_equal(buf_string(&f.heard),
                        "3:mental:import.value_score|9|1..5\n");
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

/* A second file: its persons meet those of the first. */
static void
test_across_imports(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;2;{1}\nnord;mental;2;1;{2}\nnord;mental;2;1;\n"));
    assert_string_equal(fixture_standing(&f), "1 c 0,2 c 0,3 c 0,");
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;1;{1}\nnord;mental;2;2;{2}\nnord;mental;2;1;{3}\n"));
    assert_string_equal(fixture_standing(&f),
                        "1 c 4,2 c 0,3 c 0,4 c 0,5 c 2,6 c 0,");
    assert_int_equal(fixture_count(&f, ""), 4);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident;ip\n"
        "nord;mental;2;1;{1};1\nnord;mental;2;1;{2};0\n"));
    assert_string_equal(fixture_standing(&f),
                        "1 c 7,2 c 8,3 c 0,4 c 7,5 c 8,6 c 0,7 c 0,8 c 0,");
    assert_int_equal(fixture_count(&f, ""), 4);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

static void
opt(struct fixture *f, int who, bool out)
{
    uint8_t pseudonym[PSEUDONYM_BYTES];
    char number[12];
    int64_t deleted;
    bool removed;

    err_clear(&f->e);
    strcpy(number, fixture_person(f, who));
    assert_ok(intake_pseudonym(&f->o, number, pseudonym, &f->e), &f->e);
    for (int i = 0; i < 11; i++)
        assert_int_equal(number[i], 0);
    assert_ok(store_begin(f->s, &f->e), &f->e);
    if (out)
        assert_ok(optout_add(f->s, &everyone, f->o.round, pseudonym,
                             &deleted, &f->e)
                  && feed_settle(&f->o, &everyone, &f->e), &f->e);
    else
        assert_ok(optout_remove(f->s, &everyone, f->o.round, pseudonym,
                                &removed, &f->e) && removed, &f->e);
    assert_ok(store_commit(f->s, &f->e), &f->e);
}

static void
test_opted_out(void **state)
{
    struct fixture f;
    char csv[256];

    (void)state;
    fixture_open(&f);
    fixture_take(&f, fixture_fill(&f, HEAD ";tier;ident\n"
        "nord;mental;2;1;{1}\nnord;mental;2;2;{1}\nnord;mental;2;1;{2}\n"));
    snprintf(csv, sizeof csv, HEAD ";pseudonym\n" ROW ";%.32s\n",
             fixture_cells(&f, "pseudonym"));
    opt(&f, 1, true);
    assert_string_equal(fixture_standing(&f), "3 c 0,");
    assert_int_equal(fixture_count(&f, ""), 1);

    /* By number, by pseudonym, as a draft: nothing is stored. */
    assert_false(fixture_import(&f, fixture_fill(&f,
        HEAD ";ident;status\n" ROW ";{3};\n" ROW ";{1};\n"
        ROW ";{1};draft\n")));
    assert_string_equal(buf_string(&f.heard),
                        "3:ident:import.opted_out\n"
                        "4:ident:import.opted_out\n");
    assert_false(fixture_import(&f, csv));
    assert_string_equal(buf_string(&f.heard),
                        "2:pseudonym:import.opted_out\n");
    assert_string_equal(fixture_standing(&f), "3 c 0,");

    /* Taken off the list, the person counts again, with a new number. */
    opt(&f, 1, false);
    fixture_take(&f, fixture_fill(&f, HEAD ";ident\n" ROW ";{1}\n"));
    assert_string_equal(fixture_standing(&f), "3 c 0,4 c 0,");
    assert_int_equal(fixture_count(&f, ""), 2);
    assert_int_equal(fixture_faults(&f), 0);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_number_pages),
        cmocka_unit_test(test_pseudonyms),
        cmocka_unit_test(test_who_counts),
        cmocka_unit_test(test_superseded_by),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_across_imports),
        cmocka_unit_test(test_opted_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
