/* second.c - see second.h. */
#include "web/second.h"
#include <qrencode.h>
#include <string.h>
#include "base/msg.h"
#include "web/asset.h"
#include "web/login.h"

enum { QUIET = 4, GROUP = 4 };  /* modules around a QR code */

static bool
begin(struct page *p, struct store *s, struct opened *round, void *ctx,
      struct err *e)
{
    (void)round;
    return account_totp_begin(s, p->half != NULL ? p->half->account
                                                 : p->account, ctx, e);
}

/* What the form brought back, NULL if it is no secret. */
static const char *
posted_secret(struct page *p)
{
    const char *secret = page_field(p, "secret");

    return strlen(secret) == TOTP_TEXT - 1
           && strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
              == TOTP_TEXT - 1 ? secret : NULL;
}

/* Each run of dark modules of a row is a rectangle of the path. */
static const char *
qr_path(struct page *p, const QRcode *qr)
{
    struct buf out;
    const char *text;

    buf_init(&out, 1 << 20);
    for (int y = 0; y < qr->width; y++)
        for (int x = 0; x < qr->width; x++) {
            int from = x;

            while (x < qr->width && (qr->data[y * qr->width + x] & 1) != 0)
                x++;
            if (x > from)
                buf_printf(&out, "M%d %dh%dv1h-%dz", from + QUIET,
                           y + QUIET, x - from, x - from);
        }
    text = arena_text(p->arena, buf_string(&out));
    buf_wipe(&out);
    return text;
}

static void
put_picture(struct page *p, const char *account, const char *secret)
{
    const char *uri = arena_printf(p->arena,
        "otpauth://totp/BrukerPlan:%s?secret=%s&issuer=BrukerPlan", account,
        secret);
    QRcode *qr = QRcode_encodeString(uri, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    struct view *v;

    /* Without memory for it there is the secret as text. */
    if (qr == NULL)
        return;
    v = view_object(p->view, "qr");
    view_int(v, "size", qr->width + 2 * QUIET);
    view_text(v, "path", qr_path(p, qr));
    QRcode_free(qr);
}

static const char *
in_groups(struct page *p, const char *secret)
{
    char *out = arena_take(p->arena, 2 * TOTP_TEXT);
    int n = 0;

    for (int i = 0; secret[i] != '\0'; i++) {
        if (i > 0 && i % GROUP == 0)
            out[n++] = ' ';
        out[n++] = secret[i];
    }
    return out;
}

bool
second_put(struct page *p, const char *account)
{
    const char *secret = posted_secret(p);

    if (secret == NULL) {
        char *made = arena_take(p->arena, TOTP_TEXT);

        if (!page_write(p, begin, made)) {
            page_fail(p);
            return false;
        }
        secret = made;
    }
    view_text(p->view, "secret", secret);
    view_text(p->view, "secret_words", in_groups(p, secret));
    put_picture(p, account, secret);
    return true;
}

bool
second_confirm(struct page *p, struct store *s, const struct actor *self,
               struct second *out, struct err *e)
{
    struct sign_in in;

    out->right = false;
    if (!account_try(s, self->name, p->arena, &in, e))
        return false;
    out->wait_ms = in.wait_ms;
    if (in.wait_ms != 0)
        return true;
    if (!account_totp_confirm(s, self, self->name, page_field(p, "code"),
                              &out->right, e))
        return false;
    return !out->right
           || (account_tried(s, self->name, e)
               && account_recovery_make(s, self, self->name, out->code, e));
}

void
second_fault(struct page *p, const struct second *second)
{
    if (second->wait_ms != 0)
        login_wait(p, "second-code", second->wait_ms);
    else
        page_fault_text(p, "second-code",
                        msg_text(p->lang, "login.second_wrong"));
}

void
second_show_codes(struct page *p, const struct second *second)
{
    struct view *list = view_list(p->view, "codes");

    for (int i = 0; i < RECOVERY_CODES; i++)
        view_item_text(list, arena_text(p->arena, second->code[i]));
    p->title = msg_text(p->lang, "login.codes_title");
    view_text(p->view, "main", "narrow");
    page_show(p, "login_codes");
}
