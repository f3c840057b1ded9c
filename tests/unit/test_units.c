/* test_units.c - UNITS.csv. */
#include "intake_fixture.h"

static bool
read_units(struct fixture *f, const char *csv, const struct unit **units,
           int *count)
{
    struct listener l = fixture_listener(f);

    fixture_silence(f);
    return units_memory("units.csv", csv, strlen(csv), &f->arena, &l, units,
                        count, &f->e);
}

static void
fixture_bare(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    buf_init(&f->heard, 0);
}

static void
fixture_bare_clear(struct fixture *f)
{
    arena_clear(&f->arena);
    buf_clear(&f->heard);
}

/* The units as text: "id/name/sector/1:words!|2:,"; ! where a number is
 * required. */
static const char *
print(struct fixture *f, const struct unit *units, int count)
{
    struct buf b;
    const char *text;

    buf_init(&b, 0);
    for (int i = 0; i < count; i++) {
        buf_printf(&b, "%s/%s/%s/", units[i].id, units[i].name,
                   units[i].sector);
        for (int k = 0; k < units[i].tier_count; k++)
            buf_printf(&b, "%s%d:%s%s", k > 0 ? "|" : "",
                       units[i].tiers[k].tier, units[i].tiers[k].words,
                       units[i].tiers[k].number_required ? "!" : "");
        buf_text(&b, ",");
    }
    text = arena_text(&f->arena, buf_string(&b));
    buf_clear(&b);
    return text;
}

static void
test_accepted(void **state)
{
    static const struct { const char *csv, *units; } cases[] = {
        { "unit,name,tier\nnord,Nord,1\n", "nord/Nord//1:," },
        { "\xEF\xBB\xBF" "tier;unit;name\r\n2;a;A\r\n1|3;b-_9;\"B;\"\r\n",
          "a/A//2:,b-_9/B;//1:|3:," },
        { "unit;name;tier;sector;number_required\n"
          "a;A;2=Vedtak om PSS|1;health;1\nb;B;3|1|2;other;2|3\n"
          "c;C;1;;\nd;D;1=a=b;nav_state;1\n",
          "a/A/health/2:Vedtak om PSS|1:!,b/B/other/3:!|1:|2:!,c/C//1:,"
          "d/D/nav_state/1:a=b!," },
        { "unit,name,tier\n"
          "abcdefghijklmnopqrstuvwxyz012345,\xC3\x98st og vest,1\n",
          "abcdefghijklmnopqrstuvwxyz012345/\xC3\x98st og vest//1:," },
        { "unit,name,tier\n-a,A,1\n-,B,1\n_,C,1\n--,D,1\nunknowns,E,1\n"
          "7,F,1\n",
          "-a/A//1:,-/B//1:,_/C//1:,--/D//1:,unknowns/E//1:,7/F//1:," },
    };
    struct fixture f;
    const struct unit *units;
    int count;

    (void)state;
    fixture_bare(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(read_units(&f, cases[i].csv, &units, &count), &f.e);
        assert_string_equal(print(&f, units, count), cases[i].units);
        assert_string_equal(buf_string(&f.heard), "");
    }
    fixture_bare_clear(&f);
}

static void
test_refused(void **state)
{
    static const struct { const char *csv, *heard; } cases[] = {
        { "", "0::csv.empty\n" },
        { "unit,name\na,A\n", "0::csv.column_missing|tier\n" },
        { "unit,name,tier,names\na,A,1,x\n",
          "1:names:csv.column_near|names|name\n" },
        { "unit,name,tier,tier\na,A,1,1\n",
          "1:tier:csv.column_twice|tier|3|4\n" },
        { "unit,name,tier\n", "0::units.none|\n" },
        { "unit,name,tier\na,A\n", "2::csv.row_short|2|3\n" },
        { "unit,name,tier\nA,A,1\n,A,1\n-A,A,1\na b,A,1\nunknown,A,1\n"
          "abcdefghijklmnopqrstuvwxyz0123456,A,1\n",
          "2:unit:units.id|A|\n3:unit:units.id||\n4:unit:units.id|-A|\n"
          "5:unit:units.id|a b|\n6:unit:units.unknown|unknown|\n"
          "7:unit:units.id|abcdefghijklmnopqrst\xE2\x80\xA6|\n" },
        { "unit,name,tier\na,A,1\nb,B,1\na,A,1\n",
          "4:unit:units.twice|a|\n" },
        { "unit,name,tier\na,,1\nb,\"b\tb\",1\n",
          "2:name:units.name||\n3:name:units.name|b\\x09b|\n" },
        { "unit,name,tier\na,A,\nb,B,4\nc,C,1|\nd,D,1=\ne,E,12\nf,F,0\n"
          "g,G,1|x\n",
          "2:tier:units.tier||\n3:tier:units.tier|4|\n4:tier:units.tier||\n"
          "5:tier:units.tier|1=|\n6:tier:units.tier|12|\n"
          "7:tier:units.tier|0|\n8:tier:units.tier|x|\n" },
        { "unit,name,tier\na,A,1|1=x\n", "2:tier:units.tier_twice|1=x|\n" },
        { "unit,name,tier\na,A,1|2|3|3\n", "2:tier:units.tier|3|\n" },
        { "unit,name,tier,sector\na,A,1,helse\n",
          "2:sector:import.value_code|helse|health, social, nav_state, "
          "child_welfare, other\n" },
        { "unit,name,tier,number_required\na,A,1,2\nb,B,1|2,1|\nc,C,1|2,12\n"
          "d,D,1,yes\n",
          "2:number_required:units.required|2|\n"
          "3:number_required:units.required|1||\n"
          "4:number_required:units.required|12|\n"
          "5:number_required:units.required|yes|\n" },
    };
    struct fixture f;
    const struct unit *units;
    int count;

    (void)state;
    fixture_bare(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool ok = read_units(&f, cases[i].csv, &units, &count);

        if (ok || strcmp(buf_string(&f.heard), cases[i].heard) != 0)
            fail_msg("%s\nheard:\n%snot:\n%s", cases[i].csv,
                     buf_string(&f.heard), cases[i].heard);
        assert_string_equal(f.e.key, "import.refused");
        assert_int_equal(f.e.code, ERR_INPUT);
        assert_string_equal(f.e.at.file, "units.csv");
    }
    fixture_bare_clear(&f);
}

/* 200 characters and 1024 units, and one more. */
static void
test_limits(void **state)
{
    struct fixture f;
    struct buf b;
    const struct unit *units;
    int count;

    (void)state;
    fixture_bare(&f);
    buf_init(&b, 0);
    for (int more = 0; more < 2; more++) {
        buf_reset(&b);
        buf_text(&b, "unit,name,tier\na,");
        for (int i = 0; i < 200 + more; i++)
            buf_text(&b, "\xC3\xA5");
        buf_text(&b, ",1\n");
        assert_int_equal(read_units(&f, b.data, &units, &count), !more);
    }
    for (int more = 0; more < 2; more++) {
        buf_reset(&b);
        buf_text(&b, "unit,name,tier\n");
        for (int i = 0; i < CODE_MAX + more; i++)
            buf_printf(&b, "u%d,U,1\n", i);
        assert_int_equal(read_units(&f, b.data, &units, &count), !more);
        assert_int_equal(count, CODE_MAX);
    }
    assert_string_equal(buf_string(&f.heard), "0::units.many|1024\n");
    buf_clear(&b);
    fixture_bare_clear(&f);
}

/* In a round they come back as they were. */
static void
test_in_a_round(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    assert_int_equal(f.o.round->unit_count, 3);
    assert_string_equal(f.o.round->units[2].id, "ost");
    assert_true(f.o.round->units[2].tiers[0].number_required);
    assert_string_equal(f.o.round->units[0].tiers[0].words, "Vedtak");
    assert_int_equal(f.o.round->units[0].tiers[1].tier, 2);
    fixture_remove(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_in_a_round),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
