/* test_opc.c - XML that is escaped, parts and what they refer to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include "write/opc.h"

static void
escapes(void **state)
{
    static const struct { const char *text, *xml; } cases[] = {
        { "", "" }, { "a < b & c > \"d\"", "a &lt; b &amp; c &gt; &quot;d"
                                           "&quot;" },
        { "it's \xc3\xa6\xc3\xb8\xc3\xa5", "it's \xc3\xa6\xc3\xb8\xc3\xa5" },
        { "\t\n\r", "&#9;&#10;&#13;" },
        { "a\x01z\x1f", "a\xef\xbf\xbdz\xef\xbf\xbd" },
        { "\x7f", "\x7f" },
        { "\xef\xbf\xbe|\xef\xbf\xbf", "\xef\xbf\xbd|\xef\xbf\xbd" },
        { "\xef\xbf\xbd", "\xef\xbf\xbd" },
        { "\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xf0\x9f\x99\x82", "\xf0\x9f\x99\x82" },
        { "]]>", "]]&gt;" },
    };
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_reset(&b);
        xml_text(&b, cases[i].text);
        assert_string_equal(buf_string(&b), cases[i].xml);
    }
    buf_reset(&b);
    xml_put(&b, "<a b=\"%s\" c=\"%d\" d=\"%lld\"/>100%%", "\"", -3,
            1LL << 40);
    assert_string_equal(buf_string(&b),
                        "<a b=\"&quot;\" c=\"-3\" d=\"1099511627776\"/>100%");
    buf_clear(&b);
}

/* The part NAME of what was written to B, where it is stored (a name with
 * the suffix of a picture): its bytes; NULL. */
static bool
holds(const struct buf *b, const char *text)
{
    size_t n = strlen(text);

    for (size_t i = 0; i + n <= b->len; i++)
        if (memcmp(b->data + i, text, n) == 0)
            return true;
    return false;
}

static void
relations(void **state)
{
    struct arena arena;
    struct opc p;
    struct opc_part *slide, *chart, *other;

    (void)state;
    arena_init(&arena);
    opc_init(&p, &arena);
    slide = opc_add(&p, "ppt/slides/slide1.xml", "s+xml");
    chart = opc_add(&p, "ppt/charts/chart1.xml", "c+xml");
    other = opc_add(&p, "ppt/slides/slide2.xml", "s+xml");
    assert_ptr_equal(opc_find(&p, "ppt/charts/chart1.xml"), chart);
    assert_null(opc_find(&p, "ppt/charts"));
    opc_relate_as(&p, slide, "rId2", OPC_REL("image"), other, NULL);
    assert_string_equal(opc_relate(&p, slide, OPC_REL("chart"), chart),
                        "rId3");
    assert_string_equal(opc_relate(&p, slide, OPC_REL("chart"), chart),
                        "rId3");
    assert_string_equal(opc_relate(&p, slide, OPC_REL("x"), chart), "rId4");
    assert_string_equal(opc_link(&p, slide, OPC_REL("hyperlink"),
                                 "https://example.no/?a&b"), "rId5");
    assert_string_equal(opc_relate(&p, NULL, OPC_REL("officeDocument"),
                                   slide), "rId1");
    opc_clear(&p);
    arena_clear(&arena);
}

/* Relations and types are deflated: short ones are looked for in a package
 * whose parts are all short enough to be found by their names only. */
static void
package(void **state)
{
    const char *const names[] = {
        "[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml",
        "ppt/_rels/presentation.xml.rels", "ppt/media/a.png",
        "docProps/core.xml", "docProps/app.xml"
    };
    struct document doc = {
        .lang = LANG_NN, .title = "T", .subtitle = "U", .owner = "O",
        .internal_notice = "I"
    };
    struct arena arena;
    struct err e = { 0 };
    struct opc p;
    struct opc_part *main, *picture;
    struct buf out, again;

    (void)state;
    arena_init(&arena);
    buf_init(&out, 0);
    buf_init(&again, 0);
    for (int i = 0; i < 2; i++) {
        opc_init(&p, &arena);
        main = opc_add(&p, "ppt/presentation.xml", "m+xml");
        picture = opc_add(&p, "ppt/media/a.png", "image/png");
        buf_text(&picture->body, "stored as it is");
        opc_relate(&p, main, OPC_REL("image"), picture);
        opc_relate(&p, NULL, OPC_REL("officeDocument"), main);
        opc_properties(&p, &doc);
        assert_true(holds(&opc_find(&p, "docProps/core.xml")->body,
                          "<dc:language>nn-NO</dc:language>"));
        assert_true(holds(&opc_find(&p, "docProps/core.xml")->body,
                          "<dc:description>I.</dc:description>"));
        assert_false(holds(&opc_find(&p, "docProps/core.xml")->body,
                           "dcterms"));
        assert_true(opc_write(&p, i == 0 ? &out : &again, &e));
        opc_clear(&p);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_true(holds(&out, names[i]));
    assert_memory_equal(out.data + 30, names[0], strlen(names[0]));
    assert_true(holds(&out, "stored as it is"));
    assert_int_equal(out.len, again.len);
    assert_memory_equal(out.data, again.data, out.len);
    buf_clear(&out);
    buf_clear(&again);
    arena_clear(&arena);
}

/* A part that did not fit is told at the end. */
static void
full(void **state)
{
    struct arena arena;
    struct err e = { 0 };
    struct opc p;
    struct opc_part *main;
    struct buf out;

    (void)state;
    arena_init(&arena);
    buf_init(&out, 0);
    opc_init(&p, &arena);
    main = opc_add(&p, "a.xml", "a+xml");
    buf_clear(&main->body);
    buf_init(&main->body, 4);
    buf_text(&main->body, "too long");
    assert_false(opc_write(&p, &out, &e));
    assert_int_equal(e.code, ERR_MACHINE);
    opc_clear(&p);
    buf_clear(&out);
    arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(relations),
        cmocka_unit_test(package),
        cmocka_unit_test(full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
