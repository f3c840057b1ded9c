/* deck.c - the fixture's document as slides, on a template if one is given:
 * for tests/office/run.sh.
 *
 *     office_deck OUT.pptx [TEMPLATE.pptx] */
#include <stdio.h>
#include "office_fixture.h"
#include "base/msg.h"

static int
fail(const struct err *e)
{
    struct buf text;

    buf_init(&text, 0);
    msg_error(&text, LANG_EN, e);
    fprintf(stderr, "%s\n", buf_string(&text));
    buf_clear(&text);
    return (int)e->code;
}

int
main(int argc, char **argv)
{
    struct arena arena;
    struct buf out, template;
    struct brand brand = { { NULL, 0 }, { NULL, 0 } };
    struct err e = { 0 };
    int status = 0;

    if (argc < 2)
        return ERR_USAGE;
    arena_init(&arena);
    buf_init(&out, 0);
    buf_init(&template, 0);
    if (argc > 2 && !buf_read_file(&template, argv[2], 64 << 20, &e))
        status = fail(&e);
    brand.pptx.bytes = template.data;
    brand.pptx.len = template.len;
    if (status == 0
        && (!write_pptx(office_document(&arena), &brand, &out, &e)
            || !buf_ok(&out, &e) || !buf_write_file(&out, argv[1], &e)))
        status = fail(&e);
    buf_clear(&template);
    buf_clear(&out);
    arena_clear(&arena);
    return status;
}
