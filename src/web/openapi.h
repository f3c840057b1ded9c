/* openapi.h - the description of the API for programs: OpenAPI 3.1. */
#ifndef WEB_OPENAPI_H
#define WEB_OPENAPI_H
#include "base/json.h"
#include "base/lang.h"

struct page_def;

/* Writes the document on those rows of DEFS that are calls of the API, with
 * its texts in LANG. The same words give the same bytes. */
void openapi_write(struct json *j, const struct page_def *defs,
                   enum lang lang);

#endif
