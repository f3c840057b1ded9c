/* slide_deck.c - the package of a presentation: what slides stand in. */
#include "write/slide.h"

#define NS_P "http://schemas.openxmlformats.org/presentationml/2006/main"

bool
deck_begin(struct deck *d, const struct document *doc,
           const struct brand *brand, struct err *e)
{
    *d = (struct deck){ .doc = doc };
    arena_init(&d->arena);
    opc_init(&d->opc, &d->arena);
    buf_init(&d->list, 0);
    d->presentation = opc_add(&d->opc, "ppt/presentation.xml",
                              OPC_TYPE("presentationml.presentation"
                                       ".main+xml"));
    opc_relate(&d->opc, NULL, OPC_REL("officeDocument"), d->presentation);
    if (brand != NULL && brand->pptx.len > 0) {
        if (!deck_template(d, &brand->pptx, e))
            return false;
    } else {
        deck_own_master(d);
    }
    deck_notes_master(d);
    d->unit = d->width / SLIDE_WIDTH;
    return true;
}

bool
deck_finish(struct deck *d, struct buf *out, struct err *e)
{
    struct buf *b = &d->presentation->body;

    buf_text(b, XML_HEAD "<p:presentation xmlns:a=\"" OPC_NS_A "\" xmlns:r=\""
             OPC_NS_R "\" xmlns:p=\"" NS_P "\" saveSubsetFonts=\"1\">");
    buf_text(b, d->masters);
    xml_put(b, "<p:notesMasterIdLst><p:notesMasterId r:id=\"%s\"/>"
            "</p:notesMasterIdLst><p:sldIdLst>",
            opc_relate(&d->opc, d->presentation, OPC_REL("notesMaster"),
                       d->notes));
    buf_text(b, buf_string(&d->list));
    xml_put(b, "</p:sldIdLst><p:sldSz cx=\"%lld\" cy=\"%lld\"/><p:notesSz"
            " cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
            (long long)d->width, (long long)d->height);
    opc_properties(&d->opc, d->doc);
    return buf_ok(&d->list, e) && opc_write(&d->opc, out, e);
}

void
deck_clear(struct deck *d)
{
    opc_clear(&d->opc);
    buf_clear(&d->list);
    arena_clear(&d->arena);
}
