/* publish_view.h - documents and texts of a publication in pages. */
#ifndef WEB_PUBLISH_VIEW_H
#define WEB_PUBLISH_VIEW_H
#include "web/publish.h"

/* DOC in V as "report"; PREFIX before its ids. SPRITE: with the drawings'
 * patterns, once a page. */
void publish_put_document(struct page *p, struct view *v,
                          const struct document *doc, const char *prefix,
                          bool sprite);
/* T's document made by the whole release, in DOC; NULL, with the fault in the
 * view as below, where T or the release has one. False with P->err where the
 * machine failed. Clear MADE in any case; DOC is good until then. */
MUST_CHECK bool publish_put_made(struct page *p, const struct publish *u,
                                 const struct publication_text *t,
                                 struct publication *made,
                                 const struct document **doc);
/* What is to be said of T: report (the document), fault { text, hint,
 * line, column, place }, remarks[] of the same, remark_count (in words). The
 * preview is T's document made by the whole release. False with P->err where
 * the machine failed. */
MUST_CHECK bool publish_put_preview(struct page *p, const struct publish *u,
                                    const struct publication_text *t);
/* An error as { text, hint, line, column, place }; place is line and column
 * in words, unset where there are none. */
void publish_put_error(struct page *p, struct view *v, const struct err *e);
/* The list files[] { href, label, format } of DOCUMENT in LANG. */
void publish_put_files(struct page *p, struct view *v, enum doc_kind kind,
                       const char *document, enum lang lang);

#endif
