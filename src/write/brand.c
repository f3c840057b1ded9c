/* brand.c - a round's templates, as the store keeps them: see write.h. */
#include "store/publishing.h"
#include "write/write.h"

bool
brand_read(struct store *s, const struct round *r, struct arena *arena,
           struct brand *brand, struct err *e)
{
    struct brand_file *const files[BRAND_KINDS] = {
        [BRAND_PPTX] = &brand->pptx, [BRAND_DOCX] = &brand->docx
    };

    for (int i = 0; i < BRAND_KINDS; i++) {
        const struct round_brand *b;

        if (!brand_get(s, r, (enum brand_kind)i, true, arena, &b, e))
            return false;
        if (b != NULL)
            *files[i] = (struct brand_file){ b->bytes, b->len };
    }
    return true;
}
